"""How well passages are found, within and across languages, by each way of searching.

    python eval/benchmarks/retrieval.py [--minilm MODEL_DIR] [--only ntrex] [--write]

Prints a Markdown table of R@1 (and R@10) per direction over the same passages: the hybrid, meaning alone and words
alone as an index of kzrag's ranks them, and whole passages by their vector alone, of kzrag's encoder and of MiniLM.
Nothing here is training material: NTREX, Belebele with FLORES passages, DRCD, CMRC 2018.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from data import AbsentError, folder, lines

from kzrag.evaluation.memory import MemoryIndex, RememberingEncoder, in_memory
from kzrag.evaluation.results import benchmark_result, bundled_results, write_result
from kzrag.index.contents import passage_vectors
from kzrag.index.encoder import load_encoder
from kzrag.index.pieces import tabled
from kzrag.index.tables import Tables
from kzrag.index.vocabulary import Vocabulary
from kzrag.records import ARTICLE, Chunk, Document, Sentence
from kzrag.retrieval import Query, Search, dense, hybrid, lexical
from kzrag.text.sentences import sentence_spans

DEPTH = 10
WAYS = {
    "hybrid": "kzrag",
    "meaning": "kzrag by meaning alone",
    "vectors": "kzrag's vectors of whole passages alone",
    "MiniLM": "MiniLM alone",
    "BM25": "BM25 alone",
}
LANGUAGES = {"en": "newstest2019-src.eng", "zh-TW": "newstest2019-ref.zho-TW", "ru": "newstest2019-ref.rus",
             "kk": "newstest2019-ref.kaz"}  # fmt: skip
TAGS = {"en": "en", "zh-TW": "zh-Hant", "zh-CN": "zh-Hans", "ru": "ru", "kk": "kk"}
BELEBELE = {"eng_Latn": "en", "zho_Hant": "zh-Hant", "zho_Hans": "zh-Hans", "rus_Cyrl": "ru", "kaz_Cyrl": "kk"}

ABOUT = (
    "R@1, the share of questions whose first passage is the right one. NTREX asks with a headline for its article, "
    "among 123 in one language or, in mixed pools, among all four languages' articles."
)


def means() -> dict[str, tuple[str, ...]]:
    """What the README shows: means over directions, and the pools that each is of."""
    names = {f"{there}→{here}": (there, here) for there in LANGUAGES for here in LANGUAGES}
    same = [name for name, (there, here) in names.items() if there == here]
    english = [name for name, pair in names.items() if name not in same and "en" in pair]
    apart = [name for name in names if name not in same and name not in english]
    grouped = {"one language": same, "from or to English": english, "between the others": apart}
    found = {f"NTREX {kind}": tuple(f"NTREX {name}" for name in directions) for kind, directions in grouped.items()}
    found["NTREX mixed pools, across"] = tuple(f"NTREX mixed {name}" for name in english + apart)
    found["Belebele across"] = tuple(f"Belebele en→{tag}" for tag in BELEBELE.values() if tag != "en")
    return found | {name: (name,) for name in ("DRCD dev", "CMRC dev")}


@dataclass(frozen=True)
class Pool:
    """Passages, the questions asked of them, and the passage that answers each."""

    name: str
    passages: tuple[str, ...]
    languages: tuple[str, ...]
    questions: tuple[str, ...]
    language: str
    gold: tuple[int, ...]


def ntrex() -> Iterator[Pool]:
    """First line of a news document -> the rest of it: 16 directions, then all four languages in one pool.

    In a mixed pool every second document is asked for and stands there in the gold language alone; the others stand in
    all four languages and may drown it.
    """
    place_of_files = folder("retrieval", "ntrex")
    ids = (place_of_files / "DOCUMENT_IDS.tsv").read_text("utf-8").split()
    heads: dict[str, list[str]] = {}
    bodies: dict[str, list[str]] = {}
    for code, name in LANGUAGES.items():
        documents: dict[str, list[str]] = {}
        for document, text in zip(ids, (place_of_files / f"{name}.txt").read_text("utf-8").splitlines(), strict=True):
            documents.setdefault(document, []).append(text.strip())
        heads[code] = [found[0] for found in documents.values()]
        bodies[code] = ["\n".join(found[1:]) for found in documents.values()]
    everyone = range(len(heads["en"]))
    for there in LANGUAGES:
        for here in LANGUAGES:
            languages = (TAGS[here],) * len(bodies[here])
            yield Pool(
                f"NTREX {there}→{here}",
                tuple(bodies[here]),
                languages,
                tuple(heads[there]),
                TAGS[there],
                tuple(everyone),
            )
    for there in LANGUAGES:
        for here in LANGUAGES:
            asked = [n for n in everyone if n % 2 == 0]
            kept = [(code, n) for code in LANGUAGES for n in everyone if code == here or n % 2]
            place = {key: number for number, key in enumerate(kept)}
            yield Pool(
                f"NTREX mixed {there}→{here}",
                tuple(bodies[code][n] for code, n in kept),
                tuple(TAGS[code] for code, _ in kept),
                tuple(heads[there][n] for n in asked),
                TAGS[there],
                tuple(place[here, n] for n in asked),
            )


def belebele() -> Iterator[Pool]:
    """English questions -> the passage in one language. Into English it says what quantisation costs."""
    rows = lines(folder("retrieval", "belebele-flores", "derived") / "belebele_en_questions_flores_passages.jsonl")
    place = {number: n for n, number in enumerate(dict.fromkeys(row["passage_id"] for row in rows))}
    for code, tag in BELEBELE.items():
        texts = {row["passage_id"]: row["passage"][code] for row in rows}
        yield Pool(
            f"Belebele en→{tag}",
            tuple(texts[number] for number in place),
            (tag,) * len(place),
            tuple(row["question_en"] for row in rows),
            "en",
            tuple(place[row["passage_id"]] for row in rows),
        )


def squad(path: Path, name: str, tag: str) -> Pool:
    """A reading comprehension set in SQuAD's form: question -> its passage among all of them."""
    place: dict[str, int] = {}
    asked: list[tuple[str, int]] = []
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            number = place.setdefault(paragraph["context"], len(place))
            asked += [(qa["question"], number) for qa in paragraph["qas"]]
    return Pool(name, tuple(place), (tag,) * len(place), tuple(q for q, _ in asked), tag, tuple(n for _, n in asked))


def pools() -> Iterator[Pool]:
    yield from ntrex()
    yield from belebele()
    yield squad(folder("retrieval", "drcd") / "DRCD_dev.json", "DRCD dev", "zh-Hant")
    yield squad(folder("retrieval", "cmrc2018") / "cmrc2018_dev.json", "CMRC dev", "zh-Hans")


class Encodes(Protocol):
    """An encoder as far as a ranking by vectors needs it."""

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...


def indexed(pool: Pool, encoder: RememberingEncoder) -> MemoryIndex:
    """An index of the passages as they are, one a document."""
    documents, chunks, sentences = list[Document](), list[Chunk](), list[Sentence]()
    for number, (passage, tag) in enumerate(zip(pool.passages, pool.languages, strict=True)):
        name = str(number)
        documents.append(Document(name, name, passage, tag, (), family=name))
        chunks.append(Chunk(number, name, name, 0, len(passage), passage, tag, ARTICLE, name))
        for start, end in sentence_spans(passage) or [(0, len(passage))]:
            text = passage[start:end]
            sentences.append(Sentence(len(sentences), name, start, end, text, tag, ARTICLE, name, number, 0))
    vectors, pieces = encoder.read([sentence.text for sentence in sentences])
    nothing = np.zeros(0, np.int32)
    contents = Tables(
        documents=tuple(documents),
        problems=(),
        chunks=tuple(chunks),
        sentences=tuple(sentences),
        parallels={},
        chunk_vectors=passage_vectors(sentences, vectors),
        sentence_vectors=vectors,
        pieces=tabled(pieces),
        vocabulary=Vocabulary((), vectors[:0], nothing, nothing, np.zeros(len(sentences) + 1, np.int64)),
    )
    return in_memory(contents, encoder)


Ranking = list[int]
"""Numbers of passages, best first."""


def by_search(search: Search, index: MemoryIndex, pool: Pool) -> list[Ranking]:
    """As kzrag finds them."""
    return [[hit.chunk for hit in search(index, Query(q, language=pool.language), DEPTH)] for q in pool.questions]


def by_vector(encoder: Encodes, pool: Pool) -> list[Ranking]:
    """By the vector of each whole passage, as any vector store has it."""
    similarity = encoder.encode(pool.questions) @ encoder.encode(pool.passages).T
    return [[int(n) for n in best] for best in np.argsort(-similarity, axis=1, kind="stable")[:, :DEPTH]]


def recall(rankings: list[Ranking], gold: Sequence[int], depth: int) -> float:
    return float(np.mean([right in found[:depth] for found, right in zip(rankings, gold, strict=True)]))


def measure(pool: Pool, encoder: RememberingEncoder, minilm: Encodes | None) -> dict[str, list[float]]:
    """R@1 and R@10 of every way."""
    index = indexed(pool, encoder)
    searches: dict[str, Search] = {"hybrid": hybrid, "meaning": dense, "BM25": lexical}
    rankings = {name: by_search(search, index, pool) for name, search in searches.items()}
    rankings["vectors"] = by_vector(encoder, pool)
    if minilm is not None:
        rankings["MiniLM"] = by_vector(minilm, pool)
    return {name: [recall(found, pool.gold, depth) for depth in (1, DEPTH)] for name, found in rankings.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minilm", type=Path, help="folder of the original all-MiniLM-L6-v2 (needs torch)")
    parser.add_argument("--only", default="", help="only pools whose name contains this")
    parser.add_argument("--encoder", default="default", help="another encoder, as in Settings.encoder")
    parser.add_argument("--write", action="store_true", help="keep the R@1 of every way with the results by commit")
    options = parser.parse_args()
    encoder, minilm = RememberingEncoder(load_encoder(options.encoder)), None
    if options.minilm is None:
        print("The original MiniLM is left out: give its folder with --minilm to compare.", file=sys.stderr)
    else:
        from minilm import MiniLM

        minilm = MiniLM(options.minilm)
    columns = [way for way in WAYS if way != "MiniLM" or minilm is not None]
    print("| R@1 (R@10) | " + " | ".join(columns) + " |\n|---" + "|---" * len(columns) + "|")
    results, begun = {}, time.perf_counter()
    for pool in pools():
        if options.only.lower() not in pool.name.lower():
            continue
        results[pool.name] = figures = measure(pool, encoder, minilm)
        cells = [f"{figures[name][0]:.2f} ({figures[name][1]:.2f})" for name in columns]
        print(f"| {pool.name} | " + " | ".join(cells) + " |", flush=True)
    print(f"\n{len(results)} pools in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    if options.write:
        for name in columns:
            figures = {pool: round(found[name][0], 4) for pool, found in results.items()}
            shown = {mean: of for mean, of in means().items() if all(pool in figures for pool in of)}
            figures |= {mean: round(float(np.mean([figures[pool] for pool in of])), 4) for mean, of in shown.items()}
            result = benchmark_result("retrieval", WAYS[name], figures, about=ABOUT, headline=[*shown], milliseconds={})
            print(f"kept in {write_result(result, bundled_results())}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except AbsentError as absent:
        raise SystemExit(str(absent)) from None
