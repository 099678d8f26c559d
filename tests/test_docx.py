"""Word files: what is printed of runs, fields and changes, true grids, notes and headers, and the whole way to the model."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import SHARED
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.docx import read
from planparse.reading.native import Native, Note, Paragraph, Table
from planparse.reading.text import decode
from word_files import cell, level, lists, paragraph, row, run, table, word_file


def native(body: str, **parts: str) -> Native:
    return read(word_file(body, inner=parts), "x.docx")


def texts(body: str, **parts: str) -> list[str]:
    return [piece.text for piece in native(body, **parts).pieces if isinstance(piece, Paragraph)]


def grid(body: str) -> Table:
    (piece,) = native(body).pieces
    assert isinstance(piece, Table)
    return piece


def cells(found: Table) -> list[list[tuple[str, int, int]]]:
    return [[(one.text, one.rows, one.columns) for one in line] for line in found.rows]


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


# --- runs ---------------------------------------------------------------------------------------------------------
def test_signs_that_are_kept_as_elements() -> None:
    inner = "<w:r><w:t>xã</w:t><w:softHyphen/><w:noBreakHyphen/><w:tab/><w:t>hội</w:t><w:br/><w:t>hai</w:t><w:cr/></w:r>"
    assert texts(paragraph(inner=inner)) == ["xã\u00ad-\thội\nhai\n"]


def test_signs_of_symbol_fonts() -> None:
    known = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("\uf0a3", '<w:rFonts w:hAnsi="Symbol"/>')
    found = native(paragraph(inner=known + '<w:r><w:sym w:font="Lạ" w:char="41"/></w:r>'))
    assert found.pieces == [Paragraph("≥≤\ufffd")]
    assert Note("word.signs_unknown", {"count": 1}) in found.notes


def test_a_page_break_parts_a_paragraph() -> None:
    assert texts(paragraph("hết.", inner='<w:r><w:br w:type="page"/></w:r>' + run("PHỤ LỤC"))) == ["hết.", "PHỤ LỤC"]


def test_capitals_and_hidden_text_by_run_and_by_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="To"><w:name w:val="To"/><w:rPr><w:caps/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="An"><w:name w:val="An"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = paragraph("kế hoạch", style="To", inner=run(" nhỏ", '<w:caps w:val="0"/>') + run(" ẩn", '<w:rStyle w:val="An"/>'))
    found = native(body, styles=styles)
    assert found.pieces == [Paragraph("KẾ HOẠCH nhỏ")]
    assert found.notes == [Note("word.hidden_dropped", {"count": 1})]


def test_text_in_fonts_from_before_unicode() -> None:
    """One word over two runs, a font of capitals, and plain letters in such a font, of which nothing is said."""
    old, capitals, other = (
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>' for name in (".VnTime", ".VnTimeH", "VNI-Times")
    )
    body = paragraph(inner=run("ph¸t tri", old) + run("Ón lóa", old) + run(" n¨m 2024 "))
    body += (
        paragraph(inner=run("KÕ ho¹ch", capitals))
        + paragraph(inner=run("naêm tôùi", other))
        + paragraph(inner=run("b", old))
    )
    found = native(body)
    assert found.pieces == [Paragraph(text) for text in ("phát triển lúa n¨m 2024 ", "KẾ HOẠCH", "năm tới", "b")]
    assert found.notes == [Note("word.fonts_converted", {"fonts": ".VnTime, .VnTimeH, VNI-Times"})]


def test_the_font_of_a_style_counts_too() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>'
        '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style>'
    )
    body = paragraph(inner=run("lóa ") + run("lúa", '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'))
    assert texts(body, styles=styles) == ["lúa lúa"]


def test_what_stands_around_words_is_looked_through() -> None:
    inner = (
        f'<w:hyperlink w:anchor="a">{run("một ")}</w:hyperlink><w:smartTag w:element="x">{run("hai ")}</w:smartTag>'
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('ba ')}</w:sdtContent></w:sdt><w:bdo>{run('bốn')}</w:bdo>"
    )
    assert texts(f"<w:sdt><w:sdtContent>{paragraph(inner=inner)}</w:sdtContent></w:sdt>") == ["một hai ba bốn"]


def test_a_formula_is_its_letters() -> None:
    inner = "".join(f"<m:{part}><m:r><m:t>{letter}</m:t></m:r></m:{part}>" for part, letter in (("num", "a"), ("den", "b")))
    assert texts(paragraph(inner=f"<m:oMath><m:f>{inner}</m:f></m:oMath>")) == ["a/b"]


# --- fields -------------------------------------------------------------------------------------------------------
def test_of_a_field_the_result_is_printed() -> None:
    nested = (
        mark("begin")
        + instruction(" IF ")
        + mark("begin")
        + instruction("X")
        + mark("separate")
        + run("không")
        + mark("end")
    )
    inner = run("trang ") + nested + mark("separate") + run("12") + mark("end") + run(" cuối")
    assert texts(paragraph(inner=inner)) == ["trang 12 cuối"]
    assert texts(paragraph(inner=f'<w:fldSimple w:instr=" REF a ">{run("Bảng 1")}</w:fldSimple>')) == ["Bảng 1"]


def test_a_field_without_an_end_hides_nothing() -> None:
    assert texts(paragraph(inner=mark("begin") + instruction("X") + run("còn đây")) + paragraph("sau")) == ["còn đây", "sau"]


def test_a_field_whose_print_is_not_kept_is_noted() -> None:
    found = native(paragraph("x ", inner=mark("begin") + instruction(r" EQ \f(1,2) ") + mark("end")))
    assert found.notes == [Note("word.fields_empty", {"count": 1})]


def test_boxes_that_are_ticked() -> None:
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
    end = instruction("FORMCHECKBOX") + mark("end")
    inner = box.format("<w:checked/>") + end + run(" có ") + box.format('<w:default w:val="0"/>') + end + run(" không")
    assert texts(paragraph(inner=inner)) == ["☒ có ☐ không"]


# --- changes, comments, boxes ---------------------------------------------------------------------------------------
def test_tracked_changes_are_accepted() -> None:
    gone = "<w:r><w:delText>cũ</w:delText></w:r>"
    inner = (
        f'<w:ins w:id="1">{run("mới")}</w:ins><w:del w:id="2">{gone}</w:del>'
        f'<w:moveTo w:id="3">{run(" đến")}</w:moveTo><w:moveFrom w:id="4">{run(" đi")}</w:moveFrom>'
    )
    found = native(paragraph(inner=inner))
    assert found.pieces == [Paragraph("mới đến")]
    assert found.notes == [Note("word.changes_accepted", {"inserted": 2, "deleted": 2})]


def test_a_deleted_paragraph_mark_joins_two_paragraphs_under_the_number_of_the_second() -> None:
    body = paragraph("một", number=(1, 0), more='<w:rPr><w:del w:id="1"/></w:rPr>') + paragraph(" hai", number=(1, 0))
    assert texts(body + paragraph("ba", number=(1, 0)), numbering=lists(level(0, "%1."))) == ["1. một hai", "2. ba"]


def test_a_paragraph_that_was_deleted_counts_for_nothing() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del w:id="2"/></w:p>'
    )
    assert texts(gone + paragraph("còn", number=(1, 0)), numbering=lists(level(0, "%1."))) == ["1. còn"]


def test_deleted_rows_are_left_out_and_inserted_ones_kept() -> None:
    body = table(
        row(cell("a"), cell("b")),
        row(cell("bỏ"), cell("bỏ"), more='<w:del w:id="1"/>'),
        row(cell("c"), cell("d"), more='<w:ins w:id="2"/>'),
    )
    assert [[one.text for one in line] for line in grid(body).rows] == [["a", "b"], ["c", "d"]]


def test_comments_are_left_out_and_counted() -> None:
    found = native(paragraph("x", inner='<w:r><w:commentReference w:id="1"/></w:r>'), comments="<w:comment/>")
    assert found.pieces == [Paragraph("x")] and found.notes == [Note("word.comments_dropped", {"count": 1})]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('HỎA TỐC')}</w:txbxContent>"
    drawn = (
        f"<w:drawing><wp:anchor><a:graphic><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing>"
    )
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>'
        f"{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(paragraph("trước", inner=both) + paragraph("sau")) == ["trước", "HỎA TỐC", "sau"]
    only_old = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    assert texts(paragraph("trước", inner=only_old)) == ["trước", "HỎA TỐC"]


def test_pictures_are_counted() -> None:
    drawing = '<w:r><w:drawing><wp:inline><a:graphic><a:blip r:embed="p"/></a:graphic></wp:inline></w:drawing></w:r>'
    assert native(paragraph("x", inner=drawing)).notes == [Note("word.pictures", {"count": 1})]


# --- notes, headers, contents ---------------------------------------------------------------------------------------
def test_notes_are_marked_where_they_are_referred_to_and_stand_at_the_end() -> None:
    def refer(kind: str, name: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{name}"/></w:r>'

    body = paragraph("a", inner=refer("endnote", 2) + run(" b") + refer("footnote", 3) + run(" c") + refer("footnote", 2))
    body += paragraph(inner=f'<w:del w:id="1">{refer("footnote", 9)}</w:del>')
    found = texts(
        body,
        footnotes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        + "".join(
            f'<w:footnote w:id="{name}">{paragraph(text)}{paragraph("thêm")}</w:footnote>'
            for name, text in ((2, "hai"), (3, "ba"))
        ),
        endnotes=f'<w:endnote w:id="2">{paragraph("cuối")}</w:endnote>',
    )
    assert found == ["a[3] b[1] c[2]", "[1] ba thêm", "[2] hai thêm", "[3] cuối"]


def test_headers_stand_apart_and_page_numbers_are_none() -> None:
    number = mark("begin") + instruction(" PAGE ") + mark("separate") + run("7") + mark("end")
    body = paragraph("thân") + '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'
    found = native(body, header=paragraph("Dự thảo lần 2") + paragraph(inner=number))
    assert found.pieces == [Paragraph("thân")] and found.after == ["Dự thảo lần 2"]
    data = word_file(body, header=paragraph("Dự thảo lần 2"))
    codes = {diagnostic["code"] for diagnostic in parse_source(decode(data, "x"), load())["diagnostics"]}
    assert "page.set_apart" in codes and "site.set_apart" not in codes


def test_a_table_of_contents_stands_apart() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="ML1"><w:name w:val="toc 1"/></w:style>'
    found = native(paragraph("I. MỤC TIÊU\t2", style="ML1") + paragraph("I. MỤC TIÊU"), styles=styles)
    assert found.pieces == [Paragraph("I. MỤC TIÊU")] and found.after == ["I. MỤC TIÊU\t2"]
    assert found.notes == [Note("word.contents_set_apart", {"count": 1})]


def test_a_centred_title_that_is_set_line_by_line_is_one() -> None:
    centre, bold = '<w:jc w:val="center"/>', "<w:b/>"
    lines = ("KẾ HOẠCH", "Phát triển lúa chịu mặn trên địa bàn", "An Giang năm 2024")
    body = "".join(paragraph(inner=run(line, bold), more=centre) for line in lines)
    body += paragraph(inner=run("(Kèm theo Quyết định số 5/QĐ-UBND)", "<w:i/>"), more=centre) + paragraph("Thân.")
    assert texts(body)[:2] == ["KẾ HOẠCH", "Phát triển lúa chịu mặn trên địa bàn An Giang năm 2024"]
    assert len(texts(body)) == 4
    names = "".join(paragraph(name, more=centre) for name in ("Lê Văn Mẫu", "Trần Thị Mẫu"))
    assert grid(table(row(cell(names), cell("b")))).rows[0][0].text == "Lê Văn Mẫu\nTrần Thị Mẫu"


# --- tables -------------------------------------------------------------------------------------------------------
def test_merged_cells_and_free_places_make_a_true_grid() -> None:
    body = table(
        row(cell("a", span=2), cell("b", merge="restart"), more="<w:tblHeader/>"),
        row(cell("c"), cell("d"), cell("", merge="continue")),
        row(cell("e"), more='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        widths=(1000, 1000, 1000),
    )
    found = grid(body)
    assert cells(found) == [
        [("a", 1, 2), ("b", 2, 1)],
        [("c", 1, 1), ("d", 1, 1)],
        [("", 1, 1), ("e", 1, 1), ("", 1, 1)],
    ]
    assert found.header == 1


def test_a_cell_that_goes_on_under_none_of_its_width_is_one_of_its_own() -> None:
    body = table(row(cell("a", span=2), cell("b")), row(cell("c", merge="continue"), cell("d"), cell("e")))
    assert cells(grid(body))[1] == [("c", 1, 1), ("d", 1, 1), ("e", 1, 1)]


def test_cells_merged_across_in_the_old_way() -> None:
    body = table(row(cell("a", more='<w:hMerge w:val="restart"/>'), cell("", more="<w:hMerge/>")), row(cell("b"), cell("c")))
    assert cells(grid(body)) == [[("a", 1, 2)], [("b", 1, 1), ("c", 1, 1)]]


def test_edges_that_no_row_uses_or_that_are_a_sliver_apart_make_no_column() -> None:
    unused = table(row(cell("a", span=2), cell("b", span=2)), row(cell("c", span=2), cell("d", span=2)), widths=(500,) * 4)
    assert cells(grid(unused)) == [[("a", 1, 1), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 1)]]
    sliver = table(row(cell("a", span=2), cell("b")), row(cell("c"), cell("d", span=2)), widths=(1000, 40, 1000))
    assert cells(grid(sliver)) == [[("a", 1, 1), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 1)]]
    wide = table(row(cell("a", span=2), cell("b")), row(cell("c"), cell("d", span=2)), widths=(1000, 400, 1000))
    assert cells(grid(wide)) == [[("a", 1, 2), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 2)]]


def test_numbers_in_cells_are_automatic_too() -> None:
    body = table(*(row(cell(paragraph("", number=(1, 0))), cell(name)) for name in ("lúa", "ngô")))
    (piece,) = native(body, numbering=lists(level(0, "%1."))).pieces
    assert isinstance(piece, Table) and [[one.text.strip() for one in line] for line in piece.rows] == [
        ["1.", "lúa"],
        ["2.", "ngô"],
    ]


@pytest.mark.parametrize("dropped", ["<w:del/>", "<w:vanish/>"])
def test_a_caption_whose_end_is_not_printed_stays_before_its_table(dropped: str) -> None:
    ends = f"<w:rPr>{dropped}</w:rPr>"
    data = table(row(cell("a"), cell("b")), row(cell("c"), cell("d")))

    def shown(before: str) -> list[str]:
        found = native(before + data + paragraph("Sau", number=(1, 0)), numbering=lists(level(0, "%1.")))
        return [piece.text if isinstance(piece, Paragraph) else "bảng" for piece in found.pieces]

    assert shown(paragraph("Bảng 1. ", more=ends) + paragraph("Nhiệm vụ", more=ends)) == [
        "Bảng 1. Nhiệm vụ",
        "bảng",
        "1. Sau",
    ]
    assert shown(paragraph("Nhiệm vụ", number=(1, 0), more=ends)) == ["1. Nhiệm vụ", "bảng", "2. Sau"]
    number = 2 if "vanish" in dropped else 1  # a hidden paragraph counts, a deleted one does not
    assert shown(paragraph(number=(1, 0), more=ends)) == ["bảng", f"{number}. Sau"]


def test_words_that_stand_in_the_place_of_a_paragraph_are_read() -> None:
    formula = "<m:oMathPara><m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath></m:oMathPara>"
    inserted = f"<w:ins>{run('chèn ')}{run('giữa hai đoạn')}</w:ins>"
    body = (
        paragraph("Trước") + formula + paragraph("giữa") + inserted + paragraph("sau") + table(row(cell(formula), cell("b")))
    )
    found = native(body)
    assert [piece.text for piece in found.pieces if isinstance(piece, Paragraph)] == [
        "Trước", "E=mc", "giữa", "chèn giữa hai đoạn", "sau",
    ]  # fmt: skip
    assert cells(grid(table(row(cell(formula), cell("b"))))) == [[("E=mc", 1, 1), ("b", 1, 1)]]
    assert found.notes == [Note("word.changes_accepted", {"inserted": 1, "deleted": 0})]


def test_words_in_elements_that_nothing_knows_are_reported() -> None:
    unknown = f"<w:moi>{paragraph('lạ')}</w:moi>"
    body = paragraph("Một", inner=f"<w:moi>{run('lạ')}</w:moi><w:r><w:moi><w:t>lạ</w:t></w:moi><w:trong/></w:r>") + unknown
    found = native(body + table(row(cell("a"), cell("b")), paragraph("rơi")))
    assert found.notes == [Note("word.elements_unknown", {"count": 4})]


def test_a_cell_that_spans_more_columns_than_begin_adds_none() -> None:
    found = grid(table(row(cell("a"), cell("b")), row(cell("c", span=10)), row(cell("d"), cell("e"))))
    assert cells(found) == [[("a", 1, 1), ("b", 1, 1)], [("c", 1, 2)], [("d", 1, 1), ("e", 1, 1)]]


def test_a_frame_of_one_column_is_text_and_the_table_in_it_a_table() -> None:
    inner = table(row(cell("a"), cell("b")), row(cell("c"), cell("d")))
    (first, second) = native(table(row(cell(paragraph("KẾ HOẠCH") + inner)))).pieces
    assert first == Paragraph("KẾ HOẠCH") and isinstance(second, Table)


def test_a_table_in_a_cell_of_another_is_set_as_lines() -> None:
    inner = table(row(cell("1"), cell("máy")), row(cell("2"), cell("bàn")))
    found = native(table(row(cell("mua"), cell(inner + paragraph("hết"))), row(cell("x"), cell("y"))))
    (piece,) = found.pieces
    assert isinstance(piece, Table) and piece.rows[0][1].text == "1 | máy\n2 | bàn\nhết"
    assert found.notes == [Note("word.nested_tables", {"count": 1})]


# --- the whole way --------------------------------------------------------------------------------------------------
def lines(*texts: str) -> str:
    return cell("".join(map(paragraph, texts)))


HEAD = table(
    row(
        lines("ỦY BAN NHÂN DÂN", "TỈNH AN GIANG"),
        lines("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    ),
    row(cell("Số: 18/KH-UBND"), cell("An Giang, ngày 04 tháng 3 năm 2024")),
)
CLOSING = table(row(lines("Nơi nhận:", "- Như trên;", "- Lưu: VT."), lines("CHỦ TỊCH", "Lê Văn Mẫu")))


def test_a_plan_with_automatic_numbers_and_merged_cells() -> None:
    levels = level(0, "%1.", "upperRoman") + level(1, "%2.") + level(2, "%3)", "lowerLetter")
    body = (
        HEAD
        + paragraph("KẾ HOẠCH")
        + paragraph("Thực hiện Nghị quyết số 12-NQ/TU về lúa chịu mặn")
        + paragraph("Căn cứ Luật Trồng trọt;")
        + paragraph("MỤC TIÊU", number=(1, 0))
        + paragraph("Mục tiêu chung", number=(1, 1))
        + paragraph("Tăng diện tích lúa[sic].")
        + paragraph("NHIỆM VỤ", number=(1, 0))
        + paragraph("Chọn giống", number=(1, 1))
        + paragraph("Khảo nghiệm giống tại ba xã.", number=(1, 2))
        + table(
            row(cell("TT"), cell("Nội dung"), cell("Cơ quan chủ trì"), more="<w:tblHeader/>"),
            row(cell(paragraph("", number=(2, 0))), cell("Chọn giống"), cell("Sở Công Thương", merge="restart")),
            row(cell(paragraph("", number=(2, 0))), cell("Nhân giống"), cell("", merge="continue")),
        )
        + CLOSING
    )
    source = decode(word_file(body, numbering=lists(levels, level(0, "%1"))), "k.txt")
    found = parse_source(source, load())
    assert found["source"]["format"] == "docx" and found["source"]["coverage"] == 1.0
    assert found["metadata"]["number"] == "18/KH-UBND"
    assert found["metadata"]["title"] == "Thực hiện Nghị quyết số 12-NQ/TU về lúa chịu mặn"
    sections = {block["id"]: block for block in _blocks(found) if block["type"] == "section"}
    assert [block["marker"] for block in sections.values()] == ["I", "1", "II", "1", "a"]
    (grid_block,) = [block for block in _blocks(found) if block["type"] == "table"]
    assert [line["cells"] for line in grid_block["rows"]] == [
        ["1", "Chọn giống", "Sở Công Thương"],
        ["2", "Nhân giống", "Sở Công Thương"],
    ]
    assert [line["carried"] for line in grid_block["rows"]] == [[], [2]]


def _blocks(found: dict[str, Any]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    waiting = [block for part in found["parts"] for block in part["blocks"]]
    while waiting:
        block = waiting.pop(0)
        made.append(block)
        waiting[:0] = block.get("blocks", [])
    return made


REAL = sorted((SHARED / "corpus" / "docx").glob("*.docx"))


@pytest.mark.skipif(not REAL, reason="the corpus (../shared/corpus) is not here")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_files(path: Any) -> None:
    """Nothing is lost, the sections are numbered without a gap, a title of several lines is whole."""
    found = parse_source(decode(path.read_bytes(), path.name), load())
    assert found["source"]["coverage"] == 1.0
    title = found["metadata"]["title"] or ""
    assert title.endswith(("trên địa bàn tỉnh Lào Cai", "giai đoạn 2026-2030"))
    codes = {diagnostic["code"] for diagnostic in found["diagnostics"]}
    assert not codes & {"numbering.skipped", "numbering.repeated", "text.uncovered", "word.part_broken"}
