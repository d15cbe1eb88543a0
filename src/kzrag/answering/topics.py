"""What somebody is asked to say something about ("What do the readers say about wheat?"), and whether they speak of it.

Asked like this, whatever comes nearest would do, and something always comes nearest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kzrag.answering.needs import FEW_WORDS, Needs, beside
from kzrag.records import Evidence
from kzrag.text.language import fold
from kzrag.text.names import Name, names
from kzrag.text.words import content_words, without

if TYPE_CHECKING:
    from kzrag.index import Index

LONGEST = 3
"""Words that say what a topic is; more make a statement, which is looked for as a whole."""
KNOWN = 0.6
"""How near, by `Vocabulary.nearest`, a word of what is said comes to a topic's own: .8 and more where it is spoken of,
.1 to .6 where it is not ("submarines" beside "ships": .44)."""
_TOLD = ("sources", "who_said", "statement", "list")
_MENTIONED = ("mentioned", "named")
"""Whether a topic comes up at all may be asked with yes or no; what "did they think of …?" asks is more."""
_TOPIC = re.compile(
    r"\b(?:says?|said|saying|writes?|wrote|written|thinks?|thought|tells?|told|reports?|reported|opinions?|views?|stance"
    r"|(?:dis)?agree(?: on| in)?|differ|diverge|argue|dispute)"
    r"(?: (?:us|anything|something|much|the readers))?,? (?:about|on|over|of|regarding|concerning)\s+"
    r"(?P<en>[^?.!,;:]+)\W*$"
    r"|\bmentions? (?:of )?(?P<mentioned>[^?.!,;:]+)\W*$"
    r"|(?:怎么|如何|怎样)(?:看待?|评价|说|讲|谈|描述|报道)(?P<asked>[^?,。]{2,14})\W*$"
    r"|(?:关于|对于?)(?P<about>[^?,。]{2,14}?)(?:,|的|都|是|有)*(?:怎么|如何|什么|哪些|何)(?:样的)?(?:看|说|写|讲|谈|观点|意见|报道)"
    r"|(?:提到|谈到|说到|讲到)(?:过|了)?(?P<named>[^?,。]{2,12}?)(?:吗|没有|了)*\W*$"
    r"|\b(?:говор|пиш|дума|сообща|рассказыва|написа|сказа|счита|отзыва|упомина)\w*(?: [\w-]+){0,3}?"
    r" (?:о|об|обо|про|насчет)\s+(?P<ru>[^?.!,;:]+)\W*$"
    r"|^что (?:же )?(?:о|об|обо|про) (?P<first>[^?.!,;:]+?) (?:говор|пиш|дума|сообща|сказа|написа)\w*"
)


_POINT_OF = re.compile(
    r"^(?:the |its |their )?(?:\w+ )?(?:reasons?|causes?|dates?|times?|numbers?|amounts?|shares?"
    r"|size|length|consequences?"
    r"|results?|effects?|purposes?|aims?) (?:for|of|behind|why)\b"
    r"|(?:的|之)(?:原因|理由|起因|日期|时间|数量|规模|比例|后果|结果|影响|目的)$"
    r"|^(?:\w+ )?(?:причин\w{0,3}|повод\w{0,2}|дат[аеуы]х?|числе|количестве|дол[еях]{1,2}|объем\w{1,2}"
    r"|размер\w{1,2}|последстви\w{1,2}|результат\w{1,2}|цел[иях]{1,2}) \w"
)
"""Of what is asked about, one point: "the reason for the closure" may be told without the word."""


class Topic(NamedTuple):
    """What somebody is asked to speak of."""

    words: tuple[str, ...] = ()
    """Folded, names left out."""
    names: tuple[Name, ...] = ()
    mentioned: bool = False
    """Whether it is asked if the topic comes up."""


@lru_cache(maxsize=2048)
def topic(question: str, language: str) -> Topic:
    """The words and names of what somebody is asked to speak of; none where that is a whole statement."""
    match = _TOPIC.search(fold(question))
    if match is None:
        return Topic()
    group = next(name for name, found in match.groupdict().items() if found)
    start, end = match.span(group)
    if _POINT_OF.search(match[group].strip()):
        return Topic()
    named = tuple(name for name in names(question) if start <= name.start and name.end <= end)
    rest = without(question[start:end], ((name.start - start, name.end - start) for name in named))
    words = tuple(content_words(rest, language))
    return Topic(words, named, group in _MENTIONED) if len(words) <= LONGEST else Topic()


def _topic_of(needs: Needs) -> Topic:
    asked = topic(needs.text, needs.language)
    return asked if needs.kind in _TOLD or (needs.kind == "yesno" and asked.mentioned) else Topic()


def named_only(needs: Needs) -> tuple[Name, ...]:
    """The names that are all a question has or all that somebody is asked to speak of ("What is the CPC?", "What does
    he say about Turkey?"): whatever has them tells something of them."""
    if needs.kind in ("statement", "list") and needs.names and not beside(needs.text, needs.names):
        return needs.names
    asked = _topic_of(needs)
    return () if asked.words else asked.names


def on_topic(needs: Needs, evidence: Sequence[Evidence], index: Index) -> list[Evidence]:
    """The evidence that speaks of the topic that is asked about; all of it where the question has none."""
    words = _topic_of(needs).words
    if not words or needs.language in FEW_WORDS:
        return list(evidence)
    wanted = index.vocabulary.wanted(" ".join(words), needs.language, index.encoder)
    if not len(wanted.weights):
        return list(evidence)
    from kzrag.index.vocabulary import Wanted

    # What few sentences have tells what the topic is: of "nuclear weapons" it is "nuclear".
    row = int(wanted.weights.argmax())
    telling = Wanted(wanted.vectors[row : row + 1], np.ones(1, np.float32))
    near = index.vocabulary.coverage(telling, [piece.sentence.number for piece in evidence])
    return [piece for piece, held in zip(evidence, near, strict=True) if held >= KNOWN]
