"""The Vietnamese alphabet and the small operations on text that every stage shares."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import takewhile

from planparse.late import late

_BASIC = "abcdefghijklmnopqrstuvwxyz"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")

#: Every small vowel of Vietnamese, with and without tone marks.
LOWER_VOWELS = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES)
#: Every small letter of Vietnamese, with and without tone marks, and the Latin letters besides.
LOWER_LETTERS = f"{_BASIC}đ" + "".join(letter for letter in LOWER_VOWELS if letter not in _BASIC)
#: Every capital letter of Vietnamese; Ð (eth) is the common look-alike of Đ.
UPPER_LETTERS = LOWER_LETTERS.upper() + "Ð"

UPPER_CLASS = f"[{UPPER_LETTERS}]"
LOWER_CLASS = f"[{LOWER_LETTERS}]"
#: A word: letters of any alphabet.
WORD = late(r"[^\W\d_]+")

_OLD_TONES = dict(
    zip(
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(),
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(),
        strict=True,
    )
)
_OLD_TONES |= {old.upper(): new.upper() for old, new in _OLD_TONES.items()} | {
    old.capitalize(): new.capitalize() for old, new in _OLD_TONES.items()
}
_SECOND = "[" + "".join(sorted({old[1] for old in _OLD_TONES})) + "]"
# Whether there is anything to fold: the rare letter first, then what stands around it.
_MAY_FOLD = re.compile(_SECOND + r"(?<=[oOuU].)(?!\w)(?<![qQ]..)")
# Only open syllables differ ("hoà", not "hoàn"), and "quý" carries its tone on y in either spelling. Two classes are
# tried several times faster than sixty pairs; the few that are none ("uà") stay as they are.
_OLD_TONE_PAIR = re.compile(r"(?<![qQ])[oOuU]" + _SECOND + r"(?!\w)")


_NEW_TONES = {new: old for old, new in _OLD_TONES.items()}
_NEW_TONE_PAIR = re.compile(r"(?<![qQ\[])(?:" + "|".join(_NEW_TONES) + r")(?!\w)")
# Đ outside a character class.
_LONE_D = re.compile(r"Đ(?![^\[\]]*\])")


def fold_tones(text: str) -> str:
    """The text with old tone placement made new ("hoà" → "hòa", "Uỷ" → "Ủy") and Ð (eth) made Đ; for matching only.

    The length does not change, so offsets into the result are offsets into the text.
    """
    if "Ð" in text:
        text = text.replace("Ð", "Đ")
    if _MAY_FOLD.search(text) is None:
        return text
    return _OLD_TONE_PAIR.sub(lambda match: _OLD_TONES.get(match[0], match[0]), text)


_SENTENCE_ENDS = ".;:!?…|"


def both_tones(pattern: str) -> str:
    """A regular expression that matches old and new tone placement alike, from one that is written in the new
    ("hòa" → "h(?:òa|oà)"), and Đ and its look-alike Ð. Letters inside character classes stay as they are."""
    found = _NEW_TONE_PAIR.sub(lambda match: f"(?:{match[0]}|{_NEW_TONES[match[0]]})", pattern)
    return _LONE_D.sub("[ĐÐ]", found)


def without_marks(text: str) -> str:
    """The text in the letters of ASCII alone: "ĐỀ ÁN" is "DE AN"."""
    plain = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return "".join(plain).replace("Đ", "D").replace("đ", "d")


def may_be_point(line: str) -> bool:
    """Whether a line that begins with a small letter may be a point: "a) Mở lớp", "a ) Mở lớp"."""
    return line[1:2] in (")", ".", "/") or line[1:3] == " )"


def breaks_sentence(before: str, after: str) -> bool:
    """Whether a sentence plainly goes on from one line to another, whatever stands between them."""
    return after[0].islower() and before[-1] not in _SENTENCE_ENDS and not may_be_point(after)


def holds_any(text: str, signs: tuple[str, ...]) -> bool:
    """Whether one of some strings stands in a text: a cheap test before patterns."""
    for sign in signs:  # noqa: SIM110 - any() with a generator takes twice as long
        if sign in text:
            return True
    return False


def squash(text: str) -> str:
    """The text with every run of white space made one space."""
    return " ".join(text.split())


def is_caps(text: str) -> bool:
    """Whether a line is set in capitals: "QUYẾT ĐỊNH SỐ 426/QĐ-TTg" is, for all of its one small letter."""
    if text.isupper():
        return True
    if sum(map(str.islower, text[:24])) > 6:
        return False
    small = sum(map(str.islower, text))
    if small > 6 or small * 6 > len(text):
        return False
    return sum(map(str.isupper, text)) > 5 * small


def opens_sentence(text: str) -> bool:
    """Whether a text begins as a sentence does: with a capital, a digit, a quotation mark or a bracket."""
    first = text[0]
    return first.isupper() or first.isdigit() or first in "\"“‘'«([…"


_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_PARTS = (("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def to_roman(value: int) -> str:
    """A Roman number for 1 … 300."""
    parts = []
    for letters, worth in _ROMAN_PARTS:
        while value >= worth:
            parts.append(letters)
            value -= worth
    return "".join(parts)


@lru_cache(maxsize=4096)
def leading_digits(number: str) -> str:
    """The digits of a number, of any script, that a letter may follow: "4" of "4a"; nothing of "IV"."""
    return "".join(takewhile(str.isdecimal, number))


@lru_cache(maxsize=4096)
def from_roman(text: str) -> int:
    """The value of a well-formed Roman number in capitals, or 0 for anything else ("IIII", "VX")."""
    total = 0
    for letter, after in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN_VALUES.get(letter, 0)
        if not value:
            return 0
        total += -value if _ROMAN_VALUES.get(after, 0) > value else value
    return total if to_roman(total) == text else 0
