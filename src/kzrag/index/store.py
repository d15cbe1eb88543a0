"""Vectors in Chroma: the only room that knows it.

One collection per generation of an index, in the generation's own directory or on a Chroma server. A collection is
written once, by one process, and only read afterwards, because Chroma loses vectors when a second process writes.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import weakref
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np

from kzrag.errors import IndexStateError, SettingsError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as Records

COLLECTION = "passages"
"""Name of the collection inside a generation's own directory; on a server the name carries the generation."""
BATCH = 1000
"""Records per write. Chroma takes 5461 at most; between 250 and 3000 the speed is the same."""
HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 200}
"""Twice Chroma's defaults (16, 100, 100), which miss neighbours among many similar passages."""
MOST_DOCUMENTS = 10_000
"""Document ids in one query's filter; Chroma's SQLite refuses more than 32,766."""
PERSIST_EVERY = 1000
"""Records after which Chroma writes its graph to disk, as its default; for a smaller collection, at its end.

What it has not written, every reader replays, and with nothing written each reader writes files of its own."""

SERVER_PATIENCE = 30.0
"""Seconds that a Chroma server may take for one request; it answers a query in a hundredth of one."""

_clients = threading.RLock()
"""Chroma keeps one table of open directories for all threads, and does not guard it."""

Metadata = Mapping[str, str | int]


class StoreError(IndexStateError):
    """The vectors can't be read or written; nothing else of the index need be wrong."""


class UnreachableError(StoreError):
    """A Chroma server that does not answer."""


class Store:
    """One collection. May be queried from several threads."""

    def __init__(self, client: Client, collection: Records) -> None:
        self._client = client
        self._collection = collection
        # A reader that moved on to a newer generation may never say that it is done with this one.
        self._release = weakref.finalize(self, _let_go, client)
        self._release.atexit = False

    def put(
        self,
        ids: Sequence[str],
        vectors: np.ndarray,
        metadatas: Sequence[Metadata],
        texts: Sequence[str],
        stored: Callable[[int], None] = lambda _count: None,
    ) -> None:
        """Store records in batches; `vectors` is float32 (n, d). The same id again replaces the record."""
        with _plainly():
            size = min(BATCH, self._client.get_max_batch_size())
            for start in range(0, len(ids), size):
                batch = slice(start, start + size)
                self._collection.upsert(
                    ids=list(ids[batch]),
                    embeddings=np.ascontiguousarray(vectors[batch], dtype=np.float32),
                    metadatas=[dict(metadata) for metadata in metadatas[batch]],
                    documents=list(texts[batch]),
                )
                stored(min(start + size, len(ids)))

    def query(self, vector: np.ndarray, k: int, documents: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """The ids nearest to `vector` (d,) with their cosine, best first, `k` at most; only of `documents` if given.

        Of `documents` there may be `MOST_DOCUMENTS`.
        """
        where: Any = {"document_id": {"$in": list(documents)}} if documents is not None else None
        with _plainly():
            found = self._collection.query(
                query_embeddings=np.asarray(vector, dtype=np.float32)[np.newaxis],
                n_results=k,
                where=where,
                include=["distances"],
            )
        distances = found["distances"]
        assert distances is not None
        return [(key, 1.0 - distance) for key, distance in zip(found["ids"][0], distances[0], strict=True)]

    def count(self) -> int:
        with _plainly():
            return int(self._collection.count())

    @property
    def closed(self) -> bool:
        return not self._release.alive

    def close(self) -> None:
        """Let go of the files or the connection; the store is of no use afterwards."""
        self._release()


def create(place: Path | str, name: str, size: int) -> Store:
    """A new empty collection for `size` records: `place` is a directory, or the URL of a server.

    A collection of that name that an interrupted build left on a server is replaced.
    """
    client = _client(place)
    with _plainly():
        threshold = max(2, min(size, PERSIST_EVERY))
        graph: Any = {**HNSW, "sync_threshold": threshold, "batch_size": min(100, threshold)}
        if name in _names(client):
            client.delete_collection(name)
        collection = client.create_collection(
            name,
            configuration={"hnsw": graph},
            # Without this Chroma attaches a model that it would download.
            embedding_function=None,
        )
    return Store(client, collection)


def connect(place: Path | str, name: str) -> Store:
    """The existing collection; `StoreError` when it is missing or can't be read."""
    client = _client(place)
    with _plainly():
        return Store(client, client.get_collection(name, embedding_function=None))


def sweep(url: str, mark: str, keep: Collection[str]) -> None:
    """Delete the collections on a server whose name begins with `mark`, but those in `keep`."""
    client = _client(url)
    with _plainly():
        for name in _names(client) - set(keep):
            if name.startswith(f"{mark}-"):
                client.delete_collection(name)
    _let_go(client)


def _names(client: Client) -> set[str]:
    return {collection.name for collection in client.list_collections()}


def _client(place: Path | str) -> Client:
    import chromadb

    # It only ever says that it has nothing to report to.
    logging.getLogger("chromadb.telemetry").setLevel(logging.CRITICAL)
    if isinstance(place, Path):
        with _plainly(), _clients:
            return cast("Client", chromadb.PersistentClient(path=str(place), settings=_settings()))
    address = urlsplit(place)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise SettingsError(f"The Chroma server {place!r} is no address; write it like http://127.0.0.1:8000.")
    try:
        with _plainly(), _clients:
            client = chromadb.HttpClient(
                host=address.hostname,
                port=address.port or (443 if address.scheme == "https" else 80),
                ssl=address.scheme == "https",
                settings=_settings(),
            )
    except StoreError as error:
        raise UnreachableError(
            f"The Chroma server {place} does not answer; start it with `chroma run --host {address.hostname} "
            f"--port {address.port or 80}`, or unset KZRAG_CHROMA_URL to keep the vectors in the index directory."
        ) from error
    for session in _sessions(cast("Client", client)):
        session.timeout = SERVER_PATIENCE
    return cast("Client", client)


def _sessions(client: Client) -> list[Any]:
    """The HTTP sessions of a server's client and of its helper: Chroma gives them no time limit and never closes them.

    They are no part of what Chroma promises; if they are called otherwise one day, its habits stay as they are.
    """
    servers = [getattr(part, "_server", None) for part in (client, getattr(client, "_admin_client", None))]
    return [session for server in servers if (session := getattr(server, "_session", None)) is not None]


def _let_go(client: Client) -> None:
    sessions = _sessions(client)
    with contextlib.suppress(StoreError), _plainly(), _clients:
        client.close()
        for session in sessions:
            session.close()


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    """Whatever goes wrong inside Chroma, a panic of its Rust half included, is a `StoreError`."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, StoreError):
        raise
    except BaseException as error:
        # A Rust panic is no Exception, so that `except Exception` would let it through.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise StoreError(f"Chroma can't read or write the vectors: {reason}") from error
