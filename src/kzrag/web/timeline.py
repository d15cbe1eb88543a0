"""Citations -> a timeline: for each, when it was said and the times it speaks of, as places on one axis.

Pure: plain values for the template. Places are percentages of the axis.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kzrag.records import ARTICLE, Answer, Citation
from kzrag.web.evidence import Documents, speaker
from kzrag.web.words import date

FindDates = Callable[[str, str | None], Sequence[str]]
"""Text and the date on which it was said -> the ISO dates (or prefixes) it speaks of."""
MARGIN = 0.06
"""Free room at both ends of the axis, as a share of it."""
TICKS = 6
"""At most so many years are named on the axis: more would touch on a phone."""
EARLIEST, LATEST = 1000, 2999
"""Years outside are not dates of news."""


@dataclass(frozen=True, slots=True)
class Dot:
    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Statement:
    number: int
    who: str
    said: Dot | None
    speaks_of: tuple[Dot, ...]
    left: float
    """Where the line that joins the dots begins, and how long it is."""
    width: float


@dataclass(frozen=True, slots=True)
class Timeline:
    turn: int
    statements: tuple[Statement, ...]
    ticks: tuple[Dot, ...]


def timeline(turn: int, answer: Answer, documents: Documents, language: str, find_dates: FindDates) -> Timeline:
    """The cited statements on an axis of time; without a statement that speaks of a date there are no rows."""
    found = []
    for citation in answer.citations:
        said = _said(citation, documents)
        spoken = [iso for iso in dict.fromkeys(find_dates(citation.quote, said)) if middle(iso) is not None]
        if spoken:
            found.append((citation, said, spoken))
    moments = [m for _, said, spoken in found for iso in [said, *spoken] if iso and (m := middle(iso)) is not None]
    if not moments:
        return Timeline(turn, (), ())
    low, high = min(moments), max(moments)
    span = max(high - low, 1.0)
    low, span = low - span * MARGIN, span * (1 + 2 * MARGIN)

    def dot(iso: str) -> Dot:
        return Dot(round(((middle(iso) or low) - low) / span * 100, 2), date(language, iso))

    statements = []
    for citation, said, spoken in found:
        at = dot(said) if said and middle(said) is not None else None
        dots = tuple(dot(iso) for iso in spoken)
        places = [d.place for d in (*dots, *([at] if at else []))]
        statements.append(
            Statement(citation.number, speaker(citation, language), at, dots, min(places), max(places) - min(places))
        )
    years = range(int(low) + 1, int(low + span) + 1)
    step = max(1, -(-len(years) // TICKS))
    ticks = tuple(Dot(round((year - low) / span * 100, 2), str(year)) for year in years if year % step == 0)
    return Timeline(turn, tuple(statements), ticks)


def middle(iso: str) -> float | None:
    """The middle of a day, month or year as a fractional year; None for what is no date."""
    match = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?!\d)", iso)
    if not match or not EARLIEST <= (year := int(match[1])) <= LATEST:
        return None
    if match[2] is None:
        return year + 0.5
    month = int(match[2])
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    day = min(int(match[3]), last) if match[3] else (last + 1) // 2
    return year + (datetime.date(year, month, max(day, 1)).timetuple().tm_yday - 0.5) / 366


def _said(citation: Citation, documents: Documents) -> str | None:
    """When the voice spoke: a comment has a date of its own."""
    document = documents.get(citation.document_id)
    if document and citation.voice != ARTICLE:
        for block in document.blocks:
            if block.start <= citation.start < block.end and block.voice_date:
                return block.voice_date
    return citation.published


def dates_in(text: str, said: str | None) -> list[str]:
    """The dates a text speaks of, by `kzrag.text.dates`; "this year" counts from when it was said."""
    from kzrag.text.dates import dates

    return [found.iso for found in dates(text, said)]
