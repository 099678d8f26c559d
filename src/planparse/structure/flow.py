"""From lines to paragraphs, headings and list items: which line begins something, and what mark it bears.

Two questions are settled together, because each answers the other: whether a line goes on from the line before it
(layout), and whether the mark that it seems to bear is one (outline). "11) hoặc đột xuất" after "trước ngày 30 tháng"
is no item 11: the line before is open, the number continues no list, and the words begin with a small letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planparse.grammar.grammar import Grammar
from planparse.layout.cells import Grid
from planparse.layout.lines import Lines
from planparse.layout.wrap import (
    LIKELY_END,
    Wrap,
    after_line,
    begins_sentence,
    could_begin_sentence,
    ends_sentence,
    ends_with_head,
    joined_by_dash,
    leaves_open,
)
from planparse.levels import LIST_LEVELS
from planparse.structure.marks import Mark, marks_of, may_open_title
from planparse.structure.outline import FIRST, STRANGE, SUCCESSOR, Outline
from planparse.structure.preamble import is_formula, opens_preamble
from planparse.text import is_caps, opens_sentence

#: The rank of articles; parts, chapters, divisions and articles may have their words on the line after.
ARTICLE = 3
#: A title is not longer, in characters.
LONGEST_TITLE = 320


#: What may stand between a mark that is alone on its line and the line's end: "Chương 1:", "Điều 1 .-"
_CLOSERS = " .:–-"
# What has a title in capitals, and how many lines more than its first that may fill.
_TITLED = {"part", "chapter", "division", "upper", "roman"}
_TITLE_LINES = 4
# A line of a text with one paragraph a line that ends in mid-sentence is longer, in characters.
_BROKEN_LINE = 60
# The second number of a list within one line: "; (2) kinh tế hàng hải"
_NEXT_INSIDE = re.compile(r"[;,.]\s*\((?:2|ii|b)\)")


@dataclass(slots=True, eq=False, repr=False)
class Unit:
    """A paragraph, a marked paragraph or a table, with its lines.

    depth: how many sections are open around it; for a marked paragraph, its own section not counted.
    fit: how well its mark fits its list (see outline).
    until: the last line of its span, with the bars and rules that follow it.
    doubts: the lines after full ones with which a paragraph of its own may begin instead (see siblings).
    cut: whether it was ended after a full line, by what the next line says.
    damaged: its mark as the line shows it, where only its list tells what mark it was.
    """

    first: int
    last: int
    until: int
    depth: int
    text: str = ""
    mark: Mark | None = None
    fit: int = 0
    grid: Grid | None = None
    kind: str = "paragraph"
    lost_start: bool = False
    doubts: tuple[int, ...] = ()
    cut: bool = False
    damaged: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Flow:
    """Reads the body of one part, line by line."""

    lines: Lines
    grammar: Grammar
    wrap: Wrap
    damaged: dict[int, Mark]
    outline: Outline = field(default_factory=Outline)
    units: list[Unit] = field(default_factory=list)
    current: Unit | None = None
    parts: list[str] = field(default_factory=list)
    preamble: bool = True

    # --- one line -----------------------------------------------------------------------------------------
    def take(self, i: int, following: int | None, *, hard: bool) -> None:
        """Take a text line: it goes on from the current paragraph or begins one.

        `following` is the next text line that directly follows, or None; `hard` says that something other than a
        line break stands before this line (a blank line, a bar, a rule, a table).
        """
        line = self.lines.text[i]
        next_line = self.lines.text[following] if following is not None else None
        if self.damaged and (damaged := self.damaged.get(i)) is not None:
            self._begin(i, (damaged, self.outline.fit(damaged)), lost_start=False)
            self.units[-1].damaged = line[: damaged.text_at].strip()
            return
        unit = self.current
        if unit is not None and self._wants_title(unit) and not marks_of(self.grammar, line, next_line):
            unit.last = unit.until = i
            self.parts.append(line)
            return
        if self.preamble:
            if is_formula(self.grammar, line) or (line[0] in "-–—" and opens_preamble(self.grammar, line)):
                self._begin(i, None, lost_start=False)
                return
            hard = hard or (unit is not None and is_formula(self.grammar, self.parts[0]))
        if unit is None or hard or self._cut_off(line) or self._cut_off(self.lines.text[unit.last]):
            mark = self._mark_at_break(line, next_line)
            self._begin(i, mark, lost_start=False)
            return
        before = self.lines.text[unit.last]
        candidates = marks_of(self.grammar, line, next_line)
        if candidates:
            mark = self._mark_after(before, line, unit, candidates)
            if mark is not None:
                self._begin(i, mark, lost_start=False)
                return
        if self._goes_on(i, before, next_line, unit):
            unit.last = unit.until = i
            self.parts.append(line)
            return
        self._begin(i, None, lost_start=line[0].islower() and ends_sentence(before, self.grammar.words))

    def _cut_off(self, line: str) -> bool:
        """Whether a line is a truncation mark ("[...]"), which belongs to no sentence."""
        return line[0] in "[(." and bool(found := self.grammar.says("truncation", line)) and found.end() == len(line)

    def add_table(self, grid: Grid) -> None:
        """Take a table: it belongs to the section that is open."""
        self.close()
        self.units.append(Unit(grid.first, grid.last, grid.last, len(self.outline.open), grid=grid, kind="table"))

    def absorb(self, i: int) -> None:
        """A bar or a rule closes the paragraph and belongs to its span."""
        self.close()
        if self.units:
            self.units[-1].until = i

    def close(self) -> None:
        """End the current paragraph."""
        unit = self.current
        if unit is None:
            return
        unit.text = " ".join(self.parts)
        self.current = None
        if unit.mark is not None and self.outline.open:
            entry = self.outline.open[-1]
            entry.introduces = unit.text.endswith(":")
            entry.titled = unit.text[-1] not in ".;:,"

    # --- marks --------------------------------------------------------------------------------------------
    def _begin(self, i: int, found: tuple[Mark, int] | None, *, lost_start: bool) -> None:
        self.close()
        unit = Unit(i, i, i, len(self.outline.open), lost_start=lost_start)
        if found is not None:
            mark, fit = found
            keep = self.outline.place(mark)
            self.outline.enter(mark, keep)
            unit.mark, unit.fit, unit.depth = mark, fit, keep
            self.preamble = False
        self.units.append(unit)
        self.current = unit
        self.parts = [self.lines.text[i]]

    def _best(self, candidates: list[Mark], line: str) -> tuple[Mark, int] | None:
        """The mark that fits best of those that a line may be believed to bear."""
        best = None
        for mark in candidates:
            fit = self.outline.fit(mark)
            if (best is None or fit > best[1]) and self._believable(mark, fit, line):
                best = mark, fit
        return best

    def _mark_at_break(self, line: str, next_line: str | None) -> tuple[Mark, int] | None:
        """The mark of a line that surely begins a paragraph."""
        return self._best(marks_of(self.grammar, line, next_line), line)

    def _believable(self, mark: Mark, fit: int, line: str) -> bool:
        rest = line[mark.text_at :]
        if mark.family.ocr:
            return fit >= FIRST + 1
        if mark.family.level in {"upper", "roman"} and fit == STRANGE:
            # "C. Mác và Ph. Ăngghen": a capital with a full stop is a mark only in front of a title.
            return bool(rest) and is_caps(rest)
        if mark.family.needs_capital and rest and not opens_sentence(rest):
            return fit >= FIRST
        return True

    def _mark_after(self, before: str, line: str, unit: Unit, candidates: list[Mark]) -> tuple[Mark, int] | None:
        """The mark of a line that follows another directly, if it is one."""
        best = self._best(candidates, line)
        if best is None:
            return None
        mark, fit = best
        words = self.grammar.words
        listed = bool(mark.value)
        if not listed and mark.family.level == "dash" and joined_by_dash(before, line, words, wrapped=bool(self.wrap.width)):
            return None
        if not self.wrap.width:
            return mark, fit
        rest = line[mark.text_at :]
        opens = not rest or opens_sentence(rest)
        if ends_sentence(before, words):
            if (
                mark.family.level == "paren"
                and not self.wrap.short(before, line)
                and (not opens or (line.count("(", 1) and mark.printed[:1] == "(" and _NEXT_INSIDE.search(rest)))
            ):
                # "… theo ba tiêu chí:" / "(i) giá thành; (ii) …": a list inside the sentence.
                return None
            # A sentence that ends where the line is full may be followed by any number: "… năm" / "2025. Đến".
            return (mark, fit) if fit > STRANGE or self.wrap.short(before, line) else None
        room = self.wrap.short(before, line)
        if not opens:
            return None
        if (self.wrap.ragged or not room) and (
            (
                leaves_open(" ".join(self.parts[-2:]), line, words)
                and not (listed and mark.family.level != "arabic" and fit >= FIRST)
            )
            or self._in_brackets()
        ):
            return None
        if not room and not listed and rest and rest[0].isdigit():
            return None
        if self.wrap.overlong(before):
            return mark, fit
        if before[-1] == "," and listed:
            return (mark, fit) if fit >= SUCCESSOR and begins_sentence(rest, words) else None
        if room:
            if not self.wrap.ragged or unit.first != unit.last:
                return (mark, fit) if fit > STRANGE else None
            return (mark, fit) if fit >= FIRST or self._skips(mark, fit, rest) else None
        if before[-1] == ",":
            return None
        if listed:
            return (mark, fit) if fit >= FIRST or self._skips(mark, fit, rest) else None
        # "… hành lang kinh tế Đông" / "- Tây, các đường quốc lộ": no item of a list.
        believed = self._could_be_title(unit) and (unit.mark is None or bool(unit.mark.value))
        return (mark, fit) if believed or (rest and (begins_sentence(rest, words) or self._alike(rest, unit))) else None

    def _skips(self, mark: Mark, fit: int, rest: str) -> bool:
        """Whether a number in a list that leaves one out stands before a task's verb: "… nhà ở" / "7. Phân công Sở …"."""
        return fit > STRANGE and mark.family.level == "arabic" and self.grammar.words.verbs.match(rest) is not None

    def _alike(self, rest: str, unit: Unit) -> bool:
        """Whether an item begins as the one before it, or with a label ("Đơn vị phối hợp: …")."""
        own = self.parts[0][unit.mark.text_at :] if unit.mark is not None else ""
        return ":" in rest[:40] or own.split(" ", 1)[0] == rest.split(" ", 1)[0]

    # --- paragraphs ---------------------------------------------------------------------------------------
    def _could_be_title(self, unit: Unit) -> bool:
        if unit.mark is None:
            return False
        if sum(map(len, self.parts)) > LONGEST_TITLE:
            return False
        return not any(
            ". " in part[6:] or "; " in part or " là " in part or part[-1] in ".;" or self._says_what_to_do(part)
            for part in self.parts
        )

    def _says_what_to_do(self, line: str) -> bool:
        """Whether a task's verb stands after a colon: "c) Sở Xây dựng: Tăng cường …" is no title."""
        at = line.find(": ")
        return at > 0 and self.grammar.words.verbs.match(line[at + 2 :]) is not None

    def _in_brackets(self) -> bool:
        """Whether a bracket or a quotation was opened in the last lines and not closed."""
        opened = closed = quoted = 0
        skipped = self.current.mark.text_at if self.current is not None and self.current.mark is not None else 0
        for part in self.parts[-4:]:
            if part is self.parts[0]:
                part = part[skipped:]
            opened += part.count("(")
            closed += part.count(")")
            quoted += part.count("“") - part.count("”")
        return opened > closed or quoted > 0

    def _only_mark(self, unit: Unit) -> bool:
        """Whether the paragraph so far is its mark alone: "1.5." / "Tiếp tục nâng cao …"."""
        return unit.first == unit.last and unit.mark is not None and not self.parts[0][unit.mark.text_at :].strip(_CLOSERS)

    def _wants_title(self, unit: Unit) -> bool:
        """Whether the words of a part, a chapter, a division or an article stand on the next line, blank lines between or
        not: "Chương I" / "QUY ĐỊNH CHUNG", "Điều 1." / "Ban hành kèm theo …"."""
        return unit.mark is not None and unit.mark.family.rank <= ARTICLE and self._only_mark(unit)

    def _is_capital_title(self, unit: Unit) -> bool:
        """Whether the paragraph so far is a title in capitals: "III. PHÂN CÔNG." / "(Theo Phụ lục đính kèm)"."""
        return unit.mark is not None and unit.mark.family.level in _TITLED and all(map(is_caps, self.parts))

    @staticmethod
    def _broken_title(unit: Unit, before: str) -> bool:
        """Whether a title in capitals has no end yet: capitals on the next line belong to it."""
        titled = unit.mark is not None and unit.mark.family.level in _TITLED
        if unit.mark is not None and unit.first == unit.last:
            before = before[unit.mark.text_at :] or before  # "Ill. NỘI" / "DUNG CÁC ĐỀ ÁN"
        return titled and unit.last - unit.first < _TITLE_LINES and is_caps(before) and before[-1] not in ".:;!?"

    def _goes_on(self, i: int, before: str, next_line: str | None, unit: Unit) -> bool:
        line, wrap = self.lines.text[i], self.wrap
        if unit.mark is not None and self._only_mark(unit):
            return True
        if line[0] in self.grammar.initials("unit") and self.grammar.says("unit", line) and before[-1] not in "(,-–":
            return self._in_brackets()  # "Biểu tổng hợp kinh phí năm 2023" / "Đơn vị tính: triệu đồng"
        if is_caps(line):
            if self._broken_title(unit, before) and not may_open_title(self.grammar, line):
                return True
        elif ends_sentence(before, self.grammar.words) and self._is_capital_title(unit):
            return False
        if not wrap.width:
            words = self.grammar.words
            if line[0] in ",;)" or (line[0].islower() and not ends_sentence(before, words)):
                return True
            last = before.rsplit(" ", 1)[-1].lower()
            if (last in words.counter or last in words.year_counter) and self.grammar.says("number_goes_on", line):
                return True  # "Căn cứ Quyết định số" / "24/2021/QĐ-TTg …": the line broke before a link
            # "… phối hợp với Sở" / "Tài chính": a title is shorter, and may end so before a text ("… trực thuộc Bộ" /
            # "Chủ trì …"); a basis begins with a capital too.
            open_end = last in words.open or ends_with_head(before, words)
            begins = begins_sentence(line, words) or opens_preamble(self.grammar, line)
            return len(before) > _BROKEN_LINE and open_end and not begins
        if (
            self.preamble
            and unit.mark is None
            and (ends_sentence(before, self.grammar.words) or before[-1] == ",")
            and opens_preamble(self.grammar, line)
        ):
            return False
        if (named := self._quoted_title(unit, before, line)) is not None:
            return named
        if before[-1] not in ".;:" and (wrap.ragged or not wrap.short(before, line)) and self._in_brackets():
            return True
        if before[-1] == ")" and self.parts[0][0] == "(":
            return False
        title = self._could_be_title(unit)
        own = self.parts[0][unit.mark.text_at if unit.mark is not None else 0 :]
        verdict = after_line(
            wrap,
            self.grammar.words,
            before,
            line,
            next_line,
            first=unit.first == unit.last,
            heading=title,
            names=title and self.grammar.words.verbs.match(own) is None,
            repeats=title and line.startswith(" ".join(own.split(" ", 2)[:2])),
        )
        goes_on = verdict > LIKELY_END
        if title and not wrap.short(before, line):
            self._doubt(unit, i, goes_on=goes_on)
        return goes_on

    def _quoted_title(self, unit: Unit, before: str, line: str) -> bool | None:
        """Whether a title goes on with the name that it announces ("5. Đề án 5:" / "“Hợp tác quốc tế”"), or ends with it;
        None for any other paragraph."""
        if unit.mark is None or unit.mark.family.level in LIST_LEVELS:
            return None
        if before[-1] == ":" and line[0] == "“":
            return True
        text = " ".join(self.parts)
        if before[-1] == "”" and ": “" in text and text.count("“") == text.count("”") == 1 and line[0].isupper():
            return False
        return None

    def _doubt(self, unit: Unit, i: int, *, goes_on: bool) -> None:
        """Note that a break after a title's full line is in doubt: what its list has elsewhere settles it."""
        line, before = self.lines.text[i], self.lines.text[unit.last]
        if not goes_on:
            unit.cut = not ends_sentence(before, self.grammar.words)
        elif before[-1] == ":" or (not self.wrap.ragged and self._could_part(before, line)):
            unit.doubts = (*unit.doubts, i)

    def _could_part(self, before: str, line: str) -> bool:
        """Whether a title may end with a line and a text begin with the next."""
        words = self.grammar.words
        if leaves_open(before, line, words) or ends_with_head(before, words):
            return False
        return begins_sentence(line, words) or could_begin_sentence(line, words)
