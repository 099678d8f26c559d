"""One test for every defect that was found; each says in its text what went wrong."""

from __future__ import annotations

import textwrap

import pytest

from conftest import Data, blocks, lines_run, parse
from planparse.checks import text as text_checks
from planparse.facts.deadlines import give_times
from planparse.grammar import load
from planparse.structure import assemble


def table(text: str) -> Data:
    return next(block for block in blocks(parse(text)) if block["type"] == "table")


def sections(text: str) -> list[tuple[str, str]]:
    found = [block for block in blocks(parse(text)) if block["type"] == "section"]
    return [(block["id"].split("/", 1)[1], block["heading"] or block["text"] or "") for block in found]


def codes(text: str) -> list[str]:
    return [item["code"] for item in parse(text)["diagnostics"]]


PLAN = "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\n\nKẾ HOẠCH\nTrồng rừng phòng hộ\n\n"


def test_words_of_a_header_that_stands_over_no_column_are_kept() -> None:
    found = table("TT | Chỉ tiêu | Đơn vị | Mục tiêu |\nNăm 2026 | Năm 2030 |\n1 | Rừng | ha |\n")
    assert {name for column in found["columns"] for name in column["path"]} == {
        "TT", "Chỉ tiêu", "Đơn vị", "Mục tiêu", "Năm 2026", "Năm 2030",
    }  # fmt: skip


def test_goals_stand_over_their_years() -> None:
    found = table(
        "TT | Chỉ tiêu | Đơn vị tính | Mục tiêu | Đơn vị theo dõi |\nNăm 2026 | Năm 2030 |\n"
        "1 | Rừng trồng mới | ha | 640 | 1.450 | Chi cục Kiểm lâm |\n"
        "2 | Cây phân tán | nghìn cây | 12 | 20 | Hội Nông dân |\n"
    )
    assert [column["name"] for column in found["columns"]] == [
        "TT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu / Năm 2026", "Mục tiêu / Năm 2030", "Đơn vị theo dõi",
    ]  # fmt: skip
    assert [column["kind"] for column in found["columns"]][3:5] == ["quantity", "quantity"]


def test_a_merged_cell_does_not_reach_into_the_rows_of_the_next_parent() -> None:
    found = table(
        "STT | Nội dung | Thời gian | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm |\n"
        "- | Xây dựng trạm xử lý nước thải | | | | |\n"
        "+ | Trạm thị trấn Mèo Vạc | 2024 | Sở Xây dựng | Sở Y tế | Báo cáo nghiệm thu |\n"
        "- | Lắp lưới chắn rác tại các cửa suối | 2025 | Sở Tài nguyên và Môi trường | Hội Nông dân tỉnh | |\n"
    )
    assert found["rows"][2]["cells"][5] == ""
    assert found["rows"][2]["carried"] == []


def test_titles_in_capitals_stand_over_the_rows_below_them() -> None:
    found = table(
        "STT | Chỉ tiêu | Đơn vị tính | Năm 2024 |\n | VỀ KINH TẾ | | |\n1 | Thu ngân sách | tỷ đồng | 5 |\n"
        "2 | Xuất khẩu | triệu USD | 7 |\n | VỀ XÃ HỘI | | |\n3 | Giảm nghèo | % | 2 |\n"
    )
    rows = found["rows"]
    assert [row["level"] for row in rows] == [1, 2, 2, 1, 2]
    assert [row["kind"] for row in rows] == ["group", "item", "item", "group", "item"]
    assert rows[4]["parent"] == rows[3]["id"]


def test_rows_may_end_without_a_bar() -> None:
    found = table("TT | Nội dung | Kinh phí\n1 | Trồng rừng | 5\n2 | Giữ rừng | 7\n")
    assert [row["cells"] for row in found["rows"]] == [["1", "Trồng rừng", "5"], ["2", "Giữ rừng", "7"]]


def test_i_after_h_is_a_letter() -> None:
    group = "{0} | NHIỆM VỤ {0} | |\n1 | Rà soát {0} | Sở Y tế | 2025 |\n"
    header = "TT | Nội dung | Cơ quan chủ trì | Thời gian |\n"
    rows = table(header + "".join(group.format(letter) for letter in "ABCDĐEGHIK"))["rows"]
    assert [row["level"] for row in rows if len(row["number"]) == 1 and row["number"].isalpha()] == [1] * 10


def test_words_of_an_open_pipe_cell_are_kept() -> None:
    text = "STT | KẾ HOẠCH\nQUYẾT ĐỊNH:\n| "
    held = str(parse(text)["parts"])
    assert "KẾ HOẠCH" in held
    assert "QUYẾT ĐỊNH" in held


def test_the_unit_line_of_a_table_is_kept_as_printed() -> None:
    header = "STT | Nội dung | Kinh phí 2024 |\n"
    found = table(PLAN + "I. KINH PHÍ\n\nĐơn vị tính: triệu đồng\n\n" + header + "1 | Trồng rừng | 5 |\n")
    assert found["unit"] == "Đơn vị tính: triệu đồng"


def test_recipients_are_not_split_inside_a_name() -> None:
    text = (
        PLAN
        + "I. MỤC TIÊU\n\nTrồng rừng.\n\nNơi nhận:\n- Như Điều 3;\n- Trung tâm Thông tin - Công báo;\n"
        + "- Các tổ chức chính trị - xã hội;\n- Lưu: VT, NL.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n"
    )
    assert parse(text)["metadata"]["recipients"] == [
        "Như Điều 3", "Trung tâm Thông tin - Công báo", "Các tổ chức chính trị - xã hội", "Lưu: VT, NL.",
    ]  # fmt: skip


def test_acting_heads_have_a_role() -> None:
    text = PLAN + "I. MỤC TIÊU\n\nTrồng rừng.\n\nQ. BỘ TRƯỞNG\nTrần Thị Bình\n"
    assert parse(text)["metadata"]["signers"] == [{"name": "Trần Thị Bình", "role": "Q. BỘ TRƯỞNG", "authority": None}]


def test_letters_with_e_circumflex_are_no_gap() -> None:
    text = PLAN + "1. Giao các sở:\n\n" + "\n\n".join(f"{letter}) Sở thứ {letter} rà soát." for letter in "abcdđeêgh")
    assert not [code for code in codes(text) if code.startswith("numbering")]


def test_a_truncation_mark_belongs_to_no_sentence() -> None:
    text = (
        PLAN.replace("\n\n", "\n") + "I. MỤC TIÊU\nUBND các huyện trồng rừng phòng hộ đầu nguồn, chăm sóc\n"
        "rừng đã trồng, báo cáo kết quả về Sở Nông nghiệp và Phát triển nông\nthôn và chịu trách nhiệm trước\n[...]"
    )
    assert "text.truncated" in codes(text)


def test_a_lost_mark_is_looked_for_at_the_title_not_at_the_text_below_it() -> None:
    text = (
        PLAN + "1. Sở Y tế\n\nKhám sàng lọc cho trẻ em.\n\nCông an tỉnh\n\nChỉ đạo công an cấp huyện tuần tra.\n\n"
        "3. Sở Tư pháp\n\nPhổ biến pháp luật.\n"
    )
    document = parse(text)
    lost = next(item for item in document["diagnostics"] if item["code"] == "marker.lost")
    assert text[lost["span"]["start"] : lost["span"]["end"]] == "Công an tỉnh"


def test_control_characters_count_as_white_space() -> None:
    assert parse("\x1f0 ")["source"]["coverage"] == 1.0


def test_a_site_list_alone_is_read_once() -> None:
    assert parse("- 1Luật Đất đai 2024 ")["source"]["coverage"] == 1.0


def test_a_title_may_be_followed_by_a_blank_line_at_the_end() -> None:
    assert parse("KẾ HOẠCH\n(Kèm theo Quyết định số 1/QĐ-UBND\n")["source"]["coverage"] == 1.0


def test_deeper_nesting_than_the_cap_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "MAX_DEPTH", 2)
    monkeypatch.setattr(text_checks, "MAX_DEPTH", 2)
    text = PLAN + "I. MỤC TIÊU\n\n1. Yêu cầu\n\na) Chung:\n\n- Rà soát;\n\n+ Hằng năm.\n"
    assert "nesting.capped" in codes(text)
    assert parse(text)["source"]["coverage"] == 1.0


def test_sections_keep_their_places_around_a_footnote() -> None:
    text = PLAN + "I. MỤC TIÊU\n\n1. Trồng rừng\n\n[1] Theo số liệu kiểm kê.\n\n2. Giữ rừng\n"
    assert [name for name, _ in sections(text)] == ["I", "I/1", "I/2"]


def test_role_and_name_on_one_line_sign() -> None:
    text = (
        PLAN + "I. MỤC TIÊU\n\nTrồng rừng.\n\nNơi nhận: - Như Điều 3; - Các sở, ngành; - Lưu: VT, NL (2).\n\n"
        "CHỦ TỊCH Nguyễn Văn An\n"
    )
    metadata = parse(text)["metadata"]
    assert metadata["signers"] == [{"name": "Nguyễn Văn An", "role": "CHỦ TỊCH", "authority": None}]
    assert metadata["recipients"] == ["Như Điều 3", "Các sở, ngành", "Lưu: VT, NL (2)."]


def test_a_section_above_an_appendix_is_no_title_of_it() -> None:
    text = (
        PLAN + "1 | Trồng rừng | 5 |\nII. TỔ CHỨC THỰC HIỆN\nPHỤ LỤC II\nPHÂN CÔNG NHIỆM VỤ\n"
        "(Kèm theo Kế hoạch số 12/KH-UBND ngày 05 tháng 3 năm 2024)\nTT | Nhiệm vụ |\n1 | Giữ rừng |\n"
    )
    document = parse(text)
    assert document["parts"][-1]["label"] == "PHỤ LỤC II"
    assert all(block["span"]["start"] <= block["span"]["end"] for block in blocks(document))


def test_a_gap_in_the_numbers_of_a_table_is_reported() -> None:
    rows = "".join(f"{number} | Việc thứ {number} | 2025 |\n" for number in (7, 8, 10, 11))
    found = [item for item in parse("STT | Nội dung | Thời gian |\n" + rows)["diagnostics"] if "skipped" in item["code"]]
    assert [(item["code"], item["values"]["missing"]) for item in found] == [("table.number_skipped", ["9"])]


def test_a_group_stands_over_a_row_without_a_number() -> None:
    row = "{}\n|\nSở {}\n|\nHội Nông dân\n|\nRà soát\n|\nBáo cáo\n|\nGiai đoạn 2026 - 2030\n|\n"
    text = "TT\n|\nCơ quan chủ trì\n|\nCơ quan phối hợp\n|\nNhiệm vụ\n|\nSản phẩm\n|\nThời gian\n|\n"
    for letter, name in (("A.", "Y TẾ"), ("B.", "NỘI VỤ")):
        text += f"{letter}\n|\nSỞ {name}\n|\n" + row.format("", name.title())
    rows = table(text)["rows"]
    assert [(row["number"], row["kind"], row["cells"][1]) for row in rows] == [
        ("A.", "group", "SỞ Y TẾ"), ("", "item", "Sở Y Tế"), ("B.", "group", "SỞ NỘI VỤ"), ("", "item", "Sở Nội Vụ"),
    ]  # fmt: skip


def test_a_decision_may_be_carried_out_from_the_day_of_signing() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\n\nSố: 12/QĐ-UBND\n\nHà Giang, ngày 05 tháng 3 năm 2024\n\nQUYẾT ĐỊNH\n"
        "Về việc trồng rừng\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ GIANG\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Trồng rừng.\n\n"
        "Điều 2. Giám đốc các sở căn cứ Quyết định thực hiện kể từ ngày ký./.\n"
    )
    metadata = parse(text)["metadata"]
    assert metadata["effective_on"] == "2024-03-05"
    assert metadata["issuer"] == "Ủy ban nhân dân tỉnh Hà Giang"


@pytest.mark.parametrize(
    "table",
    [
        "TT | Việc | Người thực hiện | Ghi chú\n1. | Soát | Trần Mơ; Lê Ba |\n2. | Viết | Lê Ba |\n3. | Gửi |  | gấp",
        "TT | Việc | Người thực hiện | Ghi chú\n1. | Soát | Trần Mơ; Lê Ba | \n2. | Viết | Lê Ba | \n3. | Gửi | | gấp\n",
        "| TT | Việc | Người thực hiện | Ghi chú |\n|---|:---|---|---|\n| 1. | Soát | Trần Mơ; Lê Ba | |\n"
        "| 2. | Viết | Lê Ba | |\n| 3. | Gửi | | gấp |",
    ],
    ids=["open", "spaces", "bars on both sides"],
)
def test_rows_of_one_line_whose_last_cell_is_mostly_empty(table: str) -> None:
    """The header ends without a bar, most rows end with one: the bar stood before an empty cell, it closed none."""
    document = parse(f"KẾ HOẠCH\nGiữ rừng\n\nI. NHIỆM VỤ\n\n{table}")
    found = document["parts"][0]["blocks"][-1]["blocks"][0]
    assert [column["name"] for column in found["columns"]] == ["TT", "Việc", "Người thực hiện", "Ghi chú"]
    assert [row["cells"] for row in found["rows"]] == [
        ["1.", "Soát", "Trần Mơ; Lê Ba", ""],
        ["2.", "Viết", "Lê Ba", ""],
        ["3.", "Gửi", "", "gấp"],
    ]
    assert not any(row["carried"] for row in found["rows"])
    assert document["source"]["coverage"] == 1.0


@pytest.mark.parametrize(
    ("total", "code"), [("43.025.000", "sum.rounded"), ("43.026.000", "sum.total"), ("43.025.300", "sum.total")]
)
def test_a_rounded_sum_is_no_error(total: str, code: str) -> None:
    head = "ĐVT: đồng\n\nSTT | Nội dung | Kinh phí |\n1 | Trồng rừng | 30.000.200 |\n2 | Tỉa cành | 13.025.000 |\n"
    document = parse(f"KẾ HOẠCH\nGiữ rừng\n\nI. KINH PHÍ\n\n{head} | Tổng cộng | {total} |")
    sums = [found for found in document["diagnostics"] if found["code"].startswith("sum.")]
    assert [found["code"] for found in sums if found["code"] != "sum.checked"] == [code]
    right = next(found for found in sums if found["code"] == "sum.checked")["values"]["right"]
    assert right == (1 if code == "sum.rounded" else 0)


@pytest.mark.parametrize(
    ("stated", "right"),
    [("7.000.000 đồng", True), ("30 triệu đồng", None), ("30.000.000 đồng", True), ("31.000.000 đồng", False)],
    ids=["of the first", "no sum as tables print it", "of the second", "of none"],
)
def test_a_sum_in_the_text_is_held_against_one_table(stated: str, right: bool | None) -> None:
    """Each table of a year had its own finding for it: a sum and a hundred tables gave a hundred."""

    def rows(*amounts: int) -> str:
        lines = [f"{at} | Việc số {at} | {amount}.000.000 |\n" for at, amount in enumerate(amounts, 1)]
        return f"STT | Nội dung | Năm 2024 (đồng) |\n{''.join(lines)}"

    document = parse(
        f"KẾ HOẠCH\nTrồng cây\n\nI. KINH PHÍ\n\nKinh phí năm 2024 là {stated}.\n\n{rows(3, 4)}\n"
        f"II. PHÂN KỲ\n\nChi tiết như sau:\n\n{rows(10, 20)}"
    )
    assert sum(block["type"] == "table" for block in blocks(document)) == 2
    assert [item["code"] for item in document["diagnostics"]].count("sum.text") == (right is False)
    checked = [item["values"] for item in document["diagnostics"] if item["code"] == "sum.checked"]
    assert [(values["count"], values["right"]) for values in checked] == ([] if right is None else [(1, int(right))])


def test_a_roman_number_may_be_set_in_small_letters() -> None:
    """ "II." of a title in capitals that a site set in small letters; the section was lost, and its numbers repeated."""
    text = f"{PLAN}I. Mục đích\n1. Giữ nước.\n2. Giữ đất.\nIi. về nhiệm vụ\n1. Trồng rừng.\nVi phạm bị xử lý."
    assert [name for name, _ in sections(text)] == ["I", "I/1", "I/2", "II", "II/1"]


def test_points_may_repeat_the_number_that_they_stand_under() -> None:
    text = f"{PLAN}I. Nhiệm vụ\n1.1. Nhà ở:\n1.1.a. Sở Xây dựng lập mẫu nhà.\n1.1.b. Các hộ tự xây nhà.\n1.2. Nước sạch."
    assert [name for name, _ in sections(text)] == ["I", "I/1.1", "I/1.1/a", "I/1.1/b", "I/1.2"]


def test_specks_of_a_scan_before_a_number_are_no_part_of_it() -> None:
    """A scan made "_ 3." of "3.", "4;" of "4." and "_b)" of "b)"; they ran into the item before."""
    text = (
        f"{PLAN}I. Nhiệm vụ\n1. Sở Y tế mở lớp.\n2. Sở Nội vụ lập sổ.\n_ 3. Sở Tài chính cấp vốn.\n"
        "4; Sở Xây dựng lập mẫu nhà.\n. 5, Các xã\na) Trồng rừng.\n_b) Giữ rừng, theo khoản 5,\n6, Điều 7 của Luật.\n"
    )
    document = parse(text)
    marks = [(block["number"], block["marker"]) for block in blocks(document) if block["type"] == "section"]
    assert [number for number, _ in marks] == ["I", "1", "2", "3", "4", "5", "a", "b"]
    assert [item["code"] for item in document["diagnostics"]].count("marker.ocr") == 3
    assert document["source"]["coverage"] == 1.0


def test_a_blank_line_in_mid_sentence_breaks_no_paragraph() -> None:
    long = "1. Giao Sở Nội vụ chủ trì, phối hợp với các cơ quan, đơn vị mở lớp cho cán bộ trình độ"
    text = f"KẾ HOẠCH\n\nMỞ LỚP NĂM 2024\n\nI. NHIỆM VỤ\n\n{long}\n\nsơ cấp ở các xã.\n\n2. Mục đích\n\nnâng cao.\n"
    first, second = parse(text)["parts"][0]["blocks"][-1]["blocks"]
    assert first["text"] == f"{long[3:]} sơ cấp ở các xã."
    assert first["blocks"] == []
    assert second["heading"] == "Mục đích", "a short line is a title, whatever follows"


HEADED = "KẾ HOẠCH\nTRỒNG RỪNG NĂM 2024\n"


def test_paragraphs_on_lines_of_their_own_are_not_joined_for_how_they_end() -> None:
    first = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015,"
    text = f"{HEADED}{first}\nCăn cứ Quyết định số 5/QĐ-TTg ngày 5 tháng 2 năm 2020,\nI. MỤC TIÊU\nTrồng rừng.\n"
    assert len(parse(text)["metadata"]["legal_bases"]) == 2
    title = "1. Thanh tra Bộ, Văn phòng Bộ, các Vụ, Cục và các đơn vị trực thuộc Bộ"
    (section,) = parse(f"{HEADED}I. TỔ CHỨC THỰC HIỆN\n{title}\nChủ trì triển khai Kế hoạch.\n")["parts"][0]["blocks"][-1:]
    assert section["blocks"][0]["heading"] == title[3:]
    ends = "1. Số lớp tập huấn kỹ thuật trồng cây dược liệu tổ chức trong năm 2024 là 25"
    found = parse(f"{HEADED}I. TỔ CHỨC THỰC HIỆN\n{ends}\nSở Y tế mở lớp tập huấn.\n")
    assert [task["lead"][0]["name"] for task in found["tasks"]] == ["Sở Y tế"]


def test_an_appendix_that_is_not_wrapped_leaves_the_wrap_of_the_plan() -> None:
    item = "1. Trồng mới một trăm ha cây dược liệu tại các huyện của tỉnh và các xã vùng cao gắn với tiêu thụ sản phẩm."
    lines = [f"{i}{item[1:]}" for i in range(1, 4)]
    wrapped = "\n".join(line for one in lines for line in textwrap.wrap(one, 60))
    long = "\n".join(f"{i}. Danh mục cây giống: {'keo lai, quế, thông mã vĩ và sa mộc; ' * 4}." for i in range(1, 9))
    document = parse(f"{HEADED}I. MỤC TIÊU\n{wrapped}\nPHỤ LỤC\nDANH MỤC CÂY GIỐNG\n{long}\n")
    section = next(block for block in blocks(document) if block["type"] == "section")
    assert [child["text"] for child in section["blocks"]] == [line[3:] for line in lines]


def test_the_values_of_a_site_stand_beside_their_labels() -> None:
    plan = "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\n-------\nSố: 5/KH-UBND\n" + HEADED + "I. MỤC TIÊU\nTrồng rừng.\n"
    text = f"Số hiệu: 5/KH-UBND\nNgười ký:\nBài viết liên quan\nNgày hiệu lực:\n{plan}\nTải về\nSố hiệu: 5/KH-UBND\n"
    site = parse(text)["metadata"]["site"]
    assert (site["Người ký"], site["Ngày hiệu lực"]) == (None, None)


def test_the_last_paragraph_stays_with_its_item_for_a_label_of_the_same_list_alone() -> None:
    body = (
        "I. NHIỆM VỤ\n1. Trồng rừng\na) Trồng 100 ha keo.\nKinh phí thực hiện: 10 triệu đồng.\nb) Trồng 100 ha quế.\n"
        "2. Chăn nuôi\na) Cấp 100 con lợn giống.\nb) Cấp 500 con gà giống.\nKinh phí thực hiện: 90 triệu đồng.\n"
    )
    second = parse(HEADED + body)["parts"][0]["blocks"][-1]["blocks"][1]
    assert [block["type"] for block in second["blocks"]] == ["section", "section", "paragraph"]
    body = (
        "I. NHIỆM VỤ\n1. Trồng 100 ha keo.\nĐơn vị thực hiện: Sở Y tế.\nThời gian thực hiện: Quý I.\n2. Trồng 100 ha quế.\n"
        "Đơn vị thực hiện: Sở Công Thương.\nThời gian thực hiện: Quý II.\nII. KINH PHÍ\nNgân sách tỉnh.\n"
    )
    found = [(task["lead"][0]["name"], task["time"]) for task in parse(HEADED + body)["tasks"]]
    assert found == [("Sở Y tế", "Quý I"), ("Sở Công Thương", "Quý II")]


def test_lists_of_doubtful_breaks_cost_no_square() -> None:
    one = (
        "1. Phát triển kinh tế rừng\na) Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan làm các việc:\n"
        "Tổ chức trồng rừng, chăm sóc rừng và bảo vệ rừng ở các xã vùng cao của tỉnh\ntheo kế hoạch hằng năm.\n"
    )
    assert lines_run(lambda: parse(HEADED + one * 80)) < 5 * lines_run(lambda: parse(HEADED + one * 20))


def test_a_bar_between_recipients_and_signature_is_lost_to_neither() -> None:
    closing = "Nơi nhận:\nTM. ỦY BAN NHÂN DÂN\n- Lưu: VT.\n|\n-------\nKT. CHỦ TỊCH\nTrần Văn Mơ\n"
    text = f"{HEADED}I. MỤC TIÊU\nTrồng rừng.\n{closing}"
    document = parse(text)
    assert document["source"]["coverage"] == 1.0
    assert document["metadata"]["signers"][-1]["name"] == "Trần Văn Mơ"


def test_years_alone_under_a_header_name_its_columns() -> None:
    found = table(
        "KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\nSTT | Chỉ tiêu | Đơn vị tính | Thực hiện 2020 | Kế hoạch | Ghi chú |\n"
        "2021 | 2022 | 2023 |\nI | Rừng |  |  |  |  |  |  |\n1 | Độ che phủ | % | 28 | 32 | 36 | 41 |  |\n"
    )
    names = ["STT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện 2020", *(f"Kế hoạch / {year}" for year in (2021, 2022, 2023))]
    assert [column["name"] for column in found["columns"]] == [*names, "Ghi chú"]
    assert [row["number"] for row in found["rows"]] == ["I", "1"]


@pytest.mark.parametrize("empty", [[""], []], ids=["empty number", "merged number"])
@pytest.mark.parametrize("place", [0, 5, 10], ids=["first", "between", "last"])
@pytest.mark.parametrize("thousands", [".000", ""])
def test_a_total_is_a_row_wherever_it_stands(place: int, empty: list[str], thousands: str) -> None:
    rows = ["I", "Trung ương", "80", "30", "50", "II", "Địa phương", "20", "10", "10"]
    rows[place:place] = [*empty, "Tổng cộng", "99", "40", "60"]
    cells = ["TT", "Nguồn vốn", "Tổng", "Năm 2016", "Năm 2017"]
    cells += [cell + thousands if cell.isdigit() else cell for cell in rows]
    found = table("KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n" + "".join(f"{cell}\n|\n" if cell else "|\n" for cell in cells))
    assert len(found["columns"]) == 5
    assert {row["cells"][1]: (row["kind"], row["cells"][0], row["cells"][2:]) for row in found["rows"]} == {
        "Tổng cộng": ("total", "", [f"{value}{thousands}" for value in (99, 40, 60)]),
        "Trung ương": ("item", "I", [f"{value}{thousands}" for value in (80, 30, 50)]),
        "Địa phương": ("item", "II", [f"{value}{thousands}" for value in (20, 10, 10)]),
    }


def test_a_row_that_lost_two_cells_ends_before_the_group_after_it() -> None:
    cells = ["STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian", "I", "CHỈ ĐẠO"]
    cells += ["1", "Giao ban", "Thông báo", "Sở Nội vụ", "Các sở", "Hằng quý", "2", "Kiểm tra", "Kết luận", "Quý II/2024"]
    cells += ["II", "CẢI CÁCH THỂ CHẾ", "3", "Rà soát", "Báo cáo", "Sở Tư pháp", "Các sở", "Quý I/2024"]
    found = table("KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n" + "".join(f"{cell}\n|\n" for cell in cells))
    assert [(row["number"], row["cells"][1]) for row in found["rows"]] == [
        ("I", "CHỈ ĐẠO"),
        ("1", "Giao ban"),
        ("2", "Kiểm tra"),
        ("II", "CẢI CÁCH THỂ CHẾ"),
        ("3", "Rà soát"),
    ]
    assert found["rows"][2]["cells"][3:] == ["Sở Nội vụ", "Các sở", "Quý II/2024"]


def test_a_figure_may_follow_the_number_of_an_item() -> None:
    text = "KẾ HOẠCH\nGIỮ RỪNG\nI. CHỈ TIÊU\n1. 100% hồ sơ đúng hạn.\n2. 05 xã đạt chuẩn.\n3. Có 7 chợ.\nII. VIỆC\nMở lớp.\n"
    assert [mark for mark, _ in sections(text)] == ["I", "I/1", "I/2", "I/3", "II"]


def test_a_label_under_the_last_item_stays_with_it_where_the_items_before_have_theirs() -> None:
    text = (
        "KẾ HOẠCH\nTRỒNG RỪNG\n\nII. NHIỆM VỤ\n\n1. Tập huấn\n\n1.1. Mở lớp cho các xã.\n\nCơ quan chủ trì: Sở Y tế.\n\n"
        "1.2. In sổ tay cho các xã.\n\nChủ trì: Sở Nội vụ.\n\n2. Tổng kết kế hoạch.\n\nChủ trì: Sở Tài chính.\n"
    )
    told = {task["text"]: [body["name"] for body in task["lead"]] for task in parse(text)["tasks"]}
    assert told == {
        "Mở lớp cho các xã.": ["Sở Y tế"],
        "In sổ tay cho các xã.": ["Sở Nội vụ"],
        "Tổng kết kế hoạch.": ["Sở Tài chính"],
    }


def test_bodies_that_share_a_word_before_a_colon_may_stand_on_the_next_line() -> None:
    text = (
        "KẾ HOẠCH\nTRỒNG RỪNG\nI. NHIỆM VỤ\na) Giao Sở Xây dựng chủ trì, phối hợp với các Sở:\n"
        "Tài chính, Tư pháp, Y tế tham mưu\ntrình Hội đồng nhân dân tỉnh ban hành nghị quyết về rừng đầu\nnguồn của tỉnh.\n"
        "b) Mở lớp cho cán bộ của các xã có rừng trên địa bàn tỉnh\ntheo kế hoạch đã được duyệt.\n"
    )
    assert [mark for mark, _ in sections(text)] == ["I", "I/a", "I/b"]
    assert [body["name"] for body in parse(text)["tasks"][0]["supporting"]] == ["Sở Tài chính", "Sở Tư pháp", "Sở Y tế"]


def test_a_list_may_leave_a_number_out_where_a_line_ends_without_a_mark() -> None:
    text = (
        "KẾ HOẠCH\nTRỒNG RỪNG\nI. NHIỆM VỤ\n1. Phối hợp với Sở Xây dựng\nxác nhận đối tượng, điều kiện được hưởng chính "
        "sách về nhà ở xã hội\n3. Phân công Sở Y tế chỉ đạo\ncác bệnh viện của tỉnh mở lớp cho cán bộ, nhân viên y tế của "
        "các xã, phường\ntrong năm.\n"
    )
    assert [mark for mark, _ in sections(text)] == ["I", "I/1", "I/3"]


def test_dashes_tell_the_rows_of_a_table_without_numbers() -> None:
    rows = [
        "Trồng rừng | ha | 5",
        "Kinh phí | triệu đồng | 50",
        "- Ngân sách | triệu đồng | 40",
        "– Vốn khác | triệu đồng | 10",
    ]
    rows += ["+ Vay | triệu đồng | 4", "Giao rừng | ha | 5", "Tổng cộng |  | 55"]
    text = "KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\nHạng mục | Đơn vị tính | Năm 2026 |\n" + "".join(f"{row} |\n" for row in rows)
    found = table(text)
    by_id = {row["id"]: row["cells"][0] for row in found["rows"]}
    assert [(row["cells"][0], by_id.get(row["parent"] or "")) for row in found["rows"]] == [
        ("Trồng rừng", None),
        ("Kinh phí", None),
        ("- Ngân sách", "Kinh phí"),
        ("– Vốn khác", "Kinh phí"),
        ("+ Vay", "– Vốn khác"),
        ("Giao rừng", None),
        ("Tổng cộng", None),
    ]
    money = [(item["amount"] // 10**6, item["kind"]) for item in parse(text)["funding"]]
    assert money == [(50, "total"), (40, "item"), (10, "total"), (4, "item")]


def test_a_word_for_parts_stands_over_columns_and_not_the_sum_before_it() -> None:
    found = table(
        "KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\nTT | Nội dung | Tổng kinh phí | Chia ra các năm | Ghi chú |\n2026 | 2027 |\n"
        "1 | Mở lớp | 50 | 20 | 30 |  |\n2 | In sổ | 5 | 2 | 3 |  |\n"
    )
    assert [column["name"] for column in found["columns"]] == [
        "TT",
        "Nội dung",
        "Tổng kinh phí",
        "Chia ra các năm / 2026",
        "Chia ra các năm / 2027",
        "Ghi chú",
    ]


def test_rows_without_numbers_that_lost_a_cell_end_with_their_last_figure() -> None:
    cells = ["Hạng mục", "Đơn vị tính", "Tổng cộng", "Năm 2025", "Năm 2026", "Trồng rừng", "ha", "5.000", "2.000", "3.000"]
    cells += ["Giao rừng", "1.400", "400", "1.000", "Giữ rừng", "lượt ha", "9.000", "4.000", "5.000"]
    found = table("KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n" + "".join(f"{cell}\n|\n" for cell in cells))
    assert [row["cells"] for row in found["rows"]] == [
        ["Trồng rừng", "ha", "5.000", "2.000", "3.000"],
        ["Giao rừng", "ha", "1.400", "400", "1.000"],
        ["Giữ rừng", "lượt ha", "9.000", "4.000", "5.000"],
    ]


def test_the_unit_of_a_table_ends_the_paragraph_above_it() -> None:
    found = table(
        "KẾ HOẠCH\nTRỒNG RỪNG\nI. KINH PHÍ\nTổng kinh phí của kế hoạch do ngân sách tỉnh\nbảo đảm là 50 triệu đồng, gồm:\n"
        "Đơn vị tính: triệu đồng\nTT\n|\nNội dung\n|\nKinh phí\n|\n1\n|\nMở lớp\n|\n50\n|\n2\n|\nIn sổ\n|\n5\n|\n"
    )
    assert found["unit"] == "Đơn vị tính: triệu đồng"


def test_a_title_goes_on_with_the_name_that_it_announces_and_ends_with_it() -> None:
    text = (
        "KẾ HOẠCH\nGIỮ RỪNG\nI. MỤC ĐÍCH\nGiữ rừng đầu nguồn của các xã vùng cao trên địa bàn\ntỉnh trong mùa khô.\n"
        "II. YÊU CẦU\nKịp thời.\nIll. NỘI\nDUNG CÁC ĐỀ ÁN\n1. Đề án 1:\n“Hợp tác về giữ rừng đầu nguồn”\n"
        "Công an tỉnh chủ trì, phối hợp với Sở Ngoại vụ duy trì\nviệc trao đổi thông tin với tỉnh bạn về giữ rừng.\n"
    )
    found = [block for block in blocks(parse(text)) if block["type"] == "section"]
    assert [block["heading"] for block in found][2:] == ["NỘI DUNG CÁC ĐỀ ÁN", "Đề án 1: “Hợp tác về giữ rừng đầu nguồn”"]
    assert found[3]["blocks"][0]["text"].startswith("Công an tỉnh chủ trì")


def test_a_row_that_lost_a_cell_ends_before_the_empty_number_of_a_total() -> None:
    cells = ["TT", "Nội dung", "Chủ trì", "Thời gian", "Kinh phí", "1", "Mở lớp", "Sở Y tế", "Quý I/2026", "19.000"]
    cells += ["2", "Hồ chứa", "Sở Xây dựng", "80.000", "", "Tổng cộng", "", "", "99.000"]
    found = table("KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n" + "".join(f"{cell}\n|\n" if cell else "|\n" for cell in cells))
    assert [row["cells"] for row in found["rows"]] == [
        ["1", "Mở lớp", "Sở Y tế", "Quý I/2026", "19.000"],
        ["2", "Hồ chứa", "Sở Xây dựng", "Quý I/2026", "80.000"],
        ["", "Tổng cộng", "", "", "99.000"],
    ]


def test_no_figure_stands_under_the_unit() -> None:
    cells = ["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2025", "Năm 2026", "1", "Số xã đạt chuẩn", "Xã", "12", "15"]
    cells += ["2", "Số xã nâng cao", "06", "8", "3", "Số chợ", "Chợ", "4", "5"]
    found = table("KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n" + "".join(f"{cell}\n|\n" for cell in cells))
    assert found["rows"][1]["cells"] == ["2", "Số xã nâng cao", "Xã", "06", "8"]


def lines_of(*cells: str) -> str:
    return "KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n" + "".join(f"{cell}\n|\n" if cell else "|\n" for cell in cells)


def test_a_note_behind_the_year_of_a_header_is_no_number() -> None:
    header = ("Nội dung", "Đơn vị thực hiện", "Kinh phí năm 2025¹")
    found = table(lines_of(*header, "Mở lớp", "Sở Y tế", "100", "Xây cầu", "Sở Y tế", "200"))
    assert [row["cells"] for row in found["rows"]] == [["Mở lớp", "Sở Y tế", "100"], ["Xây cầu", "Sở Y tế", "200"]]


def test_years_under_a_total_belong_to_the_header() -> None:
    header = ("STT", "Nội dung", "Số lượng", "Tổng cộng", "2024", "2025")
    found = table(lines_of(*header, "1", "Mở lớp", "5", "100", "50", "50", "2", "Mở chợ", "6", "200", "100", "100"))
    assert [row["cells"] for row in found["rows"]] == [
        ["1", "Mở lớp", "5", "100", "50", "50"],
        ["2", "Mở chợ", "6", "200", "100", "100"],
    ]


def test_a_total_over_the_first_row_may_have_its_figure_alone() -> None:
    header = ("STT", "Nội dung", "Kinh phí", "Ghi chú", "Tổng cộng", "5.836.000")
    found = table(lines_of(*header, "1", "Mở lớp", "100.000", "", "2", "Mở chợ", "200.000", ""))
    assert [row["cells"] for row in found["rows"]] == [
        ["", "Tổng cộng", "5.836.000", ""],
        ["1", "Mở lớp", "100.000", ""],
        ["2", "Mở chợ", "200.000", ""],
    ]


def test_rows_without_numbers_may_end_in_an_empty_cell() -> None:
    header = ("Nội dung", "Cơ quan thực hiện", "Năm 2023", "Năm 2024", "Tổng")
    rows = [
        ["Mở lớp", "Sở Y tế", "100", "", "100"],
        ["Mở chợ", "Sở Nội vụ", "", "200", ""],
        ["Xây cầu", "Sở Y tế", "1", "2", "3"],
    ]
    found = table(lines_of(*header, *(cell for row in rows for cell in row)))
    assert [row["cells"] for row in found["rows"]] == rows


def test_no_table_begins_at_a_year() -> None:
    cells = (
        "Nội dung",
        "Cơ quan",
        "Năm 2023",
        "Năm 2024",
        "Tổng",
        "Mở lớp",
        "Sở Y tế",
        "100",
        "2",
        "100",
        "Mở chợ",
        "Sở Nội vụ",
    )
    found = [block for block in blocks(parse(lines_of(*cells, "1", "200", "7"))) if block["type"] == "table"]
    assert all(not column["name"].startswith("Năm 2023") for block in found for column in block["columns"][:1])


@pytest.mark.parametrize("number", ["¹", "7²", "3.¹", "①", "9" * 4400, "1." + "9" * 4400], ids=lambda text: text[:3])
def test_what_looks_like_the_number_of_a_row_and_is_none_for_python(number: str) -> None:
    rows = f"STT | Nội dung | Kinh phí |\n1 | Mở lớp | 5 |\n{number} | In sổ | 6 |\n3 | Xây chợ | 7 |\n"
    pipes = f"KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n{rows}"
    cells = lines_of("STT", "Nội dung", "Kinh phí", "1", "Mở lớp", "5", number, "In sổ", "6", "3", "Xây chợ", "7")
    for text in (pipes, cells):
        assert "In sổ" in [cell for row in table(text)["rows"] for cell in row["cells"]]


def test_rows_that_lost_their_last_cell_make_no_table_narrower() -> None:
    header = ("STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2026", "Cơ quan theo dõi")
    rows = ["1", "Tăng trưởng", "%", "14,1", "Cục Thống kê"]
    rows += ["-", "Công nghiệp", "%", "18,6", "-", "Dịch vụ", "%", "7,2", "-", "Nông nghiệp", "%", "2,0"]
    rows += ["2", "Thu ngân sách", "Tỷ đồng", "12.264", "Sở Tài chính"]
    found = table(lines_of(*header, *rows))
    assert [column["name"] for column in found["columns"]] == list(header)
    assert [row["cells"][-1] for row in found["rows"]] == ["Cục Thống kê"] * 4 + ["Sở Tài chính"]


def test_sources_of_money_stand_under_their_own_name() -> None:
    over = ("TT", "Tên dự án", "Tổng cộng", "Nguồn vốn", "Phân kỳ thực hiện")
    header = (*over, "Ngân sách trung ương", "Ngân sách tỉnh", "Năm 2026", "Giai đoạn 2027-2030")
    found = table(
        lines_of(*header, "1", "Đường", "100", "60", "40", "10", "90", "2", "Cầu", "200", "50", "150", "70", "130")
    )
    assert [column["path"] for column in found["columns"]][2:] == [
        ["Tổng cộng"],
        ["Nguồn vốn", "Ngân sách trung ương"],
        ["Nguồn vốn", "Ngân sách tỉnh"],
        ["Phân kỳ thực hiện", "Năm 2026"],
        ["Phân kỳ thực hiện", "Giai đoạn 2027-2030"],
    ]
    assert [column["kind"] for column in found["columns"]][3:] == ["money"] * 4


def test_what_a_column_held_before_tells_where_a_cell_belongs() -> None:
    header = "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Cấp trình | Thời gian |\n"
    rows = "1 | Đề án đô thị | Sở Xây dựng | Các sở liên quan | HĐND tỉnh | Tháng 6/2026 |\n"
    rows += "2 | Nghị quyết hỗ trợ | Sở Công Thương | HĐND tỉnh | Quý III/2026 |\n"
    found = table(f"KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n{header}{rows}")
    last = found["rows"][-1]
    assert last["cells"][3:] == ["Các sở liên quan", "HĐND tỉnh", "Quý III/2026"] and last["carried"] == [3]


def test_a_report_is_a_product_and_no_body() -> None:
    header = "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | Sản phẩm |\n"
    rows = "1 | Điện gió | Sở Công Thương | Các sở liên quan | 2026 - 2030 | Công suất tăng thêm |\n"
    rows += "2 | Kiểm toán năng lượng | Báo cáo kiểm toán; mô hình |\n"
    last = table(f"KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n{header}{rows}")["rows"][-1]
    assert last["cells"] == [
        "2",
        "Kiểm toán năng lượng",
        "Sở Công Thương",
        "Các sở liên quan",
        "2026 - 2030",
        "Báo cáo kiểm toán; mô hình",
    ]


def test_the_unit_of_a_table_stands_below_its_caption() -> None:
    prose = (
        "1. Tổng kinh phí thực hiện Kế hoạch năm 2026 dự kiến do ngân sách tỉnh và nguồn vốn vay bảo đảm theo quy định của "
    )
    prose += "Luật Ngân sách nhà nước và các văn bản hướng dẫn thi hành, phân theo từng nguồn vốn như sau:"
    filler = textwrap.fill(prose, 33) + "\n"
    caption = "Biểu tổng hợp kinh phí năm 2026\nĐơn vị tính: Triệu đồng\n"
    cells = ("TT", "Nguồn vốn", "Kinh phí", "1", "Ngân sách tỉnh", "36.157", "2", "Vốn vay", "5.423")
    lines = "".join(f"{cell}\n|\n" for cell in cells)
    document = parse(f"KẾ HOẠCH\nGIẢM NGHÈO\nI. KINH PHÍ\n{filler}{caption}{lines}")
    assert [item["amount"] for item in document["funding"]] == [36_157_000_000, 5_423_000_000]
    assert any(
        block["text"] == "Biểu tổng hợp kinh phí năm 2026" for block in blocks(document) if block["type"] == "paragraph"
    )


def ragged(*paragraphs: str) -> str:
    """Paragraphs whose first line is shorter than the others, as sites wrap them."""
    lines = []
    for paragraph in paragraphs:
        first = textwrap.wrap(paragraph, 46)[0]
        lines += [first, *textwrap.wrap(paragraph[len(first) :].strip(), 80)]
    return "\n".join(lines) + "\n"


def test_a_full_line_behind_a_colon_begins_no_paragraph_in_a_ragged_wrap() -> None:
    duty = "Bố trí nguồn vốn, hướng dẫn thủ tục cho vay đối với hộ nghèo, hộ cận nghèo có nhu cầu vay vốn theo quy định"
    filler = [
        f"{i}. Sở Công Thương tỉnh: Chủ trì, phối hợp với các sở, ngành liên quan {duty.lower()} theo quy định."
        for i in (1, 2)
    ]
    text = ragged(
        "KẾ HOẠCH",
        "GIẢM NGHÈO",
        "I. TỔ CHỨC THỰC HIỆN",
        *filler,
        f"3. Ngân hàng Chính sách xã hội chi nhánh tỉnh: {duty}.",
        *[f"{i}. Sở Y tế: {duty}, {duty.lower()}." for i in (4, 5, 6)],
    )
    assert "\n3. Ngân hàng Chính sách xã hội chi nhánh tỉnh:\nBố trí" in text
    item = next(block for block in blocks(parse(text)) if block["id"].endswith("/3"))
    assert item["text"] == f"{duty}." and item["heading"] == "Ngân hàng Chính sách xã hội chi nhánh tỉnh:"


def test_a_dash_after_a_whole_range_of_years_begins_an_item() -> None:
    text = ragged(
        "KẾ HOẠCH",
        "CHĂM SÓC NGƯỜI CAO TUỔI",
        "I. MỤC TIÊU",
        "a) Giai đoạn 2021 - 2025",
        *[
            f"- {share}% cấp ủy, chính quyền các cấp ban hành văn bản lãnh đạo, chỉ đạo và bố trí kinh phí cho công tác "
            "chăm sóc sức khỏe người cao tuổi trên địa bàn."
            for share in (100, 90)
        ],
    )
    found = [block["marker"] for block in blocks(parse(text)) if block["type"] == "section"]
    assert found == ["I", "a", "-", "-"]


def test_a_list_of_departments_keeps_a_name_with_commas() -> None:
    duty = "1. Các Sở: Xây dựng, Văn hóa, Thông tin, Thể thao và Du lịch có trách nhiệm lập sổ.\n"
    text = f"KẾ HOẠCH\nGIẢM NGHÈO\nI. TỔ CHỨC THỰC HIỆN\n{duty}"
    assert [body["name"] for body in parse(text)["tasks"][0]["lead"]] == [
        "Sở Xây dựng",
        "Sở Văn hóa, Thông tin, Thể thao và Du lịch",
    ]


def test_titles_between_the_rows_make_no_table_wider() -> None:
    header = ("STT", "Nội dung", "Tổng kinh phí", "Trong đó", "Ngân sách tỉnh", "Vốn vay")
    cells: list[str] = []
    for i in range(1, 7):
        cells += [str(i), f"Việc số {i}", "1.250", "750,5", "499,5"]
        cells += [f"Nhóm việc {'BC'[i // 2 - 1]}"] if i in (2, 4) else []
    rows = [row["cells"] for row in table(lines_of(*header, *cells))["rows"]]
    assert [row[2:] for row in rows if row[0].isdigit()] == [["1.250", "750,5", "499,5"]] * 6


def test_the_whole_of_a_group_is_no_total_of_the_table() -> None:
    rows = (
        "I | Huyện A | |\n | Toàn huyện | 50 |\n1 | Xã B | 20 |\n2 | Xã C | 30 |\nII | Huyện D | |\n | Toàn huyện | 70 |\n"
    )
    found = table(f"KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\nTT | Địa bàn | Kinh phí |\n{rows}1 | Xã E | 20 |\n2 | Xã F | 50 |\n")
    parents = {row["cells"][1]: row["parent"] for row in found["rows"]}
    assert parents["Xã B"] == parents["Xã C"] == found["rows"][0]["id"]


def test_a_period_over_times_is_a_column_of_times() -> None:
    header = "TT | Nhiệm vụ | Cơ quan chủ trì | Giai đoạn 2026 - 2030 |\n"
    rows = "1 | Mở lớp | Sở Y tế | Hằng năm |\n2 | In sổ | Sở Nội vụ | 2027 |\n"
    document = parse(f"KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n{header}{rows}")
    assert [task["time"] for task in document["tasks"]] == ["Hằng năm", "2027"]


@pytest.mark.parametrize("mark", ["Điều 4k", "Điều 12i. Trách nhiệm", "Điều 7z. Áp dụng"])
def test_any_letter_behind_the_number_of_an_article_is_read(mark: str) -> None:
    assert parse(f"QUYẾT ĐỊNH\nQUY ĐỊNH VỀ RỪNG\n\n{mark}\nGiữ rừng.\n")["source"]["coverage"] == 1


def test_a_number_of_a_document_that_a_dash_goes_on_is_no_item() -> None:
    text = ragged("KẾ HOẠCH", "GIỮ RỪNG", "I. CĂN CỨ", "1. Nghị quyết của tỉnh về giữ rừng, trồng rừng và phát triển.")
    text += "2. Theo Nghị quyết về giữ rừng số 10-2021\n- 2025 của tỉnh về việc giữ rừng và trồng rừng trên toàn tỉnh.\n"
    assert [block["marker"] for block in blocks(parse(text)) if block["type"] == "section"] == ["I", "1", "2"]


def test_many_tasks_with_times_in_one_block_cost_no_square() -> None:
    def cost(count: int) -> int:
        tasks = [{"block_id": "p1", "time": None, "begins": at} for at in range(count)]
        due = [{"block_id": "p1", "span": {"start": at}, "text": "trước ngày 30/9/2026"} for at in range(count)]
        return lines_run(lambda: give_times(tasks, due, load()))

    cost(1)  # what is made once
    assert cost(400) < 4.4 * cost(100)


def test_words_find_their_way_past_a_column_of_figures() -> None:
    header = "TT | Đơn vị | Tổng diện tích | Rừng đặc dụng | Rừng phòng hộ | Rừng sản xuất | Ghi chú |\n"
    rows = "".join(f"{i} | Huyện {name} | 4.630 | 16 | 25.480 | 63.905 | Khu {i} |\n" for i, name in enumerate("ABCD", 1))
    found = table(f"KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n{header}{rows}5 | Huyện E | 47.645 | | 6.385 | 41.260 |\n")
    assert found["rows"][-1]["cells"][:6] == ["5", "Huyện E", "47.645", "", "6.385", "41.260"]


def test_to_issue_a_rule_is_work_and_no_body() -> None:
    header = "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | Nguồn lực |\n"
    rows = "1 | Đề án đô thị | Sở Xây dựng | Các sở liên quan | 2026 | Ngân sách tỉnh |\n"
    rows += "2 | Ban hành quy định về rác thải | Sở Y tế | 2027 |\n"
    last = table(f"KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n{header}{rows}")["rows"][-1]
    assert last["cells"][1:3] == ["Ban hành quy định về rác thải", "Sở Y tế"]


def test_a_share_behind_a_title_that_ends_with_a_number_is_an_item() -> None:
    text = "KẾ HOẠCH\nCHUYỂN ĐỔI SỐ\n\nII. MỤC TIÊU\n\n2.4. Về Đề án 06\n\n- 100% công dân được cấp thẻ căn cước.\n"
    pipe = text.replace("\n\n", "\n") + "STT | Nội dung |\n1 | Cấp thẻ |\n"
    assert [block["marker"] for block in blocks(parse(pipe)) if block["type"] == "section"] == ["II", "2.4", "-"]


def test_a_line_that_ends_with_a_dash_goes_on() -> None:
    duty = "thực hiện chăm sóc sức khỏe, phục hồi chức năng cho người khuyết tật tại cơ sở y tế và tại cộng đồng"
    item = f"1. Sở Y tế: Chủ trì, phối hợp với các sở, ngành liên quan {duty} trên toàn tỉnh."
    text = ragged("KẾ HOẠCH", "PHỤC HỒI CHỨC NĂNG", "I. TỔ CHỨC THỰC HIỆN", item)
    text += "Giao Bệnh viện Y học cổ truyền -\nPhục hồi chức năng tỉnh làm đầu mối kỹ thuật, phối hợp với các huyện.\n"
    assert any("truyền - Phục hồi" in (block["text"] or "") for block in blocks(parse(text)) if block["type"] == "paragraph")


def test_districts_under_a_header_that_reads_like_a_unit_name_the_rows() -> None:
    header = "TT | Đơn vị | Tổng diện tích quy hoạch | Rừng phòng hộ |\n"
    rows = "1 | Thành phố Yên Bái | 4.630 | 630 |\n2 | Thị xã Nghĩa Lộ | 4.055 | 1.310 |\n | Tổng cộng | 8.685 | 1.940 |\n"
    found = table(f"KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n{header}{rows}")
    assert [column["kind"] for column in found["columns"]][1] == "content"
    assert (found["rows"][-1]["kind"], found["rows"][-1]["parent"]) == ("total", None)


def test_a_row_before_a_group_may_have_lost_a_cell_and_end_in_an_empty_one() -> None:
    header = ("STT", "Tên dự án", "Địa điểm", "Quy mô (ha)", "Tổng mức đầu tư", "Ghi chú")
    cells = ["I", "Chuyển tiếp", "", "96", "5.235", "", "1", "Khu Phước Lý", "Cần Giuộc", "33", "1.860", ""]
    cells += ["2", "Khu mở rộng", "15", "625", "", "II", "Khởi công mới", "", "71", "4.240", ""]
    cells += ["1", "Khu Khánh Hậu", "Tân An", "41", "2.890", "Đấu thầu"]
    rows = table(lines_of(*header, *cells))["rows"]
    assert [row["number"] for row in rows] == ["I", "1", "2", "II", "1"]
    assert rows[2]["cells"][3:5] == ["15", "625"]


@pytest.mark.parametrize(
    ("header", "row", "names"),
    [
        pytest.param(
            "TT | Nhiệm vụ | Nguồn vốn | Kinh phí |\nNăm 2026 | Năm 2027 |",
            "Mở lớp | Ngân sách tỉnh | 5 | 6",
            ["Nguồn vốn", "Kinh phí / Năm 2026", "Kinh phí / Năm 2027"],
            id="a source may be a column of its own",
        ),
        pytest.param(
            "TT | Nhiệm vụ | Nguồn vốn | Tổng kinh phí | Trong đó |\nNgân sách trung ương | Ngân sách tỉnh |",
            "Mở lớp | CTMTQG | 1.250 | 750,5 | 499,5",
            ["Nguồn vốn", "Tổng kinh phí", "Trong đó / Ngân sách trung ương", "Trong đó / Ngân sách tỉnh"],
            id="a source gives way to what surely stands over others",
        ),
        pytest.param(
            "TT | Chỉ tiêu | Đơn vị tính | Năm 2025 | Kế hoạch năm 2026 | Ghi chú |\nKế hoạch | Ước thực hiện |",
            "Hợp tác xã | HTX | 205 | 203 | 221 | ",
            ["Đơn vị tính", "Năm 2025 / Kế hoạch", "Năm 2025 / Ước thực hiện", "Kế hoạch năm 2026", "Ghi chú"],
            id="plan and result stand under the year before",
        ),
        pytest.param(
            "STT | Tên dự án | Tổng mức đầu tư | Kế hoạch vốn | Ghi chú |\nNăm 2026 | Năm 2027 |",
            "Khu dân cư Phước Lý | 1.860 | 420 | 510 | ",
            ["Tổng mức đầu tư", "Kế hoạch vốn / Năm 2026", "Kế hoạch vốn / Năm 2027", "Ghi chú"],
            id="years stand under the plan and not the sum beside it",
        ),
    ],
)
def test_which_header_stands_over_the_second_row(header: str, row: str, names: list[str]) -> None:
    found = table(f"KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n{header}\n1 | {row} |\n2 | {row} |\n")
    assert [column["name"] for column in found["columns"]][2:] == names


def test_an_amount_that_reads_like_a_year_stays_money() -> None:
    header = "TT | Nhiệm vụ | Kinh phí năm 2026 (triệu đồng) |\n"
    document = parse(f"KẾ HOẠCH\nTRỒNG RỪNG\nPHỤ LỤC\n{header}1 | Mở lớp | 2000 |\n2 | In sổ | 2025 |\n")
    assert [item["amount"] for item in document["funding"]] == [2_000_000_000, 2_025_000_000]


@pytest.mark.parametrize("letter", ["a", "k"])
def test_an_article_with_a_letter_stands_beside_the_one_without(letter: str) -> None:
    articles = "".join(f"Điều {number}. Giữ rừng\nLập sổ.\n" for number in ("1", "2", f"2{letter}", "3"))
    assert codes(f"QUYẾT ĐỊNH\nQUY ĐỊNH VỀ RỪNG\n\n{articles}") == []
    assert codes(f"QUYẾT ĐỊNH\nQUY ĐỊNH VỀ RỪNG\n\n{articles.replace('Điều 3', f'Điều 2{letter}')}") == [
        "numbering.repeated"
    ]


def test_the_article_after_one_with_a_letter_is_told_by_its_number() -> None:
    articles = "Điều 1. Giữ rừng đầu nguồn.\n\nĐiều 2k. Trồng rừng phòng hộ.\n\n"
    last = "Chánh Văn phòng UBND tỉnh, Giám đốc các Sở chịu trách nhiệm thi hành Quyết định này./.\n"
    found = parse(f"QUYẾT ĐỊNH\nVỀ VIỆC GIỮ RỪNG\n\nQUYẾT ĐỊNH:\n\n{articles}{last}")["diagnostics"]
    assert [item["values"]["expected"] for item in found if item["code"] == "marker.lost"] == ["Điều 3"]


def test_a_line_that_is_no_wrapped_one_may_break_inside_a_name() -> None:
    """Pages leave the text of a link on one line: it is longer than the others, and what it breaks goes on."""
    wrapped = "\n".join(textwrap.wrap("Rừng tràm giữ đất, giữ nước và che chở cho muôn loài chim. " * 8, 50))
    link = f"Căn cứ Quyết định số 807/QĐ-UBND về việc kiện toàn Ban Chỉ đạo {'công tác chăm lo ' * 4}Dân số -"
    text = f"KẾ HOẠCH\nCHĂM SÓC RỪNG TRÀM\n{link}\nKế hoạch hóa gia đình tỉnh Hà Giang;\nI. MỤC TIÊU\n{wrapped}\n"
    assert [basis["text"] for basis in parse(text)["metadata"]["legal_bases"]] == [
        f"{link} Kế hoạch hóa gia đình tỉnh Hà Giang;"
    ]


def test_a_number_on_the_line_under_its_word_belongs_to_it() -> None:
    basis = "Căn cứ Quyết định số\n24/2021/QĐ-TTg ngày 16/7/2021;"
    text = f"KẾ HOẠCH\nGIỮ RỪNG\n\n{basis}\n\nI. MỤC TIÊU\n\n1. Theo Kế hoạch năm\n2024.\n"
    document = parse(text)
    assert [found["text"] for found in document["metadata"]["legal_bases"]] == [basis.replace("\n", " ")]
    assert [item["text"] for item in document["citations"]] == ["Quyết định số 24/2021/QĐ-TTg ngày 16/7/2021"]
    assert sections(text)[-1] == ("I/1", "Theo Kế hoạch năm 2024.")


@pytest.mark.parametrize("text", ["Điều １. Mở lớp", "Điều ٣. Mở lớp", "Điều１", "１. Mở lớp"])
def test_figures_of_other_scripts_are_read(text: str) -> None:
    assert parse(f"{PLAN}{text}\n")["source"]["coverage"] == 1.0


def test_a_year_that_breaks_off_at_a_line_end_is_no_crash() -> None:
    text = "Số: 54/KH-UBND |\nCăn cứ Quyết định số 8/QĐ-UBND ngày 9/2/202 |\n2 |\nKẾ HOẠCH\nA\nI. B\n1. c\n"
    assert parse(text)["source"]["coverage"] == 1.0


@pytest.mark.parametrize(
    ("title", "below"),
    [
        ("Phát triển kinh tế số", "10% GRDP là của kinh tế số."),
        ("Dữ liệu số", "05 cơ sở dữ liệu được tạo lập."),
        ("Chỉ tiêu theo từng năm", "2026: 100 xã có loa."),
        ("Mua thiết bị các loại", "02 máy chủ cho huyện."),
    ],
)
def test_a_title_that_ends_in_a_word_before_figures_does_not_swallow_them(title: str, below: str) -> None:
    found = parse(f"{PLAN}I. MỤC TIÊU\n1. {title}\n{below}\n2. Giữ rừng\nGiữ rừng tràm.\n")
    section = next(block for block in blocks(found) if block["id"] == "plan/I/1")
    assert section["heading"] == title and [block["text"] for block in section["blocks"]] == [below]


@pytest.mark.parametrize("number", ["15/QĐ-TTg", "5/QĐ-UBND", "12-NQ/TW", "24/2021/QĐ-TTg"])
def test_the_number_of_a_document_that_begins_a_line_is_no_mark(number: str) -> None:
    text = f"{PLAN}Căn cứ Quyết định số\n{number} ngày 16/7/2021;\n\nI. MỤC TIÊU\n\n1. Giữ rừng.\n"
    assert [basis["text"] for basis in parse(text)["metadata"]["legal_bases"]] == [
        f"Căn cứ Quyết định số {number} ngày 16/7/2021;"
    ]


def test_years_of_the_period_in_the_header_are_times() -> None:
    header = "TT | Nhiệm vụ | Cơ quan chủ trì | Giai đoạn 2026-2030 | Kinh phí (triệu đồng) |\n"
    rows = "1 | Mở lớp | Sở Y tế | 2027 | 500 |\n2 | In sổ | Sở Y tế | 2028 | 300 |\n"
    document = parse(f"{PLAN}PHỤ LỤC\n{header}{rows}")
    assert [item["amount"] for item in document["funding"]] == [500_000_000, 300_000_000]
    assert [task["time"] for task in document["tasks"]] == ["2027", "2028"]


@pytest.mark.parametrize(
    "title",
    [
        "THỰC HIỆN QUY CHẾ DÂN CHỦ Ở\nCƠ SỞ\nNĂM 2024",
        "RÀ SOÁT CÁC\nCĂN CỨ PHÁP LÝ CỦA QUY HOẠCH",
        "Y TẾ\n\nCƠ SỞ XÂY DỰNG MỚI",
    ],
)
def test_a_title_may_speak_of_bases_and_of_the_grass_roots(title: str) -> None:
    found = parse(f"KẾ HOẠCH\n{title}\n\nI. MỤC TIÊU\n1. Giữ rừng.\n")["metadata"]["title"]
    assert found == " ".join(title.split())


def test_sections_about_the_grass_roots_hold_goals_and_tasks() -> None:
    goals = parse(f"{PLAN}I. MỤC TIÊU\n1. Cơ sở\n- Đến năm 2030, 90% cơ sở đạt chuẩn.\n")
    assert [item["value"] for item in goals["targets"]] == [90]
    tasks = parse(f"{PLAN}I. TỔ CHỨC THỰC HIỆN\n1. Cơ sở\n- UBND các xã chủ trì mở lớp.\n")["tasks"]
    assert [body["name"] for task in tasks for body in task["lead"]] == ["UBND các xã"]


#: Set as one family of sites does: the first line of a paragraph is shorter than the others.
FILLER = (
    "Tăng cường tuyên truyền, vận động\n"
    "nhân dân tham gia bảo vệ rừng và trồng cây phân tán trên địa bàn các xã vùng\n"
    "cao, vùng sâu, vùng xa, vùng đồng bào dân tộc thiểu số và miền núi của tỉnh ta.\n"
)


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        pytest.param(
            "1. Kết quả đạt được\n- Diện tích thả nuôi tôm nước lợ năm\n2021 đạt 53 nghìn ha, hơn năm trước đó.",
            "1 -",
            id="done",
        ),
        pytest.param(
            "1. Định hướng đến năm 2030\n- 100% rác thải ở các đô thị và 98% rác ở\nnông thôn được thu gom.",
            "1 -",
            id="share",
        ),
        pytest.param(
            "1. Giữ đất\nThời gian thực hiện: Hàng năm\n2. Chăn nuôi\nCải tạo đàn bò theo hướng lấy thịt.",
            "1 2",
            id="yearly",
        ),
        pytest.param(
            "1. Chủ trì: Ngân hàng Nhà nước Việt Nam\n- Chi nhánh tỉnh Kon Tum, các tổ chức tín dụng.", "1", id="branch"
        ),
        pytest.param("1. Nội dung của giai đoạn 2021\n- 2025 gồm có các dự án đã phê duyệt.", "1", id="period"),
    ],
)
def test_a_dash_or_a_number_after_the_end_of_a_wrapped_line(lines: str, numbers: str) -> None:
    plan = parse(f"KẾ HOẠCH\nGIỮ RỪNG\n\nI. MỤC TIÊU\n{FILLER}II. NHIỆM VỤ\n{FILLER * 3}{lines}\n")
    found = [block["number"] for block in blocks(plan) if block["type"] == "section"]
    assert found == ["I", "II", *numbers.split()]


def test_a_period_broken_in_a_title_is_whole() -> None:
    title = "PHÁT TRIỂN NUÔI TÔM NƯỚC LỢ TRÊN ĐỊA BÀN TỈNH SÓC TRĂNG GIAI ĐOẠN 2022\n- 2025"
    plan = parse(f"KẾ HOẠCH\n{title}\nCăn cứ Luật Thủy sản ngày 21 tháng 11\nnăm 2017;\n\nI. MỤC TIÊU\nLàm tốt.\n")
    assert plan["metadata"]["title"] == title.replace("\n", " ")
