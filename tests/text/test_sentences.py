from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.text.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Dr. Jane A. Smith met U.S. President Ford at 5 p.m. on Nov. 28.",
        "Output grew 3.5 percent, by no. 7 of Acme Inc. and others.",
        "The pact failed (Kremlin.ru, November 28; see Example.org, May 2. Also J. Doe, June 3).",
        "The pact failed. (Mk.ru, November 29)",
        "He wondered ... and left.",
        '"Why?" she asked.',
        "В 2022 г. Казахстан добыл 84 млн. тонн нефти и т.д. по плану.",
        "К.-Ж. Токаев и А. С. Пушкин родились не в одном веке.",
        "價格是3.5萬噸。」",
        "他問《為什麼？》一書的作者。",
        "2022 ж. мұнай өндірілді.",
        "A line wrapped by hand in the middle of what it has to say\nabout oil goes on.",
        "See http://www.example.com/a.b?c=d!e for more.",
    ],
)
def test_no_sentence_is_cut(whole: str) -> None:
    assert sentences(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("They live in the U.S. The rest moved.", ["They live in the U.S.", "The rest moved."]),
        ("I said no. Then I left!", ["I said no.", "Then I left!"]),
        ("crossing the territory.Kazakhstan followed.", ["crossing the territory.", "Kazakhstan followed."]),
        ("The crisis ended. . Talks began.", ["The crisis ended. .", "Talks began."]),
        ("他說：「不。」然後走了。好！", ["他說：「不。」", "然後走了。", "好！"]),
        ("一是資金；二是技術。", ["一是資金；", "二是技術。"]),
        ("Он сказал: «Нет». Она ушла.", ["Он сказал: «Нет».", "Она ушла."]),
        ("Ол келді. Бұл жақсы.", ["Ол келді.", "Бұл жақсы."]),
        ("A Heading\nThe text begins.", ["A Heading", "The text begins."]),
        ("• One point\n• Another point", ["One point", "Another point"]),
        ("", []),
        (" … \n", []),
    ],
)
def test_sentences_end_where_they_end(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text(alphabet="aB. !?\n()。」“”1т", max_size=60))
def test_every_letter_is_in_exactly_one_span(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    covered = "".join(text[a:b] for a, b in spans)
    assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]


def test_a_page_of_abbreviations_agrees_with_pysbd() -> None:
    pysbd = pytest.importorskip("pysbd")
    text = (
        "Mr. Brown went to Washington, D.C. to meet Gen. Grant. They spoke about oil at 3.5 dollars. "
        "Was it enough? Nobody knew! The U.S. Senate voted on Jan. 5. It passed."
    )
    oracle = [part.strip() for part in pysbd.Segmenter(language="en", clean=False).segment(text)]
    assert sentences(text) == oracle
