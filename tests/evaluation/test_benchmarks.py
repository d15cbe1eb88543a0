"""The programs under eval/benchmarks that measure trust: what they make of an answer, on sets of a question or two."""

import importlib
import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kzrag.records import Answer, Citation, Disagreement, Position
from tests.evaluation.conftest import refusal, words_judge

FOLDER = Path(__file__).parents[2] / "eval" / "benchmarks"


@pytest.fixture
def trust(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(FOLDER))
    yield importlib.import_module("trust")
    for name in ("trust", "data"):
        sys.modules.pop(name, None)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KZRAG_DATA_DIR", str(tmp_path))
    return tmp_path


def put(path: Path, *records: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(each) for each in records), encoding="utf-8")


def cite(number: int, document: Any, quote: str) -> Citation:
    start = document.raw.index(quote)
    return Citation(
        number, document.id, start, start + len(quote), quote, None, None, None, None, "en", None, None, "article", ""
    )  # fmt: skip


def said(text: str, *citations: Citation, conflict: bool = False) -> Answer:
    disputes = (Disagreement("x", (Position("a", (1,)), Position("b", (2,)))),) if conflict else ()
    return Answer(text, "en", False, None, citations, disputes)


def test_an_absent_set_is_skipped_with_a_plain_word(trust: ModuleType, data: Path) -> None:
    with pytest.raises(trust.AbsentError, match="Skipped: trust/ramdocs is not in the data folder"):
        list(trust.ramdocs(words_judge))


def test_clapnq_wants_gold_cited_and_what_is_not_there_refused(trust: ModuleType, data: Path) -> None:
    passage = {"title": "Rain", "text": "It rains here . It snows there .", "sentences": []}
    base = {"input": "where does it rain", "passages": [passage]}
    folder = data / "trust/clapnq/annotated_data/dev"
    put(folder / "clapnq_dev_answerable.jsonl", base | {"output": [{"selected_sentences": ["It rains here ."]}]})
    put(folder / "clapnq_dev_unanswerable.jsonl", base | {"output": [{"selected_sentences": []}]})
    answerable, unanswerable = trust.clapnq(words_judge)
    document = answerable.documents[0]
    good = answerable.observe(said("It rains here [1].", cite(1, document, "It rains here .")))
    assert (good["answered"], good["gold cited"], good["statements supported"]) == (1, 1, 1)
    beside = answerable.observe(said("It snows there [1].", cite(1, document, "It snows there .")))
    assert beside["gold cited"] == 0
    assert answerable.observe(refusal())["answered"] == 0
    assert unanswerable.observe(refusal()) == {"refused": 1, "refused without citations": 1}
    assert unanswerable.observe(good_answer := said("It rains [1]."))["refused"] == 0
    assert good_answer.citations == ()


def test_ramdocs_wants_every_right_answer_with_its_source(trust: ModuleType, data: Path) -> None:
    texts = ["He played football .", "He played golf .", "He sang ."]
    put(
        data / "trust/ramdocs/RAMDocs_first250.jsonl",
        {
            "question": "What did he play?",
            "documents": [{"text": text, "type": "correct", "answer": "x"} for text in texts],
            "gold_answers": ["football", "golf"],
            "wrong_answers": ["chess"],
        },
    )
    (asked,) = trust.ramdocs(words_judge)
    one, two, _ = (cite(n, document, document.raw) for n, document in enumerate(asked.documents, 1))
    both = asked.observe(said("He played football [1]. He played golf [2].", one, two))
    assert (both["right answers shown"], both["all right and none wrong"], both["with their source"]) == (1, 1, 1)
    swapped = asked.observe(said("He played football [2]. He played chess [1].", one, two))
    assert (swapped["right answers shown"], swapped["with their source"], swapped["wrong answers shown"]) == (0.5, 0, 1)
    assert asked.observe(refusal())["all right answers shown"] == 0


def test_conflictnq_wants_both_sides_and_no_conflict_where_there_is_none(trust: ModuleType, data: Path) -> None:
    put(
        data / "trust/conflictnq/conflict_nq_val.jsonl",
        {
            "cleaned_question": "When?",
            "real_passages": [{"passage": "In 2014 ."}],
            "fake_passages": [{"passage": "In 1998 ."}],
        },
    )
    conflict, harmony = trust.conflictnq(words_judge)
    true, false = (cite(n, document, document.raw) for n, document in enumerate(conflict.documents, 1))
    shown = conflict.observe(said("In 2014 [1]. In 1998 [2].", true, false, conflict=True))
    assert (shown["both sides shown"], shown["conflict named"], shown["true side shown"]) == (1, 1, 1)
    assert conflict.observe(said("In 1998 [2].", false))["true side shown"] == 0
    assert [document.id for document in harmony.documents] == ["true0"]
    assert harmony.observe(said("In 2014 [1].", true))["false conflicts"] == 0
    assert harmony.observe(said("In 2014 [1].", true, conflict=True))["false conflicts"] == 1


def test_mtrag_asks_the_last_turn_of_its_passages_or_of_those_nearest_in_its_collection(
    trust: ModuleType, data: Path
) -> None:
    turns = [
        {"speaker": "user", "text": "A?"},
        {"speaker": "agent", "text": "B."},
        {"speaker": "user", "text": "C so?"},
    ]
    passage = [{"document_id": "p", "text": "C is so."}]
    records = [
        {"contexts": passage, "input": turns, "answerability": [kind], "Collection": "x"}
        for kind in ("ANSWERABLE", "UNDERSPECIFIED", "PARTIAL")
    ]
    alone = {"contexts": [], "input": turns, "answerability": ["UNANSWERABLE"], "Collection": "x"}
    path = data / "trust/mtrag-un/mtragun-human/generation_tasks/reference.jsonl"
    put(path, records[0], alone, *records[1:], alone | {"Collection": "without any passage"})
    asked = list(trust.mtrag(words_judge))
    assert len(asked) == 4
    assert asked[1].documents[0].raw == "C is so."
    assert asked[0].question == "C so?"
    assert asked[0].history == [{"role": "user", "content": "A?"}, {"role": "assistant", "content": "B."}]
    refusing = [set(each.observe(refusal())) - {"statements supported", "citations needed", "brief"} for each in asked]
    assert refusing == [
        {"answered"},
        {"refused", "refused without citations"},
        {"underspecified, refused"},
        {"partly answerable, answered"},
    ]


def test_a_whole_set_is_measured(trust: ModuleType, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.evaluation.conftest import LetterEncoder

    def questions(judge: Any) -> Iterator[Any]:
        for number in range(4):
            document = trust.plain_document("d", "The harbour of Aktau was built in 1963 by the sea.")
            yield trust.Asked("When was the harbour of Aktau built?", [document], partial(seen, number))

    def seen(number: int, answer: Answer) -> dict[str, float | None]:
        return {"even": float(number % 2 == 0), "never": None}

    benchmark = trust.Benchmark("X", "about", ("even",), questions)
    figures, times = trust.measure(benchmark, LetterEncoder(), None)
    assert figures == {"questions": 4, "even": 0.5}
    assert 0 < times["median"] <= times["p95"]
    assert trust.measure(benchmark, LetterEncoder(), 2)[0]["questions"] == 2
    assert "even" in capsys.readouterr().out
