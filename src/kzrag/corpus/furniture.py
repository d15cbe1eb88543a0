"""Which paragraphs of a page are furniture: what the site put around the article, not what the article says.

Three kinds of sign, none of them bound to a site: repetition (a line that comes again), position (above the title,
below the last prose, beside other furniture) and shape (a price table, a bracketed caption, an idiom of the web).
When in doubt a paragraph stays content: a stray headline in the index does less harm than a lost sentence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kzrag.corpus import idioms
from kzrag.corpus.layout import Paragraph, ends_a_sentence, is_prose, looks_like_heading, width
from kzrag.corpus.stamps import CLOCK, besides_date
from kzrag.corpus.voices import Comment
from kzrag.text.language import fold

_SHORTEST_REPEAT = 30
"""Columns: shorter lines ("Yes.", "Why?") come again in speech and interviews."""
_NEARLY = 85
"""Percent of equal characters by which a line is a rewording of a repeated one; two translations of a headline: 87."""
_ZONE = 6
"""Paragraphs from either end of the article within which notices and by-lines stand."""
_LONGEST_STAMP = 120
"""Columns of a page stamp with its section and counter."""
_LONGEST_NOTICE = 450
"""Columns: a publishing notice is a paragraph, not an essay about publishing."""
_SHORTEST_LIST_OF_AGES = 3
"""Lines: two that begin with a span of time may be two facts."""
_LONGEST_HEADLINE = 240
"""Columns of a line in a list of headlines; some sites print the first sentence with them."""

_SITE = re.compile(r"\s+[-|–—_·•]\s+\S+(?:\s\S+){0,3}\Z")
"""` - Name of the Site` after a headline."""
_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]{2,}[)）\]】]\Z")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'）)】]+", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\])\s*\Z")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: paragraph number -> the rule, and paragraph number -> where its own words begin."""

    why: dict[int, str] = field(default_factory=dict)
    begins: dict[int, int] = field(default_factory=dict)
    """Offset into the paragraph, where stray markup stands before the words."""
    title: int | None = None
    """The paragraph that is the headline of the article."""


def page_goes_on(paragraph: Paragraph) -> bool:
    """Whether no reader's comment goes beyond this paragraph: a form, links to other articles, adverts, prices."""
    if width(paragraph.text) > _LONGEST_NOTICE:
        return False
    text = fold(paragraph.text)
    signs = (idioms.COMMENT_FORM, idioms.TEASER, idioms.APP, idioms.SHARE, idioms.QUOTE_OF_STOCK, idioms.TICKER)
    return any(sign.match(text) for sign in signs) and idioms.COMMENT_BUTTON.match(text) is None


def opens_comments(paragraph: Paragraph) -> bool:
    """Whether comments may follow: "Leave a reply", "Comments (2)"."""
    return width(paragraph.text) <= _LONGEST_NOTICE and idioms.COMMENT_FORM.match(fold(paragraph.text)) is not None


def find(paragraphs: Sequence[Paragraph], comments: Sequence[Comment] = ()) -> Verdict:
    """Finds the furniture of one page."""
    why: dict[int, str] = {}
    spoken: set[int] = set()
    for comment in comments:
        spoken.update(range(comment.header, comment.last + 1))
        why |= dict.fromkeys(range(comment.header, comment.body), "comment header")
    article = [number for number in range(len(paragraphs)) if number not in spoken]
    folded = {number: fold(paragraph.text) for number, paragraph in enumerate(paragraphs)}
    begins = {
        number: match.end()
        for number in article
        if (match := idioms.STRAY_MARKUP.match(folded[number])) is not None
        and _is_stray(paragraphs[number].text, match.end())
    }
    for number in sorted(spoken - why.keys()):
        if idioms.COMMENT_BUTTON.match(folded[number]):
            why[number] = "comment button"
    for number in article:
        if (rule := _by_shape(paragraphs[number].text, folded[number])) is not None:
            why[number] = rule
    _mark(why, _ages(article, paragraphs, folded), "list of headlines with their age")
    _mark(why, _teased(article, paragraphs, folded, why), "headline of another article")
    _mark(why, _in_zones(article, paragraphs, folded, why, _is_notice), "publishing notice")
    _mark(why, _in_zones(article, paragraphs, folded, why, _is_byline), "by-line")
    _mark(why, _in_zones(article, paragraphs, folded, why, _is_stamp), "page stamp")
    _mark(why, _repeated(article, paragraphs, folded, why), "repeated line")
    title = _title(article, paragraphs, folded, why)
    _mark(why, _above(article, paragraphs, why, title), "page header")
    _mark(why, _below(article, paragraphs, why, title), "page footer")
    return Verdict(why, {number: at for number, at in begins.items() if number not in why}, title)


def _mark(why: dict[int, str], numbers: set[int], rule: str) -> None:
    for number in numbers:
        why.setdefault(number, rule)


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


def _by_shape(text: str, folded: str) -> str | None:
    """The rule by which a paragraph is furniture wherever it stands."""
    if not any(map(str.isalnum, text)):
        return "ornament"
    if width(text) > _LONGEST_NOTICE:
        return None
    for rule, pattern in _SHAPES:
        if pattern.match(folded):
            return rule
    if _BRACKETED.match(text) and width(text) <= 90 and not re.search(r"[.!?。！？；;][)）\]】]?\Z", text[:-1]):
        return "photo caption"
    if idioms.PHOTO.match(folded) and width(text) <= (100 if ends_a_sentence(text) else 200):
        return "photo caption"
    head, colon, rest = folded.partition(":") if ":" in folded else folded.partition("：")
    if colon and rest.strip() and idioms.TEASER.match(head) and not ends_a_sentence(rest.rstrip("?")):
        return "link to another article"
    without_links, links = _URL.subn(" ", text)
    if links and idioms.LINK_LABEL.fullmatch(fold(without_links).strip()):
        return "link"
    return None


def _is_stray(text: str, at: int) -> bool:
    """Markup in front of a sentence; "html is a language" begins with a word."""
    return text[:at].lstrip().startswith(("<", "&")) or text[at].isupper() or not text[at].isascii()


def _ages(article: Sequence[int], paragraphs: Sequence[Paragraph], folded: dict[int, str]) -> set[int]:
    """Runs of lines that begin, or end, with how long ago they were posted."""
    found: set[int] = set()
    run: list[int] = []
    for number in [*article, -1]:
        short = number >= 0 and width(folded[number]) <= _LONGEST_HEADLINE
        aged = short and (idioms.AGE.match(folded[number]) or idioms.AGE_AFTER.match(folded[number]))
        if aged and (not run or number == run[-1] + 1):
            run.append(number)
            continue
        if len(run) >= _SHORTEST_LIST_OF_AGES:
            found.update(run)
        run = []
    return found


def _teased(
    article: Sequence[int], paragraphs: Sequence[Paragraph], folded: dict[int, str], why: dict[int, str]
) -> set[int]:
    """Headlines under a heading of links, up to the next prose; the last may be the article's own, and stays."""
    found: set[int] = set()
    place = {number: order for order, number in enumerate(article)}
    for number in article:
        if why.get(number) != "heading of links":
            continue
        run: list[int] = []
        for following in article[place[number] + 1 :]:
            headline = following not in why and looks_like_heading(paragraphs[following].text)
            if not headline:
                break
            run.append(following)
        after = article[place[run[-1]] + 1 :][:1] if run else []
        before_text = bool(after) and after[0] not in why
        announced = folded[number].rstrip().endswith((":", "："))
        if before_text and not (announced and len(run) == 1 and paragraphs[run[0]].gap == 0):
            run = run[:-1]
        found.update(run)
    return found


def _in_zones(
    article: Sequence[int],
    paragraphs: Sequence[Paragraph],
    folded: dict[int, str],
    why: dict[int, str],
    rule: Callable[[Paragraph, str], bool],
) -> set[int]:
    """Paragraphs near the top or the bottom of the article to which a rule applies; furniture is no distance."""
    open_numbers = [number for number in article if number not in why]
    zone = {*open_numbers[:_ZONE], *open_numbers[-_ZONE:]}
    return {number for number in zone if rule(paragraphs[number], folded[number])}


def _is_notice(paragraph: Paragraph, folded: str) -> bool:
    return width(folded) <= _LONGEST_NOTICE and idioms.NOTICE.search(folded) is not None


def _is_byline(paragraph: Paragraph, folded: str) -> bool:
    match = idioms.BYLINE.match(folded)
    if match is None or width(folded) > 80 or ends_a_sentence(paragraph.text) or any(map(str.isdigit, folded)):
        return False
    name = paragraph.text[match.start("name") :]
    proper = [word for word in name.split() if word[0].isupper() or not word[0].isascii()]
    return len(name.split()) <= 8 and 2 * len(proper) >= len(name.split())


def _is_stamp(paragraph: Paragraph, folded: str) -> bool:
    if width(folded) > _LONGEST_STAMP:
        return False
    rest = besides_date(paragraph.text)
    if rest is None:
        clock = CLOCK.search(folded)
        return clock is not None and width(folded) <= 40 and len(folded.split()) <= 4 and not ends_a_sentence(folded)
    words = [word for word in rest.split() if any(map(str.isalpha, word))]
    return len(words) <= 4 and width(rest) <= 40 and not ends_a_sentence(paragraph.text.rstrip(":："))


def _key(folded: str) -> str:
    """A line as it is compared with others: without the site's name, punctuation and spacing."""
    return " ".join(re.findall(r"\w+", _SITE.sub("", folded)))


def _repeated(
    article: Sequence[int], paragraphs: Sequence[Paragraph], folded: dict[int, str], why: dict[int, str]
) -> set[int]:
    """Every occurrence but the first of a line that comes again, and rewordings of one that does."""
    keys = {number: _key(folded[number]) for number in article if number not in why}
    keys = {number: key for number, key in keys.items() if width(key) >= _SHORTEST_REPEAT}
    counts = Counter(keys.values())
    first: dict[str, int] = {}
    found: set[int] = set()
    for number, key in keys.items():
        if first.setdefault(key, number) != number:
            found.add(number)
    often = [key for key in first if counts[key] > 1 and is_prose(paragraphs[first[key]].text)]
    if often:
        found |= _reworded([n for n in keys if n not in found and counts[keys[n]] == 1], keys, often)
    return found


def _reworded(numbers: Sequence[int], keys: dict[int, str], often: Sequence[str]) -> set[int]:
    """Lines that are a repeated line in slightly other words, with the same figures."""
    from rapidfuzz import fuzz

    by_digits: dict[str, list[str]] = defaultdict(list)
    for key in often:
        by_digits["".join(filter(str.isdigit, key))].append(key)
    return {
        number
        for number in numbers
        if any(
            fuzz.ratio(keys[number], key, score_cutoff=_NEARLY) > 0
            for key in by_digits.get("".join(filter(str.isdigit, keys[number])), ())
        )
    }


def _words(folded: str) -> set[str]:
    """Words of four letters and more, and pairs of Han characters: what a headline shares with its article."""
    latin = {word for word in re.findall(r"[^\W\d_]{4,}", folded) if word < "\u2e80"}
    return latin | {pair for run in re.findall(r"[\u3400-\u9fff]{2,}", folded) for pair in map("".join, pairwise(run))}


def _title(
    article: Sequence[int], paragraphs: Sequence[Paragraph], folded: dict[int, str], why: dict[int, str]
) -> int | None:
    """The headline: of the short lines above the first prose, the one that shares most words with it."""
    body = next((number for number in article if number not in why and _is_body(paragraphs[number])), None)
    if body is None:
        return None
    candidates = [
        number
        for number in article
        if number < body
        and number not in why
        and (
            paragraphs[number].heading
            or (paragraphs[number].heading is None and looks_like_heading(paragraphs[number].text))
        )
        and not paragraphs[number].bullet
    ]
    if not candidates:
        return None
    text = set().union(*(_words(folded[number]) for number in article if number not in why and number >= body))

    def share(number: int) -> tuple[float, int]:
        words = _words(folded[number])
        # A site's name of one or two words may well stand in the article: a headline says more.
        return (len(words & text) / (len(words) + 2), -number)

    return max(candidates, key=share)


def _is_body(paragraph: Paragraph) -> bool:
    return not paragraph.heading and is_prose(paragraph.text) and _CUT_OFF.search(paragraph.text) is None


def _above(article: Sequence[int], paragraphs: Sequence[Paragraph], why: dict[int, str], title: int | None) -> set[int]:
    """What stands above the title of a page that begins with furniture: names, promotions, other headlines."""
    if title is None or not article or article[0] not in why:
        return set()
    return {number for number in article if number < title and not _is_body(paragraphs[number])}


def _below(article: Sequence[int], paragraphs: Sequence[Paragraph], why: dict[int, str], title: int | None) -> set[int]:
    """Short lines after the last prose and after some furniture: slogans, names of sections, menus."""
    own = [n for n in article if n not in why and is_prose(paragraphs[n].text)]
    last = max(own, default=title if title is not None else -1)
    tail = [number for number in article if number > last]
    first = next((number for number in tail if number in why), None)
    if first is None or not own:
        return set()
    return {number for number in tail if number > first and looks_like_heading(paragraphs[number].text)}
