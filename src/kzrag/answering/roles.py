"""Who does it to whom: "Did A send troops to B?" is not answered by what A sent to C, nor by what B sent to A."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kzrag.answering.facts import facts_in, holds_name
from kzrag.answering.needs import Needs
from kzrag.answering.swapped import LOOKED_AT, around
from kzrag.records import Evidence, Sentence
from kzrag.text.clauses import clause_at, clauses
from kzrag.text.dealings import Dealing, dealings, sorts_of
from kzrag.text.names import Name, is_country, is_region, one_power, same_name, seat_of

if TYPE_CHECKING:
    from kzrag.index import Index

_BESIDE = 1
"""Sentences before and after one in which the others of a dealing may be named."""
_MEASURED = frozenset({"trade", "produce"})
"""Sorts of which it is asked how much, and that are often told side by side."""
_OF_STATEMENTS = frozenset({"who_said", "sources"})
"""Who says something, and whether sources differ, is asked of a whole statement."""


def in_their_roles(needs: Needs, evidence: Sequence[Evidence], index: Index) -> list[Evidence]:
    """The evidence without what tells of such a dealing as is asked about only between others, or the other way
    round."""
    asked = _asked(needs)
    measured = sorts_of(needs.text) & _MEASURED if needs.kind == "figure" else frozenset()
    if not asked and not measured:
        return list(evidence)
    kept = [
        piece
        for piece in evidence[:LOOKED_AT]
        if not _measures_another(measured, piece, index) and not _tells_of_others(asked, piece, index)
    ]
    return [*kept, *evidence[LOOKED_AT:]] if kept else []


def _measures_another(measured: frozenset[str], piece: Evidence, index: Index) -> bool:
    """Whether a sentence, or each clause of it with a figure, tells how much is produced where it is asked how much is
    sold, or the other way round."""
    text = piece.sentence.text
    if not measured or sorts_of(text).isdisjoint(_MEASURED):
        return False
    parts = clauses(text)
    places = {clause_at(parts, figure.start) for figure in facts_in(piece.sentence, index).quantities}
    told = [text, *(text[slice(*parts[place])] for place in places)]
    whole, *each = [sorts_of(stretch) & _MEASURED for stretch in told]
    return measured.isdisjoint(whole) or (bool(each) and all(one and measured.isdisjoint(one) for one in each))


def tells_of_them(needs: Needs, piece: Evidence) -> bool:
    """Whether a sentence tells of a dealing like the one asked about with somebody in the role that the question gives
    them, and nobody else in it."""
    return any(_is_one(dealing, each) for dealing in _asked(needs) for each in _like(dealing, piece.sentence))


def _asked(needs: Needs) -> Sequence[Dealing]:
    return () if needs.kind in _OF_STATEMENTS else dealings(needs.text)


def _is_one(asked: Dealing, told: Dealing) -> bool:
    """Whether two dealings may well be one: who acts is the same, where that is asked, and nobody is another."""
    roles = {"go": (asked.doer, told.doer), "out": (asked.source, told.source), "in": (asked.goal, told.goal)}
    acts = roles[asked.way]
    shared = [acts] if acts[0] else list(roles.values())
    return any(_share(ours, theirs) for ours, theirs in shared) and not _is_another(asked, told)


def _tells_of_others(asked: Sequence[Dealing], piece: Evidence, index: Index) -> bool:
    """Whether a sentence tells of dealings like one asked about, and each of these is another one; or tells of none,
    and whoever is asked about and not in it is in another one beside it."""
    own = facts_in(piece.sentence, index)
    for dealing in asked:
        told = _like(dealing, piece.sentence)
        missing = [name for name in dealing.everybody if not holds_name(own, name)]
        if not told and missing:
            near = around(piece.sentence, _BESIDE, index)
            told = [
                each
                for other in near
                if any(holds_name(facts_in(other, index), name) for name in missing)
                for each in _like(dealing, other)
            ]
        if told and all(_is_another(dealing, each) for each in told):
            return True
    return False


def _like(asked: Dealing, sentence: Sentence) -> list[Dealing]:
    return [told for told in dealings(sentence.text) if told.sorts & asked.sorts]


def _is_another(asked: Dealing, told: Dealing) -> bool:
    """Whether two dealings can't be one: somebody else is in a role, or somebody is in the other one."""
    for ours, theirs in ((asked.doer, told.doer), (asked.source, told.source), (asked.goal, told.goal)):
        if ours and theirs and all(_are_two(one, other) for one in ours for other in theirs):
            return True
    for ours, right, wrong in (
        (asked.source or asked.doer, told.source or told.doer, told.goal),
        (asked.goal, told.goal, told.source or told.doer),
    ):
        if _share(ours, wrong) and not _share(ours, right):
            return True
    return False


def _share(some: Sequence[Name], others: Sequence[Name]) -> bool:
    return any(_are_one(one, other) for one in some for other in others)


def _are_one(one: Name, other: Name) -> bool:
    return one_power(one.key, other.key) or same_name(one.key, other.key)


def _are_two(one: Name, other: Name) -> bool:
    """Whether two names surely are of two: of two countries or of two persons. A city may be in the country, somebody
    may act for it, and what a name is of that no table has is a guess."""
    return not _are_one(one, other) and _sort(one) is not None and _sort(one) == _sort(other)


def _sort(name: Name) -> str | None:
    if name.kind == "person":
        return "person"
    if not name.known or is_region(name.key):
        return None
    return "country" if is_country(name.key) or seat_of(name.key) else None
