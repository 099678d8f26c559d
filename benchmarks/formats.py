"""How fast the readers of real files are: a figure for each format, from the file's bytes to the document that it holds.

    python benchmarks/formats.py [FORMAT ...] [--quick] [--json FILE]

The files are made from `samples/`, the same ones each time; where `../shared/corpus` is present, its real files are
measured too. What comes after the reader is the same for every format: see `speed.py`. It measures and never fails.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from html import escape
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
for folder in (str(ROOT), str(ROOT / "tests")):
    if folder not in sys.path:
        sys.path.insert(0, folder)

from benchmarks.formats_docx import make_file  # noqa: E402
from benchmarks.speed import MB, Figure, best_times, documents, machine, show  # noqa: E402
from pdf_writer import Page, wrapped, write_pdf  # noqa: E402
from planparse.reading.formats import FORMATS as READERS  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"
#: Pages read in a second, in MB of the page as it is saved.
BAR_HTML = 5.0
#: Pages read in a second.
BAR_DOCX, BAR_PDF, BAR_PDF_RULED = 100.0, 200.0, 15.0

#: What a portal puts around a document, in about the share that it has of a real page.
_LINKS = "".join(f'<li class="item"><a href="/van-ban/{i}" title="x">Kế hoạch {i}/KH-UBND</a></li>\n' for i in range(300))
_SCRIPT = "<script type='text/javascript'>var shown = {};\n" + "shown['tab'] = function (a, b) { return a < b; };\n" * 500
_HEAD = f"<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Văn bản</title>{_SCRIPT}</script></head>\n<body>"


def make_page(text: str) -> bytes:
    """A text of the samples as a page: a paragraph a line, pipe rows as tables, the site's links around it."""
    parts = [_HEAD, f"<div id='left'><ul>\n{_LINKS}</ul></div>\n<div id='content' class='text'>\n"]
    rows: list[str] = []
    for line in [*text.splitlines(), ""]:
        if " | " in line:
            cells = (cell.strip() for cell in line.removesuffix("|").split(" | "))
            rows.append("".join(f"<td width='20%' style='border:solid 1pt'><p>{escape(cell)}</p></td>" for cell in cells))
            continue
        if rows:
            parts.append("<table border='1'>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>\n")
            rows = []
        if line.strip("| "):
            parts.append(f"<p style='margin-top:6.0pt;text-align:justify'>{escape(line)}</p>\n")
    parts.append("</div></body></html>\n")
    return "".join(parts).encode("utf-8")


def html(quick: bool) -> Iterable[Figure]:
    """MB/s of pages: decoding, the parser, the walk, and finding the document."""
    made = [make_page(text) for text in documents(MB if quick else 5 * MB)]
    real = [path.read_bytes() for path in sorted((CORPUS / "html").glob("*.html"))]
    for key, name, pages in (("html_made", "html, made pages", made), ("html_real", "html, real pages", real)):
        if pages:
            yield Figure(key, name, _rate("html", pages, 2 if quick else 5), "MB/s", BAR_HTML, is_rate=True)


def _rate(reader: str, files: list[bytes], runs: int) -> float:
    """MB of files that a reader reads in a second."""
    kind = next(kind for kind in READERS if kind.id == reader)

    def work() -> None:
        for data in files:
            kind.read(data, "file")

    return sum(map(len, files)) / MB / best_times({reader: work}, runs)[reader]


def docx(quick: bool) -> Iterable[Figure]:
    """Pages of 3,000 characters a second, from a file of so many."""
    pages = 40 if quick else 200
    yield Figure("docx", "docx", _pages("docx", make_file(pages), pages, 3), "pages/s", BAR_DOCX, is_rate=True)


def pdf(quick: bool) -> Iterable[Figure]:
    """Pages a second of a text layer: of running text, and of ruled tables."""
    pages = 40 if quick else 200
    lines = [line for text in documents(MB // 2) for line in text.splitlines() if line.strip("| ")]
    plain, ruled = _text_pages(lines, pages), _ruled_pages(lines, pages)
    yield Figure("pdf", "pdf, running text", _pages("pdf", plain, pages, 3), "pages/s", BAR_PDF, is_rate=True)
    yield Figure("pdf_ruled", "pdf, ruled tables", _pages("pdf", ruled, pages, 3), "pages/s", BAR_PDF_RULED, is_rate=True)
    real = CORPUS / "pdf" / "ttg-844-qd-ttg.pdf"
    if real.is_file():
        rate = _pages("pdf", real.read_bytes(), _REAL_PAGES, 3)
        yield Figure("pdf_real", "pdf, a real one, a table on nine pages", rate, "pages/s", BAR_PDF_RULED, is_rate=True)


#: How many pages the real file has.
_REAL_PAGES = 15


def _text_pages(lines: list[str], count: int) -> bytes:
    """Pages of 40 lines."""
    pages = []
    source = cycle(piece for line in lines for piece in wrapped(line, 455))
    for _ in range(count):
        page = Page()
        page.lines(70, 780, list(islice(source, 40)))
        pages.append(page)
    return write_pdf(pages)


def _ruled_pages(lines: list[str], count: int) -> bytes:
    """Pages with a table of four columns and 28 rows."""
    xs = [70.0, 100.0, 290.0, 430.0, 525.0]
    ys = [790.0 - 26 * at for at in range(29)]
    pages = []
    words = cycle(line[:20] for line in lines)
    for _ in range(count):
        page = Page()
        page.grid(xs, ys)
        for row in range(28):
            for column in range(4):
                page.text(xs[column] + 4, ys[row] - 17, next(words) if column else str(row + 1), 10)
        pages.append(page)
    return write_pdf(pages)


def _pages(reader: str, data: bytes, pages: int, runs: int) -> float:
    """Pages of a file that a reader reads in a second."""
    kind = next(kind for kind in READERS if kind.id == reader)

    def work() -> None:
        kind.read(data, "file")

    return pages / best_times({reader: work}, runs)[reader]


#: A function a format.
MEASURES: dict[str, Callable[[bool], Iterable[Figure]]] = {"html": html, "docx": docx, "pdf": pdf}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", choices=[[], *MEASURES], metavar="FORMAT", help="the formats; all of them")
    parser.add_argument("--quick", action="store_true", help="fewer files and runs: a try, not a measurement")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    args = parser.parse_args()
    figures = [figure for name in args.formats or MEASURES for figure in MEASURES[name](args.quick)]
    print(machine())
    show(figures, args.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
