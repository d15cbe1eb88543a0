"""Documents into the tables of a generation: passages, sentences, their vectors, and which sentences say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from kzrag.errors import IndexStateError, ModelError
from kzrag.index.encoder import NO_PIECES, Pieces, read
from kzrag.index.pieces import tabled
from kzrag.index.tables import Tables
from kzrag.index.vocabulary import Vocabulary, listed

if TYPE_CHECKING:
    from kzrag.index.encoder import Encoder
    from kzrag.index.reader import Index
    from kzrag.records import Chunk, Document, Sentence

EMBEDDED_AT_ONCE = 64
"""Texts given to the encoder between two reports of progress: about half a second of work."""
UNIT_LENGTH = 1e-2
"""How far a vector's length may be from 1: half precision is within 1e-3."""


class Progress(Protocol):
    """Told what is going on: `done` of `total`, or `total` 0 for a stage without a measure."""

    def __call__(self, stage: str, done: int, total: int, /) -> None: ...


def contents_of(
    documents: Sequence[Document],
    problems: Sequence[str],
    encoder: Encoder,
    kept: Mapping[str, tuple[np.ndarray, Pieces]],
    progress: Progress,
) -> Tables:
    """Everything a generation holds; sentences and words in `kept` have their vector and pieces already.

    Raises IndexStateError when there is no sentence to index, ModelError when the encoder gives no unit vectors.
    """
    from kzrag.index.chunking import chunk

    chunks: list[Chunk] = []
    sentences: list[Sentence] = []
    for done, document in enumerate(documents, 1):
        new_chunks, new_sentences = chunk(document, len(chunks), len(sentences))
        chunks += new_chunks
        sentences += new_sentences
        progress("cutting passages", done, len(documents))
    if not chunks:
        reasons = " ".join(problems) or "It holds no document with a sentence in it."
        raise IndexStateError(f"There is nothing to index. {reasons} Add documents or set KZRAG_CORPUS_DIR.")
    words = listed(sentences)
    encoded, pieces = _embed(encoder, [*(s.text for s in sentences), *words.words], kept, progress)
    vectors, word_vectors = encoded[: len(sentences)], encoded[len(sentences) :]
    return Tables(
        documents=tuple(documents),
        problems=tuple(problems),
        chunks=tuple(chunks),
        sentences=tuple(sentences),
        parallels=_parallels(documents, sentences),
        chunk_vectors=passage_vectors(sentences, vectors),
        sentence_vectors=vectors,
        pieces=tabled(pieces[: len(sentences)]),
        vocabulary=Vocabulary(words.words, word_vectors, words.counts, words.members, words.bounds),
    )


def read_before(contents: Tables | Index) -> dict[str, tuple[np.ndarray, Pieces]]:
    """Sentence or word -> its vector and pieces, as they were read for these contents."""
    words = contents.vocabulary
    known = {word: (vector, NO_PIECES) for word, vector in zip(words.words, words.vectors, strict=True)}
    own = {s.text: (contents.sentence_vectors[s.number], contents.pieces.of(s.number)) for s in contents.sentences}
    return {**known, **own}


def _embed(
    encoder: Encoder, texts: Sequence[str], kept: Mapping[str, tuple[np.ndarray, Pieces]], progress: Progress
) -> tuple[np.ndarray, list[Pieces]]:
    """float32 (len(texts), d) and the pieces of each: what is kept where there is something, each other text read
    once."""
    vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    pieces = [NO_PIECES] * len(texts)
    rows: dict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts):
        if text in kept:
            vectors[row], pieces[row] = kept[text]
        else:
            rows[text].append(row)
    # By length, so that the encoder pads little; the order of the vectors is that of the rows all the same.
    missing = sorted(rows, key=len)
    for start in range(0, len(missing), EMBEDDED_AT_ONCE):
        batch = missing[start : start + EMBEDDED_AT_ONCE]
        encoded, told = read(encoder, batch)
        lengths = np.linalg.norm(encoded, axis=1) if encoded.shape == (len(batch), encoder.dimension) else np.zeros(1)
        if not np.all(np.abs(lengths - 1.0) < UNIT_LENGTH):
            raise ModelError(
                f"The encoder {encoder.id} gave vectors that are not {encoder.dimension} numbers of length 1; "
                "choose another with KZRAG_ENCODER."
            )
        for text, vector, own in zip(batch, encoded, told, strict=True):
            vectors[rows[text]] = vector
            for row in rows[text]:
                pieces[row] = own
        progress("embedding", start + len(batch), len(missing))
    return vectors, pieces


def passage_vectors(sentences: Sequence[Sentence], vectors: np.ndarray) -> np.ndarray:
    """float32 (chunks, d): the direction of a passage's sentences together, the longer ones counting more.

    Encoding the passages themselves found no more (docs/log.md), costs as much again, and stops at the encoder's
    longest text.
    """
    firsts = [row for row, s in enumerate(sentences) if row == 0 or sentences[row - 1].chunk != s.chunk]
    lengths = np.asarray([len(s.text) for s in sentences], dtype=np.float32)
    sums = np.add.reduceat(vectors * lengths[:, np.newaxis], firsts, axis=0)
    directions: np.ndarray = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return directions


def _parallels(documents: Iterable[Document], sentences: Sequence[Sentence]) -> dict[int, tuple[int, ...]]:
    """Sentence number -> numbers of the sentences that say the same in its family's other documents."""
    from kzrag.corpus.alignment import align

    starts = {(sentence.document_id, sentence.start): sentence.number for sentence in sentences}
    families: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        families[document.family].append(document)
    found: dict[int, list[int]] = defaultdict(list)
    for family in families.values():
        for place, one in enumerate(family):
            for other in family[place + 1 :]:
                for (start, _), (other_start, _) in align(one, other):
                    left, right = starts.get((one.id, start)), starts.get((other.id, other_start))
                    if left is not None and right is not None:
                        found[left].append(right)
                        found[right].append(left)
    return {number: tuple(dict.fromkeys(others)) for number, others in found.items()}
