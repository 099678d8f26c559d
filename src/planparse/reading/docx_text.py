"""The paragraphs and tables of a part of a Word file, with the words as Word prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from planparse.reading.docx_fields import Fields
from planparse.reading.docx_fonts import decoded, encoding_of
from planparse.reading.docx_numbering import Numbering
from planparse.reading.docx_package import Element, W
from planparse.reading.docx_styles import Look, Styles, is_on, look_of, number_of, whole
from planparse.reading.docx_symbols import PRIVATE, is_symbol_font, sign
from planparse.reading.docx_tables import RawCell, RawRow, make_grid
from planparse.reading.docx_tally import Tally
from planparse.reading.native import Paragraph, Table
from planparse.text import is_caps

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"

_P, _TBL, _TR, _TC, _R, _T, _RPR = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "t", "rPr"))
_VAL = f"{W}val"
_ALTERNATIVES = f"{_MC}AlternateContent"
_BOX = f"{W}txbxContent"
#: What stands around other content and says nothing of its own.
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "bdo", "dir", "ruby", "rubyBase")
)
_FORMULAS = frozenset({f"{_MATH}oMathPara", f"{_MATH}oMath"})
#: What may stand in a paragraph or in the place of one: runs that were inserted between paragraphs, a formula on its own.
_LOOSE = frozenset({_R, f"{W}fldSimple"}) | _FORMULAS
_BLOCKS, _ROWS, _CELLS = frozenset({_P, _TBL}) | _LOOSE, frozenset({_TR}), frozenset({_TC})
#: Words that are known and left out: the reading that is printed over letters.
_PASSED_OVER = frozenset({f"{W}rt"})
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
#: What text stands for that is kept as an element.
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad",
}  # fmt: skip
_DRAWN = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_PICTURES = frozenset({f"{_DRAWING}blip", f"{_VML}imagedata", f"{_OFFICE}OLEObject", f"{_CHART}chart", f"{_DIAGRAM}relIds"})
_OTHER_FILES = frozenset({f"{W}altChunk", f"{W}subDoc"})
#: A page break inside of a paragraph parts it in two.
_PAGE = "\f"
#: What stands for a sign that no table here knows.
_UNKNOWN = "\ufffd"

Piece = Paragraph | Table


class _Bit(NamedTuple):
    """A piece of a paragraph's text: the encoding of its font, None for Unicode; whether it is printed as capitals, bold or
    italic."""

    text: str
    encoding: str | None = None
    caps: bool = False
    bold: bool = False
    italic: bool = False


class _Held(NamedTuple):
    """What a paragraph whose end is not printed leaves to the next one; labelled: it bears its number already."""

    text: str = ""
    labelled: bool = False


class _Read(NamedTuple):
    """A paragraph: its texts, parted where a page breaks; the text boxes anchored in it; what it leaves to the next; and
    whether it is bold and italic where it may be a line of a centred title, else None."""

    texts: list[str]
    boxes: list[Element]
    held: _Held
    title: tuple[bool, bool] | None = None


_NOTHING = _Held()


class Story:
    """Reads what stands in the parts of one document, one after the other, since its numbers count through.

    marks: the printed marks of footnotes and endnotes, by their reference's tag and id.
    apart: the lines that repeat the document (its table of contents).
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        tally: Tally,
        marks: dict[tuple[str, str], str],
        *,
        legacy_fonts: bool = False,
        skips_pages: bool = False,
    ) -> None:
        self.apart: list[str] = []
        self._styles = styles
        self._numbering = numbering
        self._tally = tally
        self._marks = marks
        self._legacy_fonts = legacy_fonts
        self._fields = Fields(skips_pages=skips_pages)
        self._bits: list[_Bit] = []
        self._boxes: list[Element] = []
        self._silent: list[tuple[int, _Bit]] = []
        self._style: str | None = None

    def pieces(self, container: Element, *, is_cell: bool = False) -> list[Piece]:
        """The paragraphs and tables in an element, in order; blank paragraphs are none. Each paragraph of a cell stands for
        itself: names that are centred in it are no title."""
        made: list[Paragraph | Table] = []
        held = _NOTHING
        title: tuple[bool, bool] | None = None  # that of the paragraph before, where it may go on
        for block, following in pairwise(chain(self._blocks(container), (None,))):
            if block is None:
                break
            if block[0].tag == _TBL:
                made += self._table(block[0])
                title = None
                continue
            read = self._paragraph(block, held, goes_on=following is not None and following[0].tag != _TBL)
            held = read.held
            if self._styles.is_contents(_style_of(block[0])):
                self.apart += filter(None, map(str.strip, read.texts))
                self._tally.contents += 1
                title = None
                continue
            before = made[-1].text if title is not None and isinstance(made[-1], Paragraph) else ""
            if before and read.title == title and _goes_on(before, read.texts[0]):
                made[-1] = Paragraph(f"{before} {read.texts[0]}")
            else:
                made += [Paragraph(text) for text in read.texts if text.strip()]
            title = None if read.boxes or is_cell else read.title
            for box in read.boxes:
                made += self.pieces(box)
        return made

    def lines(self, container: Element) -> list[str]:
        """The words in an element as lines; the rows of tables in it are set as lines."""
        return list(_as_lines(self.pieces(container)))

    def finish(self) -> None:
        """Put into the tally what is known at the end."""
        self._tally.computed += self._fields.computed
        self._fields.computed = 0

    # --- blocks ---------------------------------------------------------------------------------------------------
    def _blocks(self, container: Element) -> Iterator[list[Element]]:
        """The paragraphs and tables right under an element, whatever stands around them, one by one; what stands in the
        place of a paragraph together."""
        for loose, blocks in groupby(self._unwrapped(container, _BLOCKS), lambda block: block.tag in _LOOSE):
            if loose:
                yield list(blocks)
            else:
                yield from ([block] for block in blocks)

    def _unwrapped(self, container: Element, wanted: frozenset[str]) -> Iterator[Element]:
        """The elements of some tags under an element, whatever stands around them."""
        for child in container:
            tag = child.tag
            if tag in wanted:
                yield child
            elif tag in _WRAPPERS:
                yield from self._unwrapped(child, wanted)
            elif tag == _ALTERNATIVES:
                for chosen in _chosen(child):
                    yield from self._unwrapped(chosen, wanted)
            elif tag in _INSERTED:
                self._tally.inserted += 1
                yield from self._unwrapped(child, wanted)
            elif tag in _DELETED:
                self._tally.deleted += 1
            elif tag in _OTHER_FILES:
                self._tally.parts += 1
            else:
                self._leave(child)

    def _leave(self, element: Element) -> None:
        """Count an element that nothing here reads, if there are words in it."""
        if element.tag not in _PASSED_OVER and next(element.iter(_T), None) is not None:
            self._tally.unknown += 1

    def _paragraph(self, block: list[Element], held: _Held, *, goes_on: bool) -> _Read:
        """What a paragraph holds, after what the one before it left to it; goes_on: another follows it, into which it goes
        on where its end is not printed. Before a table it ends all the same, as it does in Word."""
        outer = self._bits, self._boxes, self._silent, self._style
        self._bits, self._boxes, self._silent, self._style = [], [], [], _style_of(block[0])
        properties = block[0].find(f"{W}pPr")
        mark = None if properties is None else properties.find(f"{W}rPr")
        deleted, hidden = self._dropped(mark)
        self._inline(block if block[0].tag in _LOOSE else block[0])
        if self._fields.end_paragraph():  # a field without an end: what seemed to be instruction is text
            for at, bit in reversed(self._silent):
                self._bits.insert(at, bit)
        text = _joined(self._bits)
        if not held.labelled:
            text = held.text + text
        label = ""
        if not deleted or (text.strip() and not goes_on):  # what is left of two paragraphs has the number of the second
            label = self._label(properties, mark)
        if hidden and not text.strip():
            label = ""  # a hidden paragraph counts, which is how Word skips numbers of a list, and prints nothing
        at = len(text) - len(text.lstrip(_PAGE))  # a number stands on the page that its words stand on
        text = text[:at] + label + text[at:]
        if held.labelled:
            text = held.text + text
        title = None
        if not label and text.strip() and _PAGE not in text and self._styles.is_centred(properties, self._style):
            first = next((bit for bit in self._bits if bit.text.strip()), _Bit(""))
            title = None if is_caps(text) else (first.bold, first.italic)
        read = _Read(text.split(_PAGE), self._boxes, _NOTHING, title)
        self._bits, self._boxes, self._silent, self._style = outer
        if goes_on and (deleted or (hidden and text.strip())):
            left = read.texts.pop()
            return read._replace(held=_Held(left, bool(label)), title=None)
        return read

    def _label(self, properties: Element | None, mark: Element | None) -> str:
        """The automatic number of a paragraph with the space after it, or ""."""
        own = number_of(None if properties is None else properties.find(f"{W}numPr"))
        label = self._numbering.label(own, self._style)
        if label is None:
            return ""
        look = label.look.over(look_of(mark)).over(self._styles.look(self._style, None))
        return _joined([self._bit(label.text, look)])

    def _dropped(self, mark: Element | None) -> tuple[bool, bool]:
        """Whether a paragraph's mark was deleted or moved away, and whether it is hidden: then it ends no paragraph."""
        deleted = hidden = False
        for child in () if mark is None else mark:
            if child.tag in _DELETED:
                self._tally.deleted += 1
                deleted = True
            elif child.tag in _INSERTED:
                self._tally.inserted += 1
            elif child.tag in (f"{W}vanish", f"{W}specVanish"):
                hidden = hidden or is_on(child)
        return deleted, hidden

    # --- the words of a paragraph ---------------------------------------------------------------------------------
    def _inline(self, elements: Iterable[Element]) -> None:
        """Take up what is printed of the contents of a paragraph."""
        for child in elements:
            tag = child.tag
            if tag == _R:
                self._run(child)
            elif tag in _WRAPPERS:
                self._inline(child)
            elif tag in _INSERTED:
                self._tally.inserted += 1
                self._inline(child)
            elif tag in _DELETED:
                self._tally.deleted += 1
            elif tag == f"{W}fldSimple":
                if not self._fields.hides_simple(child.get(f"{W}instr", "")):
                    self._inline(child)
            elif tag == _ALTERNATIVES:
                for chosen in _chosen(child):
                    self._inline(chosen)
            elif tag in _FORMULAS:
                self._formula(child)
            elif tag in _OTHER_FILES:
                self._tally.parts += 1
            else:
                self._leave(child)

    def _run(self, run: Element) -> None:
        """Take up a run: text in one look."""
        look = self._styles.look(self._style, None)
        for child in run:
            tag = child.tag
            if tag == _T:
                self._add(child.text, look)
            elif tag == _RPR:
                style = child.find(f"{W}rStyle")
                look = look_of(child).over(self._styles.look(self._style, None if style is None else style.get(_VAL)))
            elif tag in _SIGNS:
                self._add(_SIGNS[tag], look)
            elif tag == f"{W}br":
                self._add(_PAGE if child.get(f"{W}type") == "page" else "\n", look)
            elif tag == f"{W}fldChar":
                self._fields.mark(child.get(f"{W}fldCharType", ""))
                self._check_box(child, look)
            elif tag == f"{W}instrText":
                self._fields.instruct(child.text or "")
            elif tag == f"{W}sym":
                self._symbol(child, look)
            elif (tag, child.get(f"{W}id")) in self._marks:
                self._add(self._marks[tag, child.get(f"{W}id")], look)
            elif tag == f"{W}commentReference":
                self._tally.comments += 1
            elif tag in _DRAWN:
                self._drawn(child)
            elif tag == _ALTERNATIVES:
                for chosen in _chosen(child):
                    self._run(chosen)
            elif tag == f"{W}ruby":
                self._inline(child)
            else:
                self._leave(child)

    def _add(self, text: str | None, look: Look) -> None:
        """Take up letters of a run, unless they are not printed."""
        if not text:
            return
        if not self._fields.shows():
            self._silent.append((len(self._bits), self._bit(text, look)))
            return
        if look.hidden:
            self._tally.hidden += len(text.split()) and 1
            return
        if PRIVATE.search(text):
            text = PRIVATE.sub(lambda found: self._sign(ord(found[0]), look.font), text)
        self._bits.append(self._bit(text, look))

    def _bit(self, text: str, look: Look) -> _Bit:
        self._tally.take(text)
        encoding = encoding_of(look.font) if self._legacy_fonts else None
        if encoding is not None and not text.isascii():
            self._tally.fonts.add(look.font or "")
        return _Bit(text, encoding, bool(look.caps), bool(look.bold), bool(look.italic))

    def _symbol(self, element: Element, look: Look) -> None:
        """A w:sym: a code of a symbol font."""
        try:
            code = int(element.get(f"{W}char", ""), 16)
        except ValueError:
            return
        self._add(self._sign(code, element.get(f"{W}font")), look._replace(caps=None, font=None))

    def _sign(self, code: int, font: str | None) -> str:
        found = sign(code, font if is_symbol_font(font) or code < 0xF000 else None)
        if found is None:
            self._tally.signs += 1
        return found or _UNKNOWN

    def _check_box(self, element: Element, look: Look) -> None:
        """A box to tick of an old form, which keeps no result."""
        box = element.find(f"{W}ffData/{W}checkBox")
        if box is None:
            return
        said = box.find(f"{W}checked")
        said = box.find(f"{W}default") if said is None else said
        self._bits.append(_Bit("☒" if said is not None and is_on(said) else "☐"))

    def _formula(self, element: Element) -> None:
        """A formula, its letters in order, a fraction with a stroke."""
        for child in element:
            if child.tag == f"{_MATH}t":
                self._add(child.text, Look())
            elif child.tag == f"{_MATH}den":
                self._add("/", Look())
                self._formula(child)
            elif child.tag == _R:
                self._run(child)
            else:
                self._formula(child)

    def _drawn(self, element: Element) -> None:
        """A drawing: its text boxes are read after the paragraph that it is anchored in."""
        for child in element:
            if child.tag == _BOX:
                self._boxes.append(child)
                continue
            if child.tag in _PICTURES:
                self._tally.pictures += 1
            if child.tag == f"{_VML}textpath" and (words := child.get("string")):
                self._add(f" {words}", Look())
            for inner in _chosen(child) if child.tag == _ALTERNATIVES else (child,):
                self._drawn(inner)

    # --- tables ---------------------------------------------------------------------------------------------------
    def _table(self, table: Element) -> list[Piece]:
        """A table; where it has but one column it is a frame around text, and what stands in it is read as text."""
        rows = [row for row in self._unwrapped(table, _ROWS) if not self._is_dropped(row)]
        cells = [[cell for cell in self._unwrapped(row, _CELLS) if not self._is_dropped(cell)] for row in rows]
        if all(len(row) <= 1 for row in cells):
            return [piece for row in cells for cell in row for piece in self.pieces(cell)]
        widths = [whole(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        grid = make_grid([self._row(row, inner) for row, inner in zip(rows, cells, strict=True)], widths)
        self._tally.hidden += grid.covered
        return [Table(grid.rows, grid.header if grid.header < len(grid.rows) else 0)]

    def _is_dropped(self, element: Element) -> bool:
        """Whether a row or a cell was deleted, or is hidden."""
        properties = element.find(f"{W}{'trPr' if element.tag == _TR else 'tcPr'}")
        for child in () if properties is None else properties:
            if child.tag in (f"{W}del", f"{W}cellDel"):
                self._tally.deleted += 1
                return True
            if child.tag in (f"{W}ins", f"{W}cellIns"):
                self._tally.inserted += 1
            elif child.tag == f"{W}hidden" and element.tag == _TR and is_on(child):
                self._tally.hidden += 1
                return True
        return False

    def _row(self, row: Element, cells: list[Element]) -> RawRow:
        before = row.find(f"{W}trPr/{W}gridBefore")
        after = row.find(f"{W}trPr/{W}gridAfter")
        header = row.find(f"{W}trPr/{W}tblHeader")
        return RawRow(
            [self._cell(cell) for cell in cells],
            0 if before is None else whole(before.get(_VAL)),
            0 if after is None else whole(after.get(_VAL)),
            header is not None and is_on(header),
        )

    def _cell(self, cell: Element) -> RawCell:
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        down = cell.find(f"{W}tcPr/{W}vMerge")
        across = cell.find(f"{W}tcPr/{W}hMerge")
        pieces = self.pieces(cell, is_cell=True)
        self._tally.nested += sum(isinstance(piece, Table) for piece in pieces)
        return RawCell(
            "\n".join(_as_lines(pieces)),
            1 if span is None else max(1, whole(span.get(_VAL), 1)),
            "" if down is None else down.get(_VAL, "continue"),
            across is not None and across.get(_VAL, "continue") == "continue",
        )


def _style_of(paragraph: Element) -> str | None:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if style is None else style.get(_VAL)


def _joined(bits: list[_Bit]) -> str:
    """The text of a paragraph. Runs of one encoding are read together: a word may be spread over several."""
    made = []
    for (encoding, caps), group in groupby(bits, lambda bit: bit[1:3]):
        text = "".join(bit.text for bit in group)
        if encoding is not None:
            text = decoded(text, encoding)
        made.append(text.upper() if caps else text)
    return "".join(made)


def _goes_on(line: str, following: str) -> bool:
    """Whether a centred line in small letters goes on in the next, of the same look: a title that is set line by line."""
    return line.lstrip()[0] not in "([" and line.rstrip()[-1] not in ".;:!?" and following.lstrip()[0] not in "(["


def _chosen(alternatives: Element) -> Iterable[Element]:
    """What is read of several forms of one thing: the first; the last where no other holds words."""
    choices = list(alternatives)
    return next(([choice] for choice in choices if next(choice.iter(_T, _BOX), None) is not None), choices[:1])


def _as_lines(pieces: Iterable[Piece]) -> Iterator[str]:
    """The lines of paragraphs and tables; a row whose cells have one line each is one line."""
    for piece in pieces:
        if isinstance(piece, Paragraph):
            yield piece.text
            continue
        for row in piece.rows:
            texts = [cell.text for cell in row if cell.text]
            if any("\n" in text for text in texts):
                yield from texts
            elif texts:
                yield " | ".join(texts)
