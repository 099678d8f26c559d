"""The bytes of a page: whether they are HTML at all, and in which encoding the text is."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from planparse.reading.native import Note

#: How much of a page is searched for its declared charset, and for its first tag.
_HEAD = 4096
#: A page may begin with remarks and declarations before its first tag.
_REMARKS = re.compile(r"(?:\s|<!--.*?-->|<\?[^>]*>)*", re.S)
_FIRST_TAG = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|meta|title|link|base|style|script|body|div|section|article|main|header|nav|form"
    r"|table|center|span|font|p|h[1-6]|b|i|strong|em|u|ol|ul|pre|a|br|hr|img)(?=[\s>/]))",
    re.I,
)
#: Further down, after what a program or a server printed first: only what begins a page.
_PAGE_BEGINS = re.compile(r"^\s*<(?:!doctype\s+html|html)[\s>]", re.I | re.M)
#: A page saved as one file with its pictures (MHTML) is a mail that holds it. A line fits in one way only, so that a head
#: that is no mail's is not tried in all the ways in which its lines could be parted.
_ARCHIVE = re.compile(r"(?:[A-Za-z-]+: [^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,20}?MIME-Version:", re.I)
_DECLARED = re.compile(rb"""<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_DECLARED_XML = re.compile(rb"""^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{2,40})""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
#: What a browser takes pages for that call themselves Latin-1; the bytes 80 to 9F are printed characters there.
_BROWSER = {"iso8859-1": "cp1252", "ascii": "cp1252"}
#: The charsets of the web, by Python's names: not "punycode", whose decoding has no bound.
_WEB = re.compile(r"(?:utf-8|ascii|cp\d+|iso8859-\d+|koi8-[ru]|gb\w+|big5\w*|shift_jis\w*|euc_\w+|mac-\w+)$")
#: Bytes beyond ASCII that stand alone, per well-formed UTF-8 character, in a page that is UTF-8 with a few broken ones.
_BROKEN_SHARE = 0.05


class Page(NamedTuple):
    """The text of a page as UTF-8 bytes, the encoding that it had, and what was odd about it."""

    data: bytes
    encoding: str
    notes: list[Note]


def is_html(data: bytes) -> bool:
    """Whether the content of a file is HTML: it begins with a tag, or a page begins on one of its first lines."""
    head = _text_of(data[: _HEAD + 4]).lstrip("\ufeff\x00 \t\r\n")
    after = _REMARKS.match(head)
    if _FIRST_TAG.match(head, after.end() if after else 0) or _PAGE_BEGINS.search(head):
        return True
    return _ARCHIVE.match(head) is not None and re.search("multipart/related|text/html", head) is not None


def _text_of(head: bytes) -> str:
    """The first bytes of a file, to look for tags in: these are ASCII in every encoding but UTF-16."""
    if (wide := _utf16_of(head)) is not None:
        return head[: len(head) // 2 * 2].decode(wide, "replace")
    return head.decode("latin-1").removeprefix("\xef\xbb\xbf")


def _utf16_of(head: bytes) -> str | None:
    """The UTF-16 of a page, with its mark or without: a tag's letters have a zero byte each."""
    for mark, encoding, _ in _MARKS[1:]:
        if head.startswith(mark):
            return encoding
    for tag, encoding in ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):
        at = head.find(tag)
        zero = 1 if encoding == "utf-16-le" else 0
        if 0 <= at < 200 and at % 2 == 0 and head[at + zero : at + 40 : 2].count(0) > 14:
            return encoding
    return None


def read_page(data: bytes) -> Page:
    """The text of a page. Its mark decides, then its bytes where they are UTF-8, then the charset that the archive around it
    states or that it declares: a saved page often declares what it was before it was saved."""
    data, stated = _unpacked(data)
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, name)
    if (wide := _utf16_of(data[:_HEAD])) is not None:
        return _decoded(data, wide, wide)
    declared = stated or _declared(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, declared)
    notes = []
    if declared and not text.isascii() and _normal(declared) not in {"utf-8", None}:
        notes.append(Note("html.charset", {"declared": declared, "found": "utf-8"}))
    return Page(_unmarked(data), "utf-8", notes)


def _unpacked(data: bytes) -> tuple[bytes, str | None]:
    """The page in an archive of one file, and the charset that the archive states of it; anything else as it is."""
    if not _ARCHIVE.match(data[:_HEAD].decode("latin-1").lstrip()):
        return data, None
    from email import message_from_bytes  # no other page needs it

    for part in message_from_bytes(data.lstrip()).walk():
        if part.get_content_type() == "text/html" and isinstance(page := part.get_payload(decode=True), bytes):
            return page, part.get_content_charset()
    return data, None


def _decoded(data: bytes, encoding: str, name: str) -> Page:
    """A page whose encoding is sure; characters that are broken nevertheless are U+FFFD, which is reported of any text."""
    even = data if encoding == "utf-8" else data[: len(data) // 2 * 2]
    return Page(_unmarked(even.decode(encoding, "replace").encode("utf-8", "replace")), name, [])


def _not_utf8(data: bytes, declared: str | None) -> Page:
    """A page whose bytes are not UTF-8: as declared, or UTF-8 with broken places, or what Windows writes for
    Vietnamese."""
    broken = data.decode("utf-8", "replace")
    lost = broken.count("\ufffd")
    whole = sum(broken.count(letter) for letter in "àáạảãâầấậẩăđêệếểôốộồơớờởưứừửịĐ")
    if lost <= whole * _BROKEN_SHARE:
        return Page(_unmarked(broken.encode("utf-8")), "utf-8", [])
    name = _normal(declared) if declared else None
    if name in {None, "utf-8"}:
        notes = [Note("html.charset", {"declared": declared, "found": "windows-1258"})] if declared else []
        return Page(_unmarked(data.decode("cp1258", "replace").encode("utf-8")), "windows-1258", notes)
    text = data.decode(_BROWSER.get(str(name), str(name)), "replace")
    return Page(_unmarked(text.encode("utf-8", "replace")), str(declared).lower(), [])


def _unmarked(data: bytes) -> bytes:
    """Without the zero bytes that would end the text for a parser written in C."""
    return data.replace(b"\x00", b"") if b"\x00" in data else data


def _declared(data: bytes) -> str | None:
    """The charset that a page declares, as it spells it."""
    head = data[: _HEAD * 4]
    found = _DECLARED.search(head) or _DECLARED_XML.match(head)
    return found[1].decode("ascii", "replace") if found else None


def _normal(charset: str) -> str | None:
    """Python's name of a charset that pages are written in, or None for any other. A page cannot declare UTF-16: its
    declaration could not be read."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    return name if _WEB.match(name) else None
