from collections.abc import Sequence

import numpy as np
import pytest

from kzrag.errors import KzragError
from kzrag.evaluation.memory import RememberingEncoder, memory_index, plain_document
from kzrag.index.encoder import load_encoder
from tests.evaluation.conftest import DOCUMENTS, LetterEncoder


def test_paragraphs_are_blocks_at_their_offsets() -> None:
    made = plain_document("x", "First one.\n\n  Second one. \n\n\n\nThird.", title="X")
    assert [made.raw[block.start : block.end] for block in made.blocks] == ["First one.", "Second one.", "Third."]
    assert (made.title, made.family) == ("X", "x")


def test_every_passage_is_compared() -> None:
    index = memory_index(list(DOCUMENTS.values()), LetterEncoder())
    for chunk in index.chunks:
        found = index.dense(index.chunk_vectors[chunk.number], 3)
        assert found[0][0] == chunk.number and 0.5 < found[0][1] <= 1.000001
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
        assert index.documents[chunk.document_id].raw[chunk.start : chunk.end] == chunk.text
    assert np.allclose(np.linalg.norm(index.sentence_vectors, axis=1), 1)


def test_what_is_remembered_has_its_pieces() -> None:
    encoder = RememberingEncoder(load_encoder())
    index = memory_index(list(DOCUMENTS.values()), encoder)
    assert index.pieces
    assert len(index.read("Which harbour is it?")[1].ids) > 0


def test_only_allowed_documents_are_found() -> None:
    index = memory_index(list(DOCUMENTS.values()), LetterEncoder())
    found = index.dense(index.encoder.encode(["harbour"])[0], 10, {"rival"})
    assert {index.chunks[number].document_id for number, _ in found} == {"rival"}
    assert index.dense(index.encoder.encode(["harbour"])[0], 10, set()) == []


def test_it_needs_no_files_and_never_changes() -> None:
    index = memory_index(list(DOCUMENTS.values()), LetterEncoder())
    index.warm()
    index.check_store()
    index.close()
    assert index.refresh() is index


def test_nothing_to_index_is_an_error_for_people() -> None:
    with pytest.raises(KzragError, match="nothing to index"):
        memory_index([plain_document("empty", "")], LetterEncoder())


def test_every_text_is_encoded_once_and_ahead() -> None:
    asked: list[str] = []

    class Counting(LetterEncoder):
        def encode(self, texts: Sequence[str]) -> np.ndarray:
            asked.extend(texts)
            return super().encode(texts)

    encoder = RememberingEncoder(Counting())
    same = list(DOCUMENTS.values())[:1]
    encoder.ahead([*same, *same, *DOCUMENTS.values()])  # ids that repeat are no trouble
    assert len(asked) == len(set(asked)) > 0
    asked.clear()
    index = memory_index(same, encoder)
    assert asked == []
    assert np.array_equal(index.sentence_vectors, memory_index(same, LetterEncoder()).sentence_vectors)


def test_what_was_encoded_for_another_index_is_not_encoded_again() -> None:
    asked: list[str] = []

    class Counting(LetterEncoder):
        def encode(self, texts: Sequence[str]) -> np.ndarray:
            asked.extend(texts)
            return super().encode(texts)

    documents = list(DOCUMENTS.values())
    index = memory_index(documents, Counting())
    asked.clear()
    encoder = RememberingEncoder(Counting())
    encoder.take_over(index)
    assert np.array_equal(memory_index(documents, encoder).sentence_vectors, index.sentence_vectors)
    assert asked == []
