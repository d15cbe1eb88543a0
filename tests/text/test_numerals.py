from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.text.numerals import han_number, word_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("二十七", 27), ("十", 10), ("十五", 15), ("一百零三", 103), ("两千", 2000), ("一亿两千万", 120_000_000),
        ("三万亿", 3e12), ("二〇二二", 2022), ("百万", 1_000_000), ("石油", None), ("", None),
    ],
)  # fmt: skip
def test_chinese_numerals(written: str, value: float | None) -> None:
    assert han_number(written) == value


@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_numerals_read_back(value: int) -> None:
    assert han_number(spell(value)) == value


def spell(value: int) -> str:
    """The plainest way to write a number in Chinese, every digit with its step."""
    if value >= 10_000:
        rest = value % 10_000
        return spell(value // 10_000) + "万" + (spell(rest) if rest else "")
    written = ""
    for step, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, step)
        if digit:
            written += "零一二三四五六七八九"[digit] + sign
    return written


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two hundred fifty million", 250e6), ("twenty five", 25), ("двадцать пять тысяч", 25_000),
        ("полтора миллиона", 1.5e6),
        ("он екі", 12), ("жүз елу", 150), ("two dozen", 24), ("two oils", None),
    ],
)  # fmt: skip
def test_number_words(words: str, value: float | None) -> None:
    assert word_number(words.split()) == value
