from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.errors import KzragError
from kzrag.text import names as module
from kzrag.text.names import expand, load, names, one_power, same_name, seat_of
from kzrag.text.sounds import sound_alike


def keys(text: str) -> list[str]:
    return [name.key for name in names(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Tokayev", "Kassym-Jomart Tokayev", "Tokaev", "who is tokayev?", "托卡耶夫", "托卡特夫", "托卡葉夫", "Токаева",
        "Токаевым", "Токаеву", "Тоқаевтың", "Тоқаев",
    ],
)  # fmt: skip
def test_one_key_for_all_spellings_and_cases(text: str) -> None:
    assert keys(text) == ["tokayev"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("в Казахстане", "kazakhstan"), ("Қазақстанның", "kazakhstan"), ("哈国", "kazakhstan"),
        ("哈薩克", "kazakhstan"),
        ("Ресейдің", "russia"), ("俄方", "russia"), ("АҚШ-тың", "united_states"), ("the U.S.", "united_states"),
        ("в Соединённых Штатах", "united_states"), ("里海管道聯盟", "caspian_pipeline_consortium"),
        ("cpc", "caspian_pipeline_consortium"),
        ("Каспийского трубопроводного консорциума", "caspian_pipeline_consortium"),
        ("von delaine", "von_der_leyen"),
        ("集安組織", "csto"), ("ОДКБ", "csto"), ("Novorossisk", "novorossiysk"), ("新羅西斯克港", "novorossiysk"),
        ("Türkiye", "turkey"), ("the Belt and Road", "belt_and_road"), ("毛哥", "brother_mao"),
    ],
)  # fmt: skip
def test_known_names(text: str, key: str) -> None:
    assert keys(text) == [key]


def test_the_longest_name_wins() -> None:
    assert keys("the Trans-Caspian pipeline") == ["trans_caspian_pipeline"]
    assert keys("Nursultan Nazarbayev in Nursultan") == ["nazarbayev", "astana"]
    assert keys("European Union") == ["european_union"]


def test_what_is_called_after_a_place_is_told_from_the_place() -> None:
    assert [(n.key, n.kind) for n in names("the Kazakh ministry")] == [("kazakhstan", "demonym")]
    assert [(n.key, n.kind) for n in names("казахстанские нефтяники")] == [("kazakhstan", "demonym")]
    assert [(n.key, n.kind) for n in names("in Kazakhstan")] == [("kazakhstan", "place")]


def test_one_character_stands_for_a_country_only_in_its_place() -> None:
    assert keys("俄烏沖突") == ["russia", "ukraine"]
    assert keys("中途, 美好, 白天") == []


def test_ordinary_words_need_their_capitals() -> None:
    assert keys("tell us who shell turkey") == []
    assert keys("The US, Turkey and Shell") == ["united_states", "turkey", "shell"]


@pytest.mark.parametrize(
    ("text", "key", "kind"),
    [
        ("He met Christopher Weafer there.", "christopher_weafer", "person"),
        ("It works in Kano.", "kano", "place"),
        ("The Gates Foundation agreed.", "gates_foundation", "org"),
        ("under the Esquipulas Memorandum Agreement.", "esquipulas_memorandum_agreement", "treaty"),
        ("заявил Иван Петров в эфире", "ivan_petrov", "person"),
        ("首席执行官迈克·沃思表示", "迈克沃思", "person"),
    ],
)
def test_unknown_names_are_found_by_their_shape(text: str, key: str, kind: str) -> None:
    assert [(n.key, n.kind, n.known) for n in names(text)] == [(key, kind, False)]


def test_capitals_of_headings_and_sentences_are_no_names() -> None:
    assert keys("A Wedge Is Forming Between Two Of The Most Reliable Allies") == []
    assert keys("Pipelines are long. However, they leak. Monday is fine.") == []


def test_names_that_sound_alike_are_one() -> None:
    (russian,) = names("уволили Сергея Ростоцкого вчера")[-1:]
    assert same_name(russian.key.split("_")[-1], "rostotsky")
    assert same_name("mikhail_weafer", "weafer")
    assert not same_name("tashkent", "bishkek")
    assert not same_name("kazakhstan", "kyrgyzstan")


def test_names_written_by_ear_in_another_alphabet() -> None:
    assert sound_alike("geoff_diehl", "dzheff_dil")
    assert sound_alike("heather_nauert", "khezer_nauert")
    assert sound_alike("diehl", "dzheff_dil") is False  # two consonants are too few to tell
    assert not sound_alike("lindsey_graham", "dzhon_kennedi")


@pytest.mark.parametrize(
    ("seat", "country"),
    [
        ("Moscow", "russia"), ("Ashgabat", "turkmenistan"), ("Rome", "italy"), ("Kabul", "afghanistan"),
        ("Abu Dhabi", "united_arab_emirates"), ("New Delhi", "india"), ("Ottawa", "canada"), ("Hanoi", "vietnam"),
        ("the Kremlin", "russia"), ("the White House", "united_states"), ("the Pentagon", "united_states"),
        ("Downing Street", "united_kingdom"), ("Brussels", "european_union"), ("Akorda", "kazakhstan"),
        ("羅馬", "italy"), ("阿什哈巴德", "turkmenistan"), ("喀布尔", "afghanistan"), ("首爾", "south_korea"),
        ("白宫", "united_states"), ("五角大樓", "united_states"), ("唐宁街", "united_kingdom"), ("中南海", "china"),
        ("в Риме", "italy"), ("из Кабула", "afghanistan"), ("Абу-Даби", "united_arab_emirates"),
        ("Пентагоном", "united_states"), ("Белого дома", "united_states"), ("Акорде", "kazakhstan"),
        ("Бағдаттан", "iraq"), ("Ақорданың", "kazakhstan"), ("Мәскеуде", "russia"), ("Ұланбатырда", "mongolia"),
    ],
)  # fmt: skip
def test_a_seat_of_power_stands_for_its_country(seat: str, country: str) -> None:
    (key,) = keys(seat)
    assert seat_of(key) == country


def test_a_country_and_a_city_that_does_not_govern_stand_for_themselves() -> None:
    assert seat_of("russia") is None and seat_of("rotterdam") is None and seat_of("nowhere") is None


def test_one_power_goes_by_several_names() -> None:
    assert one_power("kremlin", "russia") and one_power("russia", "moscow") and one_power("kremlin", "moscow")
    assert not one_power("moscow", "minsk") and not one_power("russia", "belarus") and not one_power("aktau", "tengiz")


@pytest.mark.parametrize(
    ("people", "country"),
    [
        ("the Emiratis", "united_arab_emirates"), ("Brits", "united_kingdom"), ("an Anglo-Dutch firm", "netherlands"),
        ("Italians", "italy"), ("Danes", "denmark"), ("Swiss banks", "switzerland"), ("Filipinos", "philippines"),
        ("итальянцев", "italy"), ("немцам", "germany"), ("швейцарские банки", "switzerland"), ("поляков", "poland"),
        ("эстонского", "estonia"), ("корейцами", "south_korea"), ("болгарлар", "bulgaria"),
        ("意大利人", "italy"), ("瑞士銀行", "switzerland"),
    ],
)  # fmt: skip
def test_what_a_country_and_its_people_are_called(people: str, country: str) -> None:
    assert keys(people)[-1:] == [country]


def test_a_short_chinese_name_is_none_where_a_longer_one_begins_in_it() -> None:
    assert keys("很多哈萨克斯坦人") == ["kazakhstan"]
    assert keys("在多哈") == ["doha"]
    assert [(n.key, n.end) for n in names("哈国")] == [("kazakhstan", 2)]


def test_a_short_word_in_small_letters_is_no_country() -> None:
    assert keys("кроме того, мали дети") == []
    assert keys("в Того и Мали") == ["togo", "mali"]


def test_expand_gives_all_spellings() -> None:
    assert {"Tokayev", "托卡耶夫", "Токаев"} <= set(expand("tokayev"))
    assert expand("nobody") == ()


@pytest.fixture
def restored() -> Iterator[None]:
    yield
    module.use(None)


@pytest.mark.usefixtures("restored")
def test_a_corpus_brings_names_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "aliases.toml"
    path.write_text('[tokayev]\nnames = ["KJT"]\n[acme]\nkind = "org"\nnames = ["Acme", "阿克米"]\n', encoding="utf-8")
    module.use(load(path))
    assert keys("KJT met Acme") == ["tokayev", "acme"] and keys("阿克米和托卡耶夫") == ["acme", "tokayev"]
    module.use(None)
    assert "acme" not in keys("阿克米")


def test_a_file_that_is_no_alias_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "aliases.toml"
    path.write_text("[acme]\nkind = 3\n", encoding="utf-8")
    with pytest.raises(KzragError, match="names"):
        load(path)
    path.write_text("not toml", encoding="utf-8")
    with pytest.raises(KzragError, match=str(path)):
        load(path)


@given(st.text(max_size=60))
def test_offsets_hold_and_names_never_overlap(text: str) -> None:
    found = names(text)
    assert all(text[name.start : name.end] == name.text for name in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
