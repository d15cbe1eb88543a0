from pathlib import Path

import pytest
from kzrag.answering.gate import SpanText

from kzrag.errors import KzragError
from kzrag.evaluation.judge import Pair, bundled_pairs, figures, read_pairs, verdicts
from tests.evaluation.conftest import DOCUMENTS, words_judge


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
