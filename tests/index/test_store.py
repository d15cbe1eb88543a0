from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kzrag.errors import SettingsError
from kzrag.index import store
from kzrag.index.store import Store, StoreError, UnreachableError


def unit_vectors(count: int, dimension: int = 32, seed: int = 7) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def fill(place: Path | str, name: str, count: int = 60) -> np.ndarray:
    """A collection of `count` records in two documents, written and closed; returns its vectors."""
    vectors = unit_vectors(count)
    opened = store.create(place, name, count)
    put(opened, vectors)
    opened.close()
    return vectors


def put(opened: Store, vectors: np.ndarray) -> None:
    ids = [f"r{number}" for number in range(len(vectors))]
    metadatas = [{"document_id": "even" if number % 2 == 0 else "odd", "number": number} for number in range(len(ids))]
    opened.put(ids, vectors, metadatas, [f"text {number}" for number in range(len(ids))])


def test_what_was_put_is_found_after_opening_again(tmp_path: Path) -> None:
    vectors = fill(tmp_path, "passages")
    opened = store.connect(tmp_path, "passages")
    assert opened.count() == 60
    found = opened.query(vectors[7], 5)
    assert found[0][0] == "r7"
    assert found[0][1] == pytest.approx(1.0, abs=1e-5)
    assert [key for key, _ in found] == [f"r{n}" for n in np.argsort(-(vectors @ vectors[7]))[:5]]
    opened.close()


def test_only_the_wanted_documents_are_searched(tmp_path: Path) -> None:
    vectors = fill(tmp_path, "passages")
    opened = store.connect(tmp_path, "passages")
    found = opened.query(vectors[7], 60, ["even"])
    assert len(found) == 30
    assert all(int(key[1:]) % 2 == 0 for key, _ in found)
    opened.close()


def test_a_record_put_again_is_replaced_and_batches_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BATCH", 7)
    opened = store.create(tmp_path, "passages", 60)
    put(opened, unit_vectors(60, seed=1))
    vectors = unit_vectors(60, seed=2)
    put(opened, vectors)
    assert opened.count() == 60
    assert all(opened.query(vectors[number], 1)[0][0] == f"r{number}" for number in range(60))
    opened.close()


def test_no_model_of_chromas_own_is_attached(tmp_path: Path) -> None:
    import chromadb

    fill(tmp_path, "passages")
    client = chromadb.PersistentClient(str(tmp_path))
    configuration = client.get_collection("passages", embedding_function=None).configuration_json
    assert configuration["embedding_function"] in (None, {"type": "legacy"})
    assert configuration["hnsw"]["space"] == "cosine"
    client.close()  # type: ignore[attr-defined]


def test_reading_does_not_rewrite_the_graph(tmp_path: Path) -> None:
    vectors = fill(tmp_path, "passages")
    graph = {path: path.read_bytes() for path in tmp_path.rglob("*.bin")}
    opened = store.connect(tmp_path, "passages")
    opened.query(vectors[0], 5)
    opened.close()
    assert graph
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.bin")} == graph


def test_a_missing_collection_is_one_sentence(tmp_path: Path) -> None:
    fill(tmp_path, "passages")
    with pytest.raises(StoreError, match=r"Chroma can't read or write the vectors: .*others"):
        store.connect(tmp_path, "others")


def test_a_foreign_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError, match="Chroma can't read or write the vectors"):
        store.connect(tmp_path, "passages")


class Client:
    def close(self) -> None:
        """Nothing is open."""


def test_a_panic_of_the_rust_half_is_an_error_like_others(tmp_path: Path) -> None:
    class PanicException(BaseException):  # its name in pyo3
        pass

    class Collection:
        def count(self) -> int:
            raise PanicException("called `Option::unwrap()` on a `None` value\nmore")

    with pytest.raises(StoreError, match="called `Option::unwrap"):
        Store(Client(), Collection()).count()  # type: ignore[arg-type]


def test_interrupts_are_not_swallowed() -> None:
    class Collection:
        def count(self) -> int:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Store(Client(), Collection()).count()  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://host", "http://", "nonsense"])
def test_an_address_that_is_none_is_one_sentence(address: str) -> None:
    with pytest.raises(SettingsError, match=r"is no address; write it like"):
        store.connect(address, "passages")


def test_a_server_that_does_not_answer_is_one_sentence() -> None:
    with pytest.raises(UnreachableError, match=r"http://127.0.0.1:9 does not answer; start it with `chroma run"):
        store.connect("http://127.0.0.1:9", "passages")
