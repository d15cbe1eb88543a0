"""For everyone: no serious finding of axe-core, keyboard alone, four languages, a phone."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, ask, ready, tab

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
POWER = {"en": "How many megawatts will the new dam supply?", "zh": "新水壩將供應多少兆瓦電力？"}


def findings(page: Page) -> list[Any]:
    """What axe-core finds serious or critical, with the element."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (found["id"], node["html"][:200], node["failureSummary"][:300])
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


@pytest.mark.parametrize(
    ("width", "language", "dark"),
    [(1280, "en-GB", False), (1280, "zh-TW", True), (390, "zh-CN", False), (390, "en-GB", True)],
)
def test_axe_finds_nothing_serious(visit: Opener, width: int, language: str, dark: bool) -> None:
    page = visit(width=width, height=844, language=language, dark=dark)
    assert findings(page) == []
    ask(page, POWER[language[:2]])
    expect(page.locator(".kz-card").first).to_be_visible()
    assert findings(page) == []
    page.locator(".kz-card [data-open]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    for index in (1, 2, 3, 4) if width > 500 else ():
        tab(page, index)
        assert findings(page) == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement?.closest('[id]')?.id ?? ''"))


def press_until(page: Page, key: str, there: str, limit: int = 60) -> None:
    """Press a key until the focus matches a selector."""
    for _ in range(limit):
        page.keyboard.press(key)
        if page.evaluate("selector => Boolean(document.activeElement?.matches(selector))", there):
            return
    raise AssertionError(f"the focus never came to {there}; it is in {focused(page)!r}")


def test_the_keyboard_alone_is_enough(visit: Opener) -> None:
    page = visit()
    expect(page.locator("#kz-question textarea")).to_be_focused()
    page.keyboard.type(POWER["en"])
    page.keyboard.press("Enter")
    expect(page.locator(".kz-card")).to_have_count(2)
    press_until(page, "Shift+Tab", "#kz-log .kz-mark")
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".kz-card.kz-lit")).to_be_focused()
    press_until(page, "Tab", ".kz-card [data-open]")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('dialog'))")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator(".kz-card [data-open]").last).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#kz-question textarea")).to_be_focused()


@pytest.mark.parametrize(
    ("reader", "tab_name", "tag"),
    [("zh-HK", "依據", "zh-Hant"), ("zh-CN", "依据", "zh-Hans"), ("ru-RU", "Источники ответа", "ru")],
)
def test_the_page_speaks_the_readers_language(visit: Opener, reader: str, tab_name: str, tag: str) -> None:
    page = visit(language=reader)
    expect(page.locator('#kz-tabs [role="tab"]').first).to_have_text(tab_name)
    assert page.evaluate("document.documentElement.lang") == tag


def test_the_language_can_be_switched_and_is_remembered(visit: Opener) -> None:
    page = visit()
    ask(page, POWER["en"])
    page.locator("#kz-language input").click()
    page.get_by_role("option", name="Русский").click()
    expect(page.locator("#kz-send")).to_have_text("Спросить")
    expect(page.locator(".kz-card").first).to_contain_text("5 нояб. 2023")
    expect(page.locator("#kz-log .bot")).to_contain_text("340 megawatts")
    expect(page.get_by_role("button", name="Повторить")).to_be_visible()
    page.reload()
    ready(page)
    expect(page.locator("#kz-send")).to_have_text("Спросить")
    expect(page.locator("#kz-log .bot")).to_contain_text("340 megawatts")


def test_the_theme_can_be_switched_and_is_remembered(visit: Opener) -> None:
    page = visit()
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate("document.body.classList.contains('dark')")
    page.reload()
    ready(page)
    assert page.evaluate("document.body.classList.contains('dark')")


def test_screen_readers_hear_the_answer_and_the_sources(visit: Opener) -> None:
    page = visit()
    ask(page, POWER["en"])
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_have_accessible_name("Conversation")
    expect(page.get_by_role("button", name="Source 1: Valley Post")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your question")).to_be_visible()
    expect(page.get_by_role("main")).to_have_count(1)


def test_a_phone_shows_everything_in_one_column(visit: Opener) -> None:
    page = visit(width=390, height=844)
    ask(page, POWER["en"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    talk, side = page.locator("#kz-talk").bounding_box(), page.locator("#kz-side").bounding_box()
    assert talk and side and side["y"] >= talk["y"] + talk["height"]
    page.locator("#kz-log .kz-mark").first.click()
    expect(page.locator("#kz-card-1")).to_be_in_viewport()
    page.locator("#kz-card-1 [data-open]").click()
    box = page.get_by_role("dialog").bounding_box()
    assert box and box["width"] == 390
