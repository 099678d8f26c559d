"""One section split over two or more, or several joined into one: what pairs, one to one, do not show.

Two signs tell it, whatever the order: the words of one text are found in several texts of the other document, each of which
has little else; or what stands under one section stands under several.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planparse.diff.keys import Keys
from planparse.diff.runs import Joined
from planparse.diff.similarity import Index, vectors
from planparse.diff.units import Unit

Pairs = dict[int, int]

_RUNNING = frozenset(("section", "paragraph"))
#: A text of fewer words is too short to be told by its pieces, a piece to be known again.
_FEWEST_WORDS, _FEWEST_OF_PIECE = 8, 3
#: So much of a piece is words of the whole that no other piece has; so much of the whole is one piece's; and all of them's.
_OF_PIECE, _OF_WHOLE, _TOGETHER = 0.7, 0.15, 0.75
#: So many units under a section that was split, at least; and their share of what stands under either section.
_FEWEST_UNDER, _SHARE_UNDER = 2, 0.25
_CANDIDATES = 6


class _Side(NamedTuple):
    """A document's units, the words of its sections and paragraphs, and which units belong to a group already."""

    units: list[Unit]
    bags: dict[int, list[str]]
    settled: set[int]


def find_splits(
    left: list[Unit], right: list[Unit], pairs: Pairs, keys: tuple[Keys, Keys], settled: tuple[set[int], set[int]]
) -> tuple[Pairs, list[Joined]]:
    """The pairs with those of split and joined sections set right, and the units that belong together.

    settled: the units that are no part of this, as the texts joined before. Of each group one side is a single unit, which
    is paired with the first of the others.
    """
    sides = (_side(left, keys[0], settled[0]), _side(right, keys[1], settled[1]))
    made = dict(pairs)
    groups: list[Joined] = []
    for find in (_by_what_stands_under, _by_words):
        for backwards in (False, True):
            wholes, others = sides[::-1] if backwards else sides
            known = {theirs: ours for ours, theirs in made.items()} if backwards else made
            for whole, pieces in find(wholes, others, known):
                group = Joined(pieces, (whole,)) if backwards else Joined((whole,), pieces)
                groups.append(group)
                sides[0].settled.update(group.left)
                sides[1].settled.update(group.right)
                made = {i: j for i, j in made.items() if i not in group.left and j not in group.right}
                made[group.left[0]] = group.right[0]
    return made, groups


def _side(units: list[Unit], keys: Keys, settled: set[int]) -> _Side:
    return _Side(units, {unit.place: keys.bag(unit.text) for unit in units if unit.type in _RUNNING}, set(settled))


def _free(side: _Side, paired: Iterable[int]) -> list[int]:
    """The sections and paragraphs of some words that have no partner."""
    taken = set(paired)
    return [
        place
        for place, bag in side.bags.items()
        if len(bag) >= _FEWEST_OF_PIECE and place not in taken and place not in side.settled
    ]


# --- by words ---------------------------------------------------------------------------------------------------------
def _by_words(wholes: _Side, others: _Side, pairs: Pairs) -> list[tuple[int, tuple[int, ...]]]:
    """The texts of one side that are several texts of the other, with these in the order of their document."""
    loose = _free(others, pairs.values())
    found: list[tuple[int, tuple[int, ...]]] = []
    if not loose:
        return found
    asked = [place for place in _changed(wholes, others, pairs) if len(wholes.bags[place]) >= _FEWEST_WORDS]
    made = vectors([wholes.bags[place] for place in asked] + [others.bags[place] for place in loose])
    index = Index(dict(zip(loose, made[len(asked) :], strict=True)))
    taken: set[int] = set()
    for place, vector in zip(asked, made, strict=False):
        kind = wholes.units[place].part_kind
        near = index.like(vector, _CANDIDATES, lambda other, kind=kind: others.units[other].part_kind == kind)  # type: ignore[misc]
        partner = [pairs[place]] if place in pairs else []
        pieces = _pieces(wholes.bags[place], [*partner, *(other for _, other in near if other not in taken)], others)
        if len(pieces) > 1 and (not partner or partner[0] in pieces):
            taken.update(pieces)
            found.append((place, tuple(sorted(pieces))))
    return found


def _changed(wholes: _Side, others: _Side, pairs: Pairs) -> list[int]:
    """The sections and paragraphs that have no partner, or one with other words."""
    return [
        unit.place
        for unit in wholes.units
        if unit.type in _RUNNING
        and unit.place not in wholes.settled
        and (
            unit.place not in pairs
            or (
                others.units[pairs[unit.place]].type in _RUNNING
                and pairs[unit.place] not in others.settled
                and wholes.bags[unit.place] != others.bags[pairs[unit.place]]
            )
        )
    ]


def _pieces(bag: Sequence[str], candidates: list[int], others: _Side) -> list[int]:
    """The candidates whose words are those of the whole, each beyond the ones before; none where they are not all of it."""
    left = Counter(bag)
    chosen: list[int] = []
    for place in candidates:
        words = Counter(others.bags[place])
        common = (words & left).total()
        if common >= _OF_PIECE * words.total() and common >= _OF_WHOLE * len(bag):
            chosen.append(place)
            left -= words
    return chosen if len(bag) - left.total() >= _TOGETHER * len(bag) else []


# --- by what stands under them ----------------------------------------------------------------------------------------
def _by_what_stands_under(wholes: _Side, others: _Side, pairs: Pairs) -> list[tuple[int, tuple[int, ...]]]:
    """The sections of one side that several sections of the other share out what stands under them."""
    partner = {theirs: ours for ours, theirs in pairs.items()}
    under: dict[int, list[int]] = defaultdict(list)
    under_others: Counter[int] = Counter()
    for unit in wholes.units:
        if unit.parent >= 0 and unit.type in _RUNNING and unit.place in pairs:
            under[unit.parent].append(others.units[pairs[unit.place]].parent)
    for theirs in partner:
        under_others[others.units[theirs].parent] += 1
    found = []
    taken: set[int] = set()
    for whole, parents in under.items():
        if wholes.units[whole].type != "section" or whole in wholes.settled:
            continue
        pieces = [
            place
            for place, count in Counter(parents).items()
            if place >= 0
            and place not in others.settled
            and place not in taken
            and others.units[place].type == "section"
            and others.units[place].part_kind == wholes.units[whole].part_kind
            # Its own partner, or a section that has none.
            and (pairs.get(whole) == place or place not in partner)
            and count >= _FEWEST_UNDER
            and count >= _SHARE_UNDER * len(parents)
            and 2 * count >= under_others[place]
        ]
        if len(pieces) > 1 and pairs.get(whole, pieces[0]) in pieces:
            taken.update(pieces)
            found.append((whole, tuple(sorted(pieces))))
    return found
