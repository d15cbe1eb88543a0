"""The words of the page itself, in the languages it speaks: looked up, counted and dated.

The texts are in `words.toml`; an answer's own words come from the engine and are not touched here.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文", "ru": "Русский"}
"""The languages of the page, each by its own name."""

NAMES = {
    "en": {"en": "English", "zh-Hant": "Traditional Chinese", "zh-Hans": "Simplified Chinese", "ru": "Russian"}
    | {"kk": "Kazakh"},
    "zh-Hant": {"en": "英文", "zh-Hant": "繁體中文", "zh-Hans": "簡體中文", "ru": "俄文", "kk": "哈薩克文"},
    "zh-Hans": {"en": "英文", "zh-Hant": "繁体中文", "zh-Hans": "简体中文", "ru": "俄文", "kk": "哈萨克文"},
    "ru": {"en": "английский", "zh-Hant": "китайский (традиц.)", "zh-Hans": "китайский (упрощ.)", "ru": "русский"}
    | {"kk": "казахский"},
}
ENGLISH_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
RUSSIAN_MONTHS = ["янв.", "февр.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.", "дек."]
RUSSIAN_MONTHS_ALONE = [
    "янв.",
    "февр.",
    "март",
    "апр.",
    "май",
    "июнь",
    "июль",
    "авг.",
    "сент.",
    "окт.",
    "нояб.",
    "дек.",
]
"""Without a day the month stands in the nominative."""
NEAR = {"kk": "ru", "uk": "ru", "be": "ru", "ky": "ru", "uz": "ru"}
"""Readers whose language the page does not speak yet, and the one most of them read."""


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def word(language: str, key: str, **values: object) -> str:
    """The text of `key` in `language` (one of `LANGUAGES`), its {braces} filled; `n` chooses the plural form."""
    forms = _texts()[key][language].split("|")
    form = forms[0]
    if len(forms) > 1 and isinstance(number := values.get("n"), int):
        form = forms[_plural(language, number)]
    return form.format(**values) if values else form


def rule_name(language: str, rule: str) -> str:
    """The rule by which something is left out of an article; as it is called there when it has no name here."""
    key = f"rule_{rule.replace(' ', '_').replace('-', '')}"
    return word(language, key) if key in _texts() else rule


def _plural(language: str, number: int) -> int:
    """Which of the forms a number takes, by the plural rules of CLDR."""
    if language != "ru":
        return 0 if number == 1 else 1
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else 2


def choose(preferences: str | None) -> str:
    """The page's language for an `Accept-Language` header or a single tag; English when none fits."""
    for preference in re.split(r"[,\s]+", preferences or ""):
        tag = preference.partition(";")[0].replace("_", "-")
        base, *rest = tag.split("-")
        base = NEAR.get(base.lower(), base.lower())
        if base == "zh":
            traditional = {"hant", "tw", "hk", "mo"} & {part.lower() for part in rest}
            return "zh-Hant" if traditional else "zh-Hans"
        if base in LANGUAGES:
            return base
    return "en"


def language_name(language: str, tag: str) -> str:
    """The language `tag`, named in `language`; the tag itself when it has no name here."""
    return NAMES[language].get(tag, tag)


def date(language: str, iso: str | None) -> str:
    """An ISO date or a prefix of one, as a reader writes it; "undated" for none."""
    if not iso:
        return word(language, "undated")
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T.*)?", iso)
    if not match:
        return iso
    year, month, day = (int(part) if part else None for part in match.groups())
    if language.startswith("zh"):
        return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    russian = RUSSIAN_MONTHS if day else RUSSIAN_MONTHS_ALONE
    months = russian if language == "ru" else ENGLISH_MONTHS
    named = months[month - 1] if month and 1 <= month <= 12 else None
    return " ".join(str(part) for part in (day, named, year) if part)
