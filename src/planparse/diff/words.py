"""The words that the reports of a comparison add to the documents' own, and the small shapes that all of them share."""

from __future__ import annotations

from typing import Any

from planparse.diff.families import STATUSES
from planparse.writing.sheets import amount_text, number_text, target_text

Data = dict[str, Any]

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "versions": "Two versions of one document",
        "plans": "Plans of two issuers",
        "left": "Left",
        "right": "Right",
        "document": "document",
        "same": "same",
        "changed": "changed",
        "moved": "moved",
        "split": "split",
        "joined": "joined",
        "only_left": "only left",
        "only_right": "only right",
        "renumbered": "renumbered",
        "renumbered_sections": "Renumbered, else unchanged or as listed: {count}.",
        "summary": "Summary",
        "metadata": "Metadata",
        "sections": "Sections and rows",
        "targets": "Targets",
        "tasks": "Tasks",
        "agencies": "Agencies",
        "funding": "Funding",
        "citations": "Citations",
        "nothing": "No difference.",
        "apart": "The two documents have nothing in common: none of the {left} sections, rows, targets, tasks and citations"
        " on the left is like one of the {right} on the right.",
        "status": "Status",
        "field": "Field",
        "higher_left": "left is more ambitious",
        "higher_right": "right is more ambitious",
        "leads": "leads",
        "supports": "supports",
        "agency": "Agency",
        "total": "All items",
        "by_year": "By year",
        "by_agency": "By agency in the lead",
        "no_key": "none named",
        "nobody": "nobody",
        "text": "text",
        "lead": "lead",
        "supporting": "support",
        "time": "time",
        "product": "product",
        "funding_source": "paid from",
        "empty": "–",
        "contents": "Contents",
        "many": "Plans side by side",
        "leads_of": "Agencies: tasks led",
        "by_source": "By source of money",
        "stated": "Largest total stated",
        "unled": "no one named to lead",
        "missing": "– not stated",
        "best_means": "the most ambitious of those of one unit and year",
        "best": "▲",
        "in_all": "in all documents",
        "in_some": "in several",
        "in_one": "in one",
        "many_apart": "The documents have nothing in common: no target and no agency of one is found in another.",
        "nothing_found": "The documents set no targets, name no agencies in the lead and no money.",
        "kind": "Table",
        "name": "Row",
        "measure": "Measure",
    },
    "vi": {
        "versions": "Hai bản của một văn bản",
        "plans": "Kế hoạch của hai cơ quan",
        "left": "Bên trái",
        "right": "Bên phải",
        "document": "văn bản",
        "same": "giống",
        "changed": "thay đổi",
        "moved": "chuyển chỗ",
        "split": "tách ra",
        "joined": "gộp lại",
        "only_left": "chỉ bên trái",
        "only_right": "chỉ bên phải",
        "renumbered": "đổi số",
        "renumbered_sections": "Đổi số thứ tự, nội dung không đổi hoặc như đã nêu: {count}.",
        "summary": "Tóm tắt",
        "metadata": "Thông tin văn bản",
        "sections": "Đề mục và dòng bảng",
        "targets": "Chỉ tiêu",
        "tasks": "Nhiệm vụ",
        "agencies": "Cơ quan",
        "funding": "Kinh phí",
        "citations": "Văn bản dẫn chiếu",
        "nothing": "Không có khác biệt.",
        "apart": "Hai văn bản không có điểm chung: không mục nào trong {left} đề mục, dòng bảng, chỉ tiêu, nhiệm vụ, dẫn"
        " chiếu bên trái giống một mục trong {right} mục bên phải.",
        "status": "Kết quả",
        "field": "Mục",
        "higher_left": "bên trái đặt mức cao hơn",
        "higher_right": "bên phải đặt mức cao hơn",
        "leads": "chủ trì",
        "supports": "phối hợp",
        "agency": "Cơ quan",
        "total": "Cộng các khoản",
        "by_year": "Theo năm",
        "by_agency": "Theo cơ quan chủ trì",
        "no_key": "không nêu",
        "nobody": "không nêu cơ quan",
        "text": "nội dung",
        "lead": "chủ trì",
        "supporting": "phối hợp",
        "time": "thời gian",
        "product": "sản phẩm",
        "funding_source": "nguồn kinh phí",
        "empty": "–",
        "contents": "Mục lục",
        "many": "Các kế hoạch đặt cạnh nhau",
        "leads_of": "Cơ quan: số nhiệm vụ chủ trì",
        "by_source": "Theo nguồn kinh phí",
        "stated": "Tổng số lớn nhất đã nêu",
        "unled": "không nêu cơ quan chủ trì",
        "missing": "– không nêu",
        "best_means": "mức cao nhất trong các mức cùng đơn vị, cùng năm",
        "best": "▲",
        "in_all": "có ở mọi văn bản",
        "in_some": "có ở nhiều văn bản",
        "in_one": "chỉ ở một văn bản",
        "many_apart": "Các văn bản không có điểm chung: không chỉ tiêu, cơ quan nào của văn bản này có ở văn bản khác.",
        "nothing_found": "Các văn bản không nêu chỉ tiêu, cơ quan chủ trì và kinh phí.",
        "kind": "Bảng",
        "name": "Dòng",
        "measure": "Số đo",
    },
}


def name_of(side: Data, words: dict[str, str]) -> str:
    """A document in one line: type and number, issuer, date, path."""
    title = " ".join(piece for piece in (side["type_name"], side["number"]) if piece) or words["document"]
    return ", ".join(piece for piece in (title, side["issuer"], side["issued_on"], side["path"]) if piece)


def places(entry: Data) -> str:
    """Where an entry stands: "plan/II/1", or "plan/II/1 → plan/III/1" where the ids differ."""
    return " → ".join(dict.fromkeys(piece for side in ("left", "right") if (piece := place_of(entry, side))))


def place_of(entry: Data, side: str) -> str:
    """Where a side of an entry stands, with the blocks that its text runs on in: "plan/II/1, plan/II/2"."""
    return ", ".join([entry[side], *entry[f"{side}_also"]] if entry[side] else [])


def shown_statuses(summary: Data) -> list[str]:
    """The statuses that a report has columns for: sections are rarely split or joined."""
    return [status for status in STATUSES if status not in {"split", "joined"} or summary["sections"][status]]


def target_side(fact: Data | None, lang: str) -> str:
    """A target's value with its year: "≥ 15% (2030)"."""
    if fact is None:
        return WORDS[lang]["empty"]
    return target_text(fact, lang) + (f" ({fact['year']})" if fact["year"] else "")


def target_name(entry: Data) -> str:
    """The indicator, as the left document words it where both have it."""
    fact = entry["left"] or entry["right"]
    return str(fact["indicator"] or fact["text"])


def ambition(entry: Data, words: dict[str, str]) -> str:
    """Which side is more ambitious, where it can be told."""
    return words[f"higher_{entry['more_ambitious']}"] if entry["more_ambitious"] in {"left", "right"} else ""


def money_side(fact: Data | None, lang: str) -> str:
    """An amount with its currency."""
    return WORDS[lang]["empty"] if fact is None else amount_text(fact, lang)


def sum_text(row: Data, side: str, lang: str) -> str:
    """A sum with its currency; a dash for none."""
    return amount_text({"amount": row[side], "currency": row["currency"]}, lang) if row[side] else WORDS[lang]["empty"]


def sum_rows(funding: Data, words: dict[str, str]) -> list[tuple[str, Data]]:
    """The sums of money with their names: all items, by year, by the agency that leads the work."""
    return [
        (words["total"] if family == "totals" else f"{words[family]}: {row['key'] or words['no_key']}", row)
        for family in ("totals", "by_year", "by_agency")
        for row in funding[family]
    ]


def money_name(entry: Data) -> str:
    """What an amount pays for, with its year."""
    fact = entry["left"] or entry["right"]
    years = fact["year"] or (f"{fact['period']['start'] or ''}–{fact['period']['end'] or ''}" if fact["period"] else "")
    return ", ".join(str(piece) for piece in (fact["label"], years) if piece) or "–"


def citation_name(entry: Data) -> str:
    """A cited document: type and number, else its words."""
    fact = entry["left"] or entry["right"]
    return " ".join(piece for piece in (fact["type"], fact["number"]) if piece) if fact["number"] else str(fact["text"])


def stat_line(comparison: Data, lang: str) -> str:
    """The comparison in one line: "sections and rows: 3 changed, 1 moved; targets: 1 changed"."""
    words = WORDS[lang]
    summary = comparison["summary"]
    if not summary["different"]:
        return words["nothing"]
    found = []
    for family in ("metadata", "sections", "targets", "tasks", "agencies", "funding", "citations"):
        counts = [f"{number_text(n, lang)} {words[s]}" for s in STATUSES if s != "same" and (n := summary[family][s])]
        if family == "sections" and summary["renumbered"]:
            counts.append(f"{summary['renumbered']} {words['renumbered']}")
        if counts:
            found.append(f"{words[family].lower()}: {', '.join(counts)}")
    return "; ".join(found)


def apart_line(comparison: Data, lang: str) -> str:
    """What is said of two documents that have nothing in common."""
    summary = comparison["summary"]
    counted = [summary[family] for family in ("sections", "targets", "tasks", "citations")]
    return WORDS[lang]["apart"].format(
        left=number_text(sum(counts["only_left"] for counts in counted), lang),
        right=number_text(sum(counts["only_right"] for counts in counted), lang),
    )
