"""Arguments of the command line: values that begin with a dash, and errors in one line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from dashboard.errors import UsageError
from dashboard.wording import did_you_mean


class Parser(argparse.ArgumentParser):
    """Raises ``UsageError`` where argparse would print and exit. ``fill`` adds the arguments when
    they are needed, so that the help of all commands loads the code of none."""

    def __init__(
        self,
        *args: Any,
        fill: Callable[[argparse.ArgumentParser], None] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._fill = fill

    def fill(self) -> None:
        """Add the arguments, once."""
        fill, self._fill = self._fill, None
        if fill is not None:
            fill(self)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        self.fill()
        found, unknown = super().parse_known_args(
            self._with_dashes(sys.argv[1:] if args is None else list(args)), namespace
        )
        for value in unknown:
            option = value.partition("=")[0]
            if near := did_you_mean(option, self._option_string_actions):
                self.error(f"unrecognized argument {option}{near}")
        return found, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        choices = list(map(str, action.choices or ()))
        if str(value) not in choices and (near := did_you_mean(str(value), choices)):
            raise argparse.ArgumentError(action, f"{value!r} is none of them{near}")
        super()._check_value(action, value)

    def _with_dashes(self, args: list[str]) -> list[str]:
        """The arguments, a value that begins with one dash joined to its option: argparse would
        take ``--query -word`` for two options."""
        options, joined = self._option_string_actions, list[str]()
        for i, value in enumerate(args):
            if value == "--":
                return joined + args[i:]
            action = options.get(args[i - 1]) if i else None
            if (
                action is not None
                and action.nargs is None
                and len(value) > 1
                and value.startswith("-")
                and not value.startswith("--")
                and value not in options
            ):
                joined[-1] += f"={value}"
            else:
                joined.append(value)
        return joined

    def error(self, message: str) -> NoReturn:
        if message.endswith("expected one argument"):
            message += (
                "; write a value that begins with dashes after an equals sign: --query=--word"
            )
        raise UsageError(message)


def say(stage: str) -> None:
    print(stage, file=sys.stderr, flush=True)
