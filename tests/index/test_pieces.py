"""Sentences held against a question piece by piece."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kzrag.index.encoder import NO_PIECES, Pieces, ShippedEncoder, read
from kzrag.index.pieces import PieceTable, tabled
from tests.fakes import LetterEncoder


def pieces(*directions: tuple[int, int, int]) -> Pieces:
    """Pieces whose ids are the place of their greatest part."""
    vectors = np.asarray(directions, np.int8)
    return Pieces(vectors.argmax(axis=1).astype(np.int32), vectors)


OIL, SEA, SHIP = (127, 0, 0), (0, 127, 0), (0, 0, 127)


@pytest.fixture
def table() -> PieceTable:
    return tabled([pieces(OIL, SEA), NO_PIECES, pieces(SEA), pieces(SEA, SHIP)])


def each(*sentences: int) -> list[range]:
    """Texts of one sentence."""
    return [range(number, number + 1) for number in sentences]


def test_each_piece_of_a_question_looks_for_its_best(table: PieceTable) -> None:
    near = table.nearness(pieces(OIL), each(0, 1, 2, 3))
    assert near.tolist() == pytest.approx([1.0, 0.0, 0.0, 0.0])


def test_a_text_of_several_sentences_has_what_any_of_them_has(table: PieceTable) -> None:
    whole, part = table.nearness(pieces(OIL, SHIP), [range(0, 4), range(2, 4)])
    assert whole == pytest.approx(1.0)
    assert 0.0 < part < 1.0


def test_what_few_sentences_have_tells_more(table: PieceTable) -> None:
    oil, sea = table.nearness(pieces(OIL, SEA), each(0, 2))
    assert oil == pytest.approx(1.0)
    assert 0.0 < sea < 0.5


def test_what_all_of_them_have_the_like_of_tells_little(table: PieceTable) -> None:
    """A question in a language that no sentence is in has pieces that stand nowhere, and yet are everywhere."""
    strange = Pieces(np.asarray([7, 8], np.int32), np.asarray([SEA, SHIP], np.int8))
    without, ship = table.nearness(strange, each(2, 3))
    assert ship == pytest.approx(1.0)
    assert without < 0.1


def test_nothing_is_near_where_nothing_is_told(table: PieceTable) -> None:
    assert not tabled([NO_PIECES, NO_PIECES])
    assert tabled([NO_PIECES]).nearness(pieces(OIL), each(0)).tolist() == [0.0]
    assert table.nearness(NO_PIECES, each(0, 1)).tolist() == [0.0, 0.0]


def test_a_piece_has_its_best_in_each_sentence(table: PieceTable) -> None:
    best = table.best(pieces(OIL, SHIP), [0, 1, 3])
    assert best.ravel().tolist() == pytest.approx([1.0, 0.0, 0.0, 0.0, 0.0, 1.0])
    assert table.best(pieces(OIL), [1]).tolist() == [[0.0]]
    assert table.best(NO_PIECES, [0]).shape == (0, 1)
    assert table.best(pieces(OIL), []).shape == (1, 0)


def test_it_comes_back_as_it_was_saved(table: PieceTable, tmp_path: Path) -> None:
    table.save(tmp_path / "pieces")
    again = PieceTable.load(tmp_path / "pieces")
    assert [again.of(number).vectors.tolist() for number in range(4)] == [
        table.of(number).vectors.tolist() for number in range(4)
    ]
    assert (
        again.nearness(pieces(OIL, SHIP), each(0, 3)).tolist() == table.nearness(pieces(OIL, SHIP), each(0, 3)).tolist()
    )


def test_tables_that_do_not_fit_together_are_refused(table: PieceTable, tmp_path: Path) -> None:
    table.save(tmp_path / "pieces")
    np.save(tmp_path / "pieces" / "ids.npy", np.zeros(2, np.int32))
    with pytest.raises(ValueError, match="does not fit"):
        PieceTable.load(tmp_path / "pieces")


def test_an_encoder_that_tells_no_pieces_is_read_all_the_same() -> None:
    vectors, told = read(LetterEncoder(), ["oil", "sea"])
    assert vectors.shape[0] == 2
    assert all(len(own.ids) == 0 for own in told)


def test_a_word_is_told_apart_by_what_stands_round_it() -> None:
    encoder = ShippedEncoder()
    texts = ["The bank lent money.", "The bank of the river.", "Банк выдал кредит."]
    vectors, told = encoder.read(texts)
    assert np.array_equal(vectors, encoder.encode(texts))
    assert {own.vectors.dtype for own in told} == {np.dtype(np.int8)}
    table = tabled([told[1], told[2]])
    river, credit = table.nearness(told[0], each(0, 1))
    assert credit > river
    alone = encoder.read(texts[:1])[1][0]
    assert np.abs(alone.vectors.astype(int) - told[0].vectors).max() <= 1
