"""The known facts: questions with what a right answer must hold, read from JSON lines and checked in plain words.

A case knows nothing of any engine. `eval/README.md` tells how to write one; `python -m kzrag.evaluation.cases PATH`
checks a file or folder of them and prints one sentence per problem.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kzrag.errors import KzragError
from kzrag.evaluation.checkout import bundled
from kzrag.records import Document

KINDS = (
    "fact",
    "paraphrase",
    "cross-language",
    "multi-part",
    "disagreement",
    "attribution",
    "time",
    "false-premise",
    "near-miss",
    "off-topic",
    "follow-up",
    "injection",
)
LANGUAGES = ("en", "zh-Hant", "zh-Hans", "ru", "kk")
EXPECTATIONS = ("answer", "refuse", "correct")
SPLITS = ("tune", "test")

QUANTITY = "qty:"
"""An alternative with this prefix is compared as a quantity: value, scale and unit."""
DATE = "date:"
"""An alternative with this prefix is an ISO date or a prefix of one."""

Groups = tuple[tuple[str, ...], ...]
"""Every group must be met, by at least one of its alternatives."""

_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_FIELDS = {
    "id", "language", "kind", "question", "history", "expect", "must", "must_not", "positions", "attribution",
    "quotes", "documents", "split", "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A verbatim stretch of a document that answers the question, or part of it."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class GoldPosition:
    """One side of a known disagreement: what must be said of it, and where it must be cited from."""

    must: Groups
    documents: tuple[str, ...]
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """What at least one citation must carry; `None` and empty mean that anything will do."""

    publisher: str | None = None
    voice: str | None = None
    published: str | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what is known of its right answer."""

    id: str
    language: str
    kind: str
    question: str
    expect: str
    history: tuple[Mapping[str, str], ...] = ()
    must: Groups = ()
    must_not: tuple[str, ...] = ()
    positions: tuple[GoldPosition, ...] = ()
    attribution: GoldAttribution | None = None
    quotes: tuple[GoldQuote, ...] = ()
    documents: tuple[str, ...] = ()
    split: str = "tune"
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of which this case was read."""
        plain: dict[str, Any] = asdict(self)
        plain["history"] = [dict(turn) for turn in self.history]
        return plain


def bundled_cases() -> Path:
    """The folder of the known facts."""
    return bundled("facts")


def case_from(record: Mapping[str, Any]) -> Case:
    """A case from its JSON object; `KeyError` or `TypeError` when a field is missing or of another form."""
    attribution = record.get("attribution")
    return Case(
        id=record["id"],
        language=record["language"],
        kind=record["kind"],
        question=record["question"],
        expect=record["expect"],
        history=tuple({"role": turn["role"], "content": turn["content"]} for turn in record.get("history") or ()),
        must=_groups(record.get("must")),
        must_not=tuple(record.get("must_not") or ()),
        positions=tuple(
            GoldPosition(_groups(side["must"]), tuple(side["documents"]), side.get("voice"))
            for side in record.get("positions") or ()
        ),
        attribution=None
        if attribution is None
        else GoldAttribution(
            attribution.get("publisher"),
            attribution.get("voice"),
            attribution.get("published"),
            tuple(attribution.get("documents") or ()),
        ),
        quotes=tuple(GoldQuote(gold["document"], gold["quote"]) for gold in record.get("quotes") or ()),
        documents=tuple(record.get("documents") or ()),
        split=record.get("split") or "tune",
        note=record.get("note") or "",
    )


def read_cases(path: Path, split: str | None = None) -> list[Case]:
    """The cases of a `.jsonl` file, or of all such files of a folder in the order of their names.

    `split` is "tune", "test", or `None` for both. Raises `KzragError` when there is no case or a line can't be read.
    """
    cases: list[Case] = []
    for place, record in _records(path):
        if isinstance(record, str):
            raise KzragError(record)
        try:
            cases.append(case_from(record))
        except (KeyError, TypeError, AttributeError) as error:
            raise KzragError(
                f"{place} is not a case ({error!r}); `python -m kzrag.evaluation.cases {path}` tells what is wrong."
            ) from None
    chosen = [case for case in cases if split is None or case.split == split]
    if not chosen:
        where = f" of the split {split!r}" if split else ""
        raise KzragError(f"There are no cases{where} in {path}; name a .jsonl file or a folder of them with --cases.")
    return chosen


def problems(path: Path, documents: Mapping[str, Document] | None = None) -> list[str]:
    """Everything that is wrong with the cases of `path`, one plain sentence each; an empty list when all is well.

    With `documents` the gold quotes are also checked to be verbatim.
    """
    found: list[str] = []
    seen: dict[str, str] = {}
    asked: dict[tuple[str, str], str] = {}
    for place, record in _records(path):
        if isinstance(record, str):
            found.append(record)
            continue
        missing = [name for name in ("id", "language", "kind", "question", "expect") if not record.get(name)]
        if missing:
            found.append(f"{place} has no {' and no '.join(missing)}.")
            continue
        try:
            case = case_from(record)
        except (KeyError, TypeError, AttributeError) as error:
            found.append(f"{place} has a field of a wrong form ({error!r}).")
            continue
        if unknown := sorted(set(record) - _FIELDS):
            found.append(f"{place} ({case.id}) has a field that no case has: {', '.join(unknown)}.")
        if case.id in seen:
            found.append(f"{place} has the id {case.id}, which {seen[case.id]} has already.")
        seen[case.id] = place
        same = (" ".join(case.question.casefold().split()), json.dumps([dict(turn) for turn in case.history]))
        if same in asked:
            found.append(f"{place} ({case.id}) asks the same as {asked[same]}.")
        asked[same] = case.id
        found.extend(f"{place} ({case.id}) {fault}" for fault in _faults(case, documents))
    if not seen and not found:
        found.append(f"There is no case in {path}.")
    return found


def _groups(value: Any) -> Groups:
    if value is None:
        return ()
    if isinstance(value, str) or any(isinstance(group, str) for group in value):
        raise TypeError("must is a list of groups, each a list of alternatives")
    return tuple(tuple(group) for group in value)


def _records(path: Path) -> Iterable[tuple[str, dict[str, Any] | str]]:
    """(place, JSON object, or a sentence that says why there is none) of each line that is not empty."""
    if not path.exists():
        raise KzragError(f"There are no cases at {path}; name a .jsonl file or a folder of them with --cases.")
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            place = f"{file.name} line {number}"
            try:
                record = json.loads(line)
            except ValueError as error:
                yield place, f"{place} is not JSON: {error}."
                continue
            yield place, record if isinstance(record, dict) else f"{place} is not a JSON object."


def _faults(case: Case, documents: Mapping[str, Document] | None) -> Iterable[str]:
    choices = (("language", LANGUAGES), ("kind", KINDS), ("expect", EXPECTATIONS), ("split", SPLITS))
    for name, allowed in choices:
        if (value := getattr(case, name)) not in allowed:
            yield f"has the {name} {value!r}; it is one of {', '.join(allowed)}."
    if case.expect == "refuse" and (case.must or case.quotes or case.documents or case.positions):
        yield "is to be refused, so it can't have must, quotes, documents or positions."
    if case.expect != "refuse" and not (case.must or case.positions):
        yield "is to be answered, so it needs must or positions."
    if case.expect != "refuse" and not case.quotes:
        yield "is to be answered, so it needs at least one gold quote."
    if case.kind == "follow-up" and not case.history:
        yield "is a follow-up without a history."
    if case.kind == "disagreement" and len(case.positions) < 2:
        yield "is a disagreement with fewer than two positions."
    if (case.attribution is not None) and not any(asdict(case.attribution).values()):
        yield "has an attribution that asks for nothing."
    for turn in case.history:
        if turn["role"] not in ("user", "assistant"):
            yield f"has a turn of the role {turn['role']!r}; it is user or assistant."
    every = [*case.must, *(group for side in case.positions for group in side.must), case.must_not]
    if any(not group for group in every[:-1]):
        yield "has an empty group in must: nothing could meet it."
    for alternative in (alternative for group in every for alternative in group):
        yield from _alternative_faults(alternative)
    if documents is not None:
        yield from _quote_faults(case, documents)


def _alternative_faults(alternative: str) -> Iterable[str]:
    if alternative.startswith(QUANTITY):
        from kzrag.text.quantities import quantities

        if len(quantities(alternative.removeprefix(QUANTITY))) != 1:
            yield f"has the alternative {alternative!r}, which is not one quantity."
    elif alternative.startswith(DATE):
        if not _ISO.fullmatch(alternative.removeprefix(DATE)):
            yield f"has the alternative {alternative!r}, which is not an ISO date."
    elif not alternative.strip():
        yield "has an alternative without words: it would meet anything."


def _quote_faults(case: Case, documents: Mapping[str, Document]) -> Iterable[str]:
    for gold in case.quotes:
        if gold.document not in documents:
            yield f"quotes {gold.document}, which is not in the corpus."
        elif gold.quote not in documents[gold.document].raw:
            yield f"quotes words that are not verbatim in {gold.document}: {gold.quote[:60]!r}."
    if stray := sorted({gold.document for gold in case.quotes} - set(case.documents)):
        yield f"quotes {', '.join(stray)} without naming it in documents."
    sources = [*case.documents, *(name for side in case.positions for name in side.documents)]
    if case.attribution:
        sources += case.attribution.documents
    if unknown := sorted(set(sources) - set(documents)):
        yield f"names documents that are not in the corpus: {', '.join(unknown)}."


def main(arguments: Sequence[str]) -> int:
    """Checks the cases of each path against the configured corpus; prints the problems; 1 when there is any."""
    from kzrag.corpus import load_corpus
    from kzrag.settings import Settings

    settings = Settings()
    paths = [Path(argument) for argument in arguments] or [bundled_cases()]
    try:
        corpus = load_corpus(settings.corpus_dir, max_bytes=settings.max_document_bytes)
        documents = {document.id: document for document in corpus.documents}
        found = [problem for path in paths for problem in problems(path, documents)]
    except KzragError as error:
        found = [str(error)]
    for problem in found:
        sys.stderr.write(problem + "\n")
    if not found:
        count = sum(len(read_cases(path)) for path in paths)
        sys.stdout.write(f"{count} cases, no problem found.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
