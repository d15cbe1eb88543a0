"""MiniLM's transformer in plain torch: six layers, twelve heads, mean pooling, the input rows kept apart.

Each layer has an adapter per script beside its wide half that only pieces of the new rows pass through: what it learns
about Chinese, Russian and Kazakh can't change an English text.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

DIMENSION, LAYERS, HEADS, EPSILON = 384, 6, 12, 1e-12  # config.json of all-MiniLM-L6-v2
ENGLISH = 30522  # rows of MiniLM; new ones follow
BOTTLENECK = 64  # width of an adapter: 0.6 million weights in all
SCRIPTS = ("han", "cyrillic")  # each has adapters of its own; rows of the Han script come first
# what opens for a piece of MiniLM (nothing), of the Han script, of the Cyrillic script
GATES = torch.cat([torch.zeros(1, 2 * BOTTLENECK), torch.eye(2).repeat_interleave(BOTTLENECK, 1)])


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(DIMENSION, 3 * DIMENSION)
        self.attention_out = nn.Linear(DIMENSION, DIMENSION)
        self.attention_norm = nn.LayerNorm(DIMENSION, EPSILON)
        self.widen = nn.Linear(DIMENSION, 4 * DIMENSION)
        self.narrow = nn.Linear(4 * DIMENSION, DIMENSION)
        self.output_norm = nn.LayerNorm(DIMENSION, EPSILON)
        self.adapter_in = nn.Linear(DIMENSION, len(SCRIPTS) * BOTTLENECK)
        self.adapter_out = nn.Linear(len(SCRIPTS) * BOTTLENECK, DIMENSION, bias=False)
        nn.init.zeros_(self.adapter_out.weight)

    def forward(self, x: Tensor, mask: Tensor | None, gate: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.query_key_value(x).view(batch, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(batch, length, DIMENSION)
        x = self.attention_norm(x + self.attention_out(attended))
        adapted = self.adapter_out(F.gelu(self.adapter_in(x)) * gate)
        return self.output_norm(x + self.narrow(F.gelu(self.widen(x))) + adapted)


class Transformer(nn.Module):
    """Rows (batch, length, 384), lengths (batch,), row numbers (batch, length) -> unit vectors (batch, 384)."""

    def __init__(self, first_cyrillic: int) -> None:
        super().__init__()
        self.position = nn.Parameter(torch.zeros(512, DIMENSION))  # with the one token type added
        self.norm = nn.LayerNorm(DIMENSION, EPSILON)
        self.first_cyrillic = first_cyrillic
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, rows: Tensor, lengths: Tensor, numbers: Tensor) -> Tensor:
        length = rows.shape[1]
        inside = torch.arange(length) < lengths[:, None]
        mask = None if bool(inside.all()) else inside[:, None, None, :]
        script = (numbers >= ENGLISH).long() + (numbers >= self.first_cyrillic)
        gate = GATES[script]
        x = self.norm(rows + self.position[:length])
        for layer in self.layers:
            x = layer(x, mask, gate)
        kept = inside[..., None].to(x.dtype)
        return F.normalize((x * kept).sum(1) / kept.sum(1), dim=1)


def load(weights: Path, first_cyrillic: int = ENGLISH) -> tuple[Transformer, Tensor]:
    """The transformer and the word embedding (30522, 384) of `model.safetensors`.

    New rows before `first_cyrillic` are of the Han script.
    """
    raw = {name.removeprefix("bert."): value for name, value in load_file(str(weights)).items()}
    model = Transformer(first_cyrillic)
    state = {
        "position": raw["embeddings.position_embeddings.weight"] + raw["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": raw["embeddings.LayerNorm.weight"],
        "norm.bias": raw["embeddings.LayerNorm.bias"],
    }
    for n in range(LAYERS):
        there, here = f"encoder.layer.{n}.", f"layers.{n}."
        for kind in ("weight", "bias"):
            parts = [raw[f"{there}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            state[f"{here}query_key_value.{kind}"] = torch.cat(parts)
            for ours, theirs in {
                "attention_out": "attention.output.dense",
                "attention_norm": "attention.output.LayerNorm",
                "widen": "intermediate.dense",
                "narrow": "output.dense",
                "output_norm": "output.LayerNorm",
            }.items():
                state[f"{here}{ours}.{kind}"] = raw[f"{there}{theirs}.{kind}"]
    torch.manual_seed(0)  # of the adapters' first half; the second starts at zero, so that nothing changes yet
    missing = model.load_state_dict(state, strict=False).missing_keys
    if any("adapter" not in name for name in missing):
        raise ValueError(f"{weights} lacks {missing}")
    return model, raw["embeddings.word_embeddings.weight"]
