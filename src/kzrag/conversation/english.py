"""Where the subject of an English question stands; no grammar, only what its order of words shows."""

from __future__ import annotations

import re

from kzrag.text.function_words import FUNCTION_WORDS
from kzrag.text.language import fold

_BE = re.compile(r"\b(?:is|are|was|were)\s+(?=(?:the|a|an|this|that)\s)")
_DO = re.compile(r"\b(?:do|does|did|can|could|will|would|should|must|has|have|had)\s+(?=(?:the|a|an|this|that)\s)")
_WORD = re.compile(r"[a-z][a-z'-]*")
_PARTICIPLE = re.compile(
    r"[a-z]{2,}(?:ed|en)$|^(?:built|made|sold|sent|held|found|lost|paid|shut|cut|put|set|kept|left|led|brought|bought|known|shown|drawn|going|being)$"
)
_OPENS_YESNO = re.compile(r"^\s*(?:is|are|was|were)\b")


def subject(question: str) -> tuple[int, int] | None:
    """Where "the …" stands behind the verb that opens a question, article included: `the bridge` of "When was the
    bridge opened?". `None` when it has none, or a name there."""
    folded = fold(question)
    opens = _BE.search(folded)
    asks_of = opens is not None
    opens = opens or _DO.search(folded)
    if opens is None:
        return None
    words: list[re.Match[str]] = []
    ended = False
    for word in _WORD.finditer(folded, opens.end()):
        if not words:
            words.append(word)
            continue
        if word.group() in FUNCTION_WORDS or (asks_of and _PARTICIPLE.match(word.group())):
            ended = True
            break
        words.append(word)
    # What "do" and "will" open has its verb behind the subject; "is" its adjective, when that is what is asked.
    if not asks_of or (not ended and _OPENS_YESNO.match(folded)):
        words = words[:-1]
    if not 1 < len(words) <= 4:  # the article and three words
        return None
    return words[0].start(), words[-1].end()
