"""Pictures of the page for the README, drawn by the same browser that tests it.

`KZRAG_SCREENSHOTS=docs/screenshots pytest tests/browser -k screenshots` asks kzrag itself about the bundled articles
and keeps them; an ordinary run asks the small made corpus, and only sees that they can be taken with nothing cut off.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, ask, start

KEEP = os.environ.get("KZRAG_SCREENSHOTS")
COLOURS = 128
"""Of a picture: the page has few, and letters need their greys."""
LARGEST = 200_000
"""Bytes of one picture in the repository."""

SCENES = [
    ("desk-light-en", {"width": 1280, "height": 800, "language": "en-GB", "dark": False}),
    ("desk-dark-zh", {"width": 1280, "height": 800, "language": "zh-TW", "dark": True}),
    ("phone-light-zh", {"width": 390, "height": 844, "language": "zh-CN", "dark": False}),
    ("phone-dark-en", {"width": 390, "height": 844, "language": "en-GB", "dark": True}),
]
KEPT = (
    "desk-light-en-answer",
    "desk-dark-zh-answer",
    "desk-dark-zh-article",
    "phone-light-zh-evidence",
    "phone-dark-en-answer",
)
"""The pictures that the repository keeps; the others are only taken. Pictures stay in its history for ever."""
MADE = {"en": "How many megawatts will the new dam supply?", "zh": "新水壩將供應多少兆瓦電力？"}
BUNDLED = {
    "en": "How much oil should the refineries process by 2032?",
    "zh": "到2032年，哈薩克斯坦的煉油廠要處理多少石油？",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str | None]:
    """The window other tests use; for pictures that are kept, one of the bundled articles and the real assistant."""
    if not KEEP:
        yield None
        return
    from kzrag.assistant import Assistant
    from kzrag.settings import Settings, bundled_corpus

    home = tmp_path_factory.mktemp("pictures")
    assistant = Assistant(Settings(home=home))
    assistant.documents()
    running = start(home, bundled_corpus(), assistant=assistant)
    yield running.address
    running.stop()


@pytest.mark.parametrize(("name", "scene"), SCENES, ids=[name for name, _ in SCENES])
def test_screenshots(visit: Opener, address: str | None, tmp_path: Path, name: str, scene: dict[str, object]) -> None:
    def named(what: str) -> Path:
        folder = Path(KEEP) if KEEP and f"{name}-{what}" in KEPT else tmp_path
        return folder / f"{name}-{what}.png"

    Path(KEEP or tmp_path).mkdir(parents=True, exist_ok=True)
    page = visit(address=address, **scene)
    expect(page.locator("#kz-log .example").first).to_be_visible()
    picture(page, named("welcome"))
    ask(page, (BUNDLED if KEEP else MADE)[name[-2:]])
    expect(page.locator(".kz-card").first).to_be_visible()
    picture(page, named("answer"))
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0, "the page is wider than its window"
    if scene["width"] == 390:
        page.locator(".kz-card").first.scroll_into_view_if_needed()
        picture(page, named("evidence"))
    page.locator(".kz-card [data-open]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    picture(page, named("article"))


def picture(page: Page, path: Path) -> None:
    page.mouse.move(1, 1)
    page.screenshot(path=path, animations="disabled")
    with Image.open(path) as taken:
        taken.quantize(COLOURS).save(path, optimize=True)
    assert path.stat().st_size < LARGEST
