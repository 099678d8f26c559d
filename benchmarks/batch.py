"""How fast `planparse batch` is with one worker and with two, whether memory stays flat, what a second run costs, and
whether a run that is killed loses anything; or what a cluster costs, and what ten million documents would take.

    python benchmarks/batch.py [--quick] [--count N] [--kills N] [--json FILE]
    python benchmarks/batch.py --cluster [--count N] [--json FILE]

The documents are made from `samples/`, distinct, 20 to 60 KB each: 20,000 of them (1 GB; 400 with --quick), the same ones
each time. The figures depend on what else the machine does. It measures and never fails: a bar that is missed is named in
the table, and the exit code is 0.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.speed import LONGEST, SMALLEST, make_document, read_samples  # noqa: E402

COUNT, QUICK = 20_000, 400
KILLS, QUICK_KILLS = 20, 4
MANY = 10_000_000
CHUNKS = (1, 8, 32, 128)
ROW_BYTES = 30_000

BAR_WORKERS = 1.8
BAR_FLAT = 1.10
BAR_RATE = 150.0
BAR_AGAIN = 0.05


def make_documents(folder: Path, count: int, seed: int = 0) -> int:
    """Write distinct documents, a hundred a folder; their bytes together."""
    samples = list(read_samples().values())
    written = 0
    for at in range(count):
        rng = random.Random(f"{seed}/{at}")
        text = make_document(samples[at % len(samples)], rng, rng.randint(SMALLEST, LONGEST - 6_000), LONGEST)
        data = f"{text}\nSố hồ sơ: {seed}-{at}\n".encode()  # no two are alike
        path = folder / f"{at // 100:04}" / f"{at:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written += len(data)
    return written


def command(folder: Path, out: Path, workers: int, *more: str) -> list[str]:
    """The command of a run that says nothing."""
    words = ["-m", "planparse", "batch", str(folder), "-o", str(out), "--quiet", "--workers", str(workers), *more]
    return [sys.executable, *words]


class Run(NamedTuple):
    """Seconds of a run by the clock and of the processor, workers included; its parent's memory (resident, in bytes) over
    time. A processor that others use, too, makes the clock's seconds more, the processor's hardly."""

    seconds: float
    busy: float
    memory: list[tuple[float, int]]


def run_measured(words: list[str]) -> Run:
    """Run a command that must end well."""
    import psutil

    busy = 0.0
    samples: list[tuple[float, int]] = []
    begun = time.perf_counter()
    process = subprocess.Popen(words)
    ended = threading.Event()

    def watch() -> None:
        nonlocal busy
        parent, looked = psutil.Process(process.pid), 0.0
        while not ended.wait(0.1):
            if time.perf_counter() - looked > 0.5:
                looked = time.perf_counter()
                with contextlib.suppress(psutil.Error):
                    busy = max(busy, sum(sum(one.cpu_times()[:2]) for one in [parent, *parent.children(recursive=True)]))
            with contextlib.suppress(OSError, ValueError, IndexError):
                pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
                samples.append((time.perf_counter() - begun, pages * os.sysconf("SC_PAGE_SIZE")))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    ended.set()
    watcher.join()
    assert code == 0, code
    return Run(time.perf_counter() - begun, busy, samples)


def flatness(samples: list[tuple[float, int]]) -> float:
    """The peak of the second half over that of the first."""
    if len(samples) < 4:
        return 1.0
    half = len(samples) // 2
    return max(size for _, size in samples[half:]) / max(size for _, size in samples[:half])


def tree(out: Path) -> dict[str, str]:
    """A hash of each output, the manifest and the batch's own folder left out."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".planparse" not in path.parts and path.name != "manifest.jsonl"
    }


def kill_and_resume(folder: Path, work: Path, times: int, seconds: float, seed: int = 0) -> dict[str, Any]:
    """Kill a run at random moments and start it again until it ends. What an undisturbed run gives must be there, and
    nothing that was in the manifest when a run was killed may have been done again."""
    plain, broken = work / "plain", work / "broken"
    subprocess.run(command(folder, plain, 2, "--tables", "csv,sqlite"), check=True)
    rng = random.Random(seed)
    killed = again = half = 0
    known: dict[str, float] = {}
    words = command(folder, broken, 2, "--tables", "csv,sqlite")
    for _ in range(times):
        # Each run goes on from where the last was killed: the moments are spread over all of the work.
        process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.05, 2 * seconds / times + 0.3))
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        half += sum(1 for path in outputs(broken) if not is_whole(path))
        now = dict(finished(broken))
        again += sum(now.get(name) != taken for name, taken in known.items())
        known = now
    subprocess.run(words, check=True)
    now = dict(finished(broken))
    again += sum(now.get(name) != taken for name, taken in known.items())
    return {"killed": killed, "done twice": again, "half-written": half, "same": tree(plain) == tree(broken)}


def finished(out: Path) -> Iterator[tuple[str, float]]:
    """The documents in a manifest, and how long each took: another time would show that it was done again."""
    with contextlib.suppress(OSError):
        for line in (out / "manifest.jsonl").read_text("utf-8").splitlines(keepends=True):
            if line.endswith("\n"):
                row = json.loads(line)
                yield row["document"], row["seconds"]


def outputs(out: Path) -> Iterator[Path]:
    """The documents' outputs."""
    return (path for path in out.rglob("*.json") if ".planparse" not in path.parts)


def is_whole(path: Path) -> bool:
    """Whether an output is a whole JSON document."""
    try:
        return "schema_version" in json.loads(path.read_bytes())
    except ValueError:
        return False


def measure(count: int, kills: int, work: Path) -> list[tuple[str, float, str, str]]:
    """(figure, value, unit, bar and whether it is kept)."""
    folder = work / "in"
    size = make_documents(folder, count)
    figures: list[tuple[str, float, str, str]] = [("documents", count, f"{size / 1e6:.0f} MB", "")]
    taken: dict[int, float] = {}
    busy: dict[int, float] = {}
    for workers in (1, 2):
        out = work / f"out{workers}"
        taken[workers], busy[workers], memory = run_measured(command(folder, out, workers))
        rate = count / taken[workers]
        figures.append((f"{workers} workers: documents", rate, "/s", ""))
        figures.append((f"{workers} workers: a document", busy[workers] / count * 1000, "ms of a core", ""))
        if workers == 1:
            equal = rate * size / count / ROW_BYTES
            figures.append(("1 worker: documents of 30 KB", equal, "/s", kept(equal >= BAR_RATE, f">= {BAR_RATE:g}")))
        flat = flatness(memory)
        figures.append(
            (f"{workers} workers: memory of the parent, second half over first", flat, "", kept(flat <= BAR_FLAT, "<= 1.10"))
        )
        figures.append((f"{workers} workers: peak of the parent", max(size for _, size in memory) / 1e6, "MB", ""))
    ratio = taken[1] / taken[2]
    figures.append(("2 workers over 1", ratio, "times", kept(ratio >= BAR_WORKERS, f">= {BAR_WORKERS}")))
    figures.append(("2 workers over 1, were both cores free", 2 * busy[1] / busy[2], "times", ""))
    same = tree(work / "out1") == tree(work / "out2")
    figures.append(("outputs the same with 1 and 2 workers", float(same), "", kept(same, "1")))
    share = run_measured(command(folder, work / "out2", 2)).seconds / taken[2]
    figures.append(
        ("a second run over unchanged documents", share * 100, "% of the first", kept(share <= BAR_AGAIN, "<= 5 %"))
    )
    for name in ("out1", "out2"):
        shutil.rmtree(work / name)
    few = work / "few"
    make_documents(few, 200, seed=1)
    found = kill_and_resume(few, work, kills, 200 / (count / taken[2]))
    good = found["same"] and not found["done twice"] and not found["half-written"]
    words = f"{found['done twice']} done twice, {found['half-written']} half-written"
    figures.append((f"killed at random moments: {words}", found["killed"], "times", kept(good, "same outputs")))
    return figures


# --- a cluster --------------------------------------------------------------------------------------------------------
@contextlib.contextmanager
def two_workers(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """A scheduler and two workers of one thread on this machine: the scheduler's address, and the processes."""
    file = folder / "scheduler.json"
    words = ["--host", "127.0.0.1", "--no-dashboard"]
    own = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

    def start(name: str, *more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{name}", *words, *more]
        return subprocess.Popen(command, env=own, stderr=subprocess.DEVNULL)

    started = [start("dask_scheduler", "--port", "0", "--scheduler-file", str(file))]
    try:
        while not file.exists() or not file.read_text():
            time.sleep(0.05)
        started += [start("dask_worker", "--nthreads", "1", "--scheduler-file", str(file)) for _ in range(2)]
        yield json.loads(file.read_text())["address"], [process.pid for process in started]
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def processor_seconds(processes: list[int]) -> float:
    """Of the processor, what this process, some others and their children took until now."""
    import psutil

    known = [psutil.Process(), *(psutil.Process(process) for process in processes)]
    known += [child for process in known[1:] for child in process.children(recursive=True)]
    return float(sum(sum(process.cpu_times()[:2]) for process in known))


def chunk_costs(address: str, processes: list[int]) -> Iterator[tuple[int, float]]:
    """(documents a chunk, milliseconds of the processor a document) of handing out documents that are no work, with all
    that the parent, the scheduler and the workers do for it."""
    from planparse.batch.cluster import Cluster
    from planparse.batch.runner import Crew

    for size in CHUNKS:
        hands = Cluster(address, Crew(1, 60.0, int, ()), chunk=size)
        hands.check(())
        for _ in hands.run(range(2 * size), abs, (), lambda: False):
            pass  # the child processes have started
        items = range(100 * size)
        begun = processor_seconds(processes)
        assert sum(1 for _ in hands.run(items, abs, (), lambda: False)) == len(items)
        yield size, (processor_seconds(processes) - begun) / len(items) * 1000
        hands.close()


def seconds_of_a_document(folder: Path, out: Path) -> float:
    """Seconds of the processor, not of the clock, that a document takes in a worker with JSON as its output."""
    from planparse.batch import job
    from planparse.batch.choice import Choice
    from planparse.batch.inputs import find_inputs
    from planparse.batch.place import place_of

    place_of(str(out)).prepare()
    options = job.Options(str(out), ("json",), False, None, "en", "", 60.0)
    inputs = find_inputs([str(folder)], None, Choice(), str(out))
    job.work(inputs[0], options)
    begun = time.process_time()
    for item in inputs:
        job.work(item, options)
    return (time.process_time() - begun) / len(inputs)


def memory_of_a_document(out: Path) -> tuple[float, float]:
    """Bytes that the parent holds of a document, and bytes of its row in the manifest."""
    import tracemalloc

    from planparse.batch.choice import Input
    from planparse.batch.manifest import Manifest, Row

    count = 20_000
    (out / ".planparse" / "tmp").mkdir(parents=True)
    tracemalloc.start()
    inputs = [Input(f"s3://plans/tỉnh/{at:08}/{at:08}.txt", f"tỉnh/{at:08}/{at:08}.txt") for at in range(count)]
    manifest = Manifest(str(out))
    for item in inputs:
        outputs, size = {"json": f"{item.document[:-4]}.json"}, {"json": 100_000}
        manifest.append(Row(item.document, item.path, item.path, "ok", "0" * 64, outputs=outputs, bytes=size, key="0" * 32))
    held = tracemalloc.get_traced_memory()[0] / count
    tracemalloc.stop()
    manifest.close()
    return held, os.path.getsize(manifest.path) / count


def measure_cluster(count: int, work: Path) -> list[tuple[str, float, str, str]]:
    """As `measure`, for a cluster of two workers on this machine."""
    folder = work / "in"
    size = make_documents(folder, count)
    figures: list[tuple[str, float, str, str]] = [("documents", count, f"{size / 1e6:.0f} MB", "")]
    with two_workers(work) as (address, processes):
        for documents, cost in chunk_costs(address, processes):
            figures.append((f"handing out a document in chunks of {documents}", cost, "ms of a core", ""))
        here = run_measured(command(folder, work / "local", 2))
        words = command(folder, work / "cluster", 2)
        at = words.index("--workers")
        words[at : at + 2] = ["--cluster", address]
        there = run_measured(words)
        figures.append(("2 workers of this machine: documents", count / here.seconds, "/s", ""))
        figures.append(("2 workers of a cluster on it: documents", count / there.seconds, "/s", ""))
        figures.append(("peak of the parent", max(held for _, held in there.memory) / 1e6, "MB", ""))
        again = run_measured(words).seconds
        figures.append(("a second run over unchanged documents", again / there.seconds * 100, "% of the first", ""))
    same = tree(work / "local") == tree(work / "cluster")
    figures.append(("outputs the same on the machine and on the cluster", float(same), "", kept(same, "1")))
    cost = seconds_of_a_document(folder, work / "alone")
    held, row = memory_of_a_document(work / "rows")
    figures += [
        ("a document in a worker", cost * 1000, "ms of a core", f"{size / count / 1000:.0f} KB"),
        (f"{MANY:,} documents", MANY * cost / 3600, "core hours", ""),
        (f"{MANY:,} documents: inputs", MANY * size / count / 1e9, "GB", ""),
        (f"{MANY:,} documents: outputs", MANY * weight(work / "alone") / count / 1e9, "GB", ""),
        (f"{MANY:,} documents: memory of the parent", MANY * held / 1e9, "GB", ""),
        (f"{MANY:,} documents: manifest", MANY * row / 1e9, "GB", ""),
    ]
    return figures


def weight(out: Path) -> int:
    """The bytes of all outputs."""
    return sum(path.stat().st_size for path in outputs(out))


def kept(good: bool, bar: str) -> str:
    """A bar, and whether it is kept."""
    return f"{bar}: {'kept' if good else 'MISSED'}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} documents and {QUICK_KILLS} kills")
    parser.add_argument("--count", type=int, help="so many documents")
    parser.add_argument("--kills", type=int, help="so many kills")
    parser.add_argument("--cluster", action="store_true", help=f"measure a cluster instead, with {QUICK} documents")
    parser.add_argument("--json", type=Path, help="also write the figures to a file")
    parser.add_argument("--folder", type=Path, help="a folder for the documents and outputs; about 15 times their size")
    chosen = parser.parse_args()
    count = chosen.count or (QUICK if chosen.quick or chosen.cluster else COUNT)
    kills = chosen.kills or (QUICK_KILLS if chosen.quick else KILLS)
    with tempfile.TemporaryDirectory(dir=chosen.folder) as work:
        figures = measure_cluster(count, Path(work)) if chosen.cluster else measure(count, kills, Path(work))
    for name, value, unit, bar in figures:
        print(f"{name:<70} {value:>10.2f} {unit:<16} {bar}")
    if chosen.json:
        chosen.json.write_text(
            json.dumps([list(figure) for figure in figures], ensure_ascii=False, indent=2) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
