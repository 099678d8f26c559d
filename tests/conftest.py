"""What the tests share: the project's samples, and the real texts with their gold where they are present."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.source import make_source

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted(path for path in (ROOT / "samples").glob("*.txt"))
SHARED = ROOT.parent / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
CORPUS = sorted((SHARED / "corpus" / "txt").glob("*/*.txt"))
TEXTS = SAMPLES + SEEDS

needs_seeds = pytest.mark.skipif(not SEEDS, reason="the real texts (../shared/seeds) are not here")
needs_corpus = pytest.mark.skipif(not CORPUS, reason="the corpus (../shared/corpus) is not here")

Data = dict[str, Any]


def parse(text: str, **options: Any) -> Data:
    """The plain data of a text's model."""
    return parse_source(make_source(text), load(), **options)


def blocks(document: Data) -> list[Data]:
    """All blocks, nested ones included."""
    found: list[Data] = []

    def walk(inner: list[Data]) -> None:
        for block in inner:
            found.append(block)
            walk(block.get("blocks", []))

    for part in document["parts"]:
        walk(part["blocks"])
    return found


def sections(document: Data) -> list[tuple[str, str]]:
    """Each section as (id, its words)."""
    return [
        (block["id"], " ".join(piece for piece in (block["heading"], block["text"]) if piece))
        for block in blocks(document)
        if block["type"] == "section"
    ]


def codes(document: Data) -> list[str]:
    """The codes of the diagnostics, in order."""
    return [item["code"] for item in document["diagnostics"]]


def lines_run(work: Callable[[], object]) -> int:
    """The lines of Python that a piece of work runs: loops that call nothing are counted too, ten times as slowly."""
    count = 0

    def note(_frame: object, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return note

    sys.settrace(note)
    try:
        work()
    finally:
        sys.settrace(None)
    return count


def calls(work: Callable[[], object]) -> int:
    """The function calls that a piece of work makes: a measure of it that no machine's load changes."""
    count = 0

    def note(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        if event in {"call", "c_call"}:
            count += 1

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
