"""When the evidence answers: what a price, a length or a name of one word in another language asks for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzrag.answering.abstention import ANSWERS, SURE, Grounds, chance
from kzrag.answering.facts import facts_of
from kzrag.answering.held import kind_held, only_past
from kzrag.answering.needs import read
from kzrag.answering.voices_asked import is_called
from kzrag.answering.wording import say
from kzrag.assistant import Assistant
from kzrag.records import ARTICLE
from kzrag.text.language import detect
from tests.answering.articles import opened

BRIDGE = """The bridge of Elsen

The bridge of Elsen stands 64 metres above the water and was opened in 1931. The watchman of the bridge turns the big wheel by 25 percent every morning. The harbour company Norholm Lines runs the ferries under the bridge.

The harbour office left the CIS Harbour Board after the flood. The talks about the toll were led by Tarmelund.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield opened(tmp_path_factory.mktemp("bridge"), bridge=BRIDGE)


@pytest.mark.parametrize(
    "question",
    [
        "How much does the watchman of the bridge earn?",  # 25 percent is no wage
        "How long is the bridge of Elsen?",  # 64 metres is its height
        "What does the watchman of the bridge pay for the wheel?",
    ],
)
def test_a_figure_of_another_thing_is_no_answer(corpus: Assistant, question: str) -> None:
    answer = corpus.answer(question)
    assert answer.abstained, answer.text


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("How high above the water does the bridge of Elsen stand?", "64"),
        ("Which company runs the ferries under the bridge?", "Norholm"),
        ("Which country led the talks about the toll?", "Tarmelund"),
        ("Из какого совета СНГ вышло управление порта после наводнения?", "CIS"),
    ],
)
def test_what_is_told_is_answered(corpus: Assistant, question: str, held: str) -> None:
    answer = corpus.answer(question)
    assert not answer.abstained
    assert held in answer.text


LESSONS = """Lessons on the island

When the islands were joined, most people of the island could not speak Danish, only German. The school refused to pay for Finnish books and cancelled the lessons.
"""


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield opened(tmp_path_factory.mktemp("lessons"), lessons=LESSONS)


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("Why could most people of the island speak Danish?", True),
        ("Why could most people of the island speak German?", False),  # what is denied is Danish
        ("Why could most people of the island speak Swedish?", False),
        ("Why did the school agree to pay for Finnish books?", True),
        ("Why did the school refuse to pay for Finnish books?", False),  # the lessons were cancelled, not the refusal
    ],
)
def test_a_premise_is_corrected_by_what_is_denied_of_those_asked_about(
    lessons: Assistant, question: str, corrected: bool
) -> None:
    assert (say("premise", "en") in lessons.answer(question).text) == corrected


@pytest.mark.parametrize(
    ("question", "past"),
    [
        ("When will the tower open again?", True),
        ("塔什么时候会重新开放？", True),
        ("Когда башня будет снова открыта?", True),
        ("Мұнара қашан ашылады?", True),
        ("When did the tower open?", False),
        ("When was the tower going to open?", False),
    ],
)
def test_what_is_to_come_has_no_date_that_was_over(question: str, past: bool) -> None:
    published = "2024-08-30"
    over = facts_of("The tower opened on 9 June 2022.", "en", published)
    to_come = facts_of("The tower opened in 2022, and opens again in May 2025.", "en", published)
    assert only_past(read(question), over, published) is past
    assert not only_past(read(question), to_come, published)
    assert not only_past(read(question), over, None)


def test_the_chance_grows_with_what_speaks_for_an_answer() -> None:
    weak = Grounds(fit=-2.0, kind=1.0, pins=0.25, lead=0.1, exact=1.0)
    strong = Grounds(fit=2.0, kind=1.0, pins=1.0, lead=2.0, exact=1.0)
    assert chance(weak) < ANSWERS < SURE < chance(strong)


def test_a_place_in_the_name_of_a_paper_is_not_the_paper() -> None:
    called = frozenset({"upper elsen"})
    assert not is_called("Elsen Valley Courier", "how many people left upper elsen?", frozenset(), called)
    assert is_called("Elsen Valley Courier", "what does the elsen valley courier say?", frozenset(), frozenset())
    assert is_called("J. Roe-Marten", "what does jane marten say?", frozenset(), frozenset({"jane marten"}))


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("Since when do they grow rice?", "After the end of the war they began to grow rice.", 0.85),
        ("从什么时候开始种稻?", "战争爆发后他们开始种稻。", 0.85),
        ("When did they grow rice?", "After the end of the war they began to grow rice.", 0.0),
        ("С каких пор они сеют рис?", "Они сеют рис с большой охотой.", 0.0),
    ],
)
def test_a_beginning_may_be_told_without_a_date(question: str, text: str, held: float) -> None:
    facts = facts_of(text, detect(text), None)
    assert kind_held(read(question), facts, text, ARTICLE) == held
