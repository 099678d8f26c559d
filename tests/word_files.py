"""Word files written by hand for the tests: the parts of a .docx out of short pieces of XML."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def part(root: str, inner: str) -> bytes:
    """The XML of a part whose root is w:`root`."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {NAMESPACES}>{inner}</w:{root}>'.encode()


def word_file(body: str, inner: dict[str, str] | None = None, parts: dict[str, bytes] | None = None, **more: str) -> bytes:
    """A .docx with the contents of w:body. `inner`, and further arguments, have the contents of other parts by the word of
    their relation ("styles", "numbering", "footnotes", "header" …); `parts` has whole parts by name."""
    inner = (inner or {}) | more
    kinds = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes", "header": "hdr"}
    kinds |= {"footer": "ftr", "settings": "settings", "comments": "comments"}
    relations = "".join(f'<Relationship Id="{kind}" Type="{_R}/{kind}" Target="{kind}.xml"/>' for kind in inner)
    types = "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{_CONTENT}.{kind}+xml"/>' for kind in inner)
    files = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>{types}</Types>'
        ).encode(),
        "_rels/.rels": _relations(f'<Relationship Id="d" Type="{_R}/officeDocument" Target="word/document.xml"/>'),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        **{f"word/{kind}.xml": part(kinds[kind], text) for kind, text in inner.items()},
        **(parts or {}),
    }
    return zipped(files)


def _relations(inner: str) -> bytes:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'.encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of files."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def run(text: str, look: str = "") -> str:
    """A run; `look` is what stands in its w:rPr."""
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    text: str = "", *, number: tuple[int, int] | None = None, style: str = "", inner: str = "", more: str = ""
) -> str:
    """A paragraph; number: its list and level; inner: XML after the text; more: what else stands in its w:pPr."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        properties += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}{more}</w:pPr>{run(text) if text else ''}{inner}</w:p>"


def level(at: int, text: str, kind: str = "decimal", more: str = "", start: int = 1) -> str:
    """A w:lvl; more: what stands between its format and its text, in the order of the schema."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
    )


def lists(*abstracts: str, numbers: dict[int, tuple[int, str]] | None = None) -> str:
    """The contents of w:numbering: abstract lists of levels, numbered from 0, and lists by id as (abstract list, overrides);
    list n + 1 over the abstract list n where `numbers` says nothing."""
    named = numbers or {at + 1: (at, "") for at in range(len(abstracts))}
    return "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:nsid w:val="{at + 1:08X}"/><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
        for at, levels in enumerate(abstracts)
    ) + "".join(
        f'<w:num w:numId="{name}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
        for name, (abstract, overrides) in named.items()
    )


def override(at: int, start: int | None = None, levels: str = "") -> str:
    """A w:lvlOverride of a level: where it starts, or another level in its place."""
    begins = "" if start is None else f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{at}">{begins}{levels}</w:lvlOverride>'


def cell(content: str, *, span: int = 1, merge: str | None = None, more: str = "") -> str:
    """A table cell of paragraphs, or of a plain text; merge: "restart" or "continue" of a cell merged downwards."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge is not None:
        properties += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>"
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}{more}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, more: str = "") -> str:
    """A table row; more: what stands in its w:trPr."""
    return f"<w:tr>{f'<w:trPr>{more}</w:trPr>' if more else ''}{''.join(cells)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table; widths: of the columns of its grid, in twips."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
