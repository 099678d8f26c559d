"""The parts of a Word file: a zip of XML, opened with limits so that no file can fill the memory or reach the network."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import Any

from lxml import etree

from planparse.errors import InputError, Said, Wording
from planparse.reading.docx_fonts import may_have_legacy_fonts

#: An element of the XML; lxml states no types.
Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: The strict form of the format has the same words in other namespaces (ISO/IEC 29500-1, Annex A).
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)

#: More entries, or a longer list of them, no document has; in bytes.
_MOST_ENTRIES = 10_000
_LONGEST_DIRECTORY = 4 * 1024 * 1024
#: The largest part that is read, and all parts together, in bytes; a page of a document takes about 50 kB.
_LARGEST_PART = 64 * 1024 * 1024
_LARGEST_SUM = 128 * 1024 * 1024
#: XML of Word is packed to a tenth, a table of equal rows to a three-hundredth; more, in a part that is not small, was made
#: to burst.
_MOST_PACKED = 500
_SMALL = 8 * 1024 * 1024

_END = b"PK\x05\x06"
#: A comment may stand after the end record of a zip; in bytes, with the record.
_END_REACH = 65_557

_OTHERS = {"workbook": Wording("kind.excel"), "presentation": Wording("kind.powerpoint")}


class PartError(Exception):
    """A part could not be read; `why` says it in a few words."""

    def __init__(self, why: Wording) -> None:
        super().__init__(why)
        self.why = why


class Package:
    """An opened Word file.

    name: the file as messages call it. main: the name of the part with the document. broken: parts that are there and
    could not be read, by name. legacy_fonts: whether a part that was read names a font from before Unicode.
    """

    def __init__(self, archive: zipfile.ZipFile, name: Said) -> None:
        self.name = name
        self.broken: list[str] = []
        self.legacy_fonts = False
        self._archive = archive
        self._read = 0
        # Names of parts are told apart without regard to case (ISO/IEC 29500-2, 9.1.1); of two, the later one holds.
        self._entries = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in archive.infolist()}
        self.main = self._main()
        self._relations = self._relations_of(self.main)

    def document(self) -> Element:
        """The root of the document itself. Raises InputError where there is none that can be read."""
        try:
            root = self._root(self.main)
        except PartError as error:
            raise broken(self.name, error.why) from None
        if root.tag == f"{W}document":
            return root
        kind = _OTHERS.get(etree.QName(root).localname, Wording("kind.zip_without_word"))
        raise InputError("word.other", file=self.name, kind=kind)

    def part(self, kind: str) -> Element | None:
        """The root of the part that stands to the document in a relation, such as "styles"; None where there is none."""
        return next((self._part(target) for of, target in self._relations.values() if of == kind), None)

    def related(self, relation: str) -> Element | None:
        """The root of the part that a relation's id names; None where there is none."""
        _, target = self._relations.get(relation, ("", ""))
        return self._part(target) if target else None

    def count(self, kind: str) -> int:
        """How many parts stand to the document in a relation."""
        return sum(of == kind for of, _ in self._relations.values())

    def _part(self, part: str) -> Element | None:
        if part.lower() not in self._entries:
            return None
        try:
            return self._root(part)
        except PartError:
            self.broken.append(part)
            return None

    def _main(self) -> str:
        relations = self._relations_of("")
        return next((target for of, target in relations.values() if of == "officeDocument"), "word/document.xml")

    def _relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part by id: the last word of the type, and the name of the part that it leads to."""
        folder, base = posixpath.split(part)
        listed = self._part(posixpath.join(folder, "_rels", f"{base}.rels"))
        if listed is None:
            return {}
        found = {}
        for relation in listed.iter(_RELATION):
            if relation.get("TargetMode") != "External":  # what stands outside is never fetched
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                found[relation.get("Id", "")] = (relation.get("Type", "").rsplit("/", 1)[-1], target)
        return found

    def _root(self, part: str) -> Element:
        info = self._entries.get(part.lower())
        if info is None:
            raise PartError(Wording("word.no_part", part=part))
        data = self._bytes(info, part)
        self.legacy_fonts = self.legacy_fonts or may_have_legacy_fonts(data)
        return parse(data, part)

    def _bytes(self, info: zipfile.ZipInfo, part: str) -> bytes:
        room = min(_LARGEST_PART, _LARGEST_SUM - self._read)
        if info.flag_bits & 1:
            raise InputError("file.locked", file=self.name)
        if info.file_size > room:
            raise too_large(self.name, part)
        try:
            with self._archive.open(info) as file:
                data = file.read(room + 1)  # what the directory says of the size need not be true
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            raise PartError(Wording("word.part_damaged", part=part)) from None
        if len(data) > room or (len(data) > _SMALL and len(data) > _MOST_PACKED * max(1, info.compress_size)):
            raise too_large(self.name, part)
        self._read += len(data)
        return data


def open_package(data: bytes, name: Said) -> Package:
    """The Word file that bytes hold. Raises InputError for a zip that is broken, that is locked, or that is too large."""
    at = data.rfind(_END, max(0, len(data) - _END_REACH))
    if at < 0 or len(data) < at + 22:
        raise broken(name, Wording("word.no_end"))
    entries = int.from_bytes(data[at + 10 : at + 12], "little")
    directory = int.from_bytes(data[at + 12 : at + 16], "little")
    if entries > _MOST_ENTRIES or directory > _LONGEST_DIRECTORY:
        raise too_large(name, Wording("word.list"))
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError):
        raise broken(name, Wording("word.list_damaged")) from None
    return Package(archive, name)


def parse(data: bytes, part: str) -> Element:
    """The root of a part's XML. Entities are not known and nothing is loaded. Raises PartError."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4] in (b"<\0?\0", b"\0<\0?")
    if wide:
        try:
            data = data.decode(
                "utf-16" if data[:1] in b"\xff\xfe" else "utf-16-le" if data[:1] == b"<" else "utf-16-be"
            ).encode()
        except UnicodeDecodeError:
            raise PartError(Wording("word.part_no_xml", part=part)) from None
    if b"<!DOCTYPE" in data:
        raise PartError(Wording("word.part_entities", part=part))
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    # What the XML says of its encoding is passed over: only UTF-8 and UTF-16 are allowed here.
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise PartError(Wording("word.part_damaged_at", part=part, line=error.lineno or 1)) from None
    if root is None:
        raise PartError(Wording("word.part_empty", part=part))
    return root


def broken(name: Said, why: Wording) -> InputError:
    """The error for a file that is damaged."""
    return InputError("word.broken", file=name, why=why)


def too_large(name: Said, what: Said) -> InputError:
    """The error for a file that unpacks to more than any document; `what` of it is too large."""
    return InputError("word.too_large", file=name, what=what)
