"""Words of a text as an index and a judge count them: folded, stemmed, cut where Chinese writes no spaces.

A word has one form for the article and the question alike, and a name one term for all its spellings (`@tokayev`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Protocol

from kzrag.text.function_words import FUNCTION_WORDS
from kzrag.text.language import HAN, KAZAKH_LETTERS, detect, fold
from kzrag.text.names import Names, names, seat_of, table

_TOKEN = re.compile(
    f"(?P<han>[{HAN}]+)|(?P<number>\\d+(?:[.,]\\d+)*)|(?P<word>(?:[^\\W\\d_{HAN}]\\.){{2,}}|[^\\W\\d_{HAN}]+(?:'[^\\W\\d_{HAN}]+)*)"
)
_LONGEST_MEMO = 2_000
"""Characters: a sentence or chunk is looked at many times, a document once."""

_KAZAKH_SUFFIX = re.compile(
    "(?:"
    "(?:л[ае]р|д[ае]р|т[ае]р)(?:[ыі])?"  # plural, with possession
    "|[дтн][ыі]ң|[дтн][ыі]|[гқғк][ае]|н[ае]|[нд]?[дт][ае]н?|н[ае]н|[мбп]ен"  # cases
    "|[дт][ае]ғ[ыі]|[дт]ег[іы]|ғ[ыі]|г[іы]|л[ыі][қк]|л[ыі]ғ|с[ыі]з|л[ыі]|ш[ыі]"  # relations, derived adjectives
    "|(?:[ыі])?[мң]|(?:[ыі])?м[ыі]з|(?:[ыі])ң[ыі]з|с[ыі]|[ыі]"  # possession
    ")$"
)
_KAZAKH_ROUNDS = 4
"""Suffixes of a noun that may follow one another: number, possession, case and a relative."""
_SHORTEST_KAZAKH_STEM = 4


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  # PyStemmer's name


@lru_cache(maxsize=2)
def _stemmer(language: str) -> _Stemmer:
    import Stemmer

    made: _Stemmer = Stemmer.Stemmer(language, 0)  # our own memo is enough
    return made


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """The stem of one folded word; Snowball's for English and Russian, own light suffix stripping for Kazakh."""
    if language == "kk":
        for _ in range(_KAZAKH_ROUNDS):
            cut = _KAZAKH_SUFFIX.search(word)
            if cut is None or cut.start() < _SHORTEST_KAZAKH_STEM:
                break
            word = word[: cut.start()]
        return word
    return _stemmer("russian" if language == "ru" else "english").stemWord(word)


def cut_chinese(run: str) -> tuple[str, ...]:
    """The words of a run of simplified Han characters."""
    return _memoised_cut(run)


@lru_cache(maxsize=1 << 13)
def _memoised_cut(run: str) -> tuple[str, ...]:
    if len(run) == 1:
        return (run,)
    import rjieba

    return tuple(rjieba.cut(run))


def terms(text: str, language: str | None = None) -> list[str]:
    """The index terms of a text, with repetitions; `language` is detected when not given.

    Chinese is indexed by words and by pairs of characters: where the segmenter cuts question and passage differently,
    the pairs still meet (DRCD, 1 000 questions: R@1 0.941 with them, 0.926 without).
    """
    read = _read(text, language)
    return [*read.terms, *read.pairs]


def query_terms(text: str, language: str | None = None) -> list[str]:
    """What to look a question up by: its content terms and pairs, or all its terms when it has no others.

    Leaving a question's function words out is worth as much again (R@1 0.953). A seat of power is looked up as its
    country too: what is asked of Ashgabat may be written of Turkmenistan.
    """
    read = _read(text, language)
    countries = [f"@{country}" for name in names(text) if (country := seat_of(name.key)) is not None]
    return [*(placed.term for placed in read.content), *countries, *read.pairs] or list(read.terms)


def content_terms(text: str, language: str | None = None) -> list[str]:
    """The terms that say what the text is about: without function words and question words."""
    return [placed.term for placed in _read(text, language).content]


def content_words(text: str, language: str | None = None) -> list[str]:
    """The words that say what the text is about, each once, as they are written: folded, not stemmed, no figures."""
    return list(dict.fromkeys(_read(text, language).words))


def without(text: str, taken: Iterable[tuple[int, int]]) -> str:
    """`text` with a space in the place of each stretch (start, end); they may overlap."""
    rest, done = "", 0
    for start, end in sorted(taken):
        rest += text[done : max(done, start)] + " "
        done = max(done, end)
    return rest + text[done:]


def terms_within(text: str, start: int, end: int) -> frozenset[str]:
    """The content terms, names included, that begin in `text[start:end]`."""
    return frozenset(placed.term for placed in _read(text, None).content if start <= placed.start < end)


class _Placed(NamedTuple):
    term: str
    start: int


class _Read(NamedTuple):
    """One pass over a text: all its terms, the pairs of Chinese characters, the content terms with their places, and
    the words that these were made of."""

    terms: tuple[str, ...]
    pairs: tuple[str, ...]
    content: tuple[_Placed, ...]
    words: tuple[str, ...]


def _read(text: str, language: str | None) -> _Read:
    if len(text) > _LONGEST_MEMO:
        return _read_anew(text, language)
    return _memoised_read(text, language, table())


def _read_anew(text: str, language: str | None) -> _Read:
    kazakh = (language or detect(text)) == "kk"
    every: list[str] = []
    pairs: list[str] = []
    content: list[_Placed] = []
    words: list[str] = []
    for token in _TOKEN.finditer(fold(text)):
        word, start = token.group(), token.start()
        if token.lastgroup == "han":
            pairs += map("".join, pairwise(word))
            for piece in cut_chinese(word):
                every.append(piece)
                if piece not in FUNCTION_WORDS:
                    content.append(_Placed(piece, start))
                    words.append(piece)
                start += len(piece)
            continue
        term = plain_number(word) if token.lastgroup == "number" else stem_word(word, kazakh)
        every.append(term)
        if word not in FUNCTION_WORDS:
            content.append(_Placed(term, start))
            if token.lastgroup == "word":
                words.append(word)
    named = list(_name_terms(text))
    return _Read((*every, *(name.term for name in named)), tuple(pairs), (*content, *named), tuple(words))


def _name_terms(text: str) -> Iterator[_Placed]:
    """One term per name, the same in all scripts; of an unknown name of several words each word as well."""
    for name in names(text):
        yield _Placed(f"@{name.key}", name.start)
        if not name.known and "_" in name.key:
            yield from (_Placed(f"@{part}", name.start) for part in name.key.split("_"))


@lru_cache(maxsize=1 << 13)
def _memoised_read(text: str, language: str | None, _names: Names) -> _Read:
    return _read_anew(text, language)  # the table is part of the key: another one, other terms


def stem_word(word: str, kazakh: bool = False) -> str:
    """The term of one folded word of an alphabetic script; a Cyrillic word is Kazakh by its letters or its text."""
    if word.endswith("."):
        return word.replace(".", "")
    word = word.removesuffix("'s").removesuffix("'").replace("'", "")
    if "\u0400" <= word[:1] <= "\u052f":
        return stem(word, "kk" if kazakh or not KAZAKH_LETTERS.isdisjoint(word) else "ru")
    return stem(word, "en")


def plain_number(digits: str) -> str:
    """`278,400` as `278400`, `3,5` as `3.5`: digits as written in any of the four languages, written one way."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return digits.replace(",", "")
    return digits.replace(",", ".")
