"""What a question needs: its language, the kind of thing it asks for, what it pins down, whom it asks about.

Pure: knows the text of the question and nothing of any corpus. `read` is the only door.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kzrag.answering.kinds import Kind, Relation, compares, kind_of, quoted_in, relation_of
from kzrag.answering.sides_asked import noun_kind, sides_asked
from kzrag.text import ages, ordinals
from kzrag.text.dates import Date, dates
from kzrag.text.language import detect, fold
from kzrag.text.names import Name, names
from kzrag.text.quantities import Quantity, quantities
from kzrag.text.units import COUNTED, DURATIONS, MEASURES, MONEY, SPEEDS
from kzrag.text.words import content_terms, without

# The encoder knows too few words of this language for one to be missed.
FEW_WORDS = frozenset({"kk"})


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
    relation: Relation | None = None
    """Which of several in time is asked for: the first visit, the former capital, the current president."""
    point: int | None = None
    """Which point of an enumeration is asked for, from 1: the second reason."""
    several: int | None = None
    """How many points of one are asked for together, 0 where it isn't said: the three reasons."""
    quoted: tuple[str, ...] = ()
    """Phrases that the question quotes, folded: who has said them, and what for."""
    said: str = ""
    """What was said right before: what comes next in an article is near it, so the search leans that way."""
    before: str = ""
    """The question before it, where it leans on that: what it is about."""
    more: bool = False
    """Whether more is wanted than `said` tells: its sentences are no answer."""
    follows: bool = False
    """Whether it leans on the question before it in the same breath: its answer stands near that one's."""
    typed: str = ""
    """What was typed of it, where it follows another: whom "he" means there, that one's answer may tell."""
    among: int = 1
    """How many questions are asked at once: the answers share a reader's glance."""
    wider: Needs | None = None
    """The same question with the one before it; worth a look when the question's own words find no answer."""
    told: tuple[Quantity | Date, ...] = ()
    """Figures and dates that answered the questions before it: another one is asked for."""
    given: frozenset[str] = frozenset()
    """Keys of names that the talk so far has said: known, so hardly the person or place that is asked for."""

    @property
    def known(self) -> frozenset[str]:
        """Names that are no answer: those of the question and those said before it."""
        return self.keys | self.given

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(name.key for name in self.names)


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_LENGTHS = frozenset({"km", "m"})
_NO_HEIGHT = (
    r" (?:is|are|was|were|will|would|has|have|had|did|do|does)\b(?: [\w'’-]+){0,4}? (?:fines?|fees?|prices?|costs?|fares?|"
    r"rents?|tax(?:es)?|debts?|losses|loss|damages?|wages?|salar(?:y|ies)|bills?|rates?|shares?|inflation|percentage|"
    r"turnout|numbers?|speed|toll|compensation|budget|subsid(?:y|ies)|temperatures?|risk)\b"
)
"""What is high and has no height."""
# What a question about a figure measures → the units its answer may have.
# Where its question words tell, what else is in the question does not: how long a price freeze lasts is no price.
_MEASURES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        _any(
            rf"\bhow (?:far|tall|wide|deep)\b|\bhow high\b(?!{_NO_HEIGHT})",
            r"\bhow long (is|are|was) (the |a |this )?([\w'-]+ ){0,4}(pipelines?|railways?|roads?|rivers?|borders?|bridges?|"
            r"tunnels?|routes?|lines?|corridors?|coast|canals?|highways?)\s*\?*$",
            r"多远|多高|多宽|多深|(?:管道?|管线|路|河|江|边境|边界|桥|隧道|走廊|航线|海岸线?|运河)[^,，]{0,4}多长(?!时间)",
        ),
        _LENGTHS,
    ),
    (
        _any(
            r"\bspeed\b|\bhow fast\b|\bknots?\b",
            r"速度|[航船车时]速|多快",
            r"\bскорост\w*|\bузл\w+|\bкак быстро\b",
            r"жылдамды",
        ),
        SPEEDS,
    ),
    (
        # A pier or a strike may be long.
        _any(r"^(and )?how long (is|are|was|were) (the |a |this |that )?([\w'-]+ ?){1,4}\?*$", r"多长(?!时间)"),
        _LENGTHS | DURATIONS,
    ),
    (
        _any(
            r"\bhow long\b",
            r"多久|多长时间|几(天|年|个月)|多少(天(?!然)|年)",
            r"\bна сколько (дней|лет)|как долго|\bсколько (времени|дней|лет|месяцев|недель|часов)\b|\bна какой срок",
            r"қанша (күн|жыл)|неше (күн|жыл)|қанша уақыт",
        ),
        DURATIONS,
    ),
    (
        _any(
            r"\b(share|percent\w*|proportion|fraction|portion|inflation|ratio|interest rate)\b|\bat what (?:rate of )?interest\b|\bwhat part\b",
            r"百分|比例|占比|比重|份额|几成|通胀|通货膨胀|占.*多少",
            r"\b(дол[яиюе]|процент\w*|инфляц\w*|какая часть|какую часть)\b",
            r"үлес|пайыз|инфляция|қандай бөліг",
        ),
        frozenset({"percent"}),
    ),
    (
        _any(
            r"\bhow much (?:is|are|was|were) (?:an?|one) |\b(invest\w*|dollars?|usd|\$|costs?|prices?|worth|revenue|debt|money|trade (volume|turnover)|expensive|loan|"
            r"pa(?:y|id|ying)|charg\w+|earn\w*|wages?|salar\w+|fares?|fines?|fees?|rents?|subsid\w+|spen[dt]|bills?|"
            r"compensation|budget)\b",
            r"美元|什么价|多贵|几块钱|投资|价格|多少钱|价值|贸易额|资金|成本|单价|金额|货值|工资|薪[水酬资]|月薪|年薪|收费|罚款|租金|票价",
            r"\b(доллар\w*|инвестици\w*|стоит|стоил\w*|стоимост\w*|цен[аыуе]|товарооборот\w*|денег|заплатил\w*|почем|(за|во) сколько|обошел\w*|"
            r"потратил\w*|зарабат\w+|зарплат\w+|жалован\w+|оклад\w*|плат(?:ит|ят|ил\w*|а|у|ы|ой)|штраф\w*|тариф\w*)\b",
            r"доллар|инвестиция|баға|тұрады|құны|ақша|жалақы|айлығы|төле",
        ),
        MONEY,
    ),
    (
        _any(
            r"\b(kilomet\w+|km|miles?|met(?:re|er)s?|length|height|width|depth)\b",
            r"公里|千米|长度|高度|宽度|深度",
            r"\b(километр\w*|км|метр\w*|длин\w*|протяженност\w*|высот\w*|ширин\w*|глубин\w*)\b",
            r"шақырым|ұзындығ|биіктіг|тереңдіг",
        ),
        _LENGTHS,
    ),
    (
        _any(r"\b(population|inhabitants)\b", r"人口", r"\b(населени\w*|жител\w*)\b", r"халқы|тұрғын"),
        frozenset({"person"}),
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
    (_any(r"\bterm\b|\bduration\b", r"期限", r"\bсрок\w*"), DURATIONS),
)
_SOME_HAN = "其中有?(?:多少|几)[例人名个位家艘辆所]?[是为](?![跟从由向在被用靠来出])"
_PART = _any(
    r"\bhow much of\b|\bby how much\b",
    rf"(?!{_SOME_HAN})其中多少|[涨升降跌加减增少高低]了?多少(?![个名人条座种艘辆间所户张项份])",
    r"\bсколько из\b(?! (?:них|этих|которых)\b)|\bна сколько (?!лет|дней|месяц|недел|час)",
)
"""A part or a change, that may be told as a share or as it is."""
_COUNTED = _any(
    # "How many of them are children?"
    r"\bhow many of (?:them|these|those|whom|which)"
    r"(?: (?:is|are|was|were|has|have|had|will|would|to|be|been|not|still|already|also))* "
    r"(?P<some>(?!(?:there|were|are)\b)[a-z-]+)",
    r"\bскольк\w+ (?:всего |примерно )?из (?:них|этих|которых)(?: (?:был[аои]?|это|еще|уже))* (?P<some_ru>[а-яё]+)",
    rf"{_SOME_HAN}(?P<some_zh>[\u4e00-\u9fff]{{2,4}})",
    r"\bhow many (?!of (?:them|these|those|whom|which)\b)(?:of (?:the|its|their|his|her|these|those) )?(?P<en>[a-z-]+(?: [a-z-]+){0,2})",
    r"(?:多少|几)(?P<zh>个国家|座?城市|国家?|座|条|个州|州|列|次|种|人|天|年)",
    # "За сколько его продали" is a price; nouns are counted in the genitive, which no verb or pronoun ends like.
    r"(?<!\bза )(?<!\bво )(?<!\bна )\bскольк\w+ (?:всего |примерно |приблизительно |в общем )?(?!(?:всего|его|ее|их|это\w*|она?|они|стоит|будет|из)\b)"
    r"(?!\w+(?:л|ла|ло|ли|лось|лись|лась|ет|ит|ют|ят|ут|ают|ется|ится|ются|ть)\b)(?P<ru>[а-яё]+(?: [а-яё-]+)?)",
    r"\bнеше (?P<kk>[а-яәіңғүұқөһ]+)",
)
_VERB_BEHIND = re.compile(
    r"(?<=\w)\s+(?:and|is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|must|should|there|of|in|on|at|"
    r"by|with|from|to|for)\b.*|(?<=[a-z]s)(?<!ss)\s(?!\w+s\b).*|(?:(?<=people)|(?<=men)|(?<=children))\s.*"
    r"|(?<=\w)\s+\w+(?:л|ла|ло|ли|лось|лись|лась|ют|ят|вут)$"
)
"""What stands behind what is counted: "trains had run", "islands are there", "people speak it"."""
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
_TOLD_BY_VALUE = frozenset({"figure", "date", "reason"})
# "Route 7", "Дом 12": a number that tells one thing of a kind from the next; a question's first word is always capital.
_LABEL = re.compile(r"(?<=\s)[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+\s$|\b(?:No|№|Nr)\.?\s?$")
_TIMES = re.compile(r"(?:times|次|раза?|рет)\b")
"""How often: "twice" tells it without a word for what is counted."""
_NO_PRESUMPTION = frozenset({"yesno", "sources"})


_FEW = 5
"""As many things as are pointed at by their number."""
# Units that stand for a thing said in many ways ("how much oil"); the others are asked for by their own name.
_LOOSE = frozenset({"ton", "m3", "person"})


def _determines(quantity: Quantity) -> bool:
    """Whether a figure only points: the two companies, a day, which three countries."""
    spelled = not any(character.isdigit() for character in quantity.text)
    return quantity.value == 1 or (spelled and quantity.value <= _FEW and quantity.unit not in MEASURES - COUNTED)


def _units(folded: str) -> frozenset[str]:
    if ages.ASKED.search(folded):
        return frozenset({ages.AGE})
    return next((units for pattern, units in _MEASURES if pattern.search(folded)), frozenset())


def _counted(folded: str, named: Sequence[Name]) -> str | None:
    match = _COUNTED.search(folded)
    if match is None or match.lastgroup is None:
        return None
    # "Сколько Казахстан экспортирует?" counts no Kazakhstans; but "how many Russians" does.
    if any(name.start == match.start(match.lastgroup) and name.kind in ("place", "person", "org") for name in named):
        return None
    noun = _VERB_BEHIND.sub("", match[match.lastgroup])
    return None if _MEASURE_NOUNS.match(noun.split(" ")[0]) else noun


def beside(question: str, named: Sequence[Name]) -> list[str]:
    """What a question says beside names and question words."""
    return content_terms(without(question, ((name.start, name.end) for name in named)))


def age_alone(needs: Needs) -> bool:
    """Whether nothing is asked but how old somebody is who is named."""
    if needs.units != {ages.AGE} or not needs.names:
        return False
    asking = [(match.start(), match.end()) for match in ages.ASKED.finditer(fold(needs.text))]
    return not content_terms(without(needs.text, asking + [(name.start, name.end) for name in needs.names]))


@lru_cache(maxsize=2048)
def read(question: str, language: str | None = None) -> Needs:
    """What `question` needs; `language` when it is known better than one sentence can tell (a conversation)."""
    matter = sides_asked(question)
    if matter is None:
        return _read(question, language)
    return for_its_sides(_read(matter or question, language or detect(question), noun_kind(matter)))


def for_its_sides(needs: Needs) -> Needs:
    """The same matter, asked for what each side says of it."""
    # Who asks for the sides of a figure is answered by figures; of anything else, by whoever speaks of it.
    kind: Kind = needs.kind if needs.kind in _TOLD_BY_VALUE else "sources"
    return replace(needs, kind=kind, compares=True, presumes=False)


def _read(question: str, language: str | None, kind: Kind | None = None) -> Needs:
    folded = fold(question)
    kind = kind or kind_of(question)
    named = tuple(names(question))
    if kind == "person" and named and not beside(question, named):
        kind = "statement"  # "Who is Tokayev?" asks what is said of him, not for a name
    pinned = tuple(date for date in dates(question) if not date.relative)
    taken = [(date.start, date.end) for date in pinned]
    figures = tuple(
        quantity
        for quantity in quantities(question)
        if not any(quantity.start < end and start < quantity.end for start, end in taken)
        and not _ASKED_HERE.match(folded, quantity.end)
        and not _determines(quantity)
        and not _LABEL.search(question, 0, quantity.start)
    )
    tag = language or detect(question)
    units = _units(folded) if kind == "figure" else frozenset()
    part = bool(_PART.search(folded))
    if kind == "figure" and part and not units:
        units = frozenset({"percent"})
    counted = _counted(folded, named) if kind == "figure" and (not units or _HOW_MANY.search(folded)) else None
    if counted is not None:
        units = frozenset()
        if _TIMES.match(counted):
            units, counted = frozenset({"times"}), None
    return Needs(
        text=question,
        language=tag,
        kind=kind,
        units=units,
        unit_named=bool(units) and not units & _LOOSE and not part,
        counted=counted,
        terms=tuple(dict.fromkeys(content_terms(question, tag))),
        names=named,
        years=pinned,
        figures=figures,
        compares=compares(question),
        presumes=kind not in _NO_PRESUMPTION,
        relation=relation_of(question),
        point=ordinals.asked(question),
        several=ordinals.list_asked(question),
        quoted=quoted_in(question),
    )
