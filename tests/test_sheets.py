"""Facts as rows: columns, CSV and XLSX that never become formulas, Markdown that shows the text as it is, the summary."""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.errors import OutputError
from planparse.writing.csv import FORMULA_STARTS, guard, write_csv
from planparse.writing.markdown import write_markdown
from planparse.writing.sheets import (
    KINDS,
    Column,
    Found,
    Sheet,
    amount_text,
    clean,
    data_sheet,
    date_text,
    gather,
    number_text,
    page_sheet,
    recurrence_text,
    target_text,
)
from planparse.writing.summary import MOST_LEADS, markdown_table, write_sheet, write_summary
from planparse.writing.xlsx import MAX_CHARACTERS, as_kept, make_workbook, write_xlsx

Data = dict[str, Any]


def span(line: int) -> Data:
    return {"start": 0, "end": 1, "first_line": line, "last_line": line}


def agency(name: str, canonical: str | None = None) -> Data:
    return {"name": name, "canonical": canonical, "kind": None}


def task(text: str = "Rà soát quy hoạch rừng", line: int = 7, **fields: Any) -> Data:
    return {
        "id": "task-1",
        "block_id": "plan/II/1",
        "span": span(line),
        "text": text,
        "role": "chủ trì",
        "lead": [agency("Sở TC", "Sở Tài chính")],
        "supporting": [agency("UBND các huyện"), agency("Sở Y tế", "Sở Y tế")],
        "time": "2024 - 2025",
        "funding_source": None,
        "product": None,
    } | fields


def target(**fields: Any) -> Data:
    return {
        "id": "target-1",
        "block_id": "plan/I/3",
        "span": span(9),
        "text": "Che phủ rừng đạt ít nhất 45,5% vào năm 2030",
        "indicator": "Che phủ rừng",
        "comparator": ">=",
        "value": 45.5,
        "value_max": None,
        "unit": "%",
        "year": 2030,
        "baseline_year": None,
    } | fields


def money(amount: int, **fields: Any) -> Data:
    return {
        "id": "funding-1",
        "block_id": "appendix-1/table-1/1",
        "span": span(40),
        "amount": amount,
        "currency": "VND",
        "label": "Trồng cây",
        "year": 2024,
        "period": None,
        "source_of_money": "NSNN",
        "column": "Thành tiền / Giống",
        "kind": "item",
    } | fields


def citation(**fields: Any) -> Data:
    return {
        "id": "citation-1",
        "block_id": "plan/p1",
        "span": span(3),
        "text": "Quyết định số 12/QĐ-TTg",
        "type": "Quyết định",
        "number": "12/QĐ-TTg",
        "date": "2021-10-01",
        "issuer": "Thủ tướng Chính phủ",
        "subject": None,
        "mentions": [span(3), span(3), span(18)],
    } | fields


def deadline(**fields: Any) -> Data:
    return {
        "id": "deadline-1",
        "block_id": "plan/V/2",
        "span": span(60),
        "text": "gửi báo cáo trước ngày 30 tháng 11 hằng năm",
        "date": "--11-30",
        "recurrence": "yearly",
        "year": None,
    } | fields


def facts(kind: str) -> list[Data]:
    return {
        "tasks": [task()],
        "targets": [target()],
        "funding": [money(5)],
        "citations": [citation()],
        "deadlines": [deadline()],
    }[kind]


def document(**lists: list[Data]) -> Data:
    return {kind: [] for kind in KINDS} | {"parts": []} | lists


def table(name: str, rows: list[tuple[str, str, str]], line: int = 30, **fields: Any) -> Data:
    """A table of rows, each its number, what it is about and its kind; other cells are empty."""
    kinds = ("number", "content", "time", "money")
    return {
        "type": "table",
        "id": name,
        "caption": None,
        "unit": None,
        "columns": [{"name": kind, "path": [kind], "kind": kind} for kind in kinds],
        "rows": [
            {
                "id": f"{name}/{number}",
                "kind": kind,
                "cells": [number, about, "", ""],
                "carried": [],
                "span": span(line + at),
            }
            for at, (number, about, kind) in enumerate(rows, 1)
        ],
        "span": span(line),
    } | fields


def part(*blocks: Data, label: str | None = "PHỤ LỤC II", title: str | None = "TRỒNG RỪNG") -> Data:
    return {"id": "p", "kind": "appendix", "label": label, "title": title, "attached_to": None, "blocks": list(blocks)}


def found(*items: Data) -> list[Found]:
    return [Found("a.txt", item) for item in items]


def row_of(sheet: Sheet, at: int = 0) -> dict[str, Any]:
    return dict(zip(sheet.header, sheet.rows[at], strict=True))


def sheet_of(*cells: Any) -> Sheet:
    """A sheet of one row."""
    column = Column("x", "x", lambda fact, lang: None)
    return Sheet("Tasks", [f"c{i}" for i, _ in enumerate(cells)], [column] * len(cells), [list(cells)])


# --- columns ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_each_row_ends_with_its_place(kind: str, lang: str) -> None:
    fact = facts(kind)[0]
    for sheet in (data_sheet(kind, found(fact), lang), page_sheet(kind, found(fact), lang)):
        assert sheet.rows[0][-1] == fact["block_id"]
        lines = str(sheet.rows[0][-2]).split(", ")
        assert lines[0] == str(fact["span"]["first_line"])
        assert len(sheet.header) == len(sheet.columns) == len(sheet.rows[0])


def test_headers_speak_the_language() -> None:
    assert data_sheet("tasks", [], "en").header[0] == "Task"
    assert data_sheet("tasks", [], "vi").header[0] == "Nhiệm vụ"
    for kind in KINDS:
        vi = data_sheet(kind, [], "vi").header
        assert len(vi) == len(set(vi)) and vi != data_sheet(kind, [], "en").header


def test_a_file_column_stands_first_where_it_is_asked_for() -> None:
    sheet = data_sheet("tasks", found(task()), "en", with_file=True)
    assert sheet.header[0] == "File" and sheet.rows[0][0] == "a.txt"
    assert "File" not in data_sheet("tasks", found(task()), "en").header


def test_data_keeps_names_as_printed_and_canonical_apart() -> None:
    row = row_of(data_sheet("tasks", found(task()), "en"))
    assert row["Lead"] == "Sở TC" and row["Lead, usual name"] == "Sở Tài chính"
    assert row["Support"] == row["Support, usual name"] == "UBND các huyện; Sở Y tế"


def test_data_has_one_value_a_cell_and_numbers_as_numbers() -> None:
    row = row_of(data_sheet("targets", found(target(value=15.0, value_max=20.5)), "vi"))
    assert (row["Giá trị"], row["Đến"], row["Đơn vị"], row["So sánh"]) == (15, 20.5, "%", "ge")
    assert isinstance(row["Giá trị"], int)
    row = row_of(data_sheet("funding", found(money(12, year=None, period={"start": 2021, "end": 2025})), "en"))
    assert (row["Amount"], row["Year"], row["From year"], row["To year"]) == (12, None, 2021, 2025)


def test_a_page_leaves_out_empty_columns_but_not_of_an_empty_list() -> None:
    assert "Product" not in page_sheet("tasks", found(task()), "en").header
    assert "Product" in page_sheet("tasks", found(task(), task(product="Báo cáo")), "en").header
    assert "Product" in page_sheet("tasks", [], "en").header


def test_a_page_tells_a_role_that_does_not_lead() -> None:
    assert row_of(page_sheet("tasks", found(task()), "en"))["Lead"] == "Sở TC"
    assert row_of(page_sheet("tasks", found(task(role="phối hợp")), "en"))["Lead"] == "Sở TC (phối hợp)"
    assert row_of(page_sheet("tasks", found(task(role="giao", lead=[])), "en"))["Lead"] == "– (giao)"


def test_mentions_give_each_line_once() -> None:
    assert row_of(page_sheet("citations", found(citation()), "en"))["Lines"] == "3, 18"
    assert row_of(data_sheet("citations", found(citation()), "en"))["Mentions"] == 3


def test_a_law_without_a_number_is_shown_once() -> None:
    law = citation(type="Luật", number=None, text="Luật Lâm nghiệp ngày 15/11/2017")
    assert row_of(page_sheet("citations", found(law), "en"))["Number"] == "Luật Lâm nghiệp ngày 15/11/2017"
    law["subject"] = "Luật Lâm nghiệp"
    assert "Number" not in page_sheet("citations", found(law), "en").header


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({}, "≥ 45.5%", "≥ 45,5%"),
        ({"comparator": "=", "value": 7000.0, "unit": "ha"}, "7,000 ha", "7.000 ha"),
        ({"comparator": "=", "value": 10.0, "value_max": 15.0}, "10–15%", "10–15%"),
        ({"comparator": "decrease", "value": 15.0, "unit": "% GRDP"}, "decrease 15% GRDP", "giảm 15% GRDP"),
        ({"comparator": "<", "value": 3.0, "unit": None}, "< 3", "< 3"),
    ],
)
def test_targets_as_people_write_them(fields: Data, en: str, vi: str) -> None:
    assert (target_text(target(**fields), "en"), target_text(target(**fields), "vi")) == (en, vi)


def test_amounts_as_people_write_them() -> None:
    assert amount_text(money(13_233_000_000), "vi") == "13.233.000.000 đồng"
    assert amount_text(money(5_000, currency="USD"), "en") == "5,000 USD"


@pytest.mark.parametrize(
    ("date", "year", "en", "vi"),
    [
        ("2024-12-15", 2024, "2024-12-15", "2024-12-15"),
        ("--11-30", None, "30 Nov", "30/11"),
        ("---25", None, "---25", "---25"),
        ("--13-30", None, "--13-30", "--13-30"),
        (None, 2025, "2025", "2025"),
        (None, None, None, None),
    ],
)
def test_dates_of_deadlines(date: str | None, year: int | None, en: str | None, vi: str | None) -> None:
    fact = deadline(date=date, year=year)
    assert (date_text(fact, "en"), date_text(fact, "vi")) == (en, vi)


def test_recurrences() -> None:
    assert recurrence_text(deadline(), "vi") == "hằng năm"
    assert recurrence_text(deadline(recurrence="every-2-years"), "vi") == "2 năm một lần"
    assert recurrence_text(deadline(recurrence="every-2-years"), "en") == "every 2 years"
    assert recurrence_text(deadline(recurrence=None), "en") is None


@given(st.integers(-(10**20), 10**20))
def test_a_number_can_be_read_back(value: int) -> None:
    assert int(number_text(value, "vi").replace(".", "")) == value
    assert int(number_text(value, "en").replace(",", "")) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_fraction_can_be_read_back(value: float) -> None:
    assert float(number_text(value, "en").replace(",", "")) == value


def test_control_characters_reach_no_row() -> None:
    bad = "a\x1b[31m\x00\x9b\ud800b\r\nc\td"
    assert clean(bad) == "a[31mb\nc\td"
    row = row_of(data_sheet("tasks", found(task(text=bad)), "en"))
    assert row["Task"] == "a[31mb\nc\td"


# --- CSV --------------------------------------------------------------------------------------------------------------
def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_is_what_excel_and_rfc_4180_want() -> None:
    text = write_csv(sheet_of('Rừng "đặc dụng", rừng\nphòng hộ', 5, None, 0.5))
    assert text == '\ufeffc0,c1,c2,c3\r\n"Rừng ""đặc dụng"", rừng\nphòng hộ",5,,0.5\r\n'


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_text_of_a_csv_is_a_formula(start: str) -> None:
    assert guard(f"{start}1+1") == f"'{start}1+1"


def test_numbers_of_a_csv_stay_numbers() -> None:
    assert guard(-5) == -5 and guard(None) is None and guard("- Sở Y tế") == "'- Sở Y tế"
    assert guard("5 - 3") == "5 - 3"


@pytest.mark.parametrize("cell", ["-5", "+84", "-1.234,5", "-15%", "-", "+"])
def test_a_plain_number_and_a_sign_alone_are_no_formulas(cell: str) -> None:
    assert guard(cell) == cell


@pytest.mark.parametrize("cell", ["-5+2", "-x", "+1;", "--1", "-1,", "=", "=5", "@", "-5\n=1", "－5"])
def test_what_only_begins_like_a_number_is_escaped(cell: str) -> None:
    assert guard(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("comparator", "code"),
    [("=", "eq"), (">=", "ge"), ("<=", "le"), (">", "gt"), ("<", "lt"), ("increase", "increase"), ("decrease", "decrease")],
)
def test_comparators_are_words_in_data_and_signs_on_a_page(comparator: str, code: str) -> None:
    for lang in ("en", "vi"):
        row = data_sheet("targets", found(target(comparator=comparator)), lang).rows[0]
        assert row[2] == code and "'" not in write_csv(data_sheet("targets", found(target(comparator=comparator)), lang))
    assert row_of(page_sheet("targets", found(target(comparator=">=")), "en"))["Target"] == "≥ 45.5%"


@pytest.mark.parametrize(
    ("date", "cell"), [("--11-30", "11-30"), ("---25", "25"), ("2025-06-30", "2025-06-30"), (None, None)]
)
def test_dates_that_come_back_look_like_no_formula(date: str | None, cell: str | None) -> None:
    row = row_of(data_sheet("deadlines", found(deadline(date=date)), "en"))
    assert (row["Date"], row["Repeats"]) == (cell, "yearly")


# --- deadlines of rows ------------------------------------------------------------------------------------------------
def test_a_deadline_of_a_row_is_shown_with_its_task() -> None:
    due = deadline(text="Quý IV/2025", block_id="t/1", date=None, recurrence=None, year=2025)
    plan = document(deadlines=[due], parts=[part(table("t", [("1", "- Lập bản đồ\nđất  trống.", "item")]))])
    items = gather("deadlines", "a.txt", plan)
    for lang, name in (("en", "What"), ("vi", "Nội dung")):
        assert row_of(page_sheet("deadlines", items, lang))[name] == "Lập bản đồ đất trống: Quý IV/2025"
        assert row_of(data_sheet("deadlines", items, lang))[name] == "Lập bản đồ đất trống: Quý IV/2025"
    assert items[0].fact is due and items[0].fact["text"] == "Quý IV/2025"
    assert "| Lập bản đồ đất trống: Quý IV/2025 | 2025 | 60 |" in "\n".join(write_summary(plan, "en"))


@pytest.mark.parametrize(
    ("about", "text", "shown"),
    [
        ("Báo cáo tỉnh trước ngày 5/6/2025; gửi Sở", "Báo cáo tỉnh trước ngày 5/6/2025", "Báo cáo tỉnh trước ngày 5/6/2025"),
        ("", "Quý IV/2025", "Quý IV/2025"),
    ],
)
def test_the_task_of_a_row_is_said_once_and_only_where_there_is_one(about: str, text: str, shown: str) -> None:
    due = deadline(text=text, block_id="t/1")
    plan = document(deadlines=[due], parts=[part({"type": "section", "blocks": [table("t", [("1", about, "item")])]})])
    assert row_of(page_sheet("deadlines", gather("deadlines", "", plan), "en"))["What"] == shown


def test_a_deadline_of_a_text_keeps_its_words() -> None:
    assert gather("deadlines", "a", document(deadlines=[deadline()])) == [Found("a", deadline(), "")]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        "=1+1",
        "+84",
        "-x",
        "@SUM(A1)",
        "\t=1",
        '=HYPERLINK("http://x")',
        "http://example.com",
        "mailto:a@b.vn",
        "_x0041_",
        "a|b",
    ]
)


@given(st.lists(texts.map(clean), min_size=1, max_size=5))
def test_csv_gives_the_texts_back(cells: list[str]) -> None:
    header, row = read_csv(write_csv(sheet_of(*cells)))
    assert len(header) == len(row) == len(cells)
    for got, cell in zip(row, cells, strict=True):
        assert got in {cell, f"'{cell}"}
        assert not got.startswith(FORMULA_STARTS) or re.fullmatch(r"[-+](\d[\d.,]*%?)?", got, re.ASCII)


# --- XLSX -------------------------------------------------------------------------------------------------------------
_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def read_xlsx(data: bytes) -> list[list[str | float | None]]:
    """The cells of the first sheet, as Excel would read them; fails where there is a formula or a link."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = book.namelist()
        strings = [
            re.sub(
                r"_x([0-9A-Fa-f]{4})_", lambda f: chr(int(f[1], 16)), "".join(t.text or "" for t in si.iterfind("m:t", _NS))
            )
            for si in (
                ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iterfind("m:si", _NS)
                if "xl/sharedStrings.xml" in names
                else ()
            )
        ]
        page = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert page.find(".//m:f", _NS) is None and page.find(".//m:hyperlink", _NS) is None
    assert not any("hyperlink" in name or "externalLink" in name for name in names)
    rows: list[list[str | float | None]] = []
    for row in page.iterfind(".//m:row", _NS):
        cells: list[str | float | None] = []
        for cell in row.iterfind("m:c", _NS):
            value = cell.find("m:v", _NS)
            if value is None or value.text is None:
                cells.append(None)
            else:
                cells.append(strings[int(value.text)] if cell.get("t") == "s" else float(value.text))
        rows.append(cells)
    return rows


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers() -> None:
    cells = ["=1+1", "http://example.com", "0123", "45", 45, 0.5, 3_802_800_000]
    header, row = read_xlsx(make_workbook(sheet_of(*cells)))
    assert header == [f"c{i}" for i in range(7)]
    assert row == cells and [type(cell) for cell in row] == [str, str, str, str, float, float, float]


def test_a_workbook_keeps_what_excel_would_round_or_refuse() -> None:
    assert as_kept(10**15) == "1000000000000000" and as_kept(10**15 - 1) == 10**15 - 1
    assert as_kept(float("inf")) == "inf" and as_kept(float("nan")) == "nan" and as_kept(None) is None
    assert as_kept("a\x00\x0bb\uffff") == "ab"
    long = as_kept("𠀀" * MAX_CHARACTERS)
    assert isinstance(long, str) and long.endswith("…") and len(long.encode("utf-16-le")) // 2 <= MAX_CHARACTERS
    assert as_kept("a" * MAX_CHARACTERS) == "a" * MAX_CHARACTERS


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=40) | texts, min_size=1, max_size=5))
def test_any_text_makes_a_workbook_that_gives_it_back(cells: list[str]) -> None:
    _, row = read_xlsx(make_workbook(sheet_of(*cells)))
    assert [cell or "" for cell in row] == [as_kept(cell) for cell in cells]


def test_a_workbook_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tasks.xlsx"
    write_xlsx(path, sheet_of("cũ"))
    before = path.read_bytes()

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OutputError, match=r"tasks\.xlsx: cannot be written \(No space left on device\)"):
        write_xlsx(path, sheet_of("mới"))
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_where_a_workbook_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        write_xlsx(tmp_path, sheet_of("x"))
    with pytest.raises(OutputError, match="does not exist"):
        write_xlsx(tmp_path / "no" / "x.xlsx", sheet_of("x"))


@pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX systems")
def test_a_workbook_keeps_its_permissions(tmp_path: Path) -> None:
    """As every file that is written: a workbook that only its owner may read stays so."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"")
    path.chmod(0o600)
    write_xlsx(path, sheet_of("x"))
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_to_a_workbook_stays_a_link(tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(tmp_path / "book.xlsx")
    write_xlsx(link, sheet_of("x"))
    assert link.is_symlink() and read_xlsx((tmp_path / "book.xlsx").read_bytes())[1] == ["x"]


# --- Markdown ---------------------------------------------------------------------------------------------------------
@given(
    st.lists(
        st.text(max_size=30) | texts | st.sampled_from(["|", "\\|", "\\", "a\n| b", "<b>", "&lt;"]), min_size=1, max_size=4
    )
)
def test_a_markdown_row_has_one_line_and_as_many_cells_as_its_header(cells: list[str]) -> None:
    header, rule, row, blank = markdown_table(["x"] * len(cells), [False] * len(cells), [list(cells)])
    assert blank == "" and not re.search("[\n\r]", row)
    bars = len(re.findall(r"\|", re.sub(r"\\[^\w\s]", "", row)))
    assert bars == len(cells) + 1 == rule.count("|") == header.count("|")
    assert "<" not in re.sub(r"\\.", "", row.replace("<br>", ""))


def test_a_sheet_as_markdown() -> None:
    text = write_sheet(page_sheet("targets", found(target(indicator="Rừng *giàu*")), "vi"), none="Không có.")
    assert text.startswith("# Chỉ tiêu\n\n| Chỉ tiêu | Mức | Năm | Dòng | Khối |\n| --- | --- | ---: | ---: | --- |\n")
    assert text.endswith("| Rừng \\*giàu\\* | ≥ 45,5% | 2030 | 9 | plan/I/3 |\n")
    assert write_sheet(page_sheet("targets", [], "en"), none="Nothing.") == "# Targets\n\nNothing.\n"


# --- summary ----------------------------------------------------------------------------------------------------------
def summary(lang: str = "en", **lists: list[Data]) -> str:
    return "\n".join(write_summary(document(**lists), lang))


def test_no_facts_no_summary() -> None:
    assert summary() == ""


def test_leads_are_counted_by_their_usual_name_and_once_a_task() -> None:
    twice = task(lead=[agency("Sở Tài chính", "Sở Tài chính"), agency("STC", "Sở Tài chính")])
    text = summary(tasks=[task(lead=[agency("Sở Y tế")]), task(), twice, task(lead=[])])
    assert "**Tasks: 4**" in text
    assert text.index("| Sở Tài chính | 2 |") < text.index("| Sở Y tế | 1 |")
    assert "Tasks that name no one to lead them: 1." in text


@pytest.mark.parametrize("extra", [0, 3])
def test_ten_leads_are_named_and_the_rest_counted(extra: int) -> None:
    text = summary("vi", tasks=[task(lead=[agency(f"Sở {i}")]) for i in range(MOST_LEADS + extra)])
    assert text.count("| Sở ") == MOST_LEADS
    assert ("… và 3 cơ quan khác." in text) == ("…" in text) == (extra == 3)


def lines_of(text: str) -> list[str]:
    """The rows of all tables but their headers."""
    lines = text.split("\n")
    return [
        line
        for at, line in enumerate(lines)
        if line.startswith("| ") and not line.startswith("| ---") and not lines[at + 1].startswith("| ---")
    ]


def test_money_is_added_within_a_table_only() -> None:
    """A table that phases money and an appendix that details it state the same money twice."""
    plan = document(
        funding=[
            money(5_000_000, block_id="plan/IV/p1", kind="total", label="Kinh phí"),
            money(2_000_000, block_id="a/1"),
            money(3_000_000, block_id="a/2"),
            money(5_000_000, block_id="a/3", kind="total"),
            money(5_000_000, block_id="a/2", kind="total", year=None, period={"start": 2024, "end": 2025}),
            money(700, block_id="b/1", currency="USD"),
            money(9, block_id="b/1", year=None, period={"start": 2021, "end": 2025}),
            money(1, block_id="b/2", year=None),
            money(4_000_000, block_id="b/2", year=2025),
        ],
        parts=[
            part(
                table("a", [("1", "Giống", "item"), ("2", "Công", "item"), ("3", "TỔNG", "total")], caption="Bảng 3. Vốn"),
                table("b", [("1", "Đập", "item"), ("2", "Kênh", "item")], line=1200),
            )
        ],
    )
    text = "\n".join(write_summary(plan, "vi"))
    assert lines_of(text) == [
        "| 2024 | 2 | 5.000.000 đồng | 5.000.000 đồng |",
        "| 2024 | 1 | 700 USD |",
        "| 2025 | 1 | 4.000.000 đồng |",
        "| 2021–2025 | 1 | 9 đồng |",
        "| không nêu năm | 1 | 1 đồng |",
        "| Kinh phí | 5.000.000 đồng | 2024 | NSNN | Thành tiền / Giống | tổng | 40 |",
    ]
    named = ["*Bảng 3. Vốn (dòng 30)*", "*PHỤ LỤC II. TRỒNG RỪNG (dòng 1.200)*", "*Trong lời văn, như đã nêu*"]
    assert [text.index(name) for name in named] == sorted(text.index(name) for name in named)


def test_a_total_of_the_table_stands_alone_where_no_item_has_its_years() -> None:
    plan = document(
        funding=[money(8, block_id="a/1", kind="total", year=None, period={"start": 2024, "end": 2026})],
        parts=[part(table("a", [("1", "Tổng cộng", "total")]), label=None, title=None)],
    )
    text = "\n".join(write_summary(plan, "en"))
    assert lines_of(text) == ["| 2024–2026 | 8 VND |"] and "| Years | Total stated |" in text and "*Table (line 30)*" in text


def test_money_of_the_text_is_listed_and_never_added() -> None:
    text = summary("en", funding=[money(5_000, label="Đợt 1"), money(6_000, label="Đợt 2"), money(11_000, kind="total")])
    assert [line.split(" | ")[:2] for line in lines_of(text)] == [
        ["| Đợt 1", "5,000 VND"],
        ["| Đợt 2", "6,000 VND"],
        ["| Trồng cây", "11,000 VND"],
    ]


@pytest.mark.parametrize(
    ("lang", "said", "unsaid"),
    [("vi", ["2.400 ha", "11,8%", "1.001"], "2,400"), ("en", ["2,400 ha", "11.8%", "1,001"], "2.400")],
)
def test_the_numbers_of_a_summary_keep_one_habit(lang: str, said: list[str], unsaid: str) -> None:
    goals = [
        target(value=2400.0, unit="ha", text="đạt 2.400 ha", indicator="Trồng rừng"),
        target(value=11.8, text="11,8%", indicator="Nghèo"),
    ]
    text = summary(lang, targets=goals, tasks=[task()] * 1001, funding=[money(2400)])
    assert all(words in text for words in said) and unsaid not in text
    assert f"**{'Nhiệm vụ' if lang == 'vi' else 'Tasks'}: {said[2]}**" in text


def test_targets_and_deadlines_stand_in_tables_without_block_ids() -> None:
    text = summary(targets=[target()], deadlines=[deadline()])
    assert "| Che phủ rừng | ≥ 45.5% | 2030 | 9 |" in text
    assert "| gửi báo cáo trước ngày 30 tháng 11 hằng năm | 30 Nov | yearly | 60 |" in text
    assert "plan/" not in text


def test_the_summary_stands_after_the_metadata_of_the_markdown() -> None:
    metadata = dict.fromkeys(
        ("number", "type_name", "title", "issuer", "province", "place", "issued_on", "effective_on", "period")
    )
    plan = document(tasks=[task()]) | {"metadata": metadata | {"number": "5/KH-UBND", "signers": []}}
    text = write_markdown(plan | {"parts": [], "diagnostics": []}, lang="en")
    assert (
        text.index("5/KH-UBND")
        < text.index("## Summary")
        < text.index("| Sở Tài chính | 1 |")
        < text.index("## Diagnostics")
    )


@pytest.mark.parametrize(("lang", "header"), [("en", "Page"), ("vi", "Trang")])
def test_a_fact_of_a_file_with_pages_says_where_it_stands(lang: str, header: str) -> None:
    fact = {"id": "deadline-1", "text": "Gửi báo cáo", "date": None, "recurrence": None, "year": 2025, "block_id": "plan/I"}
    span = {"start": 0, "end": 1, "first_line": 7, "last_line": 7}
    found = [Found("a.pdf", fact | {"span": span | {"page": 3}}), Found("b.txt", fact | {"span": span})]
    sheet = data_sheet("deadlines", found, lang)
    assert [row[sheet.header.index(header)] for row in sheet.rows] == [3, None]
    assert header not in data_sheet("deadlines", found[1:], lang).header
