"""Facts side by side: metadata, targets, tasks, agencies, funding, citations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from planparse.diff.keys import Keys, fold
from planparse.diff.similarity import Index, cosine, vectors

Data = dict[str, Any]

#: Facts whose words are less alike are other facts; in paired blocks they need be less alike.
LIKE = 0.55
_LIKE_IN_BLOCK = 0.2
_CANDIDATES = 8

_METADATA = (
    "number", "type_name", "title", "issuer", "province", "place", "issued_on", "effective_on", "period", "signers",
    "recipients",
)  # fmt: skip
_OF_THE_ISSUER = frozenset(("issuer", "province", "place"))
_TARGET = ("comparator", "value", "value_max", "unit", "year", "baseline_year")
_UP, _DOWN = {">=", ">", "increase"}, {"<=", "<"}


def pair_facts(
    left: list[Data],
    right: list[Data],
    words: tuple[Callable[[Data], list[str]], Callable[[Data], list[str]]],
    blocks: dict[str, str],
    fits: Callable[[Data, Data], float],
) -> list[tuple[int, int]]:
    """Pairs of facts, one to one: those in paired blocks first, then by their words. `fits` adds to likeness."""
    made = vectors([words[0](fact) for fact in left] + [words[1](fact) for fact in right])
    right_vectors = dict(enumerate(made[len(left) :]))
    index = Index(right_vectors)
    by_block: dict[str, list[int]] = defaultdict(list)
    for j, fact in enumerate(right):
        by_block[fact["block_id"]].append(j)
    offers: list[tuple[float, int, int]] = []
    for i, fact in enumerate(left):
        home = by_block.get(blocks.get(fact["block_id"], ""), [])
        single = len(home) == 1
        # Most facts stand in blocks that are paired; the others are looked for everywhere.
        at_home = {j: cosine(made[i], right_vectors[j]) for j in home[:200]}
        like = dict(at_home)
        if max(at_home.values(), default=0.0) < LIKE:
            like |= {j: score for score, j in index.like(made[i], _CANDIDATES, lambda j: True)}
        for j, score in like.items():
            inside = j in at_home
            if score >= (_LIKE_IN_BLOCK if inside else LIKE) or (inside and single and fits(fact, right[j]) > 0):
                offers.append((score + 0.5 * inside + fits(fact, right[j]), -i, -j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(offers, reverse=True):
        if -i not in pairs and -j not in taken:
            pairs[-i] = -j
            taken.add(-j)
    return sorted(pairs.items())


def _joined(left: list[Data], right: list[Data], pairs: list[tuple[int, int]]) -> list[tuple[Data | None, Data | None]]:
    """All facts in the order of the left document; what only the right one has at the end."""
    partner = dict(pairs)
    taken = set(partner.values())
    return [
        *((fact, right[partner[i]] if i in partner else None) for i, fact in enumerate(left)),
        *((None, fact) for j, fact in enumerate(right) if j not in taken),
    ]


def _status(one: object, other: object, same: bool) -> str:
    if one is None:
        return "only_right"
    if other is None:
        return "only_left"
    return "same" if same else "changed"


# --- metadata ---------------------------------------------------------------------------------------------------------
def compare_metadata(left: Data, right: Data, left_keys: Keys, right_keys: Keys) -> list[Data]:
    """What the documents say of themselves, field by field; fields that neither has are left out."""
    found = []
    for field in _METADATA:
        one, other = left[field] or None, right[field] or None
        if one is None and other is None:
            continue
        # The issuer's own names, neutral in the texts of two plans, are what tells the plans apart here.
        same = one == other if field in _OF_THE_ISSUER else _said(one, left_keys) == _said(other, right_keys)
        found.append({"field": field, "status": _status(one, other, same), "left": _shown(one), "right": _shown(other)})
    return found


def _said(value: Any, keys: Keys) -> str:
    """What a field says; of a list, whatever stands between its items (dashes and semicolons begin and end them alike)."""
    shown = _shown(value) or ""
    return "".join(keys.bag(shown)) if isinstance(value, list) else keys.said(shown)


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, dict):
        return f"{value['start'] or ''}–{value['end'] or ''}"
    if isinstance(value, list):
        return "; ".join(item if isinstance(item, str) else ", ".join(filter(None, item.values())) for item in value)
    return " ".join(str(value).split())


# --- targets ----------------------------------------------------------------------------------------------------------
def compare_targets(left: list[Data], right: list[Data], keys: tuple[Keys, Keys], blocks: dict[str, str]) -> list[Data]:
    """Targets by indicator; where both say which way is better, which of the two is more ambitious."""

    def fits(one: Data, other: Data) -> float:
        return 0.1 * bool(one["unit"] == other["unit"]) + 0.1 * bool(one["year"] == other["year"])

    words = (lambda fact: keys[0].bag(indicator_of(fact)), lambda fact: keys[1].bag(indicator_of(fact)))
    found = []
    for one, other in _joined(left, right, pair_facts(left, right, words, blocks, fits)):
        same = bool(one and other) and all(one[field] == other[field] for field in _TARGET if one and other)
        found.append(
            {
                "status": _status(one, other, same),
                "left": target_side(one) if one else None,
                "right": target_side(other) if other else None,
                "more_ambitious": more_ambitious(one, other) if one and other else None,
            }
        )
    return found


def indicator_of(fact: Data) -> str:
    """What a target is set for; its words where the document names no indicator."""
    return str(fact["indicator"] or fact["text"])


def target_side(fact: Data) -> Data:
    """What a comparison says of a target."""
    return {key: fact[key] for key in ("id", "block_id", "text", "indicator", *_TARGET)}


def more_ambitious(left: Data, right: Data) -> str | None:
    """ "left", "right", "equal", or None where the two cannot be weighed: another unit, year or base year, or no word that
    says which way is better (ít nhất, trên, tăng: more; không quá, dưới: less; giảm: the greater fall)."""
    if any(left[field] != right[field] for field in ("unit", "year", "baseline_year")):
        return None
    signs = {left["comparator"], right["comparator"]}
    if signs == {"decrease"} or (signs - {"="} and signs - {"="} <= _UP):
        better = 1
    elif signs - {"="} and signs - {"="} <= _DOWN:
        better = -1
    else:
        return None
    difference = (left["value"] - right["value"]) * better
    return "equal" if difference == 0 else "left" if difference > 0 else "right"


# --- tasks and agencies -----------------------------------------------------------------------------------------------
def agency_name(agency: Data, *, successors: bool) -> str:
    """The name that an agency is counted under: its canonical one, its successor's where asked."""
    return str((agency["successor"] if successors else None) or agency["canonical"] or " ".join(agency["name"].split()))


def agencies_of(agencies: list[Data], successors: bool) -> list[str]:
    """The names that agencies are counted under, each once."""
    return list(dict.fromkeys(agency_name(agency, successors=successors) for agency in agencies))


def compare_tasks(
    left: list[Data], right: list[Data], keys: tuple[Keys, Keys], blocks: dict[str, str], *, successors: bool
) -> list[Data]:
    """Tasks by their work; `changes` names what else differs: text, lead, supporting, time, product, funding_source."""

    def fits(one: Data, other: Data) -> float:
        return 0.1 * (_named(one, successors) == _named(other, successors))

    words = (lambda fact: keys[0].bag(fact["text"]), lambda fact: keys[1].bag(fact["text"]))
    found = []
    for one, other in _joined(left, right, pair_facts(left, right, words, blocks, fits)):
        differs = _task_differences(one, other, keys, successors) if one and other else []
        found.append(
            {
                "status": _status(one, other, not differs),
                "differs": differs,
                "left": _task(one, successors),
                "right": _task(other, successors),
            }
        )
    return found


def _named(task: Data, successors: bool) -> set[str]:
    return {_plain(name) for name in agencies_of(task["lead"], successors)}


def _plain(text: str) -> str:
    return " ".join(fold(text).lower().split())


def _task_differences(one: Data, other: Data, keys: tuple[Keys, Keys], successors: bool) -> list[str]:
    differs = []
    if keys[0].said(one["text"]) != keys[1].said(other["text"]):
        differs.append("text")
    for field in ("lead", "supporting"):
        names = [
            sorted(_neutral(agencies_of(task[field], successors), keys[side])) for side, task in enumerate((one, other))
        ]
        if names[0] != names[1]:
            differs.append(field)
    for field in ("time", "product", "funding_source"):
        said = [keys[side].said((task[field] or "").lower()) for side, task in enumerate((one, other))]
        if said[0] != said[1]:
            differs.append(field)
    return differs


def _neutral(names: list[str], keys: Keys) -> list[str]:
    return [" ".join(keys.bag(name)) for name in names]


def _task(fact: Data | None, successors: bool) -> Data | None:
    if fact is None:
        return None
    return {
        "id": fact["id"],
        "block_id": fact["block_id"],
        "text": " ".join(fact["text"].split()),
        "lead": agencies_of(fact["lead"], successors),
        "supporting": agencies_of(fact["supporting"], successors),
        "time": fact["time"],
        "product": fact["product"],
        "funding_source": fact["funding_source"],
    }


def compare_agencies(left: list[Data], right: list[Data], keys: tuple[Keys, Keys], *, successors: bool) -> list[Data]:
    """How many tasks each agency leads and supports on either side; those that lead most first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    names: dict[str, str] = {}
    for side, tasks in (("left", left), ("right", right)):
        for task in tasks:
            for role in ("lead", "supporting"):
                for name in agencies_of(task[role], successors):
                    key = " ".join(keys[side == "right"].bag(name)) or name
                    names.setdefault(key, name)
                    counts[key][f"{side}_{role}s" if role == "lead" else f"{side}_supports"] += 1
    rows = []
    for key, count in counts.items():
        ours, theirs = ((count[f"{side}_leads"], count[f"{side}_supports"]) for side in ("left", "right"))
        status = _status(any(ours) or None, any(theirs) or None, ours == theirs)
        rows.append(
            {
                "name": names[key],
                "status": status,
                "left_leads": ours[0],
                "right_leads": theirs[0],
                "left_supports": ours[1],
                "right_supports": theirs[1],
            }
        )
    return sorted(
        rows, key=lambda row: (-max(row["left_leads"], row["right_leads"]), -row["left_leads"] - row["right_leads"])
    )


# --- funding ----------------------------------------------------------------------------------------------------------
def compare_funding(left: Data, right: Data, keys: tuple[Keys, Keys], blocks: dict[str, str], *, successors: bool) -> Data:
    """Money: items one by one; sums of the items by currency, by year, and by the agency that leads the work."""

    def fits(one: Data, other: Data) -> float:
        return (
            0.1 * bool(one["kind"] == other["kind"])
            + 0.2 * bool(years_of(one) == years_of(other))
            + 0.1 * bool(one["amount"] == other["amount"])
        )

    def words(side: int) -> Callable[[Data], list[str]]:
        return lambda fact: [*keys[side].bag(fact["label"] or ""), years_of(fact), fact["currency"]]

    ours, theirs = left["funding"], right["funding"]
    items = []
    for one, other in _joined(ours, theirs, pair_facts(ours, theirs, (words(0), words(1)), blocks, fits)):
        same = bool(one and other) and all(
            one[field] == other[field] for field in ("amount", "currency", "year", "period", "kind") if one and other
        )
        items.append({"status": _status(one, other, same), "left": _money(one), "right": _money(other)})
    leads = [_lead_of_block(document, successors) for document in (left, right)]
    return {
        "totals": _sums(ours, theirs, lambda fact, side: [""]),
        "by_year": _sums(ours, theirs, lambda fact, side: [years_of(fact)]),
        "by_agency": _sums(ours, theirs, lambda fact, side: leads[side].get(fact["block_id"], [""])[:1]),
        "items": items,
    }


def years_of(fact: Data) -> str:
    """The year or period of an amount ("2025", "2021–2025"); empty where none is named."""
    if fact["year"] is not None:
        return str(fact["year"])
    period = fact["period"]
    return f"{period['start'] or ''}–{period['end'] or ''}" if period else ""


def _lead_of_block(document: Data, successors: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for task in document["tasks"]:
        if task["lead"]:
            found.setdefault(task["block_id"], agencies_of(task["lead"], successors))
    return found


def _money(fact: Data | None) -> Data | None:
    if fact is None:
        return None
    return {key: fact[key] for key in ("id", "block_id", "amount", "currency", "label", "year", "period", "kind")}


def _sums(left: list[Data], right: list[Data], keys_of: Callable[[Data, int], list[str]]) -> list[Data]:
    """Sums of the items, by a key and the currency; the totals that a document states are not added again."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for side, facts in enumerate((left, right)):
        for fact in facts:
            if fact["kind"] == "item":
                for key in keys_of(fact, side):
                    sums[key, fact["currency"]][side] += fact["amount"]
    return [
        {"key": key, "currency": currency, "left": amounts[0], "right": amounts[1]}
        for (key, currency), amounts in sorted(sums.items(), key=lambda item: (not item[0][0], item[0]))
    ]


# --- citations --------------------------------------------------------------------------------------------------------
def compare_citations(left: list[Data], right: list[Data]) -> list[Data]:
    """Cited documents in common and apart, by their number, else by their type, date and words."""
    theirs = {_cited(citation): citation for citation in reversed(right)}
    ours = {_cited(citation): citation for citation in reversed(left)}
    found = []
    for key, one in reversed(ours.items()):
        other = theirs.get(key)
        same = other is not None and (one["date"] == other["date"] or not one["date"] or not other["date"])
        found.append({"status": _status(one, other, same), "left": _citation(one), "right": _citation(other)})
    found += [
        {"status": "only_right", "left": None, "right": _citation(other)}
        for key, other in reversed(theirs.items())
        if key not in ours
    ]
    return found


def _cited(citation: Data) -> str:
    number = citation["number"]
    if number:
        return f"{_plain(citation['type'] or '')} {_plain(number).replace(' ', '').lstrip('0')}"
    return _plain(citation["text"])


def _citation(fact: Data | None) -> Data | None:
    if fact is None:
        return None
    return {key: fact[key] for key in ("id", "block_id", "text", "type", "number", "date", "issuer", "subject")}
