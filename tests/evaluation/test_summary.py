from dataclasses import replace

from kzrag.evaluation.run import evaluate
from kzrag.evaluation.summary import kinds_of, languages_of, measured, summary, timing
from tests.evaluation.conftest import CASES, Sage, Silent, words_judge


def test_slices_by_kind_and_language(sage: Sage) -> None:
    evaluation = evaluate(CASES, sage, judge=words_judge)
    assert kinds_of(evaluation) == ["fact", "disagreement", "attribution", "false-premise", "near-miss"]
    assert languages_of(evaluation) == ["en", "zh-Hant"]
    found = measured(evaluation, "right", "fact", "zh-Hant")
    assert found is not None
    assert found.count == 1
    assert measured(evaluation, "right", "disagreement", "zh-Hant") is None


def test_not_judged_is_not_nought() -> None:
    figures = summary(evaluate(CASES, Silent(), judge=words_judge))
    assert figures["metrics"]["supported"] is None
    assert figures["metrics"]["right"] == {"mean": 0.1667, "low": 0.0, "high": 0.5, "judged": 6}
    assert figures["usage"] is None


def test_the_judge_is_summed_up_by_what_was_asked_of_it(sage: Sage) -> None:
    judged = {"en-pair-001": 1.0, "en-pair-002": 0.0, "caught: en figure": 1.0, "caught: zh unit": 0.9}
    evaluation = replace(evaluate(CASES, sage, judge=words_judge), judged=judged)
    assert summary(evaluation)["judge"] == {"agrees": 0.5, "caught": 0.95}
    assert summary(evaluate(CASES, sage, judge=words_judge))["judge"] is None


def test_times_are_in_milliseconds(sage: Sage) -> None:
    took = timing(evaluate(CASES, sage, judge=words_judge))
    assert took["median"] + took["total"] > 0
    assert took["median"] <= took["p95"] <= took["slowest"] <= took["total"]
