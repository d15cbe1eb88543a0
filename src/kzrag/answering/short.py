"""The short answer: the figure, date, person or place in a sentence that a question asks for, when it is clear which.

A wrong short answer is worse than none, so this returns `None` as soon as two candidates are about as good.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeVar

from kzrag.answering.asked import candidates
from kzrag.answering.facts import facts_of
from kzrag.answering.held import asked_for, counts, counts_things, is_new, tells_when
from kzrag.answering.needs import Needs
from kzrag.answering.offices import holder, office_asked
from kzrag.records import Evidence, Sentence
from kzrag.text.ages import AGE
from kzrag.text.clauses import clause_at, clauses
from kzrag.text.dates import Date
from kzrag.text.language import fold
from kzrag.text.names import names, one_power
from kzrag.text.polarity import DENIES, negated_spans
from kzrag.text.quantities import Quantity
from kzrag.text.units import COUNTED, MEASURES
from kzrag.text.words import content_terms


@dataclass(frozen=True, slots=True)
class Short:
    """A stretch of a sentence that answers by itself."""

    text: str
    """The source's own words."""
    quantity: Quantity | None = None
    date: Date | None = None
    when: Date | None = None
    """The date the figure holds for, where the sentence says so beside it."""
    by: bool = False
    """Whether that date is a limit: "by 2032"."""
    age: bool = False
    """Whether the figure is how old somebody is."""


# What stands before the figure that something starts from; the question is nearly always about where it goes.
_FROM = re.compile(r"(\bfrom|从|\bс|\bот)\s*$")
# … and before the one that holds while the article is written.
_CURRENT = re.compile(r"(\b(from )?(the )?current(ly)?|从?(现在|目前)的|\b(с )?нынешних)\s*$")
# "Of the 112 patients 91 …": what a part is taken of is not how many they are.
_WHOLE_BEFORE = re.compile(r"(?:^|[,;(:] ?)(?:out )?(?:of|из) (?:(?:the|all|its|their|these|всех|этих) )*$")
_WHOLE_BEHIND = re.compile("[^,。;、]{0,4}(?:之?中|里|当中)[,，有]")
_BY = re.compile(r"\b(by|until)( the end of| the year)?\s*$|(到|至|截至)$|\b(к|до)( концу)?\s*$")
_NOW = re.compile(
    r"\b(current(ly)?|now|today|at present|present)\b|现在|目前|当前|如今|\b(сейчас|нынешн\w+|теперь)\b|қазір"
)
_OF = re.compile(r"\s+of\s+(?:the\s+|all\s+)?|\s+")
OWNED = 2.0
"""Words of the question that the name before a figure is worth: "the Danes 39 %, … while the Dutch … 37 %"."""


_RANGE_BEHIND = re.compile(r"\s?(?:至|到|[-–—~])\s?\d")
_RANGE_BEFORE = re.compile(r"\d(?:至|到|[-–—~])$")


def _nearness(text: str, needs: Needs, language: str, start: int, end: int) -> float:
    """How much of the question stands around a stretch: its words, weighted by closeness in clauses."""
    parts = clauses(text)
    here = clause_at(parts, start)
    wanted = set(needs.terms)
    score = 0.0
    for i, (a, b) in enumerate(parts):
        distance = abs(i - here)
        if distance > 2:
            continue
        held = wanted & set(content_terms(text[a:start] + " " + text[end:b] if i == here else text[a:b], language))
        score += len(held) * (1.0, 0.45, 0.15)[distance]
    return score


def short_answer(needs: Needs, evidence: Evidence, published: str | None) -> Short | None:
    """The clear short answer in a piece of evidence, or `None`."""
    sentence = evidence.sentence
    facts = facts_of(sentence.text, sentence.language, published)
    if needs.kind == "figure":
        return _figure(needs, sentence.text, sentence.language, list(facts.quantities), list(facts.told))
    if needs.kind == "date":
        return _date(needs, sentence.text, sentence.language, list(facts.told))
    if needs.kind in ("person", "place"):
        return _name(needs, sentence)
    return None


def _name(needs: Needs, sentence: Sentence) -> Short | None:
    """The holder of the office asked for, or else the one person or place that the sentence can mean."""
    if office_asked(needs) is not None:
        found = holder(needs, sentence)
        return None if found is None else Short(found.name.text)
    # "A spokesman denied that she had proposed it" names nobody who did.
    possible = [] if DENIES.search(fold(sentence.text)) else candidates(needs, sentence)
    if len(possible) > 1:
        text, language = sentence.text, sentence.language
        scored = [(_nearness(text, needs, language, name.start, name.end), i) for i, name in enumerate(possible)]
        best = _clear_best(scored, margin=1.0)
        possible = [] if best is None else [possible[best]]
    # "Sold to Lyon and Nantes": one of them is half an answer, whether or not the other one's name is known.
    return Short(possible[0].text) if possible and not _ONE_OF_A_LIST.match(sentence.text, possible[0].end) else None


_ONE_OF_A_LIST = re.compile(r",? (?:and|or|и|или|және|мен|пен|бен) (?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])|[、和与與及]")
"""What stands behind a name that is one of several."""


def _clear_best(scored: list[tuple[float, int]], margin: float) -> int | None:
    ordered = sorted(scored, key=lambda pair: -pair[0])
    if not ordered:
        return None
    if len(ordered) > 1 and ordered[0][0] - ordered[1][0] < margin:
        return None
    return ordered[0][1]


Value = TypeVar("Value", Quantity, Date)
_RIGHT_BEFORE = 8
"""Characters from a negation to what it denies itself: "not in 1706"; further on it may deny something else."""


def _affirmed(values: list[Value], text: str) -> list[Value]:
    """The values of a sentence without those that it denies beside another: 1712 of "in 1712, not in 1706"."""
    spans = negated_spans(text) if len(values) > 1 else []
    kept = [v for v in values if not any(a <= v.start < b and v.start - a <= _RIGHT_BEFORE for a, b in spans)]
    return kept or values


def _figure(needs: Needs, text: str, language: str, figures: list[Quantity], found_dates: list[Date]) -> Short | None:
    fitting = [
        quantity
        for quantity in figures
        if asked_for(quantity, needs, text)
        and is_new(quantity, needs.told)
        and not counts_things(needs, quantity)
        and not tells_when(needs, quantity, fold(text))
    ]
    folded = fold(text)
    fitting = _of_the_whole(needs, text, language, _affirmed(fitting, text), figures)
    if not fitting:
        return None
    parts = clauses(text)
    wants_now = _NOW.search(fold(needs.text)) is not None
    scored: list[tuple[float, int]] = []
    for i, quantity in enumerate(fitting):
        score = _nearness(text, needs, language, quantity.start, quantity.end)
        score += OWNED if _owned(needs, text, quantity, figures) else 0.0
        before = folded[: quantity.start]
        starts_from, current = _FROM.search(before) is not None, _CURRENT.search(before) is not None
        score += (1.0 if wants_now else -1.5) if current else -1.5 if starts_from else 0.0
        # A date that is the only one of its sentence holds for all its figures, and tells nothing between them.
        for pinned in needs.years if len({d.iso for d in found_dates}) > 1 else ():
            near = [d for d in found_dates if d.iso.startswith(pinned.iso) or pinned.iso.startswith(d.iso)]
            if near:
                clause = clause_at(parts, quantity.start)
                apart = min(abs(clause_at(parts, d.start) - clause) for d in near)
                score += (2.5, 0.8, 0.0)[min(apart, 2)]
                others = [d for d in found_dates if d not in near and d.iso[:1].isdigit()]
                if any(clause_at(parts, d.start) == clause for d in others) and apart:
                    score -= 1.5
        scored.append((score, i))
    best = _clear_best(scored, margin=0.4)
    if best is None:
        return None
    quantity = fitting[best]
    if needs.units == {AGE}:
        # Somebody has that age when the article is written, whatever years it speaks of.
        return Short(text[quantity.start : quantity.end], quantity=replace(quantity, unit="year"), age=True)
    if _RANGE_BEHIND.match(folded, quantity.end) or _RANGE_BEFORE.search(folded[: quantity.start]):
        return None  # "60至80人": either end alone would be a wrong answer
    own = needs.counted is not None and counts(quantity, needs.counted) and not quantity.text.endswith("ed")
    if not own and quantity.unit is not None and quantity.unit not in MEASURES:
        # What stands after a number that counts may be no noun: "540 spoke against".
        number = re.match(r"[\d.,]*\d(?!\w)", quantity.text)
        quantity = replace(quantity, text=number.group(), end=quantity.start + number.end()) if number else quantity
    when: Date | None = None
    by = False
    clause = clause_at(parts, quantity.start)
    for date in found_dates:
        if not date.relative and date.iso[:1].isdigit() and clause_at(parts, date.start) == clause:
            when = date
            by = _BY.search(folded[: date.start]) is not None
    return Short(text[quantity.start : quantity.end], quantity=quantity, when=when, by=by)


def _of_the_whole(
    needs: Needs, text: str, language: str, fitting: list[Quantity], figures: list[Quantity]
) -> list[Quantity]:
    """The figures for what is asked of some among several: 91 of "of the 112 patients 91 were treated", which has no
    noun, where the question has the word behind it; else those that fit."""
    folded = fold(text)
    whole = next(
        (q for q in fitting if _WHOLE_BEFORE.search(folded, 0, q.start) or _WHOLE_BEHIND.match(folded, q.end)), None
    )
    if whole is None:
        return fitting
    asked = set(needs.terms) - set(content_terms(needs.counted or whole.text, language))
    if not asked & set(content_terms(text[whole.end :], language)):
        return fitting
    some = [q for q in figures if q.start >= whole.end and q.unit not in MEASURES - COUNTED and is_new(q, needs.told)]
    return some or fitting


def _owned(needs: Needs, text: str, quantity: Quantity, figures: list[Quantity]) -> bool:
    """Whether the name right after a figure, or else before it, is one that is asked about: a people, or a country."""
    peoples = [n for n in needs.names if n.kind == "demonym" or needs.text[n.end : n.end + 1] == "族"]
    found = [name for name in names(text) if not any(q.start <= name.start < q.end for q in figures)]
    after = [name for name in found if _OF.fullmatch(text, quantity.end, name.start)]
    before = [name for name in found if name.end <= quantity.start]
    owner = next(iter(after or before[-1:]), None)
    return owner is not None and any(one_power(owner.key, asked.key) for asked in peoples or needs.names)


_DATELINE = (
    re.compile(r"[【\[(]?[\w .'’-]{2,40}?,?\s*$"),
    re.compile(r"\s*(?:\([^)]{2,30}\)\s*[-–—:]|[-–—]\s|[日电訊讯]*[】\])])"),
)
"""What stands before and after the date of a dispatch: "LUND, June 20 (Agency) - A gate …"."""


def _of_the_dispatch(date: Date, text: str) -> bool:
    before, after = _DATELINE
    return before.match(text[: date.start]) is not None and after.match(text, date.end) is not None


def _date(needs: Needs, text: str, language: str, found: list[Date]) -> Short | None:
    asked = {date.iso for date in needs.years}
    candidates = [date for date in found if date.iso not in asked and is_new(date, needs.told)]
    candidates = _affirmed([date for date in candidates if not _of_the_dispatch(date, text)], text)
    if not candidates:
        return None
    scored = [(_nearness(text, needs, language, date.start, date.end), i) for i, date in enumerate(candidates)]
    best = _clear_best(scored, margin=0.4)
    if best is None:
        return None
    date = candidates[best]
    return Short(text[date.start : date.end], date=date)
