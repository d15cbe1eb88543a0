"""One command from MiniLM's weights and the public training data to the encoder that kzrag ships.

    python training/build.py [--weights MODEL_DIR] [--data DATA_DIR] [--work WORK_DIR] [--out ENCODER_DIR]

It needs what `training/requirements.txt` names. Every stage leaves its result in WORK_DIR and is skipped when the
result is there, so an interrupted run goes on where it stopped; remove a file to repeat its stage, and what was made
from it. Seeded. On two cores, teach each script in a run of its own (`--script han --threads 1`, `--script cyrillic
--threads 1`), then run once without `--script`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import align
import numpy as np
import passages
import sources
import tokens
import train
from sources import Pair
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from model import Transformer
    from torch import Tensor

REPOSITORY = Path(__file__).parents[1]
SEED = 20261122
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # all-MiniLM-L6-v2
HELD_OUT = {"zh": 500, "ru": 500, "kk": 200}  # news sentences kept away from training, to choose by
LONG_ENOUGH = 60  # characters of English: shorter held-out sentences are found too easily

SCRIPT_LANGUAGES = {"han": ("zh",), "cyrillic": ("ru", "kk")}
RARE = 5  # a row that the sentences have less often is also taught from the dictionary
KAZAKH_REPEATS = 2  # extra passes over the few Kazakh sentences
GLOSSES, FORMS = 2, 2  # lessons per headword: first meanings, inflected forms
LONGEST_HEADWORD = {"zh": 0, "ru": 0, "kk": 4}  # pieces; sentences are many in Chinese and Russian, few in Kazakh
CALIBRATION = 120  # sentences per language whose activations set the int8 scales

Taught = tuple[list[np.ndarray], np.ndarray]  # row numbers of texts, and the vectors that they should have


@dataclass(frozen=True)
class Pass:
    """One going over the lessons."""

    name: str
    share: float
    """Of the time."""
    epochs: float
    rate: float
    """Of the rows."""
    adapter_rate: float
    contrast: float
    tatoeba: int
    """One in so many of its sentences is a lesson: they are short and cheap, but little like news."""


# Sentences first, where a word's meaning is learnt fastest, then Kazakh by its Russian, then passages beside sentences.
SENTENCES, PAIRS, PASSAGES, AGAIN = PASSES = (
    Pass("sentences", 0.25, 1, 5e-3, 1e-3, 0.05, 3),
    Pass("pairs", 0.05, 1, 1.7e-3, 1e-3, 0.05, 3),
    Pass("passages", 0.2, 1, 1e-3, 5e-4, 0.3, 8),
    Pass("again", 0.5, 2, 2e-3, 7e-4, 0.3, 4),
)

log = logging.getLogger("encoder")


def check_weights(path: Path) -> None:
    if not path.exists():
        raise SystemExit(f"{path} is missing: put all-MiniLM-L6-v2's model.safetensors and tokenizer.json there.")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise SystemExit(f"{path} has SHA-256 {digest}: all-MiniLM-L6-v2's model.safetensors has {WEIGHTS_SHA256}.")


def read_all(data: Path) -> tuple[list[Pair], dict[str, list[Pair]], list[Pair]]:
    """(dictionary entries, sentences kept for choosing, sentences to train on), each text once."""
    entries = list(dict.fromkeys(p for source in sources.DICTIONARIES.values() for p in source.read(data)))
    unique = list(dict.fromkeys(p for source in sources.SENTENCES.values() for p in source.read(data)))
    random.Random(SEED).shuffle(unique)
    held: dict[str, list[Pair]] = {language: [] for language in HELD_OUT}
    for pair in unique:
        news = pair.source in ("newstest", "xwmt") and len(pair.english) > LONG_ENOUGH
        if news and len(held[pair.language]) < HELD_OUT[pair.language]:
            held[pair.language].append(pair)
    # the English of a kept sentence may stand in another test set or language too: all its copies go
    kept = {text for pairs in held.values() for pair in pairs for text in (pair.english, pair.foreign)}
    rest = [pair for pair in unique if pair.english not in kept and pair.foreign not in kept]
    return entries, held, rest


class Lessons:
    """What the stages share: the options, the texts, and the tokenizer once it is there."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.weights: Path = options.weights / "model.safetensors"
        self.original: Path = options.weights / "tokenizer.json"
        self.data: Path = options.data
        self.work: Path = options.work
        self.out: Path = options.out
        self.minutes: float = options.minutes
        self.entries, self.held, self.sentences = read_all(options.data)
        log.info("%d dictionary entries, %d sentences", len(self.entries), len(self.sentences))
        unseen = {text for pairs in self.held.values() for p in pairs for text in (p.english, p.foreign)}
        self.held_documents, self.documents = passages.split(sources.documents(self.data), unseen, SEED)
        self.held_texts = frozenset(text for d in self.held_documents for p in d for text in (p.english, p.foreign))

    def choose_words(self) -> None:
        english = json.loads(self.original.read_text("utf-8"))["model"]["vocab"]
        chosen, simplify = tokens.choose(self.entries, self.sentences, self.data, english)
        table = tokens.write_tokenizer(chosen, simplify, self.original, self.work / "tokenizer.json")
        (self.work / "scripts.json").write_text(json.dumps({"first_cyrillic": chosen.first_cyrillic}))
        np.save(self.work / "table.npy", np.array(table, np.int32))
        log.info("%d new rows, %d pieces", len(chosen.rows), len(table))

    def read_words(self) -> None:
        self.tokenizer = Tokenizer.from_file(str(self.work / "tokenizer.json"))
        self.table: np.ndarray = np.load(self.work / "table.npy")
        self.first_cyrillic = json.loads((self.work / "scripts.json").read_text())["first_cyrillic"]

    def rows_of(self, texts: list[str]) -> list[np.ndarray]:
        """Rows of each text, without [CLS] and [SEP]; silent pieces have no row and fall out."""
        found = (np.array(e.ids, np.int64) for e in self.tokenizer.encode_batch(texts, add_special_tokens=False))
        return [self.table[pieces[pieces < len(self.table)]] for pieces in found]

    def first_rows(self) -> None:
        from model import load

        _, embedding = load(self.weights)
        pairs = self.entries + self.sentences
        foreign = self.rows_of([p.foreign for p in pairs])
        english = self.rows_of([p.english.removeprefix("to ") for p in pairs])
        english = [pieces[pieces < len(embedding)] for pieces in english]
        found = align.model_one(foreign, english)
        np.save(self.work / "rows_start.npy", align.first_rows(embedding.numpy(), int(self.table.max()) + 1, *found))

    def targets(self, pairs: list[Pair], name: str) -> np.ndarray:
        """float16 (len(pairs), 384): MiniLM's vectors of the English sides, kept as `name`."""
        path = self.work / f"{name}.npy"
        if not path.exists():
            from model import load

            model, embedding = load(self.weights)
            texts = list(dict.fromkeys(p.english for p in pairs))
            unknown = 100  # [UNK]: what MiniLM itself reads for a foreign word in an English text
            rows = [np.where(row < len(embedding), row, unknown) for row in self.rows_of(texts)]
            vectors = train.encode(model, embedding, rows, name)
            place = {text: number for number, text in enumerate(texts)}
            np.save(path, vectors[[place[p.english] for p in pairs]])
        kept: np.ndarray = np.load(path)
        return kept

    def headwords(self, languages: tuple[str, ...]) -> list[Pair]:
        """Dictionary entries worth a lesson: short ones, the first glosses of each, and some inflected forms."""
        chooser = random.Random(SEED)
        glosses: dict[tuple[str, str], list[Pair]] = {}
        for pair in self.entries:
            if pair.language in languages:
                glosses.setdefault((pair.language, pair.foreign), []).append(pair)
        sizes = [len(pieces) for pieces in self.rows_of([text for _, text in glosses])]
        chosen = []
        for ((language, _), pairs), size in zip(glosses.items(), sizes, strict=True):
            if size > LONGEST_HEADWORD[language]:
                continue
            forms = chooser.sample(pairs[0].forms, min(FORMS, len(pairs[0].forms)))
            chosen += pairs[:GLOSSES]
            chosen += [Pair(language, form, pairs[0].english, pairs[0].source) for form in forms]
        return chosen

    def judgement(self, languages: tuple[str, ...]) -> Callable[[Transformer, Tensor], str]:
        """How near the kept texts come to their English: for sentences and whole passages the mean cosine; for finding
        a document by its first line R@1 and cross entropy, into the language, out of it and within it."""
        kept = {}
        for language in languages:
            bodies = [d for d in self.held_documents if d[0].language == language]
            texts = self.held[language] + [d[0] for d in bodies] + [passages.joined(d[1:]) for d in bodies]
            kept[language] = (
                self.rows_of([p.foreign for p in texts]),
                self.targets(texts, f"held_texts_{language}").astype(np.float32),
                len(self.held[language]),
                len(bodies),
            )

        def found(asked: np.ndarray, passages: np.ndarray) -> str:
            likeness = asked @ passages.T
            right, sharp = np.arange(len(asked)), likeness / train.TEMPERATURE
            entropy = np.log(np.exp(sharp).sum(1)) - sharp.diagonal()
            return f"{(likeness.argmax(1) == right).mean():.3f} {entropy.mean():.3f}"

        def judge(model: Transformer, rows: Tensor) -> str:
            said = []
            for language, (texts, english, sentences, documents) in kept.items():
                vectors = train.encode(model, rows, texts).astype(np.float32)
                near = (vectors * english).sum(1)
                said.append(f"{language} cosine {near[:sentences].mean():.4f}")
                if not documents:
                    continue
                heads, bodies = slice(sentences, sentences + documents), slice(sentences + documents, None)
                there, back = found(english[heads], vectors[bodies]), found(vectors[heads], english[bodies])
                within, level = found(vectors[heads], vectors[bodies]), found(english[heads], english[bodies])
                said.append(
                    f"of passages {near[bodies].mean():.4f}, documents en->{language} {there}, {language}->en {back}, "
                    f"within {within} (English {level})"
                )
            return "; ".join(said)

        return judge

    def sentence_lessons(self, script: str, tatoeba: int, without: frozenset[str]) -> Taught:
        """The sentences of the script, one in `tatoeba` of Tatoeba's, the Kazakh ones several times; none that has a
        text of `without`."""
        picked = []
        for n, p in enumerate(self.sentences):
            if p.language not in SCRIPT_LANGUAGES[script] or p.english in without or p.foreign in without:
                continue
            if p.language == "kk":
                picked += [n] * (1 + KAZAKH_REPEATS)
            elif p.source != "tatoeba" or n % tatoeba == 0:
                picked.append(n)
        goals = self.targets(self.sentences, "target_sentences")[picked]
        return self.rows_of([self.sentences[n].foreign for n in picked]), goals

    def word_lessons(self, script: str) -> Taught:
        """Headwords with a row that the sentences seldom have."""
        languages = SCRIPT_LANGUAGES[script]
        texts = self.rows_of([p.foreign for p in self.sentences if p.language in languages])
        often = np.bincount(np.concatenate(texts), minlength=int(self.table.max()) + 1) >= RARE
        lessons = self.headwords(languages)
        words = self.rows_of([p.foreign for p in lessons])
        rare = [n for n, pieces in enumerate(words) if len(pieces) and not often[pieces].all()]
        return [words[n] for n in rare], self.targets(lessons, f"target_words_{script}")[rare]

    def pivot_lessons(self, script: str, model: Transformer, rows: Tensor) -> Taught:
        """Kazakh sentences without English: their target is what the model makes of their Russian."""
        pivots = [pivot for pivot in sources.russian_pivot(self.data) if script == "cyrillic" and pivot[0] == "kk"]
        russian = train.encode(model, rows, self.rows_of([text for _, _, text in pivots]))
        return self.rows_of([text for _, text, _ in pivots]), russian

    def passage_lessons(self, script: str) -> Taught:
        """Passages of the documents to train on."""
        chosen = [p for p in passages.cut(self.documents, SEED) if p.language in SCRIPT_LANGUAGES[script]]
        return self.rows_of([p.foreign for p in chosen]), self.targets(chosen, f"target_passages_{script}")

    def teach(self, script: str) -> None:
        """The passes for the languages of one script, each from where the one before it ended.

        Scripts share no row and no adapter: they may be taught at the same time, each on a core of its own.
        """
        import torch
        from model import load

        torch.manual_seed(SEED)
        model, _ = load(self.weights, self.first_cyrillic)
        rows = torch.tensor(np.load(self.work / "rows_start.npy"))
        judge = self.judgement(SCRIPT_LANGUAGES[script])
        log.info("%s before: %s", script, judge(model, rows))
        bank = self.targets(self.sentences, "target_sentences")
        bank = bank[[n for n, p in enumerate(self.sentences) if p.source != "tatoeba"]]
        before = earlier = None
        for number, each in enumerate(PASSES):
            whole = each in (PASSAGES, AGAIN)
            if each is SENTENCES:
                more = self.word_lessons(script)
            elif each is PAIRS:
                more = self.pivot_lessons(script, model, rows)
            else:
                more = self.passage_lessons(script)
            parts = [self.sentence_lessons(script, each.tatoeba, self.held_texts if whole else frozenset()), more]
            texts = [text for some, _ in parts for text in some]
            log.info("%s, %s: %d texts, %d pieces", script, each.name, len(texts), sum(map(len, texts)))
            checkpoint = self.work / f"{each.name}_{script}.pt"
            train.learn(
                model,
                rows,
                texts,
                np.concatenate([goals for _, goals in parts]),
                epochs=each.epochs,
                rate=each.rate,
                adapter_rate=each.adapter_rate,
                contrast=each.contrast,
                bank=bank if whole else None,
                seed=SEED + number,
                checkpoint=checkpoint,
                after=before,
                minutes=self.minutes * each.share,
            )
            log.info("%s after %s: %s", script, each.name, judge(model, rows))
            earlier, before = before, checkpoint
        # halfway between the last two: as near to the English as the one, confusing as few texts as the other
        other = torch.load(earlier, weights_only=True)
        halfway = {name: (value + other["model"][name]) / 2 for name, value in model.state_dict().items()}
        taught = {"rows": (rows + other["rows"]) / 2, "model": halfway}
        unfinished = self.work / f"taught_{script}.part"  # cut short, it must not pass for the result
        torch.save(taught, unfinished)
        unfinished.replace(self.work / f"taught_{script}.pt")

    def together(self) -> tuple[Transformer, Tensor]:
        """The model with each script's own rows and adapters."""
        import torch
        from model import BOTTLENECK, ENGLISH, SCRIPTS, load

        model, _ = load(self.weights, self.first_cyrillic)
        rows = torch.tensor(np.load(self.work / "rows_start.npy"))
        mine = {"han": slice(ENGLISH, self.first_cyrillic), "cyrillic": slice(self.first_cyrillic, len(rows))}
        state = model.state_dict()
        for number, script in enumerate(SCRIPTS):
            taught = torch.load(self.work / f"taught_{script}.pt", weights_only=True)
            rows[mine[script]] = taught["rows"][mine[script]]
            part = slice(number * BOTTLENECK, (number + 1) * BOTTLENECK)
            for name, value in taught["model"].items():
                if "adapter_out" in name:
                    state[name][:, part] = value[:, part]
                elif "adapter_in" in name:
                    state[name][part] = value[part]
        model.load_state_dict(state)
        return model, rows

    def export(self) -> None:
        """The three files of the encoder, and beside the work the manifest of what went in."""
        import export
        import torch

        model, rows = self.together()
        log.info("together: %s", self.judgement(tuple(HELD_OUT))(model, rows))
        chooser = random.Random(SEED)
        heard = [p.english for p in chooser.sample(self.sentences, CALIBRATION)]
        for language in HELD_OUT:
            mine = [p.foreign for p in self.sentences if p.language == language]
            heard += chooser.sample(mine, CALIBRATION)
        padded = [torch.as_tensor(train.pad([text])[0]) for text in self.rows_of(heard)]
        self.out.mkdir(parents=True, exist_ok=True)
        export.write(model, rows, self.table, export.loudness(model, rows, padded), self.out / "model.onnx")
        shutil.copyfile(self.work / "tokenizer.json", self.out / "tokenizer.json")
        digest = hashlib.sha256(b"".join((self.out / n).read_bytes() for n in ("model.onnx", "tokenizer.json")))
        card = {"id": f"kzrag-encoder-{digest.hexdigest()[:16]}", "dimension": rows.shape[1], "silent": len(self.table)}
        (self.out / "encoder.json").write_text(json.dumps(card) + "\n")
        (self.work / "manifest.json").write_text(json.dumps(self.manifest(), ensure_ascii=False, indent=1) + "\n")
        log.info("wrote %s, %.1f MB", card["id"], sum(p.stat().st_size for p in self.out.iterdir()) / 1e6)

    def manifest(self) -> list[dict[str, Any]]:
        """Every source with its licence, the files' common hash, and how many lines of each language were used."""
        used = Counter((p.source, p.language) for p in self.sentences)
        found = []
        for kind, group in (("dictionary", sources.DICTIONARIES), ("sentences", sources.SENTENCES)):
            for name, source in group.items():
                digest = hashlib.sha256()
                for path in sorted((self.data / source.folder).rglob("*")):
                    if path.is_file():
                        digest.update(path.read_bytes())
                read = Counter(p.language for p in dict.fromkeys(source.read(self.data)))
                lines = {lang: used[name, lang] for lang in read} if kind == "sentences" else dict(read)
                found.append({"name": source.title, "kind": kind, "folder": source.folder, "licence": source.licence,
                              "sha256": digest.hexdigest(), "lines": lines})  # fmt: skip
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    weights, data = REPOSITORY / "out/all-MiniLM-L6-v2", os.environ.get("KZRAG_DATA_DIR", "../shared/data")
    shipped = REPOSITORY / "src/kzrag/index/encoder_data"
    parser.add_argument("--weights", type=Path, default=weights, help="model.safetensors and tokenizer.json of MiniLM")
    parser.add_argument("--data", type=Path, default=Path(data) / "training", help="holds dict/ and parallel/")
    parser.add_argument(
        "--work", type=Path, default=REPOSITORY / "out/encoder", help="for what the stages leave behind"
    )
    parser.add_argument("--out", type=Path, default=shipped, help="for the encoder")
    parser.add_argument("--minutes", type=float, default=1e6, help="of training; its passes end early after that")
    parser.add_argument("--script", choices=SCRIPT_LANGUAGES, help="teach the languages of this script and stop")
    parser.add_argument("--threads", type=int, help="of torch; as many as it likes when not given")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    if options.threads:
        import torch

        torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    check_weights(options.weights / "model.safetensors")
    lessons = Lessons(options)
    if not (options.work / "table.npy").exists():
        lessons.choose_words()
    lessons.read_words()
    if not (options.work / "rows_start.npy").exists():
        lessons.first_rows()
    for script in [options.script] if options.script else SCRIPT_LANGUAGES:
        if not (options.work / f"taught_{script}.pt").exists():
            lessons.teach(script)
    if not options.script:
        lessons.export()


if __name__ == "__main__":
    main()
