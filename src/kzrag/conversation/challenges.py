"""Follow-ups that question the answer itself: "Are you sure?", "Doesn't anyone disagree?", "Who says so?".

They ask nothing new: the first kind wants the old question asked of every source, the second whose words the answer
was. Patterns run on folded text and are matched against each sentence of the whole turn.
"""

from __future__ import annotations

import re
from typing import Literal

from kzrag.text.language import fold

Challenge = Literal["doubt", "source"]

_THIS = (
    r"(?: (?:with|on|about|of|to|for|in) )?\s?(?:it|that|this|them|these|those)?(?: (?:figure|number"
    r"|claim|account|point))?"
)
_SOMEBODY = (
    r"(?:any ?one|any ?body|no ?one|nobody|every ?one|every ?body|some ?one|some ?body|all(?: of them)?|they(?: all)?"
    r"|others|(?:all )?(?:the )?(?:others?|other sources|sources|articles|papers|texts|reports))"
)
_DOUBT = re.compile(
    "|".join(
        (
            # English
            r"(?:are you|is (?:that|this|it)(?: (?:figure|number|claim))?|is (?:the|this|that) (?:figure|number|claim))"
            r" (?:really |quite |so |absolutely )?(?:sure|certain|true|right|correct|accurate|reliable|confirmed|agreed"
            rf"|settled|so|disputed|contested|undisputed|in (?:doubt|dispute)|controversial|beyond doubt){_THIS}",
            r"(?:really|seriously|honestly|for (?:sure|certain)|you(?: are|'re) sure)",
            rf"(?:do|does|did|has|have|is|would)(?:n't|nt| not)? {_SOMEBODY}(?: else)?(?: not)?(?: really| all)? "
            r"(?:agree|disagree|doubt|dispute|deny|contradict|contest|object|question|denied|disputed|contested"
            r"|contradicted|questioned|think (?:so|otherwise|differently)"
            rf"|(?:say|confirm|report|claim) (?:so|it|this|that"
            r"|otherwise|the same|(?:some|any)thing (?:else|different))|see (?:it|this"
            rf"|that) differently){_THIS}",
            r"who (?:else )?(?:disagrees|disputes|doubts|denies|contests|contradicts|questions|objects"
            rf"|says otherwise|sees it differently){_THIS}",
            r"(?:(?:are|is) there )?(?:any )?(?:other|different|differing|conflicting|opposing) "
            rf"(?:figures?|numbers?|opinions?|views?|versions?|accounts?|estimates?|voices){_THIS}",
            rf"(?:is there )?(?:any )?(?:disagreement|dispute|doubt)s?{_THIS}",
            rf"what do (?:the )?others (?:say|think){_THIS}",
            # Chinese
            r"(?:你|您)?(?:真的)?(?:确定|肯定|有把握)(?:吗|么)?",
            r"(?:这|那|此话)?(?:是)?(?:真的|当真)(?:吗|么|假的)?",
            r"(?:这|那)?(?:个)?(?:数字|说法)?(?:可靠|可信|准确|属实|确实|有争议)(?:吗|么)",
            r"(?:难道)?(?:就)?(?:没有|有没有|有|没)(?:别的|其他)?(?:任何)?人(?:对此|对这)?"
            r"(?:质疑|反对|不同意|否认|怀疑|反驳|不这么(?:看|认为)|有(?:异议|不同(?:的)?(?:意见|看法|说法)))(?:吗|么)?",
            r"(?:大家|各方|所有人|人人)(?:都|也)?(?:同意|认同|这[么样](?:说|看|认为))(?:吗|么)?",
            r"(?:还)?有(?:没有)?(?:别的|其他的?|不同的?)(?:说法|看法|意见|数字|版本|声音)(?:吗|么)?",
            r"谁(?:不同意|反对|质疑|否认|不认同|怀疑)(?:呢)?",
            r"(?:其他人|别人|另一方)(?:是)?(?:怎么|如何)(?:说|看|认为)(?:的)?",
            # Russian
            r"(?:а )?(?:вы |ты )?(?:точно |действительно )?(?:уверен[ыа]?)(?: в этом)?",
            r"(?:а )?(?:это |так )?(?:точно|правда|верно|в самом деле|достоверно|бесспорно"
            r"|неужели)(?: ли)?(?: это| так)?",
            r"(?:так|правда|верно) ли это",
            r"(?:а )?(?:разве )?(?:никто|кто-нибудь|кто-либо|кто-то|кто)(?: (?:с этим|этого|это|в этом))? ?(?:не )?"
            r"(?:спор\w+|возра\w+|оспарива\w+|оспори\w+|сомнева\w+|отрица\w+|соглас\w+|против)(?: (?:с этим|этого"
            r"|это|в этом))?",
            r"(?:а )?(?:с этим )?все (?:ли )?(?:с этим )?соглас\w+",
            r"(?:а )?(?:есть (?:ли )?)?(?:другие|иные) (?:мнени\w+|данн\w+|оценк\w+|цифр\w+|верси\w+|точки зрения)",
            r"(?:а )?(?:есть (?:ли )?)?(?:разногласи\w+|сомнени\w+|возражени\w+)",
            r"(?:а )?что (?:говорят|думают) (?:другие|остальные)",
            # Kazakh
            r"(?:сіз |сен )?сенімдісі[зң] бе",
            r"(?:бұл |осы )?(?:рас|шын|дұрыс|анық|сенімді) (?:па|ма|ме)",
            r"(?:ешкім|біреу|кім)(?: де)? (?:қарсы|келіспе\w*|даулас\w*|күмәндан\w*)(?: (?:ме|бе|па|ма|емес пе))?",
            r"бәрі (?:де )?келісе ме",
        )
    )
)
_SOURCE = re.compile(
    "|".join(
        (
            # English
            r"who (?:says|said|claims|claimed|reports|reported|thinks|told you|wrote)(?: so| that| this| it)?",
            r"says who|according to (?:whom|who|what)",
            r"(?:what(?:'s| is| are| was| were)? |which )?(?:your |the |its )?sources?(?: for| of| behind| is| was)?"
            r"(?: (?:it|that|this))?(?: figure| number| claim)?",
            r"where (?:does|did|do) (?:(?:that|this|these|the) (?:figure|number|claim|information|statement)s?"
            r"|that|this|it) come from",
            r"where (?:did|do) you (?:get|have|find|read|know)(?: that| this| it)?(?: figure| number)?(?: from)?",
            r"where (?:is|was) (?:it|that|this) (?:said|written|stated|reported)",
            r"how do (?:you|we|they) know(?: that| this| it)?",
            r"whose (?:figure|number|estimate|claim|words?|opinion|count)s? (?:is|are|was|were) (?:it|that|this"
            r"|these|those)",
            # Chinese
            r"(?:这|那)?(?:句|些|个|种)?(?:话|数字|说法|数据|消息|信息|资料)?(?:都)?(?:是)?(?:谁|哪位|哪家|从?哪里|从?哪儿)"
            r"(?:这么|这样)?(?:说|讲|提|写|算|来|得来|听来)(?:出来)?(?:的)?",
            r"(?:消息|数据|资料|信息|数字)?的?(?:来源|出处)(?:是)?(?:什么|哪里|哪儿|谁|在哪里?|在哪儿)?",
            r"(?:根据|依据|据)(?:谁|什么)(?:说|的说法)?(?:的)?",
            r"你(?:是)?(?:怎么|从哪里?|从哪儿)(?:知道|得知|看到)的?",
            # Russian
            r"(?:а )?кто (?:(?:это|так|об этом|такое) )?(?:сказал|говорит|говорил|утверждает|считает|сообщил"
            r"|сообщает|пишет|заявил)\w*"
            r"(?: (?:это|так|об этом|такое))?",
            r"(?:а )?откуда (?:это|эта|эти|этот|такая|такие|такое|вы|ты|вам|у вас)(?: \w+){0,2}",
            r"(?:а )?(?:каков |какой |какие )?(?:у вас )?источник(?:и)?(?: какой| этого| этой цифры)?",
            r"(?:а )?по (?:чьим|чьему|каким|чьей) (?:словам|данным|мнению|источникам|оценке)",
            r"(?:а )?где (?:(?:это|об этом) )?(?:сказано|написано|говорится)(?: (?:это|об этом))?",
            r"(?:а )?чь[иея]я? это (?:слова|данные|цифра|оценка|мнение)",
            # Kazakh
            r"(?:(?:бұны|мұны|оны|бұл туралы) )?кім (?:айтты|айтады|деді|дейді|айтқан|жазды)",
            r"(?:бұл |осы )?(?:дерек|сан|мәлімет|ақпарат|дереккөз)\w*(?: қайдан\w*| қандай| кім)?(?: алынған)?",
            r"кімнің (?:сөзі|айтуынша|пікірі)",
        )
    )
)
_OPENS = re.compile(r"(?:(?:and|but|so|well|hm+|ok|okay|а|но|и|ну|那么?|但是?|可是|ал|бірақ)[, ]*)+(?=.)")
_ENDS = re.compile(r"[?!.。;]+|\s*[,，]\s*(?=(?:does|do|is|has|who|are|没|有|难|все|никто|кто))")


def challenge_of(question: str) -> Challenge | None:
    """What a turn that asks nothing but about the answer wants; doubt, when it has both."""
    found: set[Challenge] = set()
    for piece in _ENDS.split(fold(question)):
        words = piece.strip(" ,")
        if not words:
            continue
        bare = words[opener.end() :] if (opener := _OPENS.match(words)) else words
        if any(_DOUBT.fullmatch(each) for each in (words, bare)):
            found.add("doubt")
        elif any(_SOURCE.fullmatch(each) for each in (words, bare)):
            found.add("source")
        else:
            return None
    return "doubt" if "doubt" in found else next(iter(found), None)
