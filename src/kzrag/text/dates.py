"""Dates in a text: days, months, years, decades, centuries, and relative ones resolved against the text's own date.

A date is written as ISO 8601 writes it, as far as it is known:

    2022-07-05   2022-07   2022   202 (the 2020s)   20 (the 21st century)   --07-05   --07 (the year is not said)

A relative date for which no anchor is known (or too coarse a one) keeps its offset: `Y-1` last year, `M+0` this month,
`D-1` yesterday, `Y+0-05` May of this year.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kzrag.text.language import HAN, fold, has_han
from kzrag.text.numerals import HAN_NUMERALS, HAN_YEAR, SCALES, WORDS, han_number
from kzrag.text.units import MEASURES, money_before, unit_of, unit_phrase


@dataclass(frozen=True, slots=True)
class Date:
    """A date as said at `text[start:end]`."""

    iso: str
    start: int
    end: int
    text: str
    relative: bool = False


_MONTHS = {
    1: "january jan январ қаңтар", 2: "february feb феврал ақпан", 3: "march mar март наурыз",
    4: "april apr апрел сәуір", 5: "may ма мамыр", 6: "june jun июн маусым", 7: "july jul июл шілде",
    8: "august aug август тамыз", 9: "september sep sept сентябр қыркүйек", 10: "october oct октябр қазан",
    11: "november nov ноябр қараша", 12: "december dec декабр желтоқсан",
}  # fmt: skip
_month_numbers = {name: number for number, names in _MONTHS.items() for name in names.split()}
_LATIN_MONTH = "(?:" + "|".join(sorted((n for n in _month_numbers if n.isascii()), key=len, reverse=True)) + r")\b\.?"
_RUSSIAN_MONTH = (
    r"(?:(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:ь|я|е|ю|ем)|(?:март|август)(?:а|е|у|ом)?"
    r"|ма[йяею])\b"
)
_KAZAKH_MONTH = (
    r"(?:қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)"
    r"(?:ы|і)?(?:н?[дт][ае]н?|[нт][ае]н|[дтн][ыі]ң|[ғгқк][ае]|[дт][ае]ғ[ыі]|[дт]ег[іы]|н?дағы|ндегі|н)?\b"
)
_CYRILLIC_MONTH = f"(?:{_RUSSIAN_MONTH}|{_KAZAKH_MONTH})"
_MONTH = rf"(?P<month>\b(?:{_LATIN_MONTH}|{_CYRILLIC_MONTH}))"
_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
# "двадцать седьмого июля", "the twenty-seventh of July": stems by what they count, from the first on.
_RUSSIAN_DAYS = {
    "перв": 1, "втор": 2, "треть": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9,
    "десят": 10, "одиннадцат": 11, "двенадцат": 12, "тринадцат": 13, "четырнадцат": 14, "пятнадцат": 15,
    "шестнадцат": 16, "семнадцат": 17, "восемнадцат": 18, "девятнадцат": 19, "двадцат": 20, "тридцат": 30,
}  # fmt: skip
_ENGLISH_DAYS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_DAY_WORDS = _RUSSIAN_DAYS | _ENGLISH_DAYS
_LAST_DAY = 31
_TENS = {"двадцать": 20, "тридцать": 30, "twenty": 20, "thirty": 30}
_DAY_WORD = (
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})[ -])?"
    rf"(?:(?P<stem>{'|'.join(_RUSSIAN_DAYS)})(?:ое|ого|ому|ым|е|его|ему)\s|(?P<word>{'|'.join(_ENGLISH_DAYS)})\s+of\s)"
)

_EARLY = r"(?:early|mid|late|the (?:beginning|start|middle|end) of)[ -]"
_YEAR_WORD = r"(?:года|году|год|годом|гг?\.|жыл[^\W\d_]*|ж\.)"
_RUSSIAN_WHICH = "эт{0}|нынешн{1}|текущ{1}|прошл{0}|минувш{1}|следующ{1}|будущ{1}"
_RUSSIAN_YEAR = rf"\b(?:{_RUSSIAN_WHICH.format('ого', 'его')})\s+года|\b(?:{_RUSSIAN_WHICH.format('ом', 'ем')})\s+году"
_RELATIVE_YEAR = (
    r"(?P<ryear>(?:this|last|next|the (?:previous|current|coming|following))\s+year"
    rf"|{_RUSSIAN_YEAR}|\bбиыл\w*|\bбылтыр\w*|\b(?:осы|өткен|келесі|келер)\s+жыл\w*)"
)

_HAN_DIGITS = f"[{HAN_NUMERALS}]"
_HAN_YEAR = f"(?P<year>(?:1[0-9]|20|21)\\d\\d|{HAN_YEAR}) ?年"
_HAN_RELATIVE = r"(?P<ryear>今年|本年度?|去年|上一?年|明年|来年|前年|后年)"
_HAN_MONTH = " ?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月份?"
_HAN_DAY = f" ?(?P<day>[12]\\d|3[01]|0?[1-9]|{_HAN_DIGITS}{{1,3}}) ?[日号]"

_YEAR_OFFSETS = {
    "this year": 0, "last year": -1, "next year": 1, "previous year": -1, "current year": 0, "coming year": 1,
    "following year": 1, "этого": 0, "нынешнего": 0, "текущего": 0, "прошлого": -1, "минувшего": -1, "следующего": 1,
    "будущего": 1, "этом": 0, "нынешнем": 0, "текущем": 0, "прошлом": -1, "минувшем": -1, "следующем": 1, "будущем": 1,
    "今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "明年": 1, "来年": 1, "前年": -2, "后年": 2,
    "биыл": 0, "осы жыл": 0, "былтыр": -1, "өткен жыл": -1, "келесі жыл": 1, "келер жыл": 1,
}  # fmt: skip
_SPAN_OFFSETS = {
    "this": 0, "last": -1, "next": 1, "past": -1, "этом": 0, "прошлом": -1, "следующем": 1, "本": 0,
    "上": -1, "上个": -1, "下": 1, "下个": 1, "这个": 0, "осы": 0, "өткен": -1, "келесі": 1,
}  # fmt: skip
_DAY_OFFSETS = {
    "today": 0, "yesterday": -1, "tomorrow": 1, "сегодня": 0, "вчера": -1, "завтра": 1, "бүгін": 0, "кеше": -1,
    "ертең": 1, "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "明天": 1, "明日": 1, "前天": -2, "后天": 2,
}  # fmt: skip

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "numeric",
            r"(?<![\d.,/-])(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)"
            r"(?P<day>0[1-9]|[12]\d|3[01]|[1-9])(?!\d?\d?[.,/-]\d)",
        ),
        ("numeric", r"(?<![\d.,/-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\d-])"),
        (
            "numeric",
            r"(?<![\d.,/-])(?P<day>0?[1-9]|[12]\d|3[01])(?P<mark>[./])(?P<month>0?[1-9]|1[0-2])(?P=mark)"
            r"(?P<year>(?:19|20)\d\d)(?!\d)",
        ),
        ("han", f"(?:{_HAN_YEAR}|{_HAN_RELATIVE})(?:的)?{_HAN_MONTH}(?:{_HAN_DAY})?"),
        ("han", f"{_HAN_MONTH}{_HAN_DAY}"),
        ("han", f"(?:{_HAN_YEAR}|{_HAN_RELATIVE})"),
        ("han", f"(?<![{HAN_NUMERALS}\\d个.])(?<!\\d ){_HAN_MONTH}(?= ?[{HAN}，,。、；]|$)(?![饼球亮光])"),
        ("hanword", "(?P<offset>今天|今日|昨天|昨日|明天|明日|前天|后天)"),
        ("hanmonth", "(?P<offset>本|上个?|下个?|这个)月"),
        ("handecade", f"(?:(?P<century>\\d\\d|{_HAN_DIGITS}{{1,3}})世纪)(?P<decade>[1-9]0|[二三四五六七八九]十)年代"),
        ("handecade", "(?P<year>(?:19|20)\\d)0年代"),
        ("handecade", f"(?P<century>\\d\\d|{_HAN_DIGITS}{{1,3}})世纪"),
        ("hanago", f"(?P<count>\\d{{1,3}}|{_HAN_DIGITS}{{1,3}}) ?年[之以]?前"),
        ("words", rf"\b{_YEAR}\s+жыл[^\W\d_]*\s+(?:{_DAY}\s+)?{_MONTH}"),  # Kazakh puts the year first
        (
            "words",
            rf"\b{_DAY}(?:st|nd|rd|th|-?го)?(?:\s+of)?\s+{_MONTH}"
            rf"(?:,?\s+(?:of\s+)?(?:{_YEAR}(?:\s+{_YEAR_WORD})?|{_RELATIVE_YEAR}))?(?!\d)",
        ),
        (
            "words",
            rf"{_MONTH},?\s+{_DAY}(?:st|nd|rd|th)?\b(?!\s?%|[.,]\d|:)"
            rf"(?: ?,?\s*(?:{_YEAR}(?!\s*,\d)\b|(?:of\s+|in\s+)?{_RELATIVE_YEAR}))?",
        ),
        (
            "words",
            rf"{_DAY_WORD}\s*{_MONTH}(?:\s+(?:of\s+)?(?:{_YEAR}(?:\s+{_YEAR_WORD})?|{_RELATIVE_YEAR}))?(?!\d)",
        ),
        ("words", rf"{_MONTH},?\s+(?:of\s+)?(?:{_YEAR}\b(?:\s+{_YEAR_WORD})?|{_RELATIVE_YEAR})"),
        ("year", rf"\b{_RELATIVE_YEAR}"),
        (
            "span",
            r"\b(?P<offset>this|last|next|past|этом|прошлом|следующем|осы|өткен|келесі)\s+(?:month|месяце|ай\w*)\b",
        ),
        ("day", r"\b(?P<offset>today|yesterday|tomorrow|сегодня|вчера|завтра|бүгін|кеше|ертең)\b"),
        ("decade", r"\b(?P<year>(?:1[5-9]|20)\d)0(?:'?s\b|-е\b|-х\b|-ые\b|-ых\b|\s+жылдар\w*)"),
        (
            "century",
            r"\b(?:(?P<century>\d\d?)(?:st|nd|rd|th|-?й|-?го|-?м|-?ый)?|(?P<roman>[ivx]+))"
            r"\s+(?:centur(?:y|ies)|век[аеу]?|ғасыр\w*|в\.)",
        ),
        (
            "ago",
            r"\b(?P<count>\d{1,3}|[^\W\d_]+)\s+(?P<span>years?|decades?|лет|года|год|жыл)\s+(?:ago|назад|бұрын)\b",
        ),
        ("month", _MONTH),
        ("plain", rf"(?:(?<![\d.,/:$€£-])|(?<=\d-)){_YEAR}(?![\d%]|[.,:/]\d)"),
    )
)
_WORDS_TOO = frozenset(("may", "march", "mar", "jan", "sep", "jun", "dec"))
"""English months, long and short, that are other words or names as well: a month only after "in", "of", "since", …"""
_MONTH_CONTEXT = re.compile(
    r"(?:\b(?:in|of|by|since|until|till|through|from|to|during|last|this|next|early|late|mid|end|before|after|between|and"
    r"|в|во|с|до|к|на|по|конце|начале|середине|между|от|и)[ -]|[(,;/–-]\s?)$"
)
_has_digit = re.compile(r"\d").search
_has_month = re.compile(rf"{_MONTH}").search
_has_time_word = re.compile(
    "year|month|day|morrow|decade|ago|год|лет|месяц|назад|сегодня|вчера|завтра|жыл|биыл|былтыр|ай|күн|бұрын|бүгін|кеше|ертең"
).search
_NEEDS: dict[str, Callable[[str], object]] = {
    "numeric": _has_digit, "plain": _has_digit, "decade": _has_digit, "words": _has_month, "month": _has_month,
    "year": _has_time_word, "span": _has_time_word, "day": _has_time_word, "ago": _has_time_word,
    "century": re.compile("centur|век|в\\.|ғасыр").search,
}  # fmt: skip
"""What a text must hold for a rule to be tried at all: most sentences have no date."""


def dates(text: str, anchor: str | None = None) -> list[Date]:
    """The dates in `text`, in order; `anchor` (an ISO date or a prefix of one) is what "this year" is said in."""
    return list(_memoised_dates(text, anchor))


@lru_cache(maxsize=1 << 13)
def _memoised_dates(text: str, anchor: str | None) -> tuple[Date, ...]:
    folded = fold(text)
    han = has_han(folded)
    found: list[Date] = []
    taken = bytearray(len(text) + 1)
    worth = {kind: bool(needs(folded)) for kind, needs in _NEEDS.items()}
    for kind, pattern in _RULES:
        if not worth.get(kind, han):
            continue
        for match in pattern.finditer(folded):
            start, end = match.span()
            if any(taken[start:end]) or (read := _READERS[kind](match, text, folded, anchor)) is None:
                continue
            end = start + len(text[start:end].rstrip(" ,"))
            taken[start:end] = b"\x01" * (end - start)
            iso, relative = read
            found.append(Date(iso, start, end, text[start:end], relative))
    return tuple(sorted(found, key=lambda date: date.start))


_Read = tuple[str, bool] | None


def _words(match: re.Match[str], text: str, folded: str, anchor: str | None) -> _Read:
    groups = match.groupdict()
    month = _month(groups["month"])
    if not _is_capitalised(text, match.start("month")):
        return None
    day = int(groups["day"]) if groups.get("day") else _day_told(groups)
    if (relative := groups.get("ryear")) is not None:
        return _in_year(_year_offset(relative), month, day, anchor)
    return _iso(int(groups["year"]) if groups.get("year") else None, month, day), False


def _day_told(groups: Mapping[str, str | None]) -> int | None:
    """The day that words count; the last of a month at most."""
    word = groups.get("stem") or groups.get("word")
    if word is None:
        return None
    return min(_LAST_DAY, _TENS.get(groups.get("tens") or "", 0) + _DAY_WORDS[word])


def _is_capitalised(text: str, start: int) -> bool:
    """English months are written with a capital: "may" and "march" are not months."""
    return text[start].isupper() or not text[start].isascii()


def _month(name: str) -> int:
    name = name.rstrip(".")
    while name not in _month_numbers:
        name = name[:-1]  # the pattern began with one of them: what is cut is an ending
    return _month_numbers[name]


def _lone_month(match: re.Match[str], text: str, folded: str, anchor: str | None) -> _Read:
    name = match["month"].rstrip(".")
    if not _is_capitalised(text, match.start()):
        return None
    doubtful = name in _WORDS_TOO or re.fullmatch(_RUSSIAN_MONTH, name) is not None
    if doubtful and _MONTH_CONTEXT.search(folded, max(0, match.start() - 12), match.start()) is None:
        return None
    return f"--{_month(name):02d}", False


def _numeric(match: re.Match[str], text: str, folded: str, anchor: str | None) -> _Read:
    groups = match.groupdict()
    return _iso(int(groups["year"]), int(groups["month"]), int(groups["day"]) if groups.get("day") else None), False


def _han(match: re.Match[str], text: str, folded: str, anchor: str | None) -> _Read:
    groups = match.groupdict()
    month = _small(groups.get("month"))
    day = _small(groups.get("day"))
    if groups.get("ryear"):
        return _in_year(_YEAR_OFFSETS[groups["ryear"].removesuffix("度")], month, day, anchor)
    year = _small(groups.get("year"))
    if day is not None and not 1 <= day <= 31:
        return None
    return _iso(year, month, day), False


def _small(written: str | None) -> int | None:
    if not written:
        return None
    value = float(written) if written.isdigit() else han_number(written)
    return None if value is None else int(value)


def _relative_year(match: re.Match[str], text: str, folded: str, anchor: str | None) -> _Read:
    return _in_year(_year_offset(match["ryear"]), None, None, anchor)


def _year_offset(words: str) -> int:
    for phrase, offset in _YEAR_OFFSETS.items():
        if phrase in words:
            return offset
    return 0


def _in_year(offset: int, month: int | None, day: int | None, anchor: str | None) -> _Read:
    if anchor is None or len(anchor) < 4 or not anchor[:4].isdigit():
        rest = (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")
        return f"Y{offset:+d}{rest}", True
    return _iso(int(anchor[:4]) + offset, month, day), True


def _relative_span(match: re.Match[str], text: str, folded: str, anchor: str | None) -> _Read:
    offset = _SPAN_OFFSETS[match["offset"]]
    if anchor is None or len(anchor) < 7:
        return f"M{offset:+d}", True
    months = int(anchor[:4]) * 12 + int(anchor[5:7]) - 1 + offset
    return _iso(months // 12, months % 12 + 1, None), True


def _relative_day(match: re.Match[str], text: str, folded: str, anchor: str | None) -> _Read:
    offset = _DAY_OFFSETS[match["offset"]]
    if anchor is None or len(anchor) < 10:
        return f"D{offset:+d}", True
    return (datetime.date.fromisoformat(anchor[:10]) + datetime.timedelta(days=offset)).isoformat(), True


def _ago(match: re.Match[str], text: str, folded: str, anchor: str | None) -> _Read:
    groups = match.groupdict()
    count = _small(groups["count"]) if groups["count"].isdigit() else None
    if count is None:
        word = groups["count"]
        count = int(WORDS[word]) if word in WORDS else _small(word) if has_han(word) else 1 if word == "a" else None
    if not count or count > 1000:
        return None
    if (groups.get("span") or "").startswith("decade"):
        count *= 10
    return _in_year(-count, None, None, anchor)


def _decade(match: re.Match[str], text: str, folded: str, anchor: str | None) -> _Read:
    return match["year"], False


def _century(match: re.Match[str], text: str, folded: str, anchor: str | None) -> _Read:
    groups = match.groupdict()
    if groups.get("roman"):
        values = {"i": 1, "v": 5, "x": 10}
        digits = [values[letter] for letter in groups["roman"]]
        century = sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))
    else:
        century = int(groups["century"])
    return (f"{century - 1:02d}", False) if 1 < century < 30 else None


def _han_decade(match: re.Match[str], text: str, folded: str, anchor: str | None) -> _Read:
    groups = match.groupdict()
    if groups.get("year"):
        return groups["year"], False
    century = _small(groups.get("century"))
    if century is None or not 1 < century < 30:
        return None
    decade = _small(groups.get("decade"))
    return f"{century - 1:02d}" + (str(decade // 10) if decade else ""), False


def _plain_year(match: re.Match[str], text: str, folded: str, anchor: str | None) -> _Read:
    """A number that can be a year is one, unless it measures something: "2000 tons", "$1984", "2,000"."""
    start, end = match.span()
    if money_before(folded, start) is not None or re.search(r"[a-z]$|[a-z]-$", folded[max(0, start - 2) : start]):
        return None
    if unit_phrase(folded, end + (folded[end : end + 1] == " ")) is not None:
        return None
    after = re.match(r"[\s-]?([^\W\d_]+|[$€£₽₸])", folded[end : end + 24])
    if after is not None:
        word = after.group(1)
        if word in SCALES or word in "$€£₽₸":
            return None
        unit = unit_of(word)
        if unit in MEASURES and unit != "year":
            return None
        if has_han(word) and re.match(r"[万亿千百个座吨桶美元人名公米]", word):
            return None
    return match["year"], False


_READERS: dict[str, Callable[[re.Match[str], str, str, str | None], _Read]] = {
    "numeric": _numeric, "words": _words, "month": _lone_month, "year": _relative_year, "span": _relative_span,
    "day": _relative_day, "ago": _ago, "decade": _decade, "century": _century, "plain": _plain_year,
    "han": _han, "hanword": _relative_day, "hanmonth": _relative_span, "handecade": _han_decade, "hanago": _ago,
}  # fmt: skip


def _iso(year: int | None, month: int | None, day: int | None) -> str:
    text = "-" if year is None else f"{year:04d}"
    if month is not None:
        text += f"-{month:02d}"
        if day is not None:
            text += f"-{day:02d}"
    return text


def parts(iso: str) -> tuple[str | None, str | None, str | None]:
    """Year, month and day of a date as written in `Date.iso`; None for what is not said. `202` stays a decade."""
    if iso.startswith("--"):
        year: str | None = None
        rest = iso[2:].split("-")
    else:
        head = re.match(r"[YMD][+-]\d+|\d+", iso)
        year = head.group() if head else None
        rest = iso[head.end() :].lstrip("-").split("-") if head else []
    month = rest[0] if rest and rest[0] else None
    day = rest[1] if len(rest) > 1 else None
    return year, month, day


def same_date(a: Date, b: Date) -> bool:
    """Whether two dates can be the same: one says no more than the other, and nothing that the other denies."""
    for mine, other in zip(parts(a.iso), parts(b.iso), strict=True):
        if mine is not None and other is not None and not (mine.startswith(other) or other.startswith(mine)):
            return False
    return True
