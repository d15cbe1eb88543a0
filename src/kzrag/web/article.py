"""A whole article for reading: its paragraphs in order, every citation of the answer marked, its translation beside it.

Pure: plain values for the templates, which escape them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kzrag.records import ARTICLE, Answer, Block, Document, Furniture
from kzrag.web.evidence import Documents, badge
from kzrag.web.sources import Source, source
from kzrag.web.words import date, rule_name, word

Span = tuple[int, int]
Align = Callable[[Document, Document], Sequence[tuple[Span, Span]]]
"""Spans of two versions of an article that say the same (`kzrag.corpus`)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `numbers` are the citations that cover it."""

    text: str
    numbers: tuple[int, ...] = ()
    first: bool = False
    """Whether a citation begins here: that is where reading jumps to."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[Piece, ...]
    heading: bool = False
    is_title: bool = False
    """Whether it only repeats the title above the article, uncited."""
    comment: str | None = None
    """The line that introduces a reader's comment, on the first paragraph of each."""
    spoken_by_reader: bool = False
    left_out: str | None = None
    """Why it is not part of the index, when it is page furniture."""


@dataclass(frozen=True, slots=True)
class Version:
    """One article, as it is shown."""

    source: Source
    badge: str | None
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Article:
    versions: tuple[Version, ...]
    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]
    """Side by side: rows of paragraphs that say the same, a column per version; empty for one version."""
    other: str | None
    """Id of a version that could stand beside, when only one is shown."""
    turn: int
    focus: int | None
    """The citation to jump to."""


def article(
    document_id: str,
    documents: Documents,
    language: str,
    *,
    answer: Answer | None = None,
    turn: int = -1,
    focus: int | None = None,
    beside: bool = False,
    align: Align | None = None,
) -> Article | None:
    """The article `document_id` with the citations of `answer` marked; None when it is not in the corpus.

    `beside` puts another version of its family next to it, the original to the left; `align` says which parts of the
    two are the same.
    """
    document = documents.get(document_id)
    if document is None:
        return None
    other = _other_version(document, documents)
    marks = [mark for mark in _marks(answer) if mark[0] == document.id]
    shown = _version(document, marks, documents, language)
    if not beside or other is None:
        return Article((shown,), (), other.id if other else None, turn, focus)
    pairs = align(document, other) if align else ()
    own_other = [mark for mark in _marks(answer) if mark[0] == other.id]
    through = [
        (other.id, start, end, number)
        for _, cited_start, cited_end, number in marks
        for (a, b), (start, end) in pairs
        if a < cited_end and b > cited_start
    ]
    beside_it = _version(other, [*own_other, *through], documents, language)
    left, right = (shown, beside_it), (document, other)
    if document.translation_of == other.id:
        left, right = (beside_it, shown), (other, document)
        pairs = [(b, a) for a, b in pairs]
    return Article(left, _rows(left, right, pairs), None, turn, focus)


def _marks(answer: Answer | None) -> list[tuple[str, int, int, int]]:
    return [(c.document_id, c.start, c.end, c.number) for c in answer.citations] if answer else []


def _other_version(document: Document, documents: Documents) -> Document | None:
    if document.translation_of and document.translation_of in documents:
        return documents[document.translation_of]
    family = [d for d in documents.values() if d.family and d.family == document.family and d.id != document.id]
    return next((d for d in family if d.translation_of == document.id), family[0] if family else None)


def _version(
    document: Document, marks: Sequence[tuple[str, int, int, int]], documents: Documents, language: str
) -> Version:
    related = document.translation_of is not None or any(d.translation_of == document.id for d in documents.values())
    return Version(
        source=source(document, language, related=related),
        badge=badge(document, documents, language),
        paragraphs=tuple(_paragraphs(document, marks, language)),
    )


def _paragraphs(document: Document, marks: Sequence[tuple[str, int, int, int]], language: str) -> Iterable[Paragraph]:
    seen: set[int] = set()
    speaker = ARTICLE
    for part in _parts(document):
        if not isinstance(part, Block):
            why = word(language, "left_out", why=rule_name(language, part.why))
            yield Paragraph((Piece(document.raw[part.start : part.end].strip()),), left_out=why)
            continue
        reader = part.voice != ARTICLE
        introduced = None
        if reader and part.voice != speaker:
            introduced = word(language, "comment_by", name=part.voice)
            if part.voice_date:
                introduced += f" · {date(language, part.voice_date)}"
        speaker = part.voice
        pieces = tuple(_pieces(document.raw, part.start, part.end, marks, seen))
        title = part.heading and len(pieces) == 1 and pieces[0].text == document.title and not pieces[0].numbers
        yield Paragraph(pieces, part.heading, title, introduced, reader)


def _pieces(
    raw: str, start: int, end: int, marks: Sequence[tuple[str, int, int, int]], seen: set[int]
) -> Iterable[Piece]:
    """`raw[start:end]` cut where a citation begins or ends."""
    here = [mark for mark in marks if mark[1] < end and mark[2] > start]
    cuts = sorted({start, end, *(min(max(edge, start), end) for mark in here for edge in mark[1:3])})
    for a, b in pairwise(cuts):
        numbers = tuple(sorted({mark[3] for mark in here if mark[1] <= a and mark[2] >= b}))
        new = [number for number in numbers if number not in seen]
        seen.update(new)
        yield Piece(raw[a:b], numbers, bool(new))


def _rows(
    versions: tuple[Version, Version], documents: tuple[Document, Document], pairs: Sequence[tuple[Span, Span]]
) -> tuple[tuple[tuple[Paragraph, ...], ...], ...]:
    """Paragraphs of two versions in step: a new row wherever both sides have come to the same place."""
    left, right = versions[0].paragraphs, versions[1].paragraphs
    starts = [[part.start for part in _parts(document)] for document in documents]
    anchors = [(0, 0)]
    for (a, _), (b, _) in sorted(pairs):
        i, j = _paragraph_at(starts[0], a), _paragraph_at(starts[1], b)
        if i > anchors[-1][0] and j > anchors[-1][1]:
            anchors.append((i, j))
    anchors.append((len(left), len(right)))
    rows = [(left[i:k], right[j:n]) for (i, j), (k, n) in pairwise(anchors)]
    return tuple(row for row in rows if row[0] or row[1])


def _parts(document: Document) -> list[Block | Furniture]:
    """Content and furniture in reading order."""
    parts: list[Block | Furniture] = [*document.blocks, *document.furniture]
    parts.sort(key=lambda part: part.start)
    return [part for part in parts if document.raw[part.start : part.end].strip()]


def _paragraph_at(starts: Sequence[int], offset: int) -> int:
    return max((i for i, start in enumerate(starts) if start <= offset), default=0)
