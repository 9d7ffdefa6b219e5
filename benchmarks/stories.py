"""How well stories are found: B-cubed precision, recall and F1 against a column of labels.

    python benchmarks/stories.py FILE --labels COLUMN [--without COLUMN]… [--out DIR]

FILE: CSV, TSV, JSON lines or Parquet with a title or text an article, and in COLUMN which event
each is about; rows without one are read and not judged. ``--without date`` shows what words alone
do. Both states are given: stories as they are, and with every article that is only “perhaps” in its
story taken for one by itself. Bagga and Baldwin 1998, B-cubed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashboard.index.building.build import build_index
from dashboard.index.index import open_index
from dashboard.index.layers.stories import MAYBE

READERS = {
    ".csv": pd.read_csv,
    ".tsv": lambda path: pd.read_csv(path, sep="\t"),
    ".jsonl": lambda path: pd.read_json(path, lines=True),
    ".parquet": pd.read_parquet,
}


def b_cubed(found: NDArray[np.int64], labels: NDArray[np.int64]) -> tuple[float, float, float]:
    """Precision, recall and F1: over articles, the share of its group that is of its label, and of
    its label that is in its group. Not a number for no article."""
    both = found.astype(np.int64) * (int(labels.max(initial=0)) + 1) + labels
    _, at, sizes = np.unique(both, return_inverse=True, return_counts=True)
    precision = float((sizes[at] / np.bincount(found)[found]).mean())
    recall = float((sizes[at] / np.bincount(labels)[labels]).mean())
    return precision, recall, 2 * precision * recall / (precision + recall)


def _text(rows: pd.DataFrame) -> pd.DataFrame:
    """Every value as text; what is missing stays so."""
    return rows.astype(object).where(rows.notna(), None).map(lambda v: v if v is None else str(v))


def main() -> None:
    """Build, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--labels", required=True, metavar="COLUMN")
    parser.add_argument("--without", action="append", default=[], metavar="COLUMN")
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep the index there")
    args = parser.parse_args()
    if args.file.suffix not in READERS:
        parser.error(f"{args.file.name} is none of {', '.join(READERS)}")
    rows = READERS[args.file.suffix](args.file)
    if args.labels not in rows:
        parser.error(f"{args.file.name} has no column {args.labels!r}, but {', '.join(rows)}")
    with tempfile.TemporaryDirectory() as folder:
        table, out = Path(folder) / "rows.parquet", args.out or Path(folder) / "index"
        _text(rows.drop(columns=[args.labels, *args.without])).to_parquet(table)
        began = time.process_time()
        build_index([table], out)
        seconds = time.process_time() - began
        index = open_index(out)
        joint = index.layer("stories").joint
        row = index.article_rows(np.arange(index.n_articles), ["row"])["row"]
        label = rows[args.labels].iloc[row.to_numpy(dtype=np.int64) - 1].reset_index(drop=True)
        judged = label.notna().to_numpy()
        labels = pd.factorize(label[judged])[0]
        story = joint["story_of"][judged].astype(np.int64)
        perhaps = (joint["basis"][judged] & MAYBE) > 0
        alone = np.where(perhaps, story.max(initial=0) + 1 + np.arange(len(story)), story)
        print(f"{len(rows):,} rows, {index.n_articles:,} articles, {judged.sum():,} with a label, "
              f"{len(set(labels)):,} labels; built in {seconds:.1f} processor seconds")  # fmt: skip
        for name, found in (("stories", story), ("same story only", alone)):
            scores = b_cubed(pd.factorize(found)[0], labels)
            print(f"{name:16} P {scores[0]:.3f}  R {scores[1]:.3f}  F1 {scores[2]:.3f}")


if __name__ == "__main__":
    main()
