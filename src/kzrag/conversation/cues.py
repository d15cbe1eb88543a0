"""The small words by which a question leans on what was said before it, in four languages.

All patterns run on folded text: lower case, simplified Chinese, ASCII punctuation, е for ё.
"""

from __future__ import annotations

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_ENGLISH_OPENER = _any(
    r"^\s*(?:(?:ok(?:ay)?|well|yes|no|right|i see|thanks|thank you|hm+)[,.!]\s*)*"
    r"(?:(?:and|but|so|then|also|or|if (?:so|yes|not|no))\b[, ]*)*"
    r"(?:(?:what|how) about\b|what of\b|as for\b|(?:the )?same for\b)?[, ]*",
)
OPENERS = {
    "en": _ENGLISH_OPENER,
    "zh": _any(
        r"^\s*(?:(?:好的?|嗯|谢谢)[,。!]\s*)?(?:那么|那(?![里儿边个些时年天位种场次份座条])|而(?!且)|而且|然后|另外|如果是|换成|换做|至于|"
        r"可是|但是?|所以|不过|还有(?=[^呢吗什谁别哪?]))*[, ]*"
    ),
    "ru": _any(
        r"^\s*(?:(?:хорошо|ладно|понятно|спасибо|да|нет)[,.!]\s*)*"
        r"(?:(?:а|и|но|ну|так|тогда|если (?:да|так|нет)|то)[, ]+)*"
        r"(?:(?:как|что) насчет |что (?:с|со|о|об|про) (?!эт(?:ом|о|им)\s)|что касается )?"
    ),
    "kk": _any(r"^\s*(?:(?:жақсы|рахмет|иә|жоқ)[,.!]\s*)*(?:(?:ал|және|сонда|онда|бірақ)[, ]+)*"),
}
"""What a follow-up opens with, by language. Each always matches, often nothing."""
ASKS_WHO = re.compile(
    r"^\W*(?:(?:and|а|и|но|ал)\s+)?(?:(?:who|кто|кім|谁|是谁)(?![^\W\d_\u4e00-\u9fff])"
    r"|(?:which|what) (?:comment(?:er|ator)|reader|author|writer|expert|scholar|minister|official|politician)\b"
    r"|哪[一]?[位个名](?:评论者?|网友|读者|作者|专家|学者|部长|官员|政治家)"
    r"|как(?:ой|ая) (?:комментатор|читател|автор|эксперт|учен|министр|чиновни|политик)\w*"
    r"|қай (?:оқырман|автор|сарапшы|ғалым|министр|шенеунік|саясаткер)\w*)"
)
"""Asks for a person: whom "he" means next is the one who answers."""
CLOSER = _any(
    r"[\s?!.。,]+$",
    r"(?<=[\u4e00-\u9fff])(?:呢|啊|呀|吧|(?<![什怎这那多要])么)+(?=[\s?!。]*$)",
    r"\s(?:then|though|too|as well|please)(?=[\s?!.]*$)",
    r"(?<!\w)(?:ше|же|тогда)(?=[\s?!.]*$)",
)
"""What may stand behind the last word that matters."""

SOCIAL = _any(
    r"(?:(?:many |ok(?:ay)?,? |great,? )?(?:thanks|thank you|thx|cheers)|hi|hello|hey|"
    r"good (?:morning|day|evening|afternoon)|bye|goodbye|"
    r"ok(?:ay)?|great|nice|cool|perfect|got it|i see|understood|sure|wow)"
    r"(?:[,!. ]+(?:so much|very much|a lot|again|there|you|kzrag|then|for (?:that|this|the answer|your help)|"
    r"that helps|thanks|thank you|bye))*",
    r"(?:非常|太)?(?:谢谢|多谢|感谢)(?:你|您|了|啦|你的(?:回答|帮助))*|好的?|好吧|你好|您好|嗨|再见|明白了?|知道了|了解了?|不错|很好|早上好|晚上好",
    r"(?:большое )?спасибо(?: большое| огромное| за ответ| за помощь)?|благодарю|привет|здравствуй(?:те)?|доброе утро|"
    r"добрый (?:день|вечер)|ок|хорошо|понятно|ясно|пока|до свидания|отлично|супер",
    r"(?:көп )?ра[хқ]мет(?: сізге)?|сәлем(?:етсіз бе)?|жақсы|түсінікті|сау бол(?:ыңыз)?|қайырлы (?:таң|күн|кеш)",
)
"""A turn that asks nothing: thanks, greetings. Matched against the whole turn."""

MORE = _any(
    r"(?:can you |could you |please )?(?:(?:tell|say|show)(?: me| us)? more|go on|continue|elaborate|"
    r"explain(?: more| that)?|give (?:me )?(?:more )?details)"
    r"(?: please| about (?:it|that|this)| on (?:it|that|this))?|more|"
    r"more details?|details|"
    r"(?:and )?what else|anything else|in (?:more )?detail",
    r"还有|还有吗|还有什么|还有别的吗|继续说?|(?:请)?(?:再|多)?(?:说|讲)?(?:得)?(?:再)?(?:详细|具体)(?:说说|讲讲|一点|一些|点|些)?|再说说|多说(?:一点|点|些)|更多|展开说说",
    r"(?:расскажи(?:те)? )?(?:по)?подробнее(?: об этом)?|"
    r"расскажи(?:те)? (?:еще|больше)|(?:а )?что еще(?: известно| говорится)?|"
    r"еще|еще что-нибудь|продолжай(?:те)?|дальше|больше подробностей",
    r"толығырақ(?: айт(?:ыңыз)?)?|тағы|тағы не(?: бар| айтылған)?|тағы не бар|жалғастыр(?:ыңыз)?|көбірек айт(?:ыңыз)?",
)
"""Asks for more of the same. Matched against the whole core."""

ASKS = _any(
    r"\b(?:who|whom|whose|what|when|where|why|which|how)\b"
    r"|^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|isn't|aren't|wasn't|don't|doesn't|didn't)\b",
    r"什么|谁|哪|何|几|多少|多[大长高远久]|怎|吗|是否|有没有|[是能会可要该肯愿]不[是能会可要该肯愿]|为啥|凭啥",
    r"\b(?:кто|кого|кому|кем|ком|что|чего|чему|чем|где|куда|откуда|когда|почему|почем|зачем|отчего|как|как[аоуиы]\w{0,2}|какого|какому|каким|каких|"
    r"каков\w{0,2}|сколько|скольк\w+|насколько|чей|чья|чье|чьи|чью|чьей|ли|правда)\b",
    r"\b(?:кім\w*|не|нені|неге|неліктен|неше\w*|қай\w*|қашан|қалай|қандай|қанша\w*|ма|ме|ба|бе|па|пе)\b",
)
"""Has a question word or the verb that opens a question: is more than the name of another thing."""

CLAUSE = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)\b")
"""An English question with one of these has a subject of its own."""

BOUND_WORDS = re.compile(
    r"\b(?:is|was) it (?:true|likely|possible|clear|certain|known|said|that)\b|\bis there\b|\bare there\b|\bwas there\b"
    r"|\bwere there\b|\bthere (?:is|are|was|were)\b"
    r"|\b(?:this|that|these|those) (?:year|month|week|day|century|decade)s?\b"
    r"|其(?:[他它余实后次])|(?<!^)其中|尤其|土耳其|极其|应该|该(?:如何|怎|不)|правда ли|что это такое"
)
"""Words that look like pronouns and refer to nothing said before."""

ACTS_FIRST = re.compile(
    r"(?:又|再|转手|后来|然后|最后|主要|一共|每年|大约)*(?:卖|买|销|售|运|送|输|出口|进口|花|耗|用了|占|达到|增加|减少|上涨|下跌|涨|跌|从|由|到|去|飞|前往|"
    r"离开|通过|签|批准|建成|修建|造|关闭|开放|停|生产|交付|付|借|投资|被|转|获得|得到|拒绝|同意|支持|反对|提出|要求|承认|损失)"
)
"""A Chinese question that begins with what somebody does, and leaves out who."""

PREPOSITION = re.compile(
    r"\b(in|at|to|from|of|for|by|with|via|into|through|against|towards?|on|в|во|на|из|с|со|к|ко|от|для|у|через|по|о|об)\s+"
    r"(?:the\s+)?$|(向|从|在|对|到|往|由|给|跟|与)$"
)
"""What stands right before a name and says which part it plays."""

PLACE_FACT = re.compile(
    r"\b(?:president|prime minister|capital|population|inflation|gdp|currency|territory|"
    r"unemployment|government|parliament)\b"
    r"|总统|总理|首都|人口|通胀|通货膨胀|货币|国内生产总值|失业率|领土"
    r"|\b(?:президент|премьер|столиц\w+|населени\w+|инфляци\w+|ввп|валют\w+|безработиц\w+|правительств\w+)"
    r"|президент|астана(?:сы)|халқы|халық саны|инфляция|жіө|валюта"
)
"""Asks for what every country has: wants the old question's place, and nothing else of it."""

REACTS = _any(
    r"\b(?:react|respond|reply|replied|answer|agree|disagree|object|oppose|comment|help|care|accept|refuse|deny|denied|"
    r"think|thought|doubt|dispute|contradict|criticis|criticiz)\w*",
    r"反应|回应|回答|同意|反对|评论|接受|拒绝|否认|怎么看|质疑|批评",
    r"\b(?:отреагир|реагир|ответ|соглас|возраз|прокомментир|относ|отказал|отверг|дума|счита|сомнева|критику|спор)\w*",
    r"жауап|келіс|қарсы|пікір|ойлай|күмән",
)
"""Verbs of an answer to something: without that something a question with one of them is not whole."""

KINDS = _any(
    r"\b(?:years?|months?|dates?|days?|time|hour|places?|grounds?|reasons?|amounts?|numbers?|figures?|costs?|prices?|"
    r"percent(?:age)?|way|kind|sort)\b",
    r"年份?|月份?|日期|时间|日子|地方|地点|理由|原因|数字|数量|数额|价格|价钱|百分之|方式|种类",
    r"\b(?:месяц\w{0,3}|дат[аеуы]|дн(?:я|ей)|день|врем(?:я|ени)|час\w{0,2}|мест[аоеу]|причин\w{0,3}|основани\w{1,3}|"
    r"числ[аоеу]|цифр[аыуе]|сумм[аыуе]|цен[аыуе]|стоит|процент\w{0,3}|образом|способ\w{0,3})\b",
    r"\b(?:жыл\w{0,4}|ай\w{0,3}|күн\w{0,4}|уақыт\w{0,4}|жер\w{0,3}|себеп\w{0,4}|сан\w{0,3}|баға\w{0,4}|пайыз\w{0,4})\b",
)
"""Words that only name the kind of answer wanted ("in which year", "на каком основании"), and not of what."""

COUNTERPARTS: tuple[str, ...] = (
    r"crude oil|oil|crude|petroleum|natural gas|gas|coal|uranium|grain|wheat|electricity",
    r"exports|imports",
    r"export|import",
    r"exported|imported",
    r"northern|southern|eastern|western",
    r"north|south|east|west",
    r"sea|rail|road|air|pipeline|ship|train|truck",
    r"first|second|third|fourth|last",
    r"highest|lowest",
    r"men|women",
    r"石油|原油|天然气|煤炭|煤|铀|粮食|小麦|电力",
    r"出口|进口",
    r"海运|铁路|公路|管道|空运",
    r"北部|南部|东部|西部",
    r"最高|最低",
    r"第一|第二|第三|最后",
    r"нефт(?:ь|и|ью)|газ(?:а|у|ом|е)?|угол[ья]|угля|уран(?:а|ом)?|зерн[ао]|электроэнерги[ияю]",
    r"экспорт(?:а|ом|у|е)?|импорт(?:а|ом|у|е)?",
    r"морем|железной дорогой|по морю|по железной дороге|по трубопроводу",
    r"мұнай\w*|газ\w*|көмір\w*|уран\w*|астық\w*",
)
"""Things that take one another's place in a question: "and gas?" after a question about oil. One row per set."""
