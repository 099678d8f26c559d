"""The tree of a table's rows: by number, as in the outline of a text."""

from __future__ import annotations

from dataclasses import dataclass

from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import match_any
from planparse.layout.codes import LETTERS, is_code, read_code
from planparse.structure.table_parts import Row, Table
from planparse.text import from_roman, is_caps


@dataclass(slots=True, eq=False, repr=False)
class _Open:
    key: str
    value: tuple[int, ...]
    row: int


#: Kinds of columns of figures, and how deep what begins so stands under them.
_COUNTED = ("money", "quantity")
_DASHES = {"- ": 1, "– ": 1, "+ ": 2}
_RANK = {"caps": -1, "A": 0, "I": 0, "1": 1, "d": 2, "a": 3, "-": 4, "+": 5, "": 6}


def read_tree(grammar: Grammar, table: Table) -> None:
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
        # "Toàn huyện" may also begin a group of the table; behind all rows it sums them up.
        whole = index == len(table.rows) - 1 and grammar.says("whole_area_row", title) is not None
        if not row.number and (whole or match_any(grammar.totals, title)):
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
    if numbered is None and any(column.kind in _COUNTED for column in table.columns):
        _nest_dashes(table.rows, content)
    parents = {row.parent for row in table.rows}
    for index, row in enumerate(table.rows):
        if row.kind != "total" and (index in parents or (row.spanning and row.number not in ("", "-", "+"))):
            row.kind = "group"


def _nest_dashes(rows: list[Row], content: int) -> None:
    """Put the rows of figures that begin with a dash under the one without before them: "Kinh phí" / "- Ngân sách tỉnh" / "+
    Vốn sự nghiệp"; a table without numbers has no other way to say so."""
    opened: list[tuple[int, int]] = []
    for index, row in enumerate(rows):
        title = row.cells[content]
        depth = _DASHES.get(title[:2], 0) if "\n" not in title else 0
        while opened and opened[-1][0] >= depth:
            opened.pop()
        if opened:
            row.parent, row.level = opened[-1][1], len(opened) + 1
        if opened or (not depth and row.kind != "total"):
            opened.append((depth, index))


def _number_in(title: str) -> str:
    """The number that a title over the whole row begins with, in one cell with it: "II. Giải pháp" → "II."; else ""."""
    number, _, words = title.partition(" ")
    return number if words and number[-1:] in (".", ")") and is_code(number) else ""


def depth_of(number: str) -> tuple[int, int]:
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
