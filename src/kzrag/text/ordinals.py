"""Enumerations: which of several points a question asks for, and which point a sentence begins."""

from __future__ import annotations

import re

from kzrag.text.language import fold

_POINT = (
    r"reason|sign|point|factor|step|cause|argument|condition|item|way|goal|aim|problem|contradiction|example|issue|"
    r"thing|signal|claim|explanation"
)
_POINT_RU = r"причин|признак|пункт|довод|фактор|шаг|услови|аргумент|момент|пример|проблем|противореч|цел|сигнал"
_POINT_KK = r"себе[пб]|белгі|қадам|шарт|мысал|мәселе|мақсат|дәлел"
_EN = ("first", "second", "third", "fourth", "fifth", "sixth")
_ZH = "一二三四五六"
_ZH_AT = ("首先|", "其次|", "", "", "", "")
_RU = (r"перв\w+", r"втор\w+", r"трет\w+", r"четверт\w+", r"пят(?:ый|ая|ое|ой|ую|ого)", r"шест(?:ой|ая|ое|ую|ого)")
_RU_AT = (r"во-первых", r"во-вторых", r"в-третьих", r"в-четвертых", r"в-пятых", r"в-шестых")
_KK = ("бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы")

_ASKED = tuple(
    re.compile(
        rf"\b{_EN[n]}\b(?:,? [\w-]+){{0,4}}? (?:{_POINT})s?\b|第{_ZH[n]}(?:个|点|条|项|大)"
        rf"|\b{_RU[n]}(?: [\w-]+){{0,3}}? (?:{_POINT_RU})\w*|\b{_KK[n]}(?: [\w-]+){{0,2}}? (?:{_POINT_KK})\w*"
    )
    for n in range(len(_EN))
)
_BEGUN = tuple(
    re.compile(
        rf"^(?:{_EN[n]}(?:ly)?(?:,| of all\b| and\b)|the {_EN[n]} (?:is|was|(?:{_POINT})s?)\b"
        rf"|{_ZH_AT[n]}第{_ZH[n]}(?:[个点条项是,:、]|大)|其{_ZH[n]}(?=[,:,是])|{_ZH[n]}是"
        rf"|{_RU_AT[n]}\b|{_RU[n]} (?:{_POINT_RU})|{_KK[n]}(?:ден|дан)\b|{_KK[n]} (?:{_POINT_KK}))"
    )
    for n in range(len(_EN))
)


def asked(question: str) -> int | None:
    """The number of the point that a question asks for, from 1; `None` when it asks for none: "the second reason"."""
    folded = fold(question)
    return next((n for n, pattern in enumerate(_ASKED, 1) if pattern.search(folded)), None)


def begun(sentence: str) -> int | None:
    """The number of the point that a sentence begins, from 1: "Third, and most important, …"."""
    folded = fold(sentence).lstrip("\"'“”「『 ")
    return next((n for n, pattern in enumerate(_BEGUN, 1) if pattern.match(folded)), None)
