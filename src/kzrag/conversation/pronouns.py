"""Pronouns of a follow-up, and the names of the old question that stand for them.

Only what is sure is filled in: a person for "he", the acting country or company for "they", a place for "there".
An "it" that may be the thing just spoken of stays, and the old question goes along.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kzrag.conversation.answered import SHIP, named_by
from kzrag.conversation.cues import ASKS, ASKS_WHO, BOUND_WORDS, PREPOSITION
from kzrag.conversation.english import subject
from kzrag.text.function_words import FUNCTION_WORDS
from kzrag.text.language import fold, has_han, script
from kzrag.text.names import Name, names, table
from kzrag.text.words import content_terms

Stands = Literal["person", "actor", "thing", "place", "whole"]


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A word at `[start:end]` that refers to something said before."""

    start: int
    end: int
    stands: Stands
    """For a person, for who acts ("they"), for a thing or who acts ("it"), for a place, or for all that was said."""
    form: Literal["plain", "possessive", "oblique"]
    """"oblique" where the name would need an ending: it is put beside the pronoun instead."""


_SPECS: tuple[tuple[Stands, Literal["plain", "possessive", "oblique"], re.Pattern[str]], ...] = tuple(
    (stands, form, re.compile(pattern))  # type: ignore[misc]
    for stands, form, pattern in (
        ("person", "possessive", r"\bhis\b|\bher\b(?=\s+[a-z])|[他她](?=的)"),
        (
            "person",
            "plain",
            r"\b(?:he|she|him|her)\b|[他她](?![们的])|\b(?:он|она)\b|\bол(?=\s)(?!\s+(?:жер|кез|ел|жоба))",
        ),
        ("actor", "possessive", r"\btheir\b|(?:[他她它]们|该国)(?=的)"),
        ("thing", "possessive", r"\bits\b|它(?=的)|其(?!中)(?=[\u4e00-\u9fff])"),
        ("actor", "plain", r"\b(?:they|them)\b|[他她它]们(?!的)|\bони\b|该国(?!的)|两国"),
        ("thing", "plain", r"\bit\b|它(?![们的])|\bоно\b"),
        ("person", "oblique", r"\b(?:его|ее|ему|ей|ним|нею|нем|ней|него|нее)\b|\b(?:оны|оның|оған|одан|онымен)\b"),
        ("actor", "oblique", r"\b(?:их|им|ими|них|ними)\b|\bолар\w*"),
        ("place", "oblique", r"\b(?:там|туда|оттуда)\b|\b(?:онда|сонда|ол жерде|сол жерде|ол жақта)\b"),
        ("place", "plain", r"\bthere\b|那里|那儿|那边|当地"),
        (
            "whole",
            "plain",
            r"^其中|\b(?:this|these|those)\b|\bthat\b(?=\s*(?:[?!.,]|$|(?:is|was|were|will|would|can|still|really|true|mean|means|"
            r"happen|happened|cost|work|be|so|much|many|come|figure|number|one|claim|deal|law)\b))"
            r"|\b(?:do|does|did|with|about|of|by|for|after|before|from|to|on|in|why|how|is) that\b(?!\s+(?:the|a)\b)"
            r"|这(?:个|些|件|种|样|项|条|家|是|事|么)?|那(?:个|些|件|种|样|项|条|是)"
            r"|\b(?:это|этот|эта|эти|этого|этой|этому|этом|этих|этим|эту|такое|такого|того|тот|та|те)\b"
            r"|\b(?:бұл|осы|сол|мұны|бұны|соны|бұның|мұндай|соның|одан)\b",
        ),
    )
)
# What may come between a verb and "there": "go there" is "go to Paris", "live there" "live in Paris".
_GOES = re.compile(
    r"\b(?:go|goes|went|gone|fly|flew|travel\w*|come|came|move[ds]?|moving|return\w*|arrive[ds]?|get|got|sent|send|head\w*)\s+$"
)
_WH_OF_A_THING = re.compile(r"^\W*(?:\w+\s+)?(?:what|which|how (?:much|many))\b")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)\s+")
_ACTS = re.compile(r"it (?:would|will|is|was|has|had|can|could|should|must|did|does|needs?|wants?)\b")
_IS_OBJECT = re.compile(
    r"[a-z]\s+$(?<!\bdoes )(?<!\bdid )(?<!\bis )(?<!\bwas )(?<!\bhas )(?<!\bwill )(?<!\bcan )(?<!\bcould )(?<!\bhad )"
)
_SUBORDINATE = re.compile(r"\b(?:when|if|once|after|before|because|that|until|as|although)\s+$")
_MANY = re.compile(
    r"\b(?:do|does|did|has|have|had|can|could|will|would|should|must)\s+(?:(?!they|them)[a-z-]+\s+){0,3}?[a-z]{3,}(?<!s)s\s"
)
"""Several who act in the question itself: "Why did the workers leave their village?"."""
_HOW_MANY_LOST = re.compile(r"\bhow many [a-z-]+ [a-z]+ (?:[a-z]+ )?$(?<!\bdo )(?<!\bdid )(?<!\bof )")
"""They too: "How many farmers lost their land?"."""
_SAME_LETTERS = 4
"""Of two forms of one name: what no ending changes."""
_COMPATIBLE = {"actor": ("place", "org", "name"), "thing": ("place", "org"), "place": ("place",), "person": ("person",)}


def pronouns(question: str) -> list[Pronoun]:
    """The pronouns of `question` that refer to something outside it, in order."""
    folded = fold(question)
    bound = [match.span() for match in BOUND_WORDS.finditer(folded)]
    own = names(question)
    found: list[Pronoun] = []
    for stands, form, pattern in _SPECS:
        for match in pattern.finditer(folded):
            start, end = match.span()
            start = end - len("that") if match.group().endswith(" that") else start
            if any(a < end and start < b for a, b in bound) or any(p.start < end and start < p.end for p in found):
                continue
            if any(name.start <= start < name.end for name in own) or _bound(stands, form, folded, start, own):
                continue
            found.append(Pronoun(start, end, stands, form))
    return sorted(found, key=lambda pronoun: pronoun.start)


def _bound(stands: Stands, form: str, folded: str, start: int, own: list[Name]) -> bool:
    """Whether the question itself said, earlier on, what the pronoun stands for: "Did Kazakhstan change its route?"."""
    if stands == "whole":
        return False
    before = folded[:start]
    if stands == "thing" and form == "plain" and before.isascii() and not _ACTS.match(folded, start):
        return False  # "Did Peru sell it?": what is sold is not who sells
    if any(name.end <= start and name.kind in _COMPATIBLE[stands] for name in own):
        return True
    many = _MANY.search(before) or (form == "possessive" and _HOW_MANY_LOST.search(before))
    if stands == "actor" and before.isascii() and many:
        return True
    # A thing named before it: "Will the new line reach its capacity?", "What happens to a country when it leaves?"
    inside = form == "possessive" or _SUBORDINATE.search(before) is not None
    return stands == "thing" and inside and len(content_terms(before)) > 1


def filled(question: str, previous: str, said: str) -> tuple[str, bool]:
    """`question` with names for its pronouns, and whether one is left that nothing could be put in for."""
    result = question
    left = False
    found = pronouns(question)
    stand: list[str | None] = []
    for pronoun in found:
        # "What did he promise him?": two people.
        word = fold(question[pronoun.start : pronoun.end])
        acts = stand[0] if stand and (word in _SOMEBODY_ELSE or _of_another(found[0], word, question)) else None
        stand.append(_antecedent(pronoun, previous, said, question, acts))
    for place, party in _parties(found, previous, question).items():
        stand[place] = party
    for pronoun, stands_for in zip(reversed(found), reversed(stand), strict=True):
        if stands_for is None:
            left = True
            # The old question still goes along, but is no longer needed to know what "его" is.
            noun = _russian_noun(fold(question[pronoun.start : pronoun.end]), previous)
            if noun is not None:
                result = f"{result[: pronoun.end]} ({noun}){result[pronoun.end :]}"
            continue
        before, word = result[: pronoun.start], fold(question[pronoun.start : pronoun.end])
        if word == "they":
            before = _PLURAL_VERB.sub(lambda verb: _SINGULAR[verb[1]], before)
        result = before + _put(stands_for, pronoun, word, question) + result[pronoun.end :]
    return result, left


def _of_another(first: Pronoun, word: str, question: str) -> bool:
    """Whether a pronoun is somebody else's than the first one of a question: "what does he say about her trip?"."""
    before = fold(question[first.start : first.end])
    forms = [next((each for each in _FORMS if one in each), ()) for one in (before, word)]
    return first.stands == "person" and all(forms) and forms[0] != forms[1]


_SUBJECT = re.compile(
    r"(?:^|[,;]\s*|\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|when|while|if|that"
    r"|because|after|before|once|and|but|who|what|which|where|why|how)\s+)$"
)
"""What an English pronoun stands behind that acts."""
_IS_PARTY = re.compile(
    r"\b(?:(?:from|to|towards?|against|ask|tell|give|pay|offer|promise|force|owe|warn|grant|lend|sue)\s+(?:them|him|her)"
    r"|they|he|she)$|[向对给跟从由与和](?:[他她它]们|[他她])$|[а-яәғқңөұүһі]$"
)
"""Whom something is asked of or given to, not what: "Did it sell them?" may be the ships."""
_FORMS = (
    ("it", "its"), ("they", "them", "their"), ("he", "him", "his"), ("she", "her"),
    ("он", "его", "ему", "им", "нем", "него", "нему", "ним"), ("она", "ее", "ей", "нее", "ней", "нею"),
    ("они", "их", "им", "ими", "них", "ними"),
)  # fmt: skip


def _parties(found: list[Pronoun], previous: str, question: str) -> dict[int, str]:
    """ "What did it demand from them?": who acts in the old question, and the one other it names, by place in `found`.

    Nothing where the question has other pronouns than two different ones, or names somebody itself.
    """
    pair = [place for place, pronoun in enumerate(found) if pronoun.stands in ("person", "actor", "thing")]
    if len(pair) != 2 or names(question):
        return {}
    acts, other = (found[place] for place in pair)
    words = [fold(question[pronoun.start : pronoun.end]) for pronoun in (acts, other)]
    if (
        "possessive" in (acts.form, other.form)
        or acts.form != "plain"
        or words[0] == "两国"
        or not _IS_PARTY.search(fold(question[: other.end]))
        or any(words[0] in forms and words[1] in forms for forms in _FORMS)
        or (words[0].isascii() and not _SUBJECT.search(fold(question[: acts.start])))
    ):
        return {}
    named = list({name.key: name for name in reversed(names(previous))}.values())[::-1]
    acting = [name for name in named if not PREPOSITION.search(fold(previous[: name.start]))]
    if len(named) != 2 or not acting:
        return {}
    first, second = acting[0], next(name for name in named if name.key != acting[0].key)
    if not (_may_be(words[0], acts, first, question) and _may_be(words[1], other, second, question)):
        first, second = second, first
        if not (_may_be(words[0], acts, first, question) and _may_be(words[1], other, second, question)):
            return {}
    return {pair[0]: spelled(first, question), pair[1]: spelled(second, question)}


def _may_be(word: str, pronoun: Pronoun, name: Name, question: str) -> bool:
    """Whether the pronoun may be of somebody or something of that kind, or, in Russian, gender."""
    if word in _GENDERS and name.kind != "person":
        return _GRAMMATICAL.get(_last(spelled(name, question)), "m") == _GENDERS[word]
    if pronoun.stands == "person" and script(word) != "cyrillic":
        return name.kind == "person"
    return pronoun.stands == "person" or name.kind in _COMPATIBLE[pronoun.stands]


_GENDERS = {
    "он": "m", "его": "m", "ему": "m", "им": "m", "нем": "m", "него": "m", "нему": "m",
    "она": "f", "ее": "f", "ей": "f", "ней": "f", "нее": "f", "нею": "f",
}  # fmt: skip
_PARTICIPLE = r"(?:по|за|под|при|от|из|вы|со|об|у|про|на|пере|раз|рас|до|в|о|с)[а-я]{2,}(?:ан|ен|ын|ыт|ят|ут|ит)[аоы]?"
"""What has been done, in a short word: "закрыт мост"."""
_NOUN_OF = {
    # In the nominative or accusative; what ends like a verb or an adjective is none.
    "m": re.compile(
        r"[а-я]*(?:итет|инет|[дж]жет|рет|илет|совет|ответ|пакет|институт|маршрут|редит|имит|ицит|изит|аудит|дом|диплом"
        r"|альбом|симптом|режим|дым)"
        rf"|(?!{_PARTICIPLE}$)[а-я]{{2,}}[бвгджзклмнпрстфхцчшщй]"
        r"$(?<![ыио]й)(?<!л)(?<!ет)(?<!ит)(?<!ют)(?<!ят)(?<!ут)(?<!ов)(?<!ев)(?<![ыи]м)(?<![бвгджклнрстхцчшщ]ом)"
    ),
    "f": re.compile(r"[а-я]{3,}(?:[ая]|[ую]|ость)$(?<!ла)(?<!ая)(?<!ую)(?<!юю)(?<!ого)"),
}


_NOT_OF = re.compile(
    rf"(?:^|\b{_PARTICIPLE}|[,.:;!?—]|\b[а-я]{1, 3}|[а-я](?:[ая]я|[ую]ю|ый|ий|ой|ет|ит|[юуая]т|л[аои]?|с[яь]))\s*$"
)
"""Before a noun that is in no genitive: nothing, a short word, an adjective or a verb ("принадлежит станция")."""


def _russian_noun(pronoun: str, previous: str) -> str | None:
    """The one noun of the old question that has the pronoun's gender by its ending; `None` when there are more."""
    gender = _GENDERS.get(pronoun)
    if gender is None:
        return None
    named = names(previous)
    found = [
        word.group()
        for word in re.finditer(r"\b[а-яё]+\b", previous)  # in lower case: no names
        if _NOUN_OF[gender].fullmatch(fold(word.group()))
        and fold(word.group()) not in FUNCTION_WORDS
        and _NOT_OF.search(fold(previous[: word.start()]))
        and not any(name.start <= word.start() < name.end for name in named)
    ]
    return found[0] if len(found) == 1 else None


def _put(stands_for: str, pronoun: Pronoun, word: str, question: str) -> str:
    if pronoun.form == "oblique":
        return f"{question[pronoun.start : pronoun.end]} ({stands_for})"
    if pronoun.form == "possessive" and word in ("his", "her", "its", "their"):
        return stands_for + ("'" if stands_for.endswith("s") else "'s")
    if word == "there":
        before = fold(question[: pronoun.start])
        return stands_for if PREPOSITION.search(before) else f"{'to' if _GOES.search(before) else 'in'} {stands_for}"
    if word == "其":
        return stands_for + "的"
    return stands_for


# "They" as one country or company.
_PLURAL_VERB = re.compile(r"\b(do|are|were|have)(?=\s+$)")
_SINGULAR = {"do": "does", "are": "is", "were": "was", "have": "has"}


_SOMEBODY_ELSE = frozenset({"him", "ему", "ей", "ним", "ней", "него", "нее", "нему", "оған", "одан", "онымен"})
"""Whom something is done to: not who does it."""


def _antecedent(pronoun: Pronoun, previous: str, said: str, question: str, acts: str | None) -> str | None:
    if pronoun.stands == "whole":
        return None
    known = {name.key for name in names(question)}
    thing = _thing_named(pronoun, previous, said, question)
    if thing is not None and thing != acts:
        return thing
    if pronoun.stands == "person":
        somebody = _somebody(pronoun, previous, said, question, known, acts)
        if somebody is None and ASKS_WHO.search(fold(previous)):
            return named_by(said, previous)
        return None if somebody is None else spelled(somebody, question)
    if pronoun.stands == "place":
        for text in (previous, said):
            places = [name for name in names(text) if name.kind == "place" and name.key not in known]
            if places:
                return spelled(places[-1], question)  # where something happened stands at the end
        return None
    given = fold(question[: pronoun.end])
    things = given.endswith("them") and not _IS_PARTY.search(given)
    if (pronoun.stands == "thing" or things) and pronoun.form == "plain" and _WH_OF_A_THING.search(fold(previous)):
        # "What did they propose? Did it become law?": the thing asked for, not who proposed it.
        return None
    if _is_topic(previous) and script(question) != "cyrillic":  # there it would need another ending
        return previous.strip()
    subject_of_old = _subject(previous, pronoun, question, known)
    if pronoun.stands == "thing" and pronoun.form == "plain" and _IS_OBJECT.search(fold(question[: pronoun.start])):
        # "Who doubts it?": a country does, but is not, what was said; "who built it?" may be "the bridge".
        return subject_of_old if subject_of_old is not None and subject(previous) is not None else None
    return subject_of_old


_LONGEST_TOPIC = {"han": 12, "latin": 5}
"""Characters or words of a turn that only names a thing."""


def _is_topic(previous: str) -> bool:
    """Whether what was said before is no question but the name of a thing: "the old mill"."""
    length = len(previous) if has_han(previous) else len(previous.split())
    return 0 < length <= _LONGEST_TOPIC["han" if has_han(previous) else "latin"] and (
        ASKS.search(fold(previous)) is None and previous != "\u2026"
    )


def _thing_named(pronoun: Pronoun, previous: str, said: str, question: str) -> str | None:
    """The thing that the old question asked for, by the name its answer gave; a ship is "she" as well."""
    word, old = fold(question[pronoun.start : pronoun.end]), fold(previous)
    who = ASKS_WHO.search(old) is not None
    named = named_by(said, previous)
    if word in ("she", "her") and not any(name.kind == "person" and name.known for name in names(previous)):
        return named if not who and SHIP.search(f"{old} {fold(said)}") else None
    if named is None or script(named) != script(question):
        return None
    if word in _GENDERS or word == "оно":
        return (
            named
            if not who and _GRAMMATICAL.get(_last(named.split()[0]), "m") in (_GENDERS.get(word, "n"), "n")
            else None
        )
    if pronoun.stands == "thing":
        # "Which town has the oldest bridge? Who repaired it?": the bridge may be meant.
        is_object = pronoun.form == "plain" and _IS_OBJECT.search(fold(question[: pronoun.start])) is not None
        return None if who or (is_object and _has_an_object(old)) else named
    return named if pronoun.stands == "actor" and word not in ("该国", "两国") else None


def _has_an_object(old: str) -> bool:
    """Whether an English question speaks of another thing than the one it asks for, not just as a place or time."""
    return any(not PREPOSITION.search(old[: the.start()]) for the in re.finditer(r"\b(?:the|an?|its|their)\s", old))


_AT = re.compile(r"\b(?:in|at|near|inside|outside|в|во|на|из)\s+(?:the\s+)?$|[在到]$")


def _somebody(
    pronoun: Pronoun, previous: str, said: str, question: str, known: set[str], acts: str | None
) -> Name | None:
    """Who "he" is: somebody of the old question, or what acts there and has that gender; else somebody of the answer.

    The answer's first, where the question was who.
    """

    def people(text: str) -> list[Name]:
        return [
            name
            for name in names(text)
            if name.kind == "person"
            and name.key not in known
            and spelled(name, question) != acts
            and (name.known or not _AT.search(fold(text[: name.start])))
        ]

    # A person acts and is named first.
    if ASKS_WHO.search(fold(previous)):
        found = [*people(said), *people(previous)]
    else:
        found = [*people(previous), *_of_gender(pronoun, previous, question, known), *people(said)]
        # "Why did Hobart resign? Has she a successor?": one name of which nothing tells what it names.
        named = [name for name in names(previous) if name.key not in known and spelled(name, question) != acts]
        found += (
            [] if len(named) != 1 or named[0].kind != "name" or _AT.search(fold(previous[: named[0].start])) else named
        )
    return found[0] if found else None


def _of_gender(pronoun: Pronoun, previous: str, question: str, known: set[str]) -> list[Name]:
    """Countries and bodies that act in a Russian question and are "он" or "она" by their ending."""
    word = fold(question[pronoun.start : pronoun.end])
    if word not in _GENDERS or (pronoun.form == "oblique" and _russian_noun(word, previous) is not None):
        return []
    return [
        name
        for name in names(previous)
        if name.kind in ("place", "org")
        and name.key not in known
        and _GRAMMATICAL.get(_last(spelled(name, question)), "m") == _GENDERS[word]
        and not PREPOSITION.search(fold(previous[: name.start]))
    ]


_GRAMMATICAL = {"а": "f", "я": "f", "ь": "f", "о": "n", "е": "n", "и": "p", "ы": "p"}
"""A Russian name's gender by its last letter in the nominative, else masculine; "p" is a plural."""


def _last(name: str) -> str:
    return fold(name)[-1:]


def _subject(previous: str, pronoun: Pronoun, question: str, known: set[str]) -> str | None:
    """Who or what acts in the old question."""
    folded = fold(previous)
    fitting = [n for n in names(previous) if n.kind in _COMPATIBLE[pronoun.stands] and n.key not in known]
    acting = [name for name in fitting if not PREPOSITION.search(folded[: name.start])]
    phrase = subject(previous) if pronoun.form == "plain" or not fitting else None
    if phrase is not None and not any(phrase[0] <= name.start < phrase[1] for name in names(previous)):
        return previous[phrase[0] : phrase[1]] if pronoun.stands == "thing" else None
    if pronoun.stands == "actor" and any(name.kind == "person" for name in names(previous)):
        return None
    if pronoun.stands == "thing" and _AUXILIARY.search(folded) is None and not has_han(previous):
        return None  # "Who signed the treaty?": what "it" is stands somewhere behind
    if pronoun.form == "possessive" and not acting:
        acting = fitting
    if not acting:
        return None
    article = "the " if folded[: acting[0].start].endswith("the ") and question.isascii() else ""
    return article + spelled(acting[0], question)


def spelled(name: Name, question: str) -> str:
    """A name in the script of the question, in Cyrillic in the form that the dictionary gives."""
    own = script(question)
    same = script(name.text) == own
    if same and own != "cyrillic":
        return name.text
    spellings = [each for each in table().expand(name.key) if script(each) == own]
    if not same:
        return next((each for each in spellings if not each.isupper()), name.text)
    begins = name.text[:_SAME_LETTERS]
    return next((each for each in spellings if each.startswith(begins)), name.text)
