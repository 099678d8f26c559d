"""Legal bases (căn cứ) that a plan lists in a section of its own: "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH" / "1. Quyết định số …"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from planparse.grammar.grammar import Grammar
from planparse.levels import LIST_LEVELS

Data = dict[str, Any]

#: A title of such a list is no longer, in characters.
_LONGEST_TITLE = 80


def listed_bases(document: Data, grammar: Grammar) -> list[Data]:
    """The items of the sections that list legal bases, as entries of the metadata, still without citations; also where the
    title of the list has no number ("CĂN CỨ LẬP KẾ HOẠCH." / "- Luật Thú y …")."""
    parts = (part["blocks"] for part in document["parts"] if part["kind"] in ("decision", "plan"))
    return [
        {"text": block["text"] or block["heading"], "citation_ids": [], "span": block["span"]}
        for blocks in parts
        for block in _under_title(blocks, grammar)
        if block["text"] or block.get("heading")
    ]


def _under_title(blocks: list[Data], grammar: Grammar) -> Iterator[Data]:
    """The items of the lists of bases among blocks and in their sections."""
    for at, block in enumerate(blocks):
        if block["type"] in ("paragraph", "legal_basis") and len(block["text"]) < _LONGEST_TITLE:
            if grammar.role_of(block["text"]) == "bases":
                yield from takewhile(lambda item: item.get("level") in LIST_LEVELS, blocks[at + 1 :])
        elif block["type"] == "section":
            yield from _items([block]) if block["role"] == "bases" else _under_title(block["blocks"], grammar)


def _items(blocks: list[Data]) -> Iterator[Data]:
    """The sections and paragraphs that say something in a list of bases, but for those under another title ("2. Thực
    trạng")."""
    for block in blocks:
        if block["type"] == "paragraph":
            yield block
        elif block["type"] == "section" and block["role"] in (None, "bases"):
            if block["text"] or not block["blocks"]:
                yield block
            yield from _items(block["blocks"])
