from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.text.quantities import Quantity, quantities, rounds_to, same_quantity


def one(text: str) -> Quantity:
    (quantity,) = quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("67million tons", 67e6, "ton"),
        ("us $30billion", 30e9, "USD"),
        ("23billion US dollars", 23e9, "USD"),
        ("US $42.101 billion", 42.101e9, "USD"),
        ("278,400 tons", 278_400, "ton"),
        ("27.84萬噸", 278_400, "ton"),
        ("50億美元", 5e9, "USD"),
        ("5 млрд долларов", 5e9, "USD"),
        ("5 миллиард доллар", 5e9, "USD"),
        ("八成", 80, "percent"),
        ("百分之八十", 80, "percent"),
        ("80 процентов", 80, "percent"),
        ("80 пайыз", 80, "percent"),
        ("two-thirds of exports", 200 / 3, "percent"),
        ("две трети", 200 / 3, "percent"),
        ("三分之二", 200 / 3, "percent"),
        ("үштен екісі", 200 / 3, "percent"),
        ("a quarter of the route", 25, "percent"),
        ("nearly one-fifth", 20, "percent"),
        ("三座電站", 3, None),
        ("兩國", 2, "country"),
        ("28 миллионов тонн", 28e6, "ton"),
        ("28 миллион тонна", 28e6, "ton"),
        ("3,5 млн баррелей в сутки", 3.5e6, "barrel"),
        ("278 400 тонн", 278_400, "ton"),
        ("56.435 billion cubic meters", 56.435e9, "m3"),
        ("five Central Asian countries", 5, "country"),
        ("a 15-year loan", 15, "year"),
        ("十五年后", 15, "year"),
        ("3億5000萬人", 350e6, "person"),
        ("two hundred and fifty million barrels", 250e6, "barrel"),
        ("в 1,5 раза", 1.5, "times"),
        ("1000 cubic meters", 1000, "m3"),
    ],
)
def test_one_value_and_one_unit_for_all_ways_of_saying_it(text: str, value: float, unit: str | None) -> None:
    found = one(text)
    assert found.value == pytest.approx(value)
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Nine of them are students.", 9, "student"),
        ("sailors, of whom 14 were rescued", 14, "rescu"),
        ("шахтёры, из них 12 — женщины", 12, "женщин"),
        ("Шестеро из них погибли.", 6, "погибл"),
        ("乘客获救，其中7名是儿童", 7, "儿童"),
        ("up to 900 of them", 900, None),
    ],
)
def test_what_some_of_those_just_spoken_of_are(text: str, value: float, unit: str | None) -> None:
    assert (one(text).value, one(text).unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "In 2019, on July 5", "到2032年", "COVID-19, B-52, G7, CO2", "at 06:40:33",
        "No. 1 and the 2nd", "a third country",
        "one of the countries",
        "統一, 一些, 第三, 十分", "Он сказал", "in the first two quarters", "一個接著一個", "三成员",
    ],
)  # fmt: skip
def test_numbers_that_are_no_figures(text: str) -> None:
    assert [q for q in quantities(text) if q.unit is not None] == []


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("more than 30%", "over"), ("less than 1%", "under"), ("about 300 million tons", "about"),
        ("超過20%", "over"),
        ("近三分之一", "about"), ("около 2 тыс. человек", "about"), ("30多個國家", "over"),
        ("up to 38 million tons", "under"),
        ("18 million tons", None),
    ],
)  # fmt: skip
def test_what_is_said_around_a_figure(text: str, approx: str | None) -> None:
    assert one(text).approx == approx


def test_a_range_shares_its_unit_and_scale() -> None:
    assert [(q.value, q.unit) for q in quantities("between 10 and 15 million tons")] == [(10e6, "ton"), (15e6, "ton")]
    assert [(q.value, q.unit) for q in quantities("10-15 percent")] == [(10, "percent"), (15, "percent")]


def test_figures_are_the_same_within_rounding_and_unit() -> None:
    assert same_quantity(one("27.84萬噸"), one("278,400 tons"))
    assert same_quantity(one("$42 billion"), one("US $42.101 billion"))
    assert not same_quantity(one("80%"), one("20%"))
    assert not same_quantity(one("28 million tons"), one("28 million barrels"))
    assert not same_quantity(one("5 million dollars"), one("5 billion dollars"))


def test_rounding_goes_one_way() -> None:
    exact, rounded, precise = one("90.5271 million tons"), one("91 million tons"), one("90.6 million tons")
    assert rounds_to(exact, rounded)
    assert not rounds_to(rounded, exact)
    assert not rounds_to(exact, precise)
    assert not rounds_to(one("278,400 tons"), one("278,500 tons"))
    assert not rounds_to(one("28 million tons"), one("28.4 million tons"))


@given(st.text(alphabet="0123456789 ,.%$万億年тон milonbar一二三成-", max_size=40))
def test_offsets_hold_on_any_text(text: str) -> None:
    for quantity in quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert same_quantity(quantity, quantity) and rounds_to(quantity, quantity)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("約1萬1400人", 11400, "person"),
        ("2萬3千人", 23000, "person"),
        ("3亿5000万吨", 350e6, "ton"),
        ("36亿千瓦时", 3.6e9, "kWh"),
        ("發電275兆瓦", 275, "MW"),
        ("1兆元", 1e12, "CNY"),
        ("3千米", 3, "km"),
        ("a full hour before", 1, "hour"),
        ("half an hour later", 0.5, "hour"),
        ("прошло полчаса", 0.5, "hour"),
        ("целый год спустя", 1, "year"),
        ("半小时以后", 0.5, "hour"),
    ],
)
def test_scales_are_no_units_and_parts_of_a_number_add_up(text: str, value: float, unit: str) -> None:
    (found,) = quantities(text)
    assert (found.value, found.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    "text", ["12 million crowns", "12 mln kronor, i.e. 12 million kroner", "1200万克朗", "12 млн крон", "12 млн кронға"]
)
def test_money_of_several_countries_goes_by_its_name(text: str) -> None:
    assert quantities(text)[-1].unit == "crown"
    assert quantities(text)[-1].value == pytest.approx(12e6)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("a pilot aged 52, said", 52, "year"),
        ("at the age of 52", 52, "year"),
        ("8.5 knots", 8.5, "knot"),
        ("航速8.5节", 8.5, "knot"),
        ("8,5 узла", 8.5, "knot"),
    ],
)
def test_ages_and_speeds(text: str, value: float, unit: str) -> None:
    (found,) = quantities(text)
    assert (found.value, found.unit) == (pytest.approx(value), unit)


def test_half_of_a_year_that_is_named_is_no_length_of_time() -> None:
    assert quantities("上半年") == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("他们只肯给百分之四點五", 4.5, "percent"),
        ("百分之十二点二五", 12.25, "percent"),
        ("增长到三点五倍", 3.5, "times"),
        ("花了两点三亿美元", 230e6, "USD"),
        ("Огород вспахали дважды", 2, "times"),
        ("门开合了十一次", 11, "times"),
        ("ол екі рет келді", 2, "times"),
    ],
)
def test_points_in_chinese_shares_and_how_often(text: str, value: float, unit: str) -> None:
    assert [(figure.value, figure.unit) for figure in quantities(text)] == [(pytest.approx(value), unit)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The leak began in Reactor 4 of the plant.", []),
        ("Line 2 of the metro is shut, and so is chapter 3.", []),
        ("At the station 63 lorries were waiting.", [63]),
        ("The gate 12 metres wide was torn off.", [12]),
        ("About 3 of the workers left.", [3]),
    ],
)
def test_a_number_that_names_one_of_several_counts_nothing(text: str, values: list[float]) -> None:
    assert [each.value for each in quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("About one patient in ten dies.", 10),
        ("One in three bookings was cancelled.", 100 / 3),
        ("One house in 20 has a well.", 5),
        ("Two out of three pupils walk.", 200 / 3),
        ("Every tenth lamp was broken.", 10),
        ("Каждый десятый болел.", 10),
        ("Каждая третья лодка течёт.", 100 / 3),
        ("Әр оныншы үй бос тұр.", 10),
        ("每十名学生中约有一人走路上学。", 10),
        ("每10人就有1人失业。", 10),
    ],
)
def test_one_in_so_many_is_a_share(text: str, value: float) -> None:
    found = quantities(text)
    assert [(round(each.value, 3), each.unit) for each in found] == [(round(value, 3), "percent")]


@pytest.mark.parametrize(
    "text",
    [
        "One bus in three days.",
        "Every second day it rained.",
        "The blast hurt one man in three cars.",
        "Каждый второй день шёл дождь.",
        "每三天有一人离开。",
        "Әр екінші күні жаңбыр жауды.",
    ],
)
def test_how_often_and_where_is_no_share(text: str) -> None:
    assert "percent" not in {each.unit for each in quantities(text)}
