"""Files become text: UTF-8 and its look-alikes, Markdown, HTML, PDF, DOCX.

For plain text and Markdown the text is the file itself, decoded and otherwise untouched, so that offsets point into the
file. For the other formats it is the extracted text. Every refusal is one sentence that says what the file looks like.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kzrag.corpus import layout
from kzrag.corpus.layout import Paragraph, trimmed
from kzrag.errors import CorpusError

_INFLATED = 30
"""Times its own size that a DOCX may unpack to: text packs to a third, a bomb to a thousandth."""
_SURE = 0.2
"""Mess that charset-normalizer may find in text it has decoded; its own threshold for giving up."""
_SAMPLE = 8192
"""Bytes looked at to tell text from something else."""
_FORMATS_ELSEWHERE = {
    b"%PDF": "a PDF document", b"PK\x03\x04": "a ZIP or Office file", b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture",
    b"RIFF": "an audio or video file", b"ID3": "an MP3 file", b"\x7fELF": "a program", b"{\\rtf": "an RTF document",
    b"\x1f\x8b": "a gzip archive", b"SQLite format 3": "an SQLite database",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds."""

    raw: str
    paragraphs: list[Paragraph]
    metadata: dict[str, Any] = field(default_factory=dict)
    """What the format's own fields say: names as in `provenance.KEYS`."""
    note: str | None = None
    """One sentence when the file was read differently from what one would expect."""


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
    except OSError as error:
        raise CorpusError(f"{path.name} can't be read: {error.strerror or error}.") from None
    if len(data) > max_bytes:
        raise CorpusError(
            f"{path.name} is larger than {max_bytes:,} bytes; split it, or raise KZRAG_MAX_DOCUMENT_BYTES."
        )
    if not data.strip():
        raise CorpusError(f"{path.name} is empty.")
    return data


def decode(data: bytes, name: str) -> tuple[str, str | None]:
    """The text of bytes, and a sentence when they were not UTF-8.

    Raises:
        CorpusError: they are no text, or their encoding can't be told with certainty.
    """
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for magic, what in _FORMATS_ELSEWHERE.items():
        if data.startswith(magic):
            raise CorpusError(f"{name} is not text: it looks like {what}; give it its own ending or leave it out.")
    if not wide and b"\x00" in data:
        raise CorpusError(f"{name} is not text: it holds zero bytes, as pictures, archives and programs do.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text, encoding = _guess(data, name, error.start)
        return text, f"{name} is not UTF-8; it was read as {encoding}: save it as UTF-8 to be sure of every character."
    control = sum(1 for character in text[:_SAMPLE] if character < " " and character not in "\t\n\r\f\v\x1b")
    if control > max(2, len(text[:_SAMPLE]) // 50):
        raise CorpusError(f"{name} is not text: it is full of control characters.")
    return text, None


def _guess(data: bytes, name: str, at: int) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise CorpusError(
            f"{name} is not UTF-8 (byte {at:,} is wrong), and looks like no other text either; save it as UTF-8."
        )
    sure = best.chaos <= _SURE and (best.bom or best.coherence > 0 or best.alphabets)
    text = str(best)
    if not sure or "\ufffd" in text or sum(map(str.isalpha, text)) < len(text) // 3:
        raise CorpusError(f"{name} is not UTF-8; it looks like {best.encoding}, but not surely: save it as UTF-8.")
    return text, best.encoding


def _plain(data: bytes, name: str) -> Reading:
    raw, note = decode(data, name)
    return Reading(raw, layout.paragraphs(raw), note=note)


_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_MARKDOWN_HEAD = re.compile(r"(?:\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+|\d{1,9}[.)]\s+(?=\S)))+")


def _markdown(data: bytes, name: str) -> Reading:
    """Markdown as it stands in the file: markdown-it says where blocks are, not what they would look like."""
    from markdown_it import MarkdownIt

    raw, note = decode(data, name)
    front = _FRONT_MATTER.match(raw)
    begin = front.end() if front is not None else 0
    starts = [match.end() for match in re.finditer(r"\r\n|\r|\n", raw[begin:])]
    lines = [begin, *(begin + start for start in starts), len(raw)]
    found: list[Paragraph] = []
    parent = ""
    in_item = False
    for token in MarkdownIt("commonmark").enable("table").parse(raw[begin:]):
        if token.type == "list_item_open":
            in_item = True
        elif token.type == "list_item_close":
            in_item = False
        if token.type.endswith("_open"):
            parent = token.type
        if token.type not in ("inline", "fence", "code_block") or token.map is None:
            continue
        first, last = token.map
        start, end = trimmed(raw, lines[min(first, len(lines) - 1)], lines[min(last, len(lines) - 1)])
        if token.type == "inline" and (head := _MARKDOWN_HEAD.match(raw, start, end)) is not None:
            start = head.end()
        if parent == "heading_open":
            end = trimmed(raw, start, start + len(re.sub(r"\s#+\s*\Z|\n\s*[=-]+\s*\Z", "", raw[start:end])))[1]
        if start < end and (not found or start >= found[-1].end):
            found.append(Paragraph(start, end, raw[start:end], 1, in_item, parent == "heading_open"))
    return Reading(raw, found, _front_matter(front.group(1)) if front is not None else {}, note)


_FRONT_KEYS = {
    "title": "title", "author": "author", "publisher": "publisher", "source": "publisher",
    "url": "url", "link": "url", "canonical": "url", "date": "published", "published": "published",
    "language": "language", "lang": "language", "translation_of": "translation_of",
}  # fmt: skip


def _front_matter(text: str) -> dict[str, Any]:
    """The plain `key: value` lines at the head of a Markdown file."""
    found: dict[str, Any] = {}
    for key, value in re.findall(r"(?m)^(\w+):[ \t]*(\S[^\r\n]*)$", text):
        if (name := _FRONT_KEYS.get(key.lower())) is not None:
            plain = value.strip().strip("\"'")
            found.setdefault(name, plain[:10] if name == "published" else plain)
    return found


def _html(data: bytes, name: str) -> Reading:
    """The article of a web page; readers' comments are left out, because their names can't be told from the page's."""
    trafilatura = _optional("trafilatura", name)
    text, note = decode(data, name)
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
    parts: list[tuple[str, bool, bool | None]] = []
    for element in page.body.iter("head", "p", "item", "quote", "row", "code", "ab"):
        words = " ".join("".join(element.itertext()).split())
        inside = any(True for _ in element.iterchildren("p", "item", "quote", "row"))
        if words and not inside:
            parts.append((words, element.tag == "item", element.tag == "head"))
    found = {
        "title": page.title,
        "author": page.author,
        "url": page.url,
        "publisher": page.sitename,
        "published": page.date,
    }
    return _assembled(parts, {key: value for key, value in found.items() if value}, note)


_PAGE_FIELD = re.compile(r"[-–—]?\s*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*[-–—]?\Z", re.IGNORECASE)


def _pdf(data: bytes, name: str) -> Reading:
    """The text of a PDF: running heads and page numbers left out, lines joined to paragraphs."""
    pypdf = _optional("pypdf", name)
    with _foreign(name, "PDF"):
        document = pypdf.PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise CorpusError(f"{name} is locked with a password; save a copy without one.")
        pages = [(page.extract_text() or "").splitlines() for page in document.pages]
        described = document.metadata
        title = str(described.title or "") if described is not None else ""
        author = str(described.author or "") if described is not None else ""
    lines = list(_without_running_heads(pages))
    if not any(map(str.isalnum, "".join(lines))):
        raise CorpusError(f"{name} holds no text, as scanned pages do; run a text recognition over it first.")
    text = re.sub(r"(?<=[^\W\d_])[-\u00ad]\n(?=[^\W\d_])(?=[a-zа-яё])", "", "\n".join(lines))
    parts = [(" ".join(part.text.split()), part.bullet, part.heading) for part in layout.paragraphs(text)]
    return _assembled(
        parts, {key: value for key, value in (("title", title), ("author", author)) if value.strip()}, None
    )


def _without_running_heads(pages: list[list[str]]) -> Iterator[str]:
    """Lines of all pages but those that stand at the top or bottom of most of them, numbers aside."""

    def mark(line: str) -> str:
        return re.sub(r"\d+", "#", " ".join(line.split()))

    edges: dict[str, int] = {}
    for page in pages:
        words = [line for line in page if line.strip()]
        for line in {mark(line) for line in [*words[:2], *words[-2:]]}:
            edges[line] = edges.get(line, 0) + 1
    running = {line for line, times in edges.items() if times >= 3 and 2 * times > len(pages)}
    for page in pages:
        for line in page:
            if mark(line) not in running and not _PAGE_FIELD.match(line.strip()):
                yield line


def _docx(data: bytes, name: str) -> Reading:
    """The paragraphs and tables of a Word document, in order."""
    docx = _optional("docx", name)
    with _foreign(name, "DOCX"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > max(_INFLATED * len(data), 10_000_000):
                raise CorpusError(f"{name} unpacks to far more than a document holds, and is left out.")
        document = docx.Document(io.BytesIO(data))
        parts: list[tuple[str, bool, bool | None]] = []
        for block in document.iter_inner_content():
            if hasattr(block, "rows"):
                rows = (
                    " · ".join(dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)) for row in block.rows
                )
                parts.extend((row, False, False) for row in rows)
            else:
                style = (block.style.name or "") if block.style is not None else ""
                parts.append(
                    (
                        " ".join(block.text.split()),
                        style.startswith("List"),
                        True if style.startswith(("Heading", "Title")) else None,
                    )
                )
        title, author = document.core_properties.title, document.core_properties.author
    found = {"title": title, "author": author if author != "python-docx" else ""}
    return _assembled(parts, {key: value for key, value in found.items() if value}, None)


def _assembled(parts: list[tuple[str, bool, bool | None]], metadata: dict[str, Any], note: str | None) -> Reading:
    """Extracted paragraphs as one text, a blank line between them."""
    found: list[Paragraph] = []
    position = 0
    for text, bullet, heading in parts:
        words = text.strip(layout.BLANK)
        if words:
            found.append(Paragraph(position, position + len(words), words, 1, bullet, heading))
            position += len(words) + 2
    return Reading("\n\n".join(paragraph.text for paragraph in found) + ("\n" if found else ""), found, metadata, note)


def _optional(module: str, name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        ending = Path(name).suffix
        raise CorpusError(
            f"{name}: to read {ending} files, install the reader with `pip install 'kzrag[documents]'`."
        ) from None


class _foreign:  # noqa: N801  # reads as a clause: with _foreign(name, "PDF")
    """Whatever a foreign parser throws at a broken file becomes one sentence."""

    def __init__(self, name: str, what: str) -> None:
        self.name, self.what = name, what

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, CorpusError):
            raise CorpusError(
                f"{self.name} can't be read as {self.what}: it seems to be damaged, or to be something else."
            ) from error


READERS: dict[str, Callable[[bytes, str], Reading]] = {
    ".txt": _plain, ".text": _plain, ".md": _markdown, ".markdown": _markdown,
    ".html": _html, ".htm": _html, ".pdf": _pdf, ".docx": _docx,
}  # fmt: skip
"""What reads a file, by its ending."""
