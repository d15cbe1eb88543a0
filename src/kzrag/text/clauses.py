"""Where the clauses of a sentence begin and end: a figure, its year and whose it is stand in one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_END = re.compile(r"[,;:](?=[^\d\s])|(?<=[\u4e00-\u9fff])[,;:]|[,;:]\s|[，；：。、]| and | и | while | but ")


def clauses(text: str) -> list[tuple[int, int]]:
    """(start, end) of each clause of a sentence; together they are the sentence."""
    cuts = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def clause_at(parts: Sequence[tuple[int, int]], position: int) -> int:
    """Which of the clauses a place of the text is in."""
    return next((i for i, (a, b) in enumerate(parts) if a <= position < b), len(parts) - 1)
