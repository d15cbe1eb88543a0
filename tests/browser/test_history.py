"""Conversations outlive a reload and the server; readers can name, delete, take along and judge them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from kzrag.settings import Settings
from kzrag.web.history import HISTORY_FILE, History, print_feedback
from tests.browser.conftest import Opener, Served, ask, ready, start, tab

FEAR = "What do farmers in the valley fear?"


def test_a_conversation_survives_a_reload_and_a_restart(visit: Opener, tmp_path: Path) -> None:
    first = start(tmp_path / "home", tmp_path / "corpus")
    page = visit(address=first.address)
    ask(page, FEAR)
    expect(page).to_have_url(re.compile("c="))
    page.reload()
    ready(page)
    expect(page.locator("#kz-log .bot")).to_contain_text("thirty percent")
    expect(page.locator(".kz-card")).not_to_have_count(0)
    address = page.url
    page.close()  # or it would call for a server that is not there, and say so on its console
    first.stop()
    second = start(tmp_path / "home", tmp_path / "corpus", int(first.address.rsplit(":", 1)[1].strip("/")))
    page = visit(address=address)
    expect(page.locator("#kz-log .bot")).to_contain_text("thirty percent")
    ask(page, "And why?")
    expect(page.locator("#kz-log .bot").last).to_contain_text("Understood as: What do farmers")
    page.close()
    second.stop()


def first_item(page: Page) -> object:
    tab(page, 3)
    return page.locator(".kz-history > li").first


def test_rename_export_and_delete(visit: Opener) -> None:
    page = visit()
    ask(page, FEAR)
    item = first_item(page)
    expect(item).to_contain_text(FEAR)
    expect(item).to_have_attribute("aria-current", "true")
    page.once("dialog", lambda dialog: dialog.accept("Water <b>and</b> ${farmers}"))
    item.get_by_role("button", name="Rename").click()
    expect(item).to_contain_text("Water <b>and</b> ${farmers}")

    with page.expect_download() as markdown:
        item.get_by_role("button", name="Export Markdown").click()
    text = Path(markdown.value.path()).read_text(encoding="utf-8")
    assert markdown.value.suggested_filename == "Water-b-and-b-farmers.md"
    assert "> Farmers in the valley fear that irrigation water will fall by thirty percent." in text
    assert "<https://example.org/dam>" in text
    with page.expect_download() as exported:
        item.get_by_role("button", name="Export JSON").click()
    answer = json.loads(Path(exported.value.path()).read_text(encoding="utf-8"))["turns"][0]["answer"]
    assert answer["citations"][0]["publisher"] == "Valley Post"

    page.once("dialog", lambda dialog: dialog.accept())
    item.get_by_role("button", name="Delete").click()
    expect(page.locator("#kz-log .bot")).to_have_count(0)
    expect(page.locator(".kz-history")).not_to_contain_text("Water <b>")


def test_another_conversation_is_opened_from_the_list(visit: Opener) -> None:
    page = visit()
    ask(page, FEAR)
    page.locator("#kz-new").click()
    expect(page.locator("#kz-log .bot")).to_have_count(0)
    ask(page, "Who won the football match?")
    tab(page, 3)
    page.locator(".kz-pick").nth(1).click()
    expect(page.locator("#kz-log .user")).to_have_text([FEAR])


def test_a_conversation_is_found_by_its_words(visit: Opener) -> None:
    page = visit()
    ask(page, FEAR)
    page.locator("#kz-new").click()
    expect(page.locator("#kz-log .user")).to_have_count(0)
    ask(page, "Who won the football match in zanzibar?")
    tab(page, 3)
    search = page.get_by_label("Search the conversations")
    search.press_sequentially("FARMERS thirty percent")
    titles = page.locator(".kz-pick .kz-title")
    expect(titles.filter(has_text="zanzibar")).to_have_count(0)
    expect(titles.first).to_contain_text("farmers")
    search.fill("nowhere at all")
    expect(page.get_by_text("No conversation holds these words.")).to_be_visible()
    search.fill("zanzibar")
    page.locator(".kz-pick").click()
    expect(page.locator("#kz-log .user")).to_contain_text("zanzibar")
    expect(search).to_have_value("")


def test_a_thumb_and_a_comment_are_kept_with_the_answer(visit: Opener, served: Served) -> None:
    page = visit()
    ask(page, FEAR)
    page.get_by_role("button", name="Bad answer").click()
    page.get_by_label("What was right or wrong?").fill("Which farmers?")
    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_label("What was right or wrong?")).to_be_hidden()
    said = History(served.home / HISTORY_FILE).feedback()[0]
    assert (said.verdict, said.comment, said.question) == ("bad", "Which farmers?", FEAR)
    listed: list[str] = []
    print_feedback(Settings(home=served.home), as_cases=False, echo=listed.append)
    assert listed[0].endswith(f"- {FEAR}  “Which farmers?”")
    print_feedback(Settings(home=served.home), as_cases=True, echo=listed.append)
    assert json.loads(listed[-1])["answer"]["citations"]
    page.reload()
    ready(page)
    expect(page.locator("#kz-log .bot")).to_have_count(1)
