"""A follow-up's answer speaks of what was spoken of, and stands near the last one: articles go on where they were.

How much of the last question and answer a sentence has is told by their words, the rare ones first; the sentence that
the last answer came from is found by its meaning, and sentences around it gain a little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kzrag.answering.facts import facts_in, holds_name
from kzrag.answering.held import is_new
from kzrag.records import Evidence
from kzrag.text.language import primary
from kzrag.text.names import names
from kzrag.text.quantities import Quantity

if TYPE_CHECKING:
    import numpy as np

    from kzrag.answering.needs import Needs
    from kzrag.index import Index

ABOUT = 1.5
"""Log odds between a sentence that has all of the last question or answer and one that has nothing of either; 1 to 2
answered as many of 27 tuning cases and 56 other dialogues right, 2.5 fewer."""
RELATED = 0.5
"""Share of what the sentence most about it has, from which on another one speaks of it too."""
ASKED_HERE = (0.85, 0.6)
"""How much of the question's own words a sentence has, or their likes, from which on it speaks of what is asked; less
in another language, where the words of the last question and answer are likened less as well."""
BESIDE = 2
"""Sentences on either side that say what one is about."""
GAIN = 1.0
"""Log odds that the sentence itself gains; half of it two sentences away."""
HALF_AWAY = 2
FARTHEST = 8
"""Sentences: beyond this another paragraph speaks of something else."""
MOST_PLACES = 40
"""Pieces of evidence around which the old answer's sentence is looked for: in a large corpus not everywhere."""
LEAST_ALIKE = 0.5
"""Cosine below which no sentence is where the answer came from."""
TOLD = 2.0
"""Log odds that a sentence loses whose only figure answered the question before; one that has it gains as much when
the question is who says so."""
LONGEST_SAID = 400
"""Characters of the last answer that its vector and its words are taken from: what an encoder reads."""


def leaned(evidence: Sequence[Evidence], needs: Needs, said: np.ndarray | None, index: Index) -> list[Evidence]:
    """`evidence`, best first again: what speaks of what was spoken of gains, and what stands near the sentence most
    like the vector of `said`. A figure or a date that does neither is not the one asked for."""
    if not evidence or not len(index.sentences):
        return list(evidence)
    anchors = [] if said is None else _anchors(evidence, said, index)
    weighed: list[Evidence] = []
    for piece, share in zip(evidence, _about(evidence, needs, index), strict=True):
        near = _gain(piece, anchors, index)
        elsewhere = needs.wider is not None and share < RELATED and not near and not _speaks_of_it(piece, needs, index)
        kind = 0.0 if elsewhere and needs.kind in ("figure", "date") else piece.kind
        gain = near + ABOUT * (share - RELATED) + _of_what_was_told(piece, needs, index)
        weighed.append(replace(piece, kind=kind, score=_raised(piece.score, gain)))
    return sorted(weighed, key=lambda piece: -piece.score)


def _of_what_was_told(piece: Evidence, needs: Needs, index: Index) -> float:
    """What a sentence gains for having the figure that is asked after, or loses for having only what was told."""
    if needs.kind not in ("figure", "date", "who_said") or not needs.told:
        return 0.0
    facts = facts_in(piece.sentence, index)
    if needs.kind == "date":
        return -TOLD if facts.told and not any(is_new(date, needs.told) for date in facts.told) else 0.0
    units = {told.unit for told in needs.told if isinstance(told, Quantity)}
    own = [quantity for quantity in facts.quantities if quantity.unit in units]
    new = [is_new(quantity, needs.told) for quantity in own]
    if needs.kind == "who_said":
        return TOLD if not all(new) else 0.0
    return -TOLD if own and not any(new) else 0.0


def _speaks_of_it(piece: Evidence, needs: Needs, index: Index) -> bool:
    """Whether a sentence far from the last answer has what is asked so fully that it may be the one asked for.

    In the question's own language that takes a name of the last question as well, in it or beside it.
    """
    across = primary(piece.sentence.language) != primary(needs.language)
    if piece.like < ASKED_HERE[across]:
        return False
    near = [facts_in(index.sentences[number], index) for number in _within(piece, BESIDE, index)]
    return across or any(holds_name(facts, name) for facts in near for name in names(needs.before))


def _about(evidence: Sequence[Evidence], needs: Needs, index: Index) -> list[float]:
    """How much of the last question or of the last answer each piece has in it or beside it, 1 for the one with most.

    A word counts as had where its like is, in any language, and the more the fewer sentences have it.
    """
    import numpy as np

    places = [_within(piece, BESIDE, index) for piece in evidence]
    numbers = sorted({number for place in places for number in place})
    shares = [
        index.vocabulary.coverage(index.vocabulary.wanted(text, needs.language, index.encoder), numbers)
        for text in (needs.before, needs.said[:LONGEST_SAID])
    ]
    had = dict(zip(numbers, np.max(shares, axis=0).tolist(), strict=True))
    most = max(had.values())
    if not most:
        return [RELATED] * len(places)
    return [max(had[number] for number in place) / most for place in places]


def _anchors(evidence: Sequence[Evidence], said: np.ndarray, index: Index) -> list[int]:
    """The sentence that the last answer came from, and its translations; nothing where none is like it."""
    numbers = sorted({number for piece in evidence[:MOST_PLACES] for number in _within(piece, FARTHEST, index)})
    alike = index.sentence_vectors[numbers] @ said
    best = int(alike.argmax())
    if float(alike[best]) < LEAST_ALIKE:
        return []
    return [numbers[best], *index.parallels.get(numbers[best], ())]


def _within(piece: Evidence, distance: int, index: Index) -> range:
    number = piece.sentence.number
    return range(max(0, number - distance), min(len(index.sentences), number + distance + 1))


def _gain(piece: Evidence, anchors: Sequence[int], index: Index) -> float:
    best = 0.0
    for number in anchors:
        anchor = index.sentences[number]
        away = abs(anchor.number - piece.sentence.number)
        if (
            anchor.document_id == piece.sentence.document_id
            and anchor.voice == piece.sentence.voice
            and away <= FARTHEST
        ):
            best = max(best, GAIN / (1 + away / HALF_AWAY))
    return best


def _raised(score: float, gain: float) -> float:
    """A probability with `gain` added to its log odds."""
    if not gain or not 0.0 < score < 1.0:
        return score
    return 1.0 / (1.0 + math.exp(-(math.log(score / (1.0 - score)) + gain)))
