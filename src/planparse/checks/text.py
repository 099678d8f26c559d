"""Text that is cut off, broken, unreadable or out of place."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.checks.coverage import measure_coverage
from planparse.checks.finding import Case, Finding, at
from planparse.layout.lines import PAGE
from planparse.reading.source import blanked
from planparse.structure.outline import MAX_DEPTH


def check_truncation(case: Case) -> Iterator[Finding]:
    """A mark that the text was cut off: "[...]" on a line of its own."""
    for block in case.blocks:
        text = block.get("text") or ""
        if text[:1] in "[(." and block["type"] in {"paragraph", "boilerplate"} and case.grammar.says("truncation", text):
            yield at("text.truncated", block)


def check_fragments(case: Case) -> Iterator[Finding]:
    """A paragraph that begins with a small letter after a full stop: its beginning is lost."""
    for block in case.assembler.lost_starts:
        if block["type"] != "section":
            yield at("text.fragment", block)


def check_unplaced(case: Case) -> Iterator[Finding]:
    """Text after the signature that is no appendix and no footnote."""
    for block in case.assembler.unplaced:
        yield at("text.unplaced", block)


def check_pages(case: Case) -> Iterator[Finding]:
    """Lines with the numbers of pages, which were read past."""
    lines = case.assembler.lines
    pages = [i for i, kind in enumerate(lines.kind) if kind == PAGE and lines.text[i]]
    if pages:
        first = pages[0]
        span = case.assembler.span(lines.start[first], lines.end[first], first, first)
        yield Finding("text.pages", span, None, {"count": len(pages)})


def check_unreadable(case: Case) -> Iterator[Finding]:
    """Characters that an earlier program could not read."""
    count = case.source.text.count("\ufffd")
    if count:
        yield Finding("text.unreadable", None, None, {"count": count})


def check_nesting(case: Case) -> Iterator[Finding]:
    """Sections nested too deep to be read back as JSON everywhere."""
    for block in case.assembler.capped[:1]:
        yield at("nesting.capped", block, depth=MAX_DEPTH)


def check_coverage(case: Case) -> Iterator[Finding]:
    """Characters that no block holds; sets `source.coverage`."""
    coverage, gaps = measure_coverage(blanked(case.source), case.blocks)
    case.document["source"]["coverage"] = coverage
    for gap in gaps:
        lost = case.source.text[gap.start : gap.end]
        first = case.source.text.count("\n", 0, gap.start) + 1
        span = {"start": gap.start, "end": gap.end, "first_line": first, "last_line": first + lost.count("\n")}
        yield Finding("text.uncovered", span, None, {"count": len("".join(lost.split())), "sample": lost.strip()[:40]})
