"""Units of measure and counted things in English, Chinese, Russian and Kazakh, each under one canonical name.

"ton", "percent", "USD", "m3", … . Works on folded text. Money goes by its ISO 4217 code where one country has it, and
by its name where several have one of that name.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LATIN = {
    "ton": "ton tons tonne tonnes mt",
    "percent": "percent percentage pct",
    "USD": "dollar dollars usd bucks",
    "EUR": "euro euros eur",
    "GBP": "pound pounds gbp sterling",
    "RUB": "ruble rubles rouble roubles rub",
    "CNY": "yuan renminbi rmb cny",
    "KZT": "tenge kzt",
    "JPY": "yen jpy",
    "INR": "rupee rupees inr",
    "TRY": "lira liras",
    "CHF": "franc francs chf",
    "UAH": "hryvnia hryvnias uah",
    "AED": "dirham dirhams aed",
    "SAR": "riyal riyals",
    "AZN": "manat manats azn",
    "PLN": "zloty zlotys",
    "crown": "crown crowns krona kronor krone kroner koruna korunas koruny",
    "peso": "peso pesos",
    "dinar": "dinar dinars",
    "baht": "baht",
    "rupiah": "rupiah rupiahs",
    "ringgit": "ringgit ringgits",
    "dong": "dong",
    "shekel": "shekel shekels",
    "forint": "forint forints",
    "leu": "lei leu",
    "lev": "leva lev",
    "lari": "lari laris",
    "dram": "drams amd",
    "rand": "zar rands",
    "naira": "naira nairas",
    "shilling": "shilling shillings",
    "thaler": "thaler thalers taler talers",
    "florin": "florin florins",
    "guilder": "guilder guilders",
    "mark": "mark marks",
    "ducat": "ducat ducats",
    "barrel": "barrel barrels bbl bbls bpd",
    "m3": "bcm",
    "km": "kilometer kilometers kilometre kilometres km",
    "mile": "mile miles mph",
    "knot": "knot knots",
    "m": "meter meters metre metres",
    "cm": "centimeter centimeters centimetre centimetres cm",
    "foot": "foot feet",
    "kg": "kilogram kilograms kilo kilos kg",
    "g": "gram grams",
    "ha": "hectare hectares ha",
    "acre": "acre acres",
    "liter": "liter liters litre litres",
    "gallon": "gallon gallons",
    "W": "watt watts",
    "kW": "kilowatt kilowatts kw",
    "MW": "megawatt megawatts mw",
    "GW": "gigawatt gigawatts gw",
    "kWh": "kwh",
    "MWh": "mwh",
    "GWh": "gwh",
    "TWh": "twh",
    "second": "second seconds",
    "minute": "minute minutes",
    "hour": "hour hours",
    "day": "day days",
    "week": "week weeks",
    "month": "month months",
    "year": "year years yr yrs",
    "decade": "decade decades",
    "century": "century centuries",
    "degree": "degree degrees",
    "times": "times fold",
    "person": "people person persons men citizens inhabitants individuals residents soldiers troops",
    "country": "country countries nation nations",
}
_CYRILLIC = {
    "ton": "тонн* т",
    "percent": "процент* пайыз*",
    "USD": "доллар* долл",
    "EUR": "евро еуро*",
    "GBP": "фунт*",
    "RUB": "рубл* руб",
    "CNY": "юань* юаня юаней юани юаням юанях",
    "KZT": "тенге* теңге*",
    "JPY": "иена иены иен",
    "INR": "рупи*",
    "TRY": "лира лиры лир лирах",
    "CHF": "франк франка франков",
    "UAH": "гривн*",
    "AED": "дирхам*",
    "SAR": "риял*",
    "AZN": "манат манаты манатов манаттан",
    "PLN": "злотый злотых",
    "crown": "крона кроны крон кроне крону кронам кронах кронами кроннан кронға кронды кронның кронмен",
    "peso": "песо",
    "dinar": "динар*",
    "baht": "бат бата батов",
    "ringgit": "ринггит*",
    "dong": "донг донгов донга",
    "shekel": "шекел*",
    "forint": "форинт*",
    "leu": "лей леев лея",
    "lev": "лев левов",
    "lari": "лари",
    "dram": "драм драмов драма",
    "som": "сом сомов сома сум сумов сума",
    "rand": "рэнд рэндов рэнда ранд рандов",
    "naira": "найра найры найр",
    "shilling": "шиллинг*",
    "thaler": "талер*",
    "florin": "флорин*",
    "guilder": "гульден*",
    "mark": "марка марки марок марку марках",
    "ducat": "дукат*",
    "barrel": "баррел*",
    "m3": "кубометр* м³",
    "km": "километр* км шақырым*",
    "mile": "миля мили миль милях милям",
    "knot": "узел узла узлов узлах узлом узлами түйін*",
    "m": "метр метра метров метрах метре",
    "cm": "сантиметр* см",
    "kg": "килограмм* кг",
    "g": "грамм граммов грамма",
    "ha": "гектар* га",
    "liter": "литр*",
    "kW": "киловатт* квт",
    "MW": "мегаватт* мвт",
    "GW": "гигаватт* гвт",
    "second": "секунд*",
    "minute": "минут*",
    "hour": "час часа часов часам часами часах сағат*",
    "day": "день дня дней дни дню днем днями днях сутки суток күн*",
    "week": "недел* апта*",
    "month": "месяц* ай айға айдан айда айлық айдың",
    "year": "год года лет годам годами годах году годов летний летнего летняя летней жыл* жаста жастағы жастан жасар"
    " жасында жасынан",
    "decade": "десятилети* онжылдық*",
    "century": "век веков века столети* ғасыр*",
    "degree": "градус*",
    "times": "раз раза есе рет",
    "person": "человек* людей граждан жител* адам адамды адамға адамның тұрғын* солдат военных",
    "country": "страна страны стране страну страной стран странам странами странах государств* держав держава державы "
    "мемлекет* ел елдің елге елде елден елдер елдердің елдері елі елмен елінің",
}
"""Whole words, and stems marked with a star."""
_LONGEST_ENDING = 6
"""Letters of the endings of a stem: "долларами", "тоннаның"."""
_HAN = {
    "km2": "平方公里", "m2": "平方米", "km": "公里 千米", "m3": "立方米 立方公尺 立方", "m": "米 公尺", "cm": "厘米",
    "ton": "公吨 吨", "barrel": "桶", "USD": "美元 美金", "EUR": "欧元", "CNY": "人民币 元", "RUB": "卢布",
    "KZT": "坚戈", "GBP": "英镑", "JPY": "日元 日圆", "INR": "卢比", "TRY": "里拉", "CHF": "法郎",
    "crown": "克朗", "peso": "比索", "dinar": "第纳尔", "baht": "泰铢", "rupiah": "印尼盾", "ringgit": "林吉特",
    "dong": "越南盾", "shekel": "谢克尔", "forint": "福林", "leu": "列伊", "lev": "列弗", "lari": "拉里",
    "dram": "德拉姆", "som": "索姆", "rand": "兰特", "naira": "奈拉", "shilling": "先令", "thaler": "塔勒 泰勒",
    "florin": "弗罗林", "guilder": "荷兰盾 盾", "mark": "马克", "ducat": "杜卡特",
    "UAH": "格里夫纳", "AED": "迪拉姆", "SAR": "里亚尔",
    "AZN": "马纳特", "PLN": "兹罗提", "KRW": "韩元",
    "percent": "个百分点 百分点", "day": "天 昼夜",
    "week": "个星期 周 星期", "month": "个月 个多月", "year": "年 岁 周年", "hour": "个小时 小时", "minute": "分钟",
    "second": "秒", "decade": "个年代", "century": "个世纪", "kW": "千瓦", "MW": "兆瓦", "GW": "吉瓦",
    "kWh": "千瓦时 度", "MWh": "兆瓦时", "GWh": "吉瓦时", "ha": "公顷", "kg": "公斤 千克", "mile": "英里", "knot": "节",
    "foot": "英尺", "acre": "英亩", "liter": "升", "times": "倍 次", "degree": "摄氏度",
    "country": "个国家 国 个成员国", "person": "个人 人 名 位",
    "": "个 座 家 条 艘 套 届 项 种 份 块 辆 架 所 支 只 台 件 场 处 门 枚 片 段 层 级 大 点 轮 批 口 方面 分",
}  # fmt: skip
"""The last row are measure words, which say nothing of the unit."""

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "₽": "RUB", "₸": "KZT"}
MONEY_BEFORE = re.compile(
    r"(?:(?:us|u\.s\.|usd|c|a|hk)\s?\$|(?P<sign>[$€£¥₽₸])|\b(?P<code>usd|eur|rmb|cny|rub|kzt|gbp))\s?$"
)

_of_latin = {word: unit for unit, words in _LATIN.items() for word in words.split()}
_of_cyrillic = {word: unit for unit, words in _CYRILLIC.items() for word in words.split() if word[-1] != "*"}
_of_stem = {word[:-1]: unit for unit, words in _CYRILLIC.items() for word in words.split() if word[-1] == "*"}
_of_han = {word: unit for unit, words in _HAN.items() for word in words.split()}
HAN_UNIT = re.compile("|".join(sorted(_of_han, key=len, reverse=True)))

_SEVERAL_WORDS = {
    "percent": (r"%", r"per\s?cent\b", r"percentage points?\b", r"п\.\s?п\."),
    "USD": (
        r"(?:u\.?s\.?|american|canadian|australian)\s+dollars?\b",
        r"долл(?:\.|ар\w*)\s?(?:сша)?",
        r"ақш\s+доллар\w*",
    ),
    "m3": (
        r"cubic\s+(?:meters?|metres?)\b",
        r"(?:cu\.?\s?m|m3)\b",
        r"m³",
        r"куб(?:ических|\.)?\s?м(?:етр\w*|\b)\.?",
        r"текше\s+метр\w*",
    ),
    "ft3": (r"cubic\s+f(?:ee|oo)t\b",),
    "km2": (
        r"square\s+(?:kilomet(?:er|re)s?|km)\b",
        r"(?:km2|км2)\b",
        r"кв(?:адратных|\.)?\s?к(?:иломет\w*|м)\b",
        r"шаршы\s+(?:километр|шақырым)\w*",
    ),
    "m2": (r"square\s+met(?:er|re)s?\b", r"(?:m2|м2)\b", r"кв(?:адратных|\.)?\s?м(?:етр\w*|\b)"),
    "ton": (r"(?:metric|long|short)\s+tons?\b", r"т\."),
    "kWh": (r"kilowatt[- ]hours?\b", r"квт[·*-]?ч\b", r"киловатт-час\w*"),
    "MWh": (r"megawatt[- ]hours?\b", r"мвт[·*-]?ч\b", r"мегаватт-час\w*"),
    "GWh": (r"gigawatt[- ]hours?\b", r"гвт[·*-]?ч\b", r"гигаватт-час\w*"),
    "TWh": (r"terawatt[- ]hours?\b",),
    "barrel": (
        r"barrels?\s+(?:of\s+\w+\s+)?(?:per|a)\s+day\b",
        r"b/d\b",
        r"баррел\w*\s+(?:\w+\s+)?в\s+(?:день|сутки)\b",
        r"桶/日",
    ),
    "person": (r"чел\.",),
    "RUB": (r"руб\.",),
}
_MONEY = """
    USD EUR GBP RUB CNY KZT JPY INR TRY CHF UAH AED SAR AZN PLN KRW crown peso dinar baht rupiah ringgit dong shekel
    forint leu lev lari dram som rand naira shilling thaler florin guilder mark ducat
"""
MONEY = frozenset(_MONEY.split())
SPEEDS = frozenset(("knot", "km", "mile", "m"))
DURATIONS = frozenset(("hour", "day", "week", "month", "year"))
MEASURES = frozenset(_LATIN) | frozenset(_HAN) - {""} | set(_SEVERAL_WORDS)
"""The canonical names; any other unit of a quantity is the counted noun itself."""
COUNTED = frozenset(("person", "country", "times"))
"""Canonical names of things that are counted rather than measured: an adjective may stand before them."""

_DIMENSIONS = {
    "length": r"\b(?:length|long|longest|stretch\w*)\b|长度|[多全]长|\b(?:длин\w+|протяженност\w+)|ұзындығ",
    "height": r"\b(?:height|tall|high|rises?|tower\w*|above)\b|高[度出达]?|\bвысот\w+|биіктіг|биіктікте",
    "depth": r"\b(?:depth|deep|lower|below)\b|深|\bглубин\w+|тереңдіг",
    "width": r"\b(?:width|wide|across)\b|宽|\bширин\w+|\bені\b",
}
_DIMENSION = {name: re.compile(pattern) for name, pattern in _DIMENSIONS.items()}


def dimensions(folded: str) -> frozenset[str]:
    """Which of length, height, depth and width a text speaks of."""
    return frozenset(name for name, pattern in _DIMENSION.items() if pattern.search(folded))


_PHRASE = re.compile("|".join(f"(?P<{unit}>{'|'.join(patterns)})" for unit, patterns in _SEVERAL_WORDS.items()))


@lru_cache(maxsize=1 << 12)
def unit_of(word: str) -> str | None:
    """The canonical unit that one folded word names, in any of its forms; None when it names none."""
    if word in _of_latin:
        return _of_latin[word]
    if not "\u0400" <= word[:1] <= "\u052f":
        return None
    if word in _of_cyrillic:
        return _of_cyrillic[word]
    for cut in range(len(word), max(0, len(word) - _LONGEST_ENDING) - 1, -1):
        if word[:cut] in _of_stem:
            return _of_stem[word[:cut]]
    return None


def money_before(folded: str, start: int) -> tuple[str, int] | None:
    """The currency written before a number at `start`, and where it begins: `$`, `US $`, `EUR`."""
    found = MONEY_BEFORE.search(folded, max(0, start - 8), start)
    if found is None:
        return None
    if found["code"]:
        return _of_latin[found["code"]], found.start()
    return _SIGNS[found["sign"] or "$"], found.start()


def unit_phrase(folded: str, position: int) -> tuple[str, int] | None:
    """A unit of several words or a sign at `position`, and where it ends."""
    found = _PHRASE.match(folded, position)
    return (found.lastgroup or "", found.end()) if found is not None else None


def han_unit(folded: str, position: int) -> tuple[str | None, int] | None:
    """A Chinese unit or measure word at `position`, and where it ends; the unit is None for a mere measure word."""
    found = HAN_UNIT.match(folded, position)
    if found is None:
        return None
    unit = _of_han[found.group()] or None
    return unit, found.end()
