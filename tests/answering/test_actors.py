"""Who does what a question asks about."""

from __future__ import annotations

import pytest

from kzrag.answering.actors import of_nobody_asked


@pytest.mark.parametrize(
    ("question", "text", "word", "another"),
    [
        ("Did Norway send soldiers to Iceland?", "Denmark sent soldiers to Iceland.", "sent", True),
        ("Did Norway send soldiers to Iceland?", "Norway sent soldiers to Iceland.", "sent", False),
        ("Did Norway send soldiers to Iceland?", "Soldiers were sent to Greenland.", "sent", False),
        ("Will the ferry be sold?", "Denmark sold the ferry.", "sold", False),
        ("Отправила ли Норвегия солдат в Исландию?", "Дания отправила солдат в Исландию.", "отправила", True),
        ("挪威有没有向冰岛派兵？", "丹麦向冰岛派兵。", "派兵", True),
    ],
)
def test_what_nobody_asked_about_did(question: str, text: str, word: str, another: bool) -> None:
    assert of_nobody_asked(question, text, text.index(word)) is another
