"""Calendar dates as pages print them: by-lines, page stamps, comment headers. Whole dates only, day included.

The dates of sentences, relative ones among them, are read by `kzrag.text`; here a clock may be glued to the date
(`2024/06/1806:40:33`) and a date that can be read in two ways (`05/06/2022`) is no date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kzrag.text.language import fold
from kzrag.text.numerals import HAN_NUMERALS, HAN_YEAR, han_number

_MONTHS = (
    "jan january янв января январь қаңтар",
    "feb february фев февраля февраль ақпан",
    "mar march мар марта март наурыз",
    "apr april апр апреля апрель сәуір",
    "may may май мая мамыр",
    "jun june июн июня июнь маусым",
    "jul july июл июля июль шілде",
    "aug august авг августа август тамыз",
    "sep sept september сен сентября сентябрь қыркүйек",
    "oct october окт октября октябрь қазан",
    "nov november ноя ноября ноябрь қараша",
    "dec december дек декабря декабрь желтоқсан",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_YEAR_WORD = r"(?:\s?(?:года?(?!\w)|г\.|жыл[ығ]?\w?(?!\w)|ж\.))?"
_LEAP_YEAR = 2024
"""In which every day exists."""
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}\s?[-/.年]\s?(?P<month>\d{{1,2}})\s?[-/.月]\s?(?P<day>\d\d?)(?:日|号)?",
        rf"(?<!\d)(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}(?!\d)",
        rf"(?<!\w)(?P<name>{_NAMES})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?\s*,?\s+{_YEAR}(?!\d)",
        rf"(?<!\w)(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<name>{_NAMES})\.?,?[\s-]+{_YEAR}(?!\d){_YEAR_WORD}",
        rf"(?P<year>{HAN_YEAR})年(?P<month>[{HAN_NUMERALS}]{{1,2}})月(?P<day>[{HAN_NUMERALS}]{{1,3}})(?:日|号)",
        rf"(?<!\d){_YEAR}\s+(?:жылғы|ж\.)\s+(?P<day>\d\d?)\s+(?P<name>{_NAMES})(?!\w)",
    )
)
_YEARLESS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<name>{_NAMES})(?!\w)",
        rf"(?<!\w)(?P<name>{_NAMES})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?(?!\w)",
        r"(?<!\d)(?P<month>\d\d?)\s?月\s?(?P<day>\d\d?)\s?(?:日|号)",
        r"(?<![\d.-])(?P<month>\d\d)-(?P<day>\d\d)(?=\s+\d\d?:\d\d)",
        r"(?<![\d.-])(?P<day>\d\d)\.(?P<month>\d\d)\.?(?=,?\s+\d\d?:\d\d)",
    )
)
"""Days without a year, as comments under an article of the year have them; in figures only before a clock."""
_LONGEST_DATELINE = 70
"""Characters of a place of four words and a date."""
_DATELINE_ENDS = re.compile(
    r"\s*(?:г\.|года|жыл\w*)?\s*[,.]?\s*(?:[(/][^()/]{1,30}[)/])?\s*(?:电|讯|消息)?\s*(?:-+\s|[】\])])"
)
"""What parts a dateline from the report: an agency's name in brackets, a dash; or the bracket that closes it."""
CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?\s*(?:[ap]\.?m\.?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A whole date and where it stands."""

    iso: str
    start: int
    end: int


def first_date(text: str) -> Stamp | None:
    """The first whole calendar date of a line, or None."""
    return _first(text, _PATTERNS)


def first_day(text: str) -> Stamp | None:
    """The first date of a line, with or without its year; `--07-05` where there is none."""
    return first_date(text) or _first(text, _YEARLESS)


def dateline(text: str) -> str | None:
    """The day at the head of a report, before its first words: "KORSO, 4 March 2021 (KPA) – …"."""
    stamp = first_date(text[:_LONGEST_DATELINE])
    if stamp is None:
        return None
    place = re.findall(r"[^\W\d_]+", text[: stamp.start])
    named = len(place) <= 4 and all(word[0].isupper() or not word[0].islower() for word in place)
    return stamp.iso if named and _DATELINE_ENDS.match(fold(text), stamp.end) else None


def in_year(day: str, anchor: str | None) -> str | None:
    """A day without a year as the first such day that is not before the anchor; None where that is not known.

    Args:
        day: a whole date, which is returned as it is, or `--07-05`.
        anchor: an ISO date, or a prefix of one that has the year.
    """
    if not day.startswith("--"):
        return day
    if anchor is None:
        return None
    year = int(anchor[:4])
    return f"{year + 1 if day[1:] < anchor[4:] and len(anchor) == 10 else year}{day[1:]}"


def _first(text: str, patterns: Sequence[re.Pattern[str]]) -> Stamp | None:
    folded = fold(text)
    found = [match for pattern in patterns for match in pattern.finditer(folded)]
    for match in sorted(found, key=re.Match.start):
        parts = match.groupdict()
        month = _number(parts["month"]) if parts.get("month") else _MONTH[parts["name"]]
        year = parts.get("year")
        try:
            day = datetime.date(_number(year) if year else _LEAP_YEAR, month, _number(parts["day"])).isoformat()
        except ValueError:
            continue
        return Stamp(day if year else f"-{day[4:]}", *match.span())
    return None


def besides_date(text: str) -> str | None:
    """What a line says besides its date and clock time; None when it has no whole date."""
    stamp = first_date(text)
    if stamp is None:
        return None
    return CLOCK.sub(" ", f"{text[: stamp.start]} {text[stamp.end :]}").strip(" \t,.;:|·-–—/")


def _number(digits: str) -> int:
    return int(digits) if digits.isdigit() else int(han_number(digits) or 0)
