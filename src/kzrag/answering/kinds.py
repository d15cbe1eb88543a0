"""What kind of thing a question asks for, by its question words, in four languages.

Patterns run on folded text: lower case, simplified Chinese, ASCII quotes, е for ё.
"""

from __future__ import annotations

import re
from typing import Literal

from kzrag.text import ages
from kzrag.text.language import fold, has_han

Kind = Literal[
    "figure", "date", "person", "place", "name", "reason", "yesno", "list", "who_said", "sources", "statement"
]
Relation = Literal["first", "last", "former", "current", "next"]
"""Which of several in time a question asks for."""


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


# Ordered: the first kind that matches wins. Patterns run on folded text (lower case, Simplified, ASCII quotes).
# A language may be read by all patterns: a Chinese question with an English name still has Chinese cues.
_SOURCES = _any(
    r"\b(sources|articles|texts|documents|authors|commenters|commentators|readers|accounts|reports|sides)\b"
    r".*\b(say|says|agree|disagree|differ|conflict|contradict|claim|view|think|tell|describe|explain)",
    r"\b(disagree\w*|disputed?|contradict\w*|conflicting|contested|controvers\w+|discrepan\w+|differing|diverge)\b",
    r"\b(others|other (people|side|experts|analysts|voices|countries))\b.*\b(say|think|claim|argue|disagree"
    r"|object)\b",
    r"(其他人|别人|另一方|对方)(怎么|如何)(说|看|认为)",
    r"\bчто (говорят|думают|пишут) (другие|остальные)\b|\bбасқалар не дейді\b",
    r"\bdo (they|all|both) (agree|say)\b|\bboth sides\b|\bopposing views?\b|\bis it (true|certain|agreed)\b",
    r"(来源|文章|各方|双方|大家|作者|读者|评论者?|网友|资料).*(说法|怎么说|怎么看|如何看|如何说|看法|分歧|一致|不同|矛盾|争议)",
    r"(分歧|矛盾之处|不一致|有争议|说法不一|意见不同|谁(不同意|反对|反驳))",
    r"\b(источник(и|ов|ам|ах)|стать(и|ей|ях|ям)|автор(ы|ов|ам|ах)|комментатор(ы|ов|ам|ах)|читател(и|ей|ям|ях)"
    r"|материал(ы|ов|ам|ах))\b.*(говор|пиш|утвержда|расход|противореч|соглас|счита|мнен)",
    r"\b(расходятся|противоречат|противоречи\w+|разногласи\w+|спорят|не согласен|не согласны|спорн\w+|разнятся)\b",
    r"\b(соглас\w+|расход\w+|противореч\w+)\b.*\b(источник\w*|стать\w+|автор\w*)",
    r"\b(что|как) (пиш|дума|говор|счита)\w+ (\w+ )?(читател|комментатор|автор|источник|стать)\w*",
    r"(дереккөз|мақала|автор|оқырман)\w*.*(айт|келіс|қайшы|пікір)",
)
_WHO_SAID = _any(
    r"\bwhere (?:is|was|does|did)\b.{0,30}\b(?:said|say|says|stated|written|claimed)\b",
    r"(?:哪里|何处|哪儿)(?:说|写|提到)",
    r"\bгде (?:\w+ )?(?:сказано|говорится|написано|утверждается|пишут|пишется)\b",
    r"\bқайда (?:айтылған|жазылған|делінген)",
    r"\bwho(m|se)?\b.{0,40}\b(said|says|say|claim\w*|argu\w+|wr[io]te\w*|written|think\w*|believ\w+|call\w*"
    r"|describ\w+"
    r"|disagree\w*|stat(?:ed|ing)|warn\w*|maintain\w*|view|opinion|words?|quote|quoted|according|compar\w+|liken\w*)\b",
    r"\baccording to (whom|which)\b|\b(which|what) (newspaper|paper|agency|website|site|analyst|expert|reporter"
    r"|official)s? "
    r"(said|says|claim\w*|report\w*|wr[io]te\w*|writes|think\w*|believ\w+|call\w*|warn\w*)\b",
    r"\bwhich (source|article|author|commenter|commentator|reader|writer|publication)\b",
    r"谁(?:.{0,12}(?:比作|相比|比成|比喻))|谁(说|问|称|认为|表示|指出|主张|声称|写|提出|警告|把)|(哪位|哪个|哪篇)(作者|读者|评论者|评论|文章|来源|网友)|是谁的(说法|观点|看法|话)",
    r"\bкто\b.{0,40}\b(сказал\w*|говор\w+|утвержда\w+|счита\w+|пиш\w+|написал\w*|назвал\w*|называ\w+|заявля\w+"
    r"|заявил\w*|полага\w+|сравни\w+|спорит|спорил\w*|возража\w+|возрази\w+)",
    r"\b(по словам кого|по чьим словам|чьи (это )?слова|чье (это )?(мнение|утверждение)|какой (автор|источник"
    r"|читатель|комментатор))\b",
    r"\bкім\b.{0,40}\b(айт\w*|деді|дейді|деп|жазды|жазған|санайды|келіспе\w*|қарсы)|\b(кімнің пікірі"
    r"|кімнің айтуынша)",
)
_DATE = _any(
    # "What was it worth when …" asks no date.
    # … nor does "Was she well when …?", but "Is it known when …?" does.
    r"^(?!\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)\b"
    r"(?!.*\b(?:know|known|tell|says?|said|clear|dates?|sure|announced|decided)\b(?: (?:me|us|yet|exactly))? when\b))"
    r"(?:(?!\b(?:what|which|who|how|why|where)\b).)*\bwhen\b|\b(what|which|in what|in which|on what) (year"
    r"|date|day|month|time)\b|\b(since|by|until|till|from) when\b",
    r"何时|什么时候|几时|哪一?年|哪一?天|哪个月|几月|几号|什么日期|何年|何日|何月",
    r"^(?:(?!\b(?:что|че[гм]\w*|кто|ко[гм]\w+|кем|ли|сколько|почем|почему|зачем|где|куда|как\w*)\b).)*\bкогда\b"
    r"|\b(в|к|с|до) как(ом|ому|ого"
    r"|им|ие|их|ую) (год\w{0,3}|месяц\w*|числ\w*|дн\w+|срок\w*"
    r"|момент\w*|врем\w+|дат\w)\b|\bс каких пор\b|\bкакого числа\b|\bкакой (год|датой"
    r"|день)\b",
    r"\bқашан\b|\bқай (жыл\w*|күн\w*|ай|айда|айдың)\b|\bқандай жыл|\bқашаннан бері",
)
_REASON = _any(
    r"\bwhy\b|\bhow come\b|\bfor what reason|\bwhat(?:'s| was| is| were| are)?\s*(the\s*)?(official |stated |main "
    r"|given )?"
    r"(reasons?|causes?|pretexts?|excuses?|motives?|grounds|justification|explanation)",
    r"\bwhat (?:do|does|did) [^?]{2,40}? (?:say|think|believe|claim|argue|hold|suspect) (?:has "
    r"|had )?(?:caused|provoked"
    r"|triggered|led|made)\b",
    r"\bwhat (has |had )?(caused|provoked|triggered|prompted|led|made|drove|explains|brought about)\b"
    r"|\bon what (grounds|pretext)\b|\bunder what pretext\b",
    r"为什么|为何|何以|因何|缘何|原因|理由|借口|为啥|凭什么|动机|怎么会|什么(导致|促使|引起|造成|使得?)",
    r"\bпочему\b|\bзачем\b|\bотчего\b|\bиз-за чего\b|\bпо как(ой|им) причин|\bпод каким предлогом"
    r"|\bв чем причин|\bпричин[аыу]\b|\bчем (вызван|объясн)|\bчто (привело|вызвало|побудило|заставило"
    r"|стало причиной)\b",
    r"\bнеге\b|\bнеліктен\b|\bне себепті\b|\bне үшін\b|\bсебебі (не|қандай)\b|\bқандай себеп|\bне себеп болды",
)
_FIGURE = _any(
    r"\bhow (many|much|long|far|big|large|high|tall|old|expensive|cheap|often|deep|wide|few|fast|heavy)\b",
    r"\bwhat(?: (?:is|was|are|were)|'s)?\s*(the |its |their |\w+'s )?(\w+ ){0,4}"
    r"(share|percentage|percent|proportion|amount|volume|price|rate|capacity|level|number|figure|value|size|length|"
    r"population|total|cost|sum|target|quantity|ratio|reserves?|output|production|inflation|unemployment|gdp"
    r"|salary|wage|fare|tariff|duty|height|width|depth|weight|distance|speed|age|"
    r"term)\b",
    r"\bwhat (does|do|did|will|would|is|are|was|were) .{2,60} "
    r"(cost|weigh|measure|earn(ing)?|charg(e|ing)|pay(ing)?|paid|spen[dt]|owe[ds]?|fetch(ed)?)\b(?! attention)",
    r"^(?:the )?(?:[\w'-]+ ){0,3}(?:share|price|cost|bill|population|length|height|depth|capacity|number|size|budget"
    r"|salary|fare) (?:of|for|in)\b[^?.!]*\?*$",
    r"\bwhat (is|are|was|were) ([\w']+ ){1,4}worth\b",
    r"\bat what (?:rate|price|cost|speed|height|depth|(?:rate of )?interest)\b",
    r"\b(what|which) (share|percentage|percent|proportion|fraction|amount|volume|part|price|number|portion|ratio)\b",
    r"多少|几(成|倍|吨)|^(?!.*(?:什么|哪|谁|怎|为何)).*几(个|座|年|天|条|次|位|种|国)|百分之几|占比|比例|比重|多[大长高远久深宽重快]|什么价(格|钱|位)?|(规模|产能|产量"
    r"|储量|价格|份额|总量|总额|数量|贸易额|通胀率?)(是|为|有|达)",
    r"\bпочем\b|\bкак(ая|ой|ую)\b.{0,30}\b(?<!по )(безработиц|инфляц|цен|зарплат|численност|населени|протяженност|высот"
    r"|глубин|ширин|скорост|мощност)\w*|\bсколько\b|\bскольк\w+\b|\bкак(ая|ую|ой|ов[аоы]?|им|ова) (была |будет "
    r"|составляет )?(дол|процент|част|объ[её]м|сумм|цен|мощност|числ|количеств|уров|размер|длин|население"
    r"|инфляц|добыч|запас)\w*",
    r"\bкаков\w* (\w+ ){0,3}(дол|процент|объ[её]м|сумм|цен|мощност|числ|количеств|уров|размер|длин|населени"
    r"|инфляц|добыч|запас|протяженност|высот|глубин|ширин|площад|численност|скорост)\w*",
    r"\bнасколько\b|\bпо какой цене\b|\bкак (?:долго|часто|далеко|глубоко|высоко|дорого)\b",
    r"\bқанша\b|\bнеше\b|\bқанша(сы|дан|ға|лық)\b|\bнеше(нші|уі)?\b|\bқандай (үлес|бөлігі|көлем|баға|пайыз)"
    r"|(ұзындығы|биіктігі|тереңдігі|көлемі|бағасы|үлесі|саны|халқы|құны|мөлшері) (қандай|қанша)",
)
FEW = r"(?:two|three|four|five|other|\d+)"
"""Between "which" and the thing asked for."""
NO_FIRM = r"(?!-| (?:owned|run|compan|firm|bank|bod|agenc|corp))"
"""Behind "state": a state company is no place."""
_PERSON = _any(
    r"\bwho(m|se)?\b|\bwhich (president|leader|politician|minister|official|person|man|woman)\b",
    r"谁|何人|哪位|哪个人|哪名|什么人",
    r"\bкто\b|\bкого\b|\bкому\b|\bкем\b|\bчей\b|\bкакой (президент|политик|лидер|министр)\b",
    r"\bкім(ді|ге|нің|мен|дер)?\b",
)
_PLACE = _any(
    rf"\bwhere\b|\b(which|what)(?: {FEW})? (country|countries|city|cities|port|place|region"
    rf"|state{NO_FIRM}|town|capital|sea"
    r"|territory|continent|province|island)\b"
    r"|\bwhat(?: (?:is|was)|'s) (?:the |its |their |[\w']+'s )?(?:\w+ )?(?:capital|location|birthplace"
    r"|destination|seat)\b",
    r"(?<![差好错难]在)(?<!(?:不同|区别|差别|问题|差异|优势)在)(?:哪里|哪儿|何处)|何地|哪[一两二三四五几]?(?:个|座)?(国家|国|港口|城市|地方|地区|州)|什么地方|哪国|哪一国"
    r"|哪些(国家|城市|地区|港口)|(首都|总部|终点|起点|产地)(是|在)",
    r"\bгде\b|\bкуда\b|\bоткуда\b|\b(в|через|из|с) как(ой|ую|ие|ом|им|их) (стран|город|порт|регион|мест"
    r"|област)\w*|\bкак(ая|ие) стран|\bкак(ая|ой|ова) (\w+ ){0,2}столиц",
    r"\bқайда\b|\bқайдан\b|\bқай (ел|қала|порт|жер|аймақ)\w*|\bқандай (ел|қала)",
)
_NAME = _any(
    r"\bwhat(?: (?:is|was|are|were)|'s) (?:the )?(?:\w+ )?names? of\b",
    r"\bwhat(?: (?:is|was|are|were)|'s) .{2,60} (?:called|named|known as)\b",
    r"\bwhat (?:\w+ )?names? (?:do|does|did|has|have|had|is|was|are|were|will)\b",
    r"\bwhat do (?:they|people|you|we) call\b"
    r"|\bwhat(?:'s| is| was| are| were) (?:his|her|its|their|(?:[\w-]+ ){0,4}[\w-]+'s?) (?:[\w-]+ )?names?\W*$",
    r"叫(做|作)?什么|什么名字|名(字|称)(是|叫)|全称是|别名",
    r"\bкак (?:\w+ )?(?:называ\w+|зовут|звали|именуе\w+)\b|\bкаково (?:название|имя)\b",
    r"\bқалай (?:аталады|аталған|атайды|аталды)\b|\b(?:аты|атауы) (?:кім|қандай|не)\b",
)
_AGO = _any(r"\bhow long ago\b", r"多久(以|之)?前", r"\bкак давно\b|\bсколько лет назад\b", r"\bқанша жыл бұрын\b")
"""Asks "when" in the words of "how much"."""
_LIST = _any(
    r"^(which|what)( \w+){0,3} (are|were)\b|^(which|what) \w+s\b|\blist\b|\bname (the|all|some|three|two)\b",
    r"哪些|哪几|有什么|列出|分别是|(出口|进口|生产|卖|买|销售|经营|包括)了?(什么|哪)",
    r"^какие\b|\bперечисли|\bназови",
    r"^қандай\b.*лар|\bатап\b",
)
_YESNO = _any(
    r"^(and |but |so )?(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)\b",
    r"吗|是否|有没有|没有[?]?$|是不是|会不会|能不能|能否|可否|要不要|对吗",
    r"\bли\b|^(а |и )?(правда|верно)\b|\bэто (все еще )?(правда|верно|так)\b",
    r"\b(ма|ме|ба|бе|па|пе)\s*\?|\bрас па\b",
)
_COMPARES = _any(
    r"\b(compare|comparison|versus|vs\.?|difference between)\b",
    r"比较|对比|相比",
    r"\b(сравни\w*|разниц\w+)\b",
)
_RELATIONS: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (
        "former",
        _any(
            r"\b(former(ly)?|previous(ly)?|predecessors?|used to|original(ly)?|ex-\w+|once|earlier|old)\b"
            r"|\bbefore (that|then|now)\b|\bbefore [a-z-]+\W*$",
            r"以前|从前|原来|原先|之前的|前任|前总|旧|曾经|原(首都|名)",
            r"\b(раньше|прежде|прежн\w+|бывш\w+|предыдущ\w+|предшественник\w*|первоначальн\w+)\b",
            r"\b(бұрын\w*|бұрынғы|алдыңғы|ескі)\b",
        ),
    ),
    (
        "next",
        _any(
            r"\b(next|then go|after that|afterwards|onwards?|successors?|subsequent(ly)?|following)\b",
            r"下一|接下来|随后|之后(?!的?年)|然后|继任|后来",
            r"\b(потом|затем|дальше|далее|следующ\w+|после этого|преемник\w*)\b",
            r"\b(келесі|содан кейін|одан кейін|кейінгі)\b",
        ),
    ),
    (
        "first",
        _any(
            r"\b(first|earliest|initial(ly)?)\b",
            r"首次|第一|最早|首个|首先|起初",
            r"\b(перв\w+|впервые|сначала|раньше всех)\b",
            r"\b(бірінші|алғаш\w*|тұңғыш)\b",
        ),
    ),
    (
        "last",
        _any(
            r"\b(last|latest|most recent(ly)?|final(ly)?)\b(?! (year|month|week|century|decade))",
            r"最后|最近|最新|末次",
            r"\b(последн\w+)\b",
            r"\b(соңғы|ақырғы)\b",
        ),
    ),
    (
        "current",
        _any(
            r"\b(current(ly)?|now|today|present(ly)?|nowadays|still)\b",
            r"现在|目前|当前|如今|现任|当今",
            r"\b(сейчас|нынешн\w+|теперь|сегодня\w*|текущ\w+)\b",
            r"\b(қазір\w*|бүгінгі|осы күнгі)\b",
        ),
    ),
)


_QUARREL = _any(
    # "Who won the dispute over the mine?", but "What is the dispute about?"
    r"(?P<ask>^\W*(?:and |but |so |in |on |at |for |from |since )*(?:which|who|whom|whose|when|where|why|did|does"
    r"|has|had|how (?:many|much|long|often|old)|what (?:caused|started|triggered|ended|led|year|date|month|day|sum"
    r"|countr(?:y|ies)))\b"
    r"[^?]*?)\b(?:the|this|that|an?|its|their|his|her) (?:[\w-]+ ){0,2}?(?:dispute|controversy|disagreement)s?\b",
    r"(?:有|受)?争议的?(?:地区|领土|岛屿|海域|边界|边境|土地)",
    r"\bспорн\w+ (?:территори|границ|остров|район|зон|земл|участ|област)\w*",
)
"""A quarrel that a question asks something of, and that is not itself what it asks for."""


def _without_quarrels(folded: str) -> str:
    return _QUARREL.sub(lambda match: match["ask"] or "", folded)


def _asks_for_sides(folded: str) -> bool:
    return _SOURCES.search(_without_quarrels(folded)) is not None


def _kind(folded: str) -> Kind:
    if _asks_for_sides(folded):
        return "who_said" if _WHO_SAID.search(folded) else "sources"
    ladder: tuple[tuple[re.Pattern[str], Kind], ...] = (
        (_WHO_SAID, "who_said"),
        (_REASON, "reason"),
        (_NAME, "name"),
        (_AGO, "date"),
        (ages.ASKED, "figure"),
        (_FIGURE, "figure"),
        (_DATE, "date"),
        (_PLACE, "place"),
        (_PERSON, "person"),
        (_YESNO, "yesno"),
        (_LIST, "list"),
    )
    return next((kind for pattern, kind in ladder if pattern.search(folded)), "statement")


_QUOTED = re.compile('"([^"]{4,})"|[“「『«]([^”」』»]{4,})[”」』»]')
"""Words of somebody else, which ask nothing here."""


def kind_of(question: str) -> Kind:
    """The kind of thing that a question, or a piece of one, asks for."""
    return _kind(_QUOTED.sub(lambda quote: '""' if _is_a_phrase(quote) else quote.group(), fold(question)))


def quoted_in(question: str) -> tuple[str, ...]:
    """The phrases that a question quotes, folded, without the marks around them and what ends them."""
    quotes = (quote for quote in _QUOTED.finditer(fold(question)) if _is_a_phrase(quote))
    return tuple("".join(quote.groups("")).strip(" .,!?。，！？") for quote in quotes)


_FEWEST_WORDS, _FEWEST_CHARACTERS = 4, 6
"""A shorter quotation may be a name: of a ship, a firm, a paper."""


def _is_a_phrase(quote: re.Match[str]) -> bool:
    words = "".join(quote.groups(""))
    return len(words.split()) >= _FEWEST_WORDS or (has_han(words) and len(words) >= _FEWEST_CHARACTERS)


_SEVERAL = _any(
    r"\b(?:which|what)(?: \w+)? (?:countries|nations|states|cities|towns|ports|places|regions|people|leaders)\b"
    r"|\bwho (?:are|were) the \w+s\b|\bwho all\b",
    r"哪些|哪几|都有谁|有谁",
    r"\bкак(?:ие|их|им|ими) ",
    r"\bқандай \w+(?:лар|лер|дар|дер|тар|тер)\b",
)


def asks_for_several(question: str) -> bool:
    """Whether a question asks for all there are of something: one more is no other answer."""
    return _SEVERAL.search(fold(question)) is not None


def relation_of(question: str) -> Relation | None:
    """The first visit, the former capital, the current president; `None` when no such word stands in the question."""
    folded = fold(question)
    return next((name for name, pattern in _RELATIONS if pattern.search(folded)), None)


def compares(question: str) -> bool:
    """Whether what several sources say is asked, who disagrees, or how two things differ."""
    folded = fold(question)
    return bool(_asks_for_sides(folded) or _COMPARES.search(folded))
