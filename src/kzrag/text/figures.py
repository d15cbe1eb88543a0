"""The bare numbers of a text, before anything is known of their unit: digits, number words, fractions.

Works on folded text. What is part of a name, an ordinal, a time or an idiom is no number here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kzrag.text.language import KAZAKH_LETTERS, fold
from kzrag.text.numerals import ALONE_NO_FIGURE, HAN_DIGITS, HAN_NUMERALS, WORDS, han_number, word_number
from kzrag.text.units import money_before

EXACT = 15
"""Significant digits of a number that isn't rounded, such as a fraction."""


class Figure(NamedTuple):
    """A number without its scale and unit, at `folded[start:end]`."""

    value: float
    start: int
    end: int
    digits: int
    """Significant digits that are given."""
    kind: str
    """"plain", "words" or "han"; "share" when the value is in percent already, "times" when it multiplies."""
    doubtful: bool = False
    """Whether it is an article or pronoun as often as a number: a figure only before a unit of measure."""


_DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9,
    "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
_RUSSIAN_DENOMINATORS = {
    "треть": 3, "трети": 3, "третей": 3, "третью": 3, "четверть": 4, "четверти": 4, "четвертей": 4, "четвертью": 4,
    "пятая": 5, "пятую": 5, "пятой": 5, "пятых": 5, "десятая": 10, "десятую": 10, "десятых": 10, "половина": 2,
    "половины": 2, "половину": 2, "половине": 2, "половиной": 2,
}  # fmt: skip
_KAZAKH_DENOMINATORS = {
    "үштен": 3, "төрттен": 4, "бестен": 5, "алтыдан": 6, "жетіден": 7, "сегізден": 8, "тоғыздан": 9, "оннан": 10,
}  # fmt: skip
_TIMES = {
    "twice": 2, "doubled": 2, "doubling": 2, "tripled": 3, "tripling": 3, "quadrupled": 4, "вдвое": 2, "втрое": 3,
    "вчетверо": 4, "thrice": 3, "дважды": 2, "трижды": 3, "четырежды": 4,
}  # fmt: skip


_EVERY = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "втор": 2, "трет": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10,
    "екінші": 2, "үшінші": 3, "төртінші": 4, "бесінші": 5, "алтыншы": 6, "жетінші": 7, "сегізінші": 8, "тоғызыншы": 9,
    "оныншы": 10,
}  # fmt: skip
"""Every tenth one, in the three alphabetic languages."""


def _any_of(words: object) -> str:
    return "|".join(sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_FEW = _any_of(("two", "three", "four", "five", "six", "seven", "eight", "nine"))
_GROUPS = _any_of(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "10", "20", "100"))
_NTH_EN = _any_of(word for word in _EVERY if word.isascii())
_NTH_KK = _any_of(word for word in _EVERY if word.endswith(("ші", "шы")))
_NTH_RU = _any_of(word for word in _EVERY if not word.isascii() and not word.endswith(("ші", "шы")))
_LATIN = _any_of(word for word in WORDS if word.isascii())
_CYRILLIC = _any_of(word for word in WORDS if not word.isascii())
_PERIOD = "(?:hour|day|week|month|year|decade|century)"
# What may stand behind "one patient in ten": a thing counted there makes it one in ten of those.
_GROUP_ENDS = (
    r"(?=\W*$|[,.;:)]|[ ](?:is|are|was|were|has|have|had|will|would|can|could|may|might|do|does|did|dies?|died|lives?"
    r"|works?|says?|said|fails?|of|who|that|which|on|at|by|from)\b)"
)
_FIGURE = re.compile(
    rf"""
    (?P<whole>\ban?[ ](?:full|whole|entire)(?=[ ]{_PERIOD}\b)
      |\bцел(?:ый|ого|ую|ых)(?=[ ](?:час|год|день|дня|месяц|недел|сутки)))
  | (?P<halved>\bhalf[ ]an?(?=[ ]{_PERIOD}\b)|\bпол(?=(?:часа|года|дня|месяца|века)\b)
      |(?<![上下前后大个每])半(?=个[小月世]|小时|天|年))
  | (?P<among>\b(?:(?P<part>one|1)[ ]
        (?:(?:in|out[ ]of)[ ](?:every[ ])?(?P<group>{_GROUPS})\b(?![ ](?:{_PERIOD}|minute)s?\b)
        |(?!of\b)[a-z-]+[ ](?:in|out[ ]of)[ ](?:every[ ])?(?P<set>{_GROUPS}){_GROUP_ENDS})
      |(?P<most>{_FEW})[ ](?:[a-z-]+[ ])?out[ ]of[ ](?:every[ ])?(?P<all>{_GROUPS})\b
      |every[ ](?P<nth>{_NTH_EN})\b(?![ ](?:{_PERIOD}|time|minute))
      |кажд\w+[ ](?P<nth_ru>{_NTH_RU})(?:ый|ой|ий|ая|ья|ое|ого|его|ому|ему|ую|ью)\b
        (?![ ](?:раз|час|ден|дня|недел|месяц|год|минут))
      |әр(?:бір)?[ ](?P<nth_kk>{_NTH_KK})\b(?![ ](?:рет|күн|ай|жыл|сағат|апта)))
      |每(?P<zhset>\d+|[{HAN_NUMERALS}]+)(?![天年月周日小秒分])[个名位人]?[^,。;]{{0,4}}?[中里]?(?:大?约|就)?
        有(?P<zhpart>\d+|[{HAN_NUMERALS}]+)[个名位人])
  | (?P<fraction>\b(?P<above>an?|one|two|three|four|five|six|seven|eight|nine)[ -](?P<below>{_any_of(_DENOMINATORS)})\b)
  | (?P<half>\bhalf(?=[ ](?:of|the|its|their|his|her|all|a[ ](?:million|billion|percent))\b)|一半|半数|过半
      |\bжарты(?:сы\w*)?\b)
  | (?P<ru>\b(?:(?P<ruabove>одн\w+|две|двух|три|трех|четыре)[ ])?(?P<rubelow>{_any_of(_RUSSIAN_DENOMINATORS)})\b)
  | (?P<kk>\b(?P<kkbelow>{_any_of(_KAZAKH_DENOMINATORS)})[ ]
      (?P<kkabove>бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз)\w{{0,4}})
  | (?P<zh>(?P<zhbelow>\d+|[{HAN_NUMERALS}]+)[ ]?分之[ ]?
      (?P<zhabove>\d+(?:\.\d+)?|[{HAN_NUMERALS}]+(?:点[{HAN_DIGITS}]+)?))
  | (?P<tenths>(?P<tens>[一二两三四五六七八九]|\d(?:\.\d)?|10)成(?![员为立果功本就长绩份交品分都不])
      (?P<ones>[半一二三四五六七八九])?)
  | (?P<times>\b(?:{_any_of(_TIMES)})\b)
  | (?P<plain>(?:\d{{1,3}}(?:[, ']\d{{3}})+(?!\d)|\d+)(?:[.,]\d+)?)
  | (?P<latin>\b(?:{_LATIN})(?:(?:[- ]|,?[ ]and[ ])(?:{_LATIN}))*\b)
  | (?P<cyrillic>\b(?:{_CYRILLIC})(?:[ ](?:{_CYRILLIC}))*\b)
  | (?P<han>[{HAN_NUMERALS}]+(?:点[{HAN_DIGITS}]+(?![{HAN_DIGITS}十百分刻钟]))?)
    """,
    re.VERBOSE,
)
_part_of_a_name = re.compile(r"(?:[a-z\u0400-\u052f]|[a-z]-|\d[:.]|/|第 ?|no\.? ?|№ ?)$").search
_is_ordinal = re.compile(r"(?:(?:st|nd|rd|th|-?го|-?й|-?я|-?е|-?м|-?[шы]?[иы]?нш[іы]|-?ш[іы])\b|世纪|:\d)").match
_IDIOM_BEFORE = frozenset("第统唯之初数几每上")
_IDIOM_AFTER = frozenset("些起样般直旦边面系定切致方")
"""With a Chinese numeral these make other words: 第一, 统一, 一些, 一起, 十分, 三方."""
_can_be_part = re.compile(r" of\b|[.,;)]|$").match


def figures(folded: str) -> Iterator[Figure]:
    """The numbers of a folded text, in order."""
    cyrillic = re.search(r"[\u0400-\u052f]", folded) is not None
    for match in _FIGURE.finditer(folded):
        if match["plain"]:
            figure = _digits(match, folded, cyrillic)
        elif match["latin"] or match["cyrillic"]:
            figure = _words(match, folded)
        elif match["han"]:
            figure = _han(match, folded)
        elif match["whole"] or match["halved"]:
            figure = Figure(1.0 if match["whole"] else 0.5, *match.span(), EXACT, "words")
        elif match["times"]:
            figure = Figure(_TIMES[match.group()], *match.span(), EXACT, "times")
        else:
            share = _share(match)
            figure = None if share is None else Figure(share, *match.span(), EXACT, "share")
        if figure is not None:
            yield figure


def _digits(match: re.Match[str], folded: str, cyrillic: bool) -> Figure | None:
    start, end = match.span()
    written = match.group()
    if _part_of_a_name(folded[max(0, start - 4) : start]) and money_before(folded, start) is None:
        return None
    if _is_ordinal(folded, end):
        return None
    if " " in written and not cyrillic:  # only Russian and Kazakh group digits by spaces
        written = written.split(" ", maxsplit=1)[0]
        end = start + len(written)
    value = parse_digits(written, decimal_comma=cyrillic)
    return Figure(value, start, end, _significant(written), "plain")


def parse_digits(written: str, decimal_comma: bool = False) -> float:
    """The value of digits with separators: `278,400`, `27.84`, `278 400`, and `3,5` where the comma is a point."""
    written = written.replace(" ", "").replace("'", "")
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", written) is not None
    if grouped and not (decimal_comma and written.count(",") == 1):
        return float(written.replace(",", ""))
    return float(written.replace(",", "."))


def _significant(written: str) -> int:
    """Digits that say something: 3 of 27.8, 2 of 2800, 3 of 2.80."""
    plain = re.sub(r"\D", "", written).lstrip("0")
    return max(1, len(plain if "." in written else plain.rstrip("0")))


def _words(match: re.Match[str], folded: str) -> Figure | None:
    words = [word for word in re.findall(r"[^\W\d_]+", match.group()) if word != "and"]
    if words == ["он"] and KAZAKH_LETTERS.isdisjoint(folded):
        return None  # ten in Kazakh, "he" in Russian
    value = word_number(words)
    if value is None:
        return None
    if len(words) == 1 and value >= 100:
        # "a million" is a figure, "millions of" and "the million" are none.
        before = folded[max(0, match.start() - 3) : match.start()]
        if not re.search(r"\ban? $", before) and words[0] not in (
            "сто",
            "жүз",
            "тысяча",
            "тысячу",
            "миллион",
            "миллиард",
        ):
            return None
    doubtful = len(words) == 1 and (words[0] in ALONE_NO_FIGURE or words[0] in ("сто", "жүз"))
    return Figure(value, *match.span(), _significant(f"{value:.15g}"), "words", doubtful)


def _han(match: re.Match[str], folded: str) -> Figure | None:
    start, end = match.span()
    if folded[max(0, start - 1) : start] in _IDIOM_BEFORE or folded[end : end + 1] in _IDIOM_AFTER:
        return None
    value = han_number(match.group())
    if value is None:
        return None
    return Figure(value, start, end, _significant(f"{value:.15g}"), "han", match.group() in ALONE_NO_FIGURE)


def _share(match: re.Match[str]) -> float | None:
    """A fraction in percent."""
    groups = match.groupdict()
    if groups["among"]:
        return _among({name: found for name, found in groups.items() if found})
    if groups["half"]:
        return 50.0
    if groups["fraction"]:
        above, below = WORDS.get(groups["above"], 1.0), _DENOMINATORS[groups["below"]]
        # "a third of oil", "one-third", but not "a third country"; two quarters are half a year.
        named = "-" in match.group() or _can_be_part(match.string, match.end()) is not None
        return None if (above == 1 and below > 2 and not named) or (above, below) == (2, 4) else 100 * above / below
    if groups["ru"]:
        return 100 * WORDS.get(groups["ruabove"] or "", 1.0) / _RUSSIAN_DENOMINATORS[groups["rubelow"]]
    if groups["kk"]:
        return 100 * WORDS[groups["kkabove"]] / _KAZAKH_DENOMINATORS[groups["kkbelow"]]
    if groups["zh"]:
        part, whole = _plain(groups["zhabove"]), _plain(groups["zhbelow"])
        return 100 * part / whole if part is not None and whole else None
    tens, ones = _plain(groups["tens"]) or 0.0, groups["ones"]
    return tens * 10 + (5 if ones == "半" else (han_number(ones) or 0) if ones else 0)


def _among(groups: dict[str, str]) -> float | None:
    """In percent: one patient in ten, two out of three, every tenth, 每十人中有一人."""
    for nth in ("nth", "nth_ru", "nth_kk"):
        if nth in groups:
            return 100 / _EVERY[groups[nth]]
    if "zhset" in groups:
        part, whole = _plain(groups["zhpart"]), _plain(groups["zhset"])
    else:
        part = WORDS.get(groups.get("most", "one"), 1.0)
        written = groups.get("group") or groups.get("set") or groups["all"]
        whole = float(written) if written.isdigit() else WORDS[written]
    return 100 * part / whole if part and whole and part < whole else None


def _plain(written: str) -> float | None:
    return float(written) if written[0].isdigit() else han_number(fold(written))
