"""How good one answer is: pure functions of a case, an answer and the documents it may cite.

A scorer gives a `Score`; its value is `None` where there was nothing to judge, which is not the same as zero. What
supports a sentence is decided by kzrag's own gate, whose errors are measured apart (`evaluation.judge`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from kzrag.answering.gate import SpanText, Verdict
from kzrag.evaluation.cases import Case, GoldAttribution, GoldPosition
from kzrag.evaluation.matching import OPENING, meets, missing, plain, without_markers
from kzrag.evaluation.statements import own_words, statements
from kzrag.records import Answer, Citation, Document
from kzrag.text.language import detect

Judge = Callable[[str, Sequence[SpanText]], Verdict]
"""(sentence, spans) -> whether the spans together support the sentence, and why not."""

Span = tuple[str, int, int]
"""Document id, start, end."""

# Fewer letters of its own than these don't tell in which language an engine writes.
_ENOUGH_LETTERS = 8
# A citation hits a gold quote when it covers this share of the shorter of the two.
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Metric:
    """What a score means, and which way is up."""

    name: str
    words: str
    higher_is_better: bool = True
    law: bool = False
    """Whether anything below perfect is a defect, not a weakness: then it turns every gated run red."""
    of_answers: bool = True
    """Whether a reader of the answer would see it; what was searched is only seen by `found`."""


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("right", "answers that do all that the case demands"),
        Metric("supported", "statements that their citations support (citation recall)"),
        Metric("needed", "citations that support their statement (citation precision)"),
        Metric("exact", "citations that are verbatim at their offsets", law=True),
        Metric("gold", "answers that cite a gold sentence"),
        Metric("attributed", "publisher, date and voice as they should be"),
        Metric("sides", "sides of a disagreement that are shown and cited"),
        Metric("no false conflict", "answers to undisputed questions that claim no dispute"),
        Metric("refused", "unanswerable questions that are refused, without citations"),
        Metric("over-refusal", "answerable questions that are refused", higher_is_better=False),
        Metric("bare", "refusals that cite nothing", law=True),
        Metric("language", "answers in the language of the question", law=True),
        Metric("brief", f"answers of at most {OPENING} characters"),
        Metric("found", "how early the first gold passage comes (reciprocal rank, ten passages)", of_answers=False),
        Metric("found by words", "the same, searching by words alone", of_answers=False),
        Metric("found by meaning", "the same, searching by meaning alone", of_answers=False),
    )
}


@dataclass(frozen=True, slots=True)
class Score:
    """The value of one metric for one answer, with what it judged and why it came out so."""

    value: float | None
    """0 to 1, or `None`: not judged."""
    judged: str = ""
    explanation: str = ""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


NOT_JUDGED = Score(None)


def score(
    case: Case,
    answer: Answer,
    documents: Mapping[str, Document],
    judge: Judge,
    contested: Iterable[Span] = (),
) -> dict[str, Score]:
    """All scores of an answer, by their names in `METRICS`. `contested`: see `contested_spans`."""
    recall, precision = support(answer, judge)
    return {
        "right": right(case, answer),
        "supported": recall,
        "needed": precision,
        "exact": exact(answer, documents),
        "gold": gold(case, answer, documents),
        "attributed": attributed(case, answer),
        "sides": sides(case, answer),
        "no false conflict": no_false_conflict(case, answer, documents, contested),
        "refused": refused(case, answer),
        "over-refusal": over_refusal(case, answer),
        "bare": bare(answer),
        "language": language(case, answer, documents),
        "brief": brief(answer),
    }


def right(case: Case, answer: Answer) -> Score:
    """1 when the answer does all that the case demands: must, must_not, positions and attribution, or a refusal."""
    if case.expect == "refuse":
        return refused(case, answer)
    if answer.abstained:
        if case.expect == "correct" and answer.reason == "false_premise":
            return Score(1.0, answer.text, "declined, naming the false premise")
        return Score(0.0, answer.text, f"refused ({answer.reason})")
    opening = without_markers(answer.text[:OPENING])
    faults = [f"missing: {' | '.join(group)}" for group in missing(case.must, opening, _anchors(answer))]
    spoken = own_words(answer, {})[:OPENING]
    faults += [f"wrong: {each}" for each in case.must_not if meets(each, spoken)]
    for demanded in (sides(case, answer), attributed(case, answer)):
        if demanded.value is not None and demanded.value < 1:
            faults.append(demanded.explanation)
    return Score(0.0 if faults else 1.0, opening, "; ".join(faults))


def support(answer: Answer, judge: Judge) -> tuple[Score, Score]:
    """Citation recall and precision, sentence by sentence.

    Recall is the share of statements that their cited spans together support; precision the share of citations that
    support their statement alone, or without which the others would not. After Gao et al., 2023 (ALCE,
    arXiv:2305.14627), with our gate for its entailment model. A passage that is cited beside its translation is judged
    by what it says, not by whom the statement names as its publisher. Not judged for a refusal.
    """
    if answer.abstained:
        return NOT_JUDGED, NOT_JUDGED
    spans = {citation.number: _span(citation) for citation in answer.citations}
    families = {citation.number: citation.family for citation in answer.citations}
    made = statements(answer)
    if not made:
        return NOT_JUDGED, NOT_JUDGED
    supported, needed, cited = 0, 0, 0
    faults: list[str] = []
    for statement in made:
        numbers = list(dict.fromkeys(statement.markers))
        cited += len(numbers)
        known = [number for number in numbers if number in spans]
        if not known:
            faults.append(f"no citation: {statement.text}")
            continue
        verdict = judge(statement.text, [spans[number] for number in known])
        if not verdict.supported:
            faults.append(f"{', '.join(verdict.why) or 'not supported'}: {statement.text}")
            continue
        supported += 1
        alone = {number for number in known if judge(statement.text, [spans[number]]).supported}
        for number in known:
            others = [spans[other] for other in known if other != number]
            originals = [spans[other] for other in alone if families[other] and families[other] == families[number]]
            if (
                number in alone
                or any(judge(statement.text, [_as_if_by(spans[number], each)]).supported for each in originals)
                or not judge(statement.text, others).supported
            ):
                needed += 1
    judged = f"{len(made)} statements, {cited} citations"
    return (
        Score(supported / len(made), judged, "; ".join(faults)),
        Score(needed / cited, judged) if cited else NOT_JUDGED,
    )


def exact(answer: Answer, documents: Mapping[str, Document]) -> Score:
    """Share of citations whose quote is `raw[start:end]` of their document; not judged without citations."""
    if not answer.citations:
        return NOT_JUDGED
    wrong = [
        citation
        for citation in answer.citations
        if citation.document_id not in documents
        or not citation.quote
        or documents[citation.document_id].raw[citation.start : citation.end] != citation.quote
    ]
    return Score(
        1 - len(wrong) / len(answer.citations),
        f"{len(answer.citations)} citations",
        "; ".join(f"[{citation.number}] is not verbatim: {citation.quote[:80]}" for citation in wrong),
    )


def gold(case: Case, answer: Answer, documents: Mapping[str, Document]) -> Score:
    """1 when a citation covers one of the gold sentences; not judged for refusals and cases without quotes."""
    places = gold_spans(case, documents)
    if not places or answer.abstained:
        return NOT_JUDGED
    hit = any(
        overlap((citation.document_id, citation.start, citation.end), place) >= _OVERLAP
        for citation in answer.citations
        for place in places
    )
    return Score(float(hit), f"{len(answer.citations)} citations", "" if hit else "no gold sentence is cited")


def attributed(case: Case, answer: Answer) -> Score:
    """1 when one citation carries all that the case wants of publisher, voice, date and document."""
    if case.attribution is None or answer.abstained:
        return NOT_JUDGED
    for citation in answer.citations:
        if _carries(citation, case.attribution):
            return Score(1.0, f"[{citation.number}]")
    wanted = {name: value for name, value in asdict(case.attribution).items() if value}
    return Score(0.0, f"{len(answer.citations)} citations", f"no citation carries {wanted}")


def sides(case: Case, answer: Answer) -> Score:
    """Share of a disagreement's positions that the answer shows, each cited from a source that takes it."""
    if not case.positions or answer.abstained:
        return NOT_JUDGED
    absent = [side for side in case.positions if not _shown(side, answer)]
    return Score(
        1 - len(absent) / len(case.positions),
        f"{len(case.positions)} positions",
        "; ".join(
            f"side not shown and cited from {', '.join(side.documents)}: {' + '.join(' | '.join(g) for g in side.must)}"
            for side in absent
        ),
    )


def no_false_conflict(
    case: Case, answer: Answer, documents: Mapping[str, Document], contested: Iterable[Span] = ()
) -> Score:
    """1 when an answer to an undisputed question claims no disagreement.

    Not judged for refusals, for disagreements, and for questions whose gold sentences are part of a known one.
    """
    if case.expect != "answer" or case.positions or answer.abstained:
        return NOT_JUDGED
    places = gold_spans(case, documents)
    if any(overlap(place, other) > 0 for place in places for other in contested):
        return NOT_JUDGED
    claimed = [disagreement.topic for disagreement in answer.disagreements]
    return Score(float(not claimed), answer.text, f"claims a dispute on {'; '.join(claimed)}" if claimed else "")


def refused(case: Case, answer: Answer) -> Score:
    """1 when what the corpus does not answer is refused without a citation; not judged for other cases."""
    if case.expect != "refuse":
        return NOT_JUDGED
    if not answer.abstained:
        return Score(0.0, answer.text, "answered, though the corpus does not tell")
    if answer.citations:
        return Score(0.0, answer.text, f"refused, but with {len(answer.citations)} citations")
    return Score(1.0, answer.text, f"refused ({answer.reason})")


def over_refusal(case: Case, answer: Answer) -> Score:
    """1, which is bad, when an answerable question is refused; not judged for other cases."""
    if case.expect != "answer":
        return NOT_JUDGED
    return Score(float(answer.abstained), answer.text, f"refused ({answer.reason})" if answer.abstained else "")


def bare(answer: Answer) -> Score:
    """1 when a refusal carries no citation; not judged for answers."""
    if not answer.abstained:
        return NOT_JUDGED
    cited = len(answer.citations)
    return Score(float(not cited), answer.text, f"refused, but with {cited} citations" if cited else "")


def language(case: Case, answer: Answer, documents: Mapping[str, Document]) -> Score:
    """1 when the answer is tagged with the question's language and what the engine itself says is written in it."""
    if not answer.text.strip():
        return NOT_JUDGED
    if answer.language != case.language:
        return Score(0.0, answer.text, f"tagged {answer.language}, asked in {case.language}")
    # A short answer may stand before the quote it is taken from: these are the source's words as well.
    quotes = [plain(each.quote) for each in answer.citations]
    lines = [line for line in own_words(answer, documents).splitlines() if not any(plain(line) in q for q in quotes)]
    spoken = "\n".join(lines)
    named = [part for each in answer.citations for part in (each.title, each.publisher, each.author, each.url)]
    for words in (answer.offer, answer.understood_as, *named, *(each.voice for each in answer.citations)):
        if words:
            spoken = spoken.replace(words, " ")
    if sum(character.isalpha() for character in spoken) < _ENOUGH_LETTERS:
        return Score(1.0, spoken.strip())
    seen = detect(spoken, case.language)
    return Score(float(seen == case.language), spoken.strip(), "" if seen == case.language else f"written in {seen}")


def brief(answer: Answer) -> Score:
    """1 when the whole answer is no longer than what a reader looks at first."""
    if not answer.text.strip():
        return NOT_JUDGED
    length = len(answer.text)
    return Score(float(length <= OPENING), f"{length} characters")


def gold_spans(case: Case, documents: Mapping[str, Document]) -> list[Span]:
    """Where the case's gold quotes stand, every occurrence (page furniture may repeat a sentence)."""
    found: list[Span] = []
    for each in case.quotes:
        raw = documents[each.document].raw if each.document in documents else ""
        start = raw.find(each.quote)
        while start >= 0:
            found.append((each.document, start, start + len(each.quote)))
            start = raw.find(each.quote, start + 1)
    return found


def contested_spans(cases: Iterable[Case], documents: Mapping[str, Document]) -> tuple[Span, ...]:
    """The gold spans of all known disagreements: asked about these, an answer may well show a dispute."""
    return tuple(span for case in cases if case.positions for span in gold_spans(case, documents))


def _anchors(answer: Answer) -> list[str | None]:
    return list(dict.fromkeys(citation.published for citation in answer.citations if citation.published))


def _span(citation: Citation) -> SpanText:
    return SpanText(
        text=citation.quote,
        language=citation.language,
        published=citation.published,
        voice=citation.voice,
        publisher=citation.publisher,
        author=citation.author,
        title=citation.title or citation.document_id,
    )


def _as_if_by(span: SpanText, other: SpanText) -> SpanText:
    """The words of `span` with the origin of `other`, whose translation it is."""
    return replace(other, text=span.text, language=span.language, context=span.context)


def overlap(one: Span, other: Span) -> float:
    """Characters that two spans share, as a share of the shorter one."""
    if one[0] != other[0]:
        return 0.0
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return max(0, shared) / max(1, min(one[2] - one[1], other[2] - other[1]))


def _carries(citation: Citation, wanted: GoldAttribution) -> bool:
    if wanted.documents and citation.document_id not in wanted.documents:
        return False
    if wanted.voice and plain(citation.voice) != plain(wanted.voice):
        return False
    if wanted.publisher:
        # A news site that carries a research institute's article: either may be meant by "publisher".
        who = plain(f"{citation.publisher or ''} {citation.author or ''}")
        if plain(wanted.publisher) not in who:
            return False
    return not wanted.published or (citation.published or "").startswith(wanted.published)


def _shown(side: GoldPosition, answer: Answer) -> bool:
    ours = {
        citation.number: citation
        for citation in answer.citations
        if citation.document_id in side.documents and (side.voice is None or plain(citation.voice) == plain(side.voice))
    }
    said = [(each.text, set(each.markers)) for each in statements(answer)]
    printed = {number for _, numbers in said for number in numbers}
    for disagreement in answer.disagreements:
        for position in disagreement.positions:
            numbers = set(position.citations) & printed
            said.append((position.claim, numbers))
    return any(numbers & ours.keys() and not missing(side.must, text, _anchors(answer)) for text, numbers in said)
