"""Facts as rows: the columns of each kind of fact, in one place, with English and Vietnamese headers.

A kind of fact has two sets of columns. `page` is for reading: a value, its comparator and its unit stand in one cell
("≥ 15%"). `data` is for counting: one value a cell, numbers as numbers, codes that no spreadsheet takes for a formula
("ge", "11-30"). Either ends with the line (of a cited document on a page: all lines that cite it) and the id of the
block. A deadline that a table row sets is shown with the row's task, which its own words ("quý IV/2025") do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from planparse.text import squash
from planparse.writing.places import rows_of, task_of

Data = dict[str, Any]
Cell = str | int | float | None

KINDS = ("tasks", "targets", "funding", "citations", "deadlines")

TITLES: dict[str, dict[str, str]] = {
    "tasks": {"en": "Tasks", "vi": "Nhiệm vụ"},
    "targets": {"en": "Targets", "vi": "Chỉ tiêu"},
    "funding": {"en": "Funding", "vi": "Kinh phí"},
    "citations": {"en": "Citations", "vi": "Văn bản dẫn chiếu"},
    "deadlines": {"en": "Deadlines", "vi": "Thời hạn"},
}

# What no format shows and a terminal or a spreadsheet may obey: control characters, halves of pairs, non-characters.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SWAP = str.maketrans(",.", ".,")
_CODES = {"=": "eq", ">=": "ge", "<=": "le", ">": "gt", "<": "lt"}
_SIGNS = {"=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}
_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "increase": "increase",
        "decrease": "decrease",
        "item": "item",
        "total": "total",
        "VND": "VND",
        "yearly": "yearly",
        "half-yearly": "half-yearly",
        "quarterly": "quarterly",
        "monthly": "monthly",
        "weekly": "weekly",
        "daily": "daily",
    },
    "vi": {
        "increase": "tăng",
        "decrease": "giảm",
        "item": "khoản",
        "total": "tổng",
        "VND": "đồng",
        "yearly": "hằng năm",
        "half-yearly": "6 tháng",
        "quarterly": "hằng quý",
        "monthly": "hằng tháng",
        "weekly": "hằng tuần",
        "daily": "hằng ngày",
    },
}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LEADING = {None, "chủ trì", "thực hiện"}
_EVERY = re.compile(r"every-(\d+)-(years|months)$")
_EACH_YEAR = re.compile(r"--(\d\d)-(\d\d)$")


class Found(NamedTuple):
    """A fact, the path of the document that says it, and what the table row is about that it is read from."""

    path: str
    fact: Data
    task: str = ""


class Column(NamedTuple):
    """A column: its headers, how its cell is read from a fact in a language, whether it holds numbers, its share of a
    page's width (0 takes what it needs), and whether it is known by its end, which alone is kept where it is too wide."""

    en: str
    vi: str
    read: Callable[[Data, str], Cell]
    number: bool = False
    share: int = 0
    tail: bool = False


class Sheet(NamedTuple):
    """Rows under a header. `columns` tells for each column whether it holds numbers and its share of the width."""

    title: str
    header: list[str]
    columns: list[Column]
    rows: list[list[Cell]]


def gather(kind: str, path: str, document: Data) -> list[Found]:
    """The facts of a kind that a document states, each deadline with the task of its row."""
    facts: list[Data] = document[kind]
    if kind != "deadlines" or not facts:
        return [Found(path, fact) for fact in facts]
    places = rows_of(document)
    return [Found(path, fact, task_of(places[fact["block_id"]]) if fact["block_id"] in places else "") for fact in facts]


def clean(text: str) -> str:
    """The text without what XML forbids and what a terminal would obey; line ends and tabs stay."""
    return _UNSHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def data_sheet(kind: str, found: Sequence[Found], lang: str, *, with_file: bool = False) -> Sheet:
    """One value a cell, for spreadsheets."""
    return _sheet(kind, _DATA[kind], found, lang, with_file)


def page_sheet(kind: str, found: Sequence[Found], lang: str, *, with_file: bool = False) -> Sheet:
    """For reading: values with their units in one cell, columns that would be empty left out."""
    sheet = _sheet(kind, _PAGE[kind], found, lang, with_file)
    kept = [i for i, _ in enumerate(sheet.columns) if not sheet.rows or any(row[i] not in (None, "") for row in sheet.rows)]
    return Sheet(
        sheet.title,
        [sheet.header[i] for i in kept],
        [sheet.columns[i] for i in kept],
        [[row[i] for i in kept] for row in sheet.rows],
    )


def _sheet(kind: str, columns: tuple[Column, ...], found: Sequence[Found], lang: str, with_file: bool) -> Sheet:
    paged = [_ON_PAGE] if any("page" in item.fact["span"] for item in found) else []
    shown = [*columns, *paged, _BLOCK] if columns[-1] is _LINES else [*columns, *paged, _LINE, _BLOCK]
    header = [column.vi if lang == "vi" else column.en for column in shown]
    told = [{**item.fact, "task": item.task} if item.task else item.fact for item in found]
    rows = [[_cleaned(column.read(fact, lang)) for column in shown] for fact in told]
    if with_file:
        shown.insert(0, _FILE)
        header.insert(0, _FILE.vi if lang == "vi" else _FILE.en)
        for row, item in zip(rows, found, strict=True):
            row.insert(0, clean(item.path))
    return Sheet(TITLES[kind][lang], header, shown, rows)


def _cleaned(cell: Cell) -> Cell:
    return clean(cell) if isinstance(cell, str) else cell


# --- cells ------------------------------------------------------------------------------------------------------------
def number_text(value: int | float, lang: str) -> str:
    """A number as people write it: 13.233.000 and 0,75 in Vietnamese, 13,233,000 and 0.75 in English."""
    text = f"{Decimal(repr(plain_number(value))):,f}"
    return text.translate(_SWAP) if lang == "vi" else text


def plain_number(value: int | float) -> int | float:
    """15 for 15.0; other numbers as they are."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def amount_text(fact: Data, lang: str) -> str:
    """An amount of money with its currency: "3.802.800.000 đồng"."""
    return f"{number_text(fact['amount'], lang)} {_word(fact['currency'], lang)}"


def target_text(fact: Data, lang: str) -> str:
    """A target's value with comparator and unit: "≥ 15%", "10–15 ha", "giảm 15%"."""
    comparator = fact["comparator"]
    sign = _SIGNS[comparator] if comparator in _SIGNS else f"{_word(comparator, lang)} "
    text = number_text(fact["value"], lang)
    if fact["value_max"] is not None:
        text += f"–{number_text(fact['value_max'], lang)}"
    unit = fact["unit"] or ""
    return f"{sign}{text}{'' if unit.startswith('%') or not unit else ' '}{unit}"


def years_text(fact: Data) -> str | None:
    """A year, else a period: "2024", "2021–2025"."""
    if fact["year"] is not None:
        return str(fact["year"])
    period = fact.get("period")
    return f"{period['start'] or ''}–{period['end'] or ''}" if period else None


def date_text(fact: Data, lang: str) -> str | None:
    """A deadline's date, "2024-12-15", or its day and month where it comes back each year; else its year."""
    date: str | None = fact["date"]
    if date is None:
        return str(fact["year"]) if fact["year"] is not None else None
    if (found := _EACH_YEAR.match(date)) and 1 <= int(found[1]) <= 12:
        day, month = int(found[2]), int(found[1])
        return f"{day}/{month}" if lang == "vi" else f"{day} {_MONTHS[month - 1]}"
    return date


def deadline_text(fact: Data, lang: str) -> str:
    """What is due: the printed words, after the task of the row where they stand in another cell than it."""
    text: str = fact["text"]
    task: str = fact.get("task", "")
    if not task or squash(text) in task:
        return text
    return f"{task.rstrip(' .;:,')}: {text}"


def _day(fact: Data, lang: str) -> Cell:
    """A deadline's date without the dashes that stand for a year or month not named: "11-30", "25"."""
    return None if fact["date"] is None else fact["date"].lstrip("-")


def _comparator(fact: Data, lang: str) -> Cell:
    return comparator_code(fact["comparator"])


def recurrence_text(fact: Data, lang: str) -> str | None:
    """How often: "yearly", "hằng năm"; "every 2 years", "2 năm một lần"."""
    code: str | None = fact["recurrence"]
    if code and (found := _EVERY.match(code)):
        return f"{found[1]} {'năm' if found[2] == 'years' else 'tháng'} một lần" if lang == "vi" else code.replace("-", " ")
    return _word(code, lang)


def comparator_code(comparator: str) -> str:
    """A comparator as a word that no spreadsheet takes for a formula: "eq" for "=", "ge" for ">="."""
    return _CODES.get(comparator, comparator)


def agencies_text(agencies: list[Data]) -> str | None:
    """Names as printed: "Sở Tài chính; UBND các huyện"."""
    return "; ".join(agency["name"] for agency in agencies) or None


def _number_text(fact: Data, lang: str) -> Cell:
    """A cited document's number; where it has none and its subject does not name it (a law), its words."""
    return fact["number"] or (None if fact["subject"] else fact["text"])


def _lead_text(fact: Data, lang: str) -> Cell:
    """Who leads; with the verb where it says something else than that they do ("Sở Y tế (phối hợp)")."""
    names = agencies_text(fact["lead"])
    return names if fact["role"] in _LEADING else f"{names or '–'} ({fact['role']})"


def _canonical(agencies: list[Data]) -> str | None:
    return "; ".join(agency["canonical"] or agency["name"] for agency in agencies) or None


def _word(code: str | None, lang: str) -> str | None:
    return code if code is None else _WORDS[lang].get(code, code)


def _field(key: str) -> Callable[[Data, str], Cell]:
    return lambda fact, lang: fact[key]


def _said(key: str) -> Callable[[Data, str], Cell]:
    return lambda fact, lang: _word(fact[key], lang)


def _number_of(key: str) -> Callable[[Data, str], Cell]:
    return lambda fact, lang: None if fact[key] is None else plain_number(fact[key])


def _of_period(key: str) -> Callable[[Data, str], Cell]:
    return lambda fact, lang: fact["period"][key] if fact["period"] else None


def _mention_lines(fact: Data, lang: str) -> Cell:
    return ", ".join(str(line) for line in dict.fromkeys(mention["first_line"] for mention in fact["mentions"]))


_FILE = Column("File", "Tệp", lambda fact, lang: None, share=2, tail=True)
_LINE = Column("Line", "Dòng", lambda fact, lang: fact["span"]["first_line"], number=True)
_ON_PAGE = Column("Page", "Trang", lambda fact, lang: fact["span"].get("page"), number=True)
_LINES = Column("Lines", "Các dòng", _mention_lines, share=2)
_ALL_LINES = Column("All lines", "Tại các dòng", _mention_lines, share=2)
_BLOCK = Column("Block", "Khối", lambda fact, lang: fact["block_id"], share=2, tail=True)

_PAGE: dict[str, tuple[Column, ...]] = {
    "tasks": (
        Column("Task", "Nhiệm vụ", _field("text"), share=5),
        Column("Lead", "Chủ trì", _lead_text, share=3),
        Column("Support", "Phối hợp", lambda fact, lang: agencies_text(fact["supporting"]), share=3),
        Column("Time", "Thời gian", _field("time"), share=2),
        Column("Paid from", "Nguồn kinh phí", _field("funding_source"), share=2),
        Column("Product", "Sản phẩm", _field("product"), share=3),
    ),
    "targets": (
        Column("Indicator", "Chỉ tiêu", lambda fact, lang: fact["indicator"] or fact["text"], share=4),
        Column("Target", "Mức", target_text, share=2),
        Column("Year", "Năm", _field("year"), number=True),
        Column("Against", "So với", _field("baseline_year"), number=True),
    ),
    "funding": (
        Column("For", "Nội dung", _field("label"), share=4),
        Column("Amount", "Số tiền", amount_text, number=True),
        Column("Years", "Năm", lambda fact, lang: years_text(fact)),
        Column("Source", "Nguồn", _field("source_of_money"), share=2),
        Column("Column", "Cột", _field("column"), share=2),
        Column("Kind", "Loại", _said("kind")),
    ),
    "citations": (
        Column("Type", "Loại", _field("type"), share=2),
        Column("Number", "Số, ký hiệu", _number_text, share=3),
        Column("Date", "Ngày", _field("date")),
        Column("Issuer", "Cơ quan ban hành", _field("issuer"), share=2),
        Column("Subject", "Trích yếu", _field("subject"), share=4),
        _LINES,
    ),
    "deadlines": (
        Column("What", "Nội dung", deadline_text, share=5),
        Column("Date", "Hạn", date_text, share=2),
        Column("Repeats", "Định kỳ", recurrence_text, share=2),
    ),
}

_DATA: dict[str, tuple[Column, ...]] = {
    "tasks": (
        Column("Task", "Nhiệm vụ", _field("text"), share=5),
        Column("Role", "Vai trò", _field("role")),
        Column("Lead", "Chủ trì", lambda fact, lang: agencies_text(fact["lead"]), share=3),
        Column("Lead, usual name", "Chủ trì (tên chuẩn)", lambda fact, lang: _canonical(fact["lead"]), share=3),
        Column("Support", "Phối hợp", lambda fact, lang: agencies_text(fact["supporting"]), share=3),
        Column("Support, usual name", "Phối hợp (tên chuẩn)", lambda fact, lang: _canonical(fact["supporting"]), share=3),
        Column("Time", "Thời gian", _field("time"), share=2),
        Column("Paid from", "Nguồn kinh phí", _field("funding_source"), share=2),
        Column("Product", "Sản phẩm", _field("product"), share=3),
    ),
    "targets": (
        Column("Text", "Nguyên văn", _field("text"), share=5),
        Column("Indicator", "Chỉ tiêu", _field("indicator"), share=4),
        Column("Comparator", "So sánh", _comparator),
        Column("Value", "Giá trị", _number_of("value"), number=True),
        Column("Up to", "Đến", _number_of("value_max"), number=True),
        Column("Unit", "Đơn vị", _field("unit")),
        Column("Year", "Năm", _field("year"), number=True),
        Column("Base year", "Năm gốc", _field("baseline_year"), number=True),
    ),
    "funding": (
        Column("For", "Nội dung", _field("label"), share=5),
        Column("Amount", "Số tiền", _field("amount"), number=True),
        Column("Currency", "Tiền tệ", _field("currency")),
        Column("Year", "Năm", _field("year"), number=True),
        Column("From year", "Từ năm", _of_period("start"), number=True),
        Column("To year", "Đến năm", _of_period("end"), number=True),
        Column("Source", "Nguồn", _field("source_of_money"), share=2),
        Column("Column", "Cột", _field("column"), share=2),
        Column("Kind", "Loại", _field("kind")),
    ),
    "citations": (
        Column("Text", "Nguyên văn", _field("text"), share=4),
        Column("Type", "Loại", _field("type"), share=2),
        Column("Number", "Số, ký hiệu", _field("number"), share=2),
        Column("Date", "Ngày", _field("date")),
        Column("Issuer", "Cơ quan ban hành", _field("issuer"), share=3),
        Column("Subject", "Trích yếu", _field("subject"), share=5),
        Column("Mentions", "Số lần", lambda fact, lang: len(fact["mentions"]), number=True),
        _ALL_LINES,
    ),
    "deadlines": (
        Column("What", "Nội dung", deadline_text, share=5),
        Column("Date", "Ngày", _day),
        Column("Repeats", "Định kỳ", _field("recurrence")),
        Column("Year", "Năm", _field("year"), number=True),
    ),
}
