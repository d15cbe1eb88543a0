"""What a sentence says piece by piece: each piece of a word with the vector that it has in its sentence, so that a
question can be held against a sentence piece by piece as well (late interaction).

The vector of a whole sentence forgets single words, and the vectors of words by themselves don't know what they mean
where they stand; these do both. The idea is ColBERT's (Khattab and Zaharia 2020), here with an encoder that was not
trained for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kzrag.index.encoder import Pieces
from kzrag.index.vocabulary import best_of_each

_ARRAYS = ("vectors", "ids", "bounds", "known", "standing")
_LONGEST = 127.0
"""Length of a vector in int8; products of such vectors are whole numbers, the same in whatever company."""

_COMMONEST = 0.05
"""How far the like of a piece is from everywhere, at least: a sentence alone may be the very question."""


@dataclass(frozen=True)
class PieceTable:
    """The pieces of all sentences, one sentence after the other."""

    vectors: np.ndarray
    """int8 (pieces, w), rows of about length 127."""
    ids: np.ndarray
    """int32 (pieces,): which piece it is."""
    bounds: np.ndarray
    """int64 (sentences + 1,): sentence i has the pieces `bounds[i]` to `bounds[i + 1]`."""
    known: np.ndarray
    """int32: every piece that stands anywhere, once, in order."""
    standing: np.ndarray
    """int32, one for each of `known`: in how many sentences it stands."""

    def __bool__(self) -> bool:
        """Whether there are any: an encoder may give none."""
        return len(self.vectors) > 0

    def nearness(self, asked: Pieces, texts: Sequence[range]) -> np.ndarray:
        """float32 (texts,): how near the pieces of a question have one in each text, the mean of their best cosines,
        weighted by the square of their rarity: of how few sentences have them, and how far these texts are from having
        their like, which is all that tells where the question is in a language that no text is in.

        Args:
            texts: the numbers of the consecutive sentences of each.
        """
        near = np.zeros(len(texts), np.float32)
        if not len(asked.ids) or not self:
            return near
        best, filled = self._best(asked, texts)
        if not len(filled):
            return near
        weights = np.log1p((len(self.bounds) - 1) / (1.0 + self._standing(asked.ids))) ** 2
        weights *= np.maximum(1.0 - best.mean(axis=1), _COMMONEST) ** 2
        near[filled] = np.round((weights / weights.sum()) @ best, 6)
        return near

    def best(self, asked: Pieces, sentences: Sequence[int]) -> np.ndarray:
        """float32 (pieces, sentences): the best cosine that each piece of a question has with one of each sentence."""
        cosines = np.zeros((len(asked.ids), len(sentences)), np.float32)
        if len(asked.ids):
            best, filled = self._best(asked, [range(number, number + 1) for number in sentences])
            cosines[:, filled] = np.round(best, 6)
        return cosines

    def _best(self, asked: Pieces, texts: Sequence[range]) -> tuple[np.ndarray, np.ndarray]:
        """The best cosine of each piece of a question in each text that has any, (pieces, n), and which those are."""
        stretches = [np.arange(self.bounds[text.start], self.bounds[text.stop]) for text in texts]
        lengths = np.asarray([len(stretch) for stretch in stretches], np.int64)
        if not lengths.any():
            return np.zeros((len(asked.ids), 0), np.float32), np.zeros(0, np.intp)
        products = asked.vectors.astype(np.float32) @ self.vectors[np.concatenate(stretches)].astype(np.float32).T
        best, filled = best_of_each(products, lengths)
        return best / np.float32(_LONGEST**2), filled

    def of(self, sentence: int) -> Pieces:
        """The pieces of a sentence."""
        rows = slice(int(self.bounds[sentence]), int(self.bounds[sentence + 1]))
        return Pieces(self.ids[rows], self.vectors[rows])

    def _standing(self, ids: np.ndarray) -> np.ndarray:
        """In how many sentences each piece stands."""
        places = np.minimum(np.searchsorted(self.known, ids), len(self.known) - 1)
        standing: np.ndarray = np.where(self.known[places] == ids, self.standing[places], 0)
        return standing

    def save(self, directory: Path) -> None:
        """Write the table into a directory of its own."""
        directory.mkdir(parents=True)
        for name in _ARRAYS:
            np.save(directory / f"{name}.npy", getattr(self, name), allow_pickle=False)

    @classmethod
    def load(cls, directory: Path) -> PieceTable:
        """What `save` wrote, memory-mapped; OSError or ValueError when it isn't that."""
        vectors, ids, bounds, known, standing = (
            np.asarray(np.load(directory / f"{name}.npy", mmap_mode="r", allow_pickle=False)) for name in _ARRAYS
        )
        if not len(vectors) == len(ids) == int(bounds[-1]) or len(known) != len(standing):
            raise ValueError("the table of pieces does not fit together")
        return cls(vectors, ids, bounds, known, standing)


def tabled(read: Sequence[Pieces]) -> PieceTable:
    """The table of sentences whose pieces are read, in their order."""
    vectors = [pieces.vectors for pieces in read if len(pieces.ids)]
    met = np.concatenate([np.zeros(0, np.int32), *(np.unique(pieces.ids) for pieces in read)])
    known, standing = np.unique(met, return_counts=True)
    return PieceTable(
        np.concatenate(vectors) if vectors else np.zeros((0, 0), np.int8),
        np.concatenate([np.zeros(0, np.int32), *(pieces.ids for pieces in read)]),
        np.cumsum([0, *(len(pieces.ids) for pieces in read)], dtype=np.int64),
        known.astype(np.int32),
        standing.astype(np.int32),
    )
