"""Which names of a sentence can be the person or place asked for, in four languages."""

from __future__ import annotations

import pytest

from kzrag.answering.asked import candidates, said_by_those_asked, sort_asked, told
from kzrag.answering.needs import read
from kzrag.answering.short import short_answer
from kzrag.records import Evidence
from kzrag.text.language import detect
from tests.answering.articles import sentence

PARIS = "After the meeting Tokayev did not go home but travelled onward to Paris."
ROUTE = (
    "The railway starts from Lianyungang, passes through Warsaw in Poland, and arrives in Rotterdam in the Netherlands."
)
COAL = "Germany has signed a large order of coal with Indonesia."
BRIDGE = "The Kremlin announced plans to open a sea bridge to Iran."
VISIT_ZH = "会谈之后，托卡耶夫前往巴黎。"
VISIT_RU = "После встречи Токаев отправился в Париж."
VISIT_KK = "Кездесуден кейін Тоқаев Парижге барды."
PORT = "The oil passes through the Russian port of Novorossiysk to the Black Sea."


def piece(text: str) -> Evidence:
    return Evidence(sentence=sentence(text, detect(text)), score=0.9)


def possible(question: str, text: str) -> list[str]:
    return [name.key for name in candidates(read(question), piece(text).sentence)]


@pytest.mark.parametrize(
    ("question", "text", "keys"),
    [
        ("Where did Tokayev go after the meeting?", PARIS, ["paris"]),
        ("Which city did Tokayev visit next?", PARIS, ["paris"]),
        ("Which country did Tokayev visit next?", PARIS, []),
        ("Where was Tokayev born?", "President Tokayev spoke to Putin.", []),
        ("Which country ordered coal from Indonesia?", COAL, ["germany"]),
        ("Which city ordered coal from Indonesia?", COAL, []),
        ("Which country did Berlin order coal from?", COAL, ["indonesia"]),
        ("To which country will Russia open a sea bridge?", BRIDGE, ["iran"]),
        ("Through which port does the oil of Kazakhstan pass?", PORT, ["novorossiysk"]),
        ("To which sea does the oil flow?", PORT, ["black_sea"]),
        ("Where does the railway end?", COAL, []),
        ("托卡耶夫会谈后去了哪里？", VISIT_ZH, ["paris"]),
        ("托卡耶夫會談後去了哪個國家?", VISIT_ZH, []),
        ("哪个国家向印度尼西亚订购了煤炭？", COAL, ["germany"]),
        ("石油經過俄羅斯的哪個港口?", PORT, ["novorossiysk"]),
        ("Куда отправился Токаев после встречи?", VISIT_RU, ["paris"]),
        ("В какой город отправился Токаев?", VISIT_RU, ["paris"]),
        ("Какая страна заказала уголь в Индонезии?", COAL, ["germany"]),
        ("В какую страну откроют морской мост?", BRIDGE, ["iran"]),
        ("Тоқаев кездесуден кейін қайда барды?", VISIT_KK, ["paris"]),
        ("Қай ел Индонезиядан көмір сатып алды?", COAL, ["germany"]),
        ("Who met Putin?", "President Tokayev met Putin in Moscow.", ["tokayev"]),
        ("Who met Putin in Moscow?", "The meeting with Putin in Moscow was short.", []),
        ("谁会见了普京？", "托卡耶夫在莫斯科会见了普京。", ["tokayev"]),
        ("Кто встретился с Путиным?", "Токаев встретился с Путиным в Москве.", ["tokayev"]),
    ],
)
def test_the_names_that_can_be_asked_for(question: str, text: str, keys: list[str]) -> None:
    assert possible(question, text) == keys


def test_stations_of_a_route_are_all_places() -> None:
    assert {"lianyungang", "warsaw", "rotterdam"} <= set(possible("Where does the railway go?", ROUTE))


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("Which country buys it?", "country"), ("哪个国家买？", "country"), ("В какой стране это?", "country"),
        ("Қай елде?", "country"), ("Which port?", "city"), ("哪座城市？", "city"), ("Какой город?", "city"),
        ("Which sea?", "water"), ("Where is it?", None), ("在哪里？", None),
    ],
)  # fmt: skip
def test_the_sort_of_place(question: str, sort: str | None) -> None:
    assert sort_asked(read(question)) == sort


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who designed the Aktau port crane?", {"designed", "port", "crane"}),
        ("Which city hosted the summit?", {"hosted", "summit"}),
        ("Who came up with the plan for a crane?", {"plan", "crane"}),
        ("Кто построил порт Актау?", {"построил", "порт"}),
        ("谁设计了阿克套的起重机？", {"设计", "起重机"}),
    ],
)
def test_what_a_question_tells_of_whom_it_asks_for(question: str, words: set[str]) -> None:
    assert set(told(question, detect(question))) == words


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Where did Tokayev go after the meeting?", PARIS, "Paris"),
        ("Which country did Tokayev visit?", PARIS, None),
        (
            "Who was Kazakhstan's first president?",
            "Kazakhstani President Tokayev made his first visit to Moscow.",
            None,
        ),
        (
            "Who was Kazakhstan's first president?",
            "Former President Nazarbayev chose Tokayev for Kazakhstan.",
            "Nazarbayev",
        ),
        ("Which country ordered coal from Indonesia?", COAL, "Germany"),
        ("Куда отправился Токаев?", VISIT_RU, "Париж"),
        ("托卡耶夫会谈后去了哪里？", VISIT_ZH, "巴黎"),
        ("Through which cities does the railway go?", ROUTE, None),
        ("Where can the hay be sold?", "The hay can only be sold to Paris and Brennwick.", None),
    ],
)
def test_the_short_answer_is_the_one_that_is_meant_or_none(question: str, text: str, answer: str | None) -> None:
    short = short_answer(read(question), piece(text), None)
    assert (short.text if short is not None else None) == answer


@pytest.mark.parametrize(
    ("question", "text", "says"),
    [
        ("What did Merkel reply when Macron proposed the fund?", "Macron told Merkel that he wants a fund.", False),
        ("What did Merkel reply when Macron proposed the fund?", "Merkel told Macron that she wants no fund.", True),
        ("In what words did Merkel answer?", "Merkel's answer was short: never.", True),
        ("默克尔怎么回答马克龙的?", "马克龙向默克尔表示,他想要一个基金。", False),
        ("默克尔怎么回答马克龙的?", "默克尔说,她不要基金。", True),
        ("Что ответила Меркель?", "Макрон позвонил, и Меркель сказала ему, что денег нет.", True),
        ("Что ответила Меркель?", "Макрон сообщил Меркель, что хочет создать фонд.", False),
        ("What did Merkel think of the fund?", "Macron told Merkel that he wants a fund.", True),
    ],
)
def test_who_is_asked_for_a_reply_must_speak(question: str, text: str, says: bool) -> None:
    assert bool(said_by_those_asked(read(question), [piece(text)])) is says


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (
            "What share of the voters was Danish?",
            "Although Sweden was first, it made up only 39 % of the voters, while Denmark, the second nation, made up 37 %.",
            "37 %",
        ),
        ("When did the bridge give way?", "LUND, June 20 (Nordpress) - The bridge gave way after a storm.", None),
        ("When did the bridge give way?", "The bridge gave way on June 20 after a storm.", "June 20"),
        ("When did the bridge give way?", "【隆德6月20日电】大桥在暴风雨后倒塌。", None),
        ("What number of members was against?", "Of all members, 540 spoke against the plan.", "540"),
        # A part has its own figure, and a price is what it has come to.
        ("How many sailors were saved?", "Of the 112 sailors 91 were saved and 23 needed a doctor.", "91"),
        ("How many sailors were there?", "Of the 112 sailors 91 were saved.", "112 sailors"),
        ("Сколько моряков спасли?", "Из 112 моряков 91 спасли рыбаки.", "91"),
        ("What does the ticket cost now?", "The ticket went from 64 crowns to 75 crowns.", "75 crowns"),
        (
            "What does the ticket cost now?",
            "The ticket is to rise from the current 64 crowns to 75 crowns.",
            "64 crowns",
        ),
    ],
)
def test_a_figure_is_of_the_name_before_it_and_a_dispatch_has_its_own_date(
    question: str, text: str, answer: str | None
) -> None:
    short = short_answer(read(question), piece(text), "2023-07-01")
    assert (None if short is None else short.text) == answer
