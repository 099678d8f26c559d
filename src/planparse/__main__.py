"""Runs the command line: errors as one line, interruption clean, a closed pipe quiet."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """The `planparse` command."""
    from planparse.cli import INTERRUPTED, UNUSABLE, app
    from planparse.errors import PlanparseError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except PlanparseError as error:
        print(f"planparse: {error}", file=sys.stderr)
        sys.exit(UNUSABLE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone ("planparse show plan.txt | head"): nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
