"""Where a document comes from: what `sources.toml` says of it, and, where that says nothing, what the file itself does.

A wrong line in `sources.toml` costs one sentence to the reader and that line, never the document.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from kzrag.corpus import facts, idioms, publishers
from kzrag.corpus.furniture import BY_LINE, FACTS, MASTHEAD, STAMP, Verdict
from kzrag.corpus.layout import ROW, Paragraph, cut, looks_like_headline
from kzrag.corpus.stamps import dateline, first_date
from kzrag.corpus.voices import Comment
from kzrag.text.language import fold

SOURCES = "sources.toml"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_ISO_PREFIX = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")
_LONGEST = 1000
"""Characters of one value: a title or a note, not a text."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document's origin; None where nothing is."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    published_note: str | None = None
    translation_of: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """This, with what it leaves open taken from another; a date and its note come from one of the two."""
        known = {field.name: value for field in fields(self) if (value := getattr(self, field.name)) is not None}
        if "published" in known:
            known.setdefault("published_note", None)
        return replace(other, **known)


KEYS = tuple(field.name for field in fields(Metadata))


def read_sources(folder: Path) -> tuple[dict[str, Metadata], list[str]]:
    """Reads the `sources.toml` of a folder.

    Returns:
        The metadata by file name, and one sentence per thing in it that is not understood. Both empty without the file.
    """
    path = folder / SOURCES
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeDecodeError) as error:
        return {}, [f"{SOURCES} can't be read ({error}), so titles and dates come from the files themselves."]
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, [
            f"{SOURCES} is not valid TOML ({error}): correct that line; until then the files speak for themselves."
        ]
    problems = [
        f"{SOURCES} has a key {key!r} that means nothing here: articles go in [[article]] blocks."
        for key in table
        if key != "article"
    ]
    articles = table.get("article", [])
    if not isinstance(articles, list) or not all(isinstance(article, dict) for article in articles):
        return {}, [*problems, f"{SOURCES} has [article] where [[article]] is meant: double the brackets."]
    found: dict[str, Metadata] = {}
    for number, article in enumerate(articles, 1):
        name = article.pop("file", None)
        if not isinstance(name, str) or not name:
            problems.append(f"Article {number} in {SOURCES} has no `file`: name the file that it describes.")
        elif name in found:
            problems.append(f"{SOURCES} describes {name} twice; the first block counts.")
        else:
            found[name], more = understand(article, f"{SOURCES}, {name}")
            problems.extend(more)
    return found, problems


def understand(values: Mapping[str, Any], where: str) -> tuple[Metadata, list[str]]:
    """Metadata from values as a person wrote them, and one sentence per value that can't be meant.

    Args:
        values: any of the names of `KEYS`; a date may be a string, a year or a TOML date.
        where: how the sentences name the place, e.g. `sources.toml, x.txt`.
    """
    problems: list[str] = []
    known: dict[str, str] = {}
    for key, value in values.items():
        if key not in KEYS:
            problems.append(f"{where}: {key!r} is not one of {', '.join(KEYS)}, and is left out.")
            continue
        if value is None or value == "":
            continue
        if isinstance(value, datetime.date):
            value = value.isoformat()[:10]  # noqa: PLW2901  # a TOML date or date-time
        elif key == "published" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # noqa: PLW2901  # a year without quotes
        if not isinstance(value, str) or len(value) > _LONGEST:
            problems.append(f"{where}: {key} can't be {str(value)[:40]!r}; write a short text in quotation marks.")
            continue
        text = " ".join(value.split())
        if (wrong := _wrong(key, text)) is not None:
            problems.append(f"{where}: {key} can't be {text[:80]!r}; {wrong}.")
        elif text:
            known[key] = text
    return Metadata(**known), problems


def _wrong(key: str, text: str) -> str | None:
    """What to write instead, when a value can't be meant."""
    if key == "published" and not is_iso_prefix(text):
        return "write 2022-12-02, 2022-12 or 2022"
    if key == "language" and not _LANGUAGE.match(text):
        return "write a language tag such as en, zh-Hant or ru"
    if key == "url" and re.match(r"https?://\S+\Z", text) is None:
        return "write an address that begins with https://"
    return None


def is_iso_prefix(text: str) -> bool:
    """Whether a text is a date that exists, or its year, or its year and month."""
    if not _ISO_PREFIX.match(text):
        return False
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10])
    except ValueError:
        return False
    return True


_ASKED = 2
"""Paragraphs from either end of an interview that may say who led it."""


def from_text(paragraphs: Sequence[Paragraph], verdict: Verdict, comments: Sequence[Comment]) -> Metadata:
    """What the page itself says of its origin, only where it says it plainly."""
    told = _facts(paragraphs, verdict)
    published, note = _published(paragraphs, verdict, comments, told)
    return Metadata(
        title=_title(paragraphs, verdict),
        publisher=_publisher(paragraphs, verdict, told),
        author=_author(paragraphs, verdict, told),
        url=_address(paragraphs, verdict),
        published=published,
        published_note=note,
    )


def _title(paragraphs: Sequence[Paragraph], verdict: Verdict) -> str | None:
    """The headline; without one, the first line if it is short enough to be one."""
    if verdict.title is not None:
        return " ".join(paragraphs[verdict.title].text.split())
    first = next((number for number in range(len(paragraphs)) if number not in verdict.why), None)
    if first is None or paragraphs[first].bullet or not looks_like_headline(paragraphs[first].text):
        return None
    if len(cut(paragraphs[first].text)) >= ROW:
        return None
    return " ".join(paragraphs[first].text.split())


def _publisher(paragraphs: Sequence[Paragraph], verdict: Verdict, told: Sequence[facts.Fact]) -> str | None:
    """Whose the page says it is: beside the copyright mark, at its head, beside its author, or as its source."""
    marked = [" ".join(paragraphs[number].text.split("\n")) for number in sorted(verdict.why)]
    owned = next((name for text in reversed(marked) if (name := publishers.owner(text)) is not None), None)
    lone = next((number for number, rule in verdict.why.items() if rule == MASTHEAD), None)
    page = [paragraph.text for number, paragraph in enumerate(paragraphs) if number != (lone or 0)]
    if lone is not None:
        named: str | None = publishers.known_as(*publishers.named(paragraphs[lone].text), page)
    else:
        named = publishers.masthead(paragraphs[0].text, owned) if 0 in verdict.why else None
    if owned is not None:
        said = publishers.as_said(owned, [*page, paragraphs[lone or 0].text])
        shorter = named is not None and publishers.is_paper_of(named, said)
        return publishers.as_said(named, [said, *page]) if named is not None and shorter else said
    if named is not None:
        return publishers.as_said(named, page)
    return _first(told, "employer") or _first(told, "source")


def _author(paragraphs: Sequence[Paragraph], verdict: Verdict, told: Sequence[facts.Fact]) -> str | None:
    """Who wrote it, by its by-line, without the place of the dateline; else who led it, by a sentence of its own."""
    own = [p.text for number, p in enumerate(paragraphs) if number not in verdict.why and number != verdict.title]
    author = _first(told, "author")
    if author is not None:
        names, comma, place = author.rpartition(", ")
        return names if comma and own and fold(own[0]).startswith(fold(place)) else author
    return next((name for text in (*own[:_ASKED], *own[-_ASKED:]) if (name := facts.who_asked(text))), None)


def _first(told: Sequence[facts.Fact], kind: facts.Kind) -> str | None:
    return next((fact.value for fact in told if fact.kind == kind), None)


def _facts(paragraphs: Sequence[Paragraph], verdict: Verdict) -> list[facts.Fact]:
    """What the furniture tells of the page, from top to bottom; links to other articles and comments have dates too."""
    own = (BY_LINE, STAMP, FACTS, "menu", "page header")
    return [
        fact
        for number, rule in sorted(verdict.why.items())
        if rule in own
        for fact in facts.read(paragraphs[number].text) or _alone(paragraphs[number].text, rule)
    ]


def _alone(text: str, rule: str) -> Iterator[facts.Fact]:
    """The author whose name is all that a by-line says."""
    if rule == BY_LINE and facts.is_person(text):
        yield facts.Fact("author", " ".join(map(facts.recased, text.split())) if text.isupper() else text)


def _address(paragraphs: Sequence[Paragraph], verdict: Verdict) -> str | None:
    """The address in a line that says it is the article's own, or its original's."""
    for number, rule in sorted(verdict.why.items()):
        text = paragraphs[number].text
        match = re.search(r"https?://[^\s<>\"')）】]+", text) if rule == "link" else None
        label = fold(text[: match.start()]) if match is not None else ""
        if match is not None and idioms.ORIGIN.search(label):
            return match.group()
    return None


def _published(
    paragraphs: Sequence[Paragraph], verdict: Verdict, comments: Sequence[Comment], told: Sequence[facts.Fact]
) -> tuple[str | None, str | None]:
    """The date of the page's stamp; else of its dateline, its last change, or its first comment, which it is not
    younger than."""
    stamps = {fact.value for fact in told if fact.kind == "published"}
    stamps |= {
        stamp.iso
        for number, rule in verdict.why.items()
        if rule in (STAMP, BY_LINE)
        and not any(facts.read(paragraphs[number].text))
        and (stamp := first_date(paragraphs[number].text)) is not None
    }
    if stamps:
        return (stamps.pop(), None) if len(stamps) == 1 else (None, None)
    begins = next((n for n, p in enumerate(paragraphs) if n not in verdict.why and n != verdict.title), None)
    if begins is not None and (day := dateline(paragraphs[begins].text)) is not None:
        return day, None
    changes = {fact.value for fact in told if fact.kind == "changed"}
    if len(changes) == 1:
        return changes.pop(), "The page says only when it was last changed."
    dates = sorted(comment.date for comment in comments if comment.date and not comment.date.startswith("--"))
    if dates:
        return dates[0], "The page shows no date; this is the date of its first reader comment."
    return None, None
