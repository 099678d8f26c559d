"""Tasks: who is given which work, in each of the ways in which documents say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import TEXTS, blocks, parse
from planparse.facts import agency_names, task_labels
from planparse.text import fold_tones, squash

Told = list[tuple[str, list[str], list[str]]]


def tasks(body: str, title: str = "III. TỔ CHỨC THỰC HIỆN") -> Told:
    """The tasks of a plan with one section, each as (words, leads, supporters)."""
    return read(f"ỦY BAN NHÂN DÂN TỈNH SÔNG MƠ\nKẾ HOẠCH\nGiữ rừng đầu nguồn\n{title}\n{body}")


def read(text: str) -> Told:
    return [
        (task["text"], [body["name"] for body in task["lead"]], [body["name"] for body in task["supporting"]])
        for task in parse(text)["tasks"]
    ]


def roles(body: str) -> list[str | None]:
    return [task["role"] for task in parse(f"KẾ HOẠCH\nGiữ rừng\nIII. TỔ CHỨC THỰC HIỆN\n{body}")["tasks"]]


# --- under a heading ------------------------------------------------------------------------------------------------
def test_the_body_of_a_heading_leads_every_child() -> None:
    assert tasks(
        "1. Sở Y tế\n- Lập sổ tay về nước sạch.\n- Mở lớp cho cán bộ xã.\n2. Sở Nội vụ\nRà soát biên chế kiểm lâm."
    ) == [
        ("Lập sổ tay về nước sạch.", ["Sở Y tế"], []),
        ("Mở lớp cho cán bộ xã.", ["Sở Y tế"], []),
        ("Rà soát biên chế kiểm lâm.", ["Sở Nội vụ"], []),
    ]


def test_the_supporters_of_a_heading_support_every_child_that_names_none_of_its_own() -> None:
    body = (
        "1. Sở Y tế chủ trì, phối hợp với các Sở, ngành, địa phương:\n"
        "- Lập sổ tay và phối hợp với các trường học phát cho học sinh.\n"
        "- Phối hợp với Sở Ngoại vụ, Sở Tài chính mời chuyên gia.\n"
        "- Mở lớp cho cán bộ xã. Phối hợp với Công an tỉnh giữ trật tự ở các lớp."
    )
    assert [(lead, support) for _, lead, support in tasks(body)] == [
        (["Sở Y tế"], ["các Sở, ngành, địa phương"]),
        (["Sở Y tế"], ["Sở Ngoại vụ", "Sở Tài chính"]),
        (["Sở Y tế"], ["Công an tỉnh"]),
    ]
    assert roles(body) == ["chủ trì", "phối hợp", "chủ trì"]


def test_a_body_that_only_supports_still_acts() -> None:
    body = "1. Sở Y tế\n- Phối hợp Sở Nội vụ và các cơ quan có liên quan lập danh sách."
    assert tasks(body)[0][1:] == (["Sở Y tế"], ["Sở Nội vụ", "các cơ quan có liên quan"])
    assert roles(body) == ["phối hợp"]


def test_a_run_in_heading_gives_its_own_text() -> None:
    assert tasks(
        "1. Sở Y tế: Lập sổ tay về nước sạch cho các xã.\n2. Công an tỉnh: Chủ trì, phối hợp với Sở Y tế tuần tra."
    ) == [
        ("Sở Y tế: Lập sổ tay về nước sạch cho các xã.", ["Sở Y tế"], []),
        ("Công an tỉnh: Chủ trì, phối hợp với Sở Y tế tuần tra.", ["Công an tỉnh"], ["Sở Y tế"]),
    ]


@pytest.mark.parametrize(
    ("heading", "lead"),
    [
        ("1. Trách nhiệm của Sở Y tế", ["Sở Y tế"]),
        ("1. Nhiệm vụ chung cho các sở, ban, ngành và UBND các xã:", ["các sở, ban, ngành", "UBND các xã"]),
        ("1. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", ["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"]),
        ("1. Giao UBND tỉnh Sông Mơ:", ["UBND tỉnh Sông Mơ"]),
        ("1. Sở Y tế (cơ quan thường trực)", ["Sở Y tế"]),
        ("1. Bộ Quốc phòng - Cơ quan thường trực Ban Chỉ đạo 27", ["Bộ Quốc phòng"]),
        ("1. Sở Y tế có trách nhiệm:", ["Sở Y tế"]),
        ("1. Báo Sông Mơ, Đài Phát thanh và Truyền hình tỉnh", ["Báo Sông Mơ", "Đài Phát thanh và Truyền hình tỉnh"]),
        ("1. Các doanh nghiệp hoạt động du lịch", ["Các doanh nghiệp hoạt động du lịch"]),
        ("1. Các Sở: Y tế, Nội vụ, Tài chính", ["Sở Y tế", "Sở Nội vụ", "Sở Tài chính"]),
    ],
)
def test_headings_that_name_who_acts(heading: str, lead: list[str]) -> None:
    found = tasks(f"{heading}\n- Lập sổ tay về nước sạch.\n- Mở lớp cho cán bộ xã.")
    assert [item[1] for item in found] == [lead, lead]


@pytest.mark.parametrize(
    "heading",
    [
        "1. Sở hữu rừng cộng đồng",
        "1. Hội nghị tổng kết",
        "1. Ban hành quy chế",
        "1. Bộ tiêu chí",
        "1. Công tác tuyên truyền",
    ],
)
def test_headings_that_name_nobody(heading: str) -> None:
    assert tasks(f"{heading}\n- Lập sổ tay về nước sạch.") == []


def test_a_kind_of_body_acts_only_where_work_is_given_out() -> None:
    assert tasks("1. Hợp tác xã\n- Mở rộng vùng quế hữu cơ.", "II. NHIỆM VỤ, GIẢI PHÁP") == []
    assert tasks("1. Hợp tác xã\n- Mở rộng vùng quế hữu cơ.") == [("Mở rộng vùng quế hữu cơ.", ["Hợp tác xã"], [])]


def test_the_next_heading_ends_what_a_heading_says() -> None:
    found = tasks("1. Sở Y tế\n- Lập sổ tay về nước sạch.\n2. Kinh phí\n- Ngân sách tỉnh chi cho các lớp.")
    assert [item[0] for item in found] == ["Lập sổ tay về nước sạch."]


def test_a_title_with_children_is_no_task_but_its_children_are() -> None:
    found = tasks("1. Sở Y tế\na) Về nước sạch:\n- Lập sổ tay cho các xã.\nb) Mở lớp cho cán bộ xã.")
    assert [item[0] for item in found] == ["Lập sổ tay cho các xã.", "Mở lớp cho cán bộ xã."]


def test_what_a_body_asks_of_others_is_its_own_work() -> None:
    assert tasks("1. Sở Y tế\n- Kiến nghị Bộ Y tế hỗ trợ hóa chất khử trùng.")[0][1] == ["Sở Y tế"]


# --- in a sentence --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sentence", "lead", "support", "role"),
    [
        ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ lập sổ tay.", ["Sở Y tế"], ["Sở Nội vụ"], "chủ trì"),
        ("Sở Y tế phối hợp với các sở, ngành mở lớp.", ["Sở Y tế"], ["các sở, ngành"], "phối hợp"),
        ("Giao Sở Y tế làm đầu mối, phối hợp với Công an tỉnh tuần tra.", ["Sở Y tế"], ["Công an tỉnh"], "giao làm đầu mối"),
        ("Đề nghị Tòa án nhân dân tỉnh xét xử lưu động.", ["Tòa án nhân dân tỉnh"], [], "đề nghị"),
        ("Yêu cầu các sở, ban, ngành nghiêm túc thực hiện.", ["các sở, ban, ngành"], [], "yêu cầu"),
        ("Hằng năm, căn cứ dự toán được giao, các sở, ngành báo cáo kết quả.", ["các sở, ngành"], [], "thực hiện"),
        ("Trong quá trình thực hiện nếu có vướng mắc các đơn vị kịp thời phản ánh.", ["các đơn vị"], [], "thực hiện"),
        ("Trên đây là Kế hoạch, giao Giám đốc sở, các đơn vị chỉ đạo.", ["Giám đốc sở", "các đơn vị"], [], "giao"),
        ("Theo hướng dẫn của Bộ, ngành Trung ương, các Sở, ngành lập sổ.", ["các Sở, ngành"], [], "thực hiện"),
        ("UBND tỉnh yêu cầu Sở Y tế lập sổ tay.", ["Sở Y tế"], [], "yêu cầu"),
        ("UBND thành phố Sông Mơ đề nghị các đại sứ quán cử đầu mối.", ["các đại sứ quán"], [], "đề nghị"),
        ("Mời Hội Nông dân tỉnh tham dự.", ["Hội Nông dân tỉnh"], [], "mời"),
        ("Giao phòng Quản lý rừng lập sổ tay.", ["phòng Quản lý rừng"], [], "giao"),
        ("Đối với các sở, ngành: Chủ động bố trí kinh phí.", ["các sở, ngành"], [], "thực hiện"),
        ("Trường hợp thiếu vốn, các đơn vị có văn bản đề xuất.", ["các đơn vị"], [], "thực hiện"),
    ],
)  # fmt: skip
def test_sentences_that_give_work(sentence: str, lead: list[str], support: list[str], role: str) -> None:
    assert tasks(f"1. {sentence}") == [(sentence, lead, support)]
    assert roles(f"1. {sentence}") == [role]


def test_any_verb_after_a_body_is_its_work_where_work_is_given_out() -> None:
    sentence = "Sở Y tế nạo vét 12 km kênh."
    assert tasks(f"1. {sentence}") == [(sentence, ["Sở Y tế"], [])]
    assert tasks(f"1. {sentence}", "I. TÌNH HÌNH") == tasks("1. Sở Y tế của tỉnh bạn xa.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Nâng cao trách nhiệm xã hội của doanh nghiệp và người dân.",
        "Kinh phí do ngân sách tỉnh bảo đảm.",
        "Giao thông nông thôn được mở rộng.",
        "Đối với các sở, việc này đã xong.",
        "Đối với các sở: 15 chỉ tiêu.",
        "Các sở, ngành đã lập xong sổ tay.",
        "Chánh Văn phòng UBND tỉnh, Giám đốc Sở Y tế chịu trách nhiệm thi hành Quyết định này.",
    ],
)
def test_sentences_that_give_no_work(sentence: str) -> None:
    assert tasks(f"1. {sentence}") == []


def test_the_enacting_sentence_is_no_task() -> None:
    text = "KẾ HOẠCH\nGiữ rừng\nUBND tỉnh ban hành Kế hoạch giữ rừng năm 2024 như sau:\nI. MỤC TIÊU\n1. Giữ 90% rừng."
    assert read(text) == []


def test_what_was_done_is_no_task() -> None:
    body = "1. Sở Y tế\n- Lập sổ tay về nước sạch.\n2. Sở Nội vụ chủ trì mở lớp."
    assert tasks(body, "I. ĐÁNH GIÁ TÌNH HÌNH") == []
    assert len(tasks(body)) == 2


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("Sở Y tế chỉ đạo Trung tâm Y tế phối hợp với Sở Nội vụ mở lớp.", []),
        ("Sở Y tế chủ trì, hướng dẫn UBND các xã chủ động phối hợp với Công an tỉnh mở lớp.", []),
        ("Sở Y tế chỉ đạo Trung tâm Y tế mở lớp, phối hợp với Sở Nội vụ lập sổ.", ["Sở Nội vụ"]),
        ("Sở Y tế chỉ đạo các đơn vị trực thuộc, phối hợp với Sở Nội vụ mở lớp.", ["Sở Nội vụ"]),
        ("Sở Y tế chỉ đạo các xã phối hợp với Công an tỉnh; phối hợp với Sở Nội vụ mở lớp.", ["Sở Nội vụ"]),
        ("Sở Y tế phối hợp với cơ quan chức năng, chính quyền địa phương mở lớp.",
            ["cơ quan chức năng", "chính quyền địa phương"]),
        ("Sở Y tế phối hợp với Sở Tài chính và các đơn vị liên quan mở lớp.", ["Sở Tài chính", "các đơn vị liên quan"]),
        ("Sở Y tế phối hợp với đơn vị tư vấn mở lớp.", []),
        ("Sở Y tế chủ trì, cùng với Sở Nội vụ mở lớp.", ["Sở Nội vụ"]),
    ],
)  # fmt: skip
def test_who_works_together_with_the_body_that_acts(sentence: str, support: list[str]) -> None:
    assert tasks(f"1. {sentence}") == [(sentence, ["Sở Y tế"], support)]


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("Chủ tịch UBND cấp huyện chịu trách nhiệm trước UBND tỉnh về rừng.", ["Chủ tịch UBND cấp huyện"]),
        ("Thủ trưởng các sở, ngành; Chủ tịch UBND các xã tổ chức tuần tra.",
            ["Thủ trưởng các sở, ngành", "Chủ tịch UBND các xã"]),
        ("Đối với nơi có cháy rừng, Chủ tịch UBND cấp xã phải trực tiếp chỉ đạo.", ["Chủ tịch UBND cấp xã"]),
        ("Trong mùa khô, tham mưu Giám đốc Sở, Chủ tịch UBND tỉnh chỉ đạo tuần tra.", ["UBND các huyện"]),
        ("Đối với nơi có cháy rừng, phối hợp với Sở Y tế, Sở Nội vụ tổ chức cứu người.", ["UBND các huyện"]),
        ("Trình Chủ tịch UBND tỉnh phê duyệt kế hoạch giữ rừng.", ["UBND các huyện"]),
    ],
)  # fmt: skip
def test_an_officer_who_is_named_as_subject_leads_and_not_the_body_of_the_heading(sentence: str, lead: list[str]) -> None:
    found = tasks(f"1. UBND các huyện\n- {sentence}\n- Lập sổ tay cho các xã.")
    assert [item[1] for item in found] == [lead, ["UBND các huyện"]]


def test_a_short_word_for_a_place_ends_no_sentence() -> None:
    for body in ("UBND TP. Sông Mơ", "Công an TX. Sông Ba", "Sở Y tế TP. Hồ Chí Minh"):
        assert tasks(f"1. {body} chủ trì lập sổ tay nước sạch.")[0][1] == [body]


def test_each_sentence_may_give_work_to_another_body() -> None:
    found = tasks("1. Sở Y tế chủ trì lập sổ tay. Sở Nội vụ mở lớp cho cán bộ. Sở Y tế báo cáo kết quả.")
    assert [item[1] for item in found] == [["Sở Y tế"], ["Sở Nội vụ"]]


# --- lines under an item --------------------------------------------------------------------------------------------
def test_label_lines_belong_to_the_item_that_they_stand_in() -> None:
    body = (
        "a) Lập sổ tay về nước sạch cho\ncác xã vùng cao.\n- Đơn vị thực hiện: Sở Y tế\n"
        "- Đơn vị phối hợp: Sở Nội vụ và các\nsở, ban ngành; UBND các xã.\n"
        "b) Mở lớp cho cán bộ xã.\n- Đơn vị thực hiện: Sở Nội vụ; Sở Y tế."
    )
    assert [(lead, support) for _, lead, support in tasks(body, "II. NHIỆM VỤ")] == [
        (["Sở Y tế"], ["Sở Nội vụ", "các sở, ban ngành", "UBND các xã"]),
        (["Sở Nội vụ", "Sở Y tế"], []),
    ]


def test_a_label_ends_with_its_sentence_and_another_may_follow_a_comma() -> None:
    body = (
        "1. Lập sổ tay nước sạch.\nĐơn vị chủ trì: Sở Y tế, phối hợp: Trạm Y tế TP. Sông Mơ. Báo cáo hằng quý.\n"
        "2. Mở lớp cho cán bộ xã.\nTrách nhiệm chỉ đạo thực hiện: Sở Nội vụ; UBND TX. Sông Ba.\n3. Lập đoàn."
    )
    assert [(lead, support) for _, lead, support in tasks(body, "II. NHIỆM VỤ")] == [
        (["Sở Y tế"], ["Trạm Y tế TP. Sông Mơ"]),
        (["Sở Nội vụ", "UBND TX. Sông Ba"], []),
    ]


def test_the_label_after_the_last_item_is_about_that_item() -> None:
    body = "1. Lập sổ tay.\nĐơn vị thực hiện: Sở Y tế.\n2. Mở lớp cho cán bộ xã.\nĐơn vị thực hiện: Sở Nội vụ."
    assert tasks(body, "II. NHIỆM VỤ") == [("Lập sổ tay.", ["Sở Y tế"], []), ("Mở lớp cho cán bộ xã.", ["Sở Nội vụ"], [])]


def test_label_lines_tell_time_money_and_product() -> None:
    document = parse(
        "KẾ HOẠCH\nGiữ rừng\nII. NHIỆM VỤ\n1. Lập sổ tay về nước sạch\n- Cơ quan chủ trì: Sở Y tế.\n"
        "- Cơ quan phối hợp: UBND các xã.\n- Thời gian thực hiện: Quý II/2024.\n- Sản phẩm: 500 cuốn sổ tay.\n"
        "- Nguồn kinh phí: Ngân sách tỉnh."
    )
    (task,) = document["tasks"]
    assert (task["time"], task["product"], task["funding_source"]) == ("Quý II/2024", "500 cuốn sổ tay", "Ngân sách tỉnh")
    assert task["role"] == "chủ trì"
    assert task["block_id"] == "plan/II/1"


def test_label_lines_around_others_are_about_the_item() -> None:
    body = (
        "1. Hội chợ giống lúa\n- Địa điểm: Nhà văn hóa.\n- Đơn vị chủ trì: Sở Y tế.\n- Đơn vị phối hợp: Các xã.\n"
        "- Hình thức: Trưng bày.\n- Kinh phí: Ngân sách tỉnh."
    )
    assert tasks(body, "II. NHIỆM VỤ") == [("Hội chợ giống lúa", ["Sở Y tế"], ["Các xã"])]


def test_a_title_may_name_the_part_of_a_body_before_the_body() -> None:
    for label in ("Cơ quan thường trực: Sở Y tế", "Cơ quan quản lý: Sở Y tế:", "Đơn vị chủ trì: Sở Y tế:"):
        body = f"1. {label}\n- Lập sổ tay về nước sạch.\n- Mở lớp học nghề.\n2. Sở Nội vụ\n- Mở lớp cho cán bộ."
        found = [lead for _, lead, _ in tasks(body, "II. TỔ CHỨC THỰC HIỆN")]
        assert found == [["Sở Y tế"], ["Sở Y tế"], ["Sở Nội vụ"]], label


def test_a_group_alone_may_be_a_title_where_work_is_given_out() -> None:
    for title in ("Chủ rừng:", "Doanh nghiệp", "Các chủ đầu tư dự án:"):
        body = f"1. Sở Y tế\n- Lập sổ tay về nước sạch.\n2. {title}\n- Trồng lại rừng đã khai thác."
        assert tasks(body, "II. TỔ CHỨC THỰC HIỆN")[1][1] == [title.rstrip(":")]


def test_money_for_a_body_is_no_work() -> None:
    body = "- Công an huyện: 40 triệu đồng (hỗ trợ tuần tra).\n- UBND xã Hòn Mơ: 1.250.000 đồng.\n- Sở Y tế: Lập sổ tay."
    assert [lead for _, lead, _ in tasks(body, "II. TỔ CHỨC THỰC HIỆN")] == [["Sở Y tế"]]


def test_people_are_no_money_and_work_may_follow_money() -> None:
    for work in ("40 đồng chí tham gia tuần tra, kiểm soát dịch.", "5 tỷ đồng từ ngân sách tỉnh, chủ trì mở lớp tập huấn."):
        assert [lead for _, lead, _ in tasks(f"1. Sở Y tế: {work}", "II. TỔ CHỨC THỰC HIỆN")] == [["Sở Y tế"]]


def test_a_label_over_labels_stays_one() -> None:
    body = "1. Mở lớp tập huấn\n- Đơn vị chủ trì: Sở Y tế\n+ Đơn vị phối hợp: Sở Tài chính\n+ Thời gian thực hiện: Quý I"
    assert ("Mở lớp tập huấn", ["Sở Y tế"], []) in tasks(body, "II. NHIỆM VỤ")


def test_a_short_word_for_a_place_may_end_a_sentence_before_a_body() -> None:
    found = tasks("1. Sở Nội vụ tham mưu UBND TP. Sở Tài chính bố trí kinh phí.")
    assert [lead for _, lead, _ in found] == [["Sở Nội vụ"], ["Sở Tài chính"]]


def test_work_after_a_colon_is_work_though_items_stand_under_it() -> None:
    body = "1. Giao Sở Nội vụ: Tham mưu kiện toàn Ban Chỉ đạo\n- Hoàn thành việc kiện toàn trong quý I."
    assert tasks(body, "II. TỔ CHỨC THỰC HIỆN")[0][:2] == ("Giao Sở Nội vụ: Tham mưu kiện toàn Ban Chỉ đạo", ["Sở Nội vụ"])


def test_a_title_that_ends_with_a_full_stop_names_who_acts() -> None:
    found = tasks(
        "1. UBND các xã: Hòn Mơ, Sông Ba.\n- Lập sổ tay nước.\n2. Các sở ngoài các nhiệm vụ nêu trên.\n- Mở lớp học nghề."
    )
    assert [item[:2] for item in found] == [
        ("Lập sổ tay nước.", ["UBND các xã: Hòn Mơ, Sông Ba"]),
        ("Mở lớp học nghề.", ["Các sở"]),
    ]


def test_a_group_that_prints_number_and_title_in_one_cell_is_no_task() -> None:
    rows = "STT | Nhiệm vụ | Cơ quan chủ trì | Thời gian\nI. Giữ rừng | | |\n1 | Lập sổ tay | Sở Y tế | 2025\n"
    document = parse(f"KẾ HOẠCH\nGiữ rừng\n\nI. NHIỆM VỤ\n\n{rows}II. Giữ biển | | |\n2 | Mở lớp | Sở Nội vụ | 2026")
    assert [(task["text"], task["lead"][0]["name"]) for task in document["tasks"]] == [
        ("Lập sổ tay", "Sở Y tế"),
        ("Mở lớp", "Sở Nội vụ"),
    ]
    rows_read = document["parts"][0]["blocks"][-1]["blocks"][-1]["rows"]
    assert [(row["number"], row["kind"]) for row in rows_read] == [
        ("I.", "group"),
        ("1", "item"),
        ("II.", "group"),
        ("2", "item"),
    ]


def test_label_lines_after_several_items_are_about_the_section() -> None:
    body = (
        "1. Nước sạch\n- Lập sổ tay cho các xã.\n- Mở lớp cho cán bộ.\n"
        "Đơn vị chủ trì: Sở Y tế.\nĐơn vị phối hợp: Các sở, ngành."
    )
    assert tasks(body, "II. NHIỆM VỤ") == [("Nước sạch", ["Sở Y tế"], ["Các sở, ngành"])]


def test_label_lines_between_siblings_are_about_the_ones_before() -> None:
    body = (
        "1. Nước sạch\n- Lập sổ tay cho các xã.\n- Cơ quan chủ trì: Sở Y tế.\n"
        "- Mở lớp cho cán bộ.\n- Cơ quan chủ trì: Sở Nội vụ.\n- Cơ quan phối hợp: Sở Y tế."
    )
    assert tasks(body, "II. NHIỆM VỤ") == [
        ("Lập sổ tay cho các xã.", ["Sở Y tế"], []),
        ("Mở lớp cho cán bộ.", ["Sở Nội vụ"], ["Sở Y tế"]),
    ]


# --- tables ---------------------------------------------------------------------------------------------------------
TABLE = (
    "KẾ HOẠCH\nGiữ rừng\nI. MỤC TIÊU\n1. Giữ rừng.\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n"
    "STT | Nhiệm vụ | Thời gian | Phân công trách nhiệm | Nguồn lực | Sản phẩm |\n"
    "Cơ quan chủ trì | Cơ quan phối hợp | |||||\n"
    "1 | Nước sạch | |||||\n"
    "1.1 | Lập sổ tay | 2024 | Sở Y tế | Các sở, ngành liên quan; UBND các xã | Ngân sách tỉnh | Sổ tay |\n"
    "1.2 | Mở lớp | 2025 | Sở Nội vụ và các sở, ngành | UBND các xã | Ngân sách tỉnh | Lớp học |\n"
)


def test_item_rows_are_tasks_and_groups_are_none() -> None:
    document = parse(TABLE)
    assert read(TABLE) == [
        ("Lập sổ tay", ["Sở Y tế"], ["Các sở, ngành liên quan", "UBND các xã"]),
        ("Mở lớp", ["Sở Nội vụ", "các sở, ngành"], ["UBND các xã"]),
    ]
    first = document["tasks"][0]
    assert (first["time"], first["funding_source"], first["product"]) == ("2024", "Ngân sách tỉnh", "Sổ tay")
    assert first["role"] == "chủ trì"


def test_a_table_without_a_column_of_bodies_holds_no_tasks() -> None:
    text = (
        TABLE.replace("Cơ quan chủ trì", "Đợt một")
        .replace("Cơ quan phối hợp", "Đợt hai")
        .replace("Phân công trách nhiệm", "Tiến độ")
    )
    assert read(text) == []


def test_a_table_of_indicators_holds_no_tasks() -> None:
    assert read(TABLE.replace("| Nhiệm vụ |", "| Chỉ tiêu |")) == []


# --- what holds for every task --------------------------------------------------------------------------------------
def test_facts_are_numbered_in_order_and_point_to_their_blocks() -> None:
    document = parse(TABLE.replace("1. Giữ rừng.", "1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ giữ rừng."))
    assert [task["id"] for task in document["tasks"]] == ["task-1", "task-2", "task-3"]
    starts = [task["span"]["start"] for task in document["tasks"]]
    assert starts == sorted(starts)
    held = {block["id"]: block["span"] for block in blocks(document)}
    held |= {row["id"]: row["span"] for block in blocks(document) for row in block.get("rows", [])}
    for task in document["tasks"]:
        assert task["span"] == held[task["block_id"]]


BODIES = [
    "Sở Y tế",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Công an tỉnh",
    "UBND các huyện, thị xã, thành phố",
    "các sở, ban, ngành",
]
WORK = ["lập sổ tay về nước sạch", "mở lớp cho cán bộ xã", "tuần tra rừng đầu nguồn"]


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(BODIES[:4]), min_size=1, max_size=2, unique=True),
    st.lists(st.sampled_from(BODIES), min_size=0, max_size=3, unique=True),
    st.sampled_from(WORK),
)
def test_a_sentence_gives_back_the_bodies_that_it_was_made_of(lead: list[str], support: list[str], work: str) -> None:
    joined = ", phối hợp với " + " và ".join(support) if support else ""
    sentence = f"{', '.join(lead)} chủ trì{joined} {work}."
    assert tasks(f"1. {sentence}") == [(sentence, lead, [body for body in support if body not in lead])]


# --- regressions ----------------------------------------------------------------------------------------------------
def test_the_supporters_of_a_heading_are_kept_where_one_of_many_sentences_names_others() -> None:
    head = "1. Sở Y tế chủ trì, phối hợp với các sở, ngành:\n- Lập sổ tay về nước sạch."
    assert tasks(f"{head} Mở lớp ở các xã. Phối hợp với Công an tỉnh giữ trật tự. Phát thuốc.")[0][2] == [
        "các sở, ngành",
        "Công an tỉnh",
    ]
    assert tasks(f"{head} Về vốn: Phối hợp tốt với các bộ, ngành Trung ương xin thêm.")[0][2] == [
        "các sở, ngành",
        "các bộ, ngành Trung ương",
    ]
    own = f"{head} Mở lớp ở các xã. Chủ trì, phối hợp với Công an tỉnh giữ trật tự. Phát thuốc."
    assert tasks(own)[0][2] == ["Công an tỉnh"]


def test_a_bracket_after_a_group_leads() -> None:
    body = "1. Các sở quản lý các dự án (Sở Y tế, Sở Nội vụ) chủ trì, phối hợp với Công an tỉnh:\n- Lập sổ tay về nước sạch."
    assert tasks(body) == [("Lập sổ tay về nước sạch.", ["Sở Y tế", "Sở Nội vụ"], ["Công an tỉnh"])]
    assert roles(body) == ["chủ trì"]


@pytest.mark.parametrize(
    ("text", "is_task"),
    [
        ("Phấn đấu đến năm 2030, tỷ lệ che phủ rừng đạt 45%.", False),
        ("Đến năm 2030, có tối thiểu 03 trạm đo nước. Phấn đấu tỷ lệ hộ có nước sạch đạt 90%.", False),
        ("Phấn đấu đến năm 2030, tỷ lệ che phủ rừng đạt 45%. Lập sổ theo dõi rừng.", True),
        ("Phấn đấu đến năm 2030, hoàn thành 12 trạm, đạt 100% kế hoạch.", True),
        ("Phấn đấu hoàn thành việc đo đạc trước mùa mưa.", True),
        ("Vùng ven biển: Gồm huyện Sông Mơ, là vùng nuôi tôm.", False),
        ("Vùng ven biển: Trồng rừng chắn sóng.", True),
    ],
)
def test_aims_and_areas_under_a_body_are_no_tasks(text: str, is_task: bool) -> None:
    found = tasks(f"1. Sở Y tế\n- Lập sổ tay về nước sạch.\n- {text}")
    assert [item[0] for item in found] == ["Lập sổ tay về nước sạch.", *([text] if is_task else [])]


@pytest.mark.parametrize(
    ("definition", "short", "canonical"),
    [
        ("Cục Bản đồ vùng (Cục BĐV)", "Cục BĐV", "Cục Bản đồ vùng"),
        ("Ban Quản lý rừng phòng hộ Hòn Mơ (viết tắt là BQLRPHHM)", "BQLRPHHM", "Ban Quản lý rừng phòng hộ Hòn Mơ"),
        ("Cục Bản đồ vùng (Cục XY)", "Cục XY", None),
    ],
)
def test_a_short_name_that_the_document_defines_is_known(definition: str, short: str, canonical: str | None) -> None:
    text = f"KẾ HOẠCH\nGiữ rừng\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Gửi sổ tay cho {definition}.\n2. Sở Nội vụ\n"
    found = parse(f"{text}- Phối hợp với {short} lập sổ.")["tasks"]
    wanted = [] if canonical is None and " " not in short else [(short, canonical)]
    assert [(body["name"], body["canonical"]) for body in found[-1]["supporting"]] == wanted


PIECES = (
    "1. Sở Y tế\n|- Lập sổ.\n|Đơn vị thực hiện: |các sở, ngành|chủ trì|, phối hợp với |:|;|.|\n|a) |Giao | và |UBND các xã|"
    "Các Sở: |- |(|)"
).split("|")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
@example(["Đơn vị thực hiện: ", "Đơn vị thực hiện: ", "(", ")"])
def test_any_text_gives_tasks_that_hold_words_of_the_text(pieces: list[str]) -> None:
    text = "KẾ HOẠCH\nGiữ rừng\nIII. TỔ CHỨC THỰC HIỆN\n" + "".join(pieces)
    words = set(squash(text).replace(":", " ").lower().split()) | {"sở"}
    for task in parse(text)["tasks"]:
        assert task["lead"] or task["supporting"]
        for body in task["lead"] + task["supporting"]:
            assert body["name"].strip(".,;:") == body["name"] != ""
        assert set(squash(task["text"]).replace(":", " ").lower().split()) <= words


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_names_are_printed_in_the_document(path: Path) -> None:
    """A body's name stands in the text as it is given, or, in "các Sở: A, B", with the first word that names share."""
    text = path.read_text("utf-8")
    folded = squash(fold_tones(text)).lower()
    for task in parse(text)["tasks"]:
        for body in task["lead"] + task["supporting"]:
            name = squash(fold_tones(body["name"])).lower()
            assert name in folded or name.partition(" ")[2] in folded, body["name"]


# --- who is named inside a sentence -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sentence", "leads"),
    [
        ("Đối với rừng trồng mới: Chi cục Kiểm lâm kiểm tra từng lô.", ["Chi cục Kiểm lâm"]),
        (
            "Nước lên nhanh hơn mọi năm. Do đó, các công ty và các trường học cần dọn suối sớm.",
            ["các công ty", "các trường học"],
        ),
        ("Tuy nhiên, để giữ nước, Chủ tịch UBND tỉnh yêu cầu các sở, UBND các xã lập sổ trực.", ["các sở", "UBND các xã"]),
        ("Tuy nhiên, khi nước lên, các sở lập sổ chưa kịp thời.", None),
        ("Trong mùa khô, theo lịch trực; các sở, UBND các cấp lập sổ trực.", ["các sở", "UBND các cấp"]),
    ],
)
def test_who_acts_after_a_clause(sentence: str, leads: list[str] | None) -> None:
    assert [lead for _, lead, _ in tasks(f"- {sentence}")] == ([] if leads is None else [leads])


def test_who_is_named_after_a_colon_acts_and_not_the_body_of_the_heading() -> None:
    body = "1. UBND các xã\n- Lập sổ trực.\n- Đối với rừng trồng mới: Chi cục Kiểm lâm kiểm tra từng lô."
    assert [lead for _, lead, _ in tasks(body)] == [["UBND các xã"], ["Chi cục Kiểm lâm"]]


def test_giao_under_the_heading_of_a_group_gives_work_to_the_body_named() -> None:
    body = "1. Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ mở lớp.\n2. Giao UBND các xã lập sổ trực."
    assert [(lead, support) for _, lead, support in tasks(body, "III. TRÁCH NHIỆM CỦA CÁC ĐƠN VỊ LIÊN QUAN")] == [
        (["Sở Y tế"], ["Sở Nội vụ"]),
        (["UBND các xã"], []),
    ]


def test_words_may_stand_between_to_work_together_and_with_whom() -> None:
    (task,) = tasks("1. Sở Y tế\n- Chủ động phối hợp, trao đổi thông tin với chính quyền địa phương, các trường học.")
    assert task[2] == ["chính quyền địa phương", "các trường học"]


@pytest.mark.parametrize(
    ("text", "leads", "support"),
    [
        ("Mở lớp cho cán bộ xã (Giao Sở Nội vụ chủ trì, phối hợp với Sở Y tế).", ["Sở Nội vụ"], ["Sở Y tế"]),
        ("In sổ tay về nước sạch (do Sở Y tế thực hiện).", ["Sở Y tế"], []),
        ("In sổ tay (Sở Y tế chủ trì, phối hợp với các xã)", ["Sở Y tế"], ["các xã"]),
        ("Hàng năm Sở Nội vụ chủ động phối hợp với các trường mở lớp.", ["Sở Nội vụ"], ["các trường"]),
        ("Theo đề nghị của UBND huyện, Sở Xây dựng chủ trì, phối hợp với Sở Y tế lập bản vẽ.", ["Sở Xây dựng"], ["Sở Y tế"]),
        ("Đề nghị Hội Nông dân tỉnh, Tỉnh đoàn... phát động phong trào.", ["Hội Nông dân tỉnh", "Tỉnh đoàn"], []),
        ("Các trung tâm y tế, trạm y tế báo cáo hằng ngày.", ["Các trung tâm y tế, trạm y tế"], []),
    ],
)
def test_work_in_brackets_after_a_clause_and_of_open_lists(text: str, leads: list[str], support: list[str]) -> None:
    assert [(lead, by) for _, lead, by in tasks(f"- {text}", "II. NHIỆM VỤ")] == [(leads, support)]


def test_what_something_consists_of_is_no_work() -> None:
    body = (
        "1. UBND các xã\n- Lập hồ sơ cho từng hộ, bao gồm:\n+ Đơn xin nhận rừng của hộ;\n+ Biên bản giao rừng tại chỗ.\n"
        "- Thực hiện các nhiệm vụ, gồm:\n+ Trồng rừng ở đầu nguồn.\n+ Mở đường băng cản lửa."
    )
    assert [words for words, _, _ in tasks(body)] == [
        "Lập hồ sơ cho từng hộ, bao gồm:",
        "Trồng rừng ở đầu nguồn.",
        "Mở đường băng cản lửa.",
    ]


def test_the_closing_sentence_is_not_the_work_of_the_last_body() -> None:
    body = (
        "1. UBND các xã\n- Lập sổ trực.\nTrên đây là Kế hoạch giữ rừng, yêu cầu các sở, ban, ngành nghiêm túc thực hiện./."
    )
    assert [lead for _, lead, _ in tasks(body)] == [["UBND các xã"], ["các sở, ban, ngành"]]


def test_what_stands_directly_under_a_title_is_its_text_although_plans_close_so() -> None:
    """ "Căn cứ Kế hoạch này, …" under the title of the last body was taken for the closing words of the plan."""
    text = "III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ\n\nMở lớp cho các xã.\n\n2. Sở Y tế\n\n{}\n"
    found = [
        [(task["lead"][0]["name"], task["text"]) for task in parse(text.format(last))["tasks"]][1:]
        for last in ("Căn cứ Kế hoạch này, chủ động mở lớp.", "Trên đây là Kế hoạch trồng rừng.")
    ]
    assert found == [[("Sở Y tế", "Căn cứ Kế hoạch này, chủ động mở lớp.")], []]


def test_a_list_of_bodies_gives_out_work_whatever_the_section_is_called() -> None:
    """After two titles that name bodies, a kind of body or a narrowed group is who acts, too."""
    text = (
        "10. Sở Y tế\n- Mở lớp cho các xã.\n11. Sở Nội vụ\n- Lập sổ theo dõi các lớp.\n"
        "12. Hiệp hội Du lịch và các doanh nghiệp du lịch\n- Đưa khách đến các thôn.\n"
        "13. Các tổ chức mặt trận, đoàn thể: Vận động người dân giữ rừng.\n"
    )
    found = [[body["name"] for body in task["lead"]] for task in parse(text)["tasks"]]
    assert found == [
        ["Sở Y tế"],
        ["Sở Nội vụ"],
        ["Hiệp hội Du lịch", "các doanh nghiệp du lịch"],
        ["Các tổ chức mặt trận, đoàn thể"],
    ]
    alone = "I. HIỆN TRẠNG RỪNG\n1. Các doanh nghiệp du lịch\n- Đưa khách đến các thôn vùng cao.\n"
    assert parse(alone)["tasks"] == []


def test_a_person_is_named_with_the_office_that_acts() -> None:
    """A sentence that begins with a name gave no task, as no body begins so."""
    text = "1. Đồng chí Trần Văn Mơ, Giám đốc Sở Y tế chủ trì cuộc họp giao ban hằng tháng.\n"
    assert [names for _, names, _ in tasks(text)] == [["Đồng chí Trần Văn Mơ, Giám đốc Sở Y tế"]]


# --- who does what in one list ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cell", "lead", "support", "role"),
    [
        ("Sở Y tế (chủ trì), Sở Nội vụ, Sở Tài chính (phối hợp)", ["Sở Y tế"], ["Sở Nội vụ", "Sở Tài chính"], "chủ trì"),
        ("Chủ trì: Sở Y tế; phối hợp: Sở Nội vụ", ["Sở Y tế"], ["Sở Nội vụ"], "chủ trì"),
        ("- Chủ trì: Sở Y tế - Phối hợp: các sở, ngành", ["Sở Y tế"], ["các sở, ngành"], "chủ trì"),
        ("Sở Y tế chủ trì, phối hợp với các sở, ngành", ["Sở Y tế"], ["các sở, ngành"], "chủ trì"),
        ("Sở Y tế chủ trì; các sở, ngành phối hợp", ["Sở Y tế"], ["các sở, ngành"], "chủ trì"),
        ("Sở Y tế chủ trì cùng Sở Nội vụ lập hồ sơ", ["Sở Y tế"], ["Sở Nội vụ"], "chủ trì"),
        ("Sở Y tế (cơ quan chủ trì); UBND các xã", ["Sở Y tế"], ["UBND các xã"], "chủ trì"),
        ("(Sở Y tế chủ trì)", ["Sở Y tế"], [], "chủ trì"),
        ("Sở Y tế, Sở Nội vụ đồng chủ trì", ["Sở Y tế", "Sở Nội vụ"], [], "chủ trì"),
        ("Sở Y tế; các đơn vị liên quan phối hợp thực hiện", ["Sở Y tế"], ["các đơn vị liên quan"], "thực hiện"),
        ("Sở Y tế, Sở Nội vụ (phối hợp)", ["Sở Y tế"], ["Sở Nội vụ"], "thực hiện"),
        ("Sở Y tế, Sở Nội vụ phối hợp", ["Sở Y tế", "Sở Nội vụ"], [], "thực hiện"),
        ("Sở Y tế phối hợp với UBND các xã", ["Sở Y tế"], ["UBND các xã"], "thực hiện"),
        ("Sở Y tế (chủ trì phần xây dựng), Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"], [], "thực hiện"),
        ("Các cơ quan chủ trì dự án thành phần", ["Các cơ quan chủ trì dự án thành phần"], [], "thực hiện"),
    ],
)
def test_a_list_may_say_who_leads_and_who_supports(cell: str, lead: list[str], support: list[str], role: str) -> None:
    table = f"STT | Nội dung | Đơn vị thực hiện | Thời gian\n1 | Mở lớp | {cell} | 2030\n2 | In sổ | Sở Nội vụ | 2030"
    told = parse(f"KẾ HOẠCH\nGiữ rừng\nPHỤ LỤC\n{table}")["tasks"][0]
    assert [body["name"] for body in told["lead"]] == lead
    assert [body["name"] for body in told["supporting"]] == support
    assert told["role"] == role


def test_a_label_may_say_who_leads_and_who_supports() -> None:
    body = "1. Mở lớp cho các xã.\n- Đơn vị thực hiện: Sở Y tế chủ trì, phối hợp với Sở Nội vụ, UBND các xã."
    assert tasks(body) == [("Mở lớp cho các xã.", ["Sở Y tế"], ["Sở Nội vụ", "UBND các xã"])]
    assert roles(body) == ["chủ trì"]


def test_a_cell_that_says_as_above_names_the_bodies_of_the_cell_above() -> None:
    rows = "1 | Mở lớp | Sở Y tế | Các sở | Quý I\n2 | In sổ | nt | -nt- | Quý II\n3 | Tuần tra | Như trên | Công an | nt"
    text = f"KẾ HOẠCH\nGiữ rừng\nPHỤ LỤC\nSTT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian\n{rows}"
    assert read(text) == [
        ("Mở lớp", ["Sở Y tế"], ["Các sở"]),
        ("In sổ", ["Sở Y tế"], ["Các sở"]),
        ("Tuần tra", ["Sở Y tế"], ["Công an"]),
    ]
    assert [task["time"] for task in parse(text)["tasks"]] == ["Quý I", "Quý II", "Quý II"]
    printed = [row["cells"][2] for table in blocks(parse(text)) if table["type"] == "table" for row in table["rows"]]
    assert printed == ["Sở Y tế", "nt", "Như trên"]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("1. Sở Y tế (Chi cục Dân số) chủ trì, phối hợp với các xã lập sổ.", ["Sở Y tế"]),
        ("1. Thường trực Ban Chỉ đạo (Sở Y tế) có nhiệm vụ theo dõi.", ["Thường trực Ban Chỉ đạo"]),
        ("1. Các doanh nghiệp viễn thông (VNPT, Viettel) bảo đảm hạ tầng.", ["Các doanh nghiệp viễn thông"]),
        ("1. Các trường phổ thông dân tộc nội trú tổ chức dạy nghề.", ["Các trường phổ thông dân tộc nội trú"]),
        (
            "1. Đề nghị Hội Nông dân và các tổ chức thành viên dựng trạm.",
            ["Hội Nông dân", "các tổ chức thành viên"],
        ),
    ],
)
def test_words_between_a_body_and_its_duty(text: str, lead: list[str]) -> None:
    assert [body for _, body, _ in tasks(text)] == [lead]


def test_a_clause_of_its_own_does_not_narrow_a_group() -> None:
    assert tasks("1. Các hộ gia đình vay vốn để triển khai dự án.") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "1. Mở lớp cho các xã; Sở Nội vụ phối hợp với Sở Tài chính tham mưu chế độ.",
            [(["Sở Nội vụ"], ["Sở Tài chính"])],
        ),
        (
            "1. Sở Y tế chủ trì mở lớp; Công an tỉnh phối hợp với Sở Nội vụ tuần tra.",
            [(["Sở Y tế"], []), (["Công an tỉnh"], ["Sở Nội vụ"])],
        ),
        (
            "1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ; Sở Tài chính; UBND các xã tổ chức lớp.",
            [(["Sở Y tế"], ["Sở Nội vụ", "Sở Tài chính", "UBND các xã"])],
        ),
        ("1. Tổ chức tiêm phòng: UBND các xã chủ trì tiêm đồng loạt.", [(["UBND các xã"], [])]),
        (
            "1. Ứng phó: Khi có bão, các cơ quan, đơn vị tổ chức trực ban.",
            [(["các cơ quan, đơn vị"], [])],
        ),
        ("1. Mở rộng thị trường; các doanh nghiệp tham gia hội chợ.", []),
        ("1. Sở Y tế: Trên cơ sở dự toán, các xã lập hồ sơ.", [(["Sở Y tế"], [])]),
        (
            "1. Riêng Hội Nông dân tỉnh chủ trì, phối hợp với Sở Y tế lập hồ sơ.",
            [(["Hội Nông dân tỉnh"], ["Sở Y tế"])],
        ),
    ],
)
def test_clauses_of_a_sentence_may_give_work_each(text: str, told: list[tuple[list[str], list[str]]]) -> None:
    assert [(lead, support) for _, lead, support in tasks(text, "II. NHIỆM VỤ, GIẢI PHÁP")] == told


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (
            "UBND thành phố Hòa An, thị xã Sông Mơ và các huyện Núi Tư, Hòn Mơ",
            ["UBND thành phố Hòa An", "UBND thị xã Sông Mơ", "UBND các huyện Núi Tư, Hòn Mơ"],
        ),
        (
            "Ủy ban nhân dân huyện Hòa An, thành phố Sông Mơ",
            ["Ủy ban nhân dân huyện Hòa An", "Ủy ban nhân dân thành phố Sông Mơ"],
        ),
        ("UBND các huyện, thành, thị, Sở Y tế", ["UBND các huyện, thành, thị", "Sở Y tế"]),
        ("UBND các huyện miền núi, Sở Y tế", ["UBND các huyện miền núi", "Sở Y tế"]),
        (
            "Công ty TNHH MTV Điện lực Sông Mơ, Sở Công Thương",
            ["Công ty TNHH MTV Điện lực Sông Mơ", "Sở Công Thương"],
        ),
        ("Chi cục Hải quan khu vực IX, Công an tỉnh", ["Chi cục Hải quan khu vực IX", "Công an tỉnh"]),
        (
            "Ngân hàng Nhà nước Việt Nam - Chi nhánh Khu vực 6, Sở Y tế",
            ["Ngân hàng Nhà nước Việt Nam - Chi nhánh Khu vực 6", "Sở Y tế"],
        ),
        (
            "Ngân hàng Chính sách xã hội - Chi nhánh tỉnh Sơn La, Sở Y tế",
            ["Ngân hàng Chính sách xã hội - Chi nhánh tỉnh Sơn La", "Sở Y tế"],
        ),
        ("Thanh tra tỉnh, Thanh tra các sở, ngành", ["Thanh tra tỉnh", "Thanh tra các sở, ngành"]),
        ("các cấp ủy, tổ chức đảng", ["các cấp ủy, tổ chức đảng"]),
        ("các doanh nghiệp, hợp tác xã, hộ kinh doanh", ["các doanh nghiệp, hợp tác xã, hộ kinh doanh"]),
    ],
)
def test_names_of_places_businesses_and_groups(names: str, told: list[str]) -> None:
    assert tasks(f"1. Giao {names} chủ trì lập hồ sơ.")[0][1] == told


@pytest.mark.parametrize(
    "text",
    [
        "1. Mở lớp cho các xã (đơn vị chủ trì: Sở Y tế; đơn vị phối hợp: Sở Nội vụ).",
        "1. Mở lớp cho các xã. Đơn vị chủ trì: Sở Y tế.\nĐơn vị phối hợp: Sở Nội vụ.",
        "1. Mở lớp cho các xã Chủ trì thực hiện: Sở Y tế. Phối hợp thực hiện: Sở Nội vụ.",
        "1. Mở lớp cho các xã (Chủ trì: Sở Y tế; phối hợp: Sở Nội vụ; định kỳ hằng quý).",
    ],
)
def test_labels_in_and_behind_the_text_of_an_item_are_one(text: str) -> None:
    assert [told[1:] for told in tasks(text, "II. NHIỆM VỤ")] == [(["Sở Y tế"], ["Sở Nội vụ"])]


def test_a_label_may_stand_before_a_sentence_that_gives_work() -> None:
    text = "1. Phân công thực hiện: Giao các Sở: Tài chính, Nội vụ chủ trì, phối hợp với Sở Y tế lập hồ sơ."
    assert tasks(text, "II. NHIỆM VỤ") == [(text[3:], ["Sở Tài chính", "Sở Nội vụ"], ["Sở Y tế"])]


def test_any_words_may_narrow_a_group_before_a_plain_duty() -> None:
    text = "1. Các sở, ngành được phân công phụ trách tiêu chí có trách nhiệm hướng dẫn."
    assert tasks(text, "II. NHIỆM VỤ")[0][1] == ["Các sở, ngành được phân công phụ trách tiêu chí"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1. Mở lớp (Sở Y tế chủ trì; Sở Nội vụ, các xã phối hợp thực hiện).", [(["Sở Y tế"], ["Sở Nội vụ", "các xã"])]),
        ("1. Mở lớp (Phân công: Sở Y tế chủ trì, Sở Nội vụ phối hợp).", [(["Sở Y tế"], ["Sở Nội vụ"])]),
        ("1. Mở lớp hằng năm. Phân công: Sở Y tế chủ trì; các sở, ngành phối hợp.", [(["Sở Y tế"], ["các sở, ngành"])]),
        ("1. Đề án 1 do Công an tỉnh chủ trì, phối hợp với Sở Y tế thực hiện.", [(["Công an tỉnh"], ["Sở Y tế"])]),
        (
            "1. Phân công: Sở Y tế hướng dẫn chuyên môn; Ban Dân tộc phối hợp với các xã lập danh sách.",
            [(["Sở Y tế"], []), (["Ban Dân tộc"], ["các xã"])],
        ),
        (
            "1. Sở Y tế chủ trì mở lớp; các chủ rừng chịu trách nhiệm giữ rừng.",
            [(["Sở Y tế"], []), (["các chủ rừng"], [])],
        ),
        ("1. Sở Y tế mở lớp; đề nghị Tòa án nhân dân tỉnh xét xử.", [(["Sở Y tế"], []), (["Tòa án nhân dân tỉnh"], [])]),
        ("1. Khoán rừng cho hộ dân; yêu cầu doanh nghiệp trả phí.", []),
        (
            "1. Sở Y tế hướng dẫn; Trung tâm Khuyến nông tỉnh có trách nhiệm tập huấn.",
            [(["Sở Y tế"], []), (["Trung tâm Khuyến nông tỉnh"], [])],
        ),
        ("1. Các đơn vị quản lý chợ có trách nhiệm niêm yết giá.", [(["Các đơn vị quản lý chợ"], [])]),
    ],
)
def test_who_does_what_in_one_sentence(text: str, told: list[tuple[list[str], list[str]]]) -> None:
    assert [(lead, support) for _, lead, support in tasks(text, "II. NHIỆM VỤ, GIẢI PHÁP")] == told


def test_a_sentence_may_set_one_body_apart_under_the_heading_of_several() -> None:
    body = "1. Công an tỉnh, Sở Y tế\nMở lớp cho cán bộ. Riêng Công an tỉnh chủ trì, phối hợp với Sở Nội vụ tuần tra."
    assert [(lead, support) for _, lead, support in tasks(body)] == [
        (["Công an tỉnh", "Sở Y tế"], []),
        (["Công an tỉnh"], ["Sở Nội vụ"]),
    ]


def test_several_bodies_report_whoever_acts_in_the_heading_above() -> None:
    body = "1. Sở Y tế\n- Mở lớp cho cán bộ.\n- Định kỳ hằng quý, các sở, ngành báo cáo kết quả về Sở Y tế."
    assert [lead for _, lead, _ in tasks(body)] == [["Sở Y tế"], ["các sở, ngành"]]


def test_a_title_may_say_in_a_bracket_who_leads() -> None:
    body = "1. Chi phí không chính thức (Thanh tra tỉnh chủ trì theo dõi)\n- Công khai đường dây nóng.\n- Xử lý vi phạm."
    assert [lead for _, lead, _ in tasks(body, "II. NHIỆM VỤ")] == [["Thanh tra tỉnh"], ["Thanh tra tỉnh"]]


@pytest.mark.parametrize(
    "name",
    [
        "Công ty TNHH một thành viên Khai thác công trình thủy lợi Sông Mơ",
        "Ban QLDA các công trình NN và PTNT",
        "Liên đoàn Thương mại và Công nghiệp Việt Nam - Chi nhánh Hòa An",
        "Phòng Giao dịch Ngân hàng Chính sách xã hội huyện",
    ],
)
def test_names_with_words_that_end_others(name: str) -> None:
    table = f"STT | Nội dung | Đơn vị thực hiện |\n1 | Mở lớp | Sở Y tế; {name}; Sở Nội vụ |\n2 | In sổ | {name} |"
    assert [lead for _, lead, _ in read(f"KẾ HOẠCH\nGiữ rừng\nPHỤ LỤC\n{table}")] == [["Sở Y tế", name, "Sở Nội vụ"], [name]]


@pytest.mark.parametrize(
    "body",
    [
        "1. Sở Y tế, Công an tỉnh\nMở lớp cho cán bộ. Công an tỉnh chủ trì tuần tra.",
        "1. Sở Y tế, Công an tỉnh\n- Mở lớp cho cán bộ.\n- Trên cơ sở dự toán, Công an tỉnh chủ trì tuần tra.",
    ],
)
def test_one_of_several_bodies_of_a_heading_may_act_alone(body: str) -> None:
    assert [lead for _, lead, _ in tasks(body)] == [["Sở Y tế", "Công an tỉnh"], ["Công an tỉnh"]]


def test_each_of_several_bodies_of_a_heading_may_have_its_clause() -> None:
    body = "1. Sở Y tế, Công an tỉnh\nSở Y tế chủ trì mở lớp cho cán bộ; Công an tỉnh chủ trì tuần tra."
    assert [lead for _, lead, _ in tasks(body)] == [["Sở Y tế"], ["Công an tỉnh"]]


@pytest.mark.parametrize(
    ("body", "supports"),
    [
        (
            "1. Mở lớp cho cán bộ.\n- Đơn vị chủ trì: Sở Y tế tổ chức thực hiện.\n- Đơn vị phối hợp: Sở Nội vụ.",
            ["Sở Nội vụ"],
        ),
        ("1. Mở lớp cho cán bộ. Đơn vị chủ trì: Sở Y tế thực hiện; Đơn vị phối hợp: Sở Nội vụ.", ["Sở Nội vụ"]),
        ("1. Mở lớp cho cán bộ. Chủ trì: Sở Y tế (phối hợp: Sở Nội vụ).", ["Sở Nội vụ"]),
        ("1. Mở lớp cho cán bộ. Đơn vị thực hiện: Sở Y tế tham mưu Ủy ban nhân dân tỉnh.", []),
    ],
)
def test_a_body_behind_a_label_ends_where_its_work_begins(body: str, supports: list[str]) -> None:
    assert [(lead, support) for _, lead, support in tasks(body, "II. NHIỆM VỤ")] == [(["Sở Y tế"], supports)]


def test_a_group_behind_a_label_is_told_by_what_it_does() -> None:
    body = "1. Giảm thủ tục cho dân.\n- Cơ quan phối hợp: Các đơn vị thực hiện thủ tục hành chính.\n- Chủ trì: Sở Nội vụ."
    assert tasks(body, "II. NHIỆM VỤ")[0][1:] == (["Sở Nội vụ"], ["Các đơn vị thực hiện thủ tục hành chính"])


def test_the_items_behind_a_duty_in_a_cell_are_kept() -> None:
    table = "STT | Nội dung | Chủ trì | Phối hợp |\n1 | Mở lớp | Sở Y tế | Sở Nội vụ chủ trì việc tập huấn; UBND các xã |"
    assert read(f"KẾ HOẠCH\nGiữ rừng\nPHỤ LỤC\n{table}\n2 | In sổ | Sở Y tế | Sở Nội vụ |")[0][2] == [
        "Sở Nội vụ",
        "UBND các xã",
    ]


def test_who_builds_a_work_that_is_spoken_of_has_no_task() -> None:
    assert tasks("1. Dự án đường do Công ty Sông Mơ làm chủ đầu tư chậm tiến độ cần tháo gỡ.", "II. NHIỆM VỤ") == []


@pytest.mark.parametrize("piece", ["Phân công: Sở Y tế hướng dẫn. ", "Đơn vị thực hiện: Giao Sở Y tế. "])
def test_labels_that_give_work_are_read_in_linear_time(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The letters that are folded, counted: each label looks at what is near, not at all that follows."""

    def folded(count: int) -> int:
        letters = 0

        def fold(text: str) -> Any:
            nonlocal letters
            letters += len(text)
            return agency_names.fold(text)

        monkeypatch.setattr(task_labels, "fold", fold)
        tasks("1. Mở lớp. " + piece * count, "II. NHIỆM VỤ")
        return letters

    assert folded(400) < 6 * folded(100)


def test_a_cell_of_many_duties_is_read_to_its_end() -> None:
    cell = "Sở Nội vụ chủ trì việc tập huấn; " * 3000 + "UBND các xã"
    table = f"STT | Nội dung | Chủ trì | Phối hợp |\n1 | Mở lớp | Sở Y tế | {cell} |\n2 | In sổ | Sở Y tế | Sở Nội vụ |"
    assert read(f"KẾ HOẠCH\nGiữ rừng\nPHỤ LỤC\n{table}")[0][2][-1] == "UBND các xã"


def test_a_label_of_many_duties_is_read_to_its_end() -> None:
    body = "1. Mở lớp cho cán bộ.\n- Đơn vị thực hiện: " + "Sở Y tế thực hiện; " * 3000 + "Sở Nội vụ."
    assert tasks(body, "II. NHIỆM VỤ")[0][1][-1] == "Sở Nội vụ"


@pytest.mark.parametrize(
    "sentence",
    [
        "Trồng rừng đầu nguồn: Sở Y tế chủ trì; Sở Nội vụ, Tỉnh đoàn phối hợp thực hiện;",
        "Trồng rừng đầu nguồn. Sở Y tế chịu trách nhiệm chủ trì; Sở Nội vụ và Tỉnh đoàn phối hợp thực hiện.",
        "Trồng rừng đầu nguồn: Sở Y tế là cơ quan chủ trì, Sở Nội vụ, Tỉnh đoàn phối hợp thực hiện.",
        "Trồng rừng đầu nguồn: Cơ quan chủ trì: Sở Y tế; cơ quan phối hợp: Sở Nội vụ, Tỉnh đoàn.",
        "Phân công thực hiện: Sở Y tế chủ trì, phối hợp với Sở Nội vụ, Tỉnh đoàn hướng dẫn, kiểm tra việc trồng rừng.",
        "Truyền thông, tuyên truyền, vận động trồng và giữ rừng đầu nguồn; kiểm tra, giám sát, đánh giá việc tổ chức "
        "thực hiện Chương trình: Sở Y tế phối hợp với Sở Nội vụ, Tỉnh đoàn thực hiện.",
    ],
)
def test_those_of_whom_nothing_is_said_but_that_they_work_along_support(sentence: str) -> None:
    found = tasks(f"1. Dự án 1\n- {sentence}\n- Giữ rừng.\n", title="III. NỘI DUNG")
    assert found == [(sentence, ["Sở Y tế"], ["Sở Nội vụ", "Tỉnh đoàn"])]


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("Trung tâm Dịch vụ việc làm tỉnh có trách nhiệm mở phiên giao dịch.", "Trung tâm Dịch vụ việc làm tỉnh"),
        ("Giao Chi cục Dân số làm đầu mối theo dõi.", "Chi cục Dân số"),
        ("UBND thành phố Hòa An có trách nhiệm bố trí địa điểm.", "UBND thành phố Hòa An"),
    ],
)
def test_a_later_sentence_under_a_heading_may_set_another_body_to_work(sentence: str, other: str) -> None:
    assert [lead for _, lead, _ in tasks(f"1. Sở Y tế\n- Lập sổ tay về nước sạch. {sentence}\n")] == [["Sở Y tế"], [other]]


def test_what_is_asked_under_organisations_is_the_work_of_the_one_asked() -> None:
    body = "1. Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội\n"
    asked = "- Đề nghị Tỉnh đoàn Sông Mơ mở trại hè; Hội Liên hiệp Phụ nữ tỉnh duy trì câu lạc bộ.\n"
    assert [lead for _, lead, _ in tasks(body + asked)] == [["Tỉnh đoàn Sông Mơ"], ["Hội Liên hiệp Phụ nữ tỉnh"]]


def test_a_list_of_bodies_with_a_semicolon_is_a_title() -> None:
    body = "1. Báo và phát thanh, truyền hình Sông Mơ; Sở Y tế\nXây dựng chuyên trang về giữ rừng.\n"
    assert [lead for _, lead, _ in tasks(body)] == [["Báo và phát thanh, truyền hình Sông Mơ", "Sở Y tế"]]


@pytest.mark.parametrize(
    "name",
    [
        "Văn phòng Ban An toàn giao thông tỉnh",
        "Hội Nông dân cùng cấp",
        "Ngân hàng Nhà nước Chi nhánh Khu vực 10",
        "UBND các huyện Ea Súp, M'Drắk, Krông Bông",
        "các cơ sở khám bệnh, chữa bệnh",
        "các trường mầm non, tiểu học, THCS",
        "các doanh nghiệp trong khu công nghiệp",
        "các đơn vị được giao chủ trì",
        "Trung tâm Xúc tiến Đầu tư - Thương mại và Du lịch tỉnh",
    ],
)
def test_a_name_is_kept_whole(name: str) -> None:
    given = "Giao" if name[0].isupper() else "Yêu cầu"
    assert [lead for _, lead, _ in tasks(f"1. {given} {name} có trách nhiệm báo cáo kết quả.\n")] == [[name]]


def test_labels_behind_the_last_section_are_about_it_where_the_others_have_theirs() -> None:
    body = (
        "2. Tuyên truyền giữ rừng\n2.1. In sổ tay\n- Chủ trì: Sở Y tế.\n- Phốihợp: Sở Nội vụ.\n2.2. Phổ biến luật\n"
        "- Chủ trì: Sở Tư pháp.\n2.3. Mở chuyên trang về rừng trên báo.\nChủ trì: Công an tỉnh.\n3. Giữ rừng\n"
    )
    assert [(text, lead, support) for text, lead, support in tasks(body, title="III. NHIỆM VỤ")] == [
        ("In sổ tay", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Phổ biến luật", ["Sở Tư pháp"], []),
        ("Mở chuyên trang về rừng trên báo.", ["Công an tỉnh"], []),
    ]


def test_each_task_of_a_block_has_the_time_in_its_own_words() -> None:
    text = (
        "1. Giao Sở Nội vụ lập đề án, hoàn thành trước ngày 30/10/2024; Sở Tư pháp biên soạn tài liệu trước ngày 15/11/2024."
    )
    found = parse(f"KẾ HOẠCH\nGiữ rừng\nIII. NỘI DUNG\n{text}\n")["tasks"]
    assert [(task["lead"][0]["name"], task["time"]) for task in found] == [
        ("Sở Nội vụ", "trước ngày 30/10/2024"),
        ("Sở Tư pháp", "trước ngày 15/11/2024"),
    ]
    assert "begins" not in found[0]


def test_the_way_of_giving_is_kept_where_bodies_only_support() -> None:
    assert roles("1. Đề nghị Công an tỉnh phối hợp thực hiện.") == ["đề nghị phối hợp"]


@pytest.mark.parametrize("name", ["Sở Y tế", "Giám đốc Sở Y tế"])
def test_a_sentence_about_the_body_of_the_heading_is_no_task_of_its_own(name: str) -> None:
    assert len(tasks(f"1. Sở Y tế\n- Rà soát trạm y tế. {name} có trách nhiệm báo cáo UBND tỉnh.\n")) == 1


def test_who_leads_does_not_support_as_well() -> None:
    found = tasks("1. Lập sổ: Sở Y tế chủ trì; Sở Y tế, Sở Nội vụ phối hợp thực hiện.", title="III. NỘI DUNG")
    assert [(lead, support) for _, lead, support in found] == [(["Sở Y tế"], ["Sở Nội vụ"])]


def test_each_organisation_that_is_asked_has_its_own_task() -> None:
    body = "1. Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội\n"
    asked = "- Đề nghị Tỉnh đoàn vận động đoàn viên. Đề nghị Hội Nông dân tỉnh vận động hội viên.\n"
    assert [lead for _, lead, _ in tasks(body + asked)] == [["Tỉnh đoàn"], ["Hội Nông dân tỉnh"]]


def test_a_label_behind_the_last_section_is_about_all_where_none_has_its_own() -> None:
    body = "2. Tuyên truyền giữ rừng\n2.1. Nội dung: Sở Y tế hướng dẫn các xã in sổ tay.\n2.2. Hình thức qua báo, đài.\n"
    found = tasks(f"{body}Cơ quan chủ trì: Sở Nội vụ.\n3. Giữ rừng\n", title="III. NHIỆM VỤ")
    assert ("Tuyên truyền giữ rừng", ["Sở Nội vụ"], []) in found


def test_sections_of_work_under_aims_give_work() -> None:
    text = "KẾ HOẠCH\nGIỮ RỪNG\nB. MỤC TIÊU, NHIỆM VỤ, GIẢI PHÁP\nI. MỤC TIÊU\n1. Giữ rừng.\nII. NHIỆM VỤ, GIẢI PHÁP\n"
    text += "1. Kiểm tra các trạm. Giao Sở Nội vụ chủ trì, phối hợp với Thanh tra tỉnh thực hiện.\n"
    assert [(lead, support) for _, lead, support in read(text)] == [(["Sở Nội vụ"], ["Thanh tra tỉnh"])]


def test_a_list_behind_a_group_and_a_colon_acts() -> None:
    body = "1. Các cơ quan: Văn phòng UBND tỉnh, Sở Tư pháp căn cứ chức năng, nhiệm vụ lập sổ theo dõi.\n"
    assert [lead for _, lead, _ in tasks(body)] == [["Văn phòng UBND tỉnh", "Sở Tư pháp"]]


def test_a_time_in_a_label_of_bodies_is_no_body() -> None:
    body = "1. Trồng rừng.\nPhân công: Sở Y tế chủ trì; Sở Nội vụ phối hợp; hoàn thành trước ngày 30/9/2022.\n2. Giữ rừng.\n"
    assert tasks(body, title="III. NHIỆM VỤ")[0][1:] == (["Sở Y tế"], ["Sở Nội vụ"])


@pytest.mark.parametrize(
    ("bracket", "lead", "support"),
    [
        ("các sở, ban, ngành; UBND các xã; hoàn thành trước ngày 15/7/2022", ["các sở, ban, ngành", "UBND các xã"], []),
        ("Sở Y tế phối hợp với Hội Nông dân tỉnh; 6 tháng/lần", ["Sở Y tế"], ["Hội Nông dân tỉnh"]),
        ("Sở Y tế; các Sở: Nội vụ, Xây dựng; hoàn thành trước 30/10/2022", ["Sở Y tế", "Sở Nội vụ", "Sở Xây dựng"], []),
        ("Đơn vị thực hiện: Sở Y tế; đơn vị phối hợp: Hội Nông dân tỉnh", ["Sở Y tế"], ["Hội Nông dân tỉnh"]),
    ],
)
def test_a_bracket_at_the_end_tells_who_acts_by_when(bracket: str, lead: list[str], support: list[str]) -> None:
    body = f"1. Rà soát hồ sơ trồng rừng và giữ rừng ({bracket}).\n2. Giữ rừng.\n"
    assert [(found[1], found[2]) for found in tasks(body, title="III. NHIỆM VỤ")][:1] == [(lead, support)]


@pytest.mark.parametrize("bracket", ["qua Sở Nội vụ", "Sở Y tế", "gồm: Sở Y tế; Sở Nội vụ"])
def test_other_brackets_tell_of_no_work(bracket: str) -> None:
    assert tasks(f"1. Báo cáo kết quả giữ rừng về tỉnh ({bracket}).\n2. Giữ rừng.\n", title="III. NHIỆM VỤ") == []


def test_whose_aims_a_heading_names_acts_not_under_it() -> None:
    text = "KẾ HOẠCH\nGIỮ RỪNG\nII. MỤC TIÊU\n1. Các huyện miền núi\n- Mường Lát: có thêm 01 xã đạt chuẩn.\n"
    assert read(f"{text}2. Các huyện đồng bằng\n- Hoằng Hóa: có thêm 02 xã đạt chuẩn.\n") == []


def test_some_of_the_committees_of_a_heading_may_have_work_of_their_own() -> None:
    body = "1. UBND các huyện, thị xã, thành phố\n- Bố trí đất cho trường học.\n"
    own = "- UBND các huyện Văn Yên, Trạm Tấu xây dựng vùng quế hữu cơ; UBND các huyện Lục Yên, Yên Bình bố trí đất.\n"
    assert [lead for _, lead, _ in tasks(body + own)] == [
        ["UBND các huyện, thị xã, thành phố"],
        ["UBND các huyện Văn Yên, Trạm Tấu"],
        ["UBND các huyện Lục Yên, Yên Bình"],
    ]


def test_a_text_that_begins_with_giao_gives_work_under_any_heading() -> None:
    body = "1. Sở Y tế\n- Lập sổ tay cho các xã.\n- Giao Bệnh viện Đa khoa tỉnh làm đầu mối kỹ thuật.\n"
    assert [lead for _, lead, _ in tasks(body)] == [["Sở Y tế"], ["Bệnh viện Đa khoa tỉnh"]]


def test_who_supports_may_do_so_by_a_time() -> None:
    found = tasks("1. Lập sổ: Sở Y tế chủ trì, Sở Nội vụ phối hợp thực hiện trong quý III/2022.", title="III. NỘI DUNG")
    assert [(lead, support) for _, lead, support in found] == [(["Sở Y tế"], ["Sở Nội vụ"])]


def test_the_front_and_the_organisations_without_a_name_are_one_group() -> None:
    found = tasks("1. UBND các xã phối hợp với Mặt trận và các đoàn thể cùng cấp vận động nguồn lực.\n")
    assert [support for _, _, support in found] == [["Mặt trận và các đoàn thể cùng cấp"]]
    named = tasks("1. Sở Y tế phối hợp với Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các đoàn thể vận động nguồn lực.\n")
    assert [support for _, _, support in named] == [["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "các đoàn thể"]]


def test_bodies_that_are_still_to_be_named_lead_nothing() -> None:
    body = "1. Các cơ quan, đơn vị sau đây chịu trách nhiệm thực hiện:\na) Sở Y tế giúp Ủy ban nhân dân tỉnh mở lớp.\n"
    assert tasks(f"{body}b) Trồng rừng tràm ven sông.\n") == [
        ("Sở Y tế giúp Ủy ban nhân dân tỉnh mở lớp.", ["Sở Y tế"], []),
    ]


@pytest.mark.parametrize(
    "function",
    [
        " - cơ quan thường trực Ban Chỉ đạo tỉnh tham mưu",
        " – Cơ quan thường trực Ban Chỉ đạo có trách nhiệm",
        ", cơ quan đầu mối của Ban Chỉ đạo, tổ chức",
        " - cơ quan thường trực: tổ chức",
    ],
)
def test_the_part_of_a_body_stands_between_its_name_and_its_duty(function: str) -> None:
    assert [lead for _, lead, _ in tasks(f"1. Sở Y tế{function} mở lớp tập huấn.")] == [["Sở Y tế"]]


def test_a_group_has_no_part_of_its_own() -> None:
    found = tasks("1. UBND các xã, cơ quan thường trực Ban Chỉ đạo chủ trì mở lớp tập huấn.")
    assert found[0][1] == ["UBND các xã", "cơ quan thường trực Ban Chỉ đạo"]


def test_the_part_of_a_body_in_a_list_is_no_body_and_ends_no_list() -> None:
    found = tasks("1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ, cơ quan thường trực Ban Chỉ đạo và các xã mở lớp tập huấn.")
    assert found[0][1:] == (["Sở Y tế"], ["Sở Nội vụ", "các xã"])


def test_parts_of_a_sentence_that_are_listed_are_no_work() -> None:
    body = "1. Giao UBND các xã chủ trì, phối hợp với Sở Y tế gom rác, rác được phân thành 03 nhóm:\n"
    found = tasks(f"{body}- Rác tái chế;\n- Rác thực phẩm;\n- Rác khác.\n2. Sở Nội vụ\n- Mở lớp tập huấn.\n")
    assert [(lead, support) for _, lead, support in found] == [(["UBND các xã"], ["Sở Y tế"]), (["Sở Nội vụ"], [])]


def test_what_a_body_asks_of_all_of_a_kind_is_its_own_work() -> None:
    found = tasks("1. Sở Y tế: Kiểm tra lái xe; yêu cầu các đơn vị vận tải khám sức khỏe cho lái xe.\n")
    assert [lead for _, lead, _ in found] == [["Sở Y tế"]]
    asked = "UBND tỉnh đề nghị Bộ Y tế, Bộ Nội vụ phối hợp chỉ đạo triển khai; yêu cầu các sở, ngành mở lớp tập huấn.\n"
    assert ["các sở, ngành"] in [lead for _, lead, _ in tasks(asked)]
    closing = tasks("Trong quá trình thực hiện, nếu có vướng mắc; yêu cầu các sở, ngành báo cáo Ủy ban nhân dân tỉnh.\n")
    assert [lead for _, lead, _ in closing] == [["các sở, ngành"]]


def test_a_title_that_lists_groups_names_who_acts_under_it() -> None:
    title = "2. Các công ty lâm nghiệp, ban quản lý rừng phòng hộ, doanh nghiệp chế biến gỗ"
    found = tasks(f"1. Sở Y tế\n- Mở lớp tập huấn.\n{title}\n- Trồng rừng gỗ lớn ven sông.\n")
    assert found[1][1] == ["Các công ty lâm nghiệp", "ban quản lý rừng phòng hộ", "doanh nghiệp chế biến gỗ"]


def test_the_time_in_a_label_is_no_body() -> None:
    label = "Đơn vị chủ trì: Trung tâm Khuyến nông; đơn vị phối hợp: Hội Nông dân tỉnh; thực hiện hằng năm."
    found = tasks(f"1. Trồng rừng\na) Mở lớp tập huấn cho người trồng.\n{label}\n", title="III. NHIỆM VỤ, GIẢI PHÁP")
    assert [(lead, support) for _, lead, support in found] == [(["Trung tâm Khuyến nông"], ["Hội Nông dân tỉnh"])]


def test_a_body_whose_work_runs_in_acts_there_and_in_what_follows() -> None:
    found = tasks(
        "1. Sở Y tế: Kiểm tra nguồn nước của các xã.\n\nPhối hợp với Sở Nội vụ mở lớp tập huấn.\n\n2. Sở Nội vụ: Mở lớp.\n"
    )
    assert [(lead, support) for _, lead, support in found] == [
        (["Sở Y tế"], []),
        (["Sở Y tế"], ["Sở Nội vụ"]),
        (["Sở Nội vụ"], []),
    ]


def test_what_a_body_gives_to_its_own_people_is_its_own_work() -> None:
    found = tasks(
        "1. Ban Chỉ huy quân sự tỉnh: Điều phối chung; phân công thành viên phụ trách địa bàn, tổ chức kiểm tra.\n"
    )
    assert [lead for _, lead, _ in found] == [["Ban Chỉ huy quân sự tỉnh"]]


def test_who_carries_a_decision_out_and_who_meets_difficulties_have_no_work_of_a_body_above() -> None:
    body = "1. Sở Y tế\n- Mở lớp tập huấn.\n"
    closing = "Trong quá trình thực hiện, nếu có vướng mắc, các cơ quan, đơn vị, địa phương phản ánh về Sở Y tế.\n"
    assert [lead for _, lead, _ in tasks(body + closing)] == [["Sở Y tế"], ["các cơ quan, đơn vị, địa phương"]]
    who = "Giám đốc Sở Y tế; Chủ tịch UBND các huyện và Thủ trưởng các đơn vị chịu trách nhiệm thi hành Quyết định này."
    assert tasks(f"Điều 4. Chánh Văn phòng UBND tỉnh; {who}\n") == []


def test_work_that_is_listed_under_the_ways_of_doing_it_is_work() -> None:
    body = "1. Sở Y tế tổ chức tuyên truyền theo các hình thức:\n- Tổ chức hội thi tại các xã.\n- Xây dựng phóng sự.\n"
    assert [text for text, _, _ in tasks(body)] == ["Tổ chức hội thi tại các xã.", "Xây dựng phóng sự."]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Các công ty cung ứng đủ giống, phân bón cho nông dân.", "Các công ty"),
        ("Các hợp tác xã cung ứng giống lúa cho xã viên, xây dựng vùng trồng lúa.", "Các hợp tác xã"),
        ("Các doanh nghiệp cấp nước bảo đảm chất lượng nước sạch.", "Các doanh nghiệp cấp nước"),
    ],
)
def test_what_a_group_does_is_its_name_only_before_another_duty(text: str, lead: str) -> None:
    assert tasks(f"1. {text}\n2. Sở Y tế chủ trì mở lớp.\n")[0][1] == [lead]


def test_the_first_clause_keeps_its_task_before_who_carries_the_plan_out() -> None:
    found = tasks("1. Sở Y tế chủ trì mở lớp tập huấn; các sở, ngành chịu trách nhiệm thi hành Kế hoạch này.\n")
    assert [lead for _, lead, _ in found] == [["Sở Y tế"]]


def test_who_gives_work_asks_for_more() -> None:
    found = tasks("1. Giao Sở Y tế chủ trì mở lớp; yêu cầu các đơn vị cử cán bộ tham gia.\n")
    assert [lead for _, lead, _ in found] == [["Sở Y tế"], ["các đơn vị"]]
