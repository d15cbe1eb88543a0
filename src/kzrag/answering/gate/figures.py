"""Every figure of a sentence, with unit and scale, has to stand in a span, and to be said of the same thing there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kzrag.answering.gate.span import SpanText
from kzrag.text.dates import Date, dates, same_date
from kzrag.text.language import fold, script
from kzrag.text.quantities import Quantity, quantities, rounds_to, units_agree
from kzrag.text.units import MEASURES
from kzrag.text.words import content_terms, terms_within

LOOSELY = 0.05
"""Relative difference that "nearly", "about" or "just under" may hide: nearly two thirds of 64.4 %."""
_CHANGE = re.compile(
    r"\b(?:add|adds|added|more|increase|increased|rise|grow|gain|difference|reduce|reduced|cut|less|fewer|up by|down by"
    r"|на|больше|меньше|рост|прирост|снижени\w*)\b|增加|减少|提高|多|少|差"
)
_NOW = re.compile(
    r"\b(?:now|current|currently|at present|today|сейчас|нынешн\w*|текущ\w*|қазіргі)\b|现在|目前|当前|当下|如今"
)
_BREAK = re.compile(r"[,;:，。；、]")
_CLAUSE = re.compile(r"[,;:，。；]|\b(?:while|with|and|whereas|а|и|тогда как)\b|而|并")
_ADJACENT = 14
"""Characters between a figure and the date that goes with it, when nothing else stands between them."""
OUTWEIGHED = 2
"""Words by which another figure's clause must fit the sentence better, for the figure to be of something else."""


def wrong_figures(sentence: str, spans: Sequence[SpanText]) -> Iterator[str]:
    """One reason per figure of the sentence that no span bears out."""
    said_figures = quantities(sentence)
    for said in said_figures:
        exact = [(span, figure) for span in spans for figure in quantities(span.text) if rounds_to(figure, said)]
        if not exact:
            exact = [(span, figure) for span in spans for figure in quantities(span.text) if _loosely(figure, said)]
        if not exact and not _is_a_difference(said, sentence, spans) and not _is_a_pair(said, spans):
            same_value = any(
                figure.value == said.value for span in spans for figure in quantities(span.text) if figure.unit
            )
            kind = "unit" if same_value and said.unit in MEASURES else "figure"
            yield f"{kind}: “{said.text}” is in none of the passages"
        elif exact and all(_goes_against(said, figure) for _, figure in exact):
            yield f"figure: “{said.text}” is more, or less, than the passages say"
        elif exact and all(_of_another_date(sentence, said, span, figure) for span, figure in exact):
            yield f"date: the passages do not say “{said.text}” of that time"
        elif exact and all(
            _of_something_else(sentence, said, said_figures, span.text, figure) for span, figure in exact
        ):
            yield f"figure: the passages say “{said.text}” of something else"


def _loosely(figure: Quantity, said: Quantity) -> bool:
    """Whether "nearly two thirds" can be said of 64.4 %, "not even 40 %" of 39.7 %."""
    if said.approx is None or not units_agree(figure, said) or not said.value:
        return False
    if abs(figure.value - said.value) > LOOSELY * abs(said.value):
        return False
    if said.digits < 15 and said.approx == "about" and said.digits > 1:
        return False  # a figure of two digits or more is rounded by its digits
    return (
        said.approx == "about"
        or (said.approx == "under" and figure.value <= said.value)
        or (said.approx == "over" and figure.value >= said.value)
    )


def _goes_against(said: Quantity, figure: Quantity) -> bool:
    return {said.approx, figure.approx} == {"over", "under"}


def _is_a_difference(said: Quantity, sentence: str, spans: Sequence[SpanText]) -> bool:
    """Whether the sentence does a subtraction: "add 10 million tons", from 18 to 28."""
    if said.unit not in MEASURES or _CHANGE.search(fold(sentence)) is None:
        return False
    for span in spans:
        same = [figure for figure in quantities(span.text) if figure.unit == said.unit]
        if any(abs(abs(a.value - b.value) - said.value) <= 1e-9 * said.value for a in same for b in same if a != b):
            return True
    return False


def _is_a_pair(said: Quantity, spans: Sequence[SpanText]) -> bool:
    """Whether "the two countries" only counts what a span names, which counts nothing itself in that way."""
    if said.value != 2 or said.unit in MEASURES - {"country"} or any(letter.isdigit() for letter in said.text):
        return False
    return not any(figure.unit in (said.unit, None) for span in spans for figure in quantities(span.text))


@lru_cache(maxsize=1 << 10)
def _times(text: str, published: str | None) -> tuple[Date, ...]:
    """The dates of a text and its "now"s, which have the date `NOW`."""
    now = [Date("NOW", found.start(), found.end(), found.group()) for found in _NOW.finditer(fold(text))]
    return tuple(sorted([*dates(text, published), *now], key=lambda date: date.start))


def _of_another_date(sentence: str, said: Quantity, span: SpanText, figure: Quantity) -> bool:
    """Whether the span ties the figure to another of its dates than the sentence does."""
    mine = _tied(sentence, said, span.published)
    times = _times(span.text, span.published)
    if mine is None or len({date.iso for date in times}) < 2:
        return False
    theirs = _tied(span.text, figure, span.published)
    if theirs is None:
        return False
    return not _same_time(mine, theirs) and any(_same_time(mine, date) for date in times)


def _same_time(a: Date, b: Date) -> bool:
    if "NOW" in (a.iso, b.iso):
        return a.iso == b.iso
    return same_date(a, b)


def _tied(text: str, figure: Quantity, published: str | None) -> Date | None:
    """The date that a figure is said of: the one beside it, or the last before it, or the next where none is before."""
    times = _times(text, published)
    if not times:
        return None
    others = quantities(text)
    for date in times:
        low, high = sorted((figure.end, date.start)) if date.start >= figure.end else (date.end, figure.start)
        if any(low <= other.start < high for other in others if other != figure):
            continue
        between = text[figure.end : date.start] if date.start >= figure.end else text[date.end : figure.start]
        if len(between) <= _ADJACENT and _BREAK.search(between) is None:
            return date
    dated = [date for date in times if date.iso != "NOW"]
    if not dated:
        return times[0] if len(times) == 1 and len(others) == 1 else None
    before = [date for date in dated if date.end <= figure.start]
    return before[-1] if before else dated[0]


def _of_something_else(
    sentence: str, said: Quantity, said_figures: Sequence[Quantity], span: str, figure: Quantity
) -> bool:
    """Whether another figure of the same unit stands in words that fit the sentence clearly better."""
    rivals = [other for other in quantities(span) if other.unit == figure.unit and other.value != figure.value]
    mine, theirs = _tied(sentence, said, None), _tied(span, figure, None)
    if (
        not rivals
        or script(sentence) != script(span)
        or (mine is not None and theirs is not None and _same_time(mine, theirs))
    ):
        return False
    several = sum(1 for other in said_figures if other.unit == said.unit) > 1
    wanted = (
        _company(sentence, said)
        if several
        else set(content_terms(sentence)) - terms_within(sentence, said.start, said.end)
    )
    own = len(wanted & _company(span, figure))
    best = max(len(wanted & _company(span, rival)) for rival in rivals)
    return best - own >= OUTWEIGHED


@lru_cache(maxsize=1 << 11)
def _company(text: str, figure: Quantity) -> frozenset[str]:
    """The content words said with a figure: from the end of what is said with the one before to the next pause."""
    folded = fold(text)
    before = [other.end for other in quantities(text) if other.unit == figure.unit and other.end <= figure.start]
    pause = _CLAUSE.search(folded, before[-1]) if before else None
    start = min(pause.start() if pause else before[-1], figure.start) if before else 0
    following = _CLAUSE.search(folded, figure.end)
    end = following.start() if following else len(text)
    return terms_within(text, start, figure.start) | terms_within(text, figure.end, end)
