"""What the robustness tests run in processes of their own: building and checking one small index.

Started afresh a process needs seconds to import Chroma and to read tables; forked from one that has, none.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from multiprocessing.context import ForkServerContext
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

import numpy as np

from kzrag.index import Index, open_index, reader
from kzrag.index.generations import Generations
from kzrag.settings import Settings
from tests.fakes import LetterEncoder

PRELOADED = ["chromadb.api.rust", "filelock", "kzrag.index.build", "tests.robustness.warm"]


def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


class SlowEncoder(LetterEncoder):
    """Takes its time, so that a process can be killed while it works."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        time.sleep(0.0005 * len(texts))
        return super().encode(texts)


def write_corpus(folder: Path, edition: int, documents: int = 20) -> None:
    """The same articles with other figures; every document says which edition it is of."""
    folder.mkdir(exist_ok=True)
    for number in range(documents):
        lines = [
            f"Berth {number} of edition {edition} holds {number * 7919 + line} tons of grain." for line in range(6)
        ]
        (folder / f"berth{number:02}.txt").write_text("\n\n".join(lines), encoding="utf-8")


def build(settings: Settings, told: Queue[Any] | None = None) -> None:
    """Open the index, building it if need be; every step of progress is put into the queue."""
    index = open_index(
        settings, encoder=SlowEncoder(), progress=lambda *step: told.put(step) if told is not None else None
    )
    if told is not None:
        told.put(index.summary)
    index.close()


def edition_in_use(settings: Settings) -> str:
    """Open the generation in use, building nothing: its edition, or "none"."""
    generation = Generations(settings.index_path).current()
    return "none" if generation is None else whole(reader.open_generation(generation, LetterEncoder()))


def inspect(settings: Settings, answers: Queue[Any]) -> None:
    """`edition_in_use` for a process of its own: the answer, or what is wrong, is put into the queue."""
    try:
        answers.put(edition_in_use(settings))
    except BaseException as error:
        answers.put(f"wrong: {error!r}")


def whole(index: Index) -> str:
    """The one edition that all documents, passages, vectors and words of an index are of; raises if they differ."""
    texts = [document.raw for document in index.documents.values()]
    editions = {text.split(" holds ")[0].rsplit(" ", 1)[1] for text in texts}
    assert len(editions) == 1, f"documents of the editions {editions}"
    assert index._store().count() == len(index.chunks)
    expected = index.encoder.encode([sentence.text for sentence in index.sentences])
    assert np.allclose(index.sentence_vectors, expected, atol=1e-5)
    for chunk in index.chunks[::7]:
        first = index.sentences_of(chunk.number)[0]
        assert chunk.number in [number for number, _ in index.dense(expected[first], 10)]
        assert chunk.number in [number for number, _ in index.lexical.search(chunk.text, 10)]
        assert index.documents[chunk.document_id].raw[chunk.start : chunk.end] == chunk.text
    assert not (index.generation / "damaged.txt").exists()
    index.close()
    return editions.pop()
