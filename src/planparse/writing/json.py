"""JSON: the contract of the program."""

from __future__ import annotations

from typing import Any

from pydantic_core import to_json


def write_json(document: dict[str, Any], *, indent: int | None = 2) -> str:
    """The document as JSON, as `PlanDocument.model_dump_json` writes it. `indent=None` puts it on one line."""
    return to_json(document, indent=indent).decode("utf-8")
