"""Whether a text says what a case demands: words, figures and dates in any of the corpus's languages.

Pure functions of strings. Words are compared folded (case, width, accents, Traditional to Simplified), figures as
quantities with scale and unit, dates as dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kzrag.evaluation.cases import DATE, QUANTITY, Groups
from kzrag.text.dates import dates
from kzrag.text.language import HAN, fold
from kzrag.text.quantities import quantities, same_quantity

OPENING = 800
"""Characters of an answer in which a reader looks for what was asked."""

MARKER = re.compile(r"\[(\d+)\]")
"""A citation's marker in an answer's text."""

# "us" is in "Russia" and "no" in "now": an alternative this short has to stand as a word of its own.
_SHORT = 3
_AROUND_HAN = re.compile(f"(?<=[{HAN}]) | (?=[{HAN}])")


def plain(text: str) -> str:
    """`text` as words are compared: folded, white space evened out and removed beside Chinese characters."""
    return _AROUND_HAN.sub("", " ".join(fold(text).split()))


def without_markers(text: str) -> str:
    """`text` without its `[n]`, which would read as figures."""
    return MARKER.sub(" ", text)


def meets(alternative: str, text: str, anchors: Iterable[str | None] = (None,)) -> bool:
    """Whether `text` says `alternative`: words, `qty:…` or `date:…` (see `eval/README.md`).

    `anchors` are ISO dates against which the text's "this year" may be resolved: when its sources were published.
    """
    if alternative.startswith(QUANTITY):
        wanted = quantities(alternative.removeprefix(QUANTITY))
        return any(same_quantity(wanted[0], found) for found in quantities(text)) if wanted else False
    if alternative.startswith(DATE):
        iso = alternative.removeprefix(DATE)
        return any(_names(found.iso, iso) for anchor in (None, *anchors) for found in dates(text, anchor))
    return re.search(_pattern(plain(alternative)), plain(text)) is not None


def missing(groups: Groups, text: str, anchors: Sequence[str | None] = (None,)) -> Groups:
    """The groups of which no alternative is met by `text`; empty when all are."""
    return tuple(group for group in groups if not any(meets(each, text, anchors) for each in group))


def _names(found: str, wanted: str) -> bool:
    """Whether the ISO date `found` is at least as exact as `wanted`; a day without its year (`--07-05`) will do."""
    return found.startswith(wanted) or (found.startswith("--") and found == f"-{wanted[4:]}" and len(wanted) == 10)


def _pattern(words: str) -> str:
    """`words` as a regular expression that doesn't match inside a longer number, nor, when short, inside a word."""
    pattern = re.escape(words)
    if words[:1].isdigit():
        pattern = r"(?<!\d)(?<!\d[.,])" + pattern
    if words[-1:].isdigit():
        pattern += r"(?!\d)(?![.,]\d)"
    if len(words) <= _SHORT and words.isalpha():
        if words.isascii():
            pattern = rf"\b{pattern}\b"
        elif not re.search(f"[{HAN}]", words):
            pattern = rf"\b{pattern}"  # Cyrillic words inflect at their end
    return pattern
