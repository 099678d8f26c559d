"""Formats that state their paragraphs and tables: set as text, read like any other, their grids taken as they are."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.native import Cell, Native, Note, Paragraph, Table, set_native
from planparse.writing.markdown import write_markdown

HEAD = Table(
    [
        [
            Cell("ỦY BAN NHÂN DÂN\nTỈNH AN GIANG\n-------"),
            Cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
        ],
        [Cell("Số: 18/KH-UBND"), Cell("An Giang, ngày 04 tháng 3 năm 2024")],
    ]
)
CLOSING = Table(
    [[Cell("Nơi nhận:\n- Như trên;\n- Lưu: VT."), Cell("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Mẫu")]]
)
WORK = Table(
    [
        [Cell("TT", rows=2), Cell("Nội dung", rows=2), Cell("Phân công", columns=2), Cell("Thời gian", rows=2)],
        [Cell("Cơ quan chủ trì"), Cell("Cơ quan phối hợp")],
        [Cell("I"), Cell("Giống lúa", columns=4)],
        [Cell("1"), Cell("Chọn giống chịu mặn"), Cell("Sở Công Thương", rows=2), Cell(""), Cell("2025")],
        [Cell("2"), Cell("Nhân giống"), Cell("Các xã"), Cell("2026")],
        [Cell("Tổng cộng", columns=2), Cell(""), Cell(""), Cell("")],
    ]
)


def document(*pieces: Paragraph | Table, **more: Any) -> dict[str, Any]:
    native = Native(
        format="html",
        encoding="utf-8",
        pieces=[HEAD, Paragraph("KẾ HOẠCH"), Paragraph("Trồng lúa chịu mặn năm 2024"), *pieces, CLOSING],
        before=more.get("before", []),
        after=more.get("after", []),
        site=more.get("site", {}),
        notes=more.get("notes", []),
    )
    return parse_source(set_native(native, path="k.html", sha256="0" * 64), load())


def table_of(found: dict[str, Any]) -> dict[str, Any]:
    blocks = [block for part in found["parts"] for block in part["blocks"]]
    while blocks:
        block = blocks.pop(0)
        if block["type"] == "table":
            return dict(block)
        blocks += block.get("blocks", [])
    raise AssertionError("no table was read")


def test_letterhead_and_signature_are_read_from_tables() -> None:
    found = document(Paragraph("I. MỤC TIÊU"), Paragraph("Tăng diện tích lúa chịu mặn."))
    metadata = found["metadata"]
    assert metadata["number"] == "18/KH-UBND"
    assert metadata["issuer"] == "Ủy ban nhân dân tỉnh An Giang"
    assert metadata["issued_on"] == "2024-03-04"
    assert [signer["name"] for signer in metadata["signers"]] == ["Lê Văn Mẫu"]
    assert metadata["recipients"]
    assert found["source"]["coverage"] == 1.0
    assert found["source"]["layout"] == found["source"]["format"] == "html"


def test_a_department_under_its_committee_issues_where_the_letterhead_has_a_row_a_line() -> None:
    rows = [
        [Cell("ỦY BAN NHÂN DÂN TỈNH AN GIANG"), Cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")],
        [Cell("SỞ CÔNG THƯƠNG"), Cell("Độc lập - Tự do - Hạnh phúc")],
        [Cell("Số:      /KH-SCT"), Cell("An Giang, ngày 04 tháng 3 năm 2024")],
    ]
    native = Native("docx", "utf-8", [Table(rows), Paragraph("KẾ HOẠCH"), Paragraph("I. MỤC TIÊU")], [], [], {}, [])
    metadata = parse_source(set_native(native, path="k", sha256=""), load())["metadata"]
    assert (metadata["issuer"], metadata["province"]) == ("Sở Công Thương", "An Giang")


def test_merged_cells_are_repeated_and_marked() -> None:
    table = table_of(document(Paragraph("I. NHIỆM VỤ"), WORK))
    assert [column["path"] for column in table["columns"]] == [
        ["TT"], ["Nội dung"], ["Phân công", "Cơ quan chủ trì"], ["Phân công", "Cơ quan phối hợp"], ["Thời gian"],
    ]  # fmt: skip
    group, first, second, total = table["rows"]
    assert group["cells"] == ["I"] + ["Giống lúa"] * 4 and group["carried"] == [2, 3, 4] and group["kind"] == "group"
    assert first["cells"] == ["1", "Chọn giống chịu mặn", "Sở Công Thương", "", "2025"] and first["carried"] == []
    assert second["cells"] == ["2", "Nhân giống", "Sở Công Thương", "Các xã", "2026"] and second["carried"] == [2]
    assert first["parent"] == second["parent"] == group["id"]
    assert total["kind"] == "total" and total["number"] == ""


def test_paragraphs_of_a_cell_stand_on_lines_of_their_own() -> None:
    head = [Cell("TT"), Cell("Nội dung"), Cell("Cơ quan\nchủ trì"), Cell("Cơ quan\nPhối hợp")]
    row = [Cell("1"), Cell("Chọn giống\nchịu mặn"), Cell("Sở Y tế\nSở Kế hoạch\nvà Đầu tư"), Cell("Trần Mơ\nLê Ba")]
    found = document(Paragraph("I. NHIỆM VỤ"), Table([head, row]))
    table = table_of(found)
    assert [column["name"] for column in table["columns"]] == ["TT", "Nội dung", "Cơ quan chủ trì", "Cơ quan Phối hợp"]
    assert table["rows"][0]["cells"] == ["1", "Chọn giống chịu mặn", "Sở Y tế\nSở Kế hoạch và Đầu tư", "Trần Mơ\nLê Ba"]
    (task,) = found["tasks"]
    assert [body["name"] for body in task["lead"]] == ["Sở Y tế", "Sở Kế hoạch và Đầu tư"]
    assert [body["name"] for body in task["supporting"]] == ["Trần Mơ", "Lê Ba"]


def test_markdown_prints_a_title_over_several_columns_once() -> None:
    found = document(Paragraph("I. NHIỆM VỤ"), WORK)
    lines = write_markdown(found).split("\n")
    assert "| **I** | **Giống lúa** |   |   |   |" in lines
    assert "| 2 | Nhân giống | *Sở Công Thương* | Các xã | 2026 |" in lines
    assert "table.cells_carried" not in {diagnostic["code"] for diagnostic in found["diagnostics"]}


def test_what_a_cell_repeats_to_its_right_names_nobody() -> None:
    found = document(Paragraph("I. NHIỆM VỤ"), WORK)
    leads = [[agency["name"] for agency in task["lead"]] for task in found["tasks"]]
    assert leads == [["Sở Công Thương"], ["Sở Công Thương"]]


def test_a_table_that_begins_with_an_empty_cell_is_a_table() -> None:
    plan = Table([[Cell(""), Cell("Năm 2025")], [Cell("Lúa"), Cell("5 ha")], [Cell("Ngô"), Cell("7 ha")]])
    assert [row["cells"] for row in table_of(document(Paragraph("I. CHỈ TIÊU"), plan))["rows"]][-1] == ["Ngô", "7 ha"]


def test_a_form_to_fill_in_is_a_table() -> None:
    blank = [Cell(""), Cell(""), Cell("")]
    form = Table([[Cell("TT"), Cell("Nhiệm vụ"), Cell("Kết quả")], blank, blank])
    table = table_of(document(Paragraph("I. BÁO CÁO"), form))
    assert [column["name"] for column in table["columns"]] == ["TT", "Nhiệm vụ", "Kết quả"]
    assert [row["cells"] for row in table["rows"]] == [["", "", ""]] * 2


def test_what_is_no_part_of_the_document_is_kept_apart() -> None:
    found = document(
        Paragraph("I. MỤC TIÊU"),
        before=["Trang chủ", "Văn bản"],
        after=["Trang 1/2"],
        site={"Số hiệu": "18/KH-UBND"},
        notes=[Note("plan.not_found", {})],
    )
    others = [part for part in found["parts"] if part["kind"] == "other"]
    assert [block["text"] for part in others for block in part["blocks"]] == ["Trang chủ\nVăn bản", "Trang 1/2"]
    assert found["metadata"]["site"] == {"Số hiệu": "18/KH-UBND"}
    assert "plan.not_found" in {diagnostic["code"] for diagnostic in found["diagnostics"]}
    assert found["source"]["coverage"] == 1.0


def test_bars_and_marks_within_words_change_no_offset() -> None:
    found = document(Paragraph("I. MỤC TIÊU"), Paragraph("Tỷ lệ A | B của hoà\u0301\u200b bình\ndòng hai."))
    assert found["source"]["coverage"] == 1.0


def test_a_bar_outside_of_the_tables_is_a_word_of_its_paragraph() -> None:
    texts = ["Kinh phí | nguồn vốn", "|", "STT | Nội dung | Kinh phí |", "A | Trồng rừng | 5 |", "Hết phần này."]
    found = document(Paragraph("I. MỤC TIÊU"), *map(Paragraph, texts), WORK, Paragraph("a | b"), after=["Trang | 2", "|"])
    (body, rest) = found["parts"]
    section = next(block for block in body["blocks"] if block["type"] == "section")
    assert [block.get("text") for block in section["blocks"]] == [*texts, None, "a | b"]
    assert [block["type"] for block in section["blocks"]].count("table") == 1
    assert [block["text"] for block in rest["blocks"]] == ["Trang | 2\n|"]
    assert found["metadata"]["signers"] and found["source"]["coverage"] == 1.0


def test_a_bar_within_a_cell_is_a_word_of_the_cell() -> None:
    rows = [[Cell("TT"), Cell("Nội dung")], [Cell("1"), Cell("|")], [Cell("2"), Cell("a\n|\nb")], [Cell("3"), Cell("c | d")]]
    table = table_of(document(Paragraph("I. MỤC TIÊU"), Table(rows)))
    assert [row["cells"][1] for row in table["rows"]] == ["|", "a | b", "c | d"]


@given(
    st.lists(st.sampled_from(["|", "||", "a | b", "| a |", "I. MỤC TIÊU", "1. Một", "Nơi nhận:", "TM. ỦY BAN", "KẾ HOẠCH"]))
)
def test_any_bars_are_read_and_none_is_lost(texts: list[str]) -> None:
    pieces = [
        Paragraph(text) if at % 3 else Table([[Cell(text), Cell("|")], [Cell(""), Cell("x")]])
        for at, text in enumerate(texts)
    ]
    assert document(*pieces)["source"]["coverage"] == 1.0


def test_a_cell_that_claims_too_much_takes_no_memory() -> None:
    greedy = Table([[Cell("a", columns=10**9, rows=10**9), Cell("b")], [Cell("c"), Cell("d")], [Cell("e"), Cell("f")]])
    table = table_of(document(Paragraph("I. CHỈ TIÊU"), greedy))
    assert [len(row["cells"]) for row in table["rows"]] == [202] * len(table["rows"])
    assert [row["cells"][-2:] for row in table["rows"]] == [["b", ""], ["c", "d"], ["e", "f"]]
