"""Fits when two values given to one question are of one thing: the weights of kzrag.answering.claims.

    python eval/pairs.py

Pairs of the best answer and a claim of another source that gives another value: of the tuning cases of all corpora,
and of the invented disputes and quarrels of the tests. A pair is of one thing when a question is known to be disputed
and both are sides of it. Folds by question, and each corpus left out once, show what the weights are worth elsewhere.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from calibrate import FOLDS, fit, gold_of, touches, unlike_each_other

from kzrag.answering import claims
from kzrag.answering.abstention import fitting
from kzrag.answering.disagreement import LOOKED_AT_WEAKER
from kzrag.answering.engine import _readings, look
from kzrag.answering.voices_asked import speakers
from kzrag.conversation import standalone
from kzrag.evaluation.memory import memory_index, plain_document
from kzrag.index.encoder import load_encoder
from kzrag.text.language import detect

TESTS = Path(__file__).parents[1] / "tests" / "answering"
GENTLE = 0.5  # the ridge: a few hundred pairs for nine numbers
LEAST_SCORE = 0.08
KINDS = ("figure", "date", "person", "place")


def known():
    """Name of the corpus, question, its history, index, and which side a piece takes: a number, or `None`."""
    cases = list(unlike_each_other())
    known_disputes = {place for case, index in cases if case.positions for place in gold_of(case, index)}
    for case, index in cases:
        # What is asked plainly of a disputed matter is neither of one thing nor of two.
        if case.expect != "answer" or (not case.positions and known_disputes.intersection(gold_of(case, index))):
            continue
        places = [[place] for place in gold_of(case, index)]

        def side(piece, places=places):
            return next((number for number, gold in enumerate(places) if touches(piece, gold)), None)

        corpus = {"inv": "dam", "fer": "ferry"}.get(case.id[:3], "articles")
        yield corpus, case.question, case.history, index, bool(case.positions), side
    encoder = load_encoder()
    disputes = tomllib.loads((TESTS / "disputes.toml").read_text(encoding="utf-8"))["case"]
    quarrels = tomllib.loads((TESTS / "quarrels.toml").read_text(encoding="utf-8"))["corpus"]
    for name, group in (("disputes", disputes), ("quarrels", quarrels)):
        for each in group:
            index = memory_index([_document(key, given) for key, given in each["documents"].items()], encoder)
            for ask in each.get("ask", [each]):
                sides = ask.get("sides") or [re.escape(words) for words in ask.get("shows", ())]

                def side(piece, sides=sides):
                    text = piece.sentence.text
                    return next((number for number, words in enumerate(sides) if re.search(words, text)), None)

                yield name, ask["question"], (), index, bool(sides), side


def _document(name, given):
    about = {"text": given} if isinstance(given, str) else dict(given)
    about.pop("reader", None)
    text = about.pop("text")
    return plain_document(name, text, detect(text), **{"published": "2021", **about})


def pairs() -> Iterator[tuple[str, str, bool, claims.Pair]]:
    """Corpus, question, whether of one thing, and what is known of the pair."""
    for corpus, question, history, index, disputed, side in known():
        for needs in _readings(standalone(question, history)):
            if needs.kind not in KINDS:
                continue
            evidence = fitting(needs, look(needs, index, None, allowed=speakers(needs, index)), index)
            told = [claims.claim(needs, piece, index) for piece in evidence[:LOOKED_AT_WEAKER]]
            first = next((each for each in told if each.given), None)
            if first is None or first.family != told[0].family:
                continue
            asked, mine = claims.Asked.of(needs, index), side(first.piece)
            for each in told:
                other = claims.facing(first, each, index)
                if other.family == first.family or not other.given or other.piece.score < LEAST_SCORE:
                    continue
                if claims._values(first, other) == "conflict" and claims.one_scope(
                    claims._scope(first), claims._scope(other)
                ):
                    theirs = side(other.piece)
                    one_thing = disputed and mine is not None and theirs is not None and theirs != mine
                    yield corpus, question, one_thing, claims.pair(asked, first, other, index)


def main() -> None:
    found = list(pairs())
    x = np.array([[*pair, 1.0] for _, _, _, pair in found])
    y = np.array([one_thing for _, _, one_thing, _ in found])
    start, equal = np.zeros(x.shape[1]), np.ones(len(y))
    corpora = np.array([corpus for corpus, _, _, _ in found])
    places = {question: place for place, question in enumerate(dict.fromkeys(row[1] for row in found))}
    folds = np.array([places[row[1]] % FOLDS for row in found])
    print(f"{len(y)} pairs of {len(places)} questions, {y.sum()} of one thing")

    def elsewhere(left_out: np.ndarray) -> np.ndarray:
        beta = fit(x[~left_out], y[~left_out].astype(float), equal[~left_out], start, GENTLE)
        return x[left_out] @ beta

    held = np.zeros(len(y))
    for fold in range(FOLDS):
        held[folds == fold] = elsewhere(folds == fold)
    for name in ("folds by question", *dict.fromkeys(corpora)):
        within = np.ones(len(y), bool) if name not in corpora else corpora == name
        chances = held if name not in corpora else elsewhere(within)
        right, wrong = (int((chances[of[within]] > 0).sum()) for of in (y, ~y))
        print(f"{name}: {right} of {y[within].sum()}, and {wrong} of {(~y)[within].sum()} others")
    beta = fit(x, y.astype(float), equal, start, GENTLE)
    print("weights", tuple(round(float(b), 2) for b in beta[:-1]), "bias", round(float(beta[-1]), 2))


if __name__ == "__main__":
    main()
