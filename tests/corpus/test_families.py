"""One source or two: translations and reprints are found without being told, and neighbours in topic are not."""

from __future__ import annotations

import dataclasses

from kzrag.corpus import families
from kzrag.records import Document
from tests.corpus.test_alignment import ENGLISH, RUSSIAN, document

CHINESE = document(
    "duchuan",
    "zh-Hant",
    "科爾索渡輪公司2019年運送旅客41.2萬人次,比前一年增加8%。",
    "公司總經理林德原先預計只有一半。",
    "兩艘新船將耗資3100萬克朗建造,每艘可載240輛汽車,第一艘定於2021年5月交付。",
    "沒有人問過海鷗。",
)
SAME_TOPIC = document(
    "shipyard",
    "ru",
    "Верфь в Норде получила заказ на два парома за 31 миллион крон. Это самый большой её заказ с 2008 года.",
    "На верфи работает 640 человек, и к зиме их станет на 90 больше. Профсоюз просит поднять зарплату на 12 процентов.",
    "Первый паром должен быть готов в мае 2021 года, второй через 14 месяцев после него.",
    "Директор верфи не ответил на вопросы газеты, но прислал корзину яблок.",
)
REPRINT = document(
    "reprint",
    "en",
    "The ferry company of Korso carried 412,000 passengers in 2019. That was 8% more than the year before.",
    "Its director, Maja Lind, had expected half of that. Two new ships will be built for 31 million crowns.",
    "They take 240 cars each, and the first is due in May 2021. Nobody asked the gulls, our reader adds.",
)
QUOTING = document(
    "quoting",
    "en",
    "Last week this paper wrote that two new ships will be built for 31 million crowns, and it was right to be glad.",
    "But who will pay for them when the tax on herring falls away, and the island has no other income to speak of?",
    "In eleven years the council has not once written a budget that lasted until the autumn, and it will not now.",
    "A lamp, a pier and a school were promised before; we are still waiting for all three of them in the dark.",
)


def groups(*documents: Document) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, family in families.find(documents).items():
        found.setdefault(family, set()).add(name)
    return {frozenset(members) for members in found.values()}


def test_what_sources_toml_says_is_taken() -> None:
    translated = dataclasses.replace(QUOTING, translation_of="shipyard")
    assert families.find([translated, SAME_TOPIC]) == {"quoting": "shipyard", "shipyard": "shipyard"}


def test_chains_and_circles_of_translations_are_one_family() -> None:
    a, b, c = (
        dataclasses.replace(QUOTING, id=name, translation_of=of) for name, of in (("a", "b"), ("b", "c"), ("c", "a"))
    )
    assert len(set(families.find([a, b, c]).values())) == 1


def test_translations_are_found_by_their_figures() -> None:
    assert groups(ENGLISH, RUSSIAN, QUOTING) == {frozenset({"ferry", "parom"}), frozenset({"quoting"})}
    assert groups(ENGLISH, CHINESE) == {frozenset({"ferry", "duchuan"})}
    assert groups(ENGLISH, RUSSIAN, CHINESE) == {frozenset({"ferry", "parom", "duchuan"})}


def test_articles_about_the_same_thing_are_independent() -> None:
    assert groups(ENGLISH, SAME_TOPIC) == {frozenset({"ferry"}), frozenset({"shipyard"})}
    assert groups(RUSSIAN, SAME_TOPIC) == {frozenset({"parom"}), frozenset({"shipyard"})}
    assert groups(ENGLISH, QUOTING) == {frozenset({"ferry"}), frozenset({"quoting"})}


def test_reprints_are_found_by_their_words() -> None:
    assert groups(ENGLISH, REPRINT, QUOTING) == {frozenset({"ferry", "reprint"}), frozenset({"quoting"})}


def test_traditional_and_simplified_chinese_are_the_same_words() -> None:
    simplified = document(
        "jianti",
        "zh-Hans",
        "科尔索渡轮公司2019年运送旅客41.2万人次,比前一年增加8%。公司总经理林德原先预计只有一半。",
        "两艘新船将耗资3100万克朗建造,每艘可载240辆汽车,第一艘定于2021年5月交付。没有人问过海鸥。",
    )
    assert groups(CHINESE, simplified) == {frozenset({"duchuan", "jianti"})}


def test_families_do_not_depend_on_the_order_of_the_files() -> None:
    assert families.find([ENGLISH, RUSSIAN, REPRINT]) == families.find([REPRINT, RUSSIAN, ENGLISH])
