"""A follow-up, or a question in a language that no document has, as the model would ask it.

The model's words are looked up beside kzrag's own reading, never instead of it: they are used only when they ask the
same (nothing dropped, nothing added, nothing turned round) and what is found with them speaks at least as much for an
answer, by the measure that decides on refusals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kzrag.answering.draft import Statement
from kzrag.answering.extractive import write
from kzrag.answering.needs import Needs, read
from kzrag.answering.orders import gives_orders
from kzrag.answering.wording import say
from kzrag.conversation import Understood, words_of
from kzrag.text.dates import dates, same_date
from kzrag.text.language import fold, primary, script
from kzrag.text.names import names, same_name
from kzrag.text.polarity import opposed
from kzrag.text.quantities import quantities, same_quantity
from kzrag.text.words import content_terms
from kzrag.tracing import Stage, stage

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from kzrag.answering.engine import Part
    from kzrag.index import Index
    from kzrag.settings import Settings

KEPT = 0.5
"""Share of the content words of a follow-up that its rewrite must keep: the rest may be said in other forms."""
KNOWN = 0.6
"""Share of a rewrite's content words that must have been said in the talk."""
SAME_QUESTION = 0.5
"""Cosine of two questions in one language that ask the same: two about one country's oil are at about .4."""
SAME_QUESTION_ACROSS = 0.42
"""The same between two languages: what the gate asks of a sentence and its translation."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question is to be understood, what was found for it, and what asking the model took."""

    understood: Understood
    parts: list[Part]
    usage: dict[str, float] = field(default_factory=dict)


def reread(
    understood: Understood,
    parts: list[Part],
    history: Sequence[Mapping[str, object]],
    index: Index,
    settings: Settings,
    llm: LLM,
    *,
    find: Callable[[Understood], list[Part]],
    cancelled: Callable[[], bool],
    within: Stage | None = None,
) -> Reading:
    """The reading to answer from: the model's when it is faithful and finds as much, else the one given.

    `find` looks a reading up. Takes a sixth of `settings.llm_timeout` at most, beside the retrieval.
    """
    from kzrag.answering.llm import rewrite

    own = Reading(understood, parts)
    target = wanted_language(understood, index)
    if len(parts) != 1 or target is None:
        return own
    with stage("rewrite", within, language=target) as step:
        asked = understood.asked if target == understood.language else understood.question
        said = rewrite(asked, history, target, model=llm, settings=settings, cancelled=cancelled, within=step)
        step.tell(**said.usage)
        own = replace(own, usage=said.usage)
        if said.question is None or not asks_the_same(understood, said.question, target, history, index):
            step.tell(used=False, faithful=False)
            return own
        other = replace(understood, question=said.question, language=target, changed=True)
        found = find(other)
        used = len(found) == 1 and at_least_as_good(found[0], parts[0])
        step.tell(used=used, faithful=True)
        if not used:
            return own
        if target != understood.language:
            found = [told_to_reader(found[0], parts[0].needs, index)]
        return Reading(replace(other, language=understood.language), found, said.usage)


def wanted_language(understood: Understood, index: Index) -> str | None:
    """In which language the model is to ask: `None` when kzrag's own reading needs no help."""
    spoken = Counter(document.language for document in index.documents.values())
    if spoken and primary(understood.language) not in {primary(language) for language in spoken}:
        return spoken.most_common(1)[0][0]
    return understood.language if understood.changed else None


def told_to_reader(part: Part, needs: Needs, index: Index) -> Part:
    """What was found with a translated question, told in the language and under the words of the reader's own."""
    spoken = replace(part.needs, text=needs.text, language=needs.language)
    if part.decision.reason is not None:
        return replace(part, needs=spoken)
    if part.decision.correction is not None:
        told = [Statement(say("premise", needs.language), ()), *write(spoken, part.compared, part.evidence[:1], index)]
    else:
        doubt = Statement(say("unsure", part.needs.language), ())
        told = write(spoken, part.compared, part.evidence, index, sure=doubt not in part.statements)
    return replace(part, needs=spoken, statements=told)


def at_least_as_good(other: Part, own: Part) -> bool:
    """Whether `other` is answered where `own` is, from evidence that speaks at least as much for an answer."""
    answers = other.decision.reason is None
    return answers and (own.decision.reason is not None or other.chance >= own.chance)


def asks_the_same(
    understood: Understood, rewritten: str, language: str, history: Sequence[Mapping[str, object]], index: Index
) -> bool:
    """Whether a rewrite keeps what was asked and adds nothing that was not said."""
    asked, whole = understood.asked, understood.question
    talk = "\n".join([*(words_of(turn.get("content")) for turn in history), whole])
    if gives_orders(rewritten) or opposed(whole, rewritten) or _turned_round(understood, rewritten, language):
        return False
    if not _pinned_in(asked, rewritten) or not _pinned_in(rewritten, talk):
        return False
    vectors = index.encoder.encode([whole, rewritten])
    near = float(vectors[0] @ vectors[1])
    if primary(language) != primary(understood.language):
        return near >= SAME_QUESTION_ACROSS
    own, new, said = (set(content_terms(text, language)) for text in (asked, rewritten, talk))
    kept = len(own & new) / len(own) if own else 1.0
    known = len(new & said) / len(new) if new else 0.0
    return near >= SAME_QUESTION and kept >= KEPT and known >= KNOWN


def _turned_round(understood: Understood, rewritten: str, language: str) -> bool:
    """Whether another kind of thing is asked for: when, instead of how much."""
    own = read(understood.asked, understood.language).kind
    if own == "statement":  # "And by 2040?" asks for what was asked before
        own = read(understood.question, understood.language).kind
    return own not in ("statement", read(rewritten, language).kind)


def _pinned_in(text: str, other: str) -> bool:
    """Whether every name, figure and date of a text is in another, in whatever language."""
    there, spelled = names(other), fold(other)
    for name in names(text):
        unknown = not name.known and (fold(name.text) in spelled or script(other) != script(text))
        if not unknown and not any(same_name(name.key, each.key) for each in there):
            return False
    when = dates(other)
    if not all(any(same_date(date, each) for each in when) for date in dates(text)):
        return False
    taken = [(date.start, date.end) for date in dates(text)]
    figures = quantities(other)
    return all(
        any(same_quantity(figure, each) for each in figures)
        for figure in quantities(text)
        if not any(figure.start < end and start < figure.end for start, end in taken)
    )
