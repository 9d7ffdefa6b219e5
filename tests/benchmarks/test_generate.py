"""The generator of corpora: same input same output, the counts asked for, structure kept."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.generate import main, read_source, write
from benchmarks.sentence_pool import RARE_DF, concatenated, fit_heaps, read_pool
from benchmarks.synthesis import generate, predicted

N_SOURCE = 60


@pytest.fixture(scope="module")
def source_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty articles of three sources and two groups, some words rare, dates in two forms."""
    rng = np.random.default_rng(3)
    words = [f"{a}{b}" for a in ("bor", "cal", "dun", "fer", "gol") for b in "aeiou"]
    rows = []
    for i in range(N_SOURCE):
        sentences = [
            " ".join([f"The {group(i)}", *rng.choice(words, 8), f"rare{chr(97 + i % 26)}x{j}"])
            + "."
            for j in range(8)
        ]
        text = f"{' '.join(sentences[:4])}\n\n{' '.join(sentences[4:])}"
        rows.append(
            {
                "title": f"Title {group(i)} number {i}",
                "body": f"Title {group(i)} number {i}\n\n{text}",
                "source": f"Paper {i % 3}",
                "date": "2020-03-01" if i % 5 else "early in March",
                "topic": group(i),
                "url": f"https://paper{i % 3}.example/{i}",
            }
        )
    path = tmp_path_factory.mktemp("source") / "source.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def group(i: int) -> str:
    return "harbour" if i % 2 else "orchard"


def made(source_file: Path, n: int, out: Path, seed: int = 0) -> pa.Table:
    main([str(source_file), str(n), str(out), "--text-column", "body", "--random-state", str(seed)])
    return pq.read_table(out)


def test_the_same_source_size_and_seed_give_the_same_bytes(
    source_file: Path, tmp_path: Path
) -> None:
    files = [tmp_path / f"{i}.parquet" for i in range(3)]
    for file, seed in zip(files, (0, 0, 1), strict=True):
        made(source_file, 500, file, seed)
    first, same, other = (hashlib.sha256(f.read_bytes()).hexdigest() for f in files)
    assert first == same != other
    assert sorted(tmp_path.iterdir()) == files  # no draft is left


def test_columns_and_counts_are_as_asked_and_no_text_comes_twice(
    source_file: Path, tmp_path: Path
) -> None:
    table = made(source_file, 4_100, tmp_path / "out.parquet")
    assert table.column_names == ["id", "title", "text", "source", "date", "url"]
    for column in ("id", "text", "url"):
        assert len(set(table[column].to_pylist())) == 4_100
    file = pq.ParquetFile(tmp_path / "out.parquet")
    assert max(file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)) <= 2_000
    assert set(table["source"].to_pylist()) == {"Paper 0", "Paper 1", "Paper 2"}
    assert all(title.startswith("Title ") for title in table["title"].to_pylist())


def test_articles_keep_paragraphs_dates_and_mostly_their_group(
    source_file: Path, tmp_path: Path
) -> None:
    rows = made(source_file, 400, tmp_path / "out.parquet").to_pylist()
    dates = {row["date"] for row in rows}
    assert "early in March" in dates  # what is no day stays as it is
    days = sorted(d for d in dates if re.fullmatch(r"\d{4}-\d\d-\d\d", d))
    assert days[0] >= "2020-02-02"
    assert days[-1] <= "2020-03-29"
    assert len(days) > 20
    shares = []
    for row in rows:
        assert row["text"].count("\n\n") == 1
        assert not row["text"].startswith("Title")  # it is in its own column
        kinds = re.findall(r"The (harbour|orchard)", row["text"])
        own = "harbour" if "harbour" in row["title"] else "orchard"
        shares.append(kinds.count(own) / max(1, len(kinds)))
    # 70 % of the group, and half of the rest by chance; a few of "The …" are cut in splices.
    assert 0.78 < np.mean(shares) < 0.92


def test_the_vocabulary_grows_as_heaps_law_predicts(source_file: Path) -> None:
    source = read_source(source_file, {"text": "body"})
    texts, last = [], None
    for table, growth in generate(source, 3_000, row_group=500):
        texts += table["text"].to_pylist()
        last = growth
    assert last is not None
    types = {w for text in texts for w in re.findall(r"[^\W_]+", text.lower())}
    assert last.words == sum(len(re.findall(r"[^\W_]+", text)) for text in texts)
    assert last.reached == pytest.approx(len(types), rel=0.01)
    wanted = predicted(source.pool, last.beta, last.words)
    assert len(types) == pytest.approx(wanted, rel=0.03)
    n_source = np.count_nonzero(source.pool.df)
    assert wanted > 1.2 * n_source  # else the test would show nothing


def test_fit_finds_the_exponent_of_a_known_growth() -> None:
    # Article k brings words so that V(n) = n^0.5: word number floor(sqrt(i)) at place i.
    n = 20_000
    places = np.random.default_rng(0).permutation(n)
    words = [f"w{int(np.sqrt(i))}" for i in range(n)]
    texts = [" ".join(words[p] for p in places[i : i + 40]) for i in range(0, n, 40)]
    pool = read_pool(texts, [""] * len(texts), [""] * len(texts))
    beta = fit_heaps(pool, np.random.default_rng(0))
    counts = np.bincount(np.sqrt(np.arange(n)).astype(int))
    # Expected types in a sample of share s: Σ 1 - (1 - s)^count; its slope from 1/8 to 1.
    sizes = np.geomspace(n / 8, n, 12)
    expected = [float((1 - (1 - s / n) ** counts).sum()) for s in sizes]
    assert beta == pytest.approx(np.polyfit(np.log(sizes), np.log(expected), 1)[0], abs=0.01)


def test_a_pool_gives_back_the_text_it_was_read_from() -> None:
    text = "“Dr. Smith’s U.S. trip,” she said. Then\u00a0it ended!\nNext line: 1,036 – done."
    pool = read_pool([text, "..."], ["", "No words below"], ["", ""])
    assert list(pool.kept) == [0]  # the other has no word
    sizes = pool.piece_sizes[pool.pieces]
    data = pool.blob[concatenated(pool.piece_starts[pool.pieces], sizes)]
    assert data.tobytes().decode() == text
    assert list(pool.words) == [7, 3, 5]  # U.S. and 1,036 are two words here
    assert int((pool.df > RARE_DF).sum()) == 0


def test_what_cannot_be_made_is_said(
    source_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.parquet"
    with pytest.raises(SystemExit) as exit_:
        main([str(source_file), "10", str(out), "--text-column", "story"])
    assert exit_.value.code == 2
    assert "no column story" in capsys.readouterr().err
    tiny = tmp_path / "tiny.parquet"
    pq.write_table(pa.table({"text": ["Only this."]}), tiny)
    with pytest.raises(ValueError, match="too few sentences"):
        write(generate(read_source(tiny, {}), 10), out)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["tiny.parquet"]


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_csv_and_json_lines_are_sources_too(source_file: Path, tmp_path: Path, ending: str) -> None:
    table = pd.read_parquet(source_file)
    other = tmp_path / f"source.{ending}"
    if ending == "csv":
        table.to_csv(other, index=False)
    else:
        table.to_json(other, orient="records", lines=True)
    wanted = made(source_file, 200, tmp_path / "a.parquet")
    assert made(other, 200, tmp_path / "b.parquet").equals(wanted)
