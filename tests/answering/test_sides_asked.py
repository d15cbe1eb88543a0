"""Questions that ask for the sides of a matter, and the matter they name, in four languages."""

from __future__ import annotations

import pytest

from kzrag.answering.needs import read
from kzrag.answering.parts import split
from kzrag.answering.sides_asked import sides_asked


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("Do the sources agree on the length of the bridge?", "the length of the bridge?"),
        ("Who says what about the cause of the fire?", "the cause of the fire?"),
        ("Is there any dispute about how many people died?", "how many people died?"),
        ("Does everyone give the same number of victims?", "number of victims?"),
        ("Is the date of the opening contested?", "the date of the opening"),
        ("How do the accounts of the crash differ?", "the crash"),
        ("Did the guards fire? Who says yes and who says no?", "Did the guards fire"),
        ("Are the figures for the harvest consistent across sources?", "the figures for the harvest"),
        ("What do the mayor and the union each say of it?", "What do the mayor and the union each say of it?"),
        ("They say the ferry ruined the inn. Does everyone see it that way?", "They say the ferry ruined the inn"),
        ("How deep is the well? I keep reading different figures", "How deep is the well"),
        ("磨坊为什么关门？文章和留言各怎么说", "磨坊为什么关门"),
        ("磨坊为什么关门？木匠和磨坊主各怎么说", "磨坊为什么关门？木匠和磨坊主各怎么说"),
        ("Почему закрыли мельницу? Везде пишут разное", "Почему закрыли мельницу"),
        ("Мельница мешала деревне. Все так считают?", "Мельница мешала деревне"),
        ("Врачи сходятся во мнениях, чем лечить корь?", "Врачи сходятся во мнениях, чем лечить корь?"),
        ("关于大桥的造价，各家说法一样吗？", "大桥的造价"),
        ("對於損失金額，雙方的數字有出入嗎？", "損失金額"),
        ("桥有多长，有人提出不同说法吗？", "桥有多长"),
        ("谁说灯亮着，谁说灯灭了？", "谁说灯亮着，谁说灯灭了？"),
        ("大家说法一致吗？", ""),
        ("Совпадают ли данные о числе погибших?", "числе погибших?"),
        ("Есть ли разногласия по поводу стоимости моста?", "стоимости моста?"),
        ("Все ли согласны, что мост построили армейцы?", "мост построили армейцы?"),
        ("Өрт себебі туралы кім не дейді?", "Өрт себебі"),
        ("Зардап шеккендер саны туралы дау бар ма?", "Зардап шеккендер саны"),
    ],
)
def test_who_asks_for_the_sides_names_their_matter(question: str, matter: str) -> None:
    assert sides_asked(question) == matter
    assert split(question) == [question]
    assert read(question).compares


@pytest.mark.parametrize(
    "question",
    [
        "How many people were hurt?",
        "Did both ships sink?",
        "Who says so?",
        "Did the mayor say so?",
        "What else did the divers find in different places?",
        "What did the minister say about the line?",
        "Is the contract the same as before?",
        "What different prices do children and adults pay?",
        "Did the union agree to the offer?",
        "两座桥有什么不同？",
        "谁说的？",
        "Какие дома построили разные фирмы?",
        "Согласился ли мэр на сделку?",
        "Кім не істеді?",
    ],
)
def test_who_asks_for_the_matter_itself_does_not(question: str) -> None:
    assert sides_asked(question) is None


def test_a_doubt_names_no_matter() -> None:
    assert sides_asked("Are you sure? Doesn't anyone disagree?") == ""


def test_the_sides_of_a_figure_are_figures() -> None:
    assert read("Is there any dispute about how many people died?").kind == "figure"
    assert read("Do the sources agree that the mayor knew?").kind == "sources"
