from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from kzrag.answering.gate import SpanText
from kzrag.errors import KzragError
from kzrag.evaluation.judge import (
    PER_LANGUAGE,
    Pair,
    agreements,
    bundled_pairs,
    figures,
    judge_table,
    perturbation_table,
    read_pairs,
    shares,
    spans_of,
    verdicts,
)
from kzrag.evaluation.perturb import Caught, measure
from tests.evaluation.conftest import CASES, DOCUMENTS, words_judge


def pair(number: int, sentence: str, supported: bool) -> Pair:
    span = SpanText("It closed for 9 days because of storms.", "en", None, "article", None, None)
    return Pair(f"p{number}", "en", sentence, span, supported, "ok" if supported else "figure")


PAIRS = [
    pair(1, "It closed for 9 days.", True),
    pair(2, "Closed by a most violent gale it stood idle", True),  # the words judge can't know
    pair(3, "It closed for 12 days.", False),
    pair(4, "It closed for 9 days because of storms, by order.", False),  # nor that
]


def test_figures_of_a_judge() -> None:
    found = figures(PAIRS, verdicts(PAIRS, words_judge))
    assert (found.pairs, found.agreement, found.caught, found.false_alarms) == (4, 0.5, 0.5, 0.5)


def test_what_a_baseline_keeps_of_the_judge() -> None:
    assert agreements(PAIRS, verdicts(PAIRS, words_judge)) == {"p1": 1, "p2": 0, "p3": 1, "p4": 0}
    seen = {("en", "figure"): Caught(4, 3, 0, 0, (), ()), ("en", "faithful"): Caught(0, 0, 10, 1, (), ())}
    assert shares(seen) == {"caught: en figure": 0.75, "let through: en faithful": 0.9}


def test_tables_say_how_far_the_judge_can_be_believed() -> None:
    console = Console(width=120)
    spans = spans_of(CASES, [], DOCUMENTS)
    with console.capture() as capture:
        console.print(judge_table(PAIRS, verdicts(PAIRS, words_judge)))
        console.print(perturbation_table(measure(spans, words_judge)))
    printed = capture.get()
    assert [cell.strip() for cell in next(row for row in printed.splitlines() if "│ all" in row).split("│")[2:-1]] == [
        "4", "50.0 %", "50.0 %", "50.0 %"
    ]  # fmt: skip
    assert "figure" in printed
    assert "verbatim" in printed


def test_perturbed_are_gold_quotes_and_sentences_in_languages_that_have_none() -> None:
    russian = replace(PAIRS[0], language="ru", sentence="Порт закрыли на девять дней.")
    spans = spans_of(CASES, [*PAIRS, russian], DOCUMENTS)
    assert {span.language for span in spans} == {"en", "zh-Hant", "ru"}
    assert next(span.text for span in spans if span.language == "ru") == russian.sentence
    assert all(any(span.text in each.raw for each in DOCUMENTS.values()) for span in spans if span.language != "ru")
    many = [replace(russian, id=str(n), sentence=f"Закрыли на {n} дней.") for n in range(200)]
    assert sum(span.language == "ru" for span in spans_of(CASES, many, DOCUMENTS)) == PER_LANGUAGE


def test_spans_carry_the_origin_of_their_document(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(
        '{"id": "p", "language": "en", "sentence": "Greed.", "span": "It was greed.", "document": "rival", '
        '"supported": true, "why": "ok"}\n'
    )
    span = read_pairs(path, DOCUMENTS)[0].span
    assert (span.voice, span.published, span.publisher) == ("A reader", "2022-01-05", "The Rival")


def test_what_is_no_file_of_pairs_is_an_error_for_people(tmp_path: Path) -> None:
    with pytest.raises(KzragError, match="labelled pairs"):
        read_pairs(tmp_path / "none.jsonl", DOCUMENTS)


def test_the_bundled_pairs_are_balanced_and_verbatim() -> None:
    from kzrag.corpus import load_corpus
    from kzrag.settings import bundled_corpus

    corpus = load_corpus(bundled_corpus(), max_bytes=20_000_000)
    documents = {document.id: document for document in corpus.documents}
    pairs = read_pairs(bundled_pairs(), documents)
    assert len(pairs) >= 150
    assert len({each.id for each in pairs}) == len(pairs)
    assert 0.4 < sum(each.supported for each in pairs) / len(pairs) < 0.6
    raws = [document.raw for document in corpus.documents]
    assert all(any(each.span.text in raw for raw in raws) for each in pairs)
