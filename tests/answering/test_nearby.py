"""What stands near the last answer gains on what stands elsewhere."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from kzrag.answering.nearby import FARTHEST, leaned
from kzrag.answering.needs import read
from kzrag.records import Evidence
from kzrag.text.quantities import quantities


def sentence(number: int, document: str = "a", voice: str = "article") -> Any:
    return SimpleNamespace(number=number, document_id=document, voice=voice, text=str(number), language="en")


def evidence(about: Any, score: float) -> Evidence:
    return Evidence(sentence=about, score=score, meaning=0.0, words=0.0, pins=0.0, kind=0.0)


def corpus(length: int, told: int) -> Any:
    """A document of sentences; the last answer came from the one numbered `told`."""
    vectors = np.zeros((length, 2), dtype=np.float32)
    vectors[:, 0] = 1.0
    vectors[told] = (0.0, 1.0)
    return SimpleNamespace(
        sentences=tuple(sentence(n) for n in range(length)),
        sentence_vectors=vectors,
        parallels={},
        vocabulary=Words(),
        encoder=None,
    )


class Words:
    """A vocabulary in which a text's words are the numbers of the sentences that have them."""

    def wanted(self, text: str, language: str, encoder: object) -> set[int]:
        return {int(word) for word in text.split()}

    def coverage(self, wanted: set[int], numbers: list[int]) -> np.ndarray:
        return np.asarray([float(number in wanted) for number in numbers], dtype=np.float32)


NOTHING = read("How many?")
SAID = np.asarray((0.0, 1.0), dtype=np.float32)


def test_the_sentence_after_the_last_answer_comes_before_one_far_away() -> None:
    index = corpus(40, told=20)
    far, near = evidence(sentence(2), 0.6), evidence(sentence(21), 0.55)
    assert leaned([far, near], NOTHING, SAID, index)[0].sentence.number == 21


def test_a_clearly_better_sentence_far_away_stays_first() -> None:
    index = corpus(40, told=20)
    far, near = evidence(sentence(2), 0.95), evidence(sentence(21), 0.55)
    assert leaned([far, near], NOTHING, SAID, index)[0].sentence.number == 2


def test_another_voice_is_not_near() -> None:
    index = corpus(40, told=20)
    reader = evidence(sentence(21, voice="Ann"), 0.5)
    assert leaned([reader], NOTHING, SAID, index)[0].score == 0.5


def test_beyond_the_paragraph_nothing_is_gained() -> None:
    index = corpus(60, told=20)
    away = evidence(sentence(20 + FARTHEST + 1), 0.5)
    assert leaned([away], NOTHING, SAID, index)[0].score == 0.5


def test_an_answer_from_nowhere_moves_nothing() -> None:
    index = corpus(40, told=20)
    pieces = [evidence(sentence(3), 0.6), evidence(sentence(21), 0.5)]
    assert leaned(pieces, NOTHING, -SAID, index) == pieces


def test_without_evidence_there_is_nothing_to_lean() -> None:
    assert leaned([], NOTHING, SAID, corpus(3, told=1)) == []


def test_what_speaks_of_the_old_question_comes_before_what_does_not() -> None:
    elsewhere, about = evidence(sentence(2), 0.6), evidence(sentence(30), 0.5)
    found = leaned([elsewhere, about], replace(NOTHING, before="31"), None, corpus(40, told=20))
    assert [piece.sentence.number for piece in found] == [30, 2]


def test_a_figure_of_something_else_is_not_the_one_asked_for() -> None:
    index = corpus(60, told=20)
    pieces = [replace(evidence(sentence(number), 0.5), kind=1.0) for number in (2, 22, 50)]
    needs = replace(read("How much?"), before="50", wider=read("How much?"))
    kinds = {piece.sentence.number: piece.kind for piece in leaned(pieces, needs, SAID, index)}
    assert kinds == {2: 0.0, 22: 1.0, 50: 1.0}
    alone = replace(needs, wider=None)
    assert all(piece.kind == 1.0 for piece in leaned(pieces, alone, SAID, index))
    needs = replace(read("Is it open?"), before="50")
    assert all(piece.kind == 1.0 for piece in leaned(pieces, needs, SAID, index))


def test_a_sentence_with_no_figure_but_the_told_one_is_not_the_next_answer() -> None:
    (told,) = quantities("9 percent")
    index = corpus(40, told=20)
    index.documents = {"a": SimpleNamespace(published=None)}
    again, other = sentence(2), sentence(3)
    again.text, other.text = "They asked for 9 percent.", "He offered 4 percent."
    again.language = other.language = "en"
    needs = replace(read("How much?"), told=(told,))
    found = leaned([evidence(again, 0.7), evidence(other, 0.5)], needs, None, index)
    assert [piece.sentence.number for piece in found] == [3, 2]
    # Asked who says so, the one that has it is wanted.
    found = leaned([evidence(other, 0.6), evidence(again, 0.5)], replace(needs, kind="who_said"), None, index)
    assert [piece.sentence.number for piece in found] == [2, 3]
