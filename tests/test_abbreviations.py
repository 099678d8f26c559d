"""Abbreviations that a text defines."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import parse
from planparse.facts.abbreviations import find_definitions
from planparse.grammar import load

GRAMMAR = load()
PLAN = "KẾ HOẠCH\nTRỒNG RỪNG\n\nI. NHIỆM VỤ\n1. Công tác chung\n{}\n"


def definitions(text: str) -> list[tuple[str, str]]:
    return [(short, long) for _, _, short, long in find_definitions(text, GRAMMAR)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thúc đẩy kinh tế tuần hoàn (KTTH) ở cơ sở", ("KTTH", "kinh tế tuần hoàn")),
        ("Phát triển kinh tế - xã hội (KT-XH)", ("KT-XH", "kinh tế - xã hội")),
        ("ngành khoa học và công nghệ (KH&CN)", ("KH&CN", "khoa học và công nghệ")),
        ("công tác phòng, chống tham nhũng (PCTN)", ("PCTN", "phòng, chống tham nhũng")),
        ("thực hiện tăng trưởng xanh (TTX 3) bền vững", ("TTX", "tăng trưởng xanh")),
        ("quản lý uỷ ban nhân dân (UBND) xã", ("UBND", "uỷ ban nhân dân")),
        ("vay vốn hỗ trợ phát triển chính thức (ODA)", ("ODA", "hỗ trợ phát triển chính thức")),
        ("nâng cao Chỉ số năng lực canh tác (CFI)", ("CFI", "Chỉ số năng lực canh tác")),
        ("lập các “Vùng trồng cây sạch” (CTZ)", ("CTZ", "Vùng trồng cây sạch")),
        ("ứng phó biến đổi khí hậu (sau đây viết tắt là BĐKH)", ("BĐKH", "biến đổi khí hậu")),
        ("Lập Ban Chỉ đạo tỉnh về trồng rừng (gọi tắt là Ban Chỉ đạo)", ("Ban Chỉ đạo", "Ban Chỉ đạo tỉnh về trồng rừng")),
        ("hỗ trợ HTX (hợp tác xã) mới", ("HTX", "hợp tác xã")),
    ],
)
def test_definition(text: str, expected: tuple[str, str]) -> None:
    assert definitions(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "giá trị bình quân (USD)", "nguồn vốn sau: (II) vốn vay", "gửi Sở Y tế (b/c)", "tại Trà Vinh (Trường THCS)",
        "sáu xã (12%)", "theo kế hoạch (kèm theo)", "các địa phương (Hà Nam)",
    ],
)  # fmt: skip
def test_what_defines_nothing(text: str) -> None:
    assert definitions(text) == []


def test_the_first_definition_counts_and_its_span_holds_both() -> None:
    text = PLAN.format("Thu gom chất thải rắn (CTR) và xử lý chất thải rắn (CTR).")
    found: list[dict[str, Any]] = parse(text)["abbreviations"]
    assert [(item["short"], item["long"]) for item in found] == [("CTR", "chất thải rắn")]
    span = found[0]["span"]
    assert text[span["start"] : span["end"]] == "chất thải rắn (CTR)"
    assert text.index("chất thải rắn") == span["start"]


def test_the_lexicon_is_there_for_others() -> None:
    known = {row.fields["short"]: row.fields["long"] for row in GRAMMAR.lexicon("abbreviations")}
    assert known["NSNN"] == "ngân sách nhà nước"
    assert known["UBND"] == "Ủy ban nhân dân"


_SYLLABLES = st.sampled_from(
    "an bảo chất dịch đào gạo hàng khoa lúa môi nông ong phân quản rừng sạch tôm ươm vải xanh".split()
)


@settings(deadline=None)
@given(st.lists(_SYLLABLES, min_size=3, max_size=6))
def test_initials_find_their_words(words: list[str]) -> None:
    short = "".join(word[0].upper() for word in words)
    if set(short) <= set("IVXLC"):
        return
    assert definitions(f"Phải; {' '.join(words)} ({short})") == [(short, " ".join(words))]


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="ABĐKT&- abcđgọi tắt là()“”.;,\n12", max_size=100))
def test_any_text(text: str) -> None:
    for start, end, short, long in find_definitions(text, GRAMMAR):
        assert 0 <= start < end <= len(text)
        assert short.strip()
        assert long.strip()


def test_a_short_name_that_is_a_comma_is_none() -> None:
    """A slip of the pen in the bracket ended the parse with an error."""
    parse("KẾ HOẠCH\nGiữ rừng\n1. Cục Bản đồ vùng (gọi tắt là , Cục) lập sổ tay nước.")
