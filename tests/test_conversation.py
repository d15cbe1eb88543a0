"""Follow-ups become questions that stand alone; questions that stand alone stay as they are."""

import pytest

from kzrag.conversation import leans, standalone, words_of


def turns(*contents: str) -> list[dict[str, str]]:
    return [{"role": ("user", "assistant")[i % 2], "content": text} for i, text in enumerate(contents)]


@pytest.mark.parametrize(
    ("before", "question", "holds"),
    [
        ("How much oil should the refineries process by 2032?", "And by 2040?", ["refineries", "2040"]),
        ("到2032年煉油量是多少？", "那2040年呢？", ["煉油量", "2040"]),
        ("Сколько нефти переработают к 2032 году?", "А к 2040 году?", ["нефти", "2040"]),
        ("What did Tokayev say in June?", "When did he go there?", ["Tokayev", "June"]),
        ("托卡耶夫說了什麼？", "他什麼時候去的？", ["托卡耶夫"]),
        ("Why was the pipeline shut down?", "Who disagrees?", ["disagrees", "pipeline"]),
    ],
)
def test_a_follow_up_gets_what_it_leaves_out(before: str, question: str, holds: list[str]) -> None:
    understood = standalone(question, turns(before, "…"))
    assert understood.changed
    for words in holds:
        assert words in understood.question


def test_a_changed_year_replaces_the_old_one() -> None:
    understood = standalone("And by 2040?", turns("How much oil should be refined by 2032?", "28 million tons [1]"))
    assert "2032" not in understood.question


def test_a_chain_of_follow_ups_keeps_the_topic() -> None:
    history = turns("How much oil should be refined by 2032?", "28 million tons [1]", "And by 2040?", "38 million [1]")
    assert "refined" in standalone("And by 2050?", history).question


@pytest.mark.parametrize(
    "question",
    [
        "What share of the population of Kazakhstan was Russian in 1989?",
        "Who is the president of Belarus now, and why?",
    ],
)
def test_a_whole_question_stays_as_it_is(question: str) -> None:
    history = turns("How much oil should be refined by 2032?", "28 million tons [1]")
    understood = standalone(question, history)
    assert understood.question == question
    assert not understood.changed


def test_without_history_nothing_changes() -> None:
    assert standalone("And by 2040?").question == "And by 2040?"


def test_digits_alone_are_in_the_language_of_the_conversation() -> None:
    assert standalone("2040?", turns("到2032年煉油量是多少？", "…")).language == "zh-Hant"


def test_leaning() -> None:
    assert leans("And then?")
    assert leans("Why?")
    assert not leans("What did Lukashenko propose to Kazakhstan in May?")


def test_turns_in_parts_are_read() -> None:
    assert words_of([{"type": "text", "text": "By when?"}]) == "By when?"
    assert words_of(None) == ""
