"""What the bytes of each format hold: plain text, Markdown, HTML, PDF, DOCX.

For plain text and Markdown the text is the file itself, so that offsets point into the file; for the others it is the
extracted text, a blank line between paragraphs. The parsers are other people's: markdown-it, trafilatura, pypdf,
python-docx; whatever they throw at a broken file becomes one sentence.
"""

from __future__ import annotations

import importlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kzrag.corpus import layout
from kzrag.corpus.decoding import decode
from kzrag.corpus.layout import Paragraph, trimmed
from kzrag.errors import CorpusError

_INFLATED = 30
"""Times its own size that a DOCX may unpack to: text packs to a third, a bomb to a thousandth."""
_SMALL = 10_000_000
"""Bytes that any DOCX may unpack to."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds."""

    raw: str
    paragraphs: list[Paragraph]
    metadata: dict[str, Any] = field(default_factory=dict)
    """What the format's own fields say, by the names of `sources.toml`."""
    note: str | None = None
    """One sentence when the file was read differently from what one would expect."""


def plain(data: bytes, name: str) -> Reading:
    """Plain text, as it stands in the file."""
    raw, note = decode(data, name)
    return Reading(raw, layout.paragraphs(raw), note=note)


_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_KEYS = {
    "title": "title", "author": "author", "publisher": "publisher", "source": "publisher",
    "url": "url", "link": "url", "canonical": "url", "date": "published", "published": "published",
    "language": "language", "lang": "language", "translation_of": "translation_of",
}  # fmt: skip
_MARKDOWN_HEAD = re.compile(r"(?:\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+|\d{1,9}[.)]\s+(?=\S)))+")
_MARKDOWN_TAIL = re.compile(r"\s#+\s*\Z|\n\s*[=-]+\s*\Z")


def markdown(data: bytes, name: str) -> Reading:
    """Markdown as it stands in the file: markdown-it says where its blocks are, not what they would look like."""
    from markdown_it import MarkdownIt

    raw, note = decode(data, name)
    front = _FRONT_MATTER.match(raw)
    begin = front.end() if front is not None else raw.startswith("\ufeff")
    lines = [begin, *(begin + line.end() for line in re.finditer(r"\r\n|\r|\n", raw[begin:])), len(raw)]
    found: list[Paragraph] = []
    parent = ""
    for token in MarkdownIt("commonmark").enable("table").parse(raw[begin:]):
        if token.nesting == 1:
            # A paragraph in a list item is the item; what is in a table row is one line.
            parent = "list_item_open" if (parent, token.type) == ("list_item_open", "paragraph_open") else token.type
        if token.type not in ("inline", "fence", "code_block", "html_block") or token.map is None:
            continue
        first, last = (min(line, len(lines) - 1) for line in token.map)
        start, end = trimmed(raw, lines[first], lines[last])
        if token.type == "inline" and (head := _MARKDOWN_HEAD.match(raw, start, end)) is not None:
            start = head.end()
        heading = parent == "heading_open"
        if heading:
            end = trimmed(raw, start, start + len(_MARKDOWN_TAIL.sub("", raw[start:end])))[1]
        if start < end and (not found or start >= found[-1].end):
            found.append(Paragraph(start, end, raw[start:end], 1, parent == "list_item_open", heading))
    return Reading(raw, found, _front_matter(front.group(1)) if front is not None else {}, note)


def _front_matter(text: str) -> dict[str, Any]:
    """The plain `key: value` lines at the head of a Markdown file."""
    found: dict[str, Any] = {}
    for key, value in re.findall(r"(?m)^(\w+):[ \t]*(\S[^\r\n]*)\r?$", text):
        if (known := _FRONT_KEYS.get(key.lower())) is not None:
            words = value.strip().strip("\"'")
            found.setdefault(known, words[:10] if known == "published" else words)
    return found


Part = tuple[str, bool, bool | None]
"""Words of a paragraph; whether it is a list item; whether it is a heading, None where nothing tells."""


def html(data: bytes, name: str) -> Reading:
    """The article of a web page. Readers' comments are left out: their names can't be told from the page's words."""
    trafilatura = _optional("trafilatura", name)
    text, note = markup(data, name)
    with _foreign(name, "HTML"):
        page = trafilatura.bare_extraction(
            text,
            include_comments=False,
            favor_recall=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        if page is None or page.body is None:
            raise CorpusError(f"{name} holds no article text that could be told from its menus and adverts.")
        parts: list[Part] = []
        for element in page.body.iter("head", "p", "item", "quote", "row", "code", "ab"):
            nested = next(element.iterdescendants("p", "item", "quote", "row"), None)
            if nested is None:
                words = " ".join("".join(element.itertext()).split())
                parts.append((words, element.tag == "item", element.tag == "head"))
    known = {
        "title": page.title,
        "author": page.author,
        "url": page.url,
        "publisher": page.sitename,
        "published": page.date,
    }
    return _assembled(parts, known, note)


def markup(data: bytes, name: str) -> tuple[str, str | None]:
    """The source of a web page, and a note where its encoding was guessed."""
    return _declared(data) or decode(data, name)


def _declared(data: bytes) -> tuple[str, None] | None:
    """The text of a page that is not UTF-8 and says what it is instead, if that is true."""
    says = re.search(rb"<meta[^>]{1,200}charset=[\"']?([\w-]{1,40})", data[:4096], re.IGNORECASE)
    if says is None or says.group(1).lower().replace(b"-", b"") == b"utf8" or b"\x00" in data:
        return None
    try:
        return data.decode(says.group(1).decode("ascii")), None
    except (LookupError, ValueError):
        return None


_PAGE_FIELD = re.compile(r"[-–—]?\s*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*[-–—]?\Z", re.IGNORECASE)
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-zà-öø-ÿа-яё])")


def pdf(data: bytes, name: str) -> Reading:
    """The text of a PDF: running heads and page numbers left out, lines joined to paragraphs."""
    pypdf = _optional("pypdf", name)
    with _foreign(name, "PDF"):
        document = pypdf.PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise CorpusError(f"{name} is locked with a password; save a copy without one.")
        pages = [(page.extract_text() or "").splitlines() for page in document.pages]
        says = document.metadata
        known = {"title": str(says.title or ""), "author": str(says.author or "")} if says is not None else {}
    text = "\n".join(_without_running_heads(pages))
    if not any(map(str.isalnum, text)):
        raise CorpusError(f"{name} holds no text, as scanned pages do; run a text recognition over it first.")
    found = layout.paragraphs(text)
    parts = [(" ".join(_HYPHENATED.sub("", part.text).split()), part.bullet, part.heading) for part in found]
    return _assembled(parts, known, None)


def _without_running_heads(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of all pages but those that stand at the top or bottom of most of them, numbers aside."""

    def mark(line: str) -> str:
        return re.sub(r"\d+", "#", " ".join(line.split()))

    edges: dict[str, int] = {}
    for page in pages:
        filled = [line for line in page if line.strip()]
        for line in {mark(line) for line in [*filled[:2], *filled[-2:]]}:
            edges[line] = edges.get(line, 0) + 1
    running = {line for line, times in edges.items() if times >= 3 and 2 * times > len(pages)}
    for page in pages:
        for line in page:
            if mark(line) not in running and not _PAGE_FIELD.match(line.strip()):
                yield line


def docx(data: bytes, name: str) -> Reading:
    """The paragraphs and table rows of a Word document, in order."""
    library = _optional("docx", name)
    with _foreign(name, "DOCX"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > max(_INFLATED * len(data), _SMALL):
                raise CorpusError(f"{name} unpacks to far more than a document holds, and is left out.")
        document = library.Document(io.BytesIO(data))
        parts: list[Part] = []
        for block in document.iter_inner_content():
            if hasattr(block, "rows"):
                for row in block.rows:
                    cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
                    parts.append((" · ".join(filter(None, cells)), False, False))
            else:
                style = (block.style.name or "") if block.style is not None else ""
                heading = True if style.startswith(("Heading", "Title")) else None
                parts.append((" ".join(block.text.split()), style.startswith("List"), heading))
        says = document.core_properties
        known = {"title": says.title or "", "author": "" if says.author == "python-docx" else says.author or ""}
    return _assembled(parts, known, None)


def _assembled(parts: Sequence[Part], metadata: Mapping[str, str | None], note: str | None) -> Reading:
    """Extracted paragraphs as one text, a blank line between them."""
    found: list[Paragraph] = []
    position = 0
    for text, bullet, heading in parts:
        # Word, PDF and HTML may hold halves of surrogate pairs, which no file can.
        words = text.encode("utf-8", "replace").decode().strip(layout.BLANK)
        if words:
            found.append(Paragraph(position, position + len(words), words, 1, bullet, heading))
            position += len(words) + 2
    raw = "\n\n".join(paragraph.text for paragraph in found) + ("\n" if found else "")
    known = {key: " ".join(value.split()) for key, value in metadata.items() if value and value.strip()}
    return Reading(raw, found, dict(known), note)


def _optional(module: str, name: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        raise CorpusError(
            f"{name}: to read {Path(name).suffix} files, install their readers with `pip install 'kzrag[documents]'`."
        ) from None


@contextmanager
def _foreign(name: str, what: str) -> Iterator[None]:
    """Whatever another project's parser throws at a broken file becomes one sentence."""
    try:
        yield
    except CorpusError:
        raise
    except Exception as error:
        raise CorpusError(
            f"{name} can't be read as {what}: it seems to be damaged, or to be something else."
        ) from error
