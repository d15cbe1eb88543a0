"""Which sentence of a longer passage a sentence is about."""

from __future__ import annotations

from functools import lru_cache

from kzrag.text.sentences import sentence_spans
from kzrag.text.words import content_terms, terms_within


@lru_cache(maxsize=1 << 11)
def relevant(sentence: str, text: str) -> str:
    """The sentence of a text that shares most words with `sentence`."""
    spans = sentence_spans(text)
    if len(spans) < 2:
        return text
    wanted = set(content_terms(sentence))
    best = max(spans, key=lambda span: (len(wanted & terms_within(text, *span)), -span[0]))
    return text[best[0] : best[1]]
