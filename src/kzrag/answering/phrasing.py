"""The language model's answer, as far as the gate lets it stand; the extractive answer when it doesn't."""

from __future__ import annotations

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
)
from kzrag.answering.extractive import quotable
from kzrag.answering.gate import Verdict, check
from kzrag.answering.models import name_of
from kzrag.answering.wording import reason_in_words, say
from kzrag.conversation import Understood
from kzrag.records import Answer, Event

if TYPE_CHECKING:
    from collections.abc import Generator

    from llama_index.core.llms import LLM

    from kzrag.index import Index
    from kzrag.settings import Settings

# Spans offered to the model per question: more only dilute a small model's attention.
OFFERED = 8


def offered_to(parts: Sequence[Part], index: Index) -> list[Source]:
    """The sources a model may cite: every side first, then the best evidence, each once."""
    pieces = [
        piece
        for part in parts
        for piece in [*(side.evidence for side in part.compared.sides), *part.evidence[:OFFERED]]
    ]
    needs = {id(piece): part.needs for part in parts for piece in part.evidence}
    sources: dict[tuple[str, int, int], Source] = {}
    for piece in pieces:
        source = quotable(piece, needs.get(id(piece), parts[0].needs), index)
        sources.setdefault(source.place, source)
    return list(sources.values())[: OFFERED + 2 * len(parts)]


def left_out(
    parts: Sequence[Part], shown: Sequence[Statement], judged: Callable[[str, Sequence[Source]], Verdict]
) -> list[Statement]:
    """What a part, or a side of a conflict, says in its source's words where the model cited nothing of it.

    A model may shorten; it may not choose which question to answer, or which side to show.
    """
    cited = {(source.document.family, source.voice) for statement in shown for source in statement.sources}
    places = {source.place for statement in shown for source in statement.sources}
    missing: list[Statement] = []
    for part in parts:
        own = [statement for statement in part.statements if statement.sources]
        untouched = not any(source.place in places for statement in own for source in statement.sources)
        for statement in own:
            first = statement.sources[0]
            side = part.compared.conflict and (first.document.family, first.voice) not in cited
            if (side or (untouched and len(parts) > 1)) and judged(statement.text, statement.sources).supported:
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
) -> Generator[Event, None, Answer | None]:
    """Streams the model's supported sentences; returns the finished answer, the extractive one when it failed."""
    from kzrag.answering.llm import phrase

    offered = offered_to(parts, index)

    def judged(sentence: str, sources: Sequence[Source]) -> Verdict:
        return check(sentence, [source.for_gate() for source in sources], encoder=index.encoder)

    numbering = Numbering()
    text = ""
    writing = phrase(
        understood.question,
        language,
        offered,
        model=llm,
        settings=settings,
        history=history,
        check=judged,
        cancelled=cancelled,
        differ=any(part.compared.conflict for part in parts),
    )
    shown: list[Statement] = []
    while True:
        try:
            statement = next(writing)
        except StopIteration as stop:
            outcome = stop.value
            break
        joiner = "" if not text else "\n\n" if statement.starts_paragraph else " "
        piece = joiner + numbering.marked(statement)
        text += piece
        shown.append(statement)
        yield Event("text", text=piece)
    if outcome.failure is not None or not shown:
        note = say("fell_back", language, why=reason_in_words(outcome.failure or "empty", language))
        fallback = extractive_answer(question, understood, language, parts, index, notes=(note,))
        return replace(fallback, usage=outcome.usage)
    for statement in left_out(parts, shown, judged):
        piece = "\n\n" + numbering.marked(statement)
        text += piece
        yield Event("text", text=piece)
    disagreements = [d for part in parts if (d := disagreement_of(part, numbering, index)) is not None]
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
        usage=outcome.usage,
    )
    return finished(answer, understood, parts, index)
