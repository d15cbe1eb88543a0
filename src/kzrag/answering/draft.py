"""What both writers hand to the engine: statements with the spans they rest on, not yet numbered, not yet shown."""

from __future__ import annotations

from dataclasses import dataclass

from kzrag.answering.gate import SpanText
from kzrag.records import Document, Sentence

# Characters before a quote in which the gate looks for whom its "he" and "the country" mean: about a paragraph.
SURROUNDINGS = 600


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of one document that a statement may rest on; `document.raw[start:end]` is the quote."""

    document: Document
    start: int
    end: int
    voice: str
    voice_date: str | None
    parallel: tuple[Source, ...] = ()
    """The same words in the other documents of the family."""
    speaker: str | None = None
    """Whom the article quotes or interviews with these words, where they don't tell so themselves."""
    introduced: Source | None = None
    """Where the article names that speaker."""

    @property
    def all(self) -> tuple[Source, ...]:
        """It, its parallels and where its speaker is named: what a statement with these words rests on."""
        return (self, *self.parallel, *((self.introduced,) if self.introduced is not None else ()))

    @property
    def quote(self) -> str:
        return self.document.raw[self.start : self.end]

    @property
    def published(self) -> str | None:
        """When the voice spoke, or the document was published."""
        return self.voice_date or self.document.published

    @property
    def place(self) -> tuple[str, int, int]:
        return self.document.id, self.start, self.end

    def for_gate(self) -> SpanText:
        """What the gate needs to know of it."""
        return SpanText(
            text=self.quote,
            language=self.document.language,
            published=self.published,
            voice=self.voice,
            publisher=self.document.publisher,
            author=self.document.author,
            title=self.document.title or self.document.id,
            speaker=self.speaker,
            context=self.document.raw[max(0, self.start - SURROUNDINGS) : self.start],
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and what it rests on; the engine adds the markers."""

    text: str
    sources: tuple[Source, ...]
    """Empty only for words that state nothing ("The sources differ.")."""
    starts_paragraph: bool = False


def source_of(document: Document, sentence: Sentence, before: Sentence | None = None) -> Source:
    """The source of a sentence, with the one before it where it leans on that."""
    block = document.blocks[sentence.block]
    start = before.start if before is not None else sentence.start
    return Source(document, start, sentence.end, sentence.voice, block.voice_date)
