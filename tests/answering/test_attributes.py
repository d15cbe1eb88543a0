"""Whether what is asked of a thing is told of it, or only something else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzrag.answering.attributes import relation_asked, what_is_asked
from kzrag.answering.needs import read
from kzrag.assistant import Assistant
from tests.answering.articles import opened

LIGHT = """The lighthouse of Ansgar

The lighthouse of Ansgar was painted red in 1904 after a long quarrel. Its keeper Jonas Brede spent 900 crowns on oil for the lamp last winter. Visitors reach the gallery of the lighthouse by 214 steps.

The brewery of Ansgar was set up by two brothers from Lund in 1871. It pays each of its six coopers 310 crowns a month.

The bridge of Ansgar was closed on 4 May because of ice. A carter crossed it all the same. The ferry carried 60 people on that day.

In the spring a boiler of the brewery burst: five people died of it. Police counted 17 wounded, and nobody has counted the mice.
"""
MOLEN = """风车的消息

安斯加的风车在1866年换了新的叶片。磨坊主林德去年卖出了四十吨面粉。
"""
MELNITSA = """Мельница Ансгара

Мельницу Ансгара в 1866 году перекрасили в белый цвет. Мельник Петер Хольм продал за год сорок тонн муки.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield opened(tmp_path_factory.mktemp("light"), light=LIGHT, molen=MOLEN, melnitsa=MELNITSA)


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
        # words that no list has
        "When was Jonas Brede vaccinated?",
        "What is the diameter of the lamp?",
        "What is the nickname of Jonas Brede?",
        "Когда вернулся мельник Петер Хольм?",
        "磨坊主林德的学历是什么？",
        "How many people were arrested after the boiler burst?",
        "Сколько человек уволили после взрыва котла?",
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
        ("When was the bridge of Ansgar closed?", "4 May"),
        ("磨坊主林德去年卖出了多少面粉？", "四十"),
        ("Когда перекрасили мельницу Ансгара?", "1866"),
        ("How many people did the police count as injured?", "17"),
        ("Сколько человек пострадало от взрыва котла?", "17"),
        ("锅炉爆炸造成多少人死亡？", "five people died"),
    ],
)
def test_what_is_told_in_other_words_is_answered(corpus: Assistant, question: str, held: str) -> None:
    answer = corpus.answer(question)
    assert not answer.abstained
    assert held in answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is the diameter of the lamp?", ("diameter",)),
        ("What is the gold reserve of Ansgar?", ("gold", "reserve")),
        ("When was the contract with Jonas Brede signed?", ("signed",)),
        ("How much did Jonas Brede donate to the school?", ("donate",)),
        ("Когда вернулся Петер Хольм?", ("вернулся",)),
        ("林德的学历是什么？", ("学历",)),
        ("What is the lighthouse being turned into?", ()),
        ("What is the price of oil?", ()),  # any price tells it
        ("What is the salary of the keeper?", ()),  # has words of its own
        ("Why did the keeper leave?", ()),
    ],
)
def test_the_word_that_asks(question: str, words: tuple[str, ...]) -> None:
    assert what_is_asked(read(question)).words == words


@pytest.mark.parametrize(
    ("question", "of", "others"),
    [
        ("Is Norway a member of the OECD?", "OECD", ["norway"]),
        ("Входит ли Норвегия в ОЭСР?", "ОЭСР", ["norway"]),
        ("挪威是不是经合组织的成员国？", "经合组织", ["norway"]),
        ("Норвегия ЭЫДҰ мүшесі ме?", "ЭЫДҰ", ["norway"]),
        ("Which countries border on Peru?", "Peru", []),
        ("С какими странами граничит Перу?", "Перу", []),
        ("Is Norway a grumpy member of the OECD?", None, []),
        ("Why did Peru close its border to Chile?", None, []),
    ],
)
def test_what_is_asked_of_a_name(question: str, of: str | None, others: list[str]) -> None:
    asked = relation_asked(read(question))
    assert (asked.of.text if asked else None) == of
    assert [name.key for name in asked.others] == others if asked else True
