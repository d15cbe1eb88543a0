"""Numbers written as words: English, Russian, Kazakh and Chinese; and the words that scale a number.

Everything works on folded text (`language.fold`): lower case, simplified Han, е for ё.
"""

from __future__ import annotations

import re
from functools import lru_cache

_UNITS_AND_TEENS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

_ENGLISH: dict[str, float] = (
    {word: value for value, word in enumerate(_UNITS_AND_TEENS)}
    | {word: 10 * value for value, word in enumerate(_TENS, 2)}
    | {"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12}
)

_RUSSIAN_FORMS = {
    1: "один одна одно одного одной одну одному одним одном",
    2: "два две двух двум двумя двое двоих", 3: "три трех трем тремя трое троих",
    4: "четыре четырех четырем четырьмя четверо четверых", 5: "пять пяти пятью пятеро пятерых",
    6: "шесть шести шестью шестеро шестерых", 7: "семь семи семью семеро семерых",
    8: "восемь восьми восемью восьмеро восьмерых", 9: "девять девяти девятью девятеро девятерых",
    10: "десять десяти десятью десятеро десятерых", 11: "одиннадцать одиннадцати", 12: "двенадцать двенадцати",
    13: "тринадцать тринадцати", 14: "четырнадцать четырнадцати", 15: "пятнадцать пятнадцати",
    16: "шестнадцать шестнадцати", 17: "семнадцать семнадцати", 18: "восемнадцать восемнадцати",
    19: "девятнадцать девятнадцати", 20: "двадцать двадцати", 30: "тридцать тридцати", 40: "сорок сорока",
    50: "пятьдесят пятидесяти", 60: "шестьдесят шестидесяти", 70: "семьдесят семидесяти",
    80: "восемьдесят восьмидесяти", 90: "девяносто девяноста", 100: "сто ста", 200: "двести двухсот",
    300: "триста трехсот", 400: "четыреста четырехсот",
    500: "пятьсот пятисот", 600: "шестьсот шестисот", 700: "семьсот семисот", 800: "восемьсот восьмисот",
    900: "девятьсот девятисот", 1.5: "полтора полторы полутора",
    1e3: "тысяча тысячи тысяч тысячу тысячам тысячами тысячах тысячей тыс",
    1e6: "миллион миллиона миллионов миллионам миллионами миллионах миллиону миллионом млн",
    1e9: "миллиард миллиарда миллиардов миллиардам миллиардами миллиардах миллиарду миллиардом млрд",
    1e12: "триллион триллиона триллионов триллионам триллионами триллионах триллиону триллионом трлн",
}  # fmt: skip
_RUSSIAN: dict[str, float] = {word: value for value, forms in _RUSSIAN_FORMS.items() for word in forms.split()}

_KAZAKH: dict[str, float] = {
    "бір": 1, "екі": 2, "үш": 3, "төрт": 4, "бес": 5, "алты": 6, "жеті": 7, "сегіз": 8, "тоғыз": 9, "он": 10,
    "жиырма": 20, "отыз": 30, "қырық": 40, "елу": 50, "алпыс": 60, "жетпіс": 70, "сексен": 80, "тоқсан": 90,
    "жүз": 100, "мың": 1e3, "млн": 1e6, "млрд": 1e9, "миллион": 1e6, "миллиард": 1e9, "триллион": 1e12,
}  # fmt: skip

WORDS: dict[str, float] = _ENGLISH | _RUSSIAN | _KAZAKH
"""Folded number words of the alphabetic languages; scales among them."""

_SCALE_VALUES = (100, 1e3, 1e6, 1e9, 1e12)
SCALES: dict[str, float] = {word: value for word, value in WORDS.items() if value in _SCALE_VALUES} | {
    "mln": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "bln": 1e9, "trn": 1e12, "k": 1e3, "m": 1e6, "b": 1e9,
}  # fmt: skip
"""What multiplies the number before it: "28 million", "5 млрд", "$3bn"."""
SHORT_SCALES = frozenset(("k", "m", "b"))
"""Letters that scale a number only when glued to it."""
ALONE_NO_FIGURE = frozenset(["one", *_RUSSIAN_FORMS[1].split(), "бір", "он", "zero", "一"])
"""Articles and pronouns as often as numbers ("one of them", Russian "он"): a figure only before a unit of measure."""

_DIGITS = {
    sign: value
    for value, signs in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
_STEPS = {"十": 10, "百": 100, "千": 1000}
HAN_SCALES: dict[str, float] = {"百": 100, "千": 1e3, "万": 1e4, "亿": 1e8, "兆": 1e12}
HAN_DIGITS = "".join(_DIGITS)
"""Characters of a Chinese number's single digits: what may stand behind its point."""
HAN_YEAR = "[一二][零〇一二三四五六七八九]{3}"
"""A year written digit by digit, as a pattern: 二〇一九."""
HAN_NUMERALS = HAN_DIGITS + "十百千万亿兆"
"""Characters of a Chinese number, simplified."""


@lru_cache(maxsize=4096)
def han_number(written: str) -> float | None:
    """The value of a number in (simplified) Chinese numerals: 二十七 27, 一亿两千万 120 000 000, 二〇二二 2022."""
    units, _, tenths = written.partition("点")
    if tenths:  # 四点五
        one, part = han_number(units), han_number(tenths) if all(sign in _DIGITS for sign in tenths) else None
        return None if one is None or part is None else float(one + part / 10.0 ** len(tenths))
    if not written or any(sign not in HAN_NUMERALS for sign in written):
        return None
    if len(written) > 1 and all(sign in _DIGITS for sign in written):
        return float("".join(str(_DIGITS[sign]) for sign in written))
    for scale in ("兆", "亿", "万"):
        if scale in written:
            # 三万亿 is thirty thousand times a hundred million; 一亿两千万 is a sum.
            above, _, below = written.rpartition(scale)
            return (han_number(above) or 1) * HAN_SCALES[scale] + (han_number(below) or 0)
    total = digit = 0.0
    for sign in written:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            total += (digit or 1) * _STEPS[sign]
            digit = 0
    return total + digit


WORD = re.compile(r"[^\W\d_]+")


def word_number(words: list[str]) -> float | None:
    """The value of number words in order, "two hundred fifty million"; None when one of them is no number."""
    total = section = 0.0
    for word in words:
        value = WORDS.get(word)
        if value is None:
            return None
        if value >= 1000:
            total += (section or 1) * value
            section = 0
        elif value == 100 and 0 < section < 100:
            section *= 100
        elif value == 12 and word == "dozen":
            section = (section or 1) * 12
        else:
            section += value
    return total + section
