"""The header of a table: how many rows it has, and the columns that it names, with their levels and kinds."""

from __future__ import annotations

from collections import Counter

from planparse.grammar.grammar import Grammar
from planparse.layout.cells import Cell, Grid, column_kind, stands_over_others
from planparse.layout.codes import is_code
from planparse.structure.table_parts import Heading
from planparse.text import fold_tones

#: How strongly a header that may be a column of its own stands over others: where no other header does.
_IF_NO_OTHER = 0.05
#: What the name of a sum takes from that.
_IF_SUM = 0.04


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
    """Whether the second row names the columns under one name of the first: with it there are as many as the other rows
    have, and it holds nothing else."""
    first, second = (without_padding(row) for row in rows[:2])
    usual = Counter(len(without_padding(row)) for row in rows[2:]).most_common(1)
    texts = [cell.text for cell in second]
    named = all(texts) and not any(any(map(str.isdigit, text)) or is_code(text) for text in texts)
    return bool(usual) and 1 < len(second) < usual[0][0] == len(first) + len(second) - 1 and named


def _are_years(texts: list[str]) -> bool:
    """Whether cells hold nothing but years that follow one another."""
    years = [int(text) for text in texts if len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")]
    return len(years) == len(texts) > 1 and years == list(range(years[0], years[0] + len(years)))


def _has_values(texts: list[str]) -> bool:
    return any(text.replace(".", "").replace(",", "").isdigit() for text in texts)


def column_count(grammar: Grammar, grid: Grid, header_rows: int) -> int:
    """How many columns the rows have: as many as the body's usual rows; a flat header names at least so many."""
    head = [without_padding(row) for row in grid.rows[:header_rows]]
    usual = Counter(len(row) for row in grid.rows[header_rows:]).most_common()
    named = _named_count(grammar, [[cell.text for cell in row] for row in head])
    if not usual:
        return max(named, *map(len, head), 1) if head else 1
    top = max(n for n, times in usual if times * 3 >= usual[0][1] or times >= 4)
    flat = len(head) == 1 and not any(
        stands_over_others(grammar, cell.text) or cell.text.startswith("(") for cell in head[0]
    )
    return max(top, named if flat else 1)


def _named_count(grammar: Grammar, head: list[list[str]]) -> int:
    """How many columns a header names, where each name that stands over others has its own below."""
    if not head:
        return 0
    below = sum(name != "" for name in head[1]) if len(head) > 1 else 0
    over = sum(stands_over_others(grammar, name) for name in head[0]) or 1
    return len(head[0]) + (max(below - over, 0) if below else 0)


def read_columns(grammar: Grammar, header: list[list[Cell]], count: int) -> tuple[list[Heading], list[int]]:
    if not header:
        return [Heading([], "other") for _ in range(count)], list(range(count))
    paths = _paths(grammar, [[cell.text for cell in row] for row in header], count)
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


def kind_of_path(grammar: Grammar, path: list[str]) -> str:
    for name in reversed(path):
        kind = column_kind(grammar, name)
        if kind is not None:
            if kind == "money" and path[0] is not name and column_kind(grammar, path[0]) == "content":
                return "quantity"  # "Mục tiêu / Năm 2030"
            if kind == "content" and len(path) > 1 and (outer := column_kind(grammar, path[0])) in {"money", "quantity"}:
                return outer
            return kind
    return "other"


def _paths(grammar: Grammar, header: list[list[str]], count: int) -> list[list[str]]:
    """The header levels of each column. A header over several columns is told by the rows under it: the second row
    names what stands under the headers that span."""
    if len(header) == 1:
        names = header[0]
        if len(names) > count:
            return _split_levels(grammar, names, count)
        return [[name] if name else [] for name in names]
    top, below = header[0], [name for name in header[1] if name]
    spans = _spans(grammar, top, below, count)
    paths: list[list[str]] = []
    taken = 0
    for name, width in zip(top, spans, strict=True):
        if width == 1:
            paths.append([name] if name else [])
            continue
        for _ in range(width):
            under = below[taken : taken + 1]
            paths.append([name, *under])
            taken += 1
    for extra in below[taken:]:
        paths.append([extra])
    for deeper in header[2:]:
        _add_level(paths, [name for name in deeper if name])
    return paths


def _add_level(paths: list[list[str]], names: list[str]) -> None:
    """A third header row stands under the last columns that already have two levels."""
    deep = [index for index, path in enumerate(paths) if len(path) > 1] or list(range(len(paths)))
    for index, name in zip(deep[-len(names) :], names, strict=False):
        paths[index].append(name)


def _spans(grammar: Grammar, top: list[str], below: list[str], count: int) -> list[int]:
    """How many columns each header of the first row stands over."""
    spans = [1] * len(top)
    parents = len(top) + len(below) - count
    if not below or parents < 1:
        return spans
    groups = [index for index, name in enumerate(top) if _is_group(grammar, name, below)]
    if len(groups) < parents:
        others = [
            i
            for i in range(len(top) - 1, -1, -1)
            if i not in groups and column_kind(grammar, top[i]) not in _NEVER_OVER_OTHERS
        ]
        others.sort(key=lambda i: top[i].endswith(")"))  # "Mục tiêu (điểm)" says what its own cells are counted in
        groups = sorted(groups + others[: parents - len(groups)])
    elif len(groups) > parents:
        groups = sorted(sorted(groups, key=lambda index: -_affinity(grammar, top[index], below))[:parents])
    if not groups:
        return spans
    share, rest = divmod(len(below), len(groups))
    for place, index in enumerate(groups):
        spans[index] = share + (1 if place < rest else 0)
    return spans


_NEVER_OVER_OTHERS = {"number", "note", "lead", "support", "time", "funding_source"}


def _is_group(grammar: Grammar, name: str, below: list[str]) -> bool:
    return _affinity(grammar, name, below) > 0


def _affinity(grammar: Grammar, name: str, below: list[str]) -> float:
    folded = fold_tones(name.lower())
    if any(child and folded.startswith(f"{fold_tones(child.lower())} ") for child in below):
        return 0.0  # "Năm 2025 | Kế hoạch năm 2026" over "Kế hoạch | Ước thực hiện"
    for group in grammar.column_groups:
        if group.header.match(folded):
            share = sum(_kind_below(grammar, child) in group.children for child in below) / len(below)
            # "Tổng mức đầu tư | Kế hoạch vốn" over years: a sum is mostly a column of its own.
            sums = _IF_SUM if grammar.found("money_sum", folded) else 0.0
            return share * _IF_NO_OTHER if group.alone else 0.1 + share + group.sure - sums
    return 0.0


def _kind_below(grammar: Grammar, name: str) -> str | None:
    """The kind of a column under another: that of its header, "source" for one that says whose money it holds, "result" for
    one of what was planned or reached."""
    if kind := column_kind(grammar, name):
        return kind
    if grammar.found("money_source_column", name):
        return "source"
    return "result" if grammar.found("target_past_column", name) else None


def _split_levels(grammar: Grammar, names: list[str], count: int) -> list[list[str]]:
    """A header of several levels whose rows are not marked: the names over several columns come first, then, at the
    end, the names under them."""
    deeper = [name for name in names if name.startswith("(")]
    if deeper and names[-1].startswith("("):
        names = names[: len(names) - len(deeper)]
    else:
        deeper = []
    if len(names) <= count:
        paths = [[name] for name in names]
        _add_level(paths, deeper)
        return paths
    parents = len(names) - count
    best: tuple[float, list[list[str]]] | None = None
    for under in range(2 * parents, len(names) - 1):
        top, below = names[: len(names) - under], names[len(names) - under :]
        if len(top) - parents + under != count or len(top) < parents:
            continue
        groups = _split_score(grammar, top, below, parents)
        if best is None or groups > best[0]:
            best = (groups, _paths(grammar, [top, below, deeper], count))
    return best[1] if best else [[name] for name in names[:count]]


def _split_score(grammar: Grammar, top: list[str], below: list[str], parents: int) -> float:
    """How well the names of a header split into those above and those below."""
    affinities = sorted((_affinity(grammar, name, below) for name in top), reverse=True)
    kinds = {kind for name in below if (kind := column_kind(grammar, name)) is not None}
    first_group = next((i for i, name in enumerate(top) if stands_over_others(grammar, name)), len(top))
    plain = [(i, name) for i, name in enumerate(top) if not stands_over_others(grammar, name)]
    misplaced = sum(
        0.5 * (name in below)
        + 0.5 * (i > first_group and column_kind(grammar, name) in kinds)
        + 0.2 * (i > first_group and column_kind(grammar, name) is None)
        for i, name in plain
    )
    # "Kinh phí 2023" may stand below; "Thành tiền (đồng)" stands over others.
    misplaced += sum(0.5 for name in below if stands_over_others(grammar, name) and not name[-1].isdigit())
    return sum(affinities[:parents]) - misplaced
