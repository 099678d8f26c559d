"""The same document set another way has the same tree: any wrap width, unwrapped, other line ends and encodings,
with what a hosting site puts around it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from benchmarks.resetting import tree, unwrapped, wrapped
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CORPUS, SEEDS, TEXTS, blocks, needs_corpus, needs_seeds, parse
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.text import decode

SITE_BEFORE = """Kế hoạch 99/KH-UBND năm 2024 về phòng cháy rừng
Số hiệu 99/KH-UBND
Ngày ban hành 05/02/2024
Người ký Trần Văn Minh
- 1Luật Lâm nghiệp 2017
- 2Nghị định 156/2018/NĐ-CP hướng dẫn Luật Lâm nghiệp

"""
SITE_AFTER = """
- 1Quyết định 11/QĐ-UBND năm 2023 về Đề án phòng cháy rừng tỉnh Sơn La
- 2Kế hoạch 12/KH-UBND năm 2024 phòng cháy rừng - tỉnh Lai Châu
- Số hiệu: 99/KH-UBND
- Người ký: Trần Văn Minh
- Tình trạng hiệu lực: Còn hiệu lực"""

_CACHE: dict[Path, tuple[str, object, list[tuple[str, bool]]]] = {}


def setting(path: Path) -> tuple[str, object, list[tuple[str, bool]]]:
    """A text, its tree, and its lines unwrapped."""
    if path not in _CACHE:
        text = path.read_text("utf-8")
        document = parse(text)
        _CACHE[path] = (text, tree(document), unwrapped(text, document))
    return _CACHE[path]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_unwrapped_is_the_same(path: Path) -> None:
    _, expected, lines = setting(path)
    assert tree(parse(wrapped(lines, None))) == expected


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@settings(max_examples=25, deadline=None)
@given(width=st.integers(40, 120))
def test_any_width_is_the_same(path: Path, width: int) -> None:
    _, expected, lines = setting(path)
    document = parse(wrapped(lines, width))
    assert tree(document) == expected
    assert document["source"]["coverage"] == 1.0


@needs_seeds
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_width_of_a_seed(path: Path) -> None:
    _, expected, lines = setting(path)
    assert [width for width in range(40, 121) if tree(parse(wrapped(lines, width))) != expected] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "encoded",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: text.replace(" ", "\u00a0").encode(),
        lambda text: text.replace("\n", " \u200b\n").encode(),
        lambda text: (text + "\n").encode(),
    ],
    ids=["crlf", "cr", "bom", "utf-16", "utf-16-be", "utf-16-le-unmarked", "nfd", "nbsp", "zero-width", "final-newline"],
)
def test_other_bytes_are_the_same(path: Path, encoded: object) -> None:
    text, expected, _ = setting(path)
    data: bytes = encoded(text)  # type: ignore[operator]
    source = decode(data)
    document = parse_source(source, load())
    assert tree(document) == expected
    assert document["source"]["coverage"] == 1.0
    for block in blocks(document):
        first_word = next(iter((block.get("text") or block.get("heading") or "").split()), "")
        printed = source.text[block["span"]["start"] : block["span"]["end"]]
        composed = unicodedata.normalize("NFC", printed).replace("\u00a0", " ")
        assert first_word.split("|")[0] in composed


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_site_lists_around_change_nothing(path: Path) -> None:
    text, expected, _ = setting(path)
    if not tree(parse(text)):
        pytest.skip("no plan: nothing to stand around")
    document = parse(SITE_BEFORE + text.strip("\n") + SITE_AFTER)
    assert tree(document) == expected
    assert document["source"]["coverage"] == 1.0
    assert document["metadata"]["site"]["Người ký"] is not None


@needs_corpus
def test_layouts_of_one_document_agree() -> None:
    """The same document in its three layouts: at least 0.98 of the sections agree."""
    from benchmarks.layouts import agreement

    found = agreement(CORPUS[0].parents[1])
    assert found.share >= 0.98
