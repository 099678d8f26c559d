"""A printed grid becomes a table: header levels, columns and their kinds, cells under the column that they belong to,
and the tree of its rows by number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from planparse.grammar.grammar import Column, Grammar
from planparse.grammar.patterns import match_any
from planparse.layout.cells import Cell, Grid, column_kind, stands_over_others
from planparse.layout.codes import LETTERS, is_code, read_code
from planparse.text import fold_tones, from_roman, is_caps

#: What it costs a short row to leave a column out between two of its cells.
_GAP = 0.3
#: Cells with a longer text say nothing by being equal.
_LONGEST_REPEATED = 200


@dataclass(slots=True)
class Heading:
    """A column: its header levels from the top, its kind, and whether either had to be inferred."""

    path: list[str]
    kind: str


@dataclass(slots=True)
class Row:
    """A row: one text a column; `carried` are the columns whose text stands in a row above, in a merged cell.

    spanning: the row prints a number and one text that spans what is left.
    untitled: the text in the place of a group's title belongs to another column.
    unnumbered: what stands in the number's column is a text that spans others too ("Tổng cộng").
    """

    cells: list[str]
    carried: list[int]
    source: list[Cell]
    number: str = ""
    parent: int | None = None
    level: int = 1
    kind: str = "item"
    spanning: bool = False
    untitled: bool = False
    number_lost: bool = False
    unnumbered: bool = False
    ocr: bool = False


@dataclass(slots=True)
class Table:
    """A table with its rows in order; `parent` of a row is an index into `rows`.

    inferred: columns whose header is not printed; ragged: rows that do not fit the columns, by index.
    """

    columns: list[Heading]
    rows: list[Row]
    inferred: list[int] = field(default_factory=list)
    ragged: list[int] = field(default_factory=list)


def read_table(grammar: Grammar, grid: Grid) -> Table:
    """The table that a grid prints."""
    if grid.covers is not None:
        return _read_stated(grammar, grid, grid.covers)
    printed = [_without_padding(row) for row in grid.rows]
    header_rows = _header_rows(grammar, grid)
    count = _column_count(grammar, grid, header_rows)
    columns, inferred = _columns(grammar, printed[:header_rows], count)
    count = len(columns)
    kinds = {column.id: column for column in grammar.columns}
    table = Table(columns, [], inferred)
    aligner = _Aligner(grammar, columns, kinds, _keeps_padding(grid, header_rows, count))
    for index in range(header_rows, len(grid.rows)):
        row, fits = aligner.align(grid.rows[index])
        if not fits:
            table.ragged.append(len(table.rows))
        table.rows.append(row)
    _tree(grammar, table)
    return table


# --- a grid that the format states ------------------------------------------------------------------------------
#: A merged cell is not wider than this; what asks for more was made to fill the memory.
_WIDEST = 200
#: Nor do merged cells cover more places of one table than this.
_MOST_COVERED = 1_000_000
#: A place of a grid: the cell that stands in it, and the row and column where that cell begins.
_Place = tuple[Cell, int, int]


def _read_stated(grammar: Grammar, grid: Grid, covers: list[list[tuple[int, int]]]) -> Table:
    """The table of a grid whose merged cells are stated: what a cell covers is repeated and marked as carried."""
    places = _places(grid.rows, covers)
    count = max(map(len, places))
    header = _stated_header(grammar, grid, places)
    paths = [_stated_path(places[:header], index) for index in range(count)]
    columns = [Heading(path, _kind_of_path(grammar, path)) for path in paths]
    _mend_content(columns)
    table = Table(columns, [], [index for index, path in enumerate(paths) if not path])
    numbered = next((i for i, column in enumerate(columns) if column.kind == "number"), None)
    for at in range(header, len(places)):
        if grid.rows[at]:
            table.rows.append(_stated_row(grid.rows[at], places[at], at, count, numbered))
    _tree(grammar, table)
    return table


def _places(rows: list[list[Cell]], covers: list[list[tuple[int, int]]]) -> list[list[_Place | None]]:
    """Each row's places from the left: a cell stands in the first place that no cell above covers."""
    made: list[list[_Place | None]] = []
    reaching: dict[int, tuple[_Place, int]] = {}  # by column: the cell from above, and how many rows it still covers
    room = _MOST_COVERED
    for at, (row, sizes) in enumerate(zip(rows, covers, strict=True)):
        places: list[_Place | None] = []
        to_come = len(row)
        end = max(reaching, default=-1)
        while to_come or len(places) <= end:
            column = len(places)
            if column in reaching:
                above, left = reaching.pop(column)
                places.append(above)
                if left > 1:
                    reaching[column] = (above, left - 1)
            elif not to_come:
                places.append(None)
            else:
                cell, (height, width) = row[-to_come], sizes[-to_come]
                to_come -= 1
                own: _Place = (cell, at, column)
                wanted = range(column, column + max(1, min(width, _WIDEST, room)))
                # Two cells that claim one place: the one above has it.
                taken = range(column, next((place for place in wanted if place in reaching), wanted.stop))
                places += [own] * len(taken)
                if height > 1 and room:
                    reaching |= dict.fromkeys(taken, (own, height - 1))
        room = max(0, room - len(places) + len(row))
        made.append(places)
    return made


def _stated_header(grammar: Grammar, grid: Grid, places: list[list[_Place | None]]) -> int:
    """How many rows are header: as the format marks, or as they read, and as far down as their cells reach."""
    header = min(_header_rows(grammar, grid), len(places) - 1)
    while header and header < len(places) - 1 and any(place and place[1] < header for place in places[header]):
        header += 1
    return header


def _stated_path(header: list[list[_Place | None]], index: int) -> list[str]:
    path: list[str] = []
    last: _Place | None = None
    for row in header:
        place = row[index] if index < len(row) else None
        if place is not None and place is not last and place[0].text:
            path.append(place[0].text.replace("\n", " "))
        last = place
    return path


def _stated_row(printed: list[Cell], places: list[_Place | None], at: int, count: int, numbered: int | None) -> Row:
    row = Row([""] * count, [], printed)
    for index, place in enumerate(places):
        if place is None:
            continue
        cell, top, left = place
        row.cells[index] = cell.text
        if (top, left) != (at, index):
            row.carried.append(index)
    own = {place[0] for place in places if place and place[1] == at and place[0].text}
    row.spanning = count > 2 and 0 < len(own) <= 2 and all(place is None or place[1] == at for place in places)
    if numbered is not None and numbered < len(places) and (place := places[numbered]) is not None:
        row.number_lost = place[1] < at
        wide = sum(other is not None and other[1:] == place[1:] for other in places) > 1
        row.unnumbered = wide and not is_code(place[0].text)
    return row


# --- header ---------------------------------------------------------------------------------------------------
def _without_padding(row: list[Cell]) -> list[Cell]:
    """The cells of a row without the empty ones that pad its end."""
    end = len(row)
    while end and not row[end - 1].text and not row[end - 1].own_line:
        end -= 1
    return row[:end]


def _header_rows(grammar: Grammar, grid: Grid) -> int:
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
        elif (
            is_code(row[0].text)
            or not row[0].text
            or _has_values(texts)
            or not (known * 2 >= len(texts) or spanning or all(text.startswith("(") for text in texts))
        ):
            break
        count += 1
    return count


def _has_values(texts: list[str]) -> bool:
    return any(text.replace(".", "").replace(",", "").isdigit() for text in texts)


def _column_count(grammar: Grammar, grid: Grid, header_rows: int) -> int:
    """How many columns the rows have: as many as the body's usual rows; a flat header names at least so many."""
    head = [_without_padding(row) for row in grid.rows[:header_rows]]
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


def _columns(grammar: Grammar, header: list[list[Cell]], count: int) -> tuple[list[Heading], list[int]]:
    if not header:
        return [Heading([], "other") for _ in range(count)], list(range(count))
    paths = _paths(grammar, [[cell.text for cell in row] for row in header], count)
    columns = []
    inferred = []
    for index in range(count):
        path = paths[index] if index < len(paths) else []
        kind = _kind_of_path(grammar, path)
        if not path:
            inferred.append(index)
        columns.append(Heading(path, kind))
    for name in _left_out(header, columns):
        # A name that stands over no column that was found still has one, so that no word is lost.
        inferred.append(len(columns))
        columns.append(Heading([name], _kind_of_path(grammar, [name])))
    _mend_content(columns)
    return columns, inferred


def _mend_content(columns: list[Heading]) -> None:
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


def _kind_of_path(grammar: Grammar, path: list[str]) -> str:
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
    for group in grammar.column_groups:
        if group.header.match(folded):
            kinds = [column_kind(grammar, child) for child in below]
            return 0.1 + sum(kind in group.children for kind in kinds) / len(below)
    return 0.0


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


# --- alignment ------------------------------------------------------------------------------------------------
def _keeps_padding(grid: Grid, header_rows: int, count: int) -> bool:
    """Whether lost cells were made up for by empty ones at the end of the row: then every row is as long as the next,
    and a cell that is truly empty stands on a line of its own."""
    body = grid.rows[header_rows:]
    padded = sum(len(row) == count and len(_without_padding(row)) < count for row in body)
    truly = any(cell.own_line and not cell.text for row in body for cell in row)
    return (
        truly
        and padded > 1
        and sum(len(row) == count for row in body) > 0.9 * len(body)
        and any(not cell.own_line for row in body for cell in row)
    )


class _Aligner:
    """Puts the cells of a row under their columns, by what they hold."""

    def __init__(self, grammar: Grammar, columns: list[Heading], kinds: dict[str, Column], padded: bool) -> None:
        self.grammar = grammar
        self.columns = columns
        self.kinds = kinds
        self.padded = padded
        self.seen: list[Counter[str]] = [Counter() for _ in columns]
        self.counted = [0] * len(columns)
        self.openings: list[Counter[str]] = [Counter() for _ in columns]
        self.unlearned: list[tuple[list[str], list[int] | tuple[()]]] = []
        self.above: list[str] = [""] * len(columns)
        self.numbered = next((i for i, column in enumerate(columns) if column.kind == "number"), None)
        self.last_number = ""

    def align(self, printed: list[Cell]) -> tuple[Row, bool]:
        """The row, and whether its cells fitted the columns."""
        count = len(self.columns)
        own = _without_padding(printed)
        if len(printed) >= count:
            lost = count - len(own) if self.padded else 0
        else:
            own, lost = printed, count - len(printed)
        texts = [cell.text for cell in own]
        if self._spans_rest(texts, own, lost if lost else count - len(_without_padding(printed))):
            return self._spanning(printed, [cell.text for cell in _without_padding(printed)])
        if lost <= 0 or not texts:
            return self._whole(printed)
        return self._short(printed, texts)

    def _spans_rest(self, texts: list[str], own: list[Cell], lost: int) -> bool:
        """A number and a title over the rest of the row: "1.1 | Hoàn thiện khung chính sách | | | |"."""
        filled = [text for text in texts if text]
        if lost <= 0 and len(filled) != len(own):
            lost = len(own) - len(filled)
        return (
            len(self.columns) > 2
            and len(filled) in (1, 2)
            and lost >= len(self.columns) - 2
            and bool(filled)
            and (len(filled) == 1 or is_code(filled[0]))
            and not (len(filled) == 1 and is_code(filled[0]))
        )

    def _spanning(self, printed: list[Cell], texts: list[str]) -> tuple[Row, bool]:
        cells = [""] * len(self.columns)
        numbered = self.numbered if self.numbered is not None else 0
        filled = [text for text in texts if text]
        title = filled[-1]
        if len(filled) == 2 or is_code(filled[0]):
            cells[numbered] = filled[0]
        # A title beside its number stands in the next column, as printed; one alone, in the column of the contents.
        content = beside = min(numbered + 1, len(cells) - 1)
        if len(filled) == 1:
            content = next((i for i, c in enumerate(self.columns) if c.kind == "content" and i > numbered), beside)
        cells[content] = title
        row = Row(cells, [], printed, spanning=True)
        self._learn()
        for index, column in enumerate(self.columns):
            # "8.4 | Các sở, ngành liên quan; …": the title is lost, and what stands here is another column's.
            if index != content and column.kind in {"lead", "support"} and self.seen[index][title] > 2:
                row.untitled = True
        return row, True

    def _whole(self, printed: list[Cell]) -> tuple[Row, bool]:
        count = len(self.columns)
        cells = [cell.text for cell in printed[:count]]
        fits = len(printed) <= count
        if not fits:
            cells[-1] = " ".join([cells[-1], *(cell.text for cell in printed[count:] if cell.text)]).strip()
        cells += [""] * (count - len(cells))
        if self.numbered is not None and cells[self.numbered]:
            self.last_number = cells[self.numbered]
        self._remember(cells, ())
        return Row(cells, [], printed), fits

    def _short(self, printed: list[Cell], texts: list[str]) -> tuple[Row, bool]:
        self._learn()
        places = self._places(texts)
        cells = [""] * len(self.columns)
        for text, place in zip(texts, places, strict=True):
            cells[place] = text
        carried = []
        own = cells[self.numbered] if self.numbered is not None else ""
        outer = bool(own) and _depth_of(own) < _depth_of(self.last_number)
        for index in range(len(self.columns)):
            # A merged cell does not reach from the rows of one parent into the next: "+ …" / "- …".
            if index not in places and self.above[index] and not outer:
                cells[index] = self.above[index]
                carried.append(index)
        if own:
            self.last_number = own
        row = Row(cells, carried, printed)
        row.number_lost = self.numbered is not None and self.numbered in carried
        self._remember(cells, carried)
        return row, True

    def _remember(self, cells: list[str], carried: list[int] | tuple[()]) -> None:
        self.unlearned.append((cells, carried))
        self.above = cells

    def _learn(self) -> None:
        """Take in what the columns of the rows so far hold: only a row that lost cells asks for it."""
        for cells, carried in self.unlearned:
            for index, text in enumerate(cells):
                if text and len(text) < _LONGEST_REPEATED and index not in carried:
                    self.seen[index][text] += 1
                    self.counted[index] += 1
                    self.openings[index][_opening(text)] += 1
        self.unlearned.clear()

    def _places(self, texts: list[str]) -> list[int]:
        """The columns of the cells of a short row: increasing, and the best fit of contents to columns."""
        count = len(self.columns)
        width = len(texts)
        # best[k][j]: the best fit of the first k cells where cell k - 1 stands in column j.
        none = float("-inf")
        best = [[none] * count for _ in range(width)]
        came = [[-1] * count for _ in range(width)]
        for j in range(count):
            best[0][j] = self._fit(texts[0], j)
        for k in range(1, width):
            top, at = none, -1
            for j in range(1, count):
                # Cells that stood side by side mostly stand side by side still.
                if j > 1 and best[k - 1][j - 2] - _GAP > top:
                    top, at = best[k - 1][j - 2] - _GAP, j - 2
                side = best[k - 1][j - 1]
                if max(top, side) == none:
                    continue
                best[k][j] = max(top, side) + self._fit(texts[k], j)
                came[k][j] = j - 1 if side >= top else at
        # Merged cells stand more often at the left: of two fits, the one that ends further right.
        end = max(range(count), key=lambda j: (best[-1][j], j))
        places = [end]
        for k in range(width - 1, 0, -1):
            places.append(came[k][places[-1]])
        return places[::-1]

    def _fit(self, text: str, index: int) -> float:
        column = self.columns[index]
        if not text:
            return 0.5 if column.kind == "number" else 0.1
        known = self.kinds.get(column.kind)
        matches = known is not None and known.cell.match(text) is not None
        score = 0.0
        if known is not None and matches:
            score += known.weight
        elif known is not None and known.weight >= 3:
            score -= 2.0
        if column.kind == "number" and not is_code(text):
            score -= 4.0
        if column.kind == "content" and len(text) > 24:
            score += 0.5
        seen = self.seen[index]
        if seen[text]:
            score += 1.0 + seen[text] / (1 + self.counted[index])
        if matches and column.kind in {"lead", "support"}:
            score += 0.2 * (column.kind == "lead")
            score += 0.8 * self.openings[index][_opening(text)] / (1 + self.counted[index])
        return score


def _opening(text: str) -> str:
    """The first two words of a cell: cells of a column of bodies begin alike ("Sở Y", "UBND các")."""
    return " ".join(text.split(" ", 2)[:2])


# --- row tree -------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Open:
    key: str
    value: tuple[int, ...]
    row: int


_RANK = {"caps": -1, "A": 0, "I": 0, "1": 1, "d": 2, "a": 3, "-": 4, "+": 5, "": 6}


def _tree(grammar: Grammar, table: Table) -> None:
    """The rows' numbers, kinds, and parents: by number, as in the outline of a text."""
    numbered = next((i for i, column in enumerate(table.columns) if column.kind == "number"), None)
    content = next((i for i, column in enumerate(table.columns) if column.kind == "content"), 0)
    opened: list[_Open] = []
    holder: int | None = None  # the row above that prints the number which a merged cell carries down
    for index, row in enumerate(table.rows):
        if not row.number_lost:
            holder = index
            if numbered is not None and not row.unnumbered:
                row.number = row.cells[numbered]
        title = row.cells[content] or next((text for text in row.cells if text), "")
        if row.spanning and not row.number:
            row.number = _number_in(title)
        if match_any(grammar.totals, title) and not row.number:
            row.kind = "total"
            opened = []
            continue
        if row.number_lost:
            row.parent = holder
            row.level = table.rows[holder].level + 1 if holder is not None else 1
            continue
        keep = _place(opened, row) if numbered is not None else 0
        row.parent = opened[keep - 1].row if keep else None
        row.level = keep + 1
        key, value = _key_of(row, opened)
        row.ocr = key == "I" and not from_roman(row.number.strip(" .)"))
        del opened[keep:]
        if numbered is not None:
            opened.append(_Open(key, value, index))
    parents = {row.parent for row in table.rows}
    for index, row in enumerate(table.rows):
        if row.kind != "total" and (index in parents or (row.spanning and row.number not in ("", "-", "+"))):
            row.kind = "group"


def _number_in(title: str) -> str:
    """The number that a title over the whole row begins with, in one cell with it: "II. Giải pháp" → "II."; else ""."""
    number, _, words = title.partition(" ")
    return number if words and number[-1:] in (".", ")") and is_code(number) else ""


def _depth_of(number: str) -> tuple[int, int]:
    """How deep a row of this number stands: ranks first, then the dots of a decimal."""
    key, value = read_code(number)
    return _rank(key), len(value)


def _rank(key: str) -> int:
    return _RANK[key if key == "caps" else key[:1]]


def _key_of(row: Row, opened: list[_Open]) -> tuple[str, tuple[int, ...]]:
    """The key of a row among the open ones: "I" after "H" is a letter, and a title in capitals that spans the table
    without a number stands over what follows ("VỀ XÃ HỘI")."""
    key, value = read_code(row.number)
    if key == "" and row.spanning and is_caps(max(row.cells, key=len)):
        return "caps", ()
    number = row.number.strip(" .)(")
    if key == "I" and len(number) == 1:
        letters = [entry for entry in opened if entry.key == "A"]
        romans = [entry for entry in opened if entry.key == "I"]
        place = LETTERS.find(number)
        if letters and letters[-1].value == (place,) and not (romans and romans[-1].value == (value[0] - 1,)):
            return "A", (place + 1,)
    return key, value


def _place(opened: list[_Open], row: Row) -> int:
    """How many of the open rows stay open around a row."""
    key, value = _key_of(row, opened)
    if key.startswith("d"):
        for at in range(len(opened) - 1, -1, -1):
            if opened[at].value == value[:-1] and opened[at].key in {"1", f"d{len(value) - 1}"}:
                return at + 1
    for at in range(len(opened) - 1, -1, -1):
        if opened[at].key == key:
            return at
    keep = len(opened)
    while keep and _rank(opened[keep - 1].key) > _rank(key):
        keep -= 1
    return keep
