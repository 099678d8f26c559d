"""Stamps that a digital signature or an office leaves on the pages: told by what they say (`grammars/pdf.toml`)."""

from __future__ import annotations

from functools import lru_cache

from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import Pattern, compile_pattern, match_any
from planparse.reading.pdf_lines import Line


@lru_cache(maxsize=4)
def _patterns(grammar: Grammar) -> tuple[tuple[Pattern, ...], tuple[Pattern, ...]]:
    """What a stamp begins with, and what its other lines begin with."""
    rows = grammar.rows("pdf")
    first = tuple(compile_pattern(row) for row in rows if row.fields["kind"] == "stamp")
    return first, tuple(compile_pattern(row) for row in rows if row.fields["kind"] == "stamp_line")


def without_stamps(lines: list[Line], grammar: Grammar) -> tuple[list[Line], list[str]]:
    """The lines of a page without the stamps on it, and the texts of the stamps."""
    first, others = _patterns(grammar)
    begun = [at for at, line in enumerate(lines) if any(match_any(first, run.text) for run in line.runs)]
    if not begun:
        return lines, []
    stamped: set[int] = set()
    for at in begun:
        stamped.add(at)
        for step in (-1, 1):
            near = at + step
            while 0 <= near < len(lines) and match_any(others, lines[near].text) is not None:
                stamped.add(near)
                near += step
    kept: list[Line] = []
    texts: list[str] = []
    for at, line in enumerate(lines):
        if at not in stamped:
            kept.append(line)
            continue
        own = [run for run in line.runs if match_any(first, run.text) or match_any(others, run.text)] or line.runs
        texts.append(" ".join(run.text for run in own))
        if rest := [run for run in line.runs if run not in own]:
            kept.append(line._replace(x0=rest[0].x0, x1=rest[-1].x1, runs=rest))
    return kept, ["\n".join(texts)]
