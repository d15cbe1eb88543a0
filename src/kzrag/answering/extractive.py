"""The extractive writer: the short answer first, then who says so and when, then their own words.

Writes statements only; it doesn't number, judge or refuse.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from kzrag.answering.claims import Asked, cosine
from kzrag.answering.disagreement import Compared, Side
from kzrag.answering.draft import Source, Statement, source_of
from kzrag.answering.evidence import shown_by
from kzrag.answering.facts import facts_of
from kzrag.answering.going_on import going_on
from kzrag.answering.held import can_be_one, kind_held
from kzrag.answering.needs import Needs
from kzrag.answering.points import is_one_stretch, list_told, odds, share_of_each
from kzrag.answering.short import Short
from kzrag.answering.whose import MARKS, quotations, speaker
from kzrag.answering.wording import (
    date_in_words,
    figure_in_words,
    hedged,
    quoted,
    say,
    source_in_words,
    tongue,
)
from kzrag.records import Document, Evidence, Sentence
from kzrag.text.ages import AGE
from kzrag.text.language import fold, primary, script
from kzrag.text.ordinals import announced
from kzrag.text.polarity import opposed
from kzrag.text.words import content_terms, content_words

if TYPE_CHECKING:
    from kzrag.index import Index

# Characters of an English answer's quotes in all; a reader takes in about three sentences at a glance.
ROOM = 520
# Where the answer may not be among them, three sentences are a choice, not a read.
ROOM_UNSURE = 400
# Chinese says the same in about a third of the characters.
ROOM_HAN = 240
# Of several questions at once each has this share of the room that it would have alone.
ROOM_AMONG = {1: 1.0, 2: 0.85, 3: 0.5}
ROOM_AMONG_MORE = 0.4
# … but each side of a dispute has this share of the room of all: with less it says nothing.
LEAST_SHARE = 0.2
# A sentence longer than this is quoted by its clauses that bear on the question.
LONG, LONG_HAN = 380, 150
# Two sentences that lean on each other may take this much more.
WITH_BEFORE = 1.4
# A quote of the same voice this near to one already chosen says it again.
SAID_AGAIN = 0.80
# Characters of all sides together: what differs has to be seen at one glance.
SIDES_ROOM, SIDES_ROOM_HAN = 540, 240
# A second quote must have at least this share of the first one's odds to be worth the reader's time …
NEARLY = 0.45
# … more when a short answer already says what was asked.
NEARLY_BESIDE_SHORT = 0.75
# … and less when even the first may not be it.
NEARLY_UNSURE = 0.15
MOST_QUOTES = 3
# Characters of a list that is the answer, and of each of its points at least: a point that is cut off says nothing.
LIST_ROOM, LIST_ROOM_HAN = 600, 260
LEAST_POINT, LEAST_POINT_HAN = 80, 30
# Shares of a point's room: what it may take to end with a clause, below which it only leads to what is said, and what
# it may take to say that.
NEARLY_FITS, ONLY_LEADS, WITH_NEXT = 1.2, 0.6, 1.5
# What it is worth that a cut quote opens as its sentence does, as a share of what is asked.
OPENS = 0.03
# Content words that a quote has at least where it is cut out of a sentence.
LEAST_CUT = 4
# A quote that is cut for want of room holds at least so much of what its sentence has of the question.
MOST_OF_IT = 0.75
# How far down the evidence a contradiction of the best piece is looked for.
AGAINST_AMONG = 8


def write(
    needs: Needs, compared: Compared, evidence: Sequence[Evidence], index: Index, *, sure: bool = True
) -> list[Statement]:
    """The statements that answer, in reading order; `evidence` is best first and not empty.

    Who is not `sure` that it answers says so, gives no short answer, and shows more of what comes near.
    """
    if compared.conflict or (compared.several and needs.compares):
        opening = say("differ" if not needs.compares else "several", needs.language)
        return [Statement(opening, ()), *_each(needs, compared.sides, index)]
    first = compared.sides[0]
    statements: list[Statement] = []
    if not sure:
        statements.append(Statement(say("unsure", needs.language), ()))
    if compared.several:
        return [*statements, *_each(needs, compared.sides, index)]
    listed = list_told(needs, evidence, NEARLY, index)
    if listed:
        return [*statements, *_told_in_points(listed, needs, index, starts=bool(statements))]
    chosen = _worth_quoting(needs, compared, evidence, index, sure)
    short = first.short if sure else None
    if short is not None and first.evidence.sentence == chosen[0][0].sentence:
        statements.append(_short(short, needs, chosen[0][0], compared, index))
    last: Source | None = None
    for _, source in chosen:
        statements.append(quotation(source, needs, after=last, starts=bool(statements)))
        last = source
    return statements


def _worth_quoting(
    needs: Needs, compared: Compared, evidence: Sequence[Evidence], index: Index, sure: bool
) -> list[tuple[Evidence, Source]]:
    """The best piece and those nearly as good, with what to quote of them in the room; each says something new."""
    first = compared.sides[0].evidence
    chosen = [(first, quotable(first, needs, index))]
    room = ROOM_HAN if first.sentence.language.startswith("zh") else ROOM if sure else ROOM_UNSURE
    room = int(room * _share_among(needs))
    room -= len(first.sentence.text) + max(chosen[0][1].end - first.sentence.end, 0)
    agreeing = [side.evidence for side in compared.sides[1:]]
    nearly = NEARLY_UNSURE if not sure else NEARLY_BESIDE_SHORT if compared.sides[0].short is not None else NEARLY
    most = MOST_QUOTES + (1 if needs.kind in ("list", "sources", "who_said", "reason") else 0)
    # Asked whether something is so, what speaks against it belongs beside what speaks for it.
    against = [
        piece
        for piece in evidence[1:AGAINST_AMONG]
        if needs.kind == "yesno" and opposed(first.sentence.text, piece.sentence.text)
    ][:1]
    agreeing += against
    if not sure:
        most += 1  # for a voice that is not quoted yet: it may say the other thing
    for piece in [*agreeing, *evidence]:
        if len(chosen) == most:
            break
        if any(_repeats(piece, other, index) or _quotes(source, piece.sentence) for other, source in chosen):
            continue
        if not sure and len(chosen) == most - 1 and any(_speaker(piece) == _speaker(other) for other, _ in chosen):
            continue
        if piece not in agreeing and odds(piece) < nearly * odds(first):
            continue
        source = _within(room, piece, needs, index)
        if source is None:
            continue
        room -= len(source.quote)
        chosen.append((piece, source))
    # Reading order within one voice: the second sentence of a paragraph after the first.
    best, *others = chosen
    voices = list(dict.fromkeys(_speaker(piece) for piece, _ in chosen))
    return [best, *sorted(others, key=lambda each: (voices.index(_speaker(each[0])), each[0].sentence.number))]


def _share_among(needs: Needs) -> float:
    return ROOM_AMONG.get(needs.among, ROOM_AMONG_MORE)


def _told_in_points(pieces: Sequence[Evidence], needs: Needs, index: Index, *, starts: bool) -> list[Statement]:
    """A list, as one quote where it stands together and fits, else what announces it and each point by its opening."""
    sentences = [piece.sentence for piece in pieces]
    han = sentences[0].language.startswith("zh")
    room = int((LIST_ROOM_HAN if han else LIST_ROOM) * _share_among(needs))
    documents = index.documents
    if is_one_stretch(pieces, room):
        whole = source_of(documents[sentences[0].document_id], sentences[0])
        return [quotation(replace(whole, end=sentences[-1].end), needs, starts=starts)]
    if announced(sentences[0].text) is not None and len(pieces) > 2 and sum(map(_length, sentences)) > room:
        pieces = pieces[1:]  # what it announces says more, and needs the room
    statements: list[Statement] = []
    last: Source | None = None
    for place, piece in enumerate(pieces):
        sentence = piece.sentence
        lengths = [_length(each.sentence) for each in pieces[place:]]
        share = share_of_each(lengths, room)
        share = max(max(lengths) if share is None else int(share), LEAST_POINT_HAN if han else LEAST_POINT)
        document = documents[sentence.document_id]
        source = source_of(document, sentence)
        parallel = tuple(source_of(documents[each.document_id], each) for each in piece.parallel)
        source = _unwrapped(replace(source, end=_opening(document.raw, sentence, share), parallel=parallel))
        statements.append(quotation(source, needs, after=last, starts=starts or last is not None))
        last, room = source, room - (source.end - source.start)
    return statements


def _length(sentence: Sentence) -> int:
    return sentence.end - sentence.start


def _opening(raw: str, sentence: Sentence, room: int) -> int:
    """Where the first clauses of a sentence end that nearly fit; those that say something, at least. What opens it may
    only lead to what it says ("Next, while the snow lay deep, …"): where that is short, the next clause belongs to it.
    """
    if _length(sentence) <= NEARLY_FITS * room:
        return sentence.end
    ends = _cuts(raw, sentence.start, sentence.end)[1:]
    says = [end for end in ends if len(content_words(raw[sentence.start : end], sentence.language)) >= LEAST_CUT]
    lengths = [end - sentence.start for end in says or ends[-1:]]
    fitting = sum(length <= NEARLY_FITS * room for length in lengths)
    chosen = max(fitting, 1) - 1
    short = lengths[chosen] < ONLY_LEADS * room and chosen + 1 < len(lengths)
    if short and lengths[chosen + 1] <= WITH_NEXT * room:
        chosen += 1
    return _trimmed(raw, sentence.start, sentence.start + lengths[chosen], sentence.end)[1]


def _within(room: int, piece: Evidence, needs: Needs, index: Index) -> Source | None:
    """What to quote of a piece in so much room: the whole, or clauses that hold most of what it has of the question."""
    if len(piece.sentence.text) <= room:
        source = quotable(piece, needs, index)
        too_long = len(source.quote) > room and source.end > piece.sentence.end
        return replace(source, end=piece.sentence.end) if too_long else source
    if needs.among > 1:
        return None  # another question may want the rest
    document = index.documents[piece.sentence.document_id]
    source = quotable(piece, needs, index, max(room, 1) / _sides_room(document))
    if len(source.quote) > room:
        return None
    asked, language = Asked.of(needs, index, names=True), piece.sentence.language
    whole, part = (asked.share(content_words(words, language), index) for words in (piece.sentence.text, source.quote))
    says_something = len(content_words(source.quote, language)) >= LEAST_CUT
    return source if says_something and part >= MOST_OF_IT * whole else None


def _quotes(source: Source, sentence: Sentence) -> bool:
    """Whether a quote has a sentence in it."""
    return source.document.id == sentence.document_id and source.start <= sentence.start and sentence.end <= source.end


def _speaker(piece: Evidence) -> tuple[str, str]:
    return piece.sentence.document_id, piece.sentence.voice


def _repeats(piece: Evidence, other: Evidence, index: Index) -> bool:
    if shown_by(piece) & shown_by(other):
        return True
    one, two = piece.sentence, other.sentence
    if (one.document_id, one.voice) != (two.document_id, two.voice):
        return False
    return cosine(one, two, index) >= SAID_AGAIN


def share_of_each_side(found: Sequence[Side], needs: Needs, index: Index) -> float:
    """Share of the room for all sides, 0 to 1, that each may take."""
    share = share_of_each([_room_taken(side.evidence, index) for side in found], _share_among(needs))
    return 1.0 if share is None else max(share, LEAST_SHARE)


def _room_taken(piece: Evidence, index: Index) -> float:
    """The share of the room for all sides that the whole of a piece would take."""
    source = source_of(index.documents[piece.sentence.document_id], piece.sentence, piece.before)
    return (source.end - source.start) / _sides_room(source.document)


def _sides_room(document: Document) -> int:
    return SIDES_ROOM_HAN if document.language.startswith("zh") else SIDES_ROOM


def quotable(piece: Evidence, needs: Needs, index: Index, share: float = 1.0) -> Source:
    """The stretch of the article to quote for a piece of evidence, with its parallels.

    `share` is what it may take of the room for several sides, where it has to fit into one answer with others.
    """
    return _passed_on(_stretch(piece, needs, index, share), piece, needs, index, share)


def _long(document: Document, share: float) -> int:
    """Characters that one quote may have."""
    long = LONG_HAN if document.language.startswith("zh") else LONG
    return min(long, math.ceil(share * _sides_room(document))) if share < 1 else long


def _passed_on(source: Source, piece: Evidence, needs: Needs, index: Index, share: float) -> Source:
    """A quote of words that the article only passes on, with who says them: quoted along where there is room and the
    question is who, else named."""
    told = speaker(piece.sentence, index)
    if told is None or (source.start <= told.named.start and told.named.end <= source.end):
        return source
    start, end = min(source.start, told.named.start), max(source.end, told.says.end)
    near = told.named.block == piece.sentence.block and end - start <= _long(source.document, share)
    if near and (told.name is None or needs.kind == "who_said"):
        return _unwrapped(replace(source, start=start, end=end))
    if told.name is None:
        return source
    return replace(source, speaker=told.name, introduced=source_of(source.document, told.named))


def _stretch(piece: Evidence, needs: Needs, index: Index, share: float) -> Source:
    document = index.documents[piece.sentence.document_id]
    source = source_of(document, piece.sentence, piece.before)
    source = replace(source, parallel=tuple(source_of(index.documents[s.document_id], s) for s in piece.parallel))
    source = _unwrapped(source)
    long = _long(document, share)
    if source.end - source.start <= (long if piece.before is None else WITH_BEFORE * long):
        last = going_on(needs, piece.sentence, long - (piece.sentence.start - source.start), index)
        return source if last is piece.sentence else _unwrapped(replace(source, end=last.end))
    if piece.before is not None and share < 1:
        joined = _round_the_join(document.raw, piece.before.start, piece.sentence, int(WITH_BEFORE * long))
        if joined is not None:
            return replace(source, start=joined[0], end=joined[1])
    if piece.before is not None and piece.sentence.end - piece.sentence.start <= long:
        return replace(source, start=piece.sentence.start)
    start, end = _clauses_that_bear(document.raw, piece.sentence, needs, long, index)
    return replace(source, start=start, end=end)


def _unwrapped(source: Source) -> Source:
    """Without quotation marks round the whole, which gets the reader's own, and without one that has lost its other."""
    words, start, end = source.quote, source.start, source.end
    inside = quotations(words)
    if words[-1:] in MARKS.values() and inside in ((), ((0, len(words)),), ((len(words) - 1, len(words)),)):
        end -= 1
    if inside == ((0, len(words)),):
        start += 1
    return replace(source, start=start, end=end)


_CLAUSE_END = re.compile(r"[,;:][”’»\"]?(?=\s)|(?<=[\u4e00-\u9fff])[,;:]|[，；：、]|\s[–—-]+\s")


_CONDITION = re.compile(
    r"(?<=\w )(?:if|when|while|once|unless|as long as|as soon as)\b|如果|要是|假如|一旦|的话|时候?(?=[^候间]|$)|只要"
    r"|\b(?:если|пока|как только)\b|(?<=\w )когда\b|\bегер\b|\bкезде\b|[сш][ае](?:\?|$)"
)
"""A question for what is so where something else is."""
_OUTCOME = re.compile(
    r"\W*(?:and |but |и |а |но )?(?:so|then|therefore|thus|hence|it (?:may|might|will|would|can|could)"
    r"|то|тогда|поэтому|значит|сонда|сондықтан)\b|[,;，；：]?\s*(?:就|那么|那|则|所以|因此|便|于是)"
)
"""How a clause begins that tells it."""


def _clauses_that_bear(raw: str, sentence: Sentence, needs: Needs, room: int, index: Index) -> tuple[int, int]:
    """The run of whole clauses within `room` that holds most of what is asked; the whole sentence when none does."""
    start, end = sentence.start, sentence.end
    cuts = _cuts(raw, start, end)
    asked = Asked.of(needs, index, names=True)
    words = [content_words(raw[a:b], sentence.language) for a, b in pairwise(cuts)]
    # Words of the question by clauses: how much of each stands in each.
    told = np.stack([asked.among(each, index) for each in words], axis=1)
    # Holding the kind of thing asked is worth as much as a rare word, and so is a year that the question pins down.
    worth_of_kind = float(asked.weights.max(initial=0.0))

    asks_what_comes_of = _CONDITION.search(fold(needs.text)) is not None
    held = np.zeros((3, len(words)))
    for place, (a, b) in enumerate(pairwise(cuts)):
        facts = facts_of(raw[a:b], sentence.language, None)
        held[0, place] = kind_held(needs, facts, raw[a:b], sentence.voice) == 1.0
        held[1, place] = any(can_be_one(date.iso, year.iso) for date in facts.dates for year in needs.years)
        held[2, place] = asks_what_comes_of and _OUTCOME.match(fold(raw[a:b])) is not None

    def worth(i: int, j: int) -> float:
        value = float(asked.weights @ told[:, i:j].max(axis=1))
        # What comes of it may take several clauses.
        value += worth_of_kind * float(held[:2, i:j].max(axis=1).sum() + held[2, i:j].sum())
        return value + OPENS * (i == 0) + 0.001 * (cuts[j] - cuts[i]) / room

    # "29)" and "he said" are no quotes.
    runs = [(i, j) for j in range(1, len(cuts)) for i in range(j) if sum(map(len, words[i:j])) >= LEAST_CUT]
    fitting = [(i, j) for i, j in reversed(runs) if cuts[j] - cuts[i] <= room]
    shortest = min(runs, key=lambda run: cuts[run[1]] - cuts[run[0]], default=(0, len(cuts) - 1))
    i, j = max(fitting, key=lambda run: worth(*run), default=shortest)
    return _trimmed(raw, cuts[i], cuts[j], end)


def _cuts(raw: str, start: int, end: int) -> list[int]:
    """Where a stretch may be cut: at the ends of its clauses, but for those in brackets."""
    text = raw[start:end]
    ends = (match.end() for match in _CLAUSE_END.finditer(text))
    outside = (at for at in ends if sum(map(text[:at].count, "(（")) <= sum(map(text[:at].count, ")）")))
    return [start, *(start + at for at in outside), end]


def _round_the_join(raw: str, start: int, sentence: Sentence, room: int) -> tuple[int, int] | None:
    """The longest run of whole clauses within `room` that holds some of a sentence and of the one before it."""
    cuts = _cuts(raw, start, sentence.end)
    runs = [(a, b) for a in cuts for b in cuts if a < sentence.start < b - 1 and b - a <= room]
    halves = (((a, sentence.start), (sentence.start, b)) for a, b in runs)
    told = [all(len(content_words(raw[i:j], sentence.language)) >= LEAST_CUT for i, j in each) for each in halves]
    runs = [run for run, says in zip(runs, told, strict=True) if says]
    return _trimmed(raw, *max(runs, key=lambda run: run[1] - run[0]), sentence.end) if runs else None


def _trimmed(raw: str, a: int, b: int, end: int) -> tuple[int, int]:
    """A stretch without the white space around it and, where it is cut, without the mark it is cut at."""
    while a < b and raw[a].isspace():
        a += 1
    while b > a and (raw[b - 1].isspace() or (b != end and raw[b - 1] in ",;:，；：、–—-")):
        b -= 1
    return a, b


def quotation(source: Source, needs: Needs, *, after: Source | None = None, starts: bool) -> Statement:
    """Who says so and when, and their words; `after` is what has been quoted right before."""
    again = after is not None and (after.document.id, after.voice) == (source.document.id, source.voice)
    words = quoted(source.quote, needs.language)
    spoken = source_in_words(source.document, source.voice, source.voice_date, needs.language)
    if source.speaker is not None:
        spoken = say("quoting", needs.language, source=spoken, speaker=source.speaker)
    if after is not None and again and source.speaker is not None and source.speaker != after.speaker:
        text = say("also_quoting", needs.language, speaker=source.speaker, quote=words)
    elif again:
        text = say("also", needs.language, quote=words)
    elif primary(source.document.language) != primary(needs.language):
        language = tongue(source.document.language, needs.language)
        text = say("says_foreign", needs.language, source=spoken, tongue=language, quote=words)
    else:
        text = say("says", needs.language, source=spoken, quote=words)
    text = _with_year(text, source, needs)
    return Statement(text[0].upper() + text[1:], source.all, starts_paragraph=starts and not again)


def _with_year(text: str, source: Source, needs: Needs) -> str:
    """Says which year "this year" is, where the question is about time and the article's date tells."""
    if needs.kind != "date" and not needs.years:
        return text
    for date in facts_of(source.quote, source.document.language, source.published).dates:
        if date.relative and date.iso[:4].isdigit():
            return f"{text} {say('year_meant', needs.language, words=date.text, year=date.iso[:4])}"
    return text


def _short(short: Short, needs: Needs, piece: Evidence, compared: Compared, index: Index) -> Statement:
    text = short_in_words(short, needs.language)
    sources = [quotable(piece, needs, index)]
    sources += [quotable(side.evidence, needs, index) for side in compared.sides[1:] if _same_short(short, side.short)]
    return Statement(text, tuple(each for source in sources for each in source.all))


def _same_short(a: Short, b: Short | None) -> bool:
    from kzrag.text.quantities import same_quantity

    return b is not None and a.quantity is not None and b.quantity is not None and same_quantity(a.quantity, b.quantity)


_BROAD = frozenset({"person"})
"""Units that stand for many words."""


def _foreign(words: str, language: str) -> bool:
    """Whether words are in another script than the language."""
    return script(words) not in ("other", script(say("also", language, quote="")))


def short_in_words(short: Short, language: str) -> str:
    """The short answer as the reader writes it; the source's words where kzrag has none of its own."""
    words = " ".join(short.text.split())
    if short.quantity is not None:
        restated = figure_in_words(replace(short.quantity, unit=AGE) if short.age else short.quantity, language)
        # "40,000 soldiers" are "people" to a reader of another language only.
        if restated is not None and (short.quantity.unit not in _BROAD or _foreign(words, language)):
            words = restated
        words = hedged(words, short.quantity, language)
        if short.when is not None:
            when = date_in_words(short.when.iso, language)
            return say("answer_by" if short.by else "answer_dated", language, answer=words, date=when)
        return words
    if short.date is not None:
        iso = short.date.iso
        return date_in_words(iso, language) if iso[:4].isdigit() else words
    return words


def _each(needs: Needs, found: Sequence[Side], index: Index) -> list[Statement]:
    """What each side says, within the room of all."""
    share = share_of_each_side(found, needs, index)
    return [quotation(quotable(side.evidence, needs, index, share), needs, starts=True) for side in found]


def claim_of(side: Side, needs: Needs, index: Index, share: float) -> str:
    """What a side says, for the table of disagreements: its short answer, or its own words."""
    if side.short is not None and (side.short.quantity or side.short.date):
        return f"{' '.join(side.short.text.split())}"
    return " ".join(quotable(side.evidence, needs, index, share).quote.split())


def topic_of(needs: Needs) -> str:
    """What the sides differ on, in the question's own words."""
    return " ".join(needs.text.split()).rstrip("?？ ") if content_terms(needs.text) else needs.text
