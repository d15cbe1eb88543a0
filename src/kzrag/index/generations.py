"""The directory of an index: one finished generation in use, the next one built beside it.

    CURRENT          names the generation in use; replaced in one step, so that a reader sees the old one or the new
    gen-7/           finished, never written again
    gen-6/           the one before, kept for readers that still have it open
    gen-8.tmp/       being built; left behind by a killed process, removed by the next writer
    writer.lock      held by the one process that builds
    mark             what this index is called on a Chroma server, if it ever was on one

Knows nothing of what a generation holds, and touches no file with another name.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from kzrag.errors import IndexStateError

_FINISHED = re.compile(r"gen-(\d+)")
_UNFINISHED = re.compile(r"gen-\d+\.(?:tmp|old)")
_MARK = re.compile(r"kzrag-[0-9a-f]{12}")
_LONGEST_NAME = 64
"""Bytes of CURRENT that are looked at: a longer one is not ours."""


class Generations:
    """The generations in one index directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def current(self) -> Path | None:
        """The generation in use; `None` when there is none or CURRENT does not name one."""
        try:
            with (self.directory / "CURRENT").open("rb") as pointer:
                name = pointer.read(_LONGEST_NAME).decode("ascii", "replace").strip()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise IndexStateError(
                f"The index in {self.directory} can't be read ({error.strerror}); "
                "give yourself the right to read it, or choose another directory with KZRAG_INDEX_DIR."
            ) from error
        if not _FINISHED.fullmatch(name):
            return None
        return self.directory / name if (self.directory / name).is_dir() else None

    def started(self) -> bool:
        """Whether there is a pointer at all: without a current generation it is damaged, not new."""
        return (self.directory / "CURRENT").exists()

    @contextlib.contextmanager
    def writer(self, waiting: Callable[[], None]) -> Iterator[bool]:
        """Hold the right to write, for as long as the block runs; `waiting` is called once when another holds it.
        Gives whether it was waited.

        The lock is the operating system's: it ends with the process, however that ends. OSError where nothing can be
        written.
        """
        from filelock import FileLock, Timeout

        self.directory.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.directory / "writer.lock")
        waited = False
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waited = True
            waiting()
            lock.acquire()
        try:
            yield waited
        finally:
            lock.release()

    def begin(self) -> Path:
        """An empty directory for the next generation. Only for the writer; sweeps up after killed ones."""
        for leftover in self._entries(_UNFINISHED):
            shutil.rmtree(leftover, ignore_errors=True)
        unfinished = self.directory / f"gen-{max(self.numbers(), default=0) + 1}.tmp"
        unfinished.mkdir()
        return unfinished

    def publish(self, unfinished: Path) -> Path:
        """Give the generation its name and make it the current one. Only for the writer."""
        finished = unfinished.with_suffix("")
        unfinished.rename(finished)
        _sync(self.directory)
        pointer = self.directory / "CURRENT.tmp"
        with pointer.open("w", encoding="ascii") as file:
            file.write(f"{finished.name}\n")
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.directory / "CURRENT")
        _sync(self.directory)
        return finished

    def sweep(self, *keep: Path | None) -> list[Path]:
        """Remove every other finished generation whole; returns where they were. Only for the writer."""
        removed = []
        for generation in self._entries(_FINISHED):
            if generation in keep:
                continue
            # Under its own name a generation is whole or not there at all, even if this process is killed now.
            dying = generation.with_suffix(".old")
            with contextlib.suppress(OSError):
                generation.rename(dying)
                removed.append(generation)
            shutil.rmtree(dying, ignore_errors=True)
        return removed

    def mark(self) -> str:
        """A name for this index that no other has, made once: its collections on a shared server begin with it."""
        path = self.directory / "mark"
        try:
            mark = path.read_text(encoding="ascii").strip()
            if _MARK.fullmatch(mark):
                return mark
        except (FileNotFoundError, UnicodeDecodeError):
            pass
        mark = f"kzrag-{uuid.uuid4().hex[:12]}"
        path.write_text(f"{mark}\n", encoding="ascii")
        return mark

    def label(self, generation: Path) -> str:
        """The name of a generation's collection on a server."""
        return f"{self.mark()}-{generation.with_suffix('').name}"

    def numbers(self) -> list[int]:
        """The numbers of all finished generations, in use or not."""
        return sorted(int(entry.name.removeprefix("gen-")) for entry in self._entries(_FINISHED))

    def _entries(self, pattern: re.Pattern[str]) -> list[Path]:
        return [entry for entry in self.directory.iterdir() if pattern.fullmatch(entry.name) and entry.is_dir()]


def _sync(directory: Path) -> None:
    """Make names in a directory last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
