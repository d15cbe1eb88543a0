"""One file becomes text with its paragraphs, whatever its format; what can't be read becomes one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kzrag.corpus import formats
from kzrag.corpus.formats import Reading
from kzrag.errors import CorpusError

READERS: dict[str, Callable[[bytes, str], Reading]] = {
    ".txt": formats.plain, ".text": formats.plain, ".md": formats.markdown, ".markdown": formats.markdown,
    ".html": formats.html, ".htm": formats.html, ".pdf": formats.pdf, ".docx": formats.docx,
}  # fmt: skip
"""What reads a file, by its ending."""


def read(path: Path, max_bytes: int) -> tuple[bytes, Reading]:
    """The bytes of a file and what they hold.

    Raises:
        CorpusError: the file is missing, unreadable, empty, too large, binary, or of no format read here.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(f"{path.name} is not read: kzrag reads {', '.join(sorted(READERS))}.")
    data = _bytes(path, max_bytes)
    reading = reader(data, path.name)
    if not any(map(str.isalnum, reading.raw)):
        raise CorpusError(f"{path.name} holds no text, so there is nothing to index.")
    return data, reading


def _bytes(path: Path, max_bytes: int) -> bytes:
    try:
        if not path.is_file():
            raise CorpusError(f"{path.name} is not a file that can be read.")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise CorpusError(f"{path.name} can't be read ({reason.lower()}); see to its permissions.") from None
    if len(data) > max_bytes:
        raise CorpusError(
            f"{path.name} is larger than {max_bytes:,} bytes; split it, or raise KZRAG_MAX_DOCUMENT_BYTES."
        )
    if not data.strip():
        raise CorpusError(f"{path.name} is empty.")
    return data
