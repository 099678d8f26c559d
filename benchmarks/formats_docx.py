"""A Word file for the benchmark of formats: see `formats.py`.

The file is made from a sample: sections with automatic numbers, each paragraph in runs as Word keeps them, a table of five
columns every few pages. A page is 3,000 characters.
"""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
for folder in (str(ROOT), str(ROOT / "tests")):
    if folder not in sys.path:
        sys.path.insert(0, folder)

from word_files import cell, level, lists, paragraph, row, run, table, word_file  # noqa: E402

#: Characters of a page.
PAGE = 3_000
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
