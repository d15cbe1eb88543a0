"""Kzrag's own words: complete in every language, and in the language they claim."""

import string

import pytest

from kzrag.answering import wording
from kzrag.answering.extractive import short_in_words
from kzrag.answering.short import Short
from kzrag.answering.wording import LANGUAGES, date_in_words, figure_in_words, hedged, quoted, say, source_in_words
from kzrag.records import Document
from kzrag.text.language import detect
from kzrag.text.quantities import quantities


def document(**known: object) -> Document:
    return Document(id="d", path="d.txt", raw="", language="en", blocks=(), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", sorted(wording._WORDS))
def test_every_phrase_exists_in_every_language_with_the_same_blanks(key: str) -> None:
    forms = wording._WORDS[key]
    assert set(forms) == set(LANGUAGES)
    blanks = {tag: {name for _, name, _, _ in string.Formatter().parse(text) if name} for tag, text in forms.items()}
    assert len({frozenset(names) for names in blanks.values()}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["not_in_corpus", "off_topic", "differ", "premise", "false_premise"])
def test_refusals_are_in_the_readers_language(key: str, language: str) -> None:
    assert detect(say(key, language)) == language


def test_an_unknown_language_is_answered_in_english() -> None:
    assert say("not_in_corpus", "fr") == say("not_in_corpus", "en")


@pytest.mark.parametrize(
    ("iso", "language", "words"),
    [
        ("2022-12-02", "en", "2 December 2022"),
        ("2022-07", "en", "July 2022"),
        ("2022", "en", "2022"),
        ("2022-12-02", "zh-Hant", "2022年12月2日"),
        ("2022-12-02", "ru", "2 декабря 2022 г."),
        ("2022-07", "ru", "июль 2022 г."),
    ],
)
def test_dates_are_written_as_readers_write_them(iso: str, language: str, words: str) -> None:
    assert date_in_words(iso, language) == words


def test_a_source_says_publisher_author_and_date() -> None:
    known = document(publisher="The Courier", author="A. Writer", published="2021-05-04")
    assert source_in_words(known, "article", None, "en") == "an article on The Courier by A. Writer (4 May 2021)"


def test_a_comment_is_the_readers_and_has_its_own_date() -> None:
    known = document(publisher="The Courier", published="2021-05-04")
    words = source_in_words(known, "Jo Reader", "2021-05-06", "en")
    assert words.startswith("Jo Reader, commenting as a reader") and "6 May 2021" in words


def test_an_inferred_date_is_said_to_be_inferred() -> None:
    known = document(publisher="The Courier", published="2021", published_note="by its figures")
    assert "inferred" in source_in_words(known, "article", None, "en")


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("28 million tons", "zh-Hant", "2,800萬噸"),
        ("28 million tons", "ru", "28 млн тонн"),
        ("278,400 tons", "en", "278,400 tons"),
        ("67million tons", "en", "67 million tons"),
        ("80%", "en", "80%"),
        ("two-thirds", "en", "two thirds"),
        ("две трети", "zh-Hans", "三分之二"),
        ("50億美元", "en", "5 billion US dollars"),
    ],
)
def test_figures_are_restated_in_the_readers_units(text: str, language: str, words: str) -> None:
    (quantity,) = quantities(text)
    assert figure_in_words(quantity, language) == words


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("nearly 20 tons", "en", "about 20"),
        ("more than 20 tons", "zh-Hans", "至少20"),
        ("up to 20 tons", "ru", "не более 20"),
        ("exactly 20 tons", "kk", "20"),
    ],
)
def test_a_figure_is_as_sure_as_its_source(text: str, language: str, words: str) -> None:
    (quantity,) = quantities(text)
    assert hedged("20", quantity, language) == words


def test_a_figure_of_unknown_unit_is_left_to_the_source() -> None:
    (quantity,) = quantities("12 lighthouses")
    assert figure_in_words(quantity, "ru") is None


def test_quotes_are_on_one_line() -> None:
    assert quoted("one\n two", "en") == "“one two”"


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        ("900 people", "ru", "900 чел."),
        ("40,000 soldiers", "zh-Hans", "4万人"),
        ("40,000 soldiers", "en", "40,000 soldiers"),
        ("192 метра", "en", "192 metres"),
        ("35 минут", "zh-Hant", "35分鐘"),
    ],
)
def test_a_short_answer_is_told_in_the_readers_units(words: str, language: str, said: str) -> None:
    quantity = quantities(words)[0]
    assert short_in_words(Short(words, quantity=quantity), language) == said
