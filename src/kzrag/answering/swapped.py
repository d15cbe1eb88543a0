"""Evidence about somebody else: the question names a country, person or body, and the sentence, what stands round it
and its document speak of another one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kzrag.answering.evidence import TELLING
from kzrag.answering.facts import Facts, facts_in, holds_name
from kzrag.answering.held import SAME_THING
from kzrag.answering.listed import list_at
from kzrag.answering.needs import Needs
from kzrag.records import Evidence, Sentence
from kzrag.text.ages import AGE, ASKED
from kzrag.text.clauses import clause_at, clauses
from kzrag.text.language import fold
from kzrag.text.names import Name, is_region, names, one_power, powers
from kzrag.text.words import without

if TYPE_CHECKING:
    from kzrag.index import Index

LOOKED_AT = 20
"""Pieces of evidence, best first, that are looked at: an answer is made of the first few."""
NEAR = 2
"""Sentences before and after one in which what it speaks of may have been named."""
SUBJECT = 0.3
"""Share of the sentences of a stretch of text that name what it is about; the others may then do without."""
STRETCH = 8
"""Sentences of such a stretch before a sentence, and as many after it."""
_ALTERNATIVES = re.compile(r"\bor\b|还是|或者?|\bили\b|\bәлде\b|\bнемесе\b")
_LANGUAGE = re.compile(
    r"\s*(?:languages?|alphabet|script|translation|speech|язык\w*|алфавит\w*|тіл\w*|$|[?？.])|[语文]"
)


def about_those_named(needs: Needs, evidence: Sequence[Evidence], index: Index) -> list[Evidence]:
    """The evidence near which every name stands that tells what the question is about (of alternatives: any)."""
    if needs.kind in ("figure", "date") and not needs.compares:
        evidence = [piece for piece in evidence if not _of_another_pair(facts_in(piece.sentence, index), needs)]
    if needs.units == {AGE}:
        evidence = _of_that_age(evidence, needs, index)
    elif needs.kind == "figure":
        evidence = [piece for piece in evidence if not _figures_of_another(piece.sentence, needs, index)]
    asked = [name for name in needs.names if _is_telling(name, needs, index)]
    if not asked:
        return list(evidence)
    enough = 1 if needs.compares or _ALTERNATIVES.search(fold(needs.text)) else len(asked)
    kept = [piece for piece in evidence[:LOOKED_AT] if _about(asked, needs, piece, index) >= enough]
    return [*kept, *evidence[LOOKED_AT:]] if kept else []


def _about(asked: Sequence[Name], needs: Needs, piece: Evidence, index: Index) -> int:
    """How many of the names a piece of evidence is about."""
    own = facts_in(piece.sentence, index)
    count = sum(holds_name(own, name) for name in asked)
    if count == len(asked) or (needs.kind in ("figure", "date") and _names_another(own, asked, needs)):
        return count  # a figure belongs to whom its own sentence names
    near = [own, *(facts_in(sentence, index) for sentence in (*around(piece.sentence, NEAR, index), *piece.parallel))]
    missing = [name for name in asked if not any(holds_name(facts, name) for facts in near)]
    if not missing:
        return len(asked)
    known = powers(origin(piece, index) | _subjects(piece.sentence, index))
    return len(asked) - sum(known.isdisjoint(powers((name.key,))) for name in missing)


_PLACES = ("place", "demonym")
_PERSONS = ("person", "name")
_LIKE_A_COUNTRY = ("european_union",)
"""Bodies that trade and are traded with."""


def _places(found: Sequence[Name]) -> list[Name]:
    """The countries and places among names that an alias file has, peoples among them."""
    return [name for name in found if name.known and name.kind in _PLACES]


def _names_another(own: Facts, asked: Sequence[Name], needs: Needs) -> bool:
    """Whether a sentence names a country or place that the question does not, and none of those asked about. A part of
    the world is none: the country asked about may be in it."""
    if any(holds_name(own, name) for name in asked) or not any(name.kind in _PLACES for name in asked):
        return False
    return _tells_of_others(own, needs, regions=False)


def _tells_of_others(own: Facts, needs: Needs, *, regions: bool = True) -> bool:
    """Whether a sentence names a country or place that the question does not; the US of "130 US dollars" is none."""
    others = [name for name in _places(own.names) if regions or not is_region(name.key)]
    others = [name for name in others if not any(q.start <= name.start and name.end <= q.end for q in own.quantities)]
    return any(not any(one_power(other.key, name.key) for name in needs.names) for other in others)


def _of_another_pair(own: Facts, needs: Needs) -> bool:
    """Whether a sentence is of one of the countries asked about and of a third one: what A has with C says nothing of
    what it has with B."""
    asked = _places(needs.names)
    held = [name for name in asked if holds_name(own, name)]
    if not held or all(any(one_power(name.key, other.key) for other in held) for name in asked):
        return False
    return _tells_of_others(own, needs)


def _figures_of_another(sentence: Sentence, needs: Needs, index: Index) -> bool:
    """Whether each figure of a sentence is in a clause that names only another country than those asked about: "its
    partners are A, B and C, of whom A takes 20 percent" does not tell what B takes. One that is asked about alone and
    named in the sentence is what all of it is about."""
    asked = _places(needs.names)
    own = facts_in(sentence, index)
    figures = [q for q in own.quantities if q.unit is not None and (not needs.units or q.unit in needs.units)]
    if not asked or not figures or (len(asked) == 1 and holds_name(own, asked[0])):
        return False
    parts = clauses(sentence.text)
    owners = [n for n in own.names if n.known and (n.kind in _PLACES or n.key in _LIKE_A_COUNTRY)]
    owners = [n for n in owners if not is_region(n.key)]
    owners = [n for n in owners if not any(figure.start <= n.start < figure.end for figure in figures)]
    for figure in figures:
        start, end = parts[clause_at(parts, figure.start)]
        # "…, of which 90 percent": a clause without a name goes on about the one before it.
        named = [n for n in owners if start <= n.start < end] or [n for n in owners if n.end <= start][-1:]
        if not named or any(one_power(name.key, other.key) for name in named for other in asked):
            return False
    return True


def _of_that_age(evidence: Sequence[Evidence], needs: Needs, index: Index) -> list[Evidence]:
    """The evidence that tells the age of who is asked about, by his name or else by what he is called, and behind it
    what names nobody: who that is, what stands round it may tell."""
    asked = _persons(needs.names)
    if asked:
        own = [piece for piece in evidence if _names_one(asked, piece, index)]
    else:
        called = without(needs.text, [match.span() for match in ASKED.finditer(fold(needs.text))])
        words = index.vocabulary.wanted(called, needs.language, index.encoder)
        if not len(words.weights):
            return list(evidence)
        own = [p for p in evidence if float(index.vocabulary.nearest(words, [p.sentence.number]).max()) >= SAME_THING]
    nobodys = [p for p in evidence if p not in own and _names_one((), p, index) is None]
    return own + nobodys if own else []


def _persons(found: Sequence[Name]) -> list[Name]:
    return [name for name in found if name.kind in _PERSONS]


def _names_one(asked: Sequence[Name], piece: Evidence, index: Index) -> bool | None:
    """Whether a piece names one of those, itself or, where it names nobody, by what it leans on; `None` where nobody is
    named."""
    for sentence in (piece.sentence, piece.before):
        facts = facts_in(sentence, index) if sentence is not None else None
        if facts is not None and any(holds_name(facts, name) for name in asked):
            return True
        if facts is not None and _persons(facts.names):
            return False
    return None


def origin(piece: Evidence, index: Index) -> set[str]:
    """Who speaks, and where."""
    document = index.documents[piece.sentence.document_id]
    parts = (piece.sentence.voice, document.publisher, document.author, document.title)
    return {name.key for part in parts if part for name in names(part)}


def _is_telling(name: Name, needs: Needs, index: Index) -> bool:
    """Whether an alias file has the name and few sentences do; what only describes ("Anglo-Dutch") names nobody."""
    if not name.known or index.lexical.rarity(f"@{name.key}") <= math.log1p(1.0 / TELLING):
        return False
    if name.kind == "demonym":
        text = needs.text
        joined = text[max(0, name.start - 1) : name.start] == "-" or text[name.end : name.end + 1] == "-"
        return not joined and _LANGUAGE.match(text, name.end) is None
    return name.kind in ("person", "place", "org")


def around(own: Sentence, reach: int, index: Index) -> list[Sentence]:
    """A sentence, so many of its document's before and after it, and what announces the list that it is of."""
    numbers = range(max(0, own.number - reach), min(len(index.sentences), own.number + reach + 1))
    found = list_at(own.number, index)
    listed = () if found is None else (n for n in found.heads if n not in numbers)
    return [index.sentences[n] for n in (*listed, *numbers) if index.sentences[n].document_id == own.document_id]


def _subjects(own: Sentence, index: Index) -> set[str]:
    """Names that the stretch of text round a sentence goes on speaking of."""
    stretch = around(own, STRETCH, index)
    counted = Counter(key for sentence in stretch for key in facts_in(sentence, index).keys)
    return {key for key, count in counted.items() if count >= SUBJECT * len(stretch)}
