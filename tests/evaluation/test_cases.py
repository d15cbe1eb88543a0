import json
from pathlib import Path
from typing import Any

import pytest

from kzrag.corpus import load_corpus
from kzrag.errors import KzragError
from kzrag.evaluation.cases import KINDS, LANGUAGES, bundled_cases, case_from, main, problems, read_cases
from kzrag.settings import bundled_corpus
from tests.evaluation.conftest import CASES, DOCUMENTS

GOOD: dict[str, Any] = CASES[0].to_dict()


def written(folder: Path, *records: Any, name: str = "cases.jsonl") -> Path:
    path = folder / name
    path.write_text(
        "\n".join(each if isinstance(each, str) else json.dumps(each) for each in records), encoding="utf-8"
    )
    return path


def test_a_case_survives_being_written_and_read(tmp_path: Path) -> None:
    path = written(tmp_path, *(case.to_dict() for case in CASES))
    assert tuple(read_cases(path)) == CASES
    assert problems(path, DOCUMENTS) == []


def test_a_folder_is_read_in_the_order_of_its_files_and_by_split(tmp_path: Path) -> None:
    written(tmp_path, GOOD | {"id": "b", "split": "test"}, name="b.jsonl")
    written(tmp_path, GOOD | {"id": "a"}, "", name="a.jsonl")
    assert [case.id for case in read_cases(tmp_path)] == ["a", "b"]
    assert [case.id for case in read_cases(tmp_path, "test")] == ["b"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"language": "fr"}, "language 'fr'"),
        ({"kind": "riddle"}, "kind 'riddle'"),
        ({"expect": "guess"}, "expect 'guess'"),
        ({"split": "train"}, "split 'train'"),
        ({"question": ""}, "no question"),
        ({"must": []}, "needs must"),
        ({"must": [[]]}, "empty group"),
        ({"must": ["14 million"]}, "wrong form"),
        ({"must": [[" "]]}, "without words"),
        ({"must": [["qty:many"]]}, "not one quantity"),
        ({"must": [["date:July 5"]]}, "not an ISO date"),
        ({"quotes": []}, "at least one gold quote"),
        ({"quotes": [{"document": "harbour", "quote": "It sank."}]}, "not verbatim in harbour"),
        ({"quotes": [{"document": "atlantis", "quote": "x"}], "documents": ["atlantis"]}, "not in the corpus"),
        ({"documents": []}, "without naming it"),
        ({"expect": "refuse"}, "to be refused"),
        ({"kind": "follow-up"}, "without a history"),
        ({"kind": "disagreement"}, "fewer than two positions"),
        ({"attribution": {"publisher": None}}, "asks for nothing"),
        ({"history": [{"role": "system", "content": "x"}]}, "role 'system'"),
        ({"answer": "14"}, "field that no case has"),
    ],
)
def test_the_checker_says_what_is_wrong(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    found = problems(written(tmp_path, GOOD | change), DOCUMENTS)
    assert any(says in problem for problem in found), found
    assert all(problem.endswith(".") and "line 1" in problem for problem in found)


def test_the_checker_sees_doubles_and_broken_lines(tmp_path: Path) -> None:
    found = problems(written(tmp_path, GOOD, GOOD, "{", "[]"))
    assert "line 2 has the id en-fact-001" in found[0]
    assert "asks the same as en-fact-001" in found[1]
    assert "line 3 is not JSON" in found[2]
    assert "line 4 is not a JSON object" in found[3]


def test_what_cannot_be_read_is_an_error_for_people(tmp_path: Path) -> None:
    with pytest.raises(KzragError, match="There are no cases at"):
        read_cases(tmp_path / "nothing")
    with pytest.raises(KzragError, match="no cases of the split 'test'"):
        read_cases(written(tmp_path, GOOD), "test")
    with pytest.raises(KzragError, match="line 1 is not a case"):
        read_cases(written(tmp_path, {"id": "x"}))


def test_the_command_prints_the_problems_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(written(tmp_path, {"id": "x"}))]) == 1
    assert "has no language and no kind" in capsys.readouterr().err


def test_the_known_facts_are_sound() -> None:
    corpus = load_corpus(bundled_corpus(), max_bytes=20_000_000)
    documents = {document.id: document for document in corpus.documents}
    assert problems(bundled_cases(), documents) == []
    cases = read_cases(bundled_cases())
    assert len(cases) >= 240
    assert {case.kind for case in cases} == set(KINDS)
    assert {case.language for case in cases} == set(LANGUAGES)
    assert {name for case in cases for name in case.documents} == set(documents)
    held_out = sum(case.split == "test" for case in cases) / len(cases)
    assert 0.25 < held_out < 0.42


def test_a_missing_field_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        case_from({"id": "x"})
