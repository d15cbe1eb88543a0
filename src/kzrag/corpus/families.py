"""Which documents are one source: translations and reprints of one another.

`sources.toml` may say so. Where it does not, two signs are looked for: the same words (shingles), and, between two
languages, the same figures and dates in the same places of texts of the same length. A pair that shares a topic shares
some figures; a translation shares nearly all of them, in order.
"""

from __future__ import annotations

import math
import re
import statistics
import zlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from kzrag.corpus.alignment import Bead, Unit, beads, compared, figures_of, units, weight
from kzrag.records import ARTICLE, Document
from kzrag.text.language import fold, primary

_SHINGLE = 5
"""Words, or Han characters, in a row that are compared: long enough to be nobody's common phrase."""
_SAME_WORDS = 0.6
"""Share of the shorter text's shingles that a reprint has in common with the longer; a long quotation stays below."""
_SHORTEST = 40
"""Shingles of the shortest text that can be called a reprint."""
_SAMPLED = 8
"""One shingle in so many is looked up to find candidates; all are compared afterwards."""
_COMMON = 30
"""Documents: what more of them share (a site's boilerplate, a round number) points to no pair of them."""

_SHARED_ANCHORS = 2
"""Distinct figures, dates or acronyms that make two documents worth aligning."""


@dataclass(frozen=True, slots=True)
class _Likeness:
    """What two documents have to have in common, at least; every bound is a share but the first and the last."""

    shared: float
    """Weight of the anchors in sentences that are aligned with each other."""
    agreement: float
    """F1 of the anchors of both: how many of them stand in aligned sentences."""
    contained: float = 0.0
    """Share of the anchors of the text that has fewer."""
    one_to_one: float = 0.0
    """Of the text, in sentences that became one sentence."""
    covered: float = 0.0
    """Of the text, in sentences that became anything."""
    lengths: float = -1.0
    """Correlation between the logarithms of the lengths of sentences and of what they became."""
    sentences: int = 1
    ratio: float = 0.7
    """Of their lengths in letters, a Han character counted as several; all of NTREX is above that."""


_TRANSLATIONS = (
    _Likeness(4.0, 0.5),
    _Likeness(2.0, 0.4, one_to_one=0.75, covered=0.95, lengths=0.88, sentences=6),
    _Likeness(6.0, 0.0, contained=0.6, one_to_one=0.6, lengths=0.8, sentences=6, ratio=0.4),
)
"""Many figures that agree in place; or few in texts of one shape. On NTREX (41 documents in English, Chinese, Russian)
either finds 69 % of the translations and calls none of 1,066 other pairs one; the first alone finds 48 %. Or one text
within another: a translation with an editor's box, or an abridged one."""


def find(documents: Sequence[Document]) -> dict[str, str]:
    """The family of each document, by id: the id of its original, or of the first of those that are alike."""
    family = {document.id: document.id for document in documents}

    def root(member: str) -> str:
        while family[member] != member:
            member = family[member]
        return member

    for document in documents:
        if document.translation_of is not None and document.translation_of in family:
            ours, theirs = root(document.id), root(document.translation_of)
            if ours != theirs:
                family[ours] = theirs
    for first, second in (*_reprints(documents), *_translations(documents)):
        ours, theirs = root(first), root(second)
        if ours != theirs:
            family[max(ours, theirs)] = min(ours, theirs)
    return {document.id: root(document.id) for document in documents}


def _reprints(documents: Sequence[Document]) -> Iterable[tuple[str, str]]:
    """Pairs that say the same in the same words; traditional and simplified Chinese are the same words."""
    shingles = {document.id: _shingles(document) for document in documents}
    sampled = {key: {shingle for shingle in own if shingle % _SAMPLED == 0} for key, own in shingles.items()}
    for first, second in _sharing(sampled, 2):
        a, b = shingles[first], shingles[second]
        shorter = min(len(a), len(b))
        if shorter >= _SHORTEST and len(a & b) >= _SAME_WORDS * shorter:
            yield first, second


def _shingles(document: Document) -> set[int]:
    text = " ".join(document.raw[b.start : b.end] for b in document.blocks if b.voice == ARTICLE)
    words = re.findall(r"[\u3400-\u9fff]|[^\W_]+", fold(text))
    return {zlib.crc32(" ".join(words[n : n + _SHINGLE]).encode()) for n in range(len(words) - _SHINGLE + 1)}


def _translations(documents: Sequence[Document]) -> Iterable[tuple[str, str]]:
    """Pairs in two languages that agree sentence by sentence."""
    languages = {document.id: primary(document.language) for document in documents}
    if len(set(languages.values())) < 2:
        return
    parts = {document.id: units(document) for document in documents}
    anchors = {
        key: {anchor for unit in own for anchor in unit.figures if weight(anchor) >= 1} for key, own in parts.items()
    }
    for first, second in _sharing(anchors, _SHARED_ANCHORS):
        if languages[first] != languages[second] and are_translations(parts[first], parts[second]):
            yield first, second


def are_translations(a: Sequence[Unit], b: Sequence[Unit]) -> bool:
    """Whether two texts in two languages are one text, by figures, dates, acronyms and the lengths of sentences."""
    shorter, longer = sorted((a, b), key=_letters)
    letters, more = _letters(shorter), _letters(longer)
    own = figures_of(shorter), figures_of(longer)
    shared, unshared = compared(*own)
    total = 2 * shared + unshared
    fewer = min(sum(weight(anchor) * times for anchor, times in side.items()) for side in own)

    def agree(shared: float, likeness: _Likeness) -> bool:
        return (
            shared >= likeness.shared
            and 2 * shared >= likeness.agreement * total
            and shared >= likeness.contained * fewer
        )

    # What does not agree in any order need not be looked for in place.
    possible = [likeness for likeness in _TRANSLATIONS if letters >= likeness.ratio * more and agree(shared, likeness)]
    if not letters or not possible:
        return False
    pairs = beads(shorter, longer)
    shared = sum(compared(figures_of(pair.a), figures_of(pair.b))[0] for pair in pairs)
    single = sum(_letters(pair.a) for pair in pairs if len(pair.a) == len(pair.b) == 1)
    covered = sum(_letters(pair.a) + _letters(pair.b) for pair in pairs)
    return any(
        agree(shared, likeness)
        and len(pairs) >= likeness.sentences
        and single >= likeness.one_to_one * letters
        and covered >= likeness.covered * (letters + more)
        and (likeness.lengths <= -1 or _correlation(pairs) >= likeness.lengths)
        for likeness in possible
    )


def _letters(group: Iterable[Unit]) -> float:
    return sum(unit.letters for unit in group)


def _correlation(pairs: Sequence[Bead]) -> float:
    """Pearson's, between the logarithms of the lengths of both sides; 0 where all lengths are equal."""
    sides = [[math.log1p(_letters(side)) for side in column] for column in ((p.a for p in pairs), (p.b for p in pairs))]
    try:
        return statistics.correlation(*sides)
    except statistics.StatisticsError:
        return 0.0


def _sharing(features: dict[str, set[Hashable]] | dict[str, set[int]], least: int) -> list[tuple[str, str]]:
    """Pairs of documents that share so many features, the common ones aside; in a fixed order."""
    holders: dict[Hashable, list[str]] = defaultdict(list)
    for key in sorted(features):
        for feature in features[key]:
            holders[feature].append(key)
    counts: Counter[tuple[str, str]] = Counter()
    for keys in holders.values():
        if 1 < len(keys) <= _COMMON:
            counts.update(combinations(keys, 2))
    return sorted(pair for pair, times in counts.items() if times >= least)
