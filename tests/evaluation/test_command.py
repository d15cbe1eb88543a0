import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kzrag.errors import KzragError
from kzrag.evaluation import command, main
from kzrag.evaluation.run import Engine
from kzrag.records import Answer
from kzrag.settings import Settings
from tests.evaluation.conftest import CASES, DOCUMENTS, LetterEncoder, Sage, Silent


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(case.to_dict()) for case in CASES), encoding="utf-8")
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for document in DOCUMENTS.values():
        (corpus / f"{document.id}.txt").write_text(document.raw, encoding="utf-8")
    return Settings(corpus_dir=corpus, home=tmp_path / "home")


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """Puts the sage in the assistant's place, silent without its dense part; collects what was disabled."""
    made: list[frozenset[str]] = []

    def maker(settings: Settings) -> tuple[LetterEncoder, Callable[[frozenset[str]], Engine]]:
        def make(disable: frozenset[str]) -> Engine:
            made.append(disable)
            return Silent() if "dense" in disable else Sage(CASES)

        return LetterEncoder(), make

    monkeypatch.setattr(command, "_maker", maker)
    return made


def test_the_report_is_printed_and_written(
    settings: Settings, cases: Path, engines: list[frozenset[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, stored = tmp_path / "out" / "report.html", tmp_path / "out" / "run.json"
    assert main(settings, cases=cases, report=page, json_out=stored) == 0
    printed = capsys.readouterr().out
    assert "Right, sage, 6 cases" in printed
    assert "labelled pairs" not in printed  # they belong to the bundled corpus
    assert "<title>sage: 6 questions" in page.read_text(encoding="utf-8")
    assert json.loads(stored.read_text(encoding="utf-8"))["summary"]["cases"] == 6


def test_a_baseline_is_stored_kept_and_missed(
    settings: Settings,
    cases: Path,
    engines: list[frozenset[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    twice = [replace(case, id=f"{case.id}{n}", question=f"{case.question} {n}") for case in CASES for n in "ab"]
    cases.write_text("\n".join(json.dumps(case.to_dict()) for case in twice), encoding="utf-8")
    monkeypatch.setattr(command, "_maker", lambda settings: (LetterEncoder(), lambda disable: Sage(twice)))
    baseline = tmp_path / "baseline.json"
    assert main(settings, cases=cases, baseline=baseline, update_baseline=True) == 0
    assert main(settings, cases=cases, baseline=baseline) == 0
    monkeypatch.setattr(command, "_maker", lambda settings: (LetterEncoder(), lambda disable: Silent()))
    assert main(settings, cases=cases, baseline=baseline) == 1
    assert "Worse than the baseline: right was 100.0 % and is" in capsys.readouterr().err


def test_a_broken_law_is_red_although_it_was_broken_before(
    settings: Settings,
    cases: Path,
    engines: list[frozenset[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Liar(Sage):
        def answer(self, question: str, history: Sequence[Mapping[str, str]]) -> Answer:
            said = super().answer(question, history)
            return replace(said, citations=tuple(replace(each, quote=each.quote.upper()) for each in said.citations))

    monkeypatch.setattr(command, "_maker", lambda settings: (LetterEncoder(), lambda disable: Liar(CASES)))
    baseline = tmp_path / "baseline.json"
    assert main(settings, cases=cases, baseline=baseline, update_baseline=True) == 0
    assert main(settings, cases=cases, baseline=baseline) == 1
    assert "Broken: exact has to be 100 %" in capsys.readouterr().err


def test_a_named_baseline_has_to_be_there(
    settings: Settings, cases: Path, engines: list[frozenset[str]], tmp_path: Path
) -> None:
    with pytest.raises(KzragError, match="is not a baseline"):
        main(settings, cases=cases, baseline=tmp_path / "none.json")


def test_parts_are_taken_away(
    settings: Settings, cases: Path, engines: list[frozenset[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(settings, cases=cases, ablate=["dense"]) == 0
    assert engines == [frozenset(), frozenset({"dense"})]
    assert "What each part is worth" in capsys.readouterr().out


def test_another_engine_is_scored_by_the_same_cases(
    settings: Settings,
    cases: Path,
    engines: list[frozenset[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "their_pipeline_y.py").write_text("def ask(question):\n    return 'The harbour was never sold.'\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert main(settings, cases=cases, engine="their_pipeline_y:ask") == 0
    assert "Right, their_pipeline_y:ask, 6 cases" in capsys.readouterr().out


def test_two_stored_runs_are_compared(
    settings: Settings, cases: Path, engines: list[frozenset[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = (tmp_path / "a.json", tmp_path / "b.json")
    for path in paths:
        main(settings, cases=cases, json_out=path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    capsys.readouterr()
    assert main(settings, compare=paths) == 0
    assert "sage → sage, paired by case" in capsys.readouterr().out


def test_cases_that_contradict_the_corpus_are_not_asked(
    settings: Settings, cases: Path, engines: list[frozenset[str]]
) -> None:
    cases.write_text(cases.read_text(encoding="utf-8").replace("never sold.", "never sold!"), encoding="utf-8")
    with pytest.raises(KzragError, match="not verbatim in harbour"):
        main(settings, cases=cases)


def test_a_split_without_cases_is_an_error_for_people(
    settings: Settings, cases: Path, engines: list[frozenset[str]]
) -> None:
    with pytest.raises(KzragError, match="no cases of the split 'test'"):
        main(settings, cases=cases, split="test")


def test_drafts_are_printed_or_written_but_never_over_a_file(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(settings, draft=True) == 0
    lines = capsys.readouterr().out.splitlines()
    assert json.loads(lines[0])["id"] == "draft-001"
    path = tmp_path / "drafts.jsonl"
    assert main(settings, draft=True, cases=path) == 0
    assert path.read_text(encoding="utf-8").splitlines() == lines
    with pytest.raises(KzragError, match="is there already"):
        main(settings, draft=True, cases=path)
