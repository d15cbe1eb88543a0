"""Readers add documents of their own, see how they were read, ask about them, and take them out again.

Here nothing is made up: files of every kind go through the readers and the indexer that a user of kzrag has.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Served, ask, start, tab
from tests.corpus.test_formats import PAGE, word
from tests.web.fake_assistant import HOSTILE
from tests.web.test_left_out import PRINTED
from tests.web.test_library import contents

RIVER = "The ferry on the Sova river carries 900 wagons a day, the road office of Stonefield said.\n"
HOSTILE_PAGE = PAGE.replace(
    "<h1>Korso is lit again</h1>", "<h1>Korso &lt;img src=x onerror=hacked=1&gt; ${hacked=2}</h1>"
).replace(
    "Maja Lind paid",
    "<img src=http://evil.example/p.png onerror='hacked=3'><a href='javascript:hacked=4'>Maja Lind</a> paid",
)
FERRY = f"""---
title: "The ferry {HOSTILE.replace('"', "'")}"
date: 2024-06-18
---
# The ferry of Lund

The ferry of Lund sank on 3 May 2024 with 31 cows, the harbour master said.
"""
LETTER = word(
    ("The bell of Brenna", "Title"),
    ("The bell of Brenna weighs 470 kilograms, the sexton Ida Moe said in June 2024.", None),
    ("It is rung at noon.", None),
)

WATCH_PROGRESS = """() => {
  window.shares = [];
  new MutationObserver(() => {
    const bar = document.querySelector('progress.kz-progress');
    if (bar) window.shares.push(bar.value);
  }).observe(document.body, {childList: true, subtree: true});
}"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """kzrag itself over a corpus of two short articles."""
    from kzrag.assistant import Assistant
    from kzrag.settings import Settings

    folder = tmp_path_factory.mktemp("library")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "river.txt").write_text(f"The Sova river\n\n{RIVER}", encoding="utf-8")
    (corpus / "mill.txt").write_text("The mill\n\nThe mill of Aker grinds 20 tons of flour a day, its owner said.\n")
    settings = Settings(corpus_dir=corpus, home=folder / "home")
    assistant = Assistant(settings)
    assistant.documents()
    running = start(settings.home, corpus, assistant=assistant)
    yield running
    running.stop()


def choose(page: Page, file: Path) -> None:
    """Choose a file as a reader does; one that was chosen before is put away first."""
    tab(page, 4)
    page.locator("#kz-file input[type=file]").set_input_files(file)


def added(page: Page, document: str) -> None:
    """Press the button, see how far it is, and wait until it is done."""
    page.evaluate(WATCH_PROGRESS)
    page.get_by_role("button", name="Add to the corpus").click()
    expect(page.locator("#kz-added")).to_contain_text(f"Added: {document}", timeout=60_000)
    assert page.evaluate("Math.max(...window.shares) > 0"), "no progress was shown"
    expect(page.locator("#kz-about-file")).to_be_hidden()


def test_files_of_every_kind_are_shown_described_indexed_asked_and_removed(
    visit: Opener, library: Served, tmp_path: Path
) -> None:
    corpus = contents(library.home.parent / "corpus")
    page = visit(address=library.address)
    preview = page.locator("#kz-preview")

    (page_file := tmp_path / "korso.html").write_text(HOSTILE_PAGE, encoding="utf-8")
    choose(page, page_file)
    expect(preview.locator("h3")).to_contain_text("Korso")
    expect(preview).to_contain_text("English · 4 Mar 2021")
    expect(preview).to_contain_text("after forty years")
    preview.locator("summary").click()
    expect(preview.locator("details")).to_contain_text("Home Sea Land")
    expect(preview.locator("details")).to_contain_text("All rights reserved")
    assert preview.locator("img, script, a").count() == 0
    expect(page.get_by_label("Publisher", exact=True)).to_have_value("Harbour Herald")
    added(page, "korso.html")

    (pdf_file := tmp_path / "lamp.pdf").write_bytes(PRINTED)
    choose(page, pdf_file)
    expect(preview).to_contain_text("forty years of darkness")
    preview.locator("summary").click()
    expect(preview.locator("details")).to_contain_text("Page 3 of 3")
    page.get_by_label("Title", exact=True).fill("The lamp, the bell and the gate")
    page.get_by_label("Publisher", exact=True).fill("Harbour Herald in print")
    added(page, "lamp.pdf")

    (markdown_file := tmp_path / "ferry.md").write_text(FERRY, encoding="utf-8")
    choose(page, markdown_file)
    expect(preview).to_contain_text("18 Jun 2024")
    expect(page.get_by_label("Date (2024")).to_have_value("2024-06-18")
    page.get_by_label("Publisher", exact=True).fill(f"Lund {HOSTILE}")
    added(page, "ferry.md")

    (letter := tmp_path / "bell.docx").write_bytes(LETTER)
    choose(page, letter)
    expect(preview).to_contain_text("weighs 470 kilograms")
    expect(preview).to_contain_text("Nothing was left out.")
    page.get_by_label("Publisher", exact=True).fill("Brenna Post")
    page.get_by_label("Date (2024").fill("2024-06-30")
    added(page, "bell.docx")

    for question, publisher, quoted in (
        ("How many kilograms does the bell of Brenna weigh?", "Brenna Post", "470 kilograms"),
        ("When did the ferry of Lund sink?", f"Lund {HOSTILE[:20]}", "3 May 2024"),
        ("With how many crowns did Maja Lind pay for the lamp?", "Harbour Herald", "31,000 crowns"),
    ):
        ask(page, question)
        tab(page, 0)
        card = page.locator(".kz-card", has_text=quoted).first
        expect(card.locator(".kz-who")).to_contain_text(publisher)
        expect(card.locator("mark")).to_contain_text(quoted)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main :is(img, [onerror], a[href^=javascript])").count() == 0

    tab(page, 4)
    mine = page.locator("#kz-added .kz-families > li")
    expect(mine).to_have_count(4)
    for left in (3, 2, 1, 0):
        mine.first.get_by_role("button", name="Remove").click()
        expect(mine).to_have_count(left, timeout=60_000)
    ask(page, "How many kilograms does the bell of Brenna weigh?")
    tab(page, 0)
    expect(page.locator(".kz-card", has_text="470 kilograms")).to_have_count(0)
    assert contents(library.home.parent / "corpus") == corpus
    assert not [path for path in (library.home / "library").rglob("*") if path.stem in ("bell", "ferry", "korso")]


def test_the_corpus_itself_cannot_be_removed(visit: Opener, library: Served) -> None:
    page = visit(address=library.address)
    tab(page, 4)
    expect(page.locator("#kz-added").get_by_role("button")).to_have_count(0)
    # The page's own way to the server, told the name of an article that came with the corpus.
    page.evaluate("kz.signals.remove({document: 'river'})")
    ask(page, "How many wagons does the ferry on the Sova river carry?")
    tab(page, 0)
    expect(page.locator(".kz-card").first.locator("mark")).to_contain_text("900 wagons")


def test_what_cannot_be_read_or_is_wrong_is_a_sentence_and_nothing_is_kept(
    visit: Opener, served: Served, tmp_path: Path
) -> None:
    (empty := tmp_path / "empty.txt").write_text("  \n", encoding="utf-8")
    (ferry := tmp_path / "ferry.txt").write_text(f"The ferry\n\n{RIVER}", encoding="utf-8")
    page = visit(fresh=True)
    choose(page, empty)
    expect(page.locator("#kz-preview").get_by_role("alert")).to_contain_text("empty.txt")
    expect(page.get_by_role("button", name="Add to the corpus")).to_be_hidden()
    page.locator("#kz-file button[aria-label]").first.click()
    choose(page, ferry)
    page.get_by_label("Date (2024").fill("some day")
    page.get_by_role("button", name="Add to the corpus").click()
    expect(page.get_by_role("alert")).to_contain_text("some day")
    assert not list((served.home / "library").rglob("ferry*"))
