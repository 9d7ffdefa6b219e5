"""Files to records: the content decides which reader, then the name."""

from __future__ import annotations

from pathlib import Path

from .record import Reading, Record, RefusedFile
from .table import read_csv, read_parquet
from .text import MAX_BYTES, read_text

TEXT_ENDINGS = (".txt", ".text", ".md")
CSV_ENDINGS = (".csv", ".tsv", ".tab")
PARQUET_ENDINGS = (".parquet", ".pq")
_PARQUET_MAGIC = b"PAR1"
_MAX_FILE = 2 * 1024**3

__all__ = ["Reading", "Record", "RefusedFile", "read_file"]


def read_file(path: Path, file: str, folder: str = "") -> Reading:
    """Read one file.

    Parameters
    ----------
    path : Path
        Where it is.
    file : str
        Its name for the report.
    folder : str
        Sub-folder that names the source of a text file, "" if none.

    Returns
    -------
    Reading
        Its records and what was odd about them.

    Raises
    ------
    RefusedFile
        Nothing of the file can be used; the reason and the remedy are for the user.
    """
    ending = path.suffix.lower()
    try:
        if path.is_dir():
            raise RefusedFile(
                "links to folders are not followed", "give that folder itself", "unsupported"
            )
        if not path.is_file():
            raise RefusedFile("this is no regular file", "give a file or a folder", "unsupported")
        size = path.stat().st_size
        if size == 0:
            raise RefusedFile("the file is empty", "remove it, or save it again", _format(ending))
        with path.open("rb") as stream:
            magic = stream.read(len(_PARQUET_MAGIC))
    except OSError as error:
        raise _unreadable(error) from error
    if magic == _PARQUET_MAGIC:
        return read_parquet(path, file)
    if ending in PARQUET_ENDINGS:
        raise RefusedFile(
            "this is not a Parquet file, or a damaged one", "export or download it again", "parquet"
        )
    if ending not in TEXT_ENDINGS + CSV_ENDINGS:
        what = f"files of the kind {ending}" if ending else "files without an ending"
        raise RefusedFile(
            f"{what} can't be read ({path.name})", "convert to .txt or CSV", "unsupported"
        )
    try:
        # Read one byte more than is allowed: enough to refuse without filling the memory.
        limit = MAX_BYTES if ending in TEXT_ENDINGS else _MAX_FILE
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise _unreadable(error) from error
    if ending in CSV_ENDINGS:
        return read_csv(data, file)
    return read_text(data, file, folder)


def _format(ending: str) -> str:
    if ending in TEXT_ENDINGS:
        return "text"
    if ending in CSV_ENDINGS:
        return "csv"
    return "parquet" if ending in PARQUET_ENDINGS else "unsupported"


def _unreadable(error: OSError) -> RefusedFile:
    return RefusedFile(f"the file can't be opened: {error.strerror}", "check that you may read it")
