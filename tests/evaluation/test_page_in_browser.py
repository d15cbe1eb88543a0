"""The report in a real browser: it opens from a file, filters, and prints what matters."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kzrag.evaluation.page import render_page
from kzrag.evaluation.run import evaluate
from tests.evaluation.conftest import CASES, DOCUMENTS, Sage, words_judge

A4 = 680
"""Pixels between the margins of a sheet of paper."""

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
playwright = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield opened
        opened.close()


def test_the_report_opens_filters_and_prints(chromium, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    cases = [*CASES[1:], replace(CASES[0], must=(("never said",),))]
    evaluation = evaluate(cases, Sage(cases), judge=words_judge)
    file = tmp_path / "report.html"
    file.write_text(render_page(evaluation, DOCUMENTS), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1100, "height": 800})
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    assert page.locator("#shown").inner_text() == "6 shown"

    page.select_option("#by-state", "wrong")
    wrong = page.locator("details.case:visible")
    assert wrong.count() == 1
    wrong.locator("summary").click()
    assert "missing: never said" in wrong.inner_text()
    assert "handled 14 million tons" in wrong.locator(".gold mark").inner_text()

    page.select_option("#by-state", "")
    page.fill("#by-words", "阿克套港")
    assert page.locator("#shown").inner_text() == "1 shown"

    page.fill("#by-words", "")
    page.locator("details.case[open] summary").click()
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.case:visible").count() == 1
    assert page.locator("details.case:visible .body").is_visible()
    assert not page.locator(".filter").is_visible()
    page.set_viewport_size({"width": A4, "height": 900})
    cut_off = "[...document.querySelectorAll('.wide')].filter((each) => each.scrollWidth > each.clientWidth).length"
    assert page.evaluate(cut_off) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= A4
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="screen")

    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert errors == []
    assert asked == [file.as_uri()]
    page.close()
