"""Word files that are broken, are something else, or were made to do harm: a document or one clear line, never more."""

from __future__ import annotations

import struct

import pytest

from conftest import calls
from planparse.errors import InputError
from planparse.reading.docx import read
from planparse.reading.native import Paragraph
from planparse.reading.text import decode
from word_files import cell, level, lists, paragraph, part, row, run, table, word_file, zipped

GOOD = word_file(paragraph("Một hai ba bốn năm") * 50)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t>'
    b"</w:r></w:p></w:body></w:document>"
)


def refused(data: bytes) -> str:
    """The one line with which a file is refused."""
    with pytest.raises(InputError) as caught:
        decode(data, "tệp.docx")
    message = str(caught.value)
    assert message.startswith("tệp.docx: ") and "\n" not in message and "; " in message
    return message


def document(body: str) -> bytes:
    return word_file("", parts={"word/document.xml": part("document", f"<w:body>{body}</w:body>")})


def test_a_truncated_file() -> None:
    for length in (len(GOOD) // 2, len(GOOD) - 5):
        assert "broken" in refused(GOOD[:length])
    for length in (30, 200):  # too little to tell that it was a Word file
        assert "zip archive" in refused(GOOD[:length])


def test_bytes_turned_over_anywhere_are_no_traceback() -> None:
    for at in range(0, len(GOOD), 7):
        data = bytearray(GOOD)
        data[at] ^= 0x5A
        try:
            decode(bytes(data), "x.docx")
        except InputError as error:
            assert "\n" not in str(error)


def test_zips_that_are_no_word_file() -> None:
    assert "zip archive" in refused(zipped({"a.txt": b"x"}))
    assert "no word/document.xml" in refused(zipped({"word/styles.xml": b"<a/>"}))
    sheet = b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    assert "Excel" in refused(word_file("", parts={"word/document.xml": sheet}))
    assert "no body" in refused(word_file("", parts={"word/document.xml": part("document", "")}))
    assert "holds no text" in refused(word_file(paragraph("")))


@pytest.mark.parametrize(
    "xml",
    [LAUGHS, LAUGHS.decode().encode("utf-16"), LAUGHS.replace(b'"ha"', b'SYSTEM "file:///etc/passwd"'),
     LAUGHS.replace(b'"ha"', b'SYSTEM "http://127.0.0.1:9/x"')],
)  # fmt: skip
def test_entities_are_refused(xml: bytes) -> None:
    assert "entities" in refused(word_file("", parts={"word/document.xml": xml}))


def test_entities_in_another_part_cost_that_part_only() -> None:
    native = read(word_file(paragraph("x"), styles="", parts={"word/styles.xml": LAUGHS}), "x")
    assert native.pieces == [Paragraph("x")]
    assert [(note.code, note.values) for note in native.notes] == [("word.part_broken", {"part": "word/styles.xml"})]


def test_a_file_that_unpacks_to_too_much() -> None:
    assert "unpacks" in refused(word_file("", parts={"word/document.xml": b"<a>" + b" " * (65 << 20)}))
    assert "unpacks" in refused(word_file("", parts={"word/document.xml": b"<a>" + b" " * (20 << 20)}))
    assert "unpacks" in refused(zipped({f"word/{at}": b"" for at in range(10_001)}))


def test_a_size_that_is_a_lie_is_no_way_in() -> None:
    data = word_file("", parts={"word/document.xml": b"<a>" + b" " * (70 << 20)})
    told, small = struct.pack("<I", (70 << 20) + 3), struct.pack("<I", 1000)
    assert told in data
    refused(data.replace(told, small))


def test_a_locked_zip() -> None:
    data = bytearray(GOOD)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    assert "password" in refused(bytes(data))


def test_deep_nesting() -> None:
    tables = document("<w:tbl><w:tr><w:tc>" * 80 + paragraph("sâu") + "</w:tc></w:tr></w:tbl>" * 80)
    assert read(tables, "x").pieces == [Paragraph("sâu")]
    boxes = document(
        "<w:p><w:r><w:pict><w:txbxContent>" * 60 + paragraph("sâu") + "</w:txbxContent></w:pict></w:r></w:p>" * 60
    )
    assert read(boxes, "x").pieces == [Paragraph("sâu")]
    refused(document("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000))


def test_what_claims_too_much_costs_neither_time_nor_memory() -> None:
    greedy = table(*[row(cell("a", span=10**9), cell("b", span=10**9))] * 3)
    fields = paragraph(inner='<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 50_000 + run("x"))
    numbers = paragraph("y", number=(1, 0)) * 3
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:basedOn w:val="s{(at + 1) % 9}"/></w:style>' for at in range(9)
    )
    data = word_file(
        greedy + fields + numbers + paragraph("z", style="s3"),
        styles=styles,
        numbering=lists(level(0, "%1%1%1%1", "upperRoman", start=2**31)),
    )
    assert len(read(data, "x").pieces) == 6
    assert calls(lambda: read(data, "x")) < 30 * 50_000  # the fields are what is truly there


@pytest.mark.parametrize(
    "one",
    [level(0, "A" * 100_000 + "%1."), level(0, "%1" * 50_000, "upperLetter"), level(0, "•" * 100_000, "bullet"),
     level(0, "%1" * 50, more=f'<mc:X><w:numFmt w:val="custom" w:format="{"0" * 100_000}1"/></mc:X>')],
)  # fmt: skip
def test_a_label_is_no_longer_than_a_label(one: str) -> None:
    native = read(word_file(paragraph("x", number=(1, 0)) * 50, numbering=lists(one)), "x")
    assert len(native.pieces) == 50
    assert max(len(piece.text) for piece in native.pieces if isinstance(piece, Paragraph)) < 110


def test_more_text_than_a_document_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planparse.reading.docx_tally.MOST_CHARACTERS", 1000)
    read(word_file(paragraph("Một hai ba") * 100), "x")
    labels = word_file(paragraph("x", number=(1, 0)) * 20, numbering=lists(level(0, "A" * 100)))
    for much in (word_file(paragraph("Một hai ba") * 101), labels, word_file(table(row(cell("Một hai ba") * 2) * 60))):
        assert "characters of text" in refused(much)


def test_the_strict_form_is_read_like_the_usual_one() -> None:
    strict = part("document", f"<w:body>{paragraph('chặt')}</w:body>").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert read(word_file("", parts={"word/document.xml": strict}), "x").pieces == [Paragraph("chặt")]


def test_utf_16_and_names_in_another_case() -> None:
    wide = part("document", f"<w:body>{paragraph('mười sáu')}</w:body>").decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert read(word_file("", parts={"word/document.xml": wide}), "x").pieces == [Paragraph("mười sáu")]
    assert read(
        word_file("", parts={"Word\\Document.XML": part("document", f"<w:body>{paragraph('x')}</w:body>")}), "x"
    ).pieces == [Paragraph("x")]


def test_macros_are_not_looked_at() -> None:
    assert read(word_file(paragraph("x"), parts={"word/vbaProject.bin": b"\0"}), "x").pieces == [Paragraph("x")]
