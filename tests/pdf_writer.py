"""A small writer of PDF files for the tests: words at places, lines, pictures, in a font whose letters are half as wide as
they are high. No glyphs are embedded: what is tested is the reading of text, and a text layer names its letters itself."""

from __future__ import annotations

import hashlib
import zlib

A4 = (595.0, 842.0)
#: The width of every letter, in sizes.
WIDTH = 0.5


class Page:
    """A page under work: the operators that draw it."""

    def __init__(self, size: tuple[float, float] = A4, rotate: int = 0) -> None:
        self.size = size
        self.rotate = rotate
        self.operators: list[str] = []

    def text(self, x: float, y: float, words: str, size: float = 12.0, *, turned: bool = False) -> None:
        """Words with their baseline's left end at a place; `turned`: running upwards."""
        matrix = f"0 1 -1 0 {x} {y}" if turned else f"1 0 0 1 {x} {y}"
        self.operators.append(f"BT /F1 {size} Tf {matrix} Tm <{words.encode('utf-16-be').hex()}> Tj ET")

    def middle(self, y: float, words: str, size: float = 12.0, at: float | None = None) -> None:
        """Words set in the middle of the page, or about a place."""
        place = self.size[0] / 2 if at is None else at
        self.text(place - len(words) * size * WIDTH / 2, y, words, size)

    def lines(
        self, x: float, y: float, lines: list[str], size: float = 12.0, leading: float = 16.0, indent: float = 0.0
    ) -> float:
        """Lines one under the other, the first one indented; the baseline after the last."""
        for number, line in enumerate(lines):
            self.text(x + (indent if not number else 0.0), y, line, size)
            y -= leading
        return y

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A straight line."""
        self.operators.append(f"0.5 w {x0} {y0} m {x1} {y1} l S")

    def grid(self, xs: list[float], ys: list[float], without: set[tuple[str, int, int]] | None = None) -> None:
        """The rules of a table: edges of columns from the left, of rows from the top. `without`: pieces left out, as ("h",
        row edge, column) or ("v", row, column edge)."""
        gone = without or set()
        for edge, y in enumerate(ys):
            for column in range(len(xs) - 1):
                if ("h", edge, column) not in gone:
                    self.rule(xs[column], y, xs[column + 1], y)
        for edge, x in enumerate(xs):
            for row in range(len(ys) - 1):
                if ("v", row, edge) not in gone:
                    self.rule(x, ys[row], x, ys[row + 1])

    def picture(self) -> None:
        """A grey picture over the whole page."""
        self.operators.append(f"q {self.size[0]} 0 0 {self.size[1]} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")


def wrapped(text: str, width: float, size: float = 12.0, indent: float = 0.0) -> list[str]:
    """The lines of a paragraph of a width, as a word processor wraps them; its first line begins further in."""
    lines: list[str] = []
    room = width - indent
    for word in text.split():
        if lines and (len(lines[-1]) + 1 + len(word)) * size * WIDTH <= room:
            lines[-1] += f" {word}"
        else:
            room = width - indent if not lines else width
            lines.append(word)
    return lines


def write_pdf(pages: list[Page], *, password: str | None = None) -> bytes:
    """The bytes of a PDF file; with a password, encrypted (RC4, 40 bits)."""
    objects: list[bytes] = [b"", b"", _FONT, _DESCENDANT, _DESCRIPTOR, _stream(_TO_UNICODE.encode("ascii"))]
    kids = []
    for page in pages:
        width, height = page.size
        contents = len(objects) + 2
        kids.append(f"{contents - 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Rotate {page.rotate} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {contents} 0 R >>".encode("ascii")
        )
        objects.append(_stream("\n".join(page.operators).encode("latin-1")))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>".encode("ascii")
    return assemble(objects, password)


def assemble(objects: list[bytes], password: str | None = None) -> bytes:
    """Objects 1, 2 … as a file; the first one is the catalog."""
    trailer = b"/Root 1 0 R"
    key = None
    if password is not None:
        key, entry = _encryption(password)
        objects = [*objects, entry]
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{_ID.hex()}> <{_ID.hex()}>]".encode("ascii")
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        if key is not None and number < len(objects):
            content = _encrypted(content, key, number)
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream"


_FONT = b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
_DESCENDANT = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
    b"/Supplement 0 >> /FontDescriptor 5 0 R /DW 500 >>"
)
_DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 -200 500 800] /ItalicAngle 0 /Ascent 800 "
    b"/Descent -200 /CapHeight 700 /StemV 80 >>"
)
_TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Own def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    + "".join(
        "64 beginbfrange\n"
        + "".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>\n" for high in range(part * 64, part * 64 + 64))
        + "endbfrange\n"
        for part in range(4)
    )
    + "endcmap\nend\nend"
)

# --- encryption: the standard handler, revision 2 (PDF 32000-1, 7.6.3) ------------------------------------------
_ID = b"0123456789abcdef"
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _encryption(password: str) -> tuple[bytes, bytes]:
    padded = (password.encode("latin-1") + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (0xFFFFFFFC).to_bytes(4, "little") + _ID).digest()[:5]
    user = _rc4(key, _PADDING)
    return key, (f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -4 >>").encode("ascii")


def _encrypted(content: bytes, key: bytes, number: int) -> bytes:
    head, mark, rest = content.partition(b"stream\n")
    if not mark:
        return content
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
    body = rest.removesuffix(b"\nendstream")
    return head + mark + _rc4(own, body) + b"\nendstream"


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
