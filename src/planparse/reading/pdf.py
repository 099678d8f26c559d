"""PDF files: pages of placed words and drawn rules, read as paragraphs and tables.

Everything is told by place. What runs around the pages (headers, page numbers, stamps) is kept after the document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from planparse.errors import InputError, Said
from planparse.grammar import load
from planparse.grammar.grammar import Grammar
from planparse.reading import pdf_ocr
from planparse.reading.apart import LostError, apart
from planparse.reading.native import Cell, Native, Note, Paragraph, Table
from planparse.reading.pdf_columns import with_columns
from planparse.reading.pdf_flow import Flow, Frame, frame_of
from planparse.reading.pdf_footnotes import footnotes_of, numbers_of, plain, with_marks
from planparse.reading.pdf_furniture import PageLines, in_margin, set_furniture_apart
from planparse.reading.pdf_grid import ruled_tables
from planparse.reading.pdf_lines import Line, lines_of
from planparse.reading.pdf_page import PageContent, TooMuchTextError, Word, read_page
from planparse.reading.pdf_phrases import with_right_phrases
from planparse.reading.pdf_stamps import without_stamps
from planparse.reading.pdf_tables import Joins, OpenTable, Printed, printed_table
from planparse.reading.steps import tell

#: More pages than any document has; what asks for more was made to fill the memory.
MOST_PAGES = 20_000
#: Nor has one more characters of text.
MOST_CHARACTERS = 40_000_000
#: A page that takes longer than this, in seconds, was made to hang; so was the drawing of a scanned one, and its
#: recognition, which takes three runs of a program.
_PATIENCE = 3.0 * pdf_ocr.TIMEOUT + 6.0
#: A file with more pages that hang was made to hang.
_MOST_LOST = 3
#: A page with fewer characters, those of stamps and margins left out, has less than a paragraph: where a picture fills
#: it, the picture holds the document.
_LITTLE = 200
#: A word of a text layer lies no further from its picture, in points, where the page was laid straight.
_NEAR = 24.0
#: The notes on pages that were not read.
_PICTURES, _SLOW, _BROKEN, _LOST = (
    "pdf.pages_without_text", "pdf.pages_too_slow", "pdf.pages_broken", "pdf.pages_lost",
)  # fmt: skip
_SAYS: dict[str, dict[str, int]] = {_SLOW: {"seconds": pdf_ocr.TIMEOUT}}
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

    def characters(self) -> int:
        """How much text it holds."""
        return (
            sum(len(run.text) for line in self.lines.lines for run in line.runs)
            + sum(len(cell.text) for _, table in self.tables for row in table.rows for cell in row)
            + sum(map(len, self.aslant))
        )


class _Read(NamedTuple):
    """What came of a page, by its number from 1: the page, None where nothing is on it; and the code of the note that says
    what of it was not read."""

    number: int
    page: _Page | None
    missed: str | None = None


def read(data: bytes, name: Said, grammar: Grammar | None = None) -> Native:
    """The document that a PDF holds; `name` is the file as messages call it.

    Raises InputError for a file that is encrypted or broken, that holds no text, or more than a document can.
    """
    rows = grammar or load()
    done = _gathered(data, name, rows)
    pages = [result.page for result in done if result.page is not None]
    missed: dict[str, list[int]] = {}
    for result in done:
        if result.missed is not None:
            missed.setdefault(result.missed, []).append(result.number)
    native = _native(pages, missed, rows)
    if not pages or (missed and not native.pieces):
        raise _nothing(name, missed)
    return native


def _nothing(name: Said, missed: dict[str, list[int]]) -> InputError:
    """The error that says why a file gives no document, and what to do."""
    needed = pdf_ocr.missing()
    if _PICTURES in missed and needed:
        return InputError("pdf.scanned", file=name, command=needed)
    if _SLOW in missed:
        return InputError("pdf.slow", file=name, seconds=pdf_ocr.TIMEOUT)
    if _LOST in missed:
        return InputError("pdf.lost", file=name)
    if _BROKEN in missed:
        return InputError("pdf.broken", file=name)
    return InputError("pdf.without_text", file=name)


def _gathered(data: bytes, name: Said, grammar: Grammar) -> list[_Read]:
    """What came of each page. A page at which the reading is lost is noted, and the reading goes on after it."""
    done: list[_Read] = []
    characters = lost = 0
    count = None
    while count is None or len(done) < count:
        begin = len(done)
        try:
            with closing(apart(lambda: _pages(data, name, grammar, begin), _PATIENCE)) as results:  # noqa: B023
                for result in results:
                    if isinstance(result, int):
                        count = result
                    elif result is None:
                        tell(len(done), count or 0)
                    else:
                        done.append(result)
                        characters += result.page.characters() if result.page else 0
                        if characters > MOST_CHARACTERS:
                            raise InputError("pdf.too_long", file=name, most=MOST_CHARACTERS)
        except LostError:
            lost += 1
            if count is None or lost > _MOST_LOST:
                raise InputError("pdf.lost", file=name) from None
            done.append(_Read(len(done) + 1, None, _LOST))
    return done


def _open(data: bytes, name: Said) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise InputError("pdf.locked", file=name) from None
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise InputError("pdf.encrypted", file=name) from None
        raise InputError("pdf.broken", file=name) from None


def _pages(data: bytes, name: Said, grammar: Grammar, begin: int = 0) -> Iterator[_Read | int | None]:
    """How many pages there are, then what comes of each from an index on. None is a step of a page that takes several,
    each of which may take its time."""
    document = _open(data, name)
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise InputError("pdf.too_many_pages", file=name, count=count, most=MOST_PAGES)
        yield count
        for index in range(begin, count):
            yield from _read_page(document, index, name, grammar)
    finally:
        document.close()


def _read_page(document: pypdfium2.PdfDocument, index: int, name: Said, grammar: Grammar) -> Iterator[_Read | None]:
    """What comes of a page by its index from 0, after the steps to it."""
    number = index + 1
    try:
        content = read_page(document.raw, index)
    except TooMuchTextError:
        raise InputError("pdf.page_too_long", file=name, page=number) from None
    if content is None:
        yield _Read(number, None, _BROKEN)
        return
    worded = bool(content.words or content.aslant)
    page = _page(content, number, grammar) if worded else None
    own, stamps = without_stamps(lines_of(content.words), grammar)
    text = sum(len(line.text) for line in own if not in_margin(line, content.height))
    if not content.pictured or text >= _LITTLE:
        yield _Read(number, page)
        return
    if pdf_ocr.missing() is not None:
        yield _Read(number, page, _PICTURES)
        return
    yield None
    drawn = pdf_ocr.drawn(document.raw, index, bare=worded)
    yield None
    try:
        recognised = pdf_ocr.recognise(drawn) if drawn is not None else None
    except pdf_ocr.SlowError:
        yield _Read(number, page, _SLOW)
        return
    if recognised is None or not recognised.content.words:
        yield _Read(number, page, None if text else _PICTURES)
        return
    yield _Read(number, _recognised_page(recognised, number, own, [*stamps, *content.aslant], grammar))


def _page(content: PageContent, number: int, grammar: Grammar) -> _Page:
    tables, words = ruled_tables(content.rules, content.words)
    lines = PageLines(number, content.width, content.height, lines_of(words), scanned=False)
    short = [rule for rule in content.rules.across if rule[2] - rule[1] > 30] if not tables else []
    placed = [(table.ys[0], printed_table(table, number)) for table in tables]
    return _Page(lines, placed, short[:50], content.aslant, None, [])


def _recognised_page(
    recognised: pdf_ocr.Recognised, number: int, own: list[Line], aside: list[str], grammar: Grammar
) -> _Page:
    """A page as it was recognised, with the lines that its text layer has besides, and what stands aside of those."""
    content = recognised.content
    tables, words = ruled_tables(content.rules, content.words)
    printed, damaged = with_right_phrases(lines_of(words), grammar)
    printed += [line for line in own if not _is_shown(line, content.words)]
    printed.sort(key=lambda line: -line.y)
    lines = PageLines(number, content.width, content.height, printed, scanned=True)
    placed = [(table.ys[0], printed_table(table, number)) for table in tables]
    return _Page(lines, placed, [], [*content.aslant, *aside], recognised.confidence, damaged)


def _is_shown(line: Line, words: list[Word]) -> bool:
    """Whether a picture shows the words of a line as well: the line is a part of a text layer that lies under it."""
    near = {word.text for word in words if abs(word.y - line.y) < _NEAR}
    return near.issuperset(line.text.split())


# --- from pages to the document ---------------------------------------------------------------------------------
def _native(pages: list[_Page], missed: dict[str, list[int]], grammar: Grammar) -> Native:
    set_furniture_apart(
        [page.lines for page in pages],
        {page.lines.number: max(top for top, _ in page.tables) for page in pages if page.tables},
        {page.lines.number: min(top for top, _ in page.tables) for page in pages if page.tables},
        grammar,
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
    notes = _notes(pages, flow.joins, missed)
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


def _notes(pages: list[_Page], joins: Joins, missed: dict[str, list[int]]) -> list[Note]:
    notes = []
    for code, numbers in (
        *((code, missed.get(code, [])) for code in (_PICTURES, _SLOW, _BROKEN, _LOST)),
        ("pdf.pages_recognised", [page.lines.number for page in pages if page.sure is not None]),
        ("pdf.header_repeated", joins.headers),
        ("pdf.row_joined", joins.rows),
    ):
        if numbers:
            notes.append(Note(code, {"pages": _listed(numbers), "count": len(numbers), **_SAYS.get(code, {})}))
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
