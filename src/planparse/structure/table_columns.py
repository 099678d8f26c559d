"""The header of a table: how many rows it has, and the columns that it names, with their levels and kinds."""

from __future__ import annotations

from collections import Counter

from planparse.grammar.grammar import Grammar
from planparse.layout.cells import Cell, Grid, column_kind, is_stacked, stands_over_others
from planparse.layout.codes import is_code
from planparse.structure.header_levels import header_paths
from planparse.structure.table_parts import Heading
from planparse.text import fold_tones


def without_padding(row: list[Cell]) -> list[Cell]:
    """The cells of a row without the empty ones that pad its end."""
    end = len(row)
    while end and not row[end - 1].text and not row[end - 1].own_line:
        end -= 1
    return row[:end]


def header_rows_of(grammar: Grammar, grid: Grid) -> int:
    """How many of the first rows are header: those that name columns, up to the first that begins with a number."""
    if grid.header:
        return grid.header
    count = 0
    spanning = False
    for row in grid.rows[:4]:
        texts = [cell.text for cell in row if cell.text]
        if not texts:
            break
        known = sum(column_kind(grammar, text) is not None for text in texts)
        if count == 0:
            if column_kind(grammar, texts[0]) != "number" and known * 2 <= len(texts):
                break
            spanning = any(stands_over_others(grammar, text) for text in texts)
        elif count == 1 and _names_the_rest(grid.rows):
            spanning = False  # "… | Kết quả năm 2026 | Mục tiêu |" / "Điểm số | Thứ hạng |" over rows of one cell more
        elif _are_years(texts):
            spanning = False  # "Kế hoạch" / "2026 | 2027 | 2028"
        elif (
            is_code(row[0].text)
            or not row[0].text
            or _has_values(texts)
            or not (known * 2 >= len(texts) or spanning or all(text.startswith("(") for text in texts))
        ):
            break
        count += 1
    return count


def _names_the_rest(rows: list[list[Cell]]) -> bool:
    """Whether the second row names the columns under names of the first: both are shorter than the rows under them, with
    both there are as many names as those have cells, but for the names that stand over others; and it holds nothing else."""
    first, second = (without_padding(row) for row in rows[:2])
    usual = Counter(len(without_padding(row)) for row in rows[2:]).most_common(1)
    texts = [cell.text for cell in second]
    named = all(texts) and not any(any(map(str.isdigit, text)) or is_code(text) for text in texts)
    if not usual or not named or len(second) < 2:
        return False
    parents = len(first) + len(second) - usual[0][0]
    return max(len(first), len(second)) < usual[0][0] and 1 <= parents <= len(second) // 2


def _are_years(texts: list[str]) -> bool:
    """Whether cells hold nothing but years that follow one another."""
    years = [int(text) for text in texts if len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")]
    return len(years) == len(texts) > 1 and years == list(range(years[0], years[0] + len(years)))


def _has_values(texts: list[str]) -> bool:
    return any(text.replace(".", "").replace(",", "").isdigit() for text in texts)


def column_count(grammar: Grammar, grid: Grid, header_rows: int) -> int:
    """How many columns the rows have: as many as the body's usual rows; a flat header names at least so many. Where every
    cell stands on lines of its own and no row has so many, the names may stand on two levels."""
    head = [without_padding(row) for row in grid.rows[:header_rows]]
    usual = Counter(len(row) for row in grid.rows[header_rows:]).most_common()
    named = _named_count(grammar, [[cell.text for cell in row] for row in head])
    if not usual:
        return max(named, *map(len, head), 1) if head else 1
    top = max(n for n, times in usual if times * 3 >= usual[0][1] or times >= 4)
    flat = len(head) == 1 and not any(
        stands_over_others(grammar, cell.text) or cell.text.startswith("(") for cell in head[0]
    )
    body = grid.rows[header_rows:]
    own_lines = all(cell.own_line for row in body for cell in row)
    levels = own_lines and named > max(map(len, body)) and is_stacked(grammar, [cell.text for cell in head[0]], body)
    return max(top, named if flat and not levels else 1)


def _named_count(grammar: Grammar, head: list[list[str]]) -> int:
    """How many columns a header names, where each name that stands over others has its own below."""
    if not head:
        return 0
    below = sum(name != "" for name in head[1]) if len(head) > 1 else 0
    over = sum(stands_over_others(grammar, name) for name in head[0]) or 1
    return len(head[0]) + (max(below - over, 0) if below else 0)


def read_columns(
    grammar: Grammar, header: list[list[Cell]], body: list[list[Cell]], count: int
) -> tuple[list[Heading], list[int]]:
    """The columns that a header names over the rows of a body, and those whose names had to be inferred, by index."""
    if not header:
        return [Heading([], "other") for _ in range(count)], list(range(count))
    paths = header_paths(grammar, _texts(header), _texts(body), count)
    columns = []
    inferred = []
    for index in range(count):
        path = paths[index] if index < len(paths) else []
        kind = kind_of_path(grammar, path)
        if not path:
            inferred.append(index)
        columns.append(Heading(path, kind))
    for name in _left_out(header, columns):
        # A name that stands over no column that was found still has one, so that no word is lost.
        inferred.append(len(columns))
        columns.append(Heading([name], kind_of_path(grammar, [name])))
    mend_content(columns)
    return columns, inferred


def _texts(rows: list[list[Cell]]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def mend_content(columns: list[Heading]) -> None:
    """A table has a column that says what its rows are about: where no header names it, the first of no known kind."""
    if not any(column.kind == "content" for column in columns):
        free = next((c for c in columns if c.kind == "other"), None)
        if free is not None:
            free.kind = "content"


def _left_out(header: list[list[Cell]], columns: list[Heading]) -> list[str]:
    """The names of a header that no column took."""
    taken = Counter(name for column in columns for name in column.path)
    left = []
    for row in header:
        for cell in row:
            if cell.text and taken[cell.text] <= 0:
                left.append(cell.text)
            taken[cell.text] -= 1
    return left


def _names_a_source(grammar: Grammar, name: str) -> bool:
    """Whether a header says whose money its column holds: "Nguồn khác", "Vốn tỉnh"; "Nguồn vốn" is one of such names."""
    folded = fold_tones(name.lower())
    names = any(group.alone and group.header.match(folded) for group in grammar.column_groups)
    return not names and grammar.found("money_source_column", name) is not None


def kind_of_path(grammar: Grammar, path: list[str]) -> str:
    for name in reversed(path):
        kind = column_kind(grammar, name)
        if kind is not None:
            if kind == "money" and path[0] is not name and column_kind(grammar, path[0]) == "content":
                return "quantity"  # "Mục tiêu / Năm 2030"
            if kind == "funding_source" and column_kind(grammar, path[0]) == "money" and _names_a_source(grammar, name):
                return "money"  # "Kinh phí (triệu đồng) / Nguồn khác"
            if kind == "content" and len(path) > 1 and (outer := column_kind(grammar, path[0])) in {"money", "quantity"}:
                return outer
            return kind
    return "other"
