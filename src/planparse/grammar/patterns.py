"""Patterns of grammar rows: compiled once, matched at the beginning of a text.

The shipped patterns run on `re`, which is the fastest at one pass. A pattern that a user's folder brings is unknown
code: it runs on `regex` with a timeout, and one that runs away is put out of use and reported.
"""

from __future__ import annotations

import re
from typing import Any

from planparse.grammar.rows import Row
from planparse.text import LOWER_CLASS, UPPER_CLASS, both_tones

#: How long a user's pattern may work on one text, in seconds.
TIMEOUT = 0.25


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


def match_any(patterns: tuple[Pattern, ...], text: str) -> Any:
    """The first match of several patterns at the beginning of a text, or None."""
    for pattern in patterns:
        if found := pattern.match(text):
            return found
    return None
