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
    context: str = ""
    """What stands around the span in its document: whom its "he" and "the country" may mean."""

    @property
    def origin(self) -> str:
        """The names of those who say it: the commenter, or the publisher and author of the article."""
        said_by = (self.voice,) if self.voice != ARTICLE else (self.publisher, self.author)
        return ", ".join(name for name in said_by if name)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the spans support the sentence; if not, one line per reason, its kind first.

    Kinds: "figure", "unit", "date", "name", "negation", "speaker", "meaning".
    """

    supported: bool
    why: tuple[str, ...] = ()
