"""What each part of the engine is worth: the same cases with one part switched off at a time.

Parts are switched by the engine itself (`Assistant(settings, disable={"dense"})`): nothing here reaches into it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from kzrag.errors import KzragError
from kzrag.evaluation.cases import Case
from kzrag.evaluation.report import difference, percent
from kzrag.evaluation.run import Engine, Evaluation, evaluate
from kzrag.evaluation.scorers import Judge
from kzrag.evaluation.stats import compare
from kzrag.evaluation.summary import ALL, kinds_of, measured, of

if TYPE_CHECKING:
    from rich.table import Table

PARTS: dict[str, str] = {
    "dense": "search by meaning",
    "lexical": "search by words",
    "families": "translations and reprints counted as one source",
    "gate": "what is not supported is not shown",
    "disagreement": "sources that differ are shown side by side",
    "abstention": "refusing what the corpus does not answer",
}
"""The switches, and what is lost by each."""

# Told beside "right" where they change: what a part may be worth although as many answers are right without it.
_BESIDE = ("supported", "gold", "sides", "no false conflict", "refused", "over-refusal", "brief", "found")


def ablate(
    cases: Sequence[Case],
    parts: Sequence[str],
    make: Callable[[frozenset[str]], Engine],
    *,
    judge: Judge | None = None,
    progress: Callable[[str], None] | None = None,
) -> dict[str, Evaluation]:
    """One evaluation for each part switched off; `make` gives the engine without the parts it is told.

    Raises `KzragError` for a part that there is no switch for.
    """
    if unknown := sorted(set(parts) - PARTS.keys()):
        raise KzragError(f"There is no part {unknown[0]!r} to take away; there are {', '.join(PARTS)}.")
    without = {}
    for part in dict.fromkeys(parts):
        if progress:
            progress(part)
        without[part] = evaluate(cases, make(frozenset({part})), judge=judge)
    return without


def ablation_table(whole: Evaluation, without: Mapping[str, Evaluation]) -> Table:
    """What each part is worth: every measure that changes without it, by how much, and how sure that is."""
    from rich.table import Table

    table = Table(title="What each part is worth: with it and without it, paired by case", title_justify="left")
    for heading in ("part", "measure"):
        table.add_column(heading, no_wrap=True)
    for heading in ("with it", "without", "worth (95 %)", "p", "real"):
        table.add_column(heading, justify="right", no_wrap=True)
    for part, evaluation in without.items():
        for place, (words, metric, kind) in enumerate(_told(whole, evaluation)):
            change = compare(evaluation.values(metric, of(kind)), whole.values(metric, of(kind)))
            table.add_row(
                "" if place else part,
                words,
                percent(measured(whole, metric, kind)),
                percent(measured(evaluation, metric, kind)),
                difference(change) if change else "–",
                f"{change.p:.3f}" if change else "–",
                ("yes" if change.real else "no") if change else "–",
            )
        table.add_section()
    return table


def _told(whole: Evaluation, without: Evaluation) -> list[tuple[str, str, str]]:
    """(words, metric, kind) of each row: right in all, right in the kind that loses most, and what else changes."""
    rows = [("right", "right", ALL)]
    if kind := _hurts_most(whole, without):
        rows.append((f"right, {kind}", "right", kind))
    for metric in _BESIDE:
        change = compare(whole.values(metric), without.values(metric))
        if change and change.mean:
            rows.append((metric, metric, ALL))
    return rows


def _hurts_most(whole: Evaluation, without: Evaluation) -> str:
    """The kind of question that loses most answers without it; "" when none does."""
    losses = []
    for kind in kinds_of(whole):
        change = compare(whole.values("right", of(kind)), without.values("right", of(kind)))
        if change and change.mean < 0:
            losses.append((change.mean * change.count, kind))
    return min(losses)[1] if losses else ""
