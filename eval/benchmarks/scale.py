"""What a larger corpus costs: time, memory and disk to index it, time to ask it and to add to it; and what it changes.

    python eval/benchmarks/scale.py [--sizes 150 1000 10000] [--stand-in] [--write]

The five articles stand among news in Simplified Chinese, read from KZRAG_DATA_DIR (see data.py); nothing of these is
kept. Known facts are asked at every size, so that it shows whether answers stay what they were with the five alone.
Building and asking are processes of their own, so that the memory of each is its own. All times are processor
time, of all threads together: a busy machine does not stretch it. `--stand-in` draws vectors by lot instead of
encoding, which is most of the work and linear by nature: to see in minutes what of the rest is not.
"""

from __future__ import annotations

import argparse
import itertools
import math
import re
import resource
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from data import AbsentError, folder

from kzrag.assistant import Assistant
from kzrag.evaluation.cases import bundled_cases, read_cases
from kzrag.evaluation.results import benchmark_result, bundled_results, write_result
from kzrag.evaluation.scorers import right
from kzrag.evaluation.stats import percentile
from kzrag.settings import Settings, bundled_corpus

QUESTIONS = 100
"""Clauses of the news that are asked about, beside the known facts."""
EVERY = 2
"""Every second known fact is asked: some 100, which takes a minute at most."""
STEEP = 1.15
"""Growth above this power of the size is called worse than linear; below it is noise of one run."""

_STAMP = re.compile(r"^.{0,40}?正文[：:]\s*")
_CLAUSE = re.compile(r"[^，。；：！？“”（）()\s]{8,24}")

Figures = dict[str, float]


class StandIn:
    """Vectors drawn by lot, the same for the same text: they cost nothing and mean nothing."""

    id, dimension = "stand-in", 384

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        drawn = np.stack(
            [np.random.default_rng(zlib.crc32(text.encode())).standard_normal(self.dimension) for text in texts]
        )
        found: np.ndarray = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
        return found


def texts() -> Iterator[str]:
    """News texts without the stamp in front, one per line of the files."""
    for path in sorted(folder("scale", "zh-news").iterdir()):
        for line in path.read_text(encoding="utf-8").splitlines():
            if len(line) > 100:
                yield _STAMP.sub("", line)


def lay_out(size: int, corpus: Path) -> list[str]:
    """Fills `corpus` with the five articles and news, `size` documents in all; the news, and one more text to add."""
    shutil.copytree(bundled_corpus(), corpus)
    chosen = list(itertools.islice(texts(), size + 1 - len(list(corpus.glob("*.txt")))))
    for number, text in enumerate(chosen[:-1]):
        # Sentences stand in one line: three to a paragraph is what news looks like.
        sentences = re.findall(r"[^。！？]+[。！？]?[”」]?", text)
        paragraphs = ("".join(sentences[at : at + 3]).strip() for at in range(0, len(sentences), 3))
        (corpus / f"news{number:06}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    return chosen


def build(place: Path, encoder: StandIn | None) -> Figures:
    """Seconds in all and by stage, memory and disk of indexing `place`; the opening of a built index is no part."""
    stages: dict[str, float] = {}
    current, since = "starting", time.process_time()

    def stage(name: str, done: int, total: int) -> None:
        nonlocal current, since
        now = time.process_time()
        stages[current] = stages.get(current, 0.0) + now - since
        current, since = name.partition(":")[0], now

    began = time.process_time()
    index = Assistant(_settings(place), encoder=encoder, progress=stage).index
    built = time.process_time() - began
    stage("", 0, 0)
    parts = {f"… {name}": round(seconds, 1) for name, seconds in stages.items() if seconds >= 1}
    return {
        "sentences": len(index.sentences),
        "seconds to build": round(built, 1),
        **parts,
        "MB to build": _peak(),
        "MB on disk": round(sum(each.stat().st_size for each in (place / "index").rglob("*") if each.is_file()) / 1e6),
    }


def ask(
    place: Path, encoder: StandIn | None, clauses: Sequence[str]
) -> tuple[Figures, dict[str, tuple[str, bool]], dict[str, float]]:
    """(figures, what is said to each known fact and whether it is right, milliseconds) of a built index."""
    began = time.process_time()
    assistant = Assistant(_settings(place), encoder=encoder)
    assistant.answer("?")  # opens what the first question has to open
    opened = time.process_time() - began
    cases = [case for case in read_cases(bundled_cases(), "tune") if not case.history and case.expect == "answer"]
    said: dict[str, tuple[str, bool]] = {}
    known: list[float] = []
    for case in cases[::EVERY]:
        asked = time.process_time()
        answer = assistant.answer(case.question)
        known.append((time.process_time() - asked) * 1000)
        said[case.id] = (answer.text, right(case, answer).value == 1)
    unknown: list[float] = []
    for clause in clauses:
        asked = time.process_time()
        assistant.answer(clause)
        unknown.append((time.process_time() - asked) * 1000)
    both = known + unknown
    figures: Figures = {
        "seconds to open": round(opened, 2),
        "MB to answer": _peak(),
        "ms to answer": round(percentile(both, 0.5)),
        "ms to answer, p95": round(percentile(both, 0.95)),
        "ms to answer about the news": round(percentile(unknown, 0.5)),
    }
    return figures, said, {"median": round(percentile(both, 0.5), 1), "p95": round(percentile(both, 0.95), 1)}


def add(place: Path, encoder: StandIn | None, text: str) -> Figures:
    """Seconds until one more document is in the index, and with nothing changed."""
    (place / "corpus" / "added.txt").write_text(text, encoding="utf-8")
    began = time.process_time()
    Assistant(_settings(place), encoder=encoder).index  # noqa: B018  opening it is the work
    added = time.process_time() - began
    return {"seconds to add one": round(added, 1)}


def measure(
    size: int, place: Path, encoder: StandIn | None, alone: Mapping[str, tuple[str, bool]]
) -> tuple[Figures, dict[str, float]]:
    """(figures, milliseconds of an answer) of `size` documents; `alone`: what the five say by themselves."""
    news = lay_out(size, place / "corpus")
    clauses = [clause.group() for text in news[:: max(1, size // QUESTIONS)] if (clause := _CLAUSE.search(text))]
    figures: Figures = {"documents": size, **_by_itself(build, place, encoder)}
    _tell(figures)  # as they come: the rest may take an hour
    asked, said, milliseconds = _by_itself(ask, place, encoder, clauses[:QUESTIONS])
    _tell(asked)
    figures |= asked | _by_itself(add, place, encoder, news[-1])
    figures["answers unchanged"] = round(sum(said[name] == alone[name] for name in alone) / len(alone), 4)
    for name, found in (("right among them", said), ("right with the five alone", alone)):
        figures[name] = round(sum(well for _, well in found.values()) / len(found), 4)
    return figures, milliseconds


def growth(sizes: Sequence[int], values: Sequence[float]) -> str:
    """How a cost grew from the first size to the last, as a power of the size."""
    if len(sizes) < 2 or min(values[0], values[-1]) <= 0:
        return ""
    power = math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0])
    return f"{power:.2f}" + (" worse than linear" if power > STEEP else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[150, 1000, 10000], help="documents")
    parser.add_argument("--write", action="store_true", help="keep the figures under eval/results")
    parser.add_argument("--stand-in", action="store_true", help="draw vectors by lot; keeps no figures")
    options = parser.parse_args()
    encoder = StandIn() if options.stand_in else None
    try:
        folder("scale", "zh-news")
    except AbsentError as absent:
        print(absent)
        return
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(bundled_corpus(), Path(place) / "corpus")
        _by_itself(build, Path(place), encoder)
        _, alone, _ = _by_itself(ask, Path(place), encoder, [])
    measured: list[Figures] = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as place:
            figures, times = measure(size, Path(place), encoder, alone)
        measured.append(figures)
        if options.write and encoder is None:
            result = benchmark_result(
                f"scale, {size:,} documents", "kzrag", figures,
                about="The five articles among Chinese news, known facts asked of them; processor time on two cores.",
                headline=(
                    "sentences", "seconds to build", "seconds to add one", "MB to answer", "ms to answer",
                    "answers unchanged",
                ),
                milliseconds=times,
            )  # fmt: skip
            print(f"kept as {write_result(result, bundled_results()).name}")
    _print_table(options.sizes, measured)


def _print_table(sizes: Sequence[int], measured: Sequence[Figures]) -> None:
    names = dict.fromkeys(name for figures in measured for name in figures)
    print("\n| | " + " | ".join(f"{size:,}" for size in sizes) + " | power of the size |")
    print("|---|" + "--:|" * (len(sizes) + 1))
    for name in names:
        values = [figures.get(name, 0.0) for figures in measured]
        cost = name.startswith(("seconds", "MB", "ms", "…"))
        print(
            f"| {name} | " + " | ".join(f"{value:,}" for value in values) + f" | {growth(sizes, values) * cost} |",
            flush=True,
        )


def _tell(figures: Figures) -> None:
    sys.stderr.write("; ".join(f"{name} {value:,}" for name, value in figures.items()) + "\n")


def _settings(place: Path) -> Settings:
    return Settings(corpus_dir=place / "corpus", index_dir=place / "index")


def _by_itself(work: Callable[..., Any], *values: Any) -> Any:
    """What `work` gives in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(work, *values).result()


def _peak() -> float:
    """The most memory this process had, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)


if __name__ == "__main__":
    main()
