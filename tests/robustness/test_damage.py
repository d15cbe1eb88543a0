"""Files of the index that are missing, cut short or foreign: one sentence and a new index, whatever the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzrag.errors import IndexStateError
from kzrag.index import Index, open_index
from kzrag.settings import Settings
from tests.fakes import LetterEncoder
from tests.robustness import indexing


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("damage")
    settings = Settings(corpus_dir=home / "corpus", index_dir=home / "index")
    indexing.write_corpus(settings.corpus_dir, 6, documents=4)
    return settings


@pytest.fixture
def index(original: Settings) -> Index:
    return open_index(original, encoder=LetterEncoder())


def files_in(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def foreign(path: Path) -> None:
    path.write_bytes(b"\x00\xffnot of kzrag\n" * (path.stat().st_size // 14 + 2))


@pytest.mark.parametrize("damage", [Path.unlink, cut, foreign], ids=["missing", "cut", "foreign"])
def test_every_file_of_a_generation_may_be_damaged(index: Index, original: Settings, damage: object) -> None:
    names = [path.relative_to(index.generation) for path in files_in(index.generation)]
    assert len(names) > 15
    opened = index
    for name in names:
        path = opened.generation / name
        if not path.exists() or path.stat().st_size == 0:
            # Chroma names its own folder anew each time: the same file is elsewhere now; an empty one has no half.
            candidates = [p for p in files_in(opened.generation) if p.name == path.name and p.stat().st_size]
            if not candidates:
                continue
            path = candidates[0]
        damage(path)  # type: ignore[operator]
        told: list[str] = []
        for _ in range(2):
            # Chroma's database may grow: a foreign one shows when it is read, and is mended at the next opening.
            opened = open_index(original, encoder=LetterEncoder(), progress=lambda stage, *_: told.append(stage))  # noqa: B023
            nearest = opened.dense(opened.sentence_vectors[opened.sentences_of(3)[0]], 1)
            assert nearest[0][0] == 3, name
            if told:
                break
            assert path.name == "chroma.sqlite3"
        assert told[0].startswith("building the index: "), name
        assert indexing.whole(opened) == "6", name


@pytest.mark.parametrize("content", [None, b"", b"gen-77\n", b"\x00\xff" * 5000, b"/etc\n"])
def test_the_pointer_may_be_damaged(index: Index, original: Settings, content: bytes | None) -> None:
    pointer = original.index_path / "CURRENT"
    if content is None:
        pointer.unlink()
    else:
        pointer.write_bytes(content)
    mended = open_index(original, encoder=LetterEncoder())
    assert mended.summary.startswith("Built")
    assert indexing.whole(mended) == "6"


def test_the_note_about_the_corpus_may_be_damaged(index: Index, original: Settings) -> None:
    for content in (b"", b"[]", b"\xff", b'{"files": 7}'):
        (original.index_path / "corpus.json").write_bytes(content)
        again = open_index(original, encoder=LetterEncoder())
        assert again.generation == index.generation, "the documents themselves say that nothing changed"


def test_files_of_others_in_the_directory_are_left_alone(index: Index, original: Settings) -> None:
    stranger = original.index_path / "holiday.jpg"
    stranger.write_bytes(b"\xff\xd8")
    (original.index_path / "gen-photos").mkdir(exist_ok=True)
    mended = open_index(original, encoder=LetterEncoder(), rebuild=True)
    assert indexing.whole(mended) == "6"
    assert stranger.read_bytes() == b"\xff\xd8"
    assert (original.index_path / "gen-photos").is_dir()


def test_a_file_in_place_of_the_directory_is_one_sentence(original: Settings, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a letter")
    settings = original.model_copy(update={"index_dir": tmp_path / "index"})
    with pytest.raises(
        IndexStateError, match=r"The index in .*index has to be built \(.*\), but it can't be written .*KZRAG_INDEX_DIR"
    ) as caught:
        open_index(settings, encoder=LetterEncoder())
    assert "\n" not in str(caught.value)
    assert (tmp_path / "index").read_text() == "a letter"
