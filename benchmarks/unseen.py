"""How well facts are read from documents that no rule for facts was made with in sight.

    python benchmarks/unseen.py FOLDER [--known] [--verbose]

`benchmarks/annotations/NAME.json` holds what a reader finds in nine real documents: the first line of each task, who
leads and who supports; line, value and unit of each target; the numbers of the cited documents; of some, line and amount
of all money. FOLDER holds the texts
as NAME.txt, set in pipe rows. F1 over all documents together; a task counts where line and names agree, names without
regard to case and punctuation. `--known` takes eight others instead (`annotations/known`), which were at hand when the
rules were written, but whose annotation was not. It measures and never fails.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.text import read_file

ANNOTATED = Path(__file__).resolve().parent / "annotations"
KNOWN = ANNOTATED / "known"
_WORD = re.compile(r"\w+")

Facts = dict[str, Counter[Any]]


class Score(NamedTuple):
    """What agrees, what was found and what was wanted."""

    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0


def fold(text: str) -> str:
    """The words of a name, in small letters."""
    return " ".join(_WORD.findall(text.lower()))


def _names(bodies: list[Any]) -> tuple[str, ...]:
    return tuple(sorted(fold(body["name"] if isinstance(body, dict) else body) for body in bodies))


def wanted_facts(annotated: dict[str, Any]) -> Facts:
    """The annotated facts as they are compared."""
    return {
        "leads of tasks": Counter((task["start_line"], _names(task["lead"])) for task in annotated["tasks"]),
        "tasks with supports": Counter(
            (task["start_line"], _names(task["lead"]), _names(task["coordinating"])) for task in annotated["tasks"]
        ),
        "targets": Counter((t["value_line"], float(t["value"]), fold(t["unit"] or "")) for t in annotated["targets"]),
        "cited documents": Counter(set(annotated["citations"])),
        **({"money": Counter((m["line"], m["amount"]) for m in annotated["funding"])} if "funding" in annotated else {}),
    }


def found_facts(document: dict[str, Any]) -> Facts:
    """The facts of a parsed document as they are compared."""
    return {
        "leads of tasks": Counter((t["span"]["first_line"], _names(t["lead"])) for t in document["tasks"]),
        "tasks with supports": Counter(
            (t["span"]["first_line"], _names(t["lead"]), _names(t["supporting"])) for t in document["tasks"]
        ),
        "targets": Counter((t["span"]["first_line"], float(t["value"]), fold(t["unit"] or "")) for t in document["targets"]),
        "cited documents": Counter({c["number"] for c in document["citations"] if c["number"]}),
        "money": Counter((m["span"]["first_line"], m["amount"]) for m in document["funding"]),
    }


def leave_out(annotated: dict[str, Any], wanted: Facts, found: Facts) -> None:
    """Take out of both counts the tasks and targets of lines that the reader marked as ambiguous."""
    for kinds, facts, line in (
        (("leads of tasks", "tasks with supports"), annotated["tasks"], "start_line"),
        (("targets",), annotated["targets"], "value_line"),
    ):
        lines = {fact[line] for fact in facts if fact.get("ambiguous")}
        for kind in kinds:
            for counted in (wanted[kind], found[kind]):
                for key in [key for key in counted if key[0] in lines]:
                    del counted[key]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the texts, NAME.txt")
    parser.add_argument("--known", action="store_true", help="the documents that were at hand when the rules were written")
    parser.add_argument("--verbose", action="store_true", help="name every miss")
    parser.add_argument("--strict", action="store_true", help="count what the reader marked as ambiguous, too")
    args = parser.parse_args()
    totals: dict[str, Score] = {}
    grammar = load()
    for path in sorted((KNOWN if args.known else ANNOTATED).glob("*.json")):
        text = args.folder / f"{path.stem}.txt"
        if not text.is_file():
            print(f"{text}: not there, left out", file=sys.stderr)
            continue
        annotated = json.loads(path.read_text("utf-8"))
        wanted = wanted_facts(annotated)
        found = found_facts(parse_source(read_file(text), grammar))
        if not args.strict:
            leave_out(annotated, wanted, found)
        for kind in wanted:
            score = Score((wanted[kind] & found[kind]).total(), found[kind].total(), wanted[kind].total())
            old = totals.get(kind, Score(0, 0, 0))
            totals[kind] = Score(*(a + b for a, b in zip(old, score, strict=True)))
            if args.verbose:
                for word, missed in (("missed", wanted[kind] - found[kind]), ("invented", found[kind] - wanted[kind])):
                    for fact in sorted(missed, key=str):
                        print(f"{path.stem}: {kind}: {word} {fact}")
    for kind, score in totals.items():
        print(f"{kind:20} F1 {score.f1:.3f}  right {score.right}, found {score.found}, wanted {score.wanted}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
