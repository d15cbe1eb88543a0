"""What of a sentence is a span's own words, letter for letter but for case, quotes and spacing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kzrag.text.language import HAN, fold

_TOKEN = re.compile(f"\\d+(?:[.,]\\d+)*|[{HAN}]|[^\\W\\d_{HAN}]+|[%$€£¥₽]|(?<![^\\s(])-(?=\\d)")
_MARKER = re.compile(r"\s*\[\d+(?:\s*[,;–-]\s*\d+)*\]")
_OPENERS = '“„«「『"‘'
_CLOSERS = '”“»」』"’'
SHORTEST_QUOTE = 3
"""Words (or Chinese characters) from which on quoted words are a quote rather than a term."""


def without_markers(sentence: str) -> str:
    """The sentence without its `[1]`."""
    return _MARKER.sub("", sentence).strip()


class Token(NamedTuple):
    """A folded word at `text[start:end]`."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1 << 11)
def placed_tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text with their places."""
    return tuple(Token(found.group(), *found.span()) for found in _TOKEN.finditer(fold(text)))


@lru_cache(maxsize=1 << 12)
def tokens(text: str) -> tuple[str, ...]:
    """Words, numbers and single Chinese characters, folded; punctuation only where it changes a number."""
    return tuple(_TOKEN.findall(fold(text)))


@lru_cache(maxsize=1 << 12)
def _line(text: str) -> str:
    return f" {' '.join(tokens(text))} "


def is_verbatim(words: str, spans: Sequence[str]) -> bool:
    """Whether all the words stand in one of the spans, in this order and with nothing between."""
    line = _line(words)
    return bool(line.strip()) and any(line in _line(span) for span in spans)


def without_quotes(sentence: str, spans: Sequence[str]) -> tuple[str, float]:
    """The sentence without what it quotes exactly, and the share of its words that are such quotes."""
    rest: list[str] = []
    position = 0
    place = 0
    while place < len(sentence):
        if sentence[place] in _OPENERS and (end := _quote_ends(sentence, place, spans)) is not None:
            rest.append(sentence[position:place])
            position = place = end
        else:
            place += 1
    rest.append(sentence[position:])
    left = " … ".join(rest)
    every = len(tokens(sentence)) or 1
    return left, 1 - len(tokens(left)) / every


def _quote_ends(sentence: str, start: int, spans: Sequence[str]) -> int | None:
    """Where the longest exact quote that opens at `start` ends; quotes may stand within quotes."""
    for end in range(len(sentence) - 1, start + 1, -1):
        if sentence[end] in _CLOSERS:
            inside = sentence[start + 1 : end]
            if len(tokens(inside)) >= SHORTEST_QUOTE and is_verbatim(inside, spans):
                return end + 1
    return None
