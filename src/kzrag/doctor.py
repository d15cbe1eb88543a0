"""Checks an installation and says, for each thing that is wrong, what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from kzrag.errors import KzragError
from kzrag.settings import Settings

NAMED = ("llama-index", "chromadb", "gradio", "tiktoken", "onnxruntime", "bm25s", "rjieba", "opencc")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    what: str
    ok: bool
    detail: str


def examine(settings: Settings) -> Iterator[Check]:
    """Each check in turn, cheapest first; never raises for what the user can mend."""
    yield Check("Python", sys.version_info >= (3, 11), sys.version.split()[0])
    yield _packages()
    yield _corpus(settings)
    yield _writable(settings)
    yield _index(settings)
    yield _model(settings)


def _packages() -> Check:
    missing = []
    for name in NAMED:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return Check("packages", False, f"{', '.join(missing)} missing; install kzrag again.")
    return Check("packages", True, ", ".join(f"{name} {version(name)}" for name in NAMED[:4]))


def _corpus(settings: Settings) -> Check:
    from kzrag.corpus import load_corpus

    try:
        corpus = load_corpus(settings.corpus_dir, max_bytes=settings.max_document_bytes)
    except KzragError as error:
        return Check("corpus", False, str(error))
    if corpus.problems:
        return Check("corpus", False, " ".join(corpus.problems))
    return Check("corpus", bool(corpus.documents), f"{len(corpus.documents)} documents in {settings.corpus_dir}")


def _writable(settings: Settings) -> Check:
    nearest = settings.index_path
    while not nearest.exists():
        nearest = nearest.parent
    if os.access(nearest, os.W_OK):
        return Check("index folder", True, str(settings.index_path))
    return Check("index folder", False, f"{nearest} can't be written; set KZRAG_INDEX_DIR to a folder of yours.")


def _index(settings: Settings) -> Check:
    from kzrag.index import open_index

    try:
        index = open_index(settings)
    except KzragError as error:
        return Check("index", False, str(error))
    detail = f"{len(index.chunks)} passages, {len(index.sentences)} sentences, encoder {index.encoder.id}"
    index.close()
    return Check("index", True, detail)


def _model(settings: Settings) -> Check:
    if not settings.llm:
        return Check("language model", True, "none set; answers are the sources' own words")
    from kzrag.answering.models import open_model, trouble

    try:
        model = open_model(settings)
    except KzragError as error:
        return Check("language model", False, str(error))
    assert model is not None
    wrong = trouble(model, settings)
    return Check("language model", wrong is None, wrong or f"{settings.llm} answers")
