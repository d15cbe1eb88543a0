import pytest
from rich.console import Console

from kzrag.answering.evidence import Features, blanked, logistic
from kzrag.errors import KzragError
from kzrag.evaluation.ablate import PARTS, ablate, ablation_table
from kzrag.evaluation.run import Engine, evaluate
from tests.evaluation.conftest import CASES, Sage, Silent, words_judge


def make(disable: frozenset[str]) -> Engine:
    """An engine that needs its dense part for everything and its lexical part for nothing."""
    return Silent() if "dense" in disable else Sage(CASES)


def test_each_part_is_taken_away_once() -> None:
    named: list[str] = []
    without = ablate(CASES, ["dense", "lexical", "dense"], make, judge=words_judge, progress=named.append)
    assert named == ["dense", "lexical"]
    assert [each.engine for each in without.values()] == ["silent", "sage"]


def test_the_table_says_what_a_part_is_worth_and_where() -> None:
    cases = CASES * 3
    whole = evaluate(cases, Sage(CASES), judge=words_judge)
    without = ablate(cases, ["dense", "lexical"], make, judge=words_judge)
    console = Console(width=200)
    with console.capture() as capture:
        console.print(ablation_table(whole, without))
    rows = [
        cells
        for line in capture.get().splitlines()
        if len(cells := [cell.strip() for cell in line.split("│")[1:-1]]) == 7
    ]
    assert rows[0][:4] == ["dense", "right", "100 %", "16.7 %"]
    assert rows[0][4].startswith("+83.3 (+")
    assert rows[0][-1] == "no"  # six questions are too few to be sure
    assert ["", "right, fact", "100 %", "0 %"] in [row[:4] for row in rows]
    assert ["", "over-refusal", "0 %", "100 %", "−100.0 (−100.0 to −100.0)"] in [row[:5] for row in rows]
    assert rows[-1] == ["lexical", "right", "100 %", "100 %", "+0.0 (+0.0 to +0.0)", "1.000", "no"]


def test_a_part_that_is_none_is_an_error_for_people() -> None:
    with pytest.raises(KzragError, match="no part 'magic'"):
        ablate(CASES, ["magic"], make)
    assert "dense" in PARTS


@pytest.mark.parametrize(("part", "feature"), [("dense", "pieces"), ("dense", "around"), ("lexical", "words")])
def test_what_is_taken_away_tells_no_sentence_from_another(part: str, feature: str) -> None:
    seen = Features(*[0.5] * len(Features._fields))
    other = seen._replace(**{feature: 0.9})
    assert logistic(seen) != logistic(other)
    assert blanked(seen, frozenset({part})) == blanked(other, frozenset({part}))
    assert blanked(other, frozenset({"families"})) == other
