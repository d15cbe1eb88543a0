"""An indexing process killed at any moment leaves the old index or the new one, never half of one."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

from kzrag.settings import Settings
from tests.robustness import indexing

KILLS = 20


def test_killed_twenty_times_the_index_is_always_the_old_or_the_new_one(tmp_path: Path) -> None:
    processes = indexing.processes()
    settings = Settings(corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index")

    def start() -> Any:
        child = processes.Process(target=indexing.build, args=(settings,))
        child.start()
        return child

    for edition in ("-1", "0"):  # the first one takes longer: the server has to be started
        indexing.write_corpus(settings.corpus_dir, int(edition))
        child = start()
        started = time.monotonic()
        child.join(120)
        whole_build = time.monotonic() - started
        assert child.exitcode == 0
        assert indexing.edition_in_use(settings) == edition

    chance = random.Random(2026)
    finished = "0"
    interrupted = 0
    for kill in range(1, KILLS + 1):
        indexing.write_corpus(settings.corpus_dir, kill)
        child = start()
        # One kill in each twentieth of the build, so that every stage of it has its turn.
        child.join((kill - chance.random()) / KILLS * whole_build)
        interrupted += child.is_alive()
        child.kill()
        child.join(30)
        found = indexing.edition_in_use(settings)
        assert found in (finished, str(kill)), f"after kill {kill} the index in use is: {found}"
        finished = found
    assert interrupted >= KILLS // 2, "most builds were killed before their end"

    indexing.write_corpus(settings.corpus_dir, KILLS + 1)  # so that something is built: it sweeps up
    child = start()
    child.join(120)
    assert child.exitcode == 0
    assert indexing.edition_in_use(settings) == str(KILLS + 1)
    left = {entry.name for entry in settings.index_path.iterdir() if not entry.name.startswith("gen-")}
    assert left == {"CURRENT", "corpus.json", "writer.lock"}
    assert len(list(settings.index_path.glob("gen-*"))) <= 2, "what the killed ones left is gone"


def test_killed_at_the_first_build_there_is_none_and_the_next_start_makes_one(tmp_path: Path) -> None:
    processes = indexing.processes()
    settings = Settings(corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index")
    indexing.write_corpus(settings.corpus_dir, 5)
    for stage in ("cutting passages", "embedding", "storing vectors"):
        told = processes.Queue()
        child = processes.Process(target=indexing.build, args=(settings, told))
        child.start()
        while told.get(timeout=120)[0] != stage:
            pass
        child.kill()
        child.join(30)
        assert indexing.edition_in_use(settings) == "none"
    indexing.build(settings)
    assert indexing.edition_in_use(settings) == "5"
