"""The names, fields and costs that programs outside rely on."""

import dataclasses
import json
import subprocess
import sys

import pytest

import kzrag
from kzrag.records import Answer, Citation, Disagreement, Hit, Position


def test_public_names() -> None:
    assert set(kzrag.__all__) >= {
        "answer",
        "Assistant",
        "Settings",
        "KzragError",
        "Answer",
        "Citation",
        "Disagreement",
        "Hit",
    }
    for name in kzrag.__all__:
        assert getattr(kzrag, name) is not None
    assert set(kzrag.__all__) <= set(dir(kzrag))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kzrag.nothing


def fields(record: type) -> set[str]:
    return {field.name for field in dataclasses.fields(record)}


def test_the_contract_of_the_records() -> None:
    assert fields(Answer) >= {
        "text", "language", "abstained", "reason", "citations", "disagreements", "mode",
    }  # fmt: skip
    assert fields(Citation) >= {
        "number", "document_id", "start", "end", "quote", "title", "publisher", "author", "url", "language",
        "published", "published_note", "voice", "family",
    }  # fmt: skip
    assert fields(Disagreement) == {"topic", "positions"}
    assert fields(Position) == {"claim", "citations"}
    assert fields(Hit) >= {"document_id", "start", "end", "text", "score", "language"}


def test_an_answer_is_plain_data() -> None:
    citation = Citation(1, "d", 0, 2, "ab", None, None, None, None, "en", None, None, "article", "d")
    disagreement = Disagreement("topic", (Position("claim", (1,)),))
    answer = Answer("ab [1]", "en", False, None, (citation,), (disagreement,), question="?")
    plain = answer.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["citations"][0]["quote"] == "ab"
    assert plain["disagreements"][0]["positions"][0]["citations"] == [1]


def test_importing_costs_next_to_nothing() -> None:
    program = (
        "import sys, time; t = time.perf_counter(); import kzrag; spent = time.perf_counter() - t\n"
        "heavy = {'chromadb', 'gradio', 'llama_index', 'onnxruntime', 'numpy', 'pydantic'} & set(sys.modules)\n"
        "print(spent); sys.exit(bool(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert float(done.stdout) < 0.2
