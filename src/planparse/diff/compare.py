"""The comparison as a whole: two models in, the plain data of `result.Comparison` out."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from planparse.diff.align_plans import Bodies, align_plans, of_the_plan
from planparse.diff.align_versions import align_versions
from planparse.diff.bodies import sections_of_bodies
from planparse.diff.changes import changes_of
from planparse.diff.facts import (
    compare_agencies,
    compare_citations,
    compare_funding,
    compare_metadata,
    compare_targets,
    compare_tasks,
)
from planparse.diff.families import FAMILIES, STATUSES
from planparse.diff.keys import Keys, Word
from planparse.diff.kind import Kind, kind_of
from planparse.diff.moves import moved_units
from planparse.diff.runs import Joined, join_neighbours, join_runs
from planparse.diff.splits import find_splits
from planparse.diff.units import Unit, units_of
from planparse.grammar.grammar import Grammar

Data = dict[str, Any]

SCHEMA_VERSION = "1.0"


class Alignment(NamedTuple):
    """Which units of two documents belong together.

    pairs: index of a left unit → index of the right one. joined: units that are one text, broken at other places. splits:
    sections that are one on the other side. moved: left units. kept: the units on either side that have an entry of
    their own, or share one as the first of their group.
    """

    pairs: dict[int, int]
    joined: list[Joined]
    splits: list[Joined]
    moved: set[int]
    kept: tuple[set[int], set[int]]


def compare(
    left: Data,
    right: Data,
    grammar: Grammar,
    *,
    kind: Kind | None = None,
    only: tuple[str, ...] = FAMILIES,
    successors: bool = False,
) -> Data:
    """Two models side by side.

    kind: versions of one document or plans of two issuers; told from the documents where it is None.
    only: the families to compare; the others are empty. successors: count agencies under those that took over in 2025.
    """
    ours, theirs = units_of(left), units_of(right)
    kind = kind or kind_of(left, right, ours, theirs, grammar)
    keys = [Keys(grammar, neutral=kind == "plans", province=side["metadata"]["province"]) for side in (left, right)]
    both = (keys[0], keys[1])
    bodies = (sections_of_bodies(left, ours, keys[0]), sections_of_bodies(right, theirs, keys[1]))
    aligned = _align(ours, theirs, both, kind, bodies)
    blocks = {ours[i].id: theirs[j].id for i, j in aligned.pairs.items()}
    broken = (
        {ours[place].id for group in aligned.joined for place in group.left},
        {theirs[place].id for group in aligned.joined for place in group.right},
    )
    stated = (_without(left, broken[0]), _without(right, broken[1]))
    made: Data = {
        "metadata": [],
        "sections": [],
        "targets": [],
        "tasks": [],
        "agencies": [],
        "funding": {"totals": [], "by_year": [], "by_agency": [], "items": []},
        "citations": [],
    }
    tasks = stated[0]["tasks"], stated[1]["tasks"]
    if "metadata" in only:
        made["metadata"] = compare_metadata(left["metadata"], right["metadata"], *both)
    if "sections" in only:
        made["sections"] = _sections(ours, theirs, aligned, both, numbered=kind == "versions")
    if "targets" in only:
        made["targets"] = compare_targets(stated[0]["targets"], stated[1]["targets"], both, blocks)
    if "tasks" in only:
        made["tasks"] = compare_tasks(*tasks, both, blocks, successors=successors)
    if "agencies" in only:
        made["agencies"] = compare_agencies(*tasks, both, successors=successors)
    if "funding" in only:
        made["funding"] = compare_funding(*stated, both, blocks, successors=successors)
    if "citations" in only:
        made["citations"] = compare_citations(left["citations"], right["citations"])
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": kind,
        "left": _document(left),
        "right": _document(right),
        "summary": _summary(made, aligned=bool(aligned.pairs)),
        **made,
    }


def _align(
    left: list[Unit], right: list[Unit], keys: tuple[Keys, Keys], kind: Kind, bodies: tuple[Bodies, Bodies]
) -> Alignment:
    """What became of the left units, or what is like them."""
    joined: list[Joined] = []
    if kind == "versions":
        pairs, joined = join_runs(left, right, align_versions(left, right, keys[0]), keys[0])
        pairs, neighbours = join_neighbours(left, right, pairs, joined, keys[0])
        joined += neighbours
        compared = ({unit.place for unit in left}, {unit.place for unit in right})
    else:
        pairs = align_plans(left, right, *keys, bodies)
        compared = (set(of_the_plan(left)), set(of_the_plan(right)))
    settled = ({place for group in joined for place in group.left}, {place for group in joined for place in group.right})
    pairs, splits = find_splits(left, right, pairs, keys, settled)
    groups = [*joined, *splits]
    return Alignment(
        pairs,
        joined,
        splits,
        moved_units(left, right, pairs, groups) if kind == "versions" else set(),
        (
            compared[0] - {place for group in groups for place in group.left[1:]},
            compared[1] - {place for group in groups for place in group.right[1:]},
        ),
    )


def _without(document: Data, blocks: set[str]) -> Data:
    """The tasks, targets and money that stand in other blocks than these. Of a text that is only broken into paragraphs at
    other places both documents say the same, though it may be read as one task or as two."""
    return {
        family: [fact for fact in document[family] if fact["block_id"] not in blocks]
        for family in ("tasks", "targets", "funding")
    }


def _document(document: Data) -> Data:
    metadata = document["metadata"]
    return {
        "path": document["source"]["path"],
        "sha256": document["source"]["sha256"],
        **{key: metadata[key] for key in ("number", "type_name", "title", "issuer", "province", "issued_on")},
    }


def _sections(
    left: list[Unit], right: list[Unit], aligned: Alignment, keys: tuple[Keys, Keys], *, numbered: bool
) -> list[Data]:
    """An entry for each block and row, in the order of the left document; what only the right one has stands after the
    block that it follows there."""
    pairs, kept = aligned.pairs, aligned.kept
    groups = {group.left[0]: group for group in (*aligned.joined, *aligned.splits)}
    partners = {theirs: ours for ours, theirs in pairs.items()}
    after: dict[int, list[int]] = {}
    last = -1
    for unit in right:
        if unit.place in partners:
            last = partners[unit.place]
        elif unit.place in kept[1]:
            after.setdefault(last, []).append(unit.place)
    entries = [_entry(None, right[j], "only_right", keys) for j in after.get(-1, [])]
    for unit in left:
        if unit.place in pairs:
            other = right[pairs[unit.place]]
            group = groups.get(unit.place)
            if group is not None:
                unit, other = _whole(left, group.left), _whole(right, group.right)
            entry = _pair_entry(unit, other, unit.place in aligned.moved, keys)
            entry["renumbered"] = numbered and bool(unit.number and other.number) and unit.number != other.number
            if group is not None:
                entry["left_also"] = [left[place].id for place in group.left[1:]]
                entry["right_also"] = [right[place].id for place in group.right[1:]]
                if group in aligned.splits:
                    entry["status"] = "split" if len(group.left) == 1 else "joined"
            entries.append(entry)
        elif unit.place in kept[0]:
            entries.append(_entry(unit, None, "only_left", keys))
        entries += [_entry(None, right[j], "only_right", keys) for j in after.get(unit.place, [])]
    return entries


def _whole(units: list[Unit], places: tuple[int, ...]) -> Unit:
    """The first of some units with the text of all."""
    return units[places[0]]._replace(text=" ".join(units[place].text for place in places))


def _pair_entry(one: Unit, other: Unit, moved: bool, keys: tuple[Keys, Keys]) -> Data:
    words = keys[0].words(one.text), keys[1].words(other.text)
    same = keys[0].said(one.text) == keys[1].said(other.text)
    entry = _entry(one, other, "moved" if moved else "same" if same else "changed", keys)
    entry["similarity"] = 1.0 if same else _similarity(*words)
    entry["changes"] = changes_of(one.text, other.text, *words, same=same)
    return entry


def _similarity(left: list[Word], right: list[Word]) -> float:
    """The share of words in common, below 1 for texts that are not the same."""
    common = (Counter(word.key for word in left) & Counter(word.key for word in right)).total()
    return min(0.999, round(2 * common / ((len(left) + len(right)) or 1), 3))


def _entry(one: Unit | None, other: Unit | None, status: str, keys: tuple[Keys, Keys]) -> Data:
    unit = one or other
    assert unit is not None
    changes = []
    if one is not None and other is None and one.text:
        changes = [{"op": "delete", "left": one.text, "right": ""}]
    elif other is not None and one is None and other.text:
        changes = [{"op": "insert", "left": "", "right": other.text}]
    return {
        "status": status,
        "type": unit.type,
        "role": unit.role,
        "left": one.id if one else None,
        "right": other.id if other else None,
        "left_also": [],
        "right_also": [],
        "left_number": one.number or None if one else None,
        "right_number": other.number or None if other else None,
        "left_heading": one.heading or None if one else None,
        "right_heading": other.heading or None if other else None,
        "renumbered": False,
        "similarity": 0.0,
        "changes": changes,
    }


def _summary(made: Data, *, aligned: bool) -> Data:
    """The counts; `aligned` tells whether any block has a partner, also where sections are not among what is compared."""
    counts = {}
    for family in FAMILIES:
        rows = made[family]["items"] if family == "funding" else made[family]
        found = Counter(row["status"] for row in rows)
        counts[family] = {status: found[status] for status in STATUSES}
    renumbered = sum(entry["renumbered"] for entry in made["sections"])
    different = renumbered > 0 or any(count for found in counts.values() for name, count in found.items() if name != "same")
    # What two documents on one subject share; a type, a year or an agency is shared by many.
    shared = ("sections", "targets", "tasks", "citations")
    common = aligned or any(counts[family][status] for family in shared for status in ("same", "changed", "moved"))
    return {
        "different": different,
        "in_common": common or not different,
        "renumbered": renumbered,
        **counts,
    }
