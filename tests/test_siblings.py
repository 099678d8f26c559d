"""Breaks that a hard wrap hides: what the other items of a list do settles them."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest

from planparse import parse

HEAD = "KẾ HOẠCH\nTRỒNG CÂY NĂM 2024\nI. NHIỆM VỤ\n"
#: Prose that tells how wide the text was wrapped.
PROSE = (
    "Các cơ quan, đơn vị và địa phương trong tỉnh tổ chức phát động, hướng dẫn nhân dân trồng, chăm sóc và bảo vệ cây "
    "xanh ở những nơi công cộng, dọc đường giao thông, trong khuôn viên cơ quan, trường học, bệnh viện và khu dân cư, "
    "bảo đảm cây sống tốt sau khi trồng và được theo dõi hằng năm theo hướng dẫn của cơ quan chuyên môn."
)


def items(paragraphs: list[str], width: int) -> list[tuple[str, str | None, str | None, list[str]]]:
    """Each item of the list: its marker, its heading, its own text, and the paragraphs below it."""
    text = HEAD + "\n".join(line for paragraph in paragraphs for line in textwrap.wrap(paragraph, width))
    found: list[tuple[str, str | None, str | None, list[str]]] = []

    def walk(blocks: list[dict[str, Any]]) -> None:
        for block in blocks:
            if block["type"] == "section":
                below = [child["text"] for child in block["blocks"] if child["type"] == "paragraph"]
                found.append((block["marker"], block["heading"], block["text"], below))
                walk(block["blocks"])

    for part in parse(text).model_dump()["parts"]:
        walk(part["blocks"])
    return found


# 60 characters: the line is full, whatever the next word.
FULL = "b) Sở Giao thông vận tải chủ trì, phối hợp với các địa phương:"
BELOW = "Trồng 2.000 cây dọc các tuyến đường tỉnh trước khi mùa mưa năm nay đến."


@pytest.mark.parametrize("width", [62, 63, 66])
def test_a_colon_at_the_end_of_a_full_line_ends_the_item_where_the_others_end_there(width: int) -> None:
    others = ["a) Sở Nội vụ chủ trì:", "Tổ chức phát động.", "c) Sở Y tế chủ trì:", "Trồng cây ở các bệnh viện."]
    read = items([PROSE, *others[:2], FULL, BELOW, *others[2:]], width)
    assert read[1:] == [
        ("a", "Sở Nội vụ chủ trì:", None, ["Tổ chức phát động."]),
        ("b", FULL[3:], None, [BELOW]),
        ("c", "Sở Y tế chủ trì:", None, ["Trồng cây ở các bệnh viện."]),
    ]


def test_it_goes_on_where_the_others_go_on_after_their_colon() -> None:
    others = ["a) Sở Nội vụ chủ trì: Tổ chức phát động.", "c) Sở Y tế chủ trì: Trồng cây ở các bệnh viện."]
    assert items([PROSE, others[0], f"{FULL} {BELOW}", others[1]], 62)[2] == ("b", FULL[3:], BELOW, [])


def test_a_full_line_ends_a_title_where_the_other_items_are_titles() -> None:
    title = "1.2. Nâng cao nhận thức của nhân dân về trồng cây, gây rừng"
    text = "Cây xanh được trồng ở mọi nơi công cộng trong tỉnh và được chăm sóc chu đáo."
    others = ["1. Các việc", "1.1. Phát động phong trào", "Mọi xã tham gia.", "1.3. Giám sát", "Hằng quý."]
    read = items([PROSE, *others[:3], title, text, *others[3:]], 60)
    assert read[2:] == [
        ("1.1", "Phát động phong trào", None, ["Mọi xã tham gia."]),
        ("1.2", title[5:], None, [text]),
        ("1.3", "Giám sát", None, ["Hằng quý."]),
    ]


def test_what_seems_a_title_goes_on_where_the_other_items_are_sentences() -> None:
    sentence = "2. Các địa phương bố trí kinh phí chăm sóc cây trong dự toán Chi sự nghiệp môi trường giao hằng năm."
    read = items([PROSE, "1. Các sở tổ chức phát động.", sentence, "3. Các trường học trồng cây."], 60)
    assert read[1:] == [
        ("1", None, "Các sở tổ chức phát động.", []),
        ("2", None, sentence[3:], []),
        ("3", None, "Các trường học trồng cây.", []),
    ]


def test_a_task_after_a_colon_is_no_title() -> None:
    sentence = "a) Cục Thuế tỉnh: Chỉ đạo các chi cục Thuế khu vực tổ chức trồng cây trong khuôn viên của đơn vị."
    read = items([PROSE, sentence, "b) Công an tỉnh: Giữ gìn trật tự."], 41)
    text = "Chỉ đạo các chi cục Thuế khu vực tổ chức trồng cây trong khuôn viên của đơn vị."
    assert read[1] == ("a", "Cục Thuế tỉnh:", text, [])


def test_a_title_in_capitals_ends_with_its_full_stop() -> None:
    title = "PHÂN CÔNG CÁC CƠ QUAN, ĐƠN VỊ THEO DÕI VIỆC TRỒNG CÂY TRONG TỈNH."
    text = HEAD + "\n".join([*textwrap.wrap(PROSE, 68), f"II. {title}", "(Theo Phụ lục kèm theo)", "III. KINH PHÍ"])
    section = parse(text).model_dump()["parts"][0]["blocks"][-2]
    assert section["heading"] == title
    assert [block["text"] for block in section["blocks"]] == ["(Theo Phụ lục kèm theo)"]
