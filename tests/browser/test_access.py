"""For everyone: no serious finding of axe-core, keyboard alone, four languages, a phone."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, answered, ask, ready, tab

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
REFUSED = {"en": "Who won the football match?", "zh": "誰贏了足球賽？"}
POWER = {"en": "How many megawatts will the new dam supply?", "zh": "新水壩將供應多少兆瓦電力？"}


def findings(page: Page, within: str = "body") -> list[Any]:
    """What axe-core finds serious or critical, with the element; `within` is what changed since it last looked."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    result = page.evaluate("within => axe.run(within, {resultTypes: ['violations']})", within)
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
    ask(page, REFUSED[language[:2]])
    ask(page, POWER[language[:2]])
    page.locator("#kz-log .icon-button[data-english=Like]").last.click()
    expect(page.locator("#kz-comment-row")).to_be_visible()
    expect(page.locator(".kz-card").first).to_be_visible()
    assert findings(page) == []
    page.locator(".kz-card [data-open]").first.click()
    page.get_by_role("dialog").locator("[data-beside]").click()
    expect(page.locator(".kz-row").first).to_be_visible()
    assert findings(page, "dialog") == []
    page.keyboard.press("Escape")
    for index in (1, 2, 3, 4):
        tab(page, index)
        assert findings(page, "#kz-side") == []


def test_axe_finds_nothing_serious_in_the_form_for_a_document(visit: Opener, tmp_path: Path) -> None:
    (file := tmp_path / "bridge.txt").write_text("The bridge\n\nThe bridge carries 900 wagons a day.\n")
    for width, dark in ((1280, True), (390, False)):
        page = visit(width=width, height=844, dark=dark, fresh=True)
        tab(page, 4)
        page.locator("#kz-file input[type=file]").set_input_files(file)
        expect(page.get_by_label("Title", exact=True)).to_have_value("The bridge")
        assert findings(page, "#kz-side") == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement?.closest('[id]')?.id ?? ''"))


def press_until(page: Page, key: str, there: str, text: str = "", limit: int = 60) -> None:
    """Press a key until the focus is on what matches a selector and holds a text."""
    for _ in range(limit):
        page.keyboard.press(key)
        if page.evaluate(
            "([there, text]) => document.activeElement?.matches(there) && document.activeElement.innerText.includes(text)",
            [there, text],
        ):
            return
    raise AssertionError(f"the focus never came to {there} {text}; it is in {focused(page)!r}")


def test_the_keyboard_alone_is_enough(visit: Opener) -> None:
    page = visit(fresh=True)
    question = page.locator("#kz-question textarea")
    expect(question).to_be_focused()
    page.keyboard.type(POWER["en"])
    page.keyboard.press("Enter")
    expect(page.locator(".kz-card")).to_have_count(2)
    answered(page)
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
    # To the tabs: only one source is asked, a conversation is found and opened, an earlier answer is asked again.
    press_until(page, "Shift+Tab", '[role="tab"]', "Sources")
    page.keyboard.press("Enter")
    press_until(page, "Tab", "#kz-only input")
    page.keyboard.press("Space")
    expect(page.locator("#kz-asking")).to_contain_text("Asking 1 of 4 articles")
    page.keyboard.press("Space")
    press_until(page, "Shift+Tab", '[role="tab"]', "History")
    page.keyboard.press("Enter")
    press_until(page, "Tab", "#kz-find :is(input, textarea)")
    page.keyboard.type("megawatts dam")
    press_until(page, "Tab", ".kz-pick", "megawatts")
    page.keyboard.press("Enter")
    expect(page.locator("#kz-log .user")).to_have_text([POWER["en"]])
    page.keyboard.press("/")
    expect(question).to_be_focused()
    press_until(page, "Shift+Tab", "#kz-log .icon-button[data-english=Retry]")
    page.keyboard.press("Enter")
    expect(page.locator("#kz-stop")).to_be_hidden()
    answered(page)
    expect(page.locator("#kz-log .user")).to_have_count(1)


@pytest.mark.parametrize(
    ("reader", "tab_name", "tag", "first_question"),
    [
        ("zh-TW", "依據", "zh-Hant", "新水壩將供應多少兆瓦電力？"),
        ("zh-CN", "依据", "zh-Hans", "新水坝将供应多少兆瓦电力？"),
        ("ru-RU", "Основания", "ru", "Сколько мегаватт даст новая плотина?"),
    ],
)
def test_the_page_speaks_the_readers_language(
    visit: Opener, reader: str, tab_name: str, tag: str, first_question: str
) -> None:
    page = visit(language=reader, dark=tag == "zh-Hant", width=390 if tag == "zh-Hans" else 1280, height=844)
    expect(page.locator('#kz-tabs [role="tab"]').first).to_have_text(tab_name)
    expect(page.locator("#kz-log .example").first).to_have_text(first_question)
    assert page.evaluate("document.documentElement.lang") == tag


def test_the_language_can_be_switched_and_is_remembered(visit: Opener) -> None:
    page = visit(fresh=True)
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


def test_gradios_own_buttons_speak_the_pages_language_not_the_browsers(visit: Opener) -> None:
    page = visit(language="ru-RU", fresh=True)
    ask(page, POWER["en"])
    ask(page, REFUSED["en"])
    page.locator("#kz-language input").click()
    page.get_by_role("option", name="English").click()
    log = page.locator("#kz-log")
    for name, count in (("Clear", 1), ("Copy", 4), ("Edit", 2), ("Retry", 1), ("Bad answer", 2), ("Good answer", 2)):
        expect(log.get_by_role("button", name=name, exact=True)).to_have_count(count)
    log.get_by_role("button", name="Edit", exact=True).last.click()
    expect(log.get_by_role("button", name="Cancel", exact=True)).to_have_count(1)
    expect(log.get_by_role("button", name="Ask", exact=True)).to_have_count(1)
    log.get_by_role("button", name="Copy", exact=True).first.click()
    expect(log.get_by_role("button", name="Copied", exact=True)).to_have_count(1)


def test_the_theme_can_be_switched_and_is_remembered(visit: Opener) -> None:
    page = visit(fresh=True)
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
    page = visit(width=390, height=844, dark=True)
    ask(page, POWER["en"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    talk, side = page.locator("#kz-talk").bounding_box(), page.locator("#kz-side").bounding_box()
    assert talk and side and side["y"] >= talk["y"] + talk["height"]
    page.locator("#kz-log .kz-mark").first.click()
    expect(page.locator("#kz-card-1")).to_be_in_viewport()
    page.locator("#kz-card-1 [data-open]").click()
    box = page.get_by_role("dialog").bounding_box()
    assert box and box["width"] == 390
