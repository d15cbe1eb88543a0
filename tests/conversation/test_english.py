"""Where the subject of an English question stands."""

import pytest

from kzrag.conversation.english import subject


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("When was the bridge opened?", "the bridge"),
        ("How much did the new bridge cost?", "the new bridge"),
        ("When will the new line open?", "the new line"),
        ("Did the company close the port?", "the company"),
        ("Is the ruble a stable currency?", "the ruble"),
        ("Where is the refinery?", "the refinery"),
        ("Is the pipeline open?", "the pipeline"),
        ("Who signed the treaty?", None),
        ("When did Norway join?", None),
        ("Why?", None),
    ],
)
def test_the_subject(question: str, phrase: str | None) -> None:
    span = subject(question)
    assert (question[span[0] : span[1]] if span else None) == phrase
