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
        ("其中多少卖给了智利？", ["其中"]),
        ("三个国家中，其中哪个最大？", []),
        ("Why did the farmers leave their village?", []),
        ("How many farmers lost their land?", []),
        ("Which taxes did they raise?", ["they"]),
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
        ("What did he tell him?", "When did Macron call Putin?", "What did Macron tell Putin?", False),
        (
            "What did it ask from them?",
            "How much gas does Peru buy from Chile?",
            "What did Peru ask from Chile?",
            False,
        ),
        ("Did it ship them?", "How many ships does Peru buy from Chile?", "Did it ship them?", True),
        ("Чего он у неё попросил?", "Что Польша купила у Китая?", "Чего Китай у неё (Польша) попросил?", False),
        ("Кто его построил?", "С каких пор закрыт мост?", "Кто его (мост) построил?", True),
        ("Когда он кончился?", "Кто признал запрет законным?", "Когда он (запрет) кончился?", True),
        ("Who contradicts her?", "What does Anna Petrova say?", "Who contradicts Anna Petrova?", False),
        ("When will she retire?", "Since when has Hobart led the choir?", "When will Hobart retire?", False),
        ("她弟弟是谁？", "霍巴特为什么辞职？", "霍巴特弟弟是谁？", False),
        ("它向他们要求了什么？", "秘鲁从智利进口多少铜？", "秘鲁向智利要求了什么？", False),
        ("Where did he keep his coat?", "Did Macron call Scholz?", "Where did Macron keep Macron's coat?", False),
    ],
)
def test_names_for_pronouns(question: str, previous: str, result: str, left: bool) -> None:
    assert filled(question, previous, "") == (result, left)


@pytest.mark.parametrize(
    ("question", "previous", "said", "result"),
    [
        # A country is "он" as well, and what was asked about goes before who was quoted.
        ("Сколько он продает?", "Что Китай обещал построить?", "Макрон говорит, что мост.", "Сколько Китай продает?"),
        ("Сколько она продает?", "Что Польша обещала построить?", "Мост.", "Сколько Польша продает?"),
        ("Что он ответил?", "Что Польша предложила?", "Макрон назвал это шуткой.", "Что Макрон ответил?"),
        # Asked who, the one of the answer is meant.
        ("What did he say?", "Who met Scholz?", "Macron did.", "What did Macron say?"),
        ("他说了什么？", "谁见了朔尔茨？", "马克龙。", "马克龙说了什么？"),
        # … and "her" beside "he" is the other one.
        (
            "What does he say about her trip?",
            "Which commenter mentions Angela Merkel?",
            "Ole Brandt",
            "What does Ole Brandt say about Angela Merkel's trip?",
        ),
        # Somebody, not the place with a name like somebody's.
        (
            "Where does she live?",
            "Who teaches in Port Ellen?",
            "Ursula von der Leyen.",
            "Where does Ursula von der Leyen live?",
        ),
    ],
)
def test_who_he_is(question: str, previous: str, said: str, result: str) -> None:
    assert filled(question, previous, said)[0] == result


def test_a_noun_in_the_genitive_is_not_she() -> None:
    assert (
        filled("Через какой порт она идет?", "Сколько процентов экспорта идет морем?", "")[0]
        == "Через какой порт она идет?"
    )
    assert "(станция)" in filled("Где она стоит?", "Кому принадлежит станция?", "")[0]
