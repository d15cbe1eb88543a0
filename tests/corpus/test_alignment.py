"""Sentences and their translations, checked by hand: the bundled pair, and an invented one in Russian."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from kzrag.corpus import load_corpus
from kzrag.corpus.alignment import align
from kzrag.records import Block, Document

SEEDS = Path(__file__).parents[2] / "seeds"


@functools.cache
def bundled() -> tuple[Document, Document, list[tuple[str, str]]]:
    documents = {document.id[:3]: document for document in load_corpus(SEEDS).documents}
    chinese, english = documents["002"], documents["000"]
    pairs = [(chinese.raw[a:b], english.raw[c:d]) for (a, b), (c, d) in align(chinese, english)]
    return chinese, english, pairs


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("將煉油量從現在的1800萬噸增加到2800萬噸", "from the current 18 million tons to 28 million tons by 2032"),
        ("吸引50億美元的投資", "plan to attract $5 billion in investment"),
        ("到今年年底,哈薩克斯坦還計劃生產9620萬噸的石油", "plans to produce 96.2 million tons of oil"),
        ("此前哈國80%的原油出口", "Previously, 80% of its crude oil exports relied"),
        ("其中里海盆地是全球油氣最富集區域之一", "The Caspian Basin is one of the most oil-rich regions globally."),
        ("日均石油產量27.84萬噸", "average daily oil production of 278,400 tons"),
        ("貸款期限是15年", "with a loan term of 15 years"),
        ("暫停里海石油管道30天", "suspending the Caspian oil pipeline for 30 days"),
        ("這一提議就是“笑話”", 'this proposal was a "joke."'),
        ("2023年的集安組織峰會上", "At the 2023 CSTO summit, Tokayev not only refused to sign"),
        ("哈國還與美國舉行了聯合軍事演習", "held joint military exercises with the United States"),
        ("傳統意義上的“帝國后院”", 'traditional "imperial backyard,"'),
    ],
)
def test_sentences_of_the_bundled_pair(chinese: str, english: str) -> None:
    *_, pairs = bundled()
    assert any(chinese in left and english in right for left, right in pairs)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("80%的原油出口", "share of petroleum product exports will be increased to 30%"),
        ("這一提議就是“笑話”", "Militarily"),
        ("2023年的集安組織峰會上", "Regarding the Collective Security Treaty Organization"),
    ],
)
def test_neighbours_are_not_taken_for_each_other(chinese: str, english: str) -> None:
    *_, pairs = bundled()
    assert not any(chinese in left and english in right for left, right in pairs)


def test_nearly_every_sentence_of_the_bundled_pair_has_its_counterpart() -> None:
    chinese, english, pairs = bundled()
    for document, side in ((chinese, 0), (english, 1)):
        body = sum(block.end - block.start for block in document.blocks)
        assert sum(map(len, {pair[side] for pair in pairs})) > 0.95 * body


def test_alignment_is_the_same_from_either_side() -> None:
    chinese, english, _ = bundled()
    there, back = align(chinese, english), align(english, chinese)
    assert sorted(there) == sorted((left, right) for right, left in back)


def document(name: str, language: str, *paragraphs: str) -> Document:
    raw = "\n\n".join(paragraphs)
    blocks = []
    position = 0
    for paragraph in paragraphs:
        blocks.append(Block(position, position + len(paragraph)))
        position += len(paragraph) + 2
    return Document(name, f"{name}.txt", raw, language, tuple(blocks))


ENGLISH = document(
    "ferry",
    "en",
    "The ferry company of Korso carried 412,000 passengers in 2019. That was 8% more than the year before.",
    "Its director, Maja Lind, had expected half of that.",
    "Two new ships will be built for 31 million crowns. They take 240 cars each, and the first is due in May 2021.",
    "The old ones, bought in 1987 for 6 million, will go to the breakers of Nord when the winter is over.",
    "Nobody asked the gulls.",
)
RUSSIAN = document(
    "parom",
    "ru",
    "Паромная компания Корсо перевезла в 2019 году 412 тысяч пассажиров, на 8 процентов больше, чем годом раньше.",
    "Её директор Майя Линд рассчитывала лишь на половину этого числа.",
    "За 31 миллион крон построят два новых судна. Каждое возьмёт 240 автомобилей, первое ждут в мае 2021 года.",
    "Чаек никто не спросил.",
)


def test_an_invented_pair_with_two_sentences_joined_and_one_left_out() -> None:
    pairs = [(ENGLISH.raw[a:b], RUSSIAN.raw[c:d]) for (a, b), (c, d) in align(ENGLISH, RUSSIAN)]
    passengers = RUSSIAN.raw.split("\n\n")[0]
    assert pairs == [
        ("The ferry company of Korso carried 412,000 passengers in 2019.", passengers),
        ("That was 8% more than the year before.", passengers),
        (
            "Its director, Maja Lind, had expected half of that.",
            "Её директор Майя Линд рассчитывала лишь на половину этого числа.",
        ),
        ("Two new ships will be built for 31 million crowns.", "За 31 миллион крон построят два новых судна."),
        (
            "They take 240 cars each, and the first is due in May 2021.",
            "Каждое возьмёт 240 автомобилей, первое ждут в мае 2021 года.",
        ),
        ("Nobody asked the gulls.", "Чаек никто не спросил."),
    ]


def test_comments_and_empty_articles_are_not_aligned() -> None:
    silent = Document("silent", "silent.txt", "I say so.", "en", (Block(0, 9, "A reader"),))
    assert align(silent, RUSSIAN) == []
    assert align(RUSSIAN, silent) == []
