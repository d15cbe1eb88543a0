"""What an answer names, and what it doesn't."""

import pytest

from kzrag.conversation import standalone
from kzrag.conversation.answered import named_by


@pytest.mark.parametrize(
    ("previous", "said", "named"),
    [
        ("Which ship sank?", "The freighter Silver Heron of the Dalby Line.", "the freighter Silver Heron"),
        ("What broke on the crane?", "The slewing brake.", "the slewing brake"),
        ("Which company won?", "Norrin Construction.", "Norrin Construction"),
        ("哪艘船沉了？", "达尔比航运的货轮“银鹭号”。", "“银鹭号”"),
        ("哪家公司中标？", "诺林建筑公司。", "诺林建筑公司"),
        ("Какое судно затонуло?", "Сухогруз «Серебряная цапля» компании «Далби».", "Сухогруз «Серебряная цапля»"),
        ("Что сломалось?", "Лебёдка.", "Лебёдка"),
    ],
)
def test_an_answer_that_is_a_name(previous: str, said: str, named: str) -> None:
    assert named_by(said, previous) == named


@pytest.mark.parametrize(
    ("previous", "said"),
    [
        ("What happened?", "The ship sank off Orm."),
        ("What did Germany do?", "It signed an order with Peru."),
        ("How many ships sank?", "The Silver Heron."),
        ("Which ships were sold?", "Ten new tankers."),
        ("谁提议的?", "会议没有说。"),
        ("Which ship sank?", ""),
    ],
)
def test_an_answer_that_names_nothing(previous: str, said: str) -> None:
    assert named_by(said, previous) is None


@pytest.mark.parametrize(
    ("before", "said", "question", "whole"),
    [
        ("Which ship sank off Orm?", "The freighter Silver Heron.", "When was she built?",
         "When was the freighter Silver Heron built?"),
        ("Which company won the bid?", "Norrin Construction.", "How many people do they employ?",
         "How many people does Norrin Construction employ?"),
        ("哪艘船沉了？", "货轮“银鹭号”。", "它有多长？", "“银鹭号”有多长？"),
        ("Какой корабль затонул?", "Сухогруз «Цапля».", "А когда его построили?",
         "Когда его (Сухогруз «Цапля») построили?"),
        # The bridge may be meant.
        ("Which town has the oldest bridge?", "Lima.", "Who repaired it?",
         "Which town has the oldest bridge — who repaired it?"),
    ],
)  # fmt: skip
def test_the_pronoun_after_it(before: str, said: str, question: str, whole: str) -> None:
    history = [{"role": "user", "content": before}, {"role": "assistant", "content": said}]
    assert standalone(question, history).question == whole
