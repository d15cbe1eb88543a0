"""Evaluations on disk: the runs as JSON, to be compared and kept, and the small files of results by commit.

What has to come out the same twice and what can't (times) are two files: `x.json` and `x.times.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kzrag.errors import KzragError
from kzrag.evaluation.cases import case_from
from kzrag.evaluation.run import Evaluation, Run
from kzrag.evaluation.scorers import METRICS, NOT_JUDGED, Score
from kzrag.evaluation.summary import summary, timing
from kzrag.records import Answer, Citation, Disagreement, Position


def save(evaluation: Evaluation, path: Path) -> None:
    """Writes `path` (the same to the byte for the same answers) and its times beside it."""
    _write(path, {"summary": summary(evaluation), **evaluation.to_dict()})
    seconds = {run.case.id: round(run.seconds, 4) for run in evaluation.runs}
    _write(times_of(path), {"milliseconds": timing(evaluation), "seconds": seconds})


def load(path: Path) -> Evaluation:
    """The evaluation that `save` wrote; `KzragError` when it is none."""
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        times = times_of(path)
        seconds = json.loads(times.read_text(encoding="utf-8"))["seconds"] if times.exists() else {}
        runs = tuple(_run(each, seconds) for each in written["runs"])
        return Evaluation(written["engine"], runs, written["about"], written.get("judged", {}))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KzragError(
            f"{path} is not a stored evaluation ({type(error).__name__}: {error}); write one with `kzrag eval --json`."
        ) from None


def times_of(path: Path) -> Path:
    """Where the times of a stored evaluation are."""
    return path.with_suffix(".times.json")


def answer_from(record: Mapping[str, Any]) -> Answer:
    """The answer of which `Answer.to_dict` made this; unknown fields are left out, so that older files can be read."""
    known = {name: record[name] for name in Answer.__dataclass_fields__ if name in record}
    known["citations"] = tuple(Citation(**each) for each in record.get("citations") or ())
    known["disagreements"] = tuple(
        Disagreement(
            each["topic"], tuple(Position(side["claim"], tuple(side["citations"])) for side in each["positions"])
        )
        for each in record.get("disagreements") or ()
    )
    for name in ("notes", "follow_ups"):
        known[name] = tuple(record.get(name) or ())
    return Answer(**known)


def _run(record: Mapping[str, Any], seconds: Mapping[str, float]) -> Run:
    case = case_from(record["case"])
    scores = {name: Score(**record["scores"][name]) if name in record["scores"] else NOT_JUDGED for name in METRICS}
    return Run(case, answer_from(record["answer"]), scores, seconds.get(case.id, 0.0))


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
