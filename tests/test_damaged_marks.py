"""Marks that were damaged: told by the numbers that their lists lack."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from conftest import blocks, calls, parse

PLAN = """KẾ HOẠCH
TRỒNG RỪNG NĂM 2024
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Giữ đất ven suối.
2. Yêu cầu
a) Chọn giống tốt.
b) Trồng đúng vụ.
c) Chăm sóc ba năm.
II. NHIỆM VỤ
1. Tập huấn
1.1. Mở lớp ở xã.
1.2. In tài liệu.
2. Trồng cây
3. Nghiệm thu
III. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính cấp kinh phí.
2. Sở Xây dựng lập thiết kế.
IV. KINH PHÍ
Ngân sách tỉnh.
"""
Found = list[tuple[tuple[str, ...], str, str]]


def outline(text: str) -> Found:
    """Every numbered section: the numbers around it, its level and its number."""
    found: Found = []

    def walk(inner: list[dict[str, Any]], path: tuple[str, ...]) -> None:
        for block in inner:
            if block["type"] == "section":
                if block["level"] != "dash":
                    found.append((path, block["level"], block["number"]))
                walk(block["blocks"], (*path, block["number"]))

    for part in parse(text)["parts"]:
        walk(part["blocks"], ())
    return found


WHOLE = outline(PLAN)


def damaged(pattern: str, put: str | Callable[[re.Match[str]], str], text: str = PLAN) -> str:
    changed = re.sub(pattern, put, text, flags=re.MULTILINE)
    assert changed != text
    return changed


def test_the_plan_itself() -> None:
    assert len(WHOLE) == 16
    assert WHOLE[:3] == [((), "roman", "I"), (("I",), "arabic", "1"), (("I",), "arabic", "2")]


@pytest.mark.parametrize(
    ("pattern", "put"),
    [
        (r"^1\. Mục", "1, Mục"),
        (r"^1\. Mục", "1 Mục"),
        (r"^1\. Mục", "l. Mục"),
        (r"^1\. Mục", "I. Mục"),
        (r"^1\. Mục", "!. Mục"),
        (r"^1\. Mục", "“1. Mục"),
        (r"^1\. ", "l. "),
        (r"^1\. ", "I. "),
        (r"^2\. Trồng", "2 Trồng"),
        (r"^a\) ", "a, "),
        (r"^a\) ", "а) "),
        (r"^b\) ", "b: "),
        (r"^1\.1\. ", "1,1. "),
        (r"^1\.1\. ", "1. 1. "),
        (r"^I\. ", "1. "),
        (r"^I\. ", "I, "),
        (r"^I\. ", "I "),
        (r"^II\. ", "II "),
        (r"^II\. ", "Ⅱ. "),
        (r"^IV\. ", "IV, "),
        (r"^IV\. ", "IV "),
    ],
)
def test_one_damaged_mark_is_read_as_the_number_that_its_list_lacks(pattern: str, put: str) -> None:
    assert outline(damaged(pattern, put)) == WHOLE


@pytest.mark.parametrize(
    ("pattern", "put"),
    [
        (r"^(\d|[IV]+)\. ", r"\1, "),
        (r"^(\d|[IV]+)\. ", r"\1 "),
        (r"^(\d)\. ", r"\1: "),
        (r"^([abc])\) ", r"\1, "),
        (r"^(\d)\. ", lambda m: chr(0xFF10 + int(m[1])) + "．"),
        (r"^(I{1,3}|IV)\. ", lambda m: {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ"}[m[1]] + ". "),
        (r"^(I+|IV)\. ", lambda m: m[1].replace("I", "l") + ". "),
    ],
)
def test_a_writer_may_set_all_marks_in_another_way(pattern: str, put: Any) -> None:
    assert outline(damaged(pattern, put)) == WHOLE


def test_what_a_gap_shows_of_a_writer_holds_for_lists_without_a_gap() -> None:
    whole = (
        "KẾ HOẠCH\nTRỒNG RỪNG NĂM 2024\nI. MỤC TIÊU\n1. Chọn giống\n2. Làm đất\nII. CHĂM SÓC\n"
        "1. Tưới nước\n2. Bón phân\n3. Tỉa cành\nIII. KINH PHÍ\nNgân sách tỉnh.\n"
    )
    assert outline(damaged(r"^([12])\. ", r"\1 ", whole)) == outline(whole)


def test_articles_with_a_damaged_word() -> None:
    text = "QUYẾT ĐỊNH\nVề việc trồng rừng\nĐiều 1. Phê duyệt Đề án.\nĐiều 2. Giao Sở Y tế.\nĐiều 3. Có hiệu lực.\n"
    for pattern, put in (("Điều 1", "Diều 1"), ("Điều 2", "Điêu 2"), (r"Điều (\d)", r"Điều\1")):
        assert outline(damaged(pattern, put, text)) == outline(text) == [((), "article", str(n)) for n in (1, 2, 3)]


def test_the_mark_stays_as_printed_and_is_reported() -> None:
    document = parse(damaged(r"^1\. Mục", "l. Mục"))
    first = next(block for block in document["parts"][0]["blocks"] if block["type"] == "section")["blocks"][0]
    assert (first["marker"], first["number"], first["heading"]) == ("l", "1", "Mục đích")
    assert [item["code"] for item in document["diagnostics"] if item["block_id"] == first["id"]] == ["marker.damaged"]
    for change in ((r"^1\. Mục", "1, Mục"), (r"^IV\. ", "IV, ")):
        found = [item for item in parse(damaged(*change))["diagnostics"] if item["code"] == "marker.damaged"]
        assert [change[1].split(" ")[0] in item["message"] for item in found] == [True]


def paragraphs(text: str) -> list[str]:
    return [block["text"] for block in blocks(parse(text)) if block["type"] == "paragraph"]


@pytest.mark.parametrize(
    ("place", "put", "words"),
    [
        # Nothing is missing.
        ("2. Trồng cây\n", "2. Trồng cây\n2 Huyện trồng tràm.\n", "2 Huyện trồng tràm."),
        # It counts up, in a plan that has such marks elsewhere.
        ("Ngân sách tỉnh.", "1 Sở Y tế nhận 5 triệu.\n2 Sở Nội vụ nhận 7 triệu.", "1 Sở Y tế nhận 5 triệu."),
        # Another number than the one that is missing.
        ("1. Tập huấn\n", "5 Huyện tham gia.\n", "5 Huyện tham gia."),
        # It counts what the sentence is about.
        ("2. Trồng cây\n", "2 Trung tâm giống được xây dựng ở huyện.\n", "2 Trung tâm giống được xây dựng ở huyện."),
        # No title in capitals, where the others are.
        ("II. NHIỆM VỤ\n", "II Đất ven suối là của chung.\n", "II Đất ven suối là của chung."),
    ],
)
def test_what_begins_as_a_damaged_mark_may_be_none(place: str, put: str, words: str) -> None:
    text = PLAN.replace(place, put)
    assert text != PLAN
    assert words in paragraphs(text)


def test_footnotes_after_the_signature_are_no_list() -> None:
    signed = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n"
    notes = "1 Theo Niên giám thống kê.\n2 Theo Báo cáo của Sở Y tế.\n"
    text = "KẾ HOẠCH\nTRỒNG RỪNG NĂM 2024\nI. MỤC TIÊU\nTrồng rừng tràm.\nII. KINH PHÍ\nNgân sách tỉnh.\n" + signed + notes
    assert outline(text) == [((), "roman", "I"), ((), "roman", "II")]


def test_a_first_item_in_capitals_is_no_line_of_the_title() -> None:
    for mark in ("1. ", "I ", "l. ", "I. "):
        document = parse(f"KẾ HOẠCH\nTRỒNG RỪNG NĂM 2024\n{mark}MỤC TIÊU\nTrồng rừng tràm.\nKinh phí: tỉnh.\n")
        assert document["metadata"]["title"] == "TRỒNG RỪNG NĂM 2024"
    assert parse("ĐỀ ÁN\nTRỒNG MỚI\n1 TỶ CÂY XANH\nI. MỤC TIÊU\n")["metadata"]["title"] == "TRỒNG MỚI 1 TỶ CÂY XANH"


def test_a_title_without_its_full_stop_is_no_line_of_the_title_above() -> None:
    text = "KẾ HOẠCH\nTRỒNG RỪNG NĂM 2024\nA. MỤC TIÊU\n{}MỤC TIÊU CHUNG\nTrồng rừng tràm.\n{}MỤC TIÊU CỤ THỂ\nTrồng 5 ha.\n"
    assert outline(text.format("I ", "II ")) == outline(text.format("I. ", "II. "))


def test_gaps_upon_gaps_cost_no_more_than_their_lines() -> None:
    def text(times: int) -> str:
        return "KẾ HOẠCH\nTRỒNG RỪNG\n" + "".join(f"{n}.2. Trồng cây\n{n}, Trồng rừng\n" for n in range(1, 60)) * times

    assert calls(lambda: parse(text(20))) < 2.6 * calls(lambda: parse(text(10)))
