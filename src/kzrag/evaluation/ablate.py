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
from kzrag.evaluation.scorers import METRICS, Judge
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

# Shown beside "right": what a part may be worth although as many answers are right without it.
_BESIDE = ("supported", "sides", "refused", "over-refusal")


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
    """A row for each part: how much is right without it, how sure the difference is, and where it hurts most."""
    from rich.table import Table

    table = Table(title="What each part is worth: the figures without it", title_justify="left")
    table.add_column("without", no_wrap=True)
    for heading in ("right", "difference (95 %)", "real", *_BESIDE):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("hurts most", no_wrap=True)
    table.add_row("(nothing)", percent(measured(whole, "right")), "", "", *_others(whole), "")
    for part, evaluation in without.items():
        change = compare(whole.values("right"), evaluation.values("right"))
        table.add_row(
            part,
            percent(measured(evaluation, "right")),
            difference(change) if change else "–",
            ("yes" if change.real else "no") if change else "–",
            *_others(evaluation),
            _hurts_most(whole, evaluation),
        )
    return table


def _others(evaluation: Evaluation) -> list[str]:
    return [percent(measured(evaluation, metric)) for metric in _BESIDE if metric in METRICS]


def _hurts_most(whole: Evaluation, without: Evaluation) -> str:
    """The kind of question that loses most by it."""
    losses = []
    for kind in kinds_of(whole):
        change = compare(whole.values("right", of(kind)), without.values("right", of(kind, ALL)))
        if change and change.mean < 0:
            losses.append((change.mean, kind))
    if not losses:
        return ""
    mean, kind = min(losses)
    return f"{kind} −{abs(mean) * 100:.0f}"
