"""What one sentence states: its words, figures, dates and names, read once; whether it states anything at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kzrag.corpus import interviews
from kzrag.records import Sentence
from kzrag.text.dates import Date, dates
from kzrag.text.language import fold, has_han, script
from kzrag.text.names import Name, expand, names, powers, same_name
from kzrag.text.quantities import Quantity, quantities
from kzrag.text.references import told_dates
from kzrag.text.words import content_terms, without

if TYPE_CHECKING:
    from kzrag.index import Index

# A sentence with fewer words of its own states nothing: a signature, a cry, a heading's end.
LEAST_TERMS = 2


NAMES_REMEMBERED = 64
"""Names that a sentence remembers having been asked for."""


@dataclass(frozen=True)
class Facts:
    """What one sentence states, read once."""

    terms: frozenset[str]
    quantities: tuple[Quantity, ...]
    dates: tuple[Date, ...]
    names: tuple[Name, ...]
    told: tuple[Date, ...] = ()
    """Those of `dates` that are not a source's, named in brackets."""

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(name.key for name in self.names)

    @cached_property
    def powers(self) -> frozenset[str]:
        """The names' keys, and the countries that seats of power among them stand for."""
        return powers(self.keys)

    @cached_property
    def held(self) -> dict[tuple[str, str], bool]:
        """Which names it was found to have or not, by key and spelling; questions ask for the same ones."""
        return {}


@lru_cache(maxsize=16384)
def facts_of(text: str, language: str, published: str | None) -> Facts:
    """The terms, figures, dates and names of a sentence; relative dates resolved against `published`."""
    found = tuple(dates(text, published))
    figures = tuple(
        quantity
        for quantity in quantities(text)
        if not any(quantity.start < date.end and date.start < quantity.end for date in found)
    )
    terms = frozenset(content_terms(text, language))
    return Facts(terms, figures, found, tuple(names(text)), told_dates(text, found))


def facts_in(sentence: Sentence, index: Index) -> Facts:
    """What a sentence of the corpus states, relative dates resolved against its document's."""
    return facts_of(sentence.text, sentence.language, index.documents[sentence.document_id].published)


FAMILIAR = 4_000
"""Sentences read beforehand, at about a millisecond each; as many as are remembered several times over."""


def familiarise(index: Index) -> None:
    """Read the facts of the corpus's sentences, so that no question has to."""
    for sentence in index.sentences[:FAMILIAR]:
        facts_in(sentence, index)
        states(sentence.text, sentence.language)


@lru_cache(maxsize=16384)
def states(text: str, language: str) -> bool:
    """Whether a sentence has words enough of its own, beside the names in it, to state something."""
    rest = without(text, ((name.start, name.end) for name in names(text)))
    terms = {term for term in content_terms(rest, language) if term[0] != "@" and not term.isdecimal()}
    return len(terms) >= LEAST_TERMS


@lru_cache(maxsize=16384)
def asks(text: str) -> bool:
    """Whether a sentence asks instead of stating: an author's rhetorical question is no evidence, nor what an
    interviewer puts to somebody."""
    return interviews.is_question(text) or text.rstrip(" \t\n\"'”’」』»)）").endswith(("?", "？"))


_ANAPHORIC = re.compile(
    r"^(the (stated |official |given )?reasons?( \w+)? (is|are|was|were)|in the same year|"
    r"this (move|decision|behavior|action|situation|operation|is|was|proposal|step)|these|that is|such steps?|"
    r"he |she |it |they |its |to that end|subsequently|however|but |therefore|moreover|then |in other words|i\.e\.)"
    r"|^(也就是说|换句话说|换言之|同年|理由|原因|这|此举|该|其(?![中次一二三四五六])|他|她|它|因此|不过|但|对此|随后)"
    r"|^(причин\w+|в том же году|это|этот|эти|он |она |они |поэтому|однако|но |затем)"
    r"|^(то есть|иными словами|иначе говоря)"
    r"|^(яғни|демек|басқаша айтқанда)",
)


@lru_cache(maxsize=16384)
def leans(text: str) -> bool:
    """Whether a sentence leans on the one before it."""
    return _ANAPHORIC.match(fold(text).lstrip("\"'“”「")) is not None


_SPEECH = re.compile(
    r"\b(said|says|stat\w+|announc\w+|declar\w+|told|claim\w*|propos\w+|emphasi[sz]\w+|respond\w+|according|call\w*|"
    r"argu\w+|mention\w*|warn\w*|believ\w+)\b"
    r"|表示|称|宣布|指出|强调|回应|告知|直言|认为|提议|提出|呼吁|质疑"
    r"|\b(сказал\w*|заяв\w+|сообщ\w+|счита\w+|утвержда\w+|предлож\w+|подчеркну\w+)\b"
    r"|деді|дейді|айтты|айтады|мәлімде|хабарла|ұсын"
)


def says(text: str) -> bool:
    """Whether a sentence tells what somebody said."""
    return _SPEECH.search(fold(text)) is not None


_REPORTS = (
    re.compile(
        r"(?:['’]s)?,? (?:said|says|told|adds|added|announced|reported|explained|wrote)\b|(?:说|表示|称|指出|告诉|透露)"
    ),
    re.compile(
        r"\b(?:said|says|told|added|according to|сообщил[аи]?|сказал[аи]?|заявил[аи]?|рассказал[аи]?"
        r"|по словам|по данным)\b(?: [\w-]+){0,4} $|(?:据|根据)\w{0,6}$"
    ),
)
"""What stands behind and before a name that only tells what the sentence says."""


@lru_cache(maxsize=16384)
def tellers(text: str) -> frozenset[str]:
    """Keys of those by whom a sentence is told, and of whom it tells nothing: "…, spokesman Ole Dahl said"."""
    folded, behind, before = fold(text), *_REPORTS
    return frozenset(
        name.key for name in names(text) if behind.match(folded, name.end) or before.search(folded, 0, name.start)
    )


def holds_name(facts: Facts, name: Name) -> bool:
    """Whether a sentence has a name: by its key, spelled out in a longer one (CIS in "CIS Monetary Committee"), or by
    the country that a seat of power stands for."""
    asked = name.key, name.text
    if (known := facts.held.get(asked)) is None:
        if len(facts.held) > NAMES_REMEMBERED:
            facts.held.clear()
        known = facts.held[asked] = _has_name(facts, name)
    return known


def _has_name(facts: Facts, name: Name) -> bool:
    if not facts.powers.isdisjoint(powers((name.key,))):
        return True
    if any(_has_part(longer.text, name.key) for longer in facts.names):
        return True
    spelled = _spelled(name.text)
    if spelled and spelled <= facts.terms:
        return True
    # Where no file of names helps, the ear does: Ostrel, Острел, 奥斯特雷尔.
    return not name.known and any(not other.known and _heard(name, other) for other in facts.names)


def _heard(one: Name, other: Name) -> bool:
    """Whether two unknown names in different scripts sound the same, whole or one as the last word of the other."""
    if script(one.text) == script(other.text):
        return False
    return any(same_name(one.key, heard) for heard in (other.key, *other.key.split("_")))


@lru_cache(maxsize=4096)
def _spelled(name: str) -> frozenset[str]:
    return frozenset(term for term in content_terms(name) if term[0] != "@")


@lru_cache(maxsize=16384)
def _has_part(longer: str, key: str) -> bool:
    """Whether a spelling of a known name stands in a longer known one, in whatever language: ООН in "UN Charter"."""
    text = fold(longer)
    return any(
        spelling in text if has_han(spelling) else re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", text) is not None
        for spelling in map(fold, expand(key))
        if len(spelling) < len(text)
    )
