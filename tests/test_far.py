"""A batch over URLs: documents and outputs where nothing can be appended, renamed or locked."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from planparse.batch import job
from planparse.batch.batch import Request, run_batch
from planparse.batch.choice import Choice, Input
from planparse.batch.inputs import find_inputs
from planparse.batch.progress import Quiet
from planparse.batch.runner import Done
from planparse.batch.summary import Summary
from planparse.batch.urls import below, is_url, location, plain
from planparse.errors import InputError, OutputError, PlanparseError

fsspec = pytest.importorskip("fsspec", reason="the extra planparse[cluster] is not installed")

PLAN = "KẾ HOẠCH\n\nI. MỤC TIÊU\n\n1. Đến năm 2030 trồng {number} ha rừng ven suối.\n"


class Here:
    """A runner that does the work itself, and stops after some."""

    def __init__(self, most: int = 1000) -> None:
        self.most = most

    def run(
        self, items: Iterable[Any], work: Callable[..., Any], args: tuple[Any, ...], stopping: Callable[[], bool]
    ) -> Generator[Done[Any, Any], None, None]:
        for item in items:
            if self.most == 0:
                raise PlanparseError("the power went")
            self.most -= work is job.work
            yield Done(item, work(item, *args))

    def check(self, names: Sequence[str]) -> None:
        """It sees what is here."""

    def close(self) -> None:
        """Nothing."""


@pytest.fixture
def memory(request: pytest.FixtureRequest) -> Any:
    """A folder of its own in fsspec's memory."""
    fs = fsspec.filesystem("memory")
    top = f"/{request.node.name}"
    for at in range(6):
        fs.pipe_file(f"{top}/in/sở/{at}.txt", PLAN.format(number=at).encode())
    fs.pipe_file(f"{top}/in/notes.md", b"x")
    yield fs, top
    fs.rm(top, recursive=True)


def test_what_is_too_large_is_not_fetched(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from planparse.batch import far

    fs, top = memory
    monkeypatch.setattr("planparse.reading.text.MAX_BYTES", 100)
    for size in (100, 101):
        fs.pipe_file(f"{top}/in/lớn.txt", b"x" * size)
        if size == 100:
            assert len(far.read(f"memory:/{top}/in/lớn.txt")) == size
    monkeypatch.setattr(fs, "cat_file", lambda path: pytest.fail("it was fetched"))
    with pytest.raises(InputError, match="too large"):
        far.read(f"memory:/{top}/in/lớn.txt")
    monkeypatch.setattr(fs, "size", lambda path: None)
    assert len(far.read(f"memory:/{top}/in/lớn.txt")) == 101


def run(top: str, runner: Any = None, **more: Any) -> Summary:
    request = Request(**{"asked": (f"memory:/{top}/in",), "out": f"memory:/{top}/out", **more})
    return run_batch(request, Quiet(), runner=runner or Here())


def rows(fs: Any, top: str) -> dict[str, dict[str, Any]]:
    found = [json.loads(line) for line in fs.cat_file(f"{top}/out/manifest.jsonl").decode().splitlines()]
    return {row["document"]: row for row in found}


def files(fs: Any, top: str) -> set[str]:
    return {name.removeprefix(f"{top}/out/") for name in fs.find(f"{top}/out")}


def test_names() -> None:
    assert is_url("s3://plans/a.txt") and not is_url("/plans/a.txt") and not is_url("C:\\plans")
    assert plain("file:///plans/a.txt") == "/plans/a.txt" and plain("gs://x") == "gs://x"
    assert location("s3://x/y") == "s3://x/y" and location("a/../b", "/base") == "/base/b"
    assert below("s3://x/", "y/z") == "s3://x/y/z" and below("/x", "y") == os.path.join("/x", "y")


def test_what_is_found(memory: Any) -> None:
    fs, top = memory
    url = f"memory:/{top}"
    fs.pipe_file(f"{top}/in/old/9.txt", b"x")
    fs.pipe_file(f"{top}/in/out/8.txt", b"x")

    def names(asked: str, choice: Choice | None = None) -> list[str]:
        return [item.document for item in find_inputs([asked], None, choice or Choice(), f"{url}/in/out")]

    assert names(f"{url}/in") == ["old/9.txt", *(f"sở/{at}.txt" for at in range(6))]
    assert names(f"{url}/in/", Choice(("*.md",))) == ["notes.md"]
    assert names(f"{url}/in", Choice(exclude=("OLD", "[0-4].txt"))) == ["sở/5.txt"]
    assert names(f"{url}/in/**/[89].txt") == ["old/9.txt"]
    assert names(f"{url}/in/notes.md") == [f"{top}/in/notes.md".lstrip("/")]
    (item,) = find_inputs(["-"], f"{url}/in/sở/1.txt\n".encode(), Choice(), "out")
    assert item.path == f"{url}/in/sở/1.txt"
    for missing in (f"{url}/none", f"{url}/none/*.txt", "nosuch://x"):
        with pytest.raises(PlanparseError, match=r"^(memory|nosuch)://"):
            names(missing)


def test_a_run_another_and_what_is_gone(memory: Any) -> None:
    fs, top = memory
    more: dict[str, Any] = {"forms": ("json", "md"), "tables": ("csv", "sqlite"), "report": "md"}
    summary = run(top, **more)
    assert summary.counts["ok"] == 6 and summary.written[0] == f"memory:/{top}/out/tables/documents.csv"
    outputs = {f"sở/{at}.{form}" for at in range(6) for form in more["forms"]}
    tables = {f"tables/{name}.csv" for name in ("documents", "tasks", "targets", "funding", "citations")}
    own = {name for name in files(fs, top) if name.startswith(".planparse/")}
    assert files(fs, top) - own == outputs | tables | {"tables/planparse.sqlite", "report.md", "manifest.jsonl"}
    assert all(name.startswith((".planparse/rows/", ".planparse/tables")) for name in own) and len(own) == 7
    first = json.loads(fs.cat_file(f"{top}/out/sở/1.json"))
    assert first["source"]["path"] == f"memory:/{top}/in/sở/1.txt"
    assert fs.cat_file(f"{top}/out/tables/documents.csv").count(b"\r\n") == 7

    before = {name: fs.modified(f"{top}/out/{name}") for name in files(fs, top)}
    assert run(top, **more).unchanged == 6
    after = {name: fs.modified(f"{top}/out/{name}") for name in files(fs, top)}
    assert {name for name in after if after[name] != before[name]} == {"report.md"}

    fs.pipe_file(f"{top}/in/sở/0.txt", PLAN.format(number=77).encode())
    fs.rm_file(f"{top}/in/sở/5.txt")
    fs.rm_file(f"{top}/out/sở/1.md")
    summary = run(top, prune=True, **more)
    assert (summary.counts["ok"], summary.unchanged, summary.pruned) == (2, 3, 1)
    assert set(rows(fs, top)) == {f"sở/{at}.txt" for at in range(5)}
    assert not {name for name in files(fs, top) if "5." in name.rpartition("/")[2] and "sở" in name}


def test_a_run_that_ended_in_the_middle_is_gone_on_with(memory: Any) -> None:
    fs, top = memory
    with pytest.raises(PlanparseError, match="the power went"):
        run(top, Here(most=2))
    assert not fs.exists(f"{top}/out/manifest.jsonl") and len(fs.find(f"{top}/out/.planparse/journal")) == 1
    summary = run(top)
    assert (summary.unchanged, summary.counts["ok"]) == (2, 4)
    assert len(rows(fs, top)) == 6 and not fs.find(f"{top}/out/.planparse/journal")
    # What is done again is said to be unfinished before it is touched.
    with pytest.raises(PlanparseError):
        run(top, Here(most=0), lang="vi")
    (part,) = fs.find(f"{top}/out/.planparse/journal")
    marked = [json.loads(line) for line in fs.cat_file(part).splitlines()]
    assert len(marked) == 6 and all(row["unfinished"] and row["status"] == "failed" for row in marked)
    assert run(top).counts["ok"] == 6


def test_what_cannot_be_read_or_written(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fs, top = memory
    fs.pipe_file(f"{top}/in/empty.txt", b"")
    summary = run(top)
    assert summary.counts["failed"] == 1 and rows(fs, top)["empty.txt"]["error"].startswith("is empty")
    real = type(fs).cat_file

    def cat_file(self: Any, path: str, *more: Any, **named: Any) -> Any:
        if path.endswith("3.txt"):
            raise ValueError("the network is slow")
        return real(self, path, *more, **named)

    monkeypatch.setattr(type(fs), "cat_file", cat_file)
    assert run(top).counts["failed"] == 1
    assert "(the network is slow); check the address" in rows(fs, top)["sở/3.txt"]["error"]

    def pipe_file(self: Any, path: str, *more: Any, **named: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(fs), "pipe_file", pipe_file)
    options = job.Options(f"memory:/{top}/out", ("json",), False, None, "en", "", 5.0)
    assert isinstance(job.work(Input(f"memory:/{top}/in/sở/1.txt", "1.txt"), options), job.Stopped)
    with pytest.raises(OutputError, match=r"out: cannot be written to \(Permission denied\); check the address"):
        run(top)


def test_the_encoding_that_is_named_holds_for_urls(memory: Any) -> None:
    fs, top = memory
    fs.pipe_file(f"{top}/in/sở/0.txt", PLAN.format(number=0).encode("utf-16-le"))
    assert run(top, encoding="utf-16-le", choice=Choice(("0.txt",))).counts["ok"] == 1
    assert json.loads(fs.cat_file(f"{top}/out/sở/0.json"))["source"]["encoding"] == "utf-16-le"


def test_names_lead_nowhere_else(memory: Any) -> None:
    fs, top = memory
    from planparse.batch.far import Far

    place = Far(f"memory:/{top}/out")
    with pytest.raises(OSError, match="leads out of the folder"):
        place.write_set({"../in/notes.md": b"y"})
    place.remove({"json": "../in/notes.md"})
    assert fs.cat_file(f"{top}/in/notes.md") == b"x"


def test_worker_processes_do_not_see_this_memory(memory: Any) -> None:
    _, top = memory
    with pytest.raises(InputError, match="which no worker sees"):
        run_batch(Request((f"memory:/{top}/in",), "out"), Quiet())


def test_worker_processes_read_and_write_urls(tmp_path: Path) -> None:
    for at in range(3):
        (tmp_path / f"{at}.txt").write_text(PLAN.format(number=at), "utf-8")
    run_batch(Request((str(tmp_path),), str(tmp_path / "one"), workers=2), Quiet())
    run_batch(Request((f"file://{tmp_path}",), f"file://{tmp_path}/two", workers=2), Quiet())
    for _ in range(2):
        summary = run_batch(Request((f"local://{tmp_path}",), f"local://{tmp_path}/three", workers=2), Quiet())
    assert summary.unchanged == 3
    for at in range(3):
        one, two, three = ((tmp_path / name / f"{at}.json").read_bytes() for name in ("one", "two", "three"))
        assert one == two == three.replace(b"local:///", b"/")
    assert not (tmp_path / "three/.planparse/tmp").exists()


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(PlanparseError, match=r's3://x: needs fsspec, .* pip install "planparse\[cluster\]"'):
        run_batch(Request(("s3://x",), "out"), Quiet())
