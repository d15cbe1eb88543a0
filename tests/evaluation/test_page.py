import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from kzrag.evaluation.page import calibration, refusals, render_page
from kzrag.evaluation.run import Evaluation, evaluate
from kzrag.records import Answer
from tests.evaluation.conftest import CASES, DOCUMENTS, Sage, Silent, words_judge

VOID = {"meta", "link", "br", "input", "path", "rect", "circle", "polyline"}


class Outline(HTMLParser):
    """Checks that tags close in order, and collects ids and what is loaded from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name in ("src", "srcset"):
                self.outside.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def outline(page: str) -> Outline:
    parsed = Outline()
    parsed.feed(page)
    assert parsed.open == []
    return parsed


@pytest.fixture
def evaluation(sage: Sage) -> Evaluation:
    return evaluate(CASES, sage, judge=words_judge, about={"commit": "abc1234"})


def test_the_page_is_whole_and_loads_nothing(evaluation: Evaluation) -> None:
    page = render_page(evaluation, DOCUMENTS, [("a", 0.5), ("b", 1.0)])
    found = outline(page)
    assert found.outside == []
    assert all(link.startswith("#") and link[1:] in found.ids for link in found.links)
    assert len(found.ids) == len(set(found.ids))
    assert {case.id for case in CASES} <= set(found.ids)
    assert "http" not in re.sub(r"commit abc1234", "", page)
    assert "abc1234" in page
    assert "Right, over commits" in page


def test_evidence_is_marked_in_its_surroundings(evaluation: Evaluation) -> None:
    page = render_page(evaluation, DOCUMENTS)
    marked = "<mark>It closed for nine days in March because of storms.</mark> Nobody was hurt."
    assert marked in page
    assert 'href="#en-disagreement-001-2">[2]</a>' in page


def test_what_fell_short_is_told() -> None:
    page = render_page(evaluate(CASES, Silent(), judge=words_judge), DOCUMENTS)
    outline(page)
    assert "right: refused (empty)" in page
    assert 'data-state="wrong"' in page
    assert "Known to answer it" in page


def test_text_of_answers_is_text() -> None:
    class Hostile:
        name = "<b>hostile</b>"
        index = None
        documents = DOCUMENTS

        def answer(self, question: str, history: object) -> Answer:
            return Answer("</details><script>alert(1)</script>", "en", False, None, notes=("<img src=x>",))

    page = render_page(evaluate(CASES, Hostile(), judge=words_judge), DOCUMENTS)
    assert outline(page).outside == []
    assert page.count("<script") == 1


def test_calibration_sets_confidence_against_what_came_of_it(evaluation: Evaluation) -> None:
    assert calibration(evaluation) == []
    sure = {"answer": 0.91, "refuse": 0.12, "correct": 0.5}
    runs = [replace(run, answer=replace(run.answer, confidence=sure[run.case.expect])) for run in evaluation.runs]
    sure_of_it = replace(evaluation, runs=tuple(runs))
    # What was refused makes no point: nobody knows whether it would have been right.
    assert [(round(x, 2), y, count) for x, y, count in calibration(sure_of_it)] == [(0.5, 1, 1), (0.91, 1, 4)]
    assert "Is confidence deserved?" in render_page(sure_of_it, DOCUMENTS)


def test_refusing_below_a_confidence_costs_and_saves(evaluation: Evaluation) -> None:
    assert refusals(evaluation) == []
    sure = {"answer": 0.55, "refuse": 0.12, "correct": 0.0}
    runs = [replace(run, answer=replace(run.answer, confidence=sure[run.case.expect])) for run in evaluation.runs]
    points = refusals(replace(evaluation, runs=tuple(runs)))
    assert [point[:2] for point in points] == [(0, 0)] * 2 + [(0, 1)] * 4 + [(1, 1)] * 5
    assert [point[2] for point in points[:3]] == [0, 0, 1]
