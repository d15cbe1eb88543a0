"""Markdown, web pages, PDF and Word: made here byte by byte, read back as paragraphs."""

from __future__ import annotations

import importlib
import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzrag.corpus import read_document
from kzrag.corpus.readers import READERS
from kzrag.errors import CorpusError
from kzrag.records import Document

PAGE = """<!doctype html><html lang="en"><head><title>Korso is lit again | Harbour Herald</title>
<meta property="og:site_name" content="Harbour Herald"><meta name="author" content="Ola Berg">
<meta property="og:url" content="https://example.org/korso"><meta property="og:title" content="Korso is lit again">
<meta property="article:published_time" content="2021-03-04T10:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/sea">Sea</a> <a href="/land">Land</a></nav>
<article><h1>Korso is lit again</h1>
<p>The lighthouse at Korso was lit again on Sunday after forty years, &ldquo;at last&rdquo;, as its keeper said.</p>
<h2>Who paid</h2><p>Maja Lind paid for the lamp with the 31,000 crowns that her ferry had earned in one summer.</p>
<ul><li>The council had promised a lamp every spring.</li><li>It had forgotten it every autumn.</li></ul></article>
<script>alert("hello")</script><footer>© 2021 Harbour Herald. All rights reserved.</footer></body></html>"""


def text_of(document: Document) -> list[str]:
    return [document.raw[block.start : block.end] for block in document.blocks]


def pdf_of(*pages: list[str]) -> bytes:
    """The smallest PDF that shows these lines, one below the other."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        content = f"BT /F1 11 Tf 50 800 Td {shown} ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        page = f"/Parent 2 0 R /MediaBox [0 0 600 850] /Contents {len(objects)} 0 R"
        objects.append(f"<< /Type /Page {page} /Resources << /Font << /F1 3 0 R >> >> >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return body + f"{end}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF".encode()


def word(*paragraphs: tuple[str, str | None]) -> bytes:
    document = docx.Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    document.core_properties.title = "Korso is lit again"
    document.core_properties.author = "Ola Berg"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_markdown_stays_as_it_is_and_its_marks_are_no_content(tmp_path: Path) -> None:
    raw = (
        '---\r\ntitle: "Korso is lit"\r\ndate: 2021-03-04T10:00\r\nlayout: post\r\n---\r\n'
        "# Korso is *lit* again #\r\n\r\n"
        "The lamp was lit on\r\nSunday, the keeper said.\r\n\r\n- It cost 31,000 crowns.\r\n- It is green.\r\n\r\n"
        "> Nobody asked the gulls.\r\n\r\n| lamp | crowns |\r\n|---|---|\r\n| old | 12 |\r\n\r\n"
        "Who paid\r\n========\r\n\r\nShe did.\r\n"
    )
    path = tmp_path / "korso.md"
    path.write_bytes(raw.encode())
    document = read_document(path)
    assert document.raw == raw
    assert text_of(document) == [
        "Korso is *lit* again",
        "The lamp was lit on\r\nSunday, the keeper said.",
        "It cost 31,000 crowns.",
        "It is green.",
        "Nobody asked the gulls.",
        "| lamp | crowns |",
        "| old | 12 |",
        "Who paid",
        "She did.",
    ]
    assert [block.heading for block in document.blocks] == [True, *[False] * 6, True, False]
    assert (document.title, document.published) == ("Korso is lit", "2021-03-04")


def test_a_web_page_is_its_article(tmp_path: Path) -> None:
    path = tmp_path / "korso.html"
    path.write_text(PAGE, encoding="utf-8")
    document = read_document(path)
    assert text_of(document) == [
        "Korso is lit again",
        "The lighthouse at Korso was lit again on Sunday after forty years, “at last”, as its keeper said.",
        "Who paid",
        "Maja Lind paid for the lamp with the 31,000 crowns that her ferry had earned in one summer.",
        "The council had promised a lamp every spring.",
        "It had forgotten it every autumn.",
    ]
    assert [block.heading for block in document.blocks] == [True, False, True, False, False, False]
    assert (document.title, document.publisher, document.author) == ("Korso is lit again", "Harbour Herald", "Ola Berg")
    assert (document.url, document.published) == ("https://example.org/korso", "2021-03-04")


def test_a_web_page_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    russian = "Маяк Корсо снова зажгли в воскресенье, через сорок лет после бури, сказала смотрительница."
    head = '<html><head><meta charset="windows-1251"></head>'
    page = f"{head}<body><article><p>{russian}</p><p>{russian[::-1]}</p></article>"
    path = tmp_path / "korso.htm"
    path.write_bytes(page.encode("cp1251"))
    assert text_of(read_document(path))[0] == russian


def test_pdf_lines_are_paragraphs_and_running_heads_go(tmp_path: Path) -> None:
    prose = [
        "The old lamp of Korso was seen again on Sunday after forty years of dark-",
        "ness, and its keeper paid for the new lamp with the money that her ferry had",
        "earned in one summer. Ships had passed the point by guesswork ever since the",
        "storm, said the lamp.",
    ]
    pages = [
        [f"Harbour Herald {number}", *(line.replace("lamp", name) for line in prose), f"Page {number} of 4"]
        for number, name in enumerate(("lamp", "bell", "gate", "boat"), 1)
    ]
    path = tmp_path / "korso.pdf"
    path.write_bytes(pdf_of(*pages))
    document = read_document(path)
    assert "Harbour Herald" not in document.raw
    assert "Page" not in document.raw
    assert (
        "forty years of darkness, and its keeper paid for the new lamp with the money that her ferry had earned"
        in document.raw
    )


def test_word_headings_lists_and_tables(tmp_path: Path) -> None:
    path = tmp_path / "korso.docx"
    path.write_bytes(
        word(
            ("Korso is lit again", "Title"),
            ("The lamp was lit on Sunday.", None),
            ("Who paid", "Heading 1"),
            ("She did.", "List Bullet"),
            ("  ", None),
        )
    )
    document = read_document(path)
    assert text_of(document) == ["Korso is lit again", "The lamp was lit on Sunday.", "Who paid", "She did."]
    assert [block.heading for block in document.blocks] == [True, False, True, False]
    assert (document.title, document.author) == ("Korso is lit again", "Ola Berg")
    with_table = docx.Document()
    table = with_table.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "The old lamp", "cost 12 crowns."
    with_table.save(str(path))
    assert text_of(read_document(path)) == ["The old lamp · cost 12 crowns."]


def test_a_locked_an_empty_and_a_broken_pdf_are_one_sentence_each(tmp_path: Path) -> None:
    pypdf = importlib.import_module("pypdf")
    path = tmp_path / "korso.pdf"
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of(["The lamp was lit."])))
    writer.encrypt("gull", algorithm="RC4-128")
    writer.write(str(path))
    with pytest.raises(CorpusError, match=r"korso\.pdf is locked with a password"):
        read_document(path)
    path.write_bytes(pdf_of([]))
    with pytest.raises(CorpusError, match=r"korso\.pdf holds no text, as scanned pages do"):
        read_document(path)
    path.write_bytes(pdf_of(["The lamp was lit."])[:200])
    with pytest.raises(CorpusError, match=r"korso\.pdf can't be read as PDF"):
        read_document(path)


def test_a_word_file_that_unpacks_to_a_flood_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "flood.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 50_000_000)
    with pytest.raises(CorpusError, match=r"flood\.docx unpacks to far more"):
        read_document(path)


@pytest.mark.parametrize(("name", "module"), [("x.pdf", "pypdf"), ("x.docx", "docx"), ("x.html", "trafilatura")])
def test_a_missing_reader_says_how_to_get_it(
    name: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(wanted: str, *rest: Any) -> Any:
        raise ImportError(wanted)

    monkeypatch.setattr(importlib, "import_module", missing)
    path = tmp_path / name
    path.write_text("words")
    with pytest.raises(
        CorpusError,
        match=rf"{name}: to read \.\w+ files, install their readers with `pip install 'kzrag\[documents\]'`\.",
    ):
        read_document(path)


@pytest.mark.parametrize("ending", sorted(READERS))
@settings(max_examples=25, deadline=None)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_in_any_format_are_a_document_or_one_sentence(ending: str, data: bytes) -> None:
    for head in (b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><body><article><p>", b"---\ntitle: x\n---\n"):
        try:
            reading = READERS[ending](head + data, f"x{ending}")
        except CorpusError as error:
            assert str(error).startswith(f"x{ending}")
            continue
        for paragraph in reading.paragraphs:
            assert reading.raw[paragraph.start : paragraph.end] == paragraph.text
