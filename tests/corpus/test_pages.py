"""Heads and tails of pages of many styles, in four languages: what they say of the page is known, and none is text."""

from __future__ import annotations

import pytest

from kzrag.corpus import furniture, layout, voices
from kzrag.corpus.provenance import from_text

BODY = {
    "en": (
        "Bakers of Ostwick have gone back to the old oven on Mill Lane, and the queue begins at five in the morning.",
        "The oven was built in 1811 and stood cold for sixty years, until somebody found money for its chimney.",
        '"We bake two hundred loaves and could sell four hundred," said the chairwoman, Edda Norling.',
        "A second oven may be lit in spring if another baker is found who likes to rise at two.",
    ),
    "ru": (
        "Пекари Оствика вернулись к старой печи на Мельничной улице, и очередь выстраивается к пяти утра.",
        "Печь сложили в 1811 году, и шестьдесят лет она стояла холодной, пока не нашлись деньги на трубу.",
        "«Мы печём двести буханок, а продать могли бы четыреста», — сказала председатель артели Эдда Норлинг.",
        "Весной могут затопить вторую печь, если найдётся ещё один пекарь, который любит вставать в два.",
    ),
    "zh": (
        "奥斯特威克的面包师们回到了磨坊巷的老烤炉旁，清晨五点就有人排队。",
        "这座烤炉建于1811年，冷了六十年，直到合作社筹到了修烟囱的钱。",
        "“我们每天烤两百个面包，卖四百个也没问题，”合作社主席埃达·诺林说。",
        "如果合作社再找到一位愿意凌晨两点起床的面包师，第二座烤炉春天就会点火。",
    ),
    "kk": (
        "Оствик наубайшылары Диірмен көшесіндегі ескі пешке қайта оралды, кезек таңғы бесте басталады.",
        "Пеш 1811 жылы салынған, артель мұржаға ақша тапқанша алпыс жыл бойы суық тұрды.",
        "«Біз екі жүз бөлке пісіреміз, төрт жүзін сатар едік», – деді артель төрайымы Эдда Норлинг.",
        "Тағы бір наубайшы табылса, көктемде екінші пеш те жағылуы мүмкін.",
    ),
}
Known = tuple[str | None, str | None, str | None]

PAGES: list[tuple[str, str, str, str, Known]] = [
    (
        "en",
        "OSTWICK LANTERN – small light on a small town\nHome | Council | Bread | Letters\n",
        "Old oven of Ostwick bakes again\nby Tilda Marsh",
        "Photo of the oven: by the author.\nNext issue: who owns the mill pond?\nFollow us on Facebook and Instagram.",
        ("Ostwick Lantern", "Tilda Marsh", None),
    ),
    (
        "en",
        "OIBR – OSTWICK INSTITUTE FOR BREAD RESEARCH\nAbout us | Projects | People | News | Contact\n3 March 2022\n",
        "Old oven in use again: report on the first month",
        "Press contact: Ulf Arden, ulf@oibr.example, weekdays 9 to 12.\nAccessibility. Imprint. Privacy policy.",
        ("Ostwick Institute for Bread Research", None, "2022-03-03"),
    ),
    (
        "en",
        "Ostwick Mail\nSign in – Latest – Council – Food – Sport – Weather\n",
        "Old oven of Ostwick bakes again\nBy Tilda Marsh and Odd Brennan, Ostwick\nMarch 3, 2022 – 4 min read",
        "Newsletter: the best of the Mail in your inbox every Friday. Sign up here.\n© 2022 Ostwick Mail Ltd, Harrowby.",
        ("Ostwick Mail", "Tilda Marsh and Odd Brennan", "2022-03-03"),
    ),
    (
        "en",
        "Skip to content\nThe Ostwick Reporter\nHome\nCouncil\nFood\nSport\n",
        '"It smells of my childhood. I cried": Ostwick lights its old oven\nTILDA MARSH\n3 March 2022\nShare',
        "More from Food\nHow to keep sourdough alive\nSeven soups for a wet week\nCopyright Ostwick Reporter 2022",
        ("Ostwick Reporter", "Tilda Marsh", "2022-03-03"),
    ),
    (
        "en",
        "Bread Letters\nSubscribe\nSign in\n",
        "Why does Ostwick bake in an oven of 1811?\nTilda Marsh\nStaff reporter\nMar 3, 2022",
        "Was this page useful?\nGot a tip? Write to tips@bread.example.\nCompany number 123 456",
        ("Bread Letters", "Tilda Marsh", "2022-03-03"),
    ),
    (
        "en",
        "OSTWICK TODAY\nPolitics Business Opinion Culture Sport\nOPINION\n",
        "Smoke is what a living town smells of\nTilda Marsh\nColumnist\n\nLast updated: 3 March 2022",
        "Letters to the editor: letters@ostwick.example\nDonate today",
        ("Ostwick Today", "Tilda Marsh", "2022-03-03"),
    ),
    (
        "ru",
        "Журнал «Мякиш»\nНовости Хлеб Общество Культура Спорт\n",
        "Эдда НОРЛИНГ: «Тесто — это терпение»\nТекст: Тильда Марш",
        "Полную версию читайте в журнале.\nПонравилось? Расскажите друзьям.",
        ("Мякиш", "Тильда Марш", None),
    ),
    (
        "ru",
        "ЛАМПА – газета Оствика\nНовости | Совет | Хлеб | Письма\nЗавтра на рынке праздник! Приходите с детьми.\n",
        "Эдда Норлинг: «Мы встаём в два часа ночи. И нам это нравится!»\nБеседовала Тильда Марш\n3 марта 2022 г.",
        "На фото: печь на Мельничной улице.\nВ следующем номере: чей это пруд.\nГазета «Лампа». Ссылка обязательна. 16+",
        ("Лампа", "Тильда Марш", "2022-03-03"),
    ),
    (
        "ru",
        "НИИ хлеба — Научный институт хлеба Оствика\nГлавная — Об институте — Проекты — Новости — Контакты\n",
        "Старая печь снова в деле: отчёт за первый месяц\nОпубликовано 3 марта 2022 г.",
        "Контакты для прессы: Ульф Арден, телефон 0123 456.\nСледите за нами в Телеграме.\n© НИИ хлеба, 2022",
        ("НИИ хлеба", None, "2022-03-03"),
    ),
    (
        "ru",
        "Оствикский листок | Происшествия\n",
        "Старая печь снова печёт. Соседи терпят дым\nАвтор: Тильда Марш, Оствик\n3 марта 2022, 10:15",
        "Теги: хлеб, печь\nНашли ошибку? Выделите её и нажмите Ctrl+Enter.\nГлавный редактор: У. Арден. Телефон: 12-34. 18+",
        ("Оствикский листок", "Тильда Марш", "2022-03-03"),
    ),
    (
        "zh",
        "《奥斯特威克晚报》——为小镇点灯\n首页 | 要闻 | 美食 | 读者来信\n",
        "老烤炉重新点火：“我们凌晨两点起床。我们乐意”\n本报记者 林晓月 摄影报道\n2022年3月3日",
        "图为磨坊巷的烤炉。林晓月摄\n下期预告：磨坊池塘归谁所有\n新闻热线：0123-456\n更多精彩内容，请关注本报微信公众号。",
        ("奥斯特威克晚报", "林晓月", "2022-03-03"),
    ),
    (
        "zh",
        "面包所 — 奥斯特威克面包研究所\n首页 — 研究 — 新闻 — 联系我们\n",
        "老烤炉回来了　1811年建成　主席：卖四百个也没问题\n发布时间：2022-03-03　阅读 120　收藏",
        "媒体联系：乌尔夫·阿登，电话 0123-456\n关注我们：微信 微博\n无障碍声明 隐私政策",
        ("奥斯特威克面包研究所", None, "2022-03-03"),
    ),
    (
        "zh",
        "",
        "老烤炉回来了\n2022-03-03　来源：奥斯特威克晚报　阅读 120　收藏",
        "喜欢这篇文章吗？歡迎訂閱電子報，每週五寄到您的信箱。",
        ("奥斯特威克晚报", None, "2022-03-03"),
    ),
    (
        "kk",
        "ШАМ – Оствик қалалық газеті\nБасты бет | Жаңалықтар | Нан | Хаттар\nАрнамызға жазылыңыз, бірінші болып біліңіз!\n",
        "Эдда Норлинг: «Біз түнгі екіде тұрамыз. Бізге ұнайды»\nСұхбаттасқан Тілда Марш\n2022 жылғы 3 наурыз",
        "Суретте: Диірмен көшесіндегі пеш.\nКелесі санда: тоған кімдікі?\n«Шам» газеті. Сілтеме міндетті. 12+",
        ("Шам", "Тілда Марш", "2022-03-03"),
    ),
    (
        "kk",
        "Оствик нан институты\nБасты бет – Институт туралы – Жобалар – Байланыс\n",
        "Ескі пеш қайта жағылды ма?\nАвтор: Тілда Марш, Оствик\n2022 жылғы 3 наурыз",
        "Баспасөз қызметі: Ульф Арден.\nБізді желілерден іздеңіз: Facebook.\n© Оствик нан институты, 2022.",
        ("Оствик нан институты", "Тілда Марш", "2022-03-03"),
    ),
]


@pytest.mark.parametrize(("language", "head", "headline", "tail", "known"), PAGES)
def test_a_page_is_told_from_its_article(language: str, head: str, headline: str, tail: str, known: Known) -> None:
    paragraphs = layout.paragraphs("\n".join([head, headline, "", "\n\n".join(BODY[language]), "", tail]))
    verdict = furniture.find(paragraphs, voices.find(paragraphs))
    found = from_text(paragraphs, verdict, [])
    title = headline.split("\n", maxsplit=1)[0]
    assert found.title == " ".join(title.split())
    assert (found.publisher, found.author, found.published) == known
    assert [p.text for n, p in enumerate(paragraphs) if n not in verdict.why] == [title, *BODY[language]]


@pytest.mark.parametrize(
    "text",
    [
        ("The swan of Hollins Park – a return", "Share | Save | Print", "How it began", *BODY["en"]),
        ("Follow the swan", "Follow us down the path, and you will hear them.", *BODY["en"]),
        (*BODY["en"], "Next week: that is what he always says about the pond.", "She ate the peas. Then she went."),
        ("Горсовет – о печи и хлебе", "Читайте письмо внимательно, просит совет.", *BODY["ru"]),
        ("天鵝回來了　鐵環編號4417　退休博士：沒想到再見到她", *BODY["zh"]),
    ],
)
def test_what_the_author_wrote_stays(text: tuple[str, ...]) -> None:
    paragraphs = layout.paragraphs("\n\n".join(text))
    left_out = {paragraphs[number].text for number in furniture.find(paragraphs).why}
    assert left_out <= {"Share | Save | Print"}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Разговор с пекарем вела Тильда Марш. Печь тем временем остывала.", "Тильда Марш"),
        ("Interview conducted by Tilda Marsh.", "Tilda Marsh"),
        ("She rises at two. The questions were asked by Tilda Marsh.", "Tilda Marsh"),
        ("采访：林晓月", "林晓月"),
        ("Сұхбатты жүргізген Тілда Марш.", "Тілда Марш"),
        ("Разговор с пекарем вёл к ссоре.", None),
        ("She was interviewed by three papers.", None),
    ],
)
def test_who_led_an_interview(sentence: str, name: str | None) -> None:
    paragraphs = layout.paragraphs("\n\n".join(["Old oven bakes again", sentence, *BODY["en"]]))
    assert from_text(paragraphs, furniture.find(paragraphs), []).author == name
