"""The wheel: built, installed where nothing else of the project is, and opened."""

from __future__ import annotations

import json
import os
import re
import shutil
import site
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import dashboard
from dashboard.cli import COMMANDS
from dashboard.places import SITE

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
OPEN_ALL = """
import json, sys
from pathlib import Path
from streamlit.testing.v1 import AppTest
from dashboard.places import PACKAGE, SITE

app = AppTest.from_file(str(SITE / "app.py"), default_timeout=300).run()
opened = {"": app}
for page in sorted((PACKAGE / "pages").glob("[!_]*.py")):
    opened[page.stem] = app.switch_page(str(page)).run()
    assert not app.exception, app.exception
    assert len(app.title) == 1, page
print(json.dumps([str(PACKAGE), *opened]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with the wheel, and this one's dependencies."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / SCRIPTS / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    purelib = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    own = subprocess.run(purelib, check=True, capture_output=True, text=True).stdout.strip()
    Path(own, "dependencies.pth").write_text("\n".join(site.getsitepackages()), "utf-8")
    return folder / SCRIPTS


def run(folder: Path, command: list[str], cache: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment |= {"NEWSPRISM_CACHE": str(cache), "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, check=True, capture_output=True, text=True
    )


def test_the_wheel_carries_what_the_app_shows_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("static", "seeds", "demo", ".streamlit"):
        files = [p.relative_to(ROOT) for p in (ROOT / folder).rglob("*") if p.is_file()]
        assert files
        assert {f"dashboard/site/{p.as_posix()}" for p in files} <= names
    assert {n.partition("/")[0].partition("-")[0] for n in names} == {"dashboard", "newsprism"}
    assert not [n for n in names if n.endswith((".pyc", ".md")) or "tests" in n]


def test_the_wheel_needs_what_requirements_say(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = archive.read(next(n for n in archive.namelist() if n.endswith("METADATA"))).decode()
    pins = [
        line for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]  # fmt: skip
    needed = [
        line.removeprefix("Requires-Dist: ")
        for line in metadata.splitlines()
        if line.startswith("Requires-Dist: ") and "extra ==" not in line
    ]
    assert len(pins) > 20
    assert sorted(map(str.lower, pins)) == sorted(map(str.lower, needed))


def test_every_page_opens_from_any_folder_once_installed(installed: Path, tmp_path: Path) -> None:
    said = run(tmp_path, [str(installed / "newsprism"), "--version"], tmp_path / "cache").stdout
    assert said == f"newsprism {dashboard.__version__}\n"
    done = run(tmp_path, [str(installed / "python"), "-c", OPEN_ALL], tmp_path / "cache")
    package, *opened = json.loads(done.stdout.splitlines()[-1])
    assert not Path(package).is_relative_to(ROOT)
    pages = sorted(p.stem for p in (ROOT / "dashboard" / "pages").glob("[!_]*.py"))
    assert opened == ["", *pages]


def test_pages_are_named_by_noun_never_by_a_path_in_the_checkout() -> None:
    files = [ROOT / "app.py", *(ROOT / "dashboard").rglob("*.py")]
    assert not [str(f) for f in files if "dashboard/pages/" in f.read_text("utf-8")]


def test_the_help_of_all_commands_loads_the_code_of_none() -> None:
    code = (
        "import sys\nfrom dashboard.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "inner = {m for m in sys.modules if m.startswith('dashboard.')}\n"
        "outer = {'numpy', 'pandas', 'pyarrow', 'streamlit', 'scipy'} & set(sys.modules)\n"
        "print(sorted(inner), sorted(outer))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for command in COMMANDS:
        assert re.search(rf"^    {command}\s", done.stdout, re.M), command
    loaded = done.stdout.splitlines()[-1]
    inner = ["dashboard.arguments", "dashboard.cli", "dashboard.errors", "dashboard.wording"]
    assert loaded == f"{inner} []"


@pytest.mark.parametrize(
    ("words", "setting", "said"),
    [
        (["--port", "99999"], "", "name a number from 1 to 65535"),
        (["--port", "-5"], "", "name a number from 1 to 65535"),
        ([], "70000", "name a number from 1 to 65535"),
        (["--address", "256.1.1.1:80"], "", "can't listen at '256.1.1.1:80'"),
        (["--address", "a" * 70 + ".test"], "", "--address takes localhost"),
    ],
    ids=["port", "below", "environment", "address", "long"],
)
def test_where_the_app_cannot_listen_it_says_so_in_a_line(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    words: list[str],
    setting: str,
    said: str,
) -> None:
    from dashboard.cli import main

    monkeypatch.setenv("STREAMLIT_SERVER_PORT", setting)
    monkeypatch.setattr("runpy.run_module", lambda *_, **__: pytest.fail("it began"))
    monkeypatch.setattr("socket.getaddrinfo", _names_of_this_machine)
    assert main(["app", *words]) == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert said in line


def _names_of_this_machine(host: str, *_: Any, **__: Any) -> Any:
    if host != "localhost":
        raise OSError(-2, "Name or service not known")
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]


@pytest.mark.parametrize(
    ("words", "setting", "address"),
    [
        ([], "", "localhost"),
        (["--address", "0.0.0.0"], "", "0.0.0.0"),
        ([], "0.0.0.0", "0.0.0.0"),
        (["--address", "localhost"], "0.0.0.0", "localhost"),
    ],
)
def test_the_app_is_for_this_machine_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, words: list[str], setting: str, address: str
) -> None:
    from dashboard.cli import main

    started = list[list[str]]()
    monkeypatch.setattr("sys.argv", ["newsprism"])
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", setting)
    monkeypatch.setattr("runpy.run_module", lambda *_, **__: started.append([*sys.argv]))
    assert main(["app", str(ROOT / "seeds"), "--port", "8600", *words]) == 0
    options = [f"--server.address={address}", "--server.port=8600"]
    expected = ["streamlit", "run", str(SITE / "app.py"), *options, "--", str(ROOT / "seeds")]
    assert started == [expected]


def test_the_image_is_built_of_all_that_the_package_needs(wheel: Path, tmp_path: Path) -> None:
    context = tmp_path / "context"
    context.mkdir()
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert lines[0] == "*"
    for pattern in (line.removeprefix("!") for line in lines if line.startswith("!")):
        for path in ROOT.glob(pattern):
            target = context / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, target)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=context, check=True, capture_output=True)
    [other] = tmp_path.glob("*.whl")

    def names(path: Path) -> list[str]:
        found = zipfile.ZipFile(path).namelist()
        return sorted(n for n in found if "__pycache__" not in n)

    assert names(other) == names(wheel)


def test_the_version_is_the_same_everywhere() -> None:
    said = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.M)
    assert said
    assert said[1] == dashboard.__version__
    assert f"## {dashboard.__version__} " in (ROOT / "CHANGELOG.md").read_text("utf-8")
