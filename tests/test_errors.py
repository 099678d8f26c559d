"""The errors in English and Vietnamese: one catalogue, whole and in use, told in the language that is wanted."""

from __future__ import annotations

import ast
import json
import os
import pickle
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from conftest import ROOT, SAMPLES
from pdf_writer import Page, write_pdf
from planparse import error_texts
from planparse.batch import cluster, job
from planparse.batch.choice import Input
from planparse.batch.manifest import Row
from planparse.batch.outputs import prepare
from planparse.batch.runner import Crew
from planparse.errors import GrammarError, InputError, OutputError, PlaceError, PlanparseError, Wording, reason_of
from planparse.reading import pdf, pdf_ocr, programs
from planparse.reading.apart import apart
from planparse.reading.text import decode
from test_batch_trouble import HANG, PLAN, QUIT, RAISE, rows, write
from test_batch_trouble import run as run_planted
from test_doc import ole
from word_files import paragraph, part, word_file, zipped

CATALOGUE = error_texts.catalogue()
SOURCES = sorted((ROOT / "src" / "planparse").rglob("*.py"))
SAMPLE = next(path for path in SAMPLES if path.stem == "plan-paragraphs")
DAMAGED = next(path for path in SAMPLES if path.stem == "damaged-wrapped")
VIETNAMESE = {"LANG": "vi_VN.UTF-8"}
posix = pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX systems")

Done = subprocess.CompletedProcess[bytes]


def environment(**env: str) -> dict[str, str]:
    told = {"LC_ALL", "LC_MESSAGES", "LANG"}
    return {**{name: value for name, value in os.environ.items() if name not in told}, "LANG": "C.UTF-8", **env}


def shell(*args: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None) -> Done:
    command = [sys.executable, "-m", "planparse", *map(str, args)]
    return subprocess.run(command, input=stdin, capture_output=True, env=environment(**env or {}), timeout=50)


def refused(done: Done) -> str:
    """What the one line says that an unusable input is refused with."""
    line = done.stderr.decode("utf-8")
    assert (done.returncode, done.stdout) == (2, b""), line
    assert line.startswith("planparse: ") and line.count("\n") == 1 and line.endswith("\n"), line
    return line.removeprefix("planparse: ").rstrip("\n")


# --- the catalogue ----------------------------------------------------------------------------------------------------
def fields(template: str) -> list[tuple[str, str | None]]:
    """The values that a template speaks of, with how each is converted, in order of their names."""
    return sorted((name, how) for _, name, _, how in Formatter().parse(template) if name is not None)


@pytest.mark.parametrize("code", CATALOGUE)
def test_each_code_says_the_same_in_both_languages(code: str) -> None:
    said = CATALOGUE[code]
    assert set(said) == {"en", "vi"} and fields(said["en"]) == fields(said["vi"])
    for template in said.values():
        assert template == template.strip() and template.isprintable()
        assert unicodedata.is_normalized("NFC", template)
        # What is wrong and what to do are told apart as often.
        assert template.count("; ") == said["en"].count("; ")
        assert template[0].islower() or template.startswith(("LibreOffice", "{", "."))
    if any(text.strip(" :") for text, *_ in Formatter().parse(said["en"])):
        assert said["en"].isascii() and (not said["vi"].isascii() or code == "kind.html")  # whose words need no marks


def classes(base: type[PlanparseError]) -> Iterator[type[PlanparseError]]:
    yield base
    for inner in base.__subclasses__():
        yield from classes(inner)


def raised() -> Iterator[tuple[str, ast.Call]]:
    """Each place in the sources that makes an error or a wording."""
    names = {"Wording", *(kind.__name__ for kind in classes(PlanparseError))}
    for path in SOURCES:
        if path.name == "errors.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in names:
                    yield f"{path.name}:{node.lineno}", node


def test_each_error_is_in_the_catalogue_with_its_values() -> None:
    used = set()
    for place, call in raised():
        assert len(call.args) == 1 and isinstance(call.args[0], ast.Constant), f"{place}: no code"
        code = call.args[0].value
        assert isinstance(code, str), f"{place}: no code"
        assert code in CATALOGUE, f"{place}: {code} is not in the catalogue"
        given = {keyword.arg for keyword in call.keywords} - {"file"}
        assert given == {name for name, _ in fields(CATALOGUE[code]["en"])}, f"{place}: {code}"
        used.add(code)
    assert used == set(CATALOGUE), "codes that nothing raises"


def test_the_scan_sees_what_raises() -> None:
    found = {place.partition(":")[0] for place, _ in raised()}
    assert {"text.py", "refused.py", "__main__.py", "cluster_worker.py", "rows.py", "runner.py", "cli_base.py"} <= found


# --- an error ---------------------------------------------------------------------------------------------------------
NESTED = InputError("word.broken", file="kế hoạch.docx", why=Wording("word.no_part", part="word/document.xml"))


def test_an_error_says_itself_in_both_languages() -> None:
    error = InputError("file.missing", file="x.txt")
    assert str(error) == error.say() == error.say("en") == "x.txt: no such file; check the path"
    assert error.say("vi") == "x.txt: không có tệp này; kiểm tra lại đường dẫn"
    assert error.problem.say("vi") == "không có tệp này; kiểm tra lại đường dẫn"
    assert NESTED.say("vi").startswith("kế hoạch.docx: là tệp Word bị hỏng (tệp thiếu phần word/document.xml); ")
    assert str(NESTED).startswith("kế hoạch.docx: is a broken Word file (it has no word/document.xml); ")
    assert InputError("stdin.closed", file=Wording("name.stdin")).say("vi").startswith("đầu vào chuẩn: đã đóng; ")


def test_values_are_said_as_they_are() -> None:
    error = OutputError("output.same", file="{a}.json", first="{b}", second="%s {0}")
    assert str(error) == "{a}.json: both {b} and %s {0} would be written there; rename one"
    assert error.say("vi") == "{a}.json: cả {b} và %s {0} đều sẽ ghi vào đó; đổi tên một trong hai"
    long = InputError("pdf.too_long", file="k.pdf", most=40_000_000)
    assert "40,000,000 characters" in str(long) and "40.000.000 ký tự" in long.say("vi")


def test_what_the_system_says_stays_as_it_says_it() -> None:
    error = OutputError("output.unwritable", file="a", reason=reason_of(OSError(28, "No space left on device")))
    assert str(error) == "a: cannot be written (No space left on device); choose another place"
    assert error.say("vi") == "a: không ghi được (No space left on device); chọn nơi khác"
    assert reason_of(ValueError("embedded null byte")) == "embedded null byte" and reason_of(EOFError()) == "EOFError"


def test_a_row_of_a_grammar_is_told_in_english() -> None:
    error = GrammarError("grammar.row", file="own/roles.toml:3", problem="the row lacks the field 'id'")
    assert str(error) == error.say("vi") == "own/roles.toml:3: the row lacks the field 'id'"


# --- from one process to another --------------------------------------------------------------------------------------
@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_errors_are_copied_whole(lang: str, protocol: int) -> None:
    wrapped = PlanparseError("cluster.worker_unfit", file="--cluster x", worker="tcp://y", why=NESTED)
    for error in (NESTED, wrapped, GrammarError("grammar.row", file="a:1", problem="b"), OutputError("out.taken")):
        copy = pickle.loads(pickle.dumps(error, protocol))
        assert type(copy) is type(error) and copy.say(lang) == error.say(lang)
        assert copy.problem.say(lang) == error.problem.say(lang) and copy.file == error.file
    place = pickle.loads(pickle.dumps(PlaceError(Wording("out.link_leads_out"), "out/a"), protocol))
    assert isinstance(place, PlaceError) and place.filename == "out/a" and place.strerror == str(place.wording)
    assert place.wording.say(lang) == Wording("out.link_leads_out").say(lang)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system divides no process")
def test_an_error_of_a_process_of_its_own_is_said_here() -> None:
    def work() -> Iterator[int]:
        raise NESTED
        yield 1

    with pytest.raises(InputError) as caught:
        list(apart(work, 20.0))
    assert caught.value.say("vi") == NESTED.say("vi")


def test_an_error_of_another_version_is_said_as_it_is() -> None:
    old = InputError("has planparse 0.0.1, this machine has 0.1.0; install the same")
    assert old.say("vi") == str(old) == "has planparse 0.0.1, this machine has 0.1.0; install the same"
    assert PlanparseError("worker.tired", file="x", hours=12).say("vi") == "x: worker.tired 12"


def test_where_no_file_can_be_opened_any_more_what_is_known_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def catalogue() -> Any:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(error_texts, "catalogue", catalogue)
    assert "Too many open files" in PlanparseError("system.refused", file="x", reason="Too many open files").say("vi")


def test_an_error_reads_the_catalogue_when_it_is_told() -> None:
    code = (
        "import sys\n"
        "from planparse import InputError\n"
        "error = InputError('file.missing', file='x')\n"
        "print('planparse.error_texts' in sys.modules)\n"
        "str(error)\n"
        "print('planparse.error_texts' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), timeout=50)
    assert done.stdout.split() == ["False", "True"], done.stderr


def test_a_document_that_is_read_costs_nothing_of_the_errors() -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['planparse', 'extract', {str(SAMPLE)!r}, '-o', os.devnull]\n"
        "from planparse.__main__ import run\n"
        "print(run(), 'planparse.error_texts' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", "import os\n" + code], capture_output=True, text=True, timeout=50)
    assert done.stdout.split() == ["0", "False"], done.stderr


# --- the command line -------------------------------------------------------------------------------------------------
MISSING = "nofile.txt: không có tệp này; kiểm tra lại đường dẫn"


@pytest.mark.parametrize("command", ["extract", "show", "check", "tasks", "funding", "citations"])
def test_a_missing_file_in_vietnamese(command: str) -> None:
    assert refused(shell(command, "nofile.txt", "--lang", "vi")) == MISSING


@pytest.mark.parametrize("variable", ["LANG", "LC_ALL", "LC_MESSAGES"])
def test_the_locale_tells_the_language(variable: str) -> None:
    assert refused(shell("extract", "nofile.txt", env={variable: "vi_VN.UTF-8"})) == MISSING


@pytest.mark.parametrize("env", [VIETNAMESE, {"LC_ALL": "vi_VN"}, {"LANG": "C"}])
def test_what_is_asked_for_goes_before_the_locale(env: dict[str, str]) -> None:
    assert refused(shell("extract", "nofile.txt", "--lang", "en", env=env)) == "nofile.txt: no such file; check the path"
    assert refused(shell("extract", "--lang=vi", "nofile.txt", env=env)) == MISSING
    assert refused(shell("extract", "nofile.txt", env={"LANG": "C"})) == "nofile.txt: no such file; check the path"


def test_the_language_of_one_command_is_not_that_of_the_next() -> None:
    """What is asked for is kept while a command runs; in one process several may."""
    code = (
        "import sys\n"
        "from planparse.__main__ import run\n"
        "for more in (['--lang', 'vi'], []):\n"
        "    sys.argv = ['planparse', 'extract', 'nofile.txt', *more]\n"
        "    run()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), timeout=50)
    said = done.stderr.decode("utf-8").splitlines()
    assert said == [f"planparse: {MISSING}", "planparse: nofile.txt: no such file; check the path"]


@pytest.mark.parametrize("command", ["show", "check", "tasks", "extract"])
def test_one_of_several_files_is_told_in_vietnamese(command: str) -> None:
    done = shell(command, "nofile.txt", SAMPLE, "--lang", "vi")
    assert done.returncode == 2 and done.stdout
    assert done.stderr.decode("utf-8") == f"planparse: {MISSING}\n"


@pytest.mark.parametrize("args", [["diff", SAMPLE, "nofile.txt"], ["compare", SAMPLE, "nofile.txt"]])
def test_what_is_compared_is_missed_in_vietnamese(args: list[str | Path]) -> None:
    assert refused(shell(*args, "--lang", "vi")) == MISSING


def test_usage_stays_english() -> None:
    done = shell("extract", "--format", "pdf", "x.txt", "--lang", "vi", env=VIETNAMESE)
    assert done.returncode == 2 and b"Usage: " in done.stderr


BROKEN = word_file(paragraph("I. MỤC TIÊU"))
LOCKED = ole("WordDocument", b"\xec\xa5".ljust(11, b"\0") + b"\x01")
SHEET = zipped({"[Content_Types].xml": b"", "word/document.xml": b'<workbook xmlns="x"/>'})


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("k.docx", BROKEN[:-30], "là tệp Word bị hỏng (mất phần cuối tệp); lấy lại tệp, hoặc mở bằng Word rồi lưu lại"),
        (
            "k.docx",
            word_file("", parts={"word/document.xml": b"<a><b></a>"}),
            "là tệp Word bị hỏng (phần word/document.xml bị hỏng tại dòng 1); lấy lại tệp, hoặc mở bằng Word rồi lưu lại",
        ),
        (
            "k.docx",
            word_file("", parts={"word/document.xml": part("document", "")}),
            "là tệp Word bị hỏng (văn bản trong tệp không có phần thân); lấy lại tệp, hoặc mở bằng Word rồi lưu lại",
        ),
        ("k.docx", SHEET, "là tệp Excel, không phải tệp Word; nêu tên tệp có chứa văn bản"),
        ("k.docx", word_file(""), "là tệp Word nhưng không có chữ; nêu tên tệp có chứa văn bản"),
        ("k.pdf", write_pdf([Page()], password="x"), "được mã hóa bằng mật khẩu; lưu lại tệp không đặt mật khẩu"),
        ("k.pdf", b"%PDF-1.4\n" + b"x" * 5000, "là tệp PDF bị hỏng; lấy lại tệp"),
        ("k.pdf", write_pdf([Page()]), "là tệp PDF không có chữ; nêu tên tệp có chứa văn bản"),
        ("k.doc", LOCKED, "bị khóa bằng mật khẩu; lưu lại tệp không đặt mật khẩu"),
        ("k.rar", b"Rar!\x1a\x07\x01\x00", "là tệp nén RAR, không phải tệp văn bản; giải nén rồi nêu tên một tệp trong đó"),
        (
            "k.jpg",
            b"\xff\xd8\xff\xe0\x00\x10JFIF",
            "là ảnh JPEG, không phải tệp văn bản; đưa các trang vào một tệp PDF rồi đọc tệp đó",
        ),
        ("k.txt", bytes(range(256)) * 40, "là tệp nhị phân, không phải tệp văn bản; nêu tên một tệp văn bản"),
        ("k.txt", b" \n", "không có nội dung; nêu tên tệp có chứa văn bản"),
        ("k.txt", bytes(10), "chỉ gồm các byte 0; nêu tên tệp có chứa văn bản"),
    ],
)
def test_what_cannot_be_read_is_told_in_vietnamese(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refused(shell("extract", path, "--lang", "vi")) == f"{path}: {said}"


def test_what_a_format_needs_is_told_in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    office = programs.PROGRAMS["libreoffice"]._replace(commands=(), places={}, install={"": "apt-get install it"})
    monkeypatch.setitem(programs.PROGRAMS, "libreoffice", office)
    with pytest.raises(InputError) as caught:
        decode(ole("WordDocument", b"\xec\xa5".ljust(12, b"\0")), "cũ.doc")
    said = "cũ.doc: là tệp Word cũ hoặc tệp RTF; để đọc được cần cài LibreOffice: apt-get install it"
    assert caught.value.say("vi") == said
    monkeypatch.setattr(pdf_ocr, "missing", lambda: "apt-get install it")
    scanned = pdf._nothing("k.pdf", {"pdf.pages_without_text": [1]}).say("vi")
    assert scanned == "k.pdf: là tệp PDF quét, chỉ có hình ảnh, không có chữ; để đọc được: apt-get install it"


def test_standard_input_in_vietnamese() -> None:
    assert refused(shell("extract", "-", "--lang", "vi")).startswith("đầu vào chuẩn: không có nội dung; ")
    twice = '"-": đầu vào chuẩn chỉ đọc được một lần; chỉ nêu một lần'
    assert refused(shell("extract", "-", "-", "--lang", "vi")) == twice
    assert refused(shell("extract", "-", stdin=b"%PDF-1.4\n" + b"x" * 9)).startswith("standard input: is a broken PDF")


def test_outputs_in_vietnamese(tmp_path: Path) -> None:
    missing = tmp_path / "không có" / "a.json"
    said = f"{missing}: chưa có thư mục {missing.parent}; tạo thư mục đó trước"
    assert refused(shell("extract", SAMPLE, "-o", missing, "--lang", "vi")) == said
    said = f"{tmp_path / 'a.doc'}: .doc không ứng với định dạng nào; dùng một trong các đuôi .json, .md, .txt, "
    assert refused(shell("extract", SAMPLE, "-o", tmp_path / "a.doc", "--lang", "vi")).startswith(said)
    assert refused(shell("tasks", SAMPLE, "-f", "xlsx", env=VIETNAMESE)).startswith(
        "xlsx: không in được sổ tính ra màn hình; "
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(("lang", "env"), [(["--lang", "vi"], {}), ([], VIETNAMESE)])
def test_a_full_disk_in_vietnamese(lang: list[str], env: dict[str, str]) -> None:
    said = "không ghi được (No space left on device); chọn nơi khác"
    assert refused(shell("extract", SAMPLE, "-o", "/dev/full", *lang, env=env)) == f"/dev/full: {said}"
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "planparse", "extract", str(SAMPLE), *lang]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment(**env), timeout=50)
    assert done.returncode == 2 and done.stderr.decode("utf-8") == f"planparse: đầu ra chuẩn: {said}\n"


def test_an_error_of_the_system_in_vietnamese() -> None:
    program = (
        "import planparse.cli, planparse.__main__ as main, errno, sys\n"
        "def app(): raise OSError(errno.EIO, 'Input/output error')\n"
        "planparse.cli.app = app\n"
        "sys.exit(main.run())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment(**VIETNAMESE), timeout=50)
    assert refused(done) == "hệ thống: Input/output error; thử lại khi hệ thống đủ chỗ"


def test_a_grammar_that_is_not_there_in_vietnamese(tmp_path: Path) -> None:
    assert refused(shell("show", SAMPLE, "--grammar", tmp_path / "không", "--lang", "vi")).startswith(
        f"{tmp_path / 'không'}: không có thư mục này; --grammar nhận "
    )
    (tmp_path / "roles.toml").write_text("[[role]]\nid = 'a'\n", "utf-8")
    said = refused(shell("show", SAMPLE, "--grammar", tmp_path, "--lang", "vi"))
    assert said == f"{tmp_path / 'roles.toml'}:1: the row lacks the field 'pattern'"


# --- batch ------------------------------------------------------------------------------------------------------------
@posix
def test_the_rows_of_a_batch_are_in_its_language(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    write(folder, "a.txt")
    write(folder, "trống.txt", "")
    write(folder, "nén.pdf", b"Rar!\x1a\x07\x01\x00")
    write(folder, "hỏng.txt", DAMAGED.read_bytes())
    os.mkfifo(folder / "ống.txt")
    done = shell("batch", folder, "-o", out, "--report", "md", "--lang", "vi", "-j", "1")
    said = {name: row["error"] for name, row in rows(out).items()}
    assert done.returncode == 1 and done.stderr == b""
    partial = said.pop("hỏng.txt")
    assert re.match(r"dòng \d+: ", partial) and "line" not in partial
    assert said == {
        "a.txt": None,
        "trống.txt": "không có nội dung; nêu tên tệp có chứa văn bản",
        "nén.pdf": "là tệp nén RAR, không phải tệp văn bản; giải nén rồi nêu tên một tệp trong đó",
        "ống.txt": "là đường ống, socket hoặc thiết bị, không phải tệp; lưu nội dung thành tệp",
    }
    summary, report = done.stdout.decode("utf-8"), (out / "report.md").read_text("utf-8")
    for name in ("trống.txt", "nén.pdf"):
        assert f"{name}: {said[name]}" in summary and str(said[name]).partition(";")[0] in report
    # Done again in another language, all is said anew; else in that of the locale.
    assert shell("batch", folder, "-o", out, "-q", "--retry-failed").returncode == 1
    assert rows(out)["trống.txt"]["error"] == "is empty; name a file that holds a document"
    assert re.match(r"line \d+: ", rows(out)["hỏng.txt"]["error"])
    assert shell("batch", folder, "-o", out, "-q", env=VIETNAMESE).returncode == 1
    assert rows(out)["trống.txt"]["error"] == said["trống.txt"]


@posix
def test_what_becomes_of_workers_is_told_in_the_language_of_the_batch(tmp_path: Path) -> None:
    for name, text in (("treo.txt", HANG), ("nghỉ.txt", QUIT), ("vấp.txt", RAISE)):
        write(tmp_path / "in", name, text)
    run_planted(tmp_path / "in", tmp_path / "out", lang="vi", timeout=1.0)
    found = {name: row["error"] for name, row in rows(tmp_path / "out").items()}
    assert found["treo.txt"] == "chạy quá 1 giây nên bị dừng; tăng thời gian bằng --timeout"
    assert found["nghỉ.txt"].startswith("tiến trình xử lý bị ngắt (mã kết thúc 3), có thể do thiếu bộ nhớ; ")
    assert found["vấp.txt"].startswith("tiến trình xử lý gặp lỗi (LookupError: nowhere); ")


@posix
def test_a_link_that_leads_out_is_told_in_the_language_of_the_batch(tmp_path: Path) -> None:
    path = write(tmp_path, "in/sub/a.txt", PLAN)
    (tmp_path / "elsewhere").mkdir()
    prepare(str(tmp_path / "out"))
    (tmp_path / "out" / "sub").symlink_to(tmp_path / "elsewhere")
    for lang, said in (("en", "a link in the folder of outputs"), ("vi", "một liên kết trong thư mục kết quả")):
        options = job.Options(str(tmp_path / "out"), ("json",), False, None, lang, "", 5.0)
        row = job.work(Input(str(path), "sub/a.txt"), options)
        assert isinstance(row, Row) and f"({said}" in str(row.error)


def test_a_batch_that_cannot_begin_says_so_in_vietnamese(tmp_path: Path) -> None:
    done = shell("batch", tmp_path / "không", "-o", tmp_path / "out", "--lang", "vi")
    assert refused(done) == f"{tmp_path / 'không'}: không có tệp hoặc thư mục này; kiểm tra lại đường dẫn"
    (tmp_path / "out").write_text("x", "utf-8")
    write(tmp_path, "in/a.txt")
    done = shell("batch", tmp_path / "in", "-o", tmp_path / "out", "--lang", "vi")
    assert refused(done) == f"{tmp_path / 'out'}: không phải thư mục; nêu tên thư mục để ghi vào"


def test_a_folder_without_documents_is_told_with_all_that_was_asked(tmp_path: Path) -> None:
    done = shell("batch", "-", "-o", tmp_path / "out", "--include", "*.txt")
    assert refused(done) == "-: no documents (*.txt) there; name others, or use --include"


# --- clusters and URLs ------------------------------------------------------------------------------------------------
def test_a_cluster_in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PlanparseError) as caught:
        cluster.Cluster("tcp://x:1", Crew(1, 5.0, job.start, ()))
    said = '--cluster tcp://x:1: cần dask.distributed nhưng chưa cài; pip install "planparse[cluster]"'
    assert caught.value.say("vi") == said


def test_what_is_wrong_with_a_worker_in_vietnamese() -> None:
    blind = PlanparseError("worker.blind", name="/plans")
    far = PlanparseError("package.missing", file="s3://x", package="fsspec", extra="cluster")
    for error, said in (
        (blind, "không thấy /plans; "),
        (far, "s3://x: cần fsspec nhưng chưa cài; "),
        (ValueError("x\ny"), "gặp lỗi (ValueError: x)"),
        (ModuleNotFoundError("No module named 'planparse'"), "chưa có planparse, hoặc có bản cũ hơn; "),
    ):
        reason = cluster._reason(pickle.loads(pickle.dumps(error)))
        whole = PlanparseError("cluster.worker_unfit", file="--cluster x", worker="tcp://y", why=reason)
        assert whole.say("vi").startswith(f"--cluster x: tiến trình xử lý tcp://y {said}")


def test_a_place_that_no_worker_sees_in_vietnamese(tmp_path: Path) -> None:
    done = shell("batch", "memory://in", "-o", tmp_path, "--lang", "vi")
    assert refused(done).startswith("memory://in: là bộ nhớ của tiến trình này, ")


def test_the_manifest_says_what_it_said_in_english(tmp_path: Path) -> None:
    """A program that reads manifests finds the English words where no language is asked for."""
    write(tmp_path / "in", "trống.txt", "")
    assert shell("batch", tmp_path / "in", "-o", tmp_path / "out", "-q").returncode == 1
    row = json.loads((tmp_path / "out" / "manifest.jsonl").read_text("utf-8"))
    assert row["error"] == "is empty; name a file that holds a document"
