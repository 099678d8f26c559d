"""Comparison words: a text cut into words, each with the form in which it is compared.

Versions are compared letter by letter but for what no reader takes for a difference: tone placement ("hoà", "hòa"), Ð for Đ,
the shape of dashes and quotation marks, spaces. Between the plans of two issuers punctuation and case do not count either,
and the names of the province and its agencies are neutral: "tỉnh An Giang" and "thành phố Cần Thơ" are one word, "Sở TN&MT"
is "Sở Tài nguyên và Môi trường".
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.grammar.rows import values
from planparse.text import fold_tones

# A number with its separators ("3.802,8", "31/8/2012", "1463/QĐ-UBND") is one word.
_WORD = re.compile(r"\w+(?:[.,/&-]\w+)*|[^\w\s]")
_ALIKE = str.maketrans({"–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "."})
#: The word that stands for the province, named or not ("trên địa bàn tỉnh").
PROVINCE = "‹tỉnh›"
_LONGEST_NAME = 14


class Word(NamedTuple):
    """A word: its key for comparison, and its range in the text up to the next word."""

    key: str
    start: int
    end: int


def fold(text: str) -> str:
    """A text for comparison: composed, tones in their new places, one shape of dash and quotation mark. Where the text is
    NFC, as the model's is, the length stays."""
    return fold_tones(unicodedata.normalize("NFC", text)).translate(_ALIKE)


class Keys:
    """Cuts the texts of one document into words. `province` is the document's own; `neutral` for plans of two issuers."""

    def __init__(self, grammar: Grammar, *, neutral: bool = False, province: str | None = None) -> None:
        self._grammar = grammar
        self._neutral = neutral
        self._province = province
        self._known: dict[str, list[Word]] = {}

    def words(self, text: str) -> list[Word]:
        """The words of a text; together their ranges are the whole text. A block's text is asked for several times."""
        if text not in self._known:
            self._known[text] = self._cut(text)
        return self._known[text]

    def _cut(self, text: str) -> list[Word]:
        folded = fold(text)
        if len(folded) != len(text):  # not composed: compared and shown as it would be
            folded = text
        found = [(match[0], match.start(), match.end()) for match in _WORD.finditer(folded)]
        if self._neutral:
            found = self._neutralised(found)
        if not found:
            return [Word("", 0, len(text))] if text else []
        starts = [0, *(start for _, start, _ in found[1:])]
        ends = [*starts[1:], len(text)]
        return [Word(key, start, end) for (key, _, _), start, end in zip(found, starts, ends, strict=True)]

    def said(self, text: str) -> str:
        """What a text says, to tell whether two say the same. Between versions a space more or less is no difference
        ("PM 2.5", "PM2.5"): converters leave them where a page had a raised letter or another type."""
        return (" " if self._neutral else "").join(word.key for word in self.words(text))

    def bag(self, text: str) -> list[str]:
        """The words by which likeness is told: in small letters, without punctuation."""
        return [word.key.lower() for word in self.words(text) if word.key and (word.key[0].isalnum() or word.key[0] == "‹")]

    def _neutralised(self, found: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
        words = [(word.lower(), start, end) for word, start, end in found if word[0].isalnum() or len(word) > 1]
        names, lengths = self._names
        out: list[tuple[str, int, int]] = []
        at = 0
        while at < len(words):
            for count in lengths.get(words[at][0], ()):
                if at + count <= len(words):
                    name = names.get(" ".join(word for word, _, _ in words[at : at + count]))
                    if name is not None:
                        out.append((name, words[at][1], words[at + count - 1][2]))
                        at += count
                        break
            else:
                out.append(words[at])
                at += 1
        return out

    @cached_property
    def _names(self) -> tuple[dict[str, str], dict[str, list[int]]]:
        """Words of a name → the word that it is compared by; first word → numbers of words, the longest first."""
        provinces = self._grammar.listed("province")
        names = dict.fromkeys(provinces, PROVINCE)
        for spelling, body in self._grammar.bodies.items():
            words = _WORD.findall(spelling)
            if 1 < len(words) <= _LONGEST_NAME:
                # A name of several words is one word: a sở is another sở, not three words in common.
                names.setdefault(" ".join(word for word in words if word[0].isalnum()), f"‹{body.name.lower()}›")
        for row in self._grammar.lexicon("provinces"):
            if row.fields["name"] != self._province:
                continue
            for spelling in (row.fields["name"], *values(row.fields["aliases"])):
                key = " ".join(word for word in _WORD.findall(fold(spelling.lower())) if word[0].isalnum())
                names[key] = PROVINCE
                names |= {f"{before} {key}": PROVINCE for before in provinces}
        lengths: dict[str, set[int]] = {}
        for name in names:
            first, *rest = name.split(" ")
            lengths.setdefault(first, set()).add(1 + len(rest))
        return names, {first: sorted(counts, reverse=True) for first, counts in lengths.items()}
