"""What a corpus disagrees on without being asked: the invented disputes, all in one corpus."""

from __future__ import annotations

import pytest

from kzrag.answering.contested import Contested, contested
from kzrag.evaluation.memory import memory_index
from tests.answering.test_disagreement import CASES, document
from tests.bundled import shipped


@pytest.fixture(scope="module")
def found() -> list[Contested]:
    documents = []
    for number, case in enumerate(CASES):
        for name, given in case["documents"].items():
            about = {"text": given} if isinstance(given, str) else dict(given)
            about["family"] = f"{number}-{about.get('family', name)}"
            documents.append(document(f"{number}-{name}", about))
    return contested(memory_index(documents, shipped()), limit=100)


def test_what_contradicts_is_found_and_hardly_anything_else(found: list[Contested]) -> None:
    def case(pair: Contested) -> int | None:
        one, other = (sentence.document_id.split("-")[0] for sentence in (pair.one, pair.other))
        return int(one) if one == other else None

    real = [pair for pair in found if (number := case(pair)) is not None and CASES[number]["differ"]]
    assert len({case(pair) for pair in real}) >= 12
    assert len(real) >= 0.8 * len(found)


def test_the_two_sentences_are_of_independent_sources(found: list[Contested]) -> None:
    assert all((p.one.family, p.one.voice) != (p.other.family, p.other.voice) for p in found)


def test_the_surest_come_first_and_no_pair_comes_twice(found: list[Contested]) -> None:
    assert [pair.sure for pair in found] == sorted((pair.sure for pair in found), reverse=True)
    assert len({(pair.one.number, pair.other.number) for pair in found}) == len(found)
