from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kzrag.index.lexical import LexicalIndex

TEXTS = [
    ("en", "The refinery in Atyrau will process six million tons of crude oil."),
    ("en", "Pipelines carry crude oil through Russia to the Black Sea."),
    ("en", "The president spoke about pipelines and grain."),
    ("zh-Hant", "阿特勞煉油廠將加工六百萬噸原油。"),
    ("zh-Hant", "總統談到管道和糧食。"),
    ("ru", "Нефтепроводы идут через Россию к Чёрному морю."),
    ("ru", "Президент говорил о зерне и о ценах."),
]


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.build([text for _, text in TEXTS], [language for language, _ in TEXTS])


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("Which refinery processes crude oil?", 0),
        ("grain", 2),
        ("煉油廠加工多少原油？", 3),
        ("炼油厂加工多少原油？", 3),
        ("президент и зерно", 6),
    ],
)
def test_words_find_their_passage_whatever_their_ending_or_script(index: LexicalIndex, query: str, best: int) -> None:
    assert index.search(query, 3)[0][0] == best


def test_hits_share_a_word_and_come_best_first(index: LexicalIndex) -> None:
    hits = index.search("crude oil pipelines", 10)
    assert [number for number, _ in hits] == [1, 0, 2]
    assert all(score > 0 for _, score in hits)
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)


@pytest.mark.parametrize("query", ["", "   ", "？！", "zyzzyva qwertz"])
def test_nothing_to_look_for_finds_nothing(index: LexicalIndex, query: str) -> None:
    assert index.search(query, 5) == []


def test_more_may_be_wanted_than_there_are(index: LexicalIndex) -> None:
    assert len(index.search("oil", 1000)) == 2


def test_only_allowed_passages_are_found(index: LexicalIndex) -> None:
    allowed = np.zeros(len(TEXTS), dtype=bool)
    allowed[0] = True
    assert [number for number, _ in index.search("crude oil", 5, allowed=allowed)] == [0]


def test_a_saved_index_answers_the_same(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "words")
    loaded = LexicalIndex.load(tmp_path / "words")
    for query in ("crude oil", "總統", "зерно", "nothing of this"):
        assert loaded.search(query, 5) == index.search(query, 5)
    assert loaded.rarity("oil") == index.rarity("oil")


def test_texts_without_a_word_keep_their_place() -> None:
    index = LexicalIndex.build(["—", "grain", "!?", "…"], ["en", "en", "ru", "fr"])
    assert [number for number, _ in index.search("grain", 5)] == [1]


def test_rarer_words_are_worth_more_and_unknown_ones_most(index: LexicalIndex) -> None:
    assert index.rarity("zyzzyva") > index.rarity("grain") > index.rarity("oil") > 0


def test_rarity_is_a_matter_of_ones_own_language() -> None:
    english = ["One more long article about the weather in the valley."] * 30
    chinese = ["糧食出口。", "糧食進口。", "糧食價格。", "煤炭價格。"]
    index = LexicalIndex.build(english + chinese, ["en"] * 30 + ["zh-Hant"] * 4)
    assert index.rarity("粮食") < 1, "most Chinese passages have it, however many English ones there are"
