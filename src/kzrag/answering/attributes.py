"""Whether a sentence tells the very thing asked of somebody or something: a minister's salary is not told by whatever
sum stands beside the minister, nor the year a bridge was built by any year in which it was crossed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kzrag.answering.needs import Needs
from kzrag.records import Evidence, Sentence
from kzrag.text.attributes import asked_in, tells
from kzrag.text.words import without

if TYPE_CHECKING:
    from kzrag.index import Index

_BESIDE = 1
"""Sentences before and after one in which what its figure or date is may have been said."""
# Who says something, and whether sources differ, is asked of a whole statement.
_OF_STATEMENTS = frozenset({"who_said", "sources"})


def telling_it(needs: Needs, evidence: Sequence[Evidence], index: Index) -> list[Evidence]:
    """The evidence in or beside which stands what a question asks of its thing; all of it where it asks nothing that
    can be told by words."""
    # What is counted has been looked for by its own noun.
    asked = frozenset[str]() if needs.kind in _OF_STATEMENTS or needs.counted is not None else asked_of(needs)
    return [piece for piece in evidence if all(_tells(piece, attribute, index) for attribute in asked)]


def asked_of(needs: Needs) -> frozenset[str]:
    """The attributes that a question asks for, beside the names in it."""
    return asked_in(without(needs.text, ((name.start, name.end) for name in needs.names)))


def _tells(piece: Evidence, attribute: str, index: Index) -> bool:
    own = piece.sentence
    return any(tells(sentence.text, attribute) for sentence in (own, *piece.parallel, *_beside(own, index)))


def _beside(own: Sentence, index: Index) -> list[Sentence]:
    numbers = range(max(0, own.number - _BESIDE), min(len(index.sentences), own.number + _BESIDE + 1))
    return [other for n in numbers if (other := index.sentences[n]).document_id == own.document_id]
