"""Documents that readers add: kept in a folder of kzrag's own, beside copies of the corpus they join.

The corpus folder itself is never written to. What is indexed after the first addition is the library folder: the copied
corpus, the added files, and one `sources.toml` for both.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kzrag.errors import CorpusError
from kzrag.records import Document
from kzrag.settings import Settings

ADDED = "added"
SOURCES = "sources.toml"
SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
FIELDS = ("title", "publisher", "author", "published", "language")
"""What a reader may say of a document, by the names of `sources.toml`."""
NAME_LENGTH = 80
"""Characters of a file name that are kept: every file system takes more, every list shows fewer."""


class Library:
    """The added documents of one corpus. Changes are made one at a time."""

    def __init__(self, settings: Settings) -> None:
        self._original = settings
        corpus = settings.corpus_dir.expanduser().resolve()
        mark = hashlib.sha256(str(corpus).encode()).hexdigest()[:10]
        self._corpus = corpus
        self.folder = settings.home / "library" / f"{corpus.name}-{mark}"
        self._known = self.folder.with_suffix(".json")
        """What readers said of each added file."""
        self.lock = threading.Lock()

    @property
    def settings(self) -> Settings:
        """The settings to ask with: those of the library as soon as something is added, else the original ones."""
        if not self.names():
            return self._original
        return self._original.model_copy(update={"corpus_dir": self.folder, "index_dir": None})

    def names(self) -> list[str]:
        """The added files' names."""
        return sorted(self._read_known())

    def holds(self, document: Document) -> bool:
        """Whether a document was added by a reader (and may be removed by one)."""
        path = Path(document.path)
        return path.parent.resolve() == (self.folder / ADDED).resolve() and path.name in self._read_known()

    def preview(self, path: Path, metadata: Mapping[str, str] | None = None) -> Document:
        """The document as it would be read. Raises `CorpusError` with a sentence for the reader."""
        from kzrag.corpus import read_document

        if path.suffix.lower() not in SUFFIXES:
            raise CorpusError(
                f"{path.name} is none of {', '.join(SUFFIXES)}; save it as one of these and add it again."
            )
        return read_document(path, _said(metadata), self._original.max_document_bytes)

    def add(self, path: Path, metadata: Mapping[str, str] | None = None) -> str:
        """Take a file in, under a name of its own; that name's stem is the document's id."""
        self.preview(path, metadata)
        with self.lock:
            known = self._read_known()
            self._copy_corpus()
            name = self._free_name(path)
            target = self.folder / ADDED / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            known[name] = _said(metadata)
            self._write(known)
        return name

    def remove(self, document_id: str) -> bool:
        """Take an added document out again; False when no reader added it."""
        with self.lock:
            known = self._read_known()
            name = next((name for name in known if Path(name).stem == document_id), None)
            if name is None:
                return False
            del known[name]
            (self.folder / ADDED / name).unlink(missing_ok=True)
            self._write(known)
        return True

    def refresh(self) -> None:
        """Follow changes of the corpus itself; called when the server starts."""
        with self.lock:
            if known := self._read_known():
                self._copy_corpus()
                self._write(known)

    def _copy_corpus(self) -> None:
        """The library's copy of the corpus, anew."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.iterdir():
            if old.name != ADDED:
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        for path in sorted(self._corpus.rglob("*")):
            relative = path.relative_to(self._corpus)
            hidden = any(part.startswith(".") for part in relative.parts)
            if path.is_file() and not path.is_symlink() and not hidden and relative.parts[0] != ADDED:
                target = self.folder / relative
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)

    def _free_name(self, path: Path) -> str:
        """The file's own name, made safe, and numbered when a document has that stem already."""
        stem = re.sub(r"[^\w-]+", "-", path.stem).strip("-_.")[:NAME_LENGTH] or "document"
        taken = {other.stem.lower() for other in self.folder.rglob("*") if other.is_file()}
        free, number = stem, 1
        while free.lower() in taken:
            number += 1
            free = f"{stem}-{number}"
        return free + path.suffix.lower()

    def _read_known(self) -> dict[str, dict[str, str]]:
        try:
            known = json.loads(self._known.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise CorpusError(
                f"The list of added documents {self._known} can't be read ({error}); move it away."
            ) from None
        return {str(name): _said(metadata) for name, metadata in known.items()}

    def _write(self, known: Mapping[str, Mapping[str, str]]) -> None:
        """The list, and `sources.toml`: the corpus's own text, then a block for each added file."""
        blocks = []
        own = self._corpus / SOURCES
        if own.is_file():
            blocks.append(own.read_text(encoding="utf-8-sig"))
        for name, metadata in sorted(known.items()):
            facts = {"file": f"{ADDED}/{name}", **metadata}
            # A JSON string is a TOML string too
            blocks.append("[[article]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in facts.items()))
        (self.folder / SOURCES).write_text("\n".join(blocks), encoding="utf-8")
        fresh = self._known.with_suffix(".new")
        fresh.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(self._known)


def _said(metadata: Mapping[str, Any] | None) -> dict[str, str]:
    """The fields that were filled in."""
    stripped = {key: " ".join(str((metadata or {}).get(key) or "").split()) for key in FIELDS}
    return {key: value for key, value in stripped.items() if value}
