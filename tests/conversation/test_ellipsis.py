"""The old question asked again with the one thing that the follow-up names."""

import pytest

from kzrag.conversation.ellipsis import swapped


@pytest.mark.parametrize(
    ("core", "previous", "result"),
    [
        ("by 2040", "How much will Peru grow by 2032?", "How much will Peru grow by 2040?"),
        ("in 2040", "How much will Peru grow?", "How much will Peru grow in 2040?"),
        ("2040年", "产量是多少？", "2040年，产量是多少？"),
        ("Chile in 2021", "What did Peru export in 2019?", "What did Chile export in 2021?"),
        ("Uzbekistan", "How much does Russia pay China for gas?", "How much does Uzbekistan pay China for gas?"),
        ("for coal", "How much does Russia pay for gas?", "How much does Russia pay for coal?"),
        ("southern route", "How long is the northern route?", "How long is the southern route?"),
        ("the other one", "When was the bridge opened?", None),
        ("Peru", "What does Peru export?", None),
        ("нефть", "По какой цене продают туркменский газ?", None),
        ("Беларусь", "Почему Казахстан отказался?", None),
        ("哈萨克族", "城里有多少俄罗斯族人？", "城里有多少哈萨克族人？"),
    ],
)
def test_one_thing_changes(core: str, previous: str, result: str | None) -> None:
    assert swapped(core, previous) == result
