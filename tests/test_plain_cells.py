"""Tables of cells closed by bars whose headers and rows no grammar names; and known ones with a cell too many."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conftest import CORPUS, Data, blocks, needs_corpus, parse
from planparse.grammar import load
from planparse.layout.plain_cells import column_count

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n-------\n|\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---\n|\n"
    "Số: 12/KH-UBND\n|\nLào Cai, ngày 12 tháng 3 năm 2024\n|\nKẾ HOẠCH\nTRỒNG CÂY NĂM 2024\nI. NỘI DUNG\n"
    "Bảng sau đây cho biết số cây trồng của các huyện trong tỉnh.\n"
)
END = "II. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế thực hiện.\n"
CROPS = [
    ["Loại cây", "Mật độ", "Năng suất", "Sản lượng"],
    ["Keo", "1.600", "20", "32.000"],
    ["Quế", "5.000", "12", "60.000"],
    ["Thông", "2.000", "15", ""],
]
DAYS = [
    ["Ngày", "Việc làm", "Nơi làm"],
    ["12/3", "Phát động lễ trồng cây tại trung tâm huyện", "Bát Xát"],
    ["15/3", "Trồng cây dọc đường tỉnh", "Sa Pa"],
    ["20/3", "Kiểm tra việc trồng cây", "Các huyện"],
]
FEES = [
    ["Nội dung", "Mức chi", "Căn cứ"],
    ["Tập huấn", "50.000 đồng/người", "Thông tư 36"],
    ["In tài liệu", "20.000 đồng/bộ", "Báo giá"],
    ["Xăng xe", "40.000 đồng/lượt", ""],
    ["Nước uống", "30.000 đồng/người", "Báo giá"],
]
NUMBERED = [
    ["STT", "Nội dung", "Thời gian", "Kinh phí", "Ghi chú"],
    ["1", "Mở lớp", "2024", "100", ""],
    ["2", "Lập sổ", "2024", "200", ""],
    ["3", "Trồng cây", "2025", "300", ""],
    ["4", "Nghiệm thu", "2025", "400", ""],
]


def in_cells(rows: list[list[str]]) -> str:
    return "".join(f"{cell}\n|\n" if cell else "|\n" for row in rows for cell in row)


def tables(document: Data) -> list[list[list[str]]]:
    """The tables, each as its rows, header first."""
    return [
        [[column["name"] for column in block["columns"]], *(row["cells"] for row in block["rows"])]
        for block in blocks(document)
        if block["type"] == "table"
    ]


def codes(document: Data) -> list[str]:
    return [item["code"] for item in document["diagnostics"]]


@pytest.mark.parametrize("rows", [CROPS, DAYS, FEES], ids=["figures", "days", "fees"])
def test_a_table_is_told_by_cells_that_are_alike(rows: list[list[str]]) -> None:
    document = parse(HEAD + in_cells(rows) + END)
    assert tables(document) == [rows]
    assert "table.unread" not in codes(document)
    assert document["source"]["coverage"] == 1.0
    assert [block["marker"] for block in blocks(document) if block["type"] == "section"] == ["I", "II", "1"]


def test_the_name_of_the_first_column_may_fill_two_lines() -> None:
    rows = [["Huyện, thành phố", "Số cây", "Số xã"], ["Bát Xát", "1.200", "5"], ["Sa Pa", "900", "7"], ["Mơ", "40", "9"]]
    document = parse(HEAD + in_cells(rows).replace("Huyện, thành phố", "Huyện, thành\nphố") + END)
    assert tables(document) == [rows]


def test_cells_of_uncertain_columns_are_reported() -> None:
    rows = [["Họ và tên", "Chức vụ", "Vai trò"], ["Mơ", "Giám đốc", "Trưởng ban"], ["Sao", "Trưởng phòng", "Ủy viên"]]
    document = parse(HEAD + in_cells(rows) + END)
    assert tables(document) == []
    (finding,) = [item for item in document["diagnostics"] if item["code"] == "table.unread"]
    assert finding["severity"] == "warning"
    assert finding["span"]["first_line"] == HEAD.count("\n") + 1
    paragraphs = [block["text"] for block in blocks(document) if block["type"] == "paragraph"]
    assert paragraphs[-9:] == [cell for row in rows for cell in row]


def test_the_cells_of_letterhead_and_signature_are_no_table() -> None:
    signed = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n|\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n|\n"
    document = parse(HEAD + END + signed)
    assert tables(document) == []
    assert "table.unread" not in codes(document)
    assert document["metadata"]["signers"][0]["name"] == "Nguyễn Văn An"


def test_a_first_row_like_the_others_names_no_columns() -> None:
    rows = [["Trưởng ban", "Nguyễn Văn An"], ["Phó Trưởng ban", "Trần Thị Bình"], ["Ủy viên", "Lê Văn Cường"]]
    assert column_count(load(), [cell for row in [*rows, ["Ủy viên", "Phạm Thị Dung"]] for cell in row]) is None


def test_no_figure_is_the_name_of_a_column() -> None:
    assert column_count(load(), ["Năm", "2021", "2022", "2023", "Keo", "1", "2", "3", "Quế", "4", "5", "6"]) is None


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(2, 7), height=st.integers(4, 12))
def test_a_count_that_is_told_is_right(seed: int, count: int, height: int) -> None:
    """Columns of figures and of words, at random: what is certain is right."""
    pick = random.Random(seed)
    words = ["Keo", "Quế", "Thông", "Tràm", "Bạch đàn", "Cây ăn quả", "Rừng phòng hộ đầu nguồn", "Cây phân tán ở xã"]
    makers: list[Callable[[], str]] = [
        lambda: str(pick.randint(1, 9000)),
        lambda: pick.choice(words),
        lambda: f"{pick.randint(1, 28)}/{pick.randint(1, 12)} hằng năm",
    ]
    kinds = [pick.choice(makers) for _ in range(count)]
    cells = [f"Cột {letter}" for letter in "ABCDEFG"[:count]] + [kind() for _ in range(height) for kind in kinds]
    assume(len(set(kinds)) > 1)
    within = [n for n in range(2, count) if all(kind is kinds[at % n] for at, kind in enumerate(kinds))]
    assert column_count(load(), cells) in (None, count, *within)


@needs_corpus
@pytest.mark.parametrize("path", [path for path in CORPUS if path.parent.name == "pipe_rows"], ids=lambda path: path.stem)
def test_tables_of_real_documents_without_their_names_and_numbers(path: Any) -> None:
    grammar = load()
    for block in blocks(parse(path.read_text("utf-8"))):
        if block["type"] != "table":
            continue
        kept = [i for i, column in enumerate(block["columns"]) if grammar.column_kind(column["name"] or "") != "number"]
        rows = [[(row["cells"][i] or "").replace("\n", " ") for i in kept] for row in block["rows"] if row["kind"] == "item"]
        if len(rows) > 2 and len(kept) > 1:
            names = [f"Cột {letter}" for letter in "ABCDEFGHIJKLMNOPQ"[: len(kept)]]
            assert column_count(grammar, names + [cell for row in rows for cell in row]) in (None, len(kept))


def test_years_may_be_names_of_columns_in_a_table_that_is_known_by_others() -> None:
    rows = [["Chỉ tiêu", "Năm 2024", "Năm 2025"]]
    trees = ("keo", "quế", "thông", "tràm")
    rows += [[f"Diện tích rừng {tree} (ha)", f"{i}00", f"{i}50"] for i, tree in enumerate(trees, 1)]
    assert tables(parse(HEAD + in_cells(rows) + END)) == [rows]


# --- a cell too many ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", range(6, 24))
def test_an_empty_cell_too_many_costs_no_other_row(place: int) -> None:
    cells = [cell for row in NUMBERED for cell in row]
    cells.insert(place, "")
    (found,) = tables(parse(HEAD + in_cells([cells]) + END))
    assert found[0] == NUMBERED[0]
    assert sum(row in NUMBERED[1:] for row in found[1:]) >= 3


@pytest.mark.parametrize("place", range(1, 5))
def test_an_empty_cell_among_the_names_is_none(place: int) -> None:
    cells = [cell for row in NUMBERED for cell in row]
    cells.insert(place, "")
    assert tables(parse(HEAD + in_cells([cells]) + END)) == [NUMBERED]


def test_a_list_of_the_site_may_stand_in_cells() -> None:
    site = "Số hiệu:\n|\n12/KH-UBND\n|\n|\nLoại văn bản:\n|\nKế hoạch\n|\nNgày hiệu lực:\n|\nĐã biết\n|\n"
    document = parse(site + HEAD + in_cells(CROPS) + END)
    assert [part["kind"] for part in document["parts"]] == ["other", "plan"]
    assert document["metadata"]["site"] == {"Số hiệu": "12/KH-UBND", "Loại văn bản": "Kế hoạch", "Ngày hiệu lực": None}
    assert tables(document) == [CROPS]
