"""The same names in other roles are no answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzrag.assistant import Assistant
from tests.answering.articles import opened

TRADE = """Fish, nurses and ferries

Norway exports 40,000 tons of salmon to Ghana every year. Ghana sends cocoa by the shipload to Switzerland.

Last spring Norway sent nurses to Kenya, and the clinics were full within a week. A year later Peru sent nurses to Japan as well.

Prime Minister Ardern visited Peru in May. Chancellor Angela Merkel stayed at home and read about the weather.

Peru is a member of the OECD's fishing club. Kenya held a joint regatta with NATO, to the delight of member clubs at home.
"""
XIAOXI = """农产品消息

秘鲁每年从加拿大进口三百万吨小麦。加拿大今年的麦田很干。
"""
NOVOSTI = """Новости торговли

Япония закупает гречку у Казахстана. В Токио её варят с рыбой.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield opened(tmp_path_factory.mktemp("trade"), trade=TRADE, xiaoxi=XIAOXI, novosti=NOVOSTI)


@pytest.mark.parametrize(
    "question",
    [
        "Does Ghana export salmon to Norway?",
        "How much salmon does Norway import from Ghana?",
        "Did Norway send nurses to Peru?",
        "Did Kenya send nurses to Norway?",
        "Did Angela Merkel visit Peru?",
        "Is Kenya a member of NATO?",
        "加拿大从秘鲁进口小麦吗？",
        "Казахстан закупает гречку у Японии?",
        "Норвегия импортирует лосося из Ганы?",
        "Канада Перуден бидай импорттай ма?",
    ],
)
def test_the_other_way_round_is_no_answer(corpus: Assistant, question: str) -> None:
    answer = corpus.answer(question)
    assert answer.abstained, answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Does Norway export salmon to Ghana?", "40,000 tons"),
        ("How much salmon does Ghana import from Norway?", "40,000 tons"),
        ("Did Norway send nurses to Kenya?", "full within a week"),
        ("Did Ardern visit Peru?", "in May"),
        ("秘鲁从加拿大进口小麦吗？", "三百万吨"),
        ("Япония закупает гречку у Казахстана?", "гречку"),
        ("Норвегия экспортирует лосося в Гану?", "40,000 tons"),
    ],
)
def test_in_its_own_roles_it_is(corpus: Assistant, question: str, told: str) -> None:
    answer = corpus.answer(question)
    assert not answer.abstained
    assert told in answer.text


@pytest.mark.parametrize(
    "question",
    ["How much salmon does Norway produce?", "What do the sources disagree on about the Zhovkva mine?"],
)
def test_what_nothing_tells_is_not_told_by_what_is_near(corpus: Assistant, question: str) -> None:
    assert corpus.answer(question).abstained
