"""Which point of an enumeration is asked for, and which one a sentence begins."""

import pytest

from kzrag.text.ordinals import asked, begun


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("What is the second reason?", 2),
        ("What was the third and most important sign?", 3),
        ("第二个是什么?", 2),
        ("文章說的第一個原因是什麼?", 1),
        ("Какова вторая причина ссоры?", 2),
        ("Үшінші себеп қандай?", 3),
        ("When was the first visit?", None),
        ("Who was the second president?", None),
        ("Какой была первая поездка?", None),
        ("What happened on the first day?", None),
        ("第二次世界大战何时结束?", None),
    ],
)
def test_the_point_asked_for(question: str, number: int | None) -> None:
    assert asked(question) == number


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("First, the harbour froze.", 1),
        ("Third, and most important, the ships left.", 3),
        ("“Secondly, nobody paid.”", 2),
        ("The second reason is the weather.", 2),
        ("首先,港口冻住了。", 1),
        ("第二,没有人付钱。", 2),
        ("其三,天气不好。", 3),
        ("Во-вторых, никто не платил.", 2),
        ("Екіншіден, ауа райы нашар.", 2),
        ("The first visit was short.", None),
        ("Second thoughts came late.", None),
        ("第二天下雪了。", None),
        ("Второй президент ушёл.", None),
    ],
)
def test_the_point_that_a_sentence_begins(sentence: str, number: int | None) -> None:
    assert begun(sentence) == number
