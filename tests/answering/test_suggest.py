"""What is offered instead of what can't be answered."""

from __future__ import annotations

import pytest

from kzrag.answering.suggest import _readable
from kzrag.text.language import script
from kzrag.text.names import names


@pytest.mark.parametrize("question", ["油价是多少？", "Какова цена нефти?", "What is the price of oil?"])
def test_a_known_name_is_offered_in_the_readers_script(question: str) -> None:
    for text in ("Kazakhstan", "哈薩克斯坦", "Казахстан"):
        (name,) = names(text)
        assert script(_readable(name, question)) == script(question)


def test_an_unknown_name_stays_as_it_is_written() -> None:
    (name,) = names("the Tilberg Foundation")
    assert _readable(name, "油价是多少？") == name.text
