"""The stages in order: a Source becomes the plain data of the model."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from planparse.checks import diagnose, diagnose_grammar
from planparse.facts import read_facts
from planparse.grammar import Grammar
from planparse.layout.cell_lines import cell_rows
from planparse.layout.cells import Grid, wrapped_tables
from planparse.layout.joined_words import joined_words
from planparse.layout.lines import Lines, scan
from planparse.layout.native import native_edges, native_grids, native_lines
from planparse.layout.page_lines import set_pages_apart
from planparse.layout.plain_cells import plain_tables
from planparse.layout.setting import layout_of
from planparse.layout.site import Edges, find_edges
from planparse.layout.site import metadata as site_metadata
from planparse.layout.wrap import UNWRAPPED, Wrap, measure
from planparse.reading.source import Note, Source, with_edits
from planparse.structure.assemble import Assembler
from planparse.structure.document import read_parts
from planparse.structure.metadata import read_metadata
from planparse.structure.pages import name_pages

SCHEMA_VERSION = "1.0"


def parse_source(source: Source, grammar: Grammar, lang: str = "en") -> dict[str, Any]:
    """The plain data of the model (see `model.PlanDocument`) for a source. Never fails: what is odd is reported.

    `lang` is the language of the diagnostics' messages, "en" or "vi".
    """
    with _collector_paused():
        document, source = _read_structure(source, grammar, lang)
        read_facts(document, source, grammar)
        diagnose_grammar(document, grammar, lang)
        if source.printed is not None:
            from planparse.as_printed import quote_as_printed

            quote_as_printed(document, *source.printed)
        if source.setting is not None and source.setting.pages:
            name_pages(document, source.setting.pages)
    return document


def _read_lines(source: Source, grammar: Grammar) -> tuple[Source, Lines, int]:
    """The lines of a source; of a text, cells that stand on lines of their own are made rows first, and these counted."""
    edits, words, first = joined_words(source.clean, grammar)
    if edits:
        note = Note("text.joined", {"count": words, "first": first})
        source = with_edits(source, edits, note)._replace(printed=(source.clean, source.breaks))
    if source.setting is not None:
        return source, native_lines(source.clean, source.setting), 0
    lines = scan(source.clean)
    edits, rows = cell_rows(lines, grammar)
    if edits:
        source = with_edits(source, edits, Note("text.cells", {"count": rows}))
        lines = scan(source.clean)
    return source, set_pages_apart(lines, grammar), rows


def _read_structure(source: Source, grammar: Grammar, lang: str) -> tuple[dict[str, Any], Source]:
    """Everything but the facts, and the source with its clean text as it was read. What the stages made on the way is given
    up with this call."""
    source, lines, made = _read_lines(source, grammar)
    edges, grids, wrap, layout, site = _read_layout(lines, made, source, grammar)
    drafts = read_parts(grammar, lines, wrap, edges, grids)
    assembler = Assembler(grammar, source, lines)
    parts = assembler.parts(drafts)
    document: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "source": {
            "path": source.path,
            "sha256": source.sha256,
            "format": source.format,
            "encoding": source.encoding,
            "layout": layout,
            "characters": len(source.text),
            "lines": _line_count(source),
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
    if source.setting is not None and source.setting.ocr:
        document["source"]["ocr"] = True
    diagnose(document, source, grammar, drafts, assembler, lang)
    return document, source


def _read_layout(
    lines: Lines, made: int, source: Source, grammar: Grammar
) -> tuple[Edges, list[Grid], Wrap, str, dict[str, str | None]]:
    """Where the document stands among the lines, its tables, its wrap, its layout's name, and what the site said: as
    the format states it, or found out from the lines of a text."""
    if (setting := source.setting) is not None:
        edges = native_edges(lines, setting)
        return edges, native_grids(lines, setting, grammar), UNWRAPPED, source.format, setting.site
    edges = find_edges(lines, grammar)
    grids = plain_tables(lines, grammar, wrapped_tables(lines, grammar), range(edges.first, edges.last))
    wrap = measure(lines, [range(grid.first, grid.last + 1) for grid in grids])
    return edges, grids, wrap, layout_of(lines, wrap, made), site_metadata(lines, grammar, edges)


def _line_count(source: Source) -> int:
    clean, escaped = source.clean, source.escaped
    open_end = not clean.endswith("\n") or (bool(escaped) and escaped[-1] == len(clean) - 1)
    return clean.count("\n") - len(escaped) + len(source.spaced) + open_end


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
