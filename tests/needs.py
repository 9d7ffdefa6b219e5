"""What a test needs of the machine: without it the test is skipped, saying so. What
``NEWSPRISM_REQUIRE`` names (``browser,numba,dask,small-disk``) is a failure in place of a skip."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable

import pytest

from dashboard.text import kernels

CHROMIUM = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The path of a browser that the browser tests can drive."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


@functools.cache
def _small_disk() -> str:
    with tempfile.TemporaryDirectory() as folder:
        command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
        try:
            result = subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError as error:
            return f"no small disk to fill: {error}"
        if result.returncode:
            return f"no small disk to fill: {result.stderr.strip()}"
        subprocess.run(["umount", "-l", folder], check=True)
    return ""


def _dask() -> str:
    return "" if importlib.util.find_spec("distributed") else "Dask is not installed"


#: Why it is missing; empty where it is here.
NEEDS: dict[str, Callable[[], str]] = {
    "browser": lambda: "" if chromium() else "no Chromium on this machine",
    "dask": _dask,
    "numba": lambda: "" if kernels.available() else "numba is not installed",
    "small-disk": _small_disk,
}


def required() -> set[str]:
    """What must be here. A name that nobody knows ends the run: it would require nothing."""
    names = {name.strip() for name in os.environ.get("NEWSPRISM_REQUIRE", "").split(",")} - {""}
    if unknown := sorted(names - NEEDS.keys()):
        raise pytest.UsageError(
            f"NEWSPRISM_REQUIRE: {', '.join(unknown)} is unknown; known are {', '.join(NEEDS)}"
        )
    return names


def meet(name: str) -> None:
    """Skip the test that runs, or fail it where ``name`` is required, if the machine lacks it."""
    if reason := NEEDS[name]():
        if name in required():
            pytest.fail(f"{reason}, and NEWSPRISM_REQUIRE names {name}", pytrace=False)
        pytest.skip(reason)
