"""What the gate judges: a cited span with its origin, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass

from kzrag.records import ARTICLE


@dataclass(frozen=True, slots=True)
class SpanText:
    """The words a sentence rests on, and who said them when."""

    text: str
    language: str
    published: str | None = None
    """ISO date, or a prefix of one: what "this year" is said in."""
    voice: str = ARTICLE
    publisher: str | None = None
    author: str | None = None
    title: str | None = None
    """What the document is called, by which it is known where nobody is named."""
    speaker: str | None = None
    """Whom the article quotes or interviews with these words, where they don't tell so themselves."""
    context: str = ""
    """What stands around the span in its document: whom its "he" and "the country" may mean."""

    @property
    def origin(self) -> str:
        """The names of those who say it: the commenter, or the publisher and author of the article, or its title."""
        said_by = (self.voice,) if self.voice != ARTICLE else (self.publisher, self.author, self.speaker)
        return ", ".join(name for name in said_by if name) or self.title or ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Everything that it may be called by."""
        named = tuple(name for name in (self.publisher, self.author) if name) or ((self.title,) if self.title else ())
        quoted = (self.speaker,) if self.speaker else ()
        return (*quoted, *named) if self.voice == ARTICLE else (self.voice, *named)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the spans support the sentence; if not, one line per reason, its kind first.

    Kinds: "figure", "unit", "date", "name", "negation", "speaker", "meaning".
    """

    supported: bool
    why: tuple[str, ...] = ()
