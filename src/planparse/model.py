"""The plan model: what planparse makes of a document, and the contract of everything that reads its output.

Text is Unicode NFC. Dates are ISO 8601. Money is an integer of đồng. Offsets count characters of the decoded source
text, from 0; lines count from 1. What a document does not say is null.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """The base of every record: unknown fields are refused, values are not changed after they are made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _is_none(value: object) -> bool:
    """Whether an optional field is left out: what only some formats have is absent from the others' JSON, not null."""
    return value is None


class Span(Record):
    """Where something stands in the source text."""

    start: int = Field(description="First character, from 0.", ge=0)
    end: int = Field(description="The character after the last.", ge=0)
    first_line: int = Field(description="The line of the first character, from 1.", ge=1)
    last_line: int = Field(description="The line of the last character, from 1.", ge=1)
    page: int | None = Field(
        default=None,
        description="The page of the first character, from 1; absent where the format has no pages.",
        ge=1,
        exclude_if=_is_none,
    )


class SourceInfo(Record):
    """The source of the document, and how much of it the blocks hold."""

    path: str | None = Field(description='The path as given; "-" for standard input, null for a text.')
    sha256: str = Field(description="Of the bytes that were read; empty for a text.")
    format: Literal["txt", "html", "docx", "doc", "pdf"] = Field(description="The format of the file, told by its content.")
    encoding: str = Field(
        description='The encoding of the file: "utf-8", "tcvn3" …; "utf-8 mistaken for windows-1252" where saved wrongly.'
    )
    layout: str = Field(description="How the text was set: paragraphs, pipe_rows, wrapped_cells, or the native format's.")
    characters: int = Field(description="The length of the decoded text.", ge=0)
    lines: int = Field(description="The number of its lines.", ge=0)
    coverage: float = Field(
        description="The share of its non-blank characters that the blocks' spans hold; 1.0 is the promise.", ge=0, le=1
    )
    ocr: bool | None = Field(
        default=None,
        description="True where the words of pages were recognised from pictures, and may be misread; else absent.",
        exclude_if=_is_none,
    )


class Period(Record):
    """The years that a plan covers (giai đoạn, thời kỳ)."""

    start: int | None = Field(description="First year.")
    end: int | None = Field(description="Last year.")


class Signer(Record):
    """Who signed (người ký)."""

    name: str | None = Field(description="The name as printed.")
    role: str | None = Field(description='The role in capitals as printed: "PHÓ CHỦ TỊCH".')
    authority: str | None = Field(description='The TM./KT./TL. lines: "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH".')


class LegalBasis(Record):
    """A legal basis (căn cứ ban hành)."""

    text: str = Field(description="The paragraph as printed.")
    citation_ids: list[str] = Field(description="Ids of the citations that are the basis.")
    span: Span


class Metadata(Record):
    """What the document says of itself."""

    number: str | None = Field(description='Number and symbol (số, ký hiệu): "2746/QĐ-UBND".')
    type: str | None = Field(description='Code of the type: "KH", "QĐ".')
    type_name: str | None = Field(description='Name of the type: "Quyết định".')
    title: str | None = Field(description="Trích yếu, on one line, as printed.")
    issuer: str | None = Field(description='The issuing body: "Ủy ban nhân dân tỉnh Quảng Trị".')
    province: str | None = Field(description="Canonical name of the province or city; null for central bodies.")
    place: str | None = Field(description="The place beside the date, as printed.")
    issued_on: str | None = Field(description="Date of issue, ISO 8601.")
    effective_on: str | None = Field(description="Date of effect, ISO 8601, where the text states it.")
    period: Period | None = Field(description="The years that the plan covers.")
    signers: list[Signer] = Field(description="In the order of the text.")
    recipients: list[str] = Field(description="Nơi nhận, as printed, without dashes.")
    legal_bases: list[LegalBasis] = Field(description="In the order of the text.")
    site: dict[str, str | None] = Field(description="What the hosting site said of the document, by its own labels.")


class TextBlock(Record):
    """A block that holds text alone."""

    type: str
    id: str = Field(description='A path that a person can read: "plan/II/p1".')
    text: str = Field(description="Its words, hard wraps joined.")
    span: Span


class Paragraph(TextBlock):
    """A paragraph without a mark."""

    type: Literal["paragraph"] = "paragraph"


class Letterhead(TextBlock):
    """Issuer, national name, number, place and date; or the line that names who decides."""

    type: Literal["letterhead"] = "letterhead"


class Title(TextBlock):
    """Type, title (trích yếu) and the note of what a part is attached to."""

    type: Literal["title"] = "title"


class LegalBasisBlock(TextBlock):
    """A legal basis (căn cứ) or a proposal (theo đề nghị) before the body."""

    type: Literal["legal_basis"] = "legal_basis"


class SignatureBlock(TextBlock):
    """Authority, role and name of a signer."""

    type: Literal["signature"] = "signature"


class RecipientsBlock(TextBlock):
    """Nơi nhận."""

    type: Literal["recipients"] = "recipients"


class Footnote(TextBlock):
    """The text of a footnote."""

    type: Literal["footnote"] = "footnote"


class Boilerplate(TextBlock):
    """What the hosting site put around the document."""

    type: Literal["boilerplate"] = "boilerplate"


class Column(Record):
    """A column of a table."""

    name: str = Field(description='The header levels joined by " / "; empty where no header is printed.')
    path: list[str] = Field(description='The header levels from the top: ["Phân công trách nhiệm", "Cơ quan chủ trì"].')
    kind: str = Field(
        description="number, content, time, lead, support, funding_source, money, price, product, quantity, note or other."
    )


class Row(Record):
    """A row of a table."""

    id: str
    number: str = Field(description='The STT cell as printed: "3.1.1", "A", "-"; empty where it is empty or lost.')
    level: int = Field(description="Depth in the tree of rows, from 1.", ge=1)
    parent: str | None = Field(description="Id of the row that it belongs under, by number.")
    kind: Literal["group", "item", "total"]
    cells: list[str] = Field(description='One text a column, "" where empty; a merged cell\'s text is repeated.')
    carried: list[int] = Field(description="Columns, from 0, whose text was carried down from a merged cell.")
    span: Span


class Table(Record):
    """A table."""

    type: Literal["table"] = "table"
    id: str
    caption: str | None = Field(description='The caption directly above: "Bảng 1. …".')
    unit: str | None = Field(description='The unit line directly above, as printed: "ĐVT: triệu đồng".')
    columns: list[Column]
    rows: list[Row]
    span: Span = Field(description="From the caption or header to the last row.")


class Section(Record):
    """A numbered, lettered or dashed section."""

    type: Literal["section"] = "section"
    id: str
    level: str = Field(
        description="part, chapter, division, article, roman, upper, arabic, decimal, letter, paren, dash, plus or bullet."
    )
    marker: str = Field(description='As printed, without trailing punctuation: "I", "1.1", "đ", "-", "Điều 1".')
    number: str = Field(description='Its normal form: "III" for an OCR\'d "Ill".')
    heading: str | None = Field(description="The words, where they are a title; null where they are running text.")
    text: str | None = Field(description="The words, where they are running text, or follow a run-in title.")
    role: str | None = Field(description="What the section is for, told by its title: purpose, goals, tasks, money …")
    blocks: list[Block]
    span: Span = Field(description="Its marker, heading and text, without the blocks in it.")
    extent_end: int = Field(description="The end of its last descendant.", ge=0)


Block = Annotated[
    Section
    | Paragraph
    | Table
    | Letterhead
    | Title
    | LegalBasisBlock
    | SignatureBlock
    | RecipientsBlock
    | Footnote
    | Boilerplate,
    Field(discriminator="type"),
]


class Part(Record):
    """A decision, the plan that it promulgates, an appendix, or what belongs to none."""

    id: str
    kind: Literal["decision", "plan", "appendix", "other"]
    label: str | None = Field(description='Its printed type or label: "KẾ HOẠCH", "PHỤ LỤC I".')
    title: str | None = Field(description="Its title on one line.")
    attached_to: str | None = Field(description='The "Kèm theo …" line.')
    blocks: list[Block]
    span: Span = Field(description="From its first block to its last.")


class Fact(Record):
    """Something that the document says, read from one block."""

    id: str
    block_id: str = Field(description="The section, paragraph or row that it was read from.")
    span: Span


class Agency(Record):
    """A body that acts."""

    name: str = Field(description="As printed.")
    canonical: str | None = Field(description="From the agency lexicon.")
    kind: str | None = Field(description="The kind of body: sở, ban, huyện …")
    successor: str | None = Field(description="Who took over its work in the reorganisation of 2025; null where nobody did.")


class Task(Fact):
    """A piece of work that the document assigns."""

    text: str
    role: str | None
    lead: list[Agency]
    supporting: list[Agency]
    time: str | None
    funding_source: str | None
    product: str | None


class Target(Fact):
    """A target (chỉ tiêu)."""

    text: str
    indicator: str | None
    comparator: Literal["=", ">=", "<=", ">", "<", "increase", "decrease"]
    value: int | float
    value_max: int | float | None
    unit: str | None
    year: int | None
    baseline_year: int | None


class Funding(Fact):
    """An amount of money."""

    amount: int
    currency: str
    label: str | None
    year: int | None
    period: Period | None
    source_of_money: str | None
    column: str | None = Field(
        description='Of an amount in a table, the header of its column ("Thành tiền / Cây giống"); null in running text.'
    )
    kind: Literal["item", "total"]


class Citation(Fact):
    """A cited document, with every place that cites it."""

    text: str
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    subject: str | None
    mentions: list[Span]


class Deadline(Fact):
    """A deadline or a reporting duty."""

    text: str
    date: str | None
    recurrence: str | None
    year: int | None


class Abbreviation(Record):
    """An abbreviation that the text defines."""

    short: str
    long: str
    span: Span


class Diagnostic(Record):
    """Something odd that a reader should know of."""

    code: str = Field(description="A stable name: numbering.skipped, text.truncated …")
    severity: Literal["info", "warning", "error"]
    message: str = Field(description="In the language that was asked for.")
    values: dict[str, Any] = Field(description="What the message speaks of, to say it again in another language.")
    span: Span | None
    block_id: str | None


class PlanDocument(Record):
    """A plan document: its source, metadata, parts, facts and diagnostics."""

    schema_version: Literal["1.0"]
    source: SourceInfo
    metadata: Metadata
    parts: list[Part] = Field(description="In the order of the source.")
    tasks: list[Task]
    targets: list[Target]
    funding: list[Funding]
    citations: list[Citation]
    deadlines: list[Deadline]
    abbreviations: list[Abbreviation]
    diagnostics: list[Diagnostic]
