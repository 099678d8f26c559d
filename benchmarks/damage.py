"""How much of the outline is left where the marks of sections are damaged as scans and slips damage them.

    python benchmarks/damage.py FOLDER

FOLDER holds text files. Each kind of damage is done to every mark of a document that it fits ("all"), and to one in five
("some", the same ones each time); the outline, levels and numbers, is then held against that of the text as it was.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.source import make_source
from planparse.reading.text import read_file

#: One mark in so many is damaged where not all are.
_ONE_IN = 5

Put = str | Callable[["re.Match[str]"], str]
#: What is done: a name, the mark at the beginning of a line, what is put in its place.
DAMAGES: dict[str, tuple[str, Put]] = {
    "comma for the full stop": (r"^(\d{1,2}|[IVX]{1,4})\. ", r"\1, "),
    "no full stop": (r"^(\d{1,2}|[IVX]{1,4})\. ", r"\1 "),
    "blank before the full stop": (r"^(\d{1,2}|[IVX]{1,4})\. ", r"\1 . "),
    "no blank after it": (r"^(\d{1,2}|[IVX]{1,4}|[a-eđ])([.)]) ", r"\1\2"),
    '"1:" for "1."': (r"^(\d{1,2})\. ", r"\1: "),
    '"1)" for "1."': (r"^(\d{1,2})\. ", r"\1) "),
    '"l." for "1."': (r"^1\. ", "l. "),
    '"I." for "1."': (r"^1\. ", "I. "),
    '"1." for "I."': (r"^(I{1,3})\. ", lambda match: match[1].replace("I", "1") + ". "),
    '"l." for "I."': (r"^(I{1,3})\. ", lambda match: match[1].replace("I", "l") + ". "),
    '"Ⅰ." for "I."': (r"^(I{1,3}|IV|V)\. ", lambda match: "ⅠⅡⅢⅣⅤ"[["I", "II", "III", "IV", "V"].index(match[1])] + ". "),
    '"１." for "1."': (r"^(\d)\. ", lambda match: chr(0xFF10 + int(match[1])) + ". "),
    '"a." for "a)"': (r"^([a-eđ])\) ", r"\1. "),
    '"a," for "a)"': (r"^([a-eđ])\) ", r"\1, "),
    '"A)" for "a)"': (r"^([a-eđ])\) ", lambda match: match[1].upper() + ") "),
    '"1,1." for "1.1."': (r"^(\d)\.(\d)\.? ", r"\1,\2. "),
    '"Diều" for "Điều"': (r"^Điều (\d)", r"Diều \1"),
    "a dash of another length": (r"^- ", "— "),
    "a quotation mark before it": (r"^(\d{1,2})\. ", r'"\1. '),
}


class Left(NamedTuple):
    """What is left of the outlines: marks damaged, sections kept, of all."""

    damaged: int
    kept: int
    total: int


def outline(text: str) -> Counter[tuple[Any, ...]]:
    """Parts and sections: the numbers around each, its level and its number."""
    found: Counter[tuple[Any, ...]] = Counter()

    def walk(blocks: list[dict[str, Any]], path: tuple[str, ...]) -> None:
        for block in blocks:
            if block["type"] == "section":
                found[path, block["level"], block["number"]] += 1
                walk(block["blocks"], (*path, block["number"]))

    for part in parse_source(make_source(text), load())["parts"]:
        if part["kind"] != "other":
            found[part["kind"], part["label"]] += 1
            walk(part["blocks"], (part["kind"],))
    return found


def damaged(text: str, name: str, *, some: bool, seed: str) -> tuple[str, int]:
    """A text with its marks damaged, outside of tables, and how many were."""
    pattern, put = DAMAGES[name]
    pick = random.Random(f"{seed} {name}")
    count = 0

    def change(match: re.Match[str]) -> str:
        nonlocal count
        if some and pick.randrange(_ONE_IN):
            return match[0]
        count += 1
        return match.expand(put) if isinstance(put, str) else put(match)

    lines = (line if "|" in line else re.sub(pattern, change, line) for line in text.split("\n"))
    return "\n".join(lines), count


def left(texts: dict[str, str], name: str, *, some: bool) -> Left:
    """What one kind of damage leaves of the outlines of some texts, by their names."""
    result = Left(0, 0, 0)
    for seed, text in texts.items():
        changed, count = damaged(text, name, some=some, seed=seed)
        if count:
            whole = outline(text)
            kept = (whole & outline(changed)).total()
            result = Left(result.damaged + count, result.kept + kept, result.total + whole.total())
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    texts = {path.name: read_file(path).text for path in sorted(args.folder.rglob("*.txt"))}
    if not texts:
        parser.error(f"{args.folder}: holds no text file (*.txt)")
    print(f"{len(texts)} documents: share of parts and sections that are as before, all marks damaged and one in {_ONE_IN}")
    for name in DAMAGES:
        shares = [
            f"{found.kept / found.total:.3f}" if found.total else "–"
            for some in (False, True)
            if (found := left(texts, name, some=some))
        ]
        print(f"{name:28}" + "".join(f"{share:>8}" for share in shares))
    return 0


if __name__ == "__main__":
    sys.exit(main())
