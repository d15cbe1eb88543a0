import pytest

from kzrag.answering.wording import own_phrases
from kzrag.evaluation.statements import Statement, own_words, statements
from tests.evaluation.conftest import DOCUMENTS, answer, citation

HANDLED = "The harbour of Aktau handled 14 million tons in 2021, the port authority said."
CLOSED = "It closed for nine days in March because of storms. Nobody was hurt."


def test_a_sentence_keeps_the_markers_that_follow_it() -> None:
    text = "It handled much [1][2]. It closed. [3] And it was never sold [1]."
    assert statements(answer(text)) == [
        Statement("It handled much .", (1, 2)),
        Statement("It closed.", (3,)),
        Statement("And it was never sold .", (1,)),
    ]


def test_a_quote_of_several_sentences_is_one_statement_with_its_lead() -> None:
    said = answer(f"According to The Gazette: “{CLOSED}” [1]", citation(1, "harbour", CLOSED))
    assert [each.markers for each in statements(said)] == [(1,)]
    assert CLOSED in statements(said)[0].text


def test_a_part_of_what_is_cited_may_be_quoted_over_two_sentences() -> None:
    said = answer("The Gazette says: “because of storms. Nobody was” [1]", citation(1, "harbour", CLOSED))
    assert [each.markers for each in statements(said)] == [(1,)]
    assert len(statements(answer("It says: “It rained. It froze” [1]", citation(1, "harbour", CLOSED)))) == 2


def test_a_quotation_is_whole_though_a_part_of_it_is_cited_by_itself() -> None:
    said = answer(
        "The Gazette says: “because of storms. Nobody was”. [1] It also says because of storms. [2]",
        citation(1, "harbour", CLOSED),
        citation(2, "harbour", "because of storms."),
    )
    assert [each.markers for each in statements(said)] == [(1,), (2,)]


def test_a_quote_is_found_again_whatever_its_white_space_has_become() -> None:
    raw = "because of storms. Nobody was hurt.\n\nThe harbour was never sold."
    said = answer(
        "It says: “because of storms. Nobody was hurt. The harbour was never sold.” [1]", citation(1, "harbour", raw)
    )
    assert len(statements(said)) == 1


def test_an_aside_in_brackets_belongs_to_what_it_explains() -> None:
    text = f"It says: “{CLOSED}” (“March” is that of 2022, the year of the article.) [1]\n\n(understood as: When?)"
    said = answer(text, citation(1, "harbour", CLOSED), understood_as="When?")
    assert [each.markers for each in statements(said)] == [(1,)]
    assert "the year of the article" in statements(said)[0].text


def test_lines_of_a_list_are_statements_of_their_own() -> None:
    text = "The sources differ.\n- A storm closed it [1]\n- A strike closed it [2]"
    assert statements(answer(text)) == [Statement("A storm closed it", (1,)), Statement("A strike closed it", (2,))]


def test_chinese_sentences_are_told_apart() -> None:
    said = answer("吞吐量為1400萬噸[1]。三月關閉九天。[1]", language="zh-Hant")
    assert [each.markers for each in statements(said)] == [(1,), (1,)]


@pytest.mark.parametrize("frame", ["The sources differ.", "Here is what they say:", "Which one?"])
def test_what_only_frames_is_no_statement(frame: str) -> None:
    assert statements(answer(frame)) == []


def test_an_unmarked_claim_is_a_statement_without_citation() -> None:
    assert statements(answer("The harbour is the largest of all.")) == [
        Statement("The harbour is the largest of all.", ())
    ]


def test_own_words_are_those_no_source_has() -> None:
    said = answer(f"14 million tons. According to The Gazette: “{HANDLED}” [1]", citation(1, "harbour", HANDLED))
    assert " ".join(own_words(said, DOCUMENTS).split()) == "14 million tons. According to The Gazette:"


def test_a_shorter_quotation_counts_as_the_sources_words_only_when_it_is_verbatim() -> None:
    said = answer("It “handled 14 million tons” and “sank twice” [1]", citation(1, "harbour", HANDLED))
    assert "handled" not in own_words(said, DOCUMENTS)
    assert "sank twice" in own_words(said, DOCUMENTS)


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans", "ru", "kk"])
def test_every_sentence_of_kzrags_own_phrases_states_nothing(language: str) -> None:
    for phrase in own_phrases(language):
        if "{" not in phrase:
            assert statements(answer(phrase, language=language)) == [], phrase
