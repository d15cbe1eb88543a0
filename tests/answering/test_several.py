"""Several questions at once, and one after the other: each has an answer of its own."""

from collections.abc import Iterator

import pytest

from kzrag.assistant import Assistant
from tests.answering.articles import opened

ORCHARD = """The orchard of Halden

The Brock family has worked the orchard of Halden since 1971, when Edna Brock leased the first 12 hectares. The company was registered in 1974. Today the orchard covers 310 hectares and sells to six countries.

Forty pickers fell ill in June. Nine of them are students. The court awarded the pickers 2 million crowns, although they had asked for 5 million crowns.

A new press for cider stands in the old barn. It was built by a firm from the coast. Its foreman, Ned Tallow, 58, has led the pressing since 2009. He came to Halden three weeks after the fire.
"""
SAD = """Совет и мост

Городской совет признал запрет на проезд через мост законным в марте. Незаконным запрет стал с 5 мая, когда истёк срок.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = opened(tmp_path_factory.mktemp("halden"), orchard=ORCHARD, most=SAD)
    yield made
    made.index.close()


def test_each_of_three_questions_has_its_own_date_or_figure(assistant: Assistant) -> None:
    text = assistant.answer(
        "Since when has the Brock family worked the orchard, when was the company registered, "
        "and how big is the orchard now?"
    ).text
    shorts = [line.split(" [")[0] for line in text.split("\n\n")]
    assert [short for short in shorts if short in ("1971", "1974", "310 hectares")] == ["1971", "1974", "310 hectares"]


def test_what_is_left_unanswered_is_named_as_a_sentence(assistant: Assistant) -> None:
    answer = assistant.answer("When was the company registered, and who is the mayor of Lisbon?")
    assert "1974" in answer.text
    assert "\n\nWho is the mayor of Lisbon? " in answer.text


def test_how_many_of_them_is_told_by_a_count_without_its_noun(assistant: Assistant) -> None:
    asked = "How many pickers fell ill in June?"
    talk = [{"role": "user", "content": asked}, {"role": "assistant", "content": assistant.answer(asked).text}]
    assert assistant.answer("And how many of them are students?", talk).text.startswith("Nine [")


def test_since_when_it_was_not_is_a_date(assistant: Assistant) -> None:
    talk = [
        {"role": "user", "content": "Совет признал запрет законным?"},
        {"role": "assistant", "content": "Да, в марте."},
    ]
    answer = assistant.answer("А с какого времени он стал незаконным?", talk)
    assert "5 мая" in answer.text
    assert "он (запрет)" in answer.text


def test_a_sentence_that_answers_two_questions_is_quoted_once(assistant: Assistant) -> None:
    answer = assistant.answer("How much did the court award the pickers, and how much had they asked for?")
    assert answer.text.count("The court awarded the pickers") == 1
    assert answer.text.startswith("2 million crowns [")
    assert "How much had they asked for? 5 million crowns [" in answer.text


def test_what_stands_alone_is_found_beside_a_question_without_answer(assistant: Assistant) -> None:
    answer = assistant.answer("When did the fire break out, and how many pickers fell ill in June?")
    assert "Forty pickers" in answer.text


def test_how_long_it_has_lasted_is_told_by_its_beginning(assistant: Assistant) -> None:
    answer = assistant.answer("How long has Ned Tallow led the pressing?")
    assert "since 2009" in answer.text and not answer.text.startswith("three weeks")


def test_an_age_is_no_other_length_of_time(assistant: Assistant) -> None:
    answer = assistant.answer("How old is Ned Tallow?")
    assert "58" in answer.text.split("[1]")[0]
    assert not answer.text.startswith(("3 weeks", "three weeks"))
