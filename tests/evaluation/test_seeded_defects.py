"""The gate of the evaluation itself: an engine that is broken on purpose turns the run red, the whole one does not.

The real engine over the real articles, with the cases that a defect should hurt.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import _lru_cache_wrapper, partial
from pathlib import Path

import numpy as np
import pytest

from kzrag.answering.gate import SpanText, Verdict, check
from kzrag.corpus import load_corpus
from kzrag.evaluation.baseline import regressions, save_baseline
from kzrag.evaluation.cases import Case, bundled_cases, read_cases
from kzrag.evaluation.judge import agreements, bundled_pairs, read_pairs, verdicts
from kzrag.evaluation.memory import MemoryEngine, MemoryIndex, memory_index
from kzrag.evaluation.run import Evaluation, evaluate
from kzrag.evaluation.scorers import Judge, gold_spans
from kzrag.index.encoder import Encoder, load_encoder
from kzrag.records import Document
from kzrag.settings import Settings, bundled_corpus
from kzrag.text import words

EVERY = 5
"""Of the cases that are not aimed at, every fifth is asked: enough to fall, quick enough for every run."""


class Remembering:
    """The encoder that ships, asked once for each text: the same articles are indexed again and again here."""

    def __init__(self, encoder: Encoder) -> None:
        self.id, self.dimension = encoder.id, encoder.dimension
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Remembering(load_encoder())


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return list(load_corpus(bundled_corpus(), max_bytes=20_000_000).documents)


@pytest.fixture(scope="module")
def index(documents: list[Document], encoder: Encoder) -> MemoryIndex:
    return memory_index(documents, encoder)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [case for case in read_cases(bundled_cases(), "tune") if not case.history]


@pytest.fixture(scope="module")
def whole(index: MemoryIndex, cases: list[Case], encoder: Encoder) -> Callable[[Sequence[Case]], Evaluation]:
    """What the unbroken engine does with some cases; each is asked once."""
    judge = partial(check, encoder=encoder)
    asked: dict[str, Evaluation] = {}

    def ask(chosen: Sequence[Case]) -> Evaluation:
        new = [case for case in chosen if case.id not in asked]
        for case in new:
            asked[case.id] = evaluate([case], MemoryEngine(index, Settings()), judge=judge)
        return Evaluation("whole", tuple(asked[case.id].runs[0] for case in chosen))

    return ask


@pytest.fixture
def red(tmp_path: Path, whole: Callable[[Sequence[Case]], Evaluation]) -> Callable[[Evaluation], bool]:
    """Whether an evaluation falls below what the whole engine does with the same cases."""

    def falls(evaluation: Evaluation) -> bool:
        path = tmp_path / "baseline.json"
        save_baseline(whole([run.case for run in evaluation.runs]), path)
        return bool(regressions(evaluation, path))

    return falls


def broken(index: MemoryIndex, cases: Sequence[Case], encoder: Encoder) -> Evaluation:
    return evaluate(cases, MemoryEngine(index, Settings()), judge=partial(check, encoder=encoder))


def test_the_whole_engine_is_green(
    documents: list[Document], cases: list[Case], encoder: Encoder, red: Callable[[Evaluation], bool]
) -> None:
    assert not red(broken(memory_index(documents, encoder), cases[::EVERY], encoder))


def test_a_lost_chunk_is_seen(
    documents: list[Document],
    index: MemoryIndex,
    cases: list[Case],
    encoder: Encoder,
    whole: Callable[[Sequence[Case]], Evaluation],
    red: Callable[[Evaluation], bool],
) -> None:
    # The chunk that most answers come from, of those that no translation repeats.
    alone = {case.id: case for case in cases if case.expect == "answer" and len(case.documents) == 1}
    right = [run.case for run in whole(list(alone.values())).runs if run.scores["right"].value == 1]
    by_id = {document.id: document for document in documents}
    holds: Counter[int] = Counter()
    for case in right:
        name, start, _ = gold_spans(case, by_id)[0]
        holds.update(
            each.number for each in index.chunks if each.document_id == name and each.start <= start < each.end
        )
    number, count = holds.most_common(1)[0]
    assert count >= 2
    lost = index.chunks[number]
    torn = [
        replace(each, blocks=tuple(b for b in each.blocks if b.end <= lost.start or b.start >= lost.end))
        if each.id == lost.document_id
        else each
        for each in documents
    ]
    aimed = [case for case in right if gold_spans(case, by_id)[0][0] == lost.document_id]
    assert red(broken(memory_index(torn, encoder), aimed, encoder))


def forget() -> None:
    """Empties what the package has memoised: it was made by the program as it was."""
    for thing in gc.get_objects():
        if isinstance(thing, _lru_cache_wrapper) and str(thing.__module__).startswith("kzrag."):
            thing.cache_clear()


@pytest.fixture
def chinese_uncut(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every clause is one word, as tokenizers made for English have it."""
    monkeypatch.setattr(words, "cut_chinese", lambda run: (run,))
    forget()
    yield
    forget()


def test_a_broken_chinese_tokenizer_is_seen(
    documents: list[Document],
    cases: list[Case],
    encoder: Encoder,
    whole: Callable[[Sequence[Case]], Evaluation],
    red: Callable[[Evaluation], bool],
    request: pytest.FixtureRequest,
) -> None:
    chinese = [case for case in cases if case.language.startswith("zh")]
    whole(chinese)  # before it is broken
    request.getfixturevalue("chinese_uncut")
    assert red(broken(memory_index(documents, encoder), chinese, encoder))


def test_an_encoder_that_knows_nothing_is_seen(
    documents: list[Document], cases: list[Case], encoder: Encoder, red: Callable[[Evaluation], bool]
) -> None:
    class Constant:
        id = "constant"
        dimension = encoder.dimension

        def encode(self, texts: Sequence[str]) -> np.ndarray:
            return np.full((len(texts), self.dimension), self.dimension**-0.5, dtype=np.float32)

    assert red(broken(memory_index(documents, Constant()), cases[::EVERY], encoder))


def test_a_gate_that_lets_everything_pass_is_seen(documents: list[Document], encoder: Encoder, tmp_path: Path) -> None:
    pairs = read_pairs(bundled_pairs(), {document.id: document for document in documents})

    def judged(judge: Judge) -> Evaluation:
        return Evaluation("kzrag", (), {}, agreements(pairs, verdicts(pairs, judge)))

    def open_gate(sentence: str, spans: Sequence[SpanText]) -> Verdict:
        return Verdict(True, ())

    save_baseline(judged(partial(check, encoder=encoder)), tmp_path / "b.json")
    assert not regressions(judged(partial(check, encoder=encoder)), tmp_path / "b.json")
    found = regressions(judged(open_gate), tmp_path / "b.json")
    assert [each.metric for each in found] == ["judge"]
