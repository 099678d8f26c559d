"""Paragraphs out of printed lines, over the pages of a document.

A line was wrapped where the next line's first word had no room at its end. Whether the next line then goes on is told by
where it begins (the lines of a paragraph after its first begin at one place), by its distance, and by its mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from planparse.reading.native import Cell, Paragraph, Table
from planparse.reading.pdf_columns import Columns
from planparse.reading.pdf_lines import Line, begins_with_mark, glued, wraps

#: A page with fewer lines does not show its frame.
_ENOUGH_LINES = 10
#: A line further in than this many sizes of its letters is indented.
_INDENT = 0.7
#: One that is further in than this is no first line of a paragraph: it is set in the middle or at the right.
_DEEPEST_INDENT = 6.0
#: A distance larger than the usual one by this factor parts paragraphs.
_APART = 1.22
_SENTENCE_ENDS = frozenset(".;:!?…")


class Frame(NamedTuple):
    """Where the text of a page stands: its left and right edge, and the usual distance of its lines over their size.
    `slack`: how far from the right edge full lines may end, in sizes of the letters: in a scan they are not quite even."""

    left: float
    right: float
    leading: float
    slack: float = 0.12


def frame_of(lines: list[Line], fallback: Frame | None) -> Frame:
    """The frame of a page's lines. Lines that end at one place are justified there; else the longest ones tell. A page of
    few lines says little: the fallback, the frame of the pages of its size, is asked too."""
    if len(lines) < _ENOUGH_LINES and fallback is not None:
        left = min([fallback.left, *(line.x0 for line in lines)])
        right = max([fallback.right, *(line.x1 for line in lines)])
        return Frame(left, right, fallback.leading)
    if not lines:
        return Frame(72.0, 540.0, 1.15)
    ends = Counter(round(line.x1 / 2) for line in lines)
    support = max(3, 0.15 * len(lines))
    usual = [place for place in ends if ends[place] + ends[place - 1] + ends[place + 1] >= support]
    longest = sorted((line.x1 for line in lines), reverse=True)
    right = max(usual) * 2 + 1.0 if usual else longest[0]
    # One line may hang over; more of them show that the text is wider.
    if usual and len(longest) > 2 and longest[1] > right + 4:
        right = longest[1]
    begins = Counter(round(line.x0 / 2) for line in lines)
    many = [place for place in begins if begins[place] + begins[place + 1] >= max(2, 0.1 * len(lines))]
    left = min(many) * 2 - 1.0 if many else min(line.x0 for line in lines)
    return Frame(left, right, _leading(lines))


def _leading(lines: list[Line]) -> float:
    """The usual distance of two lines over their size: the smallest that is common."""
    ratios = ((above.y - line.y) / max(line.size, 1.0) for above, line in pairwise(lines))
    steps = Counter(round(ratio, 1) for ratio in ratios if 0.8 < ratio < 2.5)
    return min(step for step, count in steps.items() if count * 3 >= max(steps.values())) if steps else 1.15


class Flow:
    """Takes lines, tables and columns in order and gives the pieces of the document."""

    def __init__(self) -> None:
        self.pieces: list[Paragraph | Table] = []
        self._page = 0
        self._lines: list[Line] = []
        self._text = ""
        self._frame = Frame(0, 0, 1.15)
        self._begun_on = 0
        self._step = 0.0  # the distance of its last two lines; 0 where it is not known
        self._rest = 0.0  # where the lines after the first begin, from the left edge; known with the second line

    def close(self) -> None:
        """End the paragraph that is open."""
        if self._lines:
            self.pieces.append(Paragraph(self._text, self._begun_on))
            self._lines, self._text = [], ""

    def table(self, table: Table) -> None:
        """Set a table."""
        self.close()
        self.pieces.append(table)

    def columns(self, columns: Columns, page: int) -> None:
        """Set two columns, as a table of two cells."""
        self.close()
        cells = [Cell(_column_text(lines)) for lines in columns]
        self.pieces.append(Table([cells], page=page))

    def line(self, line: Line, frame: Frame, page: int) -> None:
        """Set a line: it goes on with the open paragraph, or begins one."""
        if self._lines:
            link = self._link(line, frame, page)
            if link is not None:
                self._text = glued(self._text, line.text) if link == " " else f"{self._text}{link}{line.text}"
                if len(self._lines) == 1 or page != self._page:
                    self._rest = line.x0 - frame.left
                self._step = 0.0 if page != self._page else self._lines[-1].y - line.y
                self._lines = [self._lines[0], line]
                self._page, self._frame = page, frame
                return
            self.close()
        self._lines, self._text, self._step = [line], line.text, 0.0
        self._page, self._frame, self._begun_on = page, frame, page

    def _link(self, line: Line, frame: Frame, page: int) -> str | None:
        """What parts a line from the open paragraph that it goes on with: " " or "\\n"; None where it begins one."""
        before = self._lines[-1]
        text = line.text
        turned = page != self._page
        distance = 0.0 if turned else before.y - line.y
        usual = self._step or self._frame.leading * max(line.size, before.size)
        far = distance > _APART * usual
        if not turned and _centred(line, frame) and self._is_title(before, frame):
            same = text.isupper() == self._text.isupper()
            if far or not same or begins_with_mark(text) or text[0] == "(" or abs(line.size - before.size) > 1:
                return None
            return "\n" if text.isupper() else " "
        if not wraps(before, line, self._frame.right, self._frame.slack) or distance > 2.2 * usual:
            return None
        if _centred(line, frame) and not text[0].islower():
            return None
        marked = begins_with_mark(text)
        ended = self._text[-1] in _SENTENCE_ENDS
        indent = _INDENT * line.size
        here = line.x0 - frame.left
        if len(self._lines) > 1:
            if here > self._rest + indent:
                return None
            if far or (here < self._rest - indent and (marked or ended)):
                return None if marked or ended or not text[0].islower() else " "
            return None if marked and ended else " "
        start = before.x0 - self._frame.left
        if start > _DEEPEST_INDENT * line.size and not text[0].islower():
            return None
        if here < start - indent:  # the first line was indented
            return None if (far or marked) and ended else " "
        if here > start + indent:  # hanging
            return " " if begins_with_mark(self._text) and not marked and not far else None
        if marked or far:
            return " " if text[0].islower() and not marked and not ended else None
        return None if start > indent and ended else " "

    def _is_title(self, before: Line, frame: Frame) -> bool:
        """Whether the open paragraph is set in the middle, its last line perhaps over the whole width."""
        return _centred(before, self._frame) or (
            len(self._lines) == 1 and abs(before.middle - (frame.left + frame.right) / 2) < 0.6 * before.size
        )


def _centred(line: Line, frame: Frame) -> bool:
    """Whether a line is set in the middle, with room at both sides."""
    room = 1.5 * line.size
    off = abs(line.middle - (frame.left + frame.right) / 2)
    return line.x0 > frame.left + room and line.x1 < frame.right - room and off < 0.8 * line.size


def _column_text(lines: Iterable[Line]) -> str:
    """The lines of a column as they are printed; those of an item that hang under its first go on with it."""
    text = ""
    first: Line | None = None
    for line in sorted(lines, key=lambda line: -line.y):
        printed = line.text
        if (
            first is not None
            and line.x0 > first.x0 + 0.3 * line.size
            and printed[:1].islower()
            and begins_with_mark(first.text)
        ):
            text = glued(text, printed)
            continue
        text = f"{text}\n{printed}" if text else printed
        first = line
    return text
