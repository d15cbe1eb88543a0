"""Which script and language a text is written in, and the one folding under which spellings are compared.

Rules instead of a model: four languages in three scripts, questions of three words, names of one language in the
sentences of another. What counts is what a name can't be: function words, lower-case words, letters of one alphabet.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Script = Literal["latin", "cyrillic", "han", "other"]

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""Han characters, as the inside of a regular expression's class."""

_any_han = re.compile(f"[{HAN}]").search
_CHINESE_CUE = re.compile("[的是了嗎吗呢誰谁哪何幾几]|什麼|什么|多少|怎|為何|为何")

_LONGEST_MEMO = 4_000
"""Characters: sentences and questions come again and again, whole documents do not."""

_is_han = re.compile(f"[{HAN}]").match
_RUN = re.compile(
    f"(?P<han>[{HAN}]+)|(?P<latin>[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)?)|(?P<cyrillic>[\u0400-\u052f]+)"
    "|(?P<kana>[\u3040-\u30ff]+)|(?P<hangul>[\uac00-\ud7af\u1100-\u11ff]+)|(?P<other>[^\\W\\d_])"
)


def word_set(words: str) -> frozenset[str]:
    """A set of words written as running text: lists of words read best that way."""
    return frozenset(words.split())


_ENGLISH_CUES = word_set(
    """
    a an the is are was were do does did has have had will would can could should may might what who whom whose when
    where which why how many much of in on at to for from by with about and or not no this that it its than as if be
    been there name list tell say says said
    """
)
_RUSSIAN_CUES = word_set(
    """
    в во на с со к ко о об от до за из у по под над при для без и а но или не ни что кто кого кому кем где когда
    куда откуда как какой какая какое какие каких какого какую каком сколько почему зачем чей чья чьи это этот эта
    эти тот та те он она они его её ее их был была было были быть есть будет ли же бы год году года лет который
    которая которые чем все также между после назови назовите расскажи
    """
)
_KAZAKH_CUES = word_set(
    """
    мен бен пен және немесе бірақ кім кімнің кімге қай қайда қайдан қашан қалай қандай қанша неше неге не ма ме ба
    бе па пе бар жоқ емес үшін туралы бойынша дейін кейін бұл сол ол олар оның болды болады болып еді екен жылы
    жылдың деп деді мына осы барлық бір екі арқылы сияқты астам жылға
    """
)
KAZAKH_LETTERS = frozenset("әіңғүұқөһ")
"""Letters that Kazakh has and Russian has not."""
_RUSSIAN_ENDING = re.compile(
    r"(?:ть|ться|тся|ого|его|ому|ему|ыми|ими|ами|ями|ах|ях|ый|ий|ой|ая|яя|ое|ые|ие|ует|ают|ил|ила|или|ал|ала|али|ов|ев"
    r"|ция|ции|щий|щие|ет|ит|ешь|ишь)$"
)
_OTHER_CYRILLIC = (("uk", frozenset("їєґ")), ("be", frozenset("ў")))


@lru_cache(maxsize=8)
def _table(name: str) -> dict[int, str]:
    """Character tables for `str.translate`, each of them one to one, so that offsets hold."""
    if name == "plain":
        table = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
        for letter in map(chr, range(0xC0, 0x250)):
            base = unicodedata.normalize("NFD", letter)[0]
            if base.isascii():
                table[ord(letter)] = base.lower()
        for letters, plain in (
            ("\u3000\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u2008\u205f", " "),
            ("‘’‚‛′`´ʼ＇", "'"),
            ("“”„‟″«»「」『』﹁﹂〝〞＂", '"'),
            ("‐‑‒–—―−﹣－", "-"),
            ("øØ", "o"), ("łŁ", "l"), ("đĐ", "d"), ("ıİ", "i"), ("ёЁ", "е"), ("％﹪", "%"),
        ):  # fmt: skip
            table |= {ord(letter): plain for letter in letters}
        return table
    import opencc

    every = "\n".join(map(chr, range(0x3400, 0xA000)))
    simplified = opencc.OpenCC("t2s").convert(every)
    return {
        ord(old): new
        for old, new in zip(every.split("\n"), simplified.split("\n"), strict=True)
        if old != new and len(new) == 1
    }


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower().replace("`", "'")
    text = text.translate(_table("plain"))
    if has_han(text):
        text = text.translate(_table("simplified"))
    folded = text.lower()
    if len(folded) == len(text):
        return folded
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


_memoised_fold = lru_cache(maxsize=1 << 14)(_fold)


def fold(text: str) -> str:
    """The text as it is compared: lower case, plain quotes and dashes, half width, no Latin accents, simplified Han.

    Exactly as long as `text`, character for character, so that offsets found in one hold in the other.
    """
    return _memoised_fold(text) if len(text) <= _LONGEST_MEMO else _fold(text)


def is_cjk(character: str) -> bool:
    """Whether a character is a Han character (Chinese punctuation and kana are not)."""
    return _is_han(character) is not None


def has_han(text: str) -> bool:
    """Whether any character of the text is Han."""
    return not text.isascii() and _any_han(text) is not None


def script(text: str) -> Script:
    """The script that most of the text's words are in; a Han character counts as half a word."""
    weight = {"latin": 0.0, "cyrillic": 0.0, "han": 0.0, "other": 0.0}
    for run in _RUN.finditer(text):
        kind = run.lastgroup or "other"
        weight[kind if kind in weight else "other"] += len(run.group()) / 2 if kind == "han" else 1
    best: Script = "other"
    for kind in ("latin", "cyrillic", "han"):
        if weight[kind] > weight[best]:
            best = kind  # type: ignore[assignment]
    return best


def detect(text: str, default: str = "en") -> str:
    """The BCP 47 tag of the language that the text's own words are in; `default` when it has no words.

    Names in another script don't sway it: capitalised Latin words count little, function words much.
    """
    return _memoised_detect(text if len(text) <= _LONGEST_MEMO else text[:_LONGEST_MEMO], default)


@lru_cache(maxsize=4096)
def _memoised_detect(text: str, default: str) -> str:
    weight = {"latin": 0.0, "cyrillic": 0.0, "han": 0.0, "kana": 0.0, "hangul": 0.0}
    han: list[str] = []
    cyrillic: list[str] = []
    for run in _RUN.finditer(text):
        kind, word = run.lastgroup or "other", run.group()
        if kind == "han":
            han.append(word)
            # A Chinese word has about 1.7 characters; its question words are function words.
            weight[kind] += len(word) / 1.7 + len(_CHINESE_CUE.findall(word))
        elif kind == "latin":
            if word.lower() in _ENGLISH_CUES:
                weight[kind] += 2
            else:
                weight[kind] += 1 if word[0].islower() else 0.3
        elif kind == "cyrillic":
            cyrillic.append(word)
            weight[kind] += 1 if word[0].islower() else 0.5
        elif kind in weight:
            weight[kind] += len(word)
    best = max(weight, key=lambda kind: weight[kind])
    if not weight[best]:
        return default
    if weight["kana"] and best in ("han", "kana"):
        return "ja"
    if best == "hangul":
        return "ko"
    if best == "han":
        return _chinese("".join(han), default)
    if best == "cyrillic":
        return _cyrillic(cyrillic)
    return default if default.partition("-")[0] not in ("zh", "ru", "kk") else "en"


def _chinese(text: str, default: str) -> str:
    """Traditional or simplified: by the characters that only Big5 or only GB 2312 has, two tables Python ships."""
    only_traditional = len(text) - len(text.encode("gb2312", "ignore")) // 2
    only_simplified = len(text) - len(text.encode("big5", "ignore")) // 2
    if only_traditional == only_simplified:
        return default if default.startswith("zh") else "zh-Hans"
    return "zh-Hant" if only_traditional > only_simplified else "zh-Hans"


def _cyrillic(words: list[str]) -> str:
    """Russian or Kazakh, word by word: letters of one alphabet, function words, endings."""
    russian = kazakh = 0.0
    for word in map(str.lower, words):
        for tag, letters in _OTHER_CYRILLIC:
            if not letters.isdisjoint(word):
                return tag
        own = not KAZAKH_LETTERS.isdisjoint(word)
        if word in _KAZAKH_CUES:
            # "не" is a word of both languages, "по" and "мен" of one each.
            kazakh += 2 if own or word not in _RUSSIAN_CUES else 0.5
        elif own:
            kazakh += 1
        if word in _RUSSIAN_CUES:
            russian += 2 if word not in _KAZAKH_CUES else 0.5
        elif not own:
            russian += 0.6 if _RUSSIAN_ENDING.search(word) or not {"э", "щ", "ъ", "ё", "ц"}.isdisjoint(word) else 0.2
    return "kk" if kazakh > russian else "ru"


def in_other_script(text: str) -> str:
    """Chinese text as the other half of its readers write it: Traditional in Simplified, or the other way round."""
    import opencc

    simplified: str = opencc.OpenCC("t2s").convert(text)
    if simplified != text:
        return simplified
    traditional: str = opencc.OpenCC("s2t").convert(text)
    return traditional


def primary(language: str) -> str:
    """`zh` of `zh-Hant`: no script, no country. Both ways of writing Chinese share words and readers."""
    return language.partition("-")[0].lower()
