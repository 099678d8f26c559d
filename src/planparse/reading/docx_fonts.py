"""Text in the fonts from before Unicode (".VnTime", "VNI-Times"), whose letters stand under other codes: the one place
where the font of a run decides how its text is read."""

from __future__ import annotations

from planparse.reading.legacy import from_font, legacy_font

#: How the names of such fonts begin, as they stand in the XML; a file without them needs no look at the fonts of its runs.
_MARKS = (b'".Vn', b'".VN', b'".vn', b'"VNI', b'"Vni', b'"vni')


def may_have_legacy_fonts(part: bytes) -> bool:
    """Whether the XML of a part names a font from before Unicode."""
    return any(mark in part for mark in _MARKS)


def encoding_of(font: str | None) -> str | None:
    """How text in a font is encoded, None for Unicode."""
    return legacy_font(font) if font else None


def decoded(text: str, encoding: str) -> str:
    """Text of runs in a font with an encoding that `encoding_of` knows."""
    return from_font(text, encoding)
