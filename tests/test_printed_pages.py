"""Texts made from printed pages: numbers of pages on lines of their own, and two columns read line by line."""

from __future__ import annotations

import pytest

from conftest import Data, blocks, parse

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH SÔNG MƠ\n\nKẾ HOẠCH\nGiữ rừng đầu nguồn\n\nI. NHIỆM VỤ\n"
#: A page of text, in lines of one width, the last one broken off in mid-sentence.
ITEM = (
    "{n}. Trạm kiểm lâm số {n} đi tuần hai lần một tuần dọc theo ranh giới của khu rừng, ghi vào\n"
    "sổ mọi dấu vết lạ và báo cho các xã ven rừng trước khi trời tối; người dân ở cửa rừng\n"
    "cùng giữ đường băng cản lửa, dọn lá khô, trực ở chòi canh trong mùa nắng nóng và gọi\n"
    "kiểm lâm khi thấy khói; học sinh các trường ven rừng được nghe kể chuyện về rừng, về\n"
    "suối và về những loài chim đã trở lại sau nhiều năm vắng bóng ở các khe núi đá vôi.\n"
)


def plan(pages: int, number: str = "{page}", *, broken: bool = True, items: int = 2) -> str:
    """A plan of some pages, each with the number of the next page under it."""
    text = HEAD
    count = 0
    for page in range(2, pages + 2):
        for _ in range(items):
            count += 1
            text += ITEM.format(n=count)
        if broken:
            count += 1
            text += f"{count}. Trạm kiểm lâm số {count} giữ các giống cây bản địa ở vườn ươm của trạm và giao cho\n"
            text += f"\n{number.format(page=page)}\n\n" + "các hộ nhận khoán trồng ở những khoảnh rừng nghèo.\n"
        else:
            text += f"\n{number.format(page=page)}\n\n"
    return text


def marks(document: Data) -> list[str]:
    return [block["marker"] for block in blocks(document) if block["type"] == "section"]


@pytest.mark.parametrize("number", ["{page}", "- {page} -", "Trang {page}", "{page}/9"])
def test_the_number_of_a_page_ends_nothing_and_begins_nothing(number: str) -> None:
    """A "5" between two halves of a sentence was item 5, and the rest of the sentence its text."""
    document = parse(plan(4, number))
    assert marks(document) == ["I", *map(str, range(1, 13))]
    broken = [block["text"] for block in blocks(document) if block["type"] == "section" and block["marker"] in {"3", "12"}]
    assert all("giao cho các hộ nhận khoán" in text for text in broken)
    assert document["source"]["coverage"] == 1.0
    assert [item["values"]["count"] for item in document["diagnostics"] if item["code"] == "text.pages"] == [4]


def test_the_number_of_a_page_may_stand_there_twice() -> None:
    """Of "Trang 8" and "8" the second was item 8."""
    document = parse(plan(4, "Trang {page}\n{page}"))
    assert marks(document) == ["I", *map(str, range(1, 13))]
    broken = [block["text"] for block in blocks(document) if block["type"] == "section" and block["marker"] in {"3", "12"}]
    assert all("giao cho các hộ nhận khoán" in text for text in broken)
    assert document["source"]["coverage"] == 1.0


def test_an_excerpt_begins_at_any_page() -> None:
    text = plan(5).removeprefix(HEAD)
    for page in range(6, 1, -1):
        text = text.replace(f"\n{page}\n\n", f"\n{page + 7}\n\n")
    assert [item["values"]["count"] for item in parse(HEAD + text)["diagnostics"] if item["code"] == "text.pages"] == [5]


def test_numbers_that_break_no_sentence_are_the_documents_own() -> None:
    document = parse(plan(4, broken=False))
    assert "text.pages" not in [item["code"] for item in document["diagnostics"]]


def test_numbers_close_to_one_another_are_the_documents_own() -> None:
    document = parse(plan(4, items=0))
    assert "text.pages" not in [item["code"] for item in document["diagnostics"]]


def test_two_columns_read_line_by_line() -> None:
    text = (
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH SÔNG MƠ Độc lập - Tự do - Hạnh phúc\n"
        "Số: 18/KH-UBND Sông Mơ, ngày 02 tháng 4 năm 2026\n"
        "KẾ HOẠCH\nGiữ rừng đầu nguồn\nI. NHIỆM VỤ\n1. Sở Y tế mở lớp./.\n"
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như Điều 3; KT. CHỦ TỊCH\n- Sở Y tế;\nPHÓ CHỦ TỊCH\n"
        "- Các xã trồng rừng\nven sông;\n- Lưu: VT, NC.\nTrần Văn Mơ\n"
        "PHỤ LỤC\nDANH MỤC RỪNG\n(Kèm theo Kế hoạch số 18/KH-UBND)\n1. Rừng thông."
    )
    document = parse(text)
    metadata = document["metadata"]
    assert metadata["issuer"] == "Ủy ban nhân dân tỉnh Sông Mơ"
    assert metadata["signers"] == [
        {"name": "Trần Văn Mơ", "role": "PHÓ CHỦ TỊCH", "authority": "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH"}
    ]
    assert metadata["recipients"] == ["Như Điều 3", "Sở Y tế", "Các xã trồng rừng ven sông", "Lưu: VT, NC."]
    assert [part["kind"] for part in document["parts"]] == ["plan", "appendix"]
    assert marks(document) == ["I", "1", "1"] and document["source"]["coverage"] == 1.0
    for block in blocks(document):
        if block["type"] in {"recipients", "signature"}:
            span = block["span"]
            assert text[span["start"] : span["end"]].split() == block["text"].split()


def test_recipients_and_signature_that_stand_apart_are_one_piece_each() -> None:
    document = parse(f"{HEAD}1. Mở lớp.\nNơi nhận:\n- Sở Y tế;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mơ")
    assert [block["type"] for block in blocks(document)][-2:] == ["recipients", "signature"]


def test_a_stamp_in_brackets_is_no_role() -> None:
    document = parse(f"{HEAD}1. Mở lớp.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(đã ký, đóng dấu đỏ)\nTrần Văn Mơ")
    assert [signer["role"] for signer in document["metadata"]["signers"]] == ["CHỦ TỊCH"]


def test_two_numbers_that_both_break_a_sentence_count_pages() -> None:
    text = plan(2).removeprefix(HEAD).replace("\n2\n\n", "\n15\n\n").replace("\n3\n\n", "\n16\n\n")
    assert [item["values"]["count"] for item in parse(HEAD + text)["diagnostics"] if item["code"] == "text.pages"] == [2]
