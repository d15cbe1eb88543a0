"""Can it be trusted on questions and texts that it was not made for? Four public sets, no language model.

    python eval/benchmarks/trust.py [clapnq] [ramdocs] [conflictnq] [mtrag-un] [--limit N] [--write]

Each question is asked of the passages that come with it, as a corpus of their own. `--write` keeps the figures under
eval/results. The sets are read from KZRAG_DATA_DIR (see data.py); one that is absent is skipped.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from data import AbsentError, folder, lines

from kzrag.answering.gate import check
from kzrag.evaluation.matching import OPENING, meets, plain, without_markers
from kzrag.evaluation.memory import MemoryEngine, RememberingEncoder, memory_index, plain_document
from kzrag.evaluation.results import benchmark_result, bundled_results, write_result
from kzrag.evaluation.scorers import Judge, support
from kzrag.evaluation.statements import statements
from kzrag.evaluation.stats import interval, percentile
from kzrag.index.encoder import Encoder, load_encoder
from kzrag.index.lexical import LexicalIndex
from kzrag.records import Answer, Document
from kzrag.settings import Settings

NEAR_PASSAGES = 4
"""As many as the answerable questions of MTRAG-UN mostly have."""

SEED = 20221202

Observations = Mapping[str, float | None]
"""What one answer tells: measure -> 0 to 1, or `None` where there was nothing to judge."""


@dataclass(frozen=True)
class Asked:
    """A question, its history, the corpus it is asked of, and how to look at the answer."""

    question: str
    documents: Sequence[Document]
    observe: Callable[[Answer], Observations]
    history: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class Benchmark:
    """A public set: what it measures, which measures come first, and its questions."""

    name: str
    about: str
    headline: tuple[str, ...]
    questions: Callable[[Judge], Iterator[Asked]]


def clapnq(judge: Judge) -> Iterator[Asked]:
    """CLAP NQ, dev: a passage that answers, or one on the topic that does not."""
    base = folder("trust", "clapnq", "annotated_data", "dev")
    for answerable in (True, False):
        for record in lines(base / f"clapnq_dev_{'answerable' if answerable else 'unanswerable'}.jsonl"):
            passage = record["passages"][0]
            document = plain_document(passage["title"], passage["text"], title=passage["title"])
            chosen = record["output"][0]["selected_sentences"]
            observe = partial(_clapnq, judge, document, chosen) if answerable else _unanswerable
            yield Asked(record["input"], [document], observe)


def _clapnq(judge: Judge, document: Document, chosen: Sequence[str], answer: Answer) -> Observations:
    spans = [(start, start + len(words)) for words in chosen if (start := document.raw.find(words)) >= 0]
    hit = any(each.start < end and start < each.end for each in answer.citations for start, end in spans)
    return {
        "answered": float(not answer.abstained),
        "gold cited": None if answer.abstained or not spans else float(hit),
        **_supported(judge, answer),
    }


def ramdocs(judge: Judge) -> Iterator[Asked]:
    """RAMDocs: an ambiguous question, documents with its several right answers, with wrong ones and with noise."""
    for record in lines(folder("trust", "ramdocs") / "RAMDocs_first250.jsonl"):
        documents = [plain_document(f"d{n}", each["text"]) for n, each in enumerate(record["documents"])]
        sources = {
            gold: {f"d{n}" for n, each in enumerate(record["documents"]) if plain(gold) in plain(each["text"])}
            for gold in record["gold_answers"]
        }
        observe = partial(_ramdocs, judge, sources, record["wrong_answers"])
        yield Asked(record["question"], documents, observe)


def _ramdocs(judge: Judge, sources: Mapping[str, set[str]], wrong: Sequence[str], answer: Answer) -> Observations:
    text = without_markers(answer.text)
    shown = [gold for gold in sources if not answer.abstained and meets(gold, text)]
    cited = [gold for gold in shown if _cited(answer, gold, sources[gold])]
    false = [each for each in wrong if not answer.abstained and meets(each, text)]
    return {
        "answered": float(not answer.abstained),
        "right answers shown": len(shown) / len(sources),
        "all right answers shown": float(len(shown) == len(sources)),
        "with their source": len(cited) / len(shown) if shown else None,
        "wrong answers shown": len(false) / len(wrong) if wrong else None,
        "all right and none wrong": float(len(shown) == len(sources) and not false),
        **_supported(judge, answer),
    }


def _cited(answer: Answer, words: str, documents: set[str]) -> bool:
    """Whether a statement with these words cites one of the documents that hold them."""
    names = {citation.number: citation.document_id for citation in answer.citations}
    return any(
        meets(words, each.text) and any(names.get(number) in documents for number in each.markers)
        for each in statements(answer)
    )


def conflictnq(judge: Judge) -> Iterator[Asked]:
    """ConflictNQ: the true passages with made-up ones that contradict them; then the true ones alone."""
    for record in lines(folder("trust", "conflictnq") / "conflict_nq_val.jsonl"):
        true = _passages("true", record["real_passages"])
        false = _passages("false", record["fake_passages"])
        yield Asked(record["cleaned_question"], [*true, *false], partial(_conflict, judge))
        yield Asked(record["cleaned_question"], true, _harmony)


def _passages(name: str, passages: Sequence[Mapping[str, str]]) -> list[Document]:
    return [plain_document(f"{name}{n}", each["passage"]) for n, each in enumerate(passages)]


def _conflict(judge: Judge, answer: Answer) -> Observations:
    sides = {citation.document_id.rstrip("0123456789") for citation in answer.citations}
    return {
        "answered": float(not answer.abstained),
        "true side shown": float("true" in sides),
        "both sides shown": float(len(sides) == 2),
        "conflict named": None if answer.abstained else float(bool(answer.disagreements)),
        **_supported(judge, answer),
    }


def _harmony(answer: Answer) -> Observations:
    return {
        "answered without conflict": float(not answer.abstained),
        "false conflicts": None if answer.abstained else float(bool(answer.disagreements)),
    }


def mtrag(judge: Judge) -> Iterator[Asked]:
    """MTRAG-UN: the last turn of a conversation, with the passages that were found for it.

    The unanswerable ones come without any; they are asked of the passages of the same collection that share most words
    with them, which is what a search would have found.
    """
    path = folder("trust", "mtrag-un", "mtragun-human", "generation_tasks") / "reference.jsonl"
    records = lines(path)
    pools: dict[str, dict[str, str]] = {}
    for record in records:
        pool = pools.setdefault(record["Collection"], {})
        pool.update({each["document_id"]: each["text"] for each in record["contexts"] if each["text"].strip()})
    words = {name: LexicalIndex.build(list(pool.values()), ["en"] * len(pool)) for name, pool in pools.items() if pool}
    roles = {"user": "user", "agent": "assistant"}
    for record in records:
        turns = [{"role": roles[turn["speaker"]], "content": turn["text"]} for turn in record["input"]]
        texts = {each["document_id"]: each["text"] for each in record["contexts"] if each["text"].strip()}
        if not texts and record["Collection"] in words:
            near = words[record["Collection"]].search(turns[-1]["content"], NEAR_PASSAGES, "en")
            pool = list(pools[record["Collection"]].items())
            texts = dict(pool[number] for number, _ in near)
        if not texts:
            continue
        documents = [plain_document(name, text) for name, text in texts.items()]
        observe: Callable[[Answer], Observations] = partial(_mtrag, judge, record["answerability"][0])
        yield Asked(turns[-1]["content"], documents, observe, turns[:-1])


def _mtrag(judge: Judge, kind: str, answer: Answer) -> Observations:
    if kind == "UNANSWERABLE":
        return _unanswerable(answer)
    if kind == "UNDERSPECIFIED":
        return {"underspecified, refused": float(answer.abstained)}
    return {"answered" if kind == "ANSWERABLE" else "partly answerable, answered": float(not answer.abstained),
            **_supported(judge, answer)}  # fmt: skip


def _unanswerable(answer: Answer) -> Observations:
    return {
        "refused": float(answer.abstained),
        "refused without citations": float(not answer.citations) if answer.abstained else None,
    }


def _supported(judge: Judge, answer: Answer) -> Observations:
    recall, precision = support(answer, judge)
    return {
        "statements supported": recall.value,
        "citations needed": precision.value,
        "brief": None if answer.abstained else float(len(answer.text) <= OPENING),
    }


BENCHMARKS = {
    "clapnq": Benchmark(
        "CLAP NQ",
        "600 questions of the dev set, each asked of its own passage; half of the passages do not answer.",
        ("answered", "refused", "gold cited", "statements supported"),
        clapnq,
    ),
    "ramdocs": Benchmark(
        "RAMDocs",
        "250 ambiguous questions with documents that answer rightly, wrongly or not at all.",
        ("right answers shown", "all right answers shown", "with their source", "wrong answers shown"),
        ramdocs,
    ),
    "conflictnq": Benchmark(
        "ConflictNQ",
        "225 questions asked of true and contradicting passages together, and of the true ones alone.",
        ("both sides shown", "conflict named", "false conflicts"),
        conflictnq,
    ),
    "mtrag-un": Benchmark(
        "MTRAG-UN",
        "507 last turns of conversations, asked of passages found for them; 175 have no answer or are unclear.",
        ("answered", "refused", "underspecified, refused", "statements supported"),
        mtrag,
    ),
}


def measure(benchmark: Benchmark, encoder: Encoder, limit: int | None) -> tuple[dict[str, Any], dict[str, float]]:
    """(measure -> mean, with how many questions were asked; milliseconds of an answer) of one set."""
    judge = partial(check, encoder=encoder)
    settings = Settings()
    seen: dict[str, list[float]] = {}
    milliseconds: list[float] = []
    questions = list(benchmark.questions(judge))
    if limit is not None and limit < len(questions):
        questions = random.Random(SEED).sample(questions, limit)
    remembering = RememberingEncoder(encoder)
    remembering.ahead([document for asked in questions for document in asked.documents])
    for asked in questions:
        engine = MemoryEngine(memory_index(asked.documents, remembering), settings)
        began = time.perf_counter()
        answer = engine.answer(asked.question, asked.history)
        milliseconds.append((time.perf_counter() - began) * 1000)
        for name, value in asked.observe(answer).items():
            if value is not None:
                seen.setdefault(name, []).append(value)
    figures: dict[str, Any] = {"questions": len(questions)}
    for name, values in seen.items():
        found = interval(values)
        assert found is not None
        figures[name] = round(found.mean, 4)
        print(
            f"  {name:32} {found.mean * 100:6.1f} %  ({found.low * 100:.1f} to {found.high * 100:.1f}) of {found.count}"
        )
    times = {"median": round(percentile(milliseconds, 0.5), 1), "p95": round(percentile(milliseconds, 0.95), 1)}
    print(f"  {'time of an answer':32} {times['median']:6.0f} ms median, {times['p95']:.0f} ms p95")
    return figures, times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", choices=[*BENCHMARKS, []], help="all of them when none is named")
    parser.add_argument("--limit", type=int, help="ask so many questions of each set")
    parser.add_argument("--write", action="store_true", help="keep the figures under eval/results")
    options = parser.parse_args()
    encoder = load_encoder()
    for name in options.sets or BENCHMARKS:
        benchmark = BENCHMARKS[name]
        print(f"{benchmark.name}: {benchmark.about}")
        try:
            figures, times = measure(benchmark, encoder, options.limit)
        except AbsentError as absent:
            print(absent)
            continue
        if options.write:
            result = benchmark_result(
                benchmark.name,
                "kzrag",
                figures,
                about=benchmark.about,
                headline=[name for name in benchmark.headline if name in figures],
                milliseconds=times,
            )
            print(f"  kept as {write_result(result, bundled_results()).name}")


if __name__ == "__main__":
    main()
