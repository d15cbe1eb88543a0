"""Readers' comments under an article: voices of their own, with a name and a date, never the article's.

A comment begins at a header line ("NAME on DATE said:") and lasts until the next header, or until the page goes on
with something else. Headers are known by their shape: a short name, a date, a verb of saying, in any order. Where a
site prints a comment in one line, the header is the beginning of the line ("NAME – DATE – …").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kzrag.corpus import shapes
from kzrag.corpus.layout import Paragraph, ends_a_sentence, is_prose
from kzrag.corpus.stamps import CLOCK, besides_date, first_date, first_day, in_year

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

_SAID_LAST = re.compile(
    rf"(?:^|(?<=[\s,，:：]))(?:{_SAID})(?:\s+(?:on|at))?[\s,，:：]*\Z|\s+(?:on|at)\Z", re.IGNORECASE
)
"""The verb between a name and its day."""
_CLOCK_AFTER = re.compile(rf"\s*(?:,|，|at|в|сағат|г\.,?|года,?)?\s*(?:at|в)?\s*{CLOCK.pattern}", re.IGNORECASE)
_PARTED = re.compile(r"[)）\]】]?(?:\s*[:：|｜]\s*|\s+[-–—]+\s+|\s{2,}|\u3000+|\t+|(?<=\d)\s+(?=[\u3400-\u9fff]))")
"""What stands between a header and the words behind it."""
_NAMED_AFTER = re.compile(
    r"[)）\]】]?[\s,，|｜·–—-]+(?P<name>[^:：|｜\u3000]{1,40}?)(?:\s*[:：]\s*|\s+[-–—]\s+|\u3000+|\s{2,})(?=\S)"
)
"""A name behind its day: "04.03.2021 16:05 Ола: …"."""
_NUMBERED = re.compile(r"\A(?:#?\d{1,4}[.)、楼樓#]|#\d{1,4})\s*")
"""Forums number what is posted."""
_LONGEST_HEADER = 90
"""Characters: the longest names, verbs and dates seen, and a third more."""
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
    at: int = 0
    """Offset into paragraph `body` where the words begin, behind a header on the same line."""


_Header = tuple[str, str | None, int, int, int]
"""Name, date, and the `header`, `body` and `at` of a comment."""


def find(paragraphs: Sequence[Paragraph]) -> list[Comment]:
    """The comments of a page, in order; most pages have none."""
    headers: list[_Header] = []
    expected = False
    for number in range(len(paragraphs)):
        opens = shapes.opens_comments(paragraphs[number])
        expected = expected or opens
        if opens or (headers and number < headers[-1][3]):
            continue
        follows = bool(headers) or (number > 0 and shapes.opens_comments(paragraphs[number - 1]))
        header = _header(paragraphs, number, expected, follows=expected and follows)
        if header is not None:
            headers.append(header)
    if not expected and len(headers) < 2:
        return []  # one such line in an article is a line of the article
    comments = []
    for order, (name, date, start, body, at) in enumerate(headers):
        limit = headers[order + 1][2] if order + 1 < len(headers) else len(paragraphs)
        end = next((n for n in range(body + bool(at), limit) if shapes.ends_comments(paragraphs[n])), limit)
        if end > body:
            comments.append(Comment(name, date, start, body, end - 1, at))
    return comments


def dated(comments: Sequence[Comment], published: str | None) -> list[Comment]:
    """The comments with their years, which many sites leave out for those of the article's own year."""
    return [replace(c, date=in_year(c.date, published)) if c.date is not None else c for c in comments]


def _header(paragraphs: Sequence[Paragraph], number: int, expected: bool, *, follows: bool) -> _Header | None:
    """The header at a paragraph; `follows` says that the heading of the comments, or a comment, is right before it."""
    text = paragraphs[number].text
    if (inline := _inline(text, expected, follows)) is not None:
        return inline[0], inline[1], number, number, inline[2]
    if len(text) > 120 or "\n" in text:
        return None
    for pattern in _SPOKEN:
        match = pattern.match(text)
        if match is not None and (date := _date(match["when"])) and (name := _name(match["name"])):
            return name, date, number, number + 1, 0
    if not expected:
        return None
    match = _BARE.match(text)
    if match is not None and (date := _date(match["when"])) and (name := _name(match["name"])):
        return name, date, number, number + 1, 0
    below = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
    dated = besides_date(below) if len(below) <= 60 and not is_prose(below) else None
    if dated is None or len(dated.split()) > 1:
        return None  # "at" may stand beside the date, a name may not
    match = _SPOKEN_UNDATED.match(text)
    name_alone = match["name"] if match is not None else text if not ends_a_sentence(text) else ""
    name = _name(name_alone)
    stamp = first_date(below)
    return (name, stamp.iso, number, number + 2, 0) if name and stamp else None


def _inline(text: str, expected: bool, follows: bool) -> tuple[str, str, int] | None:
    """Name, day and the place where the words begin, of a comment that stands in one line with its header.

    The day has a verb of saying before it, or, where comments are expected, a clock time behind it, or, among comments,
    a colon; and something parts it from the words: a dash, a colon, a bar, a gap. So "Ola Berg, 4 March 2021: a memoir"
    is a line of text in an article and a comment among others.
    """
    day = first_day(text[:_LONGEST_HEADER])
    if day is None:
        return None
    clock = _CLOCK_AFTER.match(text, day.end)
    end = day.end + len(clock.group().rstrip()) if clock is not None else day.end
    before = _NUMBERED.sub("", text[: day.start].strip())
    if not before:
        after = _NAMED_AFTER.match(text, end) if clock is not None and expected else None
        return (name, day.iso, after.end()) if after is not None and (name := _name(after["name"])) else None
    parted = _PARTED.match(text, end)
    said = _SAID_LAST.search(before)
    if parted is None or not any(map(str.isalnum, text[parted.end() :])):
        return None
    clocked = expected and clock is not None
    listed = follows and parted.group().strip() in (":", "：")
    if said is None and not clocked and not listed:
        return None
    name = _name(before[: said.start()] if said is not None else before)
    return (name, day.iso, parted.end()) if name is not None else None


def _date(text: str) -> str | None:
    rest = besides_date(text)
    stamp = first_date(text)
    if stamp is None and (day := first_day(text)) is not None and CLOCK.search(text) is not None:
        stamp, rest = day, CLOCK.sub(" ", f"{text[: day.start]} {text[day.end :]}").strip(" \t,.;:|·-–—/")
    # "2 December 2022 at 14:05": a word or two may stand beside the date, a sentence may not.
    return stamp.iso if stamp is not None and rest is not None and len(rest.split()) <= 2 else None


def _name(text: str) -> str | None:
    """The text if it can be the name of a person or user."""
    name = text.strip(" \t\"'“”«»@:：,，·•|—–-")
    plausible = 0 < len(name.split()) <= _LONGEST_NAME and any(map(str.isalpha, name))
    plausible = plausible and (not ends_a_sentence(name) or re.search(r"\b[^\W\d_]\.\Z", name) is not None)  # "Ola B."
    return name if plausible and not re.search(r"[:：;。！？!?]|https?|\w{4}\.\s", name) else None
