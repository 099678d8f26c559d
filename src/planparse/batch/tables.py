"""The five tables of all documents as CSV, a workbook, Parquet or SQLite.

They are made at the end of a run from the rows that were kept of each document, in the order of the documents, a document
at a time: the same rows give the same files, however many workers there were, and memory does not grow with them.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date, datetime
from itertools import tee
from typing import Any

from planparse.batch.manifest import OK, PARTIAL, Manifest, shown
from planparse.batch.outputs import OWN, own_path, rows_name, whole_file
from planparse.batch.place import Place
from planparse.batch.rows import DATE, NUMBER, TABLES, WHOLE, Field, Value, Values
from planparse.batch.urls import below
from planparse.errors import OutputError, reason_of

FOLDER = "tables"
_MARK = os.path.join(OWN, "tables.sha256")
#: Takes a document's rows of a table.
Put = Callable[[str, list[Values]], None]

_GROUP_ROWS = 20_000
_CSV_BUFFER = 1 << 16


def write_tables(place: Place, manifest: Manifest, forms: Sequence[str]) -> tuple[list[str], int]:
    """Write the tables in some formats. What did not change since they were written is left alone.

    Gives the files, by their names in OUT, and how many documents are not in them because their rows were not kept.
    """
    files = [name for form in forms for name in table_files(form)]
    stamp, missing = _stamp(manifest, forms)
    if list(place.read([_MARK])) != [stamp] or any(place.size(name) is None for name in files):
        try:
            _write(place, manifest, forms)
            place.publish(files)
            place.write_set({_MARK: stamp})
        except OutputError:
            raise
        except Exception as error:  # each library has its own for a disk that is full
            raise OutputError("tables.unwritable", file=below(place.out, FOLDER), reason=reason_of(error)) from None
    return files, missing


def table_files(form: str) -> list[str]:
    """The files of a format, in OUT."""
    if form in ("csv", "parquet"):
        return [os.path.join(FOLDER, f"{table}.{form}") for table in TABLES]
    return [os.path.join(FOLDER, f"planparse.{form}")]


def _stamp(manifest: Manifest, forms: Sequence[str]) -> tuple[bytes, int]:
    """A hash of what the tables are made from, and how many documents lack their rows."""
    digest = hashlib.sha256(repr((TABLES, sorted(forms))).encode())
    missing = 0
    for row in manifest.rows():
        if row.status in (OK, PARTIAL):
            missing += not row.rows
            digest.update(f"{row.document}\0{row.sha256}\0{row.key}\0{row.rows}\0".encode())
    return digest.hexdigest().encode(), missing


def _write(place: Place, manifest: Manifest, forms: Sequence[str]) -> None:
    with ExitStack() as stack:
        puts = [stack.enter_context(_WRITERS[form](place.folder)) for form in forms]
        for rows in _kept(place, manifest):
            for table in TABLES:
                if rows[table]:
                    for put in puts:
                        put(table, rows[table])


def _kept(place: Place, manifest: Manifest) -> Iterator[dict[str, list[Values]]]:
    """The rows of each document, in the order of the documents."""
    kept = (row.document for row in manifest.rows() if row.status in (OK, PARTIAL) and row.rows)
    documents, names = tee(kept)
    for document, data in zip(documents, place.read(map(rows_name, names)), strict=True):
        try:
            if data is None:
                raise ValueError("not there")
            yield json.loads(data)
        except ValueError:
            path = below(place.out, rows_name(document))
            raise OutputError("tables.rows_lost", file=path, document=shown(document)) from None


# --- CSV --------------------------------------------------------------------------------------------------------------
@contextmanager
def _csv(out: str) -> Iterator[Put]:
    """A file a table: UTF-8 with byte order mark, RFC 4180, nothing that a spreadsheet takes for a formula."""
    from planparse.writing.csv import guard

    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for table, name in zip(TABLES, table_files("csv"), strict=True):
            path = stack.enter_context(whole_file(out, os.path.join(out, name)))
            file = stack.enter_context(open(path, "x", encoding="utf-8-sig", newline="", buffering=_CSV_BUFFER))
            writers[table] = csv.writer(file, lineterminator="\r\n")
            writers[table].writerow([field.name for field in TABLES[table]])

        def put(table: str, rows: list[Values]) -> None:
            writers[table].writerows([guard(cell) for cell in row] for row in rows)

        yield put


# --- a workbook -------------------------------------------------------------------------------------------------------
class _Pages:
    """The sheets of a table: a new one begins where one is full."""

    def __init__(self, book: Any, table: str, formats: dict[str, Any]) -> None:
        self._book, self._table, self._formats = book, table, formats
        self._count = self._line = 0
        self._turn()

    def _turn(self) -> None:
        self.finish()
        self._count += 1
        self._page = self._book.add_worksheet(self._table if self._count == 1 else f"{self._table} {self._count}")
        self._page.freeze_panes(1, 0)
        for at, field in enumerate(TABLES[self._table]):
            self._page.set_column(at, at, field.width)
        for at, field in enumerate(TABLES[self._table]):
            self._page.write_string(0, at, field.name, self._formats["head"])
        self._line = 1

    def put(self, rows: list[Values]) -> None:
        from planparse.writing.xlsx import MAX_ROWS

        for row in rows:
            if self._line >= MAX_ROWS:
                self._turn()
            for at, (value, field) in enumerate(zip(row, TABLES[self._table], strict=True)):
                self._cell(at, value, field)
            self._line += 1

    def _cell(self, at: int, value: Value, field: Field) -> None:
        """Every text as a text, never a formula or a link; numbers as numbers, dates as dates."""
        from planparse.writing.xlsx import as_kept

        if field.kind == DATE and isinstance(value, str) and value >= "1900-03-01":
            day = datetime.combine(date.fromisoformat(value), datetime.min.time())
            self._page.write_datetime(self._line, at, day, self._formats[DATE])
            return
        kept = as_kept(value)
        if isinstance(kept, str):
            self._page.write_string(self._line, at, kept, self._formats["text"])
        elif kept is not None:
            self._page.write_number(self._line, at, kept, self._formats["great" if abs(kept) >= 10_000 else "number"])

    def finish(self) -> None:
        if self._line:
            self._page.autofilter(0, 0, max(1, self._line - 1), len(TABLES[self._table]) - 1)


@contextmanager
def _xlsx(out: str) -> Iterator[Put]:
    """A workbook with a sheet a table; rows go to the disk as they come."""
    import xlsxwriter

    (name,) = table_files("xlsx")
    folder = own_path(out, "tmp")
    with whole_file(out, os.path.join(out, name)) as path:
        book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": folder})
        book.use_zip64()
        book.set_properties({"created": datetime(2000, 1, 1)})  # or each run would give other bytes
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
            "text": book.add_format({"valign": "top"}),
            "number": book.add_format({"valign": "top"}),
            "great": book.add_format({"num_format": "#,##0", "valign": "top"}),
            DATE: book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        }
        pages = {table: _Pages(book, table, formats) for table in TABLES}
        yield lambda table, rows: pages[table].put(rows)
        for page in pages.values():
            page.finish()
        book.close()


# --- Parquet ----------------------------------------------------------------------------------------------------------
@contextmanager
def _parquet(out: str) -> Iterator[Put]:
    """A file a table, with types; rows are held until a group is full."""
    import pyarrow
    from pyarrow import parquet

    types = {WHOLE: pyarrow.int64(), NUMBER: pyarrow.float64(), DATE: pyarrow.date32()}
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        schemas: dict[str, Any] = {}
        held: dict[str, list[Values]] = {table: [] for table in TABLES}
        for table, name in zip(TABLES, table_files("parquet"), strict=True):
            path = stack.enter_context(whole_file(out, os.path.join(out, name)))
            columns = [(field.name, types.get(field.kind, pyarrow.string())) for field in TABLES[table]]
            schemas[table] = pyarrow.schema(columns)
            writers[table] = stack.enter_context(parquet.ParquetWriter(path, schemas[table], compression="zstd"))

        def flush(table: str, count: int) -> None:
            rows, held[table] = held[table][:count], held[table][count:]
            columns = [[_typed(row[at], field) for row in rows] for at, field in enumerate(TABLES[table])]
            arrays = [pyarrow.array(column, kind.type) for column, kind in zip(columns, schemas[table], strict=True)]
            writers[table].write_table(pyarrow.Table.from_arrays(arrays, schema=schemas[table]))

        def put(table: str, rows: list[Values]) -> None:
            held[table] += rows
            while len(held[table]) >= _GROUP_ROWS:
                flush(table, _GROUP_ROWS)

        yield put
        for table in TABLES:
            if held[table]:
                flush(table, _GROUP_ROWS)


def _typed(value: Value, field: Field) -> Any:
    if value is None or field.kind not in (DATE, NUMBER):
        return value
    return date.fromisoformat(str(value)) if field.kind == DATE else float(value)


# --- SQLite -----------------------------------------------------------------------------------------------------------
_SQL_TYPES = {WHOLE: "INTEGER", NUMBER: "REAL"}
_VIEWS = """
CREATE INDEX tasks_lead ON tasks (lead_canonical);
CREATE INDEX citations_number ON citations (number);
CREATE INDEX funding_year ON funding (year);
CREATE VIEW agency_tasks AS -- a row for each agency that leads a task, though several lead it together
WITH RECURSIVE split (document, id, agency, rest) AS (
    SELECT document, id, NULL, lead_canonical || '; ' FROM tasks WHERE lead_canonical IS NOT NULL
    UNION ALL
    SELECT document, id, substr(rest, 1, instr(rest, '; ') - 1), substr(rest, instr(rest, '; ') + 2)
    FROM split WHERE instr(rest, '; ') > 0
)
SELECT split.agency, tasks.* FROM split JOIN tasks USING (document, id) WHERE split.agency IS NOT NULL;
CREATE VIEW money_by_year AS -- stated totals are left out: they would count their items twice
SELECT coalesce(year, period_start) AS from_year, coalesce(year, period_end) AS to_year, currency,
       count(*) AS items, sum(amount) AS amount, count(DISTINCT document) AS documents
FROM funding WHERE kind = 'item' GROUP BY 1, 2, 3;
CREATE VIEW most_cited AS
SELECT type, number, min(date) AS date, count(DISTINCT document) AS documents, sum(mentions) AS mentions
FROM citations WHERE number IS NOT NULL GROUP BY number, type ORDER BY documents DESC, mentions DESC, number;
"""


@contextmanager
def _sqlite(out: str) -> Iterator[Put]:
    """A database with a table each, and views that show how they are asked."""
    (name,) = table_files("sqlite")
    with whole_file(out, os.path.join(out, name)) as path, closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;")
        for table, fields in TABLES.items():
            key = "document" if table == "documents" else "document, id"
            columns = ", ".join(f"{field.name} {_SQL_TYPES.get(field.kind, 'TEXT')}" for field in fields)
            base.execute(f"CREATE TABLE {table} ({columns}, PRIMARY KEY ({key}))")

        def put(table: str, rows: list[Values]) -> None:
            marks = ", ".join("?" * len(TABLES[table]))
            base.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

        yield put
        base.execute("COMMIT")
        base.executescript(_VIEWS)


_WRITERS = {"csv": _csv, "xlsx": _xlsx, "parquet": _parquet, "sqlite": _sqlite}
