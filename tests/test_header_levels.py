"""Headers of two levels: what is printed are the names alone; over which columns each stands is found again."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from planparse import parse

#: A name and what its column holds, or the names under it: {"Trong đó": {"NSTW": "money"}}.
Header = dict[str, Any]

CELLS = {
    "words": ["Đào ao chứa", "Nâng cấp kè số hai", "Mở lớp dạy nghề", "Thôn Ea Drơ", "Huyện Mường Ảng"],
    "money": ["12.450", "3.180,5", "47.900", "820", "5.600"],
    "count": ["12", "7", "34", "58", "9"],
    "share": ["34,2", "55", "78,5", "61", "12,9"],
    "lead": ["Sở Y tế", "Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng", "Công an tỉnh"],
    "support": ["Các sở, ngành liên quan", "UBND các huyện", "Sở Y tế; Sở Nội vụ", "UBND các xã", "Các sở, ngành liên quan"],
    "time": ["Năm 2024", "Quý II/2024", "2023-2025", "Năm 2025", "Quý IV/2024"],
    "unit": ["ha", "người", "%", "hộ", "km"],
}
HEADERS: dict[str, Header] = {
    "sources": {
        "TT": "number",
        "Nội dung": "words",
        "Tổng kinh phí": "money",
        "Trong đó": {"NSTW": "money", "NSĐP": "money", "Khác": "money"},
        "Ghi chú": "words",
    },
    "bodies": {
        "STT": "number",
        "Nhiệm vụ": "words",
        "Cơ quan thực hiện": {"Chủ trì": "lead", "Phối hợp": "support"},
        "Thời gian": "time",
        "Sản phẩm": "words",
    },
    "goals by year": {
        "STT": "number",
        "Chỉ tiêu": "words",
        "ĐVT": "unit",
        "Thực hiện năm 2020": "count",
        "Kế hoạch": {"Năm 2021": "count", "Năm 2023": "count", "Năm 2025": "count"},
    },
    "two groups with the same names": {
        "STT": "number",
        "Huyện, thị xã": "words",
        "Số hộ nghèo đầu kỳ": {"Số hộ": "money", "Tỷ lệ (%)": "share"},
        "Số hộ nghèo cuối kỳ": {"Số hộ": "money", "Tỷ lệ (%)": "share"},
        "Ghi chú": "words",
    },
    "years over counts": {
        "STT": "number",
        "Đơn vị": "words",
        "Năm 2021": {"Số lớp": "count", "Số học sinh": "money"},
        "Năm 2022": {"Số lớp": "count", "Số học sinh": "money"},
    },
    "a sum first": {
        "TT": "number",
        "Đối tượng": "words",
        "Số lượng (người)": "count",
        "Kinh phí hỗ trợ (triệu đồng)": {"Tổng cộng": "money", "Ngân sách tỉnh": "money", "Ngân sách huyện": "money"},
    },
    "bodies and times": {
        "STT": "number",
        "Nội dung công việc": "words",
        "Phân công": {"Đơn vị chủ trì": "lead", "Đơn vị phối hợp": "support"},
        "Thời gian": {"Bắt đầu": "time", "Hoàn thành": "time"},
        "Ghi chú": "words",
    },
    "a name that no row knows": {
        "TT": "number",
        "Tên xã": "words",
        "Diện tích rừng (ha)": {"Rừng đặc dụng": "money", "Rừng phòng hộ": "money", "Rừng sản xuất": "money"},
        "Tỷ lệ che phủ (%)": "share",
    },
    "the same years under two": {
        "TT": "number",
        "Tên huyện": "words",
        "Dân số (người)": "money",
        "Số thẻ BHYT": {"Năm 2023": "money", "Năm 2024": "money", "Năm 2025": "money"},
        "Tỷ lệ bao phủ (%)": {"Năm 2023": "share", "Năm 2024": "share", "Năm 2025": "share"},
    },
    "years, then sources": {
        "Số TT": "number",
        "Hạng mục": "words",
        "Tổng cộng": "money",
        "Phân theo năm": {"Năm 2018": "money", "Năm 2019": "money", "Năm 2020": "money"},
        "Phân theo nguồn vốn": {"Ngân sách trung ương": "money", "Vốn khác": "money"},
    },
    "years under a share": {
        "TT": "number",
        "Huyện, thành phố": "words",
        "Số học sinh": "money",
        "Tỷ lệ học sinh biết bơi (%)": {"Thực hiện 2016": "share", "Năm 2018": "share", "Năm 2020": "share"},
        "Số bể bơi lắp mới (bể)": "count",
        "Ghi chú": "words",
    },
    "levels of government": {
        "STT": "number",
        "Lĩnh vực": "words",
        "Số thủ tục": {"Cấp tỉnh": "count", "Cấp huyện": "count", "Cấp xã": "count"},
        "Tổng số": "count",
    },
    "a body beside years": {
        "TT": "number",
        "Nội dung": "words",
        "Đơn vị thực hiện": "lead",
        "Năm 2025": {"Ngân sách tỉnh": "money", "Ngân sách huyện": "money"},
        "Năm 2026": {"Ngân sách tỉnh": "money", "Ngân sách huyện": "money"},
    },
    "whom it is put to": {
        "TT": "number",
        "Danh mục đề án": "words",
        "Cơ quan chủ trì": "lead",
        "Thời gian trình": {"UBND tỉnh": "time", "HĐND tỉnh": "time"},
        "Ghi chú": "words",
    },
    "periods over sources": {
        "TT": "number",
        "Nội dung": "words",
        "Tổng số": "money",
        "Giai đoạn 2021-2025": {"Tổng": "money", "NSTW": "money", "NSĐP": "money"},
        "Giai đoạn 2026-2030": {"Tổng": "money", "NSTW": "money", "NSĐP": "money"},
    },
}


def leaves(header: Header) -> list[tuple[str, str]]:
    """The columns: their names with both levels, and what they hold."""
    found = []
    for name, held in header.items():
        if isinstance(held, dict):
            found += [(f"{name} / {below}", kind) for below, kind in held.items()]
        else:
            found.append((name, held))
    return found


def rows_of(header: Header) -> list[list[str]]:
    """Five rows, each column a little out of step with the next."""
    kinds = [kind for _, kind in leaves(header)]
    return [
        [str(at + 1) if kind == "number" else CELLS[kind][(at + place) % 5] for place, kind in enumerate(kinds)]
        for at in range(5)
    ]


def only_table(text: str) -> dict[str, Any]:
    """The one table of a document of which a text is the appendix."""
    blocks: list[dict[str, Any]] = [
        block
        for part in parse(f"KẾ HOẠCH\nGiữ rừng\n\nI. MỤC TIÊU\nLàm tốt.\n\nPHỤ LỤC\nDANH MỤC\n{text}\n").model_dump()[
            "parts"
        ]
        for block in part["blocks"]
    ]
    (table,) = (block for block in blocks if block["type"] == "table")
    return table


def cell_lines(rows: list[list[str]]) -> str:
    """Rows with each cell closed by a bar on a line of its own."""
    return "\n".join(f"{cell}\n|" if cell else "|" for cell in itertools.chain(*rows))


def pipe_lines(rows: list[list[str]], count: int) -> str:
    """Rows of one line each, padded at their ends."""
    return "\n".join(" | ".join(row) + " |" * (1 + count - len(row)) for row in rows)


@pytest.mark.parametrize("layout", ["cells", "pipes"])
@pytest.mark.parametrize("name", HEADERS)
def test_each_name_stands_over_its_own_columns(name: str, layout: str) -> None:
    header = HEADERS[name]
    above, below = list(header), [under for held in header.values() if isinstance(held, dict) for under in held]
    names, rows = [column for column, _ in leaves(header)], rows_of(header)
    printed = [above, below, *rows]
    table = only_table(cell_lines(printed) if layout == "cells" else pipe_lines(printed, len(names)))
    assert [column["name"] for column in table["columns"]] == names
    assert [row["cells"] for row in table["rows"]] == rows


def test_a_total_with_a_comma_ends_the_header() -> None:
    header = ["STT", "Nội dung", "Tổng kinh phí", "Phân kỳ thực hiện", "Nguồn vốn", "Năm 2022", "Năm 2023"]
    rows = [
        ["", "TỔNG CỘNG", "69.502,5", "6.862,5", "62.640", ""],
        ["1", "Số hóa bản đồ", "850", "350", "500", "Sự nghiệp kinh tế"],
        ["2", "Nạo vét kênh", "68.652,5", "6.512,5", "62.140", "Đầu tư công"],
    ]
    table = only_table(cell_lines([header, *rows]))
    assert [column["name"] for column in table["columns"]][2:] == [
        "Tổng kinh phí",
        "Phân kỳ thực hiện / Năm 2022",
        "Phân kỳ thực hiện / Năm 2023",
        "Nguồn vốn",
    ]
    assert [row["cells"] for row in table["rows"]] == rows


def test_an_amount_is_never_carried_down() -> None:
    """Empty cells at the end of a row of amounts are amounts that there are not, though other rows lost cells."""
    rows = (
        "TT | Hạng mục | Tổng cộng | Năm 2018 | Năm 2019 | Vốn khác |\n"
        "1 | Thiết kế | 2.250 | 1.575 | 675 | |\n2 | Cây giống | 13.500 | 9.450 | 2.700 | 1.350 |\n"
        "3 | Mô hình | 500 | 300 | 200 | |\n4 | Tham quan | 240 | | 240 |\n|\n5 | Sơ kết | 130 | 50 | 80 | |\n"
    )
    table = only_table(rows)
    assert [row["carried"] for row in table["rows"]] == [[], [], [], [], []]
    assert [row["cells"][2:] for row in table["rows"]] == [
        ["2.250", "1.575", "675", ""],
        ["13.500", "9.450", "2.700", "1.350"],
        ["500", "300", "200", ""],
        ["240", "", "240", ""],
        ["130", "50", "80", ""],
    ]


def test_the_whole_province_stands_under_no_district() -> None:
    rows = "TT | Huyện | Số bể |\nI | Trung du | |\n1 | Yên Dũng | 9 |\n2 | Tân Yên | 10 |\n | Toàn tỉnh | 19 |\n"
    table = only_table(rows)
    assert (table["rows"][-1]["parent"], table["rows"][-1]["kind"]) == (None, "total")


@pytest.mark.parametrize("layout", ["cells", "pipes"])
def test_a_header_may_have_three_levels(layout: str) -> None:
    header = [
        ["TT", "Danh mục", "Tổng số", "Trong đó", "Ghi chú"],
        ["Năm 2021", "Năm 2022"],
        ["NSTW", "NSĐP", "NSTW", "NSĐP"],
    ]
    rows = [[str(at), f"Đường {at}", "1.000", "100", "200", "300", "400", ""] for at in (1, 2, 3)]
    table = only_table(cell_lines([*header, *rows]) if layout == "cells" else pipe_lines([*header, *rows], 8))
    assert [column["name"] for column in table["columns"]] == [
        "TT",
        "Danh mục",
        "Tổng số",
        "Trong đó / Năm 2021 / NSTW",
        "Trong đó / Năm 2021 / NSĐP",
        "Trong đó / Năm 2022 / NSTW",
        "Trong đó / Năm 2022 / NSĐP",
        "Ghi chú",
    ]
    assert [row["cells"] for row in table["rows"]] == rows


BUDGET = [
    ["I", "Giao thông", "3.000", "2.000", "1.000", ""],
    ["1", "Đường A", "1.000", "600", "400", ""],
    ["2", "Đường B", "2.000", "1.400", "600", "Chuyển tiếp"],
]
SOURCES = ["TT", "Danh mục", "Tổng số (triệu đồng)", "NSTW", "NSĐP", "Ghi chú"]


@pytest.mark.parametrize("layout", ["cells", "pipes"])
@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3", "4", "5", "6"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["1", "2", "3=4+5", "4", "5", "6"],
        ["A", "B", "(1) = (2) + (3)", "(2)", "(3)", "(4)"],
    ],
)
def test_a_row_that_numbers_the_columns_holds_nothing(numbers: list[str], layout: str) -> None:
    rows = [SOURCES, numbers, *BUDGET]
    document = parse(
        f"KẾ HOẠCH\nGiữ rừng\n\nPHỤ LỤC\nDANH MỤC\n{cell_lines(rows) if layout == 'cells' else pipe_lines(rows, 6)}\n"
    )
    data = document.model_dump()
    (table,) = (block for part in data["parts"] for block in part["blocks"] if block["type"] == "table")
    assert [row["cells"] for row in table["rows"]] == [numbers, *BUDGET]
    group = table["rows"][1]["id"]
    assert [row["parent"] for row in table["rows"]] == [None, None, group, group]
    amounts = [3_000, 2_000, 1_000, 1_000, 600, 400, 2_000, 1_400, 600]
    assert [item["amount"] for item in data["funding"]] == [amount * 1_000_000 for amount in amounts]
    checks = [item["message"] for item in data["diagnostics"] if item["code"] == "sum.checked"]
    assert checks == ["3 sums checked, 3 hold"]
    assert data["source"]["coverage"] == 1.0


def test_figures_that_only_look_like_numbers_of_columns_are_a_row() -> None:
    table = only_table(pipe_lines([["TT", "Xã", "Số hộ", "Số khẩu"], ["1", "2", "4", "9"], ["2", "Mường La", "5", "11"]], 4))
    assert [row["number"] for row in table["rows"]] == ["1", "2"]


def test_the_name_of_a_total_may_stand_over_number_and_contents() -> None:
    rows = [SOURCES, *BUDGET, ["Tổng cộng", "3.000", "", "1.000"]]
    table = only_table(pipe_lines(rows, 6))
    assert (table["rows"][-1]["kind"], table["rows"][-1]["cells"]) == ("total", ["", "Tổng cộng", "3.000", "", "1.000", ""])


def test_a_row_that_slid_left_is_put_right_though_it_is_the_only_one() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"],
        ["1", "Mở lớp", "Sở Y tế", "Sở Nội vụ", "2024"],
        ["2", "Trồng rừng", "2025", "", ""],
        ["3", "Xây cầu", "Sở Xây dựng", "", "2026"],
    ]
    table = only_table(pipe_lines(rows, 5))
    assert [(row["cells"][2:], row["carried"]) for row in table["rows"]] == [
        (["Sở Y tế", "Sở Nội vụ", "2024"], []),
        (["Sở Y tế", "Sở Nội vụ", "2025"], [2, 3]),
        (["Sở Xây dựng", "", "2026"], []),
    ]


TASKS = ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "Kinh phí (triệu đồng)", "Sản phẩm"]


def task_rows(*rows: list[str]) -> list[tuple[list[str], list[int]]]:
    """The cells of rows under the header above, and the columns carried down."""
    lines = [
        TASKS,
        ["Ngân sách tỉnh", "Nguồn khác"],
        ["1", "Mở lớp", "Sở Y tế", "Sở Nội vụ", "2024", "400", "100", "Báo cáo"],
        *rows,
    ]
    return [(row["cells"], row["carried"]) for row in only_table(pipe_lines(lines, 8))["rows"][1:]]


def test_an_amount_or_words_out_of_their_column_tell_that_a_row_slid_left() -> None:
    lead = ["Sở Y tế", "Sở Nội vụ", "2024"]
    assert task_rows(["2", "Mua máy", "150", "600"]) == [(["2", "Mua máy", *lead, "150", "600", "Báo cáo"], [2, 3, 4, 7])]
    assert task_rows(["2", "Mua máy", "Sở Tài chính", "Sở Nội vụ", "150", "600", "Máy được cấp cho các xã"]) == [
        (["2", "Mua máy", "Sở Tài chính", "Sở Nội vụ", "2024", "150", "600", "Máy được cấp cho các xã"], [4])
    ]
    group = ["2", "Mua máy cho các xã:"]
    (_, first), (second, _) = task_rows(group, ["- Máy in", "Sở Tài chính", "Sở Y tế", "2025", "", "70", "Máy"])
    assert first == []
    assert second[:5] == ["2", "- Máy in", "Sở Tài chính", "Sở Y tế", "2025"]


def test_a_note_is_never_carried_down() -> None:
    rows = [["TT", "Nguồn vốn", "Kinh phí", "Ghi chú"], ["1", "Tỉnh", "380", "Gồm cả tăng thu"], ["2", "Huyện", "275", ""]]
    printed = f"{pipe_lines(rows, 4)}\n3 | Dân góp | 197 |\n|\n"
    assert [row["cells"][3] for row in only_table(printed)["rows"]] == ["Gồm cả tăng thu", "", ""]


def test_cells_are_told_by_the_shape_of_their_first_word() -> None:
    rows = [
        ["TT", "Tiêu chí", "Nội dung", "Chỉ tiêu", "Cơ quan phụ trách"],
        ["1", "Giao thông", "1.1. Đường xã được bảo trì", "100%", "Sở Xây dựng"],
        ["1.2. Đường thôn được cứng hóa", "≥ 95%"],
        ["2", "Văn hóa", "2.1. Có nhà văn hóa", "Đạt", "Sở Y tế"],
        ["2.2. Thôn đạt chuẩn", "≥ 90%"],
    ]
    found = [row["cells"] for row in only_table(pipe_lines(rows, 5))["rows"]]
    assert found[1] == ["1", "Giao thông", "1.2. Đường thôn được cứng hóa", "≥ 95%", "Sở Xây dựng"]
    assert found[3] == ["2", "Văn hóa", "2.2. Thôn đạt chuẩn", "≥ 90%", "Sở Y tế"]


@pytest.mark.parametrize("layout", ["cells", "pipes"])
def test_a_total_with_empty_cells_may_be_the_first_row(layout: str) -> None:
    header = [["TT", "Tên dự án", "Địa điểm", "Nhu cầu vốn", "Đơn vị chủ trì"], ["Tổng số", "NSTW", "Huy động khác"]]
    rows = [
        ["", "TỔNG CỘNG (A+B)", "", "607", "379", "228", ""],
        ["A", "DỰ ÁN", "", "607", "379", "228", ""],
        ["1", "Tôn tạo đồi A1", "Huyện Điện Biên", "400", "250", "150", "Sở Y tế"],
        ["2", "Đường vào hồ", "Huyện Mường Ảng", "207", "129", "78", "Sở Nội vụ"],
    ]
    table = only_table(cell_lines([*header, *rows]) if layout == "cells" else pipe_lines([*header, *rows], 7))
    assert [column["name"] for column in table["columns"]][3:] == [
        "Nhu cầu vốn / Tổng số",
        "Nhu cầu vốn / NSTW",
        "Nhu cầu vốn / Huy động khác",
        "Đơn vị chủ trì",
    ]
    assert [row["cells"] for row in table["rows"]] == rows


@pytest.mark.parametrize(
    "rows",
    [
        # a duration in figures, and a note that is empty
        [
            ["TT", "Nội dung", "Chủ trì", "Thời gian (ngày)", "Kinh phí", "Ghi chú"],
            ["1", "Mở lớp tập huấn", "Sở Y tế", "5", "300", ""],
            ["2", "Mở lớp cơ bản", "Sở Nội vụ", "4", "250", "Xã"],
        ],
        [
            ["TT", "Nội dung", "Kinh phí", "Thời gian (tháng)", "Chủ trì", "Phối hợp"],
            ["1", "Mở lớp tập huấn", "200", "6", "Sở Y tế", ""],
            ["2", "Mở lớp cơ bản", "250", "4", "Sở Nội vụ", "Các xã"],
        ],
        # what counts the rows in words
        [
            ["TT", "Nội dung", "Chủ trì", "Thời gian"],
            ["Bước 1", "Lập danh sách", "Sở Y tế", "2025"],
            ["Bước 2", "Họp xét chọn", "Sở Nội vụ", ""],
            ["2 (mới)", "Công bố kết quả", "Sở Nội vụ", ""],
        ],
    ],
)
def test_a_row_that_only_ends_in_an_empty_cell_stays_as_it_is(rows: list[list[str]]) -> None:
    table = only_table(pipe_lines(rows, len(rows[0])))
    assert [(row["cells"], row["carried"]) for row in table["rows"]] == [(row, []) for row in rows[1:]]


def test_a_row_may_have_a_cell_too_many() -> None:
    rows = [["TT", "Nội dung", "Chủ trì", "Thời gian"]]
    rows += [[str(at), f"Làm đường {at}", "Sở Xây dựng", "2025"] for at in range(1, 5)]
    table = only_table(f"{pipe_lines(rows, 4)}\n5 | Làm cầu | Sở Xây dựng | 2025 | gồm cả đường |\n")
    assert table["rows"][-1]["cells"] == ["5", "Làm cầu", "Sở Xây dựng", "2025 gồm cả đường"]


@pytest.mark.parametrize(
    ("names", "row"),
    [
        (["TT", "Nội dung", "Chủ trì", "Thời gian", "Sản phẩm"], ["Kè sông Mơ", "Sở Y tế", "2025"]),
        (["TT", "Tên công trình", "Địa điểm", "Chủ đầu tư", "Ghi chú"], ["Kè sông Mơ", "Xã Mơ", "Sở Y tế"]),
    ],
)
def test_a_column_that_is_empty_in_all_rows_makes_no_second_level(names: list[str], row: list[str]) -> None:
    table = only_table(cell_lines([names, *([str(at), *row] for at in (1, 2, 3))]))
    assert [column["name"] for column in table["columns"]] == names
    assert [found["cells"] for found in table["rows"]] == [[str(at), *row, ""] for at in (1, 2, 3)]
