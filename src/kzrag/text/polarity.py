"""What a text denies, and when two texts say the opposite: negations and pairs of words that exclude each other.

A negation has a scope, from its cue to the end of the clause. What comes first in the scope is denied for sure
("does not *recognise* …"); the rest may be ("refused to follow Russia in *sending troops*").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kzrag.text.function_words import FUNCTION_WORDS
from kzrag.text.language import HAN, KAZAKH_LETTERS, fold, has_han, word_set
from kzrag.text.names import names
from kzrag.text.words import cut_chinese, stem_word

_CUE = re.compile(
    rf"""
    \b(?:not(?![ ](?:only|just|merely|to[ ]mention|least
            |too[ ]much[ ]to[ ]say))|never|nor|neither|none|nobody|nothing(?![ ]but)|without
        |cannot|no(?![ ](?:doubt|matter|less|more|fewer|later)\b|\.)|hardly|barely|scarcely|unable[ ]to
        |fail(?:s|ed|ing|ure)?[ ]to|refus(?:e|es|ed|ing|al)[ ]to|declin(?:e|es|ed|ing)[ ]to|instead[ ]of|rather[ ]than
        |far[ ]from|silent[ ]on|stopped[ ]short[ ]of|[a-z]*n't
        |(?:wo|do|does|did|is|are|was|were|has|have|had|could|would|should|ca)nt)\b
  | (?P<ru>\b(?:не(?![ ](?:только|менее|более|меньше|больше|раз)\b)|ни|нет|без(?![ ]вести)|никогда|нельзя|невозможно
        |вместо|отказ\w+(?=[ ][^\W\d_]+(?:ть|ться|ти|чь)\b))\b)
  | (?P<kkword>\b(?:емес|жоқ|ешқашан|ешкім|ештеңе)\b)
  | (?P<kkverb>\b[^\W\d_{HAN}]{{2,}}?[мбп][ае]
        (?:й(?:ды|ді|тын|тін|мін|мыз|міз)?|ды|ді|дық|дік|ған|ген|с|са|се|у|уы|уі)\b)
  | (?P<zh>
        (?<!差)不(?![仅但断少久过只管论愧等止光已禁惜时妨]|同(?!意))(?!得不)|没有?|未(?!来|必)|尚未|从未|并未
        |无(?![论疑数线限非家比])(?!人机)|(?<=并)非|非(?![常洲法])(?!政府)|拒绝|难以|而非|而不是)
    """,
    re.VERBOSE,
)
_CLAUSE_END = re.compile(
    r"(?<!\d),|[,.](?!\d)|[;:!?()，。；：、！？（）\n]|\b(?:but|however|although|while|whereas|но|а|однако|хотя|бірақ|алайда)\b"
    "|但|却|然而|而是"
)
_UNDONE = re.compile(
    r"\b(?:cancel\w*|revok\w+|annul\w*|overturn\w*|rescind\w*|lift(?:s|ed|ing)?|revers(?:es|ed|ing))\b"
    r"|取消|撤销|推翻|解除|\b(?:отмен\w+|аннулир\w+)\b|күшін жой"
)
"""What is done to a decision and turns what it decided round: a cancelled closure is no closure."""
_BESIDE = re.compile(r"(?:\b(?:and|then|и|және)\s+|[并而且和])$")
"""Before what is done as well as something else: who refused to come and cancelled flights did refuse."""
DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed)|disput(?:es|ed)|contradict(?:s|ed))\b|否认|反驳"
    r"|\b(?:отрица|опроверг)\w*|жоққа шығар|теріске шығар"
)
"""Somebody says that it is not so; runs on folded text."""
_FURTHEST = 80
"""Characters of a clause that a negation can govern."""
_WITHOUT_REACH = 25
"""Characters between "cannot" and its "without"."""

_PIECE = re.compile(f"[^\\W\\d_{HAN}]+|[{HAN}]+")
_NOT_DENIED = word_set(
    """
    longer mean want wants wanted intend intends intended plan plans planned try tries trying going able wish wishes
    need needs seem seems appear appears yet ever fully directly completely simply really actually entirely immediately
    been being single хочет хотел хотят собирается намерен планирует полностью прямо сразу еще больше уже
    想 要 再 曾 直接 完全 立即 打算 愿意
    """
)
"""Words between a negation and what it denies."""


@dataclass(frozen=True, slots=True)
class Stance:
    """The content words of a text by what it says of them: as stems, with the names taken out."""

    denied: frozenset[str]
    """What a negation is directly about."""
    in_scope: frozenset[str]
    """What else stands in the clause of a negation."""
    plain: frozenset[str]
    """What stands outside any negation."""
    sides: dict[str, frozenset[int]]
    """Pair of opposites -> the sides of it that the text takes: 1, -1; negation turns them round."""
    negations: int


class Spoken(NamedTuple):
    """The content words of a text as they are written, folded, by what it says of them; the fields of `Stance`."""

    denied: tuple[str, ...]
    in_scope: tuple[str, ...]
    plain: tuple[str, ...]


def spoken(text: str) -> Spoken:
    """What a text asserts and denies, in its own words."""
    read = _parsed(text)
    return Spoken(*(tuple(word.text for word in words) for words in (read.denied, read.in_scope, read.plain)))


@lru_cache(maxsize=1 << 13)
def stance(text: str) -> Stance:
    """What a text asserts and denies."""
    folded = fold(text)
    read = _parsed(text)
    named = {place for name in names(text) for place in range(name.start, name.end)}
    return Stance(
        frozenset(word.stem for word in read.denied),
        frozenset(word.stem for word in read.in_scope),
        frozenset(word.stem for word in read.plain),
        _sides(folded, {word.start for word in read.denied}, named),
        read.negations,
    )


@lru_cache(maxsize=1 << 13)
def _parsed(text: str) -> _Parsed:
    folded = fold(text)
    words = list(_content_words(text, folded))
    denied: dict[int, _Word] = {}
    scopes: list[tuple[int, int]] = []
    cues = _cues(text, folded)
    for cue in cues:
        start, end = _scope(folded, cue)
        scopes.append((start, end))
        if cue.lastgroup == "kkverb":
            about = [word for word in words if word.start == cue.start()]
        else:
            about = [word for word in words if start <= word.start < end and word.text not in _NOT_DENIED]
        if about:
            first = about[-1 if cue.lastgroup == "kkword" else 0]
            denied[first.start] = first
    outside_cues = [
        word
        for word in words
        if word.start not in denied and not any(cue.start() <= word.start < cue.end() for cue in cues)
    ]
    within = [word for word in outside_cues if any(low <= word.start < high for low, high in scopes)]
    return _Parsed(
        tuple(denied.values()),
        tuple(within),
        tuple(word for word in outside_cues if word not in within),
        len(cues),
    )


def _cues(text: str, folded: str) -> list[re.Match[str]]:
    """The negations; those within a verb only where the letters say that the text is Kazakh, and not in a name
    (Теңізбай: Kazakh puts its verbs last, and no capital there)."""
    kazakh = not KAZAKH_LETTERS.isdisjoint(folded)
    cues = [
        cue
        for cue in _CUE.finditer(folded)
        if cue.lastgroup != "kkverb" or (kazakh and not text[cue.start() : cue.start() + 1].isupper())
    ]
    # Who cannot live without gas denies neither.
    undone = {place for place in range(len(cues) - 1) if _cancel(folded, cues[place], cues[place + 1])}
    return [cue for place, cue in enumerate(cues) if place not in undone and place - 1 not in undone]


def _cancel(folded: str, cue: re.Match[str], following: re.Match[str]) -> bool:
    """Whether the second of two negations takes the first one back: cannot … without."""
    near = following.start() < _scope(folded, cue)[1] and following.start() - cue.end() <= _WITHOUT_REACH
    return near and following.group() in ("without", "без") and cue.group() not in ("without", "без")


class _Word(NamedTuple):
    start: int
    text: str
    stem: str


class _Parsed(NamedTuple):
    """The words of a text by what it says of them."""

    denied: tuple[_Word, ...]
    in_scope: tuple[_Word, ...]
    plain: tuple[_Word, ...]
    negations: int


def _content_words(text: str, folded: str) -> Iterator[_Word]:
    """The words of a text that are neither names nor function words nor adverbs in -ly."""
    kazakh = not KAZAKH_LETTERS.isdisjoint(folded)
    named = {place for name in names(text) for place in range(name.start, name.end)}
    for run in _PIECE.finditer(folded):
        start = run.start()
        for word in cut_chinese(run.group()) if has_han(run.group()) else (run.group(),):
            if start not in named and word not in FUNCTION_WORDS and not (word.endswith("ly") and len(word) > 5):
                yield _Word(start, word, word if has_han(word) else _verb_stem(word, kazakh))
            start += len(word)


def _verb_stem(word: str, kazakh: bool) -> str:
    verb = re.fullmatch(r"(.{2,}?)[мбп][ае](?:й\w*|д[ыі]|ған|ген|с[ае]?|у\w?)", word) if kazakh else None
    return verb[1] if verb is not None else stem_word(word, kazakh)


def _scope(folded: str, cue: re.Match[str]) -> tuple[int, int]:
    end = _CLAUSE_END.search(folded, cue.end(), min(len(folded), cue.end() + _FURTHEST))
    if cue.lastgroup in ("kkword", "kkverb"):  # Kazakh puts the negation last
        before = [stop.end() for stop in _CLAUSE_END.finditer(folded, max(0, cue.start() - _FURTHEST), cue.start())]
        return (before[-1] if before else max(0, cue.start() - _FURTHEST)), cue.end()
    return cue.end(), end.start() if end else min(len(folded), cue.end() + _FURTHEST)


class _Opposites(NamedTuple):
    """The words of `opposites.toml`, each with the pair it belongs to and its side of it."""

    words: dict[str, tuple[str, int]]
    stems: dict[str, tuple[str, int]]
    """Words that end in a star: what others begin with."""
    phrases: tuple[tuple[str, tuple[str, int]], ...]
    han: dict[str, list[tuple[str, tuple[str, int]]]]
    """By first character, the longest first."""


@lru_cache(maxsize=1)
def _opposites() -> _Opposites:
    pairs = tomllib.loads((Path(__file__).parent / "opposites.toml").read_text(encoding="utf-8"))
    words: dict[str, tuple[str, int]] = {}
    stems: dict[str, tuple[str, int]] = {}
    phrases: dict[str, tuple[str, int]] = {}
    han: dict[str, list[tuple[str, tuple[str, int]]]] = {}
    for pair, sides in pairs.items():
        for side, way in ((1, "for"), (-1, "against")):
            for word in map(fold, sides[way]):
                if has_han(word):
                    han.setdefault(word[0], []).append((word, (pair, side)))
                elif " " in word:
                    phrases.setdefault(word.rstrip("*"), (pair, side))
                elif word.endswith("*"):
                    stems.setdefault(word[:-1], (pair, side))
                else:
                    words.setdefault(word, (pair, side))
    for entries in han.values():
        entries.sort(key=lambda entry: len(entry[0]), reverse=True)
    return _Opposites(words, stems, tuple(phrases.items()), han)


@lru_cache(maxsize=1 << 14)
def _side_of(word: str) -> tuple[str, int] | None:
    known = _opposites()
    if word in known.words:
        return known.words[word]
    for cut in range(len(word), 2, -1):
        if word[:cut] in known.stems:
            return known.stems[word[:cut]]
    return None


def _sides(folded: str, denied: Set[int], named: Set[int]) -> dict[str, frozenset[int]]:
    known = _opposites()
    hits: list[tuple[int, tuple[str, int]]] = []
    for run in _PIECE.finditer(folded):
        if not has_han(run.group()):
            if (meaning := _side_of(run.group())) is not None:
                hits.append((run.start(), meaning))
            continue
        place = run.start()
        while place < run.end():
            entry = next((e for e in known.han.get(folded[place], ()) if folded.startswith(e[0], place)), None)
            if entry is not None:
                hits.append((place, entry[1]))
            place += len(entry[0]) if entry is not None else 1
    hits += [(folded.find(phrase), meaning) for phrase, meaning in known.phrases if phrase in folded]
    undone = [
        match.start()
        for match in _UNDONE.finditer(folded)
        if match.start() not in denied and _BESIDE.search(folded, 0, match.start()) is None
    ]
    found: dict[str, set[int]] = {}
    for start, (pair, sign) in hits:
        if start in named:
            continue  # the Last Frontier is nothing's end
        turned = start in denied or any(_one_clause(folded, start, place) for place in undone if place != start)
        found.setdefault(pair, set()).add(-sign if turned else sign)
    return {pair: frozenset(sides) for pair, sides in found.items()}


def _one_clause(folded: str, one: int, other: int) -> bool:
    return _CLAUSE_END.search(folded, min(one, other), max(one, other)) is None


def negated_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every stretch under a negation, its cue included."""
    folded = fold(text)
    spans = []
    for cue in _cues(text, folded):
        start, end = _scope(folded, cue)
        spans.append((min(start, cue.start()), max(end, cue.end())))
    return spans


def polarity(text: str) -> frozenset[str]:
    """The predicates that a text denies, as stems: {"recogn"} for "does not recognise"."""
    return stance(text).denied


def opposed(a: str, b: str) -> bool:
    """Whether one text asserts what the other denies: a predicate negated in one only, or opposite words for one thing.

    Both have to speak of the same: some content word, name or pair of opposites is theirs in common.
    """
    return bool(contradictions(a, b))


def contradictions(a: str, b: str) -> list[str]:
    """The predicates, or pairs of opposites, of which the two texts say the opposite."""
    first, second = stance(a), stance(b)
    found = [
        *sorted(first.denied & (second.plain - second.denied - second.in_scope)),
        *sorted(second.denied & (first.plain - first.denied - first.in_scope)),
    ]
    shared = first.sides.keys() & second.sides.keys()
    words = (first.denied | first.in_scope | first.plain) & (second.denied | second.in_scope | second.plain)
    agreed = any(first.sides[pair] == second.sides[pair] for pair in shared)
    if not (words or agreed or {name.key for name in names(a)} & {name.key for name in names(b)}):
        return []
    for pair in sorted(shared):
        mine, other = first.sides[pair], second.sides[pair]
        if len(mine) == len(other) == 1 and mine != other:
            found.append(pair)
    return found
