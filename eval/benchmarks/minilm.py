"""The unchanged all-MiniLM-L6-v2 in float32, to compare with. Needs torch."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

LONGEST = 256  # pieces, as its makers cut


class MiniLM:
    """The model in `folder`: model.safetensors and tokenizer.json."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        sys.path.insert(0, str(Path(__file__).parents[2] / "training"))
        import torch
        from model import load  # type: ignore[import-not-found]

        self._torch = torch
        self._model, self._rows = load(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (len(texts), 384), every row of length 1."""
        torch, vectors = self._torch, []
        with torch.no_grad():
            for encoding in self._tokenizer.encode_batch(list(texts)):
                numbers = torch.tensor([encoding.ids])
                vectors.append(self._model(self._rows[numbers], torch.tensor([numbers.shape[1]]), numbers)[0].numpy())
        return np.stack(vectors)
