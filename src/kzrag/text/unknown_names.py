"""Names that no alias file has: by their capitals in alphabetic scripts, by the word segmenter's tags in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from kzrag.text.function_words import FUNCTION_WORDS
from kzrag.text.language import HAN, has_han, word_set

_Kind = Literal["person", "place", "org", "treaty", "event", "name"]


class Found(NamedTuple):
    """A name at `text[start:end]`; the key is its Latin letters, or its simplified Chinese characters."""

    key: str
    start: int
    end: int
    kind: _Kind


_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĬİĶĹŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁӘІҢҒҮҰҚӨҺЇЄҐЎ"
_WORD = rf"[{_CAPITAL}][^\W\d_{HAN}]*(?:['’][^\W\d_{HAN}]{{2,}})?"
_PARTICLE = "of the|of|de|del|della|von der|von|van der|van|al|bin|ibn|el|la|le|да|де|фон|аль"
_NAME = re.compile(
    rf"(?<![^\W_]){_WORD}(?:(?:[ ]|-|\. |[ ](?:{_PARTICLE})[ ]|[ ]&[ ]){_WORD}|[ ](?=[{_CAPITAL}]\.)[{_CAPITAL}]\.)*"
)

_TITLES = word_set(
    """
    president prime minister foreign chancellor king queen prince princess pope dr mr mrs ms prof professor sir lord
    general colonel senator governor ambassador secretary chairman chairwoman director chief spokesman spokeswoman
    leader former premier deputy vice mayor judge captain analyst economist officer lawyer reporter
    commander adviser manager owner researcher author writer critic expert international global
    президент премьер министр канцлер король генерал посол глава директор господин доктор профессор бывший
    """
)
_NO_NAMES = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december i ok tv gdp ceo covid internet god lord western eastern northern southern west east north
    south related source photo image video statement notice author editor updated published breaking news
    понедельник вторник среда четверг пятница суббота воскресенье запад восток север юг
    """
)
_ORGANISATION = re.compile(
    r"\b(?:foundation|ministry|bank|council|organi[sz]ation|union|group|party|university|institute|agency|corporation|corp|"
    r"company|co|inc|ltd|llc|court|commission|committee|association|forum|consortium|department|parliament|senate|congress|"
    r"federation|times|post|news|journal|press|фонд|банк|совет|союз|партия|университет|институт|агентство|корпорация|"
    r"компания|комитет|форум|министерство|қоры|министрлігі|банкі|одағы|партиясы)\b"
)
_PLACE = re.compile(
    r"\b(?:sea|river|city|port|island|islands|mountains?|basin|region|ocean|province|district|gulf|strait|lake|bay|desert|"
    r"море|река|город|порт|остров|область|озеро|океан|теңізі|өзені|қаласы|облысы|көлі)\b"
)
_TREATY = re.compile(
    r"\b(?:treaty|agreement|charter|pact|convention|accords?|protocol|договор|соглашение|устав|шарты|келісімі)\b"
)
_EVENT = re.compile(r"\b(?:war|summit|olympics|revolution|festival|award|prize|cup|day|война|саммит|революция)\b")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|from|to|into|via|toward|towards|outside|across|в|во|из|до|около|под)\s+(?:the\s+)?$"
)
_PERSON_BEFORE = re.compile(
    r"\b(?:president|minister|chancellor|king|dr|mr|mrs|ms|prof|senator|governor|ambassador|by|президент\w*|министр\w*|г-н|төрағасы|президенті)\.?\s+$"
)
_SPEAKS_AFTER = re.compile(
    r"(?:'s\b|\s+(?:said|says|argues?d?|told|added|claims?|claimed|wrote|writes|noted|believes|warned|stated|announced)\b"
    r"|\s+(?:сказал|заявил|считает|отметил|написал|сообщил)\w*|\s+(?:деді|айтты|мәлімдеді))"
)
_GENERIC = word_set(
    """
    ministry department office treaty agreement charter port river sea republic world oil gas energy refinery people
    member members state states region times later info reply government parliament court bank council union group party
    company commission committee law war day city map notice capital army navy game field forum summit economic
    """
)
"""What is left of a longer name when a known one has been taken out of it."""
_HEADING_SHARE = 0.6
"""Share of capitalised words above which a line is a heading, whose capitals say nothing."""

_LATIN_OF = dict(
    zip(
        "абвгдезийклмнопрстуфхцыэіүұқғңөәһ",
        ("a", "b", "v", "g", "d", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts",
         "y", "e", "i", "u", "u", "q", "gh", "ng", "o", "a", "h"),
        strict=True,
    )
) | {
    "ж": "zh", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ь": "", "ъ": "", "ї": "yi", "є": "ye",
}  # fmt: skip


def romanised(folded: str) -> str:
    """Cyrillic in Latin letters, as English newspapers write it, near enough to compare: токаев, tokaev."""
    return "".join(_LATIN_OF.get(letter, letter) for letter in re.sub("(?:ий|ый)$", "y", folded))


def unknown_names(text: str, folded: str, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Names outside the `taken` stretches of a text; `folded` is `fold(text)`."""
    if not _is_heading(text):
        yield from _capitalised(text, folded, taken)
    if has_han(folded):
        yield from _tagged(text, folded, taken)


def _is_heading(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    alphabetic = [word for word in words if word.lower() != word.upper()]
    if len(alphabetic) < 5 or text.rstrip().endswith((".", "!", "?")):
        return False
    capitalised = sum(word[0].isupper() for word in alphabetic)
    return bool(capitalised > _HEADING_SHARE * len(alphabetic))


def _capitalised(text: str, folded: str, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    for match in _NAME.finditer(text):
        start, end = match.span()
        for low, high in _free(start, end, taken):
            trimmed = _trim(text, folded, low, high)
            if trimmed is None:
                continue
            low, high = trimmed  # noqa: PLW2901
            if _begins_sentence(text, low) and not _surely_a_name(text, folded, low, high):
                continue
            yield Found(_key(folded[low:high]), low, high, _kind(text, folded, low, high))


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of a stretch no known name has taken."""
    for low, high in taken:
        if high <= start or low >= end:
            continue
        if low > start:
            yield start, low
        start = max(start, high)
    if start < end:
        yield start, end


_piece = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def _trim(text: str, folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Without the function words and titles at its edges; None when nothing is left of it."""
    words = [word.span() for word in _piece.finditer(text, start, end)]
    while words and (_weak(folded, words[0]) or not text[words[0][0]].isupper()):
        words.pop(0)
    while words and (_weak(folded, words[-1]) or not text[words[-1][0]].isupper()):
        words.pop()
    if not words:
        return None
    low, high = words[0][0], words[-1][1]
    possessive = re.search(r"['’]s?$", folded[low:high])
    high -= len(possessive.group()) if possessive else 0
    if high - low < 2 or (len(words) == 1 and folded[low:high] in _NO_NAMES | _GENERIC):
        return None
    if all(folded[a:b] in _GENERIC for a, b in words) and not _ORGANISATION.search(folded[low:high]):
        return None
    return low, high


def _weak(folded: str, span: tuple[int, int]) -> bool:
    word = folded[span[0] : span[1]]
    return word in FUNCTION_WORDS or word in _TITLES or word in _NO_NAMES


def _begins_sentence(text: str, start: int) -> bool:
    return re.search(r"(?:^|[.!?:;…。！？\n•\"“«(]|--|–|—)\s*[\"“«(]?$", text[:start]) is not None


def _surely_a_name(text: str, folded: str, start: int, end: int) -> bool:
    """At the head of a sentence every word has a capital: two of them, or what a person does, make a name."""
    words = [text[span[0] : span[1]] for span in (word.span() for word in _piece.finditer(text, start, end))]
    if len(words) > 1:
        return all(word[0].isupper() for word in words)
    if words[0].isupper() and len(words[0]) > 1:
        return True
    common = re.search(r"(?:s|ly|ing|ed|tion|ment|ness|ity)$", folded[start:end]) is not None
    return not common and _SPEAKS_AFTER.match(folded, end) is not None


def _kind(text: str, folded: str, start: int, end: int) -> _Kind:
    name = folded[start:end]
    for pattern, kind in ((_TREATY, "treaty"), (_ORGANISATION, "org"), (_PLACE, "place"), (_EVENT, "event")):
        if pattern.search(name):
            return kind  # type: ignore[return-value]
    if text[start:end].isupper():
        return "org"
    before = folded[max(0, start - 24) : start]
    if _PERSON_BEFORE.search(before) or _SPEAKS_AFTER.match(folded, end):
        return "person"
    words = sum(1 for word in _piece.findall(text[start:end]) if word[0].isupper())
    if words == 1 and _PLACE_BEFORE.search(before):
        return "place"
    return "person" if words in (2, 3) and " of " not in name else "name"


_SURNAME = re.compile(
    "(?P<adjective>.{2,}[сц]к)(?:ий|ого|ому|им|ом|ая|ую|ой)$|(?P<family>.{3,}(?:ов|ев|ин|ын))(?:а|у|ым|е|ой)$"
)


def _key(folded: str) -> str:
    words = re.findall(r"[^\W\d_]+", folded.removesuffix("'s"))
    return "_".join(romanised(_nominative(word)) for word in words)


def _nominative(word: str) -> str:
    """A Russian surname without its case: Ростовского, Петровым."""
    found = _SURNAME.match(word) if "\u0400" <= word[0] <= "\u052f" else None
    if found is None:
        return word
    return found["family"] or f"{found['adjective']}ий"


_HAN_TITLE = re.compile(
    "(?:总统|总理|部长|主席|首相|司令|将军|先生|女士|博士|教授|记者|作者|总裁|发言人|大使|[员家者官长])$"
)
_HAN_SPEAKS = re.compile("(?:说|称|表示|指出|认为|告诉|强调|宣布|回应|写道|与|和|、|在)")
_HAN_GENERIC = word_set(
    "共和国 城市 国家 中断 中部 北部 南部 东部 西部 首都 全国 该国 本国 我国 国内 国外 各国 外国 地区 当地"
)
_TAGS: dict[str, _Kind] = {"nr": "person", "nrt": "person", "nrfg": "person", "ns": "place", "nt": "org"}
_HAN_ORGANISATION = re.compile("(?:公司|集团|银行|基金会|组织|委员会|大学|研究所|协会|部|法院|议会|社|网)")


def _is_chinese_name(folded: str, start: int, end: int, tag: str) -> bool:
    """The segmenter takes many a word of two characters for a person; a title or a verb of speech must bear it out."""
    word = folded[start:end]
    if word in FUNCTION_WORDS or word in _HAN_GENERIC or word.endswith("化"):
        return False
    if tag != "nr" or len(word) > 3:
        return True
    before = folded[max(0, start - 3) : start]
    return bool(_HAN_TITLE.search(before) or _HAN_SPEAKS.match(folded, end) or _HAN_ORGANISATION.match(folded, end))


_BY_EAR = (
    "阿埃艾奥澳巴贝彼宾伯博布茨达戴丹德登邓迪蒂杜顿厄恩尔凡菲费芬冯弗夫福盖戈格葛瓜圭哈豪赫亨霍基吉加贾杰津卡凯坎科克肯孔库夸奎昆"
    "拉莱赖兰朗劳勒雷蕾里丽利莉廉列林琳隆卢鲁吕伦罗洛玛迈麦曼蒙米密缪莫墨默姆穆娜纳奈瑙尼涅宁纽努诺欧帕派潘庞佩彭皮珀普奇齐恰乔切"
    "琴琼丘热茹儒瑞若萨塞赛森桑瑟沙珊绍舍施什史舒斯丝思松苏索塔泰坦汤唐陶特腾提廷图托瓦万旺韦维温翁沃乌武西希锡夏谢辛休逊雅亚耶伊因"
    "尤约扎詹朱兹佐"
)
"""Characters with which foreign names are spelled out, those left out that mostly make words."""
_LETTER = f"(?:(?!夫人|因为|因此)[{_BY_EAR}])"
_SPELLED = re.compile(f"{_LETTER}{{3,}}(?:[·•‧・]{_LETTER}{{2,}})*|{_LETTER}{{2,}}(?:[·•‧・]{_LETTER}{{2,}})+")
"""Three of them in a row, or more: no word is as long, and the segmenter knows few of these names."""


def _tagged(text: str, folded: str, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    import rjieba

    position = 0
    pieces: list[Found] = []
    for word, tag in rjieba.tag(folded):
        start = folded.find(word, position)
        if start < 0:
            continue
        end = position = start + len(word)
        last = pieces[-1] if pieces else None
        if word in "·•‧・" and last is not None and last.end == start:
            pieces[-1] = last._replace(end=end)
        elif last is not None and last.end == start and folded[start - 1] in "·•‧・" and has_han(word):
            pieces[-1] = last._replace(end=end, kind="person")  # 迈克·沃思: given name and surname
        elif tag in _TAGS and len(word) > 1 and has_han(word) and _is_chinese_name(folded, start, end, tag):
            organisation = _HAN_ORGANISATION.match(folded, end)
            kind = "org" if organisation else _TAGS[tag]
            pieces.append(Found("", start, organisation.end() if organisation else end, kind))
    for spelled in _SPELLED.finditer(folded):
        start, end = spelled.span()
        within = [piece for piece in pieces if piece.start < end and start < piece.end]
        if not within or all(start <= piece.start and piece.end <= end for piece in within):
            kind = within[0].kind if within else "name"
            pieces = sorted(
                [*(piece for piece in pieces if piece not in within), Found("", start, end, kind)], key=_start
            )
    for piece in pieces:
        if all(high <= piece.start or low >= piece.end for low, high in taken):
            yield piece._replace(key=re.sub("[·•‧・]", "", folded[piece.start : piece.end]))


def _start(piece: Found) -> int:
    return piece.start
