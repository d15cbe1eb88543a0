"""What one source reports of several sides in one breath: "the ministry puts it at 2.1 million, the growers at 3.4 and
the institute at 1.2 at most".

Such a list is a dispute in itself, and its sides stand under one voice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kzrag.answering.facts import facts_of
from kzrag.records import Evidence, Sentence
from kzrag.text.language import fold
from kzrag.text.names import Name
from kzrag.text.quantities import Quantity, units_agree
from kzrag.text.words import content_words

if TYPE_CHECKING:
    from kzrag.index import Index

# Between who holds it and a figure, and behind it, a side of a list says hardly anything new of what the figure is of.
SAID_ANEW = 1
# A list is no longer than this many sentences that semicolons hold together.
LONGEST = 5
# Another's figure may follow in a sentence of its own, so near.
NEAR = 2

_HOLDS = re.compile(
    r"\b(?:puts?|estimat\w+|reckon\w*|counts|counted|calculat\w+|says?|said|claim(?:s|ed)?|sp(?:eaks?|oke) of|"
    r"insist\w*|maintain\w*|believe[sd]?|thinks?|holds?|according to|makes? it|assume[sd]?)\b"
    r"|估计|估算|估|预计|认为|声称|宣称|坚称|坚持|喊出|表示|称|指出|主张|统计|算出|说"
    r"|\b(?:оценива\w+|оценил\w*|насчита\w+|насчитыва\w+|говор\w+|сказал\w*|утвержда\w+|заявля\w+|заявил\w*|называ\w+|"
    r"назвал\w*|счита\w+|полага\w+|настаива\w+|по (?:данным|словам|оценк\w+|мнению|подсч[её]т\w+))\b"
    r"|дейді|деді|бағала\w*|есепте\w*|айтады|айтты|санайды"
)
"""Verbs by which somebody holds a view; asking for a sum, or offering one, is none."""
_BODY = re.compile(
    r"\b(?:ministr\w+|ministers?|governments?|unions?|institutes?|compan(?:y|ies)|firms?|police|opposition|associations?|"
    r"parties|party|agenc(?:y|ies)|banks?|board|council|mayors?|towns?|hospitals?|experts?|economists?|scientists?|"
    r"researchers?|critics?|campaigners?|residents?|owners?|workers?|growers?|farmers?|doctors?|lawyers?|families|"
    r"auditors?|insurers?|rescuers?|officials?|authorit(?:y|ies)|army|rebels?|witnesses|universit(?:y|ies)|commission|"
    r"office|spokes\w+|director|owners?|i|we|others?|some)\b"
    r"|部|府|局|署|院|所|会|盟|公司|警方|方面|党|银行|大学|专家|学者|医生|律师|居民|厂方|资方|我们?|另一"
    r"|\b(?:министерств\w+|правительств\w+|профсоюз\w*|институт\w*|компани\w+|полици\w+|оппозици\w+|союз\w*|ассоциаци\w+|"
    r"парти\w+|агентств\w+|банк\w*|совет\w*|мэр\w*|больниц\w+|эксперт\w*|экономист\w*|уч[её]ны\w+|критик\w*|жител\w+|"
    r"владелец|владельц\w+|фермер\w*|врач\w*|адвокат\w*|семь[яи]|аудитор\w*|страховщик\w*|спасател\w+|чиновник\w*|власти|"
    r"комисси\w+|ведомств\w+|я|мы|другие)\b"
    r"|министрлі\w+|үкімет\w*|одақ\w*|одағы|институт\w*|компания\w*|полиция\w*|партия\w*|банк\w*|кеңес\w*|сарапшы\w*|дәрігер\w*"
)
"""Who may hold one, where no name is told."""
_SEMICOLON = (";", "；")
_CLAUSE_END = re.compile(
    r"[,;:](?=\s)|(?<=[\u4e00-\u9fff])[,;:]|[，；：]|\s[–—-]+\s|\b(?:and|while|whereas|but|и|а|но)\s"
)
_PART = re.compile(r"\b(?:of (?:them|these|those|which)|из них|их)\b|其中|оның ішінде")
_MANTISSA = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Reported:
    """A list of sides: the piece that shows the whole of it, and the figures in order."""

    piece: Evidence
    figures: tuple[Quantity, ...]
    texts: tuple[str, ...]
    """What is said of each figure: its clauses, as they are written."""


def run_of(sentence: Sentence, index: Index) -> list[Sentence]:
    """The sentence with those that semicolons tie to it: a list is cut at them."""
    run = [sentence]
    while len(run) < LONGEST and (before := _tied(index, run[0].number - 1, run[0])):
        run.insert(0, before)
    while (
        len(run) < LONGEST and run[-1].text.endswith(_SEMICOLON) and (after := _at(index, run[-1].number + 1, run[-1]))
    ):
        run.append(after)
    return run


def _at(index: Index, number: int, beside: Sentence) -> Sentence | None:
    if not 0 <= number < len(index.sentences):
        return None
    other = index.sentences[number]
    together = (other.document_id, other.voice, other.block) == (beside.document_id, beside.voice, beside.block)
    return other if together else None


def _tied(index: Index, number: int, following: Sentence) -> Sentence | None:
    before = _at(index, number, following)
    return before if before is not None and before.text.endswith(_SEMICOLON) else None


def reported(piece: Evidence, figure: Quantity, index: Index) -> Reported | None:
    """The list that `figure`, the one that answers in a piece, is the first or another side of; `None` without one."""
    run = run_of(piece.sentence, index)
    sides: list[tuple[Quantity, str]] = []
    for each in run:
        sides += _sides(each, figure, leaning=bool(sides))
    # "The company says 120 jobs. Add it up yourself. The union makes it 260."
    for step in range(1, NEAR + 1) if sides else ():
        after = _at(index, run[-1].number + step, run[-1])
        if after is not None and (more := _sides(after, figure, leaning=True)):
            run.append(after)
            sides += more
            break
    leans = bool(sides) and bool(_sides(run[0], figure, leaning=True))
    for step in range(1, NEAR + 1) if leans else ():
        before = _at(index, run[0].number - step, run[0])
        if before is not None and (more := _sides(before, figure, leaning=False)):
            run.insert(0, before)
            sides = more + sides
            break
    values = [side for side, _ in sides]
    if len(sides) < 2 or not any(_same(figure, value) for value in values):
        return None
    if not any(not _same(a, b) for a, b in pairwise(values)):
        return None
    whole = piece if len(run) == 1 else replace(piece, sentence=run[-1], before=run[0], parallel=())
    return Reported(whole, tuple(values), tuple(text for _, text in sides))


def _can_hold(name: Name) -> bool:
    return name.kind in ("person", "org", "name")


def whole_list(piece: Evidence, index: Index) -> Evidence:
    """The piece with all of a list of views that semicolons hold together, where it is one of them."""
    run = run_of(piece.sentence, index)
    held = sum(_HOLDS.search(fold(each.text)) is not None for each in run)
    if held < 2 or piece.before is not None:
        return piece
    return replace(piece, sentence=run[-1], before=run[0], parallel=())


def _same(a: Quantity, b: Quantity) -> bool:
    return a.value == b.value or (None in (a.unit, b.unit) and _mantissa(a) == _mantissa(b))


def _mantissa(figure: Quantity) -> str:
    found = _MANTISSA.search(figure.text)
    return found.group() if found else figure.text


def _sides(sentence: Sentence, figure: Quantity, *, leaning: bool) -> list[tuple[Quantity, str]]:
    """The figures of a sentence like the one given, each of somebody who holds it, with the words that tell.

    The first tells what the figures are of; the others, and all of a `leaning` sentence, say nothing new of that.
    """
    facts = facts_of(sentence.text, sentence.language, None)
    found: list[tuple[Quantity, str]] = []
    text = sentence.text
    cuts = [0, *(match.start() for match in _CLAUSE_END.finditer(text)), len(text)]
    seen = 0
    for quantity in facts.quantities:
        # "… at 2.1 million crowns, the growers at 3.4": the unit is not said twice.
        if not units_agree(figure, quantity) and not (quantity.unit is None and (found or leaning)):
            continue
        high = min((cut for cut in cuts if cut >= quantity.end), default=len(text))
        before, behind = fold(text[seen : quantity.start]), fold(text[quantity.end : high])
        bodies = [match.span() for match in _BODY.finditer(before)]
        bodies = bodies or [
            (n.start - seen, n.end - seen) for n in facts.names if _can_hold(n) and seen <= n.start < quantity.start
        ]
        begun, speaker = bodies[-1] if bodies else (0, 0)
        low = max((cut for cut in cuts if seen <= cut <= seen + begun), default=seen)
        holds = [match.end() for match in _HOLDS.finditer(before)]
        verb = bool(holds) or _HOLDS.search(behind) is not None
        rest = content_words(before[max(speaker, *holds) if holds else speaker :], sentence.language)
        tail = [word for word in content_words(behind, sentence.language) if not _HOLDS.fullmatch(word)]
        leans = len(rest) <= (SAID_ANEW if verb else 0) and len(tail) <= SAID_ANEW and not _PART.search(behind)
        if speaker and (leans if found or leaning else verb):
            found.append((quantity, text[low:high].strip(" ,;:.，；：。")))
            seen = quantity.end
    return found
