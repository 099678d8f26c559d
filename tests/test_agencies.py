"""Names of bodies: found in a text, told from what follows, and lists of them split without breaking a name."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import parse
from planparse.facts.agencies import Agencies
from planparse.facts.agency_names import fold
from planparse.grammar import load
from planparse.grammar.rows import builtin_folder, read_lexicon, values

AGENCIES = Agencies(load())
ROWS = read_lexicon(builtin_folder(), "agencies", own=False)


def read(text: str) -> tuple[list[str], str]:
    """The names of the list that a text begins with, and what follows it."""
    mentions, end = AGENCIES.read(fold(text), 0)
    return [mention.name for mention in mentions], text[end:].strip()


def split(text: str) -> list[str]:
    return [mention.name for mention in AGENCIES.split(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Y tế", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"]),
        ("Sở Kế hoạch và Đầu tư và Sở Tài chính", ["Sở Kế hoạch và Đầu tư", "Sở Tài chính"]),
        ("Sở Lao động - Thương binh và Xã hội; Công an tỉnh.", ["Sở Lao động - Thương binh và Xã hội", "Công an tỉnh"]),
        ("UBND các huyện, thị xã, thành phố", ["UBND các huyện, thị xã, thành phố"]),
        ("các sở, ban, ngành; UBND các xã, phường, thị trấn", ["các sở, ban, ngành", "UBND các xã, phường, thị trấn"]),
        ("các cấp, các ngành liên quan", ["các cấp, các ngành liên quan"]),
        ("Sở Y tế và các đơn vị có liên quan", ["Sở Y tế", "các đơn vị có liên quan"]),
        ("- Bộ Y tế;\n- Bộ Công an;\n- Các cơ quan liên quan", ["Bộ Y tế", "Bộ Công an", "Các cơ quan liên quan"]),
        ("Sở Y tế (thường trực), Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Sở Tài chính/Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
        ("UBND cấp tỉnh Các cơ quan liên quan", ["UBND cấp tỉnh", "Các cơ quan liên quan"]),
        ("Vụ KHTC; Cục CN, Viện NL", ["Vụ KHTC", "Cục CN", "Viện NL"]),
        ("Vụ Kế hoạch, Tài chính và Quản lý rừng; Sở Y tế", ["Vụ Kế hoạch, Tài chính và Quản lý rừng", "Sở Y tế"]),
        ("Sở Y tế; các đơn vị ngành y tế", ["Sở Y tế", "các đơn vị ngành y tế"]),
        ("Đài Phát thanh và Truyền hình Sông Mơ, Báo Sông Mơ", ["Đài Phát thanh và Truyền hình Sông Mơ", "Báo Sông Mơ"]),
        ("Bà Nguyễn Thị Mơ; Sở Y tế", ["Bà Nguyễn Thị Mơ", "Sở Y tế"]),
        ("Tiểu ban Rừng, biển đảo tỉnh; Sở Y tế", ["Tiểu ban Rừng, biển đảo tỉnh", "Sở Y tế"]),
        ("", []),
        (" ;, ", []),
    ],
)
def test_a_list_is_split_without_breaking_names(text: str, names: list[str]) -> None:
    assert split(text) == names


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("các địa phương tổ chức tuyên truyền", ["các địa phương"], "tổ chức tuyên truyền"),
        ("Sở Y tế, Sở Nội vụ tổ chức kiểm tra", ["Sở Y tế", "Sở Nội vụ"], "tổ chức kiểm tra"),
        ("các đơn vị có báo cáo", ["các đơn vị"], "có báo cáo"),
        ("UBND TP. Hòa An, UBND TX. Sông Mơ lập đoàn", ["UBND TP. Hòa An", "UBND TX. Sông Mơ"], "lập đoàn"),
        ("Công an TP. Hòa An và Sở Y tế TP.HCM lập đoàn", ["Công an TP. Hòa An", "Sở Y tế TP.HCM"], "lập đoàn"),
        ("Công an huyện Hòa An và Sở Y tế lập đoàn", ["Công an huyện Hòa An", "Sở Y tế"], "lập đoàn"),
        ("Trung tâm Điều phối vùng chủ trì", ["Trung tâm Điều phối vùng"], "chủ trì"),
        ("Ngân hàng Nhà nước chi nhánh tỉnh Sông Mơ cho vay", ["Ngân hàng Nhà nước chi nhánh tỉnh Sông Mơ"], "cho vay"),
        ("các Sở: Y tế, Nông nghiệp và Môi trường lập sổ", ["Sở Y tế", "Sở Nông nghiệp và Môi trường"], "lập sổ"),
        ("các Bộ: Y tế, Nội vụ và các cơ quan lập sổ", ["Bộ Y tế", "Bộ Nội vụ", "các cơ quan"], "lập sổ"),
        ("Giám đốc các Sở: Y tế, Nội vụ chỉ đạo", ["Sở Y tế", "Sở Nội vụ"], "chỉ đạo"),
        ("Thủ trưởng các sở, ngành; Chủ tịch UBND các xã lo", ["Thủ trưởng các sở, ngành", "Chủ tịch UBND các xã"], "lo"),
        ("ban hành kế hoạch", [], "ban hành kế hoạch"),
        ("sở hữu trí tuệ", [], "sở hữu trí tuệ"),
        ("tổ chức thực hiện", [], "tổ chức thực hiện"),
        ("Hội nghị tổng kết", [], "Hội nghị tổng kết"),
        ("Bộ tiêu chí nông thôn mới", [], "Bộ tiêu chí nông thôn mới"),
    ],
)  # fmt: skip
def test_a_list_ends_where_the_duty_begins(text: str, names: list[str], rest: str) -> None:
    assert read(text) == (names, rest)


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        # Place words after a name are a part of it, and begin no other body.
        ("Sở Y tế tỉnh, thành phố; Sở Nội vụ lập sổ", ["Sở Y tế tỉnh, thành phố", "Sở Nội vụ"], "lập sổ"),
        ("Sở Y tế các tỉnh, thành phố lập sổ", ["Sở Y tế các tỉnh, thành phố"], "lập sổ"),
        ("UBND huyện, thị xã, thành phố lập sổ", ["UBND huyện, thị xã, thành phố"], "lập sổ"),
        ("Hội Nông dân xã, phường vận động", ["Hội Nông dân xã, phường"], "vận động"),
        ("Công an huyện và thị xã tuần tra", ["Công an huyện và thị xã"], "tuần tra"),
        ("Chủ tịch UBND cấp huyện, cấp xã lo", ["Chủ tịch UBND cấp huyện, cấp xã"], "lo"),
        ("Công an tỉnh, các huyện, thị xã lập sổ", ["Công an tỉnh", "các huyện, thị xã"], "lập sổ"),
        ("Công an tỉnh, UBND các huyện lập sổ", ["Công an tỉnh", "UBND các huyện"], "lập sổ"),
        ("Sở Y tế các Tỉnh, Thành phố lập sổ", ["Sở Y tế các Tỉnh, Thành phố"], "lập sổ"),
        ("các đoàn thể tỉnh, huyện vận động", ["các đoàn thể tỉnh, huyện"], "vận động"),
        ("các sở cấp tỉnh, các huyện lập sổ", ["các sở cấp tỉnh", "các huyện"], "lập sổ"),
        ("Công an tỉnh, Tỉnh đoàn lập sổ", ["Công an tỉnh", "Tỉnh đoàn"], "lập sổ"),
        ("Công an tỉnh và xã hội cùng lo", ["Công an tỉnh"], "và xã hội cùng lo"),
        # A group is narrowed by the body that it belongs to.
        ("các đơn vị thuộc, trực thuộc Bộ Y tế lập sổ", ["các đơn vị thuộc, trực thuộc Bộ Y tế"], "lập sổ"),
        ("đơn vị thuộc và trực thuộc Bộ lập sổ", ["đơn vị thuộc và trực thuộc Bộ"], "lập sổ"),
        ("Các đơn vị trực thuộc Sở Y tế; Sở Nội vụ lo", ["Các đơn vị trực thuộc Sở Y tế", "Sở Nội vụ"], "lo"),
        ("các đơn vị thuộc diện nghèo lập sổ", ["các đơn vị"], "thuộc diện nghèo lập sổ"),
        ("các sở thành viên Ban An toàn tỉnh tổ chức", ["các sở thành viên Ban An toàn tỉnh"], "tổ chức"),
        ("các đoàn thể nhận ủy thác của Quỹ, Sở Y tế lo", ["các đoàn thể nhận ủy thác của Quỹ", "Sở Y tế"], "lo"),
        # … and by a clause, up to its verb.
        ("các cơ quan chủ trì các chương trình lập sổ", ["các cơ quan chủ trì các chương trình"], "lập sổ"),
        ("các cơ quan chủ trì, phối hợp tuần tra", ["các cơ quan"], "chủ trì, phối hợp tuần tra"),
        ("các doanh nghiệp sử dụng lao động trên rừng tổ chức", ["các doanh nghiệp sử dụng lao động trên rừng"], "tổ chức"),
        ("các doanh nghiệp sử dụng tiết kiệm điện", ["các doanh nghiệp"], "sử dụng tiết kiệm điện"),
        ("các tổ chức, cá nhân được cấp giấy phép khai thác có trách nhiệm trồng rừng",
            ["các tổ chức, cá nhân được cấp giấy phép khai thác"], "có trách nhiệm trồng rừng"),
        ("các cơ quan được giao nhiệm vụ lập sổ", ["các cơ quan"], "được giao nhiệm vụ lập sổ"),
        # "và" before a word that only bodies have.
        ("Chi nhánh NHCSXH thành phố và Phòng giao dịch NHCSXH các quận, huyện cho vay",
            ["Chi nhánh NHCSXH thành phố", "Phòng giao dịch NHCSXH các quận, huyện"], "cho vay"),
        ("Trạm y tế và Hạt Kiểm lâm lập sổ", ["Trạm y tế", "Hạt Kiểm lâm"], "lập sổ"),
        # A group that names its places one by one.
        ("UBND các xã: Hòn Mơ, Sông Ba – Núi Tư và Sông Hai; UBND xã Đá Năm lo",
            ["UBND các xã: Hòn Mơ, Sông Ba – Núi Tư và Sông Hai", "UBND xã Đá Năm"], "lo"),
        ("UBND các huyện Hòn Mơ, Sông Ba và Sở Y tế lo", ["UBND các huyện Hòn Mơ, Sông Ba", "Sở Y tế"], "lo"),
        ("UBND các huyện: Hòn Mơ, Sở Y tế lo", ["UBND các huyện: Hòn Mơ", "Sở Y tế"], "lo"),
        ("UBND các huyện: chủ trì lập sổ", ["UBND các huyện"], ": chủ trì lập sổ"),
        # Names that begin with other words.
        ("phòng Quản lý rừng lập sổ", ["phòng Quản lý rừng"], "lập sổ"),
        ("phòng cháy, chữa cháy rừng", [], "phòng cháy, chữa cháy rừng"),
        ("Cơ quan Báo và Phát thanh, Truyền hình Sông Mơ đưa tin",
            ["Cơ quan Báo và Phát thanh, Truyền hình Sông Mơ"], "đưa tin"),
        ("các phương tiện thông tin đại chúng, Bảo tàng Sông Mơ lập sổ",
            ["các phương tiện thông tin đại chúng", "Bảo tàng Sông Mơ"], "lập sổ"),
        ("mỗi cơ quan, đơn vị lập sổ", ["mỗi cơ quan, đơn vị"], "lập sổ"),
        ("các cơ quan thông tin, truyền thông và báo chí lo", ["các cơ quan thông tin, truyền thông và báo chí"], "lo"),
        ("các cơ quan truyền thông trên địa bàn tỉnh thông tin kịp thời",
            ["các cơ quan truyền thông trên địa bàn tỉnh"], "thông tin kịp thời"),
        ("các tổ chức, cá nhân khu vực ngoài nhà nước lập sổ", ["các tổ chức, cá nhân khu vực ngoài nhà nước"], "lập sổ"),
        # As printed, with the tone where the text has it.
        ("Uỷ ban nhân dân cấp tỉnh, các Sở: Tài chính, Văn hoá lập sổ",
            ["Uỷ ban nhân dân cấp tỉnh", "Sở Tài chính", "Sở Văn hoá"], "lập sổ"),
        # Offices.
        ("Chủ tịch UBND cấp huyện, Chủ tịch UBND cấp xã lo", ["Chủ tịch UBND cấp huyện", "Chủ tịch UBND cấp xã"], "lo"),
        # Groups that stay whole.
        ("các cơ quan, tổ chức chính trị - xã hội lập sổ", ["các cơ quan, tổ chức chính trị - xã hội"], "lập sổ"),
        ("các sở, tổ chức chính trị - xã hội lập sổ", ["các sở", "tổ chức chính trị - xã hội"], "lập sổ"),
        ("các ban đảng, Sở Y tế lập sổ", ["các ban đảng", "Sở Y tế"], "lập sổ"),
        ("các Ban Đảng Thành ủy; Sở Y tế lập sổ", ["các Ban Đảng Thành ủy", "Sở Y tế"], "lập sổ"),
        ("các Ban Dân tộc, Tuyên giáo lập sổ", ["Ban Dân tộc", "Ban Tuyên giáo"], "lập sổ"),
        ("các phòng, ban chuyên môn lập sổ", ["các phòng, ban chuyên môn"], "lập sổ"),
    ],
)  # fmt: skip
def test_what_belongs_to_a_name(text: str, names: list[str], rest: str) -> None:
    assert read(text) == (names, rest)


@pytest.mark.parametrize(
    ("printed", "canonical", "kind"),
    [
        ("Sở KH&ĐT", "Sở Kế hoạch và Đầu tư", "sở"),
        ("SỞ Y TẾ", "Sở Y tế", "sở"),
        ("Uỷ ban nhân dân các huyện, thành phố", "UBND các huyện, thị xã, thành phố", "ủy ban nhân dân"),
        ("Toà án nhân dân tỉnh", "Tòa án nhân dân tỉnh", "ngành dọc"),
        ("Công an tỉnh Sông Mơ", "Công an tỉnh", "ngành dọc"),
        ("UBND huyện Hòa An", None, "ủy ban nhân dân"),
        ("các sở, ngành, đơn vị, địa phương", None, "tập thể"),
        ("Trung tâm Điều phối", None, "trung tâm"),
    ],
)
def test_canonical_names(printed: str, canonical: str | None, kind: str) -> None:
    (mention,) = AGENCIES.split(printed)
    data = mention.data()
    assert (data["name"], data["canonical"], data["kind"]) == (printed, canonical, kind)


def test_the_successor_stands_beside_the_printed_name() -> None:
    (mention,) = AGENCIES.split("Sở Giao thông vận tải")
    assert mention.data() == {
        "name": "Sở Giao thông vận tải",
        "canonical": "Sở Giao thông vận tải",
        "kind": "sở",
        "successor": "Sở Xây dựng",
    }
    assert AGENCIES.split("Sở Y tế")[0].data()["successor"] is None


def test_successors_are_bodies_of_the_time_after() -> None:
    """A successor that is itself in the lexicon is not one that was merged at the same time."""
    ended = {row.fields["canonical"]: row.fields["valid_to"] for row in ROWS}
    for row in ROWS:
        successor, last_day = row.fields["successor"], row.fields["valid_to"]
        if last_day and ended.get(successor):
            assert ended[successor] > last_day, row.id


NAMES = [
    name
    for row in ROWS
    for name in (row.fields["canonical"], *values(row.fields["variants"]))
    if name[0].isupper() and "(" not in name
]


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5), st.sampled_from(["; ", ";\n", ";\n- "]))
def test_joined_names_split_into_the_same_names(names: list[str], separator: str) -> None:
    assert split(separator.join(names)) == names


FEW = ["Sở Y tế", "Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh", "các sở, ban, ngành"]


@given(st.lists(st.sampled_from(FEW), min_size=2, max_size=6, unique=True))
def test_names_joined_as_in_a_sentence_split_into_the_same_names(names: list[str]) -> None:
    assert split(", ".join(names[:-1]) + " và " + names[-1]) == names
    assert read(", ".join(names[:-1]) + " và " + names[-1] + " chủ trì thực hiện") == (names, "chủ trì thực hiện")


@given(st.text(alphabet="SởBộY tế,;.và-cácngành:()/\nĐ", max_size=60))
def test_any_text_is_split_into_pieces_of_itself(text: str) -> None:
    for mention in AGENCIES.split(text):
        if ":" not in text:
            assert mention.name in text
        assert mention.name.strip() == mention.name != ""


@pytest.mark.parametrize(
    "piece", ["Trung tâm Mơ và ", "các đơn vị thuộc Các đơn vị thuộc ", "Bộ Mơ và các đơn vị của ", "xã, ", "Công an xã và "]
)
def test_names_that_never_end_are_read_in_linear_time(piece: str) -> None:
    def work(count: int) -> float:
        """The least time of the processor, of several: the patterns do the work, and their steps cannot be counted."""
        text = fold(piece * count)

        def once() -> float:
            started = time.process_time()
            AGENCIES.read(text, 0)
            return time.process_time() - started

        return min(once() for _ in range(5))

    work(10)
    assert work(4000) < 10 * work(1000) + 0.001  # the square would be sixteen times as much


def test_more_agencies_do_not_slow_the_search() -> None:
    """Names are looked up, not tried one by one: a name is found in as many look-ups whatever else is known."""
    lengths = load().body_lengths
    assert max(len(found) for found in lengths.values()) < 16
    assert lengths["sở y"] == (3,)


def test_agencies_of_a_document_are_complete() -> None:
    document = parse("KẾ HOẠCH\nGiữ rừng\nI. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chủ trì, phối hợp với Sở Du lịch lập sổ tay.")
    (task,) = document["tasks"]
    for agency in task["lead"] + task["supporting"]:
        assert set(agency) == {"name", "canonical", "kind", "successor"}


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("Vụ Rừng, Biển và quản lý đảo lập sổ", ["Vụ Rừng, Biển và quản lý đảo"], "lập sổ"),
        ("Cục Bản đồ, Viễn thám, Sở Y tế lập sổ", ["Cục Bản đồ, Viễn thám", "Sở Y tế"], "lập sổ"),
        ("Cục Bản đồ, chuyển đổi số và lưu trữ", ["Cục Bản đồ, chuyển đổi số và lưu trữ"], ""),
        ("Viện Đất, Nước và Khí hậu và Sở Y tế", ["Viện Đất, Nước và Khí hậu", "Sở Y tế"], ""),
        ("Ban Quản lý Khu kinh tế Hòn Mơ và các Khu công nghiệp Sông Mơ lập sổ",
         ["Ban Quản lý Khu kinh tế Hòn Mơ và các Khu công nghiệp Sông Mơ"], "lập sổ"),
        ("Ban Quản lý Khu kinh tế Hòn Mơ và các sở lập sổ", ["Ban Quản lý Khu kinh tế Hòn Mơ", "các sở"], "lập sổ"),
        ("Các Viện, cơ quan nghiên cứu thuộc Bộ lập sổ", ["Các Viện, cơ quan nghiên cứu thuộc Bộ"], "lập sổ"),
        ("các bộ, ngành Trung ương lập sổ", ["các bộ, ngành Trung ương"], "lập sổ"),
        # What follows a comma is no part of a name where it is a duty, people, a short name or one of several.
        ("Cục Bản đồ, xây dựng và ban hành sổ tay", ["Cục Bản đồ"], ", xây dựng và ban hành sổ tay"),
        ("Trung tâm Bản đồ, cán bộ và nhân dân", ["Trung tâm Bản đồ"], ", cán bộ và nhân dân"),
        ("Trung tâm Bản đồ, ông Trần Văn Mơ", ["Trung tâm Bản đồ"], ", ông Trần Văn Mơ"),
        ("Cục Bản đồ, góp sức người", ["Cục Bản đồ"], ", góp sức người"),
        ("Phòng Kinh tế, Văn hóa, Nội vụ", ["Phòng Kinh tế"], ", Văn hóa, Nội vụ"),
        ("Cục Bản đồ, Sở Y tế và Công an tỉnh", ["Cục Bản đồ", "Sở Y tế", "Công an tỉnh"], ""),
    ],
)  # fmt: skip
def test_a_part_after_a_comma_that_begins_no_body_belongs_to_the_name(text: str, names: list[str], rest: str) -> None:
    assert read(text) == (names, rest)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "các sở quản lý các chương trình giữ rừng (Sở Y tế, Sở Nội vụ, Ban Dân tộc)",
            ["Sở Y tế", "Sở Nội vụ", "Ban Dân tộc"],
        ),
        ("các sở liên quan (gồm: Sở Y tế và Sở Nội vụ), Công an tỉnh", ["Sở Y tế", "Sở Nội vụ", "Công an tỉnh"]),
        ("các sở liên quan (Sở Y tế là đầu mối)", ["các sở liên quan"]),
        ("các sở liên quan (qua Sở Y tế)", ["các sở liên quan"]),
        ("các sở liên quan (Sở Y tế, các địa phương)", ["các sở liên quan"]),
    ],
)
def test_a_bracket_names_the_bodies_of_a_group(text: str, names: list[str]) -> None:
    assert read(text)[0] == names


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Vụ Kế hoạch - Tài Chính", "Vụ Kế hoạch - Tài chính"),
        ("Vụ Kế hoạch- Tài chính", "Vụ Kế hoạch - Tài chính"),
        ("Vụ Kế hoạch –Tài chính", "Vụ Kế hoạch - Tài chính"),
        ("Sở Lao động-Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội"),
        ("Ban Quản lý Vườn quốc gia Hòn Mơ - Sông Mơ", None),
        ("Ban Quản lý Khu kinh tế Hòn Mơ", None),
        ("Ban Quản lý Khu kinh tế tỉnh", "Ban Quản lý Khu kinh tế"),
        ("Ban Quản lý Khu kinh tế", "Ban Quản lý Khu kinh tế"),
        ("Công an tỉnh Sông Mơ", "Công an tỉnh"),
    ],
)
def test_canonical_names_fold_dashes_and_drop_no_proper_name(name: str, canonical: str | None) -> None:
    mentions = AGENCIES.split(name)
    assert [(mention.name, mention.data()["canonical"]) for mention in mentions] == [(name, canonical)]


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("UBND các cấp, các trường học mở lớp", ["UBND các cấp", "các trường học"], "mở lớp"),
        ("Ủy ban nhân dân 7 phường, các đoàn thể quận lập sổ", ["Ủy ban nhân dân 7 phường", "các đoàn thể quận"], "lập sổ"),
        ("UBND các địa phương có làng nghề gốm rà soát", ["UBND các địa phương có làng nghề gốm"], "rà soát"),
        ("các cục quản lý chuyên ngành soát xét", ["các cục quản lý chuyên ngành"], "soát xét"),
        (
            "các cơ quan quản lý nhà nước về đê điều, thủy lợi, Sở Y tế kiểm tra",
            ["các cơ quan quản lý nhà nước về đê điều, thủy lợi", "Sở Y tế"],
            "kiểm tra",
        ),
        ("các cơ quan quản lý về giá kiểm tra", ["các cơ quan quản lý về giá"], "kiểm tra"),
        ("các sở về kế hoạch trồng cây", ["các sở"], "về kế hoạch trồng cây"),
        ("các Sở Y tế và các bệnh viện", ["các Sở Y tế", "các bệnh viện"], ""),
        ("các Sở: Y tế", ["Sở Y tế"], ""),
        ("Thủ trưởng các Sở, Ban, Ngành Thành phố mở lớp", ["Thủ trưởng các Sở, Ban, Ngành Thành phố"], "mở lớp"),
        ("Lực lượng Kiểm lâm và ngành Giáo dục mở lớp", ["Lực lượng Kiểm lâm", "ngành Giáo dục"], "mở lớp"),
        ("các doanh nghiệp xuất khẩu, nhất là các hợp tác xã", ["các doanh nghiệp xuất khẩu", "các hợp tác xã"], ""),
        ("các cơ quan, tổ chức tiếp tục mở lớp", ["các cơ quan, tổ chức"], "tiếp tục mở lớp"),
        ("các cơ quan, tổ chức lễ trồng cây", ["các cơ quan"], ", tổ chức lễ trồng cây"),
        ("các Ban quản lý dự án, các chủ đầu tư đôn đốc", ["các Ban quản lý dự án", "các chủ đầu tư"], "đôn đốc"),
    ],
)
def test_groups_and_the_words_that_narrow_them(text: str, names: list[str], rest: str) -> None:
    assert read(text) == (names, rest)


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        (
            "Phó Chủ tịch UBND tỉnh phụ trách lĩnh vực văn hóa, xã hội chủ trì",
            ["Phó Chủ tịch UBND tỉnh phụ trách lĩnh vực văn hóa, xã hội"],
            "chủ trì",
        ),
        (
            "Cán bộ phụ trách lĩnh vực giám sát và phản biện xã hội lập sổ",
            ["Cán bộ phụ trách lĩnh vực giám sát và phản biện xã hội"],
            "lập sổ",
        ),
        (
            "Phó Chủ tịch UBND xã phụ trách lĩnh vực y tế, Sở Y tế và các trường",
            ["Phó Chủ tịch UBND xã phụ trách lĩnh vực y tế", "Sở Y tế", "các trường"],
            "",
        ),
        ("Phó Chủ tịch Thường trực UBND tỉnh chủ trì", ["Phó Chủ tịch Thường trực UBND tỉnh"], "chủ trì"),
        ("Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh vận động", ["Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh"], "vận động"),
        ("Ban Thường vụ Hội Nông dân tỉnh, các xã", ["Ban Thường vụ Hội Nông dân tỉnh", "các xã"], ""),
        ("Ban Thường vụ, Sở Y tế", ["Ban Thường vụ", "Sở Y tế"], ""),
        ("Chánh Văn phòng, Giám đốc Sở Y tế", ["Chánh Văn phòng", "Giám đốc Sở Y tế"], ""),
        ("Thủ trưởng, Giám đốc các đơn vị", ["Thủ trưởng, Giám đốc các đơn vị"], ""),
        (
            "các ông Giám đốc Sở Y tế; Chi cục trưởng Chi cục Kiểm lâm mở lớp",
            ["Giám đốc Sở Y tế", "Chi cục trưởng Chi cục Kiểm lâm"],
            "mở lớp",
        ),
        (
            "Đồng chí Trần Văn Mơ, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo chủ trì",
            ["Đồng chí Trần Văn Mơ, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo"],
            "chủ trì",
        ),
        (
            "Đồng chí Trần Văn Mơ, Phó Chủ tịch UBND tỉnh, Sở Y tế, Giám đốc Sở Nội vụ và các xã",
            ["Đồng chí Trần Văn Mơ, Phó Chủ tịch UBND tỉnh", "Sở Y tế", "Giám đốc Sở Nội vụ", "các xã"],
            "",
        ),
        (
            "Đồng chí Trần Văn Mơ, Phó Chủ tịch UBND tỉnh, Chủ tịch UBND các xã",
            ["Đồng chí Trần Văn Mơ, Phó Chủ tịch UBND tỉnh", "Chủ tịch UBND các xã"],
            "",
        ),
        ("Ông Trần Văn Mơ - Giám đốc Sở Y tế chịu trách nhiệm", ["Ông Trần Văn Mơ - Giám đốc Sở Y tế"], "chịu trách nhiệm"),
        (
            "Đồng chí Giám đốc Sở Y tế, Chủ tịch UBND xã mở lớp",
            ["Giám đốc Sở Y tế", "Chủ tịch UBND xã"],
            "mở lớp",
        ),
    ],
)
def test_officers_are_named_with_what_they_look_after(text: str, names: list[str], rest: str) -> None:
    assert read(text) == (names, rest)


def test_the_head_of_an_office_stands_for_the_office() -> None:
    """ "Chánh Văn phòng UBND tỉnh" was given the usual name of the committee."""
    names = ("Chánh Văn phòng UBND tỉnh", "Chánh Thanh tra tỉnh", "Phó Chủ tịch UBND tỉnh")
    bodies = [Agencies(load()).split(name)[0].body for name in names]
    assert [body and body.name for body in bodies] == ["Văn phòng UBND tỉnh", "Thanh tra tỉnh", "UBND tỉnh"]


def test_a_body_below_the_province_is_not_that_of_the_province() -> None:
    """ "Hội Nông dân xã" was given the usual name, and the successor, of "Hội Nông dân tỉnh"."""
    reader = Agencies(load())
    found = {
        name: reader.split(name)[0].body
        for name in ("Hội Nông dân xã", "Ủy ban MTTQ Việt Nam phường Hai", "Hội Nông dân tỉnh")
    }
    assert [body and body.name for body in found.values()] == [None, None, "Hội Nông dân tỉnh"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ban Kinh tế - Ngân sách HĐND tỉnh", ["Ban Kinh tế - Ngân sách HĐND tỉnh"]),
        ("Thường trực HĐND, các Ban HĐND tỉnh", ["Thường trực HĐND", "các Ban HĐND tỉnh"]),
        ("UBND các xã khu vực ven biển và Sở Y tế", ["UBND các xã khu vực ven biển", "Sở Y tế"]),
    ],
)
def test_committees_of_a_council_are_named_with_it(text: str, names: list[str]) -> None:
    assert read(text) == (names, "")


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        (
            "UBND các huyện, thị xã vùng nuôi tôm nghiêm túc thực hiện",
            ["UBND các huyện, thị xã vùng nuôi tôm"],
            "nghiêm túc thực hiện",
        ),
        (
            "Ban Quản lý Khu công nghiệp Việt Nam - Singapore có trách nhiệm phổ biến",
            ["Ban Quản lý Khu công nghiệp Việt Nam - Singapore"],
            "có trách nhiệm phổ biến",
        ),
        ("Hội các nhóm hộ tỉnh tổ chức", ["Hội các nhóm hộ tỉnh"], "tổ chức"),
    ],
)
def test_a_name_goes_on_to_its_duty(text: str, names: list[str], rest: str) -> None:
    assert read(text) == (names, rest)
