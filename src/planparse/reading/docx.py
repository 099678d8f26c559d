"""Word files (.docx, .docm): the parts of the zip are read by themselves, so that automatic numbers, merged cells and
tracked changes are what Word prints."""

from __future__ import annotations

from planparse.errors import Said, Wording
from planparse.grammar.grammar import Grammar
from planparse.reading.docx_notes import read_notes, reference_marks
from planparse.reading.docx_numbering import Numbering
from planparse.reading.docx_package import Element, Package, R, W, broken, open_package, too_large
from planparse.reading.docx_styles import Styles
from planparse.reading.docx_tally import MOST_CHARACTERS, Tally, TooMuchTextError
from planparse.reading.docx_text import Piece, Story
from planparse.reading.native import Native


def read(data: bytes, name: Said, grammar: Grammar | None = None) -> Native:
    """The document in the bytes of a Word file.

    Raises InputError for a zip that holds no Word document, that is broken or locked, or that unpacks to too much.
    """
    package = open_package(data, name)
    try:
        return _read(package)
    except TooMuchTextError:
        raise too_large(name, Wording("word.text", count=MOST_CHARACTERS // 1_000_000)) from None


def _read(package: Package) -> Native:
    document = package.document()
    body = document.find(f"{W}body")
    if body is None:
        raise broken(package.name, Wording("word.no_body"))
    tally = Tally()
    styles = Styles(package.part("styles"))
    numbering = Numbering(package.part("numbering"), styles)
    marks = reference_marks(document)
    notes = {kind: package.part(kind) for kind in ("footnotes", "endnotes")}
    story = Story(styles, numbering, tally, marks, legacy_fonts=package.legacy_fonts)
    pieces: list[Piece] = [*story.pieces(body), *read_notes(story, notes, marks)]
    after = [*story.apart, *_headers(package, document, styles, numbering, tally)]
    story.finish()
    tally.formats = numbering.unknown
    tally.broken = package.broken
    return Native("docx", "utf-8", pieces, [], after, {}, list(tally.notes()))


def _headers(package: Package, document: Element, styles: Styles, numbering: Numbering, tally: Tally) -> list[str]:
    """The words of the running headers and footers, each text once; the numbers of pages are none of them."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    for reference in document.iter(f"{W}headerReference", f"{W}footerReference"):
        relation = reference.get(f"{R}id", "")
        if relation in seen or (root := package.related(relation)) is None:
            continue
        seen.add(relation)
        story = Story(styles, numbering, tally, {}, legacy_fonts=package.legacy_fonts, skips_pages=True)
        for line in story.lines(root):
            if any(map(str.isalnum, line)):
                found[line] = None
        story.finish()
    return list(found)
