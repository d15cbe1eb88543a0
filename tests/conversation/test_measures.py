"""A bare "how much" keeps the thing that was measured before, unless its verb says what it measures."""

import pytest

from kzrag.conversation.measures import of_the_same


@pytest.mark.parametrize(
    ("core", "previous", "result"),
    [
        ("how much did Chile buy?", "How much copper did Peru sell?", "how much copper did Chile buy?"),
        ("how many does Chile have?", "How many ships does Peru have?", "how many ships does Chile have?"),
        ("Китай сколько всего продаёт?", "Сколько меди Перу купила?", "Китай сколько меди всего продаёт?"),
        ("智利出口多少？", "秘鲁买了多少吨铜？", "智利出口多少吨铜？"),
        ("智利出口多少吨？", "秘鲁买了多少吨铜？", "智利出口多少吨铜？"),
        ("Чили қанша сатады?", "Перу қанша мыс сатып алды?", "Чили қанша мыс сатады?"),
        ("how many sank?", "How many ships does Peru have?", "how many ships sank?"),
        ("сколько осталось?", "Сколько рабочих было на заводе?", "сколько рабочих осталось?"),
        ("сколько в Чили?", "Сколько овец в Перу?", "сколько овец в Чили?"),
        ("how much did the bridge cost?", "How much copper did Peru sell?", None),
        ("how many cars does Chile have?", "How many ships does Peru have?", None),
        ("сколько стоит мост?", "Сколько меди Перу купила?", None),
        ("智利花了多少钱？", "秘鲁买了多少铜？", None),
        ("who sold it?", "How much copper did Peru sell?", None),
    ],
)
def test_the_same_thing_is_measured(core: str, previous: str, result: str | None) -> None:
    assert of_the_same(core, previous) == result
