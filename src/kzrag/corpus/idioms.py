"""What web pages say around their articles, ready to be matched: the phrases of `idioms.toml` and a few shapes.

Every pattern is matched against folded text. Nothing here decides: `furniture` asks, and weighs the place.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

SECTIONS: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


def _any(section: str) -> str:
    """All alternatives of a section, in all its languages."""
    return "|".join(f"(?:{entry})" for entries in SECTIONS[section].values() for entry in entries)


def _whole(section: str) -> re.Pattern[str]:
    """A paragraph that says one of these things and nothing else."""
    return re.compile(rf"(?:{_any(section)})\s*[:：!>»…→*]*\Z")


COMMENT_FORM = _whole("comment_form")
COMMENT_HEADING = _whole("comment_heading")
ADVERT = _whole("advert")
COMMENT_BUTTON = _whole("comment_button")
SHARE = _whole("share")
APP = _whole("app")
TEASER = _whole("teaser")
LABEL = _whole("label")
COUNTER = _whole("counter")
NOTICE = re.compile(_any("notice"))
SECTION = re.compile(_any("section"))
FOOT = re.compile(_any("foot"))
INSTITUTION = re.compile(_any("institution"))
TALKED = re.compile(rf"(?:{_any('talked')})(?:\b|(?<=[:：]))\s*[:：]?\s*")
PHOTO = re.compile(_any("photo"))
ORIGIN = re.compile(_any("origin"))
FILED = re.compile(_any("filed"))
ROLE = re.compile(_any("role"))
ROLE_FIRST = re.compile(rf"(?:\S+ )?\S*?(?:{_any('role')})\s*[:：]?\s*(?=\S)")
ORGANISATION = re.compile(_any("organisation"))
STAMP_WORD = re.compile(_any("stamp_word"))
CHANGED = re.compile(_any("changed"))
HOME = re.compile(_any("home"))
FOUNDED = re.compile(_any("founded"))
RIGHTS = _any("rights")
NO_OWNER = re.compile(_any("no_owner"))
KIND_OF_PAPER = re.compile(_any("kind_of_paper"))
LEGAL_FORM = re.compile(_any("legal_form"))
NEXT_LABEL = re.compile(rf"[\s,，;；]+(?=(?:{_any('by')})\s*[:：/])")
"""The gap before a label that stands within a line."""
_BUTTON = _whole("button")
BYLINE = re.compile(rf"(?P<by>{_any('by')})\s*[:/|：—-]?\s*(?P<name>\S.*)")
NOT_AUTHOR = re.compile(_any("not_author"))


AGE = re.compile(rf"(?:\d{{1,3}}|an?) ?(?:{_any('age')})(?=\s*\S)")
"""`3 hours …`: how long ago a headline was posted, at the head of its line."""
AGE_AFTER = re.compile(rf".*\S\s+[-–|·(]?\s*\d{{1,3}} ?(?:{_any('age')})[)]?\Z")
"""The same at its end."""

_AMOUNT = r"[$€£¥₸₽]?[-+−]?\d[\d.,]*[kmb%]?"
QUOTE_OF_STOCK = re.compile(
    rf"(?:{_any('price')})\.?\s*[:：]?\s*{_AMOUNT}"
    rf"(?:[\s|/]+[^\W\d_]*\.?(?:\s?[^\W\d_]+\.?){{0,2}}[\s:：]*{_AMOUNT})*\Z"
)
"""`Open 57.81 Vol. 6.96M`: a field of a price table, and perhaps more of them."""
TICKER = re.compile(
    r"(?:[^\W\d_][\w.&'-]*\s+){1,5}(?:[$€£¥]?\d[\d.,]*\s+)?[-+−]\d[\d.,]*\s?%?(?:\s*[(][-+−]?\d[\d.,]*\s?%[)])?\Z"
)
"""`SHELL PLC 26.40 +0.35`: a name and a signed change."""
PAGE_NUMBER = re.compile(r"(?:page |стр\.? |第 ?)?[-–—]?\s*\d{1,4}\s*[-–—]?(?: ?(?:of|/|из) ?\d{1,4})?(?: ?页)?\Z")
LINK_LABEL = re.compile(r"(?:[^\W\d_]+[ .:：]*){0,6}")
"""What stands before the address in a line that is only a link."""
STRAY_MARKUP = re.compile(
    r"(?:(?:</?[a-z][^<>]{0,200}>|&(?:[a-z]{2,8}|#\d{1,5});"
    r"|(?:html|body|div|span|nbsp|img|br|href|jpg|png|gif|css|amp)(?=\s))\s*)+(?=\S)"
)
"""Markup that lost its brackets and stands before the words of a paragraph, or tags that kept them."""


def is_act(folded: str) -> bool:
    """Whether a segment of a line is a button or a counter of one article, not a link of the site."""
    return any(sign.match(folded) for sign in (_BUTTON, SHARE, COUNTER))


def is_button(folded: str) -> bool:
    """Whether a segment of a line is a button, a counter or a label, whatever its neighbours are."""
    return any(sign.match(folded) for sign in (_BUTTON, SHARE, LABEL, COUNTER, COMMENT_FORM))
