"""Fits the evidence weights and the refusal threshold on the tuning cases; prints what to put into the code.

    python eval/calibrate.py            the weights of kzrag.answering.evidence
    python eval/calibrate.py --refusal  answerable and unanswerable cases by score, for kzrag.answering.abstention

Uses the tune split only. A plain logistic regression with a ridge towards the present weights, so that a few hundred
cases can't bend them far; folds by case show what it is worth on cases it hasn't seen.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from kzrag.answering import evidence as ev
from kzrag.answering.engine import PASSAGES, _readings, look
from kzrag.answering.voices_asked import speakers
from kzrag.assistant import Assistant
from kzrag.conversation import standalone
from kzrag.evaluation.cases import read_cases
from kzrag.retrieval import Query, hybrid
from kzrag.settings import Settings

FACTS = Path(__file__).parent / "facts"
INVENTED = sorted(path.parent for path in (Path(__file__).parent / "invented").glob("*/corpus"))
RIDGE = 8.0
FOLDS = 5
SHOWN = 3  # pieces of evidence that an answer shows at most
GENTLE = 1.0  # the ridge of the refusal model: a few hundred cases for six numbers
SAME_LANGUAGE = ev.Features._fields.index("same_language")


def rows():
    """Features and gold labels of every judged sentence of every answerable tuning case of all corpora."""
    for case, index in unlike_each_other():
        if case.expect == "answer" and not case.quotes:
            continue
        understood = standalone(case.question, case.history)
        gold = gold_of(case, index)
        for needs in _readings(understood):
            vector = index.read(needs.text)[0]
            hits = hybrid(index, Query(needs.text, vector, needs.language), PASSAGES)
            judged = ev.judge(needs, vector, hits, index, speakers(needs, index))
            labels = np.array([_is_gold(item.sentence, gold) for item in judged])
            if judged and (labels.any() or case.expect == "refuse"):
                yield case, np.array([item.features for item in judged]), labels


def gold_of(case, index) -> list[tuple[str, int, int]]:
    """Where the gold quotes of a case stand."""
    places = []
    for quote in case.quotes:
        start = index.documents[quote.document].raw.find(quote.quote)
        places.append((quote.document, start, start + len(quote.quote)))
    return places


def touches(piece, gold) -> bool:
    """Whether a piece of evidence, or its translation, is gold."""
    return any(_is_gold(sentence, gold) for sentence in (piece.sentence, *piece.parallel))


def _is_gold(sentence, gold) -> bool:
    for document, start, end in gold:
        overlap = min(end, sentence.end) - max(start, sentence.start)
        if sentence.document_id == document and overlap > 0.5 * min(end - start, sentence.end - sentence.start):
            return True
    return False


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, start: np.ndarray, ridge: float = RIDGE) -> np.ndarray:
    """Newton's method on the ridge-penalised logistic loss."""
    beta = start.copy()
    penalty = np.full(len(start), ridge)
    penalty[-1] = 0.5
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + penalty * (beta - start)
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def hit_rates(groups, beta_same, beta_across) -> tuple[float, float]:
    first = third = 0
    groups = [group for group in groups if group[2].any()]
    for _, x, y in groups:
        same = x[:, SAME_LANGUAGE] > 0.5
        full = np.hstack([x, np.ones((len(x), 1))])
        z = np.where(same, full @ beta_same, full @ beta_across)
        order = np.argsort(-z, kind="stable")
        first += bool(y[order[:1]].any())
        third += bool(y[order[:3]].any())
    n = max(1, len(groups))
    return first / n, third / n


def weights() -> None:
    groups = list(rows())
    start_same = np.array([*ev._SAME, ev._BIAS[0]])
    start_across = np.array([*ev._ACROSS, ev._BIAS[1]])
    print(f"{len(groups)} readings; present weights: hit@1 {hit_rates(groups, start_same, start_across)}")

    def train(chosen):
        out = []
        for want, start in ((True, start_same), (False, start_across)):
            xs, ys, ws = [], [], []
            for _, x, y in chosen:
                mask = (x[:, SAME_LANGUAGE] > 0.5) == want
                if not mask.any():
                    continue
                xs.append(np.hstack([x[mask], np.ones((mask.sum(), 1))]))
                ys.append(y[mask].astype(float))
                # Each reading counts as one, half of it gold, or large corpora would drown the gold.
                z = xs[-1] @ start
                # Of the others only the near ones matter: they are what is shown by mistake.
                near = 1.0 / (1.0 + np.exp(-(z - z.max() + 2.0)))
                w = np.where(y[mask], 3.0 / max(1, y.sum()), 3.0 * near / max(1e-9, near[~y[mask]].sum()))
                ws.append(w)
            out.append(fit(np.vstack(xs), np.concatenate(ys), np.concatenate(ws), start) if xs else start)
        return out

    held = []
    for fold in range(FOLDS):
        same, across = train([g for i, g in enumerate(groups) if i % FOLDS != fold])
        held.append(hit_rates([g for i, g in enumerate(groups) if i % FOLDS == fold], same, across))
    print("cross-validated hit@1, hit@3:", np.mean(held, axis=0).round(3))
    same, across = train(groups)
    print("fitted on all, hit@1, hit@3:", hit_rates(groups, same, across))
    for name, beta in (("_SAME", same), ("_ACROSS", across)):
        print(name, tuple(round(float(b), 2) for b in beta[:-1]), "bias", round(float(beta[-1]), 2))


def unlike_each_other():
    """The tuning cases of all corpora, each with its index."""
    invented = [(Assistant(Settings(corpus_dir=folder / "corpus")), folder) for folder in INVENTED]
    for assistant, folder in ((Assistant(), FACTS), *invented):
        index = assistant.index
        for case in read_cases(folder):
            if case.split == "tune" and case.expect != "correct":
                yield case, index


def refusal() -> None:
    """Each answerable case as it is and without its gold sentences; unanswerable cases as they are."""
    from kzrag.answering import abstention as ab

    found: list[tuple[str, bool, tuple[float, ...]]] = []
    for case, index in unlike_each_other():
        gold = gold_of(case, index)
        for needs in _readings(standalone(case.question, case.history)):
            everything = look(needs, index, None, allowed=speakers(needs, index))
            evidence = ab.fitting(needs, everything, index)
            if case.expect == "refuse" and evidence:
                found.append((case.id, False, ab.grounds(needs, evidence, everything)))
            if case.expect == "refuse" or not gold:
                continue
            # Where the gold is not found, an answer would be wrong: such a case is neither kind.
            if any(touches(piece, gold) for piece in evidence[:SHOWN]):
                found.append((case.id, True, ab.grounds(needs, evidence, everything)))
            rest = [piece for piece in everything if not touches(piece, gold)]
            without = ab.fitting(needs, rest, index)
            if without and len(rest) < len(everything):
                found.append((case.id + " without gold", False, ab.grounds(needs, without, rest)))
    x = np.array([row for _, _, row in found])
    y = np.array([answers for _, answers, _ in found], dtype=float)
    full = np.hstack([x, np.ones((len(x), 1))])
    # The two kinds weigh the same, and so do cases written as unanswerable and cases made so.
    written = np.array([not answers and "without" not in name for name, answers, _ in found])
    made = (y == 0) & ~written
    weight = np.where(y > 0, 1.0, 0.0) + written * 0.5 * y.sum() / max(1, written.sum())
    weight += made * 0.5 * y.sum() / max(1, made.sum())
    start = np.zeros(len(ab._WEIGHTS) + 1)
    held = np.zeros(len(y))
    # A question and what was made of it stand in one fold.
    questions = {name: place for place, name in enumerate(dict.fromkeys(name.split()[0] for name, _, _ in found))}
    folds = np.array([questions[name.split()[0]] % FOLDS for name, _, _ in found])
    for fold in range(FOLDS):
        inside = folds != fold
        beta = fit(full[inside], y[inside], weight[inside], start, GENTLE)
        held[~inside] = full[~inside] @ beta
    beta = fit(full, y, weight, start, GENTLE)
    print("weights", tuple(round(float(b), 2) for b in beta[:-1]), "bias", round(float(beta[-1]), 2))
    chances = 1 / (1 + np.exp(-held))
    print("chance below which refused: over-refused, refused of written, refused of made (cross-validated)")
    for threshold in np.arange(0.1, 0.75, 0.05):
        low = chances < threshold
        print(f"{threshold:.2f}  {low[y > 0].mean():.3f}  {low[written].mean():.3f}  {low[made].mean():.3f}")
    for chance, (name, answers, row) in sorted(zip(chances, found, strict=True), key=lambda item: item[0]):
        if (not answers and "without" not in name) or (answers and chance < 0.4):
            print(f"{chance:.3f} {'answer' if answers else 'refuse'} {name:20} {[round(float(v), 2) for v in row]}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--refusal", action="store_true")
    refusal() if parser.parse_args().refusal else weights()
