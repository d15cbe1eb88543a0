"""First drafts of cases for a corpus that has none: sentences with a figure, a date or a name, turned into questions.

The questions are cloze texts on purpose: they are true and have one answer, and a person rewrites them in a reader's
words before they are used. Near misses are drafted by asking for a year of which the corpus does not speak.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kzrag.evaluation.cases import DATE, LANGUAGES, QUANTITY
from kzrag.records import ARTICLE, Document
from kzrag.text.dates import dates
from kzrag.text.language import is_cjk
from kzrag.text.names import names
from kzrag.text.quantities import quantities
from kzrag.text.sentences import sentence_spans

PER_DOCUMENT = 10
"""Drafts per document: as many as a person edits in a quarter of an hour."""

# Shorter sentences lean on their neighbours, longer ones give the answer away.
_SHORTEST, _LONGEST = 30, 260
# Letters that one Chinese character stands for, roughly: the same news has a third of the characters in Chinese.
_HAN_WEIGHT = 3
_GAP = "____"
_YEAR = re.compile(r"\d{4}")
# So far beyond the corpus's own years no article speaks, while the question still sounds serious.
_YEARS_ON = 17

_ASK = {
    "figure": {
        "en": "What figure is missing: “{gap}”?",
        "zh-Hant": "空白處是什麼數字：「{gap}」？",
        "zh-Hans": "空白处是什么数字：“{gap}”？",
        "ru": "Какого числа не хватает: «{gap}»?",
        "kk": "Қандай сан түсіп қалған: «{gap}»?",
    },
    "date": {
        "en": "When was that: “{gap}”?",
        "zh-Hant": "空白處是什麼時間：「{gap}」？",
        "zh-Hans": "空白处是什么时间：“{gap}”？",
        "ru": "Когда это было: «{gap}»?",
        "kk": "Бұл қашан болды: «{gap}»?",
    },
    "name": {
        "en": "Who or what is meant: “{gap}”?",
        "zh-Hant": "空白處是誰或什麼：「{gap}」？",
        "zh-Hans": "空白处是谁或什么：“{gap}”？",
        "ru": "О ком или о чём речь: «{gap}»?",
        "kk": "Кім немесе не туралы: «{gap}»?",
    },
}
_NOTE = "draft: put the question in a reader's words, check must, then delete this note"


class _Find(NamedTuple):
    """What can be asked of a sentence: where it stands in it, and what a right answer says."""

    kind: str
    start: int
    end: int
    must: list[str]


class _Place(NamedTuple):
    """A sentence of a document from which a question can be made."""

    start: int
    end: int
    voice: str
    find: _Find


def draft(documents: Iterable[Document], per_document: int = PER_DOCUMENT) -> list[dict[str, Any]]:
    """Cases as JSON objects, spread over each document, a near miss for every document that names a year."""
    cases: list[dict[str, Any]] = []
    documents = list(documents)
    years = sorted({date.iso[:4] for document in documents for date in dates(document.raw) if _YEAR.match(date.iso)})
    for document in documents:
        found = list(_askable(document))
        for place in _spread(found, per_document):
            cases.append(_case(document, place, len(cases) + 1))
        near = next((place for place in found if place.find.kind == "date"), None)
        if near is not None and years:
            cases.append(_near_miss(document, near, str(int(years[-1]) + _YEARS_ON), len(cases) + 1))
    return cases


def write_draft(cases: Sequence[dict[str, Any]], path: Path) -> None:
    """Writes the drafts as JSON lines, one case per line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases), encoding="utf-8")


def _askable(document: Document) -> Iterator[_Place]:
    for block in document.blocks:
        if block.heading:
            continue
        for first, last in sentence_spans(document.raw[block.start : block.end]):
            start, end = block.start + first, block.start + last
            text = document.raw[start:end]
            if _SHORTEST <= _length(text) <= _LONGEST and "\n" not in text:
                find = _find(text, document.published)
                if find is not None:
                    yield _Place(start, end, block.voice, find)


def _length(text: str) -> int:
    """Characters, a Chinese one counted for what it says."""
    return len(text) + (_HAN_WEIGHT - 1) * sum(map(is_cjk, text))


def _find(text: str, published: str | None) -> _Find | None:
    """What to ask of a sentence: a figure with its unit before a date, a date before a name; `None` for neither."""
    for quantity in quantities(text):
        if quantity.unit is not None and any(map(str.isdigit, quantity.text)):  # "two sides" is no figure to ask for
            return _Find("figure", quantity.start, quantity.end, [QUANTITY + quantity.text, quantity.text])
    for date in dates(text, published):
        if not date.relative and _YEAR.match(date.iso):
            return _Find("date", date.start, date.end, [DATE + date.iso, date.text])
    known = [name for name in names(text) if name.start > 0]  # the first word of a sentence may just be capitalised
    if known:
        return _Find("name", known[0].start, known[0].end, [known[0].text])
    return None


def _spread(found: Sequence[_Place], count: int) -> list[_Place]:
    """`count` of them, evenly from first to last, so that no part of a long document is left out."""
    if len(found) <= count:
        return list(found)
    return [found[number * len(found) // count] for number in range(count)]


def _case(document: Document, place: _Place, number: int) -> dict[str, Any]:
    quote, find, voice = document.raw[place.start : place.end], place.find, place.voice
    language = document.language if document.language in LANGUAGES else "en"
    gap = quote[: find.start] + _GAP + quote[find.end :]
    said_by: dict[str, Any] = {"publisher": None, "voice": voice, "published": None, "documents": []}
    return {
        "id": f"draft-{number:03d}",
        "language": language,
        "kind": "time" if find.kind == "date" else "fact",
        "question": _ASK[find.kind][language].format(gap=gap),
        "history": [],
        "expect": "answer",
        "must": [find.must],
        "must_not": [],
        "positions": [],
        "attribution": None if voice == ARTICLE else said_by,
        "quotes": [{"document": document.id, "quote": quote}],
        "documents": [document.id],
        "split": "test" if number % 3 == 0 else "tune",
        "note": _NOTE,
    }


def _near_miss(document: Document, place: _Place, year: str, number: int) -> dict[str, Any]:
    """The same sentence with a year that the corpus does not reach: to be refused."""
    case = _case(document, place, number)
    quote, find = document.raw[place.start : place.end], place.find
    other = find.must[-1].replace(find.must[0][5:9], year) if find.must[0][5:9] in find.must[-1] else year
    stated = quote[: find.start] + other + quote[find.end :]
    ask = {
        "en": "Is it so that {0}",
        "zh-Hant": "是否{0}",
        "zh-Hans": "是否{0}",
        "ru": "Правда ли, что {0}",
        "kk": "Рас па: {0}",
    }
    case |= {
        "kind": "near-miss",
        "question": ask[case["language"]].format(stated.rstrip(".。")) + "?",
        "expect": "refuse",
        "must": [],
        "attribution": None,
        "quotes": [],
        "documents": [],
    }
    return case
