"""The pipeline from a question to an answer: understand, retrieve, weigh, write, judge, number.

Two writers, one judge: the extractive writer and the language model both hand statements with their sources to the
same gate, and only the gate decides what is shown.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kzrag.answering.about import about
from kzrag.answering.abstention import DIFFER, SURE, Decision, decide, fitting, likelihood
from kzrag.answering.disagreement import Compared, Side, compared, each_voice
from kzrag.answering.draft import Source, Statement
from kzrag.answering.evidence import STRICT, gather, shown_by
from kzrag.answering.extractive import claim_of, quotable, quotation, share_of_each_side, topic_of, write
from kzrag.answering.gate import Verdict, admit
from kzrag.answering.held import is_new
from kzrag.answering.nearby import LONGEST_SAID, leaned
from kzrag.answering.needs import Needs, for_its_sides, read
from kzrag.answering.parts import cut, split
from kzrag.answering.suggest import follow_ups, nearest
from kzrag.answering.voices_asked import articles_alone, speakers
from kzrag.answering.whose import who_answers
from kzrag.answering.wording import own_tag, say
from kzrag.conversation import Understood, asks_itself, first_of, is_joined, last_of, own_part, resolve, standalone
from kzrag.records import Answer, Citation, Disagreement, Event, Evidence, Position
from kzrag.retrieval import Filter, Query, dense, hybrid, lexical
from kzrag.text.dates import Date
from kzrag.text.language import fold
from kzrag.text.names import names
from kzrag.text.quantities import Quantity, quantities
from kzrag.text.units import COUNTED, MEASURES
from kzrag.tracing import Stage, stage, under

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from kzrag.index import Index
    from kzrag.settings import Settings

# Passages looked into per question: on the tuning cases the gold passage was never below this rank.
PASSAGES = 40
LONGEST_QUESTION = 2000
"""Characters; a longer question is a document, and is cut."""
MOST_PARTS = 4
LONGEST_SHORT = 40
"""Characters of an answer in which its short answer stands."""
SAID_WEIGHT = 0.5
"""What the last answer adds to a follow-up's vector: enough to stay in the paragraph, too little to repeat it."""


@dataclass(slots=True)
class Numbering:
    """Gives each cited stretch its number, in order of first use."""

    citations: list[Citation] = field(default_factory=list)
    _numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def of(self, source: Source) -> int:
        if source.place not in self._numbers:
            number = len(self.citations) + 1
            self._numbers[source.place] = number
            self.citations.append(citation_of(source, number))
        return self._numbers[source.place]

    def given(self, source: Source) -> tuple[int, ...]:
        """The numbers under which `source` is cited already, as it stands or by words of it or of its parallels."""
        if source.place in self._numbers:
            return (self._numbers[source.place],)
        places = [each.place for each in (source, *source.parallel)]
        return tuple(
            cited.number
            for cited in self.citations
            if any(cited.document_id == name and cited.start < end and start < cited.end for name, start, end in places)
        )

    def marked(self, statement: Statement) -> str:
        """The statement with its markers."""
        numbers = dict.fromkeys(self.of(source) for source in statement.sources)
        markers = "".join(f"[{number}]" for number in numbers)
        return f"{statement.text} {markers}".strip()


def citation_of(source: Source, number: int) -> Citation:
    """The public citation of a source."""
    document = source.document
    return Citation(
        number=number,
        document_id=document.id,
        start=source.start,
        end=source.end,
        quote=source.quote,
        title=document.title,
        publisher=document.publisher,
        author=document.author,
        url=document.url,
        language=document.language,
        published=source.published,
        published_note=None if source.voice_date else document.published_note,
        voice=source.voice,
        family=document.family,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One question of possibly several in one, with what was found for it."""

    needs: Needs
    evidence: list[Evidence]
    decision: Decision
    compared: Compared
    statements: list[Statement]
    chance: float = 0.0
    """How likely the evidence answers, 0 to 1."""


def look(
    needs: Needs,
    index: Index,
    where: Filter | None,
    disable: frozenset[str] = frozenset(),
    allowed: frozenset[tuple[str, str]] | None = None,
) -> list[Evidence]:
    """The evidence for one question, of the `allowed` (document, voice) pairs only when given."""
    vector, _ = index.read(needs.text)
    said = index.encoder.encode([needs.said[:LONGEST_SAID]])[0] if needs.said else None
    if said is not None:
        vector = vector + SAID_WEIGHT * said
        vector = vector / max(float((vector @ vector) ** 0.5), 1e-9)
    search = lexical if "dense" in disable else dense if "lexical" in disable else hybrid
    with stage("retrieve") as step:
        hits = search(index, Query(needs.text, vector, needs.language), PASSAGES, where)
        step.tell(passages=len(hits))
    with stage("evidence"):
        evidence = gather(needs, vector, hits, index, allowed=allowed, disable=disable)
    if needs.more:
        evidence = [piece for piece in evidence if piece.sentence.text not in needs.said] or evidence
    return leaned(evidence, needs, said, index) if needs.said or needs.before or needs.told else evidence


def answer_part(needs: Needs, index: Index, where: Filter | None, disable: frozenset[str] = frozenset()) -> Part:
    """Evidence, decision and extractive statements for one question."""
    told = about(needs, index, where)
    if told is not None:
        return Part(needs, [], Decision(), Compared((), conflict=False), told, 1.0)
    part = _answer_as_read(needs, index, where, disable)
    if part.decision.reason is None or needs.wider is None:
        return part
    wider = _answer_as_read(needs.wider, index, where, disable)
    return wider if wider.decision.reason is None else part


def answer_parts(
    readings: Sequence[Needs], index: Index, where: Filter | None, disable: frozenset[str] = frozenset()
) -> list[Part]:
    """Each question answered; one that leans on the first is looked for around what answered that one.

    One that finds no sure answer is looked for again around the surest one's: one place often answers all.
    """
    parts: list[Part] = []
    asked: list[Needs] = []
    for reading in readings:
        needs = _of_who_answered(reading, parts[0], index) if reading.typed and _sure(parts[0]) else reading
        asked.append(needs)
        leans = needs.follows and bool(parts) and _sure(parts[0])
        parts.append(answer_part(_beside(needs, parts[0], parts) if leans else needs, index, where, disable))
    # What stands beside a guess would only find the guess again.
    surest = max(filter(_sure, parts), key=lambda part: part.chance, default=None)
    if surest is None:
        return parts
    together = any(needs.follows for needs in asked)
    for place, (needs, part) in enumerate(zip(asked, parts, strict=True)):
        others = parts[:place] + parts[place + 1 :]
        if part is surest or (_sure(part) and not _same_answer(part, others)) or not (together or _sure(part)):
            continue
        beside = _beside(needs, surest, others) if together else replace(needs, told=_told(others))
        again = answer_part(beside, index, where, disable)
        better = again.chance > part.chance or (_sure(part) and _sure(again))
        if again.decision.reason is None and (part.decision.reason is not None or better):
            parts[place] = again
    return parts


# Asked for one of these, what answers has a name.
_NAMED = frozenset({"person", "place", "name", "who_said"})


def _of_who_answered(needs: Needs, first: Part, index: Index) -> Needs:
    """ "Who disagrees with Berg, and where does he work?": who answers the first question is meant, and not Berg."""
    side = next(iter(first.compared.sides), None)
    if side is None or first.needs.kind not in _NAMED:
        return needs
    named = side.short.text if side.short is not None else who_answers(first.needs, side.evidence.sentence, index)
    text = needs.text if named is None else resolve(needs.typed, first.needs.text, named)
    if text == needs.text or is_joined(text):
        return needs
    again = replace(read(text, needs.language), follows=True, among=needs.among)
    # They may speak without being named; anybody's figure, date or place is not theirs.
    return again if again.kind in STRICT else replace(again, wider=replace(needs, wider=None))


def _told(parts: Sequence[Part]) -> tuple[Quantity | Date, ...]:
    """The figures and dates that surely answer one of several questions."""
    values = [
        side.short.quantity or side.short.date
        for part in parts
        if _sure(part)
        for side in part.compared.sides
        if side.short is not None
    ]
    return tuple(value for value in values if value is not None)


def _same_answer(part: Part, others: Sequence[Part]) -> bool:
    """Whether a figure or a date answers a question that surely answers another one: it can't be both."""
    own = _told([part])
    surer = _told([other for other in others if other.chance >= part.chance])
    return bool(own) and not any(is_new(value, surer) for value in own)


def _sure(part: Part) -> bool:
    return part.decision.reason is None and bool(part.evidence) and part.chance >= SURE


def _beside(needs: Needs, other: Part, all_told: Sequence[Part]) -> Needs:
    """A question beside another, whose answer is known; what answers one of `all_told` surely answers no other."""
    shorts = [side.short for side in other.compared.sides if side.short is not None]
    given = needs.given | other.needs.keys | {name.key for short in shorts for name in names(short.text)}
    told = needs.told + _told(all_told)
    needs = _in_its_unit(needs, other)
    said, before = other.evidence[0].sentence.text, other.needs.text
    wider = None if needs.wider is None else replace(needs.wider, said=said, before=before, given=given, told=told)
    return replace(needs, said=said, before=before, given=given, told=told, wider=wider)


def _in_its_unit(needs: Needs, other: Part) -> Needs:
    """ "How much did they ask, and how much did he offer?": the second is told in what the first was."""
    short = other.compared.sides[0].short if other.compared.sides else None
    unit = short.quantity.unit if short is not None and short.quantity is not None else None
    bare = needs.kind == other.needs.kind == "figure" and not needs.units and needs.counted is None
    if unit not in MEASURES - COUNTED or not bare or other.needs.counted is not None:
        return needs
    return replace(needs, units=frozenset({unit}))


def _answer_as_read(needs: Needs, index: Index, where: Filter | None, disable: frozenset[str]) -> Part:
    named = speakers(needs, index)
    everything = look(needs, index, where, disable, named if named is not None else articles_alone(needs, index))
    with stage("decide") as step:
        fit = fitting(needs, everything, index)
        decision = (
            Decision()
            if "abstention" in disable and everything
            else decide(needs, everything, fit, index, asked_of=named is not None)
        )
        step.tell(evidence=len(everything), refused=decision.reason)
    fits = decision.reason is None and decision.correction is None
    evidence = fit if fits and fit else everything
    likely = likelihood(needs, evidence, everything) if evidence else 0.0
    if decision.reason is not None:
        return Part(needs, evidence, decision, Compared((), conflict=False), [], likely)
    if decision.correction is not None:
        rest = [piece for piece in evidence if piece is not decision.correction]
        evidence = [decision.correction, *rest]
        found = Compared((Side(decision.correction, None),), conflict=False)
        statements = [Statement(say("premise", needs.language), ()), *write(needs, found, evidence[:1], index)]
    else:
        found = compared(needs, evidence, index)
        if "disagreement" in disable or (likely < DIFFER and not needs.compares):
            found = Compared(found.sides[:1], conflict=False)
        if named is not None:
            found = each_voice(found, evidence)
        statements = write(needs, found, evidence, index, sure=likely >= SURE or named is not None)
    return Part(needs, evidence, decision, found, statements, likely)


def supported(statement: Statement, index: Index) -> Verdict:
    """The gate's verdict on a statement and the sources it cites."""
    if not statement.sources:
        return Verdict(True, ())
    with stage("gate") as step:
        verdict = admit(statement.text, [source.for_gate() for source in statement.sources], encoder=index.encoder)
        step.tell(supported=verdict.supported)
    return verdict


def respond(
    question: str,
    history: Sequence[Mapping[str, object]],
    index: Index,
    settings: Settings,
    *,
    llm: LLM | None = None,
    where: Filter | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    disable: frozenset[str] = frozenset(),
) -> Iterator[Event]:
    """Events of one answer; the last one carries the `Answer`.

    `disable` names parts to leave out for an ablation: dense, lexical, families, gate, disagreement, abstention.
    """
    with (
        stage("answer") as whole,
        contextlib.closing(
            _events(question, history, index, settings, llm, where, cancelled, disable, whole)
        ) as events,
    ):
        for event in events:
            if (answer := event.answer) is not None:
                whole.tell(mode=answer.mode, refused=answer.reason, citations=len(answer.citations))
            yield event


def _events(
    question: str,
    history: Sequence[Mapping[str, object]],
    index: Index,
    settings: Settings,
    llm: LLM | None,
    where: Filter | None,
    cancelled: Callable[[], bool],
    disable: frozenset[str],
    whole: Stage,
) -> Generator[Event, None, None]:
    question = " ".join(question.split())[:LONGEST_QUESTION]
    understood = standalone(question, history)
    language = own_tag(understood.language)
    if not question:
        yield _whole(_refusal(question, language, "empty_question", None))
        return
    deadline = time.monotonic() + settings.llm_timeout

    def find(reading: Understood) -> list[Part]:
        with under(whole):
            return answer_parts(_readings(reading), index, where, disable)

    parts = find(understood)
    spent: dict[str, float] = {}
    if llm is not None:
        from kzrag.answering.rewriting import reread

        reading = reread(understood, parts, history, index, settings, llm, find=find, cancelled=cancelled, within=whole)
        understood, parts, spent = reading.understood, reading.parts, reading.usage
    answered = [part for part in parts if part.decision.reason is None]
    if not answered:
        refusal = _abstain(question, understood, language, parts, index)
        yield _whole(replace(refusal, usage=spent or None))
        return
    if llm is not None and any(part.evidence for part in answered):
        from kzrag.answering.phrasing import phrased

        outcome = yield from phrased(
            question, understood, language, parts, index, settings, llm, history, cancelled, deadline, spent, whole
        )
        yield Event("answer", answer=outcome)
        return
    with under(whole):
        answer = extractive_answer(question, understood, language, parts, index, disable)
    # It is there at once: in pieces a page would only draw it over and over.
    yield Event("text", text=answer.text)
    yield Event("answer", answer=answer)


def _readings(understood: Understood) -> list[Needs]:
    """Each question in what was asked, read; a question that leans on another asks what its own words ask for."""
    if understood.challenge is not None and understood.previous:
        return [_challenged(understood)]
    # What a model rewrote leans on nothing any more: its own words ask.
    leans = understood.changed and bool(understood.previous)
    asked = cut(understood.asked if leans else understood.question)[:MOST_PARTS]
    if not leans:
        texts = split(understood.question)[:MOST_PARTS]
    elif len(asked) == 1:
        texts = [understood.question]
    else:
        texts = [resolve(asked[0], understood.previous, understood.said)]
        texts += [resolve(piece, texts[0], understood.said) for piece in asked[1:]]
    return [
        replace(_reading(understood, text, own, follows=place > 0), typed=own if place else "", among=len(texts))
        for place, (text, own) in enumerate(zip(texts, asked, strict=True))
    ]


def _challenged(understood: Understood) -> Needs:
    """The old question once more: asked of every source where the answer is doubted, else about the answer itself."""
    if understood.challenge == "doubt":
        return for_its_sides(read(understood.previous, understood.language))
    told = read(f"{understood.previous.rstrip('?？ ')}: {understood.said}", understood.language)
    figures = tuple(quantities(understood.said[:LONGEST_SAID]))
    return replace(
        told, kind="who_said", said=understood.said, before=understood.previous, told=figures, presumes=False
    )


def _reading(understood: Understood, text: str, asked: str, *, follows: bool) -> Needs:
    """One question; with words of its own it is looked for by these, beside what was said, and else by all of them.

    The old question's words would find the old answer again: the sentence that comes after it has others.
    """
    own = read(own_part(text) or asked, understood.language)
    needs = read(text, understood.language)
    before = read(first_of(text), understood.language) if is_joined(text) else None
    if before is not None:
        needs = _kind_of(needs, own, before, whole=asks_itself(text))
    if understood.more and needs.kind in ("figure", "date", "person", "place", "name"):
        # The figure asked for has been told; another one is not it.
        needs = replace(needs, kind="statement", units=frozenset(), unit_named=False, counted=None)
    if understood.said and _PART_OF_IT.search(fold(own.text)):
        # What all of them are has just been told; it is no part of them.
        needs = replace(needs, told=tuple(quantities(understood.said[:LONGEST_SHORT])[:1]))
    needs = replace(
        needs, said=understood.said, before=understood.previous, more=understood.more, given=understood.given - own.keys
    )
    alone = own_part(text)
    if alone is None or not (understood.said or follows):
        return replace(needs, follows=follows and text != asked)
    narrow = _kind_of(read(alone, understood.language), own, before, whole=True)
    return replace(
        narrow,
        units=needs.units,
        unit_named=needs.unit_named,
        counted=needs.counted,
        said=needs.said,
        before=needs.before,
        told=needs.told,
        given=needs.given,
        follows=follows,
        wider=needs,
    )


# "A是多少，B又是多少": the second wants what the first was measured in.
_AGAIN_HOW_MUCH = re.compile("[又也][是有]?多少")


# "How much of that came from a loan?": a share, or an amount of what was asked about before.
_PART_OF_IT = re.compile(
    r"\bhow (?:much|many) of (?:it|that|this|them|these|those|which|the|its|their)\b|其中"
    r"|\bсколько из (?:этого|них|этой|этих)\b"
    r"|\bоның қанша"
)


_WHAT_WAS_IT = re.compile(
    r"^\W*(?:and )?what (?:is|was|are|were) (?:it|they|that) "
    r"(?:before|now|then|earlier|later|today|previously|at first)\b"
)


def _kind_of(needs: Needs, asked: Needs, before: Needs | None, *, whole: bool) -> Needs:
    """`needs` asking for the kind of thing that `asked` asks for; `whole` where that has a question word of its own.

    `before` is the question that it leans on.
    """
    if asked.kind == "statement" and not whole:
        return needs
    if before is not None and before.kind == "figure" and _WHAT_WAS_IT.search(fold(asked.text)):
        asked = replace(asked, kind="figure")
    # "How much cheaper?" after "how many days faster?" wants no days; "and how much?" wants what was asked before.
    own = any(term[0] != "@" for term in asked.terms) and not _AGAIN_HOW_MUCH.search(asked.text)
    source = asked if asked.kind != "figure" or asked.units or asked.counted or own else needs
    if before is not None and before.kind == "figure" and _PART_OF_IT.search(fold(asked.text)):
        units = before.units | asked.units if before.units else frozenset[str]()
        source = replace(asked, units=units, unit_named=before.unit_named, counted=asked.counted or before.counted)
    return replace(
        needs,
        kind=asked.kind,
        units=source.units,
        unit_named=source.unit_named,
        counted=source.counted,
        relation=asked.relation or needs.relation,
        compares=asked.compares or needs.compares,
    )


def extractive_answer(
    question: str,
    understood: Understood,
    language: str,
    parts: Sequence[Part],
    index: Index,
    disable: frozenset[str] = frozenset(),
    *,
    notes: tuple[str, ...] = (),
) -> Answer:
    """The answer in the sources' own words; abstains when the gate leaves nothing of it."""
    numbering = Numbering()
    paragraphs: list[str] = []
    disagreements: list[Disagreement] = []
    told: list[Source] = []
    shorts: set[str] = set()
    for part in parts:
        if part.decision.reason is not None:
            if not told_beside(part, parts):
                paragraphs.append(unanswered(part, language))
            continue
        shown = [each for each in part.statements if "gate" in disable or supported(each, index).supported]
        quotes = [statement for statement in shown if _quotes(statement)]
        if not part.compared.conflict or all(_is_told(quote, told) for quote in quotes):
            # One sentence may answer two questions; it is quoted once.
            if quotes and _is_told(quotes[0], told):
                short = next((each for each in shown if each.sources and not _quotes(each)), None)
                if short is not None and short.text not in shorts:
                    paragraphs.append(_heading(part, language) + lay_out([short], numbering))
                    shorts.add(short.text)
                continue
            shown = [each for each in shown if not (_quotes(each) and _is_told(each, told))]
        if not part.compared.conflict:
            shown = [_behind_what_was_told(each, told, part.needs) for each in shown]
        if not any(each.sources for each in shown):
            continue
        told += [each.sources[0] for each in quotes]
        shorts |= {each.text for each in shown if each.sources and not _quotes(each)}
        paragraphs.append(lay_out(shown, numbering))
        found = disagreement_of(part, numbering, index)
        if found is not None:
            disagreements.append(found)
    if not numbering.citations:
        return _abstain(question, understood, language, parts, index)
    return finished(
        Answer(
            text="\n\n".join(paragraphs),
            language=language,
            abstained=False,
            reason=None,
            citations=tuple(numbering.citations),
            disagreements=tuple(disagreements),
            mode="extractive",
            question=question,
            notes=notes,
        ),
        understood,
        parts,
        index,
    )


def _quotes(statement: Statement) -> bool:
    """Whether a statement quotes its source, and is no short answer out of it."""
    return bool(statement.sources) and len(statement.text) > len(statement.sources[0].quote)


def _is_told(statement: Statement, told: Sequence[Source]) -> bool:
    name, start, end = statement.sources[0].place
    return any(name == each.document.id and each.start <= start and end <= each.end for each in told)


_SENTENCE_ENDS = frozenset('.!?…。！？"”’»」』)）')


def _behind_what_was_told(statement: Statement, told: Sequence[Source], needs: Needs) -> Statement:
    """A quote that begins with what has been quoted for another question, without that."""
    if not _quotes(statement):
        return statement
    source = statement.sources[0]
    ends = [
        each.end for each in told if each.document.id == source.document.id and each.start <= source.start < each.end
    ]
    start = max(ends, default=source.start)
    if source.document.raw[start - 1 : start] not in _SENTENCE_ENDS:
        return statement  # clauses of one sentence, cut differently
    while start < source.end and source.document.raw[start].isspace():
        start += 1
    if not source.start < start < source.end:
        return statement
    return quotation(replace(source, start=start), needs, starts=statement.starts_paragraph)


# What a sentence has to be and to have of a question, that the corpus can't be said to have nothing on it.
TELLS = 0.5
# How surely it has to hold the figure or name that is asked for: a figure under another noun may be it.
_MAY_HOLD = 0.6


def told_beside(part: Part, parts: Sequence[Part]) -> bool:
    """Whether what comes nearest to a question without answer is quoted for another one, and may well answer both:
    nobody should read that the corpus doesn't tell beside the very sentence that tells."""
    if part.decision.reason != "not_in_corpus" or not part.evidence:
        return False
    nearest, strict = part.evidence[0], part.needs.kind in {*STRICT, "name"}
    quoted = {number for other in parts for side in other.compared.sides for number in shown_by(side.evidence)}
    return (
        min(nearest.score, nearest.like) >= TELLS
        and (not strict or nearest.kind >= _MAY_HOLD)
        and not quoted.isdisjoint(shown_by(nearest))
    )


def unanswered(part: Part, language: str) -> str:
    """What is said of one question among several to which the corpus has no answer."""
    return _heading(part, language) + say(part.decision.reason or "not_in_corpus", language, year=part.decision.year)


def _heading(part: Part, language: str) -> str:
    """Which of several questions is spoken of."""
    asked = last_of(part.needs.text).rstrip("?？ ")
    return f"{asked[:1].upper()}{asked[1:]}{'？' if language.startswith('zh') else '? '}"


def finished(answer: Answer, understood: Understood, parts: Sequence[Part], index: Index) -> Answer:
    """The answer with what was understood, how sure it is, and what might be asked next."""
    text = answer.text
    if understood.changed:
        text += f"\n\n({say('understood', answer.language, question=understood.question)})"
    return replace(
        answer,
        text=text,
        understood_as=understood.question if understood.changed else None,
        confidence=confidence_of(parts),
        follow_ups=follow_ups([part.needs for part in parts], [part.evidence for part in parts], answer, index),
    )


def confidence_of(parts: Sequence[Part]) -> float:
    """The chance of the part that is least sure, to two digits."""
    return round(min((part.chance for part in parts), default=0.0), 2)


def lay_out(statements: Sequence[Statement], numbering: Numbering) -> str:
    """Statements as text: the short answer on a line of its own, each speaker in a paragraph."""
    text = ""
    for statement in statements:
        joiner = "" if not text else "\n\n" if statement.starts_paragraph else " "
        text += joiner + numbering.marked(statement)
    return text


def disagreement_of(part: Part, numbering: Numbering, index: Index) -> Disagreement | None:
    """The public record of a conflict, as far as the answer shows its sides; cites nothing that the text doesn't."""
    if not part.compared.conflict:
        return None
    share = share_of_each_side(part.compared.sides, part.needs, index)
    positions = tuple(
        Position(claim, numbers)
        for side in part.compared.sides
        if (numbers := numbering.given(quotable(side.evidence, part.needs, index, share)))
        for claim in side.listed or (claim_of(side, part.needs, index, share),)
    )
    return Disagreement(topic_of(part.needs), positions) if len(positions) > 1 else None


def _abstain(question: str, understood: Understood, language: str, parts: Sequence[Part], index: Index) -> Answer:
    decision = next((part.decision for part in parts if part.decision.reason), Decision("not_in_corpus"))
    reason = decision.reason or "not_in_corpus"
    offer = nearest(parts[0].needs, parts[0].evidence, index) if reason != "off_topic" else None
    answer = replace(_refusal(question, language, reason, offer, decision.year), confidence=confidence_of(parts))
    if understood.changed:
        answer = replace(
            answer,
            text=f"{answer.text}\n\n({say('understood', language, question=understood.question)})",
            understood_as=understood.question,
        )
    return answer


def _refusal(question: str, language: str, reason: str, offer: str | None, year: str = "") -> Answer:
    text = say(reason, language, year=year)
    if offer:
        text += ("" if language.startswith("zh") else " ") + say("offer", language, topic=offer)
    return Answer(text=text, language=language, abstained=True, reason=reason, question=question, offer=offer)


def _whole(answer: Answer) -> Event:
    return Event("answer", answer=answer)
