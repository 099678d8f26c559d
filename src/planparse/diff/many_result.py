"""The model of several plans side by side: what `planparse compare A B C -f json` prints.

Imported only for `planparse schema --of compare` and by those who want typed data; the command works on plain data.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from planparse.diff.result import Record, Side, TargetSide


class Document(Side):
    """One of the documents: a column of every table."""

    name: str = Field(description="Province, else issuer, and number; the file where they are not told. No two are alike.")
    targets: int = Field(description="How many targets it sets.")
    tasks: int = Field(description="How many tasks it assigns.")
    unled: int = Field(description="How many of its tasks name no one to lead them.")
    amounts: int = Field(description="How many amounts of money it names.")


class RankedTarget(TargetSide):
    """A target as one document sets it."""

    most_ambitious: bool = Field(
        description="Whether no other document sets more, and one sets less, among those of the same unit, year and base"
        " year whose words say which way is better."
    )


class TargetRow(Record):
    """An indicator with what each document sets for it."""

    indicator: str = Field(description="As the first document that has it words it.")
    documents: int = Field(description="How many documents have it.")
    cells: list[list[RankedTarget]] = Field(description="The targets of each document; none where it does not say.")


class AgencyRow(Record):
    """How many tasks an agency leads and supports in each document."""

    name: str
    documents: int = Field(description="How many documents give it work.")
    leads: list[int]
    supports: list[int]


class MoneyRow(Record):
    """An amount of money in each document."""

    key: str = Field(description="The year or period, or the source; empty where none is named, and for all money.")
    currency: str
    amounts: list[int | None] = Field(description="Null where a document names none.")


class ManyFunding(Record):
    """Money in each document."""

    totals: list[MoneyRow] = Field(description="All items added up; totals that a document states are not added again.")
    stated: list[MoneyRow] = Field(description="The largest total that each document states.")
    by_year: list[MoneyRow] = Field(description="Items added up by year or period.")
    by_source: list[MoneyRow] = Field(description="Items added up by source of money.")


class PlansSideBySide(Record):
    """Several plan documents side by side; lists of cells, leads, supports and amounts are in the order of `documents`."""

    schema_version: Literal["1.0"]
    documents: list[Document]
    in_common: bool = Field(description="Whether a target or an agency of one document is found in another.")
    targets: list[TargetRow] = Field(description="Indicators that most documents have come first.")
    agencies: list[AgencyRow] = Field(description="The agency that leads most tasks comes first.")
    funding: ManyFunding
