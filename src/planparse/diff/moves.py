"""Which of the paired units of two versions moved: the fewest that have to, so that the others stand in one order."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from planparse.diff.runs import Joined
from planparse.diff.units import Unit

Pairs = dict[int, int]


def moved_units(left: list[Unit], right: list[Unit], pairs: Pairs, groups: Sequence[Joined] = ()) -> set[int]:
    """The left units that stand under another heading than before, or changed places with their neighbours.

    groups: sections that are one on the other side; what stands under any of them stands under the first.

    What stands under a unit that moved moved along with it and is not counted. A heading that was taken away or put in
    between moves nothing that keeps its order.
    """
    tables = {unit.place: _table(left, unit.place) for unit in left if unit.type == "row"}
    tables_right = {unit.place: _table(right, unit.place) for unit in right if unit.type == "row"}
    partners = {theirs: ours for ours, theirs in pairs.items()}
    firsts = {place: group.left[0] for group in groups for place in group.left}
    firsts_right = {place: group.right[0] for group in groups for place in group.right}
    families: dict[tuple[int, int, int, int], list[int]] = defaultdict(list)
    moved: set[int] = set()
    parts = _parts(left, right, pairs)
    for ours, theirs in pairs.items():
        one, other = left[ours], right[theirs]
        above = tables.get(ours, _paired(left, one.parent, pairs, firsts))
        # The nearest paired unit above, on either side: what lies between was taken away or put in.
        over = tables_right.get(theirs, _paired(right, other.parent, partners, firsts_right))
        if above >= 0 or over >= 0:
            same = above >= 0 and over >= 0 and pairs.get(above) == over
        else:
            same = parts.get(one.part) == other.part
        if same:
            families[one.part, above, other.part, over].append(ours)
        else:
            moved.add(ours)
    for members in families.values():
        members.sort()
        moved |= _out_of_order(members, pairs)
    # A row that follows its group row moved along.
    return {
        index
        for index in moved
        if not (
            left[index].type == "row"
            and left[index].parent in moved
            and pairs.get(left[index].parent) == right[pairs[index]].parent
        )
    }


def _parts(left: list[Unit], right: list[Unit], pairs: Pairs) -> dict[int, int]:
    """Part → the part on the right that most of it is in."""
    counts: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for ours, theirs in pairs.items():
        counts[left[ours].part][right[theirs].part] += 1
    return {part: max(found, key=lambda other: (found[other], -other)) for part, found in counts.items()}


def _table(units: list[Unit], index: int) -> int:
    while index >= 0 and units[index].type == "row":
        index = units[index].parent
    return index


def _paired(units: list[Unit], index: int, pairs: Pairs, firsts: dict[int, int]) -> int:
    """The nearest unit from here upwards that is paired, or the first of its group."""
    while index >= 0 and index not in pairs and index not in firsts:
        index = units[index].parent
    return firsts.get(index, index)


def _out_of_order(members: list[int], pairs: Pairs) -> set[int]:
    """Those that are in no longest run of members whose partners stand in the same order."""
    tails: list[int] = []
    tail_members: list[int] = []
    before: dict[int, int] = {}
    for member in members:
        place = bisect_left(tails, pairs[member])
        if place == len(tails):
            tails.append(pairs[member])
            tail_members.append(member)
        else:
            tails[place] = pairs[member]
            tail_members[place] = member
        before[member] = tail_members[place - 1] if place else -1
    kept = set()
    member = tail_members[-1] if tail_members else -1
    while member >= 0:
        kept.add(member)
        member = before[member]
    return set(members) - kept
