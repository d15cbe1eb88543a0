"""From a folder of documents to an index that is current: opened when it is, built when it is not.

What decides is the stamp of the generation in use: the documents' digest, the encoder, the program text that reads
and cuts documents, and where the vectors are. Vectors of texts that did not change are taken over.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kzrag.errors import IndexStateError
from kzrag.index import reader, store, tables
from kzrag.index.contents import Progress, contents_of, read_before
from kzrag.index.generations import Generations
from kzrag.index.reader import Index
from kzrag.index.sources import Sources, recipe
from kzrag.index.store import StoreError
from kzrag.index.tables import Stamp, Tables, UnreadableError

if TYPE_CHECKING:
    from kzrag.index.encoder import Encoder, Pieces
    from kzrag.settings import Settings

FOUND_AGAIN = 1e-2
"""How far from 1 the cosine of a passage with itself may come back from Chroma, which computes in single precision."""
WAITING = "waiting for another kzrag that is building this index"


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
    sources = Sources(settings)
    sources.use_names()
    if not rebuild:
        found = _current(settings, generations, sources, encoder)
        if isinstance(found, Index):
            return found
        reason = found
    with contextlib.ExitStack() as until_done:
        with _writing(generations, reason):
            waited = until_done.enter_context(generations.writer(lambda: progress(WAITING, 0, 0)))
        if waited:  # what was read may be minutes old
            sources = Sources(settings)
            sources.use_names()
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
        contents = contents_of(corpus.documents, corpus.problems, encoder, kept, progress)
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
            if not nearest or nearest[0][1] < 1.0 - FOUND_AGAIN:
                raise StoreError(f"Chroma does not find passage {chunks[number].id} by its own vector.")
    finally:
        opened.close()


def _vectors_of(generation: Path | None, encoder: Encoder) -> dict[str, tuple[np.ndarray, Pieces]]:
    """Sentence or word -> vector and pieces in a generation made with this encoder; none when it can't be trusted."""
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
    return read_before(old)


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
