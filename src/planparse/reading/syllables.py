"""How well a text fits Vietnamese: the share of its words beyond ASCII that are syllables of the language.

Vietnamese writes each syllable as a word, and few combinations of letters are one (`syllables.toml`). A text that is read
in a wrong encoding has hardly a word left that is.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

#: What parts words. All other signs count as part of a word, for in a wrong encoding they are letters: "ho¹ch".
_BREAKS = re.compile("[\\s\\d!-/:-@\\[-`{-~\xa0]+")
#: What may stand before or after a word: quotation marks, dashes, bullets.
_AROUND = "“”‘’‚„«»–—…•·°†‡‹›"
_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_TONES = {_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT}
_CHECKED_TONES = {_ACUTE, _DOT}


class Fit(NamedTuple):
    """Of the different words beyond ASCII, how many are Vietnamese syllables, how many there are, and the first that is
    none."""

    good: int
    total: int
    first_odd: str = ""

    @property
    def odd(self) -> int:
        """How many words are none."""
        return self.total - self.good

    @property
    def share(self) -> float:
        """From 0, none, to 1, all; 0 where there are no words."""
        return self.good / self.total if self.total else 0.0


@cache
def _tables() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Onsets, checked rimes, open rimes."""
    data = tomllib.loads((Path(__file__).parent / "syllables.toml").read_text("utf-8"))
    return frozenset(data["onsets"].split()), frozenset(data["checked"].split()), frozenset(data["open"].split())


def words_of(text: str) -> list[str]:
    """The words of a text that are not of ASCII alone, in order; without those that lost a letter."""
    found = (word.strip(_AROUND) for word in _BREAKS.split(text) if not word.isascii())
    return [word for word in found if not word.isascii() and "\ufffd" not in word]


def fit(text: str) -> Fit:
    """How well a text fits Vietnamese."""
    words = list(dict.fromkeys(words_of(text)))
    odd = [word for word in words if not is_syllable(word)]
    return Fit(len(words) - len(odd), len(words), odd[0] if odd else "")


def is_syllable(word: str) -> bool:
    """Whether a word, in any case, is built like a syllable of Vietnamese."""
    marked = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in marked if mark in _TONES]
    if len(tones) > 1 or not word:
        return False
    bare = unicodedata.normalize("NFC", "".join(letter for letter in marked if letter not in _TONES))
    onsets, checked, opened = _tables()
    # The longest onset first; "gì" and "gìn" have the onset "g".
    for length in (3, 2, 1, 0):
        onset, rime = bare[:length], bare[length:]
        if len(onset) == length and (not length or onset in onsets):
            if rime in opened or (rime in checked and bool(tones) and tones[0] in _CHECKED_TONES):
                return True
    return False
