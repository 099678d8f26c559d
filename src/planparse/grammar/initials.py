"""The letters that a match of a pattern can begin with, told from the text of the pattern: most lines begin with another
one, and need not be held against it. Nothing is compiled for that."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from planparse.grammar.rows import Row
from planparse.text import LOWER_CLASS, UPPER_CLASS, both_tones

_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d*(?:,\d*)?\})[?+]?")
_GROUP = re.compile(r"\((?!\?)|\(\?:|\(\?P?<\w+>")
_LOOK = ("(?=", "(?!", "(?<=", "(?<!")
_CLASS = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]", re.DOTALL)
_STOP = re.compile(r"[|()\[\\]")
_BLANKS = frozenset(" \t\n\r\f\v\xa0")
#: A class that ranges over more letters leaves hardly a line out.
_WIDEST = 1000
_NOTHING: frozenset[str] = frozenset()
_PLACES = frozenset(("\\b", "\\B", "\\A", "\\Z"))


class _AllLetters:
    def __contains__(self, letter: object) -> bool:
        return True


def initials_of(rows: list[Row]) -> Container[str]:
    """The letters that a text begins with where the pattern of one of some rows matches it; all letters, where those of one
    row cannot be told."""
    found: set[str] = set()
    for row in rows:
        letters = first_letters(str(row.fields["pattern"]))
        if letters is None:
            return _AllLetters()
        found |= letters
    return frozenset(found)  # asked for each line


@lru_cache(maxsize=256)  # rows are asked for alone and with others
def first_letters(source: str) -> frozenset[str] | None:
    """The letters that each match of a row's pattern begins with ("[Nn]gày|tháng" → N, n, t); None where they cannot be
    told, as of what matches any letter, or nothing at all."""
    reader = _Reader(both_tones(source).replace("{Upper}", UPPER_CLASS).replace("{Lower}", LOWER_CLASS))
    try:
        letters, empty = reader.alternatives()
    except (_UntoldError, RecursionError):
        return None
    return None if empty or reader.at < len(reader.source) else letters


class _UntoldError(Exception):
    """The pattern says something at its beginning that is not read here."""


class _Reader:
    """Reads a pattern from left to right. Only what can stand first has to be understood; the rest is passed over."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def alternatives(self) -> tuple[frozenset[str], bool]:
        """The first letters of the alternatives up to the bracket that closes them, and whether one may match nothing."""
        letters: frozenset[str] = _NOTHING
        may_be_empty = False
        while True:
            empty = True
            while empty and self.at < len(self.source) and self.source[self.at] not in "|)":
                found, empty = self._piece()
                letters |= found
            self._pass_over()
            may_be_empty = may_be_empty or empty
            if not self.source.startswith("|", self.at):
                return letters, may_be_empty
            self.at += 1

    def _pass_over(self, ends: str = "|)") -> None:
        """Go on to the end of an alternative, or of a group."""
        depth = 0
        while stop := _STOP.search(self.source, self.at):
            sign, self.at = stop[0], stop.start()
            if depth == 0 and sign in ends:
                return
            if sign == "[" and (found := _CLASS.match(self.source, self.at)):
                self.at = found.end()
                continue
            depth += {"(": 1, ")": -1}.get(sign, 0)
            self.at += 2 if sign == "\\" else 1
        self.at = len(self.source)

    def _piece(self) -> tuple[frozenset[str], bool]:
        """The first letters of the next letter, class or group with its quantifier, and whether it may match nothing."""
        letters, empty = self._atom()
        while quantifier := _QUANTIFIER.match(self.source, self.at):
            empty = empty or quantifier[0].startswith(("*", "?", "{0", "{,"))
            self.at = quantifier.end()
        if self.source.startswith("{", self.at):
            raise _UntoldError  # "{e<=1}": letters of which one may be another
        return letters, empty

    def _atom(self) -> tuple[frozenset[str], bool]:
        source, at = self.source, self.at
        sign = source[at]
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._class(), False
        if sign == "\\":
            self.at = at + 2
            return (_NOTHING, True) if source[at : at + 2] in _PLACES else (_escaped(source[at + 1 : at + 2]), False)
        self.at = at + 1
        if sign in "^$":
            return _NOTHING, True
        if sign == ".":
            raise _UntoldError
        return frozenset(sign), False

    def _group(self) -> tuple[frozenset[str], bool]:
        letters, empty = _NOTHING, True
        if self.source.startswith(_LOOK, self.at):
            self.at += 1
            self._pass_over(")")
        elif opened := _GROUP.match(self.source, self.at):
            self.at = opened.end()
            letters, empty = self.alternatives()
        else:
            raise _UntoldError  # flags, conditions
        self.at += 1
        return letters, empty

    def _class(self) -> frozenset[str]:
        found = _CLASS.match(self.source, self.at)
        if found is None or found[0].startswith("[^") or "[" in found[0][1:].replace("\\[", ""):
            raise _UntoldError  # all but some letters; classes by name or within a class
        self.at = found.end()
        inside = found[0][1:-1]
        letters: set[str] = set()
        at = 0
        while at < len(inside):
            if inside[at] == "\\":
                letters |= _escaped(inside[at + 1])
                at += 2
            elif inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
                reach = range(ord(inside[at]), ord(inside[at + 2]) + 1)
                if inside[at + 2] == "\\" or len(reach) > _WIDEST:
                    raise _UntoldError
                letters.update(map(chr, reach))
                at += 3
            else:
                letters.add(inside[at])
                at += 1
        return frozenset(letters)


def _escaped(sign: str) -> frozenset[str]:
    if sign == "s":
        return _BLANKS  # no line begins with a rarer one
    if sign.isalnum():
        raise _UntoldError  # a word, a digit, a letter by its code
    return frozenset(sign)
