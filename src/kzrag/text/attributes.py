"""What may be asked of a thing or of somebody (a salary, a founder, a height), and whether a text speaks of it, in
English, Chinese, Russian and Kazakh.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kzrag.text.function_words import FUNCTION_WORDS
from kzrag.text.language import HAN, fold, has_han, word_set


@lru_cache(maxsize=2048)
def asked_in(text: str) -> frozenset[str]:
    """The attributes that the words of a question ask for, by their names in `attributes.toml`."""
    folded = fold(text)
    return frozenset(
        name
        for name, (asked, _) in _attributes().items()
        if any(not _describes(folded, match.end()) for match in asked.finditer(folded))
    )


def tells(text: str, attribute: str) -> bool:
    """Whether a text has a word that tells an attribute."""
    return _attributes()[attribute][1].search(fold(text)) is not None


_NEXT_WORD = re.compile(r"[ -]([a-z]+)")
_WHEN = word_set("last next today yesterday currently annually yearly monthly")


def _describes(folded: str, end: int) -> bool:
    """Whether an English word that ends there only says which of its kind the next word's thing is: a debt crisis."""
    following = _NEXT_WORD.match(folded, end)
    return following is not None and following[1] not in FUNCTION_WORDS and following[1] not in _WHEN


@lru_cache(maxsize=1)
def _attributes() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """What asks for each attribute, and what tells it; patterns for folded text."""
    listed = tomllib.loads((Path(__file__).parent / "attributes.toml").read_text(encoding="utf-8"))
    return {
        name: (_pattern(words["asked"]), _pattern([*words["asked"], *words["told"]])) for name, words in listed.items()
    }


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    folded = [fold(word) for word in words]
    written = [_spelled(word) for word in folded if not has_han(word)]
    # Han stands among letters for a word's boundary: 年GDP.
    latin = rf"(?<![^\W{HAN}])(?:{'|'.join(written)})" if written else ""
    return re.compile("|".join(filter(None, (latin, *(re.escape(word) for word in folded if has_han(word))))))


def _spelled(word: str) -> str:
    """A pattern for a word or phrase of `attributes.toml`."""
    stem = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+").replace(r"\#", r"\d")
    return stem if word.endswith("*") else stem + r"(?!\w)"
