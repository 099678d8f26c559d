"""What one version of planparse finds that another does not, over a folder of documents.

    python benchmarks/gains.py OLD NEW FOLDER [--verbose]

OLD and NEW are each a command, such as `path/to/venv/bin/planparse`, or a git revision of this repository, which is
checked out into a temporary folder. Sections are known by marker and words, and have moved where their parents are
others; cells by their text, moved where row or column is another; facts by all that they say, moved where they were
read from another line. What changed its words is lost and gained. Use it before a rule changes; the exit code is 0.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

Data = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
FACTS = ("tasks", "targets", "funding", "citations", "deadlines")
KINDS = ("sections", "cells", *FACTS)
CHANGES = ("gained", "lost", "moved")
#: Fields of a fact that tell where it stands, not what it says.
_PLACING = ("id", "block_id", "span", "mentions")
_LONGEST = 100


class Item(NamedTuple):
    """Something found: what it is known by, and where it stands."""

    words: str
    place: str


class Change(NamedTuple):
    """Something gained, lost or moved."""

    change: str
    kind: str
    words: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        if self.change == "moved":
            return f"moved   {self.kind}: {_short(self.words)}  [{self.before} → {self.after}]"
        return f"{self.change:7} {self.kind}: {_short(self.words)}  [{self.before or self.after}]"


# --- What a document holds ---


def sections(document: Data) -> Iterator[Item]:
    """Sections by marker and words; their place is the path of their parents."""

    def walk(blocks: list[Data], path: tuple[str, ...]) -> Iterator[Item]:
        for block in blocks:
            if block["type"] == "section":
                words = " ".join(f"{block['marker']} {block['heading'] or ''} {block['text'] or ''}".split())
                yield Item(words, " / ".join(path))
                yield from walk(block["blocks"], (*path, _short(words, 40)))

    for part in document["parts"]:
        yield from walk(part["blocks"], (" ".join(filter(None, (part["kind"], part["label"]))),))


def cells(document: Data) -> Iterator[Item]:
    """Cells with text; their place is the line of their row and the name of their column."""
    for table in _tables(block for part in document["parts"] for block in part["blocks"]):
        names = [column["name"] for column in table["columns"]]
        columns = [
            name if name and names.count(name) == 1 else f"{name} (column {at})".lstrip() for at, name in enumerate(names, 1)
        ]
        for row in table["rows"]:
            for column, text in zip(columns, row["cells"], strict=False):
                if text:
                    yield Item(" ".join(text.split()), f"line {row['span']['first_line']}, {column}")


def _tables(blocks: Iterable[Data]) -> Iterator[Data]:
    for block in blocks:
        if block["type"] == "table":
            yield block
        yield from _tables(block.get("blocks", []))


def facts(document: Data, kind: str) -> Iterator[Item]:
    """Facts of a kind by all that they say; their place is the line that they were read from."""
    for fact in document.get(kind, []):
        said = {name: value for name, value in fact.items() if name not in _PLACING and value not in (None, [], "")}
        words = ", ".join(f"{name}: {_said(value)}" for name, value in said.items())
        yield Item(words, f"line {fact['span']['first_line']}")


def _said(value: object) -> str:
    if isinstance(value, list):
        return " + ".join(map(_said, value))
    if isinstance(value, dict):
        return str(value["name"]) if "name" in value else "-".join(map(str, value.values()))
    return " ".join(str(value).split())


def items(document: Data, kind: str) -> list[Item]:
    """Everything of a kind that a document holds."""
    if kind == "sections":
        return list(sections(document))
    return list(cells(document) if kind == "cells" else facts(document, kind))


# --- What differs ---


def changes(old: Data, new: Data) -> list[Change]:
    """What the new reading of a document gained, lost and moved."""
    return [change for kind in KINDS for change in compare(kind, items(old, kind), items(new, kind))]


def compare(kind: str, old: Sequence[Item], new: Sequence[Item]) -> Iterator[Change]:
    """The changes among items of one kind. What stands where it stood is matched first, then what has the same words."""
    gone = _places(Counter(old) - Counter(new))
    come = _places(Counter(new) - Counter(old))
    for words in dict.fromkeys([*gone, *come]):
        before, after = gone.get(words, []), come.get(words, [])
        both = min(len(before), len(after))
        for was, now in zip(before, after, strict=False):
            yield Change("moved", kind, words, was, now)
        for was in before[both:]:
            yield Change("lost", kind, words, was, None)
        for now in after[both:]:
            yield Change("gained", kind, words, None, now)


def _places(left: Counter[Item]) -> dict[str, list[str]]:
    places: dict[str, list[str]] = defaultdict(list)
    for item in left.elements():
        places[item.words].append(item.place)
    return places


# --- Two versions ---


@contextmanager
def version(name: str) -> Iterator[Callable[[Path], Data]]:
    """A version of planparse as a function from a file to its plain data. Raises ValueError where there is none.

    What names a revision is one, though a command be called so too: some systems have a command HEAD.
    """
    words = shlex.split(name)
    command = shutil.which(words[0]) if words else None
    if command and not is_revision(name):
        yield lambda path: extract([os.path.abspath(command), *words[1:]], path, None)
        return
    with tempfile.TemporaryDirectory(prefix="planparse-") as folder:
        check_out(name, Path(folder))
        environment = {**os.environ, "PYTHONPATH": str(Path(folder, "src"))}
        yield lambda path: extract([sys.executable, "-m", "planparse"], path, environment)


def is_revision(name: str, repository: Path = ROOT) -> bool:
    """Whether a name is that of a revision of the repository."""
    git = ["git", "-C", str(repository), "rev-parse", "--quiet", "--verify", "--end-of-options", f"{name}^{{commit}}"]
    return subprocess.run(git, capture_output=True, check=False).returncode == 0


def check_out(revision: str, folder: Path, repository: Path = ROOT) -> None:
    """Put the files of a revision into a folder. The repository is only read: nothing is left behind in it."""
    git = ["git", "-C", str(repository), "archive", "--format=tar", "--output", str(folder / "files.tar"), revision]
    done = subprocess.run(git, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"{revision}: neither a command nor a revision of {repository} ({done.stderr.strip()})")
    shutil.unpack_archive(folder / "files.tar", folder, "tar", filter="data")


def extract(command: Sequence[str], path: Path, environment: dict[str, str] | None) -> Data:
    """What `planparse extract` makes of a file. Raises ValueError where it fails."""
    words, elsewhere = [*command, "extract", str(path.resolve())], tempfile.gettempdir()
    done = subprocess.run(words, capture_output=True, encoding="utf-8", env=environment, check=False, cwd=elsewhere)
    if done.returncode:
        raise ValueError((done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1])
    document: Data = json.loads(done.stdout)
    return document


# --- The report ---


def report(found: dict[str, list[Change]], read: int, verbose: bool) -> Iterator[str]:
    """The lines of the report: each document that changed, then the sums."""
    total: Counter[tuple[str, str]] = Counter()
    for name, differences in found.items():
        counts = Counter((change.kind, change.change) for change in differences)
        total += counts
        yield f"{name}: {_counted(counts)}"
        if verbose:
            yield from (f"    {change}" for change in differences)
    yield f"{len(found)} of {read} documents differ"
    yield f"{'':10}" + "".join(f"{change:>8}" for change in CHANGES)
    for kind in KINDS:
        yield f"{kind:10}" + "".join(f"{total[kind, change]:8}" for change in CHANGES)


def _counted(counts: Counter[tuple[str, str]]) -> str:
    kinds = []
    for kind in KINDS:
        said = [f"{counts[kind, change]} {change}" for change in CHANGES if counts[kind, change]]
        if said:
            kinds.append(f"{kind} {', '.join(said)}")
    return "; ".join(kinds)


def _short(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else text[:longest] + " …"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", help="a command or a git revision")
    parser.add_argument("new", help="a command or a git revision")
    parser.add_argument("folder", type=Path, help="the documents: every text file in it and below")
    parser.add_argument("--verbose", action="store_true", help="list every change")
    args = parser.parse_args()
    paths = sorted(args.folder.rglob("*.txt"))
    if not paths:
        parser.error(f"{args.folder}: holds no text file (*.txt)")
    with ExitStack() as stack:
        try:
            old, new = stack.enter_context(version(args.old)), stack.enter_context(version(args.new))
        except ValueError as error:
            parser.error(str(error))

        def differences(path: Path) -> list[Change] | str:
            try:
                before = old(path)
            except ValueError as error:
                return f"OLD: {error}"
            try:
                return changes(before, new(path))
            except ValueError as error:
                return f"NEW: {error}"

        names = [str(path.relative_to(args.folder)) for path in paths]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            results = dict(zip(names, pool.map(differences, paths), strict=True))
    for name, result in results.items():
        if isinstance(result, str):
            print(f"{name}: not compared ({result})", file=sys.stderr)
    compared = {name: result for name, result in results.items() if not isinstance(result, str)}
    print("\n".join(report({name: found for name, found in compared.items() if found}, len(compared), args.verbose)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
