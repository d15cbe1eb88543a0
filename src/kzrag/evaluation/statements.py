"""An answer's text as the statements it makes, each with the citations it gives: what the judge is asked about.

A quote belongs to the sentence that introduces it, however many sentences it holds itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kzrag.answering.facts import asks
from kzrag.answering.wording import own_phrases
from kzrag.evaluation.matching import MARKER, without_markers
from kzrag.records import Answer, Document
from kzrag.text.sentences import sentence_spans

_LEADING_MARKERS = re.compile(r"(?:\s*[.。]?\s*\[\d+\])+[.。]?")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")
_OPENING_BRACKETS = ("(", "（")
_QUOTED = re.compile(r"“([^“”]+)”|«([^«»]+)»|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, without its markers, and the numbers in these markers."""

    text: str
    markers: tuple[int, ...]


def statements(answer: Answer) -> list[Statement]:
    """The sentences of an answer that state something, in order, without questions and kzrag's own set phrases."""
    found: list[Statement] = []
    for start, end in _spans(answer):
        piece = answer.text[start:end]
        statement = Statement(
            " ".join(_BULLET.sub("", without_markers(piece)).split()), tuple(int(n) for n in MARKER.findall(piece))
        )
        if not any(character.isalnum() for character in statement.text):
            if found and statement.markers:  # a marker that stands alone belongs to what precedes it
                found[-1] = Statement(found[-1].text, found[-1].markers + statement.markers)
        elif statement.markers or not (asks(statement.text) or _frames(statement.text, answer)):
            found.append(statement)
    return found


def own_words(answer: Answer, documents: Mapping[str, Document]) -> str:
    """What is left of an answer's text without the words of its sources: what the engine itself says."""
    text = answer.text
    for start, end in sorted(_quote_spans(answer), reverse=True):
        text = text[:start] + " " + text[end:]
    cited = {citation.document_id for citation in answer.citations}
    raws = [" ".join(documents[name].raw.split()) for name in sorted(cited) if name in documents]

    def unless_verbatim(match: re.Match[str]) -> str:
        inner = " ".join(next(group for group in match.groups() if group).split())
        return " " if any(inner in raw for raw in raws) else match.group()

    return without_markers(_QUOTED.sub(unless_verbatim, text))


def _spans(answer: Answer) -> list[tuple[int, int]]:
    """Spans of whole sentences: no cut inside a quote; markers and asides in brackets with the sentence they follow."""
    text = answer.text
    quotes = _quote_spans(answer)
    spans: list[tuple[int, int]] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        before = len(spans)
        for start, end in sentence_spans(line):
            first, last = offset + start, offset + end
            leading = _LEADING_MARKERS.match(text, first, last)
            if spans and leading:
                spans[-1] = (spans[-1][0], leading.end())
                first = leading.end()
                if not text[first:last].strip():
                    continue
            aside = len(spans) > before and text.startswith(_OPENING_BRACKETS, first)
            if spans and (aside or any(begin < first < stop for begin, stop in quotes)):
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
        offset += len(line)
    return spans


def _quote_spans(answer: Answer) -> list[tuple[int, int]]:
    """Where the citations' quotes stand in the text, whatever their white space has become; overlapping ones as one."""
    found: list[tuple[int, int]] = []
    for quote in {citation.quote for citation in answer.citations}:
        words = quote.split()
        if words:
            found += [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), answer.text)]
    # A model may quote a part of what it cites, of two sentences even.
    whole = [" ".join(citation.quote.split()) for citation in answer.citations]
    for match in _QUOTED.finditer(answer.text):
        inner = " ".join(next(group for group in match.groups() if group).split())
        if any(inner in quote for quote in whole):
            found.append(match.span())
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _frames(text: str, answer: Answer) -> bool:
    """Whether a sentence without markers only frames the others: a heading, a question, a set phrase, a note."""
    if text.endswith((":", "：", "?", "？")):
        return True
    said: Iterable[str | None] = (answer.understood_as, answer.offer, *answer.notes)
    if any(phrase and phrase in text for phrase in said):
        return True
    # Also at the end: a part of a question that is not answered is repeated before the phrase that says so.
    return text.endswith(_set_sentences(answer.language))


@lru_cache(maxsize=16)
def _set_sentences(language: str) -> tuple[str, ...]:
    """kzrag's set phrases sentence by sentence, as an answer's text is cut."""
    phrases = [phrase for phrase in own_phrases(language) if "{" not in phrase]
    return tuple(phrase[start:end] for phrase in phrases for start, end in sentence_spans(phrase))
