"""Who said it, and who did what to whom: a sentence may not put another's words or deeds into a mouth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kzrag.answering.gate.names import one_name, unverifiable
from kzrag.answering.gate.relevant import relevant
from kzrag.answering.gate.span import SpanText
from kzrag.records import ARTICLE
from kzrag.text.function_words import FUNCTION_WORDS
from kzrag.text.language import HAN, fold, script
from kzrag.text.names import Name, names, same_name, seat_of
from kzrag.text.polarity import stance
from kzrag.text.words import stem_word, terms_within

_SPEECH = re.compile(
    r"\b(?:said|says?|saying|stat(?:es?|ed|ing)|told|tells?|argu(?:es?|ed|ing)|claim(?:s|ed|ing)|wrote|writes|add(?:s|ed)"
    r"|not(?:es|ed|ing) that|believ(?:es?|ed)|thinks?|thought|warn(?:s|ed|ing)"
    r"|announc(?:es?|ed|ing)|declar(?:es?|ed|ing)|propos(?:es?|ed|ing)|suggest(?:s|ed|ing)|insist(?:s|ed)"
    r"|explain(?:s|ed)|call(?:s|ed) (?!for)|describ(?:es?|ed)|respond(?:s|ed|ing)|repl(?:y|ies|ied)|inform(?:s|ed)"
    r"|mention(?:s|ed)|emphasi[sz](?:es?|ed)|stress(?:es|ed)|predict(?:s|ed)|promis(?:es?|ed)|report(?:s|ed)"
    r"|dismiss(?:es|ed)|sees|view(?:s|ed)|remark(?:s|ed)"
    r"|сказал\w*|заяв\w+|сообщ\w+|счита\w+|отмет\w+|отмеча\w+|подчерк\w+|напис\w+|пиш[еу]т|утвержда\w+"
    r"|предлож\w+|предлага\w+"
    r"|объяв\w+|ответ(?:ил|ит)\w*|назвал\w*|предупред\w+|рассказ\w+|добав(?:ил|ля)\w*|говор\w+|полага\w+|уверен\w*"
    r"|деді|дейді|айтты|айтады|мәлімде\w+|хабарла\w+|санайды|жазды|жазады|ұсынды|атады)\b"
    r"|表示|称为|稱為|称(?!为)|说|指出|认为|强调|回应|宣布|告知|告诉|提议|建议|直言|质疑|透露|警告|呼吁|写道|承诺|主张|批评"
)
_ACCORDING = re.compile(
    r"(?:\b(?:according to|in the (?:view|words|opinion) of|по словам|по мнению|согласно|по данным|источник"
    r"|как (?:пишет|сообщает|заявил\w*|считает))\b|据|根据|按照)(?P<gap>[^.!?。]{0,60}?)$"
)
_COMMENTS_ON = re.compile(r"\bcommenting\b|\b(?:читател\w*|оқырман)\s+\S|读者\s*\S")
"""Behind a reader's name, which may look like none: what follows is where he comments, and not who says it."""
_AFTER_ACCORDING = re.compile(
    r"^(?:['’]s (?:view|words|opinion|account)\b|(?:тың|тің|дың|дің|ның|нің)? (?:айтуынша|пікірінше|мәліметінше))"
)
OUTSPOKEN = 2
"""Words by which another speaker's words must fit better, when the one named says something of the kind too."""
_REACH = 44
"""Characters between a speaker's name and the verb of speech: "Tokayev did not give any face, publicly responding"."""
_SUBJECT_BLOCKED = re.compile(
    r"\b(?:of|from|to|with|through|by|for|against|via|in|at|on|and|between|than|into|из|от|с|со|к|в|на|для|против|через)\s+"
    r"(?:the\s+)?(?:[^\W\d_]+\s+){0,2}$"
)
_POSSESSIVE = re.compile(r"^(?:['’]s?\b|的)")
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|is|are|be)\s+(?:[^\W\d_]+ly\s+)?(?P<verb>[^\W\d_]+)\s+by\s+(?:the\s+)?$"
)
_ANOTHER_SUBJECT = re.compile(r"[.!?。；;]|\b(?:and|that|which|who|и|что|который)\b|并|而且")
"""Between a name and a verb of speech: then the verb goes with a subject further back."""
_STEP = re.compile(f"[^\\W\\d_{HAN}]+|[{HAN}]+|[,;:.!?，。；：]")


@dataclass(frozen=True, slots=True)
class _Act:
    """Something said, and by whom."""

    speaker: Name
    content: frozenset[str]
    script: str


def wrong_speakers(sentence: str, spans: Sequence[SpanText]) -> Iterator[str]:
    """Reasons why the sentence names another speaker, or another doer, than the spans."""
    yield from wrong_attribution(sentence, spans)
    yield from _swapped(sentence, spans)


def wrong_attribution(sentence: str, spans: Sequence[SpanText]) -> Iterator[str]:
    """Reasons why the sentence says that somebody said what somebody else said."""
    scripts = {script(span.text) for span in spans}
    for act in _acts(sentence):
        if not unverifiable(act.speaker, scripts) and not any(_says(act, span) for span in spans):
            yield f"speaker: the passages are not the words of {act.speaker.text}"


def _says(act: _Act, span: SpanText) -> bool:
    origin = names(span.origin)
    is_voice = any(same_name(act.speaker.key, name.key) for name in origin) or fold(act.speaker.text) in fold(
        span.origin
    )
    if span.voice != ARTICLE:
        inside = [other for other in _acts(span.text) if one_name(act.speaker, other.speaker)]
        return is_voice or bool(inside)
    if is_voice:
        return True
    acts = _acts(span.text)
    own = [other for other in acts if one_name(act.speaker, other.speaker)]
    others = [other for other in acts if not one_name(act.speaker, other.speaker)]
    if not own:
        # "Tokayev's statement that …", "in front of Putin": named, and nobody else says it
        taken = max((len(act.content & other.content) for other in others), default=0)
        elsewhere = script(span.text) != act.script
        return (taken < OUTSPOKEN or elsewhere) and any(one_name(act.speaker, name) for name in names(span.text))
    fits = max(len(act.content & other.content) for other in own)
    best = max((len(act.content & other.content) for other in others), default=0)
    return best < fits + (OUTSPOKEN if fits else 1)


@lru_cache(maxsize=1 << 11)
def _acts(text: str) -> tuple[_Act, ...]:
    """The acts of speech in a text: a name and a verb of speech, or "according to" and a name."""
    folded = fold(text)
    found = [n for n in names(text) if n.kind != "demonym" and not _POSSESSIVE.match(folded[n.end :])]
    starts: list[tuple[Name, int]] = []
    for place, name in enumerate(found):
        following = found[place + 1].start if place + 1 < len(found) else len(text)
        verb = _SPEECH.search(folded, name.end, min(following, name.end + _REACH))
        if verb is not None and not _ANOTHER_SUBJECT.search(folded[name.end : verb.start()]):
            if not _SUBJECT_BLOCKED.search(folded, max(0, name.start - 40), name.start):
                starts.append((name, verb.end()))
        elif (
            (lead := _ACCORDING.search(folded[: name.start])) is not None
            and not _COMMENTS_ON.search(lead["gap"])
            and not any(other.end > lead.start("gap") for other in found[:place] if other.kind != "place")
        ) or _AFTER_ACCORDING.match(folded[name.end :]):
            starts.append((name, name.end))
    acts = []
    for place, (name, start) in enumerate(starts):
        end = starts[place + 1][0].start if place + 1 < len(starts) else len(text)
        acts.append(_Act(name, terms_within(text, start, end), script(text)))
    return tuple(acts)


@dataclass(frozen=True, slots=True)
class _Deed:
    """What a name of the text does: the stem of the first content word after it, and the opposites it takes part in."""

    doer: str
    verb: str
    sides: frozenset[tuple[str, int]]


def _swapped(sentence: str, spans: Sequence[SpanText]) -> Iterator[str]:
    """Deeds of the sentence that the spans ascribe, every time they speak of them, to somebody else."""
    text = "\n".join(span.text for span in spans)
    order = _reversed_names(sentence, text)
    if order is not None:
        yield f"speaker: the passages have {order} the other way round"
        return
    theirs = _deeds(relevant(sentence, text))
    for deed in _deeds(sentence):
        same = [other for other in theirs if other.verb == deed.verb or (deed.sides & other.sides)]
        if same and not any(_same_key(deed.doer, other.doer) for other in same):
            yield f"speaker: in the passages it is not {deed.doer.replace('_', ' ').title()} who does this"
            return


def _same_key(a: str, b: str) -> bool:
    return same_name(a, b) or seat_of(a) == b or seat_of(b) == a


@lru_cache(maxsize=1 << 11)
def _deeds(text: str) -> tuple[_Deed, ...]:
    folded = fold(text)
    found = [name for name in names(text) if name.kind in ("person", "place")]
    deeds: list[_Deed] = []
    for place, name in enumerate(found):
        passive = _PASSIVE.search(folded, max(0, name.start - 40), name.start)
        if passive is not None:
            deeds.append(_deed(name.key, passive["verb"]))
            continue
        if _POSSESSIVE.match(folded[name.end :]) or _SUBJECT_BLOCKED.search(
            folded, max(0, name.start - 40), name.start
        ):
            continue
        following = found[place + 1].start if place + 1 < len(found) else len(text)
        verb = _verb_after(folded, name.end, following)
        if verb is not None:
            deed = _deed(name.key, verb)
            if deed.sides or verb.isascii():  # in Chinese and Russian a noun may follow as well
                deeds.append(deed)
    return tuple(deeds)


_AUXILIARY = re.compile(
    r"(?:has|have|had|is|are|was|were|will|would|can|could|did|does|do|been|be|also|already|not|then)\b"
)


def _verb_after(folded: str, start: int, end: int) -> str | None:
    """The first content word after a name, when it follows so closely that it can be its verb."""
    suffers = False
    for count, step in enumerate(_STEP.finditer(folded, start, min(end, start + 40))):
        word = step.group()
        if word in ",;:.!?，。；：" or count > 4:
            return None
        if word in FUNCTION_WORDS or _AUXILIARY.fullmatch(word) or (word.endswith("ly") and len(word) > 5):
            if word in ("and", "or", "of", "in", "и", "в", "与", "和"):
                return None
            suffers = suffers or word in ("is", "are", "was", "were", "be", "been")
            continue
        if suffers and not word.endswith("ing"):
            return None  # what is done to it, not what it does
        following = folded[step.end() : step.end() + 4]
        return word + " off" if following == " off" else word
    return None


def _deed(doer: str, verb: str) -> _Deed:
    sides = frozenset((pair, side) for pair, both in stance(verb).sides.items() for side in both)
    return _Deed(
        doer, stem_word(verb.split(" ", maxsplit=1)[0]) if verb.isascii() or verb[0] >= "\u0400" else verb, sides
    )


def _reversed_names(sentence: str, text: str) -> str | None:
    """ "A attacked B" of "B attacked A": the same words between the same two names in the other order."""
    mine, theirs = _between(sentence), _between(text)
    for (first, second), (words, passive) in mine.items():
        if (first, second) in theirs or (second, first) not in theirs:
            continue
        other_words, other_passive = theirs[second, first]
        if words & other_words and passive == other_passive:
            return f"{first.replace('_', ' ').title()} and {second.replace('_', ' ').title()}"
    return None


_SPOKEN = "a verb of speech"


@lru_cache(maxsize=1 << 11)
def _between(text: str) -> dict[tuple[str, str], tuple[frozenset[str], bool]]:
    """Pairs of neighbouring names -> the content words between them, and whether these are in the passive."""
    folded = fold(text)
    found = names(text)
    pairs: dict[tuple[str, str], tuple[frozenset[str], bool]] = {}
    for one, other in pairwise(found):
        if one.key == other.key or re.search(r"[.!?。；;]", folded[one.end : other.start]):
            continue
        words = {word for word in terms_within(text, one.end, other.start) if not word[0].isdigit()}
        if _SPEECH.search(folded, one.end, other.start):
            words.add(_SPOKEN)
        between = folded[one.end : other.start]
        passive = re.search(r"\bby\b|被|\b(?:был|была|были|было)\b", between) is not None
        pairs.setdefault((one.key, other.key), (frozenset(words), passive))
    return pairs
