"""Whether what is asked of a thing is told of it, or only something else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzrag.assistant import Assistant
from tests.answering.articles import opened

LIGHT = """The lighthouse of Ansgar

The lighthouse of Ansgar was painted red in 1904 after a long quarrel. Its keeper Jonas Brede spent 900 crowns on oil for the lamp last winter. Visitors reach the gallery of the lighthouse by 214 steps.

The brewery of Ansgar was set up by two brothers from Lund in 1871. It pays each of its six coopers 310 crowns a month.

The bridge of Ansgar was closed on 4 May because of ice. A carter crossed it all the same. The ferry carried 60 people on that day.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield opened(tmp_path_factory.mktemp("light"), light=LIGHT)


@pytest.mark.parametrize(
    "question",
    [
        "What is the salary of the keeper Jonas Brede?",
        "When was the lighthouse of Ansgar built?",
        "When was the bridge of Ansgar built?",  # that it was closed tells nothing of it
        "What is the population of Ansgar?",
        "灯塔是哪一年建成的？",
        "В каком году построен мост Ансгара?",
        "Who designed the lighthouse of Ansgar?",
    ],
)
def test_something_else_of_the_same_thing_is_no_answer(corpus: Assistant, question: str) -> None:
    answer = corpus.answer(question)
    assert answer.abstained, answer.text


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("What is the salary of the coopers of the brewery?", "310"),
        ("When was the brewery of Ansgar founded?", "1871"),
        ("When was the lighthouse of Ansgar painted?", "1904"),
        ("How many people did the ferry carry?", "60"),
    ],
)
def test_what_is_told_in_other_words_is_answered(corpus: Assistant, question: str, held: str) -> None:
    answer = corpus.answer(question)
    assert not answer.abstained
    assert held in answer.text
