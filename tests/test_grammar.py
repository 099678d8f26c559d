"""Every grammar row proves itself; a user's rows are laid over, and a wrong one is named by file and line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, codes, parse, sections
from planparse.errors import GrammarError
from planparse.grammar import check, load
from planparse.grammar.initials import first_letters
from planparse.grammar.patterns import compile_pattern, sign_of
from planparse.grammar.rows import FACT_FILES, LEXICONS, TOML_TABLES, builtin_folder, read_lexicon, read_toml, values
from planparse.pipeline import parse_source
from planparse.reading.source import make_source
from planparse.text import fold_tones


def own(folder: Path, name: str, text: str) -> Path:
    """A user's grammar folder with one file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


MARKER = """
[[marker]]
id = "question"
level = "paren"
first = "C"
pattern = 'Câu\\s(?P<number>\\d+):\\s'
numbering = "arabic"
examples = [{ text = "Câu 1: Phạm vi", number = "1" }]
counter_examples = ["Câu lạc bộ"]
"""


def test_every_shipped_row_proves_its_examples() -> None:
    assert check() > 500


@pytest.mark.parametrize("name", TOML_TABLES)
def test_ids_are_unique(name: str) -> None:
    rows, _ = read_toml(builtin_folder(), name, own=False)
    ids = [(row.table, row.id) for row in rows]
    assert len(ids) == len(set(ids)) > 0


@pytest.mark.parametrize("name", LEXICONS)
def test_lexicon_rows_are_unique_and_commented(name: str) -> None:
    rows = read_lexicon(builtin_folder(), name, own=False)
    ids = [row.id + row.fields.get("valid_to", "") + row.fields.get("code", "") for row in rows]
    assert len(ids) == len(set(ids)) > 50
    assert (builtin_folder() / "lexicons" / f"{name}.tsv").read_text("utf-8").startswith("#")


@pytest.mark.parametrize("name", TOML_TABLES)
def test_files_say_what_their_fields_mean(name: str) -> None:
    text = (builtin_folder() / f"{name}.toml").read_text("utf-8")
    assert text.startswith("#")
    assert text.count("\n#") > 2


def test_a_mutated_example_is_caught(tmp_path: Path) -> None:
    """The proof can fail: each shipped marker with an example of another family is refused."""
    text = (builtin_folder() / "markers.toml").read_text("utf-8")
    changed = text.replace('text = "1.1. Quan điểm", number = "1.1"', 'text = "A. Quan điểm", number = "A"')
    assert changed != text
    own(tmp_path, "markers.toml", changed)
    with pytest.raises(GrammarError, match=r"markers\.toml:\d+: the row 'decimal' does not read number 'A'"):
        check(tmp_path)


def test_own_row_is_added(tmp_path: Path) -> None:
    grammar = load(own(tmp_path, "markers.toml", MARKER))
    text = "KẾ HOẠCH\nHỎI ĐÁP VỀ RỪNG\nI. NỘI DUNG\nCâu 1: Ai giữ rừng?\nCâu 2: Rừng ở đâu?"
    document = parse_source(make_source(text), grammar)
    assert sections(document)[1:] == [("plan/I/(1)", "Ai giữ rừng?"), ("plan/I/(2)", "Rừng ở đâu?")]
    assert [section for section, _ in sections(parse(text))] == ["plan/I"]


def test_own_row_replaces_by_id(tmp_path: Path) -> None:
    rows = """
[[phrase]]
id = "recipients"
kind = "recipients"
pattern = 'Gửi tới:'
examples = ["Gửi tới:"]
counter_examples = ["Nơi nhận:"]
"""
    grammar = load(own(tmp_path, "phrases.toml", rows))
    assert grammar.says("recipients", "Gửi tới:")
    assert not grammar.says("recipients", "Nơi nhận:")
    assert load().says("recipients", "Nơi nhận:")


def test_own_lexicon_row(tmp_path: Path) -> None:
    shipped = (builtin_folder() / "lexicons" / "provinces.tsv").read_text("utf-8").splitlines()
    header = next(line for line in shipped if line.startswith("name\t"))
    cells = dict.fromkeys(header.split("\t"), "")
    cells |= {"name": "Sông Mơ", "kind": "tỉnh", "examples": "UBND TỈNH SÔNG MƠ", "counter_examples": "sông Mã"}
    grammar = load(own(tmp_path, "lexicons/provinces.tsv", header + "\n" + "\t".join(cells.values()) + "\n"))
    found = grammar.province_in("ỦY BAN NHÂN DÂN TỈNH SÔNG MƠ")
    assert found is not None
    assert found.name == "Sông Mơ"


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("markers.toml", "[[marker]\n", r"markers\.toml:1: not valid TOML"),
        (
            "markers.toml",
            "\n\n[[mark]]\nid = 'x'\n",
            r"markers\.toml:3: unknown table 'mark'; this file holds \[\[marker\]\]",
        ),
        ("markers.toml", MARKER.replace('level = "paren"\n', ""), r"markers\.toml:2: the row lacks the field 'level'"),
        ("markers.toml", MARKER.replace('"paren"', '"leaf"'), r"markers\.toml:2: unknown level 'leaf'"),
        ("markers.toml", MARKER.replace("Câu\\s(", "Câu\\s(("), r"markers\.toml:2: the field 'pattern' is not a valid"),
        ("markers.toml", MARKER.replace("Câu lạc bộ", "Câu 3: rừng"), r"markers\.toml:2: .* matches its counter-example"),
        ("markers.toml", MARKER.replace("counter_examples = [", "counter_exampls = ["), r"markers\.toml:2: the row lacks"),
        ("markers.toml", MARKER + MARKER.replace("Câu 1: Phạm", "Mục 1: Phạm"), r"markers\.toml:11: .* does not read"),
        ("lexicons/provinces.tsv", "name\tkind\nX\ttỉnh\n", r"provinces\.tsv:1: the header lacks the column 'aliases'"),
        ("lexicons/provinces.tsv", "name\tkind\taliases\tseats\nX\ttỉnh\n", r"provinces\.tsv:2: 2 fields, the header has 4"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, name: str, text: str, problem: str) -> None:
    with pytest.raises(GrammarError, match=problem):
        load(own(tmp_path, name, text))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GrammarError, match="holds no grammar rows"):
        load(tmp_path)
    with pytest.raises(GrammarError, match="no such folder"):
        load(tmp_path / "nowhere")


RUNAWAY = """
[[phrase]]
id = "runaway"
kind = "truncation"
pattern = '(?:(?:(?:x|xx|x.)+)+[yz]|[(]dừng[)])'
examples = ["(dừng)"]
counter_examples = ["dừng"]
"""


def test_a_pattern_that_runs_away_is_put_out_of_use(tmp_path: Path) -> None:
    """On its own counter-example it is refused at once; on a document it is reported and left out."""
    slow = RUNAWAY.replace('["dừng"]', '["' + "x" * 40 + '"]')
    with pytest.raises(GrammarError, match=r"phrases\.toml:2: the pattern runs away"):
        load(own(tmp_path / "a", "phrases.toml", slow))
    grammar = load(own(tmp_path / "b", "phrases.toml", RUNAWAY))
    pattern = grammar.phrase("truncation")[-1]
    assert pattern.match("(dừng)")
    assert pattern.match("x" * 60) is None
    document = parse_source(make_source("KẾ HOẠCH\nI. MỤC TIÊU\n1. Giữ rừng."), grammar)
    assert "grammar.runaway" in codes(document)


def test_old_and_new_tone_placement_match_alike() -> None:
    grammar = load()
    for printed in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"):
        assert grammar.says("national_name", printed)
    for printed in ("ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH", "UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH"):
        assert grammar.says("authority_line", printed), printed
        found = grammar.province_in(printed)
        assert found is not None
        assert found.name == "Hòa Bình"


def test_shipped_and_checkout_grammar_are_the_same() -> None:
    assert builtin_folder() == ROOT / "grammars" or (builtin_folder() / "markers.toml").is_file()


def test_python_holds_no_province() -> None:
    """A province's habit is a row, not an `if`: no province is named in the code outside examples."""
    names = [row.fields["name"] for row in read_lexicon(builtin_folder(), "provinces", own=False)]
    pattern = re.compile(r"==\s*[\"'](?:" + "|".join(map(re.escape, names)) + r")[\"']")
    for path in (ROOT / "src").rglob("*.py"):
        assert not pattern.search(path.read_text("utf-8")), path


def test_values_of_a_field() -> None:
    assert values("Hoà Bình | Hòa Bình |  ") == ["Hoà Bình", "Hòa Bình"]


def test_a_copied_grammar_is_the_same_grammar(tmp_path: Path) -> None:
    """All shipped rows as a user's own rows: every pattern runs on the other engine, the result is the same."""
    shutil.copytree(builtin_folder(), tmp_path / "all", dirs_exist_ok=True)
    text = (ROOT / "samples" / "plan-paragraphs.txt").read_text("utf-8")
    assert parse_source(make_source(text), load(tmp_path / "all")) == parse(text)


@pytest.mark.parametrize("name", FACT_FILES)
def test_the_sign_of_a_row_stands_in_all_that_it_finds(name: str) -> None:
    """A text without the sign of a row is never searched: the sign must stand in whatever the pattern can match."""
    rows, _ = read_toml(builtin_folder(), name, own=False)
    for row in rows:
        sign = sign_of(str(row.fields["pattern"]))
        pattern = compile_pattern(row)
        for example in row.fields["examples"]:
            found = pattern.search(fold_tones(example))
            assert found is None or sign in found[0], (row.id, sign, example)


def test_the_sign_of_a_pattern() -> None:
    assert sign_of(r"[Nn]gày\s+(?P<day>\d+)") == "gày"
    assert sign_of(r"tháng|năm") == ""
    assert sign_of(r"(?i:đến năm)") == ""
    assert sign_of(r"các? sở") == " sở"


TWO_KINDS = """
[[phrase]]
id = "first"
kind = "test_kind"
pattern = '(?<=x)b|c$'
examples = ["c"]
counter_examples = ["b"]

[[phrase]]
id = "second"
kind = "test_kind"
signs = ["a"]
pattern = 'a+'
examples = ["aa"]
counter_examples = ["c"]
"""


def test_a_kind_is_one_pattern(tmp_path: Path) -> None:
    """Its rows together take a range of a text, as a compiled pattern does, and see what stands before it."""
    kind = load(own(tmp_path, "tasks.toml", TWO_KINDS)).pattern("test_kind")
    assert kind.match("b") is None
    assert kind.match("xb", 1).span() == (1, 2)
    assert kind.search("xbaac", 2, 4).span() == (2, 4)
    assert kind.search("xbaac", 4).span() == (4, 5)
    assert kind.fullmatch("xaa", 1).span() == (1, 3)
    assert kind.fullmatch("xaab", 1) is None
    assert [found[0] for found in kind.finditer("xbaac")] == ["b", "aa", "c"]
    assert load().pattern("no_such_kind").search("any") is None


def test_signs_of_a_kind(tmp_path: Path) -> None:
    """A row says its signs or its pattern tells one; a user's row that says none is tried on every text."""
    assert load(own(tmp_path / "a", "tasks.toml", TWO_KINDS)).signs("test_kind") == ("", "a")
    assert load().signs("task_joins") == ("phối", "cùng ")
    with pytest.raises(GrammarError, match=r"tasks\.toml:9: the row 'second' has no sign in its example 'aa'"):
        load(own(tmp_path / "b", "tasks.toml", TWO_KINDS.replace('signs = ["a"]', 'signs = ["b"]')))


def test_own_words_are_added(tmp_path: Path) -> None:
    row = '[[words]]\nid = "w"\nkind = "counter"\nwords = "đợt"\nexamples = ["đợt"]\ncounter_examples = ["số"]\n'
    grammar = load(own(tmp_path, "words.toml", row))
    assert grammar.listed("counter") == (*load().listed("counter"), "đợt")
    assert "đợt" in grammar.words.counter


WORDS_OF_A_PROVINCE = {
    "times.toml": (
        "find",
        "limit",
        r"(?:[Hh]ạn chót (?:là )?)\Z",
        "hạn chót là ",
        "Báo cáo kết quả về Sở Nội vụ, hạn chót là 30/11/2031.",
        "deadlines",
        "hạn cuối là ",
    ),
    "tasks.toml": (
        "phrase",
        "task_label",
        "(?P<lead>bàn tay chính) ?: ?",
        "bàn tay chính: sở y tế",
        "a) Mở lớp cho các xã vùng cao.\n- Bàn tay chính: Sở Nội vụ",
        "tasks",
        "bàn tay: sở y tế",
    ),
    "money.toml": (
        "find",
        "money_restated",
        r"\(đổi ra[^()]*$",
        "(đổi ra ",
        "Kinh phí mở lớp là 500 triệu đồng (đổi ra 20 nghìn USD).",
        "funding",
        "(gồm ",
    ),
}


@pytest.mark.parametrize("name", WORDS_OF_A_PROVINCE)
def test_a_word_of_a_province_is_a_row(tmp_path: Path, name: str) -> None:
    """What a reader looks for can be added to without a line of code."""
    table, kind, pattern, example, line, facts, counter = WORDS_OF_A_PROVINCE[name]
    row = f"[[{table}]]\nid = 'own'\nkind = '{kind}'\npattern = '{pattern}'\nexamples = ['{example}']\n"
    grammar = load(own(tmp_path, name, f"{row}counter_examples = ['{counter}']\n"))
    source = make_source(f"KẾ HOẠCH\nGiữ rừng\nI. NỘI DUNG\n{line}")
    assert parse_source(source, grammar)[facts] != parse_source(source, load())[facts]


def test_the_first_letters_of_a_pattern() -> None:
    for pattern, letters in {
        "Căn cứ": "C",
        "[Nn]gày|tháng|(?P<late>ĐÊM)x": "NntĐÐ",
        r"\[(?P<number>\d)\]": "[",
        r"(?!V/v)(?<=x)\bV?(?:I|X{2})": "VIX",
        r"[(\[a-c]?\s*(?:Kèm|(?:theo)*?sau)": "([abcKts \t\n\r\f\v\xa0",
        "ỦY": "ỦU",  # "Uỷ"
        r"a[|)(\]]|b\||(?=(c|d))e": "abe",
    }.items():
        assert first_letters(pattern) == frozenset(letters), pattern
    for pattern in (
        r".*x",
        r"\d+",
        "[^a]b",
        "[[:alpha:]]",
        "(?i:ngày)",
        "(?i)x",
        "a?",
        "a|",
        "(?:abc){e<=1}",
        "(ab){i<=1}c",
        r"\x41",
        "(",
    ):
        assert first_letters(pattern) is None, pattern
    assert first_letters("(?:" * 5000 + "a" + ")" * 5000) is None
    assert len(first_letters("{Upper}x") or ()) > 50


@pytest.mark.parametrize("name", ("phrases", *FACT_FILES))
def test_an_example_begins_with_a_first_letter_of_its_row(name: str) -> None:
    rows, _ = read_toml(builtin_folder(), name, own=False)
    for row in rows:
        letters = first_letters(str(row.fields["pattern"]))
        for example in row.fields["examples"] if row.table == "phrase" else ():
            assert letters is None or example[0] in letters, (row.id, example)


@pytest.mark.parametrize(
    ("kind", "pattern", "line", "block"),
    [
        ("legal_basis", "Sau khi (?:xem xét|nghiên cứu)", "Sau khi xem xét Tờ trình số 5;", "legal_basis"),
        ("legal_basis", "(?i:sau khi) xem xét", "Sau khi xem xét Tờ trình số 5;", "legal_basis"),
        ("recipients", "Gửi:", "Gửi:", "recipients"),
        ("authority", "Thay mặt ", "Thay mặt Ủy ban nhân dân tỉnh", "signature"),
        ("footnote", r"<(?P<number>\d)> ", "<1> Theo Niên giám thống kê.", "footnote"),
    ],
)
def test_own_phrases_begin_with_any_letter(tmp_path: Path, kind: str, pattern: str, line: str, block: str) -> None:
    """The letters that a line is tried for come from the rows, those of a user among them."""
    row = f"[[phrase]]\nid = 'mine'\nkind = '{kind}'\npattern = '{pattern}'\nexamples = ['{line}']\n"
    grammar = load(own(tmp_path, "phrases.toml", row + "counter_examples = ['Trồng rừng']\n"))
    title = "KẾ HOẠCH\n\nTRỒNG RỪNG TRÀM\n\n"
    body = "I. MỤC TIÊU\n\nTrồng rừng tràm.\n\n"
    text = title + line + "\n\n" + body if block == "legal_basis" else title + body + line + "\n\n"
    found = [item for part in parse_source(make_source(text), grammar)["parts"] for item in part["blocks"]]
    assert line in [item["text"] for item in found if item["type"] == block]


def test_an_own_label_of_an_appendix(tmp_path: Path) -> None:
    row = "[[phrase]]\nid = 'mine'\nkind = 'appendix'\npattern = '(?P<label>TỜ KÈM SỐ \\d)'\nexamples = ['TỜ KÈM SỐ 1']\n"
    grammar = load(own(tmp_path, "phrases.toml", row + "counter_examples = ['PHỤ']\n"))
    text = "KẾ HOẠCH\n\nTRỒNG RỪNG\n\nI. MỤC TIÊU\n\nTrồng rừng tràm.\n\nTỜ KÈM SỐ 1\n\nRỪNG TRÀM\n\nRừng tràm ở ven biển.\n"
    parts = parse_source(make_source(text), grammar)["parts"]
    assert [(part["kind"], part["label"]) for part in parts] == [("plan", "KẾ HOẠCH"), ("appendix", "TỜ KÈM SỐ 1")]


def test_an_own_word_for_the_archive_ends_the_recipients(tmp_path: Path) -> None:
    row = "[[words]]\nid = 'mine'\nkind = 'archive'\nwords = 'Cất'\nexamples = ['Cất']\ncounter_examples = ['Lưu']\n"
    text = "KẾ HOẠCH\n\nTRỒNG RỪNG\n\nI. MỤC TIÊU\n\nTrồng rừng.\n\nNơi nhận:\n- Sở Y tế;\n- {}: VT.\nRừng tràm ven biển.\n"
    own_words = load(own(tmp_path, "words.toml", row))
    for word, grammar in (("Lưu", load()), ("Cất", own_words)):
        (part,) = parse_source(make_source(text.format(word)), grammar)["parts"]
        (block,) = (item for item in part["blocks"] if item["type"] == "recipients")
        assert block["text"].endswith(f"- {word}: VT.")
