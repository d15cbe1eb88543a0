from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kzrag.index import tables
from kzrag.index.chunking import chunk
from kzrag.index.encoder import NO_PIECES
from kzrag.index.pieces import tabled
from kzrag.index.store import StoreError
from kzrag.index.tables import Stamp, Tables, UnreadableError
from kzrag.index.vocabulary import Vocabulary, listed
from kzrag.records import ARTICLE, Block, Document, Furniture

STAMP = Stamp("digest", "letters-8", 8, "recipe", "", "passages")


@pytest.fixture
def contents() -> Tables:
    raw = "Заголовок\r\nПервое предложение. “Второе”!\n(photo)\n読者: 反対です。\u2028\U0001f600"
    photo, comment = raw.index("(photo)"), raw.index("読者")
    document = Document(
        id="d",
        path="d.txt",
        raw=raw,
        language="ru",
        blocks=(
            Block(0, 9, heading=True),
            Block(11, photo - 1),
            Block(comment, len(raw), "読者", voice_date="2022-12-02"),
        ),
        furniture=(Furniture(photo, photo + 7, "photo caption"),),
        title="Заголовок",
        published="2022",
        family="d",
    )
    chunks, sentences = chunk(document, 0, 0)
    words = listed(sentences)
    rng = np.random.default_rng(1)
    return Tables(
        documents=(document,),
        problems=("x.txt is empty.",),
        chunks=tuple(chunks),
        sentences=tuple(sentences),
        parallels={0: (1, 2), 2: (0,)},
        chunk_vectors=rng.random((len(chunks), 8), dtype=np.float32),
        sentence_vectors=rng.random((len(sentences), 8), dtype=np.float32),
        pieces=tabled([NO_PIECES] * len(sentences)),
        vocabulary=Vocabulary(
            words.words, rng.random((len(words.words), 8), dtype=np.float32), words.counts, words.members, words.bounds
        ),
    )


@pytest.fixture
def sealed(tmp_path: Path, contents: Tables) -> Path:
    generation = tmp_path / "gen-1"
    (generation / tables.CHROMA).mkdir(parents=True)
    (generation / tables.CHROMA / "chroma.sqlite3").write_bytes(b"x" * 100)
    tables.write(generation, contents)
    tables.seal(generation, STAMP)
    return generation


def test_everything_comes_back_as_it_was(sealed: Path, contents: Tables) -> None:
    assert tables.inspect(sealed) == STAMP
    back, words = tables.read(sealed)
    assert back.documents == contents.documents
    assert back.problems == contents.problems
    assert back.chunks == contents.chunks
    assert back.sentences == contents.sentences
    assert back.parallels == contents.parallels
    assert np.array_equal(back.chunk_vectors, contents.chunk_vectors)
    assert np.array_equal(back.sentence_vectors, contents.sentence_vectors)
    assert words.size == len(contents.chunks)
    assert {c.voice for c in back.chunks} == {ARTICLE, "読者"}


def test_every_file_is_missed_when_it_is_gone_cut_short_longer_or_another(sealed: Path) -> None:
    files = [path for path in sealed.rglob("*") if path.is_file() and tables.CHROMA not in path.parts]
    assert len(files) > 8
    for path in files:
        whole = path.read_bytes()
        for damage in (None, whole[: len(whole) // 2], whole + b"x", whole[:-1] + bytes([whole[-1] ^ 1])):
            if damage is None:
                path.unlink()
            else:
                path.write_bytes(damage)
            with pytest.raises(UnreadableError, match=r"gen-1"):
                tables.inspect(sealed)
            path.write_bytes(whole)
    assert tables.inspect(sealed) == STAMP


def test_chromas_database_may_grow_but_not_shrink(sealed: Path) -> None:
    database = sealed / tables.CHROMA / "chroma.sqlite3"
    database.write_bytes(b"x" * 200)
    assert tables.inspect(sealed) == STAMP
    database.write_bytes(b"x" * 99)
    with pytest.raises(StoreError, match=r"damaged \(chroma/chroma.sqlite3\)"):
        tables.inspect(sealed)


def test_a_note_of_damage_is_seen(sealed: Path) -> None:
    tables.mark_damaged(sealed, "it panicked")
    with pytest.raises(StoreError, match="damaged"):
        tables.inspect(sealed)
    assert tables.stamp_of(sealed) == STAMP


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("stamp.json", "{}"),
        ("stamp.json", "[1]"),
        ("stamp.json", "\x00\x01"),
        ("stamp.json", '{"stamp": {"corpus": "x", "later": 1}, "seals": {}}'),
        ("stamp.json", '{"stamp": null, "seals": []}'),
    ],
)
def test_a_foreign_stamp_is_no_stamp(sealed: Path, name: str, content: str) -> None:
    (sealed / name).write_text(content)
    with pytest.raises(UnreadableError, match="can't be read"):
        tables.inspect(sealed)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("documents.json", '[{"id": "d"}]'),
        ("chunks.json", "[[5, 0, 1]]"),
        ("chunks.json", "[]"),
        ("sentences.json", "{}"),
        ("parallels.json", "[7]"),
        ("chunk_vectors.npy", "no array"),
        ("words/groups.json", "{}"),
    ],
)
def test_foreign_tables_are_unreadable(sealed: Path, name: str, content: str) -> None:
    (sealed / name).write_text(content)
    with pytest.raises(UnreadableError, match="gen-1"):
        tables.read(sealed)
