"""Rows that lost cells to merged ones: each cell is put under the column that what it holds belongs to."""

from __future__ import annotations

import re
from collections import Counter

from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import match_any
from planparse.layout.cells import Cell, Grid
from planparse.layout.codes import is_code
from planparse.structure.table_columns import without_padding
from planparse.structure.table_parts import Heading, Row
from planparse.structure.table_tree import depth_of

#: What it costs a short row to leave a column out between two of its cells.
_GAP = 0.3
#: What it costs to put a figure under "Đơn vị tính".
_NO_UNIT = 3.0
#: How strongly a cell belongs to a column of no known kind that holds the same text above.
_SEEN_BEFORE = 3.0
#: After so many cells of one sort, figures or words, a column holds no other, and what one costs there.
_ENOUGH = 3
_OTHER_SORT = 2.0
#: The kinds of columns whose cells are figures; and those whose cells belong to one row each.
_FIGURES = ("money", "quantity")
_AMOUNTS = ("money", "quantity", "price")
#: What may stand under a column of some kind when its own cell was lost.
_TAKEN_FOR = {"lead": ("time", "money"), "support": ("time", "money"), "time": ("lead", "support")}
#: What counts rows in words ("Bước 2", "2 (mới)") is no longer than this.
_LONGEST_NUMBER = 20
#: Kinds of columns whose figures are none: numbers of rows, years.
_NEVER_AMOUNTS = ("number", "time")
_DIGITS = re.compile(r"\d+")
#: Cells with a longer text say nothing by being equal.
_LONGEST_REPEATED = 200


def keeps_padding(grid: Grid, header_rows: int, count: int) -> bool:
    """Whether lost cells were made up for by empty ones at the end of the row: then every row is as long as the next,
    and a cell that is truly empty stands on a line of its own."""
    body = grid.rows[header_rows:]
    padded = sum(len(row) == count and len(without_padding(row)) < count for row in body)
    truly = any(cell.own_line and not cell.text for row in body for cell in row)
    return (
        truly
        and padded > 1
        and sum(len(row) == count for row in body) > 0.9 * len(body)
        and any(not cell.own_line for row in body for cell in row)
    )


class Aligner:
    """Puts the cells of a row under their columns, by what they hold."""

    def __init__(self, grammar: Grammar, columns: list[Heading], padded: bool) -> None:
        self.grammar = grammar
        self.columns = columns
        self.kinds = grammar.columns_by_kind
        self.padded = padded
        self.seen: list[Counter[str]] = [Counter() for _ in columns]
        self.counted = [0] * len(columns)
        self.figures = [0] * len(columns)
        self.openings: list[Counter[str]] = [Counter() for _ in columns]
        self.shapes: list[Counter[str]] = [Counter() for _ in columns]
        self.unlearned: list[tuple[list[str], list[int] | tuple[()]]] = []
        self.above: list[str] = [""] * len(columns)
        self.numbered = next((i for i, column in enumerate(columns) if column.kind == "number"), None)
        self.units = {i for i, column in enumerate(columns) if column.path and _is_unit(grammar, column.path[-1])}
        self.last_number = ""

    def align(self, printed: list[Cell]) -> tuple[Row, bool]:
        """The row, and whether its cells fitted the columns."""
        count = len(self.columns)
        own = without_padding(printed)
        if len(printed) >= count:
            if self._is_wide_total(own):
                return self._whole([printed[0]._replace(text=""), *printed[:-1]])
            lost = count - len(own) if self.padded or self._has_slid(own) else 0
        else:
            own, lost = printed, count - len(printed)
        texts = [cell.text for cell in own]
        if self._spans_rest(texts, own, lost if lost else count - len(without_padding(printed))):
            return self._spanning(printed, [cell.text for cell in without_padding(printed)])
        if lost <= 0 or not texts:
            return self._whole(printed)
        return self._short(printed, texts)

    def _has_slid(self, own: list[Cell]) -> bool:
        """Whether a row that ends in empty cells has slid left, told by a cell that its column never holds and another does:
        a time or an amount under who leads, a body under the time, words under the number, a figure under the time and words
        under an amount: "2 | Trồng rừng | 2025 | | |" where "Chủ trì | Phối hợp | Thời gian" stand above."""
        if all(column.kind == "note" for column in self.columns[len(own) :]):
            return False
        cells = [(cell.text, self.columns[index].kind) for index, cell in enumerate(own) if cell.text]
        timed = any(kind == "time" and self._is_amount(text) for text, kind in cells)
        worded = any(kind == "money" and len(text) > _LONGEST_NUMBER and not self._is_amount(text) for text, kind in cells)
        return (timed and worded) or any(self._belongs_elsewhere(text, kind) for text, kind in cells)

    def _is_amount(self, text: str) -> bool:
        return self.kinds["money"].cell.match(text) is not None and self.kinds["time"].cell.match(text) is None

    def _belongs_elsewhere(self, text: str, kind: str) -> bool:
        """Whether a cell fits another column of the table and none of this kind."""
        if kind == "number":
            return _is_content(text)
        others = _TAKEN_FOR.get(kind, ())
        if not others or self.kinds[kind].cell.match(text):
            return False
        there = {column.kind for column in self.columns}
        return any(other in there and self.kinds[other].cell.match(text) for other in others)

    def _is_wide_total(self, own: list[Cell]) -> bool:
        """Whether the name of a total stands over the number and the contents, the first two columns, so that its amounts
        stand one column too far left: "Tổng cộng | 3.000 | 2.000 | |"."""
        return (
            self.numbered == 0
            and 1 < len(own) < len(self.columns)
            and match_any(self.grammar.totals, own[0].text) is not None
            and self.columns[1].kind not in _AMOUNTS
            and self._is_figure(own[1].text)
        )

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
        self.above = cells  # no merged cell reaches from above a group into its rows, but the group's number may
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
        lost = [index for index in range(len(self.columns)) if index not in places]
        if len(printed) >= len(self.columns) and all(map(self._holds_amounts, lost)):
            return self._whole(printed)  # "2.250 | 1.575 | 675 | |": what is empty is an amount that there is not
        cells = [""] * len(self.columns)
        for text, place in zip(texts, places, strict=True):
            cells[place] = text
        carried = []
        own = cells[self.numbered] if self.numbered is not None else ""
        total = match_any(self.grammar.totals, texts[0]) is not None and not own
        outer = bool(own) and depth_of(own) < depth_of(self.last_number)
        for index in lost:
            # A merged cell does not reach from the rows of one parent into the next ("+ …" / "- …"), nor into a total. An
            # amount and a note are those of their own row: an amount carried down would be counted twice.
            own_cells = self._holds_amounts(index) or self.columns[index].kind == "note"
            if self.above[index] and not outer and not total and not own_cells:
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
                    self.figures[index] += self._is_figure(text)
                    self.openings[index][_opening(text)] += 1
                    self.shapes[index][_shape(text)] += 1
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
        if index in self.units and text[0].isdigit():
            return -_NO_UNIT  # "ĐVT": no figure is a unit
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
            # Of a column of no known kind nothing else tells what it holds: "Cấp trình" / "HĐND tỉnh".
            score += (1.0 if known else _SEEN_BEFORE) + seen[text] / (1 + self.counted[index])
        if self.counted[index] >= _ENOUGH and self.figures[index] in (0, self.counted[index]):
            # A column of figures holds no words, and one of words no figure.
            score -= _OTHER_SORT * (self._is_figure(text) != bool(self.figures[index]))
        if shape := _shape(text):
            score += self.shapes[index][shape] / (1 + self.counted[index])
        if matches and column.kind in {"lead", "support"}:
            score += 0.2 * (column.kind == "lead")
            score += 0.8 * self.openings[index][_opening(text)] / (1 + self.counted[index])
        return score

    def _holds_amounts(self, index: int) -> bool:
        """Whether a column's cells are amounts or quantities, and what stands above is one or nothing."""
        above = self.above[index]
        figures = self.counted[index] and self.figures[index] == self.counted[index]
        kind = self.columns[index].kind
        known = kind in _AMOUNTS or (figures and kind not in _NEVER_AMOUNTS)
        return bool(known) and (not above or self._is_figure(above))

    def _is_figure(self, text: str) -> bool:
        """Whether a cell is an amount or a quantity: "47.645", "8,2%", "-"."""
        return any(self.kinds[kind].cell.match(text) for kind in _FIGURES)


def _is_unit(grammar: Grammar, name: str) -> bool:
    """Whether a column says what the others are counted in: "Đơn vị tính"."""
    return grammar.found("target_unit_column", name) is not None


def _opening(text: str) -> str:
    """The first two words of a cell: cells of a column of bodies begin alike ("Sở Y", "UBND các")."""
    return " ".join(text.split(" ", 2)[:2])


def _shape(text: str) -> str:
    """The first word of a cell with its digits made one, where it has any or is a sign: "2.1." and "13.2." are "0.0.", "≥
    95%" is "≥"; "" for other words. The cells of a column that are set so begin alike."""
    first = text.split(" ", 1)[0]
    if any(map(str.isdigit, first)):
        return _DIGITS.sub("0", first)
    return "" if any(map(str.isalpha, first)) else first


def _is_content(text: str) -> bool:
    """Whether a cell under the numbers holds the contents of a row: "1.2. Đường thôn", "- Máy in"; "Bước 2" counts it."""
    first, _, rest = text.partition(" ")
    dashed = first in ("-", "+") or (is_code(first) and "." in first.rstrip(".)"))
    return not is_code(text) and (len(text) > _LONGEST_NUMBER or (dashed and bool(rest)))
