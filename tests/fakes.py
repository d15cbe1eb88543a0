"""Small honest stand-ins: what they do can be followed by eye."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np


class LetterEncoder:
    """Texts with the same letter triples are near. Knows nothing of meaning; never a part of the product."""

    def __init__(self, dimension: int = 64, name: str = "letters") -> None:
        self.id = f"{name}-{dimension}"
        self.dimension = dimension
        self.encoded: list[str] = []
        """Every text it was ever given, in order."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded += texts
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            padded = f"  {text.lower()} "
            for start in range(len(padded) - 2):
                vectors[row, zlib.crc32(padded[start : start + 3].encode()) % self.dimension] += 1.0
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
