"""What somebody is asked to speak of, and whether they do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzrag.answering.topics import topic
from kzrag.assistant import Assistant
from kzrag.text.language import detect
from tests.answering.articles import opened

POST = """THE LUND POST

The orchards of Lund

The growers of Lund picked fewer apples than last year. Hail had broken the branches of the old trees. The council wants to plant walnut trees along the road to Sweden.

Comments (1)

pomona – 4 March, 09:12 – Apples from Poland are cheaper anyway, and the growers of Lund know it.

© The Lund Post 2021
"""
HERALD = """THE COAST HERALD

Growers and their apples

The growers ask for money because the apples were small. A new law on pesticides worries them more than the hail does.

© The Coast Herald 2021
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield opened(tmp_path_factory.mktemp("orchard"), post=POST, herald=HERALD)


@pytest.mark.parametrize(
    ("question", "words", "named"),
    [
        ("What do the papers say about hail in Sweden?", ("hail",), ("Sweden",)),
        ("What did the mayor think of the new orchards?", ("new", "orchards"), ()),
        ("Do the articles mention walnut trees?", ("walnut", "trees"), ()),
        ("各方怎么看苹果的价格？", ("苹果", "价格"), ()),
        ("Что пишут газеты о яблоках?", ("яблоках",), ()),
        ("What does the reader say about Poland?", (), ("Poland",)),
        ("What did they say about how the growers of Lund lost their whole harvest to hail?", (), ()),
        ("How many apples were picked?", (), ()),
    ],
)
def test_what_somebody_is_to_speak_of(question: str, words: tuple[str, ...], named: tuple[str, ...]) -> None:
    found = topic(question, detect(question))
    assert (found.words, tuple(name.text for name in found.names)) == (words, named)


@pytest.mark.parametrize(
    "question",
    [
        "What do the articles say about submarines?",
        "What do the sources say about nuclear trees?",
        "Что пишут газеты о футболе?",
        "各方怎么看核电站？",
        "What do the readers say about Sweden?",  # the article does, no reader
    ],
)
def test_what_nobody_speaks_of_is_not_told(corpus: Assistant, question: str) -> None:
    answer = corpus.answer(question)
    assert answer.abstained, answer.text


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("What do the articles say about apples?", "apples"),
        ("What do the papers say about pesticides?", "law"),
        ("What do the readers say about Poland?", "cheaper"),
    ],
)
def test_what_somebody_speaks_of_is_told(corpus: Assistant, question: str, held: str) -> None:
    answer = corpus.answer(question)
    assert not answer.abstained and held in answer.text, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What do the papers say about the reasons for the poor harvest?",
        "Что пишут газеты о причинах неурожая?",
        "各方怎么看歉收的原因？",
    ],
)
def test_a_point_of_something_is_looked_for_as_a_whole(question: str) -> None:
    assert topic(question, detect(question)).words == ()


def test_a_word_that_begins_like_a_point_is_a_topic() -> None:
    assert topic("Что пишут газеты о целебных яблоках?", "ru").words == ("целебных", "яблоках")
