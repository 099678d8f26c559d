"""The commands that list facts: formats, filters, several files, exit codes, nothing heavy at start-up."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import SAMPLES
from planparse.cli import app
from planparse.cli_facts import (
    SheetFormat,
    _at_slashes,
    _format_of,
    _widths,
    concerns_agency,
    is_funded_in,
    mentions_year,
)
from planparse.errors import OutputError
from planparse.grammar import load
from planparse.grammar.grammar import Body
from planparse.reading.source import Source
from planparse.writing.sheets import KINDS, Column, Sheet
from test_sheets import agency, citation, deadline, document, money, read_xlsx, target, task

Data = dict[str, Any]

FACTS = document(
    tasks=[
        task("Trồng cây phân tán"),
        task("=Tập huấn", 8, time="2026", lead=[agency("Sở Y tế", "Sở Y tế")], supporting=[]),
    ],
    targets=[target(), target(year=2025)],
    funding=[money(5_000_000, year=2025), money(7, year=None, period={"start": 2021, "end": 2025}), money(9, year=2022)],
    citations=[citation()],
    deadlines=[deadline(), deadline(date="2025-12-15", year=2025, recurrence=None)],
)


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file that is parsed into FACTS."""

    def parsed(source: Source, grammar: Any, lang: str = "en") -> Data:
        return FACTS

    monkeypatch.setattr("planparse.pipeline.parse_source", parsed)
    monkeypatch.setenv("COLUMNS", "80")
    path = tmp_path / "plan.txt"
    path.write_text("KẾ HOẠCH\n", "utf-8")
    return str(path)


def run(*args: str) -> str:
    result = CliRunner().invoke(app, [*args, "--lang", "en"])
    assert result.exit_code == 0, result.output
    return result.stdout_bytes.decode("utf-8")  # `stdout` makes every line end the same


def as_json(*args: str) -> list[Data]:
    rows: list[Data] = json.loads(run(*args, "-f", "json"))
    return rows


# --- formats ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_json_is_the_list_of_facts_with_their_path(plan: str, kind: str) -> None:
    assert as_json(kind, plan) == [{"path": plan, **fact} for fact in FACTS[kind]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_is_the_default_and_fits_80_columns_without_colour(plan: str, kind: str) -> None:
    text = run(kind, plan)
    assert "\x1b" not in text and max(map(len, text.splitlines())) <= 80
    for fact in FACTS[kind]:
        assert str(fact["span"]["first_line"]) in text and fact["block_id"].split("/")[-1] in text


def test_csv(plan: str) -> None:
    text = run("tasks", plan, "-f", "csv")
    assert text.startswith("\ufeffTask,") and text.count("\r\n") == 3
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0] for row in rows[1:]] == ["Trồng cây phân tán", "'=Tập huấn"]
    assert rows[1][-2:] == ["7", "plan/II/1"]


def test_markdown(plan: str) -> None:
    assert "| Che phủ rừng | ≥ 45.5% | 2025 | 9 | plan/I/3 |" in run("targets", plan, "-f", "md")


def test_xlsx(plan: str, tmp_path: Path) -> None:
    out = tmp_path / "funding.xlsx"
    assert run("funding", plan, "-f", "xlsx", "-o", str(out)) == ""
    header, *rows = read_xlsx(out.read_bytes())
    assert header[:2] == ["For", "Amount"] and [row[1] for row in rows] == [5_000_000, 7, 9]


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.xlsx", "xlsx"), ("a.CSV", "csv"), ("a.json", "json"), ("a.md", "md"), ("a.txt", "table"), ("a", "table")],
)
def test_the_name_of_the_file_tells_the_format(name: str, form: str) -> None:
    assert _format_of(Path(name)) is SheetFormat(form)
    assert _format_of(None) is SheetFormat.table


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_a_file_holds_what_would_be_printed(plan: str, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    printed = run("tasks", plan, "-f", form)
    assert run("tasks", plan, "-f", form, "-o", str(out)) == ""
    assert out.read_bytes().decode("utf-8") == printed


def test_headers_in_vietnamese(plan: str) -> None:
    result = CliRunner().invoke(app, ["deadlines", plan, "--lang", "vi", "-f", "csv"])
    assert result.stdout_bytes.decode("utf-8").startswith("\ufeffNội dung,Ngày,Định kỳ,Năm,Dòng,Khối\r\n")


def test_nothing_found_is_said(plan: str) -> None:
    assert run("targets", plan, "--year", "1999").strip() == "Nothing found."
    assert run("targets", plan, "--year", "1999", "-f", "csv").count("\r\n") == 1
    assert as_json("targets", plan, "--year", "1999") == []


def test_several_files_get_a_column_with_the_file(plan: str, tmp_path: Path) -> None:
    other = tmp_path / "khác.txt"
    other.write_text("KẾ HOẠCH\n", "utf-8")
    rows = list(csv.reader(io.StringIO(run("citations", plan, str(other), "-f", "csv").removeprefix("\ufeff"), newline="")))
    assert rows[0][0] == "File" and [row[0] for row in rows[1:]] == [plan, str(other)]
    assert {fact["path"] for fact in as_json("citations", plan, str(other))} == {plan, str(other)}


def test_a_page_leaves_out_the_folders_that_all_files_lie_in(plan: str, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    other = tmp_path / "b" / "c.txt"
    other.write_text("KẾ HOẠCH\n", "utf-8")
    rows = run("citations", plan, str(other), "-f", "md").splitlines()[4:]
    assert [row.split(" | ")[0] for row in rows] == ["| plan.txt", "| b/c.txt"]


# --- filters ----------------------------------------------------------------------------------------------------------
def test_tasks_by_year_and_agency(plan: str) -> None:
    assert [fact["text"] for fact in as_json("tasks", plan, "--year", "2026")] == ["=Tập huấn"]
    assert [fact["text"] for fact in as_json("tasks", plan, "--agency", "ubnd  các HUYỆN")] == ["Trồng cây phân tán"]
    assert as_json("tasks", plan, "--agency", "UBND các huyện", "--year", "2026") == []


def test_targets_funding_and_deadlines_by_year(plan: str) -> None:
    assert [fact["year"] for fact in as_json("targets", plan, "--year", "2025")] == [2025]
    assert [fact["amount"] for fact in as_json("funding", plan, "--year", "2025")] == [5_000_000, 7]
    assert [fact["amount"] for fact in as_json("funding", plan, "--year", "2022")] == [7, 9]
    assert [fact["date"] for fact in as_json("deadlines", plan, "--year", "2025")] == ["2025-12-15"]


class Lexicon:
    """A grammar with one agency, by three spellings."""

    bodies: ClassVar = dict.fromkeys(("sở tài chính", "sở tc", "stc"), Body("Sở Tài chính", "sở", None))


@pytest.mark.parametrize("asked", ["Sở Tài chính", "sở tc", "STC", "  Sở   Tài  chính "])
def test_every_spelling_finds_an_agency(asked: str) -> None:
    concerns: Callable[[Data], bool] = concerns_agency(asked, Lexicon())  # type: ignore[arg-type]
    assert concerns(task(lead=[agency("STC", "Sở Tài chính")], supporting=[]))
    assert concerns(task(lead=[], supporting=[agency("Sở TC", "Sở Tài chính")]))
    assert not concerns(task(lead=[agency("Sở Y tế", "Sở Y tế")], supporting=[]))
    assert not concerns(task(lead=[agency("Phòng Tài chính", "Phòng Tài chính")], supporting=[]))


def test_the_shipped_lexicon_is_asked() -> None:
    by_short_name = concerns_agency("Sở TC", load())
    assert by_short_name(task(lead=[agency("Sở Tài chính", "Sở Tài chính")]))
    assert not by_short_name(task(lead=[agency("Sở Y tế", "Sở Y tế")], supporting=[]))


def test_an_agency_that_the_lexicon_does_not_know_is_found_by_its_letters() -> None:
    grammar: Any = Lexicon()
    assert concerns_agency("vườn quốc gia", grammar)(task(lead=[agency("Ban Quản lý Vườn Quốc gia Cát Bà")]))
    assert concerns_agency("Ủy ban nhân dân xã", grammar)(task(lead=[agency("Uỷ ban nhân dân xã Tân Lập")]))
    assert not concerns_agency("Vườn thú", grammar)(task(lead=[agency("Vườn Quốc gia Cát Bà")]))
    assert concerns_agency("Sở Tài chính", grammar)(task(lead=[agency("Giám đốc Sở Tài chính")]))


@pytest.mark.parametrize(
    ("time", "year", "expected"),
    [
        ("2024", 2024, True),
        ("2023-2025", 2024, True),
        ("Năm 2023 - 2025", 2026, False),
        ("Quý IV/2023", 2023, True),
        ("giai đoạn 2021 – 2030", 2030, True),
        ("Hằng năm", 2024, False),
        ("12024", 2024, False),
        ("", 2024, False),
        (None, 2024, False),
    ],
)
def test_whether_a_time_mentions_a_year(time: str | None, year: int, expected: bool) -> None:
    assert mentions_year(time, year, load()) is expected


@given(st.integers(1990, 2060), st.integers(0, 20), st.integers(1980, 2080))
def test_a_period_holds_the_years_between_its_ends(start: int, length: int, year: int) -> None:
    assert is_funded_in(money(1, year=None, period={"start": start, "end": start + length}), year) == (
        start <= year <= start + length
    )


def test_money_of_no_year_is_of_none() -> None:
    assert not is_funded_in(money(1, year=None), 2024)
    assert is_funded_in(money(1, year=None, period={"start": None, "end": 2024}), 2024)


# --- layout -----------------------------------------------------------------------------------------------------------
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 200)), min_size=1, max_size=8),
    st.integers(110, 250),
    st.integers(1, 2),
)
def test_columns_fit_the_page_and_take_no_more_than_they_need(columns: list[tuple[int, int]], width: int, gap: int) -> None:
    made = [Column("x", "x", lambda fact, lang: None, share=share or 1) for share, _ in columns]
    rows = [["x" * need for _, need in columns]]
    widths = _widths(Sheet("t", ["x"] * len(columns), made, []), rows, width, gap)
    assert sum(widths) + gap * len(widths) <= width
    assert all(1 <= wide <= max(1, need) for wide, (_, need) in zip(widths, columns, strict=True))
    assert all(wide >= min(need, 9) for wide, (_, need) in zip(widths, columns, strict=True))


@given(st.text("ab/", min_size=1, max_size=60), st.integers(3, 20))
def test_long_words_break_after_slashes_and_lose_nothing(word: str, width: int) -> None:
    broken = _at_slashes(word, width)
    assert broken.replace("\n", "") == word
    assert all(line.endswith("/") for line in broken.split("\n")[:-1])


# --- the real thing ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", SAMPLES[:3], ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", KINDS)
def test_the_commands_list_the_facts_of_the_model(path: Path, kind: str) -> None:
    extracted = json.loads(run("extract", str(path)))[kind]
    assert as_json(kind, str(path)) == [{"path": str(path), **fact} for fact in extracted]
    for form in ("table", "csv", "md"):
        assert run(kind, str(path), "-f", form)


def shell(*args: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LANG": "C.UTF-8", **env}
    return subprocess.run([sys.executable, "-m", "planparse", *args], input=stdin, capture_output=True, env=environment)


def test_standard_input_is_read() -> None:
    done = shell("citations", "-", "-f", "json", stdin=SAMPLES[0].read_bytes())
    assert done.returncode == 0 and isinstance(json.loads(done.stdout), list)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["no-such-file.txt"], b"no-such-file.txt: no such file"),
        ([str(SAMPLES[0]), "-f", "xlsx"], b"--output"),
        ([str(SAMPLES[0]), "-o", "no-such-folder/x.csv"], b"does not exist"),
        ([str(SAMPLES[0]), "-o", "no-such-folder/x.xlsx"], b"does not exist"),
        ([str(SAMPLES[0]), "--grammar", "no-such-folder"], b"no-such-folder: no such folder"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_code_2(args: list[str], said: bytes) -> None:
    done = shell("tasks", *args)
    assert done.returncode == 2 and done.stdout == b""
    assert done.stderr.count(b"\n") == 1 and done.stderr.startswith(b"planparse: ") and said in done.stderr


def test_one_unreadable_file_of_several_writes_nothing(plan: str, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = CliRunner().invoke(app, ["tasks", plan, str(tmp_path / "none.txt"), "-o", str(out)])
    assert result.exit_code != 0 and not out.exists()


def test_a_document_is_never_written_over(plan: str) -> None:
    result = CliRunner().invoke(app, ["tasks", plan, "-f", "csv", "-o", plan])
    assert isinstance(result.exception, OutputError) and Path(plan).read_text("utf-8") == "KẾ HOẠCH\n"


@pytest.mark.parametrize("kind", KINDS)
def test_help_has_examples(kind: str) -> None:
    text = CliRunner().invoke(app, [kind, "--help"]).stdout
    assert "Examples:" in text and f"planparse {kind} plan.txt" in text
    assert ("--year" in text) == (kind != "citations")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['planparse', '--help']\n"
        "from planparse.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('pydantic', 'rich', 'xlsxwriter', 'underthesea') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "LANG": "C.UTF-8"}
    )
    assert done.stdout.endswith("[]\n"), done.stdout[-200:] + done.stderr
