"""The language model's answer: asked for with keys, read sentence by sentence, shown as far as the gate supports it.

The model chooses words; it decides nothing. A sentence is shown when it names sources that were offered, is in the
reader's language, and passes the gate; one that fails is written anew once, then left out.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from kzrag.answering.draft import Source, Statement
from kzrag.answering.model_reply import Cutter, Piece, exact_quotations, own_words, without_thoughts
from kzrag.answering.model_request import Failure, ModelRequest
from kzrag.answering.models import name_of, reply_tokens
from kzrag.answering.orders import gives_orders
from kzrag.answering.prompts import CANNOT_ANSWER, answer_prompt, repair_prompt, rewrite_prompt
from kzrag.text.language import detect, fold, primary
from kzrag.text.tokens import count_tokens
from kzrag.tracing import Stage, stage

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

    from kzrag.answering.gate import Verdict
    from kzrag.settings import Settings

Check = Callable[[str, Sequence[Source]], "Verdict"]

_MOST_SENTENCES = 40
"""An answer has a handful; a reply with more is talk or a loop."""
_SAME_SENTENCE = 3
"""Times that a model may say the same before it is in a loop."""
_FEW_LETTERS = 8
"""Fewer letters of its own don't tell which language a sentence is in."""
_LONGEST_ACRONYMS = 24
"""Letters: "CPC, OPEC, KMG and BTC" may be in capitals, a sentence may not."""
_DATA = re.compile(r"^\s*[{\[]|[}\]]\s*[.,;]?\s*$|[\"'”]\s*:\s*[\"'“{\[]")
"""JSON and the like: opens or ends with a brace, or names a field."""
_REWRITE_SHARE = 1 / 6
"""Of the time a reader waits: the rewrite only helps to find more, the answer comes after it."""
_CHARACTERS_PER_TOKEN = 4
"""Generously: a reply longer than the window it was written in is a loop."""
_LONGEST_REWRITE = 300
"""Characters: a question, not an answer."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went, once all sentences are out."""

    failure: Failure | None
    """Why the model's answer can't stand for itself; `None` when it can."""
    removed: int = 0
    """Sentences that the gate left out."""
    usage: dict[str, float] | None = None
    """`prompt_tokens`, `completion_tokens`, `cost` where the provider tells; `estimated` is 1 when kzrag counted."""
    translated: bool = False
    """Whether something shown is the model's translation of a source in another language."""


@dataclass(slots=True)
class _Writing:
    """The sentences of one answer as they are judged."""

    keys: Mapping[str, Source]
    language: str
    check: Check
    kept: int = 0
    lead: bool | None = None
    """Whether the first sentence that names a source could be shown; a preface names none."""
    refused: bool = False
    looping: bool = False
    translated: bool = False
    failed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Sentences with the reasons why they are not shown."""
    _heard: int = 0
    _said: Counter[str] = field(default_factory=Counter)
    _waiting: list[Piece] = field(default_factory=list)
    """Sentences without a key: the one at the end of the paragraph may stand for them too."""

    def take(self, piece: Piece) -> Iterator[Statement]:
        """The statements that can be shown now that `piece` has come."""
        self._heard += 1
        if fold(CANNOT_ANSWER) in fold(piece.text):
            self.refused = True
            return
        said = fold(piece.text)
        self._said[said] += 1
        self.looping = self._said[said] >= _SAME_SENTENCE or self._heard > _MOST_SENTENCES
        if self._said[said] > 1 or (not piece.keys and piece.text.endswith((":", "："))):
            return
        if piece.starts_paragraph:
            self.settle()
        if not piece.keys:
            if piece.invented:
                self.failed.append((piece.text, ("no key",)))
                self.lead = bool(self.lead)
            else:
                self._waiting.append(piece)
            return
        sources = [self.keys[key] for key in piece.keys]
        for earlier in self._waiting:
            statement = self._judged(earlier, sources)
            if statement is not None:
                yield statement
        self._waiting.clear()
        statement = self._judged(piece, sources)
        if self.lead is None:
            self.lead = statement is not None
        if statement is not None:
            yield statement

    def settle(self) -> None:
        """Give up on the sentences for which no key came."""
        self.failed += [(piece.text, ("no key",)) for piece in self._waiting]
        self._waiting.clear()

    def _judged(self, piece: Piece, sources: Sequence[Source]) -> Statement | None:
        quotes = [source.quote for source in sources]
        text, verbatim = exact_quotations(piece.text, quotes)
        own = own_words(piece.text, quotes)
        if not _speaks(_without_names(own, sources), self.language):
            self.failed.append((text, ("wrong language",)))
            return None
        if not _is_prose(own):
            self.failed.append((text, ("no prose",)))
            return None
        verdict = self.check(text, sources)
        if not verdict.supported:
            self.failed.append((text, verdict.why or ("unsupported",)))
            return None
        needed = self._needed(text, sources)
        foreign = all(primary(source.document.language) != primary(self.language) for source in needed)
        self.translated = self.translated or (foreign and (not verbatim or own == piece.text))
        self.kept += 1
        return Statement(text, needed, piece.starts_paragraph)

    def _needed(self, text: str, sources: Sequence[Source]) -> tuple[Source, ...]:
        """The sources that bear the sentence alone; all of them when it takes them together."""
        if len(sources) == 1:
            return tuple(sources)
        alone = tuple(source for source in sources if self.check(text, [source]).supported)
        return alone or tuple(sources)


def phrase(
    question: str,
    language: str,
    offered: Sequence[Source],
    *,
    model: LLM,
    settings: Settings,
    history: Sequence[Mapping[str, object]],
    check: Check,
    cancelled: Callable[[], bool],
    differ: bool,
    deadline: float | None = None,
    within: Stage | None = None,
) -> Generator[Statement, None, Outcome]:
    """Yields each sentence of the model's answer that may be shown, as soon as it is certain; returns the outcome.

    `question` is complete in itself, `offered` holds the best sources first, `differ` tells that they disagree.
    Ends at `deadline` (of `time.monotonic()`), by default after `settings.llm_timeout` seconds. Never raises for what
    a model or its server does.
    """
    if deadline is None:
        deadline = time.monotonic() + settings.llm_timeout
    prompt = answer_prompt(
        question,
        language,
        [source for source in offered if not gives_orders(source.quote)],
        window=settings.llm_context,
        reply=reply_tokens(settings),
        history=history,
        differ=differ,
    )
    if not prompt.keys:
        return Outcome("unsupported")
    messages = _messages(("system", prompt.system), ("user", prompt.user))
    writing = _Writing(prompt.keys, language, check)
    meter = _Meter()
    held: list[Statement] = []
    with stage("phrase", within, model=name_of(model), sources=len(prompt.keys), tokens=prompt.tokens) as step:
        first = ModelRequest(model, messages, deadline=deadline, cancelled=cancelled, within=step)
        with contextlib.closing(_judged_reply(first, writing, meter)) as statements:
            for statement in statements:
                # The answer stands first: once that has failed, the rest waits for it to be repaired.
                if writing.lead is False:
                    held.append(statement)
                else:
                    yield statement
        meter.add(first, messages)

        failure: Failure | None = first.failure or ("garbage" if writing.looping else None)
        failed, writing.failed = writing.failed, []
        lead_lost = writing.lead is False
        lost = len(failed)
        if failed and failure is None:
            messages += _messages(
                ("assistant", "\n".join(sentence for sentence, _ in failed)), ("user", repair_prompt(failed, language))
            )
            second = ModelRequest(model, messages, deadline=deadline, cancelled=cancelled, within=step)
            with contextlib.closing(_judged_reply(second, writing, meter)) as statements:
                for statement in islice(statements, len(failed)):
                    lost -= 1
                    lead_lost = False
                    yield statement
            meter.add(second, messages)
            failure = "stopped" if second.failure == "stopped" else None
        if not lead_lost:
            yield from held
        if failure is None:
            failure = _shortfall(writing, failed, lost, lead_lost)
        step.tell(failure=failure, kept=writing.kept, removed=lost, **meter.usage)
    return Outcome(failure, removed=lost, usage=meter.usage, translated=writing.translated)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A question in the model's words, or `None` when it had nothing usable, and what asking for it took."""

    question: str | None
    usage: dict[str, float] = field(default_factory=dict)


def rewrite(
    question: str,
    history: Sequence[Mapping[str, object]],
    language: str,
    *,
    model: LLM,
    settings: Settings,
    cancelled: Callable[[], bool] = lambda: False,
    within: Stage | None = None,
) -> Rewritten:
    """The question complete in itself and in `language`, as the model would ask it.

    Takes a sixth of `settings.llm_timeout` at most. Whether to use it is for the retrieval to say.
    """
    system, user = rewrite_prompt(
        question, history, language, window=settings.llm_context, reply=reply_tokens(settings)
    )
    messages = _messages(("system", system), ("user", user))
    request = ModelRequest(
        model,
        messages,
        deadline=time.monotonic() + settings.llm_timeout * _REWRITE_SHARE,
        cancelled=cancelled,
        within=within,
    )
    meter = _Meter()
    reply = ""
    with contextlib.closing(iter(request)) as pieces:
        for piece in pieces:
            reply += piece
            meter.heard(piece)
            if len(reply) > settings.llm_context * _CHARACTERS_PER_TOKEN:
                request.failure = "garbage"
                break
    meter.add(request, messages)
    lines = [line.strip() for line in without_thoughts(reply).splitlines() if line.strip()]
    if request.failure is not None or len(lines) != 1:
        return Rewritten(None, meter.usage)
    rewritten = lines[0].strip('"“”«»「」 ')
    usable = 0 < len(rewritten) <= _LONGEST_REWRITE and _speaks(rewritten, language)
    return Rewritten(rewritten if usable and fold(rewritten) != fold(question) else None, meter.usage)


def _judged_reply(request: ModelRequest, writing: _Writing, meter: _Meter) -> Generator[Statement, None, None]:
    """The showable sentences of one request's reply."""
    cutter = Cutter(writing.keys)
    with contextlib.closing(iter(request)) as pieces:
        for text in pieces:
            meter.heard(text)
            for piece in cutter.feed(text):
                yield from writing.take(piece)
            if cutter.endless:
                writing.looping = True
            if writing.looping:
                return
    whole = request.failure is None and request.finish != "length"
    for piece in cutter.close(complete=whole):
        yield from writing.take(piece)
    writing.settle()
    if request.failure is None and not whole:
        request.failure = "cut off"


def _shortfall(
    writing: _Writing, failed: Sequence[tuple[str, Sequence[str]]], lost: int, lead_lost: bool
) -> Failure | None:
    """Why what is left of a complete reply is too little, if it is."""
    if writing.kept and not lead_lost and lost <= writing.kept:
        return None
    if failed and all("wrong language" in reasons for _, reasons in failed):
        return "wrong language"
    if failed:
        return "unsupported"
    return "refused" if writing.refused else "empty"


def _without_names(text: str, sources: Sequence[Source]) -> str:
    """`text` without what the sources are called, which is in no language of the writer's choosing."""
    for source in sources:
        document = source.document
        for name in (document.publisher, document.author, document.title, source.voice):
            if name:
                text = text.replace(name, " ")
    return text


def _speaks(text: str, language: str) -> bool:
    if sum(character.isalpha() for character in text) < _FEW_LETTERS:
        return True
    return detect(text, language) == language


def _is_prose(text: str) -> bool:
    """Whether words are a sentence, not data or a shout, whatever a model was told to write."""
    cased = [character for character in text if character.islower() or character.isupper()]
    shouts = len(cased) > _LONGEST_ACRONYMS and sum(map(str.isupper, cased)) > len(cased) / 2
    return not shouts and not _DATA.search(text)


def _messages(*turns: tuple[str, str]) -> list[ChatMessage]:
    from llama_index.core.llms import ChatMessage

    return [ChatMessage(role=role, content=content) for role, content in turns]


class _Meter:
    """Adds up what the requests of one answer used: as the provider counts, else as o200k_base does."""

    def __init__(self) -> None:
        self.usage: dict[str, float] = {}
        self._heard = ""

    def heard(self, text: str) -> None:
        self._heard += text

    def add(self, request: ModelRequest, messages: Sequence[ChatMessage]) -> None:
        used = dict(request.usage)
        if "completion_tokens" not in used:
            used = {
                "prompt_tokens": sum(count_tokens(message.content or "") for message in messages),
                "completion_tokens": count_tokens(self._heard),
                "estimated": 1,
            }
        self._heard = ""
        self.usage = added(self.usage, used)


def added(usage: Mapping[str, float], more: Mapping[str, float]) -> dict[str, float]:
    """What two requests used together; a flag ("estimated") stays one."""
    together = dict(usage)
    for name, value in more.items():
        together[name] = value if name == "estimated" else together.get(name, 0) + value
    return together
