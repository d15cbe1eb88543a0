"""A sentence that is a span's own but for a few words: what these words change.

Where two texts agree word for word around it, a changed figure, date, name or negation needs no understanding to be
seen, not even when the new one occurs elsewhere in the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kzrag.answering.gate.dates import covers
from kzrag.answering.gate.names import one_name
from kzrag.answering.gate.relevant import relevant
from kzrag.answering.gate.span import SpanText
from kzrag.answering.gate.verbatim import placed_tokens
from kzrag.text.dates import dates, parts
from kzrag.text.names import names
from kzrag.text.numerals import WORDS
from kzrag.text.polarity import stance
from kzrag.text.quantities import quantities, rounds_to
from kzrag.text.sentences import sentence_spans
from kzrag.text.words import plain_number

NEARLY = 0.75
"""Share of a sentence's words that stand in the span, in the same order, for the sentence to be nearly its words."""
LEAST = 6
"""Words; fewer stand in some order of a passage by chance: "20 million tons (by 2027)"."""
_LONGEST_CHANGE = 6
"""Words: what is left out in longer stretches was left out on purpose, a negation with all that it governs."""
_NEGATIVE = re.compile(
    r"not|no|never|nor|neither|without|cannot|nobody|nothing|none"
    r"|(?:is|are|was|were|do|does|did|wo|would|could|should|has|have|had|must|need)n"
    r"|refus\w+|declin\w+|fail\w*|unable|deny|den\w+d|не|ни|нет|без|никогда|отказ\w+|емес|жоқ|[不没未无非拒]"
)
_NOT_NEGATIVE = re.compile(r"\b(?:not|не) (?:only|just|merely|только|менее|более)\b|不 [仅但断同少过]")


class _Change(NamedTuple):
    """Stretches that stand in each other's place: of the span's text, and of the sentence."""

    old: tuple[int, int]
    new: tuple[int, int]
    old_words: tuple[str, ...]
    new_words: tuple[str, ...]


def wrong_changes(sentence: str, spans: Sequence[SpanText]) -> Iterator[str]:
    """Reasons against the words in which the sentence departs from the span whose words it nearly has.

    Where it has nearly the words of several spans, one that it does not contradict is enough.
    """
    for start, end in sentence_spans(sentence):
        said = sentence[start:end]
        against: list[list[str]] = []
        for span in spans:
            near = replace(span, text=relevant(said, span.text))
            changes = _changes(said, near.text)
            if changes is not None:
                against.append([reason for change in changes if (reason := _wrong(change, said, near)) is not None])
        if against and all(against):
            yield from against[0]


def _changes(sentence: str, text: str) -> list[_Change] | None:
    """What is changed inside the stretch of the text that the sentence follows; None when it follows none."""
    from rapidfuzz.distance import Levenshtein

    mine, theirs = placed_tokens(sentence), placed_tokens(text)
    if len(mine) < LEAST:
        return None
    operations = list(Levenshtein.opcodes([token.text for token in theirs], [token.text for token in mine]))
    kept = sum(op.src_end - op.src_start for op in operations if op.tag == "equal")
    if kept < NEARLY * len(mine):
        return None
    while operations and operations[0].tag != "equal" and operations[0].dest_start == operations[0].dest_end:
        operations.pop(0)
    while operations and operations[-1].tag != "equal" and operations[-1].dest_start == operations[-1].dest_end:
        operations.pop()
    changes: list[_Change] = []
    for op in operations:
        if op.tag == "equal" or op.src_end - op.src_start > _LONGEST_CHANGE:
            continue
        old, new = theirs[op.src_start : op.src_end], mine[op.dest_start : op.dest_end]
        changes.append(
            _Change(
                (old[0].start, old[-1].end) if old else (-1, -1),
                (new[0].start, new[-1].end) if new else (-1, -1),
                tuple(token.text for token in old),
                tuple(token.text for token in new),
            )
        )
    return changes


def _wrong(change: _Change, sentence: str, span: SpanText) -> str | None:
    said = sentence[slice(*change.new)] if change.new_words else ""
    written = span.text[slice(*change.old)] if change.old_words else ""
    if _negatives(change.old_words) % 2 != _negatives(change.new_words) % 2:
        return f"negation: “{said or '…'}” where the passage has “{written or '…'}”"
    if change.old_words and change.new_words:
        sides, others = stance(said).sides, stance(written).sides
        if any(sides[pair].isdisjoint(others[pair]) for pair in sides.keys() & others.keys()):
            return f"negation: “{said}” where the passage has “{written}”"
        return _wrong_fact(change, sentence, span, said, written)
    return None


def _wrong_fact(change: _Change, sentence: str, span: SpanText, said: str, written: str) -> str | None:
    """A figure, date or name in the place of another."""
    place = f"“{said}” where the passage has “{written}”"
    new_dates = [d for d in dates(sentence, span.published) if _meet((d.start, d.end), change.new)]
    old_dates = [d for d in dates(span.text, span.published) if _meet((d.start, d.end), change.old)]
    if new_dates and old_dates:
        same = all(any(covers(parts(old.iso), parts(new.iso)) for old in old_dates) for new in new_dates)
        return None if same else f"date: {place}"
    new_figures = [q for q in quantities(sentence) if _meet((q.start, q.end), change.new)]
    old_figures = [q for q in quantities(span.text) if _meet((q.start, q.end), change.old)]
    if new_figures and old_figures:
        same = all(any(rounds_to(old, new) for old in old_figures) for new in new_figures)
        return None if same else f"figure: {place}"
    numbers = [
        {plain_number(word) for word in words if word[0].isdigit() or word in WORDS}
        for words in (change.old_words, change.new_words)
    ]
    if all(numbers) and numbers[0] != numbers[1] and not new_figures:
        return f"figure: {place}"
    new_names = [name for name in names(sentence) if _meet((name.start, name.end), change.new)]
    old_names = [name for name in names(span.text) if _meet((name.start, name.end), change.old)]
    for name in new_names if old_names else ():
        if not any(one_name(name, old) for old in old_names):
            return f"name: {place}"
    return None


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _negatives(words: Sequence[str]) -> int:
    """Negations among words; "not only" is none."""
    line = _NOT_NEGATIVE.sub(" ", " ".join(words)).replace("n t", "not")
    return sum(1 for word in line.split() if _NEGATIVE.fullmatch(word))
