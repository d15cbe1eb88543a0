"""How true the shipped encoder is, and what it costs, beside sentence-transformers on torch over the same texts.

    python eval/benchmarks/encoder.py [--minilm MODEL_DIR] [--write]

Each side is measured in a process of its own, on one thread, by processor time: a busy machine does not stretch it.
Texts are NTREX's, four lines to a passage. Without `--minilm`, or where sentence-transformers is not installed, the
other side is left out and said to be.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from data import AbsentError, folder

from kzrag.evaluation.results import benchmark_result, bundled_results, write_result
from kzrag.index.encoder import ARTEFACT, ShippedEncoder

FILES = {"en": "newstest2019-src.eng", "zh-TW": "newstest2019-ref.zho-TW", "ru": "newstest2019-ref.rus",
         "kk": "newstest2019-ref.kaz"}  # fmt: skip
PASSAGES, LINES = 80, 4  # a passage has so many lines: 100 to 130 pieces
REPEATS = 3  # the fastest counts
QUERY, QUERIES = "What refining capacity does Kazakhstan want by 2032?", 50
SENTENCES = 1100  # encoded at once before the peak of memory is read
APART = 700  # a sentence so many lines on speaks of something else
STATUS = Path("/proc/self/status")  # Linux only

ABOUT = (
    "One thread, processor time; cosine: of NTREX sentences to their English and, for English, to the original "
    "MiniLM in float32; ×: passages per second against sentence-transformers on torch."
)
HEADLINE = ("MB", "cosine zh-TW", "cosine ru", "cosine kk", "cosine of English to float32", "× en", "× zh-TW", "× ru",
            "× kk", "ms per query", "seconds to load", "MB of memory at most")  # fmt: skip

Figures = dict[str, float]


def sentences(language: str) -> list[str]:
    return (folder("retrieval", "ntrex") / f"{FILES[language]}.txt").read_text("utf-8").splitlines()


def passages(language: str) -> list[str]:
    lines = sentences(language)[: PASSAGES * LINES]
    return ["\n".join(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]


def memory() -> Figures:
    """Megabytes of this process now and at most; nothing where the system does not say."""
    if not STATUS.exists():
        return {}
    fields = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
    names = {"MB of memory": "VmRSS", "MB of memory at most": "VmHWM"}
    return {name: round(int(fields[field].split()[0]) / 1000) for name, field in names.items()}


def spent(work: Callable[[list[str]], object], texts: list[str]) -> float:
    """Seconds of processor time."""
    began = time.process_time()
    work(texts)
    return time.process_time() - began


def rates(encode: Callable[[list[str]], object]) -> Figures:
    """Passages per second of processor time."""
    figures = {}
    for language in FILES:
        texts = passages(language)
        fastest = min(spent(encode, texts) for _ in range(REPEATS))
        figures[f"{language} per second"] = round(len(texts) / fastest, 1)
    return figures


def cost_of_ours() -> Figures:
    encoder = ShippedEncoder(threads=1)
    figures = {"seconds to load": round(spent(encoder.encode, [QUERY]), 2), **memory()}
    times = [spent(encoder.encode, [QUERY]) for _ in range(QUERIES)]
    figures["ms per query"] = round(float(np.median(times)) * 1000, 1)
    figures |= rates(encoder.encode)
    encoder.encode(sentences("zh-TW")[:SENTENCES])
    return figures | {"MB of memory at most": memory().get("MB of memory at most", 0)}


def cost_of_torch(minilm: Path) -> Figures:
    import torch
    from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]

    torch.set_num_threads(1)
    model = SentenceTransformer(str(minilm), device="cpu")
    model.encode([QUERY])
    return rates(model.encode)


def alone(work: Callable[..., Figures], *arguments: object) -> Figures:
    """What `work` measures in a fresh process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def likeness() -> Figures:
    """Mean cosine of a sentence to its English, and to the English of another one."""
    encoder = ShippedEncoder()
    english = encoder.encode(sentences("en"))
    figures = {}
    for language in list(FILES)[1:]:
        vectors = encoder.encode(sentences(language))
        figures[f"cosine {language}"] = float((vectors * english).sum(1).mean())
        figures[f"cosine {language} unrelated"] = float((vectors * np.roll(english, APART, 0)).sum(1).mean())
    return figures


def fidelity(original: Callable[[Sequence[str]], np.ndarray]) -> Figures:
    """Mean and least cosine of English sentences to their vectors by the original."""
    texts = sentences("en")[: PASSAGES * LINES]
    cosine = (ShippedEncoder().encode(texts) * original(texts)).sum(1)
    return {"cosine of English to float32": float(cosine.mean()), "least of them": float(cosine.min())}


def measure(minilm: Path | None) -> Figures:
    figures: Figures = {"MB": round(sum(path.stat().st_size for path in ARTEFACT.iterdir()) / 1e6, 1)}
    figures |= likeness() | alone(cost_of_ours)
    if minilm is None:
        print("MiniLM is left out: give its folder with --minilm to compare.", file=sys.stderr)
        return figures
    from minilm import MiniLM

    figures |= fidelity(MiniLM(minilm).encode)
    try:
        theirs = alone(cost_of_torch, minilm)
    except ImportError:
        print("Speed is not compared: sentence-transformers is not installed.", file=sys.stderr)
        return figures
    for language in FILES:
        name = f"{language} per second"
        figures[f"torch, {name}"] = theirs[name]
        figures[f"× {language}"] = round(figures[name] / theirs[name], 2)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minilm", type=Path, help="folder of the original all-MiniLM-L6-v2 (needs torch)")
    parser.add_argument("--write", action="store_true", help="keep the figures under eval/results")
    options = parser.parse_args()
    figures = {name: round(value, 4) for name, value in measure(options.minilm).items()}
    print("| encoder | |\n|---|--:|")
    for name, value in figures.items():
        print(f"| {name} | {value:g} |")
    if options.write:
        headline = [name for name in HEADLINE if name in figures]
        result = benchmark_result("encoder", "kzrag", figures, about=ABOUT, headline=headline, milliseconds={})
        print(f"kept in {write_result(result, bundled_results())}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except AbsentError as absent:
        raise SystemExit(str(absent)) from None
