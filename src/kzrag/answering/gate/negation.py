"""A sentence may not assert what a span denies, nor deny what it asserts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kzrag.answering.gate.relevant import relevant
from kzrag.answering.gate.span import SpanText
from kzrag.text.language import fold
from kzrag.text.polarity import contradictions, stance
from kzrag.text.sentences import sentence_spans

MOSTLY = 0.6
"""Share of the sentence's words in the span that stand under a negation, when the sentence has none itself."""
_DENIES_TOO = re.compile(
    r"\b(?:prohibit\w*|bann?\w*|bar|barred|den(?:y|ies|ied)|reject\w*|refus\w*|declin\w*|lack\w*|absen\w*|avoid\w*"
    r"|prevent\w*|exclud\w*|cancel\w*|withdr\w*|abandon\w*|stop\w*|halt\w*|fail\w*|less|fewer|only|little|few|silent"
    r"|far from|independen\w*|dis(?:agree|miss|appoint|satisf|approv|like)\w*|un(?!i[tov]|der|til)\w{4,}"
    r"|il?legal\w*|\w+less|missing|lost|yet to|instead|homeless|imposs\w*|too"
    r"|без\w*|не\w{4,}|отказ\w*|отверг\w*|запре\w*|отмен\w*|прекра\w*|против\w*|лиш\w*|мало\w*|недо\w+)\b"
    r"|拒绝|禁止|取消|停|放弃|反对|缺|失|难|少|仅|只|独立|非法|无\w|\b[^\W\d_]{3,}с[ыі]з\w*"
)
"""Words that deny without a negation: a sentence with a "not" may be made of them."""


def wrong_negation(statement: str, spans: Sequence[SpanText]) -> Iterator[str]:
    """Reasons why a statement says the opposite of the spans, or denies what they do not speak of.

    Sentence by sentence: what one of them denies would hide in what the others do.
    """
    sentences = [statement[start:end] for start, end in sentence_spans(statement)] or [statement]
    for sentence in sentences:
        yield from _wrong(sentence, spans)


def _wrong(sentence: str, spans: Sequence[SpanText]) -> Iterator[str]:
    text = "\n".join(span.text for span in spans)
    near = relevant(sentence, text)
    against = contradictions(sentence, near)
    if against:
        yield f"negation: the passages say the opposite ({', '.join(against[:3])})"
        return
    mine, theirs, all_theirs = stance(sentence), stance(near), stance(text)
    if mine.negations and not all_theirs.negations and _DENIES_TOO.search(fold(text)) is None:
        yield "negation: the passages deny nothing of the kind"
    if not mine.negations and theirs.negations:
        words = mine.plain | mine.in_scope
        shared = words & (theirs.plain | theirs.in_scope | theirs.denied)
        under = shared & (theirs.in_scope | theirs.denied) - theirs.plain
        if len(shared) >= 2 and len(under) >= MOSTLY * len(shared) and not _turns_round(sentence):
            yield "negation: the passages say this with a negation"


def _turns_round(sentence: str) -> bool:
    """Whether a word of the sentence does what the negation of the text does: refuse for "does not accept"."""
    return _DENIES_TOO.search(fold(sentence)) is not None
