"""Work in a process of its own: it ends with the one that asked for it, and clears up behind it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from planparse.reading.apart import LostError, apart

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system divides no process")

BUSY = """
import os
from planparse.reading.apart import apart
def work():
    yield os.getpid()
    while True:
        pass
for pid in apart(work, 600):
    print(pid, flush=True)
"""


def is_running(pid: int) -> bool:
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip()) and not done.stdout.lstrip().startswith("Z")


def test_busy_work_ends_with_the_process_that_asked_for_it() -> None:
    with subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_running(child)
        parent.kill()
    for _ in range(200):
        if not is_running(child):
            return
        time.sleep(0.1)
    os.kill(child, 9)
    pytest.fail("the work runs on")


@pytest.mark.parametrize("lost", [False, True], ids=["no longer wanted", "too slow"])
def test_work_that_is_ended_leaves_no_folder_and_no_program(tmp_path: Path, lost: bool) -> None:
    def work() -> Iterator[int]:
        with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
            Path(folder, "page.pgm").write_bytes(b"P5")
            yield os.getpid()
            subprocess.run([sys.executable, "-c", "import time; time.sleep(600)"], check=True)

    results = apart(work, 1.0 if lost else 600.0)
    child = next(results)
    if lost:
        with pytest.raises(LostError):
            next(results)
    else:
        results.close()
    assert not list(tmp_path.iterdir())
    assert not is_running(child)


def test_work_that_heeds_nothing_is_ended_all_the_same() -> None:
    def work() -> Iterator[int]:
        import signal

        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        yield os.getpid()
        while True:
            pass

    results = apart(work, 600.0)
    child = next(results)
    results.close()
    assert not is_running(child)
