"""What may be asked of a thing or of somebody (a salary, a founder, a height), and whether a text speaks of it, in
English, Chinese, Russian and Kazakh.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kzrag.text.function_words import FUNCTION_WORDS
from kzrag.text.language import HAN, fold, has_han, word_set


@lru_cache(maxsize=2048)
def asked_in(text: str, counting: bool = False) -> frozenset[str]:
    """The attributes that the words of a question ask for, by their names in `attributes.toml`; `counting` says that it
    asks how many."""
    folded = fold(text)
    return frozenset(
        name
        for name, attribute in _attributes().items()
        if not attribute.of_a_name
        and (counting or not attribute.of_a_count)
        and any(not _describes(folded, match.end()) for match in attribute.asked.finditer(folded))
    )


class OfName(NamedTuple):
    """An attribute asked beside a name: a member of the union."""

    attribute: str
    start: int
    end: int
    """Where the words that ask for it stand in the question."""


_WORD_END = re.compile(rf"(?:(?![^\W{HAN}])|$)")


@lru_cache(maxsize=2048)
def asked_of_names(text: str) -> tuple[OfName, ...]:
    """The attributes marked `of_a_name` that the words of a question ask for, and where."""
    folded = fold(text)
    return tuple(
        OfName(name, match.start(), next((end.start() for end in _WORD_END.finditer(folded, match.end())), len(folded)))
        for name, attribute in _attributes().items()
        if attribute.of_a_name
        for match in attribute.asked.finditer(folded)
    )


def tells(text: str, attribute: str) -> bool:
    """Whether a text has a word that tells an attribute."""
    return _attributes()[attribute].told.search(fold(text)) is not None


_NEXT_WORD = re.compile(r"[ -]([a-z]+)")
_WHEN = word_set("last next today yesterday currently annually yearly monthly")


def _describes(folded: str, end: int) -> bool:
    """Whether an English word that ends there only says which of its kind the next word's thing is: a debt crisis."""
    following = _NEXT_WORD.match(folded, end)
    return following is not None and following[1] not in FUNCTION_WORDS and following[1] not in _WHEN


class _Attribute(NamedTuple):
    """The words for an attribute; patterns for folded text."""

    asked: re.Pattern[str]
    told: re.Pattern[str]
    of_a_count: bool
    """Whether it is looked for only where the question asks how many."""
    of_a_name: bool
    """Whether it is asked beside a name and told in a clause with that name."""


@lru_cache(maxsize=1)
def _attributes() -> dict[str, _Attribute]:
    listed = tomllib.loads((Path(__file__).parent / "attributes.toml").read_text(encoding="utf-8"))
    return {
        name: _Attribute(
            pattern(words["asked"]),
            pattern([*words["asked"], *words["told"]]),
            words.get("of_a_count", False),
            words.get("of_a_name", False),
        )
        for name, words in listed.items()
    }


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    folded = [fold(word) for word in words]
    written = [_spelled(word) for word in folded if not has_han(word)]
    # Han stands among letters for a word's boundary: 年GDP.
    latin = rf"(?<![^\W{HAN}])(?:{'|'.join(written)})" if written else ""
    return re.compile("|".join(filter(None, (latin, *(re.escape(word) for word in folded if has_han(word))))))


def _spelled(word: str) -> str:
    """A pattern for a word or phrase of `attributes.toml`."""
    stem = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+").replace(r"\#", r"\d")
    return stem if word.endswith("*") else stem + r"(?!\w)"
