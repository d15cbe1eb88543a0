"""Who holds an office, as sentences say it, in four languages."""

from __future__ import annotations

import pytest

from kzrag.answering.needs import read
from kzrag.answering.offices import holder, office_asked
from tests.answering.articles import sentence

FORMER = "Starting with former President Nazarbayev, Kazakhstan kept its distance from Russia."
NOW = "After his re-election, Kazakhstani President Kassym-Jomart Tokayev made his first foreign visit."
COUNCIL = "He spoke on the phone with the president of the European Council, Charles Michel, about oil."
COMMISSION = "In May, European Commission President von der Leyen announced a ban."
FOREIGN = "The German foreign minister, Annalena Baerbock, came to Astana."
BELARUS = "Belarusian President Lukashenko proposed that Kazakhstan join."
BELARUS_ZH = "白俄罗斯总统卢卡申科提议哈萨克斯坦加入。"
BELARUS_RU = "Президент Белоруссии Лукашенко предложил Казахстану вступить."
TWO = "President Tokayev did not tell Belarusian President Lukashenko what he thought."


def held(question: str, text: str) -> str | None:
    found = holder(read(question), sentence(text))
    return found.name.text if found is not None else None


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("Who was Kazakhstan's first president?", FORMER, "Nazarbayev"),
        ("Who was Kazakhstan's first president?", NOW, None),
        ("Who was president before Tokayev?", FORMER, "Nazarbayev"),
        ("Who was the former president of Kazakhstan?", FORMER, "Nazarbayev"),
        ("Who was the former president of Kazakhstan?", NOW, None),
        ("Who is the president of Kazakhstan?", NOW, "Kassym-Jomart Tokayev"),
        ("Who is the president of Kazakhstan?", FORMER, None),
        ("Who is Kazakhstan's current president?", NOW, "Kassym-Jomart Tokayev"),
        ("Who is the president of Uzbekistan?", NOW, None),
        ("Who is the prime minister of Kazakhstan?", NOW, None),
        ("Who is Kazakhstan's energy minister?", NOW, None),
        ("Who is Tokayev's wife?", NOW, None),
        ("Who is the president of the European Council?", COUNCIL, "Charles Michel"),
        ("Who leads the European Commission?", COMMISSION, "von der Leyen"),
        ("Who heads the European Commission?", COUNCIL, None),
        ("Who is Germany's foreign minister?", FOREIGN, "Annalena Baerbock"),
        ("Who is France's foreign minister?", FOREIGN, None),
        ("Who is the leader of Belarus?", BELARUS, "Lukashenko"),
        ("Who is the president of Kazakhstan?", BELARUS, None),
        ("Who is the president of Belarus?", TWO, "Lukashenko"),
        ("Who rules in Minsk?", BELARUS, "Lukashenko"),
        ("白俄罗斯总统是谁？", BELARUS_ZH, "卢卡申科"),
        ("哈萨克斯坦总统是谁？", BELARUS_ZH, None),
        ("哈薩克斯坦的首任總統是誰?", FORMER, "Nazarbayev"),
        ("歐洲理事會主席是誰?", COUNCIL, "Charles Michel"),
        ("谁是德国外长？", FOREIGN, "Annalena Baerbock"),
        ("哈萨克斯坦的总理是谁？", NOW, None),
        ("Кто президент Беларуси?", BELARUS_RU, "Лукашенко"),
        ("Кто возглавляет Еврокомиссию?", COMMISSION, "von der Leyen"),
        ("Кто был президентом Казахстана до Токаева?", FORMER, "Nazarbayev"),
        ("Кто первый президент Казахстана?", NOW, None),
        ("Кто министр энергетики Казахстана?", NOW, None),
        ("Қазақстан президенті кім?", NOW, "Kassym-Jomart Tokayev"),
        ("Қазақстанның премьер-министрі кім?", NOW, None),
        ("Беларусь президенті кім?", BELARUS, "Lukashenko"),
    ],
)
def test_the_holder_is_who_has_that_office_there_and_then(question: str, text: str, name: str | None) -> None:
    assert office_asked(read(question)) is not None
    assert held(question, text) == name


@pytest.mark.parametrize(
    "question",
    [
        "Which president flew to Moscow many times?",
        "Who proposed that Kazakhstan join?",
        "Who told the president about the leak?",
        "Where did the president fly?",
        "谁提议哈萨克斯坦加入？",
        "Кто предложил президенту вступить в союз?",
        "Президентке кім хат жазды?",
    ],
)
def test_whoever_does_something_is_not_asked_for_by_office(question: str) -> None:
    assert office_asked(read(question)) is None
