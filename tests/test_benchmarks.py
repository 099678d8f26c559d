"""The benchmarks find what they look for. How fast anything is, is not tested: see `make bench`."""

from __future__ import annotations

import copy
import json
import random
import re
import stat
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from benchmarks import damage, gains, pictures, speed, unseen

from conftest import ROOT, SAMPLES, parse

Data = dict[str, Any]

#: A planparse that knows one document, and fails on files named "bad".
FAKE = '#!/bin/sh\ncase "$2" in *bad*) echo "no such thing" >&2; exit 2;; esac\ncat "$0.json"\n'

SPAN = {"start": 0, "end": 1, "first_line": 7, "last_line": 7}


# --- speed: the text ---


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_split_sample_is_the_sample(path: Path) -> None:
    text = path.read_text("utf-8")
    sample = speed.split_sample(text)
    assert sample.body + "".join(sample.appendices) + sample.tail == text


def test_documents_are_distinct_of_natural_size_and_the_same_each_time() -> None:
    texts = speed.documents(1_500_000)
    assert len(set(texts)) == len(texts) >= 25
    assert all(speed.SMALLEST <= len(text.encode()) <= speed.LONGEST for text in texts)
    assert speed.documents(1_500_000) == texts
    assert not set(speed.documents(200_000, seed=1)) & set(texts)


def test_documents_are_read_whole() -> None:
    layouts = set()
    for text in speed.documents(400_000):
        document = parse(text)
        assert document["source"]["coverage"] == 1.0
        assert document["source"]["characters"] == len(text)
        layouts.add(document["source"]["layout"])
    assert layouts == {"paragraphs", "pipe_rows", "wrapped_cells"}


def test_a_long_document_is_one_document_of_its_size() -> None:
    (text,) = speed.long_documents(150_000, 1, "pipe")
    assert 150_000 <= len(text.encode()) < 180_000
    assert parse(text)["source"]["coverage"] == 1.0


def test_numbers_vary_but_markers_stay_and_sums_hold() -> None:
    text = "1. Năm 2020 trồng 1.500 ha\n2. Thêm 2.500 ha\n2.1. Cả hai 4.000 ha, 12 m2 [3]\n"
    for seed in range(20):
        varied = speed.vary_numbers(text, random.Random(seed))
        match = re.fullmatch(
            r"1\. Năm (20\d\d) trồng ([\d.]+) ha\n2\. Thêm ([\d.]+) ha\n2\.1\. Cả hai ([\d.]+) ha, 1[0-2] m2 \[3]\n", varied
        )
        assert match and match[1] != "2020"
        one, two, both = (int(match[at].replace(".", "")) for at in (2, 3, 4))
        assert one + two == both != 4000


def test_sections_and_dashes_change_places_under_their_markers() -> None:
    text = "KẾ HOẠCH\n" + "".join(f"{speed.roman(at)}. MỤC {at}\nlời {at}\n" for at in range(1, 6))
    varied = {speed.shuffle_sections(text, random.Random(seed)) for seed in range(20)}
    assert len(varied) > 3
    for each in varied:
        assert re.findall(r"^([IVX]+)\. ", each, re.MULTILINE) == ["I", "II", "III", "IV", "V"]
        assert sorted(re.findall(r"lời (\d)", each)) == list("12345")
        assert each.startswith("KẾ HOẠCH\nI. MỤC 1\nlời 1\n") and each.endswith("V. MỤC 5\nlời 5\n")
    dashes = "a) Việc\n- một\nhai\n- ba\n- bốn\n- năm\nb) Khác\n"
    varied = {speed.shuffle_dashes(dashes, random.Random(seed)) for seed in range(20)}
    assert len(varied) == 6
    assert all("- một\nhai\n" in each and each.endswith("- năm\nb) Khác\n") for each in varied)


# --- speed: the figures ---


def test_facts_are_left_out_and_come_back() -> None:
    text = "KẾ HOẠCH\nI. MỤC TIÊU\n1. Giao Sở Y tế chủ trì theo Quyết định số 12/QĐ-UBND ngày 01/02/2020.\n"
    assert parse(text)["citations"]
    with speed.facts_left_out():
        assert not parse(text)["citations"]
    assert parse(text)["citations"]


def test_figures_say_which_bars_they_keep() -> None:
    figures = [
        speed.Figure("kept", "this", 1.0, "×", 2.0),
        speed.Figure("missed", "that", 3.0, "×", 2.0),
        speed.Figure("free", "other", 4.0, "MB/s"),
    ]
    assert [figure.verdict for figure in figures] == ["kept", "MISSED", "–"]
    data = speed.as_data(figures)
    assert (data["kept"], data["missed"], data["bars"]) == (1.0, ["missed"], {"kept": 2.0, "missed": 2.0})
    assert "MISSED" in speed.table(figures)


def test_a_command_that_fails_has_no_figure() -> None:
    figures = speed.start_up_figures({"python": 1.0, "typer": 2.0, "help": 3.0}, 30_000)
    assert {figure.key: figure.value for figure in figures} == {"help_ratio": 1.5, "help_ms": 3000.0}


# --- gains ---


def section(marker: str, text: str, blocks: list[Data] | None = None) -> Data:
    return {"type": "section", "marker": marker, "heading": None, "text": text, "blocks": blocks or [], "span": SPAN}


def document() -> Data:
    table = {
        "type": "table",
        "columns": [{"name": "STT"}, {"name": "Chủ trì"}, {"name": "Phối hợp"}],
        "rows": [{"cells": ["1", "Sở Y tế", ""], "span": SPAN}],
    }
    tree = [section("I", "Một", [section("a", "Trồng cây"), section("b", "Tưới cây")]), section("II", "Hai", [table])]
    target = {"id": "t1", "block_id": "x", "span": SPAN, "text": "Trồng 5 cây", "value": 5, "year": None}
    return {"parts": [{"kind": "plan", "label": "KẾ HOẠCH", "blocks": tree}], "targets": [target], "tasks": []}


def planted() -> Data:
    """The document with a gain, a loss and a move of a section; a moved cell; a gained and a lost fact."""
    new = copy.deepcopy(document())
    one, two = new["parts"][0]["blocks"]
    two["blocks"].insert(0, one["blocks"].pop(0))  # moved: a
    one["blocks"] = [section("c", "Rào cây")]  # lost: b, gained: c
    two["blocks"][1]["rows"][0]["cells"] = ["1", "", "Sở Y tế"]
    new["targets"][0]["value"] = 6
    return new


def test_nothing_differs_from_itself() -> None:
    assert gains.changes(document(), document()) == []
    other = copy.deepcopy(document())
    other["targets"][0] |= {"id": "t9", "block_id": "y"}
    assert gains.changes(document(), other) == []


def test_planted_changes_are_found() -> None:
    found = gains.changes(document(), planted())
    assert {(change.change, change.kind, change.words, change.before, change.after) for change in found} == {
        ("moved", "sections", "a Trồng cây", "plan KẾ HOẠCH / I Một", "plan KẾ HOẠCH / II Hai"),
        ("lost", "sections", "b Tưới cây", "plan KẾ HOẠCH / I Một", None),
        ("gained", "sections", "c Rào cây", None, "plan KẾ HOẠCH / I Một"),
        ("moved", "cells", "Sở Y tế", "line 7, Chủ trì", "line 7, Phối hợp"),
        ("lost", "targets", "text: Trồng 5 cây, value: 5", "line 7", None),
        ("gained", "targets", "text: Trồng 5 cây, value: 6", None, "line 7"),
    }


def test_what_stands_twice_is_counted_twice() -> None:
    item, other = gains.Item("x", "here"), gains.Item("x", "there")
    assert [change.change for change in gains.compare("cells", [item, item], [item])] == ["lost"]
    assert [change.change for change in gains.compare("cells", [item, item], [item, other, other])] == ["moved", "gained"]


def test_gains_compares_two_commands_over_a_folder(tmp_path: Path) -> None:
    commands = []
    for name, data in (("old", document()), ("new", planted())):
        (tmp_path / f"{name}.json").write_text(json.dumps(data), "utf-8")
        command = tmp_path / name
        command.write_text(FAKE, "utf-8")
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
        commands.append(str(command))
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    for name in ("a.txt", "deep/b.txt", "bad.txt"):
        (folder / name).write_text("KẾ HOẠCH\n", "utf-8")
    words = [sys.executable, str(ROOT / "benchmarks/gains.py"), *commands, str(folder), "--verbose"]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=True)
    assert "a.txt: sections 1 gained, 1 lost, 1 moved; cells 1 moved; targets 1 gained, 1 lost" in done.stdout
    assert "moved   sections: a Trồng cây  [plan KẾ HOẠCH / I Một → plan KẾ HOẠCH / II Hai]" in done.stdout
    assert "2 of 2 documents differ" in done.stdout
    assert re.search(r"^sections +2 +2 +2$", done.stdout, re.MULTILINE)
    assert done.stderr == "bad.txt: not compared (OLD: no such thing)\n"


def test_a_revision_is_checked_out(tmp_path: Path) -> None:
    repository, folder = tmp_path / "repository", tmp_path / "folder"
    (repository / "src").mkdir(parents=True)
    folder.mkdir()
    (repository / "src/one.py").write_text("old\n", "utf-8")
    git = ["git", "-C", str(repository), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *words], check=True)
    (repository / "src/one.py").write_text("new\n", "utf-8")
    gains.check_out("HEAD", folder, repository)
    assert (folder / "src/one.py").read_text("utf-8") == "old\n"
    with pytest.raises(ValueError, match="nowhere: neither a command nor a revision"):
        gains.check_out("nowhere", folder, repository)
    assert gains.is_revision("HEAD", repository)  # also where a command is called so
    assert not gains.is_revision("nowhere", repository)


# --- pictures ---


def test_pictures_are_svg_and_the_same_each_time() -> None:
    drawn = pictures.pictures()
    assert set(drawn) == {"show.svg", "check.svg"}
    assert pictures.pictures() == drawn
    for name, picture in drawn.items():
        root = ElementTree.fromstring(picture)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        words = " ".join("".join(root.itertext()).replace("\xa0", " ").split())
        assert f"planparse {Path(name).stem} samples/plan-budget-wrapped.txt" in words
        assert "url(http" not in picture and "@font-face" not in picture
    assert "2963/KH-UBND" in drawn["show.svg"]
    assert "sum.text" in drawn["check.svg"]


def test_annotated_facts_are_scored_by_line_and_names() -> None:
    annotated = {
        "tasks": [{"start_line": 3, "lead": ["Sở Y tế"], "coordinating": ["Hội Nông dân"]}],
        "targets": [{"value_line": 5, "value": 40, "unit": "%"}],
        "citations": ["12/KH-UBND"],
        "funding": [{"line": 3, "amount": 5_000_000}],
    }
    span = {"first_line": 3}
    found = {
        "tasks": [{"span": span, "lead": [{"name": "sở Y tế,"}], "supporting": []}],
        "targets": [{"span": {"first_line": 5}, "value": 40.0, "unit": "%"}],
        "citations": [{"number": "12/KH-UBND"}, {"number": None}],
        "funding": [{"span": span, "amount": 5_000_000}],
    }
    wanted, got = unseen.wanted_facts(annotated), unseen.found_facts(found)
    assert [kind for kind in wanted if wanted[kind] != got[kind]] == ["tasks with supports"]
    assert unseen.Score(1, 2, 2).f1 == 0.5
    assert unseen.Score(0, 0, 0).f1 == 1.0


def test_annotations_can_be_compared() -> None:
    paths = sorted(unseen.ANNOTATED.glob("*.json"))
    known = sorted(unseen.KNOWN.glob("*.json"))
    assert (len(paths), len(known)) == (9, 8)
    for path in (*paths, *known):
        facts = unseen.wanted_facts(json.loads(path.read_text("utf-8")))
        assert facts["leads of tasks"]
        assert facts["cited documents"]


# --- damage ---


def test_damage_counts_what_is_left() -> None:
    text = "KẾ HOẠCH\nTRỒNG RỪNG\nI. MỤC TIÊU\n1. Trồng cây\n2. Giữ rừng\nII. KINH PHÍ\nNgân sách tỉnh.\n"
    changed, count = damage.damaged(text, "comma for the full stop", some=False, seed="a")
    assert (count, changed.count(", ")) == (4, 4)
    assert damage.damaged(text, "comma for the full stop", some=True, seed="a")[1] < 4
    assert damage.left({"a": text}, "comma for the full stop", some=False) == (4, 5, 5)
    assert damage.outline(text).total() == 5
    unread = "KẾ HOẠCH\nTRỒNG RỪNG\na) Trồng cây\nb) Giữ rừng\n"
    assert damage.left({"a": unread}, '"A)" for "a)"', some=False).kept < 3, "what is misread is counted so"
