"""The gate: laws that no run may break, and a stored baseline of which no run may fall short beyond noise.

The baseline is what the engine could do when it was last good, case by case. A fall is beyond noise when a paired test
says so: on another processor the encoder's last digits differ, which tips a case here and there, for better and worse.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kzrag.errors import KzragError
from kzrag.evaluation.checkout import bundled
from kzrag.evaluation.run import JUDGE, Evaluation
from kzrag.evaluation.scorers import METRICS
from kzrag.evaluation.stats import compare
from kzrag.evaluation.summary import ALL, kinds_of, languages_of, of

_NAMED = 8  # cases named of those that got worse: enough to begin with


@dataclass(frozen=True, slots=True)
class Regression:
    """A figure that fell, with the cases that pulled it down."""

    metric: str
    part: str
    """The kind or language, or "all"."""
    before: float
    now: float
    p: float
    """How often chance alone would give a difference at least as large."""
    cases: tuple[str, ...]

    def __str__(self) -> str:
        where = "" if self.part == ALL else f" of {self.part}"
        return (
            f"{self.metric}{where} was {self.before * 100:.1f} % and is {self.now * 100:.1f} % (p = {self.p:.3f}): "
            f"{_some(self.cases)}"
        )


@dataclass(frozen=True, slots=True)
class BrokenLaw:
    """A law, and the cases whose answers break it."""

    metric: str
    cases: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.metric} has to be 100 % ({METRICS[self.metric].words}) and is not: {_some(self.cases)}"


def bundled_baseline() -> Path:
    """What our engine does with the known facts, of both splits."""
    return bundled("baselines") / "facts.json"


def save_baseline(evaluation: Evaluation, path: Path) -> None:
    """Stores every judged value by metric and case; what is stored of cases that were not asked is kept."""
    asked = {run.case.id for run in evaluation.runs}
    stored = _read(path) if path.exists() else {}
    values = {}
    for metric in (*METRICS, JUDGE):
        now = evaluation.values(metric)
        kept = {case: value for case, value in stored.get(metric, {}).items() if case not in asked and case not in now}
        values[metric] = kept | now
    path.parent.mkdir(parents=True, exist_ok=True)
    written = {"engine": evaluation.engine, "about": dict(evaluation.about), "values": values}
    path.write_text(json.dumps(written, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def faults(evaluation: Evaluation, path: Path, *, laws: bool = True) -> list[str]:
    """What turns a run red, a sentence each; empty when it is green. Other engines than ours promised no laws."""
    broken = [f"Broken: {law}" for law in broken_laws(evaluation)] if laws else []
    return broken + [f"Worse than the baseline: {fallen}" for fallen in regressions(evaluation, path)]


def broken_laws(evaluation: Evaluation) -> list[BrokenLaw]:
    """The laws that an answer breaks, whatever was stored before; empty when all are kept."""
    found = []
    for name, metric in METRICS.items():
        broken = tuple(case for case, value in evaluation.values(name).items() if value < 1)
        if metric.law and broken:
            found.append(BrokenLaw(name, broken))
    return found


def regressions(evaluation: Evaluation, path: Path) -> list[Regression]:
    """What fell against the baseline at `path`, over the cases that both have; empty when nothing did."""
    stored = _read(path)
    slices = [(metric, ALL, ALL) for metric in (*METRICS, JUDGE)]
    slices += [("right", kind, ALL) for kind in kinds_of(evaluation)]
    slices += [("right", ALL, language) for language in languages_of(evaluation)]
    return [found for each in slices if (found := _regression(evaluation, stored, *each))]


def _regression(
    evaluation: Evaluation, stored: Mapping[str, Mapping[str, float]], metric: str, kind: str, language: str
) -> Regression | None:
    now = evaluation.values(metric, of(kind, language))
    before = {case: value for case, value in stored.get(metric, {}).items() if case in now}
    change = compare(before, now)
    meaning = METRICS.get(metric)  # the judge is no metric of answers
    up = meaning is None or meaning.higher_is_better
    if change is None or not change.real or (change.mean > 0) == up:
        return None
    worse = tuple(case for case in sorted(before) if (now[case] < before[case] if up else now[case] > before[case]))
    return Regression(
        metric,
        kind if language == ALL else language,
        sum(before.values()) / len(before),
        sum(now[case] for case in before) / len(before),
        change.p,
        worse,
    )


def _some(cases: Sequence[str]) -> str:
    return ", ".join(cases[:_NAMED]) + (" …" if len(cases) > _NAMED else "")


def _read(path: Path) -> Mapping[str, Mapping[str, float]]:
    try:
        stored: Any = json.loads(path.read_text(encoding="utf-8"))
        values: Mapping[str, Mapping[str, float]] = stored["values"]
        return values
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KzragError(
            f"{path} is not a baseline ({type(error).__name__}); make one with `kzrag eval --update-baseline`."
        ) from None
