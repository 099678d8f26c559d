"""Two documents side by side: what is the same, changed, moved, or on one side only."""

from __future__ import annotations

import copy
import unicodedata
from typing import Any

import pytest
from benchmarks.mutations import Edit, Reported, judge, measure, measure_text
from benchmarks.resetting import unwrapped, wrapped
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CORPUS, SAMPLES, SEEDS, calls, needs_corpus, parse
from planparse.diff.changes import changes_of
from planparse.diff.compare import compare
from planparse.diff.facts import more_ambitious
from planparse.diff.keys import PROVINCE, Keys
from planparse.diff.kind import kind_of
from planparse.diff.result import Comparison
from planparse.diff.similarity import Index, cosine, vectors
from planparse.diff.units import units_of
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.text import decode, read_file

Data = dict[str, Any]

HEAD = "ỦY BAN NHÂN DÂN\n{place}\n-------\nSố: {number}/KH-UBND\n\nKẾ HOẠCH\nPhát triển kinh tế tuần hoàn\n\n"
BODY = (
    "I. MỤC TIÊU\n1. Đến năm 2030, ít nhất 40% rác thải được phân loại tại nguồn.\n2. Trồng mới 1.500 ha rừng.\n"
    "II. NHIỆM VỤ, GIẢI PHÁP\n1. Tuyên truyền trên đài phát thanh.\n- Đơn vị thực hiện: Sở Y tế.\n"
    "2. Tập huấn cho cán bộ xã về phân loại rác.\n- Đơn vị thực hiện: Sở Xây dựng.\n"
    "III. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính cân đối kinh phí hằng năm.\n2. Các sở báo cáo trước ngày 15 tháng 12.\n"
)


def plan(body: str = BODY, place: str = "TỈNH HÀ GIANG", number: str = "12") -> Data:
    return parse(HEAD.format(place=place, number=number) + body)


def diff(left: Data, right: Data, **options: Any) -> Data:
    return compare(left, right, load(), **options)


def found(comparison: Data) -> list[tuple[str, str | None, str | None]]:
    return [(e["status"], e["left"], e["right"]) for e in comparison["sections"] if e["status"] != "same"]


# --- a document against itself ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", ["versions", "plans"])
def test_a_document_is_like_itself(path: Any, kind: Any) -> None:
    document = parse_source(read_file(path), load())
    comparison = diff(document, document, kind=kind)
    assert not comparison["summary"]["different"] and comparison["summary"]["in_common"]
    assert len(comparison["sections"]) > 3


@pytest.mark.parametrize("path", [*SAMPLES, *SEEDS], ids=lambda path: path.stem)
def test_encoding_and_wrap_are_no_difference(path: Any) -> None:
    text = path.read_text("utf-8")
    document = parse(text)
    for again in (
        decode(unicodedata.normalize("NFD", text).encode()),
        decode(text.replace("\n", "\r\n").encode("utf-16")),
        decode(wrapped(unwrapped(text, document), None).encode()),
        decode(wrapped(unwrapped(text, document), 90).encode()),
    ):
        other = parse_source(again, load())
        assert found(diff(document, other, kind="versions")) == []


@needs_corpus
def test_another_layout_is_no_difference_but_where_it_is_read_otherwise() -> None:
    """Three of twenty are read otherwise: wrapped, they lose a title's last line, an item's dash, the end of a row."""
    pairs = [(path, path.parents[1] / "wrapped_cells" / path.name) for path in CORPUS if path.parent.name == "pipe_rows"]
    same = 0
    for one, other in pairs:
        left, right = (parse_source(read_file(path), load()) for path in (one, other))
        same += not diff(left, right, kind="versions")["summary"]["different"]
    assert same >= len(pairs) - 3


def test_spelling_of_tones_and_dashes_is_no_difference() -> None:
    other = plan(BODY.replace("hoà", "hòa").replace("Tập huấn cho", "Tập huấn  cho").replace("\n- ", "\n– "))
    assert not diff(plan(BODY.replace("hòa", "hoà")), other)["summary"]["different"]


def test_spaces_and_rules_are_no_difference() -> None:
    other = HEAD.format(place="TỈNH HÀ GIANG", number="12").replace("-------\n", "") + BODY.replace("rác thải", "rácthải")
    assert not diff(plan(), parse(other), only=("sections",))["summary"]["different"]
    assert found(diff(plan(), plan(BODY.replace("1.500", "15.00")))) != []


def test_items_of_a_list_are_the_same_whatever_stands_between_them() -> None:
    one, other = plan(), plan()
    one["metadata"]["recipients"] = ["Như trên (báo cáo); - Sở Y tế"]
    other["metadata"]["recipients"] = ["Như trên (báo cáo)", "Sở Y tế."]
    assert not diff(one, other, only=("metadata",))["summary"]["different"]


def test_one_text_in_blocks_of_other_kinds_is_one_text() -> None:
    basis = "Căn cứ Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020;"
    one, other = plan(f"{basis}\n{BODY}"), plan(f"{basis}\n{BODY.replace('phát thanh', 'truyền hình')}")
    blocks = other["parts"][0]["blocks"]
    at = next(at for at, block in enumerate(blocks) if block["type"] == "legal_basis")
    first = blocks[at] | {"id": "plan/footnote-1", "type": "footnote", "text": "Căn cứ Luật"}
    blocks[at : at + 1] = [first, blocks[at] | {"text": basis.removeprefix("Căn cứ Luật ")}]
    comparison = diff(one, other)
    assert found(comparison) == [("changed", "plan/II/1", "plan/II/1")]
    entry = next(e for e in comparison["sections"] if e["right_also"])
    assert (entry["status"], entry["right"], entry["right_also"]) == ("same", "plan/footnote-1", ["plan/legal-basis-1"])


def test_a_paragraph_broken_in_two_is_one_text() -> None:
    whole = plan(BODY.replace("phát thanh.", "phát thanh. Treo áp phích ở chợ."))
    broken = plan(BODY.replace("phát thanh.", "phát thanh.\nTreo áp phích ở chợ."))
    comparison = diff(whole, broken)
    entry = next(e for e in comparison["sections"] if e["right_also"])
    assert entry["status"] == "same" and entry["left"] == "plan/II/1" and entry["right_also"] == ["plan/II/1/p1"]
    assert found(comparison) == []


# --- versions ---------------------------------------------------------------------------------------------------------
def test_a_changed_word_is_reported_with_its_block_and_nothing_else() -> None:
    comparison = diff(plan(), plan(BODY.replace("đài phát thanh", "đài truyền hình")))
    assert comparison["kind"] == "versions"
    assert found(comparison) == [("changed", "plan/II/1", "plan/II/1")]
    entry = next(e for e in comparison["sections"] if e["status"] == "changed")
    assert [(c["op"], c["left"], c["right"]) for c in entry["changes"] if c["op"] != "equal"] == [
        ("replace", "phát thanh", "truyền hình")
    ]


def test_a_removed_section_moves_nothing_and_renumbers_the_next() -> None:
    shorter = plan(BODY.replace("1. Tuyên truyền trên đài phát thanh.\n- Đơn vị thực hiện: Sở Y tế.\n2. Tập", "1. Tập"))
    comparison = diff(plan(), shorter)
    assert found(comparison) == [("only_left", "plan/II/1", None), ("only_left", "plan/II/1/-1", None)]
    assert [e["left"] for e in comparison["sections"] if e["renumbered"]] == ["plan/II/2"]
    assert comparison["summary"]["renumbered"] == 1


def test_a_moved_section_takes_along_what_stands_under_it() -> None:
    task = "2. Tập huấn cho cán bộ xã về phân loại rác.\n- Đơn vị thực hiện: Sở Xây dựng.\n"
    comparison = diff(plan(), plan(BODY.replace(task, "") + task.replace("2.", "3.")))
    assert found(comparison) == [("moved", "plan/II/2", "plan/III/3")]


def test_an_added_section_stands_where_the_right_document_has_it() -> None:
    comparison = diff(plan(), plan(BODY.replace("III. TỔ", "3. Xây dựng trạm ủ phân ở chợ đầu mối.\nIII. TỔ")))
    assert found(comparison) == [("only_right", None, "plan/II/3")]
    order = [e["left"] or e["right"] for e in comparison["sections"]]
    assert order.index("plan/II/3") == order.index("plan/III") - 1


def test_a_table_row_removed_and_a_cell_changed() -> None:
    table = (
        "PHỤ LỤC\nDANH MỤC\nSTT | Nhiệm vụ | Cơ quan chủ trì |\n1 | Trồng cây | Sở Y tế |\n2 | Xây chợ mới | Sở Xây dựng |\n"
    )
    left = plan(BODY + table + "3 | Mở lớp học | Sở Nội vụ |\n")
    removed = diff(
        left, plan(BODY + table.replace("2 | Xây chợ mới | Sở Xây dựng |\n", "") + "3 | Mở lớp học | Sở Nội vụ |\n")
    )
    assert found(removed) == [("only_left", "appendix-1/table-1/2", None)]
    changed = diff(left, plan(BODY + table + "3 | Mở lớp học | Sở Tài chính |\n"))
    assert found(changed) == [("changed", "appendix-1/table-1/3", "appendix-1/table-1/3")]
    assert [(e["status"], e["differs"]) for e in changed["tasks"] if e["status"] != "same"] == [("changed", ["lead"])]


@pytest.mark.parametrize("path", [SAMPLES[1], SAMPLES[-1]], ids=lambda path: path.stem)
def test_edits_are_reported_and_nothing_else(path: Any) -> None:
    score = measure(parse_source(read_file(path), load()), edits=33, seed=7)
    assert score.expected >= 33
    assert (score.recall, score.precision) == (1.0, 1.0), score.failures


def test_words_changed_in_a_text_are_reported() -> None:
    score = measure_text(SAMPLES[-1], edits=15, seed=3)
    assert (score.recall, score.precision) == (1.0, 1.0), score.failures


def test_the_measure_sees_what_is_missing_and_what_was_invented() -> None:
    edit = Edit({}, [frozenset([Reported("moved", "a"), Reported("moved", "b")])], "swap")
    assert judge(edit, [Reported("moved", "b")])[:2] == (1, 1)
    assert judge(edit, [])[:2] == (0, 0)
    assert judge(edit, [Reported("moved", "a"), Reported("moved", "b")])[:2] == (1, 1)


# --- one section in several -------------------------------------------------------------------------------------------
RADIO = "Tuyên truyền trên đài phát thanh huyện về lợi ích của việc phân loại rác tại nguồn"
CLASS = "Mở lớp tập huấn cho cán bộ hội phụ nữ ở các thôn bản vùng cao."
ONE_TEXT = BODY.replace("Tuyên truyền trên đài phát thanh.", f"{RADIO}; {CLASS}")
TWO_TEXTS = BODY.replace("Tuyên truyền trên đài phát thanh.", f"{RADIO}.\n2. {CLASS}").replace("2. Tập", "3. Tập")

_WORKS = (
    "Trồng rừng phòng hộ ven biển", "Nạo vét kênh mương nội đồng", "Xây nhà văn hóa thôn bản",
    "Mở lớp dạy nghề cho thanh niên", "Cấp giống lúa chịu mặn", "Sửa chữa trạm y tế xã",
)  # fmt: skip
_GOAL = "I. MỤC TIÊU\n1. Giữ sạch nguồn nước.\nII. NHIỆM VỤ, GIẢI PHÁP\n"
ONE_LIST = _GOAL + "".join(f"{i}. {work}.\n" for i, work in enumerate(_WORKS, start=1))
TWO_LISTS = (
    _GOAL
    + "".join(f"{i}. {work}.\n" for i, work in enumerate(_WORKS[:3], start=1))
    + "III. ĐÀO TẠO VÀ HỖ TRỢ\n"
    + "".join(f"{i}. {work}.\n" for i, work in enumerate(_WORKS[3:], start=1))
)


@pytest.mark.parametrize("place", ["TỈNH HÀ GIANG", "TỈNH AN GIANG"], ids=["versions", "plans"])
@pytest.mark.parametrize(
    ("one", "two", "blocks"),
    [(ONE_TEXT, TWO_TEXTS, ["plan/II/1", "plan/II/2"]), (ONE_LIST, TWO_LISTS, ["plan/II", "plan/III"])],
    ids=["by words", "by what stands under it"],
)
def test_a_section_split_over_two_is_told_and_two_that_were_joined(
    place: str, one: str, two: str, blocks: list[str]
) -> None:
    split, joined = diff(plan(one), plan(two, place=place)), diff(plan(two), plan(one, place=place))
    assert found(split) == [("split", blocks[0], blocks[0])] and found(joined) == [("joined", blocks[0], blocks[0])]
    entry, other = (next(e for e in c["sections"] if e["status"] in {"split", "joined"}) for c in (split, joined))
    assert (entry["left_also"], entry["right_also"]) == ([], blocks[1:])
    assert (other["left_also"], other["right_also"]) == (blocks[1:], [])
    assert split["summary"]["sections"]["split"] == joined["summary"]["sections"]["joined"] == 1
    assert Comparison.model_validate(split) and Comparison.model_validate(joined)
    words = "".join(change["right"] for change in entry["changes"])
    assert words.endswith((CLASS, "ĐÀO TẠO VÀ HỖ TRỢ"))


def test_a_text_that_only_says_some_of_the_same_words_is_no_piece() -> None:
    more = "3. Tập huấn cho cán bộ hội về mở lớp ở vùng cao, trồng chè, làm đường.\n"
    right = ONE_TEXT.replace("III. TỔ", f"{more}III. TỔ")
    assert found(diff(plan(ONE_TEXT), plan(right))) == [("only_right", None, "plan/II/3")]


# --- plans of two issuers ---------------------------------------------------------------------------------------------
def test_names_of_provinces_are_no_difference_between_plans() -> None:
    left = plan(BODY.replace("cán bộ xã", "cán bộ tỉnh Hà Giang"))
    right = plan(BODY.replace("cán bộ xã", "cán bộ thành phố Cần Thơ"), place="THÀNH PHỐ CẦN THƠ", number="99")
    comparison = diff(left, right)
    assert comparison["kind"] == "plans" and found(comparison) == []
    entry = next(e for e in comparison["sections"] if e["left"] == "plan/II/2")
    assert "".join(c["right"] for c in entry["changes"]).endswith("cán bộ thành phố Cần Thơ về phân loại rác.")


def test_the_issuers_of_two_plans_are_told_apart() -> None:
    comparison = diff(plan(), plan(place="THÀNH PHỐ CẦN THƠ", number="99"))
    told = {entry["field"]: entry["status"] for entry in comparison["metadata"]}
    assert told["issuer"] == told["province"] == told["number"] == "changed" and told["type_name"] == "same"


def test_plans_are_aligned_whatever_their_order() -> None:
    lines = BODY.splitlines(keepends=True)
    right = plan("".join([lines[0], "1. Trồng mới 900 ha rừng.\n", lines[1].replace("1. Đến", "2. Đến"), *lines[3:]]),
                 place="THÀNH PHỐ CẦN THƠ")  # fmt: skip
    assert found(diff(plan(), right)) == [("changed", "plan/I/2", "plan/I/1")]


def test_the_duties_of_one_body_stand_side_by_side() -> None:
    """The two plans give it other work, and the one names it in a title, the other in a sentence."""
    ours = (
        "II. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n- Cân đối ngân sách.\n- Hướng dẫn quyết toán.\n2. Sở Y tế\n- Phun hóa chất."
    )
    theirs = "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ đề xuất khen thưởng.\n2. Sở Tài chính chủ trì thẩm định giá thuê xe."
    comparison = diff(plan(f"I. MỤC TIÊU\n1. Giữ rừng.\n{ours}"), plan(f"I. MỤC TIÊU\n1. Nuôi tôm.\n{theirs}"), kind="plans")
    paired = {(entry["left"], entry["right"]) for entry in comparison["sections"]}
    assert ("plan/II/1", "plan/II/2") in paired
    assert not any(left == "plan/II/2" and right for left, right in paired)


def test_the_one_text_under_a_title_stands_beside_that_of_the_other() -> None:
    left, right = (
        plan(f"I. MỤC TIÊU\n1. Mục tiêu chung\n{goal}\n2. Mục tiêu cụ thể\n- {goal}\n- Lập sổ.")
        for goal in ("Rừng đầu nguồn xanh trở lại.", "Dân ven biển có tàu mới, bến mới.")
    )
    paired = {(entry["left"], entry["right"]) for entry in diff(left, right, kind="plans")["sections"]}
    assert ("plan/I/1/p1", "plan/I/1/p1") in paired
    assert ("plan/I/2/-1", "plan/I/2/-1") not in paired


def test_the_higher_target_and_the_other_lead_are_named() -> None:
    right = plan(BODY.replace("40%", "55%").replace("Sở Xây dựng", "Sở Công Thương"), place="THÀNH PHỐ CẦN THƠ")
    comparison = diff(plan(), right)
    assert [e["more_ambitious"] for e in comparison["targets"] if e["status"] == "changed"] == ["right"]
    tasks = [e for e in comparison["tasks"] if "lead" in e["differs"]]
    assert [(e["left"]["lead"], e["right"]["lead"]) for e in tasks] == [(["Sở Xây dựng"], ["Sở Công Thương"])]
    names = {e["name"]: (e["left_leads"], e["right_leads"]) for e in comparison["agencies"]}
    assert names["Sở Xây dựng"] == (1, 0) and names["Sở Công Thương"] == (0, 1)


def test_nothing_in_common_is_said_so() -> None:
    other = parse("Thưa bà con, chiều nay đội bóng huyện đá giao hữu.\n\nMời mọi người tới xem đông vui.\n")
    summary = diff(plan(), other, kind="plans")["summary"]
    assert summary["different"] and not summary["in_common"]


def test_sections_in_common_count_where_only_targets_are_asked_for() -> None:
    right = plan(BODY.replace("1. Đến năm 2030, ít nhất 40% rác thải được phân loại tại nguồn.", "1. Giữ sạch."))
    summary = diff(plan(), right, only=("targets",))["summary"]
    assert summary["different"] and summary["in_common"]


def test_numbers_do_not_matter_between_plans() -> None:
    right = plan(BODY.replace("1. Đến", "3. Đến").replace("III. TỔ", "IV. TỔ"), place="THÀNH PHỐ CẦN THƠ")
    assert not any(entry["renumbered"] for entry in diff(plan(), right)["sections"])


def _target(**fields: Any) -> Data:
    return {"comparator": ">=", "value": 10, "value_max": None, "unit": "%", "year": 2030, "baseline_year": None} | fields


@pytest.mark.parametrize(
    ("left", "right", "better"),
    [
        ({}, {"value": 12}, "right"),
        ({"comparator": "<="}, {"comparator": "<", "value": 12}, "left"),
        ({"comparator": "decrease", "value": 15}, {"comparator": "decrease"}, "left"),
        ({"comparator": "="}, {"value": 10}, "equal"),
        ({"comparator": "="}, {"comparator": "=", "value": 12}, None),
        ({}, {"unit": "ha"}, None),
        ({}, {"year": 2025, "value": 12}, None),
        ({"comparator": "<="}, {"value": 12}, None),
    ],
)
def test_which_target_is_more_ambitious(left: Data, right: Data, better: str | None) -> None:
    assert more_ambitious(_target(**left), _target(**right)) == better


# --- kinds ------------------------------------------------------------------------------------------------------------
def test_kinds_are_told_apart() -> None:
    def kind(left: Data, right: Data) -> str:
        return kind_of(left, right, units_of(left), units_of(right), load())

    other = "I. QUAN ĐIỂM\n1. Nuôi ong ở vùng cao.\n2. Bảo tồn giống lợn đen.\n"
    assert kind(plan(), plan(other)) == "versions"  # the same issuer and number
    assert kind(plan(), plan(place="TỈNH AN GIANG")) == "plans"
    assert kind(plan(), plan(other, number="88")) == "plans"
    amending = HEAD.format(place="TỈNH HÀ GIANG", number="88").replace("Phát", "Sửa đổi Kế hoạch số 12/KH-UBND phát")
    assert kind(plan(), parse(amending + "Căn cứ Kế hoạch số 12/KH-UBND ngày 02 tháng 3 năm 2024;\n" + other)) == "versions"


# --- parts ------------------------------------------------------------------------------------------------------------
WORDS = st.lists(st.sampled_from("trồng cây rừng hòa hoà 12 ha, - Sở Y tế tỉnh Hà Giang | . ; “x”".split()), max_size=25)


@given(WORDS, WORDS, st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_sides_of_changes_are_the_texts(left: list[str], right: list[str], neutral: bool) -> None:
    keys = Keys(load(), neutral=neutral, province="Hà Giang")
    one, other = " ".join(left), " ".join(right)
    changes = changes_of(one, other, keys.words(one), keys.words(other))
    assert "".join(change["left"] for change in changes) == one
    assert "".join(change["right"] for change in changes) == other


def test_names_are_one_word() -> None:
    keys = Keys(load(), neutral=True, province="Hà Giang")
    assert [word.key for word in keys.words("trên địa bàn tỉnh Hà Giang")] == ["trên", "địa", "bàn", PROVINCE]
    assert keys.bag("Sở TN&MT") == keys.bag("Sở Tài nguyên và Môi trường") != keys.bag("Sở Tài chính")


def test_likeness() -> None:
    same, near, far = vectors([["trồng", "rừng"], ["trồng", "rừng", "keo"], ["họp"]])
    assert cosine(same, same) == pytest.approx(1.0) and 0 < cosine(same, near) < 1 and cosine(same, far) == 0
    index = Index({5: near, 6: far})
    assert [key for _, key in index.like(same, 3, lambda key: True)] == [5]
    assert index.like(same, 3, lambda key: key == 6) == []


def test_many_rows_are_compared_without_trying_all_pairs() -> None:
    """1,200 rows, all of them changed: a search that grew with the square would make sixteen times the calls of 300."""

    def compared(count: int) -> int:
        rows = "".join(
            f"{i} | Xây dựng công trình {i * 7919 % 9973} tại xã {i * 31 % 977} | Sở Xây dựng |\n"
            for i in range(1, count + 1)
        )
        table = "PHỤ LỤC\nDANH MỤC\nSTT | Nhiệm vụ | Cơ quan chủ trì |\n"
        left, right = plan(BODY + table + rows), plan(BODY + table + rows.replace("công trình", "nhà máy"))
        found = []
        made = calls(lambda: found.append(diff(left, right)))
        assert found[0]["summary"]["sections"]["changed"] == count
        return made

    assert compared(1200) < 9 * compared(300)


@pytest.mark.parametrize("place", ["TỈNH HÀ GIANG", "TỈNH AN GIANG"])
def test_the_result_is_of_its_model(place: str) -> None:
    comparison = diff(plan(), plan(BODY.replace("40%", "45%"), place=place))
    assert Comparison.model_validate(comparison).model_dump() == comparison


def test_the_documents_are_left_as_they_were() -> None:
    left, right = plan(), plan(BODY.replace("40%", "45%"))
    kept = copy.deepcopy((left, right))
    diff(left, right)
    assert (left, right) == kept
