"""What a piece of evidence answers to a question, and whether two such answers can both be true.

Two figures, dates or names exclude each other only when they are of the same thing: what is asked of them is said of
both, of the same year, place and part, as something that is and not as something planned.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from kzrag.answering.facts import Facts, asks, facts_of
from kzrag.answering.needs import Needs
from kzrag.answering.scope import Scope, one_scope
from kzrag.answering.short import Short, short_answer
from kzrag.answering.whose import teller
from kzrag.records import Evidence, Sentence
from kzrag.text.dates import Date, same_date
from kzrag.text.language import fold, primary
from kzrag.text.names import Name, is_country, names
from kzrag.text.polarity import DENIES, negated_spans
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
    once: bool = False
    """Whether what is asked for happened but once: then two dates are two accounts of it."""

    @property
    def family(self) -> tuple[str, str]:
        """The independent source: one voice of one family."""
        return self.piece.sentence.family, self.piece.sentence.voice

    @property
    def figure(self) -> Quantity | None:
        """The figure it answers by."""
        return self.value.quantity if self.value is not None else None

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
    name = _who_says_i(needs, sentence, index)
    if name is not None:
        short = Short(name.text)
        return Claim(
            piece,
            short,
            short,
            name,
            0,
            0,
            _asked_there(piece) + sentence.text,
            facts,
            published,
            _ONCE.search(fold(needs.text)) is not None,
        )
    start = end = 0
    value = short or (_only_figure(facts, sentence.text) if needs.kind == "figure" else None)
    if value is not None:
        place = value.quantity or value.date
        start = place.start if place is not None else max(sentence.text.find(value.text), 0)
        end = place.end if place is not None else start + len(value.text)
    if needs.kind == "place" or (needs.kind == "person" and not DENIES.search(fold(sentence.text))):
        name = _name_that_answers(needs, facts, sentence.text, short)
        if name is not None:
            start, end = name.start, name.end
    clause = _asked_there(piece) + _clause(sentence.text, sentence.language, start, end)
    once = needs.kind == "person" and _ONCE.search(fold(needs.text)) is not None
    return Claim(piece, short, value, name, start, end, clause, facts, published, once)


_ONCE = re.compile(
    r"\b(?:ideas?|first|originally|came up with|thought of|invent\w*|found(?:ed|er)|propos\w+|suggest\w*|initiat\w+)\b"
    r"|主意|点子|最早|最先|首先|首创|发明|创立|创办|提出|提议|发起|想出|ұсын|ойлап|алғаш|негізін"
    r"|\b(?:иде[яюи]|перв\w+|впервые|придума\w+|изобре\w+|основа(?:л|тел)\w*|предлож\w+|инициатор\w*)\b"
)
"""Asks whom something began with."""


def _asked_there(piece: Evidence) -> str:
    """The question in its text that a piece answers: what the answer is about may stand only there."""
    return f"{piece.before.text} " if piece.before is not None and asks(piece.before.text) else ""


def _who_says_i(needs: Needs, sentence: Sentence, index: Index) -> Name | None:
    """Asked who did it, whoever says "I did"."""
    who = teller(needs, sentence, index) if needs.kind == "person" else None
    if who is None:
        return None
    known = next(iter(names(who)), None)
    key = known.key if known is not None else fold(who).replace(" ", "_")
    return Name(key, 0, 0, who, "person", known=False) if key not in needs.known else None


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


def _clause(text: str, language: str, start: int, end: int, least: int = LEAST_WORDS) -> str:
    """The clause around a value, the value taken out; the sentence where the clause has less than `least` words."""
    low = max((match.end() for match in _CLAUSE_END.finditer(text, 0, start)), default=0)
    following = _CLAUSE_END.search(text, end)
    high = following.start() if following else len(text)
    around = f"{text[low:start]} {text[end:high]}"
    if len(content_words(around, language)) < least:
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


class Pair(NamedTuple):
    """What tells whether two values that are given to one question are of one thing; each 0 to 1 but `apart`."""

    beside: float
    """How well the other sentence answers, as a share of the better one's score."""
    alike: float
    """Cosine of the two sentences."""
    asked: float
    """Share of what is asked that both sentences speak of."""
    shared: float
    same_language: float
    apart: float
    """Logarithm of the ratio of two figures, 3 at most: who disagrees on a figure seldom differs by a power of ten."""
    no_figure: float
    """A date or a name may stand in a sentence for many reasons."""
    relative: float
    """Whether a date is told from the day of writing: "last year"."""


# A logistic model fitted by eval/pairs.py on 315 pairs of 97 questions: the tuning cases of both corpora and the
# invented disputes and quarrels of the tests. By folds of questions, 45 of the 53 pairs of one thing reach an even
# chance and 8 of the 262 others; fitted without the invented corpus, 8 of its 10 do and 4 of its 105.
_WEIGHTS = Pair(2.01, 2.72, 3.81, 1.42, -1.11, -1.57, -1.58, -1.21)
_BIAS = -3.49
# A little more than even: who is told of a dispute where there is none is told something false.
ONE_THING = 0.55
# Too little to call it a dispute and too much to keep it from the reader; and where two are known to differ, enough for
# a third. At .1 no more sides of 100 invented questions' disputes are shown, at .35 fewer.
PERHAPS_ONE_THING = 0.2
_FURTHEST_APART = 3.0


def exclude(asked: Asked, mine: Claim, other: Claim, index: Index, enough: float = ONE_THING) -> Verdict:
    """Whether two values that are given to one question exclude each other, are one, or are of different things.

    `mine` is the better answer of the two, `enough` the least chance that both are of one thing.
    """
    verdict = _values(mine, other)
    if verdict == "conflict" and (_denies(mine, other) or _denies(other, mine)):
        return verdict
    if verdict == "apart" or one_thing(pair(asked, mine, other, index)) < enough:
        return "apart"
    return verdict if verdict == "agree" or one_scope(_scope(mine), _scope(other)) else "apart"


def _denies(mine: Claim, other: Claim) -> bool:
    """Whether one value is what is denied beside the other: "it was finished in 1891, not in 1887"."""
    spans = negated_spans(mine.piece.sentence.text)

    def denied(each: Quantity | Date | Name) -> bool:
        return any(start <= each.start and each.end <= end for start, end in spans)

    if other.name is not None:
        return any(denied(name) and name.key == other.name.key for name in mine.facts.names)
    if other.value is None:
        return False
    if (figure := other.value.quantity) is not None:
        return any(denied(each) and _one_number(each, figure) for each in mine.facts.quantities)
    date = other.value.date
    return date is not None and any(denied(each) and same_date(each, date) for each in mine.facts.dates)


def _one_number(each: Quantity, value: Quantity) -> bool:
    # "380 metres, and not 412": the unit is not said twice.
    return same_quantity(each, value) or (each.unit is None and each.value == value.value)


def pair(asked: Asked, mine: Claim, other: Claim, index: Index) -> Pair:
    """What is known of two values as answers to one question."""
    one, two = mine.piece.sentence, other.piece.sentence
    figures = mine.figure is not None and other.figure is not None
    return Pair(
        beside=min(1.0, other.piece.score / mine.piece.score) if mine.piece.score else 1.0,
        alike=max(cosine(a, b, index) for a in _told_in(mine.piece) for b in _told_in(other.piece)),
        asked=min(asked.share(_words(_told_in(each)), index) for each in (mine.piece, other.piece)),
        shared=shared(mine, other, index),
        same_language=float(primary(one.language) == primary(two.language)),
        apart=_times_apart(mine.figure, other.figure) if mine.figure and other.figure else 0.0,
        no_figure=float(not figures),
        relative=float(any(each.value.date.relative for each in (mine, other) if each.value and each.value.date)),
    )


def _told_in(piece: Evidence) -> list[Sentence]:
    """The sentence of a piece, and the one before it where it leans on that: "Who ordered it?" – "She did." """
    return [piece.sentence] if piece.before is None else [piece.sentence, piece.before]


def _words(sentences: Sequence[Sentence]) -> list[str]:
    return [word for each in sentences for word in content_words(each.text, each.language)]


def cosine(one: Sentence, two: Sentence, index: Index) -> float:
    """How alike two sentences of the corpus are in meaning."""
    return float(index.sentence_vectors[one.number] @ index.sentence_vectors[two.number])


def one_thing(pair: Pair) -> float:
    """Chance that two values are of one thing, 0 to 1."""
    return 1.0 / (1.0 + math.exp(-_BIAS - sum(w * x for w, x in zip(_WEIGHTS, pair, strict=True))))


def _times_apart(a: Quantity, b: Quantity) -> float:
    return min(_FURTHEST_APART, abs(math.log(a.value / b.value))) if a.value > 0 and b.value > 0 else _FURTHEST_APART


def one_value(a: Claim, b: Claim) -> bool:
    """Whether two claims give the same figure, date or name, of whatever it is."""
    return _values(a, b) == "agree"


def facing(mine: Claim, other: Claim, index: Index) -> Claim:
    """`other` by that figure of its sentence which is most like the one of `mine`, where none of several is clear."""
    if other.given or mine.figure is None:
        return other
    figures = [
        each
        for each in every_figure(other.piece.sentence, index)
        if each.figure is not None and units_agree(mine.figure, each.figure)
    ]
    if not figures:
        return other
    return replace(max(figures, key=lambda each: shared(mine, each, index)), piece=other.piece)


# Without a question, two figures are of one thing when so much of what is said around the one is said around the other.
LEAST_SHARED = 0.40


def same_thing(mine: Claim, other: Claim, index: Index) -> Verdict:
    """The same by what the two sentences say alone, without a question."""
    verdict = _values(mine, other)
    if verdict != "conflict":
        return verdict
    if shared(mine, other, index) < LEAST_SHARED:
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
    sentence = claim.piece.sentence
    return Scope(
        said=sentence.text,
        clause=_clause(sentence.text, sentence.language, claim.start, claim.end, least=0),
        times=tuple(
            date
            for date in claim.facts.dates
            if not claim.once and not (date.start < claim.end and claim.start < date.end) and date.iso[:1].isdigit()
        ),
        places=frozenset(
            name.key
            for name in claim.facts.names
            if name.kind == "place" and name.key != value and name.text in claim.clause
        ),
        named=claim.facts.keys,
        published=claim.published,
    )
