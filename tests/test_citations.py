"""Cited documents: numbers, types, dates, issuers, subjects, and which of them are a legal basis."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import parse
from planparse.facts.citation_laws import find_laws
from planparse.facts.citation_mentions import Home, Mention, read_mentions
from planparse.facts.citation_numbers import find_numbers
from planparse.grammar import load

Data = dict[str, Any]

GRAMMAR = load()
HOME = Home("Ủy ban nhân dân tỉnh Hà Giang", "Hà Giang")

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 71/KH-UBND
Hà Giang, ngày 12 tháng 5 năm 2023
KẾ HOẠCH
TRỒNG RỪNG NĂM 2023
{bases}
Ủy ban nhân dân tỉnh ban hành Kế hoạch trồng rừng như sau:
I. MỤC TIÊU
1. Mục tiêu chung
{body}
"""


def mentions(text: str, **options: Any) -> list[Mention]:
    return read_mentions(text, GRAMMAR, HOME, **options)


def plan(body: str = "Trồng thêm rừng.", bases: str = "Căn cứ Luật Lâm nghiệp ngày 15/11/2017;") -> Data:
    return parse(PLAN.format(body=body, bases=bases))


def numbers(document: Data) -> list[str]:
    return [citation["number"] for citation in document["citations"]]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("theo Quyết định số 45/QĐ-UBND", "45/QĐ-UBND"),
        ("theo Quyết định 45/QĐ-UBND", "45/QĐ-UBND"),
        ("Nghị quyết số 08- NQ/TU", "08-NQ/TU"),
        ("Quyết định số 45 /QĐ- TTg", "45/QĐ-TTg"),
        ("Quyết định số 45/QĐ–TTg", "45/QĐ-TTg"),
        ("QUYẾT ĐỊNH SỐ 45/QĐ-TTG", "45/QĐ-TTg"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG SỐ 9-CTR/TU", "9-CTr/TU"),
        ("Quyết định số 45/QÐ-UBND", "45/QĐ-UBND"),
        ("Luật số 31/2024/QH15", "31/2024/QH15"),
        ("Nghị định số 15/2024/NĐ-CP", "15/2024/NĐ-CP"),
        ("Công văn số 45/STC-QLNS", "45/STC-QLNS"),
        ("Tờ trình số 45/SKHĐT", "45/SKHĐT"),
        ("Nghị định 61/CP", "61/CP"),
        ("Thông tư liên tịch số 7/2004/TTLT-BCA-BLĐTB & XH", "7/2004/TTLT-BCA-BLĐTB&XH"),
        ("Nghị quyết số 30a/2008/NQ-CP", "30a/2008/NQ-CP"),
        ("Quyết định số 403-QĐ-TU", "403-QĐ-TU"),
        ("Công văn số 45/TTg-V.I.", "45/TTg-V.I"),
    ],
)
def test_number(text: str, number: str) -> None:
    assert [mention.number for mention in mentions(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "1/2 số xã", "hoạt động 24/7", "ngày 30/11/2024", "15 m2/người", "5.000 đồng/kWh", "2/HTX", "đạt 12/KCN",
        "điện thoại 0219/3866.123", "quy chuẩn QCVN 14:2008/BTNMT", "Tổ công tác Đề án 06/CP", "mục 1.5/QĐ-UBND",
        "lô A3/D-KCN", "Số:      /KH-UBND", "công suất 100 MW/năm", "2021-2025/GĐ",
    ],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Quyết định số 13/QĐ-TTg và số 43/QĐ-TTg", ["Quyết định", "Quyết định"]),
        ("Kế hoạch số 15/KH-UBND, 16/KH-UBND", ["Kế hoạch", "Kế hoạch"]),
        ("Nghị quyết số 29/2021/QH15, số 31/2021/QH15", ["Nghị quyết", "Nghị quyết"]),
        ("các Luật số 72/2020/QH14 và 52/2014/QH13", ["Luật", "Luật"]),
        ("Quy định số 20-QĐ/TW", ["Quy định"]),
        ("Thông báo kết luận số 20-TB/TU", ["Thông báo"]),
        ("Văn bản số 45/UBND-KT", ["Công văn"]),
        ("Bộ luật số 45/2019/QH14", ["Bộ luật"]),
    ],
)
def test_type(text: str, types: list[str]) -> None:
    assert [mention.type for mention in mentions(text)] == types


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Quyết định số 4/QĐ-UBND ngày 7/4/2023", "2023-04-07"),
        ("Quyết định số 4/QĐ-UBND, ngày 07 tháng 4 năm 2023", "2023-04-07"),
        ("Quyết định số 4/QĐ-UBND của UBND tỉnh ngày 7-4-2023", "2023-04-07"),
        ("Quyết định số 4/QĐ-UBND năm 2023", None),
        ("Quyết định số 4/QĐ-UBND ngày 31/6/2023", None),
    ],
)
def test_date(text: str, date: str | None) -> None:
    assert mentions(text)[0].date == date


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Quyết định số 4/QĐ-TTg", "Thủ tướng Chính phủ"),
        ("Thông tư số 4/2023/TT-BTC", "Bộ Tài chính"),
        ("Nghị quyết số 4-NQ/TW", None),
        ("Nghị quyết số 4-NQ/TW ngày 1/2/2020 của Bộ Chính trị khóa XII", "Bộ Chính trị khóa XII"),
        ("Nghị quyết số 4-NQ/TW của Hội nghị lần thứ năm Ban Chấp hành Trung ương", "Ban Chấp hành Trung ương"),
        ("Quyết định số 4/QĐ-UBND của Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh Hà Giang"),
        ("Quyết định số 4/QĐ-UBND của Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh Hà Giang"),
        ("Quyết định số 4/QĐ-UBND của UBND thành phố Đà Nẵng về giá nước", "Ủy ban nhân dân thành phố Đà Nẵng"),
        ("Kế hoạch số 4/KH-UBND của UBND huyện Bắc Mê", "Ủy ban nhân dân huyện Bắc Mê"),
        ("Thông tư số 4/2023/TT-BYT của Bộ trưởng Bộ Y tế", "Bộ Y tế"),
        ("Thông tư liên tịch số 4/2010/TTLT-BTC-BNV", None),
    ],
)
def test_issuer(text: str, issuer: str | None) -> None:
    assert mentions(text)[0].issuer == issuer


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "Quyết định số 4/QĐ-TTg ngày 1/2/2020 về việc phê duyệt Đề án trồng rừng; giao các sở",
            "phê duyệt Đề án trồng rừng",
        ),
        ("Quyết định số 4/QĐ-TTg phê duyệt Đề án trồng rừng, góp phần giảm xói mòn", "phê duyệt Đề án trồng rừng"),
        ("Quyết định số 4/QĐ-TTg về khoa học, công nghệ và đổi mới", "khoa học, công nghệ và đổi mới"),
        ("Chỉ thị số 4-CT/TW về “Giữ rừng, giữ đất, giữ nước” trong năm", "“Giữ rừng, giữ đất, giữ nước” trong năm"),
        ("Quyết định số 4/QĐ-TTg để tổ chức thực hiện", None),
        ("Quyết định số 4/QĐ-TTg, Kết luận số 5-KL/TW", None),
    ],
)
def test_subject(text: str, subject: str | None) -> None:
    assert mentions(text)[0].subject == subject


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("theo Luật Thủy sản và các văn bản hướng dẫn", ["Luật Thủy sản"]),
        ("Luật Khoa học và công nghệ, Luật Đất đai", ["Luật Khoa học và công nghệ", "Luật Đất đai"]),
        ("Luật Đất đai 2024", ["Luật Đất đai"]),
        ("Luật Nhà ở, Bộ luật Lao động", ["Luật Nhà ở", "Bộ luật Lao động"]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Xây dựng và Luật Nhà ở ngày 1/2/2020",
         ["Luật sửa đổi, bổ sung một số điều của Luật Xây dựng và Luật Nhà ở"]),
        ("Hiến pháp năm 2013", ["Hiến pháp"]),
        ("Luật Phòng, chống thiên tai năm 2013", ["Luật Phòng, chống thiên tai"]),
        ("pháp luật về đất đai; Đoàn Luật sư; Trường Đại học Luật Huế", []),
        ("LUẬT VỀ KIỂM SOÁT MÙI", []),
        ("Căn cứ Luật tổ chức chính quyền địa phương ngày 19/6/2015", ["Luật tổ chức chính quyền địa phương"]),
        ("Căn cứ Bộ luật dân sự năm 2015", ["Bộ luật dân sự"]),
        ("Căn cứ Luật số 31/2024/QH15; theo Luật đã ban hành; Căn cứ Luật sư của tỉnh", []),
        ("Căn cứ Bộ luật lao động năm 2019; Luật việc làm năm 2013", ["Bộ luật lao động", "Luật việc làm"]),
        ("Căn cứ Pháp lệnh dân số ngày 09/01/2003", ["Pháp lệnh dân số"]),
        ("Luật Phòng, chống tác hại của rượu, bia năm 2019", ["Luật Phòng, chống tác hại của rượu, bia"]),
        ("Luật Tổ chức HĐND và UBND ngày 26/11/2003", ["Luật Tổ chức HĐND và UBND"]),
    ],
)  # fmt: skip
def test_laws_by_name(text: str, names: list[str]) -> None:
    assert [law.name for law in find_laws(text, GRAMMAR)] == names


def test_a_law_with_name_and_number_is_one_document() -> None:
    found = mentions("Luật Lâm nghiệp số 16/2017/QH14 ngày 15/11/2017")
    assert [(mention.number, mention.subject) for mention in found] == [("16/2017/QH14", "Luật Lâm nghiệp")]


def test_mentions_of_one_document_are_gathered() -> None:
    body = "Thực hiện Quyết định số 9/QĐ-TTg ngày 1/2/2020; khoản 2 Điều 7 Quyết định số 9/ QĐ-TTg."
    citation = next(item for item in plan(body)["citations"] if item["number"] == "9/QĐ-TTg")
    assert len(citation["mentions"]) == 2
    assert citation["span"] == citation["mentions"][0]
    assert citation["text"] == "Quyết định số 9/QĐ-TTg ngày 1/2/2020"
    assert citation["date"] == "2020-02-01"


def test_the_same_number_of_another_year_is_another_document() -> None:
    body = "Kế hoạch số 9/KH-UBND ngày 1/2/2020 và Kế hoạch số 9/KH-UBND ngày 3/4/2021."
    assert [c["date"] for c in plan(body)["citations"] if c["number"] == "9/KH-UBND"] == ["2020-02-01", "2021-04-03"]


def test_a_law_by_its_abbreviation_is_the_law() -> None:
    body = "Thực hiện Luật Bảo vệ môi trường; tuyên truyền Luật BVMT."
    law = [citation for citation in plan(body)["citations"] if "môi trường" in (citation["subject"] or "")]
    assert [len(citation["mentions"]) for citation in law] == [2]


def test_the_documents_own_number() -> None:
    document = plan("Kèm theo Kế hoạch số 71/KH-UBND.")
    own = document["citations"][0]
    assert own["number"] == document["metadata"]["number"] == "71/KH-UBND"
    assert (own["type"], own["date"], own["issuer"]) == ("Kế hoạch", "2023-05-12", "Ủy ban nhân dân tỉnh Hà Giang")
    assert len(own["mentions"]) == 2


def test_the_documents_own_number_of_another_year_is_another_document() -> None:
    document = plan("Tiếp tục Kế hoạch số 71/KH-UBND ngày 31/12/2019 về vườn ươm.")
    found = [citation for citation in document["citations"] if citation["number"] == "71/KH-UBND"]
    assert [(citation["date"], citation["subject"]) for citation in found] == [
        ("2023-05-12", None),
        ("2019-12-31", "vườn ươm"),
    ]


def test_spans_hold_the_words() -> None:
    text = PLAN.format(bases="Căn cứ Nghị định số 7/2020/NĐ-CP ngày 1/2/2020 của Chính phủ;", body="Trồng rừng.")
    document = parse(text)
    span = next(c for c in document["citations"] if c["number"] == "7/2020/NĐ-CP")["span"]
    assert text[span["start"] : span["end"]] == "Nghị định số 7/2020/NĐ-CP ngày 1/2/2020 của Chính phủ"
    assert text.count("\n", 0, span["start"]) + 1 == span["first_line"]


def bases_of(document: Data) -> list[list[str]]:
    names = {citation["id"]: citation["number"] or citation["subject"] for citation in document["citations"]}
    return [[names[found] for found in basis["citation_ids"]] for basis in document["metadata"]["legal_bases"]]


def test_a_basis_is_not_what_its_subject_cites() -> None:
    bases = (
        "Căn cứ Luật Lâm nghiệp ngày 15/11/2017; Luật Đất đai ngày 18/01/2024;\n"
        "Căn cứ Kết luận số 7-KL/TW ngày 1/2/2020 của Bộ Chính trị về tiếp tục thực hiện Nghị quyết số 6-NQ/TW;\n"
        "Căn cứ Quyết định số 4/QĐ-TTg phê duyệt Đề án trồng rừng và Quyết định số 5/QĐ-TTg phê duyệt Đề án giữ rừng;"
    )
    assert bases_of(plan(bases=bases)) == [
        ["Luật Lâm nghiệp", "Luật Đất đai"],
        ["7-KL/TW"],
        ["4/QĐ-TTg", "5/QĐ-TTg"],
    ]


@pytest.mark.parametrize(
    "listed",
    [
        "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH\n\n1. {}\n\n2. {}\n\n3. {}\n\nII. MỤC TIÊU\n\n1. {own}",
        "I. SỰ CẦN THIẾT\n\n1. Căn cứ pháp lý\n\n- {}\n\n- {}\n\n- {}\n\nII. MỤC TIÊU\n\n1. {own}",
        "I. CĂN CỨ PHÁP LÝ VÀ THỰC TRẠNG\n\n1. Căn cứ pháp lý\n\n- {}\n\n- {}\n\n- {}\n\n2. Thực trạng\n\n- {own}",
        "I. CƠ SỞ PHÁP LÝ\n\n- {}\n\n+ {}\n\n+ {}\n\nII. MỤC TIÊU\n\n1. {own}",
        "Căn cứ xây dựng kế hoạch:\n\n- {}\n\n- {}\n\n- {}\n\nI. MỤC TIÊU\n\n1. {own}",
        "CĂN CỨ LẬP KẾ HOẠCH.\n\n- {}\n\n- {}\n\n- {}\n\nI. MỤC TIÊU\n\n1. {own}",
    ],
)
def test_bases_may_be_listed_in_a_section(listed: str) -> None:
    bases = ("Luật thú y ngày 19/6/2015;", "Căn cứ Quyết định số 15/QĐ-TTg ngày 5/3/2009;", "Các văn bản có liên quan.")
    text = f"KẾ HOẠCH\n\nNUÔI ONG TRÊN ĐỊA BÀN TỈNH\n\n{listed.format(*bases, own='Theo Quyết định số 9/QĐ-UBND.')}\n"
    document = parse(text)
    assert document["metadata"]["title"] == "NUÔI ONG TRÊN ĐỊA BÀN TỈNH"
    found = [numbers for numbers in bases_of(document) if numbers]
    assert found == [["Luật thú y"], ["15/QĐ-TTg"]]
    for basis in document["metadata"]["legal_bases"]:
        assert text[basis["span"]["start"] : basis["span"]["end"]].endswith(basis["text"])


def test_bases_before_the_text_are_those_of_the_plan() -> None:
    document = plan("I. CĂN CỨ PHÁP LÝ\n\n1. Quyết định số 15/QĐ-TTg ngày 5/3/2009.")
    assert bases_of(document) == [["Luật Lâm nghiệp"]]


@pytest.mark.parametrize(
    ("basis", "numbers"),
    [
        (
            "Thực hiện Công văn số 53/BNN-TY ngày 25/7/2022 của Bộ Y tế; xét đề nghị của Sở Y tế tại Tờ trình số 9/TTr-SYT.",
            ["53/BNN-TY"],
        ),
        (
            "Thực hiện Nghị quyết số 76/NQ-CP của Chính phủ, UBND tỉnh ban hành Kế hoạch theo tinh thần số 98/2022/QH15.",
            ["76/NQ-CP"],
        ),
        ("Căn cứ Quyết định số 4/QĐ-UBND của UBND tỉnh ban hành Kế hoạch trồng rừng;", ["4/QĐ-UBND"]),
        (
            "Thực hiện các Nghị quyết: số 138/NQ-CP ban hành Kế hoạch thực hiện Nghị quyết số 6-NQ/TW, số 139/NQ-CP;",
            ["138/NQ-CP", "139/NQ-CP"],
        ),
        (
            "Căn cứ Chương trình số 24-CTr/TU ngày 12/11/2022 của Tỉnh ủy Hà Giang thực hiện Nghị quyết số 33-NQ/TW;",
            ["24-CTr/TU"],
        ),
    ],
)
def test_a_basis_ends_where_the_proposal_or_the_act_begins(basis: str, numbers: list[str]) -> None:
    assert [number for numbers in bases_of(plan(bases=basis)) for number in numbers] == numbers


def test_what_only_the_site_lists_is_apart() -> None:
    related = "- 1Quyết định 88/QĐ-UBND năm 2022 về trồng cây do tỉnh Hà Nam ban hành\n- 2Quyết định 4/QĐ-TTg năm 2020\n"
    document = parse(related + "\n" + PLAN.format(bases="Căn cứ Quyết định số 4/QĐ-TTg ngày 1/2/2020;", body="Trồng rừng."))
    by_number = {citation["number"]: citation for citation in document["citations"]}
    listed = by_number["88/QĐ-UBND"]
    assert (listed["issuer"], listed["subject"]) == ("Ủy ban nhân dân tỉnh Hà Nam", "trồng cây")
    assert by_number["4/QĐ-TTg"]["block_id"] != by_number["88/QĐ-UBND"]["block_id"]
    assert len(by_number["4/QĐ-TTg"]["mentions"]) == 1


_NUMBER = st.builds(
    "{}/{}{}-{}".format,
    st.integers(1, 99999),
    st.sampled_from(["", "2019/", "2023/"]),
    st.sampled_from(["QĐ", "KH", "NQ", "CT", "TTr", "BC"]),
    st.sampled_from(["UBND", "HĐND", "TTg", "BTC", "SNV"]),
)


@settings(deadline=None)
@given(_NUMBER, st.sampled_from(["/", " /", "/ ", " / "]), st.sampled_from(["-", " -", "- ", "–", "‑"]))
def test_any_spacing_is_the_same_number(number: str, slash: str, dash: str) -> None:
    printed = number.replace("/", slash).replace("-", dash)
    assert [found.value for found in find_numbers(f"theo văn bản số {printed} đã ban hành", GRAMMAR)] == [number]


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0123456789/-–. QĐNKHTgLuậtsốcủaày,;()“”\n", max_size=120))
def test_any_text_is_read_in_order(text: str) -> None:
    found = mentions(text)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    assert all(one.start < other.start for one, other in pairwise(found))
    assert all(mention.number is None or not any(char.isspace() for char in mention.number) for mention in found)


def test_a_number_may_hold_its_year() -> None:
    text = "KẾ HOẠCH\nGiữ rừng\nCăn cứ Nghị quyết số 19-2018/NQ-CP ngày 15 tháng 5 năm 2018 của Chính phủ;\n"
    assert [item["number"] for item in parse(text)["citations"]] == ["19-2018/NQ-CP"]
