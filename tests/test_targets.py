"""Targets: the conventions of plan texts, each with an example of our own."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import SEEDS, lines_run, needs_seeds, parse
from planparse.facts.numbers import find_values, only_value, read_cell, read_number
from planparse.facts.target_units import units_of
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.text import decode

Data = dict[str, Any]

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\nSố: 12/KH-UBND\nLâm Đồng, ngày 03 tháng 02 năm 2026\nKẾ HOẠCH\nPhát triển chăn nuôi\n"
)


def plan(*goals: str, title: str = "Mục tiêu cụ thể") -> str:
    """A plan with some goals, each a dash, under one title."""
    return HEAD + "I. MỤC TIÊU\n1. " + title + "\n" + "\n".join(f"- {goal}" for goal in goals) + "\n"


def targets(*goals: str, title: str = "Mục tiêu cụ thể") -> list[Data]:
    return list(parse(plan(*goals, title=title))["targets"])


def values(*goals: str) -> list[tuple[str, float, float | None, str | None]]:
    return [(item["comparator"], item["value"], item["value_max"], item["unit"]) for item in targets(*goals)]


@pytest.mark.parametrize(
    ("goal", "comparator", "value", "unit"),
    [
        ("Tỷ lệ che phủ rừng duy trì ở mức 52%.", "=", 52, "%"),
        ("Có ít nhất 30% diện tích cây trồng được tưới tiết kiệm.", ">=", 30, "%"),
        ("Tối thiểu 70% cơ quan sử dụng hợp đồng điện tử.", ">=", 70, "%"),
        ("Sản lượng cá đạt trên 7.000 tấn.", ">", 7000, "tấn"),
        ("Tỷ lệ hộ nghèo còn dưới 2,5%.", "<", 2.5, "%"),
        ("Không quá 3% hồ sơ trễ hạn.", "<=", 3, "%"),
        ("Tỷ lệ sinh con thứ ba tối đa 12%.", "<=", 12, "%"),
        ("Có từ 50% trở lên số xã đạt chuẩn.", ">=", 50, "%"),
        ("Thu hút khoảng 200 nghìn lao động.", "=", 200, "nghìn lao động"),
        ("Giảm 20% số vụ tai nạn so với năm 2024.", "decrease", 20, "%"),
        ("Sản lượng điện tăng bình quân 8%/năm.", "increase", 8, "%/năm"),
        ("Tỷ lệ thất nghiệp giảm xuống còn 2%.", "=", 2, "%"),
        ("Tốc độ tăng GRDP bình quân đạt 8%.", "=", 8, "%"),
        ("Giảm ít nhất 8% lượng phát thải.", ">=", 8, "%"),
        ("Kinh tế số đóng góp 25% GRDP của tỉnh.", "=", 25, "% GRDP"),
        ("Số ca ngộ độc dưới 7 ca/100.000 dân.", "<", 7, "ca/100.000 dân"),
        ("Tổng lượng khách đạt 1,8 triệu lượt khách.", "=", 1.8, "triệu lượt khách"),
        ("Thu nhập bình quân đạt 95 triệu đồng/người/năm.", "=", 95, "triệu đồng/người/năm"),
        ("Tổng diện tích đạt 200ha.", "=", 200, "ha"),
        ("Tỷ suất tử vong trẻ dưới 5 tuổi dưới 12‰.", "<", 12, "‰"),
        ("Mật độ đường bộ đạt 0,85 km/km2.", "=", 0.85, "km/km2"),
        ("Chỉ số phát triển con người đạt trên 0,75.", ">", 0.75, None),
        ("Trên 95 % dân số tham gia bảo hiểm.", ">", 95, "%"),
    ],
)
def test_comparators_and_units(goal: str, comparator: str, value: float, unit: str | None) -> None:
    assert values(goal) == [(comparator, value, None, unit)]


@pytest.mark.parametrize(
    ("goal", "low", "high"),
    [
        ("Tăng trưởng bình quân từ 8,4-8,8%/năm.", 8.4, 8.8),
        ("Ngành dịch vụ chiếm 45,0 - 45,5%.", 45, 45.5),
        ("Ngành nông nghiệp chiếm 12,5% - 13,0%.", 12.5, 13),
        ("Mỗi huyện có từ 5 đến 10 mô hình.", 5, 10),
        ("Có thêm 02-03 di tích được xếp hạng.", 2, 3),
    ],
)
def test_ranges(goal: str, low: float, high: float) -> None:
    (found,) = targets(goal)
    assert (found["value"], found["value_max"]) == (low, high)


def test_several_targets_of_a_sentence_keep_their_own_words() -> None:
    found = targets("Tỷ lệ che phủ rừng đạt 49%, diện tích trồng mới đạt trên 700 ha, trồng 20.000 cây phân tán.")
    assert [(item["indicator"], item["value"]) for item in found] == [
        ("Tỷ lệ che phủ rừng", 49),
        ("diện tích trồng mới", 700),
        ("trồng cây phân tán", 20000),
    ]
    assert found[1]["text"] == "diện tích trồng mới đạt trên 700 ha"


def test_numbers_first_and_a_shared_predicate() -> None:
    found = targets("100% rác ở chợ và 70% rác ở thôn được phân loại; 99% hộ có điện, 98% hộ có nước sạch.")
    assert [(item["value"], item["indicator"]) for item in found] == [
        (100, "rác ở chợ được phân loại"),
        (70, "rác ở thôn được phân loại"),
        (99, "hộ có điện"),
        (98, "hộ có nước sạch"),
    ]


def test_brackets_that_say_the_same_again_are_no_target() -> None:
    assert [item["value"] for item in targets("Phấn đấu 90% số xã (tương đương 80 xã) đạt chuẩn nông thôn mới.")] == [90]


def test_year_of_the_sentence_holds_for_what_follows() -> None:
    found = targets("Đến năm 2028, trồng 300 ha rừng; xử lý 85% chất thải nhựa; thu gom đạt 95% vào năm 2030.")
    assert [item["year"] for item in found] == [2028, 2028, 2030]


def test_year_of_the_heading_above() -> None:
    (found,) = targets("Tỷ lệ đô thị hóa đạt 60%.", title="Mục tiêu cụ thể đến năm 2030, tầm nhìn đến năm 2045")
    assert found["year"] == 2030
    (found,) = targets("Tỷ lệ đô thị hóa đạt 60%.", title="Tầm nhìn đến năm 2045")
    assert found["year"] == 2045
    assert targets("Tỷ lệ đô thị hóa đạt 60%.")[0]["year"] is None


def test_year_of_comparison_is_the_baseline() -> None:
    (found,) = targets("Giảm cường độ phát thải ít nhất 15% vào năm 2030 so với năm 2014.")
    assert (found["year"], found["baseline_year"]) == (2030, 2014)


@pytest.mark.parametrize(
    "text",
    [
        "Giảm phát thải N2O và nuôi theo tiêu chuẩn SQF 1000CM.",
        "Ứng dụng thành tựu của Cách mạng Công nghiệp 4.0, phòng, chống COVID-19.",
        "Tập trung vào 3 lĩnh vực chủ yếu.",
        "Theo Điều 15 và khoản 2 Điều 7 QCVN 62:2016/BTNMT.",
        "Liên hệ số điện thoại 0263.3822.345 trước ngày 30/11/2026.",
        "Thực hiện Nghị quyết số 15/2022/NQ-HĐND ngày 08 tháng 7 năm 2022.",
        "Phòng bệnh cho trẻ dưới 5 tuổi và người từ 60 tuổi.",
        "Thực hiện trong 05 năm, báo cáo 6 tháng một lần.",
        "Cung cấp dịch vụ công mức độ 3, 4.",
        "Tính trên 10.000 dân.",
    ],
)
def test_traps_in_goals_are_no_targets(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("I. ĐÁNH GIÁ TÌNH HÌNH", "Năm 2025, tỷ lệ hộ nghèo giảm còn 2,5%, có 85 xã đạt chuẩn."),
        ("II. NHIỆM VỤ", "Tổ chức 01 lớp tập huấn cho 30 người."),
        ("II. NHIỆM VỤ", "Đến nay đã có 95% hộ dùng nước sạch."),
        ("II. NHIỆM VỤ", "Doanh nghiệp trích 10% thu nhập để lập quỹ."),
        ("II. NHIỆM VỤ", "Hỗ trợ 50% chi phí mua con giống."),
        ("II. NHIỆM VỤ", "Sắp xếp doanh nghiệp do Nhà nước nắm giữ 100% vốn điều lệ."),
    ],
)
def test_what_was_reached_and_what_rules_fix_are_no_targets(section: str, text: str) -> None:
    assert parse(f"{HEAD}{section}\n1. Nội dung\n- {text}\n")["targets"] == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Bảo đảm 100% cơ sở được kiểm tra.", 100, "%"),
        ("Phấn đấu trồng 500 ha rừng ngập mặn.", 500, "ha"),
        ("Đến năm 2030, dân số khoảng 447.000 người.", 447000, "người"),
        ("Có tối thiểu 03 bệnh viện tư.", 3, "bệnh viện"),
        ("Đầu tư nâng cấp ít nhất 05 trạm bơm, mỗi trạm có công suất từ 30 m3/h trở lên.", 5, "trạm bơm"),
        ("Rà soát giống; ban hành tối thiểu 02 bộ tiêu chí.", 2, "bộ tiêu chí"),
        ("Ít nhất 02 đề tài được công bố.", 2, "đề tài"),
    ],
)
def test_targets_among_tasks(text: str, value: float, unit: str) -> None:
    found = parse(f"{HEAD}II. NHIỆM VỤ\n1. Nội dung\n- {text}\n")["targets"]
    assert [(item["value"], item["unit"]) for item in found] == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "Bồi dưỡng kỹ năng sơ cứu cho lái xe ít nhất 01 lần/năm.",
        "Củng cố đội đáp ứng nhanh, mỗi đơn vị tối thiểu 02 đội.",
        "Tổ chức ít nhất 02 lớp tập huấn cho cán bộ.",
        "Chế độ họp: Ít nhất 01 lần/quý.",
        "Lớp học: Tối thiểu 30 học viên.",
        "Hồ sơ gồm: Tối thiểu 03 bản chính.",
        "Xây dựng ít nhất 02 phóng sự/tháng.",
        "Hằng tháng ban hành ít nhất 02 tin bài.",
        "Tập huấn lại cho 100% cán bộ phụ trách.",
        "Kiểm tra phòng cháy tại 100% chợ hạng 1.",
        "Nhân rộng mô hình tại các xã có tỷ lệ hộ nghèo trên 3%.",
        "Công bố tình huống khẩn cấp khi có từ 30% số xã trở lên bị ngập.",
        "Ngân sách tỉnh: 561 tỷ đồng (chiếm 28,6%).",
    ],
)
def test_the_measure_of_a_piece_of_work_is_no_target(text: str) -> None:
    assert parse(f"{HEAD}II. NHIỆM VỤ\n1. Nội dung\n- {text}\n")["targets"] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Trên 70% người cao tuổi được khám sức khỏe định kỳ ít nhất 01 lần/năm.", [70]),
        ("Tỷ lệ người cao tuổi được khám sức khỏe ít nhất 01 lần/năm đạt trên 80%.", [80]),
        ("92% hộ dân được cấp nước với số lượng tối thiểu 60 lít/người/ngày.", [92, 60]),
        ("Trồng ít nhất 500 ha lúa và đưa tỷ lệ giống xác nhận lên 80%.", [500, 80]),
        ("60% bệnh viện tuyến huyện (quy mô từ 50 giường bệnh trở lên) có buồng khám riêng.", [60]),
        ("Tỷ lệ hộ nghèo (cuối năm 2021 là 51,58%) giảm bình quân trên 5%/năm.", [5]),
        ("Không để xảy ra quá 01 trường hợp tử vong do bệnh dại.", [1]),
        ("Thu ngân sách đạt trên 10.000 tỷ đồng tăng 12%.", [10000, 12]),
        ("Trồng mới ít nhất 500 ha rừng đưa tỷ lệ che phủ rừng lên 42%.", [500, 42]),
        ("Có trên 200 hợp tác xã trong đó 80% hoạt động hiệu quả.", [200, 80]),
        ("Tỷ lệ hộ nghèo giảm 1%/năm (cuối năm 2030 còn 2%).", [1, 2]),
    ],
)
def test_what_a_goal_is_measured_by_stays_out(text: str, values: list[float]) -> None:
    found = parse(f"{HEAD}II. MỤC TIÊU\n- {text}\n")["targets"]
    assert [item["value"] for item in found] == values


def test_a_past_year_in_brackets_is_no_year_of_a_target() -> None:
    text = "- Dịch vụ tăng 7,2%; thủy sản tăng 2,0% (năm 2021 tăng 7,82%).\n"
    found = parse(f"{HEAD}II. MỤC TIÊU\n{text}")["targets"]
    assert [(item["value"], item["year"], item["baseline_year"]) for item in found] == [(7.2, None, None), (2, None, 2021)]


def test_the_end_of_the_plans_year_names_a_column_of_targets() -> None:
    header = "STT | Huyện | Số hộ nghèo đầu năm 2026 | Kế hoạch giảm năm 2026 (hộ) | Tỷ lệ hộ nghèo cuối năm 2026 (%) |\n"
    rows = "1 | Mỹ Lộc | 362 | 40 | 1,35 |\n2 | Hải Hậu | 1.656 | 264 | 1,50 |\n | Toàn tỉnh | 2.018 | 304 | 1,68 |\n"
    document = parse(f"{HEAD}PHỤ LỤC\nCHỈ TIÊU GIẢM HỘ NGHÈO\n{header}{rows}")
    assert [item["value"] for item in document["targets"] if item["unit"] == "%"] == [1.35, 1.5, 1.68]
    before = header.replace("2026 (%)", "2025 (%)")
    assert [
        item for item in parse(f"{HEAD}PHỤ LỤC\nCHỈ TIÊU GIẢM HỘ NGHÈO\n{before}{rows}")["targets"] if item["unit"] == "%"
    ] == []


TABLE = (
    HEAD
    + "I. NỘI DUNG\n1. Triển khai kế hoạch.\n\nPHỤ LỤC\nCHỈ TIÊU CHỦ YẾU\n"
    + "(Kèm theo Kế hoạch số 12/KH-UBND ngày 03 tháng 02 năm 2026)\n"
    + "TT | Chỉ tiêu | Đơn vị tính | Năm 2027 | Năm 2030 | Cơ quan theo dõi\n"
    + "1 | Tỷ lệ hộ dùng nước sạch | % | 95 | 99,5 | Sở Nông nghiệp và Môi trường\n"
    + "2 | Số lượt khách | Nghìn lượt | 1.200 | 1.500-1.600 | Sở Văn hóa, Thể thao và Du lịch\n"
    + "3 | Tỷ lệ hộ nghèo | % | | < 1 | Sở Nông nghiệp và Môi trường\n"
)


def test_table_of_targets_by_year() -> None:
    document = parse(TABLE)
    assert [
        (item["indicator"], item["comparator"], item["value"], item["value_max"], item["unit"], item["year"])
        for item in document["targets"]
    ] == [
        ("Tỷ lệ hộ dùng nước sạch", "=", 95, None, "%", 2027),
        ("Tỷ lệ hộ dùng nước sạch", "=", 99.5, None, "%", 2030),
        ("Số lượt khách", "=", 1200, None, "Nghìn lượt", 2027),
        ("Số lượt khách", "=", 1500, 1600, "Nghìn lượt", 2030),
        ("Tỷ lệ hộ nghèo", "<", 1, None, "%", 2030),
    ]
    assert document["funding"] == []
    rows = {row["id"] for part in document["parts"] for block in part["blocks"] for row in block.get("rows", [])}
    assert {item["block_id"] for item in document["targets"]} <= rows


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("7.000", 7000), ("13.233.000.000", 13233000000), ("0,75", 0.75), ("8.5", 8.5), ("80 000 000", 80000000),
        ("1.318,5", 1318.5), ("22000", 22000), ("01", 1), ("355,000", 355000), ("0.125", 0.125), ("10,834", 10.834),
    ],
)  # fmt: skip
def test_number_formats(printed: str, value: float) -> None:
    assert read_number(printed).as_value() == value
    (found,) = find_values(f"đạt {printed} tấn.", 0, len(printed) + 10)
    assert found.low.as_value() == value


@pytest.mark.parametrize("text", ["số 15/2022", "H5N1", "24/7", "31/8/2012", "1420/QĐ-UBND", "192.168.1.1", "COVID-19"])
def test_parts_of_names_and_dates_are_no_numbers(text: str) -> None:
    assert list(find_values(text, 0, len(text))) == []


def test_empty_cells_hold_no_number() -> None:
    assert [read_cell(cell) for cell in ("", "-", "–", "5%", "x")] == [None] * 5
    assert only_value("Hằng năm") is None


@pytest.mark.parametrize("text", ["9" * 5000, "1" + ".000" * 2000, "1" + " 000" * 2000, "0," + "1" * 5000])
def test_endless_digits_are_read_without_an_error(text: str) -> None:
    document = parse(plan(f"Sản lượng đạt {text} tấn."))
    assert all(item["value"] < 10**19 for item in document["targets"])
    assert read_cell("9" * 5000) is None


@given(st.integers(0, 10**12), st.integers(0, 3))
def test_numbers_survive_writing_and_reading(digits: int, places: int) -> None:
    whole, rest = divmod(digits, 10**places)
    printed = f"{whole:,}".replace(",", ".") + (f",{rest:0{places}d}" if places else "")
    number = read_cell(printed)
    assert number is not None
    assert Fraction(number.digits, 10**number.places) == Fraction(digits, 10**places)
    if not printed.endswith(",000"):  # "355,000" is read as 355 thousand
        assert read_number(printed).as_value() == pytest.approx(digits / 10**places)


@given(
    st.integers(1, 9999).filter(lambda value: not 1900 <= value <= 2100),
    st.sampled_from(["%", " ha", " mô hình", " triệu lượt khách", " tấn/năm", "% GRDP"]),
    st.sampled_from(["Sản lượng đạt", "Tỷ lệ xử lý đạt trên", "Có ít nhất", "Quy mô:"]),
    st.sampled_from([".", ";", " vào năm 2030.", " so với năm 2020."]),
)
def test_span_quotes_the_value(value: int, unit: str, before: str, after: str) -> None:
    printed = f"{value:,}".replace(",", ".")
    text = plan(f"{before} {printed}{unit}{after}")
    (found,) = parse(text)["targets"]
    quoted = text[found["span"]["start"] : found["span"]["end"]]
    assert (found["value"], found["unit"]) == (value, unit.strip())
    assert f"{printed}{unit}" in quoted
    assert found["text"] == quoted


@given(st.text(alphabet="ab đạt2030.,-–%()/ \n;:năm", max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    document = parse(plan(text))
    for item in document["targets"] + document["funding"]:
        assert item["span"]["start"] < item["span"]["end"]


def test_units_are_found_by_their_longest_name() -> None:
    units = units_of(load())
    for text, kind in [("doanh nghiệp nhà nước lớn", "count"), ("đồng chí", "count"), ("đồng", "currency"), ("hai", "")]:
        found = units.after(text, 0)
        assert (found.kind if found else "") == kind
    found = units.after("doanh nghiệp nhà nước lớn", 0)
    assert found is not None and found.end == len("doanh nghiệp nhà nước")


@needs_seeds
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_facts_of_real_texts_quote_their_values(path: Any) -> None:
    source = decode(path.read_bytes(), path.name)
    document = parse_source(source, load())
    for item in document["targets"]:
        quoted = source.text[item["span"]["start"] : item["span"]["end"]]
        numbers = [value.low.as_value() for value in find_values(quoted, 0, len(quoted))]
        assert item["value"] in numbers


def test_of_several_columns_of_words_the_nearest_to_the_values_names_the_target() -> None:
    rows = "TT | Tên tiêu chí | Nội dung tiêu chí | Chỉ tiêu chung |\n1 | Giao thông | 1.1. Tỷ lệ đường cứng hóa | 80% |\n"
    document = parse(f"KẾ HOẠCH\nGiữ rừng\n\nI. MỤC TIÊU\n\n{rows}2 | Điện | 2.1. Tỷ lệ hộ có điện | ≥98% |")
    assert [(target["indicator"], target["value"]) for target in document["targets"]] == [
        ("1.1. Tỷ lệ đường cứng hóa", 80),
        ("2.1. Tỷ lệ hộ có điện", 98),
    ]


def test_a_unit_is_counted_against_a_unit_of_several_words() -> None:
    assert values("Tổng tỷ suất sinh đạt 2,1 con/phụ nữ; tỷ số giới tính dưới 108 bé trai/100 bé gái.") == [
        ("=", 2.1, None, "con/phụ nữ"),
        ("<", 108.0, None, "bé trai/100 bé gái"),
    ]


def test_what_grew_since_the_year_before_was_reached_up_to_the_full_stop() -> None:
    def found(text: str) -> list[float]:
        document = parse(HEAD + f"I. NHIỆM VỤ\n{text}\n")
        return [item["value"] for item in document["targets"]]

    told = "Bám sát mục tiêu của năm; xuất khẩu cá đạt 3 tỷ đồng, tăng 17% so với cùng kỳ năm trước; nhập khẩu tăng 18%."
    assert found(told) == []
    assert found(f"{told} Phấn đấu xuất khẩu tăng 20%.") == [20]
    assert found("Phấn đấu xuất khẩu cá tăng 10% so với cùng kỳ.") == [10]


def test_costs_are_cut_by_a_share() -> None:
    assert [
        item["value"] for item in parse(HEAD + "I. NHIỆM VỤ\nPhấn đấu cắt giảm 25% chi phí làm thủ tục.\n")["targets"]
    ] == [25]


def test_a_short_word_for_a_place_ends_no_sentence() -> None:
    (found,) = targets("Tỷ lệ hộ nghèo của TP. Sông Mơ còn 2%.")
    assert found["indicator"] == "Tỷ lệ hộ nghèo của TP. Sông Mơ"


def test_the_share_of_an_amount_is_no_target() -> None:
    assert [unit for *_, unit in values("Công trình chuyển tiếp (48,86%): 197.710 triệu đồng.")] == ["triệu đồng"]
    assert values("Tỷ lệ hộ dùng nước sạch (hợp vệ sinh) đạt 98%.") == [("=", 98, None, "%")]


# --- beginnings, years, ranks -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("goal", "value", "year", "base"),
    [
        ("Nâng tỷ lệ hộ có nước sạch từ 68% năm 2025 lên 90%.", 90, None, 2025),
        ("Nâng tỷ lệ hộ có nước sạch từ 68% lên 90% vào năm 2030.", 90, 2030, None),
        ("Tỷ suất sinh giảm từ 23 ca/1.000 dân xuống 18 ca/1.000 dân.", 18, None, None),
        ("Kinh tế số đóng góp 12% GRDP (năm 2025 là 9%).", 12, None, 2025),
        ("100% bếp ăn lưu mẫu theo Quyết định số 46/QĐ-BYT ngày 31 tháng 3 năm 2027.", 100, None, None),
    ],
)
def test_what_a_value_begins_from_is_none_to_reach(goal: str, value: float, year: int | None, base: int | None) -> None:
    found = targets(goal)
    assert [(item["value"], item["year"], item["baseline_year"]) for item in found] == [(value, year, base)]
    assert "từ" not in (found[0]["indicator"] or "")


def test_a_range_with_from_is_one_value() -> None:
    assert values("Có từ 40 xã trở lên đạt chuẩn, nâng số xã đạt chuẩn lên 65 xã.") == [
        (">=", 40, None, "xã"),
        ("=", 65, None, "xã"),
    ]


def test_the_year_behind_a_value_is_not_that_of_the_next() -> None:
    found = targets("Tỷ suất sinh còn 18 ca/1.000 dân vào năm 2027 và dưới 15 ca/1.000 dân vào năm 2030.")
    assert [(item["value"], item["year"]) for item in found] == [(18, 2027), (15, 2030)]


def test_what_was_so_before_the_document_is_no_target() -> None:
    assert values("Có 65 xã đạt chuẩn, chiếm 31% số xã (hết năm 2024, toàn tỉnh có 25/207 xã, chiếm 12%).") == [
        ("=", 65, None, "xã"),
        ("=", 31, None, "%"),
    ]
    assert values("Hoàn thành 700 căn. Tính đến hết tháng 6, toàn tỉnh đã hoàn thành 90 căn.") == [("=", 700, None, "căn")]
    assert values("Hiện nay có 40% hộ dùng nước sạch, phấn đấu đạt 60%.")[-1][1] == 60


@pytest.mark.parametrize("unit", ["xã, phường, thị trấn", "huyện, thành phố", "thôn, bản"])
def test_places_of_several_kinds_are_one_unit(unit: str) -> None:
    found = targets(f"Phấn đấu có 90 {unit} đạt chuẩn tiếp cận pháp luật.")
    assert [(item["value"], item["unit"]) for item in found] == [(90, unit)]


def test_a_place_among_the_best_is_a_target() -> None:
    found = targets("Chỉ số cải cách hành chính thuộc nhóm 15 tỉnh, thành phố dẫn đầu cả nước.")
    assert [(item["comparator"], item["value"], item["unit"]) for item in found] == [("<=", 15, "tỉnh, thành phố")]
    assert values("Có 2 doanh nghiệp vào nhóm 500 doanh nghiệp lớn nhất.") == [("=", 2, None, "doanh nghiệp")]


@pytest.mark.parametrize(
    ("goal", "number"),
    [
        ("Trẻ em được học 2 buổi/ngày.", 0),
        ("Không để xảy ra vụ ngộ độc trên 30 người mắc.", 0),
        ("Xây dựng thí điểm 05 mô hình.", 1),
        ("Thu hút 12.500 thành viên.", 1),
    ],
)
def test_what_counts_as_a_target(goal: str, number: int) -> None:
    assert len(targets(goal)) == number


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("Chuyển đổi 465 ha, trong đó: cây hàng năm 340 ha, cây lâu năm 105 ha.", [465, 340, 105]),
        ("Chống xuống cấp 30 di tích; đào tạo trung cấp 3.600 người.", [30, 3600]),
        ("Lực lượng có mặt không quá 10 phút kể từ khi nhận tin.", [10]),
        ("Đến ngày 30/6/2025, toàn tỉnh có 51 xã đạt chuẩn. Có thêm 20 xã.", [20]),
        ("Cử ít nhất 30 người đi học; thời gian thực hiện: 2027 - 2029.", [30]),
    ],
)
def test_numbers_beside_words_for_years_and_levels(goal: str, told: list[float]) -> None:
    assert [value for _, value, _, _ in values(goal)] == told


def test_a_column_of_goals_of_a_year_holds_targets() -> None:
    text = (
        HEAD
        + "I. MỤC TIÊU\n\nTT | Chỉ số thành phần | Kết quả năm 2025 | Mục tiêu năm 2026 (điểm) |\nĐiểm số | Thứ hạng |\n"
        "1 | Gia nhập thị trường | 6,83 | 41 | 7,50 |\n2 | Tính minh bạch | 5,80 | 37 | 6,30 |\n"
    )
    document = parse(text)
    table = next(block for block in document["parts"][0]["blocks"][-1]["blocks"] if block["type"] == "table")
    assert [column["name"] for column in table["columns"]][2:] == [
        "Kết quả năm 2025 / Điểm số",
        "Kết quả năm 2025 / Thứ hạng",
        "Mục tiêu năm 2026 (điểm)",
    ]
    assert [(item["indicator"], item["value"], item["unit"], item["year"]) for item in document["targets"]] == [
        ("Gia nhập thị trường", 7.5, "điểm", 2026),
        ("Tính minh bạch", 6.3, "điểm", 2026),
    ]


def test_a_year_in_a_bracket_is_that_of_what_was() -> None:
    found = targets(
        "Có thêm 18 xã được cấp nước (năm 2025: 116 xã), nâng tổng số lên 134 xã; chi phí còn 16% GRDP (năm 2025 ước 19%)."
    )
    assert [(item["value"], item["year"]) for item in found] == [(18, None), (134, None), (16, None)]


@pytest.mark.parametrize(
    "goal",
    ["Bảo tồn bản sắc của 20 dân tộc.", "Kế thừa kết quả (đến ngày 30/6/2025 có 928 sản phẩm, trong đó 78% đạt chuẩn)."],
)
def test_the_size_of_what_is_spoken_of_is_no_target(goal: str) -> None:
    assert values(goal) == []


def test_a_day_to_come_opens_no_sentence_of_the_past() -> None:
    assert [(item["value"], item["year"]) for item in targets("Tính đến năm 2030 có 70% số xã đạt chuẩn.")] == [(70, 2030)]
    assert values("Hiện nay tỷ lệ hộ nghèo còn 5%; đến năm 2030 giảm còn 2%.") == [("=", 2, None, "%")]
    # The plan is of 3 February: its month is not over, the one before is.
    assert values("Đến tháng 02/2026, 90% trạm y tế có bác sĩ.") == [("=", 90, None, "%")]
    assert values("Đến tháng 01/2026, 90% trạm y tế có bác sĩ.") == []


@pytest.mark.parametrize("against", ["so năm 2020", "như năm 2020", "bằng năm 2020", "so với năm 2020"])
def test_a_target_that_names_but_the_year_that_it_is_held_against(against: str) -> None:
    found = targets(f"Giữ 95% dân số tham gia bảo hiểm y tế {against}.")
    assert [(item["value"], item["baseline_year"]) for item in found] == [(95, 2020)]


def test_what_must_not_happen_ends_before_the_next_goal() -> None:
    assert values("Không để xảy ra cháy rừng và tỷ lệ che phủ đạt 50%.") == [("=", 50, None, "%")]


def test_goals_of_a_year_may_head_the_column_of_names() -> None:
    text = (
        f"{HEAD}PHỤ LỤC\nCHỈ TIÊU\nSTT | Chỉ tiêu năm 2026 | Đơn vị tính | Mức đạt năm 2026 |\n"
        "1 | Tỷ lệ hộ nghèo | % | 2 |\n2 | Tỷ lệ đô thị hóa | % | 45 |\n"
    )
    assert [(item["indicator"], item["value"], item["year"]) for item in parse(text)["targets"]] == [
        ("Tỷ lệ hộ nghèo", 2, 2026),
        ("Tỷ lệ đô thị hóa", 45, 2026),
    ]


def test_figures_of_the_economy_in_money_are_targets() -> None:
    text = (
        f"{HEAD}PHỤ LỤC\nCHỈ TIÊU\nSTT | Chỉ tiêu | Đơn vị tính | Năm 2026 |\n"
        "1 | Tổng vốn đầu tư phát triển | Tỷ đồng | 600 |\n"
        "2 | Tổng dư nợ vốn tín dụng | Tỷ đồng | 10 |\n3 | Chi ngân sách | Tỷ đồng | 4 |\n"
    )
    document = parse(text)
    assert [item["value"] for item in document["targets"]] == [600, 10, 4]
    assert document["funding"] == []


def test_an_amount_of_two_numbers_is_one_value() -> None:
    found = targets("Doanh thu đạt 3 tỷ 500 triệu đồng.")
    assert [(item["value"], item["unit"], item["indicator"]) for item in found] == [(3500, "triệu đồng", "Doanh thu")]


def test_a_year_in_brackets_that_is_to_come_is_the_targets_own() -> None:
    found = parse(f"{HEAD}II. MỤC TIÊU\n- Thủy sản tăng 2,0% (năm 2030 tăng 9%).\n")["targets"]
    assert [(item["value"], item["year"], item["baseline_year"]) for item in found] == [(2, 2030, None)]


def test_a_condition_may_come_before_what_is_striven_for() -> None:
    found = parse(f"{HEAD}II. NHIỆM VỤ\n1. Nội dung\n- Khi có dịch phấn đấu trên 95% ổ dịch được xử lý.\n")["targets"]
    assert [item["value"] for item in found] == [95]


@pytest.mark.parametrize(
    ("goal", "text"),
    [
        (
            "Trên 90% người sản xuất; người quản lý; người mua có kiến thức.",
            "người sản xuất; người quản lý; người mua có kiến thức",
        ),
        ("100% xã có loa; người dân được nghe tin.", "xã có loa"),
        ("Trên 90% hộ nghèo; nâng cao mức sống để các hộ có nước sạch.", "hộ nghèo"),
        ("Trên 90% hộ nghèo; 80% xã; các thôn có nước sạch.", "hộ nghèo"),
        ("Giảm 50% rác thải; giảm dần việc sử dụng túi ni lông.", "rác thải"),
        ("80% hồ sơ trực tuyến; từng bước số hóa hồ sơ đã có.", "hồ sơ trực tuyến"),
    ],
)
def test_what_a_share_is_of_may_be_listed_with_semicolons(goal: str, text: str) -> None:
    assert targets(goal)[0]["indicator"] == text


def test_what_several_are_made_of_is_named_without_the_word_for_it() -> None:
    found = targets("Công suất đạt 4.758 MW (gồm 166 dự án thủy điện; 02 dự án điện rác).")
    assert [item["indicator"] for item in found][1:] == ["dự án thủy điện", "dự án điện rác"]


def test_a_range_whose_ends_both_bear_their_unit_is_one() -> None:
    assert values("Chiều cao của trẻ tăng từ 1,5 cm đến 2 cm.") == [("increase", 1.5, 2, "cm")]
    assert values("Thu nhập tăng từ 40 triệu đồng/người lên 60 triệu đồng/người.") == [("=", 60, None, "triệu đồng/người")]


def test_what_a_value_is_counted_against_is_no_target() -> None:
    assert values("Giá trị trên 01 ha đất đạt trên 75 triệu đồng/năm.") == [(">", 75, None, "triệu đồng/năm")]
    assert values("Số sách đạt 0,5 bản/người dân; bác sĩ đạt 9 người/vạn dân.") == [
        ("=", 0.5, None, "bản/người dân"),
        ("=", 9, None, "người/vạn dân"),
    ]


def test_a_bound_in_brackets_that_says_what_is_meant_is_no_target() -> None:
    found = targets("Tỷ lệ gỗ xẻ (đường kính từ 15 cm trở lên) đạt ít nhất 50%.")
    assert [(item["value"], item["indicator"]) for item in found] == [(50, "Tỷ lệ gỗ xẻ (đường kính từ 15 cm trở lên)")]


@pytest.mark.parametrize(
    "said",
    [
        "Ngân sách tỉnh bảo đảm 60%, ngân sách huyện, thành phố, thị xã bảo đảm 40%.",
        "Ngân sách trung ương: 20.035 triệu đồng, chiếm 14,9%.",
        "Cha mẹ học sinh đóng góp 45%.",
    ],
)
def test_a_share_of_the_money_is_no_target(said: str) -> None:
    plan = f"{HEAD}II. MỤC TIÊU\n- Đạt 80% hộ.\nIII. KINH PHÍ\n- Bảo đảm kinh phí. {said}\n"
    assert [item["value"] for item in parse(plan)["targets"]] == [80]


def test_a_share_of_people_behind_the_source_of_money_is_a_target() -> None:
    assert values("Cho vay từ nguồn vốn địa phương, đảm bảo 100% hộ nghèo được vay.") == [("=", 100, None, "%")]


PLACES = "TT | Huyện | Số học sinh | Tỷ lệ biết bơi (%) | Ghi chú |\nThực hiện 2025 | Năm 2027 | Năm 2030 |\n"
PLACES += "1 | Mai Sơn | 24.316 | 34,2 | 55 | 78 | |\n2 | Sông Mã | 12.152 | 18,5 | 38 | 62 | |\n"


def test_goals_by_place_and_year_take_their_indicator_from_the_header() -> None:
    plan = f"{HEAD}II. NHIỆM VỤ\nMở lớp bơi.\n\nPHỤ LỤC\nCHỈ TIÊU PHỔ CẬP BƠI GIAO CÁC HUYỆN\n{PLACES}"
    found = parse(plan)["targets"]
    assert [(item["indicator"], item["value"], item["unit"], item["year"]) for item in found] == [
        ("Tỷ lệ biết bơi / Mai Sơn", 55, "%", 2027),
        ("Tỷ lệ biết bơi / Mai Sơn", 78, "%", 2030),
        ("Tỷ lệ biết bơi / Sông Mã", 38, "%", 2027),
        ("Tỷ lệ biết bơi / Sông Mã", 62, "%", 2030),
    ]
    assert not parse(plan.replace("CHỈ TIÊU PHỔ CẬP", "KẾT QUẢ PHỔ CẬP"))["targets"]


def test_years_of_a_course_are_goals_and_a_period_that_has_ended_is_none() -> None:
    table = "TT | Chỉ tiêu | Đơn vị tính | Năm học 2025 - 2026 | Lộ trình thực hiện |\nNăm 2027 | Năm 2030 |\n"
    table += "1 | Trẻ thấp còi | % | 20,8 | 20,2 | 18 |\n2 | Trẻ béo phì | % | 17,6 | 18 | 19 |\n"
    found = parse(f"{HEAD}II. MỤC TIÊU\n{table}")["targets"]
    assert [(item["value"], item["year"]) for item in found] == [(20.2, 2027), (18, 2030), (18, 2027), (19, 2030)]


def test_water_is_no_estimate() -> None:
    header = "TT | Huyện | Hiện trạng 2025 (%) | Mục tiêu năm 2030 (%) |\nNước sạch | Nhà tiêu | Nước sạch | Nhà tiêu |\n"
    rows = "1 | Cư Jút | 70 | 50 | 96 | 88 |\n2 | Đắk Mil | 52 | 40 | 92 | 84 |\n"
    found = parse(f"{HEAD}II. MỤC TIÊU\n{header}{rows}")["targets"]
    assert [item["value"] for item in found] == [96, 88, 92, 84]


def test_a_time_before_a_number_only_says_which_is_meant() -> None:
    assert values("Đào tạo trình độ sơ cấp và dưới 03 tháng 105.000 người.") == [("=", 105000, None, "người")]


@pytest.mark.parametrize(
    ("goal", "value"),
    [
        ("Ngân sách tỉnh hỗ trợ 100% hộ nghèo mua thẻ bảo hiểm y tế.", 100),
        ("Phấn đấu các đơn vị đảm bảo 100% hồ sơ được số hóa.", 100),
        ("Giữ vững độ che phủ rừng (trên 45%).", 45),
        ("Mỗi năm mở nhiều lớp tập huấn (tối thiểu 10 lớp).", 10),
    ],
)
def test_what_only_looks_like_a_share_of_money_or_a_definition_is_a_target(goal: str, value: float) -> None:
    assert [item["value"] for item in targets(goal)] == [value]


def test_bounds_in_brackets_one_after_another_are_targets() -> None:
    assert [value for _, value, _, _ in values("Tăng độ che phủ rừng (trên 45%), giảm tỷ lệ hộ nghèo (dưới 2%).")] == [45, 2]
    assert [value for _, value, _, _ in values("Có trên 1 ha đất trồng rau sạch, 5 ha chè.")] == [1, 5]


def test_the_title_of_a_part_says_nothing_of_tables_with_a_title_of_their_own() -> None:
    rows = "TT | Xã | Dân số năm 2027 | Số hộ năm 2027 |\n1 | Mơ | 10.000 | 2.000 |\n2 | Lô | 9.000 | 1.900 |\n"
    title = f"{HEAD}II. NHIỆM VỤ\nMở lớp bơi.\n\nPHỤ LỤC\nCHỈ TIÊU PHỔ CẬP BƠI\n"
    assert len(parse(f"{title}{rows}")["targets"]) == 4
    assert not parse(f"{title}I. DÂN SỐ CÁC XÃ\n{rows}")["targets"]


def test_a_goal_of_a_period_that_ends_in_the_year_of_issue_is_a_target() -> None:
    rows = "TT | Chỉ tiêu | Đơn vị tính | Mục tiêu giai đoạn 2022-2026 | Giai đoạn 2021-2025 |\n"
    found = parse(f"{HEAD}II. MỤC TIÊU\n{rows}1 | Số lớp | lớp | 12 | 9 |\n2 | Số xã | xã | 8 | 7 |\n")["targets"]
    assert [item["value"] for item in found] == [12, 8]


def test_many_numbers_in_a_sentence_take_no_square_of_its_length() -> None:
    def work(many: int) -> int:
        return lines_run(lambda: parse(f"{HEAD}II. MỤC TIÊU\n- {'xây dựng 1 trường, 1 trạm, ' * many}\n"))

    assert work(200) < 6 * work(50)
