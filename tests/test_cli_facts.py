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
from planparse.cli_facts import concerns_agency, is_funded_in, mentions_year
from planparse.errors import OutputError
from planparse.grammar import load
from planparse.grammar.grammar import Body
from planparse.reading.source import Source
from planparse.writing.grid import MOST_LINES, NARROWEST, at_slashes, end_of, show_grid, widths, write_lines
from planparse.writing.sheets import KINDS, Column, Found, Sheet, page_sheet
from test_sheets import agency, citation, deadline, document, money, part, read_xlsx, table, target, task

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
def test_a_table_is_the_default_and_has_one_line_a_fact_where_no_terminal_is(plan: str, kind: str) -> None:
    header, *rows = run(kind, plan).splitlines()
    assert len(rows) == len(FACTS[kind]) and "\x1b" not in header
    for row, fact in zip(rows, FACTS[kind], strict=True):
        cells = row.split("\t")
        assert len(cells) == len(header.split("\t")) and cells[-1] == fact["block_id"] and row == row.rstrip()


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
    ("name", "begins"),
    [
        ("a.xlsx", b"PK"),
        ("a.CSV", b"\xef\xbb\xbfTask,"),
        ("a.json", b"[\n"),
        ("a.md", b"# Tasks"),
        ("a.txt", b"Task\t"),
        ("a", b"Task\t"),
    ],
)
def test_the_name_of_the_file_tells_the_format(plan: str, tmp_path: Path, name: str, begins: bytes) -> None:
    run("tasks", plan, "-o", str(tmp_path / name))
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_ending_that_names_no_format_is_refused_unless_the_format_is_named(plan: str, tmp_path: Path) -> None:
    out = tmp_path / "tasks.foo"
    result = CliRunner().invoke(app, ["tasks", plan, "-o", str(out)])
    assert isinstance(result.exception, OutputError) and not out.exists()
    said = str(result.exception)
    assert "\n" not in said and all(f".{ending}" in said for ending in ("foo", "txt", "csv", "json", "md", "xlsx"))
    run("tasks", plan, "-f", "json", "-o", str(out))
    assert json.loads(out.read_text("utf-8"))


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


def test_a_table_names_documents_without_folders_unless_two_are_named_alike(plan: str, tmp_path: Path) -> None:
    names = []
    for other in ("b/c.txt", "b/plan.txt"):
        (tmp_path / other).parent.mkdir(exist_ok=True)
        (tmp_path / other).write_text("KẾ HOẠCH\n", "utf-8")
        names.append([row.split("\t")[0] for row in run("citations", plan, str(tmp_path / other)).splitlines()[1:]])
    assert names == [["plan.txt", "c.txt"], ["plan.txt", "b/plan.txt"]]


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


class Row:
    """A row of the lexicon of abbreviations."""

    fields: ClassVar = {"short": "UBND", "long": "Ủy ban nhân dân"}


class Lexicon:
    """A grammar with one agency, by three spellings, and one abbreviation."""

    bodies: ClassVar = dict.fromkeys(("sở tài chính", "sở tc", "stc"), Body("Sở Tài chính", "sở", None))

    def lexicon(self, name: str) -> list[Row]:
        return [Row()] if name == "abbreviations" else []


@pytest.mark.parametrize(
    "asked", ["Sở Tài chính", "sở tc", "STC", "  Sở   Tài  chính ", "so tai chinh", "SO TAI CHINH", "SỞ TÀI CHÍNH", "so tc"]
)
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
    "asked",
    [
        "Sở Lao động - Thương binh và Xã hội",
        "sở lao động-thương binh và xã hội",
        "Sở Lao động –Thương binh  và Xã hội",
        "so lao dong - thuong binh va xa hoi",
        "Sở LĐTBXH",
        "so ld-tb&xh",
        "LĐTBXH",
    ],
)
@pytest.mark.parametrize("printed", ["Sở LĐ-TB&XH", "Sở Lao động-Thương binh và Xã hội"])
def test_dashes_accents_and_abbreviations_do_not_matter(asked: str, printed: str) -> None:
    concerns = concerns_agency(asked, load())
    assert concerns(task(lead=[agency(printed, "Sở Lao động - Thương binh và Xã hội")], supporting=[]))
    assert not concerns(task(lead=[agency("Sở Xây dựng", "Sở Xây dựng")], supporting=[]))


def test_accents_that_are_asked_for_must_be_there() -> None:
    grammar: Any = Lexicon()
    named = task(lead=[agency("Ban Thú y")], supporting=[])
    assert concerns_agency("ban thu y", grammar)(named) and not concerns_agency("Ban Thư ý", grammar)(named)


def test_words_that_no_name_holds_find_nothing() -> None:
    for asked in ("LĐTB", "Sở", "Vườn thú"):
        named = task(lead=[agency("Chi cục Thú y", "Chi cục Thú y")], supporting=[])
        assert not concerns_agency(asked, load())(named)


def test_an_abbreviation_and_what_it_stands_for_find_each_other() -> None:
    grammar: Any = Lexicon()
    for printed in ("UBND xã Tân Lập", "Ủy ban nhân dân xã Tân Lập", "Uỷ ban Nhân dân xã Tân Lập"):
        named = task(lead=[agency(printed)], supporting=[])
        for asked in (
            "ubnd xã",
            "Ủy ban nhân dân xã",
            "Uỷ ban nhân dân xã Tân Lập",
            "UBND xa tan lap",
            "uy ban nhan dan xa",
        ):
            assert concerns_agency(asked, grammar)(named), (asked, printed)
        assert not concerns_agency("UBND tỉnh", grammar)(named)


def test_a_known_name_finds_what_begins_with_it_and_not_what_holds_it() -> None:
    asked = concerns_agency("Sở Tài chính", Lexicon())  # type: ignore[arg-type]
    assert asked(task(lead=[agency("Sở Tài chính tỉnh", "Sở Tài chính tỉnh")], supporting=[]))
    assert not asked(task(lead=[agency("Thanh tra Sở Tài chính", "Thanh tra Sở Tài chính")], supporting=[]))
    assert not concerns_agency("Sở T", Lexicon())(task(lead=[agency("Sở Tài chính")], supporting=[]))  # type: ignore[arg-type]


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
    found = widths(Sheet("t", ["x"] * len(columns), made, []), rows, width, gap)
    assert sum(found) + gap * len(found) <= width
    assert all(1 <= wide <= max(1, need) for wide, (_, need) in zip(found, columns, strict=True))
    assert all(wide >= min(need, NARROWEST) for wide, (_, need) in zip(found, columns, strict=True))


@given(st.text("ab/", min_size=1, max_size=60), st.integers(3, 20))
def test_long_words_break_after_slashes_and_lose_nothing(word: str, width: int) -> None:
    broken = at_slashes(word, width)
    assert broken.replace("\n", "") == word
    assert all(line.endswith("/") for line in broken.split("\n")[:-1])


@given(st.text("aế/", max_size=30), st.integers(2, 20))
def test_a_name_that_is_too_wide_keeps_its_end(name: str, width: int) -> None:
    shown = end_of(name, width)
    assert shown == name if len(name) <= width else len(shown) == width and shown[0] == "…" and name.endswith(shown[1:])


def grid(facts: list[Data], width: int, *, full: bool = False, several: bool = False) -> list[str]:
    """The lines that a terminal shows of tasks."""
    from rich.console import Console

    out = io.StringIO()
    sheet = page_sheet("tasks", [Found("kế-hoạch-trồng-rừng-phòng-hộ.txt", fact) for fact in facts], "en", with_file=several)
    show_grid(Console(file=out, width=width, color_system=None), sheet, full=full)
    return out.getvalue().splitlines()


LONG = task(" ".join(f"việc{number}" for number in range(60)), block_id="appendix-1/table-12/3.14/-27")


def test_a_terminal_shows_three_lines_of_a_text_unless_all_are_asked_for() -> None:
    lines = grid([LONG, LONG], 80, several=True)
    assert max(map(len, lines)) <= 80 and len(lines) == 2 + MOST_LINES + 1 + MOST_LINES
    assert "việc0" in lines[2] and "…" in lines[4] and "việc59" not in "".join(lines)
    whole = "\n".join(grid([LONG], 80, full=True))
    assert all(f"việc{number}" in whole for number in range(60))


@pytest.mark.parametrize("width", [72, 80, 100, 200])
def test_block_ids_and_file_names_never_break_over_lines(width: int) -> None:
    lines = grid([LONG], width, several=True)
    assert lines[2].rstrip().endswith("/-27") and lines[2].split(" ")[0].endswith(".txt")
    for line in lines[3:]:
        assert "/" not in line and ".txt" not in line
    assert ("…" in lines[2].rstrip().split(" ")[-1]) == (width < 200)


def test_a_line_holds_all_of_a_fact() -> None:
    odd = task("Trồng\nrừng\tvà  chăm sóc", lead=[agency("Sở\n Y tế")], block_id=LONG["block_id"])
    header, *rows = write_lines(page_sheet("tasks", [Found("a", odd), Found("a", LONG)], "en")).split("\n")
    assert header.split("\t")[:2] == ["Task", "Lead"] and rows.pop() == ""
    assert rows[0].split("\t")[:2] == ["Trồng rừng và chăm sóc", "Sở Y tế"]
    assert [row.split("\t")[-1] for row in rows] == [LONG["block_id"]] * 2 and rows[1].startswith(LONG["text"] + "\t")


# --- the real thing ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", SAMPLES[:3], ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", KINDS)
def test_the_commands_list_the_facts_of_the_model(path: Path, kind: str) -> None:
    extracted = json.loads(run("extract", str(path)))[kind]
    assert as_json(kind, str(path)) == [{"path": str(path), **fact} for fact in extracted]
    for form in ("table", "csv", "md"):
        assert run(kind, str(path), "-f", form)


def shell(*args: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if name not in {"LC_ALL", "LC_MESSAGES"}}
    environment = {**kept, "LANG": "C.UTF-8", **env}
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


@pytest.mark.parametrize("form", ["table", "csv", "json", "md", "xlsx"])
def test_one_unreadable_file_of_several_is_told_and_the_others_written(plan: str, tmp_path: Path, form: str) -> None:
    out, none = tmp_path / "out", [str(tmp_path / "none.txt"), str(tmp_path)]
    result = CliRunner().invoke(app, ["tasks", none[0], plan, none[1], "-f", form, "-o", str(out)])
    assert result.exit_code == 2 and result.stdout == ""
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == none
    if form == "json":
        assert json.loads(out.read_text("utf-8")) == [{"path": plan, **fact} for fact in FACTS["tasks"]]
    elif form == "xlsx":
        assert len(read_xlsx(out.read_bytes())) == 3
    else:
        assert "Trồng cây phân tán" in out.read_text("utf-8")


def test_where_no_file_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old", "utf-8")
    missing = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    for where in (["-o", str(out)], []):
        result = CliRunner().invoke(app, ["tasks", *missing, *where])
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 2)
    assert out.read_text("utf-8") == "old"


def test_a_deadline_of_a_row_names_its_task(plan: str, monkeypatch: pytest.MonkeyPatch) -> None:
    due = deadline(text="Quý IV/2025", block_id="t/1", date=None, recurrence=None, year=2025)
    made = document(deadlines=[due], parts=[part(table("t", [("1", "Lập bản đồ", "item")]))])
    monkeypatch.setattr("planparse.pipeline.parse_source", lambda *args: made)
    for form in ("table", "csv", "md"):
        assert "Lập bản đồ: Quý IV/2025" in run("deadlines", plan, "-f", form)
    assert as_json("deadlines", plan) == [{"path": plan, **due}]


@pytest.mark.parametrize("kind", KINDS)
def test_help_says_what_is_escaped_and_why(kind: str) -> None:
    text = " ".join(CliRunner().invoke(app, [kind, "--help"]).stdout.split())
    assert "apostrophe" in text and "formula" in text and "--full" in text


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
        "from planparse.__main__ import run\n"
        "run()\n"
        "print([name for name in ('pydantic', 'rich', 'xlsxwriter', 'underthesea') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "LANG": "C.UTF-8"}
    )
    assert done.stdout.endswith("[]\n"), done.stdout[-200:] + done.stderr
