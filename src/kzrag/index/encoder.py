"""Text to vectors: the encoder that ships with kzrag, and any LlamaIndex embedding in its place.

The shipped encoder reads English, Chinese, Russian and Kazakh, needs no download and runs on onnxruntime. English keeps
all-MiniLM-L6-v2's own vectors; the other languages were trained to land where their English translation does, so that
a question meets a passage in another language (see `training/MODEL_CARD.md`).
"""

from __future__ import annotations

import importlib
import json
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from kzrag.errors import ModelError

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

ARTEFACT = Path(__file__).with_name("encoder_data")
LONGEST = 256  # pieces; MiniLM was trained no further, later text is not read
BATCH_PIECES = 512  # padded pieces in one run: what stays in a core's cache; 2048 took a quarter longer
# what follows the colon of a specification, and where the class lives: (module, class, package to install)
INTEGRATIONS = {
    "huggingface": ("llama_index.embeddings.huggingface", "HuggingFaceEmbedding", "llama-index-embeddings-huggingface"),
    "fastembed": ("llama_index.embeddings.fastembed", "FastEmbedEmbedding", "llama-index-embeddings-fastembed"),
    "openai": ("llama_index.embeddings.openai", "OpenAIEmbedding", "llama-index-embeddings-openai"),
    "ollama": ("llama_index.embeddings.ollama", "OllamaEmbedding", "llama-index-embeddings-ollama"),
}


class Encoder(Protocol):
    """What the index needs of an encoder. Safe to call from several threads."""

    @property
    def id(self) -> str:
        """Name and content of the encoder; vectors of different ids must not be compared."""

    @property
    def dimension(self) -> int:
        """Length of every vector."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (len(texts), dimension), every row of length 1."""


class ShippedEncoder:
    """The encoder in `folder`: `model.onnx`, `tokenizer.json` and `encoder.json`; read on first use."""

    def __init__(self, folder: Path = ARTEFACT, threads: int | None = None) -> None:
        try:
            card = json.loads((folder / "encoder.json").read_text("utf-8"))
        except FileNotFoundError:
            raise ModelError(f"The encoder's files are missing in {folder}: install kzrag again.") from None
        self.id: str = card["id"]
        self.dimension: int = card["dimension"]
        self._silent: int = card["silent"]
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    def _parts(self) -> tuple[Any, Any]:
        """(tokenizer, session), loaded once."""
        with self._lock:
            if self._loaded is None:
                import onnxruntime
                from tokenizers import Tokenizer

                tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = 1  # batches run side by side, see encode
                options.enable_cpu_mem_arena = False  # the arena keeps the memory of the largest batch for ever
                model = str(self._folder / "model.onnx")
                session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
                self._loaded = tokenizer, session
            return self._loaded

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        if not len(texts):
            return vectors
        tokenizer, session = self._parts()
        pieces = [self._spoken(encoding.ids) for encoding in tokenizer.encode_batch(list(texts))]

        def run(batch: list[int]) -> None:
            longest = len(pieces[batch[-1]])
            ids = np.zeros((len(batch), longest), np.int64)
            mask = np.zeros((len(batch), longest), np.int64)
            for row, number in enumerate(batch):
                ids[row, : len(pieces[number])] = pieces[number]
                mask[row, : len(pieces[number])] = 1
            vectors[batch] = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]

        batches = _batches([len(ids) for ids in pieces])
        workers = min(self._threads or os.cpu_count() or 1, len(batches))
        if workers == 1:
            for batch in batches:
                run(batch)
        else:  # a batch per core: threads within a batch wait for one another at every layer
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(run, batches))
        return vectors

    def _spoken(self, ids: list[int]) -> list[int]:
        """The pieces that are read: silent ones (Russian and Kazakh endings) fall out, the last kept is [SEP]."""
        spoken = [piece for piece in ids if piece < self._silent]
        return spoken if len(spoken) <= LONGEST else [*spoken[: LONGEST - 1], spoken[-1]]


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Text numbers in batches of similar length, each of at most BATCH_PIECES pieces with padding."""
    batches: list[list[int]] = []
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        if not batches or (len(batches[-1]) + 1) * lengths[number] > BATCH_PIECES:
            batches.append([])
        batches[-1].append(number)
    return batches


class LlamaIndexEncoder:
    """Any LlamaIndex embedding; its vectors are brought to length 1."""

    def __init__(self, embedding: BaseEmbedding, name: str | None = None) -> None:
        self._embedding = embedding
        self._dimension: int | None = None
        self.id = name or f"{type(embedding).__name__}:{embedding.model_name}"

    @property
    def dimension(self) -> int:
        if self._dimension is None:
            self._dimension = len(self._embedding.get_text_embedding("dimension"))
        return self._dimension

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if not len(texts):
            return np.empty((0, self.dimension), np.float32)
        # some services refuse an empty text; a space is the nearest that all of them take
        vectors = np.asarray(self._embedding.get_text_embedding_batch([text or " " for text in texts]), np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors[norms[:, 0] == 0, 0] = 1.0  # a zero vector has no direction: give it one
        return vectors / np.where(norms == 0, 1.0, norms)


def load_encoder(spec: str | BaseEmbedding = "default", *, threads: int | None = None) -> Encoder:
    """The encoder that `spec` names: `default`, `huggingface:NAME`, `fastembed:NAME`, `openai:NAME`, `ollama:NAME`,
    or a LlamaIndex embedding itself. `threads` is for the shipped encoder; None takes every core.

    Raises ModelError for an unknown specification or when the package that it needs is not installed.
    """
    if not isinstance(spec, str):
        return LlamaIndexEncoder(spec)
    if spec == "default":
        return ShippedEncoder(threads=threads)
    kind, _, name = spec.partition(":")
    if kind not in INTEGRATIONS or not name:
        known = ", ".join(f"{kind}:NAME" for kind in INTEGRATIONS)
        raise ModelError(f"Encoder {spec!r} is not known: use default, or one of {known}.")
    module, cls, package = INTEGRATIONS[kind]
    try:
        embedding = getattr(importlib.import_module(module), cls)
    except ImportError:
        raise ModelError(f"Encoder {spec!r} needs a package that is not installed: pip install {package}.") from None
    return LlamaIndexEncoder(embedding(**{_NAME_ARGUMENT.get(kind, "model_name"): name}), spec)


_NAME_ARGUMENT = {"openai": "model"}  # OpenAIEmbedding calls its model's name differently
