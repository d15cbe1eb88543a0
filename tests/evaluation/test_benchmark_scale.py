"""The program under eval/benchmarks that measures a larger corpus: what it lays out, and when growth is called steep."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "eval" / "benchmarks"


@pytest.fixture
def scale(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(FOLDER))
    yield importlib.import_module("scale")
    for name in ("scale", "data"):
        sys.modules.pop(name, None)


def test_the_five_articles_stand_among_news(scale: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news = tmp_path / "data" / "scale" / "zh-news"
    news.mkdir(parents=True)
    told = "新华社北京电 正文：" + "今天下雨。明天晴。后天刮风。大后天下雪。" * 6
    (news / "part").write_text("\n".join([told, "太短", told, told, told]), encoding="utf-8")
    monkeypatch.setenv("KZRAG_DATA_DIR", str(tmp_path / "data"))
    rest = scale.lay_out(8, tmp_path / "corpus")
    files = sorted(path.name for path in (tmp_path / "corpus").glob("*.txt"))
    assert len(files) == 8
    assert files[-3:] == ["news000000.txt", "news000001.txt", "news000002.txt"]
    first = (tmp_path / "corpus" / "news000000.txt").read_text(encoding="utf-8")
    assert first.split("\n\n")[0] == "今天下雨。明天晴。后天刮风。"
    assert len(rest) == 4  # and one more, to be added later
    assert rest[-1].startswith("今天下雨")


@pytest.mark.parametrize(
    ("values", "said"),
    [([1, 10, 100], "1.00"), ([2, 3, 4], "0.15"), ([1, 10, 400], "1.30 worse than linear"), ([0, 1, 2], "")],
)
def test_growth_is_a_power_of_the_size(scale: ModuleType, values: list[float], said: str) -> None:
    assert scale.growth([100, 1000, 10000], values) == said


def test_a_stand_in_gives_each_text_a_vector_of_its_own(scale: ModuleType) -> None:
    vectors = scale.StandIn().encode(["a", "b", "a"])
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.array_equal(vectors[0], vectors[2])
    assert not np.array_equal(vectors[0], vectors[1])
