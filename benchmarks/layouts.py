"""How far the outlines of one document in three layouts agree, and how much of it a re-wrap leaves as it was.

    python benchmarks/layouts.py ../shared/corpus/txt [--verbose]

The folder holds `paragraphs/`, `pipe_rows/` and `wrapped_cells/` with the same file names. In layout `paragraphs` every
cell of a table stands on a line of its own, and empty ones have left none: of it only the sections that the pipe layout
has are asked for, and how many of its rows, by their first two cells, with how many of their cells.

For the re-wrap the documents of `pipe_rows` are set with one paragraph a line, and then wrapped at every width of WIDTHS:
how many keep their whole tree, and how many parts, sections (place, heading, first words) and tables are as before.
"""

from __future__ import annotations

import argparse
import functools
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.resetting import tree, unwrapped, wrapped
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.source import make_source
from planparse.reading.text import read_file

LAYOUTS = ("pipe_rows", "wrapped_cells", "paragraphs")
#: The widths of a re-wrap, in characters.
WIDTHS = range(40, 122)


class Agreement(NamedTuple):
    """Sections that agree, of all; and, by document and pair of layouts, what stands only in the one or the other."""

    agreeing: int
    total: int
    differences: list[str]

    @property
    def share(self) -> float:
        return self.agreeing / self.total if self.total else 1.0


def outline(document: dict[str, Any]) -> Counter[tuple[object, ...]]:
    """Parts and sections: path, marker and first words."""
    found: Counter[tuple[object, ...]] = Counter()

    def walk(blocks: list[dict[str, Any]], path: tuple[str, ...]) -> None:
        for block in blocks:
            if block["type"] == "section":
                words = " ".join(f"{block['heading'] or ''} {block['text'] or ''}".split())
                found[(path, block["marker"], words[:40])] += 1
                walk(block["blocks"], (*path, block["marker"]))

    for part in document["parts"]:
        found[(part["kind"], part["label"], (part["title"] or "")[:40])] += 1
        walk(part["blocks"], (part["kind"],))
    return found


def agreement(folder: Path) -> Agreement:
    """The agreement over all documents of a folder."""
    grammar = load()
    agreeing = total = 0
    differences: list[str] = []
    for path in sorted((folder / "pipe_rows").glob("*.txt")):
        outlines = {
            layout: outline(parse_source(read_file(folder / layout / path.name), grammar))
            for layout in LAYOUTS
            if (folder / layout / path.name).is_file()
        }
        base = outlines["pipe_rows"]
        for layout in LAYOUTS[1:]:
            other = outlines.get(layout)
            if other is None:
                continue
            same = (base & other).total()
            agreeing += same
            total += base.total() if layout == "paragraphs" else max(base.total(), other.total())
            differences += [f"{path.name} {layout}: missing {key}" for key in base - other]
            if layout != "paragraphs":
                differences += [f"{path.name} {layout}: invented {key}" for key in other - base]
    return Agreement(agreeing, total, differences)


class Rows(NamedTuple):
    """Rows of tables of which every cell stands on a line of its own: how many there are, how many are found, and of the
    cells of these how many there are and how many are right."""

    total: int
    found: int
    cells: int
    right: int

    def plus(self, other: Rows) -> Rows:
        """Both together."""
        return Rows(*map(sum, zip(self, other, strict=True)))


def _keyed(document: dict[str, Any]) -> dict[tuple[str, ...], list[list[str]]]:
    rows: dict[tuple[str, ...], list[list[str]]] = {}
    waiting = [block for part in document["parts"] for block in part["blocks"]]
    while waiting:
        block = waiting.pop()
        waiting += block.get("blocks", ())
        for row in block.get("rows", ()):
            rows.setdefault(tuple("".join(cell.split()) for cell in row["cells"][:2]), []).append(row["cells"])
    return rows


def rows_of_lines(folder: Path) -> dict[str, Rows]:
    """What of the rows in layout `pipe_rows` is found in layout `paragraphs`, by document."""
    grammar = load()
    found: dict[str, Rows] = {}
    for path in sorted((folder / "pipe_rows").glob("*.txt")):
        if not (folder / "paragraphs" / path.name).is_file():
            continue
        base = _keyed(parse_source(read_file(path), grammar))
        other = _keyed(parse_source(read_file(folder / "paragraphs" / path.name), grammar))
        pairs = [pair for key, rows in other.items() for pair in zip(rows, base.get(key, ()), strict=False)]
        found[path.name] = Rows(
            sum(map(len, base.values())),
            len(pairs),
            sum(len(wanted) for _, wanted in pairs),
            sum(
                "".join(a.split()) == "".join(b.split()) for row, wanted in pairs for a, b in zip(row, wanted, strict=False)
            ),
        )
    return found


def rewrapped(folder: Path) -> dict[str, Agreement]:
    """What a wrap at every width leaves of the tree of each document, set anew with one paragraph a line."""
    grammar = load()
    found: dict[str, Agreement] = {}

    def read(text: str) -> dict[str, Any]:
        return parse_source(make_source(text), grammar)

    for path in sorted((folder / "pipe_rows").glob("*.txt")):
        text = path.read_text("utf-8")
        lines = unwrapped(text, read(text))
        expected = Counter(map(repr, tree(read(wrapped(lines, None)))))
        kept = 0
        differences = []
        for width in WIDTHS:
            lost = expected - Counter(map(repr, tree(read(wrapped(lines, width)))))
            kept += expected.total() - lost.total()
            differences += [f"{path.stem}, width {width}: {item}" for item in lost]
        found[path.stem] = Agreement(kept, expected.total() * len(WIDTHS), differences)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--verbose", action="store_true", help="name every difference, and the rows of each document")
    args = parser.parse_args()
    found = agreement(args.folder)
    if args.verbose:
        print("\n".join(found.differences))
    print(f"sections that agree: {found.agreeing} of {found.total} = {found.share:.4f}")
    by_document = rows_of_lines(args.folder)
    if args.verbose:
        print("\n".join(f"{name}: {rows.found} of {rows.total} rows" for name, rows in by_document.items() if rows.total))
    rows = functools.reduce(Rows.plus, by_document.values(), Rows(0, 0, 0, 0))
    print(f"rows whose cells stand on lines of their own: {rows.found} of {rows.total} found")
    print(f"their cells: {rows.right} of {rows.cells} right")
    wraps = rewrapped(args.folder)
    if args.verbose:
        print("\n".join(line for found in wraps.values() for line in found.differences))
    changed = {line.split(":")[0] for found in wraps.values() for line in found.differences}
    settings = len(wraps) * len(WIDTHS)
    print(f"documents and widths with the same tree: {settings - len(changed)} of {settings}")
    kept, sections = (sum(getattr(found, name) for found in wraps.values()) for name in ("agreeing", "total"))
    share = kept / max(sections, 1)
    print(f"parts, sections and tables that a wrap leaves as they were: {kept} of {sections} = {share:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
