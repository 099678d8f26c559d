"""Amounts of money: the conventions of plan texts, each with an example of our own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import parse
from planparse.facts.money import Scale, cell_amounts, find_amounts, scale_of
from planparse.facts.target_units import units_of
from planparse.grammar import load

Data = dict[str, Any]

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\nSố: 12/KH-UBND\nLâm Đồng, ngày 03 tháng 02 năm 2026\nKẾ HOẠCH\nPhát triển chăn nuôi\n"
)


def prose(*lines: str, title: str = "KINH PHÍ THỰC HIỆN") -> list[Data]:
    text = f"{HEAD}I. NHIỆM VỤ\n1. Trồng rừng.\nII. {title}\n" + "".join(f"{n}. {line}\n" for n, line in enumerate(lines, 1))
    return list(parse(text)["funding"])


def sheet(header: str, *rows: str, above: str = "") -> Data:
    """A document with a table in an appendix."""
    return parse(
        f"{HEAD}I. NHIỆM VỤ\n1. Trồng rừng.\n\nPHỤ LỤC\nDỰ TOÁN KINH PHÍ\n"
        f"(Kèm theo Kế hoạch số 12/KH-UBND ngày 03 tháng 02 năm 2026)\n{above}{header}\n"
        + "".join(f"{row}\n" for row in rows)
    )


@pytest.mark.parametrize(
    ("printed", "amount", "currency"),
    [
        ("13.233.000.000 đồng", 13_233_000_000, "VND"),
        ("3.802,8 triệu đồng", 3_802_800_000, "VND"),
        ("1 tỷ 200 triệu đồng", 1_200_000_000, "VND"),
        ("15 tỉ đồng", 15_000_000_000, "VND"),
        ("140 nghìn tỷ đồng", 140_000_000_000_000, "VND"),
        ("500 ngàn đồng", 500_000, "VND"),
        ("350.500.000đ", 350_500_000, "VND"),
        ("350.500.000 VNĐ", 350_500_000, "VND"),
        ("25 trđ", 25_000_000, "VND"),
        ("80 000 000 đồng", 80_000_000, "VND"),
        ("2,5 triệu USD", 2_500_000, "USD"),
        ("300.000 EUR", 300_000, "EUR"),
    ],
)
def test_amounts_in_text(printed: str, amount: int, currency: str) -> None:
    (found,) = prose(f"Kinh phí tập huấn là {printed}.")
    assert (found["amount"], found["currency"], found["label"]) == (amount, currency, "Kinh phí tập huấn")
    assert isinstance(found["amount"], int)


def test_words_like_dong_are_no_money() -> None:
    assert prose("Giao 04 đồng chí phụ trách; phát triển đồng bộ 3 vùng trong cộng đồng.") == []


def test_years_periods_and_parts() -> None:
    total, province, people = prose(
        "Tổng kinh phí trồng rừng giai đoạn 2026 - 2030 là 12 tỷ đồng, trong đó: ngân sách tỉnh 7 tỷ đồng, "
        "vốn xã hội hóa 5 tỷ đồng."
    )
    assert (total["kind"], total["period"], total["year"]) == ("total", {"start": 2026, "end": 2030}, None)
    assert (province["kind"], province["source_of_money"]) == ("item", "ngân sách tỉnh")
    assert (people["kind"], people["amount"]) == ("item", 5_000_000_000)
    (found,) = prose("Kinh phí năm 2027: 400 triệu đồng từ nguồn sự nghiệp kinh tế.")
    assert (found["year"], found["period"], found["source_of_money"]) == (2027, None, "nguồn sự nghiệp kinh tế")


def test_thresholds_rates_and_restatements_do_not_pay_for_work() -> None:
    assert prose("Dự án từ 5 tỷ đồng trở lên do tỉnh phê duyệt.") == []
    assert prose("Mức ăn 50.000 đồng/người.") == []
    assert [item["currency"] for item in prose("Vốn vay 2 triệu USD (tương đương 50 tỷ đồng).")] == ["USD"]


def test_income_that_is_a_target_is_no_funding() -> None:
    document = parse(f"{HEAD}I. MỤC TIÊU\n1. Mục tiêu cụ thể\n- Thu ngân sách đạt 900 tỷ đồng.\n")
    assert document["funding"] == []
    assert [(item["value"], item["unit"]) for item in document["targets"]] == [(900, "tỷ đồng")]


HEADER = "TT | Nội dung | Tổng kinh phí | Năm 2026 | Năm 2027"
ROWS = (
    "I | Trồng rừng | 30 | 10 | 20",
    "1 | Mua cây giống | 20,5 | 10 | 10,5",
    "2 | Công trồng | 9,5 | 0 | 9,5",
    "II | Tập huấn | 5 | | 5",
    " | Tổng cộng | 35 | 10 | 25",
)


def test_unit_above_the_table_scales_its_cells() -> None:
    document = sheet(HEADER, *ROWS, above="Đơn vị tính: triệu đồng\n")
    amounts = {(item["label"], item["year"]): (item["amount"], item["kind"]) for item in document["funding"]}
    assert amounts == {
        ("Trồng rừng", None): (30_000_000, "total"),
        ("Trồng rừng", 2026): (10_000_000, "total"),
        ("Trồng rừng", 2027): (20_000_000, "total"),
        ("Mua cây giống", None): (20_500_000, "total"),
        ("Mua cây giống", 2026): (10_000_000, "item"),
        ("Mua cây giống", 2027): (10_500_000, "item"),
        ("Công trồng", None): (9_500_000, "total"),
        ("Công trồng", 2026): (0, "item"),
        ("Công trồng", 2027): (9_500_000, "item"),
        ("Tập huấn", None): (5_000_000, "total"),
        ("Tập huấn", 2027): (5_000_000, "item"),
        ("Tổng cộng", None): (35_000_000, "total"),
        ("Tổng cộng", 2026): (10_000_000, "total"),
        ("Tổng cộng", 2027): (25_000_000, "total"),
    }
    items = sum(item["amount"] for item in document["funding"] if item["kind"] == "item")
    assert items == 35_000_000


def test_unit_in_the_header_and_in_the_cell() -> None:
    document = sheet(
        "TT | Nội dung | Kinh phí (triệu đồng) | Nguồn vốn",
        "1 | Mua cây giống | 120,5 | Ngân sách tỉnh",
        "2 | Tập huấn | 2 tỷ đồng | Vốn ODA",
        "3 | Kiểm tra | | Ngân sách tỉnh",
    )
    assert [(item["amount"], item["kind"], item["source_of_money"]) for item in document["funding"]] == [
        (120_500_000, "item", "Ngân sách tỉnh"),
        (2_000_000_000, "item", "Vốn ODA"),
    ]
    row = document["funding"][0]
    assert row["block_id"].endswith("/1")


def test_text_that_repeats_the_sum_of_a_table_is_a_total() -> None:
    text = (
        f"{HEAD}I. KINH PHÍ\n1. Nhu cầu trồng rừng: 30 triệu đồng.\n\nPHỤ LỤC\nDỰ TOÁN KINH PHÍ\n"
        "(Kèm theo Kế hoạch số 12/KH-UBND ngày 03 tháng 02 năm 2026)\nĐVT: đồng\n"
        "TT | Nội dung | Kinh phí\n1 | Mua cây giống | 20.000.000\n2 | Công trồng | 10.000.000\n"
    )
    assert [(item["amount"], item["kind"]) for item in parse(text)["funding"]] == [
        (30_000_000, "total"),
        (20_000_000, "item"),
        (10_000_000, "item"),
    ]


@pytest.mark.parametrize(
    ("unit", "scale"),
    [
        ("triệu đồng", Scale(10**6, "VND")),
        ("ĐVT: Đồng", Scale(1, "VND")),
        ("1.000 đồng", Scale(1000, "VND")),
        ("nghìn tỷ đồng", Scale(10**12, "VND")),
        ("tỷ", Scale(10**9, "VND")),
        ("triệu USD", Scale(10**6, "USD")),
        ("người", None),
    ],
)
def test_units_of_tables(unit: str, scale: Scale | None) -> None:
    assert scale_of(unit, units_of(load())) == scale


def test_zero_is_an_amount_and_an_empty_cell_is_none() -> None:
    units = units_of(load())
    assert cell_amounts("0", Scale(10**6, "VND"), units) == [(0, "VND")]
    assert cell_amounts("", Scale(1, "VND"), units) == cell_amounts("-", Scale(1, "VND"), units) == []


@given(
    st.integers(1, 10**13),
    st.sampled_from([(1, " đồng"), (1000, " nghìn đồng"), (10**6, " triệu đồng"), (10**9, " tỷ đồng")]),
)
def test_amounts_survive_writing_and_reading(amount: int, unit: tuple[int, str]) -> None:
    worth, words = unit
    whole, rest = divmod(amount, worth)
    places = len(str(worth)) - 1
    decimals = f"{rest:0{places}d}".rstrip("0") if rest else ""
    printed = f"{whole:,}".replace(",", ".") + (f",{decimals}" if decimals else "") + words
    text = f"cần {printed} để trồng rừng"
    (found,) = find_amounts(text, 0, len(text), units_of(load()))
    assert found.amount == amount
    assert text[found.start : found.end] == printed


@given(st.integers(0, 10**12))
def test_cells_survive_writing_and_reading(amount: int) -> None:
    for separator in (".", " ", "\u00a0"):
        assert cell_amounts(f"{amount:,}".replace(",", separator), Scale(1, "VND"), units_of(load())) == [(amount, "VND")]


@given(st.integers(1, 10**12))
def test_span_quotes_the_amount(amount: int) -> None:
    printed = f"{amount:,}".replace(",", ".") + " đồng"
    text = f"{HEAD}I. KINH PHÍ\n1. Kinh phí tập huấn: {printed}.\n"
    (found,) = parse(text)["funding"]
    assert text[found["span"]["start"] : found["span"]["end"]] == printed
    assert found["amount"] == amount


def test_a_later_amount_does_not_take_the_year_of_the_first_label() -> None:
    document = parse(
        "KẾ HOẠCH\nTrồng rừng\n\nIII. KINH PHÍ\n\n"
        "Kinh phí thực hiện Kế hoạch năm 2023 là 18 tỷ đồng; năm 2024 là 31 tỷ đồng.\n"
    )
    assert [(f["label"], f["year"]) for f in document["funding"]] == [
        ("Kinh phí thực hiện Kế hoạch năm 2023", 2023),
        ("Kinh phí thực hiện Kế hoạch", 2024),
    ]


def test_amounts_of_one_row_are_told_apart_by_their_columns() -> None:
    head = "STT | Nội dung | Kinh phí giống (triệu đồng) | Kinh phí trồng (triệu đồng) |"
    table = f"{head}\n1 | Trồng rừng | 12 | 5 |\n2 | Tỉa cành | 8 | 3 |\n"
    document = parse(f"KẾ HOẠCH\nGiữ rừng\nI. KINH PHÍ\n1. Tổng kinh phí 20 triệu đồng.\n\n{table}")
    told = [(item["label"], item["column"], item["amount"]) for item in document["funding"] if item["column"]]
    assert ("Trồng rừng", "Kinh phí giống (triệu đồng)", 12_000_000) in told
    assert ("Trồng rừng", "Kinh phí trồng (triệu đồng)", 5_000_000) in told
    assert [item["column"] for item in document["funding"] if item["amount"] == 20_000_000] == [None]


def test_columns_that_say_whose_money_they_hold_are_columns_of_money() -> None:
    document = sheet(
        "STT | Nội dung | Ngân sách tỉnh | Ngân sách huyện | Tổng cộng |",
        "1 | Mở lớp | 640 | 410 | 1.050 |",
        "2 | In sổ | 180 | 135 | 315 |",
        above="Đơn vị tính: Triệu đồng\n",
    )
    assert [
        (item["amount"] // 10**6, item["source_of_money"]) for item in document["funding"] if item["kind"] == "item"
    ] == [
        (640, "Ngân sách tỉnh"),
        (410, "Ngân sách huyện"),
        (180, "Ngân sách tỉnh"),
        (135, "Ngân sách huyện"),
    ]


def test_the_parts_of_a_sum_are_counted_in_what_its_header_says() -> None:
    document = sheet(
        "STT | Nội dung | Tổng kinh phí (triệu đồng) | Trong đó |\nNSTW | Ngân sách tỉnh |",
        "1 | Mở lớp | 50 | 20 | 30 |",
        "2 | In sổ | 9 | 5 | 4 |",
    )
    assert [(item["amount"] // 10**6, item["kind"]) for item in document["funding"]] == [
        (50, "total"),
        (20, "item"),
        (30, "item"),
        (9, "total"),
        (5, "item"),
        (4, "item"),
    ]


def test_a_column_of_words_stays_one_whatever_it_is_called() -> None:
    document = sheet("STT | Nội dung | Nguồn vốn | Tổng cộng |", "1 | Mở lớp | Ngân sách | 50 |", "2 | In sổ | Vay | 20 |")
    table = next(block for part in document["parts"] for block in part["blocks"] if block["type"] == "table")
    assert [column["kind"] for column in table["columns"]] == ["number", "content", "funding_source", "money"]


def test_columns_of_other_counts_are_none_of_money() -> None:
    document = sheet(
        "STT | Nội dung | Nguồn nước cấp | Số điểm huy động | Kinh phí (triệu đồng) |",
        "1 | Xã Hòa | 3 | 4 | 700 |",
        "2 | Xã Bình | 5 | 6 | 800 |",
    )
    assert [item["amount"] // 10**6 for item in document["funding"]] == [700, 800]


@pytest.mark.parametrize(
    ("header", "millions"),
    [
        ("STT | Nội dung | Địa phương | Trung ương | Số tiền (triệu đồng) |", (3, 4, 7)),
        ("STT | Nội dung | Kinh phí (triệu đồng) | Vốn vay (tỷ đồng) | Vốn khác |", (3, 4000, 7)),
    ],
)
def test_columns_without_a_unit_have_the_first_one_beside_them(header: str, millions: tuple[int, ...]) -> None:
    document = sheet(header, "1 | Mở lớp | 3 | 4 | 7 |", "2 | In sổ | 3 | 4 | 7 |")
    assert tuple(item["amount"] // 10**6 for item in document["funding"]) == 2 * millions


def test_the_letters_of_gdp_in_another_word_make_no_income() -> None:
    found = prose("Hoạt động của Hội đồng phối hợp PBGDPL tỉnh 234,5 triệu đồng.", "Quy mô GRDP đạt 90 nghìn tỷ đồng.")
    assert [item["amount"] for item in found] == [234_500_000]


@pytest.mark.parametrize("line", ["Trao 300 suất, mỗi suất 1.000.000 đồng.", "Hỗ trợ mỗi hộ nghèo không quá 40 triệu đồng."])
def test_an_amount_for_each_of_many_is_a_rate(line: str) -> None:
    assert prose(line) == []


def test_an_amount_for_each_year_is_none() -> None:
    assert [item["amount"] for item in prose("Kinh phí tập huấn mỗi năm 500 triệu đồng.")] == [500_000_000]


def test_a_label_keeps_both_its_quotation_marks() -> None:
    assert (
        prose("Tổ chức Hội thi “Hòa giải viên giỏi” 500 triệu đồng.")[0]["label"] == "Tổ chức Hội thi “Hòa giải viên giỏi”"
    )
