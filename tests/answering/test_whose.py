"""Whose words an article passes on: quoted over several sentences, interviewed, or told by "she said"."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzrag.answering.facts import tellers
from kzrag.answering.needs import read
from kzrag.answering.whose import quotations, speaker, teller
from kzrag.assistant import Assistant
from tests.answering.articles import opened

MILL = """The mill that nobody wants

The town council of Ulmen has put the old mill up for sale for the third time.

The miller's daughter, Greta Holm, wants none of it. “Nobody asked us. The wheel was sold in a single night. We read of it in the paper,” she told us on Monday.

Mayor Otto Brandis answered: “The wheel had rotted through. It was worth nothing. We gave it to the museum.” The museum did not reply.

“There were nine of us in the kitchen. The flour froze in the sacks,” said a former cook.

A flyer calls the mill "the pearl of the valley". The roof leaks.
"""
TALK = """„We drank the river“: Mira Lund on fifty years of ferries

Mira Lund, 71, was the first woman to steer the ferry of Ulmen. She spoke to Tom Avery in her kitchen.

Q: Who thought of the night ferry?

A: I proposed it myself in 1994, and the council laughed. In winter we carried two doctors and a priest.

Q: What did it earn?

A: Nothing. The night ferry cost 300 crowns a week.
"""
WATER = """Колодец закрыли

Смотритель колодца Анна Лесная не согласна с решением. «Воду никто не проверял. Пробы взяли из лужи», — сказала она нам.
"""
DASHES = """Лидия Бергман: «Фонари горели всю зиму»

Беседовал Пётр Равнинный. Лидия Бергман сорок лет продавала билеты на пристани Ульмена.

— Кто придумал зимние фонари?
— Мой отец. Зимой он зажигал их вместе с пекарем.

— Говорят, фонари стоили дорого.
— Шесть крон за вечер. На керосин хватало.

— Вы по ним скучаете?
— По запаху смолы.

— А по очереди у кассы?
— Никогда.
"""
WORKS = """The works of the valley

Ada Brook designed the bridge of Ulmen when she was twenty-six. A spokesman denied that Ruth Castle had ordered the lamps
of Ulmen to be put out. Brook resigned from the harbour office in 1988 because her brother had been hired over her head.
"""
PAPER = """Sixty years of stone

Old Jonas Weir designed the bridge of Ulmen, whatever the plaque says. The stone came from the quarry by the lake.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield opened(
        tmp_path_factory.mktemp("mill"), mill=MILL, talk=TALK, water=WATER, works=WORKS, paper=PAPER, dashes=DASHES
    )


def test_quotations_are_told_by_their_marks() -> None:
    text = "a “b «c» d” e 「f」 “g"
    assert [text[start:end] for start, end in quotations(text)] == ["“b «c» d”", "「f」", "“g"]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Nobody asked us", "Greta Holm"),
        ("The wheel was sold", "Greta Holm"),
        ("It was worth nothing", "Otto Brandis"),
        ("Воду никто", "Анна Лесная"),
        ("I proposed it", "Mira Lund"),
        ("The night ferry cost", "Mira Lund"),
        ("Зимой он зажигал", "Лидия Бергман"),
        ("На керосин хватало", "Лидия Бергман"),
        ("There were nine", None),
    ],
)
def test_a_speaker_is_found_behind_or_before_the_words(corpus: Assistant, words: str, who: str | None) -> None:
    sentence = next(each for each in corpus.index.sentences if words in each.text)
    found = speaker(sentence, corpus.index)
    assert found is not None and found.name == who


@pytest.mark.parametrize(
    "words", ["town council of Ulmen", "The museum did not", "The roof leaks", "A flyer calls", "Говорят, фонари"]
)
def test_what_the_article_says_itself_has_no_other_speaker(corpus: Assistant, words: str) -> None:
    assert speaker(next(each for each in corpus.index.sentences if words in each.text), corpus.index) is None


@pytest.mark.parametrize(
    ("question", "who"),
    [("Who proposed the night ferry?", "Mira Lund"), ("Who laughed at the night ferry?", None)],
)
def test_who_says_i_is_the_one_interviewed_where_that_is_what_was_done(
    corpus: Assistant, question: str, who: str | None
) -> None:
    sentence = next(each for each in corpus.index.sentences if each.text.startswith("A: I proposed"))
    assert teller(read(question), sentence, corpus.index) == who


def test_asked_who_did_it_the_one_who_says_i_is_the_answer(corpus: Assistant) -> None:
    answer = corpus.answer("Who came up with the idea of the night ferry?")
    assert "According to Mira Lund" in answer.text and "I proposed it myself in 1994" in answer.text


def test_two_who_each_claim_it_are_both_heard(corpus: Assistant) -> None:
    answer = corpus.answer("Who designed the bridge of Ulmen?")
    assert {"Ada Brook", "Jonas Weir"} <= {name for name in ("Ada Brook", "Jonas Weir") if name in answer.text}
    assert len({citation.document_id for citation in answer.citations}) == 2


def test_who_is_denied_to_have_done_it_is_no_short_answer(corpus: Assistant) -> None:
    answer = corpus.answer("Who ordered the lamps of Ulmen to be put out?")
    assert not answer.text.startswith("Ruth Castle [")


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Who says that the wheel was sold in a single night?", "Greta Holm"),
        ("Кто говорит, что воду из колодца никто не проверял?", "Анна Лесная"),
        ("Who says that the flour froze in the sacks?", "said a former cook"),
        ("What did the night ferry cost a week?", "According to Mira Lund, in"),
    ],
)
def test_an_answer_tells_whose_words_it_quotes(corpus: Assistant, question: str, who: str) -> None:
    answer = corpus.answer(question)
    assert who in answer.text
    documents = corpus.index.documents
    assert all(documents[c.document_id].raw[c.start : c.end] == c.quote for c in answer.citations)
    assert any(who.removeprefix("According to ").removesuffix(", in") in c.quote for c in answer.citations)


@pytest.mark.parametrize("question", ["Why did Mayor Otto Brandis step down?", "Why did Greta Holm resign?"])
def test_what_somebody_never_did_is_not_explained_by_what_else_is_said_of_them(
    corpus: Assistant, question: str
) -> None:
    assert corpus.answer(question).abstained


def test_why_somebody_did_what_they_did_is_told(corpus: Assistant) -> None:
    assert "hired" in corpus.answer("Why did Ada Brook quit the harbour office?").text


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The first to fall ill was a baker from Ulmen, spokesman Ole Dahl said.", {"ole_dahl"}),
        ("The first to fall ill was a baker, said the spokesman Ole Dahl.", {"ole_dahl"}),
        ("Ole Dahl fell ill first.", set()),
    ],
)
def test_who_only_tells_what_happened_is_not_who_it_happened_to(text: str, who: set[str]) -> None:
    assert tellers(text) == who
