import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kzrag.answering.gate import SpanText, Verdict
from kzrag.errors import KzragError
from kzrag.evaluation.run import AssistantEngine, OtherEngine, about_run, evaluate, failed, load_engine, remembering
from kzrag.evaluation.summary import measured
from kzrag.records import Answer
from tests.evaluation.conftest import CASES, DOCUMENTS, Dumper, Sage, Silent, answer, words_judge


def mean(evaluation: object, metric: str, kind: str = "all") -> float | None:
    found = measured(evaluation, metric, kind)  # type: ignore[arg-type]
    return None if found is None else found.mean


def test_a_perfect_engine_is_perfect(sage: Sage) -> None:
    evaluation = evaluate(CASES, sage, judge=words_judge)
    assert mean(evaluation, "over-refusal") == 0
    for metric in ("right", "supported", "needed", "exact", "gold", "attributed", "sides", "refused", "brief"):
        assert mean(evaluation, metric) == 1, metric
    assert sage.asked == [case.question for case in CASES]
    assert not [line for run in evaluation.runs for line in failed(run)]


def test_an_empty_answer_to_everything_is_nothing_but_right_refusals() -> None:
    evaluation = evaluate(CASES, Silent(), judge=words_judge)
    assert mean(evaluation, "right", "near-miss") == 1
    assert mean(evaluation, "right", "fact") == 0
    assert mean(evaluation, "refused") == 1
    assert mean(evaluation, "over-refusal") == 1
    assert mean(evaluation, "supported") is None


def test_the_whole_corpus_for_an_answer_scores_badly() -> None:
    evaluation = evaluate(CASES, Dumper(), judge=words_judge)
    assert mean(evaluation, "refused") == 0
    assert mean(evaluation, "supported") == 0
    assert mean(evaluation, "gold") == 0
    assert mean(evaluation, "brief") == 0
    assert mean(evaluation, "sides") == 0
    assert mean(evaluation, "attributed") == 0


def test_a_must_that_is_wrong_on_purpose_fails(sage: Sage) -> None:
    wrong = replace(CASES[0], must=(("qty:99 million tons",),))
    run = evaluate([wrong], sage, judge=words_judge).runs[0]
    assert run.scores["right"].value == 0
    assert "missing: qty:99 million tons" in failed(run)[0]


def test_an_engine_that_raises_has_given_an_empty_answer() -> None:
    def weak(question: str) -> str:
        if "1999" in question:
            return "I don't know."
        raise RuntimeError("no power")

    evaluation = evaluate(CASES, OtherEngine(weak, DOCUMENTS.values(), "weak"), judge=words_judge)
    assert evaluation.runs[0].answer.notes == ("RuntimeError: no power",)
    assert mean(evaluation, "right", "fact") == 0
    assert mean(evaluation, "right", "near-miss") == 1


def test_an_engine_that_always_raises_is_not_scored() -> None:
    def broken(question: str) -> str:
        raise RuntimeError("no power")

    with pytest.raises(KzragError, match=r"failed at every question \(RuntimeError: no power"):
        evaluate(CASES, OtherEngine(broken, DOCUMENTS.values(), "broken"), judge=words_judge)


def test_two_runs_are_the_same(sage: Sage) -> None:
    assert evaluate(CASES, sage, judge=words_judge).to_dict() == evaluate(CASES, sage, judge=words_judge).to_dict()


def test_figures_belong_to_cases_and_corpus() -> None:
    about = about_run(CASES, DOCUMENTS.values())
    assert about_run(CASES, DOCUMENTS.values()) == about
    assert about_run(CASES[1:], DOCUMENTS.values())["cases"] != about["cases"]
    assert about_run(CASES, [])["corpus"] != about["corpus"]


def test_a_judge_that_remembers_is_asked_once() -> None:
    asked = []

    def judge(sentence: str, spans: Sequence[SpanText]) -> Verdict:
        asked.append(sentence)
        return Verdict(True, ())

    ask = remembering(judge)
    assert ask("a", []).supported
    assert ask("a", []).supported
    assert asked == ["a"]


# -- engines of others ---------------------------------------------------------------------------------------------


@dataclass
class Node:
    text: str

    def get_content(self) -> str:
        return self.text


@dataclass
class Response:
    response: str
    source_nodes: list[Node]

    def __str__(self) -> str:
        return self.response


class QueryEngine:
    def query(self, question: str) -> Response:
        return Response("It was closed by storms.", [Node("It closed for nine days"), Node("stands nowhere")])


def test_the_sources_of_a_query_engine_become_citations_with_offsets() -> None:
    said = OtherEngine(QueryEngine(), DOCUMENTS.values(), "stock").answer("Why?", ())
    assert said.text == "It was closed by storms. [1]"
    assert said.language == "en"
    assert [(each.document_id, each.quote) for each in said.citations] == [("harbour", "It closed for nine days")]
    assert DOCUMENTS["harbour"].raw[said.citations[0].start : said.citations[0].end] == said.citations[0].quote


@pytest.mark.parametrize("text", ["", "Empty Response", "I don't know.", "我不知道。", "Не знаю.", None])
def test_what_says_nothing_is_a_refusal(text: str | None) -> None:
    said = OtherEngine(lambda question: text, DOCUMENTS.values(), "f").answer("Why?", ())
    assert said.abstained
    assert said.citations == ()


def test_a_callable_may_take_the_history_and_give_an_answer() -> None:
    def follows(question: str, history: Sequence[Mapping[str, str]]) -> Answer:
        return answer(f"{history[0]['content']} {question}")

    said = OtherEngine(follows, [], "f").answer("And then?", ({"role": "user", "content": "First?"},))
    assert said.text == "First? And then?"


def test_an_engine_is_loaded_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my_pipeline_x.py").write_text("def engine(question):\n    return question.upper()\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    assert load_engine("my_pipeline_x:engine", []).answer("why", ()).text == "WHY"


@pytest.mark.parametrize(
    ("spec", "says"),
    [("engine", "module:object"), ("nowhere_at_all:engine", "can't be loaded"), ("json:nothing", "can't be loaded"),
     ("sys:maxsize", "can be called")],
)  # fmt: skip
def test_what_is_no_engine_is_an_error_for_people(spec: str, says: str) -> None:
    with pytest.raises(KzragError, match=says):
        load_engine(spec, [])


def test_an_assistant_is_asked_with_plain_history() -> None:
    class Assistant:
        def documents(self) -> list[object]:
            return list(DOCUMENTS.values())

        def answer(self, question: str, history: Sequence[dict[str, str]] = ()) -> Answer:
            return answer(f"{question} {history!r}")

    engine = AssistantEngine(Assistant())
    assert engine.documents == DOCUMENTS
    assert engine.answer("Why?", ({"role": "user", "content": "x"},)).text == "Why? [{'role': 'user', 'content': 'x'}]"
