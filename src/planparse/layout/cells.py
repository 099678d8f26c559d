"""Table cells out of lines: ` | ` rows, and cells that are closed one by one by a line holding only "|"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from planparse.grammar.grammar import Grammar
from planparse.grammar.patterns import Kind, match_any
from planparse.layout.codes import Codes, is_code, read_code
from planparse.layout.lines import BAR, BLANK, PIPE, RULE, TEXT, Lines
from planparse.text import fold_tones, from_roman, is_caps

#: What a lone cell without a number counts against a number of columns; some are titles between rows.
_LONE_CELL = 2
#: A row of letterhead or signature never has more cells; a longer cell is prose that a stray bar follows.
_LONGEST_CELL = 60
_MOST_COLUMNS = 40
_LONGEST_HEADER = 90
#: So many rows tell how long the rows of a table are.
_JUDGED = 60
#: From this share of cells in full rows on, the length of the rows is certain; and so many whole rows tell another length.
_WHOLE = 0.9
#: So many cells behind the name of a total tell whether it has amounts.
_MOST_EMPTY = 8
_FEWEST_WHOLE = 3
#: Kinds of columns whose cells are told from others.
_PLAIN_KINDS = ("lead", "support", "time", "money")
_FIGURE = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:,\d+)?$|\d+(?:[.,]\d+)?$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}$")


class Cell(NamedTuple):
    """One table cell: its text, its range in the clean text, its lines, and whether it was printed on a line of its
    own (so that an empty one is truly empty, no padding)."""

    text: str
    start: int
    end: int
    first: int
    last: int
    own_line: bool


class Grid(NamedTuple):
    """A table as printed: rows of cells, of any length; `header` rows come first.

    covers: how many rows and columns of the grid each cell covers, where the format states it; else None.
    """

    rows: list[list[Cell]]
    header: int
    first: int
    last: int
    start: int
    end: int
    covers: list[list[tuple[int, int]]] | None = None


# --- ` | ` rows -------------------------------------------------------------------------------------------------
def pipe_rows(lines: Lines, first: int) -> tuple[list[list[Cell]], int]:
    """The run of pipe rows that begins at a line, and the index of the line after it.

    A row goes on over lines where its last cell is still open, and over a line that begins with "|" as long as it has
    fewer cells than the table ("… | Sở Công Thương |" / "| Ngân sách nhà nước |" / "|").
    """
    last = first
    while last < len(lines) and (lines.kind[last] in (PIPE, BAR) or _inside_row(lines, first, last)):
        last += 1
    usual = _usual_count(lines, first, last)
    if _one_line_a_row(lines, first, last, usual):
        return [row for i in range(first, last) if (row := _line_row(lines, i, usual))], last
    rows: list[list[Cell]] = []
    i = first
    while i < last:
        row, i = _pipe_row(lines, i, last, usual)
        if row:
            rows.append(row)
    return rows, last


def _one_line_a_row(lines: Lines, first: int, last: int, usual: int) -> bool:
    """Whether every line is a row whose last cell is closed by the end of the line, "a | b | c": most lines end so, or
    one does that has as many bars as the usual line; or all begin with a bar too, "| a | b |"."""
    piped = [lines.text[i] for i in range(first, last) if lines.kind[i] == PIPE]
    if len(piped) < 2 or len(piped) < last - first:
        return False
    closed = sum(text.endswith("|") for text in piped)
    outer = sum(text.startswith("|") for text in piped)
    if outer == len(piped):
        return closed == outer
    return closed * 2 < len(piped) or any(text.count("|") == usual and not text.endswith("|") for text in piped)


def _line_row(lines: Lines, i: int, usual: int) -> list[Cell]:
    """The row of one line; the rule under a header ("|---|---|") is none."""
    text = lines.text[i]
    cells = _pipe_row(lines, i, i + 1, usual)[0]
    if text.startswith("|"):
        cells = cells[1:]
        return cells if any(cell.text.strip(" -:") for cell in cells) else []
    if text.endswith("|") and text.count("|") == usual:
        cells.append(Cell("", lines.end[i], lines.end[i], i, i, True))
    return cells


def _inside_row(lines: Lines, first: int, at: int) -> bool:
    """Whether a line without a bar stands inside a row: the line before left a cell open, and a line soon closes it."""
    if at == first or lines.kind[at] != TEXT or lines.text[at - 1].endswith("|"):
        return False
    for i in range(at, min(at + _LONGEST_CELL, len(lines))):
        if lines.kind[i] in (PIPE, BAR):
            return lines.kind[i] == BAR or lines.text[i].endswith("|") or " | " in lines.text[i]
        if lines.kind[i] != TEXT:
            return False
    return False


def _usual_count(lines: Lines, first: int, last: int) -> int:
    counts = Counter(lines.text[i].count("|") for i in range(first, last) if lines.kind[i] == PIPE)
    return counts.most_common(1)[0][0] if counts else 0


def _pipe_row(lines: Lines, i: int, last: int, usual: int) -> tuple[list[Cell], int]:
    cells: list[Cell] = []
    open_text: list[str] = []
    open_from: tuple[int, int] | None = None
    while True:
        offset = lines.start[i]
        pieces = lines.text[i].split("|")
        exact = len(lines.text[i]) == lines.end[i] - lines.start[i]
        for piece in pieces[:-1]:
            text = piece.strip()
            own_line = open_from is not None
            start, begun = open_from or (offset + (len(piece) - len(piece.lstrip()) if text else 0), i)
            if text:
                open_text.append(text)
            end = offset + len(piece.rstrip()) if text else start
            cells.append(Cell(" ".join(open_text), start, max(start, end), begun, i, own_line))
            open_text, open_from = [], None
            offset += len(piece) + 1
        rest = pieces[-1].strip()
        if rest:
            open_text.append(rest)
            open_from = open_from or (offset, i)
        if not exact:
            # Runs of spaces were made one: the offsets inside this line are not exact, its ends are.
            cells = [
                c if c.last < i else c._replace(start=max(c.start, lines.start[i]), end=min(c.end, lines.end[i]))
                for c in cells
            ]
        i += 1
        if i >= last:
            break
        if rest:
            continue
        following = lines.text[i]
        if following.startswith("|") and (lines.kind[i] == BAR or len(cells) + following.count("|") <= usual):
            open_from = (lines.start[i], i)
            continue
        break
    if open_text and open_from:
        cells.append(Cell(" ".join(open_text), open_from[0], lines.end[i - 1], open_from[1], i - 1, False))
    return cells, i


# --- cells closed by a line "|" -----------------------------------------------------------------------------------
class _Run(NamedTuple):
    """Cells that follow one another, each closed by a bar; `bars` are the lines of the bars."""

    cells: list[Cell]
    bars: list[int]


def wrapped_tables(lines: Lines, grammar: Grammar) -> list[Grid]:
    """The data tables among the cells that are closed by "|" lines; letterhead and signature cells are none."""
    bars = [i for i, kind in enumerate(lines.kind) if kind == BAR]
    grids: list[Grid] = []
    k = 0
    while k < len(bars):
        run = _run_from(lines, grammar, bars, k)
        if run is None:
            k += 1
            continue
        grid = _grid(lines, grammar, run)
        if grid is None:
            k += 1
            continue
        grids.append(grid)
        k = bisect_right(bars, grid.last, k)
    return grids


def _run_from(lines: Lines, grammar: Grammar, bars: list[int], k: int) -> _Run | None:
    """The cells of the table whose first header cell is closed by bar `k`, or None where none begins there."""
    first_line = bars[k] - 1
    if first_line < 0 or lines.kind[first_line] != TEXT:
        return None
    begun = first_line
    if column_kind(grammar, lines.text[begun]) is None and begun and lines.kind[begun - 1] == TEXT:
        begun -= 1  # "Số" / "TT"
    first = cell_between(lines, begun, bars[k])
    kind = column_kind(grammar, first.text)
    if kind is None or k + 2 >= len(bars) or (kind != "number" and _YEAR.search(first.text)):
        return None
    cells, at = [first], [bars[k]]
    for j in range(k + 1, len(bars)):
        low = bars[j - 1] + 1
        if bars[j] - low > _LONGEST_CELL or holds_prose(lines, grammar, low, bars[j]):
            break
        cells.append(cell_between(lines, low, bars[j]))
        at.append(bars[j])
        if len(cells) == _MOST_COLUMNS and _header_length(grammar, cells, kind == "number") is None:
            # No table begins here; reading on to the end from every bar would cost the square of the text.
            return None
    if kind != "number" and sum(column_kind(grammar, cell.text) is not None for cell in cells[1:3]) < 2:
        return None
    return _Run(cells, at) if len(cells) >= 4 else None


def holds_prose(lines: Lines, grammar: Grammar, low: int, high: int) -> bool:
    """Whether lines between two bars hold what no cell does: a heading of the document, a signature, an appendix."""
    ends = grammar.initials("recipients", "authority")
    for i in range(low, high):
        if lines.kind[i] != TEXT:
            continue
        text = lines.text[i]
        letter = text[0]
        if letter in ends and (grammar.says("recipients", text) or grammar.says("authority", text)):
            return True
        if letter in "PB" and grammar.says("appendix", text):
            return True
        if letter in "(B" and grammar.says("attached_to", text):
            return True
        if letter in "IVX" and high - low > 2:
            roman = text.split(".", 1)[0]
            if from_roman(roman) and len(text) > len(roman) + 3:
                return True
        if letter == "Đ" and text.startswith("Điều ") and text[5:6].isdigit():
            return True
    return False


def cell_between(lines: Lines, low: int, bar: int) -> Cell:
    if low + 1 == bar and lines.kind[low] == TEXT:
        return Cell(lines.text[low], lines.start[low], lines.end[low], low, low, True)
    parts = [i for i in range(low, bar) if lines.kind[i] not in (BLANK, RULE)]
    if not parts:
        return Cell("", lines.start[bar], lines.start[bar], bar, bar, True)
    return Cell(cell_text(lines, parts), lines.start[parts[0]], lines.end[parts[-1]], parts[0], parts[-1], True)


def cell_text(lines: Lines, of: Sequence[int], *, stated: bool = False) -> str:
    """The text of a cell that stands on some lines, at least one. Where the format states the paragraphs of a cell, one
    that begins with a capital stands on a line of its own: "Sở Y tế" / "Sở Nội vụ"; "Sở Kế hoạch" / "và Đầu tư" is one."""
    text = lines.text[of[0]]
    for i in of[1:]:
        line = lines.text[i]
        # A list inside a cell keeps its lines: "- Bộ Xây dựng;" / "- Bộ Y tế."
        apart = (line[0] in "-+•" and text[-1] in ".;:") or (stated and line[0].isupper() and text[-1] not in ",-–")
        text += ("\n" if apart else " ") + line
    return text


def column_kind(grammar: Grammar, text: str) -> str | None:
    """What kind of column a header names, or None where it is no known header."""
    return grammar.column_kind(text) if text and len(text) <= _LONGEST_HEADER else None


def _grid(lines: Lines, grammar: Grammar, run: _Run) -> Grid | None:
    cells = run.cells
    numbered = column_kind(grammar, cells[0].text) == "number"
    header = _header_length(grammar, cells, numbered)
    if header is None:
        return None
    count = _column_count(grammar, cells, header, numbered)
    if count < 2:
        return None
    body, at = _body(grammar, cells, header, count, numbered)
    rows = [_names(cells[:header], count), *body]
    if len(rows) < 2:
        return None
    last_bar = run.bars[at - 1]
    return Grid(rows, 1, cells[0].first, last_bar, cells[0].start, lines.end[last_bar])


def _names(header: list[Cell], count: int) -> list[Cell]:
    """The cells of a header; an empty one too many among them was none."""
    named = [cell for cell in header if cell.text]
    return named if len(named) == count else header


def _body(
    grammar: Grammar, cells: list[Cell], header: int, count: int, numbered: bool, most: int | None = None
) -> tuple[list[list[Cell]], int]:
    """The rows under a header, `most` at most, were they `count` cells long; and the place after them."""
    rows: list[list[Cell]] = []
    at = header
    codes = Codes()
    ends = _row_end(grammar, cells[header - 1].text)
    while at < len(cells) and (most is None or len(rows) < most):
        if numbered and rows and _is_too_many(cells, at, count, codes):
            at += 1
            continue
        before_total = numbered and ends is not None and _ends_before_total(grammar, cells, at, count, ends)
        length = count - 1 if before_total else _row_length(cells, at, count, codes, numbered, ends)
        if length == 0:
            break
        rows.append(cells[at : at + length])
        if cells[at].text and is_code(cells[at].text):
            codes.take(cells[at].text)
        at += length
    return rows, at


def _header_length(grammar: Grammar, cells: list[Cell], numbered: bool) -> int | None:
    """How many cells the header has: up to the first row number or the first empty cell, or as long as the cells read
    like headers."""
    for i in range(2, min(len(cells), _MOST_COLUMNS)):
        text = cells[i].text
        if numbered and i > 2 and _begins_total(grammar, cells, i):
            return i
        if numbered and not text and i + 1 < len(cells) and column_kind(grammar, cells[i + 1].text) is not None:
            continue
        if numbered and (not text or is_code(text)):
            return i
        if not numbered and (not text or column_kind(grammar, text) is None):
            return i
        if not numbered and _YEAR.search(text) and not _goes_on_in_years(cells, i):
            return i
    return None


def _begins_total(grammar: Grammar, cells: list[Cell], at: int) -> bool:
    """Whether a total stands here, mostly behind an empty number, and amounts follow it, perhaps behind empty cells: "" /
    "Tổng cộng (A+B)" / "" / "607.750"; not so the name of a column: "Tổng cộng" / "Năm 2024"."""
    name = at if cells[at].text else at + 1
    if name >= len(cells) or match_any(grammar.totals, cells[name].text) is None:
        return False
    behind = (cell.text for cell in cells[name + 1 : name + _MOST_EMPTY])
    return _is_figure(next((text for text in behind if text), ""))


def _goes_on_in_years(cells: list[Cell], at: int) -> bool:
    """Whether a cell is one of several years that name columns: "Năm 2015" / "Năm 2016" / "Năm 2017"."""
    label, year = cells[at].text[:-4], int(cells[at].text[-4:])
    return any(cells[near].text == f"{label}{year + near - at}" for near in (at - 1, at + 1) if near < len(cells))


def _is_figure(text: str) -> bool:
    """Whether a cell is a number, and no year that names a column."""
    return _FIGURE.match(text) is not None and _YEAR.fullmatch(text) is None


def _column_count(grammar: Grammar, cells: list[Cell], header: int, numbered: bool) -> int:
    """How many columns the rows have: the header's cells, less empty ones, less one for each that stands over others, less
    those in brackets that stand under others ("(Trồng mới khoảng 5.000 cây xanh)")."""
    if not numbered:
        return header
    names = [cell.text for cell in cells[:header]]
    while names and names[-1].startswith("("):
        names.pop()
    groups = sum(stands_over_others(grammar, name) for name in names)
    most_groups = (len(names) - 2) // 3
    fewest = len(names) - min(groups + names.count(""), most_groups)
    best, best_score = len(names), -1.0
    for count in range(len(names), fewest - 1, -1):
        score = _fullness(grammar, cells, header, count)
        if score > best_score + 0.05:
            best, best_score = count, score
    if best_score < _WHOLE:
        # Names that no group is known by may stand over others too: "Tỷ lệ trẻ biết bơi (%)" over three years. Then all rows
        # must be whole, and the last column is not merely empty.
        for count in range(fewest - 1, len(names) - most_groups - 1, -1):
            rows = _whole_rows(grammar, cells, header, count)
            if rows and is_stacked(grammar, names, rows):
                return count
    return best


def _whole_rows(grammar: Grammar, cells: list[Cell], header: int, count: int) -> list[list[Cell]]:
    """The rows, were they `count` cells long, where each begins with a plausible number, or is a total, and has so many
    cells, or is a group's number and title; none where one is otherwise."""
    rows, _ = _body(grammar, cells, header, count, True, _JUDGED)
    codes = Codes()
    whole = 0
    for row in rows:
        text = row[0].text
        if len(row) not in (2, count) or not (codes.plausible(text) or not text):
            return []
        whole += len(row) == count and bool(text)
        codes.take(text)
    return rows if whole >= _FEWEST_WHOLE else []


def is_stacked(grammar: Grammar, names: list[str], rows: list[list[Cell]]) -> bool:
    """Whether a header of more names than the rows have cells has two levels, and no column that is empty in all rows: a
    name stands twice, "Ghi chú" is not the last, the last two are neighbours under another, or cells are not what the names
    say, taken one by one."""
    noted = any(column_kind(grammar, name) == "note" for name in names[:-1])
    return noted or len(set(names)) < len(names) or _are_alike(*names[-2:]) or _belie(grammar, names, rows)


def _are_alike(name: str, other: str) -> bool:
    """Whether two names are those of neighbours under another: "Năm 2018", "Năm 2020"; "Rừng phòng hộ", "Rừng sản xuất"."""
    years = all(any(map(str.isdigit, text)) for text in (name, other))
    return years or name.split(" ", 1)[0].lower() == other.split(" ", 1)[0].lower()


def _belie(grammar: Grammar, names: list[str], rows: list[list[Cell]]) -> bool:
    """Whether cells under the names of a header, taken one by one, are not what these say: then it is not the last column
    that is empty in all rows."""
    for place, name in enumerate(names[: len(rows[0])]):
        kind = column_kind(grammar, name)
        if kind not in _PLAIN_KINDS:
            continue
        cell = grammar.columns_by_kind[kind].cell
        if any(place < len(row) and row[place].text and not cell.match(row[place].text) for row in rows if len(row) > 2):
            return True
    return False


def stands_over_others(grammar: Grammar, name: str) -> bool:
    """Whether a header may stand over several columns: "Phân công trách nhiệm", "Trong đó"."""
    folded = fold_tones(name.lower())
    return any(group.header.match(folded) for group in grammar.column_groups if not group.alone)


def _fullness(grammar: Grammar, cells: list[Cell], header: int, count: int) -> float:
    """The share of the cells that stand in full rows beginning with a plausible number, or none, were rows so long. A row
    that lost cells to merged ones counts half; a lone cell without a number was cut off a longer row and counts against."""
    rows, at = _body(grammar, cells, header, count, True, _JUDGED)
    codes = Codes()
    full = 0.0
    for row in rows:
        text = row[0].text
        plausible = not text or codes.plausible(text)
        if len(row) == count and plausible:
            full += count
        elif len(row) == 1 and not plausible:
            full -= _LONE_CELL
        elif plausible and text and len(row) > 2:
            full += len(row) / 2
        codes.take(text)
    return full / (at - header) if at > header else 0.0


def _row_end(grammar: Grammar, header: str) -> Kind | None:
    """What the last cell of a row looks like, where the last column's cells are unmistakable (a time, an amount)."""
    column = grammar.columns_by_kind.get(column_kind(grammar, header) or "")
    return column.cell if column is not None and column.weight >= 3 else None


def _row_length(cells: list[Cell], at: int, count: int, codes: Codes, numbered: bool, ends: Kind | None) -> int:
    """How many cells the row has that begins at a cell; 0 where none begins there.

    A full row has one cell a column. A group row may have only its number and its title ("A" / "NHIỆM VỤ CHUNG"), and
    a row under merged cells has lost those.
    """
    left = len(cells) - at
    if not numbered:
        return _unnumbered_length(cells, at, count, ends)

    own = codes.plausible(cells[at].text)
    codes_after = codes if not own else codes.after(cells[at].text)

    def follows(offset: int) -> bool:
        return offset == left or (offset < left and codes_after.plausible(cells[at + offset].text))

    if own and ends is not None and _stands_over_unnumbered(cells, at, count, ends):
        return 2
    if own and _ends_before_group(cells, at, count, codes_after, ends):
        return count - 2
    if follows(count):
        return count
    if left >= 2 and follows(2) and (own or (cells[at].text and _is_figure(cells[at + 1].text))):
        return 2  # "II" / "NHIỆM VỤ", "Tổng cộng" / "5.836.000"
    if not own and cells[at].text and _is_title_of_rows(cells, at, count, codes):
        return 1
    if not own and cells[at].text and ends is not None:
        # A row that lost its number to a merged cell ends where the last column's cell stands; of several like it that
        # stand together with the last: "Tổng cộng" / "100.000" / "40.000" / "60.000".
        found = 0
        for length in range(1, min(count - 1, left) + 1):
            if ends.match(cells[at + length - 1].text):
                found = length
            elif found:
                break
        if found:
            return found
    blank_next = count < left and not cells[at + count].text
    if blank_next and (own or not cells[at].text):
        return count
    for length in range(min(count - 1, left), 0, -1):
        if (
            length != 2
            and follows(length)
            and (cells[at + length - 1].text or _begins_group(cells, at, length, count, codes))
        ):
            return length
    return min(count, left)


def _begins_group(cells: list[Cell], at: int, length: int, count: int, codes: Codes) -> bool:
    """Whether a row that lost one cell and ends in an empty one stands before the next group, or before a row with a dash
    that others follow: "3" / … / "" / "II", "-" / … / "" / "-" / … / "2"."""
    after = at + length
    if length != count - 1 or after >= len(cells):
        return False
    if read_code(cells[after].text)[0] == "-" and is_code(cells[at].text):
        return any(
            after + further == len(cells) or (after + further < len(cells) and codes.plausible(cells[after + further].text))
            for further in (count, count - 1)
        )
    return read_code(cells[after].text)[0] in ("I", "A") and codes.counts(cells[after].text)


def _is_title_of_rows(cells: list[Cell], at: int, count: int, codes: Codes) -> bool:
    """Whether a cell without a number stands alone above a full row, and another row behind that one: "Nhóm việc B" / "3" /
    "Việc số 3" / … / "4"."""
    after = at + 1 + count
    if at + 1 >= len(cells) or not codes.plausible(cells[at + 1].text) or not codes.counts(cells[at + 1].text):
        return False
    return after == len(cells) or (after < len(cells) and codes.after(cells[at + 1].text).plausible(cells[after].text))


def _unnumbered_length(cells: list[Cell], at: int, count: int, ends: Kind | None) -> int:
    """As `_row_length` of a table whose rows bear no numbers. Where the last column's cells are unmistakable, a row that
    lost cells to merged ones ends with the last of them that stand together: "Trồng rừng" / "1.420" / "500" / "Kinh phí"."""
    full = min(count, len(cells) - at)
    if ends is None or ends.match(cells[at + full - 1].text):
        return full
    after = at + full
    if not cells[after - 1].text and (after == len(cells) or (cells[after].text and not ends.match(cells[after].text))):
        return full  # "Mở chợ" / "Sở Nội vụ" / "200" / "": the last cell of a full row may be empty
    closing = [length for length in range(2, full) if ends.match(cells[at + length - 1].text)]
    return next((length for length in closing if length + 1 not in closing), full)


def _ends_before_total(grammar: Grammar, cells: list[Cell], at: int, count: int, ends: Kind) -> bool:
    """Whether the last of the cells of a full row is the empty number of a total, and the row has lost one to a merged cell:
    "3" / "Hồ chứa" / "80.000" / "" / "Tổng cộng"."""
    return (
        at + count < len(cells)
        and is_code(cells[at].text)
        and not cells[at + count - 1].text
        and ends.match(cells[at + count - 2].text) is not None
        and match_any(grammar.totals, cells[at + count].text) is not None
    )


def _ends_before_group(cells: list[Cell], at: int, count: int, after: Codes, ends: Kind | None) -> bool:
    """Whether the last two of the cells of a full row are the next group, and the row has lost as many to merged cells:
    "2" / "Kiểm tra" / "Kết luận" / "Quý II" / "II" / "CẢI CÁCH THỂ CHẾ" / "3"."""
    if count < 5 or at + count > len(cells):
        return False
    last, code, title = (cells[at + count - back].text for back in (3, 2, 1))
    if " " not in title or read_code(code)[0] not in ("I", "A") or not (after.counts(code) and after.plausible(code)):
        return False
    return is_caps(title) or (ends is not None and ends.match(last) is not None and ends.match(title) is None)


def _is_too_many(cells: list[Cell], at: int, count: int, codes: Codes) -> bool:
    """Whether an empty cell begins no row, because the number of the next row stands after it, and that of the row after
    next where it should then: it is one too many in the row before."""
    if cells[at].text or at + 1 >= len(cells) or not codes.plausible(cells[at + 1].text):
        return False
    if at + count < len(cells) and codes.plausible(cells[at + count].text):
        return False
    after = at + 1 + count
    return after == len(cells) or (after < len(cells) and codes.after(cells[at + 1].text).plausible(cells[after].text))


def _stands_over_unnumbered(cells: list[Cell], at: int, count: int, ends: Kind) -> bool:
    """Whether a group's number and title stand above a row whose number is empty: "D." / "BỘ Y TẾ" / "" / "Bộ Y tế" …;
    the last column's cell tells where that row ends."""
    return (
        at + count + 1 < len(cells)
        and not cells[at + 2].text
        and is_caps(cells[at + 1].text)
        and ends.match(cells[at + count + 1].text) is not None
        and ends.match(cells[at + count - 1].text) is None
    )


def cells_of(rows: list[list[Cell]]) -> Iterator[Cell]:
    """Every cell of a grid, row by row."""
    for row in rows:
        yield from row
