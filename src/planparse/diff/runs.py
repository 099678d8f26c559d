"""Texts that are broken into paragraphs at other places.

Where a line of a hard-wrapped text ends with a sentence, nobody can tell whether the paragraph ends there, too. So a section
or paragraph and the paragraphs that follow it are one run of text; where two runs are equal, the pieces that lie between the
same words belong together, however many paragraphs they are on either side.
"""

from __future__ import annotations

from typing import NamedTuple

from planparse.diff.keys import Keys
from planparse.diff.units import Unit

Pairs = dict[int, int]


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
        groups = _groups(_lengths(left, run, keys), _lengths(right, other, keys))
        if groups is None or _words(left, run, keys) != _words(right, other, keys):
            continue
        inside = set(other)
        made = {i: j for i, j in made.items() if i not in run and j not in inside}
        for ours, theirs in groups:
            group = Joined(tuple(run[i] for i in ours), tuple(other[j] for j in theirs))
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


def _words(units: list[Unit], run: list[int], keys: Keys) -> list[str]:
    return [word.key for place in run for word in keys.words(units[place].text)]


def _lengths(units: list[Unit], run: list[int], keys: Keys) -> list[int]:
    return [len(keys.words(units[place].text)) for place in run]


def _groups(ours: list[int], theirs: list[int]) -> list[tuple[list[int], list[int]]] | None:
    """Which pieces lie between the same words; None where the runs are not of one length."""
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
