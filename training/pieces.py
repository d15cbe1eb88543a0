"""The axes along which the encoder tells pieces of words apart, made from news sentences in the four languages.

    python training/pieces.py [--data DATA_DIR] [--out ENCODER_DIR]

The states of the last layer are 384 numbers a piece. Their directions from the middle of all states, along the 96 axes
on which directions differ most (principal components), tell sentences apart as well (docs/log.md), in a quarter of the
room. Needs the encoder's files and what `training/requirements.txt` names; two minutes on one core.
"""

from __future__ import annotations

import argparse
import os
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import sources
from onnx import TensorProto, helper
from tokenizers import Tokenizer

from kzrag.index.encoder import ARTEFACT, PIECES, ShippedEncoder

SEED = 20261122
SENTENCES = 800  # a language of a source, and as many of English beside them
AXES = 96  # of 384: 128 find one gold sentence of a hundred more, 64 four fewer


def texts_of(data: Path) -> list[str]:
    """News sentences in Chinese, Russian and Kazakh, and their English translations."""
    rng = random.Random(SEED)
    chosen: list[str] = []
    for source in (sources.newstest, sources.xwmt):
        by_language = defaultdict(list)
        for pair in source(data):
            by_language[pair.language].append(pair)
        for _, pairs in sorted(by_language.items()):
            rng.shuffle(pairs)
            chosen += [text for pair in pairs[:SENTENCES] for text in (pair.foreign, pair.english)]
    return chosen


def states_of(texts: list[str], folder: Path) -> np.ndarray:
    """float32 (pieces, 384): the last layer's state of every piece of the texts, without what marks their ends."""
    model = onnx.load(str(folder / "model.onnx"))
    model.graph.output.append(helper.make_tensor_value_info(PIECES, TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    encoder = ShippedEncoder(folder)
    found = []
    for text in texts:
        ids = np.asarray([encoder.spoken(tokenizer.encode(text).ids)], np.int64)
        (states,) = session.run([PIECES], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        found.append(states[0, 1:-1])
    return np.concatenate(found)


def main() -> None:
    parser = argparse.ArgumentParser(description="The axes of the pieces of words, for the encoder that kzrag ships.")
    data = os.environ.get("KZRAG_DATA_DIR", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(data) / "training", help="folder with the parallel text")
    parser.add_argument("--out", type=Path, default=ARTEFACT, help="folder of the encoder")
    given = parser.parse_args()
    states = states_of(texts_of(given.data), given.out)
    middle = states.mean(axis=0)
    directions = states - middle
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    told, axes = np.linalg.eigh(directions.T @ directions)
    axes = axes[:, ::-1][:, :AXES]
    # An axis has no sign of its own: its greatest part is positive.
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(AXES)])
    np.savez(given.out / "pieces.npz", middle=middle.astype(np.float32), axes=axes.astype(np.float16))
    print(f"{len(states)} pieces; {AXES} axes hold {told[::-1][:AXES].sum() / told.sum():.0%} of what tells them apart")


if __name__ == "__main__":
    main()
