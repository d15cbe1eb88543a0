"""The stored baseline: what the engine could do when it was last good, case by case, and whether it can do less now.

A run is red when a law is broken that was kept (a quote that is not verbatim), when chance hardly explains a drop, or
when more cases got worse than another machine's rounding could account for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kzrag.errors import KzragError
from kzrag.evaluation.checkout import bundled
from kzrag.evaluation.run import JUDGE, Evaluation
from kzrag.evaluation.scorers import METRICS
from kzrag.evaluation.stats import compare
from kzrag.evaluation.summary import ALL, kinds_of, languages_of, of

NOISE_CASES = 1
"""The engine without a model is deterministic; between processors the encoder's last digit may tip one case."""

# Of these each case is right or wrong, so that a net loss can be counted; the others only have means.
_COUNTED = ("right", "gold", "refused", "over-refusal", "language", JUDGE)


@dataclass(frozen=True, slots=True)
class Regression:
    """A figure that fell, with the cases that pulled it down."""

    metric: str
    part: str
    """The kind or language, or "all"."""
    before: float
    now: float
    why: str
    cases: tuple[str, ...]

    def __str__(self) -> str:
        where = "" if self.part == ALL else f" of {self.part}"
        named = ", ".join(self.cases[:8]) + (" …" if len(self.cases) > 8 else "")
        return f"{self.metric}{where} was {self.before * 100:.1f} % and is {self.now * 100:.1f} % ({self.why}): {named}"


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


def regressions(evaluation: Evaluation, path: Path) -> list[Regression]:
    """What fell against the baseline at `path`, over the cases that both have; empty when nothing did."""
    stored = _read(path)
    found = [
        regression
        for metric in (*METRICS, JUDGE)
        if (regression := _regression(evaluation, stored, metric, ALL, ALL, counted=metric in _COUNTED))
    ]
    slices = [(kind, ALL) for kind in kinds_of(evaluation)] + [(ALL, name) for name in languages_of(evaluation)]
    for kind, language in slices:
        if regression := _regression(evaluation, stored, "right", kind, language, counted=False):
            found.append(regression)
    return found


def _regression(
    evaluation: Evaluation,
    stored: Mapping[str, Mapping[str, float]],
    metric: str,
    kind: str,
    language: str,
    *,
    counted: bool,
) -> Regression | None:
    now = evaluation.values(metric, of(kind, language))
    before = {case: value for case, value in stored.get(metric, {}).items() if case in now}
    change = compare(before, now)
    if change is None:
        return None
    meaning = METRICS.get(metric)  # the judge is no metric of answers
    up = meaning is None or meaning.higher_is_better
    lost, won = (change.worse, change.better) if up else (change.better, change.worse)
    fell = change.mean < 0 if up else change.mean > 0
    if not fell:
        return None
    if meaning is not None and meaning.law:
        why = "this may never fall"
    elif counted and lost - won > NOISE_CASES:
        why = f"{lost} cases worse, {won} better"
    elif change.real:
        why = f"p = {change.p:.3f}"
    else:
        return None
    worse = tuple(case for case in sorted(before) if (now[case] < before[case] if up else now[case] > before[case]))
    return Regression(
        metric,
        kind if language == ALL else language,
        sum(before.values()) / len(before),
        sum(now[case] for case in before) / len(before),
        why,
        worse,
    )


def _read(path: Path) -> Mapping[str, Mapping[str, float]]:
    try:
        stored: Any = json.loads(path.read_text(encoding="utf-8"))
        values: Mapping[str, Mapping[str, float]] = stored["values"]
        return values
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KzragError(
            f"{path} is not a baseline ({type(error).__name__}); make one with `kzrag eval --update-baseline`."
        ) from None
