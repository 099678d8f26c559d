"""The whole document: its parts in order, each with letterhead, title, body, signature and recipients.

A decision, the plan that follows its signature, and each appendix are parts of their own. What the hosting site put
before and after stands in parts of kind `other`.
"""

from __future__ import annotations

from planparse.grammar.grammar import Grammar
from planparse.layout.cells import Grid, pipe_rows
from planparse.layout.lines import BAR, BLANK, PAGE, PIPE, RULE, TEXT, Lines
from planparse.layout.site import Edges
from planparse.layout.wrap import Wrap, ends_sentence, leaves_open
from planparse.structure.closing import ends_with_name, is_name, is_role_line
from planparse.structure.closing_columns import Columns
from planparse.structure.damaged_marks import damaged_marks
from planparse.structure.drafts import PartDraft, Piece, piece_of
from planparse.structure.flow import Flow
from planparse.structure.marks import Mark
from planparse.structure.opening import Opening
from planparse.structure.siblings import settle
from planparse.text import breaks_sentence, is_caps, may_be_point

_ENDS = frozenset('.;:!?…)]”’"»')

#: A line that a blank line breaks off in mid-sentence is no title: it is at least so long, in characters.
_FULL_LINE = 60
#: A document is read no more often: each reading may show damaged marks to the next.
_MOST_READINGS = 4
#: The words that name a type are no longer, in characters.
_LONGEST_TYPE = 40


def read_parts(grammar: Grammar, lines: Lines, wrap: Wrap, edges: Edges, grids: list[Grid]) -> list[PartDraft]:
    """The parts of a document, in order. Where its lists lack numbers that damaged marks may hold, it is read again with
    these; a list that stands in one that was found so may show another."""
    damaged: dict[int, Mark] = {}
    for _ in range(_MOST_READINGS):
        parts = Reader(grammar, lines, wrap, edges, grids, damaged).read()
        found = damaged_marks(grammar, lines, parts, damaged)
        if found.keys() <= damaged.keys():
            break
        damaged |= found
    return parts


class Reader:
    """Reads the parts of one document from its lines; `damaged` are the marks of lines that do not show them whole."""

    def __init__(
        self, grammar: Grammar, lines: Lines, wrap: Wrap, edges: Edges, grids: list[Grid], damaged: dict[int, Mark]
    ) -> None:
        self.grammar = grammar
        self.lines = lines
        self.wrap = wrap
        self.edges = edges
        self.damaged = damaged
        self.parts: list[PartDraft] = []
        self.part = PartDraft("plan", edges.first)
        self.flow = Flow(lines, grammar, wrap, damaged)
        self.tables = {grid.first: grid for grid in grids}
        self.opening = Opening(grammar, lines, wrap, self.tables)
        self.columns = Columns(grammar, lines, self.opening)
        self.closed = False
        # What a line may begin with that ends the body or opens another part, capitals apart.
        self.opens_recipients = grammar.initials("recipients")
        self.opens_authority = grammar.initials("authority")
        self.opens_footnote = grammar.initials("footnote")
        self.opens_appendix = grammar.initials("appendix")
        self.opens_anchor = grammar.initials("recipients", "authority", "footnote", "appendix")

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
            part.head.append(piece_of(self.lines, "boilerplate", first, last - 1, separator="\n"))
            self.parts.append(part)

    def _document(self, first: int, last: int) -> None:
        self.part, i = self.opening.begin(first, last)
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
        if unit is None or unit.last != self._before(i):
            return i
        kinds, texts, tables, parts = self.lines.kind, self.lines.text, self.tables, self.flow.parts
        begun, before = i, texts[unit.last]
        while i < last and kinds[i] == TEXT and i not in tables:
            text = texts[i]
            if not text[0].islower() or before[-1] in _ENDS or _may_be_mark(text) or i in self.damaged:
                break
            parts.append(text)
            before = text
            i += 1
        if i > begun:
            unit.last = unit.until = i - 1
        return i

    def _before(self, i: int) -> int:
        """The line before a line, over the end of a page: -1 where there is none."""
        i -= 1
        while i >= 0 and self.lines.kind[i] == PAGE:
            i -= 1
        return i

    def _finish_part(self) -> None:
        self.flow.close()
        self.part.units = settle(self.flow.units, self.lines)
        part = self.part
        if part.head or part.units or part.tail:
            self.parts.append(part)

    def _open_part(self, part: PartDraft) -> None:
        self._finish_part()
        self.part = part
        self.flow = Flow(self.lines, self.grammar, self.wrap, self.damaged)
        self.closed = False

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
        if kind == PAGE:
            return self._page_end(i)
        if kind == PIPE:
            return self._pipes(i, last)
        text = self.lines.text[i]
        if text[0] in self.opens_anchor or text[1:2].isupper():
            begun = self._anchor(i, text, last)
            if begun is not None:
                return begun
        before = self._before(i)
        hard = before < 0 or self.lines.kind[before] != TEXT or before in self.tables
        if hard and text[0].islower() and self._breaks_off(i, before):
            hard = False
        following = i + 1 if i + 1 < last and self.lines.kind[i + 1] == TEXT and i + 1 not in self.tables else None
        if self.closed and self.flow.current is None:
            self.flow.outline.open.clear()
        self.flow.take(i, following, hard=hard or self.flow.current is None)
        return i + 1

    def _breaks_off(self, i: int, before: int) -> bool:
        """Whether the sentence before a blank line plainly goes on after it, as where a page ended: "… trình độ" / "" /
        "sơ cấp, đào tạo dưới 03 tháng"."""
        unit = self.flow.current
        if unit is None or before < 0 or self.lines.kind[before] != BLANK or self._before(before) != unit.last:
            return False
        last = self.lines.text[unit.last]
        return len(last) >= _FULL_LINE and last[-1] not in ')]”’"' and breaks_sentence(last, self.lines.text[i])

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

    def _page_end(self, i: int) -> int:
        """The number of a page belongs to the span of what it stands in or after, and ends nothing."""
        if self.flow.current is None:
            return self._separator(i)
        self.flow.current.until = i
        return i + 1

    def _after_tail(self) -> bool:
        """Whether a unit was read after the last piece of the signature."""
        return bool(self.flow.units) and self.flow.units[-1].first > self.part.tail[-1].last

    def _anchor(self, i: int, text: str, last: int) -> int | None:
        """A line that ends the body or begins another part: read it, and give the line after; None for any other."""
        letter = text[0]
        if letter in self.opens_recipients and self.grammar.says("recipients", text):
            return self._recipients(i, last)
        if letter in self.opens_authority and self.grammar.says("authority", text):
            return self._signature(i, last)
        if (
            letter in self.opens_footnote
            and self.grammar.says("footnote", text)
            and (self.closed or self._starts_paragraph(i))
        ):
            return self._footnote(i, last)
        if letter in self.opens_appendix and self._starts_paragraph(i) and (found := self.grammar.says("appendix", text)):
            if self._is_appendix(i, last, text, found.end("label")):
                part = PartDraft("appendix", i)
                self._open_part(part)
                return self.opening.title(part, i, last)
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
        at = self._before(i)
        if self.flow.current is None or at < 0 or self.lines.kind[at] != TEXT:
            return True
        before = self.lines.text[at]
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
        if self.closed and (begun := self.opening.begin_attached(i, last)) is not None:
            self._open_part(begun[0])
            return begun[1]
        if self.closed or self._follows_end(i):
            if is_role_line(self.grammar, text) and self._name_follows(i, last):
                return self._signature(i, last)
        attached = self.opening.attached_below(i, last)
        kind = self.opening.type_of(text)
        if kind is None and self.closed and len(text) < _LONGEST_TYPE:
            kind = self.grammar.type_misprinted(text)
            exact = kind is not None
        else:
            exact = kind is not None and self.opening.type_of(text, exact=True) is not None
        if kind is not None and kind.part_kind != "other" and self._starts_paragraph(i):
            if attached or (exact and (self.closed or (self.part.kind == "decision" and self._follows_end(i)))):
                part = PartDraft(kind.part_kind, i, type=kind)
                self._open_part(part)
                return self.opening.title(part, i, last)
        if attached and self._starts_paragraph(i) and (self.closed or self.part.ended or self._follows_end(i)):
            part = PartDraft(self._attached_kind(text), i)
            if not self.opening.titles(text, part, []):
                return None  # "II. TỔ CHỨC THỰC HIỆN" above an appendix
            self._open_part(part)
            return self.opening.title(part, i, last)
        return None

    def _attached_kind(self, text: str) -> str:
        """What a text without a type is that stands attached to the part before: the first to follow a decision is the
        plan that it promulgates, unless its title says that it is a list or a table."""
        carried = self.part.kind == "decision" and all(part.kind not in {"plan", "appendix"} for part in self.parts)
        return "plan" if carried and not self.grammar.says("list_title", text) else "appendix"

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
            while after < end and (self.lines.kind[after] == BAR or not self.lines.text[after].strip("|-: ")):
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
        # "- Như Điều 3; - Lưu: VT.": the list of recipients may have lost its label; no signature begins with a dash.
        kind = "recipients" if text[0] in "-–—" or self.grammar.says("recipients", text) else "signature"
        self.part.tail.append(Piece(kind, first, last, start, end, text))

    # --- signature, recipients, footnotes -------------------------------------------------------------------
    def _recipients(self, i: int, last: int) -> int:
        """The list of recipients, to the bar, the signature or the part that follows it."""
        self.flow.close()
        self.closed = self.part.ended = True
        if (pieces := self.columns.read(i, last)) is not None:
            self.part.tail += pieces
            return pieces[-1].last + 1
        begin = i
        archives = self.grammar.listed("archive")
        archived = any(f"{word}:" in self.lines.text[i] for word in archives)  # the whole list on one line
        i += 1
        while i < last:
            kind = self.lines.kind[i]
            text = self.lines.text[i]
            if kind in (BLANK, PAGE):
                i += 1
                continue
            if kind != TEXT or (archived and not text[0].islower()):
                break
            if text[0] in self.opens_authority and self.grammar.says("authority", text):
                break
            if is_role_line(self.grammar, text) or (is_caps(text) and self.opening.attached_below(i, last)):
                break
            if self._signed_in_one_line(text):
                break
            if text[0] in self.opens_footnote and self.grammar.says("footnote", text):
                break
            archived = archived or text.lstrip("-–+ ").startswith(archives)
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
            if kind in (BLANK, PAGE):
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
                self.opening.attached_below(i, last)
                or self.opening.type_of(text, exact=True)
                or self.grammar.says("appendix", text)
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
        self.part.tail.append(piece_of(self.lines, kind, begin, end - 1, separator=separator))
        return end


def _may_be_mark(text: str) -> bool:
    """Whether a line that begins with a small letter may begin with a mark: "a) Mở lớp", "a ) Mở lớp", "o Mở lớp"."""
    return may_be_point(text) or text[1:2] in ("-", "") or (text[1] == " " and text[2:3].isupper())
