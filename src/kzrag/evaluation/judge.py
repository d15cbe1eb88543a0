"""How good the judge is: kzrag's gate against pairs of sentence and span that a person labelled.

Everything the other figures call "supported" was decided by the gate; this says how far to believe it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kzrag.answering.gate import SpanText
from kzrag.errors import KzragError
from kzrag.evaluation.cases import Case
from kzrag.evaluation.checkout import bundled
from kzrag.evaluation.perturb import Caught, measure
from kzrag.evaluation.report import percent
from kzrag.evaluation.scorers import Judge
from kzrag.evaluation.stats import interval
from kzrag.evaluation.summary import ALL
from kzrag.records import ARTICLE, Document
from kzrag.text.language import primary

if TYPE_CHECKING:
    from rich.table import Table


CAUGHT, CALM = "caught: ", "let through: "
"""How the shares of perturbed and of faithful sentences are named, before language and kind."""

PER_LANGUAGE = 20
"""True sentences of a language that are perturbed in one run, spread over all: some 500 verdicts, a few seconds."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, a span, and whether a person says that the span supports the sentence."""

    id: str
    language: str
    sentence: str
    span: SpanText
    supported: bool
    why: str
    """What was done to the sentence, when it is not supported: figure, unit, date, name, negation, speaker, meaning."""


@dataclass(frozen=True, slots=True)
class JudgeFigures:
    """Shares over the pairs of one language, or of all."""

    pairs: int
    agreement: float
    caught: float
    """Of the sentences that are not supported: how many the judge lets fall."""
    false_alarms: float
    """Of the supported ones: how many the judge lets fall as well."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of a judge: what it says to labelled pairs, and to true sentences with one thing changed."""

    pairs: Sequence[Pair]
    said: Mapping[str, bool]
    changed: Mapping[tuple[str, str], Caught]

    def values(self) -> dict[str, float]:
        """What a baseline keeps of it."""
        return agreements(self.pairs, self.said) | shares(self.changed)


def examine(judge: Judge, cases: Iterable[Case], documents: Mapping[str, Document]) -> Examined:
    """Holds the judge to the bundled pairs, and to the gold quotes of `cases` with one thing changed."""
    pairs = read_pairs(bundled_pairs(), documents)
    return Examined(pairs, verdicts(pairs, judge), measure(spans_of(cases, pairs, documents), judge))


def bundled_pairs() -> Path:
    """The pairs that were labelled for the bundled corpus."""
    return bundled("gate") / "pairs.jsonl"


def read_pairs(path: Path, documents: Mapping[str, Document]) -> list[Pair]:
    """The pairs of a file, their spans with the origin of the document they are from."""
    try:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [
            Pair(
                record["id"],
                record["language"],
                record["sentence"],
                _span(record["span"], documents[record["document"]]),
                record["supported"],
                record["why"],
            )
            for record in records
        ]
    except (OSError, ValueError, KeyError) as error:
        raise KzragError(f"{path} is not a file of labelled pairs ({type(error).__name__}: {error}).") from None


def verdicts(pairs: Sequence[Pair], judge: Judge) -> dict[str, bool]:
    """What the judge says to each pair, by the pair's id."""
    return {pair.id: judge(pair.sentence, [pair.span]).supported for pair in pairs}


def figures(pairs: Sequence[Pair], said: Mapping[str, bool]) -> JudgeFigures:
    """How often the judge agrees with the person."""
    true = [said[pair.id] for pair in pairs if pair.supported]
    false = [said[pair.id] for pair in pairs if not pair.supported]
    agree = sum(true) + sum(not supported for supported in false)
    return JudgeFigures(
        pairs=len(pairs),
        agreement=agree / max(1, len(pairs)),
        caught=sum(not supported for supported in false) / max(1, len(false)),
        false_alarms=sum(not supported for supported in true) / max(1, len(true)),
    )


def agreements(pairs: Sequence[Pair], said: Mapping[str, bool]) -> dict[str, float]:
    """By the pair's id, 1 where the judge says what the person said: what a baseline keeps."""
    return {pair.id: float(said[pair.id] == pair.supported) for pair in pairs}


def shares(measured: Mapping[tuple[str, str], Caught]) -> dict[str, float]:
    """What a baseline keeps of perturbed sentences: shares caught, and shares let through of what is still true."""
    found = {}
    for (language, kind), seen in measured.items():
        if seen.perturbed:
            found[f"{CAUGHT}{language} {kind}"] = round(seen.caught / seen.perturbed, 4)
        if seen.faithful:
            found[f"{CALM}{language} {kind}"] = round(1 - seen.false_alarms / seen.faithful, 4)
    return found


def judge_table(pairs: Sequence[Pair], said: Mapping[str, bool]) -> Table:
    """How far the word "supported" can be believed, by language."""
    from rich.table import Table

    table = Table(title=f"The judge against {len(pairs)} labelled pairs", title_justify="left")
    table.add_column("language")
    for heading in ("pairs", "agrees", "unsupported caught", "false alarms"):
        table.add_column(heading, justify="right")
    for language in (*dict.fromkeys(pair.language for pair in pairs), ALL):
        found = figures([pair for pair in pairs if language in (ALL, pair.language)], said)
        shares = (found.agreement, found.caught, found.false_alarms)
        table.add_row(language, str(found.pairs), *(percent(interval([share])) for share in shares))
    return table


def spans_of(cases: Iterable[Case], pairs: Iterable[Pair], documents: Mapping[str, Document]) -> list[SpanText]:
    """True sentences to be perturbed: the gold quotes of `cases`, and supported sentences in languages without any."""
    quotes = {(gold.document, gold.quote) for case in cases for gold in case.quotes if gold.document in documents}
    spans = [_span(quote, documents[name]) for name, quote in sorted(quotes)]
    covered = {primary(span.language) for span in spans}
    spans += [
        replace(pair.span, text=pair.sentence, language=pair.language)
        for pair in pairs
        if pair.supported and primary(pair.language) not in covered
    ]
    by_language: dict[str, list[SpanText]] = {}
    for span in spans:
        by_language.setdefault(primary(span.language), []).append(span)
    return [span for language in sorted(by_language) for span in _spread(by_language[language])]


def perturbation_table(measured: Mapping[tuple[str, str], Caught]) -> Table:
    """How often one thing changed in a true sentence is caught, and the same said otherwise is let through."""
    from rich.table import Table

    table = Table(title="The judge against sentences with one thing changed", title_justify="left")
    table.add_column("language")
    for heading in ("changed", "sentences", "caught", "said otherwise", "false alarms"):
        table.add_column(heading, justify="right", no_wrap=True)
    for (language, kind), seen in sorted(measured.items()):
        table.add_row(
            language,
            kind,
            str(seen.perturbed or ""),
            percent(interval([seen.caught / seen.perturbed])) if seen.perturbed else "",
            str(seen.faithful or ""),
            percent(interval([seen.false_alarms / seen.faithful])) if seen.faithful else "",
        )
    return table


def _spread(spans: Sequence[SpanText]) -> list[SpanText]:
    count = min(PER_LANGUAGE, len(spans))
    return [spans[place * len(spans) // count] for place in range(count)]


def _span(quote: str, document: Document) -> SpanText:
    start = document.raw.find(quote)
    block = next((block for block in document.blocks if block.start <= start < block.end), None)
    return SpanText(
        text=quote,
        language=document.language,
        published=(block.voice_date if block else None) or document.published,
        voice=block.voice if block else ARTICLE,
        publisher=document.publisher,
        author=document.author,
        title=document.title or document.id,
    )
