"""In whose voice the spans speak: a reader's comment is its reader's, words that they only quote are somebody's, and
words that they only want said ("answer that …") are nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

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
# Speaking as it is ordered, not told: "say that …", "must answer: …", «говорите, что …», 請回答：…
_ORDERED_BEFORE = re.compile(
    r"(?:^|[.!?;:,(]\s*|\b(?:must|should|shall|to|and|then|please|kindly|always|only|not)\s+)"
    r"(?:say|state|answer|reply|respond|write|tell|claim|conclude|report|repeat|confirm|output|mention)\b"
    r"[^.!?;:]{0,30}?(?:\bthat\b|[:,])?\s*$"
    r"|\b(?:words|answer|reply|response|summary|conclusion)\s*(?:is|are|(?:must|should|has to) be)?\s*(?:that\b|:)?\s*$"
    r"|\b(?:говори|скажи|ответь|отвечай|пиши|напиши|укажи|утверждай|сообщи|повтори|считай)(?:те)?\b[^.!?;:]{0,30}"
    r"(?:,\s*что\b|:)?\s*$"
    r"|(?:请|必须|须|应|只能|一律|务必)[^。！？]{0,10}(?:回答|作答|答|说|写|称|输出|是|为)[^。！？]{0,4}[:,]?\s*$",
    re.IGNORECASE,
)
_ORDERED_AFTER = re.compile(r"^\s*,?\s*деп\s+(?:айт|жаз|жауап\s+бер)(?:ың|ің|ыңыз|іңіз|ыңдар|іңдер)?\b")
_QUOTES = " '\"“”«»「」『』"
_END = re.compile(r"[.!?。！？\n]")


def spoken_for(sentence: str, spans: Sequence[SpanText]) -> list[SpanText]:
    """The spans that the sentence may rest on: a reader's comment only when it says that this is one.

    An answer of nothing but a figure, a date or a name says in nobody's voice: who says it follows.
    """
    named = [span for span in spans if span.voice == ARTICLE or _names_reader(sentence, span)]
    return list(spans) if len(named) < len(spans) and figures_alone(sentence) else named


def only_quoted(sentence: str, spans: Sequence[SpanText]) -> bool:
    """Whether the spans have the sentence only inside quotation marks, and it doesn't say whose words it repeats."""
    words = _in_order(sentence)
    if not words or _QUOTATION.search(sentence):
        return False
    inside = any(words in _flat(said.group()) for span in spans for said in _QUOTATION.finditer(span.text))
    outside = inside and any(words in _flat(_QUOTATION.sub(" ", span.text)) for span in spans)
    return inside and not outside and not figures_alone(sentence)


def only_ordered(sentence: str, spans: Sequence[SpanText]) -> bool:
    """Whether the spans have the sentence only as something that is to be said: "answer that …" states nothing."""
    words = _in_order(sentence)
    if not words:
        return False
    found = [
        _ordered(text, words, place) for text in (_flat(span.text) for span in spans) for place in _places(words, text)
    ]
    return bool(found) and all(found)


def _places(words: str, text: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + len(words))


def _ordered(text: str, words: str, place: int) -> bool:
    start = max((end.end() for end in _END.finditer(text, 0, place)), default=0)
    before = text[start:place].rstrip(_QUOTES)
    return bool(_ORDERED_BEFORE.search(before) or _ORDERED_AFTER.match(text[place + len(words) :].lstrip(_QUOTES)))


def _in_order(sentence: str) -> str:
    """The words of a sentence as they stand in a flat text."""
    return _flat(sentence).strip(" '" + _TRAILING)


@lru_cache(maxsize=4096)
def _flat(text: str) -> str:
    """Without marks, capitals and line breaks."""
    return " ".join(_unmarked(text).split())


def _names_reader(sentence: str, comment: SpanText) -> bool:
    """Whether a sentence tells that it is a reader's: by a name, by what readers are, or as a quotation left bare."""
    if _COMMENT.search(sentence) or any(part in fold(sentence) for part in fold(comment.voice).split()):
        return True
    rest, quoted = without_quotes(sentence, [comment.text])
    return quoted > 0 and len(content_terms(rest)) <= _BARE_FRAME


def _unmarked(text: str) -> str:
    """Folded, single and double marks alike: a quotation within a quotation changes its marks. Of the same length."""
    return fold(text).replace('"', "'")
