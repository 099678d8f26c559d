"""One page of a PDF through pdfium: its words with their places, and the rules that are drawn on it.

Places are in points, x to the right and y upwards, as a reader sees the text: a page whose text runs upwards is turned.
"""

from __future__ import annotations

import ctypes
import math
import re
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_WORDS = re.compile(r"[^\s\x00]+")
#: What pdfium gives for a hyphen at the end of a line, which it takes for one that parts a word.
_LINE_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\uffff]")
#: Pictures in the place of letters: fonts such as Symbol and Wingdings keep ASCII at U+F020 and bullets above.
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_ODD = re.compile("[\uf020-\uf0ff\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
#: A raised mark that calls a footnote ends with one of these.
_RAISED_ENDS = frozenset("0123456789*)]")
#: A page with more characters was made to fill the memory: five hundred dense pages.
MOST_CHARACTERS = 2_000_000
#: Objects of a page, and segments of one path, that are looked at for rules.
MOST_OBJECTS = 40_000
_MOST_SEGMENTS = 4_000
#: A rule is thinner than this and longer than the next, in points.
_THIN = 3.0
_LONG = 4.0
#: Forms within forms are looked into so deep.
DEPTH = 4

_Matrix = tuple[float, float, float, float, float, float]


class Word(NamedTuple):
    """A word: its baseline, left and right end, the size of its letters, and its text."""

    y: float
    x0: float
    x1: float
    size: float
    text: str


class Rules(NamedTuple):
    """Drawn lines: across as (y, x0, x1), down as (x, y0, y1)."""

    across: list[tuple[float, float, float]]
    down: list[tuple[float, float, float]]


class PageContent(NamedTuple):
    """What a page holds. `aslant`: words that run another way than the text (a stamp, a watermark), in their order;
    `pictured`: whether pictures or drawings cover most of it or stand for its text."""

    width: float
    height: float
    words: list[Word]
    aslant: list[str]
    rules: Rules
    pictured: bool


class TooMuchTextError(Exception):
    """A page holds more characters than any page does."""


def read_page(document: Any, index: int) -> PageContent | None:
    """The content of a page, by its index from 0; None where it cannot be loaded. Raises TooMuchTextError."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        width, height = _size(page)
        words, aslant, turned = _words(page)
        rules, pictured = _rules(page, width * height, bool(words or aslant))
    finally:
        pdfium.FPDF_ClosePage(page)
    if turned:
        words = sorted((_turn_word(word, turned, width, height) for word in words), key=_reading_order)
        rules = _turn_rules(rules, turned, width, height)
        if turned != 2:
            width, height = height, width
    return PageContent(width, height, words, aslant, rules, pictured)


def _size(page: Any) -> tuple[float, float]:
    """Width and height of a page before it is turned; a size that is none or endless becomes A4."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if not (math.isfinite(width) and math.isfinite(height) and width > 1 and height > 1):
        return 595.0, 842.0
    return (height, width) if pdfium.FPDFPage_GetRotation(page) % 2 else (width, height)


# --- words ------------------------------------------------------------------------------------------------------
def _words(page: Any) -> tuple[list[Word], list[str], int]:
    """The words of a page in reading order, those that run another way, and by how many quarters all are turned."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return [], [], 0
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        if count > MOST_CHARACTERS:
            raise TooMuchTextError
        return _placed(text_page, _text(text_page, count)) if count > 0 else ([], [], 0)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _text(text_page: Any, count: int) -> str:
    """One character for each of pdfium's, so that an index into the one is an index into the other."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: max(0, written - 1) * 2].decode("utf-16-le", "replace")
    if len(text) != count:
        # Some characters have no code of their own, or two: asked for one by one.
        codes = (pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count))
        text = "".join("\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code) for code in codes)
    return text


def _placed(text_page: Any, text: str) -> tuple[list[Word], list[str], int]:
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    at_box, at_matrix, at_x, at_y = map(ctypes.byref, (box, matrix, x, y))
    box_of, matrix_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetMatrix
    origin_of, size_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetFontSize
    by_angle: dict[int, list[Word]] = {}
    level = by_angle.setdefault(0, [])
    plain = not _ODD.search(text)
    line, size, straight = math.nan, 0.0, False
    for found in _WORDS.finditer(text):
        start, end = found.span()
        printed = found[0] if plain else _printable(found[0])
        origin_of(text_page, start, at_x, at_y)
        left, baseline = x.value, y.value
        if baseline != line:
            # Words on one baseline are of one size: it is asked for once a line, which is most of the time saved.
            matrix_of(text_page, start, at_matrix)
            line, straight = baseline, matrix.b == 0.0 and matrix.a > 0.0
            size = abs(size_of(text_page, start)) * (abs(matrix.d) if straight else math.hypot(matrix.a, matrix.b))
        if not straight:
            line = math.nan
            if printed:
                angle = _quarters(matrix.a, matrix.b)
                box_of(text_page, start, at_box)
                upright = angle in (1, 3)
                low, high = (box.bottom, box.top) if upright else (box.left, box.right)
                box_of(text_page, end - 1, at_box)
                ends = (box.bottom, box.top) if upright else (box.left, box.right)
                across = left if upright else baseline
                by_angle.setdefault(angle, []).append(Word(across, min(low, *ends), max(high, *ends), size, printed))
            continue
        # A raised mark at its end; or two lines of a word that pdfium joined at a hyphen.
        if end - start > 1 and (text[end - 1] in _RAISED_ENDS or "-" in printed) and len(printed) == end - start:
            origin_of(text_page, end - 1, at_x, at_y)
            if abs(y.value - baseline) > 1.0:
                level += _parted(text_page, printed, start, end)
                continue
        box_of(text_page, end - 1, at_box)
        if printed:
            level.append(Word(baseline, left, box.right, size, printed))
    return _upright(by_angle)


def _quarters(a: float, b: float) -> int:
    """By how many quarters a letter is turned; -1 where it stands aslant."""
    quarters = math.atan2(b, a) / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.05 else -1


def _upright(by_angle: dict[int, list[Word]]) -> tuple[list[Word], list[str], int]:
    """The words that run the way most of the text runs, and the others' texts."""
    straight = [angle for angle in by_angle if angle >= 0]
    main = max(straight, key=lambda angle: sum(len(word.text) for word in by_angle[angle]), default=0)
    aslant = [" ".join(word.text for word in words) for angle, words in by_angle.items() if angle != main]
    return sorted(by_angle.get(main, []), key=_reading_order), aslant, main


def _reading_order(word: Word) -> tuple[float, float]:
    return -word.y, word.x0


def _printable(word: str) -> str:
    word = _CONTROLS.sub("", word.translate(_LINE_HYPHENS))
    return _PRIVATE.sub(_from_picture_font, word)


def _from_picture_font(found: re.Match[str]) -> str:
    code = ord(found[0]) - 0xF000
    if code in (0xA7, 0xB7, 0xD8, 0x76, 0xFC, 0xE0, 0xF0, 0x6C, 0x6E, 0x71):
        return "•"
    return chr(code) if code < 0x7F else "•"


def _parted(text_page: Any, printed: str, start: int, end: int) -> list[Word]:
    """A word whose letters stand at several heights, as one word for each height: a raised mark after a name."""
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    pieces: list[Word] = []
    for index in range(start, end):
        pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box))
        pdfium.FPDFText_GetCharOrigin(text_page, index, ctypes.byref(x), ctypes.byref(y))
        pdfium.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix))
        size = abs(pdfium.FPDFText_GetFontSize(text_page, index) * matrix.d)
        letter = printed[index - start]
        if pieces and abs(pieces[-1].y - y.value) <= 1.0:
            last = pieces[-1]
            pieces[-1] = last._replace(x1=max(last.x1, box.right), text=last.text + letter)
        else:
            pieces.append(Word(y.value, x.value, box.right, size, letter))
    return pieces


# --- rules ------------------------------------------------------------------------------------------------------
def _rules(page: Any, area: float, worded: bool) -> tuple[Rules, bool]:
    """The rules of a page, and whether pictures cover half of it, or, where it has no words, anything is drawn on it."""
    rules = Rules([], [])
    room = [MOST_OBJECTS]
    seen = _look(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), 0, rules, room)
    return rules, seen > area / 2 or (not worded and pdfium.FPDFPage_CountObjects(page) > 0)


def _look(holder: Any, count: Any, get: Any, matrix: _Matrix, depth: int, rules: Rules, room: list[int]) -> float:
    """Gather the rules of a page or a form; the area that its pictures cover. `room`: objects still to be looked at."""
    pictured = 0.0
    low_x, low_y, high_x, high_y = (ctypes.c_float() for _ in range(4))
    for index in range(min(count(holder), room[0])):
        if room[0] <= 0:
            break
        room[0] -= 1
        thing = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            pdfium.FPDFPageObj_GetBounds(thing, low_x, low_y, high_x, high_y)
            wide, high = high_x.value - low_x.value, high_y.value - low_y.value
            if (wide <= _LONG and high <= _LONG) or not (math.isfinite(wide) and math.isfinite(high)):
                continue
            if (wide <= _THIN or high <= _THIN) and matrix == (1, 0, 0, 1, 0, 0):
                _add_box(rules, low_x.value, low_y.value, high_x.value, high_y.value)
            else:
                _path(thing, matrix, rules)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pdfium.FPDFPageObj_GetBounds(thing, low_x, low_y, high_x, high_y)
            pictured += (high_x.value - low_x.value) * (high_y.value - low_y.value) * abs(matrix[0] * matrix[3])
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            inner = _times(_matrix(thing), matrix)
            pictured += _look(
                thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1, rules, room
            )
    return pictured


def _add_box(rules: Rules, x0: float, y0: float, x1: float, y1: float) -> None:
    """A thin box is a rule along its middle."""
    if x1 - x0 >= y1 - y0:
        if x1 - x0 > _LONG:
            rules.across.append(((y0 + y1) / 2, x0, x1))
    elif y1 - y0 > _LONG:
        rules.down.append(((x0 + x1) / 2, y0, y1))


def _path(path: Any, matrix: _Matrix, rules: Rules) -> None:
    """The rules of a path that is no thin box as a whole: thin boxes within it, and the straight lines that are stroked."""
    count = pdfium.FPDFPath_CountSegments(path)
    if not 2 <= count <= _MOST_SEGMENTS:
        return
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, mode, stroked)
    whole = _times(_matrix(path), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    shape: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return  # a drawn letter, a seal: no table is ruled with curves
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            _shape(shape, bool(stroked.value), rules)
            shape = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        shape.append(_apply(whole, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and shape[0] != shape[-1]:
            shape.append(shape[0])
    _shape(shape, bool(stroked.value), rules)


def _shape(shape: list[tuple[float, float]], stroked: bool, rules: Rules) -> None:
    if len(shape) < 2 or not all(math.isfinite(x) and math.isfinite(y) for x, y in shape):
        return
    xs, ys = [x for x, _ in shape], [y for _, y in shape]
    if max(xs) - min(xs) <= _THIN or max(ys) - min(ys) <= _THIN:
        _add_box(rules, min(xs), min(ys), max(xs), max(ys))
    elif stroked:
        for (ax, ay), (bx, by) in pairwise(shape):
            if abs(ax - bx) <= 1 or abs(ay - by) <= 1:
                _add_box(rules, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _matrix(thing: Any) -> _Matrix:
    made = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, made):
        return (1, 0, 0, 1, 0, 0)
    return (made.a, made.b, made.c, made.d, made.e, made.f)


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """The matrix that first does the inner, then the outer."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


# --- turned pages -----------------------------------------------------------------------------------------------
def _turn_word(word: Word, quarters: int, width: float, height: float) -> Word:
    """A word as its reader holds the page. For text that runs up or down, `y` holds its x, and `x0`, `x1` its ends."""
    if quarters == 1:
        return word._replace(y=width - word.y)
    if quarters == 3:
        return word._replace(x0=height - word.x1, x1=height - word.x0)
    return word._replace(y=height - word.y, x0=width - word.x1, x1=width - word.x0)


def _turn_rules(rules: Rules, quarters: int, width: float, height: float) -> Rules:
    if quarters == 1:
        return Rules([(width - x, a, b) for x, a, b in rules.down], [(y, width - b, width - a) for y, a, b in rules.across])
    if quarters == 3:
        return Rules(
            [(x, height - b, height - a) for x, a, b in rules.down], [(height - y, a, b) for y, a, b in rules.across]
        )
    return Rules(
        [(height - y, width - b, width - a) for y, a, b in rules.across],
        [(width - x, height - b, height - a) for x, a, b in rules.down],
    )
