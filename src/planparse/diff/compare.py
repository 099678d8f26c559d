"""The comparison as a whole: two models in, the plain data of `result.Comparison` out."""

from __future__ import annotations

from collections import Counter
from typing import Any

from planparse.diff.align_plans import align_plans, of_the_plan
from planparse.diff.align_versions import align_versions
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
from planparse.diff.runs import Joined, join_runs
from planparse.diff.units import Unit, units_of
from planparse.grammar.grammar import Grammar

Data = dict[str, Any]

SCHEMA_VERSION = "1.0"


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
    neutral = kind == "plans"
    keys = tuple(Keys(grammar, neutral=neutral, province=side["metadata"]["province"]) for side in (left, right))
    if kind == "versions":
        pairs = align_versions(ours, theirs, keys[0])
        pairs, joined = join_runs(ours, theirs, pairs, keys[0])
        moved = moved_units(ours, theirs, pairs)
        kept = (
            {unit.place for unit in ours} - {place for group in joined for place in group.left[1:]},
            {unit.place for unit in theirs} - {place for group in joined for place in group.right[1:]},
        )
    else:
        pairs = align_plans(ours, theirs, keys[0], keys[1])
        moved, joined = set(), []
        kept = (set(of_the_plan(ours)), set(of_the_plan(theirs)))
    blocks = {ours[i].id: theirs[j].id for i, j in pairs.items()}
    both = (keys[0], keys[1])
    broken = (
        {ours[place].id for group in joined for place in group.left},
        {theirs[place].id for group in joined for place in group.right},
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
        made["sections"] = _sections(ours, theirs, pairs, moved, joined, kept, both, numbered=kind == "versions")
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
        "summary": _summary(made, aligned=bool(pairs)),
        **made,
    }


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
    left: list[Unit],
    right: list[Unit],
    pairs: dict[int, int],
    moved: set[int],
    joined: list[Joined],
    kept: tuple[set[int], set[int]],
    keys: tuple[Keys, Keys],
    *,
    numbered: bool,
) -> list[Data]:
    """An entry for each block and row, in the order of the left document; what only the right one has stands after the
    block that it follows there."""
    groups = {group.left[0]: group for group in joined}
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
            entry = _pair_entry(unit, other, unit.place in moved, keys)
            entry["renumbered"] = numbered and bool(unit.number and other.number) and unit.number != other.number
            if group is not None:
                entry["left_also"] = [left[place].id for place in group.left[1:]]
                entry["right_also"] = [right[place].id for place in group.right[1:]]
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
    same = [word.key for word in words[0]] == [word.key for word in words[1]]
    entry = _entry(one, other, "moved" if moved else "same" if same else "changed", keys)
    entry["similarity"] = 1.0 if same else _similarity(*words)
    entry["changes"] = changes_of(one.text, other.text, *words)
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
