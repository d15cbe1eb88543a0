"""What a piece of evidence answers to a question, and whether two such answers can both be true.

Two figures, dates or names exclude each other only when they are of the same thing: what is asked of them is said of
both, of the same year, place and part, as something that is and not as something planned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from kzrag.answering.evidence import Facts, facts_of
from kzrag.answering.needs import Needs
from kzrag.answering.scope import Scope, one_scope
from kzrag.answering.short import Short, short_answer
from kzrag.records import Evidence, Sentence
from kzrag.text.dates import same_date
from kzrag.text.language import fold
from kzrag.text.names import Name, is_country
from kzrag.text.quantities import Quantity, rounds_to, same_quantity, units_agree
from kzrag.text.words import content_words

if TYPE_CHECKING:
    from kzrag.index import Index

Verdict = Literal["conflict", "agree", "apart"]

# A clause with fewer words of its own says too little of what its figure is of: the whole sentence is taken.
LEAST_WORDS = 3

_CLAUSE_END = re.compile(
    r"[;:](?=\s)|,(?=\s)|(?<=[\u4e00-\u9fff])[,;:]|[，；：。]|\s[–—-]+\s|\b(?:and|while|whereas|but|и|а|но|және)\s"
)
# A figure "over" another may be up to so much larger and still be what was meant.
_OVER_MEANS = 1.25
# At least twelve may turn out to be nineteen, but at least twelve is no way to say a hundred.
_OVER_ALLOWS = 2.0
_ABOUT_MEANS = 0.05
_VALUE_KINDS = frozenset({"person", "place", "org", "name"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What one piece of evidence answers by, and what it says around it."""

    piece: Evidence
    short: Short | None
    """The short answer, where it is clear enough to be shown."""
    value: Short | None
    """The figure or date to compare: the short answer, or the one figure of the sentence."""
    name: Name | None
    """The person, place or thing that answers."""
    start: int
    """Where the value stands in the sentence."""
    end: int
    clause: str
    """What is said of the value: its clause, or the sentence where the clause says too little."""
    facts: Facts
    published: str | None

    @property
    def family(self) -> tuple[str, str]:
        """The independent source: one voice of one family."""
        return self.piece.sentence.family, self.piece.sentence.voice

    @property
    def dated(self) -> bool:
        """Whether it answers by a date."""
        return self.value is not None and self.value.date is not None

    @property
    def given(self) -> bool:
        """Whether it answers by a value that can be compared."""
        return self.value is not None or self.name is not None


def claim(needs: Needs, piece: Evidence, index: Index) -> Claim:
    """What a piece answers to a question."""
    sentence = piece.sentence
    published = index.documents[sentence.document_id].published
    facts = facts_of(sentence.text, sentence.language, published)
    short = short_answer(needs, piece, published)
    name = None
    start = end = 0
    value = short or (_only_figure(facts, sentence.text) if needs.kind == "figure" else None)
    if value is not None:
        place = value.quantity or value.date
        start = place.start if place is not None else max(sentence.text.find(value.text), 0)
        end = place.end if place is not None else start + len(value.text)
    if needs.kind in ("person", "place"):
        name = _name_that_answers(needs, facts, sentence.text, short)
        if name is not None:
            start, end = name.start, name.end
    return Claim(
        piece, short, value, name, start, end, _clause(sentence.text, sentence.language, start, end), facts, published
    )


def _only_figure(facts: Facts, text: str) -> Short | None:
    """The figure of a sentence that has one, of whatever unit: as a short answer it may not do, to compare it will."""
    figures = [each for each in facts.quantities if each.unit is not None]
    if len(figures) != 1:
        return None
    return Short(text[figures[0].start : figures[0].end], quantity=figures[0])


def every_figure(sentence: Sentence, index: Index) -> list[Claim]:
    """Each figure of a sentence as a claim of its own, without a question."""
    published = index.documents[sentence.document_id].published
    facts = facts_of(sentence.text, sentence.language, published)
    return [
        Claim(
            Evidence(sentence, 1.0),
            None,
            Short(sentence.text[each.start : each.end], quantity=each),
            None,
            each.start,
            each.end,
            _clause(sentence.text, sentence.language, each.start, each.end),
            facts,
            published,
        )
        for each in facts.quantities
        if each.unit is not None
    ]


def _name_that_answers(needs: Needs, facts: Facts, text: str, short: Short | None) -> Name | None:
    """The one name of a sentence that can be the person or place asked for; `None` when there are several."""
    asked = {word for name in needs.names for word in content_words(name.text)}
    new = [
        name
        for name in facts.names
        if name.key not in needs.keys and not set(content_words(name.text)) & asked and name.kind in _VALUE_KINDS
    ]
    if short is not None:
        return next((name for name in new if text[name.start : name.end] == short.text), None)
    fitting = [name for name in new if name.kind == needs.kind] or [name for name in new if name.kind == "name"]
    return fitting[0] if len({name.key for name in fitting}) == 1 else None


def _clause(text: str, language: str, start: int, end: int) -> str:
    """The clause around a value, the value taken out."""
    low = max((match.end() for match in _CLAUSE_END.finditer(text, 0, start)), default=0)
    following = _CLAUSE_END.search(text, end)
    high = following.start() if following else len(text)
    around = f"{text[low:start]} {text[end:high]}"
    if len(content_words(around, language)) < LEAST_WORDS:
        around = f"{text[:start]} {text[end:]}"
    return around


# -- whether two claims are of one thing ------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """The words of a question that tell what its figure, date or name is of."""

    vectors: np.ndarray
    weights: np.ndarray

    @classmethod
    def of(cls, needs: Needs, index: Index, *, names: bool = False) -> Asked:
        """The words of `needs`, with their vectors; names are left out unless wanted."""
        words = content_words(needs.text, needs.language)
        wanted = index.vocabulary.wanted(needs.text, needs.language, index.encoder)
        named = {word for name in needs.names for word in content_words(name.text, needs.language)}
        kept = [place for place, word in enumerate(words) if names or word not in named]
        return cls(wanted.vectors[kept], wanted.weights[kept])

    def among(self, words: Sequence[str], index: Index) -> np.ndarray:
        """How much of each asked word stands among `words` of the corpus, 0 to 1."""
        from kzrag.index.vocabulary import likeness

        vectors, _ = index.vocabulary.meanings(words)
        if not len(vectors) or not len(self.weights):
            return np.zeros(len(self.weights), np.float32)
        nearest: np.ndarray = likeness(self.vectors @ vectors.T).max(axis=1)
        return nearest

    def share(self, words: Sequence[str], index: Index) -> float:
        """Share of what is asked that stands among `words`, 0 to 1."""
        total = float(self.weights.sum())
        return float((self.weights * self.among(words, index)).sum()) / total if total else 0.0


def unsaid(asked: Asked, mine: Claim, other: Claim, index: Index) -> float:
    """Share of what is asked that `mine` speaks of and `other` doesn't, 0 to 1."""
    one, two = (
        asked.among(content_words(each.text, each.language), index)
        for each in (mine.piece.sentence, other.piece.sentence)
    )
    total = float((asked.weights * one).sum())
    return float((asked.weights * np.maximum(one - two, 0)).sum()) / total if total else 0.0


def shared(mine: Claim, other: Claim, index: Index) -> float:
    """Share of what is said around one value that is said around the other too, 0 to 1; the shorter one's share."""
    return alike(mine.clause, other.clause, (mine.piece.sentence.language, other.piece.sentence.language), index)


def alike(a: str, b: str, languages: tuple[str, str], index: Index) -> float:
    """Share of the words of the shorter of two texts that the other has or has the like of, in any language, 0 to 1."""
    from kzrag.index.vocabulary import likeness

    one, weights = index.vocabulary.meanings(content_words(a, languages[0]))
    two, others = index.vocabulary.meanings(content_words(b, languages[1]))
    if not len(weights) or not len(others):
        return 0.0
    near = likeness(one @ two.T)
    forth = float((weights * near.max(axis=1)).sum() / weights.sum())
    back = float((others * near.max(axis=0)).sum() / others.sum())
    return max(forth, back)


# Measured on pairs of figures, dates and names of the tuning cases and of invented ones (docs/log.md): of two of one
# thing at most so much of what is asked is said of the one only …
MOST_UNSAID = 0.45
# … and at least so much of what stands around the one stands around the other.
LEAST_SHARED = 0.40
# A name or a date may stand in a sentence for many reasons: these have to be told of in nearly the same words.
MOST_UNSAID_NAME, LEAST_SHARED_NAME = 0.20, 0.60
MOST_UNSAID_DATE, LEAST_SHARED_DATE = 0.30, 0.50
_BOUNDS = {
    "figure": (MOST_UNSAID, LEAST_SHARED),
    "name": (MOST_UNSAID_NAME, LEAST_SHARED_NAME),
    "date": (MOST_UNSAID_DATE, LEAST_SHARED_DATE),
}


def exclude(asked: Asked, mine: Claim, other: Claim, index: Index) -> Verdict:
    """Whether two values that are given to one question exclude each other, are one, or are of different things."""
    most, _ = _BOUNDS["name" if mine.name is not None else "date" if mine.dated else "figure"]
    if unsaid(asked, mine, other, index) > most:
        return "apart"
    return same_thing(mine, other, index)


def same_thing(mine: Claim, other: Claim, index: Index) -> Verdict:
    """The same by what the two sentences say alone, whatever was asked."""
    least = _BOUNDS["name" if mine.name is not None else "date" if mine.dated else "figure"][1]
    verdict = _values(mine, other)
    if verdict != "conflict":
        return verdict
    if shared(mine, other, index) < least:
        return "apart"
    return "conflict" if one_scope(_scope(mine), _scope(other)) else "apart"


def _values(mine: Claim, other: Claim) -> Verdict:
    if mine.name is not None and other.name is not None:
        return _names(mine.name, other.name)
    a, b = mine.value, other.value
    if a is None or b is None:
        return "apart"
    if a.quantity is not None and b.quantity is not None:
        return _figures(a.quantity, b.quantity)
    if a.date is not None and b.date is not None:
        return "agree" if same_date(a.date, b.date) else "conflict"
    return "apart"


def _figures(a: Quantity, b: Quantity) -> Verdict:
    if not units_agree(a, b):
        return "apart"
    if same_quantity(a, b) or rounds_to(a, b) or rounds_to(b, a):
        return "agree"
    low, high = (a, b) if a.value < b.value else (b, a)
    ratio = high.value / low.value if low.value > 0 else float("inf")
    if "about" in (a.approx, b.approx) and ratio <= 1 + _ABOUT_MEANS:
        return "agree"
    if low.approx == "over" or high.approx == "under":
        return "agree" if ratio <= _OVER_MEANS else "apart" if ratio <= _OVER_ALLOWS else "conflict"
    return "conflict"


def _names(a: Name, b: Name) -> Verdict:
    if a.key == b.key:
        return "agree"
    one, two = set(fold(a.text).split()), set(fold(b.text).split())
    if one <= two or two <= one:
        return "agree"  # a surname, and the name in full
    if a.kind != b.kind or _within(a, b):
        return "apart"
    return "conflict"


def _within(a: Name, b: Name) -> bool:
    """Whether one name may be in the other: of a city and a country both can be true."""
    return is_country(a.key) != is_country(b.key)


def _scope(claim: Claim) -> Scope:
    value = claim.name.key if claim.name is not None else None
    return Scope(
        said=claim.piece.sentence.text,
        clause=claim.clause,
        times=tuple(
            date
            for date in claim.facts.dates
            if not (date.start < claim.end and claim.start < date.end) and date.iso[:1].isdigit()
        ),
        places=frozenset(
            name.key
            for name in claim.facts.names
            if name.kind == "place" and name.key != value and name.text in claim.clause
        ),
        named=claim.facts.keys,
        published=claim.published,
    )
