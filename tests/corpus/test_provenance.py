"""What sources.toml says, what it gets wrong, and what a page says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.corpus import furniture, layout, voices
from kzrag.corpus.provenance import Metadata, from_text, is_iso_prefix, read_sources, understand

ARTICLE = (
    "The lighthouse at Korso was lit again on Sunday after forty years of darkness.\n\n"
    "Maja Lind, its keeper, paid for the lamp.\n\nNobody asked the gulls."
)


def sources(folder: Path, text: str) -> tuple[dict[str, Metadata], list[str]]:
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    return read_sources(folder)


def of_page(text: str) -> Metadata:
    paragraphs = layout.paragraphs(text)
    comments = voices.find(paragraphs)
    return from_text(paragraphs, furniture.find(paragraphs, comments), comments)


def test_a_block_per_article(tmp_path: Path) -> None:
    known, problems = sources(
        tmp_path,
        '[[article]]\nfile = "a.txt"\ntitle = "Korso"\npublished = "2021-03"\n\n'
        '[[article]]\nfile = "b.txt"\nlanguage = "kk"\n',
    )
    assert known == {"a.txt": Metadata(title="Korso", published="2021-03"), "b.txt": Metadata(language="kk")}
    assert problems == []


def test_dates_may_be_written_as_toml_writes_them(tmp_path: Path) -> None:
    for written, meant in (("2021-03-04", "2021-03-04"), ("2021", "2021"), ("2021-03-04T10:00:00Z", "2021-03-04")):
        known, problems = sources(tmp_path, f'[[article]]\nfile = "a.txt"\npublished = {written}\n')
        assert (known["a.txt"].published, problems) == (meant, [])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('colour = "green"', "'colour' is not one of"),
        ('published = "yesterday"', "published can't be 'yesterday'; write 2022-12-02, 2022-12 or 2022"),
        ('published = "2021-02-30"', "published can't be '2021-02-30'"),
        ("published = true", "published can't be 'True'"),
        (
            'url = "javascript:alert(1)"',
            "url can't be 'javascript:alert(1)'; write an address that begins with https://",
        ),
        ('language = "English language"', "language can't be 'English language'"),
        ("title = 7", "title can't be '7'"),
    ],
)
def test_a_wrong_line_costs_a_sentence_and_that_line_only(line: str, says: str, tmp_path: Path) -> None:
    known, problems = sources(tmp_path, f'[[article]]\nfile = "a.txt"\nauthor = "Ola Berg"\n{line}\n')
    assert known == {"a.txt": Metadata(author="Ola Berg")}
    (problem,) = problems
    assert problem.startswith("sources.toml, a.txt: ")
    assert says in problem
    assert problem.endswith(".")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = ", "is not valid TOML"),
        ('[article]\nfile = "a.txt"', "double the brackets"),
        ('[[article]]\ntitle = "Korso"', "has no `file`"),
        ('[[article]]\nfile = "a.txt"\n[[article]]\nfile = "a.txt"', "describes a.txt twice"),
        ('[[artikel]]\nfile = "a.txt"', "has a key 'artikel' that means nothing here"),
    ],
)
def test_a_broken_file_is_one_sentence(text: str, says: str, tmp_path: Path) -> None:
    _, problems = sources(tmp_path, text)
    assert len(problems) == 1
    assert says in problems[0]


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    assert read_sources(tmp_path) == ({}, [])


@given(
    st.dictionaries(
        st.text(max_size=12), st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.lists(st.text()))
    )
)
def test_any_values_are_understood_or_named(values: dict[str, object]) -> None:
    _, problems = understand(values, "here")
    assert all(problem.startswith("here: ") and problem.endswith(".") for problem in problems)


@pytest.mark.parametrize("text", ["2022", "2022-12", "2022-12-02", "2024-02-29"])
def test_iso_prefixes(text: str) -> None:
    assert is_iso_prefix(text)


@pytest.mark.parametrize("text", ["", "22", "2022-13", "2023-02-29", "2022-1", "2022-12-02T10", "0000", "२०२२"])
def test_no_iso_prefixes(text: str) -> None:
    assert not is_iso_prefix(text)


def test_what_is_known_goes_over_what_the_page_says() -> None:
    page = Metadata(title="Korso", published="2021-03-04", published_note="Taken from the date line of the page.")
    assert Metadata(author="Ola Berg").over(page) == Metadata(
        "Korso", None, "Ola Berg", None, None, "2021-03-04", page.published_note
    )
    assert Metadata(published="2020").over(page) == Metadata(title="Korso", published="2020")


def test_a_page_says_its_title_author_date_and_address() -> None:
    found = of_page(
        f"Korso is lit again\n\nBy Ola Berg\n\nMarch 4, 2021, 10:12\n\n{ARTICLE}\n\nSource: https://example.org/korso"
    )
    assert found == Metadata(
        title="Korso is lit again",
        author="Ola Berg",
        url="https://example.org/korso",
        published="2021-03-04",
        published_note=None,
    )


def test_the_first_comment_dates_a_page_without_a_date() -> None:
    later, earlier = "Ola Berg on March 05 2021 said:\n\nI saw it.", "Maja Lind on March 04 2021 said:\n\nI lit it."
    found = of_page(f"{ARTICLE}\n\nLeave a comment\n\n{later}\n\n{earlier}")
    assert found.published == "2021-03-04"
    assert found.published_note == "The page shows no date; this is the date of its first reader comment."


def test_what_is_not_said_plainly_is_not_known() -> None:
    assert of_page(ARTICLE) == Metadata()
    assert of_page(f"{ARTICLE}\n\nIt happened on 4 March 2021, says the log.").published is None
    assert of_page(f"Korso is lit again\n\n4 March 2021\n\n5 March 2021\n\n{ARTICLE}").published is None
    assert of_page(f"{ARTICLE}\n\nhttps://example.org/advert").url is None
    assert of_page(f"{ARTICLE}\n\nTranslated by Ola Berg").author is None


@pytest.mark.parametrize(
    ("above", "below", "publisher"),
    [
        ("", "© 2021 Korso Press Agency. All rights reserved.", "Korso Press Agency"),
        ("", "About us   Contact   © 2021 Korso Press", "Korso Press"),
        ("", "關於我們　聯絡我們　版權所有 © 燈塔網", "燈塔網"),
        ("The Korso Standard\nHome | News | Harbour | Sport\n", "", "The Korso Standard"),
        ("Maja Lind\n", "", None),
        ("Home | News | Harbour | Sport\n", "", None),
    ],
)
def test_a_page_says_whose_it_is(above: str, below: str, publisher: str | None) -> None:
    page = of_page(f"{above}Lighthouse at Korso lit again\n\n{ARTICLE}\n\n{below}")
    assert (page.publisher, page.title) == (publisher, "Lighthouse at Korso lit again")
