from dataclasses import replace
from pathlib import Path

import pytest

from kzrag.errors import KzragError
from kzrag.evaluation.baseline import broken_laws, regressions, save_baseline
from kzrag.evaluation.cases import Case
from kzrag.evaluation.run import Evaluation, Run, evaluate
from kzrag.evaluation.scorers import METRICS, NOT_JUDGED, Score
from tests.evaluation.conftest import CASES, Sage, Silent, answer, words_judge


def runs_of(right: str, metric: str = "right") -> Evaluation:
    """An evaluation with one case per digit, 1 for right and 0 for wrong."""
    runs = []
    for number, digit in enumerate(right):
        case: Case = replace(CASES[0], id=f"case-{number:02d}", kind="fact" if number % 2 else "time")
        scores = dict.fromkeys(METRICS, NOT_JUDGED) | {metric: Score(float(digit))}
        runs.append(Run(case, answer("x"), scores, 0.0))
    return Evaluation("made up", tuple(runs))


@pytest.mark.parametrize(
    ("before", "now", "falls"),
    [
        ("1" * 40, "1" * 40, False),
        ("0" * 40, "1" * 40, False),
        ("1" * 40, "00000" + "1" * 35, False),  # five of five for the worse: chance does that in 1 of 16
        ("1" * 40, "000000" + "1" * 34, True),
        ("1" * 39 + "0", "000000" + "1" * 34, False),  # six lost, one won
        ("1" * 40, "0" * 40, True),
    ],
)
def test_what_is_more_than_noise(before: str, now: str, falls: bool, tmp_path: Path) -> None:
    save_baseline(runs_of(before), tmp_path / "b.json")
    found = regressions(runs_of(now), tmp_path / "b.json")
    assert bool(found) == falls
    if falls:
        assert "right was 100.0 % and is" in str(found[0])
        assert "case-00" in str(found[0])


@pytest.mark.parametrize("law", ["exact", "bare", "language"])
def test_a_law_holds_whatever_was_before(law: str, tmp_path: Path) -> None:
    broken = runs_of("0" + "1" * 39, law)
    save_baseline(broken, tmp_path / "b.json")
    assert not regressions(broken, tmp_path / "b.json")
    assert [(each.metric, each.cases) for each in broken_laws(broken)] == [(law, ("case-00",))]
    assert "has to be 100 %" in str(broken_laws(broken)[0])
    assert not broken_laws(runs_of("1" * 40, law))
    assert not broken_laws(runs_of("0" * 40))  # what is merely wrong breaks no law


def test_what_is_bad_when_high_falls_by_rising(tmp_path: Path) -> None:
    save_baseline(runs_of("0" * 40, "over-refusal"), tmp_path / "b.json")
    assert regressions(runs_of("1" * 6 + "0" * 34, "over-refusal"), tmp_path / "b.json")
    save_baseline(runs_of("1" * 40, "over-refusal"), tmp_path / "b.json")
    assert not regressions(runs_of("0" * 40, "over-refusal"), tmp_path / "b.json")


def test_a_kind_that_falls_is_named(tmp_path: Path) -> None:
    save_baseline(runs_of("10" * 20), tmp_path / "b.json")
    # As many won as lost: the whole stays, one kind breaks down.
    found = regressions(runs_of("01" * 20), tmp_path / "b.json")
    assert [each.part for each in found] == ["time"]


def test_new_cases_are_no_regression(tmp_path: Path) -> None:
    save_baseline(runs_of("111"), tmp_path / "b.json")
    assert not regressions(runs_of("111" + "0" * 20), tmp_path / "b.json")


def test_what_is_stored_of_other_cases_is_kept(tmp_path: Path) -> None:
    save_baseline(runs_of("1" * 10), tmp_path / "b.json")
    save_baseline(runs_of("0" * 3), tmp_path / "b.json")
    assert not regressions(runs_of("000" + "1" * 7), tmp_path / "b.json")
    assert regressions(runs_of("0" * 10), tmp_path / "b.json")


def test_real_engines(tmp_path: Path) -> None:
    cases = [replace(case, id=f"{case.id}-{number}") for case in CASES for number in range(2)]
    save_baseline(evaluate(cases, Sage(CASES), judge=words_judge), tmp_path / "b.json")
    assert not regressions(evaluate(cases, Sage(CASES), judge=words_judge), tmp_path / "b.json")
    assert regressions(evaluate(cases, Silent(), judge=words_judge), tmp_path / "b.json")


def test_what_is_no_baseline_is_an_error_for_people(tmp_path: Path) -> None:
    with pytest.raises(KzragError, match="--update-baseline"):
        regressions(runs_of("1"), tmp_path / "none.json")
