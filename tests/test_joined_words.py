"""Words that lost the blank between them: they are read as several and quoted as printed."""

from __future__ import annotations

import random
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import word_files
from conftest import SAMPLES, Data, blocks, parse
from planparse.grammar import load
from planparse.layout.joined_words import joined_words
from planparse.pipeline import parse_source
from planparse.reading.edits import applied
from planparse.reading.text import decode
from planparse.text import LOWER_CLASS

#: A page that lost the blanks where its lines ended.
JOINED = """ỦY BAN NHÂN DÂN
TỈNH THÁI NGUYÊN

Số: 16/QĐ-UBND

Thái Nguyên, ngày 22 tháng 8 năm 2013

QUYẾT ĐỊNH

VỀVIỆC GIỮ RỪNG TRÊN ĐỊA BÀN TỈNH THÁINGUYÊN

Căn cứ Luật Tổ chứcHĐND và UBND ngày 26/11/2003;

Căn cứ Quyết địnhsố 6/QĐ-TTgngày 05/01/2013 của Thủtướng Chính phủ;

QUYẾT ĐỊNH:

Điều 1. Banhành kèm theo Quyết định này Kế hoạch giữ rừng.

Điều 2. Sở Tưpháp chủ trì, phối hợp với Sở Tàichính và cácđơn vị liên quan hướngdẫn thực hiện.

KẾHOẠCH

GIỮ RỪNG Ở CƠSỞ
(Banhành kèm theo Quyết định số 16/QĐ-UBND ngày 22 tháng 8 năm 2013)

I. MỤCTIÊU

- Trồng 500 ha rừng, tỷ lệ chephủ đạt 42% vàonăm 2015.
"""


def mended(text: str) -> str:
    return applied(text, joined_words(text, load())[0])[0]


@pytest.mark.parametrize(
    ("joined", "parted"),
    [
        ("Kếhoạch", "Kế hoạch"),
        ("THÁINGUYÊN", "THÁI NGUYÊN"),
        ("Banhành", "Ban hành"),
        ("cáchuyện", "các huyện"),
        ("chứcHĐND", "chức HĐND"),
        ("củaUBND", "của UBND"),
        ("theoQuyết", "theo Quyết"),
        ("TTgngày", "TTg ngày"),
        ("UBNDtỉnh", "UBND tỉnh"),
        ("MTTQViệt", "MTTQ Việt"),
        ("phíthực", "phí thực"),
        ("sựnghiệp", "sự nghiệp"),
        ("cácđơnvị", "các đơn vị"),
        ("ởxã", "ở xã"),
        ("ngày17/8/2014của", "ngày 17/8/2014 của"),
        ("năm2015", "năm 2015"),
    ],
)
def test_a_joined_word_is_parted(joined: str, parted: str) -> None:
    around = "đượcgiao; tổchức; nghịcủa; cơquan; "
    assert mended(around + joined) == f"được giao; tổ chức; nghị của; cơ quan; {parted}"


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "thuyền",
        "Website",
        "Internet",
        "ASEAN",
        "PAPI",
        "20m2",
        "CO2",
        "1a",
        "QL1",
        "kWh",
        "VNeID",
        "bêtông",
        "ôtô",
        "Êđê",
        "Krông",
        "QĐ-TTg",
        "UBND",
    ],
)
def test_a_word_of_its_own_is_not(word: str) -> None:
    around = "đượcgiao; tổchức; nghịcủa; cơquan; "
    assert mended(around + word).endswith(f"; {word}")


def test_the_text_tells_which_parting_is_likely() -> None:
    around = "đượcgiao; tổchức; nghịcủa; cơquan; "
    assert mended(f"{around}sởngành; các sở, ngành").endswith("sở ngành; các sở, ngành")


@pytest.mark.parametrize(
    "words",
    [
        "Cơho, Mơnông, Chơro, Xêđăng, Vânkiều và Giarai ở huyện Đamrông, Tumơrông",
        "nitơ, phốtpho, mêtan, nilông, NILÔNG, môđun và hécta",
        "Hủaphăn, Phôngsalỳ, Viêngchăn, Chămpasắc, Luôngphabang",
        "Canađa, Mêhicô, Chilê, Pêru, Cônggô và Angôla",
        "bôxít, đôlômít, mănggan, xíchlô, rơmoóc, catalô",
    ],
)
def test_names_and_words_from_abroad_are_no_joined_words(words: str) -> None:
    text = f"KẾ HOẠCH\nGIỮ RỪNG\nI. NHIỆM VỤ\n1. Sở Y tế chủ trì mở lớp cho {words} trước ngày 15/12/2025.\n"
    assert joined_words(text, load())[0] == []


def test_a_few_such_words_are_left_alone() -> None:
    assert joined_words("Họp tổchức tại cơquan, tổchức lại cơquan và cơquan.", load()) == ([], 0, "")


def test_what_is_read_as_several_words_is_quoted_as_printed() -> None:
    document = parse(JOINED)
    metadata = document["metadata"]
    assert metadata["title"] == "VỀVIỆC GIỮ RỪNG TRÊN ĐỊA BÀN TỈNH THÁINGUYÊN"
    assert next(basis["text"] for basis in metadata["legal_bases"]) == "Căn cứ Luật Tổ chứcHĐND và UBND ngày 26/11/2003;"
    assert [citation["number"] for citation in document["citations"]] == ["16/QĐ-UBND", None, "6/QĐ-TTg"]
    assert [(part["kind"], part["label"], part["title"]) for part in document["parts"]] == [
        ("decision", "QUYẾT ĐỊNH", metadata["title"]),
        ("plan", "KẾHOẠCH", "GIỮ RỪNG Ở CƠSỞ"),
    ]
    (task,) = document["tasks"]
    assert [(body["name"], body["canonical"]) for body in task["lead"]] == [("Sở Tưpháp", "Sở Tư pháp")]
    assert [body["name"] for body in task["supporting"]] == ["Sở Tàichính", "cácđơn vị liên quan"]
    assert [(item["value"], item["unit"], item["year"], item["text"]) for item in document["targets"]] == [
        (500, "ha", None, "Trồng 500 ha rừng"),
        (42, "%", 2015, "tỷ lệ chephủ đạt 42% vàonăm 2015"),
    ]
    (note,) = [item for item in document["diagnostics"] if item["code"] == "text.joined"]
    assert note["severity"] == "warning" and note["values"] == {"count": 16, "first": "VỀVIỆC"}
    assert document["source"]["coverage"] == 1.0


@settings(max_examples=15, deadline=None)
@given(path=st.sampled_from(SAMPLES), seed=st.integers(0, 1_000_000))
def test_a_sample_says_the_same_when_blanks_are_lost(path: Path, seed: int) -> None:
    text = path.read_text("utf-8")
    chance = random.Random(seed)
    damaged = re.sub(f"(?<={LOWER_CLASS}) (?={LOWER_CLASS})", lambda _: "" if chance.random() < 0.04 else " ", text)
    whole, found = parse(text), parse(damaged)

    def told(document: Data) -> list[tuple[str, str]]:
        return [(block["id"], block["marker"]) for block in blocks(document) if block["type"] == "section"]

    assert told(found) == told(whole)
    flat = " ".join(damaged.split())
    for block in blocks(found):
        for quote in (block.get("heading"), block["text"] if block["type"] == "paragraph" else None):
            assert quote is None or quote in flat


#: A table of which a cell reaches over two rows.
GRID = [
    ["TT", "Nhiệm vụ", "Cơ quan chủtrì", "Thời gian"],
    ["1", "Mởlớp", "Sở Tưpháp", "2014"],
    ["2", "In sổtay", "", "2015"],
]
BEFORE = [*filter(None, JOINED.splitlines()), "II. NHIỆM VỤ"]
BEHIND = ["III. KINH PHÍ", "1. Ngân sách tỉnh."]


def as_page() -> bytes:
    lines = ["".join(f"<p>{line}</p>" for line in part) for part in (BEFORE, BEHIND)]
    header, first, second = GRID
    rows = "".join(f"<th>{name}</th>" for name in header) + "</tr><tr>"
    rows += "".join(f"<td{' rowspan=2' * (at == 2)}>{said}</td>" for at, said in enumerate(first)) + "</tr><tr>"
    rows += "".join(f"<td>{said}</td>" for said in second if said)
    return f"<html><body>{lines[0]}<table><tr>{rows}</tr></table>{lines[1]}</body></html>".encode()


def as_word_file() -> bytes:
    merges = {1: "restart", 2: "continue"}
    rows = [
        word_files.row(
            *(word_files.cell(said, merge=merges.get(at) if column == 2 else None) for column, said in enumerate(cells))
        )
        for at, cells in enumerate(GRID)
    ]
    before, behind = ("".join(map(word_files.paragraph, part)) for part in (BEFORE, BEHIND))
    return word_files.word_file(before + word_files.table(*rows, widths=(500, 3000, 3000, 1500)) + behind)


@pytest.mark.parametrize(("data", "name"), [(as_page(), "k.html"), (as_word_file(), "k.docx")], ids=["page", "word"])
def test_joined_words_move_no_cell_of_a_format_that_states_its_tables(data: bytes, name: str) -> None:
    """A page states where its cells begin and end; so they do when blanks are put into the words before them."""
    document = parse_source(decode(data, name), load())
    (found,) = [block for block in blocks(document) if block["type"] == "table"]
    assert [row["cells"] for row in found["rows"]] == [GRID[1], [*GRID[2][:2], "Sở Tưpháp", GRID[2][3]]]
    assert [(column["name"], column["path"]) for column in found["columns"]][2] == ("Cơ quan chủtrì", ["Cơ quan chủtrì"])
    assert found["columns"][2]["kind"] == "lead"
    led = [task for task in document["tasks"] if task["span"]["start"] >= found["span"]["start"]]
    assert [[body["canonical"] for body in task["lead"]] for task in led] == [["Sở Tư pháp"], ["Sở Tư pháp"]]
    assert document["source"]["coverage"] == 1.0


def test_all_that_quotes_the_text_is_as_printed() -> None:
    text = """ỦY BAN NHÂN DÂN
TỈNH THÁI NGUYÊN

Số: 16/KH-UBND

TháiNguyên, ngày 22 tháng 8 năm 2013

KẾHOẠCH

GIỮ RỪNG ĐẦU NGUỒN

I. TỔCHỨC THỰCHIỆN

1. Sở Tưpháp chủtrì thực hiện:

a) Mở lớp tập huấn.

II. KINHPHÍ

TT | Nhiệmvụ | Kinhphí (triệu đồng) | Nguồn kinhphí |
1 | Tổchức hộinghị | 250 | Ngân sáchtỉnh |
2 | Giao các đơnvị | 300 | Ngân sáchtỉnh |

TM. ỦYBAN NHÂNDÂN
KT. CHỦTỊCH
PHÓ CHỦTỊCH

NguyễnVăn Nam
"""
    for form in (text, unicodedata.normalize("NFD", text)):
        document = parse(form)
        assert document["metadata"]["place"] == "TháiNguyên"
        (signer,) = document["metadata"]["signers"]
        assert signer == {
            "name": "NguyễnVăn Nam", "role": "PHÓ CHỦTỊCH", "authority": "TM. ỦYBAN NHÂNDÂN / KT. CHỦTỊCH",
        }  # fmt: skip
        (task,) = document["tasks"]
        assert [(body["name"], body["canonical"]) for body in task["lead"]] == [("Sở Tưpháp", "Sở Tư pháp")]
        assert [(item["label"], item["column"], item["source_of_money"]) for item in document["funding"]] == [
            ("Tổchức hộinghị", "Kinhphí (triệu đồng)", "Ngân sáchtỉnh"),
            ("Giao các đơnvị", "Kinhphí (triệu đồng)", "Ngân sáchtỉnh"),
        ]
        headings = [block["heading"] for block in blocks(document) if block["type"] == "section" and block["heading"]]
        assert headings == ["TỔCHỨC THỰCHIỆN", "Sở Tưpháp chủtrì thực hiện:", "KINHPHÍ"]
