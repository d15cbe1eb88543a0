"""How names sound: what is left of one when it goes from script to script, the consonants, roughly.

Between alphabets much is left (Heather Nauert, Хезер Науэрт); of what Chinese hears less: it has a syllable for each
consonant, one sound for r and l, and leaves out an r before another consonant (Orsk, 奥斯克).
"""

from __future__ import annotations

import re
from functools import lru_cache

from kzrag.text.language import has_han

_SOUNDS = (
    ("dzh|dj|zh|j|g(?=[eiy])", "g"), ("sch|shch|sh|ch|tsch|tch", "s"), ("ph|ff", "f"), ("gh|kh", "h"),
    ("ck|c|q|k", "k"), ("x", "ks"), ("ts|tz|z", "s"), ("w|v", "v"), ("th", "t"),
    ("[aeiouyh_]+", ""), (r"(.)\1+", r"\1"),
)  # fmt: skip
"""What is left of a name when it goes from English to Russian spelling and back: the consonants, roughly."""
_FEWEST_SOUNDS = 2
WRITTEN_BY_EAR = 75
"""Of 100: the consonants of Heather Nauert and Хезер Науэрт are 80 alike."""


@lru_cache(maxsize=1 << 12)
def sounds(word: str) -> str:
    """The consonants of a Latin or romanised word, for comparing a name across scripts."""
    for pattern, sound in _SOUNDS:
        word = re.sub(pattern, sound, word)
    return word


def sound_alike(a: str, b: str) -> bool:
    """Whether two keys can be one name written by ear in two scripts: Geoff Diehl, Джефф Дил (with Russian endings)."""
    from rapidfuzz.fuzz import ratio

    first, second = ([code for word in key.split("_") if (code := sounds(word))] for key in (a, b))
    if first == second:
        return len("".join(first)) >= _FEWEST_SOUNDS
    if min(len("".join(first)), len("".join(second))) <= _FEWEST_SOUNDS:
        return False
    if len(first) != len(second):
        longer, shorter = (first, second) if len(first) > len(second) else (second, first)
        return len(shorter) == 1 and ratio(shorter[0], longer[-1]) >= WRITTEN_BY_EAR and len(shorter[0]) > 2
    return ratio(" ".join(first), " ".join(second)) >= WRITTEN_BY_EAR


# What Chinese keeps apart, one letter each: p t k f h s c(h) m n l. Of letters in the order in which they are tried.
_HEARD = (
    ("dzh|dj|tch|tsch|ch|j", "C"), ("shch|sch|sh|zh|ts|tz|c(?=[eiy])|[sz]", "S"), ("x", "KS"), ("th|[td]", "T"),
    ("ph|[fvw]", "F"), ("kh|gh|h", "H"), ("ck|[kcqg]", "K"), ("[pb]", "P"), ("m", "M"), ("n", "N"), ("[lr]", "L"),
    ("[^A-Z]", ""),
)  # fmt: skip
_CODA_R = re.compile("r+(?=[^aeiouyr]|$)")
_INITIALS = (
    ("zh|ch|j|q", "C"), ("sh|x|s|z|c", "S"), ("b|p", "P"), ("d|t", "T"), ("g|k", "K"), ("f|w", "F"), ("h", "H"),
    ("m", "M"), ("n", "N"), ("l|r", "L"),
)  # fmt: skip
_INITIAL = tuple((re.compile(letters), heard) for letters, heard in _INITIALS)
_FEWEST_HEARD = 3
"""Consonants below which too many names sound the same to Chinese ears."""


def heard_alike(a: str, b: str) -> bool:
    """Whether two names in different scripts sound the same to Chinese ears, but for the last consonant."""
    return any(
        one == other or (abs(len(one) - len(other)) == 1 and (one.startswith(other) or other.startswith(one)))
        for one in heard(a)
        for other in heard(b)
        if min(len(one), len(other)) >= _FEWEST_HEARD
    )


@lru_cache(maxsize=1 << 12)
def heard(name: str) -> frozenset[str]:
    """What is heard of a name, in Chinese or in (romanised) Latin letters: with an r that closes a syllable, and
    without."""
    if has_han(name):
        from anyascii import anyascii

        syllables = re.findall("[A-Z][a-z]*", anyascii(name))
        return frozenset((_once("".join(map(_syllable, syllables))),))
    return frozenset(_once(_letters(form)) for form in (name, _CODA_R.sub("", name)))


def _syllable(pinyin: str) -> str:
    low = pinyin.lower()
    if low == "er":
        return "L"
    initial = next((heard for letters, heard in _INITIAL if letters.match(low)), "")
    return initial + ("N" if low.endswith(("n", "ng")) and len(low) > 1 else "")


def _letters(name: str) -> str:
    for letters, sound in _HEARD:
        name = re.sub(letters, sound, name)
    return name


def _once(sounds: str) -> str:
    """Without repetitions; at the end m is as often heard as n: Kestrim, 凯斯特林."""
    return re.sub(r"(.)\1+", r"\1", re.sub("M$", "N", sounds))
