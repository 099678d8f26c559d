"""The wheel: it holds all that the checkout has, and gives the same result away from it."""

from __future__ import annotations

import configparser
import json
import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from conftest import ROOT, SAMPLES
from planparse.version import __version__

SAMPLE = next(path for path in SAMPLES if path.stem == "decision-plan-pipe")

pytestmark = [
    pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling, which builds the wheel, is not installed"),
    pytest.mark.skipif(find_spec("pip") is None, reason="pip is not installed"),
]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an unpacked wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps", "--no-index", "--quiet"]
    command += ["--disable-pip-version-check", "--wheel-dir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    assert wheel.name == f"planparse-{__version__}-py3-none-any.whl"
    unpacked = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    return unpacked


def python(installed: Path, *args: str) -> str:
    """What a program prints that imports from the unpacked wheel, away from the checkout."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *args], capture_output=True, cwd=installed.parent, env=environment, encoding="utf-8", timeout=50
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def files(folder: Path, *, suffixes: set[str] | None = None) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and (suffixes is None or path.suffix in suffixes)
    }


def test_the_wheel_holds_the_package_and_the_grammar(installed: Path) -> None:
    package = installed / "planparse"
    assert set(files(package / "grammars")) == set(files(ROOT / "grammars"))
    assert {"markers.toml", "lexicons/agencies.tsv"} <= set(files(package / "grammars"))
    expected = set(files(ROOT / "src" / "planparse")) | {f"grammars/{name}" for name in files(ROOT / "grammars")}
    assert set(files(package)) == expected
    assert {"py.typed", "messages.toml", "__main__.py"} <= expected


def test_the_wheel_holds_nothing_else(installed: Path) -> None:
    assert {path.name for path in installed.iterdir()} == {"planparse", f"planparse-{__version__}.dist-info"}


def test_the_wheel_names_its_command_and_what_it_needs(installed: Path) -> None:
    about = installed / f"planparse-{__version__}.dist-info"
    entries = configparser.ConfigParser()
    entries.read(about / "entry_points.txt", "utf-8")
    assert dict(entries["console_scripts"]) == {"planparse": "planparse.__main__:main"}
    metadata = (about / "METADATA").read_text("utf-8")
    for name in ("pydantic", "regex", "rich", "typer"):
        assert f"\nRequires-Dist: {name}" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata and (about / "licenses" / "LICENSE").is_file()


def test_only_the_wheel_is_imported_and_its_own_grammar_is_read(installed: Path) -> None:
    code = (
        "import json, sys\n"
        "import planparse.api\n"
        "from planparse.grammar.rows import builtin_folder\n"
        "from planparse.messages import catalogue\n"
        "catalogue()\n"
        "homes = [m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'planparse']\n"
        "print(json.dumps([str(builtin_folder()), *homes]))"
    )
    grammar, *homes = json.loads(python(installed, "-c", code))
    assert Path(grammar).resolve() == (installed / "planparse" / "grammars").resolve()
    assert len(homes) > 10 and all(Path(home).resolve().is_relative_to(installed.resolve()) for home in homes)


@pytest.mark.parametrize(
    "args", [["extract"], ["extract", "-f", "md"], ["check", "--fail-on", "error"], ["tasks", "-f", "csv"]], ids=" ".join
)
def test_the_result_is_that_of_the_checkout(installed: Path, args: list[str]) -> None:
    command = ["-m", "planparse", *args, "--lang", "vi", str(SAMPLE)]
    got = python(installed, *command)
    assert got == python(ROOT / "src", *command) and len(got) > 100
