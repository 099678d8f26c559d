"""The decoded text of a document, and the cleaned text that the parser reads.

Cleaning makes the text uniform without losing the way back: NFC, "\\n" for every line end, plain spaces for no-break
spaces, nothing for invisible characters. Offsets of the clean text are mapped to offsets of the text as it was read.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from planparse.late import late
from planparse.reading.edits import Breaks, Edit, applied, composed, mapped
from planparse.reading.markdown_marks import is_marked, made_of, marks
from planparse.reading.spacing import spaced_lines
from planparse.reading.tab_rows import tab_rows

_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    "\t\x0b\x0c\x1c\x1d\x1e\x1f"
)
_LINE_ENDS = "\x85\u2028\u2029"
#: Hyphens that Word sets where no line shall break: "12/KH‑UBND".
_HYPHENS = "\u2010\u2011"
#: Characters that no reader sees: zero-width marks, soft hyphens, byte order marks inside the text, NUL; and what makes a
#: picture of a digit ("3\ufe0f\u20e3").
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u20e3\ufe0e\ufe0f\ufeff\x00"

_SAME_LENGTH = str.maketrans(dict.fromkeys(_SPACES, " ") | dict.fromkeys(_LINE_ENDS, "\n") | dict.fromkeys(_HYPHENS, "-"))
_TRANSLATED = _SPACES + _LINE_ENDS + _HYPHENS
_MARKS = "\u0300-\u036f"
_UNSEEN = str.maketrans(dict.fromkeys(INVISIBLE))
_SHRINKING = f"\r\n?|[{INVISIBLE}]+"
_SHRINKS = late(_SHRINKING)
#: What cleaning changes in the text of a document: also a letter with its marks, whatever stands unseen between them.
_SHRINKS_AND_COMPOSES = late(f"[^\r\n{INVISIBLE}{_MARKS}][{INVISIBLE}]*[{_MARKS}][{_MARKS}{INVISIBLE}]*|{_SHRINKING}")
#: The same for any script, in longer runs: nothing composes with the ASCII letter after it.
_ANY_RUN = late("[\x01-\x0c\x0e-\x7f]?[\x00\x80-\U0010ffff]+|\r\n?")
#: A line end that an export left as the characters of its escape: four, or two.
_ESCAPED = "\\n"
_ESCAPED_END = late(r"(?:\\r)?\\n")
#: What an edit makes a line end of; a backslash alone is a letter, whatever the run is that it stands in ("D:\\Đầu tư").
_LINE_BREAKS = frozenset({"\r", "\r\n", "\\r\\n", _ESCAPED})
#: So many of them, and one in so many characters, are no chance ("C:\\reports\\new").
_FEWEST_ESCAPED, _ESCAPED_IN = 5, 500
#: Half a character, which only a Python text can hold; JSON and UTF-8 cannot.
_SURROGATE = late("[\ud800-\udfff]")


class SetCell(NamedTuple):
    """A printed cell of a table whose grid the format states: its range in the clean text, and how many rows and columns
    of the grid it covers. An empty cell stands where the bar stands that closes it."""

    start: int
    end: int
    rows: int
    columns: int


class SetTable(NamedTuple):
    """A table whose grid the format states: of each row the cells that begin in it; `header` rows come first, 0 where
    the format marks none; its range in the clean text, the last bar included."""

    rows: list[list[SetCell]]
    header: int
    start: int
    end: int


class Note(NamedTuple):
    """Something odd that a reader met: the code of a diagnostic, and what its message says."""

    code: str
    values: dict[str, Any]


class Setting(NamedTuple):
    """What a format with a layout of its own (html, docx, pdf) says of the text that was set from it.

    begin, end: the range of the document itself in the clean text; what lies outside is the site's or the page's.
    site: what the hosting site said of the document, by its own labels.
    pages: where pages begin, as (offset in the clean text, page from 1, 0 for what is on none); empty where the format has
        none.
    ocr: whether words were recognised from pictures.
    """

    begin: int
    end: int
    tables: list[SetTable]
    site: dict[str, str | None]
    pages: list[tuple[int, int]]
    ocr: bool = False


class Source(NamedTuple):
    """A document as it was read.

    text: the decoded text, as read; spans point into it.
    clean: the text that the parser reads.
    breaks: where clean offsets and text offsets part, as two equal lists (clean, text); empty where they are the same.
    replaced: how many bytes could not be decoded.
    setting: what the format says of the layout; None for a text, which says nothing.
    notes: what the reader met that is odd.
    escaped: where line ends stand in `clean` that the text has as the characters "\\r\\n" or "\\n"; they are
        no lines of the text.
    markdown: whether the text has marks of Markdown, which the clean text has not.
    spaced: where line ends of the text are left out of `clean`: those of blank lines that part no paragraphs, and those
        between the cells of a row.
    printed: the clean text before joined words in it were parted, and where it and `text` part; None where none were.
    """

    path: str | None
    sha256: str
    format: str
    encoding: str
    text: str
    clean: str
    breaks: Breaks
    replaced: int = 0
    setting: Setting | None = None
    notes: Sequence[Note] = ()
    escaped: tuple[int, ...] = ()
    markdown: bool = False
    spaced: tuple[int, ...] = ()
    printed: tuple[str, Breaks] | None = None

    def line(self, clean_line: int, clean_offset: int) -> int:
        """The line of the text, from 1, for a line of the clean text, from 0, and an offset in it."""
        return clean_line + 1 - bisect_left(self.escaped, clean_offset) + bisect_right(self.spaced, clean_offset)

    def offset(self, clean_offset: int) -> int:
        """The offset in `text` of an offset in `clean`."""
        return mapped(clean_offset, *self.breaks)

    def clean_offset(self, text_offset: int) -> int:
        """The offset in `clean` of an offset in `text`."""
        return mapped(text_offset, *reversed(self.breaks))


def with_edits(source: Source, edits: Sequence[Edit], note: Note) -> Source:
    """The source with its clean text edited, where lines may be made one line, and a note of it."""
    clean, edit = applied(source.clean, edits)
    joined = (
        border
        for border, (start, end, made) in zip(edit[0], edits, strict=True)
        for _ in range(source.clean.count("\n", start, end) - made.count("\n"))
    )
    return source._replace(
        clean=clean,
        setting=_moved(source.setting, edit) if source.setting is not None else None,
        breaks=composed(source.breaks, edit),
        escaped=tuple(mapped(offset, *reversed(edit)) for offset in source.escaped),
        spaced=tuple(sorted((*(mapped(offset, *reversed(edit)) for offset in source.spaced), *joined))),
        notes=[*source.notes, note],
    )


def _moved(setting: Setting, edit: Breaks) -> Setting:
    """A setting of a text for the text that an edit made of it."""

    def place(offset: int) -> int:
        return mapped(offset, *reversed(edit))

    tables = [
        table._replace(
            start=place(table.start),
            end=place(table.end),
            rows=[[cell._replace(start=place(cell.start), end=place(cell.end)) for cell in row] for row in table.rows],
        )
        for table in setting.tables
    ]
    pages = [(place(offset), page) for offset, page in setting.pages]
    return setting._replace(begin=place(setting.begin), end=place(setting.end), tables=tables, pages=pages)


def make_source(
    text: str,
    *,
    path: str | None = None,
    sha256: str = "",
    encoding: str = "utf-8",
    replaced: int = 0,
    notes: Sequence[Note] = (),
) -> Source:
    """A Source from decoded text. `replaced` counts the bytes that could not be decoded.

    Lone surrogates are read as U+FFFD, which changes no offset.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = _SURROGATE.sub("\ufffd", text)
    edits, rows = tab_rows(text)
    with_bars, barred = applied(text, edits) if edits else (text, ([], []))
    clean, breaks = _clean(with_bars)
    if edits:
        breaks = composed(barred, breaks)
        notes = [*notes, Note("text.tabs", {"count": rows})]
    escaped: tuple[int, ...] = ()
    if _ESCAPED in clean and clean.count(_ESCAPED) >= max(_FEWEST_ESCAPED, len(clean) // _ESCAPED_IN):
        clean, breaks, escaped = _unescaped(clean, breaks)
        notes = [*notes, Note("text.escaped", {"count": len(escaped)})]
    markdown = is_marked(clean)
    if markdown:
        clean, edit = _edited(clean, marks(), made_of)
        breaks = composed(breaks, edit)
        escaped = tuple(mapped(offset, *reversed(edit)) for offset in escaped)
        notes = [*notes, Note("text.markdown", {"count": len(edit[0])})]
    spaced: tuple[int, ...] = ()
    if edits := spaced_lines(clean):
        clean, edit = applied(clean, edits)
        breaks = composed(breaks, edit)
        escaped = tuple(mapped(offset, *reversed(edit)) for offset in escaped)
        spaced = tuple(edit[0])
        notes = [*notes, Note("text.spaced", {"count": len(spaced)})]
    return Source(
        path,
        sha256,
        "txt",
        encoding,
        text,
        clean,
        breaks,
        replaced,
        notes=notes,
        escaped=escaped,
        markdown=markdown,
        spaced=spaced,
    )


def _unescaped(clean: str, breaks: Breaks) -> tuple[str, Breaks, tuple[int, ...]]:
    """A clean text with a line end for every escaped one, where it and the text part, and where these line ends stand."""
    made, edit = _edited(clean, _ESCAPED_END)
    return made, composed(breaks, edit), tuple(offset - 1 for offset in edit[0])


def _clean(text: str) -> tuple[str, Breaks]:
    # One scan a character is several times faster than a character class over the whole text.
    if any(map(text.__contains__, _TRANSLATED)):
        text = text.translate(_SAME_LENGTH)
    hidden = any(map(text.__contains__, INVISIBLE))
    composed = unicodedata.is_normalized("NFC", text.translate(_UNSEEN) if hidden else text)
    if composed:
        return _edited(text, _SHRINKS) if hidden or "\r" in text else (text, ([], []))
    clean, breaks = _edited(text, _SHRINKS_AND_COMPOSES)
    return (clean, breaks) if unicodedata.is_normalized("NFC", clean) else _edited(text, _ANY_RUN)


def _made_clean(raw: str) -> str:
    return "\n" if raw in _LINE_BREAKS else unicodedata.normalize("NFC", raw.translate(_UNSEEN))


def _edited(text: str, pattern: re.Pattern[str], make: Callable[[str], str] = _made_clean) -> tuple[str, Breaks]:
    """The text with what a pattern finds made something else, and where the two part."""
    found = ((match.span(), match[0], make(match[0])) for match in pattern.finditer(text))
    return applied(text, [Edit(*span, made) for span, raw, made in found if made != raw])


def blanked(source: Source) -> str:
    """The text with blanks for all that cleaning took for no words of the document; of the same length."""
    text = source.text
    if source.escaped:
        text = _ESCAPED_END.sub(lambda found: " " * len(found[0]), text)
    return marks().sub(lambda found: " " * len(found[0]), text) if source.markdown else text
