"""What holds for every text: it parses, nothing is lost, spans give back the words, time is bounded."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import CORPUS, ROOT, SAMPLES, TEXTS, Data, blocks, calls, lines_run, needs_corpus, parse
from planparse.checks.coverage import measure_coverage
from planparse.grammar import load
from planparse.model import PlanDocument
from planparse.pipeline import parse_source
from planparse.reading.text import read_file
from planparse.structure.outline import MAX_DEPTH
from planparse.writing.json import write_json
from planparse.writing.markdown import write_markdown

KEYWORDS = [
    "KẾ HOẠCH", "QUYẾT ĐỊNH", "QUYẾT ĐỊNH:", "PHỤ LỤC", "PHỤ LỤC I", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH",
    "CHỦ TỊCH", "Nguyễn Văn An", "Căn cứ Luật Đất đai;", "Điều 1.", "Điều 2. Giao", "Chương I", "Mục 1", "PHẦN I", "I.",
    "II. MỤC TIÊU", "Ill. KINH PHÍ", "1.", "2. Yêu cầu", "1.1.", "1.1.1. Rừng", "a)", "đ) Kiện toàn", "(1)", "(i) giá",
    "-", "- Rà soát", "+ Năm 2024", "• mật độ", "|", "||", "STT |", "STT | Nội dung | Kinh phí |", "1 | Trồng rừng | 5 |",
    "-------", "[...]", "[1] Theo báo cáo", "(Kèm theo Quyết định số 1/QĐ-UBND", "Số: 12/KH-UBND", "Số:", "/KH-UBND",
    "Sơn La, ngày 05 tháng 3 năm 2024", "ngày 31 tháng 02 năm 2024", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc", "- 1Luật Đất đai 2024", "Số hiệu 12/KH-UBND", "4.0 và", "11) hoặc", "ĐVT: đồng",
    "Tổng cộng", "13.233.000.000 đồng", "trên địa bàn tỉnh", "của", "Sở", "./.", "(", ")", "“", "”", "\u00a0", "\u200b",
    "e\u0301", "\ufeff", "\x00", "𠀀", "🌳", "\x0c", "\u2028", "*", "#", "`", "<b>", "](javascript:x)", "1" * 400, "IIII.",
    "1.1.1.1.1.1.1. x", "999. Rừng", "Bảng 1. Số liệu", "o Hộ dân", "ê) Sở", "w) Sở",
]  # fmt: skip

soup = st.lists(
    st.tuples(st.one_of(st.sampled_from(KEYWORDS), st.text(max_size=12)), st.sampled_from([" ", "\n", "\n\n", "\r\n", ""])),
    max_size=80,
).map(lambda pieces: "".join(word + gap for word, gap in pieces))

WORD = re.compile(r"[^\W_]+")
INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad\x00"))


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(unicodedata.normalize("NFC", text).translate(INVISIBLE)))


def held(block: Data) -> str:
    """All words that the fields of a block hold."""
    pieces = [block.get(key) or "" for key in ("marker", "heading", "text", "caption", "unit")]
    if block["type"] == "table":
        pieces += [name for column in block["columns"] for name in column["path"]]
        pieces += [cell for row in block["rows"] for cell in row["cells"]]
    return " ".join(pieces)


def assert_sound(text: str, document: Data) -> None:
    """What holds for every document."""
    assert document["source"]["coverage"] == 1.0, document["diagnostics"]
    PlanDocument.model_validate_json(write_json(document, indent=False))
    ids = [block["id"] for block in blocks(document)]
    ids += [row["id"] for block in blocks(document) if block["type"] == "table" for row in block["rows"]]
    assert len(ids) == len(set(ids))
    for part in document["parts"]:
        assert_nested(part["blocks"], part["span"]["start"], part["span"]["end"])
    done = 0
    for block in sorted(blocks(document), key=lambda block: block["span"]["start"]):
        span = block["span"]
        assert done <= span["start"] <= span["end"] <= len(text)
        assert span["first_line"] <= span["last_line"] <= document["source"]["lines"]
        done = span["end"]
        missing = words(text[span["start"] : span["end"]]) - words(held(block))
        assert not missing, (block["id"], missing)


def assert_nested(siblings: list[Data], low: int, high: int) -> None:
    """Siblings follow one another in the text, and stand within what holds them."""
    for block in siblings:
        assert low <= block["span"]["start"]
        assert block["span"]["end"] <= high
        low = block["span"]["start"]
        if block["type"] == "section":
            assert block["span"]["end"] <= block["extent_end"] <= high
            assert_nested(block["blocks"], block["span"]["end"], block["extent_end"])


@settings(max_examples=400, deadline=None)
@given(soup)
@example("")
@example("\n\n")
@example("|")
@example("KẾ HOẠCH")
@example("1.\n|\n|\n")
@example("STT\n|\nNội dung\n|\n1\n|\nTrồng rừng\n|")
def test_any_text_parses(text: str) -> None:
    if not text.strip("\ufeff\u200b\x00\u00ad \n\r\t\x0c\u2028\u00a0"):
        return
    document = parse(text)
    assert_sound(text, document)
    write_markdown(document)


@settings(max_examples=60, deadline=None)
@given(path=st.sampled_from(SAMPLES), seed=st.integers(0, 2**32))
def test_cut_and_shuffled_samples_parse(path: Path, seed: int) -> None:
    random = Random(seed)
    lines = path.read_text("utf-8").split("\n")
    start, end = sorted(random.sample(range(len(lines) + 1), 2))
    lines = lines[start:end]
    for _ in range(random.randrange(6)):
        if len(lines) > 2:
            a, b = random.sample(range(len(lines)), 2)
            lines[a], lines[b] = lines[b], lines[a]
    text = "\n".join(lines)
    if text.strip():
        assert_sound(text, parse(text))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_nothing_is_lost(path: Path) -> None:
    text = path.read_text("utf-8")
    document = parse(text)
    assert_sound(text, document)
    assert not words(text) - words(write_markdown(document).replace("\\", "").replace("&amp;", "&"))


@needs_corpus
def test_nothing_of_the_corpus_is_lost() -> None:
    grammar = load()
    for path in CORPUS:
        source = read_file(path)
        assert_sound(source.text, parse_source(source, grammar))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_dropping_a_block_lowers_the_coverage(path: Path) -> None:
    text = path.read_text("utf-8")
    everything = blocks(parse(text))
    assert measure_coverage(text, everything) == (1.0, [])
    for index in range(len(everything)):
        coverage, gaps = measure_coverage(text, everything[:index] + everything[index + 1 :])
        assert coverage < 1.0
        assert gaps


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_plain_data_and_model_say_the_same(path: Path) -> None:
    document = parse(path.read_text("utf-8"))
    model = PlanDocument.model_validate(document)
    assert json.loads(model.model_dump_json()) == document
    assert model.model_dump_json(indent=2) == write_json(document)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_ids_stay_when_words_elsewhere_change(path: Path) -> None:
    """An id tells where a block stands, not how many blocks or characters came before it in other sections."""
    text = path.read_text("utf-8")
    before = parse(text)
    victim = next((b for b in blocks(before) if b["type"] in {"section", "paragraph"} and len(b["text"] or "") > 60), None)
    if victim is None:
        assert path.stem == "not-a-plan"
        return
    at = victim["span"]["end"]
    changed = text[:at].rstrip(".;,") + " và các việc khác" + text[at - 1 :]
    assert [b["id"] for b in blocks(parse(changed))] == [b["id"] for b in blocks(before)]


HOSTILE = {
    "romans on one line": "I. " * 40_000,
    "brackets": "(" * 120_000,
    "bars": "| " * 60_000,
    "bar lines": "|\n" * 40_000,
    "dashes": "- \n" * 40_000,
    "numbers": "1.1.1.1. " * 15_000,
    "capitals": "KẾ HOẠCH\n" * 12_000,
    "headers": "STT\n|\nNội dung\n|\n" * 8_000,
    "letters": "a) x\n" * 25_000,
    "dates": "ngày 1 tháng 1 năm " * 8_000,
    "one word": "á" * 150_000,
    "decomposed": "a\u0301" * 60_000,
    "spaces": " " * 100_000 + "x",
    "attached": "(Kèm theo Quyết định\n" * 8_000,
    "appendices": "PHỤ LỤC I\n" * 12_000,
    "empty cells": "STT | Nội dung |\n" + " | |\n" * 20_000,
    "long row": "STT | " + "a | " * 30_000,
    "recipients": "Nơi nhận:\n" * 12_000,
    "site": "- 1Luật Đất đai 2024\n" * 8_000,
    "nested": "".join(f"{'1.' * depth}1 Rừng\n" for depth in range(1, 400)),
    "quotes": "“" * 100_000,
    "stated sums": "năm 2022 là 1.000 đồng " * 6_000,
    "signatures": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n" * 4_000,
    "joined signatures": "tổchức kếhoạch cơquan đơnvị\n\n" + "TM. ỦYBAN NHÂNDÂN\nCHỦTỊCH\n\nLêVăn Nam\n\n" * 2_000,
    "joined words": "tổchức kếhoạch cơquan đơnvị " * 4_000,
    "one joined word": "tổchức kếhoạch cơquan đơnvị " + "tổchức" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_cost_grows_linearly_on_hostile_texts(name: str) -> None:
    """Four times the text costs at most about four times the work: counted in steps, not seconds."""
    text = HOSTILE[name]
    small, large = steps(text[: len(text) // 4]), steps(text)
    assert large < 6 * small + 200_000


@pytest.mark.parametrize("name", HOSTILE)
def test_loops_grow_linearly_on_hostile_texts(name: str) -> None:
    """As above, on less text: the lines that are run, in loops that call nothing too."""
    text = HOSTILE[name][: len(HOSTILE[name]) // 4]
    small, large = lines_run(lambda: parse(text[: len(text) // 4])), lines_run(lambda: parse(text))
    assert large < 6 * small + 200_000


def steps(text: str) -> int:
    """The function calls that a parse makes."""
    documents = []
    count = calls(lambda: documents.append(parse(text)))
    assert documents[0]["source"]["coverage"] == 1.0
    return count


def test_nesting_is_capped_and_reported() -> None:
    """JSON that nests deeper than about a hundred levels cannot be read back."""
    marks = ["PHẦN I", "I.", "A.", "1.", "1.1.", "1.1.1.", "1.1.1.1.", "1.1.1.1.1.", "a)", "(1)", "(i)", "-", "+", "•"]
    document = parse("KẾ HOẠCH\n\n" + "\n\n".join(f"{mark} Trồng rừng:" for mark in marks * 4))
    depth = max(block["id"].count("/") for block in blocks(document))
    assert depth <= MAX_DEPTH + 1
    PlanDocument.model_validate_json(write_json(document))


def test_samples_cover_all_layouts() -> None:
    layouts = {parse(path.read_text("utf-8"))["source"]["layout"] for path in SAMPLES}
    assert layouts == {"paragraphs", "pipe_rows", "wrapped_cells"}
    assert len(SAMPLES) >= 6
    assert (ROOT / "samples" / "README.md").is_file()
