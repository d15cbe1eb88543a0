"""A small honest assistant: sentences that share words with the question, from a made corpus with real offsets."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from kzrag.errors import KzragError
from kzrag.records import ARTICLE, Answer, Block, Citation, Disagreement, Document, Event, Furniture, Position

HOSTILE = '<img src=x onerror="hacked=1"> ${hacked=2} {{hacked}} [x](javascript:hacked=3) \u202eevil'

ORIGINAL = """山谷河上的新水壩

山谷能源部表示，新水壩到2032年將供應340兆瓦電力。工程由湖濱銀行出資五億元。

河谷的農民擔心，灌溉用水會減少三成。部長林河說，沒有人會失去一滴水。
"""
TRANSLATION = """A new dam on the Valley River

The Valley energy ministry says the new dam will supply 340 megawatts by 2032. The Lakeside Bank pays for the works with 500 million crowns.

Farmers in the valley fear that irrigation water will fall by thirty percent. Minister Lin He said nobody would lose a drop.
"""
RIVAL = """Dam will give far less power, engineers say

Subscribe to our newsletter!

The new dam will supply 210 megawatts by 2032, not the 340 megawatts the ministry promised, two engineers told the Northern Ledger in March 2024.

They measured the river for a whole year. The low months of winter, they said, had been left out of the plan.

Comments

The dam will drown my village and everybody knows it. We were promised new houses in 2019 and got none.
"""
STRANGE = f"""Strange {HOSTILE}

The dam owner wrote: {HOSTILE} and nothing else about the weather.
"""


def _document(identity: str, raw: str, language: str, **about: Any) -> Document:
    blocks, furniture = [], []
    voice = ARTICLE
    for match in re.finditer(r"\S.*", raw):
        start, end = match.span()
        if match.group() in ("Comments", "Subscribe to our newsletter!"):
            furniture.append(Furniture(start, end, "page notice"))
            voice = "Ann Reed" if match.group() == "Comments" else voice
            continue
        dated = "2024-04-02" if voice != ARTICLE else None
        blocks.append(Block(start, end, voice, dated, heading=start == 0))
    title = raw[blocks[0].start : blocks[0].end]
    return Document(
        identity, f"{identity}.txt", raw, language, tuple(blocks), tuple(furniture), title, digest=identity, **about
    )


DOCUMENTS = (
    _document("dam-en", TRANSLATION, "en", publisher="Valley Post", author="J. Doe", published="2023-11-05",
              translation_of="dam-zh", family="dam-zh", url="https://example.org/dam"),
    _document("dam-zh", ORIGINAL, "zh-Hant", publisher="山谷日報", published="2023-11",
              published_note="The month stands in its first line.", family="dam-zh"),
    _document("ledger", RIVAL, "en", publisher="Northern Ledger", author="M. Roe", published="2024-03-18", family="ledger"),
    _document("strange", STRANGE, "en", publisher=f"Bad {HOSTILE}", published="2024", family="strange",
              url="javascript:hacked=4"),
)  # fmt: skip
COMMON = frozenset(
    re.findall(
        r"\w+", "the a an of in by to is was will how much many who what when does do did say says about and not its"
    )
)


def terms(text: str) -> set[str]:
    """Words, and pairs of Chinese characters."""
    han = re.findall(r"[\u4e00-\u9fff]", text)
    words = {word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in COMMON}
    return words | {a + b for a, b in pairwise(han)}


class FakeAssistant:
    """Answers from `DOCUMENTS`. A question with "slowly" is answered until it is stopped; "crash" and "broken" fail."""

    def __init__(self, documents: Sequence[Document] = DOCUMENTS) -> None:
        self._documents = list(documents)
        self.slow = threading.Event()
        """Set once a slow answer has begun."""

    def warm(self) -> None:
        """Nothing is read late here."""

    def documents(self) -> list[Document]:
        return list(self._documents)

    def retrieve(self, question: str, top_k: int = 10) -> list[Any]:
        return []

    def answer(self, question: str, history: Sequence[dict[str, str]] = (), *, where: Any = None) -> Answer:
        return next(e.answer for e in self.stream(question, history, where=where) if e.answer is not None)

    def stream(
        self,
        question: str,
        history: Sequence[dict[str, str]] = (),
        *,
        where: Any = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Event]:
        if "crash" in question:
            raise RuntimeError("a secret detail")
        if "broken" in question:
            raise KzragError("The model 'tiny' does not answer; start it or unset KZRAG_LLM.")
        yield Event("status", "Searching the articles")
        if "slowly" in question:
            yield Event("text", "It begins, and goes on")
            self.slow.set()
            while not cancelled():
                threading.Event().wait(0.01)
            return
        asked, understood = question, None
        if len(terms(question)) < 2 and history:
            before = [turn["content"] for turn in history if turn["role"] == "user"][-1]
            asked = understood = f"{before.rstrip('?')} ({question.rstrip('?')})?"
        found = self._find(asked, where)
        chinese = bool(re.search(r"[\u4e00-\u9fff]", question))
        language = "zh-Hant" if chinese else "en"
        if not found:
            text = "這些文章沒有提到。" if chinese else "The articles do not say."
            offer = "新水壩將供應多少電力？" if chinese else "How many megawatts will the new dam supply?"
            yield Event("text", text)
            yield Event("answer", answer=Answer(text, language, True, "not_in_corpus", question=question, offer=offer))
            return
        citations = tuple(self._cite(n, *place) for n, place in enumerate(found, start=1))
        sentences = [f"{citation.quote} [{citation.number}]" for citation in citations]
        text = "\n\n".join(sentences)
        for part in re.findall(r"\S+\s*", text):
            yield Event("text", part)
        yield Event(
            "answer",
            answer=Answer(
                text, language, False, None, citations, self._disagreements(citations), question=question,
                understood_as=understood, follow_ups=("Who pays for the dam?", "What do the farmers fear?"),
            ),
        )  # fmt: skip

    def _find(self, question: str, where: Any) -> list[tuple[Document, Block, int, int]]:
        wanted, scored = terms(question), []
        for document in self._documents:
            if where is not None and where.documents and document.id not in where.documents:
                continue
            for block in document.blocks:
                if block.heading:
                    continue
                for match in re.finditer(r"[^.。]+[.。]", document.raw[block.start : block.end]):
                    start = block.start + match.start() + len(match.group()) - len(match.group().lstrip())
                    end = block.start + match.end()
                    score = len(wanted & terms(document.raw[start:end]))
                    if score >= 2:
                        scored.append((-score, document.id, start, document, block, end))
        scored.sort(key=lambda row: row[:3])
        return [(document, block, start, end) for _, _, start, document, block, end in scored[:4]]

    def _cite(self, number: int, document: Document, block: Block, start: int, end: int) -> Citation:
        d = document
        return Citation(
            number, d.id, start, end, d.raw[start:end], d.title, d.publisher, d.author, d.url, d.language,
            block.voice_date or d.published, d.published_note, block.voice, d.family,
        )  # fmt: skip

    def _disagreements(self, citations: Sequence[Citation]) -> tuple[Disagreement, ...]:
        first: dict[str, Citation] = {}
        for citation in citations:
            if re.search(r"\d+ megawatts", citation.quote):
                first.setdefault(citation.family, citation)
        sides = [Position(c.quote, (c.number,)) for c in first.values()]
        return (Disagreement("How many megawatts the new dam will supply", tuple(sides)),) if len(sides) > 1 else ()
