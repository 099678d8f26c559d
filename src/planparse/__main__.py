"""Runs the command line: errors as one line, interruption clean, a closed pipe quiet."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from planparse.errors import PlanparseError

#: As in `cli`, which is not imported yet when Ctrl-C may already come.
DONE, FELL_SHORT, UNUSABLE, INTERRUPTED = 0, 1, 2, 130


def main() -> None:
    """The `planparse` command.

    It ends without taking apart what was built: of a short command that would be a tenth of the time. Nothing waits for
    that end; every file is closed by who wrote it.
    """
    os._exit(run())


def run() -> int:
    """Run the command that `sys.argv` names, with all that it prints written out; the exit code."""
    # What a start builds is kept to the end; looking for garbage in it again and again finds none.
    gc.set_threshold(500_000, 20, 100)
    try:
        code = _run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    if isinstance(code, str):  # what SystemExit would print
        print(code, file=sys.stderr)
        code = FELL_SHORT
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, _StdoutError):
            stream.flush()
    return int(code or DONE)


def _run() -> Any:
    """Run a command, write out what it printed, and say with which code to end."""
    _set_up_streams()
    code: Any = DONE
    try:
        code = _command()
        sys.stdout.flush()  # what fails now would fail after all handlers
    except BrokenPipeError:
        # The reader of our output has gone ("planparse show plan.txt | head"): nothing more to say.
        _drop_output()
    except _StdoutError as error:
        from planparse.errors import OutputError, Wording

        _drop_output()
        return _unusable(OutputError("output.unwritable", file=Wording("name.stdout"), reason=str(error)))
    return code


def _command() -> Any:
    from planparse.cli import app
    from planparse.errors import PlanparseError, Wording, reason_of

    try:
        app()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # typer and rich make a 1 of it
            raise BrokenPipeError from None
        return end.code
    except PlanparseError as error:
        return _unusable(error)
    except BrokenPipeError:
        raise
    except OSError as error:  # no process left, no room for a file of its own …
        where = Wording("name.system") if error.filename is None else str(error.filename)
        return _unusable(PlanparseError("system.refused", file=where, reason=reason_of(error)))
    return DONE


def _unusable(error: PlanparseError) -> int:
    """Say on standard error what is wrong, in the language that is wanted; the exit code."""
    from planparse.cli_base import asked_language
    from planparse.errors import printable
    from planparse.messages import language

    print(f"planparse: {printable(error.say(language(asked_language())))}", file=sys.stderr)
    return UNUSABLE


class _StdoutError(Exception):
    """Standard output could not be written; `str(error)` is why."""


class _Stdout:
    """Standard output, whose errors are told from those of all other files."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @property
    def buffer(self) -> _Stdout:
        return _Stdout(self._stream.buffer)

    def write(self, text: Any) -> Any:
        return _tried(self._stream.write, text)

    def writelines(self, lines: Any) -> None:
        _tried(self._stream.writelines, lines)

    def flush(self) -> None:
        _tried(self._stream.flush)


def _tried(write: Callable[..., Any], *what: Any) -> Any:
    try:
        return write(*what)
    except BrokenPipeError:  # no error: nobody reads on
        raise
    except OSError as error:
        raise _StdoutError(error.strerror or str(error)) from None


def _set_up_streams() -> None:
    """UTF-8 whatever the locale; a stream that the caller closed (">&-") takes what is written and drops it."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.stdout = cast(TextIO, _Stdout(sys.stdout))


def _drop_output() -> None:
    """What is still to be written would fail again when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
