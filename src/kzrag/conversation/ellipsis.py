"""Follow-ups that name only what changes: "And by 2040?", "and gas?", "А русских?", "那俄族呢？".

The old question is asked again with that one thing in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kzrag.conversation.cues import COUNTERPARTS, PREPOSITION
from kzrag.conversation.english import subject
from kzrag.text.dates import Date, dates
from kzrag.text.function_words import FUNCTION_WORDS
from kzrag.text.language import fold, has_han, script
from kzrag.text.names import Name, is_country, names, table
from kzrag.text.words import cut_chinese, stem_word

_DATE_WORD = re.compile(
    r"\b(?:by|in|until|before|after|since|as of|from|during|к|в|до|с|после|на)\s+(?:the (?:end|year) of )?$"
)
_YEAR_WORD = re.compile(r"\s*(?:году|года|год|годом|жылы|жылға|жылда|жыл|年)(?!\w)")
_PARALLEL = {
    "name": {"name", "person", "org", "place"},
    "person": {"person", "name"},
    "place": {"place", "org", "demonym"},
    "demonym": {"demonym", "place"},
    "org": {"org", "place"},
}
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_TABLE = tuple(
    re.compile(rf"(?<![^\W\d_])(?:{row})(?![^\W\d_])" if row.isascii() or not has_han(row) else row)
    for row in COUNTERPARTS
)
_AGREES = re.compile(r"[а-я]{3,}(?:ий|ый|ой|ая|яя|ое|ее|ую|юю|ого|его|ому|ему)\s+$")
"""A Russian adjective before a noun: it would have to change with it."""
_LONGEST_MODIFIER = 2
"""Words: "natural gas price" in place of "crude oil price"."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts `text` in place of `[start:end]` of the old question."""

    start: int
    end: int
    text: str


def swapped(core: str, previous: str) -> str | None:
    """`previous` with what `core` names in place of its like; `None` when it has nothing of the kind."""
    new_dates = dates(core)
    new_names = [n for n in names(core) if not any(d.start < n.end and n.start < d.end for d in new_dates)]
    taken = [*((d.start, d.end) for d in new_dates), *((n.start, n.end) for n in new_names)]
    rest = _without(core, taken)
    words = [
        w.group()
        for w in _WORD.finditer(rest)
        if fold(w.group()) not in FUNCTION_WORDS and not _YEAR_WORD.match(w.group())
    ]
    if (another := _of_year_beside(core, previous)) is not None:
        return another
    if words:
        return _of_words(core, previous)
    if not new_dates and not new_names:
        return None
    edits: list[Edit] = []
    added: list[str] = []
    for date in new_dates[:1]:
        edit = _of_date(core, previous, date)
        if edit is None:
            added.append(_stretch(core, date.start, date.end))
        else:
            edits.append(edit)
    for name in new_names[:1]:
        found = _of_name(core, previous, name)
        if isinstance(found, Edit):
            edits.append(found)
        elif found:
            added.append(found)
        else:
            return None
    return _with(_edited(previous, edits), added)


def _without(text: str, taken: list[tuple[int, int]]) -> str:
    for start, end in taken:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _edited(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=lambda e: -e.start):
        # 俄罗斯 of 俄罗斯族人 gives way to 哈萨克族 with what it has at its end already.
        doubled = has_han(edit.text[-1:]) and text[edit.end : edit.end + 1] == edit.text[-1:]
        text = text[: edit.start] + edit.text + text[edit.end + doubled :]
    return text


def _with(question: str, added: list[str]) -> str:
    """The question and what was added to it, in front in Chinese and Kazakh, where such things stand."""
    if not added:
        return question
    if has_han(question):
        return "，".join([*added, question])
    stripped = question.rstrip(" ?")
    return f"{stripped} {' '.join(added)}?"


def _stretch(core: str, start: int, end: int) -> str:
    """A date with the word before it and the word for year behind it: `by 2040`, `к 2040 году`."""
    before = _DATE_WORD.search(fold(core[:start]))
    after = _YEAR_WORD.match(core, end)
    return core[before.start() if before else start : after.end() if after else end].strip()


def _of_date(core: str, previous: str, date: Date) -> Edit | None:
    old = dates(previous)
    if not old:
        return None
    last = old[-1]
    before, old_before = _DATE_WORD.search(fold(core[: date.start])), _DATE_WORD.search(fold(previous[: last.start]))
    new = core[date.start : date.end]
    if last.text.endswith("年") and not new.endswith("年"):
        new += "年"
    if before and old_before:
        return Edit(old_before.start(), last.end, core[before.start() : date.end])
    return Edit(last.start, last.end, new)


_YEAR_BEFORE = re.compile(
    r"(?:in )?(?:the )?(?:year before|previous year|preceding year|year earlier)(?: that)?|前一年|上一年"
    r"|(?:в )?предыдущ(?:ем|ий) год[у]?|(?:за )?год(?:ом)? (?:раньше|до (?:этого|того))|алдыңғы жыл(?:ы)?|бір жыл бұрын"
)
_YEAR_AFTER = re.compile(
    r"(?:in )?(?:the )?(?:year after|next year|following year)(?: that)?|(?:a|one) year later"
    r"|次年|第二年|(?:后|下)一年"
    r"|一年(?:之|以)?后|(?:в )?следующ(?:ем|ий) год[у]?|(?:через год|год(?:ом)? (?:позже|спустя))"
    r"|келесі жыл(?:ы)?|бір жылдан кейін"
)


def _of_year_beside(core: str, previous: str) -> str | None:
    """ "And the year before?" after a question about one year."""
    words = fold(core).strip(" ?")
    step = -1 if _YEAR_BEFORE.fullmatch(words) else 1 if _YEAR_AFTER.fullmatch(words) else 0
    years = [date for date in dates(previous) if not date.relative]
    if not step or len(years) != 1 or not years[0].iso[:4].isdigit() or years[0].iso[:4] not in years[0].text:
        return None
    year = years[0]
    at = previous.index(year.iso[:4], year.start)
    return f"{previous[:at]}{int(year.iso[:4]) + step}{previous[at + 4 :]}"


def _preposition(text: str, start: int) -> str | None:
    match = PREPOSITION.search(fold(text[:start]))
    return (match[1] or match[2]) if match else None


def _of_name(core: str, previous: str, name: Name) -> Edit | str | None:
    """The name in the part of one of the old question's; or it with its preposition when it has a new part."""
    kinds = _PARALLEL.get(name.kind, {name.kind})
    own = _preposition(core, name.start)
    again = next((n for n in names(previous) if n.key == name.key and n.kind == name.kind), None)
    if again is not None and own is not None and not has_han(core):
        # "to China", "and from China?"
        before = PREPOSITION.search(fold(previous[: again.start]))
        return Edit(before.start(1), before.end(1), own) if before and before[1] and before[1] != own else None
    same = [n for n in names(previous) if n.kind in kinds and n.key != name.key]
    same = [n for n in same if n.kind == name.kind] or same
    if own is not None:
        fitting = [n for n in same if _preposition(previous, n.start) == own]
        both = is_country(name.key) and any(is_country(old.key) for old in same)
        if not fitting and both and len(same) == 1 and own in ("in", "в", "во", "у"):
            # "How much fish does Iceland catch? And in Norway?"
            return Edit(same[0].start, same[0].end, _nominative(name, same[0]))
        if not fitting and (len(same) != 1 or _preposition(previous, same[0].start) is None):
            return f"{own} {name.text}" if not has_han(core) else None
        same = fitting or same
    if not same:
        return None
    free = [n for n in same if _preposition(previous, n.start) is None]
    old = free[0] if free and own is None else same[-1]
    if {old.kind, name.kind} == {"place", "demonym"} and not has_han(core):
        return None  # "Kazakh exports" and "Russia": the one is no form of the other
    new = _in_case(name, old, previous)
    if new is None:
        return None
    if new.isascii() and old.kind == "demonym" and new.endswith("s") and not old.text.endswith("s"):
        new = new[:-1] if not new.endswith("ss") else new
    return Edit(old.start, old.end, new)


def _nominative(name: Name, old: Name) -> str:
    """A name as its dictionary gives it, in the script of the one it takes the place of."""
    fitting = [each for each in table().expand(name.key) if script(each) == script(old.text) and not each.isupper()]
    return fitting[0] if fitting else name.text


def _in_case(name: Name, old: Name, previous: str) -> str | None:
    """The new name as it stands in place of the old one; `None` where it would need an ending that it has not."""
    if not "\u0400" <= name.text[:1] <= "\u052f":
        return name.text
    if name.kind == old.kind == "demonym":
        return _PEOPLE.sub(_people, name.text) if old.text.endswith(("и", "е", "ы")) else name.text
    verb = _PAST.match(fold(previous[old.end :]))
    if verb is not None and _gender(name.text) != _gender(old.text):
        return None
    plain = name.text in table().expand(name.key)
    return name.text if plain is (old.text in table().expand(old.key)) or not (name.known and old.known) else None


def _people(ending: re.Match[str]) -> str:
    """The nominative of a people's ending: русских, немцев, казахов, шведов."""
    velar = ending.string[ending.start() - 1 : ending.start()] in "гкхжшчщ"
    return _NOMINATIVE.get(ending[0], "и" if velar else "ы")


def _gender(name: str) -> str:
    """Which past tense a Russian name wants, by its last letter."""
    return "f" if name[-1] in "аяь" else "n" if name[-1] in "ое" else "m"


_PAST = re.compile(r"\s+\w+л(?:а|о)?(?:ся|сь)?\b")
_PEOPLE = re.compile("(?:их|ых|цев|ов)$")
_NOMINATIVE = {"их": "ие", "ых": "ые", "цев": "цы"}


def _of_words(core: str, previous: str) -> str | None:
    """By a counterpart ("gas" for "oil"), or by what stands before a word that both have ("gas price", "oil price")."""
    folded, old = fold(core), fold(previous)
    for row in _TABLE:
        new, before = row.search(folded), row.search(old)
        if not new or not before or new.group() == before.group() or not row.fullmatch(_bare(folded)):
            continue
        if not _AGREES.search(old[: before.start()]):
            return previous[: before.start()] + core[new.start() : new.end()] + previous[before.end() :]
    if has_han(core):
        return _of_han(folded, core, previous, old)
    return _of_role(core, previous) or _of_modifier(core, previous) or _of_subject(core, previous)


def _bare(folded: str) -> str:
    return " ".join(w.group() for w in _WORD.finditer(folded) if w.group() not in FUNCTION_WORDS)


_ROLE = re.compile(
    r"^(\W*(?:what|who|where|when|how (?:big|large|high|long)) (?:is|was|are|were) )"
    r"(the [\w -]+?|[\w-]+'s [\w -]+?)( (?:of|in|for) .+)?$"
)
_RUSSIAN_ROLE = re.compile(r"^(\W*(?:кто|каков\w*) )([а-я-]+)( [а-я].+)$")


def _of_role(core: str, previous: str) -> str | None:
    """After "Who is the president of …?": "and the prime minister?", "and his successor?"."""
    folded = fold(core)
    if len(folded.split()) > _LONGEST_MODIFIER + 2:
        return None
    asked = _ROLE.match(fold(previous.rstrip("?？ ")))
    if asked is not None and "'s " in core:
        return f"{previous[: asked.end(1)]}{core}?"
    if asked is not None and asked[3] and not names(core) and not PREPOSITION.search(folded.split()[0] + " "):
        role = core if folded.startswith("the ") else f"the {core}"
        return f"{previous[: asked.end(1)]}{role}{previous[asked.start(3) : asked.end(3)]}?"
    russian = _RUSSIAN_ROLE.match(fold(previous.rstrip("?？ ")))
    if russian is not None and re.fullmatch("[а-я-]+", folded):
        return previous[: russian.start(2)] + core + previous[russian.end(2) :]
    return None


def _of_subject(core: str, previous: str) -> str | None:
    """ "and the tunnel?" after "When was the bridge opened?"."""
    stands = subject(previous)
    if stands is None or not fold(core).startswith(("the ", "a ", "an ")) or _LEANING.search(fold(core)):
        return None
    return previous[: stands[0]] + core + previous[stands[1] :]


_LEANING = re.compile(r"\b(?:other|others|rest|same|first|second|third|last|former|latter|next|one|ones)\b")


def _of_modifier(core: str, previous: str) -> str | None:
    words = [w for w in _WORD.finditer(core) if fold(w.group()) not in FUNCTION_WORDS]
    if not 1 < len(words) <= 1 + _LONGEST_MODIFIER:
        return None
    head = stem_word(fold(words[-1].group()))
    old = list(_WORD.finditer(previous))
    for i, word in enumerate(old):
        if stem_word(fold(word.group())) != head:
            continue
        first = i
        while first > 0 and i - first < _LONGEST_MODIFIER and fold(old[first - 1].group()) not in FUNCTION_WORDS:
            first -= 1
        if first < i:
            new = core[words[0].start() : words[-1].end()]
            return previous[: old[first].start()] + new + previous[word.end() :]
    return None


_HAN_ROLE = re.compile("^(.+的)([^的,]{2,6})((?:是|有|在|为).*)$")


def _of_han(folded: str, core: str, previous: str, old: str) -> str | None:
    """A Chinese noun in place of another with the same last character: 俄族 for 哈薩克族, 進口量 for 出口量."""
    word = folded.strip()
    role = _HAN_ROLE.match(old.rstrip("?"))
    if role is not None and word not in old and len(word) <= 6 and "的" not in word:  # characters
        return previous[: role.start(2)] + core.strip() + previous[role.end(2) :]
    if not 1 < len(word) <= 6:  # characters: longer is a clause, not a noun
        return None
    spans = [(n.start, n.end) for n in names(previous)]
    position = 0
    for piece in cut_chinese(old):
        position = old.find(piece, position)
        spans.append((position, position + len(piece)))
        position += len(piece)
    # A name and what the segmenter cuts off behind it are one noun: 德意志 and 族.
    joined = [(a, d) for a, b in spans for c, d in spans if b == c]
    for start, end in [*joined, *spans]:
        piece = old[start:end]
        if len(piece) > 1 and piece[-1] == word[-1] and piece != word and has_han(piece):
            return _edited(previous, [Edit(start, end, core.strip())])
    return None
