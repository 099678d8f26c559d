"""Whose duties a section tells: two plans give the same body its work in sections that share little else."""

from __future__ import annotations

from planparse.diff.facts import agency_name
from planparse.diff.keys import Keys
from planparse.diff.units import Data, Unit


def sections_of_bodies(document: Data, units: list[Unit], keys: Keys) -> dict[tuple[str, str], int]:
    """(Kind of part, the bodies that lead) → the index of the outermost unit all of whose tasks they lead; only where one
    unit has them. What gives out the work of several bodies ("TỔ CHỨC THỰC HIỆN") is none's."""
    leads: list[set[str]] = [set() for _ in units]
    at = {unit.id: unit.place for unit in units}
    for task in document["tasks"]:
        place = at.get(task["block_id"], -1)
        led_by = " + ".join(sorted(" ".join(keys.bag(agency_name(body, successors=False))) for body in task["lead"]))
        while place >= 0 and led_by:
            leads[place].add(led_by)
            place = units[place].parent
    found: dict[tuple[str, str], int] = {}
    repeated: set[tuple[str, str]] = set()
    for unit in units:
        if len(leads[unit.place]) != 1 or unit.type == "row" or (unit.parent >= 0 and len(leads[unit.parent]) == 1):
            continue
        key = (unit.part_kind, next(iter(leads[unit.place])))
        if key in found:
            repeated.add(key)
        found.setdefault(key, unit.place)
    return {key: place for key, place in found.items() if key not in repeated}
