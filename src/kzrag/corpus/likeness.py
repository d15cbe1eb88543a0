"""When two lines of a page say the same: a line that comes again, in the same words or nearly, and the words that a
headline shares with its article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

_NEARLY = 85
"""Percent of equal characters by which a line is a rewording of a repeated one; two translations of a headline: 87."""
_SITE = re.compile(r"\s+[-|–—_·•]\s+\S+(?:\s\S+){0,3}\Z")
"""` - Name of the Site` after a headline."""


def key(folded: str) -> str:
    """A line as it is compared with others: without the site's name, punctuation and spacing."""
    return " ".join(re.findall(r"\w+", _SITE.sub("", folded)))


def reworded(keys: dict[int, str], often: Sequence[str]) -> Iterable[int]:
    """Lines that are a repeated line in slightly other words, with the same figures."""
    from rapidfuzz import fuzz

    by_digits: dict[str, list[str]] = defaultdict(list)
    for line in often:
        by_digits[_digits(line)].append(line)
    for number, line in keys.items():
        if any(fuzz.ratio(line, other, score_cutoff=_NEARLY) for other in by_digits.get(_digits(line), ())):
            yield number


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def words(folded: str) -> set[str]:
    """Words of four letters and more, and pairs of Han characters: what a headline shares with its article."""
    latin = {word for word in re.findall(r"[^\W\d_]{4,}", folded) if word < "\u2e80"}
    return latin | {pair for run in re.findall(r"[\u3400-\u9fff]{2,}", folded) for pair in map("".join, pairwise(run))}
