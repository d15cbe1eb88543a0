"""What the last answer named: after "Which ship sank?" and "The freighter Silver Heron.", "it" and "she" are that ship.

Only an answer that is the name of a thing counts, not one that is a sentence: what stands for what in a sentence is
seldom sure.
"""

from __future__ import annotations

import re

from kzrag.text.function_words import FUNCTION_WORDS
from kzrag.text.language import fold, has_han
from kzrag.text.names import names
from kzrag.text.quantities import quantities

_KIND_ASKED = re.compile(
    r"^\W*(?:(?:and|but|so|а|и|но|ал)\s+)?"
    r"(?:(?:which|what) (?!(?:year|date|day|month|time|share|percent\w*|price|part|extent|way|reason)s?\b)"
    r"|who\b|как(?:ой|ая|ое|ие|ую|ого|ом|им|их)\b(?! (?:год|дол|цен|част|процент|числ))|кто\b|что\b|кем\b|кого\b"
    r"|қай\b|қандай\b|кім\b|не\b)"
    r"|哪(?!年|天|里|儿|月)|什么(?!时候|时间|原因)|谁"
)
"""Asks for a thing or somebody by its kind, so that the answer names it."""
SHIP = re.compile(
    r"\b(?:ships?|vessels?|ferr(?:y|ies)|boats?|tankers?|trawlers?|liners?|freighters?|yachts?|tugs?|barges?"
    r"|submarines?|schooners?|frigates?|cruisers?|steamers?)\b"
)
"""What English calls "she"."""
_FIRST = re.compile(r"[,.;:。，；：!?！？()（）\n]|\s[—–-]\s|\[\d")
_QUOTED = re.compile('[“「『《«"]([^”」』》»"]{2,40})[”」』》»"]')
_HAN_VERB = re.compile("了|着|过|把|被|将|向|从|在(?!线)|没有|不")
_LONGEST = 8
"""Words of an answer that is a thing's name."""
_LONGEST_HAN = 24
"""Characters of one."""
_OF = re.compile(r"\s(?:of|from|in|at|by|which|that|owned|run)\s")
_RUSSIAN_VERB = re.compile(r"[а-я]{2,}(?:л|ла|ло|ли|ет|ит|ют|ят|ал[аои]?сь|ится|ется)$")


def named_by(said: str, previous: str) -> str | None:
    """The thing or person that the answer `said` names to the question `previous`; `None` where it names none."""
    if _KIND_ASKED.search(fold(previous)) is None:
        return None
    first = _FIRST.split(said.strip(), 1)[0].strip(" \t\"'")
    if not first or quantities(first):
        return None
    if has_han(first):
        return _han(first, said)
    words = first.split()
    if len(words) > _LONGEST:
        return None
    if re.search("[а-яё]", fold(first)):
        return _russian(first, words)
    return _english(first, words)


def _han(first: str, said: str) -> str | None:
    # What is quoted in a short answer is the name.
    quoted = _QUOTED.search(said[: len(first) + 1])
    if len(first) > _LONGEST_HAN or _HAN_VERB.search(fold(first)):
        return None
    if quoted is not None:
        return quoted.group()
    said_to_be = re.split("[是为為]", first)[-1]
    thing = said_to_be.split("的")[-1].strip("“”「」『』《》")
    return thing if 1 < len(thing) <= _LONGEST_HAN // 2 else None


def _english(first: str, words: list[str]) -> str | None:
    head = _OF.split(f" {first} ")[0].strip()
    found = names(head)
    article = words[0].lower() in ("the", "a", "an")
    lower = [word for word in head.split()[article:] if word[0].islower()]
    if any(word in FUNCTION_WORDS or word.endswith("ed") for word in lower):
        return None
    if article:
        head = head[0].lower() + head[1:]
    if found and head.endswith(found[-1].text):
        before = head[: found[0].start].split()
        return head if len(before) <= 4 and (article or len(before) == 0 or before[0][0].islower()) else None
    if found or not article or not lower:
        return None
    return f"the {' '.join(head.split()[1:])}" if len(lower) == len(head.split()) - 1 else None


def _russian(first: str, words: list[str]) -> str | None:
    quoted = _QUOTED.search(first)
    if any(_RUSSIAN_VERB.fullmatch(fold(word)) for word in words if not names(word)):
        return None
    if quoted is not None:
        return first[: quoted.end()].strip() if len(first[: quoted.start()].split()) <= 2 else quoted.group()
    found = names(first)
    if found:
        return first[found[0].start : found[0].end]
    return first if len(words) <= 2 and all(fold(word) not in FUNCTION_WORDS for word in words) else None
