"""The door for programs: one index for all threads, plain errors, the contract's promises on the bundled corpus."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import kzrag
from kzrag import Assistant, KzragError
from tests.bundled import bundled

REFINING = "What refining capacity does Kazakhstan want by 2032?"


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return bundled()


def test_the_contracts_first_example(assistant: Assistant) -> None:
    answer = kzrag.answer(REFINING)
    assert "28 million tons" in answer.text
    assert {citation.document_id[:3] for citation in answer.citations} >= {"000", "002"}
    follow_up = kzrag.answer(
        "And by 2040?", history=[{"role": "user", "content": REFINING}, {"role": "assistant", "content": answer.text}]
    )
    assert "38 million" in follow_up.text


def test_every_citation_of_every_sentence_asked_about_is_exact(assistant: Assistant) -> None:
    index = assistant.index
    for sentence in index.sentences[::12]:
        answer = assistant.answer(sentence.text)
        for citation in answer.citations:
            raw = index.documents[citation.document_id].raw
            assert raw[citation.start : citation.end] == citation.quote


def test_hits_are_slices_best_first(assistant: Assistant) -> None:
    hits = assistant.retrieve("oil exports through the pipeline", top_k=5)
    raw = {document.id: document.raw for document in assistant.documents()}
    assert len(hits) == 5
    assert all(raw[hit.document_id][hit.start : hit.end] == hit.text for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_many_threads_get_the_same_answer(assistant: Assistant) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: assistant.answer(REFINING).to_dict(), range(24)))
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize("question", [None, 3, ["x"]])
def test_a_question_is_a_text(assistant: Assistant, question: object) -> None:
    with pytest.raises(KzragError, match="is a text"):
        assistant.answer(question)  # type: ignore[arg-type]


@pytest.mark.parametrize("history", ["x", [{"content": "x"}], [3], [{"role": "robot", "content": "x"}]])
def test_a_wrong_history_is_said_to_be_wrong(assistant: Assistant, history: object) -> None:
    with pytest.raises(KzragError, match="history"):
        assistant.answer("Why?", history)  # type: ignore[arg-type]


def test_a_filter_restricts_what_is_cited(assistant: Assistant) -> None:
    from kzrag.retrieval import Filter

    only = frozenset({"001_cf4277735593f279"})
    answer = assistant.answer("Why was the pipeline shut down?", where=Filter(documents=only))
    assert {citation.document_id for citation in answer.citations} <= only
