"""JSON: the contract of the program."""

from __future__ import annotations

from typing import Any

import orjson


def write_json(document: dict[str, Any], *, indent: bool = True) -> str:
    """The document as JSON, as `PlanDocument.model_dump_json` writes it; without `indent` on one line."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 if indent else 0).decode("utf-8")
