"""What a format with a layout of its own holds (a page, a Word file, a PDF), and how it is set as one text.

A reader of such a format gives a Native: paragraphs, tables with their true grid, and what belongs to no part of the
document. Set as text, a paragraph stands between blank lines, and a table has each cell closed by a line holding only
"|", as in texts scraped from portals: letterheads and signatures, which are tables too, are read as they are there. The
grids of the tables stay beside the text (`Setting`), so that no column is guessed that the format states.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from planparse.reading.source import INVISIBLE, SetCell, SetTable, Setting, Source
from planparse.reading.source import Note as Note

_UNSEEN = str.maketrans(dict.fromkeys(INVISIBLE))
_BAR = "|"


class Cell(NamedTuple):
    """A printed cell: its text, lines parted by "\\n", and how many rows and columns of the grid it covers."""

    text: str
    rows: int = 1
    columns: int = 1


class Table(NamedTuple):
    """A table: of each row the cells that begin in it, in order; `header` counts the rows that the format marks as
    header, 0 where it marks none. `page` is the page that it begins on, from 1; 0 where the format has none. `row_pages`
    are the pages of its rows, where it goes on over several."""

    rows: list[list[Cell]]
    header: int = 0
    page: int = 0
    row_pages: Sequence[int] = ()


class Paragraph(NamedTuple):
    """A paragraph with its printed number or mark ("1.1. Mục đích"); a forced line break in it is "\\n".

    page: the page that it begins on, from 1; 0 where the format has none.
    """

    text: str
    page: int = 0


class Native(NamedTuple):
    """A document as its format holds it.

    format: "html", "docx", "doc" or "pdf"; encoding: of the text within ("utf-8").
    pieces: the document in reading order; a footnote is a paragraph that begins with its mark, "[1] …".
    before, after: what belongs to no part of the document: what the site put around it, running headers and footers,
        page numbers; paragraphs in order.
    site: what the hosting site said of the document, by its own labels.
    ocr: whether words were recognised from pictures.
    """

    format: str
    encoding: str
    pieces: list[Paragraph | Table]
    before: list[str]
    after: list[str]
    site: dict[str, str | None]
    notes: list[Note]
    ocr: bool = False


class _Typesetter:
    """Sets lines one under the other and knows where each stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.length = 0

    def line(self, text: str) -> None:
        self.lines.append(text)
        self.length += len(text) + 1

    def words(self, text: str) -> tuple[int, int]:
        """Set the lines of a text that are not blank; where its first character stands, and where its last one ends."""
        start = end = self.length
        for printed in _clean(text).split("\n"):
            if line := " ".join(printed.split()):
                self.line(line)
                end = self.length - 1
        return start, end

    def paragraph(self, paragraph: Paragraph) -> int:
        """Set a paragraph; where it begins."""
        start, end = self.words(paragraph.text)
        if end > start:
            self.line("")
        return start

    def table(self, table: Table) -> SetTable:
        """Set a table, cell by cell."""
        begun = self.length
        rows = []
        for row in table.rows:
            cells = []
            for cell in row:
                start, end = self.words(cell.text)
                self.line(_BAR)
                cells.append(SetCell(start, end, cell.rows, cell.columns))
            rows.append(cells)
        self.line("")
        return SetTable(rows, table.header, begun, self.length - 2)


def _clean(text: str) -> str:
    """Text as the parser reads it, so that offsets need no mapping: composed, without what no reader sees."""
    return unicodedata.normalize("NFC", text.translate(_UNSEEN)).replace("\r", "\n")


def set_native(native: Native, *, path: str | None, sha256: str) -> Source:
    """The Source of a document that its format holds as paragraphs and tables. It has no character twice and drops none;
    a bar within the words stands as a bar."""
    setter = _Typesetter()
    for text in native.before:
        setter.paragraph(Paragraph(text))
    begin = setter.length
    tables: list[SetTable] = []
    pages: list[tuple[int, int]] = []
    for piece in native.pieces:
        start = setter.length
        begins = [(start, piece.page)]
        if isinstance(piece, Table):
            table = setter.table(piece)
            tables.append(table)
            begins += [(row[0].start, page) for row, page in zip(table.rows, piece.row_pages, strict=False) if row]
        else:
            setter.paragraph(piece)
        for at, page in begins:
            if page and (not pages or pages[-1][1] != page):
                pages.append((at, page))
    end = setter.length
    if pages:
        pages.append((end, 0))
    for text in native.after:
        setter.paragraph(Paragraph(text))
    while setter.lines and not setter.lines[-1]:
        setter.lines.pop()
    text = "\n".join([*setter.lines, ""])
    setting = Setting(begin, min(end, len(text)), tables, native.site, pages, native.ocr)
    return Source(path, sha256, native.format, native.encoding, text, text, ([], []), setting=setting, notes=native.notes)
