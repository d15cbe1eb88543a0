"""Who gives, sells or goes, from where and to whom, in four languages."""

from __future__ import annotations

import pytest

from kzrag.text.dealings import dealings

READ = [
    ("Did Norway send nurses to Ghana?", ["norway"], ["ghana"]),
    ("Does Peru import wheat from Canada?", ["canada"], ["peru"]),
    ("Although Peru is an exporter of fish, it buys its salmon from Norway.", ["norway"], ["peru"]),
    ("Half of the salmon imported by Peru is eaten in Lima.", [], ["peru"]),
    ("The tea was sold to Ghana and Peru by Kenya.", ["kenya"], ["ghana", "peru"]),
    ("Peru's fish exports to Japan and Norway have doubled.", ["peru"], ["japan", "norway"]),
    ("Norwegian exports to Ghana fell.", ["norway"], ["ghana"]),
    ("Canada sold Peru a ferry.", ["canada"], ["peru"]),
    ("Norway has placed an order of two ferries with Japan.", [], ["norway"]),
    ("Peru sent nurses to Ghana and cancelled its flights to Kenya.", ["peru"], ["ghana"]),
    # A possessor may be where it comes from, as well as who buys it.
    ("Ghana wants to replace Norway's fish imports.", [], []),
    ("Норвегия отправила медсестёр в Гану.", ["norway"], ["ghana"]),
    ("В Гане Норвегия продаёт рыбу Казахстану.", ["norway"], ["kazakhstan"]),
    ("Перу закупает пшеницу из Канады.", ["canada"], ["peru"]),
    ("Рыба поставляется Казахстаном в Японию.", ["kazakhstan"], ["japan"]),
    ("挪威向加纳和秘鲁出口鱼类。", ["norway"], ["ghana", "peru"]),
    ("秘魯從加拿大進口小麥。", ["canada"], ["peru"]),
    ("挪威准备把电卖给邻国瑞典", ["norway"], ["sweden"]),
    ("Норвегия Ганаға дәрігерлер жіберді.", ["norway"], ["ghana"]),
    ("Қазақстан Норвегиядан балық импорттайды.", ["norway"], ["kazakhstan"]),
]


@pytest.mark.parametrize(("text", "source", "goal"), READ)
def test_from_whom_and_to_whom(text: str, source: list[str], goal: list[str]) -> None:
    told = dealings(text)
    assert [name.key for dealing in told for name in dealing.source] == source
    assert sorted(name.key for dealing in told for name in dealing.goal) == sorted(goal)


@pytest.mark.parametrize(
    ("text", "doer", "goal"),
    [
        ("Did Stoltenberg visit Ghana?", ["stoltenberg"], ["ghana"]),
        ("Norway invaded Sweden in that story.", ["norway"], ["sweden"]),
        ("瑞典入侵挪威", ["sweden"], ["norway"]),
        ("Казахстан напал на Швецию?", ["kazakhstan"], ["sweden"]),
        ("They flew on to Kenya, where it rained.", [], ["kenya"]),
    ],
)
def test_who_goes_where(text: str, doer: list[str], goal: list[str]) -> None:
    (told,) = dealings(text)
    assert [name.key for name in told.doer] == doer
    assert [name.key for name in told.goal] == goal


@pytest.mark.parametrize("text", ["", "Norway and Ghana are far apart.", "Нигде ничего не сказано о Гане."])
def test_without_a_word_for_it_nothing_is_told(text: str) -> None:
    assert dealings(text) == ()
