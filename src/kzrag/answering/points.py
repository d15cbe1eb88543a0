"""An answer that a text tells in points: what announces them and each of them, in their own words, in the room of one
answer.

The announcement alone shares most words with who asks for it, and answers nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kzrag.answering.evidence import shown_by
from kzrag.answering.listed import List, is_of, list_at
from kzrag.answering.needs import Needs
from kzrag.records import Evidence
from kzrag.text.ordinals import announced

if TYPE_CHECKING:
    from kzrag.index import Index

MOST_POINTS = 8
_TOLD_IN_POINTS = frozenset({"reason", "list", "statement"})
"""Kinds of questions to which an announcement that comes first has its points as the answer."""


def list_told(needs: Needs, evidence: Sequence[Evidence], nearly: float, index: Index) -> list[Evidence]:
    """The announcement and the points of the list that answers, in order; none where no list does.

    Args:
        nearly: share of the odds of the best piece that a list must have where it is not the best itself.
    """
    if needs.point is not None:
        return []
    best = evidence[0]
    found = list_at(best.sentence.number, index)
    if found is not None and best.sentence.number in found.heads[-1:] and needs.kind in _TOLD_IN_POINTS:
        return _pieces(found, evidence, index)
    if needs.several is None:
        return []
    for piece in evidence:
        if odds(piece) < nearly * odds(best):
            break
        found = list_at(piece.sentence.number, index)
        if found is None or len(found.points) > MOST_POINTS:
            continue
        if needs.several in (0, found.said, len(found.points)) and is_of(needs, found.heads[-1:], index):
            return _pieces(found, evidence, index)
    return []


def odds(piece: Evidence) -> float:
    """How likely a piece is to answer against how unlikely."""
    return piece.score / (1.0 - min(piece.score, 0.999))


def _pieces(found: List, evidence: Sequence[Evidence], index: Index) -> list[Evidence]:
    """What was found of a list, or else its sentences as they stand."""
    announcing = [n for n in found.heads[-1:] if announced(index.sentences[n].text) is not None]
    pieces: list[Evidence] = []
    for number in dict.fromkeys((*announcing, *found.points)):
        own = index.sentences[number]
        known = next((piece for piece in evidence if number in shown_by(piece)), None)
        pieces.append(Evidence(own, 0.0) if known is None else Evidence(known.sentence, 0.0, parallel=known.parallel))
    return pieces


def is_one_stretch(pieces: Sequence[Evidence], room: int) -> bool:
    """Whether pieces stand in one paragraph, one after the other, that may be quoted as a whole."""
    one = [piece.sentence for piece in pieces]
    together = all((a.document_id, a.block) == (b.document_id, b.block) and a.end <= b.start for a, b in pairwise(one))
    return together and one[-1].end - one[0].start <= room


def share_of_each(wanted: Sequence[float], room: float) -> float | None:
    """How much room each of some may have, where what the short ones leave is the others'; `None` where all fit."""
    left = room
    for place, each in enumerate(sorted(wanted)):
        if each * (len(wanted) - place) > left:
            return left / (len(wanted) - place)
        left -= each
    return None
