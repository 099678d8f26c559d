"""The grids of a page's tables, expanded from its markup by the standard library's parser alone: what the reader's tables
are compared with. It shares no code with the reader."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = {"br", "img", "hr", "input", "meta", "link", "col", "area", "base", "wbr"}
_BLOCKS = {"p", "div", "br", "li", "tr", "td", "th"}


class _Table:
    """A table while it is read: its rows of (text parts, rows, columns)."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[list[str], int, int]]] = []
        self.in_cell = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[_Table] = []
        self.open: list[_Table] = []
        self.skip = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in {"script", "style"}:
            self.skip = tag
        elif tag == "table":
            self.open.append(_Table())
        elif self.open and tag == "tr":
            self.open[-1].rows.append([])
            self.open[-1].in_cell = False
        elif self.open and tag in {"td", "th"}:
            table = self.open[-1]
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(([], _number(said.get("rowspan")), _number(said.get("colspan"))))
            table.in_cell = True
        elif tag in _BLOCKS:
            self._put(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.skip:
            self.skip = ""
        elif tag == "table" and self.open:
            table = self.open.pop()
            self.done.append(table)
            self._put(" ".join(part for row in table.rows for parts, _, _ in row for part in parts))
        elif self.open and tag in {"td", "th"}:
            self.open[-1].in_cell = False
        elif tag in _BLOCKS:
            self._put(" ")

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self._put(data)

    def _put(self, text: str) -> None:
        if self.open and self.open[-1].in_cell:
            self.open[-1].rows[-1][-1][0].append(text)


def _number(said: str | None) -> int:
    return int(said) if said and said.strip().isdigit() and int(said) > 0 else 1


def page_grids(page: str) -> list[list[list[str]]]:
    """Every table of a page as a full grid of texts: a merged cell's text stands in each place that it covers."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [_expand(table.rows) for table in reader.done]


def _expand(rows: list[list[tuple[list[str], int, int]]]) -> list[list[str]]:
    taken: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for parts, height, width in row:
            while (y, x) in taken:
                x += 1
            for down in range(min(height, len(rows) - y)):
                for across in range(width):
                    taken.setdefault((y + down, x + across), "".join(parts))
            x += width
    wide = 1 + max((x for _, x in taken), default=-1)
    return [["".join(taken.get((y, x), "").split()) for x in range(wide)] for y in range(len(rows))]


def shared_cells(grid: list[list[str]], paths: list[list[str]], rows: list[list[str]]) -> tuple[int, int]:
    """How many places of a grid a table of the model agrees with, and how many there are: its rows are the last of the
    grid, its columns' paths what stands over them."""
    squashed = [["".join(cell.split()) for cell in row] for row in rows]
    filled = [row for row in grid if any(row)]
    head, body = filled[: len(filled) - len(squashed)], filled[len(filled) - len(squashed) :]
    total = sum(map(len, filled))
    agree = sum(
        sum(a == b for a, b in zip(mine, theirs, strict=False)) for mine, theirs in zip(squashed, body, strict=False)
    )
    for x, path in enumerate(paths):
        column: list[str] = []
        for row in head:
            if x < len(row) and row[x] and (not column or column[-1] != row[x]):
                column.append(row[x])
        agree += len(head) if column == ["".join(level.split()) for level in path] else 0
    return agree, total
