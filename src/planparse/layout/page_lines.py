"""Lines that hold the number of a page and nothing else, as in texts copied from printed pages or made from a PDF.

Such a line stands wherever the page ended, mostly inside a sentence: "… theo hướng sử dụng đa mục" / "5" / "đích nhằm …".
It is told from a number in a table or in a list by its neighbours: the numbers run on, a page of text stands between
two of them, and some of them break a sentence.
"""

from __future__ import annotations

from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.layout.lines import BAR, BLANK, PAGE, PIPE, TEXT, Lines

#: A line with a page's number is no longer ("- Trang 12/345 -").
_LONGEST_LINE = 18
#: A page holds at least and at most so many characters.
_LEAST, _MOST = 700, 8000
#: The number of the first page is often left out.
_FIRST = (1, 2)
#: So many lines must break a sentence: one, and one of ten.
_BREAKS_IN = 10
_ENDS = ".;:!?…|"


class _Number(NamedTuple):
    """A line that may hold a page's number: its index, the number, and where it stands in the text."""

    line: int
    value: int
    at: int


def set_pages_apart(lines: Lines, grammar: Grammar) -> Lines:
    """The lines, those with the numbers of pages and the blank ones around them marked as PAGE."""
    run = _longest_run(_numbers(lines, grammar))
    breaks = sum(_breaks_sentence(lines, number.line) for number in run)
    if len(run) < 2 or breaks == 0 or breaks * _BREAKS_IN < len(run):
        return lines
    kind = list(lines.kind)
    for number in run:
        kind[number.line] = PAGE
        for step in (-1, 1):
            i = number.line + step
            while 0 <= i < len(kind) and kind[i] == BLANK:
                kind[i] = PAGE
                i += step
    return Lines(kind, lines.text, lines.start, lines.end)


def _numbers(lines: Lines, grammar: Grammar) -> list[_Number]:
    """The lines that may hold a page's number: no cell of a table."""
    found = []
    for i, text in enumerate(lines.text):
        if len(text) > _LONGEST_LINE or lines.kind[i] != TEXT or not text.strip("- –—")[-1:].isdecimal():
            continue
        if any(lines.kind[j] in (BAR, PIPE) for j in (i - 1, i + 1) if 0 <= j < len(lines)):
            continue
        if number := grammar.says("page_number", text):
            found.append(_Number(i, int(number["page"]), lines.start[i]))
    return found


def _longest_run(numbers: list[_Number]) -> list[_Number]:
    """The longest run of numbers that count pages, each a page of text after the one before; of two the first."""
    by_value: dict[int, list[_Number]] = {}
    for number in numbers:
        by_value.setdefault(number.value, []).append(number)
    longest: list[_Number] = []
    for first in (number for value in _FIRST for number in by_value.get(value, ()) if number.at <= value * _MOST):
        run = [first]
        while following := [
            number for number in by_value.get(run[-1].value + 1, ()) if _LEAST <= number.at - run[-1].at <= _MOST
        ]:
            run.append(following[0])
        longest = max(longest, run, key=len)
    return longest


def _breaks_sentence(lines: Lines, line: int) -> bool:
    """Whether the text goes on after a line in mid-sentence."""
    before, after = line - 1, line + 1
    while before >= 0 and lines.kind[before] == BLANK:
        before -= 1
    while after < len(lines) and lines.kind[after] == BLANK:
        after += 1
    if before < 0 or after >= len(lines):
        return False
    return lines.text[after][0].islower() and lines.text[before][-1] not in _ENDS
