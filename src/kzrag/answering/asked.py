"""The person or place that a question asks for: which names of a sentence can be it, and whether what the question
tells of them is met there at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kzrag.answering.facts import says, tellers
from kzrag.answering.kinds import FEW, NO_FIRM
from kzrag.answering.needs import FEW_WORDS, Needs
from kzrag.answering.offices import holder, office_asked
from kzrag.answering.swapped import LOOKED_AT
from kzrag.records import Evidence, Sentence
from kzrag.text.language import fold, primary, word_set
from kzrag.text.names import Name, is_country, names, same_name, seat_of
from kzrag.text.words import content_words, without

if TYPE_CHECKING:
    from kzrag.index import Index
    from kzrag.index.vocabulary import Wanted

Sort = Literal["country", "city", "water"]

# What a question calls the place it asks for; these words are met by the name itself, whatever else stands beside it.
_SORTS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    (
        "country",
        re.compile(
            rf"\b(which|what)(?: {FEW})? (countr(y|ies)|nations?|states?{NO_FIRM})\b"
            r"|哪[一两二三四五几]?个?国家?|什么国家"
            r"|\bкак\w+ (стран|государств)\w*|қа[йн]\w* ел"
        ),
    ),
    (
        "city",
        re.compile(
            rf"\b(which|what)(?: {FEW})? (cit(y|ies)|towns?|ports?|capitals?|harbou?rs?)\b"
            r"|哪[一两二三四五几]?[座个]?(城市|港口|港|城)|什么城市"
            r"|\bкак\w+ (город|порт|столиц)\w*|қа[йн]\w* (қала|порт)"
        ),
    ),
    (
        "water",
        re.compile(
            rf"\b(which|what)(?: {FEW})? (seas?|oceans?|rivers?|lakes?|straits?)\b"
            r"|哪[一两二三四五几]?[个条片]?(海|洋|河|湖|海峡)"
            r"|\bкак\w+ (мор|океан|рек|озер|пролив)\w*|қа[йн]\w* (теңіз|өзен|көл)"
        ),
    ),
)
_WATER = re.compile(
    r"\b(sea|ocean|river|lake|strait|gulf|bay)\b|[海洋河湖江]$|海峡$|\b(море|океан|река|озеро|пролив)|теңіз|өзен|көл"
)
_WHERE = re.compile(r"\bwhere\b|哪里|哪儿|何处|何地|什么地方|\b(где|куда|откуда)\b|\bқайда|қайдан")
_PLACED = re.compile(
    r"\b(in|to|into|at|near|from|onto|onward to|through|via|across|towards?|outside|inside|around|off|between"
    r"|visit(ed|s|ing)?|reach(ed|es|ing)?|capital (is|was)|в|во|на|из|через|до|под|около|к|ко|по)"
    r"\s+(the\s+)?([\w-]+\s+)?$"
    r"|(在|到|去|往|赴|从|自|经|向|抵达|访问|前往|位于|运往|运到)$"
)
"""What stands before a name that says where; one word may stand between ("to nearby Batumi")."""
_LISTED = re.compile(
    r"\b(?:to|through|via|from|через|в|из)\b[^.;!?]{0,80}(?:,|\band|\bи)\s+$|(?:到|经|往|从)[^。;!?]{0,40}[、和]$"
)
"""A name on a list that begins with a place: "to Warsaw in Poland, Berlin in Germany"."""
_KAZAKH_PLACED = re.compile(r"(?:[дт][ае]|[дт][ае]н|[нд][ае]н|[ғг][ае]|[қк][ае])$")

# What the question calls the thing it asks for: met by the name itself, whatever else stands beside it.
_CALLED = re.compile(
    rf"\b(?:which|what) (?:{FEW} )?\w+"
    r"|哪[一两二三四五几]?[个座国位条家些]?(?:国家|城市|港口|地方|地区|总统|部长|领导人|公司)?"
    r"|什么(?:人|地方|国家|城市|公司)"
    r"|\bкак(?:ой|ая|ое|ие|ую|ого|ом|их|ими?) \w+|\b(?:қай|қандай) \w+"
)
_BODY = re.compile(
    r"\b(?:which|what) (?:\w+ )?(?:compan(?:y|ies)|firms?|banks?|agenc(?:y|ies)|contractors?|operators?)\b"
    r"|(?:哪一?[个家些]|什么)(?:\w{0,4})(?:公司|企业|银行|机构)"
    r"|\bкак(?:ая|ой|ие|ую) (?:\w+ )?(?:компани|фирм|банк|агентств)\w*"
    r"|\b(?:қай|қандай) (?:\w+ )?(?:компания|банк|фирма)"
)
"""Asks for a company: an agent, as "who" does."""

# Cosines of word vectors below this one, as `likeness` puts them, are found between any two words of a corpus.
MET = 0.25
# What somebody did has to be met by itself, whatever else of the question is: of 30 verbs of answered questions none
# was below, of those that no sentence tells of half are.
DEED_MET = 0.2
_DEED = re.compile(
    r"\W*(?:and |so |но |а |и )?(?:who|кто)\b(?P<light>(?:\s+(?:first|originally|initially|actually|really|came up with"
    r"|has|had|made|gave|took|put(?: forward)?|впервые|первым|первой|на самом деле|все-таки|же))*)"
)
"""Who did something; the deed stands behind words that weigh little: who "first", who "came up with" the idea."""
# A sentence in which more than this share of what the question tells is not met, weighted by rarity, is about
# something else: who designed the crane is not told by whoever speaks of the port.
MOST_UNMET = 0.5


def sort_asked(needs: Needs) -> Sort | None:
    """What kind of place a question asks for, when it says so."""
    folded = fold(needs.text)
    return next((sort for sort, pattern in _SORTS if pattern.search(folded)), None)


def candidates(needs: Needs, sentence: Sentence) -> list[Name]:
    """The names of a sentence that can be the person or place asked for, each key once, in order."""
    folded = fold(sentence.text)
    sort = sort_asked(needs)
    where = _WHERE.search(fold(needs.text)) is not None
    found: dict[str, Name] = {}
    telling = frozenset[str]() if says(needs.text) else tellers(sentence.text)
    for name in names(sentence.text):
        if _in_question(name, needs) or (needs.kind == "person" and name.key in telling):
            continue
        if needs.kind == "person":
            fits = name.kind == "person"
        else:
            fits = name.kind == "place" and _is_of(name, sort) and (not where or _placed(name, folded, sentence))
        if fits:
            found.setdefault(name.key, name)
    return list(found.values())


def _in_question(name: Name, needs: Needs) -> bool:
    """Whether the question has the name, or the country or capital it stands for."""
    if name.key in needs.known:
        return True
    return any(
        same_name(name.key, asked.key)
        or seat_of(asked.key) == name.key
        or (needs.kind == "place" and asked.kind == "org" and seat_of(name.key) == seat_of(asked.key) is not None)
        for asked in needs.names
    )


def _is_of(name: Name, sort: Sort | None) -> bool:
    if sort is None:
        return True
    if sort == "water":
        return _WATER.search(fold(name.text)) is not None
    if sort == "country":
        return is_country(name.key)
    return not is_country(name.key) and _WATER.search(fold(name.text)) is None


def _placed(name: Name, folded: str, sentence: Sentence) -> bool:
    """Whether a name stands where a place stands in a sentence, and not as who acts."""
    before = folded[: name.start]
    if _PLACED.search(before) or _LISTED.search(before) or folded[name.end :].startswith(("境内", "市", "港")):
        return True
    return sentence.language == "kk" and _KAZAKH_PLACED.search(fold(name.text)) is not None


# -- whether what the question tells is met -----------------------------------------------------------------------


# Verbs that say what was done only with the words behind them: "came up with the idea", "took the decision".
_LIGHT = word_set(
    "came come comes gave give gives made make makes took take takes got get gets put puts set sets had has have"
)


@lru_cache(maxsize=2048)
def told(question: str, language: str) -> tuple[str, ...]:
    """The words by which a question tells what it asks for: without names, without what it calls the thing itself."""
    words = said_beside(question, ((name.start, name.end) for name in names(question)), language)
    return tuple(word for word in words if word not in _LIGHT) or tuple(words)


def said_beside(question: str, but: Iterable[tuple[int, int]], language: str) -> list[str]:
    """The words of a question beside stretches (start, end) of it, and beside what it calls the thing asked for."""
    return content_words(_CALLED.sub(" ", fold(without(question, but))), language)


_REPLIES = re.compile(
    r"\W*(?:answer|repl(?:y|ied|ies)|retort)\b|的?(?:是怎么|怎么|如何|是如何)?(?:回答|答复|答覆|回复)|\W*ответи\w+|\W*жауап"
)
_REPLIED = re.compile(r"(?:\bответил\w*|\bжауап\w*)\W*$")
_SPEAKS = re.compile(
    r"\b(?:said|says|say|answer\w*|repl\w+|respon\w+|retort\w*|told|tells|stat\w+|declar\w+|announc\w+|wrote|call\w*|welcom\w+"
    r"|accept\w*|reject\w*|refus\w+|thank\w*|promis\w+|agree\w*|insist\w*|react\w*|words?)\b"
    r"|说|称|表示|回答|回应|答复|回复|拒绝|接受|同意|承诺|\b(?:сказал|ответи|заяв|сообщ|обеща|отказ|соглас|подчеркн)\w*"
    r"|деді|айтты|жауап|мәлімде"
)
_SPOKEN_TO = re.compile("[向对给跟告诉]$")
_SPEAKS_WITHIN = 48
"""Characters after a name in which its verb stands: "Energy Minister Ilsa Roe, after a night of talks, said"."""


def said_by_those_asked(needs: Needs, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Asked what somebody replied, only the evidence in which they say something, and are not just spoken to."""
    folded = fold(needs.text)
    asked = [n for n in needs.names if _REPLIES.match(folded, n.end) or _REPLIED.search(folded[: n.start])]
    return [piece for piece in evidence if all(_speaks(name, piece) for name in asked)]


def _speaks(asked: Name, piece: Evidence) -> bool:
    """Whether somebody says something in a sentence or the one before it: a verb of speech follows the name at once."""
    for sentence in (piece.sentence, piece.before) if piece.before is not None else (piece.sentence,):
        folded, found = fold(sentence.text), names(sentence.text)
        for place, name in enumerate(found):
            if not same_name(name.key, asked.key) and seat_of(name.key) != asked.key and seat_of(asked.key) != name.key:
                continue
            if _SPOKEN_TO.search(folded[: name.start]):
                continue
            until = min(name.end + _SPEAKS_WITHIN, next((n.start for n in found[place + 1 :]), len(folded)))
            if _SPEAKS.search(folded, name.end, until) is not None:
                return True
    return False


def asked_for(needs: Needs, index: Index) -> Wanted:
    """What a question tells, as the corpus's words."""
    return index.vocabulary.wanted(" ".join(told(needs.text, needs.language)), needs.language, index.encoder)


def unmet(wanted: Wanted, piece: Evidence, needs: Needs, index: Index) -> float:
    """Share of what the question tells that has nothing like it in a piece of evidence, weighted by rarity, 0 to 1."""
    if not len(wanted.weights):
        return 0.0
    read = [other for other in piece.parallel if primary(other.language) == primary(needs.language)]
    before = (piece.before,) if piece.before is not None else ()
    nearest = index.vocabulary.nearest(wanted, [s.number for s in (piece.sentence, *before, *read)])
    if (does := _DEED.match(fold(needs.text))) is not None:
        deed = len(content_words(does["light"], needs.language))
        if deed < len(nearest) and nearest[deed] < DEED_MET:
            return 1.0
    return float(wanted.weights[nearest < MET].sum())


def asks_who_or_where(needs: Needs) -> bool:
    """Whether a person, a place or a company is asked for."""
    return needs.kind in ("person", "place") or (needs.kind in ("statement", "list") and asks_for_a_body(needs))


def asks_for_a_body(needs: Needs) -> bool:
    """Whether a company or an office is asked for by what it does."""
    return _BODY.search(fold(needs.text)) is not None


def told_by(needs: Needs, evidence: Sequence[Evidence], index: Index) -> list[Evidence]:
    """The evidence that may tell of the person or place asked for; of an office, what tells its holder's time first."""
    if office_asked(needs) is not None:
        ranked = [(found.rank, piece) for piece in evidence if (found := holder(needs, piece.sentence)) is not None]
        return [piece for _, piece in sorted(ranked, key=lambda pair: -pair[0])]
    wanted = asked_for(needs, index)
    looked_at = evidence[:LOOKED_AT]
    kept = [piece for piece in looked_at if _tells(needs, piece, unmet(wanted, piece, needs, index))]
    return [*kept, *evidence[LOOKED_AT:]] if kept else []


def _tells(needs: Needs, piece: Evidence, missing: float) -> bool:
    """Whether a piece may tell of the person, place or company: what is told of it is met, and one stands in it."""
    if missing > MOST_UNMET and needs.language not in FEW_WORDS:
        return False
    if asks_for_a_body(needs):
        return _has_a_body(needs, piece)
    if needs.kind != "place" or candidates(needs, piece.sentence) or _has_an_unknown_place(needs, piece.sentence):
        return True
    # A place may have no name ("at the border"): then all else that is asked has to be there.
    return missing == 0.0 and sort_asked(needs) is None


_A_BODY = re.compile(
    r"\b(?:compan|firms?\b|corporation|contractor|operator|builder|bank|agency|group\b|inc\b|ltd\b|co\b)"
    r"|公司|企业|集团|银行|机构|承包商|\b(?:компани|фирм|корпораци|банк|агентств|подрядчик|концерн|завод)|компания|фирма"
)


def _has_a_body(needs: Needs, piece: Evidence) -> bool:
    """Whether a sentence, or the one before it, has a company, or a name that may be one's."""
    for sentence in (piece.sentence, piece.before) if piece.before is not None else (piece.sentence,):
        if _A_BODY.search(fold(sentence.text)):
            return True
        if any(n.kind in ("org", "name") and not _in_question(n, needs) for n in names(sentence.text)):
            return True
    return False


def _has_an_unknown_place(needs: Needs, sentence: Sentence) -> bool:
    """Whether a sentence has a name that no table knows and that may be a place's: which kind is a guess, and in
    Chinese where it ends as well."""
    return any(
        not name.known and (name.kind in ("place", "name") or " " not in name.text) and not _in_question(name, needs)
        for name in names(sentence.text)
    )
