"""The signs of symbol fonts, which Word keeps as codes of the font: "·" in Symbol is a bullet."""

from __future__ import annotations

import re

#: Word moves the codes of symbol fonts to U+F000–F0FF, a range without letters of its own.
PRIVATE = re.compile("[\uf000-\uf0ff]")
#: What stands for a bullet whose sign is not known.
BULLET = "•"

_UPPER_HALF = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\u23d0\u23af↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_LOWER_HALF = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\u203eαβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL = dict(enumerate(_LOWER_HALF, 0x20)) | dict(enumerate(_UPPER_HALF, 0xA0))
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑",
    0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: "☒", 0x9E: "·", 0x9F: "•", 0xA1: "○",
    0xA2: "○", 0xA3: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS |= dict(enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", 0x80))
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "•", 0xA3: "□", 0xAE: "◆"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def sign(code: int, font: str | None) -> str | None:
    """The character that a code, of the font or moved to U+F000, shows in a symbol font; None where it is not known.

    A sign of no known font is taken as one of Symbol, which is the font that Word falls back to.
    """
    return _FONTS.get((font or "symbol").lower(), {}).get(code & 0xFF)


def is_symbol_font(font: str | None) -> bool:
    """Whether the characters of a font are signs."""
    return font is not None and font.lower() in _FONTS
