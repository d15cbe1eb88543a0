"""What one generation holds on disk, beside Chroma's collection and the words: documents with their text, passages,
sentences, vectors, and a stamp that says what it was made from.

This is the index's source of truth: quotes come from here, and Chroma and the words can be made again from it.
Plain JSON and NumPy arrays, no pickle.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kzrag.errors import IndexStateError
from kzrag.index.lexical import LexicalIndex
from kzrag.index.pieces import PieceTable
from kzrag.index.store import StoreError
from kzrag.index.vocabulary import Vocabulary
from kzrag.records import Block, Chunk, Document, Furniture, Sentence

SCHEMA = 3
"""Changes when the files of a generation change their meaning."""

CHROMA = "chroma"
WORDS = "words"
VOCABULARY = "vocabulary"
PIECES = "pieces"
_STAMP = "stamp.json"
_DAMAGED = "damaged.txt"
_DATABASE = "chroma.sqlite3"
"""Chroma notes each opening in it, so that it may change and grow."""
_READ_THROUGH = 4_000_000
"""Bytes up to which a file is read at each opening to see that it is the one that was written."""


class UnreadableError(IndexStateError):
    """A generation with files that are missing, cut short or not ours."""


@dataclass(frozen=True)
class Stamp:
    """What a generation was made from; any difference to what is wanted means building it again."""

    corpus: str
    """Digest of the documents."""
    encoder: str
    dimension: int
    recipe: str
    """Digest of the program text that reads and cuts documents: another recipe, other passages."""
    store: str
    """URL of the Chroma server that has the vectors; empty when they are in the generation's own directory."""
    collection: str
    schema: int = SCHEMA


@dataclass(frozen=True)
class Tables:
    """Everything that is searched and quoted. Row i of the vectors belongs to the chunk or sentence of number i."""

    documents: tuple[Document, ...]
    problems: tuple[str, ...]
    """One sentence for each file of the corpus that could not be read."""
    chunks: tuple[Chunk, ...]
    sentences: tuple[Sentence, ...]
    parallels: Mapping[int, tuple[int, ...]]
    chunk_vectors: np.ndarray
    """float32 (chunks, d), rows of length 1."""
    sentence_vectors: np.ndarray
    """float32 (sentences, d), rows of length 1."""
    pieces: PieceTable
    vocabulary: Vocabulary


def write(directory: Path, tables: Tables) -> None:
    """Write the tables and the words into an empty directory."""
    _dump(directory / "documents.json", [dataclasses.asdict(document) for document in tables.documents])
    _dump(directory / "problems.json", list(tables.problems))
    row_of = {document.id: row for row, document in enumerate(tables.documents)}
    _dump(
        directory / "chunks.json",
        [(row_of[c.document_id], c.start, c.end, c.language, c.voice, c.id) for c in tables.chunks],
    )
    _dump(
        directory / "sentences.json",
        [(row_of[s.document_id], s.start, s.end, s.language, s.voice, s.chunk, s.block) for s in tables.sentences],
    )
    _dump(directory / "parallels.json", [[number, *others] for number, others in sorted(tables.parallels.items())])
    np.save(directory / "chunk_vectors.npy", tables.chunk_vectors, allow_pickle=False)
    np.save(directory / "sentence_vectors.npy", tables.sentence_vectors, allow_pickle=False)
    tables.pieces.save(directory / PIECES)
    tables.vocabulary.save(directory / VOCABULARY)
    LexicalIndex.build([c.text for c in tables.chunks], [c.language for c in tables.chunks]).save(directory / WORDS)


def read(directory: Path) -> tuple[Tables, LexicalIndex]:
    """The tables, vectors memory-mapped, and the words; `UnreadableError` when anything is not as written."""
    try:
        documents = tuple(_document(facts) for facts in _load(directory / "documents.json"))
        chunks = []
        for number, (row, start, end, language, voice, key) in enumerate(_load(directory / "chunks.json")):
            of = documents[row]
            chunks.append(Chunk(number, key, of.id, start, end, of.raw[start:end], language, voice, of.family))
        sentences = []
        for number, (row, start, end, language, voice, chunk, block) in enumerate(_load(directory / "sentences.json")):
            of = documents[row]
            sentences.append(
                Sentence(number, of.id, start, end, of.raw[start:end], language, voice, of.family, chunk, block)
            )
        tables = Tables(
            documents=documents,
            problems=tuple(_load(directory / "problems.json")),
            chunks=tuple(chunks),
            sentences=tuple(sentences),
            parallels={number: tuple(others) for number, *others in _load(directory / "parallels.json")},
            chunk_vectors=np.asarray(np.load(directory / "chunk_vectors.npy", mmap_mode="r", allow_pickle=False)),
            sentence_vectors=np.asarray(np.load(directory / "sentence_vectors.npy", mmap_mode="r", allow_pickle=False)),
            pieces=PieceTable.load(directory / PIECES),
            vocabulary=Vocabulary.load(directory / VOCABULARY),
        )
        words = LexicalIndex.load(directory / WORDS)
    except (OSError, ValueError, KeyError, IndexError, TypeError, EOFError) as error:
        raise UnreadableError(f"{directory.name} can't be read ({error})") from error
    rows = (len(tables.chunk_vectors), words.size, len(tables.sentence_vectors))
    told = (len(tables.vocabulary.bounds) - 1, len(tables.pieces.bounds) - 1)
    if rows != (len(chunks), len(chunks), len(sentences)) or told != (len(sentences), len(sentences)):
        raise UnreadableError(f"{directory.name} has vectors or words for other passages than its own")
    return tables, words


def seal(directory: Path, stamp: Stamp) -> None:
    """Write the stamp, with a seal on every file: the last thing that happens to a generation."""
    files = sorted(path for path in directory.rglob("*") if path.is_file() and path.name != _STAMP)
    seals = {path.relative_to(directory).as_posix(): _seal_of(path) for path in files}
    _dump(directory / _STAMP, {"stamp": dataclasses.asdict(stamp), "seals": seals})


def inspect(directory: Path) -> Stamp:
    """The stamp, if every file is as it was sealed: `UnreadableError` when one is missing, cut short or another.

    When only Chroma's part is damaged it is a `StoreError`.
    """
    stamp = stamp_of(directory)
    try:
        seals: dict[str, str] = _load(directory / _STAMP)["seals"]
        broken = [name for name, seal in seals.items() if not _holds(directory / name, seal)]
        if (directory / _DAMAGED).exists():
            broken.append(f"{CHROMA}/, as noted in {_DAMAGED}")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError(f"{directory.name} can't be read ({error})") from error
    if own := [name for name in broken if not name.startswith(f"{CHROMA}/")]:
        raise UnreadableError(f"{directory.name}/{own[0]} is missing or not as it was written")
    if broken:
        raise StoreError(f"the vectors in {directory.name} are damaged ({broken[0]})")
    return stamp


def _seal_of(path: Path) -> str:
    """Size in bytes and, of a file that is quickly read, the SHA-256."""
    size = path.stat().st_size
    if path.name == _DATABASE or size > _READ_THROUGH:
        return f"{size}"
    return f"{size} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _holds(path: Path, seal: str) -> bool:
    if not path.is_file():
        return False
    if path.name == _DATABASE:
        return path.stat().st_size >= int(seal)
    return _seal_of(path) == seal


def stamp_of(directory: Path) -> Stamp:
    """The stamp alone, taken at its word; `UnreadableError` when there is none."""
    try:
        return Stamp(**_load(directory / _STAMP)["stamp"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableError(f"{directory.name} can't be read ({error})") from error


def mark_damaged(directory: Path, why: str) -> None:
    """Have the next opening build this generation's vectors again; where nothing can be written, nothing is."""
    with contextlib.suppress(OSError):
        (directory / _DAMAGED).write_text(why, encoding="utf-8")


def _document(facts: dict[str, Any]) -> Document:
    blocks = tuple(Block(**block) for block in facts.pop("blocks"))
    furniture = tuple(Furniture(**stretch) for stretch in facts.pop("furniture"))
    return Document(**facts, blocks=blocks, furniture=furniture)


def _dump(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", newline="\n")


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
