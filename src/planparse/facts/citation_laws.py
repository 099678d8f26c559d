"""Laws that are cited by name: "Luật Bảo vệ môi trường năm 2020", "Luật sửa đổi, bổ sung một số điều của Luật …"."""

from __future__ import annotations

from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.late import late

_WORD = late(r"[ \u00a0]?([^\s.,;:()<>“”\"|/]+)")
#: A name, and what joins it to the next, is looked for in so much text.
_LONGEST = 400
#: So many words a plain name has: "Luật Quy hoạch đô thị"; longer names are rows of the grammar.
_MOST_WORDS = 9


class Law(NamedTuple):
    """A law in a text: its range, its type ("Bộ luật") and its whole name ("Bộ luật Lao động")."""

    start: int
    end: int
    type: str
    name: str


def find_laws(text: str, grammar: Grammar) -> list[Law]:
    """The laws that a text, with tone placement folded, cites by name."""
    found: list[Law] = []
    for find in grammar.seek("law"):
        for match in find.matches(text):
            start, end = match.span()
            if found and start < found[-1].end:
                continue
            if match["constitution"]:
                found.append(Law(start, end, match["constitution"], match["constitution"]))
                continue
            end = _name_end(text, match.start("name"), grammar)
            if end > match.start("name"):
                found.append(Law(start, end, match["type"].capitalize(), text[start:end]))
    return found


def _name_end(text: str, start: int, grammar: Grammar) -> int:
    """Where the name of a law that begins at a place ends."""
    rest = text[start : start + _LONGEST]
    if chain := grammar.says("law_chain", rest):
        return _chain_end(text, start + chain.end(), grammar)
    if known := grammar.says("law_name", rest):
        return start + int(known.end())
    end = start
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, end)
        if word is None or grammar.says("law_stop", text[end : end + _LONGEST]):
            break
        end = word.end()
    return end


def _chain_end(text: str, start: int, grammar: Grammar) -> int:
    """Where the laws that a law amends end: "Luật A và Luật B"; they belong to its name."""
    end = start
    while True:
        word = grammar.pattern("law_word").match(text, end)
        if word is None:
            return end
        if not text[word.end() : word.end() + 1].isupper():
            kindred = grammar.says("law_kindred", text[end : end + _LONGEST])
            return end + int(kindred.end()) if kindred else end
        end = _name_end(text, word.end(), grammar)
        joint = grammar.says("law_joint", text[end : end + _LONGEST])
        if joint is None:
            return end
        end += int(joint.end())
