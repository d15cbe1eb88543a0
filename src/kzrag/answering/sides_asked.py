"""Whether a question asks for the sides of a matter instead of for the matter: "Do the sources agree on …?", "Who says
what about …?", "…, or is that disputed?"; and the matter by itself, so that it can be looked for in its own words.

Pure: patterns on folded text (lower case, simplified Chinese, ASCII quotes, е for ё).
"""

from __future__ import annotations

import re
from functools import lru_cache

from kzrag.answering.kinds import Kind
from kzrag.text.language import fold
from kzrag.text.words import content_words


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in alternatives))


# -- English -----------------------------------------------------------------------------------------------------

_WHO = (
    r"(?:(?:(?:all|both|any|some|the|these|those|your|our|of|two|three|several|various|different|main|parties|sides|"
    r"sources|articles|documents|texts|reports|accounts|versions|stories|papers|newspapers|media|witnesses|experts|"
    r"figures|numbers|data|dates|estimates|claims|everyone|everybody|anyone|anybody|someone|somebody|nobody|else|they|"
    r"people|it|here|involved)\s+)+)"
)
_ACCOUNTS = (
    r"(?:accounts?|versions?|figures?|numbers?|opinions?|views?|claims?|stor(?:y|ies)|explanations?|estimates?|answers?|"
    r"positions?|statements?|theor(?:y|ies))"
)
_TOLD = rf"(?:{_ACCOUNTS}|dates?|reasons?|causes?|names?|sums?|amounts?|lengths?|ages?|prices?|values?)"
_OTHER = r"(?:different|differing|conflicting|competing|contradictory|rival|diverging|divergent|opposing|contrary)"
_QUARREL = (
    r"(?:disputes?|disagreements?|controvers(?:y|ies)|contradictions?|conflicting|arguments?|quarrels?|agreement|"
    r"consensus|discrepanc(?:y|ies)|debate|doubts?)"
)
_ON = r"(?:\s+(?:on|about|over|of|for|as to|regarding|concerning|with|in|around))?(?:\s+(?:that|whether|if))?"
_AGREE = (
    r"(?:agree|disagree|differ|diverge|conflict|concur|vary|match|tally|coincide|"
    r"contradict(?: (?:each other|one another|themselves))?|(?:say|report|claim|tell) (?:the same|different)"
    rf"(?: things?| stor(?:y|ies))?|(?:give|name|report|offer|cite) (?:the same|{_OTHER})(?= {_TOLD}))"
)
_ASIDE = r"\s*[,;:.?!–-]+\s*(?:and |or |but )?"
_EN_START = _any(
    rf"^(?:do|does|did|don't|doesn't|have|has) {_WHO}(?:all |both |really |ever )?{_AGREE}{_ON}\s",
    r"^who (?:says|said|claims|thinks) what(?:\s+(?:on|about|as to|regarding|of))\s",
    r"^(?:is|are|was|were) there (?:any |some |a |an |no |two |several |really )*"
    rf"(?:{_OTHER} {_TOLD}|{_QUARREL}){_ON}\s",
    r"^(?:is|was) it (?:really |still )?(?:disputed|undisputed|contested|uncontested|agreed|controversial|in dispute|"
    r"beyond dispute)(?: by all| by everybody| by everyone)?(?:\s+(?:that|whether|if))?\s",
    rf"^how do (?:the |all |these |those |various )*(?:{_TOLD}|sources|sides|articles|papers)"
    r"(?: (?:given )?(?:of|on|about|for))?\s(?=.*\b(?:differ|compare|diverge|contradict|vary)\b)",
    rf"^(?:what|which)(?: are| is)?(?: the| all)? (?:{_OTHER}|various) {_ACCOUNTS}(?: are| is| do| have| has| been"
    r"| there| the| sources| given| offered| told| give| name| put forward)*(?: for| of| about| on| as to)?\s",
    rf"^(?:what|which) {_ACCOUNTS} (?:are|is) there(?: for| of| about| on| as to)\s",
)
_EN_END = _any(
    rf"{_ASIDE}(?:is|was|are) (?:that|this|it|they|there)(?: any| a)? (?:disputed|contested|controversial|in dispute|"
    r"agreed|undisputed|dispute|disagreement)(?: about it| on that| there)?\W*$",
    rf"{_ASIDE}(?:do|does|did|don't|doesn't) {_WHO}(?:all )?{_AGREE}(?: (?:on|about) (?:it|this|that))?\W*$",
    rf"{_ASIDE}(?:do|does|did|don't|doesn't) (?:anyone|anybody|somebody|someone|others?)(?: else)? "
    r"(?:say otherwise|object|disagree|deny it|dispute (?:it|this|that)|contradict (?:it|this|that))\W*$",
    rf"{_ASIDE}who (?:says|said|claims) (?:what\W*$|\w[^?]*(?:\band|,) who\b[^?]*\W*$)",
    r"(?<=\w)\s+(?:disputed|contested|in dispute|controversial|undisputed|uncontested)\W*$",
    r"\s+(?:consistent|the same|identical)\s+(?:across|in|among|between|for) (?:all |the |both )*(?:sources|articles|"
    r"reports|papers|accounts|sides)\W*$",
    rf"{_ASIDE}(?:are|is) there(?: any| a)? (?:{_OTHER} {_TOLD}|{_QUARREL})(?: (?:on|about) (?:it|this|that))?\W*$",
    r"(?<=\w)\s+(?:differ|diverge|contradict each other)\W*$",
    rf"{_ASIDE}(?:do|does|did|don't|doesn't) (?:others |{_WHO})(?:in (?:the|these|those|this) \w+ )?(?:all |really )?"
    r"(?:(?:see|tell|put|view) (?:it|this|that) (?:that|this|the same) way|(?:think|say|believe) so|"
    r"share (?:that|this) view)\W*$",
    rf"{_ASIDE}i(?:'ve| have|'m| am)? (?:keep |kept |also |always )?(?:see|seen|seeing|saw|hear|heard|hearing|read|"
    rf"reading|find|found|finding|get|getting) (?:(?:only|so|many|several|all|kinds|of|quite) )*{_OTHER} {_TOLD}\W*$",
)
_EN_ANYWHERE = _any(
    r"\b(?:what|how) (?:do|does|did) .{3,80}\beach (?:say|think|claim|explain|put|see|describe|give)\b",
    r"\bwho (?:denies|confirms|affirms)\b.*\band who\b",
    r"\bwho (?:says|said|claims)\b.*\band who (?:says|said|claims|denies)\b",
    rf"\b{_OTHER} {_ACCOUNTS}\b",
    r"\b(?:undisputed|contested)\b",
    r"\b(?:do|does|did) (?:the |both |all |two )+(?:papers|sources|articles|reports|newspapers) (?:report|give|name|"
    r"tell|say) the same\b",
)

# -- Chinese (simplified by folding) ------------------------------------------------------------------------------

_ZH_WHO = r"(?:各家|各方|双方|大家|所有|不同|几家|两家|两方|来源|文章|报道|资料|媒体|人们|彼此|之间|的|对此)*"
_ZH_TOLD = r"(?:说法|看法|意见|数字|数据|口径|版本|解释|观点|记载|答案)"
# The two voices of a page, that are no part of the matter; others are looked for by name.
_ZH_PAGE = r"(?:文章|正文|原文|作者|报道|留言|评论|跟帖|读者|网友)"
_ZH_QUARREL = r"(?:分歧|争议|矛盾|出入|异议|冲突|争论)"
_ZH_END = _any(
    rf"[,、;:。?!\s]*{_ZH_WHO}{_ZH_TOLD}(?:都|是否|是不是|完全|也|互相)*(?:一样|一致|相同|不同|不一致?|吻合|对得上|统一|相符|矛盾)"
    r"(?:吗|呢|么)?\W*$",
    rf"[,、;:。?!\s]*(?:上|方面|问题|这一点)?{_ZH_WHO}{_ZH_TOLD}?(?:有没有|是否有|有无|是否存在|存在|有)(?:任何|什么|明显)?"
    rf"(?:{_ZH_QUARREL}|不同的?{_ZH_TOLD}|不同之处)(?:吗|呢|么)?\W*$",
    rf"[,、;:。?!\s]*(?:是否|是不是|有没有|有)(?:人|谁|哪些人)?(?:提出|给出|持)?(?:过|了)?(?:不同|其他|别|相反)的?{_ZH_TOLD}(?:吗|呢)?\W*$",
    r"[,、;:。?!\s]*谁说(?:有|是|对|没有|不是)[^?]*\W*$",
    rf"[,、;:。?!\s]*(?:{_ZH_PAGE}[和与跟、及]{_ZH_PAGE}|各方|双方|大家|各家)(?:对此)?(?:各自|分别|都|各)?"
    r"(?:是?怎么|如何|怎样)(?:说|看|解释|讲|评价)的?\W*$",
)
_ZH_ABOUT = _any(r"^(?:关于|对于?|就|在)")
_ZH_ANYWHERE = _any(
    r"各是?(?:怎么|如何|怎样)(?:说|看|讲|解释|评价)|谁说.*谁说|谁(?:否认|承认).*谁",
    r"各(?:自|方|家).{0,20}(?:说|讲|解释|看|认为)",
    rf"(?:不同|相反|几种)的?{_ZH_TOLD}|{_ZH_TOLD}(?:一样|一致|不一|不同)|有(?:没有)?{_ZH_QUARREL}(?!的(?!吗))",
)

# -- Russian -----------------------------------------------------------------------------------------------------

_RU_QUARREL = r"(?:разноглас\w+|спор\w*|расхожден\w+|противореч\w+|разноч\w+|согласи[ея]|единств\w+|единодуши\w+)"
_RU_ON = r"(?:\s+(?:по поводу|по вопросу|о том,?|в том,?|насчет|относительно|касательно|обо|об|о|по|в|между|на))?"
_RU_THAT = r"(?:,?\s+(?:что|кто|как|ли))?"
_RU_TOLD = (
    r"(?:данны\w+|цифр\w*|числ\w+|оценк\w+|верси\w+|мнени\w+|показани\w+|сведени\w+|рассказ\w*|источник\w*|сторон\w*|"
    r"стать\w+|объяснени\w+|позици\w+|утверждени\w+|точк\w+ зрения)"
)
_RU_ASIDE = r"\s*[,;:.?!–-]+\s*(?:и |или |а )?"
_RU_START = _any(
    r"^(?:совпадают|сходятся|расходятся|различаются|согласны|согласуются|одинаков\w*|едины|спорят) ли(?: (?:все|обе|"
    rf"разные|стороны|{_RU_TOLD}|между собой|друг с другом|называют|оценивают|у них))+{_RU_ON}{_RU_THAT}\s",
    rf"^(?:все|обе|оба) ли {_RU_TOLD}?\s*(?:соглас\w+|сход\w+ся|говор\w+ одно)(?:{_RU_ON}){_RU_THAT},?\s",
    r"^все ли соглас\w+,?(?: с тем,?)? (?:что )?",
    rf"^(?:есть|были|существу\w+) ли (?:какие-(?:то|нибудь|либо) |разные |другие |иные )*(?:{_RU_QUARREL}|{_RU_TOLD})"
    rf"{_RU_ON}{_RU_THAT}\s",
    r"^кто (?:и )?что (?:говорит|утверждает|думает|рассказывает|пишет)(?:\s+(?:о|об|обо|про|насчет|по поводу))\s",
    r"^(?:какие|какие есть) (?:разные |другие )?(?:верси\w+|мнени\w+|точки зрения|объяснени\w+|позици\w+)"
    r"(?: есть| существуют| звучат| у сторон| называют)*(?: о| об| по| насчет| относительно)?\s",
    r"^(?:оспарива\w+|отрица\w+|подтвержда\w+|возража\w+) ли (?:кто-(?:нибудь|либо|то) )?",
    r"^(?:спорно|бесспорно|оспаривается) ли,?\s*(?:что )?",
)
_RU_END = _any(
    rf"{_RU_ASIDE}(?:(?:{_RU_TOLD}|все|в этом|об этом|тут|здесь) )*(?:соглас\w+|расход\w+ся|сход\w+ся|спорят|"
    rf"есть (?:ли )?{_RU_QUARREL}|это спорно|это оспаривается)(?: (?:ли )?(?:все|стороны|источники|об? этом))*\W*$",
    rf"{_RU_ASIDE}кто (?:говорит|утверждает|за|подтверждает|отрицает)[^?]*\bкто\b[^?]*\W*$",
    r"\s+(?:спорн\w+|оспаривается|расход\w+ся|совпада\w+|сход\w+ся)\W*$",
    rf"{_RU_ASIDE}(?:все|остальные|другие)(?: ли)? (?:так|того же|то же)(?: мнения)?(?: (?:ли|же))?"
    r"(?: (?:считают|думают|говорят|пишут))?\W*$",
    rf"{_RU_ASIDE}(?:а то )?(?:(?:я|везде|всюду|все|мне|тут) )*(?:пишут|говорят|называют|читал\w*|слышал\w*|вижу|"
    r"встречал\w*)(?: (?:везде|всюду|все))? (?:(?:разн|противоречив)\w+(?: \w+)?|по-разному)\W*$",
)
_RU_ANYWHERE = _any(
    r"\bкто (?:отрица|подтвержда|говор|утвержда)\w*.*\bкто\b|\bразные стороны\b|\bкаждая из сторон\b",
    r"\bрасход(?:ятся|ится)\b|\bразногласи\w+|\bоспарива\w+|\bкак\w* (?:существуют )?верси[ия]\b",
    r"\bодинаково ли\b|\bсовпадают ли\b|\bвсе ли соглас\w+",
    r"\b(?:сход|расход)(?:ятся|ится|ились)(?: ли)? во? (?:мнени|взгляд|оценк)\w+"
    r"|\b(?:мнени|взгляд|оценк)\w+ (?:сход|расход)\w+ся\b|\bедино(?:го|е) (?:ли )?мнени[ея]\b",
)

# -- Kazakh ------------------------------------------------------------------------------------------------------

_KK_ABOUT = r"\s+(?:туралы|жөнінде|жайында|бойынша|жайлы)\s+"
_KK_END = _any(
    rf"{_KK_ABOUT}(?:(?:деректер|пікірлер|дереккөздер|тараптар|мәліметтер|сандар|барлығы|бәрі)\s+)*(?:бірдей|келіс\w*|"
    r"сәйкес\w*|екіге бөлін\w*|қайшы\w*|дау|даулы|талас|әртүрлі)\b[^?]*\W*$",
    rf"{_KK_ABOUT}(?:кім не|тараптар не|кім қалай|әркім не)\s*(?:дейді|айтады|деді)\W*$",
    r"\s+(?:даулы|дау тудыра) ?(?:ма|ме)\W*$",
)
_KK_ANYWHERE = _any(r"\bкім не (?:дейді|айтады)|\bтараптар не (?:дейді|айтады)|қарама-қайшы|пікір\w* (?:екіге|келіс)")

_START = (_EN_START, _RU_START)
_END = (_EN_END, _ZH_END, _RU_END, _KK_END)
_ANYWHERE = (_EN_ANYWHERE, _ZH_ANYWHERE, _RU_ANYWHERE, _KK_ANYWHERE)
# What asks for a figure, a date or a reason where it is the matter of a dispute: "the length of the bridge".
_NOUNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "figure",
        _any(
            r"^(?:the |its |their )?(?:total |exact |true )?(?:numbers?|lengths?|heights?|depth|costs?|price|size|age|"
            r"share|amount|sum|speed|weight|percentage|figures? (?:for|of)|(?:death )?toll|loss(?:es)?|population|"
            r"value|duration)\b",
            r"(?:人数|数量|数目|金额|总额|造价|成本|价格|费用|损失|高度|长度|深度|面积|年龄|比例|份额|产量|速度|规模)$",
            r"^(?:обще\w+ )?(?:числ|количеств|стоимост|размер|сумм|цен[аеуы]|высот|длин|глубин|возраст|дол[яеию]|объем|"
            r"скорост)",
            r"(?:саны|құны|бағасы|ұзындығы|биіктігі|тереңдігі|мөлшері|үлесі|пайызы|жасы)$",
        ),
    ),
    (
        "date",
        _any(
            r"^(?:the )?(?:date|year|day|time)\b", r"(?:时间|日期|年份)$", r"^(?:дат[аеуы]|срок)", r"(?:күні|мерзімі)$"
        ),
    ),
    (
        "reason",
        _any(r"^(?:the )?(?:causes?|reasons?)\b", r"(?:原因|理由|起因)$", r"^причин", r"(?:себебі|себептері)$"),
    ),
)
_LEADING = re.compile(r"\W+|(?:is|are|was|were|and|but|so)\s+|(?:а|и|но)\s+")
"""What is left before a matter whose frame stood behind it: "Is the date contested?"."""

_NO_MATTER = re.compile(
    r"(?:you )?(?:really )?(?:sure|certain)|really|(?:вы |ты )?(?:точно|уверены?)|你?确定吗?|真的吗?"
)
""" "Are you sure? Doesn't anyone disagree?" asks it of what was said before."""


@lru_cache(maxsize=2048)
def sides_asked(question: str) -> str | None:
    """The matter whose sides a question asks for, empty where it names none ("Do they agree?"); `None` where the
    question asks for the matter itself."""
    folded = fold(question)
    begun = next((match for pattern in _START if (match := pattern.match(folded))), None)
    start = begun.end() if begun else 0
    ended = next((match for pattern in _END if (match := pattern.search(folded, start))), None)
    end = ended.start() if ended else len(question)
    if begun is None and ended is None:
        return question if any(pattern.search(folded) for pattern in _ANYWHERE) else None
    if begun is None and (led := _LEADING.match(folded) or _ZH_ABOUT.match(folded)):
        start = min(led.end(), end)
    matter = question[start:end].strip(" ,;:，；：、")
    return matter if content_words(matter) and not _NO_MATTER.fullmatch(fold(matter)) else ""


def noun_kind(matter: str) -> Kind | None:
    """The kind of thing that a matter named by a noun is: a length, a date, a cause."""
    folded = fold(matter).strip(" ?.")
    return next((kind for kind, pattern in _NOUNS if pattern.search(folded)), None)
