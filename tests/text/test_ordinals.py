"""Which point of an enumeration is asked for, and which one a sentence begins."""

import pytest

from kzrag.text.ordinals import LAST, NEXT, announced, asked, begun, list_asked, marked, of_one, promises


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("What is the second reason?", 2),
        ("What was the third and most important sign?", 3),
        ("第二个是什么?", 2),
        ("文章說的第一個原因是什麼?", 1),
        ("Какова вторая причина ссоры?", 2),
        ("Үшінші себеп қандай?", 3),
        ("What is the last demand of the crews?", LAST),
        ("船员们的第二步是什么？", 2),
        ("最后一个要求是什么？", LAST),
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
        ("Her third demand concerns the crews.", 3),
        ("In the fourth place, the cranes are old.", 4),
        ("2. The cranes are old.", 2),
        ("2.5 metres were enough.", None),
        ("二是起重机太旧。", 2),
        ("The first visit was short.", None),
        ("Second thoughts came late.", None),
        ("第二天下雪了。", None),
        ("Второй президент ушёл.", None),
    ],
)
def test_the_point_that_a_sentence_begins(sentence: str, number: int | None) -> None:
    assert begun(sentence) == number


@pytest.mark.parametrize(
    ("sentence", "mark"),
    [
        ("To begin with, the cranes are old.", 1),
        ("And then the rope broke.", NEXT),
        ("Last but not least, the quay is too short.", LAST),
        ("И наконец, канат порвался.", LAST),
        ("接着绳子断了。", NEXT),
        ("Соңында арқан үзілді.", LAST),
        ("The rope broke then.", None),
    ],
)
def test_the_point_that_a_sentence_begins_among_others(sentence: str, mark: int | None) -> None:
    assert marked(sentence) == mark


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("The harbour master gave three reasons for the delay.", 3),
        ("There were several causes.", 0),
        ("The port adopted the following rules:", 0),
        ("港務長提出四點要求。", 4),
        ("Капитан назвал две причины.", 2),
        ("Капитан екі себеп айтты.", 2),
        ("They waited three days.", None),
        ("大雪下了三个月。", None),
        ("第三个客人来了。", None),
        ("Ждали два дня.", None),
    ],
)
def test_how_many_points_a_sentence_announces(sentence: str, count: int | None) -> None:
    assert announced(sentence) == count


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Which three reasons did the harbour master give?", 3),
        ("What were the two causes of the delay?", 2),
        ("What are the rules of the port?", 0),
        ("What is the only rule of the port?", 1),
        ("港务长提出了哪四点要求？", 4),
        ("港务长的第三个要求是什么？", None),
        ("Какие две причины назвал капитан?", 2),
        ("Капитан қандай екі себеп айтты?", 2),
        ("What do the two captains say?", None),
        ("When did the port open?", None),
    ],
)
def test_how_many_points_a_question_asks_for(question: str, count: int | None) -> None:
    assert list_asked(question) == count


def test_a_sentence_that_only_announces_has_its_points_behind_it() -> None:
    assert promises("He wanted two things.")
    assert promises("Three signs of it were seen all over the harbour at night.")
    assert not promises("Two ferries were moored at the quay below the old lighthouse.")


@pytest.mark.parametrize(
    ("sentence", "one"),
    [
        ("Its only rule is silence.", True),
        ("唯一的规定是安静。", True),
        ("Единственное правило — тишина.", True),
        ("Silence is a rule.", False),
    ],
)
def test_the_only_one_of_something(sentence: str, one: bool) -> None:
    assert of_one(sentence) == one


@pytest.mark.parametrize("question", ["这几个原因分别是什么？", "那几个条件是什么？"])
def test_some_are_asked_for_without_a_number(question: str) -> None:
    assert list_asked(question) == 0
