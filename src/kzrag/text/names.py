"""Names of persons, places and organisations, under one key for all spellings in all scripts.

Known names come from `aliases.toml`, `countries.tsv`, `capitals.tsv` and `peoples.tsv`; a corpus may bring an
`aliases.toml` of its own. Unknown ones are found by their capitals (or, in Chinese, by the word segmenter's tags) and
compared by their sound in Latin letters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Literal, NamedTuple

from kzrag.errors import KzragError
from kzrag.text.language import HAN, fold, has_han, word_set
from kzrag.text.sounds import heard_alike
from kzrag.text.unknown_names import unknown_names

Kind = Literal["person", "place", "org", "treaty", "project", "event", "demonym", "name"]

_HERE = Path(__file__).parent
_LONGEST_MEMO = 4_000
"""Characters: sentences come again and again, whole documents do not."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written at `text[start:end]`."""

    key: str
    """The same for all spellings of a known name; of an unknown one its Latin letters: `mikhail_weafer`."""
    start: int
    end: int
    text: str
    kind: Kind
    """"demonym" for what is called after a place ("Kazakh", российский); "name" when the kind can't be told."""
    known: bool = True
    """Whether an alias file has it."""


class _Alias(NamedTuple):
    words: tuple[str, ...]
    """Folded; Cyrillic words cut to the stem that their endings are added to."""
    key: str
    kind: Kind
    written: str


_WORD = re.compile(f"(?:[^\\W\\d_{HAN}]\\.){{2,}}(?:[^\\W\\d_{HAN}]\\b(?!\\w))?|[^\\W\\d_{HAN}]+")
_BETWEEN = re.compile(r"(?:[ ]?[-.·•][ ]?|[ ]|'s |\. |, )?")
"""What may stand between the words of one name."""

_ORDINARY = word_set(
    "us who it un turkey shell chad jordan mali total cis eni pole poles polish jersey guinea oman niger luton america"
)
"""Words, too, when written small: a name only as the alias file writes it."""

_SHORT_WORD = 6
"""Letters: a shorter Cyrillic word may be another word's form by chance ("того" and Togo), and needs its capital."""

_RUSSIAN_ENDING = re.compile(
    "(?:[аяуюеиыьйо]|ой|ей|ом|ем|ою|ею|ов|ев|ам|ям|ах|ях|ым|им|ами|ями|ого|его|ому|ему|ый|ий|ая|яя|ое|ее|ые|ие|ых|их"
    "|ую|юю|ыми|ими|ии|ию|ией|ия|иям|иями|иях|ья|ье|ью|ы)?$"
)
_KAZAKH_ENDING = re.compile(
    "(?:(?:л[ае]р|д[ае]р|т[ае]р)?(?:[ыі]м|[ыі]ң|с?[ыі]|[ыі]мыз|[ыі]міз)?"
    "(?:[тдн][ыі]ң|[ғгқк][ае]|н[ае]|[дтн][ыі]|н|[дт][ае]н?|н[дт]?[ае]н|[мбп]ен|[дт][ае]ғ[ыі]|[дт]ег[іы]|нда|нде)?)$"
)
_ADJECTIVE = re.compile(
    "(?:н|ан|ий|й|иан|ит|в|ов)?ск(?:ий|ая|ое|ие|ого|ой|ому|им|ом|ую|их|ими|ою)$|[лдт][ыі][қк](?:тер|тар|тердің)?$"
)
"""How Russian and Kazakh call things after a place: казахстанский, ресейлік."""


class Names:
    """A table of aliases and the search for them. Immutable."""

    def __init__(self, entries: dict[str, dict[str, object]]) -> None:
        self._entries = entries
        self._by_first: dict[str, list[_Alias]] = {}
        self._han: dict[str, tuple[str, Kind]] = {}
        self._spellings: dict[str, tuple[str, ...]] = {}
        for key, entry in entries.items():
            kind: Kind = entry["kind"]  # type: ignore[assignment]
            written = list(_strings(entry.get("names")))
            self._spellings[key] = tuple(dict.fromkeys(written))
            for spelling in written:
                self._add(spelling, key, kind)
            for spelling in _strings(entry.get("adjectives")):
                self._add(spelling, key, "demonym")
        for aliases in self._by_first.values():
            aliases.sort(key=lambda alias: len(alias.words), reverse=True)
        self._han_lengths: dict[str, list[int]] = {}
        for spelling in self._han:
            self._han_lengths.setdefault(spelling[0], []).append(len(spelling))
        for lengths in self._han_lengths.values():
            lengths[:] = sorted(set(lengths), reverse=True)
        self.find = lru_cache(maxsize=1 << 13)(self._find)

    def _add(self, spelling: str, key: str, kind: Kind) -> None:
        folded = fold(spelling)
        if has_han(folded):
            plain = re.sub(r"[\s·•\-]", "", folded)
            self._han.setdefault(plain, (key, kind))
            return
        words = tuple(_stem(_plain(word.group())) for word in _WORD.finditer(folded))
        if words:
            self._by_first.setdefault(words[0], []).append(_Alias(words, key, kind, spelling))

    def with_file(self, path: Path) -> Names:
        """This table and the names of another alias file; what both have keeps the spellings of both.

        Raises KzragError when the file is not of the form that `aliases.toml` describes.
        """
        return Names(_merged(self._entries, _read_toml(path)))

    def expand(self, key: str) -> tuple[str, ...]:
        """All spellings of a key, best known first; empty for a key that no file has."""
        return self._spellings.get(key, ())

    def keys(self, kind: str) -> list[str]:
        """The keys of all names of one kind."""
        return [key for key, entry in self._entries.items() if entry.get("kind") == kind]

    def seat_of(self, key: str) -> str | None:
        """The country whose government sits at the place of that key."""
        country = self._entries.get(key, {}).get("seat_of")
        return country if isinstance(country, str) else None

    def knows(self, key: str) -> bool:
        """Whether the key is in an alias file."""
        return key in self._entries

    def _find(self, text: str) -> tuple[Name, ...]:
        folded = fold(text)
        found = [*self._alphabetic(text, folded)]
        if has_han(folded):
            found += self._chinese(text, folded)
        taken = [(name.start, name.end) for name in found]
        found += [
            Name(other.key, other.start, other.end, text[other.start : other.end], other.kind, known=False)
            for other in unknown_names(text, folded, taken)
        ]
        return tuple(_with_given_names(sorted(found, key=lambda name: name.start), text))

    def _alphabetic(self, text: str, folded: str) -> Iterator[Name]:
        words = list(_WORD.finditer(folded))
        place = 0
        while place < len(words):
            hit = self._at(words, place, text, folded)
            if hit is None:
                place += 1
                continue
            alias, count, adjective = hit
            start, end = words[place].start(), words[place + count - 1].end()
            yield Name(alias.key, start, end, text[start:end], "demonym" if adjective else alias.kind)
            place += count

    def _at(self, words: list[re.Match[str]], place: int, text: str, folded: str) -> tuple[_Alias, int, bool] | None:
        """The longest alias that begins with the word at `place`, how many words it has, whether it is an adjective."""
        first = _plain(words[place].group())
        best: tuple[_Alias, int, bool] | None = None
        for stem, adjective in _stems(first):
            for alias in self._by_first.get(stem, ()):
                count = len(alias.words)
                if (best is not None and count <= best[1]) or place + count > len(words):
                    continue
                if adjective and (count > 1 or alias.kind != "place"):
                    continue
                if not _as_written(alias, text, words[place]):
                    continue
                if count == 1 or self._follows(alias, words, place, folded):
                    best = (alias, count, adjective)
        return best

    def _follows(self, alias: _Alias, words: list[re.Match[str]], place: int, folded: str) -> bool:
        for step in range(1, len(alias.words)):
            before, word = words[place + step - 1], words[place + step]
            if _BETWEEN.fullmatch(folded, before.end(), word.start()) is None:
                return False
            if not any(stem == alias.words[step] for stem, adjective in _stems(_plain(word.group())) if not adjective):
                return False
        return True

    def _chinese(self, text: str, folded: str) -> Iterator[Name]:
        position = 0
        while position < len(folded):
            length = 0
            for length in self._han_lengths.get(folded[position], ()):
                whole = position + length <= len(folded) and not self._longer_inside(folded, position, length)
                if whole and (hit := self._han.get(folded[position : position + length])) is not None:
                    yield Name(hit[0], position, position + length, text[position : position + length], hit[1])
                    break
            else:
                length = 1
                for key, start, end in _short_forms(folded, position):
                    yield Name(key, start, end, text[start:end], "place")
                    length = max(length, end - position)
            position += length

    def _longer_inside(self, folded: str, position: int, length: int) -> bool:
        """Whether a longer name begins within a short one, which then is none: 多哈 (Doha) in 很多哈萨克人."""
        return any(
            folded[start : start + longer] in self._han
            for start in range(position + 1, position + length)
            for longer in self._han_lengths.get(folded[start], ())
            if longer > length and start + longer > position + length
        )


def _with_given_names(found: list[Name], text: str) -> Iterator[Name]:
    """A given name that the alias file has not belongs to the known surname after it: Sergey Rostovsky."""
    for name, following in zip_longest(found, found[1:]):
        if (
            following is not None
            and not name.known
            and name.kind in ("name", "person")
            and following.known
            and following.kind == "person"
            and text[name.end : following.start] == " "
            and " " not in name.text
        ):
            continue
        yield name


_SHORT = {
    "俄": "russia", "哈": "kazakhstan", "美": "united_states", "中": "china", "乌": "ukraine", "印": "india",
    "欧": "europe", "德": "germany", "法": "france", "英": "united_kingdom", "日": "japan", "韩": "south_korea",
    "伊": "iran",
    "土": "turkey", "白": "belarus", "朝": "north_korea",
}  # fmt: skip
"""One character for a country, as in 俄乌冲突, 中哈关系, 美方."""
_SHORT_PAIR = re.compile(
    f"([{''.join(_SHORT)}])([{''.join(_SHORT)}])"
    "(?=冲突|战争|战|关系|两国|双方|贸易|边境|合作|联盟|会谈|峰会|首脑|铁路|三国|之间|和|局势)"
)
_SHORT_SIDE = re.compile("([俄哈美乌中欧印德法英韩伊土])(?=方|国|媒|军|制|企)")


def _short_forms(folded: str, position: int) -> Iterable[tuple[str, int, int]]:
    if folded[position] not in _SHORT:
        return ()
    if (pair := _SHORT_PAIR.match(folded, position)) is not None:
        return [(_SHORT[pair[1]], position, position + 1), (_SHORT[pair[2]], position + 1, position + 2)]
    if (side := _SHORT_SIDE.match(folded, position)) is not None:
        return [(_SHORT[side[1]], position, position + 2)]
    return ()


def _plain(word: str) -> str:
    return word.replace(".", "").replace("'", "")


@lru_cache(maxsize=1 << 13)
def _stem(word: str) -> str:
    """What of a Cyrillic alias stays the same in all cases; Latin words and abbreviations are kept whole."""
    if not "\u0400" <= word[:1] <= "\u052f" or len(word) < 4:
        return word
    return re.sub("(?:ый|ий|ая|ое|ие|ые|ия|ье|[аяоейьыіу])$", "", word) if len(word) > 4 else word.rstrip("аяейьы")


@lru_cache(maxsize=1 << 14)
def _stems(word: str) -> tuple[tuple[str, bool], ...]:
    """The alias stems a word can be a form of, the longest first, each with whether the form is an adjective."""
    if not "\u0400" <= word[:1] <= "\u052f":
        plural = ((word[:-1], False),) if word.endswith("s") and len(word) > 5 else ()
        return ((word, False), *plural)
    found = [(word, False), (_stem(word), False)]
    for cut in range(len(word) - 1, max(2, len(word) - 9), -1):
        stem, ending = word[:cut], word[cut:]
        if _RUSSIAN_ENDING.match(ending):
            found.append((stem, False))
        elif _KAZAKH_ENDING.match(ending):
            found += [(stem, False), (_stem(stem), False)]
        elif cut > 3 and _ADJECTIVE.match(ending):
            found.append((stem, True))
    return tuple(found)


def _as_written(alias: _Alias, text: str, word: re.Match[str]) -> bool:
    """Whether an alias that is an ordinary word as well has the capitals that make it a name."""
    written = text[word.start() : word.end()]
    if len(alias.words) > 1:
        return True
    short = "\u0400" <= alias.written[0] <= "\u052f" and len(written) <= _SHORT_WORD
    if _plain(fold(written)) not in _ORDINARY and not (short and alias.kind not in ("person", "demonym")):
        return True
    if alias.written.replace(".", "").isupper():
        return written.replace(".", "").isupper()
    return written[0].isupper()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


def _read_toml(path: Path) -> dict[str, dict[str, object]]:
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KzragError(f"{path} can't be read as a file of aliases ({error}); see aliases.toml of kzrag.") from None
    for key, entry in entries.items():
        if not isinstance(entry, dict) or not isinstance(entry.get("names"), list):
            raise KzragError(f'{path}: [{key}] needs a list of spellings, names = ["…", "…"].')
        entry.setdefault("kind", "name")
    return entries


def _rows(name: str) -> Iterator[tuple[str, list[str]]]:
    """The key that begins each line of a table of ours, and the spellings in the columns after it."""
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            key, *columns = line.split("\t")
            yield key, [spelling for column in columns for spelling in column.split("|") if spelling]


def _countries() -> dict[str, dict[str, object]]:
    entries: dict[str, dict[str, object]] = {
        key: {"kind": "place", "names": spellings} for key, spellings in _rows("countries.tsv")
    }
    for country, spellings in _rows("peoples.tsv"):
        entries[country]["adjectives"] = spellings
    for country, spellings in _rows("capitals.tsv"):
        key = re.sub(r"[^a-z]+", "_", fold(spellings[0]))
        entries.setdefault(key, {"kind": "place", "names": spellings, "seat_of": country})
    return entries


def _merged(old: dict[str, dict[str, object]], new: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    entries = dict(old)
    for key, entry in new.items():
        known = entries.get(key, {"kind": entry["kind"]})
        entries[key] = {
            **known,
            **entry,
            "kind": known["kind"],
            "names": [*_strings(known.get("names")), *_strings(entry.get("names"))],
            "adjectives": [*_strings(known.get("adjectives")), *_strings(entry.get("adjectives"))],
        }
    return entries


@lru_cache(maxsize=1)
def bundled() -> Names:
    """The table that kzrag ships."""
    return Names(_merged(_countries(), _read_toml(_HERE / "aliases.toml")))


_in_use: Names | None = None


def table() -> Names:
    """The table that `names` and `expand` look into."""
    return _in_use or bundled()


def use(other: Names | None) -> None:
    """Look into another table from now on, in the whole process; None for the bundled one again."""
    global _in_use  # noqa: PLW0603  # one vocabulary per process, as the index terms depend on it
    _in_use = other


def load(path: Path) -> Names:
    """The bundled table and the names of one more alias file. Raises KzragError when it isn't one."""
    return bundled().with_file(path)


def names(text: str) -> list[Name]:
    """The names in `text`, in order, never overlapping."""
    own = table()
    return list(own.find(text) if len(text) <= _LONGEST_MEMO else own.find.__wrapped__(text))


def expand(key: str) -> tuple[str, ...]:
    """All known spellings of a key, in all scripts; empty for an unknown name."""
    return table().expand(key)


@lru_cache(maxsize=1)
def _country_keys() -> frozenset[str]:
    return frozenset(key for key, _ in _rows("countries.tsv"))


def is_country(key: str) -> bool:
    """Whether a key is of a country or a part of the world, and not of a place in one."""
    return key in _country_keys()


_WORLD = word_set("africa americas asia central_asia western_asia europe eastern_europe northern_europe western_europe")


def is_region(key: str) -> bool:
    """Whether a key is of a part of the world, which has many countries in it."""
    return key in _WORLD


def seat_of(key: str) -> str | None:
    """The country that a capital may stand for: "Moscow" for Russia."""
    return table().seat_of(key)


def powers(keys: Iterable[str]) -> frozenset[str]:
    """The keys, and the countries that seats of power among them stand for."""
    named = frozenset(keys)
    return named | {seat for key in named if (seat := seat_of(key)) is not None}


def one_power(a: str, b: str) -> bool:
    """Whether two keys are one, one stands for the other, or both for one country: Ashgabat, Turkmenistan; Kremlin."""
    return not powers((a,)).isdisjoint(powers((b,)))


SOUNDS_ALIKE = 86
"""Of 100, by rapidfuzz: Rostovsky and Rostovskogo are 86, Tashkent and Bishkek 40, Batumi and Baku 60."""


def same_name(a: str, b: str) -> bool:
    """Whether two keys can be one name: equal, one the last name of the other, alike in Latin letters, or heard alike
    across scripts."""
    if a == b:
        return True
    own = table()
    if own.knows(a) and own.knows(b):
        return False
    if a.isascii() != b.isascii():
        return not (own.knows(a) or own.knows(b)) and heard_alike(a, b)
    if not a.isascii():
        return a in b or b in a
    from rapidfuzz.fuzz import ratio

    first, second = a.split("_"), b.split("_")
    if len(first) != len(second):
        longer, shorter = (first, second) if len(first) > len(second) else (second, first)
        return len(shorter) == 1 and len(shorter[0]) > 3 and ratio(shorter[0], longer[-1]) >= SOUNDS_ALIKE
    return min(len(a), len(b)) > 3 and ratio(a, b) >= SOUNDS_ALIKE
