"""What words mean, beside what they are: the words of the corpus with their vectors, so that a question's "inflation"
meets a sentence's "prices rise", in whatever language either is written.

The encoder sees a sentence as a whole and forgets single words in it; words compared one by one remember them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kzrag.text.words import content_words

if TYPE_CHECKING:
    from kzrag.index.encoder import Encoder
    from kzrag.records import Sentence

UNRELATED = 0.3
"""Cosine of two words below which they have nothing to do with one another; .3 and .5 ranked alike (docs/log.md)."""
COMMON = 5_000
"""Most frequent words by which it is told how common a question's word is; the others stand in too few sentences."""
REMEMBERED = 4_096
"""Vectors of questions' words that are kept: 6 MB. One answer asks for the same words two or three times."""
QUESTIONS = 256
"""Questions, and pieces of them, whose words are kept: one answer asks for the same ones up to six times."""
_WORDS = "words.json"
_ARRAYS = ("vectors", "counts", "members", "bounds")


class Wanted(NamedTuple):
    """The words of a question."""

    vectors: np.ndarray
    """float32 (words, d), rows of length 1."""
    weights: np.ndarray
    """float32 (words,), together 1: what few sentences have, in any language, tells more."""


@dataclass(frozen=True)
class Vocabulary:
    """The words of the corpus, most frequent first, and which sentence has which."""

    words: tuple[str, ...]
    vectors: np.ndarray
    """float32 (words, d), rows of length 1."""
    counts: np.ndarray
    """int32 (words,): sentences that have the word."""
    members: np.ndarray
    """int32: the words of all sentences, one sentence after the other."""
    bounds: np.ndarray
    """int64 (sentences + 1,): sentence i has the words `members[bounds[i] : bounds[i + 1]]`."""

    def wanted(self, question: str, language: str, encoder: Encoder) -> Wanted:
        """A question's words, weighted by how few sentences have them or their like; the last ones are remembered."""
        asked = question, language, encoder.id
        if (known := self._asked.get(asked)) is None:
            if len(self._asked) > QUESTIONS:
                self._asked.clear()
            known = self._asked[asked] = self._wanted(question, language, encoder)
        return known

    def _wanted(self, question: str, language: str, encoder: Encoder) -> Wanted:
        words = content_words(question, language)
        vectors = np.zeros((len(words), self.vectors.shape[1]), np.float32)
        unknown = []
        for row, word in enumerate(words):
            if word in self._rows:
                vectors[row] = self.vectors[self._rows[word]]
            else:
                unknown.append(row)
        if unknown:
            vectors[unknown] = self._strange([words[row] for row in unknown], encoder)
        common, counts = self._common
        standing = likeness(vectors @ common.T) @ counts
        weights = np.log1p((len(self.bounds) - 1) / (1.0 + standing))
        return Wanted(vectors, weights / max(float(weights.sum()), 1e-9))

    def _strange(self, words: Sequence[str], encoder: Encoder) -> np.ndarray:
        """The vectors of words that the corpus doesn't have; the last ones asked for are remembered."""
        known = {word: vector for word in words if (vector := self._met.get(word)) is not None}
        new = [word for word in dict.fromkeys(words) if word not in known]
        if new:
            known.update(zip(new, encoder.encode(new), strict=True))
            if len(self._met) > REMEMBERED:
                self._met.clear()
            self._met.update(known)
        return np.stack([known[word] for word in words])

    def coverage(self, wanted: Wanted, sentences: Sequence[int]) -> np.ndarray:
        """float32 (sentences,): share of the question's words that each sentence has, or has the like of, 0 to 1."""
        covered: np.ndarray = wanted.weights @ self.alike(wanted, sentences)
        return covered

    def alike(self, wanted: Wanted, sentences: Sequence[int]) -> np.ndarray:
        """float32 (words, sentences): how much of each of the question's words each sentence has, 0 to 1."""
        held = np.zeros((len(wanted.weights), len(sentences)), np.float32)
        stretches = self._words_of(sentences)
        lengths = np.asarray([len(stretch) for stretch in stretches], np.int64)
        if not lengths.any() or not len(wanted.weights):
            return held
        used, places = np.unique(np.concatenate(stretches), return_inverse=True)
        near = likeness(wanted.vectors @ self.vectors[used].T)[:, places]
        best, filled = best_of_each(near, lengths)
        held[:, filled] = best
        return held

    def meanings(self, words: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """(vectors, weights) of those words that the corpus has; the fewer sentences have one, the more it weighs."""
        rows = [self._rows[word] for word in words if word in self._rows]
        return self.vectors[rows], np.log1p((len(self.bounds) - 1) / (1.0 + self.counts[rows]))

    def nearest(self, wanted: Wanted, sentences: Sequence[int]) -> np.ndarray:
        """float32 (words,): how much of each of the question's words the sentences together have, 0 to 1."""
        stretches = self._words_of(sentences)
        used = np.unique(np.concatenate(stretches)) if stretches else np.zeros(0, np.int32)
        if not len(used) or not len(wanted.weights):
            return np.zeros(len(wanted.weights), np.float32)
        near: np.ndarray = likeness(wanted.vectors @ self.vectors[used].T).max(axis=1)
        return near

    def _words_of(self, sentences: Sequence[int]) -> list[np.ndarray]:
        """The numbers of the words of each sentence."""
        return [self.members[self.bounds[number] : self.bounds[number + 1]] for number in sentences]

    @cached_property
    def _asked(self) -> dict[tuple[str, str, str], Wanted]:
        return {}

    @cached_property
    def _met(self) -> dict[str, np.ndarray]:
        return {}

    @cached_property
    def _common(self) -> tuple[np.ndarray, np.ndarray]:
        return np.array(self.vectors[:COMMON]), self.counts[:COMMON].astype(np.float32)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {word: row for row, word in enumerate(self.words)}

    def save(self, directory: Path) -> None:
        """Write the vocabulary into a directory of its own."""
        directory.mkdir(parents=True)
        (directory / _WORDS).write_text(json.dumps(self.words, ensure_ascii=False), encoding="utf-8", newline="\n")
        for name in _ARRAYS:
            np.save(directory / f"{name}.npy", getattr(self, name), allow_pickle=False)

    @classmethod
    def load(cls, directory: Path) -> Vocabulary:
        """What `save` wrote, vectors memory-mapped; OSError or ValueError when it isn't that."""
        words = tuple(json.loads((directory / _WORDS).read_text(encoding="utf-8")))
        vectors, counts, members, bounds = (
            # A plain view of the mapped file: a slice of a memmap costs more than what is done with it.
            np.asarray(np.load(directory / f"{name}.npy", mmap_mode="r", allow_pickle=False))
            for name in _ARRAYS
        )
        if not len(words) == len(vectors) == len(counts) or int(bounds[-1]) != len(members):
            raise ValueError("the vocabulary's tables do not fit together")
        return cls(words, vectors, counts, members, bounds)


def likeness(cosines: np.ndarray) -> np.ndarray:
    """How much of the one word is in the other, 0 to 1, to six digits: more depend on what else is in the product."""
    near: np.ndarray = np.round(np.clip((cosines - UNRELATED) / (1.0 - UNRELATED), 0.0, 1.0), 6)
    return near


def best_of_each(values: np.ndarray, lengths: Sequence[int] | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The greatest of `values` (…, columns) within each stretch of columns, and which stretches are not empty.

    Args:
        lengths: of the stretches, one after the other.

    Returns:
        (…, n) and (n,), for the n stretches with a column.
    """
    filled = np.flatnonzero(lengths)
    firsts = np.concatenate([[0], np.cumsum(lengths)])[filled]
    return np.maximum.reduceat(values, firsts, axis=-1), filled


class Listed(NamedTuple):
    """The words of some sentences, without vectors; the arrays are those of `Vocabulary`."""

    words: tuple[str, ...]
    counts: np.ndarray
    members: np.ndarray
    bounds: np.ndarray


def listed(sentences: Sequence[Sentence]) -> Listed:
    """The words of the sentences, most frequent first."""
    rows = [content_words(sentence.text, sentence.language) for sentence in sentences]
    counted = Counter(word for row in rows for word in row)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    number = {word: place for place, (word, _) in enumerate(ranked)}
    return Listed(
        tuple(number),
        np.asarray([count for _, count in ranked], dtype=np.int32),
        np.asarray([number[word] for row in rows for word in row], dtype=np.int32),
        np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64),
    )
