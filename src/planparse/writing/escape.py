"""What a document says, made harmless for Markdown: it never becomes a heading, a link, an emphasis or HTML of its own."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$])")
_BACKSLASHED = r"\\\1"
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+[.)](?=\s|$))")


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    text = _ENTITY.sub("&amp;", escape_signs(text))
    return "\n".join(_LINE_START.sub(_escape_start, line) for line in text.split("\n"))


def _escape_start(found: re.Match[str]) -> str:
    """A mark at the beginning of a line that would make it a heading or a list item."""
    mark = found[2]
    return f"{found[1]}{mark[:-1]}\\{mark[-1]}"


def escape_signs(text: str) -> str:
    """Text whose signs mean nothing to Markdown; the beginnings of its lines are left as they are."""
    return _SPECIAL.sub(_BACKSLASHED, text)
