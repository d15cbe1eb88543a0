"""Follow-ups become questions that stand alone; questions that stand alone stay as they are."""

import pytest

from kzrag.conversation import is_social, leans, own_part, standalone, words_of


def turns(*contents: str) -> list[dict[str, str]]:
    return [{"role": ("user", "assistant")[i % 2], "content": text} for i, text in enumerate(contents)]


def asked(before: str, said: str, question: str) -> str:
    return standalone(question, turns(before, said)).question


@pytest.mark.parametrize(
    ("before", "said", "question", "whole"),
    [
        # another year
        (
            "How much wheat should Peru grow by 2032?",
            "4 million tons [1]",
            "And by 2040?",
            "How much wheat should Peru grow by 2040?",
        ),
        (
            "How much wheat should Peru grow by 2032?",
            "4 million tons [1]",
            "2040?",
            "How much wheat should Peru grow by 2040?",
        ),
        (
            "What is the population of Peru?",
            "34 million [1]",
            "and in 1990?",
            "What is the population of Peru in 1990?",
        ),
        ("到2032年產量是多少？", "400萬噸 [1]", "那2040年呢？", "到2040年產量是多少？"),
        ("到2032年产量是多少？", "400万吨 [1]", "2040?", "到2040年产量是多少？"),
        ("Сколько зерна соберут к 2032 году?", "4 млн тонн", "А к 2040 году?", "Сколько зерна соберут к 2040 году?"),
        ("Сколько зерна соберут к 2032 году?", "4 млн тонн", "А в 2040?", "Сколько зерна соберут в 2040 году?"),
        ("2032 жылы қанша астық жиналады?", "4 млн тонна", "Ал 2040 жылы ше?", "2040 жылы қанша астық жиналады?"),
        (
            "How many did the tram carry in 2022?",
            "3 million",
            "And the year before?",
            "How many did the tram carry in 2021?",
        ),
        ("2022年电车运了多少人？", "三百万", "次年呢？", "2023年电车运了多少人？"),
        ("Сколько собрали в 2022 году?", "3 млн", "А годом раньше?", "Сколько собрали в 2021 году?"),
        # another country, person, people
        ("Сколько рыбы ловит Исландия?", "1 млн тонн", "А в Норвегии?", "Сколько рыбы ловит Норвегия?"),
        ("How much fish does Iceland catch?", "1 million tons", "And in Norway?", "How much fish does Norway catch?"),
        ("What does Chile export to China?", "Copper [1]", "And to Europe?", "What does Chile export to Europe?"),
        ("What does Chile export to China?", "Copper [1]", "And from China?", "What does Chile export from China?"),
        ("What does Chile export to China?", "Copper [1]", "What about Peru?", "What does Peru export to China?"),
        ("Who is the president of Chile?", "Boric [1]", "and of Peru?", "Who is the president of Peru?"),
        (
            "What share of the population was German in 1989?",
            "5% [1]",
            "what about the Russians?",
            "What share of the population was Russian in 1989?",
        ),
        ("What did Putin say in June?", "He refused [1]", "And Lukashenko?", "What did Lukashenko say in June?"),
        ("白俄罗斯的总统是谁？", "卢卡申科", "那法国呢？", "法国的总统是谁？"),
        ("1989年德意志族佔人口多少?", "5%", "那俄族呢?", "1989年俄族佔人口多少?"),
        (
            "Какую долю населения составляли немцы в 1989 году?",
            "5%",
            "А казахов?",
            "Какую долю населения составляли казахи в 1989 году?",
        ),
        ("Кто президент Франции?", "Макрон", "А Беларуси?", "Кто президент Беларуси?"),
        ("Кто президент Франции?", "Макрон", "А премьер-министр?", "Кто премьер-министр Франции?"),
        ("Ресей қанша астық сатады?", "50 млн тонна", "Ал Қытай ше?", "Қытай қанша астық сатады?"),
        # another thing
        ("How much oil does Norway sell?", "90 million tons [1]", "And gas?", "How much gas does Norway sell?"),
        ("What are Norway's exports?", "Fish [1]", "and imports?", "What are Norway's imports?"),
        ("What is the oil price?", "$80 [1]", "and the gas price?", "What is the gas price?"),
        ("When was the bridge opened?", "In 2018 [1]", "And the tunnel?", "When was the tunnel opened?"),
        (
            "Who is the president of Chile?",
            "Boric [1]",
            "and the prime minister?",
            "Who is the prime minister of Chile?",
        ),
        ("出口量是多少？", "6700万吨", "进口量呢？", "进口量是多少？"),
        ("哈萨克斯坦的总统是谁？", "托卡耶夫", "那总理呢？", "哈萨克斯坦的总理是谁？"),
        ("俄罗斯出口多少石油？", "…", "天然气呢？", "俄罗斯出口多少天然气？"),
        ("2032 жылы қанша мұнай өңделеді?", "28", "Ал газ ше?", "2032 жылы қанша газ өңделеді?"),
        # pronouns
        (
            "Whom did Tokayev meet in May?",
            "He met Macron [1]",
            "And where did he fly next?",
            "Where did Tokayev fly next?",
        ),
        (
            "Where did Macron go first?",
            "He went to Berlin [1]",
            "When did he go there?",
            "When did Macron go to Berlin?",
        ),
        ("Who is the mayor of Turin?", "Stefano Lo Russo [1].", "How old is he?", "How old is Stefano Lo Russo?"),
        ("When was the bridge opened?", "In 2018 [1]", "Who built it?", "Who built the bridge?"),
        ("When was the bridge opened?", "In 2018 [1]", "how much did it cost?", "how much did the bridge cost?"),
        ("What is the population of Peru?", "34 million", "And its capital?", "What is Peru's capital?"),
        ("Does the EU buy Kazakh oil?", "Yes [1]", "Did they ever stop?", "Did the EU ever stop?"),
        ("Who is the president of Belarus?", "Lukashenko", "And his predecessor?", "Who is Lukashenko's predecessor?"),
        ("里海管道在哪里？", "在俄罗斯", "它有多长？", "里海管道有多长？"),
        ("里海管道在哪里？", "在俄罗斯", "其运力是多少？", "里海管道的运力是多少？"),
        ("哈萨克斯坦的总统是谁？", "托卡耶夫", "他是什么时候当选的？", "托卡耶夫是什么时候当选的？"),
        ("Кто президент России?", "Путин", "Когда он был избран?", "Когда Путин был избран?"),
        ("Тоқаев кіммен кездесті?", "Макронмен", "Ол қайда ұшты?", "Тоқаев қайда ұшты?"),
        # the whole of the old question goes along
        ("Does Chile buy tanks?", "No [1]", "Why not?", "Does Chile buy tanks — why not?"),
        ("Why was the port closed?", "A leak [1]", "Who disagrees?", "Why was the port closed — who disagrees?"),
        ("Did Chile close the port?", "Yes [1]", "Who doubts it?", "Did Chile close the port — who doubts it?"),
        ("Why was the port closed?", "A leak [1]", "Who says so?", "Why was the port closed — who says so?"),
        (
            "Why was the port closed?",
            "A leak [1]",
            "is that still true?",
            "Why was the port closed — is that still true?",
        ),
        (
            "How much does Peru pay Chile for copper?",
            "$9,000 a ton [1]",
            "At what price did they sell it on?",
            "How much does Peru pay Chile for copper — at what price did Peru sell it on?",
        ),
        ("管道為什麼關閉？", "因為漏油", "有人不同意嗎？", "管道為什麼關閉——有人不同意嗎？"),
        ("法国向德国买电是什么价？", "50欧元", "卖到英国是什么价？", "法国向德国买电是什么价——卖到英国是什么价？"),
        ("Почему закрыли порт?", "Утечка", "Кто это сказал?", "Почему закрыли порт — кто это сказал?"),
        (
            "По какой цене Перу покупает газ?",
            "100 долларов",
            "А за сколько его перепродавали в Европу?",
            "По какой цене Перу покупает газ — а за сколько его (газ) перепродавали в Европу?",
        ),
        (
            "Почему Франция отказалась?",
            "…",
            "Как отреагировала Россия?",
            "Почему Франция отказалась — как отреагировала Россия?",
        ),
        ("Когда построили порт?", "В 2005", "Кто его построил?", "Когда построили порт — кто его (порт) построил?"),
        ("Құбыр неге жабылды?", "Мұнай төгілді", "Кім келіспейді?", "Құбыр неге жабылды — кім келіспейді?"),
        ("When was the port closed?", "In May", "and the other one?", "When was the port closed — and the other one?"),
        # what every country has
        ("哈萨克斯坦出口什么？", "石油", "首都是哪里？", "哈萨克斯坦的首都是哪里？"),
        ("What does Peru export?", "Copper", "who is the president?", "who is the president (Peru)?"),
    ],
)
def test_what_a_follow_up_is_understood_as(before: str, said: str, question: str, whole: str) -> None:
    assert asked(before, said, question) == whole


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("How much oil should be refined by 2032?", "What share of the population of Chile was German in 1989?"),
        ("How much oil should be refined by 2032?", "Who is the president of Belarus now, and why?"),
        ("How much oil should be refined by 2032?", "How many people live in Almaty?"),
        ("How much oil should be refined by 2032?", "Did Kazakhstan change its route?"),
        ("How much oil should be refined by 2032?", "Is it true that Russia closed the port?"),
        ("管道為什麼關閉？", "中歐班列有多少條線路？"),
        ("管道为什么关闭？", "哈萨克斯坦的其他邻国有哪些？"),
        ("Почему закрыли порт?", "Сколько человек живёт в Алматы?"),
        ("Құбыр неге жабылды?", "Алматыда қанша адам тұрады?"),
        ("How much oil should be refined by 2032?", "thanks!"),
        ("How much oil should be refined by 2032?", "Thank you very much, that helps."),
        ("管道為什麼關閉？", "謝謝"),
        ("Почему закрыли порт?", "спасибо большое!"),
        ("Құбыр неге жабылды?", "рахмет"),
    ],
)
def test_what_leans_on_nothing_stays_as_it_is(before: str, question: str) -> None:
    understood = standalone(question, turns(before, "28 million tons [1]"))
    assert understood.question == question
    assert not understood.changed


@pytest.mark.parametrize(
    "question", ["tell me more", "What else?", "还有呢？", "подробнее", "толығырақ", "Расскажи ещё"]
)
def test_more_of_the_same_is_the_same_question(question: str) -> None:
    understood = standalone(question, turns("Почему закрыли порт?", "Из-за утечки [1]."))
    assert understood.more
    assert understood.question == "Почему закрыли порт?"


def test_a_chain_of_follow_ups_keeps_the_topic() -> None:
    history = turns("How much oil should be refined by 2032?", "28 million tons [1]", "And by 2040?", "38 million [1]")
    assert standalone("And gas?", history).question == "How much gas should be refined by 2040?"


def test_a_bare_why_is_forgotten_by_the_next_follow_up() -> None:
    history = turns("Was the port closed?", "Yes [1]", "why?", "A leak [1]")
    assert standalone("who says so?", history).question == "Was the port closed — who says so?"


def test_what_was_asked_last_is_kept_when_it_says_something() -> None:
    history = turns("Was the port closed?", "Yes [1]", "who paid for repairs?", "The state [1]")
    assert standalone("why?", history).question == "Was the port closed — who paid for repairs — why?"


def test_thanks_in_between_change_no_topic() -> None:
    history = turns("How much oil does Norway sell?", "90 million tons [1]", "thanks!", "The corpus doesn't tell.")
    assert standalone("And gas?", history).question == "How much gas does Norway sell?"


def test_a_new_topic_in_between_is_the_topic() -> None:
    history = turns("How much oil does Norway sell?", "90 million tons [1]", "Who is the president of Chile?", "Boric")
    assert standalone("and of Peru?", history).question == "Who is the president of Peru?"


def test_a_refusal_says_nothing_to_lean_on() -> None:
    history = turns("Where is the new port of Peru?", "The corpus doesn't tell. The nearest thing: Chancay [2].")
    understood = standalone("Who paid for it?", history)
    assert understood.changed
    assert understood.said == ""


def test_of_an_answer_its_quotes_are_what_was_said() -> None:
    answer = (
        "5% [1]\n\nAccording to an article on Foo by Bar Baz: “It was 5% in May.” [1]\n\n(understood as: How much?)"
    )
    said = standalone("Why?", turns("How much was inflation?", answer)).said
    assert said == "5% It was 5% in May."


def test_an_answer_without_markers_is_kept_whole() -> None:
    said = standalone("Why?", turns("Which ship sank?", "The “Silver Heron” of the Dalby Line.")).said
    assert said == "The “Silver Heron” of the Dalby Line."


def test_without_history_nothing_changes() -> None:
    assert standalone("And by 2040?").question == "And by 2040?"


@pytest.mark.parametrize(
    ("before", "question", "language"),
    [
        ("到2032年煉油量是多少？", "2040?", "zh-Hant"),
        ("到2032年煉油量是多少？", "2040年呢？", "zh-Hant"),
        ("Құбыр неге жабылды?", "Ал 2040?", "kk"),
        ("Почему закрыли порт?", "Why?", "en"),
    ],
)
def test_the_language_of_a_follow_up(before: str, question: str, language: str) -> None:
    assert standalone(question, turns(before, "…")).language == language


def test_what_was_asked_in_between_is_kept() -> None:
    history = [
        *turns("Which town has the oldest bridge?", "Peru's Lima [1]."),
        *turns("Who repaired it?", "The army [1]."),
    ]
    understood = standalone("On what grounds?", history).question
    assert "oldest bridge" in understood
    assert "repaired" in understood


def test_of_which_leans_on_what_was_counted() -> None:
    understood = standalone("其中多少是跟智利買的?", turns("秘鲁一年進口多少小麥?", "三百萬噸。"))
    assert understood.question == "秘鲁一年進口多少小麥——其中多少是跟智利買的？"


def test_leaning() -> None:
    assert leans("And then?")
    assert leans("Why?")
    assert not leans("What did Lukashenko propose to Kazakhstan in May?")
    assert not leans("thanks")


def test_the_part_that_was_asked_now() -> None:
    assert own_part("Was the port closed — was it approved?") == "was it approved?"
    assert own_part("Was the port closed — why?") is None
    assert own_part("Who closed the port — in which year was that?") is None
    assert own_part("Кто закрыл порт — а на каком основании?") is None
    assert own_part("谁关闭了港口——那是几月份？") is None
    assert own_part("What does Peru sell — and what is Chile doing?") == "and what is Chile doing?"
    assert own_part("How much does Peru sell — how much of that is Chilean?") is None
    assert own_part("Was the port closed?") is None


@pytest.mark.parametrize("turn", ["ok", "Great, thanks!", "好的", "Понятно.", "сәлем"])
def test_social_turns_are_told(turn: str) -> None:
    assert is_social(turn)


def test_turns_in_parts_are_read() -> None:
    assert words_of([{"type": "text", "text": "By when?"}]) == "By when?"
    assert words_of(None) == ""
