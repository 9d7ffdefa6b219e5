"""``completion``: what makes a shell complete commands, options and tables."""

from __future__ import annotations

import argparse

SHELLS = ("bash", "zsh", "fish", "powershell", "tcsh")


def add_completion(completion: argparse.ArgumentParser) -> None:
    completion.add_argument("shell", choices=SHELLS)
    completion.set_defaults(run=_completion)


def _completion(args: argparse.Namespace) -> None:
    from argcomplete import shellcode  # type: ignore[attr-defined]

    print(shellcode(["newsprism"], shell=args.shell))
