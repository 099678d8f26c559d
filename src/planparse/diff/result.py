"""The model of a comparison: what `planparse diff A B -f json` prints.

Imported only for `planparse schema --of diff` and by those who want typed data; the command works on plain data.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["same", "changed", "moved", "split", "joined", "only_left", "only_right"]
Differing = Literal["text", "lead", "supporting", "time", "product", "funding_source"]


class Record(BaseModel):
    """The base of every record: unknown fields are refused, values are not changed after they are made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Side(Record):
    """One of the two documents."""

    path: str | None = Field(description="The path as given to the parser; null for a text.")
    sha256: str
    number: str | None
    type_name: str | None
    title: str | None
    issuer: str | None
    province: str | None
    issued_on: str | None


class Counts(Record):
    """How many entries have each status."""

    changed: int
    moved: int
    split: int
    joined: int
    only_left: int
    only_right: int
    same: int


class Summary(Record):
    """The comparison in numbers."""

    different: bool = Field(description="Whether anything that was compared differs.")
    in_common: bool = Field(description="Whether a section, target, task or citation of one has its like in the other.")
    renumbered: int = Field(description="Sections and rows whose number is another than before.")
    metadata: Counts
    sections: Counts
    targets: Counts
    tasks: Counts
    agencies: Counts
    funding: Counts
    citations: Counts


class MetadataEntry(Record):
    """A field of the metadata that at least one document has."""

    field: str
    status: Status
    left: str | None
    right: str | None


class Change(Record):
    """A run of words. The left sides one after the other are the left text, the right sides the right one."""

    op: Literal["equal", "insert", "delete", "replace"]
    left: str
    right: str


class SectionEntry(Record):
    """A section, paragraph, table, table row or other block, or a pair of them."""

    status: Status = Field(
        description="A block that moved may have changes, too. Split: several blocks of the right document are one of the"
        " left; joined: the other way about."
    )
    type: str = Field(description='The block\'s type, or "row".')
    role: str | None = Field(description="What the section that it stands in is for: goals, tasks, money …")
    left: str | None = Field(description="The id of the block in the left document.")
    right: str | None = Field(description="The id of the block in the right document.")
    left_also: list[str] = Field(
        description="Ids of the other blocks that are one block of the right document: sections that were joined, or"
        " paragraphs that are only broken at other places."
    )
    right_also: list[str] = Field(description="The same of the right document.")
    left_number: str | None
    right_number: str | None
    left_heading: str | None
    right_heading: str | None
    renumbered: bool = Field(
        description="Whether the number of a pair differs, between versions; that alone is no change of status."
    )
    similarity: float = Field(description="1 for the same words, 0 for none in common or no partner.", ge=0, le=1)
    changes: list[Change]


class TargetSide(Record):
    """A target as one document sets it."""

    id: str
    block_id: str
    text: str
    indicator: str | None
    comparator: str
    value: int | float
    value_max: int | float | None
    unit: str | None
    year: int | None
    baseline_year: int | None


class TargetEntry(Record):
    """A target, or a pair of them by indicator."""

    status: Status
    left: TargetSide | None
    right: TargetSide | None
    more_ambitious: Literal["left", "right", "equal"] | None = Field(
        description="Null where the two cannot be weighed: another unit or year, or no word that says which way is better."
    )


class TaskSide(Record):
    """A task as one document assigns it; agencies by their canonical names."""

    id: str
    block_id: str
    text: str
    lead: list[str]
    supporting: list[str]
    time: str | None
    product: str | None
    funding_source: str | None


class TaskEntry(Record):
    """A task, or a pair of them by their work."""

    status: Status
    differs: list[Differing] = Field(description="What differs in a pair.")
    left: TaskSide | None
    right: TaskSide | None


class AgencyEntry(Record):
    """How many tasks an agency leads and supports on either side."""

    name: str
    status: Status
    left_leads: int
    right_leads: int
    left_supports: int
    right_supports: int


class Period(Record):
    """The years that an amount is for."""

    start: int | None
    end: int | None


class Money(Record):
    """An amount as one document states it."""

    id: str
    block_id: str
    amount: int
    currency: str
    label: str | None
    year: int | None
    period: Period | None
    kind: Literal["item", "total"]


class MoneyEntry(Record):
    """An amount, or a pair of them by what they pay for and when."""

    status: Status
    left: Money | None
    right: Money | None


class Sum(Record):
    """Items added up; totals that a document states are not added again."""

    key: str = Field(description="The year or period, or the agency; empty where the documents name none.")
    currency: str
    left: int
    right: int


class Funding(Record):
    """Money on either side."""

    totals: list[Sum]
    by_year: list[Sum]
    by_agency: list[Sum]
    items: list[MoneyEntry]


class CitationSide(Record):
    """A cited document as one document cites it."""

    id: str
    block_id: str
    text: str
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    subject: str | None


class CitationEntry(Record):
    """A cited document, in common or not; "changed" where its date differs."""

    status: Status
    left: CitationSide | None
    right: CitationSide | None


class Comparison(Record):
    """Two plan documents side by side."""

    schema_version: Literal["1.0"]
    kind: Literal["versions", "plans"] = Field(description="Versions of one document, or the plans of two issuers.")
    left: Side
    right: Side
    summary: Summary
    metadata: list[MetadataEntry]
    sections: list[SectionEntry] = Field(description="In the order of the left document.")
    targets: list[TargetEntry]
    tasks: list[TaskEntry]
    agencies: list[AgencyEntry]
    funding: Funding
    citations: list[CitationEntry]
