"""A batch in trouble: documents that cannot be read, hang or kill; runs that are killed, interrupted or out of disk."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from conftest import SAMPLES
from planparse.batch import job
from planparse.batch.batch import Request, run_batch
from planparse.batch.choice import Input
from planparse.batch.manifest import NAME
from planparse.batch.progress import Quiet
from planparse.batch.summary import Summary
from planparse.errors import OutputError

Data = dict[str, Any]
PLAN = "KẾ HOẠCH\n\nI. MỤC TIÊU\n\n1. Trồng 20 ha rừng ven suối {number}.\n"
posix = pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX systems")
HANG, KILL, QUIT, SLOW, RAISE = "treo máy", "chết máy", "bỏ việc", "chậm rãi", "vấp ngã"


def planted(item: Input, options: job.Options) -> job.Result:
    """The work on a document, with trouble where its text asks for it."""
    try:
        text = Path(item.path).read_text("utf-8")
    except (OSError, ValueError):
        text = ""
    if HANG in text:
        time.sleep(60)
    if KILL in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if QUIT in text:
        os._exit(3)
    if RAISE in text:
        raise LookupError("nowhere")
    if SLOW in text:
        time.sleep(0.3)
    return job.work(item, options)


def vanishing(item: Input, options: job.Options) -> job.Result:
    """The work on a document that goes away just before it is read."""
    if item.document == "vanish.txt":
        os.unlink(item.path)
    return job.work(item, options)


def refusing(item: Input, options: job.Options) -> job.Result:
    """The work on documents on a disk that is full from the fourth on."""
    return job.Stopped("No space left on device") if item.document >= "3" else job.work(item, options)


def write(folder: Path, name: str, text: str | bytes | None = None) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = PLAN.format(number=name) if text is None else text
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape"))
    return path


def run(folder: Path, out: Path, work: Any = planted, **more: Any) -> Summary:
    request = Request(asked=(str(folder),), out=str(out), workers=2, **{"timeout": 20.0, **more})
    return run_batch(request, Quiet(), work)


def rows(out: Path) -> dict[str, Data]:
    found = [json.loads(line) for line in (out / NAME).read_text("utf-8").split("\n")[:-1]]
    assert len({row["document"] for row in found}) == len(found)
    return {row["document"]: row for row in found}


def tree(out: Path) -> dict[str, str]:
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and ".planparse" not in path.parts and path.name != NAME
    }


def start(folder: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    """A batch in a process group of its own, as a shell starts it."""
    command = [sys.executable, "-m", "planparse", "batch", str(folder), "-o", str(out), "-j", "2", "--lang", "en", *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def finish(process: subprocess.Popen[bytes]) -> int:
    process.communicate(timeout=60)
    return process.returncode


# --- planted trouble --------------------------------------------------------------------------------------------------
@posix
def test_each_trouble_is_a_row_and_all_else_is_converted(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    good = ["a.txt", "hai từ.txt", unicodedata.normalize("NFD", "Kế hoạch.txt"), "hai\ndòng.txt", "-v.txt", "x.txt/in.txt"]
    for name in good:
        write(folder, name)
    write(folder, "empty.txt", "")
    write(folder, "binary.txt", bytes(range(256)) * 40)
    write(folder, "hang.txt", HANG)
    write(folder, "kill.txt", KILL)
    write(folder, "quit.txt", QUIT)
    write(folder, "raise.txt", RAISE)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "dangling.txt").symlink_to(folder / "nothing")
    os.mkfifo(folder / "pipe.txt")
    summary = run(folder, out, timeout=2.0)
    found = rows(out)
    reasons = {
        "empty.txt": ("failed", "is empty; "),
        "binary.txt": ("failed", "is a binary file, not a text; "),
        "hang.txt": ("failed", "took longer than 2 seconds and was ended; give it more with --timeout"),
        "kill.txt": ("failed", "its worker process died (signal 9)"),
        "quit.txt": ("failed", "its worker process died (exit code 3)"),
        "raise.txt": ("failed", "LookupError: nowhere"),
        "loop": ("skipped", "is a link that leads back to a folder above it"),
        "self.txt": ("failed", "cannot be read"),
        "dangling.txt": ("failed", "no such file; "),
        "pipe.txt": ("skipped", "is a pipe, a socket or a device"),
        "x.txt": ("skipped", "is a folder named like a document"),
    }
    assert set(found) == set(good) | set(reasons)
    for name, (status, reason) in reasons.items():
        assert found[name]["status"] == status and reason in found[name]["error"], found[name]
        assert found[name]["outputs"] == {} and "\n" not in found[name]["error"]
    for name in good:
        assert found[name]["status"] == "ok", found[name]
        document = json.loads((out / found[name]["outputs"]["json"]).read_text("utf-8"))
        assert document["source"]["path"] == str(folder / name)
        assert document["source"]["sha256"] == found[name]["sha256"]
    assert len(tree(out)) == len(good) and summary.fell_short
    assert summary.counts == {"ok": len(good), "partial": 0, "failed": 8, "skipped": 3}
    assert not list((out / ".planparse" / "tmp").iterdir())


@posix
def test_a_folder_that_may_not_be_read_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "in/a.txt")
    write(tmp_path, "in/shut/b.txt")
    real = os.scandir

    def scandir(path: Any) -> Any:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    summary = run(tmp_path / "in", tmp_path / "out")
    monkeypatch.undo()
    found = rows(tmp_path / "out")
    assert found["shut"]["status"] == "failed" and "Permission denied" in found["shut"]["error"]
    assert found["a.txt"]["status"] == "ok" and summary.fell_short


def test_a_file_that_vanishes_after_it_was_found(tmp_path: Path) -> None:
    for name in ("a.txt", "vanish.txt"):
        write(tmp_path, f"in/{name}")
    run(tmp_path / "in", tmp_path / "out", vanishing)
    found = rows(tmp_path / "out")
    assert found["vanish.txt"]["status"] == "failed" and "no such file" in found["vanish.txt"]["error"]
    assert found["a.txt"]["status"] == "ok"


@posix
def test_names_that_are_no_utf8_are_escaped(tmp_path: Path) -> None:
    name = os.fsdecode(b"k\xff.txt")
    try:
        write(tmp_path / "in", name, PLAN)
    except OSError:
        pytest.skip("the file system takes only UTF-8 names")
    assert run(tmp_path / "in", tmp_path / "out", tables=("csv",)).counts["ok"] == 1
    assert rows(tmp_path / "out")["k\\udcff.txt"]["status"] == "ok"
    assert run(tmp_path / "in", tmp_path / "out", tables=("csv",), prune=True).unchanged == 1
    assert os.path.exists(tmp_path / "out" / os.fsdecode(b"k\xff.json"))


@posix
def test_a_link_among_the_outputs_leads_nowhere_else(tmp_path: Path) -> None:
    write(tmp_path, "in/sub/a.txt")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sub").symlink_to(tmp_path / "elsewhere")
    assert run(tmp_path / "in", tmp_path / "out").counts["failed"] == 1
    assert "leads out of it" in rows(tmp_path / "out")["sub/a.txt"]["error"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_name_too_long_for_its_output(tmp_path: Path) -> None:
    write(tmp_path, f"in/{'a' * 251}.txt")
    write(tmp_path, "in/b.txt")
    assert run(tmp_path / "in", tmp_path / "out").counts == {"ok": 1, "partial": 0, "failed": 1, "skipped": 0}
    assert "cannot be written" in rows(tmp_path / "out")[f"{'a' * 251}.txt"]["error"]


# --- killed, interrupted ----------------------------------------------------------------------------------------------
@posix
@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_run_loses_nothing(tmp_path: Path, seed: int) -> None:
    folder, plain, out = tmp_path / "in", tmp_path / "plain", tmp_path / "out"
    for at in range(60):
        write(folder, f"{at % 7}/{at}.txt", SAMPLES[at % len(SAMPLES)].read_text("utf-8") + f"\nSố {at}\n")
    tables = ["--tables", "csv", "--quiet"]
    assert finish(start(folder, plain, *tables)) == 0
    rng = random.Random(seed)
    for _ in range(3):
        process = start(folder, out, *tables)
        time.sleep(rng.uniform(0.2, 0.9))
        process.kill()
        process.communicate(timeout=20)
    for path in out.rglob("*.json"):
        json.loads(path.read_bytes())
    lines = (out / NAME).read_text("utf-8").split("\n")[:-1] if (out / NAME).exists() else []
    before = {row["document"]: row for row in map(json.loads, lines)}
    assert finish(start(folder, out, *tables)) == 0
    assert tree(out) == tree(plain)
    after = rows(out)
    assert len(after) == 60 and {name: after[name] for name in before} == before


@posix
def test_killed_while_a_document_is_done_again(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    path = write(folder, "a.txt")
    old = path.read_bytes()
    run(folder, out)
    kept = tree(out)
    path.write_text(f"{PLAN}\n{HANG}\n", "utf-8")
    code = f"import sys; sys.path[:0] = {sys.path!r}; import test_batch_trouble as t; from pathlib import Path\n"
    code += f"if __name__ == '__main__': t.run(Path({str(folder)!r}), Path({str(out)!r}))"
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    wait_for(lambda: (out / NAME).read_text("utf-8").count("\n") == 2)
    process.kill()
    process.wait(10)
    row = json.loads((out / NAME).read_text("utf-8").split("\n")[1])
    assert row["status"] == "failed" and row["unfinished"] and "run the batch again" in row["error"]
    path.write_bytes(old)
    assert run(folder, out).counts["ok"] == 1 and rows(out)["a.txt"]["status"] == "ok" and tree(out) == kept


def wait_for(true: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@posix
def test_the_workers_of_a_killed_run_end(tmp_path: Path) -> None:
    if not Path("/proc/self/task").exists():
        pytest.skip("there is no /proc")
    for at in range(300):
        write(tmp_path, f"in/{at}.txt", SAMPLES[0].read_text("utf-8") + f"\nSố {at}\n")
    process = start(tmp_path / "in", tmp_path / "out")
    wait_for(lambda: (tmp_path / "out" / NAME).exists() and (tmp_path / "out" / NAME).stat().st_size > 0)
    family = descendants(process.pid)
    process.kill()
    process.communicate(timeout=20)
    assert len(family) >= 3
    wait_for(lambda: not [pid for pid in family if is_alive(pid)])


def descendants(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        if parent == pid:
            found += [int(folder.name), *descendants(int(folder.name))]
    return found


def is_alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@posix
def test_interrupted_it_finishes_what_was_begun(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    for at in range(400):
        write(folder, f"{at:03}.txt", SAMPLES[0].read_text("utf-8") + f"\nSố {at}\n")
    process = start(folder, out)
    wait_for(lambda: (out / NAME).exists() and (out / NAME).stat().st_size > 0)
    os.killpg(process.pid, signal.SIGINT)  # Ctrl-C reaches the workers, too
    said, errors = process.communicate(timeout=30)
    assert process.returncode == 130 and b"Interrupted" in said and errors == b""
    found = rows(out)
    assert 0 < len(found) < 400
    assert {row["outputs"]["json"] for row in found.values()} == set(tree(out))
    assert finish(start(folder, out, "-q")) in (0, 1) and len(rows(out)) == 400


@posix
def test_a_torn_line_is_cut_off(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write(tmp_path, f"in/{name}")
    out = tmp_path / "out"
    run(tmp_path / "in", out)
    whole = (out / NAME).read_bytes()
    for cut in (1, 40, len(whole) // 2 - 2):
        (out / NAME).write_bytes(whole[:-cut])
        assert run(tmp_path / "in", out).counts["ok"] == 1
        assert set(rows(out)) == {"a.txt", "b.txt"}


# --- the disk ---------------------------------------------------------------------------------------------------------
@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True)
    if done.returncode != 0:
        pytest.skip("a small disk needs the right to mount one")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.geteuid() != 0, reason="mounting needs a superuser on Linux")
def test_a_full_disk(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "disk"
    for at in range(40):
        write(folder, f"{at:02}.txt", SAMPLES[0].read_text("utf-8") + f"\nSố {at}\n")
    with small_disk(out, "size=700k"):
        process = start(folder, out, "-q")
        said, errors = process.communicate(timeout=40)
        line = errors.decode()
        assert process.returncode == 2 and said == b"", line
        assert line.startswith("planparse: ") and line.count("\n") == 1 and "No space left on device" in line
        found = rows(out)
        assert 0 < len(found) < 40
        for row in found.values():
            path = out / row["outputs"]["json"]
            assert row["status"] in ("ok", "partial") and path.stat().st_size == row["bytes"]["json"]
            json.loads(path.read_bytes())
        assert not list((out / ".planparse" / "tmp").iterdir())
        subprocess.run(["mount", "-o", "remount,size=50m", str(out)], check=True)
        process = start(folder, out, "-q")
        assert process.communicate(timeout=40) == (b"", b"") and process.returncode == 0
        after = rows(out)
        assert len(after) == 40 and {name: after[name] for name in found} == found


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.geteuid() != 0, reason="mounting needs a superuser on Linux")
def test_a_read_only_output(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt")
    with small_disk(tmp_path / "disk", "size=1m"):
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path / "disk")], check=True)
        process = start(tmp_path / "in", tmp_path / "disk")
        said, errors = process.communicate(timeout=20)
    assert process.returncode == 2 and said == b"" and errors.count(b"\n") == 1 and b"cannot be written to" in errors


def test_a_disk_that_is_full_ends_the_run(tmp_path: Path) -> None:
    """Simulated, for not everybody may mount a small disk."""
    for at in range(8):
        write(tmp_path, f"in/{at}.txt")
    with pytest.raises(OutputError, match=r"cannot be written to \(No space left on device\) after 3 documents; make room"):
        run(tmp_path / "in", tmp_path / "out", refusing)
    assert set(rows(tmp_path / "out")) == {"0.txt", "1.txt", "2.txt"}
    assert run(tmp_path / "in", tmp_path / "out").counts["ok"] == 5


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="a superuser may write everywhere")
def test_an_output_folder_without_permission(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt")
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(OutputError, match="cannot be written to"):
        run(tmp_path / "in", tmp_path / "out")
