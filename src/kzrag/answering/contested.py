"""What a corpus disagrees on, without a question: pairs of sentences of independent sources that contradict each other.

The same tests as beside a question, on sentences that are near in meaning; a figure is held against every figure of the
other sentence, and of one matter the pair that is most surely of one thing speaks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kzrag.answering.claims import Claim, alike, every_figure, same_thing
from kzrag.answering.reasons import Reason, differ, reason
from kzrag.records import Evidence, Sentence
from kzrag.text.polarity import contradictions

if TYPE_CHECKING:
    from kzrag.index import Index

# Cosine below which two sentences are not looked at; the known contradictions of the bundled articles have .60 to .85.
NEAR_ENOUGH = 0.50
NEIGHBOURS = 14
# Share of their words that two sentences have in common when only a negation or two opposite words part them: .59 and
# more in the tests' disputes and the known one of the bundled articles, .42 and less in most that only seem to differ.
ALIKE_BUT_FOR_IT = 0.50
YES_OR_NO = "yes / no"
_BLOCK = 512
"""Sentences compared at once: what the vectors of a large corpus need in memory stays small."""


class Contested(NamedTuple):
    """Two sentences that contradict each other, and on what."""

    one: Sentence
    other: Sentence
    about: str
    sure: float


def contested(index: Index, limit: int = 20) -> list[Contested]:
    """What independent sources disagree on, the surest first.

    Compares each sentence with its nearest neighbours only, so that what is remembered grows with the corpus and not
    with its square.
    """
    found = sorted(_pairs(index), key=lambda pair: (-pair.sure, pair.one.number, pair.other.number))
    kept: list[Contested] = []
    used: set[frozenset[int]] = set()
    for pair in found:
        # A sentence and its translation disagree with the same others: the pair is shown once.
        same = {
            frozenset((a, b))
            for a in (pair.one.number, *index.parallels.get(pair.one.number, ()))
            for b in (pair.other.number, *index.parallels.get(pair.other.number, ()))
        }
        if same & used:
            continue
        used |= same
        kept.append(pair)
        if len(kept) == limit:
            break
    return kept


def _pairs(index: Index) -> Iterator[Contested]:
    import numpy as np

    vectors = np.asarray(index.sentence_vectors)
    sentences = index.sentences
    figures: dict[int, list[Claim]] = {}
    reasons: dict[int, Reason | None] = {}
    for start in range(0, len(sentences), _BLOCK):
        cosines = vectors[start : start + _BLOCK] @ vectors.T
        for row, one in enumerate(sentences[start : start + _BLOCK]):
            close = np.flatnonzero(cosines[row] >= NEAR_ENOUGH)
            for number in close[np.argsort(-cosines[row][close], kind="stable")][:NEIGHBOURS]:
                other = sentences[int(number)]
                if other.number <= one.number or (one.family, one.voice) == (other.family, other.voice):
                    continue
                for each in (one, other):
                    if each.number not in figures:
                        figures[each.number] = every_figure(each, index)
                        reasons[each.number] = reason(Evidence(each, 1.0), index)
                mine, yours = reasons[one.number], reasons[other.number]
                about = _figures(figures[one.number], figures[other.number], index)
                if about is None and mine is not None and yours is not None:
                    differs = differ(Evidence(one, 1.0), Evidence(other, 1.0), mine, yours, index)
                    about = "why" if differs else None
                about = about or _yes_or_no(one, other, index)
                if about is not None:
                    # A figure or a reason is held against its like; a yes and a no may be about two things after all.
                    sure = float(cosines[row][number]) - (1.0 if about == YES_OR_NO else 0.0)
                    yield Contested(one, other, about, sure)


def _figures(mine: Sequence[Claim], yours: Sequence[Claim], index: Index) -> str | None:
    """The two figures of one thing that exclude each other; neither may stand in the other sentence too."""
    if not mine or not yours:
        return None
    verdicts = [[same_thing(a, b, index) for b in yours] for a in mine]
    told_there = ["agree" not in column for column in zip(*verdicts, strict=True)]
    for a, row in zip(mine, verdicts, strict=True):
        for b, verdict, alone in zip(yours, row, told_there, strict=True):
            disputed = verdict == "conflict" and alone and "agree" not in row
            if disputed and a.value is not None and b.value is not None:
                return f"{a.value.text} / {b.value.text}"
    return None


def _yes_or_no(one: Sentence, other: Sentence, index: Index) -> str | None:
    if not contradictions(one.text, other.text):
        return None
    alike_enough = alike(one.text, other.text, (one.language, other.language), index) >= ALIKE_BUT_FOR_IT
    return YES_OR_NO if alike_enough else None
