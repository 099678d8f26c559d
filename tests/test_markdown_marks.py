"""Texts that a program made Markdown of: their marks are read past, and nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import TEXTS, Data, blocks, parse
from planparse.reading.markdown_marks import is_marked, made_of, marks

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PLAIN = ["plan-paragraphs", "decision-plan-pipe", "ministry-plan-pipe", "regulation-paragraphs"]


def marked(text: str) -> str:
    """A text as a converter writes it: titles as headings, capitals in bold type, dashes and full stops escaped."""
    lines = []
    for line in text.split("\n"):
        if re.match(r"(?:[IVX]+|Chương [IVX]+|Điều \d+)\. ", line):
            line = f"## **{line}**"
        elif line.isupper() and "|" not in line and not line.startswith("-"):
            line = f"**{line}**"
        elif line.startswith("- "):
            line = f"\\{line}"
        elif re.match(r"\d+\. ", line):
            line = re.sub(r"^(\d+)\. (\S+)", r"\1\\. *\2*", line)
        lines.append(line)
    return "\n".join(lines)


def tree(document: Data) -> list[tuple[str, str, str]]:
    return [(block["id"], block["type"], block.get("text") or block.get("heading") or "") for block in blocks(document)]


@pytest.mark.parametrize("name", PLAIN)
def test_the_marks_of_a_converter_change_nothing(name: str) -> None:
    text = (SAMPLES / f"{name}.txt").read_text("utf-8")
    changed = marked(text)
    assert is_marked(changed) and not is_marked(text)
    plain, document = parse(text), parse(changed)
    assert tree(document) == tree(plain)
    assert document["metadata"]["number"] == plain["metadata"]["number"]
    assert [task["lead"] for task in document["tasks"]] == [task["lead"] for task in plain["tasks"]]
    assert document["source"]["coverage"] == 1.0
    assert [item["code"] for item in document["diagnostics"]].count("text.markdown") == 1


def test_the_rule_under_a_signature_that_was_made_a_table_is_none() -> None:
    text = (
        "QUYẾT ĐỊNH\n\nVề việc giữ rừng\n\nĐiều 1. Phê duyệt Kế hoạch giữ rừng./.\n\n"
        "| Nơi nhận: - Như Điều 1; - Lưu: VT. | CHỦ TỊCH Trần Văn Mơ |\n|---|---|\n\n"
        "KẾ HOẠCH\n\nGIỮ RỪNG (Kèm theo Quyết định số 5/QĐ-UBND)\n\nI. NHIỆM VỤ\n\n1. Mở lớp.\n"
    )
    document = parse(text)
    assert [part["kind"] for part in document["parts"]] == ["decision", "plan"]
    assert [block["type"] for block in document["parts"][0]["blocks"]][-2:] == ["recipients", "signature"]
    assert document["source"]["coverage"] == 1.0


def test_spans_point_into_the_text_with_its_marks() -> None:
    text = (
        "# KẾ HOẠCH\n\n**Giữ rừng**\n\n## I. NHIỆM VỤ\n\n**1. Sở Y tế**\n\n\\- Mở **hai** lớp cho xã.\n\n\\- Lập sổ trực.\n"
    )
    document = parse(text)
    spans = {block["id"]: block["span"] for block in blocks(document)}
    quoted = {name: text[span["start"] : span["end"]] for name, span in spans.items()}
    assert quoted["plan/I/1/-1"] == "- Mở **hai** lớp cho xã."
    assert [span["first_line"] for span in spans.values()][-2:] == [9, 11]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("**1. Mục tiêu**", "1. Mục tiêu"),
        ("* Mở lớp", "* Mở lớp"),
        ("*Hà Giang, ngày 2 tháng 4*", "Hà Giang, ngày 2 tháng 4"),
        ("giá trị 5 * 3 = 15", "giá trị 5 * 3 = 15"),
        ("### II. NHIỆM VỤ ###", "II. NHIỆM VỤ"),
        ("#5 của bảng", "#5 của bảng"),
        ("1\\. Mở lớp \\- hai buổi", "1. Mở lớp - hai buổi"),
        ("C:\\rung\\thong", "C:\\rung\\thong"),
        ("__Nơi nhận__: _Lưu_", "Nơi nhận: Lưu"),
        ("ten_tep_goc và ______", "ten_tep_goc và ______"),
        ("| Sở A<br>Sở B | R&amp;D |", "| Sở A Sở B | R&D |"),
        ("> Điều 1. Mở lớp", "Điều 1. Mở lớp"),
    ],
)
def test_what_is_a_mark(text: str, clean: str) -> None:
    assert marks().sub(lambda mark: made_of(mark[0]), text) == clean


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_document_as_a_site_prints_it_is_markdown(path: Path) -> None:
    assert not is_marked(path.read_text("utf-8"))
