"""Questions about the corpus itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzrag.assistant import Assistant
from kzrag.records import ARTICLE
from tests.answering.articles import opened

SOURCES = """
[[article]]
file = "harbour.txt"
publisher = "Korso Courier"
author = "Maja Lind"
published = "2021-03-04"

[[article]]
file = "quay.txt"
publisher = "Gullport Gazette"
published = "2020"
"""
HARBOUR = """The harbour is open again

The harbour of Korso was opened again on Sunday after forty years of silence.

Ships from the far shore came in at noon, and the band played.

Leave a comment

Ola Berg on March 06 2021 said:

The band was out of tune.
"""
QUAY = """The quay is old

The quay of Gullport is built of stone that nobody has counted. It holds twelve ships.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    yield opened(folder, harbour=HARBOUR, quay=QUAY)


@pytest.mark.parametrize(
    "question",
    [
        "Which sources do you have?", "how many articles are there", "What is this corpus about?", "你有哪些资料？",
        "這些文章是誰寫的？", "Какие у вас источники?", "О чём этот корпус?", "Қандай мақалалар бар?",
    ],
)  # fmt: skip
def test_the_corpus_is_told_by_its_texts(corpus: Assistant, question: str) -> None:
    answer = corpus.answer(question)
    assert {citation.document_id for citation in answer.citations} == {"harbour", "quay"}
    assert "Korso Courier" in answer.text and "Gullport Gazette" in answer.text and "2" in answer.text


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Who wrote the Courier article?", "Maja Lind"),
        ("When was the article in the Gullport Gazette published?", "2020"),
        ("When did Ola Berg post his comment?", "6 March 2021"),
        ("Who wrote the comment under the Courier article?", "Ola Berg"),
        ("Korso Courier的文章是谁写的？", "Maja Lind"),
        ("Кто написал статью в Gullport Gazette?", "Gullport"),
        ("Who is the author of the article about the stone quay?", "Gullport Gazette"),
        ("Who wrote the piece on the opening of the harbour?", "Maja Lind"),
        ("Кто автор статьи о каменной набережной?", "Gullport Gazette"),
        ("关于石头码头的文章是谁写的？", "Gullport Gazette"),
    ],
)
def test_one_text_is_told_by_who_and_when(corpus: Assistant, question: str, held: str) -> None:
    answer = corpus.answer(question)
    assert held in answer.text and len(answer.citations) == 1


@pytest.mark.parametrize(
    "question", ["Which sources say that the harbour is open?", "How many ships does the quay hold?", "Who built it?"]
)
def test_other_questions_are_not_about_the_corpus(corpus: Assistant, question: str) -> None:
    assert {citation.document_id for citation in corpus.answer(question).citations} != {"harbour", "quay"}


@pytest.mark.parametrize(
    "question",
    [
        "Who are the commenters?",
        "Who commented on the Korso Courier article?",
        "谁写了评论？",
        "Кто оставил комментарии?",
    ],
)
def test_the_readers_are_told_by_their_words(corpus: Assistant, question: str) -> None:
    answer = corpus.answer(question)
    assert "Ola Berg" in answer.text and "band" in answer.text


@pytest.mark.parametrize(
    "question",
    ["What does the author say of the harbour?", "作者怎么看港口开放？", "По мнению автора, чего нет сорок лет?"],
)
def test_the_author_is_none_of_the_readers(corpus: Assistant, question: str) -> None:
    answer = corpus.answer(question)
    assert answer.citations and {citation.voice for citation in answer.citations} == {ARTICLE}


def test_readers_of_one_paper_are_not_those_of_another(corpus: Assistant) -> None:
    assert "Ola Berg" not in corpus.answer("Who commented on the Gullport Gazette article?").text
