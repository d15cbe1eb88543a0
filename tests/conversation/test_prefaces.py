"""What only announces a question is taken off; a heading, and what is asked, stay."""

import pytest

from kzrag.conversation import standalone
from kzrag.conversation.prefaces import main_first, without_preface


@pytest.mark.parametrize(
    ("question", "rest", "topic"),
    [
        ("Two things: who built the mill, and when?", "Who built the mill, and when?", ""),
        ("Need one number: what share of copper goes by rail?", "What share of copper goes by rail?", ""),
        ("I have two quick questions. Who signed it, and why?", "Who signed it, and why?", ""),
        ("Two questions about the mill: who built it, and when?", "Who built it, and when?", "the mill"),
        ("Two things from the text: who paid, and why?", "Who paid, and why?", ""),
        ("Два вопроса: кто платил и когда?", "Кто платил и когда?", ""),
        ("Нужна одна цифра: сколько меди идёт морем?", "Сколько меди идёт морем?", ""),
        ("两个问题：谁建的桥？", "谁建的桥？", ""),
        ("想請教兩件事，誰建的橋，花了多少錢？", "誰建的橋，花了多少錢？", ""),
        ("关于大桥的两个问题：谁建的？", "谁建的？", "大桥"),
        ("Екі сұрақ: көпірді кім салды?", "Көпірді кім салды?", ""),
    ],
)
def test_what_only_announces_is_taken_off(question: str, rest: str, topic: str) -> None:
    assert without_preface(question) == (rest, topic)


@pytest.mark.parametrize(
    "question",
    [
        "Trains to Europe: how many?",
        "Phone numbers: how many were listed?",
        "What are the two questions: this or that?",
        "Two questions about the mill?",
        "問題一：誰建的？",
        "Два вопроса решили: какие?",
    ],
)
def test_a_heading_stays(question: str) -> None:
    assert without_preface(question) == (question, "")


def test_questions_lean_on_what_they_were_announced_to_be_about() -> None:
    assert (
        standalone("Two questions about the mill: who built it, and when?").question == "Who built the mill, and when?"
    )
    history = [{"role": "user", "content": "Who paid for the bridge?"}, {"role": "assistant", "content": "Peru."}]
    assert standalone("One more thing: why?", history).question == "Who paid for the bridge — why?"


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("When prices fell, what did Peru do?", "What did Peru do when prices fell?"),
        ("And when prices fell, what did it ask for?", "And what did it ask for when prices fell?"),
        ("After the fire, who paid for the mill?", "Who paid for the mill after the fire?"),
        ("Если цены упадут, что сделает Перу?", "Что сделает Перу, если цены упадут?"),
    ],
)
def test_what_is_asked_goes_before_its_clause(question: str, result: str) -> None:
    assert main_first(question) == result


@pytest.mark.parametrize(
    "question",
    [
        "When did he leave, and where did he go?",
        "When Macron left, where did he go and why?",
        "Когда построили мост, кто его спроектировал?",
        "价格低的时候，它要求什么？",
    ],
)
def test_several_questions_keep_their_order(question: str) -> None:
    assert main_first(question) == question
