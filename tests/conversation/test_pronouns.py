"""Pronouns that refer to what was said, and those that don't."""

import pytest

from kzrag.conversation.pronouns import filled, pronouns


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When did he go there?", ["he", "there"]),
        ("Is that still true?", ["that"]),
        ("Who said that the deal is dead?", []),
        ("Is there a new port in Peru?", []),
        ("What was sold this year?", []),
        ("Is it true that Peru sold it?", ["it"]),
        ("Did Kazakhstan change its route?", []),
        ("Will the new line reach its capacity?", []),
        ("Why did Tokayev say he would leave?", []),
        ("他们说了什么？", ["他们"]),
        ("其他国家呢？", []),
        ("应该怎么做？", []),
        ("土耳其买了多少？", []),
        ("这是谁说的？", ["这是"]),
        ("Когда он туда ездил?", ["он", "туда"]),
        ("Правда ли, что порт закрыт?", []),
        ("Бұны кім айтты?", ["Бұны"]),
    ],
)
def test_the_words_that_refer(question: str, words: list[str]) -> None:
    assert [question[p.start : p.end] for p in pronouns(question)] == words


@pytest.mark.parametrize(
    ("question", "previous", "result", "left"),
    [
        ("When did he leave?", "Whom did Macron meet in Rome?", "When did Macron leave?", False),
        ("Who lives there?", "Where is Rome?", "Who lives in Rome?", False),
        ("What are their plans?", "What does Peru sell to Chile?", "What are Peru's plans?", False),
        ("Did it become law?", "What did Peru propose?", "Did it become law?", True),
        ("Why did he say that?", "What did Macron say?", "Why did Macron say that?", True),
        ("What do they pay?", "What does Peru sell to Chile?", "What does Peru pay?", False),
        ("Что ему ответили?", "Что предложил Путин?", "Что ему (Путин) ответили?", False),
    ],
)
def test_names_for_pronouns(question: str, previous: str, result: str, left: bool) -> None:
    assert filled(question, previous, "") == (result, left)
