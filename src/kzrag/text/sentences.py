"""Where sentences begin and end, in English, Chinese, Russian and Kazakh.

A full stop is a guess until what stands around it is known: an abbreviation, an initial, a decimal, a domain name, a
source in brackets. When in doubt two sentences stay together, because a sentence cut in half can be misread.
"""

from __future__ import annotations

import re

from kzrag.text.language import word_set

_CLOSERS = "\"'”’»）)\\]}」』】》〉"
_OPENERS = "\"'“‘«（(\\[{「『【《〈"

_STOP = re.compile(f"(?P<han>[。！？；｡]+[{_CLOSERS}]*)|(?P<stop>[.!?…]+[{_CLOSERS}]*)|(?P<line>[^\\S\\n]*\\n\\s*)")

_TITLE = word_set(
    """
    mr mrs ms dr prof st gen lt col sgt capt cmdr adm sen rep gov pres hon rev fr messrs vs no nos fig vol pp cf eg
    ie e.g i.e approx est ca al viz jan feb mar apr jun jul aug sep sept oct nov dec mt ft art sec ch op cit ed eds
    проф акад ул им стр рис см напр ср тел корп пер пл наб обл р-н пос гр ген полк
    """
)
"""Abbreviations after which the sentence always goes on."""
_UNIT = word_set(
    """
    inc ltd co corp bros jr sr esq etc u.s u.k u.n e.u u.s.a u.a.e d.c a.m p.m b.c a.d ph.d m.d dept gov univ min
    max hr hrs sq lb lbs oz in yd bn mln mn tn г гг в вв млн млрд трлн тыс руб коп долл кв куб н.э т.е т.к ж жж т
    чел мин сек долл.сша
    """
)
"""Abbreviations that may end a sentence: then the next word is one that only begins sentences."""
_STARTER = word_set(
    """
    the a an it he she they we i you this that these those there in on at as if but and or so however meanwhile
    moreover although while when after before since for from by with to what who why how where his her its their our
    first second third finally next then also yet not no some many most such according он она оно они мы я вы это
    этот эта эти в на по с из за для но и а если когда после до при как кроме однако также ол олар бұл біз мен осы
    сондай бірақ егер
    """
)
"""Words that, capitalised in the middle of a line, stand at the head of a sentence."""

_SOFT_WRAP = range(45, 101)
"""Characters of a line that a text wrapped by hand has; a heading is shorter, an unwrapped paragraph longer."""
_LONGEST_ASIDE = 250
"""Characters: no sentence is cut inside a bracket that closes within so many."""

_word_before = re.compile(r"[^\W\d_](?:[\w.'’\-]*\w)?$").search
_SOURCES = re.compile(
    r"[ \t]*[(（](?P<inside>[^()（）\n]{1,200}[^.!?。！？()（）\n])[)）](?P<after>[.。](?=\s|$)|(?=\s*\n|\s*$)|(?=\s))"
)
_names_a_source = re.compile(r"\w\.[a-z]{2,4}\b|\d|\b[Ss]ee\b|\b[Ss]ource").search
_BULLET = re.compile(r"[\s•·●▪‣◦*\ufeff]*(?:[-–—] )?\s*")
_alphanumeric = re.compile(r"[^\W_]").search


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence, in order, trimmed of white space and bullets; never overlapping.

    Everything in `text` that holds a letter or digit is inside exactly one span.
    """
    cuts = _cuts(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in [*cuts, len(text)]:
        if cut <= start:
            continue
        head = start + len(_BULLET.match(text, start, cut).group())  # type: ignore[union-attr]  # it matches nothing too
        tail = start + len(text[start:cut].rstrip().rstrip("\ufeff"))
        if head < tail:
            if _alphanumeric(text, head, tail):
                spans.append((head, tail))
            elif spans and "\n" not in text[spans[-1][1] : head]:
                spans[-1] = (spans[-1][0], tail)  # a stray stop or closing quote belongs to what it closes
        start = cut
    return spans


def _cuts(text: str) -> list[int]:
    asides = _asides(text)
    cuts: list[int] = []
    last = 0
    position = 0
    while (stop := _STOP.search(text, position)) is not None:
        position = stop.end()
        kind = stop.lastgroup
        if any(start < stop.start() < end for start, end in asides):
            continue
        if kind == "line":
            if _line_ends(text, last, stop.start(), stop.end()):
                cuts.append(stop.end())
                last = stop.end()
            continue
        ends = _han_stop_ends(text, stop) if kind == "han" else _stop_ends(text, stop, last)
        if not ends:
            continue
        end = stop.end()
        sources = _SOURCES.match(text, end)
        if sources is not None and (sources["after"] or _names_a_source(sources["inside"])):
            end = sources.end()
        cuts.append(end)
        last = position = end
    return cuts


def _asides(text: str) -> list[tuple[int, int]]:
    """Round brackets that close on the same line and soon: what stands in them stays together."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    if "(" not in text and "（" not in text:
        return found
    for bracket in re.finditer(r"[()（）\n]", text):
        if bracket.group() in "(（":
            opened.append(bracket.start())
        elif bracket.group() == "\n":
            opened.clear()
        elif opened and bracket.start() - (start := opened.pop()) <= _LONGEST_ASIDE:
            found.append((start, bracket.start()))
    return found


def _line_ends(text: str, last: int, end: int, after: int) -> bool:
    """Whether a line break ends what stands before it, or only wraps it."""
    if text.count("\n", end, after) > 1 or after >= len(text):
        return True
    line = text[max(last, text.rfind("\n", 0, end) + 1) : end].strip()
    following = text[after]
    if line.endswith((".", "!", "?", "。", "！", "？", ":", "；", "…")) or not following.isalnum():
        return True
    if following.islower():
        return False
    wide = ord(following) >= 0x2E80  # Chinese is not wrapped by hand
    return wide or len(line) not in _SOFT_WRAP


def _han_stop_ends(text: str, stop: re.Match[str]) -> bool:
    after = text[stop.end() : stop.end() + 1]
    # A question quoted or named within a sentence: 「為什麼？」的問題, 《為什麼？》一書
    if stop.group()[-1] in "》〉":
        return False
    return after not in ("，", "、", "的", "地", "得", ",", "）", "：") or not after


def _stop_ends(text: str, stop: re.Match[str], last: int) -> bool:
    end = stop.end()
    if end >= len(text):
        return True
    mark = stop.group()
    if not text[end].isspace():
        return _glued_stop_ends(text, stop)
    rest = text[end : end + 60].lstrip(" \t\u00a0\u3000")
    if not rest or rest[0] == "\n":
        return mark[0] != "." or not _goes_on_after(text, stop, rest.lstrip())
    opener = rest.lstrip(f"{_OPENERS}•-–— ".replace("\\", ""))[:40]
    if not opener:
        return True
    first = opener[0]
    if first.islower() or first in ",;:)":
        return False
    if mark[0] in "!?" or len(mark.rstrip(_CLOSERS)) > 1 or mark[0] == "…":
        return True
    return not _goes_on_after(text, stop, opener) and not _numbers_a_line(text, last, stop.start())


def _glued_stop_ends(text: str, stop: re.Match[str]) -> bool:
    """`territory.Kazakhstan has`: a missing space, told from a domain name by the plain word before the stop."""
    following = text[stop.end()]
    if ord(following) >= 0x2E80:
        return stop.group()[0] in "!?" or not text[max(stop.start() - 1, 0)].isdigit()
    if stop.group() != "." or not following.isupper():
        return False
    before = re.search(r"(?:^|[\s(\"“])([^\W\d_]{3,})$", text[max(0, stop.start() - 40) : stop.start()])
    after = re.match(r"[^\W\d_]+(.?)", text[stop.end() : stop.end() + 40])
    return bool(before and before.group(1).islower() and after and after.group(1) != ".")


def _goes_on_after(text: str, stop: re.Match[str], following: str) -> bool:
    """Whether the full stop belongs to an abbreviation or initial, seen from the word that follows."""
    if stop.group() != ".":
        return False
    before = _word_before(text[max(0, stop.start() - 30) : stop.start()])
    if before is None:
        return False
    word = before.group().lower()
    starts = (match := re.match(r"[^\W\d_]+", following)) is not None and match.group().lower() in _STARTER
    if word in ("no", "nos", "№", "art", "ch", "fig", "vol", "sec", "mar", "jun", "sep", "dec", "may"):
        # English words too: the abbreviation has a number after it.
        return following[:1].isdigit()
    if word in _TITLE:
        return not starts or word in ("mr", "mrs", "ms", "dr", "prof")
    if word in _UNIT or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word):
        return not starts and following[:1].isalnum()
    # A single capital letter is an initial: "Mamdouh G. Salameh", "К.-Ж. Токаев".
    initial = re.fullmatch(r"(?:[^\W\d_]\.-?)*[^\W\d_]", before.group())
    return initial is not None and before.group()[-1].isupper() and not (starts and word == "i")


def _numbers_a_line(text: str, last: int, stop: int) -> bool:
    """Whether the stop closes the number of a list item: "1. First"."""
    return re.fullmatch(r"\s*(?:\d{1,2}|[A-Za-zА-Яа-я])", text[last:stop]) is not None
