"""Reading files: UTF-8 with or without a byte order mark, UTF-16, and the formats that have readers of their own; anything
else is refused with a reason."""

from __future__ import annotations

import codecs
import hashlib
import os
import sys

from planparse.errors import InputError
from planparse.reading.formats import format_of
from planparse.reading.native import set_native
from planparse.reading.source import Source, make_source

#: A larger file is no decision: ten thousand pages of text are about 30 MB.
MAX_BYTES = 256 * 1024 * 1024

_MAGIC = {
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word file (.doc)",
    b"\x1f\x8b": "a gzip file",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x7fELF": "a program",
    b"SQLite": "a database",
}


def read_file(path: str | os.PathLike[str]) -> Source:
    """Read a file, or standard input for "-".

    Raises InputError, one line with the file, what is wrong and what to do, for a path that is not there, is a folder,
    may not be read, is empty, binary, too large, or in no encoding that is known.
    """
    if str(path) == "-":
        if sys.stdin is None:
            raise InputError("standard input: is closed; name a file, or give a text to it")
        return decode(sys.stdin.buffer.read(MAX_BYTES + 1), "-")
    name = os.fspath(path)
    if not name:
        raise InputError('"": no such file; check the path')
    try:
        if os.path.isdir(name):
            raise InputError(f"{name}: is a folder; name a file in it")
        if os.path.getsize(name) > MAX_BYTES:
            raise InputError(f"{name}: is larger than {MAX_BYTES >> 20} MB, too large for one document; split it")
        with open(name, "rb") as file:
            data = file.read(MAX_BYTES + 1)  # a device such as /dev/zero has no end
    except FileNotFoundError:
        raise InputError(f"{name}: no such file; check the path") from None
    except PermissionError:
        raise InputError(f"{name}: may not be read; change its permissions") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: cannot be read ({getattr(error, 'strerror', None) or error}); check the path") from None
    return decode(data, name)


def decode(data: bytes, name: str | None = None) -> Source:
    """A Source from the bytes of a file. Raises InputError for bytes that hold no text."""
    shown = "standard input" if name == "-" else name or "the input"
    if not data.strip(b"\x00 \t\r\n"):
        what = "is empty" if not data.strip() else "holds nothing but zero bytes"
        raise InputError(f"{shown}: {what}; name a file that holds a document")
    if len(data) > MAX_BYTES:
        raise InputError(f"{shown}: is larger than {MAX_BYTES >> 20} MB, too large for one document; split it")
    # A name of bytes that are no UTF-8 is kept with them escaped: JSON cannot hold them.
    path = None if name is None else name.encode("utf-8", "backslashreplace").decode("utf-8")
    sha256 = hashlib.sha256(data).hexdigest()
    if (kind := format_of(data)) is not None:
        source = set_native(kind.read(data, shown), path=path, sha256=sha256)
        if not source.text.strip():
            raise InputError(f"{shown}: is {kind.name} that holds no text; name a file that holds a document")
        return source
    text, encoding = _decode(data, shown)
    if not text.strip():
        raise InputError(f"{shown}: is empty; name a file that holds a document")
    return make_source(text, path=path, sha256=sha256, encoding=encoding)


def _decode(data: bytes, shown: str) -> tuple[str, str]:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{shown}: broken {encoding.upper()} at byte {error.start}; save the file again as UTF-8"
                ) from None
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"{shown}: is {kind}, not a text; save its text as a UTF-8 file and read that")
    if (unmarked := _utf16_without_mark(data)) is not None:
        try:
            return data.decode(unmarked), unmarked
        except UnicodeDecodeError:
            pass
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _looks_binary(data):
            raise InputError(f"{shown}: is a binary file, not a text; name a text file") from None
        raise InputError(
            f"{shown}: byte {error.start} is not UTF-8, perhaps an old Vietnamese encoding; save the file again as UTF-8"
        ) from None
    if _looks_binary(data):
        raise InputError(f"{shown}: is a binary file, not a text; name a text file")
    return text, "utf-8"


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
