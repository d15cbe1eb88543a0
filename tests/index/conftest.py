from __future__ import annotations

from pathlib import Path

import pytest

from kzrag.settings import Settings
from tests.fakes import LetterEncoder

HARBOUR = """The harbour of Lund was closed in March.

Its cranes had stood still since the strike of 2019. The mayor, Eva Holm, promised 40 new berths by 2031.

Fishermen doubt it. They say that the fairway is too shallow for larger ships.
"""
FERRY = """隆德的港口於三月關閉。市長承諾到2031年新增40個泊位。

漁民對此表示懷疑，他們說航道對大船來說太淺了。
"""
RAILWAY = """Железная дорога в Лунд строится с 2020 года. Она обойдётся в 3 млрд крон.

Министр обещал открыть её через два года.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of three short articles in three languages."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in (("harbour", HARBOUR), ("ferry", FERRY), ("railway", RAILWAY)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path, corpus: Path) -> Settings:
    return Settings(corpus_dir=corpus, home=tmp_path / "home", index_dir=tmp_path / "index")


@pytest.fixture
def encoder() -> LetterEncoder:
    return LetterEncoder()
