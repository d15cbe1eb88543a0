"""Where a document comes from: what `sources.toml` says of it, and, where that says nothing, what the file itself does.

A wrong line in `sources.toml` costs one sentence to the reader and that line, never the document.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from kzrag.corpus import idioms
from kzrag.corpus.furniture import MASTHEAD, Verdict
from kzrag.corpus.layout import Paragraph, looks_like_heading
from kzrag.corpus.stamps import first_date
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


def from_text(paragraphs: Sequence[Paragraph], verdict: Verdict, comments: Sequence[Comment]) -> Metadata:
    """What the page itself says of its origin, only where it says it plainly."""
    published, note = _published(paragraphs, verdict, comments)
    return Metadata(
        title=_title(paragraphs, verdict),
        publisher=_publisher(paragraphs, verdict),
        author=_author(paragraphs, verdict),
        url=_address(paragraphs, verdict),
        published=published,
        published_note=note,
    )


def _title(paragraphs: Sequence[Paragraph], verdict: Verdict) -> str | None:
    """The headline; without one, the first line if it is short enough to be one."""
    if verdict.title is not None:
        return " ".join(paragraphs[verdict.title].text.split())
    first = next((number for number in range(len(paragraphs)) if number not in verdict.why), None)
    if first is None or paragraphs[first].bullet or not looks_like_heading(paragraphs[first].text):
        return None
    return " ".join(paragraphs[first].text.split())


_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b|版权所有|版權所有)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–—]\s*\d{4})?)?[\s,]*(?:by\s+)?"
    r"(?P<name>[^\W\d_][^|·•\n\t\u3000]{1,60}?)\s*[.。,|·]?\s*"
    r"(?:all rights|版[权權]|保留|все права|барлық|\s{2}|[|·•\t\u3000]|$)",
    re.IGNORECASE,
)


def _publisher(paragraphs: Sequence[Paragraph], verdict: Verdict) -> str | None:
    """Whose the page says it is: beside the copyright mark, or at its head."""
    for number in sorted(verdict.why, reverse=True):
        match = _COPYRIGHT.search(paragraphs[number].text)
        if match is not None:
            return " ".join(match["name"].split())
    named = (paragraphs[number].text for number, rule in verdict.why.items() if rule == MASTHEAD)
    return next((" ".join(text.split()) for text in named), None)


def _author(paragraphs: Sequence[Paragraph], verdict: Verdict) -> str | None:
    for number, rule in sorted(verdict.why.items()):
        match = idioms.BYLINE.match(fold(paragraphs[number].text)) if rule == "by-line" else None
        if match is not None and not idioms.NOT_AUTHOR.match(match["by"]):
            return " ".join(paragraphs[number].text[match.start("name") :].split())
    return None


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
    paragraphs: Sequence[Paragraph], verdict: Verdict, comments: Sequence[Comment]
) -> tuple[str | None, str | None]:
    """The date of the page's stamp; else that of its first comment, which the article is not younger than."""
    stamps = {
        stamp.iso
        for number, rule in verdict.why.items()
        if rule in ("page stamp", "by-line") and (stamp := first_date(paragraphs[number].text)) is not None
    }
    if len(stamps) == 1:
        return stamps.pop(), None
    dates = sorted(comment.date for comment in comments if comment.date)
    if not stamps and dates:
        return dates[0], "The page shows no date; this is the date of its first reader comment."
    return None, None
