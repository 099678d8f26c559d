"""Pages: what a browser shows of a document, found within whatever a site puts around it."""

from __future__ import annotations

import codecs as codecs_
import random
import time
from pathlib import Path
from typing import Any

import pytest
from benchmarks.layouts import outline

from conftest import SHARED, Data, blocks, calls, codes, sections
from html_grid import page_grids, shared_cells
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.formats import format_of
from planparse.reading.html import read
from planparse.reading.html_inline import raised_text
from planparse.reading.html_lists import ItemList
from planparse.reading.native import Native, Paragraph, Table
from planparse.reading.text import decode

PAGES = sorted((SHARED / "corpus" / "html").glob("*.html"))
TEXTS = SHARED / "corpus" / "txt" / "wrapped_cells"
needs_pages = pytest.mark.skipif(not PAGES, reason="the real pages (../shared/corpus/html) are not here")

HEAD = """<table><tr><td><p align=center><b>ỦY BAN NHÂN DÂN<br>TỈNH AN GIANG<br>-------</b></p></td>
<td><p align=center><b>CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></p></td></tr>
<tr><td>S&#7889;: 18/KH-UBND</td><td><i>An Giang, ngày 04&nbsp;tháng 3 năm 2024</i></td></tr></table>
<p><b>KẾ HOẠCH</b></p><p><b>Trồng lúa chịu mặn năm 2024</b></p>
"""
BODY = """<p><b>I. MỤC TIÊU</b></p><p>1. Trồng 50 ha lúa chịu mặn.</p><p>2. Tập huấn cho nông dân ở 12 xã.</p>
<p><b>II. TỔ CHỨC THỰC HIỆN</b></p><p>1. Sở Tài chính bố trí kinh phí.</p>
"""
CLOSING = """<table><tr><td><b>Nơi nhận:</b><br>- Như trên;<br>- Lưu: VT.</td>
<td><b>TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH<br><br>Lê Văn Mẫu</b></td></tr></table>
"""
PLAN = HEAD + BODY + CLOSING
SECTIONS = [
    ("plan/I", "MỤC TIÊU"),
    ("plan/I/1", "Trồng 50 ha lúa chịu mặn."),
    ("plan/I/2", "Tập huấn cho nông dân ở 12 xã."),
    ("plan/II", "TỔ CHỨC THỰC HIỆN"),
    ("plan/II/1", "Sở Tài chính bố trí kinh phí."),
]


def page(body: str, head: str = "<meta charset=utf-8>") -> str:
    return f"<!DOCTYPE html><html><head><title>Trang</title>{head}</head><body>{body}</body></html>"


def native(body: str) -> Native:
    return read(page(body).encode(), "p.html")


def extract(data: str | bytes) -> Data:
    return parse_source(decode(data.encode() if isinstance(data, str) else data, "p.html"), load())


def paragraphs(body: str) -> list[str]:
    """The paragraphs of a page with a document's head before them, which is taken away again."""
    pieces = native(HEAD + body).pieces
    return [piece.text for piece in pieces if isinstance(piece, Paragraph)][2:]


def tables(body: str) -> list[list[list[tuple[str, int, int]]]]:
    """The tables of a page but for the letterhead: rows of (text, rows, columns)."""
    found = [piece for piece in native(HEAD + body).pieces if isinstance(piece, Table)]
    return [[[tuple(cell) for cell in row] for row in table.rows] for table in found[1:]]  # type: ignore[misc]


def notes(body: str) -> dict[str, dict[str, Any]]:
    return {note.code: note.values for note in native(body).notes}


def check_plan(found: Data) -> None:
    """The plan above was found whole, and nothing of the site in it."""
    metadata = found["metadata"]
    assert metadata["number"] == "18/KH-UBND"
    assert metadata["issued_on"] == "2024-03-04"
    assert metadata["issuer"] == "Ủy ban nhân dân tỉnh An Giang"
    assert [signer["name"] for signer in metadata["signers"]] == ["Lê Văn Mẫu"]
    assert sections(found) == SECTIONS
    assert found["source"]["format"] == "html"
    assert found["source"]["coverage"] == 1.0
    inside = " ".join(str(block) for part in found["parts"] if part["kind"] != "other" for block in part["blocks"])
    assert "SITE" not in inside


# --- formats and encodings --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "begins",
    [
        "<!DOCTYPE html><html>",
        "\n\n <HTML>",
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "x" "y"><html xmlns="z">',
        "<!-- saved from url=(0014)about:internet -->\n<html>",
        "<div>",
        "<table>",
        "\ufeff<html>",
        "Content of the page follows\n\n<!doctype html>\n",
    ],
)
def test_a_page_is_told_by_its_content(begins: str) -> None:
    data = (begins + PLAN).encode()
    assert (kind := format_of(data)) is not None and kind.id == "html"
    check_plan(extract(data))


@pytest.mark.parametrize(
    "text", ["Tỷ lệ < 5%\n", "a <b> c", "<20 ha: không hỗ trợ", "KẾ HOẠCH\nmẫu <html> của trang\n", "<3", "<số>"]
)
def test_a_text_with_a_bracket_is_no_page(text: str) -> None:
    kind = format_of(text.encode())
    assert kind is None or kind.id != "html"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "declared", ["", "<meta charset=utf-8>", '<meta http-equiv=Content-Type content="text/html; charset=windows-1252">']
)
def test_encodings_are_told_by_the_bytes(encoding: str, declared: str) -> None:
    data = page(PLAN, declared).encode(encoding)
    if encoding == "utf-16-be":
        data = codecs_.BOM_UTF16_BE + data
    check_plan(extract(data))


def test_a_wrong_charset_is_reported() -> None:
    found = extract(page(PLAN, '<meta charset="iso-8859-1">'))
    assert "html.charset" in codes(found)
    assert "html.charset" not in codes(extract(page(PLAN)))


@pytest.mark.parametrize("charset", ["punycode", "utf-16", "unicode_escape", "x-user-defined", "hex", "idna"])
def test_a_charset_that_no_page_has_is_not_believed(charset: str) -> None:
    data = page(PLAN, f"<meta charset={charset}>").encode()
    check_plan(extract(data))
    few, many = (data + b"\xff" + b"<p>a" * count + b"\xe9" * count for count in (2_500, 10_000))
    assert calls(lambda: read(many, "p.html")) < 6 * calls(lambda: read(few, "p.html"))


def test_windows_1258() -> None:
    # Python writes windows-1258 only from letters and tone marks apart.
    import unicodedata

    def apart(text: str) -> str:
        tones = "\u0300\u0301\u0303\u0309\u0323"
        out = ""
        for letter in unicodedata.normalize("NFD", text):
            if letter in tones or not unicodedata.combining(letter):
                out += letter
            else:
                out = out[:-1] + unicodedata.normalize("NFC", out[-1] + letter)
        return out

    for declared in ("<meta charset=windows-1258>", ""):
        # A circumflex below which a dot was composed first comes apart in another order; such letters are put back.
        text = apart(page(PLAN, declared).replace("&#7889;", "ố")).replace("\u0323\u0302", "\u0302\u0323")
        data = "".join(unicodedata.normalize("NFC", part) for part in text).encode("cp1258", "replace")
        found = extract(data)
        assert found["metadata"]["number"] == "18/KH-UBND"
        assert found["source"]["encoding"] == "windows-1258"


def test_broken_bytes_are_counted() -> None:
    data = page(PLAN).encode().replace("lúa chịu mặn.".encode(), b"l\xffa ch\xfeu")
    found = extract(data)
    assert codes(found).count("text.unreadable") == 1
    assert found["metadata"]["number"] == "18/KH-UBND"


@pytest.mark.parametrize("name", ["a.doc", "a.txt", "a.pdf", "a"])
def test_the_name_says_nothing(name: str, tmp_path: Path) -> None:
    from planparse.reading.text import read_file

    path = tmp_path / name
    path.write_text(page(PLAN), "utf-8")
    check_plan(parse_source(read_file(path), load()))


# --- what a browser shows -----------------------------------------------------------------------------------------
def test_spaces_and_line_breaks() -> None:
    assert paragraphs("<p>I. \n\t MỤC&nbsp; TIÊU</p><p>Một<br>hai <b>ba</b>&#160;<i>bốn</i></p>") == [
        "I. MỤC TIÊU",
        "Một\nhai ba bốn",
    ]
    assert paragraphs("<div>I. Một<br><br>2. Hai<br/>\n<br>Ba</div>") == ["I. Một", "2. Hai", "Ba"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert paragraphs("<pre>I. Một\n   hai\n\n2. Ba</pre>") == ["I. Một\nhai", "2. Ba"]
    assert paragraphs('<div style="white-space: pre-line">I. Một\nhai</div>') == ["I. Một\nhai"]


def test_text_set_in_capitals_by_its_style() -> None:
    assert paragraphs('<p style="text-transform: uppercase">I. Mục <b>tiêu</b></p><p>1. Một</p>') == [
        "I. MỤC TIÊU",
        "1. Một",
    ]


def test_scripts_and_hidden_text_are_left_out_and_counted() -> None:
    body = (
        PLAN.replace("50 ha", '50<span style="display: none">SITE</span> <script>var SITE = "<p>";</script>ha')
        + '<div hidden>SITE một</div><p style="VISIBILITY:hidden">SITE hai</p><select><option>SITE</option></select>'
        + '<noscript>SITE</noscript><!-- SITE --><p class="sr-only">x</p><div class="d-none">SITE ba</div>'
    )
    check_plan(extract(page(body)))
    assert notes(body)["html.left_out"] == {"hidden": 27, "controls": 4, "code": 26}


def test_labels_of_lists_are_printed() -> None:
    body = """<ol><li>Một</li><li><p>Hai</p><ul><li>Ba<li>- Bốn</ul></li><li value=7>Năm</li><li></li><li>Sáu</li></ol>
    <ol type=a start=3><li>Bảy</li></ol><ol style="list-style-type: upper-roman"><li>Tám</li><li>Chín</li></ol>
    <ul style="list-style:none"><li>Mười</li></ul><ul style='list-style-type: "- "'><li>Cuối</li></ul>
    <ol><li>1. Một lần</li></ol>"""
    assert paragraphs(body) == [
        "1. Một", "2. Hai", "• Ba", "- Bốn", "7. Năm", "8.", "9. Sáu", "c. Bảy", "I. Tám", "II. Chín", "Mười", "- Cuối",
        "1. Một lần",
    ]  # fmt: skip


def test_a_column_of_numbers_may_be_a_list() -> None:
    rows = "".join(
        f"<tr><td><ol start={n}><li><p><br></p></li></ol></td><td>Việc {n}</td><td>Sở Y tế</td></tr>" for n in (1, 2)
    )
    body = f"<table><tr><td>TT<td>Việc<td>Chủ trì</tr>{rows}</table>"
    assert [row[0][0] for row in tables(body)[0]] == ["TT", "1.", "2."]
    found = extract(page(HEAD + "<p>I. NHIỆM VỤ</p>" + body + CLOSING))
    table = next(block for block in blocks(found) if block["type"] == "table")
    assert [row["number"].rstrip(".") for row in table["rows"]] == ["1", "2"]


def test_letters_and_roman_numbers_of_lists() -> None:
    items = ItemList.of("ol", {"type": "A", "start": "26"})
    assert [items.label({}) for _ in range(3)] == ["Z.", "AA.", "AB."]
    items = ItemList.of("ol", {"style": "list-style-type:lower-roman", "start": "3"})
    assert [items.label({}) for _ in range(2)] == ["iii.", "iv."]
    assert ItemList.of("ol", {"type": "i", "start": "0"}).label({}) == "0."


def test_numbered_items_are_sections() -> None:
    found = extract(page(HEAD + "<p>I. MỤC TIÊU</p><ol><li>Trồng lúa.</li><li>Nuôi tôm.</li></ol>" + CLOSING))
    assert sections(found) == [("plan/I", "MỤC TIÊU"), ("plan/I/1", "Trồng lúa."), ("plan/I/2", "Nuôi tôm.")]


@pytest.mark.parametrize(
    ("before", "raised", "text"),
    [
        ("trường học", "1", "[1]"),
        ("2025", "12", "[12]"),
        ("15 km", "2", "2"),
        ("μg/m", "3", "3"),
        ("nhóm m", "1", "[1]"),
        ("5 x 10", "3", "³"),
        ("năm 2010", "3", "[3]"),
        ("về: ", "(1)", "(1)"),
        ("30", "o", "o"),
        ("", "1", "[1]"),
        ("học", "[4]", "[4]"),
        ("học", " 2 ", " [2] "),
    ],
)
def test_footnote_marks_are_told_from_digits(before: str, raised: str, text: str) -> None:
    assert raised_text(raised, before) == text


def test_lists_of_word() -> None:
    body = """<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
    <span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span>
    <![endif]>Trồng<o:p></o:p><span style='mso-spacerun:yes'>  </span> lúa</p>
    <!--[if gte mso 9]><xml><o:x>SITE</o:x></xml><![endif]--><p><o:p>&nbsp;</o:p></p>"""
    assert paragraphs(body) == ["1. Trồng lúa"]


def test_footnotes_of_word_and_of_libreoffice() -> None:
    word = (
        '<p>I. Theo Đề án<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>1</span></a>, 5 m<sup>2</sup></p>'
        '<hr><div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a>'
        " Đề án lúa.</p></div>"
    )
    assert paragraphs(word) == ["I. Theo Đề án[1], 5 m2", "[1] Đề án lúa."]
    office = (
        '<p>I. Theo Đề án<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p>'
        '<div id="sdfootnote1"><p><a class="sdfootnotesym" href="#sdfootnote1anc">1</a> Đề án lúa.</p></div>'
    )
    assert paragraphs(office) == ["I. Theo Đề án[1]", "[1] Đề án lúa."]
    kinds = [block["type"] for block in blocks(extract(page(HEAD + BODY + CLOSING + word)))]
    assert "footnote" in kinds


# --- tables -----------------------------------------------------------------------------------------------------------
def test_a_table_keeps_its_grid() -> None:
    body = """<table><thead><tr><th rowspan=2>TT<th rowspan="2">Nội dung</th><th colspan=2>Phân công</th></tr>
    <tr><th>Chủ trì<th>Phối hợp</tr></thead><tbody><tr><td>1<td>Chọn <i>giống</i><td rowspan=9><p>Sở</p><p>Công Thương</p>
    <td></tr><tr><td>2<td>Nhân giống<td>Các xã</tbody><tbody>
    <tr><td colspan=0>3</td><td rowspan=0>x</td><td>y<td>z</tr></table>"""
    assert tables(body) == [
        [
            [("TT", 2, 1), ("Nội dung", 2, 1), ("Phân công", 1, 2)],
            [("Chủ trì", 1, 1), ("Phối hợp", 1, 1)],
            [("1", 1, 1), ("Chọn giống", 1, 1), ("Sở\nCông Thương", 2, 1), ("", 1, 1)],
            [("2", 1, 1), ("Nhân giống", 1, 1), ("Các xã", 1, 1)],
            [("3", 1, 1), ("x", 1, 1), ("y", 1, 1), ("z", 1, 1)],
        ]
    ]
    table = next(piece for piece in native(body).pieces if isinstance(piece, Table))
    assert table.header == 2


def test_a_cell_that_asks_for_more_columns_than_there_are_adds_none() -> None:
    head = "<table><tr><th>TT<th>Nhiệm vụ<th>Kinh phí</tr>"
    rows = "<tr><td>1<td>Trồng rừng<td>500</tr></table>"
    for wide in (3, 10, 100_000_000):
        found = extract(page(f"{HEAD}<p>I. MỤC TIÊU</p>{head}<tr><td colspan={wide}>Nhóm A</td></tr>{rows}{CLOSING}"))
        table = next(block for block in blocks(found) if block["type"] == "table")
        assert [column["path"] for column in table["columns"]] == [["TT"], ["Nhiệm vụ"], ["Kinh phí"]]
        assert [row["cells"] for row in table["rows"]] == [["Nhóm A"] * 3, ["1", "Trồng rừng", "500"]]


def test_a_cell_ends_where_one_from_above_reaches_down() -> None:
    body = """<table><tr><td>a<td rowspan=3>b<td colspan=2>c<tr><td colspan=9>d<td>e<td colspan=7>f
    <tr><td>g<td colspan=9>h</table>"""
    sizes = [[(text, down, across) for text, down, across in row] for row in tables(body)[0]]
    assert sizes == [
        [("a", 1, 1), ("b", 3, 1), ("c", 1, 2)],
        [("d", 1, 1), ("e", 1, 1), ("f", 1, 1)],
        [("g", 1, 1), ("h", 1, 2)],
    ]


def test_a_table_of_cells_that_reach_down_takes_bounded_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    from planparse.reading import grid_columns
    from planparse.reading.native import Cell

    rows = [[Cell("a", rows=65_534)] * 100, *[[Cell("b", columns=3)]] * 1000]
    assert grid_columns.fitted(rows)[1][0].columns == 1
    monkeypatch.setattr(grid_columns, "_MOST_REACHING", 1000)
    assert grid_columns.fitted(rows) == rows


def test_a_caption_and_loose_words_stand_before_their_table() -> None:
    body = "<table><caption>Bảng 1</caption><tr>lạc<td>a<td>b</tr><p>rơi</p><tr><td>c<td>d</table>"
    assert sorted(paragraphs(body)) == ["Bảng 1", "lạc", "rơi"]
    assert tables(body) == [[[("a", 1, 1), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 1)]]]


def test_hidden_rows_and_cells_are_none() -> None:
    body = "<table><tr><td>a<td style='display:none'>x<td>b<tr hidden><td>y<td>z<tr><td>c<td>d</table>"
    assert tables(body) == [[[("a", 1, 1), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 1)]]]


@pytest.mark.parametrize(
    "frame",
    [
        "<table><tr><td>{}</td></tr></table>",
        "<table><tr><td>&nbsp;</td><td><table><tr><td>{}</table></td></tr></table>",
        "<table><tr><td><a href=/x>SITE một</a><br><a href=/y>SITE hai</a></td><td>{}</td></tr></table>",
        "<table><tr><td colspan=2>SITE</td></tr><tr><td><li><a href=x>SITE</a></td><td><div>{}</div></td></tr></table>",
        "<center><div><div>{}</div></div></center>",
    ],
)
def test_a_table_that_frames_the_document_is_no_table(frame: str) -> None:
    work = "<table><tr><td>TT<td>Việc<tr><td>1<td>Gieo<tr><td>2<td>Gặt</table>"
    found = extract(page(frame.format(HEAD + BODY + work + CLOSING)))
    check_plan(found)
    assert [len(block["rows"]) for block in blocks(found) if block["type"] == "table"] == [2]


def test_a_frame_of_letterhead_and_body() -> None:
    letterhead, rest = HEAD.split("</table>", 1)
    found = extract(page(letterhead + f"<tr><td colspan=2>{rest}{BODY}{CLOSING}</td></tr></table>"))
    check_plan(found)


def test_a_table_in_a_cell_is_kept_as_its_words() -> None:
    inner = "<table><tr><td>Ngô<td>2 ha<tr><td>Đậu<td>3 ha</table>"
    body = (
        f"<table><tr><td>TT<td>Việc<td>Ghi chú<tr><td>1<td>Trồng: {inner}<td>Vụ hè"
        "<tr><td>2<td>Gặt hái ở các xã<td>Vụ thu</table>"
    )
    assert tables(body) == [
        [
            [("TT", 1, 1), ("Việc", 1, 1), ("Ghi chú", 1, 1)],
            [("1", 1, 1), ("Trồng:\nNgô | 2 ha\nĐậu | 3 ha", 1, 1), ("Vụ hè", 1, 1)],
            [("2", 1, 1), ("Gặt hái ở các xã", 1, 1), ("Vụ thu", 1, 1)],
        ]
    ]
    assert notes(HEAD + body)["html.nested_table"] == {"count": 1}


def test_random_tables_are_the_page_s_own_grid() -> None:
    rng = random.Random(6)
    for _ in range(60):
        html, wide = _random_table(rng)
        found = extract(page(HEAD + "<p>I. MỤC TIÊU</p>" + html + CLOSING))
        read_tables = [block for block in blocks(found) if block["type"] == "table"]
        grids = [grid for grid in page_grids(html) if len(grid) > 1]
        assert len(read_tables) == 1 and len(grids) == 1
        paths = [column["path"] for column in read_tables[0]["columns"]]
        agree, total = shared_cells(grids[0], paths, [row["cells"] for row in read_tables[0]["rows"]])
        assert agree == total and len(paths) == wide


def _random_table(rng: random.Random) -> tuple[str, int]:
    """A table whose merged cells fit together: each place is covered by one cell."""
    wide, high = rng.randint(2, 6), rng.randint(3, 8)
    taken: set[tuple[int, int]] = set()
    rows = []
    for y in range(high):
        cells = []
        for x in range(wide):
            if (y, x) in taken:
                continue
            width = height = 1
            if y:
                while x + width < wide and (y, x + width) not in taken and rng.random() < 0.2:
                    width += 1
                while x and y + height < high and rng.random() < 0.2:  # a row of nothing but merged cells is no row
                    height += 1
            taken |= {(y + down, x + across) for down in range(height) for across in range(width)}
            words = f"Cột {x}" if not y else f"ô {y}.{x} {rng.choice(['', '<br>dòng', '<p>đoạn</p>'])}"
            cells.append(f"<td rowspan={height} colspan='{width}'>{words}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    head = "".join(f"<th>Cột {x}</th>" for x in range(wide))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows[1:])}</tbody></table>", wide


# --- the document within the page ---------------------------------------------------------------------------------------
LINKS = "".join(f'<li><a href="/v/{i}">SITE Kế hoạch {i}/KH-UBND năm 2023 về trồng cây</a></li>' for i in range(30))
SITES = {
    "alone": "{}",
    "side by side": f"<div class=wrap><div class=left><ul>{LINKS}</ul></div><div class=main>{{}}</div></div>",
    "header and footer": (
        "<header><a href=/>SITE trang chủ</a><p>SITE Cổng thông tin</p></header><main><h1>SITE Kế hoạch 18/KH-UBND</h1>"
        "<article>{}</article></main><footer><p>SITE Bản quyền thuộc về Văn phòng, ghi rõ nguồn khi đăng lại.</p></footer>"
    ),
    "related after": f"<div id=page><div class=doc>{{}}</div><div><h3>SITE Văn bản khác</h3><ul>{LINKS}</ul></div></div>",
    "in one box with links": f"<div>{{}}<p><a href=/in>SITE In</a> <a href=/tai>SITE Tải về</a></p><ul>{LINKS}</ul></div>",
    "contents beside": (
        "<div><div class=toc><p>SITE Mục lục</p><a href=#i>I. MỤC TIÊU SITE</a><br><a href=/ii>II. TỔ CHỨC SITE</a></div>"
        "<div class=body>{}</div></div>"
    ),
    "breadcrumb": (
        "<ol class=breadcrumb><li>SITE</li><li>SITE Kế hoạch</li></ol><div>{}</div><div class='comments'>1. SITE hay</div>"
    ),
    "a hidden twin": (
        "<div style='display:none'><p>Số: 99/KH-UBND</p><p>SITE, ngày 1 tháng 1 năm 2020</p><p>SITE</p></div><div>{}</div>"
    ),
}


@pytest.mark.parametrize("name", SITES)
def test_the_document_is_found_on_a_page_that_no_row_knows(name: str) -> None:
    check_plan(extract(page(SITES[name].format(PLAN))))


@pytest.mark.parametrize("name", SITES)
def test_the_document_is_found_where_its_parts_have_boxes_of_their_own(name: str) -> None:
    boxed = f"<section><div>{HEAD}</div></section><section>{BODY}</section><div><div>{CLOSING}</div></div>"
    check_plan(extract(page(SITES[name].format(boxed))))


@pytest.mark.parametrize("name", SITES)
def test_a_document_without_a_letterhead_is_found_by_its_title(name: str) -> None:
    title = (
        "<p><b>KẾ HOẠCH</b></p><p>Trồng lúa chịu mặn năm 2024</p>"
        "<p><i>(Ban hành kèm theo Quyết định số 18/QĐ-UBND ngày 04 tháng 3 năm 2024 của UBND tỉnh)</i></p>"
    )
    for plan in (title + BODY, f"<div>{title}</div><div>{BODY}</div>"):
        found = extract(page(SITES[name].format(plan)))
        assert sections(found) == SECTIONS
        inside = " ".join(str(block) for part in found["parts"] if part["kind"] != "other" for block in part["blocks"])
        assert "SITE" not in inside and "html.document_unsure" not in codes(found)


def test_a_document_in_paragraphs_without_tables() -> None:
    head = (
        "<p>ỦY BAN NHÂN DÂN TỈNH AN GIANG</p><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p>"
        "<p>Số: 18/KH-UBND</p><p>An Giang, ngày 04 tháng 3 năm 2024</p><p>KẾ HOẠCH</p><p>Trồng lúa chịu mặn năm 2024</p>"
    )
    check_plan(extract(page(SITES["side by side"].format(head + BODY + CLOSING))))


def test_an_appendix_after_the_signature_is_the_document_s() -> None:
    appendix = "<div><p>PHỤ LỤC</p><p>DANH MỤC CÔNG TRÌNH</p><p>1. Cống Đìa Lớn</p></div>"
    found = extract(page(f"<div class=Section1>{PLAN}</div><div class=Section2>{appendix}</div>"))
    assert [part["kind"] for part in found["parts"]] == ["plan", "appendix"]


def test_a_reference_in_brackets_over_two_paragraphs() -> None:
    appendix = (
        "<p>PHỤ LỤC</p><p>DANH MỤC CÔNG TRÌNH</p><p>(Kèm theo Kế hoạch số 18/KH-UBND</p><p>ngày 04 tháng 3 năm 2024 của"
        " UBND tỉnh)</p><p>1. Cống Đìa Lớn</p>"
    )
    part = extract(page(PLAN + appendix))["parts"][1]
    assert part["attached_to"] == "(Kèm theo Kế hoạch số 18/KH-UBND ngày 04 tháng 3 năm 2024 của UBND tỉnh)"


def test_a_document_behind_a_tab_is_found() -> None:
    body = f"<div id=a>SITE Tóm tắt</div><div id=b style='display:none'>{PLAN}</div>"
    found = extract(page(body))
    check_plan(found)
    assert "html.document_hidden" in codes(found)


def test_a_banner_with_the_motto_is_no_letterhead() -> None:
    banner = "<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p>"
    check_plan(
        extract(page(f"<div>{banner}</div><div><p>SITE Tin tức trong ngày</p>{'<p>SITE</p>' * 20}</div><div>{PLAN}</div>"))
    )


def test_contents_before_the_letterhead_are_the_site_s() -> None:
    contents = (
        "<p>SITE Mục lục</p>" + "<p><b>I. MỤC TIÊU</b></p><p>II. TỔ CHỨC THỰC HIỆN</p><p>1. Trồng 50 ha lúa chịu mặn.</p>"
    )
    found = extract(page(f"<div>{contents}{PLAN}</div>"))
    check_plan(found)
    assert found["parts"][0]["kind"] == "other"


def test_a_page_saved_as_one_file() -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["Subject"] = "<Saved by a browser>", "Trang"
    mail.set_content(page(PLAN, "<meta charset=x>"), subtype="html", charset="utf-8", cte="quoted-printable")
    mail.make_related()
    mail.add_related(b"\x89PNG", "image", "png")
    check_plan(extract(mail.as_bytes()))


@pytest.mark.parametrize("charset", ["windows-1258", "utf-8"])
def test_the_charset_of_a_page_saved_as_one_file(charset: str) -> None:
    letters = page("<p>I. MUC ĐICH</p><p>Rưng ngâp măn</p>", "<meta charset=windows-1258>")
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    head += f'Content-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    source = decode(head.encode() + letters.encode(charset) + b"\r\n--x--\r\n", "p")
    assert source.encoding == charset and "Rưng ngâp măn" in source.text
    assert "html.charset" not in {note.code for note in source.notes}


def test_a_head_that_is_no_mail_s_takes_no_longer_with_each_of_its_lines() -> None:
    def seconds(lines: int) -> float:
        data = b"Subject: x\r\n" + b" y\r\n" * lines + b"<a@b.vn>\r\n"
        begun = time.perf_counter()
        assert format_of(data) is None
        return time.perf_counter() - begun

    few, many = (min(seconds(lines) for _ in range(5)) for lines in (8, 16))
    assert many < 20 * few  # 256 times, where each line's end can be read in two ways


def test_a_portal_s_box_is_known() -> None:
    body = f"<p>SITE</p><div id=divContentDoc class=x>{PLAN}</div><p>SITE. 5. Chia sẻ</p>"
    found = extract(page(body))
    check_plan(found)
    others = [block["text"] for part in found["parts"] if part["kind"] == "other" for block in part["blocks"]]
    assert others == ["SITE", "SITE. 5. Chia sẻ"]


def test_a_portal_s_box_behind_a_tab_comes_before_a_summary() -> None:
    summary = "<p>KẾ HOẠCH</p><p>SITE Tóm tắt</p><p>1. SITE một ý</p><p>2. SITE hai ý</p>"
    found = extract(page(f"<div>{summary}</div><div style='display: none'><div id=divContentDoc>{PLAN}</div></div>"))
    check_plan(found)


def test_what_the_site_says_of_the_document() -> None:
    site = (
        "<table><tr><td><b>Số hiệu:</b></td><td>18/KH-UBND</td><td><b>Người ký</b></td><td>Lê Văn Mẫu</td></tr>"
        "<tr><td>Ngày công báo:</td><td>Đang cập nhật</td><td>Tình trạng:</td><td></td></tr></table>"
        "<div><span>Ngày có hiệu lực:</span><span>05/03/2024</span></div>"
    )
    found = extract(page(f"<div>{site}</div><div>{PLAN}</div>"))
    check_plan(found)
    assert found["metadata"]["site"] == {
        "Số hiệu": "18/KH-UBND",
        "Người ký": "Lê Văn Mẫu",
        "Ngày công báo": None,
        "Ngày có hiệu lực": "05/03/2024",
    }


def test_a_page_without_a_letterhead_gives_its_text() -> None:
    text = "<p>Hôm nay trời nắng, nông dân các xã ra đồng gieo sạ vụ lúa mới từ sáng sớm, ai cũng vui.</p>"
    found = extract(page(f"<div><a href=/>SITE</a></div><div class=x>{text * 3}</div>"))
    assert "html.document_unsure" in codes(found)
    assert found["source"]["coverage"] == 1.0
    assert extract("<p>x</p>")["source"]["format"] == "html"


def test_a_page_without_words_is_refused_in_one_line() -> None:
    from planparse.errors import InputError

    with pytest.raises(InputError, match="holds no text"):
        extract(page("<script>1</script><img src=x>"))


def test_pictures_in_the_document_are_reported() -> None:
    inside = "<img src=ban-do><img src=dem width=1 height=1><p>2."
    found = extract(page("<img src=logo>" + PLAN.replace("<p>2.", inside)))
    assert [item["values"] for item in found["diagnostics"] if item["code"] == "html.pictures"] == [{"count": 1}]


# --- hostile pages ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("tag", ["div", "table><tr><td", "b", "ul><li", "span style='display:block'", "sup", "p", "font"])
def test_deep_nesting_is_read(tag: str) -> None:
    found = extract(page(HEAD + f"<{tag}>" * 100_000 + "<p>I. MỤC TIÊU SÂU</p>"))
    assert ("plan/I", "MỤC TIÊU SÂU") in [(i.replace("~2", ""), words) for i, words in sections(found)]
    assert found["source"]["coverage"] == 1.0


def test_tables_in_tables_in_tables_take_no_time() -> None:
    for inner in ("<table><tr><td>x<td>y<table><tr><td>", "<table><tr><td>x<td>"):
        few, many = (page(HEAD + inner * count + "<p>I. MỤC TIÊU SÂU</p>") for count in (500, 2000))
        found = extract(many)
        assert found["source"]["coverage"] == 1.0
        assert "MỤC TIÊU SÂU" in str(found["parts"])
        assert calls(lambda: extract(many)) < 6 * calls(lambda: extract(few))  # noqa: B023 - called at once


@pytest.mark.parametrize(
    "body",
    [
        "<" * 200_000,
        "<p " + "a=b " * 100_000 + ">x",
        "&" * 200_000 + "&#xD800;&#0;&#99999999;",
        "<td><tr></table></td></div></body></html><p>x",
        "<!--" * 50_000,
        "<![CDATA[" * 1000,
        "\x00\x01\x02<p>\x0c\x85x",
        "<table>" + "<tr><td rowspan=99999999 colspan=99999999>a<td>b" * 300,
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><p>&b;</p>",
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p><iframe src=file:///etc/passwd></iframe>',
    ],
)
def test_broken_pages_are_read(body: str) -> None:
    for data in (HEAD + body + PLAN, page(body), body + "<html>" + PLAN):
        kind = format_of(data.encode())
        if kind is not None:
            made = kind.read(data.encode(), "p.html")
            assert "root:" not in str(made)


@pytest.mark.parametrize("seed", range(40))
def test_no_word_of_a_page_is_lost_or_said_twice(seed: int) -> None:
    rng = random.Random(seed)
    tags = "div p span b table tr td th tbody thead caption ul ol li a sup pre h2 br center form section dl dt nav".split()
    spoken = [
        "I. MỤC TIÊU {}",
        "từ {}",
        "Số: {}/KH-UBND",
        "Nơi nhận: {}",
        "1. Việc {}",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM {}",
    ]
    soup, words = [], []
    for at in range(300):
        tag = rng.choice(tags)
        soup.append(rng.choice([f"<{tag}>", f"<{tag}>", f"</{tag}>", f"<{tag} rowspan=2 href=/x class=sidebar>"]))
        if rng.random() < 0.5:
            words.append(f"w{at}w")
            soup.append(" " + rng.choice(spoken).format(words[-1]) + " ")
    made = native("".join(soup))
    text = " ".join(
        [piece.text if isinstance(piece, Paragraph) else " ".join(cell.text for row in piece.rows for cell in row)
         for piece in made.pieces] + made.before + made.after
    )  # fmt: skip
    assert sorted(word.strip("[]") for word in text.replace("/", " ").split() if word.strip("[]") in set(words)) == sorted(
        words
    )


def test_text_after_the_end_of_the_page_is_kept() -> None:
    found = extract(page(HEAD) + page(BODY + CLOSING))
    check_plan(found)


def test_a_long_line_is_read_in_linear_time() -> None:
    line = "<p>1. Trồng lúa chịu mặn ở các xã ven biển</p>"
    few, many = (page(HEAD + line * count + CLOSING).encode() for count in (5_000, 20_000))
    assert len(read(many, "p.html").pieces) > 20_000
    assert calls(lambda: read(many, "p.html")) < 6 * calls(lambda: read(few, "p.html"))


# --- the real pages -------------------------------------------------------------------------------------------------------
@needs_pages
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_real_page(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document agrees with its text, its cells with the page's own grid, and it is found without its portal's row."""
    found = extract(path.read_bytes())
    assert found["source"]["coverage"] == 1.0
    metadata = found["metadata"]
    assert metadata["number"] and metadata["issued_on"] and metadata["issuer"] and metadata["signers"]
    if metadata["site"].get("Số hiệu"):
        assert metadata["site"]["Số hiệu"] == metadata["number"]
        day, month, year = metadata["site"]["Ngày ban hành"].split("/")
        assert metadata["issued_on"] == f"{year}-{month}-{day}"
        assert metadata["site"]["Người ký"].lower() == metadata["signers"][0]["name"].lower().replace("’", "'")
    grids = page_grids(path.read_text("utf-8"))
    for block in blocks(found):
        if block["type"] == "table":
            paths, rows = [column["path"] for column in block["columns"]], [row["cells"] for row in block["rows"]]
            agree, total = max(shared_cells(grid, paths, rows) for grid in grids)
            assert agree >= 0.995 * total
    grammar = load()
    rows_of = grammar.portal
    monkeypatch.setattr(
        type(grammar), "portal", lambda self, kind, text: None if kind == "document" else rows_of(kind, text)
    )
    assert read(path.read_bytes(), "p.html").pieces == _pieces(path, rows_of, monkeypatch)


def _pieces(path: Path, rows_of: Any, monkeypatch: pytest.MonkeyPatch) -> list[Paragraph | Table]:
    monkeypatch.setattr(type(load()), "portal", lambda self, kind, text: rows_of(kind, text))
    return read(path.read_bytes(), "p.html").pieces


@needs_pages
def test_real_pages_agree_with_their_texts() -> None:
    agree = total = 0
    for path in PAGES:
        if (text := TEXTS / f"{path.stem}.txt").is_file():
            ours, theirs = outline(extract(path.read_bytes())), outline(parse_source(decode(text.read_bytes()), load()))
            for found in (ours, theirs):
                for key in [key for key in found if key[0] == "other"]:
                    del found[key]
            agree += sum((ours & theirs).values())
            total += sum((ours | theirs).values())
    assert agree >= 0.99 * total, f"{agree} of {total}"


def test_a_user_adds_a_portal_of_their_own(tmp_path: Path) -> None:
    """A row of one's own grammar tells where the document stands in a page, for the reader too."""
    page = (
        "<body><div class='loi-van'><p>Lời giới thiệu dài dòng của trang, nhắc tới Kế hoạch.</p></div>"
        "<div class='goc'><p>KẾ HOẠCH</p><p>Giữ rừng</p><p>I. MỤC TIÊU</p></div>"
        "<div class='nhac-lai'>Bài đọc nhiều nhất</div></body>"
    ).encode()
    (tmp_path / "portals.toml").write_text(
        "[[portal]]\nid = 'own'\nkind = 'document'\npattern = 'div[.]goc$'\n"
        "examples = ['div.goc']\ncounter_examples = ['div.goc-nhin']\n",
        "utf-8",
    )
    source = decode(page, "k.html", None, load(tmp_path))
    assert source.setting is not None
    assert source.text[source.setting.begin : source.setting.end].split("\n\n")[0] == "KẾ HOẠCH"
    assert "Bài đọc nhiều nhất" not in source.text[source.setting.begin : source.setting.end]


def test_the_menu_of_a_portal_cites_no_law() -> None:
    page = (
        "<body><ul><li>LUẬT DOANH NGHIỆP</li><li>Hỏi đáp Luật Dân sự</li><li>Nghị định 12/2020/NĐ-CP</li></ul>"
        "<div id='divContentDoc'><p>ỦY BAN NHÂN DÂN</p><p>TỈNH AN GIANG</p><p>Số: 5/KH-UBND</p><p>KẾ HOẠCH</p>"
        "<p>Giữ rừng</p>"
        "<p>Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;</p><p>I. MỤC TIÊU</p><p>1. Giữ rừng.</p></div></body>"
    ).encode()
    found = parse_source(decode(page, "k.html"), load())
    assert found["source"]["coverage"] == 1.0 and any(part["kind"] == "other" for part in found["parts"])
    names = [citation["number"] or citation["text"] for citation in found["citations"]]
    assert "5/KH-UBND" in names and "12/2020/NĐ-CP" in names
    assert [name for name in names if "uật" in name.lower()] == ["Luật Lâm nghiệp ngày 15 tháng 11 năm 2017"]


def test_districts_under_a_header_that_reads_like_a_unit_name_the_rows_of_a_page_too() -> None:
    header = ("TT", "Đơn vị", "Tổng diện tích quy hoạch", "Rừng phòng hộ")
    rows = [("1", "Thành phố Yên Bái", "4.630", "630"), ("2", "Thị xã Nghĩa Lộ", "4.055", "1.310")]
    rows += [("", "Tổng cộng", "8.685", "1.940")]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (header, *rows))
    document = extract(page(f"<p>KẾ HOẠCH</p><p>TRỒNG RỪNG</p><p>I. DIỆN TÍCH</p><p>1. Giữ rừng.</p><table>{cells}</table>"))
    found = next(block for block in blocks(document) if block["type"] == "table")
    assert [column["kind"] for column in found["columns"]][1] == "content"
    assert (found["rows"][-1]["kind"], found["rows"][-1]["parent"]) == ("total", None)
