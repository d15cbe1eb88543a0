import pytest

from kzrag.text.ages import ASKED, tells_age
from kzrag.text.language import fold
from kzrag.text.quantities import quantities


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ola Berg, 58, has run the mill since 2014.", 58),
        ("Ola Berg (58) runs the mill.", 58),
        ("The miller, a 34-year-old from Korso, fell.", 34),
        ("She is 64 years old.", 64),
        ("A miller aged 41 fell.", 41),
        ("这位五十四岁的磨坊主辞职了。", 54),
        ("磨坊主現年58歲。", 58),
        ("41-летний мельник уволился.", 41),
        ("Ему было тогда 33 года.", 33),
        ("Мельник в возрасте 41 года уволился.", 41),
        ("Ол 45 жаста.", 45),
        ("17 жастағы диірменші келді.", 17),
        ("Ola Berg, who is 67, has left the mill.", 67),
    ],
)
def test_ages_are_told(text: str, value: int) -> None:
    assert [quantity.value for quantity in quantities(text) if tells_age(quantity, text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Three weeks after Ola Berg left, 2 mills stood still.",
        "The lease runs 4 years.",
        "The wheel, which is 4 metres wide, and the man who is 12 miles away",
        "The mill has stood for 40 years.",
        "Mill Road, 3,000 of them, and 45 percent, and 12 people",
        "Договор на 4 года.",
        "磨坊停了四年。",
        "今年3月停工。",
    ],
)
def test_other_figures_are_no_ages(text: str) -> None:
    assert not any(tells_age(quantity, text) for quantity in quantities(text))


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("How old is she?", True),
        ("What is the miller's age?", True),
        ("Сколько лет мельнику?", True),
        ("Сколько ему лет?", True),
        ("Сколько лет стояла мельница?", False),
        ("Сколько лет назад это было?", False),
        ("磨坊主今年多大？", True),
        ("磨坊主幾歲？", True),
        ("磨坊多大？", False),
        ("Ол неше жаста?", True),
        ("How long did it stand?", False),
    ],
)
def test_who_asks_for_an_age(question: str, asks: bool) -> None:
    assert (ASKED.search(fold(question)) is not None) is asks
