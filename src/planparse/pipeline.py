"""The stages in order: a Source becomes the plain data of the model."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from planparse.checks import diagnose, diagnose_grammar
from planparse.facts import read_facts
from planparse.grammar import Grammar
from planparse.layout.cells import wrapped_tables
from planparse.layout.lines import scan
from planparse.layout.setting import layout_of
from planparse.layout.site import find_edges
from planparse.layout.site import metadata as site_metadata
from planparse.layout.wrap import measure
from planparse.reading.source import Source
from planparse.structure.assemble import Assembler
from planparse.structure.document import Reader
from planparse.structure.metadata import read_metadata

SCHEMA_VERSION = "1.0"


def parse_source(source: Source, grammar: Grammar, lang: str = "en") -> dict[str, Any]:
    """The plain data of the model (see `model.PlanDocument`) for a source. Never fails: what is odd is reported.

    `lang` is the language of the diagnostics' messages, "en" or "vi".
    """
    with _collector_paused():
        document = _read_structure(source, grammar, lang)
        read_facts(document, source, grammar)
        diagnose_grammar(document, grammar, lang)
    return document


def _read_structure(source: Source, grammar: Grammar, lang: str) -> dict[str, Any]:
    """Everything but the facts. What the stages made on the way is given up with this call."""
    lines = scan(source.clean)
    edges = find_edges(lines, grammar)
    grids = wrapped_tables(lines, grammar)
    wrap = measure(lines, [range(grid.first, grid.last + 1) for grid in grids])
    drafts = Reader(grammar, lines, wrap, edges, grids).read()
    assembler = Assembler(grammar, source, lines)
    parts = assembler.parts(drafts)
    site = site_metadata(lines, grammar, edges)
    document: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "source": {
            "path": source.path,
            "sha256": source.sha256,
            "format": source.format,
            "encoding": source.encoding,
            "layout": layout_of(lines, wrap),
            "characters": len(source.text),
            "lines": _line_count(source.clean),
            "coverage": 1.0,
        },
        "metadata": read_metadata(grammar, drafts, parts, site),
        "parts": parts,
        "tasks": [],
        "targets": [],
        "funding": [],
        "citations": [],
        "deadlines": [],
        "abbreviations": [],
        "diagnostics": [],
    }
    diagnose(document, source, grammar, drafts, assembler, lang)
    return document


def _line_count(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n"))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Nothing built here is garbage before the end; the collector would only go over it again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
