"""The Python interface: texts and files into models that hold still and survive JSON."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import planparse
from conftest import ROOT, SAMPLES
from planparse import GrammarError, InputError, OutputError, PlanDocument, PlanparseError, parse, parse_file
from planparse import model as models
from planparse.grammar import load
from planparse.model import Paragraph, Section, Span, Table
from planparse.pipeline import parse_source
from planparse.reading.text import read_file
from planparse.writing.json import json_chunks, write_json

TEXT = "KẾ HOẠCH\nTRỒNG CÂY NĂM 2024\nI. MỤC TIÊU\n1. Trồng 5.000 cây."
SAMPLE = next(path for path in SAMPLES if path.stem == "decision-plan-pipe")
DAMAGED = next(path for path in SAMPLES if path.stem == "damaged-wrapped")


@pytest.fixture(scope="module")
def document() -> PlanDocument:
    return parse_file(SAMPLE)


# --- parse and parse_file ---------------------------------------------------------------------------------------------
def test_parse_a_text() -> None:
    document = parse(TEXT)
    assert (document.source.path, document.source.sha256, document.source.characters) == (None, "", len(TEXT))
    (plan,) = document.parts
    assert (plan.kind, plan.label, plan.title) == ("plan", "KẾ HOẠCH", "TRỒNG CÂY NĂM 2024")
    section = plan.blocks[1]
    assert isinstance(section, Section) and (section.marker, section.heading) == ("I", "MỤC TIÊU")
    (item,) = section.blocks
    assert isinstance(item, Section) and item.text == "Trồng 5.000 cây."
    assert TEXT[item.span.start : item.span.end] == "1. Trồng 5.000 cây." and item.span.first_line == 4


def test_parse_file_takes_a_path_of_any_kind(document: PlanDocument) -> None:
    assert parse_file(str(SAMPLE)) == document and document.source.path == str(SAMPLE)
    text = parse(SAMPLE.read_text("utf-8"))
    assert text.parts == document.parts and text.diagnostics == document.diagnostics and text.tasks == document.tasks


def test_parse_file_reads_standard_input() -> None:
    code = "import planparse; print(planparse.parse_file('-').source.path, planparse.parse_file.__doc__ is not None)"
    done = subprocess.run([sys.executable, "-c", code], input=TEXT.encode("utf-8"), capture_output=True)
    assert done.stdout == b"- True\n", done.stderr


def test_the_language_of_messages() -> None:
    english, vietnamese = parse_file(DAMAGED), parse_file(DAMAGED, lang="vi")
    assert [item.code for item in english.diagnostics] == [item.code for item in vietnamese.diagnostics]
    assert "The document is cut off here" in {item.message for item in english.diagnostics}
    assert "Văn bản bị cắt ở đây" in {item.message for item in vietnamese.diagnostics}


@pytest.mark.parametrize("text", ["", "\n", "\0", "|", "1.", "\ud800", "KẾ HOẠCH \udfff", "\ufeff", "-" * 1000])
def test_any_text_gives_a_document_that_json_can_hold(text: str) -> None:
    document = parse(text)
    assert PlanDocument.model_validate_json(document.model_dump_json()) == document
    assert document.source.coverage == 1.0 and document.source.characters == len(text)


def test_own_grammar(tmp_path: Path) -> None:
    row = '[[role]]\nid = "herbs"\npattern = "cây thuốc"\nexamples = ["Cây thuốc"]\ncounter_examples = ["Cây"]\n'
    (tmp_path / "roles.toml").write_text(row, "utf-8")
    for folder in (tmp_path, str(tmp_path)):
        block = parse("KẾ HOẠCH\n\nI. CÂY THUỐC\n", grammar=folder).parts[0].blocks[-1]
        assert isinstance(block, Section) and block.role == "herbs"
    (tmp_path / "roles.toml").write_text(row.replace('"Cây"', '"Cây thuốc"'), "utf-8")
    with pytest.raises(GrammarError, match=r"roles\.toml:1: "):
        parse("KẾ HOẠCH\n", grammar=tmp_path)
    with pytest.raises(GrammarError, match="no such folder"):
        parse("KẾ HOẠCH\n", grammar=tmp_path / "none")


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        parse_file(tmp_path / "none.txt")
    with pytest.raises(InputError, match="is a folder"):
        parse_file(tmp_path)
    assert all(issubclass(kind, PlanparseError) for kind in (InputError, OutputError, GrammarError))
    assert not issubclass(PlanparseError, (OSError, ValueError))


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(enabled: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        parse(TEXT)
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if was else gc.disable)()


# --- the model --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_round_trip_through_json(path: Path) -> None:
    document = parse_file(path)
    text = document.model_dump_json()
    again = PlanDocument.model_validate_json(text)
    assert again == document and again.model_dump_json() == text
    assert PlanDocument.model_validate(document.model_dump()) == document


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_command_line_writes_what_the_model_writes(path: Path) -> None:
    data = parse_source(read_file(path), load())
    assert write_json(data) == parse_file(path).model_dump_json(indent=2)
    one_line = write_json(data, indent=False)
    assert one_line == parse_file(path).model_dump_json() and "\n" not in one_line
    for indent in (True, False):
        assert b"".join(json_chunks(data, indent=indent)).decode() == write_json(data, indent=indent) + "\n"


def test_long_json_is_written_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The JSON of a long document as one string, and once more in bytes, took twice the memory of all that was parsed."""
    monkeypatch.setattr("planparse.writing.json._CHUNK", 1000)
    data = parse_source(read_file(SAMPLES[0]), load())
    chunks = list(json_chunks({**data, "tasks": [data["parts"][0]["blocks"][0]] * 1000}))
    assert b"".join(chunks).count(b"\n") > 5000
    assert max(map(len, chunks)) < len(b"".join(chunks)) / 5


def test_blocks_come_back_as_their_own_kind(document: PlanDocument) -> None:
    again = PlanDocument.model_validate_json(document.model_dump_json())
    kinds = {type(block) for part in again.parts for block in part.blocks}
    assert {Section, Table} <= kinds and BaseModel not in kinds and models.TextBlock not in kinds


def records(value: Any) -> list[BaseModel]:
    """A record with all that it holds."""
    if isinstance(value, BaseModel):
        return [value, *(inner for name in type(value).model_fields for inner in records(getattr(value, name)))]
    return [inner for item in value for inner in records(item)] if isinstance(value, list) else []


def test_every_record_is_frozen_and_refuses_unknown_fields(document: PlanDocument) -> None:
    seen: dict[type[BaseModel], BaseModel] = {}
    for record in records([document, parse_file(DAMAGED)]):
        seen.setdefault(type(record), record)
    assert {PlanDocument, Span, Section, Table, models.Row, models.Metadata, models.Diagnostic} <= set(seen)
    for kind, record in seen.items():
        field = next(iter(kind.model_fields))
        with pytest.raises(ValidationError, match="frozen"):
            setattr(record, field, getattr(record, field))
        with pytest.raises(ValidationError, match="frozen"):
            delattr(record, field)
        with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
            kind.model_validate({**record.model_dump(), "poem": 1})


def test_every_record_is_described() -> None:
    kinds = [kind for kind in vars(models).values() if isinstance(kind, type) and issubclass(kind, models.Record)]
    assert len(kinds) > 20
    for kind in kinds:
        assert (kind.__doc__ and kind.__doc__ != models.Record.__doc__) or kind is models.Record, kind
        assert kind.model_config.get("frozen") and kind.model_config.get("extra") == "forbid", kind


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"schema_version": "0.9"}, "schema_version"),
        ({"tasks": None}, "tasks"),
        ({"parts": [{"id": "plan"}]}, "parts.0.kind"),
    ],
)
def test_what_does_not_fit_is_refused(change: dict[str, Any], place: str) -> None:
    data = parse(TEXT).model_dump()
    with pytest.raises(ValidationError) as caught:
        PlanDocument.model_validate({**data, **change})
    assert place in {".".join(map(str, error["loc"])) for error in caught.value.errors()}


def test_spans_and_types_are_checked() -> None:
    span = {"start": 0, "end": 1, "first_line": 1, "last_line": 1}
    assert Paragraph(id="p1", text="Rừng", span=Span(**span)).type == "paragraph"
    for wrong in ({"start": -1}, {"first_line": 0}, {"end": "x"}):
        with pytest.raises(ValidationError):
            Span.model_validate({**span, **wrong})
    with pytest.raises(ValidationError, match="type"):
        Paragraph.model_validate({"type": "title", "id": "p1", "text": "", "span": span})


def test_a_document_can_be_a_key_of_its_spans() -> None:
    """Frozen records without lists can be hashed."""
    span = Span(start=0, end=1, first_line=1, last_line=1)
    assert {span: 1}[Span(start=0, end=1, first_line=1, last_line=1)] == 1


# --- the package ------------------------------------------------------------------------------------------------------
def test_public_names() -> None:
    names = planparse.__all__
    assert names == sorted(names) and dir(planparse) == names
    for name in names:
        assert getattr(planparse, name) is not None
    assert planparse.parse is parse and planparse.PlanDocument is PlanDocument
    assert (ROOT / "src" / "planparse" / "py.typed").is_file()


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'planparse' has no attribute 'parze'"):
        planparse.parze  # noqa: B018
    with pytest.raises(ImportError):
        exec("from planparse import parze")


def test_the_example_in_the_package_works() -> None:
    import doctest

    assert doctest.testmod(planparse) == (0, 3)


def test_the_json_is_plain_and_composed(document: PlanDocument) -> None:
    import unicodedata

    text = document.model_dump_json()
    assert unicodedata.is_normalized("NFC", text) and "\\u" not in text
    assert json.loads(text)["metadata"]["type_name"] == "Quyết định"


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_readme_lists_every_code(name: str) -> None:
    severity = "info|warning|error|thông tin|cảnh báo|lỗi"
    listed = re.findall(rf"^\| `([a-z._]+)` \| (?:{severity}) \|", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    messages = tomllib.loads((ROOT / "src/planparse/messages.toml").read_text("utf-8"))
    assert sorted(listed) == sorted(code for code, row in messages.items() if "severity" in row)
