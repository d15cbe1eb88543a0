"""Articles and questions are strangers: whatever they hold is shown as text, and nothing leaves the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, ask, tab
from tests.web.fake_assistant import HOSTILE


def unharmed(page: Page) -> None:
    assert page.evaluate("window.hacked") is None
    for selector in ("img", "script[src^='http']", "iframe", "a[href^='javascript']", "form[action]", "[onerror]"):
        assert page.locator(f"main {selector}").count() == 0, selector


def test_a_hostile_article_is_text_everywhere(visit: Opener) -> None:
    page = visit()
    ask(page, "Which dam owner wrote nothing else about the weather?")
    card = page.locator(".kz-card").first
    expect(card).to_contain_text('<img src=x onerror="hacked=1"> ${hacked=2} {{hacked}}')
    expect(card.locator(".kz-who")).to_contain_text("Bad <img")
    expect(page.locator("#kz-log .bot")).to_contain_text("${hacked=2} {{hacked}}")
    unharmed(page)
    page.locator("#kz-log .kz-mark").first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("<img src=x")
    card.get_by_role("button", name="Read in the article").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Strange <img src=x")
    expect(dialog.get_by_role("link")).to_have_count(0)
    page.keyboard.press("Escape")
    for index in (1, 2, 3):
        tab(page, index)
        unharmed(page)


@pytest.mark.parametrize(
    "question",
    [
        f"weather {HOSTILE}",
        "<script>hacked=5</script><style>*{display:none}</style>",
        "![x](http://evil.example/p.png) <img src=http://evil.example/q.png> http://evil.example www.evil.example",
        "\u202e\u200b\u2066 مرحبا dam \u0000 water",
        "# heading\n- list\n1. one\n> quote\n```\ncode\n```\n| a | b |\n|---|---|",
        "$$\\alpha$$ \\(x\\) $x$ ```mermaid\ngraph TD\n```",
    ],
    ids=["markup", "script", "images", "invisible", "markdown", "formulas"],
)
def test_a_hostile_question_is_text(visit: Opener, question: str) -> None:
    page = visit()
    ask(page, question)
    user = page.locator("#kz-log .user")
    shown = "".join(user.inner_text().split())
    wanted = "".join(ch for ch in question if ch.isprintable() and not ch.isspace())
    assert shown == wanted
    assert user.locator("a, h1, ul, ol, table, code, blockquote, img").count() == 0
    unharmed(page)
    tab(page, 3)
    unharmed(page)


def test_a_huge_question_is_refused_in_a_sentence(visit: Opener) -> None:
    page = visit()
    box = page.locator("#kz-question textarea")
    box.evaluate("element => element.removeAttribute('maxlength')")
    box.fill("dam " * 2000)
    page.keyboard.press("Enter")
    expect(page.locator("#kz-log .bot")).to_contain_text("please ask in at most 2000")
