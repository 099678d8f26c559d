"""How fast a Word file is read: pages a second of the reader alone, and of the whole extract.

    python benchmarks/formats_docx.py [--pages N]

The file is made from a sample: sections with automatic numbers, each paragraph in runs as Word keeps them, a table of five
columns every few pages. A page is 3,000 characters.
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
for folder in (str(ROOT), str(ROOT / "tests")):
    if folder not in sys.path:
        sys.path.insert(0, folder)

from word_files import cell, level, lists, paragraph, row, run, table, word_file  # noqa: E402

PAGE = 3_000
BAR_PAGES = 100.0
_LOOK = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:bCs/><w:sz w:val="28"/>'
    '<w:szCs w:val="28"/><w:lang w:val="nl-NL"/>'
)
_RUNS = 4


def make_file(pages: int) -> bytes:
    """A Word file of so many pages."""
    lines = (ROOT / "samples").glob("*.txt")
    words = [line.strip() for path in sorted(lines) for line in path.read_text("utf-8").splitlines() if len(line) > 40]
    body: list[str] = []
    length = 0
    for at, line in enumerate(cycle(words)):
        if length >= pages * PAGE:
            break
        length += len(line)
        step = len(line) // _RUNS + 1
        runs = "".join(run(line[start : start + step], _LOOK) for start in range(0, len(line), step))
        number = (1, 0 if at % 30 == 0 else 1 if at % 6 == 0 else 2) if at % 2 == 0 else None
        body.append(paragraph(number=number, inner=runs, more='<w:spacing w:before="120"/><w:jc w:val="both"/>'))
        if at % 60 == 59:
            rows = [row(*(cell(paragraph(inner=run(word, _LOOK))) for word in line.split()[:5])) for _ in range(8)]
            body.append(table(*rows, widths=(800, 3000, 2000, 2000, 1500)))
            length += sum(map(len, line.split()[:5])) * 8
    levels = level(0, "%1.", "upperRoman") + level(1, "%2.") + level(2, "%3)", "lowerLetter")
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    return word_file("".join(body), styles=styles, numbering=lists(levels))


def measure(pages: int, rounds: int = 3) -> dict[str, float]:
    """Pages a second, the best of some rounds: of the reader alone, and of all of `extract` but the writing."""
    from planparse.grammar import load
    from planparse.pipeline import parse_source
    from planparse.reading.docx import read
    from planparse.reading.text import decode

    data, grammar = make_file(pages), load()
    best = {"read": 0.0, "extract": 0.0}
    for _ in range(rounds):
        begun = time.perf_counter()
        read(data, "benchmark.docx")
        best["read"] = max(best["read"], pages / (time.perf_counter() - begun))
        begun = time.perf_counter()
        parse_source(decode(data, "benchmark.docx"), grammar)
        best["extract"] = max(best["extract"], pages / (time.perf_counter() - begun))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=200)
    pages = parser.parse_args().pages
    for what, rate in measure(pages).items():
        missed = "" if rate >= BAR_PAGES else f"  misses the bar of {BAR_PAGES:.0f}"
        print(f"docx, {what}: {rate:,.0f} pages a second{missed}")


if __name__ == "__main__":
    main()
