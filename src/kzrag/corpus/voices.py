"""Readers' comments under an article: voices of their own, with a name and a date, never the article's.

A comment begins at a header line ("NAME on DATE said:") and lasts until the next header, or until the page goes on
with something else. Headers are known by their shape: a short name, a whole date, a verb of saying, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kzrag.corpus import shapes
from kzrag.corpus.layout import Paragraph, ends_a_sentence, is_prose
from kzrag.corpus.stamps import besides_date, first_date

_SAID = (
    r"(?:said|says|wrote|writes|commented|replied|posted|пишет|написал(?:а|\(а\))?|сказал(?:а|\(а\))?|говорит|ответил(?:а|\(а\))?"
    r"|комментирует|прокомментировал(?:а|\(а\))?|деді|жазды|пікір қалдырды|жауап берді"
    r"|说道?|說道?|写道|寫道|表示|评论道?|評論道?|留言|发表于|發表於|评论于|評論於|回复|回覆)"
)
_LINK = r"(?:\s*[,，·|•:：—–-]\s*|\s+(?:on|at|am|vom)\s+|\s*[于於在]\s*|\s+)"
_WHEN = r"\d.{5,40}?|[^\W\d_]{3,10}\.? \d.{4,30}?"
_SPOKEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<name>.{{1,60}}?){_LINK}(?P<when>{_WHEN})\s*{_SAID}\s*[:：]?\Z",
        rf"(?P<name>.{{1,60}}?)\s*{_SAID}{_LINK}(?P<when>.{{6,40}}?)\s*[:：]?\Z",
        rf"(?:{_SAID}|comment|комментарий|评论|評論)\s+(?:by|от)\s+(?P<name>.{{1,60}}?){_LINK}(?P<when>{_WHEN})\s*[:：]?\Z",
    )
)
"""Header lines with a verb: they say by themselves what they are."""
_SPOKEN_UNDATED = re.compile(rf"(?P<name>.{{1,60}}?)\s*{_SAID}\s*[:：]\Z", re.IGNORECASE)
"""A header whose date stands on the line below."""
_BARE = re.compile(rf"(?P<name>.{{1,60}}?){_LINK}(?P<when>{_WHEN})\Z")
"""A name and a date: a header only where comments are expected."""

_LONGEST_NAME = 6
"""Words: long names of people have five, and a name of a user may be a phrase."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: paragraphs `header` to `body` - 1 announce it, `body` to `last` are its words."""

    name: str
    date: str | None
    header: int
    body: int
    last: int


def find(paragraphs: Sequence[Paragraph]) -> list[Comment]:
    """The comments of a page, in order; most pages have none."""
    headers: list[tuple[str, str | None, int, int]] = []
    expected = False
    for number in range(len(paragraphs)):
        opens = shapes.opens_comments(paragraphs[number])
        expected = expected or opens
        if opens or (headers and number < headers[-1][3]):
            continue
        header = _header(paragraphs, number, expected)
        if header is not None:
            headers.append(header)
    if not expected and len(headers) < 2:
        return []  # one such line in an article is a line of the article
    comments = []
    for order, (name, date, start, body) in enumerate(headers):
        limit = headers[order + 1][2] if order + 1 < len(headers) else len(paragraphs)
        end = next((number for number in range(body, limit) if shapes.ends_comments(paragraphs[number])), limit)
        if end > body:
            comments.append(Comment(name, date, start, body, end - 1))
    return comments


def _header(paragraphs: Sequence[Paragraph], number: int, expected: bool) -> tuple[str, str | None, int, int] | None:
    text = paragraphs[number].text
    if len(text) > 120 or "\n" in text:
        return None
    for pattern in _SPOKEN:
        match = pattern.match(text)
        if match is not None and (date := _date(match["when"])) and (name := _name(match["name"])):
            return name, date, number, number + 1
    if not expected:
        return None
    match = _BARE.match(text)
    if match is not None and (date := _date(match["when"])) and (name := _name(match["name"])):
        return name, date, number, number + 1
    below = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
    dated = besides_date(below) if len(below) <= 60 and not is_prose(below) else None
    if dated is None or len(dated.split()) > 1:
        return None  # "at" may stand beside the date, a name may not
    match = _SPOKEN_UNDATED.match(text)
    name_alone = match["name"] if match is not None else text if not ends_a_sentence(text) else ""
    name = _name(name_alone)
    stamp = first_date(below)
    return (name, stamp.iso, number, number + 2) if name and stamp else None


def _date(text: str) -> str | None:
    rest = besides_date(text)
    stamp = first_date(text)
    # "2 December 2022 at 14:05": a word or two may stand beside the date, a sentence may not.
    return stamp.iso if stamp is not None and rest is not None and len(rest.split()) <= 2 else None


def _name(text: str) -> str | None:
    """The text if it can be the name of a person or user."""
    name = text.strip(" \t\"'“”«»@:：,，·•|—–-")
    plausible = 0 < len(name.split()) <= _LONGEST_NAME and any(map(str.isalpha, name)) and not ends_a_sentence(name)
    return name if plausible and not re.search(r"[:：;。！？!?]|https?|\w{4}\.\s", name) else None
