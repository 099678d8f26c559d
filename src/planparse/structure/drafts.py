"""What a part of a document is while it is read: its pieces (letterhead, title, signature …) and its paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planparse.grammar.grammar import DocumentType
from planparse.layout.lines import BAR, BLANK, PAGE, PIPE, RULE, Lines
from planparse.structure.flow import Unit
from planparse.structure.letterhead import Letterhead

# A rule that stands within a line: "TỈNH LÀO CAI -------".
_RULES = re.compile(r"(?:[-–—_*=]\s?){4,}")


@dataclass(slots=True, eq=False, repr=False)
class Piece:
    """A block that is no section: letterhead, title, signature … with its range in the clean text."""

    kind: str
    first: int
    last: int
    start: int
    end: int
    text: str


@dataclass(slots=True, eq=False, repr=False)
class PartDraft:
    """A part of the document while it is read.

    type_alone: its type stands on a line of its own.
    byline: the line under the type that says who decided.
    authority: the line above the legal bases that does.
    """

    kind: str
    first: int
    type: DocumentType | None = None
    type_alone: bool = False
    label: str | None = None
    byline: str | None = None
    title: str | None = None
    attached_to: str | None = None
    head: list[Piece] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    tail: list[Piece] = field(default_factory=list)
    authority: str | None = None
    letterhead: Letterhead | None = None
    ended: bool = False


def piece_of(lines: Lines, kind: str, first: int, last: int, *, text: str | None = None, separator: str = " ") -> Piece:
    """A block of whole lines; bars and rules are in its span, not in its text."""
    while first < last and lines.kind[first] == BLANK:
        first += 1
    while last > first and lines.kind[last] == BLANK:
        last -= 1
    if text is None:
        # The rows of a site are label and value; a letterhead's cells stand one under the other.
        text = _joined(lines, first, last, separator, " | " if kind == "boilerplate" else "\n")
    return Piece(kind, first, last, lines.start[first], lines.end[last], text)


def _is_lone_word(before: str, line: str) -> bool:
    """Whether a line holds one word, which a wrap cut off from the next; a sign ("*") is no word and follows none."""
    return " " not in before and any(map(str.isalnum, before)) and any(map(str.isalnum, line))


def _joined(lines: Lines, first: int, last: int, separator: str, between_cells: str) -> str:
    """The words of some lines; what a wrap broke in mid-name is joined ("Số:" / "160/KH-UBND")."""
    joined = ""
    before = None
    for i in range(first, last + 1):
        if lines.kind[i] in (BLANK, BAR, RULE, PAGE):
            before = None
            continue
        line = lines.text[i]
        if lines.kind[i] == PIPE:
            line = between_cells.join(cell for piece in line.split("|") if (cell := _RULES.sub(" ", piece).strip()))
        if not line:
            continue
        broken = (
            before is not None
            and separator == "\n"
            and (line[0].islower() or _is_lone_word(before, line) or before.endswith((":", ",", " ngày")))
        )
        joined += (" " if broken else separator if joined else "") + line
        before = line
    return joined
