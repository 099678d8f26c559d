"""The levels of a header: which of its names stand over several columns, and over how many.

    TT | Hạng mục | Tổng cộng | Phân theo năm | Phân theo nguồn vốn
    Năm 2018 | Năm 2019 | Năm 2020 | Ngân sách trung ương | Vốn khác

What is printed are the names alone, row by row or one after another. Of all ways to put the names below under those above,
the one is taken whose groups are named like what they stand over ("Phân theo năm" over years), whose names below are of one
form, and whose columns hold alike figures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, combinations, pairwise
from typing import NamedTuple

from planparse.grammar.grammar import Grammar, Group
from planparse.layout.cells import column_kind, stands_over_others
from planparse.text import fold_tones

#: How strongly a header that may be a column of its own stands over others: where no other header does.
_IF_NO_OTHER = 0.05
#: What the name of a sum takes from that.
_IF_SUM = 0.04
#: What it costs that a column of some kinds stands over others; "Thời gian" may: "Bắt đầu", "Hoàn thành".
_NEVER = 4.0
_HARDLY = {"number": _NEVER, "note": _NEVER, "lead": _NEVER, "support": _NEVER, "time": 0.3, "funding_source": 0.3}
#: As much for the name of a sum ("Tổng số").
_SUM_OVER_OTHERS = 0.3
#: What it costs that a name of no known group stands over others; that it stands over one column only.
_UNKNOWN = 0.5
_OVER_ONE = 0.3
#: "Mục tiêu (điểm)" says what its own cells are counted in.
_COUNTED = 0.1
#: What two neighbours under one name cost whose names are of another form, and whose columns hold other figures.
_OTHER_FORM = 0.4
_OTHER_FIGURES = 0.3
#: What it costs that a column holds words where its name says figures, or figures where it says bodies.
_OTHER_HELD = 0.5
_WORDS = ("lead", "support")
#: Forms that stand beside none but their like.
_APART = frozenset(("year", "body"))
#: One name does not stand twice under another: "Năm 2024", "Năm 2025", "Năm 2024", "Năm 2025" stand under two.
_TWICE = 2.0
#: Of a header whose rows are not marked: a name on one side of the border that belongs to the other.
_MISPLACED, _PERHAPS = 0.5, 0.2
#: Of names that fit alike, the ones further right stand over others, each over as many as the next.
_RIGHT, _UNEVEN = 0.001, 0.002
#: A header of more names is no puzzle to try all ways of; where its rows are not marked, and three levels of them.
_MOST_NAMES, _MOST_GROUPS, _MOST_SPLIT = 30, 8, 16
#: What a third level costs: two are the rule.
_THIRD = 0.5
#: So many rows tell what the columns hold.
_JUDGED = 40

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIGURE = re.compile(r"[-–>≥<≤]?\s?(\d{1,3}(?:\.\d{3})+|\d+)((?:,\d+)?)\s?%?$")


class _Column(NamedTuple):
    """What a column holds: the share of its filled cells that are figures, and their usual size (a power of ten)."""

    figures: float
    size: float


class _Best(NamedTuple):
    """The best way found: over how many columns each name above stands; 0 is a column of its own."""

    score: float
    widths: tuple[int, ...]


class _Deep(NamedTuple):
    """The paths of columns under a header of three levels, and how well they fit."""

    score: float
    paths: list[list[str]]


def header_paths(grammar: Grammar, header: list[list[str]], body: list[list[str]], count: int) -> list[list[str]]:
    """The header levels of each of `count` columns, from the top.

    header: the names of its rows; body: the cells of the rows under it.
    """
    if len(header) == 1:
        names = header[0]
        if len(names) > count:
            return _of_one_row(grammar, names, body, count)
        return [[name] if name else [] for name in names]
    top, below = header[0], [name for name in header[1] if name]
    third = [name for name in header[2] if name] if len(header) > 2 else []
    noted = any(name.startswith("(") for name in third)  # "(Trồng mới khoảng 5.000 cây)" is said of the name above it
    if third and not noted and (deep := _three_levels(grammar, top, below, third, count)) is not None:
        return deep.paths
    paths = _under(top, below, _spans(grammar, top, below, body, count).widths)
    for deeper in header[2:]:
        _add_level(paths, [name for name in deeper if name])
    return paths


def _three_levels(grammar: Grammar, top: list[str], middle: list[str], below: list[str], count: int) -> _Deep | None:
    """The paths of columns under three rows of names, and how well that fits; None where so many do not make `count`."""
    best: _Deep | None = None
    for groups in range(1, min(len(top), len(middle)) + 1):
        under = count - (len(top) - groups)  # so many columns stand under the names in the middle
        if not 1 <= len(middle) + len(below) - under <= len(middle):
            continue
        inner = _spans(grammar, middle, below, [], under)
        outer = _spans(grammar, top, middle, [], len(top) - groups + len(middle))
        score = inner.score + outer.score - _THIRD
        if best is None or score > best.score:
            best = _Deep(score, _nested(top, outer.widths, _under(middle, below, inner.widths), inner.widths))
    return best


def _nested(top: list[str], widths: Sequence[int], under: list[list[str]], widths_under: Sequence[int]) -> list[list[str]]:
    """The paths of names over so many names each, which stand over so many columns each themselves."""
    paths: list[list[str]] = []
    at = 0
    sizes = iter(widths_under)
    for name, width in zip(top, widths, strict=True):
        if width == 0:
            paths.append([name] if name else [])
        for _ in range(width):
            size = max(1, next(sizes))
            paths += [[name, *path] for path in under[at : at + size]]
            at += size
    return paths


def _under(top: list[str], below: list[str], widths: Sequence[int]) -> list[list[str]]:
    """The paths of columns where each name above stands over so many."""
    paths: list[list[str]] = []
    taken = 0
    for name, width in zip(top, widths, strict=True):
        if width == 0:
            paths.append([name] if name else [])
            continue
        for _ in range(width):
            paths.append([name, *below[taken : taken + 1]])
            taken += 1
    return [*paths, *([name] for name in below[taken:])]


def _add_level(paths: list[list[str]], names: list[str]) -> None:
    """A third header row stands under the last columns that already have two levels."""
    deep = [index for index, path in enumerate(paths) if len(path) > 1] or list(range(len(paths)))
    for index, name in zip(deep[-len(names) :], names, strict=False):
        paths[index].append(name)


def _of_one_row(grammar: Grammar, names: list[str], body: list[list[str]], count: int) -> list[list[str]]:
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
        if len(top) < parents:
            continue
        spans = _spans(grammar, top, below, body, count)
        score = spans.score - _misplaced(grammar, top, below)
        if best is None or score > best[0]:
            best = (score, _under(top, below, spans.widths))
    for at, then in combinations(range(2, len(names) - 1), 2) if len(names) <= _MOST_SPLIT and parents > 1 else ():
        top, middle, below = names[:at], names[at:then], names[then:]
        if len(middle) > 1 and (deep := _three_levels(grammar, top, middle, below, count)) is not None:
            score = deep.score - _misplaced(grammar, top, middle) - _misplaced(grammar, middle, below)
            if best is None or score > best[0]:
                best = (score, deep.paths)
    if best is None:
        return [[name] for name in names[:count]]
    _add_level(best[1], deeper)
    return best[1]


def _misplaced(grammar: Grammar, top: list[str], below: list[str]) -> float:
    """How badly the names of a header split into those above and those below."""
    kinds = {kind for name in below if (kind := column_kind(grammar, name)) is not None}
    first_group = next((i for i, name in enumerate(top) if stands_over_others(grammar, name)), len(top))
    above = sum(
        _MISPLACED * (name in below)
        + _MISPLACED * (i > first_group and column_kind(grammar, name) in kinds)
        + _PERHAPS * (i > first_group and column_kind(grammar, name) is None)
        for i, name in enumerate(top)
        if not stands_over_others(grammar, name)
    )
    # "Ghi chú" is the last name of the first row.
    note = next((i for i, name in enumerate(top) if column_kind(grammar, name) == "note"), len(top) - 1)
    # "Kinh phí 2023" may stand below; "Thành tiền (đồng)" stands over others.
    under = sum(stands_over_others(grammar, name) and not name[-1].isdigit() for name in below)
    # "Rừng phòng hộ" | "Rừng sản xuất" stand side by side; and "Kinh phí" | "Tổng số" is mostly the first of its parts.
    torn = _are_alike(grammar, top[-1], below[0])
    torn = torn or (len(top) > 1 and _is_sum(grammar, top[-1]) and stands_over_others(grammar, top[-2]))
    return above + _MISPLACED * (len(top) - 1 - note + ("note" in kinds) + under) + _PERHAPS * torn


def _are_alike(grammar: Grammar, name: str, other: str) -> bool:
    """Whether two names are of one form: years, or names that begin with the same word."""
    form = _form(name, _kind_below(grammar, name))
    years = form == "year" == _form(other, _kind_below(grammar, other))
    return years or name.split(" ", 1)[0].lower() == other.split(" ", 1)[0].lower()


def _is_sum(grammar: Grammar, name: str) -> bool:
    return grammar.found("money_sum", fold_tones(name.lower())) is not None


def _spans(grammar: Grammar, top: list[str], below: list[str], body: list[list[str]], count: int) -> _Best:
    """How many columns each name of the first row stands over, and how well that fits."""
    parents = len(top) + len(below) - count
    if not below or parents < 1:
        return _Best(0.0, (0,) * len(top))
    if parents > min(_MOST_GROUPS, len(top)) or len(top) + len(below) > _MOST_NAMES:
        return _Best(-_NEVER, _evenly(grammar, top, below, min(parents, len(top))))
    fit = _Fit(grammar, top, below, _columns_of(body, count))
    even = len(below) / parents

    @cache
    def best(at: int, taken: int, groups: int) -> _Best | None:
        """The best widths of the names from `at` on, the names below before `taken` given to those before."""
        if at == len(top):
            return _Best(0.0, ()) if taken == len(below) and groups == parents else None
        found = None
        if rest := best(at + 1, taken, groups):
            found = _Best(rest.score + fit.alone(at, at - groups + taken), (0, *rest.widths))
        if groups < parents and top[at]:
            for width in range(1, len(below) - taken - (parents - groups - 1) + 1):
                rest = best(at + 1, taken + width, groups + 1)
                if rest is None:
                    continue
                own = fit.group(at, taken, width, at - groups + taken) - _UNEVEN * abs(width - even)
                if found is None or own + rest.score > found.score:
                    found = _Best(own + rest.score, (width, *rest.widths))
        return found

    return best(0, 0, 0) or _Best(-_NEVER, _evenly(grammar, top, below, parents))


def _evenly(grammar: Grammar, top: list[str], below: list[str], parents: int) -> tuple[int, ...]:
    """Each of the last names that may stand over others over as many as the next."""
    may = [i for i, name in enumerate(top) if column_kind(grammar, name) not in _HARDLY][-parents:]
    share, rest = divmod(len(below), max(1, len(may)))
    widths = [0] * len(top)
    for place, index in enumerate(may):
        widths[index] = share + (place < rest)
    return tuple(widths)


class _Fit:
    """How well names stand over others. What stretches of names below and of columns add up to is counted once."""

    def __init__(self, grammar: Grammar, top: list[str], below: list[str], columns: list[_Column | None]) -> None:
        kinds_below = [_kind_below(grammar, name) for name in below]
        kinds = [column_kind(grammar, name) for name in top]
        # The first column of contents says what the rows are about.
        label = kinds.index("content") if "content" in kinds else -1
        self._alone = [_NEVER if at == label else _over_any(grammar, name, kinds[at]) for at, name in enumerate(top)]
        self._groups = [_group_of(grammar, name, below) for name in top]
        self._sums = [_IF_SUM * _is_sum(grammar, name) for name in top]
        self._inside = {
            group.children: _added_up([kind in group.children for kind in kinds_below]) for group in self._groups if group
        }
        # A sum is of the form of what it sums up.
        forms = [
            "sum" if _is_sum(grammar, name) else _form(name, kind) for name, kind in zip(below, kinds_below, strict=True)
        ]
        self._torn = _added_up([_are_torn(one, other) for one, other in pairwise(forms)])
        self._columns = columns
        self._above = [_holds(name, kind, grammar) for name, kind in zip(top, kinds, strict=True)]
        self._below = [_holds(name, kind, grammar) for name, kind in zip(below, kinds_below, strict=True)]
        self._unlike = _added_up([_unlike(one, other) for one, other in pairwise(columns)])
        self._twice = [_added_up([name in below[first:at] for at, name in enumerate(below)]) for first in range(len(below))]

    def alone(self, at: int, column: int) -> float:
        """How well the name at a place names one column alone."""
        return -_OTHER_HELD * _is_other(self._above[at], self._columns[column] if column < len(self._columns) else None)

    def group(self, at: int, first: int, width: int, column: int) -> float:
        """How well the name at a place stands over so many of the names below, which name the columns from `column` on."""
        last, group = first + width - 1, self._groups[at]
        score = -self._alone[at]
        if group is not None:
            inside = self._inside[group.children]
            share = (inside[last + 1] - inside[first]) / width
            # "Tổng mức đầu tư | Kế hoạch vốn" over years: a sum is mostly a column of its own.
            known = share * _IF_NO_OTHER if group.alone else 0.1 + share + group.sure - self._sums[at]
            # "Đơn vị thực hiện" beside "Năm 2025" stands over bodies or over nothing.
            score = known if share or self._alone[at] < _NEVER else score
        score += _RIGHT * at - _OVER_ONE * (width == 1)
        score -= _TWICE * (self._twice[first][last + 1] - self._twice[first][first])
        score -= _OTHER_FORM * (self._torn[last] - self._torn[first])
        held = zip(self._below[first : last + 1], self._columns[column : column + width], strict=False)
        score -= _OTHER_HELD * sum(_is_other(figures, found) for figures, found in held)
        return score - _OTHER_FIGURES * (self._unlike[column + width - 1] - self._unlike[column])


def _are_torn(one: str | None, other: str | None) -> bool:
    """Whether two forms are not those of neighbours: a year or a body beside another, or two kinds that are known."""
    if "sum" in (one, other) or one == other:
        return False
    return not _APART.isdisjoint((one, other)) or None not in (one, other)


def _holds(name: str, kind: str | None, grammar: Grammar) -> bool | None:
    """Whether a column of this name holds figures (True), words (False), or either (None)."""
    if kind in _WORDS:
        return False
    return True if kind == "money" or _is_sum(grammar, name) else None


def _is_other(figures: bool | None, column: _Column | None) -> bool:
    """Whether a column holds words where its name says figures, or figures where it says words."""
    if figures is None or column is None:
        return False
    return column.figures < 0.5 if figures else column.figures > 0.5


def _added_up(values: Sequence[float]) -> list[float]:
    """The sums of the first none, one, two … of some values."""
    return [0.0, *accumulate(values)]


def _over_any(grammar: Grammar, name: str, kind: str | None) -> float:
    """What it costs that a name of no known group stands over others, whatever these are."""
    hardly = max(_HARDLY.get(kind or "", 0.0), _SUM_OVER_OTHERS * _is_sum(grammar, name))
    return _UNKNOWN + hardly + _COUNTED * name.endswith(")")


def _group_of(grammar: Grammar, name: str, below: list[str]) -> Group | None:
    """The known group that a name stands over."""
    folded = fold_tones(name.lower())
    if any(child and folded.startswith(f"{fold_tones(child.lower())} ") for child in below):
        return None  # "Năm 2025 | Kế hoạch năm 2026" over "Kế hoạch | Ước thực hiện"
    return next((group for group in grammar.column_groups if group.header.match(folded)), None)


def _kind_below(grammar: Grammar, name: str) -> str | None:
    """The kind of a column under another: that of its header, "source" for one that says whose money it holds, "result" for
    one of what was planned or reached."""
    if kind := column_kind(grammar, name):
        return kind
    if grammar.found("money_source_column", name):
        return "source"
    return "result" if grammar.found("target_past_column", name) else None


def _form(name: str, kind: str | None) -> str | None:
    """What a name below looks like: a year, a body, or a name of its kind."""
    return "year" if _YEAR.search(name) else "body" if kind in _WORDS else kind


def _columns_of(body: list[list[str]], count: int) -> list[_Column | None]:
    """What each column holds, by the rows that have a cell for each; None where that says nothing."""
    full = [row for row in body if len(row) == count][:_JUDGED]
    return [_column([row[index] for row in full if row[index]]) for index in range(count)]


def _column(cells: list[str]) -> _Column | None:
    if not cells:
        return None
    figures = [match for cell in cells if (match := _FIGURE.match(cell))]
    sizes = sorted(_size(match) for match in figures)
    return _Column(len(figures) / len(cells), sizes[len(sizes) // 2] if sizes else 0.0)


def _size(figure: re.Match[str]) -> float:
    whole = figure[1].replace(".", "")
    return len(whole) + math.log10(max(1, int(whole[:1])))


def _unlike(one: _Column | None, other: _Column | None) -> float:
    """How little two columns are alike, from 0 to 1."""
    if one is None or other is None:
        return 0.0
    return min(1.0, abs(one.figures - other.figures) + min(1.0, abs(one.size - other.size) / 2))
