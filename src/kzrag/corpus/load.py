"""A folder of files becomes a corpus: every document read, cleaned, attributed, and grouped with its translations.

One bad file costs one sentence, never the others.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kzrag.corpus import families, furniture, provenance, readers, voices
from kzrag.corpus.formats import Reading
from kzrag.corpus.layout import Paragraph, belongs_to, heading_flags, trimmed
from kzrag.corpus.provenance import Metadata
from kzrag.errors import CorpusError
from kzrag.records import ARTICLE, Block, Document, Furniture
from kzrag.text.language import detect

MAX_BYTES = 20_000_000
"""The limit when a caller has none of its own: the default of the setting max_document_bytes."""

_LONGEST_JOINED = 2000
"""Characters of a block made of several paragraphs: a torn sentence, a signature, never a long list of short lines."""
_NOT_ARTICLES = frozenset({provenance.SOURCES, "aliases.toml", "questions.toml"})


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that was read from a folder."""

    documents: tuple[Document, ...]
    """By id."""
    problems: tuple[str, ...] = ()
    """One sentence for each file that did not load, and each line of sources.toml that means nothing."""
    digest: str = ""
    """Changes when any document does."""
    notes: tuple[str, ...] = ()
    """One sentence for each file that was read, but not as one would expect (another encoding)."""


def load_corpus(folder: Path, *, max_bytes: int = MAX_BYTES, progress: Callable[[str], None] | None = None) -> Corpus:
    """Reads every document of a folder and its subfolders.

    Args:
        folder: where the files and, perhaps, `sources.toml` are.
        max_bytes: a larger file is named and left out.
        progress: is told the name of each file before it is read.

    Raises:
        CorpusError: there is no such folder. A folder without documents is an empty corpus.
    """
    folder = folder.expanduser()
    if not folder.is_dir():
        raise CorpusError(f"There is no folder {str(folder)!r}; give the folder that holds the documents.")
    root = folder.resolve()
    described, problems = provenance.read_sources(root)
    documents: dict[str, Document] = {}
    notes: list[str] = []
    seen: set[str] = set()
    for path in _files(root, problems):
        name = path.relative_to(root).as_posix()
        seen.add(name)
        if progress is not None:
            progress(name)
        if (other := documents.get(path.stem)) is not None:
            problems.append(
                f"{name} has the same stem as {Path(other.path).name}: rename one of them; the first was read."
            )
            continue
        try:
            document, note = _read(path, described.get(name, Metadata()), max_bytes)
        except CorpusError as error:
            problems.append(str(error))
            continue
        documents[document.id] = document
        notes.extend([note] if note else [])
    problems.extend(
        f"{provenance.SOURCES} describes {name}, but there is no such file." for name in described if name not in seen
    )
    ordered = _related([documents[key] for key in sorted(documents)], problems)
    digest = hashlib.sha256("\n".join(document.digest for document in ordered).encode()).hexdigest()
    return Corpus(tuple(ordered), tuple(problems), digest, tuple(notes))


def read_document(path: Path, metadata: Mapping[str, Any] | None = None, max_bytes: int = MAX_BYTES) -> Document:
    """Reads one file.

    Args:
        path: the file; its ending says how it is read, its stem becomes the document's id.
        metadata: what is known of it, by the names of `sources.toml`; the file itself is asked for the rest.
        max_bytes: larger files are refused.

    Raises:
        CorpusError: the file can't be read, or a value of `metadata` can't be meant.
    """
    known, problems = provenance.understand(metadata or {}, path.name)
    if problems:
        raise CorpusError(problems[0])
    return _sealed(_read(path, known, max_bytes)[0])


def _files(root: Path, problems: list[str]) -> Iterator[Path]:
    """Every file that could be a document, sorted; hidden ones and links that lead out of the folder are not."""
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            path = Path(place, name)
            if name.startswith((".", "~$")) or name in _NOT_ARTICLES:
                continue
            if path.is_symlink() and not _inside(path, root):
                problems.append(
                    f"{path.relative_to(root).as_posix()} is a link that leads out of the folder, and was left out."
                )
            else:
                yield path


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _read(path: Path, known: Metadata, max_bytes: int) -> tuple[Document, str | None]:
    data, reading = readers.read(path, max_bytes)
    comments = voices.find(reading.paragraphs)
    verdict = furniture.find(reading.paragraphs, comments)
    format_says, _ = provenance.understand(reading.metadata, path.name)
    about = known.over(format_says.over(provenance.from_text(reading.paragraphs, verdict, comments)))
    comments = voices.dated(comments, about.published)
    blocks = _blocks(reading, verdict, comments)
    if not blocks:
        raise CorpusError(f"{path.name} holds nothing but page furniture, so there is nothing to index.")
    headers = {comment.body for comment in comments if comment.at}
    left_out = [
        *(Furniture(reading.paragraphs[n].start, reading.paragraphs[n].end, rule) for n, rule in verdict.why.items()),
        *(_before(reading.paragraphs[n], at, headers, n) for n, at in verdict.begins.items()),
    ]
    said = " ".join(reading.raw[block.start : block.end] for block in blocks if block.voice == ARTICLE)
    document = Document(
        id=path.stem,
        path=str(path),
        raw=reading.raw,
        blocks=blocks,
        furniture=tuple(sorted(left_out, key=lambda piece: piece.start)),
        digest=hashlib.sha256(data).hexdigest(),
        **(asdict(about) | {"language": about.language or detect(said or reading.raw)}),
    )
    return replace(document, family=document.id), reading.note


def _before(paragraph: Paragraph, at: int, headers: Collection[int], number: int) -> Furniture:
    """What stands before the words of a paragraph: the header of a comment, or markup that lost its brackets."""
    end = paragraph.start + len(paragraph.text[:at].rstrip())
    return Furniture(paragraph.start, end, "comment header" if number in headers else "stray markup")


def _blocks(reading: Reading, verdict: furniture.Verdict, comments: Sequence[voices.Comment]) -> tuple[Block, ...]:
    """The paragraphs that are content, each with its voice; torn sentences joined where nothing stands between."""
    voice = {n: comment for comment in comments for n in range(comment.body, comment.last + 1)}
    content = [n for n in range(len(reading.paragraphs)) if n not in verdict.why]
    headings = _headings(reading, content, verdict, voice)
    blocks: list[Block] = []
    previous: int | None = None
    for number in content:
        paragraph = reading.paragraphs[number]
        comment = voice.get(number)
        start, end = trimmed(reading.raw, paragraph.start + verdict.begins.get(number, 0), paragraph.end)
        if start == end:
            continue
        continues = (
            previous == number - 1
            and voice.get(number - 1) is comment
            and number not in verdict.begins
            and not headings[number]
            and not headings[number - 1]
            and belongs_to(reading.paragraphs[number - 1], paragraph)
            and end - blocks[-1].start <= _LONGEST_JOINED
        )
        if continues:
            blocks[-1] = replace(blocks[-1], end=end)
        elif comment is not None:
            blocks.append(Block(start, end, comment.name, comment.date))
        else:
            blocks.append(Block(start, end, heading=headings[number]))
        previous = number
    return tuple(blocks)


def _headings(
    reading: Reading, content: Sequence[int], verdict: furniture.Verdict, voice: Mapping[int, voices.Comment]
) -> dict[int, bool]:
    article = [number for number in content if number not in voice]
    flags = heading_flags([reading.paragraphs[number] for number in article])
    headings = dict.fromkeys(content, False) | dict(zip(article, flags, strict=True))
    if verdict.title is not None:
        headings[verdict.title] = True
    return headings


def _related(documents: list[Document], problems: list[str]) -> list[Document]:
    """The documents with their families, and with `translation_of` as an id that exists."""
    ids = {document.id: document.id for document in documents} | {
        Path(document.path).name: document.id for document in documents
    }
    known: list[Document] = []
    for document in documents:
        original = document.translation_of
        if original is not None and ids.get(original) in (None, document.id):
            problems.append(
                f"{document.id} is said to be a translation of {original!r}, which is not another file of this folder."
            )
            known.append(replace(document, translation_of=None))
        else:
            known.append(replace(document, translation_of=ids.get(original) if original is not None else None))
    groups = families.find(known)
    return [_sealed(replace(document, family=groups[document.id])) for document in known]


def _sealed(document: Document) -> Document:
    """The document with a digest over all that an index shows of it: bytes, metadata, and what was kept of the text."""
    about = document.about()
    del about["path"]
    shown = [about, [asdict(block) for block in document.blocks], document.digest]
    return replace(document, digest=hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest())
