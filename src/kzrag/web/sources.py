"""Documents -> the list of sources: families of articles, the original first, its translations under it. Pure.

`Source` is how the page names a document wherever it stands whole: in that list and above the opened article.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kzrag.records import Document
from kzrag.web.evidence import headline, safe_url
from kzrag.web.words import date, language_name, word


@dataclass(frozen=True, slots=True)
class Source:
    """A document by its names: what it is called, who published it, when, in which language."""

    document_id: str
    title: str
    publisher: str
    author: str | None
    date: str
    date_note: str | None
    language: str
    language_name: str
    role: str | None
    """"Original" or "Translation" where the family has both."""
    url: str | None


@dataclass(frozen=True, slots=True)
class Family:
    """One independent source: an article with its translations and reprints."""

    head: Source
    others: tuple[Source, ...]
    note: str | None


def families(documents: Iterable[Document], language: str) -> tuple[Family, ...]:
    grouped: dict[str, list[Document]] = {}
    for document in documents:
        grouped.setdefault(document.family or document.id, []).append(document)
    drawn = []
    for members in grouped.values():
        members.sort(key=lambda d: (d.translation_of is not None, d.id))
        related = len(members) > 1
        note = word(language, "one_source", articles=word(language, "articles", n=len(members))) if related else None
        head, *others = (source(document, language, related=related) for document in members)
        drawn.append(Family(head, tuple(others), note))
    return tuple(drawn)


def source(document: Document, language: str, *, related: bool = False) -> Source:
    """`related`: whether it is, or has, a translation."""
    role = word(language, "translation" if document.translation_of else "original") if related else None
    return Source(
        document_id=document.id,
        title=headline(document),
        publisher=document.publisher or word(language, "unknown_publisher"),
        author=document.author,
        date=date(language, document.published),
        date_note=document.published_note,
        language=document.language,
        language_name=language_name(language, document.language),
        role=role,
        url=safe_url(document.url),
    )


def choices(documents: Iterable[Document], language: str) -> list[tuple[str, str]]:
    """The ticks of the filter: label and document id."""
    return [
        (f"{source(d, language).title} ({source(d, language).publisher}, {language_name(language, d.language)})", d.id)
        for d in documents
    ]
