"""Counting words and runs of words: what a build counts beside scikit-learn's CountVectorizer.

    python benchmarks/terms.py [PATH] [--text-column NAME]

PATH is a Parquet or CSV file with a column of texts, a text file, or a folder of such files;
without it the seeds are read over and over, which only shows that all works. Each way runs in a
process of its own (on Linux), on processor time, after a warm-up. "Words" are those in 5 texts or
more; cells that differ are counted against CountVectorizer with our token rule. "Words and runs"
are all words and the phrases that a fit looks for (2 to 5 words that read like a name) beside all
pairs of neighbours, which is what CountVectorizer can count: time and memory only. Growth is the
peak of memory above what libraries and texts take.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.sparse as sp

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

MIN_DF = 5
WAYS = {
    "ours, numba": "numba",
    "ours, numpy": "numpy",
    "CountVectorizer, our rule": "oracle",
    "CountVectorizer, its own pattern": "default",
}
SIZES = {"words": (1, 1), "words and runs": (1, 2)}
LINE = "{:34} {:16} {:>8} {:>7} {:>10} {:>10} {:>10}"


def read_texts(path: Path | None, column: str) -> list[str]:
    """The texts of a file or folder, in the order of their names."""
    if path is None:
        seeds = sorted((ROOT / "seeds").glob("*.txt"))
        return [file.read_text(encoding="utf-8") for file in seeds] * 200
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    texts: list[str] = []
    for file in files:
        if file.suffix in (".parquet", ".pq", ".csv"):
            read = pd.read_csv if file.suffix == ".csv" else pd.read_parquet
            table = read(file, columns=[column]) if read is pd.read_parquet else read(file)
            if column not in table:
                sys.exit(f"{file} has no column {column}: {', '.join(table.columns)}")
            texts += table[column].dropna().astype(str).tolist()
        elif file.suffix in (".txt", ".md", ""):
            texts.append(file.read_text(encoding="utf-8", errors="replace"))
    return texts


def counter(
    way: str, ngram_range: tuple[int, int]
) -> Callable[[list[str]], tuple[list[str], object]]:
    """What is measured: texts → vocabulary and matrix."""
    if way in ("numba", "numpy"):
        from dashboard.arrays import count_matrix
        from dashboard.index.terms.fit_terms import count_terms
        from dashboard.text.token_arrays import read_tokens

        def words(texts: list[str]) -> tuple[list[str], object]:
            stream = read_tokens(texts)
            shape = (len(texts), len(stream.vocabulary))
            indptr, indices, data = count_matrix(stream.text_of_token(), stream.ids, *shape)
            matrix = sp.csr_matrix((data, indices, indptr), shape=shape)
            kept = np.flatnonzero(matrix.getnnz(axis=0) >= MIN_DF)
            return [stream.vocabulary[i] for i in kept.tolist()], matrix[:, kept]

        def phrases(texts: list[str]) -> tuple[list[str], object]:
            found = count_terms(read_tokens(texts), frozenset(), MIN_DF)
            cells = (found.data, found.indices, found.indptr)
            return found.term, sp.csr_matrix(cells, shape=(len(texts), len(found)))

        return words if ngram_range == (1, 1) else phrases
    from sklearn.feature_extraction.text import CountVectorizer

    from dashboard.text.token_rule import tokenise

    def analyse(text: str) -> list[str]:
        words = [word for word, _ in tokenise(text)]
        pairs = [f"{a} {b}" for a, b in pairwise(words)]
        return words + pairs if ngram_range[1] == 2 else words

    def theirs(texts: list[str]) -> tuple[list[str], object]:
        vectorizer = CountVectorizer(
            min_df=MIN_DF,
            **({"analyzer": analyse} if way == "oracle" else {"ngram_range": ngram_range}),
        )
        matrix = vectorizer.fit_transform(texts)
        return vectorizer.get_feature_names_out().tolist(), matrix

    return theirs


def measure(way: str, size: str, texts: list[str], out: Path) -> None:
    """Count once, save what came out, print seconds and growth of memory in MB."""
    count = counter(way, SIZES[size])
    warm, length = [], 0
    for text in texts * (1 + 2_500_000 // max(1, sum(map(len, texts)))):
        warm.append(text)
        length += len(text)
        if length > 2_500_000:  # fewer are read without the compiler
            break
    count(warm if way in ("numba", "numpy") else warm[:MIN_DF])
    before, start = reset_peak(), time.process_time()
    vocabulary, matrix = count(texts)
    seconds, growth = time.process_time() - start, memory("VmHWM") - before
    sp.save_npz(out / f"{way}-{size}.npz", matrix, compressed=False)
    (out / f"{way}-{size}.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    print(seconds, growth)


def reset_peak() -> float:
    """Forget the peak of memory so far (Linux); return the memory used now, in MB."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    return memory("VmRSS")


def memory(name: str) -> float:
    """What the system says of this process's memory, in MB."""
    status = Path("/proc/self/status").read_text().split()
    return int(status[status.index(f"{name}:") + 1]) / 1024


def differing(out: Path, way: str, size: str) -> int:
    """Cells that are not the same by our rule in CountVectorizer."""
    names, matrices = [], []
    for name in (way, "oracle"):
        names.append((out / f"{name}-{size}.txt").read_text(encoding="utf-8").split("\n"))
        matrices.append(sp.load_npz(out / f"{name}-{size}.npz").tocsc())
    every = sorted(set(names[0]) | set(names[1]))
    position = {name: i for i, name in enumerate(every)}
    aligned = []
    for columns, matrix in zip(names, matrices, strict=True):
        place = np.asarray([position[name] for name in columns])
        cells = matrix.tocoo()
        shape = (matrix.shape[0], len(every))
        aligned.append(sp.csr_matrix((cells.data, (cells.row, place[cells.col])), shape=shape))
    return int((aligned[0] != aligned[1]).nnz)


def count_with_wc(texts: list[str], out: Path) -> float:
    """Processor seconds of ``wc -w`` on the same text."""
    file = out / "all.txt"
    file.write_text("\n".join(texts), encoding="utf-8", errors="replace")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        ["wc", "-w", file], check=True, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("path", nargs="?", type=Path)
    parser.add_argument("--text-column", default="text")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    texts = read_texts(options.path, options.text_column)
    if options.one:
        way, size, out = options.one
        measure(way, size, texts, Path(out))
        return
    mb = sum(len(text.encode("utf-8", "replace")) for text in texts) / 1e6
    print(f"{len(texts):,} texts, {mb:.1f} MB, one core\n")
    print(LINE.format("", "", "CPU s", "MB/s", "growth MB", "n-grams", "differing"))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for size in SIZES:
            # The oracle first: the others are compared with it.
            for name, way in sorted(WAYS.items(), key=lambda item: item[1] != "oracle"):
                command = [sys.executable, __file__, "--one", way, size, folder]
                command += ["--text-column", options.text_column]
                command += [str(options.path)] if options.path else []
                environment = {**os.environ, "NEWSPRISM_ENGINE": "numpy" if way == "numpy" else ""}
                answer = subprocess.run(
                    command, check=True, stdout=subprocess.PIPE, text=True, env=environment
                ).stdout.split()
                seconds, growth = map(float, answer)
                vocabulary = (out / f"{way}-{size}.txt").read_text(encoding="utf-8")
                cells = ""
                if size == "words" and way in ("numba", "numpy"):
                    cells = f"{differing(out, way, size):,}"
                print(
                    LINE.format(
                        name,
                        size,
                        f"{seconds:.2f}",
                        f"{mb / seconds:.1f}",
                        f"{growth:,.0f}",
                        f"{vocabulary.count(chr(10)) + 1:,}",
                        cells,
                    ),
                    flush=True,
                )
        if shutil.which("wc"):
            seconds = count_with_wc(texts, out)
            print(
                LINE.format(
                    "wc -w", "counts only", f"{seconds:.2f}", f"{mb / seconds:.1f}", "", "", ""
                )
            )


if __name__ == "__main__":
    main()
