"""Reading files: UTF-8 with or without a byte order mark, UTF-16, the Vietnamese encodings from before Unicode, and the
formats that have readers of their own; anything else is refused with a reason."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import sys
from typing import TYPE_CHECKING

from planparse.errors import InputError, Said, Wording, reason_of
from planparse.reading.formats import HEAD, format_of
from planparse.reading.native import set_native
from planparse.reading.source import Note, Source, make_source

if TYPE_CHECKING:
    from planparse.grammar.grammar import Grammar
    from planparse.reading.encodings import Read

#: A larger file is no decision: ten thousand pages of text are about 30 MB.
MAX_BYTES = 256 * 1024 * 1024

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: Letters of which hardly a line of Vietnamese is without one: a text that has them was not saved wrongly.
_VIETNAMESE = "ạếộảấủềịứốậựệầợ"
#: The bytes of a text, whatever its encoding; what has others, or begins like these, may be something else.
_TEXT = bytes([*range(9, 14), 27, *range(32, 256)])
_MARKUP = (b"%", b"<?xml", b"\xef\xbb\xbf<?xml")

#: A text, what its encoding is called, and what is to be said of it.
Decoded = tuple[str, str, list[Note]]


def read_file(path: str | os.PathLike[str], encoding: str | None = None, grammar: Grammar | None = None) -> Source:
    """Read a file, or standard input for "-"; `encoding` is that of a text, else it is told by its content. `grammar` has
    the words that readers of pages and PDFs look for.

    Raises InputError, one line with the file, what is wrong and what to do, for a path that is not there, is a folder,
    may not be read, is empty, binary, too large, or in no encoding that is known.
    """
    if str(path) == "-":
        if sys.stdin is None:
            raise InputError("stdin.closed", file=Wording("name.stdin"))
        return decode(sys.stdin.buffer.read(MAX_BYTES + 1), "-", encoding, grammar)
    name = os.fspath(path)
    if not name:
        raise InputError("file.missing", file='""')
    try:
        if os.path.isdir(name):
            raise InputError("file.folder", file=name)
        if os.path.getsize(name) > MAX_BYTES:
            raise InputError("file.too_large", file=name, most=MAX_BYTES >> 20)
        with open(name, "rb") as file:
            data = file.read(MAX_BYTES + 1)  # a device such as /dev/zero has no end
    except FileNotFoundError:
        raise InputError("file.missing", file=name) from None
    except PermissionError:
        raise InputError("file.forbidden", file=name) from None
    except (OSError, ValueError) as error:
        raise InputError("file.unreadable", file=name, reason=reason_of(error)) from None
    return decode(data, name, encoding, grammar)


def decode(data: bytes, name: str | None = None, encoding: str | None = None, grammar: Grammar | None = None) -> Source:
    """A Source from the bytes of a file; `encoding` is that of a text, else it is told by its content. Raises InputError
    for bytes that hold no text."""
    shown: Said = Wording("name.stdin") if name == "-" else name or Wording("name.input")
    if not data.strip():
        raise InputError("file.empty", file=shown)
    if not data.strip(b"\x00 \t\r\n"):
        raise InputError("file.zeros", file=shown)
    if len(data) > MAX_BYTES:
        raise InputError("file.too_large", file=shown, most=MAX_BYTES >> 20)
    # A name of bytes that are no UTF-8 is kept with them escaped: JSON cannot hold them.
    path = None if name is None else name.encode("utf-8", "backslashreplace").decode("utf-8")
    sha256 = hashlib.sha256(data).hexdigest()
    if (kind := format_of(data)) is not None:
        source = set_native(kind.read(data, shown, grammar), path=path, sha256=sha256)
        if not source.text.strip():
            raise InputError("file.without_text", file=shown, kind=kind.name)
        return source
    _refuse(data, shown)
    text, told, notes = _decode(data, shown) if encoding is None else _decode_as(data, shown, encoding)
    if not text.strip():
        raise InputError("file.empty", file=shown)
    return make_source(text, path=path, sha256=sha256, encoding=told, notes=notes)


def _refuse(data: bytes, shown: Said) -> None:
    """Raise InputError for what another program wrote that no reader takes."""
    head = data[:HEAD]
    if head.translate(None, _TEXT) or head.startswith(_MARKUP) or b"ultipart/" in head:
        from planparse.reading.refused import refusal

        if (found := refusal(data)) is not None:
            raise InputError("file.refused", file=shown, kind=found[0], advice=found[1])


def _decode(data: bytes, shown: Said) -> Decoded:
    """The text of bytes, its encoding told by what they are, and what is to be said of it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _mended(data.decode(encoding), encoding)
            except UnicodeDecodeError as error:
                if mark == codecs.BOM_UTF8 and (old := _old_encoding(data[len(mark) :])) is not None:
                    return old
                raise InputError("text.broken", file=shown, encoding=encoding.upper(), at=error.start) from None
    if (unmarked := _utf16_without_mark(data)) is not None:
        try:
            return _mended(data.decode(unmarked), unmarked)
        except UnicodeDecodeError:
            pass
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if (old := _old_encoding(data)) is not None:
            return old
        if _looks_binary(data):
            raise _binary(shown) from None
        raise InputError("text.unknown", file=shown, at=error.start) from None
    if _looks_binary(data):
        raise _binary(shown)
    return _mended(text, "utf-8")


def _decode_as(data: bytes, shown: Said, asked: str) -> Decoded:
    from planparse.reading.decoding import decode_as

    read = decode_as(data, asked, shown)
    if _looks_binary(read.text.encode("utf-8")):
        raise _binary(shown)
    return _noted(read)


def _old_encoding(data: bytes) -> Decoded | None:
    """Bytes that are no UTF-8, read as what they fit; None where they fit nothing."""
    if b"\x00" in data:
        return None
    from planparse.reading.recognise import read_bytes

    read = read_bytes(data)
    return read and _noted(read, "encoding.recognised")


def _mended(text: str, encoding: str) -> Decoded:
    """A decoded text, set right where the bytes of another encoding were saved as letters."""
    if text.isascii() or any(map(text.__contains__, _VIETNAMESE)) or not re.search("[\xa1-\xff]", text):
        return text, encoding, []
    from planparse.reading.recognise import read_mistaken

    read = read_mistaken(text)
    return (text, encoding, []) if read is None else _noted(read, "encoding.mistaken")


def _noted(read: Read, code: str = "") -> Decoded:
    notes = [Note(code, {"encoding": read.encoding})] if code else []
    if read.capitals:
        notes.append(Note("encoding.capitals", {"count": read.capitals}))
    return read.text, read.encoding, notes


def _binary(shown: Said) -> InputError:
    return InputError("file.binary", file=shown)


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 that came without its mark: every other byte of its spaces and Latin letters is zero."""
    head = data[:4000]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _looks_binary(data: bytes) -> bool:
    head = data[:64_000]
    control = sum(head.count(bytes([code])) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return control > max(2, len(head) // 100)
