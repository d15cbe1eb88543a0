"""Why something happened, as one sentence tells it: what happened, and what it is put down to.

Two reasons are compared only when they are given for one event. A reply ("Russia retaliated by …") has its reason in
the sentence before it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kzrag.answering.claims import alike
from kzrag.answering.evidence import TELLING
from kzrag.answering.facts import facts_in, facts_of, holds_name
from kzrag.answering.needs import Needs
from kzrag.answering.swapped import around
from kzrag.records import Evidence
from kzrag.text.language import fold, has_han, primary
from kzrag.text.names import Name
from kzrag.text.quantities import same_quantity
from kzrag.text.words import content_words

if TYPE_CHECKING:
    from kzrag.index import Index

# What happened stands before these words and the reason after them …
_BECAUSE = re.compile(
    r"\b(because( of)?|due to|owing to|on the (grounds?|pretext) (of|that)|under the pretext (of|that)|thanks to)\b"
    r"|\b(as a result of|for fear (of|that)|on account of|in view of|as (a )?punishment for|citing)\b"
    r"|\bin (retaliation for|response to)\b"
    r"|因为|由于|鉴于|以便|理由是|借口是|原因是|是为了"
    r"|\b(из-за|потому что|так как|поскольку|по причине|под предлогом|ввиду|вследствие|в связи с|в ответ на)\b"
    r"|\bссылаясь на\b"
    r"|\b(өйткені|себебі)\b"
)
_WHY_ENDS = re.compile(r",|;|，|；|\s(?:and|и|және)\s")
# … or the reason before these and what happened after them.
_THEREFORE = re.compile(
    r"\b(therefore|that is why|which is why|consequently|as a result,|led to|caused|prompted|provoked|triggered)\b"
    r"|因此|所以|因而|为由|为借口|导致|引发|促使"
    r"|\b(поэтому|привел[оаи]? к|вызвал[оаи]?)\b"
    r"|\b(сондықтан|салдарынан|себебінен|байланысты)\b"
)
# … or both after a word for it.
_CAUSE_WAS = re.compile(
    r"\b(?:cause of|reason for|reason (?=why))(?P<event>.+?) (?:is|was|were|are) (?P<why>.+)"
    r"|\bпричин(?:ой|а|ы)(?P<ru>.+?)(?: стал[аои]?| был[аои]?| явля\w+| —)(?P<ruwhy> .+)"
)
_REPLY = re.compile(
    r"\b(retaliat\w+|in return|respon(se|ded|ds)|repl(y|ied)|answered|hit back)\b|报复|回应|反制|作为回报"
    r"|\b(в ответ|ответил\w*|отреагировал\w*)\b|жауап"
)
# What is given as a ground: the question wants what somebody says the reason was.
_GROUND_ASKED = re.compile(
    r"\b(pretext|grounds?|excuse|(official|stated|given) (reason|explanation|justification)|justif\w+)\b"
    r"|\breason .*\b(give|gave|given|state\w*|cite\w*)\b"
    r"|借口|名义|(对外|官方|给出|公开)的?(理由|原因|说法)|以何|为由"
    r"|предлог\w*|официальн\w+ (причин|объяснен)\w*|объяснил\w*|оправд\w+|сылтау|желеу"
)
_PROVOCATION_ASKED = re.compile(
    r"\b(provok\w*|trigger\w*|prompt(s|ed)?|spark\w*|in (retaliation|response|reply) (for|to) what|what made)\b"
    r"|激怒|引发|促使|招致|触发|惹|\b(спровоцир\w+|вызвал\w*|побудил\w*|подтолкнул\w*)\b|түрткі|арандат"
)
# So much of what two sentences say happened is the same when it is one event: on the tuning cases .39 and more, other
# events of the same actors .38 and less; where a rare name or a figure ties them, a little less will do.
ONE_EVENT, ONE_EVENT_TIED = 0.50, 0.35
# Rarity of a name that tells sentences apart.
RARE = math.log1p(1.0 / TELLING)
# Reasons that share more than this are one reason in other words.
ONE_REASON = 0.5


Wanted = Literal["ground", "provocation"] | None
"""What somebody says the reason was, or what came before and drew the reply."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence, cut into what happened and why."""

    event: str
    why: str
    reply: bool = False
    """Whether the reason is what the sentence before tells."""


def wanted(needs: Needs) -> Wanted:
    """Which kind of reason a question asks for, where it says so."""
    folded = fold(needs.text)
    if _GROUND_ASKED.search(folded):
        return "ground"
    return "provocation" if _PROVOCATION_ASKED.search(folded) else None


def reason(piece: Evidence, index: Index, wants: Wanted = None) -> Reason | None:
    """The event and the reason that a piece of evidence tells of, or `None` when it gives no reason in plain words.

    Where a reply gives a reason too, that one is the ground, and what was replied to the provocation.
    """
    text = piece.sentence.text
    folded = fold(text)
    replies = wants != "ground" and _REPLY.search(folded) is not None
    before = replied_to(piece, index) if replies and (wants or not _BECAUSE.search(folded)) else None
    if (match := _CAUSE_WAS.search(folded)) is not None:
        event, why = ("event", "why") if match["event"] else ("ru", "ruwhy")
        return Reason(text[match.start(event) : match.end(event)], text[match.start(why) :])
    if (match := _BECAUSE.search(folded)) is not None:
        end = _WHY_ENDS.search(folded, match.end())
        rest = text[end.end() :] if end is not None else ""
        event = f"{text[: match.start()]} {rest}"
        if not content_words(event):
            return None
        return Reason(event, before or text[match.end() : end.start() if end else len(text)], reply=before is not None)
    if (match := _THEREFORE.search(folded)) is not None and match.start() > 0:
        return Reason(text[match.end() :], text[: match.start()])
    return Reason(text, before, reply=True) if before is not None else None


def replied_to(piece: Evidence, index: Index) -> str | None:
    """The sentence before a reply, of the same voice."""
    number = piece.sentence.number - 1
    if number < 0:
        return None
    before = index.sentences[number]
    same = (before.document_id, before.voice) == (piece.sentence.document_id, piece.sentence.voice)
    return before.text if same and piece.sentence.block - before.block <= 1 else None


def differ(mine: Evidence, other: Evidence, why: Reason, why_else: Reason, index: Index) -> bool | None:
    """Whether two reasons of one event are different ones; `None` when they are not of one event."""
    languages = mine.sentence.language, other.sentence.language
    enough = ONE_EVENT_TIED if _tied(mine, other, index) else ONE_EVENT
    if alike(why.event, why_else.event, languages, index) < enough:
        return None
    return alike(why.why, why_else.why, languages, index) < ONE_REASON


def _tied(mine: Evidence, other: Evidence, index: Index) -> bool:
    """Whether both name somebody or something, or give a figure, that few sentences do."""
    one, two = (facts_of(each.sentence.text, each.sentence.language, None) for each in (mine, other))
    if any(a.unit is not None and same_quantity(a, b) for a in one.quantities for b in two.quantities):
        return True
    return any(index.lexical.rarity(f"@{key}") > RARE for key in one.keys & two.keys)


# -- whether what is to be explained is told at all ------------------------------------------------------------------


_PHRASAL = (
    (re.compile(r"\b(?:step|stand|stepp?ed|stood)(?:ing)? down\b"), "resign"),
    (re.compile(r"\bturn(?:ed|ing)? down\b"), "refuse"),
    (re.compile(r"\bcall(?:ed|ing)? off\b"), "cancel"),
    (re.compile(r"\bput(?:ting)? off\b"), "postpone"),
    (re.compile(r"\b(?:pull|pulled|pulling|back|backed|backing) out\b"), "withdraw"),
    (re.compile(r"\b(?:shut|shutting) down\b"), "close"),
    (re.compile(r"\b(?:give|gave|giving) up\b"), "abandon"),
    (re.compile(r"\b(?:set|setting) up\b"), "found"),
    (re.compile(r"\b(?:fall|fell|falling) out\b"), "quarrel"),
)
"""Verbs of two words of which neither tells what is done, and one that does."""
_NO_SUBJECT = re.compile(
    r"(?:\b(?:of|in|at|from|to|with|by|on|about|against|for|в|на|из|о|об|с|к|от|у|за)\s+(?:the\s+)?|[在于从对向])$"
)
_POSSESSIVE = re.compile(r"['’]s?\b|的")
EVENT_MET = 0.25
"""What a word has to be, as the vocabulary likens them, to tell what somebody is asked to have done."""
_LOOKED_AT = 20
_NEAR = 2
"""Sentences on either side in which whoever did it may be named."""
_UNSURE = frozenset({"kk"})
"""The encoder likens too few words of these."""


def subject(needs: Needs) -> Name | None:
    """The person a "why" asks about: "why did Berg resign?"."""
    folded = fold(needs.text)
    first = next(iter(needs.names), None)
    if first is None or (has_han(first.text) and not first.known):
        return None  # where such a name ends, and of what it is one, is a guess
    # What stands in quotation marks is a firm or a ship.
    if first.kind not in ("person", "name") or folded[: first.start].endswith('"'):
        return None
    return None if _NO_SUBJECT.search(folded[: first.start]) or _POSSESSIVE.match(folded, first.end) else first


def of_the_event(needs: Needs, evidence: Sequence[Evidence], index: Index) -> list[Evidence] | None:
    """Asked why somebody did something, only the evidence in or beside which some of that is told of them: what has
    nothing of the question but whom it names explains nothing. `None` where it can't be told what they did."""
    who = subject(needs) if needs.kind == "reason" and primary(needs.language) not in _UNSURE else None
    done = "" if who is None else _done(needs.text, who, needs.language)
    wanted = index.vocabulary.wanted(done, needs.language, index.encoder) if done else None
    if who is None or wanted is None or not len(wanted.weights):
        return None
    if any(fold(who.text) in fold(name) for piece in evidence[:1] for name in _speaks(piece, index)):
        return None  # "why does Berg think so?": they speak for themselves
    kept = []
    for piece in evidence[:_LOOKED_AT]:
        near = [*around(piece.sentence, _NEAR, index), *piece.parallel]
        beside = [*around(piece.sentence, 1, index), *piece.parallel]
        told = float(index.vocabulary.nearest(wanted, [each.number for each in beside]).max()) >= EVENT_MET
        if told and any(holds_name(facts_in(each, index), who) for each in near):
            kept.append(piece)
    return kept


def _speaks(piece: Evidence, index: Index) -> list[str]:
    document = index.documents[piece.sentence.document_id]
    return [name for name in (piece.sentence.voice, document.author, document.publisher) if name]


def _done(question: str, who: Name, language: str) -> str:
    """What a question says of somebody: what stands behind their name, or else the last words before it."""
    behind = fold(question[who.end :])
    for pattern, verb in _PHRASAL:
        behind = pattern.sub(verb, behind)
    words = content_words(behind, language)
    return " ".join(words or content_words(fold(question[: who.start]), language)[-2:])
