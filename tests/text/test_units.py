from __future__ import annotations

import pytest

from kzrag.text.units import dimensions, han_unit, money_before, unit_of, unit_phrase


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("tonnes", "ton"), ("тонн", "ton"), ("тоннаның", "ton"), ("долларами", "USD"), ("пайызы", "percent"),
        ("crowns", "crown"), ("крон", "crown"), ("кроннан", "crown"), ("кронштейнов", None), ("талеров", "thaler"),
        ("стране", "country"), ("страница", None), ("жылға", "year"), ("oil", None),
    ],
)  # fmt: skip
def test_words_that_are_units(word: str, unit: str | None) -> None:
    assert unit_of(word) == unit


def test_units_of_several_words() -> None:
    assert unit_phrase("cubic metres of gas", 0) == ("m3", 12)
    assert unit_phrase("% of", 0) == ("percent", 1)
    assert unit_phrase("кубических метров", 0) == ("m3", 17)
    assert unit_phrase("oil", 0) is None


def test_chinese_units_by_the_longest_match() -> None:
    assert han_unit("平方公里", 0) == ("km2", 4)
    assert han_unit("克朗", 0) == ("crown", 2)
    assert han_unit("座电站", 0) == (None, 1)
    assert han_unit("石油", 0) is None


def test_money_signs_stand_before_the_number() -> None:
    assert money_before("about us $42", 10) == ("USD", 6)
    assert money_before("€5", 1) == ("EUR", 0)
    assert money_before("in 2022", 3) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("how long is the canal?", {"length"}),
        ("the tower is 40 metres tall", {"height"}),
        ("глубина озера 12 метров", {"depth"}),
        ("长度300公里,宽度4公里", {"length", "width"}),
        ("көпірдің ұзындығы", {"length"}),
        ("they sold 40 metres of cloth", set()),
    ],
)
def test_which_dimension_is_told(text: str, told: set[str]) -> None:
    assert dimensions(text) == told
