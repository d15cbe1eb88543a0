from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kzrag.records import Answer
from kzrag.web.chat import INVISIBLE, messages, nearest, plain, unplain
from kzrag.web.desk import Step
from kzrag.web.history import Turn
from tests.web.fake_assistant import HOSTILE

MARKDOWN = MarkdownIt("js-default", {"linkify": False})


def shown(markdown: str) -> str:
    """The text a Markdown renderer shows, and that it made nothing but paragraphs and line breaks of it."""
    text = []
    for token in MARKDOWN.parse(markdown):
        assert token.type in ("paragraph_open", "paragraph_close", "inline"), (token.type, markdown)
        for child in token.children or ():
            assert child.type in ("text", "softbreak", "hardbreak", "text_special"), (child.type, markdown)
            text.append(child.content)
    return "".join(text)


@given(st.text(alphabet=st.sampled_from("ab1 \n*_`~<>[]()|#+-=.!\\&;:/@\"'中。"), max_size=40))
@example("- a\n1) b\n# c\n> d\n---\n===")
@example("http://evil.example/x www.evil.example a@b.c ftp://x")
@example("[1](javascript:x) ![a](b) [x][1] [1]: http://x")
@example("&lt; &amp; &#60; a&b")
@example("```\ncode\n```\n| a | b |\n|---|---|")
@example(HOSTILE)
def test_markdown_shows_the_text_itself(text: str) -> None:
    rendered = shown(plain(text))
    assert "".join(rendered.split()) == "".join(INVISIBLE.sub("", text).split())


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf"]), max_size=40))
def test_a_question_comes_back_as_it_was_asked(text: str) -> None:
    if "\\" not in text and "&" not in text:
        assert " ".join(unplain(plain(text)).split()) == " ".join(INVISIBLE.sub("", text).split())


def test_addresses_do_not_become_links() -> None:
    assert plain("http://a.b www.c.d e@f.g") == r"http\://a.b www\.c.d e\@f.g"


def test_markers_stay() -> None:
    assert plain("So it is. [1][2] And so. [12]") == "So it is. [1][2] And so. [12]"


def test_messages_say_how_a_question_was_understood_and_what_else_to_ask() -> None:
    answer = Answer(
        "It is. [1]", "en", False, None, understood_as="Is it so in 2040?", notes=("The model was silent.",),
        follow_ups=("a?", "b?", "c?", "d?"),
    )  # fmt: skip
    asked, said = messages([Turn("And 2040?", answer, "")], "en")
    assert asked["content"] == "And 2040?"
    assert said["content"] == "*Understood as: Is it so in 2040?*\n\nIt is. [1]\n\n*The model was silent.*"
    assert [option["value"] for option in said["options"]] == ["a?", "b?", "c?"]


def test_a_refusal_offers_the_nearest_question() -> None:
    answer = Answer("Not said.", "ru", True, "not_in_corpus", offer="Сколько?")
    _, said = messages([Turn("Кто?", answer, "")], "ru")
    assert said["options"] == [{"label": "Можно спросить: Сколько?", "value": "Сколько?"}]


def test_an_offer_that_is_no_question_can_be_asked_too() -> None:
    answer = Answer("Not said.", "en", True, "not_in_corpus", offer="Aktau, Kashagan — an article on Toutiao (2025)")
    _, said = messages([Turn("How deep?", answer, "")], "zh-Hans")
    question = "What does the corpus say about Aktau, Kashagan?"
    assert said["options"] == [{"label": f"不妨改问：{question}", "value": question}]
    assert nearest("哈薩克斯坦 — 網易號的文章", "zh-Hant") == "語料中關於哈薩克斯坦說了什麼？"
    assert nearest("Kazakhstan", "kk") == "Что в корпусе сказано о теме «Kazakhstan»?"


def test_a_refusal_that_knows_nothing_near_offers_the_first_questions() -> None:
    asked = "Who won the cup?"
    first = {"en": [asked, "How much oil?", "Why was it shut?", "What else?"]}
    far, near = Answer("No.", "en", True, "off_topic"), Answer("No.", "en", True, "not_in_corpus", offer="How deep?")
    said = messages([Turn(asked, far, ""), Turn(asked, near, "")], "en", None, first)[1::2]
    assert [[option["value"] for option in message["options"]] for message in said] == [
        ["How much oil?", "Why was it shut?"],
        ["How deep?"],
    ]
    assert messages([Turn(asked, far, "")], "en")[1]["options"] == []


def test_an_answer_on_its_way_shows_status_then_words_then_a_problem() -> None:
    def last(**state: str) -> str:
        return str(messages([], "en", Step("c", "q", **state))[-1]["content"])

    assert last(status="Reading") == "*Reading*"
    assert last(status="Reading", text="It") == "It"
    assert last(text="It", problem="Too long.") == "**Too long.**"
