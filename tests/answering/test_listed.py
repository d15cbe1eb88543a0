"""Lists that a text announces and tells over several sentences, and the answers made of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kzrag.answering.listed import list_at
from kzrag.assistant import Assistant
from tests.answering.articles import opened

QUARRY = """The quarry of Brenn

The quarry of Brenn was closed in May. Mayor Tilda Hask gave three reasons for closing the quarry. First, dust had covered the school. The children coughed all winter. Second, the crusher broke down every week. Moreover, nobody could mend it. Finally, the stone had become too soft for roads.

The miners asked for two things. New boots must be paid for by the owner. A bus must take them to Sorl.

Nothing has been heard of the owner since. Two lorries still stand in the yard. The gate is locked.
"""
CRANES = """港口的起重机

港口主任韦明说明了停用起重机的三个原因。首先，钢索已经生锈。其次，操作员都退休了。最后，零件在国内买不到。

韦明只作出一项承诺。码头的灯会一直亮着。
"""
MILL = """Мельница

Мельник Осип Гуров назвал две причины простоя. Во-первых, река обмелела. Во-вторых, жёрнов треснул.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield opened(tmp_path_factory.mktemp("quarry"), quarry=QUARRY, cranes=CRANES, mill=MILL)


def _points(corpus: Assistant, announcing: str) -> list[str]:
    index = corpus.index
    head = next(sentence for sentence in index.sentences if announcing in sentence.text)
    found = list_at(head.number, index)
    return [] if found is None else [index.sentences[number].text for number in found.points]


def test_points_are_found_by_the_words_that_begin_them(corpus: Assistant) -> None:
    assert [text.split(",")[0] for text in _points(corpus, "three reasons")] == ["First", "Second", "Finally"]
    assert [text[:2] for text in _points(corpus, "三个原因")] == ["首先", "其次", "最后"]
    assert len(_points(corpus, "две причины")) == 2


def test_what_is_announced_may_be_told_in_as_many_sentences(corpus: Assistant) -> None:
    assert len(_points(corpus, "asked for two things")) == 2
    assert _points(corpus, "一项承诺") == ["码头的灯会一直亮着。"]
    assert _points(corpus, "Two lorries") == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which three reasons did the mayor give for closing the quarry?", ("dust", "crusher", "too soft")),
        ("What are the reasons for closing the quarry?", ("dust", "crusher", "too soft")),
        ("停用起重机的三个原因是什么？", ("生锈", "退休", "买不到")),
        ("Какие две причины простоя назвал мельник?", ("обмелела", "треснул")),
    ],
)
def test_who_asks_for_a_list_is_told_all_its_points(corpus: Assistant, question: str, told: tuple[str, ...]) -> None:
    text = corpus.answer(question).text
    assert all(words in text for words in told)


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("What was the second reason for closing the quarry?", "crusher", "dust"),
        ("What was the last reason that Hask gave for closing the quarry?", "too soft", "dust"),
        ("停用起重机的第二个原因是什么？", "退休", "生锈"),
        ("Какую вторую причину простоя назвал Гуров?", "треснул", "обмелела"),
    ],
)
def test_who_asks_for_one_point_is_told_that_one(corpus: Assistant, question: str, told: str, not_told: str) -> None:
    text = corpus.answer(question).text
    assert told in text
    assert not_told not in text


LOCK = """The lock of Brenn

Keeper Ada Moss took three steps to save the old lock of Brenn before the winter, which in that valley comes early, lasts long and breaks whatever the summer has left standing in the water. First of all, with the help of eleven neighbours, two of whom had never held a spade before, she cleared the upper chamber of the mud that forty years of floods had left in it. Second, and to the surprise of everybody in the village hall, on the day after the vote, she sold her own boat to the miller of Sorl, who had wanted it since he was a boy, and paid for new gates. Third, while the council was still looking for the plans, she had the sluice drawn by the pupils of the school at Korso, so that no part of it would be forgotten again.
"""


def test_long_points_say_what_they_lead_to(tmp_path: Path) -> None:
    answer = opened(tmp_path, lock=LOCK).answer("Which three steps did the keeper take to save the lock?")
    first, second, third = (citation.quote for citation in answer.citations)
    assert "cleared the upper chamber" in first and "sold her own boat" in second and "sluice drawn" in third
    assert len(answer.text) < 800
