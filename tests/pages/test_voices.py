from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_missing import words_of


def test_whom_a_source_cites_leads_to_the_citations(open_page: Callable[..., AppTest]) -> None:
    app = open_page("voices", src="nikkei-asia", cited="Tass")
    assert not app.exception
    said = words_of(app)
    assert [head.value for head in app.subheader] == ["Citing Tass"]
    assert any("3 citations" in text for text in said)


@pytest.mark.parametrize("name", ["<b>[x](https://e.org)</b>", "Nobody at all"])
def test_a_name_in_the_link_that_nobody_cites(open_page: Callable[..., AppTest], name: str) -> None:
    app = open_page("voices", cited=name)
    assert not app.exception
    assert any("Nothing in the articles in view" in text for text in words_of(app))
