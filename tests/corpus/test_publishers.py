"""Copyright lines, mastheads, and the names that readers say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.corpus import facts, publishers


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("© 2021 Korso Press Agency. All rights reserved.", "Korso Press Agency"),
        ("Copyright 2019-2021 by Korso Press, Nord", "Korso Press, Nord"),
        ("版权所有 翻印必究", None),
        ("Все права защищены © 2021", None),
        ("© All rights reserved", None),
        ("The copyright of lamps is a matter for the island.", None),
        ("Барлық құқық қорғалған.", None),
    ],
)
def test_owners(line: str, owner: str | None) -> None:
    assert publishers.owner(line) == owner


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Korso Ferries Ltd.", "Korso Ferries"),
        ("ООО «Маяк»", "Маяк"),
        ("«Маяк» ЖШС", "Маяк"),
        ("灯塔日报传媒集团有限公司", "灯塔日报"),
        ("灯塔网络科技有限公司", "灯塔网络科技"),
        ("NORD NPR NEWS", "Nord NPR News"),
        ("BBC", "BBC"),
        ("Company", "Company"),
    ],
)
def test_names_as_they_are_said(name: str, said: str) -> None:
    assert publishers.as_said(name, ()) == said


@pytest.mark.parametrize(
    ("line", "owned", "name"),
    [
        ("THE KORSO STANDARD | Founded 1872 | News | Comment", None, "THE KORSO STANDARD"),
        ("Korso Mail – news of the coast | News | Sport", None, "Korso Mail"),
        ("灯塔观察网 ｜ 首页 · 要闻", None, "灯塔观察网"),
        ("Мыс | Порт | Люди", "«Мыс»", "Мыс"),
        ("Мыс | Порт | Люди", None, None),
        ("Home | News | Sport", None, None),
        ("News | Comment | Sport", None, None),
        ("首页｜新闻｜港口", None, None),
        ("A lamp was lit", None, None),
    ],
)
def test_mastheads_that_share_their_line_with_a_menu(line: str, owned: str | None, name: str | None) -> None:
    assert publishers.masthead(line, owned) == name


LINES = st.text(alphabet=st.sampled_from('Aa9 .,:|｜·—-©«»"（）()/　\n版权所有社灯塔By—г'), max_size=60)


@given(LINES, LINES)
def test_any_line_is_read_or_left(line: str, other: str) -> None:
    name = publishers.owner(line)
    assert name is None or name in line
    head = publishers.masthead(line, other)
    assert head is None or head in line
    assert publishers.as_said(line, [other]) is not None
    assert all(fact.value for fact in facts.read(line))
    assert isinstance(facts.is_strip(line), bool)
