"""The same index with its vectors on a real Chroma server, a process of its own on the loopback."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kzrag.index import Index, open_index, tables
from kzrag.index.store import UnreachableError
from kzrag.settings import Settings
from tests.fakes import LetterEncoder

PATIENCE = 60
"""Seconds for a server to come up on a busy machine; it takes three on an idle one."""


class Server:
    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        program = Path(sys.executable).with_name("chroma")
        arguments = ["run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
        self.process = subprocess.Popen(
            [program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
        )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < until and self.process.poll() is None, "the server does not come up"
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=1):
                return True
        except OSError:
            return False

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)

    def collections(self) -> dict[str, int]:
        """Every collection with the number of its records."""
        return {found["name"]: self._ask("GET", f"/{found['id']}/count") for found in self._ask("GET", "")}

    def forget(self, name: str) -> None:
        self._ask("DELETE", f"/{name}")

    def _ask(self, method: str, path: str) -> Any:
        address = f"{self.url}/api/v2/tenants/default_tenant/databases/default_database/collections{path}"
        with urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=30) as answer:
            return json.load(answer)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


@pytest.fixture
def remote(settings: Settings, server: Server) -> Settings:
    return settings.model_copy(update={"chroma_url": server.url})


def own(index: Index, server: Server) -> dict[str, int]:
    """The collections on the server that belong to this index."""
    mark = index.stamp.collection.rpartition("-gen-")[0]
    return {name: count for name, count in server.collections().items() if name.startswith(mark)}


def nearest(index: Index, text: str) -> list[tuple[int, float]]:
    return index.dense(index.encoder.encode([text])[0], 5)


def test_the_same_answers_from_a_server(remote: Settings, settings: Settings, server: Server, tmp_path: Path) -> None:
    local = open_index(settings.model_copy(update={"index_dir": tmp_path / "local"}), encoder=LetterEncoder())
    index = open_index(remote, encoder=LetterEncoder())
    assert own(index, server) == {index.stamp.collection: len(index.chunks)}
    assert not (index.generation / tables.CHROMA).exists()
    for text in ("berths by 2031", "泊位"):
        assert nearest(index, text) == nearest(local, text)
    assert index.dense(index.encoder.encode(["berths"])[0], 5, {"ferry"}) == local.dense(
        local.encoder.encode(["berths"])[0], 5, {"ferry"}
    )


def test_an_unchanged_corpus_is_not_built_again(remote: Settings, encoder: LetterEncoder) -> None:
    first = open_index(remote, encoder=encoder)
    encoder.encoded.clear()
    again = open_index(remote, encoder=encoder)
    assert again.summary.startswith("The index is current")
    assert again.generation == first.generation
    assert encoder.encoded == []


def test_old_collections_go_and_those_of_other_indexes_stay(
    remote: Settings, server: Server, encoder: LetterEncoder, corpus: Path, tmp_path: Path
) -> None:
    other = open_index(remote.model_copy(update={"index_dir": tmp_path / "other"}), encoder=encoder)
    indexes = []
    for number in range(4):
        (corpus / "news.txt").write_text(f"News number {number} from Lund.")
        indexes.append(open_index(remote, encoder=encoder))
    assert set(own(indexes[-1], server)) == {index.stamp.collection for index in indexes[-2:]}
    assert own(other, server) == {other.stamp.collection: len(other.chunks)}


def test_a_collection_that_the_server_lost_is_made_again_without_embedding(
    remote: Settings, server: Server, encoder: LetterEncoder
) -> None:
    first = open_index(remote, encoder=encoder)
    server.forget(first.stamp.collection)
    encoder.encoded.clear()
    index = open_index(remote, encoder=encoder)
    assert index.summary.startswith("Built")
    assert encoder.encoded == []
    assert own(index, server)[index.stamp.collection] == len(index.chunks)


def test_vectors_move_to_a_server_and_back_without_embedding(
    settings: Settings, remote: Settings, encoder: LetterEncoder, server: Server
) -> None:
    first = open_index(settings, encoder=encoder)
    encoder.encoded.clear()
    there = open_index(remote, encoder=encoder)
    assert f"the vectors are now to be kept on {server.url}" in there.summary
    back = open_index(settings, encoder=encoder)
    assert "the vectors are now to be kept in the index directory" in back.summary
    assert encoder.encoded == []
    assert nearest(back, "berths") == nearest(there, "berths") == nearest(first, "berths")


def test_a_server_that_goes_away_stops_no_running_index_but_the_next_opening_says_so(
    settings: Settings, encoder: LetterEncoder, tmp_path: Path
) -> None:
    folder = tmp_path / "short-lived"
    folder.mkdir()
    server = Server(folder)
    remote = settings.model_copy(update={"chroma_url": server.url})
    index = open_index(remote, encoder=encoder)
    before = nearest(index, "berths by 2031")
    server.stop()
    after = nearest(index, "berths by 2031")
    assert [number for number, _ in after] == [number for number, _ in before]
    assert [cosine for _, cosine in after] == pytest.approx([cosine for _, cosine in before])
    with pytest.raises(UnreachableError, match=r"does not answer; start it with `chroma run .* unset KZRAG_CHROMA_URL"):
        open_index(remote, encoder=encoder)
