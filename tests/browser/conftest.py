"""A real server and a real browser, shared by the tests of this folder; every test has a page of its own.

Whatever a page does, three things must hold at its end: no error on the console, none in its scripts, and no request
to any other host.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.web.building import built
from tests.web.fake_assistant import FakeAssistant

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Browser, Page, Route, expect
from playwright.sync_api import TimeoutError as LateError

CHROMIUM = os.environ.get("KZRAG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = """--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking
    --disable-component-update --disable-sync --no-first-run"""
QUESTIONS = """
en = [
  "How many megawatts will the new dam supply?", "What do farmers in the valley fear?", "Who won the football match?"
]
zh-Hant = ["新水壩將供應多少兆瓦電力？", "誰贏了足球賽？"]
zh-Hans = ["新水坝将供应多少兆瓦电力？"]
ru = ["Сколько мегаватт даст новая плотина?"]
"""
PATIENCE = 15_000
"""Milliseconds to wait for what should come at once: the machine may be busy with other things."""

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The server runs in this process: a warning inside Gradio or pandas must not break its answer."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("default"))


@dataclass
class Served:
    """A running server."""

    address: str
    home: Path
    assistant: FakeAssistant
    stop: Callable[[], None] = field(repr=False)


def start(home: Path, corpus: Path, port: int = 0, assistant: Any = None) -> Served:
    """The chat in a thread of this process: over the small made corpus, unless another assistant is given, which then
    indexes what is added as it does everywhere."""
    import uvicorn

    from kzrag.corpus import load_corpus
    from kzrag.settings import Settings

    def open_other(settings: Settings, progress: Callable[[str, int, int], None]) -> FakeAssistant:
        documents = load_corpus(settings.corpus_dir, max_bytes=settings.max_document_bytes).documents
        for number, document in enumerate(documents):
            progress(f"reading {document.id}", number, len(documents))
        return FakeAssistant([*FakeAssistant().documents(), *documents])

    made = assistant is None
    if made:
        assistant = FakeAssistant()
        corpus.mkdir(parents=True, exist_ok=True)
        (corpus / "questions.toml").write_text(QUESTIONS, encoding="utf-8")
    app = built(Settings(corpus_dir=corpus, home=home), assistant, open_other=open_other if made else None)
    listening = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()

    def stop() -> None:
        server.should_exit = True
        thread.join(10)
        listening.close()

    return Served(f"http://127.0.0.1:{listening.getsockname()[1]}/", home, assistant, stop)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("web")
    running = start(folder / "home", folder / "corpus")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if CHROMIUM is None:
        pytest.skip("no chromium here; install it, or name it in KZRAG_CHROMIUM")
    return {"executable_path": CHROMIUM, "args": FLAGS.split()}


Opener = Callable[..., Page]
LEAVING = ("AbortError: signal is aborted", "Connection errored out")
"""What Gradio writes on the console when a page is left while the server is still speaking to it: no reader sees it."""


class Windows:
    """The browser's windows, kept from test to test: a reader does not load the page anew for each question either."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.problems: list[str] = []
        self._kept: dict[tuple[object, ...], Page] = {}

    def kept(self, *key: object, open_one: Callable[[], Page]) -> Page:
        page = self._kept.get(key)
        if page is None or page.is_closed():
            page = self._kept[key] = open_one()
        else:
            start_over(page)
        return page

    def opened(self, address: str, *, width: int, height: int, language: str, dark: bool) -> Page:
        """A page in a browser that has never been here."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"],
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("console", lambda message: self._said(message.type, message.text))

        def abroad(route: Route) -> None:
            self.problems.append(f"outside request: {route.request.url}")
            route.abort()

        goal = urlsplit(address)
        allowed = (f"{goal.scheme}://{goal.netloc}/", "data:", "blob:")
        context.route(lambda url: not url.startswith(allowed), abroad)
        page.goto(goal.geturl())
        expect(page.locator("#kz-question textarea")).to_be_visible()
        ready(page)
        return page

    def _said(self, kind: str, text: str) -> None:
        if kind == "error" and not any(leaving in text for leaving in LEAVING):
            self.problems.append(text)


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def visit(windows: Windows, served: Served) -> Iterator[Opener]:
    """Opens the page: `visit(width=390, height=844, language="zh-TW", dark=True)`; with `fresh` or an `address`, as
    someone who has never been here, else in the window that other tests used, with a new conversation."""
    own: list[Page] = []
    windows.problems.clear()

    def open_page(
        *,
        width: int = 1280,
        height: int = 800,
        language: str = "en-GB",
        dark: bool = False,
        fresh: bool = False,
        address: str | None = None,
    ) -> Page:
        def open_one() -> Page:
            return windows.opened(address or served.address, width=width, height=height, language=language, dark=dark)

        if not fresh and address is None:
            page = windows.kept(width, language, dark, open_one=open_one)
            page.set_viewport_size({"width": width, "height": height})
            return page
        own.append(open_one())
        return own[-1]

    yield open_page
    for page in own:
        page.context.close()
    assert windows.problems == []


def start_over(page: Page) -> None:
    """As a reader would: nothing open, a new conversation, all sources, the first tab."""
    if page.locator("dialog[open]").count():
        page.keyboard.press("Escape")
    if page.locator("#kz-stop").is_visible():
        with suppress(LateError):  # the answer may come to its end before the click
            page.locator("#kz-stop").click(timeout=2_000)
        answered(page)
    page.locator("#kz-new").click()
    expect(page.locator("#kz-log .user")).to_have_count(0)
    expect(page.locator("#kz-evidence .kz-card")).to_have_count(0)
    tab(page, 2)
    for tick in page.locator("#kz-only input:checked").all():
        tick.uncheck()
    tab(page, 0)
    page.locator("#kz-question textarea").fill("")
    page.locator("#kz-question textarea").focus()


def ready(page: Page) -> None:
    """The server has said what the page shows."""
    page.wait_for_function("document.querySelector('#kz-evidence .kz-evidence') && Boolean(window.kz?.signals.read)")


def ask(page: Page, question: str) -> None:
    """Type a question, and wait for its whole answer."""
    before = page.locator("#kz-log .bot").count()
    page.locator("#kz-question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#kz-log .bot")).to_have_count(before + 1)
    answered(page)


def answered(page: Page) -> None:
    expect(page.locator("#kz-send")).to_be_visible()
    expect(page.locator("#kz-stop")).to_be_hidden()


def tab(page: Page, index: int) -> None:
    """Evidence, timeline, sources, history, adding."""
    page.locator('#kz-tabs [role="tab"]').nth(index).click()


def texts(page: Page, selector: str) -> Sequence[str]:
    return page.locator(selector).all_inner_texts()
