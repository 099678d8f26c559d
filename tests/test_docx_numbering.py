"""Automatic numbers of Word: the label that Word prints, by the rules of the format; LibreOffice's text export is a second
opinion where it is installed and does not differ from Word."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from planparse.reading.docx import read
from planparse.reading.docx_number_formats import custom, written
from planparse.reading.native import Paragraph
from planparse.reading.programs import PROGRAMS
from word_files import level, lists, override, paragraph, word_file

OUTLINE = level(0, "%1.", "upperRoman") + level(1, "%2.") + level(2, "%2.%3.") + level(3, "%4)", "lowerLetter")
DECIMAL = "".join(level(at, "".join(f"%{above + 1}." for above in range(at + 1))) for at in range(9))
NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
ONE_AND_TWO = {1: (0, ""), 2: (0, "")}


def style(name: str, number: str, based_on: str = "Normal") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="{based_on}"/>'
        f"<w:pPr>{f'<w:numPr>{number}</w:numPr>' if number else ''}</w:pPr></w:style>"
    )


def bound(at: int, text: str, name: str, kind: str = "decimal") -> str:
    return level(at, text, kind).replace("<w:lvlText", f'<w:pStyle w:val="{name}"/><w:lvlText')


def items(*places: tuple[int, int] | None) -> str:
    return "".join(paragraph("x", number=place) for place in places)


def labels(data: bytes) -> list[str]:
    """What stands before each "x"."""
    found = [piece.text for piece in read(data, "list.docx").pieces if isinstance(piece, Paragraph)]
    return [text.removesuffix("x").strip() for text in found]


#: By name: the paragraphs, the lists, the styles, the labels; and whether LibreOffice prints the same.
CASES: dict[str, tuple[str, str, str, list[str], bool]] = {
    "levels and restarts": (
        items((1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 3), (1, 3), (1, 1), (1, 2), (1, 0), (1, 1), (1, 3)),
        lists(OUTLINE), "", "I. 1. 2. 2.1. 2.2. a) b) 3. 3.1. II. 1. a)".split(), True,
    ),
    "a level left out counts as one": (
        items((1, 0), (1, 2), (1, 1), (1, 2), (1, 0), (1, 3), (1, 1)),
        lists(DECIMAL), "", "1. 1.1.1. 1.2. 1.2.1. 2. 2.1.1.1. 2.2.".split(), True,
    ),
    "the deepest level first": (items((1, 2), (1, 2), (1, 1)), lists(DECIMAL), "", "1.1.1. 1.1.2. 1.2.".split(), True),
    "plain paragraphs between": (items((1, 0), None, (1, 0)), lists(DECIMAL), "", ["1.", "", "2."], True),
    "two lists over one abstract list go on": (
        items((1, 0), (1, 0), (2, 0), (1, 0)), lists(DECIMAL, numbers=ONE_AND_TWO), "", "1. 2. 3. 4.".split(), True,
    ),
    "two abstract lists count apart": (
        items((1, 0), (2, 0), (1, 0)), lists(DECIMAL, OUTLINE), "", "1. I. 2.".split(), True,
    ),
    "a list that starts anew": (
        items((1, 0), (1, 0), (2, 0), (2, 0), (1, 0), (2, 0)),
        lists(DECIMAL, numbers={1: (0, ""), 2: (0, override(0, 1))}), "", "1. 2. 1. 2. 3. 4.".split(), True,
    ),
    "a start holds at each restart": (
        items((2, 0), (2, 1), (2, 0), (2, 1)),
        lists(DECIMAL, numbers={2: (0, override(0, 5) + override(1, 3))}), "", "5. 5.3. 6. 6.3.".split(), False,
    ),
    "another level in the place of one": (
        items((1, 0), (2, 0), (2, 1), (1, 0)),
        lists(DECIMAL, numbers={1: (0, ""), 2: (0, override(0, levels=level(0, "Mục %1", "upperLetter")))}),
        "", ["1.", "Mục B", "B.1.", "3."], True,
    ),
    "articles that count through chapters": (
        items((1, 0), (1, 1), (1, 1), (1, 0), (1, 1)),
        lists(level(0, "Chương %1", "upperRoman") + level(1, "Điều %2.", more='<w:lvlRestart w:val="0"/>')),
        "", ["Chương I", "Điều 1.", "Điều 2.", "Chương II", "Điều 3."], False,
    ),
    "points that start again in each chapter only": (
        items((1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)),
        lists(DECIMAL.split("<w:lvl w:ilvl=\"2\"")[0] + level(2, "%3)", "lowerLetter", '<w:lvlRestart w:val="1"/>')),
        "", "1. 1.1. a) 1.2. b) 2. a)".split(), False,
    ),
    "all in Arabic numbers": (
        items((1, 0), (1, 1)), lists(level(0, "%1.", "upperRoman") + level(1, "%1.%2.", more="<w:isLgl/>")),
        "", ["I.", "1.1."], False,
    ),
    "letters after z, and no đ": (
        items(*[(1, 0)] * 28), lists(level(0, "%1)", "lowerLetter")),
        "", [f"{letter})" for letter in [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"]], True,
    ),
    "a level of bullets has no number": (
        items((1, 0), (1, 1), (1, 2), (1, 3)),
        lists(DECIMAL.split("<w:lvl w:ilvl=\"2\"")[0] + level(2, "-", "bullet") + level(3, "%1.%2.%3%4.")),
        "", ["1.", "1.1.", "-", "1.1.1."], False,
    ),
    "list 0 is none": (items((1, 0), (0, 0), (1, 0)), lists(DECIMAL), "", ["1.", "", "2."], True),
    "styles": (
        "".join(paragraph("x", style=name) for name in ("Mot", "Hai", "Duoi", "Ba", "Khong", "Mot"))
        + paragraph("x", style="Hai", number=(0, 0)) + paragraph("x", style="Mot", number=(1, 1)),
        lists(bound(0, "%1.", "Mot", "upperRoman") + bound(1, "%2.", "Hai") + level(2, "%3)", "lowerLetter")),
        style("Mot", '<w:numId w:val="1"/>') + style("Hai", '<w:ilvl w:val="1"/><w:numId w:val="1"/>')
        + style("Duoi", "", "Hai")
        + style("Ba", '<w:ilvl w:val="2"/>', "Mot") + style("Khong", '<w:numId w:val="0"/>', "Mot"),
        ["I.", "1.", "2.", "a)", "", "II.", "", "1."], True,
    ),
    "a list that is kept in a list style": (
        items((1, 0), (1, 1), (2, 1), (1, 0)),
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>{DECIMAL}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>',
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
        "</w:style>",
        "1. 1.1. 1.2. 2.".split(), True,
    ),
}  # fmt: skip


def file_of(name: str) -> bytes:
    body, numbering, styles, _, _ = CASES[name]
    return word_file(body, numbering=numbering, styles=NORMAL + styles)


@pytest.mark.parametrize("name", CASES)
def test_labels(name: str) -> None:
    assert labels(file_of(name)) == CASES[name][3]


@pytest.mark.skipif(PROGRAMS["libreoffice"].find() is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_the_same_labels(tmp_path: Path) -> None:
    same = [name for name, case in CASES.items() if case[4]]
    files = [tmp_path / f"{at}.docx" for at in range(len(same))]
    for path, name in zip(files, same, strict=True):
        path.write_bytes(file_of(name))
    office = PROGRAMS["libreoffice"].find()
    assert office is not None
    profile = (tmp_path / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run([*command, "--outdir", tmp_path, *files], timeout=120, check=True, capture_output=True)
    for path, name in zip(files, same, strict=True):
        lines = path.with_suffix(".txt").read_text("utf-8-sig").splitlines()
        assert [line.removesuffix("x").strip() for line in lines if line.strip()] == CASES[name][3], name


def test_what_stands_between_label_and_text() -> None:
    body = paragraph("a", number=(1, 0)) + paragraph("b", number=(2, 0)) + paragraph("c", number=(3, 0))
    data = word_file(
        body,
        numbering=lists(
            level(0, "%1.", more='<w:suff w:val="nothing"/>'),
            level(0, "(%1)", more='<w:suff w:val="space"/>'),
            level(0, "%1)"),
        ),
    )
    assert [piece.text for piece in read(data, "x").pieces if isinstance(piece, Paragraph)] == ["1.a", "(1) b", "1) c"]


@pytest.mark.parametrize(
    ("text", "font", "printed"),
    [("-", "Times New Roman", "-"), ("\uf0b7", "Symbol", "•"), ("\uf0d8", "Wingdings", "➢"), ("o", "Courier New", "o"),
     ("\uf0ab", "Lạ", "↔"), ("+", "", "+")],
)  # fmt: skip
def test_bullets_are_the_sign_that_their_font_shows(text: str, font: str, printed: str) -> None:
    look = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    numbering = lists(level(0, text, "bullet").replace("</w:lvl>", f"{look}</w:lvl>"))
    assert labels(word_file(paragraph("x", number=(1, 0)), numbering=numbering)) == [printed]


def test_a_paragraph_without_words_has_its_number_and_a_hidden_one_only_counts() -> None:
    hidden = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>'
    body = paragraph("", number=(1, 0)) + hidden + paragraph("x", number=(1, 0))
    assert labels(word_file(body, numbering=lists(DECIMAL))) == ["1.", "3."]


def test_a_label_is_in_the_letters_of_its_paragraph() -> None:
    body = paragraph("x", number=(1, 0), more="<w:rPr><w:caps/></w:rPr>")
    assert labels(word_file(body, numbering=lists(level(0, "Chương %1")))) == ["CHƯƠNG 1"]


@pytest.mark.parametrize(
    ("value", "kind", "printed"),
    [(4, "lowerRoman", "iv"), (1994, "upperRoman", "1994"), (0, "lowerLetter", "0"), (7, "decimalZero", "07"),
     (3, "none", ""), (3, "numberInDash", "- 3 -"), (21, "vietnameseCounting", "hai mươi mốt"),
     (15, "vietnameseCounting", "mười lăm"),
     (10, "vietnameseCounting", "mười"), (3, "decimalEnclosedCircle", "③"), (10**9, "upperLetter", "1000000000"),
     (3, "thaiCounting", None)],
)  # fmt: skip
def test_number_formats(value: int, kind: str, printed: str | None) -> None:
    assert written(value, kind) == printed


def test_a_format_that_is_spelled_out() -> None:
    assert custom(7, "001, 002, 003, ...") == "007"
    both = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    numbering = lists(level(0, "%1.").replace('<w:numFmt w:val="decimal"/>', both))
    assert labels(word_file(items((1, 0), (1, 0)), numbering=numbering)) == ["001.", "002."]


def test_an_unknown_format_is_written_in_digits_and_noted() -> None:
    native = read(word_file(items((1, 0)), numbering=lists(level(0, "%1.", "thaiCounting"))), "x")
    assert [piece.text for piece in native.pieces if isinstance(piece, Paragraph)] == ["1. x"]
    assert [(note.code, note.values) for note in native.notes] == [("word.numbers_unknown", {"formats": "thaiCounting"})]
