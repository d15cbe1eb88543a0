"""Which paragraphs of a page are furniture: what the site put around the article, not what the article says.

Three kinds of sign, none of them bound to a site: repetition (a line that comes again), position (above the title,
below the last prose, beside other furniture) and shape (a price table, a bracketed caption, an idiom of the web).
When in doubt a paragraph stays content: a stray headline in the index does less harm than a lost sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from kzrag.corpus import facts, idioms, likeness, publishers, shapes
from kzrag.corpus.layout import ROW, Paragraph, is_prose, looks_like_heading, looks_like_headline, width
from kzrag.corpus.stamps import first_date
from kzrag.corpus.voices import Comment
from kzrag.text.language import fold

MASTHEAD = "name of the paper"
"""The rule that finds who publishes a page."""
BY_LINE = "by-line"
STAMP = "page stamp"
FACTS = "facts of the page"
"""The rule that finds by-lines, dates and buttons that stand in one line."""
_SHORTEST_REPEAT = 30
"""Columns: shorter lines ("Yes.", "Why?", "It is bad.") come again in speech and interviews."""
_ZONE = 6
"""Paragraphs from either end of the article within which notices, by-lines and page stamps stand."""
_SHORTEST_CHRONICLE = 3
"""Lines with three days: published, changed, and no third."""
_SHORTEST_LIST_OF_AGES = 3
"""Lines: two that begin with a span of time may be two facts."""

_SHORTEST_HEADLINE = 3
"""Words, where another line goes on from it: fewer are the name of a section."""
_LABELS = frozenset({"page label", "ornament"})
_NAVIGATION = frozenset({"menu", "page label"})
"""What stands at the head of a page around its own name."""

_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\])\s*\Z")
"""How a promotion breaks off before "more"."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, by the numbers of the paragraphs."""

    why: dict[int, str] = field(default_factory=dict)
    """The rule by which a paragraph is furniture."""
    begins: dict[int, int] = field(default_factory=dict)
    """Offset into a paragraph of content where its own words begin, behind stray markup or a comment's header."""
    title: int | None = None
    """The headline of the article."""


def find(paragraphs: Sequence[Paragraph], comments: Sequence[Comment] = ()) -> Verdict:
    """Finds the furniture of one page.

    Args:
        paragraphs: all of them, in order.
        comments: those of readers; within them only the buttons are furniture.
    """
    page = _Page(paragraphs, comments)
    page.judge()
    begins = {
        number: at for number in page.unmarked() if (at := shapes.stray_markup(paragraphs[number], page.folded[number]))
    }
    begins.update((comment.body, comment.at) for comment in comments if comment.at)
    return Verdict(page.why, begins, page.title)


class _Page:
    """A page while it is judged: each rule sees what the rules before it took."""

    def __init__(self, paragraphs: Sequence[Paragraph], comments: Sequence[Comment]) -> None:
        self.paragraphs = paragraphs
        self.folded = [fold(paragraph.text) for paragraph in paragraphs]
        self.why: dict[int, str] = {}
        self.title: int | None = None
        spoken: set[int] = set()
        for comment in comments:
            spoken.update(range(comment.header, comment.last + 1))
            self._mark(range(comment.header, comment.body), "comment header")
        above = {comment.header - 1 for comment in comments} - spoken - {-1}
        self._mark((n for n in above if shapes.opens_comments(paragraphs[n])), "comment form")
        self._mark((n for n in spoken if shapes.is_comment_button(self.folded[n])), "comment button")
        self.article = [number for number in range(len(paragraphs)) if number not in spoken]
        """Numbers of the paragraphs that no commenter wrote."""
        self.chronicle = self._chronicle()

    def judge(self) -> None:
        """Applies every rule, the surer ones first."""
        for number in self.article:
            if (rule := shapes.rule_of(self.paragraphs[number], self.folded[number])) is not None:
                self.why[number] = rule
        self._mark(self._ages(), "list of headlines with their age")
        self._mark(self._teased(), "headline of another article")
        for rule, looks_so in (
            ("publishing notice", shapes.is_notice),
            (BY_LINE, shapes.is_byline),
            (STAMP, shapes.is_stamp),
        ):
            self._mark(self._near_an_end(looks_so), rule)
        self._mark(
            self._outside_the_text(lambda paragraph: shapes.is_menu(paragraph) or shapes.is_sections(paragraph)), "menu"
        )
        self._mark(self._outside_the_text(shapes.is_strip), FACTS)
        self._mark(self._listed(), "menu")
        self._mark(self._masthead(), MASTHEAD)
        for rule, looks_so in ((BY_LINE, shapes.is_byline), (STAMP, shapes.is_stamp)):
            self._mark(self._near_an_end(looks_so), rule)  # nearer now, behind a menu of several lines
        self._mark(self._signed(), BY_LINE)
        self._mark(self._at_an_end(), "page footer")
        self._mark(self._repeated(), "repeated line")
        self.title = self._title()
        self._mark(self._above_the_title(), "page header")
        self._mark(self._below_the_text(), "page footer")

    def unmarked(self) -> list[int]:
        """What is the article's own as far as it has been judged."""
        return [number for number in self.article if number not in self.why]

    def _mark(self, numbers: Iterable[int], rule: str) -> None:
        for number in numbers:
            self.why.setdefault(number, rule)

    def _ages(self) -> Iterable[int]:
        """Runs of lines that begin, or end, with how long ago they were posted."""
        run: list[int] = []
        for number in [*self.article, -1]:
            if number >= 0 and shapes.has_age(self.folded[number]) and (not run or number == run[-1] + 1):
                run.append(number)
                continue
            if len(run) >= _SHORTEST_LIST_OF_AGES:
                yield from run
            run = []

    def _teased(self) -> Iterable[int]:
        """Headlines under a heading of links, up to the next prose; the last may be the article's own, and stays."""
        for place, number in enumerate(self.article):
            if self.why.get(number) != "heading of links":
                continue
            below = (self.article[n] for n in range(place + 1, len(self.article)))
            run = list(takewhile(self._is_open_headline, below))
            after = place + 1 + len(run)
            above_text = after < len(self.article) and self.article[after] not in self.why
            announced = self.folded[number].rstrip().endswith((":", "："))
            glued = len(run) == 1 and self.paragraphs[run[0]].gap == 0
            yield from run[:-1] if above_text and not (announced and glued) else run

    def _is_open_headline(self, number: int) -> bool:
        return number not in self.why and looks_like_heading(self.paragraphs[number].text)

    def _chronicle(self) -> set[int]:
        """Runs of lines with a day each: a table, a log. A page has one date, or two."""
        days = {number: stamp.iso for number in self.article if (stamp := first_date(self.paragraphs[number].text))}
        found: set[int] = set()
        for number in days:
            run = [n for n in range(number, number + _SHORTEST_CHRONICLE) if n in days]
            if len({days[n] for n in run}) == _SHORTEST_CHRONICLE:
                found.update(run)
        return found

    def _near_an_end(self, looks_so: Callable[[Paragraph, str], bool]) -> list[int]:
        """Paragraphs near the top or the bottom that look so; furniture between is no distance."""
        own = self.unmarked()
        zone = {*own[:_ZONE], *own[-_ZONE:]} - self.chronicle
        return [number for number in zone if looks_so(self.paragraphs[number], self.folded[number])]

    def _outside_the_text(self, looks_so: Callable[[Paragraph], bool]) -> list[int]:
        """Paragraphs above the first prose and below the last that look so."""
        own = self.unmarked()
        prose = [number for number in own if self._is_body(number)]
        outside = own if not prose else [number for number in own if not prose[0] <= number <= prose[-1]]
        return [n for n in outside if n not in self.chronicle and looks_so(self.paragraphs[n])]

    def _masthead(self) -> list[int]:
        """The first line of a page that is not a label, when a menu or labels stand below it: a name, or, where a
        headline follows, a name and its motto or section."""
        top = [number for number in self.article if self.why.get(number) not in _LABELS][:1]
        if not top or (first := top[0]) in self.why:
            return []
        text = self.paragraphs[first].text
        name, motto = publishers.named(text)
        below = self.why.get(first + 1)
        if below == "menu" and not shapes.is_navigation(self.paragraphs[first + 1]):
            return []
        if not motto and below == "menu" and shapes.is_masthead(name):
            return top
        self.why[first] = MASTHEAD
        headed = any(self.paragraphs[number].gap for number in self._candidates())
        del self.why[first]
        sectioned = len(shapes.row(text)) == 2
        looks_so = sectioned or shapes.is_masthead(name) or shapes.is_institution(f"{name} {motto}")
        lone = below == STAMP and facts.is_organisation(name)
        return top if headed and looks_so and (sectioned or lone or below in _NAVIGATION) else []

    def _signed(self) -> list[int]:
        """A name alone on a line above the text, a date or what its bearer is beside it, and a headline above it."""
        above = self._head()
        dated = {number for number in above if self.why.get(number) in (STAMP, FACTS)}
        roles = {n for n in above if n not in self.why and shapes.is_role(self.folded[n])}
        names = [n for n in above if n not in self.why and shapes.is_person(self.paragraphs[n].text)]
        title = self._title(but={*names, *roles})
        signed = [n for n in names if title is not None and title < n and ({n - 1, n + 1} & dated or n + 1 in roles)]
        return [*signed, *(n + 1 for n in signed if n + 1 in roles)]

    def _listed(self) -> Iterable[int]:
        """The links of a menu that has a line for each: short lines right below its "Home"."""
        open_menu = False
        for number in self._head():
            paragraph = self.paragraphs[number]
            open_menu = idioms.HOME.match(self.folded[number]) is not None or (
                open_menu and not paragraph.gap and shapes.is_link(paragraph)
            )
            if open_menu:
                yield number

    def _at_an_end(self) -> Iterable[int]:
        """From the first line downwards, and upwards from the last and from the comments: what the foot of a page
        says, as far as nothing else stands between."""
        runs: list[list[int]] = []
        for number in self.article:
            if not runs or number != runs[-1][-1] + 1:
                runs.append([])
            runs[-1].append(number)
        # What a text without furniture begins with is its own, if it is a sentence.
        begun = self.article and (self.article[0] in self.why or not is_prose(self.paragraphs[self.article[0]].text))
        for run in [self.article if begun else [], *(reversed(run) for run in runs)]:
            for number in run:
                if number not in self.why:
                    if not shapes.is_foot(self.paragraphs[number], self.folded[number]):
                        break
                    yield number

    def _repeated(self) -> Iterable[int]:
        """Every occurrence but the first of a line that comes again, and rewordings of prose that does."""
        keys = {number: likeness.key(self.folded[number]) for number in self.unmarked()}
        keys = {number: key for number, key in keys.items() if width(key) >= _SHORTEST_REPEAT}
        counts = Counter(keys.values())
        first: dict[str, int] = {}
        for number, key in keys.items():
            if first.setdefault(key, number) != number:
                yield number
        often = [key for key in first if counts[key] > 1 and is_prose(self.paragraphs[first[key]].text)]
        if often:
            yield from likeness.reworded({number: key for number, key in keys.items() if counts[key] == 1}, often)

    def _title(self, but: Collection[int] = ()) -> int | None:
        """The headline: of the short lines above the first prose, the one that shares most words with the article."""
        candidates = [number for number in self._candidates() if number not in but]
        if not candidates:
            return None
        below = (number for number in self.unmarked() if number > candidates[-1])
        text = set().union(*(likeness.words(self.folded[number]) for number in below))

        def share(number: int) -> tuple[float, int]:
            words = likeness.words(self.folded[number])
            # A site's name of one or two words may well stand in the article: a headline says more.
            return len(words & text) / (len(words) + 2), -number

        title = max(candidates, key=share)
        # A headline may have its standfirst glued below it, of one line or more.
        while title - 1 in candidates and not self.paragraphs[title].gap:
            if len(self.folded[title - 1].split()) < _SHORTEST_HEADLINE:
                break
            title -= 1
        return title

    def _candidates(self) -> list[int]:
        """The lines above the first prose that may be a headline."""
        return [number for number in self._head() if number not in self.why and self._may_be_title(number)]

    def _head(self) -> list[int]:
        """All that stands above the first prose; what is glued to a menu is none. Nothing where there is no prose."""
        for place, number in enumerate(self.article):
            text = number not in self.why and self._is_body(number) and not self._may_be_title(number)
            if text and not self._is_glued(number):
                return self.article[:place]
        return []

    def _may_be_title(self, number: int) -> bool:
        paragraph = self.paragraphs[number]
        if paragraph.heading is not None or paragraph.bullet:
            return bool(paragraph.heading)
        text = paragraph.text
        if idioms.SECTION.fullmatch(self.folded[number]):
            return False
        return looks_like_headline(text) and len(shapes.row(text)) < ROW and number not in self.chronicle

    def _is_glued(self, number: int) -> bool:
        """Whether a paragraph goes on with the furniture at the head of a page, and a headline is set apart from it."""
        place = self.article.index(number)
        if not place or self.paragraphs[number].gap or any(n not in self.why for n in self.article[:place]):
            return False
        below = next((n for n in self.article[place + 1 :] if n not in self.why), None)
        return below is not None and self.paragraphs[below].gap > 0 and self._may_be_title(below)

    def _is_body(self, number: int) -> bool:
        paragraph = self.paragraphs[number]
        return (
            not paragraph.heading
            and is_prose(paragraph.text)
            and _CUT_OFF.search(paragraph.text) is None
            and not shapes.is_strip(paragraph)
            and not shapes.is_menu(paragraph)
        )

    def _above_the_title(self) -> list[int]:
        """What stands above the title of a page that begins with furniture, or in one piece with some: names,
        promotions, other headlines."""
        title = self.title
        if title is None:
            return []
        above = [number for number in self.article if number < title]
        if above and above[0] not in self.why:
            apart = next((n for n in (*above[1:], title) if self.paragraphs[n].gap), title)
            above = [n for n in above if n < apart] if any(self.why.get(n) in _NAVIGATION for n in range(apart)) else []
        return [number for number in above if not self._is_body(number) or self._is_glued(number)]

    def _below_the_text(self) -> list[int]:
        """Short lines after the last prose and after some furniture: slogans, names of sections, menus."""
        last = max((number for number in self.unmarked() if is_prose(self.paragraphs[number].text)), default=None)
        if last is None:
            return []
        tail = [number for number in self.article if number > last]
        first = next((number for number in tail if number in self.why), len(self.paragraphs))
        return [number for number in tail if number > first and looks_like_heading(self.paragraphs[number].text)]
