"""First values of the new embedding rows: what English pieces each foreign piece goes with.

IBM Model 1 over the parallel sentences and the dictionary entries together gives p(English piece | foreign piece);
a row starts as the mean of the English rows under that distribution. Against the plain mean of the gloss it also
covers endings, names and words that no dictionary has, and prefers the sense that the news uses.
"""

from __future__ import annotations

import logging

import numpy as np

LONGEST = 80  # pieces per side; longer sentences add many cells and little evidence
ITERATIONS = 6  # Model 1 changes little after five
NULL = 0  # [PAD]'s row stands for "no foreign word": it takes the English articles and the "to" of infinitives
KEPT = 10  # English pieces that a row is a mean of
MANY = 1_000_000  # more than there are English pieces: two numbers fit into one key
FAINTEST = 0.02  # probability under which an English piece is noise

log = logging.getLogger(__name__)


def model_one(foreign: list[np.ndarray], english: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(foreign row, English piece, p(English | foreign)): one entry per pair that occurs, each row's p sums to 1."""
    pair_keys, positions = [], []
    offset = 0
    for foreign_text, english_text in zip(foreign, english, strict=True):
        f, e = np.unique(np.append(foreign_text[:LONGEST], NULL)), english_text[:LONGEST]
        pair_keys.append((f[:, None].astype(np.int64) * MANY + e[None, :]).ravel())
        positions.append(np.tile(np.arange(offset, offset + len(e), dtype=np.int32), len(f)))
        offset += len(e)
    keys, cell = np.unique(np.concatenate(pair_keys), return_inverse=True)
    cell = cell.astype(np.int32)
    del pair_keys
    position = np.concatenate(positions)
    rows = (keys // MANY).astype(np.int64)
    probability = np.ones(len(keys), np.float64)
    for _ in range(ITERATIONS):
        share = probability[cell]
        share /= np.bincount(position, share, minlength=offset)[position]
        counts = np.bincount(cell, share, minlength=len(keys))
        probability = counts / np.bincount(rows, counts)[rows]
    log.info("model 1: %d cells, %d pairs", len(cell), len(keys))
    return rows, (keys % MANY).astype(np.int64), probability


def first_rows(
    embedding: np.ndarray, total: int, rows: np.ndarray, pieces: np.ndarray, probability: np.ndarray
) -> np.ndarray:
    """(total, dimension) float32: MiniLM's rows, then the new ones; a row never seen starts as the mean of all."""
    result = np.empty((total, embedding.shape[1]), np.float32)
    result[: len(embedding)] = embedding
    result[len(embedding) :] = embedding[1000:].mean(axis=0)  # ids under 1000 are reserved or single characters
    norms = np.linalg.norm(embedding, axis=1)
    order = np.lexsort((-probability, rows))
    rows, pieces, probability = rows[order], pieces[order], probability[order]
    starts = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
    for start, end in zip(starts, np.r_[starts[1:], len(rows)], strict=True):
        row = rows[start]
        if row < len(embedding):
            continue
        keep = slice(start, min(end, start + KEPT))
        p = np.where(probability[keep] >= FAINTEST, probability[keep], 0.0)
        if p.sum() == 0:
            continue
        p = p / p.sum()
        mean = p @ embedding[pieces[keep]]
        # a mean is shorter than what it is a mean of; half of the way back keeps its weight against the position
        result[row] = mean * np.sqrt((p @ norms[pieces[keep]]) / np.linalg.norm(mean))
    return result
