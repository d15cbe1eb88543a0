"""Which sentences of two documents say the same, when one is a translation of the other.

Dynamic programming over whole documents (after Gale and Church, 1993): a sentence and its translation are about equally
long, and stand in the same order; figures, dates and names that both hold decide where length can't. No model is asked.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kzrag.records import ARTICLE, Document
from kzrag.text.dates import dates
from kzrag.text.language import fold, has_han
from kzrag.text.names import names
from kzrag.text.quantities import quantities
from kzrag.text.sentences import sentence_spans

Span = tuple[int, int]

_HAN_LETTERS = 3.2
"""Letters of English or Russian that a Han character stands for: news in NTREX has 3.1 to 3.4."""
_VARIANCE = 10.0
"""Of the length difference, per letter; Gale and Church found 6.8 between European languages, Han scatters more."""
_BEADS = {
    (1, 1): 0.80,
    (1, 2): 0.06,
    (2, 1): 0.06,
    (2, 2): 0.01,
    (1, 3): 0.01,
    (3, 1): 0.01,
    (1, 0): 0.02,
    (0, 1): 0.02,
}
"""How many sentences become how many, and how often: Gale and Church's table, with room for Chinese comma splices."""
_MOVES = tuple((left, right, -math.log(share)) for (left, right), share in _BEADS.items())
_SHARED = 3.0
_UNSHARED = 1.0
"""Cost in nats that a figure saves when both sides have it, and adds when one has not."""
_PARAGRAPH = 1.0
"""Nats for beginning a paragraph on both sides, or against doing so on one, where paragraphs were kept."""
_SAME_LAYOUT = 0.85
"""Ratio of the numbers of paragraphs above which the translator seems to have kept them."""
_BAND = (0.2, 25)
"""How far from the diagonal to look: this share of the text, and at least so many sentences."""
_SMALL = 10
"""Figures up to here are written as words, articles or not at all."""
_LITTLE = 0.4
"""What such a figure counts, and a name: a name comes in sentence after sentence, and may become a pronoun."""

_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z][A-Z0-9-]*[A-Z0-9](?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence as it is aligned."""

    start: int
    end: int
    letters: float
    """Its length in letters, a Han character counted as several."""
    figures: Counter[Hashable]
    """What a translator leaves as it is: figures, dates, acronyms."""
    names: Counter[Hashable]
    """Names that are known in several languages."""
    opens: bool
    """Whether it begins a paragraph."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Neighbouring sentences `a` of one document that are, together, the sentences `b` of the other."""

    a: tuple[Unit, ...]
    b: tuple[Unit, ...]


def align(a: Document, b: Document) -> list[tuple[Span, Span]]:
    """Pairs of sentence spans of two documents that say the same, in the order of `a`.

    A sentence that became two is in two pairs; one that the other document lacks is in none. Only the articles
    themselves are aligned, never readers' comments.
    """
    return [
        ((left.start, left.end), (right.start, right.end))
        for bead in beads(units(a), units(b))
        for left in bead.a
        for right in bead.b
    ]


def units(document: Document) -> list[Unit]:
    """The sentences of an article, in order, with what they are aligned by."""
    found: list[Unit] = []
    for block in document.blocks:
        if block.voice != ARTICLE:
            continue
        text = document.raw[block.start : block.end]
        for number, (start, end) in enumerate(sentence_spans(text)):
            sentence = text[start:end]
            found.append(
                Unit(
                    block.start + start,
                    block.start + end,
                    _letters(sentence),
                    _figures(sentence),
                    _names(sentence),
                    number == 0,
                )
            )
    return found


def weight(anchor: Hashable) -> float:
    """How much an anchor that two sentences share says: small numbers and names say little."""
    if isinstance(anchor, tuple) and anchor[0] == "name":
        return _LITTLE
    return _LITTLE if isinstance(anchor, float) and anchor <= _SMALL else 1.0


@dataclass(frozen=True, slots=True)
class _Group:
    """Up to three neighbouring sentences taken together."""

    letters: float
    anchors: Counter[Hashable]
    alone: float
    """Cost of leaving them without a counterpart."""
    opens: bool
    inner: int
    """Paragraphs that begin inside it."""


def beads(a: Sequence[Unit], b: Sequence[Unit]) -> list[Bead]:
    """The cheapest way to walk through both texts, sentence by sentence; what only one of them has is left out."""
    if not a or not b:
        return []
    left_groups, right_groups = _groups(a), _groups(b)
    counts = [sum(unit.opens for unit in side) for side in (a, b)]
    paragraph = _PARAGRAPH if min(counts) >= _SAME_LAYOUT * max(counts) else 0.0
    slope = len(b) / len(a)
    reach = max(_BAND[0] * len(b), _BAND[1], slope * 3)
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i in range(len(a) + 1):
        centre = i * slope
        for j in range(max(0, int(centre - reach)), min(len(b), int(centre + reach)) + 1):
            for left, right, prior in _MOVES:
                before = best.get((i - left, j - right))
                if before is None:
                    continue
                cost = before[0] + prior
                if not right:
                    cost += left_groups[i - left, left].alone
                elif not left:
                    cost += right_groups[j - right, right].alone
                else:
                    cost += _cost(left_groups[i - left, left], right_groups[j - right, right], paragraph)
                if (i, j) not in best or cost < best[i, j][0]:
                    best[i, j] = (cost, left, right)
    found: list[Bead] = []
    i, j = len(a), len(b)
    while (i, j) != (0, 0):
        _, left, right = best[i, j]
        if left and right:
            found.append(Bead(tuple(a[i - left : i]), tuple(b[j - right : j])))
        i, j = i - left, j - right
    return found[::-1]


def _groups(units: Sequence[Unit]) -> dict[tuple[int, int], _Group]:
    """Every run of one to three sentences, by its first sentence and its length."""
    found: dict[tuple[int, int], _Group] = {}
    for start in range(len(units)):
        for size in range(1, min(3, len(units) - start) + 1):
            group = units[start : start + size]
            anchors = figures_of(group)
            for unit in group:
                anchors.update(unit.names)
            found[start, size] = _Group(
                sum(unit.letters for unit in group),
                anchors,
                _UNSHARED * sum(weight(anchor) * times for anchor, times in anchors.items()),
                group[0].opens,
                sum(unit.opens for unit in group[1:]),
            )
    return found


def _cost(a: _Group, b: _Group, paragraph: float) -> float:
    shared, unshared = compared(a.anchors, b.anchors)
    openings = 2 * (a.inner + b.inner) + (1 if a.opens != b.opens else -1 if a.opens else 0)
    return _length_cost(a.letters, b.letters) - _SHARED * shared + _UNSHARED * unshared + paragraph * openings


def figures_of(group: Iterable[Unit]) -> Counter[Hashable]:
    """All figures, dates and acronyms of some sentences."""
    found: Counter[Hashable] = Counter()
    for unit in group:
        if unit.figures:
            found.update(unit.figures)
    return found


def compared(a: Counter[Hashable], b: Counter[Hashable]) -> tuple[float, float]:
    """The weight of the anchors that both sides have, and of those that only one has."""
    if not a and not b:
        return 0.0, 0.0
    shared = sum(weight(anchor) * min(times, b[anchor]) for anchor, times in a.items() if anchor in b)
    total = sum(weight(anchor) * times for side in (a, b) for anchor, times in side.items())
    return shared, total - 2 * shared


@lru_cache(maxsize=1 << 16)
def _length_cost(a: float, b: float) -> float:
    """Minus the logarithm of the chance that a text of `a` letters has a translation this much longer or shorter."""
    distance = abs(b - a) / math.sqrt(_VARIANCE * (a + b) / 2)
    return -math.log(max(math.erfc(distance / math.sqrt(2)), 1e-12))


def _letters(sentence: str) -> float:
    if not has_han(sentence):
        return float(sum(map(str.isalnum, sentence)))
    return sum(_HAN_LETTERS if ord(letter) >= 0x2E80 else 1.0 for letter in sentence if letter.isalnum())


def _names(sentence: str) -> Counter[Hashable]:
    return Counter(("name", name.key) for name in names(sentence) if name.known)


def _figures(sentence: str) -> Counter[Hashable]:
    found: Counter[Hashable] = Counter()
    for quantity in quantities(sentence):
        found[float(f"{quantity.value:.3g}")] += 1
    for date in dates(sentence):
        found["date", date.iso] += 1
    for acronym in _ACRONYM.findall(sentence):
        found["acronym", fold(acronym)] += 1
    return found
