"""The language model's answer, as far as the gate lets it stand; the extractive answer when it doesn't."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kzrag.answering.draft import Source, Statement
from kzrag.answering.engine import (
    Numbering,
    Part,
    disagreement_of,
    extractive_answer,
    finished,
    supported,
    unanswered,
)
from kzrag.answering.extractive import quotable
from kzrag.answering.gate import Verdict
from kzrag.answering.models import name_of
from kzrag.answering.wording import reason_in_words, say
from kzrag.conversation import Understood
from kzrag.records import Answer, Event
from kzrag.tracing import Stage, under

if TYPE_CHECKING:
    from collections.abc import Generator

    from llama_index.core.llms import LLM

    from kzrag.index import Index
    from kzrag.settings import Settings

# Spans offered to the model per question: more only dilute a small model's attention.
OFFERED = 8


def offered_to(parts: Sequence[Part], index: Index) -> list[Source]:
    """The sources a model may cite, each once: what kzrag would quote itself, every side, then the best evidence.

    Of what would be quoted each independent voice's first comes first: a model that stops early has heard them all.
    """
    sources: dict[tuple[str, int, int], Source] = {}
    for part in parts:
        quoted = [source for statement in part.statements for source in statement.sources]
        firsts: dict[tuple[str, str], Source] = {}
        for source in quoted:
            firsts.setdefault((source.document.family, source.voice), source)
        for source in [*firsts.values(), *quoted]:
            sources.setdefault(source.place, source)
    for part in parts:
        for piece in [*(side.evidence for side in part.compared.sides), *part.evidence[:OFFERED]]:
            source = quotable(piece, part.needs, index)
            sources.setdefault(source.place, source)
    return list(sources.values())[: OFFERED + 2 * len(parts)]


def left_out(parts: Sequence[Part], numbering: Numbering, index: Index) -> list[Statement]:
    """What a part, or a side of a conflict, says in its source's words where the model cited nothing of it.

    A model may shorten; it may not choose which question to answer, which side to show, or to pass over what corrects
    the question.
    """
    missing: list[Statement] = []
    for part in parts:
        own = [statement for statement in part.statements if statement.sources]
        told = [any(numbering.given(source) for source in statement.sources) for statement in own]
        for statement, known in zip(own, told, strict=True):
            two_sided = part.compared.conflict or part.decision.correction is not None
            owed = two_sided or (len(parts) > 1 and not any(told))
            if owed and not known and supported(statement, index).supported:
                missing.append(statement)
    return missing


def phrased(
    question: str,
    understood: Understood,
    language: str,
    parts: Sequence[Part],
    index: Index,
    settings: Settings,
    llm: LLM,
    history: Sequence[Mapping[str, object]],
    cancelled: Callable[[], bool],
    deadline: float,
    spent: Mapping[str, float],
    within: Stage,
) -> Generator[Event, None, Answer]:
    """Streams the model's supported sentences; returns the finished answer, the extractive one when it failed.

    The model is done by `deadline` (of `time.monotonic()`); `spent` is what it used for this question before.
    """
    from kzrag.answering.llm import added, phrase

    answered = [part for part in parts if part.decision.reason is None]
    offered = offered_to(answered, index)

    def judged(sentence: str, sources: Sequence[Source]) -> Verdict:
        with under(within):
            return supported(Statement(sentence, tuple(sources)), index)

    corrects = any(part.decision.correction is not None for part in answered)
    premise = f"{say('premise', language)}\n\n" if corrects else ""
    numbering = Numbering()
    text = ""
    shown: list[Statement] = []
    with contextlib.closing(
        phrase(
            understood.question,
            language,
            offered,
            model=llm,
            settings=settings,
            history=history,
            check=judged,
            cancelled=cancelled,
            differ=any(part.compared.conflict for part in answered),
            deadline=deadline,
            within=within,
        )
    ) as writing:
        while True:
            try:
                statement = next(writing)
            except StopIteration as stop:
                outcome = stop.value
                break
            joiner = premise if not text else "\n\n" if statement.starts_paragraph else " "
            piece = joiner + numbering.marked(statement)
            text += piece
            shown.append(statement)
            yield Event("text", text=piece)
    usage = added(spent, outcome.usage or {}) or None
    if outcome.failure is not None or not shown:
        note = say("fell_back", language, why=reason_in_words(outcome.failure or "empty", language))
        with under(within):
            fallback = extractive_answer(question, understood, language, parts, index, notes=(note,))
        return replace(fallback, usage=usage)
    with under(within):
        rest = [numbering.marked(statement) for statement in left_out(answered, numbering, index)]
    rest += [unanswered(part, language) for part in parts if part.decision.reason is not None]
    for paragraph in rest:
        piece = "\n\n" + paragraph
        text += piece
        yield Event("text", text=piece)
    disagreements = [d for part in answered if (d := disagreement_of(part, numbering, index)) is not None]
    notes = [say("removed", language, count=outcome.removed)] if outcome.removed else []
    if outcome.translated:
        notes.append(say("translated", language, model=name_of(llm)))
    answer = Answer(
        text=text,
        language=language,
        abstained=False,
        reason=None,
        citations=tuple(numbering.citations),
        disagreements=tuple(disagreements),
        mode="llm",
        question=question,
        notes=tuple(notes),
        usage=usage,
    )
    return finished(answer, understood, parts, index)
