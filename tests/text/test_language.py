from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.text.language import detect, fold, is_cjk, script


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Who is Tokayev?", "en"),
        ("And by 2040?", "en"),
        ("What is 托卡耶夫 known for?", "en"),
        ("What does «Самрук» own?", "en"),
        ("CPC是什麼?", "zh-Hant"),
        ("他什么时候去的?", "zh-Hans"),
        ("谁反对?", "zh-Hans"),
        ("誰反對?", "zh-Hant"),
        ("Caspian Pipeline Consortium 的股東是誰?", "zh-Hant"),
        ("Кто такой Токаев?", "ru"),
        ("Когда Тоқаев встретился с Путиным?", "ru"),
        ("Что такое Caspian Pipeline Consortium?", "ru"),
        ("Тоқаев кім?", "kk"),
        ("Бензин бар ма?", "kk"),
        ("Мұнай экспорты қанша?", "kk"),
        ("Хто це такий, їхній президент?", "uk"),
        ("これは何ですか", "ja"),
    ],
)
def test_short_questions_are_recognised(text: str, language: str) -> None:
    assert detect(text) == language


def test_without_words_the_default_stands() -> None:
    assert detect("2040?", default="ru") == "ru"
    assert detect("", default="zh-Hant") == "zh-Hant"


def test_han_that_both_ways_of_writing_share_follows_the_default() -> None:
    assert detect("石油", default="zh-Hant") == "zh-Hant"
    assert detect("石油") == "zh-Hans"


def test_scripts() -> None:
    assert [script(text) for text in ("oil", "нефть", "石油和天然气", "1 + 1")] == ["latin", "cyrillic", "han", "other"]
    assert is_cjk("油") and not is_cjk("。") and not is_cjk("o")


def test_fold_makes_spellings_alike() -> None:
    assert fold("ＣＰＣ：９０％") == "cpc:90%"
    assert fold("lèse-majesté “quoted” – ёлка") == 'lese-majeste "quoted" - елка'
    assert fold("哈薩克斯坦總統") == fold("哈萨克斯坦总统")


@given(st.text(max_size=80))
def test_fold_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_fold_keeps_offsets_where_lower_case_is_longer() -> None:
    assert len(fold("İSTANBUL e\u0301 😀 ß")) == len("İSTANBUL e\u0301 😀 ß")
