"""Chooses the new words and writes one `tokenizer.json` that reads all four languages.

English keeps MiniLM's pieces and ids. New pieces come after them and point, through a table piece -> row, at rows of
the embedding: a Chinese word has two pieces (at the start of a run of Han characters and inside it) and one row, a
Kazakh stem and its softened form share one row. WordPiece over an unbroken run of Han characters is longest match
over words; over Cyrillic words it is stem and endings. Endings are silent: the encoder drops them, because a row of
their own is one more word to average over and says little (on held-out Russian sentences the cosine to the translation
was .55 with endings and .68 without, before any training). Negation stays.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import opencc
import Stemmer
from sources import Pair, frequencies, hanzi, hsk
from tokenizers import Tokenizer

HAN = "\u4e00-\u9fff"
UNKNOWN_HAN = "\u3400"  # stands for every Han character without a row of its own
LONGEST_HAN_WORD = 6  # characters; longer dictionary entries are sayings and titles
LONGEST_RUN = 60  # Han characters that WordPiece reads as one word; it gives up above 100
FREQUENT_RUSSIAN = 4000  # forms of the frequency list kept whole: pronouns, prepositions, irregular verbs
KAZAKH_SOFTENED = {"п": "б", "к": "г", "қ": "ғ"}  # a stem's last consonant before a vowel: кітап, кітабы
KAZAKH_ENDINGS = (  # noqa: SIM905
    "лар лер дар дер тар тер ым ім м ың ің ы і сы сі ымыз іміз мыз міз лары лері дары дері тары тері "
    "ның нің дың дің тың тің ға ге қа ке а е на не ны ні ды ді ты ті н да де та те нда нде ында інде нан нен дан ден "
    "тан тен ынан інен мен бен пен ымен імен лық лік дық дік тық тік шы ші сыз сіз лы лі дағы дегі тағы тегі ндағы "
    "ндегі ындағы індегі ша ше рақ рек ып іп п й ады еді йды йді ған ген қан кен атын етін йтын йтін са се май мей ма "
    "ме ба бе па пе у ушы уші уы уі уға уге уды уді ылды ілді лды лді ыл іл ын ін ыс іс дыр дір тыр тір ғаны гені қаны "
    "кені ғанын генін дым дім тым тім дық дік дың дің сың сің мын мін быз біз мыз міз лған лген ылған ілген лық лігі "
    "лығы дығы дігі тығы тігі лығын лігін шылық шілік"
).split()

KAZAKH_SPOKEN = re.compile(r"(ма|ме|ба|бе|па|пе)(?!н)|с[ыі]з|сіз")  # negation and "without": these endings stay rows
SILENT = -1  # in the table piece -> row: the encoder drops the piece

_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]+")
_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN = dict(
    zip("абвгдежзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі",
        "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya a g k n o u u h i".split(),  # noqa: SIM905
        strict=True)
)  # fmt: skip


def latin(word: str) -> str:
    """Cyrillic in Latin letters, the way names are spelt in English news."""
    return "".join(_LATIN.get(letter, letter) for letter in word).replace("_", "")


def fold(word: str) -> str:
    """Lower case as the tokenizer folds it: й and ё lose their marks (BERT strips accents)."""
    return word.lower().replace("й", "и").replace("ё", "е")


@dataclass
class Vocabulary:
    """New pieces (strings) and the row each one points at; rows are numbered after MiniLM's own."""

    first_row: int
    first_cyrillic: int = 0  # rows of the Han script come first
    pieces: dict[str, int] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)  # the piece a row was made for

    def row(self, name: str) -> int:
        self.rows.append(name)
        return self.first_row + len(self.rows) - 1

    def add(self, word: str, *, inside: bool, row: int | None = None, head: bool = True) -> int:
        """The row of `word`; a new one unless the piece exists or `row` is given."""
        known = self.pieces.get(word if head else "##" + word)
        row = known if known is not None else row if row is not None else self.row(word if head else "##" + word)
        if head:
            self.pieces.setdefault(word, row)
        if inside:
            self.pieces.setdefault("##" + word, row)
        return row

    def silence(self, ending: str) -> None:
        """Make an ending silent, also where MiniLM happens to have the piece: it has it for no English text."""
        self.pieces["##" + ending] = SILENT


class Simplifier:
    """Traditional to Simplified, character by character, as the tokenizer's normaliser does it."""

    def __init__(self) -> None:
        convert = opencc.OpenCC("t2s").convert
        everything = [chr(code) for code in range(0x4E00, 0xA000)]
        self.table = {c: s for c in everything if (s := convert(c)) != c and len(s) == 1}
        self._translate = str.maketrans(self.table)

    def __call__(self, text: str) -> str:
        return text.translate(self._translate)


def _han_words(
    pairs: Iterable[Pair], sentences: Iterable[Pair], data: Path, simplify: Simplifier
) -> tuple[set[str], set[str]]:
    """(words, characters): dictionary words met in the frequency lists, HSK or the training text."""
    names, words, characters = set(), set(), set()
    for pair in pairs:
        if pair.language != "zh":
            continue
        word = simplify(pair.foreign)
        if _HAN_RUN.fullmatch(word) and len(word) <= LONGEST_HAN_WORD:
            (names if pair.source == "cldr" else words).add(word)
    met = {simplify(word) for name in ("zh_cn_50k", "zh_tw_50k") for word in frequencies(data, name)}
    met.update(word for word, _ in hsk(data))
    characters.update("".join(met & words | names), hanzi(data))
    for pair in sentences:
        if pair.language != "zh":
            continue
        for run in _HAN_RUN.findall(simplify(pair.foreign)):
            characters.update(run)
            met.update(run[i:j] for i in range(len(run)) for j in range(i + 2, min(i + LONGEST_HAN_WORD, len(run)) + 1))
    return {w for w in (words & met) | names if len(w) > 1}, set(_HAN_RUN.findall(" ".join(map(simplify, characters))))


def _russian(vocabulary: Vocabulary, pairs: Iterable[Pair], sentences: Iterable[Pair], data: Path) -> None:
    stem = Stemmer.Stemmer("russian").stemWord
    glossed = {w for p in pairs if p.language == "ru" for w in _CYRILLIC_WORD.findall(p.foreign.lower())}
    counts = Counter(w for p in sentences if p.language == "ru" for w in _CYRILLIC_WORD.findall(p.foreign.lower()))
    frequent = frequencies(data, "ru_50k")
    whole = {
        w for w in list(frequent)[:FREQUENT_RUSSIAN] if _CYRILLIC_WORD.fullmatch(w) and (len(w) <= 4 or stem(w) == w)
    }
    endings: Counter[str] = Counter()
    stems = set()
    met = set(counts) | set(frequent)
    met_roots = {fold(stem(w)) for w in met}
    for word in {w for w in glossed if fold(stem(w)) in met_roots} | {w for w, n in counts.items() if n >= 3}:
        root, folded = fold(stem(word)), fold(word)
        # too short a root says nothing; one that the stemmer respelt is no prefix any more
        stems.add(root if len(root) >= 2 and folded.startswith(root) else folded)
    for word in frequent.keys() | counts.keys():
        if _CYRILLIC_WORD.fullmatch(word):
            root, folded = fold(stem(word)), fold(word)
            if folded.startswith(root) and root in stems:
                endings[folded[len(root) :]] += 1
    for word in sorted(map(fold, whole)):
        vocabulary.add(word, inside=False)
    for root in sorted(stems):
        vocabulary.add(root, inside=len(root) >= 4)  # inside: the second half of a compound
    for ending, n in sorted(endings.items()):
        if ending and n >= 5:
            vocabulary.silence(ending)


def _kazakh(vocabulary: Vocabulary, pairs: Iterable[Pair], sentences: Iterable[Pair]) -> None:
    for pair in pairs:
        if pair.language != "kk":
            continue
        words = _CYRILLIC_WORD.findall(fold(pair.foreign))
        for word in words:
            row = vocabulary.add(word, inside=len(word) >= 4)
            if len(word) > 3 and word[-1] in KAZAKH_SOFTENED:
                vocabulary.add(word[:-1] + KAZAKH_SOFTENED[word[-1]], inside=False, row=row)
            if len(word) > 3 and word[-1] == "у" and pair.english.startswith("to "):
                vocabulary.add(word[:-1], inside=False, row=row)  # a verb's stem without the ending of the infinitive
    for ending in map(fold, KAZAKH_ENDINGS):
        if KAZAKH_SPOKEN.match(ending):
            vocabulary.add(ending, inside=True, head=False)
        else:
            vocabulary.silence(ending)
    counts = Counter(w for p in sentences if p.language == "kk" for w in _CYRILLIC_WORD.findall(fold(p.foreign)))
    rests: Counter[str] = Counter()
    for word, n in counts.items():
        cut = next((end for end in range(len(word), 1, -1) if word[:end] in vocabulary.pieces), 0)
        if cut >= 3:
            rests[word[cut:]] += 1
        elif n >= 2:
            vocabulary.add(word, inside=False)
    for rest, n in rests.items():
        if rest and n >= 4 and KAZAKH_SPOKEN.match(rest):
            vocabulary.add(rest, inside=True, head=False)
        elif rest and n >= 4:
            vocabulary.silence(rest)


def _names(vocabulary: Vocabulary, sentences: Iterable[Pair], english: dict[str, int]) -> None:
    """Pieces of Cyrillic names that sound like one of MiniLM's Latin pieces share that piece's row."""
    parts: Counter[str] = Counter()
    for pair in sentences:
        if pair.language == "zh":
            continue
        for word in re.findall(
            r"(?<=[^\W\d_] )[\u0410-\u042f\u0401\u04d8\u0492\u049a\u04a2\u04e8\u04b0\u04ae\u0406][\u0400-\u04ff]{3,}",
            pair.foreign,
        ):
            name = fold(word)
            parts.update(name[i:j] for i in range(1, len(name)) for j in range(i + 2, min(i + 5, len(name)) + 1))
    for part, n in sorted(parts.items()):
        like = english.get("##" + latin(part))
        if n >= 4 and like is not None and "##" + part not in vocabulary.pieces:
            vocabulary.add(part, inside=True, head=False, row=like)


def choose(
    pairs: list[Pair], sentences: list[Pair], data: Path, english: dict[str, int]
) -> tuple[Vocabulary, Simplifier]:
    """The new pieces, from dictionary entries `pairs` and parallel `sentences`; `english` is MiniLM's piece -> id."""
    simplify = Simplifier()
    vocabulary = Vocabulary(first_row=len(english))
    vocabulary.pieces.update(english)
    words, characters = _han_words(pairs, sentences, data, simplify)
    for text in sorted(words) + sorted(characters) + [UNKNOWN_HAN]:
        # MiniLM's few Han characters get rows of their own: nothing was learnt in the old ones
        row = vocabulary.row(text)
        vocabulary.pieces[text] = vocabulary.pieces["##" + text] = row
    vocabulary.first_cyrillic = vocabulary.first_row + len(vocabulary.rows)
    for letter in sorted(set(map(fold, _LATIN)) | set("ђѓєѕїјљњћќўџґҗҙҡңҫұҳҷҹ")):
        like = english.get("##" + (latin(letter) or letter))
        vocabulary.add(letter, inside=False)
        vocabulary.add(letter, inside=True, head=False, row=like if letter not in english else None)
    _russian(vocabulary, pairs, sentences, data)
    _kazakh(vocabulary, pairs, sentences)
    _names(vocabulary, sentences, english)
    return vocabulary, simplify


def _charsmap(rules: dict[str, str]) -> str:
    """The rules (character -> characters) in the compiled form that the Precompiled normaliser reads, base64."""
    import base64

    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2 as spm

    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "rules.tsv"
        points = lambda text: " ".join(f"{ord(c):X}" for c in text)  # noqa: E731
        table.write_text("".join(f"{points(a)}\t{points(b)}\n" for a, b in sorted(rules.items())))
        (Path(folder) / "text").write_text("a b c d e f g\n" * 20)
        sentencepiece.SentencePieceTrainer.train(
            input=f"{folder}/text", model_prefix=f"{folder}/m", vocab_size=12, model_type="char",
            normalization_rule_tsv=str(table), hard_vocab_limit=False, minloglevel=2,
        )  # fmt: skip
        model = spm.ModelProto()
        model.ParseFromString((Path(folder) / "m.model").read_bytes())
        return base64.b64encode(model.normalizer_spec.precompiled_charsmap).decode()


def write_tokenizer(vocabulary: Vocabulary, simplify: Simplifier, original: Path, target: Path) -> list[int]:
    """Writes `tokenizer.json` beside MiniLM's settings; returns the table piece id -> row.

    Silent pieces have the highest ids and no place in the table.
    """
    spec: dict[str, Any] = json.loads(original.read_text("utf-8"))
    english: dict[str, int] = spec["model"]["vocab"]
    rules = dict(simplify.table)
    known = {c for c in vocabulary.rows if len(c) == 1}
    for code in range(0x4E00, 0xA000):
        character = rules.get(chr(code), chr(code))
        if character not in known:
            rules[chr(code)] = UNKNOWN_HAN
    rules |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width forms of ASCII
    rules |= dict(zip("。、「」『』《》〈〉【】", '.,""""""""()', strict=True))
    table = list(range(len(english)))
    vocab = dict(english)
    for piece, row in vocabulary.pieces.items():
        if row == SILENT:
            continue
        if piece in english:
            table[english[piece]] = row  # itself, or the new row of a Han character
        else:
            vocab[piece] = len(table)
            table.append(row)
    silent = [piece for piece, row in vocabulary.pieces.items() if row == SILENT]
    vocab |= {piece: len(table) + number for number, piece in enumerate(silent)}
    spec["model"]["vocab"] = vocab
    spec["truncation"] = spec["padding"] = None
    bert = dict(spec["normalizer"], handle_chinese_chars=False)
    spec["normalizer"] = {
        "type": "Sequence",
        "normalizers": [{"type": "Precompiled", "precompiled_charsmap": _charsmap(rules)}, bert],
    }
    han_run = {
        "type": "Split",
        "pattern": {"Regex": f"[{HAN}{UNKNOWN_HAN}]{{1,{LONGEST_RUN}}}"},
        "behavior": "Isolated",
        "invert": False,
    }
    rare_han = {
        "type": "Split",
        "pattern": {"Regex": f"[^\\P{{Han}}{HAN}{UNKNOWN_HAN}]"},
        "behavior": "Isolated",
        "invert": False,
    }
    spec["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [han_run, rare_han, spec["pre_tokenizer"]]}
    target.write_text(json.dumps(spec, ensure_ascii=False, separators=(",", ":")), "utf-8")
    Tokenizer.from_file(str(target))
    return table
