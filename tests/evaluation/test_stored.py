from pathlib import Path

import pytest

from kzrag.errors import KzragError
from kzrag.evaluation.run import evaluate
from kzrag.evaluation.stored import answer_from, load, save, times_of
from tests.evaluation.conftest import CASES, Sage, words_judge


def test_an_evaluation_survives_being_stored(sage: Sage, tmp_path: Path) -> None:
    evaluation = evaluate(CASES, sage, judge=words_judge, about={"commit": "abc1234"})
    save(evaluation, tmp_path / "deep" / "run.json")
    again = load(tmp_path / "deep" / "run.json")
    assert again.to_dict() == evaluation.to_dict()
    assert [run.seconds for run in again.runs] == [round(run.seconds, 4) for run in evaluation.runs]


def test_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        save(evaluate(CASES, Sage(CASES), judge=words_judge), tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert times_of(tmp_path / "one.json").exists()


def test_an_answer_survives_being_made_a_dict(sage: Sage) -> None:
    for case in CASES:
        answer = sage.answer(case.question, ())
        assert answer_from(answer.to_dict()) == answer
        assert answer_from(answer.to_dict() | {"of a later version": 1}) == answer


@pytest.mark.parametrize("text", [None, "{", "{}", '{"engine": "x", "about": {}, "runs": [{}]}'])
def test_what_is_no_evaluation_is_an_error_for_people(text: str | None, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(KzragError, match="is not a stored evaluation"):
        load(path)
