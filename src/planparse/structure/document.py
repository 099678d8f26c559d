"""The whole document: its parts in order, each with letterhead, title, body, signature and recipients.

A decision, the plan that follows its signature, and each appendix are parts of their own. What the hosting site put
before and after stands in parts of kind `other`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planparse.grammar.grammar import DocumentType, Grammar
from planparse.layout.cells import Grid, column_kind, pipe_rows
from planparse.layout.lines import BAR, BLANK, PIPE, RULE, TEXT, Lines
from planparse.layout.site import Edges
from planparse.layout.wrap import Wrap, ends_sentence, leaves_open
from planparse.structure.closing import ends_with_name, is_name, is_role_line
from planparse.structure.flow import Flow, Unit
from planparse.structure.letterhead import Letterhead, read_letterhead
from planparse.structure.marks import marks_of
from planparse.text import is_caps

# A rule that stands within a line: "TỈNH LÀO CAI -------".
_RULES = re.compile(r"(?:[-–—_*=]\s?){4,}")
_AFTER_LETTER_MARK = frozenset((")", ".", "/", "-", ""))
_ENDS = frozenset('.;:!?…)]”’"»')

# What a line may begin with that ends the body or opens another part, capitals apart.
_ANCHORS = frozenset("NTKQ[PBM")

#: The letterhead ends within so many lines.
_LETTERHEAD_LINES = 90
#: That of an attached text within so many.
_LETTERHEAD_OF_ATTACHED = 20
#: A title, with the note of what it is attached to, ends within so many lines.
_TITLE_LINES = 30


@dataclass(slots=True)
class Piece:
    """A block that is no section: letterhead, title, signature … with its range in the clean text."""

    kind: str
    first: int
    last: int
    start: int
    end: int
    text: str


@dataclass(slots=True)
class PartDraft:
    """A part of the document while it is read."""

    kind: str
    first: int
    type: DocumentType | None = None
    label: str | None = None
    title: str | None = None
    attached_to: str | None = None
    head: list[Piece] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    tail: list[Piece] = field(default_factory=list)
    authority: str | None = None
    letterhead: Letterhead | None = None
    ended: bool = False


class Reader:
    """Reads the parts of one document from its lines."""

    def __init__(self, grammar: Grammar, lines: Lines, wrap: Wrap, edges: Edges, grids: list[Grid]) -> None:
        self.grammar = grammar
        self.lines = lines
        self.wrap = wrap
        self.edges = edges
        self.parts: list[PartDraft] = []
        self.part = PartDraft("plan", edges.first)
        self.flow = Flow(lines, grammar, wrap)
        self.tables = {grid.first: grid for grid in grids}
        self.closed = False

    def read(self) -> list[PartDraft]:
        """The parts, in order."""
        first, last = self.edges
        if first:
            self._site_part(0, first)
        if last > first:
            self._document(first, last)
        if last < len(self.lines):
            self._site_part(last, len(self.lines))
        return self.parts

    # --- parts --------------------------------------------------------------------------------------------
    def _site_part(self, first: int, last: int) -> None:
        while first < last and self.lines.kind[first] == BLANK:
            first += 1
        while last > first and self.lines.kind[last - 1] == BLANK:
            last -= 1
        if first < last:
            part = PartDraft("other", first)
            part.head.append(self._piece("boilerplate", first, last - 1, separator="\n"))
            self.parts.append(part)

    def _document(self, first: int, last: int) -> None:
        i = self._letterhead(first, last)
        while i < last:
            i = self._continuation(i, last)
            if i < last:
                i = self._step(i, last)
        self._finish_part()

    def _continuation(self, i: int, last: int) -> int:
        """Take the lines that surely go on from the line before, and give the first that may not.

        Most lines of a hard-wrapped text are such: they begin with a small letter, bear no mark ("a)"), and the line
        before them ends no sentence.
        """
        unit = self.flow.current
        if unit is None or unit.last != i - 1:
            return i
        kinds, texts, tables, parts = self.lines.kind, self.lines.text, self.tables, self.flow.parts
        begun = i
        while i < last and kinds[i] == TEXT and i not in tables:
            text = texts[i]
            if not text[0].islower() or text[1:2] in _AFTER_LETTER_MARK or texts[i - 1][-1] in _ENDS or text[:2] == "o ":
                break
            parts.append(text)
            i += 1
        if i > begun:
            unit.last = unit.until = i - 1
        return i

    def _finish_part(self) -> None:
        self.flow.close()
        self.part.units = self.flow.units
        part = self.part
        if part.head or part.units or part.tail:
            self.parts.append(part)

    def _open_part(self, part: PartDraft) -> None:
        self._finish_part()
        self.part = part
        self.flow = Flow(self.lines, self.grammar, self.wrap)
        self.closed = False

    # --- letterhead and title -----------------------------------------------------------------------------
    def _letterhead(self, first: int, last: int) -> int:
        """Read the letterhead and the title of the first part; the line after them."""
        at = self._type_line(first, min(last, first + _LETTERHEAD_LINES))
        if at is None:
            end = self._end_of_letterhead(first, min(last, first + _LETTERHEAD_LINES))
            if end > first:
                self._read_letterhead(first, end)
                self.part.head.append(self._piece("letterhead", first, end - 1, separator="\n"))
            else:
                self.part.kind = "other"
            return end
        line, kind = at
        self.part = PartDraft(kind.part_kind if kind.part_kind != "other" else "plan", first, type=kind)
        if line > first and any(self.lines.kind[i] != BLANK for i in range(first, line)):
            self._read_letterhead(first, line)
            self.part.head.append(self._piece("letterhead", first, line - 1, separator="\n"))
        return self._title(self.part, line, last)

    def _read_letterhead(self, first: int, last: int) -> None:
        self.part.letterhead = read_letterhead(self.grammar, self.lines, first, last)

    def _type_line(self, first: int, last: int) -> tuple[int, DocumentType] | None:
        """The line that names the type of the document ("KẾ HOẠCH"), before any of its body."""
        for i in range(first, last):
            if self.lines.kind[i] != TEXT:
                continue
            text = self.lines.text[i]
            kind = self._type_of(text)
            if kind is not None:
                return i, kind
            if (
                text[0] in "CI1ĐA"
                and not is_caps(text)
                and (self.grammar.says("legal_basis", text) or text.startswith(("Điều 1", "1. ", "A. ")))
            ):
                return None
            if text.startswith("I. "):
                return None
        return None

    def _type_of(self, text: str, *, exact: bool = False) -> DocumentType | None:
        """The type that a line in capitals names, alone or at its beginning ("ĐỀ ÁN PHÁT TRIỂN …")."""
        if len(text) > 160 or not text[:2].isupper() or not is_caps(text) or text[-1] == ":":
            return None
        found = self.grammar.type_of(text)
        if found is None:
            return None
        phrase, kind = found
        return kind if not exact or len(phrase) == len(text) else None

    def _end_of_letterhead(self, first: int, last: int) -> int:
        end = first
        for i in range(first, min(last, first + 25)):
            text = self.lines.text[i]
            if self.lines.kind[i] in (TEXT, PIPE) and (
                self.grammar.says("national_name", text)
                or self.grammar.says("number", text)
                or self.grammar.says("place_date", text)
                or self.grammar.says("motto", text)
            ):
                end = i + 1
        while end > first and end < last and self.lines.kind[end] in (BAR, RULE):
            end += 1
        return end

    def _title(self, part: PartDraft, i: int, last: int) -> int:
        """Read the lines of a title from the line that names the type or label; the line after them."""
        begin = i
        label, i = self._label(part, i)
        shown = [label] if label else []
        title: list[int] = []
        end = i
        limit = min(last, begin + _TITLE_LINES)
        while i < limit:
            kind = self.lines.kind[i]
            if kind in (BLANK, RULE):
                i += 1
                continue
            if kind != TEXT or i in self.tables:
                break
            text = self.lines.text[i]
            if self.grammar.says("attached_to", text):
                part.attached_to, end = self._logical(i, limit)
                shown.append(part.attached_to)
                break
            if not self._titles(text, part, title):
                break
            title.append(i)
            i += 1
            end = i
        authority = self._authority(title, end, limit) if part.attached_to is None else []
        title = [line for line in title if line not in authority]
        if not title and not authority and part.attached_to is None and part.type is not None:
            end = self._plain_title(end, limit, title)
            if title and (at := self._attached_at(end, limit)) is not None:
                part.attached_to, end = self._logical(at, limit)
        joined = " ".join(self.lines.text[line] for line in title)
        part.title = (f"{part.title} {joined}" if part.title else joined).strip() or None
        stop = authority[0] if authority else end
        while stop > begin + 1 and self.lines.kind[stop - 1] in (BLANK,):
            stop -= 1
        text = "\n".join(piece for piece in (part.label, part.title, part.attached_to) if piece)
        part.head.append(self._piece("title", begin, stop - 1, text=text))
        if authority:
            part.authority = " ".join(self.lines.text[line] for line in authority)
            part.head.append(self._piece("letterhead", authority[0], authority[-1], text=part.authority))
        return self._absorb_rules(part, end, last)

    def _label(self, part: PartDraft, i: int) -> tuple[str | None, int]:
        text = self.lines.text[i]
        if part.kind == "appendix":
            found = self.grammar.says("appendix", text)
            if not found:
                return None, i
            part.label = text[: found.end("label")]
            rest = text[found.end("label") :].lstrip(" .:–-")
            if rest:
                part.title = rest
            elif text[len(part.label) :].strip() == ":":
                part.label = text
            return part.label, i + 1
        if named := self.grammar.type_of(text):
            part.label, part.type = named
            part.title = text[len(part.label) :].strip() or None
        return part.label, i + 1

    def _titles(self, text: str, part: PartDraft, title: list[int]) -> bool:
        """Whether a line belongs to a title: in capitals, or the subject of a decision ("Về việc …")."""
        if self.grammar.says("enacting", text) or (text[-1:] == ":" and not title and part.kind == "appendix"):
            return False
        if is_caps(text):
            following = marks_of(self.grammar, text, None)
            return (
                not any(mark.family.level in {"roman", "upper", "article", "part", "chapter"} for mark in following)
                and column_kind(self.grammar, text) != "number"
            )
        if not title and self.grammar.says("subject", text):
            return True
        if title and not is_caps(self.lines.text[title[0]]):
            before = self.lines.text[title[-1]]
            return title[-1] + 1 == len(self.lines) or text[0].islower() or leaves_open(before, text, self.grammar.words)
        return False

    def _plain_title(self, i: int, limit: int, title: list[int]) -> int:
        """A title that is not in capitals: one short paragraph directly under the type."""
        while i < limit and self.lines.kind[i] == BLANK:
            i += 1
        if i >= limit or self.lines.kind[i] != TEXT or i in self.tables:
            return i
        text = self.lines.text[i]
        # Where a paragraph is a line, its end tells a subject ("Thực hiện Nghị quyết số …") from a basis.
        subject = not self.wrap.width and self.grammar.says("carry_out_title", text)
        if not subject and any(
            self.grammar.says(kind, text) for kind in ("legal_basis", "proposal", "enacting", "recipients")
        ):
            # "Thực hiện Chỉ thị số …" is a title, where the note of what it is attached to stands under it.
            if text[-1] in ".;:," or self._attached_at(i + 1, limit) is None:
                return i
        if marks_of(self.grammar, text, None) or text[-1] in ";:" or len(text) > 300:
            return i
        begun = i
        while i < limit and self.lines.kind[i] == TEXT and i - begun < 6:
            if i > begun and (
                self.lines.text[i][0].isupper()
                and not leaves_open(self.lines.text[i - 1], self.lines.text[i], self.grammar.words)
            ):
                break
            i += 1
        if self.lines.text[i - 1][-1] == ".":
            return begun
        title.extend(range(begun, i))
        return i

    def _attached_at(self, i: int, limit: int) -> int | None:
        """The line "(Kèm theo Quyết định số …)", where it is the next that is not blank."""
        at = next((j for j in range(i, limit) if self.lines.kind[j] != BLANK), None)
        says = at is not None and self.lines.kind[at] == TEXT and self.grammar.says("attached_to", self.lines.text[at])
        return at if says else None

    def _authority(self, title: list[int], end: int, limit: int) -> list[int]:
        """The lines at the end of a title that name who decides: "ỦY BAN NHÂN DÂN TỈNH …" before the legal bases."""
        following = next((i for i in range(end, limit) if self.lines.kind[i] in (TEXT, PIPE)), None)
        if following is None or not title:
            return []
        text = self.lines.text[following]
        if not (
            self.grammar.says("legal_basis", text)
            or self.grammar.says("proposal", text)
            or self.grammar.says("enacting", text)
        ):
            return []
        begun = len(title)
        for at in range(len(title) - 1, -1, -1):
            if not self.grammar.says("authority_line", self.lines.text[title[at]]):
                if at + 1 < len(title):
                    break
                continue
            if at and leaves_open(self.lines.text[title[at - 1]], self.lines.text[title[at]], self.grammar.words):
                break
            begun = at
        if begun == len(title) or len(title) - begun > 3:
            return []
        return title[begun:]

    def _logical(self, i: int, limit: int) -> tuple[str, int]:
        """The paragraph that begins at a line, to its closing bracket or the next break; and the line after it."""
        parts = []
        bracket = self.lines.text[i][0] in "(["
        while i < limit and self.lines.kind[i] == TEXT:
            parts.append(self.lines.text[i])
            i += 1
            last = parts[-1][-1]
            if last in ")]" or (bracket and parts[-1].endswith((").", ")./."))):
                break
            if not bracket and (
                not self.wrap.width
                or (
                    i < limit
                    and self.lines.text[i][:1].isupper()
                    and not leaves_open(parts[-1], self.lines.text[i], self.grammar.words)
                )
            ):
                break
            if (
                bracket
                and not self.wrap.width
                and i < limit
                and self.lines.text[i][:1].isupper()
                and is_caps(self.lines.text[i])
            ):
                break
            if bracket and self._goes_on_in_bracket(i, limit):
                i += 1
        return " ".join(parts), i

    def _goes_on_in_bracket(self, i: int, limit: int) -> bool:
        """Whether an open bracket goes on in the next paragraph: "(Kèm theo Quyết định số 5/QĐ-UBND", "ngày …)"."""
        lines = self.lines
        return i + 1 < limit and lines.kind[i] == BLANK and lines.kind[i + 1] == TEXT and lines.text[i + 1][:1].islower()

    def _absorb_rules(self, part: PartDraft, i: int, last: int) -> int:
        while i < last and self.lines.kind[i] in (BLANK, RULE):
            if self.lines.kind[i] == RULE and part.head:
                part.head[-1].last = i
                part.head[-1].end = self.lines.end[i]
            i += 1
        return i

    # --- body ---------------------------------------------------------------------------------------------
    def _step(self, i: int, last: int) -> int:
        """Read what begins at a line; the line after it."""
        kind = self.lines.kind[i]
        if kind == BLANK:
            return i + 1
        if (grid := self.tables.get(i)) is not None:
            self.flow.add_table(grid)
            return grid.last + 1
        if kind in (BAR, RULE):
            return self._separator(i)
        if kind == PIPE:
            return self._pipes(i, last)
        text = self.lines.text[i]
        if text[0] in _ANCHORS or text[1:2].isupper():
            begun = self._anchor(i, text, last)
            if begun is not None:
                return begun
        hard = i == 0 or self.lines.kind[i - 1] != TEXT or (i - 1) in self.tables
        following = i + 1 if i + 1 < last and self.lines.kind[i + 1] == TEXT and i + 1 not in self.tables else None
        if self.closed and self.flow.current is None:
            self.flow.outline.open.clear()
        self.flow.take(i, following, hard=hard or self.flow.current is None)
        return i + 1

    def _separator(self, i: int) -> int:
        """A bar or a rule belongs to what stands before it."""
        if self.part.tail and self.closed and self.flow.current is None and not self._after_tail():
            piece = self.part.tail[-1]
            piece.last, piece.end = i, self.lines.end[i]
        elif self.flow.units or self.flow.current is not None:
            self.flow.absorb(i)
        elif self.part.head:
            self.part.head[-1].last = i
            self.part.head[-1].end = self.lines.end[i]
        else:
            self.flow.take(i, None, hard=True)
            self.flow.absorb(i)
        return i + 1

    def _after_tail(self) -> bool:
        """Whether a unit was read after the last piece of the signature."""
        return bool(self.flow.units) and self.flow.units[-1].first > self.part.tail[-1].last

    def _anchor(self, i: int, text: str, last: int) -> int | None:
        """A line that ends the body or begins another part: read it, and give the line after; None for any other."""
        letter = text[0]
        if letter == "N" and self.grammar.says("recipients", text):
            return self._recipients(i, last)
        if letter in "TKQ" and text[:2].isupper() and self.grammar.says("authority", text):
            return self._signature(i, last)
        if letter == "[" and self.grammar.says("footnote", text) and (self.closed or self._starts_paragraph(i)):
            return self._footnote(i, last)
        if letter in "PBM" and self._starts_paragraph(i) and (found := self.grammar.says("appendix", text)):
            if self._is_appendix(i, last, text, found.end("label")):
                part = PartDraft("appendix", i)
                self._open_part(part)
                return self._title(part, i, last)
        if text[:2].isupper() and len(text) < 200:
            if is_caps(text):
                return self._caps_anchor(i, text, last)
            if (self.closed or self._follows_end(i)) and self._signed_in_one_line(text):
                return self._signature(i, last)
        return None

    def _signed_in_one_line(self, text: str) -> bool:
        """Role and name on one line: "CHỦ TỊCH Nguyễn Văn An"."""
        return len(text) < 80 and bool(self.grammar.says("role", text)) and ends_with_name(text)

    def _starts_paragraph(self, i: int) -> bool:
        if self.flow.current is None or i == 0 or self.lines.kind[i - 1] != TEXT:
            return True
        before = self.lines.text[i - 1]
        return (
            ends_sentence(before, self.grammar.words)
            or not self.wrap.width
            or before[-1] == ")"
            or (
                not leaves_open(before, self.lines.text[i], self.grammar.words)
                and before[-1] != ","
                and is_caps(self.lines.text[i])
            )
        )

    def _is_appendix(self, i: int, last: int, text: str, label_end: int) -> bool:
        """Whether an appendix label begins an appendix: alone on its line with a title under it, or in capitals."""
        rest = text[label_end:].strip(" .:–-")
        if is_caps(text):
            return True
        if rest and not is_caps(rest):
            return rest[0].isupper() and self.closed
        following = [j for j in range(i + 1, min(last, i + 8)) if self.lines.kind[j] != BLANK][:3]
        return (
            any(
                self.lines.kind[j] != TEXT
                or is_caps(self.lines.text[j])
                or self.grammar.says("attached_to", self.lines.text[j])
                for j in following
            )
            or self.closed
        )

    def _caps_anchor(self, i: int, text: str, last: int) -> int | None:
        """A line in capitals after a signature: a role, an attached text, perhaps with a letterhead of its own, an appendix
        without a label."""
        if self.closed and (after := self._letterhead_of_attached(i, last)) is not None:
            return after
        if self.closed or self._follows_end(i):
            if is_role_line(self.grammar, text) and self._name_follows(i, last):
                return self._signature(i, last)
        attached = self._attached_below(i, last)
        kind = self._type_of(text)
        if kind is not None and kind.part_kind != "other" and self._starts_paragraph(i):
            exact = self._type_of(text, exact=True) is not None
            if attached or (exact and (self.closed or (self.part.kind == "decision" and self._follows_end(i)))):
                part = PartDraft(kind.part_kind, i, type=kind)
                self._open_part(part)
                return self._title(part, i, last)
        if attached and self._starts_paragraph(i) and (self.closed or self.part.ended or self._follows_end(i)):
            part = PartDraft("appendix", i)
            if not self._titles(text, part, []):
                return None  # "II. TỔ CHỨC THỰC HIỆN" above an appendix
            self._open_part(part)
            return self._title(part, i, last)
        return None

    def _letterhead_of_attached(self, i: int, last: int) -> int | None:
        """Read the letterhead that an attached text has for itself, and its title; the line after them. None where no
        such letterhead begins at a line: it says the national name and ends with the line that names the type."""
        near = range(i, min(last, i + _LETTERHEAD_OF_ATTACHED))
        if not any(self.lines.kind[j] == TEXT and self.grammar.says("national_name", self.lines.text[j]) for j in near):
            return None
        at = self._type_line(i, near.stop)
        if at is None or at[1].part_kind == "other":
            return None
        line, kind = at
        part = PartDraft(kind.part_kind, i, type=kind)
        self._open_part(part)
        part.head.append(self._piece("letterhead", i, line - 1, separator="\n"))
        return self._title(part, line, last)

    def _follows_end(self, i: int) -> bool:
        """Whether the body has ended before a line: with "./." or with a bar after it."""
        units = self.flow.units
        if not units:
            return False
        if self.flow.current is not None:
            return self.lines.text[self.flow.current.last].endswith("./.")
        return self.lines.kind[i - 1] != TEXT or units[-1].text.endswith("./.")

    def _name_follows(self, i: int, last: int) -> bool:
        for j in range(i + 1, min(last, i + 7)):
            if self.lines.kind[j] == BLANK:
                continue
            if self.lines.kind[j] != TEXT:
                return False
            if is_name(self.grammar, self.lines.text[j]):
                return True
            if not is_caps(self.lines.text[j]) and not self.grammar.says("signed", self.lines.text[j]):
                return False
        return False

    def _attached_below(self, i: int, last: int) -> bool:
        """Whether "(Kèm theo Quyết định số …)" stands under the title that begins at a line."""
        seen = 0
        for j in range(i + 1, min(last, i + _TITLE_LINES)):
            kind = self.lines.kind[j]
            if kind == BLANK:
                continue
            if kind != TEXT or j in self.tables:
                return False
            text = self.lines.text[j]
            if self.grammar.says("attached_to", text):
                return True
            seen += 1
            if seen > 10 or not is_caps(text):
                return False
        return False

    # --- tables in pipe rows --------------------------------------------------------------------------------
    def _pipes(self, i: int, last: int) -> int:
        rows, end = pipe_rows(self.lines, i)
        end = min(end, last)
        closing = self._closing_row(rows[0]) if rows else False
        if closing:
            self.flow.close()
            self.closed = True
            pieces = [cell for cell in rows[0] if cell.text]
            for cell, after_cell in zip(pieces, [*pieces[1:], None], strict=True):
                # The bars between and before the cells belong to the piece that they close or open.
                start = self.lines.start[i] if cell is pieces[0] else cell.start
                self._closing_cell(
                    cell.text, cell.first, cell.last, start, after_cell.start if after_cell is not None else cell.end
                )
            row_end = rows[0][-1].last
            after = row_end + 1
            while after < end and self.lines.kind[after] == BAR:
                after += 1
            if self.part.tail:
                self.part.tail[-1].last = after - 1
                self.part.tail[-1].end = self.lines.end[after - 1]
            return after
        if len(rows) == 1 and (len(rows[0]) < 2 or sum(bool(cell.text) for cell in rows[0]) < 2):
            for j in range(i, max(end, i + 1)):
                if self.lines.kind[j] == BAR:
                    self.flow.absorb(j)
                else:
                    self.flow.take(j, None, hard=True)
            self.flow.close()
            return max(end, i + 1)
        keep = next((k for k, row in enumerate(rows) if k and self._closing_row(row)), len(rows))
        rows = rows[:keep]
        bottom = end - 1 if keep == len(rows) and end > i else rows[-1][-1].last
        if keep < len(rows) or (keep and rows[-1][-1].last < end - 1):
            bottom = rows[-1][-1].last
            while bottom + 1 < end and self.lines.kind[bottom + 1] == BAR:
                bottom += 1
        self.flow.add_table(Grid(rows, 0, i, bottom, self.lines.start[i], self.lines.end[bottom]))
        return bottom + 1

    def _closing_row(self, row: list) -> bool:  # type: ignore[type-arg]
        return len(row) <= 3 and any(
            cell.text
            and (
                self.grammar.says("recipients", cell.text)
                or self.grammar.says("authority", cell.text)
                or (is_role_line(self.grammar, cell.text) and ends_with_name(cell.text))
            )
            for cell in row
        )

    def _closing_cell(self, text: str, first: int, last: int, start: int, end: int) -> None:
        kind = "recipients" if self.grammar.says("recipients", text) else "signature"
        self.part.tail.append(Piece(kind, first, last, start, end, text))

    # --- signature, recipients, footnotes -------------------------------------------------------------------
    def _recipients(self, i: int, last: int) -> int:
        """The list of recipients, to the bar, the signature or the part that follows it."""
        self.flow.close()
        self.closed = self.part.ended = True
        begin = i
        archived = "Lưu:" in self.lines.text[i]  # the whole list on one line
        i += 1
        while i < last:
            kind = self.lines.kind[i]
            text = self.lines.text[i]
            if kind == BLANK:
                i += 1
                continue
            if kind != TEXT or (archived and not text[0].islower()):
                break
            if text[0] in "TKQ" and text[:2].isupper() and self.grammar.says("authority", text):
                break
            if is_role_line(self.grammar, text) or (is_caps(text) and self._attached_below(i, last)):
                break
            if self._signed_in_one_line(text):
                break
            if text[0] == "[" and self.grammar.says("footnote", text):
                break
            archived = archived or text.lstrip("-–+ ").startswith("Lưu")
            i += 1
        return self._tail_piece("recipients", begin, i)

    def _signature(self, i: int, last: int) -> int:
        """The signature: authority and role in capitals, then the name."""
        self.flow.close()
        self.closed = self.part.ended = True
        begin = i
        while i < last:
            kind = self.lines.kind[i]
            text = self.lines.text[i]
            if kind == BLANK:
                i += 1
                continue
            if kind != TEXT:
                break
            if (ends_with_name(text) and (is_caps(text.rsplit(" ", 3)[0]) or i == begin)) or (
                is_name(self.grammar, text) and i > begin
            ):
                i += 1
                break
            if not (is_caps(text) or self.grammar.says("signed", text)):
                break
            if i > begin and (
                self._attached_below(i, last) or self._type_of(text, exact=True) or self.grammar.says("appendix", text)
            ):
                break
            i += 1
        return self._tail_piece("signature", begin, max(i, begin + 1))

    def _footnote(self, i: int, last: int) -> int:
        self.flow.close()
        begin = i
        i += 1
        while i < last and self.lines.kind[i] == TEXT and not self.grammar.says("footnote", self.lines.text[i]):
            text = self.lines.text[i]
            before = self.lines.text[i - 1]
            if not self.wrap.width and not text[0].islower():
                break
            if ends_sentence(before, self.grammar.words) and len(before) < self.wrap.width * 0.8:
                break
            if is_caps(text) and len(text) > 6:
                break
            i += 1
        return self._tail_piece("footnote", begin, i)

    def _tail_piece(self, kind: str, begin: int, end: int) -> int:
        while end > begin + 1 and self.lines.kind[end - 1] == BLANK:
            end -= 1
        separator = "\n" if kind != "footnote" else " "
        self.part.tail.append(self._piece(kind, begin, end - 1, separator=separator))
        return end

    def _piece(self, kind: str, first: int, last: int, *, text: str | None = None, separator: str = " ") -> Piece:
        """A block of whole lines; bars and rules are in its span, not in its text."""
        while first < last and self.lines.kind[first] == BLANK:
            first += 1
        while last > first and self.lines.kind[last] == BLANK:
            last -= 1
        if text is None:
            text = self._joined(first, last, separator)
        return Piece(kind, first, last, self.lines.start[first], self.lines.end[last], text)

    def _joined(self, first: int, last: int, separator: str) -> str:
        """The words of some lines; what a wrap broke in mid-name is joined ("Số:" / "160/KH-UBND")."""
        joined = ""
        before = None
        for i in range(first, last + 1):
            if self.lines.kind[i] in (BLANK, BAR, RULE):
                before = None
                continue
            line = self.lines.text[i]
            if self.lines.kind[i] == PIPE:
                line = "\n".join(cell for piece in line.split("|") if (cell := _RULES.sub(" ", piece).strip()))
            if not line:
                continue
            broken = (
                before is not None
                and separator == "\n"
                and (line[0].islower() or " " not in before or before.endswith((":", ",", " ngày")))
            )
            joined += (" " if broken else separator if joined else "") + line
            before = line
        return joined
