"""The command `diff`: formats, filters, inputs, exit codes; and `schema --of diff`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from conftest import parse
from planparse.cli import app
from planparse.errors import InputError, OutputError
from planparse.writing.json import write_json
from test_diff import BODY, HEAD, ONE_TEXT, TWO_TEXTS

ATTACK = '<script>alert(1)</script> ](javascript:alert(2)) "><img src=x onerror=alert(3)>'


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.setenv("COLUMNS", "80")
    head = HEAD.format(place="TỈNH HÀ GIANG", number="12")
    (tmp_path / "a.txt").write_text(head + BODY, "utf-8")
    changed = BODY.replace("40%", "45%").replace("đài phát thanh.", f"đài {ATTACK}.")
    (tmp_path / "b.txt").write_text(head + changed, "utf-8")
    return str(tmp_path / "a.txt"), str(tmp_path / "b.txt")


def run(*args: str, code: int = 0) -> str:
    result: Result = CliRunner().invoke(app, ["diff", *args, "--lang", "en"])
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout_bytes.decode("utf-8")


def test_text_says_what_changed_in_80_columns_without_colour(files: tuple[str, str]) -> None:
    text = run(*files)
    assert "\x1b" not in text and max(map(len, text.splitlines())) <= 80
    assert "[-40-]" in text and "{+45+}" in text and "plan/I/1" in text
    assert "Summary" in text.split("Sections and rows")[0]


def test_wide_text_stands_side_by_side(files: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert any(
        "[-40-]" in line and "{+45+}" in line and line.count("Đến năm 2030") == 2 for line in run(*files).splitlines()
    )


def test_json_is_the_model(files: tuple[str, str]) -> None:
    from planparse.diff.result import Comparison

    comparison = Comparison.model_validate_json(run(*files, "-f", "json"))
    assert comparison.kind == "versions" and comparison.summary.sections.changed == 2


def test_markdown_is_escaped(files: tuple[str, str]) -> None:
    text = run(*files, "-f", "md")
    assert "~~40~~ **45**" in text
    unescaped = re.sub(r"\\.", "", text)
    assert "script" in unescaped and "<" not in unescaped and "](" not in unescaped


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.said = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (
                name in {"src", "href", "srcset", "action", "data"} and not (value or "").startswith("#")
            ):
                self.fetched.append(f"{name}={value}")

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_html_shows_an_attack_as_text_and_fetches_nothing(files: tuple[str, str], tmp_path: Path, lang: str) -> None:
    out = tmp_path / "out.html"
    assert run(*files, "-o", str(out), "--lang", lang) == ""
    text = out.read_text("utf-8")
    page = Page(text)
    assert not {"script", "img", "link", "iframe"} & set(page.tags) and page.fetched == []
    assert ATTACK.split()[0] in page.said and not re.search(r"url\(|@import|https?:", text)
    assert "default-src 'none'" in text and {"nav", "svg", "del", "ins", "main"} <= set(page.tags)


def test_every_status_has_a_filter_that_works_without_script(files: tuple[str, str]) -> None:
    text = run(*files, "-f", "html")
    for status in ("same", "changed", "moved", "only_left", "only_right"):
        assert f'id="show-{status}"' in text and f"#show-{status}:not(:checked) ~ main .entry.{status}" in text


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_a_split_section_is_shown_with_all_its_pieces(tmp_path: Path, form: str) -> None:
    head = HEAD.format(place="TỈNH HÀ GIANG", number="12")
    for name, body in (("a", ONE_TEXT), ("b", TWO_TEXTS)):
        (tmp_path / f"{name}.txt").write_text(head + body, "utf-8")
    text = run(str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "-f", form)
    assert "split" in text and "plan/II/1, plan/II/2" in text and "joined" not in text


def test_exit_code_stat_and_no_difference(files: tuple[str, str]) -> None:
    left, right = files
    assert run(left, left, "--exit-code").endswith("No difference.\n")
    assert run(left, right, "--exit-code", "--stat", code=1).count("\n") == 1
    assert run(left, left, "--stat") == "No difference.\n"
    assert run(left, right, "--stat").startswith("sections and rows: 2 changed")


def test_only_some_families(files: tuple[str, str]) -> None:
    comparison = json.loads(run(*files, "--only", "targets, funding", "-f", "json"))
    assert comparison["sections"] == [] and comparison["targets"]
    run(*files, "--only", "agencies", "--exit-code")  # no agency changed
    assert comparison["summary"]["in_common"]
    for wrong in ("nonsense", ","):
        run(*files, "--only", wrong, code=2)


def test_a_stored_model_is_compared_as_its_text_is(files: tuple[str, str], tmp_path: Path) -> None:
    stored = tmp_path / "a.json"
    stored.write_text(write_json(parse(Path(files[0]).read_text("utf-8"))), "utf-8")
    assert run(str(stored), files[0], "--stat") == "No difference.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [('{"a": 1}', "no plan"), ('{"a": 1}\n{"a": 2}', "several"), ('{"a":' * 100_000, "deep"), ("", "empty")],
)
def test_bad_input_is_said_in_one_line(files: tuple[str, str], tmp_path: Path, text: str, said: str) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(text, "utf-8")
    result = CliRunner().invoke(app, ["diff", str(bad), files[0]])
    assert isinstance(result.exception, InputError) and said in str(result.exception)
    assert "\n" not in str(result.exception) and str(bad) in str(result.exception)


def test_what_cannot_be_done_is_refused(files: tuple[str, str]) -> None:
    assert isinstance(CliRunner().invoke(app, ["diff", "-", "-"]).exception, InputError)
    assert isinstance(CliRunner().invoke(app, ["diff", *files, "-o", files[0]]).exception, OutputError)


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_nothing_in_common_is_no_wall(files: tuple[str, str], tmp_path: Path, form: str) -> None:
    other = tmp_path / "c.txt"
    other.write_text("Thưa bà con, chiều nay đội bóng huyện đá giao hữu.\n\nMời mọi người tới xem đông vui.\n", "utf-8")
    text = run(files[0], str(other), "-f", form)
    assert "nothing in common" in " ".join(text.split()) and "Tuyên truyền" not in text


def test_schemas() -> None:
    for args, title in ((["--of", "diff"], "Comparison"), ([], "PlanDocument")):
        result = CliRunner().invoke(app, ["schema", *args])
        assert result.exit_code == 0 and json.loads(result.stdout)["title"] == title


@pytest.mark.parametrize("args", [["--help"], ["diff", "--help"]])
def test_help_stays_light(args: list[str]) -> None:
    code = (
        "import atexit, sys\natexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))\n"
        "sys.argv[0] = 'planparse'\nfrom planparse.__main__ import run\nsys.exit(run())"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, timeout=50)
    loaded = set(done.stderr.split())
    assert "planparse.cli_diff" in loaded
    assert not loaded & {"pydantic", "rich", "regex", "planparse.diff.compare", "underthesea"}
