"""What is looked for when a question leans on another: its own words first, and what they ask for."""

from dataclasses import replace

from kzrag.answering.engine import _readings
from kzrag.answering.needs import Needs
from kzrag.conversation import standalone


def read_after(before: str, said: str, question: str) -> list[Needs]:
    history = [{"role": "user", "content": before}, {"role": "assistant", "content": said}]
    return _readings(standalone(question, history))


def test_its_own_words_come_first_and_the_old_ones_in_reserve() -> None:
    (needs,) = read_after("What did Peru propose in May?", "It proposed a ban [1].", "Did it become law?")
    assert needs.text == "did it become law?"
    assert needs.kind == "yesno"
    assert needs.said == "It proposed a ban ."
    assert needs.wider is not None
    assert "Peru" in needs.wider.text


def test_a_bare_why_is_looked_for_by_the_old_words() -> None:
    (needs,) = read_after("Does Peru buy tanks?", "No [1].", "Why?")
    assert needs.kind == "reason"
    assert "tanks" in needs.text
    assert needs.wider is None


def test_a_question_of_its_own_asks_not_for_the_old_kind() -> None:
    (needs,) = read_after("At which port does the line end?", "At Callao [1].", "And how does it get to Chile?")
    assert needs.kind == "statement"
    assert needs.before == "At which port does the line end?"


def test_another_year_asks_for_the_same_measure() -> None:
    (needs,) = read_after("How many tons of wheat will Peru grow by 2032?", "4 million tons", "And by 2040?")
    assert needs.kind == "figure"
    assert "ton" in needs.units
    assert [date.iso for date in needs.years] == ["2040"]


def test_another_measure_asks_not_for_the_old_one() -> None:
    (needs,) = read_after("How many days faster is the train?", "10 days [1].", "And how much cheaper?")
    assert needs.kind == "figure"
    assert "day" not in needs.units


def test_again_how_much_is_measured_as_before() -> None:
    first, second = _readings(standalone("買氣一噸多少錢？轉手賣出去又是多少？"))
    assert "USD" in first.units
    assert second.units == first.units


def test_a_part_of_a_sum_is_told_as_the_sum_is() -> None:
    _, part = _readings(standalone("What did the tower cost, and how much of that came from a loan?"))
    assert "USD" in part.units


def test_another_speaker_is_asked_the_same() -> None:
    (needs,) = read_after("How many does the brigade say were hurt?", "14.", "What does the hospital make it?")
    assert needs.kind == "figure"
    assert "hospital" in needs.text


def test_a_doubt_asks_for_the_sides_of_the_old_question() -> None:
    (needs,) = read_after("How many were hurt?", "14.", "Doesn't anyone disagree?")
    assert (needs.text, needs.kind, needs.compares) == ("How many were hurt?", "figure", True)


def test_who_says_so_looks_for_what_was_said() -> None:
    (needs,) = read_after("How many were hurt?", "14 people.", "Who says so?")
    assert needs.kind == "who_said"
    assert [figure.value for figure in needs.figures] == [14.0]
    assert not needs.presumes


def test_what_was_said_is_known() -> None:
    (needs,) = read_after("Whom did Macron meet?", "He met Putin in Moscow [1].", "And where did he fly next?")
    assert {"putin", "moscow", "macron"} <= needs.known


def test_the_second_question_follows_the_first() -> None:
    first, second = _readings(standalone("Who signed the treaty, and who opposed it later?"))
    assert not first.follows
    assert second.follows
    assert second.kind == "person"


def test_both_questions_of_a_follow_up_lean_on_the_talk() -> None:
    first, second = read_after("Who is the mayor of Turin?", "Lo Russo [1].", "How old is he, and where was he born?")
    assert "Lo Russo" in first.text
    assert first.kind == "figure"
    assert second.kind == "place"


def test_more_is_asked_beyond_what_was_said() -> None:
    (needs,) = read_after("Why was the port closed?", "“A leak closed the port.” [1]", "tell me more")
    assert needs.more
    assert needs.said == "A leak closed the port."
    assert needs.kind == "reason"


def test_a_rewritten_question_is_read_as_it_stands_now() -> None:
    understood = standalone("Wer hat unterschrieben?")
    rewritten = replace(understood, question="Who signed it, and in which year?", changed=True)
    first, second = _readings(rewritten)
    assert first.kind == "person"
    assert second.kind == "date"


def test_more_is_no_second_figure() -> None:
    (needs,) = read_after("哈萨克斯坦的石油储量是多少？", "“已探明储量达44亿吨。” [1]", "还有呢？")
    assert needs.kind == "statement"
    assert needs.units == frozenset()
