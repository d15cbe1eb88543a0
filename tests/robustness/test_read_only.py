"""An index in a directory that can't be written: it answers when it is current, and says what to do when it isn't."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kzrag.index import open_index
from kzrag.index.sources import recipe
from kzrag.settings import Settings
from tests.fakes import LetterEncoder
from tests.robustness import indexing

# Root may write anywhere; without CAP_DAC_OVERRIDE it may not. Dropped for the program that is run in its place.
_AS_ORDINARY_USER = """
import ctypes, os, sys
if os.geteuid() == 0:
    PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
    assert ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) == 0
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
_ASK = """
import json, sys
from pathlib import Path
from kzrag.errors import KzragError
from kzrag.index import open_index
from kzrag.settings import Settings
from tests.fakes import LetterEncoder
settings = Settings(corpus_dir=Path(sys.argv[1]), index_dir=Path(sys.argv[2]))
try:
    (settings.index_path / "probe").write_text("")
except OSError as error:
    print(json.dumps(type(error).__name__))
try:
    index = open_index(settings, encoder=LetterEncoder())
    numbers = [n for n, _ in index.dense(index.encoder.encode(["Berth 3"])[0], 5)]
    print(json.dumps([index.summary, numbers]))
except KzragError as error:
    print(json.dumps(str(error)))
"""


def ask(settings: Settings) -> list[object]:
    """What a process without the right to write there says, line by line."""
    program = [sys.executable, "-c", _AS_ORDINARY_USER, "-c", _ASK]
    done = subprocess.run(
        [*program, str(settings.corpus_dir), str(settings.index_path)],
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index")
    indexing.write_corpus(made.corpus_dir, 8, documents=8)
    recipe.cache_clear()  # the other process reads the program text as it is now; this one may be minutes old
    return made


def protect(directory: Path, writable: bool = False) -> None:
    for path in (directory, *directory.rglob("*")):
        path.chmod((0o755 if path.is_dir() else 0o644) if writable else (0o555 if path.is_dir() else 0o444))


def test_a_current_index_answers_from_a_directory_that_is_read_only(settings: Settings) -> None:
    index = open_index(settings, encoder=LetterEncoder())
    expected = [number for number, _ in index.dense(index.encoder.encode(["Berth 3"])[0], 5)]
    index.close()
    protect(settings.index_path)
    try:
        assert ask(settings) == [
            "PermissionError",
            [f"The index is current: {index.summary.rpartition('): ')[2]}", expected],
        ]
    finally:
        protect(settings.index_path, writable=True)


def test_an_index_out_of_date_says_where_to_put_a_new_one(settings: Settings) -> None:
    open_index(settings, encoder=LetterEncoder()).close()
    indexing.write_corpus(settings.corpus_dir, 9, documents=8)
    protect(settings.index_path)
    try:
        refused, problem = ask(settings)
    finally:
        protect(settings.index_path, writable=True)
    assert refused == "PermissionError"
    assert str(problem).startswith(f"The index in {settings.index_path} has to be built (the documents changed)")
    assert str(problem).endswith("choose another directory with KZRAG_INDEX_DIR.")
