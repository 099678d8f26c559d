"""Units after a number, from the lexicon of units: "% GRDP", "triệu lượt khách", "ca/100.000 dân", "nghìn tỷ đồng"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import said
from planparse.grammar.rows import values
from planparse.late import late
from planparse.text import fold_tones

_WORD = late(r"[^\W\d_]+\d?[²³]?")
_SLASH = late(r"\s?/\s?")
#: A value that is counted against a round number and has no unit of its own: "40/100.000 trẻ".
_AGAINST = late(r"/1[.0]*00\s")
_SPACE = late(r"\s*")


class Word(NamedTuple):
    """A unit of the lexicon, folded and in lower case."""

    spelling: str
    kind: str
    worth: int
    currency: str


class Unit(NamedTuple):
    """A unit in a text: its place (scale words included), its kind, the worth of its scale words, the code of a currency,
    and the place where its "per" part begins (`end` where it has none)."""

    start: int
    end: int
    kind: str
    worth: int
    currency: str
    per: int


class Units:
    """The units of a grammar, found by their first word."""

    def __init__(self, grammar: Grammar) -> None:
        self._shares = grammar.pattern("unit_share")
        self._pers = grammar.pattern("unit_per")
        #: A "per" part that makes no rate of an amount: "/năm".
        self.times = grammar.pattern("money_per_time")
        self._by_word: dict[str, list[Word]] = {}
        for row in grammar.lexicon("units"):
            fields = row.fields
            worth = int(fields["worth"] or 1) if (fields["worth"] or "1").isdecimal() else 1
            for spelling in values(fold_tones(f"{fields['unit']} | {fields['variants']}".lower())):
                word = Word(spelling, fields["kind"], worth, fields["currency"])
                self._by_word.setdefault(_first(spelling), []).append(word)
        for words in self._by_word.values():
            words.sort(key=lambda word: -len(word.spelling))
        every = [word for words in self._by_word.values() for word in words]
        self._longest = max((len(word.spelling) for word in every), default=0)
        scales, currencies = (
            "|".join(re.escape(word.spelling) for word in every if word.kind == kind) for kind in ("scale", "currency")
        )
        #: Where a text may hold an amount of money; it begins with a digit, so that it finds its places fast.
        self.money = re.compile(rf"\d\s?(?:(?:{scales or '(?!)'})\s?)*(?:{currencies or '(?!)'})(?!\w)", re.IGNORECASE)

    def after(self, text: str, at: int) -> Unit | None:
        """The unit that stands at a place of a text, white space before it aside."""
        if share := self._shares.match(text, at):
            end = share.end()
            base = self._word(text, _skip(text, end))
            of = _skip(text, end) + len(base.spelling) if base is not None and base.kind == "base" else end
            return Unit(_skip(text, at), self._per(text, of), "share", 1, "", of)
        if against := _AGAINST.match(text, at):
            word = self._word(text, against.end())
            end = against.end() + len(word.spelling) if word is not None else at
            return Unit(at, end, "measure", 1, "", end) if word is not None else None
        start = place = _skip(text, at)
        worth = 1
        while (word := self._word(text, place)) is not None and word.kind == "scale":
            worth *= word.worth
            place = _skip(text, place + len(word.spelling))
        if word is None or word.kind == "base":
            if worth == 1:
                return None
            end = _trim(text, place)
            return Unit(start, end, "scale", worth, "", end)
        end = place + len(word.spelling)
        return Unit(start, self._per(text, end), word.kind, worth * word.worth, word.currency, end)

    def _per(self, text: str, at: int) -> int:
        """The end of the "per" parts that follow a unit ("lít/người/ngày"), or the same place."""
        while found := self._pers.match(text, at):
            at = found.end()
            # "con/phụ | nữ": a unit of several words.
            base = self._word(text, found.start("base")) if said(found, "base") else None
            if base is not None:
                at = max(at, found.start("base") + len(base.spelling))
        return at

    def _word(self, text: str, at: int) -> Word | None:
        found = _WORD.match(text, at)
        if found is None:
            return None
        first = found[0].lower()
        words = self._by_word.get(first) or self._by_word.get(fold_tones(first))
        if words is None:
            return None
        folded = fold_tones(text[at : at + self._longest + 1].lower())
        for word in words:
            if folded.startswith(word.spelling) and not folded[len(word.spelling) : len(word.spelling) + 1].isalnum():
                return word
        return None


def printed_unit(text: str, unit: Unit) -> str:
    """A unit as printed, without stray spaces: "%/ năm" is "%/năm"."""
    return _SLASH.sub("/", " ".join(text[unit.start : unit.end].split()))


@lru_cache(maxsize=8)
def units_of(grammar: Grammar) -> Units:
    """The units of a grammar, built when they are first asked for."""
    return Units(grammar)


def _first(words: str) -> str:
    found = _WORD.match(words)
    return found[0] if found else words


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _trim(text: str, at: int) -> int:
    while at and text[at - 1].isspace():
        at -= 1
    return at
