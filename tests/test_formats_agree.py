"""One plan written out in every format gives one and the same model.

Spans and `source` tell of the file, diagnostics of its setting ("cells were lost"); all else must be equal.
"""

from __future__ import annotations

import shutil
import subprocess
from html import escape
from pathlib import Path
from typing import Any

import pytest

import word_files as word
from pdf_writer import Page, wrapped, write_pdf
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.text import decode

Data = dict[str, Any]

LEFT = ["ỦY BAN NHÂN DÂN", "TỈNH AN GIANG", "Số: 27/KH-UBND"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "An Giang, ngày 15 tháng 4 năm 2024"]
TITLE = ["KẾ HOẠCH", "TRỒNG LÚA CHỊU MẶN TRÊN ĐỊA BÀN TỈNH ĐẾN NĂM 2026"]
OPENING = [
    "Căn cứ Luật Trồng trọt ngày 19 tháng 11 năm 2018;",
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch trồng lúa chịu mặn với các nội dung sau:",
]
#: A paragraph with its list and level: 0 "I.", 1 "1.", 2 "a)"; -1 bears no mark, or one that is typed.
BODY: list[tuple[int, str, str]] = [
    (0, "I.", "MỤC TIÊU"),
    (1, "1.", "Đến năm 2026, trồng ít nhất 500 ha lúa chịu mặn ở các xã ven sông và đưa tỷ lệ giống xác nhận lên 80%."),
    (1, "2.", "Mở 12 lớp học nghề cho nông dân của các hợp tác xã, mỗi lớp không quá 30 người."),
    (0, "II.", "TỔ CHỨC THỰC HIỆN"),
    (1, "1.", "Sở Công Thương"),
    (2, "a)", "Chủ trì, phối hợp với Sở Tài chính lập dự toán hằng năm."),
    (2, "b)", "Báo cáo Ủy ban nhân dân tỉnh trước ngày 30 tháng 11 hằng năm."),
    (1, "2.", "Ủy ban nhân dân các xã"),
    (-1, "-", "Vận động nông dân tham gia."),
    (-1, "-", "Bố trí 1.250 triệu đồng từ ngân sách xã."),
    (0, "III.", "DANH MỤC NHIỆM VỤ"),
]
HEADER = ["TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"]
#: None stands under a merged cell.
ROWS: list[list[str | None]] = [
    ["1", "Chọn giống lúa", "Sở Công Thương", "2024"],
    ["2", "Nhân giống lúa", None, "2025"],
    ["3", "Dạy nghề", "Sở Nội vụ", "2025"],
    ["4", "Tổng kết", None, "2026"],
]
CLOSING = ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
SIGNED = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Mẫu"]


def _marked() -> list[str]:
    return [f"{mark} {words}" for _, mark, words in BODY]


# --- the plan in each format ----------------------------------------------------------------------------------------
def as_html() -> bytes:
    def cells(*texts: list[str]) -> str:
        return "<tr>" + "".join(f"<td>{'<br>'.join(map(escape, text))}</td>" for text in texts) + "</tr>"

    merged = [sum(later[2] is None for later in ROWS[at + 1 : at + 2]) + 1 for at in range(len(ROWS))]
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td rowspan={merged[at] if column == 2 else 1}>{escape(text)}</td>"
            for column, text in enumerate(row)
            if text is not None
        )
        + "</tr>"
        for at, row in enumerate(ROWS)
    )
    header = "<tr>" + "".join(f"<th>{escape(name)}</th>" for name in HEADER) + "</tr>"
    paragraphs = [f"<p>{escape(text)}</p>" for text in (*OPENING, *_marked())]
    return (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>KH</title></head><body>"
        f"<table>{cells(LEFT, RIGHT)}</table>"
        + "".join(f"<p><b>{escape(text)}</b></p>" for text in TITLE)
        + "".join(paragraphs)
        + f"<table border=1>{header}{rows}</table><table>{cells(CLOSING, SIGNED)}</table></body></html>"
    ).encode()


def as_docx() -> bytes:
    """With automatic numbers and cells merged downwards."""

    def cell(lines: list[str]) -> str:
        return word.cell("".join(map(word.paragraph, lines)), more='<w:tcW w:w="4650" w:type="dxa"/>')

    numbering = word.lists(word.level(0, "%1.", "upperRoman") + word.level(1, "%2.") + word.level(2, "%3)", "lowerLetter"))
    body = word.table(word.row(cell(LEFT), cell(RIGHT)), widths=(4650, 4650))
    body += "".join(map(word.paragraph, [*TITLE, *OPENING]))
    for level, mark, words in BODY:
        body += word.paragraph(words, number=(1, level)) if level >= 0 else word.paragraph(f"{mark} {words}")
    rows = [word.row(*map(word.cell, HEADER))]
    for at, row in enumerate(ROWS):
        following = ROWS[at + 1][2] if at + 1 < len(ROWS) else ""
        merges = [None, None, "continue" if row[2] is None else "restart" if following is None else None, None]
        rows.append(word.row(*(word.cell(text or "", merge=merge) for text, merge in zip(row, merges, strict=True))))
    body += word.table(*rows, widths=(700, 4300, 2800, 1500)) + word.paragraph()
    body += word.table(word.row(cell(CLOSING), cell(SIGNED)), widths=(4650, 4650)) + word.paragraph()
    return word.word_file(body, numbering=numbering)


def as_pdf() -> bytes:
    """With a ruled table that goes on on the second page."""
    first, second = Page(), Page()
    for at, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        first.middle(790 - 16 * at, left, 10, at=150)
        first.middle(790 - 16 * at, right, 10, at=430)
    first.middle(700, TITLE[0])
    first.middle(684, TITLE[1])
    y = 650.0
    for text in (*OPENING, *_marked()):
        y = first.lines(70, y, wrapped(text, 455, indent=28), indent=28) - 6
    xs = [70.0, 100.0, 290.0, 430.0, 525.0]

    def ruled(page: Page, top: float, rows: list[list[str | None]]) -> float:
        ys = [top - 24 * at for at in range(len(rows) + 1)]
        page.grid(xs, ys, {("h", at, 2) for at, row in enumerate(rows) if row[2] is None})
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                page.text(xs[column] + 4, ys[at] - 16, text or "")
        return ys[-1]

    ruled(first, 146, [[*HEADER], *ROWS[:2]])
    y = ruled(second, 790, ROWS[2:]) - 40
    for at, text in enumerate(CLOSING):
        second.text(70, y - 16 * at, text)
    for at, text in enumerate(SIGNED):
        second.middle(y - 16 * at, text, at=430)
    return write_pdf([first, second])


def as_text(layout: str) -> bytes:
    rows = [[cell for cell in row if cell is not None] for row in ([*HEADER], *ROWS)]
    paragraphs = [*TITLE, *OPENING, *_marked()]
    if layout == "pipe_rows":
        head = [f"{' '.join(LEFT)} | {' '.join(RIGHT)} |"]
        table = ["\n".join(" | ".join(row) + " |" for row in rows)]
        closing = [f"{' '.join(CLOSING)} | {' '.join(SIGNED)} |"]
        return "\n\n".join(["\n".join(head), *paragraphs, *table, *closing]).encode()
    if layout == "wrapped_cells":
        lines = [*LEFT, "|", *RIGHT, "|"]
        for text in paragraphs:
            lines += wrapped(text, 432)
        for row in rows:
            for cell in row:
                lines += [cell, "|"]
        lines += [*CLOSING, "|", *SIGNED, "|"]
        return "\n".join(lines).encode()
    lines = ["\n".join(LEFT), "\n".join(RIGHT), *paragraphs, "\n".join(CLOSING), "\n".join(SIGNED)]
    return "\n\n".join(lines).encode()


# --- the models -----------------------------------------------------------------------------------------------------
def model(data: bytes) -> Data:
    """The model of a file, without what tells of the file and its setting."""
    document = parse_source(decode(data, "plan"), load())
    assert document["source"]["coverage"] == 1.0
    told = _bare({key: value for key, value in document.items() if key not in ("source", "diagnostics")})
    assert isinstance(told, dict)
    return told


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        bare = {key: _bare(item) for key, item in value.items() if key not in ("span", "extent_end", "mentions")}
        if bare.get("type") in ("letterhead", "signature", "recipients", "title"):
            bare["text"] = " ".join(str(bare["text"]).split())  # their lines are those of the setting
        return bare
    return [_bare(item) for item in value] if isinstance(value, list) else value


def without_table(told: Data) -> Data:
    """What is left of a model where a layout has lost the table: its block, and the facts of its rows."""

    def pruned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: pruned(item) for key, item in value.items() if key != "id" or "block_id" not in value}
        if isinstance(value, list):
            kept = [item for item in value if not (isinstance(item, dict) and _of_table(item))]
            return [pruned(item) for item in kept]
        return value

    rest = pruned(told)
    assert isinstance(rest, dict)
    return rest


def _of_table(item: Data) -> bool:
    return item.get("type") == "table" or "/table-" in str(item.get("block_id"))


@pytest.fixture(scope="module")
def wanted() -> Data:
    """The model of the page; the test below says what it must hold."""
    return model(as_html())


def test_the_page_says_what_the_plan_says(wanted: Data) -> None:
    assert wanted["metadata"]["number"] == "27/KH-UBND" and wanted["metadata"]["issued_on"] == "2024-04-15"
    assert [target["value"] for target in wanted["targets"]] == [500, 80, 12, 30]
    assert [[body["name"] for body in task["lead"]] for task in wanted["tasks"]] == [
        ["Sở Công Thương"], ["Sở Công Thương"], ["Ủy ban nhân dân các xã"], ["Ủy ban nhân dân các xã"],
        ["Sở Công Thương"], ["Sở Công Thương"], ["Sở Nội vụ"], ["Sở Nội vụ"],
    ]  # fmt: skip
    assert [entry["amount"] for entry in wanted["funding"]] == [1_250_000_000]
    assert wanted["metadata"]["signers"][0]["name"] == "Lê Văn Mẫu"


@pytest.mark.parametrize("make", [as_docx, as_pdf], ids=["docx", "pdf"])
def test_files_agree(make: Any, wanted: Data) -> None:
    assert model(make()) == wanted


@pytest.mark.parametrize("layout", ["pipe_rows", "wrapped_cells"])
def test_texts_agree(layout: str, wanted: Data) -> None:
    assert model(as_text(layout)) == wanted


def test_a_text_that_has_lost_its_table_agrees_in_the_rest(wanted: Data) -> None:
    assert without_table(model(as_text("paragraphs"))) == without_table(wanted)


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice, which writes and reads old Word files, is not there"
)
def test_an_old_word_file_agrees(tmp_path: Path, wanted: Data) -> None:
    (tmp_path / "plan.docx").write_bytes(as_docx())
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "plan.docx")], capture_output=True, timeout=100, check=True)
    assert model((tmp_path / "plan.doc").read_bytes()) == wanted
