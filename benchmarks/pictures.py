"""The README's pictures of the terminal: `docs/show.svg` and `docs/check.svg`.

    python benchmarks/pictures.py [FOLDER]

The same bytes each time, as long as planparse finds the same in the samples and rich draws the same.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.text import decode
from planparse.writing.terminal import show_diagnostics, show_outline

Data = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 80
SAMPLE = "samples/plan-budget-wrapped.txt"
#: Without rich's web fonts: a picture that is looked at should not call anybody. The reader's own monospace font does.
_FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def read_sample(name: str) -> Data:
    """The plain data of a sample."""
    return parse_source(decode((ROOT / name).read_bytes(), name), load())


def draw(name: str, command: str, write: Callable[[Console], None]) -> str:
    """What `write` puts on a terminal, as SVG, under the command that shows it."""
    console = Console(
        record=True,
        width=WIDTH,
        file=io.StringIO(),
        highlight=False,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        _environ={},
    )
    write(console)
    drawn = console.export_svg(title=command, code_format=_FORMAT, unique_id=f"planparse-{name}")
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def pictures() -> dict[str, str]:
    """The pictures by file name."""
    document = read_sample(SAMPLE)
    return {
        "show.svg": draw(
            "show",
            f"planparse show {SAMPLE} --depth 2",
            lambda console: show_outline(console, document, depth=2, lang="en"),
        ),
        "check.svg": draw(
            "check",
            f"planparse check {SAMPLE}",
            lambda console: show_diagnostics(console, document, SAMPLE, lang="en"),
        ),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs", help="where to put them; else docs/")
    args = parser.parse_args()
    args.folder.mkdir(exist_ok=True)
    for name, picture in pictures().items():
        (args.folder / name).write_text(picture, "utf-8", newline="\n")
        print(os.path.relpath(args.folder / name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
