"""Tables and columns set by tabs, as a copy from Word, a spreadsheet or a browser has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Data, blocks, parse
from planparse.reading.source import make_source

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
HEAD = (
    "ỦY BAN NHÂN DÂN\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH SÔNG MƠ\t\tĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 12/KH-UBND\t\tSông Mơ, ngày 3 tháng 4 năm 2026\n\nKẾ HOẠCH\nGiữ rừng đầu nguồn\n\n"
)
LISTS = "I.\tMỤC ĐÍCH\n1.\tMục đích\n-\tGiữ rừng.\n2.\tYêu cầu\na)\tLàm đúng hạn.\nII.\tPHÂN CÔNG\n"
TABLE = (
    "STT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\nI\tTrồng rừng\n1\tLập vườn ươm\tSở Xây dựng\t2026\n"
    "2\tTrồng 300 ha\nrừng ngập mặn\tSở Y tế\t2027\n\tMở lớp\tSở Nội vụ\t\n"
)
END = (
    "III.\tTỔ CHỨC THỰC HIỆN\n1.\tSở Y tế: Mở lớp cho các xã.\n\n"
    "Nơi nhận:\t\t\tTM. ỦY BAN NHÂN DÂN\n- Sở Y tế;\t\t\tKT. CHỦ TỊCH\n"
    "- Các xã;\t\t\tPHÓ CHỦ TỊCH\n- Lưu: VT.\t\t\tTrần Văn Mơ\n"
)


def tables(document: Data) -> list[list[list[str]]]:
    return [[row["cells"] for row in block["rows"]] for block in blocks(document) if block["type"] == "table"]


def test_rows_with_tabs_are_a_table_and_items_with_tabs_are_none() -> None:
    document = parse(HEAD + LISTS + TABLE + END)
    assert [block["marker"] for block in blocks(document) if block["type"] == "section"] == [
        *("I", "1", "-", "2", "a"),
        *("II", "III", "1"),
    ]
    assert [row[:3] for row in tables(document)[0]] == [
        ["I", "Trồng rừng", ""],
        ["1", "Lập vườn ươm", "Sở Xây dựng"],
        ["2", "Trồng 300 ha rừng ngập mặn", "Sở Y tế"],
        ["", "Mở lớp", "Sở Nội vụ"],
    ]
    assert [column["name"] for block in blocks(document) if block["type"] == "table" for column in block["columns"]] == [
        *("STT", "Nhiệm vụ"),
        *("Cơ quan chủ trì", "Thời gian"),
    ]
    assert [item["values"]["count"] for item in document["diagnostics"] if item["code"] == "text.tabs"] == [5]
    assert document["source"]["coverage"] == 1.0


def test_columns_set_by_tabs_are_letterhead_and_signature() -> None:
    metadata = parse(HEAD + LISTS + TABLE + END)["metadata"]
    assert (metadata["number"], metadata["issuer"]) == ("12/KH-UBND", "Ủy ban nhân dân tỉnh Sông Mơ")
    assert metadata["recipients"] == ["Sở Y tế", "Các xã", "Lưu: VT."]
    assert metadata["signers"] == [
        {"name": "Trần Văn Mơ", "role": "PHÓ CHỦ TỊCH", "authority": "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH"}
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_spans_point_into_the_text_with_its_tabs(line_end: str) -> None:
    text = (HEAD + LISTS + TABLE + END).replace("\n", line_end)
    document = parse(text)
    table = next(block for block in blocks(document) if block["type"] == "table")
    lines = text.split(line_end)
    for row in table["rows"]:
        span = row["span"]
        said = text[span["start"] : span["end"]]
        assert " ".join(" ".join(row["cells"]).split()).startswith(" ".join(said.split())[:20])
        assert said.split("\t")[0].strip() in lines[span["first_line"] - 1]
    section = next(block for block in blocks(document) if block["type"] == "section" and block["marker"] == "III")
    assert text[section["span"]["start"] : section["span"]["end"]] == "III.\tTỔ CHỨC THỰC HIỆN"


def test_a_document_with_tabs_reads_as_the_same_one_with_bars() -> None:
    text = (SAMPLES / "ministry-plan-pipe.txt").read_text("utf-8")
    lines = (line.rstrip().removesuffix("|") if "|" in line else line for line in text.split("\n"))
    tabbed = "\n".join("\t".join(cell.strip() for cell in line.split("|")) if "|" in line else line for line in lines)
    assert "|" not in tabbed
    with_bars, with_tabs = parse(text), parse(tabbed)
    assert tables(with_tabs) == tables(with_bars) and len(tables(with_tabs)) == 2
    assert [task["text"] for task in with_tabs["tasks"]] == [task["text"] for task in with_bars["tasks"]]
    assert with_tabs["metadata"]["number"] == with_bars["metadata"]["number"]


def test_tabs_in_sentences_and_indents_are_blanks() -> None:
    for text in (
        "\tGiữ rừng\tđầu nguồn.\n\n\tTrồng cây.\n",
        "1.\tMở lớp\n2.\tLập sổ\n3.\tTrồng cây\n",
        "a\tb | c\nd\te\tf\n",
    ):
        assert "text.tabs" not in [note.code for note in make_source(text).notes]


def test_a_caption_between_two_tables_is_in_neither() -> None:
    document = parse(HEAD + "I. VIỆC\n" + TABLE + "Bảng số 2. Việc của các xã\n" + TABLE)
    assert [len(rows) for rows in tables(document)] == [4, 4]


def test_many_tabs_are_read() -> None:
    for text in ("\t" * 100_000 + "a\tb\n" * 3, "a\t" * 50_000 + "\n" + "b\t" * 50_000, "\t\n" * 50_000):
        assert parse(text)["source"]["coverage"] == 1.0
    rows = tables(parse(HEAD + "I. VIỆC\n" + TABLE.split("\n")[0] + "\n" + "1\tLập vườn ươm\tSở Xây dựng\t2026\n" * 500))
    assert [len(table) for table in rows] == [500]
