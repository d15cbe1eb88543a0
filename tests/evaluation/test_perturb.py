from __future__ import annotations

from collections.abc import Sequence

import pytest

from kzrag.answering.gate import SpanText, Verdict, check
from kzrag.evaluation.perturb import faithful, measure, perturbations

ENGLISH = SpanText(
    "In July 2022 Tokayev said that Kazakhstan will not sell 67 million tons of oil, more than 80% of its output.",
    "en",
    published="2022-07-05",
    publisher="Example Weekly",
)
CHINESE = SpanText(
    "2023年托卡耶夫表示,哈薩克斯坦不承認這份協議,將建設三座電站,投資50億美元。", "zh-Hant", published="2023"
)
RUSSIAN = SpanText(
    "В 2022 году Токаев заявил, что Казахстан не будет продавать 67 млн тонн нефти.", "ru", published="2022"
)


def gate(sentence: str, spans: Sequence[SpanText]) -> Verdict:
    return check(sentence, spans)


@pytest.mark.parametrize("span", [ENGLISH, CHINESE, RUSSIAN], ids=lambda span: span.language)
def test_each_kind_is_changed_and_nothing_else(span: SpanText) -> None:
    found = perturbations(span)
    assert [wrong.kind for wrong in found] == ["figure", "unit", "date", "name", "negation", "speaker"]
    assert all(wrong.sentence != span.text and wrong.span == span for wrong in found)
    assert perturbations(span) == found


@pytest.mark.parametrize("span", [ENGLISH, CHINESE, RUSSIAN], ids=lambda span: span.language)
def test_the_gate_catches_them_and_leaves_the_faithful_alone(span: SpanText) -> None:
    for wrong in perturbations(span):
        assert not gate(wrong.sentence, [span]).supported, wrong
    for variant in faithful(span):
        assert gate(variant, [span]).supported, variant


def test_a_sentence_with_nothing_to_change_has_only_another_speaker() -> None:
    assert [wrong.kind for wrong in perturbations(SpanText("Oil flows.", "en"))] == ["speaker"]


def test_a_comment_is_put_into_the_mouth_of_the_article_too() -> None:
    comment = SpanText("Oil flows.", "en", voice="Jane Roe", publisher="Example Weekly")
    speakers = {wrong.change for text in map(str, range(20)) for wrong in perturbations(
        SpanText(f"Oil flows {text}.", "en", voice="Jane Roe", publisher="Example Weekly")
    ) if wrong.kind == "speaker"}  # fmt: skip
    assert "Jane Roe -> Example Weekly" in speakers
    assert not gate(f"According to Example Weekly, {comment.text}", [comment]).supported
    assert gate(f"According to Jane Roe, {comment.text}", [comment]).supported


def test_a_judge_that_believes_everything_catches_nothing() -> None:
    counts = measure([ENGLISH], lambda sentence, spans: Verdict(True))
    assert counts["en", "figure"].caught == 0 and len(counts["en", "figure"].missed) == 1
    assert counts["en", "verbatim"].false_alarms == 0


def test_a_judge_that_believes_nothing_is_all_alarms() -> None:
    counts = measure([ENGLISH], lambda sentence, spans: Verdict(False, ("meaning: no",)))
    assert counts["en", "figure"].caught == 1
    assert counts["en", "faithful"].false_alarms == counts["en", "faithful"].faithful > 0
