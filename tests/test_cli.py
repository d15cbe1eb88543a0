"""The command line as people use it: what it prints, and with which status it ends."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kzrag import cli
from kzrag.index import encoder
from kzrag.records import Answer, Event
from tests.bundled import shipped

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setattr(encoder, "load_encoder", lambda *_, **__: shipped())

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kzrag", *arguments])
        status = 0
        try:
            cli.main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def test_ask_prints_an_answer_with_its_sources(run: Run) -> None:
    status, out, _ = run("ask", "What refining capacity does Kazakhstan want by 2032?")
    assert status == 0
    assert out.startswith("28 million tons")
    assert "000_cfdf4ce949c39ff9" in out and "002_53b9233d1a10b704" in out


def test_ask_prints_json(run: Run) -> None:
    status, out, _ = run("ask", "What refining capacity does Kazakhstan want by 2032?", "--json")
    answer = json.loads(out)
    assert status == 0
    assert answer["mode"] == "extractive" and answer["citations"]


def test_an_abstention_is_an_answer(run: Run) -> None:
    status, out, _ = run("ask", "Who won the football World Cup?")
    assert status == 0
    assert "doesn't tell" in out


def test_retrieve_prints_passages(run: Run) -> None:
    status, out, _ = run("retrieve", "Caspian pipeline", "--top-k", "3", "--json")
    hits = json.loads(out)
    assert status == 0
    assert len(hits) == 3
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


def test_sources_lists_the_documents(run: Run) -> None:
    status, out, _ = run("sources", "--json")
    assert status == 0
    assert len(json.loads(out)) == 5
    status, out, _ = run("sources")
    assert "translation of 002_53b9233d1a10b704" in out


def test_disagreements_are_listed_with_both_sides(run: Run) -> None:
    status, out, _ = run("sources", "--disagreements", "--json")
    assert status == 0
    for found in json.loads(out):
        assert len(found["positions"]) == 2


def test_index_says_what_it_did(run: Run, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "note.txt").write_text("The harbour was closed on 5 May 2021 because of ice.\n", encoding="utf-8")
    status, out, _ = run("index", "--corpus", str(corpus), "--index", str(tmp_path / "index"))
    assert status == 0
    assert "1 document" in out


def test_a_missing_corpus_is_one_line_and_status_1(run: Run, tmp_path: Path) -> None:
    status, out, err = run("ask", "Why?", "--corpus", str(tmp_path / "nowhere"), "--index", str(tmp_path / "index"))
    assert status == 1
    assert out == ""
    assert len(err.strip().splitlines()) == 1 and "nowhere" in err


@pytest.mark.parametrize(
    "arguments", [["ask"], ["retrieve", "x", "--top-k", "0"], ["nothing"], ["ask", "x", "--wrong"]]
)
def test_wrong_usage_is_status_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments)[0] == 2


def test_doctor_looks_at_everything(run: Run) -> None:
    status, out, _ = run("doctor")
    assert status == 0
    for looked_at in ("Python", "packages", "corpus", "index", "language model"):
        assert looked_at in out


def test_doctor_says_what_to_do(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KZRAG_CORPUS_DIR", str(tmp_path / "nowhere"))
    status, out, _ = run("doctor")
    assert status == 1
    assert "fix" in out and "nowhere" in out


def test_words_are_printed_as_they_come_and_what_is_taken_back_is_said_anew(capsys: pytest.CaptureFixture[str]) -> None:
    def answer(text: str) -> Event:
        return Event("answer", answer=Answer(text=text, language="en", abstained=False, reason=None, question="?"))

    cli._told(iter([Event("status", "reading"), Event("text", "Two "), Event("text", "sides."), answer("Two sides.")]))
    assert capsys.readouterr().out == "Two sides.\n"
    cli._told(iter([Event("text", "Half a sen"), answer("The sources' own words.")]))
    assert capsys.readouterr().out == "Half a sen\n\nThe sources' own words.\n"
