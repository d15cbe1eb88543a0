"""Where independent sources give different answers to one question.

A side is one voice of one family: a translation is no second source, a reader's comment is. Each source is held
against the best answer by the sentence that comes nearest to contradicting it, and not only by its own best.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kzrag.answering.actors import of_nobody_asked
from kzrag.answering.claims import (
    ONE_THING,
    PERHAPS_ONE_THING,
    Asked,
    Claim,
    Verdict,
    claim,
    cosine,
    exclude,
    facing,
    one_thing,
    one_value,
    pair,
)
from kzrag.answering.evidence import best_pin, shown_by, telling_names_held
from kzrag.answering.facts import says
from kzrag.answering.kinds import asks_for_several
from kzrag.answering.needs import Needs
from kzrag.answering.offices import office_asked
from kzrag.answering.reasons import Reason, differ, reason, wanted
from kzrag.answering.reported import reported, whole_list
from kzrag.answering.short import Short
from kzrag.records import Evidence
from kzrag.text.language import fold
from kzrag.text.polarity import DENIES, contradictions, negated_spans, spoken, stance
from kzrag.text.words import content_words, without

if TYPE_CHECKING:
    import numpy as np

    from kzrag.index import Index

# A source speaks on the question when a sentence of it is at least this likely to answer it …
SPEAKS = 0.30
# … and at least this share of what the best sentence has: below, it is another subject.
BESIDE_BEST = 0.45
# Sentences looked at: the other side of the tuning cases' disagreements stood among the first nine.
LOOKED_AT = 14
# A sentence that gives a value or a reason is looked at further down: at most so many, of at least this score.
LOOKED_AT_WEAKER = 30
_TELLING = {"figure": 0.08, "date": 0.08, "person": 0.08, "place": 0.08, "reason": 0.20}
_BY_VALUE = frozenset({"figure", "date", "person", "place"})
# A side may name half of what the best one names: its neighbour sentence may have named the rest.
NAMES_APART = 0.5
# Asked who says what, whoever speaks of the matter is heard, at so much of what the best sentence has: in another
# language, or without its names, a contradiction scores low.
HEARD, HEARD_BESIDE_BEST = 0.10, 0.15
# … where it has so much of the matter's words, or the like of them.
HEARD_LIKE = 0.20
# Two sentences as near as this say the same thing, and a second voice for it is worth the room.
CORROBORATES = 0.60
# Cosine of two sentences that speak of one thing; translations of one sentence score about 0.75 and more.
SAME_SUBJECT = 0.45
# A word is denied when a denied word is as like it as this; "closed" and "shut" are.
DENIED_ALIKE = 0.30
# Share of what is asked that a sentence has to deny, or to affirm, as a whole.
SPOKEN_OF = 0.5
# Of what a sentence says of what is asked, its event has to say so much when its reason is one for that.
OF_THE_EVENT = 0.6
# Beside the names, a sentence has to speak of so much of what is asked for its reason to be disputed: on the tuning
# cases .42 and more, beside another question about the same actors .30.
EVENT_ASKED = 0.36
# A dispute of reasons is one about the question when the first of them is nearly as good an answer as any.
NEARLY_BEST = 0.8
# A question may offer two answers: what a second source says is shown when it is at least so good an answer.
AS_GOOD = 0.5
# Of what a source says nearly as well (at so much of its best score), that counts which has most of the question.
NEARLY_ITS_BEST = 0.93
# With "吗" behind it, "还是" is "still".
_EITHER_OR = re.compile(r"\S (or|или|либо|әлде|немесе)\s|还是(?![^,;?]*吗)|抑或")
# More sides than four are not taken in at a glance.
MOST_SIDES = 4
# Where nobody is seen to contradict another, three say what there is to say, each in a whole sentence.
MOST_VOICES = 3


@dataclass(frozen=True, slots=True)
class Side:
    """What one voice of one family says to the question."""

    evidence: Evidence
    short: Short | None
    listed: tuple[str, ...] = ()
    """What is said of each figure where one source reports those of several sides."""

    @property
    def key(self) -> tuple[str, str]:
        """The independent source."""
        return self.evidence.sentence.family, self.evidence.sentence.voice


@dataclass(frozen=True, slots=True)
class Compared:
    """The sides of a question and whether they conflict."""

    sides: tuple[Side, ...]
    conflict: bool
    several: bool = False
    """Whether each is to be heard for itself, though none is seen to contradict another."""


def compared(needs: Needs, evidence: Sequence[Evidence], index: Index) -> Compared:
    """The sides that belong into the answer: those that conflict with the best one, or all when asked to compare."""
    if needs.years and evidence and best_pin(evidence[0]):
        # Another year's figure is no other answer.
        evidence = [piece for piece in evidence if best_pin(piece)]
    pieces = list(_on_the_question(needs, evidence, index))
    if not pieces:
        return Compared((), conflict=False)
    claims = [claim(needs, piece, index) for piece in pieces]
    best = sorted({each.family: each for each in reversed(claims)}.values(), key=lambda each: -each.piece.score)
    asked = Asked.of(needs, index)
    if needs.compares:
        sides, conflict = _voices(needs, asked, claims, evidence, index)
        # Who asks whether a figure is disputed is not told of a dispute by other figures.
        if len(sides) > 1 or needs.kind not in ("figure", "date"):
            shown = tuple(_side(each) for each in sides[:MOST_SIDES])
            return Compared(shown, conflict=conflict, several=len(sides) > 1 and not conflict)
    offered = _EITHER_OR.search(fold(needs.text)) is not None
    rivals = _rivals(needs, evidence, index) if offered and needs.kind in ("yesno", "statement") else []
    deeper = _with_weaker(needs, claims, evidence, index)
    told = _told_by_one(needs, asked, deeper, index)
    if len(told) > 0:
        return Compared(tuple(told[:MOST_SIDES]), conflict=True)
    for differing, read in ((_values, deeper), (_answers, claims), (_reasons, deeper)):
        sides = differing(needs, asked, read, index)
        if differing is _answers and offered:
            # Which of the two a source holds to, its best sentence tells and not the one with a "not" in it.
            sides = [each for each in best if each.family in {side.family for side in sides}]
        if len(sides) > 1:
            return Compared(tuple(_side(each) for each in sides[:MOST_SIDES]), conflict=True)
    rivals = rivals or _others_named(needs, asked, best, index)
    if len(rivals) > 1:
        return Compared(tuple(_side(each) for each in rivals), conflict=False, several=True)
    first = _denial_instead(needs, asked, claims, index) or claims[0]
    agreeing = [each for each in best if each.family != first.family and _agrees(asked, first, each, index)]
    beside = [*_perhaps_another(needs, asked, first, deeper, index), *agreeing]
    return Compared(tuple(_side(each) for each in [first, *beside][:MOST_SIDES]), conflict=False)


def _rivals(needs: Needs, evidence: Sequence[Evidence], index: Index) -> list[Claim]:
    """What the two best sources say where a question offers two answers: which of them each holds to no word tells."""
    by_source: dict[tuple[str, str], list[Evidence]] = {}
    for piece in evidence:
        if piece.score >= AS_GOOD * evidence[0].score:
            by_source.setdefault((piece.sentence.family, piece.sentence.voice), []).append(piece)
    return [claim(needs, _nearest(pieces), index) for pieces in list(by_source.values())[:2]]


def _others_named(needs: Needs, asked: Asked, best: Sequence[Claim], index: Index) -> list[Claim]:
    """Asked who did it, the best answer and those of other sources that name somebody else and are nearly as good."""
    first = best[0]
    if needs.kind != "person" or first.name is None or office_asked(needs) is not None or asks_for_several(needs.text):
        return []
    near = [each for each in best[1:] if each.piece.score >= NEARLY_BEST * first.piece.score and each.name is not None]
    others = [each for each in near if not one_value(first, each)]
    return [first, *(each for each in others if one_thing(pair(asked, first, each, index)) >= PERHAPS_ONE_THING)]


def _nearest(pieces: Sequence[Evidence]) -> Evidence:
    """Of one source's pieces, best first, the one with most of the question among those nearly as good as the best."""
    return max((each for each in pieces if each.score >= NEARLY_ITS_BEST * pieces[0].score), key=lambda each: each.like)


def _voices(
    needs: Needs, asked: Asked, claims: list[Claim], evidence: Sequence[Evidence], index: Index
) -> tuple[list[Claim], bool]:
    """Who speaks on a matter whose sides are asked for: those who are seen to contradict each other, then the best of
    each other source, then others who are quoted by one of these; and whether any are seen to contradict each other."""
    read = _with_weaker(needs, claims, evidence, index)
    sides = (
        _values(needs, asked, read, index)
        or _reasons(needs, asked, read, index)
        or _answers(needs, asked, claims, index)
    )
    conflict = len(sides) > 1
    if needs.kind in ("figure", "date"):
        return sides, conflict
    sides = sides or claims[:1]
    first = sides[0].piece
    floor, high = max(HEARD, HEARD_BESIDE_BEST * first.score), max(SPEAKS, BESIDE_BEST * first.score)
    surely = 1.0 if needs.kind == "reason" else 0.0
    heard = (p for p in evidence if p.score >= floor and p.like >= HEARD_LIKE and p.kind >= surely)
    others = [claim(needs, piece, index) for piece in heard]
    for each in others:
        families = {side.family for side in sides}
        quoted = each.piece.score >= high and all(_other_speaker(each, side) for side in sides)
        new = not any(shown_by(each.piece) & shown_by(side.piece) for side in sides)
        if len(sides) < MOST_VOICES and new and (quoted or each.family not in families):
            sides.append(each)
    listed = [replace(each, piece=whole_list(each.piece, index)) for each in sides]
    return [_with_denial(each, index) for each in listed], conflict


def _other_speaker(one: Claim, other: Claim) -> bool:
    """Whether two claims are of two sources, or of two who are quoted by one."""
    return one.family != other.family or _speaker(one) != _speaker(other)


def _speaker(claim: Claim) -> frozenset[str]:
    """Keys of those whom a sentence quotes; none where it speaks for its source."""
    if not says(claim.piece.sentence.text):
        return frozenset()
    return frozenset(name.key for name in claim.facts.names if name.kind in ("person", "name", "org"))


_DENIAL = re.compile(
    DENIES.pattern + r"|\b(?:untrue|false|nonsense)\b|不实|胡说|\b(?:возража|возрази|неправд|вздор|чушь)\w*"
)
# Words of its own that a bare denial has at most: "The mayor's office denied that yesterday."
BARE = 5


def _with_denial(claim: Claim, index: Index) -> Claim:
    """What is denied by the very next sentence ("It did not.") is shown with it: by itself it would mislead."""
    own = claim.piece.sentence
    following = index.sentences[own.number + 1] if own.number + 1 < len(index.sentences) else None
    together = following is not None and (following.document_id, following.block) == (own.document_id, own.block)
    if claim.piece.before is not None or following is None or not together:
        return claim
    denial = _DENIAL.search(fold(following.text)) is not None or bool(negated_spans(following.text))
    if not denial or following.voice != own.voice or len(content_words(following.text, following.language)) > BARE:
        return claim
    return replace(claim, piece=replace(claim.piece, sentence=following, before=own, parallel=()))


def each_voice(found: Compared, evidence: Sequence[Evidence]) -> Compared:
    """What was compared and, of every other voice in the evidence, its best piece: asked what the readers say, one of
    them is not enough."""
    sides = {side.key: side for side in (Side(piece, None) for piece in reversed(evidence))}
    others = [side for key, side in reversed(sides.items()) if key not in {shown.key for shown in found.sides}]
    return found if found.conflict else replace(found, sides=(*found.sides, *others)[:MOST_SIDES])


def _side(claim: Claim) -> Side:
    return Side(claim.piece, claim.short)


def _on_the_question(needs: Needs, evidence: Sequence[Evidence], index: Index) -> Iterator[Evidence]:
    """The evidence that speaks on the question, best first; the best of all in any case."""
    floor = max(SPEAKS, BESIDE_BEST * evidence[0].score) if evidence else 0.0
    named = telling_names_held(needs, evidence[0], index, known=True) if evidence else 0.0
    for place, piece in enumerate(evidence[:LOOKED_AT]):
        if place and piece.score < floor:
            break
        # A sentence on another subject may hold a figure of the same unit; the names asked about tell it apart.
        if telling_names_held(needs, piece, index, known=True) >= named - NAMES_APART:
            yield piece


def _agrees(asked: Asked, first: Claim, other: Claim, index: Index) -> bool:
    if first.given and other.given:
        return exclude(asked, first, other, index) == "agree"
    return cosine(first.piece.sentence, other.piece.sentence, index) >= CORROBORATES


# -- figures, dates, names -----------------------------------------------------------------------------------------


def _values(needs: Needs, asked: Asked, claims: Sequence[Claim], index: Index) -> list[Claim]:
    """The first claim and, of each other source, the first one whose value excludes it."""
    if needs.kind in ("person", "place") and asks_for_several(needs.text):
        return []
    if needs.kind == "yesno" and len(needs.figures) > 1:
        claims = _by_figure(needs, claims, index)
    first = claims[0] if needs.kind == "figure" else next((each for each in claims if each.given), None)
    if first is None or first.family != claims[0].family:
        return []
    sides = [first]
    settled = {first.family}
    # Once two differ, what is weighed against them both needs less to be a third answer.
    for enough in (ONE_THING, PERHAPS_ONE_THING):
        disputed = len(sides) > 1
        for each in claims if disputed or enough == ONE_THING else ():
            if each.family in settled:
                continue
            against = sides if enough < ONE_THING else sides[:1]
            verdicts = [verdict for side in against if (verdict := _verdict(asked, side, each, index, enough))]
            told = {verdict for verdict, _, _ in verdicts}
            if told - {"apart"}:
                other = next(other for verdict, _, other in verdicts if verdict != "apart")
                repeats = any(one_value(side, other) for side in sides)
                # What repeats one side may stand beside what its source holds against it.
                if not (enough < ONE_THING and repeats):
                    settled.add(each.family)
                if "conflict" in told and not repeats:
                    sides[0] = sides[0] if sides[0].given else verdicts[0][1]
                    sides.append(other)
    return sides if len(sides) > 1 else []


def _told_by_one(needs: Needs, asked: Asked, claims: Sequence[Claim], index: Index) -> list[Side]:
    """A source's list of what several sides hold, with what others say that is not in it; nothing without a list."""
    if needs.kind != "figure":
        return []
    first = next((each for each in claims if each.given), None)
    if first is None or first.family != claims[0].family:
        return []
    for each in claims:
        held = facing(first, each, index)
        figure = held.figure
        if figure is None or (each is not first and exclude(asked, first, held, index) == "apart"):
            continue
        found = reported(each.piece, figure, index)
        if found is None:
            continue
        others = _values(needs, asked, claims, index)
        beside = [
            _side(other)
            for other in others
            if other.family != each.family
            and other.figure is not None
            and not any(other.figure.value == listed.value for listed in found.figures)
        ]
        return [Side(found.piece, None, found.texts), *beside]
    return []


def _verdict(
    asked: Asked, side: Claim, claim: Claim, index: Index, enough: float
) -> tuple[Verdict, Claim, Claim] | None:
    """Whether a claim excludes a side, and by which value of each: of several in a sentence, that most like the
    other's."""
    side = facing(claim, side, index)
    other = facing(side, claim, index)
    if not side.given or not other.given:
        return None
    return exclude(asked, side, other, index, enough), side, other


def _perhaps_another(needs: Needs, asked: Asked, first: Claim, claims: Sequence[Claim], index: Index) -> list[Claim]:
    """The claims of other sources that may give another answer than the first, the likeliest first: who asks is shown
    their words, though nothing is said of a dispute."""
    if needs.kind not in _BY_VALUE:
        return []
    likely: dict[tuple[str, str], tuple[float, Claim]] = {}
    for each in claims:
        if each.family == first.family or (told := _verdict(asked, first, each, index, PERHAPS_ONE_THING)) is None:
            continue
        verdict, mine, other = told
        chance = one_thing(pair(asked, mine, other, index)) if verdict == "conflict" else 0.0
        if chance > likely.get(each.family, (0.0, each))[0]:
            likely[each.family] = chance, each
    ordered = sorted(likely.values(), key=lambda found: -found[0])
    return [each for _, each in ordered[: MOST_VOICES - 1]]


def _with_weaker(needs: Needs, claims: list[Claim], evidence: Sequence[Evidence], index: Index) -> list[Claim]:
    """The claims and those of weaker sentences: what gives the value or the reason asked for in another language, or in
    other words, scores low."""
    if needs.kind not in _TELLING:
        return claims
    read = {each.piece.sentence.number for each in claims}
    floor = _TELLING[needs.kind]
    further = (p for p in evidence[:LOOKED_AT_WEAKER] if p.score >= floor and p.sentence.number not in read)
    return [*claims, *(claim(needs, piece, index) for piece in further)]


def _by_figure(needs: Needs, claims: Sequence[Claim], index: Index) -> list[Claim]:
    """The claims read as answers to "how much": a question that offers several figures asks which it is."""
    units = frozenset(figure.unit for figure in needs.figures if figure.unit is not None)
    figure = replace(needs, kind="figure", units=units, figures=(), unit_named=bool(units))
    return [claim(figure, each.piece, index) for each in claims]


# -- yes and no ----------------------------------------------------------------------------------------------------


_LEFT_OPEN = re.compile(
    r"\b(?:(?:do|does|did|could|can|would|will)(?:n't| not)|cannot|refus\w+ to|declin\w+ to|without) "
    r"(?:\w+ )?(?:say|saying|know|knowing|tell|telling|disclose|reveal|specify|explain|comment on|decide) "
    r"(?:\w+ )?(?:who|whom|whose|what|which|why|when|where|how|whether|if)\b[^,.;:?!]*"
    r"|(?:没有?|不|未|拒绝)(?:肯|愿|会|能)?(?:说明?|知道|透露|公布|清楚|解释|表明)(?:是|究竟|到底)?(?:谁|为什么|为何|是否|什么|哪|多少|何时|如何)[^，。；！？]*"
    r"|\bне (?:\w+ )?(?:говор|сказа|зна|сообщ|уточн|раскры|объясн|назва)\w*,? "
    r"(?:кто|что|чей|чья|чье|почему|когда|где|как|како\w+|сколько|ли)\b[^,.;:?!]*"
)
"""What somebody does not say or know, in folded text."""


def denies(text: str, question: str) -> bool:
    """Whether a text negates what a question asks or takes for granted; opposite words alone don't tell, nor does what
    somebody leaves open: "we do not say who is to blame"."""
    told = without(text, (match.span() for match in _LEFT_OPEN.finditer(fold(text))))
    return bool(stance(told).denied) and bool(contradictions(question, told))


def _answers(needs: Needs, asked: Asked, claims: Sequence[Claim], index: Index) -> list[Claim]:
    """A claim that affirms what is asked and those of other sources that deny it, the better of the two first."""
    if needs.kind != "yesno" and not needs.compares:
        return []
    for place, mine in enumerate(claims):
        against = {
            other.family: other
            for other in reversed(claims[place + 1 :])
            if other.family != mine.family and _opposite(needs, asked, mine, other, index)
        }
        if against:
            sides = [mine, *sorted(against.values(), key=lambda each: -each.piece.score)]
            return [*sides, *_seconding(needs, asked, claims, sides, index)]
    return []


def _seconding(
    needs: Needs, asked: Asked, claims: Sequence[Claim], sides: Sequence[Claim], index: Index
) -> Iterator[Claim]:
    """One more source that contradicts the other side of the first claim as it does."""
    heard = {side.family for side in sides}
    for each in claims:
        if each.family not in heard and _opposite(needs, asked, each, sides[1], index):
            yield each
            return


def _opposite(needs: Needs, asked: Asked, mine: Claim, other: Claim, index: Index) -> bool:
    """Whether one of two claims affirms what is asked and the other denies it."""
    if cosine(mine.piece.sentence, other.piece.sentence, index) < SAME_SUBJECT:
        return False
    one, two = stance(mine.piece.sentence.text), stance(other.piece.sentence.text)
    for both in stance(needs.text).sides.keys() & one.sides.keys() & two.sides.keys():
        if len(one.sides[both]) == len(two.sides[both]) == 1:
            return one.sides[both] != two.sides[both]
    return "conflict" in (_denied_by(needs, asked, mine, other, index), _denied_by(needs, asked, other, mine, index))


def _denial_instead(needs: Needs, asked: Asked, claims: Sequence[Claim], index: Index) -> Claim | None:
    """The claim that denies of the one asked about what the first only affirms of another; `None` without one."""
    if needs.kind != "yesno":
        return None
    against = (each for each in claims[1:] if _denied_by(needs, asked, claims[0], each, index) == "apart")
    return next(against, None)


def _denied_by(needs: Needs, asked: Asked, mine: Claim, other: Claim, index: Index) -> Verdict | None:
    """Whether `other` denies something of what is asked that `mine` affirms, or affirms ("apart") of somebody else."""
    one, two = spoken(mine.piece.sentence.text), spoken(other.piece.sentence.text)
    if not two.denied or not len(asked.weights):
        return None
    denied = asked.among(two.denied, index) >= DENIED_ALIKE
    within = asked.among((*two.denied, *two.in_scope), index)
    if not denied.any() and float((asked.weights * within).sum()) >= SPOKEN_OF * float(asked.weights.sum()):
        denied = within >= SPOKEN_OF
    # What a sentence says outside its negations it doesn't deny.
    denied &= asked.among(two.plain, index) < SPOKEN_OF
    weights = asked.weights * denied
    if not weights.any():
        return None
    affirmed = asked.among(one.plain, index) * (asked.among((*one.denied, *one.in_scope), index) < SPOKEN_OF)
    if float((weights * affirmed).sum()) < SPOKEN_OF * float(weights.sum()):
        return None
    if _denied_of_another(needs, asked, denied, other, index):
        return None
    return "apart" if _affirmed_of_another(needs, asked, weights, mine, index) else "conflict"


def _affirmed_of_another(needs: Needs, asked: Asked, weights: np.ndarray, claim: Claim, index: Index) -> bool:
    """Whether the word that affirms what is asked stands behind another's name."""
    text = claim.piece.sentence.text
    plain = spoken(text).plain
    if not plain:
        return False
    best = max(plain, key=lambda word: float((weights * asked.among([word], index)).sum()))
    return of_nobody_asked(needs.text, text, fold(text).find(best))


def _denied_of_another(needs: Needs, asked: Asked, denied: np.ndarray, claim: Claim, index: Index) -> bool:
    """Whether the negation of what is asked stands behind another's name."""
    sentence = claim.piece.sentence
    for start, end in negated_spans(sentence.text):
        words = content_words(sentence.text[start:end], sentence.language)
        if bool((denied & (asked.among(words, index) >= DENIED_ALIKE)).any()):
            return of_nobody_asked(needs.text, sentence.text, start)
    return False


# -- reasons -------------------------------------------------------------------------------------------------------


def _reasons(needs: Needs, asked: Asked, claims: Sequence[Claim], index: Index) -> list[Claim]:
    """Claims that put one event down to different reasons, of one source each."""
    if needs.kind != "reason":
        return []
    whole = Asked.of(needs, index, names=True)
    wants = wanted(needs)
    told: list[tuple[Claim, Reason]] = []
    for each in claims:
        why = reason(each.piece, index, wants)
        if why is None:
            continue
        words = _words(each)
        event = content_words(why.event, each.piece.sentence.language)
        # What is asked about has to be the event, and not what it is put down to.
        if whole.share(event, index) >= OF_THE_EVENT * whole.share(words, index):
            told.append((_with_what_was_replied_to(each, index) if why.reply else each, why))
    for place, (mine, why) in enumerate(told):
        if mine.piece.score < NEARLY_BEST * claims[0].piece.score:
            break
        if asked.share(_words(mine), index) < EVENT_ASKED:
            continue
        sides = [mine]
        for other, why_else in told[place + 1 :]:
            if other.family in {side.family for side in sides}:
                continue
            # What drew a reply and the ground given for it can both be true.
            comparable = wants is None or why.reply == why_else.reply
            if comparable and differ(mine.piece, other.piece, why, why_else, index):
                sides.append(other)
        if len(sides) > 1:
            return sides
    return []


def _words(claim: Claim) -> list[str]:
    return content_words(claim.piece.sentence.text, claim.piece.sentence.language)


def _with_what_was_replied_to(claim: Claim, index: Index) -> Claim:
    """A reply is shown with what it replies to: that is its reason."""
    return replace(claim, piece=replace(claim.piece, before=index.sentences[claim.piece.sentence.number - 1]))
