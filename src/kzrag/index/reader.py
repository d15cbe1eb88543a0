"""The index as it is asked: one generation, opened for reading. It writes nothing but a note of damage."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Sequence, Set
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kzrag.index import store, tables
from kzrag.index.encoder import NO_PIECES, Pieces, read
from kzrag.index.generations import Generations
from kzrag.index.lexical import LexicalIndex
from kzrag.index.store import Store, StoreError
from kzrag.index.tables import Stamp, Tables
from kzrag.index.vocabulary import best_of_each

if TYPE_CHECKING:
    from kzrag.index.encoder import Encoder

COMPARED_AT_MOST = 5_000
"""Passages up to which comparing all vectors (0.1 ms) is quicker than Chroma's search (2.8 ms)."""
POOL = 4
"""Times as many passages as wanted are asked of Chroma and scored exactly: its graph search is approximate."""
SMALLEST_POOL = 50
"""And at least so many; beyond it nothing more was found in collections of up to 20,000 passages."""

PIECES_OF = 50
"""Passages whose pieces are held against the question's: the best by vectors."""

QUESTIONS = 256
"""Questions that are remembered as they were read: one answer looks at the same ones several times."""
PAUSE = 60.0
"""Seconds until Chroma is asked again after it failed: a server that hangs must not hold up every question."""

log = logging.getLogger(__name__)


class Index:
    """Documents, passages, sentences and the ways to find them. May be used from several threads."""

    def __init__(
        self,
        generation: Path,
        stamp: Stamp,
        contents: Tables,
        lexical: LexicalIndex,
        encoder: Encoder,
        *,
        summary: str = "",
    ) -> None:
        self.generation = generation
        """The directory of this generation; another directory means other contents."""
        self.stamp = stamp
        self.documents = {document.id: document for document in contents.documents}
        self.problems = contents.problems
        """One sentence for each file of the corpus that could not be read."""
        self.chunks = contents.chunks
        self.sentences = contents.sentences
        self.languages = tuple(chunk.language for chunk in self.chunks)
        """The language of each passage, by its number."""
        self.voices = frozenset((sentence.document_id, sentence.voice) for sentence in contents.sentences)
        """(document id, voice) of everybody who speaks."""
        self.parallels = dict(contents.parallels)
        """Sentence number -> numbers of the same sentence in the other documents of its family."""
        self.chunk_vectors = contents.chunk_vectors
        """float32 (chunks, d), rows of length 1."""
        self.sentence_vectors = contents.sentence_vectors
        """float32 (sentences, d), rows of length 1."""
        self.pieces = contents.pieces
        self.vocabulary = contents.vocabulary
        self.lexical = lexical
        self.encoder = encoder
        self.summary = summary
        """One sentence: what opening it did."""
        self._number_of = {chunk.id: chunk.number for chunk in self.chunks}
        owners = [sentence.chunk for sentence in self.sentences]
        self._first_sentence = np.searchsorted(owners, np.arange(len(self.chunks) + 1)).tolist()
        self._read: dict[str, tuple[np.ndarray, Pieces]] = {}
        self._lock = threading.Lock()
        self._opening: Future[Store] | None = None
        self._asked = False
        self._ask_again = 0.0

    def read(self, question: str) -> tuple[np.ndarray, Pieces]:
        """The vector of a question, float32 (d,) of length 1, and its pieces; the last ones are remembered."""
        if (known := self._read.get(question)) is None:
            if len(self._read) > QUESTIONS:
                self._read.clear()
            vectors, pieces = read(self.encoder, [question])
            known = self._read[question] = vectors[0], pieces[0]
        return known

    def sentences_of(self, chunk: int) -> range:
        """The numbers of the sentences of a passage; there is at least one."""
        return range(self._first_sentence[chunk], self._first_sentence[chunk + 1])

    def dense(
        self,
        vector: np.ndarray,
        k: int,
        allowed: Collection[str] | None = None,
        *,
        pieces: Pieces = NO_PIECES,
        also: Sequence[int] = (),
        patient: bool = True,
    ) -> list[tuple[int, float]]:
        """The passages nearest in meaning: (chunk number, score), best first, `k` at most.

        `vector` is float32 (d,) of length 1, `pieces` are those of the question; `allowed` are the ids of the documents
        to search, all when `None`. Chroma proposes by the passages' vectors. The score is the mean of the cosines of
        the passage and of its best sentence, because a fact asked for is one sentence among eight, and of as much again
        by how near the passage has each piece of the question (docs/log.md has what both bring). Passages in `also`
        (found by words, and allowed) are scored whatever Chroma proposes.
        An impatient caller does not wait for an embedded Chroma that is not open yet where comparing all is as quick.
        """
        wanted = None if allowed is None or self.documents.keys() <= set(allowed) else sorted(set(allowed))
        if k < 1 or not self.chunks or wanted == []:
            return []
        vector = np.asarray(vector, dtype=np.float32)
        pool = min(len(self.chunks), max(k * POOL, SMALLEST_POOL))
        if patient or self._is_worth_opening():
            numbers = self._proposed(vector, pool, wanted)
        else:
            numbers = self._compared(vector, pool, wanted)
        if not len(numbers):
            return []
        proposed = set(numbers.tolist())
        numbers = np.concatenate([numbers, np.asarray([n for n in also if n not in proposed], dtype=np.intp)])
        scores = (self.chunk_vectors[numbers] @ vector + self._best_sentences(numbers, vector)) / 2
        if len(pieces.ids) and self.pieces:
            scores = (scores + self._by_pieces(numbers, scores, pieces, frozenset(also))) / 2
        # Beyond six digits a cosine depends on what else is in the product; equals go in reading order.
        scores = scores.astype(np.float64).round(6)
        best = np.lexsort((numbers, -scores))[:k]
        return [(int(numbers[place]), float(scores[place])) for place in best]

    def warm(self) -> None:
        """Begin to open Chroma in the background, as importing it takes a second; returns at once."""
        with self._lock:
            if self._opening is None:
                self._opening = Future()
                threading.Thread(target=self._open_store, args=(self._opening,), name="kzrag-store").start()

    def _is_worth_opening(self) -> bool:
        """Whether to ask Chroma now: it is open, or a server, or the corpus too large to compare.

        A process that asks one question never pays the second that importing Chroma takes; the second question opens
        it in the background.
        """
        if self.stamp.store or len(self.chunks) > COMPARED_AT_MOST:
            return True
        with self._lock:
            first, self._asked = not self._asked, True
            opened = self._opening is not None and self._opening.done()
        if not opened and not first:
            self.warm()
        return opened

    def check_store(self) -> None:
        """Open Chroma now and count; `StoreError` when it does not hold the passages of this generation."""
        count = self._store().count()
        if count != len(self.chunks):
            raise StoreError(f"{self.stamp.collection} holds {count} of {len(self.chunks)} passages")

    def refresh(self) -> Index:
        """The newest generation, opened; this very index when it still is the newest or the newest can't be read."""
        newest = Generations(self.generation.parent).current()
        if newest is None or newest == self.generation:
            return self
        try:
            return open_generation(newest, self.encoder)
        except (tables.UnreadableError, StoreError) as error:
            log.warning("The newer index is not used: %s.", error)
            return self

    def close(self) -> None:
        """Let go of Chroma; it is opened again if the index is asked again."""
        with self._lock:
            opening, self._opening = self._opening, None
        if opening is not None and opening.exception() is None:
            opening.result().close()

    def _proposed(self, vector: np.ndarray, pool: int, wanted: list[str] | None) -> np.ndarray:
        """The passages that Chroma finds nearest; those that comparing finds nearest when Chroma can't be asked."""
        if time.monotonic() < self._ask_again or (wanted is not None and len(wanted) > store.MOST_DOCUMENTS):
            return self._compared(vector, pool, wanted)
        opened = None
        try:
            opened = self._store()
            found = opened.query(vector, pool, wanted)
            return np.asarray([self._number_of[key] for key, _ in found], dtype=np.intp)
        except (StoreError, KeyError) as error:
            if opened is not None and opened.closed:
                # Another thread closed the index in the middle of this question.
                return self._proposed(vector, pool, wanted)
            self._note_damage(error)
            return self._compared(vector, pool, wanted)

    def _compared(self, vector: np.ndarray, pool: int, wanted: list[str] | None) -> np.ndarray:
        """What Chroma would propose, found by comparing every vector."""
        numbers = np.arange(len(self.chunks))
        if wanted is not None:
            chosen = set(wanted)
            numbers = np.asarray([c.number for c in self.chunks if c.document_id in chosen], dtype=np.intp)
        return numbers[np.argsort(-(self.chunk_vectors[numbers] @ vector), kind="stable")[:pool]]

    def _best_sentences(self, numbers: np.ndarray, vector: np.ndarray) -> np.ndarray:
        """The highest cosine of a sentence of each of the passages."""
        rows = [self.sentences_of(int(number)) for number in numbers]
        cosines = self.sentence_vectors[np.concatenate([np.arange(r.start, r.stop) for r in rows])] @ vector
        return best_of_each(cosines, [len(row) for row in rows])[0]

    def _by_pieces(
        self, numbers: np.ndarray, scores: np.ndarray, pieces: Pieces, also: Set[int] = frozenset()
    ) -> np.ndarray:
        """How near the passages have the pieces of a question; those that are too far down to be looked at, and not in
        `also`, have them as the least of those that are."""
        order = np.argsort(-scores, kind="stable")
        best = [place for rank, place in enumerate(order) if rank < PIECES_OF or int(numbers[place]) in also]
        looked_at = self.pieces.nearness(pieces, [self.sentences_of(int(numbers[place])) for place in best])
        near = np.full(len(numbers), looked_at.min(), np.float32)
        near[best] = looked_at
        return near

    def _store(self) -> Store:
        self.warm()
        opening = self._opening
        # Another thread may have closed the index between the two lines.
        return opening.result() if opening is not None else self._store()

    def _open_store(self, opening: Future[Store]) -> None:
        try:
            opening.set_result(connect(self.generation, self.stamp))
        except BaseException as error:  # it is raised where the result is asked for
            opening.set_exception(error)

    def _note_damage(self, error: Exception) -> None:
        """Chroma failed: every vector is compared instead, and the next opening builds Chroma's part again."""
        log.warning("Comparing all %d passages instead: %s.", len(self.chunks), error)
        self._ask_again = time.monotonic() + PAUSE
        self.close()
        if not self.stamp.store:
            tables.mark_damaged(self.generation, str(error))


def connect(generation: Path, stamp: Stamp) -> Store:
    """The vectors of a generation: on the server that its stamp names, or in its own directory."""
    return store.connect(stamp.store or generation / tables.CHROMA, stamp.collection)


def open_generation(generation: Path, encoder: Encoder, summary: str = "") -> Index:
    """A sealed generation, read; `UnreadableError` or `StoreError` when it is not whole or not for this encoder."""
    stamp = tables.inspect(generation)
    if (stamp.encoder, stamp.dimension) != (encoder.id, encoder.dimension):
        raise tables.UnreadableError(f"it was made with the encoder {stamp.encoder}, not {encoder.id}")
    contents, lexical = tables.read(generation)
    return Index(generation, stamp, contents, lexical, encoder, summary=summary)
