from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.text.names import names, same_name
from kzrag.text.sounds import heard, heard_alike


@pytest.mark.parametrize(
    ("latin", "chinese"),
    [
        ("heldmar", "赫尔德马尔"),
        ("valdez", "瓦尔德斯"),
        ("karlstad", "卡尔斯塔德"),
        ("dobrev", "多布雷夫"),
        ("shevchenko", "舍甫琴科"),
        ("kestrim", "凯斯特林"),
    ],
)
def test_a_name_is_heard_in_chinese(latin: str, chinese: str) -> None:
    assert heard_alike(latin, chinese)
    assert same_name(latin, chinese)


@pytest.mark.parametrize(
    ("latin", "chinese"), [("heldmar", "曼德拉"), ("valdez", "瓦西里"), ("dobrev", "格雷厄姆"), ("anna", "安娜")]
)
def test_other_names_are_not_and_two_consonants_are_too_few(latin: str, chinese: str) -> None:
    assert not heard_alike(latin, chinese)


def test_a_foreign_name_is_found_in_chinese_as_a_whole() -> None:
    assert "卡尔斯塔德" in [name.text for name in names("上周,卡尔斯塔德港的工人罢工。")]
    assert "蒂尔贝格" in [name.text for name in names("蒂尔贝格夫人号昨天离港。")]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz_", max_size=20))
def test_what_is_heard_has_no_vowels_and_no_repetitions(name: str) -> None:
    for sounds in heard(name):
        assert set(sounds) <= set("PTKFHSCMNL")
        assert all(one != other for one, other in itertools.pairwise(sounds))
