"""Cases through an engine: what was asked, what was answered, how long it took, and the scores.

An engine is our `Assistant`, or anything else that answers: a LlamaIndex query engine or a callable, named as
`module:object` on the command line. What has no offsets or language of its own is given them here, so that stock
pipelines are scored by the same rules.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kzrag.answering.draft import Source
from kzrag.answering.engine import citation_of
from kzrag.answering.gate import SpanText, Verdict, check
from kzrag.errors import KzragError
from kzrag.evaluation.cases import Case
from kzrag.evaluation.checkout import commit
from kzrag.evaluation.found import found
from kzrag.evaluation.scorers import METRICS, Judge, Score, contested_spans, score
from kzrag.records import ARTICLE, Answer, Citation, Document
from kzrag.text.language import detect, fold

if TYPE_CHECKING:
    from kzrag.index import Index

Message = Mapping[str, str]

JUDGE = "judge"
"""The measure of the judge itself, beside the metrics of answers."""

BROKEN = "error"
"""The reason of an answer that an engine failed to give."""

# What stock pipelines and language models say instead of an answer, folded: they have no flag for it.
_REFUSALS = (
    "empty response",
    "i don't know",
    "i do not know",
    "i cannot answer",
    "i can't answer",
    "not mentioned in",
    "no information",
    "无法回答",
    "不知道",
    "没有提到",
    "не знаю",
    "не могу ответить",
    "нет информации",
    "білмеймін",
)
# A refusal is short; a long answer may well hold one of these phrases.
_LONGEST_REFUSAL = 200


class Engine(Protocol):
    """Anything that answers. `documents` are what it may cite, by id."""

    name: str
    documents: Mapping[str, Document]

    @property
    def index(self) -> Index | None:
        """What it searches, when it is ours."""

    def answer(self, question: str, history: Sequence[Message]) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Run:
    """One case, answered and scored."""

    case: Case
    answer: Answer
    scores: Mapping[str, Score]
    seconds: float
    """How long the answer took; kept out of everything that has to come out the same twice."""

    def to_dict(self) -> dict[str, Any]:
        """All but the time."""
        return {
            "case": self.case.to_dict(),
            "answer": self.answer.to_dict(),
            "scores": {name: each.to_dict() for name, each in self.scores.items()},
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All runs of one engine over one set of cases."""

    engine: str
    runs: tuple[Run, ...]
    about: Mapping[str, str] = field(default_factory=dict)
    """Commit, digests of cases and corpus: what the figures belong to."""
    judged: Mapping[str, float] = field(default_factory=dict)
    """By the id of a labelled pair, 1 where the judge says what the person said: how far to believe "supported"."""

    def values(self, metric: str, of: Callable[[Case], bool] = lambda case: True) -> dict[str, float]:
        """The judged values of a metric by case id, for the cases that `of` picks; of JUDGE by the id of a pair."""
        if metric == JUDGE:
            return dict(self.judged)
        return {
            run.case.id: value for run in self.runs if of(run.case) and (value := run.scores[metric].value) is not None
        }

    def to_dict(self) -> dict[str, Any]:
        """Everything but the times: two runs of a deterministic engine give the same to the byte."""
        return {
            "engine": self.engine,
            "about": dict(self.about),
            "judged": dict(self.judged),
            "runs": [run.to_dict() for run in self.runs],
        }


class AssistantEngine:
    """Our own assistant, or anything with its `answer` and `documents`."""

    def __init__(self, assistant: Any, name: str = "kzrag") -> None:
        self.name = name
        self.documents: Mapping[str, Document] = {document.id: document for document in assistant.documents()}
        self._assistant = assistant

    @property
    def index(self) -> Index | None:
        """The assistant's index, if it has one."""
        return getattr(self._assistant, "index", None)

    def answer(self, question: str, history: Sequence[Message]) -> Answer:
        answer = self._assistant.answer(question, history=[dict(turn) for turn in history])
        assert isinstance(answer, Answer)
        return answer


class OtherEngine:
    """A LlamaIndex query engine (`query`), or a callable: question -> text, `Answer`, response, or `None`.

    A callable that takes a second argument is given the history. The source nodes of a response become citations
    where their text stands in a document.
    """

    index: Index | None = None

    def __init__(self, thing: Any, documents: Iterable[Document], name: str) -> None:
        self.name = name
        self.documents: Mapping[str, Document] = {document.id: document for document in documents}
        self._ask: Callable[..., Any] = thing.query if hasattr(thing, "query") else thing
        if not callable(self._ask):
            raise KzragError(
                f"{name} is a {type(thing).__name__}; an engine has a method `query` or can be called with a question."
            )
        self._takes_history = not hasattr(thing, "query") and _positional(self._ask) > 1

    def answer(self, question: str, history: Sequence[Message]) -> Answer:
        said = self._ask(question, [dict(turn) for turn in history]) if self._takes_history else self._ask(question)
        if isinstance(said, Answer):
            return said
        text = "" if said is None else str(said).strip()
        abstained = _is_refusal(text)
        citations = () if abstained else tuple(self._citations(getattr(said, "source_nodes", None) or ()))
        if citations and not any(f"[{citation.number}]" in text for citation in citations):
            # Stock engines hand back their sources beside the text: all of them are offered for all of it.
            text += " " + "".join(f"[{citation.number}]" for citation in citations)
        return Answer(
            text=text,
            language=detect(text, detect(question)),
            abstained=abstained,
            reason="refused" if abstained else None,
            citations=citations,
            question=question,
        )

    def _citations(self, nodes: Iterable[Any]) -> Iterable[Citation]:
        number = 0
        for node in nodes:
            quote = str(node.get_content()).strip()
            for document in self.documents.values():
                start = document.raw.find(quote) if quote else -1
                if start < 0:
                    continue
                number += 1
                # Of a stretch that somebody else cut nobody knows whose voice it is.
                yield citation_of(Source(document, start, start + len(quote), ARTICLE, None), number)
                break


def load_engine(spec: str, documents: Iterable[Document]) -> Engine:
    """The engine that `module:object` names; `KzragError` when there is none."""
    module_name, _, attribute = spec.partition(":")
    if not module_name or not attribute:
        raise KzragError(f"The engine {spec!r} is not of the form module:object, as in my_pipeline:query_engine.")
    if str(Path.cwd()) not in sys.path:  # a person names a module in the folder they stand in
        sys.path.insert(0, str(Path.cwd()))
    try:
        thing = importlib.import_module(module_name)
        for part in attribute.split("."):
            thing = getattr(thing, part)
    except (ImportError, AttributeError) as error:
        raise KzragError(
            f"The engine {spec!r} can't be loaded ({error}); check the module and the name in it."
        ) from None
    return OtherEngine(thing, documents, name=spec)


def evaluate(
    cases: Sequence[Case],
    engine: Engine,
    *,
    judge: Judge | None = None,
    about: Mapping[str, str] | None = None,
    progress: Callable[[Case], None] | None = None,
) -> Evaluation:
    """Asks the engine every case, in order, and scores what it says.

    An engine that raises has given an empty answer: the exception is the answer's note, and the run goes on. One
    that raises at every question is not running at all: `KzragError`.
    """
    ask_judge = remembering(judge or check)
    contested = contested_spans(cases, engine.documents)
    runs = []
    for case in cases:
        if progress:
            progress(case)
        began = time.perf_counter()
        try:
            answer = engine.answer(case.question, case.history)
        except Exception as error:  # any engine may be plugged in here, and one bad answer must not end the run
            answer = _broken(case, f"{type(error).__name__}: {error}")
        seconds = time.perf_counter() - began
        scores = score(case, answer, engine.documents, ask_judge, contested)
        scores |= found(case, answer.understood_as or case.question, engine.index)
        runs.append(Run(case, answer, scores, seconds))
    if runs and all(run.answer.reason == BROKEN for run in runs):
        raise KzragError(f"{engine.name} failed at every question ({runs[0].answer.notes[0]}); mend it and run again.")
    return Evaluation(engine.name, tuple(runs), dict(about or {}))


def about_run(cases: Sequence[Case], documents: Iterable[Document]) -> dict[str, str]:
    """What figures belong to: the commit, and digests of cases and corpus."""
    written = json.dumps([case.to_dict() for case in cases], ensure_ascii=False, sort_keys=True)
    corpus = "".join(sorted(document.id + document.digest for document in documents))
    return {"commit": commit(), "cases": _digest(written), "corpus": _digest(corpus)}


def remembering(judge: Judge) -> Judge:
    """The same judge, asked once for each sentence with the same spans."""
    verdicts: dict[tuple[str, tuple[SpanText, ...]], Verdict] = {}

    def ask(sentence: str, spans: Sequence[SpanText]) -> Verdict:
        key = (sentence, tuple(spans))
        if key not in verdicts:
            verdicts[key] = judge(sentence, spans)
        return verdicts[key]

    return ask


def failed(run: Run) -> list[str]:
    """Why a run is not all it should be, one line per metric that fell short; empty when it is."""
    lines = []
    for name, each in run.scores.items():
        if each.value is None or not METRICS[name].of_answers:
            continue
        best = 1.0 if METRICS[name].higher_is_better else 0.0
        if each.value != best and each.explanation:
            lines.append(f"{name}: {each.explanation}")
    return lines


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _is_refusal(text: str) -> bool:
    said = fold(text)
    return not said.strip(" .") or (len(said) <= _LONGEST_REFUSAL and any(phrase in said for phrase in _REFUSALS))


def _positional(function: Callable[..., Any]) -> int:
    import inspect

    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return 1
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(parameter.kind in kinds for parameter in parameters)


def _broken(case: Case, why: str) -> Answer:
    return Answer(text="", language=case.language, abstained=True, reason=BROKEN, question=case.question, notes=(why,))
