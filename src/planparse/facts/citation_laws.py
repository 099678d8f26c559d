"""Laws that are cited by name: "Luật Bảo vệ môi trường năm 2020", "Luật sửa đổi, bổ sung một số điều của Luật …"."""

from __future__ import annotations

import re
from typing import NamedTuple

from planparse.facts.times import matches
from planparse.grammar.grammar import Grammar

#: Words at which the name of a law ends.
_STOP = frozenset(
    "ngày năm số được đã có và về theo cho để nhằm trong trên tại với của các những đối do khi cũng hiện sửa nêu "
    "này đến gắn phù thay hoặc như từ bằng là sẽ phải cần vào hướng ban tới góp trước nói bổ thì mà liên chưa "
    "không còn gồm nếu qua".split()
)
_WORD = re.compile(r"[ \u00a0]?([^\s.,;:()“”\"|/]+)")
_JOINT = re.compile(r"\s*(?:,|và|,\s*và)\s+(?=(?:Bộ l|L)uật\s)")
_LAW = re.compile(r"(?i:(?:bộ )?luật)\s+")
#: "37 Luật có liên quan đến quy hoạch": the laws are told by what they are about.
_KINDRED = re.compile(r"(?i:luật)(?:\s+(?!ngày\s|số\s|năm\s)[^\s.,;:()|]+){0,8}")
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
    for pattern in grammar.finds("law"):
        for match in matches(pattern, text):
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
    rest = text[start : start + 400]
    if chain := grammar.says("law_chain", rest):
        return _chain_end(text, start + chain.end(), grammar)
    if known := grammar.says("law_name", rest):
        return start + int(known.end())
    end = start
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, end)
        if word is None or word[1].isdigit() or word[1].lower() in _STOP or text.startswith("quy định", word.start(1)):
            break
        end = word.end()
    return end


def _chain_end(text: str, start: int, grammar: Grammar) -> int:
    """Where the laws that a law amends end: "Luật A và Luật B"; they belong to its name."""
    end = start
    while True:
        word = _LAW.match(text, end)
        if word is None:
            return end
        if not text[word.end() : word.end() + 1].isupper():
            kindred = _KINDRED.match(text, end)
            return kindred.end() if kindred else end
        end = _name_end(text, word.end(), grammar)
        joint = _JOINT.match(text, end)
        if joint is None:
            return end
        end = joint.end()
