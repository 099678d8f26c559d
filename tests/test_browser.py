"""The pages that comparisons are written as, in headless Chromium: what is seen, what keys do, what is asked for."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chromium import CHROMIUM, Browser
from planparse.cli import app
from test_diff import BODY, HEAD

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")

ATTACK = (
    '<script>document.title = "run"</script> ](javascript:alert(2)) "><img src=http://fetched.test/x onerror=alert(3)>'
    "<style>@import 'http://fetched.test/y';</style>"
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of each kind, of documents that attack it."""
    folder = tmp_path_factory.mktemp("pages")
    files = []
    for name, place, body in (
        ("a", "TỈNH HÀ GIANG", BODY),
        ("b", "TỈNH HÀ GIANG", BODY.replace("40%", "45%").replace("đài phát thanh.", f"đài {ATTACK}.")),
        ("c", "TỈNH AN GIANG", BODY.replace("Trồng mới", f"Trồng {ATTACK} mới").replace("Sở Y tế", f"Sở {ATTACK}")),
    ):
        path = folder / f"{name}.txt"
        path.write_text(HEAD.format(place=place, number="12") + body, "utf-8")
        files.append(str(path))
    made = {name: folder / f"{name}.html" for name in ("versions", "plans", "compare")}
    for args in (
        ["diff", files[0], files[1], "-o", str(made["versions"])],
        ["diff", files[1], files[2], "-o", str(made["plans"])],
        ["compare", *files, "-o", str(made["compare"])],
    ):
        result = CliRunner().invoke(app, [*args, "--lang", "en"])
        assert result.exit_code == 0, result.exception
    return made


@pytest.fixture(scope="module")
def called() -> Iterator[tuple[int, list[str]]]:
    """A proxy that answers nobody: its port, and the first line of all that came."""
    lines: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            with client:
                client.settimeout(5)
                lines.append(client.recv(4096).split(b"\r\n")[0].decode("utf-8", "replace"))

    threading.Thread(target=listen, daemon=True).start()
    yield server.getsockname()[1], lines
    server.close()


@pytest.fixture(scope="module")
def browser(called: tuple[int, list[str]]) -> Iterator[Browser]:
    with Browser(f"--proxy-server=http://127.0.0.1:{called[0]}", "--proxy-bypass-list=<-loopback>") as page:
        yield page


def _shown(browser: Browser, status: str) -> int:
    return int(browser.value(f"[...document.querySelectorAll('.entry.{status}')].filter(e => e.offsetParent).length"))


@pytest.mark.parametrize("name", ["versions", "plans", "compare"])
def test_no_request_leaves_and_the_attack_stays_text(
    browser: Browser, pages: dict[str, Path], called: tuple[int, list[str]], name: str
) -> None:
    before = list(called[1])
    browser.open(pages[name])
    assert browser.requests() == [pages[name].as_uri()]
    assert [line for line in called[1][len(before) :] if "fetched" in line] == []
    assert browser.value("document.title") != "run"
    assert (
        browser.value("document.querySelectorAll('script, img, iframe, link, [onerror], a:not([href^=\"#\"])').length") == 0
    )
    said = browser.value("document.body.textContent")
    assert "<script>" in said and "](javascript:" in said


def test_the_watch_sees_a_page_that_does_ask(browser: Browser, tmp_path: Path, called: tuple[int, list[str]]) -> None:
    page = tmp_path / "asks.html"
    page.write_text('<img src="http://fetched.test/seen">', "utf-8")
    browser.open(page)
    assert "http://fetched.test/seen" in browser.requests()
    assert any("fetched.test/seen" in line for line in called[1])


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_filters_work_by_keyboard(browser: Browser, pages: dict[str, Path], script: bool) -> None:
    browser.open(pages["versions"], script=script)
    assert _shown(browser, "changed") > 0 and _shown(browser, "same") == 0
    browser.value("document.querySelector('nav li:last-child a').focus()")
    for status, shown in (("changed", False), ("moved", False), ("only_left", False), ("only_right", False), ("same", True)):
        browser.press("Tab")
        assert browser.value("document.activeElement.id") == f"show-{status}"
        browser.press(" ")
        assert bool(_shown(browser, status)) is shown


def test_the_contents_list_leads_to_its_sections(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["versions"], height=400)
    browser.press("Tab")
    wanted = browser.value("document.activeElement.getAttribute('href')")
    browser.press("Enter")
    assert wanted == "#metadata" or wanted == "#sections"
    assert browser.value("location.hash") == wanted
    assert 0 <= browser.value(f"document.querySelector('{wanted}').getBoundingClientRect().top") < 400


@pytest.mark.parametrize("name", ["versions", "plans", "compare"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_page(browser: Browser, pages: dict[str, Path], name: str, width: int) -> None:
    browser.open(pages[name], width=width)
    assert browser.value("document.documentElement.scrollWidth") <= width
    # Beside what scrolls by itself, nothing stands out of its place; figures of bars neither.
    assert browser.value(
        "[...document.querySelectorAll('h1, h2, dt, dd, p, label')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    ) == 0  # fmt: skip
    assert browser.value("document.querySelectorAll('svg rect').length") > 0
    small = "[...document.querySelectorAll('dd, td, th, label')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    assert browser.value(f"Math.min(...{small})") >= 12


@pytest.mark.parametrize("name", ["versions", "compare"])
def test_the_page_prints(browser: Browser, pages: dict[str, Path], name: str) -> None:
    browser.open(pages[name])
    assert browser.pdf().startswith(b"%PDF-")
    browser.ask("Emulation.setEmulatedMedia", media="print")
    hidden = browser.value("[...document.querySelectorAll('nav, .filters')].filter(e => e.offsetParent).length")
    browser.ask("Emulation.setEmulatedMedia", media="")
    assert hidden == 0
