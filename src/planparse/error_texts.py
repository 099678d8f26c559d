"""What the errors say: one catalogue by code, in English and Vietnamese. It is read when the first error is told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

import tomli

from planparse.errors import PlanparseError, Wording


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, str]]:
    """Code → template by language."""
    return tomli.loads((Path(__file__).parent / "errors.toml").read_text("utf-8"))


class _Teller(Formatter):
    """Fills templates of a language: a wording is said in it, and its sign stands between the thousands of a number."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Wording | PlanparseError):
            return value.say(self._lang)
        text = format(value, format_spec)
        return text.replace(",", ".") if format_spec == "," and self._lang == "vi" else text


def text_of(code: str, values: Mapping[str, object], lang: str) -> str:
    """What a code says with its values, in a language ("en" or "vi"). Raises KeyError for a code that is not known."""
    return _Teller(lang).vformat(catalogue()[code][lang], (), values)
