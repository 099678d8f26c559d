"""What a file is that nothing here reads, told by its content, and what to do with it."""

from __future__ import annotations

from planparse.reading.ole import OLE_MAGIC

#: A file whose text another program can give.
_SAVE = "save its text as a UTF-8 file and read that"
_OPEN = "open it in an office program, save it as .docx and read that"
_PRINT = "put its pages into a PDF and read that"
_UNPACK = "unpack it and name a file in it"
_OTHER = "name a file that holds a document"

#: What the first bytes of a file say: (bytes, what it is, what to do). The first that fits counts.
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xff\xd8\xff", "a JPEG picture", _PRINT),
    (b"\x89PNG", "a PNG picture", _PRINT),
    (b"GIF87a", "a GIF picture", _PRINT),
    (b"GIF89a", "a GIF picture", _PRINT),
    (b"II*\x00", "a TIFF picture", _PRINT),
    (b"MM\x00*", "a TIFF picture", _PRINT),
    (b"AT&TFORM", "a DjVu file", _PRINT),
    (b"%!PS", "a PostScript file", _PRINT),
    (b"%PDF", "a PDF file", _SAVE),
    (b"\xdb\xa5", "a Word file of before 1997", _OPEN),
    (b"1\xbe\x00\x00", "a Write file", _OPEN),
    (b"\xffWPC", "a WordPerfect file", _OPEN),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh91AY&SY", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"Rar!\x1a", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (b"MSCF\x00", "a cabinet archive", _UNPACK),
    (b"PK\x05\x06", "an empty zip archive", _OTHER),
    (b"\x7fELF", "a program", _OTHER),
    (b"MZ\x90", "a program", _OTHER),
    (b"SQLite format 3", "a database", _OTHER),
    (b"ID3\x03", "a sound file", _OTHER),
    (b"ID3\x04", "a sound file", _OTHER),
    (b"OggS\x00", "a sound file", _OTHER),
)
#: The same for signs that stand further on: (place, bytes, what it is, what to do).
_WITHIN: tuple[tuple[int, bytes, str, str], ...] = (
    (8, b"WEBP", "a WebP picture", _PRINT),
    (8, b"WAVE", "a sound file", _OTHER),
    (8, b"AVI ", "a film", _OTHER),
    (4, b"ftyphei", "a HEIC picture", _PRINT),
    (4, b"ftypmif1", "a HEIC picture", _PRINT),
    (4, b"ftypavif", "an AVIF picture", _PRINT),
    (4, b"ftyp", "a film", _OTHER),
    (257, b"ustar", "a tar archive", _UNPACK),
)
#: What these begin with, so that no text is taken for one: the length of a first part is small.
_BEFORE = {4: b"\x00", 8: b"RIFF"}
#: What a zip file holds: (bytes in the names of its parts, or in the note of its kind, what it is, what to do).
_IN_ZIP: tuple[tuple[bytes, str, str], ...] = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)", _OPEN),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)", _SAVE),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "an OpenDocument presentation (.odp)", _SAVE),
    (b"mimetypeapplication/epub+zip", "an e-book (EPUB)", _SAVE),
    (b"xl/workbook", "an Excel workbook (.xlsx)", _SAVE),
    (b"xl/worksheets", "an Excel workbook (.xlsx)", _SAVE),
    (b"ppt/presentation", "a PowerPoint presentation (.pptx)", _SAVE),
    (b"ppt/slides", "a PowerPoint presentation (.pptx)", _SAVE),
)
#: The same of the container of the old Office programs; its names are in UTF-16.
_IN_OLE: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "an Office file with a password", "save it without the password and read that"),
    ("Workbook", "an old Excel workbook (.xls)", _SAVE),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)", _SAVE),
    ("__properties_version", "an Outlook message (.msg)", _SAVE),
)
_ZIP = b"PK\x03\x04"
#: What the head of a page with all its pictures in one file says, as browsers and Word save it.
_MHTML = (b"mime-version:", b"multipart/related")
#: What Word writes into the head of a document that it saves as XML in one file, in 2003 and later.
_WORD_XML = (b"http://schemas.microsoft.com/office/word/2003/wordml", b"http://schemas.microsoft.com/office/2006/xmlpackage")
_HEAD = 4096
#: How much of the file is looked at for what stands somewhere within, in bytes at either end.
_EDGE = 65_536


def refusal(data: bytes) -> tuple[str, str] | None:
    """What the content of a file says that it is, and what to do with it; None where it may be a text."""
    for beginning, what, to_do in _BEGINNINGS:
        if data.startswith(beginning):
            return what, to_do
    for at, sign, what, to_do in _WITHIN:
        if data.startswith(sign, at) and data.startswith(_BEFORE.get(at, b"")):
            return what, to_do
    if data.startswith(_ZIP):
        edges = data[:_EDGE] + data[-_EDGE:]  # the names of the parts stand at the end again
        return next(((what, to_do) for sign, what, to_do in _IN_ZIP if sign in edges), ("a zip archive", _UNPACK))
    if data.startswith(OLE_MAGIC):
        found = ((what, to_do) for sign, what, to_do in _IN_OLE if sign.encode("utf-16-le") in data)
        return next(found, ("an old Office file", _OPEN))
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "a BMP picture", _PRINT
    head = data[:_HEAD].lower()
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and any(sign in head for sign in _WORD_XML):
        return "a Word file saved as XML", _OPEN
    if all(sign in head for sign in _MHTML):
        return "a web archive (.mht)", "open it in a browser, save it as HTML and read that"
    return None
