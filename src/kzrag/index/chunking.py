"""Documents into passages and sentences: what is searched for, and what is quoted.

A passage is whole sentences of one voice in one unbroken stretch of the file, about a paragraph or two long. It knows
nothing of vectors or words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kzrag.records import ARTICLE, Block, Chunk, Document, Sentence
from kzrag.text.language import detect
from kzrag.text.sentences import sentence_spans
from kzrag.text.tokens import count_tokens

TARGET_TOKENS = 120
"""Length to aim at, in o200k tokens: about a paragraph. Of 80 to 300 it found most (docs/log.md)."""
MAX_TOKENS = 180
"""No passage of two sentences or more is longer; a single longer sentence stays whole."""
MID_PARAGRAPH = 0.15
"""What a cut within a paragraph costs, as a squared share of the target: a passage 40 % off is as bad."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence on its way into a passage."""

    start: int
    end: int
    tokens: int
    block: int
    heading: bool


def chunk(document: Document, first_chunk: int, first_sentence: int) -> tuple[list[Chunk], list[Sentence]]:
    """The passages and sentences of a document in reading order, numbered from the two given numbers.

    Every sentence lies in exactly one passage, the sentences of a passage are consecutive, and for both
    `document.raw[start:end] == text`.
    """
    chunks: list[Chunk] = []
    sentences: list[Sentence] = []
    for voice, pieces in _stretches(document):
        language = document.language
        if voice != ARTICLE:
            # A reader may comment in a language of their own.
            language = detect(document.raw[pieces[0].start : pieces[-1].end], default=document.language)
        for group in _groups(pieces):
            number = first_chunk + len(chunks)
            start, end = group[0].start, group[-1].end
            text = document.raw[start:end]
            chunks.append(
                Chunk(
                    number=number,
                    id=chunk_id(document.id, start, text),
                    document_id=document.id,
                    start=start,
                    end=end,
                    text=text,
                    language=language,
                    voice=voice,
                    family=document.family,
                )
            )
            sentences += [
                Sentence(
                    number=first_sentence + len(sentences) + place,
                    document_id=document.id,
                    start=piece.start,
                    end=piece.end,
                    text=document.raw[piece.start : piece.end],
                    language=language,
                    voice=voice,
                    family=document.family,
                    chunk=number,
                    block=piece.block,
                )
                for place, piece in enumerate(group)
            ]
    return chunks, sentences


def chunk_id(document_id: str, start: int, text: str) -> str:
    """The same text at the same place of the same document has the same id, on every machine."""
    return f"{document_id}:{start}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _stretches(document: Document) -> Iterator[tuple[str, list[_Piece]]]:
    """Runs of sentences of one voice with nothing but white space between their paragraphs.

    A photo caption or notice between two paragraphs ends a run: a passage is one slice of the file, and furniture
    must not come along inside it.
    """
    run: list[_Piece] = []
    last: Block | None = None
    for number, block in enumerate(document.blocks):
        pieces = [
            _Piece(
                block.start + start,
                block.start + end,
                count_tokens(document.raw[block.start + start : block.start + end]),
                number,
                block.heading,
            )
            for start, end in sentence_spans(document.raw[block.start : block.end])
        ]
        if not pieces:
            continue
        if last is not None and run and not _joined(document, last, block):
            yield last.voice, run
            run = []
        run += pieces
        last = block
    if last is not None and run:
        yield last.voice, run


def _joined(document: Document, before: Block, after: Block) -> bool:
    same_speaker = (before.voice, before.voice_date) == (after.voice, after.voice_date)
    return same_speaker and not document.raw[before.end : after.start].strip()


def _groups(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """The cuts with the least total cost: near the target length, at paragraph ends, never below a heading."""
    best: list[float] = [0.0]
    cut_before: list[int] = [0]
    for end in range(1, len(pieces) + 1):
        best.append(float("inf"))
        cut_before.append(end - 1)
        tokens = 0
        for start in range(end - 1, -1, -1):
            tokens += pieces[start].tokens
            if tokens > MAX_TOKENS and start < end - 1:
                break
            cost = best[start] + _cost(pieces, start, end, tokens)
            if cost < best[end]:
                best[end], cut_before[end] = cost, start
    cuts = [len(pieces)]
    while cuts[-1]:
        cuts.append(cut_before[cuts[-1]])
    cuts.reverse()
    for start, end in pairwise(cuts):
        yield pieces[start:end]


def _cost(pieces: list[_Piece], start: int, end: int, tokens: int) -> float:
    cost = ((tokens - TARGET_TOKENS) / TARGET_TOKENS) ** 2
    if end < len(pieces):
        if pieces[end - 1].heading:
            cost += 2.0  # more than any length can cost: a heading belongs to what stands under it
        elif pieces[end - 1].block == pieces[end].block:
            cost += MID_PARAGRAPH
    return cost
