"""What had to be decided in a table: columns without a header, cells put back, numbers misread, titles lost."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.checks.finding import Case, Data, Finding, at
from planparse.column_numbers import rows_of
from planparse.layout.plain_cells import plain_runs
from planparse.text import to_roman

#: A wider step between two numbers is no gap but another sequence.
_WIDEST_GAP = 4
#: A longer number counts no rows; Python reads none of more than 4,300 digits.
_MOST_DIGITS = 9


def check_tables(case: Case) -> Iterator[Finding]:
    """Every table of the document, and the cells of which none could be made."""
    yield from _unread(case)
    for block in case.blocks:
        if block["type"] != "table":
            continue
        table = case.assembler.tables[block["id"]]
        names = [column["name"] or f"#{index + 1}" for index, column in enumerate(block["columns"])]
        if table.inferred:
            yield at("table.columns_inferred", block, columns=[index + 1 for index in table.inferred])
        carried = [row for row in block["rows"] if row["carried"]]
        if carried and case.source.setting is None:  # a format that states its merged cells has lost none
            columns = sorted({index for row in carried for index in row["carried"]})
            yield at(
                "table.cells_carried",
                block,
                count=len(carried),
                columns=[names[index] for index in columns],
                rows=[row["id"] for row in carried],
            )
        for index, (row, shown) in enumerate(zip(table.rows, block["rows"], strict=True)):
            if row.untitled:
                yield at("table.row_untitled", shown, number=row.number)
            elif row.spanning and row.kind == "item":
                yield at("table.row_spanning", shown, number=row.number or "–")
            if row.ocr:
                yield at("table.number_ocr", shown, marker=row.number, number=_repaired(row.number))
            if index in table.ragged:
                yield at("table.row_ragged", shown)
        yield from _skipped(rows_of(block))


def _unread(case: Case) -> Iterator[Finding]:
    """Cells that are closed by bars as those of a table are, and stand in none: how long its rows are is uncertain."""
    if case.source.setting is not None:
        return
    drafts = [draft for draft in case.drafts if draft.kind != "other"]
    if not drafts:
        return
    grids = [unit.grid for draft in drafts for unit in draft.units if unit.grid is not None]
    after = case.drafts[case.drafts.index(drafts[-1]) + 1 :]
    within = range(drafts[0].first, after[0].first if after else len(case.assembler.lines))
    for run in plain_runs(case.assembler.lines, case.grammar, grids, within):
        first, last = run.cells[0], run.cells[-1]
        span = case.assembler.span(first.start, last.end, first.first, last.last)
        yield Finding("table.unread", span, None, {"count": len(run.cells)})


def _skipped(rows: list[Data]) -> Iterator[Finding]:
    """Numbers that are missing between two rows of one kind: 8, 10. They may run on through groups."""
    last: dict[tuple[int, str], int] = {}
    for row in rows:
        prefix, _, tail = row["number"].strip(" .()").rpartition(".")
        if not tail.isdecimal() or len(tail) > _MOST_DIGITS or 0 in row["carried"]:
            continue
        number = int(tail)
        before = last.get((row["level"], prefix))
        if before is not None and before + 1 < number <= before + _WIDEST_GAP:
            start = f"{prefix}." if prefix else ""
            missing = [f"{start}{place}" for place in range(before + 1, number)]
            yield at("table.number_skipped", row, before=f"{start}{before}", after=f"{start}{number}", missing=missing)
        last[row["level"], prefix] = number


def _repaired(number: str) -> str:
    from planparse.text import from_roman

    return to_roman(from_roman(number.strip(" .)").replace("l", "I").replace("1", "I")))
