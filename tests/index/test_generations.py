from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kzrag.index.generations import Generations


def build(generations: Generations, content: str) -> Path:
    unfinished = generations.begin()
    (unfinished / "content").write_text(content)
    return generations.publish(unfinished)


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    (tmp_path / "index").mkdir()
    return Generations(tmp_path / "index")


def test_an_empty_or_missing_directory_has_none(tmp_path: Path) -> None:
    assert Generations(tmp_path).current() is None
    assert Generations(tmp_path / "missing").current() is None


def test_what_was_published_last_is_current(generations: Generations) -> None:
    build(generations, "one")
    build(generations, "two")
    current = generations.current()
    assert current is not None
    assert (current / "content").read_text() == "two"
    assert current.name == "gen-2"


@pytest.mark.parametrize("content", [b"", b"gen-99\n", b"../../etc", b"\xff\xfe\x00", b"gen-1" * 1000, b"gen-x"])
def test_a_pointer_that_names_no_generation_is_no_pointer(generations: Generations, content: bytes) -> None:
    build(generations, "one")
    (generations.directory / "CURRENT").write_bytes(content)
    assert generations.current() is None


def test_a_directory_in_place_of_the_pointer_is_no_pointer(generations: Generations) -> None:
    (generations.directory / "CURRENT").mkdir()
    assert generations.current() is None


def test_what_a_killed_builder_left_is_swept_up_and_its_number_used_again(generations: Generations) -> None:
    build(generations, "one")
    (generations.begin() / "half").write_text("…")
    (generations.directory / "gen-1.old").mkdir()
    fresh = generations.begin()
    assert fresh.name == "gen-2.tmp"
    assert list(fresh.iterdir()) == []
    assert not (generations.directory / "gen-1.old").exists()


def test_a_generation_finished_but_never_made_current_is_not_written_over(generations: Generations) -> None:
    build(generations, "one")
    generations.begin().rename(generations.directory / "gen-2")  # killed before the pointer moved
    assert build(generations, "three").name == "gen-3"


def test_sweeping_keeps_what_readers_may_have_open_and_what_is_not_ours(generations: Generations) -> None:
    built = [build(generations, text) for text in ("one", "two", "three", "four")]
    (generations.directory / "notes.txt").write_text("mine")
    (generations.directory / "gen-holiday").mkdir()
    assert sorted(generations.sweep(built[3], built[2])) == built[:2]
    left = {entry.name for entry in generations.directory.iterdir()}
    assert left == {"gen-3", "gen-4", "CURRENT", "notes.txt", "gen-holiday"}


def test_a_second_writer_waits_and_is_told_so(generations: Generations) -> None:
    inside, told, order = threading.Event(), threading.Event(), []

    def second() -> None:
        inside.wait(10)
        with Generations(generations.directory).writer(told.set):
            order.append("second")

    waiting = threading.Thread(target=second)
    waiting.start()
    with generations.writer(lambda: order.append("must not wait")):
        inside.set()
        assert told.wait(10)
        order.append("first")
    waiting.join(10)
    assert order == ["first", "second"]


def test_an_index_has_one_name_on_a_server_and_keeps_it(generations: Generations) -> None:
    mark = generations.mark()
    assert generations.mark() == mark
    assert generations.label(generations.begin()) == f"{mark}-gen-1"
    (generations.directory / "mark").write_bytes(b"\xffforeign")
    assert generations.mark() != mark
