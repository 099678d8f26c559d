"""Printed lines out of placed words: words on one baseline, in runs that wide gaps part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from planparse.reading.pdf_page import Word

#: A gap wider than this many times the size of the letters parts two runs of a line: a tab, the next column.
_WIDE = 0.8
#: Between words is a space of about a quarter of the letters' size; where less than this is left, there is none. (A wide
#: letter may reach a little into its space.)
_NO_SPACE = 0.02
#: Words whose baselines are nearer than this many times their size stand on one line: raised marks are 0.4 higher.
_SAME_LINE = 0.45
#: Around the number of a raised mark, until it is known whether a footnote has that number.
MARK_OPEN, MARK_CLOSE = "\ue000", "\ue001"
_RAISED = re.compile(r"[\[(]?(\d{1,3}|\*)[\])]?$")
_UNIT = re.compile(r"(?:^|[^\w])[a-zµ]?m$|[A-Z]$")
_SPACED_LETTERS = re.compile(r"(?<!\w)(?:\w (?=\w(?!\w)))" + "{5,}" + r"\w(?!\w)")


class Run(NamedTuple):
    """Words of a line without a wide gap: left end, right end, text."""

    x0: float
    x1: float
    text: str


class Line(NamedTuple):
    """A printed line: its baseline, its ends, the size of its letters, how wide its first word is, and its runs."""

    y: float
    x0: float
    x1: float
    size: float
    first: float
    runs: list[Run]

    @property
    def text(self) -> str:
        """The words of the line."""
        return " ".join(run.text for run in self.runs)

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.x0 + self.x1) / 2


def lines_of(words: list[Word]) -> list[Line]:
    """The printed lines of words that come in reading order (see `pdf_page`), from the top."""
    lines: list[Line] = []
    row: list[Word] = []
    top = bottom = 0.0
    for word in words:
        if row and top - word.y <= _SAME_LINE * max(word.size, row[0].size) and bottom - word.y <= _SAME_LINE * word.size:
            row.append(word)
            bottom = word.y if word.size >= row[0].size * 0.8 else bottom
        else:
            if row:
                lines.append(_line(row))
            row = [word]
            top = bottom = word.y
    if row:
        lines.append(_line(row))
    return lines


def _line(row: list[Word]) -> Line:
    if len(row) == 1:
        word = row[0]
        return Line(word.y, word.x0, word.x1, word.size, word.x1 - word.x0, [Run(word.x0, word.x1, word.text)])
    row.sort(key=_from_left)
    size = max(word.size for word in row)
    y = next(word.y for word in row if word.size == size)
    runs: list[Run] = []
    start, end, text = row[0].x0, row[0].x1, ""
    first = 0.0
    before: Word | None = None
    for word in row:
        printed = word.text
        if word.size < 0.8 * size and word.y > y + 0.15 * size and _RAISED.match(printed) and not _UNIT.search(text):
            printed = f"{MARK_OPEN}{printed.strip('[]()')}{MARK_CLOSE}"
        if before is None:
            text = printed
        else:
            gap = word.x0 - end
            if gap > _WIDE * size:
                runs.append(Run(start, end, text))
                start, text = word.x0, printed
            elif before.text == word.text and abs(before.x0 - word.x0) < 0.1 * size:
                continue  # printed twice for bold type
            elif gap < _NO_SPACE * size or unicodedata.combining(printed[0]):
                text += printed
            else:
                text = f"{text} {printed}"
            if not first:
                first = before.x1 - row[0].x0
        end = max(end, word.x1) if word.x0 < end else word.x1
        before = word
    runs.append(Run(start, end, text))
    if any(text.count(" ") * 2 + 1 >= len(text) > 10 for _, _, text in runs):
        runs = [run._replace(text=_SPACED_LETTERS.sub(_without_spaces, run.text)) for run in runs]
    return Line(y, row[0].x0, max(run.x1 for run in runs), size, first or row[0].x1 - row[0].x0, runs)


def _from_left(word: Word) -> float:
    return word.x0


def _without_spaces(found: re.Match[str]) -> str:
    return found[0].replace(" ", "")


def glued(before: str, text: str) -> str:
    """Two lines of one paragraph as one text: a hyphen or a slash at the end of a word keeps the next one to it."""
    if before[-1:] in "-/" and before[-2:-1].strip() and (before[-2:-1].isalnum()):
        return before + text
    return f"{before} {text}"


#: What a paragraph can begin with: a dash or bullet, "1.", "1)", "a)", "IV.", "1.2.", "(1)", "[1]".
_MARK = re.compile(
    r"(?:[-–—•+*▪◦●○➢✓❖]\s*(?=\S)|\(?(?:\d{1,3}|[a-zđ]{1,2}|[A-ZĐ]|[IVXLC]{1,6})[.)/](?:\s|$|(?=[^\W\d_]{2}))"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}\.?(?:\s|$)|\[\d{{1,3}}\]|{MARK_OPEN})"
)


def begins_with_mark(text: str) -> bool:
    """Whether a line begins with what looks like the mark of a paragraph."""
    return _MARK.match(text) is not None


def joined_text(lines: Iterable[Line], right: float) -> str:
    """The lines of a cell as its text: lines that were wrapped at the right edge as one, the others parted by "\\n"."""
    text = ""
    before: Line | None = None
    for line in lines:
        printed = line.text
        if before is None:
            text = printed
        elif text[-1:] in ".;:" and begins_with_mark(printed):
            text = f"{text}\n{printed}"
        elif wraps(before, line, right) or printed[:1].islower():
            text = glued(text, printed)
        else:
            text = f"{text}\n{printed}"
        before = line
    return text


def wraps(line: Line, following: Line, right: float, slack: float = 0.12) -> bool:
    """Whether the first word of the next line had no room at the end of a line: then the line was wrapped there. `slack`:
    how far from the right edge a full line may end, in sizes of its letters."""
    return line.x1 + 0.22 * line.size + following.first > right - slack * line.size
