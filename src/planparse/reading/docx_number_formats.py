"""How Word writes the number of a list item: 4 as "4", "iv", "IV", "d", "04" …

The names are those of w:numFmt (ISO/IEC 29500-1, 17.18.59). Letters are the 26 of English: Word's "lowerLetter" knows no đ,
and after z it doubles them (aa, bb).
"""

from __future__ import annotations

from collections.abc import Callable

from planparse.text import to_roman

#: Above this Word has no letters; Roman numerals of so many items no document has.
_MOST_LETTERS = 780
_MOST_ROMAN = 399


def written(value: int, kind: str) -> str | None:
    """A number as a format writes it; None for a format that is not known. "none" and "bullet" write nothing."""
    if kind in ("none", "bullet"):
        return ""
    write = _FORMATS.get(kind)
    return None if write is None else write(value)


def custom(value: int, pattern: str) -> str:
    """A number as a pattern of Word's writes it: "001, 002, 003, ..." has three digits at least."""
    first = pattern.split(",")[0].strip()
    return str(value).zfill(len(first)) if first.isdigit() else str(value)


def _letters(first: str) -> Callable[[int], str]:
    def write(value: int) -> str:
        if not 0 < value <= _MOST_LETTERS:
            return str(value)
        return chr(ord(first) + (value - 1) % 26) * ((value - 1) // 26 + 1)

    return write


def _upper_roman(value: int) -> str:
    return to_roman(value) if 0 < value <= _MOST_ROMAN else str(value)


def _from_list(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else str(value)


_DIGITS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def _vietnamese(value: int) -> str:
    """Vietnamese words for 1 to 99: 21 is "hai mươi mốt", 15 is "mười lăm"."""
    tens, ones = divmod(value, 10)
    if not 0 < value < 100:
        return str(value)
    if not tens:
        return _DIGITS[ones]
    last = "lăm" if ones == 5 else "mốt" if ones == 1 and tens > 1 else _DIGITS[ones]
    return f"{'mười' if tens == 1 else _DIGITS[tens] + ' mươi'} {last}".strip()


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "upperRoman": _upper_roman,
    "lowerRoman": lambda value: _upper_roman(value).lower(),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "numberInDash": lambda value: f"- {value} -",
    "decimalEnclosedCircle": _from_list("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": _from_list("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _from_list("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "vietnameseCounting": _vietnamese,
}
