from __future__ import annotations

import logging
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from kzrag.index import Index, open_index, reader, store, tables
from kzrag.index.encoder import NO_PIECES, Pieces
from kzrag.index.pieces import tabled
from kzrag.index.store import Store, StoreError
from kzrag.settings import Settings
from tests.fakes import LetterEncoder


@pytest.fixture
def index(settings: Settings, encoder: LetterEncoder, corpus: Path) -> Index:
    for number in range(40):
        (corpus / f"note{number:02}.txt").write_text(f"Note {number} tells of ship {number * 7919} in berth {number}.")
    return open_index(settings, encoder=encoder)


def score(index: Index, vector: np.ndarray, number: int) -> float:
    """What `dense` promises: the mean of the cosines of a passage and of its best sentence."""
    sentences = index.sentence_vectors[list(index.sentences_of(number))] @ vector
    return float((index.chunk_vectors[number] @ vector + sentences.max()) / 2)


def exact(index: Index, vector: np.ndarray, k: int) -> list[int]:
    return sorted(range(len(index.chunks)), key=lambda number: -round(score(index, vector, number), 6))[:k]


def test_chroma_is_asked_and_the_ranking_is_exact(
    index: Index, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    query = Store.query
    monkeypatch.setattr(Store, "query", lambda self, *args: asked.append(args) or query(self, *args))
    for text in ("ship in berth 12", "泊位", "Министр обещал"):
        vector = encoder.encode([text])[0]
        found = index.dense(vector, 8)
        assert [number for number, _ in found] == exact(index, vector, 8)
        assert [cosine for _, cosine in found] == pytest.approx([score(index, vector, n) for n, _ in found], abs=1e-6)
    assert len(asked) == 3


def test_a_passage_that_has_the_pieces_of_a_question_comes_before_those_that_have_not(
    index: Index, encoder: LetterEncoder
) -> None:
    one, other = (Pieces(np.asarray([n], np.int32), np.asarray([[127 * n, 127 - 127 * n]], np.int8)) for n in (0, 1))
    vector = encoder.encode(["ship in berth 12"])[0]
    before = [number for number, _ in index.dense(vector, len(index.chunks))]
    last = before[-1]
    index.pieces = tabled([other if sentence.chunk == last else one for sentence in index.sentences])
    assert [number for number, _ in index.dense(vector, len(before), pieces=other)] == [last, *before[:-1]]
    assert [number for number, _ in index.dense(vector, len(before), pieces=NO_PIECES)] == before


def test_what_words_found_is_looked_at_however_far_down_it_is(
    index: Index, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "PIECES_OF", 3)
    one, other = (Pieces(np.asarray([n], np.int32), np.asarray([[127 * n, 127 - 127 * n]], np.int8)) for n in (0, 1))
    vector = encoder.encode(["ship in berth 12"])[0]
    last = index.dense(vector, len(index.chunks))[-1][0]
    index.pieces = tabled([other if sentence.chunk == last else one for sentence in index.sentences])
    assert index.dense(vector, 3, pieces=other)[0][0] != last
    assert index.dense(vector, 3, pieces=other, also=[last])[0][0] == last


def test_only_allowed_documents_are_searched(index: Index, encoder: LetterEncoder) -> None:
    vector = encoder.encode(["ship in berth 12"])[0]
    found = index.dense(vector, 5, {"ferry", "note03"})
    assert {index.chunks[number].document_id for number, _ in found} == {"ferry", "note03"}
    assert index.dense(vector, 5, set()) == []
    assert index.dense(vector, 5, {"no such document"}) == []
    assert index.dense(vector, 5, set(index.documents)) == index.dense(vector, 5)


def test_a_filter_of_more_documents_than_chroma_takes_is_kept_too(
    index: Index, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    vector = encoder.encode(["ship in berth 12"])[0]
    allowed = {"ferry", "note03", "note12", "harbour"}
    expected = index.dense(vector, 5, allowed)
    monkeypatch.setattr(store, "MOST_DOCUMENTS", 3)
    monkeypatch.setattr(Store, "query", lambda *_: pytest.fail("Chroma was asked"))
    assert [number for number, _ in index.dense(vector, 5, allowed)] == [number for number, _ in expected]


def test_as_many_as_there_are_and_none_when_none_are_wanted(index: Index, encoder: LetterEncoder) -> None:
    vector = encoder.encode(["ship"])[0]
    assert len(index.dense(vector, 10_000)) == len(index.chunks)
    assert index.dense(vector, 0) == []


def test_several_threads_may_ask_at_once(index: Index, encoder: LetterEncoder) -> None:
    vectors = encoder.encode([f"ship in berth {number}" for number in range(40)])
    wanted = [index.dense(vector, 5) for vector in vectors]
    index.close()  # so that all of them want it opened
    wrong: list[object] = []

    def ask(first: int) -> None:
        try:
            for number in range(first, 40, 4):
                found = index.dense(vectors[number], 5)
                if found != wanted[number]:
                    wrong.append((number, found))
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []


def test_a_closed_index_opens_again_when_asked(index: Index, encoder: LetterEncoder) -> None:
    vector = encoder.encode(["ship"])[0]
    before = index.dense(vector, 3)
    index.close()
    index.close()
    assert index.dense(vector, 3) == before
    index.close()


def test_when_chroma_fails_all_vectors_are_compared_and_the_next_opening_mends_it(
    index: Index, settings: Settings, encoder: LetterEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    vector = encoder.encode(["ship in berth 12"])[0]
    database = index.generation / tables.CHROMA / "chroma.sqlite3"
    database.write_bytes(b"foreign!" * (database.stat().st_size // 8 + 1))
    with caplog.at_level(logging.WARNING, logger="kzrag"):
        found = index.dense(vector, 5)
    assert [number for number, _ in found] == exact(index, vector, 5)
    assert index.dense(vector, 5, {"ferry"})[0][0] == next(c.number for c in index.chunks if c.document_id == "ferry")
    assert "Comparing all" in caplog.text
    encoder.encoded.clear()
    mended = open_index(settings, encoder=encoder)
    assert "the vectors in gen-1 are damaged" in mended.summary
    assert encoder.encoded == [], "the vectors beside Chroma's are whole"
    assert mended.dense(vector, 5) == found


def test_after_a_failure_chroma_is_left_alone_for_a_while_and_then_asked_again(
    index: Index, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    query = Store.query

    def failing_once(self: Store, *args: object) -> object:
        asked.append(True)
        if len(asked) == 1:
            raise StoreError("a hiccup")
        return query(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "query", failing_once)
    vector = encoder.encode(["ship in berth 12"])[0]
    answers = [index.dense(vector, 5) for _ in range(3)]
    assert len(asked) == 1
    monkeypatch.setattr(reader, "PAUSE", 0.0)
    index._ask_again = 0.0
    answers.append(index.dense(vector, 5))
    assert len(asked) == 2
    assert len({tuple(number for number, _ in answer) for answer in answers}) == 1


def test_an_index_closed_in_the_middle_of_a_question_still_answers_and_is_not_called_damaged(
    index: Index, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Store.query
    closed: list[bool] = []

    def interrupted(self: Store, *args: object) -> object:
        if not closed:
            closed.append(True)
            index.close()
            raise StoreError("the client is closed")
        return query(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "query", interrupted)
    vector = encoder.encode(["ship in berth 12"])[0]
    assert [number for number, _ in index.dense(vector, 5)] == exact(index, vector, 5)
    assert tables.inspect(index.generation) == index.stamp


def test_a_newer_generation_that_can_not_be_read_is_not_used(
    index: Index, encoder: LetterEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    newer = index.generation.with_name("gen-2")
    shutil.copytree(index.generation, newer)
    (newer / "chunks.json").write_text("[]")
    (newer.parent / "CURRENT").write_text("gen-2\n")
    with caplog.at_level(logging.WARNING, logger="kzrag"):
        assert index.refresh() is index
    assert "The newer index is not used" in caplog.text


def test_an_index_for_another_encoder_is_not_opened(index: Index) -> None:
    with pytest.raises(tables.UnreadableError, match="it was made with the encoder letters-64, not others-64"):
        reader.open_generation(index.generation, LetterEncoder(name="others"))


def test_a_store_that_lost_passages_is_noticed(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    index.check_store()
    monkeypatch.setattr(Store, "count", lambda _: 3)
    with pytest.raises(StoreError, match=r"passages holds 3 of \d+ passages"):
        index.check_store()
