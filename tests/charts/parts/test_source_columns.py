import pytest

from dashboard.charts.parts.source_columns import SourceColumns


@pytest.mark.parametrize(("n", "sizes"), [(1, [1]), (6, [6]), (7, [4, 3]), (12, [6, 6])])
def test_bands_are_as_even_as_can_be(n: int, sizes: list[int]) -> None:
    columns = SourceColumns([str(i) for i in range(n)], [], {}, "light", False, 46, 34)
    assert [len(band) for band in columns.bands] == sizes
    assert columns.n == sizes[0]
