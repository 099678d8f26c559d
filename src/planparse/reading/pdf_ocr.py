"""Words of scanned pages, by the program tesseract with its Vietnamese data.

The page is laid straight; each cell of a ruled table is recognised for itself, so that no line runs over two cells, and
what is left of the page as a whole. The words come with their places, as those of a text layer do.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from planparse.reading.pdf_bitmap import (
    Picture,
    as_pgm,
    beside,
    cut,
    inked,
    picture_of,
    rows_of,
    rules_in,
    without,
    without_rules,
)
from planparse.reading.pdf_grid import Grid, grids_of
from planparse.reading.pdf_page import PageContent, Rules, Word
from planparse.reading.programs import PROGRAMS

#: A page of a scan takes a second or two in each of three runs; a run that takes so many seconds was made to hang.
TIMEOUT = 18
#: Words that are less sure than this, of 100, are noise: a seal, a signature, a stain.
_NOISE = 20
#: The border of a cell that may hold its rule, in points, and the white border that is put around the rest, in dots.
_INSET, _BORDER = 1.6, 24
#: The height that the program gives a line, times this, is the size of its letters.
_HEIGHT_TO_SIZE = 1.1
#: Ink that is not higher than this, in dots, is one line.
_ONE_LINE = 90
#: A first cell that is not wider than this holds a number, in points; and so many dots over and under its line the words
#: beside it may reach.
_NARROW, _OVER = 60, 14
#: How the program divides a picture: a page, a block of text, one line.
_PAGE, _BLOCK, _LINE_MODE = "3", "6", "7"
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ])[.)]{0,2}$")

_LINE = re.compile(
    r"<span class='ocr_(?:line|header|caption|textfloat)'[^>]*?title=\"bbox (\d+) (\d+) (\d+) (\d+)"
    r"(?:; baseline (-?[\d.]+) (-?[\d.]+))?(?:[^\"]*?x_size ([\d.]+))?[^\"]*\">(.*?)</span>\s*(?=<span class='ocr_|</p>)",
    re.S,
)
_WORD = re.compile(r"<span class='ocrx_word'[^>]*?bbox (\d+) (\d+) (\d+) (\d+); x_wconf (\d+)[^>]*>(.*?)</span>", re.S)
_TAG = re.compile(r"<[^>]*>")
_SIGN = re.compile(r"[^\W_]|[-–—+•*(%“”\"…]")


class Recognised(NamedTuple):
    """A page and how sure its words are: their mean confidence, of 100; `dropped`: pieces that were no words."""

    content: PageContent
    confidence: int
    dropped: int


class SlowError(Exception):
    """The program took too long for a page."""


@lru_cache(maxsize=1)
def _program() -> str | None:
    return PROGRAMS["tesseract"].find()


def missing() -> str | None:
    """What must be installed before scans can be read, as a command; None where nothing is missing."""
    return None if _program() else PROGRAMS["tesseract"].command


class Drawn(NamedTuple):
    """The picture of a page, the rules in it, and what is recognised each for itself: the page without its tables, their
    cells of several lines, those of one, and the narrow ones (see `_cells`)."""

    picture: Picture
    rules: Rules
    rest: _Piece
    blocks: list[_Piece]
    lines: list[_Piece]
    numbers: list[tuple[_Piece, _Piece]]


def drawn(document: Any, index: int, *, bare: bool = False) -> Drawn | None:
    """A scanned page ready to be recognised, by its index from 0; `bare`: without the words of its text layer, which are
    known. None where the page cannot be drawn."""
    picture = picture_of(document, index, bare=bare)
    if picture is None:
        return None
    rules = rules_in(picture)
    grids = grids_of(rules)
    boxes = [(xs[0], ys[-1], xs[-1], ys[0]) for xs, ys, _ in grids]
    rest = _Piece(without(picture, boxes), 0, 0)
    return Drawn(picture, rules if grids else Rules([], []), rest, *_cells(picture, grids))


def recognise(page: Drawn) -> Recognised | None:
    """The words of a scanned page; None where the program cannot read it. Raises SlowError."""
    picture, rules, rest, blocks, lines, numbers = page
    try:
        with tempfile.TemporaryDirectory(prefix="planparse-") as name:
            folder = Path(name)
            seen = _read(folder, [rest], _PAGE)
            seen += _read(folder, blocks, _BLOCK)
            read = _read(folder, [*lines, *(number for number, _ in numbers), *(both for _, both in numbers)], _LINE_MODE)
    except subprocess.TimeoutExpired:
        raise SlowError from None
    except (OSError, subprocess.SubprocessError):
        return None
    seen += read[: len(lines)]
    alone, together = read[len(lines) : len(lines) + len(numbers)], read[len(lines) + len(numbers) :]
    for (number, _), one, other in zip(numbers, alone, together, strict=True):
        seen.append(_number(number, one, other))
    return _content(picture, rules, [word for words in seen for word in words])


class _Piece(NamedTuple):
    """A piece of a page's picture, and where its upper left corner lies, in dots."""

    picture: Picture
    left: int
    top: int


def _cells(picture: Picture, grids: list[Grid]) -> tuple[list[_Piece], list[_Piece], list[tuple[_Piece, _Piece]]]:
    """The cells that hold ink: those of several lines, those of one line, and the narrow first cells of rows, each also
    with the first line of the cell beside it: alone, "II." gives the recogniser too little to go by."""
    blocks: list[_Piece] = []
    lines: list[_Piece] = []
    numbers: list[tuple[_Piece, _Piece]] = []
    for xs, ys, rows in grids:
        for row in rows:
            cuts = [cut(picture, xs[c], ys[r + down], xs[c + right], ys[r], _INSET, _BORDER) for r, c, down, right in row]
            pieces = [_Piece(without_rules(cell, _BORDER), left, top) for cell, left, top in cuts]
            for at, piece in enumerate(pieces):
                inks = inked(piece.picture)
                if not inks:
                    continue
                narrow = row[at][1] == 0 and piece.picture.width < _NARROW * picture.scale
                if narrow:
                    highest = max(after - first for first, after in inks)
                    inks = [ink for ink in inks if ink[1] - ink[0] > highest / 2]  # the rest is dirt
                if len(inks) > 1 or inks[0][1] - inks[0][0] > _ONE_LINE:
                    blocks.append(piece)
                    continue
                line = _line_of(piece, *inks[0])
                if narrow and at + 1 < len(pieces) and inked(pieces[at + 1].picture):
                    numbers.append((line, _with_words(line, inks[0], piece, pieces[at + 1])))
                else:
                    lines.append(line)
    return blocks, lines, numbers


def _line_of(piece: _Piece, first: int, after: int) -> _Piece:
    return _Piece(rows_of(piece.picture, first, after, _BORDER), piece.left, piece.top + first - _BORDER)


def _with_words(line: _Piece, ink: tuple[int, int], cell: _Piece, following: _Piece) -> _Piece:
    """The line of a number with what stands beside it in the next cell."""
    shift = cell.top - following.top
    first = min(max(0, ink[0] + shift - _OVER), following.picture.height)
    after = min(max(first, ink[1] + shift + _OVER), following.picture.height)
    for low, high in inked(following.picture, 0):
        if low < ink[1] + shift and high > ink[0] + shift and high - low < _ONE_LINE:
            first, after = low, high
    words = rows_of(following.picture, first, after, _BORDER - _OVER)
    return line._replace(picture=beside(line.picture, words, _BORDER + _OVER))


def _number(line: _Piece, alone: list[_Seen], together: list[_Seen]) -> list[_Seen]:
    """The words of a number's cell out of both its readings: the one that reads as a number, first that with words."""
    end = line.left + line.picture.width - _BORDER - _OVER // 2
    beside_words = [word for word in together if word.x1 <= end]
    for words in (beside_words, alone):
        text = " ".join(word.text for word in words).strip("|_—¬ ")
        if _NUMBER.match(text):
            # The number stands on the lower edge of its ink; the pictures side by side were moved up and down.
            return [words[0]._replace(y=line.top + line.picture.height - _BORDER, text=text, x1=words[-1].x1)]
    return alone or beside_words


class _Seen(NamedTuple):
    """A word in dots of the page: baseline from the top, ends, height of its line, confidence, text."""

    y: float
    x0: int
    x1: int
    height: float
    sure: int
    text: str


def _read(folder: Path, pieces: list[_Piece], mode: str) -> list[list[_Seen]]:
    """The words of each piece, at their places on the page; in one run of the program."""
    program = _program()
    if not pieces or program is None:
        return [[] for _ in pieces]
    names = []
    for number, piece in enumerate(pieces):
        path = folder / f"{mode}-{number}.pgm"
        path.write_bytes(as_pgm(piece.picture))
        names.append(str(path))
    (folder / "list.txt").write_text("\n".join(names) + "\n", "utf-8")
    done = subprocess.run(
        [
            program,
            str(folder / "list.txt"),
            "stdout",
            "-l",
            PROGRAMS["tesseract"].holds,
            "--psm",
            mode,
            "--dpi",
            "300",
            "hocr",
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=TIMEOUT,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    pages = done.stdout.decode("utf-8", "replace").split("class='ocr_page'")[1:]
    read = [_words_of(page, piece.left, piece.top) for page, piece in zip(pages, pieces, strict=False)]
    return read + [[] for _ in range(len(pieces) - len(read))]


def _words_of(page: str, left: int, top: int) -> list[_Seen]:
    seen = []
    for line in _LINE.finditer(page):
        x0, _, _, bottom = (int(value) for value in line.group(1, 2, 3, 4))
        slope, offset = float(line[5] or 0), float(line[6] or 0)
        for word in _WORD.finditer(line[8]):
            a, _, b, _, sure = (int(value) for value in word.group(1, 2, 3, 4, 5))
            text = html.unescape(_TAG.sub("", word[6])).strip()
            y = bottom + offset + slope * ((a + b) / 2 - x0)
            if text:
                seen.append(_Seen(y + top, a + left, b + left, float(line[7] or 50), sure, text))
    return seen


def _content(picture: Picture, rules: Rules, seen: list[_Seen]) -> Recognised:
    kept = [word for word in seen if word.sure >= _NOISE and _SIGN.search(word.text)]
    scale = picture.scale
    usual = median(word.height for word in kept) if kept else 50.0
    words = []
    for word in kept:
        # The height of a line varies with its letters; what is near the usual height is of the usual size.
        height = usual if abs(word.height - usual) < 0.12 * usual else word.height
        size = height * _HEIGHT_TO_SIZE / scale
        words.append(Word((picture.height - word.y) / scale, word.x0 / scale, word.x1 / scale, size, word.text))
    words.sort(key=lambda word: (-word.y, word.x0))
    sure = round(sum(word.sure for word in kept) / len(kept)) if kept else 0
    content = PageContent(picture.width / scale, picture.height / scale, words, [], rules, True)
    return Recognised(content, sure, len(seen) - len(kept))
