"""Which sentences bear on a question: whose words are asked for, quoted phrases, ends that tell how long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kzrag.answering.facts import facts_of
from kzrag.answering.held import can_be_one
from kzrag.answering.needs import read
from kzrag.answering.voices_asked import speakers
from kzrag.assistant import Assistant
from tests.answering.articles import opened

CREW = """The crossing

In 1987 the tug was still young. It was painted green. One day the tug left with 31 passengers, 7 sailors and 12 cars. Two lighthouses stand beside the harbour, and four more on the islands.

The storm hurt 9 of our passengers. Two people waved from the quay.

By May the total number of crossings has passed 40,000. By then 64 percent of the islanders could swim.

The original capital of the islands was Sorn. In 1950 the government moved the capital to Westerhaven.

What does the lighthouse of Grunau cost the islands every year? Only 30,000 crowns, says the harbour office.

Her captain calls the old tug nothing else than the Goose.
"""
RELEASE = """Home | Newsroom | Press releases

Brewmaster Ltd opens a second cellar

The new cellar of Brewmaster Ltd holds 400 barrels and was paid for without a loan. It will be open to visitors from May.

© 2021 Brewmaster Ltd. All rights reserved.
"""
PAPER = """THE LUND POST

A cellar and its neighbours

The licence of Brewmaster runs until the end of 2026. “Where do all these barrels come from?” a neighbour asked.

The town council wants to look at the noise of the cellar again in autumn.

Comments (2)

cellar_rat – 4 March, 09:12 – It is not the noise that keeps me awake.

Ola B. – 5 March, 10:40 – It is.

© The Lund Post 2021
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield opened(tmp_path_factory.mktemp("cellar"), release=RELEASE, paper=PAPER, crew=CREW)


def test_a_firm_that_publishes_is_written_of_by_others_too(corpus: Assistant) -> None:
    assert speakers(read("Until when does Brewmaster's licence run?"), corpus.index) is None
    assert speakers(read("According to Brewmaster, when does the cellar open?"), corpus.index) == {
        ("release", "article")
    }
    assert "2026" in corpus.answer("How long does Brewmaster's licence run?").text


def test_a_phrase_that_is_quoted_is_found_though_it_asks(corpus: Assistant) -> None:
    answer = corpus.answer("Who asked “where do all these barrels come from”?")
    assert not answer.abstained
    assert "a neighbour asked" in answer.text


def test_a_word_of_a_users_name_does_not_ask_for_that_user(corpus: Assistant) -> None:
    assert speakers(read("What does the council want to look at in the cellar?"), corpus.index) is None
    assert speakers(read("What keeps cellar_rat awake?"), corpus.index) == {("paper", "cellar_rat")}


@pytest.mark.parametrize(
    "question",
    ["Who disagrees with the article?", "谁反对文章的说法？", "Кто спорит с автором?", "Мақаламен кім келіспейді?"],
)
def test_against_what_is_written_are_those_who_comment(corpus: Assistant, question: str) -> None:
    asked = speakers(read(question), corpus.index)
    assert asked == {("paper", "cellar_rat"), ("paper", "Ola B.")}
    assert {citation.voice for citation in corpus.answer(question).citations} <= {voice for _, voice in asked}


def test_what_is_counted_is_understood_across_languages(corpus: Assistant) -> None:
    assert "7 sailors" in corpus.answer("Сколько матросов было на буксире?").text


@pytest.mark.parametrize(
    ("question", "figure"),
    [("How many crossings have there been?", "40,000"), ("How many islanders could swim?", "64")],
)
def test_what_is_counted_may_stand_apart_from_the_figure(corpus: Assistant, question: str, figure: str) -> None:
    assert figure in corpus.answer(question).text


def test_the_former_one_is_not_the_one(corpus: Assistant) -> None:
    answer = corpus.answer("What is the capital of the islands?")
    assert "Westerhaven" in answer.text and not answer.text.startswith("Sorn")
    assert not corpus.answer("Какая столица у островов?").text.startswith("Sorn")
    assert "Sorn" in corpus.answer("What was the original capital of the islands?").text


@pytest.mark.parametrize(
    "question", ["How much does the lighthouse of Grunau cost a year?", "Во сколько обходится маяк Грунау?"]
)
def test_what_a_text_asks_itself_is_what_it_answers(corpus: Assistant, question: str) -> None:
    answer = corpus.answer(question)
    assert "30,000" in answer.text and "lighthouse of Grunau" in answer.text


def test_who_is_asked_for_a_name_gets_one(corpus: Assistant) -> None:
    assert "Goose" in corpus.answer("What name does the captain have for the old tug?").text


def test_the_people_counted_are_those_asked_for(corpus: Assistant) -> None:
    answer = corpus.answer("How many passengers were hurt in the storm?")
    assert answer.text.startswith("9")


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("2022-07-05", "2022", True),
        ("2022-07-05", "--07-05", True),
        ("--07", "2022-07-05", True),
        ("2022", "--07-05", True),
        ("2022-07-05", "--07-06", False),
        ("2022-07-05", "2021", False),
    ],
)
def test_dates_can_be_one_as_far_as_they_are_known(a: str, b: str, *, one: bool) -> None:
    assert can_be_one(a, b) is can_be_one(b, a) is one


def test_the_year_a_text_has_come_to_goes_on(corpus: Assistant) -> None:
    assert "31 passengers" in corpus.answer("How many passengers did the tug take in 1987?").text
    assert corpus.answer("How many passengers did the tug take in 1993?").abstained


def test_what_was_read_beforehand_is_not_read_again(corpus: Assistant) -> None:
    corpus.warm()
    read = facts_of.cache_info().misses
    corpus.answer("How many passengers were hurt in the storm?")
    assert facts_of.cache_info().misses == read


MILL_FIRE = """The Korso Herald
4 June 2024

Fire at the mill of Korso

{days}

Seven people died in the fire at the mill, the fire brigade of Korso said.

In Utrecht in the Netherlands a fire in a mill killed 32 people in 1998.
"""


def test_what_happened_elsewhere_and_long_ago_is_no_answer_to_who_names_neither(
    tmp_path: Path,
) -> None:
    days = "\n\n".join(
        f"On day {n} the millers of Korso met again. They spoke of the wheel and of rule {n}." for n in range(140)
    )
    assistant = opened(tmp_path, fire=MILL_FIRE.format(days=days))
    asked = (
        "How many people were killed in the fire at the mill?",
        "火灾造成多少人死亡？",
        "Сколько человек погибло при пожаре?",
    )
    for question in asked:
        assert "Seven people" in assistant.answer(question).citations[0].quote
    assert "32" in assistant.answer("How many people did the fire in the Netherlands kill?").text
    assert "32" in assistant.answer("How many people did a fire in a mill kill in 1998?").text
