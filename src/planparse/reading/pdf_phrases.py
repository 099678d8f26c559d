"""Fixed phrases that a scanner damaged, put right by the rows of `grammars/ocr.toml`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import compile_damaged
from planparse.reading.pdf_lines import Line
from planparse.text import fold_tones


class Phrase(NamedTuple):
    """A phrase as it should be printed, and what finds it damaged."""

    text: str
    pattern: Any


@lru_cache(maxsize=4)
def _phrases(grammar: Grammar) -> tuple[Phrase, ...]:
    return tuple(Phrase(row.fields["text"], compile_damaged(row)) for row in grammar.rows("ocr"))


def right_phrase(line: str, grammar: Grammar) -> tuple[str, str] | None:
    """A line with its damaged phrase put right, and the phrase as it was read; None where nothing is damaged."""
    best: tuple[int, str, str] | None = None
    for phrase in _phrases(grammar):
        if line.startswith(phrase.text) and (phrase.pattern.match(line) or line == phrase.text):
            return None
        if len(line) > 3 * len(phrase.text) and not line[: len(phrase.text)].isupper():
            continue
        found = phrase.pattern.match(line, timeout=1)
        if found is not None and fold_tones(found[0].strip()) == phrase.text:
            return None  # "HOÀ" is no slip
        if found is not None:
            wrong = sum(found.fuzzy_counts)
            if best is None or wrong < best[0]:
                best = wrong, phrase.text + line[found.end() :], found[0].strip()
    return best and (best[1], best[2])


def with_right_phrases(lines: list[Line], grammar: Grammar) -> tuple[list[Line], list[str]]:
    """Lines of a scan with their damaged phrases put right, and what was read for them."""
    made: list[Line] = []
    damaged: list[str] = []
    for line in lines:
        runs = []
        for run in line.runs:
            found = right_phrase(run.text, grammar)
            if found is not None:
                damaged.append(found[1])
                run = run._replace(text=found[0])
            runs.append(run)
        made.append(line._replace(runs=runs))
    return made, damaged
