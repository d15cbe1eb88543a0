"""What is asked of a thing or of somebody, and the words that tell it."""

from __future__ import annotations

import pytest

from kzrag.text.attributes import asked_in, tells


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What is the salary of the keeper?", {"salary"}),
        ("Сколько составляет арендная плата за мельницу?", {"rent"}),
        ("灯塔是哪一年建成的？", {"building"}),
        ("燈塔看守人的太太叫什麼名字？", {"marriage"}),
        ("Мұнараның биіктігі қанша?", {"height"}),
        ("When was the brewery founded?", {"founding"}),
        ("Who found the chest?", set()),  # to find is not to found
        ("How did the debt crisis begin?", set()),  # it is the crisis that is asked about
        ("Did the budget committee meet?", set()),
        ("Что для него важнее, долг или деньги?", set()),  # a duty
        ("How much does a visit cost?", set()),  # a price needs no word for it
    ],
)
def test_what_is_asked(question: str, asked: set[str]) -> None:
    assert asked_in(question) == asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How many sailors were injured?", {"injury"}),
        ("Сколько рабочих уволили?", {"dismissal"}),
        ("多少人被疏散？", {"evacuation"}),
        ("Қанша адам ұсталды?", {"arrest"}),
        ("How many divers are missing?", {"missing"}),
    ],
)
def test_what_befell_people_is_asked_of_their_number_alone(question: str, asked: set[str]) -> None:
    assert asked_in(question, counting=True) == asked
    assert asked_in(question) == set()


@pytest.mark.parametrize(
    ("text", "attribute", "told"),
    [
        ("The keeper is paid 900 crowns a month.", "salary", True),
        ("Смотритель получает 900 крон.", "salary", True),
        ("看守人每月领取九百克朗。", "salary", True),
        ("The keeper spent 900 crowns on oil.", "salary", False),
        ("Elsen, a town of 4,000, has two mills.", "population", True),
        ("The guild was set up by two weavers.", "founding", True),
        ("Маяк возвели при старом короле.", "building", True),
        ("The lighthouse was painted in 1904.", "building", False),
        ("Nine of them were taken to hospital.", "injury", True),
        ("九人送医。", "injury", True),
        ("Nine of them were found dead.", "injury", False),
        ("Компания оставила без работы сорок человек.", "dismissal", True),
        ("The chest weighs a lot: it is a 3-ton chest.", "weight", True),
    ],
)
def test_what_is_told(text: str, attribute: str, told: bool) -> None:
    assert tells(text, attribute) is told
