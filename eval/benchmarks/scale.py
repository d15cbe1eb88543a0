"""What a larger corpus costs: time, memory and disk to index it, time to ask it and to add to it.

    python eval/benchmarks/scale.py [--sizes 1000 10000] [--write]

The texts are news in Simplified Chinese, read from KZRAG_DATA_DIR (see data.py); nothing of them is kept.
"""

from __future__ import annotations

import argparse
import itertools
import re
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from data import AbsentError, folder

from kzrag.assistant import Assistant
from kzrag.evaluation.results import benchmark_result, bundled_results, write_result
from kzrag.evaluation.stats import percentile
from kzrag.settings import Settings

QUESTIONS = 100
_STAMP = re.compile(r"^.{0,40}?正文[：:]\s*")
_CLAUSE = re.compile(r"[^，。；：！？“”（）()\s]{8,24}")


def texts() -> Iterator[str]:
    """News texts without the stamp in front, one per line of the files."""
    for path in sorted(folder("scale", "zh-news").iterdir()):
        for line in path.read_text(encoding="utf-8").splitlines():
            if len(line) > 100:
                yield _STAMP.sub("", line)


def measure(size: int, place: Path) -> tuple[dict[str, float], dict[str, float]]:
    """(figures, milliseconds of an answer) of a corpus of `size` documents built in `place`."""
    corpus = place / "corpus"
    corpus.mkdir()
    chosen = list(itertools.islice(texts(), size + 1))
    for number, text in enumerate(chosen[:size]):
        # Sentences stand in one line: three to a paragraph is what news looks like.
        sentences = re.findall(r"[^。！？]+[。！？]?[”」]?", text)
        paragraphs = ("".join(sentences[at : at + 3]).strip() for at in range(0, len(sentences), 3))
        (corpus / f"{number:06}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    settings = Settings(corpus_dir=corpus, index_dir=place / "index")
    began = time.perf_counter()
    assistant = Assistant(settings)
    index = assistant.index
    built = time.perf_counter() - began
    questions = [clause.group() for text in chosen[:: max(1, size // QUESTIONS)] if (clause := _CLAUSE.search(text))]
    assistant.answer(questions[0])  # Chroma is opened by the first one
    milliseconds = []
    for question in questions[:QUESTIONS]:
        asked = time.perf_counter()
        assistant.answer(question)
        milliseconds.append((time.perf_counter() - asked) * 1000)
    (corpus / f"{size:06}.txt").write_text(chosen[size], encoding="utf-8")
    began = time.perf_counter()
    Assistant(settings).index  # noqa: B018  opening it is the work
    added = time.perf_counter() - began
    began = time.perf_counter()
    Assistant(settings).index  # noqa: B018  the same
    opened = time.perf_counter() - began
    disk = sum(path.stat().st_size for path in (place / "index").rglob("*") if path.is_file())
    figures = {
        "documents": size,
        "sentences": len(index.sentences),
        "seconds to build": round(built, 1),
        "seconds to add one": round(added, 1),
        "seconds to open": round(opened, 2),
        "MB on disk": round(disk / 1e6),
        "MB of memory": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
        "ms to answer": round(percentile(milliseconds, 0.5)),
        "ms to answer, p95": round(percentile(milliseconds, 0.95)),
    }
    return figures, {"median": percentile(milliseconds, 0.5), "p95": percentile(milliseconds, 0.95)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[1000, 10000], help="documents")
    parser.add_argument("--write", action="store_true", help="keep the figures under eval/results")
    options = parser.parse_args()
    for size in options.sizes:
        try:
            with tempfile.TemporaryDirectory() as place:
                figures, times = measure(size, Path(place))
        except AbsentError as absent:
            print(absent)
            break
        print("; ".join(f"{name} {value:,}" for name, value in figures.items()))
        if options.write:
            result = benchmark_result(
                f"scale, {size:,} documents", "kzrag", figures, about="News texts in Simplified Chinese, two cores.",
                headline=("sentences", "seconds to build", "seconds to add one", "MB of memory", "ms to answer"),
                milliseconds={name: round(value, 1) for name, value in times.items()},
            )  # fmt: skip
            print(f"kept as {write_result(result, bundled_results()).name}")


if __name__ == "__main__":
    main()
