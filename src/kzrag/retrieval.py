"""A question becomes ranked passages: by meaning, by words, or by both. Three functions with one signature.

Fusion knows languages: a passage in another language than the question's can't be found by the question's words, so
it must not fall behind for being missing there. Plain reciprocal rank fusion made that mistake when it was tried:
the share of Chinese questions whose first hit was the right English passage fell from .70 to .15. So meaning alone
decides which language has its turn, and words only which passage of that language takes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kzrag.records import Document, Hit
from kzrag.text.language import detect, primary

if TYPE_CHECKING:
    import numpy as np

    from kzrag.index import Index

RANK_DAMPING = 60
"""How slowly a score falls with the place; the k of reciprocal rank fusion (Cormack and others, 2009)."""


class Words(NamedTuple):
    """What a point of BM25 is worth when the whole span of meaning is 1."""

    english: float
    """Among passages in the question's language, where that is English: the encoder is at home there."""
    elsewhere: float
    """Among passages in the question's language, where it is another: words are the surer half."""
    abroad: float
    """Among passages in another language, where names and figures are all that words share."""


BESIDE_VECTORS = Words(0.2, 0.4, 0.02)
"""Where meaning is that of whole texts. Questions over Wikipedia lost 2 points of R@1 with English at .4, none at .2;
DRCD lost 2 at .2 against words alone; NTREX's twelve pairs of languages gained 2 at .02, no more at .03."""
BESIDE_PIECES = Words(0.02, 0.06, 0.004)
"""Where it is that of their pieces as well, which has most of what words tell: with the weights above NTREX lost 2
points of R@1 in one language against meaning alone, with these none, and DRCD and CMRC keep 5 and 4 of what words add
to meaning."""
OVERFETCH = 4
"""Times as many candidates as wanted are taken from each side, so that what one side ranks low can still win."""
FEWEST_CANDIDATES = 50
"""And at least so many: fusing short lists is what loses hits."""
WEIGHED = 10
"""The best by words whose meaning is looked at even where it alone would not have found them."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents may be searched; what is `None` is not restricted."""

    documents: frozenset[str] | None = None
    """Ids of documents."""
    languages: frozenset[str] | None = None
    """BCP 47 tags; `zh` allows both `zh-Hant` and `zh-Hans`."""
    published_from: str | None = None
    published_to: str | None = None
    """ISO dates or prefixes of them, both inclusive; a document without a date is outside any such range."""

    def allows(self, document: Document) -> bool:
        """Whether a document passes; a document dated 2022 is taken to be of any day of that year."""
        if self.documents is not None and document.id not in self.documents:
            return False
        if self.languages is not None and not any(_is_a(document.language, tag) for tag in self.languages):
            return False
        if self.published_from is None and self.published_to is None:
            return True
        if document.published is None:
            return False
        earliest, latest = self.published_from or "", self.published_to or "9999"
        # Prefixes compare as text once both have the same length.
        return (
            document.published[: len(earliest)] >= earliest[: len(document.published)]
            and document.published[: len(latest)] <= latest[: len(document.published)]
        )


@dataclass(frozen=True)
class Query:
    """A question, what it means where that is more than its words, and its language, found out when not given."""

    text: str
    vector: np.ndarray | None = field(default=None, compare=False)
    """float32 (d,), of length 1; of a follow-up, say, with what was said before."""
    language: str | None = None

    def tag(self) -> str:
        return self.language or detect(self.text)


class Search(Protocol):
    """What `dense`, `lexical` and `hybrid` have in common."""

    def __call__(self, index: Index, query: Query | str, k: int, where: Filter | None = None) -> list[Hit]: ...


def dense(index: Index, query: Query | str, k: int, where: Filter | None = None) -> list[Hit]:
    """The `k` passages nearest in meaning, best first; the score is that of `Index.dense`."""
    return _hits(index, _by_meaning(index, _query(query), k, _allowed(index, where)))


def lexical(index: Index, query: Query | str, k: int, where: Filter | None = None) -> list[Hit]:
    """The `k` passages that share the most telling words with the query, best first; the score is BM25's."""
    return _hits(index, _by_words(index, _query(query), k, _allowed(index, where))[:k])


def hybrid(index: Index, query: Query | str, k: int, where: Filter | None = None) -> list[Hit]:
    """The `k` best passages by meaning and words together, best first; the score is that of `fuse`."""
    query = _query(query)
    allowed = _allowed(index, where)
    candidates = max(OVERFETCH * k, FEWEST_CANDIDATES)
    words = _by_words(index, query, candidates, allowed)
    meaning = _by_meaning(index, query, candidates + WEIGHED, allowed, [number for number, _ in words[:WEIGHED]])
    weights = BESIDE_PIECES if index.pieces else BESIDE_VECTORS
    return _hits(index, fuse(meaning, words, query.tag(), index.languages, weights)[:k])


def fuse(
    dense: Sequence[tuple[int, float]],
    lexical: Sequence[tuple[int, float]],
    query_language: str,
    languages: Sequence[str],
    weights: Words,
) -> list[tuple[int, float]]:
    """One ranking of two: (number, score 0 to 1 by place), best first. `languages[number]` is the passage's language,
    `weights` are `BESIDE_PIECES` or `BESIDE_VECTORS`, by what the dense scores are of.

    The order by meaning says which language has each place. Within a language, passages stand by meaning and words
    together: the cosine, its span over the candidates brought to 1, and a part of BM25's points.
    """
    meaning, words = dict(dense), dict(lexical)
    lowest, highest = min(meaning.values(), default=0.0), max(meaning.values(), default=0.0)
    span = (highest - lowest) or 1.0
    asked = primary(query_language)
    near = {number: (meaning.get(number, lowest) - lowest) / span for number in [*meaning, *words]}
    at_home = weights.english if asked == "en" else weights.elsewhere

    def strength(number: int) -> float:
        weight = at_home if primary(languages[number]) == asked else weights.abroad
        return near[number] + weight * words.get(number, 0.0)

    turns = sorted(near, key=lambda number: -near[number])  # stable: of equals the first by meaning, then by words
    ranked: dict[str, list[int]] = {}
    for number in sorted(turns, key=strength, reverse=True):
        ranked.setdefault(primary(languages[number]), []).append(number)
    waiting = {tongue: iter(numbers) for tongue, numbers in ranked.items()}
    return [(next(waiting[primary(languages[number])]), _share(place)) for place, number in enumerate(turns, 1)]


def _share(place: int) -> float:
    """1 for the first place, falling as reciprocal rank fusion has it."""
    return (RANK_DAMPING + 1) / (RANK_DAMPING + place)


def _query(query: Query | str) -> Query:
    return Query(query) if isinstance(query, str) else query


def _allowed(index: Index, where: Filter | None) -> set[str] | None:
    if where is None or where == Filter():
        return None
    return {document.id for document in index.documents.values() if where.allows(document)}


def _by_meaning(
    index: Index, query: Query, k: int, allowed: set[str] | None, also: Sequence[int] = ()
) -> list[tuple[int, float]]:
    if not query.text.strip():
        return []
    vector, pieces = index.read(query.text)
    vector = vector if query.vector is None else query.vector
    return index.dense(vector, k, allowed, pieces=pieces, also=also, patient=False)


def _by_words(index: Index, query: Query, k: int, allowed: set[str] | None) -> list[tuple[int, float]]:
    import numpy as np

    mask = None
    if allowed is not None:
        mask = np.fromiter(
            (chunk.document_id in allowed for chunk in index.chunks), dtype=bool, count=len(index.chunks)
        )
    return index.lexical.search(query.text, k, query.tag(), mask)


def _hits(index: Index, ranking: Sequence[tuple[int, float]]) -> list[Hit]:
    found = []
    for number, score in ranking:
        chunk = index.chunks[number]
        found.append(
            Hit(chunk.document_id, chunk.start, chunk.end, chunk.text, score, chunk.language, chunk.voice, chunk.number)
        )
    return found


def _is_a(language: str, tag: str) -> bool:
    return language.lower() == tag.lower() or language.lower().startswith(f"{tag.lower()}-")
