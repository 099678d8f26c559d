"""The command line as a person and a script meet it: exit codes, one-line errors, outputs whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import re
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import planparse
from conftest import SAMPLES
from planparse.cli import app
from planparse.errors import InputError, OutputError
from planparse.messages import language
from planparse.version import __version__
from planparse.writing.files import write_whole
from planparse.writing.targets import targets_of

Data = dict[str, Any]
Done = subprocess.CompletedProcess[bytes]

COMMANDS = ["extract", "show", "check", "formats", "schema", "tasks", "targets", "funding", "citations", "deadlines"]
READERS = [command for command in COMMANDS if command not in {"formats", "schema"}]
SAMPLE = next(path for path in SAMPLES if path.stem == "plan-paragraphs")
#: Its diagnostics: two errors, several warnings.
DAMAGED = next(path for path in SAMPLES if path.stem == "damaged-wrapped")
#: Its diagnostics: one info.
NO_PLAN = next(path for path in SAMPLES if path.stem == "not-a-plan")
posix = pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX systems")


def environment(**env: str) -> dict[str, str]:
    told = {"LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM"}
    kept = {name: value for name, value in os.environ.items() if name not in told}
    return {**kept, "LANG": "C.UTF-8", **env}


def shell(*args: str | Path, stdin: bytes = b"", **env: str) -> Done:
    return shell_in(env, *args, stdin=stdin)


def shell_in(env: dict[str, str], *args: str | Path, stdin: bytes = b"") -> Done:
    command = [sys.executable, "-m", "planparse", *map(str, args)]
    return subprocess.run(command, input=stdin, capture_output=True, env=environment(**env), timeout=50)


def assert_refused(done: Done, *said: str) -> None:
    """Exit code 2, nothing printed, and one line on standard error that says all of this."""
    line = done.stderr.decode("utf-8")
    assert done.returncode == 2 and done.stdout == b"", line
    assert line.startswith("planparse: ") and line.count("\n") == 1 and line.endswith("\n"), line
    for words in said:
        assert words in line


def codes_of(document: Data) -> list[str]:
    return [item["severity"] for item in document["diagnostics"]]


# --- what cannot be read ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("command", READERS)
def test_a_missing_file(command: str) -> None:
    assert_refused(shell(command, "không-có.txt"), "không-có.txt: no such file; ")


def test_a_folder(tmp_path: Path) -> None:
    assert_refused(shell("extract", tmp_path), f"{tmp_path}: is a folder; ")


def test_no_name() -> None:
    assert_refused(shell("extract", ""), '"": no such file; ')


def test_a_name_that_is_too_long() -> None:
    assert_refused(shell("extract", "a" * 5000), "cannot be read", "; ")
    assert_refused(shell("extract", SAMPLE, "-o", "a" * 5000), "cannot be written", "; ")


def test_a_name_that_would_break_the_line(tmp_path: Path) -> None:
    assert_refused(shell("extract", tmp_path / "a\nb\x1b[31m.txt"), r"a\nb\x1b[31m.txt: no such file")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated, for a superuser may read everything."""
    path = tmp_path / "secret.txt"
    path.write_text("KẾ HOẠCH\n", "utf-8")

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr("builtins.open", refuse)
    result = CliRunner().invoke(app, ["extract", str(path)])
    monkeypatch.undo()
    assert isinstance(result.exception, InputError)
    assert str(result.exception) == f"{path}: may not be read; change its permissions"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="a superuser may read everything")
def test_no_permission_for_real(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("KẾ HOẠCH\n", "utf-8")
    path.chmod(0)
    assert_refused(shell("extract", path), "may not be read")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "is empty; "),
        ("blank.txt", b" \r\n\t\n", "is empty; "),
        ("mark.txt", b"\xef\xbb\xbf\n", "is empty; "),
        ("photo.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)), "is a JPEG picture, not a text; "),
        ("plan.docx", b"PK\x03\x04" + bytes(range(256)), "is a zip archive, not a text; "),
        ("plan.pdf", b"%PDF-1.7\n", "is a broken PDF file; "),
        ("noise.bin", bytes(range(256)) * 4, "is a binary file, not a text; "),
        (
            "latin.txt",
            "L'été à l'école".encode("latin-1"),
            "byte 2 is not UTF-8, and the text fits no old Vietnamese encoding; ",
        ),
        ("cut.txt", "Kế hoạch".encode()[:-3] + b"\xe1\xba", "is not UTF-8"),
        ("half.txt", "KẾ HOẠCH".encode("utf-16")[:-1], "broken UTF-16 at byte "),
    ],
)
def test_bytes_that_hold_no_text(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert_refused(shell("extract", path), f"{path}: ", said)


def test_two_hundred_megabytes_of_zeros_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "zeros.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    command = [sys.executable, "-m", "planparse", "extract", str(path)]
    done = subprocess.run(command, capture_output=True, timeout=15, env=environment())
    assert_refused(done, "holds nothing but zero bytes; ")


def test_a_file_larger_than_any_document_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(2**40)
    assert_refused(shell("extract", path), "is larger than 256 MB")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
def test_a_device_without_an_end_is_not_read_for_ever() -> None:
    assert_refused(shell("extract", "/dev/zero"), "zero bytes")


@posix
def test_a_name_of_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path / "k") + b"\xff.txt")
    try:
        Path(path).write_bytes(SAMPLE.read_bytes())
    except OSError:
        pytest.skip("the file system takes only UTF-8 names")
    done = shell("extract", path)
    assert done.returncode == 0 and json.loads(done.stdout)["source"]["path"].endswith(r"k\udcff.txt")
    assert_refused(shell("extract", path + "x"), r"k\udcff.txtx: no such file")


# --- standard input ---------------------------------------------------------------------------------------------------
def test_standard_input_gives_what_the_file_gives() -> None:
    from_file = json.loads(shell("extract", SAMPLE).stdout)
    done = shell("extract", "-", stdin=SAMPLE.read_bytes())
    from_input = json.loads(done.stdout)
    assert done.returncode == 0 and from_input["source"].pop("path") == "-"
    assert from_file["source"].pop("path") == str(SAMPLE)
    assert from_input == from_file


def test_nothing_on_standard_input() -> None:
    assert_refused(shell("extract", "-"), "standard input: is empty; ")


@posix
@pytest.mark.parametrize("redirection", ["<&-", "< /dev/null"])
def test_closed_standard_input(redirection: str) -> None:
    command = f"{sys.executable} -m planparse extract - {redirection}"
    done = subprocess.run(command, shell=True, capture_output=True, env=environment())
    assert_refused(done, "standard input: ")


# --- exit codes -------------------------------------------------------------------------------------------------------
def test_strict_says_whether_a_document_has_errors() -> None:
    for path, code in ((SAMPLE, 0), (NO_PLAN, 0), (DAMAGED, 1)):
        done = shell("extract", path, "--strict")
        assert done.returncode == code
        assert ("error" in codes_of(json.loads(done.stdout))) == (code == 1)
    assert shell("extract", DAMAGED).returncode == 0


def test_strict_counts_every_file_and_still_writes_all() -> None:
    done = shell("extract", "--strict", DAMAGED, SAMPLE)
    assert done.returncode == 1 and [json.loads(line)["source"]["path"] for line in done.stdout.splitlines()] == [
        str(DAMAGED),
        str(SAMPLE),
    ]


@pytest.mark.parametrize(
    ("path", "severity", "code"),
    [
        (NO_PLAN, None, 0),
        (NO_PLAN, "error", 0),
        (NO_PLAN, "warning", 0),
        (NO_PLAN, "info", 1),
        (DAMAGED, None, 1),
        (DAMAGED, "error", 1),
        (DAMAGED, "warning", 1),
        (DAMAGED, "info", 1),
    ],
)
def test_fail_on(path: Path, severity: str | None, code: int) -> None:
    args = ["check", str(path), *(["--fail-on", severity] if severity else [])]
    assert CliRunner().invoke(app, args).exit_code == code


def test_a_bad_document_before_a_good_one_still_counts() -> None:
    assert shell("check", DAMAGED, NO_PLAN).returncode == 1


@pytest.mark.parametrize(
    "args",
    [
        ["extract"],
        ["no-such-command"],
        ["extract", str(SAMPLE), "--no-such-option"],
        ["extract", str(SAMPLE), "-f", "docx"],
        ["extract", str(SAMPLE), "--lang", "fr"],
        ["check", str(SAMPLE), "--fail-on", "never"],
        ["show", str(SAMPLE), "--depth", "0"],
        ["show", str(SAMPLE), "--depth", "two"],
    ],
)
def test_wrong_usage(args: list[str]) -> None:
    done = shell(*args)
    assert done.returncode == 2 and done.stdout == b"" and b"Error: " in done.stderr and b"Traceback" not in done.stderr


def test_version() -> None:
    done = shell("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"planparse {__version__}\n".encode(), b"")
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", __version__)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_that_names_the_command(command: str) -> None:
    for flag in ("--help", "-h"):
        text = CliRunner().invoke(app, [command, flag]).stdout
        examples = re.search(r"^ +Examples?:\n(.*?)^\S", text, re.M | re.S)
        assert examples and f"planparse {command}" in examples[1]


def test_help_names_every_command() -> None:
    text = CliRunner().invoke(app, ["--help"]).stdout
    assert [command for command in COMMANDS if not re.search(rf"^  {command} ", text, re.M)] == []
    assert shell().returncode == 2  # no command: help, and nothing done


# --- outputs ----------------------------------------------------------------------------------------------------------
def test_several_files_print_a_line_each() -> None:
    done = shell("extract", SAMPLE, NO_PLAN)
    lines = done.stdout.decode("utf-8").splitlines()
    assert [json.loads(line)["source"]["path"] for line in lines] == [str(SAMPLE), str(NO_PLAN)]


@pytest.mark.parametrize("command", READERS)
def test_a_file_that_fails_is_told_and_the_others_follow(command: str) -> None:
    done = shell(command, SAMPLE, "none.txt", NO_PLAN, "", SAMPLE.parent, DAMAGED)
    alone = shell(command, SAMPLE, NO_PLAN, DAMAGED)
    assert done.returncode == 2 and alone.returncode == int(command == "check")
    assert done.stdout == alone.stdout and len(alone.stdout) > 100
    said = done.stderr.decode("utf-8").splitlines()
    assert [line.split(": ")[:2] for line in said] == [
        ["planparse", "none.txt"],
        ["planparse", '""'],
        ["planparse", str(SAMPLE.parent)],
    ]


def test_a_file_that_fails_outweighs_strict() -> None:
    assert shell("extract", "--strict", DAMAGED, "none.txt").returncode == 2


def test_files_of_a_folder_are_written_whole_beside_one_that_fails(tmp_path: Path) -> None:
    (tmp_path / f"{NO_PLAN.stem}.json").mkdir()
    done = shell("extract", SAMPLE, "none.txt", NO_PLAN, DAMAGED, "-o", tmp_path)
    assert done.returncode == 2 and done.stdout == b""
    said = done.stderr.decode("utf-8").splitlines()
    assert len(said) == 2 and "none.txt: no such file" in said[0] and f"{NO_PLAN.stem}.json: is a folder" in said[1]
    for path in (SAMPLE, DAMAGED):
        assert (tmp_path / f"{path.stem}.json").read_bytes() == shell("extract", path).stdout
    assert not (tmp_path / "none.json").exists()


@pytest.mark.parametrize("command", READERS)
def test_standard_input_is_read_once(command: str) -> None:
    assert_refused(shell(command, "-", SAMPLE, "-", stdin=SAMPLE.read_bytes()), '"-"', "only once")


def test_the_ending_of_an_output_tells_its_format(tmp_path: Path) -> None:
    for name, form in (("a.json", "json"), ("a.MD", "md"), ("a", "json")):
        assert shell("extract", NO_PLAN, "-o", tmp_path / name).returncode == 0
        assert (tmp_path / name).read_bytes() == shell("extract", NO_PLAN, "-f", form).stdout
    assert_refused(shell("extract", NO_PLAN, "-o", tmp_path / "a.foo"), "a.foo: .foo names no format", ".json", ".md")
    assert shell("extract", NO_PLAN, "-f", "md", "-o", tmp_path / "a.foo").returncode == 0
    folder = tmp_path / "plans.d"
    folder.mkdir()
    assert shell("extract", NO_PLAN, "-o", folder).returncode == 0
    assert [path.name for path in folder.iterdir()] == [f"{NO_PLAN.stem}.json"]


@pytest.mark.parametrize("form", ["json", "md"])
def test_a_file_holds_what_would_be_printed(tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    done = shell("extract", SAMPLE, "-f", form, "-o", out)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert out.read_bytes() == shell("extract", SAMPLE, "-f", form).stdout
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_unreadable_input_leaves_the_old_output(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("old", "utf-8")
    assert_refused(shell("extract", tmp_path / "none.txt", "-o", out), "no such file")
    assert out.read_text("utf-8") == "old" and list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("step", ["os.fsync", "os.replace", "os.chmod"])
@pytest.mark.parametrize("old", ["old", None])
@pytest.mark.parametrize(
    ("failure", "raised"), [(OSError(errno.ENOSPC, "No space left on device"), OutputError), (KeyboardInterrupt(),) * 2]
)
def test_a_failing_write_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, old: str | None, failure: BaseException, raised: Any
) -> None:
    out = tmp_path / "out.json"
    if old:
        out.write_text(old, "utf-8")

    def fail(*args: Any) -> None:
        raise failure

    monkeypatch.setattr(f"planparse.writing.files.{step}", fail)
    with pytest.raises(raised if isinstance(raised, type) else type(raised), match=r"No space|^$"):
        write_whole(out, "new")
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == ([out] if old else [])
    assert not old or out.read_text("utf-8") == old


def test_a_missing_folder(tmp_path: Path) -> None:
    assert_refused(shell("extract", SAMPLE, "-o", tmp_path / "no" / "out.json"), "does not exist; make it first")
    assert list(tmp_path.iterdir()) == []


@posix
def test_an_output_keeps_its_permissions_and_its_links(tmp_path: Path) -> None:
    out, link = tmp_path / "out.json", tmp_path / "link.json"
    out.write_text("old", "utf-8")
    out.chmod(0o600)
    link.symlink_to(out)
    write_whole(link, "new")
    assert link.is_symlink() and out.read_text("utf-8") == "new" and out.stat().st_mode & 0o777 == 0o600
    fresh = tmp_path / "fresh.json"
    before = os.umask(0o027)
    try:
        write_whole(fresh, "new")
    finally:
        os.umask(before)
    assert fresh.stat().st_mode & 0o777 == 0o640


@posix
def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    """On a pipe: were the rule broken, the machine's null device would be gone."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert shell("extract", SAMPLE, "-o", pipe).returncode == 0
    reader.join(10)
    assert read == [shell("extract", SAMPLE).stdout] and pipe.is_fifo() and list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize("content", ["Kế hoạch\r\n\n", b"PK\x03\x04\r\n\xff"])
def test_texts_and_bytes_are_written_as_they_are(tmp_path: Path, content: str | bytes) -> None:
    out = tmp_path / "out"
    write_whole(out, content)
    assert out.read_bytes() == (content.encode("utf-8") if isinstance(content, str) else content)


@posix
def test_the_null_device_takes_everything_and_stays() -> None:
    before = os.stat(os.devnull)
    write_whole(Path(os.devnull), "text")
    after = os.stat(os.devnull)
    assert (after.st_ino, after.st_mode, after.st_rdev) == (before.st_ino, before.st_mode, before.st_rdev)


def test_a_folder_takes_one_file_for_each_document(tmp_path: Path) -> None:
    assert shell("extract", SAMPLE, NO_PLAN, "-f", "md", "-o", tmp_path).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {f"{SAMPLE.stem}.md", f"{NO_PLAN.stem}.md"}
    assert (tmp_path / f"{SAMPLE.stem}.md").read_bytes() == shell("extract", SAMPLE, "-f", "md").stdout


def test_one_document_goes_into_a_folder_too(tmp_path: Path) -> None:
    assert shell("extract", "-", "-o", tmp_path, stdin=NO_PLAN.read_bytes()).returncode == 0
    assert json.loads((tmp_path / "stdin.json").read_text("utf-8"))["source"]["path"] == "-"


def test_documents_of_one_name_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    inputs = [tmp_path / "a" / "plan.txt", tmp_path / "b" / "plan.text"]
    for path in inputs:
        path.parent.mkdir()
        path.write_text("KẾ HOẠCH\n", "utf-8")
    out = tmp_path / "out"
    out.mkdir()
    assert_refused(shell("extract", SAMPLE, *inputs, "-o", out), str(inputs[0]), str(inputs[1]), "rename one")
    assert list(out.iterdir()) == []


def test_several_files_need_a_folder(tmp_path: Path) -> None:
    for out, said in ((tmp_path / "none", "this folder does not exist; make it first"), (NO_PLAN, "is not a folder; ")):
        assert_refused(shell("extract", SAMPLE, NO_PLAN, "-o", out), f"{out}: {said}")
    assert list(tmp_path.iterdir()) == []


def test_a_document_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("KẾ HOẠCH\n", "utf-8")
    assert_refused(shell("extract", path, "-o", path), "is one of the documents to read; ")
    for files in ([str(path)], [str(path), str(SAMPLE)]):
        with pytest.raises(OutputError, match="one of the documents"):
            targets_of(files, tmp_path, "md")
    assert path.read_text("utf-8") == "KẾ HOẠCH\n"
    assert targets_of([str(path)], tmp_path, "json") == [(str(path), tmp_path / "plan.json")]


# --- the terminal -----------------------------------------------------------------------------------------------------
def widest(text: str) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, text.splitlines()))


@pytest.mark.parametrize("command", ["show", "check"])
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_pages_fit_80_columns_and_hold_no_escape_codes(command: str, lang: str) -> None:
    done = shell(command, *SAMPLES, "--lang", lang, COLUMNS="80", TERM="xterm-256color")
    text = done.stdout.decode("utf-8")
    assert "\x1b" not in text and done.stderr == b"" and 40 < widest(text) <= 80


def test_a_narrow_page_still_holds_every_message() -> None:
    narrow = shell("check", DAMAGED, COLUMNS="40").stdout.decode("utf-8")
    wide = shell("check", DAMAGED, COLUMNS="200").stdout.decode("utf-8")
    assert widest(narrow) <= 40 and sorted("".join(narrow.split())) == sorted("".join(wide.split()))


def test_depth_limits_the_levels_of_sections() -> None:
    shown = [
        shell("show", SAMPLE, *depth, COLUMNS="120").stdout.decode("utf-8") for depth in (["-d1"], ["--depth", "2"], [])
    ]
    assert "I. MỤC" in shown[0] and "1. " not in shown[0]
    lines = [text.count("\n") for text in shown]
    assert lines[0] < lines[1] < lines[2]
    for text in shown:
        assert "I. MỤC" in text


def test_the_words_of_a_document_cannot_command_the_terminal() -> None:
    evil = "KẾ HOẠCH\n\nI. MỤC \x1b[31mTIÊU\n\n1. Trồng \x07cây \x9b2J.\n"
    for command in ("show", "check"):
        out = shell(command, "-", stdin=evil.encode("utf-8")).stdout.decode("utf-8")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)


@posix
@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
@pytest.mark.parametrize("command", ["show", "check"])
def test_colour_only_on_a_terminal_that_wants_it(command: str, env: dict[str, str], coloured: bool) -> None:
    out = on_terminal([command, str(DAMAGED)], **{"TERM": "xterm-256color", **env})
    assert ("Ill was read as III" if command == "check" else "UBND các xã, phường, thị trấn") in out
    assert bool(re.search(r"\x1b\[[\d;]*3\d", out)) == coloured


def on_terminal(args: list[str], **env: str) -> str:
    """What a command prints on a terminal."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "planparse", *args]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**env, COLUMNS="100"))
    os.close(theirs)
    pieces: list[bytes] = []
    try:
        while select.select([ours], [], [], 20)[0]:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not piece:
                break
            pieces.append(piece)
    finally:
        os.close(ours)
        process.wait(20)
    return b"".join(pieces).decode("utf-8", "replace")


@posix
def test_a_table_on_a_terminal_fits_it_and_elsewhere_has_a_line_a_fact() -> None:
    args = ["tasks", str(SAMPLE)]
    piped = shell(*args, COLUMNS="80").stdout.decode("utf-8").splitlines()
    count = len(json.loads(shell(*args, "-f", "json").stdout))
    assert len(piped) == count + 1 and all(line.count("\t") == piped[0].count("\t") for line in piped)
    seen = on_terminal(args, TERM="dumb", NO_COLOR="1")
    full = on_terminal([*args, "--full"], TERM="dumb", NO_COLOR="1")
    assert "\t" not in seen and 72 < widest(seen) <= 100 and "…" in seen
    assert full.count("\n") > seen.count("\n") > count


# --- languages --------------------------------------------------------------------------------------------------------
VIETNAMESE, ENGLISH = "Văn bản bị cắt ở đây", "The document is cut off here"


@pytest.mark.parametrize(
    ("args", "env", "said"),
    [
        ([], {"LANG": "vi_VN.UTF-8"}, VIETNAMESE),
        ([], {"LANG": "en_US.UTF-8"}, ENGLISH),
        ([], {"LANG": "de_DE.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, VIETNAMESE),
        ([], {"LANG": "vi_VN.UTF-8", "LC_MESSAGES": "C"}, ENGLISH),
        ([], {"LANG": "vi_VN.UTF-8", "LC_ALL": ""}, VIETNAMESE),
        (["--lang", "vi"], {"LANG": "C", "LC_ALL": "C"}, VIETNAMESE),
        (["--lang", "en"], {"LANG": "vi_VN.UTF-8"}, ENGLISH),
    ],
)
def test_language_of_messages(args: list[str], env: dict[str, str], said: str) -> None:
    done = shell_in(env, "check", DAMAGED, *args)
    assert done.returncode == 1 and said in done.stdout.decode("utf-8")


def test_language_without_a_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    assert language() == "en" and language("vi") == "vi" and language("fr") == "en"


def test_only_messages_depend_on_the_language() -> None:
    english, vietnamese = (json.loads(shell("extract", DAMAGED, "--lang", lang).stdout) for lang in ("en", "vi"))
    assert english != vietnamese
    for document in (english, vietnamese):
        for item in document["diagnostics"]:
            item.pop("message")
    assert english == vietnamese


def test_output_is_utf8_whatever_the_locale() -> None:
    done = shell("extract", SAMPLE, LC_ALL="POSIX", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and json.loads(done.stdout.decode("utf-8"))["metadata"]["type_name"] == "Kế hoạch"
    assert "Kế hoạch".encode() in done.stdout


# --- pipes and interruption -------------------------------------------------------------------------------------------
@posix
@pytest.mark.parametrize("command", ["extract", "show", "check", "schema"])
def test_a_closed_pipe_is_silent(command: str) -> None:
    files = [] if command == "schema" else [str(SAMPLE)] * 3
    process = subprocess.Popen(
        [sys.executable, "-m", "planparse", command, *files],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout and process.stderr
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(20), said) == (0, b"")


@posix
def test_the_first_line_of_much_output() -> None:
    command = f"{sys.executable} -m planparse extract {' '.join([str(SAMPLE)] * 4)} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, env=environment())
    assert json.loads(done.stdout)["schema_version"] == "1.0" and done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", ["extract", "show", "check", "schema"])
def test_a_full_disk_behind_standard_output(command: str) -> None:
    files = [] if command == "schema" else [str(DAMAGED)]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "planparse", command, *files], stdout=full, stderr=subprocess.PIPE, env=environment()
        )
    done.stdout = b""
    assert_refused(done, "standard output: cannot be written (No space left on device); ")


def test_an_error_of_another_file_is_not_blamed_on_standard_output() -> None:
    program = (
        "import planparse.cli, planparse.__main__ as main, errno, sys\n"
        "def app(): raise OSError(errno.EIO, 'Input/output error')\n"
        "planparse.cli.app = app\n"
        "sys.exit(main.run())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment())
    said = b"planparse: the system: Input/output error; try again when it has room\n"
    assert (done.returncode, done.stderr) == (2, said)


@posix
@pytest.mark.parametrize("command", ["extract", "check"])
def test_closed_standard_output(command: str) -> None:
    done = subprocess.run(f"{sys.executable} -m planparse {command} {SAMPLE} >&-", shell=True, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    """Starts a command that waits for its document, on a pipe that nobody has written to yet."""
    # What a shell runs in the background ignores Ctrl-C, and so would the commands.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    pipe = tmp_path / "document.txt"
    os.mkfifo(pipe)
    started: list[subprocess.Popen[bytes]] = []
    ends: list[int] = []

    def start(*args: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "planparse", *args[:1], str(pipe), *args[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        started.append(process)
        ends.append(os.open(pipe, os.O_WRONLY))  # returns when the command has opened its end
        return process

    yield start
    for end in ends:
        os.close(end)
    for process in started:
        process.kill()
        process.communicate(timeout=10)
    signal.signal(signal.SIGINT, before)


@posix
@pytest.mark.parametrize("command", ["extract", "show", "check", "tasks"])
def test_interruption(tmp_path: Path, waiting: Callable[..., subprocess.Popen[bytes]], command: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "out.json").write_text("old", "utf-8")
    process = waiting(command, *(["-o", str(folder / "out.json")] if command in {"extract", "tasks"} else []))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert [path.name for path in folder.iterdir()] == ["out.json"] and (folder / "out.json").read_text("utf-8") == "old"


# --- a grammar of one's own -------------------------------------------------------------------------------------------
ROLE = """# rows of our own

[[role]]
id = "views"
pattern = 'tầm nhìn'
examples = ["Tầm nhìn"]
counter_examples = ["MỤC TIÊU"]
"""


def test_own_rows_are_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text(ROLE.replace("views", "herbs").replace("ầm nhìn", "rồng cây thuốc"), "utf-8")
    text = "KẾ HOẠCH\n\nI. TRỒNG CÂY THUỐC\n\nII. MỤC TIÊU\n".encode()
    roles = []
    for own in ([], ["--grammar", str(tmp_path)]):
        done = shell("extract", "-", *own, stdin=text)
        assert done.returncode == 0, done.stderr
        blocks = json.loads(done.stdout)["parts"][0]["blocks"]
        roles.append([block["role"] for block in blocks if block["type"] == "section"])
    assert roles == [[None, "goals"], ["herbs", "goals"]]


@pytest.mark.parametrize(
    ("name", "content", "line", "said"),
    [
        ("roles.toml", ROLE.replace("tầm nhìn", "(tầm nhìn"), 3, ""),
        ("roles.toml", ROLE.replace('["Tầm nhìn"]', '["Rừng"]'), 3, "Rừng"),
        ("roles.toml", ROLE.replace('["MỤC TIÊU"]', '["TẦM NHÌN"]'), 3, "counter-example 'tầm nhìn'"),
        ("roles.toml", ROLE.replace("id = ", "name = "), 3, "'id'"),
        ("roles.toml", ROLE + "\n" + ROLE.replace("pattern", "patern"), 11, "pattern"),
        ("roles.toml", ROLE + "[[role]\n", 8, "TOML"),
        ("roles.toml", ROLE.replace("[[role]]", "[[roll]]"), 3, "[[role]]"),
        ("lexicons/provinces.tsv", "name\tkind\taliases\tseats\nHà Nội\tthành phố\n", 2, "tabs"),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line(tmp_path: Path, name: str, content: str, line: int, said: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")
    for command in ("extract", "tasks"):
        assert_refused(shell(command, SAMPLE, "--grammar", tmp_path), f"planparse: {path}:{line}: ", said)


def test_a_missing_grammar_folder(tmp_path: Path) -> None:
    assert_refused(shell("extract", SAMPLE, "--grammar", tmp_path / "none"), "none: no such folder; ")


# --- the schema -------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def schema() -> Data:
    done = shell("schema")
    assert done.returncode == 0 and done.stderr == b""
    made: Data = json.loads(done.stdout)
    return made


def test_the_schema_is_a_json_schema_that_explains_itself(schema: Data) -> None:
    assert schema["type"] == "object" and schema["additionalProperties"] is False
    assert {"Section", "Table", "Row", "Span", "Task", "Funding", "Diagnostic"} <= set(schema["$defs"])
    for name, record in {"PlanDocument": schema, **schema["$defs"]}.items():
        assert record["description"] and record["additionalProperties"] is False, name
        assert set(record["required"]) <= set(record["properties"]), name
    pointers = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(schema)))
    assert pointers == set(schema["$defs"])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_documents_fit_the_schema(schema: Data, path: Path) -> None:
    document = json.loads(CliRunner().invoke(app, ["extract", str(path)]).stdout_bytes)
    assert list(misfits(document, schema, schema)) == []


def test_what_does_not_fit_the_schema_is_told(schema: Data) -> None:
    """That the check below is able to fail."""
    document = json.loads(CliRunner().invoke(app, ["extract", str(SAMPLE)]).stdout_bytes)
    document["schema_version"] = "2"
    document["source"]["coverage"] = 1.5
    document["parts"][0]["blocks"][0]["type"] = "poem"
    document["parts"][0]["kind"] = 7
    document["more"] = None
    del document["tasks"]
    wrong = {place for place, _ in misfits(document, schema, schema)}
    assert wrong == {"/", "/schema_version", "/source/coverage", "/parts/0/blocks/0", "/parts/0/kind"}


_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def misfits(value: Any, schema: Any, root: Data, place: str = "/") -> Iterator[tuple[str, str]]:
    """Where a value does not fit a schema: the part of JSON Schema that ours uses."""
    if schema is True:
        return
    known = {"$ref", "$defs", "anyOf", "oneOf", "discriminator", "const", "enum", "type", "minimum", "maximum", "items"}
    known |= {"properties", "required", "additionalProperties", "title", "description", "default"}
    assert set(schema) <= known, f"{place}: teach this check {set(schema) - known}"
    if "$ref" in schema:
        yield from misfits(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, place)
    if "discriminator" in schema:
        mapping = schema["discriminator"]["mapping"]
        if value.get("type") not in mapping:
            yield place, "no such type"
        else:
            yield from misfits(value, {"$ref": mapping[value["type"]]}, root, place)
    elif choices := schema.get("anyOf") or schema.get("oneOf"):
        if all(list(misfits(value, choice, root, place)) for choice in choices):
            yield place, "none of its types"
    if ("const" in schema and value != schema["const"]) or ("enum" in schema and value not in schema["enum"]):
        yield place, "not one of its values"
    if "type" in schema and (
        not isinstance(value, _TYPES[schema["type"]]) or (isinstance(value, bool) and schema["type"] != "boolean")
    ):
        yield place, f"no {schema['type']}"
        return
    if ("minimum" in schema and value < schema["minimum"]) or ("maximum" in schema and value > schema["maximum"]):
        yield place, "out of its range"
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from misfits(item, schema.get("items", True), root, f"{place.rstrip('/')}/{index}")
    elif isinstance(value, dict):
        properties = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value:
                yield place, f"lacks {name}"
        for name, item in value.items():
            inner = properties.get(name, schema.get("additionalProperties", True))
            if inner is False:
                yield place, f"unknown {name}"
            else:
                yield from misfits(item, inner, root, f"{place.rstrip('/')}/{name}")


def test_a_misspelled_command_is_guessed() -> None:
    result = CliRunner().invoke(app, ["extrct", "plan.txt"])
    assert result.exit_code == 2 and "'extract'" in result.stderr


def test_help_lists_every_command_that_is_there() -> None:
    text = CliRunner().invoke(app, ["--help"]).stdout
    modules = "\n".join(path.read_text("utf-8") for path in Path(planparse.__file__).parent.glob("cli_*.py"))
    printed = re.findall(r"^@app\.command\(\)\ndef (\w+)", modules, re.MULTILINE)
    assert len(printed) > 10 and all(re.search(rf"^  {name} ", text, re.MULTILINE) for name in printed)


def test_the_text_that_lines_and_spans_point_into(tmp_path: Path) -> None:
    """Of a page nobody sees it otherwise."""
    page = tmp_path / "k.html"
    page.write_text("<p>KẾ HOẠCH</p><p>Giữ rừng</p><table><tr><td>TT</td><td>Việc</td></tr></table>", "utf-8")
    told = CliRunner().invoke(app, ["extract", str(page), "-f", "txt"])
    assert told.exit_code == 0 and told.stdout.splitlines()[:3] == ["KẾ HOẠCH", "", "Giữ rừng"]
    found = json.loads(CliRunner().invoke(app, ["extract", str(page)]).stdout)
    span = found["parts"][0]["blocks"][0]["span"]
    assert told.stdout[span["start"] : span["end"]].startswith("KẾ HOẠCH")
    assert CliRunner().invoke(app, ["extract", str(page), "-o", str(tmp_path / "k.txt")]).exit_code == 0
    assert (tmp_path / "k.txt").read_text("utf-8") == told.stdout
