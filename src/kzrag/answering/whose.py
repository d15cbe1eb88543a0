"""Whose words a sentence of an article is, where the article only passes them on: somebody it quotes over several
sentences, or the one it interviews. Says nothing where the sentence tells it itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kzrag.answering.facts import says
from kzrag.answering.needs import Needs
from kzrag.conversation.cues import ASKS_WHO
from kzrag.corpus import interviews
from kzrag.records import ARTICLE, Sentence
from kzrag.text.language import fold, has_han
from kzrag.text.names import names
from kzrag.text.sentences import sentence_spans
from kzrag.text.words import content_words

if TYPE_CHECKING:
    from kzrag.index import Index

_PRONOUN = re.compile(r"\b(?:he|she|they|он|она|они|ол|олар)\b|[他她]们?")
_NO_SUBJECT = re.compile(r"\b(?:in|at|of|from|to|with|by|on|about|в|на|из|о|об|с|у|к|от)\s+(?:the\s+)?$|[在于从]$")
"""What stands before a name that is not who speaks; a place that no table knows may look like a person."""
_POSSESSIVE = re.compile(r"['’]s?\b|的|[нд][ыі]ң\b")
MARKS = {"“": "”", "«": "»", "「": "」", "『": "』", '"': '"'}
"""Opening and closing quotation marks."""
_LONGEST_INTRODUCTION = 8
"""Paragraphs before the first question: behind more than that stands a list of questions and answers of nobody's."""
BACK = 3
"""Sentences before somebody's words in which "she said" may have its name."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is quoted, as the article names them."""

    name: str | None
    """As it stands in `named`; `None` where the article has only a description ("a driver")."""
    named: Sentence
    """The sentence that names or describes them."""
    says: Sentence
    """The sentence that gives them the words; `named` where that is the same, or an interview."""


def speaker(sentence: Sentence, index: Index) -> Speaker | None:
    """Who says a sentence of an article, when it stands whole within somebody's words and doesn't tell so itself."""
    if sentence.voice != ARTICLE:
        return None
    document = index.documents[sentence.document_id]
    block = document.blocks[sentence.block]
    text = document.raw[block.start : block.end]
    turn = interviews.turns(document).get(sentence.block)
    if turn is not None:
        return _interviewed(sentence, index) if turn else None
    inside = next(
        (
            (block.start + start, block.start + end)
            for start, end in quotations(text)
            if block.start + start <= sentence.start + 1 and sentence.end - _MARKS <= block.start + end
        ),
        None,
    )
    return _quoted(sentence, inside, index) if inside is not None else None


_MARKS = 1
"""Characters behind a quotation that still belong to its sentence: its full stop."""


@lru_cache(maxsize=1024)
def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of everything that stands in quotation marks, marks included, outermost only."""
    found: list[tuple[int, int]] = []
    start, closing, depth = -1, "", 0
    for place, character in enumerate(text):
        if start < 0:
            if character in MARKS:
                start, closing, depth = place, MARKS[character], 1
        elif character == closing:
            depth -= 1
            if not depth:
                found.append((start, place + 1))
                start = -1
        elif MARKS.get(character) == closing:
            depth += 1
    # A quotation that goes on in the next paragraph is not closed in this one.
    return (*found, (start, len(text))) if start >= 0 else tuple(found)


def _quoted(sentence: Sentence, inside: tuple[int, int], index: Index) -> Speaker | None:
    """Who says what stands `inside` two places of the document: told right behind it, right before it, or behind what
    was quoted before it."""
    start, end = inside
    around = _paragraph(sentence, index)
    first = next((each for each in around if each.start <= start < each.end), None)
    last = next((each for each in around if each.start < end <= each.end), None)
    before = next((each for each in reversed(around) if first is not None and each.end <= first.start), None)
    raw = index.documents[sentence.document_id].raw
    told = []
    if last is not None:
        told.append((last, raw[end : last.end], False))
    if first is not None:
        told.append((first, raw[first.start : start], True))
    if before is not None and _passes_on(before.text):
        told.append((before, unquoted(before.text), True))
    for each, words, leads in told:
        if sum(map(str.isalpha, words)) < _LEAST:
            continue
        names_it = _named(words, last=leads)
        if names_it is not None:
            return Speaker(names_it, each, each)
        if _PRONOUN.search(fold(words)):
            return _named_before(first or each, each, around)
        return Speaker(None, each, each) if says(words) else None
    return None


_LEAST = 4
"""Letters beside a quotation from which on they say something."""


def _passes_on(text: str) -> bool:
    """Whether a sentence passes on somebody's words, or says whose the next ones are."""
    return text.rstrip().endswith((":", "：")) or (says(text) and unquoted(text) != text)


def unquoted(text: str) -> str:
    """A text with blanks where it quotes, as long as before."""
    for start, end in quotations(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _named(words: str, *, last: bool) -> str | None:
    """The person named nearest to a quotation: the last name before it, the first one behind it."""
    folded = fold(words)
    found = [
        name
        for name in names(words)
        if name.kind in ("person", "name")
        and not _NO_SUBJECT.search(folded[: name.start])
        and not _POSSESSIVE.match(folded, name.end)
    ]
    pronouns = [match.start() for match in _PRONOUN.finditer(folded)]
    if not found:
        return None
    chosen = found[-1] if last else found[0]
    # "When Berg asked her, she said:": the nearer of the two speaks.
    nearer = any(place > chosen.start if last else place < chosen.start for place in pronouns)
    return None if nearer else words[chosen.start : chosen.end]


def _named_before(first: Sentence, tells: Sentence, around: Sequence[Sentence]) -> Speaker | None:
    """Who "he" or "she" is: whom the nearest sentence before names first."""
    earlier = [each for each in around if each.number < first.number][-BACK:]
    for each in reversed(earlier):
        named = _named(unquoted(each.text), last=False)
        if named is not None:
            return Speaker(named, each, tells)
    return None


def _paragraph(sentence: Sentence, index: Index) -> list[Sentence]:
    """The sentences of its paragraph, in order."""
    found = [sentence]
    for step in (-1, 1):
        number = sentence.number + step
        while 0 <= number < len(index.sentences) and _together(index.sentences[number], sentence):
            found.append(index.sentences[number])
            number += step
    return sorted(found, key=lambda each: each.number)


def _together(one: Sentence, other: Sentence) -> bool:
    return (one.document_id, one.block) == (other.document_id, other.block)


def _interviewed(sentence: Sentence, index: Index) -> Speaker | None:
    """Who answers in an interview: who is named most in what stands before its first question."""
    document = index.documents[sentence.document_id]
    first = min(interviews.turns(document), default=0)
    heads = [document.raw[block.start : block.end] for block in document.blocks[:first]]
    name = _most_named(tuple(heads), document.author or "")
    if name is None or len(heads) > _LONGEST_INTRODUCTION:
        return None
    candidates = (each for each in index.sentences[: sentence.number] if each.document_id == sentence.document_id)
    naming = [each for each in candidates if each.block < len(heads) and name in each.text]
    # What introduces them tells more than the heading.
    introduces = next((each for each in naming if each.block > 0), naming[0] if naming else None)
    return None if introduces is None else Speaker(name, introduces, introduces)


@lru_cache(maxsize=256)
def _most_named(heads: tuple[str, ...], author: str) -> str | None:
    """The person whom most of the paragraphs name, the first of several, but not who asks."""
    sentences = (words[start:end] for words in heads for start, end in sentence_spans(words))
    found = {
        sentence[name.start : name.end]: None
        for sentence in sentences
        for name in names(sentence)
        if name.kind in ("person", "name") and sentence[name.start : name.end] not in author
    }
    if not found:
        return None
    # Of "Tolland" and "Marek Tolland" the whole name.
    often = max(found, key=lambda name: sum(name in words for words in heads))
    return max((name for name in found if often in name), key=len)


def who_answers(needs: Needs, sentence: Sentence, index: Index) -> str | None:
    """The name of whoever a sentence gives as the answer to who says, thinks or does something: a commenter, the one
    quoted, else the one person it names whom the question doesn't."""
    if ASKS_WHO.search(fold(needs.text)) is None:
        return None
    if sentence.voice != ARTICLE:
        return sentence.voice
    told = speaker(sentence, index)
    if told is not None:
        return told.name
    found = {
        name.key: name.text for name in names(sentence.text) if name.kind == "person" and name.key not in needs.keys
    }
    return next(iter(found.values())) if len(found) == 1 else None


_FIRST_PERSON = re.compile(r"\b(?:i|i've|i'd)\b|我(?![们国方市省军])|(?<!\w)(?:я|мен|өзім)(?!\w)")
_DEED_WORDS = 2
"""Words of a question, names left out, among which the deed is: who "closed" it, whose "idea", who "first proposed"."""
_DID_WITHIN = 40
"""Characters behind "I" in which its verb begins."""
DEED_LIKE = 0.25
"""What a word is, as the vocabulary likens them, that may tell the same deed."""


def teller(needs: Needs, sentence: Sentence, index: Index) -> str | None:
    """The name of whoever says "I" did what is asked about, before anybody else is named: a commenter, who is quoted
    or interviewed, else the author. "I have heard" who did it tells of somebody else."""
    text = unquoted(sentence.text)
    folded = fold(text)
    if not any(_does(needs, text[found.end() :], sentence.language, index) for found in _FIRST_PERSON.finditer(folded)):
        return None
    if sentence.voice != ARTICLE:
        return sentence.voice
    told = speaker(sentence, index)
    return told.name if told is not None else index.documents[sentence.document_id].author


def _does(needs: Needs, words: str, language: str, index: Index) -> bool:
    """Whether what stands behind "I" begins with what is asked about."""
    from kzrag.index.vocabulary import likeness

    named = {word for name in needs.names for word in content_words(name.text, needs.language)}
    asked = content_words(needs.text, needs.language)
    deeds = [place for place, word in enumerate(asked) if word not in named][:_DEED_WORDS]
    verbs = content_words(words[:_DID_WITHIN], language)[: 2 if has_han(words) else 1]
    vectors, _ = index.vocabulary.meanings(verbs)
    if not len(vectors) or not deeds:
        return False
    wanted = index.vocabulary.wanted(needs.text, needs.language, index.encoder).vectors[deeds]
    return float(likeness(wanted @ vectors.T).max()) >= DEED_LIKE
