"""Questions and answers as papers print them: with labels, in one line, between dashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzrag.corpus import interviews
from kzrag.corpus.load import read_document

INTRO = "Edda Norling rises at two and bakes until the shop opens. We met her beside the oven in Ostwick."


def turns_of(text: str, folder: Path) -> list[tuple[str, bool]]:
    path = folder / "talk.txt"
    path.write_text(text, encoding="utf-8")
    document = read_document(path)
    blocks = document.blocks
    return [
        (document.raw[blocks[n].start : blocks[n].end], answers) for n, answers in interviews.turns(document).items()
    ]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Q: When do you rise?", "A: At two. The dough does not wait."),
        ("Вопрос: Когда вы встаёте?", "Ответ: В два. Тесто не ждёт."),
        ("問：您幾點起床？", "答：兩點。麵團不等人。"),
        ("Сұрақ: Қашан тұрасыз?", "Жауап: Екіде. Қамыр күтпейді."),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n", "　"])
def test_labelled_turns(question: str, answer: str, between: str, tmp_path: Path) -> None:
    found = turns_of(f"{INTRO}\n\n{question}{between}{answer}\n\n{INTRO}", tmp_path)
    assert found == [(question, False), (answer, True)]


def test_an_answer_of_several_paragraphs_goes_on_to_the_next_question(tmp_path: Path) -> None:
    text = ("Q: When do you rise?", "A: At two.", "The dough does not wait.", "Q: And on Sundays?", "A: Never.", INTRO)
    found = turns_of("\n\n".join([INTRO, *text]), tmp_path)
    assert [answers for _, answers in sorted(found, key=lambda turn: text.index(turn[0]))] == [
        False,
        True,
        True,
        False,
        True,
    ]


TALK = (
    ("— Когда вы встаёте?", "— В два часа ночи. Тесто не ждёт."),
    ("— Соседи говорят, что дым мешает.", "— Говорят. Но хлеб едят."),
    ("— А вторая печь?", "— Весной, если найдём пекаря. Вы не пекарь?"),
    ("— Нет. Это трудно?", "— Трудно только встать."),
)


def test_turns_between_dashes_one_below_the_other(tmp_path: Path) -> None:
    found = turns_of("\n\n".join([INTRO, *("\n".join(pair) for pair in TALK)]), tmp_path)
    assert found == [turn for one, other in TALK for turn in ((one, False), (other, True))]


def test_turns_between_dashes_set_apart(tmp_path: Path) -> None:
    pairs = [pair for pair in TALK if pair[0].endswith("?") and not pair[1].endswith("?")]
    pairs.append(("— Сколько стоит хлеб?", "— Три кроны. Вчера было две."))
    found = turns_of("\n\n".join([INTRO, *(line for pair in pairs for line in pair)]), tmp_path)
    assert found == [turn for one, other in pairs for turn in ((one, False), (other, True))]


def test_a_talk_in_passing_is_no_interview(tmp_path: Path) -> None:
    text = f"{INTRO}\n\n— Куда вы? — спросила она.\n\n— Домой.\n\nAnd Q: is only a letter.\n\n{INTRO}"
    assert turns_of(text, tmp_path) == []
