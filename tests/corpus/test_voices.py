"""Comments of readers, on sites of four languages, and lines of articles that only look like them."""

from __future__ import annotations

import pytest

from kzrag.corpus import furniture, layout, voices

ARTICLE = (
    "The lighthouse at Korso was lit again on Sunday after forty years of darkness.\n\nMaja Lind paid for the lamp."
)


def comments(text: str) -> list[tuple[str, str | None, list[str]]]:
    paragraphs = layout.paragraphs(text)
    return [
        (found.name, found.date, [paragraph.text for paragraph in paragraphs[found.body : found.last + 1]])
        for found in voices.find(paragraphs)
    ]


@pytest.mark.parametrize(
    ("section", "header", "name"),
    [
        ("Leave a comment", "• Ola Berg on March 04 2021 said:", "Ola Berg"),
        ("2 Comments", "Ola Berg says:\nMarch 4, 2021 at 4:05 pm", "Ola Berg"),
        ("Comments (2)", "Ola Berg wrote on 4 March 2021 at 16:05:", "Ola Berg"),
        ("Responses", "Posted by gull_47 on 2021-03-04 16:05", "gull_47"),
        ("Comments", "Ola Berg | March 4, 2021", "Ola Berg"),
        ("Comments", "Ola Berg\nMarch 4, 2021, 16:05", "Ola Berg"),
        ("Комментарии", "Ола Берг, 4 марта 2021, 16:05", "Ола Берг"),
        ("Оставить комментарий", "Ола Берг пишет 04.03.2021 16:05:", "Ола Берг"),
        ("網友評論", "海邊的林先生 發表於 2021-03-04 16:05", "海邊的林先生"),
        ("评论(2)", "林海 2021年3月4日 16:05", "林海"),
        ("Пікірлер", "Ола Берг, 4 наурыз 2021, 16:05", "Ола Берг"),
    ],
)
def test_headers_of_many_sites(section: str, header: str, name: str) -> None:
    text = (
        f"{ARTICLE}\n\n{section}\n\n{header}\nI saw it from the ferry.\n\nIt was green.\n\nLeave a Reply\n\nBack to top"
    )
    assert comments(text) == [(name, "2021-03-04", ["I saw it from the ferry.", "It was green."])]


@pytest.mark.parametrize(
    ("section", "one", "two", "name"),
    [
        ("2 comments (newest last). Be kind.", "Ola B. – 4 March, 09:12 – ", "gull_47 – 5 March, 10:40 – ", "Ola B."),
        ("Comments", "Ola Berg wrote on 4 March 2021 at 16:05: ", "gull_47 wrote on 5 March 2021: ", "Ola Berg"),
        ("Comments (2)", "Ola Berg | March 4, 2021 10:12 am | ", "gull | March 5, 2021 10:12 am | ", "Ola Berg"),
        (
            "网友评论（2）　按时间排序 ｜ 只看楼主",
            "海边_1961　2021-03-04 21:33　",
            "小满　2021-03-05 08:20　",
            "海边_1961",
        ),
        ("评论(2)", "1楼 林海 03-04 10:15 ", "2楼 小满 03-05 10:15 ", "林海"),
        ("Комментарии (2)", "Ола Берг, 4 марта 2021, 16:05: ", "чайка, 5 марта 2021, 16:05: ", "Ола Берг"),
        ("Комментарии", "04.03.2021 16:05 Ола: ", "05.03.2021 17:05 чайка: ", "Ола"),
        ("2 comments", "Ola Berg, 4 March 2021: ", "gull_47, 5 March 2021: ", "Ola Berg"),
        ("Пікірлер (2)", "Айжан – 2021 жылғы 4 наурыз, 16:05 – ", "Шағала – 2021 жылғы 5 наурыз, 16:05 – ", "Айжан"),
    ],
)
def test_headers_on_the_line_of_the_comment(section: str, one: str, two: str, name: str) -> None:
    words = (
        "Я видел его с парома."
        if section.startswith("К")
        else "我在渡轮上看见的。"
        if section[0] > "一"
        else "I saw it."
    )
    text = f"{ARTICLE}\n\n{section}\n{one}{words}\n{two}{words}\n© Korso Press 2021"
    paragraphs = layout.paragraphs(text)
    found = voices.dated(voices.find(paragraphs), "2021-03-01")
    assert found
    assert (found[0].name, found[0].date) == (name, "2021-03-04")
    assert [paragraphs[comment.body].text[comment.at :] for comment in found] == [words, words]
    verdict = furniture.find(paragraphs, found)
    assert [paragraphs[number].text for number in verdict.why] == [section, "© Korso Press 2021"]


def test_a_day_without_a_year_is_the_next_after_the_article() -> None:
    comment = voices.Comment("Ola", "--03-04", 0, 0, 0, 5)
    assert voices.dated([comment], "2021-02-01")[0].date == "2021-03-04"
    assert voices.dated([comment], "2020-12-01")[0].date == "2021-03-04"
    assert voices.dated([comment], "2021")[0].date == "2021-03-04"
    assert voices.dated([comment], None)[0].date is None


def test_a_chronicle_in_an_article_is_no_conversation() -> None:
    days = "\n\n".join(f"Korso – {day} March 2021, 10:00 – The lamp was tried." for day in (4, 5))
    assert comments(f"{ARTICLE}\n\n{days}\n\nNothing more was heard of it.") == []


def test_a_note_under_an_article_is_no_comment_though_readers_may_write_some() -> None:
    text = f"Comments (2)\n\n{ARTICLE}\n\nCorrection, 4 March 2021: The lamp is green.\n\nNothing more was heard of it."
    assert comments(text) == []


def test_a_comment_ends_where_the_next_begins() -> None:
    text = (
        f"{ARTICLE}\n\nLeave a comment\n"
        "  • Ola Berg on March 04 2021 said:\n    I saw it.\n\n    Ola Berg\n    Ferryman\n"
        "  • Maja Lind on March 05 2021 said:\n    I lit it.\n\nACME Shipping 12.40 +0.35"
    )
    assert comments(text) == [
        ("Ola Berg", "2021-03-04", ["I saw it.", "Ola Berg", "Ferryman"]),
        ("Maja Lind", "2021-03-05", ["I lit it."]),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "The council on March 4, 2021 said:",
        "March 4, 2021",
        "On March 4 2021 the council said that it knew nothing.",
        "Korso, March 4, 2021",
    ],
)
def test_a_line_of_an_article_is_no_comment(line: str) -> None:
    assert comments(f"{ARTICLE}\n\n{line}\n\nNothing more was heard of it.") == []


def test_sentences_with_dates_in_the_comment_section_are_no_headers() -> None:
    dated = "It broke. It was repaired on 3 March 2020\n\nI know: on 2 May 2019"
    text = f"{ARTICLE}\n\nComments\n\nOla Berg, 4 March 2021\n\n{dated}"
    assert [name for name, *_ in comments(text)] == ["Ola Berg"]


def test_buttons_under_a_comment_are_not_its_words() -> None:
    text = (
        f"{ARTICLE}\n\nComments\n\nOla Berg, 4 March 2021\n\nI saw it.\n\nReply\n\nMaja Lind, 5 March 2021\n\nI lit it."
    )
    paragraphs = layout.paragraphs(text)
    verdict = furniture.find(paragraphs, voices.find(paragraphs))
    assert {paragraphs[number].text: why for number, why in verdict.why.items()} == {
        "Comments": "comment form",
        "Ola Berg, 4 March 2021": "comment header",
        "Reply": "comment button",
        "Maja Lind, 5 March 2021": "comment header",
    }
