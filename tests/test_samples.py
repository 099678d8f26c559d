"""The samples against their golden files. `make goldens` writes them anew; read the difference before you commit it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from conftest import SAMPLES
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.text import decode
from planparse.writing.json import write_json
from planparse.writing.markdown import write_markdown

REGENERATE = os.environ.get("PLANPARSE_REGENERATE") == "1"


def test_regenerate_switch_is_off() -> None:
    if REGENERATE:
        pytest.fail("PLANPARSE_REGENERATE is set: the golden files were written anew and nothing was compared")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("suffix", ["json", "md"])
def test_sample_is_as_expected(path: Path, suffix: str) -> None:
    document = parse_source(decode(path.read_bytes(), f"samples/{path.name}"), load())
    got = write_json(document) + "\n" if suffix == "json" else write_markdown(document)
    golden = path.parent / "expected" / f"{path.stem}.{suffix}"
    if REGENERATE:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(got, "utf-8")
        return
    expected = golden.read_text("utf-8")
    if suffix == "json":
        assert json.loads(got) == json.loads(expected)
    assert got == expected
