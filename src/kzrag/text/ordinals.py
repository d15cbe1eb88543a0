"""Enumerations: which of several points a question asks for, which point a sentence begins, and which sentence
announces that points follow."""

from __future__ import annotations

import re
from functools import lru_cache

from kzrag.text.language import fold, has_han
from kzrag.text.numerals import WORDS, han_number

_POINT = (
    r"reason|sign|point|factor|step|cause|argument|condition|item|way|goal|aim|problem|contradiction|example|issue|"
    r"thing|signal|claim|explanation|demand|measure|recommendation|proposal|suggestion|consequence|promise|commitment|"
    r"finding|stage|phase|requirement|request|wish|task|priority|lesson|rule|principle|complaint|objection|obstacle|"
    r"risk|danger|threat|advantage|benefit|drawback|mistake|error|question|change|effect|result|clue|scenario|option|"
    r"accusation|pillar|element|trend|source|message|topic|grievance|concession|pledge|guarantee"
)
_POINT_RU = (
    r"причин|признак|пункт|довод|фактор|шаг|услови|аргумент|момент|пример|проблем|противореч|цел[ьией]|сигнал|требован|мер[аыуе]?\b|"
    r"предложен|последстви|рекомендац|стади|этап|вывод|вопрос|тезис|задач|риск|угроз|ошибк|изменен|вариант|сценари|"
    r"обещан|обязательств|пожелан|вещ[ьией]|улик|способ|направлен|претензи|уступк|гаранти"
)
_POINT_KK = (
    r"себе[пб]|белгі|қадам|шарт|мысал|мәселе|мақсат|дәлел|талап|талаб|шара|ұсыны[сз]|салдар|кезең|міндет|қауіп|қаупі|"
    r"қателі[кг]|уәде|сұра[қғ]|бағыт|тәуекел"
)
_POINT_ZH = (
    r"原因|理由|迹象|因素|步骤|条件|问题|例子|目标|目的|矛盾|信号|要求|措施|建议|后果|承诺|阶段|任务|教训|原则|障碍|风险|危险|威胁|好处|"
    r"坏处|错误|变化|影响|结果|线索|方案|选项|指控|方面|任务|办法|做法|特点|主张|诉求|保证|让步"
)
_EN = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
_EN_CARDINAL = ("one", "two", "three", "four", "five", "six", "seven")
_ZH = "一二三四五六七"
_ZH_AT = ("首先|", "其次|", "", "", "", "", "")
_RU = (
    r"перв\w+",
    r"втор\w+",
    r"трет\w+",
    r"четверт\w+",
    r"пят(?:ый|ая|ое|ой|ую|ого)",
    r"шест(?:ой|ая|ое|ую|ого)",
    r"седьм\w+",
)
_RU_AT = ("во-первых", "во-вторых", "в-третьих", "в-четвертых", "в-пятых", "в-шестых", "в-седьмых")
_KK = ("бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы", "жетінші")
_PLACES = range(len(_EN))
_OWNER = r"(?:the|her|his|its|their|our|my|[\w-]+'s?)"

LAST = -1
"""The point that ends an enumeration, whatever its number."""
NEXT = 0
"""A point that follows another one, and doesn't say as which."""


def _asks_for(english: str, chinese: str, russian: str, kazakh: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b{english}\b(?:,? [\w-]+){{0,4}}? (?:{_POINT})s?\b|{chinese}"
        rf"|\b{russian}(?: [\w-]+){{0,3}}? (?:{_POINT_RU})\w*|\b{kazakh}(?: [\w-]+){{0,2}}? (?:{_POINT_KK})\w*"
    )


_ASKED = (
    *((n + 1, _asks_for(_EN[n], f"第{_ZH[n]}(?:个|点|条|项|大|步|种)", _RU[n], _KK[n])) for n in _PLACES),
    (LAST, _asks_for("(?:last|final)", f"最后.{{0,2}}(?:{_POINT_ZH})", r"последн\w+", "соңғы")),
)

_LABELLED = r"(?:point|step|stage|phase|reason|rule|number|no\.?|пункт|шаг|этап)"
_BEGUN = tuple(
    re.compile(
        rf"(?:{_EN[n]}(?:ly)?(?:,|:| of all\b| and\b)|in the {_EN[n]} place\b"
        rf"|{_OWNER} {_EN[n]}(?:,| (?:is|was|concerns|(?:{_POINT})s?)\b)"
        rf"|{_LABELLED} (?:{_EN_CARDINAL[n]}|{n + 1})\b|\(?{n + 1}(?:\)|[.、](?!\d)) ?(?=\D)"
        rf"|{_ZH_AT[n]}第{_ZH[n]}(?:[个点条项是步种,:、]|大)|其{_ZH[n]}(?=[,:,是])|{_ZH[n]}(?:是|、|来)|\({_ZH[n]}\)"
        rf"|{_RU_AT[n]}\b|{_RU[n]} (?:{_POINT_RU})|{_RU[n]} ?[-—–:]"
        rf"|{_KK[n]}(?:ден|дан|сі|сы)\b|{_KK[n]} (?:{_POINT_KK}))"
    )
    for n in _PLACES
)
_STARTS = re.compile(
    r"(?:to (?:begin|start) with|for a start|for one thing|above all|at first|one (?:is|was|of (?:them|these|those))\b"
    rf"|one (?:{_POINT})\b)|先是|一方面|一个是|(?:сначала|сперва|для начала|прежде всего|первым делом)\b"
    r"|(?:ең )?алдымен\b|әуелі\b"
)
_GOES_ON = re.compile(
    rf"(?:next|then|also|in addition|besides|moreover|furthermore|the other|another(?: (?:{_POINT}))?|after that"
    r"|the next)\b"
    r"|再次|再者|再有|然后|接着|接下来|此外|另外|还有|另一"
    r"|(?:затем|потом|далее|кроме того|помимо этого|также|еще одн\w+|друг(?:ой|ая|ое))\b"
    r"|(?:содан кейін|одан кейін|бұдан кейін|сондай-ақ|сонымен қатар|келесі\w*)\b"
)
_ENDS = re.compile(
    rf"(?:finally|lastly|last(?:,| of all\b| but not least\b)|at last\b"
    rf"|{_OWNER} (?:last|final) (?:is|was|{_POINT})\b|in the end\b)"
    rf"|最后|末了|(?:и )?наконец\b|последн\w+ (?:{_POINT_RU})|(?:ең )?(?:ақырында|соңында)\b|соңғысы\b"
)
_LEADS_IN = re.compile(r"[\"'“”「『《 •*-]*(?:(?:and|but|и|а|но|және)\b,? )?")


def asked(question: str) -> int | None:
    """The number of the point that a question asks for, from 1, or `LAST`; `None` when it asks for none."""
    folded = fold(question)
    return next((number for number, pattern in _ASKED if pattern.search(folded)), None)


@lru_cache(maxsize=16384)
def begun(sentence: str) -> int | None:
    """The number of the point that a sentence begins, from 1: "Third, and most important, …"."""
    folded, start = _told(sentence)
    return next((n for n, pattern in enumerate(_BEGUN, 1) if pattern.match(folded, start)), None)


@lru_cache(maxsize=16384)
def marked(sentence: str) -> int | None:
    """Which point a sentence begins where it stands among others: its number, `NEXT`, `LAST`, or 1 for "at first"; many
    a sentence that is no point begins with such words, too."""
    number = begun(sentence)
    if number is not None:
        return number
    folded, start = _told(sentence)
    if _STARTS.match(folded, start):
        return 1
    return NEXT if _GOES_ON.match(folded, start) else LAST if _ENDS.match(folded, start) else None


def _told(sentence: str) -> tuple[str, int]:
    """A sentence, folded, and where its own words begin."""
    folded = fold(sentence)
    return folded, _LEADS_IN.match(folded).end()  # type: ignore[union-attr]  # it matches nothing too


_OPENS_INSIDE = re.compile(r"[:：] ?(?:first(?:ly)?,|其一|第一[,，、]|一是|首先|во-первых|біріншіден)")


def opens_inside(sentence: str) -> bool:
    """Whether the first point stands in the sentence that announces it: "There are two reasons: first, …"."""
    return _OPENS_INSIDE.search(fold(sentence)) is not None


def _number(written: str) -> int:
    """The number of points that a word or digits say, 0 for one that leaves it open: 几."""
    value = float(written) if written.isdigit() else han_number(written) if has_han(written) else WORDS[written]
    return int(value or 0)


_MANY_EN = "two|three|four|five|six|seven|eight|nine|ten|[2-9]|10"
_MANY_RU = (
    "два|две|двух|двум|двумя|три|трех|трем|тремя|четыре|четырех|пять|пяти|шесть|шести|семь|семи|восемь|девять|десять"
)
_MANY_KK = "екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз"
_NO_MEASURE = (
    r"(?!(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|times|people|persons|men|women|percent|per|cents?|"
    r"crowns|dollars|euros|pounds|kilomet\w+|met(?:re|er)s|miles|tons|tonnes|litres|thousand|hundred|million|billion|"
    r"more|of|and|or|to|in)\b)"
)
_NO_MEASURE_RU = (
    r"(?!(?:год|лет|месяц|недел|дн[яей]|день|час|минут|секунд|раз|человек|процент|тысяч|миллион|миллиард|сот|рубл|"
    r"крон|доллар|километр|метр|тонн|литр|из|и|или|в)\w*)"
)
_ANNOUNCES = re.compile(
    rf"\b(?P<en>{_MANY_EN})(?: (?:[a-z'-]+,? ){{0,2}}?{_NO_MEASURE}[a-z-]+s\b)"
    rf"|\b(?P<one>(?:one|single|only)) (?:[a-z-]+ )?(?:{_POINT})\b"
    rf"|\b(?:several|various|many|some|(?:a (?:number|list|series|couple) of)|a few|the following|these) "
    rf"(?:[a-z'-]+ ){{0,2}}?{_NO_MEASURE}[a-z-]+s\b"
    rf"|(?<!第)(?P<zh>[两二三四五六七八九十2-9])(?:大|个方面|(?:个|项|点|条|步|种|件|重)(?!半|月|小时|钟头|星期|百分|人|国家))"
    rf"|(?P<one_zh>一)(?:个|项|点|条|件)(?:[\u4e00-\u9fff]{{0,3}}(?:{_POINT_ZH}|事))"
    rf"|(?:几|多|数|若干)(?:大|个|项|点|条|步|种|件|方面)|以下|如下|下列|下述|一系列"
    rf"|\b(?P<ru>{_MANY_RU}) (?:\w+ )?{_NO_MEASURE_RU}\w+|\b(?:нескольк\w+|ряд|следующ\w+) (?:\w+ )?{_NO_MEASURE_RU}\w+"
    rf"|\b(?P<one_ru>одн[оауи]\w*) (?:\w+ )?(?:{_POINT_RU})"
    rf"|\b(?P<kk>{_MANY_KK}) (?:\w+ )?(?:{_POINT_KK})|\b(?:бірнеше|мынадай|келесі) \w+"
)


@lru_cache(maxsize=16384)
def announced(sentence: str) -> int | None:
    """How many points a sentence says there are, 0 where it leaves that open ("for several reasons"), `None` where it
    speaks of none."""
    folded = fold(sentence)
    match = _ANNOUNCES.search(folded)
    if match is None:
        return 0 if folded.rstrip("\"'”» ").endswith((":", "：")) else None
    group = match.lastgroup
    if group is None:
        return 0
    return 1 if group.startswith("one") else _number(match[group])


_OF_ONE = re.compile(
    rf"\b(?:the|her|his|its|their|our|my|[\w-]+'s?) (?:only|sole|single)\b|\bonly (?:one|a single)\b"
    rf"|\b(?:one|a single) (?:[a-z-]+ )?(?:{_POINT})\b|\bnothing (?:else )?but\b"
    r"|唯一|[只仅][^,。]{0,6}一[个项件点条种座名]|\bединственн|\b(?:только|лишь) од[ин]"
    r"|\bжалғыз|\bбірден-бір|\bтек бір\b"
)
_ASKS_ONE = re.compile(
    r"\b(?:the|her|his|its|their|[\w-]+'s?) (?:only|sole|single) \w+|唯一|\bединственн|\bжалғыз|\bбірден-бір"
)


def of_one(sentence: str) -> bool:
    """Whether a sentence speaks of the only one of something."""
    return _OF_ONE.search(fold(sentence)) is not None


def announced_things(sentence: str) -> str:
    """What a sentence says that it announces, folded: "three clear signs"; empty where it doesn't name it."""
    folded = fold(sentence)
    match = _ANNOUNCES.search(folded)
    if match is None:
        return ""
    behind = re.compile(r"[\u4e00-\u9fff]{0,4}| ?\w*").match(folded, match.end())
    return match.group() + (behind.group() if behind is not None else "")


_OPEN_END = 14
"""Characters that a sentence may have behind the points it announces where its end is nothing but that: "… three things
in return." """
_OF_POINTS = re.compile(rf"(?:{_POINT})s|{_POINT_ZH}|{_POINT_RU}|{_POINT_KK}")


def promises(sentence: str) -> bool:
    """Whether a sentence does little else than announce points, so that the next ones have to tell them."""
    folded = fold(sentence)
    match = _ANNOUNCES.search(folded)
    if match is None:
        return False
    behind = len(folded.rstrip()) - match.end()
    return behind <= _OPEN_END or (announced(sentence) != 1 and _OF_POINTS.search(match.group()) is not None)


_ASKS_LIST = re.compile(
    rf"\b(?:which|what|name|list|tell)\b[^?.]{{0,30}}?\b(?<!the )(?<!these )(?<!those )(?:(?P<en>{_MANY_EN})|several)"
    r"(?P<of_en>(?: [\w'-]+){1,2})"
    rf"|\b(?:which|what|name|list)\b(?: (?:is|are|were|was|do|does|did|the|other|main|all|of|kinds?|[\w-]+'s?))*"
    rf"(?: (?:(?P<en_which>{_MANY_EN})|[\w-]+)){{0,2}}? (?P<of_which>(?:{_POINT}|criteri)(?:s|a))\b"
    rf"|\bwhat(?: are|'re| were) (?:the )?(?:(?P<en_are>{_MANY_EN}) )?(?:[\w'-]+ ){{0,6}}?(?P<of_what>(?:{_POINT})s)\b"
    rf"|哪(?P<zh>[两二三四五六七八九])(?![月天年])\w?(?P<of_zh>[\u4e00-\u9fff]{{2}})|(?:哪些|哪几[^月天年])(?P<of_few>[\u4e00-\u9fff]{{2}})"
    rf"|(?<!第)(?P<zhs>[两二三四五六七八九几])(?:大|个|项|点|条|步|种)(?P<of_zhs>{_POINT_ZH}|[\u4e00-\u9fff]{{2,4}})(?:分别)?(?:是什么|有哪|都?是)"
    rf"|有(?:什么|何)(?P<of_any>{_POINT_ZH})"
    rf"|\bкак(?:ие|их|им|ими) (?:(?P<ru>{_MANY_RU}) )?(?!год)(?P<of_ru>\w+(?: \w+)?)"
    rf"|\b(?:назови|перечисли)\w* (?P<of_named>\w+(?: \w+)?)"
    rf"|\bқандай (?:(?P<kk>{_MANY_KK}) (?P<of_kk>\w+)|(?P<of_kks>(?:{_POINT_KK})\w*(?:лар|лер|дар|дер|тар|тер)))"
)


def list_asked(question: str) -> int | None:
    """How many points a question asks for together, 0 where it doesn't say; `None` where it asks for no list."""
    match = _ASKS_LIST.search(fold(question))
    if match is None:
        return 1 if _ASKS_ONE.search(fold(question)) else None
    return next((_number(found) for name, found in match.groupdict().items() if found and name[:2] != "of"), 0)


def several_of(question: str) -> str:
    """What a question asks for several of, folded: reasons, "clear signs"; empty where it asks for no list."""
    match = _ASKS_LIST.search(fold(question))
    groups = {} if match is None else match.groupdict()
    return next((found for name, found in groups.items() if found and name[:2] == "of"), "").strip()
