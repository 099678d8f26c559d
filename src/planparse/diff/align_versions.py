"""Alignment of two versions of one document: order, place and numbers tell which of several like texts is meant.

First equal texts are paired, those with most of their surroundings in common before the others; then what was changed, by
likeness and place, outer blocks before inner ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable

from planparse.diff.keys import Keys
from planparse.diff.similarity import Index, cosine, vectors
from planparse.diff.units import Unit

Pairs = dict[int, int]

#: Like enough to be one text changed, wherever it stands; and in the same place (under the same heading, with the same
#: number or the same neighbour).
_LIKE, _LIKE_IN_PLACE = 0.5, 0.2
#: So many of the likest texts are looked at for each.
_CANDIDATES = 8
#: A title of so few words may change in all of them and be the same one, if what stands under it is.
_VOTES = 0.5


def align_versions(left: list[Unit], right: list[Unit], keys: Keys) -> Pairs:
    """Index of a left unit → index of the right unit that it became; one to one."""
    aligner = _Aligner(left, right, keys)
    aligner.pair_equal()
    aligner.pair_changed()
    return aligner.pairs


class _Side:
    """One document's units with what is compared of them."""

    def __init__(self, units: list[Unit], keys: Keys) -> None:
        self.units = units
        self.keys = [keys.said(unit.text) for unit in units]
        self.paths: list[int] = []
        self.children: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.before: list[int] = []
        for unit in units:
            above = self.paths[unit.parent] if unit.parent >= 0 else hash(unit.part_kind)
            self.paths.append(hash((above, self.keys[unit.place])))
            siblings = self.children[unit.part, unit.parent]
            self.before.append(siblings[-1] if siblings else -1)
            siblings.append(unit.place)
        self.after = [-1] * len(units)
        for index, previous in enumerate(self.before):
            if previous >= 0:
                self.after[previous] = index

    def key(self, index: int) -> str:
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def path(self, index: int) -> int:
        """The texts that a unit stands under."""
        parent = self.units[index].parent
        return self.paths[parent] if parent >= 0 else hash(self.units[index].part_kind)


class _Aligner:
    def __init__(self, left: list[Unit], right: list[Unit], keys: Keys) -> None:
        self.left, self.right = _Side(left, keys), _Side(right, keys)
        self.bags = keys.bag
        self.pairs: Pairs = {}
        self.taken: set[int] = set()
        self.parts: dict[int, int] = {}

    # --- equal texts --------------------------------------------------------------------------------------
    def pair_equal(self) -> None:
        """Pair equal texts, from those whose surroundings are equal too to those that have nothing else in common."""
        steps: list[Callable[[_Side, int], Hashable]] = [
            lambda s, i: (s.path(i), s.units[i].number, s.key(s.before[i]), s.key(s.after[i])),
            lambda s, i: (s.path(i), s.units[i].number, s.key(i - 1), s.key(i + 1)),
            lambda s, i: (s.path(i), s.key(s.before[i]), s.key(s.after[i])),
            lambda s, i: (s.path(i), s.units[i].number),
            lambda s, i: (s.path(i), s.key(s.before[i])),
            lambda s, i: (s.path(i), s.key(s.after[i])),
            lambda s, i: s.path(i),
            lambda s, i: (s.key(i - 1), s.key(i + 1)),
            lambda s, i: (s.key(s.units[i].parent), s.units[i].number),
            lambda s, i: s.key(s.units[i].parent),
        ]
        for step in steps:
            self._pair_by(step, typed=True)
        self._settle_parts()
        # A text that says nothing ("", "-") or little is known by its place alone.
        for typed in (True, False):
            self._pair_by(lambda s, i: len(s.keys[i]) > 12 or None, typed=typed)

    def _pair_by(self, step: Callable[[_Side, int], Hashable], *, typed: bool) -> None:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for unit in reversed(self.right.units):
            if unit.place not in self.taken and (found := step(self.right, unit.place)) is not None:
                waiting[unit.type if typed else "", self.right.keys[unit.place], found].append(unit.place)
        for unit in self.left.units:
            if unit.place not in self.pairs and (found := step(self.left, unit.place)) is not None:
                same = waiting.get((unit.type if typed else "", self.left.keys[unit.place], found))
                if same:
                    self._pair(unit.place, same.pop())

    def _pair(self, ours: int, theirs: int) -> None:
        self.pairs[ours] = theirs
        self.taken.add(theirs)

    def _settle_parts(self) -> None:
        """Which part became which: the ones that share most texts, then those of one kind in their order."""
        votes = Counter((self.left.units[i].part, self.right.units[j].part) for i, j in self.pairs.items())
        taken: set[int] = set()
        for (ours, theirs), _ in votes.most_common():
            if ours not in self.parts and theirs not in taken:
                self.parts[ours] = theirs
                taken.add(theirs)
        free = {unit.part: unit.part_kind for unit in self.right.units if unit.part not in taken}
        for ours, kind in {unit.part: unit.part_kind for unit in self.left.units if unit.part not in self.parts}.items():
            same = [part for part, other in free.items() if other == kind]
            if same:
                self.parts[ours] = same[0]
                del free[same[0]]

    # --- changed texts ------------------------------------------------------------------------------------
    def pair_changed(self) -> None:
        """Pair what is left by likeness and place, until a round finds nothing more."""
        ours = [i for i in range(len(self.left.units)) if i not in self.pairs]
        theirs = [j for j in range(len(self.right.units)) if j not in self.taken]
        if not ours or not theirs:
            return
        bags = [self.bags(self.left.units[i].text) for i in ours] + [self.bags(self.right.units[j].text) for j in theirs]
        made = vectors(bags)
        left_vectors = dict(zip(ours, made, strict=False))
        right_vectors = dict(zip(theirs, made[len(ours) :], strict=True))
        index = Index(right_vectors)
        near = {
            i: [
                (like, j)
                for like, j in index.like(vector, _CANDIDATES, lambda j: j in right_vectors)
                if like >= _LIKE_IN_PLACE
            ]
            for i, vector in left_vectors.items()
        }
        depth = self._depths()
        for level in sorted({depth[i] for i in ours}):
            self._pair_level([i for i in ours if depth[i] == level], near, left_vectors, right_vectors)
        # What stands under a pair found late.
        self._pair_level([i for i in ours if i not in self.pairs], near, left_vectors, right_vectors)

    def _depths(self) -> list[int]:
        depths: list[int] = []
        for unit in self.left.units:
            depths.append(depths[unit.parent] + 1 if unit.parent >= 0 else 0)
        return depths

    def _pair_level(
        self,
        ours: Iterable[int],
        near: dict[int, list[tuple[float, int]]],
        left_vectors: dict[int, dict[str, float]],
        right_vectors: dict[int, dict[str, float]],
    ) -> None:
        offers: list[tuple[float, int, int]] = []
        for i in ours:
            votes = self._votes(i)
            like = {j: score for score, j in near[i]}
            for j in {*like, *self._in_place(i), *votes}:
                if j in self.taken or j not in right_vectors:
                    continue
                score = like.get(j)
                if score is None:
                    score = cosine(left_vectors[i], right_vectors[j])
                place = self._place(i, j)
                agreed = votes.get(j, 0) >= _VOTES
                same_type = self.left.units[i].type == self.right.units[j].type
                if score >= (_LIKE_IN_PLACE if place >= 2 and same_type else _LIKE) or (agreed and same_type):
                    offers.append((score + 0.15 * place + 0.3 * agreed + 0.1 * same_type, -i, -j))
        for _, i, j in sorted(offers, reverse=True):
            if -i not in self.pairs and -j not in self.taken:
                self._pair(-i, -j)

    def _votes(self, index: int) -> dict[int, float]:
        """The right units that what stands under a left unit now stands under, with their share."""
        unit = self.left.units[index]
        children = self.left.children.get((unit.part, index), [])
        found = Counter(self.right.units[self.pairs[child]].parent for child in children if child in self.pairs)
        return {parent: count / len(children) for parent, count in found.items() if parent >= 0}

    def _in_place(self, index: int) -> list[int]:
        """The right units that stand where a left unit stood."""
        found = []
        before, after = self.left.before[index], self.left.after[index]
        if before in self.pairs:
            found.append(self.right.after[self.pairs[before]])
        if after in self.pairs:
            found.append(self.right.before[self.pairs[after]])
        unit = self.left.units[index]
        if unit.parent in self.pairs or unit.parent < 0:
            over = self.pairs.get(unit.parent, -1)
            part = self.right.units[over].part if over >= 0 else self.parts.get(unit.part, -1)
            siblings = self.right.children.get((part, over), [])
            if len(siblings) <= 200:
                found += [j for j in siblings if unit.number and self.right.units[j].number == unit.number]
            if before < 0 and siblings:
                found.append(siblings[0])
            if after < 0 and siblings:
                found.append(siblings[-1])
        return [j for j in found if j >= 0]

    def _place(self, ours: int, theirs: int) -> int:
        """How much of the place of two units is the same: parent, number, neighbour before, neighbour after."""
        one, other = self.left.units[ours], self.right.units[theirs]
        if one.parent < 0 or other.parent < 0:
            parents = one.parent == other.parent and self.parts.get(one.part) == other.part
        else:
            parents = self.pairs.get(one.parent) == other.parent
        if not parents:
            return 0
        before, after = self.left.before[ours], self.left.after[ours]
        return (
            1
            + (bool(one.number) and one.number == other.number)
            + (self.pairs.get(before, -1) == self.right.before[theirs])
            + (self.pairs.get(after, -1) == self.right.after[theirs])
        )
