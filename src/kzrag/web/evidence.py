"""Answer + documents -> what the reader sees beside it: cards of quotes in their context, and who disagrees with whom.

Pure: plain values for the templates, which escape them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kzrag.records import ARTICLE, Answer, Citation, Document
from kzrag.web.words import date, language_name, word

CONTEXT = 220
"""Characters shown before and after a quote: two or three lines of a card."""
HEADLINE = 60
"""Characters of the first words that stand in for a missing title: one line."""
EDGES = " \n。！？；，,.;:!?、"
"""Where a context may be cut so that no word is."""
CLOSERS = " \n”’»」』）)\"'"
"""What ends the words before the cut and would stand alone after it."""

Documents = Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class Card:
    """One citation, as it is shown."""

    number: int
    document_id: str
    publisher: str
    speaker: str | None
    """The author, or the reader whose comment it is."""
    comment: bool
    """Whether a reader speaks, not the article."""
    date: str
    date_note: str | None
    language: str
    language_name: str
    title: str
    url: str | None
    before: str
    quote: str
    after: str
    badge: str | None
    """What other versions of the article there are: they are no further source."""
    problem: str | None
    """Why the quote can't be shown in its article any more."""


@dataclass(frozen=True, slots=True)
class Side:
    """One column of a disagreement."""

    who: str
    date: str
    claim: str
    language: str | None
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    topic: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    turn: int
    question: str
    abstained: bool
    cards: tuple[Card, ...]
    summary: tuple[str, ...]
    disputes: tuple[Dispute, ...]
    as_text: str
    """The answer and its sources, to be copied."""


def evidence(turn: int, question: str, answer: Answer, documents: Documents, language: str) -> Evidence:
    """What stands beside the answer of turn number `turn` (from 0)."""
    return Evidence(
        turn=turn,
        question=question,
        abstained=answer.abstained,
        cards=tuple(card(citation, documents, language) for citation in answer.citations),
        summary=summary(answer.citations, language),
        disputes=disputes(answer, language),
        as_text=with_sources(answer, language),
    )


def card(citation: Citation, documents: Documents, language: str) -> Card:
    document = documents.get(citation.document_id)
    problem = None
    before = after = ""
    if document is None:
        problem = word(language, "gone")
    elif document.raw[citation.start : citation.end] != citation.quote:
        problem = word(language, "changed")
    else:
        before, after = context(document, citation.start, citation.end)
    comment = citation.voice != ARTICLE
    return Card(
        number=citation.number,
        document_id=citation.document_id,
        publisher=citation.publisher or word(language, "unknown_publisher"),
        speaker=citation.voice if comment else citation.author,
        comment=comment,
        date=date(language, citation.published),
        date_note=citation.published_note,
        language=citation.language,
        language_name=language_name(language, citation.language),
        title=citation.title or (headline(document) if document else citation.document_id),
        url=safe_url(citation.url),
        before=before,
        quote=citation.quote,
        after=after,
        badge=badge(document, documents, language) if document else None,
        problem=problem,
    )


def context(document: Document, start: int, end: int) -> tuple[str, str]:
    """The words around a quote, from content of the same voice only, cut between words."""
    voice = next((block.voice for block in document.blocks if block.start <= start < block.end), ARTICLE)
    mine = [block for block in document.blocks if block.voice == voice]
    before = "\n".join(document.raw[b.start : min(b.end, start)] for b in mine if b.start < start)
    after = "\n".join(document.raw[max(b.start, end) : b.end] for b in mine if b.end > end)
    if before and any(b.start == start for b in mine):
        before += "\n"
    if after and any(b.end == end for b in mine):
        after = "\n" + after
    cut_before, cut_after = before[-CONTEXT:], after[:CONTEXT]
    if len(cut_before) < len(before):
        edge = next((i for i, ch in enumerate(cut_before) if ch in EDGES), -1)
        cut_before = "… " + cut_before[edge + 1 :].lstrip(CLOSERS)
    if len(cut_after) < len(after):
        edge = max((i for i, ch in enumerate(cut_after) if ch in EDGES), default=len(cut_after))
        cut_after = cut_after[:edge].rstrip() + " …"
    return cut_before, cut_after


def headline(document: Document) -> str:
    """The title, or for an article that has none its first words."""
    if document.title:
        return document.title
    first = document.blocks[0] if document.blocks else None
    opening = " ".join(document.raw[first.start : first.end].split()) if first else document.id
    # A Chinese character is as wide as two Latin letters.
    limit = HEADLINE // 2 if document.language.startswith("zh") else HEADLINE
    if len(opening) <= limit:
        return opening
    edge = max((i for i, ch in enumerate(opening[:limit]) if ch in EDGES), default=limit)
    return opening[: edge if edge > limit // 3 else limit].rstrip(EDGES) + "…"


def badge(document: Document, documents: Documents, language: str) -> str | None:
    """That the article is a translation, or has one: those are one source, however many articles."""
    if document.translation_of and (original := documents.get(document.translation_of)):
        return word(language, "is_translation", title=headline(original))
    others = [d for d in documents.values() if d.family == document.family and d.id != document.id and d.family]
    if not others:
        return None
    tags = sorted({language_name(language, other.language) for other in others})
    return word(language, "has_translation", languages=", ".join(tags))


def summary(citations: Sequence[Citation], language: str) -> tuple[str, ...]:
    """How much stands behind the answer: passages, articles, and how many of these are independent."""
    if not citations:
        return ()
    articles = {citation.document_id for citation in citations}
    families = {citation.family or citation.document_id for citation in citations}
    counted = word(language, "articles", n=len(articles))
    if len(families) == 1 and len(articles) > 1:
        return word(language, "passages", n=len(citations)), word(language, "one_source", articles=counted)
    return (
        word(language, "passages", n=len(citations)),
        counted,
        word(language, "independent", n=len(families)),
    )


def disputes(answer: Answer, language: str) -> tuple[Dispute, ...]:
    by_number = {citation.number: citation for citation in answer.citations}
    drawn = []
    for disagreement in answer.disagreements:
        sides = []
        for position in disagreement.positions:
            cited = [by_number[number] for number in position.citations if number in by_number]
            first = cited[0] if cited else None
            names = dict.fromkeys(speaker(citation, language) for citation in cited)
            sides.append(
                Side(
                    who=" · ".join(names) or "—",
                    date=date(language, first.published) if first else "",
                    claim=position.claim,
                    language=first.language if first else None,
                    numbers=tuple(citation.number for citation in cited),
                )
            )
        drawn.append(Dispute(disagreement.topic, tuple(sides)))
    return tuple(drawn)


def speaker(citation: Citation, language: str) -> str:
    """Who says it, in a few words: the reader who comments, else publisher, else author."""
    if citation.voice != ARTICLE:
        return word(language, "comment_by", name=citation.voice)
    return citation.publisher or citation.author or word(language, "unknown_publisher")


def with_sources(answer: Answer, language: str) -> str:
    """The answer as plain text with its sources in full, to be copied or exported."""
    lines = [answer.text]
    for citation in answer.citations:
        parts = [
            speaker(citation, language),
            citation.title,
            date(language, citation.published),
            safe_url(citation.url),
        ]
        lines.append(f"[{citation.number}] " + ", ".join(part for part in parts if part) + f": “{citation.quote}”")
    return "\n\n".join(lines)


def safe_url(url: str | None) -> str | None:
    """The address when it is one of the web; metadata is a stranger's, and `javascript:` is an address too."""
    if url and urlsplit(url).scheme in ("http", "https"):
        return url
    return None
