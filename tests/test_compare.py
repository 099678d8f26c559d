"""Several plans side by side, and the command `compare`."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from conftest import SAMPLES, parse
from planparse.cli import app
from planparse.diff.compare_many import brief, compare_many, names_of
from planparse.diff.many_result import PlansSideBySide
from planparse.errors import InputError, OutputError
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.text import read_file
from planparse.writing.compare_csv import write_compare_csv
from planparse.writing.compare_html import write_compare_html
from planparse.writing.compare_markdown import write_compare_markdown
from planparse.writing.compare_text import letter_of
from planparse.writing.json import write_json
from test_diff import BODY, HEAD, plan

Data = dict[str, Any]

CITY = "THÀNH PHỐ CẦN THƠ"
MONEY = "IV. KINH PHÍ\n1. Tổng kinh phí thực hiện: {amount} triệu đồng từ ngân sách tỉnh năm 2025.\n"


def side_by_side(*documents: Data, **options: Any) -> Data:
    return compare_many(documents, load(), **options)


@pytest.fixture(scope="module")
def three() -> Data:
    """A plan; one of a city that sets more, for another year too; one on something else."""
    return side_by_side(
        plan(BODY + MONEY.format(amount="1.200")),
        plan(
            BODY.replace("40% rác", "55% rác").replace("2. Trồng mới 1.500 ha rừng.", "2. Kiên cố hóa 20 km kênh mương.")
            + "IV. ĐỊNH HƯỚNG\n1. Đến năm 2035, ít nhất 70% rác thải được phân loại tại nguồn.\n",
            place=CITY, number="99",
        ),
        parse("Thưa bà con, chiều nay đội bóng huyện đá giao hữu.\n\nMời mọi người tới xem đông vui.\n"),
    )  # fmt: skip


def test_targets_are_matched_by_indicator(three: Data) -> None:
    first = three["targets"][0]
    assert first["documents"] == 2 and [len(cell) for cell in first["cells"]] == [1, 2, 0]
    said = [(fact["comparator"], fact["value"], fact["unit"], fact["year"]) for cell in first["cells"] for fact in cell]
    assert said == [(">=", 40, "%", 2030), (">=", 55, "%", 2030), (">=", 70, "%", 2035)]
    assert [fact["most_ambitious"] for cell in first["cells"] for fact in cell] == [False, True, False]
    alone = [row["indicator"] for row in three["targets"] if row["documents"] == 1]
    assert any("kênh" in indicator for indicator in alone) and any("rừng" in indicator for indicator in alone)


def test_a_row_has_one_indicator_of_each_document() -> None:
    line = "Đến năm 2030, {} xã đạt chuẩn nông thôn mới"
    body = f"I. MỤC TIÊU\n1. {line.format('80%')}.\n2. {line.format('40%')} nâng cao.\n"
    rows = side_by_side(plan(body), plan(body, place=CITY), plan(body, place="TỈNH AN GIANG"))["targets"]
    assert [[[fact["value"] for fact in cell] for cell in row["cells"]] for row in rows] == [[[80]] * 3, [[40]] * 3]


def test_other_units_are_another_indicator_but_for_the_same_words() -> None:
    goal = "I. MỤC TIÊU\n1. Đến năm 2030, {} nước thải công nghiệp{} được xử lý.\n"
    percent = plan(goal.format("90%", ""))
    for amount, more, documents in (("500 m3", " ở làng nghề", [1, 1]), ("95%", " ở làng nghề", [2]), ("500 m3", "", [2])):
        rows = side_by_side(percent, plan(goal.format(amount, more), place=CITY))["targets"]
        assert [row["documents"] for row in rows] == documents


def test_leads_are_counted_and_nobody_is_said_to_be(three: Data) -> None:
    rows = {row["name"]: row for row in three["agencies"]}
    assert rows["Sở Y tế"]["leads"] == [1, 1, 0] and rows["Sở Y tế"]["documents"] == 2
    assert three["documents"][2]["tasks"] == 0 and three["in_common"]


def test_successors_are_joined_when_asked() -> None:
    old, new = plan(), plan(BODY.replace("Sở Xây dựng", "Sở Giao thông vận tải"), place=CITY)
    apart = {row["name"]: row["leads"] for row in side_by_side(old, new)["agencies"]}
    joined = {row["name"]: row["leads"] for row in side_by_side(old, new, successors=True)["agencies"]}
    assert apart["Sở Xây dựng"] == [1, 0] and joined["Sở Xây dựng"] == [1, 1]


def test_money_that_is_not_stated_is_missing_and_not_nought(three: Data) -> None:
    funding = three["funding"]
    amounts = [row["amounts"] for rows in funding.values() for row in rows]
    assert [1_200_000_000, None, None] in amounts and all(0 not in row for row in amounts)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sums_are_those_of_the_items(path: Path) -> None:
    document = parse_source(read_file(path), load())
    funding = side_by_side(document, document)["funding"]
    items = sum(fact["amount"] for fact in document["funding"] if fact["kind"] == "item")
    for rows in (funding["totals"], funding["by_year"], funding["by_source"]):
        assert sum(row["amounts"][0] for row in rows) == items and all(len(set(row["amounts"])) == 1 for row in rows)


def test_documents_are_named_by_who_issued_them_else_by_file() -> None:
    nameless = parse("Thưa bà con.\n")
    nameless["source"]["path"] = "folder/notice.txt"
    unnumbered = plan()
    unnumbered["metadata"]["number"] = None
    unnumbered["source"]["path"] = "folder/draft.txt"
    documents = [plan(), plan(place=CITY, number="9"), nameless, unnumbered]
    assert names_of(documents) == ["Hà Giang, 12/KH-UBND", "Cần Thơ, 9/KH-UBND", "notice.txt", "Hà Giang, draft.txt"]
    assert names_of([plan(), plan()]) == ["Hà Giang, 12/KH-UBND (1)", "Hà Giang, 12/KH-UBND (2)"]
    assert names_of([parse(""), parse("")]) == ["(1)", "(2)"]


def test_letters_never_end() -> None:
    assert [letter_of(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_the_result_is_of_its_model_and_of_what_is_brief(three: Data) -> None:
    assert PlansSideBySide.model_validate(three).model_dump() == three
    documents = [plan(), plan(place=CITY)]
    assert side_by_side(*map(brief, documents)) == side_by_side(*documents)


# --- the command ------------------------------------------------------------------------------------------------------
ATTACK = '<script>alert(1)</script> ](javascript:alert(2)) "><img src=x onerror=alert(3)>'


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("COLUMNS", "80")
    for name, place, body in (
        ("a", "TỈNH HÀ GIANG", BODY),
        ("b", CITY, BODY.replace("40%", "55%").replace("Trồng mới", f"Trồng {ATTACK} mới")),
        ("c", "TỈNH AN GIANG", BODY.replace("1.500 ha", "900 ha")),
    ):
        (tmp_path / f"{name}.txt").write_text(HEAD.format(place=place, number="12") + body, "utf-8")
    return [str(tmp_path / f"{name}.txt") for name in "abc"]


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["compare", *args, "--lang", "en"])
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout_bytes.decode("utf-8")


@pytest.mark.parametrize("columns", [72, 80, 160])
def test_text_fits_the_terminal(files: list[str], monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for names in (files, [*files, *files, *files]):
        text = run(*names)
        assert "\x1b" not in text and max(map(len, text.splitlines())) <= columns
        assert "A  Hà Giang, 12/KH-UBND" in text and "≥ 55% (2030) ▲" in text and "Agencies: tasks led" in text


def test_where_columns_find_no_room_rows_are_lists_that_name_what_is_missing(files: list[str]) -> None:
    text = " ".join(run(*files, *files, "--only", "targets").split())
    assert "A ≥ 40% (2030)" in text and "– " in text


def test_markdown_is_escaped(files: list[str]) -> None:
    text = run(*files, "-f", "md")
    unescaped = re.sub(r"\\.", "", text)
    assert "script" in unescaped and "](" not in unescaped and "<" not in unescaped.replace("<br>", "")
    assert "| ≥ 55% (2030) ▲ |" in text


def test_csv_is_numbers_and_no_formula(files: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(run(*files, "-f", "csv").removeprefix("\ufeff"))))
    assert rows[0] == ["Table", "Row", "Measure", "Hà Giang, 12/KH-UBND", "Cần Thơ, 12/KH-UBND", "An Giang, 12/KH-UBND"]
    assert ["Agencies", "Sở Y tế", "leads", "1", "1", "1"] in rows
    comparison = side_by_side(plan(), plan(place=CITY))
    comparison["targets"][0]["indicator"] = "=HYPERLINK(1)"
    comparison["documents"][0]["name"] = "@SUM(1)"
    written = write_compare_csv(comparison)
    assert "'=HYPERLINK" in written and "'@SUM" in written


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_no_format_shows_is_left_out(lang: str) -> None:
    comparison = side_by_side(plan(), plan(place=CITY))
    comparison["targets"][0]["indicator"] = "bell \x07\x1b[31m"
    comparison["agencies"][0]["name"] = "bell \x07"
    comparison["documents"][0] |= {"name": "bell \x07", "title": "bell \x07"}
    for write in (write_compare_csv, write_compare_markdown, write_compare_html):
        assert not set("\x07\x1b") & set(write(comparison, lang=lang))


def test_html_has_filters_bars_and_no_script(files: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    assert run(*files, "-o", str(out)) == ""
    text = out.read_text("utf-8")
    assert "<script" not in text and "<img" not in text and "&lt;script&gt;" in text and "default-src 'none'" in text
    assert text.count("<rect") >= 3 and all(f'id="show-{name}"' in text for name in ("in_all", "in_some", "in_one"))


def test_json_and_stored_models(files: list[str], tmp_path: Path) -> None:
    stored = tmp_path / "a.json"
    stored.write_text(write_json(parse_source(read_file(files[0]), load())), "utf-8")
    made = [json.loads(run(name, *files[1:], "-f", "json")) for name in (files[0], str(stored))]
    assert made[0] == made[1] and PlansSideBySide.model_validate(made[0])
    schema = json.loads(CliRunner().invoke(app, ["schema", "--of", "compare"]).stdout)
    assert schema["title"] == "PlansSideBySide"


def test_only_some_families(files: list[str]) -> None:
    made = json.loads(run(*files, "--only", "agencies", "-f", "json"))
    assert made["targets"] == [] and made["funding"]["totals"] == [] and made["agencies"]
    run(*files, "--only", "sections", code=2)


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_nothing_in_common_is_said(files: list[str], tmp_path: Path, form: str) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Thưa bà con, chiều nay đội bóng huyện đá giao hữu.\n\nMời mọi người tới xem.\n", "utf-8")
    assert "nothing in common" in " ".join(run(files[0], str(other), "-f", form).split())
    assert "set no targets" in " ".join(run(str(other), str(other), "-f", form).split())


def test_what_cannot_be_done_is_refused(files: list[str]) -> None:
    run(files[0], code=2)
    for args, error in (
        (["-", "-"], InputError),
        ([files[0], "nowhere.txt"], InputError),
        ([*files, "-o", files[0]], OutputError),
        ([*files, "-o", "out.pdf"], OutputError),
    ):
        raised = CliRunner().invoke(app, ["compare", *args]).exception
        assert isinstance(raised, error) and "\n" not in str(raised)
