"""A batch on a cluster: a real scheduler and two workers on this machine, one of them killed in the middle."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from conftest import SAMPLES
from planparse.batch import cluster, cluster_worker, job
from planparse.batch.batch import Request, run_batch
from planparse.batch.choice import Input
from planparse.batch.flight import Chunk, Flight
from planparse.batch.progress import Quiet
from planparse.batch.runner import Crew
from planparse.cli import app
from planparse.errors import PlanparseError
from test_batch_trouble import rows, tree

HANG, KILL, QUIT = "treo máy", "chết máy chủ", "bỏ việc"
TESTS = Path(__file__).parent
COPIES = 25


class Started(NamedTuple):
    """A scheduler with two workers."""

    address: str
    client: Any

    def pids(self) -> dict[str, int]:
        return dict(self.client.run(os.getpid))


def start(*words: str) -> subprocess.Popen[bytes]:
    path = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("distributed", reason="the extra planparse[cluster] is not installed")
    file = tmp_path_factory.mktemp("scheduler") / "scheduler.json"
    words = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    process = start(*words, "--scheduler-file", str(file))
    try:
        wait_for(lambda: file.exists() and file.read_text())
        yield json.loads(file.read_text())["address"]
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def started(scheduler: str) -> Iterator[Started]:
    words = ("distributed.cli.dask_worker", scheduler, "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard")
    workers = [start(*words) for _ in range(2)]
    client = cluster._connected(scheduler)
    try:
        client.wait_for_workers(2, timeout=40)
        yield Started(scheduler, client)
    finally:
        client.close()
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, many times, no two alike."""
    folder = tmp_path_factory.mktemp("documents") / "in"
    for at in range(COPIES):
        for path in SAMPLES:
            place = folder / f"{at % 7}" / f"{path.stem} {at}.txt"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes() + f"\nBản số {at}\n".encode())
    return folder


@pytest.fixture(scope="module")
def local(documents: Path) -> Path:
    """What one machine makes of them."""
    out = documents.parent / "local"
    run_batch(Request((str(documents),), str(out), ("json", "md"), ("csv", "sqlite"), workers=2), Quiet())
    return out


def wait_for(true: Any, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def command(documents: Path, out: Path | str, address: str, *more: str) -> list[str]:
    words = ["planparse", "batch", str(documents), "-o", str(out), "-f", "json,md", "--tables", "csv,sqlite", "-q"]
    return [*words, "--cluster", address, *more]


def said(out: Path) -> dict[str, Any]:
    """The rows of a manifest without what differs from run to run."""
    return {name: {**row, "seconds": 0, "input": "", "location": ""} for name, row in rows(out).items()}


def count_rows(out: Path) -> int:
    path = out / "manifest.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0


# --- what goes wrong before anything is done --------------------------------------------------------------------------
def test_a_scheduler_without_workers(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_FIRST_WORKER_SECONDS", 0.3)
    with pytest.raises(PlanparseError, match="has no workers; start some"):
        cluster.Cluster(scheduler, Crew(1, 5.0, job.start, ()))


def test_no_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra planparse[cluster] is not installed")
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 0.5)
    before = sum(isinstance(thing, distributed.Client) for thing in gc.get_objects())
    for address, words in (("tcp://127.0.0.1:9", "no scheduler answers there"), ("nosuch://x:1", "is no address")):
        done = CliRunner().invoke(app, ["batch", str(tmp_path), "-o", str(tmp_path / "out"), "--cluster", address])
        assert isinstance(done.exception, PlanparseError)
        assert str(done.exception).startswith(f"--cluster {address}: {words}") and "\n" not in str(done.exception)
    # One left for the collector could be closed inside the making of another client, and both would wait for ever.
    assert sum(isinstance(thing, distributed.Client) for thing in gc.get_objects()) <= before


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PlanparseError, match=r'needs dask.distributed, .*; pip install "planparse\[cluster\]"'):
        cluster.Cluster("tcp://127.0.0.1:9", Crew(1, 5.0, job.start, ()))


def test_workers_are_those_of_the_cluster(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["batch", ".", "-o", str(tmp_path), "--cluster", "tcp://x:1", "-j", "3"])
    assert done.exit_code == 2 and "for one machine" in " ".join(done.output.replace("│", " ").split())


def test_versions_that_differ(started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("KẾ HOẠCH", "utf-8")
    real = cluster_worker.versions()
    monkeypatch.setattr(cluster, "versions", lambda: (("planparse", "9.9"), *real[1:]))
    request = Request((str(tmp_path),), str(tmp_path / "out"), cluster=started.address)
    with pytest.raises(PlanparseError, match=rf"the scheduler has planparse {real[0][1]}, this machine has 9\.9"):
        run_batch(request, Quiet())
    monkeypatch.setattr(cluster, "check_versions", len)  # were it the worker alone
    with pytest.raises(PlanparseError, match=rf"the worker tcp://\S+ has planparse {real[0][1]}, this machine has 9\.9"):
        run_batch(request, Quiet())
    crew = Crew(1, 5.0, job.start, ())
    monkeypatch.undo()
    hands = cluster.Cluster(started.address, crew)
    with pytest.raises(PlanparseError, match="does not see /no/such/place"):
        hands.check(["/no/such/place"])
    hands.close()


# --- the same as on one machine ---------------------------------------------------------------------------------------
def test_a_worker_is_killed_in_the_middle(documents: Path, local: Path, started: Started, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pids = started.pids()
    process = start(*command(documents, out, started.address))
    wait_for(lambda: count_rows(out) >= 40 or process.poll() is not None)
    os.kill(next(iter(pids.values())), signal.SIGKILL)
    assert process.poll() is None
    assert process.wait(timeout=60) == 0
    assert tree(out) == tree(local) and len(tree(out)) == COPIES * len(SAMPLES) * 2 + 6
    assert said(out) == said(local)
    # Again: the workers see that nothing changed, but for one document.
    changed = documents / "0" / f"{SAMPLES[0].stem} 0.txt"
    before = changed.read_bytes()
    changed.write_bytes(before + b"\n.\n")
    try:
        request = Request((str(documents),), str(out), ("json", "md"), ("csv", "sqlite"), cluster=started.address)
        summary = run_batch(request, Quiet())
    finally:
        changed.write_bytes(before)
    assert summary.unchanged == COPIES * len(SAMPLES) - 1 and sum(summary.counts.values()) == 1
    wait_for(lambda: len(started.pids()) == 2)


def test_interrupted_it_finishes_what_is_with_the_workers(
    documents: Path, local: Path, started: Started, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    # URLs that only fsspec opens, on a disk that the workers share.
    words = command(documents, f"local://{out}", started.address)
    words[2] = f"local://{documents}"
    process = start(*words)
    wait_for(lambda: len(list(out.glob("*/*.json"))) >= 10 or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    begun = rows(out)
    assert 0 < len(begun) < COPIES * len(SAMPLES) and not list(out.glob(".planparse/journal/*"))
    assert len(list(out.glob("*/*.json"))) == len(begun)
    assert start(*words).wait(timeout=60) == 0
    assert {name: row["seconds"] for name, row in rows(out).items() if name in begun} == {
        name: row["seconds"] for name, row in begun.items()
    }
    for path in local.glob("*/*.*"):
        if path.suffix in (".json", ".md"):
            made = (out / path.relative_to(local)).read_bytes()
            assert made.replace(f"local://{documents}".encode(), str(documents).encode()) == path.read_bytes()


# --- trouble ----------------------------------------------------------------------------------------------------------
def planted(item: Input, options: job.Options) -> job.Result:
    """The work on a document, with trouble where its text asks for it."""
    text = Path(options.base, item.path).read_text("utf-8")
    if HANG in text:
        time.sleep(60)
    if QUIT in text:
        os._exit(3)
    if KILL in text:
        # This process, the server that it was forked from, the worker.
        parent = Path(f"/proc/{os.getppid()}/stat").read_text().rpartition(")")[2].split()[1]
        os.kill(int(parent), signal.SIGKILL)
        time.sleep(60)
    return job.work(item, options)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux who its parent is")
def test_a_document_that_kills_its_worker_costs_itself(
    started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for at in range(60):
        Path(f"in/{at:02}.txt").write_text(f"KẾ HOẠCH\n\nI. MỤC TIÊU\n\n1. Trồng {at} ha rừng.\n", "utf-8")
    for name, text in (("05", HANG), ("20", KILL), ("40", QUIT)):
        Path(f"in/{name}.txt").write_text(text, "utf-8")
    request = Request(("in",), "out", workers=2, timeout=3.0, cluster=started.address)
    summary = run_batch(request, Quiet(), planted)
    assert summary.counts["failed"] == 3 and summary.counts["ok"] == 57
    failed = {name: row["error"] for name, row in rows(tmp_path / "out").items() if row["status"] == "failed"}
    assert list(failed) == ["05.txt", "20.txt", "40.txt"]
    assert "took longer than 3 seconds" in failed["05.txt"]
    assert "2 workers were lost while they did it alone" in failed["20.txt"]
    assert "exit code 3" in failed["40.txt"]
    # Paths are those that were given, though the workers have another working folder.
    assert json.loads(Path("out/00.json").read_bytes())["source"]["path"] == "in/00.txt"


def test_a_name_without_a_file_costs_itself(started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("b.txt").write_text("KẾ HOẠCH\n\nI. MỤC TIÊU\n", "utf-8")
    request = Request(("-",), "out", listed=b"a.txt\nb.txt\n", cluster=started.address)
    summary = run_batch(request, Quiet())
    assert summary.counts == {"ok": 1, "partial": 0, "failed": 1, "skipped": 0}
    assert rows(Path("out"))["a.txt"]["error"] == "no such file; check the path"


# --- who gets what ----------------------------------------------------------------------------------------------------
def test_chunks_of_a_lost_worker() -> None:
    threads = {"a": 1, "b": 1}
    flight = Flight(iter(range(10)), 3)
    given = []
    while (one := flight.next(threads)) is not None:
        given.append(one)
    assert [(worker, chunk.items) for worker, chunk in given] == [
        ("a", (0, 1, 2)),
        ("a", (3, 4, 5)),
        ("b", (6, 7, 8)),
        ("b", (9,)),
    ]
    # What "a" had begun is done one by one; what only waited goes out as it was.
    for worker, chunk in (given[1], given[0]):
        assert flight.lose(worker, chunk, 1) == ()
    del threads["a"]
    assert flight.next(threads) is None  # "b" is kept free for a suspect
    flight.land(*given[2], [])
    flight.land(*given[3], [])
    alone = flight.next(threads)
    assert alone == ("b", Chunk((0,), 0)) and flight.next(threads) is None
    assert flight.lose(*alone, 1) == ()
    alone = flight.next({"c": 4})
    assert alone == ("c", Chunk((1,), 0))
    flight.land(*alone, [])
    alone = flight.next({"c": 4})
    assert alone == ("c", Chunk((2,), 0))
    flight.land(*alone, [])
    last = flight.next({"c": 4})
    assert last == ("c", Chunk((0,), 1)) and flight.lose(*last, 4) == (0,)
    rest = flight.next({"c": 4})
    assert rest == ("c", Chunk((3, 4, 5)))
    flight.land(*rest, [4, 5])
    assert not flight.is_over() and flight.next({"c": 4}) == ("c", Chunk((4, 5)))
    assert flight.next({"c": 4}) is None and flight.is_over()


def test_a_chunk_ends_after_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_worker, "check_worker", lambda wanted: None)
    monkeypatch.setattr(cluster_worker, "SLICE_SECONDS", 0.0)
    crew = Crew(1, 5.0, int, ())
    wanted = cluster_worker.Wanted((), None, "", ())
    assert cluster_worker.do_chunk([1, 2], abs, (), crew, wanted).left == [1, 2]
    monkeypatch.setattr(cluster_worker, "SLICE_SECONDS", 30.0)
    done, left = cluster_worker.do_chunk([-1, -2], abs, (), crew, wanted)
    assert left == [] and {one.result for one in done} == {1, 2}
    cluster_worker.dismiss(crew)
    assert list(chain(*cluster_worker._idle.values())) == []
