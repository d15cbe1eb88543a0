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
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

import numpy as np

from kzrag.errors import ModelError

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

ARTEFACT = Path(__file__).with_name("encoder_data")
LONGEST = 256  # pieces; MiniLM was trained no further, later text is not read
BATCH_PIECES = 512  # padded pieces in one run: what stays in a core's cache; 2048 took a quarter longer
PIECES = "layers.5.out"  # the model's states of the pieces of a text, before they become one vector


def _field(number: int, content: bytes) -> bytes:
    """A field of a message in the format that models are kept in: its number and kind, its length, its content."""
    return bytes([number << 3 | 2, len(content)]) + content


# The model's file tells of one output. This names a second: graph (7), output (12), its name (1), and its type (2): a
# tensor (1) of float32 (elements, field 1, as a plain number).
_ALSO_PIECES = _field(7, _field(12, _field(1, PIECES.encode()) + _field(2, _field(1, bytes([1 << 3, 1])))))
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


class Pieces(NamedTuple):
    """The pieces of words of a text, each as it is meant there."""

    ids: np.ndarray
    """int32 (pieces,): which piece it is."""
    vectors: np.ndarray
    """int8 (pieces, w): its direction, of about length 127."""
    places: Sequence[tuple[int, int]] = ()
    """Where it stands in the text, by characters; only of a text that has just been read."""


NO_PIECES = Pieces(np.zeros(0, np.int32), np.zeros((0, 0), np.int8))


@runtime_checkable
class PieceEncoder(Encoder, Protocol):
    """An encoder that tells the pieces of a text as well."""

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, list[Pieces]]:
        """What `encode` gives, and the pieces of each text."""


def read(encoder: Encoder, texts: Sequence[str]) -> tuple[np.ndarray, list[Pieces]]:
    """The vectors of texts, float32 (len(texts), dimension), and their pieces, none where the encoder tells none."""
    if isinstance(encoder, PieceEncoder):
        return encoder.read(texts)
    return encoder.encode(texts), [NO_PIECES] * len(texts)


class ShippedEncoder:
    """The encoder in `folder`: `model.onnx`, `tokenizer.json`, `encoder.json`, `pieces.npz`; read on first use."""

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
        self._loaded: tuple[Any, Any, np.ndarray, np.ndarray] | None = None

    def _parts(self) -> tuple[Any, Any, np.ndarray, np.ndarray]:
        """(tokenizer, session, middle and axes of the vectors of pieces), loaded once."""
        with self._lock:
            if self._loaded is None:
                import onnxruntime
                from tokenizers import Tokenizer

                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = 1  # batches run side by side, see encode
                options.enable_cpu_mem_arena = False  # the arena keeps the memory of the largest batch for ever
                # Messages of this format are joined by writing one behind the other.
                model = (self._folder / "model.onnx").read_bytes() + _ALSO_PIECES
                session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
                session._model_bytes = None  # kept for another try with other providers: 55 MB for nothing here
                del model  # before the tokenizer takes its own: the most memory at once is 30 MB less
                tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
                with np.load(self._folder / "pieces.npz", allow_pickle=False) as directions:
                    middle, axes = (directions[name].astype(np.float32) for name in ("middle", "axes"))
                self._loaded = tokenizer, session, middle, axes
            return self._loaded

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return self._read(texts, None)

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, list[Pieces]]:
        told = [NO_PIECES] * len(texts)
        return self._read(texts, told), told

    def _read(self, texts: Sequence[str], told: list[Pieces] | None) -> np.ndarray:
        """The vectors of texts; their pieces are put into `told` where it is given."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        if not len(texts):
            return vectors
        tokenizer, session, middle, axes = self._parts()
        encodings = tokenizer.encode_batch(list(texts))
        pieces = [self.spoken(encoding.ids) for encoding in encodings]
        outputs = ["embedding"] if told is None else ["embedding", PIECES]

        def run(batch: list[int]) -> None:
            longest = len(pieces[batch[-1]])
            ids = np.zeros((len(batch), longest), np.int64)
            mask = np.zeros((len(batch), longest), np.int64)
            for row, number in enumerate(batch):
                ids[row, : len(pieces[number])] = pieces[number]
                mask[row, : len(pieces[number])] = 1
            embedding, *states = session.run(outputs, {"input_ids": ids, "attention_mask": mask})
            vectors[batch] = embedding
            if told is None:
                return
            for row, number in enumerate(batch):
                own = pieces[number][1:-1]  # without what marks beginning and end
                encoding = encodings[number]
                places = [place for i, place in zip(encoding.ids, encoding.offsets, strict=True) if i < self._silent]
                directions = _directions(states[0][row, 1 : 1 + len(own)], middle, axes)
                told[number] = Pieces(np.asarray(own, np.int32), directions, places[1 : 1 + len(own)])

        batches = _batches([len(ids) for ids in pieces])
        workers = min(self._threads or os.cpu_count() or 1, len(batches))
        if workers == 1:
            for batch in batches:
                run(batch)
        else:  # a batch per core: threads within a batch wait for one another at every layer
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(run, batches))
        return vectors

    def spoken(self, ids: list[int]) -> list[int]:
        """The pieces that are read: silent ones (Russian and Kazakh endings) fall out, the last kept is [SEP]."""
        spoken = [piece for piece in ids if piece < self._silent]
        return spoken if len(spoken) <= LONGEST else [*spoken[: LONGEST - 1], spoken[-1]]


def _directions(states: np.ndarray, middle: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """int8 (pieces, w): where each state of the last layer lies from the middle of all, on the axes that tell most."""
    along = (states - middle) @ axes
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    directions: np.ndarray = np.round(127.0 * along).astype(np.int8)
    return directions


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
