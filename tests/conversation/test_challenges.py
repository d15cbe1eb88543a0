"""Turns that ask nothing but whether an answer holds, or whose it is."""

import pytest

from kzrag.conversation import standalone
from kzrag.conversation.challenges import challenge_of


@pytest.mark.parametrize(
    "turn",
    [
        "Are you sure?", "Really? Is that certain?", "But does everyone agree?", "Has nobody contradicted that?",
        "Is there any disagreement about that?", "Any other figures?", "Who doubts it?", "Does anyone else say that?", "What do others say?",
        "Are you sure? Who says so?",
        "你確定嗎？", "真的嗎？沒有人質疑嗎？", "有沒有別的說法？", "这个数字可靠吗？", "谁反对？",
        "Вы уверены?", "А никто не спорит?", "Это точно? Все согласны?", "А есть другие оценки?",
        "Сенімдісіз бе?", "Кім келіспейді?",
    ],
)  # fmt: skip
def test_a_doubt(turn: str) -> None:
    assert challenge_of(turn) == "doubt"


@pytest.mark.parametrize(
    "turn",
    [
        "Who says so?", "Says who?", "What's your source?", "Where does that figure come from?", "How do you know?",
        "誰說的？", "這個數字是哪裡來的？", "出处？", "Кто это говорит?", "Откуда эта цифра?", "По чьим данным?", "Бұны кім айтты?",
    ],
)  # fmt: skip
def test_a_source_is_wanted(turn: str) -> None:
    assert challenge_of(turn) == "source"


@pytest.mark.parametrize(
    "turn",
    [
        "Who says that the port is shut?", "Does the hospital agree?", "Did they agree on the price?", "Is it long?",
        "Where does the oil come from?", "Who wrote the report?", "谁建的？", "他说了什么？", "Откуда нефть?", "",
        "Are you sure? And how many died?",
    ],
)  # fmt: skip
def test_what_asks_for_something_itself_challenges_nothing(turn: str) -> None:
    assert challenge_of(turn) is None


def test_a_challenge_leaves_the_old_question_the_one_spoken_of() -> None:
    history = [
        {"role": "user", "content": "How much wheat did Peru grow in 2019?"},
        {"role": "assistant", "content": "4 million tons."},
        {"role": "user", "content": "Are you sure?"},
        {"role": "assistant", "content": "Yes."},
    ]
    understood = standalone("Who says so?", history)
    assert (understood.challenge, understood.previous) == ("source", "How much wheat did Peru grow in 2019?")
    assert standalone("And in 2020?", history).question == "How much wheat did Peru grow in 2020?"


def test_without_history_there_is_nothing_to_challenge() -> None:
    assert standalone("Are you sure?").challenge is None
