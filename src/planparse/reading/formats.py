"""The formats that are no plain text: how each is told by its content, and which module reads it.

A format's name says nothing: a page is saved as .doc, a Word file comes as .txt. Readers are imported when a file of
theirs is met, so that a text costs none of them a moment.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from planparse.errors import InputError, Said, Wording, reason_of
from planparse.reading import ole
from planparse.reading.native import Native

if TYPE_CHECKING:
    from planparse.grammar.grammar import Grammar
    from planparse.reading.programs import Missing

#: How much of a file is looked at to tell its format, in bytes.
HEAD = 4096


class Format(NamedTuple):
    """A format with a layout of its own.

    id: "html", "docx", "doc" or "pdf"; name: as a message calls it ("a PDF file").
    told: whether bytes, of which it sees the whole file, are of this format.
    module: the module under `planparse.reading` whose `read(data, name)` gives the Native.
    packages: what must be importable for it, as (module, what pip installs): ("PIL", "pillow").
    programs: what must be installed besides: names of `programs.PROGRAMS`.
    locked: whether bytes of this format say that they can be read with a password only. It is asked first: nobody should
        install a program to be told so by it.

    A way of reading that no bytes tell, because another format's reader uses it, has a row of its own, too: scanned pages
    of a PDF. Its `told` is False for all.
    """

    id: str
    name: Said
    told: Callable[[bytes], bool]
    module: str
    packages: tuple[tuple[str, str], ...] = ()
    programs: tuple[str, ...] = ()
    locked: Callable[[bytes], bool] | None = None

    def missing(self) -> Missing | None:
        """What is not installed of what the format needs; None where nothing is missing."""
        if not self.packages and not self.programs:
            return None
        from planparse.reading.programs import missing

        return missing(self.packages, self.programs)

    def read(self, data: bytes, name: Said, grammar: Grammar | None = None) -> Native:
        """The document that the bytes of a file hold; `name` is the file as messages call it, `grammar` has the words that a
        reader looks for (portals, stamps), the shipped ones where it is None. Raises InputError, also where something is
        missing that the format needs."""
        if self.locked is not None and self.locked(data):
            raise InputError("file.locked", file=name)
        if (missing := self.missing()) is not None:
            what = _all_of(missing.names)
            raise InputError("file.needs", file=name, kind=self.name, what=what, command=missing.command)
        reader = import_module(f"planparse.reading.{self.module}")
        try:
            native: Native = reader.read(data, name, grammar)
        except OSError as error:  # of the programs that a reader runs, and of the files that it hands them
            raise InputError("file.not_handed_on", file=name, reason=reason_of(error)) from None
        return native


def _all_of(names: list[str]) -> Said:
    """Names with "and" between them."""
    what: Said = names[0]
    for name in names[1:]:
        what = Wording("package.also", first=what, then=name)
    return what


def _is_html(data: bytes) -> bool:
    # A tag, in UTF-16 too; "< 5%" is none, and costs a text nothing.
    if re.search(rb"<\x00?[!?A-Za-z]|\x00<\x00[!?A-Za-z]", data[:HEAD]) is None:
        return False
    from planparse.reading.html_bytes import is_html

    return is_html(data)


#: How much of a file is looked at, at either end, for what stands somewhere within, in bytes.
_EDGE = 65_536


#: The name of a part in the folder of Word's, where a record of a zip begins one: the head of a file, or its entry in the
#: list at the end (APPNOTE 4.3.7, 4.3.12).
_WORD_PART = re.compile(rb"PK(?:\x03\x04.{26}|\x01\x02.{42})[/\\]*word[/\\]", re.S | re.I)


def _is_word(data: bytes) -> bool:
    """Whether bytes are a zip with the parts of a Word file, or were before they were cut off."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    return any(_WORD_PART.search(edge) for edge in (data[:_EDGE], data[-_EDGE:]))


def _is_old_word(data: bytes) -> bool:
    """Whether bytes are an old Word file, kept as OLE, or RTF."""
    return ole.is_word(data) or data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


#: What only a PDF has after its version.
_OBJECT = re.compile(rb"\b\d+ \d+ obj\b")
#: The bytes of a text, whatever its encoding.
_TEXT = bytes([*range(9, 14), 27, *range(32, 256)])


def _is_pdf(data: bytes) -> bool:
    """A PDF begins with its version. What a server put before it is skipped, as readers of PDF do: bytes that are no text,
    or lines with objects of a PDF after them; a text that speaks of the version is none."""
    at = data.find(b"%PDF-", 0, 1024)
    if at < 0:
        return False
    before = data[:at]
    if not before.strip(b"\xef\xbb\xbf \t\r\n") or before.translate(None, _TEXT):
        return True
    return before.endswith((b"\n", b"\r")) and _OBJECT.search(data[:_EDGE], at) is not None


def _is_nothing(data: bytes) -> bool:
    """No bytes tell a scan: the reader of PDF finds pages without text."""
    return False


FORMATS: tuple[Format, ...] = (
    Format("html", Wording("kind.html"), _is_html, "html", (("lxml", "lxml"),)),
    Format("docx", Wording("kind.docx"), _is_word, "docx", (("lxml", "lxml"),)),
    Format("doc", Wording("kind.doc"), _is_old_word, "doc", (("lxml", "lxml"),), ("libreoffice",), ole.is_locked_word),
    Format("pdf", Wording("kind.pdf"), _is_pdf, "pdf", (("pypdfium2", "pypdfium2"),)),
    Format("scan", Wording("kind.scan"), _is_nothing, "pdf", (("pypdfium2", "pypdfium2"),), ("tesseract",)),
)


def format_of(data: bytes) -> Format | None:
    """The format that the content of a file tells, or None for a text and for what nothing here reads."""
    return next((kind for kind in FORMATS if kind.told(data)), None)
