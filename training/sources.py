"""Reads the public training data: dictionaries and parallel text, each as (language, foreign text, English text).

Nothing here decides how the data are used. Every reader is a generator over one source, named in SOURCES with its
licence, so that the manifest and the model card can say what went in. `data` is the folder that holds `dict/` and
`parallel/`; readers of a missing file raise FileNotFoundError, because a silently smaller training set is a wrong one.
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HEADLINE_WORDS = 16  # of English at most
LONGEST_GLOSS_WORDS = 8  # a gloss longer than this explains the word instead of translating it


@dataclass(frozen=True, slots=True)
class Pair:
    """One text of a foreign language (`zh`, `ru` or `kk`) and what it says in English."""

    language: str
    foreign: str
    english: str
    source: str
    forms: tuple[str, ...] = ()  # inflected forms of a headword, where the dictionary lists them


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|（[^（）]*）")
_CEDICT = re.compile(r"^(\S+) (\S+) \[([^\]]*)\] /(.*)/$")
_CEDICT_NOISE = re.compile(
    r"^(CL:|variant of|old variant|see |see also|also written|used in|abbr\. (for|to)|surname|erhua|Japanese variant|"
    r"also pr\.|Taiwan pr\.|particle|classifier)"
)


def _glosses(text: str) -> Iterator[str]:
    """English alternatives of one definition, without remarks in brackets, long explanations left out."""
    parts = re.split(r"[;,/]", _BRACKETS.sub(" ", text))
    if parts[0].strip()[:1].isupper():  # a name: what follows the comma describes it ("Zhaodong, city in Suihua")
        parts = parts[:1]
    for part in parts:
        gloss = " ".join(part.replace("*", " ").split()).strip(" .:")
        if gloss and len(gloss.split()) <= LONGEST_GLOSS_WORDS:
            yield gloss


def cedict(data: Path) -> Iterator[Pair]:
    with gzip.open(data / "dict/cedict/cedict_1_0_ts_utf-8_mdbg.txt.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = _CEDICT.match(line.strip())
            if not entry:
                continue
            _, simplified, _, senses = entry.groups()
            if not re.fullmatch(r"[\u4e00-\u9fff]+", simplified):
                continue
            for sense in senses.split("/"):
                if _CEDICT_NOISE.match(sense):
                    continue
                for gloss in _glosses(re.sub(r"[\u4e00-\u9fff|]+", " ", sense)):
                    yield Pair("zh", simplified, gloss, "cedict")


def openrussian(data: Path) -> Iterator[Pair]:
    for kind in ("others", "nouns", "verbs", "adjectives"):
        there = json.loads((data / f"dict/openrussian/{kind}.csv-russian_to_en.json").read_text("utf-8"))
        back = json.loads((data / f"dict/openrussian/{kind}.csv-en_to_russian.json").read_text("utf-8"))
        both = list(there.items()) + [(russian, english) for english, russian in back.items()]
        for russian, english in dict.fromkeys(both):
            for gloss in _glosses(english):
                yield Pair("ru", russian, gloss, "openrussian")
    with (data / "dict/openrussian/others.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            for gloss in _glosses(row["translations_en"] or ""):
                yield Pair("ru", row["bare"], gloss, "openrussian")


def wiktionary_kazakh(data: Path) -> Iterator[Pair]:
    path = data / "dict/wiktionary/Kazakh-English-Wiktionary-dictionary.tsv"
    for line in path.read_text("utf-8").splitlines():
        heads, _, body = line.partition("\t")
        cyrillic = [form for form in heads.split("|") if re.fullmatch(r"[\u0400-\u04ff][\u0400-\u04ff -]*", form)]
        if not cyrillic:
            continue
        for item in re.findall(r"<li>(.*?)</li>", body):
            for sense in _glosses(html.unescape(re.sub(r"<[^>]+>", "", item))):
                yield Pair("kk", cyrillic[0], sense, "wiktionary-kk", tuple(cyrillic[1:]))


def wordnets(data: Path) -> Iterator[Pair]:
    """Foreign and English lemmas of one synset; only small synsets, whose lemmas really translate one another."""

    def read(name: str) -> dict[str, list[str]]:
        synsets: dict[str, list[str]] = defaultdict(list)
        for line in (data / "dict/omw/wns" / name).read_text("utf-8").splitlines():
            if line.startswith("#"):
                continue
            synset, kind, lemma, *_ = line.split("\t")
            if kind.endswith("lemma"):
                synsets[synset].append(lemma.replace("_", " ").replace("+", ""))
        return synsets

    for family, files in {
        "wikt": {"zh": "wn-wikt-cmn.tab", "ru": "wn-wikt-rus.tab", "kk": "wn-wikt-kaz.tab"},
        "cldr": {"zh": "wn-cldr-cmn.tab", "ru": "wn-cldr-rus.tab", "kk": "wn-cldr-kaz.tab"},
    }.items():
        english = read(f"{family}/wn-{family}-eng.tab")
        for language, name in files.items():
            for synset, lemmas in read(f"{family}/{name}").items():
                for lemma in lemmas:
                    for gloss in english.get(synset, [])[:2]:
                        yield Pair(language, lemma, gloss, f"omw-{family}")


def cldr(data: Path) -> Iterator[Pair]:
    """Territories, languages, currencies, months, cities of time zones, units, and the names of emoji."""
    locales = {"zh": ("zh", "zh-Hant", "zh-Hant-HK"), "ru": ("ru",), "kk": ("kk",)}
    folders = {
        "cldr-localenames-full/main": ("territories.json", "languages.json"),
        "cldr-numbers-full/main": ("currencies.json",),
        "cldr-dates-full/main": ("timeZoneNames.json", "ca-gregorian.json"),
        "cldr-units-full/main": ("units.json",),
        "cldr-annotations-full/annotations": ("annotations.json",),
    }
    useful = re.compile(
        r"territories|languages|displayName|exemplarCity|months/(format|stand-alone)/wide|"
        r"days/(format|stand-alone)/wide|/tts/"
    )

    def leaves(node: Any, path: str) -> Iterator[tuple[str, str]]:
        if isinstance(node, dict):
            for key, value in node.items():
                yield from leaves(value, f"{path}/{key}")
        elif isinstance(node, list):
            for number, value in enumerate(node):
                yield from leaves(value, f"{path}/{number}")
        elif isinstance(node, str):
            yield path, node

    def read(folder: str, locale: str, name: str) -> dict[str, str]:
        content = json.loads((data / "dict/cldr" / folder / locale / name).read_text("utf-8"))
        body = content.get("main", {}).get(locale) or content.get("annotations", {})
        # an emoji's keywords are sorted per language, so only its name (tts) is the same thing in two languages
        kept = ((path, text) for path, text in leaves(body, "") if useful.search(path))
        return {path: text for path, text in kept if "{" not in text}

    for folder, names in folders.items():
        for name in names:
            english = read(folder, "en", name)
            for language, codes in locales.items():
                for code in codes:
                    for path, text in read(folder, code, name).items():
                        if path in english and re.search(r"[\u0400-\u04ff\u4e00-\u9fff]", text):
                            yield Pair(language, text, english[path], "cldr")


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text("utf-8").split("\n")]


def _parallel(foreign: Path, english: Path, language: str, source: str) -> Iterator[Pair]:
    left, right = _lines(foreign), _lines(english)
    if len(left) != len(right):
        raise ValueError(f"{foreign.name} has {len(left)} lines, {english.name} has {len(right)}: not parallel")
    for one, other in zip(left, right, strict=True):
        if one and other:
            yield Pair(language, one, other, source)


def _newstest_files(data: Path) -> Iterator[tuple[Path, Path, str]]:
    """(foreign file, English file, language), oldest first."""
    for folder in sorted((data / "parallel/wmt_newstest").glob("*/*")):
        language = next(code for code in folder.name.split("-") if code != "en")
        for english in sorted(folder.glob("*.en")):
            foreign = english.with_suffix(f".{language}")
            # newstest2021.ru lacks the lines that its English has: it is no pair
            if foreign.exists() and len(_lines(foreign)) == len(_lines(english)):
                yield foreign, english, language


def newstest(data: Path) -> Iterator[Pair]:
    for foreign, english, language in _newstest_files(data):
        yield from _parallel(foreign, english, language, "newstest")


def documents(data: Path) -> Iterator[list[Pair]]:
    """Sentences that follow one another in one text. The files don't say where an article ends: a short English line
    without a full stop is taken for the headline of the next one."""
    files = list(_newstest_files(data))
    for language in ("ru", "zh"):
        folder = data / f"parallel/tico19/en-{language}"
        files.append((folder / f"tico19-test.{language}", folder / "tico19-test.en", language))
    for foreign, english, language in files:
        document: list[Pair] = []
        for pair in _parallel(foreign, english, language, english.stem):
            headline = len(pair.english.split()) <= HEADLINE_WORDS and pair.english[-1].isalnum()
            if document and headline:
                yield document
                document = []
            document.append(pair)
        yield document


def tico19(data: Path) -> Iterator[Pair]:
    for language in ("ru", "zh"):
        folder = data / f"parallel/tico19/en-{language}"
        yield from _parallel(folder / f"tico19-test.{language}", folder / "tico19-test.en", language, "tico19")


def xwmt(data: Path) -> Iterator[Pair]:
    folder = data / "parallel/xwmt"
    yield from _parallel(folder / "en-kk/en-kk.kk", folder / "en-kk/en-kk.en", "kk", "xwmt")
    # the same sentences exist in Russian: paired with their English through the shared Kazakh line
    english = dict(zip(_lines(folder / "en-kk/en-kk.kk"), _lines(folder / "en-kk/en-kk.en"), strict=True))
    for russian, kazakh in zip(_lines(folder / "ru-kk/ru-kk.ru"), _lines(folder / "ru-kk/ru-kk.kk"), strict=True):
        if russian and english.get(kazakh):
            yield Pair("ru", russian, english[kazakh], "xwmt")


def tatoeba(data: Path) -> Iterator[Pair]:
    folder = data / "parallel/tatoeba-opusmt"
    for name, language in (("eng-cmn_Hans", "zh"), ("eng-cmn_Hant", "zh"), ("eng-rus", "ru"), ("eng-kaz", "kk"),
                           ("eng-kaz_Cyrl", "kk")):  # fmt: skip
        foreign = folder / name / f"{name.split('-')[1]}.txt"
        yield from _parallel(foreign, folder / name / "eng.txt", language, "tatoeba")
    for line in (data / "parallel/tatoeba-manythings/cmn.txt").read_text("utf-8").splitlines():
        english, chinese, *_ = line.split("\t")
        yield Pair("zh", chinese, english, "tatoeba")


def questions(data: Path) -> Iterator[Pair]:
    folder = data / "parallel/ru-en-questions"
    yield from _parallel(folder / "ru-en.ru.txt", folder / "ru-en.en.txt", "ru", "questions")


def russian_pivot(data: Path) -> Iterator[tuple[str, str, str]]:
    """(language, text, Russian text): Tatoeba pairs without English; their target is the Russian side's encoding."""
    folder = data / "parallel/tatoeba-opusmt"
    for name, language, foreign in (("kaz_Cyrl-rus", "kk", "kaz_Cyrl"), ("rus-cmn_Hans", "zh", "cmn_Hans"),
                                    ("rus-cmn_Hant", "zh", "cmn_Hant")):  # fmt: skip
        there, back = _lines(folder / name / f"{foreign}.txt"), _lines(folder / name / "rus.txt")
        for one, russian in zip(there, back, strict=True):
            if one and russian:
                yield language, one, russian


def frequencies(data: Path, name: str) -> dict[str, int]:
    """Word -> count, of one list of `frequency-words` (film subtitles)."""
    counts: dict[str, int] = {}
    for line in (data / f"dict/frequency-words/{name}.txt").read_text("utf-8").splitlines():
        word, _, count = line.rpartition(" ")
        if word and count.isdigit():
            counts[word] = int(count)
    return counts


def hanzi(data: Path) -> str:
    """The Chinese characters of the frequency table, most frequent first."""
    name = "dict/hanzi-data/\u73b0\u4ee3\u6c49\u8bed\u6c49\u5b57\u9891\u7387\u8868.csv"
    with (data / name).open(encoding="utf-8-sig", newline="") as rows:
        return "".join(row[1] for row in csv.reader(rows) if len(row) > 1 and len(row[1]) == 1)


def hsk(data: Path) -> Iterator[tuple[str, str]]:
    """(Chinese word, Russian glosses): used for the word list and as Russian-pivot entries."""
    with (data / "dict/hanzi-data/hsk-russian.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.reader(rows):
            if len(row) >= 4 and re.fullmatch(r"[\u4e00-\u9fff]+", row[1]):
                yield row[1], row[3]


@dataclass(frozen=True, slots=True)
class Source:
    read: Callable[[Path], Iterator[Pair]]
    folder: str
    title: str
    licence: str


DICTIONARIES = {
    "cedict": Source(cedict, "dict/cedict", "CC-CEDICT", "CC BY-SA 4.0"),
    "openrussian": Source(openrussian, "dict/openrussian", "OpenRussian", "CC BY-SA 4.0"),
    "wiktionary-kk": Source(wiktionary_kazakh, "dict/wiktionary", "Wiktionary, Kazakh-English", "CC BY-SA 3.0"),
    "omw": Source(
        wordnets, "dict/omw", "Open Multilingual Wordnet (Wiktionary and CLDR parts)", "CC BY-SA 3.0, Unicode-3.0"
    ),
    "cldr": Source(cldr, "dict/cldr", "Unicode CLDR names", "Unicode-3.0"),
}
SENTENCES = {
    "newstest": Source(newstest, "parallel/wmt_newstest", "WMT news test sets 2012-2021", "free for research, WMT"),
    "tico19": Source(tico19, "parallel/tico19", "TICO-19", "CC0 1.0"),
    "xwmt": Source(xwmt, "parallel/xwmt", "X-WMT", "MIT"),
    "tatoeba": Source(tatoeba, "parallel/tatoeba-opusmt", "Tatoeba (OPUS-MT test sets, ManyThings)", "CC BY 2.0"),
    "questions": Source(
        questions, "parallel/ru-en-questions", "Russian questions of XOR-TyDi QA with English translations", "MIT"
    ),
}
