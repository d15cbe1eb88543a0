"""Whether a span says what a sentence says: by their words, and by their vectors where an encoder is at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kzrag.answering.gate.span import SpanText
from kzrag.text.dates import dates
from kzrag.text.language import detect, primary, script
from kzrag.text.names import names
from kzrag.text.quantities import quantities
from kzrag.text.sentences import sentence_spans
from kzrag.text.words import content_terms, without

if TYPE_CHECKING:
    from kzrag.index.encoder import Encoder

# Set on the labelled pairs of eval/gate (the log says how): between what supports and what merely shares a topic.
BY_WORDS = 0.5
"""Share of the sentence's content words that the spans must hold, when there is no encoder."""
WORDS_WEIGHT = 0.35
"""What a full share of words adds to the cosine."""
ENOUGH = 0.72
"""Cosine and words together from which on a span says it, in one language: fair paraphrases have 0.78 and more."""
ENOUGH_ACROSS = 0.42
"""The cosine alone, between two languages: fair paraphrases have 0.41 and more."""


def share_of_words(sentence: str, spans: Sequence[SpanText]) -> float:
    """The share of the sentence's content words that the spans hold; 1 when it has none."""
    wanted = set(content_terms(sentence))
    held = {term for span in spans for text in (span.text, span.origin) for term in content_terms(text)}
    return len(wanted & held) / len(wanted) if wanted else 1.0


def cosine(sentence: str, spans: Sequence[SpanText], encoder: Encoder) -> float:
    """The cosine of the sentence with the nearest of the spans, their sentences, and pairs of neighbours."""
    windows: list[str] = []
    for span in spans:
        parts = [span.text[start:end] for start, end in sentence_spans(span.text)]
        windows += dict.fromkeys([span.text, *parts, *map(" ".join, pairwise(parts))])
    vectors = encoder.encode([sentence, *windows])
    return float((vectors[1:] @ vectors[0]).max())


def figures_alone(sentence: str) -> bool:
    """Whether a sentence is nothing but figures, dates and names, which are judged by themselves: "28 million tons"."""
    taken = [(q.start, q.end) for q in quantities(sentence)]
    taken += [(d.start, d.end) for d in dates(sentence)] + [(n.start, n.end) for n in names(sentence)]
    return bool(taken) and not content_terms(without(sentence, taken))


def wrong_meaning(sentence: str, spans: Sequence[SpanText], encoder: Encoder | None) -> Iterator[str]:
    """A reason when the spans don't say what the sentence says."""
    if figures_alone(sentence):
        return
    share = share_of_words(sentence, spans)
    if encoder is None:
        if share < BY_WORDS:
            yield "meaning: the passages use other words, and nothing shows that they mean the same"
    elif across(sentence, spans):
        if cosine(sentence, spans, encoder) < ENOUGH_ACROSS:
            yield "meaning: the passages do not say this"
    elif cosine(sentence, spans, encoder) + WORDS_WEIGHT * share < ENOUGH:
        yield "meaning: the passages do not say this"


def across(sentence: str, spans: Sequence[SpanText]) -> bool:
    """Whether no span is in the language of the sentence."""
    own = detect(sentence)
    return all(primary(span.language) != primary(own) for span in spans) or all(
        script(span.text) != script(sentence) for span in spans
    )
