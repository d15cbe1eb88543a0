"""How a text is laid out on its page: lines become paragraphs, and paragraphs that belong together become one.

Knows nothing of furniture, comments or meaning. All offsets are into the raw text; nothing is ever changed in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kzrag.corpus import idioms, interviews
from kzrag.text.language import HAN, fold, is_cjk
from kzrag.text.sentences import sentence_spans

BLANK = (
    " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    + ("\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\u200c\u200d\u200e\u200f\u2060")
)
"""White space, and the characters that show nothing at all: no paragraph begins or ends with them."""

_BULLET = re.compile(r"[•‣◦▪▫●○■□◆◇►▸·*+]\s+|-\s+(?=\S)")
_CLOSERS = "\"'”’»)\\]）」』】》"
_CLOSING = "\"'”’»」』"
_HAN_RUNS = re.compile(f"[{HAN}]+")
_SENTENCE_END = re.compile(rf"[.!?。！？…][{_CLOSERS}]*")
_LAST_STOP = re.compile(rf"[.!?。！？…;；:：][{_CLOSERS}]*\Z")

_HEADLINE_STOPS = str.maketrans("；!！", "，,，")
"""A headline may have two halves, and may shout; neither makes it two sentences."""

LONGEST_HEADING = 120
"""Columns: headlines of news sites are cut at 60 to 110 characters by search engines, so few are longer."""
_HAND_WRAPPED = range(40, 121)
"""Columns of the longest line of a text wrapped by hand (mail, RFC, PDF); a longer line is a whole paragraph."""
_FULL = 0.6
_NEARLY_FULL = 0.85
"""Shares of the column: a wrapped line is full unless a long word follows; a paragraph may end anywhere before.
The first is also the share of lines that have to be full: headlines and last lines are not."""
_BETWEEN = re.compile(r"\s*[|｜•]\s*|\s+[·/›»>]+\s+|[ \xa0]{2,}|\t\s*|\u3000+")
"""Bars, dots, arrows and wide gaps; a dot or stroke without spaces is part of a name or of a date."""
DASH = re.compile(r"\s+[-–—]{1,2}\s+|\s*(?:——|──|－－)\s*")
"""Between words; the double dashes of Chinese have no spaces."""
ROW = 3
"""Pieces of a line, between bars and dots, that make it a row of facts or links and no text."""
_QUOTED = re.compile(r"«[^«»]+»|“[^“”]+”|「[^「」]+」|『[^『』]+』|\"[^\"]+\"")
_MOST_SENTENCES = 2
"""Of a headline; the full stop after the second is left out too, which tells it from a short paragraph."""
_LONGEST_BYLINE = 60
"""Columns of a by-line of two long names; longer lines are wrapped text that happens to have a "by" at its head."""
_LONGEST_SIGNATURE_LINE = 60
"""Columns: a line of an address, signature or verse is shorter than a line of prose."""

_MOJIBAKE_QUOTE = re.compile("[âā]€[^\\s\\w]?")
"""A curly quote written as UTF-8 and read as a Western or Baltic code page."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of raw text between white space: `raw[start:end] == text`."""

    start: int
    end: int
    text: str
    gap: int = 1
    """Blank lines above it."""
    bullet: bool = False
    heading: bool | None = None
    """What the format says (Markdown, HTML, DOCX); None where it says nothing (plain text)."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    gap: int
    bullet: bool


def trimmed(raw: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and invisible characters at either side."""
    text = raw[start:end].rstrip(BLANK)
    return start + len(text) - len(text.lstrip(BLANK)), start + len(text)


def width(text: str) -> int:
    """Columns that a text takes on a page: a Han character is as wide as two letters."""
    return len(text) if text.isascii() else len(text) + sum(map(len, _HAN_RUNS.findall(text)))


def ends_a_sentence(text: str) -> bool:
    """Whether the last thing in the text is a stop, colon or semicolon, with its closing quotes."""
    return _LAST_STOP.search(text) is not None


def is_prose(text: str) -> bool:
    """Whether the text is at least one whole sentence that is too long for a headline or ends as headlines don't."""
    return (_SENTENCE_END.search(text) is not None and ends_a_sentence(text)) or width(text) > LONGEST_HEADING


def looks_like_heading(text: str) -> bool:
    """A short line without a full stop and without a second sentence; a question may be a heading."""
    if not 1 < width(text) <= LONGEST_HEADING or not any(map(str.isalnum, text)) or text[-1] in ",，、":
        return False
    question = text.rstrip(BLANK + "\"”'’").endswith(("?", "？")) and "…" not in text and "..." not in text
    one_sentence = len(sentence_spans(text.translate(_HEADLINE_STOPS))) == 1
    return (question or not ends_a_sentence(text)) and one_sentence


def looks_like_headline(text: str) -> bool:
    """A heading, or what only the headline of an article may be: a cry, a quotation of any length, two sentences
    without the last stop, "Name: «a cry or a question!»"."""
    if looks_like_heading(text):
        return True
    bare = _QUOTED.sub("«»", text.rstrip("!！") or text)
    stopped = ends_a_sentence(bare) or text.rstrip(_CLOSING)[-1:] in (".", "。") or bare[-1] in ",，、"
    if bare == "«»" or stopped or not 1 < width(text) <= LONGEST_HEADING:
        return False
    return len(sentence_spans(bare.translate(_HEADLINE_STOPS))) <= _MOST_SENTENCES


def cut(text: str) -> list[str]:
    """The segments of a line, without the bars, dots and gaps that part them."""
    return [part for part in (piece.strip(BLANK) for piece in _BETWEEN.split(text)) if any(map(str.isalnum, part))]


def paragraphs(raw: str) -> list[Paragraph]:
    """The paragraphs of a plain text, in order: lines wrapped by hand joined, list items apart."""
    found: list[Paragraph] = []
    for stanza in _stanzas(raw):
        if _wrapped(stanza):
            found.extend(_paragraph(raw, lines[0], lines[-1]) for lines in _wrapped_paragraphs(stanza))
        else:
            found.extend(_paragraph(raw, line, line) for line in stanza)
    return found


def _paragraph(raw: str, first: _Line, last: _Line) -> Paragraph:
    return Paragraph(first.start, last.end, raw[first.start : last.end], first.gap, first.bullet)


def _lines(raw: str) -> Iterator[_Line]:
    position = gap = 0
    for whole in raw.splitlines(keepends=True):
        start, end = trimmed(raw, position, position + len(whole))
        position += len(whole)
        if start == end:
            gap += 1
            continue
        bullet = _BULLET.match(raw, start, end)
        if bullet is not None and any(map(str.isalnum, raw[bullet.end() : end])):
            start = trimmed(raw, bullet.end(), end)[0]
        answer = interviews.answer_at(raw[start:end])
        if answer is not None:
            until = trimmed(raw, start, start + answer)[1]
            yield _Line(start, until, raw[start:until], gap, bullet is not None)
            start, gap, bullet = start + answer, 0, None
        if start < end:
            yield _Line(start, end, raw[start:end], gap, bullet is not None)
            gap = 0


def _stanzas(raw: str) -> Iterator[list[_Line]]:
    """Runs of lines without a blank line or a bullet between them."""
    stanza: list[_Line] = []
    for line in _lines(raw):
        signed = _is_byline(line.text)
        if stanza and (line.gap or line.bullet or signed):
            yield stanza
            stanza = []
        stanza.append(line)
        if signed:
            yield stanza
            stanza = []
    if stanza:
        yield stanza


def _is_byline(text: str) -> bool:
    """Whether a line is a word for the author and a name, which a wrapped sentence would go on from, or end."""
    match = idioms.BYLINE.match(fold(text)) if width(text) <= _LONGEST_BYLINE else None
    if match is None or ends_a_sentence(text):
        return False
    name = re.findall(r"[^\W\d_]+", text[match.start("name") :])
    return 2 <= len(name) <= 8 and all(word[0].isupper() or word in ("and", "и") for word in name)


def _wrapped(stanza: Sequence[_Line]) -> bool:
    """Whether the lines were wrapped at a column: about equally long, most of them broken in mid-sentence."""
    if len(stanza) < 2:
        return False
    widths = [width(line.text) for line in stanza]
    column = max(widths)
    if column not in _HAND_WRAPPED or any(len(cut(line.text)) >= ROW for line in stanza):
        return False
    full = sum(1 for columns in widths[:-1] if columns >= _FULL * column)
    broken = [n for n, line in enumerate(stanza[:-1]) if not ends_a_sentence(line.text)]
    if full < _FULL * (len(stanza) - 1) or 2 * len(broken) < len(stanza) - 1:
        return False
    # A list of headlines is as even; but prose goes on in lower case, or, without one, fills every line.
    going_on = sum(1 for n in broken if stanza[n + 1].text[0].islower() or _is_full_han(stanza[n].text, column))
    return going_on >= 0.3 * len(broken) and going_on > 0


def _is_full_han(text: str, column: int) -> bool:
    return is_cjk(text[0]) and width(text) >= column - 4


def _wrapped_paragraphs(stanza: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    """The paragraphs of wrapped lines: each ends with a short line that ends a sentence, and headlines stand alone."""
    column = max(width(line.text) for line in stanza)
    begin = 0
    for n, (line, following) in enumerate(pairwise(stanza), 1):
        short = width(line.text) < _FULL * column
        headline = n - begin == 1 and short and looks_like_heading(line.text) and not following.text[0].islower()
        if headline or (width(line.text) < _NEARLY_FULL * column and ends_a_sentence(line.text)):
            yield stanza[begin:n]
            begin = n
    yield stanza[begin:]


def belongs_to(previous: Paragraph, following: Paragraph) -> bool:
    """Whether a paragraph goes on with the sentence, or the signature, of the one before it."""
    if following.bullet or previous.heading or following.heading:
        return False
    before, after = previous.text, following.text
    if fold(after[0]) in ",;)]}" or after[0] in "”’»）」』】》，；、" or _MOJIBAKE_QUOTE.match(after):
        return True
    if ends_a_sentence(before):
        return False
    if before[-1] in ",，、":
        return True
    if after[0].islower():
        return not previous.bullet
    # Prose that breaks off at a word is a sentence torn in two; a headline has no sentence before its last words.
    last_word = before.split()[-1]
    torn = width(before) > _HAND_WRAPPED.start and last_word.isalpha() and last_word.islower()
    if torn and len(sentence_spans(before)) > 1:
        return True
    signature = following.gap == 0 and not previous.bullet and looks_like_heading(before) and looks_like_heading(after)
    return signature and max(width(before), width(after)) <= _LONGEST_SIGNATURE_LINE


def heading_flags(content: Sequence[Paragraph]) -> list[bool]:
    """For each paragraph whether it is a heading: by the format, or a short line that stands alone above prose."""
    flags = [bool(paragraph.heading) for paragraph in content]
    for number, (paragraph, following) in enumerate(pairwise(content)):
        if paragraph.heading is not None or paragraph.bullet or not looks_like_heading(paragraph.text):
            continue
        if paragraph.text[-1] in "?？" and number and paragraph.gap < 2:
            continue  # a question among paragraphs is a sentence, unless it is set apart
        joined = belongs_to(paragraph, following) or (number > 0 and belongs_to(content[number - 1], paragraph))
        apart = number == 0 or following.gap > 0 or is_prose(following.text)
        flags[number] = apart and not joined and (is_prose(following.text) or following.bullet)
    return flags
