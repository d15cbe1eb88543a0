"""In whose voice the spans speak: words they only quote are not theirs, a reader's comment is its reader's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kzrag.answering.gate.meaning import figures_alone
from kzrag.answering.gate.span import SpanText
from kzrag.answering.gate.verbatim import without_quotes
from kzrag.records import ARTICLE
from kzrag.text.language import fold
from kzrag.text.words import content_terms

_QUOTATION = re.compile(r"“[^“”]+”|«[^«»]+»|「[^「」]+」|『[^『』]+』|\"[^\"]+\"")
_TRAILING = ".,;:!?。，；：！？…"
_COMMENT = re.compile(
    r"\b(?:reader|comment)|читател|коммент|讀者|读者|評論|评论|網友|网友|留言|оқырман|пікір", re.IGNORECASE
)
"""Words that tell that somebody commented; a name alone may be spelt in another script."""
_BARE_FRAME = 1
"""Content words round a quotation that introduce nobody: "It adds: …" goes on with the speaker named before."""


def spoken_for(sentence: str, spans: Sequence[SpanText]) -> list[SpanText]:
    """The spans that the sentence may rest on: a reader's comment only when it says that this is one.

    An answer of nothing but a figure, a date or a name says in nobody's voice: who says it follows.
    """
    named = [span for span in spans if span.voice == ARTICLE or _names_reader(sentence, span)]
    return list(spans) if len(named) < len(spans) and figures_alone(sentence) else named


def only_quoted(sentence: str, spans: Sequence[SpanText]) -> bool:
    """Whether the spans have the sentence only inside quotation marks, and it doesn't say whose words it repeats."""
    words = _unmarked(sentence).strip(" '" + _TRAILING).split()
    if not words or _QUOTATION.search(sentence):
        return False
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    inside = any(pattern.search(_unmarked(said.group())) for span in spans for said in _QUOTATION.finditer(span.text))
    outside = inside and any(pattern.search(_unmarked(_QUOTATION.sub(" ", span.text))) for span in spans)
    return inside and not outside and not figures_alone(sentence)


def _names_reader(sentence: str, comment: SpanText) -> bool:
    """Whether a sentence tells that it is a reader's: by a name, by what readers are, or as a quotation left bare."""
    if _COMMENT.search(sentence) or any(part in fold(sentence) for part in fold(comment.voice).split()):
        return True
    rest, quoted = without_quotes(sentence, [comment.text])
    return quoted > 0 and len(content_terms(rest)) <= _BARE_FRAME


def _unmarked(text: str) -> str:
    """Folded, single and double marks alike: a quotation within a quotation changes its marks. Of the same length."""
    return fold(text).replace('"', "'")
