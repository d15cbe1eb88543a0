"""Two indexing processes at once, and readers while one builds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kzrag.index import open_index
from kzrag.index.build import WAITING
from kzrag.settings import Settings
from tests.fakes import LetterEncoder
from tests.robustness import indexing


def steps(queue: Any) -> list[Any]:
    """Everything that was put into a queue, up to the summary."""
    told = []
    while not isinstance(told[-1] if told else None, str):
        told.append(queue.get(timeout=120))
    return told


def test_of_two_indexers_one_builds_and_the_other_waits_and_says_so(tmp_path: Path) -> None:
    processes = indexing.processes()
    settings = Settings(corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index")
    indexing.write_corpus(settings.corpus_dir, 1)
    queues = [processes.Queue(), processes.Queue()]
    children = [processes.Process(target=indexing.build, args=(settings, queue)) for queue in queues]
    for child in children:
        child.start()
    told = [steps(queue) for queue in queues]
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0]
    first, second = sorted(told, key=len, reverse=True)
    assert first[-1].startswith("Built the index")
    assert second == [
        (WAITING, 0, 0),
        f"The index is current: {first[-1].rpartition('): ')[2]}",
    ]
    assert indexing.edition_in_use(settings) == "1"
    assert [p.name for p in settings.index_path.glob("gen-*")] == ["gen-1"]


def test_readers_see_whole_generations_while_another_process_builds(tmp_path: Path) -> None:
    processes = indexing.processes()
    settings = Settings(corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index")
    indexing.write_corpus(settings.corpus_dir, 0)
    reader = open_index(settings, encoder=LetterEncoder())
    seen = {indexing.whole(reader)}
    for edition in (1, 2, 3):
        indexing.write_corpus(settings.corpus_dir, edition)
        child = processes.Process(target=indexing.build, args=(settings,))
        child.start()
        while child.is_alive():
            reader = reader.refresh()
            seen.add(indexing.whole(reader))
        child.join(60)
        assert child.exitcode == 0
    assert indexing.whole(reader.refresh()) == "3"
    assert seen <= {"0", "1", "2", "3"}


def test_many_processes_may_open_the_same_generation_at_once(tmp_path: Path) -> None:
    processes = indexing.processes()
    settings = Settings(corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index")
    indexing.write_corpus(settings.corpus_dir, 4)
    open_index(settings, encoder=LetterEncoder()).close()
    answers = processes.Queue()
    children = [processes.Process(target=indexing.inspect, args=(settings, answers)) for _ in range(8)]
    for child in children:
        child.start()
    assert [answers.get(timeout=120) for _ in children] == ["4"] * 8
    for child in children:
        child.join(30)
    assert indexing.edition_in_use(settings) == "4"
