"""How far a sentence holds what a question asks for, and what it pins down: the kind of thing, things counted, years,
figures."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kzrag.answering.facts import Facts, facts_in, says, tellers
from kzrag.answering.needs import Needs
from kzrag.records import ARTICLE, Sentence
from kzrag.text.ages import AGE, tells_age
from kzrag.text.attributes import asked_in, tells
from kzrag.text.dates import Date
from kzrag.text.language import fold, has_han
from kzrag.text.names import same_name
from kzrag.text.quantities import Quantity, quantities, same_quantity
from kzrag.text.units import COUNTED, DURATIONS, MEASURES, unit_of
from kzrag.text.words import content_words

if TYPE_CHECKING:
    from kzrag.index import Index
    from kzrag.index.vocabulary import Wanted

_CAUSE = re.compile(
    r"\b(because|since|due to|owing to|as a result|reason|cause\w*|in order to|so that|on the grounds|in retaliation|"
    r"retaliat\w+|therefore|so as to|thanks to|in response|pretext|afraid|worried|fear\w*)\b"
    r"|因为|由于|因此|原因|理由|以便|为了|导致|所以|报复|借口|担心|鉴于"
    r"|\b(потому|поскольку|из-за|так как|причин\w+|чтобы|в связи|вследствие|в ответ)\b"
    r"|себебі|өйткені|үшін|салдарынан"
)
_UNTIL = re.compile(
    r"\b(?:until|till|through|to the end of|by the end of|runs? (?:out|to)|expires?)\b"
    r"|至|直到|到.{1,10}为止|\b(?:до|по)\b|дейін"
)
"""How long something lasts may be told by its end: "until the end of the year"."""
_SO_FAR = re.compile(r"\bhow long (?:has|have)\b|多久了|\bкак давно\b|\bуже (?:сколько|долго)\b")
"""How long something has lasted may be told by its beginning: "since 2014"."""
_SINCE_WHEN = re.compile(r"\b(?:since|from) when\b|(?:从|自)(?:什么时候|何时)|\bс каких пор\b|\bқашаннан\b")
_SINCE = re.compile(
    r"\b(?:since|ever since|after the|starting (?:from|with)|beginning with|with the (?:outbreak|start|fall|end))\b"
    r"|以来|自从|爆发后|之后|从.{1,12}(?:开始|起)|\b(?:после|с момента|начиная с|со времен)\b|\bбері\b|кейін"
)
"""What a beginning may be told by instead of a date: "after the outbreak of the war", "starting from president N"."""


def kind_held(needs: Needs, facts: Facts, text: str, voice: str) -> float:
    """Whether a sentence holds the kind of thing asked, 0 to 1."""
    if needs.kind == "figure":
        ends = _UNTIL if not _SO_FAR.search(fold(needs.text)) else _SINCE
        if needs.units & DURATIONS and facts.told and ends.search(fold(text)):
            return 0.85
        if needs.units == {AGE}:
            return 1.0 if any(tells_age(quantity, text) for quantity in facts.quantities) else 0.0
        return _figure_held(needs, facts, fold(text))
    if needs.kind == "date":
        if any(not date.relative for date in facts.told):
            return 1.0
        if facts.told:
            return 0.85
        return 0.85 if _SINCE_WHEN.search(fold(needs.text)) and _SINCE.search(fold(text)) else 0.0
    if needs.kind in ("person", "place"):
        telling = needs.known if needs.kind == "place" or says(needs.text) else tellers(text) | needs.known
        new = [name for name in facts.names if name.key not in telling]
        if any(name.kind == needs.kind for name in new):
            return 1.0
        return 0.5 if new else 0.15
    folded = fold(text)
    if needs.kind == "name":
        telling = tellers(text) | needs.known
        new = [name for name in facts.names if name.key not in telling]
        newly = any(not any(same_name(name.key, asked.key) for asked in needs.names) for name in new)
        # Where a name ends, and whether one is there, is a guess in Chinese.
        guessed = 0.7 if has_han(text) and _MAY_NAME.search(folded) else 0.3
        return 1.0 if newly or _CALLED.search(folded) else guessed
    if needs.kind == "reason":
        return 1.0 if gives_cause(text) else 0.75
    if needs.kind in ("who_said", "sources"):
        return 1.0 if voice != ARTICLE or says(text) else 0.6
    return 0.7


def gives_cause(text: str) -> bool:
    """Whether a sentence speaks of why something is so."""
    return _CAUSE.search(fold(text)) is not None


_CALLED = re.compile(
    r"\b(?:called|named|known as|nicknamed|dubbed|the names?)\b|叫做?|名为|称为|人称|俗称|取名|命名"
    r"|\b(?:называ\w+|назван\w*|зовут|прозва\w+|под названием|по имени)\b|\bдеп ата|аталад|атты\b"
)
_MAY_NAME = re.compile('[「『《"]|[\u4e00-\u9fff](?:号|公司|集团|银行|大学|医院|学校|报社?|党|会|社)')
"""Marks and endings of Chinese names: of ships, firms, papers."""
# Counts that give no figure: "tens of thousands of organisations" does answer "how many".
_VAGUE_COUNT = re.compile(
    r"\b(dozens|scores|hundreds|thousands|millions|tens of (thousands|millions)) of\b|数[十百千万]|成千上万|上百|上千"
    r"|\b(десятк\w+|сотн\w+|тысяч[аи]|миллионы) |\b(ондаған|жүздеген|мыңдаған)\b"
)
_HOW_MANY_OF_THEM = re.compile(
    r"\bhow many of (?:them|these|those|whom|which)\b|\bскольк\w+ (?:\w+ )?из (?:них|этих|которых)\b|其中有?(?:多少|几)"
)
_ALL_OR_NONE = re.compile(
    r"\b(?:not (?:a single )?one|none|neither|both|all|most|half|the majority) of (?:them|these|those|whom|which)\b"
    r"|\b(?:ни один|большинство|половина|оба|все) из (?:них|этих|которых)\b"
    r"|(?:没有一|无一|其中(?:一半|大?多数|大部分))"
)
"""What tells a part of those just spoken of without a figure."""
_MEASURED = MEASURES - COUNTED
_COUNTED_SOMETHING = 0.6
"""A sentence counts, but maybe other things than those asked for."""


def _figure_held(needs: Needs, facts: Facts, folded: str) -> float:
    if _HOW_MANY_OF_THEM.search(fold(needs.text)) and _ALL_OR_NONE.search(folded):
        return 0.8
    vague = not needs.units and _VAGUE_COUNT.search(folded) is not None
    if needs.counted:
        matched = [q for q in facts.quantities if _counted(q, needs.counted, folded)]
        if matched:
            return _so_counted(matched, needs.counted, folded)
        if _counts_whom_it_befell(needs, facts):
            return 0.85
        # What is counted can't be compared letter by letter across languages; that it is counted and not measured can
        # be seen.
        something = vague or any(q.unit not in _MEASURED or _is_share_of(q, folded) for q in facts.quantities)
        return _COUNTED_SOMETHING if something else 0.2
    if not facts.quantities:
        return 0.6 if vague else 0.0
    if not needs.units and all(counts_things(needs, quantity) for quantity in facts.quantities):
        return 0.2
    quantities = [quantity for quantity in facts.quantities if not tells_when(needs, quantity, folded)]
    if not needs.units or any(quantity.unit in needs.units for quantity in quantities):
        return 1.0
    # A part of the whole may answer "how much oil", but not "what population"; nothing but its own unit answers "how
    # many kilometres".
    parts = () if "person" in needs.units else ("percent",)
    loose = needs.units == {"percent"} or any(quantity.unit in (None, *parts) for quantity in facts.quantities)
    return 0.6 if loose and not needs.unit_named else 0.2


def _counts_whom_it_befell(needs: Needs, facts: Facts) -> bool:
    """Whether a figure counts those by what is asked of them, without another noun: 17 wounded, 27 пострадавших."""
    befell = asked_in(needs.text, counting=True)
    return any(tells(quantity.text, attribute) for quantity in facts.quantities for attribute in befell)


_THAT_MUCH_FROM = re.compile(
    r"[ -]*(?:after|before|earlier|later|ago|since|from now)\b|\s*(?:назад|спустя|после|раньше|позже|тому)\b"
    r"|(?:之|以)?[后前]|\s*(?:бұрын|кейін)"
)
_FOR = re.compile(r"\b(?:for|lasted|takes?|took)(?: [a-z]+){0,2} $|\b(?:на|в течение|длил\w+)(?: [а-я]+)? $")
_ASKS_SPAN = re.compile(
    r"\b(?:after|before|ago|earlier|later|since)\b|[后前]|назад|спустя|после|раньше|позже|бұрын|кейін"
)


def tells_when(needs: Needs, quantity: Quantity, folded: str) -> bool:
    """Whether a figure only tells when something was ("three weeks after …"), where it is asked how long it lasted."""
    if not (quantity.unit in DURATIONS and needs.units & DURATIONS) or _ASKS_SPAN.search(fold(needs.text)):
        return False
    if _FOR.search(folded, 0, quantity.start):
        return False
    return _THAT_MUCH_FROM.match(folded, quantity.end) is not None or folded.endswith("через ", 0, quantity.start)


_HOW_MUCH = re.compile(r"\bhow much\b(?! (?:of|more|less)\b)(?!.*\b(?:number|count)\b)")


def counts_things(needs: Needs, quantity: Quantity) -> bool:
    """Whether a figure counts things where a bare "how much" is asked, which none can answer: English tells them
    apart."""
    counted = quantity.unit is not None and (quantity.unit not in MEASURES or quantity.unit in COUNTED)
    return counted and not needs.units and _HOW_MUCH.search(fold(needs.text)) is not None


def asked_for(quantity: Quantity, needs: Needs, text: str) -> bool:
    """Whether a figure of `text` is of the unit, or counts the things, that a question asks for; any figure is, where
    it says neither."""
    if needs.counted:
        return counts(quantity, needs.counted)
    if needs.units == {AGE}:
        return tells_age(quantity, text)
    return not needs.units or quantity.unit in needs.units


_NUMBER_OF = re.compile(
    r"\b(?:numbers?|total|amount|count|tally) of |\b(?:числ|количеств)\w+ |\b(?:总数|数量|人数|数目)|\bсаны\b"
)
_SHARE_OF = re.compile(
    r"(?:\s+(?:of|из|от)\s+|\s+(?=[а-яё]))(?:(?:all|the|its|his|her|their|our|всех|своих|их|его)\s+)*(?P<of>\w+)"
    r"|的(?:\w{0,4}?(?P<people>公民|居民|国民|民众|人口|人))?"
)


_SOME_OF_THEM = re.compile(r" of (?:them|whom|these|those|which)\b| из (?:них|которых)\b")


def _counted(quantity: Quantity, nouns: str, folded: str) -> bool:
    """Whether a figure counts what is asked: by its own noun, one apart from it, or as "900 of them" where it is said
    what became of them."""
    if counts(quantity, nouns) or _counted_beside(quantity, nouns, folded):
        return True
    if _SOME_OF_THEM.match(folded, quantity.end) is None:
        return False
    return any(noun[: max(4, len(noun) - 2)] in folded for noun in nouns.split() if len(noun) >= 4)


def _counted_beside(quantity: Quantity, nouns: str, folded: str) -> bool:
    """Whether a figure counts what a word apart from it names: "the number of trains has passed 40,000", "64 percent of
    the citizens"."""
    heads = [noun[: max(4, len(noun) - 1)] for noun in nouns.split() if len(noun) >= 4]
    if quantity.unit == "percent":
        share = _SHARE_OF.match(folded, quantity.end)
        of = "" if share is None else share["of"] or ""
        unit = "person" if share is not None and share["people"] else unit_of(of)
        return any(of.startswith(head) for head in heads) or counts(replace(quantity, unit=unit), nouns)
    if quantity.unit is not None:
        return False
    number = list(_NUMBER_OF.finditer(folded, 0, quantity.start))
    return bool(number) and any(head in folded[number[-1].end() : quantity.start] for head in heads)


def _is_share_of(quantity: Quantity, folded: str) -> bool:
    """Whether a figure tells as a share how many of some there are."""
    return quantity.unit == "percent" and _SHARE_OF.match(folded, quantity.end) is not None


def _so_counted(matched: Sequence[Quantity], nouns: str, folded: str) -> float:
    """How far the things counted are those asked for: of "crew members" both, of "people were injured" those."""
    words = [word for word in content_words(nouns) if len(word) > 2]
    rest = [word for word in words if not any(q.unit and _same_noun(q.unit, word) for q in matched)]
    if len(rest) in (0, len(words)):
        return 1.0
    found = sum(word[: max(4, len(word) - 2)] in folded for word in rest)
    return 1.0 - 0.25 * (1 - found / len(rest))


SAME_THING = 0.45
"""What a word of another language is, as `Vocabulary.nearest` puts it, that names the thing counted."""


def bridged(kind: float, counted: Wanted, sentence: Sentence, index: Index) -> float:
    """How far a sentence in another language counts what is asked: by a word that means it."""
    if kind != _COUNTED_SOMETHING or not len(counted.weights):
        return kind
    return 1.0 if index.vocabulary.nearest(counted, [sentence.number]).max() >= SAME_THING else 0.4


def counts(quantity: Quantity, nouns: str) -> bool:
    """Whether a figure counts the things a "how many …" asks for; languages are bridged by the canonical unit."""
    return quantity.unit is not None and any(_same_noun(quantity.unit, noun) for noun in nouns.split())


def _same_noun(unit: str, noun: str) -> bool:
    shortest = min(len(unit), len(noun))
    if shortest >= 4 and unit[: shortest - 1] == noun[: shortest - 1]:
        return True
    return unit == noun or any(measure.unit == unit for measure in quantities(f"3 {noun}") + quantities(f"3{noun}"))


def pins_held(needs: Needs, facts: Facts, before: Facts | None, around: Facts, published: str | None) -> float:
    """How far a sentence satisfies the years and figures that the question pins down, 0 to 1."""
    held = 1.0
    for pinned in needs.years:
        held *= _year_held(pinned, facts, before, around, published)
    for figure in needs.figures:
        if any(same_quantity(figure, quantity) for quantity in facts.quantities):
            continue
        held *= 0.75 if any(same_quantity(figure, quantity) for quantity in around.quantities) else 0.45
    return held


_FORMER = re.compile(
    r"\b(?:former|original|previous|erstwhile|ex)[ -]([a-z]+)"
    r"|(?:原来的|从前的|以前的|前任|原(?![油因则本先料子有定])|(?<![以之从目提])前(?=[总首]))([\u4e00-\u9fff]{2})"
    r"|\b(?:бывш|прежн|первоначальн|предыдущ)\w+ (\w+)|\b(?:бұрынғы|ескі|алғашқы) (\w+)"
)
_NOW = re.compile(
    r"\b(?:now|today|current\w*|at present|nowadays)\b|现在|目前|当前|如今|现有"
    r"|\b(?:сейчас|ныне\w*|теперь|сегодня)\b|қазір|бүгінде"
)
_BEGAN = re.compile(
    r"\b(?:the first|at first|originally|initially|founded|started)\b|最初|起初|首批|当初"
    r"|\b(?:первы[емх]\w?|сначала|первоначальн\w+|основа[нл]\w*)\b"
    r"|алғаш\w*|бастапқы"
)
_PAST = re.compile(r"\b(?:was|were|did|had|used)\b|曾|过去|当年|\b(?:был[аои]?|имел\w*)\b|\b(?:болды|болған|еді)\b")
FORMER = 0.3
"""What a sentence on the former capital is worth to whom asks which the capital is, and one on how something began to
whom asks how it is now."""


def of_former(needs: Needs, wanted: Wanted, text: str, index: Index) -> bool:
    """Whether a sentence tells of the former one of what is asked for now; `wanted` are the words of the question."""
    if needs.kind not in ("person", "place", "name", "figure") or needs.relation in ("former", "first"):
        return False
    from kzrag.index.vocabulary import likeness

    nouns = _former_things(text)
    if not nouns or not len(wanted.weights) or _PAST.search(fold(needs.text)):
        return False
    vectors, _ = index.vocabulary.meanings(nouns)
    return bool(len(vectors)) and float(likeness(wanted.vectors @ vectors.T).max()) >= SAME_THING


@lru_cache(maxsize=16384)
def _former_things(text: str) -> tuple[str, ...]:
    """What a sentence calls former."""
    return tuple(next(filter(None, match.groups())) for match in _FORMER.finditer(fold(text)))


def of_beginning(needs: Needs, text: str) -> bool:
    """Whether a sentence tells how big something was at first, where it is asked how big it is now."""
    if needs.kind != "figure" or needs.relation != "current":
        return False
    folded = fold(text)
    return _BEGAN.search(folded) is not None and _NOW.search(folded) is None


ELSEWHERE = 0.3
"""What is told of another time and place is worth to whom asks of what happened without naming either."""
_LONG_AGO = 3
"""Years before a text was published; news looks back a year or two at what it is about."""
_SELDOM = 10.0
"""A place that fewer than one passage in so many names is not what the corpus is about."""


def elsewhere(needs: Needs, facts: Facts, published: str | None, index: Index) -> bool:
    """Whether a sentence tells of something else in passing, long ago in a place hardly named otherwise ("In Alder, in
    1999, such a fire killed two"), where somebody asks for a figure, a reason or a place and names neither."""
    if needs.kind not in ("figure", "reason", "place") or needs.names or needs.years or published is None:
        return False
    years = [int(date.iso[:4]) for date in facts.dates if date.iso[:4].isdigit()]
    if not years or max(years) > int(published[:4]) - _LONG_AGO:
        return False
    places = [name.key for name in facts.names if name.kind == "place"]
    return any(index.lexical.rarity(f"@{place}") > math.log(_SELDOM) for place in places)


_COMING = re.compile(
    r"\bwhen (?:will|shall)\b|\bwhen (?:is|are) [^?]*\b(?:going|due|expected|planned|supposed) to\b"
    r"|(?:什么时候|何时|几时|哪一?[年天])[^？?]{0,12}?(?:将|会|才能|打算|准备)|(?:将|会)(?:在|于)?(?:什么时候|何时|几时|哪一?[年天])"
    r"|\bкогда\b[^?]*\b(?:буд(?:ет|ут)|собира(?:ет|ют)ся|планиру(?:ет|ют)|намерен\w*)\b"
    r"|\bқашан\b[^?]*(?:ады|еді|йды|йді|мақ|мек|бақ|бек)\b"
)
PAST = 0.2
"""How far a date that was over when it was written of is the kind of thing asked, where it is asked when something
will be."""


def only_past(needs: Needs, facts: Facts, published: str | None) -> bool:
    """Whether a sentence only has dates from before the day it was published, and what is to come is asked for."""
    if needs.kind != "date" or published is None or not facts.told or not _COMING.search(fold(needs.text)):
        return False
    return all(date.iso[:1].isdigit() and date.iso < published[: len(date.iso)] for date in facts.told)


def can_be_one(a: str, b: str) -> bool:
    """Whether two dates can be one, each as far as it is known: 2022, 2022-07-05 and --07-05 can."""
    if a.startswith("--") != b.startswith("--"):
        dated, day = (b, a[2:]) if a.startswith("--") else (a, b[2:])
        return not dated[5:] or dated[5:].startswith(day) or day.startswith(dated[5:])
    return a.startswith(b) or b.startswith(a)


def is_new(value: Quantity | Date, told: Sequence[Quantity | Date]) -> bool:
    """Whether a figure or a date is none of those told."""
    if isinstance(value, Date):
        return not any(isinstance(other, Date) and can_be_one(value.iso, other.iso) for other in told)
    return not any(isinstance(other, Quantity) and same_quantity(value, other) for other in told)


def _year_held(pinned: Date, facts: Facts, before: Facts | None, around: Facts, published: str | None) -> float:
    def compatible(date: Date) -> bool:
        return can_be_one(date.iso, pinned.iso)

    if any(compatible(date) for date in facts.dates):
        return 1.0
    if facts.dates and any(date.iso[:1].isdigit() for date in facts.dates):
        # It speaks of other years, and so not of this one.
        return 0.25
    if before is not None and any(compatible(date) for date in before.dates):
        return 0.8
    if any(compatible(date) for date in around.dates):
        return 0.6
    if published is not None and published[:4] == pinned.iso[:4]:
        return 0.75
    return 0.35


TOLD_BEFORE = 0.65
"""What a year is worth that a text has come to some sentences before."""
_SENTENCES_BACK = 8


def told_of(years: Sequence[Date], sentence: Sentence, index: Index) -> bool:
    """Whether the last year that its text has come to is one that the question pins down."""
    for step in range(1, _SENTENCES_BACK + 1):
        if sentence.number < step:
            return False
        other = index.sentences[sentence.number - step]
        if (other.document_id, other.voice) != (sentence.document_id, sentence.voice):
            return False
        known = [date.iso for date in facts_in(other, index).dates if date.iso[:1].isdigit()]
        if known:
            return any(can_be_one(iso, year.iso) for iso in known for year in years)
    return False
