"""The command line: all commands together, in the order in which help lists them.

The `cli_…` modules are thin: arguments in, one call, exit code out; everything heavy is imported where it is used.
"""

from __future__ import annotations

from typer.models import CommandInfo

# Each module puts its commands on `app` when it is imported.
from planparse import cli_batch, cli_diff, cli_extract, cli_facts, cli_formats, cli_schema  # noqa: F401
from planparse.cli_base import app

__all__ = ["app"]

_ORDER = (
    "extract", "show", "check", "tasks", "targets", "funding", "citations", "deadlines", "batch", "diff", "formats",
    "schema",
)  # fmt: skip


def _place(command: CommandInfo) -> int:
    return _ORDER.index(command.name or (command.callback.__name__ if command.callback else ""))


app.registered_commands.sort(key=_place)
