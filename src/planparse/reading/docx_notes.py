"""Footnotes and endnotes: the mark "[1]" where the text refers to one, and "[1] …" at the end of the document.

Word prints marks without brackets, above the line; footnotes count from 1. Endnotes, and notes whose mark the author typed,
are counted on after them here, so that each mark names one note.
"""

from __future__ import annotations

from planparse.reading.docx_package import Element, W
from planparse.reading.docx_text import Story
from planparse.reading.native import Paragraph

_FOOTNOTE, _ENDNOTE = f"{W}footnoteReference", f"{W}endnoteReference"
_ID = f"{W}id"
_DELETED = (f"{W}del", f"{W}moveFrom")

#: The printed mark of each note, by the tag of its reference and its id.
Marks = dict[tuple[str, str], str]


def reference_marks(document: Element) -> Marks:
    """The marks of the notes that the printed text refers to."""
    found = list(
        dict.fromkeys(
            (reference.tag, reference.get(_ID, ""), bool(reference.get(f"{W}customMarkFollows")))
            for reference in document.iter(_FOOTNOTE, _ENDNOTE)
            if next(reference.iterancestors(*_DELETED), None) is None
        )
    )
    found.sort(key=lambda note: (note[2], note[0] == _ENDNOTE))  # the order of the text is kept within each kind
    return {(tag, name): f"[{number}]" for number, (tag, name, _) in enumerate(found, 1)}


def read_notes(story: Story, parts: dict[str, Element | None], marks: Marks) -> list[Paragraph]:
    """The notes as paragraphs, in the order of their marks."""
    notes: dict[tuple[str, str], Element] = {}
    for tag, part, kind in ((_FOOTNOTE, "footnotes", "footnote"), (_ENDNOTE, "endnotes", "endnote")):
        if (root := parts[part]) is not None:
            notes |= {(tag, note.get(_ID, "")): note for note in root.iterfind(f"{W}{kind}")}
    made = []
    for place, mark in marks.items():
        if place in notes and (words := " ".join(story.lines(notes[place]))):
            made.append(Paragraph(f"{mark} {words}"))
    return made
