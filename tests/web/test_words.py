from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.corpus import load_corpus
from kzrag.settings import bundled_corpus
from kzrag.web import words
from kzrag.web.words import LANGUAGES, choose, date, word


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_with_the_same_fields(language: str) -> None:
    def fields(text: str) -> list[set[str | None]]:
        return [{name for _, name, _, _ in string.Formatter().parse(form) if name} for form in text.split("|")]

    for key, texts in words._texts().items():
        text = texts[language]
        assert text.strip() == text != "", key
        english = fields(texts["en"])[0]
        assert all(form == english for form in fields(text)), key


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh", "zh-Hans"),
        ("zh-Hant-CN", "zh-Hant"),
        ("kk-KZ,ru;q=0.8", "ru"),
        ("fr-FR,ru;q=0.5", "ru"),
        ("fr", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_first_language_that_the_page_speaks(header: str | None, language: str) -> None:
    assert choose(header) == language


@given(st.text(max_size=60))
def test_any_header_gives_a_language(header: str) -> None:
    assert choose(header) in LANGUAGES


def test_russian_counts() -> None:
    said = [word("ru", "articles", n=n) for n in (1, 2, 5, 11, 21, 22, 112)]
    assert said == ["1 статья", "2 статьи", "5 статей", "11 статей", "21 статья", "22 статьи", "112 статей"]


@pytest.mark.parametrize(
    ("language", "iso", "shown"),
    [
        ("en", "2023-01-05", "5 Jan 2023"),
        ("en", "2022-07", "Jul 2022"),
        ("en", "2025", "2025"),
        ("zh-Hant", "2023-11", "2023年11月"),
        ("ru", "2024-03-18", "18 марта 2024"),
        ("ru", "2022-07", "июль 2022"),
        ("en", None, "undated"),
        ("en", "last week", "last week"),
        ("en", "2023-45", "2023"),
    ],
)
def test_dates_as_readers_write_them(language: str, iso: str | None, shown: str) -> None:
    assert date(language, iso) == shown


def test_rules_of_the_corpus_have_names_in_every_language() -> None:
    found = {piece.why for document in load_corpus(bundled_corpus()).documents for piece in document.furniture}
    assert found
    assert all(words.rule_name("ru", rule) != rule for rule in found), found
    assert words.rule_name("ru", "a rule of another day") == "a rule of another day"


def test_no_language_is_unnamed() -> None:
    assert all(re.search(r"\w", words.language_name(at, tag)) for at in LANGUAGES for tag in LANGUAGES)
    assert words.language_name("en", "tlh") == "tlh"
