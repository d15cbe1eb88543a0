import json
from pathlib import Path

from kzrag.evaluation.cases import case_from, problems
from kzrag.evaluation.draft import draft, write_draft
from tests.evaluation.conftest import DOCUMENTS, document

LONG = document(
    "long",
    "\n\n".join(f"In month {n} the port of Aktau handled {n + 10} million tons of goods." for n in range(1, 40)),
    "en",
)


def test_drafts_pass_the_checker(tmp_path: Path) -> None:
    write_draft(draft(DOCUMENTS.values()), tmp_path / "drafts.jsonl")
    assert problems(tmp_path / "drafts.jsonl", DOCUMENTS) == []


def test_a_figure_is_asked_for_and_not_given_away() -> None:
    case = next(each for each in draft(DOCUMENTS.values()) if each["documents"] == ["harbour"])
    assert "14 million" not in case["question"]
    assert "____" in case["question"]
    assert case["must"] == [["qty:14 million tons", "14 million tons"]]
    assert case["quotes"][0]["quote"] in DOCUMENTS["harbour"].raw


def test_a_chinese_document_is_asked_about_in_chinese() -> None:
    case = next(each for each in draft(DOCUMENTS.values()) if each["documents"] == ["hafen"])
    assert case["language"] == "zh-Hant"
    assert "什麼" in case["question"]


def test_a_long_document_is_covered_from_end_to_end() -> None:
    cases = draft([LONG], per_document=5)
    starts = [LONG.raw.index(case["quotes"][0]["quote"]) for case in cases if case["quotes"]]
    assert len(starts) == 5
    assert starts == sorted(starts)
    assert starts[-1] > len(LONG.raw) / 2


def test_near_misses_ask_for_a_year_nobody_wrote_about() -> None:
    dated = document("dated", "The bridge near the old town was opened on 5 July 2019 by the mayor.", "en")
    near = [case for case in draft([dated]) if case["kind"] == "near-miss"]
    assert [case["expect"] for case in near] == ["refuse"]
    assert "2019" not in near[0]["question"]
    assert "2036" in near[0]["question"]
    case_from(json.loads(json.dumps(near[0])))
