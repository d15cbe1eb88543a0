from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from kzrag.errors import KzragError
from kzrag.settings import Settings
from kzrag.web.export import file_name, to_json, to_markdown
from kzrag.web.history import HISTORY_FILE, TITLE_LENGTH, History, Turn, answer_from, now, print_feedback
from tests.web.fake_assistant import FakeAssistant

QUESTION = "How many megawatts will the new dam supply?"
ANSWER = FakeAssistant().answer(QUESTION)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "deep" / HISTORY_FILE)


def filled(history: History, user: str = "ann", turns: int = 2) -> str:
    conversation = history.start(user, QUESTION)
    for number in range(turns):
        history.add(user, conversation, Turn(f"{number}: {QUESTION}", ANSWER, now()))
    return conversation


def test_an_answer_comes_back_as_it_was() -> None:
    assert answer_from(json.loads(json.dumps(ANSWER.to_dict()))) == ANSWER
    assert answer_from({**ANSWER.to_dict(), "field_of_a_later_version": 1}) == ANSWER


def test_turns_are_kept_in_order_and_in_the_file(history: History) -> None:
    conversation = filled(history)
    again = History(history.path)
    assert [turn.question[0] for turn in again.turns("ann", conversation)] == ["0", "1"]
    assert again.turns("ann", conversation)[0].answer == ANSWER
    (listed,) = again.conversations("ann")
    assert (listed.id, listed.title, listed.questions) == (conversation, QUESTION, 2)


def test_a_user_reaches_only_own_conversations(history: History) -> None:
    conversation = filled(history)
    assert history.turns("bob", conversation) == []
    assert history.conversations("bob") == []
    assert not history.owns("bob", conversation)
    history.add("bob", conversation, Turn("mine now", ANSWER, now()))
    history.cut("bob", conversation, 0)
    history.rename("bob", conversation, "stolen")
    history.delete("bob", conversation)
    assert not history.judge("bob", conversation, 0, verdict="bad")
    assert len(history.turns("ann", conversation)) == 2
    assert history.conversations("ann")[0].title == QUESTION


def test_cutting_asks_again_from_there_and_keeps_what_was_said_of_it(history: History) -> None:
    conversation = filled(history, turns=3)
    history.judge("ann", conversation, 1, verdict="bad", comment="wrong year")
    history.cut("ann", conversation, 1)
    history.add("ann", conversation, Turn("again", ANSWER, now()))
    assert [turn.verdict for turn in history.turns("ann", conversation)] == [None, None]
    history.judge("ann", conversation, 1, verdict="good")
    assert [(said.verdict, said.comment) for said in history.feedback()] == [("good", ""), ("bad", "wrong year")]


def test_a_comment_does_not_lose_the_thumb(history: History) -> None:
    conversation = filled(history)
    history.judge("ann", conversation, 0, verdict="good")
    history.judge("ann", conversation, 0, comment="clear")
    history.judge("ann", conversation, 0, verdict="bad")
    (said,) = history.feedback()
    assert (said.verdict, said.comment, said.question) == ("bad", "clear", f"0: {QUESTION}")
    assert not history.judge("ann", conversation, 9, verdict="good")


def test_deleting_takes_everything(history: History) -> None:
    conversation = filled(history)
    history.judge("ann", conversation, 0, verdict="good")
    history.delete("ann", conversation)
    assert history.conversations("ann") == history.feedback() == history.turns("ann", conversation) == []


def test_a_long_title_is_cut_at_a_word(history: History) -> None:
    conversation = history.start("ann", "word " * 60)
    history.rename("ann", conversation, "  two\n lines  " + "字" * 200)
    title = history.conversations("ann")[0].title
    assert title.startswith("two lines") and len(title) <= TITLE_LENGTH


def test_conversations_are_found_by_their_words_in_any_script(history: History) -> None:
    dam = filled(history)
    chinese = history.start("ann", "里海輸油管道為什麼被關閉？")
    russian = history.start("ann", "Трубопровод")
    history.add("ann", russian, Turn("Почему остановили трубопровод?", ANSWER, now()))

    def found(words: str, user: str = "ann") -> list[str]:
        return [conversation.id for conversation in history.conversations(user, words)]

    assert found("") == [russian, chinese, dam]
    assert found("输油管道") == [chinese]
    assert found("ТРУБОПРОВОД почему") == [russian]
    assert found("northern LEDGER gigawatts") == []
    assert found("210 megawatts") == [russian, dam]
    assert found("dam", "bob") == []
    assert found("%") == found("' OR 1=1") == []


def test_many_threads_write_at_once(history: History) -> None:
    conversation = history.start("ann", QUESTION)
    threads = [
        threading.Thread(target=history.add, args=("ann", conversation, Turn(str(n), ANSWER, now()))) for n in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(turn.question) for turn in history.turns("ann", conversation)) == list(range(16))


def test_a_broken_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / HISTORY_FILE).mkdir()
    with pytest.raises(KzragError, match="move the file away"):
        History(tmp_path / HISTORY_FILE)


def test_feedback_is_listed_and_becomes_cases(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    lines: list[str] = []
    print_feedback(settings, as_cases=False, echo=lines.append)
    assert lines.pop().startswith("No reader has said anything yet")
    history = History(tmp_path / HISTORY_FILE)
    history.judge("ann", filled(history), 0, verdict="bad", comment="too short")
    print_feedback(settings, as_cases=False, echo=lines.append)
    assert lines.pop().endswith(f"- 0: {QUESTION}  “too short”")
    print_feedback(settings, as_cases=True, echo=lines.append)
    assert json.loads(lines.pop())["answer"]["citations"][0]["document_id"] == "dam-en"


def test_exports_hold_everything(history: History) -> None:
    filled(history, turns=1)
    (conversation,) = history.conversations("ann")
    turns = history.turns("ann", conversation.id)
    text = to_markdown(conversation, turns, "en")
    assert text.startswith(f"# {QUESTION}\n")
    for citation in ANSWER.citations:
        assert f"> {citation.quote}" in text
    assert "**Where sources disagree: How many megawatts the new dam will supply**" in text
    assert answer_from(json.loads(to_json(conversation, turns))["turns"][0]["answer"]) == ANSWER
    assert file_name(conversation, ".md") == "How-many-megawatts-will-the-new-dam-supply.md"
