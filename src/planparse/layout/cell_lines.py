"""Tables of which every cell stands on a line of its own and nothing closes it, as programs that take the bare text out of
a page or a Word file leave them:

    STT / Nhiệm vụ / Cơ quan chủ trì / Thời gian / 1 / Lập vườn ươm / Sở Y tế / 2026 / 2 / Trồng rừng / …

The header is told by its names; a row begins at the number that comes next. Rows are made of the lines only where most of
them fill the columns of the header, as cells that are empty left no line.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import match_any
from planparse.layout.cells import column_kind
from planparse.layout.codes import Codes, is_code, read_code
from planparse.layout.lines import BLANK, TEXT, Lines
from planparse.layout.site import shows_body
from planparse.reading.edits import Edit
from planparse.text import is_caps

#: A header has so many columns, of which so many have a name that the grammar knows, the number among them.
_FEWEST_COLUMNS, _MOST_COLUMNS, _FEWEST_KNOWN = 3, 12, 3
_LONGEST_NAME, _LONGEST_FIRST_NAME = 60, 12
#: So many rows make a table, of which this share fills all columns; or some do, and most lack no more than one cell.
_FEWEST_ROWS, _FULL, _SOME, _MOST = 2, 0.6, 0.3, 0.8
#: So many rows tell whether lines are a table, and what its columns hold.
_JUDGED = 40
#: A row that is the title of a group has no more cells than this, its number included.
_CELLS_OF_GROUP = 2
#: A cell is no longer than this, in characters, and a row has no more lines than so many for each column.
_LONGEST_CELL, _LINES_OF_CELL = 1200, 4
#: Places of cells that differ by less are as good as one another.
_PLAINLY = 0.3


class _Line(NamedTuple):
    """A line that is not blank: its words, and where they stand."""

    text: str
    start: int
    end: int


#: A cell is its lines; a row is its cells, an empty one without lines.
_Cell = list[_Line]
_Row = list[_Cell]


def cell_rows(scanned: Lines, grammar: Grammar) -> tuple[list[Edit], int]:
    """What makes rows with bars of the tables of a text whose cells stand on lines of their own, and how many rows they
    are."""
    if not any(kind == TEXT and _opens(text, grammar) for kind, text in zip(scanned.kind, scanned.text, strict=True)):
        return [], 0
    lines = [_Line(text, start, end) for kind, text, start, end in zip(*scanned, strict=True) if kind != BLANK]
    edits: list[Edit] = []
    count = 0
    i = 0
    while i < len(lines):
        rows = _table(lines, i, grammar) if _opens(lines[i].text, grammar) else []
        edits += _edits(rows)
        count += len(rows)
        i += sum(len(cell) for row in rows for cell in row) or 1
    return edits, count


def _opens(text: str, grammar: Grammar) -> bool:
    """Whether a line is the name of the column of row numbers: "STT", "TT", "Số thứ tự"."""
    return len(text) <= _LONGEST_FIRST_NAME and text[:1].isupper() and column_kind(grammar, text) == "number"


def _table(lines: list[_Line], first: int, grammar: Grammar) -> list[_Row]:
    """The rows of the table whose header begins at a line, each as its cells, each as its lines; none where there is no
    table, or one that cannot be told for certain."""
    header = _header(lines, first, grammar)
    if header and _in_capitals(header[-1].text) and column_kind(grammar, header[-1].text) is None:
        header.pop()  # "VỀ KINH TẾ" above the first number is the title of a group
    if not _FEWEST_COLUMNS <= len(header) <= _MOST_COLUMNS:
        return []
    rows = [[[line] for line in header]]
    following = _rows(lines, first + len(header), len(header), grammar)
    rows += islice(following, _JUDGED)
    missing = [len(header) - len(row) for row in rows[1:] if not _is_group(row, len(header))]
    full, close = missing.count(0), sum(cells <= 1 for cells in missing)
    fits = full >= _FULL * len(missing) or (full >= _SOME * len(missing) and close >= _MOST * len(missing))
    return _with_empty_cells([*rows, *following]) if len(missing) >= _FEWEST_ROWS and fits else []


def _with_empty_cells(rows: list[_Row]) -> list[_Row]:
    """The rows, with empty cells put back in each that lacks some: its cells are compared with those of the columns that
    full rows have."""
    columns = len(rows[0])
    full = list(islice((row for row in rows[1:] if len(row) == columns), _JUDGED))
    known = [[_words(row[at]) for row in full] for at in range(columns)]
    return [_placed(row, known) if _CELLS_OF_GROUP < len(row) < columns and at else row for at, row in enumerate(rows)]


def _placed(row: _Row, known: list[list[str]]) -> _Row:
    """A row that lacks cells, each of its cells in the column whose cells it is most like, in the order that they have."""
    alike = [[_alike(_words(cell), column) for column in known] for cell in row]
    places = combinations(range(1, len(known)), len(row) - 1)
    worth = {place: sum(alike[cell][at] for cell, at in enumerate(place, 1)) for place in places}
    best = max(worth.values())
    # Of several places, the first columns: who supports is left out more often than who leads.
    chosen = min(place for place, value in worth.items() if value > best - _PLAINLY)
    placed: _Row = [[] for _ in known]
    for cell, at in zip(row, (0, *chosen), strict=True):
        placed[at] = cell
    return placed


def _words(cell: _Cell) -> str:
    return " ".join(line.text for line in cell)


def _alike(text: str, column: list[str]) -> float:
    """How much a text is like those of a column, from 0 to 1: the same words, a number as they are, the same first word."""
    if not text or not column:
        return 0.0
    first = text.split(" ", 1)[0]
    if text in column:
        return 1.0
    first_words = sum(other.split(" ", 1)[0] == first for other in column) / len(column)
    numbers = sum(_is_figure(other) == _is_figure(text) for other in column) / len(column)
    return (first_words + numbers) / 2


def _is_figure(text: str) -> bool:
    return sum(letter.isdigit() for letter in text) * 2 >= len(text.replace(" ", ""))


def _rows(lines: list[_Line], at: int, columns: int, grammar: Grammar) -> Iterator[_Row]:
    """The rows from a line on, as far as they fit the columns."""
    codes = Codes()
    row: _Row = []
    while at < len(lines) and ((titled := _is_title(lines, at, codes)) or _begins_row(lines, at, codes, row, columns)):
        end = at + 1 if titled else _end_of_row(lines, at, codes, columns, grammar)
        made = _split(lines[at:end], columns)
        if not made:
            return
        codes.take(lines[at].text)
        yield from made
        row = made[-1]
        at = end
    if total := _total(lines, at, columns, grammar) if row else []:
        yield total


def _total(lines: list[_Line], at: int, columns: int, grammar: Grammar) -> _Row:
    """The total without a number that stands below the last row, with its sums: "TỔNG CỘNG / 41.780"; empty where there is
    none."""
    if at >= len(lines) or match_any(grammar.totals, lines[at].text) is None:
        return []
    end = at + 1
    while end < len(lines) and end - at < columns - 1 and _is_figure(lines[end].text):
        end += 1
    return [[], *([line] for line in lines[at:end])] if end > at + 1 else []


def _header(lines: list[_Line], first: int, grammar: Grammar) -> list[_Line]:
    """The names of columns from a line on, up to the first row number; empty where too few are known."""
    end = first + 1
    while end < len(lines) and end - first <= _MOST_COLUMNS and not _is_first(lines[end].text):
        text = lines[end].text
        if len(text) > _LONGEST_NAME or text[-1] in ".;:" or "|" in text:
            return []
        end += 1
    header = lines[first:end]
    known = sum(column_kind(grammar, line.text) is not None for line in header)
    return header if known >= _FEWEST_KNOWN and end < len(lines) else []


def _is_first(text: str) -> bool:
    """Whether a line is nothing but a first number: "1", "I", "A", "1.1"."""
    return is_code(text) and read_code(text)[1][-1:] == (1,)


def _is_title(lines: list[_Line], at: int, codes: Codes) -> bool:
    """Whether a line is the title of a group without a number, in capitals above the number of a row: "VỀ KINH TẾ"."""
    following = lines[at + 1].text if at + 1 < len(lines) else ""
    return _in_capitals(lines[at].text) and codes.plausible(following) and bool(read_code(following)[1])


def _in_capitals(text: str) -> bool:
    first = text.split(" ", 1)[0]
    return " " in text and len(text) <= _LONGEST_NAME and first.isalpha() and not is_code(first) and is_caps(text)


def _begins_row(lines: list[_Line], at: int, codes: Codes, row: _Row, columns: int) -> bool:
    """Whether a line is the number of the next row. A new count begins only under the title of a group or the header, and
    a dash numbers a row only where the one before has its cells, and a name follows."""
    text = lines[at].text
    if not codes.plausible(text):
        return False
    if not read_code(text)[1]:
        named = at + 1 < len(lines) and lines[at + 1].text[0].isalpha()
        return named and _CELLS_OF_GROUP < len(row) >= columns - 1
    if not _is_first(text) or "." in text.strip("."):
        return True
    return _is_group(row, columns) or not codes.counts(text)


def _is_group(row: _Row, columns: int) -> bool:
    """Whether a row is the title of a group, perhaps with its sums: "II / Nạo vét kênh / 10.850"."""
    if len(row) <= _CELLS_OF_GROUP:
        return True
    sums = all(_is_figure(_words(cell)) for cell in row[_CELLS_OF_GROUP:])
    return len(row) < columns and sums and read_code(_words(row[0]))[0] in ("I", "A")


def _end_of_row(lines: list[_Line], at: int, codes: Codes, columns: int, grammar: Grammar) -> int:
    """The line after the last of the row that begins at a line: at the next number or title of a group. The last row ends
    when the columns are filled, or where the text goes on: "II. TỔ CHỨC THỰC HIỆN"."""
    after = codes.after(lines[at].text)
    row = [[lines[at]]]
    end = at + 1
    while end < len(lines) and end - at <= columns * _LINES_OF_CELL:
        title = len(row) >= columns - 1 and _is_title(lines, end, after)
        if title or _begins_row(lines, end, after, row, columns):
            return end
        row.append([lines[end]])
        end += 1
    last = min(at + columns, len(lines))
    return next((i for i in range(at + 1, last) if _goes_on(grammar, lines[i].text)), last)


def _goes_on(grammar: Grammar, text: str) -> bool:
    """Whether a line is of the text below a table."""
    return shows_body(grammar, text) or grammar.says("closing", text) is not None


def _split(lines: list[_Line], columns: int) -> list[_Row]:
    """The row that lines make; or two, of which the second has no number: "10 / Lao động qua đào tạo / % / 75 / Sở Nội vụ |
    Trong đó: có chứng chỉ / % / 30"; none where they are more than that."""
    if row := _cells(lines, columns):
        return [row]
    filled, more = _cells(lines[:columns], columns), _cells(lines[columns:], columns - 1)
    return [filled, [[], *more]] if filled and more and lines[columns].text[0].isupper() else []


def _cells(lines: list[_Line], columns: int) -> _Row:
    """The cells that the lines of a row make, lines that go on with the one before joined to it; empty where they are
    more than the columns."""
    cells: _Row = []
    for line in lines:
        goes_on = len(cells) > 1 and (line.text[0].islower() or line.text[0] in "-–+•")
        if goes_on and len(lines) > columns:
            cells[-1].append(line)
        else:
            cells.append([line])
    fits = len(cells) <= columns and not any("|" in line.text or len(line.text) > _LONGEST_CELL for line in lines)
    return cells if fits else []


def _edits(rows: list[_Row]) -> list[Edit]:
    """What makes a line of each row: bars between its cells, blanks between the lines of a cell, a bar at its end, and no
    blank line before the next."""
    edits: list[Edit] = []
    before: _Line | None = None
    for row in rows:
        joint = "\n"
        for cell in row:
            for at, line in enumerate(cell):
                if before is not None:
                    # A row begins where its first words do, though its first cells are empty.
                    parted = "\n" if joint[:1] == "\n" and not at else ""
                    edits.append(Edit(before.end, line.start, parted or (" " if at else joint)))
                    if parted and joint[1:]:
                        edits.append(Edit(line.start, line.start, joint[1:]))
                before, joint = line, " | "
            if not cell:
                joint += "| "
        if before is not None:
            edits.append(Edit(before.end, before.end, joint.rstrip()))
    return edits
