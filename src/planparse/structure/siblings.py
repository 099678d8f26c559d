"""Breaks that a hard wrap has hidden, settled by the other items of the list.

Where a line that is full ends a title, nothing in the line tells whether the paragraph ends with it: after
"a) Sở Nội vụ chủ trì, phối hợp:" the words of the next line may be a paragraph of their own or the rest of this one.
What the other items do, whose lines were not full, decides.
"""

from __future__ import annotations

from typing import NamedTuple

from planparse.layout.lines import TEXT, Lines
from planparse.structure.flow import Unit

#: So many items of the part must agree where the list itself says nothing, and so large must their share be.
_FEWEST_COUSINS = 3
_MOST_AGREE = 0.8
#: So many items of a list must be titles before one that ends as a text does is taken to be a title and its text.
_FEWEST_TITLES = 2
_TEXT_ENDS = ".;…"


class Habit(NamedTuple):
    """What the items do whose ends are sure.

    announced: end with a colon, a paragraph below them.
    run_in: go on after a colon within the line.
    bare: end without a full stop, as titles do.
    texts: end as texts do.
    """

    announced: int = 0
    run_in: int = 0
    bare: int = 0
    texts: int = 0


def settle(units: list[Unit], lines: Lines) -> list[Unit]:
    """The units with every break that was in doubt set where the other items of its list have it."""
    if not any(unit.doubts or unit.cut for unit in units):
        return units
    lists = _lists(units)
    habits = {first: _habit(units, members) for first, members in lists.items()}
    cousins = _cousins(units, habits)
    list_of = {member: key for key, members in lists.items() for member in members}
    settled: list[Unit] = []
    joined = False
    for at, unit in enumerate(units):
        if joined:
            joined = False
            continue
        settled.append(unit)
        if at not in list_of or not (unit.doubts or unit.cut):
            continue
        own = habits[list_of[at]]
        if unit.cut and _is_text(own):
            joined = _join(unit, units, at)
        elif unit.doubts and unit.mark is not None:
            if (begun := _break(unit, own, cousins[unit.mark.key], lines)) is not None:
                settled.append(_split(unit, begun, lines))
    return settled


# --- lists ------------------------------------------------------------------------------------------------------
def _lists(units: list[Unit]) -> dict[int, list[int]]:
    """The items of every list, by the place of its first item: marks of one key at one depth with nothing outer between."""
    lists: dict[int, list[int]] = {}
    open_lists: dict[int, tuple[str, int]] = {}
    for at, unit in enumerate(units):
        if unit.mark is None:
            continue
        for depth in [depth for depth in open_lists if depth > unit.depth]:
            del open_lists[depth]
        known = open_lists.get(unit.depth)
        if known is None or known[0] != unit.mark.key:
            open_lists[unit.depth] = known = (unit.mark.key, at)
        lists.setdefault(known[1], []).append(at)
    return lists


def _habit(units: list[Unit], members: list[int]) -> Habit:
    announced = run_in = bare = texts = 0
    for at in members:
        unit = units[at]
        if unit.doubts or unit.cut:
            continue
        if unit.text.endswith(":"):
            announced += _followed(units, at)
        elif unit.text[-1] in _TEXT_ENDS:
            texts += 1
            run_in += ": " in unit.text
        elif unit.text[-1] != ",":
            bare += 1
    return Habit(announced, run_in, bare, texts)


def _followed(units: list[Unit], at: int) -> bool:
    """Whether an unmarked paragraph stands below an item."""
    below = units[at + 1] if at + 1 < len(units) else None
    return below is not None and below.mark is None and below.grid is None


def _cousins(units: list[Unit], habits: dict[int, Habit]) -> dict[str, Habit]:
    """What the items of all lists of the part do, by the key of their marks."""
    sums: dict[str, Habit] = {}
    for first, habit in habits.items():
        if (mark := units[first].mark) is not None:
            sums[mark.key] = Habit(*map(sum, zip(sums.get(mark.key, Habit()), habit, strict=True)))
    return sums


# --- verdicts ---------------------------------------------------------------------------------------------------
def _is_text(habit: Habit) -> bool:
    return habit.texts >= _FEWEST_TITLES and not habit.bare and not habit.announced


def _break(unit: Unit, own: Habit, cousins: Habit, lines: Lines) -> int | None:
    """The line that begins a paragraph of its own below an item; None where the item goes on."""
    colon = next((i for i in unit.doubts if lines.text[i - 1].endswith(":")), None)
    if colon is not None:
        if own.announced or own.run_in:
            return colon if own.announced > own.run_in else None
        agree = cousins.announced >= _FEWEST_COUSINS
        return colon if agree and cousins.announced >= _MOST_AGREE * (cousins.announced + cousins.run_in) else None
    titles = own.bare >= _FEWEST_TITLES and not own.texts
    return unit.doubts[0] if titles and unit.text[-1] in _TEXT_ENDS else None


# --- changes ----------------------------------------------------------------------------------------------------
def _split(unit: Unit, begun: int, lines: Lines) -> Unit:
    """Cut a unit off before a line; the paragraph that begins with that line."""
    below = Unit(begun, unit.last, unit.until, unit.depth + 1, text=_words(lines, begun, unit.last))
    unit.last = unit.until = begun - 1
    unit.text = _words(lines, unit.first, unit.last)
    return below


def _words(lines: Lines, first: int, last: int) -> str:
    return " ".join(lines.text[i] for i in range(first, last + 1) if lines.kind[i] == TEXT)


def _join(unit: Unit, units: list[Unit], at: int) -> bool:
    """Let an item go on with the paragraph below it; whether there is one."""
    if not _followed(units, at):
        return False
    below = units[at + 1]
    unit.text = f"{unit.text} {below.text}"
    unit.last, unit.until = below.last, below.until
    return True
