"""What stands around the text of each page: running headers and footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from planparse.grammar.grammar import Grammar
from planparse.reading.pdf_lines import Line

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W{0,3}(\d{1,4})\W{0,3}$")
#: A bracket or stroke alone on a line: what is left of a picture or of a mark that was painted over.
_STRAY = re.compile(r"[\[\](){}<>|\\^~`]{1,2}$")
#: So many lines at the top and at the foot of a page can be furniture.
_DEEPEST = 4
#: A line that is the same on so many pages, and on this share of them, is no text of the document.
_FEWEST_PAGES, _SHARE = 3, 0.3
#: And on pages that follow one another, or on every second one: left and right pages have headers of their own.
_STEP = 2
#: A line with more numbers is no header.
_MOST_NUMBERS = 8
#: A title stands in the middle of the page, give or take this share of its width, begins no nearer to its edge, and is
#: shorter than a paragraph's first line or in capitals.
_CENTRED, _INDENTED, _SHORT = 0.04, 0.15, 0.62
#: What runs over the pages is parted from the text by more than a line's distance, in sizes of the letters.
_GAP = 1.7
#: A page with more lines than this that all run over the pages has text among them.
_MOST_RUNNING = 2
#: A page number stands in the outer part of its page.
_MARGIN = 0.12
#: And what runs over the pages in this part of them.
_ZONE = 0.15


class PageLines:
    """The lines of a page, from the top, while they are told apart; `number` from 1. `scanned`: whether they were
    recognised, so that a page number may be misread ("l3")."""

    __slots__ = ("furniture", "height", "lines", "number", "scanned", "width")

    def __init__(self, number: int, width: float, height: float, lines: list[Line], scanned: bool) -> None:
        self.number, self.width, self.height, self.lines, self.scanned = number, width, height, lines, scanned
        self.furniture: list[str] = []


#: How a line is known again on another page: whether at the top, its words with "#" for the number of the page, and its
#: place to about a line.
_Key = tuple[bool, str, int]


def set_furniture_apart(pages: list[PageLines], tops: dict[int, float], bottoms: dict[int, float], grammar: Grammar) -> None:
    """Move headers, footers and page numbers from the pages' lines to their furniture.

    tops, bottoms: by page number, where the first ruled table begins and the last one ends; a line inside such a page's
    tables is not here, and one beyond the table from the edge is no furniture.
    """
    offsets = Counter(
        value - page.number
        for page in pages
        for at in _ends(page)
        if (value := _page_number(page, page.lines[at])) is not None
    )
    running = _running(pages, offsets, grammar)
    for page in pages:
        lines = page.lines
        first, last = 0, len(lines)
        top, bottom = tops.get(page.number, 0.0), bottoms.get(page.number, page.height)
        while (
            first < min(last, _DEEPEST)
            and lines[first].y > top
            and _is_furniture(page, first, running, offsets, True, grammar)
        ):
            first += 1
        first = _before_title(page, first, grammar)
        while (
            last > max(first, len(lines) - _DEEPEST)
            and lines[last - 1].y < bottom
            and (_is_furniture(page, last - 1, running, offsets, False, grammar))
        ):
            last -= 1
        first, last = _parted(page, first, last)
        strays = [line for line in lines[first:last] if _STRAY.match(line.text)]
        page.furniture = [line.text for line in (*lines[:first], *lines[last:], *strays)]
        page.lines = [line for line in lines[first:last] if line not in strays] if strays else lines[first:last]


def _parted(page: PageLines, first: int, last: int) -> tuple[int, int]:
    """The ends of the text, set back over running lines that no gap parts from it: forms repeat their own lines."""
    lines = page.lines
    if _MOST_RUNNING < first == last and _page_number(page, lines[first - 1]) is None:
        first -= 1  # a form whose every line stands on other pages too
    while 0 < first < last and _near(lines[first - 1], lines[first]) and _page_number(page, lines[first - 1]) is None:
        first -= 1
    while first < last < len(lines) and _near(lines[last - 1], lines[last]) and _page_number(page, lines[last]) is None:
        last += 1
    return first, last


def in_margin(line: Line, height: float) -> bool:
    """Whether a line stands where headers and footers run, on a page of a height."""
    return not _ZONE * height <= line.y <= (1 - _ZONE) * height


def _near(upper: Line, lower: Line) -> bool:
    return upper.y - lower.y < _GAP * max(upper.size, lower.size)


def _before_title(page: PageLines, first: int, grammar: Grammar) -> int:
    """Where the text of a page begins: a label, or what a part is attached to, that a title follows, opens a part, however
    many parts open with the same words."""
    for at in range(min(first, len(page.lines) - 1)):
        text = page.lines[at].text
        if (grammar.says("appendix", text) or grammar.says("attached_to", text)) and _is_title(page, page.lines[at + 1]):
            return at
    return first


def _is_title(page: PageLines, line: Line) -> bool:
    if abs(line.middle - page.width / 2) > _CENTRED * page.width or line.x0 < _INDENTED * page.width:
        return False
    return line.text.isupper() or (line.x1 - line.x0 < _SHORT * page.width and any(letter.isalpha() for letter in line.text))


def _running(pages: list[PageLines], offsets: Counter[int], grammar: Grammar) -> dict[_Key, set[int]]:
    """The lines that run over the pages, and over which."""
    seen: defaultdict[_Key, dict[int, int]] = defaultdict(dict)
    for page in pages:
        own = {
            value - page.number
            for at in _ends(page)
            if (value := _page_number(page, page.lines[at])) is not None and offsets[value - page.number] > 1
        }
        for at in _ends(page):
            for text, offset in _wordings(page, at, grammar):
                if offset is None or not own or offset in own:  # another number than the page's counts something else
                    for key in _placed(page, at, text):
                        seen[key][page.number] = offset or 0
    fewest = max(_FEWEST_PAGES, min(_SHARE * len(pages), 20))
    running: dict[_Key, set[int]] = {}
    for key, found in seen.items():
        if len(found) >= fewest:
            steps = [step for step in range(-_STEP, _STEP + 1) if step]
            held = {number for number, offset in found.items() if any(found.get(number + step) == offset for step in steps)}
            if len(held) >= fewest:
                running[key] = held
    return running


def _wordings(page: PageLines, at: int, grammar: Grammar) -> Iterator[tuple[str, int | None]]:
    """What a line says on each of its pages: its text, and its text without one number, which may be the page's, and how far
    that is from it. The number of a label ("PHỤ LỤC 2") is no page's."""
    text = page.lines[at].text
    if not any(letter.isalpha() for letter in text):
        return
    yield text, None
    label = grammar.says("appendix", text)
    begin = label.end("label") if label else 0
    for found in list(_DIGITS.finditer(text, begin))[:_MOST_NUMBERS]:
        if len(found[0]) <= 5:
            yield f"{text[: found.start()]}#{text[found.end() :]}", int(found[0]) - page.number


def _placed(page: PageLines, at: int, text: str) -> list[_Key]:
    """The keys of a line at the top or the foot of a page."""
    line = page.lines[at]
    keys = []
    if at < _DEEPEST:
        keys += [(True, text, round((page.height - line.y) / 12) + step) for step in (0, 1)]
    if at >= len(page.lines) - _DEEPEST:
        keys += [(False, text, round(line.y / 12) + step) for step in (0, 1)]
    return keys


def _ends(page: PageLines) -> list[int]:
    count = len(page.lines)
    return sorted({*range(min(_DEEPEST, count)), *range(max(0, count - _DEEPEST), count)})


def _page_number(page: PageLines, line: Line) -> int | None:
    """The number that stands alone at the edge of a page, or None."""
    found = _NUMBER.match(line.text)
    if found is None or _MARGIN * page.height < line.y < (1 - _MARGIN) * page.height or line.middle < page.width * 0.3:
        return None
    return int(found[1])


def _is_furniture(
    page: PageLines, at: int, running: dict[_Key, set[int]], offsets: Counter[int], top: bool, grammar: Grammar
) -> bool:
    line = page.lines[at]
    if page.scanned and len(line.text) <= 3 and not _MARGIN * page.height < line.y < (1 - _MARGIN) * page.height:
        return True
    value = _page_number(page, line)
    if value is not None:
        offset = value - page.number
        return offset == 0 or offsets[offset] > 1 or (offset < 0 and len(line.runs) == 1 and line.text.isdigit())
    outer = line.y > (1 - _ZONE) * page.height if top else line.y < _ZONE * page.height
    return outer and any(
        page.number in running.get(key, ())
        for text, _ in _wordings(page, at, grammar)
        for key in _placed(page, at, text)
        if key[0] is top
    )
