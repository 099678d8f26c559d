"""Tables of which every cell stands on a line of its own, as programs leave them that take the bare text of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Data, blocks, parse
from planparse.grammar import load
from planparse.layout.cell_lines import cell_rows
from planparse.layout.lines import scan

HEAD = "KẾ HOẠCH\nGiữ rừng đầu nguồn\nI. PHÂN CÔNG\n"
NAMES = ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
ROWS = [
    ["I", "Trồng rừng"],
    ["1", "Lập vườn ươm", "Sở Xây dựng", "Sở Y tế", "2026"],
    ["2", "Trồng 300 ha rừng", "Sở Y tế", "Các xã", "2027"],
    ["3", "Mở lớp cho các xã", "Sở Nội vụ", "Các xã", "2027"],
    ["II", "Giữ rừng"],
    ["1", "Mở đường tuần tra", "Sở Xây dựng", "Các xã", "2028"],
]
END = "II. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Mở lớp cho các xã.\n"


def text_of(rows: list[list[str]], between: str = "\n") -> str:
    return HEAD + between.join(cell for row in [NAMES, *rows] for cell in row) + "\n" + END


def tables(document: Data) -> list[list[list[str]]]:
    return [[row["cells"] for row in block["rows"]] for block in blocks(document) if block["type"] == "table"]


def padded(rows: list[list[str]]) -> list[list[str]]:
    return [row + [""] * (len(NAMES) - len(row)) for row in rows]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n"])
def test_cells_on_lines_of_their_own_are_a_table(between: str) -> None:
    document = parse(text_of(ROWS, between))
    assert tables(document) == [padded(ROWS)]
    names = [column["name"] for block in blocks(document) if block["type"] == "table" for column in block["columns"]]
    assert names == NAMES
    assert [block["marker"] for block in blocks(document) if block["type"] == "section"] == ["I", "II", "1"]
    assert [[body["name"] for body in task["lead"]] for task in document["tasks"]][:2] == [["Sở Xây dựng"], ["Sở Y tế"]]
    assert [item["values"]["count"] for item in document["diagnostics"] if item["code"] == "text.cells"] == [7]
    assert document["source"]["layout"] == "paragraphs"
    assert document["source"]["coverage"] == 1.0


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_spans_and_lines_are_those_of_the_text(between: str) -> None:
    text = text_of(ROWS, between)
    document = parse(text)
    lines = text.split("\n")
    assert document["source"]["lines"] == len(lines) - 1
    table = next(block for block in blocks(document) if block["type"] == "table")
    for row, cells in zip(table["rows"], ROWS, strict=True):
        span = row["span"]
        assert text[span["start"] : span["end"]] == between.join(cells)
        assert (lines[span["first_line"] - 1], lines[span["last_line"] - 1]) == (cells[0], cells[-1])
    section = next(block for block in blocks(document) if block["type"] == "section" and block["marker"] == "II")
    assert lines[section["span"]["first_line"] - 1] == "II. TỔ CHỨC THỰC HIỆN"


def test_an_empty_cell_is_put_back_where_the_other_rows_have_one_like_it() -> None:
    """ "Sở Y tế" of the row without a time is no time, and the year of the row without supporters no supporter."""
    rows = [*ROWS, ["2", "Đào giếng", "Sở Y tế", "Các xã"], ["3", "Dựng chòi canh", "Sở Nội vụ", "2029"]]
    assert tables(parse(text_of(rows)))[0][-2:] == [
        ["2", "Đào giếng", "Sở Y tế", "Các xã", ""],
        ["3", "Dựng chòi canh", "Sở Nội vụ", "", "2029"],
    ]


def test_of_two_columns_that_are_alike_the_first_is_taken() -> None:
    """Who supports is left out more often than who leads."""
    rows = [
        ["1", "Lập vườn ươm", "Sở Xây dựng", "Sở Y tế", "2026"],
        ["2", "Trồng 300 ha rừng", "Sở Tư pháp", "2027"],
        ["3", "Mở lớp cho các xã", "Sở Nội vụ", "Sở Xây dựng", "2027"],
    ]
    assert tables(parse(text_of(rows)))[0][1] == ["2", "Trồng 300 ha rừng", "Sở Tư pháp", "", "2027"]


def test_titles_of_groups_and_rows_without_a_number() -> None:
    names = ["TT", "Chỉ tiêu", "Đơn vị", "Đến năm 2030", "Cơ quan theo dõi"]
    rows = [
        ["VỀ KINH TẾ"],
        ["1", "Tốc độ tăng trưởng", "%", "8,5", "Cục Thống kê"],
        ["2", "Cơ cấu các ngành", "%", "Cục Thống kê"],
        ["-", "Công nghiệp", "%", "38,5", "Cục Thống kê"],
        ["-", "Dịch vụ", "%", "45,5", "Cục Thống kê"],
        ["VỀ XÃ HỘI"],
        ["3", "Lao động qua đào tạo", "%", "75", "Sở Nội vụ"],
        ["Trong đó: có chứng chỉ", "%", "36", "Sở Nội vụ"],
        ["4", "Tỷ lệ hộ nghèo", "%", "2,5", "Sở Nội vụ"],
    ]
    text = HEAD + "\n".join(cell for row in [names, *rows] for cell in row) + "\n" + END
    found = tables(parse(text))[0]
    assert [row[0] for row in found] == ["", "1", "2", "-", "-", "", "3", "", "4"]
    assert found[2] == ["2", "Cơ cấu các ngành", "%", "", "Cục Thống kê"]
    assert found[7] == ["", "Trong đó: có chứng chỉ", "%", "36", "Sở Nội vụ"]


def test_what_is_no_table_stays_paragraphs() -> None:
    for text in (
        text_of([["1", "Lập vườn ươm"], ["2", "Trồng rừng"], ["3", "Mở lớp"]]),  # rows that lack most cells
        text_of([["1", "Lập vườn ươm", "Sở Y tế"], ["2", "Trồng rừng", "2027"], ROWS[3]]),
        HEAD + "STT\nNhiệm vụ\nMột điều khác\nMột điều nữa\n1\nLập vườn ươm\nSở Y tế\n2026\n2\nMở lớp\nSở Y tế\n2027\n",
        HEAD + "Tập thể 1 nghe, tập thể 2 làm.\n" * 30,
    ):
        document = parse(text)
        assert "text.cells" not in [item["code"] for item in document["diagnostics"]]
        assert document["source"]["coverage"] == 1.0


@given(
    st.lists(
        st.sampled_from(
            ["STT", *NAMES[1:], "1", "2", "3", "I", "II", "-", "Sở Y tế", "2026", "VỀ KINH TẾ", "mở lớp", "a | b"]
        ),
        max_size=60,
    )
)
def test_any_lines_keep_their_words(lines: list[str]) -> None:
    text = "\n".join(lines)
    edits, _ = cell_rows(scan(text), load())
    assert all(not text[edit.start : edit.end].strip() for edit in edits)
    assert [edit.start for edit in edits] == sorted(edit.start for edit in edits)
    assert parse(text)["source"]["coverage"] == 1.0


def test_groups_may_have_sums_and_the_total_stands_below() -> None:
    names = ["TT", "Tên công trình", "Địa điểm", "Kinh phí", "Đơn vị thực hiện"]
    rows = [
        ["I", "Đắp đập", "600"],
        ["1", "Đập kênh Nhánh", "Huyện An Biên", "200", "Sở Y tế"],
        ["2", "Đập Kênh Cụt", "Huyện An Minh", "400", "Sở Nội vụ"],
        ["II", "Nạo vét kênh", "250"],
        ["1", "Kênh Nông Trường", "Huyện Hòn Đất", "150", "Sở Y tế"],
        ["2", "Kênh Xáng Mới", "Huyện Tân Hiệp", "100", "Sở Nội vụ"],
        ["TỔNG CỘNG", "850"],
    ]
    text = HEAD + "\n\n".join(cell for row in [names, *rows] for cell in row) + "\n"
    document = parse(text)
    (found,) = (block["rows"] for block in blocks(document) if block["type"] == "table")
    wanted = [row if len(row) == 5 else [row[0], row[1], "", row[2], ""] for row in rows[:-1]]
    assert [row["cells"] for row in found] == [*wanted, ["", "TỔNG CỘNG", "", "850", ""]]
    lines = text.split("\n")
    assert [lines[row["span"]["first_line"] - 1] for row in found] == [row[0] for row in rows]
    assert document["source"]["coverage"] == 1.0
