"""What starts quickly: nothing heavy is imported before it is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import SAMPLES

HEAVY = {
    "pydantic",
    "underthesea",
    "rich",
    "xlsxwriter",
    "hypothesis",
    "multiprocessing",
    "asyncio",
    "http",
    "urllib.request",
    "dask",
    "distributed",
    "fsspec",
}
SAMPLE = str(next(path for path in SAMPLES if path.stem == "decision-plan-pipe"))

RUN = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
sys.argv = ["planparse", *sys.argv[1:]]
from planparse.__main__ import run
sys.exit(run())
"""


def modules(code: str, *args: str) -> set[str]:
    """The modules that are loaded when a program ends."""
    environment = {**os.environ, "LANG": "C.UTF-8"}
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, env=environment, timeout=50)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["--version"],
        ["extract", "--help"],
        ["batch", "--help"],
        ["formats", "-f", "json"],
        ["tasks", "--help"],
        ["extract", SAMPLE],
        ["extract", SAMPLE, "-f", "md"],
        ["extract", SAMPLE, "--strict", "--lang", "vi"],
        ["tasks", SAMPLE, "-f", "json"],
        ["tasks", SAMPLE, "-f", "csv"],
    ],
    ids=lambda args: " ".join(args).replace(SAMPLE, "FILE"),
)
def test_commands_import_nothing_heavy(args: list[str]) -> None:
    if args[0] == "batch" and b"batch" not in subprocess.run([sys.executable, "-c", RUN, "-h"], capture_output=True).stdout:
        pytest.skip("there is no batch yet")
    loaded = modules(RUN, *args)
    assert "planparse.cli" in loaded and not loaded & HEAVY


def test_a_batch_on_one_machine_needs_nothing_of_a_cluster(tmp_path: Path) -> None:
    loaded = modules(RUN, "batch", SAMPLE, "-o", str(tmp_path), "--quiet")
    assert "planparse.batch.runner" in loaded and not loaded & {"dask", "distributed", "fsspec", "planparse.batch.far"}


def test_help_reads_no_grammar() -> None:
    loaded = modules(RUN, "--help")
    assert not {name for name in loaded if name.startswith(("planparse.grammar", "planparse.structure", "regex"))}


def test_a_text_in_utf8_costs_nothing_of_the_old_encodings() -> None:
    loaded = modules(RUN, "extract", SAMPLE)
    assert not {f"planparse.reading.{name}" for name in ("legacy", "recognise", "syllables", "capitals")} & loaded


@pytest.mark.parametrize(("args", "used"), [(["show", SAMPLE], "rich"), (["schema"], "pydantic")])
def test_what_a_command_needs_is_there(args: list[str], used: str) -> None:
    """That the tests above would see a heavy import."""
    assert modules(RUN, *args) & HEAVY >= {used}


def test_nothing_printed_is_lost_at_the_end() -> None:
    """The program ends without taking apart what it built; what it printed into a pipe is written all the same."""
    done = subprocess.run([sys.executable, "-m", "planparse", "extract", SAMPLE], capture_output=True, timeout=50)
    assert done.returncode == 0 and json.loads(done.stdout)["schema_version"]
    done = subprocess.run([sys.executable, "-m", "planparse", "extract", "nowhere.txt"], capture_output=True, timeout=50)
    assert done.returncode == 2 and done.stderr.count(b"\n") == 1


END = "\nimport json, sys\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)"


def test_the_package_is_lazy() -> None:
    loaded = modules("import planparse\nplanparse.__version__\ndir(planparse)" + END)
    assert {name for name in loaded if name.startswith("planparse")} == {"planparse", "planparse.version"}
    assert not loaded & HEAVY


def test_an_error_class_costs_no_model() -> None:
    loaded = modules("from planparse import InputError, GrammarError" + END)
    assert "planparse.errors" in loaded and not loaded & HEAVY and "planparse.pipeline" not in loaded


def test_the_model_comes_with_what_needs_it() -> None:
    assert "pydantic" in modules("from planparse import parse" + END)
