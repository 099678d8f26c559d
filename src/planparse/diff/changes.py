"""Word-level changes between two texts."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from planparse.diff.keys import Word

Data = dict[str, Any]

#: Above so many pairs of words, frequent words are not looked for (difflib's own shortcut), which keeps it quick.
_MANY = 4_000_000


def changes_of(left: str, right: str, left_words: list[Word], right_words: list[Word], *, same: bool = False) -> list[Data]:
    """The changes that make the right text of the left one: `{op, left, right}` with op equal, insert, delete or replace.

    same: they are known to say the same, though they may be cut into other words.

    The left sides one after the other are the left text, the right sides the right text.
    """
    ours, theirs = [word.key for word in left_words], [word.key for word in right_words]
    if same or ours == theirs:
        return [{"op": "equal", "left": left, "right": right}] if left or right else []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=len(ours) * len(theirs) > _MANY)
    return [
        {"op": op, "left": _piece(left, left_words, a, b), "right": _piece(right, right_words, c, d)}
        for op, a, b, c, d in matcher.get_opcodes()
    ]


def _piece(text: str, words: list[Word], first: int, last: int) -> str:
    return text[words[first].start : words[last - 1].end] if first < last else ""
