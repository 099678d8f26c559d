"""Which of the layouts a text is set in."""

from __future__ import annotations

from planparse.layout.lines import BAR, BLANK, PIPE, TEXT, Lines
from planparse.layout.wrap import Wrap


def layout_of(lines: Lines, wrap: Wrap, made: int = 0) -> str:
    """ "pipe_rows" where tables are ` | ` rows, "wrapped_cells" where cells are closed by "|" lines or lines are
    hard-wrapped, else "paragraphs": one paragraph a line. `made` rows are none of the text's own."""
    bars = lines.kind.count(BAR)
    pipes = lines.kind.count(PIPE) - made
    if pipes and pipes * 2 >= bars:
        return "pipe_rows"
    if bars:
        return "wrapped_cells"
    blanks = lines.kind.count(BLANK)
    texts = lines.kind.count(TEXT)
    if blanks * 3 < texts and wrap.width:
        return "wrapped_cells"
    return "paragraphs"
