"""PDF files: paragraphs and tables by place, page furniture apart, pages named; broken and hostile files refused."""

from __future__ import annotations

import os
import re
import subprocess
from typing import Any

import pypdfium2
import pytest

from conftest import SHARED, blocks, codes, sections
from pdf_writer import A4, Page, assemble, wrapped, write_pdf
from planparse.errors import InputError
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading import pdf, pdf_ocr
from planparse.reading.native import Cell, Native, Paragraph, Table
from planparse.reading.pdf_bitmap import Picture, picture_of, rules_in
from planparse.reading.pdf_grid import grids_of
from planparse.reading.pdf_page import PageContent, Rules, Word, read_page
from planparse.reading.pdf_phrases import right_phrase
from planparse.reading.steps import watched_by
from planparse.reading.text import decode, read_file

CORPUS = SHARED / "corpus" / "pdf"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus (../shared/corpus/pdf) is not here")
needs_tesseract = pytest.mark.skipif(pdf_ocr.missing() is not None, reason="tesseract with Vietnamese is not installed")

LONG = (
    "Sở Nông nghiệp chủ trì, phối hợp với các sở, ngành liên quan xây dựng kế hoạch trồng rừng hằng năm, hướng dẫn các xã "
    "thực hiện và tổng hợp báo cáo Ủy ban nhân dân tỉnh trước ngày 15 tháng 12 theo quy định tại Nghị định số 52-NĐ/TW"
)


def read(*pages: Page) -> Native:
    return pdf.read(write_pdf(list(pages)), "k.pdf")


def texts(native: Native) -> list[str]:
    return [piece.text for piece in native.pieces if isinstance(piece, Paragraph)]


def tables(native: Native) -> list[Table]:
    return [piece for piece in native.pieces if isinstance(piece, Table)]


def parse(data: bytes) -> dict[str, Any]:
    return parse_source(decode(data, "k.pdf"), load())


def body(page: Page, y: float, *paragraphs: str, indent: float = 28.0) -> float:
    for text in paragraphs:
        y = page.lines(85, y, wrapped(text, 440, 12, indent), indent=indent)
    return y


# --- paragraphs ---------------------------------------------------------------------------------------------------
def test_wrapped_lines_are_one_paragraph() -> None:
    page = Page()
    body(page, 700, f"1. {LONG}.", f"2. {LONG};", f"- {LONG}")
    assert texts(read(page)) == [f"1. {LONG}.", f"2. {LONG};", f"- {LONG}"]


def test_a_sentence_goes_on_over_the_page() -> None:
    first, second = Page(), Page()
    lines = wrapped(f"1. {LONG} {LONG}.", 440, 12, 28)
    first.middle(805, "1")
    body(first, 760, *[f"{LONG}."] * 4)
    first.lines(85, 200, lines[:3], indent=28)
    second.middle(805, "2")
    y = second.lines(85, 760, lines[3:])
    body(second, y, f"{LONG}.")
    native = read(first, second)
    assert texts(native)[4:] == [f"1. {LONG} {LONG}.", f"{LONG}."]
    assert native.after == ["1", "2"]


def test_running_headers_are_no_text_and_forms_keep_their_lines() -> None:
    pages = []
    for number in range(1, 5):
        page = Page()
        page.text(200, 800, f"CÔNG BÁO/Số 86/Ngày 2-3-2024 {number + 88}", 10)
        body(page, 740, "1. Họ và tên của người khai:", "2. Nơi ở hiện nay:")
        pages.append(page)
    native = read(*pages)
    assert native.after == [f"CÔNG BÁO/Số 86/Ngày 2-3-2024 {number + 88}" for number in range(1, 5)]
    assert texts(native) == ["1. Họ và tên của người khai:", "2. Nơi ở hiện nay:"] * 4


@pytest.mark.parametrize("numbered", [False, True], ids=["pages without numbers", "pages with numbers"])
@pytest.mark.parametrize("label", ["PHỤ LỤC {}", "Mẫu số 0{}", "PHỤ LỤC"])
def test_labels_of_parts_are_no_running_headers(label: str, numbered: bool) -> None:
    pages = []
    for number in range(1, 5):
        page = Page()
        page.middle(790, label.format(number))
        page.middle(774, "BIỂU TỔNG HỢP NHIỆM VỤ")
        page.middle(758, "(Kèm theo Kế hoạch số 15/KH-UBND)")
        body(page, 715, f"{number}. {LONG}.")
        if numbered:
            page.middle(30, str(number + 3))
        pages.append(page)
    native = read(*pages)
    assert native.after == ([str(number + 3) for number in range(1, 5)] if numbered else [])
    assert sum("BIỂU TỔNG HỢP" in text for text in texts(native)) == 4
    assert sum(label.format("")[:4] in text for text in texts(native)) == 4


def test_a_number_that_is_not_the_page_s_makes_no_header() -> None:
    pages = []
    for number in range(1, 5):
        page = Page()
        page.text(200, 800, "Trang thông tin tổng hợp")
        page.text(85, 770, f"Hộ thứ {number * 2} của xã")
        body(page, 715, f"{LONG}.")
        page.text(85, 30, f"Trang {number + 6}/24")
        pages.append(page)
    native = read(*pages)
    assert sorted(native.after) == sorted(
        [f"Trang {number + 6}/24" for number in range(1, 5)] + ["Trang thông tin tổng hợp"] * 4
    )
    assert [text for text in texts(native) if "Hộ" in text] == [f"Hộ thứ {number * 2} của xã" for number in range(1, 5)]


def test_a_header_runs_on_pages_that_follow_one_another() -> None:
    pages = []
    for number in range(1, 14):
        page = Page()
        if number % 4 == 1:
            page.text(200, 800, "Người khai ký tên")
        page.text(200 if number % 2 else 100, 780, "Trang lẻ" if number % 2 else "Trang chẵn")
        body(page, 715, f"{LONG}.")
        pages.append(page)
    native = read(*pages)
    assert sum(text == "Người khai ký tên" for text in texts(native)) == 4
    assert set(native.after) <= {"Trang lẻ", "Trang chẵn"} and native.after.count("Trang chẵn") == 6


def test_a_label_that_runs_over_its_pages_is_a_header() -> None:
    pages = []
    for number in range(1, 5):
        page = Page()
        page.text(400, 800, f"Phụ lục 2 - Trang {number}")
        body(page, 715, f"{LONG}.")
        pages.append(page)
    assert read(*pages).after == [f"Phụ lục 2 - Trang {number}" for number in range(1, 5)]


def test_footnotes_are_told_by_their_raised_marks() -> None:
    page = Page()
    body(page, 760, *[f"{LONG}."] * 8)
    page.text(85, 200, "Trồng 50 ha rừng")
    page.text(85 + 16 * 6, 205, "1", 7)
    page.rule(85, 120, 230, 120)
    page.text(85, 109, "1", 6)
    page.text(90, 105, "Theo số liệu của chi cục.", 10)
    found = texts(read(page))
    assert found[-2:] == ["Trồng 50 ha rừng[1]", "[1] Theo số liệu của chi cục."]


def test_letterhead_and_signature_stand_side_by_side() -> None:
    page = Page()
    page.middle(780, "ỦY BAN NHÂN DÂN", at=170)
    page.middle(764, "TỈNH AN GIANG", at=170)
    page.middle(740, "Số: 18/KH-UBND", at=170)
    page.middle(780, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 10, at=410)
    page.middle(764, "Độc lập - Tự do - Hạnh phúc", at=410)
    page.middle(738, "An Giang, ngày 04 tháng 3 năm 2024", at=410)
    page.middle(700, "KẾ HOẠCH")
    page.middle(684, "Trồng lúa chịu mặn năm 2024")
    y = body(page, 650, "I. MỤC TIÊU", f"1. {LONG}.", f"2. {LONG}.", f"3. {LONG}.", f"4. {LONG}./.")
    page.lines(85, y - 20, ["Nơi nhận:", "- Như trên;", "- Các sở, ban, ngành;", "- Lưu: VT."], 10, 13)
    for step, words in ((0, "TM. ỦY BAN NHÂN DÂN"), (16, "KT. CHỦ TỊCH"), (32, "PHÓ CHỦ TỊCH"), (80, "Lê Văn Mẫu")):
        page.middle(y - 18 - step, words, at=420)
    found = parse(write_pdf([page]))
    metadata = found["metadata"]
    assert (metadata["number"], metadata["issued_on"]) == ("18/KH-UBND", "2024-03-04")
    assert metadata["issuer"] == "Ủy ban nhân dân tỉnh An Giang"
    assert metadata["title"] == "Trồng lúa chịu mặn năm 2024"
    assert [(signer["name"], signer["role"]) for signer in metadata["signers"]] == [("Lê Văn Mẫu", "PHÓ CHỦ TỊCH")]
    assert metadata["recipients"] == ["Như trên", "Các sở, ban, ngành", "Lưu: VT."]
    assert [name for name, _ in sections(found)] == ["plan/I", *(f"plan/I/{number}" for number in range(1, 5))]
    assert found["source"]["coverage"] == 1.0


def test_an_attached_plan_has_a_letterhead_and_title_of_its_own() -> None:
    first, second = Page(), Page()
    first.middle(740, "QUYẾT ĐỊNH")
    first.middle(724, "Về việc ban hành Kế hoạch trồng rừng")
    y = body(first, 690, f"Điều 1. {LONG}.", f"Điều 2. {LONG}.", f"Điều 3. {LONG}./.")
    first.middle(y - 20, "KT. CHỦ TỊCH", at=420)
    first.middle(y - 36, "PHÓ CHỦ TỊCH", at=420)
    first.middle(y - 90, "Lê Văn Mẫu", at=420)
    second.middle(780, "HỘI ĐỒNG NHÂN DÂN XÃ", at=150)
    second.middle(780, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 10, at=410)
    second.middle(764, "Độc lập - Tự do - Hạnh phúc", at=410)
    second.middle(720, "KẾ HOẠCH")
    second.middle(704, "Thực hiện Chỉ thị số 12/CT-TTg")
    second.middle(688, "về trồng rừng")
    second.middle(664, "(Kèm theo Quyết định số 15/QĐ-UBND ngày 02/3/2024)")
    body(second, 630, "I. MỤC TIÊU", f"1. {LONG}.", f"2. {LONG}.", f"3. {LONG}.")
    decision, plan = parse(write_pdf([first, second]))["parts"]
    assert decision["kind"] == "decision" and plan["kind"] == "plan"
    assert plan["title"] == "Thực hiện Chỉ thị số 12/CT-TTg về trồng rừng"
    assert plan["attached_to"].startswith("(Kèm theo Quyết định số 15")
    assert [block["type"] for block in plan["blocks"]][:2] == ["letterhead", "title"]


# --- tables ---------------------------------------------------------------------------------------------------------
XS = [60.0, 100.0, 300.0, 420.0, 540.0]


def fill(page: Page, y: float, cells: list[str]) -> None:
    for x, text in zip(XS, cells, strict=False):
        for line in text.split("\n"):
            page.text(x + 4, y - 12, line, 8)
            y -= 10
        y += 10 * len(text.split("\n"))


def test_a_table_over_two_pages_is_one() -> None:
    head = ["TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"]
    first, second = Page(), Page()
    first.grid(XS, [300, 280, 260, 240, 100], without={("v", 1, 2), ("v", 1, 3), ("v", 1, 4), ("h", 3, 2)})
    fill(first, 300, head)
    fill(first, 280, ["I", "Giống lúa"])
    fill(first, 260, ["1", "Chọn giống chịu mặn", "Sở Công Thương", "2025"])
    fill(first, 240, ["2", "Nhân giống cho các hợp tác xã\nở vùng ven biển và", "", "2026"])
    second.grid(XS, [780, 760, 740, 720])
    fill(second, 780, head)
    fill(second, 760, ["", "các đảo xa bờ"])
    fill(second, 740, ["3", "Tập huấn", "Các xã", "2027"])
    native = read(first, second)
    (table,) = tables(native)
    assert table.header == 1 and list(table.row_pages) == [1, 1, 1, 1, 2]
    assert table.rows[1] == [Cell("I"), Cell("Giống lúa", columns=3)]
    assert table.rows[2] == [Cell("1"), Cell("Chọn giống chịu mặn"), Cell("Sở Công Thương", rows=2), Cell("2025")]
    assert table.rows[3] == [Cell("2"), Cell("Nhân giống cho các hợp tác xã ở vùng ven biển và các đảo xa bờ"), Cell("2026")]
    assert table.rows[4] == [Cell("3"), Cell("Tập huấn"), Cell("Các xã"), Cell("2027")]
    assert [(note.code, note.values["pages"]) for note in native.notes] == [
        ("pdf.header_repeated", "2"),
        ("pdf.row_joined", "2"),
    ]


def test_a_merged_cell_reaches_over_the_page() -> None:
    first, second = Page(), Page()
    first.grid(XS, [300, 280, 260, 240], without={("h", 2, 0), ("h", 2, 1)})
    fill(first, 300, ["TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"])
    fill(first, 280, ["1", "Chọn giống", "Sở Y tế.", "2025"])
    fill(first, 260, ["", "", "Sở Tài chính.", "2026"])
    second.grid(XS, [780, 760, 740])
    fill(second, 780, ["", "", "Các xã.", "2027"])
    fill(second, 760, ["2", "Nhân giống", "Các xã.", "2028"])
    (table,) = tables(read(first, second))
    assert table.rows[1][:2] == [Cell("1", rows=3), Cell("Chọn giống", rows=3)]
    assert table.rows[3] == [Cell("Các xã."), Cell("2027")]


def test_rows_and_sections_name_their_page() -> None:
    first, second = Page(), Page()
    body(first, 760, "KẾ HOẠCH TRỒNG RỪNG", "I. MỤC TIÊU", f"1. {LONG}.")
    body(second, 760, f"2. {LONG}.", "II. TỔ CHỨC THỰC HIỆN")
    found = parse(write_pdf([first, second]))
    pages = {block["id"]: block["span"]["page"] for block in blocks(found) if block["type"] == "section"}
    assert pages == {"plan/I": 1, "plan/I/1": 1, "plan/I/2": 2, "plan/II": 2}


def test_a_turned_page_reads_as_its_reader_holds_it() -> None:
    page = Page(rotate=90)
    for number, line in enumerate(wrapped(f"{LONG}.", 500)):
        page.text(100 + 16 * number, 60, line, turned=True)
    assert texts(read(page)) == [f"{LONG}."]


def test_letters_set_apart_and_stamps() -> None:
    page = Page()
    page.lines(85, 700, ["K Ế H O Ạ C H", "Ký bởi: Văn phòng", "Thời gian ký: 15.03.2024 10:20:31 +07:00"], leading=40)
    native = read(page)
    assert texts(native) == ["KẾHOẠCH"]
    assert "\n".join(native.after).count("ký") == 1 and "Ký bởi: Văn phòng" in "\n".join(native.after)


# --- pages without text ---------------------------------------------------------------------------------------------
def test_pages_without_text_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_ocr, "missing", lambda: "apt-get install it")
    scan, page = Page(), Page()
    scan.picture()
    body(page, 700, "I. MỤC TIÊU", f"{LONG}.")
    found = parse(write_pdf([scan, page, scan]))
    (note,) = [item for item in found["diagnostics"] if item["code"] == "pdf.pages_without_text"]
    assert note["values"] == {"pages": "1, 3", "count": 2}
    assert "ocr" not in found["source"]
    with pytest.raises(InputError, match=r"^k\.pdf: is a scanned PDF file.*apt-get install it$"):
        pdf.read(write_pdf([scan]), "k.pdf")


def scanned(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """What the recogniser finds on every page."""
    words = [
        Word(600.0 - 20 * row, 85.0 + 60 * at, 140.0 + 60 * at, 12.0, word)
        for row, line in enumerate(lines)
        for at, word in enumerate(line.split())
    ]
    found = pdf_ocr.Recognised(PageContent(*A4, words, [], Rules([], []), True), 90, 0)
    monkeypatch.setattr(pdf_ocr, "missing", lambda: None)
    monkeypatch.setattr(pdf_ocr, "recognise", lambda _: found)


def stamped(page: Page) -> Page:
    page.picture()
    page.lines(350, 800, ["Người ký: Văn phòng", "Thời gian ký: 12.03.2024 10:11:12"], 9, 12)
    return page


def notes(native: Native) -> list[tuple[str, Any]]:
    return [(note.code, note.values.get("pages")) for note in native.notes if note.code != "pdf.confidence"]


def test_a_stamped_scan_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    scanned(monkeypatch, "I. MỤC TIÊU.", "II. NHIỆM VỤ.")
    page = stamped(Page())
    page.text(85, 500, "Thêm một dòng.")
    page.text(85, 600, "MỤC TIÊU.")  # of a text layer under the picture: said once
    page.text(100, 300, "DỰ THẢO", turned=True)
    page.middle(30, "1")
    native = read(page)
    assert texts(native) == ["I. MỤC TIÊU.", "II. NHIỆM VỤ.", "Thêm một dòng."]
    assert "Người ký: Văn phòng" in "\n".join(native.after) and "DỰ THẢO" in native.after and "1" in native.after
    assert notes(native) == [("pdf.pages_recognised", "1")]


def test_a_picture_behind_a_text_is_not_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    scanned(monkeypatch, "RÁC")
    page = stamped(Page())
    body(page, 700, f"{LONG}.")
    native = read(page)
    assert texts(native) == [f"{LONG}."] and not notes(native)


def test_a_stamped_scan_that_is_not_recognised_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    plain_page = Page()
    body(plain_page, 700, f"{LONG}.")
    scanned(monkeypatch)
    assert notes(read(stamped(Page()), plain_page)) == [("pdf.pages_without_text", "1")]
    monkeypatch.setattr(pdf_ocr, "missing", lambda: "apt-get install it")
    assert notes(read(stamped(Page()), plain_page)) == [("pdf.pages_without_text", "1")]
    with pytest.raises(InputError, match=r"is a scanned PDF file.*apt-get install it$"):
        read(stamped(Page()))


def test_words_of_the_text_layer_are_not_in_the_picture() -> None:
    page = Page()
    page.text(85, 700, "ABC", 40)
    page.rule(85, 500, 500, 500)
    document = pypdfium2.PdfDocument(write_pdf([page]))
    pictures = [picture_of(document.raw, 0, bare=bare) for bare in (True, False)]
    bare, whole = (picture.dots.count(0) if picture else 0 for picture in pictures)
    assert 0 < bare < whole
    document.close()


def test_recognition_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: Any, **__: Any) -> Any:
        raise subprocess.TimeoutExpired("tesseract", 1)

    monkeypatch.setattr(pdf_ocr, "missing", lambda: None)
    monkeypatch.setattr(pdf_ocr, "_program", lambda: "tesseract")
    monkeypatch.setattr(subprocess, "run", slow)
    scan, page = Page(), Page()
    scan.picture()
    body(page, 700, f"{LONG}.")
    found = parse(write_pdf([scan, page]))
    (note,) = [item for item in found["diagnostics"] if item["code"].startswith("pdf.pages")]
    assert note["code"] == "pdf.pages_too_slow" and f"{pdf_ocr.TIMEOUT} seconds" in note["message"]
    with pytest.raises(InputError, match=f"recognition was ended after {pdf_ocr.TIMEOUT} seconds"):
        read(scan)


def test_each_step_of_a_scan_has_time_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []

    def noting(name: str, real: Any) -> Any:
        def noted(*given: Any, **named: Any) -> Any:
            steps.append(name)
            return real(*given, **named)

        return noted

    for module, name in ((pdf, "read_page"), (pdf_ocr, "drawn"), (pdf_ocr, "recognise")):
        monkeypatch.setattr(module, name, noting(name, getattr(module, name)))
    monkeypatch.setattr(pdf_ocr, "missing", lambda: None)
    monkeypatch.setattr(pdf_ocr, "_program", lambda: None)
    scan = Page()
    scan.picture()
    for _ in pdf._pages(write_pdf([scan]), "k.pdf", load()):
        steps.append("handed on")
    assert steps == ["handed on", "read_page", "handed on", "drawn", "handed on", "recognise", "handed on"]
    assert pdf._PATIENCE > 3 * pdf_ocr.TIMEOUT  # of the runs of a page


def test_a_page_that_is_lost_is_told_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = {1, 5}
    monkeypatch.setattr(pdf, "read_page", lambda raw, index: os._exit(1) if index in lost else read_page(raw, index))
    pages = [Page() for _ in range(6)]
    for number, page in enumerate(pages):
        body(page, 700, f"{number}. {LONG}.")
    native = read(*pages)
    assert [text[:1] for text in texts(native)] == ["0", "2", "3", "4"]
    assert notes(native) == [("pdf.pages_lost", "2, 6")]
    lost |= {2, 4}
    with pytest.raises(InputError, match="cannot be read in reasonable time and memory"):
        read(*pages)


def test_a_page_that_cannot_be_loaded_is_told() -> None:
    pages = [Page() for _ in range(3)]
    for number, page in enumerate(pages, 1):
        body(page, 700, f"{number}. {LONG}.")
    objects = re.findall(rb"\d+ 0 obj\n(.*?)\nendobj\n", write_pdf(pages), re.S)
    at = [at for at, content in enumerate(objects) if b"/Type /Page /" in content]
    objects[at[1]] = b"null"
    native = pdf.read(assemble(objects), "k.pdf")
    assert [text[:1] for text in texts(native)] == ["1", "3"]
    assert notes(native) == [("pdf.pages_broken", "2")]
    objects[at[0]] = objects[at[2]] = b"null"
    with pytest.raises(InputError, match=r"^k\.pdf: is a broken PDF file; "):
        pdf.read(assemble(objects), "k.pdf")


def test_damaged_phrases_are_put_right() -> None:
    assert right_phrase("CỌNG HÒA XẢ HỌI CHỦ NGHĨA VIỆT NẠM", load()) == (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỌNG HÒA XẢ HỌI CHỦ NGHĨA VIỆT NẠM"
    )  # fmt: skip
    assert right_phrase("QUYÉT ĐINH:", load()) == ("QUYẾT ĐỊNH:", "QUYÉT ĐINH:")
    for right in ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "QUY HOẠCH", "KẾ HOẠCH", "Chọn giống lúa"):
        assert right_phrase(right, load()) is None


def test_rules_are_found_in_a_picture() -> None:
    width, height, scale = 900, 600, 300 / 72
    dots = bytearray(b"\xff" * (width * height))
    for y in (100, 300, 500):
        for thick in range(3):
            # a little tilted: the right half lies a dot lower
            dots[(y + thick) * width + 100 : (y + thick) * width + 450] = b"\0" * 350
            dots[(y + thick + 1) * width + 450 : (y + thick + 1) * width + 800] = b"\0" * 350
    for x in (100, 400, 798):
        for y in range(100, 502):
            dots[y * width + x : y * width + x + 3] = b"\0\0\0"
    ((xs, ys, rows),) = grids_of(rules_in(Picture(width, height, bytes(dots), scale)))
    assert [round(x * scale / 10) for x in xs] == [10, 40, 80] and [round((height - y * scale) / 10) for y in ys] == [
        10,
        30,
        50,
    ]
    assert rows == [[(0, 0, 1, 1), (0, 1, 1, 1)], [(1, 0, 1, 1), (1, 1, 1, 1)]]


# --- broken and hostile files ---------------------------------------------------------------------------------------
def plain() -> bytes:
    page = Page()
    body(page, 700, "KẾ HOẠCH TRỒNG RỪNG")
    return write_pdf([page])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (plain()[:400], "is a broken PDF file"),
        (b"%PDF-1.4\n" + b"x" * 5000, "is a broken PDF file"),
        (write_pdf([]), "PDF file"),
        (write_pdf([Page()], password="geheim"), "is encrypted with a password"),
    ],
)
def test_a_broken_file_is_one_line(data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        decode(data, "k.pdf")
    assert str(caught.value).startswith("k.pdf: ") and "\n" not in str(caught.value) and "; " in str(caught.value)


@pytest.mark.parametrize("size", [(1e9, 1e9), (0.0, 0.0), (-5.0, 700.0)])
def test_a_page_of_any_size_is_read(size: tuple[float, float]) -> None:
    page = Page(size)
    page.text(50, 50, "Trồng rừng")
    assert texts(read(page)) == ["Trồng rừng"]


def test_a_wrong_table_of_places_and_an_empty_password_are_no_trouble() -> None:
    page = Page()
    page.text(50, 50, "Trồng rừng")
    for data in (write_pdf([page]).replace(b"startxref\n", b"startxref\n9"), write_pdf([page], password="")):
        assert texts(pdf.read(data, "k.pdf")) == ["Trồng rừng"]


def test_forms_that_call_one_another_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_PATIENCE", 1.0)
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length 11 >>"
    data = assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Contents 5 0 R >>",
            form + b"\nstream\n/X Do /X Do\nendstream",
            b"<< /Length 5 >>\nstream\n/X Do\nendstream",
        ]
    )
    with pytest.raises(InputError, match="cannot be read in reasonable time and memory"):
        pdf.read(data, "k.pdf")


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(InputError, match="has 3 pages, more than 2; split it"):
        read(Page(), Page(), Page())


def test_too_much_text_is_refused_whichever_way_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 1_200)
    page = Page()
    page.text(85, 700, "Trồng rừng")
    page.operators.append(f"BT /F1 6 Tf 0.7 0.7 -0.7 0.7 90 90 Tm <{('rừng ' * 300).encode('utf-16-be').hex()}> Tj ET")
    with pytest.raises(InputError, match="holds more than 1,200 characters of text; split it"):
        read(page)


def test_a_pdf_is_told_by_its_content() -> None:
    assert decode(b"\n" + plain(), "plan.docx").format == "pdf"


# --- real files -----------------------------------------------------------------------------------------------------
@needs_corpus
@pytest.mark.parametrize(
    ("name", "number", "signer", "count"),
    [("ttg-844-qd-ttg", "844/QĐ-TTg", "Phạm Thị Thanh Trà", 1), ("ha-noi-173-kh-ubnd", None, "Vũ Đại Thắng", 0)],
)
def test_real_files_are_read_in_order(name: str, number: str | None, signer: str, count: int) -> None:
    found = parse_source(read_file(CORPUS / f"{name}.pdf"), load())
    assert found["metadata"]["number"] == number
    assert [person["name"] for person in found["metadata"]["signers"]] == [signer]
    assert not {code for code in codes(found) if code.startswith("numbering.")}
    assert "CÔNG BÁO" not in " ".join(words for _, words in sections(found))
    assert sum(block["type"] == "table" for block in blocks(found)) == count
    assert found["source"]["coverage"] == 1.0


@needs_corpus
def test_a_mixed_file_names_its_pages_without_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_ocr, "missing", lambda: "apt-get install it")
    native = pdf.read((CORPUS / "lai-chau-1629-qd-ubnd-mixed.pdf").read_bytes(), "k.pdf")
    assert native.notes[0].values == {"pages": "1–2", "count": 2}
    (table,) = tables(native)
    assert [row[0].text for row in table.rows] == ["TT", "01", "02"]


@needs_corpus
@needs_tesseract
def test_a_scanned_page_is_recognised_and_marked() -> None:
    found = parse_source(read_file(CORPUS / "lai-chau-1629-qd-ubnd-mixed.pdf"), load())
    assert found["source"]["ocr"] is True
    assert found["metadata"]["number"] == "1629/QĐ-UBND"
    assert {"pdf.pages_recognised", "pdf.confidence"} <= set(codes(found))
    assert [name for name, _ in sections(found) if "Điều" in name] == [f"decision/Điều-{number}" for number in (1, 2, 3)]


def test_recognised_pages_are_told_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of a scan take seconds each: whoever watches sees them go by."""
    monkeypatch.setattr(pdf_ocr, "missing", lambda: None)
    monkeypatch.setattr(pdf_ocr, "drawn", lambda *_, **__: None)
    scans = []
    for _ in range(3):
        scan = Page()
        scan.picture()
        scans.append(scan)
    words = Page()
    words.text(70, 700, "Trồng rừng")
    told: list[tuple[int, int]] = []
    with watched_by(lambda done, total: told.append((done, total))):
        pdf.read(write_pdf([words, *scans]), "k.pdf")
    assert sorted(set(told)) == [(1, 4), (2, 4), (3, 4)]
