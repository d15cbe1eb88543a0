"""Every name of a sentence has to stand in a span, in whatever spelling, or to be the name of who says it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from kzrag.answering.gate.span import SpanText
from kzrag.text.language import fold, primary, script
from kzrag.text.names import Name, names, same_name, seat_of
from kzrag.text.quantities import quantities
from kzrag.text.sounds import sound_alike

_THE_COUNTRY = (
    re.compile(
        r"\b(?:the (?:country|nation|republic)|it|they|this country|страна|стране|республик\w*|они|елде)\b"
        "|该国|本国|国内|我国|当局|其|他们|它"
    ),
    re.compile(r"\b(?:its|their|the country's|страны|их|елдің)\b"),
)
_THE_PERSON = (
    re.compile(r"\b(?:he|him|she|the (?:president|leader|minister)|он|ему|она|президент\w*|ол)\b|他|她|总统|其"),
    re.compile(r"\b(?:his|her|его|ее|оның)\b"),
)
"""Words of a span that stand for a name of its surroundings: by themselves, and as possessives."""


_TONGUES = {"en": ("united_kingdom",), "zh": ("china",), "ru": ("russia",), "kk": ("kazakhstan",)}
"""The name in which the language of a passage is called: "in Chinese" says nothing of China."""


_CURRENCY = re.compile("[A-Z]{3}")
"""Canonical units of money: USD."""


def wrong_names(sentence: str, spans: Sequence[SpanText]) -> Iterator[str]:
    """One reason per name of the sentence that neither the spans nor their origin have."""
    text = "\n".join(span.text for span in spans)
    folded = fold(text)
    known = names(text)
    labels = [label for span in spans for label in span.labels]
    origin = names(". ".join(labels))
    origin_text = fold(" ".join(labels))
    scripts = {script(span.text) for span in spans}
    tongues = {tongue for span in spans for tongue in _TONGUES.get(primary(span.language), ())}
    money = [figure for figure in quantities(sentence) if figure.unit is not None and _CURRENCY.fullmatch(figure.unit)]
    for name in names(sentence):
        if any(figure.start <= name.start and name.end <= figure.end for figure in money):
            continue  # US dollars are money, not a country
        if name.key in tongues or any(one_name(name, other) for other in (*known, *origin)):
            continue
        spelled = fold(name.text)
        if spelled in folded or spelled in origin_text:
            continue
        if unverifiable(name, scripts):
            continue
        if not name.known and all(part in folded or part in origin_text for part in spelled.split()):
            continue
        if _stands_for(name, known, spans, fold(sentence)):
            continue
        yield f"name: “{name.text}” is in none of the passages"


def one_name(name: Name, other: Name) -> bool:
    """Whether two names are of the same; a capital is of its country too, and Джефф Дил of Geoff Diehl."""
    if same_name(name.key, other.key) or seat_of(name.key) == other.key or seat_of(other.key) == name.key:
        return True
    if name.known or other.known or not (name.key.isascii() and other.key.isascii()):
        return False  # the alias file knows how a known name is written elsewhere
    return script(name.text) != script(other.text) and sound_alike(name.key, other.key)


def unverifiable(name: Name, scripts: Collection[str]) -> bool:
    """Whether nobody can say how a name would be written in the scripts of the passages.

    An unknown name in Chinese, an abbreviation (НПЗ is a refinery), an organisation or a single capitalised word that
    may be translated (State Department, Labour).
    """
    own = script(name.text)
    if name.known or own in scripts:
        return False
    return (
        own == "han"
        or "han" in scripts
        or name.text.isupper()
        or name.kind in ("org", "treaty", "event")
        or (name.kind == "name" and "_" not in name.key)
    )


def _stands_for(name: Name, known: Sequence[Name], spans: Sequence[SpanText], sentence: str) -> bool:
    """Whether the sentence writes the name where a passage has a pronoun, or "the country".

    The name has to be in what surrounds the passage, or the passage to have no name that it could be instead; and the
    sentence has to have fewer such words than the passage: where both say "its", nothing was filled in.
    """
    person = name.kind == "person"
    if not person and name.kind not in ("place", "demonym"):
        return False
    words = _THE_PERSON if person else _THE_COUNTRY
    text = fold("\n".join(span.text for span in spans))
    if all(len(kind.findall(text)) <= len(kind.findall(sentence)) for kind in words):
        return False
    around = names("\n".join(span.context for span in spans if span.context))
    if around:
        return any(one_name(name, other) for other in around)
    return not any((other.kind == "person") == person for other in known if other.kind not in ("org", "treaty"))
