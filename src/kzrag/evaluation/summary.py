"""Runs as figures: per metric, kind and language, with how sure they are; times apart from what must not vary."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kzrag.evaluation.cases import KINDS, LANGUAGES, Case
from kzrag.evaluation.run import Evaluation
from kzrag.evaluation.scorers import METRICS
from kzrag.evaluation.stats import Interval, interval, percentile

ALL = "all"
_DIGITS = 4  # figures are stored rounded: more would only store the noise of float addition


def kinds_of(evaluation: Evaluation) -> list[str]:
    """The kinds that occur, in the order in which people know them."""
    return _present(KINDS, (run.case.kind for run in evaluation.runs))


def languages_of(evaluation: Evaluation) -> list[str]:
    """The languages that occur."""
    return _present(LANGUAGES, (run.case.language for run in evaluation.runs))


def of(kind: str = ALL, language: str = ALL) -> Callable[[Case], bool]:
    """Whether a case is of this kind and language; `ALL` takes every one."""
    return lambda case: kind in (ALL, case.kind) and language in (ALL, case.language)


def measured(evaluation: Evaluation, metric: str, kind: str = ALL, language: str = ALL) -> Interval | None:
    """A metric over a slice of the cases; `None` where nothing was judged."""
    return interval(list(evaluation.values(metric, of(kind, language)).values()))


def summary(evaluation: Evaluation) -> dict[str, Any]:
    """All figures as plain values: metrics over all cases, `right` by kind and language, lengths, tokens and cost."""
    lengths = [len(run.answer.text) for run in evaluation.runs]
    usage: dict[str, float] = {}
    for run in evaluation.runs:
        for name, amount in (run.answer.usage or {}).items():
            usage[name] = round(usage.get(name, 0.0) + amount, _DIGITS)
    return {
        "cases": len(evaluation.runs),
        "metrics": {name: _plain(measured(evaluation, name)) for name in METRICS},
        "right": {
            kind: {
                language: _plain(measured(evaluation, "right", kind, language))
                for language in (ALL, *languages_of(evaluation))
                if any(of(kind, language)(run.case) for run in evaluation.runs)
            }
            for kind in (ALL, *kinds_of(evaluation))
        },
        "characters": {"median": percentile(lengths, 0.5), "p95": percentile(lengths, 0.95)},
        "usage": usage or None,
        "judge": judge_figures(evaluation) or None,
    }


def judge_figures(evaluation: Evaluation) -> dict[str, float]:
    """How far the judge can be believed: means over labelled pairs, and over languages and kinds of perturbations."""
    parts: dict[str, list[float]] = {}
    for name, value in evaluation.judged.items():
        kind, colon, _ = name.partition(": ")
        parts.setdefault(kind if colon else "agrees", []).append(value)
    return {kind: round(sum(values) / len(values), _DIGITS) for kind, values in sorted(parts.items())}


def timing(evaluation: Evaluation) -> dict[str, float]:
    """How long answers took, in milliseconds."""
    milliseconds = [run.seconds * 1000 for run in evaluation.runs]
    return {
        "median": round(percentile(milliseconds, 0.5), 1),
        "p95": round(percentile(milliseconds, 0.95), 1),
        "slowest": round(max(milliseconds, default=0.0), 1),
        "total": round(sum(milliseconds), 1),
    }


def _plain(figure: Interval | None) -> dict[str, float] | None:
    if figure is None:
        return None
    return {
        "mean": round(figure.mean, _DIGITS),
        "low": round(figure.low, _DIGITS),
        "high": round(figure.high, _DIGITS),
        "judged": figure.count,
    }


def _present(order: Iterable[str], seen: Iterable[str]) -> list[str]:
    found = set(seen)
    known = [name for name in order if name in found]
    return known + sorted(found - set(known))
