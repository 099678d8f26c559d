"""Vietnamese encodings from before Unicode, read by tables (`legacy.tsv`).

A text in such an encoding is taken as one character a byte, as cp1252 or Latin-1 shows it ("KÕ ho¹ch"): so it stands in
files that were saved without conversion, and in the runs of Word files that are set in the fonts of that time. What a
table does not know stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from planparse.reading.capitals import with_capitals

TCVN3, CAPITALS, VNI = "tcvn3", "tcvn3-capitals", "vni"

#: The names of the fonts, in any case: ".VnTime", ".VnArial NarrowH", "VNI-Helve-Condense". The fonts of TCVN3 whose
#: names end in H have capitals in the places of small letters.
_FONT = re.compile(r"(?P<tcvn3>\.vn[a-z].*?(?P<capitals>h)?)$|(?P<vni>vni[- ].+)", re.IGNORECASE)
#: A letter that only Unicode has: such a text is in no old encoding, whatever its font.
_UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
#: The tone marks of VN1, which stand behind their vowel; behind anything else the byte is a sign of cp1252 ("30 °C").
_TONE_MARKS = {"\xb0": "\u0300", "\xb1": "\u0309", "\xb2": "\u0303", "\xb3": "\u0301", "\xb4": "\u0323"}
_MARKED = re.compile("([aeiouyăâêôơưAEIOUYĂÂÊÔƠƯ])([\xb0-\xb4])")


@cache
def table(column: str) -> dict[str, str]:
    """A column of the table: code, as one or two characters of Latin-1 → letter."""
    lines = (Path(__file__).parent / "legacy.tsv").read_text("utf-8").splitlines()
    header, *rows = [line.split("\t") for line in lines if not line.startswith("#")]
    at = header.index(column)
    return {bytes.fromhex(row[at]).decode("latin-1"): row[0] for row in rows if row[at]}


@cache
def _pairs() -> dict[str, str]:
    """The codes of VNI, also those whose vowel and mark are of different case: "Uû" for "Ủ"; the vowel decides."""
    known = table("vni")
    mixed = {code[0] + code[1:].swapcase(): letter for code, letter in known.items() if len(code) == 2}
    return mixed | known


@cache
def _translation(column: str) -> dict[int, str]:
    """For `str.translate`. Codes that a table leaves free stand for the signs of cp1252, such as quotation marks."""
    known = code_page(1258) if column == "cp1258" else table(column) if column != "cp1252" else {}
    return {ord(code): letter for code, letter in (code_page(1252) | known).items()}


@cache
def code_page(number: int) -> dict[str, str]:
    """A code page of Windows: the character of Latin-1 → the character that the page has in its place."""
    codes = (bytes([code]) for code in range(128, 256))
    return {code.decode("latin-1"): code.decode(f"cp{number}", "ignore") or code.decode("latin-1") for code in codes}


@cache
def _pair() -> re.Pattern[str]:
    """Any code of VNI; the longest that fits first."""
    return re.compile("|".join(sorted(_pairs(), key=len, reverse=True)))


def legacy_font(name: str) -> str | None:
    """How text in a font of that name is encoded: "tcvn3", "tcvn3-capitals" (small letters stand for capitals), "vni",
    or None for a font of any other kind."""
    found = _FONT.match(name.strip())
    if found is None:
        return None
    return VNI if found["vni"] else CAPITALS if found["capitals"] else TCVN3


def from_font(text: str, encoding: str) -> str:
    """Text of a run in a font that `legacy_font` knows; `encoding` is what it said."""
    if encoding == VNI:
        return from_vni(text)
    made = from_tcvn3(text)
    return made.upper() if encoding == CAPITALS else made


def from_tcvn3(text: str) -> str:
    """Text out of TCVN3 as the fonts of .VnTime have it; in words of capitals the letters with a tone become capitals.
    A text with letters that only Unicode has is returned as it is."""
    return text if _UNICODE.search(text) else with_capitals(_from_abc(text))


def from_vni(text: str) -> str:
    """Text out of VNI. A text with letters that only Unicode has is returned as it is."""
    return text if _UNICODE.search(text) else _from_vni(text)


def _from_abc(text: str) -> str:
    return text.translate(_translation("abc"))


def _from_vni(text: str) -> str:
    known = _pairs()
    return _pair().sub(lambda found: known[found[0]], text).translate(_translation("cp1252"))


def _from_vn1(text: str) -> str:
    made = text.translate(_translation("tcvn5712"))
    return unicodedata.normalize("NFC", _MARKED.sub(lambda found: found[1] + _TONE_MARKS[found[2]], made))


def _from_viscii(text: str) -> str:
    return text.translate(_translation("viscii"))


def _from_cp1258(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_translation("cp1258")))


class Encoding(NamedTuple):
    """An encoding of one character a byte: the name that `source.encoding` has, how text comes out of it, and whether its
    letters with a tone stand for their capitals, too."""

    name: str
    read: Callable[[str], str]
    no_capitals: bool = False


#: VN1 is TCVN3 with more capitals, and called the same; a text is of the one that it fits better, of equals the first.
ENCODINGS = (
    Encoding(TCVN3, _from_abc, no_capitals=True),
    Encoding(TCVN3, _from_vn1),
    Encoding(VNI, _from_vni),
    Encoding("viscii", _from_viscii),
    Encoding("windows-1258", _from_cp1258),
)
