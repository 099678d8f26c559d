"""Old Vietnamese encodings: their tables, how a text in one is recognised, and texts that were saved wrongly."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import CORPUS, SAMPLES, TEXTS, codes, needs_corpus, sections
from old_encodings import NAMES, encoded, fitted, mistaken
from planparse import parse_file
from planparse.cli import app
from planparse.errors import InputError
from planparse.grammar import load
from planparse.messages import render
from planparse.pipeline import parse_source
from planparse.reading.capitals import restored, with_capitals
from planparse.reading.encodings import ENCODINGS, encoding_named
from planparse.reading.legacy import ENCODINGS as TABLES
from planparse.reading.legacy import from_font, from_tcvn3, from_vni, legacy_font, table
from planparse.reading.syllables import fit, is_syllable
from planparse.reading.text import decode

HEAD = """ỦY BAN NHÂN DÂN
TỈNH ĐỒNG THÁP
Số: 27/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Đồng Tháp, ngày 15 tháng 6 năm 2004
KẾ HOẠCH
Phòng, chống sạt lở bờ sông năm 2004
"""
LETTERS = sorted(table("viscii").values())
needs_iconv = pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv is not here")


# --- the tables -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("column", "size"), [("abc", 74), ("tcvn5712", 134), ("vni", 134), ("viscii", 134)])
def test_a_table_has_each_letter_once(column: str, size: int) -> None:
    known = table(column)
    assert len(known) == len(set(known.values())) == size
    assert all(unicodedata.is_normalized("NFC", letter) and len(letter) == 1 for letter in known.values())
    assert set(known.values()) <= set(LETTERS)
    for code in known:  # of two bytes, the first is a vowel; a byte that is a letter of its own is no mark
        assert len(code) == 1 or (column == "vni" and len(code) == 2 and code[1] not in known)


def test_the_fonts_of_tcvn3_are_a_part_of_it() -> None:
    assert table("abc").items() <= table("tcvn5712").items()


@needs_iconv
@pytest.mark.parametrize(("column", "name"), [("abc", "TCVN"), ("tcvn5712", "TCVN"), ("viscii", "VISCII")])
def test_tables_agree_with_iconv(column: str, name: str) -> None:
    text = "".join(letter + "\n" for letter in table(column).values())
    done = subprocess.run(["iconv", "-f", "UTF-8", "-t", name], input=text.encode(), capture_output=True)
    if done.returncode:
        pytest.skip(f"this iconv does not know {name}")
    assert done.stdout.decode("latin-1") == "".join(code + "\n" for code in table(column))


vietnamese = st.text(st.sampled_from([*LETTERS, *"aeiouyAEIOUYbcdghklmnpqrstvx .,;-\n1"]), max_size=80)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "abc"])
@settings(deadline=None)
@given(text=vietnamese)
def test_what_is_written_is_read_back(name: str, text: str) -> None:
    read = dict(zip(NAMES, TABLES, strict=True))[name].read
    assert read(encoded(text, name).decode("latin-1")) == text


@settings(deadline=None)
@given(vietnamese)
def test_tcvn3_of_the_fonts_is_read_back_but_for_capitals(text: str) -> None:
    for made in (from_tcvn3(encoded(text, "abc").decode("latin-1")), restored(text.lower())):
        assert made.lower() == text.lower()


# --- text in a font ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "told"),
    [
        (".VnTime", "tcvn3"),
        (".VNARIAL", "tcvn3"),
        (".VnTimeH", "tcvn3-capitals"),
        (".VnArial NarrowH", "tcvn3-capitals"),
        (".vntimeh", "tcvn3-capitals"),
        ("VNI-Times", "vni"),
        ("VNI Helve Condense", "vni"),
        ("Times New Roman", None),
        ("Arial", None),
        ("Vnition", None),
        ("", None),
    ],
)
def test_fonts(name: str, told: str | None) -> None:
    assert legacy_font(name) == told


@pytest.mark.parametrize(
    ("text", "font", "read"),
    [
        ("KÕ ho¹ch ph¸t triÓn ®µn bß s÷a", ".VnTime", "Kế hoạch phát triển đàn bò sữa"),
        ("®iÒu 1. ph¹m vi", ".VnTimeH", "ĐIỀU 1. PHẠM VI"),
        ("Keá hoaïch phaùt trieån ñaøn boø söõa, Uûy ban", "VNI-Times", "Kế hoạch phát triển đàn bò sữa, Ủy ban"),
        ("KEÁ HOAÏCH ÖÙNG PHOÙ, Aùp duïng", "VNI-Times", "KẾ HOẠCH ỨNG PHÓ, Áp dụng"),
        ("Đã là Unicode: à, é", ".VnTime", "Đã là Unicode: à, é"),
        ("Đã là Unicode: oà", "VNI-Times", "Đã là Unicode: oà"),
        ("", ".VnTime", ""),
    ],
)
def test_text_in_a_font(text: str, font: str, read: str) -> None:
    encoding = legacy_font(font)
    assert encoding is not None and from_font(text, encoding) == read
    assert encoding == "tcvn3-capitals" or read == (from_vni if encoding == "vni" else from_tcvn3)(text)


# --- capitals that TCVN3 has not --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Kế HOạCH Và GIảI PHáP", "KẾ HOẠCH VÀ GIẢI PHÁP"),
        ("Bộ TàI CHíNH", "BỘ TÀI CHÍNH"),
        ("Bộ Tài chính", "Bộ Tài chính"),
        ("Sở Y Tế ----- | Hà Nội", "SỞ Y TẾ ----- | Hà Nội"),
        ("ủY BAN", "ỦY BAN"),
        ("Sở GTVT và Sở Tư pháp", "Sở GTVT và Sở Tư pháp"),
        ("Số: 12/QĐ-UBND", "Số: 12/QĐ-UBND"),
        ("thực hiện ở HUYệN", "thực hiện ở HUYỆN"),
        ("Tạ Mỹ", "Tạ Mỹ"),
    ],
)
def test_words_of_capitals(text: str, read: str) -> None:
    assert with_capitals(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1. ứng phó", "1. Ứng phó"),
        ("a) ổn định", "a) Ổn định"),
        ("Điều 3. áp dụng", "Điều 3. Áp dụng"),
        ("đã xong. ở nơi khác", "đã xong. Ở nơi khác"),
        ("một\n\nở nơi khác", "một\n\nỞ nơi khác"),
        ("một\nở nơi khác, v.v. ở đó", "một\nở nơi khác, v.v. ở đó"),
        ("do ủy ban nhân dân xã", "do Ủy ban nhân dân xã"),
        ("ở Đông Nam á", "Ở Đông Nam Á"),
        ("khoảng 3. ở", "khoảng 3. ở"),
    ],
)
def test_beginnings_of_sentences(text: str, read: str) -> None:
    assert restored(text) == read


LOST = """ủy ban nhân dân
tỉnh đồng tháp
-------

cộng hòa xã hội chủ nghĩa việt nam
Độc lập - Tự do - Hạnh phúc

Số: 27/KH-UBND
Đồng Tháp, ngày 15 tháng 6 năm 2004

kế hoạch
phòng, chống sạt lở

I. mục tiêu

1. giữ đất ven sông,
không để mất nhà.

ii. tổ chức thực hiện

- xã báo cáo huyện.

tm. ủy ban nhân dân
chủ tịch

Trần Văn Thử
"""


def test_headings_that_lost_their_font_of_capitals() -> None:
    source = decode(encoded(LOST, "abc"))
    assert source.text.splitlines()[:2] == ["ỦY BAN NHÂN DÂN", "TỈNH ĐỒNG THÁP"]
    assert "I. MỤC TIÊU\n\n1. giữ đất ven sông,\nkhông để mất nhà.\n\nII. TỔ CHỨC THỰC HIỆN\n\n- xã báo" in source.text
    document = parse_source(source, load())
    metadata = document["metadata"]
    assert (metadata["issuer"], metadata["number"]) == ("Ủy ban nhân dân tỉnh Đồng Tháp", "27/KH-UBND")
    assert [signer["name"] for signer in metadata["signers"]] == ["Trần Văn Thử"]
    assert next(words for _, words in sections(document)) == "MỤC TIÊU"
    assert "encoding.capitals" in codes(document)


def test_small_letters_stay_small_where_nothing_shows_that_fonts_were_lost() -> None:
    text = LOST.replace("cộng hòa xã hội chủ nghĩa việt nam", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert "\nkế hoạch\n" in decode(encoded(text, "abc")).text


# --- syllables --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "word", "nghiêng quốc quyết gì giếng khuỷu Ủy hoà hòa ở yến tuyết thuở đoạn GIẢI Đ ước ngoằn".split()
)
def test_syllables(word: str) -> None:
    assert is_syllable(word) is (word != "Đ")


@pytest.mark.parametrize("word", ["ho¹ch", "été", "Größe", "các̀", "hoàch", "ắ", "niño", "Œuvre", "Keá", "q", ""])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_vietnamese_fits(path: Path) -> None:
    assert fit(unicodedata.normalize("NFC", path.read_text("utf-8"))).share > 0.93


# --- whole documents --------------------------------------------------------------------------------------------------
def tree(document: Any) -> Any:
    """A document without its source, its offsets, and the notes of its reader."""
    if isinstance(document, dict):
        return {key: tree(value) for key, value in document.items() if key not in {"source", "span", "extent_end"}}
    if isinstance(document, list):
        kept = [item for item in document if not str(isinstance(item, dict) and item.get("code")).startswith("encoding.")]
        return [tree(item) for item in kept]
    return document


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_in_old_encodings(path: Path, name: str) -> None:
    text = fitted(path.read_text("utf-8"))
    source = decode(encoded(text, name))
    assert source.encoding == NAMES[name]
    assert source.notes[0] == ("encoding.recognised", {"encoding": NAMES[name]})
    changed = [(a, b) for a, b in zip(source.text, text, strict=True) if a != b]
    # A capital in the middle of a sentence that no word around it shows is lost, in four samples of 100,000 characters.
    assert len(changed) <= (3 if name == "abc" else 0) and all(a == b.lower() for a, b in changed)
    expected, got = (parse_source(one, load()) for one in (decode(text.encode()), source))
    assert got["source"]["coverage"] == 1.0
    if changed:
        assert str(tree(got)["parts"]).lower() == str(tree(expected)["parts"]).lower()
    else:
        assert tree(got) == tree(expected)
    assert all(span["end"] <= len(text) for span in (part["span"] for part in got["parts"]))


@pytest.mark.parametrize("page", [1252, 1258])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", SAMPLES[::3], ids=lambda path: path.stem)
def test_old_encodings_that_were_saved_as_letters(path: Path, name: str, page: int) -> None:
    data = encoded(fitted(path.read_text("utf-8")), name)
    shown = mistaken(data, page)
    if name == "windows-1258" and page == 1258:
        return  # that is no mistake
    for written in ("utf-8", "utf-8-sig", "utf-16"):
        source = decode(shown.encode(written))
        assert source.encoding == f"{NAMES[name]} mistaken for windows-{page}"
        assert source.text == decode(data).text
        assert source.notes[0].code == "encoding.mistaken"


def test_a_mark_of_utf8_before_an_old_encoding_says_nothing() -> None:
    source = decode(b"\xef\xbb\xbf" + encoded(HEAD, "abc"))
    assert (source.encoding, source.text) == ("tcvn3", HEAD)


def test_a_marked_text_in_1258_is_composed() -> None:
    assert decode(encoded(HEAD, "windows-1258")).clean == HEAD


@pytest.mark.parametrize("page", [1252, 1258])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_utf8_that_was_taken_for_another(path: Path, page: int) -> None:
    text = path.read_text("utf-8")
    once = mistaken(text.encode(), page)
    twice = mistaken(once.encode(), page)
    for shown in (once, twice):
        source = decode(shown.encode())
        assert (source.encoding, source.text) == (f"utf-8 mistaken for windows-{page}", text)
        spaces = decode(shown.replace("\xa0", " ").encode())  # an editor that knows no no-break space
        assert spaces.text.replace("\xa0", " ") == text.replace("\xa0", " ")


def test_bytes_that_were_lost_are_counted() -> None:
    shown = re.sub("[\x81\x8d\x8f\x90\x9d]", "\ufffd", mistaken((HEAD + "đường học, người lớn\n").encode(), 1252))
    source = decode(shown.encode())
    assert "\ufffd" in shown and source.encoding == "utf-8 mistaken for windows-1252"
    assert "đư\ufffdng h\ufffdc, ngư\ufffdi lớn" in source.text and "\u00e1\u00bb" not in source.text
    assert "text.unreadable" in codes(parse_source(source, load()))


def test_other_signs_stay_in_a_text_that_was_saved_wrongly() -> None:
    source = decode((mistaken(HEAD.encode(), 1252) + "→ 5 ≥ 3 … “x”\n").encode())
    assert source.text == HEAD + "→ 5 ≥ 3 … “x”\n"


# --- short texts, and texts that are none of these --------------------------------------------------------------------
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lines", [10, 6, 2])
def test_a_letterhead_is_enough(name: str, lines: int) -> None:
    text = "".join(HEAD.splitlines(keepends=True)[:lines])
    source = decode(encoded(text, name))
    assert (source.encoding, source.text) == (NAMES[name], text)


FOREIGN = {
    "cp1252": [
        "L'été dernier, à l'école où je suis né, les élèves étaient très gênés. Noël, ça, là, dès, même, près, œuvre.",
        "Die Größe der Straße überrascht müde Männer. Für Käufer gäbe es günstige Züge, früh am Äquator. schön, Tür.",
        "El año pasado, la niña comió piñas. ¿Dónde está el camión? Mañana será así: política, qué, cómo, aquí, él, tú.",
        "São Paulo não é só isso; à noite há ações e corações. Três irmãos vêm de avó, já, até, você, está, às, lá, pé.",
        "Città, perché, più, così, è, università, libertà, sarà, può, già, là, né, sé, lunedì, caffè, tè, tribù.",
        "The café’s naïve résumé — “quoted” text… it’s fine – isn’t it? £5, 30 °C, ½, ©, § 3, naïveté, façade, déjà vu",
        "Hà Nam, Lào Cai, và các, không có gì là khó; tôi là tôi, có, và",
    ],
    "cp1250": [
        "Příliš žluťoučký kůň úpěl ďábelské ódy. Město, škola, řeka, když, než, že, až, už",
        "Zażółć gęślą jaźń, są, być",
    ],
    "cp1251": ["Президент подписал указ о создании новой комиссии по делам города. В и на с к у о."],
    "koi8-r": ["Президент подписал указ о создании новой комиссии по делам города. В и на с к у о."],
    "cp1253": ["Η Ελλάδα είναι μια όμορφη χώρα με πολλά νησιά και θάλασσα. το και να η ο"],
    "gbk": ["中华人民共和国国务院关于印发计划的通知,各省、自治区、直辖市人民政府。"],
    "shift_jis": ["日本国政府は計画を発表しました。東京、大阪、京都。"],
    "cp949": ["대한민국 정부는 계획을 발표했다. 서울, 부산"],
    "cp874": ["ประเทศไทย เป็น ประเทศ ที่ ตั้ง อยู่ ใน ภูมิภาค เอเชีย"],
}


@pytest.mark.parametrize(("codec", "text"), [(codec, text) for codec, texts in FOREIGN.items() for text in texts])
def test_other_languages_are_not_taken_for_vietnamese(codec: str, text: str) -> None:
    with pytest.raises(InputError, match="UTF-8, and the text fits no old Vietnamese encoding"):
        decode(text.encode(codec), "x.txt")
    for written in ("utf-8", "utf-16"):
        source = decode(text.encode(written))
        assert (source.encoding, source.text, list(source.notes)) == (written, text, [])
    # Not even where it was saved wrongly.
    shown = text.encode(codec).decode("latin-1")
    assert decode(shown.encode()).text == shown


def test_random_bytes_and_words_are_none_of_these() -> None:
    chance = random.Random(5)
    for _ in range(300):
        letters = bytes(chance.choice([chance.randrange(97, 123), chance.randrange(128, 256)]) for _ in range(300))
        words = b" ".join(letters[at : at + chance.randint(1, 6)] for at in range(0, 300, 6))
        with pytest.raises(InputError):
            decode(words)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_sound_texts_stay_as_they_are(path: Path) -> None:
    for text in (path.read_text("utf-8"), unicodedata.normalize("NFD", path.read_text("utf-8"))):
        source = decode(text.encode())
        assert (source.encoding, source.text, list(source.notes)) == ("utf-8", text, [])


@needs_corpus
def test_real_texts_stay_as_they_are() -> None:
    for path in CORPUS:
        data = path.read_bytes()
        assert decode(data).text == data.decode("utf-8-sig") and not decode(data).notes


@settings(deadline=None)
@given(st.text(st.sampled_from([*"àáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư", *"bcghklmntv .,\n"]), max_size=200))
@example("Sơn La, Hà Nam, Lào Cai, Đà")
def test_sound_letters_are_never_converted(text: str) -> None:
    if text.strip():
        assert decode(text.encode()).text == text


def test_a_text_of_utf8_with_broken_bytes_is_refused() -> None:
    data = b"x" * 300 + SAMPLES[0].read_bytes()
    with pytest.raises(InputError, match=r"^k\.txt: byte 300 is not UTF-8, [^\n]*; save .*--encoding$"):
        decode(data[:300] + b"\xff\xb5" + data[300:], "k.txt")


@settings(deadline=None, max_examples=50)
@given(st.binary(min_size=1, max_size=400), st.sampled_from(sorted(ENCODINGS)))
def test_any_bytes_in_any_forced_encoding_are_read_or_refused_in_one_line(data: bytes, name: str) -> None:
    try:
        decode(data, "k.txt", name)
    except InputError as error:
        assert str(error).startswith("k.txt: ") and "; " in str(error) and "\n" not in str(error)


# --- the encoding by name ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("TCVN-3", "tcvn3"),
        ("abc", "tcvn3"),
        ("tcvn5712", "tcvn3"),
        ("CP1258", "windows-1258"),
        ("windows_1258", "windows-1258"),
        ("UTF8", "utf-8"),
        ("utf-16le", "utf-16-le"),
        ("latin-1", "windows-1252"),
        ("vn", None),
        ("", None),
    ],
)
def test_names_of_encodings(asked: str, name: str | None) -> None:
    assert encoding_named(asked) == name


@pytest.mark.parametrize("name", NAMES)
def test_a_forced_encoding(tmp_path: Path, name: str) -> None:
    path = tmp_path / "k.txt"
    for text in (HEAD, "Số ở\n"):  # the second is too short to be told
        path.write_bytes(encoded(text, name))
        document = parse_file(path, encoding=NAMES[name])
        assert document.source.encoding == NAMES[name]
        assert not [item for item in document.diagnostics if item.code == "encoding.recognised"]
        assert decode(path.read_bytes(), encoding=NAMES[name]).text == text
    saved = mistaken(encoded(HEAD, name), 1252).encode()
    assert decode(saved, encoding=NAMES[name]).text == HEAD


def test_utf8_can_be_forced_on_a_text_that_would_be_set_right() -> None:
    shown = mistaken(HEAD.encode(), 1252)
    assert decode(shown.encode(), encoding="utf-8").text == shown


@pytest.mark.parametrize(
    ("text", "written", "forced", "byte"),
    [
        ("abc ế\n", "utf-8", "tcvn3", 4),
        ("abc ế\n", "utf-8-sig", "vni", 7),
        ("née é ế", "utf-8", "viscii", 8),
        (HEAD, "viscii", "utf-8", 0),
        (HEAD, "abc", "vni", 9),
        ("Số 5, " + HEAD, "vni", "tcvn3", 2),
        ("abc \x81", "latin-1", "windows-1252", 4),
    ],
)
def test_a_forced_encoding_that_does_not_fit(text: str, written: str, forced: str, byte: int) -> None:
    data = encoded(text, written) if written in NAMES else text.encode(written)
    with pytest.raises(InputError, match=rf"^k\.txt: byte {byte} does not fit {forced}; "):
        decode(data, "k.txt", forced)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_the_notes_say(lang: str) -> None:
    for code, values in (("recognised", {"encoding": "vni"}), ("mistaken", {"encoding": "x"}), ("capitals", {"count": 3})):
        assert str(next(iter(values.values()))) in render(f"encoding.{code}", values, lang)


def run(*args: str) -> Any:
    return CliRunner().invoke(app, list(args))


@pytest.mark.parametrize("command", ["extract", "show", "check", "tasks", "targets", "funding", "citations", "deadlines"])
def test_every_command_takes_an_encoding(tmp_path: Path, command: str) -> None:
    path = tmp_path / "k.txt"
    path.write_bytes(encoded(HEAD, "vni"))
    assert run(command, str(path), "--encoding", "VNI").exit_code == 0
    wrong = run(command, str(path), "--encoding", "tcvn3")
    assert isinstance(wrong.exception, InputError) and "byte 1 does not fit tcvn3" in str(wrong.exception)
    unknown = run(command, str(path), "--encoding", "klingon")
    assert unknown.exit_code == 2
    said = " ".join(re.sub("[│╭╰─╮╯]", " ", unknown.stderr).split())
    assert all(name in said for name in ("klingon", "tcvn3", "vni", "viscii", "windows-1258"))


def test_batch_and_diff_take_an_encoding(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "k.txt"
    path.write_bytes(encoded("Số ở\n", "vni"))
    out = tmp_path / "out"
    assert run("batch", str(tmp_path / "in"), "-o", str(out), "-q").exit_code == 1
    for name, text in (("vni", "Số ở"), ("windows-1252", "Soá ôû")):  # another encoding is another output
        done = run("batch", str(tmp_path / "in"), "-o", str(out), "-q", "--encoding", name, "--retry-failed")
        assert done.exit_code == 0 and text in (out / "k.json").read_text("utf-8")
    assert "No difference" in run("diff", str(path), str(path), "--encoding", "vni", "--stat").stdout
    assert run("diff", str(path), str(path), "--encoding", "x").exit_code == 2


def test_offsets_are_of_the_decoded_text() -> None:
    document = parse_source(decode(encoded(SAMPLES[0].read_text("utf-8").replace("\n", "\r\n"), "windows-1258")), load())
    assert document["source"]["coverage"] == 1.0
    spans = [block["span"] for part in document["parts"] for block in part["blocks"]]
    assert all(one["start"] <= other["start"] for one, other in pairwise(spans))
