"""The documents an index is made from: whether they changed, looked at cheaply, and the documents themselves.

With them come the names that only this corpus uses, in an `aliases.toml` of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kzrag.text import names

if TYPE_CHECKING:
    from kzrag.corpus import Corpus
    from kzrag.settings import Settings

_NOTE = "corpus.json"
"""Beside the generations: sizes and times of the corpus's files when their digest was last taken."""

ALIASES = "aliases.toml"
"""In the corpus folder: names of persons, places and organisations, in the form of the file that kzrag ships."""

_READING = (
    "text",
    "corpus",
    "index/chunking.py",
    "index/lexical.py",
    "index/vocabulary.py",
    "index/tables.py",
    "index/contents.py",
)
"""What decides which passages and words an article becomes."""


@lru_cache(maxsize=1)
def recipe() -> str:
    """A digest of the program text that turns files into passages and words, so that a new version builds anew."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for part in _READING:
        place = package / part
        files = (
            [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.suffix in (".py", ".toml", ".tsv"))
        )
        for path in files:
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Sources:
    """The corpus folder of one opening; its files are read once, and only when they have to be."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.corpus_dir.expanduser().resolve()
        self._aliases = self._folder / ALIASES
        self._note = settings.index_path / _NOTE
        self._listing = dict(self._files())  # before anything is read: a later change will be seen next time
        self._corpus: Corpus | None = None

    def corpus(self) -> Corpus:
        """The documents, read; CorpusError when the folder can't be."""
        if self._corpus is None:
            from kzrag.corpus import load_corpus

            self._corpus = load_corpus(self._folder, max_bytes=self._settings.max_document_bytes)
        return self._corpus

    def digest(self) -> str:
        """Of the documents, of what kept the others from being read, and of the names: the index tells of all."""
        corpus = self.corpus()
        aliases = hashlib.sha256(self._aliases.read_bytes()).hexdigest() if self._aliases.is_file() else ""
        return hashlib.sha256("\n".join((corpus.digest, *corpus.problems, aliases)).encode()).hexdigest()

    def use_names(self) -> None:
        """Read texts and questions with the corpus's own names from now on, in the whole process.

        Raises KzragError when its file of aliases can't be read.
        """
        names.use(names.load(self._aliases) if self._aliases.is_file() else None)

    def match(self, digest: str) -> bool:
        """Whether the documents are those of `digest`: by the files' sizes and times, by their content if in doubt."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            if note == self._seen(digest):
                return True
        except (OSError, ValueError):
            pass
        if self.digest() != digest:
            return False
        self.remember(digest)
        return True

    def remember(self, digest: str) -> None:
        """Note that the files, as listed, have this digest; where nothing can be written, nothing is."""
        fresh = self._note.with_name(f"{_NOTE}.{os.getpid()}")
        with contextlib.suppress(OSError):
            fresh.write_text(json.dumps(self._seen(digest), ensure_ascii=False), encoding="utf-8")
            fresh.replace(self._note)

    def _seen(self, digest: str) -> dict[str, object]:
        return {"folder": str(self._folder), "digest": digest, "recipe": recipe(), "files": self._listing}

    def _files(self) -> Iterator[tuple[str, list[int]]]:
        """Every file that the corpus may be read from: its path, size in bytes and time of change in nanoseconds."""
        own = self._settings.index_path.resolve()
        for place, folders, files in os.walk(self._folder):
            folders[:] = [f for f in folders if not f.startswith(".") and (Path(place) / f).resolve() != own]
            for name in files:
                path = Path(place) / name
                with contextlib.suppress(OSError):
                    state = path.stat()
                    yield path.relative_to(self._folder).as_posix(), [state.st_size, state.st_mtime_ns]
