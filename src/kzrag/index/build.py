"""From a folder of documents to an index that is current: opened when it is, built when it is not.

What decides is the stamp of the generation in use: the documents' digest, the encoder, the program text that reads
and cuts documents, and where the vectors are. Vectors of texts that did not change are taken over.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from kzrag.errors import IndexStateError, ModelError
from kzrag.index import reader, store, tables
from kzrag.index.generations import Generations
from kzrag.index.reader import Index
from kzrag.index.sources import Sources, recipe
from kzrag.index.store import StoreError
from kzrag.index.tables import Stamp, Tables, UnreadableError

if TYPE_CHECKING:
    from kzrag.index.encoder import Encoder
    from kzrag.records import Chunk, Document, Sentence
    from kzrag.settings import Settings

EMBEDDED_AT_ONCE = 64
"""Texts given to the encoder between two reports of progress: about half a second of work."""
UNIT_LENGTH = 1e-2
"""How far a vector's length may be from 1: half precision is within 1e-3."""


WAITING = "waiting for another kzrag that is building this index"


class Progress(Protocol):
    """Told what is going on: `done` of `total`, or `total` 0 for a stage without a measure."""

    def __call__(self, stage: str, done: int, total: int, /) -> None: ...


def open_index(
    settings: Settings, *, encoder: Encoder | None = None, progress: Progress | None = None, rebuild: bool = False
) -> Index:
    """The current index of `settings.corpus_dir`, built or brought up to date first if it has to be.

    One process builds at a time; another one that finds the index out of date waits for it. `rebuild` builds it from
    the documents alone. Raises IndexStateError (or CorpusError) when there is no index and none can be made.
    """
    if encoder is None:
        from kzrag.index.encoder import load_encoder

        encoder = load_encoder(settings.encoder, threads=settings.threads)
    progress = progress or _silence
    generations = Generations(settings.index_path)
    reason = "as asked"
    if not rebuild:
        found = _current(settings, generations, Sources(settings), encoder)
        if isinstance(found, Index):
            return found
        reason = found
    with contextlib.ExitStack() as until_done:
        with _writing(generations, reason):
            until_done.enter_context(generations.writer(lambda: progress(WAITING, 0, 0)))
        sources = Sources(settings)
        if not rebuild:
            found = _current(settings, generations, sources, encoder)  # another process may just have built it
            if isinstance(found, Index):
                return found
            reason = found
        progress(f"building the index: {reason}", 0, 0)
        started = time.monotonic()
        progress("reading documents", 0, 0)
        corpus = sources.corpus()
        kept = {} if rebuild else _vectors_of(generations.current(), encoder)
        contents = _contents(corpus.documents, corpus.problems, encoder, kept, progress)
        with _writing(generations, reason):
            url = settings.chroma_url or ""
            stamp = Stamp(sources.digest(), encoder.id, encoder.dimension, recipe(), url, store.COLLECTION)
            generation = _write(generations, contents, stamp, progress)
            sources.remember(stamp.corpus)
        index = reader.open_generation(generation, encoder)
    index.summary = f"Built the index in {time.monotonic() - started:.1f} s ({reason}): {_sizes(index)}."
    return index


@contextlib.contextmanager
def _writing(generations: Generations, reason: str) -> Iterator[None]:
    """A disk that is full or write-protected is one sentence."""
    try:
        yield
    except OSError as error:
        raise IndexStateError(
            f"The index in {generations.directory} has to be built ({reason}), but it can't be written "
            f"({error.strerror or error}); choose another directory with KZRAG_INDEX_DIR."
        ) from error


def _current(settings: Settings, generations: Generations, sources: Sources, encoder: Encoder) -> Index | str:
    """The index in use, opened, if it is what it should be; otherwise why it is not."""
    generation = generations.current()
    if generation is None:
        return "CURRENT names no finished one" if generations.started() else "there is none yet"
    try:
        stamp = tables.inspect(generation)
        if stamp.schema != tables.SCHEMA or stamp.recipe != recipe():
            return "this version of kzrag reads documents differently"
        if (stamp.encoder, stamp.dimension) != (encoder.id, encoder.dimension):
            return f"the encoder is now {encoder.id}, no longer {stamp.encoder}"
        if stamp.store != (settings.chroma_url or ""):
            return f"the vectors are now to be kept {_place(settings.chroma_url)}"
        if not sources.match(stamp.corpus):
            return "the documents changed"
        index = reader.open_generation(generation, encoder)
        if stamp.store:
            index.check_store()
    except (UnreadableError, StoreError) as error:
        if isinstance(error, store.UnreachableError):
            raise
        return str(error)
    index.summary = f"The index is current: {_sizes(index)}."
    return index


def _write(generations: Generations, contents: Tables, stamp: Stamp, progress: Progress) -> Path:
    """Make the next generation whole, then let it be the current one; returns its directory."""
    before = generations.current()
    unfinished = generations.begin()
    try:
        if stamp.store:
            stamp = replace(stamp, collection=generations.label(unfinished))
        progress("indexing words", 0, 0)
        tables.write(unfinished, contents)
        _store_vectors(stamp.store or unfinished / tables.CHROMA, stamp.collection, contents, progress)
        tables.seal(unfinished, stamp)
        generation = generations.publish(unfinished)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    generations.sweep(generation, before)
    if stamp.store:
        kept = [generations.label(place) for place in (generation, before) if place is not None]
        store.sweep(stamp.store, generations.mark(), kept)
    return generation


def _contents(
    documents: Sequence[Document],
    problems: Sequence[str],
    encoder: Encoder,
    kept: dict[str, np.ndarray],
    progress: Progress,
) -> Tables:
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
    vectors = _embed(encoder, [s.text for s in sentences], kept, progress)
    return Tables(
        documents=tuple(documents),
        problems=tuple(problems),
        chunks=tuple(chunks),
        sentences=tuple(sentences),
        parallels=_parallels(documents, sentences),
        chunk_vectors=_passage_vectors(sentences, vectors),
        sentence_vectors=vectors,
    )


def _embed(encoder: Encoder, texts: Sequence[str], kept: dict[str, np.ndarray], progress: Progress) -> np.ndarray:
    """float32 (len(texts), d): the kept vector where there is one, each other text encoded once."""
    vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    rows: dict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts):
        if text in kept:
            vectors[row] = kept[text]
        else:
            rows[text].append(row)
    # By length, so that the encoder pads little; the order of the vectors is that of the rows all the same.
    missing = sorted(rows, key=len)
    for start in range(0, len(missing), EMBEDDED_AT_ONCE):
        batch = missing[start : start + EMBEDDED_AT_ONCE]
        encoded = encoder.encode(batch)
        lengths = np.linalg.norm(encoded, axis=1) if encoded.shape == (len(batch), encoder.dimension) else np.zeros(1)
        if not np.all(np.abs(lengths - 1.0) < UNIT_LENGTH):
            raise ModelError(
                f"The encoder {encoder.id} gave vectors that are not {encoder.dimension} numbers of length 1; "
                "choose another with KZRAG_ENCODER."
            )
        for text, vector in zip(batch, encoded, strict=True):
            vectors[rows[text]] = vector
        progress("embedding", start + len(batch), len(missing))
    return vectors


def _passage_vectors(sentences: Sequence[Sentence], vectors: np.ndarray) -> np.ndarray:
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


def _store_vectors(place: Path | str, collection: str, contents: Tables, progress: Progress) -> None:
    """Fill a new collection and see that it finds what was put in."""
    chunks = contents.chunks
    opened = store.create(place, collection, len(chunks))
    dates = {document.id: document.published for document in contents.documents}
    try:
        opened.put(
            [c.id for c in chunks],
            contents.chunk_vectors,
            [
                {
                    "document_id": c.document_id,
                    "language": c.language,
                    "voice": c.voice,
                    "family": c.family,
                    "published": _day(dates[c.document_id]),
                    "number": c.number,
                    "start": c.start,
                    "end": c.end,
                }
                for c in chunks
            ],
            [c.text for c in chunks],
            lambda done: progress("storing vectors", done, len(chunks)),
        )
        if opened.count() != len(chunks):
            raise StoreError(f"Chroma holds {opened.count()} of {len(chunks)} passages; run the command again.")
        for number in {0, len(chunks) // 2, len(chunks) - 1}:
            nearest = opened.query(contents.chunk_vectors[number], 1)
            if not nearest or nearest[0][1] < 1.0 - UNIT_LENGTH:
                raise StoreError(f"Chroma does not find passage {chunks[number].id} by its own vector.")
    finally:
        opened.close()


def _vectors_of(generation: Path | None, encoder: Encoder) -> dict[str, np.ndarray]:
    """Sentence -> vector of a generation made with this encoder; none when it can't be trusted."""
    if generation is None:
        return {}
    try:
        try:
            stamp = tables.inspect(generation)
        except StoreError:
            stamp = tables.stamp_of(generation)  # Chroma's part is damaged, the vectors beside it are not
        if (stamp.encoder, stamp.dimension, stamp.schema) != (encoder.id, encoder.dimension, tables.SCHEMA):
            return {}
        old, _ = tables.read(generation)
    except UnreadableError:
        return {}
    return {s.text: old.sentence_vectors[s.number] for s in old.sentences}


def _day(published: str | None) -> int:
    """20220705 for an ISO date, zeros for what is not known of it: Chroma compares numbers only."""
    digits = (published or "").replace("-", "")[:8]
    return int(digits.ljust(8, "0")) if digits.isdigit() else 0


def _place(url: str | None) -> str:
    return f"on {url}" if url else "in the index directory"


def _sizes(index: Index) -> str:
    return f"{len(index.documents)} documents, {len(index.chunks)} passages, {len(index.sentences)} sentences"


def _silence(stage: str, done: int, total: int) -> None:
    """Progress for nobody."""
