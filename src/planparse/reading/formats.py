"""The formats that are no plain text: how each is told by its content, and which module reads it.

A format's name says nothing: a page is saved as .doc, a Word file comes as .txt. Readers are imported when a file of
theirs is met, so that a text costs none of them a moment.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from planparse.reading.native import Native

#: How much of a file is looked at to tell its format, in bytes.
HEAD = 4096


class Format(NamedTuple):
    """A format with a layout of its own.

    id: "html", "docx", "doc" or "pdf"; name: as a message calls it ("a PDF file").
    told: whether bytes, of which it sees the whole file, are of this format.
    module: the module under `planparse.reading` whose `read(data, name)` gives the Native.
    packages: what must be importable for it, as (module, what to install).
    """

    id: str
    name: str
    told: Callable[[bytes], bool]
    module: str
    packages: tuple[tuple[str, str], ...] = ()

    def read(self, data: bytes, name: str) -> Native:
        """The document that the bytes of a file hold; `name` is the file as messages call it. Raises InputError."""
        reader = import_module(f"planparse.reading.{self.module}")
        native: Native = reader.read(data, name)
        return native


def _is_pdf(data: bytes) -> bool:
    """A PDF begins with its version; what a server put before it is skipped, as readers of PDF do."""
    return b"%PDF-" in data[:1024]


FORMATS: tuple[Format, ...] = (Format("pdf", "a PDF file", _is_pdf, "pdf", (("pypdfium2", "pypdfium2"),)),)


def format_of(data: bytes) -> Format | None:
    """The format that the content of a file tells, or None for a text and for what nothing here reads."""
    return next((kind for kind in FORMATS if kind.told(data)), None)
