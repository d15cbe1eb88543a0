from __future__ import annotations

from pathlib import Path

import pytest

from kzrag.corpus import load_corpus
from kzrag.errors import CorpusError
from kzrag.settings import Settings
from kzrag.web.library import Library

TEXT = "The bridge at Stonefield\n\nThe bridge at Stonefield carries 900 wagons a day, the road office said.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "dam.txt").write_text("A dam\n\nThe dam supplies 340 megawatts, the ministry of energy said.\n")
    (corpus / "sources.toml").write_text('[[article]]\nfile = "dam.txt"\npublisher = "Valley \\"Post\\""\n')
    return Settings(corpus_dir=corpus, home=tmp_path / "home")


def upload(tmp_path: Path, name: str = "bridge.txt", text: str = TEXT) -> Path:
    path = tmp_path / "temp" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_adding_joins_the_corpus_without_touching_it(settings: Settings, tmp_path: Path) -> None:
    before = contents(settings.corpus_dir)
    library = Library(settings)
    assert library.settings is settings
    library.add(upload(tmp_path), {"publisher": 'The "Herald"\n', "published": "2024-06", "nonsense": "x"})
    corpus = load_corpus(library.settings.corpus_dir)
    assert corpus.problems == ()
    bridge, dam = corpus.documents
    assert (bridge.id, bridge.publisher, bridge.published) == ("bridge", 'The "Herald"', "2024-06")
    assert dam.publisher == 'Valley "Post"'
    assert [library.holds(document) for document in corpus.documents] == [True, False]
    assert contents(settings.corpus_dir) == before
    assert library.settings.index_path != settings.index_path


def test_removing_goes_back_to_the_corpus(settings: Settings, tmp_path: Path) -> None:
    library = Library(settings)
    library.add(upload(tmp_path))
    assert not library.remove("dam")
    assert library.remove("bridge")
    assert library.settings is settings
    assert not list(library.folder.rglob("bridge*"))


def test_a_second_file_of_the_same_name_gets_a_number(settings: Settings, tmp_path: Path) -> None:
    library = Library(settings)
    names = [library.add(upload(tmp_path, name)) for name in ("dam.txt", "Dam.md", "../../..%2f 大壩?.txt")]
    assert names == ["dam-2.txt", "Dam-3.md", "2f-大壩.txt"]
    assert {path.parent.name for path in library.folder.rglob("*2*")} == {"added"}


@pytest.mark.parametrize("name", ["program.exe", "archive", "page.php"])
def test_other_kinds_of_files_are_refused(settings: Settings, tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError, match=name):
        Library(settings).add(upload(tmp_path, name))
    assert Library(settings).names() == []


def test_wrong_metadata_is_refused_before_anything_is_kept(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="some day"):
        Library(settings).add(upload(tmp_path), {"published": "some day"})
    assert Library(settings).names() == []


def test_a_restart_follows_the_corpus(settings: Settings, tmp_path: Path) -> None:
    Library(settings).add(upload(tmp_path))
    (settings.corpus_dir / "mill.txt").write_text("A mill\n\nThe mill on the river grinds 20 tons of flour a day.\n")
    library = Library(settings)
    library.refresh()
    assert [document.id for document in load_corpus(library.settings.corpus_dir).documents] == ["bridge", "dam", "mill"]
