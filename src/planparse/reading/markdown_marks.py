"""The marks of Markdown in a text that a program made of a Word file or a PDF: "## I. NHIỆM VỤ", "**1. Mục tiêu**",
"\\- Mở lớp". They are no words of the document and stand where its own marks are looked for."""

from __future__ import annotations

import re

from planparse.late import late

#: So many marks are no chance.
_FEWEST = 3
_EVIDENCE = late(
    r"^[ \t]{0,3}#{1,6}[ \t]+\S"
    r"|(?<!\*)\*\*[^\s*][^*\n]*\*\*(?!\*)"
    r"|^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*$",
    re.MULTILINE,
)
#: A "*" or "_" with a blank after it opens an item or a rule, and is no mark of emphasis.
_MARKS = late(
    r"^[ \t]{0,3}#{1,6}(?:[ \t]+|(?=[*\\]))"  # ## I. NHIỆM VỤ
    r"|[ \t]+#+[ \t]*$"
    r"|^[ \t]{0,3}>[ \t]?"  # > a quotation
    r"|^[ \t]*```[^\n]*$"  # a fence of code
    r"|(?<!\*)\*{2,3}(?!\*)"  # **strong**
    r"|(?<![^\s(\[“\"|>])\*(?=[^\s*])|(?<=[^\s*])\*(?=[\s)\].,;:”\"|]|$)"  # *emphasis*
    r"|(?<![\w_])_{1,2}(?=[^\s_])|(?<=[^\s_])_{1,2}(?![\w_])"  # __strong__
    r"|\\(?=[`*_{}\[\]()#+\-.!<>~&])"  # \- a letter that is none of these
    r"|<br[ \t]*/?>|&(?:nbsp|amp|lt|gt);",
    re.MULTILINE,
)
_MADE = {"&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">"}


def is_marked(text: str) -> bool:
    """Whether a text is Markdown: several headings, words in bold type or rules of tables."""
    if "**" not in text and "#" not in text:
        return False
    found = _EVIDENCE.finditer(text)
    return sum(1 for _ in zip(range(_FEWEST), found, strict=False)) == _FEWEST


def marks() -> re.Pattern[str]:
    """What finds the marks of a text that is Markdown."""
    return _MARKS


def made_of(mark: str) -> str:
    """What stands in a document for a mark: a blank for a line break inside a cell, nothing for most."""
    return " " if mark.startswith("<br") else _MADE.get(mark, "")
