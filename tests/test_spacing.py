"""Blank lines that part no paragraphs, hyphens that do not break, and marks of sign fonts."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Data, blocks, parse

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def outline(document: Data) -> list[tuple[str, str, str]]:
    return [
        (block["level"], block["number"], (block["heading"] or block["text"] or "")[:30])
        for block in blocks(document)
        if block["type"] == "section"
    ]


def tasks(document: Data) -> list[tuple[str, list[str]]]:
    return [(task["text"], [body["name"] for body in task["lead"]]) for task in document["tasks"]]


@pytest.mark.parametrize("blank", ["", "   ", "\n"])
def test_a_wrapped_text_with_blank_lines_between_all_lines(blank: str) -> None:
    """Each line was a paragraph of its own, and most tasks were lost."""
    text = (SAMPLES / "decision-plan-wrapped.txt").read_text("utf-8")
    close, spaced = parse(text), parse(text.replace("\n", f"\n{blank}\n"))
    assert outline(spaced) == outline(close)
    assert tasks(spaced) == tasks(close)
    assert [item["values"]["count"] for item in spaced["diagnostics"] if item["code"] == "text.spaced"] != []
    assert spaced["source"]["coverage"] == 1.0
    assert spaced["source"]["lines"] == text.replace("\n", f"\n{blank}\n").count("\n")
    lines = text.replace("\n", f"\n{blank}\n").split("\n")
    for block in blocks(spaced):
        if block["type"] == "section":
            assert lines[block["span"]["first_line"] - 1].strip().startswith(block["marker"])


def test_blank_lines_between_paragraphs_stay() -> None:
    for name in ("plan-paragraphs.txt", "regulation-paragraphs.txt"):
        text = (SAMPLES / name).read_text("utf-8")
        assert "text.spaced" not in [item["code"] for item in parse(text)["diagnostics"]]


def test_rows_with_blank_lines_between_are_one_table() -> None:
    text = (SAMPLES / "ministry-plan-pipe.txt").read_text("utf-8")
    close, spaced = parse(text), parse(text.replace("|\n", "|\n\n"))
    rows = [
        [[row["cells"] for row in block["rows"]] for block in blocks(d) if block["type"] == "table"] for d in (close, spaced)
    ]
    assert rows[0] == rows[1]
    assert tasks(spaced) == tasks(close)


def test_hyphens_that_do_not_break_are_hyphens() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH SÔNG MƠ\n\nSố: 12/KH‑UBND\n\nKẾ HOẠCH\nGiữ rừng\n\nI. VIỆC\n"
        "1. Sở Lao động ‑ Thương binh và Xã hội\n"
        "- Mở lớp theo Nghị định số 5/2024/NĐ‑CP.\n"
    )
    document = parse(text)
    assert document["metadata"]["number"] == "12/KH-UBND"
    assert "5/2024/NĐ-CP" in [citation["number"] for citation in document["citations"]]
    assert [names for _, names in tasks(document)] == [["Sở Lao động - Thương binh và Xã hội"]]


@pytest.mark.parametrize(
    ("mark", "level"),
    [
        ("\uf0b7", "bullet"),
        ("\uf0d8", "bullet"),
        ("Ø", "bullet"),
        ("§", "bullet"),
        ("v", "bullet"),
        ("\uf02d", "dash"),
        ("\uf02b", "plus"),
    ],
)
def test_marks_of_sign_fonts(mark: str, level: str) -> None:
    """Word copies the mark of a list as a sign of its font; the items ran into one paragraph."""
    document = parse(f"KẾ HOẠCH\nGiữ rừng\n\nI. VIỆC\n1. Sở Y tế\n{mark} Mở lớp cho các xã.\n{mark} Lập sổ theo dõi rừng.\n")
    assert outline(document)[2:] == [
        (level, outline(document)[2][1], "Mở lớp cho các xã."),
        (level, outline(document)[3][1], "Lập sổ theo dõi rừng."),
    ]
    assert [names for _, names in tasks(document)] == [["Sở Y tế"], ["Sở Y tế"]]


def test_points_with_a_blank_before_their_bracket_are_no_wrapped_lines() -> None:
    text = "".join(
        f"{n}. Việc số {n}\na ) Mở lớp cho các xã trong năm.\nb ) Lập sổ theo dõi từng khoảnh rừng.\n" for n in range(1, 9)
    )
    assert len(outline(parse(f"KẾ HOẠCH\nGiữ rừng\n\n{text}"))) == 24
