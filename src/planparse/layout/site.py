"""What the hosting site put before and after a document: metadata lists, related-document lists, its own title."""

from __future__ import annotations

from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.layout.lines import BLANK, TEXT, Lines
from planparse.text import is_caps


class Edges(NamedTuple):
    """The lines of the document itself: from `first` up to, but not with, `last`; what lies outside is the site's."""

    first: int
    last: int


def find_edges(lines: Lines, grammar: Grammar) -> Edges:
    """Where the document begins and ends between what the site put around it."""
    first = _head(lines, grammar)
    return Edges(first, max(first, _tail(lines, grammar)))


def metadata(lines: Lines, grammar: Grammar, edges: Edges) -> dict[str, str | None]:
    """What the site says of the document, by its own labels; a placeholder ("Đang cập nhật") is None."""
    said: dict[str, str | None] = {}
    for i in (*range(edges.first), *range(edges.last, len(lines))):
        if lines.kind[i] == TEXT and (found := grammar.site("key", lines.text[i])):
            value = found["value"].strip()
            said.setdefault(found["key"], None if grammar.site("placeholder", value) else value)
    return said


def _is_list_line(lines: Lines, grammar: Grammar, i: int) -> bool:
    text = lines.text[i]
    letter = text[0]
    if letter in "-–•" or letter.isupper():
        return bool(grammar.site("related", text) or grammar.site("key", text) or grammar.site("furniture", text))
    return False


def _head(lines: Lines, grammar: Grammar) -> int:
    """The first line of the document: after the site's lists, at the letterhead."""
    seen = False
    end = 0
    for i in range(min(len(lines), 400)):
        if lines.kind[i] != TEXT:
            if lines.kind[i] != BLANK and not seen:
                return 0
            if lines.kind[i] != BLANK:
                break
            continue
        text = lines.text[i]
        if _is_list_line(lines, grammar, i):
            seen = True
            end = i + 1
            continue
        if is_caps(text) and len(text) > 1 and text[0].isalpha():
            break
        if not seen and i > 12:
            break
        if grammar.says("place_date", text) or grammar.says("number", text):
            break
    if not seen:
        return 0
    # The site's own lines that a wrap broke, up to the letterhead.
    i = end
    while i < len(lines) and i < end + 6:
        if lines.kind[i] != TEXT or is_caps(lines.text[i]) or grammar.says("number", lines.text[i]):
            break
        i += 1
    else:
        i = end
    if i < len(lines) and lines.kind[i] != BLANK:
        end = i
    while end < len(lines) and lines.kind[end] == BLANK:
        end += 1
    return end


def _tail(lines: Lines, grammar: Grammar) -> int:
    """The line after the document's last: where the site's lists begin that go on to the end of the text."""
    last = len(lines)
    begun = last
    strays = 0
    i = last - 1
    while i >= 0:
        if lines.kind[i] == BLANK:
            i -= 1
            continue
        if lines.kind[i] != TEXT:
            break
        if _is_list_line(lines, grammar, i):
            begun = i
            strays = 0
        elif begun == last and not grammar.site("title", lines.text[i]):
            break
        else:
            # The second line of an entry that a wrap broke, or the site's title between its lists.
            strays += 1
            if strays > 12:
                break
        i -= 1
    if begun < last and begun and grammar.site("title", lines.text[begun - 1]) and _lonely(lines, begun - 1):
        begun -= 1
    return begun


def _lonely(lines: Lines, i: int) -> bool:
    """Whether a line stands at the top of the site's block, not inside a paragraph of the document."""
    return i == 0 or lines.kind[i - 1] != TEXT or lines.text[i - 1][-1] in ".;:|"
