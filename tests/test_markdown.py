"""Markdown as a renderer reads it: what a document says never becomes markup, and nothing of it is missing."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from conftest import SAMPLES, Data, blocks, parse
from planparse.writing.escape import escape
from planparse.writing.labels import LABELS
from planparse.writing.markdown import _cell, write_markdown

EVIL = [
    "<script>alert(1)</script>",
    "</td><!-- x",
    "[x](javascript:alert(1))",
    "](javascript:x)",
    "![x](y.png)",
    "[x]: y",
    "*a* **b** _c_ __d__ ~~e~~",
    "***",
    "___",
    "# a",
    "####### a",
    "===",
    "---",
    "- a",
    "+ a",
    "* a",
    "> a",
    "1. a",
    "12) a",
    "2024.",
    "`a` ``b``",
    "```",
    "~~~",
    "| a | b |",
    "|---|",
    "a\\",
    "\\- a",
    "a \\- b",
    "\\| a",
    "&lt;b&gt; &amp; &#60; &copy",
    "$x$ $$y$$",
    "<https://x.vn>",
    "a@b.vn",
]
WORD = re.compile(r"[^\W_]+")
SAMPLE = next(path for path in SAMPLES if path.stem == "decision-plan-pipe")
markdown = MarkdownIt("commonmark").enable("table").enable("strikethrough")


class Page(NamedTuple):
    """What a renderer makes of Markdown."""

    tokens: list[Token]

    def words(self) -> Counter[str]:
        return Counter(WORD.findall(unicodedata.normalize("NFC", self.text())))

    def text(self) -> str:
        return "\n".join(shown(token) for token in self.tokens if token.type == "inline")

    def markup(self) -> Counter[str]:
        """The tokens that are no words; `<br>` is ours."""
        inner = (child for token in self.tokens for child in token.children or ())
        return Counter(
            token.type
            for token in (*self.tokens, *inner)
            if token.type not in {"inline", "text", "softbreak", "text_special"} and token.content != "<br>"
        )

    def headings(self) -> list[tuple[int, str]]:
        return [
            (int(token.tag[1]), shown(self.tokens[at + 1]))
            for at, token in enumerate(self.tokens)
            if token.type == "heading_open"
        ]

    def tables(self) -> Iterator[list[list[str]]]:
        """Each table as rows of cells, the header first."""
        rows: list[list[str]] = []
        for at, token in enumerate(self.tokens):
            if token.type == "table_open":
                rows = []
            elif token.type == "tr_open":
                rows.append([])
            elif token.type in {"th_open", "td_open"}:
                rows[-1].append(shown(self.tokens[at + 1]))
            elif token.type == "table_close":
                yield rows


def shown(token: Token) -> str:
    """The words of a line as a reader sees them."""
    made = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(
        "\n" if child.content == "<br>" else made.get(child.type, child.content) for child in token.children or ()
    )


def page(text: str) -> Page:
    return Page(markdown.parse(text))


def table(cells: list[list[str]], **more: Any) -> Data:
    """A table block; `more` changes its rows."""
    width = len(cells[0])
    rows = [
        {"id": f"r{at}", "number": "", "level": 1, "parent": None, "kind": "item", "cells": row, "carried": [], **more}
        for at, row in enumerate(cells[1:])
    ]
    columns = [{"name": name, "path": [name], "kind": "other"} for name in cells[0]]
    assert all(len(row) == width for row in cells)
    return {"type": "table", "id": "plan/t", "caption": None, "unit": None, "columns": columns, "rows": rows}


def section(level: str, marker: str, heading: str | None = None, text: str | None = None, *inner: Data) -> Data:
    return {
        "type": "section",
        "id": "plan/s",
        "level": level,
        "marker": marker,
        "number": marker,
        "heading": heading,
        "text": text,
        "role": None,
        "blocks": list(inner),
    }


def paragraph(text: str) -> Data:
    return {"type": "paragraph", "id": "plan/p", "text": text}


def document_of(*inner: Data) -> Data:
    """A document with one plan that holds these blocks, and no table of what it says of itself."""
    document = parse("KẾ HOẠCH\nTRỒNG CÂY\n")
    document["metadata"] = {name: value if name == "signers" else None for name, value in document["metadata"].items()}
    document["parts"][0]["blocks"] = list(inner)
    document["diagnostics"] = []
    return document


def written(*inner: Data) -> Page:
    return page(write_markdown(document_of(*inner)))


# --- escaping ---------------------------------------------------------------------------------------------------------
def assert_plain(text: str) -> None:
    """Escaped, the text is one paragraph that shows the text and nothing else."""
    made = page(escape(text))
    assert made.markup() == {"paragraph_open": 1, "paragraph_close": 1}, escape(text)
    assert made.text() == text


@pytest.mark.parametrize("text", EVIL)
def test_evil_text_is_shown_as_it_is(text: str) -> None:
    for around in (text, f"Rừng {text}", f"{text} rừng", f"Rừng\n{text}", f"Rừng\n{text}\nbiển"):
        assert_plain(around)


soup = st.lists(
    st.sampled_from([*"*_#|`<>[]()!&;\\~$-+=.:/ax1 \n", "12.", "- ", "# ", "&lt;", "</b>", "](", "đ"]), max_size=30
)


@settings(deadline=None)
@given(soup.map("".join))
@example("1.")
@example("1)")
@example("a\n---")
@example("a\n===")
@example("123456789. a")
@example("\\\n- a")
@example("-")
@example("- - -")
def test_any_text_is_shown_as_it_is(text: str) -> None:
    text = "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))
    if text:
        assert_plain(text)


@settings(deadline=None)
@given(soup.map("".join))
@example("a\n- b")
@example("a\\- b")
@example("a\\|b")
@example("| a\n|")
@example("\\- a")
def test_any_text_stays_in_its_cell(text: str) -> None:
    text = "\n".join(" ".join(part.split()) for part in text.split("\n")).strip()
    if text:
        (rows,) = page(f"| a | b |\n| --- | --- |\n| {_cell(text)} | x |").tables()
        assert rows == [["a", "b"], [text, "x"]]


@pytest.mark.parametrize("text", EVIL)
def test_no_word_of_a_document_becomes_markup(text: str) -> None:
    """Evil words at the end of everything that a document says leave the page's markup as it is."""
    plain, evil = parse(SAMPLE.read_text("utf-8")), parse(SAMPLE.read_text("utf-8"))
    for document, more in ((plain, "thêm"), (evil, text)):
        spoil(document, more)
    expected, got = page(write_markdown(plain)), page(write_markdown(evil))
    assert got.markup() == expected.markup()
    assert [level for level, _ in got.headings()] == [level for level, _ in expected.headings()]
    assert [[len(row) for row in rows] for rows in got.tables()] == [
        [len(row) for row in rows] for rows in expected.tables()
    ]
    count = sum(" ".join(words.split()).count(text) for words in texts_of(evil))
    assert count > 300 and got.text().count(text) >= count * 0.9


def texts_of(document: Data) -> Iterator[str]:
    for block in blocks(document):
        yield from (block[field] for field in ("heading", "text", "caption", "unit") if block.get(field))
        for row in block.get("rows", ()):
            yield from row["cells"]


def spoil(document: Data, more: str) -> None:
    """Put words at the end of all that a document says."""
    for block in blocks(document):
        for field in ("heading", "text", "caption", "unit"):
            if block.get(field):
                block[field] += " " + more
        for column in block.get("columns", ()):
            column["name"] += " " + more
        for row in block.get("rows", ()):
            row["cells"] = [cell and f"{cell} {more}" for cell in row["cells"]]
    for part in document["parts"]:
        for field in ("label", "title", "attached_to"):
            if part[field]:
                part[field] += " " + more
    metadata = document["metadata"]
    for field in ("title", "issuer", "place"):
        if metadata[field]:
            metadata[field] += " " + more
    for item in document["diagnostics"]:
        item["message"] += " " + more


@pytest.mark.parametrize("text", EVIL)
def test_evil_words_read_from_a_file(text: str) -> None:
    source = (
        f"KẾ HOẠCH\nTRỒNG CÂY {text}\n\nI. MỤC TIÊU {text}\n\n1. Rừng {text}\n\n- Biển {text}\n\n{text} đứng riêng\n\n"
        f"PHỤ LỤC\n\nSTT | Nội dung | Ghi chú |\n1 | Rừng {text} | x |\n2 | {text} | y |\n"
    )
    document = parse(source)
    made = page(write_markdown(document))
    assert not set(made.markup()) & {
        "html_inline",
        "html_block",
        "link_open",
        "image",
        "code_inline",
        "fence",
        "hr",
        "s_open",
    }
    assert not set(made.markup()) & {"blockquote_open", "ordered_list_open", "code_block", "lheading_open"}
    missing = Counter(WORD.findall(source)) - made.words()
    assert not missing


# --- lines ------------------------------------------------------------------------------------------------------------
def test_lines_that_begin_like_a_list_or_a_heading() -> None:
    made = written(paragraph("4.0 và chuyển đổi số"), paragraph("2024. Năm"), paragraph("a\n- b\n# c\n5) d\n=== e"))
    assert "ordered_list_open" not in made.markup() and "bullet_list_open" not in made.markup()
    for line in ("4.0 và chuyển đổi số", "2024. Năm", "a\n- b\n# c\n5) d\n=== e"):
        assert line in made.text().replace("\n\n", "\n")


def test_the_lines_of_a_letterhead_and_a_signature_stay_lines() -> None:
    made = written(
        {"type": "letterhead", "id": "plan/l", "text": "ỦY BAN NHÂN DÂN\nSố: 1/KH-UBND\n-------"},
        {"type": "signature", "id": "plan/g", "text": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn A"},
    )
    assert made.markup()["hardbreak"] == 4 and "hr" not in made.markup()
    assert "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn A" in made.text()


# --- tables -----------------------------------------------------------------------------------------------------------
def test_cells_with_bars_and_line_breaks() -> None:
    cells = [["STT", "Nội | dung"], ["1", "a | b\nc\n- d"], ["", "| x |"], ["-", "\n"], ["1.", "# e"]]
    (rows,) = written(table(cells)).tables()
    assert rows == [["STT", "Nội | dung"], ["1", "a | b\nc\n- d"], ["", "| x |"], ["-", "\n"], ["1.", "# e"]]


def test_carried_cells_are_set_apart_and_explained() -> None:
    block = table([["Nội dung", "Chủ trì"], ["Rừng *x", "Sở A"], ["Biển", "Sở A"]])
    block["rows"][1]["carried"] = [1]
    for lang in LABELS:
        text = write_markdown(document_of(block), lang=lang)
        made = page(text)
        (rows,) = made.tables()
        assert rows == [["Nội dung", "Chủ trì"], ["Rừng *x", "Sở A"], ["Biển", "Sở A"]]
        assert "| Biển | *Sở A* |" in text and "| Rừng \\*x | Sở A |" in text and LABELS[lang]["carried"] in made.text()
    block["rows"][1]["carried"] = []
    assert LABELS["en"]["carried"] not in written(block).text() and "em_open" not in written(block).markup()


@pytest.mark.parametrize("kind", ["group", "total"])
def test_groups_and_totals_are_bold(kind: str) -> None:
    text = write_markdown(document_of(table([["a", "b"], ["I", ""], ["II", "5"]], kind=kind)))
    assert "| **I** |   |" in text and "| **II** | **5** |" in text


def test_money_is_set_to_the_right() -> None:
    block = table([["Nội dung", "Kinh phí"], ["Rừng", "5.000"]])
    block["columns"][1]["kind"] = "money"
    made = written(block)
    styles = [token.attrs.get("style") for token in made.tokens if token.type in {"th_open", "td_open"}]
    assert styles == [None, "text-align:right"] * 2


def test_a_caption_and_a_unit_stand_above_their_table() -> None:
    block = table([["a"], ["b"]]) | {"caption": "Bảng 1. Số *liệu*", "unit": "ĐVT: triệu đồng"}
    text = written(block).text()
    assert text.index("Bảng 1. Số *liệu*") < text.index("ĐVT: triệu đồng") < text.index("\na\n")


# --- lists ------------------------------------------------------------------------------------------------------------
def depth_of(made: Page, type_: str) -> list[int]:
    """How many lists each token of a type stands in."""
    deep, found = 0, []
    for token in made.tokens:
        deep += token.nesting if token.type.startswith("list_item") else 0
        if token.type == type_:
            found.append(deep)
    return found


@pytest.mark.parametrize(
    ("level", "words"),
    [("dash", "Biển"), ("plus", "Biển"), ("bullet", "Biển"), ("letter", "Biển"), ("letter", None), ("dash", None)],
)
def test_a_table_inside_a_list_item_stays_in_the_list(level: str, words: str | None) -> None:
    inner = section(
        level, "a" if level == "letter" else "-", None, words, table([["x", "y"], ["1", "2"]]), paragraph("Cuối")
    )
    made = written(section("arabic", "1", None, "Rừng", inner, section("dash", "-", None, "Sau")))
    assert depth_of(made, "table_open") == [2]
    (rows,) = made.tables()
    assert rows == [["x", "y"], ["1", "2"]]
    words_at = [at for at, token in enumerate(made.tokens) if token.type == "inline" and shown(token) == "Cuối"]
    deep = [sum(token.nesting for token in made.tokens[:at] if token.type.startswith("list_item")) for at in words_at]
    assert deep == [2] and "Sau" in made.text()


def test_lists_nest_as_their_sections_do() -> None:
    made = written(
        section(
            "letter",
            "a",
            None,
            "một",
            section("dash", "-", None, "hai", section("plus", "+", None, "ba"), section("plus", "+", None, "bốn")),
            section("dash", "-", None, "năm"),
        ),
        section("letter", "đ", None, "sáu"),
    )
    deep: dict[str, int] = {}
    level = 0
    for token in made.tokens:
        level += token.nesting if token.type.startswith("list_item") else 0
        if token.type == "inline":
            deep[shown(token)] = level
    assert {key: deep[key] for key in ("a) một", "hai", "ba", "bốn", "năm", "đ) sáu")} == {
        "a) một": 1,
        "hai": 2,
        "ba": 3,
        "bốn": 3,
        "năm": 2,
        "đ) sáu": 1,
    }


def test_text_after_a_list_is_no_part_of_it() -> None:
    made = written(
        section("dash", "-", None, "Rừng"), paragraph("Biển"), table([["x"], ["y"]]), section("dash", "-", None, "Núi")
    )
    assert depth_of(made, "table_open") == [0] and depth_of(made, "bullet_list_open") == [0, 0]
    assert [shown(token) for token in made.tokens if token.type == "inline" and token.level == 1][-2:] != ["Núi"]


# --- headings ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", LABELS)
def test_headings_nest(path: Path, lang: str) -> None:
    made = page(write_markdown(parse(path.read_text("utf-8")), lang=lang))
    levels = [level for level, _ in made.headings()]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(words for _, words in made.headings())


def test_a_heading_stands_under_that_of_the_section_that_holds_it() -> None:
    made = written(
        section("roman", "I", "MỘT", None, section("arabic", "1", "Hai", None, section("letter", "a", "ba", None))),
        section("roman", "II", "BỐN", "lời"),
        section("article", "Điều 1", "Năm", None),
    )
    assert [item for item in made.headings() if item[0] > 2] == [
        (3, "I. MỘT"),
        (4, "1. Hai"),
        (3, "II. BỐN"),
        (3, "Điều 1. Năm"),
    ]
    assert "a) ba" in made.text() and "lời" in made.text()


def test_sections_deeper_than_headings_go_are_a_list() -> None:
    inner = section("arabic", "9", "đáy", "cùng")
    for depth in range(8):
        inner = section("arabic", str(depth), f"tầng {depth}", None, inner)
    made = written(inner)
    levels = [level for level, _ in made.headings()]
    assert max(levels) == 6 and "9. đáy cùng" in made.text()


# --- nothing missing --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", LABELS)
def test_every_word_of_a_sample_is_on_the_page(path: Path, lang: str) -> None:
    text = path.read_text("utf-8")
    made = page(write_markdown(parse(text), lang=lang))
    assert not Counter(WORD.findall(text)) - made.words()
    assert "html_block" not in made.markup() and "code_block" not in made.markup() and "html_inline" not in made.markup()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_table_of_a_sample_is_a_table_of_its_shape(path: Path) -> None:
    document = parse(path.read_text("utf-8"))
    wanted = [
        [[column["name"] for column in block["columns"]], *(row["cells"] for row in block["rows"])]
        for block in blocks(document)
        if block["type"] == "table"
    ]
    made = list(page(write_markdown(document)).tables())
    for rows in wanted:
        squashed = [[" ".join(cell.split()) for cell in row] for row in rows]
        assert squashed in [[[" ".join(cell.split()) for cell in row] for row in found] for found in made]


def test_writing_changes_no_document() -> None:
    document = parse(SAMPLE.read_text("utf-8"))
    before = copy.deepcopy(document)
    assert write_markdown(document) == write_markdown(document) and document == before


def test_the_end_of_the_file_is_one_line_end() -> None:
    for path in SAMPLES:
        text = write_markdown(parse(path.read_text("utf-8")))
        assert text.endswith("\n") and not text.endswith("\n\n") and "\n\n\n" not in text


def test_a_group_that_begins_a_sentence_is_counted_with_the_same_one_within_another() -> None:
    tasks = "1. Các phòng thuộc Sở mở lớp tập huấn.\n2. Giao các phòng thuộc Sở in sổ tay.\n3. Sở Y tế mở lớp tập huấn.\n"
    found = write_markdown(parse(f"KẾ HOẠCH\nGIỮ RỪNG\nI. TỔ CHỨC THỰC HIỆN\n{tasks}"))
    assert re.findall(r"^\| (.*[Ss]ở.*) \| (\d) \|$", found, re.M) == [
        ("Các phòng thuộc Sở", "2"),
        ("Sở Y tế", "1"),
    ]
