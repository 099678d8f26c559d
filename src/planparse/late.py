"""Patterns that are compiled when they are first used: most documents need few of those that the program has."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """A pattern of the program that is compiled when it is first used; then it holds the compiled one's methods."""

    def __init__(self, source: str, flags: int) -> None:
        self._written = source, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._written), name)  # `re` keeps what it compiled
        setattr(self, name, value)
        return value


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when it is first used: most documents need few of those that the program has."""
    return cast("re.Pattern[str]", _Late(source, flags))
