"""How a part begins: its letterhead, the line that names its type, its title, and what it is attached to."""

from __future__ import annotations

from planparse.grammar.grammar import ONLY_LETTERHEAD, DocumentType, Grammar
from planparse.layout.cells import Grid, column_kind
from planparse.layout.lines import BAR, BLANK, PIPE, RULE, TEXT, Lines
from planparse.layout.wrap import Wrap, joined_by_dash, leaves_open
from planparse.structure.drafts import PartDraft, piece_of
from planparse.structure.letterhead import code_of, read_byline, read_letterhead
from planparse.structure.marks import marks_of, may_open_title
from planparse.structure.preamble import opens_preamble
from planparse.text import is_caps

#: The letterhead ends within so many lines.
_LETTERHEAD_LINES = 90
#: What a site says above the letterhead takes no more lines.
_SITE_LINES = 15
#: That of an attached text within so many.
_LETTERHEAD_OF_ATTACHED = 20
#: A title, with the note of what it is attached to, ends within so many lines.
_TITLE_LINES = 30
#: A title in small letters, of a text that has nothing else before its body.
_TITLED_LINES = 4
_LONGEST_PLAIN_TITLE = 300
#: A title in small letters under its type takes no more lines.
_PLAIN_TITLE_LINES = 6
#: Levels whose sections have titles in capitals; marks of other levels may be words of a title.
_LEVELS_OF_TITLES = {"roman", "upper", "article", "part", "chapter"}
#: Capitals that begin as the heading of a section does ("PHÂN CÔNG NHIỆM VỤ") are one up to this length, in characters.
_LONGEST_HEADING = 60
_LONGEST_TYPE = 80
_LEVELS_OF_EXCERPTS = {"part", "chapter", "roman", "upper", "arabic", "article"}


class Opening:
    """Reads how parts begin, from the lines of one document."""

    def __init__(self, grammar: Grammar, lines: Lines, wrap: Wrap, tables: dict[int, Grid]) -> None:
        self.grammar = grammar
        self.lines = lines
        self.wrap = wrap
        self.tables = tables

    def begin(self, first: int, last: int) -> tuple[PartDraft, int]:
        """The first part, with its letterhead and title; and the line after them."""
        part = PartDraft("plan", first)
        limit = min(last, first + _LETTERHEAD_LINES)
        body = self._body(self._national_name(first, limit), limit)
        at = self._type_line(first, body)
        if at is None:
            end = self._end_of_letterhead(first, body)
            if end == first and (titled := self._titled_line(part, first, last)) is not None:
                return part, titled
            if end > first:
                self._letterhead(part, first, end)
            elif body == limit and not self._begins_with_section(first, limit):
                part.kind = "other"  # neither letterhead nor legal basis nor section
            self._take_type(part, self._type_of_number(part) or self._type_of_formula(end, last))
            return part, self._title_without_type(part, end, last)
        line, kind = at
        self._take_type(part, kind)
        if any(self.lines.kind[i] != BLANK for i in range(first, line)):
            self._letterhead(part, first, line)
        return part, self.title(part, line, last)

    def begin_attached(self, first: int, last: int) -> tuple[PartDraft, int] | None:
        """An attached text that begins with a letterhead of its own, read with its title; and the line after them. None
        where no such letterhead begins at a line: it says the national name and ends with the line that names the type."""
        near = range(first, min(last, first + _LETTERHEAD_OF_ATTACHED))
        if not any(self.lines.kind[i] == TEXT and self.grammar.says("national_name", self.lines.text[i]) for i in near):
            return None
        at = self._type_line(first, near.stop)
        if at is None or at[1].part_kind == "other":
            return None
        line, kind = at
        part = PartDraft(kind.part_kind, first, type=kind)
        part.head.append(piece_of(self.lines, "letterhead", first, line - 1, separator="\n"))
        return part, self.title(part, line, last)

    def _titled_line(self, part: PartDraft, first: int, last: int) -> int | None:
        """Read a first paragraph that is the title of a text without letterhead, in small letters, with the name of its type
        ("Chỉ thị | về việc phòng cháy rừng"), and give the line after it; None where it is a sentence of the text."""
        begun = self._filled(first, last)
        end = begun
        while end < last and self.lines.kind[end] == TEXT and end - begun <= _TITLED_LINES:
            end += 1
        if begun == end or end == last or self.lines.kind[end] != BLANK:
            return None
        text = " ".join(self.lines.text[begun:end])
        named = self.grammar.type_in_any_letters(text)
        if named is None or len(text) > _LONGEST_PLAIN_TITLE or is_caps(text) or text[-1] in ":;,":
            return None
        label, title = text[: len(named[0])], text[len(named[0]) :]
        if not self.grammar.says("titled_line", title):
            return None
        part.label, part.title = label, title.strip().rstrip(".")
        self._take_type(part, named[1])
        part.head.append(piece_of(self.lines, "title", begun, end - 1, text=text))
        return end

    def _filled(self, i: int, limit: int) -> int:
        """The first line from one on that is not blank; the limit where there is none."""
        return next((j for j in range(i, limit) if self.lines.kind[j] != BLANK), limit)

    @staticmethod
    def _take_type(part: PartDraft, kind: DocumentType | None) -> None:
        part.type = kind
        if kind is not None and kind.part_kind != "other":
            part.kind = kind.part_kind

    def _type_of_number(self, part: PartDraft) -> DocumentType | None:
        """The type that the number names, where its line is lost: "Số: 15/KH-UBND"."""
        code = code_of(part.letterhead.number) if part.letterhead is not None else None
        return self.grammar.types_by_code.get(code.upper()) if code else None

    def _type_of_formula(self, first: int, last: int) -> DocumentType | None:
        """The type that the enacting formula names: "QUYẾT ĐỊNH:"."""
        for i in range(first, min(last, first + _LETTERHEAD_LINES)):
            text = self.lines.text[i]
            if self.lines.kind[i] == TEXT and text[-1] == ":" and self.grammar.says("enacting", text):
                named = self.grammar.type_of(text.rstrip(" :"))
                return named[1] if named else None
        return None

    def _letterhead(self, part: PartDraft, first: int, last: int) -> None:
        part.letterhead = read_letterhead(self.grammar, self.lines, first, last)
        part.head.append(piece_of(self.lines, "letterhead", first, last - 1, separator="\n"))

    def _national_name(self, first: int, last: int) -> int:
        """The line of the national name, where it stands near the beginning; what a site put above it is no basis and no
        section, whatever it begins with. Else the first line."""
        for i in range(first, min(last, first + _SITE_LINES)):
            cells = [cell.strip() for cell in self.lines.text[i].split("|")]
            if any(self.grammar.says("national_name", cell) for cell in cells if cell):
                return i
        return first

    def _body(self, first: int, last: int) -> int:
        """The line where the letterhead and the title are surely over: a legal basis, a first section."""
        return next((i for i in range(first, last) if self.lines.kind[i] == TEXT and self._begins_body(i)), last)

    def _type_line(self, first: int, last: int) -> tuple[int, DocumentType] | None:
        """The line that names the type of the document ("KẾ HOẠCH"), before any of its body."""
        for i in range(first, last):
            if self.lines.kind[i] == TEXT and (kind := self.type_of(self.lines.text[i])) is not None:
                return i, kind
        for i in range(first, last):
            text = self.lines.text[i]
            if self.lines.kind[i] == TEXT and len(text) < _LONGEST_TYPE and text[:1].isupper() and is_caps(text):
                if (kind := self.grammar.type_misprinted(text)) is not None:
                    return i, kind
        return None

    def _begins_body(self, i: int) -> bool:
        text = self.lines.text[i]
        marks = marks_of(self.grammar, text, None)
        if any(mark.family.level in {"part", "chapter"} for mark in marks):
            return True
        if is_caps(text):
            return text.startswith("I. ") or bool(self.grammar.says("enacting", text))
        if any(mark.family.level == "article" and mark.value[:1] == (1,) for mark in marks):
            return True
        return opens_preamble(self.grammar, text) or text.startswith(("1. ", "A. ", "I. "))

    def _begins_with_section(self, first: int, last: int) -> bool:
        """Whether the first line that says something begins a section, of any number: an excerpt ("10. Trung tâm …")."""
        i = self._filled(first, last)
        if i == last or self.lines.kind[i] != TEXT:
            return False
        return any(mark.family.level in _LEVELS_OF_EXCERPTS for mark in marks_of(self.grammar, self.lines.text[i], None))

    def type_of(self, text: str, *, exact: bool = False) -> DocumentType | None:
        """The type that a line in capitals names, alone or at its beginning ("ĐỀ ÁN PHÁT TRIỂN …")."""
        if len(text) > 160 or not text[:2].isupper() or not is_caps(text) or text[-1] == ":":
            return None
        found = self.grammar.type_of(text)
        if found is None:
            return None
        phrase, kind = found
        return kind if not exact or len(phrase) == len(text) else None

    def _end_of_letterhead(self, first: int, last: int) -> int:
        """The line after the last that only a letterhead has: national name, motto, number, place and date."""
        end = first
        for i in range(first, last):
            if self.lines.kind[i] in (TEXT, PIPE):
                following = self.lines.text[i + 1] if i + 1 < last and self.lines.kind[i + 1] in (TEXT, PIPE) else None
                if self._in_letterhead(self.lines.text[i]):
                    end = i + 1
                elif following and self._in_letterhead(f"{self.lines.text[i]} {following}"):
                    end = i + 2  # "Hà Giang, ngày" / "04 tháng 3 năm 2024", "Số:" / "54/KH-UBND"
        while first < end < last and self.lines.kind[end] in (BAR, RULE):
            end += 1
        return end

    def _in_letterhead(self, text: str) -> bool:
        cells = [cell.strip() for cell in text.split("|")]
        return any(self.grammar.says(kind, cell) for cell in cells if cell for kind in ONLY_LETTERHEAD)

    def _title_without_type(self, part: PartDraft, i: int, last: int) -> int:
        """Read the title and the authority that stand where the type is lost: what is in capitals, or "Về việc …",
        between the letterhead and the legal bases."""
        limit = min(last, i + _TITLE_LINES)
        title, end = self._title_lines(part, i, limit)
        following = next((self.lines.text[j] for j in range(end, limit) if self.lines.kind[j] in (TEXT, PIPE)), None)
        if not title or following is None or part.attached_to is not None:
            part.attached_to = None
            return i
        authority = self._authority_of(title)
        title = title[: len(title) - len(authority)]
        if not authority and not self._opens_text(following) and not self._titles_numbered(part, title):
            return i
        rules = [line for line in range(i, min(title + authority)) if self.lines.kind[line] == RULE]
        if rules:  # a rule is all that is left above the body that decides
            part.head.append(piece_of(self.lines, "letterhead", rules[0], rules[-1], separator="\n"))
        if title:
            part.title = " ".join(self.lines.text[line] for line in title)
            part.head.append(piece_of(self.lines, "title", title[0], title[-1], text=part.title))
        self._take_authority(part, authority)
        return self._absorb_rules(part, end, last)

    def _titles_numbered(self, part: PartDraft, title: list[int]) -> bool:
        """Whether lines in capitals are the title of a document whose number tells its type, and not of its first section:
        "CHUYỂN ĐỔI SỐ TỈNH NINH BÌNH NĂM 2025" under "Số: 19/KH-UBND"."""
        if part.letterhead is None or self._type_of_number(part) is None:
            return False
        words = " ".join(self.lines.text[line] for line in title)
        return is_caps(words) and (len(words) > _LONGEST_HEADING or self.grammar.role_of(words) is None)

    def _opens_text(self, text: str) -> bool:
        return opens_preamble(self.grammar, text) or bool(self.grammar.says("enacting", text))

    def title(self, part: PartDraft, i: int, last: int) -> int:
        """Read the lines of a title from the line that names the type or label; the line after them."""
        begin = i
        i = self._byline(part, self._label(part, i), last)
        limit = min(last, begin + _TITLE_LINES)
        title, end = self._title_lines(part, i, limit)
        authority = self._authority(title, end, limit) if part.attached_to is None else []
        title = [line for line in title if line not in authority]
        if not title and not authority and part.attached_to is None and part.type is not None:
            end = self._plain_title(end, limit, title)
            if title:
                authority, end = self._authority_below(part, end, limit)
        joined = " ".join(self.lines.text[line] for line in title)
        part.title = (f"{part.title} {joined}" if part.title else joined).strip() or None
        stop = authority[0] if authority else end
        while stop > begin + 1 and self.lines.kind[stop - 1] in (BLANK,):
            stop -= 1
        text = "\n".join(piece for piece in (part.label, part.byline, part.title, part.attached_to) if piece)
        part.head.append(piece_of(self.lines, "title", begin, stop - 1, text=text))
        self._take_authority(part, authority)
        return self._absorb_rules(part, end, last)

    def _title_lines(self, part: PartDraft, i: int, limit: int) -> tuple[list[int], int]:
        """The lines of a title from a line on, and the line after them; the note of what the part is attached to, which
        ends a title, is taken too."""
        title: list[int] = []
        end = i
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
                break
            if not self.titles(text, part, title):
                break
            if title and title[-1] + 1 < i and self.grammar.role_of(text) == "bases":
                break  # "CĂN CỨ LẬP KẾ HOẠCH." apart from the title: a list of legal bases begins
            title.append(i)
            i += 1
            end = i
        return title, end

    def _take_authority(self, part: PartDraft, authority: list[int]) -> None:
        if authority:
            part.authority = " ".join(self.lines.text[line] for line in authority)
            part.head.append(piece_of(self.lines, "letterhead", authority[0], authority[-1], text=part.authority))

    def _label(self, part: PartDraft, i: int) -> int:
        """Read the label of a part, or its type, and what stands after it on the line; the line after it."""
        text = self.lines.text[i]
        if part.kind == "appendix":
            found = self.grammar.says("appendix", text)
            if not found:
                return i
            part.label = text[: found.end("label")]
            rest = text[found.end("label") :].lstrip(" .:–-")
            if rest:
                part.title = rest
            elif text[len(part.label) :].strip() == ":":
                part.label = text
        elif named := self.grammar.type_of(text):
            part.label, part.type = named
            part.title = text[len(part.label) :].strip() or None
            part.type_alone = part.title is None
        elif part.type is not None:
            part.label = text  # a misprint of the type
        else:
            return i
        return i + 1

    def _byline(self, part: PartDraft, i: int, last: int) -> int:
        """Read the line that says under the type who decided, with number and date, and give the line after it; where
        there is a letterhead too, it fills what that lacks."""
        at = self._filled(i, last)
        if part.type is None or at >= last or self.lines.kind[at] != TEXT:
            return i
        text = self.lines.text[at]
        byline = read_byline(self.grammar, text)
        if byline is None:
            return i
        part.byline = text[: byline.title_at].rstrip()
        if byline.title_at is not None:
            part.title = text[byline.title_at :]
        said = byline.letterhead
        head = part.letterhead or said
        part.letterhead = head._replace(
            issuer=head.issuer or said.issuer,
            number=head.number or said.number,
            issued_on=head.issued_on or said.issued_on,
        )
        return at + 1

    def titles(self, text: str, part: PartDraft, title: list[int]) -> bool:
        """Whether a line belongs to a title: in capitals, or the subject of a decision ("Về việc …")."""
        if self.grammar.says("enacting", text) or (text[-1:] == ":" and not title and part.kind == "appendix"):
            return False
        if is_caps(text):
            return not self._begins_section(text) and column_kind(self.grammar, text) != "number"
        if not title and self.grammar.says("subject", text):
            return True
        if not title:
            return False
        before, words = self.lines.text[title[-1]], self.grammar.words
        open_end = leaves_open(before, text, words)
        if is_caps(self.lines.text[title[0]]):
            # "… TẦM NHÌN ĐẾN NĂM" / "2045", "… GIAI ĐOẠN 2022" / "- 2025"
            open_end = open_end or (text[0] in "-–" and joined_by_dash(before, text, words, wrapped=True))
            return open_end and not any(map(str.isalpha, text))
        return title[-1] + 1 == len(self.lines) or text[0].islower() or open_end

    def _begins_section(self, text: str) -> bool:
        """Whether a line in capitals begins a section: "II. NHIỆM VỤ", "1. MỤC TIÊU", and what was "I.": "l. MỤC TIÊU", "I
        MỤC TIÊU". A figure may stand in a title: "TRỒNG" / "1 TỶ CÂY XANH"."""
        return may_open_title(self.grammar, text) or any(
            mark.family.level in _LEVELS_OF_TITLES or (mark.family.level == "arabic" and mark.value == (1,))
            for mark in marks_of(self.grammar, text, None)
        )

    def _plain_title(self, i: int, limit: int, title: list[int]) -> int:
        """A title that is not in capitals: one short paragraph directly under the type."""
        i = self._filled(i, limit)
        if i >= limit or self.lines.kind[i] != TEXT or i in self.tables:
            return i
        text = self.lines.text[i]
        # Where a paragraph is a line, its end tells a subject ("Thực hiện Nghị quyết số …") from a basis.
        subject = not self.wrap.width and self.grammar.says("carry_out_title", text)
        if not subject and (self._opens_text(text) or self.grammar.says("recipients", text)):
            # "Thực hiện Chỉ thị số …" is a title, where the note of what it is attached to stands under it.
            if text[-1] in ".;:," or not self._note_follows(i + 1, limit):
                return i
        if marks_of(self.grammar, text, None) or text[-1] in ";:" or len(text) > _LONGEST_PLAIN_TITLE:
            return i
        begun = i
        alone = self._block_alone(i, limit)
        while i < limit and self.lines.kind[i] == TEXT and i - begun < _PLAIN_TITLE_LINES:
            text = self.lines.text[i]
            joined = alone or i == begun or not text[0].isupper()
            joined = joined or leaves_open(self.lines.text[i - 1], text, self.grammar.words)
            if not joined or self.grammar.says("attached_to", text):
                break
            i += 1
        if self.lines.text[i - 1][-1] == ".":
            return begun
        title.extend(range(begun, i))
        return self._title_goes_on(i, limit, title)

    def _block_alone(self, begun: int, limit: int) -> bool:
        """Whether the lines from one on are a block between blank lines that holds a title and nothing of the text: a few
        lines, none of which opens the preamble or a section or ends a sentence."""
        end = begun
        while end < limit and self.lines.kind[end] == TEXT:
            end += 1
        block = self.lines.text[begun:end]
        return (
            end - begun <= _PLAIN_TITLE_LINES
            and self.lines.kind[begun - 1] == BLANK
            and end < limit
            and self.lines.kind[end] in (BLANK, RULE)
            and not any(
                text[-1] in ".;:" or self._opens_text(text) or marks_of(self.grammar, text, None) for text in block[:-1]
            )
            and not self._opens_text(block[-1])
        )

    def _title_goes_on(self, i: int, limit: int, title: list[int]) -> int:
        """The line after a title that goes on in small letters behind a blank line: "… khóa XVI" / "và bầu cử …"."""
        while i < (following := self._filled(i, limit)) < limit and self._goes_on_with_title(following):
            title.append(following)
            i = following + 1
        return i

    def _goes_on_with_title(self, i: int) -> bool:
        text = self.lines.text[i]
        words = self.lines.kind[i] == TEXT and i not in self.tables and not marks_of(self.grammar, text, None)
        return words and text[0].islower() and text[-1] not in ".;:" and len(text) < _LONGEST_PLAIN_TITLE

    def _note_follows(self, i: int, limit: int) -> bool:
        """Whether the next line that is not blank is "(Kèm theo Quyết định số …)"."""
        at = self._filled(i, limit)
        return at < limit and self.lines.kind[at] == TEXT and bool(self.grammar.says("attached_to", self.lines.text[at]))

    def _authority(self, title: list[int], end: int, limit: int) -> list[int]:
        """The lines at the end of a title that name who decides: "ỦY BAN NHÂN DÂN TỈNH …" before the legal bases."""
        following = next((i for i in range(end, limit) if self.lines.kind[i] in (TEXT, PIPE)), None)
        if following is None or not self._opens_text(self.lines.text[following]):
            return []
        return self._authority_of(title)

    def _authority_below(self, part: PartDraft, end: int, limit: int) -> tuple[list[int], int]:
        """The lines of the authority under a title that is not in capitals, and the line after them, or after the note
        of what the part is attached to."""
        below, after = self._title_lines(part, end, limit)
        authority = self._authority(below, after, limit)
        if authority == below:
            return authority, after if below or part.attached_to else end
        part.attached_to = None
        return [], end

    def _authority_of(self, title: list[int]) -> list[int]:
        """The last lines of a title that name a body or its head; one more may tell its session."""
        begun = len(title)
        for at in range(len(title) - 1, -1, -1):
            if not self.grammar.says("authority_line", self.lines.text[title[at]]):
                if at + 1 < len(title):
                    break
                continue
            # "… CỦA" / "ỦY BAN NHÂN DÂN TỈNH": a title that names a body; but a number at its end ("QUẬN 3") wants no more.
            if at and self.lines.text[title[at - 1]].rsplit(" ", 1)[-1].lower() in self.grammar.words.open:
                break
            begun = at
        return title[begun:] if len(title) - begun <= 3 else []

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

    def attached_below(self, i: int, last: int) -> bool:
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
