"""Texts as programs of other days saved them: in the old encodings, and with the bytes of one taken for another."""

from __future__ import annotations

import unicodedata

from planparse.reading.legacy import code_page, table

#: What `encoded` can write, and what the reader calls it. TCVN3 as the fonts have it has no capitals with a tone.
NAMES = {"abc": "tcvn3", "tcvn5712": "tcvn3", "vni": "vni", "viscii": "viscii", "windows-1258": "windows-1258"}
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_STAND_INS = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "…": "...",
        "•": "*",
        "≥": ">=",
        "≤": "<=",
        "‰": "%",
        "\xa0": " ",
    }
    | {"²": "2", "³": "3", "Ð": "Đ", "½": "1/2", "°": "o", "μ": "u", "\u200b": "", "\ufeff": ""}
)


def fitted(text: str) -> str:
    """The text without the signs that an old encoding cannot hold."""
    return unicodedata.normalize("NFC", text).translate(_STAND_INS)


def encoded(text: str, name: str) -> bytes:
    """A composed text in an encoding; where it has no capital, the small letter stands for it."""
    if name == "windows-1258":
        return b"".join(map(_in_1258, text))
    codes = {letter: code for code, letter in table(name).items()}
    small = {letter.upper(): code for letter, code in codes.items()}
    return "".join(letter if letter.isascii() else (small | codes)[letter] for letter in text).encode("latin-1")


def _in_1258(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        marked = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in marked if mark in _TONES)
        return (unicodedata.normalize("NFC", marked.replace(tone, "")) + tone).encode("cp1258")


def mistaken(data: bytes, page: int) -> str:
    """What a program makes of bytes that it takes for a code page of Windows."""
    shown = code_page(page)
    return "".join(shown.get(letter, letter) for letter in data.decode("latin-1"))
