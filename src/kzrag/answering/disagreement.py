"""Where independent sources give different answers to one question.

A side is one voice of one family: a translation is no second source, a reader's comment is. A later update (the
sentences themselves speak of different dates), a different scope and a rounded figure are no conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kzrag.answering.evidence import facts_of, telling_names_held
from kzrag.answering.needs import Needs
from kzrag.answering.short import Short, short_answer
from kzrag.records import Evidence, Sentence
from kzrag.text.dates import same_date
from kzrag.text.polarity import contradictions, opposed, stance
from kzrag.text.quantities import Quantity, same_quantity

if TYPE_CHECKING:
    from kzrag.index import Index

Verdict = Literal["conflict", "agree", "apart"]

# A side speaks on the question when its best sentence is at least this likely to answer it …
SPEAKS = 0.30
# … and at least this share of what the best sentence has: below, it is another subject.
BESIDE_BEST = 0.45
# Cosine of two sentences that speak of one thing; translations of one sentence score about 0.75 and more.
SAME_SUBJECT = 0.45
# A side may name half of what the best one names: its neighbour sentence may have named the rest.
NAMES_APART = 0.5
# Figures are in conflict only when they are of one thing; unrelated figures of one unit were at .48 and below.
SAME_MEASURE = 0.55
# Dates and reasons are in conflict only when they are of one event, which names alone don't make.
SAME_EVENT = 0.60
# Two sentences as near as this say the same thing, and a second voice for it is worth the room.
CORROBORATES = 0.60
# Two reasons nearer than this are one reason in other words.
SAME_REASON = 0.80
MOST_SIDES = 4


@dataclass(frozen=True, slots=True)
class Side:
    """What one voice of one family says to the question."""

    evidence: Evidence
    short: Short | None

    @property
    def key(self) -> tuple[str, str]:
        return self.evidence.sentence.family, self.evidence.sentence.voice


def sides(needs: Needs, evidence: Sequence[Evidence], index: Index) -> list[Side]:
    """The best evidence of each independent voice that speaks on the question, best first."""
    if not evidence:
        return []
    best: dict[tuple[str, str], Side] = {}
    floor = max(SPEAKS, BESIDE_BEST * evidence[0].score)
    named = telling_names_held(needs, evidence[0], index, known=True)
    for place, piece in enumerate(evidence):
        if place and piece.score < floor:
            break
        # A sentence on another subject may hold a figure of the same unit; the names asked about tell it apart.
        if telling_names_held(needs, piece, index, known=True) < named - NAMES_APART:
            continue
        sentence = piece.sentence
        side = Side(piece, short_answer(needs, piece, index.documents[sentence.document_id].published))
        best.setdefault(side.key, side)
    return list(best.values())[:MOST_SIDES]


def denies(text: str, question: str) -> bool:
    """Whether a text negates what a question asks or takes for granted; opposite words alone don't tell."""
    return bool(stance(text).denied) and bool(contradictions(question, text))


def compare(needs: Needs, a: Side, b: Side, index: Index) -> Verdict:
    """Whether two sides conflict, agree, or speak of different things."""
    one, other = a.evidence.sentence, b.evidence.sentence
    if a.short and b.short:
        if a.short.quantity and b.short.quantity:
            return _compare_figures(a.short, b.short, one, other, index)
        if a.short.date and b.short.date:
            if _cosine(one, other, index) < SAME_EVENT:
                return "apart"
            return "agree" if same_date(a.short.date, b.short.date) else "conflict"
    if _cosine(one, other, index) < SAME_SUBJECT:
        return "apart"
    if opposed(one.text, other.text):
        return "conflict"
    if needs.kind == "yesno" and denies(one.text, needs.text) != denies(other.text, needs.text):
        return "conflict"
    if needs.kind == "reason" and a.evidence.kind == b.evidence.kind == 1.0:
        nearness = _cosine(one, other, index)
        if nearness < SAME_EVENT:
            return "apart"
        return "conflict" if nearness < SAME_REASON else "agree"
    return "agree" if _cosine(one, other, index) >= CORROBORATES else "apart"


def _compare_figures(a: Short, b: Short, one: Sentence, other: Sentence, index: Index) -> Verdict:
    assert a.quantity is not None and b.quantity is not None
    if same_quantity(a.quantity, b.quantity):
        return "agree"
    if a.quantity.unit != b.quantity.unit or _cosine(one, other, index) < SAME_MEASURE:
        return "apart"
    if a.when and b.when and not same_date(a.when, b.when):
        return "apart"
    return "conflict"


def _cosine(one: Sentence, other: Sentence, index: Index) -> float:
    return float(index.sentence_vectors[one.number] @ index.sentence_vectors[other.number])


@dataclass(frozen=True, slots=True)
class Compared:
    """The sides of a question and whether they conflict."""

    sides: tuple[Side, ...]
    conflict: bool


def compared(needs: Needs, evidence: Sequence[Evidence], index: Index) -> Compared:
    """The sides that belong into the answer: those that conflict with the best one, or all when asked to compare."""
    found = sides(needs, evidence, index)
    if len(found) < 2:
        return Compared(tuple(found), conflict=False)
    first, *others = found
    if needs.compares:
        return Compared(tuple(found), conflict=True)
    verdicts = {side.key: compare(needs, first, side, index) for side in others}
    conflicting = [side for side in others if verdicts[side.key] == "conflict"]
    if conflicting:
        return Compared((first, *conflicting), conflict=True)
    return Compared((first, *(side for side in others if verdicts[side.key] == "agree")), conflict=False)


# -- what the corpus disagrees on, without a question -----------------------------------------------------------

# Stricter than beside a question: nothing else says that two sentences speak of one thing.
_MINED_SUBJECT = 0.60
_SHARED_WORDS = 0.25


def mine(index: Index, limit: int = 20) -> list[tuple[Sentence, Sentence, str]]:
    """Pairs of sentences of different families or voices that conflict, with what they conflict on.

    Compares each sentence with its nearest neighbours only, so that cost grows with the corpus and not its square.
    """
    import numpy as np

    vectors = np.asarray(index.sentence_vectors)
    sentences = index.sentences
    scored: list[tuple[float, Sentence, Sentence, str]] = []
    seen: set[tuple[int, int]] = set()
    block = 512
    for start in range(0, len(sentences), block):
        cosines = vectors[start : start + block] @ vectors.T
        for row, own in enumerate(sentences[start : start + block]):
            close = np.flatnonzero(cosines[row] >= _MINED_SUBJECT)
            for number in close[np.argsort(-cosines[row][close], kind="stable")][:12]:
                other = sentences[int(number)]
                pair = (min(own.number, other.number), max(own.number, other.number))
                if pair in seen or (own.family, own.voice) == (other.family, other.voice):
                    continue
                seen.add(pair)
                why = _conflict_on(own, other, index)
                if why:
                    scored.append((float(cosines[row][number]), sentences[pair[0]], sentences[pair[1]], why))
    scored.sort(key=lambda item: (-item[0], item[1].number, item[2].number))
    kept: list[tuple[Sentence, Sentence, str]] = []
    used: set[int] = set()
    for _, one, other, why in scored:
        # A sentence and its translation disagree with the same others: show the pair once.
        group = {one.number, other.number, *index.parallels.get(one.number, ()), *index.parallels.get(other.number, ())}
        if group & used and {one.number, other.number} & used:
            continue
        used |= group
        kept.append((one, other, why))
        if len(kept) == limit:
            break
    return kept


def _conflict_on(one: Sentence, other: Sentence, index: Index) -> str | None:
    first = facts_of(one.text, one.language, index.documents[one.document_id].published)
    second = facts_of(other.text, other.language, index.documents[other.document_id].published)
    shared = first.terms & second.terms
    fewest = min(len(first.terms), len(second.terms)) or 1
    if len(shared) / fewest < _SHARED_WORDS:
        return None
    differing = _differing(first.quantities, second.quantities)
    if differing:
        return f"{differing[0].text} / {differing[1].text}"
    if opposed(one.text, other.text):
        return "yes / no"
    return None


def _differing(first: Sequence[Quantity], second: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The one figure of each side, in the same unit, that differ; several figures a side tell nothing."""
    for unit in sorted({q.unit for q in first if q.unit} & {q.unit for q in second if q.unit}):
        mine, theirs = [q for q in first if q.unit == unit], [q for q in second if q.unit == unit]
        if len(mine) == len(theirs) == 1 and not same_quantity(mine[0], theirs[0]):
            return mine[0], theirs[0]
    return None
