"""The picture of a scanned page: upright, and the rules that are drawn in it."""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from planparse.reading.pdf_page import DEPTH, MOST_OBJECTS, Rules

#: Dots to the inch that letters are read at, and that the tilt of a page is told at.
DPI = 300
_COARSE_DPI = 75
#: No picture is larger than this on either side, however large the page is said to be.
_LARGEST_SIDE = 5000
#: A dot darker than this belongs to a letter or a rule.
_DARK = 150
#: A rule in a picture is at least so long, in inches, where it does not run from one rule to another; and so is each
#: unbroken piece of it, longer than a letter is high.
_LONG, _PIECE = 0.4, 0.19
#: Runs of dots are one rule where they lie so near side by side, and where no more is missing between them, in dots.
_BESIDE, _APART = 3, 45
#: A page with more runs is a picture, no text.
_MOST_RUNS = 6_000
#: A page that lies straighter than this, in degrees, is left as it is; none is tilted more than the second.
_STRAIGHT, _MOST_TILTED = 0.05, 2.0


#: Ink that is less high than this is a speck, in dots.
_SPECK = 10
#: Along the edge of a cell, in so many dots, a stroke of so many dots that are darker than this is of a rule.
_EDGE, _STROKE, _FAINT = 14, 42, 215
#: What is drawn is redrawn where its upright rules lean by more than this, in dots to the dot.
_UPRIGHT = 0.0008

_Run = tuple[int, int, int]


class Picture(NamedTuple):
    """Dots of a page in shades of grey, row by row from the top; `scale`: dots to a point."""

    width: int
    height: int
    dots: bytes
    scale: float


def picture_of(document: Any, index: int, *, bare: bool = False) -> Picture | None:
    """The upright picture of a page, by its index from 0, `bare` of the words of its text layer; None for a page that cannot
    be drawn."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        if not (math.isfinite(width) and math.isfinite(height) and width > 1 and height > 1):
            return None
        if bare:
            _hide_words(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, 0)
        coarse = _drawn(page, width, height, _COARSE_DPI)
        if coarse is None:
            return None
        tilt = _tilt(coarse)
        fine = _drawn(page, width, height, DPI, tilt)
        if fine is None or abs(lean := _lean(fine)) < _UPRIGHT:
            return fine
        return _drawn(page, width, height, DPI, tilt, lean)
    finally:
        pdfium.FPDF_ClosePage(page)


def _hide_words(holder: Any, count: Any, get: Any, depth: int) -> None:
    """Leave the words of a page or a form out of what is drawn."""
    for index in range(min(count(holder), MOST_OBJECTS)):
        thing = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFTextObj_SetTextRenderMode(thing, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            _hide_words(thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth + 1)


def _drawn(page: Any, width: float, height: float, dpi: int, degrees: float = 0.0, lean: float = 0.0) -> Picture | None:
    """A page drawn at a resolution, turned about its middle by so many degrees, its upright lines set straight that lean
    by so many dots to the dot downwards."""
    scale = min(dpi / 72, _LARGEST_SIDE / max(width, height))
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        return None
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        flags = pdfium.FPDF_GRAYSCALE | pdfium.FPDF_ANNOT
        if degrees or lean:
            turn = math.radians(degrees)
            cos, sin = math.cos(turn) * scale, math.sin(turn) * scale
            a, b, c, d = cos - lean * sin, sin, -sin - lean * cos, cos
            x, y = width / 2, height / 2
            matrix = pdfium.FS_MATRIX(a, b, c, d, wide / 2 - a * x - c * y, high / 2 - b * x - d * y)
            clip = pdfium.FS_RECTF(0, 0, wide, high)
            pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page, ctypes.byref(matrix), ctypes.byref(clip), flags)
        else:
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        held = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * high)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    if stride != wide:
        held = b"".join(held[row * stride : row * stride + wide] for row in range(high))
    return Picture(wide, high, held, scale)


def _blackened(picture: Picture) -> bytes:
    """The dots as 1 where they are dark, and 0."""
    return picture.dots.translate(bytes(value < _DARK for value in range(256)))


def _tilt(picture: Picture) -> float:
    """By how many degrees a picture must be turned for its lines to lie straight: lines of text then leave the whitest
    rows between them. Told by strips of the page, shifted against one another."""
    strips = max(1, picture.width // 16)
    dots, width = _blackened(picture), picture.width
    sums = [
        [dots.count(1, row * width + strip * 16, row * width + strip * 16 + 16) for row in range(picture.height)]
        for strip in range(strips)
    ]
    steps = round(_MOST_TILTED / 0.1)

    def contrast(step: int) -> int:
        slope = math.tan(math.radians(step * 0.1))
        shifts = [round((strip - strips / 2) * 16 * slope) for strip in range(strips)]
        low, high = max(0, *shifts), picture.height + min(0, *shifts)
        columns = [column[low - shift : high - shift] for column, shift in zip(sums, shifts, strict=True)]
        return sum(total * total for total in map(sum, zip(*columns, strict=False)))

    best = max(range(-steps, steps + 1), key=lambda step: (contrast(step), -abs(step)))
    degrees = best * 0.1
    return degrees if abs(degrees) > _STRAIGHT else 0.0


def rules_in(picture: Picture) -> Rules:
    """The rules of a picture, in points from its lower left corner."""
    height, scale = picture.height, picture.scale
    long, near = round(_LONG * 72 * scale), round(3 * scale)
    across, down = map(_chained, _runs(picture))
    across = [rule for rule in across if rule[2] - rule[1] >= long]

    def meets(x: float, y: int) -> bool:
        return any(abs(at - y) <= near and left - near <= x <= right + near for at, left, right in across)

    down = [(x, y0, y1) for x, y0, y1 in down if y1 - y0 >= long or (meets(x, y0) and meets(x, y1))]
    return Rules(
        [((height - y) / scale, x0 / scale, x1 / scale) for y, x0, x1 in across],
        [(x / scale, (height - y1) / scale, (height - y0) / scale) for x, y0, y1 in down],
    )


def _runs(picture: Picture) -> tuple[list[_Run], list[_Run]]:
    """The unbroken pieces of rules, in dots: across as (row, left, right), down as (column, top, bottom)."""
    dots, width, height = _blackened(picture), picture.width, picture.height
    pieces = re.compile(rb"\x01{%d,}" % max(12, round(_PIECE * 72 * picture.scale)))
    rows = [dots[row * width : (row + 1) * width] for row in range(height)]
    columns = [dots[column::width] for column in range(width)]
    return _pieces(rows, pieces), _pieces(columns, pieces)


def _pieces(lines: list[bytes], pattern: re.Pattern[bytes]) -> list[_Run]:
    """Where a pattern is found in lines of dots, each laid over the next one: a rule that is not quite straight steps from
    one line to the next."""
    found: list[_Run] = []
    above = 0
    for at, line in enumerate(lines):
        own = int.from_bytes(line, "big")
        if own and above:
            found += [(at, *run.span()) for run in pattern.finditer((own | above).to_bytes(len(line), "big"))]
        above = own
    return found


def _lean(picture: Picture) -> float:
    """By how many dots to the dot the upright rules of a picture lean: a page that was drawn awry through the scanner."""
    _, down = _runs(picture)
    moved = spread = 0.0
    for members in _chains(down):
        middle = sum(low + high for _, low, high in members) / 2 / len(members)
        place = sum(at for at, _, _ in members) / len(members)
        moved += sum((at - place) * ((low + high) / 2 - middle) for at, low, high in members)
        spread += sum(((low + high) / 2 - middle) ** 2 for _, low, high in members)
    lean = moved / spread if spread > picture.height**2 else 0.0
    return lean if abs(lean) < math.tan(math.radians(_MOST_TILTED)) else 0.0


def _chained(runs: list[_Run]) -> list[tuple[float, int, int]]:
    """Pieces as rules: (place, start, end), each at its middle place."""
    return [
        (
            sum(place * (end - start) for place, start, end in members) / sum(end - start for _, start, end in members),
            min(start for _, start, _ in members),
            max(end for _, _, end in members),
        )
        for members in _chains(runs)
    ]


def _chains(runs: list[_Run]) -> list[list[_Run]]:
    """The pieces of each rule. A rule is several dots thick, and seldom quite straight: pieces that lie side by side, or
    go on a little beside one another, are of one rule."""
    if len(runs) > _MOST_RUNS:
        return []
    chains: list[tuple[list[_Run], int, int]] = []
    for run in runs:
        place, start, end = run
        for at in range(len(chains) - 1, -1, -1):
            members, low, high = chains[at]
            if place - members[-1][0] <= _BESIDE and start <= high + _APART and end >= low - _APART:
                members.append(run)
                chains[at] = (members, min(low, start), max(high, end))
                break
        else:
            chains.append(([run], start, end))
    return [members for members, _, _ in chains]


def cut(picture: Picture, x0: float, y0: float, x1: float, y1: float, inset: float, border: int) -> tuple[Picture, int, int]:
    """A piece of a picture, by its edges in points, without so many points at each edge and with a white border of so many
    dots around it; and where its upper left corner lies, in dots."""
    scale = picture.scale
    left, right = max(0, round((x0 + inset) * scale)), min(picture.width, round((x1 - inset) * scale))
    top, bottom = max(0, picture.height - round((y1 - inset) * scale)), picture.height - round((y0 + inset) * scale)
    bottom = min(picture.height, bottom)
    wide = max(0, right - left)
    side, empty = b"\xff" * border, b"\xff" * ((wide + 2 * border) * border)
    rows = (picture.dots[row * picture.width + left : row * picture.width + right] for row in range(top, max(top, bottom)))
    dots = empty + b"".join(side + row + side for row in rows) + empty
    return Picture(wide + 2 * border, max(0, bottom - top) + 2 * border, dots, scale), left - border, top - border


def beside(left: Picture, right: Picture, trimmed: int) -> Picture:
    """Two pictures side by side, the lower one in the middle of the other's height; so many dots are cut off the left
    one's right edge."""
    high, wide = max(left.height, right.height), max(1, left.width - trimmed)

    def rows(picture: Picture, width: int) -> list[bytes]:
        white = b"\xff" * width
        above = (high - picture.height) // 2
        own = [picture.dots[row * picture.width : row * picture.width + width] for row in range(picture.height)]
        return [white] * above + own + [white] * (high - picture.height - above)

    dots = b"".join(a + b for a, b in zip(rows(left, wide), rows(right, right.width), strict=True))
    return Picture(wide + right.width, high, dots, left.scale)


def without(picture: Picture, boxes: list[tuple[float, float, float, float]]) -> Picture:
    """A picture with boxes, given by their edges in points (left, lower, right, upper), made white."""
    if not boxes:
        return picture
    dots = bytearray(picture.dots)
    scale = picture.scale
    for x0, y0, x1, y1 in boxes:
        left, right = max(0, int(x0 * scale) - 3), min(picture.width, int(x1 * scale) + 4)
        for row in range(
            max(0, picture.height - int(y1 * scale) - 4), min(picture.height, picture.height - int(y0 * scale) + 4)
        ):
            dots[row * picture.width + left : row * picture.width + right] = b"\xff" * (right - left)
    return picture._replace(dots=bytes(dots))


def without_rules(picture: Picture, border: int) -> Picture:
    """A cell's picture without what the inset left of the rules around it: long strokes along its edges, inside of the
    white border."""
    width, height = picture.width, picture.height
    dots = bytearray(picture.dots)
    faint = picture.dots.translate(bytes(value < _FAINT for value in range(256)))
    stroke = re.compile(rb"\x01{%d}" % _STROKE)
    for x in (*range(border, border + _EDGE), *range(width - border - _EDGE, width - border)):
        if 0 <= x < width and stroke.search(faint[x::width]):
            dots[x::width] = b"\xff" * height
    for y in (*range(border, border + _EDGE), *range(height - border - _EDGE, height - border)):
        if 0 <= y < height and stroke.search(faint[y * width : (y + 1) * width]):
            dots[y * width : (y + 1) * width] = b"\xff" * width
    return picture._replace(dots=bytes(dots))


def inked(picture: Picture, gap: int = 6) -> list[tuple[int, int]]:
    """The lines of letters in a picture, as (first row, row after the last), parted by more than so many blank rows; specks
    are none."""
    dots, width = _blackened(picture), picture.width
    made: list[tuple[int, int]] = []
    start = blank = ink = 0
    for row in range(picture.height + 1):
        here = dots.count(1, row * width, (row + 1) * width)
        if here:
            start = start if ink else row
            ink += here
            blank = 0
            continue
        blank += 1
        if ink and (blank > gap or row == picture.height):
            if row - blank + 1 - start >= _SPECK and ink > _SPECK * _SPECK // 2:
                made.append((start, row - blank + 1))
            ink = 0
    return made


def rows_of(picture: Picture, first: int, after: int, border: int) -> Picture:
    """The rows of a picture from one on up to another, with a white border of so many rows above and below."""
    white = b"\xff" * (picture.width * border)
    dots = white + picture.dots[first * picture.width : after * picture.width] + white
    return Picture(picture.width, after - first + 2 * border, dots, picture.scale)


def as_pgm(picture: Picture) -> bytes:
    """A picture as a PGM file."""
    return b"P5\n%d %d\n255\n" % (picture.width, picture.height) + picture.dots
