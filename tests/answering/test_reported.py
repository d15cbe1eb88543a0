"""Lists in which one source reports what several sides hold, and sentences that only look like one."""

from __future__ import annotations

import pytest

from kzrag.answering.facts import facts_in
from kzrag.answering.reported import reported
from kzrag.evaluation.memory import MemoryEngine, memory_index, plain_document
from kzrag.index.encoder import Encoder
from kzrag.records import Evidence
from kzrag.settings import Settings
from kzrag.text.language import detect
from tests.bundled import shipped


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return shipped()


def listed(text: str, encoder: Encoder) -> tuple[str, ...]:
    """What is found beside the first figure with a unit in a text."""
    index = memory_index([plain_document("a", text, detect(text), published="2021")], encoder)
    for sentence in index.sentences:
        for figure in facts_in(sentence, index).quantities:
            if figure.unit is not None:
                found = reported(Evidence(sentence, 1.0), figure, index)
                return () if found is None else tuple(each.text for each in found.figures)
    return ()


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "The ministry puts the damage at 6.1 million crowns, the farmers at 9.4 and the institute at 5.2 at most.",
            ("6.1 million crowns", "9.4", "5.2"),
        ),
        ("Police say 40 people were hurt; the hospital counts 62.", ("40 people", "62")),
        ("The firm says 80 jobs will go. Add it up for once. The union makes it 170.", ("80 jobs", "170")),
        ("Профсоюз насчитал 640 рабочих, компания говорит о 410.", ("640 рабочих", "410")),
        (
            "По данным министерства, ущерб составил 5 млн рублей, по оценке фермеров — 8 млн, и это не всё.",
            ("5 млн рублей", "8 млн"),
        ),
        ("市政府称工程耗资3亿元；反对党说是5亿元；审计局认为不超过4亿元。", ("3亿元", "5亿元", "4亿元")),
        ("Министрлік 200 адам дейді, ал одақ 350 адам дейді.", ("200 адам", "350 адам")),
    ],
)
def test_a_list_of_sides_is_found_whole(text: str, figures: tuple[str, ...], encoder: Encoder) -> None:
    assert listed(text, encoder) == figures


@pytest.mark.parametrize(
    "text",
    [
        "The company said the harbour cost 90 million euros and the road 14 million.",
        "The ministry says the road cost 3 million crowns, the union says the bridge cost 5 million crowns.",
        "The union asks for 9 percent, the company offers 4.5 percent.",
        "The union says 9 percent of the members are women, and the firm says 14 percent of the staff are strangers.",
        "The government says 14 ships were sold, but the union says that 9 of them are still in the harbour.",
        "The bank says prices rose by 4 percent in May and by 6 percent in June.",
        "Experts say the mine holds 5 million tons of coal, but the company has sold 2 million tons.",
        "Police say 40 people were hurt; the hospital counts 40 as well.",
    ],
)
def test_figures_of_several_things_are_no_list(text: str, encoder: Encoder) -> None:
    assert listed(text, encoder) == ()


def test_a_list_is_quoted_whole_and_each_side_recorded(encoder: Encoder) -> None:
    text = "市政府称新码头工程耗资3亿元；反对党说是5亿元；审计局认为不超过4亿元。码头长900米。"
    engine = MemoryEngine(memory_index([plain_document("a", text, "zh-Hans", published="2021")], encoder), Settings())
    answer = engine.answer("新码头工程耗资多少？", [])
    assert "3亿元；反对党说是5亿元；审计局认为不超过4亿元" in answer.text
    assert [position.claim for position in answer.disagreements[0].positions] == [
        "市政府称新码头工程耗资3亿元",
        "反对党说是5亿元",
        "审计局认为不超过4亿元",
    ]
