"""Whether the passages that hold a gold sentence are found, and by which way of searching.

An answer may be right although one way of searching is broken, because the other makes up for it; here it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzrag.evaluation.cases import Case
from kzrag.evaluation.scorers import NOT_JUDGED, Score, gold_spans, overlap
from kzrag.retrieval import Query, dense, hybrid, lexical
from kzrag.text.language import primary

if TYPE_CHECKING:
    from kzrag.index import Index

DEPTH = 10
"""Passages looked at; a gold one that comes later counts as not found."""

# A passage holds a gold sentence when this share of the sentence is in it.
_HOLDS = 0.5


def found(case: Case, question: str, index: Index | None) -> dict[str, Score]:
    """Reciprocal rank of the first passage with a gold sentence: by both, by words, by meaning.

    `question` stands alone (a follow-up as it was understood). Words are not judged where no gold sentence is in the
    question's language. Not judged at all without an index or gold quotes.
    """
    names = ("found", "found by words", "found by meaning")
    places = gold_spans(case, index.documents) if index is not None else []
    if index is None or not places or not question.strip():
        return dict.fromkeys(names, NOT_JUDGED)
    query = Query(question, language=case.language)
    scores = {}
    for name, search in zip(names, (hybrid, lexical, dense), strict=True):
        tongues = {primary(index.documents[place[0]].language) for place in places}
        if search is lexical and primary(case.language) not in tongues:
            scores[name] = NOT_JUDGED
            continue
        rank = next(
            (
                rank
                for rank, hit in enumerate(search(index, query, DEPTH), 1)
                if any(overlap((hit.document_id, hit.start, hit.end), place) >= _HOLDS for place in places)
            ),
            None,
        )
        explanation = "" if rank == 1 else f"first gold passage at place {rank}" if rank else "no gold passage found"
        scores[name] = Score(1 / rank if rank else 0.0, question, explanation)
    return scores
