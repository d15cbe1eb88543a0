"""How old somebody is, in English, Chinese, Russian and Kazakh: the question, and the figures that tell it.

Three weeks, a term of four years and a street number are no ages, though all of them stand beside a name.
"""

from __future__ import annotations

import re

from kzrag.text.language import fold
from kzrag.text.quantities import AGED, AS_FAR_BACK, Quantity

AGE = "age"
"""What a question for an age wants instead of a unit: years, but only those that somebody has lived."""
OLDEST = 130
"""Years; more nobody has."""

ASKED = re.compile(
    r"\bhow old\b|\b(?:what|which) age\b|\bwhat(?:'s| is| was) (?:the |his |her |their |(?:\w+ ){0,3}\w+'s )age\b"
    r"|(?:今年|现在|当时)?(?:几岁|多少岁|多大(?:年纪|年龄|岁数)|年龄(?:是|有)?多[大少])|(?:[他她]|今年|现在|当时)多大(?![的型规])"
    r"|\bсколько (?:(?:сейчас|было|ему|ей|им|будет) )*лет\b"
    r"(?! назад|(?: (?:он[аио]?|это))? \w+(?:л|ла|ло|ли|ся|сь|ет|ит|ут|ют|ат|ят|ть)\b)"
    r"|\bкако(?:го|в) (?:\w+ )?возраст"
    r"|\bнеше жаста\b|\bжасы (?:неше|қанша)|\b(?:неше|қанша) жас"
)
"""Asks, in folded text, how old somebody is, and not how long something lasts."""
_LIVED = re.compile(
    r"(?:-| )?(?:years?)?(?:-| )(?:old|olds)\b|(?: years?)? of age\b|(?: ?周)? ?岁|[ -]?летн|-? ?(?:лет|года?) от роду"
    r"| ?жаст| ?жасар"
)
"""Behind a figure, its unit included or not."""
_IS = re.compile(
    r"(?:现年|今年|年龄[是为]|\b(?:ему|ей|им|мне)(?: (?:было|сейчас|уже|тогда|всего|только)){0,3}|\bисполн\w+) ?$"
)
"""Before the years that somebody has lived; before other figures it says nothing of the kind."""
_NAMED = re.compile(r"\b[^\W\d_a-zа-яё][\w'’-]+(?:,|，| \(|（)\s?$")
"""Before the figure of "Ann Lee, 58, leads": a word with a capital, and what sets the figure apart."""
_WHO_IS = re.compile(r"\b(?:who|he|she|i)(?: is| was| am|'s|'m)(?: now| already| only| just| still){0,2} $")
"""Before the figure of "who is 67,", where nothing behind it says what is counted."""
_CLOSED = re.compile(r"\s?(?:[,，;)）.]|$)")


def tells_age(quantity: Quantity, text: str) -> bool:
    """Whether a figure of `text` is the age of somebody: "aged 41", "58," beside a name, 五十四岁, 41-летний."""
    if quantity.unit not in (None, "year") or not 0 < quantity.value <= OLDEST:
        return False
    folded = fold(text)
    number = quantity.end if quantity.unit is None else _number_end(folded, quantity)
    if _LIVED.match(folded, number) is not None:
        return True
    back = max(0, quantity.start - AS_FAR_BACK)
    if quantity.unit == "year":
        return any(before.search(folded, back, quantity.start) for before in (AGED, _IS))
    named = _NAMED.search(text, back, quantity.start) or _WHO_IS.search(folded, back, quantity.start)
    return named is not None and _CLOSED.match(folded, quantity.end) is not None


def _number_end(folded: str, quantity: Quantity) -> int:
    """Where the number of a figure with its unit ends: 34 of "34-year", 五十四 of 五十四岁."""
    unit = re.search(r"[-\s]?(?:year|лет|год|жас|жыл|周?岁|年)\w*$", folded[quantity.start : quantity.end])
    return quantity.end if unit is None else quantity.start + unit.start()
