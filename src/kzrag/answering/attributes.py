"""Whether a sentence tells the very thing asked of somebody or something: a minister's salary is not told by whatever
sum stands beside the minister, nor the year a bridge was built by any year in which it was crossed.

What is often asked has its words listed (`attributes.toml`) and is told by these, in any language. Anything else is
told by a like of the word that asks for it, or by nothing: which word that is, the grammar of the question says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kzrag.answering.asked import said_beside
from kzrag.answering.facts import Facts, facts_in, holds_name
from kzrag.answering.needs import FEW_WORDS, Needs
from kzrag.answering.swapped import LOOKED_AT, around
from kzrag.records import Evidence, Sentence
from kzrag.text.attributes import asked_in, asked_of_names, tells
from kzrag.text.clauses import clause_at, clauses
from kzrag.text.language import fold, primary, script, word_set
from kzrag.text.names import Name, one_power
from kzrag.text.words import content_words, without

if TYPE_CHECKING:
    from kzrag.index import Index

_BESIDE = 1
"""Sentences before and after one in which what its figure or date is may have been said."""
# Who says something, and whether sources differ, is asked of a whole statement.
_OF_STATEMENTS = frozenset({"who_said", "sources"})
NEAR = 0.25
"""How near the word that asks has to have its like, as the mean of its likeness as a word and of its cosine piece by
piece. On CLAP NQ .3 lost three answers for two refusals, .25 one for one (docs/log.md)."""

_UNTIL = r"(?= (?:of|for|in|at|on|by|to|from|with|between|among|that|which|per|under|when|before|after|during) \w|\W*$)"
_DONE = (
    r"[a-z]+ed|built|begun|born|bought|brought|chosen|cut|done|drawn|found|given|grown|held|hung|kept|known|laid|led|left"
    r"|lent|lost|made|meant|paid|put|read|seen|sent|set|shot|shown|shut|sold|spent|struck|sunk|sworn|taken|thrown|told|won"
    r"|written"
)
_WHEN = r"(?:when|(?:in |on |by )?(?:what|which) (?:year|month|date|day))"
_DID = r"(?:do|does|did|will)"
_RU_DONE = r"[а-яё]+(?:[ая]н|ен|ат|ят|ит|ут)[аоы]?|[а-яё]+(?:л|ла|ло|ли|лся|лась|лось|лись)"
_ASKING = re.compile(
    rf"\bwhat(?:'s| is| was| are| were) (?:the|its|his|her|their|an?|(?:[\w.]+ ){{0,2}}@(?:'s)?) "
    rf"(?P<thing>(?:(?!(?:being|been|going|{_DONE})\b)[\w'-]+ ){{0,3}}?[\w-]+){_UNTIL}"
    r"|\bhow (?:much|high|large|big|low) (?:is|was|are|were) "
    r"(?P<sum>(?:the|its|his|her|their) (?:[\w'-]+ ){0,2}?[\w-]+) (?:of|for)\b"
    rf"|\b(?:how much|{_WHEN}) (?:is|was|are|were|has|have|had|will) [^?]*?\b(?P<done>{_DONE})"
    r"(?: (?:by|in|at|on|for|from|to) [^?]*)?\W*$"
    rf"|\b(?:how much|{_WHEN}) {_DID} (?:[\w.]+ ){{0,2}}?@(?: and @)* (?:[a-z]+ly )?(?P<does>[a-z]+)"
    r"|\bкаков\w*(?: (?:был\w*|будет|сейчас|общ\w+|средн\w+))* (?P<thing_ru>[а-яё-]+)"
    rf"|\b(?:когда|в как(?:ом|ой) (?:году|месяце|день)) (?:был[аои]? )?(?P<done_ru>{_RU_DONE})\b"
    r"|[的@](?P<thing_zh>[\u4e00-\u9fff]{2,4}?)(?:现在|目前|当时|每年|每月|大约)?(?:是|有|为|达)(?:多[少高大长重宽深远]|几|什么|哪)"
    r"|(?:何时|什么时候|哪一?年|哪一?天)(?P<done_zh>[\u4e00-\u9fff]{2,4}?)的?\W*$"
)
"""The words that ask, in folded text with @ for each name: a noun, or what is done."""
_BY_FIGURE = word_set(
    """
    price cost value sum amount number share percentage proportion part rate size total figure length width depth
    distance date year day time name called named reason cause
    цена стоимость сумма доля количество число размер причина длина ширина глубина объем процент
    价格 价钱 成本 金额 数量 数目 比例 份额 长度 距离 时间 日期 名字 名称 原因 理由
    """
)
"""Words that ask and that the figure, the date or the name itself may tell."""


class Asked(NamedTuple):
    """What a question asks of its thing."""

    attributes: frozenset[str]
    """Those listed."""
    words: tuple[str, ...]
    """Other words that ask, folded; none where the question has none that are plain."""


def telling_it(needs: Needs, evidence: Sequence[Evidence], index: Index) -> list[Evidence]:
    """The evidence in or beside which stands what a question asks of its thing; all of it where it asks nothing that
    can be told by words."""
    # The second point has been looked for by what begins it.
    if needs.kind in _OF_STATEMENTS or needs.point is not None:
        return list(evidence)
    asked = what_is_asked(needs)
    if needs.counted is not None:
        # What is counted has been looked for by its own noun; how many died is told with their number.
        return [piece for piece in evidence if all(_tells(attribute, _own(piece)) for attribute in asked.attributes)]
    related = relation_asked(needs)
    looked_at = [piece for piece in evidence[:LOOKED_AT] if _is_related(related, piece, index)]
    kept = [
        piece
        for piece, near in zip(looked_at, _nearness(asked.words, needs, looked_at, index), strict=True)
        if all(
            _tells(attribute, (*_own(piece), *around(piece.sentence, _BESIDE, index))) for attribute in asked.attributes
        )
        and all(near.get(word, 1.0) >= NEAR for word in asked.words)
    ]
    return [*kept, *evidence[LOOKED_AT:]] if kept else []


def what_is_asked(needs: Needs) -> Asked:
    """What a question asks of its thing, by the words beside the names in it."""
    named = tuple((name.start, name.end) for name in needs.names)
    attributes = asked_in(without(needs.text, named), counting=needs.counted is not None)
    return Asked(attributes, () if attributes else _words(needs.text, needs.language, named))


@lru_cache(maxsize=2048)
def _words(question: str, language: str, named: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    shown, done = "", 0
    folded = fold(question)
    for start, end in named:
        shown, done = shown + folded[done:start] + "@", end
    match = _ASKING.search(shown + folded[done:])
    if match is None or match.lastgroup is None:
        return ()
    words = content_words(match[match.lastgroup], language)
    # Of a Chinese stretch the last word is what the others describe.
    return tuple(word for word in (words[-1:] if match.lastgroup.endswith("zh") else words) if word not in _BY_FIGURE)


class Related(NamedTuple):
    """What a question asks of a name, where it asks nothing else: whether A is a member of B."""

    attribute: str
    of: Name
    others: tuple[Name, ...]
    """The names of which it is asked, as far as an alias file has them."""


def relation_asked(needs: Needs) -> Related | None:
    """What a question asks of a name; `None` where it asks something else, or more: who is a loyal member."""
    for asked in asked_of_names(needs.text):
        if not needs.names or _says(needs, ((asked.start, asked.end), *((n.start, n.end) for n in needs.names))):
            continue
        # A body has members, whoever stands next to the word.
        bodies = [name for name in needs.names if name.kind == "org"]
        behind = [name for name in needs.names if name.start >= asked.end]
        of = (*bodies, *behind, *reversed(needs.names))[0]
        return Related(asked.attribute, of, tuple(n for n in needs.names if n.known and n is not of))
    return None


_PARTICLES = word_set("ма ме ба бе па пе")
"""By which Kazakh asks."""


def _says(needs: Needs, but: Sequence[tuple[int, int]]) -> bool:
    """Whether a question says anything beside stretches of it and what it calls the thing asked for."""
    return not _PARTICLES.issuperset(said_beside(needs.text, but, needs.language))


def _is_related(asked: Related | None, piece: Evidence, index: Index) -> bool:
    """Whether what is asked of a name stands in a clause with it, in a sentence or beside it, and who it is asked of
    near that."""
    if asked is None:
        return True
    near = [*_own(piece), *around(piece.sentence, _BESIDE, index)]
    facts = [facts_in(sentence, index) for sentence in near]
    told = any(_told_of(asked, sentence, own) for sentence, own in zip(near, facts, strict=True))
    return told and all(any(holds_name(own, name) for own in facts) for name in asked.others)


def _told_of(asked: Related, sentence: Sentence, facts: Facts) -> bool:
    """Whether a sentence has a word for it in a clause with that name."""
    if not asked.of.known and script(asked.of.text) != script(sentence.text):
        return tells(sentence.text, asked.attribute)  # how it is written there is a guess
    if not holds_name(facts, asked.of):
        return False
    parts = clauses(sentence.text)
    held = [parts[clause_at(parts, name.start)] for name in facts.names if one_power(name.key, asked.of.key)] or parts
    return any(tells(sentence.text[start:end], asked.attribute) for start, end in held)


def _own(piece: Evidence) -> tuple[Sentence, ...]:
    """A sentence and its translations."""
    return piece.sentence, *piece.parallel


def _tells(attribute: str, sentences: Iterable[Sentence]) -> bool:
    return any(tells(sentence.text, attribute) for sentence in sentences)


def _nearness(asked: Sequence[str], needs: Needs, evidence: Sequence[Evidence], index: Index) -> list[dict[str, float]]:
    """How near each word of a question that asks has its like in or beside each piece of evidence; nothing is said of
    evidence in another language, where the likes of too many words are far."""
    own = [[s for s in _own(piece) if primary(s.language) == primary(needs.language)] for piece in evidence]
    if not asked or needs.language in FEW_WORDS or not index.pieces or not any(own):
        return [{} for _ in evidence]
    import numpy as np

    places = [[other.number for sentence in same for other in around(sentence, _BESIDE, index)] for same in own]
    numbers = sorted({number for beside in places for number in beside})
    _, read = index.read(needs.text)
    wanted = index.vocabulary.wanted(needs.text, needs.language, index.encoder)
    alike, cosines = index.vocabulary.alike(wanted, numbers), index.pieces.best(read, numbers)
    rows = _pieces_of_words(asked, needs, read.places)
    if not rows:
        return [{} for _ in evidence]
    words = [word for word, _, _ in rows]
    likes = alike[[place for _, place, _ in rows]]
    best = np.stack([cosines[made_of].mean(axis=0) for _, _, made_of in rows])
    column = {number: place for place, number in enumerate(numbers)}
    near: list[dict[str, float]] = []
    for beside in places:
        here = [column[number] for number in beside]
        each = (likes[:, here].max(axis=1) + best[:, here].max(axis=1)) / 2 if here else np.zeros(0)
        near.append(dict(zip(words, each.tolist(), strict=False)))
    return near


def _pieces_of_words(
    asked: Sequence[str], needs: Needs, places: Sequence[tuple[int, int]]
) -> list[tuple[str, int, list[int]]]:
    """The words of a question that ask, each with its place among all its words and the pieces that it is made of."""
    folded, found = fold(needs.text), []
    for place, word in enumerate(content_words(needs.text, needs.language)):
        if word not in asked:
            continue
        start = folded.find(word)
        end = start + len(word)
        made_of = [row for row, (first, last) in enumerate(places) if first < end and start < last]
        if start >= 0 and made_of and not any(name.start < end and start < name.end for name in needs.names):
            found.append((word, place, made_of))
    return found
