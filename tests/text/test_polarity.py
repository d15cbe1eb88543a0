from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.text.polarity import contradictions, negated_spans, opposed, polarity, stance


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kazakhstan does not recognise Donetsk", "Kazakhstan recognises Donetsk"),
        ("Kazakhstan has never recognised Donetsk", "Kazakhstan recognised Donetsk"),
        ("The court didn't close the port", "The court closed the port"),
        ("哈薩克斯坦不承認頓涅茨克", "哈萨克斯坦承认顿涅茨克"),
        ("Казахстан не признаёт Донецк", "Казахстан признаёт Донецк"),
        ("Қазақстан Донецкіні танымайды", "Қазақстан Донецкіні таниды"),
        ("Kazakhstan accepted the offer", "Kazakhstan rejected the offer"),
        ("石油出口增加", "石油出口减少"),
        ("Добыча нефти выросла", "Добыча нефти снизилась"),
        ("Казахстан не признаёт Донецк", "Kazakhstan recognises Donetsk"),
        ("the port was opened", "the port was shut"),
        ("He refused to sign the treaty", "He signed the treaty"),
    ],
)
def test_opposites(a: str, b: str) -> None:
    assert opposed(a, b)
    assert opposed(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kazakhstan does not recognise Donetsk", "Kazakhstan refuses to recognise Donetsk"),
        ("He refused to follow Russia in sending troops", "He did not send troops alongside Russia"),
        ("They not only signed the treaty but praised it", "They signed the treaty"),
        ("Казахстан не признаёт Донецк", "Kazakhstan does not recognise Donetsk"),
        ("哈萨克斯坦不承认顿涅茨克", "Kazakhstan does not recognise Donetsk"),
        ("不仅拒絕簽署聲明，還質疑該組織", "拒絕簽署聲明"),
        ("Oil output rose", "The minister closed his office"),
        ("Не менее 30 стран подписали договор", "30 стран подписали договор"),
    ],
)
def test_no_opposites(a: str, b: str) -> None:
    assert not opposed(a, b)


def test_the_denied_predicate_is_what_follows_the_negation() -> None:
    assert polarity("It has not yet been fully established.") == {"establish"}
    assert polarity("Россия не признала выборы.") == {"призна"}
    assert polarity("尚未建立電網") == {"建立"}
    assert polarity("No. 1 is not only big.") == frozenset()


def test_a_clause_ends_the_scope() -> None:
    text = "He did not sign, but he praised it."
    assert [text[start:end] for start, end in negated_spans(text)] == ["not sign"]
    assert "prais" in stance(text).plain


def test_a_negated_word_changes_its_side() -> None:
    assert stance("exports rose").sides["increase"] == {1}
    assert stance("exports did not rise").sides["increase"] == {-1}
    assert contradictions("exports rose", "exports did not rise") != []


@given(st.text(alphabet="no t不没не but, .ма", max_size=40))
def test_nothing_contradicts_itself(text: str) -> None:
    assert not opposed(text, text)


@pytest.mark.parametrize(
    ("kept", "undone"),
    [
        ("The canal was closed.", "The ruling that the canal was closed was cancelled."),
        ("They banned the film.", "They lifted the ban on the film."),
        ("运河关闭了。", "法院取消了运河关闭的决定。"),
        ("Канал закрыли.", "Решение закрыть канал отменили."),
    ],
)
def test_what_is_cancelled_is_turned_round(kept: str, undone: str) -> None:
    assert opposed(kept, undone)
    assert not opposed(undone, undone)


@pytest.mark.parametrize(
    ("said", "also"),
    [
        ("They refused to sign.", "They refused to sign and cancelled the dinner."),
        ("Они отказались от сделки.", "Они отказались от сделки и отменили ужин."),
        ("他们拒绝了提议。", "他们拒绝了提议并取消了晚宴。"),
    ],
)
def test_what_is_cancelled_besides_turns_nothing_round(said: str, also: str) -> None:
    assert not opposed(said, also)


def test_cannot_without_denies_neither() -> None:
    assert stance("Kazakhstan cannot live without the Union's gas.").negations == 0
    assert stance("Страна не проживёт без газа.").negations == 0
    assert stance("Kazakhstan can live without gas.").negations == 1
    assert stance("It will not join, and lives without gas.").negations == 2


def test_a_negation_typed_without_its_apostrophe_is_one() -> None:
    assert polarity("why wont they sign it") == polarity("why won't they sign it")


def test_a_kazakh_name_denies_nothing() -> None:
    assert negated_spans("Мақаланы Айдар Қойшыбай жазды.") == []
    assert negated_spans("Айдар Қойшыбай келмеді.")
