"""Follow-ups that ask how much of the same another has: "And how much does Peru sell?" after "How much copper …?"."""

from __future__ import annotations

import re

from kzrag.text.language import fold, has_han

_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)"
_ENGLISH_OLD = re.compile(rf"\bhow (?:much|many) (?P<noun>(?!of\b|more\b|less\b)[a-z-]+(?: [a-z-]+)?) {_AUX}\b")
_ENGLISH_NEW = re.compile(
    rf"\bhow (?:much|many)(?P<at>)(?: in total| altogether| overall)? "
    rf"(?:{_AUX}\b|(?:[a-z]+ed|remain|came|went|sank|left|lost|won)$)"
)
_VERB = r"\w+(?:л|ла|ло|ли|ет|ит|ют|ят|ут|ат|ется|ится|утся|ются|лось|лась|лся|лись)"
_RUSSIAN_OLD = re.compile(rf"\bсколько (?!всего\b|{_VERB}\b|из\b)(?P<noun>[а-я]{{3,}}) ")
_RUSSIAN_NEW = re.compile(rf"\bсколько(?P<at>)(?=(?: всего| в сумме| в целом)?(?: {_VERB}\b| (?:в|во|на|у|из) |$))")
_HAN_UNIT = "(?:万|亿|百万)?(?:吨|桶|公斤|立方米|千瓦时|个|艘|辆|台|只|头|匹|座)"
_HAN_OLD = re.compile(rf"(?:多少|几)(?P<unit>{_HAN_UNIT})?(?P<noun>(?!钱|元|人|年|天|次)[\u4e00-\u9fff]{{1,4}})$")
_HAN_NEW = re.compile(rf"(?:多少|几)(?P<has>{_HAN_UNIT})?(?P<at>)$")
_KAZAKH_OLD = re.compile(r"\bқанша (?P<noun>(?!жыл|күн|рет)[а-яәғқңөұүһі]+) (?:\w+ )?\w+$")
_KAZAKH_NEW = re.compile(r"\bқанша(?P<at>)(?= \w+$)")
_MONEY = re.compile(
    r"\b(?:cost\w*|pa(?:y|ys|id)|earn\w*|spen[dt]\w*|charg\w+|owe\w*|worth|los[et]\w*|invest\w*|weigh\w*|ris\w+|rose|grow\w*|"
    r"grew|f[ae]ll\w*|increas\w+|drop\w*|chang\w+|last\w*|take\w*|took)\b"
    r"|钱|价|元|花费|投资|付"
    r"|\b(?:сто[ия]\w+|плат\w+|заплат\w+|зараб\w+|потрат\w+|трат\w+|весит|задолжа\w+|вложи\w+|дл[ия]\w+|вырос\w*|упал\w*)\b"
    r"|\b(?:тұрады|төле\w+|жұмса\w+)\b"
)
"""Verbs that say themselves what is measured."""
_WAYS = (
    (_ENGLISH_OLD, _ENGLISH_NEW),
    (_RUSSIAN_OLD, _RUSSIAN_NEW),
    (_HAN_OLD, _HAN_NEW),
    (_KAZAKH_OLD, _KAZAKH_NEW),
)


def of_the_same(core: str, previous: str) -> str | None:
    """`core` with the thing that `previous` asked the amount of; `None` where `core` asks for no bare amount."""
    new, old = fold(core).rstrip(" ?!."), fold(previous).rstrip(" ?!.")
    if _MONEY.search(new):
        return None
    for before, after in _WAYS:
        measured, bare = before.search(old), after.search(new)
        if measured is not None and bare is not None:
            noun = previous[measured.start("noun") : measured.end("noun")]
            if not bare.groupdict().get("has"):
                noun = (measured.groupdict().get("unit") or "") + noun
            gap = "" if has_han(core) else " "
            at = bare.start("at")
            return f"{core[:at]}{gap}{noun}{core[at:]}"
    return None
