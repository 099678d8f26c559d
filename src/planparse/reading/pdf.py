"""PDF files: pages of placed words and drawn rules, read as paragraphs and tables.

Everything is told by place. What runs around the pages (headers, page numbers, stamps) is kept after the document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from planparse.errors import InputError
from planparse.grammar import load
from planparse.grammar.grammar import Grammar
from planparse.reading import pdf_ocr
from planparse.reading.apart import LostError, apart
from planparse.reading.native import Cell, Native, Note, Paragraph, Table
from planparse.reading.pdf_columns import with_columns
from planparse.reading.pdf_flow import Flow, Frame, frame_of
from planparse.reading.pdf_footnotes import footnotes_of, numbers_of, plain, with_marks
from planparse.reading.pdf_furniture import PageLines, set_furniture_apart
from planparse.reading.pdf_grid import ruled_tables
from planparse.reading.pdf_lines import Line, lines_of
from planparse.reading.pdf_page import PageContent, TooMuchTextError, read_page
from planparse.reading.pdf_phrases import with_right_phrases
from planparse.reading.pdf_stamps import without_stamps
from planparse.reading.pdf_tables import Joins, OpenTable, Printed, printed_table

#: More pages than any document has; what asks for more was made to fill the memory.
MOST_PAGES = 20_000
#: Nor has one more characters of text.
MOST_CHARACTERS = 40_000_000
#: A page that takes longer than this, in seconds, was made to hang; the recognition of a scanned one has limits of its own.
_PATIENCE = 60.0
#: How far from the right edge the full lines of a scan may end, in sizes of their letters.
_SCAN_SLACK = 0.6


class _Page(NamedTuple):
    """A page while it is read: its lines outside of tables, its tables from the top as (top edge, table), the rules across
    it, of which one may part the footnotes off, and what runs aslant. Of a scan: how sure its words are, of 100, and the
    phrases that were put right, as they were read."""

    lines: PageLines
    tables: list[tuple[float, Printed]]
    rules: list[tuple[float, float, float]]
    aslant: list[str]
    sure: int | None
    damaged: list[str]


def read(data: bytes, name: str, grammar: Grammar | None = None) -> Native:
    """The document that a PDF holds; `name` is the file as messages call it.

    Raises InputError for a file that is encrypted or broken, that holds no text, or more than a document can.
    """
    rows = grammar or load()
    pages: list[_Page] = []
    without_text: list[int] = []
    try:
        for page in apart(lambda: _pages(data, name, rows), _PATIENCE):
            if isinstance(page, _Page):
                pages.append(page)
            else:
                without_text.append(page)
    except LostError:
        raise InputError(f"{name}: cannot be read in reasonable time and memory; get the file again") from None
    if not pages:
        needed = pdf_ocr.missing()
        if without_text and needed:
            raise InputError(f"{name}: is a scanned PDF file, pictures without text; to read it: {needed}")
        raise InputError(f"{name}: is a PDF file without text; name a file that holds a document")
    return _native(pages, without_text, rows)


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise InputError(f"{name}: is encrypted with a password; save it without one") from None
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise InputError(f"{name}: is encrypted in a way that cannot be read; save it without a password") from None
        raise InputError(f"{name}: is a broken PDF file; get the file again") from None


def _pages(data: bytes, name: str, grammar: Grammar) -> Iterator[_Page | int]:
    """The pages that hold text, and the numbers of those that show something and hold none."""
    document = _open(data, name)
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise InputError(f"{name}: has {count} pages, more than {MOST_PAGES}; split it")
        characters = 0
        for index in range(count):
            page = _read_page(document, index, name, grammar)
            if isinstance(page, _Page):
                characters += sum(len(run.text) for line in page.lines.lines for run in line.runs)
                characters += sum(len(cell.text) for _, table in page.tables for row in table.rows for cell in row)
                characters += sum(map(len, page.aslant))
                if characters > MOST_CHARACTERS:
                    raise InputError(f"{name}: holds more than {MOST_CHARACTERS:,} characters of text; split it")
            if page is not None:
                yield page
    finally:
        document.close()


def _read_page(document: pypdfium2.PdfDocument, index: int, name: str, grammar: Grammar) -> _Page | int | None:
    """A page by its index from 0; its number where it has no text but pictures, None where it is empty."""
    number = index + 1
    try:
        content = read_page(document.raw, index)
    except TooMuchTextError:
        raise InputError(f"{name}: page {number} holds more text than any page does; take that page out") from None
    if content.words or content.aslant:
        return _page(content, number, None, grammar)
    if not content.pictured:
        return None
    recognised = pdf_ocr.recognise(document.raw, index) if pdf_ocr.missing() is None else None
    if recognised is None or not recognised.content.words:
        return number
    return _page(recognised.content, number, recognised.confidence, grammar)


def _page(content: PageContent, number: int, sure: int | None, grammar: Grammar) -> _Page:
    tables, words = ruled_tables(content.rules, content.words)
    printed = lines_of(words)
    damaged: list[str] = []
    if sure is not None:
        printed, damaged = with_right_phrases(printed, grammar)
    lines = PageLines(number, content.width, content.height, printed, sure is not None)
    short = [rule for rule in content.rules.across if rule[2] - rule[1] > 30] if not tables else []
    placed = [(table.ys[0], printed_table(table, number)) for table in tables]
    return _Page(lines, placed, short[:50], content.aslant, sure, damaged)


# --- from pages to the document ---------------------------------------------------------------------------------
def _native(pages: list[_Page], without_text: list[int], grammar: Grammar) -> Native:
    set_furniture_apart(
        [page.lines for page in pages],
        {page.lines.number: max(top for top, _ in page.tables) for page in pages if page.tables},
        {page.lines.number: min(top for top, _ in page.tables) for page in pages if page.tables},
    )
    after: list[str] = []
    footnotes: list[Paragraph] = []
    body = _body_size(pages)
    flow = _DocumentFlow(_fallback_frames(pages))
    for page in pages:
        lines, stamps = without_stamps(page.lines.lines, grammar)
        after += [*page.lines.furniture, *stamps, *page.aslant]
        frame = flow.frame(page, lines)
        feet: list[str] = []
        if page.sure is None:  # the sizes of recognised letters say nothing
            lines, feet = footnotes_of(lines, page.rules, body, frame.left, frame.right - frame.left)
        footnotes += [Paragraph(note, page.lines.number) for note in feet]
        flow.page(page, lines, frame, numbers_of(feet))
    pieces = [*flow.finish(), *footnotes]
    recognised = any(page.sure is not None for page in pages)
    notes = _notes(pages, flow.joins, without_text)
    return Native("pdf", "utf-8", pieces, [], [plain(text) for text in after], {}, notes, recognised)


def _body_size(pages: list[_Page]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines.lines:
            sizes[round(line.size * 2) / 2] += len(line.runs[0].text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _fallback_frames(pages: list[_Page]) -> dict[int, Frame]:
    """The frame of the pages of each width, for pages with too few lines to tell."""
    by_width: dict[int, list[Line]] = {}
    for page in pages:
        lines = by_width.setdefault(round(page.lines.width / 20), [])
        if len(lines) < 2000:
            lines += page.lines.lines
            lines += [_edges(table) for _, table in page.tables]
    return {width: frame_of(lines, None) for width, lines in by_width.items()}


def _edges(table: Printed) -> Line:
    """The edges of a table, as a line that reaches from one to the other."""
    return Line(0.0, table.xs[0], table.xs[-1], 12.0, 0.0, [])


class _DocumentFlow:
    """Sets the pages one after the other; tables that go on over a page as one."""

    def __init__(self, frames: dict[int, Frame]) -> None:
        self.flow = Flow()
        self.joins = Joins([], [])
        self.frames = frames
        self.open: OpenTable | None = None

    def frame(self, page: _Page, lines: list[Line]) -> Frame:
        """The frame of a page."""
        frame = frame_of(lines, self.frames.get(round(page.lines.width / 20)))
        return frame if page.sure is None else frame._replace(slack=_SCAN_SLACK)

    def page(self, page: _Page, lines: list[Line], frame: Frame, numbers: set[str]) -> None:
        """Set the lines and tables of a page, from the top."""
        number = page.lines.number
        tables = list(page.tables)
        marked = [
            line._replace(runs=[run._replace(text=with_marks(run.text, numbers)) for run in line.runs]) for line in lines
        ]
        begun = 0
        for top, table in tables:
            end = begun
            while end < len(marked) and marked[end].y > top - marked[end].size:
                end += 1
            self._lines(marked[begun:end], frame, number)
            self._table(table)
            begun = end
        self._lines(marked[begun:], frame, number)

    def _lines(self, lines: list[Line], frame: Frame, number: int) -> None:
        if lines:
            self._close_table()
        for piece in with_columns(lines, frame.left, frame.right):
            if isinstance(piece, Line):
                self.flow.line(piece, frame, number)
            else:
                self.flow.columns(piece, number)

    def _table(self, table: Printed) -> None:
        if self.open is not None and self.open.goes_on(table):
            self.open.add(table, self.joins)
            return
        self._close_table()
        self.open = OpenTable(table)

    def _close_table(self) -> None:
        if self.open is not None:
            self.flow.table(_without_marks(self.open.table()))
            self.open = None

    def finish(self) -> list[Paragraph | Table]:
        """All pieces of the document."""
        self._close_table()
        self.flow.close()
        return self.flow.pieces


def _without_marks(table: Table) -> Table:
    return table._replace(rows=[[Cell(plain(cell.text), cell.rows, cell.columns) for cell in row] for row in table.rows])


def _notes(pages: list[_Page], joins: Joins, without_text: list[int]) -> list[Note]:
    notes = []
    for code, numbers in (
        ("pdf.pages_without_text", without_text),
        ("pdf.pages_recognised", [page.lines.number for page in pages if page.sure is not None]),
        ("pdf.header_repeated", joins.headers),
        ("pdf.row_joined", joins.rows),
    ):
        if numbers:
            notes.append(Note(code, {"pages": _listed(numbers), "count": len(numbers)}))
    for page in pages:
        if page.sure is not None:
            notes.append(Note("pdf.confidence", {"page": page.lines.number, "confidence": page.sure}))
    for page in pages:
        if page.damaged:
            notes.append(Note("pdf.phrase_repaired", {"page": page.lines.number, "read": "; ".join(page.damaged)}))
    return notes


def _listed(pages: list[int]) -> str:
    """Pages in order, runs of them as such: "1–4, 7"."""
    made: list[str] = []
    start = last = 0
    for page in [*sorted(set(pages)), 0]:
        if last and page == last + 1:
            last = page
            continue
        if last:
            made.append(str(start) if start == last else f"{start}–{last}")
        start = last = page
    return ", ".join(made)
