"""Readers add documents of their own, see how they were read, ask about them, and take them out again."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Opener, Served, ask, tab

BRIDGE = """The bridge at Stonefield

The bridge at Stonefield carries 900 wagons a day, the road office said in June 2024.

It will be closed for repairs in the spring.
"""


def test_add_ask_and_remove(visit: Opener, served: Served, tmp_path: Path) -> None:
    file = tmp_path / "bridge.txt"
    file.write_text(BRIDGE, encoding="utf-8")
    page = visit()
    tab(page, 4)
    page.locator("#kz-file input[type=file]").set_input_files(file)
    preview = page.locator("#kz-preview")
    expect(preview).to_contain_text("The bridge at Stonefield")
    expect(preview).to_contain_text("carries 900 wagons a day")
    expect(page.get_by_label("Title")).to_have_value("The bridge at Stonefield")
    page.get_by_label("Publisher").fill("Stonefield Herald")
    page.get_by_label("Date (2024").fill("2024-06-30")
    page.get_by_role("button", name="Add to the corpus").click()
    added = page.locator("#kz-added")
    expect(added).to_contain_text("Added: bridge.txt")
    ask(page, "How many wagons does the bridge at Stonefield carry?")
    tab(page, 0)
    card = page.locator(".kz-card").first
    expect(card).to_contain_text("Stonefield Herald")
    expect(card).to_contain_text("30 Jun 2024")
    tab(page, 4)
    added.get_by_role("button", name="Remove").click()
    expect(added).to_contain_text("Removed: bridge")
    ask(page, "How many wagons does the bridge at Stonefield carry?")
    expect(page.locator("#kz-log .bot").last).to_contain_text("The articles do not say.")
    assert not list((served.home / "library").rglob("bridge*"))


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(visit: Opener, tmp_path: Path) -> None:
    file = tmp_path / "empty.txt"
    file.write_text("  \n", encoding="utf-8")
    page = visit()
    tab(page, 4)
    page.locator("#kz-file input[type=file]").set_input_files(file)
    expect(page.locator("#kz-preview").get_by_role("alert")).to_contain_text("empty.txt")
    expect(page.get_by_role("button", name="Add to the corpus")).to_be_hidden()


def test_a_wrong_date_is_said_before_anything_is_kept(visit: Opener, served: Served, tmp_path: Path) -> None:
    file = tmp_path / "ferry.txt"
    file.write_text(BRIDGE.replace("bridge", "ferry"), encoding="utf-8")
    page = visit()
    tab(page, 4)
    page.locator("#kz-file input[type=file]").set_input_files(file)
    page.get_by_label("Date (2024").fill("some day")
    page.get_by_role("button", name="Add to the corpus").click()
    expect(page.get_by_role("alert")).to_contain_text("some day")
    assert not list((served.home / "library").rglob("ferry*"))
