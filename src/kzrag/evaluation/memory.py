"""An index that is only held in memory: for asking many tiny corpora, one after the other, and for breaking on purpose.

The same reading, cutting, words and sentences as on disk; instead of Chroma every passage is compared, which is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from kzrag.answering.engine import respond
from kzrag.errors import KzragError
from kzrag.index import Index
from kzrag.index.contents import contents_of, read_before
from kzrag.index.encoder import Encoder, Pieces, read
from kzrag.index.lexical import LexicalIndex
from kzrag.index.tables import Stamp, Tables
from kzrag.records import Answer, Block, Document
from kzrag.settings import Settings


class MemoryIndex(Index):
    """An `Index` without files and without Chroma."""

    def _proposed(self, vector: np.ndarray, pool: int, wanted: list[str] | None) -> np.ndarray:
        """What comparing finds: there is no Chroma to ask."""
        return self._compared(vector, pool, wanted)

    def warm(self) -> None:
        """Nothing to open."""

    def check_store(self) -> None:
        """Nothing to check."""

    def refresh(self) -> Index:
        """It never changes."""
        return self

    def close(self) -> None:
        """Nothing to let go of."""


class RememberingEncoder:
    """An encoder that is asked once for each text: the corpora of a benchmark share words, and some share passages."""

    def __init__(self, encoder: Encoder) -> None:
        self.id, self.dimension = encoder.id, encoder.dimension
        self._encoder = encoder
        self._known: dict[str, tuple[np.ndarray, Pieces]] = {}

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, list[Pieces]]:
        """float32 (texts, dimension), and the pieces of each where the encoder tells them."""
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known.update(zip(new, zip(*read(self._encoder, new), strict=True), strict=True))
        known = [self._known[text] for text in texts]
        return np.stack([vector for vector, _ in known]), [pieces for _, pieces in known]

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """As the encoder; float32 (texts, dimension)."""
        return self.read(texts)[0]

    def take_over(self, index: Index) -> None:
        """Knows from now on what was encoded for `index`, by the same encoder."""
        self._known |= read_before(index)

    def ahead(self, documents: Sequence[Document]) -> None:
        """Encodes all that indexes over any of `documents` will ask for, in large batches of texts of one length,
        which takes a fraction of the time of small ones. Ids and families may repeat."""
        apart = [replace(document, id=str(n), family=str(n)) for n, document in enumerate(documents)]
        contents_of(apart, (), self, {}, lambda stage, done, total: None)


def memory_index(documents: Sequence[Document], encoder: Encoder) -> MemoryIndex:
    """An index over `documents`; `IndexStateError` when there is no sentence in them."""
    return in_memory(contents_of(documents, (), encoder, {}, lambda stage, done, total: None), encoder)


def in_memory(contents: Tables, encoder: Encoder) -> MemoryIndex:
    """An index over what was read and encoded."""
    lexical = LexicalIndex.build([each.text for each in contents.chunks], [each.language for each in contents.chunks])
    stamp = Stamp("", encoder.id, encoder.dimension, "", "", "memory")
    return MemoryIndex(Path("memory"), stamp, contents, lexical, encoder)


def plain_document(name: str, text: str, language: str = "en", **about: Any) -> Document:
    """A document of a benchmark: paragraphs are its blocks, and it is a family of its own unless `about` says so."""
    blocks = []
    start = 0
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            lead = len(paragraph) - len(paragraph.lstrip())
            blocks.append(Block(start + lead, start + lead + len(paragraph.strip())))
        start += len(paragraph) + 2
    return Document(**{
        "id": name, "path": name, "raw": text, "language": language, "blocks": tuple(blocks), "family": name, **about
    })  # fmt: skip


class MemoryEngine:
    """Our engine over a memory index, with parts left out if need be; an `Engine` for `run.evaluate`."""

    def __init__(self, index: MemoryIndex, settings: Settings, disable: frozenset[str] = frozenset()) -> None:
        self.name = "kzrag"
        self.index: Index | None = index
        self._index = index
        self.documents: Mapping[str, Document] = index.documents
        self._settings = settings
        self._disable = disable

    def answer(self, question: str, history: Sequence[Mapping[str, str]]) -> Answer:
        """The last event's answer."""
        for event in respond(
            question, [dict(turn) for turn in history], self._index, self._settings, disable=self._disable
        ):
            if event.answer is not None:
                return event.answer
        raise KzragError(f"The question {question!r} got no answer.")
