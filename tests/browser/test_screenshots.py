"""Pictures of the page for the README, drawn by the same browser that tests it.

`KZRAG_SCREENSHOTS=docs/screenshots pytest tests/browser -k screenshots` keeps them; an ordinary run only sees that
they can be taken, and that nothing on them is cut off.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, ask

KEEP = os.environ.get("KZRAG_SCREENSHOTS")
LARGEST = 200_000
"""Bytes of one picture in the repository."""

SCENES = [
    ("desk-light-en", {"width": 1280, "height": 800, "language": "en-GB", "dark": False}),
    ("desk-dark-zh", {"width": 1280, "height": 800, "language": "zh-TW", "dark": True}),
    ("phone-light-zh", {"width": 390, "height": 844, "language": "zh-CN", "dark": False}),
    ("phone-dark-en", {"width": 390, "height": 844, "language": "en-GB", "dark": True}),
]
QUESTIONS = {"en": "How many megawatts will the new dam supply?", "zh": "新水壩將供應多少兆瓦電力？"}


@pytest.mark.parametrize(("name", "scene"), SCENES, ids=[name for name, _ in SCENES])
def test_screenshots(visit: Opener, tmp_path: Path, name: str, scene: dict[str, object]) -> None:
    folder = Path(KEEP) if KEEP else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    page = visit(**scene)
    expect(page.locator("#kz-log .example").first).to_be_visible()
    picture(page, folder / f"{name}-welcome.png")
    ask(page, QUESTIONS[name[-2:]])
    expect(page.locator(".kz-card").first).to_be_visible()
    picture(page, folder / f"{name}-answer.png")
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0, "the page is wider than its window"
    if scene["width"] == 390:
        page.locator(".kz-card").first.scroll_into_view_if_needed()
        picture(page, folder / f"{name}-evidence.png")
    page.locator(".kz-card [data-open]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    picture(page, folder / f"{name}-article.png")


def picture(page: Page, path: Path) -> None:
    page.mouse.move(1, 1)
    page.screenshot(path=path, animations="disabled")
    assert path.stat().st_size < LARGEST
