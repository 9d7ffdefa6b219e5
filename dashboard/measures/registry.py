"""One registry of tables: what a measure gives and takes is declared once, beside it.

``@table(…)`` makes a measure a :class:`Table` and enters it in ``TABLES``. The commands and options
of ``export``, the keys of the cache, the text behind "How is this computed?" and ``docs/tables.md``
all follow from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec

import pandas as pd

P = ParamSpec("P")


@dataclass(frozen=True)
class Option:
    """What a table takes beside the scope: ``name`` of the measure's argument. With a ``flag`` it
    is an option of ``export``, explained by ``help``; pages alone use the others.

    ``read`` turns a word of the command line into a value; its ``ValueError`` says what it takes.
    ``many``: the value is a sequence, and the flag may come several times.
    """

    name: str
    flag: str = ""
    metavar: str = ""
    help: str = ""
    read: Callable[[str], Any] = str
    many: bool = False


def one_of(words: Iterable[str]) -> Callable[[str], str]:
    """What reads one of ``words``, for ``Option.read``: anything else is a ``ValueError``."""
    known = tuple(words)

    def read(word: str) -> str:
        if word not in known:
            raise ValueError(f"one of {', '.join(known)}")
        return word

    return read


class Table(Generic[P]):
    """A measure with what is known of its table: call it with an index, a scope and its options.

    ``row``: what a row is. ``columns``: the meaning of each, with its unit, in their order.
    ``method``: how the numbers come about, as Markdown, "" where they speak for themselves;
    ``methods``: the same for single columns that need their own. ``words``: the column of the words
    that it lists and a reader may hide (see ``stop_list``), "" where it lists none.
    """

    def __init__(
        self,
        compute: Callable[P, pd.DataFrame],
        name: str,
        row: str,
        columns: Mapping[str, str],
        options: Sequence[Option],
        method: str,
        methods: Mapping[str, str],
        words: str,
    ) -> None:
        self.words = words
        self.name, self.row, self.columns, self.options = name, row, columns, tuple(options)
        self.method, self.methods = method, methods
        self._compute = compute
        self.__doc__, self.__name__ = compute.__doc__, compute.__name__
        self.__module__, self.__wrapped__ = compute.__module__, compute

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> pd.DataFrame:
        return self._compute(*args, **kwargs)

    def frame(self, data: Any = None) -> pd.DataFrame:
        """``data`` (rows, or values by column) as this table; without it the empty table. Raises
        ``ValueError`` for columns other than the declared ones."""
        if isinstance(data, Mapping) and set(data) != set(self.columns):
            raise ValueError(f"{self.name} has {', '.join(self.columns)}, not {', '.join(data)}")
        return pd.DataFrame(data, columns=[*self.columns])

    def key(self, **options: Any) -> tuple[tuple[str, Any], ...]:
        """The options as a value that can be compared and hashed. Raises ``TypeError`` for one that
        the table doesn't take."""
        many = {option.name: option.many for option in self.options}
        if unknown := options.keys() - many.keys():
            raise TypeError(f"{self.name} takes no {', '.join(sorted(unknown))}")
        return tuple(
            (name, tuple(value) if many[name] and value is not None else value)
            for name, value in sorted(options.items())
        )


#: Every table by name, in the order of the modules of ``dashboard.measures``.
TABLES: dict[str, Table[...]] = {}


def table(
    name: str,
    *,
    row: str,
    columns: Mapping[str, str],
    options: Sequence[Option] = (),
    method: str = "",
    methods: Mapping[str, str] | None = None,
    words: str = "",
) -> Callable[[Callable[P, pd.DataFrame]], Table[P]]:
    """Enter a measure in ``TABLES``; see :class:`Table`. Raises ``ValueError`` for a name that is
    taken."""

    def enter(compute: Callable[P, pd.DataFrame]) -> Table[P]:
        if name in TABLES:
            raise ValueError(f"there are two tables {name!r}")
        assert not words or words in columns
        made = Table(compute, name, row, columns, options, method, methods or {}, words)
        TABLES[name] = made
        return made

    return enter
