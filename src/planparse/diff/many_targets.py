"""Targets of several documents, one row an indicator.

Within a document targets are of one indicator where its words are the same ("40% in 2025, 60% in 2030"). Between documents
the likest indicators are joined first, and a row has no more than one indicator of each document. Rows are joined where
their indicators are alike on the average, so that no chain of likenesses ties up what is unlike at its ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

from planparse.diff.facts import LIKE, indicator_of, more_ambitious, target_side
from planparse.diff.keys import Keys
from planparse.diff.similarity import Index, Vector, cosine, vectors

Data = dict[str, Any]

#: So many of the likest indicators are looked at, for each other document.
_CANDIDATES = 4
#: What is measured in other units (percent, cubic metres) is one indicator only where its words are nearly the same.
_LIKE_IN_OTHER_UNITS = 0.8


class _Indicator(NamedTuple):
    """An indicator of one document, with the targets that are set for it there, in their order."""

    side: int
    words: tuple[str, ...]
    facts: list[Data]


def compare_targets_of_many(targets: Sequence[list[Data]], keys: Sequence[Keys]) -> list[Data]:
    """A row for each indicator, those of most documents first, else in the order of the documents."""
    found = _indicators(targets, keys)
    made = vectors([indicator.words for indicator in found])
    rows = [
        [found[place] for place in sorted(group, key=lambda place: found[place].side)]
        for group in _groups(found, made, len(targets))
    ]
    rows.sort(key=lambda row: -len(row))
    return [_row(row, len(targets)) for row in rows]


def _indicators(targets: Sequence[list[Data]], keys: Sequence[Keys]) -> list[_Indicator]:
    found: list[_Indicator] = []
    for side, facts in enumerate(targets):
        known: dict[tuple[str, ...], _Indicator] = {}
        for fact in facts:
            words = tuple(keys[side].bag(indicator_of(fact)))
            if words not in known:
                known[words] = _Indicator(side, words, [])
                found.append(known[words])
            known[words].facts.append(fact)
    return found


def _groups(found: list[_Indicator], made: list[Vector], sides: int) -> list[list[int]]:
    """The indicators of each row, by their places."""
    index = Index(dict(enumerate(made)))
    offers: list[tuple[float, int, int]] = []
    for place, indicator in enumerate(found):
        for like, other in index.like(
            made[place],
            _CANDIDATES * sides,
            lambda other, side=indicator.side: found[other].side > side,  # type: ignore[misc]
        ):
            if like >= (LIKE if _shared("unit", indicator, found[other]) else _LIKE_IN_OTHER_UNITS):
                offers.append((like + _fits(indicator, found[other]), -place, -other))
    groups = {place: [place] for place in range(len(found))}
    home = list(range(len(found)))
    for _, one, other in sorted(offers, reverse=True):
        ours, theirs = sorted((home[-one], home[-other]))
        if ours != theirs and _one_row(groups[ours], groups[theirs], found, made):
            for place in groups[theirs]:
                home[place] = ours
            groups[ours] += groups.pop(theirs)
    return list(groups.values())


def _fits(one: _Indicator, other: _Indicator) -> float:
    """What a unit and a year in common add to likeness, as between two documents."""
    return 0.1 * _shared("unit", one, other) + 0.1 * _shared("year", one, other)


def _shared(field: str, one: _Indicator, other: _Indicator) -> bool:
    return not {fact[field] for fact in one.facts}.isdisjoint(fact[field] for fact in other.facts)


def _one_row(ours: list[int], theirs: list[int], found: list[_Indicator], made: list[Vector]) -> bool:
    """Whether two groups are of one indicator: of other documents, and alike on the average."""
    if {found[place].side for place in ours} & {found[place].side for place in theirs}:
        return False
    likeness = [cosine(made[one], made[other]) for one, other in product(ours, theirs)]
    return sum(likeness) / len(likeness) >= LIKE


def _row(row: list[_Indicator], sides: int) -> Data:
    facts = {indicator.side: indicator.facts for indicator in row}
    return {
        "indicator": " ".join(indicator_of(row[0].facts[0]).split()),
        "documents": len(row),
        "cells": [
            [{**target_side(fact), "most_ambitious": _leads(fact, side, facts)} for fact in facts.get(side, [])]
            for side in range(sides)
        ],
    }


def _leads(fact: Data, side: int, facts: dict[int, list[Data]]) -> bool:
    """Whether a target is more ambitious than one of another document, and no other's is more ambitious than it, of those
    that can be weighed against it."""
    weighed = [more_ambitious(fact, other) for their, found in facts.items() if their != side for other in found]
    return "left" in weighed and "right" not in weighed
