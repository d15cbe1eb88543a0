from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.index import Index, open_index
from kzrag.records import Document
from kzrag.retrieval import BESIDE_PIECES, BESIDE_VECTORS, Filter, Query, Search, Words, dense, fuse, hybrid, lexical
from kzrag.settings import Settings
from tests.fakes import LetterEncoder

ARTICLES = {
    "mine": "The copper mine at Falun closed in 1992. Tourists now visit its galleries.",
    "mill": "The paper mill at Falun employs 300 people. It burns bark for heat.",
    "schule": "法倫的學校有三百名學生。他們學習三種語言。",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("retrieval")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    index_dir: Path = tmp_path_factory.mktemp("index")
    opened = open_index(Settings(corpus_dir=folder, index_dir=index_dir), encoder=LetterEncoder())
    yield opened
    opened.close()


@pytest.mark.parametrize("search", [dense, lexical, hybrid])
class TestEverySearch:
    def test_finds_the_passage_best_first(self, index: Index, search: Search) -> None:
        hits = search(index, "the copper mine at Falun", 3)
        assert hits[0].document_id == "mine"
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)

    def test_hits_are_slices_of_their_document(self, index: Index, search: Search) -> None:
        for hit in search(index, "Falun school paper 學校", 5):
            assert index.documents[hit.document_id].raw[hit.start : hit.end] == hit.text
            assert index.chunks[hit.chunk].text == hit.text

    def test_gives_no_more_than_wanted(self, index: Index, search: Search) -> None:
        assert len(search(index, "Falun", 1)) == 1
        assert search(index, "Falun", 0) == []

    def test_keeps_to_the_filter(self, index: Index, search: Search) -> None:
        where = Filter(documents=frozenset({"mill"}))
        assert {hit.document_id for hit in search(index, "the copper mine at Falun", 5, where)} == {"mill"}
        assert search(index, "Falun", 5, Filter(languages=frozenset({"fr"}))) == []

    @pytest.mark.parametrize("nothing", ["", " \n", "\u3000"])
    def test_finds_nothing_for_nothing(self, index: Index, search: Search, nothing: str) -> None:
        assert search(index, nothing, 5) == []

    def test_takes_the_vector_it_is_given(self, index: Index, search: Search) -> None:
        question = "法倫的學校"
        vector = index.encoder.encode([question])[0]
        assert search(index, Query(question, vector), 3) == search(index, question, 3)


def dated(published: str | None, language: str = "en") -> Document:
    return Document("d", "d.txt", "", language, (), published=published)


@pytest.mark.parametrize(
    ("published", "earliest", "latest", "allowed"),
    [
        ("2022-07-05", "2022-07-05", "2022-07-05", True),
        ("2022-07-05", "2022-07-06", None, False),
        ("2022-07-05", "2022-07", None, True),
        ("2022-07-05", None, "2022-07", True),
        ("2022-07-05", None, "2022-06", False),
        ("2022", "2022-07", None, True),
        ("2022", None, "2021-12-31", False),
        ("2022-07", "2022-07-30", "2022-08-01", True),
        ("2021", "2022", None, False),
        (None, "2022", None, False),
        (None, None, None, True),
    ],
)
def test_dates_are_compared_as_far_as_they_are_known(
    published: str | None, earliest: str | None, latest: str | None, allowed: bool
) -> None:
    assert Filter(published_from=earliest, published_to=latest).allows(dated(published)) is allowed


@pytest.mark.parametrize(
    ("language", "tags", "allowed"),
    [("zh-Hant", {"zh"}, True), ("zh-Hant", {"zh-Hans"}, False), ("en", {"zh", "EN"}, True), ("en", set(), False)],
)
def test_a_language_allows_its_scripts(language: str, tags: set[str], allowed: bool) -> None:
    assert Filter(languages=frozenset(tags)).allows(dated(None, language)) is allowed


def test_a_filter_names_documents() -> None:
    where = Filter(documents=frozenset({"d"}), published_from="2022")
    assert where.allows(dated("2023"))
    assert not where.allows(replace(dated("2023"), id="e"))


# -- fusion ------------------------------------------------------------------------------------------------------

_rankings = st.lists(st.integers(0, 19), unique=True, max_size=12).map(
    lambda numbers: [(number, 1.0 - place / 20) for place, number in enumerate(numbers)]
)
_languages = st.lists(st.sampled_from(["en", "zh-Hant", "ru"]), min_size=20, max_size=20)

_weights = st.sampled_from([BESIDE_VECTORS, BESIDE_PIECES])


@given(_rankings, _languages, _weights)
def test_fusing_a_ranking_with_itself_keeps_its_order_within_a_language(
    ranking: list[tuple[int, float]], languages: list[str], weights: Words
) -> None:
    own = [(number, score) for number, score in ranking if languages[number] == "en"]
    assert [number for number, _ in fuse(own, own, "en", languages, weights)] == [number for number, _ in own]


@given(_rankings, _languages, _weights)
def test_without_words_the_order_by_meaning_stands_for_a_foreign_question(
    ranking: list[tuple[int, float]], languages: list[str], weights: Words
) -> None:
    assert [number for number, _ in fuse(ranking, [], "kk", languages, weights)] == [number for number, _ in ranking]


@given(_rankings, _rankings, _languages, _weights)
def test_every_candidate_once_with_a_score_of_0_to_1_best_first(
    by_meaning: list[tuple[int, float]], by_words: list[tuple[int, float]], languages: list[str], weights: Words
) -> None:
    fused = fuse(by_meaning, by_words, "en", languages, weights)
    assert {number for number, _ in fused} == {number for number, _ in by_meaning} | {n for n, _ in by_words}
    assert len(fused) == len({number for number, _ in fused})
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("weights", [BESIDE_VECTORS, BESIDE_PIECES])
def test_a_passage_in_another_language_is_not_pushed_down_by_words_it_can_not_hold(weights: Words) -> None:
    languages = ["en"] + ["zh-Hant"] * 9
    by_meaning = [(number, 1.0 - number / 10) for number in range(10)]  # the English passage is nearest
    by_words = [(number, 10.0 - number) for number in range(1, 10)]  # every Chinese one shares a word
    assert fuse(by_meaning, by_words, "zh-Hans", languages, weights)[0][0] == 0


@pytest.mark.parametrize("weights", [BESIDE_VECTORS, BESIDE_PIECES])
def test_among_passages_of_the_questions_language_shared_words_decide_between_near_ones(weights: Words) -> None:
    languages = ["en"] * 4
    by_meaning = [(0, 0.61), (1, 0.60), (2, 0.59), (3, 0.2)]
    assert fuse(by_meaning, [(1, 7.0)], "en", languages, weights)[0][0] == 1
