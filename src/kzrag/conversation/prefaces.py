"""What only announces a question and asks nothing: "Two things:", "I need one number:", "两个问题：", "Два вопроса:".

It is taken off before the question is read; what the announcement is about ("Two questions about the bridge: …") stays
as the topic that the questions lean on. A clause in front ("When prices fell, what did Peru do?") goes behind: what
is asked is told by the words that a question begins with.
"""

from __future__ import annotations

import re

from kzrag.conversation.cues import ASKS
from kzrag.text.language import fold

_ENDS = r"\s*(?::|[.;](?=\s)|\s-(?=\s))\s*(?=\S)"
_ENGLISH = (
    r"(?:(?:ok(?:ay)?|so|and|hi|hello|hey|please|now|first|well)[,!. ]+)*"
    r"(?:"
    r"(?:(?:i|i'm|i've|we|we've|got|have|has|had|need|want|wanted|looking|for|after|here|are|is|there|would|i'd|like|to|"
    r"know|ask|check|give|tell|me|us|just|only|you|please|another|answer|can|could)\s+)*"
    r"(?:(?:a|an|the|my|these|one|two|three|four|both|couple|couple of|few|some|several|quick|short|small|simple|brief|"
    r"more|other|last|final|separate|different|basic|single|exact|specific|related|follow-up|next)\s+)*"
    r"(?:things?|questions?|points?|numbers?|figures?|facts?|dates?|names?|details?|ones?|bits|queries|query)"
    r"(?:,?\s+(?:is|are|for you|please|here|to check|to clear up|i need|i want|then|at once|in one))*"
    r"|(?:please |can you |could you )?(?:tell me|remind me|let me ask|answer me)(?: (?:this|please|again))?(?=\s*:)"
    r")"
    r"(?:\s+(?:about|on|regarding|concerning|from|in)\s+(?P<en>[^:?]{2,60}?))?"
)
_HAN = (
    r"(?:关于(?P<zh>[^:?,]{1,20}?)(?:的|,))?"
    r"(?:(?:我|你|您|请|想|要|需|只|就|先|再|还|另|有|教|帮|个忙|问|说|告诉|回答|知道|了解|确认|查|一下|下|几|一|两|二|三|俩|多)+)?"
    r"(?:个|件|点|条|项)?(?:小|简单|不同)?(?:的)?(?:问题|疑问|数字|数据|事情?|东西|名字|日期|问一下|请问|问|点|(?:请|先)?告诉我)是?"
    r"(?:,?(?:请教|想问)(?:你|您)?)?"
)
_RUSSIAN = (
    r"(?:(?:так|и|а|ну|здравствуйте|привет|пожалуйста)[,!. ]+)*"
    r"(?:"
    r"(?:(?:у|меня|нас|есть|мне|нам|нуж\w+|надо|хочу|хотел\w*|узнать|спросить|уточнить|подскажите|скажите|назовите|дайте|"
    r"интересу\w+|только|всего|бы|вот|еще|пожалуйста)\s+)*"
    r"(?:(?:один|одна|одно|одну|два|две|три|четыре|пара|пару|несколько|последн\w+|коротк\w+|быстр\w+|прост\w+|эти|"
    r"маленьк\w+|разных|точн\w+|друг\w+)\s+)*"
    r"(?:вопрос(?:а|ов|ы|ик\w*)?|вещ(?:ь|и|ей)|цифр[аыуе]?|числ[оа]|момент(?:а|ов|ы)?|факт(?:а|ов|ы)?|дат[аыу]|пункт\w*)"
    r"|(?:(?:подскажите|скажите)(?:,? пожалуйста)?|напомните(?: мне)?|(?:меня )?интересует(?: вот что)?)(?=\s*:)"
    r")"
    r"(?:\s+(?:об?|про|насчет|по поводу|из|по)\s+(?P<ru>[^:?]{2,60}?))?"
)
_KAZAKH = (
    r"(?:(?:менде|маған|тек|тағы)\s+)*(?:(?:бір|екі|үш|бірнеше|қысқа|тағы)\s+)*"
    r"(?:сұрақ\w*|сұрағым|нәрсе\w*|сан)(?:\s+(?:бар|керек))?|айтыңызшы"
)
_PREFACES = tuple(
    re.compile(rf"^\W*(?:{each}){ends}")
    for each, ends in ((_ENGLISH, _ENDS), (_HAN, r"\s*(?:[:.,;]|--?)\s*(?=\S)"), (_RUSSIAN, _ENDS), (_KAZAKH, _ENDS))
)
_GENERAL = re.compile(
    r"^(?:the |these |this |your |этой |этих )?"
    r"(?:text|article|comment|piece|source|corpus|стать|комментар|текст|корпус)\w*$"
)
"""Where it is to be looked for, which is where everything is looked for."""


def without_preface(question: str) -> tuple[str, str]:
    """`question` without the words that announce it, and what they say it is about; "" where they say nothing."""
    folded = fold(question)
    for pattern in _PREFACES:
        match = pattern.match(folded)
        if match is None:
            continue
        group = next((name for name, value in match.groupdict().items() if value), None)
        topic = question[match.start(group) : match.end(group)].strip() if group else ""
        rest = question[match.end() :]
        rest = rest[0].upper() + rest[1:] if question[:1].isupper() else rest
        return rest, "" if _GENERAL.match(fold(topic)) else topic
    return question, ""


_WH = r"(?:(?:in|by|at|for|to|from|since|on|of|with|under|until|about) )?(?:who(?:m|se)?|what|when|where|why|how|which)"
_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)"
_CLAUSE_FIRST = (
    re.compile(
        rf"^(?P<and>(?:(?:and|but|so|then)\b,? )*)"
        rf"(?P<clause>(?:when|while|whenever|after|before|if|once|since|where|as) "
        rf"(?!{_AUX}\b|(?:so|yes|not?),)[^,?:;]+?),\s*"
        rf"(?P<main>(?:then )?(?:{_WH}|{_AUX})\b[^?]*?)\s*\??$"
    ),
    re.compile(
        r"^(?P<and>(?:(?:а|и|но|тогда)\b,? )*)"
        r"(?P<clause>(?:если(?! (?:да|так|нет),)|пока|после того,? как|до того,? как|с тех пор,? как"
        r"|когда (?!\w+(?:л|ла|ло|ли|лся|лась|лось|лись)\b)) ?[^,?:;]+?),\s*(?P<main>(?:то )?[^,?]*?)\s*\??$"
    ),
)


def main_first(question: str) -> str:
    """ "What did Peru do when prices fell?" for "When prices fell, what did Peru do?"; any other question as it is."""
    folded = fold(question)
    for pattern in _CLAUSE_FIRST:
        match = pattern.match(folded)
        # With two question words it may be two questions.
        if match is None or len(ASKS.findall(match["main"])) != 1:
            continue
        opens, clause, main = (question[match.start(part) : match.end(part)] for part in ("and", "clause", "main"))
        clause = clause[0].lower() + clause[1:]
        main = main[0].upper() + main[1:] if question[:1].isupper() and not opens else main
        return f"{opens}{main}{'' if question.isascii() else ','} {clause}?"
    return question
