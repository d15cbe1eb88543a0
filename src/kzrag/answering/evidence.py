"""From retrieved passages to evidence: which sentences bear on the question, and how well.

A sentence is scored by meaning (the encoder), by words weighted by rarity, by whether it holds the kind of thing
asked, and by whether it satisfies what the question pins down: a question about 2050 is not answered by a sentence
about 2040. The sentences of one family are one piece of evidence, given in the reader's language where the family
has it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kzrag.answering.needs import Needs
from kzrag.records import ARTICLE, Evidence, Hit, Sentence
from kzrag.text import ordinals
from kzrag.text.dates import Date, dates
from kzrag.text.language import fold, has_han, script
from kzrag.text.names import Name, expand, names, powers, same_name
from kzrag.text.quantities import Quantity, quantities, same_quantity
from kzrag.text.references import told_dates
from kzrag.text.units import COUNTED, DURATIONS, MEASURES
from kzrag.text.words import content_terms, content_words

if TYPE_CHECKING:
    import numpy as np

    from kzrag.index import Index
    from kzrag.index.vocabulary import Wanted

# Sentences looked at closely per question: beyond this rank of the cheap score no gold sentence of the tuning cases
# was found, and each costs about 50 microseconds.
CLOSE_LOOK = 80
# Passages whose every sentence is looked at closely.
SURE_PASSAGES = 6
# A sentence with fewer words of its own states nothing: a signature, a cry, a heading's end.
LEAST_TERMS = 2
# What a neighbour's words are worth beside the sentence's own: a paragraph speaks of one thing.
NEIGHBOUR = 0.5


class Features(NamedTuple):
    """What is known of one sentence as an answer to one question; each 0 to 1 but `meaning` (a cosine)."""

    meaning: float
    around: float
    """The better of its own and its neighbourhood's cosine: paragraphs answer too."""
    words: float
    like: float
    """The question's words that it has, or has the like of, in any language; weighted by rarity."""
    names: float
    kind: float
    pins: float
    same_language: float


# Weights of a logistic model fitted by eval/calibrate.py on the tuning cases (gold sentences against the others
# retrieved with them); two rows, because words can only tell where question and sentence share a language. What the
# question pins down weighs more than the fit gave it: few cases ask for a year beside one that is told of.
_SAME = Features(2.02, 1.90, 1.84, 2.41, 0.63, 1.81, 3.0, 0.0)
_ACROSS = Features(2.22, 1.81, 0.64, 3.76, 1.39, 1.5, 3.0, 0.0)
_BIAS = (-8.66, -8.93)


@dataclass(frozen=True)
class Facts:
    """What one sentence states, read once."""

    terms: frozenset[str]
    quantities: tuple[Quantity, ...]
    dates: tuple[Date, ...]
    names: tuple[Name, ...]
    told: tuple[Date, ...] = ()
    """Those of `dates` that are not a source's, named in brackets."""

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(name.key for name in self.names)

    @cached_property
    def powers(self) -> frozenset[str]:
        """The names' keys, and the countries that seats of power among them stand for."""
        return powers(self.keys)


@lru_cache(maxsize=16384)
def facts_of(text: str, language: str, published: str | None) -> Facts:
    """The terms, figures, dates and names of a sentence; relative dates resolved against `published`."""
    found = tuple(dates(text, published))
    figures = tuple(
        quantity
        for quantity in quantities(text)
        if not any(quantity.start < date.end and date.start < quantity.end for date in found)
    )
    terms = frozenset(content_terms(text, language))
    return Facts(terms, figures, found, tuple(names(text)), told_dates(text, found))


def primary(language: str) -> str:
    """`zh` of `zh-Hant`: the part of a tag that decides whether a reader can read it."""
    return language.split("-", 1)[0]


# -- what the question asks about ----------------------------------------------------------------------------

_COMMENTER = re.compile(
    r"\b(commenters?|commentators? (?:under|below|on the page)|readers?|reader comments?|comments?)\b"
    r"|评论者?|留言|读者|网友|(?<![ыи][хе] )\bкомментатор\w*|\b(комментари\w+|читател\w*)\b|пікір|оқырман"
)


_DISTINCTIVE = 5
"""Letters of a word that tells one name from others."""


def speakers(needs: Needs, index: Index) -> frozenset[tuple[str, str]] | None:
    """The (document, voice) pairs the question asks about by name, or `None` when it names no speaker."""
    folded = fold(needs.text)
    keys, speech = needs.keys, _OF_SPEECH.search(folded) is not None
    longer = frozenset(fold(name.text) for name in needs.names if " " in name.text)
    voices = index.voices
    named: set[tuple[str, str]] = set()
    written_of: dict[str, frozenset[str]] = {}
    for document_id, voice in voices:
        document = index.documents[document_id]
        origins = [voice] if voice != ARTICLE else [document.author, document.publisher]
        called = [name for name in origins if name and _is_called(name, folded, keys, longer)]
        # A firm that publishes is also written of: asked about it, all may tell.
        if voice == ARTICLE and not speech:
            written_of.update((name, _families_naming(name, index)) for name in called if name not in written_of)
            called = [name for name in called if not written_of[name] - {document.family}]
        if called:
            named.add((document_id, voice))
    if not named and _COMMENTER.search(folded):
        named = {pair for pair in voices if pair[1] != ARTICLE}
    return frozenset(named) or None


_OF_SPEECH = re.compile(
    r"\b(?:accord\w+|sa(?:y|ys|id|ying)|tell\w*|told|stat(?:es?|ed|ing|ements?)|claim\w*|think\w*|thought|believ\w+|argu\w+|"
    r"views?|opinions?|writ\w+|wrote|mention\w*|estimat\w+|expect\w*|predict\w*|forecast\w*|blam\w+|call(?:s|ed)?|"
    r"describ\w+|explain\w*|report\w*|article\w*|release\w*|announc\w+|account\w*|version\w*|words?|put|puts|give|gives)\b"
    r"|说|称|认为|表示|指出|觉得|看法|观点|文章|报道|写|提到|预计|估计|预测|声明"
    r"|\b(?:по (?:словам|мнению|данным|версии|оценк\w+)|сказа\w+|говор\w+|пиш\w+|писа\w+|утвержда\w+|счита\w+"
    r"|дума\w+|мнени\w+|заяв\w+|сообщ\w+|статья|статье|статьи|оценива\w+|называ\w+|объясн\w+|прогноз\w+)\b"
    r"|дейді|деді|айт|пікір|жаз|мақала|мәлімде|болжа"
)
"""Asks for what is said, not only for what is so."""


def _families_naming(name: str, index: Index) -> frozenset[str]:
    """The sources that write of the one who is called so, by the first telling word of the name."""
    words = re.findall(r"[^\W\d_]+", fold(name))
    telling = next((word for word in words if len(word) >= _DISTINCTIVE or has_han(word)), None)
    found = index.lexical.search(telling, len(index.chunks)) if telling is not None else []
    return frozenset(index.documents[index.chunks[number].document_id].family for number, _ in found)


@lru_cache(maxsize=4096)
def _is_called(name: str, folded_question: str, keys: frozenset[str], longer: frozenset[str]) -> bool:
    """Whether the question calls `name`: by a known key, or by a distinctive word of it."""
    if keys & {found.key for found in names(name)}:
        return True
    own = re.findall(r"\w+", fold(name))  # a user's name such as night_owl is one word: no owl calls it
    words = [word for word in own if len(word) >= _DISTINCTIVE and word not in ("foundation", "institute")]
    return any(
        re.search(rf"(?<!\w){re.escape(word)}", folded_question) and not _is_in_another(word, own, longer)
        for word in words
    )


def _is_in_another(word: str, own: Sequence[str], longer: frozenset[str]) -> bool:
    """Whether a word of a paper's name is part of another name in the question: Upper Lund is no Lund Post."""
    return word != own[-1] and any(word in name.split() and not set(name.split()) <= set(own) for name in longer)


# -- scoring ---------------------------------------------------------------------------------------------------

_CAUSE = re.compile(
    r"\b(because|since|due to|owing to|as a result|reason|cause\w*|in order to|so that|on the grounds|in retaliation|"
    r"retaliat\w+|therefore|so as to|thanks to|in response|pretext|afraid|worried|fear\w*)\b"
    r"|因为|由于|因此|原因|理由|以便|为了|导致|所以|报复|借口|担心|鉴于"
    r"|\b(потому|поскольку|из-за|так как|причин\w+|чтобы|в связи|вследствие|в ответ)\b"
    r"|себебі|өйткені|үшін|салдарынан"
)
_SPEECH = re.compile(
    r"\b(said|says|stat\w+|announc\w+|declar\w+|told|claim\w*|propos\w+|emphasi[sz]\w+|respond\w+|according|call\w*|"
    r"argu\w+|mention\w*|warn\w*|believ\w+)\b"
    r"|表示|称|宣布|指出|强调|回应|告知|直言|认为|提议|提出|呼吁|质疑"
    r"|\b(сказал\w*|заяв\w+|сообщ\w+|счита\w+|утвержда\w+|предлож\w+|подчеркну\w+)\b"
    r"|деді|айтты|мәлімде|хабарла|ұсын"
)


def says(text: str) -> bool:
    """Whether a sentence tells what somebody said."""
    return _SPEECH.search(fold(text)) is not None


_UNTIL = re.compile(
    r"\b(?:until|till|through|to the end of|by the end of|runs? (?:out|to)|expires?)\b"
    r"|至|直到|到.{1,10}为止|\b(?:до|по)\b|дейін"
)
"""How long something lasts may be told by its end: "until the end of the year"."""
_SINCE_WHEN = re.compile(r"\b(?:since|from) when\b|(?:从|自)(?:什么时候|何时)|\bс каких пор\b|\bқашаннан\b")
_SINCE = re.compile(
    r"\b(?:since|ever since|after the|starting (?:from|with)|beginning with|with the (?:outbreak|start|fall|end))\b"
    r"|以来|自从|爆发后|之后|从.{1,12}(?:开始|起)|\b(?:после|с момента|начиная с|со времен)\b|\bбері\b|кейін"
)
"""What a beginning may be told by instead of a date: "after the outbreak of the war", "starting from president N"."""


def kind_held(needs: Needs, facts: Facts, text: str, voice: str) -> float:
    """Whether a sentence holds the kind of thing asked, 0 to 1."""
    if needs.kind == "figure":
        if needs.units & DURATIONS and facts.told and _UNTIL.search(fold(text)):
            return 0.85
        return _figure_held(needs, facts, fold(text))
    if needs.kind == "date":
        if any(not date.relative for date in facts.told):
            return 1.0
        if facts.told:
            return 0.85
        return 0.85 if _SINCE_WHEN.search(fold(needs.text)) and _SINCE.search(fold(text)) else 0.0
    if needs.kind in ("person", "place"):
        new = [name for name in facts.names if name.key not in needs.known]
        if any(name.kind == needs.kind for name in new):
            return 1.0
        return 0.5 if new else 0.15
    folded = fold(text)
    if needs.kind == "name":
        newly = any(name.key not in needs.known for name in facts.names)
        # Where a name ends, and whether one is there, is a guess in Chinese.
        return 1.0 if newly or _CALLED.search(folded) else 0.7 if has_han(text) else 0.3
    if needs.kind == "reason":
        return 1.0 if _CAUSE.search(folded) else 0.75
    if needs.kind in ("who_said", "sources"):
        return 1.0 if voice != ARTICLE or says(text) else 0.6
    return 0.7


_CALLED = re.compile(
    r"\b(?:called|named|known as|nicknamed|dubbed|the names?)\b|叫做?|名为|称为|人称|俗称|取名|命名"
    r"|\b(?:называ\w+|назван\w*|зовут|прозва\w+|под названием|по имени)\b|\bдеп ата|аталад|атты\b"
)
# Counts that give no figure: "tens of thousands of organisations" does answer "how many".
_VAGUE_COUNT = re.compile(
    r"\b(dozens|scores|hundreds|thousands|millions|tens of (thousands|millions)) of\b|数[十百千万]|成千上万|上百|上千"
    r"|\b(десятк\w+|сотн\w+|тысяч[аи]|миллионы) |\b(ондаған|жүздеген|мыңдаған)\b"
)
_MEASURED = MEASURES - COUNTED
_COUNTED_SOMETHING = 0.6
"""A sentence counts, but maybe other things than those asked for."""


def _figure_held(needs: Needs, facts: Facts, folded: str) -> float:
    vague = not needs.units and _VAGUE_COUNT.search(folded) is not None
    if needs.counted:
        matched = [quantity for quantity in facts.quantities if counts(quantity, needs.counted)]
        if matched:
            return _so_counted(matched, needs.counted, folded)
        # What is counted can't be compared letter by letter across languages; that it is counted and not measured can
        # be seen.
        return _COUNTED_SOMETHING if vague or any(q.unit not in _MEASURED for q in facts.quantities) else 0.2
    if not facts.quantities:
        return 0.6 if vague else 0.0
    if not needs.units or any(quantity.unit in needs.units for quantity in facts.quantities):
        return 1.0
    # A part of the whole may answer "how much oil", but not "what population"; nothing but its own unit answers "how
    # many kilometres".
    parts = () if "person" in needs.units else ("percent",)
    loose = needs.units == {"percent"} or any(quantity.unit in (None, *parts) for quantity in facts.quantities)
    return 0.6 if loose and not needs.unit_named else 0.2


def _so_counted(matched: Sequence[Quantity], nouns: str, folded: str) -> float:
    """How far the things counted are those asked for: of "crew members" both, of "people were injured" those."""
    words = [word for word in content_words(nouns) if len(word) > 2]
    rest = [word for word in words if not any(q.unit and _same_noun(q.unit, word) for q in matched)]
    if len(rest) in (0, len(words)):
        return 1.0
    found = sum(word[: max(4, len(word) - 2)] in folded for word in rest)
    return 1.0 - 0.25 * (1 - found / len(rest))


_SAME_THING = 0.45
"""What a word of another language is, as `Vocabulary.nearest` puts it, that names the thing counted."""


def _bridged(kind: float, counted: Wanted, sentence: Sentence, index: Index) -> float:
    """How far a sentence in another language counts what is asked: by a word that means it."""
    if kind != _COUNTED_SOMETHING or not len(counted.weights):
        return kind
    return 1.0 if index.vocabulary.nearest(counted, [sentence.number]).max() >= _SAME_THING else 0.4


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


def _point_held(point: int, text: str) -> float:
    """How far a sentence is the point of an enumeration that is asked for: the first is surely not the second."""
    begun = ordinals.begun(text)
    return 1.0 if begun == point else 0.6 if begun is None else 0.25


def _can_be_one(a: str, b: str) -> bool:
    """Whether two dates can be one, each as far as it is known: 2022, 2022-07-05 and --07-05 can."""
    if a.startswith("--") != b.startswith("--"):
        dated, day = (b, a[2:]) if a.startswith("--") else (a, b[2:])
        return not dated[5:] or dated[5:].startswith(day) or day.startswith(dated[5:])
    return a.startswith(b) or b.startswith(a)


def _year_held(pinned: Date, facts: Facts, before: Facts | None, around: Facts, published: str | None) -> float:
    def compatible(date: Date) -> bool:
        return _can_be_one(date.iso, pinned.iso)

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


_TOLD_BEFORE = 0.65
"""What a year is worth that a text has come to some sentences before."""
_SENTENCES_BACK = 8


def _told_of(years: Sequence[Date], sentence: Sentence, index: Index) -> bool:
    """Whether the last year that its text has come to is one that the question pins down."""
    for step in range(1, _SENTENCES_BACK + 1):
        if sentence.number < step:
            return False
        other = index.sentences[sentence.number - step]
        if (other.document_id, other.voice) != (sentence.document_id, sentence.voice):
            return False
        known = [date.iso for date in facts_in(other, index).dates if date.iso[:1].isdigit()]
        if known:
            return any(_can_be_one(iso, year.iso) for iso in known for year in years)
    return False


def _coverage(wanted: Sequence[tuple[str, float]], own: frozenset[str], around: frozenset[str]) -> float:
    total = sum(weight for _, weight in wanted)
    if not total:
        return 0.0
    got = sum(weight if term in own else NEIGHBOUR * weight if term in around else 0.0 for term, weight in wanted)
    return got / total


def _travels(term: str) -> bool:
    """Whether a term is the same in every language: a name's key, a number."""
    return term.startswith("@") or any(character.isdigit() for character in term)


def holds_name(facts: Facts, name: Name) -> bool:
    """Whether a sentence has a name: by its key, spelled out in a longer one (CIS in "CIS Monetary Committee"), or by
    the country that a seat of power stands for."""
    if not facts.powers.isdisjoint(powers((name.key,))):
        return True
    if any(_has_part(longer.text, name.key) for longer in facts.names):
        return True
    spelled = _spelled(name.text)
    if spelled and spelled <= facts.terms:
        return True
    # Where no file of names helps, the ear does: Ostrel, Острел, 奥斯特雷尔.
    return not name.known and any(not other.known and _heard(name, other) for other in facts.names)


def _heard(one: Name, other: Name) -> bool:
    """Whether two unknown names in different scripts sound the same, whole or one as the last word of the other."""
    if script(one.text) == script(other.text):
        return False
    return any(same_name(one.key, heard) for heard in (other.key, *other.key.split("_")))


@lru_cache(maxsize=4096)
def _spelled(name: str) -> frozenset[str]:
    return frozenset(term for term in content_terms(name) if term[0] != "@")


@lru_cache(maxsize=16384)
def _has_part(longer: str, key: str) -> bool:
    """Whether a spelling of a known name stands in a longer known one, in whatever language: ООН in "UN Charter"."""
    text = fold(longer)
    return any(
        spelling in text if has_han(spelling) else re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", text) is not None
        for spelling in map(fold, expand(key))
        if len(spelling) < len(text)
    )


def _names_held(rare: Iterable[tuple[Name, float]], own: frozenset[str], around: Facts) -> float:
    """Share of the question's names that a sentence has (`own`: their keys), weighted by rarity: what every sentence
    names tells little."""
    # The one on both sides makes a question whose only name is everywhere nearly a question without names.
    held = total = 1.0
    for name, weight in rare:
        total += weight
        held += weight * (1.0 if name.key in own else 0.6 if holds_name(around, name) else 0.0)
    return held / total


def logistic(features: Features) -> float:
    """The fitted model: how likely a sentence with these features is to answer, 0 to 1."""
    across = features.same_language < 0.5
    weights, bias = (_ACROSS, _BIAS[1]) if across else (_SAME, _BIAS[0])
    return 1.0 / (1.0 + math.exp(-sum(w * f for w, f in zip(weights, features, strict=True)) - bias))


# What an ablation puts in the place of features: their means over gold sentences of the tuning cases. The order loses
# them, and the scale on which refusals are decided stays.
_BLANKS = {
    "dense": {"meaning": 0.61, "around": 0.62, "like": 0.59},
    "lexical": {"words": 0.32, "like": 0.59},
}


def blanked(features: Features, disable: frozenset[str]) -> Features:
    """The features without what is disabled."""
    for part in sorted(disable & _BLANKS.keys()):
        features = features._replace(**_BLANKS[part])
    return features


class Judged(NamedTuple):
    """A sentence with its features; `gather` turns these into evidence, the calibration program reads them."""

    sentence: Sentence
    features: Features
    before: bool
    """Whether the sentence before it supplies what the question pins down."""


def judge(
    needs: Needs,
    vector: np.ndarray,
    hits: Iterable[Hit],
    index: Index,
    allowed: frozenset[tuple[str, str]] | None = None,
) -> list[Judged]:
    """Every sentence of `hits` worth a close look, with its features, in order of the corpus."""
    import numpy as np

    chunks = list(dict.fromkeys(hit.chunk for hit in hits))
    numbers = [
        number
        for chunk in chunks
        for number in index.sentences_of(chunk)
        if allowed is None or (index.sentences[number].document_id, index.sentences[number].voice) in allowed
    ]
    if not numbers:
        return []
    rows = np.asarray(sorted(numbers))
    vectors = index.sentence_vectors[rows]
    cosines = vectors @ vector
    order = np.argsort(-cosines, kind="stable")
    # The nearest in meaning, and all of the passages that retrieval put first, whatever found them.
    first = set(chunks[:SURE_PASSAGES])
    close = sorted(
        {int(i) for i in order[:CLOSE_LOOK]}
        | {i for i, row in enumerate(rows) if index.sentences[int(row)].chunk in first}
    )
    wanted = [(term, index.lexical.rarity(term)) for term in needs.terms]
    # In another language only names and figures can match; what can't be matched still counts as asked for.
    across = [(term if _travels(term) else "", weight) for term, weight in wanted]
    unknown = [name for name in needs.names if not name.known]
    rare = {name.key: (name, index.lexical.rarity(f"@{name.key}")) for name in needs.names}
    position = {int(row): i for i, row in enumerate(rows)}
    likes = index.vocabulary.coverage(
        index.vocabulary.wanted(needs.text, needs.language, index.encoder), [int(rows[i]) for i in close]
    )
    # What is counted is a measure word in Chinese, which other languages don't have.
    counted = (
        index.vocabulary.wanted(needs.counted, needs.language, index.encoder)
        if needs.counted is not None and not has_han(needs.counted)
        else None
    )
    judged: list[Judged] = []
    for i, like in zip(close, likes, strict=True):
        sentence = index.sentences[int(rows[i])]
        document = index.documents[sentence.document_id]
        facts = facts_of(sentence.text, sentence.language, document.published)
        word_for_word = bool(needs.quoted) and any(phrase in fold(sentence.text) for phrase in needs.quoted)
        if not word_for_word and (not states(sentence.text, sentence.language) or asks(sentence.text)):
            continue
        near = [other for step in (-1, 1) if (other := _beside(sentence, step, index)) is not None]
        near_facts = [facts_of(other.text, other.language, document.published) for other in near]
        before = next((f for other, f in zip(near, near_facts, strict=True) if other.number < sentence.number), None)
        around = Facts(
            frozenset().union(*(f.terms for f in near_facts)),
            tuple(q for f in near_facts for q in f.quantities),
            tuple(d for f in near_facts for d in f.dates),
            tuple(n for f in near_facts for n in f.names),
        )
        same = primary(sentence.language) == primary(needs.language)
        neighbours = [cosines[position[other.number]] for other in near if other.number in position]
        pins = pins_held(needs, facts, before, around, document.published)
        dated = any(date.iso[:1].isdigit() for date in facts.dates)
        if needs.years and pins < _TOLD_BEFORE and not dated and _told_of(needs.years, sentence, index):
            pins = _TOLD_BEFORE
        pins *= 1.0 if needs.point is None else _point_held(needs.point, sentence.text)
        held = frozenset(key for key, (name, _) in rare.items() if holds_name(facts, name))
        heard = frozenset(f"@{name.key}" for name in unknown if name.key in held)
        kind = kind_held(needs, facts, sentence.text, sentence.voice)
        if counted is not None and not same:
            kind = _bridged(kind, counted, sentence, index)
        judged.append(
            Judged(
                sentence,
                Features(
                    meaning=float(cosines[i]),
                    around=float(max([cosines[i], *neighbours])),
                    words=1.0
                    if word_for_word
                    else _coverage(wanted if same else across, facts.terms | heard, around.terms),
                    like=1.0 if word_for_word else float(like),
                    names=_names_held(rare.values(), held, around),
                    kind=kind,
                    pins=pins,
                    same_language=1.0 if same else 0.0,
                ),
                before=_needs_before(sentence.text) or (pins == 0.8 and bool(needs.years)),
            )
        )
    return judged


_ANAPHORIC = re.compile(
    r"^(the (stated |official |given )?reasons?( \w+)? (is|are|was|were)|in the same year|"
    r"this (move|decision|behavior|action|situation|operation|is|was|proposal|step)|these|that is|such steps?|"
    r"he |she |it |they |its |to that end|subsequently|however|but |therefore|moreover|then )"
    r"|^(同年|理由|原因|这|此举|该|其(?!中)|他|她|它|因此|不过|但|对此|随后)"
    r"|^(причин\w+|в том же году|это|этот|эти|он |она |они |поэтому|однако|но |затем)",
)


@lru_cache(maxsize=16384)
def states(text: str, language: str) -> bool:
    """Whether a sentence has words enough of its own, beside the names in it, to state something."""
    rest, end = "", 0
    for name in names(text):
        rest += text[end : name.start] + " "
        end = name.end
    terms = {term for term in content_terms(rest + text[end:], language) if term[0] != "@" and not term.isdecimal()}
    return len(terms) >= LEAST_TERMS


def asks(text: str) -> bool:
    """Whether a sentence asks instead of stating: an author's rhetorical question is no evidence."""
    return text.rstrip(" \t\n\"'”’」』»)）").endswith(("?", "？"))


def _needs_before(text: str) -> bool:
    """Whether a sentence leans on the one before it."""
    return _ANAPHORIC.match(fold(text).lstrip("\"'“”「")) is not None


def gather(
    needs: Needs,
    vector: np.ndarray,
    hits: Sequence[Hit],
    index: Index,
    *,
    allowed: frozenset[tuple[str, str]] | None = None,
    disable: frozenset[str] = frozenset(),
) -> list[Evidence]:
    """The evidence for a question, best first; one entry per family and sentence.

    `disable` names what an ablation takes away: meaning (`dense`), words (`lexical`), or that translations and
    reprints are one source (`families`).
    """
    families = "families" not in disable
    pieces: dict[int, Evidence] = {}
    for sentence, seen, leans in judge(needs, vector, hits, index, allowed):
        features = blanked(seen, disable)
        named = _who_speaks(sentence, index) if needs.kind in ("who_said", "person") else None
        previous = named or _beside(sentence, -1, index)
        if previous is not None and asks(previous.text):
            previous = None
        evidence = Evidence(
            sentence=sentence,
            score=logistic(features),
            meaning=features.meaning,
            words=features.words,
            like=features.like,
            pins=features.pins,
            kind=features.kind,
            before=previous if leans or named is not None else None,
        )
        key = min(_together(sentence.number, index)) if families else sentence.number
        held = pieces.get(key)
        if held is None or _rank(evidence, needs.language) > _rank(held, needs.language):
            pieces[key] = evidence
    chosen = [_with_reason(piece, index) if needs.kind == "reason" else piece for piece in pieces.values()]
    chosen = [_in_readers_language(piece, needs.language, index) if families else piece for piece in chosen]
    return sorted(chosen, key=lambda evidence: (-evidence.score, evidence.sentence.number))


_SPEAKS_AS_PRONOUN = re.compile(
    r"\b(?:he|she|they) (?:also |has |had |have )?(?:said|says|told|added|wrote|argued|replied|warned|claimed)\b"
    r"|\b(?:said|says|told|added|wrote|replied) (?:he|she|they)\b"
    r"|[他她](?:们)?(?:还|又|也)?(?:说|表示|称|指出|认为|写道|告诉|补充)"
    r"|\b(?:сказал|заявил|добавил|написал|считает|ответил)[аи]?(?: \w+)? (?:он|она|они)\b"
    r"|\b(?:он|она|они) (?:сказал|заявил|добавил|написал|ответил|считает|утвержда)\w*"
    r"|\bол (?:айтты|деді|мәлімдеді)\b|деді ол\b"
)
"""Whose words these are stands in a sentence before."""
_SPEAKER_NEAR = 2
"""Sentences before the words in which their speaker has been named; further back somebody else may have come in."""


def _who_speaks(sentence: Sentence, index: Index) -> Sentence | None:
    """The sentence before that names who is "he" or "she" in "she told us"; `None` where nobody is meant or named."""
    if _SPEAKS_AS_PRONOUN.search(fold(sentence.text)) is None or _names_somebody(sentence):
        return None
    before = (_beside(sentence, -step, index) for step in range(1, _SPEAKER_NEAR + 1))
    return next((each for each in before if each is not None and _names_somebody(each)), None)


def _names_somebody(sentence: Sentence) -> bool:
    return any(name.kind in ("person", "name") for name in names(sentence.text))


def _beside(sentence: Sentence, step: int, index: Index) -> Sentence | None:
    """The sentence so many after it, or before, of the same voice and in the same stretch of text."""
    number = sentence.number + step
    if not 0 <= number < len(index.sentences):
        return None
    other = index.sentences[number]
    together = other.document_id == sentence.document_id and other.voice == sentence.voice
    return other if together and abs(other.block - sentence.block) <= 1 else None


def _together(number: int, index: Index) -> set[int]:
    """A sentence, its translations, and what those translate beside it: one sentence may have become two."""
    others = index.parallels.get(number, ())
    return {number, *others, *(back for other in others for back in index.parallels.get(other, ()))}


_GIVES_REASON = re.compile(
    r"^(the (stated |official |given |main )?reasons?\b|this (is|was) because|because\b|that is why)"
    r"|^(其给出的理由|理由|原因|这是因为|因为)|^(себебі|өйткені)"
    r"|^(причин\w+|это связано|это объясняется|дело в том|потому)"
)


def _with_reason(evidence: Evidence, index: Index) -> Evidence:
    """The evidence with the sentence after it, where that one gives the reason for what it states."""
    following = evidence.sentence.number + 1
    if following >= len(index.sentences) or evidence.kind == 1.0:
        return evidence
    after, own = index.sentences[following], evidence.sentence
    together = (after.document_id, after.voice, after.block) == (own.document_id, own.voice, own.block)
    if not together or not _GIVES_REASON.match(fold(after.text)):
        return evidence
    return replace(evidence, sentence=after, before=own, kind=1.0)


def _rank(evidence: Evidence, language: str) -> tuple[bool, float]:
    """Which member of a family speaks for it: the one in the reader's language, whose score words can raise too."""
    return primary(evidence.sentence.language) == primary(language), evidence.score


def _distance(written: str, read: str) -> tuple[bool, bool]:
    """How far a text is from a reader: their own language first, then the one that most readers share."""
    return primary(written) != primary(read), primary(written) != "en"


def _in_readers_language(evidence: Evidence, language: str, index: Index) -> Evidence:
    """The same evidence, quoted in the reader's language where its family has it."""
    others = [index.sentences[number] for number in index.parallels.get(evidence.sentence.number, ())]
    if not others:
        return evidence
    mine = evidence.sentence
    everyone = sorted([mine, *others], key=lambda s: (*_distance(s.language, language), s.number))
    main = everyone[0]
    # One parallel sentence per document: the others of the same document are continuations of it.
    parallel = {s.document_id: s for s in reversed(everyone) if s.document_id != main.document_id}
    previous = index.sentences[main.number - 1] if evidence.before is not None and main.number else None
    if previous is not None and previous.document_id != main.document_id:
        previous = None
    return replace(evidence, sentence=main, before=previous, parallel=tuple(parallel.values()))


# A name that stands in fewer sentences than this share tells what a question is about; the others are everywhere.
TELLING = 0.15


def telling_names_held(needs: Needs, best: Evidence, index: Index, *, known: bool = False) -> float:
    """Share of the question's telling names that the best sentence, its neighbours or its voice have; 1 without any.

    `known` leaves out names that only capitals make one; so does evidence in another language, where the same name
    may be written as differently as can be.
    """
    known = known or primary(best.sentence.language) != primary(needs.language)
    common = math.log1p(1.0 / TELLING)
    telling = [
        name for name in needs.names if (name.known or not known) and index.lexical.rarity(f"@{name.key}") > common
    ]
    if not telling:
        return 1.0
    own = facts_in(best.sentence, index)
    near = [
        facts_in(index.sentences[number], index)
        for number in range(best.sentence.number - 2, best.sentence.number + 2)
        if 0 <= number < len(index.sentences) and index.sentences[number].document_id == best.sentence.document_id
    ]
    origins = set()
    document = index.documents[best.sentence.document_id]
    for origin in (best.sentence.voice, document.publisher, document.author):
        if origin:
            origins |= {name.key for name in names(origin)}
    held = [
        1.0
        if holds_name(own, name)
        else 0.7
        if name.key in origins or any(holds_name(facts, name) for facts in near)
        else 0.0
        for name in telling
    ]
    return sum(held) / len(held)


def facts_in(sentence: Sentence, index: Index) -> Facts:
    """What a sentence of the corpus states, relative dates resolved against its document's."""
    return facts_of(sentence.text, sentence.language, index.documents[sentence.document_id].published)


FAMILIAR = 4_000
"""Sentences read beforehand, at about a millisecond each; as many as are remembered several times over."""


def familiarise(index: Index) -> None:
    """Read the facts of the corpus's sentences, so that no question has to."""
    for sentence in index.sentences[:FAMILIAR]:
        facts_in(sentence, index)
        states(sentence.text, sentence.language)


def best_pin(piece: Evidence) -> bool:
    """Whether a piece satisfies what the question pins down, itself or by the sentence before it."""
    return piece.pins >= 0.6
