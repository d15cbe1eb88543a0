"""Texts of several sentences to learn from: cut out of the documents of the parallel text.

What is searched is passages, so a model that has met single sentences only is at its weakest where it matters. A
passage here is some neighbouring sentences, and its English is what stands beside them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from sources import Pair

HELD_DOCUMENTS = {"zh": 80, "ru": 80}  # kept away from the passages, to choose by
FEWEST_LINES = 5  # of a kept document
SIZES = (150, 1000)  # characters of English at least and at most: 30 to 200 pieces


def joined(pairs: Sequence[Pair]) -> Pair:
    """The sentences as one text, a line each."""
    foreign, english = ("\n".join(texts) for texts in zip(*((p.foreign, p.english) for p in pairs), strict=True))
    return Pair(pairs[0].language, foreign, english, pairs[0].source)


def split(documents: Iterable[list[Pair]], unseen: set[str], seed: int) -> tuple[list[list[Pair]], list[list[Pair]]]:
    """(documents to choose by, documents to train on), each sentence once; sentences with a text of `unseen` fall out.

    Kept documents are of sets without a second translation; their sentences are in no other document.
    """
    met: set[tuple[str, str]] = set()
    rest: list[list[Pair]] = []
    for document in documents:
        new = [p for p in document if (p.foreign, p.english) not in met]
        met.update((p.foreign, p.english) for p in new)
        rest.append([p for p in new if p.english not in unseen and p.foreign not in unseen])
    random.Random(seed).shuffle(rest)
    kept: list[list[Pair]] = []
    for language, number in HELD_DOCUMENTS.items():
        news = (d for d in rest if len(d) >= FEWEST_LINES and d[0].source.startswith("newstest"))
        fit = [d for d in news if d[0].language == language and "2020" not in d[0].source]
        kept += fit[:number]
    held = {text for document in kept for p in document for text in (p.foreign, p.english)}
    clean = ([p for p in document if p.english not in held and p.foreign not in held] for document in rest)
    return kept, [document for document in clean if document]


def cut(documents: Iterable[list[Pair]], seed: int) -> list[Pair]:
    """Passages of different sizes, in random order."""
    chooser = random.Random(seed)
    passages: list[Pair] = []
    for document in documents:
        begun, limit = 0, chooser.uniform(*SIZES)
        for n in range(len(document)):
            if n + 1 == len(document) or sum(len(p.english) for p in document[begun : n + 2]) > limit:
                passages.append(joined(document[begun : n + 1]))
                begun, limit = n + 1, chooser.uniform(*SIZES)
    chooser.shuffle(passages)
    return passages
