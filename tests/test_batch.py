"""A batch that goes well: what is asked for, the tree of outputs, the manifest, what is done again, tables and reports."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import unicodedata
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import ROOT, SAMPLES
from planparse.batch import job
from planparse.batch.batch import Request, run_batch
from planparse.batch.choice import Choice
from planparse.batch.inputs import find_inputs, read_list
from planparse.batch.manifest import NAME, Manifest, Row
from planparse.batch.outputs import OWN
from planparse.batch.progress import Lines, Quiet, duration
from planparse.batch.rows import TABLES, rows_of
from planparse.batch.summary import Summary
from planparse.cli import app
from planparse.errors import InputError, OutputError

Data = dict[str, Any]
PLAN = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG TRỊ
Số: 15/KH-UBND

KẾ HOẠCH
Trồng rừng ven biển

I. MỤC TIÊU

1. Đến năm 2030 trồng {number} ha rừng.

II. TỔ CHỨC THỰC HIỆN

1. Sở Tài chính chủ trì, phối hợp với Sở Y tế bố trí kinh phí 1.250 triệu đồng theo Quyết định số 12/QĐ-TTg ngày 05/01/2024.
"""


class Counting(Quiet):
    """Which documents were done, in order."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def step(self, row: Row | None) -> None:
        if row is not None:
            self.done.append(row.document)


def write(folder: Path, *names: str) -> None:
    for at, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PLAN.format(number=20 + at), "utf-8")


def run(folder: Path | str, out: Path, **more: Any) -> tuple[Summary, list[str]]:
    watcher = Counting()
    request = Request(**{"asked": (str(folder),), "out": str(out), "workers": 2, **more})
    return run_batch(request, watcher), sorted(watcher.done)


def rows(out: Path) -> dict[str, Data]:
    found = [json.loads(line) for line in (out / NAME).read_text("utf-8").splitlines()]
    assert [row["document"] for row in found] == sorted(row["document"] for row in found)
    return {row["document"]: row for row in found}


def tree(out: Path, *, tables: bool = True) -> dict[str, str]:
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and OWN not in path.parts and path.name != NAME and (tables or "tables" not in path.parts)
    }


def names(
    *asked: str, include: tuple[str, ...] = ("*.txt",), exclude: tuple[str, ...] = (), listed: bytes = b""
) -> list[str]:
    return [item.document for item in find_inputs(asked, listed, Choice(include, exclude), "no-such-out")]


# --- what is asked for ------------------------------------------------------------------------------------------------
def test_folders_files_and_globs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "docs/a.txt", "docs/sub/B.TXT", "docs/sub/c.md", "docs/old/d.txt", "more/e.txt")
    assert names("docs") == ["a.txt", "old/d.txt", "sub/B.TXT"]
    assert names("docs", exclude=("OLD",)) == ["a.txt", "sub/B.TXT"]
    assert names("docs", exclude=("sub/*",)) == ["a.txt", "old/d.txt"]
    assert names("docs", include=("*.md", "a.*")) == ["a.txt", "sub/c.md"]
    assert names("docs/a.txt", "more") == ["docs/a.txt", "e.txt"]
    assert names("docs/**/*.txt") == ["a.txt", "old/d.txt"]
    assert names("-", listed=b"docs/a.txt\r\n\nmore/e.txt\n") == ["docs/a.txt", "more/e.txt"]
    assert names("-", listed=f"docs/../more/e.txt\0{tmp_path}/docs/a.txt\0".encode()) == ["docs/a.txt", "more/e.txt"]
    assert names("docs", "docs") == names("docs")
    monkeypatch.chdir(tmp_path / "more")
    assert names("../docs/a.txt") == [str(tmp_path / "docs/a.txt").lstrip("/")]
    for missing in ("nothing", "nothing/*.txt"):
        with pytest.raises(InputError, match=r"^nothing"):
            names(missing)


@given(st.lists(st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]), min_size=1)))
def test_a_list_gives_its_names(asked: list[str]) -> None:
    assert read_list("\n".join(asked).encode()) == asked
    if asked:
        assert read_list("".join(f"{name}\n\0" for name in asked).encode()) == [f"{name}\n" for name in asked]


def test_clashes_are_caught_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "in/a.txt", "in/deep/a.txt", "in/deep/a.TXT", "other/a.txt", "a.md")
    for more in ({"asked": (str(tmp_path / "in" / "deep"),)}, {"asked": (str(tmp_path / "in"), str(tmp_path / "other"))}):
        with pytest.raises(OutputError, match=r"a\.json: both .* and .* would be written there; rename one"):
            run(tmp_path / "in", tmp_path / "out", **more)
    assert not (tmp_path / "out").exists()
    with pytest.raises(OutputError, match="is the folder of the documents"):
        run(tmp_path / "in", tmp_path / "in")
    write(tmp_path, "both/b.txt", "both/b.md")
    with pytest.raises(OutputError, match="is one of the documents"):
        run("both/b.txt", Path(), forms=("md",), asked=("both/b.txt", "both/b.md"))
    with pytest.raises(InputError, match="no documents"):
        run(tmp_path / "in", tmp_path / "out", choice=Choice(("*.doc",)))


def test_a_document_in_two_formats_has_two_outputs(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "in/a.html", "in/a.md")
    run(tmp_path / "in", tmp_path / "out", choice=Choice(("*",)))
    assert set(rows(tmp_path / "out")) == {"a.txt", "a.html", "a.md"}
    assert {path.name for path in (tmp_path / "out").glob("*.json")} == {"a.json", "a.html.json", "a.md.json"}
    run(tmp_path / "in", tmp_path / "usual")
    assert set(rows(tmp_path / "usual")) == {"a.txt", "a.html"}


def test_the_outputs_below_the_documents_are_not_read(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt")
    for _ in range(2):
        run(tmp_path / "in", tmp_path / "in" / "out", choice=Choice(("*",)))
    assert set(rows(tmp_path / "in" / "out")) == {"a.txt"}


# --- outputs and the manifest -----------------------------------------------------------------------------------------
def test_outputs_are_what_extract_writes(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    (folder / "deep").mkdir(parents=True)
    for path in SAMPLES:
        (folder / "deep" / path.name).write_bytes(path.read_bytes())
    summary, _ = run(folder, out, forms=("json", "md"))
    found = rows(out)
    assert set(found) == {f"deep/{path.name}" for path in SAMPLES}
    for name, row in found.items():
        for form in ("json", "md"):
            done = CliRunner().invoke(app, ["extract", str(folder / name), "-f", form, "--lang", "en"])
            assert (out / row["outputs"][form]).read_bytes() == done.stdout_bytes, (name, form)
        document = json.loads((out / row["outputs"]["json"]).read_text("utf-8"))
        errors = sum(item["severity"] == "error" for item in document["diagnostics"])
        assert row["status"] == ("partial" if errors else "ok") and row["diagnostics"]["error"] == errors
        text = json.dumps(document["parts"])
        assert (row["sections"], row["tables"]) == (text.count('"type": "section"'), text.count('"type": "table"'))
        assert row["seconds"] > 0 and row["location"] == str(folder / name) and (row["error"] is None) == (not errors)
    assert summary.counts["partial"] == sum(row["status"] == "partial" for row in found.values()) > 0


def test_the_same_bytes_whatever_the_workers(tmp_path: Path) -> None:
    tables = ("csv", "xlsx", "sqlite", *(["parquet"] if find_spec("pyarrow") else []))
    for at in range(24):
        path = tmp_path / "in" / f"{at % 5}" / f"{at}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SAMPLES[at % len(SAMPLES)].read_text("utf-8") + f"\nSố {at}\n", "utf-8")
    trees = []
    for workers in (1, 3):
        out = tmp_path / f"out{workers}"
        run(tmp_path / "in", out, workers=workers, forms=("json", "md"), tables=tables)
        trees.append(tree(out))
    assert trees[0] == trees[1] and len(trees[0]) == 48 + 2 + 5 * (len(tables) - 2)
    # and whatever was done in which run
    out = tmp_path / "out-in-parts"
    for part in ("3", "0", "4", "2", "1"):
        run(tmp_path / "in" / part, tmp_path / "spare", workers=1)
    for choice in (Choice(("*7.txt",)), Choice(("1*.txt",)), Choice()):
        run(tmp_path / "in", out, forms=("json", "md"), tables=tables, choice=choice)
    assert tree(out) == trees[0]


# --- again ------------------------------------------------------------------------------------------------------------
def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    write(folder, "a.txt", "b.txt", "c.txt", "d.txt")
    (folder / "e.txt").write_text("", "utf-8")
    assert run(folder, out)[1] == ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"]
    manifest = (out / NAME).read_bytes()
    summary, done = run(folder, out)
    assert done == [] and summary.unchanged == 5 and summary.failed_before == 1 and summary.fell_short
    assert (out / NAME).read_bytes() == manifest
    (folder / "a.txt").write_text("KẾ HOẠCH\n\nI. MỤC TIÊU KHÁC\n", "utf-8")  # changed
    os.utime(folder / "b.txt", (1, 1))  # only touched
    (out / "c.json").unlink()  # its output lost
    (out / "d.json").write_text("{", "utf-8")  # its output cut
    write(folder, "f.txt")
    assert run(folder, out)[1] == ["a.txt", "c.txt", "d.txt", "f.txt"]
    assert run(folder, out, retry_failed=True)[1] == ["e.txt"]
    write(folder, "e.txt")
    assert run(folder, out)[1] == ["e.txt"] and not run(folder, out)[0].fell_short


def test_other_options_do_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out, own = tmp_path / "in", tmp_path / "out", tmp_path / "own"
    write(folder, "a.txt")
    own.mkdir()
    row = '[[role]]\nid = "herbs"\npattern = "cây thuốc"\nexamples = ["Cây thuốc"]\ncounter_examples = ["RỪNG"]\n'
    (own / "roles.toml").write_text(row, "utf-8")
    assert run(folder, out)[1] == ["a.txt"]
    for options in ({"lang": "vi"}, {"forms": ("json", "md")}, {"grammar": str(own)}, {"tables": ("csv",)}):
        assert [run(folder, out, **options)[1] for _ in range(2)] == [["a.txt"], []], options
    (own / "roles.toml").write_text(row.replace("herbs", "roots"), "utf-8")
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    code = (
        f"import sys; from planparse.__main__ import main; sys.argv = {argv(folder, out, '--grammar', str(own))!r}; main()"
    )
    done = subprocess.run([sys.executable, "-c", f"if __name__ == '__main__':\n {code}"], capture_output=True, text=True)
    assert done.returncode == 0 and " 1 ok" in done.stdout  # the grammar changed
    monkeypatch.setattr("planparse.batch.batch.__version__", "99")
    assert run(folder, out, tables=("csv",))[1] == ["a.txt"]


def argv(folder: Path, out: Path, *more: str) -> list[str]:
    return ["planparse", "batch", str(folder), "-o", str(out), "--lang", "en", *more]


def test_outputs_that_are_no_longer_made_go(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    write(folder, "sub/a.txt")
    run(folder, out, forms=("json", "md"))
    assert set(tree(out)) == {"sub/a.json", "sub/a.md"}
    run(folder, out, forms=("md",))
    assert set(tree(out)) == {"sub/a.md"}
    (folder / "sub/a.txt").write_text("", "utf-8")  # it fails now: an old output would pass for its own
    run(folder, out, forms=("md",))
    assert tree(out) == {} and not (out / "sub").exists()


def test_prune_removes_what_is_gone_and_only_that(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    write(folder, "a.txt", "sub/b.txt", "sub/c.txt", "d.txt")
    run(folder, out, tables=("csv",))
    (out / "sub" / "notes.json").write_text("mine", "utf-8")
    for name in ("a.txt", "sub/b.txt"):
        (folder / name).unlink()
    assert run(folder, out, tables=("csv",))[0].pruned == 0 and (out / "a.json").exists()
    # d.txt is left out of this run, but it is still there
    summary, _ = run(folder, out, tables=("csv",), prune=True, choice=Choice(exclude=("d.txt",)))
    assert summary.pruned == 2 and set(rows(out)) == {"sub/c.txt", "d.txt"}
    assert set(tree(out, tables=False)) == {"sub/c.json", "sub/notes.json", "d.json"}
    assert "a.txt" not in (out / "tables" / "documents.csv").read_text("utf-8-sig")
    assert len(list((out / OWN / "rows").rglob("*.json"))) == 2
    for name in ("sub/c.txt", "d.txt"):
        (folder / name).unlink()
    assert run(folder, out, prune=True)[0].pruned == 2 and set(tree(out, tables=False)) == {"sub/notes.json"}


def test_prune_keeps_what_only_cannot_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "in/a.txt", "in/b.txt")
    run(tmp_path / "in", tmp_path / "out")
    real = os.lstat

    def lstat(path: Any, **more: Any) -> Any:
        if str(path).endswith("a.txt"):
            raise PermissionError(13, "Permission denied")
        return real(path, **more)

    monkeypatch.setattr(os, "lstat", lstat)
    summary, _ = run(tmp_path / "in", tmp_path / "out", prune=True, choice=Choice(exclude=("a.txt",)))
    monkeypatch.undo()
    assert summary.pruned == 0 and set(rows(tmp_path / "out")) == {"a.txt", "b.txt"}


def test_a_manifest_that_names_a_place_outside_removes_nothing_there(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "in/b.txt", "mine.json")
    out = tmp_path / "out"
    run(tmp_path / "in", out)
    (tmp_path / "in/a.txt").unlink()
    (out / NAME).write_text((out / NAME).read_text("utf-8").replace('"a.json"', '"../mine.json"'), "utf-8")
    assert run(tmp_path / "in", out, prune=True)[0].pruned == 1 and (tmp_path / "mine.json").exists()


def test_two_batches_do_not_write_to_one_folder(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    write(tmp_path, "in/a.txt")
    run(tmp_path / "in", tmp_path / "out")
    hold = (
        "import fcntl, sys; lock = open(sys.argv[1], 'w'); fcntl.lockf(lock, fcntl.LOCK_EX); print(1, flush=True); input()"
    )
    command = [sys.executable, "-c", hold, str(tmp_path / "out" / OWN / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "1\n"
        with pytest.raises(OutputError, match="another batch writes there"):
            run(tmp_path / "in", tmp_path / "out")
        other.communicate("\n")
    run(tmp_path / "in", tmp_path / "out")


def test_a_manifest_holds_the_last_row_of_each(tmp_path: Path) -> None:
    (tmp_path / OWN / "tmp").mkdir(parents=True)
    manifest = Manifest(str(tmp_path))
    for at in range(50):
        manifest.append(Row(f"{at % 7}.txt", "in", "/in", "ok", seconds=float(at), error="Lỗi" * at))
    manifest.tidy()
    manifest.append(Row("0.txt", "in", "/in", "failed"))
    manifest.close()
    with (tmp_path / NAME).open("a") as file:
        file.write('not json\n{"document": 3}\n{"document": "9.txt", "inp')
    again = Manifest(str(tmp_path))
    assert again.documents() == [f"{at}.txt" for at in range(7)]
    assert [row.seconds for row in again.rows()] == [0.0, 43.0, 44.0, 45.0, 46.0, 47.0, 48.0]
    again.tidy()
    again.close()
    assert len((tmp_path / NAME).read_text("utf-8").splitlines()) == 7


# --- tables -----------------------------------------------------------------------------------------------------------
EVIL = ("=1+1", "+84 905", "- In poster", "@x", "\t=1", "＝2", 'a "b", c\nd')


def spoiled(folder: Path) -> None:
    """A sample with words that a spreadsheet would take for formulas, as its parse has them."""
    text = PLAN.format(number=20) + "\n".join(f"\n{at}. Sở Y tế chủ trì {words}." for at, words in enumerate(EVIL, 2))
    folder.mkdir(parents=True)
    (folder / "=cmd.txt").write_text(text, "utf-8")
    write(folder, "b.txt", unicodedata.normalize("NFD", "Kế hoạch.txt"))


@pytest.fixture(scope="module")
def tabled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tabled")
    spoiled(folder / "in")
    tables = ("csv", "xlsx", "sqlite", *(["parquet"] if find_spec("pyarrow") else []))
    run(folder / "in", folder / "out", tables=tables)
    return folder / "out"


def read_csv(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv(tabled: Path) -> None:
    for table, fields in TABLES.items():
        header, *found = read_csv(tabled / "tables" / f"{table}.csv")
        assert header == [field.name for field in fields] and found
        for row in found:
            assert len(row) == len(header) and not any(cell.startswith(tuple("=+-@\t\r＝")) for cell in row)
    assert {row[0] for row in read_csv(tabled / "tables" / "documents.csv")[1:]} == {
        "'=cmd.txt",
        "b.txt",
        "Kế hoạch.txt",
    } or (
        {unicodedata.normalize("NFC", row[0]) for row in read_csv(tabled / "tables" / "documents.csv")[1:]}
        == {"'=cmd.txt", "b.txt", "Kế hoạch.txt"}
    )
    funding = read_csv(tabled / "tables" / "funding.csv")
    assert {row[funding[0].index("amount")] for row in funding[1:]} == {"1250000000"}


def test_the_workbook_has_texts_numbers_and_dates_but_no_formulas(tabled: Path) -> None:
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(tabled / "tables" / "planparse.xlsx") as book:
        titles = [
            sheet.get("name") for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iterfind(".//m:sheet", space)
        ]
        sheets = {
            title: ElementTree.fromstring(book.read(f"xl/worksheets/sheet{at}.xml")) for at, title in enumerate(titles, 1)
        }
        styles = ElementTree.fromstring(book.read("xl/styles.xml"))
    assert titles == list(TABLES)
    dated = [int(kind.get("numFmtId", 0)) for kind in styles.findall("m:cellXfs/m:xf", space)]
    codes = {int(code.get("numFmtId", 0)): code.get("formatCode") for code in styles.iterfind(".//m:numFmt", space)}
    for title, sheet in sheets.items():
        assert not sheet.findall(".//m:f", space) and not sheet.findall(".//m:hyperlink", space)
        assert sheet.find(".//m:pane[@state='frozen']", space) is not None and sheet.find("m:autoFilter", space) is not None
        assert len(sheet.findall("m:cols/m:col", space)) > 3
        fields = TABLES[str(title)]
        for row in sheet.findall(".//m:row", space)[1:]:
            for cell in row.findall("m:c", space):
                column = re.match("[A-Z]+", cell.get("r", ""))
                assert column
                field = fields[[*map(column_name, range(len(fields)))].index(column[0])]
                if field.kind == "text" or cell.find("m:v", space) is None:
                    assert cell.get("t") in ("inlineStr", "s", None)
                else:
                    assert cell.get("t") in (None, "n"), (title, field)
                    float(str(cell.findtext("m:v", None, space)))
                    if field.kind == "date":
                        assert codes[dated[int(cell.get("s", 0))]] == "yyyy-mm-dd"
    days = {cell.findtext("m:v", None, space) for cell in sheets["citations"].iterfind(".//m:c[@r]", space)}
    assert str((datetime.date(2024, 1, 5) - datetime.date(1899, 12, 30)).days) in days
    texts = {"".join(cell.itertext()) for cell in sheets["documents"].iterfind(".//m:c", space)}
    assert "=cmd.txt" in texts


def column_name(at: int) -> str:
    return chr(65 + at) if at < 26 else chr(64 + at // 26) + chr(65 + at % 26)


def test_a_sheet_that_is_full_goes_on_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planparse.writing.xlsx.MAX_ROWS", 3)
    write(tmp_path, *(f"in/{at}.txt" for at in range(5)))
    run(tmp_path / "in", tmp_path / "out", tables=("xlsx",))
    with zipfile.ZipFile(tmp_path / "out/tables/planparse.xlsx") as book:
        found = re.findall('<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    assert {"documents", "documents 2", "documents 3", "tasks 3"} <= set(found) and "documents 4" not in found


def test_sqlite_is_ready_to_ask(tabled: Path) -> None:
    base = sqlite3.connect(tabled / "tables" / "planparse.sqlite")
    try:
        for table, fields in TABLES.items():
            assert [row[1] for row in base.execute(f"PRAGMA table_info({table})")] == [field.name for field in fields]
            assert (
                base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                == len(read_csv(tabled / f"tables/{table}.csv")) - 1
            )
        assert base.execute("SELECT DISTINCT typeof(amount), amount FROM funding").fetchall() == [("integer", 1_250_000_000)]
        asked = "SELECT agency, count(*) FROM agency_tasks WHERE document = 'b.txt' GROUP BY 1"
        assert base.execute(asked).fetchall() == [("Sở Tài chính", 1)]
        assert base.execute("SELECT number, documents FROM most_cited").fetchone() == ("12/QĐ-TTg", 3)
        assert base.execute("SELECT items, amount FROM money_by_year").fetchall() == [(3, 3_750_000_000)]
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        base.close()


def test_parquet(tabled: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for table, fields in TABLES.items():
        found = parquet.read_table(tabled / "tables" / f"{table}.parquet")
        assert found.column_names == [field.name for field in fields]
        assert found.num_rows == len(read_csv(tabled / f"tables/{table}.csv")) - 1
    citations = parquet.read_table(tabled / "tables" / "citations.parquet").to_pylist()
    assert {row["date"] for row in citations if row["number"] == "12/QĐ-TTg"} == {datetime.date(2024, 1, 5)}


def test_the_worked_queries_of_the_manual_work(tabled: Path) -> None:
    manual = (ROOT / "docs" / "batch.md").read_text("utf-8")
    (asked,) = re.findall(r'planparse\.sqlite "(.*?)"\n```', manual, re.DOTALL)
    base = sqlite3.connect(tabled / "tables" / "planparse.sqlite")
    try:
        assert "Sở Tài chính" in {row[0] for row in base.execute(asked)}
    finally:
        base.close()
    programs = re.findall(r"```python\n(.*?)```", manual, re.DOTALL)
    assert len(programs) == 2
    for program in programs:
        if "pyarrow" in program and not find_spec("pyarrow"):
            continue
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=tabled.parent)
        assert done.returncode == 0, done.stderr
        assert "pyarrow" not in program or b"3750000000" in done.stdout
    columns = [f"{column_name(at)}:{field.name}" for at, field in enumerate(TABLES["funding"])]
    for letter, name in (("F", "amount"), ("A", "document"), ("H", "year"), ("L", "kind")):
        assert f"funding!{letter}:{letter}" in manual and f"{letter}:{name}" in columns


def test_the_manual_names_every_field_of_the_manifest() -> None:
    manual = (ROOT / "docs" / "batch.md").read_text("utf-8")
    assert [name for name in Row._fields if f"`{name}`" not in manual] == []


def test_tables_are_left_alone_where_nothing_changed(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "in/b.txt")
    run(tmp_path / "in", tmp_path / "out", tables=("csv",))
    table = tmp_path / "out/tables/documents.csv"
    os.utime(table, (1, 1))
    run(tmp_path / "in", tmp_path / "out", tables=("csv",))
    assert table.stat().st_mtime == 1
    write(tmp_path, "in/c.txt")
    run(tmp_path / "in", tmp_path / "out", tables=("csv",))
    assert len(read_csv(table)) == 4


def test_documents_of_earlier_runs_without_rows_are_told(tmp_path: Path) -> None:
    write(tmp_path, "one/a.txt", "two/b.txt")
    run(tmp_path / "one", tmp_path / "out")
    summary, _ = run(tmp_path / "two", tmp_path / "out", tables=("csv",))
    assert summary.without_rows == 1


NOTHING = {"sections": 0, "tables": 0, "info": 0, "warning": 0, "error": 0}


def test_a_number_that_no_database_holds_is_left_out() -> None:
    from conftest import parse

    document = parse(PLAN.format(number=20))
    assert document["funding"] and document["citations"]
    document["funding"][0]["amount"] = 2**63
    document["targets"][0]["value"] = 10**400
    document["citations"][0]["date"] = "2024-02"
    found = rows_of(document, "a.txt", NOTHING)
    at = {table: [field.name for field in fields] for table, fields in TABLES.items()}
    assert found["funding"][0][at["funding"].index("amount")] is None
    assert found["targets"][0][at["targets"].index("value")] is None
    assert found["citations"][0][at["citations"].index("date")] is None


# --- what is seen -----------------------------------------------------------------------------------------------------
def test_quiet_and_plain_lines(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt")
    (tmp_path / "in" / "e.txt").write_text("", "utf-8")
    command = [sys.executable, "-m", *argv(tmp_path / "in", tmp_path / "out")]
    done = subprocess.run([*command, "--quiet"], capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
    done = subprocess.run([*command, "--retry-failed"], capture_output=True)
    said = done.stdout.decode("utf-8")
    assert done.returncode == 1 and "2 documents in" in said and "e.txt: is empty; name a file" in said
    assert "1 unchanged" in said and b"\x1b" not in done.stdout + done.stderr


def test_a_line_of_progress() -> None:
    out = io.StringIO()
    lines = Lines(out, "en")
    lines.begin(400)
    for at in range(100):
        lines.step(Row(f"{at}", "", "", "failed" if at % 50 == 0 else "ok"))
    assert re.fullmatch(r"100 of 400 documents, 10/s, 30\.0 s left, 2 failed", lines.line(lines._begun + 10))
    assert [duration(value) for value in (4.21, 200, 7500)] == ["4.2 s", "3 min 20 s", "2 h 5 min"]


@pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX systems")
def test_a_bar_on_a_terminal(tmp_path: Path) -> None:
    from test_cli import on_terminal

    write(tmp_path, "in/a.txt", "in/b.txt")
    shown = on_terminal(argv(tmp_path / "in", tmp_path / "out")[1:], TERM="xterm-256color")
    assert "2/2" in shown and "2 documents in" in shown
    assert "2/2" not in on_terminal([*argv(tmp_path / "in", tmp_path / "out2")[1:], "-q"], TERM="xterm-256color")


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_report_escapes_what_it_tells(tmp_path: Path, form: str) -> None:
    write(tmp_path, "in/a.txt")
    (tmp_path / "in" / "<script>alert(1)_[x].txt").write_text("", "utf-8")
    summary, _ = run(tmp_path / "in", tmp_path / "out", report=form)
    text = (tmp_path / "out" / f"report.{form}").read_text("utf-8")
    assert (
        "is empty" in text
        and not re.search(r"(?<!\\)<script", text)
        and summary.written == [str(tmp_path / "out" / f"report.{form}")]
    )
    assert ("\\[x\\]" if form == "md" else "&lt;script&gt;") in text
    with pytest.raises(OutputError, match="is a file of the batch itself"):
        write(tmp_path, "in/report.txt")
        run(tmp_path / "in", tmp_path / "out", report="md", forms=("md",))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["-f", "docx"], "is not one of json, md"),
        (["--tables", "ods"], "is not one of csv, xlsx, parquet, sqlite"),
        (["-j", "0"], ""),
        (["--timeout", "0"], ""),
        (["--report", "pdf"], ""),
    ],
)
def test_wrong_options(tmp_path: Path, more: list[str], said: str) -> None:
    write(tmp_path, "in/a.txt")
    result = CliRunner().invoke(app, [*argv(tmp_path / "in", tmp_path / "out")[1:], *more])
    assert result.exit_code == 2 and said in result.output and not (tmp_path / "out").exists()


def test_an_unusable_request_is_one_line(tmp_path: Path) -> None:
    for asked, said in ((tmp_path / "none", b"no such file or folder"), (tmp_path, b"no documents (*.txt, *.html,")):
        done = subprocess.run([sys.executable, "-m", *argv(asked, tmp_path / "out")], capture_output=True)
        assert done.returncode == 2 and done.stdout == b"" and said in done.stderr and done.stderr.count(b"\n") == 1


def test_a_list_on_standard_input(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt")
    command = [sys.executable, "-m", *argv(Path("-"), Path("out"))]
    done = subprocess.run(command, input=b"a.txt\nnone.txt\n", capture_output=True, cwd=tmp_path)
    assert done.returncode == 1 and set(rows(tmp_path / "out")) == {"a.txt", "none.txt"}
    assert subprocess.run(command, input=b"", capture_output=True, cwd=tmp_path).returncode == 2


def test_workers_do_without_the_model(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    code = f"""
import sys
from planparse.batch import job
from planparse.batch.choice import Input
(open({str(tmp_path / "x")!r}, "w")).close()
import os
os.makedirs({str(tmp_path / ".planparse/tmp")!r})
options = job.Options({str(tmp_path)!r}, ("json", "md"), True, None, "en", "", 5.0)
assert job.work(Input({str(tmp_path / "a.txt")!r}, "a.txt"), options).status == "ok"
print([name for name in ("pydantic", "rich", "typer", "pebble", "xlsxwriter", "pyarrow") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_a_memory_error_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planparse.batch.choice import Input

    def fail(*args: Any) -> None:
        raise MemoryError

    write(tmp_path, "a.txt")
    monkeypatch.setattr("planparse.pipeline.parse_source", fail)
    options = job.Options(str(tmp_path), ("json",), False, None, "en", "", 5.0)
    row = job.work(Input(str(tmp_path / "a.txt"), "a.txt"), options)
    assert isinstance(row, Row) and row.status == "failed" and "memory" in str(row.error)
