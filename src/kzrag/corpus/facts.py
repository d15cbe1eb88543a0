"""What the lines at the head and the foot of a page tell of it: who wrote it, when, who publishes it.

Sites put several facts into a line, and hardly two of them alike: "By Ola Berg, Korso Press | Korso, 4 March 2021 |
5 min read". So a line is cut at its bars, dots and gaps, and each segment is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kzrag.corpus import idioms
from kzrag.corpus.layout import BLANK, DASH, cut, ends_a_sentence, width
from kzrag.corpus.stamps import CLOCK, first_date
from kzrag.text.language import fold, is_cjk
from kzrag.text.sentences import sentence_spans

Kind = Literal["author", "employer", "hand", "source", "published", "changed", "button"]
"""`employer`: for whom the author writes. `hand`: an editor, translator or photographer. `button`: anything that a
reader of the page may press or that counts those who did."""

_LONGEST_SEGMENT = 80
"""Columns: "By", two long names with their roles, or a motto; what is longer is text."""
_LONGEST_DASHED = 160
"""Characters of a line of two or three segments with dashes between them."""
_LONGEST_BESIDE_DATE = 60
"""Columns beside a date in its segment: a place, a name and a word like "published"."""
_BESIDE_NAME = re.compile(r"[,，(（/／]|\s[-–—]\s")
_MOST_WORDS = 8
"""Words of a name: three authors, or an institute."""
_TRIM = BLANK + ",，、;；:：.。·|-–—/／()（）[]【】〔〕"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a segment says."""

    kind: Kind
    value: str


_GENRE = re.compile(r"^[^\W\d_]{5,}\. +")
"""What kind of text it is, before its author: "Opinion. Ola Berg, columnist"."""


@lru_cache(maxsize=1 << 10)
def read(text: str) -> tuple[Fact, ...]:
    """What a line says of its page, in order; nothing where it says it in sentences."""
    segments = _segments(text)
    found = [fact for segment in segments for labelled in _labelled(segment) for fact in _read_segment(labelled)]
    if found or len(segments) == 1:
        found.extend(fact for segment in segments for fact in _with_role(segment))
    return tuple(found)


def is_strip(text: str) -> bool:
    """Whether a line is short segments, one of which at least is a fact of the page; or one that tells two of them."""
    segments = _segments(text)
    if not segments or any(width(segment) > _LONGEST_SEGMENT for segment in segments):
        return False
    if ends_a_sentence(text) and not any(_read_segment(segments[-1])):
        return False  # "4 марта 2021 г." ends with a stop too
    found = read(text)
    return len(found) > 1 or (len(segments) > 1 and len(found) > 0)


def _segments(text: str) -> list[str]:
    """The segments of a line; dashes part them where nothing else does and most of what they part is known."""
    segments = cut(text)
    dashed = len(segments) == 1 and len(text) <= _LONGEST_DASHED
    parts = [part.strip(BLANK) for part in DASH.split(text)] if dashed else []
    if len(parts) < 2:
        return segments
    known = sum(1 for part in parts if with_role(part) or any(_read_segment(part)))
    return parts if 2 * known > len(parts) else segments


def _labelled(segment: str) -> Iterator[str]:
    """The parts of a segment that begin with a label of their own: "来源：港口社 编译：林海"."""
    begin = 0
    folded = fold(segment)
    for match in idioms.NEXT_LABEL.finditer(folded):
        yield segment[begin : match.start()]
        begin = match.end()
    yield segment[begin:]


def _read_segment(segment: str) -> Iterator[Fact]:
    segment = segment.strip(BLANK)
    folded = fold(segment)
    if not segment or width(segment) > _LONGEST_SEGMENT:
        return
    stamp = first_date(segment)
    if stamp is not None:
        before, after = segment[: stamp.start], CLOCK.sub(" ", segment[stamp.end :])
        if ends_a_sentence(after.strip()) or width(before) + width(after) > _LONGEST_BESIDE_DATE:
            return
        around = list(_hands(before)) + list(_hands(after))
        beside = [word for word in words_beside(f"{before} {after}") if any(map(str.isalpha, word))]
        if not around and len(beside) > _MOST_WORDS // 2:
            return  # a sentence or a headline with a date in it
        yield Fact("changed" if idioms.CHANGED.search(fold(before)) else "published", stamp.iso)
        yield from around
        return
    hands = tuple(_hands(segment))
    yield from hands
    if not hands and (idioms.is_button(folded) or (CLOCK.search(folded) is not None and len(folded.split()) <= 4)):
        yield Fact("button", segment)


def words_beside(text: str) -> list[str]:
    """The words beside a date, but for those that only say that it is one: a weekday, a time zone, "published on"."""
    return idioms.STAMP_WORD.sub(" ", fold(text)).split()


def _hands(segment: str) -> Iterator[Fact]:
    """Who wrote, edited, translated or first published, after a word that says so."""
    segment = segment.strip(_TRIM)
    match = idioms.BYLINE.match(fold(segment))
    if match is None:
        return
    label = match["by"]
    name = segment[match.start("name") :]
    if idioms.NOT_AUTHOR.match(label):
        if value := _name(name):
            # A gap ends a name in Han, and what stands behind it may be a place or a button.
            value = value.split()[0] if is_cjk(value[0]) else value
            yield Fact("source" if idioms.ORIGIN.search(label) else "hand", value)
        return
    yield from _author(name)


def _author(text: str) -> Iterator[Fact]:
    """A name, the names beside it, and whom they write for; roles are left out."""
    if (inside := idioms.FILED.search(fold(text))) is not None:
        text = text[: inside.start()]
    names: list[str] = []
    employer: str | None = None
    for place, part in enumerate(piece.strip(_TRIM) for piece in _BESIDE_NAME.split(text)):
        if not part or (place and part[-1].isdigit()) or (place and idioms.ROLE.search(fold(part))):
            continue
        if place and is_organisation(part):
            employer = employer or part
        elif names and len(part.split()) == 1 < len(names[0].split()):
            continue  # a person has two names, a place one: "By Ola Berg, Korso"
        else:
            names.append(part)
    if name := _name(", ".join(names)):
        name = " ".join(map(recased, name.split())) if name.isupper() and name.isascii() else name
        yield Fact("author", name)
        if employer is not None:
            yield Fact("employer", employer)


def _with_role(segment: str) -> Iterator[Fact]:
    """A name beside what its bearer is: "Ola Berg, shipping correspondent", "本报记者 林海"."""
    if first_date(segment) is not None or any(map(str.isdigit, segment)):
        return
    segment = _GENRE.sub("", segment)
    head, comma, tail = segment.partition(",") if "," in segment else segment.partition("，")
    if comma and idioms.ROLE.search(fold(tail)) and is_person(head):
        yield Fact("author", head.strip(_TRIM))
        return
    match = idioms.ROLE_FIRST.match(fold(segment))
    if match is None or idioms.NOT_AUTHOR.search(match.group()):
        return
    name = re.split("[/／]", segment[match.end() :])[0].strip(_TRIM)
    if name and is_cjk(name[0]) and not is_person(name):
        name = name.split()[0]  # "本报记者 林海 摄影报道"
    if is_person(name):
        yield Fact("author", name.strip(_TRIM))


def with_role(text: str) -> bool:
    """Whether a whole line is a name and what its bearer is."""
    return any(_with_role(text))


def names_author(text: str) -> bool:
    """Whether a whole line is a word for the author and a name."""
    return not ends_a_sentence(text) and any(fact.kind == "author" for fact in _hands(text))


def who_asked(text: str) -> str | None:
    """Who led an interview, where a short sentence at the head or the end of a paragraph says so."""
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    for sentence in (sentences[0], sentences[-1]) if sentences else ():
        match = idioms.TALKED.match(fold(sentence)) if width(sentence) <= _LONGEST_SEGMENT else None
        name = sentence[match.end() :].strip(_TRIM) if match is not None else ""
        if name and is_person(name):
            return name
    return None


def _name(text: str) -> str | None:
    """The text if it can be a name: few words, the most of them with a capital or in a script without them."""
    name = " ".join(text.strip(_TRIM).split())
    words = name.split()
    proper = [word for word in words if word[0].isupper() or not word[0].isascii()]
    if not 0 < len(words) <= _MOST_WORDS or any(map(str.isdigit, name)) or 2 * len(proper) < len(words):
        return None
    return name if any(map(str.isalpha, name)) else None


def is_person(text: str) -> bool:
    """Two to four words with capitals, or two to four Han characters; foreign names in Han have a dot inside."""
    words = text.strip(_TRIM).split()
    if words and all(is_cjk(character) or character in "·‧" for character in "".join(words)):
        return 2 <= len("".join(words)) <= 4 or "·" in text or "‧" in text
    return 2 <= len(words) <= 4 and all(word[0].isupper() for word in words) and not any(map(str.isdigit, text))


def is_organisation(text: str) -> bool:
    """Whether a name is that of an agency, paper, institute, not of a person."""
    words = text.split()
    acronym = len(words) == 1 and text.isupper() and text.isascii() and len(text) > 1
    return acronym or (idioms.ORGANISATION.search(fold(text)) is not None and _name(text) is not None)


def recased(word: str) -> str:
    """`THE` as `The`; an acronym has no vowels, and stays."""
    return word.capitalize() if re.search("[aeiouyаеёиоуыэюяәіөұү]", word.lower()) else word
