"""The values that cross every border of kzrag: what an article is, what a passage is, what an answer is.

Everything here is frozen and knows nothing of files, indexes or models. All offsets are character offsets into
`Document.raw`, the file decoded as UTF-8 with its newlines untouched, so that `raw[start:end]` is always the quote.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

ARTICLE = "article"
"""The `voice` of the article itself; a reader's comment has the reader's name instead."""

Mode = Literal["extractive", "llm"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item of a document that is content, not page furniture."""

    start: int
    end: int
    voice: str = ARTICLE
    voice_date: str | None = None
    """ISO date on which the voice spoke, when it is another than the document's (a dated comment)."""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the file that is page furniture: kept in the file, left out of the index."""

    start: int
    end: int
    why: str
    """The rule that found it, in plain words: "repeated line", "photo caption", "stock quote", …"""


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus, with what is known of its origin."""

    id: str
    """The file's stem."""
    path: str
    """Where the file is; the raw text was read from here."""
    raw: str = field(repr=False)
    language: str
    """BCP 47 tag of the article: `en`, `zh-Hant`, `zh-Hans`, `ru`, `kk`, or another."""
    blocks: tuple[Block, ...] = field(repr=False)
    """In reading order, never overlapping; what no block covers is furniture or white space."""
    furniture: tuple[Furniture, ...] = field(default=(), repr=False)
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    """ISO date or a prefix of one."""
    published_note: str | None = None
    """How the date is known, when it is inferred."""
    translation_of: str | None = None
    """Id of the document of which this is a translation or reprint."""
    family: str = ""
    """Id of the group of translations and reprints this belongs to: one family is one independent source."""
    digest: str = ""
    """SHA-256 of the file's bytes and of the metadata: changes when anything that the index shows changes."""

    def about(self) -> dict[str, Any]:
        """What a list of sources shows: everything but the text."""
        facts = asdict(self)
        for bulky in ("raw", "blocks", "furniture", "digest"):
            del facts[bulky]
        return facts


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of evidence: one sentence of one voice."""

    number: int
    """Position in the index's table of sentences; row of the sentence vectors."""
    document_id: str
    start: int
    end: int
    text: str
    language: str
    voice: str
    family: str
    chunk: int
    """Number of the chunk that holds it."""
    block: int
    """Number of the block in the document: neighbours in one block belong together."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit of retrieval: whole sentences of one voice, `raw[start:end] == text`."""

    number: int
    """Position in the index's table of chunks."""
    id: str
    """Deterministic: the same text at the same place of the same document has the same id."""
    document_id: str
    start: int
    end: int
    text: str
    language: str
    voice: str
    family: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage. `raw[start:end] == text`."""

    document_id: str
    start: int
    end: int
    text: str
    score: float
    """Higher is better; comparable within one result list only."""
    language: str
    voice: str = ARTICLE
    chunk: int = -1
    """Number of the chunk in the index."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that bears on a question, with the reasons why it was chosen."""

    sentence: Sentence
    score: float
    """0 to 1: how likely it is to answer; comparable between questions."""
    meaning: float = 0.0
    """Cosine of the question's and the sentence's vectors."""
    words: float = 0.0
    """Share of the question's content words, weighted by rarity, that the sentence holds."""
    like: float = 0.0
    """Share of those words that the sentence has, or has the like of, in whatever language; 0 to 1."""
    pins: float = 1.0
    """How far the sentence satisfies the years, figures and names that the question pins down, 0 to 1."""
    kind: float = 1.0
    """Whether it contains the kind of thing asked, 0 to 1."""
    before: Sentence | None = None
    """The sentence before it, where this one can't be understood alone ("In the same year, …")."""
    parallel: tuple[Sentence, ...] = ()
    """The same sentence in the other documents of its family."""
    listed: frozenset[int] = frozenset()
    """Numbers of the sentences of the list that it belongs to, where these answer together."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands, and who says so. `raw[start:end] == quote`, always."""

    number: int
    document_id: str
    start: int
    end: int
    quote: str
    title: str | None
    publisher: str | None
    author: str | None
    url: str | None
    language: str
    published: str | None
    published_note: str | None
    voice: str
    family: str


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a disagreement, in its source's own words."""

    claim: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question to which independent sources give different answers."""

    topic: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What kzrag says to a question. Every sentence of `text` that states something carries a marker `[n]`."""

    text: str
    language: str
    abstained: bool
    reason: str | None
    citations: tuple[Citation, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    mode: Mode = "extractive"
    question: str = ""
    understood_as: str | None = None
    """The standalone question, when the one asked was a follow-up."""
    notes: tuple[str, ...] = ()
    """One plain sentence each: why the model's answer was not used, what was left out."""
    offer: str | None = None
    """When abstained: the nearest question that the corpus does answer."""
    follow_ups: tuple[str, ...] = ()
    """Questions that this corpus answers and a reader might ask next."""
    usage: dict[str, float] | None = None
    """Tokens (and cost, where the provider tells) that a model used for this answer."""
    confidence: float | None = None
    """0 to 1: how well the best evidence answers the question, refused or not; what the refusal was decided on."""

    def to_dict(self) -> dict[str, Any]:
        """A JSON-able dict of all of it: lists and plain values only."""
        plain: dict[str, Any] = asdict(self)
        for name in ("citations", "disagreements", "notes", "follow_ups"):
            plain[name] = list(plain[name])
        for disagreement in plain["disagreements"]:
            disagreement["positions"] = [
                position | {"citations": list(position["citations"])} for position in disagreement["positions"]
            ]
        return plain


@dataclass(frozen=True, slots=True)
class Event:
    """A step of a streamed answer; the last one carries the `Answer`."""

    kind: Literal["status", "text", "answer"]
    text: str = ""
    """`status`: what is going on; `text`: words to append to what is shown."""
    answer: Answer | None = None
