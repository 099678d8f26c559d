"""Ruled tables of a page: the lines drawn on it become grids of cells, merged ones included.

Rules that touch one another belong to one table. Their places make the grid's rows and columns; two neighbouring places
are one cell where no rule parts them.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from planparse.reading.pdf_page import Rules, Word

#: Rules that are no further apart than this are one, and touch: a double line, a gap at a corner. In points.
_NEAR = 3.0
#: No row or column is thinner than this.
_THINNEST = 5.0
#: A rule that goes on further than this past the last one that it meets ends at an open side of the table.
_OPEN_SIDE = 9.0
#: A table has at most so many rows and columns of places; what asks for more is a drawing.
_MOST_ROWS, _MOST_COLUMNS = 400, 120

_Rule = tuple[float, float, float]


class Place(NamedTuple):
    """A cell of a grid: its first row and column, how many it covers, its edges, and its words in reading order."""

    row: int
    column: int
    rows: int
    columns: int
    x0: float
    x1: float
    y0: float
    y1: float
    words: list[Word]


class Ruled(NamedTuple):
    """A ruled table of one page: the edges of its columns from the left and of its rows from the top, and the cells that
    begin in each row."""

    xs: list[float]
    ys: list[float]
    rows: list[list[Place]]


def ruled_tables(rules: Rules, words: list[Word]) -> tuple[list[Ruled], list[Word]]:
    """The ruled tables of a page from the top, and the words that stand in none."""
    if len(rules.across) < 2 or len(rules.down) < 2 or not words:
        return [], words
    tables = []
    for grid in grids_of(rules):
        table, words = _filled(*grid, words)
        if table is not None:
            tables.append(table)
    return sorted(tables, key=lambda table: -table.ys[0]), words


#: The edges of a grid's columns from the left, of its rows from the top, and of each row the cells that begin in it, as
#: (row, column, rows, columns).
Grid = tuple[list[float], list[float], list[list[tuple[int, int, int, int]]]]


def grids_of(rules: Rules) -> list[Grid]:
    """The grids that rules make."""
    groups = _groups(_joined(rules.across), _joined(rules.down))
    return [grid for across, down in groups if (grid := _grid(across, down)) is not None]


def _joined(rules: list[_Rule]) -> list[_Rule]:
    """Rules along one line that touch or overlap as one; each line at one place."""
    made: list[_Rule] = []
    for line in _lines(rules):
        at = line[0][0]
        line.sort(key=lambda rule: rule[1])
        _, start, end = line[0]
        for _, low, high in line[1:]:
            if low > end + _NEAR:
                made.append((at, start, end))
                start, end = low, high
            end = max(end, high)
        made.append((at, start, end))
    return made


def _lines(rules: list[_Rule]) -> list[list[_Rule]]:
    """Rules by the line that they lie on."""
    lines: list[list[_Rule]] = []
    for rule in sorted(rules):
        if lines and rule[0] - lines[-1][0][0] <= _NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    return lines


def _groups(across: list[_Rule], down: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Rules that touch one another, as (across, down); only groups with two of each."""
    owner = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    heights = [rule[0] for rule in across]  # in order: _joined goes from below
    for number, (x, low, high) in enumerate(down, len(across)):
        for at in range(bisect_right(heights, low - _NEAR), bisect_right(heights, high + _NEAR)):
            if across[at][1] - _NEAR <= x <= across[at][2] + _NEAR:
                owner[root(at)] = root(number)
    found: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for at, rule in enumerate([*across, *down]):
        found.setdefault(root(at), ([], []))[at >= len(across)].append(rule)
    return [group for group in found.values() if len(group[0]) >= 2 and len(group[1]) >= 2]


def _grid(across: list[_Rule], down: list[_Rule]) -> Grid | None:
    """The grid of rules that touch; None for a single frame and for a drawing."""
    xs = _edges([x for x, _, _ in down], [end for _, *ends in across for end in ends])
    ys = _edges([y for y, _, _ in across], [end for _, *ends in down for end in ends])[::-1]
    height, width = len(ys) - 1, len(xs) - 1
    if height < 1 or width < 1 or height * width < 2 or height > _MOST_ROWS or width > _MOST_COLUMNS:
        return None
    # parted_right[r][c]: a rule parts the place from the one to its right; parted_below: from the one below.
    parted_right = [[c == width - 1 for c in range(width)] for _ in range(height)]
    parted_below = [[r == height - 1] * width for r in range(height)]
    for x, low, high in down:
        edge = _nearest(xs, x)
        if 0 < edge < width:
            for r in range(height):
                if low <= (ys[r] + ys[r + 1]) / 2 <= high:
                    parted_right[r][edge - 1] = True
    falling = [-y for y in ys]
    for y, left, right in across:
        edge = _nearest(falling, -y)
        if 0 < edge < height:
            for c in range(width):
                if left <= (xs[c] + xs[c + 1]) / 2 <= right:
                    parted_below[edge - 1][c] = True
    return xs, ys, _cells(parted_right, parted_below)


def _edges(places: list[float], ends: list[float]) -> list[float]:
    """The places of rules, near ones as one; and where the rules across them end far outside: a table may have no rule at
    its sides."""
    made: list[float] = []
    for place in sorted(places):
        if not made or place - made[-1] > _THINNEST:
            made.append(place)
    low, high = min(ends), max(ends)
    if low < made[0] - _OPEN_SIDE:
        made.insert(0, low)
    if high > made[-1] + _OPEN_SIDE:
        made.append(high)
    return made


def _nearest(edges: list[float], place: float) -> int:
    at = bisect_right(edges, place)
    near = [index for index in (at - 1, at) if 0 <= index < len(edges)]
    return min(near, key=lambda index: abs(edges[index] - place))


def _cells(parted_right: list[list[bool]], parted_below: list[list[bool]]) -> list[list[tuple[int, int, int, int]]]:
    """The cells that begin in each row. A cell reaches right as far as no rule parts, and down as far as no rule parts any
    of its columns and its sides go on."""
    height, width = len(parted_right), len(parted_right[0])
    taken = [[False] * width for _ in range(height)]
    rows: list[list[tuple[int, int, int, int]]] = [[] for _ in range(height)]
    for r in range(height):
        c = 0
        while c < width:
            if taken[r][c]:
                c += 1
                continue
            end = c
            while not parted_right[r][end] and not taken[r][end + 1]:
                end += 1
            bottom = r
            while (
                not any(parted_below[bottom][c : end + 1])
                and not any(taken[bottom + 1][c : end + 1])
                and not any(parted_right[bottom + 1][c:end])
                and (parted_right[bottom + 1][end] and (c == 0 or parted_right[bottom + 1][c - 1]))
            ):
                bottom += 1
            for row in range(r, bottom + 1):
                taken[row][c : end + 1] = [True] * (end + 1 - c)
            rows[r].append((r, c, bottom + 1 - r, end + 1 - c))
            c = end + 1
    return rows


def _filled(
    xs: list[float], ys: list[float], cells: list[list[tuple[int, int, int, int]]], words: list[Word]
) -> tuple[Ruled | None, list[Word]]:
    """The table with its words, and the words outside it; None where fewer than two cells hold words."""
    holders: list[list[Place | None]] = [[None] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    rows: list[list[Place]] = []
    for row in cells:
        made = []
        for r, c, down, right in row:
            place = Place(r, c, down, right, xs[c], xs[c + right], ys[r + down], ys[r], [])
            made.append(place)
            for i in range(r, r + down):
                holders[i][c : c + right] = [place] * right
        rows.append(made)
    falling = [-y for y in ys]
    outside: list[Word] = []
    used = 0
    for word in words:
        middle, across = word.y + 0.3 * word.size, (word.x0 + word.x1) / 2
        if not (xs[0] <= across <= xs[-1] and ys[-1] <= middle <= ys[0]):
            outside.append(word)
            continue
        r = min(max(bisect_right(falling, -middle) - 1, 0), len(ys) - 2)
        c = min(max(bisect_right(xs, across) - 1, 0), len(xs) - 2)
        holder = holders[r][c]
        if holder is not None:
            used += not holder.words
            holder.words.append(word)
    return (Ruled(xs, ys, rows), outside) if used >= 2 else (None, words)
