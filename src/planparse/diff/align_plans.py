"""Alignment of the plans of two issuers: by what the texts say, whatever their order and numbers.

Part with part of its kind, section with section of its role, rows with rows; one to one, the likest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from planparse.diff.keys import Keys
from planparse.diff.similarity import Index, vectors
from planparse.diff.units import Unit

Pairs = dict[int, int]
Likeness = dict[int, float]

#: Texts less alike are about something else.
_LIKE = 0.35
_CANDIDATES = 12
#: What standing under paired headings and being of one kind adds, so that of two texts as like the nearer one is taken.
_SAME_PARENT, _SAME_KIND = 0.08, 0.04
#: The main section of a role on either side is the same section, whatever its title ("NHIỆM VỤ", "NỘI DUNG THỰC HIỆN").
_SAME_ROLE = 0.6
#: So are the sections that give one body its work ("2. Sở Tài chính").
_SAME_BODY = 0.55

Bodies = dict[tuple[str, str], int]

#: Letterhead, title, signature and recipients are another issuer's: they are compared as metadata.
_ISSUERS_OWN = frozenset(("letterhead", "title", "signature", "recipients"))
_RUNNING = frozenset(("section", "paragraph"))


def of_the_plan(units: list[Unit]) -> list[int]:
    """The units that are compared between plans."""
    return [unit.place for unit in units if unit.type not in _ISSUERS_OWN and unit.text]


def align_plans(
    left: list[Unit], right: list[Unit], keys: Keys, right_keys: Keys, bodies: tuple[Bodies, Bodies] = ({}, {})
) -> Pairs:
    """Index of a left unit → index of the right unit that says the like; one to one. `bodies` are the units on either side
    that tell one body's duties."""
    pairs = _equal(left, right, keys, right_keys)
    taken = set(pairs.values())
    ours = [i for i in of_the_plan(left) if i not in pairs]
    theirs = [j for j in of_the_plan(right) if j not in taken]
    made = vectors([keys.bag(left[i].text) for i in ours] + [right_keys.bag(right[j].text) for j in theirs])
    left_vectors = dict(zip(ours, made, strict=False))
    right_vectors = dict(zip(theirs, made[len(ours) :], strict=True))
    index = Index(right_vectors)
    offers: list[tuple[float, int, int]] = []
    for i in ours:
        unit = left[i]
        for like, j in index.like(left_vectors[i], _CANDIDATES, lambda j, unit=unit: _comparable(unit, right[j])):  # type: ignore[misc]
            if like >= _LIKE:
                offers.append((like, i, j))
    stated = [(_SAME_ROLE, i, j) for i, j in _main_sections(left, right).items()]
    stated += [(_SAME_BODY, i, bodies[1][key]) for key, i in bodies[0].items() if key in bodies[1]]
    offers += [(like, i, j) for like, i, j in stated if i not in pairs and j not in taken]
    return _only_children(_one_to_one(pairs, offers, left, right), left, right)


def _equal(left: list[Unit], right: list[Unit], keys: Keys, right_keys: Keys) -> Pairs:
    """Texts that are the same but for names, under equal headings before those that stand elsewhere."""
    said = ([" ".join(keys.bag(unit.text)) for unit in left], [" ".join(right_keys.bag(unit.text)) for unit in right])
    pairs: Pairs = {}
    taken: set[int] = set()
    for with_parent in (True, False):
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for j in reversed(of_the_plan(right)):
            if j not in taken:
                waiting[_place(right, said[1], j, with_parent)].append(j)
        for i in of_the_plan(left):
            if i not in pairs and (same := waiting.get(_place(left, said[0], i, with_parent))):
                pairs[i] = same.pop()
                taken.add(pairs[i])
    return pairs


def _place(units: list[Unit], said: list[str], index: int, with_parent: bool) -> Hashable:
    """What must be equal; a text without words is known by its letters."""
    unit = units[index]
    parent = said[unit.parent] if with_parent and unit.parent >= 0 else ""
    return unit.part_kind, unit.type, unit.role, said[index] or unit.text, parent


def _comparable(one: Unit, other: Unit) -> bool:
    if one.part_kind != other.part_kind:
        return False
    if one.type != other.type and not (one.type in _RUNNING and other.type in _RUNNING):
        return False
    return one.role == other.role or one.role is None or other.role is None


def _main_sections(left: list[Unit], right: list[Unit]) -> Pairs:
    """The outermost section of each role, where both plans have one and only one."""
    found: list[dict[tuple[str, str], int]] = []
    for units in (left, right):
        main: dict[tuple[str, str], int] = {}
        repeated: set[tuple[str, str]] = set()
        for unit in units:
            if unit.type == "section" and unit.parent < 0 and unit.own_role:
                key = (unit.part_kind, unit.own_role)
                if key in main:
                    repeated.add(key)
                main.setdefault(key, unit.place)
        found.append({key: index for key, index in main.items() if key not in repeated})
    ours, theirs = found
    return {index: theirs[key] for key, index in ours.items() if key in theirs}


def _one_to_one(found: Pairs, offers: list[tuple[float, int, int]], left: list[Unit], right: list[Unit]) -> Pairs:
    """The pairs found before and those on offer: the likest first; of those as like, the ones under paired headings."""
    pairs = dict(found)
    taken = set(pairs.values())
    # Headings first: what stands under them is then drawn to what stands under their partners.
    for headings in (True, False):
        ranked = []
        for like, i, j in offers:
            if bool(left[i].heading) is not headings:
                continue
            near = left[i].parent >= 0 and pairs.get(left[i].parent) == right[j].parent
            kin = left[i].type == right[j].type and bool(left[i].heading) == bool(right[j].heading)
            ranked.append((like + _SAME_PARENT * near + _SAME_KIND * kin, -i, -j))
        for _, i, j in sorted(ranked, reverse=True):
            if -i not in pairs and -j not in taken:
                pairs[-i] = -j
                taken.add(-j)
    return pairs


def _only_children(found: Pairs, left: list[Unit], right: list[Unit]) -> Pairs:
    """The pairs, and with them the texts that stand alone under paired headings: what the one plan says of its general
    goal, the other says of its own, in whatever words."""
    pairs = dict(found)
    taken = set(pairs.values())
    alone = (_alone(left), _alone(right))
    for i, j in found.items():
        one, other = alone[0].get(i), alone[1].get(j)
        if one is not None and other is not None and one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _alone(units: list[Unit]) -> dict[int, int]:
    """Index of a section with a heading and no text of its own → index of the one paragraph in it."""
    children: dict[int, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.parent >= 0:
            children[unit.parent].append(unit)
    return {
        parent: inner[0].place
        for parent, inner in children.items()
        if len(inner) == 1 and inner[0].type == "paragraph" and units[parent].heading == units[parent].text
    }
