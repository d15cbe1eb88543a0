"""What a question needs, in four languages."""

from dataclasses import replace

import pytest

from kzrag.answering.needs import read


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
        ("Do the sources agree on the cause?", "reason"),
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
    "question",
    ["За сколько его перепродавали?", "Почём продают билет?", "賣到歐洲是什麼價？", "At what price was it sold?"],
)
def test_a_price_is_asked_in_money_and_counts_nothing(question: str) -> None:
    needs = read(question)
    assert needs.kind == "figure"
    assert "USD" in needs.units
    assert needs.counted is None


def test_which_of_several_is_read() -> None:
    assert read("Where did the parliament used to sit?").relation == "former"
    assert read("Where does the parliament sit?").relation is None


def test_who_disagrees_wants_several_voices() -> None:
    assert read("Who disagrees?").compares


def test_names_said_before_are_no_answer() -> None:
    needs = replace(read("Where did Macron fly next?"), given=frozenset({"berlin"}))
    assert needs.known >= {"berlin"} | needs.keys


@pytest.mark.parametrize(
    "question",
    [
        "What does Sweden pay per hour for the ferry?",
        "How much does a lighthouse keeper earn?",
        "Сколько зарабатывает смотритель маяка?",
        "灯塔管理员的工资是多少?",
        "Шамшырақ күзетшісінің жалақысы қанша?",
    ],
)
def test_a_price_or_a_wage_is_money_of_any_country(question: str) -> None:
    needs = read(question)
    assert needs.kind == "figure"
    assert {"USD", "EUR", "RUB"} <= needs.units
    assert needs.unit_named


def test_a_company_of_the_state_is_no_place() -> None:
    assert read("Which state company owns the ferry?").kind == "statement"
    assert read("Which state owns the ferry?").kind == "place"


@pytest.mark.parametrize(
    "question",
    ["How long will the price freeze last?", "涨价冻结多长时间？", "Как долго продлится заморозка цен?"],
)
def test_how_long_prices_hold_is_no_price(question: str) -> None:
    assert "year" in read(question).units
    assert "USD" not in read(question).units


def test_how_much_was_left_of_something_may_be_told_as_a_part_or_as_it_is() -> None:
    needs = read("How much of the grant was left for the museum?")
    assert needs.kind == "figure"
    assert not needs.unit_named
    assert read("What did the town spend on the bridge?").units == read("How much money was it?").units


def test_a_number_that_only_points_pins_nothing() -> None:
    assert read("On what day did the two museums become one?").figures == ()
    assert read("守塔人一天可以领到多少钱？").figures == ()
    assert [figure.value for figure in read("Who paid for the 12 bells?").figures] == [12]
    assert read("How many people did Route 7 carry?").figures == ()
    assert read("Кто закрыл Причал 3 в порту?").figures == ()


def test_what_is_quoted_asks_nothing() -> None:
    needs = read("「鐘是從哪裡來的」這句話是誰說的？")
    assert needs.kind == "who_said"
    assert needs.quoted == ("钟是从哪里来的",)
    assert read("Who wrote that “nobody knew when the bell was cast”?").kind == "who_said"
    assert read("Когда построили паром «Старый гусь»?").quoted == (), "a name is no quotation"


def test_a_change_may_be_told_as_a_share() -> None:
    assert not read("На сколько подняли плату?").unit_named
    assert not read("By how much did the price rise?").unit_named


@pytest.mark.parametrize(
    "question", ["How many times did it ring?", "它响了多少次？", "Сколько раз он звонил?", "Неше рет соқты?"]
)
def test_how_often_is_told_in_times(question: str) -> None:
    needs = read(question)
    assert needs.units == {"times"}
    assert needs.counted is None


def test_how_fast_is_a_speed_and_what_name_a_name() -> None:
    assert "knot" in read("How fast did the tug go?").units
    assert "knot" in read("拖船的航速是多少？").units
    assert read("What new name did the tug take?").kind == "name"


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("How many goods trains had left by noon?", "goods trains"),
        ("How many of the sailors were on board?", "sailors"),
        ("How many mills are there?", "mills"),
        ("And how many of them are students?", "students"),
        ("How many of those were to be sold?", "sold"),
        ("А сколько из них женщин?", "женщин"),
        ("其中有多少人是学生？", "学生"),
        ("其中多少是从智利买的？", None),
        ("Сколько паромов ушло?", "паромов"),
        ("Сколько всего вывозит Чад?", None),
        ("How many people speak Danish?", "people"),
        ("How many crew members were saved?", "crew members"),
        ("Сколько людей живут там?", "людей"),
        ("Сколько Чад вообще вывозит?", None),
        ("How many Danes came?", "danes"),
    ],
)
def test_what_is_counted_ends_before_its_verb(question: str, counted: str | None) -> None:
    assert read(question).counted == counted
