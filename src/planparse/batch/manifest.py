"""What is known of each document: `manifest.jsonl`, one JSON object a line.

While a run goes on rows are appended, a later row of a document taking the place of an earlier one; at its end the file is
written anew, one row a document, in order. A line that a killed run left unfinished is cut off when the file is opened.
Only where each row stands is held in memory, not the rows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from planparse.batch.outputs import whole_file
from planparse.errors import OutputError, reason_of

NAME = "manifest.jsonl"
OK, PARTIAL, FAILED, SKIPPED = "ok", "partial", "failed", "skipped"
NO_DIAGNOSTICS = {"info": 0, "warning": 0, "error": 0}
_LENGTH_BITS = 24


class Row(NamedTuple):
    """What the manifest says of a document.

    document: its place in the tree; input: the path as it was given; location: the path from the root.
    sha256: of the bytes that were read, null where none could be.
    status: ok; partial (written, but with error diagnostics); failed; skipped (what stands there is no document).
    seconds: from opening to the last output. error: one line, why and what to do, in the language of the run.
    outputs: format → path in OUT; bytes: format → size.
    rows: whether its rows for the tables are kept.
    key: a hash of what besides the content decides the outputs: options, version, grammar.
    unfinished: that a run ended while it was done again: it will be done again whatever the options.
    """

    document: str
    input: str
    location: str
    status: str
    sha256: str | None = None
    seconds: float = 0.0
    error: str | None = None
    sections: int = 0
    tables: int = 0
    diagnostics: dict[str, int] = NO_DIAGNOSTICS
    outputs: dict[str, str] = {}  # noqa: RUF012 - never changed
    bytes: dict[str, int] = {}  # noqa: RUF012
    rows: bool = False
    key: str = ""
    unfinished: bool = False


def shown(name: str) -> str:
    """A name as the manifest has it: bytes that are no UTF-8 are escaped, for JSON cannot hold them."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


class Manifest:
    """The manifest of a folder of outputs. Raises OutputError, one line, where it cannot be read or written."""

    def __init__(self, out: str) -> None:
        self._out = out
        self.path = os.path.join(out, NAME)
        self._places: dict[str, int] = {}
        self._appended = False
        self._open()

    def _open(self) -> None:
        try:
            self._file = open(self.path, "a+b", buffering=0)  # noqa: SIM115 - open until `close`
            self._reader = open(self.path, "rb")  # noqa: SIM115
            self._index()
        except OSError as error:
            raise self._error(error) from None

    def _index(self) -> None:
        self._places = {}
        at = 0
        for line in self._reader:
            if not line.endswith(b"\n"):
                self._file.truncate(at)
                self._appended = True
                break
            row = _read(line)
            if row is not None:
                self._appended |= row.document in self._places
                self._places[row.document] = at << _LENGTH_BITS | len(line)
            else:
                self._appended = True
            at += len(line)
        self._end = at

    def _error(self, error: OSError) -> OutputError:
        return OutputError("manifest.unwritable", file=self.path, reason=reason_of(error))

    def __contains__(self, document: str) -> bool:
        return document in self._places

    def __len__(self) -> int:
        return len(self._places)

    def get(self, document: str) -> Row | None:
        """The row of a document."""
        place = self._places.get(document)
        if place is None:
            return None
        return _read(os.pread(self._reader.fileno(), place & (1 << _LENGTH_BITS) - 1, place >> _LENGTH_BITS))

    def documents(self) -> list[str]:
        """All documents, in order."""
        return sorted(self._places)

    def rows(self) -> Iterator[Row]:
        """All rows, in the order of their documents."""
        for document in self.documents():
            row = self.get(document)
            if row is not None:
                yield row

    def append(self, row: Row) -> None:
        """Add a row, whole or not at all."""
        line = json.dumps(row._asdict(), ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        done = 0
        try:
            while done < len(line):
                done += self._file.write(line[done:]) or 0
        except OSError as error:
            self._file.truncate(self._end)
            raise self._error(error) from None
        self._places[row.document] = self._end << _LENGTH_BITS | len(line)
        self._end += len(line)
        self._appended = True

    def drop(self, document: str) -> None:
        """Forget a document; its row goes when the manifest is written anew."""
        del self._places[document]
        self._appended = True

    def tidy(self) -> None:
        """Write the manifest anew, one row a document, in order. Where nothing changed it is left alone."""
        if not self._appended:
            return
        try:
            with whole_file(self._out, self.path) as name, open(name, "xb") as file:
                for document in self.documents():
                    place = self._places[document]
                    file.write(os.pread(self._reader.fileno(), place & (1 << _LENGTH_BITS) - 1, place >> _LENGTH_BITS))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._error(error) from None
        self.close()
        self._open()
        self._appended = False

    def close(self) -> None:
        """Close the files."""
        self._file.close()
        self._reader.close()


def _read(line: bytes) -> Row | None:
    """A row, or None where the line holds none."""
    try:
        data: Any = json.loads(line)
        row = Row(**data)
    except (ValueError, TypeError):
        return None
    names = (*row.outputs.values(), row.document, row.location) if isinstance(row.outputs, dict) else (None,)
    return row if all(isinstance(name, str) for name in names) else None
