"""The kind of thing a question asks for, in English, both Chinese scripts, Russian and Kazakh."""

import pytest

from kzrag.answering.kinds import asks_for_several, compares, kind_of, relation_of
from kzrag.text.language import detect

ASKED: dict[tuple[str, str], str] = {
    ("en", "figure"): """
        How many tons of grain were shipped last autumn?
        what's the price of a barrel
        At what price did they sell it on?
        How much cheaper is rail than road?
        How far is the port from the capital?
        What percentage of drivers are women?
        how big is the reservoir
        What is the unemployment rate in Poland?
        How long did the strike last?
        what does a ticket cost
        How tall is the dam?
        What did the bridge cost to build?
        How many of the ministers are over sixty?
        what part of the budget goes to schools
        By how much did exports fall?
        What is the total length of the coastline?
        how old was the captain
        How fast does the train go?
    """,
    ("en", "date"): """
        When did the strike end?
        What year was the dam finished?
        On what date did the court rule?
        since when has the border been closed
        By when must the plant be rebuilt?
        In which month does the festival start?
        Until when is the licence valid?
        how long ago did they move the capital
        Is it known when the tunnel opens?
    """,
    ("en", "person"): """
        Who runs the central bank?
        Whom did the envoy meet in Geneva?
        Which minister resigned over the scandal?
        who's the captain of the team
        Who was his predecessor?
        By whom was the treaty signed?
    """,
    ("en", "place"): """
        Where does the river rise?
        which country borders both lakes
        Where was the summit held?
        What city hosts the court?
        From where does the gas come?
        Where did he travel next?
        In which port are the ships built?
        what is the capital of Norway
        Which countries signed the pact?
    """,
    ("en", "name"): """
        What is the ship called?
        What's the name of the new airline?
        What was the company formerly known as?
    """,
    ("en", "reason"): """
        What does the captain think caused the fire?
        Why did the mill close?
        what caused the outage
        For what reason was he fired?
        How come the trains are late?
        What is the reason for the delay?
        what led to the war
        Why not?
        What made them leave the union?
        What prompted the recall?
    """,
    ("en", "yesno"): """
        Was the bridge open when the flood came?
        Did they know of it when they signed?
        Is the tunnel open?
        did the talks fail
        Has the law been passed?
        Can ships pass in winter?
        Will the line be extended?
        Are there any exceptions?
        so is the dam finished
        Does it pay for itself?
        Is that true?
    """,
    ("en", "list"): """
        What languages are spoken there?
        Name the three largest cities.
        List the members of the board
        What are the main exports of Chile?
        which products does it sell abroad
    """,
    ("en", "who_said"): """
        Who said the dam would hold?
        who claims that prices will double
        Which newspaper reported the resignation?
        According to whom was it sabotage?
        Who thinks the deal is dead?
        Whose opinion is that?
        who wrote that the line is useless
        Who says so?
        Who disagrees?
    """,
    ("en", "sources"): """
        Do the articles agree on the cause?
        What do readers say about the mayor?
        Is the death toll disputed?
        What do the sources say about the strike?
        Where do the accounts differ?
    """,
    ("zh-Hant", "figure"): """
        水庫有多大？
        賣到歐洲是什麼價？
        車票多少錢一張？
        鐵路比公路便宜多少？
        這座橋花了多少錢建成？
        失業率是多少？
        罷工持續了多久？
        出口下降了幾成？
        煤炭產量有多少噸？
    """,
    ("zh-Hant", "date"): """
        罷工什麼時候結束？
        大壩是哪一年完工的？
        法院哪天作出判決？
        邊境從何時起關閉？
    """,
    ("zh-Hant", "person"): """
        央行行長是誰？
        特使在日內瓦見了誰？
        哪位部長辭職了？
    """,
    ("zh-Hant", "place"): """
        河流發源於哪裡？
        峰會在哪個城市舉行？
        天然氣來自哪個國家？
        首都遷到了什麼地方？
        哪些國家簽署了條約？
    """,
    ("zh-Hant", "reason"): """
        工廠為什麼關閉？
        停電的原因是什麼？
        他為何離開聯盟？
        為什麼？
    """,
    ("zh-Hant", "yesno"): """
        隧道通車了嗎？
        談判是否失敗？
        有沒有例外？
        這是真的嗎？
    """,
    ("zh-Hant", "list"): """
        這家公司賣什麼產品？
    """,
    ("zh-Hant", "who_said"): """
        誰說大壩很安全？
        哪篇文章報導了辭職？
        這是誰的觀點？
    """,
    ("zh-Hant", "sources"): """
        各方對原因有什麼分歧？
        讀者怎麼看這位市長？
        誰不同意？
    """,
    ("zh-Hans", "figure"): """
        水库有多深？
        什么价格卖出去的？
        每年运送多少旅客？
        占总预算的百分之几？
        这条河全长多少公里？
        人口有多少？
        他今年多大年纪？
    """,
    ("zh-Hans", "date"): """
        大坝何时完工？
        边境是几月关闭的？
        他哪年当选的？
    """,
    ("zh-Hans", "place"): """
        他接下来飞往哪里？
        工厂在哪座城市？
    """,
    ("zh-Hans", "person"): """
        谁签署了条约？
        条约是谁签的？
    """,
    ("zh-Hans", "name"): """
        这艘船叫什么名字？
        新航空公司叫什么？
    """,
    ("zh-Hans", "reason"): """
        为啥涨价？
        是什么导致了停电？
    """,
    ("zh-Hans", "yesno"): """
        他会不会辞职？
        法律通过了没有？
    """,
    ("zh-Hans", "list"): """
        有哪些例外？
        主要出口什么商品？
    """,
    ("zh-Hans", "sources"): """
        大家的说法一致吗？
        评论者怎么说？
    """,
    ("zh-Hans", "who_said"): """
        谁认为协议已死？
    """,
    ("ru", "figure"): """
        Сколько зерна вывезли осенью?
        Почём билет?
        За сколько его перепродавали?
        Какова длина реки?
        Какой процент водителей — женщины?
        На сколько упал экспорт?
        Насколько поезд дешевле грузовика?
        Во сколько обошёлся мост?
        Какая там безработица?
        Сколько лет капитану?
        сколько длилась забастовка
    """,
    ("ru", "date"): """
        Когда закончилась забастовка?
        В каком году достроили плотину?
        С каких пор закрыта граница?
        К какому сроку перестроят завод?
    """,
    ("ru", "person"): """
        Кто руководит центробанком?
        С кем встретился посланник?
        Какой министр ушёл в отставку?
        Кем подписан договор?
    """,
    ("ru", "place"): """
        Где начинается река?
        Куда он полетел потом?
        Из какой страны идёт газ?
        В каком городе прошёл саммит?
        Какая столица у Норвегии?
        Какой была столица раньше?
        Какие страны подписали договор?
    """,
    ("ru", "name"): """
        Как называется корабль?
        Как зовут капитана?
    """,
    ("ru", "reason"): """
        Почему закрыли фабрику?
        Из-за чего отключили свет?
        Какова причина задержки?
        Что привело к войне?
    """,
    ("ru", "yesno"): """
        Был ли он болен, когда подписывал указ?
        Открыт ли тоннель?
        Правда, что он уходит?
        Есть ли исключения?
        Это правда?
    """,
    ("ru", "list"): """
        Назови три крупнейших города
        Перечисли членов совета
    """,
    ("ru", "who_said"): """
        Кто сказал, что плотина выдержит?
        Кто считает, что сделка мертва?
        Чьё это мнение?
        По чьим словам это саботаж?
    """,
    ("ru", "sources"): """
        Согласны ли источники?
        Кто не согласен?
        Что пишут читатели о мэре?
        В чём расходятся статьи?
    """,
    ("kk", "figure"): """
        Биыл қанша астық жиналды?
        Көпір қанша тұрады?
        Жұмыссыздық неше пайыз?
        Өзеннің ұзындығы қандай?
        Капитан неше жаста?
    """,
    ("kk", "date"): """
        Ереуіл қашан аяқталды?
        Бөген қай жылы салынды?
        Шекара қай күні жабылды?
    """,
    ("kk", "person"): """
        Орталық банкті кім басқарады?
        Елші кіммен кездесті?
    """,
    ("kk", "place"): """
        Өзен қай жерден басталады?
        Саммит қай қалада өтті?
        Ол қайда ұшты?
        Норвегияның астанасы қай қала?
        Қандай елдер келісімге қол қойды?
        Қай елдер қол қойды?
    """,
    ("kk", "name"): """
        Кеме қалай аталады?
    """,
    ("kk", "reason"): """
        Зауыт неге жабылды?
        Ол неліктен кетті?
    """,
    ("kk", "yesno"): """
        Туннель ашылды ма?
        Заң қабылданды ма?
        Бұл рас па?
    """,
    ("kk", "who_said"): """
        Бұл туралы кім айтты?
        Кім келіспейді?
    """,
    ("kk", "sources"): """
        Дереккөздер не айтады?
    """,
}
CASES = [(tag, kind, line.strip()) for (tag, kind), lines in ASKED.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("tag", "kind", "question"), CASES, ids=str)
def test_the_kind_of_thing_asked(tag: str, kind: str, question: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(("tag", "kind", "question"), CASES, ids=str)
def test_the_language_of_short_questions(tag: str, kind: str, question: str) -> None:
    # Some Chinese questions have no character that tells one script from the other.
    told = detect(question)
    assert told == tag or (tag == "zh-Hant" and told == "zh-Hans" and in_both_scripts(question))


def in_both_scripts(question: str) -> bool:
    return question.encode("gb2312", "ignore").decode("gb2312") == question


@pytest.mark.parametrize(
    ("question", "relation"),
    [
        ("What was the first port they built?", "first"),
        ("Who was the former mayor?", "former"),
        ("Where did the parliament used to sit?", "former"),
        ("Who is the current mayor?", "current"),
        ("Where did she go next?", "next"),
        ("When was the last census?", "last"),
        ("What was the mayor's name?", None),
        ("What happened last year?", None),
        ("首次访问是在哪里？", "first"),
        ("以前的首都是哪里？", "former"),
        ("現任市長是誰？", "current"),
        ("他接下來去了哪裡？", "next"),
        ("最後一次普查是何時？", "last"),
        ("Какой город был столицей раньше?", "former"),
        ("Кто был первым мэром?", "first"),
        ("Куда он поехал потом?", "next"),
        ("Кто сейчас мэр?", "current"),
        ("Когда была последняя перепись?", "last"),
        ("Бұрын астана қай қала болды?", "former"),
        ("Алғашқы әкім кім болды?", "first"),
        ("Қазір әкім кім?", "current"),
        ("Соңғы санақ қашан өтті?", "last"),
    ],
)
def test_which_of_several_in_time(question: str, relation: str | None) -> None:
    assert relation_of(question) == relation


def test_who_disagrees_asks_for_more_than_one_voice() -> None:
    assert compares("Who disagrees?")
    assert compares("Кто не согласен?")
    assert not compares("Who wrote it?")


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Which countries buy its wool?", True),
        ("Which other towns were flooded?", True),
        ("哪些国家买羊毛？", True),
        ("Какие страны покупают шерсть?", True),
        ("Which country buys its wool?", False),
        ("Who bought the mill?", False),
    ],
)
def test_some_questions_ask_for_all_there_are(question: str, *, several: bool) -> None:
    assert asks_for_several(question) is several


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Чего требовал посол, когда шли переговоры?", "statement"),
        ("Who paid for it, the town or the state?", "person"),
        ("Какую валюту автор считает лучшей?", "statement"),
        ("Что авторы пишут о валюте?", "sources"),
    ],
)
def test_a_word_in_passing_does_not_tell_the_kind(question: str, kind: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did the fishing dispute between Norway and Iceland begin?", "date"),
        ("Who won the dispute over the mill?", "person"),
        ("Где находится спорный остров?", "place"),
        ("两国有争议的岛屿在哪里？", "place"),
        ("What is the dispute over the mill?", "sources"),
        ("What do the owners and the town dispute?", "sources"),
        ("What is the keeper's name?", "name"),
        ("What was the old mill's name?", "name"),
    ],
)
def test_a_quarrel_that_something_is_asked_of(question: str, kind: str) -> None:
    assert kind_of(question) == kind
