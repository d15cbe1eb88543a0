"""Calendar dates as pages print them: by-lines, page stamps, comment headers. Whole dates only, day included.

The dates of sentences, relative ones among them, are read by `kzrag.text`; here a clock may be glued to the date
(`2024/06/1806:40:33`) and a date that can be read in two ways (`05/06/2022`) is no date.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from kzrag.text.language import fold

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
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}\s?[-/.年]\s?(?P<month>\d{{1,2}})\s?[-/.月]\s?(?P<day>\d\d?)(?:日|号)?",
        rf"(?<!\d)(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}(?!\d)",
        rf"(?<!\w)(?P<name>{_NAMES})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?\s*,?\s+{_YEAR}(?!\d)",
        rf"(?<!\w)(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<name>{_NAMES})\.?,?[\s-]+{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}\s+(?:жылғы|ж\.)\s+(?P<day>\d\d?)\s+(?P<name>{_NAMES})(?!\w)",
    )
)
CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?\s*(?:[ap]\.?m\.?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A whole date and where it stands."""

    iso: str
    start: int
    end: int


def first_date(text: str) -> Stamp | None:
    """The first whole calendar date of a line, or None."""
    folded = fold(text)
    found = [match for pattern in _PATTERNS for match in pattern.finditer(folded)]
    for match in sorted(found, key=re.Match.start):
        parts = match.groupdict()
        month = int(parts["month"]) if parts.get("month") else _MONTH[parts["name"]]
        try:
            day = datetime.date(int(parts["year"]), month, int(parts["day"]))
        except ValueError:
            continue
        return Stamp(day.isoformat(), *match.span())
    return None


def besides_date(text: str) -> str | None:
    """What a line says besides its date and clock time; None when it has no whole date."""
    stamp = first_date(text)
    if stamp is None:
        return None
    return CLOCK.sub(" ", f"{text[: stamp.start]} {text[stamp.end :]}").strip(" \t,.;:|·-–—/")
