"""What a quoted sentence goes on with is quoted along: words left in the middle, the rest of those counted."""

from collections.abc import Iterator

import pytest

from kzrag.answering.going_on import going_on
from kzrag.answering.needs import read
from kzrag.assistant import Assistant
from tests.answering.articles import opened

QUARRY = """The quarry of Brenn

Asked whether the quarry would close, its owner Ida Moll answered: "Not while I live. My father opened it with two mules. I will not sell." The village council wants a lake.

Of the four climbers who fell in May, three were found by a shepherd. The fourth, Nils Orr, walked home by himself.

"The water comes from the north wall," the surveyor Per Lind said. "Nobody has looked at it since 1980." A second opinion was not asked for.

The mayor Tove Hagen rejects the plan. She said that a lake would drown the road to the mill. The road is 4 kilometres long.

Two of the pits are dry. The last bus leaves at nine.

The old pump failed in April. As a result, the lower pit filled within a week. Ducks came.
"""
KAZAKH = """Қонақ үй туралы

Қонақ үй иесі Асан Бекұлы бұл сөзге келіспейді. Оның айтуынша, бөлмелер күн сайын тазаланады. Шатыр қызыл.
"""
CHINESE = """石場

四名登山者中有三人由牧人找到。另一人自己走回了家。天氣很好，一路無風。另需說明的是，石場已經關閉。
"""
RUSSIAN = """Карьер

Из четырёх альпинистов троих нашёл пастух. Четвёртый вернулся домой сам. Погода была хорошая.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = opened(tmp_path_factory.mktemp("brenn"), quarry=QUARRY, qonaq=KAZAKH, shichang=CHINESE, karyer=RUSSIAN)
    yield made
    made.index.close()


@pytest.mark.parametrize(
    ("question", "begins", "ends"),
    [
        ("What did Ida Moll answer when asked about closing?", "Asked whether", "I will not sell."),
        ("What became of the climbers?", "Of the four", "by himself."),
        ("What did the surveyor say about the water?", '"The water', "since 1980."),
        ("What does Tove Hagen say about the plan?", "The mayor", "the mill."),
        ("What happened when the pump failed?", "The old pump", "within a week."),
        ("Қонақ үй иесі не дейді?", "Қонақ үй иесі", "тазаланады."),
        ("登山者後來怎麼樣了？", "四名", "走回了家。"),
        ("Что стало с альпинистами?", "Из четырёх", "вернулся домой сам."),
    ],
)
def test_what_belongs_to_it_is_quoted_along(corpus: Assistant, question: str, begins: str, ends: str) -> None:
    first = next(each for each in corpus.index.sentences if each.text.startswith(begins))
    last = going_on(read(question), first, 400, corpus.index)
    assert last.text.rstrip('"”').endswith(ends) and last is not first


@pytest.mark.parametrize(
    ("question", "begins", "room"),
    [
        ("When did the climbers fall?", "Of the four", 400),  # one date has one sentence
        ("What became of the climbers?", "Of the four", 90),  # no room
        ("What does Tove Hagen reject?", "The mayor", 400),  # not what she says
        ("What is the road like?", "She said", 400),
        ("What is the pit like?", "Two of the pits", 400),  # the last bus is no pit
        ("牧人怎麼說？", "天氣", 400),
    ],
)
def test_a_sentence_that_says_it_all_stands_alone(corpus: Assistant, question: str, begins: str, room: int) -> None:
    first = next(each for each in corpus.index.sentences if each.text.startswith(begins))
    assert going_on(read(question), first, room, corpus.index) is first


def test_an_answer_leaves_nobody_in_the_middle_of_a_word(corpus: Assistant) -> None:
    answer = corpus.answer("What did Ida Moll answer when she was asked whether the quarry would close?")
    quote = answer.citations[0].quote
    assert quote.endswith('I will not sell."') and quote in corpus.index.documents["quarry"].raw
