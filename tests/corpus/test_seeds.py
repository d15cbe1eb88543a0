"""The five articles: nothing of any body is lost, nothing else is kept. The lines were told apart by hand."""

from __future__ import annotations

import functools
from itertools import pairwise
from pathlib import Path

import pytest

from kzrag.corpus import load_corpus
from kzrag.records import ARTICLE, Document
from kzrag.text.sentences import sentence_spans

SEEDS = Path(__file__).parents[2] / "seeds"

NOT_ARTICLE = {
    "000_cfdf4ce949c39ff9": {5, 25, 39, 45, 47},
    "001_cf4277735593f279": {3, 5, 11, 19, 31, 37, 45, 51, 57},
    "002_53b9233d1a10b704": {3, 13, 20, 23, 24},
    "003_31eeb59cfcb4b095": {*range(1, 25), 40, *range(50, 61), 70, *range(78, 85)},
    "004_de2f5cb78db9673f": {3, 5, 347, 349, 351},
}
"""Line numbers, from 1, of what is not the words of the author or of a commenter."""
COMMENTS = {"Mamdouh Salameh": {61, 63, 65, 67, 68, 69}, "Francisco Napoleao": {71, 72, 74, 76}}
"""Line numbers in 003."""


@functools.cache
def corpus() -> dict[str, Document]:
    loaded = load_corpus(SEEDS)
    assert loaded.problems == ()
    assert loaded.notes == ()
    return {document.id: document for document in loaded.documents}


def lines(document: Document) -> dict[int, tuple[int, int]]:
    """Line number -> span of the line without white space, its bullet, and the stray `html` of 001."""
    found = {}
    position = 0
    for number, line in enumerate(document.raw.split("\n"), 1):
        words = line.strip().removeprefix("• ").removeprefix("html ").strip()
        if words:
            start = document.raw.index(words, position)
            found[number] = (start, start + len(words))
        position += len(line) + 1
    return found


@pytest.mark.parametrize("name", NOT_ARTICLE)
def test_every_line_is_content_or_furniture_as_read_by_hand(name: str) -> None:
    document = corpus()[name]
    for number, (start, end) in lines(document).items():
        covered = sum(max(0, min(end, block.end) - max(start, block.start)) for block in document.blocks)
        expected = 0 if number in NOT_ARTICLE[name] else end - start
        assert covered == expected, (number, document.raw[start:end])


@pytest.mark.parametrize("name", NOT_ARTICLE)
def test_every_sentence_of_the_body_lies_within_one_block(name: str) -> None:
    document = corpus()[name]
    for number, (start, end) in lines(document).items():
        if number not in NOT_ARTICLE[name]:
            for first, last in sentence_spans(document.raw[start:end]):
                assert any(block.start <= start + first and start + last <= block.end for block in document.blocks)


@pytest.mark.parametrize("name", NOT_ARTICLE)
def test_the_file_is_kept_as_it_is(name: str) -> None:
    document = corpus()[name]
    assert document.raw.encode() == (SEEDS / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("name", NOT_ARTICLE)
def test_blocks_and_furniture_share_nothing_and_are_in_order(name: str) -> None:
    document = corpus()[name]
    spans = [(block.start, block.end) for block in document.blocks]
    spans += [(piece.start, piece.end) for piece in document.furniture]
    spans.sort()
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert list(document.blocks) == sorted(document.blocks, key=lambda block: block.start)


def test_comments_of_readers_are_voices_of_their_own() -> None:
    document = corpus()["003_31eeb59cfcb4b095"]
    where = lines(document)
    for name, numbers in COMMENTS.items():
        for number in numbers:
            start, end = where[number]
            assert [block.voice for block in document.blocks if block.start <= start and end <= block.end] == [name]
    dates = {block.voice: block.voice_date for block in document.blocks}
    assert dates == {ARTICLE: None, "Mamdouh Salameh": "2022-12-02", "Francisco Napoleao": "2022-12-05"}
    others = [other for other in corpus().values() if other is not document]
    assert {block.voice for other in others for block in other.blocks} == {ARTICLE}


def test_the_repeated_headline_of_001_is_content_once() -> None:
    document = corpus()["001_cf4277735593f279"]
    words = [document.raw[block.start : block.end] for block in document.blocks]
    assert [text.startswith("One wave after another") for text in words].count(True) == 1
    assert any(text.startswith("On July 5, Russia cut off") for text in words)


def test_sentences_torn_by_blank_lines_are_whole_again() -> None:
    document = corpus()["004_de2f5cb78db9673f"]
    words = [" ".join(document.raw[block.start : block.end].split()) for block in document.blocks]
    for torn in (
        "at a low price, so Central Asian countries are far",
        "in the Soviet era ā€¯According to the division",
        "Equivalent to The economy of the whole country",
        "with economy as the link, Connecting the originally",
    ):
        assert any(torn in text for text in words), torn


def test_headings_are_the_headings() -> None:
    headings = [
        document.raw[block.start : block.end]
        for document in corpus().values()
        for block in document.blocks
        if block.heading
    ]
    assert headings == [
        "A Wedge Is Forming Between Russia And One Of Its Most Reliable Allies",
        "Hidden worries in Central Asia: why does Kazakhstan suddenly become hostile to Russia?",
        "Kazakhstan unwilling to be plucked",
        "Geopolitical Game",
        "How to solve the agitation in Central Asia?",
    ]


def test_what_is_known_of_each_article() -> None:
    known = {name: (d.language, d.published, d.publisher, d.family) for name, d in corpus().items()}
    assert known == {
        "000_cfdf4ce949c39ff9": ("en", "2025", "Toutiao", "002_53b9233d1a10b704"),
        "001_cf4277735593f279": ("en", "2022-07", "DayDayNews", "001_cf4277735593f279"),
        "002_53b9233d1a10b704": ("zh-Hant", "2025", "NetEase Hao (網易號)", "002_53b9233d1a10b704"),
        "003_31eeb59cfcb4b095": ("en", "2022-12-02", "Oilprice.com", "003_31eeb59cfcb4b095"),
        "004_de2f5cb78db9673f": (
            "en",
            "2022",
            "Brother Mao's Vision",
            "004_de2f5cb78db9673f",
        ),
    }
    assert all(document.published_note for document in corpus().values())
    assert "2024-06-18" in (corpus()["001_cf4277735593f279"].published_note or "")


def test_without_sources_toml_the_texts_speak_for_themselves(tmp_path: Path) -> None:
    for path in SEEDS.glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    loaded = {document.id[:3]: document for document in load_corpus(tmp_path).documents}
    assert {name: document.language for name, document in loaded.items()} == {
        "000": "en", "001": "en", "002": "zh-Hant", "003": "en", "004": "en",
    }  # fmt: skip
    assert loaded["003"].title == "A Wedge Is Forming Between Russia And One Of Its Most Reliable Allies"
    assert loaded["003"].author == "the Jamestown Foundation"
    assert loaded["003"].published == "2022-12-02"
    assert loaded["000"].url == "https://www.toutiao.com/article/7530184433291346475/"
    assert loaded["002"].published is None
    assert loaded["000"].family == loaded["002"].family
    assert len({document.family for document in loaded.values()}) == 4
