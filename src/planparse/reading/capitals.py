"""The capitals with a tone, which TCVN3 has not: a small letter stands for them, or a font of capitals printed them.

What a word or a sentence shows to be a capital is made one. In a text that lost its fonts, lines that had been set in the
font of capitals are in small letters; they are made capitals again.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from planparse.text import LOWER_VOWELS, WORD

#: The small letters that stand for their capitals, too: vowels with a tone.
_TONED = frozenset(LOWER_VOWELS) - frozenset("aăâeêioôơuưy")
_ANY_TONED = "[" + "".join(sorted(_TONED)) + "]"
#: Words of one phrase: "HỘI ĐỒNG, NHÂN DÂN". A slash, a number, a rule of dashes or the end of the line parts them.
_PHRASE = re.compile(r"[^\W\d_]+(?:(?:(?!--)[ \t\xa0,–\"“”'()-])+[^\W\d_]+)*")
#: Where a sentence begins: at a blank line's end, behind the mark of a section, behind the end of another sentence.
_BEGINS = re.compile(
    rf"""(?:\A|\n[ \t]*\n)[ \t]*{_ANY_TONED}
    |^[ \t]*(?:\d+(?:\.\d+)*[.)]|[IVXLC]+[.)]|[a-zđ]\)|[-+•*]|(?:Điều|Chương|Mục|Phần)[ ][\dIVXLC]+[.:]?)[ \t]+{_ANY_TONED}
    |[^\W\d_]{{2}}[.?!]\s+{_ANY_TONED}(?<!v[.v]v\.\s\S)""",
    re.MULTILINE | re.VERBOSE,
)
#: The number of a heading, whose capitals are typed; and what begins an item of a list, which is no heading.
_NUMBER = re.compile(r"[ \t]*[IVXLC]+[.)][ \t]+")
_ITEM = re.compile(r"[\d+*•-]|[a-zđ]\)")
#: A line that may have been set in capitals is no longer, in characters.
_LONGEST = 160


def restored(text: str) -> str:
    """A document out of TCVN3 with its capitals; every letter stays in its place."""
    made = with_capitals(_lines_restored(text))
    made = _BEGINS.sub(lambda found: found[0][:-1] + found[0][-1].upper(), made)
    return _names().sub(lambda found: found[0][0].upper() + found[0][1:], made)


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "capitals.toml").read_text("utf-8"))


@cache
def _names() -> re.Pattern[str]:
    """Names whose first letter has a tone."""
    return re.compile(rf"\b(?:{'|'.join(_words()['names'])})\b".replace(" ", r"\s"))


def _lines_restored(text: str) -> str:
    """In a text that shows by its head to have lost its fonts, the lines that were of capitals: those without any that
    begin a paragraph, or stand behind the Roman number of a heading, and end no sentence.

    Such a text has "cộng hòa xã hội chủ nghĩa việt nam" in small letters.
    """
    if not any(head in text for head in _words()["heads"]):
        return text
    made: list[str] = []
    opened = True
    for line in text.split("\n"):
        if not any(map(str.isalpha, line)):
            opened = True
            made.append(line)
            continue
        number = _NUMBER.match(line)
        words = line[number.end() if number else 0 :].strip()
        lost = len(line) <= _LONGEST and not any(map(str.isupper, words)) and words[-1:] not in {".", ";", ","}
        opened = lost and not _ITEM.match(words) and (opened or number is not None)
        made.append(line.upper() if opened else line)
    return "\n".join(made)


def with_capitals(text: str) -> str:
    """The text with capitals in words of capitals: "Kế HOạCH" is "KẾ HOẠCH".

    A word of one capital and letters with a tone ("Bộ") says nothing of itself: it is of capitals where the words beside it
    in its phrase are ("Bộ CHÍNH TRị"), or where the phrase is of such words alone ("Sở Y Tế").
    """
    return _PHRASE.sub(lambda found: _phrase_with_capitals(found[0]), text)


def _phrase_with_capitals(phrase: str) -> str:
    if phrase.islower() or not any(letter in _TONED for letter in phrase):
        return phrase
    words = list(WORD.finditer(phrase))
    says = [_says(word[0]) for word in words]
    whole = len(words) > 2 and not any(says) and all(word[0][0].isupper() for word in words)
    if not whole and "capitals" not in says:
        return phrase
    beside = zip(_nearest(words, says, 1), _nearest(words, says, -1), strict=True)
    made = []
    done = 0
    for word, said, near in zip(words, says, beside, strict=True):
        capitals = said == "capitals" or (said == "" and (whole or ("capitals" in near and "small" not in near)))
        made += [phrase[done : word.start()], word[0].upper() if capitals else word[0]]
        done = word.end()
    return "".join(made)


def _says(word: str) -> str:
    """What the letters that have both cases say of a word: "capitals", "small", or "" where nothing is certain."""
    sure = [(at, letter) for at, letter in enumerate(word) if letter not in _TONED]
    if any(letter.islower() for _, letter in sure):
        return "small"
    return "capitals" if any(at for at, _ in sure) else ""


def _nearest(words: list[re.Match[str]], says: list[str], step: int) -> list[str]:
    """For each word, what the nearest word before it says that says something; with step -1, behind it."""
    found = [""] * len(words)
    seen = ""
    for at in range(len(words))[::step]:
        found[at] = seen
        if says[at] == "small" or (says[at] and _has_vowel(words[at][0])):
            seen = says[at]
    return found


def _has_vowel(word: str) -> bool:
    """Whether a word may be one: "UBND" is none, and says nothing of the words beside it."""
    return any(letter in "AEIOUY" for letter in unicodedata.normalize("NFD", word).upper())
