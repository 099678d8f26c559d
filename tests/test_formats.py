"""What an installation reads: formats told by content, what is missing for one, and files that no reader takes."""

from __future__ import annotations

import io
import json
import re
import sys
import types
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from planparse.cli import app
from planparse.errors import InputError
from planparse.reading import formats, pdf_ocr
from planparse.reading.formats import Format, format_of
from planparse.reading.native import Native, Paragraph
from planparse.reading.programs import PROGRAMS, Program
from planparse.reading.refused import refusal
from planparse.reading.text import decode, read_file

PROGRAM = Program("Quill", ("no-such-quill",), {"": "apt-get install quill", "darwin": "brew install quill"})
PLAIN = Format("plain", "a plain thing", lambda data: data.startswith(b"PLAIN"), "plain_reader", (("json", "json"),))
NEEDY = Format(
    "needy",
    "a needy thing",
    lambda data: data.startswith(b"NEEDY"),
    "needy_reader",
    (("no_such_module", "no-such"), ("no_such.part", "other"), ("json", "json")),
    ("quill",),
)
LACKING = Format("lack", "a lacking thing", lambda data: data.startswith(b"LACK"), "lack_reader", (), ("quill",))


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "FORMATS", (PLAIN, NEEDY, LACKING))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(PROGRAMS, "quill", PROGRAM)
    reader: Any = types.ModuleType("planparse.reading.plain_reader")
    reader.read = lambda data, name, grammar: Native("html", "utf-8", [Paragraph("KẾ HOẠCH")], [], [], {}, [])
    monkeypatch.setitem(sys.modules, reader.__name__, reader)


# --- what is missing --------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("known")
def test_a_format_is_told_by_content_whatever_the_name(tmp_path: Path) -> None:
    for name in ("k.txt", "k.doc", "k", "k.jpg"):
        (tmp_path / name).write_bytes(b"PLAIN\xff")
        assert read_file(tmp_path / name).text == "KẾ HOẠCH\n"


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b"NEEDY",
            "k.txt: is a needy thing; to read it, install no-such and other and Quill:"
            " pip install no-such other && apt-get install quill",
        ),
        (b"LACK", "k.txt: is a lacking thing; to read it, install Quill: apt-get install quill"),
    ],
)
def test_what_is_missing_is_told_with_the_command(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "k.txt")
    assert str(caught.value) == said


def test_programs_are_found_where_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = tmp_path / "quill"
    program = PROGRAM._replace(places={sys.platform: (str(place),)})
    assert program.find() is None
    place.write_text("")
    assert program.find() == str(place)
    place.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Program("Quill", ("nothing", "quill"), {"": ""}).find() == str(place)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert PROGRAM.command == "brew install quill"


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for the program")
@pytest.mark.parametrize("languages", [["eng"], ["eng", "vie"], []], ids=["without Vietnamese", "with it", "broken"])
def test_scans_are_ready_where_the_program_has_vietnamese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, languages: list[str]
) -> None:
    script = tmp_path / "tesseract"
    lines = [f"echo {line}" for line in ('"List of available languages (2):"', *languages)]
    script.write_text("\n".join(["#!/bin/sh", *(lines if languages else ["exit 1"])]) + "\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(pdf_ocr, "_program", PROGRAMS["tesseract"].find)
    ready = "vie" in languages
    (scan,) = [row for row in json.loads(run("-f", "json").stdout) if row["id"] == "scan"]
    assert scan["ready"] is ready
    assert scan["install"] == pdf_ocr.missing() == (None if ready else PROGRAMS["tesseract"].command)


def run(*args: str) -> Any:
    return CliRunner().invoke(app, ["formats", *args])


@pytest.mark.usefixtures("known")
def test_the_list_as_json() -> None:
    rows = {row["id"]: row for row in json.loads(run("-f", "json").stdout)}
    assert list(rows) == ["txt", "plain", "needy", "lack"]
    assert rows["txt"]["ready"] and {"utf-8", "tcvn3", "vni", "viscii", "windows-1258"} <= set(rows["txt"]["encodings"])
    assert rows["plain"] == {
        "id": "plain", "name": "a plain thing", "encodings": [], "ready": True, "missing": [], "install": None,
    }  # fmt: skip
    assert rows["needy"]["missing"] == ["no-such", "other", "Quill"] and not rows["needy"]["ready"]
    assert rows["needy"]["install"] == "pip install no-such other && apt-get install quill"


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(("lang", "ready", "words"), [("en", "ready", "needs Quill"), ("vi", "sẵn sàng", "thiếu Quill")])
def test_the_list_as_a_table(lang: str, ready: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    done = run("--lang", lang)
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert any(line.startswith("plain") and ready in line for line in lines)
    assert any(line.startswith("lack") and words in line for line in lines)
    assert any(line.strip() == "apt-get install quill" for line in lines)  # to be copied
    assert "tcvn3" in done.stdout


def test_what_is_shipped_is_listed() -> None:
    rows = json.loads(run("-f", "json").stdout)
    assert [row["id"] for row in rows] == ["txt", *(kind.id for kind in formats.FORMATS)]
    assert all(row["ready"] is (row["install"] is None) is (not row["missing"]) for row in rows)


# --- what no reader takes ---------------------------------------------------------------------------------------------
def zipped(*names: str, mimetype: str | None = None) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if mimetype is not None:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le") + bytes(100)


ODF = "application/vnd.oasis.opendocument."
REFUSED = [
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG picture", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG picture", "PDF"),
    (b"GIF89a\x01", "GIF picture", "PDF"),
    (b"II*\x00\x08", "TIFF picture", "PDF"),
    (b"MM\x00*\x08", "TIFF picture", "PDF"),
    (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00\x00\x00", "BMP picture", "PDF"),
    (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "WebP picture", "PDF"),
    (b"\x00\x00\x00\x18ftypheic", "HEIC picture", "PDF"),
    (b"AT&TFORM\x00", "DjVu file", "PDF"),
    (b"%!PS-Adobe-3.0", "PostScript file", "PDF"),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), "Excel workbook (.xlsx)", "save"),
    (zipped("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint presentation (.pptx)", "save"),
    (zipped("content.xml", mimetype=ODF + "text"), "OpenDocument text (.odt)", ".docx"),
    (zipped("content.xml", mimetype=ODF + "spreadsheet"), "OpenDocument spreadsheet (.ods)", "save"),
    (zipped("OEBPS/a.xhtml", mimetype="application/epub+zip"), "e-book (EPUB)", "save"),
    (zipped("a.txt", "b.doc"), "zip archive", "unpack"),
    (zipped(), "empty zip archive", "name a file"),
    (ole("Workbook"), "old Excel workbook (.xls)", "save"),
    (ole("PowerPoint Document"), "old PowerPoint presentation (.ppt)", "save"),
    (ole("EncryptedPackage"), "Office file with a password", "without the password"),
    (b"Rar!\x1a\x07\x01\x00", "RAR archive", "unpack"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive", "unpack"),
    (b"\x1f\x8b\x08\x00", "gzip archive", "unpack"),
    (b"BZh91AY&SY", "bzip2 archive", "unpack"),
    (b"\xfd7zXZ\x00", "xz archive", "unpack"),
    (bytes(b"a.txt".ljust(257, b"\x00")) + b"ustar\x0000", "tar archive", "unpack"),
    (b"MSCF\x00\x00", "cabinet archive", "unpack"),
    (b"\x00\x00\x00\x18ftypmp42", "film", "name a file"),
    (b"ID3\x03\x00", "sound file", "name a file"),
    (b"MZ\x90\x00", "program", "name a file"),
    (b"SQLite format 3\x00", "database", "name a file"),
    (
        b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x",
        "web archive (.mht)",
        "HTML",
    ),
]


@pytest.mark.parametrize(("data", "what", "to_do"), REFUSED, ids=[what for _, what, _ in REFUSED])
def test_what_no_reader_takes_is_named_with_what_to_do(data: bytes, what: str, to_do: str) -> None:
    """Whatever is installed: a format with a reader comes before."""
    found = refusal(data + b" " * 100)
    assert found is not None
    kind, advice = map(str, found)
    assert kind.endswith(what) and to_do in advice


@pytest.mark.parametrize("name", ["password/a.txt", "a/word/b.txt", "sword/document.xml", "word"])
def test_a_zip_of_something_else_is_no_word_file(name: str) -> None:
    with pytest.raises(InputError, match="is a zip archive"):
        decode(zipped("a.txt", name), "k.zip")


@pytest.mark.parametrize("name", ["word/document.xml", "/Word/document.xml", "WORD\\document.xml"])
def test_a_word_file_is_told_by_the_names_of_its_parts(name: str) -> None:
    found = format_of(zipped("[Content_Types].xml", name))
    assert found is not None and found.id == "docx"


@pytest.mark.parametrize(
    "text", ["Tệp nộp có dòng đầu %PDF-1.7\n", "Yêu cầu kỹ thuật:\n%PDF-1.7 trở lên\n", "1. Tệp\r\n%PDF-1.7\r\nHết\r\n"]
)
def test_a_text_that_speaks_of_the_version_of_pdf_is_a_text(text: str) -> None:
    assert format_of(text.encode()) is None and decode(text.encode(), "k.txt").format == "txt"


@pytest.mark.parametrize(
    "before",
    [b"", b"\xef\xbb\xbf", b"\r\n ", b"HTTP/1.1 200 OK\r\n\r\n", bytes(128), b"\x00\x05\x16\x07\n"],
)
def test_a_pdf_behind_what_a_server_put_before_it(before: bytes) -> None:
    found = format_of(before + b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n")
    assert found is not None and found.id == "pdf"


@pytest.mark.parametrize("forced", [None, "tcvn3"])
@pytest.mark.parametrize("name", ["k.txt", "k.docx", "k"])
def test_the_message_is_one_line(tmp_path: Path, name: str, forced: str | None) -> None:
    path = tmp_path / name
    path.write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(200))
    with pytest.raises(InputError) as caught:
        read_file(path, forced)
    assert re.fullmatch(r".*: is a RAR archive, not a text; unpack it and name a file in it", str(caught.value))


@pytest.mark.parametrize(
    "text",
    [
        "BM và các đơn vị",
        "ID3: số hiệu",
        "MIME-Version là gì",
        "PK trong huyện",
        "Rar! là",
        "MM. 12",
        "RIFF và WEBP",
        "{\\r}",
        "abcdftyp là gì",
        "GIF8 ảnh",
    ],
)
def test_a_text_is_not_taken_for_something_else(text: str) -> None:
    assert refusal(text.encode()) is None
