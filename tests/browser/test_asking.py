"""What people meet first: ask, read the answer as it comes, see who says so, open the article."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Served, answered, ask, tab

POWER = "How many megawatts will the new dam supply?"


def test_an_answer_points_to_its_sources(visit: Opener) -> None:
    page = visit()
    ask(page, POWER)
    expect(page.locator("#kz-log .bot")).to_contain_text("340 megawatts by 2032.")
    expect(page.locator("#kz-log .kz-mark")).to_have_text(["1", "2"])
    cards = page.locator(".kz-card")
    expect(cards).to_have_count(2)
    first = cards.first
    expect(first).to_contain_text("Valley Post")
    expect(first).to_contain_text("by J. Doe")
    expect(first).to_contain_text("5 Nov 2023")
    expect(first).to_contain_text("English")
    expect(first).to_contain_text("Translation of: 山谷河上的新水壩")
    expect(first.locator("mark")).to_have_text(
        "The Valley energy ministry says the new dam will supply 340 megawatts by 2032."
    )
    expect(first.locator("blockquote")).to_contain_text("The Lakeside Bank pays")
    expect(page.locator(".kz-summary").first).to_contain_text("2 articles")
    expect(page.locator("#kz-question textarea")).to_have_value("")


def test_a_marker_tells_its_quote_and_opens_its_card(visit: Opener) -> None:
    page = visit()
    ask(page, POWER)
    marker = page.locator("#kz-log .kz-mark").nth(1)
    marker.hover()
    bubble = page.get_by_role("tooltip")
    expect(bubble).to_contain_text("Source 2: Northern Ledger")
    expect(bubble).to_contain_text("210 megawatts")
    marker.click()
    card = page.locator("#kz-card-2")
    expect(card).to_be_focused()
    expect(card).to_be_in_viewport()
    expect(card).to_have_class(re.compile("kz-lit"))
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()


def test_the_article_opens_at_the_quote_with_every_citation_marked(visit: Opener) -> None:
    page = visit()
    ask(page, "What do engineers who measured the river and the low months of winter say?")
    page.locator(".kz-card").first.get_by_role("button", name="Read in the article").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Dam will give far less power")
    expect(dialog.locator("mark.kz-focus")).to_be_in_viewport()
    assert dialog.locator("mark").count() >= 2
    expect(dialog).to_contain_text("Reader’s comment: Ann Reed · 2 Apr 2024")
    expect(dialog.locator("summary").first).to_contain_text("Left out of the search")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_original_and_translation_side_by_side(visit: Opener) -> None:
    page = visit()
    ask(page, "What do farmers in the valley fear?")
    page.locator(".kz-card").first.get_by_role("button", name="Read in the article").click()
    page.get_by_role("button", name="Original and translation side by side").click()
    rows = page.get_by_role("dialog").locator(".kz-row")
    expect(rows.first).to_contain_text("山谷河上的新水壩")
    row = rows.filter(has_text="Farmers in the valley")
    expect(row).to_contain_text("河谷的農民擔心")
    expect(row.locator("mark")).not_to_have_count(0)
    page.get_by_role("button", name="This article alone").click()
    expect(rows).to_have_count(0)


def test_a_disagreement_is_a_table_of_sources(visit: Opener) -> None:
    page = visit()
    ask(page, POWER)
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_contain_text(["Valley Post", "Northern Ledger"])
    expect(table.get_by_role("cell")).to_contain_text(["340 megawatts", "210 megawatts"])
    table.locator(".kz-mark").nth(1).click()
    expect(page.locator("#kz-card-2")).to_be_focused()


def test_a_refusal_is_calm_and_offers_the_nearest_question(visit: Opener) -> None:
    page = visit()
    ask(page, "Who won the football match?")
    expect(page.locator("#kz-log .bot")).to_contain_text("The articles do not say.")
    expect(page.locator(".kz-evidence")).to_contain_text("This answer cites nothing")
    page.get_by_role("button", name=f"Ask instead: {POWER}").click()
    expect(page.locator("#kz-log .bot")).to_have_count(2)
    answered(page)
    expect(page.locator(".kz-card")).not_to_have_count(0)


def test_a_follow_up_says_how_it_was_understood(visit: Opener) -> None:
    page = visit()
    ask(page, "What do farmers in the valley fear?")
    ask(page, "And why?")
    expect(page.locator("#kz-log .bot").nth(1)).to_contain_text("Understood as: What do farmers in the valley fear")
    page.get_by_role("button", name="Who pays for the dam?").last.click()
    expect(page.locator("#kz-log .bot")).to_have_count(3)


def test_evidence_of_an_earlier_answer_comes_back(visit: Opener) -> None:
    page = visit()
    ask(page, POWER)
    ask(page, "What do farmers in the valley fear?")
    expect(page.locator(".kz-evidence")).to_have_attribute("data-turn", "1")
    page.locator("#kz-log .kz-mark").first.click()
    expect(page.locator(".kz-evidence")).to_have_attribute("data-turn", "0")
    expect(page.locator("#kz-card-1")).to_be_focused()


def test_stop_keeps_what_was_said(visit: Opener, served: Served) -> None:
    page = visit()
    page.locator("#kz-question textarea").fill("Tell me slowly")
    page.keyboard.press("Enter")
    expect(page.locator("#kz-log .bot")).to_contain_text("It begins, and goes on")
    expect(page.locator("#kz-send")).to_be_hidden()
    page.get_by_role("button", name="Stop").click()
    answered(page)
    expect(page.locator("#kz-log .bot")).to_contain_text("It begins, and goes on")
    expect(page.locator("#kz-log .bot")).to_contain_text("Stopped")


def test_retry_edit_and_clear(visit: Opener) -> None:
    page = visit()
    ask(page, POWER)
    page.get_by_role("button", name="Retry").click()
    answered(page)
    expect(page.locator("#kz-log .user")).to_have_count(1)
    page.wait_for_timeout(500)  # the words of the second answer close a box that is open for editing
    page.get_by_role("button", name="Edit", exact=True).click()
    page.locator("#kz-log textarea").fill("What do farmers in the valley *fear*?")
    page.locator("#kz-log").get_by_role("button", name="Ask").click()
    expect(page.locator("#kz-log .user")).to_contain_text("What do farmers in the valley *fear*?")
    expect(page.locator("#kz-log .bot")).to_contain_text("thirty percent")
    answered(page)
    expect(page.locator("#kz-log .user")).to_have_count(1)
    page.locator("#kz-log").get_by_role("button", name="Clear").click()
    expect(page.locator("#kz-log .user")).to_have_count(0)
    expect(page.locator(".kz-welcome")).to_be_visible()
    expect(page.locator(".kz-card")).to_have_count(0)


def test_copying_gives_plain_words_and_sources(visit: Opener) -> None:
    page = visit()
    ask(page, "What do farmers in the valley fear?")
    page.get_by_role("button", name="Copy answer with sources").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "thirty percent. [1]" in copied
    assert "[1] Valley Post, A new dam on the Valley River, 5 Nov 2023, https://example.org/dam" in copied
    page.locator("#kz-log .bot-row + * button, #kz-log .message-buttons-left button").first.click()
    assert "thirty percent. [1]" in page.evaluate("navigator.clipboard.readText()")


def test_the_conversation_can_be_kept_to_some_sources(visit: Opener) -> None:
    page = visit()
    tab(page, 2)
    families = page.locator(".kz-families > li")
    expect(families).to_have_count(3)
    expect(families.first).to_contain_text("2 articles, 1 source: a translation")
    page.locator("#kz-only").get_by_label("Dam will give far less power").check()
    expect(page.locator("#kz-asking")).to_contain_text("Asking 1 of 4 articles")
    ask(page, POWER)
    tab(page, 0)
    expect(page.locator(".kz-card")).to_have_count(1)
    expect(page.locator(".kz-card")).to_contain_text("Northern Ledger")


def test_the_timeline_shows_when_it_was_said_and_of_when(visit: Opener) -> None:
    page = visit()
    ask(page, POWER)
    tab(page, 1)
    rows = page.locator(".kz-timeline li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Said 5 Nov 2023 · Speaks of 2032")
    left = [dot.bounding_box() for dot in page.locator(".kz-timeline li >> nth=0 >> .kz-said, .kz-dot").all()[:2]]
    assert left[0]["x"] < left[1]["x"]


def test_a_readers_comment_is_shown_as_one_and_how_a_date_is_known(visit: Opener) -> None:
    page = visit()
    ask(page, "Was my village promised new houses in 2019?")
    card = page.locator(".kz-card").first
    expect(card).to_contain_text("Reader’s comment: Ann Reed")
    expect(card).to_contain_text("2 Apr 2024")
    ask(page, "新水壩將供應多少兆瓦電力？")
    expect(page.locator(".kz-card").first).to_contain_text("How the date is known: The month stands in its first line.")
    expect(page.locator(".kz-card").first).to_contain_text("Also in English")


def test_nothing_jumps_while_an_answer_comes(visit: Opener) -> None:
    page = visit()
    ask(page, "What do farmers in the valley fear?")
    page.evaluate(WATCH_PLACES)
    ask(page, POWER)
    tops = page.evaluate("window.places")
    assert len(tops["question"]) > 2
    assert max(tops["question"]) - min(tops["question"]) <= 1, tops
    assert max(tops["side"]) - min(tops["side"]) <= 1, tops


WATCH_PLACES = """() => {
  window.places = {question: [], side: []};
  const top = selector => Math.round(document.querySelector(selector).getBoundingClientRect().top);
  const look = () => {
    window.places.question.push(top('#kz-ask'));
    window.places.side.push(top('#kz-tabs'));
    requestAnimationFrame(look);
  };
  look();
}"""


def test_errors_are_one_sentence_with_a_way_on(visit: Opener) -> None:
    page = visit()
    ask(page, "The model is broken")
    bot = page.locator("#kz-log .bot")
    expect(bot).to_contain_text("start it or unset KZRAG_LLM")
    page.locator("#kz-question textarea").fill("Please crash")
    page.keyboard.press("Enter")
    expect(bot).to_contain_text("Something went wrong")
    expect(bot).not_to_contain_text("secret")
    answered(page)
    page.get_by_role("button", name="Retry").click()
    expect(page.locator("#kz-log .user")).to_contain_text("Please crash")
    answered(page)


def suggested(page: Page) -> None:
    page.locator("#kz-log .example").first.click()


def test_a_suggested_question_is_asked_at_a_click(visit: Opener) -> None:
    page = visit()
    suggested(page)
    expect(page.locator(".kz-card")).not_to_have_count(0)
    answered(page)
