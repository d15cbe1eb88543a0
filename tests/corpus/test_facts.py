"""Heads and feet of pages as sites of four languages print them: who publishes, who writes, since when it is read."""

from __future__ import annotations

import pytest

from kzrag.corpus import facts, furniture, layout, voices
from kzrag.corpus.provenance import Metadata, from_text
from kzrag.corpus.stamps import first_date

BODIES = {
    "en": (
        "The lighthouse at Korso was lit again on Sunday after forty years of darkness, and its keeper paid for it.",
        "Ships had passed the point by guesswork since the storm, and two of them had not passed it at all.",
        "The council had promised a lamp every spring and forgotten it every autumn, as councils will.",
    ),
    "zh": (
        "科尔索的灯塔在四十年的黑暗之后于星期日重新点亮，看守人自己支付了全部费用，没有人问过海鸥。",
        "自从那场风暴以来，船只全凭猜测驶过岬角，其中两艘根本没有驶过去，船上的人都游上了岸。",
        "议会每年春天都答应装一盏灯，每年秋天又把它忘得一干二净，岛上的人早就不再相信了。",
    ),
    "ru": (
        "Маяк на Корсо снова зажгли в воскресенье после сорока лет темноты, и заплатил за это сам смотритель.",
        "Со времён шторма суда проходили мыс наугад, и два из них так его и не прошли, хотя люди спаслись.",
        "Совет каждую весну обещал новую лампу и каждую осень забывал о ней, как это водится у советов.",
    ),
    "kk": (
        "Корсодағы шамшырақ қырық жылдық қараңғылықтан кейін жексенбіде қайта жағылды, ақшасын қараушы төледі.",
        "Дауылдан бері кемелер мүйістен болжаммен өтетін, олардың екеуі мүлде өте алмады, адамдар аман қалды.",
        "Кеңес көктем сайын жаңа шам уәде етіп, күз сайын оны ұмытып кететін, аралда бұған ешкім сенбейді.",
    ),
}  # fmt: skip
TITLES = {
    "en": "Korso lighthouse lit again",
    "zh": "科尔索灯塔重新点亮",
    "ru": "Маяк на Корсо снова горит",
    "kk": "Корсо шамшырағы қайта жанды",
}


def of_page(language: str, above: str, under: str, below: str) -> tuple[Metadata, list[str]]:
    """What a page says of itself, and what is left as the article; `under` stands below the headline."""
    body = BODIES[language]
    text = "\n\n".join(line for line in (above, TITLES[language], under, *body, below) if line)
    paragraphs = layout.paragraphs(text)
    comments = voices.find(paragraphs)
    verdict = furniture.find(paragraphs, comments)
    kept = [paragraph.text for number, paragraph in enumerate(paragraphs) if number not in verdict.why]
    return from_text(paragraphs, verdict, comments), kept


@pytest.mark.parametrize(
    ("language", "above", "under", "below", "publisher", "author", "published"),
    [
        # news
        ("en", "THE KORSO STANDARD | Est. 1901 | News | Sport | Log in",
         "Monday 4 March 2021 | By Ola Berg, harbour correspondent | Updated 14:20 | 4 min read",
         "© The Korso Standard Ltd 2021. Registered office: 3 Pier Row. Manage cookies",
         "The Korso Standard", "Ola Berg", "2021-03-04"),
        ("en", "Home | World | Harbour | Sport | Subscribe from 2 crowns a month",
         "By Ola Berg, Korso News Agency | Nord, 4 March 2021, 07:15 | Last changed 09:02", "",
         "Korso News Agency", "Ola Berg", "2021-03-04"),
        ("en", "Korso Tribune • Home • News • Opinion", "Ola Berg, Staff Writer • March 4, 2021 • 3 min read",
         "Copyright © 2019-2021 Korso Tribune Inc. All rights reserved.", "Korso Tribune", "Ola Berg", "2021-03-04"),
        ("en", "", "Published: 4 March 2021 – Last updated: 6 March 2021 – By Ola Berg and Maja Lind", "",
         None, "Ola Berg and Maja Lind", "2021-03-04"),
        ("en", "", "By Ola Berg on March 4, 2021", "Korso Herald © 2021", "Korso Herald", "Ola Berg", "2021-03-04"),
        ("en", "", "Posted on March 4, 2021 by Ola Berg", "", None, "Ola Berg", "2021-03-04"),
        ("en", "", "Story by Ola Berg · 2021-03-04 · 12 comments", "", None, "Ola Berg", "2021-03-04"),
        ("en", "", "By OLA BERG | Korso Times | March 4, 2021 10:12 am", "© 2021 Times Media Group, LLC. Terms of use",
         "Times Media Group", "Ola Berg", "2021-03-04"),
        ("en", "", "Ola Berg, Harbour Editor\n\nFri 5 Mar 2021 09.00 GMT\n\nLast modified on Sat 6 Mar 2021 10.00 GMT", "",
         None, "Ola Berg", "2021-03-05"),
        ("en", "", "By Ola Berg and Maja Lind for The Korso Mail\n\nUpdated on March 4, 2021", "",
         None, "Ola Berg and Maja Lind", "2021-03-04"),
        ("en", "", "March 4, 2021 by Ola Berg · Leave a Comment", "", None, "Ola Berg", "2021-03-04"),
        # a blog, a press release
        ("en", "THE GROYNE – a blog about tides and bad tea | About | Archive | RSS feed",
         "Posted by Ola Berg in: Lamps, Grumbling | 5 comments | Like this? Buy me a tea",
         "Powered by Driftwood Themes. Views are my own.", "The Groyne", "Ola Berg", None),
        ("en", "korsoferries.example > Company > Newsroom > 2021 | Timetables | Book",
         "Press release 04/2021 – Nord, 4 March 2021 – For immediate release", "© 2021 Korso Ferries plc. All rights reserved.",
         "Korso Ferries", None, "2021-03-04"),
        # Chinese
        ("zh", "灯塔观察网 ｜ 首页 · 要闻 · 航运 · 登录 / 注册",
         "来源：科尔索通讯社　编译：灯塔观察网翻译组　2021年3月4日 10:40　阅读 3,218　评论 4　字体：大 中 小",
         "声明：本文仅供参考。转载请注明出处。灯塔观察网 版权所有 2019–2021", "灯塔观察网", None, "2021-03-04"),
        ("zh", "首页｜新闻｜港口｜评论｜登录", "文／林海　摄影／何山　　分享到脸书｜字级：小　中　大", "版权所有 © 灯塔周刊文化传媒有限公司　未经授权不得转载｜关于我们",
         "灯塔周刊", "林海", None),
        ("zh", "", "2021-03-04 10:40 来源: 灯塔日报 作者: 林海", "", "灯塔日报", "林海", "2021-03-04"),
        ("zh", "", "本报记者 林海 | 2021年03月04日 08:00", "©2021 灯塔日报社 版权所有", "灯塔日报社", "林海", "2021-03-04"),
        ("zh", "", "作者：林海　发布时间：2021年3月4日　责任编辑：何山", "", None, "林海", "2021-03-04"),
        ("zh", "", "二〇二一年三月四日　文：林海", "", None, "林海", "2021-03-04"),
        ("zh", "", "聯合燈塔報／ 記者林海／即時報導\n\n2021-03-04 10:15", "", None, "林海", "2021-03-04"),
        ("zh", "", "2021-03-04 10:15:32　来源: 环岛网 北京 举报", "", "环岛网", None, "2021-03-04"),
        # Russian
        ("ru", "СЕВЕРНЫЙ МАЯК — газета о море и людях | Архив | Подписка | Поиск",
         "Ола Берг, обозреватель | 4 марта 2021 года | Время чтения: 11 минут | Комментарии отключены",
         "© «Северный маяк», 2021. Мнение авторов может не совпадать с мнением редакции. 16+", "Северный маяк", "Ола Берг", "2021-03-04"),
        ("ru", "Главная · Новости · Порт · Мнения", "04.03.2021 10:40 · Автор: Ола Берг · Просмотров: 120", "© 2015–2021 ООО «Портовый вестник». Все права защищены.",
         "Портовый вестник", "Ола Берг", "2021-03-04"),
        ("ru", "", "Опубликовано 4 марта 2021, 10:40 | Обновлено 5 марта 2021 | Текст: Ола Берг", "", None, "Ола Берг", "2021-03-04"),
        ("ru", "Портовые ведомости | Главная | Порт | Люди", "Корреспондент Ола Берг — 4 марта 2021 г.", "", "Портовые ведомости", "Ола Берг", "2021-03-04"),
        ("ru", "", "Беседовала Майя Линд | 4 марта 2021", "Перепечатка запрещена. © Журнал «Мыс», 2021", "Мыс", "Майя Линд", "2021-03-04"),
        ("ru", "", "Текст: Ола Берг, фото: Майя Линд", "© АО «Издательский дом „Маяк“», 1997—2021", "Издательский дом „Маяк“", "Ола Берг", None),
        ("ru", "", "10:15 04.03.2021 (обновлено: 11:20 05.03.2021)", "", None, None, "2021-03-04"),
        # Kazakh
        ("kk", "Басты бет | Жаңалықтар | Теңіз | Байланыс",
         "Репортаж | 2021 жылғы 4 наурыз | Мәтінді дайындаған: Айжан Теңіз | Оқу уақыты: 8 минут",
         "Барлық құқық қорғалған. Материалды пайдаланғанда сілтеме жасау міндетті", None, "Айжан Теңіз", "2021-03-04"),
        ("kk", "Мүйіс газеті | Басты бет | Теңіз", "Авторы: Айжан Теңіз | 4 наурыз 2021, 10:40 | Қаралды: 120", "© «Мүйіс газеті», 2021", "Мүйіс газеті", "Айжан Теңіз", "2021-03-04"),
        ("kk", "", "Айжан Теңіз, тілші | 4 наурыз 2021", "© 2021 «Шамшырақ» ЖШС. Барлық құқықтар қорғалған.", "Шамшырақ", "Айжан Теңіз", "2021-03-04"),
    ],
)  # fmt: skip
def test_pages_say_whose_they_are(
    language: str, above: str, under: str, below: str, publisher: str | None, author: str | None, published: str | None
) -> None:
    known, kept = of_page(language, above, under, below)
    assert (known.publisher, known.author, known.published) == (publisher, author, published)
    assert known.title == TITLES[language]
    assert kept == [TITLES[language], *BODIES[language]]


@pytest.mark.parametrize(
    "line",
    [
        "The lamp was lit on 4 March 2021 | and nobody came.",
        "By the time the council met | the lamp was out.",
        "Korso – a lamp at last",
        "Nord | 300 | 12",
    ],
)
def test_lines_that_tell_nothing_of_the_page(line: str) -> None:
    assert not facts.is_strip(line)


def test_a_dateline_dates_a_page_that_has_no_other_date() -> None:
    body = f"KORSO, 4 March 2021 (KPA) – {BODIES['en'][0]}"
    paragraphs = layout.paragraphs("\n\n".join([TITLES["en"], body, *BODIES["en"][1:]]))
    assert from_text(paragraphs, furniture.find(paragraphs), ()).published == "2021-03-04"
    told = "On 4 March 2021 the council met – and forgot the lamp once more, as every keeper before had told it to."
    paragraphs = layout.paragraphs("\n\n".join([TITLES["en"], told, *BODIES["en"][1:]]))
    assert from_text(paragraphs, furniture.find(paragraphs), ()).published is None


def test_the_kind_of_text_is_no_part_of_its_authors_name() -> None:
    (fact,) = facts.read("Opinion. Ola Berg, columnist")
    assert (fact.kind, fact.value) == ("author", "Ola Berg")


def test_a_row_of_buttons_is_no_headline() -> None:
    raw = (
        "12 posts | Sort by: oldest | 3 guests are reading\n\nI lost my umbrella on the ferry. It was green, and old.\n"
    )
    paragraphs = layout.paragraphs(raw)
    assert from_text(paragraphs, furniture.find(paragraphs), ()).title is None


def test_a_page_is_dated_in_chinese_numerals_whatever_the_digits() -> None:
    stamp = first_date("二〇一九年三月四日")
    assert stamp is not None
    assert stamp.iso == "2019-03-04"
