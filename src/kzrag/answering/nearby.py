"""A follow-up's answer stands near the last one: articles go on where they were.

The sentence that the last answer came from is found by its meaning, and sentences around it gain a little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kzrag.records import Evidence

if TYPE_CHECKING:
    import numpy as np

    from kzrag.index import Index

GAIN = 1.0
"""Log odds that the sentence itself gains; half of it two sentences away."""
HALF_AWAY = 2
FARTHEST = 8
"""Sentences: beyond this another paragraph speaks of something else."""
MOST_PLACES = 40
"""Pieces of evidence around which the old answer's sentence is looked for: in a large corpus not everywhere."""
LEAST_ALIKE = 0.5
"""Cosine below which no sentence is where the answer came from."""


def leaned(evidence: Sequence[Evidence], said: np.ndarray, index: Index) -> list[Evidence]:
    """`evidence`, best first again, with a gain for what stands near the sentence most like the vector of `said`."""
    if not evidence or not len(index.sentences):
        return list(evidence)
    numbers = sorted({number for piece in evidence[:MOST_PLACES] for number in _around(piece, index)})
    alike = index.sentence_vectors[numbers] @ said
    best = int(alike.argmax())
    if float(alike[best]) < LEAST_ALIKE:
        return list(evidence)
    anchor = numbers[best]
    anchors = [anchor, *index.parallels.get(anchor, ())]
    gained = [replace(piece, score=_raised(piece.score, _gain(piece, anchors, index))) for piece in evidence]
    return sorted(gained, key=lambda piece: -piece.score)


def _around(piece: Evidence, index: Index) -> range:
    number = piece.sentence.number
    return range(max(0, number - FARTHEST), min(len(index.sentences), number + FARTHEST + 1))


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
