"""From retrieved passages to evidence: which sentences bear on the question, and how well.

A sentence is scored by meaning (the encoder), by words weighted by rarity, by whether it holds the kind of thing
asked, and by whether it satisfies what the question pins down: a question about 2050 is not answered by a sentence
about 2040. The sentences of one family are one piece of evidence, given in the reader's language where the family
has it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kzrag.answering.facts import Facts, asks, facts_in, facts_of, holds_name, leans, states
from kzrag.answering.held import (
    ELSEWHERE,
    FORMER,
    PAST,
    TOLD_BEFORE,
    bridged,
    elsewhere,
    kind_held,
    of_beginning,
    of_former,
    only_past,
    pins_held,
    told_of,
)
from kzrag.answering.listed import List, answers_as_list, inherits, lists_of, placed_as_asked
from kzrag.answering.needs import Needs
from kzrag.answering.topics import named_only
from kzrag.answering.whose import speaker, teller, unquoted
from kzrag.records import Evidence, Hit, Sentence
from kzrag.text.language import fold, has_han, primary
from kzrag.text.names import Name, names

if TYPE_CHECKING:
    import numpy as np

    from kzrag.index import Index
    from kzrag.index.vocabulary import Wanted

# Sentences looked at closely per question, by what is known of all at once: of 588 questions 5 have no gold among these
# and the sure passages' (docs/log.md), as many as with twice as many by their cosines; each costs 150 microseconds.
CLOSE_LOOK = 40
# Passages whose every sentence is looked at closely.
SURE_PASSAGES = 4
# What a neighbour's words are worth beside the sentence's own: a paragraph speaks of one thing.
NEIGHBOUR = 0.5


# A text's own question belongs to the sentence behind it where it brings so much more of what is asked.
OWN_QUESTION = 0.15
# … and the two together have at least so much of it: another question of an interview is no nearer than any sentence.
ASKED_THERE = 0.4


class Features(NamedTuple):
    """What is known of one sentence as an answer to one question; each 0 to 1 but `meaning` (a cosine)."""

    meaning: float
    around: float
    """The better of its own and its neighbourhood's cosine: paragraphs answer too."""
    words: float
    like: float
    """The question's words that it has, or has the like of, in any language; weighted by rarity."""
    pieces: float
    """How near each piece of the question, as it is meant there, has one in it; weighted by rarity."""
    names: float
    kind: float
    pins: float
    same_language: float


# Weights of a logistic model fitted by eval/calibrate.py on the tuning cases (gold sentences against the others
# retrieved with them); two rows, because words can only tell where question and sentence share a language. What the
# question pins down weighs more than the fit gave it: few cases ask for a year beside one that is told of.
_SAME = Features(0.0, 1.01, 1.76, 0.47, 4.72, 0.66, 1.54, 3.0, 0.0)
_ACROSS = Features(0.6, 1.25, 1.69, 2.6, 5.54, 0.85, 1.97, 3.0, 0.0)
_BIAS = (-8.45, -10.17)


def _coverage(wanted: Sequence[tuple[str, float]], own: frozenset[str], around: frozenset[str]) -> float:
    total = sum(weight for _, weight in wanted)
    if not total:
        return 0.0
    got = sum(weight if term in own else NEIGHBOUR * weight if term in around else 0.0 for term, weight in wanted)
    return got / total


def _travels(term: str) -> bool:
    """Whether a term is the same in every language: a name's key, a number."""
    return term.startswith("@") or any(character.isdigit() for character in term)


def _names_held(rare: Iterable[tuple[Name, float]], own: frozenset[str], near: Sequence[Facts]) -> float:
    """Share of the question's names that a sentence has (`own`: their keys), weighted by rarity: what every sentence
    names tells little."""
    # The one on both sides makes a question whose only name is everywhere nearly a question without names.
    held = total = 1.0
    for name, weight in rare:
        total += weight
        held += weight * (1.0 if name.key in own else 0.6 if any(holds_name(facts, name) for facts in near) else 0.0)
    return held / total


def logistic(features: Features) -> float:
    """The fitted model: how likely a sentence with these features is to answer, 0 to 1."""
    across = features.same_language < 0.5
    weights, bias = (_ACROSS, _BIAS[1]) if across else (_SAME, _BIAS[0])
    return 1.0 / (1.0 + math.exp(-sum(w * f for w, f in zip(weights, features, strict=True)) - bias))


# What an ablation puts in the place of features: their means over gold sentences of the tuning cases. The order loses
# them, and the scale on which refusals are decided stays.
_BLANKS = {
    "dense": {"meaning": 0.51, "around": 0.54, "like": 0.47, "pieces": 0.56},
    "lexical": {"words": 0.25, "like": 0.47},
}


def blanked(features: Features, disable: frozenset[str]) -> Features:
    """The features without what is disabled."""
    for part in sorted(disable & _BLANKS.keys()):
        features = features._replace(**_BLANKS[part])
    return features


def _nearness(needs: Needs, numbers: Sequence[int], meaning: np.ndarray, likes: np.ndarray, index: Index) -> np.ndarray:
    """float32 (sentences,): how near the question's pieces have one in each sentence; for an encoder that tells no
    pieces what it mostly is beside these two (least squares, tuning cases)."""
    if not index.pieces:
        return 0.17 + 0.36 * meaning + 0.3 * likes
    return index.pieces.nearness(index.read(needs.text)[1], [range(number, number + 1) for number in numbers])


def _promise(cosines: np.ndarray, likes: np.ndarray, nearness: np.ndarray, own: np.ndarray) -> np.ndarray:
    """float32 (sentences,): what the fitted model has of each by what is known of all at once; `own` are those in the
    question's language."""
    import numpy as np

    same, across = (
        bias + (weights.meaning + weights.around) * cosines + weights.like * likes + weights.pieces * nearness
        for weights, bias in zip((_SAME, _ACROSS), _BIAS, strict=True)
    )
    promised: np.ndarray = np.where(own, same, across)
    return promised


class Judged(NamedTuple):
    """A sentence with its features; `gather` turns these into evidence, the calibration program reads them."""

    sentence: Sentence
    features: Features
    before: bool
    """Whether the sentence before it supplies what the question pins down."""
    answers: bool = False
    """Whether the sentence before it is a question that it answers, and that one much like what is asked."""
    listed: frozenset[int] = frozenset()
    """The sentences of the list that it announces or begins a point of."""
    alone: Features | None = None
    """What it has by itself, where its features are also those of what announces its list."""


def judge(
    needs: Needs,
    vector: np.ndarray,
    hits: Iterable[Hit],
    index: Index,
    allowed: frozenset[tuple[str, str]] | None = None,
) -> list[Judged]:
    """Every sentence of `hits` worth a close look, with its features, in order of the corpus."""
    import numpy as np

    chunks = list(dict.fromkeys(hit.chunk for hit in hits))
    numbers = [
        number
        for chunk in chunks
        for number in index.sentences_of(chunk)
        if allowed is None or (index.sentences[number].document_id, index.sentences[number].voice) in allowed
    ]
    if not numbers:
        return []
    lists = lists_of(numbers, index) if inherits(needs) else {}
    # Where a text asks what is asked, its answer is the next sentence, whatever words that has.
    answering = {number + 1 for number in numbers if asks(index.sentences[number].text)}
    answering = {number for number in answering if _beside(index.sentences[number - 1], 1, index) is not None}
    # Where one sentence of a list is found, the others are looked at as well: other words stand in them.
    rows = np.asarray(sorted(answering.union(numbers, *(each.all for each in lists.values()))))
    cosines = index.sentence_vectors[rows] @ vector
    words = index.vocabulary.wanted(needs.text, needs.language, index.encoder)
    likes = index.vocabulary.coverage(words, rows.tolist())
    nearness = _nearness(needs, rows.tolist(), cosines, likes, index)
    own = np.asarray([primary(index.sentences[row].language) == primary(needs.language) for row in rows.tolist()])
    promising = np.argsort(-_promise(cosines, likes, nearness, own), kind="stable")
    # Of a name alone every sentence that has it tells something, and meaning little.
    close = _worth_a_look(promising[: None if named_only(needs) else CLOSE_LOOK], rows, chunks, answering, lists, index)
    placed = placed_as_asked(needs, [int(rows[i]) for i in close], lists, index)
    wanted = [(term, index.lexical.rarity(term)) for term in needs.terms]
    # In another language only names and figures can match; what can't be matched still counts as asked for.
    across = [(term if _travels(term) else "", weight) for term, weight in wanted]
    unknown = [name for name in needs.names if not name.known]
    rare = {name.key: (name, index.lexical.rarity(f"@{name.key}")) for name in needs.names}
    position = {int(row): i for i, row in enumerate(rows)}
    # What is counted is a measure word in Chinese, which other languages don't have.
    counted = (
        index.vocabulary.wanted(needs.counted, needs.language, index.encoder)
        if needs.counted is not None and not has_han(needs.counted)
        else None
    )
    judged: list[Judged] = []
    for i in close:
        sentence = index.sentences[int(rows[i])]
        document = index.documents[sentence.document_id]
        facts = facts_of(sentence.text, sentence.language, document.published)
        word_for_word = bool(needs.quoted) and any(phrase in fold(sentence.text) for phrase in needs.quoted)
        if not word_for_word and (not states(sentence.text, sentence.language) or asks(sentence.text)):
            continue
        near = [other for step in (-1, 1) if (other := _beside(sentence, step, index)) is not None]
        near_facts = [facts_of(other.text, other.language, document.published) for other in near]
        before = next((f for other, f in zip(near, near_facts, strict=True) if other.number < sentence.number), None)
        like, answers = _with_question(sentence, near, float(likes[i]), words, index)
        around = Facts(
            frozenset().union(*(f.terms for f in near_facts)),
            tuple(q for f in near_facts for q in f.quantities),
            tuple(d for f in near_facts for d in f.dates),
            tuple(n for f in near_facts for n in f.names),
        )
        same = bool(own[i])
        neighbours = [cosines[position[other.number]] for other in near if other.number in position]
        meant = [cosines[i], *(cosines[position[n.number]] for n in near[:1] if answers and n.number in position)]
        pins = pins_held(needs, facts, before, around, document.published)
        dated = any(date.iso[:1].isdigit() for date in facts.dates)
        if needs.years and pins < TOLD_BEFORE and not dated and told_of(needs.years, sentence, index):
            pins = TOLD_BEFORE
        pins *= _of_what_is_asked(needs, words, sentence, facts, index)
        pins *= placed.get(sentence.number, 1.0)
        told = [facts, before] if answers and before is not None else [facts]
        held = frozenset(key for key, (name, _) in rare.items() if any(holds_name(each, name) for each in told))
        terms = frozenset().union(*(each.terms for each in told))
        heard = frozenset(f"@{name.key}" for name in unknown if name.key in held)
        judged.append(
            Judged(
                sentence,
                Features(
                    meaning=float(max(meant)),
                    around=float(max([cosines[i], *neighbours])),
                    words=1.0 if word_for_word else _coverage(wanted if same else across, terms | heard, around.terms),
                    like=1.0 if word_for_word else like,
                    pieces=1.0 if word_for_word else float(nearness[i]),
                    names=_names_held(rare.values(), held, near_facts),
                    kind=_kind_held(needs, facts, sentence, None if same else counted, index),
                    pins=pins,
                    same_language=1.0 if same else 0.0,
                ),
                before=answers or leans(sentence.text) or (pins == 0.8 and bool(needs.years)),
                answers=answers,
            )
        )
    return [_with_announcement(each, judged, lists, needs, index) for each in judged] if lists else judged


STRICT = frozenset({"figure", "date", "person", "place"})
"""Asked for one of these, a sentence about somebody else is no answer, and a point has to have it in itself, whatever
its announcement has."""


def _with_announcement(
    one: Judged, judged: Sequence[Judged], lists: Mapping[int, List], needs: Needs, index: Index
) -> Judged:
    """A sentence with what leads up to its list has of the question, where it announces the list or begins a point."""
    found = lists.get(one.sentence.number)
    if found is None or not answers_as_list(needs, found, index):
        return one
    own = one.features
    asked = needs.point is not None and found.is_point(needs.point, one.sentence.number)
    for head in (each.features for each in judged if each.sentence.number in found.heads):
        kind = own.kind if needs.kind in STRICT else 1.0 if asked else head.kind
        more = head._replace(pins=own.pins, kind=kind, same_language=own.same_language)
        own = Features(*map(max, own, more))
    return one._replace(features=own, listed=found.all, alone=one.features)


def _worth_a_look(
    promising: np.ndarray,
    rows: np.ndarray,
    chunks: Sequence[int],
    answering: Set[int],
    lists: Mapping[int, List],
    index: Index,
) -> list[int]:
    """The places in `rows` of the sentences looked at closely: what promises most, all of the passages that retrieval
    put first, whatever found them, and what belongs to the lists among these."""
    first = set(chunks[:SURE_PASSAGES])
    most = set(promising.tolist())
    close = (
        most
        | {i + 1 for i in most if i + 1 < len(rows) and int(rows[i + 1]) in answering}
        | {i for i, row in enumerate(rows) if index.sentences[int(row)].chunk in first}
    )
    listed = {number for i in close if (found := lists.get(int(rows[i]))) is not None for number in found.all}
    return sorted(close | {i for i, row in enumerate(rows) if int(row) in listed} if listed else close)


def _of_what_is_asked(needs: Needs, words: Wanted, sentence: Sentence, facts: Facts, index: Index) -> float:
    """What is left of a sentence's worth where it tells of a former one, a beginning or another event, 0 to 1."""
    worth = FORMER if of_former(needs, words, sentence.text, index) else 1.0
    worth *= FORMER if of_beginning(needs, sentence.text) else 1.0
    return worth * (
        ELSEWHERE if elsewhere(needs, facts, index.documents[sentence.document_id].published, index) else 1.0
    )


def _kind_held(needs: Needs, facts: Facts, sentence: Sentence, counted: Wanted | None, index: Index) -> float:
    """Whether a sentence holds the kind of thing asked, 0 to 1; `counted` is what is counted in another language."""
    if only_past(needs, facts, index.documents[sentence.document_id].published):
        return PAST
    kind = kind_held(needs, facts, sentence.text, sentence.voice)
    if kind < 1.0 and _is_somebodys(needs, sentence, index):
        return 1.0
    return kind if counted is None else bridged(kind, counted, sentence, index)


def _is_somebodys(needs: Needs, sentence: Sentence, index: Index) -> bool:
    """Whether who is asked for is the one who speaks: of what is said by whoever is quoted, of "I did it" by whoever
    says so."""
    if needs.kind == "who_said":
        return speaker(sentence, index) is not None
    return needs.kind == "person" and teller(needs, sentence, index) is not None


def _with_question(
    sentence: Sentence, near: Sequence[Sentence], alone: float, words: Wanted, index: Index
) -> tuple[float, bool]:
    """How much of the question's words a sentence has, and whether the text asks for it right before: of "What was the
    toll? Two crowns." the second speaks of the toll as well. `alone` is what it has by itself."""
    before = next((other for other in near if other.number < sentence.number and asks(other.text)), None)
    if before is None or not len(words.weights):
        return alone, False
    both = float(words.weights @ index.vocabulary.nearest(words, [before.number, sentence.number]))
    answers = both >= max(alone + OWN_QUESTION, ASKED_THERE)
    return both if answers else alone, answers


def gather(
    needs: Needs,
    vector: np.ndarray,
    hits: Sequence[Hit],
    index: Index,
    *,
    allowed: frozenset[tuple[str, str]] | None = None,
    disable: frozenset[str] = frozenset(),
) -> list[Evidence]:
    """The evidence for a question, best first; one entry per family and sentence.

    `disable` names what an ablation takes away: meaning (`dense`), words (`lexical`), or that translations and
    reprints are one source (`families`).
    """
    families = "families" not in disable
    pieces: dict[int, Evidence] = {}
    for sentence, seen, before, answers, listed, alone in judge(needs, vector, hits, index, allowed):
        features = blanked(seen, disable)
        own = features if alone is None else blanked(alone, disable)
        named = _who_speaks(sentence, index) if needs.kind in ("who_said", "person") else None
        previous = named or _beside(sentence, -1, index)
        if previous is not None and asks(previous.text) and not answers:
            previous = None
        evidence = Evidence(
            sentence=sentence,
            score=logistic(features),
            meaning=own.meaning,
            words=own.words,
            like=own.like,
            pins=features.pins,
            kind=features.kind,
            before=previous if before or named is not None else None,
            listed=listed,
        )
        key = min(_together(sentence.number, index)) if families else sentence.number
        held = pieces.get(key)
        if held is None or _rank(evidence, needs.language) > _rank(held, needs.language):
            pieces[key] = evidence
    chosen = [_with_reason(piece, index) if needs.kind == "reason" else piece for piece in pieces.values()]
    chosen = [_with_reply(piece, index) for piece in chosen]
    chosen = [_in_readers_language(piece, needs.language, index) if families else piece for piece in chosen]
    return sorted(chosen, key=lambda evidence: (-evidence.score, evidence.sentence.number))


_SPEAKS_AS_PRONOUN = re.compile(
    r"\b(?:he|she|they) (?:also |has |had |have )?(?:said|says|told|added|wrote|argued|replied|warned|claimed)\b"
    r"|\b(?:said|says|told|added|wrote|replied) (?:he|she|they)\b"
    r"|[他她](?:们)?(?:还|又|也)?(?:说|表示|称|指出|认为|写道|告诉|补充)"
    r"|\b(?:сказал|заявил|добавил|написал|считает|ответил)[аи]?(?: \w+)? (?:он|она|они)\b"
    r"|\b(?:он|она|они) (?:сказал|заявил|добавил|написал|ответил|считает|утвержда)\w*"
    r"|\b(?:пишет|говорит|объясняет|поясняет|рассказывает) (?:он|она|они)\b"
    r"|\bол (?:айтты|деді|дейді|мәлімдеді)\b|\b(?:деді|дейді|деген|деп (?:жазды|айтты|түсіндірді)) ол\b"
)
"""Whose words these are stands in a sentence before."""
_SPEAKER_NEAR = 2
"""Sentences before the words in which their speaker has been named; further back somebody else may have come in."""


def _who_speaks(sentence: Sentence, index: Index) -> Sentence | None:
    """The sentence before that names who is "he" or "she" in "she told us", or else the one right before: a name that
    opens a sentence may not be seen as one. `None` where nobody is meant."""
    if _SPEAKS_AS_PRONOUN.search(fold(sentence.text)) is None or _names_somebody(sentence):
        return None
    before = [each for step in range(1, _SPEAKER_NEAR + 1) if (each := _beside(sentence, -step, index)) is not None]
    return next((each for each in before if _names_somebody(each)), next(iter(before), None))


def _names_somebody(sentence: Sentence) -> bool:
    """Whether a sentence names a person; what stands in quotation marks is a firm, a ship, or what they speak of."""
    return any(name.kind in ("person", "name") for name in names(unquoted(sentence.text)))


def _beside(sentence: Sentence, step: int, index: Index) -> Sentence | None:
    """The sentence so many after it, or before, of the same voice and in the same stretch of text."""
    number = sentence.number + step
    if not 0 <= number < len(index.sentences):
        return None
    other = index.sentences[number]
    together = other.document_id == sentence.document_id and other.voice == sentence.voice
    return other if together and abs(other.block - sentence.block) <= 1 else None


def _together(number: int, index: Index) -> set[int]:
    """A sentence, its translations, and what those translate beside it: one sentence may have become two."""
    others = index.parallels.get(number, ())
    return {number, *others, *(back for other in others for back in index.parallels.get(other, ()))}


_GIVES_REASON = re.compile(
    r"^(the (stated |official |given |main )?reasons?\b|this (is|was) because|because\b|that is why)"
    r"|^(其给出的理由|理由|原因|这是因为|因为)|^(себебі|өйткені)"
    r"|^(причин\w+|это связано|это объясняется|дело в том|потому)"
)


def _with_reason(evidence: Evidence, index: Index) -> Evidence:
    """The evidence with the sentence after it, where that one gives the reason for what it states."""
    following = evidence.sentence.number + 1
    if following >= len(index.sentences) or evidence.kind == 1.0:
        return evidence
    after, own = index.sentences[following], evidence.sentence
    together = (after.document_id, after.voice, after.block) == (own.document_id, own.voice, own.block)
    if not together or not _GIVES_REASON.match(fold(after.text)):
        return evidence
    return replace(evidence, sentence=after, before=own, kind=1.0)


_PUT = re.compile(r"\W*(?:q|question|问|вопрос|сұрақ)\s*[:：.]")
_REPLY = re.compile(r"\W*(?:a|answer|答|ответ|жауап)\s*[:：.]")


def _with_reply(evidence: Evidence, index: Index) -> Evidence:
    """What an interviewer puts to somebody, with the reply: "They say it was their idea." – "It was mine." """
    own = evidence.sentence
    if own.number + 1 >= len(index.sentences) or not _PUT.match(fold(own.text)):
        return evidence
    after = index.sentences[own.number + 1]
    if after.document_id != own.document_id or not _REPLY.match(fold(after.text)):
        return evidence
    return replace(evidence, sentence=after, before=own)


def _rank(evidence: Evidence, language: str) -> tuple[bool, float]:
    """Which member of a family speaks for it: the one in the reader's language, whose score words can raise too."""
    return primary(evidence.sentence.language) == primary(language), evidence.score


def _distance(written: str, read: str) -> tuple[bool, bool]:
    """How far a text is from a reader: their own language first, then the one that most readers share."""
    return primary(written) != primary(read), primary(written) != "en"


def _in_readers_language(evidence: Evidence, language: str, index: Index) -> Evidence:
    """The same evidence, quoted in the reader's language where its family has it."""
    others = [index.sentences[number] for number in index.parallels.get(evidence.sentence.number, ())]
    if not others:
        return evidence
    mine = evidence.sentence
    everyone = sorted([mine, *others], key=lambda s: (*_distance(s.language, language), s.number))
    main = everyone[0]
    # One parallel sentence per document: the others of the same document are continuations of it.
    parallel = {s.document_id: s for s in reversed(everyone) if s.document_id != main.document_id}
    previous = index.sentences[main.number - 1] if evidence.before is not None and main.number else None
    if previous is not None and previous.document_id != main.document_id:
        previous = None
    return replace(evidence, sentence=main, before=previous, parallel=tuple(parallel.values()))


# A name that stands in fewer sentences than this share tells what a question is about; the others are everywhere.
TELLING = 0.15


def telling_names_held(needs: Needs, best: Evidence, index: Index, *, known: bool = False) -> float:
    """Share of the question's telling names that the best sentence, its neighbours or its voice have; 1 without any.

    `known` leaves out names that only capitals make one; so does evidence in another language, where the same name
    may be written as differently as can be.
    """
    known = known or primary(best.sentence.language) != primary(needs.language)
    common = math.log1p(1.0 / TELLING)
    telling = [
        name for name in needs.names if (name.known or not known) and index.lexical.rarity(f"@{name.key}") > common
    ]
    if not telling:
        return 1.0
    own = facts_in(best.sentence, index)
    near = [
        facts_in(index.sentences[number], index)
        for number in range(best.sentence.number - 2, best.sentence.number + 2)
        if 0 <= number < len(index.sentences) and index.sentences[number].document_id == best.sentence.document_id
    ]
    origins = set()
    document = index.documents[best.sentence.document_id]
    for origin in (best.sentence.voice, document.publisher, document.author):
        if origin:
            origins |= {name.key for name in names(origin)}
    held = [
        1.0
        if holds_name(own, name)
        else 0.7
        if name.key in origins or any(holds_name(facts, name) for facts in near)
        else 0.0
        for name in telling
    ]
    return sum(held) / len(held)


def best_pin(piece: Evidence) -> bool:
    """Whether a piece satisfies what the question pins down, itself or by the sentence before it."""
    return piece.pins >= 0.6


def shown_by(piece: Evidence) -> set[int]:
    """The numbers of the sentences that a piece shows: its own, its translations, and the one before it."""
    before = {piece.before.number} if piece.before is not None else set()
    return {piece.sentence.number, *(each.number for each in piece.parallel)} | before
