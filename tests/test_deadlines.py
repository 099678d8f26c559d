"""Times, deadlines and reporting duties."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import parse
from planparse.facts.times import find_times, iso_date

Data = dict[str, Any]

PLAN = "KẾ HOẠCH\nTRỒNG RỪNG\n\nI. NHIỆM VỤ\n1. Công tác chung\n{}\n"
TABLE = """PHỤ LỤC
DANH MỤC NHIỆM VỤ
STT | Nội dung công việc | Cơ quan chủ trì | {} | Ghi chú
1 | Trồng cây ven đường | Sở Xây dựng | {} | x
2 | Chăm sóc vườn ươm | Sở Y tế | {} | x
"""


def deadlines(body: str) -> list[tuple[str | None, str | None, int | None]]:
    return [(item["date"], item["recurrence"], item["year"]) for item in parse(PLAN.format(body))["deadlines"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 30 tháng 11 năm 2024", ("date", "2024-11-30", None, 2024, 2024)),
        ("30/11/2024", ("date", "2024-11-30", None, 2024, 2024)),
        ("ngày 15 tháng 11", ("date", "--11-15", None, None, None)),
        ("ngày 05/12 hằng năm", ("date", "--12-05", "yearly", None, None)),
        ("15/12 hàng năm", ("date", "--12-15", "yearly", None, None)),
        ("ngày 20 hằng tháng", ("date", "---20", "monthly", None, None)),
        ("Quý IV/2024", ("quarter", None, None, 2024, 2024)),
        ("quý II năm 2025", ("quarter", None, None, 2025, 2025)),
        ("quí 3", ("quarter", None, None, None, None)),
        ("tháng 6/2025", ("month", None, None, 2025, 2025)),
        ("6 tháng đầu năm 2025", ("half", None, None, 2025, 2025)),
        ("giai đoạn 2021 - 2030", ("period", None, None, 2021, 2030)),
        ("từ năm 2022 đến năm 2025", ("period", None, None, 2022, 2025)),
        ("từ nay đến hết năm 2025", ("year", None, None, 2025, 2025)),
        ("tới năm 2020", ("year", None, None, 2020, 2020)),
        ("2025", ("year", None, None, 2025, 2025)),
        ("Hàng năm", ("recurrence", None, "yearly", None, None)),
        ("hằng quý", ("recurrence", None, "quarterly", None, None)),
        ("06 tháng/lần", ("recurrence", None, "half-yearly", None, None)),
        ("02 năm một lần", ("recurrence", None, "every-2-years", None, None)),
        ("Thường xuyên", ("open", None, None, None, None)),
        ("kể từ ngày ký", ("event", None, None, None, None)),
    ],
)
def test_time(text: str, expected: tuple[Any, ...]) -> None:
    found = find_times(text)
    assert [(time.kind, time.date, time.recurrence, time.first_year, time.last_year) for time in found] == [expected]
    assert text[found[0].start : found[0].end] == text


@pytest.mark.parametrize(
    "text",
    ["hoạt động 24/7", "1/2 số xã", "2000 ha", "ngày 31/6/2025", "thường xuyên ngập lụt", "mặt hàng", "16/2021/QĐ-UBND"],
)
def test_what_is_no_time(text: str) -> None:
    assert find_times(text) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Các sở gửi báo cáo trước ngày 30 tháng 11 hằng năm.", [("--11-30", "yearly", None)]),
        ("Hằng năm, các huyện gửi báo cáo về Sở Nội vụ trước ngày 30 tháng 11 để tổng hợp.", [("--11-30", "yearly", None)]),
        ("Định kỳ hàng năm (trước ngày 20/11), các xã báo cáo kết quả.", [("--11-20", "yearly", None)]),
        ("Gửi báo cáo về Sở Y tế: ngày 10 tháng 11 hàng năm.", [("--11-10", "yearly", None)]),
        ("Trình phê duyệt dự án trước ngày 15/12/2024.", [("2024-12-15", None, 2024)]),
        ("Chậm nhất ngày 15 tháng 12 năm 2024 phải nộp dự toán.", [("2024-12-15", None, 2024)]),
        ("Hoàn thành trong quý II năm 2025.", [(None, None, 2025)]),
        ("Thời gian hoàn thành: Tháng 6/2025.", [(None, None, 2025)]),
        ("Tổ chức sơ kết vào năm 2025 và tổng kết vào cuối năm 2030.", [(None, None, 2025), (None, None, 2030)]),
        ("Định kỳ hằng quý tổng hợp tình hình.", [(None, "quarterly", None)]),
        ("Định kỳ 6 tháng báo cáo Ủy ban nhân dân tỉnh.", [(None, "half-yearly", None)]),
        ("Báo cáo 6 tháng (trước ngày 10/6) và hằng năm (trước ngày 10/12).", [
            ("--06-10", "yearly", None),
            ("--12-10", "yearly", None),
        ]),
        ("Báo cáo kết quả trước ngày 20 hằng tháng.", [("---20", "monthly", None)]),
    ],
)  # fmt: skip
def test_deadline(body: str, expected: list[tuple[str | None, str | None, int | None]]) -> None:
    assert deadlines(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Thực hiện Quyết định số 4/QĐ-TTg ngày 1/2/2020 của Thủ tướng Chính phủ.",
        "Phấn đấu đến năm 2030 có 80% số xã đạt chuẩn.",
        "Diện tích trồng rừng hằng năm đạt 500 ha.",
        "Các khu vực thường xuyên ngập lụt cần được khảo sát.",
        "Xây dựng kế hoạch hằng năm, báo cáo khi có yêu cầu.",
        "Dự án được giao trước ngày 01/7/2004 Luật này có hiệu lực.",
        "Báo cáo kịp thời những khó khăn.",
    ],
)
def test_what_is_no_deadline(body: str) -> None:
    assert deadlines(body) == []


def test_text_and_span_are_the_clause() -> None:
    source = PLAN.format("Rà soát hiện trạng; hoàn thành trước ngày 15/12/2024; phối hợp khi cần.")
    found = parse(source)["deadlines"]
    assert [item["text"] for item in found] == ["hoàn thành trước ngày 15/12/2024"]
    assert source[found[0]["span"]["start"] : found[0]["span"]["end"]] == found[0]["text"]
    assert [item["id"] for item in found] == ["deadline-1"]


def test_cells_under_a_header_of_due_times() -> None:
    found = parse(TABLE.format("Thời gian hoàn thành", "Quý I/2027", "Từ năm 2026"))["deadlines"]
    assert [(item["text"], item["year"]) for item in found] == [("Quý I/2027", 2027)]
    assert parse(TABLE.format("Thời gian thực hiện", "Quý I/2027", "2026"))["deadlines"] == []


@settings(deadline=None)
@given(st.dates(), st.sampled_from(["{0.day}/{0.month}/{0.year:04}", "{0.day:02} tháng {0.month:02} năm {0.year:04}"]))
def test_every_day_is_read(day: Any, form: str) -> None:
    day = day.replace(year=1900 + day.year % 200)
    found = find_times("trước ngày " + form.format(day))
    assert [time.date for time in found] == [day.isoformat()]


@settings(deadline=None)
@given(st.integers(1900, 2099), st.integers(0, 13), st.integers(0, 32))
def test_a_date_is_a_day_or_none(year: int, month: int, day: int) -> None:
    from datetime import date

    try:
        expected: str | None = date(year, month, day).isoformat()
    except ValueError:
        expected = None
    assert iso_date(year, month, day) == expected


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0123456789/- .,;:()QquýIVnămthágàyđếừrằk", max_size=100))
def test_times_do_not_overlap(text: str) -> None:
    found = find_times(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= time.start < time.end <= len(text) for time in found)


@pytest.mark.parametrize(
    ("sentence", "time"),
    [
        ("Sở Y tế chủ trì nạo vét 12 km kênh, hoàn thành trước ngày 30/11/2024.", "trước ngày 30/11/2024"),
        ("Sở Y tế báo cáo kết quả trước ngày 15 tháng 12 hằng năm.", "trước ngày 15 tháng 12 hằng năm"),
        ("Sở Y tế định kỳ hằng quý báo cáo kết quả.", "hằng quý"),
        ("Sở Y tế chủ trì nạo vét 12 km kênh.", None),
        ("Sở Y tế nạo vét kênh trước ngày 30/6/2024, trồng cây trước ngày 30/11/2024.", None),
    ],
)
def test_a_task_has_the_time_of_the_one_deadline_in_its_text(sentence: str, time: str | None) -> None:
    document = parse(f"KẾ HOẠCH\nGiữ rừng\nIII. TỔ CHỨC THỰC HIỆN\n1. {sentence}")
    assert [task["time"] for task in document["tasks"]] == [time]
