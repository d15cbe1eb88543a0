"""The programs under eval/benchmarks that measure finding: their pools, means and rankings, on sets of a few texts."""

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests.evaluation.conftest import LetterEncoder

FOLDER = Path(__file__).parents[2] / "eval" / "benchmarks"
NTREX = {
    "newstest2019-src.eng": "Harbour\nThe harbour grows.\nOil\nOil flows.",
    "newstest2019-ref.zho-TW": "港口\n港口擴建。\n石油\n石油流動。",
    "newstest2019-ref.rus": "Порт\nПорт растёт.\nНефть\nНефть течёт.",
    "newstest2019-ref.kaz": "Порт\nПорт өсуде.\nМұнай\nМұнай ағады.",
}


@pytest.fixture
def retrieval(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(FOLDER))
    monkeypatch.setenv("KZRAG_DATA_DIR", str(tmp_path))
    yield importlib.import_module("retrieval")
    for name in ("retrieval", "encoder", "data"):
        sys.modules.pop(name, None)


@pytest.fixture
def ntrex(tmp_path: Path) -> Path:
    folder = tmp_path / "retrieval" / "ntrex"
    folder.mkdir(parents=True)
    for name, text in NTREX.items():
        (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    (folder / "DOCUMENT_IDS.tsv").write_text("a\na\nb\nb\n", encoding="utf-8")
    return folder


@pytest.mark.usefixtures("ntrex")
def test_a_headline_asks_for_its_article_in_every_direction(retrieval: ModuleType) -> None:
    pools = {pool.name: pool for pool in retrieval.ntrex()}
    assert len(pools) == 32
    across = pools["NTREX en→zh-TW"]
    assert across.questions == ("Harbour", "Oil")
    assert [across.passages[n] for n in across.gold] == ["港口擴建。", "石油流動。"]


@pytest.mark.usefixtures("ntrex")
def test_a_mixed_pool_has_what_is_asked_for_in_the_gold_language_alone(retrieval: ModuleType) -> None:
    pool = next(pool for pool in retrieval.ntrex() if pool.name == "NTREX mixed en→ru")
    assert pool.questions == ("Harbour",)
    assert [pool.passages[n] for n in pool.gold] == ["Порт растёт."]
    assert sorted(pool.languages) == ["en", "kk", "ru", "ru", "zh-Hant"]


@pytest.mark.usefixtures("ntrex")
def test_means_are_over_pools_that_exist(retrieval: ModuleType) -> None:
    existing = {pool.name for pool in retrieval.ntrex()}
    for mean, of in retrieval.means().items():
        assert of
        if mean.startswith("NTREX"):
            assert set(of) <= existing
    assert len(retrieval.means()["NTREX mixed pools, across"]) == 12


def test_recall_counts_the_right_passage_among_the_first(retrieval: ModuleType) -> None:
    rankings = [[3, 1], [2, 0]]
    assert retrieval.recall(rankings, [1, 2], 1) == 0.5
    assert retrieval.recall(rankings, [1, 2], 2) == 1


def test_every_way_ranks_the_same_passages(retrieval: ModuleType, tmp_path: Path) -> None:
    paragraphs = [{"context": text, "qas": [{"question": text[:5]}]} for text in ("港口正在擴建。", "石油正在流動。")]
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    pool = retrieval.squad(path, "tiny", "zh-Hant")
    figures = retrieval.measure(pool, retrieval.RememberingEncoder(LetterEncoder()), None)
    assert set(figures) == {"hybrid", "meaning", "BM25", "vectors"}
    assert figures["BM25"] == figures["hybrid"] == [1, 1]


def test_an_absent_set_is_told_in_plain_words(retrieval: ModuleType) -> None:
    with pytest.raises(retrieval.AbsentError, match="set KZRAG_DATA_DIR"):
        list(retrieval.pools())


@pytest.mark.usefixtures("ntrex")
def test_translations_are_compared_line_by_line(retrieval: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = importlib.import_module("encoder")
    monkeypatch.setattr(encoder, "ShippedEncoder", LetterEncoder)
    monkeypatch.setattr(encoder, "APART", 1)
    assert encoder.sentences("ru")[0] == "Порт"
    figures = encoder.likeness()
    assert set(figures) == {f"cosine {name}{kind}" for name in ("zh-TW", "ru", "kk") for kind in ("", " unrelated")}
    vectors = [LetterEncoder().encode(encoder.sentences(name)) for name in ("en", "ru")]
    assert figures["cosine ru"] == pytest.approx(float(np.mean((vectors[0] * vectors[1]).sum(1))))
