"""What the lines at the head and the foot of a page tell of it: who wrote it, when, who publishes it.

Sites put several facts into a line, and hardly two of them alike: "By Ola Berg, Korso Press | Korso, 4 March 2021 |
5 min read". So a line is cut at its bars, dots and gaps, and each segment is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kzrag.corpus import idioms
from kzrag.corpus.layout import BLANK, ends_a_sentence, width
from kzrag.corpus.stamps import CLOCK, first_date
from kzrag.text.language import fold, is_cjk

Kind = Literal["author", "employer", "hand", "source", "published", "changed", "button"]
"""`employer`: for whom the author writes. `hand`: an editor, translator or photographer. `button`: anything that a
reader of the page may press or that counts those who did."""

_BETWEEN = re.compile(r"\s*[|｜•]\s*|\s+[·/›»>]+\s+|[ \xa0]{2,}|\t\s*|\u3000+")
"""Bars, dots, arrows and wide gaps; a dot or stroke without spaces is part of a name or of a date."""
_DASH = re.compile(r"\s+[-–—]{1,2}\s+")
_LONGEST_SEGMENT = 80
"""Columns: "By", two long names with their roles, or a motto; what is longer is text."""
_LONGEST_BESIDE_DATE = 60
"""Columns beside a date in its segment: a place, a name and a word like "published"."""
_MOST_WORDS = 8
"""Words of a name: three authors, or an institute."""
_TRIM = BLANK + ",，、;；:：.。·|-–—/／()（）[]【】"
_QUOTES = "\"'“”‘’«»《》「」『』〈〉"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a segment says."""

    kind: Kind
    value: str


def cut(text: str) -> list[str]:
    """The segments of a line, without what parts them."""
    return [part for part in (piece.strip(BLANK) for piece in _BETWEEN.split(text)) if any(map(str.isalnum, part))]


@lru_cache(maxsize=1 << 10)
def read(text: str) -> tuple[Fact, ...]:
    """What a line says of its page, in order; nothing where it says it in sentences."""
    segments = cut(text)
    if len(segments) == 1 and len(parts := _DASH.split(segments[0])) > 1:
        parts = [part.strip(BLANK) for part in parts]
        known = sum(1 for part in parts if any(_read_segment(part)))
        segments = parts if 2 * known > len(parts) else segments
    found = [fact for segment in segments for labelled in _labelled(segment) for fact in _read_segment(labelled)]
    if len(found) > 0 and len(segments) > 1:
        found.extend(fact for segment in segments for fact in _with_role(segment))
    return tuple(found)


def is_strip(text: str) -> bool:
    """Whether a line is several short segments, one of which at least is a fact of the page."""
    segments = cut(text)
    if len(segments) == 1:
        segments = _DASH.split(text)
    if len(segments) < 2 or ends_a_sentence(text.rstrip(".")):  # "3 min." and "Ltd." end with a stop too
        return False
    return all(width(segment) <= _LONGEST_SEGMENT for segment in segments) and bool(read(text))


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
        beside = [word for word in f"{before} {after}".split() if any(map(str.isalpha, word))]
        if not around and len(beside) > _MOST_WORDS // 2:
            return  # a sentence or a headline with a date in it
        yield Fact("changed" if idioms.CHANGED.search(fold(before)) else "published", stamp.iso)
        yield from around
        return
    hands = tuple(_hands(segment))
    yield from hands
    if not hands and (idioms.is_button(folded) or (CLOCK.search(folded) is not None and len(folded.split()) <= 4)):
        yield Fact("button", segment)


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
            yield Fact("source" if idioms.ORIGIN.search(label) else "hand", value)
        return
    yield from _author(name)


def _author(text: str) -> Iterator[Fact]:
    """A name, the names beside it, and whom they write for; roles are left out."""
    if (inside := idioms.FILED.search(fold(text))) is not None:
        text = text[: inside.start()]
    names: list[str] = []
    employer: str | None = None
    for place, part in enumerate(piece.strip(_TRIM) for piece in re.split(r"[,，(（/]", text)):
        if not part or (place and idioms.ROLE.search(fold(part))):
            continue
        if place and is_organisation(part):
            employer = employer or part
        else:
            names.append(part)
    if name := _name(", ".join(names)):
        yield Fact("author", name)
        if employer is not None:
            yield Fact("employer", employer)


def _with_role(segment: str) -> Iterator[Fact]:
    """A name beside what its bearer is: "Ola Berg, shipping correspondent", "本报记者 林海"."""
    if first_date(segment) is not None or any(map(str.isdigit, segment)):
        return
    head, comma, tail = segment.partition(",") if "," in segment else segment.partition("，")
    if comma and idioms.ROLE.search(fold(tail)) and _is_person(head):
        yield Fact("author", head.strip(_TRIM))
        return
    match = idioms.ROLE_FIRST.match(fold(segment))
    if match is not None and _is_person(name := segment[match.end() :]):
        yield Fact("author", name.strip(_TRIM))


def with_role(text: str) -> bool:
    """Whether a whole line is a name and what its bearer is."""
    return any(_with_role(text))


def _name(text: str) -> str | None:
    """The text if it can be a name: few words, the most of them with a capital or in a script without them."""
    name = " ".join(text.strip(_TRIM).split())
    words = name.split()
    proper = [word for word in words if word[0].isupper() or not word[0].isascii()]
    if not 0 < len(words) <= _MOST_WORDS or any(map(str.isdigit, name)) or 2 * len(proper) < len(words):
        return None
    return name if any(map(str.isalpha, name)) else None


def _is_person(text: str) -> bool:
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


_YEARS = r"(?:19|20)\d\d(?:\s*[-–—]\s*(?:19|20)?\d\d)?"
_MARK = r"(?:©|\(c\)|\bcopyright\b|版权所有|版权归|版权属于?)"
_OWNED = re.compile(
    rf"{_MARK}(?:\s*{_MARK})*[\s,:]*(?:{_YEARS})?[\s,.:—-]*(?:by\s+|г\.\s*|年\s*)?"
    r"(?P<name>[^\W_][^|•\n\t\u3000。]{1,60}?|[\"«<][^|•\n\t\u3000。]{1,60}?[\"»>])"
    rf"(?=\s*(?:[,(]?\s*{_YEARS}|\.(?:\s|\Z)|\s·\s|\s-\s|[|•\t\u3000。]|\s{{2}}|\Z|[,.]?\s*(?:{idioms.RIGHTS})))"
)
_OWNER_FIRST = re.compile(
    rf"(?P<name>[^\s|•。.,:][^|•\n\t\u3000。:]{{1,50}}?)[\s,]*{_MARK}[\s©]*(?:{_YEARS})?\s*(?:[.|。]|\Z)"
)
_INDUSTRY = re.compile(r"(?:文化|传媒|传播|媒体|科技|网络|信息|技术|出版|事业|实业|投资|发展|控股|数字|服务)+\Z")
"""What Chinese company names say of the trade before "company"; a paper's own name may end in such a word too."""


def owner(text: str) -> str | None:
    """Whose a copyright line says the page is; the name as it stands there."""
    folded = fold(text)
    for pattern in (_OWNED, _OWNER_FIRST):
        for match in pattern.finditer(folded):
            name = text[match.start("name") : match.end("name")].strip(BLANK + ",，")
            if idioms.NO_OWNER.search(match["name"]) is None and any(map(str.isalpha, name)):
                return name
    return None


def masthead(text: str, owned: str | None) -> str | None:
    """The name of the paper or site, where it opens a line of links; None where the line opens with a link.

    Args:
        text: the first line of a page.
        owned: whose the page says it is, if it does.
    """
    segments = cut(text)
    if len(segments) < 2:
        return None
    first, *described = _DASH.split(segments[0])
    words = first.split()
    proper = words and all(
        word[0].isupper() or not word[0].isalpha() or is_cjk(word[0]) for word in words if len(word) > 3
    )
    if (
        not proper
        or len(words) > 6
        or width(first) > 40
        or idioms.is_button(fold(first))
        or idioms.HOME.match(fold(first))
    ):
        return None
    following = fold(segments[1])
    signs = (
        bool(described),
        idioms.HOME.match(following) is not None,
        idioms.FOUNDED.match(following) is not None,
        first.isupper() and len(first) > 4 and not all(map(str.isupper, segments[1:])),
        len(words) + (len(first) if is_cjk(first[0]) else 0) > 2
        and idioms.ORGANISATION.search(fold(first)) is not None,
        bool(owned) and fold(first) in fold(owned or ""),
    )
    return first.strip(_TRIM) if any(signs) else None


def as_said(name: str, page: Iterable[str]) -> str:
    """A publisher's name as a reader says it: without quotation marks, legal form, or a masthead's capitals.

    Args:
        name: as it stands in the copyright line or at the head.
        page: the other lines of the page, which may have the name in other letters.
    """
    lines = list(page)
    name = " ".join(name.split()).strip(BLANK + ",，")
    folded = fold(name)
    quoted = re.search(r"[\"<«“「『《]([^\"<>]{2,60})[\"»>”」』》]", folded)
    if quoted is not None and idioms.LEGAL_FORM.sub("", folded.replace(quoted.group(), "")).strip(" ,.") == "":
        name = name[quoted.start(1) : quoted.end(1)]
    else:
        name = name.strip(_QUOTES) if name[:1] in _QUOTES and name[-1:] in _QUOTES else name
    legal = idioms.LEGAL_FORM.search(fold(name))
    if legal is not None and legal.start() > 1:
        name = name[: legal.start()].rstrip(BLANK + ",，(")
        trade = _INDUSTRY.search(fold(name))
        if trade is not None and trade.start() > 1 and any(_stands_alone(name, trade.start(), line) for line in lines):
            name = name[: trade.start()]
    if name.isupper() and len(name.split()) > 1 and not is_cjk(name[0]):
        own = next((line[at : at + len(name)] for line in lines if (at := fold(line).find(fold(name))) >= 0), name)
        return own if not own.isupper() else " ".join(map(_recased, name.split()))
    return name


def _stands_alone(name: str, end: int, line: str) -> bool:
    short, whole = fold(name[:end]), fold(name)
    return short in fold(line).replace(whole, "")


def _recased(word: str) -> str:
    """`THE` as `The`; an acronym has no vowels, and stays."""
    return word.capitalize() if re.search("[aeiouyаеёиоуыэюяәіөұү]", word.lower()) else word
