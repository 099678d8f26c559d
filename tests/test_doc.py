"""Old Word files and RTF, through LibreOffice; what is refused needs none of it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import SHARED
from planparse.errors import InputError
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading import doc, programs
from planparse.reading.formats import format_of
from planparse.reading.text import decode
from word_files import level, lists, paragraph, word_file

OFFICE = programs.PROGRAMS["libreoffice"]
needs_office = pytest.mark.skipif(OFFICE.find() is None, reason="LibreOffice is not installed")
REAL = sorted((SHARED / "corpus" / "doc").glob("*.doc"))
RTF = rb"{\rtf1\ansi\ansicpg1252 I. M\u7908?C TI\u202?U\par T\u259?ng di\u7879?n t\u237?ch l\u250?a.\par}"


def ole(stream: str, more: bytes = b"") -> bytes:
    """The head of an OLE file, with the entry of one stream in the place of its directory; the stream at byte 1024."""
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(0x1E, b"\0") + b"\x09\0").ljust(512, b"\0")
    entry = bytearray(f"{stream}\0".encode("utf-16-le").ljust(128, b"\0"))
    entry[0x74:0x78] = (1).to_bytes(4, "little")
    return head + bytes(entry).ljust(512, b"\0") + more.ljust(512, b"\0")


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        decode(data, "cũ.doc")
    message = str(caught.value)
    assert message.startswith("cũ.doc: ") and "\n" not in message and "; " in message
    return message


def set_office(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    """Let the program at a path stand for LibreOffice."""
    program = OFFICE._replace(commands=() if path is None else (str(path),), places={})
    monkeypatch.setitem(programs.PROGRAMS, "libreoffice", program)


def test_formats_are_told_by_content() -> None:
    for data in (ole("WordDocument"), RTF, b"\xef\xbb\xbf" + RTF):
        found = format_of(data)
        assert found is not None and found.id == "doc"
    assert format_of(ole("Workbook")) is None
    assert format_of(b"K\xe1\xba\xbf ho\xe1\xba\xa1ch") is None


def test_what_is_no_word_file_and_what_is_locked() -> None:
    assert "Excel" in refused(ole("Workbook"))
    xml = b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
    assert "save it as .docx" in refused(xml)
    assert "password" in refused(ole("EncryptedPackage"))
    assert "password" in refused(ole("WordDocument", b"\xec\xa5".ljust(11, b"\0") + b"\x01"))


def test_a_locked_file_is_told_so_where_libreoffice_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    set_office(monkeypatch, None)
    assert "password" in refused(ole("WordDocument", b"\xec\xa5".ljust(11, b"\0") + b"\x01"))
    assert "libreoffice" in refused(ole("WordDocument", b"\xec\xa5".ljust(12, b"\0")))


def test_a_file_of_usual_size_is_given_up_before_a_batch_gives_it_up() -> None:
    from planparse.batch.batch import Request

    assert Request(("a",), "b").timeout > doc._TIMEOUT + 2 * doc._TIMEOUT_PER_MB


def test_no_room_for_temporary_files_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_office(monkeypatch, Path(sys.executable))

    def full(prefix: str) -> str:
        raise OSError(28, "No space left on device", prefix)

    monkeypatch.setattr("tempfile.mkdtemp", full)
    assert "No space left on device" in refused(RTF)


def test_without_libreoffice_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    set_office(monkeypatch, None)
    message = refused(ole("WordDocument"))
    assert "LibreOffice" in message and OFFICE.command in message
    assert OFFICE.command in refused(RTF)


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for LibreOffice")
def test_a_run_that_takes_too_long_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "soffice"
    office.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {tmp_path}/child\nwait\n")
    office.chmod(0o755)
    set_office(monkeypatch, office)
    monkeypatch.setattr(doc, "_TIMEOUT", 1)
    assert "seconds" in refused(RTF)
    child = (tmp_path / "child").read_text().strip()
    state = ["ps", "-o", "stat=", "-p", child]
    for _ in range(300):  # the signal was sent; when the child is gone, the system says
        if (left := subprocess.run(state, capture_output=True, text=True).stdout.strip()) == "" or left.startswith("Z"):
            return
        time.sleep(0.1)
    raise AssertionError("the child still runs")


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for LibreOffice")
@pytest.mark.parametrize("killed", ["SIGTERM", "SIGKILL"])
def test_a_process_that_is_ended_leaves_no_program_and_no_folder(tmp_path: Path, killed: str) -> None:
    programs_, kept, told = tmp_path / "bin", tmp_path / "tmp", tmp_path / "told"
    programs_.mkdir()
    kept.mkdir()
    office = programs_ / "soffice"
    office.write_text(f"#!/bin/sh\nsleep 120 &\necho $! > {told}.new\nmv {told}.new {told}\nwait\n")
    office.chmod(0o755)
    (tmp_path / "old.rtf").write_bytes(RTF)
    environment = {**os.environ, "PATH": f"{programs_}:{os.environ['PATH']}", "TMPDIR": str(kept)}
    command = [sys.executable, "-m", "planparse", "extract", str(tmp_path / "old.rtf")]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert _comes(told.exists) and any(kept.iterdir())
    process.send_signal(getattr(signal, killed))
    process.wait()
    child = told.read_text().strip()

    def runs() -> bool:
        state = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, text=True).stdout
        return bool(state.strip()) and not state.startswith("Z")

    assert _comes(lambda: not runs() and not any(kept.iterdir()))


def _comes(true: Callable[[], bool]) -> bool:
    """Whether something comes true while one waits for it."""
    for _ in range(300):
        if true():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for LibreOffice")
def test_a_run_that_fails_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for script in ("exit 3", "exit 0"):
        office = tmp_path / "soffice"
        office.write_text(f"#!/bin/sh\n{script}\n")
        office.chmod(0o755)
        set_office(monkeypatch, office)
        assert "LibreOffice" in refused(RTF)
    office.write_bytes(b"no program")
    assert "does not start" in refused(RTF)


@needs_office
def test_rtf_is_read_through_libreoffice() -> None:
    source = decode(RTF, "x.doc")
    assert source.format == "doc" and source.text == "I. MỤC TIÊU\n\nTăng diện tích lúa.\n"
    assert source.notes[0].code == "word.converted"


@needs_office
def test_an_old_file_has_the_labels_of_the_new_one(tmp_path: Path) -> None:
    levels = level(0, "%1.", "upperRoman") + level(1, "%2.") + level(2, "%3)", "lowerLetter")
    body = "".join(paragraph("x", number=(1, at)) for at in (0, 1, 2, 2, 1, 0, 1, 2))
    data = word_file(body, numbering=lists(levels))
    (tmp_path / "new.docx").write_bytes(data)
    office = OFFICE.find()
    assert office is not None
    command = [office, f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", "doc:MS Word 97"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "new.docx"], timeout=120, check=True, capture_output=True)
    old = decode((tmp_path / "new.doc").read_bytes(), "old.doc")
    assert old.format == "doc" and old.text == decode(data, "new.docx").text


def _with_linked_picture(url: str) -> bytes:
    """A .docx with a picture that stands elsewhere."""
    picture = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="990000" cy="990000"/><wp:docPr id="1" name="p"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="p"/>'
        '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="p"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="990000" cy="990000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="p" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        f'Target="{url}/a.png" TargetMode="External"/></Relationships>'
    )
    return word_file(paragraph("hết", inner=picture), parts={"word/_rels/document.xml.rels": relations.encode()})


@needs_office
def test_nothing_is_fetched(tmp_path: Path) -> None:
    """LibreOffice with its own settings asks for the picture (it does when it makes the .doc here); ours do not."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.1)
    asked: list[bytes] = []
    done = threading.Event()

    def listen() -> None:
        while not done.is_set():
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            asked.append(connection.recv(100))
            connection.close()

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        (tmp_path / "new.docx").write_bytes(_with_linked_picture(f"http://127.0.0.1:{server.getsockname()[1]}"))
        office = OFFICE.find()
        assert office is not None
        command = [
            office,
            f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
            "--headless",
            "--convert-to",
            "doc:MS Word 97",
        ]
        subprocess.run([*command, "--outdir", tmp_path, tmp_path / "new.docx"], timeout=120, check=True, capture_output=True)
        assert asked
        asked.clear()
        assert decode((tmp_path / "new.doc").read_bytes(), "x.doc").text == "hết\n"
        assert asked == []
    finally:
        done.set()
        listener.join()
        server.close()


@needs_office
@pytest.mark.skipif(not REAL, reason="the corpus (../shared/corpus) is not here")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_files(path: Path) -> None:
    found = parse_source(decode(path.read_bytes(), path.name), load())
    assert found["source"]["format"] == "doc" and found["source"]["coverage"] == 1.0
    assert found["metadata"]["issuer"] and found["metadata"]["signers"] and found["metadata"]["recipients"]
    codes = {diagnostic["code"] for diagnostic in found["diagnostics"]}
    assert not codes & {"numbering.skipped", "numbering.repeated", "text.uncovered", "word.part_broken"}
