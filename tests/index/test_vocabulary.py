"""Words compared by what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from kzrag.index.vocabulary import UNRELATED, Vocabulary, likeness, listed
from kzrag.records import Sentence

MEANINGS = {
    "oil": (1, 0, 0),
    "нефть": (0.95, 0.31, 0),
    "石油": (0.95, 0, 0.31),
    "exports": (0, 1, 0),
    "exported": (0.1, 0.99, 0),
    "parade": (0, 0, 1),
}


class Dictionary:
    """An encoder that knows the words above and nothing else; counts what it is asked."""

    id, dimension = "dictionary", 3

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        rows = np.asarray([MEANINGS.get(text, (0.577, -0.577, -0.577)) for text in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def sentences(*texts: tuple[str, str]) -> list[Sentence]:
    return [
        Sentence(number, "d", 0, len(text), text, language, "article", "d", 0, 0)
        for number, (text, language) in enumerate(texts)
    ]


@pytest.fixture
def vocabulary() -> Vocabulary:
    found = listed(sentences(("Oil exports fell.", "en"), ("—", "en"), ("The parade, the parade!", "en")))
    return Vocabulary(found.words, Dictionary().encode(found.words), found.counts, found.members, found.bounds)


def covered(vocabulary: Vocabulary, question: str, language: str) -> list[float]:
    wanted = vocabulary.wanted(question, language, Dictionary())
    return [round(float(share), 2) for share in vocabulary.coverage(wanted, [0, 1, 2])]


def test_words_are_counted_once_a_sentence_and_the_frequent_come_first() -> None:
    found = listed(sentences(("Oil and oil again", "en"), ("oil exports", "en")))
    assert found.words == ("oil", "exports")
    assert found.counts.tolist() == [2, 1]
    assert [found.members[a:b].tolist() for a, b in zip(found.bounds, found.bounds[1:], strict=False)] == [[0], [0, 1]]


def test_a_word_is_met_by_itself_and_by_its_like_in_any_language(vocabulary: Vocabulary) -> None:
    assert covered(vocabulary, "oil", "en") == [1.0, 0.0, 0.0]
    assert covered(vocabulary, "нефть", "ru")[0] > 0.9
    assert covered(vocabulary, "石油", "zh-Hans")[0] > 0.9
    assert covered(vocabulary, "was the parade exported?", "en")[2] == pytest.approx(0.5, abs=0.1)


def test_a_question_without_words_is_met_by_nothing(vocabulary: Vocabulary) -> None:
    assert covered(vocabulary, "?", "en") == [0.0, 0.0, 0.0]


def test_words_that_the_corpus_has_are_not_encoded_again(vocabulary: Vocabulary) -> None:
    encoder = Dictionary()
    vocabulary.wanted("oil and gas exports", "en", encoder)
    assert encoder.asked == ["gas"]


def test_what_many_sentences_have_tells_less() -> None:
    found = listed(sentences(*[("oil", "en")] * 9, ("parade", "en")))
    vocabulary = Vocabulary(found.words, Dictionary().encode(found.words), found.counts, found.members, found.bounds)
    oil, parade = vocabulary.wanted("oil parade", "en", Dictionary()).weights
    assert parade > 2 * oil
    assert oil + parade == pytest.approx(1.0)


def test_unrelated_words_are_nothing_to_one_another() -> None:
    assert likeness(np.asarray([-1.0, 0.0, UNRELATED, 1.0])).tolist() == [0.0, 0.0, 0.0, 1.0]


def test_it_comes_back_as_it_was_saved(vocabulary: Vocabulary, tmp_path: Path) -> None:
    vocabulary.save(tmp_path / "v")
    again = Vocabulary.load(tmp_path / "v")
    assert again.words == vocabulary.words
    assert covered(again, "oil exports", "en") == covered(vocabulary, "oil exports", "en")


def test_tables_that_do_not_fit_together_are_refused(vocabulary: Vocabulary, tmp_path: Path) -> None:
    vocabulary.save(tmp_path / "v")
    np.save(tmp_path / "v" / "counts.npy", np.zeros(1, np.int32))
    with pytest.raises(ValueError, match="fit together"):
        Vocabulary.load(tmp_path / "v")
