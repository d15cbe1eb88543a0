"""What one paragraph looks like, seen by itself: a caption, a price table, a by-line, a button, a notice.

Where it stands and whether it comes again is for `furniture` to weigh.
"""

from __future__ import annotations

import re

from kzrag.corpus import facts, idioms
from kzrag.corpus.layout import DASH, Paragraph, cut, ends_a_sentence, width
from kzrag.corpus.stamps import CLOCK, besides_date, first_date
from kzrag.text.language import fold, is_cjk

LONGEST = 450
"""Columns: a publishing notice is a paragraph, not an essay about publishing, and nothing else here is longer."""
_LONGEST_CAPTION = 200
_LONGEST_BRACKET = 90
_LONGEST_BYLINE = 80
_LONGEST_STAMP = 120
_LONGEST_HEADLINE = 240
"""Columns; some sites print the first sentence with the headline. The others are the longest seen, and a half more."""

_FEWEST_ITEMS = 3
_LONGEST_ITEM = 30
"""Columns of one item of a menu: "Births & deaths", "Subscribe from 2.90 a week"."""
_FEWEST_DASHED = 4
"""Items between dashes: a headline may have two dashes."""
_LONGEST_HAN_LINK = 10
"""Columns: links in Han have two to five characters, the parts of a headline more."""
_LONGEST_MASTHEAD = 6
_LONGEST_ROLE = 3
"""Words."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_BAR = re.compile(r"[|｜•]|\s[·/›»>]")
_SMALL_WORDS = frozenset({"the", "of", "and", "for", "&", "de", "la", "le", "du", "и"})
_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]+[^()（）\[\]【】.!?。！？；;][)）\]】]\Z")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'）)】]+", re.IGNORECASE)
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("comment form", idioms.COMMENT_FORM),
    ("share line", idioms.SHARE),
    ("app advert", idioms.APP),
    ("heading of links", idioms.TEASER),
    ("page label", idioms.LABEL),
    ("view counter", idioms.COUNTER),
    ("page number", idioms.PAGE_NUMBER),
    ("stock quote", idioms.QUOTE_OF_STOCK),
    ("stock quote", idioms.TICKER),
)
_ANNOUNCED = re.compile(
    r"[\[【(]?(?P<head>[^:：\]】)]{1,60}?)(?:\s*(?P<mark>[:：\]】)])|\s+(?P<dash>-)\s)\s*(?P<rest>\S.*)"
)
"""`Read also: …`, `【延伸阅读】…`, `Advertisement - …`."""
_ENDS_COMMENTS = (idioms.COMMENT_FORM, idioms.TEASER, idioms.APP, idioms.SHARE, idioms.QUOTE_OF_STOCK, idioms.TICKER)


def rule_of(paragraph: Paragraph, folded: str) -> str | None:
    """The rule by which a paragraph is furniture wherever it stands, or None."""
    text = paragraph.text
    if not any(map(str.isalnum, text)):
        return "ornament"
    if width(text) > LONGEST:
        return None
    for rule, pattern in _SHAPES:
        if pattern.match(folded):
            return rule
    if _is_caption(text, folded):
        return "photo caption"
    if (announced := _announces(folded)) is not None:
        return announced
    without_links, links = _URL.subn(" ", text)
    if links and idioms.LINK_LABEL.fullmatch(fold(without_links).strip()):
        return "link"
    return None


def _announces(folded: str) -> str | None:
    """What a line says itself that it is: an advertisement, or the headline of another article."""
    match = _ANNOUNCED.match(folded)
    if match is None or ends_a_sentence(match["rest"].rstrip("?")):
        return None
    if idioms.ADVERT.match(match["head"]):
        return "advertisement"
    return "link to another article" if match["mark"] and idioms.TEASER.match(match["head"]) else None


def _is_caption(text: str, folded: str) -> bool:
    if _BRACKETED.match(text) and width(text) <= _LONGEST_BRACKET:
        return True
    # "Photo: X" and a sentence after it: a caption when short, else prose that lost its line break.
    longest = _LONGEST_CAPTION // 2 if ends_a_sentence(text) else _LONGEST_CAPTION
    return idioms.PHOTO.match(folded) is not None and width(text) <= longest


def ends_comments(paragraph: Paragraph) -> bool:
    """Whether no reader's comment goes beyond this paragraph: a form, links to other articles, adverts, prices."""
    if width(paragraph.text) > LONGEST:
        return False
    text = fold(paragraph.text)
    signs = any(sign.match(text) for sign in _ENDS_COMMENTS) or _announces(text) is not None
    ends = signs or is_notice(paragraph, text)
    return ends and not is_comment_button(text)


def opens_comments(paragraph: Paragraph) -> bool:
    """Whether comments may follow: "Leave a reply", "Comments (2)"."""
    if width(paragraph.text) > LONGEST:
        return False
    folded = fold(paragraph.text)
    if idioms.COMMENT_FORM.match(folded) is not None:
        return True
    # "5 comments (newest last). Be kind.": what follows the heading on its line tells of it.
    first = re.split(r"[.。!]\s*|[(（]|[|｜•\t\u3000]|\s{2,}|\s[-·]\s", folded, maxsplit=1)[0].strip()
    return first != folded.strip() and idioms.COMMENT_HEADING.match(first) is not None


def row(text: str) -> list[str]:
    """The items of a line, between its bars, dots and gaps, or between many dashes; of a headline, itself."""
    items = cut(text)
    if len(items) == 1:
        dashed = DASH.split(text)
        return dashed if len(dashed) >= _FEWEST_DASHED and max(map(width, dashed)) <= _LONGEST_ITEM else items
    # Papers in Han part the two or three halves of a headline by a gap.
    wide = sum(1 for item in items if width(item) > _LONGEST_HAN_LINK)
    return [text] if is_cjk(text[0]) and _BAR.search(text) is None and 2 * wide > len(items) else items


def is_menu(paragraph: Paragraph) -> bool:
    """Short items side by side, parted by bars, dots, arrows or wide gaps: sections of a site, buttons, the way to a
    page."""
    items = row(paragraph.text)
    long = [width(item) for item in items if width(item) > _LONGEST_ITEM]
    # One item may be longer: a name with its motto, an offer, a by-line.
    return (
        len(items) >= _FEWEST_ITEMS
        and (not long or (len(long) == 1 and long[0] <= 2 * _LONGEST_ITEM))
        and not ends_a_sentence(paragraph.text)
    )


def is_navigation(paragraph: Paragraph) -> bool:
    """Whether the most of a menu leads to other pages: not the date, the author and the buttons of one article."""
    items = row(paragraph.text)
    of_article = sum(
        1 for item in items if idioms.is_act(fold(item)) or any(fact.kind != "button" for fact in facts.read(item))
    )
    return 2 * of_article < len(items)


def is_strip(paragraph: Paragraph) -> bool:
    """Several short segments in a line, one of which at least tells who made the page, when, or how to use it."""
    return "\n" not in paragraph.text and facts.is_strip(paragraph.text)


def is_masthead(text: str) -> bool:
    """What may be the name of a paper: a few words, each with a capital or in a script without them."""
    words = text.split()
    proper = [word for word in words if word[0].isupper() or not (word[0].islower() or word[0].isdigit())]
    small = [word for word in words if word in _SMALL_WORDS]
    return (
        0 < len(words) <= _LONGEST_MASTHEAD
        and len(proper) + len(small) == len(words)
        and not ends_a_sentence(words[-1])
    )


def is_institution(text: str) -> bool:
    """Whether a name or a line at the head of a page is of an office, institute or paper, whatever its letters."""
    signs = (idioms.INSTITUTION, idioms.ORGANISATION, idioms.KIND_OF_PAPER)
    return len(text.split()) <= 2 * _LONGEST_MASTHEAD and any(sign.search(fold(text)) for sign in signs)


def is_person(text: str) -> bool:
    """Whether a line is the name of a person and nothing else: two or three words, no paper's name among them."""
    return len(text.split()) <= _LONGEST_ROLE and facts.is_person(text) and not facts.is_organisation(text)


def is_sections(paragraph: Paragraph) -> bool:
    """Whether a line is the sections of a site one after another: "Politics Business Culture Sport"."""
    words = fold(paragraph.text).split()
    known = sum(1 for word in words if idioms.SECTION.fullmatch(word))
    return len(words) >= _FEWEST_ITEMS and 2 * known > len(words) and not ends_a_sentence(paragraph.text)


def is_role(folded: str) -> bool:
    """Whether a line says what its writer is and nothing else: "Staff reporter"."""
    return (
        len(folded.split()) <= _LONGEST_ROLE and idioms.ROLE.search(folded) is not None and not ends_a_sentence(folded)
    )


def is_link(paragraph: Paragraph) -> bool:
    """Whether a line is as short as a link of a menu."""
    return width(paragraph.text) <= _LONGEST_ITEM and not ends_a_sentence(paragraph.text)


def is_comment_button(folded: str) -> bool:
    """ "Reply", "Report", and what else stands under a comment."""
    return idioms.COMMENT_BUTTON.match(folded) is not None


def is_notice(paragraph: Paragraph, folded: str) -> bool:
    """A text that speaks of itself; near the top or the bottom of an article it is the publisher's."""
    return width(paragraph.text) <= LONGEST and idioms.NOTICE.search(folded) is not None


def is_foot(paragraph: Paragraph, folded: str) -> bool:
    """What begins as the foot of a page does: offers, contacts, what comes next week, whose the picture is."""
    if width(paragraph.text) > LONGEST:
        return False
    return idioms.FOOT.match(folded) is not None or (
        _MAIL.search(folded) is not None and width(folded) <= _LONGEST_STAMP
    )


def is_byline(paragraph: Paragraph, folded: str) -> bool:
    """Who wrote or published: a word for it and a name, no digits, no sentence."""
    if width(folded) <= _LONGEST_BYLINE and (facts.with_role(paragraph.text) or facts.names_author(paragraph.text)):
        return True
    match = idioms.BYLINE.match(folded)
    sentence = ends_a_sentence(paragraph.text) or any(map(str.isdigit, folded))
    if match is None or sentence or width(folded) > _LONGEST_BYLINE:
        return False
    name = paragraph.text[match.start("name") :].split()
    proper = [word for word in name if word[0].isupper() or not word[0].isascii()]
    return len(name) <= 8 and 2 * len(proper) >= len(name)


def is_stamp(paragraph: Paragraph, folded: str) -> bool:
    """A whole date with a few words beside it, or a clock time alone: when the page was made."""
    if width(folded) > _LONGEST_STAMP:
        return False
    rest, stamp = besides_date(paragraph.text), first_date(paragraph.text)
    if rest is None or stamp is None:
        clock = CLOCK.search(folded)
        return clock is not None and width(folded) <= 40 and len(folded.split()) <= 4 and not ends_a_sentence(folded)
    words = [word for word in facts.words_beside(rest) if any(map(str.isalpha, word))]
    behind = paragraph.text[stamp.end :].strip(" :：")  # "4 марта 2021 г." ends with a stop too
    return len(words) <= 4 and width(rest) <= 40 and not ends_a_sentence(behind)


def has_age(folded: str) -> bool:
    """Whether a line begins or ends with how long ago it was posted."""
    if width(folded) > _LONGEST_HEADLINE:
        return False
    return idioms.AGE.match(folded) is not None or idioms.AGE_AFTER.match(folded) is not None


def stray_markup(paragraph: Paragraph, folded: str) -> int:
    """Where the words begin behind markup that lost its brackets; 0 where there is none."""
    match = idioms.STRAY_MARKUP.match(folded)
    if match is None:
        return 0
    text, at = paragraph.text, match.end()
    # "html is a language" begins with a word, "html The lamp" with a leftover.
    stray = text[:at].lstrip().startswith(("<", "&")) or text[at].isupper() or not text[at].isascii()
    return at if stray else 0
