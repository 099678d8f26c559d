"""The command that prints the schemas of what the others print."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from planparse.cli_base import app


class SchemaOf(StrEnum):
    """What a schema is printed of."""

    plan = "plan"
    diff = "diff"
    compare = "compare"


@app.command()
def schema(
    of: Annotated[
        SchemaOf, typer.Option("--of", help="Of the plan model, or of what diff or compare prints.")
    ] = SchemaOf.plan,
) -> None:
    """Print the JSON Schema of the plan model, or of a comparison.

    Examples:

      planparse schema > planparse.schema.json

      planparse schema --of diff

      planparse schema --of compare
    """
    import json

    if of is SchemaOf.diff:
        from planparse.diff.result import Comparison

        made = Comparison.model_json_schema(mode="serialization")
    elif of is SchemaOf.compare:
        from planparse.diff.many_result import PlansSideBySide

        made = PlansSideBySide.model_json_schema(mode="serialization")
    else:
        from planparse.model import PlanDocument

        made = PlanDocument.model_json_schema(mode="serialization")
    typer.echo(json.dumps(made, ensure_ascii=False, indent=2))
