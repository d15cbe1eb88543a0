"""Where a sentence names its own source in brackets: "(Interfax, March 3)", "(Kommersant.ru; Vesti.kz, May 1)".

The date there is the source's, not that of what the sentence tells.
"""

from __future__ import annotations

import re

from kzrag.text.dates import Date, dates

_BRACKETS = re.compile(r"[(（]([^()（）]*)(?:[)）]|$)")
_TITLE = re.compile(
    r"(?:[A-ZА-ЯЁӘҒҚҢӨҰҮІ][\w’'-]*|[\w-]+(?:\.\w+)+|of|the|and|&)(?:[ .][\w’'&-]+){0,4}|[\u4e00-\u9fff]{2,12}"
)
"""A newspaper, agency or site: a few words, the first one with a capital, or a domain."""


def told_dates(text: str, found: tuple[Date, ...]) -> tuple[Date, ...]:
    """The dates among `found`, those of `text`, that are not a source's."""
    spans = [match.span(1) for match in _BRACKETS.finditer(text) if _is_reference(match.group(1))]
    return tuple(date for date in found if not any(start <= date.start < end for start, end in spans))


def _is_reference(words: str) -> bool:
    """Whether bracketed words are sources, separated by semicolons, at least one of them with its date."""
    dated = False
    for item in words.split(";"):
        last = next(iter(reversed(dates(item))), None)
        at_end = last is not None and not item[last.end :].strip(" .,")
        name = item[: last.start] if last is not None and at_end else item
        if not name.strip(" ,") or _TITLE.fullmatch(name.strip(" ,")) is None:
            return False
        dated = dated or at_end
    return dated
