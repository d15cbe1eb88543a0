"""Teaches the new rows to say in MiniLM's space what the English translation says.

The target of a text is MiniLM's vector of its English side, computed once. MiniLM's own weights stay frozen, so English
stays what it was. What learns: the new rows, and a small adapter per layer that only new pieces pass through.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from model import Transformer
from torch import Tensor
from torch.nn import functional as F

CLS, SEP = 101, 102
LONGEST = 256  # pieces, as MiniLM reads; longer texts are cut, their targets too
BATCH_PIECES = 1024
LARGEST_BATCH = 96
BETAS, TINY = (0.9, 0.98), 1e-8
TEMPERATURE = 0.05  # of the contrast, as all-MiniLM was trained (scale 20)
PROBES = 8192  # English sentences, drawn anew for every batch, to which a text and its English must lie alike

log = logging.getLogger(__name__)


def batches(lengths: np.ndarray, generator: np.random.Generator) -> Iterator[np.ndarray]:
    """Numbers of texts of similar length, in random order."""
    order = np.argsort(lengths + generator.uniform(0, 3, len(lengths)), kind="stable")
    found, start = [], 0
    while start < len(order):
        size = 1
        while (start + size < len(order) and size < LARGEST_BATCH
               and (size + 1) * lengths[order[min(start + size, len(order) - 1)]] <= BATCH_PIECES):  # fmt: skip
            size += 1
        found.append(order[start : start + size])
        start += size
    for number in generator.permutation(len(found)):
        yield found[number]


def pad(texts: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """(row numbers (n, longest) with [CLS] and [SEP], lengths (n,))."""
    lengths = np.array([min(len(text), LONGEST - 2) + 2 for text in texts])
    result = np.zeros((len(texts), lengths.max()), np.int64)
    for row, text in enumerate(texts):
        cut = text[: LONGEST - 2]
        result[row, 0], result[row, 1 : len(cut) + 1], result[row, len(cut) + 1] = CLS, cut, SEP
    return result, lengths


@torch.no_grad()
def encode(model: Transformer, rows: np.ndarray | Tensor, texts: list[np.ndarray], name: str = "") -> np.ndarray:
    """float16 (n, 384), the vectors of row sequences."""
    table = torch.as_tensor(rows)
    result = np.zeros((len(texts), table.shape[1]), np.float16)
    lengths = np.array([min(len(text), LONGEST) + 2 for text in texts])
    order, done, begun = np.argsort(lengths, kind="stable"), 0, time.time()
    while done < len(order):
        size = max(1, min(128, 3 * BATCH_PIECES // lengths[order[min(done + 64, len(order) - 1)]]))
        some = order[done : done + size]
        numbers, counts = pad([texts[i] for i in some])
        result[some] = model(table[torch.as_tensor(numbers)], torch.as_tensor(counts), torch.as_tensor(numbers)).numpy()
        if name and done // 20000 != (done + size) // 20000:
            log.info("%s: %d of %d, %.0f s", name, done, len(order), time.time() - begun)
        done += size
    return result


class RowAdam:
    """Adam over the rows that a batch touches; the others keep their values and moments."""

    def __init__(self, rows: Tensor, first: int) -> None:
        self.rows, self.first = rows, first
        self.mean = torch.zeros(len(rows) - first, rows.shape[1])
        self.square = torch.zeros_like(self.mean)
        self.steps = torch.zeros(len(rows) - first, 1)

    def step(self, numbers: Tensor, gradient: Tensor, rate: float) -> None:
        new = numbers >= self.first
        numbers, gradient = numbers[new] - self.first, gradient[new]
        steps = self.steps[numbers] + 1
        mean = self.mean[numbers] * BETAS[0] + gradient * (1 - BETAS[0])
        square = self.square[numbers] * BETAS[1] + gradient**2 * (1 - BETAS[1])
        self.steps[numbers], self.mean[numbers], self.square[numbers] = steps, mean, square
        change = (mean / (1 - BETAS[0] ** steps)) / ((square / (1 - BETAS[1] ** steps)).sqrt() + TINY)
        self.rows[numbers + self.first] -= rate * change


def learn(
    model: Transformer,
    rows: Tensor,
    texts: list[np.ndarray],
    targets: np.ndarray,
    *,
    epochs: float,
    rate: float,
    adapter_rate: float,
    contrast: float,
    seed: int,
    bank: np.ndarray | None = None,
    checkpoint: Path | None = None,
    after: Path | None = None,
    minutes: float = 1e9,
    first: int = 30522,
) -> None:
    """Changes `rows` from number `first` on, and the adapters of `model`, in place.

    What is made small is 1 - cosine to the target and, beside it, `contrast` times how far texts are taken for one
    another: without a `bank` the cross entropy within the batch; with one (n, 384) the divergence between how target
    and text are alike to the batch's targets and to vectors drawn from it.

    `rate` falls linearly to a twentieth over `epochs`; training ends earlier when `minutes` are over (the fall is
    planned for whichever comes first). With `checkpoint`, the state is kept there and taken up again; `after` is the
    checkpoint of the pass before, whose moments go on.
    """
    adapters = [p for name, p in model.named_parameters() if "adapter" in name]
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    for parameter in adapters:
        parameter.requires_grad_(adapter_rate > 0)
    gates = torch.optim.AdamW(adapters, lr=max(adapter_rate, 1e-9), betas=BETAS, weight_decay=0.0)
    optimizer = RowAdam(rows, first)
    lengths = np.array([min(len(text) + 2, LONGEST) for text in texts])
    total, done, seen, begun, spent = float(lengths.sum() * epochs), 0, 0, time.time(), 0.0
    interrupted = checkpoint is not None and checkpoint.exists()
    begins = checkpoint if interrupted else after
    if begins is not None:
        state = torch.load(begins, weights_only=True)
        rows.copy_(state["rows"])
        model.load_state_dict(state["model"])
        gates.load_state_dict(state["gates"])
        optimizer.mean, optimizer.square, optimizer.steps = state["moments"]
        done, spent = (state["done"], state["spent"]) if interrupted else (0, 0.0)
    goal = torch.as_tensor(targets)
    saved, told, sums = time.time(), time.time(), np.zeros(3)
    for epoch in range(int(np.ceil(epochs))):
        for some in batches(lengths, np.random.default_rng(seed + epoch)):
            size = int(lengths[some].sum())
            seen += size
            if seen <= done:  # trained before the interruption
                continue
            elapsed = spent + time.time() - begun
            progress = max(seen / total, elapsed / (60 * minutes))
            if progress >= 1:
                break
            fall = min(1.0, seen / 30000) * max(0.05, 1 - progress)
            numbers, counts = pad([texts[i] for i in some])
            unique, place = torch.unique(torch.as_tensor(numbers), return_inverse=True)
            local = rows[unique].requires_grad_(True)
            out = model(local[place], torch.as_tensor(counts), torch.as_tensor(numbers))
            wanted = goal[torch.as_tensor(some)].float()
            near = 1 - (out * wanted).sum(1).mean()
            if bank is None:
                apart = _taken_for_another(out, wanted)
            else:
                drawn = np.random.default_rng((seed + epoch, seen)).integers(len(bank), size=PROBES)
                apart = _unlike_others(out, wanted, torch.as_tensor(bank[drawn]).float())
            (near + contrast * apart).backward()
            optimizer.step(unique, local.grad, rate * fall)  # type: ignore[arg-type]
            if adapter_rate > 0:
                for group in gates.param_groups:
                    group["lr"] = adapter_rate * fall
                torch.nn.utils.clip_grad_norm_(adapters, 1.0)
                gates.step()
                gates.zero_grad()
            sums += (near.item(), apart.item(), 1)
            if time.time() - told > 30:
                log.info("epoch %d, %.1f %%, 1-cos %.4f, contrast %.4f, %.0f pieces/s", epoch, 100 * progress,
                         sums[0] / sums[2], sums[1] / sums[2], (seen - done) / (time.time() - begun))  # fmt: skip
                told, sums = time.time(), np.zeros(3)
            if checkpoint and time.time() - saved > 300:
                saved = time.time()
                save(checkpoint, model, rows, gates, optimizer, seen, elapsed)
    if checkpoint:
        save(checkpoint, model, rows, gates, optimizer, seen, spent + time.time() - begun)


def _taken_for_another(out: Tensor, wanted: Tensor) -> Tensor:
    """Cross entropy of finding each text's target among those of the batch."""
    similarity = out @ wanted.T / TEMPERATURE
    # the same English may stand twice in a batch: a copy is no wrong answer
    copies = (wanted @ wanted.T > 0.98) & ~torch.eye(len(out), dtype=torch.bool)
    return F.cross_entropy(similarity.masked_fill(copies, -1e4), torch.arange(len(out)))


def _unlike_others(out: Tensor, wanted: Tensor, drawn: Tensor) -> Tensor:
    """Divergence between how the targets and the texts are alike to other English: errors that confuse a text with
    another count more than those that lead nowhere."""
    probes = torch.cat([wanted, drawn]).T / TEMPERATURE
    mine, meant = F.log_softmax(out @ probes, 1), F.log_softmax(wanted @ probes, 1)
    return F.kl_div(mine, meant, reduction="batchmean", log_target=True)


def save(path: Path, model: Transformer, rows: Tensor, gates: torch.optim.Optimizer, optimizer: RowAdam, done: int,
         spent: float) -> None:  # fmt: skip
    """Everything that `learn` needs to go on, swapped in whole."""
    state = {"rows": rows, "model": model.state_dict(), "gates": gates.state_dict(), "done": done, "spent": spent,
             "moments": [optimizer.mean, optimizer.square, optimizer.steps]}  # fmt: skip
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)
