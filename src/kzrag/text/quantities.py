"""Figures with their unit and scale, in English, Chinese, Russian and Kazakh, brought to one value and one unit name.

80 %, 八成, 80 процентов are one quantity; so are $5 billion, 50億美元 and 5 млрд долларов. Dates are not quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from math import floor, log10, prod
from typing import Literal

from kzrag.text.dates import dates
from kzrag.text.figures import EXACT, Figure, figures
from kzrag.text.function_words import FUNCTION_WORDS
from kzrag.text.language import HAN, fold, has_han
from kzrag.text.numerals import HAN_SCALES, SCALES, SHORT_SCALES
from kzrag.text.units import COUNTED, MEASURES, han_unit, money_before, unit_of, unit_phrase
from kzrag.text.words import stem_word

Approx = Literal["about", "over", "under"]

ROUNDING = 0.005
"""Relative difference within which two values count as one figure rounded differently: 42.101 and 42."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as said at `text[start:end]`, its currency sign, scale and unit included."""

    value: float
    """The value with its scale applied; a fraction in percent: two-thirds is 66.67 percent."""
    unit: str | None
    """Canonical ("ton", "percent", "USD", …), or the counted noun, folded; None when nothing tells."""
    start: int
    end: int
    text: str
    approx: Approx | None = None
    """What the text says around it: "about", "over" (more than, at least), "under" (less than, up to)."""
    digits: int = EXACT
    """Significant digits that the text gives: 2 in "28 million"."""


_BEFORE = re.compile(
    r"(?:"
    r"(?P<under>\b(?:less than|under|below|fewer than|up to|at most|as much as|no more than|not more than|lower than"
    r"|менее(?: чем)?|меньше(?: чем)?|не более|до|не превышает)|不到|少于|低于|至多|最多|不足|不超过)"
    r"|(?P<over>\b(?:more than|over|above|at least|exceed(?:s|ed|ing)?|upwards of|higher than|greater than|no less than"
    r"|not less than|более(?: чем)?|больше(?: чем)?|свыше|не менее|как минимум|превышает|превысил\w*)"
    r"|超过|逾|多于|至少|不少于|高于|超|不低于)"
    r"|(?P<about>\b(?:about|around|approximately|nearly|almost|some|roughly|an estimated|close to|circa|около|примерно"
    r"|почти|порядка|приблизительно|шамамен)|约|将近|近|接近|差不多|大概|几乎)"
    r")\s*(?:the |a |达)?$"
)
_AFTER = re.compile(
    r"\s*(?:(?P<about>左右|上下|жуық|шамасында)|(?P<over>以上|астам|артық|(?:and|or) more)"
    r"|(?P<under>以下|以内|or less|дейін))"
)
AGED = re.compile(r"(?:\baged|\bage of|\bв возрасте|年龄|年仅|年方|\bжасы) ?$")
"""Before a figure that is an age even without its unit."""
LONGEST_LABEL = 1000
"""Things are numbered up to here; behind a noun a larger number is mostly a year or a count."""
AS_FAR_BACK = 24
"""Characters before a figure in which "more than" and its like are looked for."""
_RANGE = re.compile(r"\s*(?P<between>-|to|to about|до|至|到|~|and|и)\s*")
_SCALE = "(?:[百万亿]|千(?![瓦米克卡伏赫])|兆(?![瓦赫帕伏]))"
_HAN_SCALE = re.compile(rf"\s?({_SCALE}+)")
"""Scale words; the first character of a unit is none: 千瓦, 兆瓦."""
_REST = re.compile(rf"(\d+(?:\.\d+)?)({_SCALE}*)")
"""What goes on after a scale word: the 5000万 of 3亿5000万."""
_NEXT_WORD = re.compile(r"[ -]{0,2}([^\W\d_]+)")
_SOME_OF = re.compile(r"of (?:the|our|its|their|his|her|my|these|those|all) ")
"""Before what is counted a part of: "40 of our employees"."""
_NUMBERED = re.compile(
    r"(?:(?<!\bthe )(?<!\bour )(?<!\btheir )(?<!\bits )(?<!\ba )"
    r"\b(?:tower|line|route|unit|reactor|chapter|section|article|clause|act|pier|gate|room|block|flight|platform|"
    r"terminal|phase|stage|building|page|table|channel|zone|district|sector|ward|hall|berth|quay|dock|turbine|well|shaft|"
    r"furnace|boiler|pump|hangar|plot|house|school|plant|station|exit|track|bus|tram)"
    r"|\b(?:башн[яиюе]|лини[яию]|маршрут|энергоблок|блок|реактор|глав[аыуе]|стать[яию]|причал|корпус|дом|школ[аыуе]|"
    r"шахт[аыуе]|цех|турбин[аыуе]|участок|зал)) (?:no\.? ?|№ ?)?$"
)
"""Before a number that names one of several and counts nothing: "Tower 2 of the plant"."""
_COMPOUND = re.compile(r"[ ]?(?!(?:year|day|month|week|hour|ton|barrel|percent|dollar)\b)[a-z]+-[a-z]+")
"""An adjective of two words, "city-based": not what is counted."""
_MORE_DAYS = re.compile(r"(?:,? ?(?:[12]?\d|3[01])\b){1,4}(?!\.\d)")
"""Days that follow a date of the same month: "November 23, 29"."""
_UNTIL_NOUN = 3
"""Words after a number within which its noun is looked for: "five Central Asian countries"."""
_BE = r"(?: (?:is|are|was|were|has|have|had|been|still|already|also))*"
_OF_THEM = re.compile(
    rf" of (?:them|whom|these|those|which){_BE} (?P<en>[a-z]{{3,}})"
    r"| из (?:них|которых)(?:,? ?[-–—])?(?: (?:был[аои]?|еще|уже|это))* ?(?P<ru>[а-я]{3,})"
)
_AMONG_THEM = re.compile(
    r"(?P<en>\bof (?:them|whom|these|those|which)|\bamong them|(?<=, )including)"
    r"(?:,| only| just| some| about| at least)* $"
    r"|(?P<ru>\b(?:из|среди) (?:них|которых)(?: только| еще| около)*,?(?: [-–—])?) $"
    r"|(?P<zh>其中(?:有|约|包括|至少|只有)*)$"
)
_THEY_ARE = {
    "en": re.compile(rf"{_BE} (?P<noun>[a-z]{{3,}})"),
    "ru": re.compile(r"(?:,? ?[-–—])?(?: (?:был[аои]?|еще|уже|это))* ?(?P<noun>[а-я]{3,})"),
    "zh": re.compile(rf"(?:[例人名个位家艘辆所])?(?:都?是|为)(?P<noun>[{HAN}]{{2,6}})"),
}
"""What some of those just spoken of are: "29 of them are children", "of whom 52 are children"."""
_COUNTED_AFTER_ADJECTIVES = COUNTED | {"ton", "barrel", "USD", "day", "year"}


def quantities(text: str) -> list[Quantity]:
    """The figures in `text`, in order; numbers that are dates, ordinals, times or parts of names are left out."""
    return list(_memoised_quantities(text))


@lru_cache(maxsize=1 << 13)
def _memoised_quantities(text: str) -> tuple[Quantity, ...]:
    folded = fold(text)
    in_dates = [(date.start, date.end) for date in dates(text)]
    found: list[Quantity] = []
    position = 0
    for figure in figures(folded):
        if figure.start < position or any(start < figure.end and figure.start < end for start, end in in_dates):
            continue
        if any(_MORE_DAYS.fullmatch(folded, end, figure.end) for _, end in in_dates if end <= figure.start):
            continue
        quantity = _measured(figure, text, folded)
        if quantity is not None:
            position = quantity.end
            found.append(quantity)
    return tuple(_share_units(found, folded))


def _measured(figure: Figure, text: str, folded: str) -> Quantity | None:
    """The figure with the scale and unit that stand around it; None when it turns out to count nothing."""
    value, start, end = figure.value, figure.start, figure.end
    unit: str | None
    if figure.kind in ("share", "times"):
        unit = "percent" if figure.kind == "share" else "times"
    else:
        money = money_before(folded, start)
        scaled = _scale(folded, end, money is not None)
        if scaled is not None:
            value, end = value * scaled[0], scaled[1]
            while folded[end - 1] in HAN_SCALES and (rest := _REST.match(folded, end)):
                more = float(rest[1]) * prod(HAN_SCALES[sign] for sign in rest[2])
                if more >= HAN_SCALES[folded[end - 1]]:
                    break
                value, end = value + more, rest.end()  # 3亿5000万, 1万1400
        named = _unit(folded, end)
        if scaled is None and money is None and value == int(value) and value < LONGEST_LABEL:
            counts = named is not None and not _SOME_OF.match(folded, end + 1)
            if not counts and _NUMBERED.search(folded, max(0, start - AS_FAR_BACK), start):
                return None
        if money is not None:
            unit, start = money
            end = named[1] if named is not None and named[0] == unit else end
        else:
            unit, end = named if named is not None else (None, end)
        if unit not in MEASURES and AGED.search(folded, max(0, start - AS_FAR_BACK), start):
            unit, end = "year", figure.end
        if unit is None or (unit == "person" and has_han(folded[end - 1])):
            unit = _of_them(folded, start, end) or unit
        if figure.kind == "han" and named is None:
            return None  # 三星, 十全: a Chinese numeral is a figure where something is measured or counted
        if figure.doubtful and scaled is None and unit not in MEASURES - COUNTED:
            return None
    return Quantity(value, unit, start, end, text[start:end], _approx(folded, start, end), figure.digits)


def _of_them(folded: str, start: int, end: int) -> str | None:
    """What a figure without a noun counts, where it tells how many of those just spoken of are so."""
    after = _OF_THEM.match(folded, end)
    if after is not None:
        return stem_word(after["en"] or after["ru"])
    before = _AMONG_THEM.search(folded, max(0, start - AS_FAR_BACK), start)
    noun = _THEY_ARE[before.lastgroup].match(folded, end) if before is not None and before.lastgroup else None
    return None if noun is None or noun["noun"] in FUNCTION_WORDS else stem_word(noun["noun"])


def _approx(folded: str, start: int, end: int) -> Approx | None:
    for words in (_BEFORE.search(folded, max(0, start - AS_FAR_BACK), start), _AFTER.match(folded, end)):
        if words is not None:
            return words.lastgroup  # type: ignore[return-value]  # the groups are named after the three kinds
    return "over" if re.search(r"\d[百千万亿]?[多余]", folded[start:end]) else None


def _scale(folded: str, end: int, money: bool) -> tuple[float, int] | None:
    """The factor of the scale words at `end`, and where they end: `million`, `млрд`, `千万`."""
    factor = 1.0
    position = end
    while True:
        han = _HAN_SCALE.match(folded, position)
        if han is not None:
            factor *= prod(HAN_SCALES[sign] for sign in han.group(1))
            position = han.end()
            continue
        word = _NEXT_WORD.match(folded, position)
        if word is None or (scale := SCALES.get(word.group(1))) is None:
            break
        glued = word.start(1) == position
        if word.group(1) in SHORT_SCALES and not (glued and (money or _unit(folded, word.end()) is not None)):
            break
        factor *= scale
        position = word.end()
        if folded.startswith(".", position) and not word.group(1).isascii():
            position += 1  # млн.
    return (factor, position) if position > end else None


def _unit(folded: str, end: int) -> tuple[str | None, int] | None:
    """The unit or counted noun after a number, and where it ends; None when no noun follows."""
    position = end
    while position < len(folded) and folded[position] in " -":
        position += 1
    if position > end + 2:
        return None
    if (phrase := unit_phrase(folded, position)) is not None:
        return phrase
    if position < len(folded) and has_han(folded[position]):
        return _han_noun(folded, position)
    if (of := _SOME_OF.match(folded, position)) is not None and not folded.endswith("one", 0, end):
        position = of.end()
    if (compound := _COMPOUND.match(folded, position)) is not None:
        position = compound.end()
    first: tuple[str, int] | None = None
    for step in range(_UNTIL_NOUN):
        word = _NEXT_WORD.match(folded, position)
        if word is None or (
            step and word.start(1) != position + 1 and folded[position : word.start(1)] not in (" ", "-")
        ):
            break
        name = word.group(1)
        if step and name in FUNCTION_WORDS:
            break
        unit = unit_of(name) if len(name) > 1 or name in ("т", "м") else None
        if unit is not None and (step == 0 or unit in _COUNTED_AFTER_ADJECTIVES):
            return unit, word.end()
        if step == 0:
            if name in FUNCTION_WORDS and name not in ("major", "main"):
                return None
            first = (name, word.end())
        elif first is not None and name.isascii() and name.endswith("s") and not first[0].endswith("s"):
            first = (name, word.end())
        if (phrase := unit_phrase(folded, word.end() + 1)) is not None and phrase[0] != "percent":
            return phrase
        position = word.end()
    if first is None:
        return None
    return stem_word(first[0]), first[1]


def _han_noun(folded: str, position: int) -> tuple[str | None, int] | None:
    if folded[position] in "多余":
        position += 1  # 30多个国家
    unit = han_unit(folded, position)
    if unit is None:
        # 五大国家, 23欧洲国家: the thing counted a few characters on
        later = re.match(rf"[{HAN}]{{1,6}}?(国家)", folded[position:])
        return ("country", position + later.end()) if later else None
    if unit[0] is None and (later := re.match(r"[^\W\d_]{0,6}?(国家|成员国|国(?![家际内外]))", folded[unit[1] :])):
        return "country", unit[1] + later.end()
    return unit


def _share_units(found: list[Quantity], folded: str) -> list[Quantity]:
    """In "from 10 to 15 million tons" the first figure has the unit of the second, and its scale where it has none."""
    for place in range(len(found) - 1):
        low, high = found[place], found[place + 1]
        joined = _RANGE.fullmatch(folded, low.end, high.start)
        if joined is None or low.unit is not None or high.unit is None:
            continue
        if joined["between"] in ("and", "и") and not re.search(r"(?:between|между)\s*$", folded[: low.start]):
            continue
        bare = re.match(r"[\d.,]+", folded[high.start : high.end])
        scale = _scale(folded, high.start + bare.end(), False) if bare else None
        factor = scale[0] if scale is not None and low.text.isdecimal() and low.value < scale[0] else 1.0
        found[place] = replace(low, value=low.value * factor, unit=high.unit)
    return found


def same_quantity(a: Quantity, b: Quantity) -> bool:
    """Whether two figures can be one: values within rounding (0.5 %), units equal or one of them unknown."""
    return units_agree(a, b) and abs(a.value - b.value) <= ROUNDING * max(abs(a.value), abs(b.value))


def units_agree(a: Quantity, b: Quantity) -> bool:
    """Whether the units can be one. Two counted nouns can: "stations" and "plants" may name the same things."""
    if a.unit == b.unit or a.unit is None or b.unit is None:
        return True
    if {a.unit, b.unit} == {"person", "country"}:
        return False
    return all(unit not in MEASURES or unit in ("person", "country") for unit in (a.unit, b.unit))


def rounds_to(exact: Quantity, said: Quantity) -> bool:
    """Whether `said` is `exact`, or `exact` rounded to the digits that `said` gives; never the other way round.

    91 million may be said of 90.5271 million, but 90.6 million may not, nor 28.4 of 28.
    """
    if not units_agree(exact, said):
        return False
    difference = abs(exact.value - said.value)
    if difference <= 1e-9 * max(abs(exact.value), 1.0):
        return True
    if said.digits >= exact.digits or said.value == 0:
        return False
    enough = 1 if said.approx is not None else 2
    if said.digits < enough:
        return False
    step = 10.0 ** (floor(log10(abs(said.value))) - said.digits + 1)
    return difference <= step / 2 * (1 + 1e-9)
