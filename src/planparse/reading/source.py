"""The decoded text of a document, and the cleaned text that the parser reads.

Cleaning makes the text uniform without losing the way back: NFC, "\\n" for every line end, plain spaces for no-break
spaces, nothing for invisible characters. Offsets of the clean text are mapped to offsets of the text as it was read.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\x0b\x0c\x1c\x1d\x1e\x1f"
_LINE_ENDS = "\x85\u2028\u2029"
#: Characters that no reader sees: zero-width marks, soft hyphens, byte order marks inside the text, NUL.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\x00"

_SAME_LENGTH = str.maketrans(dict.fromkeys(_SPACES, " ") | dict.fromkeys(_LINE_ENDS, "\n"))
_TRANSLATED = _SPACES + _LINE_ENDS
_SHRINKING = "\r" + INVISIBLE
_SHRINKS = re.compile(f"\r\n?|[{INVISIBLE}]")
#: Half a character, which only a Python text can hold; JSON and UTF-8 cannot.
_SURROGATE = re.compile("[\ud800-\udfff]")
_CLUSTER = re.compile("[^\u0300-\u036f\u0323\u031b\n][\u0300-\u036f]+")


class Source(NamedTuple):
    """A document as it was read.

    text: the decoded text, as read; spans point into it.
    clean: the text that the parser reads.
    breaks: where clean offsets and text offsets part, as two equal lists (clean, text); empty where they are the same.
    """

    path: str | None
    sha256: str
    format: str
    encoding: str
    text: str
    clean: str
    breaks: tuple[list[int], list[int]]
    replaced: int = 0

    def offset(self, clean_offset: int) -> int:
        """The offset in `text` of an offset in `clean`."""
        clean, text = self.breaks
        if not clean:
            return clean_offset
        at = bisect_right(clean, clean_offset) - 1
        return clean_offset if at < 0 else text[at] + clean_offset - clean[at]

    def clean_offset(self, text_offset: int) -> int:
        """The offset in `clean` of an offset in `text`."""
        clean, text = self.breaks
        if not clean:
            return text_offset
        at = bisect_right(text, text_offset) - 1
        return text_offset if at < 0 else clean[at] + text_offset - text[at]


def make_source(
    text: str, *, path: str | None = None, sha256: str = "", encoding: str = "utf-8", replaced: int = 0
) -> Source:
    """A Source from decoded text. `replaced` counts the bytes that could not be decoded.

    Lone surrogates are read as U+FFFD, which changes no offset.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = _SURROGATE.sub("\ufffd", text)
    clean, breaks = _clean(text)
    return Source(path, sha256, "txt", encoding, text, clean, breaks, replaced)


def _clean(text: str) -> tuple[str, tuple[list[int], list[int]]]:
    # One scan a character is several times faster than a character class over the whole text.
    if any(map(text.__contains__, _TRANSLATED)):
        text = text.translate(_SAME_LENGTH)
    shrinks = any(map(text.__contains__, _SHRINKING))
    composed = unicodedata.is_normalized("NFC", text)
    if composed and not shrinks:
        return text, ([], [])
    # Every place where the clean text is shorter than the text: (start, end, what stands there instead).
    edits: list[tuple[int, int, str]] = []
    if shrinks:
        edits += [(m.start(), m.end(), "\n" if m[0][0] == "\r" else "") for m in _SHRINKS.finditer(text)]
    if not composed:
        for m in _CLUSTER.finditer(text):
            made = unicodedata.normalize("NFC", m[0])
            if made != m[0]:
                edits.append((m.start(), m.end(), made))
        edits.sort()
    parts: list[str] = []
    clean_at: list[int] = []
    text_at: list[int] = []
    done = length = 0
    for start, end, made in edits:
        if start < done:
            continue
        parts.append(text[done:start])
        parts.append(made)
        length += start - done + len(made)
        done = end
        clean_at.append(length)
        text_at.append(end)
    parts.append(text[done:])
    return "".join(parts), (clean_at, text_at)
