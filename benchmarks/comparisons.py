"""How fast `planparse diff` and `planparse compare` are, and how their cost grows.

    python benchmarks/comparisons.py [--quick] [--json FILE]

Documents of 30 pages are made from `samples/` as `speed.py` makes them, of 2,500 characters a page. A command is timed as a
person runs it, from start to end with all imports; of several runs the best counts. Tables of many rows are compared in a
process of its own: every row changed, none like its partner in all words, the worst case. It measures and never fails.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.speed import long_documents

#: Thirty pages of 2,500 characters, in bytes of UTF-8.
_SIZE = 30 * 2_500 * 4 // 3
_LAYOUTS = ("paragraphs", "pipe", "wrapped")
_ROWS = """
import resource, sys, time
from planparse.diff.compare import compare
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.source import make_source

count, kind = int(sys.argv[1]), sys.argv[2]
head = "ỦY BAN NHÂN DÂN\\nTỈNH {}\\n-------\\nSố: {}/KH-UBND\\n\\nKẾ HOẠCH\\nPhát triển\\n\\nPHỤ LỤC\\nDANH MỤC\\n"
columns = "STT | Nhiệm vụ | Cơ quan chủ trì |\\n"
row = "{} | Xây dựng công trình {} tại xã {} | Sở Xây dựng |\\n".format
rows = "".join(row(i, i * 7919 % 99991, i * 31 % 9973) for i in range(1, count + 1))
places = ("HÀ GIANG", "HÀ GIANG") if kind == "versions" else ("HÀ GIANG", "AN GIANG")
changed = rows.replace("công trình", "nhà máy")
texts = [head.format(places[0], 1) + columns + rows, head.format(places[1], 2) + columns + changed]
documents = [parse_source(make_source(text), load()) for text in texts]
assert all(sum(len(b.get("rows", [])) for p in d["parts"] for b in p["blocks"]) == count for d in documents)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
compare(*documents, load(), kind=kind)
print(time.perf_counter() - start, before / 1024, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


class Cost(NamedTuple):
    """Seconds from start to end of a command, and seconds of a processor: on a machine that does other work, only the
    second says what the command costs."""

    wall: float
    processor: float


def command_cost(args: list[str], runs: int) -> Cost:
    """The least that a command takes of several runs, imports included."""
    costs = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "planparse", *args], check=True, stdout=subprocess.DEVNULL, env=os.environ)
        wall = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs.append(Cost(wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime))
    return Cost(min(cost.wall for cost in costs), min(cost.processor for cost in costs))


def thirty_pages(runs: int) -> dict[str, Cost]:
    """What commands take on plans of thirty pages, by command and layout."""
    figures: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory() as folder:
        for layout in _LAYOUTS:
            files = []
            for at, text in enumerate(long_documents(_SIZE, 3, layout)):
                path = Path(folder) / f"{layout}-{at}.txt"
                path.write_text(text, "utf-8")
                files.append(str(path))
            edited = Path(folder) / f"{layout}-edited.txt"
            edited.write_text(Path(files[0]).read_text("utf-8").replace("Sở Y tế", "Sở Nội vụ"), "utf-8")
            for name, args in (
                ("diff --as versions", ["diff", files[0], str(edited), "--as", "versions"]),
                ("diff --as plans", ["diff", *files[:2], "--as", "plans"]),
                ("diff --as plans --stat", ["diff", *files[:2], "--as", "plans", "--stat"]),
                ("compare of three", ["compare", *files]),
            ):
                figures[f"{name}, {layout}"] = command_cost(args, runs)
    return figures


def rows_against_rows(count: int, kind: str) -> dict[str, float]:
    """Seconds and MB for tables of so many rows."""
    done = subprocess.run([sys.executable, "-c", _ROWS, str(count), kind], check=True, capture_output=True, text=True)
    seconds, before, peak = map(float, done.stdout.split())
    return {"seconds": seconds, "MB before": before, "MB at most": peak}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one run each, and fewer rows")
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args()
    pages = thirty_pages(1 if args.quick else 5)
    for name, cost in pages.items():
        print(f"{name}: {cost.wall:.2f} s, of a processor {cost.processor:.2f} s")
    counts = (300, 600) if args.quick else (2_500, 5_000)
    rows = {f"{kind}, {count} rows": rows_against_rows(count, kind) for kind in ("versions", "plans") for count in counts}
    for name, found in rows.items():
        print(f"{name}: {found['seconds']:.1f} s, {found['MB at most']:.0f} MB ({found['MB before']:.0f} before)")
    if args.json:
        args.json.write_text(
            json.dumps({"thirty pages": {name: cost._asdict() for name, cost in pages.items()}, "rows": rows}, indent=2)
            + "\n",
            "utf-8",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
