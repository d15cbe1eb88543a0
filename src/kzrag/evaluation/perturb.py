"""True sentences with one thing changed: does the gate notice? And the same things said otherwise: does it keep calm?

A perturbation changes one figure, unit, date, name, negation or speaker of a sentence that is then held against its own
original. It is made from plain patterns, not by the gate's own readers, so that what these overlook is counted too.
A faithful variant says the same in another way: digits grouped, another spelling of a name, the other Chinese script.
Everything is deterministic: the same sentence gives the same variants.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kzrag.answering.gate import SpanText
from kzrag.evaluation.scorers import Judge
from kzrag.records import ARTICLE
from kzrag.text.language import in_other_script, primary
from kzrag.text.names import Name, expand, names, seat_of, table

Kind = Literal["figure", "unit", "date", "name", "negation", "speaker"]
KINDS: tuple[Kind, ...] = ("figure", "unit", "date", "name", "negation", "speaker")


@dataclass(frozen=True, slots=True)
class Perturbed:
    """A sentence that its span no longer supports."""

    kind: Kind
    sentence: str
    span: SpanText
    change: str
    """What was changed into what."""


@dataclass(frozen=True, slots=True)
class Caught:
    """How often the judge lets perturbed sentences fall, and how often faithful ones."""

    perturbed: int
    caught: int
    faithful: int
    false_alarms: int
    missed: tuple[Perturbed, ...]
    alarms: tuple[tuple[str, tuple[str, ...]], ...]
    """Faithful sentences that fell, with the reasons given."""


def measure(spans: Sequence[SpanText], judge: Judge) -> dict[tuple[str, str], Caught]:
    """The judge's errors on the variants of each span, by language ("zh" for both scripts) and kind.

    The kind "verbatim" is the sentence itself, "faithful" its variants that say the same.
    """
    counts: dict[tuple[str, str], Caught] = {}
    empty = Caught(0, 0, 0, 0, (), ())
    for span in spans:
        language = primary(span.language)
        for wrong in perturbations(span):
            seen = counts.get((language, wrong.kind), empty)
            fell = not judge(wrong.sentence, [wrong.span]).supported
            missed = seen.missed if fell else (*seen.missed, wrong)
            counts[language, wrong.kind] = replace(
                seen, perturbed=seen.perturbed + 1, caught=seen.caught + fell, missed=missed
            )
        for kind, variant in (("verbatim", span.text), *(("faithful", text) for text in faithful(span))):
            seen = counts.get((language, kind), empty)
            verdict = judge(variant, [span])
            alarms = seen.alarms if verdict.supported else (*seen.alarms, (variant, verdict.why))
            counts[language, kind] = replace(
                seen,
                faithful=seen.faithful + 1,
                false_alarms=seen.false_alarms + (not verdict.supported),
                alarms=alarms,
            )
    return counts


def perturbations(span: SpanText) -> list[Perturbed]:
    """At most one perturbation of each kind, chosen by the sentence itself; none of a kind the sentence can't have."""
    found: list[Perturbed] = []
    for kind in KINDS:
        choice = random.Random(f"{kind}|{span.text}")  # noqa: S311  # the same on every machine
        if kind == "speaker":
            found += _other_speaker(span, choice)
            continue
        changes = list(_CHANGES[kind](span, choice))
        if changes:
            start, end, new = choice.choice(changes)
            text = span.text[:start] + new + span.text[end:]
            found.append(Perturbed(kind, text, span, f"{span.text[start:end]} -> {new}"))
    return found


def faithful(span: SpanText) -> list[str]:
    """Ways to say the same, as far as a rule can tell."""
    text = span.text
    variants = [
        _regrouped(text),
        re.sub(r"(\d)\s?%", r"\1 percent", text) if span.language == "en" else text,
        _respelled(text),
        in_other_script(text) if span.language.startswith("zh") else text,
        _LEAD[_tag(span)] + _without_capital(text),
    ]
    return [variant for variant in dict.fromkeys(variants) if variant != text]


_Change = tuple[int, int, str]
_YEAR = re.compile(r"(?<![\d.,/$€£])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_NUMBER = re.compile(r"(?<![\w.,/:-])\d+(?:[.,]\d+)*(?![\d:/])")
_NUMBER_WORDS = {
    "two": "four", "three": "five", "four": "six", "five": "seven", "ten": "twelve", "half": "a third",
    "两": "四", "兩": "四", "三": "五", "四": "六", "五": "七",
    "два": "четыре", "две": "четыре", "двух": "четырех", "три": "пять", "трех": "пяти", "четыре": "шесть",
    "пять": "семь", "пяти": "семи", "десять": "двенадцать",
}  # fmt: skip
_COUNTED = "(?=[个個国國年天月座名家条條套种種项項位次人只吨噸艘辆輛])"
_NUMBER_WORD = re.compile(
    r"\b(?:two|three|four|five|ten|half(?= of))\b|\b(?:два|две|двух|три|трех|четыре|пять|пяти|десять)\b"
    rf"|(?<![第十百千一二三四五六七八九两兩])[两兩三四五]{_COUNTED}",
    re.IGNORECASE,
)
_DAY_OF_MONTH = re.compile(
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december|января|февраля|марта"
    r"|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\s*$)",
    re.IGNORECASE,
)


def _figures(span: SpanText, choice: random.Random) -> Iterator[_Change]:
    text = span.text
    years = {found.span() for found in _YEAR.finditer(text)}
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        before, after = text[max(0, start - 12) : start], text[end : end + 14]
        if (start, end) in years or _DAY_OF_MONTH.search(before) or re.match(r"[日号號月]|年(?=\d|[^内內])", after):
            continue
        if re.match(r"\s*(?:st|nd|rd|th|-?[а-я]{1,2})\b|[A-Za-z]\b", after) or _MONTH_AFTER.match(after):
            continue
        yield start, end, _other_number(found.group(), choice)
    for found in _NUMBER_WORD.finditer(text):
        new = _NUMBER_WORDS[found.group().lower()]
        yield found.start(), found.end(), new.capitalize() if found.group()[0].isupper() else new


_MONTH_AFTER = re.compile(
    r"\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|январ|феврал|март|апрел|мая|июн|июл|авгус|сентяб|октяб|нояб"
    r"|декаб|of (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)


def _other_number(written: str, choice: random.Random) -> str:
    """The number with one of its first two digits changed."""
    places = [place for place, letter in enumerate(written) if letter.isdigit()][:2]
    place = choice.choice(places)
    lowest = 1 if place == 0 else 0
    digit = choice.choice([d for d in range(lowest, 10) if str(d) != written[place]])
    return written[:place] + str(digit) + written[place + 1 :]


_UNITS = {
    "million": "billion", "billion": "million", "trillion": "billion", "thousand": "million", "tons": "barrels",
    "tonnes": "barrels", "barrels": "tons", "percent": "tons", "%": " million", "dollars": "euros", "days": "weeks",
    "weeks": "months", "months": "years", "years": "months", "hours": "days", "minutes": "hours", "kilometers": "miles",
    "kilometres": "miles", "miles": "kilometres", "meters": "kilometers", "metres": "kilometres", "$": "€", "£": "€",
    "€": "$", "萬": "億", "万": "亿", "億": "萬", "亿": "万", "噸": "桶", "吨": "桶",
    "天": "周", "小時": "天", "小时": "天",
    "美元": "歐元", "公里": "英里", "млн": "млрд", "млрд": "млн", "миллионов": "миллиардов", "миллиона": "миллиарда",
    "миллиардов": "миллионов", "миллиарда": "миллиона", "тысяч": "миллионов", "тонн": "баррелей", "долларов": "евро",
    "дней": "недель", "дня": "недели", "лет": "месяцев", "месяцев": "лет", "процентов": "тонн", "часов": "дней",
    "минут": "часов", "километров": "миль", "километра": "мили", "метров": "километров",
}  # fmt: skip
_UNIT = re.compile(
    r"(?P<sign>[$£€])(?=\s?\d)"
    r"|(?<=\d)\s?(?P<after>%|萬|万|億|亿|噸|吨|天|小時|小时|美元|公里)"
    r"|(?:\d|\b(?:million|billion|млн|млрд|миллионов|миллиардов|тысяч|cubic)|[萬万億亿])[\s-]?(?P<word>"
    + "|".join(sorted((unit for unit in _UNITS if len(unit) > 1), key=len, reverse=True))
    + r")(?![a-zа-я])"
)


def _units(span: SpanText, choice: random.Random) -> Iterator[_Change]:
    for found in _UNIT.finditer(span.text):
        group = found.lastgroup or "word"
        written = found[group]
        # 2032年 is a date, 15年 a term; "years" of an age or of a date is left alone
        yield found.start(group), found.end(group), _UNITS[written]


_MONTHS = tuple(
    tuple(names_of_one_case.split())
    for names_of_one_case in (
        "January February March April June July August September October November December",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    )
)
_RELATIVE = {
    "this year": "last year", "last year": "this year", "next year": "last year",
    "今年": "去年", "去年": "今年", "明年": "去年",
    "в этом году": "в прошлом году", "в прошлом году": "в этом году", "этого года": "прошлого года",
    "прошлого года": "этого года", "yesterday": "today", "вчера": "сегодня", "昨天": "今天",
}  # fmt: skip


def _dates(span: SpanText, choice: random.Random) -> Iterator[_Change]:
    text = span.text
    for found in _YEAR.finditer(text):
        if re.match(r"\s?(?:tons|people|barrels|万|萬|人|kilomet|человек|тонн|km)", text[found.end() :]):
            continue
        yield found.start(), found.end(), str(int(found.group()) + choice.choice((-3, -2, -1, 1, 2, 3)))
    for months in _MONTHS:
        for found in re.finditer(rf"\b(?:{'|'.join(months)})\b", text):
            yield found.start(), found.end(), choice.choice([month for month in months if month != found.group()])
    for found in re.finditer("(?<![\\d个個])(1[0-2]|[1-9])月", text):
        other = choice.choice([month for month in range(1, 13) if str(month) != found[1]])
        yield found.start(), found.end(), f"{other}月"
    for old, new in _RELATIVE.items():
        for found in re.finditer(re.escape(old), text, re.IGNORECASE):
            yield found.start(), found.end(), new


def _names(span: SpanText, choice: random.Random) -> Iterator[_Change]:
    """A known name for another of its kind and script that the text does not have."""
    found = names(span.text)
    for name in found:
        if name.known and name.kind in ("person", "place", "org"):
            other = _another(name, {other.key for other in found}, choice)
            if other is not None:
                yield name.start, name.end, other


def _another(name: Name, present: set[str], choice: random.Random) -> str | None:
    same_kind = sorted(key for key in table().keys(name.kind) if key not in present and seat_of(key) not in present)
    for key in choice.sample(same_kind, min(8, len(same_kind))):
        for spelling in expand(key):
            if _alphabet(spelling) == _alphabet(name.text) and not spelling.isupper():
                return spelling
    return None


def _alphabet(text: str) -> str:
    letter = next((letter for letter in text if letter.isalpha()), "")
    return "latin" if letter.isascii() else "cyrillic" if "\u0400" <= letter <= "\u052f" else "han"


_AUXILIARY = r"\b(?P<aux>is|are|was|were|will|would|has|have|had|can|could|should|must)"
_NEGATE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\b(?:does|do|did) not (?!only|just)"), lambda found: ""),
    (re.compile(rf"{_AUXILIARY} not (?!only|just|merely)"), lambda found: f"{found['aux']} "),
    (re.compile(rf"{_AUXILIARY}n['’]t "), lambda found: f"{found['aux']} "),
    (
        re.compile(rf"{_AUXILIARY} (?!not\b|no\b|never\b|only\b|also not\b|just\b)"),
        lambda found: f"{found['aux']} not ",
    ),
    (
        re.compile("(?<!不)(?P<verb>承認|承认|支持|接受|同意|計劃|计划|允許|允许|參加|参加|擁有|拥有)"),
        lambda found: f"不{found['verb']}",
    ),
    (re.compile("(?<![不再])是(?!否)"), lambda found: "不是"),
    (re.compile("不(?=承认|承認|再|能|会|會|是|愿|願)"), lambda found: ""),
    (re.compile("(?:沒有|没有|尚未|並未|并未)"), lambda found: ""),
    (re.compile(r"\bне (?=[а-яё]+(?:ет|ит|ют|ят|ут|ал|ил|ла|ли|ло|ть)\b)"), lambda found: ""),
    (
        re.compile(r"(?<!не )\b(?=(?:был|была|было|были|будет|может|могут|является|стал|стала|должен|должны|имеет)\b)"),
        lambda found: "не ",
    ),
)
_OPPOSITES = {
    "increase": "decrease", "increased": "decreased", "increasing": "decreasing", "rose": "fell", "grew": "shrank",
    "accepted": "rejected", "refused": "agreed", "allowed": "banned", "opened": "closed", "more than": "less than",
    "supports": "opposes", "supported": "opposed", "增加": "减少", "提高": "降低", "拒絕": "接受", "拒绝": "接受",
    "увеличил": "уменьшил", "увеличить": "уменьшить", "выросла": "упала", "вырос": "упал", "отказался": "согласился",
    "больше": "меньше",
    "более": "менее",
}  # fmt: skip


def _negations(span: SpanText, choice: random.Random) -> Iterator[_Change]:
    text = span.text
    for pattern, new in _NEGATE:
        for found in pattern.finditer(text):
            yield found.start(), found.end(), new(found)
    for old, opposite in _OPPOSITES.items():
        bounded = rf"\b{old}\b" if old[0].isascii() or "\u0400" <= old[0] <= "\u052f" else old
        for found in re.finditer(bounded, text):
            yield found.start(), found.end(), opposite


_CHANGES: dict[Kind, Callable[[SpanText, random.Random], Iterator[_Change]]] = {
    "figure": _figures, "unit": _units, "date": _dates, "name": _names, "negation": _negations,
}  # fmt: skip

_ACCORDING = {
    "en": "According to {who}, {what}", "zh": "據{who}，{what}", "ru": "По словам {who}, {what}",
    "kk": "{who} айтуынша, {what}",
}  # fmt: skip
_LEAD = {"en": "In fact, ", "zh": "其實，", "ru": "На деле ", "kk": "Шын мәнінде "}
_OTHER_VOICES = ("Reuters", "Vladimir Putin", "Mamdouh Salameh", "Bloomberg")


def _other_speaker(span: SpanText, choice: random.Random) -> Iterator[Perturbed]:
    """The sentence in the mouth of somebody who neither says nor is named in it; of a comment, also of the article."""
    present = {name.key for name in names(f"{span.text}. {span.voice}. {span.publisher}. {span.author}")}
    others = [voice for voice in _OTHER_VOICES if not {name.key for name in names(voice)} & present]
    if span.voice != ARTICLE:
        others += [who for who in (span.publisher, span.author) if who]
    if others:
        who = choice.choice(others)
        sentence = _ACCORDING[_tag(span)].format(who=who, what=span.text)
        yield Perturbed("speaker", sentence, span, f"{span.voice} -> {who}")


def _tag(span: SpanText) -> str:
    tag = primary(span.language)
    return tag if tag in _ACCORDING else "en"


def _without_capital(text: str) -> str:
    """As in the middle of a sentence: with a small letter, unless a name begins it."""
    named = any(name.start == 0 for name in names(text)) or text[:1] == "I" or text[:2].isupper()
    return text if named else text[:1].lower() + text[1:]


def _regrouped(text: str) -> str:
    """Large whole numbers with commas where they had none, and without where they had."""
    without = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    return (
        without if without != text else re.sub(r"\b\d{5,}\b(?![.,]\d)", lambda found: f"{int(found.group()):,}", text)
    )


def _respelled(text: str) -> str:
    """The first known person or organisation in another spelling of the same script."""
    for name in names(text):
        if name.known and name.kind in ("person", "org"):
            for spelling in expand(name.key):
                if _alphabet(spelling) == _alphabet(name.text) and spelling.lower() != name.text.lower():
                    return text[: name.start] + spelling + text[name.end :]
    return text
