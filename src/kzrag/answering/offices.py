"""Who holds an office, as sentences write it: "former President Nazarbayev", 白俄罗斯总统卢卡申科.

A question that asks for nothing but the holder of an office is answered by a name with that office beside it, of that
country or body, and of that time; a name that merely stands in the same sentence is no answer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kzrag.answering.kinds import Relation, relation_of
from kzrag.answering.needs import Needs
from kzrag.records import Sentence
from kzrag.text.language import fold
from kzrag.text.names import Name, names, same_name, seat_of
from kzrag.text.words import content_words, without

_PRESIDENT = r"\bpresident(?:s|ial)?\b|总统|\bпрезидент\w*"
_STATE_HEAD = r"\bheads? of state\b|国家元首|\bглав\w+ государства|мемлекет басшы\w*"
_CHAIR = r"\bchair(?:man|woman|person|s)?\b|主席|\bпредседател\w+|төраға\w*"
_PRIME = (
    r"\bprime minister\w*|\bpremier\b|\bheads? of (?:the )?government\b|总理|首相"
    r"|\bпремьер(?:-министр)?\w*|үкімет басшы\w*"
)
_FOREIGN = (
    r"\bforeign (?:minister|secretary)\w*|\bminister\w* (?:of|for) foreign affairs\b|外交部长|外长|外相"
    r"|\bминистр\w* иностранных дел|\bглав\w+ мид\w*|сыртқы істер министр\w*"
)
_MINISTER = r"\bministers?\b|\bsecretary\b|部长|大臣|\bминистр\w*"
_LEADER = (
    r"\b(?:leaders?|leads?|heads?|chief|rul(?:es?|er)|governs?|chairs|runs|monarch|king|queen|in charge of)\b"
    r"|领导人?|领袖|元首|负责人|掌管|执掌|\b(?:глав[аыуе]|лидер\w*|возглав\w+|руковод\w+|прав(?:ит|ил)\w*|во главе)"
    r"|басшы\w*|басқар\w*|көшбасшы\w*"
)
_SPOKES = r"\bspokes(?:man|woman|person)\b|\bpress secretary\b|发言人|\bпресс-секретар\w+|баспасөз хатшы\w*"
_SPOUSE = (
    r"\b(?:wife|husband|spouse)\b|妻子|丈夫|夫人|\b(?:жен[аыоуе]\w{0,2}|супруг\w*|муж\w{0,2})\b"
    r"|\b(?:әйелі|жұбайы|күйеуі)"
)
_CHILD = r"\b(?:sons?|daughters?|child)\b|儿子|女儿|\b(?:сын\w{0,3}|доч\w+)\b|\b(?:ұлы|қызы)\b"

_ANY_HEAD = "|".join((_PRESIDENT, _STATE_HEAD, _CHAIR, _PRIME, _LEADER))
# What a question may call an office → what a sentence may call it; the first that the question has counts.
_OFFICES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(held))
    for asked, held in (
        (_SPOKES, _SPOKES),
        (_SPOUSE, _SPOUSE),
        (_CHILD, _CHILD),
        (_PRIME, _PRIME),
        (_FOREIGN, _FOREIGN),
        (_MINISTER, _MINISTER),
        (_STATE_HEAD, f"{_PRESIDENT}|{_STATE_HEAD}"),
        (_PRESIDENT, f"{_PRESIDENT}|{_STATE_HEAD}|{_CHAIR}"),
        (_CHAIR, f"{_CHAIR}|{_PRESIDENT}"),
        (_LEADER, _ANY_HEAD),
    )
)
# Words of time and mere copulas that a question for the holder may have beside the office.
_BESIDE = re.compile(
    r"\b(?:first|last|latest|former|previous|current|currently|next|now|today|present|then|ex|new|old|before|after|become"
    r"|became|serves?|serving|holds?|office|post|position|name|named|acting)\b|现任|前任|首任|第一任|第一|任|现在|当时|担任|之前|以前|前"
    r"|\b(?:перв\w+|последн\w+|бывш\w+|прежн\w+|предыдущ\w+|нынешн\w+|сейчас|теперь|следующ\w+|занима\w+|пост\w*|должност\w+"
    r"|стоит|был\w*|являе\w+|стал\w*)\b|\b(?:бірінші|тұңғыш|соңғы|бұрынғы|қазір\w*|алғашқы)\b|болып|болған"
)
_FIRST = re.compile(r"首任|首位|开国|\bfounding\b")
_BEFORE_SOMEBODY = re.compile(
    r"\b(?:before|prior to|until|preceded)\b|之前|以前|的前任|\b(?:до|перед)\b|\b(?:дейін|бұрын)\b"
    r"|predecessor|предшественник"
)

_FIELD_WORDS = 2
"""A minister's field may have as many words: "of energy", 能源部长."""
_GAP = 28
"""Characters between an office and its holder: "president of the European Council, Charles Michel"."""
_OWNER_GAP = 14
"""Characters between an office and whose it is: "President of the", "'s new"."""
_MARK = 16
"""Characters before an office in which "former" or "first" stand."""
_BREAK = re.compile(r"[.;!?。；！？:：]|\b(?:and|who|that|which|told|said|with|to|и|с|что|при)\b|和|与|对|告知|说")


class Holder(NamedTuple):
    """A person with an office beside the name."""

    name: Name
    rank: int
    """2 when the sentence says that it was at the time asked for, 1 when nothing speaks against it."""


def office_asked(needs: Needs) -> re.Pattern[str] | None:
    """How sentences write the office whose holder a question asks for; `None` when it asks for anything more."""
    return _office(needs.text, needs.language) if needs.kind == "person" else None


@lru_cache(maxsize=1024)
def _office(question: str, language: str) -> re.Pattern[str] | None:
    rest = fold(without(question, ((name.start, name.end) for name in names(question))))
    for asked, held in _OFFICES:
        if asked.search(rest) is None:
            continue
        others = content_words(_BESIDE.sub(" ", asked.sub(" ", rest)), language)
        others = [word for word in others if len(word) > 1 or word > "\u3000"]
        return held if len(others) <= (_FIELD_WORDS if asked.pattern == _MINISTER else 0) else None
    return None


def holder(needs: Needs, sentence: Sentence) -> Holder | None:
    """Who in a sentence holds the office asked for, of the country or body asked for, at the time asked for."""
    office = office_asked(needs)
    if office is None:
        return None
    found = names(sentence.text)
    folded = fold(sentence.text)
    relation = _relation(needs)
    wanted = [name for name in needs.names if name.kind != "person"]
    if not wanted and relation != "former":
        wanted = list(needs.names)  # somebody's wife, somebody's spokesman
    best: tuple[int, bool] = (0, False)
    chosen: Holder | None = None
    for title in office.finditer(folded):
        person = _beside(title, found, folded)
        if person is None or any(same_name(person.key, asked.key) for asked in needs.names):
            continue
        owned = _owned(wanted, title, person, found, folded)
        if owned is None:
            continue
        rank = _fits(relation, relation_of(folded[max(0, title.start() - _MARK) : title.end()]))
        if rank and (rank, owned) > best:
            best, chosen = (rank, owned), Holder(person, rank)
    return chosen


def _relation(needs: Needs) -> Relation | None:
    if any(name.kind == "person" for name in needs.names) and _BEFORE_SOMEBODY.search(fold(needs.text)):
        return "former"
    return "first" if _FIRST.search(fold(needs.text)) else needs.relation


def _fits(asked: Relation | None, said: Relation | None) -> int:
    """How well "former President" fits the president asked for; 0 when it does not."""
    if asked is None or asked == "current":
        return 0 if said == "former" else 2 if said == asked else 1
    if said == asked:
        return 2
    # A former one may well have been the first, and the first is a former one; whoever is in office is neither.
    return 1 if {asked, said} == {"first", "former"} else 0


def _beside(title: re.Match[str], found: list[Name], folded: str) -> Name | None:
    """The person whose title it is: right after it, or right before it."""
    persons = [name for name in found if name.kind == "person"]
    after = next((name for name in persons if 0 <= name.start - title.end() <= _GAP), None)
    if after is not None and _BREAK.search(folded[title.end() : after.start]) is None:
        return after
    before = next((name for name in reversed(persons) if 0 <= title.start() - name.end <= _GAP), None)
    if before is not None and _BREAK.search(folded[before.end : title.start()]) is None:
        return before
    return None


def _owned(wanted: list[Name], title: re.Match[str], person: Name, found: list[Name], folded: str) -> bool | None:
    """Whether the sentence says that an office is of one of the countries and bodies asked for; `None` when it is of
    another one, or none of them is near."""
    if not wanted:
        return False
    others = [name for name in found if name != person]
    owners = [
        name
        for name in others
        if (0 <= title.start() - name.end <= _OWNER_GAP and _BREAK.search(folded[name.end : title.start()]) is None)
        or (0 <= name.start - title.end() <= _OWNER_GAP and (person.start >= name.end or person.end <= title.start())
            and _BREAK.search(folded[title.end() : name.start]) is None)
    ]  # fmt: skip
    if not any(_one(mine, asked) for mine in owners or others for asked in wanted):
        return None
    return bool(owners)


def _one(a: Name, b: Name) -> bool:
    return same_name(a.key, b.key) or seat_of(a.key) == b.key or seat_of(b.key) == a.key
