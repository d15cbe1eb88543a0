from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kzrag.settings import Settings
from kzrag.web.acts import Acts
from kzrag.web.desk import Desk
from kzrag.web.guard import Limiter
from kzrag.web.history import HISTORY_FILE, History
from kzrag.web.library import Library
from kzrag.web.uploads import Uploads
from tests.web.fake_assistant import FakeAssistant
from tests.web.test_library import upload


def uploads(folder: Path, open_other: Any, *, shared: bool = False) -> Uploads:
    (folder / "corpus").mkdir()
    desk = Desk(FakeAssistant(), History(folder / HISTORY_FILE))
    acts = Acts(desk, Limiter(per_second=9, burst=9), {})
    library = Library(Settings(corpus_dir=folder / "corpus", home=folder / "home"))
    return Uploads(desk, acts, library, open_other, shared=shared)


def reads(settings: Settings, progress: Any) -> FakeAssistant:
    progress("reading", 1, 4)
    return FakeAssistant()


@pytest.mark.parametrize(("shared", "said"), [(False, "stay on this computer"), (True, "Everyone who logs in")])
def test_readers_are_told_who_sees_what_they_add(tmp_path: Path, shared: bool, said: str) -> None:
    assert said in uploads(tmp_path, reads, shared=shared).labels("en")["add_hint"]


def test_the_page_is_made_without_waiting_for_the_index(tmp_path: Path) -> None:
    on = uploads(tmp_path, reads)
    on.labels("en")
    assert not on.desk.ready


def test_adding_shows_how_far_it_is_and_then_answers_from_it(tmp_path: Path) -> None:
    on = uploads(tmp_path, reads)
    before = on.desk.assistant
    first, bar, last = on.add("en", str(upload(tmp_path)), {"publisher": "Herald"})
    assert "<progress" in first["add_progress"] and 'value="0.250"' in bar["add_progress"]
    assert "Added: bridge.txt" in last["added"]
    assert on.desk.assistant is not before
    *_, gone = on.remove("en", "bridge")
    assert on.library.names() == []
    assert on.desk.assistant is before
    assert "Removed: bridge" in gone["added"]


def test_what_cannot_be_indexed_is_taken_out_again(tmp_path: Path) -> None:
    def fails(settings: Settings, progress: Any) -> FakeAssistant:
        raise RuntimeError("a secret detail")

    on = uploads(tmp_path, fails)
    *_, last = on.add("en", str(upload(tmp_path)), {})
    assert "Something went wrong" in last["add_progress"] and "secret" not in last["add_progress"]
    assert on.library.names() == []
    assert list(on.remove("en", "dam-en")) == []
