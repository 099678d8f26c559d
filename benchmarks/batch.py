"""How fast `planparse batch` is with one worker and with two, whether memory stays flat, what a second run costs, and
whether a run that is killed loses anything.

    python benchmarks/batch.py [--quick] [--count N] [--kills N] [--json FILE]

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
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.speed import LONGEST, SMALLEST, make_document, read_samples  # noqa: E402

COUNT, QUICK = 20_000, 400
KILLS, QUICK_KILLS = 20, 4
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


def run_measured(words: list[str]) -> tuple[float, list[tuple[float, int]]]:
    """Seconds of a run, and its parent's memory (resident, in bytes) over time."""
    samples: list[tuple[float, int]] = []
    begun = time.perf_counter()
    process = subprocess.Popen(words)
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            with contextlib.suppress(OSError, ValueError, IndexError):
                pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
                samples.append((time.perf_counter() - begun, pages * os.sysconf("SC_PAGE_SIZE")))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    ended.set()
    watcher.join()
    assert code == 0, code
    return time.perf_counter() - begun, samples


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
    for workers in (1, 2):
        out = work / f"out{workers}"
        taken[workers], memory = run_measured(command(folder, out, workers))
        rate = count / taken[workers]
        figures.append((f"{workers} workers: documents", rate, "/s", ""))
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
    same = tree(work / "out1") == tree(work / "out2")
    figures.append(("outputs the same with 1 and 2 workers", float(same), "", kept(same, "1")))
    seconds, _ = run_measured(command(folder, work / "out2", 2))
    share = seconds / taken[2]
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


def kept(good: bool, bar: str) -> str:
    """A bar, and whether it is kept."""
    return f"{bar}: {'kept' if good else 'MISSED'}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} documents and {QUICK_KILLS} kills")
    parser.add_argument("--count", type=int, help="so many documents")
    parser.add_argument("--kills", type=int, help="so many kills")
    parser.add_argument("--json", type=Path, help="also write the figures to a file")
    parser.add_argument("--folder", type=Path, help="a folder for the documents and outputs; about 15 times their size")
    chosen = parser.parse_args()
    count = chosen.count or (QUICK if chosen.quick else COUNT)
    kills = chosen.kills or (QUICK_KILLS if chosen.quick else KILLS)
    with tempfile.TemporaryDirectory(dir=chosen.folder) as work:
        figures = measure(count, kills, Path(work))
    for name, value, unit, bar in figures:
        print(f"{name:<70} {value:>10.2f} {unit:<16} {bar}")
    if chosen.json:
        chosen.json.write_text(
            json.dumps([list(figure) for figure in figures], ensure_ascii=False, indent=2) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
