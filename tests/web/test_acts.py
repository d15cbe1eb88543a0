from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kzrag.errors import IndexStateError
from kzrag.web.acts import Acts, Props, joined
from kzrag.web.desk import Desk
from kzrag.web.guard import Limiter
from kzrag.web.history import HISTORY_FILE, History
from tests.web.fake_assistant import FakeAssistant

QUESTION = "How many megawatts will the new dam supply?"


def acts(folder: Path, assistant: Any = None, burst: int = 10) -> Acts:
    desk = Desk(assistant or FakeAssistant(), History(folder / HISTORY_FILE))
    return Acts(desk, Limiter(per_second=0, burst=burst), {"en": [QUESTION]})


def ask(on: Acts, text: str = QUESTION, identity: str = "", user: str = "ann", **options: Any) -> list[Any]:
    return list(on.ask(user, "1.2.3.4", text, identity=identity, tag="en", ticked=(), **options))


def test_a_page_is_there_before_its_index(tmp_path: Path) -> None:
    on = acts(tmp_path)
    first, then = on.arrive("ann", "ru-RU,en;q=0.5", "")
    assert "Готовлю индекс" in first["asking"]
    assert "listed" not in first
    assert then["language"]["value"] == first["language"]["value"] == "ru"
    assert "Valley Post" in then["listed"]
    (again,) = on.arrive("ann", "en", "")
    assert again["log"]["examples"] == [{"text": QUESTION}]


def test_an_index_that_cannot_be_opened_is_a_sentence_on_the_page(tmp_path: Path) -> None:
    class Broken(FakeAssistant):
        def documents(self) -> list[Any]:
            raise IndexStateError("The index is damaged; run kzrag index --rebuild.")

    *_, last = acts(tmp_path, Broken()).arrive("ann", "en", "")
    assert "run kzrag index --rebuild" in last["asking"]


def test_the_first_step_shows_the_question_and_the_sources_come_around_the_last(tmp_path: Path) -> None:
    on = acts(tmp_path)
    first, *_, last = ask(on)
    assert first["log"][0]["content"] == QUESTION
    assert first["question"] == ""
    assert not any("question" in update for update in ask(on)[1:]), "what is being typed next is left alone"
    assert "kz-card" in on.around("ann", last["conversation"], "en")["cards"]


def test_the_thumbs_are_drawn_anew_only_where_turns_were_taken_back(tmp_path: Path) -> None:
    on = acts(tmp_path)
    identity = ask(on)[-1]["conversation"]
    on.judge("ann", identity, 0, good=True)
    *_, last = on.ask("ann", "here", QUESTION, identity=identity, tag="en", ticked=(), again_from=0)
    assert last["log"]["feedback_value"] == [None]


def test_only_the_owner_reaches_a_conversation(tmp_path: Path) -> None:
    on = acts(tmp_path)
    identity = ask(on)[-1]["conversation"]
    *_, arrived = on.arrive("bob", "en", identity)
    assert arrived["conversation"] == ""
    assert arrived["log"]["value"] == []
    assert "kz-card" not in on.show("bob", identity, "en", {"turn": 0})["cards"]
    assert "<mark" not in on.read("bob", identity, "en", {"document": "dam-en", "turn": 0, "number": 1})["reading"]
    assert "outbox" not in on.manage("bob", identity, "en", {"conversation": identity, "act": "json"})
    on.manage("bob", identity, "en", {"conversation": identity, "act": "delete"})
    assert "outbox" in on.manage("ann", "", "en", {"conversation": identity, "act": "json"})


@pytest.mark.parametrize(
    "data", [{}, {"turn": "x"}, {"turn": 99, "document": 5}, {"turn": -1, "document": "../etc/passwd", "number": []}]
)
def test_whatever_the_page_sends_is_no_crash(tmp_path: Path, data: dict[str, Any]) -> None:
    on = acts(tmp_path)
    identity = ask(on)[-1]["conversation"]
    assert "kz-card" in on.show("ann", identity, "en", data)["cards"]
    assert "no longer in the corpus" in on.read("ann", identity, "en", data)["reading"]
    assert "kept" in on.manage("ann", identity, "en", data)


def test_a_flood_gets_a_sentence_and_keeps_the_conversation(tmp_path: Path) -> None:
    on = acts(tmp_path, burst=1)
    identity = ask(on)[-1]["conversation"]
    last = ask(on, "Why?", identity)[-1]
    assert last["log"][-1]["content"].startswith("**Many questions in a short time")
    assert last["conversation"] == identity
    assert len(on.desk.history.turns("ann", identity)) == 1


def test_updates_of_one_moment_are_joined() -> None:
    assert joined({"log": Props(value=1), "x": 1}, {"log": Props(label=2), "x": 2}) == {
        "log": Props(value=1, label=2),
        "x": 2,
    }
