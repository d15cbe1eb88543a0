"""Several questions at once, and one after the other: each has an answer of its own."""

from collections.abc import Iterator

import pytest

from kzrag.assistant import Assistant
from tests.answering.articles import opened

ORCHARD = """The orchard of Halden

The Brock family has worked the orchard of Halden since 1971, when Edna Brock leased the first 12 hectares. The company was registered in 1974. Today the orchard covers 310 hectares and sells to six countries.

Forty pickers fell ill in June. Nine of them are students. The court awarded the pickers 2 million crowns, although they had asked for 5 million crowns.

A new press for cider stands in the old barn. It was built by a firm from the coast. Its foreman, Ned Tallow, 58, has led the pressing since 2009. He came to Halden three weeks after the fire.

Rosa Winter, the last miller of Halden, opposes Ned Tallow. Rosa Winter, who is 71, keeps bees by the lake. “I want the old press back,” she told us.

The council in the town hall of Halden has not chosen a bridge. Its choice will be told on 3 March 2031. The bridge is to cost 4 million crowns, of which 3 million crowns come from the state.
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


def test_he_is_who_answers_the_question_before(assistant: Assistant) -> None:
    answer = assistant.answer("Who opposes Ned Tallow, and how old is she?")
    assert "71 years [" in answer.text
    assert "58" not in answer.text


def test_who_answers_may_speak_without_being_named(assistant: Assistant) -> None:
    answer = assistant.answer("Who keeps bees by the lake, and what does she say about the old press?")
    assert "I want the old press back" in answer.text


def test_what_was_quoted_for_one_question_is_not_quoted_again_for_the_next(assistant: Assistant) -> None:
    answer = assistant.answer("Has the council chosen a bridge, and when will its choice be told?")
    assert answer.text.count("has not chosen a bridge") == 1
    assert "3 March 2031" in answer.text


def test_nobody_is_told_that_nothing_is_told_beside_the_sentence_that_tells() -> None:
    """A part that was refused is passed over where its best evidence is quoted for another one."""
    from dataclasses import replace

    from kzrag.answering.abstention import Decision
    from kzrag.answering.disagreement import Compared, Side
    from kzrag.answering.engine import Part, told_beside
    from kzrag.answering.needs import read
    from kzrag.records import Evidence
    from tests.answering.articles import sentence

    quoted = Evidence(sentence("Winter wrote of the trip to the coast."), 0.9)
    near = replace(quoted, score=0.6, like=0.6, kind=0.7)
    shown = Part(
        read("Who wrote of the trip?"), [quoted], Decision(), Compared((Side(quoted, None),), conflict=False), []
    )
    open_one = Part(
        read("What does she say of it?"), [near], Decision("not_in_corpus"), Compared((), conflict=False), []
    )
    assert told_beside(open_one, [shown, open_one])
    assert not told_beside(replace(open_one, evidence=[replace(near, like=0.2)]), [shown, open_one])
    assert not told_beside(
        replace(open_one, needs=read("How many saw it?"), evidence=[replace(near, kind=0.2)]), [shown]
    )
