import pytest

from kzrag.evaluation.found import found
from kzrag.evaluation.memory import MemoryIndex, memory_index
from kzrag.evaluation.scorers import METRICS
from tests.evaluation.conftest import CASES, DOCUMENTS, LetterEncoder

FACT, CHINESE, DISPUTE, SAID, NEAR_MISS, PREMISE = CASES


@pytest.fixture(scope="module")
def index() -> MemoryIndex:
    return memory_index(list(DOCUMENTS.values()), LetterEncoder())


def test_a_question_in_the_words_of_the_passage_finds_it_first(index: MemoryIndex) -> None:
    scores = found(FACT, "The harbour of Aktau handled 14 million tons in 2021", index)
    assert {name: each.value for name, each in scores.items()} == {
        "found": 1, "found by words": 1, "found by meaning": 1
    }  # fmt: skip


def test_words_that_stand_nowhere_find_nothing(index: MemoryIndex) -> None:
    scores = found(FACT, "xylophone", index)
    assert scores["found by words"].value == 0
    assert scores["found by words"].explanation == "no gold passage found"


def test_words_are_not_judged_across_languages(index: MemoryIndex) -> None:
    assert found(CHINESE, CHINESE.question, index)["found by words"].value == 1
    across = found(PREMISE, "港口賣給了誰？", index)
    assert across["found by words"].value == 0  # the case is an English one
    assert found(DISPUTE, DISPUTE.question, None)["found"].value is None
    assert found(NEAR_MISS, NEAR_MISS.question, index)["found"].value is None


def test_the_names_are_those_of_metrics() -> None:
    assert found(FACT, "", None).keys() == {name for name, metric in METRICS.items() if not metric.of_answers}
