"""The gate itself: an engine that is broken on purpose turns the run red; the whole one and another machine's do not.

The real engine over the real articles, held by the rule of `make gate` to a baseline that the unbroken engine has just
made: nothing here depends on how good the engine is today. Every third case is asked, and what a defect should hurt
most; with fewer cases it is harder to be sure than for the gate, which asks all.
"""

from __future__ import annotations

import gc
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import _lru_cache_wrapper, partial

import numpy as np
import pytest

from kzrag.answering import engine
from kzrag.answering.gate import SpanText, Verdict, check
from kzrag.corpus import load_corpus
from kzrag.evaluation.baseline import faults, save_baseline
from kzrag.evaluation.cases import Case, bundled_cases, read_cases
from kzrag.evaluation.judge import examine
from kzrag.evaluation.memory import MemoryEngine, MemoryIndex, memory_index
from kzrag.evaluation.run import Evaluation, evaluate
from kzrag.evaluation.scorers import Judge, gold_spans
from kzrag.index.encoder import Encoder, Pieces, read
from kzrag.records import Document
from kzrag.settings import Settings, bundled_corpus
from kzrag.text import words
from kzrag.text.language import primary
from tests.bundled import bundled, shipped

EVERY = 3
"""Every third case is asked, and every third of these of an engine that has lost everything."""
INT8_COSINE = 0.995
"""How near the vectors of one text are that two processors make with their own int8 arithmetic."""


class OtherProcessor:
    """The same encoder with another rounding: every text's vector turned a little, always in the same way."""

    def __init__(self, encoder: Encoder) -> None:
        self.id, self.dimension = encoder.id, encoder.dimension
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return self.read(texts)[0]

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, list[Pieces]]:
        vectors, pieces = read(self._encoder, texts)
        turned = [_turned(vector[np.newaxis], text)[0] for vector, text in zip(vectors, texts, strict=True)]
        told = [
            Pieces(own.ids, np.round(127 * _turned(own.vectors, text)).astype(np.int8))
            for own, text in zip(pieces, texts, strict=True)
        ]
        return np.stack(turned), told


def _turned(vectors: np.ndarray, text: str) -> np.ndarray:
    """Rows of length 1, each a little off the one given, always to the same side for a text."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    aside = np.random.default_rng(seed).standard_normal(vectors.shape)
    turned = INT8_COSINE * _unit(vectors) + (1 - INT8_COSINE**2) ** 0.5 * _unit(aside)
    return _unit(turned).astype(np.float32)


def _unit(vectors: np.ndarray) -> np.ndarray:
    found: np.ndarray = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return found


class Constant:
    """An encoder that knows nothing: all texts mean the same."""

    id, dimension = "constant", 384

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.full((len(texts), self.dimension), self.dimension**-0.5, dtype=np.float32)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    shipped().take_over(bundled().index)
    return shipped()


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return list(load_corpus(bundled_corpus(), max_bytes=20_000_000).documents)


@pytest.fixture(scope="module")
def index(documents: list[Document], encoder: Encoder) -> MemoryIndex:
    return memory_index(documents, encoder)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return read_cases(bundled_cases(), "tune")[::EVERY]


@pytest.fixture(scope="module")
def chinese(index: MemoryIndex) -> list[Case]:
    """Those whose answer can be found by Chinese words."""
    return [
        case
        for case in read_cases(bundled_cases(), "tune")
        if primary(case.language) == "zh"
        and any(primary(index.documents[quote.document].language) == "zh" for quote in case.quotes)
    ]


@dataclass(frozen=True)
class Torn:
    """A chunk of the corpus, the documents without it, and the cases whose answer stands in it."""

    documents: list[Document]
    asked: list[Case]


@pytest.fixture(scope="module")
def torn(documents: list[Document], index: MemoryIndex) -> Torn:
    """The chunk that holds the answers to most cases, of those that no translation repeats."""
    by_id = {document.id: document for document in documents}
    held: dict[int, list[Case]] = defaultdict(list)
    for case in read_cases(bundled_cases(), "tune"):
        if case.expect == "answer" and len(case.documents) == 1:
            name, start, _ = gold_spans(case, by_id)[0]
            for each in index.chunks:
                if each.document_id == name and each.start <= start < each.end:
                    held[each.number].append(case)
    number = max(held, key=lambda each: len(held[each]))
    lost = index.chunks[number]
    left = tuple(b for b in by_id[lost.document_id].blocks if b.end <= lost.start or b.start >= lost.end)
    return Torn([replace(d, blocks=left) if d.id == lost.document_id else d for d in documents], held[number])


def answered(index: MemoryIndex, cases: Sequence[Case], judge: Judge | None = None) -> Evaluation:
    """What `make gate` measures of the answers of an engine over `index`."""
    return evaluate(cases, MemoryEngine(index, Settings()), judge=judge or partial(check, encoder=index.encoder))


def gated_run(index: MemoryIndex, cases: Sequence[Case], judge: Judge | None = None) -> Evaluation:
    """All that `make gate` measures: of the judge, too."""
    judge = judge or partial(check, encoder=index.encoder)
    judged = examine(judge, cases, index.documents).values()
    return replace(answered(index, cases, judge), judged=judged)


@pytest.fixture(scope="module")
def whole(index: MemoryIndex, cases: list[Case], chinese: list[Case], torn: Torn) -> Evaluation:
    return gated_run(index, list({case.id: case for case in (*cases, *chinese, *torn.asked)}.values()))


@pytest.fixture(scope="module")
def held(whole: Evaluation, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Evaluation], list[str]]:
    """What the gate says of a run, with the unbroken engine for its baseline."""
    path = tmp_path_factory.mktemp("gate") / "baseline.json"
    save_baseline(whole, path)
    return lambda evaluation: faults(evaluation, path)


Held = Callable[[Evaluation], list[str]]


def test_the_whole_engine_is_green(
    documents: list[Document], cases: list[Case], encoder: Encoder, whole: Evaluation, held: Held
) -> None:
    assert held(whole) == [], "no answer breaks a law"
    assert held(gated_run(memory_index(documents, encoder), cases[::EVERY])) == [], "made anew it is the same"


def test_another_processor_is_green(
    documents: list[Document], cases: list[Case], encoder: Encoder, whole: Evaluation, held: Held
) -> None:
    other = OtherProcessor(encoder)
    near = np.sum(encoder.encode(["Kazakhstan"]) * other.encode(["Kazakhstan"]))
    assert near == pytest.approx(INT8_COSINE, abs=0.002)
    run = gated_run(memory_index(documents, other), cases)
    assert run.values("found by meaning") != whole.values("found by meaning")  # it does make a difference
    assert held(run) == []


def test_a_lost_chunk_is_red(torn: Torn, encoder: Encoder, held: Held) -> None:
    found = held(answered(memory_index(torn.documents, encoder), torn.asked))
    assert any("right was" in fault or "found was" in fault for fault in found)


def test_an_encoder_that_knows_nothing_is_red(documents: list[Document], cases: list[Case], held: Held) -> None:
    found = held(answered(memory_index(documents, Constant()), cases[::EVERY]))
    assert any("found by meaning was" in fault for fault in found)


def test_a_gate_that_lets_everything_pass_is_red(
    index: MemoryIndex, cases: list[Case], held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_gate(sentence: str, spans: Sequence[SpanText], encoder: Encoder | None = None) -> Verdict:
        return Verdict(True, ())

    monkeypatch.setattr(engine, "admit", open_gate)
    found = held(gated_run(index, cases[::EVERY], open_gate))
    assert any("judge was" in fault for fault in found)


def forget() -> None:
    """Empties what the package has memoised: it was made by the program as it was."""
    for thing in gc.get_objects():
        if isinstance(thing, _lru_cache_wrapper) and str(thing.__module__).startswith("kzrag."):
            thing.cache_clear()


@pytest.fixture
def chinese_uncut(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every clause is one word, as tokenizers made for English have it."""
    monkeypatch.setattr(words, "cut_chinese", lambda run: (run,))
    monkeypatch.setattr(words, "pairwise", lambda run: ())
    forget()
    yield
    forget()


def test_a_broken_chinese_tokenizer_is_red(
    documents: list[Document], chinese: list[Case], encoder: Encoder, held: Held, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("chinese_uncut")  # after the baseline was made
    found = held(answered(memory_index(documents, encoder), chinese))
    assert any("found by words was" in fault for fault in found)
