from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kzrag.errors import IndexStateError, KzragError, ModelError
from kzrag.index import Index, build, open_index, sources, store
from kzrag.settings import Settings
from kzrag.text import names
from tests.fakes import LetterEncoder

Told = list[tuple[str, int, int]]


@pytest.fixture
def built(settings: Settings, encoder: LetterEncoder) -> Index:
    index = open_index(settings, encoder=encoder)
    encoder.encoded.clear()
    return index


def files_of(directory: Path) -> dict[str, tuple[int, int]]:
    """Every file with its inode and time: what was not touched stays the same."""
    states = {str(path): path.stat() for path in directory.rglob("*") if path.is_file() and "chroma" not in path.parts}
    return {name: (state.st_ino, state.st_mtime_ns) for name, state in states.items()}


def add(corpus: Path, name: str, text: str) -> None:
    (corpus / f"{name}.txt").write_text(text, encoding="utf-8")


def test_the_first_opening_builds_and_says_so(settings: Settings, encoder: LetterEncoder) -> None:
    told: Told = []
    index = open_index(settings, encoder=encoder, progress=lambda *step: told.append(step))
    assert set(index.documents) == {"harbour", "ferry", "railway"}
    assert index.summary.startswith("Built the index in ")
    assert f"3 documents, {len(index.chunks)} passages, {len(index.sentences)} sentences" in index.summary
    assert told[0] == ("building the index: there is none yet", 0, 0)
    stages = list(dict.fromkeys(stage for stage, _, total in told if total))
    assert stages == ["cutting passages", "embedding", "storing vectors"]
    for stage in stages:
        steps = [(done, total) for name, done, total in told if name == stage]
        assert steps[-1][0] == steps[-1][1]
        assert steps == sorted(steps)


def test_every_text_can_be_found_again_in_its_document(built: Index) -> None:
    for piece in (*built.chunks, *built.sentences):
        assert built.documents[piece.document_id].raw[piece.start : piece.end] == piece.text
    for c in built.chunks:
        assert [built.sentences[n].chunk for n in built.sentences_of(c.number)] == [c.number] * len(
            built.sentences_of(c.number)
        )
    assert sum(len(built.sentences_of(c.number)) for c in built.chunks) == len(built.sentences)


def test_an_unchanged_corpus_costs_no_reading_no_embedding_no_writing(
    built: Index, settings: Settings, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(settings.index_path)
    monkeypatch.setattr("kzrag.corpus.load_corpus", lambda *_, **__: pytest.fail("the corpus was read"))
    again = open_index(settings, encoder=encoder)
    assert again.summary.startswith("The index is current: ")
    assert again.generation == built.generation
    assert encoder.encoded == []
    assert files_of(settings.index_path) == before


def test_a_touched_file_with_the_same_text_builds_nothing(
    built: Index, settings: Settings, encoder: LetterEncoder, corpus: Path
) -> None:
    os.utime(corpus / "ferry.txt", (1, 1))
    assert open_index(settings, encoder=encoder).generation == built.generation
    note = (settings.index_path / "corpus.json").stat().st_mtime_ns
    open_index(settings, encoder=encoder)
    assert (settings.index_path / "corpus.json").stat().st_mtime_ns == note, "the second time it knows"


def test_a_changed_file_embeds_only_its_own_changes(
    built: Index, settings: Settings, encoder: LetterEncoder, corpus: Path
) -> None:
    text = (corpus / "harbour.txt").read_text()
    add(corpus, "harbour", f"A new first line stands here.\n\n{text}")
    index = open_index(settings, encoder=encoder)
    assert index.generation != built.generation
    assert "the documents changed" in index.summary
    new = set(index.vocabulary.words) - set(built.vocabulary.words)
    assert set(encoder.encoded) == {"A new first line stands here.", *new}, "its sentence and the new words"
    fresh = LetterEncoder()
    assert index.sentence_vectors == pytest.approx(fresh.encode([s.text for s in index.sentences]), abs=1e-6)


def test_a_passage_points_where_its_sentences_point(built: Index) -> None:
    assert len(built.sentences) > len(built.chunks) > 1
    for c in built.chunks:
        own = [built.sentences[number] for number in built.sentences_of(c.number)]
        sum_of = sum(len(s.text) * built.sentence_vectors[s.number] for s in own)
        assert built.chunk_vectors[c.number] == pytest.approx(sum_of / np.linalg.norm(sum_of), abs=1e-6)


def test_added_and_removed_files_come_and_go(
    built: Index, settings: Settings, encoder: LetterEncoder, corpus: Path
) -> None:
    add(corpus, "airport", "The airport of Lund opened in June.")
    (corpus / "ferry.txt").unlink()
    index = open_index(settings, encoder=encoder)
    assert set(index.documents) == {"harbour", "railway", "airport"}
    assert index.chunks[index.dense(encoder.encode(["airport of Lund"])[0], 1)[0][0]].document_id == "airport"
    assert {chunk.document_id for chunk in index.chunks} == set(index.documents)


def test_a_file_that_can_not_be_read_is_told_of_and_the_others_are_there(
    built: Index, settings: Settings, encoder: LetterEncoder, corpus: Path
) -> None:
    (corpus / "empty.txt").write_bytes(b"")
    index = open_index(settings, encoder=encoder)
    assert set(index.documents) == {"harbour", "ferry", "railway"}
    assert len(index.problems) == 1
    assert "empty.txt" in index.problems[0]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("encoder", "the encoder is now others-64, no longer letters-64"),
        ("dimension", "the encoder is now letters-64"),
        ("recipe", "this version of kzrag reads documents differently"),
        ("store", "the vectors are now to be kept in the index directory"),
    ],
)
def test_another_stamp_builds_again_and_says_why(
    settings: Settings, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch, change: str, reason: str
) -> None:
    first = open_index(settings, encoder=encoder)
    now = encoder
    if change == "encoder":
        now = LetterEncoder(name="others")
    elif change == "dimension":
        now = LetterEncoder(dimension=32)
        now.id = encoder.id
    elif change == "recipe":
        monkeypatch.setattr(build, "recipe", lambda: "another")
        monkeypatch.setattr(sources, "recipe", lambda: "another")
    else:
        build.tables.seal(first.generation, replace(first.stamp, store="http://127.0.0.1:1"))
    told: list[str] = []
    index = open_index(settings, encoder=now, progress=lambda stage, *_: told.append(stage))
    assert index.generation != first.generation
    assert told[0].startswith(f"building the index: {reason}")
    assert reason in index.summary
    assert index.sentence_vectors.shape[1] == now.dimension
    assert open_index(settings, encoder=now).generation == index.generation


def test_rebuild_takes_nothing_over(built: Index, settings: Settings, encoder: LetterEncoder) -> None:
    index = open_index(settings, encoder=encoder, rebuild=True)
    assert index.generation != built.generation
    assert set(encoder.encoded) == {s.text for s in index.sentences} | set(index.vocabulary.words)
    assert len(encoder.encoded) == len(set(encoder.encoded)), "each text once"


def test_the_generation_before_stays_for_readers_and_older_ones_go(
    built: Index, settings: Settings, encoder: LetterEncoder, corpus: Path
) -> None:
    for number in range(3):
        add(corpus, "news", f"News number {number} from Lund.")
        open_index(settings, encoder=encoder)
    assert sorted(p.name for p in settings.index_path.glob("gen-*")) == ["gen-3", "gen-4"]


def test_a_reader_of_an_older_generation_goes_on_and_finds_the_new_one(
    built: Index, settings: Settings, encoder: LetterEncoder, corpus: Path
) -> None:
    vector = encoder.encode(["the strike of 2019"])[0]
    before = built.dense(vector, 3)
    assert built.refresh() is built
    for number in range(2):  # two generations later the one that is read is gone from the disk
        add(corpus, "news", f"News number {number} from Lund.")
        open_index(settings, encoder=encoder)
    assert not built.generation.exists()
    assert built.dense(vector, 3) == before
    assert built.sentence_vectors.sum() != 0
    newest = built.refresh()
    assert newest is not built
    assert "news" in newest.documents
    assert newest.refresh() is newest


def test_no_documents_at_all_is_one_sentence(tmp_path: Path, encoder: LetterEncoder) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(KzragError, match="nothing"):
        open_index(Settings(corpus_dir=tmp_path / "nothing", index_dir=tmp_path / "index"), encoder=encoder)
    assert not list(tmp_path.glob("index/gen-*"))


def test_an_encoder_with_other_vectors_than_it_says_is_refused(settings: Settings) -> None:
    with pytest.raises(ModelError, match="choose another with KZRAG_ENCODER"):
        open_index(settings, encoder=_Lying())
    assert not list(settings.index_path.glob("gen-*")), "nothing half built stays"


class _Lying(LetterEncoder):
    """Its vectors are twice as long as they should be."""

    def encode(self, texts: list[str]) -> object:  # type: ignore[override]
        return super().encode(texts) * 2


def test_vectors_that_chroma_lost_are_not_published(
    settings: Settings, encoder: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.Store, "count", lambda _: 1)
    with pytest.raises(IndexStateError, match=r"Chroma holds 1 of \d+ passages"):
        open_index(settings, encoder=encoder)
    monkeypatch.undo()
    assert open_index(settings, encoder=encoder).summary.startswith("Built")


def test_an_index_inside_the_corpus_folder_does_not_index_itself(corpus: Path, encoder: LetterEncoder) -> None:
    settings = Settings(corpus_dir=corpus, index_dir=corpus / "index")
    first = open_index(settings, encoder=encoder)
    assert set(first.documents) == {"harbour", "ferry", "railway"}
    assert open_index(settings, encoder=encoder).generation == first.generation


@pytest.fixture
def shipped_names() -> Iterator[None]:
    yield
    names.use(None)


@pytest.mark.usefixtures("shipped_names")
def test_a_corpus_brings_names_of_its_own_and_changing_them_builds_anew(
    settings: Settings, corpus: Path, encoder: LetterEncoder
) -> None:
    before = open_index(settings, encoder=encoder)
    assert not before.lexical.knows("@eva_holm_of_lund")
    aliases = corpus / "aliases.toml"
    aliases.write_text('[eva_holm_of_lund]\nkind = "person"\nnames = ["Eva Holm", "霍尔姆"]\n', encoding="utf-8")
    after = open_index(settings, encoder=encoder)
    assert "the documents changed" in after.summary and set(after.documents) == {"harbour", "ferry", "railway"}
    assert after.lexical.knows("@eva_holm_of_lund")
    assert [name.key for name in names.names("霍尔姆说了什么？")] == ["eva_holm_of_lund"], (
        "the question is read with them"
    )
    assert open_index(settings, encoder=encoder).generation == after.generation
    aliases.unlink()
    again = open_index(settings, encoder=encoder)
    assert not again.lexical.knows("@eva_holm_of_lund")
    assert not any(name.known for name in names.names("霍尔姆说了什么？"))


@pytest.mark.usefixtures("shipped_names")
def test_names_that_can_not_be_read_are_one_sentence(settings: Settings, corpus: Path, encoder: LetterEncoder) -> None:
    (corpus / "aliases.toml").write_text("[eva]\nkind = 3\n", encoding="utf-8")
    with pytest.raises(KzragError, match="names"):
        open_index(settings, encoder=encoder)


def test_translations_are_joined_sentence_by_sentence(tmp_path: Path, encoder: LetterEncoder) -> None:
    folder = tmp_path / "pair"
    folder.mkdir()
    add(folder, "original", "去年港口出口了450萬噸糧食。\n\n2031年將有12個新泊位。\n\n費用為30億克朗。")
    add(
        folder,
        "translated",
        "Last year the port exported 4.5 million tons of grain.\n\n"
        "In 2031 there will be 12 new berths.\n\nThe cost is 3 billion crowns.",
    )
    (folder / "sources.toml").write_text(
        '[[article]]\nfile = "original.txt"\nlanguage = "zh-Hant"\n\n'
        '[[article]]\nfile = "translated.txt"\nlanguage = "en"\ntranslation_of = "original.txt"\n'
    )
    index = open_index(Settings(corpus_dir=folder, index_dir=tmp_path / "index"), encoder=encoder)
    assert len({document.family for document in index.documents.values()}) == 1
    pairs = {(one, other) for one, others in index.parallels.items() for other in others}
    assert len(pairs) == 6
    assert all((other, one) in pairs for one, other in pairs)
    by_text = {s.text: s.number for s in index.sentences}
    assert index.parallels[by_text["費用為30億克朗。"]] == (by_text["The cost is 3 billion crowns."],)


def test_opening_a_current_index_loads_nothing_heavy(built: Index, settings: Settings) -> None:
    program = f"""
import sys
from collections.abc import Iterator
from pathlib import Path
from kzrag.index import build, open_index, reader
from kzrag.retrieval import hybrid
from tests.fakes import LetterEncoder
reader.open_generation(Path({str(built.generation)!r}), LetterEncoder())
heavy = ("chromadb", "llama_index.core", "gradio", "onnxruntime", "opencc", "rjieba", "tokenizers", "tiktoken", "httpx")
print([name for name in heavy if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.strip() == "[]"
