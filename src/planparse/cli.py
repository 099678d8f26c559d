"""The command line: all commands together, in the order in which help lists them.

The `cli_…` modules are thin: arguments in, one call, exit code out; everything heavy is imported where it is used. A
module is imported, and the options of its command are worked out, when its command is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from planparse.cli_base import app

__all__ = ["app"]

#: Command → its module, which puts it on `app` when it is imported.
_HOMES = {
    "extract": "cli_extract",
    "show": "cli_extract",
    "check": "cli_extract",
    "tasks": "cli_facts",
    "targets": "cli_facts",
    "funding": "cli_facts",
    "citations": "cli_facts",
    "deadlines": "cli_facts",
    "batch": "cli_batch",
    "diff": "cli_diff",
    "formats": "cli_formats",
    "schema": "cli_schema",
}


def _say_version(wanted: bool) -> None:
    if wanted:
        from planparse.version import __version__

        typer.echo(f"planparse {__version__}")
        raise typer.Exit


@app.callback()
def main_options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_say_version)
    ] = False,
) -> None:
    """Read Vietnamese plan documents (kế hoạch, quyết định ban hành kế hoạch) into a typed plan model."""


class _Commands(TyperGroup):
    """The commands by name; of those that are not asked for, nothing is imported."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands, in the order of help."""
        return list(_HOMES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, or None where there is none."""
        if cmd_name not in _HOMES:
            for name in _HOMES:  # so that "Did you mean …?" knows them all
                self.get_command(ctx, name)
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = _command(cmd_name)
        return self.commands[cmd_name]


def _command(name: str) -> TyperCommand:
    import_module(f"planparse.{_HOMES[name]}")
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    for info in app.registered_commands:
        if (info.name or getattr(info.callback, "__name__", "")) == name:
            alone.registered_commands.append(info)
    command = get_command(alone)
    assert isinstance(command, TyperCommand)
    return command


app.info.cls = _Commands
