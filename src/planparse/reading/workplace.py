"""A folder for a program that a reader runs: it is gone, and so is what runs in it, when this process is, however it ends.

A process that is ended by a signal tidies up nothing. So a shell waits beside it on a pipe, of which this process alone
holds the other end; when the pipe closes, the shell ends the program and takes the folder away.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: Each line names the leader of the group that runs, an empty one none.
_WATCH = """
trap '' HUP INT TERM
while read -r line; do leader=$line; done
[ -n "$leader" ] && kill -s KILL -- "-$leader"
rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }
"""


class Workplace:
    """A folder, and the programs that are run in it."""

    def __init__(self, folder: Path, watch: subprocess.Popen[bytes] | None) -> None:
        self.folder = folder
        self._watch = watch

    def run(self, command: list[str], environment: dict[str, str], seconds: float) -> int | None:
        """Run a program to its end; its exit code, or None where it took too long and was ended, with what it started.

        Raises OSError where it does not start.
        """
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._tell(str(process.pid))
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)
            self._tell("")

    def _tell(self, leader: str) -> None:
        if self._watch is not None and self._watch.stdin is not None:
            with suppress(OSError):  # without its watch, a program is ended only here
                self._watch.stdin.write(f"{leader}\n".encode())
                self._watch.stdin.flush()


@contextmanager
def workplace() -> Iterator[Workplace]:
    """A new folder for programs to run in."""
    folder = tempfile.mkdtemp(prefix="planparse-")
    watch = None
    try:
        watch = _watched(folder)
        yield Workplace(Path(folder), watch)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if watch is not None:
            watch.kill()
            watch.communicate()


def _watched(folder: str) -> subprocess.Popen[bytes] | None:
    """The shell that waits for the end of this process; None where the system has none."""
    if os.name != "posix":
        return None
    with suppress(OSError):
        return subprocess.Popen(
            ["/bin/sh", "-c", _WATCH, "planparse", folder],
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and those that it started, if they still run."""
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)  # it leads the group: it was started in a session of its own
        else:
            process.kill()
        process.wait()
