"""A small corpus in three languages, cases about it, and engines that are easy to see through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from kzrag.answering.gate import SpanText, Verdict
from kzrag.evaluation.cases import Case, GoldAttribution, GoldPosition, GoldQuote
from kzrag.index import Index
from kzrag.records import Answer, Block, Citation, Disagreement, Document, Position

HARBOUR = (
    "The harbour of Aktau handled 14 million tons in 2021, the port authority said.\n\n"
    "It closed for nine days in March because of storms. Nobody was hurt.\n\n"
    "The harbour was never sold."
)
HAFEN = "阿克套港2021年吞吐量為1400萬噸。\n\n三月因風暴關閉九天。"
RIVAL = "The harbour of Aktau closed for nine days because of a strike, its rivals claim.\n\nA reader: It was greed."


def document(name: str, raw: str, language: str, **about: str | None) -> Document:
    start = raw.find("A reader: ")
    blocks = [Block(0, len(raw) if start < 0 else start)]
    if start >= 0:
        blocks.append(Block(start, len(raw), voice="A reader", voice_date="2022-01-05"))
    about = {"family": name, **about}
    return Document(id=name, path=f"{name}.txt", raw=raw, language=language, blocks=tuple(blocks), **about)  # type: ignore[arg-type]


DOCUMENTS: dict[str, Document] = {
    each.id: each
    for each in (
        document("harbour", HARBOUR, "en", publisher="The Gazette", published="2022-01-02", digest="a"),
        document("hafen", HAFEN, "zh-Hant", publisher="海報", published="2022-01-03", family="harbour", digest="b"),
        document("rival", RIVAL, "en", publisher="The Rival", author="Institute of Ports", digest="c"),
    )
}

CASES: tuple[Case, ...] = (
    Case(
        "en-fact-001", "en", "fact", "How much did the harbour handle in 2021?", "answer",
        must=(("qty:14 million tons",),),
        quotes=(GoldQuote("harbour", "The harbour of Aktau handled 14 million tons in 2021"),), documents=("harbour",),
    ),
    Case(
        "zh-fact-001", "zh-Hant", "fact", "阿克套港2021年的吞吐量是多少？", "answer",
        must=(("1400萬噸", "14 million"),), quotes=(GoldQuote("hafen", "阿克套港2021年吞吐量為1400萬噸。"),),
        documents=("hafen",),
    ),
    Case(
        "en-disagreement-001", "en", "disagreement", "Why did the harbour close?", "answer",
        positions=(
            GoldPosition((("storm",),), ("harbour", "hafen")), GoldPosition((("strike",),), ("rival",), "article"),
        ),
        quotes=(
            GoldQuote("harbour", "It closed for nine days in March because of storms."),
            GoldQuote("rival", "The harbour of Aktau closed for nine days because of a strike, its rivals claim."),
        ),
        documents=("harbour", "rival"),
    ),
    Case(
        "en-attribution-001", "en", "attribution", "Who said that it was greed?", "answer", must=(("greed",),),
        attribution=GoldAttribution(None, "A reader", "2022-01-05", ("rival",)),
        quotes=(GoldQuote("rival", "It was greed."),), documents=("rival",),
    ),
    Case("en-near-miss-001", "en", "near-miss", "How much did the harbour handle in 1999?", "refuse"),
    Case(
        "en-false-premise-001", "en", "false-premise", "To whom was the harbour sold?", "correct",
        must=(("never sold",),), quotes=(GoldQuote("harbour", "The harbour was never sold."),), documents=("harbour",),
    ),
)  # fmt: skip


def citation(number: int, name: str, quote: str, **changes: str | int | None) -> Citation:
    """A citation of a quote where it stands in its document."""
    origin = DOCUMENTS[name]
    start = origin.raw.index(quote)
    block = next(each for each in origin.blocks if each.start <= start < each.end)
    made = Citation(
        number, name, start, start + len(quote), quote, origin.title, origin.publisher, origin.author, origin.url,
        origin.language, block.voice_date or origin.published, origin.published_note, block.voice, origin.family,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def answer(text: str, *citations: Citation, language: str = "en", **rest: object) -> Answer:
    return Answer(text, language, False, None, tuple(citations), **rest)  # type: ignore[arg-type]


def refusal(text: str = "The corpus doesn't tell.", reason: str = "not_in_corpus", language: str = "en") -> Answer:
    return Answer(text, language, True, reason)


def words_judge(sentence: str, spans: Sequence[SpanText]) -> Verdict:
    """Says that a sentence is supported when all its figures and most of its words stand in the spans."""
    said = set(sentence.lower().replace(",", " ").replace(".", " ").split())
    held = {word for span in spans for word in span.text.lower().replace(",", " ").replace(".", " ").split()}
    lost = {word for word in said - held if word.isdigit()}
    return Verdict(not lost and len(said & held) >= len(said) / 2, tuple(sorted(lost)))


class LetterEncoder:
    """Knows a text by how often it has each letter."""

    id = "letters"
    dimension = 64

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for letter in text.lower():
                vectors[row, ord(letter) % self.dimension] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


@dataclass
class Sage:
    """Answers each case from its gold quotes: what a perfect engine would say."""

    cases: Sequence[Case]
    name: str = "sage"
    documents: Mapping[str, Document] = field(default_factory=lambda: DOCUMENTS)
    asked: list[str] = field(default_factory=list)
    index: Index | None = None

    def answer(self, question: str, history: Sequence[Mapping[str, str]]) -> Answer:
        self.asked.append(question)
        case = next(each for each in self.cases if each.question == question)
        if case.expect == "refuse":
            return refusal(language=case.language)
        citations = [citation(n, gold.document, gold.quote) for n, gold in enumerate(case.quotes, 1)]
        text = "\n".join(f"{each.quote} [{each.number}]" for each in citations)
        positions = tuple(Position(each.quote, (each.number,)) for each in citations)
        disputes = (Disagreement("why", positions),) if case.positions else ()
        return answer(text, *citations, language=case.language, disagreements=disputes)


class Silent:
    """Says nothing to everything."""

    name = "silent"
    index = None
    documents: Mapping[str, Document] = DOCUMENTS

    def answer(self, question: str, history: Sequence[Mapping[str, str]]) -> Answer:
        return Answer("", "en", True, "empty")


class Dumper:
    """Answers every question with the whole corpus."""

    name = "dumper"
    index = None
    documents: Mapping[str, Document] = DOCUMENTS

    def answer(self, question: str, history: Sequence[Mapping[str, str]]) -> Answer:
        return Answer("\n".join(each.raw for each in reversed(DOCUMENTS.values())) * 5, "en", False, None)


@pytest.fixture
def sage() -> Sage:
    return Sage(CASES)
