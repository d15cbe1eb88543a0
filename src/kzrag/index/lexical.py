"""Search by words: BM25 over kzrag's own terms, one index per language. The only room that knows bm25s.

Per language, because how rare a word is and how long a passage is mean something only among passages of one
language: in one common index the everyday words of the smaller language all look rare.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kzrag.text.language import detect, primary
from kzrag.text.words import query_terms, terms

if TYPE_CHECKING:
    from bm25s import BM25

K1 = 1.5
B = 0.75
"""Saturation and length of BM25, at the values that bm25s and Lucene-like engines start from (Robertson, 2009)."""

_GROUPS = "groups.json"


class _Group(NamedTuple):
    """The passages of one language."""

    index: BM25
    numbers: np.ndarray
    """Position in this group's index -> number of the passage."""


class LexicalIndex:
    """Words -> passages. Safe to read from several threads."""

    def __init__(self, groups: dict[str, _Group], size: int) -> None:
        self._groups = groups
        self.size = size

    @classmethod
    def build(cls, texts: Sequence[str], languages: Sequence[str]) -> LexicalIndex:
        """An index of the texts; a text's position is its number, its language decides how it is cut into terms."""
        members: dict[str, list[int]] = {}
        for number, language in enumerate(languages):
            members.setdefault(primary(language), []).append(number)
        groups = {}
        for name, numbers in sorted(members.items()):
            index = _bm25()
            # A text without a single term (dashes, digits of a table) still needs a row.
            rows = [terms(texts[number], languages[number]) for number in numbers]
            if not any(rows):
                continue
            index.index(rows, show_progress=False)
            groups[name] = _Group(index, np.asarray(numbers, dtype=np.int32))
        return cls(groups, len(texts))

    def save(self, directory: Path) -> None:
        """Write the index into a directory of its own."""
        directory.mkdir(parents=True, exist_ok=True)
        for name, group in self._groups.items():
            group.index.save(directory / name, show_progress=False)
            np.save(directory / name / "numbers.npy", group.numbers, allow_pickle=False)
        (directory / _GROUPS).write_text(json.dumps({"size": self.size, "groups": sorted(self._groups)}))

    @classmethod
    def load(cls, directory: Path) -> LexicalIndex:
        """Open what `save` wrote, memory-mapped; OSError, ValueError or KeyError when it isn't that."""
        from bm25s import BM25

        known = json.loads((directory / _GROUPS).read_text())
        groups = {
            name: _Group(
                BM25.load(directory / name, mmap=True, show_progress=False),
                np.load(directory / name / "numbers.npy", allow_pickle=False),
            )
            for name in known["groups"]
        }
        return cls(groups, known["size"])

    def search(
        self, query: str, k: int, language: str | None = None, allowed: np.ndarray | None = None
    ) -> list[tuple[int, float]]:
        """The best passages for the query's words: (number, score > 0), best first, `k` at most of each language.

        `language` is the query's; `allowed` a boolean mask over the passages. Scores of different languages are not
        on one scale: passages in another language are found by names and figures only.
        """
        words = list(dict.fromkeys(query_terms(query, language or detect(query))))
        found: list[tuple[int, float]] = []
        for group in self._groups.values():
            ids = group.index.get_tokens_ids(words)
            if not ids:
                continue
            scores = group.index.get_scores_from_ids(ids)
            if allowed is not None:
                scores = np.where(allowed[group.numbers], scores, 0.0)
            sharing = np.flatnonzero(scores > 0)
            best = sharing[np.argsort(-scores[sharing], kind="stable")[:k]]
            found += [(int(group.numbers[row]), float(scores[row])) for row in best]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def rarity(self, term: str, language: str | None = None) -> float:
        """Inverse document frequency of an index term, 0 and up, among the passages of the languages that use it.

        A term that no passage has is as rare as can be.
        """
        holding = total = 0
        for name, group in self._groups.items():
            if language is not None and name != primary(language):
                continue
            row = group.index.vocab_dict.get(term)
            starts = group.index.scores["indptr"]
            if row is not None and row + 1 < len(starts):
                holding += int(starts[row + 1] - starts[row])
                total += len(group.numbers)
        if not holding:
            total = self.size
        return math.log1p((total - holding + 0.5) / (holding + 0.5))

    def knows(self, term: str) -> bool:
        """Whether an index term stands in any passage."""
        return any(term in group.index.vocab_dict for group in self._groups.values())


def _bm25() -> Any:
    from bm25s import BM25

    return BM25(method="lucene", k1=K1, b=B, backend="numpy")
