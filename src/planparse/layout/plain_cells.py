"""Tables of cells closed by "|" lines whose headers no row of the grammar knows and whose rows bear no number:

    Loại cây / | / Mật độ / | / Năng suất / | / Keo / | / 1.600 / | / 20 / | / Quế / | …

How many columns such a table has is told by its cells: those of one column are alike. Where that is not certain, nothing
is made of them, and the check of tables reports it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from planparse.grammar.grammar import ONLY_LETTERHEAD, Grammar
from planparse.late import late
from planparse.layout.cells import Cell, Grid, cell_between, column_kind, holds_prose
from planparse.layout.codes import is_code
from planparse.layout.lines import BAR, TEXT, Lines
from planparse.text import is_caps

#: A cell has no more lines; more are paragraphs of the text before a table.
_LONGEST_CELL = 12
#: The name of a column is no longer, in characters, and fills no more lines.
_LONGEST_NAME, _LINES_OF_NAME = 80, 3
_FEWEST_COLUMNS, _MOST_COLUMNS = 2, 12
#: A header and so many rows.
_FEWEST_ROWS = 2
#: How alike the cells of a column are at least, from 0 to 1, and by how much more than if the rows were of another length:
#: of few cells more is asked, for they are alike by chance.
_ALIKE, _PLAINLY, _BY_CHANCE = 0.5, 0.08, 0.5
#: So many cells tell how long the rows are.
_JUDGED = 400
_NUMBER = late(r"[-–+(]?\d[\d.,/%\s–-]*\)?$")
_FEW_WORDS, _MANY_WORDS = 4, 12


class Run(NamedTuple):
    """Cells that follow one another, each closed by the bar on the line of the same place in `bars`."""

    cells: list[Cell]
    bars: list[int]


def plain_tables(lines: Lines, grammar: Grammar, grids: list[Grid], within: range) -> list[Grid]:
    """All tables among some lines: `grids`, which are known by their headers or numbers, and those of the other cells."""
    found = (grid for run in plain_runs(lines, grammar, grids, within) if (grid := _grid(lines, grammar, run)) is not None)
    return sorted([*(_mended(grammar, grid) for grid in grids), *found], key=lambda grid: grid.first)


def _mended(grammar: Grammar, grid: Grid) -> Grid:
    """A table without numbers, known by its headers, with the columns that its cells tell, where they do: "Chỉ tiêu", "Năm
    2024", "Năm 2025" are three, though years may be cells too."""
    cells = [cell for row in grid.rows for cell in row]
    if column_kind(grammar, cells[0].text) == "number":
        return grid
    count = column_count(grammar, [cell.text for cell in cells])
    if count is None or count == len(grid.rows[0]):
        return grid
    return grid._replace(rows=[cells[at : at + count] for at in range(0, len(cells), count)])


def plain_runs(lines: Lines, grammar: Grammar, grids: list[Grid], within: range) -> Iterator[Run]:
    """The runs of cells among some lines and outside of some tables that are as long as a table, in order."""
    covered = {line for grid in grids for line in range(grid.first, grid.last + 1)}
    cells: list[Cell] = []
    bars: list[int] = []
    for bar in (i for i in within if lines.kind[i] == BAR and i not in covered):
        low = bars[-1] + 1 if bars else bar
        apart = not bars or bar - low > _LONGEST_CELL or not covered.isdisjoint((low, bar - 1))
        if apart or _ends(lines, grammar, low, bar):
            yield from _long_enough(cells, bars)
            begun = _begin(lines, grammar, bar)
            cells = [cell_between(lines, begun, bar)] if begun is not None else []
            bars = [bar] if begun is not None else []
        else:
            cells.append(cell_between(lines, low, bar))
            bars.append(bar)
    yield from _long_enough(cells, bars)


def _long_enough(cells: list[Cell], bars: list[int]) -> Iterator[Run]:
    if len(cells) >= _FEWEST_COLUMNS * (1 + _FEWEST_ROWS):
        yield Run(cells, bars)


def _ends(lines: Lines, grammar: Grammar, low: int, high: int) -> bool:
    """Whether lines between two bars are no cell of a table: they hold prose, or a part of a letterhead."""
    return holds_prose(lines, grammar, low, high) or any(
        grammar.says(kind, lines.text[i]) for i in range(low, high) for kind in ONLY_LETTERHEAD
    )


def _begin(lines: Lines, grammar: Grammar, bar: int) -> int | None:
    """The line with which the first cell of a table begins that is closed by a bar, or None where none does."""
    begun = bar - 1
    if begun < 0 or lines.kind[begun] != TEXT or _ends(lines, grammar, begun, bar):
        return None
    while lines.text[begun][0].islower() and bar - begun < _LINES_OF_NAME and begun and lines.kind[begun - 1] == TEXT:
        begun -= 1
    name = " ".join(lines.text[begun:bar])
    return begun if len(name) <= _LONGEST_NAME and name[0].isupper() and name[-1] not in ".;:" else None


# --- columns ----------------------------------------------------------------------------------------------------
def _grid(lines: Lines, grammar: Grammar, run: Run) -> Grid | None:
    """The table that a run of cells is, or None where it is uncertain how long its rows are."""
    count = column_count(grammar, [cell.text for cell in run.cells])
    if count is None:
        return None
    rows = [run.cells[at : at + count] for at in range(0, len(run.cells), count)]
    return Grid(rows, 1, run.cells[0].first, run.bars[-1], run.cells[0].start, lines.end[run.bars[-1]])


def column_count(grammar: Grammar, cells: list[str]) -> int | None:
    """How many columns a table has whose cells follow one another, header first; None where that is uncertain.

    Rows fill the table: their length divides the number of its cells. The names of columns are no figures.
    """
    scores: dict[int, float] = {}
    for count in range(_FEWEST_COLUMNS, min(_MOST_COLUMNS, len(cells) // (1 + _FEWEST_ROWS)) + 1):
        if all(_may_be_name(name) for name in cells[:count]):
            scores[count] = _likeness(grammar, cells, count)
    fitting = {count: score for count, score in scores.items() if len(cells) % count == 0}
    if not fitting:
        return None
    best = max(fitting.values())
    count = min(count for count, score in fitting.items() if score >= best - _PLAINLY / 2)
    plainly = max(_PLAINLY, _BY_CHANCE / math.sqrt(len(cells) - 2 * count))
    for other, score in scores.items():
        # Two rows taken for one are as much alike, and more so by chance.
        asked = 2 * plainly if count % other == 0 else plainly
        if other % count and best < score + asked:
            return None
    return count if best >= _ALIKE and _has_names(grammar, cells, count) else None


def _has_names(grammar: Grammar, cells: list[str], count: int) -> bool:
    """Whether the first row names the columns: a name is known, or looks otherwise than the cells under it. "Trưởng ban",
    "Nguyễn Văn An" above "Ủy viên", "Lê Văn Cường" are a row of a table without names."""
    return any(
        column_kind(grammar, name) is not None or _kind(name) not in map(_kind, cells[count + at :: count])
        for at, name in enumerate(cells[:count])
    )


def _may_be_name(text: str) -> bool:
    return bool(text) and len(text) <= _LONGEST_NAME and _kind(text) not in {"number", "code"} and text[-1] not in ".;"


def _likeness(grammar: Grammar, cells: list[str], count: int) -> float:
    """How alike the cells of the columns are, from 0 to 1, were the rows so long."""
    body = cells[count : count + _JUDGED]
    pairs = list(zip(body, body[count:], strict=False))
    alike = sum(_alike(one, other) for one, other in pairs) / len(pairs) if pairs else 0.0
    known = sum(column_kind(grammar, name) is not None for name in cells[:count])
    return alike + 0.1 * known / count


def _alike(one: str, other: str) -> float:
    """How alike two cells are, from 0 to 1."""
    if one == other:
        return 1.0 if one else 0.8
    if not one or not other:
        return 0.4
    kind, other_kind = _kind(one), _kind(other)
    if kind != other_kind:
        return 0.3 if {kind, other_kind} in ({"few", "some"}, {"some", "many"}) else 0.0
    return 0.9 if one.split(" ", 1)[0] == other.split(" ", 1)[0] else 0.75


def _kind(text: str) -> str:
    """What a cell looks like: empty, a number, a row's code, a figure with words, capitals, few, some or many words."""
    if not text:
        return "empty"
    if _NUMBER.match(text):
        return "number"
    if is_code(text):
        return "code"
    if text[0].isdigit():
        return "figure"
    if is_caps(text) and len(text) > 3:
        return "capitals"
    words = text.count(" ") + 1
    return "few" if words <= _FEW_WORDS else "many" if words > _MANY_WORDS else "some"
