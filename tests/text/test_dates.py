from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.text.dates import Date, dates, parts, same_date


def isos(text: str, anchor: str | None = None) -> list[str]:
    return [date.iso for date in dates(text, anchor)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On July 5, the port closed", ["--07-05"]),
        ("signed on 5 July 2022 in Paris", ["2022-07-05"]),
        ("the flood of the twenty-seventh of June 1970", ["1970-06-27"]),
        ("он слёг двадцать седьмого июля, на второй день", ["--07-27"]),
        ("Тридцатого августа 2021 года", ["2021-08-30"]),
        ("said on December 02 2022", ["2022-12-02"]),
        ("from December 2021 to March 2022", ["2021-12", "2022-03"]),
        ("the 2023 summit", ["2023"]),
        ("1999-2005", ["1999", "2005"]),
        ("the 1990s and the 19th century", ["199", "18"]),
        ("posted 2024/06/18", ["2024-06-18"]),
        ("到2032年，再到2040年", ["2032", "2040"]),
        ("二〇二二年七月五日", ["2022-07-05"]),
        ("7月5日和三月", ["--07-05", "--03"]),
        ("20世紀90年代", ["199"]),
        ("5 июля 2022 года", ["2022-07-05"]),
        ("в июле и к 2040 году", ["--07", "2040"]),
        ("в XIX веке", ["18"]),
        ("2022 жылғы 5 шілдеде", ["2022-07-05"]),
    ],
)
def test_dates_as_they_are_written(text: str, found: list[str]) -> None:
    assert isos(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "it may rise",
        "the second of the two marches",
        "a march of five thousand",
        "2000 tons",
        "$1984",
        "三個月",
        "1000 cubic meters",
        "Майдан",
        "第二天",
        "Мая Иванова",
    ],
)
def test_what_looks_like_a_date_and_is_none(text: str) -> None:
    assert isos(text) == []


@pytest.mark.parametrize(
    ("text", "anchor", "iso"),
    [
        ("this year", "2022-12-02", "2022"),
        ("In May of this year", "2022", "2022-05"),
        ("last year", "2022", "2021"),
        ("two years ago", "2022", "2020"),
        ("yesterday", "2022-03-01", "2022-02-28"),
        ("last month", "2022-01", "2021-12"),
        ("今年五月份", "2022", "2022-05"),
        ("去年", "2022", "2021"),
        ("в прошлом году", "2022", "2021"),
        ("в мае этого года", "2022", "2022-05"),
        ("былтыр", "2022", "2021"),
    ],
)
def test_relative_dates_are_resolved_and_say_so(text: str, anchor: str, iso: str) -> None:
    (date,) = dates(text, anchor)
    assert (date.iso, date.relative) == (iso, True)


def test_without_an_anchor_a_relative_date_keeps_its_offset() -> None:
    assert isos("last year, in May of this year, yesterday") == ["Y-1", "Y+0-05", "D-1"]
    assert isos("last month", "2022") == ["M-1"]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("2022", "2022-07-05", True), ("2022-07", "2022-08", False), ("--07-05", "2022-07-05", True),
        ("--07-05", "--07-04", False), ("199", "1995", True),
        ("2022", "2023", False), ("Y-1", "Y+0", False), ("Y+0", "Y+0-05", True),
    ],
)  # fmt: skip
def test_same_date(a: str, b: str, same: bool) -> None:
    first, second = (Date(iso, 0, 0, "") for iso in (a, b))
    assert same_date(first, second) is same is same_date(second, first)


@given(st.dates())
def test_an_iso_date_reads_back(day: object) -> None:
    if "1900" <= str(day) < "2100":
        assert isos(f"on {day}.") == [str(day)]
        assert "-".join(part or "" for part in parts(str(day))) == str(day)


@given(st.text(max_size=60))
def test_offsets_hold_on_any_text(text: str) -> None:
    assert all(text[date.start : date.end] == date.text for date in dates(text))


def test_a_year_in_chinese_numerals_is_a_year_whatever_its_digits() -> None:
    assert isos("一九四九年") == ["1949"]
    assert isos("二〇一九年三月") == ["2019-03"]
