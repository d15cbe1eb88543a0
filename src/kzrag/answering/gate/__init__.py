"""The judge: does the cited text say what a sentence states? One function for the words of both writers.

What is quoted exactly stands. Of the rest every figure (with unit and scale), date and name must be a span's, nothing
may be denied that a span asserts or asserted that it denies, nobody may be given another's words or deeds, and the
whole must mean what a span means. To be shown, a sentence must also say whose words it gives where they aren't the
article's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from kzrag.answering.gate.dates import wrong_dates
from kzrag.answering.gate.figures import wrong_figures
from kzrag.answering.gate.meaning import wrong_meaning
from kzrag.answering.gate.names import wrong_names
from kzrag.answering.gate.nearly import wrong_changes
from kzrag.answering.gate.negation import wrong_negation
from kzrag.answering.gate.span import SpanText, Verdict
from kzrag.answering.gate.speaker import wrong_attribution, wrong_speakers
from kzrag.answering.gate.verbatim import is_verbatim, tokens, without_markers, without_quotes
from kzrag.answering.gate.voices import only_ordered, only_quoted, spoken_for
from kzrag.answering.wording import framing
from kzrag.text.polarity import stance

if TYPE_CHECKING:
    from kzrag.index.encoder import Encoder

__all__ = ["SpanText", "Verdict", "admit", "check"]

_MOSTLY_QUOTED = 0.5
"""Share of a sentence's words from which on the rest is the quote's frame: who says it, when, where."""


def check(sentence: str, spans: Sequence[SpanText], *, encoder: Encoder | None = None) -> Verdict:
    """Whether the spans support the sentence. Without an encoder meaning is judged by words alone.

    Across languages without an encoder only a sentence whose names and figures say nearly all of it is supported.
    """
    said = _untitled(without_markers(sentence), spans)
    if not said or not spans:
        return Verdict(not said, () if not said else ("meaning: no passage is cited",))
    texts = [span.text for span in spans]
    if is_verbatim(said, texts) or not tokens(_unlabelled(said, spans)):
        return Verdict(True)
    rest, quoted = without_quotes(said, texts)
    if (quoted >= _MOSTLY_QUOTED and not stance(rest).negations) or (quoted and _only_names_source(rest, spans)):
        why = tuple(_frame(said, rest, spans))
    else:
        why = tuple(_claim(said, spans, encoder))
    return Verdict(not why, why)


def admit(sentence: str, spans: Sequence[SpanText], *, encoder: Encoder | None = None) -> Verdict:
    """Whether the sentence may be shown: the spans support it, and it passes nobody's words off as the article's."""
    said = without_markers(sentence)
    heard = spoken_for(said, spans)
    if spans and not heard:
        return Verdict(False, ("speaker: this is a reader's comment; name the reader",))
    if only_quoted(said, heard):
        return Verdict(False, ("speaker: the passages only quote this as somebody's words; name who said it",))
    if only_ordered(said, heard):
        return Verdict(False, ("speaker: the passages want this said; they don't say it",))
    return check(sentence, heard, encoder=encoder)


def _untitled(sentence: str, spans: Sequence[SpanText]) -> str:
    """Without the titles in brackets by which sources go that name nobody: "an article (Oil in Central Asia)"."""
    for title in {span.title for span in spans if span.title and not (span.publisher or span.author)}:
        sentence = sentence.replace(f"({title})", "")
    return sentence


def _unlabelled(rest: str, spans: Sequence[SpanText]) -> str:
    """Without what the sources are called: "Channel 5" states no figure."""
    for label in sorted({label for span in spans for label in span.labels}, key=len, reverse=True):
        rest = rest.replace(label, "")
    return rest


def _only_names_source(rest: str, spans: Sequence[SpanText]) -> bool:
    """Whether what stands round a quote has no words but those by which kzrag says whose it is."""
    words = {word for word in tokens(_unlabelled(rest, spans)) if not word[0].isdigit()}
    return words <= _framing_words()


@cache
def _framing_words() -> frozenset[str]:
    return frozenset(word for phrase in framing() for word in tokens(phrase))


def _frame(said: str, rest: str, spans: Sequence[SpanText]) -> Iterator[str]:
    """Reasons against what stands around an exact quote."""
    yield from wrong_changes(said, spans)
    stated = _unlabelled(rest, spans)
    yield from wrong_figures(stated, spans)
    yield from wrong_dates(stated, spans)
    yield from wrong_names(rest, spans)
    yield from wrong_attribution(rest, spans)


def _claim(said: str, spans: Sequence[SpanText], encoder: Encoder | None) -> Iterator[str]:
    """Reasons against a sentence in own words; meaning, which costs an encoder, only when nothing else is wrong."""
    sure = False
    for reason in (
        *wrong_changes(said, spans),
        *wrong_figures(said, spans),
        *wrong_dates(said, spans),
        *wrong_names(said, spans),
        *wrong_negation(said, spans),
        *wrong_speakers(said, spans),
    ):
        sure = True
        yield reason
    if not sure:
        yield from wrong_meaning(said, spans, encoder)
