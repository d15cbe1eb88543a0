import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.evaluation.matching import meets, missing, plain, without_markers


@pytest.mark.parametrize(
    ("alternative", "text"),
    [
        ("two-thirds", "Two‑thirds of the exports"),
        ("三分之二", "約有三分之二的出口"),
        ("聯盟國家", "加入俄白联盟国家"),
        ("28 million", "28  million tons"),
        ("80%", "fully 80％ of it"),
        ("2800萬噸", "增加到 2800 萬噸"),
        ("утеч", "из-за утечек нефти"),
        ("еще", "Ещё раз"),
        ("not the 'only' one", "it is not the ‘only’ one"),
        ("14", "14% of them"),
        ("US", "the US said"),
        ("юан", "за юани"),
        ("qty:28 million tons", "до 28 млн тонн"),
        ("qty:28 million tons", "增加到2800萬噸"),
        ("qty:80%", "80 percent of the exports"),
        ("date:2022-07-05", "on July 5, 2022"),
        ("date:2022-07-05", "7月5日"),
        ("date:2022-07", "5 июля 2022 года"),
        ("date:2022", "in June 2022"),
    ],
)
def test_what_meets_an_alternative(alternative: str, text: str) -> None:
    assert meets(alternative, text)


@pytest.mark.parametrize(
    ("alternative", "text"),
    [
        ("80%", "180% of it"),
        ("14", "in 2014"),
        ("22", "22.5 of them"),
        ("250", "250,000 people"),
        ("4,4", "14,4 млрд"),
        ("US", "Russia must use it"),
        ("no", "now known"),
        ("qty:28 million tons", "28 million barrels"),
        ("qty:28 million tons", "28 tons"),
        ("qty:80%", "20 % of it"),
        ("date:2022-07-05", "in 2022"),
        ("date:2022-07-05", "in July 2022"),
        ("date:2022-07-05", "on July 6, 2022"),
        ("date:2022", "on July 5"),
    ],
)
def test_what_does_not(alternative: str, text: str) -> None:
    assert not meets(alternative, text)


def test_this_year_is_resolved_against_the_day_its_source_appeared() -> None:
    assert meets("date:2022-05", "in May of this year", ["2022-12-02"])
    assert not meets("date:2022-05", "in May of this year", ["2025"])


def test_every_group_has_to_be_met_by_one_of_its_alternatives() -> None:
    groups = (("storm", "風暴"), ("nine", "九天"))
    assert missing(groups, "because of storms, for nine days") == ()
    assert missing(groups, "for nine days") == (("storm", "風暴"),)


def test_markers_are_no_figures() -> None:
    assert not meets("qty:14", without_markers("handled much [14]."))


@given(st.text())
def test_plain_is_settled_after_one_pass(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(alphabet="abcdefghij абвгд", min_size=4).filter(str.strip))
def test_a_text_meets_itself(text: str) -> None:
    assert meets(text, f"before {text} after") or plain(text).isascii() != text.isascii()
