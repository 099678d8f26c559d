"""Lines that hold the number of a page and nothing else, as in texts copied from printed pages or made from a PDF.

Such a line stands wherever the page ended, mostly inside a sentence: "… theo hướng sử dụng đa mục" / "5" / "đích nhằm …".
It is told from a number in a table or in a list by its neighbours: the numbers run on, a page of text stands between
two of them, and some of them break a sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.layout.lines import BAR, BLANK, PAGE, PIPE, TEXT, Lines
from planparse.text import breaks_sentence

#: A line with a page's number is no longer ("- Trang 12/345 -").
_LONGEST_LINE = 18
#: A page holds at least and at most so many characters.
_LEAST, _MOST = 700, 8000
#: The number of the first page is often left out; an excerpt begins with any, but shows more of them, or all of its few
#: break a sentence.
_FIRST = (1, 2)
_FEWEST, _FEWEST_OF_EXCERPT = 2, 3
#: The number of a page may be said twice, in lines shorter than this.
_SHORT = 10
#: So many lines must break a sentence: one, and one of ten.
_BREAKS_IN = 10


class _Number(NamedTuple):
    """A line that may hold a page's number: its index, the number, and where it stands in the text."""

    line: int
    value: int
    at: int


def set_pages_apart(lines: Lines, grammar: Grammar) -> Lines:
    """The lines, those with the numbers of pages and the blank ones around them marked as PAGE."""
    numbers = _numbers(lines, grammar)
    run = _longest_run(numbers)
    breaks = sum(_breaks_sentence(lines, number.line) for number in run)
    surely = breaks == len(run) or (run and run[0].value in _FIRST)
    fewest = _FEWEST if surely else _FEWEST_OF_EXCERPT
    if len(run) < fewest or breaks == 0 or breaks * _BREAKS_IN < len(run):
        return lines
    kind = list(lines.kind)
    own = {number.line: number.value for number in numbers}
    for number in run:
        kind[number.line] = PAGE
        for step in (-1, 1):
            i = number.line + step
            # The number may stand there twice: "Trang 8" and "8".
            while 0 <= i < len(kind) and (kind[i] == BLANK or own.get(i) == number.value):
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
    for first in filter(_may_be_first, numbers):
        run = [first]
        while following := _a_page_later(run[-1], by_value.get(run[-1].value + 1, [])):
            run.append(following)
        longest = max(longest, run, key=len)
    return longest


def _may_be_first(number: _Number) -> bool:
    pages_before = number.value if number.value in _FIRST else 1
    return number.at <= pages_before * _MOST


def _a_page_later(number: _Number, following: list[_Number]) -> _Number | None:
    """The first of the following numbers, in the order of the text, that stands a page after a number."""
    i = bisect_left(following, number.at + _LEAST, key=lambda later: later.at)
    return following[i] if i < len(following) and following[i].at - number.at <= _MOST else None


def _breaks_sentence(lines: Lines, line: int) -> bool:
    """Whether the text goes on in mid-sentence after the number of a page."""
    before, after = line - 1, line + 1
    while before >= 0 and _of_the_margin(lines, before):
        before -= 1
    while after < len(lines) and _of_the_margin(lines, after):
        after += 1
    if before < 0 or after >= len(lines):
        return False
    return breaks_sentence(lines.text[before], lines.text[after])


def _of_the_margin(lines: Lines, line: int) -> bool:
    """Whether a line is empty, or says the number of the page once more ("Trang 8" above "8")."""
    text = lines.text[line]
    return lines.kind[line] == BLANK or (len(text) < _SHORT and text[-1].isdecimal())
