"""Patterns of grammar rows: compiled once, matched at the beginning of a text.

The shipped patterns run on `re`, which is the fastest at one pass. A pattern that a user's folder brings is unknown
code: it runs on `regex` with a timeout, and one that runs away is put out of use and reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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

    def match(self, text: str) -> Any:
        """The match at the beginning of a text, or None."""
        return self._run(self._compiled.match, text)

    def search(self, text: str) -> Any:
        """The first match anywhere in a text, or None."""
        return self._run(self._compiled.search, text)

    def _run(self, method: Any, text: str) -> Any:
        if self.ran_away:
            return None
        try:
            return method(text, timeout=TIMEOUT)
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
        self.sign = "" if row.own else sign_of(str(row.fields["pattern"]))
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
        """All matches in a text. A user's own pattern only tells its first match: what it has matched is blotted out,
        and the rest is searched again."""
        if self.sign not in text:
            return iter(())
        pattern = self.pattern()
        return pattern.finditer(text) if isinstance(pattern, re.Pattern) else _matches_of_own(pattern, text)


def _matches_of_own(pattern: OwnPattern, text: str) -> Iterator[Any]:
    left = text
    while (found := pattern.search(left)) is not None:
        yield found
        end = max(found.end(), found.start() + 1)
        if end >= len(text):
            return
        left = "\0" * end + text[end:]


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
