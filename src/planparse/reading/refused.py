"""What a file is that nothing here reads, told by its content, and what to do with it."""

from __future__ import annotations

from planparse.errors import Wording
from planparse.reading.ole import OLE_MAGIC

#: A file whose text another program can give.
_SAVE = Wording("advice.save_text")
_OPEN = Wording("advice.open_in_office")
_PRINT = Wording("advice.print_pdf")
_UNPACK = Wording("advice.unpack")
_OTHER = Wording("advice.name_document")

#: What the first bytes of a file say: (bytes, what it is, what to do). The first that fits counts.
_BEGINNINGS: tuple[tuple[bytes, Wording, Wording], ...] = (
    (b"\xff\xd8\xff", Wording("kind.jpeg"), _PRINT),
    (b"\x89PNG", Wording("kind.png"), _PRINT),
    (b"GIF87a", Wording("kind.gif"), _PRINT),
    (b"GIF89a", Wording("kind.gif"), _PRINT),
    (b"II*\x00", Wording("kind.tiff"), _PRINT),
    (b"MM\x00*", Wording("kind.tiff"), _PRINT),
    (b"AT&TFORM", Wording("kind.djvu"), _PRINT),
    (b"%!PS", Wording("kind.postscript"), _PRINT),
    (b"%PDF", Wording("kind.pdf"), _SAVE),
    (b"\xdb\xa5", Wording("kind.word_before_1997"), _OPEN),
    (b"1\xbe\x00\x00", Wording("kind.write"), _OPEN),
    (b"\xffWPC", Wording("kind.wordperfect"), _OPEN),
    (b"\x1f\x8b", Wording("kind.gzip"), _UNPACK),
    (b"BZh91AY&SY", Wording("kind.bzip2"), _UNPACK),
    (b"\xfd7zXZ", Wording("kind.xz"), _UNPACK),
    (b"\x28\xb5\x2f\xfd", Wording("kind.zstd"), _UNPACK),
    (b"Rar!\x1a", Wording("kind.rar"), _UNPACK),
    (b"7z\xbc\xaf", Wording("kind.7z"), _UNPACK),
    (b"MSCF\x00", Wording("kind.cabinet"), _UNPACK),
    (b"PK\x05\x06", Wording("kind.zip_empty"), _OTHER),
    (b"\x7fELF", Wording("kind.program"), _OTHER),
    (b"MZ\x90", Wording("kind.program"), _OTHER),
    (b"SQLite format 3", Wording("kind.database"), _OTHER),
    (b"ID3\x03", Wording("kind.sound"), _OTHER),
    (b"ID3\x04", Wording("kind.sound"), _OTHER),
    (b"OggS\x00", Wording("kind.sound"), _OTHER),
)
#: The same for signs that stand further on: (place, bytes, what it is, what to do).
_WITHIN: tuple[tuple[int, bytes, Wording, Wording], ...] = (
    (8, b"WEBP", Wording("kind.webp"), _PRINT),
    (8, b"WAVE", Wording("kind.sound"), _OTHER),
    (8, b"AVI ", Wording("kind.film"), _OTHER),
    (4, b"ftyphei", Wording("kind.heic"), _PRINT),
    (4, b"ftypmif1", Wording("kind.heic"), _PRINT),
    (4, b"ftypavif", Wording("kind.avif"), _PRINT),
    (4, b"ftyp", Wording("kind.film"), _OTHER),
    (257, b"ustar", Wording("kind.tar"), _UNPACK),
)
#: What these begin with, so that no text is taken for one: the length of a first part is small.
_BEFORE = {4: b"\x00", 8: b"RIFF"}
#: What a zip file holds: (bytes in the names of its parts, or in the note of its kind, what it is, what to do).
_IN_ZIP: tuple[tuple[bytes, Wording, Wording], ...] = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", Wording("kind.odt"), _OPEN),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", Wording("kind.ods"), _SAVE),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", Wording("kind.odp"), _SAVE),
    (b"mimetypeapplication/epub+zip", Wording("kind.epub"), _SAVE),
    (b"xl/workbook", Wording("kind.xlsx"), _SAVE),
    (b"xl/worksheets", Wording("kind.xlsx"), _SAVE),
    (b"ppt/presentation", Wording("kind.pptx"), _SAVE),
    (b"ppt/slides", Wording("kind.pptx"), _SAVE),
)
#: The same of the container of the old Office programs; its names are in UTF-16.
_IN_OLE: tuple[tuple[str, Wording, Wording], ...] = (
    ("EncryptedPackage", Wording("kind.office_locked"), Wording("advice.unlock")),
    ("Workbook", Wording("kind.xls"), _SAVE),
    ("PowerPoint Document", Wording("kind.ppt"), _SAVE),
    ("__properties_version", Wording("kind.msg"), _SAVE),
)
_ZIP = b"PK\x03\x04"
#: What the head of a page with all its pictures in one file says, as browsers and Word save it.
_MHTML = (b"mime-version:", b"multipart/related")
#: What Word writes into the head of a document that it saves as XML in one file, in 2003 and later.
_WORD_XML = (b"http://schemas.microsoft.com/office/word/2003/wordml", b"http://schemas.microsoft.com/office/2006/xmlpackage")
_HEAD = 4096
#: How much of the file is looked at for what stands somewhere within, in bytes at either end.
_EDGE = 65_536


def refusal(data: bytes) -> tuple[Wording, Wording] | None:
    """What the content of a file says that it is, and what to do with it; None where it may be a text."""
    for beginning, what, to_do in _BEGINNINGS:
        if data.startswith(beginning):
            return what, to_do
    for at, sign, what, to_do in _WITHIN:
        if data.startswith(sign, at) and data.startswith(_BEFORE.get(at, b"")):
            return what, to_do
    if data.startswith(_ZIP):
        edges = data[:_EDGE] + data[-_EDGE:]  # the names of the parts stand at the end again
        return next(((what, to_do) for sign, what, to_do in _IN_ZIP if sign in edges), (Wording("kind.zip"), _UNPACK))
    if data.startswith(OLE_MAGIC):
        found = ((what, to_do) for sign, what, to_do in _IN_OLE if sign.encode("utf-16-le") in data)
        return next(found, (Wording("kind.office_old"), _OPEN))
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return Wording("kind.bmp"), _PRINT
    head = data[:_HEAD].lower()
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and any(sign in head for sign in _WORD_XML):
        return Wording("kind.word_xml"), _OPEN
    if all(sign in head for sign in _MHTML):
        return Wording("kind.mht"), Wording("advice.save_html")
    return None
