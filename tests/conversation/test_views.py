"""What somebody named makes of what was said is asked in a text's words; other questions are left alone."""

import pytest

from kzrag.conversation import own_part, standalone
from kzrag.conversation.views import view_of


@pytest.mark.parametrize(
    ("core", "view"),
    [
        ("how does Lima see that?", "how does Lima view that"),
        ("what did the Chilean government think of it?", "how did the Chilean government view it"),
        ("Что об этом думает правительство Чили?", "как правительство Чили воспринимает это"),
        ("Чили как на это смотрит", "как Чили воспринимает это"),
        ("智利對此怎麼看", "智利如何看待"),
        ("Чили бұған қалай қарайды", "Чили мұны қалай бағалайды"),
        ("how do they see it", None),
        ("how long did the trip to Chile take", None),
        ("Как видит мэр Лимы будущее порта", None),
        ("what did Chile see", None),
    ],
)
def test_a_view_in_plain_words(core: str, view: str | None) -> None:
    assert view_of(core) == view


def test_it_is_looked_for_by_itself_beside_the_last_answer() -> None:
    history = [{"role": "user", "content": "What has Peru built?"}, {"role": "assistant", "content": "A port."}]
    understood = standalone("And how does Lima see that?", history)
    assert understood.question == "What has Peru built — how does Lima view that?"
    assert own_part(understood.question) == "how does Lima view that?"
