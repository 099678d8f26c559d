"""Cited documents: one entry for each, with every place that cites it."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from planparse.facts.abbreviations import long_forms
from planparse.facts.citation_mentions import Home, Mention, read_mentions
from planparse.facts.listed_bases import listed_bases
from planparse.facts.passages import Passage, Passages
from planparse.grammar.grammar import Grammar
from planparse.late import late
from planparse.text import fold_tones, holds_any, squash

Data = dict[str, Any]

_INNER_YEAR = late(r"\d/(\d{4})/")
#: Types whose name is the subject.
_LAWS = frozenset(("Luật", "Bộ luật"))
#: Formats in which boilerplate is what a hosting site says.
_WITH_SITE = frozenset(("txt", "html"))
_SPACES = late(r"\s+")


def read_citations(document: Data, passages: Passages, grammar: Grammar) -> list[Data]:
    """The documents that a document cites, in the order in which it first cites them.

    The number of the document itself is an entry too, with the type, date and issuer of the metadata. What only the
    hosting site lists (blocks of type boilerplate) is an entry at its place there; where the text cites a document
    too, only its own places count. A law that a site names without a date is a heading of its menu ("LUẬT DOANH NGHIỆP"),
    and what runs around the pages of a file (the official gazette's header) cites nothing.
    """
    metadata = document["metadata"]
    home = Home(metadata["issuer"], metadata["province"])
    site = Home(None, None, is_site=True)
    shelf = _Shelf(grammar)
    signs = grammar.signs("document_number") + grammar.signs("law")
    framed = document["source"]["format"] not in _WITH_SITE
    for passage in passages:
        text = passage.text
        if passage.kind == "boilerplate" and framed:
            continue
        if not holds_any(text, signs):
            continue
        at_site = passage.kind == "boilerplate"
        basis = at_site or passage.kind == "legal_basis" or bool(grammar.says("legal_basis", text))
        for mention in read_mentions(text, grammar, site if at_site else home, basis=basis, folded=passage.folded):
            if at_site and mention.number is None and mention.date is None:
                continue
            shelf.put(passage, _own(mention, metadata) if mention.number == metadata["number"] else mention)
    found = [_merge(entry) for entry in shelf.entries]
    found.sort(key=lambda entry: entry["span"]["start"])
    for index, entry in enumerate(found, 1):
        entry["id"] = f"citation-{index}"
    return found


def _own(mention: Mention, metadata: Data) -> Mention:
    """A mention of the document's own number without a date: type, date and issuer are the document's."""
    if mention.number is None or mention.date is not None or metadata["issued_on"] is None:
        return mention
    return mention._replace(
        type=metadata["type_name"] or mention.type,
        date=metadata["issued_on"],
        year=int(metadata["issued_on"][:4]),
        issuer=metadata["issuer"] or mention.issuer,
    )


def link_legal_bases(document: Data, grammar: Grammar) -> None:
    """Name, for each legal basis of the metadata, the citations that are the basis: not those in the subject of
    another ("Kết luận số … về việc thực hiện Nghị quyết số …" is one basis), nor those of the proposal or the act that
    ends its sentence ("…; xét đề nghị của Sở Y tế tại Tờ trình số …"). A plan that begins with none may list them in a
    section; what cites nothing there is none."""
    metadata = document["metadata"]
    mentions = [(mention["start"], citation) for citation in document["citations"] for mention in citation["mentions"]]
    mentions.sort(key=lambda mention: mention[0])
    starts = [start for start, _ in mentions]
    spans = [basis["span"] for basis in metadata["legal_bases"]]
    begun = any(bisect_left(starts, span["start"]) < bisect_left(starts, span["end"]) for span in spans)
    listed = [] if begun else listed_bases(document, grammar)
    for basis in (*metadata["legal_bases"], *listed):
        span = basis["span"]
        end = grammar.found("basis_end", fold_tones(basis["text"]))
        own = _solid(basis["text"][: end.start()]) if end else None
        kept: dict[str, Data] = {}
        for _, citation in mentions[bisect_left(starts, span["start"]) : bisect_left(starts, span["end"])]:
            if own is not None and citation["number"] and citation["number"] not in own:
                continue
            if citation["id"] not in kept and not any(_speaks_of(other, citation) for other in kept.values()):
                kept[citation["id"]] = citation
        basis["citation_ids"] = list(kept)
    metadata["legal_bases"] += [basis for basis in listed if basis["citation_ids"]]


def _speaks_of(citation: Data, other: Data) -> bool:
    """Whether the subject of a citation names another document."""
    subject = citation["subject"]
    if not subject or citation["type"] in _LAWS:
        return False
    if other["number"] is not None:
        return other["number"] in _solid(subject)
    return other["subject"] is not None and other["subject"] in subject


def _solid(text: str) -> str:
    """A text as numbers are written: without spaces, and with short dashes."""
    return _SPACES.sub("", text).replace("–", "-")


class _Shelf:
    """Mentions gathered by the document that they mean."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self.entries: list[list[tuple[Passage, Mention]]] = []
        self._years: list[int | None] = []
        self._by_key: dict[str, list[int]] = {}

    def put(self, passage: Passage, mention: Mention) -> None:
        """Lay a mention to those of the same document: the same number (or law) with no other year."""
        keys = [
            key
            for key in (mention.number and mention.number.upper(), mention.name and _law_key(mention.name, self._grammar))
            if key
        ]
        place = next((at for key in keys for at in reversed(self._by_key.get(key, [])) if self._fits(at, mention)), None)
        if place is None:
            place = len(self.entries)
            self.entries.append([])
            self._years.append(None)
        self.entries[place].append((passage, mention))
        self._years[place] = self._years[place] or mention.year
        for key in keys:
            known = self._by_key.setdefault(key, [])
            if place not in known:
                known.append(place)

    def _fits(self, place: int, mention: Mention) -> bool:
        """Whether a mention names no other year than those before: numbers begin anew each year, unless they hold it."""
        if mention.number and _INNER_YEAR.search(mention.number):
            return True
        return mention.year is None or self._years[place] in (None, mention.year)


def _law_key(name: str, grammar: Grammar) -> str:
    """The name of a law, its abbreviations written out ("Luật BVMT" is "Luật Bảo vệ môi trường")."""
    known = long_forms(grammar)
    return fold_tones(" ".join(known.get(word, word) for word in name.split())).lower()


def _merge(entry: list[tuple[Passage, Mention]]) -> Data:
    """One citation from its mentions: each field from the first mention that has it."""
    own = [item for item in entry if item[0].kind != "boilerplate"] or entry
    passage, first = own[0]
    spans = [place.locate(mention.start, mention.end) for place, mention in own]
    mentions = [mention for _, mention in own] + [mention for _, mention in entry]
    bases = [mention for place, mention in own if place.kind == "legal_basis"]
    return {
        "id": "",
        "block_id": passage.block_id,
        "span": spans[0],
        "text": squash(passage.text[first.start : first.end]),
        "type": next((mention.type for mention in mentions if mention.type), None),
        "number": _usual_case([mention.number for mention in mentions if mention.number]),
        "date": next((mention.date for mention in mentions if mention.date), None),
        "issuer": next((mention.issuer for mention in mentions if mention.issuer), None),
        "subject": _usual_case([mention.subject for mention in bases + mentions if mention.subject]),
        "mentions": spans,
    }


def _usual_case(printed: list[str]) -> str | None:
    """The first of several spellings that stands outside a title in capitals, else the first."""
    return next((text for text in printed if not text.isupper()), printed[0] if printed else None)
