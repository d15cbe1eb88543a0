"""Several questions in one are cut apart; what only looks like two stays one."""

import pytest

from kzrag.answering.parts import cut, split


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        # one clause after the other
        (
            "Who signed the treaty, and in which year?",
            ["Who signed the treaty?", "Who signed the treaty — in which year?"],
        ),
        ("Did the port close, and why?", ["Did the port close?", "Did the port close — why?"]),
        (
            "Since when has the mill stood still, who owns it, and what is it worth?",
            [
                "Since when has the mill stood still?",
                "who owns the mill?",
                "what is the mill worth?",
            ],
        ),
        (
            "How many were hurt and how many of them are at home again?",
            ["How many were hurt?", "How many were hurt — how many of them are at home again?"],
        ),
        (
            "Who criticised the law and who defended it?",
            ["Who criticised the law?", "Who criticised the law — who defended it?"],
        ),
        (
            "Is it true that the port closed? Who says so?",
            ["Is it true that the port closed?", "Is it true that the port closed — who says so?"],
        ),
        (
            "When did Macron arrive? And whom did he meet?",
            ["When did Macron arrive?", "Whom did Macron meet?"],
        ),
        (
            "What did Chile import in 2021, how much of it from Peru, and how much can Brazil export?",
            [
                "What did Chile import in 2021?",
                "What did Chile import in 2021 — how much of it from Peru?",
                "how much can Brazil export?",
            ],
        ),
        ("谁签署了条约?在哪一年?", ["谁签署了条约?", "谁签署了条约——在哪一年？"]),
        ("港口何時關閉，為什麼關閉？", ["港口何時關閉？", "港口何時關閉——為什麼關閉？"]),
        ("买价是多少，卖价又是多少？", ["买价是多少？", "买价是多少——卖价又是多少？"]),
        (
            "Почём Перу покупает газ и за сколько перепродаёт его?",
            ["Почём Перу покупает газ?", "Почём Перу покупает газ — за сколько перепродаёт его (газ)?"],
        ),
        (
            "Какой была столица Чили раньше и куда её перенесли?",
            ["Какой была столица Чили раньше?", "Какой была столица Чили раньше — куда её (столица) перенесли?"],
        ),
        (
            "Кто подписал договор и в каком году?",
            ["Кто подписал договор?", "Кто подписал договор — в каком году?"],
        ),
        ("Порт қашан жабылды және неге?", ["Порт қашан жабылды?", "Порт қашан жабылды — неге?"]),
        (
            "Келісімге кім қол қойды, қай жылы?",
            ["Келісімге кім қол қойды?", "Келісімге кім қол қойды — қай жылы?"],
        ),
        # whether something happened, after where or when
        (
            "Where did the mayor go and did he return?",
            ["Where did the mayor go?", "Where did the mayor go — did he return?"],
        ),
        ("Куда ушёл паром и вернулся ли?", ["Куда ушёл паром?", "Куда ушёл паром — вернулся ли?"]),
        ("桥什么时候建的，有没有人反对？", ["桥什么时候建的？", "桥什么时候建的——有没有人反对？"]),
        ("Паром қайда кетті және қайтты ма?", ["Паром қайда кетті?", "Паром қайда кетті — қайтты ма?"]),
        ("Is the mill open? If so, since when?", ["Is the mill open?", "Is the mill open — if so, since when?"]),
        # what is counted is said once
        (
            "Сколько рабочих было на заводе раньше и сколько осталось?",
            [
                "Сколько рабочих было на заводе раньше?",
                "Сколько рабочих было на заводе раньше — сколько рабочих осталось?",
            ],
        ),
        # the middle one of three
        (
            "When was the mill built, by whom, and what did it cost?",
            ["When was the mill built?", "When was the mill built — by whom?", "what did the mill cost?"],
        ),
        (
            "Когда построили мост, кто его спроектировал и сколько он стоил?",
            [
                "Когда построили мост?",
                "Когда построили мост — кто его (мост) спроектировал?",
                "Когда построили мост — сколько он (мост) стоил?",
            ],
        ),
        # counted in one place
        ("兩家公司有多少艘船、多少員工？", ["兩家公司有多少艘船？", "兩家公司有多少員工？"]),
        (
            "How many ships and how many workers does Peru have?",
            ["How many ships does Peru have?", "how many workers does Peru have?"],
        ),
        # among whom and how much to each is one thing
        ("Who owned the mill, and in what proportions?", ["Who owned the mill, and in what proportions?"]),
        ("Кому принадлежал завод и в каких долях?", ["Кому принадлежал завод и в каких долях?"]),
        # what the last one says holds for the first
        (
            "What is the capital and what is the population of Chad?",
            ["What is the capital of Chad?", "what is the population of Chad?"],
        ),
        # two question words, two years, two places, two things
        ("When and where was it signed?", ["When was it signed?", "Where was it signed?"]),
        (
            "How much was refined in 2020 and 2021?",
            ["How much was refined in 2020?", "How much was refined in 2021?"],
        ),
        (
            "How much should be refined by 2032 and by 2040?",
            ["How much should be refined by 2032?", "How much should be refined by 2040?"],
        ),
        (
            "What is inflation in Chile and in Peru?",
            ["What is inflation in Chile?", "What is inflation in Peru?"],
        ),
        (
            "What is the population of Peru and the length of the railway in Chile?",
            ["What is the population of Peru?", "What is the length of the railway in Chile?"],
        ),
        ("Какова инфляция в России и в Польше?", ["Какова инфляция в России?", "Какова инфляция в Польше?"]),
        ("俄罗斯和白俄罗斯各有多少人口？", ["俄罗斯有多少人口？", "白俄罗斯有多少人口？"]),
        (
            "2032 және 2040 жылы қанша астық жиналады?",
            ["2032 жылы қанша астық жиналады?", "2040 жылы қанша астық жиналады?"],
        ),
        ("法国的人口和面积分别是多少？", ["法国的人口是多少？", "法国的面积是多少？"]),
        ("2032年和2040年的產量是多少？", ["2032年的產量是多少?", "2040年的產量是多少?"]),
    ],
)
def test_several_questions_in_one(question: str, parts: list[str]) -> None:
    assert split(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "How much oil and gas does Norway export?",
        "What was agreed between Russia and Poland?",
        "What is the trade between Russia and Poland worth?",
        "Which companies trade and transport grain?",
        "After meeting him, where did he fly?",
        "When he left, what did he do?",
        "Poland, which exports coal, borders which sea?",
        "Who met the minister and the president?",
        "Who came and did the work?",
        "Знал ли министр, что мост закрыт?",
        "Trains to Europe: how many, and to how many cities?",
        "Why?",
        "石油和天然气的出口量是多少？",
        "法国和德国的贸易额是多少？",
        "法国与俄罗斯之间的贸易额是多少？",
        "Сколько нефти и газа экспортирует Норвегия?",
        "О чём договорились Россия и Польша?",
        "Мұнай мен газ қанша тұрады?",
    ],
)
def test_what_is_one_question_stays_one(question: str) -> None:
    assert split(question) == [question]


@pytest.mark.parametrize(
    "question", ["When did the port close, and who closed it down?", "What is inflation in Chile and in Peru?", "Why?"]
)
def test_each_part_has_the_words_that_asked_for_it(question: str) -> None:
    assert len(cut(question)) == len(split(question))


def test_cutting_loses_no_word() -> None:
    question = "When did the port close, and who closed it down?"
    assert "".join("".join(cut(question)).split()).replace("?", "") == "Whendidtheportclosewhocloseditdown"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "What did Peru, Chile and Bolivia each promise?",
            ["What did Peru promise?", "What did Chile promise?", "What did Bolivia promise?"],
        ),
        ("挪威、丹麦和瑞典各做了什么？", ["挪威做了什么？", "丹麦做了什么？", "瑞典做了什么？"]),
        ("Что сделали Перу и Чили по отдельности?", ["Что сделали Перу?", "Что сделали Чили?"]),
        ("Do they vote in each country?", ["Do they vote in each country?"]),
        ("What did Peru, Chile and Bolivia sign?", ["What did Peru, Chile and Bolivia sign?"]),
        ("Почём продавали рис, когда юань стоил 10 рублей?", ["Почём продавали рис, когда юань стоил 10 рублей?"]),
    ],
)
def test_what_each_of_a_list_did_is_as_many_questions(question: str, parts: list[str]) -> None:
    assert split(question) == parts
