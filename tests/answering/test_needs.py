"""What a question needs, in four languages."""

import pytest

from kzrag.answering.needs import read, split


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many tons of oil does the country export?", "figure"),
        ("What share of exports goes by sea?", "figure"),
        ("出口石油多少吨？", "figure"),
        ("Какова доля экспорта?", "figure"),
        ("Инфляция қанша пайыз?", "figure"),
        ("When did the minister resign?", "date"),
        ("部長何時辭職？", "date"),
        ("Когда министр подал в отставку?", "date"),
        ("Министр қашан кетті?", "date"),
        ("Why was the port closed?", "reason"),
        ("為什麼關閉港口？", "reason"),
        ("Почему закрыли порт?", "reason"),
        ("Порт неге жабылды?", "reason"),
        ("Who leads the union?", "person"),
        ("誰領導聯盟？", "person"),
        ("Where does the railway end?", "place"),
        ("鐵路的終點在哪裡？", "place"),
        ("Куда ведёт железная дорога?", "place"),
        ("Who said that the deal is a joke?", "who_said"),
        ("誰說這是笑話？", "who_said"),
        ("Кто сказал, что это шутка?", "who_said"),
        ("Do the sources agree on the cause?", "sources"),
        ("Согласны ли источники?", "sources"),
        ("Did the port close?", "yesno"),
        ("港口關閉了嗎？", "yesno"),
        ("The new port", "statement"),
    ],
)
def test_the_kind_of_thing_asked(question: str, kind: str) -> None:
    assert read(question).kind == kind


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("What percentage of voters came?", "percent"),
        ("選民比例是多少？", "percent"),
        ("How much did the bridge cost?", "USD"),
        ("Сколько тонн зерна собрали?", "ton"),
        ("How long is the river in kilometres?", "km"),
        ("煤炭產量是多少噸？", "ton"),
    ],
)
def test_a_figure_is_asked_in_a_unit(question: str, unit: str) -> None:
    assert unit in read(question).units


def test_counting_things_is_not_measuring() -> None:
    counted = read("How many ministers resigned?").counted
    assert counted is not None and counted.startswith("ministers")
    assert read("How many tons were shipped?").counted is None


def test_years_are_pinned_and_are_no_figures() -> None:
    needs = read("How many ships were built by 2031?")
    assert [date.iso for date in needs.years] == ["2031"]
    assert needs.figures == ()


def test_a_figure_in_the_question_is_pinned() -> None:
    needs = read("Who promised to replace 90% of the imports?")
    assert [(figure.value, figure.unit) for figure in needs.figures] == [(90.0, "percent")]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("When did the port close, and who closed it down?", 2),
        ("How much oil is exported and where does it go?", 2),
        ("港口何時關閉？是誰關閉的？", 2),
        ("Когда закрыли порт и кто его закрыл?", 2),
        ("Who met the minister and the president?", 1),
        ("Why?", 1),
    ],
)
def test_several_questions_in_one(question: str, parts: int) -> None:
    assert len(split(question)) == parts


def test_splitting_loses_no_word() -> None:
    question = "When did the port close, and who closed it down?"
    assert "".join("".join(split(question)).split()).replace("?", "").startswith("Whendidtheportclose")
