from __future__ import annotations

from kzrag.text.words import content_terms, query_terms, terms, without


def test_forms_of_one_word_are_one_term() -> None:
    assert terms("exports exporting") == ["export", "export"]
    assert terms("доллара долларами", "ru") == ["доллар", "доллар"]
    assert len(set(terms("компания компаниялар компаниялардың", "kk"))) == 1


def test_chinese_is_cut_into_words_whichever_way_it_is_written() -> None:
    assert terms("石油儲量") == terms("石油储量")
    assert "石油" in terms("中亞石油儲量")


def test_chinese_is_also_found_by_pairs_of_characters() -> None:
    assert {"中亚", "亚石", "石油"} <= set(terms("中亞石油"))
    assert "亚石" not in content_terms("中亞石油")
    assert "亚石" in query_terms("中亞石油有多少?") and "多少" in query_terms("有多少")
    assert query_terms("How much oil?") == ["oil"]
    assert query_terms("Who is it?") == ["who", "is", "it"]


def test_figures_are_written_one_way() -> None:
    assert terms("278,400 tons") == ["278400", "ton"]
    assert terms("3,5 процента", "ru")[0] == "3.5"
    assert terms("67million")[:2] == ["67", "million"]


def test_question_words_are_no_content() -> None:
    assert content_terms("How much oil does Kazakhstan have?")[0] == "oil"
    assert content_terms("Сколько нефти?") == content_terms("нефть", "ru")
    assert content_terms("石油有多少?") == ["石油"]
    assert content_terms("Мұнай қанша?") == ["мұнай"]


def test_a_name_is_one_term_in_every_script() -> None:
    spellings = ("Tokayev spoke", "Токаевым", "Тоқаевтың айтуынша", "托卡耶夫表示", "托卡特夫")
    assert all("@tokayev" in terms(spelling) for spelling in spellings)
    assert {"@mikhail_weafer", "@weafer"} <= set(terms("He met Mikhail Weafer."))


def test_possessives_are_the_word_itself() -> None:
    assert "kazakhstan" in terms("Kazakhstan’s")


def test_a_seat_of_power_is_looked_up_as_its_country_too() -> None:
    assert {"@ashgabat", "@turkmenistan"} <= set(query_terms("Why did Ashgabat sell its gas?"))
    assert {"@rome", "@italy"} <= set(query_terms("罗马签了什么协议？"))
    assert {"@kremlin", "@russia"} <= set(query_terms("Чего хочет Кремль?"))
    assert "@turkmenistan" not in content_terms("Why did Ashgabat sell its gas?")


def test_what_is_taken_out_leaves_a_space() -> None:
    assert without("Peru sold copper to Chile.", [(20, 25), (0, 4)]) == "  sold copper to  ."
    assert without("one two three", [(0, 7), (4, 7)]) == "   three"
    assert without("nothing", []) == "nothing"
