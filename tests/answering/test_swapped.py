"""Sentences about another country, person or body than the one asked about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzrag.assistant import Assistant
from kzrag.records import Answer
from tests.answering.articles import opened

OIL = """Oil and gas

Kazakhstan has proven oil reserves of 4.4 billion tons. It produces 278,400 tons of oil a day. The Ministry of Energy plans to raise the refining capacity to 28 million tons by 2032.

President Tokayev refused to sign the declaration of the CSTO summit because it did not name the aggressor. After the summit he travelled onward to Paris.

Russia buys 42 billion cubic metres of natural gas from Turkmenistan every year. It pays 100 dollars for a thousand cubic metres.

Uzbekistan took part in the talks as an observer. Fishermen on the Caspian Sea complain of dirty water, and their boats stay in the harbour of Aktau.
"""

_THINGS = (
    "library", "tower", "chapel", "bakery", "windmill", "theatre", "school", "station", "museum", "fountain",
    "orchard", "stable", "cinema", "pharmacy", "brewery", "post office", "town hall", "lighthouse", "park", "gallery",
)  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    notes = {  # a name tells nothing of a question where half the passages have it
        f"note{number}": f"The {thing} of Lund was painted last spring. Visitors like the {thing} and its quiet garden.\n"
        for number, thing in enumerate(_THINGS)
    }
    yield opened(tmp_path_factory.mktemp("oil"), oil=OIL, **notes)


def ask(corpus: Assistant, question: str) -> Answer:
    return corpus.answer(question)


@pytest.mark.parametrize(
    "question",
    [
        "What are Uzbekistan's proven oil reserves?",
        "How much oil does Azerbaijan produce a day?",
        "By what year will Uzbekistan raise its refining capacity to 28 million tons?",
        "Why did Armenia refuse to sign the declaration of the CSTO summit?",
        "How much natural gas does China buy from Turkmenistan?",
        "Where did Lukashenko travel after the summit?",
        "Where was Tokayev born?",
        "Who is the prime minister of Kazakhstan?",
        "Who designed the harbour crane of Aktau?",
        "乌兹别克斯坦的探明石油储量是多少？",
        "为什么亚美尼亚拒绝签署宣言？",
        "Каковы доказанные запасы нефти Узбекистана?",
        "Почему Армения отказалась подписать декларацию?",
        "Өзбекстанның мұнай қоры қанша?",
    ],
)
def test_what_is_told_of_another_is_no_answer(corpus: Assistant, question: str) -> None:
    answer = ask(corpus, question)
    assert answer.abstained and not answer.citations


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("What are Kazakhstan's proven oil reserves?", "4.4 billion"),
        ("What are Astana's proven oil reserves?", "4.4 billion"),
        ("How much natural gas does Moscow buy from Ashgabat?", "42 billion"),
        ("Сколько газа Москва покупает у Ашхабада?", "42"),
        ("莫斯科每年向阿什哈巴德购买多少天然气？", "42"),
        ("Where did Tokayev travel after the summit?", "Paris"),
        ("Why did Tokayev refuse to sign the declaration?", "aggressor"),
    ],
)
def test_what_is_told_under_another_name_is(corpus: Assistant, question: str, held: str) -> None:
    answer = ask(corpus, question)
    assert not answer.abstained and held in answer.text


TRADE = """Trade in the region

In 2021, the trade between Russia and Kazakhstan reached 23 billion US dollars. By then Russia had invested 43 billion US dollars in Kazakhstan.

China bought more grain from Kazakhstan than in any year before, and the railway carried it.

The main partners of Uzbekistan are Turkey, Pakistan and Italy, of which Turkey takes 9.4 percent of the exports.

A gas line through the plains of Central Asia is 820 kilometres long. It brings the gas of Turkmenistan to the coast.
"""


@pytest.fixture(scope="module")
def trade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield opened(tmp_path_factory.mktemp("trade"), trade=TRADE)


def test_what_one_country_has_with_a_third_is_no_answer(trade: Assistant) -> None:
    assert "23 billion" in ask(trade, "How much is the trade between Kazakhstan and Russia?").text
    assert "23 billion" not in ask(trade, "How much is the trade between Kazakhstan and China?").text
    assert "9.4" in ask(trade, "What share of Uzbekistan's exports does Turkey take?").text
    assert "9.4" not in ask(trade, "What share of Uzbekistan's exports does Pakistan take?").text
    assert "9.4" not in ask(trade, "What share of the exports of Kazakhstan is gas?").text


def test_a_part_of_the_world_is_no_other_country(trade: Assistant) -> None:
    assert "820" in ask(trade, "How long is the gas line of Turkmenistan?").text


@pytest.mark.parametrize("question", ["What is the CSTO?", "что такое ОДКБ?", "什么是集安组织?", "Кто такой Токаев?"])
def test_of_a_name_alone_whatever_has_it_tells_something(corpus: Assistant, question: str) -> None:
    assert "CSTO" in ask(corpus, question).text


@pytest.mark.parametrize("question", ["What is NATO?", "что такое ОПЕК?"])
def test_of_a_name_that_stands_nowhere_nothing_is_told(corpus: Assistant, question: str) -> None:
    assert ask(corpus, question).abstained


MILLERS = """The millers of Korso

Ola Berg, 58, has run the upper mill of Korso since 2014, and repaired its wheel three weeks after the flood.

The lower mill belongs to Maja Lind. She bought it from the council in 2019 and paid for it in four years.

A watchman aged 41 was hurt when the wheel of the upper mill broke.
"""


@pytest.fixture(scope="module")
def millers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield opened(tmp_path_factory.mktemp("millers"), millers=MILLERS)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How old is Ola Berg?", "58 years"),
        ("Сколько лет Ola Berg?", "58 лет"),
        ("Ola Berg今年多大？", "58岁"),
        ("How old was the watchman who was hurt?", "41 years"),
    ],
)
def test_an_age_is_told_of_whom_it_is(millers: Assistant, question: str, short: str) -> None:
    assert ask(millers, question).text.startswith(short)


@pytest.mark.parametrize("question", ["How old is Maja Lind?", "Сколько лет Maja Lind?", "How old is the mayor?"])
def test_the_age_of_another_or_weeks_are_no_answer(millers: Assistant, question: str) -> None:
    assert ask(millers, question).abstained


SPEAKERS = """The languages of Korso

By 2012, 64 percent of its citizens could speak Danish, and 40 ships carried Danish names.
"""


@pytest.fixture(scope="module")
def speakers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield opened(tmp_path_factory.mktemp("speakers"), speakers=SPEAKERS)


@pytest.mark.parametrize(
    "question",
    [
        "How many people could speak Danish by 2012?",
        "Сколько граждан говорили по-датски в 2012 году?",
        "2012年有多少人會說丹麥語？",
    ],
)
def test_a_share_of_the_people_tells_how_many(speakers: Assistant, question: str) -> None:
    assert "64 percent" in ask(speakers, question).text
