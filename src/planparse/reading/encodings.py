"""The encodings of texts by name, and a text decoded by the one that its reader asks for."""

from __future__ import annotations

import re
from typing import NamedTuple

from planparse.errors import InputError

#: Each encoding that can be asked for, and its other names, without signs between their letters.
ENCODINGS: dict[str, tuple[str, ...]] = {
    "utf-8": ("utf8sig",),
    "utf-16": (),
    "utf-16-le": (),
    "utf-16-be": (),
    "tcvn3": ("tcvn", "tcvn5712", "abc", "vn1", "vn3"),
    "vni": ("vniwin", "vniwindows"),
    "viscii": (),
    "windows-1258": ("cp1258", "1258"),
    "windows-1252": ("cp1252", "1252", "latin1", "iso88591"),
}
_UNICODE = ("utf-8", "utf-16", "utf-16-le", "utf-16-be")
_UTF8_MARK = b"\xef\xbb\xbf"
#: A text says something of its encoding from so many words on; less than this share of Vietnamese ones is wrong.
_FEWEST, _SHARE = 3, 0.5


class Read(NamedTuple):
    """A text as it was meant, the encoding that it was in, and how many letters were made capitals that the encoding has
    not."""

    text: str
    encoding: str
    capitals: int = 0


def encoding_named(asked: str) -> str | None:
    """The encoding that a name stands for, in any case, with or without signs between its letters: "CP1258", "TCVN-3"."""
    key = re.sub(r"[^a-z0-9]", "", asked.lower())
    return next((name for name, others in ENCODINGS.items() if key in (name.replace("-", ""), *others)), None)


def decode_as(data: bytes, asked: str, shown: str) -> Read:
    """The text of bytes in the encoding that is asked for.

    A text of an old encoding that was saved as UTF-8, each byte as a letter, is read, too. Raises InputError where the
    bytes do not fit, with the first that does not; `shown` is the file as messages call it.
    """
    name = encoding_named(asked)
    if name is None:
        raise InputError(f"{shown}: encoding {asked!r} is not known; name one of {', '.join(ENCODINGS)}")
    if name in _UNICODE or name == "windows-1252":
        codec = {"utf-8": "utf-8-sig", "windows-1252": "cp1252"}.get(name, name)
        try:
            return Read(data.decode(codec), codec if data.startswith(_UTF8_MARK) else name)
        except UnicodeDecodeError as error:
            raise _misfit(shown, error.start, name) from None
    return _decode_legacy(data, name, shown)


def _decode_legacy(data: bytes, name: str, shown: str) -> Read:
    from planparse.reading.recognise import as_bytes, forced, is_unicode, read_as
    from planparse.reading.syllables import fit

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


def _misfit(shown: str, at: int, name: str) -> InputError:
    return InputError(f"{shown}: byte {at} does not fit {name}; name another encoding, or leave out --encoding")
