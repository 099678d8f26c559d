"""Texts that are broken into paragraphs at other places.

Where a line of a hard-wrapped text ends with a sentence, nobody can tell whether the paragraph ends there, too. So a section
or paragraph and the paragraphs that follow it are one run of text; where two runs are equal, the pieces that lie between the
same letters belong together, however many paragraphs they are on either side. So do, where the runs are not equal, a text
and its neighbours without a partner that together say what one text says on the other side, whatever kind of block they are.
"""

from __future__ import annotations

from typing import NamedTuple

from planparse.diff.keys import Keys
from planparse.diff.units import Unit

Pairs = dict[int, int]

#: Blocks that are text and nothing else.
_TEXTS = frozenset(("paragraph", "legal_basis", "footnote", "title", "letterhead", "recipients", "signature"))


class Joined(NamedTuple):
    """Units that are one text on either side, in order; the first of each stands for all."""

    left: tuple[int, ...]
    right: tuple[int, ...]


def join_runs(left: list[Unit], right: list[Unit], pairs: Pairs, keys: Keys) -> tuple[Pairs, list[Joined]]:
    """The pairs with those of equal runs set right, and the units that are joined for it."""
    runs, runs_right = _runs(left), _runs(right)
    home = {place: run for run in runs_right for place in run}
    made = dict(pairs)
    joined: list[Joined] = []
    for run in runs:
        other = next((home[pairs[place]] for place in run if pairs.get(place) in home), None)
        if other is None or (len(run) == len(other) and all(pairs.get(i) == j for i, j in zip(run, other, strict=True))):
            continue
        ours, theirs = (
            [keys.said(units[place].text) for place in places] for units, places in ((left, run), (right, other))
        )
        groups = _groups(list(map(len, ours)), list(map(len, theirs)))
        if groups is None or "".join(ours) != "".join(theirs):
            continue
        inside = set(other)
        made = {i: j for i, j in made.items() if i not in run and j not in inside}
        for firsts, seconds in groups:
            group = Joined(tuple(run[i] for i in firsts), tuple(other[j] for j in seconds))
            made[group.left[0]] = group.right[0]
            if len(group.left) > 1 or len(group.right) > 1:
                joined.append(group)
    return made, joined


def _runs(units: list[Unit]) -> list[list[int]]:
    """Each section or paragraph with the paragraphs right after it; one that stands alone is a run of one."""
    runs: list[list[int]] = []
    head: Unit | None = None
    for unit in units:
        if head is not None and unit.type == "paragraph" and unit.part == head.part:
            runs[-1].append(unit.place)
        elif unit.type in {"section", "paragraph"}:
            runs.append([unit.place])
            head = unit
        else:
            head = None
    return runs


def join_neighbours(
    left: list[Unit], right: list[Unit], pairs: Pairs, joined: list[Joined], keys: Keys
) -> tuple[Pairs, list[Joined]]:
    """The pairs with those set right that are one text with their neighbours, and the units that are joined for it."""
    free = (
        _free(left, {*pairs, *(place for group in joined for place in group.left)}),
        _free(right, {*pairs.values(), *(place for group in joined for place in group.right)}),
    )
    settled = {group.left[0] for group in joined}
    made = dict(pairs)
    found: list[Joined] = []
    for ours, theirs in pairs.items():
        one, other = keys.said(left[ours].text), keys.said(right[theirs].text)
        if one == other or ours in settled or not {left[ours].type, right[theirs].type} <= _TEXTS | {"section"}:
            continue
        if len(one) < len(other):
            group = Joined(_grown(left, ours, other, free[0], keys), (theirs,))
        else:
            group = Joined((ours,), _grown(right, theirs, one, free[1], keys))
        if len(group.left) + len(group.right) > 2:
            found.append(group)
            free[0].difference_update(group.left)
            free[1].difference_update(group.right)
            del made[ours]
            made[group.left[0]] = group.right[0]
    return made, found


def _free(units: list[Unit], taken: set[int]) -> set[int]:
    return {unit.place for unit in units if unit.type in _TEXTS and unit.place not in taken}


def _grown(units: list[Unit], place: int, wanted: str, free: set[int], keys: Keys) -> tuple[int, ...]:
    """A unit with the neighbours that make it say what is wanted; the unit alone where they do not."""
    group, said = [place], keys.said(units[place].text)
    while said != wanted:
        before, after = group[0] - 1, group[-1] + 1
        if after in free and units[after].part == units[place].part and said + keys.said(units[after].text) in wanted:
            group.append(after)
            said += keys.said(units[after].text)
        elif before in free and units[before].part == units[place].part and keys.said(units[before].text) + said in wanted:
            group.insert(0, before)
            said = keys.said(units[before].text) + said
        else:
            return (place,)
    return tuple(group)


def _groups(ours: list[int], theirs: list[int]) -> list[tuple[list[int], list[int]]] | None:
    """Which pieces lie between the same letters; None where the runs are not of one length."""
    groups: list[tuple[list[int], list[int]]] = []
    at, over, at_words, over_words = 0, 0, 0, 0
    while at < len(ours) and over < len(theirs):
        group: tuple[list[int], list[int]] = ([at], [over])
        at_words, over_words = at_words + ours[at], over_words + theirs[over]
        at, over = at + 1, over + 1
        while at_words != over_words:
            if at_words < over_words and at < len(ours):
                group[0].append(at)
                at_words += ours[at]
                at += 1
            elif over_words < at_words and over < len(theirs):
                group[1].append(over)
                over_words += theirs[over]
                over += 1
            else:
                return None
        groups.append(group)
    return groups if at == len(ours) and over == len(theirs) else None
