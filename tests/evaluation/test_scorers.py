from dataclasses import replace

import pytest

from kzrag.answering.gate import SpanText, Verdict
from kzrag.evaluation.cases import Case, GoldAttribution
from kzrag.evaluation.scorers import (
    METRICS,
    attributed,
    brief,
    contested_spans,
    exact,
    gold,
    language,
    no_false_conflict,
    over_refusal,
    refused,
    right,
    score,
    sides,
    support,
)
from kzrag.records import Disagreement, Position
from tests.evaluation.conftest import CASES, DOCUMENTS, answer, citation, refusal, words_judge

FACT, CHINESE, DISPUTE, SAID, NEAR_MISS, PREMISE = CASES
HANDLED = "The harbour of Aktau handled 14 million tons in 2021, the port authority said."
STORM = "It closed for nine days in March because of storms."
STRIKE = "The harbour of Aktau closed for nine days because of a strike, its rivals claim."


# -- right ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "text"),
    [
        (FACT, "14 million tons [1]."),
        (FACT, "14 млн тонн [1]."),
        (FACT, "1400萬噸[1]。"),
        (CHINESE, "1400万吨[1]。"),
        (CHINESE, "It was 14 million tons [1]."),
        (PREMISE, "It was never sold [1]."),
    ],
)
def test_right_in_any_of_the_languages(case: Case, text: str) -> None:
    assert right(case, answer(text)).value == 1


def test_what_stands_after_the_opening_is_too_late() -> None:
    late = answer("x" * 790 + " 14 million tons")
    assert right(FACT, late).value == 0
    assert "missing: qty:14 million tons" in right(FACT, late).explanation


def test_every_group_is_needed() -> None:
    both = replace(FACT, must=(("14 million",), ("2021",)))
    assert right(both, answer("14 million tons")).value == 0
    assert right(both, answer("14 million tons in 2021")).value == 1


def test_a_wrong_figure_outside_a_quote_makes_it_wrong_and_inside_it_does_not() -> None:
    case = replace(FACT, must=(("harbour",),), must_not=("qty:14 million tons",))
    assert right(case, answer("The harbour: 14 million tons")).value == 0
    assert right(case, answer(f"It says: “{HANDLED}” [1]", citation(1, "harbour", HANDLED))).value == 1


def test_refusing_is_right_only_where_nothing_is_known() -> None:
    assert right(NEAR_MISS, refusal()).value == 1
    assert right(FACT, refusal()).value == 0
    assert right(PREMISE, refusal()).value == 0
    assert right(PREMISE, refusal(reason="false_premise")).value == 1


def test_a_case_whose_must_is_wrong_on_purpose_fails() -> None:
    assert right(replace(FACT, must=(("qty:99 million tons",),)), answer("14 million tons")).value == 0


# -- supported -----------------------------------------------------------------------------------------------------


def test_recall_counts_statements_and_precision_citations() -> None:
    said = answer(
        "The harbour of Aktau handled 14 million tons in 2021 [1][2]. It closed for nine days because of storms [2]. "
        "It handled 99 million tons [1]. The port was largest.",
        citation(1, "harbour", HANDLED),
        citation(2, "harbour", STORM),
    )
    recall, precision = support(said, words_judge)
    assert recall.value == pytest.approx(2 / 4)
    # [1] and [2] support their sentences; [2] beside [1] is not needed, [1] under 99 million supports nothing.
    assert precision.value == pytest.approx(2 / 4)
    assert "99: It handled 99 million tons" in recall.explanation
    assert "no citation: The port was largest." in recall.explanation


def test_citations_that_only_support_together_are_both_needed() -> None:
    def both(sentence: str, spans: tuple[SpanText, ...] | list[SpanText]) -> Verdict:
        return Verdict(len(spans) == 2, ())

    said = answer("Storms and a strike [1][2].", citation(1, "harbour", STORM), citation(2, "rival", STRIKE))
    recall, precision = support(said, both)
    assert (recall.value, precision.value) == (1, 1)


def test_a_translation_beside_its_original_is_judged_by_what_it_says() -> None:
    def judge(sentence: str, spans: tuple[SpanText, ...] | list[SpanText]) -> Verdict:
        return Verdict(any("14" in span.text and span.publisher in sentence for span in spans if span.publisher))

    original = citation(1, "harbour", HANDLED)
    translation = citation(2, "hafen", "阿克套港2021年吞吐量為1400萬噸。")
    other = citation(2, "hafen", "三月因風暴關閉九天。")
    text = "According to The Gazette it handled 14 million tons [1][2]."
    assert support(answer(text, original, translation), judge)[1].value == 1
    assert support(answer(text, original, other), judge)[1].value == 0.5
    assert support(answer(text, original, replace(translation, family="x")), judge)[1].value == 0.5


def test_an_invented_marker_supports_nothing() -> None:
    recall, precision = support(answer("The harbour closed [7].", citation(1, "harbour", STORM)), words_judge)
    assert (recall.value, precision.value) == (0, 0)


def test_refusals_and_empty_texts_are_not_judged() -> None:
    assert [each.value for each in support(refusal(), words_judge)] == [None, None]
    assert [each.value for each in support(answer(""), words_judge)] == [None, None]


# -- citations -----------------------------------------------------------------------------------------------------


def test_exact_is_the_share_of_quotes_that_stand_at_their_offsets() -> None:
    true = citation(1, "harbour", STORM)
    moved = replace(citation(2, "harbour", STORM), start=true.start + 1)
    elsewhere = replace(citation(3, "harbour", STORM), document_id="atlantis")
    assert exact(answer("x", true), DOCUMENTS).value == 1
    assert exact(answer("x", true, moved, elsewhere), DOCUMENTS).value == pytest.approx(1 / 3)
    assert exact(answer("x"), DOCUMENTS).value is None


def test_gold_wants_half_of_the_shorter_span() -> None:
    assert gold(FACT, answer("x", citation(1, "harbour", "14 million tons")), DOCUMENTS).value == 1
    assert gold(FACT, answer("x", citation(1, "harbour", STORM)), DOCUMENTS).value == 0
    assert gold(NEAR_MISS, answer("x"), DOCUMENTS).value is None
    assert gold(FACT, refusal(), DOCUMENTS).value is None


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        (GoldAttribution(voice="a reader"), 1),
        (GoldAttribution(publisher="Institute of Ports"), 1),
        (GoldAttribution(publisher="the rival", published="2022-01"), 1),
        (GoldAttribution(voice="article"), 0),
        (GoldAttribution(publisher="The Gazette"), 0),
        (GoldAttribution(published="2022-02"), 0),
        (GoldAttribution(documents=("harbour",)), 0),
    ],
)
def test_attribution_wants_one_citation_that_carries_it_all(wanted: GoldAttribution, value: int) -> None:
    said = answer("It was greed [1].", citation(1, "rival", "It was greed."))
    assert attributed(replace(SAID, attribution=wanted), said).value == value


def test_right_includes_the_attribution() -> None:
    assert right(SAID, answer("It was greed [1].", citation(1, "rival", "It was greed."))).value == 1
    wrong = answer("It was greed [1].", citation(1, "harbour", STORM))
    assert right(SAID, wrong).value == 0
    assert "no citation carries" in right(SAID, wrong).explanation


# -- disagreement --------------------------------------------------------------------------------------------------


def test_sides_have_to_be_shown_and_cited_from_their_own_source() -> None:
    one, other = citation(1, "harbour", STORM), citation(2, "rival", STRIKE)
    assert sides(DISPUTE, answer("A storm closed it [1]. A strike closed it [2].", one, other)).value == 1
    assert sides(DISPUTE, answer("A storm closed it [1]. A strike closed it [1].", one, other)).value == 0.5
    assert sides(DISPUTE, answer("A storm closed it [1].", one, other)).value == 0.5
    assert sides(FACT, answer("x")).value is None


def test_a_side_in_the_records_counts_only_when_its_marker_is_printed() -> None:
    one, other = citation(1, "harbour", STORM), citation(2, "rival", STRIKE)
    disputes = (Disagreement("why", (Position("storms", (1,)), Position("a strike", (2,)))),)
    assert sides(DISPUTE, answer("They differ [1][2].", one, other, disagreements=disputes)).value == 1
    assert sides(DISPUTE, answer("They differ [1].", one, other, disagreements=disputes)).value == 0.5


def test_a_dispute_claimed_where_none_is_known_is_false() -> None:
    disputes = (Disagreement("why", (Position("a", (1,)), Position("b", (2,)))),)
    assert no_false_conflict(FACT, answer("x"), DOCUMENTS).value == 1
    assert no_false_conflict(FACT, answer("x", disagreements=disputes), DOCUMENTS).value == 0
    contested = contested_spans(CASES, DOCUMENTS)
    about_the_dispute = replace(FACT, quotes=DISPUTE.quotes)
    assert no_false_conflict(about_the_dispute, answer("x", disagreements=disputes), DOCUMENTS, contested).value is None


# -- refusals, language, length ------------------------------------------------------------------------------------


def test_a_refusal_carries_no_citation() -> None:
    assert refused(NEAR_MISS, refusal()).value == 1
    assert refused(NEAR_MISS, replace(refusal(), citations=(citation(1, "harbour", STORM),))).value == 0
    assert refused(NEAR_MISS, answer("14 million")).value == 0
    assert refused(FACT, refusal()).value is None


def test_over_refusal_is_judged_on_answerable_questions_only() -> None:
    assert over_refusal(FACT, refusal()).value == 1
    assert over_refusal(FACT, answer("x")).value == 0
    assert over_refusal(NEAR_MISS, refusal()).value is None
    assert over_refusal(PREMISE, refusal()).value is None


@pytest.mark.parametrize(
    ("tag", "lead"),
    [
        ("en", "According to The Gazette (2 January 2022)"),
        ("zh-Hant", "據 The Gazette 的文章（2022年1月2日）"),
        ("zh-Hans", "据 The Gazette 的文章（2022年1月2日），英文原文"),
        ("ru", "Источник — статья на The Gazette (2 января 2022 г.)"),
    ],
)
def test_the_language_of_the_lead_is_the_questions_whatever_the_quote_is_in(tag: str, lead: str) -> None:
    said = answer(f"{lead}: “{HANDLED}” [1]", citation(1, "harbour", HANDLED), language=tag)
    assert language(replace(FACT, language=tag), said, DOCUMENTS).value == 1


def test_a_short_answer_in_the_sources_words_is_not_the_engines_language() -> None:
    said = answer(
        f"14 million tons [1]\n\nИсточник — статья: «{HANDLED}» [1]", citation(1, "harbour", HANDLED), language="ru"
    )
    assert language(replace(FACT, language="ru"), said, DOCUMENTS).value == 1
    alone = answer("the port authority said [1]", citation(1, "harbour", HANDLED), language="ru")
    assert language(replace(FACT, language="ru"), alone, DOCUMENTS).value == 1


def test_a_lead_in_another_language_or_a_wrong_tag_is_seen() -> None:
    said = answer(f"According to an article: “{HANDLED}” [1]", citation(1, "harbour", HANDLED), language="ru")
    assert language(replace(FACT, language="ru"), said, DOCUMENTS).value == 0
    assert language(FACT, said, DOCUMENTS).value == 0


def test_brief_is_what_a_reader_looks_at_first() -> None:
    assert brief(answer("x" * 800)).value == 1
    assert brief(answer("x" * 801)).value == 0
    assert brief(answer("")).value is None


def test_every_metric_is_scored() -> None:
    made = score(FACT, answer("14 million tons"), DOCUMENTS, words_judge)
    assert made.keys() == {name for name, metric in METRICS.items() if metric.of_answers}
