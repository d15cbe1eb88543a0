"""Every date of a sentence has to be a span's, as far as the sentence says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kzrag.answering.gate.span import SpanText
from kzrag.text.dates import Date, dates, parts


def wrong_dates(sentence: str, spans: Sequence[SpanText]) -> Iterator[str]:
    """One reason per date of the sentence that no span has; "this year" is the year in which the span was said."""
    for place, unresolved in enumerate(dates(sentence)):
        if not any(_has(span, _resolved(sentence, place, span), unresolved) for span in spans):
            yield f"date: “{unresolved.text}” is not a date of the passages"


def _resolved(sentence: str, place: int, span: SpanText) -> Date:
    return dates(sentence, span.published)[place]


def _has(span: SpanText, said: Date, unresolved: Date) -> bool:
    """Whether the span dates something so; what it leaves out may be known from the day it was published."""
    if span.published is not None and covers(parts(span.published), parts(said.iso), None):
        return True  # "(2 December 2022)": when it was said
    anchor = parts(span.published or "")
    for known, bare in zip(dates(span.text, span.published), dates(span.text), strict=True):
        if unresolved.relative and unresolved.iso == bare.iso:
            return True
        if covers(parts(known.iso), parts(said.iso), anchor):
            return True
    return False


_Parts = tuple[str | None, str | None, str | None]


def covers(known: _Parts, said: _Parts, anchor: _Parts | None = None) -> bool:
    """Whether all that is said of year, month and day is known; a year that isn't may be that of the publication."""
    for place, (have, want) in enumerate(zip(known, said, strict=True)):
        if want is None:
            continue
        if have is None:
            fallback = anchor[0] if anchor is not None and place == 0 else None
            if fallback is None or fallback != want:
                return False
        elif not have.startswith(want) and have != want:
            return False
    return True
