"""Follow-ups that put the old question to somebody else: "And the hospital?", "What did the auditors make it?",
"那公司說是多少人？", "А по данным больницы?".

What is asked stays; who is asked takes the place of whoever the old question asked, or is added.
"""

from __future__ import annotations

import re

from kzrag.conversation.cues import ASKS, REACTS
from kzrag.text.language import detect, fold, has_han

_SAYS = (
    r"(?:say|said|think|claim|believe|estimate|count|reckon|report|maintain|argue|put|make|expect|tell|state|give|allege|"
    r"admit|insist|suppose|guess|calculate|hold|mention)"
)
_WHO = r"(?!(?:it|that|this|they|he|she|we|you|i|there)\b)(?:[\w'-]+ ){0,4}?[\w'-]+"
"""One to five words; pronouns have their own rules."""
_OF_IT = (
    r"(?: (?:of |about )?(?:it|that|this|the (?:same|number|figure|matter)))?(?: (?:at|to be|was|is|were|had been))?"
    r"(?: (?:in|on) (?:it|that|this|the matter))?"
)
_VIEW = (
    r"(?:figures?|numbers?|estimates?|counts?|versions?|views?|positions?|accounts?|explanations?|answers?|opinions?)"
)
_ENGLISH = (
    re.compile(rf"what (?:do|does|did|would) (?P<who>{_WHO}) {_SAYS}{_OF_IT}"),
    re.compile(rf"how (?:much|many) (?:do|does|did|would) (?P<who>{_WHO}) {_SAYS}{_OF_IT}"),
    re.compile(rf"according to (?P<who>{_WHO})"),
    re.compile(rf"(?:what(?:'s| is| was| are| were) )?(?P<who>{_WHO})(?:'s|s') (?:own )?{_VIEW}"),
    re.compile(rf"(?:what(?:'s| is| was| are| were) )?(?:the )?{_VIEW} (?:of|by|from) (?P<who>{_WHO})"),
)
_ENGLISH_OLD = (
    re.compile(rf"\b(?:do|does|did) (?P<who>{_WHO}) {_SAYS}\b"),
    re.compile(rf"\baccording to (?P<who>{_WHO})(?=[,?]|$)"),
)
_NAMED = re.compile(r"(?:the |its |their )(?:[\w'-]+ ){0,3}[\w'-]+")
"""A bare "the hospital", which only stands for another speaker where the old question had one."""

_HAN_WHO = r"(?P<who>(?!(?:他|她|它|这|那|谁|你|我|大家|有人|其他|别))[\u4e00-\u9fffA-Za-z·]{1,10}?)"
_HAN_SAYS = r"(?:说|称|认为|估计|声称|宣称|表示|统计|报告|主张|坚持)"
_CHINESE = (
    re.compile(rf"{_HAN_WHO}(?:自己)?(?:又|是)?(?:怎么|如何|怎样){_HAN_SAYS[:-1]}|看|讲|解释|算)(?:的)?"),
    re.compile(rf"{_HAN_WHO}{_HAN_SAYS}(?:是|有|为|的是|了)?(?:多少|几|什么|哪)[^,。]{{0,3}}"),
    re.compile(rf"{_HAN_WHO}的?(?:说法|数字|统计|看法|估计|版本)(?:是|又是|呢)?(?:什么|多少|怎样|如何)?"),
    re.compile(rf"(?:据|按照?|根据|依){_HAN_WHO}(?:的)?(?:说法|统计|数据|估计|说|看)?"),
)
_CHINESE_OLD = re.compile(
    rf"^(?:据|按照?|根据)?(?P<who>(?!谁)[\u4e00-\u9fffA-Za-z·]{{1,10}}?){_HAN_SAYS}(?=[^谁]{{2}})"
)
_HAN_NAMED = re.compile(r"[\u4e00-\u9fffA-Za-z·]{1,8}")

_RU_BY = r"(?:по (?:словам|данным|мнению|оценк[еа]м?|подсчетам|версии|сведениям|информации|утверждению)|согласно)"
_RU_SAYS = (
    r"(?:говор\w+|сказал\w*|счита\w+|утвержда\w+|дума\w+|сообща\w+|сообщил\w*|пиш\w+|называ\w+|назвал\w*|насчитал\w*|"
    r"насчитыва\w+|оценива\w+|оценил\w*|отвеча\w+|заявля\w+|заявил\w*|полага\w+)"
)
_RUSSIAN_BY = re.compile(rf"(?P<by>{_RU_BY} (?:[\w-]+ ){{0,2}}[\w-]+)")
_RUSSIAN_SAYS = re.compile(
    rf"(?:что|как|сколько) (?:(?:об этом|на это|про это) )?(?P<says>{_RU_SAYS}) (?:(?:об этом|на это|про это) )?"
    r"(?P<who>(?!(?:он|она|они|это|об|о)\b)(?:[\w«»-]+ ){0,2}[\w«»-]+?)(?: (?:об этом|на это|про это))?"
)


def asked_of_another(core: str, previous: str) -> str | None:
    """`previous` asked of whom `core` names; `None` when `core` names nobody who is asked.

    `core` is a follow-up without its opening and closing words, `previous` stands alone.
    """
    words, old = fold(core).strip(" ?!."), fold(previous)
    if REACTS.search(words):
        return None  # what somebody thinks of it is another question
    if has_han(core):
        return _chinese(words, core, previous, old)
    if re.search("[а-яё]", words):
        return _russian(words, core, previous, old)
    return _english(words, core, previous, old)


# "What did Peru propose? What did Chile say?" asks what was replied.
_OF_DEEDS = re.compile(r"\W*(?:what (?:do|does|did|will|would)\b(?!.*\bcosts?\b)|что\b)")


def _put(previous: str, span: tuple[int, int], words: str) -> str:
    return previous[: span[0]] + words + previous[span[1] :]


def _english(words: str, core: str, previous: str, old: str) -> str | None:
    asked = next((found for pattern in _ENGLISH if (found := pattern.fullmatch(words))), None)
    speaks = next((found for pattern in _ENGLISH_OLD if (found := pattern.search(old))), None)
    if asked is None and (speaks is None or not _NAMED.fullmatch(words)):
        return None
    offset = len(core) - len(core.lstrip())
    who = core.strip(" ?!.") if asked is None else core[asked.start("who") + offset : asked.end("who") + offset]
    if speaks is not None:
        return _put(previous, speaks.span("who"), who)
    if _OF_DEEDS.match(old):
        return None
    return f"{previous.rstrip(' ?')} according to {who}?"


def _chinese(words: str, core: str, previous: str, old: str) -> str | None:
    asked = next((found for pattern in _CHINESE if (found := pattern.fullmatch(words))), None)
    speaks = _CHINESE_OLD.match(old)
    if asked is None and (speaks is None or not _HAN_NAMED.fullmatch(words) or ASKS.search(words)):
        return None
    who = core.strip(" ?？。") if asked is None else core[asked.start("who") : asked.end("who")]
    if speaks is not None:
        return _put(previous, speaks.span("who"), who)
    by, says = ("據", "說") if detect(previous) == "zh-Hant" else ("据", "说")
    return f"{by}{who}{says}，{previous}"


def _russian(words: str, core: str, previous: str, old: str) -> str | None:
    by = _RUSSIAN_BY.fullmatch(words)
    if by is not None:
        spoken = _RUSSIAN_BY.search(old)
        cited = core.strip(" ?!.")
        if spoken is not None:
            return _put(previous, spoken.span("by"), cited)
        return f"{previous.rstrip(' ?')}, {cited}?"
    asked = _RUSSIAN_SAYS.fullmatch(words)
    if asked is None or re.search(_RU_SAYS, old) or _OF_DEEDS.match(old):
        return None
    says, who = (core[asked.start(group) : asked.end(group)] for group in ("says", "who"))
    return f"{previous.rstrip(' ?')}, как {says} {who}?"
