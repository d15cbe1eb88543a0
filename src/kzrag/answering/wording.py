"""The words that kzrag itself writes, in the five tags it answers in; everything else in an answer is a quote.

Kept as data so that a native reader can review them as text. `{…}` are filled by `say`.
"""

from __future__ import annotations

import math
import re
from functools import cache

from kzrag.records import ARTICLE, Document
from kzrag.text.ages import AGE
from kzrag.text.language import primary
from kzrag.text.quantities import Quantity

LANGUAGES = ("en", "zh-Hant", "zh-Hans", "ru", "kk")

_WORDS: dict[str, dict[str, str]] = {
    # -- who says so -------------------------------------------------------------------------------------------
    "article": {
        "en": "an article",
        "zh-Hant": "一篇文章",
        "zh-Hans": "一篇文章",
        "ru": "статья",
        "kk": "мақала",
    },
    "article_publisher": {
        "en": "an article on {publisher}",
        "zh-Hant": "{publisher} 的文章",
        "zh-Hans": "{publisher} 的文章",
        "ru": "статья на {publisher}",
        "kk": "{publisher} сайтындағы мақала",
    },
    "article_author": {
        "en": "an article by {author}",
        "zh-Hant": "{author} 的文章",
        "zh-Hans": "{author} 的文章",
        "ru": "статья (автор: {author})",
        "kk": "мақала (авторы: {author})",
    },
    "article_publisher_author": {
        "en": "an article on {publisher} by {author}",
        "zh-Hant": "{publisher} 刊出的 {author} 文章",
        "zh-Hans": "{publisher} 刊出的 {author} 文章",
        "ru": "статья на {publisher} (автор: {author})",
        "kk": "{publisher} сайтындағы мақала (авторы: {author})",
    },
    "comment": {
        "en": "{voice}, commenting as a reader on {article}",
        "zh-Hant": "讀者 {voice} 在{article}下的評論",
        "zh-Hans": "读者 {voice} 在{article}下的评论",
        "ru": "читатель {voice} в комментарии под публикацией ({article})",
        "kk": "оқырман {voice}, пікірінде ({article})",
    },
    "dated": {
        "en": "{source} ({date})",
        "zh-Hant": "{source}（{date}）",
        "zh-Hans": "{source}（{date}）",
        "ru": "{source} ({date})",
        "kk": "{source} ({date})",
    },
    "undated": {
        "en": "undated",
        "zh-Hant": "日期待考",
        "zh-Hans": "日期待考",
        "ru": "дата неизвестна",
        "kk": "күні белгісіз",
    },
    "inferred": {
        "en": "{date}, inferred",
        "zh-Hant": "{date}，據內容推定",
        "zh-Hans": "{date}，据内容推定",
        "ru": "{date}, по содержанию",
        "kk": "{date}, мазмұны бойынша",
    },
    # -- leads -------------------------------------------------------------------------------------------------
    "says": {
        "en": "According to {source}: {quote}",
        "zh-Hant": "據{source}：{quote}",
        "zh-Hans": "据{source}：{quote}",
        "ru": "Источник — {source}: {quote}",
        "kk": "Дереккөз — {source}: {quote}",
    },
    "says_foreign": {
        "en": "According to {source}, in {tongue}: {quote}",
        "zh-Hant": "據{source}（{tongue}原文）：{quote}",
        "zh-Hans": "据{source}（{tongue}原文）：{quote}",
        "ru": "Источник — {source}, {tongue}: {quote}",
        "kk": "Дереккөз — {source}, {tongue}: {quote}",
    },
    "quoting": {
        "en": "{speaker}, in {source}",
        "zh-Hant": "{source}中 {speaker} 的話",
        "zh-Hans": "{source}中 {speaker} 的话",
        "ru": "{source}, слова — {speaker}",
        "kk": "{source}, сөйлеген — {speaker}",
    },
    "also_quoting": {
        "en": "It adds, in the words of {speaker}: {quote}",
        "zh-Hant": "文中 {speaker} 又說：{quote}",
        "zh-Hans": "文中 {speaker} 又说：{quote}",
        "ru": "Там же, слова — {speaker}: {quote}",
        "kk": "Сонда, сөйлеген — {speaker}: {quote}",
    },
    "also": {
        "en": "It adds: {quote}",
        "zh-Hant": "文中又說：{quote}",
        "zh-Hans": "文中又说：{quote}",
        "ru": "Там же: {quote}",
        "kk": "Сонда: {quote}",
    },
    "differ": {
        "en": "The sources differ.",
        "zh-Hant": "各來源說法不一。",
        "zh-Hans": "各来源说法不一。",
        "ru": "Источники расходятся.",
        "kk": "Дереккөздер әртүрлі айтады.",
    },
    "several": {
        "en": "The corpus has more than one voice on this.",
        "zh-Hant": "語料中對此不止一種聲音。",
        "zh-Hans": "语料中对此不止一种声音。",
        "ru": "В корпусе об этом говорит не один голос.",
        "kk": "Корпуста бұл туралы бірнеше үн бар.",
    },
    "unsure": {
        "en": "The sources may not answer this directly. The nearest they come:",
        "zh-Hant": "資料未必直接回答這個問題，最接近的說法是：",
        "zh-Hans": "资料未必直接回答这个问题，最接近的说法是：",
        "ru": "Прямого ответа в источниках, возможно, нет. Ближе всего к вопросу вот что:",
        "kk": "Дереккөздерде тікелей жауап болмауы мүмкін. Сұраққа ең жақыны мынау:",
    },
    "holds": {
        "en": "Documents in the corpus: {count}.",
        "zh-Hant": "語料中的文件：{count} 篇。",
        "zh-Hans": "语料中的文件：{count} 篇。",
        "ru": "Документов в корпусе: {count}.",
        "kk": "Корпустағы құжаттар саны: {count}.",
    },
    "premise": {
        "en": "The corpus does not say so; it says otherwise.",
        "zh-Hant": "語料並非如此說，說法恰好不同。",
        "zh-Hans": "语料并非如此说，说法恰好不同。",
        "ru": "В корпусе сказано не это, а другое.",
        "kk": "Корпуста бұлай емес, басқаша айтылған.",
    },
    "year_meant": {
        "en": "(“{words}” is {year}, the year of the article.)",
        "zh-Hant": "（「{words}」指文章所屬的 {year} 年。）",
        "zh-Hans": "（“{words}”指文章所属的 {year} 年。）",
        "ru": "(«{words}» — {year} год, год статьи.)",
        "kk": "(«{words}» — мақала жылы, {year} жыл.)",
    },
    "answer_dated": {
        "en": "{answer} ({date})",
        "zh-Hant": "{answer}（{date}）",
        "zh-Hans": "{answer}（{date}）",
        "ru": "{answer} ({date})",
        "kk": "{answer} ({date})",
    },
    "answer_by": {
        "en": "{answer} (by {date})",
        "zh-Hant": "{answer}（到{date}）",
        "zh-Hans": "{answer}（到{date}）",
        "ru": "{answer} (к {date})",
        "kk": "{answer} ({date} дейін)",
    },
    # -- refusals ----------------------------------------------------------------------------------------------
    "not_in_corpus": {
        "en": "The corpus doesn't tell.",
        "zh-Hant": "語料沒有提到這一點。",
        "zh-Hans": "语料没有提到这一点。",
        "ru": "В корпусе об этом не сказано.",
        "kk": "Корпуста бұл туралы айтылмаған.",
    },
    "off_topic": {
        "en": "That is outside this corpus; the corpus doesn't tell.",
        "zh-Hant": "這超出了語料的範圍，語料沒有提到。",
        "zh-Hans": "这超出了语料的范围，语料没有提到。",
        "ru": "Это за пределами корпуса: в нём об этом не сказано.",
        "kk": "Бұл корпус аясынан тыс: онда бұл туралы айтылмаған.",
    },
    "newer": {
        "en": "That is newer than the corpus, which ends in {year}; the corpus doesn't tell.",
        "zh-Hant": "語料只到 {year} 年，沒有提到更晚的事。",
        "zh-Hans": "语料只到 {year} 年，没有提到更晚的事。",
        "ru": "Корпус кончается {year} годом и о более позднем не говорит.",
        "kk": "Корпус {year} жылмен аяқталады, одан кейінгісі туралы айтылмаған.",
    },
    "false_premise": {
        "en": "The question takes something for granted that the corpus doesn't say.",
        "zh-Hant": "問題的前提在語料中找不到依據。",
        "zh-Hans": "问题的前提在语料中找不到依据。",
        "ru": "Вопрос исходит из того, чего в корпусе нет.",
        "kk": "Сұрақтың алғышарты корпуста жоқ.",
    },
    "empty_question": {
        "en": "Please ask a question.",
        "zh-Hant": "請提出一個問題。",
        "zh-Hans": "请提出一个问题。",
        "ru": "Пожалуйста, задайте вопрос.",
        "kk": "Сұрақ қойыңыз.",
    },
    "unclear": {
        "en": "I can't tell what the question refers to; please name it.",
        "zh-Hant": "我看不出問題指的是什麼，請說明白。",
        "zh-Hans": "我看不出问题指的是什么，请说明白。",
        "ru": "Непонятно, о чём вопрос; назовите, пожалуйста, предмет.",
        "kk": "Сұрақ не туралы екені түсініксіз; атап айтыңыз.",
    },
    "offer": {
        "en": "The nearest thing it does speak of: {topic}.",
        "zh-Hant": "語料中最接近的內容：{topic}。",
        "zh-Hans": "语料中最接近的内容：{topic}。",
        "ru": "Ближайшее, о чём в нём говорится: {topic}.",
        "kk": "Онда айтылған ең жақын нәрсе: {topic}.",
    },
    # -- notes -------------------------------------------------------------------------------------------------
    "understood": {
        "en": "understood as: {question}",
        "zh-Hant": "理解為：{question}",
        "zh-Hans": "理解为：{question}",
        "ru": "понято как: {question}",
        "kk": "түсінілгені: {question}",
    },
    "fell_back": {
        "en": "The language model's answer was not used ({why}); these are the sources' own words.",
        "zh-Hant": "未採用語言模型的回答（{why}）；以下為來源原文。",
        "zh-Hans": "未采用语言模型的回答（{why}）；以下为来源原文。",
        "ru": "Ответ языковой модели не использован ({why}); приведены слова самих источников.",
        "kk": "Тілдік модельдің жауабы қолданылмады ({why}); дереккөздердің өз сөздері берілді.",
    },
    "translated": {
        "en": "Words given in English for a source in another language are kzrag's translation by {model}.",
        "zh-Hant": "他文來源的中文為 kzrag 借助 {model} 的翻譯。",
        "zh-Hans": "他文来源的中文为 kzrag 借助 {model} 的翻译。",
        "ru": "Слова источников на других языках приведены в переводе kzrag с помощью {model}.",
        "kk": "Басқа тілдегі дереккөздердің сөздері kzrag аудармасымен берілді ({model}).",
    },
    "why_slow": {
        "en": "it was too slow",
        "zh-Hant": "太慢",
        "zh-Hans": "太慢",
        "ru": "слишком медленно",
        "kk": "тым баяу",
    },
    "why_unreachable": {
        "en": "it can't be reached",
        "zh-Hant": "無法連線",
        "zh-Hans": "无法连接",
        "ru": "модель недоступна",
        "kk": "модельге қосылу мүмкін емес",
    },
    "why_rate_limited": {
        "en": "its provider limits the rate",
        "zh-Hant": "供應方限制頻率",
        "zh-Hans": "供应方限制频率",
        "ru": "поставщик ограничил частоту запросов",
        "kk": "сұраулар жиілігі шектелген",
    },
    "why_unsupported": {
        "en": "the sources don't support it",
        "zh-Hant": "來源不支持其內容",
        "zh-Hans": "来源不支持其内容",
        "ru": "источники его не подтверждают",
        "kk": "дереккөздер оны растамайды",
    },
    "why_wrong_language": {
        "en": "it was in another language",
        "zh-Hant": "語言不符",
        "zh-Hans": "语言不符",
        "ru": "ответ на другом языке",
        "kk": "басқа тілде жазылған",
    },
    "why_refused": {
        "en": "it declined although the sources answer",
        "zh-Hant": "來源有答案而模型拒答",
        "zh-Hans": "来源有答案而模型拒答",
        "ru": "модель отказалась, хотя источники отвечают",
        "kk": "дереккөздерде жауап бар, бірақ модель бас тартты",
    },
    "why_unusable": {
        "en": "it was unusable",
        "zh-Hant": "內容無法使用",
        "zh-Hans": "内容无法使用",
        "ru": "ответ непригоден",
        "kk": "жауап жарамсыз",
    },
    "why_stopped": {
        "en": "it was stopped",
        "zh-Hant": "已停止",
        "zh-Hans": "已停止",
        "ru": "остановлено",
        "kk": "тоқтатылды",
    },
    "removed": {
        "en": "{count} unsupported sentence(s) of the language model were left out.",
        "zh-Hant": "語言模型有 {count} 句缺乏依據，已刪去。",
        "zh-Hans": "语言模型有 {count} 句缺乏依据，已删去。",
        "ru": "Предложений языковой модели без опоры на источники удалено: {count}.",
        "kk": "Тілдік модельдің дәлелсіз сөйлемдері алынып тасталды: {count}.",
    },
}

# How the language of a quote is named in the reader's language.
_TONGUES = {
    "en": {"en": "English", "zh": "Chinese", "ru": "Russian", "kk": "Kazakh"},
    "zh-Hant": {"en": "英文", "zh": "中文", "ru": "俄文", "kk": "哈薩克文"},
    "zh-Hans": {"en": "英文", "zh": "中文", "ru": "俄文", "kk": "哈萨克文"},
    "ru": {"en": "на английском", "zh": "на китайском", "ru": "на русском", "kk": "на казахском"},
    "kk": {"en": "ағылшынша", "zh": "қытайша", "ru": "орысша", "kk": "қазақша"},
}

_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "ru_alone": [
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ],
    "kk": [
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ],
}

_QUOTES = {"en": ("“", "”"), "zh-Hant": ("「", "」"), "zh-Hans": ("“", "”"), "ru": ("«", "»"), "kk": ("«", "»")}

# Units in the reader's words, for restating a figure: singular-or-few forms are avoided by abbreviations in ru and kk.
_UNITS = {
    "ton": {"en": "ton|tons", "zh-Hant": "噸", "zh-Hans": "吨", "ru": "тонна|тонны|тонн", "kk": "тонна"},
    "barrel": {
        "en": "barrel|barrels",
        "zh-Hant": "桶",
        "zh-Hans": "桶",
        "ru": "баррель|барреля|баррелей",
        "kk": "баррель",
    },
    "USD": {"en": "US dollar|US dollars", "zh-Hant": "美元", "zh-Hans": "美元", "ru": "долл. США", "kk": "АҚШ доллары"},
    "m3": {"en": "cubic metre|cubic metres", "zh-Hant": "立方米", "zh-Hans": "立方米", "ru": "м³", "kk": "м³"},
    "km": {"en": "km", "zh-Hant": "公里", "zh-Hans": "公里", "ru": "км", "kk": "км"},
    "percent": {"en": "%", "zh-Hant": "%", "zh-Hans": "%", "ru": " %", "kk": " %"},
    "kWh": {"en": "kWh", "zh-Hant": "千瓦時", "zh-Hans": "千瓦时", "ru": "кВт·ч", "kk": "кВт·сағ"},
    "MW": {"en": "MW", "zh-Hant": "兆瓦", "zh-Hans": "兆瓦", "ru": "МВт", "kk": "МВт"},
    "ha": {"en": "hectare|hectares", "zh-Hant": "公頃", "zh-Hans": "公顷", "ru": "га", "kk": "га"},
    "m": {"en": "metre|metres", "zh-Hant": "公尺", "zh-Hans": "米", "ru": "м", "kk": "м"},
    "EUR": {"en": "euro|euros", "zh-Hant": "歐元", "zh-Hans": "欧元", "ru": "евро", "kk": "еуро"},
    "CNY": {"en": "yuan", "zh-Hant": "元人民幣", "zh-Hans": "元人民币", "ru": "юань|юаня|юаней", "kk": "юань"},
    "RUB": {"en": "rouble|roubles", "zh-Hant": "盧布", "zh-Hans": "卢布", "ru": "руб.", "kk": "рубль"},
    "person": {"en": "person|people", "zh-Hant": "人", "zh-Hans": "人", "ru": "чел.", "kk": "адам"},
    "minute": {"en": "minute|minutes", "zh-Hant": "分鐘", "zh-Hans": "分钟", "ru": "мин.", "kk": "минут"},
    "hour": {"en": "hour|hours", "zh-Hant": "小時", "zh-Hans": "小时", "ru": "ч", "kk": "сағат"},
    "week": {"en": "week|weeks", "zh-Hant": "週", "zh-Hans": "周", "ru": "нед.", "kk": "апта"},
    "month": {"en": "month|months", "zh-Hant": "個月", "zh-Hans": "个月", "ru": "мес.", "kk": "ай"},
    "day": {"en": "day|days", "zh-Hant": "天", "zh-Hans": "天", "ru": "дн.", "kk": "күн"},
    "year": {"en": "year|years", "zh-Hant": "年", "zh-Hans": "年", "ru": "год|года|лет", "kk": "жыл"},
    AGE: {"en": "year|years", "zh-Hant": "歲", "zh-Hans": "岁", "ru": "год|года|лет", "kk": "жас"},
}
"""For one, for a few and for many where a language tells them apart, as Russian does, or for one and for more."""
_SCALES = {
    "en": ((1e12, "trillion "), (1e9, "billion "), (1e6, "million ")),
    "zh-Hant": ((1e12, "萬億"), (1e8, "億"), (1e4, "萬")),
    "zh-Hans": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
    "ru": ((1e12, "трлн "), (1e9, "млрд "), (1e6, "млн ")),
    "kk": ((1e12, "трлн "), (1e9, "млрд "), (1e6, "млн ")),
}


def own_tag(language: str) -> str:
    """The tag in which kzrag writes to a reader of `language`: itself where it has words for it, else English."""
    return language if language in LANGUAGES else "en"


def say(key: str, language: str, **values: object) -> str:
    """A phrase of kzrag's own in `language`; `KeyError` for a key that doesn't exist."""
    return _WORDS[key][own_tag(language)].format(**values)


def reason_in_words(failure: str, language: str) -> str:
    """Why a model's answer was not used, for a reader; codes that only a maintainer tells apart share one phrase."""
    key = f"why_{failure.replace(' ', '_')}"
    return say(key if key in _WORDS else "why_unusable", language)


@cache
def own_phrases(language: str) -> tuple[str, ...]:
    """Every phrase of a language, unfilled: what tests and reviewers read."""
    return tuple(forms[own_tag(language)] for forms in _WORDS.values())


_FRAMING = (
    "article", "article_publisher", "article_author", "article_publisher_author", "comment", "dated", "undated",
    "inferred", "says", "says_foreign", "quoting", "also_quoting", "also",
)  # fmt: skip


@cache
def framing() -> tuple[str, ...]:
    """Everything that may stand round a quotation to say whose words it is and from when, names and days left out."""
    phrases = [re.sub(r"\{\w+\}", " ", form) for key in _FRAMING for form in _WORDS[key].values()]
    tongues = [name for names in _TONGUES.values() for name in names.values()]
    days = [
        date_in_words(f"2000-{month:02}{day}", tag)
        for tag in LANGUAGES
        for month in range(1, 13)
        for day in ("", "-01")
    ]
    return (*phrases, *tongues, *days)


def tongue(of: str, language: str) -> str:
    """How `of`, a language tag, is named in `language`; the tag itself where it has no name here."""
    return _TONGUES[own_tag(language)].get(primary(of), of)


def quoted(words: str, language: str) -> str:
    """`words` in the quotation marks of `language`, on one line."""
    opening, closing = _QUOTES[own_tag(language)]
    return f"{opening}{' '.join(words.split())}{closing}"


def date_in_words(iso: str, language: str) -> str:
    """`2022-12-02`, `2022-12` or `2022` as a reader of `language` writes it."""
    tag = own_tag(language)
    year, *rest = iso.split("-")
    month, day = (int(rest[0]) if rest else 0), (int(rest[1]) if len(rest) > 1 else 0)
    if not month or not 1 <= month <= 12:
        return {"zh-Hant": f"{year}年", "zh-Hans": f"{year}年", "ru": f"{year} г.", "kk": f"{year} ж."}.get(tag, year)
    if tag.startswith("zh"):
        return f"{year}年{month}月" + (f"{day}日" if day else "")
    if tag == "ru":
        name = _MONTHS["ru" if day else "ru_alone"][month - 1]
        return f"{day} {name} {year} г." if day else f"{name} {year} г."
    if tag == "kk":
        return f"{year} ж. " + (f"{day} " if day else "") + _MONTHS["kk"][month - 1]
    return (f"{day} " if day else "") + f"{_MONTHS['en'][month - 1]} {year}"


def source_in_words(document: Document, voice: str, voice_date: str | None, language: str) -> str:
    """Who says so and when: "an article on Oilprice.com by The Jamestown Foundation (2 December 2022)"."""
    if document.publisher and document.author and document.author != document.publisher:
        source = say("article_publisher_author", language, publisher=document.publisher, author=document.author)
    elif document.publisher:
        source = say("article_publisher", language, publisher=document.publisher)
    elif document.author:
        source = say("article_author", language, author=document.author)
    else:
        source = say("article", language) + f" ({document.title or document.id})"
    date = voice_date or document.published
    if voice != ARTICLE:
        source = say("comment", language, voice=voice, article=source)
    if date is None:
        when = say("undated", language)
    else:
        when = date_in_words(date, language)
        if document.published_note and not voice_date:
            when = say("inferred", language, date=when)
    return say("dated", language, source=source, date=when)


_THIRDS = {
    1: {"en": "one third", "zh-Hant": "三分之一", "zh-Hans": "三分之一", "ru": "одна треть", "kk": "үштен бір"},
    2: {"en": "two thirds", "zh-Hant": "三分之二", "zh-Hans": "三分之二", "ru": "две трети", "kk": "үштен екі"},
}
"""Percentages that no decimal fraction tells exactly."""


_HEDGES = {
    "about": {"en": "about ", "zh-Hant": "約", "zh-Hans": "约", "ru": "около ", "kk": "шамамен "},
    "over": {"en": "at least ", "zh-Hant": "至少", "zh-Hans": "至少", "ru": "не менее ", "kk": "кемінде "},
    "under": {"en": "up to ", "zh-Hant": "至多", "zh-Hans": "至多", "ru": "не более ", "kk": "ең көбі "},
}


def hedged(words: str, quantity: Quantity, language: str) -> str:
    """A figure in words as sure as its source is of it: "at least 40,000" where that says "more than 40,000"."""
    return words if quantity.approx is None else _HEDGES[quantity.approx][own_tag(language)] + words


def figure_in_words(quantity: Quantity, language: str) -> str | None:
    """A figure restated for a reader of `language`, or `None` where its unit has no word here: 2,800萬噸."""
    tag = own_tag(language)
    if quantity.unit == "percent" and round(quantity.value, 2) != quantity.value:
        thirds = quantity.value * 3 / 100
        return _THIRDS.get(round(thirds), {}).get(tag) if math.isclose(thirds, round(thirds)) else None
    unit = _UNITS.get(quantity.unit or "", {}).get(tag)
    if unit is None:
        return None
    value, scale = quantity.value, ""
    for size, word in _SCALES[tag]:
        # Percentages and small counts are written out; 278,400 reads better than 0.28 million outside Chinese.
        if value >= size and quantity.unit != "percent":
            value, scale = value / size, word
            break
    number = f"{value:,.4f}".rstrip("0").rstrip(".")
    if tag in ("ru", "kk"):
        number = number.replace(",", "\u00a0").replace(".", ",")
    joiner = "" if tag.startswith("zh") or quantity.unit == "percent" else " "
    return f"{number}{joiner}{scale}{_form(unit, None if scale else value)}"


def _form(unit: str, value: float | None) -> str:
    """The form of a unit's name beside a number; `None` is one told in thousands or more."""
    forms = unit.split("|")
    if len(forms) == 1 or value is None:
        return forms[-1]
    if len(forms) == 2:
        return forms[0] if value == 1 else forms[1]
    ends, teens = value % 10, 11 <= value % 100 <= 14
    if value != int(value):
        return forms[1]
    return forms[0] if ends == 1 and not teens else forms[1] if 2 <= ends <= 4 and not teens else forms[2]
