"""Who sends, sells, pays or goes, from where and to whom, as a text tells it: by where the names stand round the word
for it, by prepositions, and by the endings of Russian and Kazakh.

Pure: the words and the names of one text. Where it can't tell who does what, it says nothing of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from kzrag.text.attributes import pattern
from kzrag.text.language import KAZAKH_LETTERS, fold, has_han, script
from kzrag.text.names import Name, expand, names

Way = Literal["out", "in", "go"]
_Mark = Literal["goal", "source", "doer", "of", "beside", "bare"]


class Dealing(NamedTuple):
    """One sale, payment, visit … of a text, with the names of those in it."""

    sorts: frozenset[str]
    way: Way
    doer: tuple[Name, ...]
    """Who goes; of what is sold or given, the seller is its source and the buyer its goal."""
    source: tuple[Name, ...]
    goal: tuple[Name, ...]

    @property
    def everybody(self) -> tuple[Name, ...]:
        return self.doer + self.source + self.goal


class _Kind(NamedTuple):
    way: Way
    sorts: frozenset[str]
    direct: bool
    words: re.Pattern[str]


@lru_cache(maxsize=1)
def _kinds() -> tuple[_Kind, ...]:
    listed = tomllib.loads((Path(__file__).parent / "dealings.toml").read_text(encoding="utf-8"))
    return tuple(
        _Kind(kind["way"], frozenset(kind["sorts"]), kind.get("direct", False), pattern(kind["words"]))
        for kind in listed.values()
    )


_STOP = re.compile(r"[;:!?。；：！？\n]|\.(?=\s|$)")
"""What ends a stretch in which who does something and to whom is told."""
_REACH, _REACH_HAN = 90, 30
"""Characters between a word and the names that belong to it."""


@lru_cache(maxsize=4096)
def dealings(text: str) -> tuple[Dealing, ...]:
    """What goes from one to another in a text, in order."""
    folded = fold(text)
    found: list[tuple[int, int, _Kind]] = []
    for kind in _kinds():
        found += [(match.start(), match.end(), kind) for match in kind.words.finditer(folded)]
    if not found:
        return ()
    found.sort(key=lambda each: (each[0], -each[1]))
    kept = [each for place, each in enumerate(found) if not any(each[1] <= other[1] for other in found[:place])]
    named = [name for name in names(text) if not _is_money(name, folded)]
    stops = [0, *(match.end() for match in _STOP.finditer(folded)), len(folded)]
    read = _marks(text, folded, named)
    told = []
    for place, (start, end, kind) in enumerate(kept):
        low = max(stop for stop in stops if stop <= start)
        high = min((stop for stop in stops if stop >= end), default=len(folded))
        following = min((other[0] for other in kept[place + 1 :] if other[0] >= end), default=high)
        preceding = max((other[1] for other in kept[:place] if other[1] <= start), default=low)
        around = _Around(folded, start, end, low, high, max(low, preceding), min(high, following))
        if (dealing := _dealing(kind, around, read)) is not None:
            told.append(dealing)
    return tuple(told)


@lru_cache(maxsize=4096)
def sorts_of(text: str) -> frozenset[str]:
    """The sorts of dealings that a text has a word for, whoever is in them."""
    folded = fold(text)
    return frozenset().union(*(kind.sorts for kind in _kinds() if kind.words.search(folded)))


class _Around(NamedTuple):
    """A word of dealing and where what belongs to it ends."""

    folded: str
    start: int
    end: int
    low: int
    high: int
    after: int
    """Where the word of dealing before it ends."""
    before: int
    """Where the next one begins."""


_MONEY = re.compile(r"\s*(?:\$|dollars?|pounds?|rubles?|tenge|yuan)|\s*(?:元|долл|рубл|тенге)")


def _is_money(name: Name, folded: str) -> bool:
    return _MONEY.match(folded, name.end) is not None


# -- what stands before and behind a name -------------------------------------------------------------------------

_DET = r"(?:(?:the|its|his|her|their|neighbou?ring|nearby|help|protect|support) )*"
_BEFORE: tuple[tuple[_Mark, re.Pattern[str]], ...] = (
    ("goal", re.compile(rf"\b(?:to|into|onto|towards?) {_DET}$|(?:[向往给到至赴]|(?<![相面])对)(?:邻国)?$")),
    ("source", re.compile(rf"\b(?:from|out of) {_DET}$|[从自](?:邻国)?$|\b(?:из|от|у) (?:\w+ )?$")),
    ("doer", re.compile(rf"\bby {_DET}$|[由被]$")),
    ("of", re.compile(rf"\bof {_DET}$")),
    (
        "beside",
        re.compile(
            rf"\b(?:in|on|at|with|for|against|through|via|over|about|between|near|across|like|than|as|after|before"
            rf"|during|under|within|without|despite|including) {_DET}$|[在经与和跟替为把比]$|通过$"
            r"|\b(?:через|против|за|над|под|между|о|об|со?|при|после|по|для) (?:\w+ )?$"
        ),
    ),
)
_LISTED = re.compile(r"(?:\s*(?:,(?=\s)|、|\band\b|\bor\b|\bи\b|\bжәне\b|[和与及]))+\s*(?:the |in )?$")
_RU_TO = re.compile(r"\b(?:в|во|на|к|ко) (?:\w+(?:ую|юю|ий|ый|ой) )?$")
_RU_IN = re.compile(r"(?:е|и|ах|ях)$")
_RU_DATIVE = re.compile(r"[^аеиоуыэюя][ую]$|аю$")
_RU_INSTRUMENTAL = re.compile(r"(?:ом|ем|ой|ей|ией)$")
_KK_GOAL = re.compile(r"(?:[ғқ]а|[гк]е)$")
_KK_SOURCE = re.compile(r"[дтн][ае]н$")
_KK_OTHER = re.compile(r"(?:[нтд][ыі]ң|[нтд][ыі]|[дт][ае]|[мбп]ен)$")


class _Read(NamedTuple):
    name: Name
    mark: _Mark


def _marks(text: str, folded: str, named: Sequence[Name]) -> list[_Read]:
    """What each name is, by what stands right before it and by its ending; one of a list is what the first is."""
    kazakh = not KAZAKH_LETTERS.isdisjoint(folded)
    marked: list[_Read] = []
    for name in named:
        before = folded[: name.start]
        if marked and _LISTED.fullmatch(folded, marked[-1].name.end, name.start):
            marked.append(_Read(name, marked[-1].mark))
            continue
        ending = _by_ending(name, before, kazakh) if script(name.text) == "cyrillic" else None
        marked.append(_Read(name, ending or _by_what_stands_before(before)))
    return marked


def _by_what_stands_before(before: str) -> _Mark:
    return next((mark for mark, cue in _BEFORE if cue.search(before)), "bare")


def _by_ending(name: Name, before: str, kazakh: bool) -> _Mark | None:
    written = fold(name.text)
    spelled = {fold(spelling) for spelling in expand(name.key)}
    if kazakh:
        if written in spelled:
            return "bare"
        if _KK_GOAL.search(written):
            return "goal"
        if _KK_SOURCE.search(written):
            return "source"
        return "beside" if _KK_OTHER.search(written) else None
    if _RU_TO.search(before):
        return "beside" if _RU_IN.search(written) else "goal"
    if any(cue.search(before) for _, cue in _BEFORE) or not name.known or name.kind == "demonym":
        return None
    if written in spelled:
        return "bare"
    if _RU_DATIVE.search(written) and name.kind == "place":
        return "goal"
    return "doer" if _RU_INSTRUMENTAL.search(written) else "beside"


# -- who does it ---------------------------------------------------------------------------------------------------

_NOUN = re.compile(
    r"(?:exports?|imports?|sales?|suppl(?:y|ies)|purchases?|deliveries|shipments|visits?|trip|deployment|attacks?|grants?"
    r"|orders? (?:of|from)|invasion of|attack on|bombs?|ships?)$"
)
"""English words that may be the thing or the doing."""
_DO = re.compile(r"(?:\b(?:to|will|would|can|could|may|might|must|shall|should|they|we|i|countries)|n't)\s+$")
_DOES = re.compile(
    r"\b(?:not|also|still|now|then|and|or|but|it|he|she|who|which|that|only|even|soon|once|[a-z]+ly)\s+$"
    r"|\b(?:signed|signs|placed|places) (?:an? )?(?:\w+ )?$"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:(?:not|also|mainly|mostly|still|[a-z]+ly)\s+)*$")
_PARTICIPLE = re.compile(r"(?:ed|sold|bought|sent|lent|paid|given|shipped)$")
_HAD = re.compile(r"\b(?:has|have|had|having)\s+(?:(?:not|also|never|already|just|since|[a-z]+ly)\s+)*$")
_DID = re.compile(r"\b(?:do|does|did)\s+(?:the )?$")
_ANOTHER = re.compile(r",|\b(?:was|were|is|are|been|being|but)\b")
"""Between a word and "by X" that tells by whom something else is done."""
_WHOSE = re.compile(r"['’]s?(?= )")
_WHO = re.compile(
    r"\b(?:who|whoever|which (?:\w+ )?(?:country|countries|state|company))\s+(?:\w+\s+)?$|谁|哪个?国家?|\bкто\s+$"
)
_OBJECT_BEHIND = re.compile(r"\s+(?:with|the|a|an|its|some|any|more|much|for|\$|\d)|[\s]*$|[?？。.,，]")
_DIRECT = re.compile(r"\s*(?:the |了|过)?\s*")
_FEW_WORDS = re.compile(r"(?:['’]s?)?(?: [\w%-]+){0,3} ?$")
_OWN = re.compile(r"(?:['’]s?)?(?: (?:total|annual|yearly|own|main|first|last|recent|official|foreign))* ?$")
_BOUGHT = re.compile(r"(?:imports?|purchases?|orders? (?:of|from))$")


def _dealing(kind: _Kind, around: _Around, read: Sequence[_Read]) -> Dealing | None:
    folded, start, end = around.folded, around.start, around.end
    reach = _REACH_HAN if has_han(folded[start:end]) else _REACH
    near = [
        each
        for each in read
        if max(around.low, start - reach) <= each.name.start and each.name.end <= min(around.high, end + reach)
    ]
    source: list[Name] = []
    goal: list[Name] = []
    doer: list[Name] = []
    han, cyrillic = has_han(folded[start:end]), script(folded[start:end]) == "cyrillic"
    for each in near:
        name, mark = each
        behind = name.start >= end
        if behind and name.start >= around.before and not cyrillic:
            continue
        # In English and Chinese what stands before the word of dealing before it is that one's.
        if not behind and name.end <= around.after and mark != "bare":
            continue
        if not (behind or han or cyrillic) and mark in ("goal", "source") and not _is_fronted(around, name):
            continue
        if mark in ("goal", "source") and _comes_late(around, each, read):
            continue
        if mark == "goal":
            (source if han and kind.way == "in" and folded[name.start - 1] == "向" else goal).append(name)
        elif mark == "source":
            source.append(name)
        elif mark == "doer":
            if not behind or _ANOTHER.search(folded, end, name.start) is None:
                doer.append(name)
        elif mark == "of" and behind and re.fullmatch(r" of (?:the )?", folded[end : name.start]) and kind.way != "go":
            if name.kind != "demonym":
                doer.append(name)
        elif behind and mark == "bare" and _is_object(kind, around, name):
            goal.append(name)
    if not doer:
        doer = _before(kind, around, read, han=han, cyrillic=cyrillic, taken=[*source, *goal])
    if kind.way == "out" and not source:
        source, doer = doer, []
    elif kind.way == "in":
        goal, doer = [*goal, *doer], []
    if not (source or goal or doer):
        return None
    return Dealing(kind.sorts, kind.way, tuple(doer), tuple(source), tuple(goal))


def _comes_late(around: _Around, each: _Read, read: Sequence[_Read]) -> bool:
    """Whether another "to X" or "from X" stands between the word and this one, and no list holds them together."""
    before = [other for other in read if around.end <= other.name.start < each.name.start and other.mark == each.mark]
    if not before or script(each.name.text) == "cyrillic":
        return False
    return _LISTED.fullmatch(around.folded, before[-1].name.end, each.name.start) is None


def _is_fronted(around: _Around, name: Name) -> bool:
    """Whether "to X" or "from X" before the word belongs to it: at the head of the stretch, or right before it."""
    return name.start - around.low <= len("from the ") or around.folded[name.end : around.start].strip() == ""


def _is_object(kind: _Kind, around: _Around, name: Name) -> bool:
    """Whether a name stands right behind a word that takes whom or where it goes to there: visit X, sell X a farm."""
    folded = around.folded
    if name.kind == "demonym" or _DIRECT.fullmatch(folded, around.end, name.start) is None:
        return False
    if has_han(folded[around.start : around.end]):
        return kind.direct or folded[around.start : around.end] in ("派兵", "出兵", "运往", "输往")
    if _WHOSE.match(folded, name.end):
        return False
    if kind.direct:
        return True
    # "Sell X a farm", but not "sell X gas", which is gas of X.
    return (
        kind.way == "out"
        and name.kind in ("place", "person", "org")
        and bool(re.match(r" (?:with|the|a|an|its|some|any|more|\$|\d)\b", folded[name.end :]))
    )


def _before(
    kind: _Kind, around: _Around, read: Sequence[_Read], *, han: bool, cyrillic: bool, taken: Sequence[Name]
) -> list[Name]:
    """Who does it: whoever is named last before the word and stands behind no preposition."""
    folded, start, end = around.folded, around.start, around.end
    word = folded[start:end]
    reach = _REACH_HAN if han else _REACH
    bare = [
        place
        for place, (name, mark) in enumerate(read)
        if (mark in ("bare", "of") or _WHOSE.match(folded, name.end))
        and around.low <= name.start
        and (name.end <= start or cyrillic)
        and abs(name.start - start) <= reach
        and name not in taken
    ]
    if cyrillic:
        plain = [place for place in bare if read[place].name.kind != "demonym" and read[place].mark == "bare"]
        earlier = [place for place in plain if read[place].name.end <= start]
        return _with_list(read, (earlier or plain)[-1:], folded)
    if not bare or _WHO.search(folded, max(0, start - 40), start):
        return []
    last, mark = read[bare[-1]]
    between = folded[last.end : start]
    if han:
        return [] if last.kind == "demonym" else _with_list(read, bare[-1:], folded)
    noun = _NOUN.fullmatch(word) is not None and not _is_done(folded, start, word) and between.strip() != ""
    if noun or (last.kind == "demonym" and _NOUN.fullmatch(word)):
        # "Kazakhstan's oil exports", "Russian exports"; whoever else is named before does something else.
        # Russia's oil imports may be what is imported from there.
        close = (_OWN if _BOUGHT.fullmatch(word) else _FEW_WORDS).fullmatch(between) is not None
        own = last.kind == "demonym" or _WHOSE.match(between) is not None
        asked = _DID.search(folded, 0, last.start) is not None and _FEW_WORDS.fullmatch(between) is not None
        return [last] if (close and own) or asked else []
    if last.kind == "demonym" or mark not in ("bare", "of") or _PASSIVE.search(folded, 0, start):
        return []
    if (
        kind.way != "go"
        and _PARTICIPLE.search(word)
        and not _HAD.search(folded, 0, start)
        and not _tells_of(last, between)
    ):
        return []
    return _with_list(read, bare[-1:], folded)


def _is_done(folded: str, start: int, word: str) -> bool:
    """Whether an English word that may be a thing is what somebody does, by the word before it."""
    return _DOES.search(folded, 0, start) is not None or (
        not word.endswith("s") and _DO.search(folded, 0, start) is not None
    )


def _tells_of(name: Name, between: str) -> bool:
    """Whether between a name and a word in -ed nothing stands that takes it for what was done to something else."""
    return (
        re.fullmatch(
            r"(?:['’]s?(?: [\w-]+){1,3})? (?:[a-z]+ly |also |then |first |then |itself |(?:[\w]+ ){0,2}and )*", between
        )
        is not None
    )


def _with_list(read: Sequence[_Read], last: Sequence[int], folded: str) -> list[Name]:
    """The name at a place, and those that one list has before it."""
    if not last:
        return []
    place = last[0]
    found = [read[place].name]
    while place and _LISTED.fullmatch(folded, read[place - 1].name.end, read[place].name.start):
        place -= 1
        found.append(read[place].name)
    return found
