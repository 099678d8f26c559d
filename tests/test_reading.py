"""Bytes into text: encodings, line ends, what no reader sees, and the way back to every character as it was read."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import SAMPLES, Data, blocks, parse
from planparse.errors import InputError
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.source import INVISIBLE, make_source
from planparse.reading.text import decode, read_file

PLAN = "KẾ HOẠCH\n\nI. MỤC TIÊU\n\n1. Trồng 5.000 cây ở xã Tân Lập.\n\nĐiều 2. Ủy ban nhân dân huyện\n"
SAMPLE = next(path for path in SAMPLES if path.stem == "decision-plan-wrapped")
SPAN = {"start", "end", "first_line", "last_line"}
_UNSEEN = dict.fromkeys(map(ord, INVISIBLE))


def cleaned(text: str) -> str:
    """What cleaning is to make of a text, said the plain way."""
    text = re.sub("\r\n?|[\x85\u2028\u2029]", "\n", text.translate(_UNSEEN))
    text = re.sub(r"[^\S\n]", " ", text)
    return unicodedata.normalize("NFC", text)


def outline(document: Data) -> Any:
    """A document without its offsets and its source."""
    if isinstance(document, dict):
        if set(document) == SPAN:
            return None
        return {key: outline(value) for key, value in document.items() if key not in {"extent_end", "source"}}
    return [outline(item) for item in document] if isinstance(document, list) else document


# --- encodings --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "mark", "told"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("text", [PLAN, SAMPLE.read_text("utf-8"), "Sơn La\n"], ids=["plan", "sample", "short"])
def test_encodings(tmp_path: Path, text: str, written: str, mark: bytes, told: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(mark + text.encode(written))
    source = read_file(path)
    assert source.text == source.clean == text
    assert (source.encoding, source.path, source.format) == (told, str(path), "txt")
    assert source.offset(7) == 7 and source.clean_offset(7) == 7


def test_the_hash_is_that_of_the_bytes() -> None:
    import hashlib

    data = b"\xef\xbb\xbf" + PLAN.encode("utf-8")
    assert decode(data).sha256 == hashlib.sha256(data).hexdigest() != decode(PLAN.encode("utf-8")).sha256


@pytest.mark.parametrize("encoding", ["cp1258", "utf-7", "utf-32"])
def test_another_encoding_is_never_read_as_something_else(encoding: str) -> None:
    data = "Kế hoạch trồng rừng ngập mặn".translate({ord("ậ"): "â", ord("ặ"): "ă", ord("ế"): "ê", ord("ạ"): "a"})
    data = data.replace("ồ", "ô").replace("ừ", "ư")
    try:
        source = decode(data.encode(encoding))
    except InputError as error:
        assert "UTF-8" in str(error) and "\n" not in str(error)
    else:
        # UTF-32 begins like UTF-16, and its zeros are not seen; UTF-7 is ASCII that nobody can tell from a text.
        assert source.clean == data if encoding == "utf-32" else encoding == "utf-7" and source.text.isascii()


@settings(deadline=None)
@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xef\xbb\xbf\xff")
@example(b"\x00\x00\x00\x00")
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    try:
        source = decode(data, "plan.txt")
    except InputError as error:
        said = str(error)
        assert said.startswith("plan.txt: ") and "; " in said and "\n" not in said
    else:
        assert source.clean == cleaned(source.text)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300))
def test_text_that_was_saved_as_utf8_is_read_back(text: str) -> None:
    try:
        source = decode(text.encode("utf-8"))
    except InputError:
        # Too many controls, the opening of another format, or nothing that can be seen.
        assert not text.strip("\0 \t\r\n\ufeff\x0b\x0c") or not text.strip() or re.search(r"[\x00-\x08\x0e-\x1f]", text)
    else:
        if source.encoding == "utf-8":
            assert source.text == text


# --- what cleaning does -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
        ("a\x85b\u2028c\u2029d", "a\nb\nc\nd"),
        ("Số\u00a012\u202f000\u3000đồng\tnăm\x0b2024\x0c.", "Số 12 000 đồng năm 2024 ."),
        ("K\u200bẾ\ufeff HO\u00adẠ\u2060CH\x00\u200e", "KẾ HOẠCH"),
        (unicodedata.normalize("NFD", "Kế hoạch trồng rừng Đắk Lắk"), "Kế hoạch trồng rừng Đắk Lắk"),
        ("Ke\u0302\u0301 hoa\u0323ch", "Kế hoạch"),
        ("Ke\u0301\u0302 U\u031b\u0309y", "K\u00e9\u0302 Ửy"),  # marks in another order are another letter
        ("e\u200b\u0302\ufeff\u0301", "ế"),
        ("\u0301a", "\u0301a"),
        ("\n\u0301a", "\n\u0301a"),
        ("10 \u212b, \u2126", "10 \u00c5, \u03a9"),
        ("\u1100\u1161", "\uac00"),
        ("\u0958", "\u0915\u093c"),
        ("\U0001d160x", "\U0001d158\U0001d165\U0001d16ex"),
        ("𠀀🌳\r\nx", "𠀀🌳\nx"),
        ("\ud800x", "\ufffdx"),
        ("", ""),
    ],
)
def test_cleaning(text: str, clean: str) -> None:
    source = make_source(text)
    assert source.clean == clean
    assert source.offset(len(clean)) == len(text) and source.clean_offset(len(text)) == len(clean)


@settings(deadline=None)
@given(st.text(max_size=60))
@example("e\u200b\u0301")
@example("\x00\u0301\r\r\n")
@example("\u0958\u0301\U0001d160")
@example("q\u0301\u0323")
@example("\\\u0301")
def test_clean_text_is_as_it_is_said_to_be(text: str) -> None:
    source = make_source(text)
    assert source.clean == cleaned(text) and source.text == text
    assert unicodedata.is_normalized("NFC", source.clean) and not set(source.clean) & set(INVISIBLE + "\r\u00a0\t")
    assert make_source(source.clean).breaks == ([], [])


# --- offsets ----------------------------------------------------------------------------------------------------------
LETTERS = [
    *"aăâđêeô1.|- \n",
    *"ếạởụ",
    "e\u0302\u0301",
    "a\u0323",
    "\r\n",
    "\r",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\x00",
    "\u00ad",
    "🌳",
]
vietnamese = st.lists(st.sampled_from(LETTERS), max_size=60).map("".join)


@settings(deadline=None)
@given(vietnamese)
def test_offsets_lead_there_and_back(text: str) -> None:
    source = make_source(text)
    for at in range(len(source.clean) + 1):
        assert source.clean_offset(source.offset(at)) == at


@given(st.text(st.sampled_from("\\Đđứaế\u0301\u200b\nrn \u0958")), st.sampled_from(["\u2126", "\u0958", "e\u0301", ""]))
@example(r"Lưu tại \\máychủ\Đầu tư\Ứng dụng ", "\u2126")
def test_a_backslash_before_a_letter_takes_no_letter_away(text: str, singleton: str) -> None:
    assert make_source(text + singleton).clean == cleaned(text + singleton)


@settings(deadline=None)
@given(vietnamese)
def test_every_clean_character_is_found_in_the_text_as_read(text: str) -> None:
    source = make_source(text)
    for start, letter in enumerate(source.clean):
        if not unicodedata.combining(letter):
            end = start + 1
            while end < len(source.clean) and unicodedata.combining(source.clean[end]):
                end += 1
            assert cleaned(text[source.offset(start) : source.offset(end)]) == source.clean[start:end]


@settings(deadline=None)
@given(st.text(max_size=60))
@example("\u0958\U0001d160")
def test_offsets_never_go_back_and_stay_inside(text: str) -> None:
    source = make_source(text)
    there = [source.offset(at) for at in range(len(source.clean) + 1)]
    back = [source.clean_offset(at) for at in range(len(text) + 1)]
    assert all(a <= b for a, b in pairwise(there)) and all(a <= b for a, b in pairwise(back))
    assert (there[-1], back[-1]) == (len(text), len(source.clean))


# --- the same document, however it was saved --------------------------------------------------------------------------
def disguised(text: str, how: str) -> str:
    """The text as another program would have saved it."""
    if how == "nfd":
        return unicodedata.normalize("NFD", text)
    if how == "zero-width spaces":
        return re.sub(r"(?<=\w)(?=\w)", "\u200b", text)
    return {
        "crlf": lambda: text.replace("\n", "\r\n"),
        "cr": lambda: text.replace("\n", "\r"),
        "line separators": lambda: text.replace("\n", "\u2028"),
        "no-break spaces": lambda: text.replace(" ", "\u00a0"),
        "byte order marks": lambda: "\ufeff" + text.replace("\n", "\ufeff\n"),
        "soft hyphens": lambda: text.replace("o", "o\u00ad"),
        "zero bytes": lambda: "\0".join(text),
        "all": lambda: unicodedata.normalize("NFD", text.replace(" ", "\u00a0")).replace("\n", "\u200b\r\n"),
    }[how]()


WAYS = [
    "nfd",
    "zero-width spaces",
    "crlf",
    "cr",
    "line separators",
    "no-break spaces",
    "byte order marks",
    "soft hyphens",
    "all",
]


@pytest.mark.parametrize("how", [*WAYS, "zero bytes"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_document_is_the_same_however_it_was_saved(path: Path, how: str) -> None:
    text = path.read_text("utf-8")
    raw = disguised(text, how)
    assert raw != text
    expected, got = (parse_source(make_source(form), load()) for form in (text, raw))
    assert outline(got) == outline(expected)
    assert got["source"]["coverage"] == 1.0 and got["source"]["characters"] == len(raw)
    assert got["source"]["lines"] == expected["source"]["lines"]
    for here, there in zip(spans(got), spans(expected), strict=True):
        assert cleaned(raw[here["start"] : here["end"]]) == text[there["start"] : there["end"]]
        assert (here["first_line"], here["last_line"]) == (there["first_line"], there["last_line"])


def spans(document: Any) -> list[Data]:
    """Every span of a document, in the order of its data."""
    if isinstance(document, dict):
        if set(document) == SPAN:
            return [document]
        return [span for value in document.values() for span in spans(value)]
    return [span for item in document for span in spans(item)] if isinstance(document, list) else []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_spans_quote_the_text_as_read(data: st.DataObject) -> None:
    """Unseen characters strewn over a plan change no word; each block's words stand where its span says."""
    size = len(PLAN)
    unseen = data.draw(st.lists(st.sampled_from(["", "", "", "\u200b", "\ufeff", "\x00"]), min_size=size, max_size=size))
    apart = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    letters = (unicodedata.normalize("NFD", letter) if nfd else letter for letter, nfd in zip(PLAN, apart, strict=True))
    raw = "".join(mark + letter for mark, letter in zip(unseen, letters, strict=True))
    document = parse_source(make_source(raw), load())
    expected = parse_source(make_source(PLAN), load())
    assert outline(document) == outline(expected)
    for block in blocks(document):
        quoted = cleaned(raw[block["span"]["start"] : block["span"]["end"]])
        for field in ("marker", "heading", "text"):
            assert (block.get(field) or "") in quoted


def test_other_control_characters_are_kept() -> None:
    """They are part of the text as read; only what shows it to a terminal has to beware."""
    source = decode("KẾ HOẠCH\n\nI. MỤC \x1b[31mTIÊU\n".encode())
    assert "\x1b" in source.clean
    document = parse_source(source, load())
    assert document["source"]["coverage"] == 1.0 and any(
        "\x1b" in (block.get("heading") or "") for block in blocks(document)
    )


@pytest.mark.parametrize("escape", ["\\r\\n", "\\n"])
def test_line_ends_that_an_export_left_as_their_escape(escape: str) -> None:
    lines = [
        "ỦY BAN NHÂN DÂN | \\r\\n CỘNG HÒA\\r\\n XÃ HỘI CHỦ NGHĨA VIỆT NAM | \\r\\n",
        "\\r\\n Số: 27/KH-UBND \\r\\n | \\r\\n Hà Giang, ngày 04 tháng 3 năm 2024 | \\r\\n",
        "\\r\\nKẾ HOẠCH\\r\\nCHĂM SÓC RỪNG TRÀM\\r\\n",
        "\\r\\n\\r\\nI. MỤC TIÊU\u200b",
        "\\r\\nRừng tràm giữ đất.\\r\\n",
    ]
    for end in ("\n", "\r\n"):
        text = end.join(lines).replace("\\r\\n", escape)
        document = parse(text)
        assert (document["metadata"]["number"], document["metadata"]["title"]) == ("27/KH-UBND", "CHĂM SÓC RỪNG TRÀM")
        assert document["source"]["coverage"] == 1.0
        assert document["source"]["lines"] == len(lines)
        assert "text.escaped" in [item["code"] for item in document["diagnostics"]]
        for block in blocks(document):
            span = block["span"]
            said = text[span["start"] : span["end"]]
            assert span["first_line"] == text.count("\n", 0, span["start"]) + 1
            assert span["last_line"] == span["first_line"] + said.count("\n")
            if block["type"] in {"section", "paragraph"}:
                assert said.strip("\u200b") == {"section": "I. MỤC TIÊU", "paragraph": "Rừng tràm giữ đất."}[block["type"]]


def test_a_path_is_no_line_end() -> None:
    document = parse("KẾ HOẠCH\nCHĂM SÓC RỪNG\n\nLưu tại C:\\r\\nhap và D:\\r\\nhap.\n")
    assert "C:\\r\\nhap" in str(document["parts"][0]["blocks"][-1]["text"])
