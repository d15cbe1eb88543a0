"""Interviews: which paragraphs are somebody's questions and which are the answers to them.

Two ways to print them are known: a label before each ("Q: … A: …", in one line or in two), or a dash. The answers stay
words of the article, as all that it prints; who gives them is for the reader of the article to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from kzrag.records import ARTICLE, Document
from kzrag.text.language import fold

_ASKS = r"(?:q|question|问|в|вопрос|с|сұрақ)\s*[:：]"
_REPLIES = r"(?:a|answer|答|о|ответ|ж|жауап)\s*[:：]"
_QUESTION = re.compile(rf"\s*{_ASKS}")
_ANSWER = re.compile(rf"\s*{_REPLIES}")
_BOTH = re.compile(rf"\s*{_ASKS}.*?[?？!！.。…\s]\s*(?={_REPLIES})")
_DASH = re.compile(r"[—–―]\s*")
_ASKED = re.compile(r"[?？][\"'”’»」)）]*\Z")
_LABEL = 12
"""Characters at the head of a paragraph in which its label stands."""
_FEWEST_QUESTIONS = 3
"""Between dashes: a talk that an article reports in passing has fewer."""


def answer_at(line: str) -> int | None:
    """Where the answer begins in a line that holds a question and its answer."""
    match = _BOTH.match(fold(line))
    return match.end() if match is not None else None


def is_question(text: str) -> bool:
    """Whether a paragraph, or the sentence it begins with, has an interviewer's label."""
    return _QUESTION.match(fold(text[:_LABEL])) is not None


@lru_cache(maxsize=256)
def turns(document: Document) -> dict[int, bool]:
    """The blocks of a document that are turns of an interview, and whether they answer; empty where there is none."""
    texts = {
        number: document.raw[block.start : block.end]
        for number, block in enumerate(document.blocks)
        if block.voice == ARTICLE and not block.heading
    }
    found = _labelled(texts) or _dashed(texts, document)
    # An answer of several paragraphs goes on up to the next question.
    for one, other in pairwise(sorted(found)):
        if found[one] and not found[other]:
            found.update((number, True) for number in range(one + 1, other) if number in texts)
    return found


def _labelled(texts: dict[int, str]) -> dict[int, bool]:
    found: dict[int, bool] = {}
    for number, text in texts.items():
        answers = _ANSWER.match(fold(text[:_LABEL])) is not None
        if answers or is_question(text):
            found[number] = answers
    return found if len(set(found.values())) > 1 else {}


def _dashed(texts: dict[int, str], document: Document) -> dict[int, bool]:
    """Paragraphs with a dash: an answer stands right below its question, or comes in turn."""
    dashed = [number for number, text in texts.items() if _DASH.match(text)]
    if sum(1 for number in dashed if _ASKED.search(texts[number])) < _FEWEST_QUESTIONS:
        return {}
    glued = {number for number in dashed if number - 1 in texts and _is_glued(number, document)}
    found: dict[int, bool] = {}
    for number in dashed:
        if len(glued & set(dashed)) >= _FEWEST_QUESTIONS:
            found[number] = number in glued and number - 1 in found
        else:
            found[number] = not _ASKED.search(texts[number]) and found.get(_before(number, dashed)) is False
    return found


def _before(number: int, dashed: Sequence[int]) -> int:
    return max((other for other in dashed if other < number), default=-1)


def _is_glued(number: int, document: Document) -> bool:
    """Whether no blank line stands between a block and the one above it."""
    return document.raw[document.blocks[number - 1].end : document.blocks[number].start].count("\n") == 1
