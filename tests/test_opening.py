"""How documents begin, as sites print them: what stands above the letterhead, letterheads and titles that lost a line."""

from __future__ import annotations

import pytest

from conftest import Data, blocks, parse
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.text import decode

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\n-------\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "---------------\n\nSố: 27/KH-UBND\n\nHà Giang, ngày 04 tháng 3 năm 2024\n\n"
)
PLAN = "KẾ HOẠCH\n\nCHĂM SÓC RỪNG TRÀM\n\nI. MỤC TIÊU\n\nChăm sóc rừng tràm.\n"
ROWS = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 27/KH-UBND | Hà Giang, ngày 04 tháng 3 năm 2024 |\n"


def metadata(text: str) -> Data:
    data: Data = parse(text)["metadata"]
    return data


def kinds(text: str) -> list[str]:
    document = parse(text)
    assert document["source"]["coverage"] == 1.0
    return [part["kind"] for part in document["parts"]]


def texts(text: str, kind: str) -> list[str]:
    """The texts of the top blocks of one type."""
    return [block["text"] for part in parse(text)["parts"] for block in part["blocks"] if block["type"] == kind]


def test_what_a_site_says_above_the_letterhead_is_set_apart() -> None:
    for said in (
        "Kho văn bản của tôi\n\n",
        "Muốn xem thêm, mời bạn tạo tài khoản.\n",
        "Trang đang mở, xin chờ\nVề đầu trang\n\n",
    ):
        for document in (HEAD + PLAN, ROWS + PLAN):
            assert kinds(said + document) == ["other", "plan"]
            assert metadata(said + document)["issuer"] == metadata(document)["issuer"]
            assert metadata(said + document)["province"] == "Hà Giang"
            assert texts(said + document, "boilerplate") == [said.strip()]


def test_a_site_line_stands_above_a_type_without_a_letterhead() -> None:
    text = "Mở ứng dụng\n\nQUYẾT ĐỊNH\n\nVề việc giao rừng tràm\n\nCăn cứ Luật Lâm nghiệp;\n"
    assert kinds(text) == ["other", "decision"]


def test_what_belongs_to_a_letterhead_is_not_set_apart() -> None:
    assert kinds("THÔNG BÁO\n\nTin trong tỉnh\n\n" + HEAD + PLAN) == ["other", "plan"]
    assert metadata(HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG", "UBND tỉnh Hà Giang") + PLAN)["issuer"] == (
        "Ủy ban nhân dân tỉnh Hà Giang"
    )
    for above in ("DỰ THẢO\n", "Hỏa tốc\n\n", "LIÊN HIỆP NUÔI ONG\n", "Số: 27/KH-UBND\n"):
        assert kinds(above + HEAD + PLAN) == ["plan"]
    assert kinds("Phụ lục I\n(Kèm theo Quyết định số 5/QĐ-UBND)\n\n" + HEAD) != ["other", "plan"]


def test_a_site_line_that_is_not_set_apart_joins_no_issuer() -> None:
    text = "DỰ THẢO\nBản này gửi để lấy ý kiến.\n" + HEAD + PLAN
    assert metadata(text)["issuer"] == "Ủy ban nhân dân tỉnh Hà Giang"


def test_labels_of_a_site_in_rows() -> None:
    site = {"Số hiệu": "27/KH-UBND", "Loại văn bản": "Kế hoạch", "Người ký": "Lý Sơn", "Ngày công báo": None}
    for rows in (
        "Số hiệu | 27/KH-UBND |\nLoại văn bản | Kế hoạch |\nNgười ký | Lý Sơn |\nNgày công báo | Đang cập nhật |\n",
        "| Số hiệu: | 27/KH-UBND | Loại văn bản: | Kế hoạch |\n| Người ký: | Lý Sơn | Ngày công báo: | Đang cập nhật |\n",
        "Số hiệu: 27/KH-UBND Loại văn bản: Kế hoạch\nNgười ký: Lý Sơn Ngày công báo: Đang cập nhật\n",
        "Số hiệu:27/KH-UBND\nLoại văn bản:Kế hoạch\nNgười ký:Lý Sơn\nNgày công báo:\n",
    ):
        found = metadata("Kế hoạch 27/KH-UBND năm 2024 chăm sóc rừng tràm\n" + rows + ROWS + PLAN)
        assert found["site"] == site
        assert found["issuer"] == "Ủy ban nhân dân"
        assert kinds(rows + HEAD + PLAN) == ["other", "plan"]


def test_a_table_that_names_bodies_is_no_site() -> None:
    assert kinds("TT | Nội dung | Kinh phí |\nSỞ Y TẾ | Tiêm chủng | 5 |\nSỞ NỘI VỤ | Tập huấn | 7 |\n") == ["other"]
    assert kinds("TT\n|\nNội dung\n|\nKinh phí\n|\n1\n|\nSỞ Y TẾ\n|\n5\n|\n") == ["other"]


def test_an_issuer_is_a_body() -> None:
    text = "27/KH-UBND |\n" + HEAD + PLAN
    assert metadata(text)["issuer"] == "Ủy ban nhân dân tỉnh Hà Giang"
    assert metadata("27/KH-UBND\n-------\n\nHà Giang, ngày 04 tháng 3 năm 2024\n\n" + PLAN)["issuer"] is None


def test_a_letterhead_without_a_body_still_names_the_province() -> None:
    found = metadata("Số: 27/KH-UBND\n\nHà Giang, ngày 04 tháng 3 năm 2024\n\n" + PLAN)
    assert (found["issuer"], found["province"]) == (None, "Hà Giang")
    ministry = metadata("Số: 27/QĐ-BYT\n\nHà Nội, ngày 04 tháng 3 năm 2024\n\n" + PLAN)
    assert (ministry["issuer"], ministry["province"]) == (None, None)


def test_legal_bases_with_a_dash() -> None:
    text = (
        HEAD.replace("KH-", "QĐ-") + "QUYẾT ĐỊNH\n\nVỀ VIỆC GIAO RỪNG TRÀM\n\nỦY BAN NHÂN DÂN TỈNH\n\n"
        "- Căn cứ Luật Lâm nghiệp ngày 15/11/2017;\n\n- Căn cứ Nghị định số 5/2019/NĐ-CP về rừng;\n\n"
        "- Xét đề nghị của Giám đốc Sở Lâm nghiệp,\n\nQUYẾT ĐỊNH\n\nĐiều 1. Giao rừng tràm.\n"
    )
    for setting in (text, text.replace("\n\n", "\n")):
        found = metadata(setting)
        assert [basis["text"] for basis in found["legal_bases"]] == [
            "Căn cứ Luật Lâm nghiệp ngày 15/11/2017;",
            "Căn cứ Nghị định số 5/2019/NĐ-CP về rừng;",
        ]
        assert found["title"] == "VỀ VIỆC GIAO RỪNG TRÀM"
        assert texts(setting, "paragraph") == ["QUYẾT ĐỊNH"]
        assert kinds(setting) == ["decision"]


def test_a_task_with_a_dash_is_no_basis() -> None:
    text = HEAD + "KẾ HOẠCH\n\nCHĂM SÓC RỪNG TRÀM\n\n- Thực hiện Đề án nuôi ong;\n\n- Căn cứ tình hình, mở lớp nuôi ong.\n"
    assert metadata(text)["legal_bases"] == []
    assert texts(text, "section") == ["Thực hiện Đề án nuôi ong;", "Căn cứ tình hình, mở lớp nuôi ong."]


def test_the_formula_stands_alone_in_a_wrapped_text() -> None:
    text = (
        "QUYẾT ĐỊNH\nVỀ VIỆC GIAO RỪNG TRÀM\nỦY BAN NHÂN DÂN TỈNH\n- Căn cứ Luật Lâm nghiệp ngày 15 tháng 11\n"
        "năm 2017 của Quốc hội;\n- Xét đề nghị của Giám đốc Sở Lâm nghiệp, Chi\ncục trưởng Chi cục Kiểm lâm,\nQUYẾT ĐỊNH\n"
        "Điều 1 : Giao rừng tràm cho các hộ dân ven biển\nchăm sóc trong năm năm.\n"
        "Điều 2. Giám đốc Sở Lâm nghiệp hướng dẫn các hộ\n"
        "dân chăm sóc rừng tràm.\n"
    )
    assert texts(text, "paragraph") == ["QUYẾT ĐỊNH"]
    assert [block["marker"] for part in parse(text)["parts"] for block in part["blocks"] if block["type"] == "section"] == [
        "Điều 1",
        "Điều 2",
    ]


BASES = "Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;\nCăn cứ Luật Thủy sản ngày 21 tháng 11 năm 2017;\n"
DECIDES = "QUYẾT ĐỊNH:\nĐiều 1. Giao rừng tràm.\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.\n"


def test_a_decision_whose_type_is_lost() -> None:
    for head in (ROWS.replace("KH-", "QĐ-"), HEAD.replace("KH-", "QĐ-")):
        text = head + "VỀ VIỆC GIAO RỪNG TRÀM\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ GIANG\n" + BASES + DECIDES
        found = metadata(text)
        assert kinds(text) == ["decision"]
        assert (found["type"], found["type_name"], found["title"]) == ("QĐ", "Quyết định", "VỀ VIỆC GIAO RỪNG TRÀM")
        assert found["issuer"] == "Ủy ban nhân dân tỉnh Hà Giang"
        assert len(found["legal_bases"]) == 2
        assert found["effective_on"] == "2024-03-04"


def test_the_formula_names_the_type_where_the_number_does_not() -> None:
    text = HEAD.replace("27/KH-UBND", "27/UBND-NL") + BASES + DECIDES
    assert kinds(text) == ["decision"]
    assert metadata(text)["type_name"] == "Quyết định"


def test_legal_bases_with_dates_are_no_place_and_date() -> None:
    found = metadata(ROWS + "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n" + BASES + "I. MỤC TIÊU\nChăm sóc rừng tràm.\n")
    assert len(found["legal_bases"]) == 2
    assert (found["title"], found["type"]) == (None, "KH")
    assert (found["issuer"], found["place"]) == ("Ủy ban nhân dân tỉnh Hà Giang", "Hà Giang")


def test_capitals_above_nothing_of_a_title_stay_in_the_text() -> None:
    text = HEAD.replace("27/KH-UBND", "27/UBND-NL") + "RỪNG TRÀM VEN BIỂN\n\nRừng tràm giữ đất.\n"
    assert metadata(text)["title"] is None
    assert texts(text, "paragraph") == ["RỪNG TRÀM VEN BIỂN", "Rừng tràm giữ đất."]


def test_capitals_under_a_number_that_tells_the_type_are_the_title() -> None:
    for title in ("RỪNG TRÀM VEN BIỂN", "PHÂN CÔNG NHIỆM VỤ CHUẨN BỊ NỘI DUNG CHĂM SÓC RỪNG TRÀM VEN BIỂN TỈNH HÀ GIANG"):
        assert metadata(HEAD + f"{title}\n\nRừng tràm giữ đất.\n")["title"] == title
    assert metadata(HEAD + "MỤC TIÊU\n\nRừng tràm giữ đất.\n")["title"] is None, "the heading of a section"


def test_what_a_decision_promulgates_is_a_plan_without_its_type() -> None:
    decision = HEAD.replace("KH-", "QĐ-") + "QUYẾT ĐỊNH\n\nVề việc giao rừng tràm\n\n" + BASES + DECIDES
    signed = "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n\n"
    note = "(Ban hành kèm theo Quyết định số 27/QĐ-UBND ngày 04 tháng 3 năm 2024)\n\n"
    plan = "CHĂM SÓC RỪNG TRÀM\n" + note + "1. Rừng tràm được giao./.\n\n"
    table = "DANH MỤC RỪNG TRÀM\n" + note + "1. Rừng tràm xã Ba.\n\n"
    document = parse(decision + signed + plan + table)
    assert [(part["kind"], part["title"]) for part in document["parts"]] == [
        ("decision", "Về việc giao rừng tràm"),
        ("plan", "CHĂM SÓC RỪNG TRÀM"),
        ("appendix", "DANH MỤC RỪNG TRÀM"),
    ]
    assert kinds(decision + signed + table) == ["decision", "appendix"]


def sections(text: str) -> list[tuple[str, str | None, str | None]]:
    """Marker, heading and text of every section."""
    return [(b["marker"], b["heading"], b["text"]) for b in blocks(parse(text)) if b["type"] == "section"]


def test_an_article_alone_on_its_line_has_the_words_below_it() -> None:
    articles = (
        "Điều 1.\nGiao rừng tràm cho các hộ.\nĐiều 2.\nQuyết định này có hiệu lực kể từ ngày ký.\n"
        "Điều 3 .\nChánh Văn phòng và các hộ chịu trách nhiệm thi hành Quyết định này./.\n"
    )
    text = HEAD.replace("KH-", "QĐ-") + "QUYẾT ĐỊNH\n\nVề việc giao rừng tràm\n\n" + BASES + "QUYẾT ĐỊNH:\n" + articles
    for setting in (text, text.replace(articles, articles.replace("\n", "\n\n"))):
        assert sections(setting) == [
            ("Điều 1", None, "Giao rừng tràm cho các hộ."),
            ("Điều 2", None, "Quyết định này có hiệu lực kể từ ngày ký."),
            ("Điều 3", None, "Chánh Văn phòng và các hộ chịu trách nhiệm thi hành Quyết định này./."),
        ]
        document = parse(setting)
        assert document["metadata"]["effective_on"] == "2024-03-04"
        assert "marker.lost" not in [item["code"] for item in document["diagnostics"]]


def test_a_chapter_with_a_colon_has_its_title_on_the_next_line() -> None:
    text = HEAD + "KẾ HOẠCH\n\nCHĂM SÓC RỪNG TRÀM\n\nChương 1:\n\nQUY ĐỊNH CHUNG\n\nRừng tràm giữ đất.\n"
    assert sections(text) == [("Chương 1", "QUY ĐỊNH CHUNG", None)]


def test_a_broken_title_in_capitals_goes_on() -> None:
    for mark in ("Phần I\n", "PHẦN I. ", "I. "):
        text = (
            HEAD
            + f"KẾ HOẠCH\n\nCHĂM SÓC RỪNG TRÀM\n\n{mark}KẾT QUẢ GIAO RỪNG VÀ ĐẤT\nVEN BIỂN CHO CÁC HỘ\nRừng tràm giữ đất.\n"
        )
        assert sections(text)[0][1] == "KẾT QUẢ GIAO RỪNG VÀ ĐẤT VEN BIỂN CHO CÁC HỘ"


@pytest.mark.parametrize(
    ("end", "line", "title"),
    [
        ("TẦM NHÌN ĐẾN NĂM", "2045", "CHĂM SÓC RỪNG TRÀM VEN BIỂN, TẦM NHÌN ĐẾN NĂM 2045"),
        ("GIAI ĐOẠN", "2026 - 2030", "CHĂM SÓC RỪNG TRÀM VEN BIỂN, GIAI ĐOẠN 2026 - 2030"),
        ("TẦM NHÌN ĐẾN NĂM", "1. Tỉa thưa rừng.", "CHĂM SÓC RỪNG TRÀM VEN BIỂN, TẦM NHÌN ĐẾN NĂM"),
        ("TẦM NHÌN", "2", "CHĂM SÓC RỪNG TRÀM VEN BIỂN, TẦM NHÌN"),
    ],
)
def test_a_year_alone_ends_the_title_that_waits_for_it(end: str, line: str, title: str) -> None:
    lines = ("KẾ HOẠCH", "CHĂM SÓC RỪNG TRÀM VEN", f"BIỂN, {end}", line, "Căn cứ Luật Lâm nghiệp;", "I. MỤC TIÊU")
    assert parse(HEAD + "\n".join(lines) + "\n")["parts"][0]["title"] == title


def test_the_session_of_a_council_is_no_part_of_its_name() -> None:
    council = HEAD.replace("ỦY BAN", "HỘI ĐỒNG").replace("KH-UBND", "NQ-HĐND") + "NGHỊ QUYẾT\n\nVỀ RỪNG TRÀM\n\n"
    for session in ("\nKHÓA XVII, KỲ HỌP THỨ 9", " KHÓA XVII - KỲ HỌP THỨ CHÍN", "\nNHIỆM KỲ 2021 - 2026"):
        text = council + f"HỘI ĐỒNG NHÂN DÂN TỈNH HÀ GIANG{session}\n\n" + BASES + "QUYẾT NGHỊ:\nĐiều 1. Giao rừng tràm.\n"
        assert metadata(text)["issuer"] == "Hội đồng nhân dân tỉnh Hà Giang"
        assert metadata(text)["title"] == "VỀ RỪNG TRÀM"


def test_a_line_under_the_type_says_who_decided() -> None:
    subject = "Về việc giao rừng tràm"
    for line, number, date in (
        ("CỦA ỦY BAN NHÂN DÂN TỈNH HÀ GIANG", None, None),
        ("CỦA UBND TỈNH HÀ GIANG SỐ 27/2006/QĐ-UBND NGÀY 04 THÁNG 3 NĂM 2006", "27/2006/QĐ-UBND", "2006-03-04"),
    ):
        text = f"QUYẾT ĐỊNH\n\n{line}\n\n{subject}\n\n_______\n\nỦY BAN NHÂN DÂN TỈNH\n\n" + BASES + DECIDES
        found = metadata(text)
        assert (found["issuer"], found["province"]) == ("Ủy ban nhân dân tỉnh Hà Giang", "Hà Giang")
        assert (found["number"], found["issued_on"], found["title"]) == (number, date, subject)
    kept = metadata(HEAD + "KẾ HOẠCH\n\nCỦA TUỔI TRẺ TRỒNG RỪNG TRÀM\n\nI. MỤC TIÊU\n\nTrồng rừng.\n")
    assert kept["title"] == "CỦA TUỔI TRẺ TRỒNG RỪNG TRÀM"


def test_the_authority_under_a_title_in_small_letters() -> None:
    for line, issuer in (
        ("ỦY BAN NHÂN DÂN TỈNH HÀ GIANG", "Ủy ban nhân dân tỉnh Hà Giang"),
        ("BỘ TRƯỞNG BỘ XÂY DỰNG", "Bộ Xây dựng"),
    ):
        text = f"QUYẾT ĐỊNH\n\nGiao rừng tràm ven biển\n\n{line}\n\n" + BASES + DECIDES
        for setting in (text, "Mở ứng dụng\n\n" + text):
            found = metadata(setting)
            assert (found["title"], found["issuer"]) == ("Giao rừng tràm ven biển", issuer)


def test_a_title_in_small_letters_may_say_what_it_is_attached_to() -> None:
    note = "(Ban hành kèm theo Quyết định số 27/QĐ-UBND ngày 04 tháng 3 năm 2024)"
    part = parse(f"QUY CHẾ\n\nChăm sóc rừng tràm\n\n{note}\n\nĐiều 1. Rừng tràm được giao.\n")["parts"][0]
    assert (part["kind"], part["title"], part["attached_to"]) == ("plan", "Chăm sóc rừng tràm", note)
    assert [block["type"] for block in part["blocks"]] == ["title", "section"]


def test_districts_that_are_numbered() -> None:
    head = HEAD.replace("TỈNH HÀ GIANG", "QUẬN 3").replace("Hà Giang", "Quận 3").replace("KH-", "QĐ-")
    text = head + "QUYẾT ĐỊNH\n\nVỀ CÔNG VIÊN QUẬN 3\n\nỦY BAN NHÂN DÂN QUẬN 3\n\n" + BASES + DECIDES
    for setting in (text, text.replace("QUYẾT ĐỊNH\n\n", "", 1)):
        found = metadata(setting)
        assert (found["place"], found["issued_on"]) == ("Quận 3", "2024-03-04")
        assert (found["issuer"], found["title"]) == ("Ủy ban nhân dân quận 3", "VỀ CÔNG VIÊN QUẬN 3")
        assert len(found["legal_bases"]) == 2


def test_a_text_without_a_letterhead_is_read() -> None:
    opened = "Thực hiện Quyết định số 5/QĐ-TTg ngày 02/01/2024, tỉnh xây dựng kế hoạch như sau:\n\n"
    body = "Phần I\n\nMỤC TIÊU\n\nChăm sóc rừng tràm.\n"
    for text in (opened + body, "Skip to main content\n\n" + opened + body, "RỪNG TRÀM\n\n" + opened + body):
        assert kinds(text)[-1] == "plan"
        assert len(metadata(text)["legal_bases"]) == 1
    assert kinds(body) == ["plan"]
    assert kinds(BASES + DECIDES) == ["decision"]
    assert kinds("Rừng tràm\n\nRừng tràm giữ đất ven biển.\n") == ["other"]


def test_the_printed_type_decides_against_the_number() -> None:
    text = HEAD.replace("KH-", "CT-") + "QUYẾT ĐỊNH\n\nVỀ VIỆC GIAO RỪNG TRÀM\n\n" + BASES + DECIDES
    document = parse(text)
    assert (document["metadata"]["type"], document["metadata"]["type_name"]) == ("QĐ", "Quyết định")
    found = next(item for item in document["diagnostics"] if item["code"] == "type.contradicted")
    assert "CT" in found["message"]
    for number, line, code in (("KHLN", "KẾ HOẠCH LIÊN NGÀNH", "KHLN"), ("QĐ", "QUY ĐỊNH", "QĐ"), ("KH", "KẾ HOẠCH", "KH")):
        document = parse(HEAD.replace("KH-", f"{number}-") + PLAN.replace("KẾ HOẠCH", line))
        assert document["metadata"]["type"] == code
        assert "type.contradicted" not in [item["code"] for item in document["diagnostics"]]


def test_a_cell_of_recipients_is_no_signature() -> None:
    text = ROWS + PLAN + "- Như trên;<br>- Lưu: VT. | TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn An |\n".replace("<br>", " ")
    found = metadata(text)
    assert [signer["name"] for signer in found["signers"]] == ["Nguyễn Văn An"]
    assert found["recipients"] == ["Như trên", "Lưu: VT."]


def test_a_sentence_that_leads_a_list_in_is_no_title() -> None:
    text = (
        HEAD.replace("KH-", "QĐ-") + "QUYẾT ĐỊNH\n\nVề việc giao rừng tràm\n\n" + BASES + "QUYẾT ĐỊNH:\n\n"
        "Điều 1. Phê duyệt Đề án rừng tràm với những nội dung chủ yếu sau:\n\n"
        "1. Mục tiêu như sau:\n\n- Trồng 50 ha rừng tràm đến năm 2030.\n\n"
        "2. Các hộ dân nhận chăm sóc rừng tràm ven biển trong năm năm, gồm:\n\n- Hộ nghèo;\n\n- Hộ cận nghèo.\n\n"
        "Điều 2. Đối tượng được giao rừng.\n\n1. Hộ nghèo ở ven biển được giao trước.\n\n2. Hộ khác được giao sau.\n"
    )
    assert [(marker, heading) for marker, heading, _ in sections(text) if marker != "-"] == [
        ("Điều 1", None),
        ("1", "Mục tiêu như sau:"),
        ("2", None),
        ("Điều 2", "Đối tượng được giao rừng."),
        ("1", None),
        ("2", None),
    ]


def test_what_leads_a_list_in_tells_what_it_is_of() -> None:
    text = HEAD + PLAN + "II. NỘI DUNG\n\n1. Đến năm 2030, tỉnh đạt các mục tiêu cụ thể sau:\n\n- Trồng 50 ha rừng tràm.\n"
    assert [(target["value"], target["year"]) for target in parse(text)["targets"]] == [(50.0, 2030)]


def test_a_name_before_a_colon_is_a_title_that_runs_in() -> None:
    text = (
        HEAD + "KẾ HOẠCH\n\nRỪNG TRÀM\n\nI. NỘI DUNG\n\n1. Tên dự án: Trồng rừng tràm ven biển.\n\n2/ Tính chất : Là đai "
        "rừng chắn sóng.\n\n3. Chủ đầu tư: Ban Quản lý rừng tràm.\n\n4. Rừng trồng, rừng tràm: Chăm sóc năm năm.\n\n"
        "5. Trồng mới rừng tràm: Giao cho các hộ.\n\n6. Chất thải: vỏ cây, lá cây.\n"
    )
    assert sections(text)[1:] == [
        ("1", "Tên dự án:", "Trồng rừng tràm ven biển."),
        ("2", "Tính chất :", "Là đai rừng chắn sóng."),
        ("3", "Chủ đầu tư:", "Ban Quản lý rừng tràm."),
        ("4", None, "Rừng trồng, rừng tràm: Chăm sóc năm năm."),
        ("5", None, "Trồng mới rừng tràm: Giao cho các hộ."),
        ("6", None, "Chất thải: vỏ cây, lá cây."),
    ]


def test_a_committee_names_its_province_in_the_text() -> None:
    for said in ("UBND tỉnh xây dựng Kế hoạch như sau:", "Ủy ban nhân dân tỉnh Hà Giang ban hành Kế hoạch như sau:"):
        text = ROWS + "KẾ HOẠCH\nCHĂM SÓC RỪNG TRÀM\nThực hiện Quyết định số 5/QĐ-TTg, " + said + "\nI. MỤC TIÊU\n"
        assert metadata(text)["issuer"] == "Ủy ban nhân dân tỉnh Hà Giang"
    for said in (
        "UBND huyện ban hành Kế hoạch như sau:",
        "theo Quyết định số 5/QĐ-UBND của UBND tỉnh ban hành Quy chế rừng tràm:",
        "Ủy ban nhân dân tỉnh Lào Cai ban hành Kế hoạch như sau:",
    ):
        text = ROWS + "KẾ HOẠCH\nCHĂM SÓC RỪNG TRÀM\nThực hiện Quyết định số 5/QĐ-TTg, " + said + "\nI. MỤC TIÊU\n"
        assert metadata(text)["issuer"] == "Ủy ban nhân dân"


def test_a_committee_without_its_province_is_named_by_the_title_or_the_site() -> None:
    body = "\nI. MỤC TIÊU\nChăm sóc rừng tràm.\n"
    for title in ("CHĂM SÓC RỪNG TRÀM TỈNH HÀ GIANG", "CHĂM SÓC RỪNG TRÀM CÁC XÃ TRÊN ĐỊA BÀN TỈNH HÀ GIANG NĂM 2024"):
        assert metadata(ROWS + "KẾ HOẠCH\n" + title + body)["issuer"] == "Ủy ban nhân dân tỉnh Hà Giang"
    for title in ("CHĂM SÓC RỪNG TRÀM", "CHĂM SÓC RỪNG TRÀM HUYỆN YÊN MINH, TỈNH HÀ GIANG", "RỪNG TRÀM TỈNH LÀO CAI"):
        assert metadata(ROWS + "KẾ HOẠCH\n" + title + body)["issuer"] == "Ủy ban nhân dân"
    site = "Số hiệu | 27/KH-UBND |\nNgày ban hành | 04/03/2024 |\nCơ quan ban hành | {} |\nNgười ký | Nguyễn Văn An |\n"
    for named, issuer in (("Tỉnh Hà Giang", "Ủy ban nhân dân tỉnh Hà Giang"), ("Huyện Yên Minh", "Ủy ban nhân dân")):
        text = site.format(named) + ROWS + "KẾ HOẠCH\nCHĂM SÓC RỪNG TRÀM" + body
        assert metadata(text)["issuer"] == issuer


def test_the_line_under_the_type_may_hold_the_title_too() -> None:
    for said, title in (
        ("CỦA UBND TỈNH HÀ GIANG VỀ VIỆC CHĂM SÓC RỪNG TRÀM", "VỀ VIỆC CHĂM SÓC RỪNG TRÀM"),
        ("CỦA UBND TỈNH HÀ GIANG V/V CHĂM SÓC RỪNG TRÀM\nVEN BIỂN NĂM 2024", "V/V CHĂM SÓC RỪNG TRÀM VEN BIỂN NĂM 2024"),
        ("CỦA CHỦ TỊCH UBND TỈNH Ban hành Quy định nuôi ong", "Ban hành Quy định nuôi ong"),
    ):
        text = HEAD.replace("KH-", "QĐ-") + f"QUYẾT ĐỊNH\n{said}\n\n" + BASES + DECIDES
        assert metadata(text)["title"] == title
        assert texts(text, "title") == [f"QUYẾT ĐỊNH\n{said.split(title[:5])[0].strip()}\n{title}"]


def test_a_committee_under_another_issues() -> None:
    for head, issuer in (
        ("UBND TỈNH HÀ GIANG\nUBND HUYỆN YÊN MINH", "Ủy ban nhân dân huyện Yên Minh"),
        ("ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\nỦY BAN NHÂN DÂN XÃ BẢN MƠ", "Ủy ban nhân dân xã Bản Mơ"),
        ("ỦY BAN NHÂN DÂN XÃ BẢN MƠ", "Ủy ban nhân dân xã Bản Mơ"),
    ):
        assert metadata(HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG", head) + PLAN)["issuer"] == issuer


def test_bodies_that_issue_together() -> None:
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG", "UBND TỈNH HÀ GIANG\nLIÊN NGÀNH\nSỞ TÀI CHÍNH -\nSỞ XÂY DỰNG")
    assert metadata(head + PLAN)["issuer"] == "Sở Tài chính - Sở Xây dựng"
    assert metadata(head.replace("TÀI CHÍNH -\nSỞ XÂY DỰNG", "Y TẾ") + PLAN)["issuer"] == "Sở Y tế"


def test_a_type_whose_tones_are_misprinted_opens_a_part_after_the_signature() -> None:
    decision = HEAD.replace("KH-", "QĐ-") + "QUYẾT ĐỊNH\n\nVề việc nuôi ong\n\n" + BASES + DECIDES
    signed = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n\n"
    document = parse(decision + signed + "ĐIỂU LỆ\n\nHỘI NUÔI ONG\n\nĐiều 1. Hội nuôi ong lấy mật.\n")
    assert [(part["kind"], part["label"], part["title"]) for part in document["parts"][1:]] == [
        ("plan", "ĐIỂU LỆ", "HỘI NUÔI ONG"),
    ]
    assert "numbering.repeated" not in [item["code"] for item in document["diagnostics"]]


def test_a_line_that_begins_with_a_comma_begins_nothing() -> None:
    text = "QUYẾT ĐỊNH\n\nVề việc nuôi ong\n\nXét đề nghị của Trưởng Phòng Nội vụ quận 3\n,\n\nQUYẾT ĐỊNH:\n"
    assert texts(text, "legal_basis") == ["Xét đề nghị của Trưởng Phòng Nội vụ quận 3 ,"]


def test_what_a_text_without_a_letterhead_is_attached_to_is_kept() -> None:
    text = "RỪNG TRÀM\n(Ban hành kèm theo Quyết định số 5/QĐ-UBND ngày 04 tháng 3 năm 2024)\n" + BASES
    assert parse(text)["source"]["coverage"] == 1.0
    assert "kèm theo Quyết định số 5/QĐ-UBND" in str(parse(text)["parts"])


def test_a_national_name_that_a_pdf_damaged() -> None:
    damaged = HEAD.replace("XÃ HỘI", "XàHỘI").replace(" - Tự do - ", "  Tự do  ")
    assert "letterhead.incomplete" not in [item["code"] for item in parse(damaged + PLAN)["diagnostics"]]
    assert metadata(damaged + PLAN)["issuer"] == "Ủy ban nhân dân tỉnh Hà Giang"


def test_the_number_of_a_party_document_has_no_colon() -> None:
    party = "ĐẢNG CỘNG SẢN VIỆT NAM\n\nHà Giang, ngày 04 tháng 3 năm 2024\n\n"
    for above in ("*\n", "\n*\n\n", "\n", "", "* "):
        text = "TỈNH ỦY HÀ GIANG\n" + above + "Số 27-KH/TU\n\n" + party + PLAN
        said = metadata(text)
        assert (said["number"], said["issuer"], said["type"]) == ("27-KH/TU", "Tỉnh ủy Hà Giang", "KH"), above
        if above.endswith("\n") and "*" in above:
            assert texts(text, "letterhead")[0].startswith("TỈNH ỦY HÀ GIANG\n*\nSố 27-KH/TU\n")
    for number in ("Số 27-KH/TU", "Số: 27-KH/TU"):
        row = f"TỈNH ỦY HÀ GIANG * {number} | ĐẢNG CỘNG SẢN VIỆT NAM Hà Giang, ngày 04 tháng 3 năm 2024 |\n"
        said = metadata(row + PLAN)
        assert (said["number"], said["issuer"]) == ("27-KH/TU", "Tỉnh ủy Hà Giang")
    page = f"<table><tr><td>TỈNH ỦY HÀ GIANG<br>*<br>Số 27-KH/TU</td><td>{party}</td></tr></table>"
    page += "".join(f"<p>{line}</p>" for line in PLAN.splitlines())
    said = parse_source(decode(f"<html><body>{page}</body></html>".encode(), "p.html"), load())["metadata"]
    assert (said["number"], said["issuer"]) == ("27-KH/TU", "Tỉnh ủy Hà Giang")


def test_a_cited_party_number_is_not_that_of_the_document() -> None:
    head = HEAD.replace("Số: 27/KH-UBND\n\n", "")
    assert metadata(head + "Trích Nghị quyết Số 12-NQ/TU\n\n" + PLAN)["number"] is None


def test_the_note_directly_under_a_small_letter_title_is_no_part_of_it() -> None:
    note = "(Kèm theo Quyết định số 5/QĐ-UBND ngày 04 tháng 3 năm 2024 của Ủy ban nhân dân tỉnh)"
    for between in ("\n", "\n\n"):
        text = f"KẾ HOẠCH\nChăm sóc rừng tràm năm 2024{between}{note}\n\nI. MỤC TIÊU\n\nChăm sóc rừng tràm.\n"
        part = parse(text)["parts"][0]
        assert (part["title"], part["attached_to"]) == ("Chăm sóc rừng tràm năm 2024", note)


def test_an_article_other_than_the_first_does_not_end_the_opening() -> None:
    # The line of the type is looked for up to the first article: "Điều 10 …" within the letterhead is none.
    text = HEAD.replace("-------\n\nCỘNG", "-------\n\nĐiều 10. In lại\n\nCỘNG") + PLAN
    assert metadata(text)["type"] == "KH"
    assert metadata(text)["number"] == "27/KH-UBND"


def test_the_authority_names_the_issuer_of_a_letterhead_that_cannot_be_read() -> None:
    """Letters were set apart in the letterhead, and a site's line above it names the date of another document."""
    text = (
        "Thực hiện Quyết định số 5/QĐ-TTg ngày 26 tháng 4 năm 2013 của Thủ tướng Chính phủ về giữ rừng\n\n"
        "| ỦY B AN NHÂN D Â N T ỈNH H À G I ANG ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|\n"
        "| Số: 15/QĐ-UBND | H à Giang, ngày 28 tháng 6 năm 2024 |\n\n"
        "QUYẾT ĐỊNH\n\nVỀ BAN HÀNH KẾ HOẠCH GIỮ RỪNG\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ GIANG\n\n"
        "Căn cứ Luật Lâm nghiệp;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành Kế hoạch giữ rừng.\n"
    )
    metadata = parse(text)["metadata"]
    assert (metadata["issuer"], metadata["province"]) == ("Ủy ban nhân dân tỉnh Hà Giang", "Hà Giang")
    assert (metadata["number"], metadata["issued_on"]) == ("15/QĐ-UBND", "2024-06-28")


@pytest.mark.parametrize("line", ["Chỉ thị về việc giữ rừng\nmùa khô", "Chỉ thị về việc giữ rừng mùa khô."])
def test_a_title_in_small_letters_may_be_all_that_stands_before_the_body(line: str) -> None:
    document = parse(f"{line}\n\nMùa khô năm nay đến sớm.\n\n1. Sở Y tế mở lớp.\n")
    assert (document["metadata"]["type"], document["metadata"]["title"]) == ("CT", "về việc giữ rừng mùa khô")
    assert [block["type"] for block in document["parts"][0]["blocks"]] == ["title", "paragraph", "section"]


@pytest.mark.parametrize(
    "line", ["Chỉ thị này được giao cho các xã.", "Chỉ thị về việc giữ rừng gồm:", "Chỉ thị đã nêu rõ."]
)
def test_a_sentence_about_a_document_is_no_title(line: str) -> None:
    document = parse(f"{line}\n\nMùa khô năm nay đến sớm.\n\n1. Sở Y tế mở lớp.\n")
    assert document["metadata"]["title"] is None and document["parts"][0]["blocks"][0]["type"] == "paragraph"


@pytest.mark.parametrize("day", ["ngày        tháng 3 năm 2026", "ngày … tháng … năm 2026", "ngày tháng năm 2026"])
def test_a_day_left_open_still_has_its_place(day: str) -> None:
    """A draft, or a copy made before the day was written in, named no place."""
    metadata = parse(
        f"ỦY BAN NHÂN DÂN\nTỈNH NINH BÌNH\n\nSố:     /KH-UBND\nNinh Bình, {day}\n\nKẾ HOẠCH\nTrồng rừng\n\nI. VIỆC\n"
    )["metadata"]
    assert (metadata["place"], metadata["issued_on"]) == ("Ninh Bình", None)
    assert metadata["issuer"] == "Ủy ban nhân dân tỉnh Ninh Bình"


def test_the_office_of_deputies_and_council_issues_under_them() -> None:
    head = "ĐOÀN ĐBQH VÀ HĐND | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nTHÀNH PHỐ HUẾ | Độc lập - Tự do - Hạnh phúc |\n"
    office = "VĂN PHÒNG ĐOÀN ĐẠI BIỂU QUỐC HỘI VÀ HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ | Huế, ngày 3 tháng 3 năm 2026 |\n"
    metadata = parse(head + office + "\nTHÔNG BÁO\nPhân công công tác\n\nI. VIỆC\n")["metadata"]
    assert metadata["issuer"] == "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân thành phố Huế"


def test_an_excerpt_that_begins_with_any_number_is_a_plan() -> None:
    document = parse(
        "10. Trung tâm Rừng\n- Giữ vườn ươm.\n- Phối hợp với Sở Y tế mở lớp.\n11. Sở Tài chính\n- Cấp vốn cho các xã.\n"
    )
    assert [part["kind"] for part in document["parts"]] == ["plan"]
    assert [task["lead"][0]["name"] for task in document["tasks"]] == ["Trung tâm Rừng", "Trung tâm Rừng", "Sở Tài chính"]


def test_a_number_left_open_is_taken_from_the_line_of_the_site() -> None:
    """A scan was taken before the number was written in; the site names it above the document."""
    head = HEAD.replace("Số: 27/KH-UBND", "Số:      /KH-UBND")
    assert head != HEAD
    for said in ("Kế hoạch 75/KH-UBND phát triển du lịch biển\n\n", "Kế hoạch số 75/KH-UBND\n\n"):
        assert metadata(said + head + PLAN)["number"] == "75/KH-UBND"
        assert metadata(said + HEAD + PLAN)["number"] == "27/KH-UBND"
    assert metadata("Quyết định 75/QĐ-UBND về du lịch biển\n\n" + head + PLAN)["number"] is None


def test_a_title_in_small_letters_goes_on_behind_a_blank_line_and_through_its_block() -> None:
    body = "\n\nI. MỤC ĐÍCH\n\n1. Giữ rừng.\n"
    for title, wanted in (
        (
            "Thực hiện công tác bầu cử đại biểu khóa XVI\n\nvà đại biểu các cấp",
            "Thực hiện công tác bầu cử đại biểu khóa XVI và đại biểu các cấp",
        ),
        ("\nGiữ rừng năm 2024\nTỉnh Hà Giang trồng mới", "Giữ rừng năm 2024 Tỉnh Hà Giang trồng mới"),
        ("\nGiữ rừng năm 2024\n\nTỉnh Hà Giang có nhiều rừng.", "Giữ rừng năm 2024"),
        ("\nGiữ rừng năm 2024\nThực hiện Nghị quyết số 5/NQ-HĐND, UBND tỉnh xây dựng kế hoạch.", "Giữ rừng năm 2024"),
    ):
        assert metadata(HEAD + "KẾ HOẠCH\n" + title + body)["title"] == wanted


def test_a_type_that_a_scan_damaged() -> None:
    head = "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\nCONG HÒA XA HỘI CHỦ NGHĨA VIET NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    found = metadata(
        head + "QUYÉTĐỊNH „\nVề việc giao rừng tràm\n\nCăn cứ Luật Lâm nghiệp;\n\nQUYÉT ĐỊNH:\n\nĐiều 1. Giao rừng.\n"
    )
    assert (found["type"], found["issuer"]) == ("QĐ", "Ủy ban nhân dân tỉnh Hà Giang")
    assert found["title"] == "Về việc giao rừng tràm"


def test_bodies_that_no_lexicon_names_keep_their_short_forms() -> None:
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG", "BAN CHỈ ĐẠO QUỐC GIA VỀ PCTT").replace("Hà Giang", "Hà Nội")
    found = metadata(head + PLAN)
    assert (found["issuer"], found["province"]) == ("Ban Chỉ đạo quốc gia về PCTT", None)
    below = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG", "ỦY BAN MTTQ VIỆT NAM\nXÃ HÒN MƠ")
    assert metadata(below + PLAN)["issuer"] == "Ủy ban Mặt trận Tổ quốc Việt Nam xã Hòn Mơ"


def test_two_columns_on_one_line_are_no_line_of_a_site() -> None:
    """A copy from a browser sets the two cells of a letterhead on one line, the motto in small letters behind them."""
    head = (
        "ỦY BAN NHÂN DÂN TỈNH HÀ GIANG -------\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc\n"
        "Số: 27/KH-UBND\tHà Giang, ngày 04 tháng 3 năm 2024\n\n"
    )
    assert kinds(head + PLAN) == ["plan"]
    assert metadata(head + PLAN)["issuer"] == "Ủy ban nhân dân tỉnh Hà Giang"


@pytest.mark.parametrize(
    ("printed", "damaged"),
    [
        ("Số: 27/KH-UBND", "Sô: 27/KH-UBND"),
        ("ngày 04 tháng 3 năm 2024", "ngay 04 thang 3 nam 2024"),
        ("ngày 04 tháng 3 năm 2024", "ng ày 04 thá ng 3 năm 2024"),
        ("Căn cứ Luật", "Can cứ Luật"),
        ("Căn cứ Luật", "Căn c ứ Luật"),
        ("Nơi nhận:", "Noi nhân:"),
        ("Nơi nhận:", "N ơi nhận:"),
        ("TM. ỦY BAN NHÂN DÂN", "TM. UY BAN NHÂN DÂN"),
        ("TM. ỦY BAN NHÂN DÂN", "T M. ỦY B AN NHÂN DÂN"),
    ],
)
def test_letters_that_a_scan_damaged_lose_no_metadata(printed: str, damaged: str) -> None:
    signed = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n"
    text = HEAD + "KẾ HOẠCH\n\nCHĂM SÓC RỪNG TRÀM\n\n" + BASES + "I. MỤC TIÊU\n\nRừng tràm giữ đất./.\n\n" + signed
    assert printed in text
    found, whole = metadata(text.replace(printed, damaged)), metadata(text)
    for field in ("number", "issued_on", "place", "issuer", "recipients"):
        assert found[field] == whole[field], field
    assert len(found["legal_bases"]) == len(whole["legal_bases"]) > 0
    assert [signer["name"] for signer in found["signers"]] == ["Nguyễn Văn An"]
    assert len(whole["recipients"]) == 2


@pytest.mark.parametrize("place", ["Thành phố Hồ Chí Minh", "Hà Giang", "Thị xã Sông Mơ"])
def test_the_kind_of_a_town_belongs_to_the_place(place: str) -> None:
    head = "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH\nSố: 7/KH-UBND"
    for between in (", ngày 25 tháng 01 năm 2024", ", ngày 25\ntháng 01 năm 2024"):
        assert parse(f"{head}\n{place}{between}\nKẾ HOẠCH\nTRỒNG CÂY\nI. MỤC TIÊU\n")["metadata"]["place"] == place


@pytest.mark.parametrize("name", ["Vừ A Bằng", "Y Thanh Hà", "Nguyễn Văn An"])
def test_names_of_one_letter_sign(name: str) -> None:
    text = f"KẾ HOẠCH\nTRỒNG CÂY\nI. MỤC TIÊU\nCó rừng./.\nTM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH {name} |\n"
    signer = parse(text)["metadata"]["signers"][0]
    assert (signer["name"], signer["role"]) == (name, "PHÓ CHỦ TỊCH")


def test_a_letterhead_whose_cells_break_anywhere_is_whole_though_the_type_is_lost() -> None:
    head = (
        "ỦY BAN NHÂN DÂN |\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố:\n54/KH-UBND |\n"
        "Lạng Sơn, ngày\n13 tháng 3 năm 2020 |\n"
    )
    text = f"{head}Căn cứ Luật Thú y ngày 19/6/2015;\nỦy ban nhân dân tỉnh ban hành Kế hoạch như sau:\nI. MỤC TIÊU\n"
    found = metadata(text)
    assert (found["number"], found["issued_on"], found["place"]) == ("54/KH-UBND", "2020-03-13", "Lạng Sơn")
    assert found["issuer"] == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert [basis["text"] for basis in found["legal_bases"]] == ["Căn cứ Luật Thú y ngày 19/6/2015;"]


@pytest.mark.parametrize("kind", ["tỉnh", "thành phố"])
def test_a_place_that_became_a_city_is_called_what_it_was_then(kind: str) -> None:
    head = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 15/KH-UBND | Đồng Nai, ngày 12 tháng 02 năm 2026 |\n"
    found = metadata(f"{head}KẾ HOẠCH\nCHĂM SÓC RỪNG TRÀM\nỦy ban nhân dân {kind} ban hành Kế hoạch như sau:\nI. MỤC TIÊU\n")
    assert found["issuer"] == f"Ủy ban nhân dân {kind} Đồng Nai"


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("NUÔI ONG TRÊN ĐỊA BÀN TỈNH", "Ủy ban nhân dân tỉnh Nam Định"),
        ("Nuôi ong trên địa bàn tỉnh năm 2023", "Ủy ban nhân dân tỉnh Nam Định"),
        ("NUÔI ONG TRÊN ĐỊA BÀN HUYỆN", "Ủy ban nhân dân"),
        ("HỌC TẬP CÁCH NUÔI ONG CỦA TỈNH KON TUM", "Ủy ban nhân dân"),
    ],
)
def test_a_title_that_speaks_of_the_province_tells_whose_committee_it_is(title: str, issuer: str) -> None:
    head = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 19/KH-UBND | Nam Định, ngày 12 tháng 7 năm 2022 |\n"
    assert metadata(f"{head}KẾ HOẠCH\n{title}\nI. MỤC ĐÍCH\n1. Nuôi ong lấy mật.\n")["issuer"] == issuer


def test_a_rule_that_is_all_of_a_letterhead_is_kept() -> None:
    head = "\n________________\nỦY BAN NHÂN DÂN TỈNH ĐẮK NÔNG\n"
    text = f"{head}Căn cứ Luật Thú y ngày 19/6/2015;\nQUYẾT ĐỊNH:\nĐiều 1. Nuôi ong.\n"
    document = parse(text)
    assert document["source"]["coverage"] == 1.0
    assert document["metadata"]["issuer"] == "Ủy ban nhân dân tỉnh Đắk Nông"
