"""Marks that were damaged beyond what a single line can tell, found because their list lacks them.

"1, Mục đích" alone may be anything; under "I. MỤC ĐÍCH, YÊU CẦU", with "2. Yêu cầu" after it and no "1." before, it is the
first item. Where a part has no mark of a level at all, lines that count up in such marks are a habit of its writer
("1: Mục đích", "2: Yêu cầu"). What is found here is read as that mark when the document is read once more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator
from operator import attrgetter
from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.late import late
from planparse.layout.lines import TEXT, Lines
from planparse.structure.drafts import PartDraft
from planparse.structure.flow import Unit
from planparse.structure.marks import Mark, Value, damaged_marks_of
from planparse.structure.outline import FIRST, REPEATED, STRANGE, SUCCESSOR
from planparse.text import is_caps

#: More numbers than this are not looked for before one that stands: an excerpt begins with any number. Of more than a few
#: all must be found.
_MOST_MISSING = 30
_FEW = 4
#: So many suspect lines before the mark after a gap are looked at, however long its section is.
_FARTHEST = 100
#: The level whose items are titles in capitals.
_TITLED = "roman"
#: What a mark in small letters is within a few, and a word with its punctuation is not: "a, Mở", "ll. NHIỆM".
_PUNCTUATED = late(r"\w{1,3}\s?[.,:;)]\s")
_POINTS = frozenset(".,:;)")
_TEXT_ENDS = ".;"


class Gap(NamedTuple):
    """Numbers that a list lacks before a mark, and where they would stand.

    mark: the mark after the gap.
    missing: the lacking numbers, in order.
    first: the line from which on the first would stand; `last` that of the mark.
    """

    mark: Mark
    missing: list[Value]
    first: int
    last: int


class _Last(NamedTuple):
    """The last item of an open list, and its line."""

    mark: Mark
    line: int


class _Suspect(NamedTuple):
    """A line that may bear another mark than it seems to: its number (from 0), its words, and what it seems to bear."""

    line: int
    text: str
    own: Mark | None = None

    def marks(self, grammar: Grammar, *, without: Container[str] = ()) -> list[Mark]:
        """The marks that it may bear instead; none of the levels `without`."""
        own = self.own
        return [
            mark
            for mark in damaged_marks_of(grammar, self.text, without=without)
            if (own is None or mark.family.level != own.family.level or mark.value != own.value)
            and not self._counts(grammar, mark)
        ]

    def _counts(self, grammar: Grammar, mark: Mark) -> bool:
        """Whether the number of a mark without punctuation counts something in a sentence: "2 Trung tâm giống được xây."."""
        bare = self.text[: mark.text_at].rstrip()[-1:].isalnum()
        return bare and self.text[-1] in _TEXT_ENDS and grammar.counts(self.text[mark.text_at :])


def damaged_marks(
    grammar: Grammar, lines: Lines, parts: list[PartDraft], known: Container[int] = frozenset()
) -> dict[int, Mark]:
    """The damaged marks of a document by their lines (from 0), as a reading shows them; `known` are the lines of those with
    which it was read."""
    found: dict[int, Mark] = {}
    for part in parts:
        suspects = _suspects(grammar, lines, part.units)
        if not suspects:
            continue
        for gap in _gaps(part.units):
            found |= _fill(grammar, lines, gap, suspects)
        found |= _next_titles(grammar, lines, part.units, suspects)
        if not found:
            found |= _habits(grammar, part, suspects, known)
    return found


def _suspects(grammar: Grammar, lines: Lines, units: list[Unit]) -> list[_Suspect]:
    """The lines that begin as a damaged mark may, and begin a paragraph with no mark, or with one that fits nowhere, or
    with one with which its list does not go on ("1. MỤC TIÊU" before "1. Mục tiêu chung"); or that begin none, because
    they begin with a small letter ("a, Mở lớp", "ll. NHIỆM VỤ")."""
    found: list[_Suspect] = []
    next_fit: dict[str, int] = {}
    firsts = grammar.damaged_by_first
    kinds, texts = lines.kind, lines.text
    for unit in reversed(units):
        if unit.grid is not None:
            continue
        for i in range(unit.last, unit.first, -1):
            text = texts[i]
            if not _POINTS.isdisjoint(text[1:4]) and text[0].islower() and text[0] in firsts and kinds[i] == TEXT:
                if _PUNCTUATED.match(text):
                    found.append(_Suspect(i, text))
        mark = unit.mark
        if mark is not None:
            follows = next_fit.get(mark.key)
            next_fit[mark.key] = unit.fit
            if unit.fit == SUCCESSOR or (unit.fit not in (REPEATED, STRANGE) and follows == SUCCESSOR) or not mark.value:
                continue
        text = texts[unit.first]
        if text[:1] in firsts and kinds[unit.first] == TEXT:
            found.append(_Suspect(unit.first, text, mark))
    found.reverse()
    return found


# --- titles -----------------------------------------------------------------------------------------------------
def _next_titles(grammar: Grammar, lines: Lines, units: list[Unit], suspects: list[_Suspect]) -> dict[int, Mark]:
    """The titles in capitals that go on with a list of such: "V, TỔ CHỨC THỰC HIỆN" after "IV. KINH PHÍ"."""
    found: dict[int, Mark] = {}
    titles = iter([unit for unit in units if unit.mark is not None and unit.mark.family.level == _TITLED])
    title = next(titles, None)
    last: Mark | None = None
    for suspect in suspects:
        while title is not None and title.first < suspect.line:
            if title.fit != REPEATED and title.mark is not None:
                last = title.mark if _in_capitals(lines.text[title.first], title.mark) else None
            title = next(titles, None)
        if last is None:
            continue
        for mark in suspect.marks(grammar):
            if mark.family.level == _TITLED and _follows(last, mark) and _in_capitals(suspect.text, mark):
                last = found[suspect.line] = mark._replace(family=last.family, key=last.key)
                break
    return found


# --- a writer's own marks ---------------------------------------------------------------------------------------
def _habits(grammar: Grammar, part: PartDraft, suspects: list[_Suspect], known: Container[int]) -> dict[int, Mark]:
    """The lines that count up from one in damaged marks of the outermost level of which no list begins with a whole one.
    After the signature stand footnotes, which have numbers too."""
    proper = {
        unit.mark.family.level
        for unit in part.units
        if unit.mark is not None and unit.fit == FIRST and unit.first not in known
    }
    end = min((piece.first for piece in part.tail), default=None)
    # The last of each chain, which is of one level and in capitals or not; and all lines of those that count on.
    chains: dict[tuple[str, bool], tuple[int, Mark]] = {}
    found: dict[str, dict[int, Mark]] = {}
    for suspect in suspects:
        if end is not None and suspect.line >= end:
            break
        for mark in suspect.marks(grammar, without=proper):
            level, titled = mark.family.level, _in_capitals(suspect.text, mark)
            if level == _TITLED and not titled:
                if mark.printed != mark.number:
                    continue  # "1, Sở Y tế", "11, Sở Xây dựng" are no I. and II.
                titled = True
            like = level, titled
            before = chains.get(like)
            if before is not None and _follows(before[1], mark):
                found.setdefault(level, {}).update((before, (suspect.line, mark)))
            elif not _counts_from_one(mark):
                continue
            chains[like] = suspect.line, mark
    outermost = min(found, key=grammar.ranks.__getitem__, default=None)
    return {} if outermost is None else found[outermost]


def _counts_from_one(mark: Mark) -> bool:
    return mark.value[-1] == 1 if mark.family.numbering != "letters" else 1 in mark.value


def _follows(before: Mark, mark: Mark) -> bool:
    if mark.family.numbering == "letters":
        return any(new == old + 1 and old for new, old in zip(mark.value, before.value, strict=True))
    return mark.value[:-1] == before.value[:-1] and mark.value[-1] == before.value[-1] + 1


# --- what is missing --------------------------------------------------------------------------------------------
def _gaps(units: list[Unit]) -> Iterator[Gap]:
    """The gaps of all lists, in the order of the marks after them."""
    open_lists: list[_Last] = []
    for unit in units:
        mark = unit.mark
        if mark is None or not mark.value or unit.fit == REPEATED:
            continue
        if unit.fit == FIRST and any(last.mark.key == mark.key for last in open_lists):
            continue  # a list that begins anew
        while open_lists and not _may_hold(open_lists[-1].mark, mark):
            open_lists.pop()
        before = next((last for last in reversed(open_lists) if _in_one_list(last.mark, mark)), None)
        if before is not None:
            del open_lists[open_lists.index(before) :]
        # The section around a list that lacks its first number may be that number: "I. Mục đích", "2. Yêu cầu".
        begun = before.line + 1 if before is not None else open_lists[-1].line if open_lists else units[0].first
        lacking = unit.fit not in (FIRST, SUCCESSOR)
        missing = _missing(before.mark.value if before is not None else None, mark) if lacking else []
        open_lists.append(_Last(mark, unit.first))
        if missing:
            yield Gap(mark, missing, begun, unit.first)


def _may_hold(outer: Mark, mark: Mark) -> bool:
    """Whether the list of a mark may stand open around another mark, or be its list."""
    if outer.family.numbering == "decimal" and mark.family.numbering == "decimal":
        return outer.value[:-1] == mark.value[: len(outer.value) - 1]
    return outer.family.rank <= mark.family.rank


def _in_one_list(before: Mark, mark: Mark) -> bool:
    if before.key != mark.key:
        return False
    return mark.family.numbering != "decimal" or before.value[:-1] == mark.value[:-1]


def _missing(before: Value | None, mark: Mark) -> list[Value]:
    """The numbers between the last of a list and the next; from the first on where there is none."""
    value = mark.value
    if mark.family.numbering == "letters":
        order = next((order for order, place in enumerate(value) if place), 0)
        start, stop = (before[order] if before is not None else 0), value[order]
        missing = [tuple(place if i == order else 0 for i in range(len(value))) for place in range(start + 1, stop)]
    else:
        head = value[:-1] if mark.family.numbering == "decimal" else ()
        last = value[-1] if mark.family.numbering == "decimal" else value[0]
        start = 0 if before is None else before[-1] if mark.family.numbering == "decimal" else before[0]
        missing = [(*head, number) for number in range(start + 1, last)]
    return missing if len(missing) <= _MOST_MISSING else []


# --- where it stands --------------------------------------------------------------------------------------------
def _fill(grammar: Grammar, lines: Lines, gap: Gap, suspects: list[_Suspect]) -> dict[int, Mark]:
    """The lines of a gap that bear the missing numbers, damaged."""
    found: dict[int, Mark] = {}
    missing = list(gap.missing)
    titled = _in_capitals(lines.text[gap.last], gap.mark)
    begun, end = (bisect_left(suspects, line, key=attrgetter("line")) for line in (gap.first, gap.last))
    for suspect in suspects[max(begun, end - _FARTHEST) : end]:
        for mark in suspect.marks(grammar):
            if mark.family.level != gap.mark.family.level or _in_capitals(suspect.text, mark) is not titled:
                continue
            place = next((i for i, value in enumerate(missing) if _is(mark, value)), None)
            if place is not None:
                found[suspect.line] = mark._replace(family=gap.mark.family, key=gap.mark.key)
                del missing[: place + 1]
                break
        if not missing:
            break
    return found if len(gap.missing) <= _FEW or len(found) == len(gap.missing) else {}


def _is(mark: Mark, value: Value) -> bool:
    """Whether a mark has a number; of letters, in the order that the number is given in."""
    if mark.family.numbering == "letters":
        return any(place and place == wanted for place, wanted in zip(mark.value, value, strict=True))
    return mark.value == value


def _in_capitals(line: str, mark: Mark) -> bool:
    return is_caps(line[mark.text_at :])
