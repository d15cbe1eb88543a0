"""What of a file did not become part of its document: the menus around a page's article, the running heads of a PDF.

The furniture that is found within a document is the document's own business; this is about what its reader never took
in, so that a reader who adds a file sees both.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from kzrag.records import Document

UNSEEN = ("script", "style", "template", "noscript", "head", "svg")
"""Elements of a web page whose text is not shown."""
INLINE = (
    "a",
    "abbr",
    "b",
    "cite",
    "code",
    "em",
    "i",
    "mark",
    "q",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "u",
)
"""Elements that do not begin a line of their own."""


def left_out(path: Path, document: Document) -> list[str]:
    """The lines of the file at `path` that its document does not hold, each once, in their order."""
    lines = {".html": _page, ".htm": _page, ".pdf": _sheets}.get(path.suffix.lower())
    if lines is None:
        return []
    held = _bare(document.raw)
    return list(dict.fromkeys(line for line in lines(path) if (bare := _bare(line)) and bare not in held))


def _bare(text: str) -> str:
    """Letters and figures alone: spaces, hyphens and quotation marks change as a file is read."""
    return "".join(ch for ch in text.casefold() if ch.isalnum())


def _page(path: Path) -> Iterator[str]:
    from kzrag.corpus.formats import markup

    parser = _Lines()
    parser.feed(markup(path.read_bytes(), path.name)[0])
    parser.close()
    return (line for text in "".join(parser.parts).splitlines() if (line := " ".join(text.split())))


class _Lines(HTMLParser):
    """The text that a web page shows, a line for each of its blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        self.parts.append(" " if tag in INLINE else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in UNSEEN))
        self.parts.append(" " if tag in INLINE else "\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(" ".join(data.split("\n")))


def _sheets(path: Path) -> Iterator[str]:
    import pypdf

    for page in pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages:
        yield from (line.strip() for line in (page.extract_text() or "").splitlines())
