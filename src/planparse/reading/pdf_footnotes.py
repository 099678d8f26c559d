"""Footnotes at the foot of a page, and the raised marks in the text that call them."""

from __future__ import annotations

import re

from planparse.reading.pdf_lines import MARK_CLOSE, MARK_OPEN, Line, glued

#: The letters of a footnote are smaller than those of the text by this factor at least.
_SMALLER = 0.93
#: The rule over the footnotes is so long at most, as a share of the text's width, and lies so near over them, in sizes.
_LONGEST_RULE = 0.6
_NEAREST_RULE = 3.0
_RAISED = re.compile(f"{MARK_OPEN}(\\d{{1,3}}|\\*){MARK_CLOSE}")
_PLAIN = re.compile(r"[\[(]?(\d{1,3})[\])]?[.:]?\s+(?=\S)")


def footnotes_of(
    lines: list[Line], rules: list[tuple[float, float, float]], body: float, left: float, width: float
) -> tuple[list[Line], list[str]]:
    """The lines of a page without its footnotes, and the footnotes as "[1] …".

    rules: the rules across the page as (y, x0, x1); body: the size of the text's letters; left, width: its edges.
    """
    begun = _begin(lines, rules, body, left, width)
    if begun == len(lines):
        return lines, []
    notes: list[str] = []
    for line in lines[begun:]:
        text = line.text
        if (
            (found := _RAISED.match(text))
            or (not notes and (found := _PLAIN.match(text)))
            or ((found := _PLAIN.match(text)) and found[1] == str(_number(notes[-1]) + 1))
        ):
            notes.append(f"[{found[1]}] {text[found.end() :].lstrip()}")
        else:
            notes[-1] = glued(notes[-1], text)
    return lines[:begun], [plain(note) for note in notes]


def _begin(lines: list[Line], rules: list[tuple[float, float, float]], body: float, left: float, width: float) -> int:
    """The first line of the footnotes, or the number of lines where there are none: small lines at the foot, that begin
    with a raised mark, or with a number under a short rule."""
    first = len(lines)
    while first and lines[first - 1].size <= _SMALLER * body:
        first -= 1
    for at in range(first, len(lines)):
        line = lines[at]
        if _RAISED.match(line.text):
            return at
        if _PLAIN.match(line.text) and any(
            0 < y - line.y < _NEAREST_RULE * line.size and abs(x0 - left) < 2 * body and x1 - x0 < _LONGEST_RULE * width
            for y, x0, x1 in rules
        ):
            return at
    return len(lines)


def _number(note: str) -> int:
    digits = note[1 : note.index("]")]
    return int(digits) if digits.isdecimal() else -1


def numbers_of(notes: list[str]) -> set[str]:
    """The numbers of footnotes."""
    return {note[1 : note.index("]")] for note in notes}


def with_marks(text: str, numbers: set[str]) -> str:
    """A text with the raised marks that call footnotes of these numbers as "[1]", any other as it is printed."""
    if MARK_OPEN not in text:
        return text
    return _RAISED.sub(lambda found: f"[{found[1]}]" if found[1] in numbers else found[1], text)


def plain(text: str) -> str:
    """A text with its raised marks as they are printed."""
    return _RAISED.sub(lambda found: found[1], text) if MARK_OPEN in text else text
