from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kzrag.records import Answer, Event
from kzrag.web.desk import LOOK, QUESTION_LIMIT, Desk, Step, _together
from kzrag.web.history import HISTORY_FILE, History
from tests.web.fake_assistant import FakeAssistant

QUESTION = "How many megawatts will the new dam supply?"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(FakeAssistant(), History(tmp_path / HISTORY_FILE))


def asked(desk: Desk, question: str, conversation: str | None = None, **options: object) -> list[Step]:
    return list(desk.ask("ann", conversation, question, language="en", **options))  # type: ignore[arg-type]


def test_steps_grow_into_an_answer_that_is_kept(desk: Desk) -> None:
    steps = asked(desk, QUESTION)
    texts = [step.text for step in steps]
    assert all(later.startswith(earlier) for earlier, later in itertools.pairwise(texts))
    assert [step.turn is not None for step in steps] == [False] * (len(steps) - 1) + [True]
    last = steps[-1]
    assert desk.history.turns("ann", last.conversation) == [last.turn]


def test_the_history_comes_from_the_store(desk: Desk) -> None:
    first = asked(desk, QUESTION)[-1]
    then = asked(desk, "Why?", first.conversation)[-1]
    assert then.conversation == first.conversation
    assert then.turn is not None
    assert then.turn.answer.understood_as == f"{QUESTION[:-1]} (Why)?"


def test_another_users_conversation_is_not_continued(desk: Desk) -> None:
    first = asked(desk, QUESTION)[-1]
    stranger = list(desk.ask("bob", first.conversation, "Why?", language="en"))[-1]
    assert stranger.conversation != first.conversation
    assert len(desk.history.turns("ann", first.conversation)) == 1


def test_asking_again_forgets_what_came_after(desk: Desk) -> None:
    conversation = asked(desk, QUESTION)[-1].conversation
    asked(desk, "Why?", conversation)
    asked(desk, "What do farmers in the valley fear?", conversation, again_from=0)
    assert [turn.question for turn in desk.history.turns("ann", conversation)] == [
        "What do farmers in the valley fear?"
    ]


def test_only_some_documents_are_asked(desk: Desk) -> None:
    last = asked(desk, QUESTION, documents=["ledger"])[-1]
    assert last.turn is not None
    assert {citation.document_id for citation in last.turn.answer.citations} == {"ledger"}


def test_stop_keeps_the_beginning_without_markers(desk: Desk) -> None:
    assistant = desk.assistant
    assert isinstance(assistant, FakeAssistant)
    steps: list[Step] = []
    thread = threading.Thread(target=lambda: steps.extend(asked(desk, "Tell me slowly")))
    thread.start()
    assert assistant.slow.wait(5)
    (conversation,) = [c.id for c in desk.history.conversations("ann")]
    desk.stop("bob", conversation)
    desk.stop("ann", conversation)
    thread.join(5)
    turn = steps[-1].turn
    assert turn is not None and turn.stopped
    assert turn.answer.citations == ()
    assert turn.answer.notes == ("Stopped before the sources arrived; what is shown is only the beginning.",)
    assert desk.history.turns("ann", conversation) == [turn]


def test_what_a_user_can_mend_is_said_and_what_not_is_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    assert asked(desk, "broken")[-1].problem == "The model 'tiny' does not answer; start it or unset KZRAG_LLM."
    with caplog.at_level(logging.ERROR):
        problem = asked(desk, "crash")[-1].problem
    assert problem is not None
    assert "secret" not in problem
    assert "a secret detail" in caplog.text
    assert desk.history.conversations("ann")[0].questions == 0


def test_a_question_has_a_limit(desk: Desk) -> None:
    assert asked(desk, "   ") == []
    assert "at most 2000" in str(asked(desk, "x" * (QUESTION_LIMIT + 1))[-1].problem)
    assert desk.history.conversations("ann") == []


def test_words_that_come_at_once_are_one_step() -> None:
    answer = Event("answer", answer=Answer("It is so. [1]", "en", False, None))
    words = [Event("text", part) for part in ("It ", "is ", "so. [1]")]
    assert list(_together([Event("status", "Searching"), *words, answer])) == [
        Event("status", "Searching"),
        Event("text", "It is so. [1]"),
        answer,
    ]
    assert list(_together(words)) == [Event("text", "It is so. [1]")]
    assert list(_together([])) == []


def test_a_slow_answer_says_what_is_being_done_and_a_quick_one_does_not(tmp_path: Path) -> None:
    class Slow(FakeAssistant):
        def stream(self, *given: object, **options: object) -> Iterator[Event]:
            yield Event("status", "Searching")
            time.sleep(2.5 * LOOK)
            yield from super().stream(*given, **options)  # type: ignore[arg-type]

    quick, slow = (Desk(assistant, History(tmp_path / HISTORY_FILE)) for assistant in (FakeAssistant(), Slow()))
    assert asked(quick, QUESTION)[0].text
    assert next(step.status for step in asked(slow, QUESTION) if not step.text) == "Searching"
