"""Of what a figure, date or name is said: of which time, place and part, as a fact or as a plan.

Two values differ without a contradiction when one is of last year and one of this, one planned and one reached, one of
a day and one of a year, one of a part and one of the whole, one of here and one of there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kzrag.text.dates import Date, same_date
from kzrag.text.language import fold


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what a value is said."""

    said: str
    """The whole sentence."""
    clause: str
    """What stands around the value."""
    times: tuple[Date, ...]
    """The dates with a year in the sentence, the value itself not among them."""
    places: frozenset[str]
    """Keys of the places that the clause names, the value itself not among them."""
    named: frozenset[str]
    """Keys of all names of the sentence."""
    published: str | None


def _any(*languages: str) -> re.Pattern[str]:
    """One pattern of several languages' words; they run on folded text."""
    return re.compile("|".join(languages))


_PLANNED = _any(
    r"\b(will|shall|plans?|planned|planning|is to|are to|to be|expects?|expected|forecasts?|targets?|aims?|goal)\b",
    r"\b(intends?|intended|projected|scheduled|hopes?|could|would|might)\b",
    r"(?<!in )(?<!of )\bmay (?=[a-z])(?!of|this|last)",
    r"将|计划|预计|目标|拟|有望|可达|打算|(?<![机协社大员议聚晚])会(?![议员谈晤面场])",
    r"\b(буд[еу]т|(за)?планиру\w+|(за)?планирова\w+|ожида\w+|намерен\w*|намечен\w*|собира\w+|должн\w+|цель\w*|мог\w*)\b",
    r"жоспар|болады|күтіл|көздей|тиіс",
)
# What is estimated is neither: it is compared with plans and with facts.
_ESTIMATED = _any(
    r"\b(estimat\w+|reckon\w*|predict\w*|expects?|forecasts?|puts? (the|it|them|this|that)|believes?|judges?)\b",
    r"估计|估算|预测|认为|判断",
    r"\b(оцени\w+|прогноз\w*|рассчитыва\w+|ожида\w+|считает|полагает)\b",
    r"бағала|болжа",
)
_UPDATED = _any(
    r"\b(has|have|had) (since )?(risen|grown|climbed|fallen|dropped|increased|decreased)\b",
    r"\b(rose|climbed|now stands?|revised|updated|by now|so far|as of|to date)\b",
    r"升至|上升到|增至|降至|更新|修正|截至|迄今",
    r"\b(выросл[оаи]|вырос|возросл[оаи]|увеличил\w+|снизил\w+|уточн\w+|уже|по состоянию на)\b",
    r"жетті|өсті",
)
# What is told as of a day was no more by the next.
_PROVISIONAL = _any(r"\b(so far|as of|to date|by now)\b", r"截至|迄今", r"\b(по состоянию на|пока)\b", r"әзірге")
_FORMERLY = _any(
    r"\b(previously|formerly|used to|earlier|once|originally|at first)\b",
    r"此前|之前|曾经|原本|过去",
    r"\b(ранее|раньше|прежде|сначала)\b",
    r"бұрын",
)
_NOW = _any(
    r"\b(now|currently|today|at present|these days)\b",
    r"现在|目前|当前|如今",
    r"\b(сейчас|теперь|ныне)\b",
    r"қазір",
)
_PART = _any(
    r"\b(first|second|third|last|next|one) (section|phase|stage|part|half|quarter|instal+ment|batch|line|unit)s?\b",
    r"(^\W*|  )each (?!day|week|month|year|hour)|(?<!est) of them\b|\b(for|in|during) the first\b",
    r"首期|[一二三]期|第.阶段|上半年|下半年|每[个座人]",
    r"\b(перв\w+|втор\w+|треть\w+|последн\w+) (очеред\w+|этап\w*|част\w+|полугоди\w+|квартал\w*|участ\w+)",
    r"\bкажд\w+ (?!день|недел|месяц|год|час)|(бірінші|екінші) (кезең|бөлік)|әрқайсы",
)
# What came about in a stretch of days is a part of all that did.
_STRETCH = _any(
    r"\b(in|during|within|over) (these|those|the (first|last|next)) (\w+ )?(days|weeks|months|years)\b",
    r"[这那][一二两三四五六七八九十几\d]+(天|周|日|个星期|个月|年)(里|内|中|之间|期间)",
    r"\bза (эти|те|первые|последние) (\w+ )?(дн|дни|сут|недел|месяц|год|лет)\w*",
)
_PERIODS = {
    "hour": _any(r"\b(an|per|every) hour\b|hourly", r"每小时", r"\bв час\b", r"сағатына"),
    "day": _any(
        r"\b(a|per|every|each) day\b|\bdaily\b",
        r"每天|每日|日均|日产",
        r"\bв (день|сутки)\b|ежедневн\w+",
        r"күніне|тәулігіне",
    ),
    "week": _any(r"\b(a|per|every) week\b|weekly", r"每周", r"\bв неделю\b", r"аптасына"),
    "month": _any(r"\b(a|per|every) month\b|monthly", r"每月", r"\bв месяц\b|ежемесячн\w+", r"айына"),
    "year": _any(
        r"\b(a|per|every) year\b|\bannual(ly)?\b|\byearly\b",
        r"每年|年产|年均",
        r"\bв год\b|ежегодн\w+",
        r"жылына",
    ),
}


def one_scope(mine: Scope, other: Scope) -> bool:
    """Whether two values are said of one time, period, part and place, and neither is a plan or an update."""
    one, two = fold(mine.clause), fold(other.clause)
    if bool(_PART.search(one)) != bool(_PART.search(two)):
        return False
    if bool(_STRETCH.search(fold(mine.said))) != bool(_STRETCH.search(fold(other.said))):
        return False
    estimated = _ESTIMATED.search(fold(mine.said)) or _ESTIMATED.search(fold(other.said))
    if not estimated and bool(_PLANNED.search(one)) != bool(_PLANNED.search(two)):
        return False
    if any(bool(cue.search(one)) != bool(cue.search(two)) for cue in _PERIODS.values()):
        return False
    return not (_apart_in_time(mine, other) or _updates(mine, other) or _elsewhere(mine, other))


def _apart_in_time(mine: Scope, other: Scope) -> bool:
    """Whether both say when, and not the same."""
    told = bool(mine.times and other.times)
    return told and not any(same_date(a, b) for a in mine.times for b in other.times)


def _updates(mine: Scope, other: Scope) -> bool:
    """Whether one says how the other has changed since."""
    one, two = fold(mine.said), fold(other.said)
    if any(_FORMERLY.search(a) and _NOW.search(b) for a, b in ((one, two), (two, one))):
        return True
    if mine.published is None or other.published is None or mine.published == other.published:
        return False
    first, last = (mine, other) if mine.published < other.published else (other, mine)
    if _UPDATED.search(fold(last.said)) or _PROVISIONAL.search(fold(first.said)):
        return True
    # What is so now may have been otherwise then.
    return _NOW.search(fold(last.clause)) is not None


def _elsewhere(mine: Scope, other: Scope) -> bool:
    """Whether each is of a place that the other's sentence doesn't name."""
    return bool(mine.places - other.named) and bool(other.places - mine.named)
