"""Patterns of grammar rows: compiled once, when the first text is held against them.

The shipped patterns run on `re`, which is the fastest at one pass. A pattern that a user's folder brings is unknown
code: it runs on `regex` with a timeout, and one that runs away is put out of use and reported.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from planparse.grammar.rows import Row
from planparse.text import LOWER_CLASS, UPPER_CLASS, both_tones

#: How long a user's pattern may work on one text, in seconds.
TIMEOUT = 0.25
#: Flags for the whole pattern, and letters by their codes: such a pattern has no sign.
_UNREAD = ("(?", "\\x", "\\u", "\\U", "\\N", "\\0")
_SPECIAL = "\\[](){}.^$*+?|"
#: The pieces of a pattern: escapes, classes, {…}, flags that hold for all of it, single signs, and runs of letters.
_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]|\{[^}]*\}|\(\?[aiLmsux]+\)|[()|.^$*+?\]{}]|[^\\\[\]{}()|.^$*+?]+", re.DOTALL
)


class OwnPattern:
    """A user's pattern: matches as a compiled pattern does, gives up on a text after `TIMEOUT` and then for good."""

    def __init__(self, row: Row, source: str, flags: int) -> None:
        import regex

        self.row = row
        self.ran_away = False
        self._compiled = regex.compile(source, flags)

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> Any:
        """The match at the beginning of a text, or at a place of it, or None."""
        return self._run(self._compiled.match, text, pos, endpos)

    def fullmatch(self, text: str, pos: int = 0, endpos: int | None = None) -> Any:
        """The match of a whole text, or of a range of it, or None."""
        return self._run(self._compiled.fullmatch, text, pos, endpos)

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> Any:
        """The first match anywhere in a text, or in a range of it, or None."""
        return self._run(self._compiled.search, text, pos, endpos)

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator[Any]:
        """The matches in a text, or in a range of it; each is given the time of one."""
        while (found := self.search(text, pos, endpos)) is not None:
            yield found
            pos = max(found.end(), found.start() + 1)
            if pos > len(text):
                return

    def _run(self, method: Any, text: str, pos: int, endpos: int | None) -> Any:
        if self.ran_away:
            return None
        try:
            return method(text, pos, endpos, timeout=TIMEOUT)
        except TimeoutError:
            self.ran_away = True
            return None


Pattern = re.Pattern[str] | OwnPattern


def compile_pattern(row: Row, field: str = "pattern", *, ignore_case: bool = False) -> Pattern:
    """The pattern in a field of a row. A pattern that is no regular expression is an error with file and line."""
    source = both_tones(str(row.fields[field])).replace("{Upper}", UPPER_CLASS).replace("{Lower}", LOWER_CLASS)
    if not row.own:
        return re.compile(source, re.IGNORECASE if ignore_case else 0)
    import regex

    try:
        return OwnPattern(row, source, regex.IGNORECASE if ignore_case else 0)
    except regex.error as error:
        raise row.error(f"the field {field!r} is not a valid pattern: {error}") from error


def compile_damaged(row: Row) -> Any:
    """What finds the fixed phrase of a row of `ocr.toml` where a scanner damaged it. A mark at its end must be there."""
    import regex

    text, errors = str(row.fields["text"]), int(row.fields["errors"])
    mark = text[-1] if text[-1] in ":." else ""
    letters = regex.escape(text.removesuffix(mark), literal_spaces=True)
    # A letter more or less makes another word sooner than a wrong one: "QUY ĐỊNH".
    few = max(1, errors // 2)
    end = r"(?!\w)" if row.fields["place"] == "begin" else r"\s*$"
    tail = rf"\s*{regex.escape(mark)}" if mark else ""
    return regex.compile(f"(?b)(?:{letters}){{i<={few},d<={few},s<={errors},e<={errors}}}{tail}{end}")


class Find:
    """A row that is searched for anywhere in a text. Where `sign` does not stand in a text, it is not found there; the
    pattern is compiled when the first text has its sign.

    search: the first match in a text, or None.
    """

    __slots__ = ("_compile", "_pattern", "_row", "search", "sign")

    def __init__(self, row: Row, compile_row: Callable[[Row], Pattern]) -> None:
        self._row = row
        self._compile = compile_row
        self._pattern: Pattern | None = None
        signs = signs_of(row)
        self.sign = signs[0] if len(signs) == 1 else "" if row.own else sign_of(str(row.fields["pattern"]))
        self.search: Callable[[str], Any] = self._first_search

    def _first_search(self, text: str) -> Any:
        self.search = self.pattern().search
        return self.search(text)

    def pattern(self) -> Pattern:
        """The compiled pattern."""
        if self._pattern is None:
            self._pattern = self._compile(self._row)
        return self._pattern

    def matches(self, text: str) -> Iterator[Any]:
        """All matches in a text."""
        return self.pattern().finditer(text) if self.sign in text else iter(())


class Kind:
    """The rows of one kind as one pattern with the methods of a compiled one, each as (text, pos, endpos). Of several rows
    the first that matches counts, in a search the one that is found first. They are compiled when the first text is held
    against them."""

    match: Callable[..., Any]
    fullmatch: Callable[..., Any]
    search: Callable[..., Any]
    finditer: Callable[..., Iterator[Any]]

    def __init__(self, compile_rows: Callable[[], tuple[Pattern, ...]]) -> None:
        self._compile = compile_rows

    def __getattr__(self, name: str) -> Any:
        if name not in {"match", "fullmatch", "search", "finditer"}:
            raise AttributeError(name)
        patterns = self._compile()
        if len(patterns) == 1:
            method = getattr(patterns[0], name)  # that of the row itself: it is called many times for each passage
        elif name == "finditer":
            method = self._finditer
        else:
            method = partial(_leftmost if name == "search" else _first, [getattr(pattern, name) for pattern in patterns])
        setattr(self, name, method)
        return method

    def _finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[Any]:
        while (found := self.search(text, pos, endpos)) is not None:
            yield found
            pos = max(found.end(), found.start() + 1)
            if pos > len(text):
                return


def _first(methods: list[Callable[..., Any]], *place: Any) -> Any:
    for method in methods:
        if (found := method(*place)) is not None:
            return found
    return None


def _leftmost(methods: list[Callable[..., Any]], *place: Any) -> Any:
    found = [match for method in methods if (match := method(*place)) is not None]
    return min(found, key=lambda match: match.start()) if found else None


def signs_of(row: Row) -> tuple[str, ...]:
    """Strings of which one stands in each text that a row is of use for: those that it says, else the sign of its pattern;
    ("",) where nothing is known."""
    said = row.fields.get("signs")
    return tuple(said) if said else ("" if row.own else sign_of(str(row.fields["pattern"])),)


def sign_of(source: str) -> str:
    """The longest run of letters that each match of a row's pattern holds ("[Nn]gày\\s+(?P<day>…" → "gày"), or "". Only what
    stands outside groups and classes is looked at."""
    if source.startswith("(?i:") and source.endswith(")"):
        return ""
    best = run = ""
    depth = 0
    for token in _TOKEN.findall(source):
        first = token[0]
        if (first == "|" and depth == 0) or token.startswith(_UNREAD):
            return ""
        if first not in _SPECIAL:
            run = token if depth == 0 else ""
            continue
        if first in "*?{":
            run = run[:-1]
        elif first == "(":
            depth += 1
        elif first == ")":
            depth -= 1
        best, run = max(best, run, key=len), ""
    best = max(best, run, key=len)
    return best if both_tones(best) == best else ""


def match_any(patterns: tuple[Pattern, ...], text: str) -> Any:
    """The first match of several patterns at the beginning of a text, or None."""
    for pattern in patterns:
        if found := pattern.match(text):
            return found
    return None


def said(found: Any, group: str) -> str | None:
    """What a group of a match holds; None where the row has no such group, as a user's own row may have none."""
    try:
        words: str | None = found[group]
    except IndexError:
        return None
    return words
