"""What a question needs: its language, the kind of thing it asks for, what it pins down, whom it asks about.

Pure: knows the text of the question and nothing of any corpus. `read` is the only door.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kzrag.text.dates import Date, dates
from kzrag.text.language import detect, fold
from kzrag.text.names import Name, names
from kzrag.text.quantities import Quantity, quantities
from kzrag.text.words import content_terms

Kind = Literal["figure", "date", "person", "place", "reason", "yesno", "list", "who_said", "sources", "statement"]


@dataclass(frozen=True, slots=True)
class Needs:
    """One question, read."""

    text: str
    language: str
    kind: Kind
    units: frozenset[str]
    """Canonical units an answer's figure may have; empty when any figure would do."""
    unit_named: bool
    """Whether the question names what is measured so plainly that no other unit can answer: a price, a length, a share."""
    counted: str | None
    """What a "how many …" counts, folded, where that is no measure: `countries`, `new tankers and`, `поездов`, `省`."""
    terms: tuple[str, ...]
    """Content words and name keys, as the lexical index writes them."""
    names: tuple[Name, ...]
    years: tuple[Date, ...]
    """Dates the question pins down."""
    figures: tuple[Quantity, ...]
    """Figures the question pins down, dates not among them."""
    compares: bool
    """Asks what several sources say, who disagrees, whether something is disputed."""
    presumes: bool
    """Takes a statement for granted (why …, when did …): worth holding against the corpus."""

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(name.key for name in self.names)


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


# Ordered: the first kind that matches wins. Patterns run on folded text (lower case, Simplified, ASCII quotes).
# A language may be read by all patterns: a Chinese question with an English name still has Chinese cues.
_SOURCES = _any(
    r"\b(sources|articles|texts|documents|authors|commenters|commentators|readers|accounts|reports|sides)\b"
    r".*\b(say|says|agree|disagree|differ|conflict|contradict|claim|view|think|tell|describe|explain)",
    r"\b(disagree|disputed?|contradict\w*|conflicting|contested|controvers\w+|discrepan\w+|differing|diverge)\b",
    r"\bdo (they|all|both) (agree|say)\b|\bboth sides\b|\bopposing views?\b|\bis it (true|certain|agreed)\b",
    r"(来源|文章|各方|双方|作者|读者|评论者?|资料).*(说法|怎么说|如何说|看法|分歧|一致|不同|矛盾|争议)",
    r"(分歧|矛盾之处|不一致|有争议|说法不一|意见不同|谁(不同意|反对|反驳))",
    r"(источник|стать|автор|комментатор|читател|материал)\w*.*(говор|пиш|утвержда|расход|противореч|соглас|счита|мнен)",
    r"\b(расходятся|противоречат|противоречи\w+|разногласи\w+|спорят|не согласен|не согласны|спорн\w+|разнятся)\b",
    r"\b(соглас\w+|расход\w+|противореч\w+)\b.*\b(источник\w*|стать\w+|автор\w*)",
    r"(дереккөз|мақала|автор|оқырман)\w*.*(айт|келіс|қайшы|пікір)",
)
_WHO_SAID = _any(
    r"\bwho(m|se)?\b.{0,40}\b(said|says|say|claim\w*|argu\w+|wr[io]te\w*|written|think\w*|believ\w+|call\w*|describ\w+"
    r"|disagree\w*|stat\w+|warn\w*|maintain\w*|view|opinion|words|quote|quoted|according)\b",
    r"\baccording to (whom|which)\b|\bwhich (source|article|author|commenter|commentator|reader|writer|publication)\b",
    r"谁(说|称|认为|表示|指出|主张|声称|写|提出|警告|把)|(哪位|哪个|哪篇)(作者|读者|评论者|评论|文章|来源|网友)|是谁的(说法|观点|看法|话)",
    r"\bкто\b.{0,40}\b(сказал\w*|говор\w+|утвержда\w+|счита\w+|пиш\w+|написал\w*|назвал\w*|называ\w+|заявля\w+|заявил\w*|полага\w+)",
    r"\b(по словам кого|чьи (это )?слова|чь[её] мнение|какой (автор|источник|читатель|комментатор))\b",
    r"\bкім\b.{0,40}\b(айт\w*|деді|дейді|деп|жазды|жазған|санайды)",
)
_DATE = _any(
    # "What was it worth when …" asks no date.
    r"^(?:(?!\b(?:what|which|who|how|why|where)\b).)*\bwhen\b|\b(what|which|in what|in which|on what) (year|date|day|month|time)\b|\bsince when\b|\bby when\b",
    r"何时|什么时候|几时|哪一?年|哪一?天|哪个月|几月|几号|什么日期|何年|何日|何月",
    r"^(?:(?!\b(?:что|кто|сколько|почем|почему|где|как\w*)\b).)*\bкогда\b|\b(в|к|с|до) как(ом|ому|ого|им) (году?|годом|месяц\w*|числ\w*|дн\w+)\b|\bкакого числа\b|\bкакой (год|датой|день)\b",
    r"\bқашан\b|\bқай (жыл\w*|күн\w*|ай\w*)\b|\bқандай жыл",
)
_REASON = _any(
    r"\bwhy\b|\bhow come\b|\bfor what reason|\bwhat (was|is|were|are|'s)?\s*(the\s*)?(official |stated |main |given )?"
    r"(reasons?|causes?|pretexts?|excuses?|motives?|grounds|justification|explanation)",
    r"\bwhat (caused|provoked|triggered|prompted|led|made|drove|explains)\b|\bon what (grounds|pretext)\b|\bunder what pretext\b",
    r"为什么|为何|何以|因何|缘何|原因|理由|借口|为啥|凭什么|动机|怎么会",
    r"\bпочему\b|\bзачем\b|\bотчего\b|\bиз-за чего\b|\bпо как(ой|им) причин|\bпод каким предлогом|\bв чем причин|\bпричин[аыу]\b|\bчем (вызван|объясн)",
    r"\bнеге\b|\bнеліктен\b|\bне себепті\b|\bне үшін\b|\bсебебі (не|қандай)\b|\bқандай себеп",
)
_FIGURE = _any(
    r"\bhow (many|much|long|far|big|large|high|old|expensive|often|deep|wide|few|fast)\b",
    r"\bwhat (is|was|are|were|'s)?\s*(the |its |their |kazakhstan'?s? )?(\w+ ){0,4}"
    r"(share|percentage|percent|proportion|amount|volume|price|rate|capacity|level|number|figure|value|size|length|"
    r"population|total|cost|sum|target|quantity|ratio|reserves?|output|production|inflation|term)\b",
    r"\b(what|which) (share|percentage|percent|proportion|fraction|amount|volume|part|price|number|portion|ratio)\b",
    r"多少|几(成|倍|吨)|^(?!.*(?:什么|哪|谁|怎|为何)).*几(个|座|年|天|条|次|位|种|国)|百分之几|占比|比例|比重|多大|多长|多高|多远|多久|(规模|产能|产量|储量|价格|份额|总量|总额|数量|贸易额|通胀率?)(是|为|有|达)",
    r"\bпочем\b|\bсколько\b|\bскольк\w+\b|\bкак(ая|ую|ой|ов[аоы]?|им|ова) (была |будет |составляет )?(дол|процент|част|объ[её]м|сумм|цен|мощност|числ|количеств|уров|размер|длин|население|инфляц|добыч|запас)\w*",
    r"\bкаков\w* (\w+ ){0,3}(дол|процент|объ[её]м|сумм|цен|мощност|числ|количеств|уров|размер|длин|населени|инфляц|добыч|запас)\w*|\bнасколько\b|\bпо какой цене\b",
    r"\bқанша\b|\bнеше\b|\bқанша(сы|дан|ға|лық)\b|\bнеше(нші|уі)?\b|\bқандай (үлес|бөлігі|көлем|баға|пайыз)",
)
_PERSON = _any(
    r"\bwho(m|se)?\b|\bwhich (president|leader|politician|minister|official|person|man|woman)\b",
    r"谁|何人|哪位|哪个人|哪名|什么人",
    r"\bкто\b|\bкого\b|\bкому\b|\bкем\b|\bчей\b|\bкакой (президент|политик|лидер|министр)\b",
    r"\bкім(ді|ге|нің|мен|дер)?\b",
)
_PLACE = _any(
    r"\bwhere\b|\b(which|what) (country|countries|city|cities|port|place|state|region|town|capital|sea|route|territory)\b",
    r"哪里|哪儿|何处|何地|哪个(国家|国|港口|城市|地方|地区|州)|哪座(城市|港口)|什么地方|哪国|哪一国|哪些(国家|城市|地区|港口)",
    r"\bгде\b|\bкуда\b|\bоткуда\b|\b(в|через|из|с) как(ой|ую|ие|ом|им|их) (стран|город|порт|регион|мест|област)\w*|\bкак(ая|ие) стран",
    r"\bқайда\b|\bқайдан\b|\bқай (ел|қала|порт|жер|аймақ)\w*|\bқандай ел",
)
_LIST = _any(
    r"^(which|what)( \w+){0,3} (are|were)\b|^(which|what) \w+s\b|\blist\b|\bname (the|all|some|three|two)\b",
    r"哪些|哪几|有什么|列出|分别是",
    r"^какие\b|\bперечисли|\bназови",
    r"^қандай\b.*лар|\bатап\b",
)
_YESNO = _any(
    r"^(and |but |so )?(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)\b",
    r"吗|是否|有没有|是不是|会不会|能不能|能否|可否|要不要|对吗",
    r"\bли\b|^(а |и )?(правда|верно)\b",
    r"\b(ма|ме|ба|бе|па|пе)\s*\?|\bрас па\b",
)
_COMPARES = _any(
    r"\b(compare|comparison|versus|vs\.?|difference between)\b",
    r"比较|对比|相比",
    r"\b(сравни\w*|разниц\w+)\b",
)
# What a question about a figure measures → the units its answer may have.
_MEASURES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        _any(
            r"\b(share|percent\w*|proportion|fraction|portion|inflation|ratio)\b|\bwhat part\b|\bhow much of\b",
            r"百分|比例|占比|比重|份额|几成|通胀|通货膨胀|占.*多少",
            r"\b(дол[яиюе]|процент\w*|инфляц\w*|какая часть|какую часть)\b",
            r"үлес|пайыз|инфляция|қандай бөліг",
        ),
        frozenset({"percent"}),
    ),
    (
        _any(
            r"\b(invest\w*|dollars?|usd|\$|costs?|prices?|worth|revenue|debt|money|trade (volume|turnover)|expensive|loan)\b|\bpay\b|\bpaid\b",
            r"美元|投资|价格|多少钱|价值|贸易额|资金|成本|单价|金额|货值",
            r"\b(доллар\w*|инвестици\w*|стоит|стоил\w*|стоимост\w*|цен[аыуе]|товарооборот\w*|денег|заплатил\w*)\b",
            r"доллар|инвестиция|баға|тұрады|құны|ақша",
        ),
        frozenset({"USD"}),
    ),
    (
        _any(
            r"\b(kilomet\w+|km|miles?|length|how far)\b",
            r"\bhow long (is|are|was) (the |a |this )?([\w'-]+ ){0,4}(pipelines?|railways?|roads?|rivers?|borders?|bridges?|"
            r"tunnels?|routes?|lines?|corridors?|coast|canals?|highways?)\s*\?*$",
            r"公里|千米|多长|长度|多远",
            r"\b(километр\w*|км|длин\w*|протяженност\w*)\b",
            r"шақырым|ұзындығ",
        ),
        frozenset({"km"}),
    ),
    (
        _any(r"\b(natural gas|gas|cubic)\b", r"天然气|立方", r"\b(газ\w*|кубометр\w*|кубическ\w*)\b", r"\bгаз"),
        frozenset({"m3"}),
    ),
    (
        _any(r"\bbarrels?\b", r"桶", r"\bбаррел\w*", r"баррель"),
        frozenset({"barrel"}),
    ),
    (
        _any(
            r"\b(tons?|tonnes?|oil|crude|refin\w+|coal|reserves|petroleum)\b",
            r"吨|石油|原油|炼油|煤|储量",
            r"\b(тонн\w*|нефт\w*|угл[яе]|запас\w*|перерабат\w*|переработ\w*)\b",
            r"тонна|мұнай|көмір",
        ),
        frozenset({"ton", "barrel"}),
    ),
    (
        _any(
            r"\bhow (long|old)\b|\bterm\b|\bduration\b",
            r"多久|几(天|年|个月)|多少(天|年)|期限",
            r"\bна сколько (дней|лет)|как долго|\bна какой срок",
            r"қанша (күн|жыл)|неше (күн|жыл)|қанша уақыт",
        ),
        frozenset({"day", "month", "year", "week", "hour"}),
    ),
)
_COUNTED = _any(
    r"\bhow many (?P<en>[a-z-]+(?: [a-z-]+){0,2})",
    r"(?:多少|几)(?P<zh>个国家|座?城市|国家?|座|条|个州|州|列|次|种|人|天|年)",
    r"\bскольк\w+ (?P<ru>[а-яё]+(?: [а-яё-]+)?)",
    r"\bнеше (?P<kk>[а-яәіңғүұқөһ]+)",
)
# Only English has a word for counting that isn't also one for measuring.
_HOW_MANY = re.compile(r"\bhow many\b")
# "How many" of a measure is a measure, not a count of things.
_MEASURE_NOUNS = re.compile(
    r"^(tons?|tonnes?|barrels?|dollars?|percent\w*|kilomet\w+|km|days?|years?|months?|million\w*|billion\w*|cubic|metric|"
    r"тонн\w*|долларов|процентов|дней|лет|миллион\w*|миллиард\w*|баррел\w*|кубометр\w*|километр\w*|нефти|газа|"
    r"тонна|доллар|пайыз|күн|жыл|天|年|мұнай|газ)$"
)
# 百分之几: the figure is what is asked for, not what is known.
_ASKED_HERE = re.compile(r"(之)?(几|多少)")
_NO_PRESUMPTION = frozenset({"yesno", "sources"})


def _kind(folded: str) -> Kind:
    if _SOURCES.search(folded):
        return "who_said" if _WHO_SAID.search(folded) else "sources"
    ladder: tuple[tuple[re.Pattern[str], Kind], ...] = (
        (_WHO_SAID, "who_said"),
        (_REASON, "reason"),
        (_FIGURE, "figure"),
        (_DATE, "date"),
        (_PLACE, "place"),
        (_PERSON, "person"),
        (_YESNO, "yesno"),
        (_LIST, "list"),
    )
    return next((kind for pattern, kind in ladder if pattern.search(folded)), "statement")


# Units that stand for a thing said in many ways ("how much oil"); the others are asked for by their own name.
_LOOSE = frozenset({"ton", "m3"})


def _units(folded: str) -> frozenset[str]:
    return next((units for pattern, units in _MEASURES if pattern.search(folded)), frozenset())


def _counted(folded: str) -> str | None:
    match = _COUNTED.search(folded)
    noun = next((group for group in match.groups() if group), None) if match else None
    return None if noun is None or _MEASURE_NOUNS.match(noun.split(" ")[0]) else noun


@lru_cache(maxsize=2048)
def read(question: str, language: str | None = None) -> Needs:
    """What `question` needs; `language` when it is known better than one sentence can tell (a conversation)."""
    folded = fold(question)
    kind = _kind(folded)
    pinned = tuple(date for date in dates(question) if not date.relative)
    taken = [(date.start, date.end) for date in pinned]
    figures = tuple(
        quantity
        for quantity in quantities(question)
        if not any(quantity.start < end and start < quantity.end for start, end in taken)
        and not _ASKED_HERE.match(folded, quantity.end)
    )
    tag = language or detect(question)
    units = _units(folded) if kind == "figure" else frozenset()
    counted = _counted(folded) if kind == "figure" and (not units or _HOW_MANY.search(folded)) else None
    if counted is not None:
        units = frozenset()
    return Needs(
        text=question,
        language=tag,
        kind=kind,
        units=units,
        unit_named=bool(units) and not units & _LOOSE,
        counted=counted,
        terms=tuple(dict.fromkeys(content_terms(question, tag))),
        names=tuple(names(question)),
        years=pinned,
        figures=figures,
        compares=kind == "sources" or bool(_COMPARES.search(folded)),
        presumes=kind not in _NO_PRESUMPTION,
    )


_SPLIT = re.compile(
    r"[?？]\s*(?=\S)"
    r"|(?:,|;|，|；)?\s+(?:and|и|және|а также)\s+(?=(?:who|what|when|where|why|how|which|by how|"
    r"кто|что|когда|где|почему|сколько|как[аоуиы]\w*|на сколько|қанша|қашан|кім|қай|неге)\b)"
    r"|[，,；;]\s*(?:以及|并且?|而且?|又|和|还有)?(?=[^，。？?]{0,12}(?:多少|何时|什么时候|哪|谁|为什么|为何|几|何處|哪裡|何時|什麼時候|誰|為什麼|為何|幾))"
    r"|(?:以及|還有|还有)(?=[^，。？?]{0,14}(?:多少|何时|什么|哪|谁|为|几|何|誰|幾))",
    re.IGNORECASE,
)
# A part shorter than this says too little to be asked alone: "and why?" belongs to what stands before it.
_LEAST_PART = {"cjk": 4, "other": 10}


def split(question: str) -> list[str]:
    """The several questions in one, each with a mark of its own; `[question]` when there is only one."""
    pieces = [piece.strip(" ,;，；") for piece in _SPLIT.split(question) if piece and piece.strip(" ,;，；?？")]
    if len(pieces) < 2:
        return [question]
    least = _LEAST_PART["cjk" if detect(question).startswith("zh") else "other"]
    # "After meeting him, where did he fly?" is one question: its first half asks nothing.
    if any(len(piece.strip("?？")) < least or _kind(fold(piece)) == "statement" for piece in pieces):
        return [question]
    return pieces
