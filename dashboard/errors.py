"""What every error says that a user may see: what happened, where, and what to do."""

from __future__ import annotations


class NewsprismError(ValueError):
    """An error whose message is for the user.

    ``what`` happened, ``where`` ("news.csv, row 17"; "" where the place is plain), and the
    ``remedy`` ("" where there is none to name). It crosses processes as it is. ``exit_code``: of
    the command line.
    """

    exit_code = 2

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(what, where, remedy)

    def __str__(self) -> str:
        """ "news.csv, row 17: the date is empty; add one"."""
        place = f"{self.where}: " if self.where else ""
        return place + self.what + (f"; {self.remedy}" if self.remedy else "")


class UsageError(NewsprismError):
    """The call's words are off; the message says which and what is expected."""


def is_memory(error: Exception) -> bool:
    """Whether it says that memory was short, for what was read or for the code of a library."""
    said = str(error).lower()
    told_by = ("failed to map", "cannot allocate memory", "failed to launch worker thread")
    return any(words in said for words in told_by)
