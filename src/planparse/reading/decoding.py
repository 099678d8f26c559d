"""A text decoded by the encoding that its reader asks for."""

from __future__ import annotations

import re

from planparse.errors import InputError, Said
from planparse.reading.encodings import ENCODINGS, Read, encoding_named
from planparse.reading.recognise import as_bytes, forced, is_unicode, read_as
from planparse.reading.syllables import fit

_UNICODE = ("utf-8", "utf-16", "utf-16-le", "utf-16-be")
_UTF8_MARK = b"\xef\xbb\xbf"
#: A text says something of its encoding from so many words on; less than this share of Vietnamese ones is wrong.
_FEWEST, _SHARE = 3, 0.5


def decode_as(data: bytes, asked: str, shown: Said) -> Read:
    """The text of bytes in the encoding that is asked for.

    A text of an old encoding that was saved as UTF-8, each byte as a letter, is read, too. Raises InputError where the
    bytes do not fit, with the first that does not; `shown` is the file as messages call it.
    """
    name = encoding_named(asked)
    if name is None:
        raise InputError("text.no_encoding", file=shown, asked=asked, known=", ".join(ENCODINGS))
    if name in _UNICODE or name == "windows-1252":
        codec = {"utf-8": "utf-8-sig", "windows-1252": "cp1252"}.get(name, name)
        try:
            return Read(data.decode(codec), codec if data.startswith(_UTF8_MARK) else name)
        except UnicodeDecodeError as error:
            raise _misfit(shown, error.start, name) from None
    return _decode_legacy(data, name, shown)


def _decode_legacy(data: bytes, name: str, shown: Said) -> Read:
    raw, mistaken = data.decode("latin-1"), ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    else:
        if (at := is_unicode(text)) is not None:
            raise _misfit(shown, len(text[:at].encode()) + len(_UTF8_MARK) * data.startswith(_UTF8_MARK), name)
        if not text.isascii():
            raw, mistaken = as_bytes(text, 1252), " mistaken for windows-1252"
    encoding, how = forced(raw, name)
    if how.total >= _FEWEST and how.share < _SHARE:
        for found in re.finditer(r"[^ \t\r\n]*[^\x00-\x7f][^ \t\r\n]*", raw):
            if fit(encoding.read(found[0])).odd:
                at = found.start() + next(at for at, letter in enumerate(found[0]) if not letter.isascii())
                raise _misfit(shown, len(text[:at].encode()) if mistaken else at, name)
    return read_as(encoding, raw)._replace(encoding=name + mistaken)


def _misfit(shown: Said, at: int, name: str) -> InputError:
    return InputError("text.misfit", file=shown, at=at, encoding=name)
