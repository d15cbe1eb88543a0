"""Follow-ups into standalone questions, without a model.

"And by 2040?" keeps the topic and changes the year; "When did he go there?" puts the names back for the pronouns;
"Who disagrees?" asks its own thing of the old topic. What was understood is said in the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kzrag.text.dates import dates
from kzrag.text.language import detect, fold
from kzrag.text.names import Name, names
from kzrag.text.words import content_terms

# Turns further back than this no longer say what "it" is.
MEMORY = 6
# A question with fewer content words of its own than this, and no name, leans on what was said before.
LEANS_BELOW = 3
_LONGEST_TURN = 4000
_LONGEST_SAID = 400


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that can stand alone."""

    question: str
    """What to look for."""
    asked: str
    """What the reader typed; says what kind of thing is asked."""
    language: str
    changed: bool
    """Whether `question` is more than what was typed."""
    said: str = ""
    """What the assistant said last, where the question leans on it: what comes next in the article is near it."""


_OPENS = re.compile(
    r"^\s*(and|but|so|then|also|what about|how about|or|ok(ay)?,?)\b"
    r"|^\s*(那么?|那|而|然后|还有|另外|换成|如果是)"
    r"|^\s*(а|и|но|ну)\s"
    r"|^\s*(ал|және|сонда)\s",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^\s*((and|but|so|then|also|or)\b[, ]*)?((what|how) about\b)?[, ]*"
    r"|^\s*(那么?|而|然后|还有|另外|如果是)[，, ]*"
    r"|^\s*(а|и|но|ну)\s+(как насч[её]т|что насч[её]т|что (с|со|о|об)|если)?\s*"
    r"|^\s*(ал|және|сонда)\s+",
    re.IGNORECASE,
)
_HAN_MARK = re.compile("[？\u4e00-\u9fff]")
# Pronouns by what they stand for; the first group that has an antecedent is filled in.
_PRONOUNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(he|him|she)\b|[他她](?!们)|\b(он|она|ему|его|ей|её|ним|нею|нём)\b", re.IGNORECASE), "person"),
    (re.compile(r"\b(his|her)\b|[他她](?=的)|\b(его|её)\b", re.IGNORECASE), "person"),
    (re.compile(r"\bthere\b|那里|那儿|那边|\b(там|туда)\b", re.IGNORECASE), "place"),
    (
        re.compile(
            r"\b(it|its|they|them|their|this|that|these|those)\b|它们?|[他她]们|这个?|那个|其|该"
            r"|\b(это|этот|эта|этого|этой|они|их|им|этом|эти)\b|\b(бұл|ол|оны|оның|олар)\b",
            re.IGNORECASE,
        ),
        "topic",
    ),
)
_POSSESSIVE = re.compile(r"^(his|her|its|their)$", re.IGNORECASE)


def standalone(question: str, history: Sequence[Mapping[str, object]] = ()) -> Understood:
    """`question` as it would be asked without `history` (`{"role", "content"}` turns, oldest first)."""
    language = detect(question)
    turns = [(str(turn.get("role")), words_of(turn.get("content"))) for turn in history][-2 * MEMORY :]
    previous: str | None = None
    said = ""
    for role, content in turns:
        if role == "user" and content.strip():
            previous = _resolve(content, previous, said) if previous else content
        elif role == "assistant":
            said = content[:_LONGEST_TURN]
    if not previous or not question.strip():
        return Understood(question, question, language, changed=False)
    language = _language(question, previous)
    resolved = _resolve(question, previous, said)
    changed = resolved != question
    return Understood(resolved, question, language, changed, _plain(said) if changed else "")


def _plain(said: str) -> str:
    """The words of an answer without its markers, as much of it as an encoder reads."""
    return " ".join(re.sub(r"\[\d+\]", " ", said).split())[:_LONGEST_SAID]


def words_of(content: object) -> str:
    """The text of a turn, be it plain or a list of parts as chat pages send it."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return words_of(content.get("text") or content.get("content") or "")
    if isinstance(content, Sequence):
        return " ".join(words_of(part) for part in content)
    return ""


def _language(question: str, previous: str) -> str:
    """A follow-up of digits and a mark ("2040?") is in the conversation's language."""
    if not re.search(r"[^\W\d_]", question):
        return detect(previous)
    # Few Chinese words say by themselves which script variant they are written in.
    found, before = detect(question), detect(previous)
    if found != before and found.split("-")[0] == before.split("-")[0] and len(question) < 12:
        return before
    return found


def leans(question: str) -> bool:
    """Whether a question needs what was said before it."""
    folded = fold(question)
    if _OPENS.search(folded) or any(pattern.search(folded) for pattern, _ in _PRONOUNS):
        return True
    terms = [term for term in content_terms(question) if not term.startswith("@")]
    own_names = names(question)
    return (not own_names and len(terms) < LEANS_BELOW) or (len(own_names) == 1 and not terms)


def _resolve(question: str, previous: str, said: str) -> str:
    if not leans(question):
        return question
    with_names = _fill_pronouns(question, previous, said)
    core = _LEADING.sub("", with_names, count=1).strip()
    swapped = _swap(core, previous)
    if swapped is not None:
        return swapped
    # The old question goes along in brackets: it says what the new one is about, also where names don't.
    mark = "？" if _HAN_MARK.search(question) else "?"
    return f"{with_names.strip().rstrip('?？ ')} ({previous.strip().rstrip('?？ ')}){mark}"


def _fill_pronouns(question: str, previous: str, said: str) -> str:
    """The question with the pronouns replaced by the names they stand for, where there is one to put in."""
    result = question
    filled: set[str] = set()
    known = {name.key for name in names(question)}
    for pattern, kind in _PRONOUNS:
        if kind in filled:
            continue
        antecedent = _antecedent(kind, previous, said, known)
        match = pattern.search(result)
        if antecedent is None or match is None:
            continue
        filled.add(kind)
        replacement = antecedent.text + ("'s" if _POSSESSIVE.match(match.group()) else "")
        result = result[: match.start()] + replacement + result[match.end() :]
    return result


def _antecedent(kind: str, previous: str, said: str, known: set[str]) -> Name | None:
    if kind == "topic":
        # "It" is a whole topic; a name alone would lose it. The caller joins the previous question instead.
        return None
    for text in (previous, said):
        fitting = [name for name in names(text) if name.kind == kind and name.key not in known]
        if kind == "place":
            fitting = fitting[::-1]
        if fitting:
            return fitting[0]
    return None


def _swap(core: str, previous: str) -> str | None:
    """The previous question with the one thing changed that the follow-up names: its year, or its name."""
    words = [term for term in content_terms(core) if not term.startswith("@") and not re.fullmatch(r"[\d.,]+", term)]
    years, old_years = dates(core), dates(previous)
    if years and old_years and not words:
        new, old = years[0], old_years[-1]
        return previous[: old.start] + core[new.start : new.end] + previous[old.end :]
    if years and not words and not names(core):
        return f"{previous.strip().rstrip('?？ ')} ({core.strip('?？ ')})?"
    new_names, old_names = names(core), names(previous)
    if new_names and not words:
        for name in new_names[:1]:
            same_kind = [other for other in old_names if other.kind == name.kind and other.key != name.key]
            if same_kind:
                old_name = same_kind[-1]
                return previous[: old_name.start] + name.text + previous[old_name.end :]
    return None
