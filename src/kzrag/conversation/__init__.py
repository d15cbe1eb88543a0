"""Follow-ups into standalone questions, without a model.

"And by 2040?" keeps the topic and changes the year; "When did he go there?" puts the names back for the pronouns;
"Who disagrees?" asks its own thing of the old topic. What was understood is said in the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kzrag.conversation.challenges import Challenge, challenge_of
from kzrag.conversation.cues import (
    ACTS_FIRST,
    ASKS,
    CLAUSE,
    CLOSER,
    KINDS,
    MORE,
    OPENERS,
    PLACE_FACT,
    PREPOSITION,
    REACTS,
    SOCIAL,
)
from kzrag.conversation.ellipsis import swapped
from kzrag.conversation.measures import of_the_same
from kzrag.conversation.prefaces import main_first, without_preface
from kzrag.conversation.pronouns import filled, pronouns, spelled
from kzrag.conversation.speakers import asked_of_another
from kzrag.conversation.views import view_of
from kzrag.text.language import detect, fold, has_han, primary
from kzrag.text.names import names
from kzrag.text.words import content_terms

MEMORY = 6
"""Turns further back than this no longer say what "it" is."""
LEANS_BELOW = 3
"""A question with fewer content words of its own than this, and no name, leans on what was said before."""
_LONGEST_TURN = 4000
_LONGEST_SAID = 1200
"""Characters of the last answer that are remembered: a handful of quotes."""
_JOINT = re.compile(" — |——")
"""Between the old question and the new one, where the old one has to go along."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that can stand alone."""

    question: str
    """What to look for."""
    asked: str
    """What the reader typed, without what only announced it; says what kind of thing is asked."""
    language: str
    changed: bool
    """Whether `question` is more than what was typed."""
    previous: str = ""
    """The old question, standing alone, where this one leans on it."""
    said: str = ""
    """What the assistant said last, where the question leans on it: what comes next in the article is near it."""
    more: bool = False
    """Whether more of the same is wanted: what `said` holds already is no answer."""
    given: frozenset[str] = frozenset()
    """Keys of the names that `said` and the old question have: known, so hardly what is asked."""
    challenge: Challenge | None = None
    """Whether the turn doubts the answer to `previous`, or wants its source, and asks nothing else."""


def standalone(question: str, history: Sequence[Mapping[str, object]] = ()) -> Understood:
    """`question` as it would be asked without `history` (`{"role", "content"}` turns, oldest first)."""
    turns = [(str(turn.get("role")), words_of(turn.get("content"))) for turn in history][-2 * MEMORY :]
    previous = said = ""
    for role, content in turns:
        if role == "user" and content.strip() and not is_social(content):
            if previous and challenge_of(content) is not None:
                continue  # the old question is still the one spoken of
            asked, topic = without_preface(content.strip())
            asked = main_first(asked)
            previous = resolve(asked, topic or previous, said) if topic or previous else asked
        elif role == "assistant":
            said = _plain(content)
    question, topic = without_preface(question)
    question = main_first(question)
    previous, said = (topic, "") if topic else (previous, said)
    if not previous or not question.strip():
        return Understood(question, question, detect(question), changed=False)
    language = _language(question, previous)
    resolved = resolve(question, previous, said)
    if resolved == question:
        return Understood(question, question, language, changed=False)
    given = frozenset(name.key for name in [*names(said), *names(previous)])
    more, challenge = _wants_more(question), challenge_of(question)
    return Understood(resolved, question, language, True, previous, said, more, given, challenge)


def words_of(content: object) -> str:
    """The text of a turn, be it plain or a list of parts as chat pages send it."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return words_of(content.get("text") or content.get("content") or "")
    if isinstance(content, Sequence):
        return " ".join(words_of(part) for part in content)
    return ""


def is_social(turn: str) -> bool:
    """Whether a turn asks nothing: thanks, a greeting."""
    return SOCIAL.fullmatch(fold(turn).strip(" !.?。,~)(")) is not None


def leans(question: str) -> bool:
    """Whether a question needs what was said before it."""
    if is_social(question):
        return False
    return resolve(question, "\u2026", "") != question


_QUOTED = re.compile("“([^”]+)”|「([^」]+)」|«([^»]+)»")


def _plain(answer: str) -> str:
    """What an answer states: its quotes, or its words without markers and notes."""
    # What was understood, said at the end of an answer in brackets, is the reader's own question again.
    body = re.sub(r"\n\n\([^()\n]*:[^\n]*\)\s*$", "", answer[:_LONGEST_TURN])
    # Without a marker it is no answer of kzrag's: what stands in quotation marks is only a part of it.
    marked = re.search(r"\[\d+\]", body) is not None
    quotes = [next(filter(None, match.groups())) for match in _QUOTED.finditer(body)] if marked else []
    if not quotes and _REFUSED.search(body):
        return ""
    first = body.split("\n", 1)[0] if quotes and not _QUOTED.search(body.split("\n", 1)[0]) else ""
    return " ".join(re.sub(r"\[\d+\]", " ", " ".join([first, *quotes]) if quotes else body).split())[:_LONGEST_SAID]


_REFUSED = re.compile(
    r"the corpus doesn't tell|語料沒有提到|语料没有提到|語料的範圍|в корпусе об этом не"
    r"|за пределами корпуса|корпус кончается|корпуста бұл|корпус аясынан|корпус \d+ жылмен"
    r"|\b(?:don't|do not|doesn't) (?:know|say)\b",
    re.IGNORECASE,
)


def _language(question: str, previous: str) -> str:
    """A follow-up of digits and a mark ("2040?") is in the conversation's language."""
    if not re.search(r"[^\W\d_]", question):
        return detect(previous)
    # Few Chinese words say by themselves which script variant they are written in.
    found, before = detect(question), detect(previous)
    if found != before and primary(found) == primary(before) and len(question) < 12:
        return before
    if {found, before} == {"ru", "kk"} and len(question.split()) < LEANS_BELOW:
        return before
    return found


def _tongue(question: str, previous: str) -> str:
    return primary(_language(question, previous))


def _core(question: str, tongue: str) -> tuple[str, str]:
    """A question without the words it opens and ends with, and those it opens with."""
    core = question.strip()
    opener = OPENERS.get(tongue, OPENERS["en"]).match(fold(core))
    cut = opener.end() if opener else 0
    opening, core = core[:cut], core[cut:]
    while (closer := CLOSER.search(fold(core))) is not None:
        core = core[: closer.start()]
    return core.strip(), opening.strip()


def _wants_more(question: str) -> bool:
    return any(
        MORE.fullmatch(fold(text).strip(" ?!.。,"))
        for text in (question, _core(question, primary(detect(question)))[0])
    )


def resolve(question: str, previous: str, said: str = "") -> str:
    """`question` asked after `previous` (itself standing alone) and the answer `said`, as it would be asked alone.

    The same string when it leans on nothing.
    """
    if is_social(question):
        return question
    if _wants_more(question):
        return previous
    if challenge_of(question) is not None:
        return _joined(previous, question)
    tongue = _tongue(question, previous)
    core, opening = _core(question, tongue)
    if not core:
        return previous
    if (view := view_of(core)) is not None:
        return _joined(previous, _sentence(view, question))
    if (same := of_the_same(core, first_of(previous))) is not None:
        if names(core):
            return _sentence(filled(same, previous, said)[0], question)
        core, question = same, f"{opening} {same}{_mark(same)}".strip()
    if (other := asked_of_another(core, first_of(previous))) is not None:
        return other
    if not ASKS.search(fold(core)) and _is_short(core):
        whole, left = filled(core, previous, said)
        return swapped(core if left else whole, first_of(previous)) or _joined(previous, question)
    whole, left = filled(core, previous, said)
    if (topic := _TOPIC_FIRST.match(whole)) is not None and not left:
        return _sentence(f"{topic['topic']}——{topic['asked']}", question)
    referred = left or whole != core
    if left and not _stands_anyway(core):
        return _joined(previous, filled(question.strip(), previous, said)[0])
    own, named = _own_words(whole), len({name.key for name in names(whole)})
    if referred:
        alone = own + named > 1 or not any(name.kind == "person" for name in names(whole))
        return _sentence(whole, question) if alone else _joined(previous, whole)
    if named and own:
        return _joined(previous, question) if _lacks_subject(core, opening, previous, tongue) else question
    if named > 1 or own > LEANS_BELOW:
        return question
    return _with_context(question, core, previous, said, opening, own, named)


_TOPIC_FIRST = re.compile("(?P<topic>[^,，?？]{2,20})呢[,，]\\s*(?P<asked>[^,，?？]{4,})$")
"""A Chinese question that names what it is about first: "桥的合同呢，法院怎么处理"."""


def _is_short(core: str) -> bool:
    """Whether what asks nothing by its form is the name of a thing, and no statement of its own."""
    return len(core) <= 14 if has_han(core) else len(core.split()) <= 6  # characters, words


def _stands_anyway(core: str) -> bool:
    """A long question with names of its own has its "this" inside itself."""
    return bool(names(core)) and _own_words(core) > LEANS_BELOW


def _own_words(text: str, *empty: re.Pattern[str]) -> int:
    """Content words outside the names, but for those that speak of what was said before, and `empty` ones."""
    rest = text
    for match in (found for pattern in (REACTS, *empty) for found in pattern.finditer(fold(text))):
        rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    for name in names(text):
        rest = rest[: name.start] + " " * (name.end - name.start) + rest[name.end :]
    return len([term for term in content_terms(rest) if term[0] != "@"])


def _lacks_subject(core: str, opening: str, previous: str, tongue: str) -> bool:
    """Whether a question names something, but not who acts: Chinese and Russian leave out what was just spoken of."""
    if tongue == "zh":
        acts = ACTS_FIRST.match(fold(core)) is not None
        return (acts and bool(names(previous))) or (bool(opening) and _own_words(core) < LEANS_BELOW - 1)
    if not opening or CLAUSE.search(fold(core)):
        return False
    return all(PREPOSITION.search(fold(core[: name.start])) for name in names(core)) or tongue == "kk"


def _with_context(question: str, core: str, previous: str, said: str, opening: str, own: int, named: int) -> str:
    """A question with no name: with the old one's, or with all of it."""
    if named == 0 and own and PLACE_FACT.search(fold(core)) and not opening:
        places = [name for name in names(previous) if name.kind in ("place", "demonym")]
        if not places:
            return question
        if set(content_terms(core)) & set(content_terms(previous)):
            return _joined(previous, question)  # "where did the capital use to be?" after one about a capital
        place = spelled(places[0], question)
        return f"{place}的{core}？" if has_han(core) else f"{core} ({place})?"
    if own < LEANS_BELOW or opening:
        return _joined(previous, question)
    shared = set(content_terms(core)) & set(content_terms(f"{previous} {said}"))
    return _joined(previous, question) if shared else question


def _mark(text: str) -> str:
    return "？" if has_han(text) else "?"


def first_of(previous: str) -> str:
    """The old question without what was asked about it: a swap changes the question itself."""
    return _JOINT.split(previous)[0]


def last_of(question: str) -> str:
    """Of a question that goes with the one before it, what was asked now."""
    return _JOINT.split(question)[-1]


def _joined(previous: str, question: str) -> str:
    """Both questions in one. Of two joined ones the last is dropped when it says no more than "why"."""
    base, *tails = _JOINT.split(previous)
    kept = [tail for tail in tails[-1:] if _own_words(tail, KINDS) > 0]
    tail = question.strip().rstrip("?？ ")
    if tail[:1].isupper() and not (names(tail) and names(tail)[0].start == 0) and not tail.startswith("I "):
        tail = tail[0].lower() + tail[1:]
    joint = "——" if has_han(tail) else " — "
    return joint.join([*(each.strip().rstrip("?？ ") for each in (base, *kept)), f"{tail}{_mark(question)}"])


def own_part(question: str) -> str | None:
    """Of a question that goes with the one before it, what was asked now; `None` when that says too little alone."""
    *before, tail = _JOINT.split(question)
    asks = bool(before) and ASKS.search(fold(tail)) is not None
    told = asks and (
        view_of(tail) is not None
        or _own_words(tail, KINDS) > 0
        or (bool(names(tail)) and all(p.stands != "whole" for p in pronouns(tail)))
    )
    return tail if told else None


def is_joined(question: str) -> bool:
    """Whether a question goes with the one before it, and does not just have a thing of it put in."""
    return _JOINT.search(question) is not None


def asks_itself(question: str) -> bool:
    """Of a question that goes with the one before it, whether what was asked now has a question word of its own."""
    *before, tail = _JOINT.split(question)
    return bool(before) and ASKS.search(fold(_core(tail, primary(detect(tail)))[0])) is not None


def _sentence(core: str, question: str) -> str:
    """A question that stands alone, with a capital where its alphabet has them and the reader used them."""
    capital = core[0].upper() if question[:1].isupper() else core[0]
    return f"{capital}{core[1:]}{_mark(core)}"
