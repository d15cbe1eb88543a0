from __future__ import annotations

from pathlib import Path

import pytest

from kzrag.corpus import read_document
from kzrag.web.left_out import left_out
from tests.corpus.test_formats import PAGE, pdf_of, word

NEWS = [
    "The old lamp of Korso was seen again on Sunday after forty years of dark-",
    "ness, and its keeper paid for the new lamp with the money that her ferry had",
    "earned in one summer. Ships had passed the point by guesswork ever since the",
    "storm, said the lamp.",
]
PRINTED = pdf_of(
    *[
        [f"Harbour Herald {n}", *(line.replace("lamp", name) for line in NEWS), f"Page {n} of 3"]
        for n, name in enumerate(("lamp", "bell", "gate"), 1)
    ]
)


def around(path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    return left_out(path, read_document(path))


def test_what_stands_around_the_article_of_a_page(tmp_path: Path) -> None:
    found = around(tmp_path / "korso.html", PAGE.encode())
    assert [line for line in found if "Home" in line] == ["Home Sea Land"]
    assert any("All rights reserved" in line for line in found)
    assert not any("alert" in line or "lighthouse" in line or "crowns" in line for line in found)


def test_the_running_heads_of_a_pdf_and_not_its_hyphens(tmp_path: Path) -> None:
    found = around(tmp_path / "korso.pdf", PRINTED)
    assert "Harbour Herald 1" in found and "Page 3 of 3" in found
    assert not any("lamp" in line for line in found)


@pytest.mark.parametrize("name", ["korso.docx", "korso.md", "korso.txt"])
def test_other_files_are_read_whole(tmp_path: Path, name: str) -> None:
    text = "The lamp of Korso was lit again on Sunday, the keeper said."
    assert around(tmp_path / name, word((text, None)) if name.endswith("docx") else text.encode()) == []
