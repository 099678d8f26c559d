"""How exactly `planparse diff` reports what was done to a document.

    python benchmarks/mutations.py samples/*.txt [--edits 200] [--seed 1] [--verbose]

Each document is changed in one place, at random but by a seed, and compared with itself: a section, paragraph or row
removed, added, moved, two neighbours swapped, a section split in two, two joined, a word, a number, a date or an agency
changed. Recall is the share of the changes that are reported with their status and block, precision the share of what is
reported that was done; entries of facts count as reported, too. Changes are made in the model, so that the comparison is
measured and not the parser; with --text words are changed in the text instead, and the text is read again (there the facts
may change as well and are not counted).
"""

from __future__ import annotations

import argparse
import copy
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from planparse.diff.compare import compare
from planparse.diff.families import FAMILIES
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.source import make_source
from planparse.reading.text import read_file

Data = dict[str, Any]

NEW_WORDS = "khảo nghiệm giống lúa chịu mặn tại vùng ven biển theo mùa vụ cùng hợp tác xã kiểu mới".split()
AGENCIES = ("Sở Y tế", "Sở Xây dựng", "Sở Nội vụ", "Hội Nông dân tỉnh", "Công an tỉnh", "Sở Tư pháp")
#: A half of a section that is split has so many words.
_HALF = 5
_AGENCY = re.compile(r"Sở [A-ZĐ]\w+(?: [a-zà-ỹđ]\w+)?")
_DATE = re.compile(r"(ngày )(\d{1,2})( tháng \d|/\d)")
_NUMBER = re.compile(r"(?<![\w.,/-])\d{2,}(?:\.\d{3})*(?![\w/-]|[.,]\d)")
_WORD = re.compile(r"(?<![\w/])[^\W\d_]{2,}(?![\w/])")


class Reported(NamedTuple):
    """An entry of the comparison: its status and the block that it is about (of the left document, where it is there)."""

    status: str
    block: str


class Edit(NamedTuple):
    """A changed document, what must be reported of it, and what was done. Each item of `expected` holds the reports of which
    one, and no more, must come (of two swapped neighbours either may be said to have moved)."""

    document: Data
    expected: list[frozenset[Reported]]
    what: str


class Score(NamedTuple):
    """What was to be reported and was, what was reported, and what of it was to be."""

    found: int
    expected: int
    right: int
    reported: int
    failures: list[str]

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.reported if self.reported else 1.0


class Place(NamedTuple):
    """A block in its list of siblings."""

    siblings: list[Data]
    at: int
    kind: str

    @property
    def block(self) -> Data:
        return self.siblings[self.at]


def places(document: Data) -> list[Place]:
    """All blocks and rows but the hosting site's and empty ones."""
    found: list[Place] = []

    def walk(blocks: list[Data]) -> None:
        for at, block in enumerate(blocks):
            if block["type"] == "boilerplate":
                continue
            found.append(Place(blocks, at, block["type"]))
            if block["type"] == "table":
                found.extend(Place(block["rows"], row, "row") for row in range(len(block["rows"])))
            walk(block.get("blocks", []))

    for part in document["parts"]:
        walk(part["blocks"])
    return found


def words_of(block: Data) -> str:
    """The words of a block, to tell one from another."""
    return " ".join(" ".join(block.get("cells", ())).split()) or f"{block.get('heading') or ''} {block.get('text') or ''}"


def _ids(block: Data) -> list[str]:
    """The block and everything in it."""
    inner = [name for child in block.get("blocks", []) for name in _ids(child)]
    return [block["id"], *(row["id"] for row in block.get("rows", [])), *inner]


# --- edits ------------------------------------------------------------------------------------------------------------
def remove(document: Data, rng: random.Random) -> Edit | None:
    found = [place for place in _unique(document, {"section", "paragraph"}) if len(_ids(place.block)) <= 12]
    if not found:
        return None
    place = rng.choice(found)
    block = place.siblings.pop(place.at)
    return Edit(document, [frozenset([Reported("only_left", name)]) for name in _ids(block)], "remove")


def add(document: Data, rng: random.Random) -> Edit | None:
    found = [place for place in places(document) if place.kind == "section"]
    if not found:
        return None
    place = rng.choice(found)
    added = copy.deepcopy(place.block)
    rng.shuffle(words := list(NEW_WORDS))
    added |= {"id": f"{place.block['id']}+", "heading": None, "text": " ".join(words).capitalize() + ".", "blocks": []}
    place.siblings.insert(place.at + rng.randint(0, 1), added)
    return Edit(document, [frozenset([Reported("only_right", added["id"])])], "add")


def move(document: Data, rng: random.Random) -> Edit | None:
    found = _unique(document, {"section"})
    rng.shuffle(found)
    for place in found:
        block = place.block
        inside = set(_ids(block))
        homes = [
            other.block["blocks"]
            for other in places(document)
            if other.kind == "section" and other.block["id"] not in inside and other.block["blocks"] is not place.siblings
        ]
        if homes:
            home = rng.choice(homes)
            place.siblings.pop(place.at)
            home.insert(rng.randint(0, len(home)), block)
            return Edit(document, [frozenset([Reported("moved", block["id"])])], "move")
    return None


def swap(document: Data, rng: random.Random) -> Edit | None:
    return _swap(document, rng, {"section", "paragraph"}, "swap")


def swap_rows(document: Data, rng: random.Random) -> Edit | None:
    return _swap(document, rng, {"row"}, "swap rows")


def _swap(document: Data, rng: random.Random, kinds: set[str], what: str) -> Edit | None:
    unique = {id(place.block) for place in _unique(document, kinds)}
    found = [
        place
        for place in places(document)
        if place.at + 1 < len(place.siblings)
        and id(place.block) in unique
        and id(place.siblings[place.at + 1]) in unique
        and (place.kind != "row" or not (_over_rows(place) or _over_rows(place._replace(at=place.at + 1))))
    ]
    if not found:
        return None
    place = rng.choice(found)
    one, other = place.siblings[place.at : place.at + 2]
    place.siblings[place.at : place.at + 2] = [other, one]
    return Edit(document, [frozenset([Reported("moved", one["id"]), Reported("moved", other["id"])])], what)


def remove_row(document: Data, rng: random.Random) -> Edit | None:
    found = [place for place in _unique(document, {"row"}) if not _over_rows(place) and not place.block["carried"]]
    found = [place for place in found if not any(row["carried"] for row in place.siblings[place.at + 1 : place.at + 2])]
    if not found:
        return None
    place = rng.choice(found)
    block = place.siblings.pop(place.at)
    return Edit(document, [frozenset([Reported("only_left", block["id"])])], "remove row")


def move_row(document: Data, rng: random.Random) -> Edit | None:
    found = [place for place in _unique(document, {"row"}) if not _over_rows(place) and len(place.siblings) > 3]
    if not found:
        return None
    place = rng.choice(found)
    away = [at for at in range(len(place.siblings)) if abs(at - place.at) > 2]
    if not away:
        return None
    block = place.siblings.pop(place.at)
    place.siblings.insert(rng.choice(away), block)
    return Edit(document, [frozenset([Reported("moved", block["id"])])], "move row")


def split(document: Data, rng: random.Random) -> Edit | None:
    """A section's text cut in two where a sentence or clause ends; what follows is a section of its own."""
    found = []
    for place in _unique(document, {"section"}):
        text = place.block["text"] or ""
        cuts = [cut.end() for cut in re.finditer(r"[.;:] (?=\w)", text)]
        found += [(place, cut) for cut in cuts if _even(text, cut)]
    if not found:
        return None
    place, cut = rng.choice(found)
    text = place.block["text"]
    added = copy.deepcopy(place.block) | {"id": f"{place.block['id']}+", "heading": None, "text": text[cut:], "blocks": []}
    place.block["text"] = text[:cut].rstrip()
    place.siblings.insert(place.at + 1, added)
    return Edit(document, [frozenset([Reported("split", place.block["id"])])], "split")


def join(document: Data, rng: random.Random) -> Edit | None:
    """Two sections, one after the other, as one."""
    unique = {id(place.block) for place in _unique(document, {"section"})}
    found = []
    for place in places(document):
        if place.kind == "section" and place.at + 1 < len(place.siblings):
            one, other = place.siblings[place.at : place.at + 2]
            if id(one) in unique and id(other) in unique and not (one["blocks"] or other["blocks"]):
                text = f"{one['text'] or ''} {words_of(other).strip()}"
                if one["text"] and len(other.get("text") or "") and _even(text, len(one["text"])):
                    found.append((place, text))
    if not found:
        return None
    place, text = rng.choice(found)
    place.block["text"] = text
    place.siblings.pop(place.at + 1)
    return Edit(document, [frozenset([Reported("joined", place.block["id"])])], "join")


def _even(text: str, cut: int) -> bool:
    """Whether either half has some words and a quarter of them at least: a clause put to a long text is a change of it."""
    halves = len(text[:cut].split()), len(text[cut:].split())
    return min(halves) >= max(_HALF, sum(halves) / 4)


def _over_rows(place: Place) -> bool:
    return place.kind == "row" and any(row["parent"] == place.block["id"] for row in place.siblings)


def _unique(document: Data, kinds: set[str]) -> list[Place]:
    """Places whose words stand nowhere else: of two like blocks nobody can tell which was taken away."""
    found = places(document)
    counts = Counter(words_of(place.block) for place in found)
    return [p for p in found if p.kind in kinds and counts[words_of(p.block)] == 1 and len(words_of(p.block).strip()) > 12]


def _reword(
    pattern: re.Pattern[str], new: Callable[[re.Match[str], random.Random], str], what: str
) -> Callable[..., Edit | None]:
    """An edit that changes one thing that a pattern finds in a block's words."""

    def edit(document: Data, rng: random.Random) -> Edit | None:
        hits: list[tuple[Any, Any, Data]] = []
        for place in places(document):
            block = place.block
            if place.kind == "row":
                kinds = [column["kind"] for column in _table_of(document, block)["columns"]]
                open_cells = [
                    at
                    for at, cell in enumerate(block["cells"])
                    if at not in block["carried"] and kinds[at : at + 1] != ["number"] and pattern.search(cell)
                ]
                hits += [(block["cells"], at, block) for at in open_cells]
            else:
                hits += [(block, key, block) for key in ("heading", "text") if block.get(key) and pattern.search(block[key])]
        rng.shuffle(hits)
        for holder, key, block in hits[:20]:
            match = rng.choice(list(pattern.finditer(holder[key])))
            made = new(match, rng)
            if made.lower() != match[0].lower():
                holder[key] = holder[key][: match.start()] + made + holder[key][match.end() :]
                return Edit(document, [frozenset([Reported("changed", block["id"])])], what)
        return None

    return edit


def _table_of(document: Data, row: Data) -> Data:
    return next(p.block for p in places(document) if p.kind == "table" and any(other is row for other in p.block["rows"]))


def _other_number(match: re.Match[str], rng: random.Random) -> str:
    return str(int(match[0].replace(".", "")) + rng.randint(1, 9))


def _other_day(match: re.Match[str], rng: random.Random) -> str:
    return f"{match[1]}{int(match[2]) % 28 + 1:02d}{match[3]}"


WORD_EDITS: tuple[Callable[..., Edit | None], ...] = (
    _reword(_WORD, lambda match, rng: rng.choice(NEW_WORDS), "word"),
    _reword(_NUMBER, _other_number, "number"),
    _reword(_DATE, _other_day, "date"),
    _reword(_AGENCY, lambda match, rng: rng.choice(AGENCIES), "agency"),
)
EDITS = (remove, add, move, swap, swap_rows, remove_row, move_row, split, join, *WORD_EDITS)


# --- measuring --------------------------------------------------------------------------------------------------------
def reports(comparison: Data) -> list[Reported]:
    """Everything that a comparison reports as different."""
    found = []
    for family in FAMILIES:
        entries = comparison[family]["items"] if family == "funding" else comparison[family]
        for entry in entries:
            if entry["status"] != "same":
                name = entry["left"] or entry["right"] if family == "sections" else f"{family}: {entry}"
                found.append(Reported(entry["status"], name))
            elif entry.get("renumbered"):
                found.append(Reported("renumbered", entry["left"]))
    return found


def judge(edit: Edit, got: list[Reported]) -> tuple[int, int, list[str]]:
    """How many of the expected changes were reported, how many of the reports were right, and what was wrong."""
    left = list(got)
    found = 0
    wrong = []
    for choices in edit.expected:
        hit = next((report for report in left if report in choices), None)
        if hit is None:
            wrong.append(f"{edit.what}: missing {sorted(choices)}")
        else:
            left.remove(hit)
            found += 1
    wrong += [f"{edit.what}: invented {report}" for report in left]
    return found, len(got) - len(left), wrong


def measure(document: Data, edits: int, seed: int) -> Score:
    """The score over so many edits of one document's model."""
    grammar = load()
    found = expected = right = reported = 0
    failures: list[str] = []
    rng = random.Random(seed)
    done = tried = 0
    while done < edits and tried < 3 * edits + 20:
        edit = EDITS[tried % len(EDITS)](copy.deepcopy(document), rng)
        tried += 1
        if edit is None:
            continue
        done += 1
        got = reports(compare(document, edit.document, grammar, kind="versions"))
        hits, good, wrong = judge(edit, got)
        found, expected = found + hits, expected + len(edit.expected)
        right, reported = right + good, reported + len(got)
        failures += wrong
    return Score(found, expected, right, reported, failures)


def measure_text(path: Path, edits: int, seed: int) -> Score:
    """The score over so many words changed in the text of a document, which is read again."""
    grammar = load()
    source = read_file(path)
    document = parse_source(source, grammar)
    rng = random.Random(seed)
    spans = [
        (place.block["span"], place.block["id"])
        for place in places(document)
        if place.kind in {"section", "paragraph"} and len(words_of(place.block)) > 40
    ]
    found = expected = right = reported = 0
    failures: list[str] = []
    for _ in range(edits if spans else 0):
        span, name = rng.choice(spans)
        matches = list(re.finditer(r"(?<= )[^\W\d_A-ZĐ]{2,}(?= )", source.text[span["start"] : span["end"]]))
        if not matches:
            continue
        match = rng.choice(matches)
        at = span["start"] + match.start()
        word = rng.choice([word for word in NEW_WORDS if word != match[0]])
        changed = parse_source(make_source(source.text[:at] + word + source.text[at + len(match[0]) :]), grammar)
        got = reports(compare(document, changed, grammar, kind="versions", only=("sections",)))
        hits, good, wrong = judge(Edit(changed, [frozenset([Reported("changed", name)])], f"word of {match[0]!r}"), got)
        found, expected, right, reported = found + hits, expected + 1, right + good, reported + len(got)
        failures += wrong
    return Score(found, expected, right, reported, failures)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--text", action="store_true", help="change words in the text, and read it again")
    parser.add_argument("--verbose", action="store_true", help="name what is missing and what was invented")
    args = parser.parse_args()
    scores = []
    for path in args.files:
        start = time.perf_counter()
        if args.text:
            score = measure_text(path, args.edits, args.seed)
        else:
            score = measure(parse_source(read_file(path), load()), args.edits, args.seed)
        scores.append(score)
        spent = time.perf_counter() - start
        print(f"{path.name}: recall {score.recall:.4f}, precision {score.precision:.4f} of {score.expected}, {spent:.1f} s")
        if args.verbose:
            print("\n".join(f"  {line[:300]}" for line in score.failures))
    whole = Score(
        sum(score.found for score in scores),
        sum(score.expected for score in scores),
        sum(score.right for score in scores),
        sum(score.reported for score in scores),
        [],
    )
    print(f"all: recall {whole.recall:.4f}, precision {whole.precision:.4f} of {whole.expected} changes")
    return 0 if whole.recall >= 0.99 and whole.precision >= 0.99 else 1


if __name__ == "__main__":
    sys.exit(main())
