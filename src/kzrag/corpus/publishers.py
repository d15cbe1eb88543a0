"""Who publishes a page: the owner by its copyright mark, the name at its head, and how a reader says such a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kzrag.corpus import idioms
from kzrag.corpus.facts import is_organisation, recased
from kzrag.corpus.layout import BLANK, DASH, cut, width
from kzrag.text.language import fold, is_cjk

_LONGEST_MASTHEAD = 6
"""Words."""
_LONGEST_FULL_NAME = 10
"""Words: "Agency for Food and Water of the Republic of Korso"."""
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "at", "to"})
_SECTION = re.compile(r"\s+[-–—]{1,2}\s+|\s*(?:——|──|－－)\s*|\s*[|｜]\s*")
_STOP = re.compile(r"(?<=\w{3})[.:：]\s+")
_WIDEST_MASTHEAD = 40
"""Columns."""
_QUOTES = "\"'“”‘’«»《》「」『』〈〉"

_YEARS = r"(?:19|20)\d\d(?:\s*[-–—]\s*(?:19|20)?\d\d)?"
_MARK = r"(?:©|\(c\)|\bcopyright\b|版权所有|版权归|版权属于?)"
_OWNED = re.compile(
    rf"{_MARK}(?:\s*{_MARK})*[\s,:]*(?:{_YEARS})?[\s,.:—-]*(?:by\s+|г\.\s*|年\s*)?"
    rf"(?!{_YEARS})(?P<name>[\"«<「『《]?[^\W_][^|•\n\t\u3000。]{{1,60}}?)"
    rf"(?=\s*(?:[,(]?\s*{_YEARS}|\.(?:\s|\Z)|\s·\s|\s-\s|[|•\t\u3000。]|\s{{2}}|\Z|[,.]?\s*(?:{idioms.RIGHTS})))"
)
_OWNER_FIRST = re.compile(
    rf"(?P<name>[^\s|•。.,:](?:[^|•\n\t\u3000。:.]|\.(?!\s)){{1,50}}?)[\s,]*{_MARK}[\s©]*(?:{_YEARS})?\s*(?:[.|。]|\Z)"
)
_NOT_NAME = re.compile(rf"{idioms.LEGAL_FORM.pattern}|{idioms.KIND_OF_PAPER.pattern}")
_INDUSTRY = re.compile(r"(?:文化|传媒|传播|媒体|科技|网络|信息|技术|出版|事业|实业|投资|发展|控股|数字|服务)+\Z")
"""What Chinese company names say of the trade before "company"; a paper's own name may end in such a word too."""


def owner(text: str) -> str | None:
    """Whose a copyright line says the page is; the name as it stands there."""
    folded = fold(text)
    for pattern in (_OWNED, _OWNER_FIRST):
        for match in pattern.finditer(folded):
            name = text[match.start("name") : match.end("name")].strip(BLANK + ",，")
            named = not name[0].islower() or "." in name  # a name in small letters is an address
            if named and idioms.NO_OWNER.search(match["name"]) is None and any(map(str.isalpha, name)):
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
    first, *described = DASH.split(segments[0])
    words = first.split()
    begins = words and (first[0].isupper() or is_cjk(first[0]))
    if not begins or len(words) > _LONGEST_MASTHEAD or width(first) > _WIDEST_MASTHEAD:
        return None
    if idioms.is_button(fold(first)) or idioms.HOME.match(fold(first)):
        return None
    proper = all(word[0].isupper() or not word[0].isalpha() or is_cjk(word[0]) for word in words if len(word) > 3)
    following = fold(segments[1])
    signs = (
        bool(described),
        idioms.HOME.match(following) is not None,
        idioms.FOUNDED.match(following) is not None,
        first.isupper() and len(first) > 4 and not all(map(str.isupper, segments[1:])),
        proper
        and len(words) + (len(first) if is_cjk(first[0]) else 0) > 2
        and idioms.ORGANISATION.search(fold(first)) is not None,
        bool(owned) and fold(first) in fold(owned or ""),
    )
    return first.strip(BLANK + ",:") if any(signs) else None


def named(text: str) -> tuple[str, str]:
    """The name at the head of a page, and what it says of itself beside it: a motto, its full name, or nothing."""
    first, *rest = _SECTION.split(text, maxsplit=1)
    if not rest:
        first, *rest = _STOP.split(text, maxsplit=1)
        what = "".join(rest)
        motto = (
            text[len(first)] in ":：" or is_organisation(what) or idioms.KIND_OF_PAPER.search(fold(what))
            if rest
            else False
        )
        if not motto:
            first, rest = text, []
    return _unquoted(first.strip(BLANK)), "".join(rest).strip(BLANK)


def known_as(name: str, motto: str, page: Iterable[str]) -> str:
    """Which of two names at a head the page uses: an institution's abbreviation may stand nowhere else."""
    words = motto.split()
    full = idioms.INSTITUTION.search(fold(motto)) is not None and len(words) <= _LONGEST_FULL_NAME
    if not full or not (words[0][0].isupper() or is_cjk(motto[0])):
        return name
    said = re.compile(rf"(?<![\w@./-]){re.escape(fold(name))}(?![\w@/-]|\.\w)")  # an address is no use of a name
    return name if any(said.search(fold(line)) for line in page) else motto


def is_paper_of(name: str, owner: str) -> bool:
    """Whether the name at the head of a page is that of the owner but for what says of its trade: "Korso Standard
    Publishing House" prints the Korso Standard, but the Ministry of Korso is not Korso."""
    beside = fold(owner).replace(fold(name), " ", 1)
    return fold(name) in fold(owner) and idioms.INSTITUTION.search(beside) is None


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
    if quoted is not None and _NOT_NAME.sub("", folded.replace(quoted.group(), " ")).strip(" ,.") == "":
        name = name[quoted.start(1) : quoted.end(1)]
    else:
        name = _unquoted(name)
    company, comma, place = name.rpartition(",")
    if comma and len(place.split()) <= 2 and idioms.LEGAL_FORM.search(fold(company)) is not None:
        name = company  # "Korso Ferries Ltd, Nord"
    legal = idioms.LEGAL_FORM.search(fold(name))
    if legal is not None and legal.start() == 0:
        name = _unquoted(name[legal.end() :].strip(BLANK))
    elif legal is not None and legal.start() > 1:
        name = name[: legal.start()].rstrip(BLANK + ",，(")
        trade = _INDUSTRY.search(fold(name))
        if trade is not None and trade.start() > 1 and _is_paper(name[: trade.start()], lines):
            name = name[: trade.start()]
    if name.isupper() and not is_cjk(name[0]):
        spelled = re.compile(rf"(?<!\w){re.escape(fold(name))}(?!\w)")
        found = (line[match.start() : match.end()] for line in lines if (match := spelled.search(fold(line))))
        own = next((other for other in found if other[0].isupper() and not other.isupper()), None)
        if own is not None or len(name.split()) == 1:
            return own or name
        first, *rest = name.split()
        return " ".join([recased(first), *(w.lower() if w.lower() in _SMALL else recased(w) for w in rest)])
    return name


def _unquoted(name: str) -> str:
    return name[1:-1] if len(name) > 2 and name[0] in _QUOTES and name[-1] in _QUOTES else name


def _is_paper(name: str, lines: Iterable[str]) -> bool:
    """Whether a name says itself that it is a paper's, or stands somewhere in quotation marks."""
    return is_organisation(name) or any(f"《{name}》" in line or f"“{name}”" in line for line in lines)
