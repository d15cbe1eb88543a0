from __future__ import annotations

import pytest

from kzrag.text.figures import figures, parse_digits
from kzrag.text.language import fold


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("67million and 278,400", [67, 278_400]),
        ("3,5 и 278 400", [3.5, 278_400]),
        ("one-fifth, two thirds, a quarter of it", [20, pytest.approx(200 / 3), 25]),
        ("двадцать пять, полтора", [25, 1.5]),
        ("百分之八十，八成半，三分之一", [80, 85, pytest.approx(100 / 3)]),
        ("twice, вдвое", [2, 2]),
        ("a million, millions, the million", [1e6]),
    ],
)
def test_numbers_in_digits_and_words(text: str, values: list[float]) -> None:
    assert [figure.value for figure in figures(fold(text))] == values


@pytest.mark.parametrize(
    "text", ["G7 B-52 CO2", "2nd, 3-й", "06:40", "https://x.org/123", "第三, 统一", "a third country"]
)
def test_numbers_that_are_part_of_something_else(text: str) -> None:
    assert list(figures(fold(text))) == []


def test_significant_digits() -> None:
    assert [figure.digits for figure in figures("2800 27.84 2.80 1")] == [2, 4, 3, 1]


def test_a_comma_is_a_point_where_the_language_has_it_so() -> None:
    assert parse_digits("3,500") == 3500
    assert parse_digits("3,500", decimal_comma=True) == 3.5
    assert parse_digits("1,234,567", decimal_comma=True) == 1_234_567
