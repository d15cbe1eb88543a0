"""What happens when a reader asks: the assistant is run, can be stopped, and what it said is kept.

No Gradio here: `Desk.ask` yields plain steps, and the page draws them.
"""

from __future__ import annotations

import logging
import queue
import re
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from kzrag.errors import KzragError
from kzrag.records import Answer, Document, Event
from kzrag.web.history import History, Turn, now
from kzrag.web.words import choose, word

if TYPE_CHECKING:
    from kzrag.retrieval import Filter

log = logging.getLogger(__name__)

QUESTION_LIMIT = 2000
"""Characters of a question: more than any real one, less than a document pasted by mistake."""
FRESH = 5.0
"""Seconds for which the list of documents is kept: an index that another process renews is seen soon enough."""
LOOK = 0.1
"""Seconds between two looks at the Stop button while the assistant is silent; an answer that comes sooner is drawn at
once, without a word about what is being done before it."""


class Assistant(Protocol):
    """What the page needs of `kzrag.assistant.Assistant`."""

    def answer(self, question: str, history: Sequence[dict[str, str]] = ()) -> Answer: ...
    def stream(
        self,
        question: str,
        history: Sequence[dict[str, str]] = (),
        *,
        where: Filter | None = None,
        cancelled: Callable[[], bool] = ...,
    ) -> Iterator[Event]: ...
    def documents(self) -> list[Document]: ...
    def warm(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Step:
    """Where an answer stands. Exactly the last step has a `turn` or a `problem`."""

    conversation: str
    question: str
    status: str = ""
    text: str = ""
    turn: Turn | None = None
    problem: str | None = None


class Desk:
    """The running chat: one assistant, one store of conversations, many readers."""

    def __init__(self, assistant: Assistant, history: History) -> None:
        self.assistant = assistant
        self.history = history
        self._stops: dict[tuple[str, str], threading.Event] = {}
        self._documents: dict[str, Document] | None = None
        self._read_at = 0.0

    def documents(self) -> dict[str, Document]:
        """The corpus by id. The first call may build the index; later ones see its changes within `FRESH` seconds."""
        known, now_at = self._documents, time.monotonic()
        if known is None or now_at - self._read_at > FRESH:
            known = {document.id: document for document in self.assistant.documents()}
            self._documents, self._read_at = known, now_at
        return known

    @property
    def ready(self) -> bool:
        """Whether the index has been opened."""
        return self._documents is not None

    def renew(self, assistant: Assistant) -> None:
        """Let another assistant (the same corpus with a document more, or less) answer from now on."""
        self.assistant, self._documents = assistant, None

    def stop(self, user: str, conversation: str) -> None:
        """Stop the answer that is being given in this conversation, if there is one."""
        if going := self._stops.get((user, conversation)):
            going.set()

    def ask(
        self,
        user: str,
        conversation: str | None,
        question: str,
        *,
        language: str,
        documents: Collection[str] = (),
        again_from: int | None = None,
    ) -> Iterator[Step]:
        """Answer `question`; with `again_from`, the turns from that number on are forgotten first.

        `documents` are the ids to ask (all when empty); `language` is the page's, for what goes wrong.
        """
        question = question.strip()
        if not question:
            return
        if len(question) > QUESTION_LIMIT:
            problem = word(language, "too_long", n=len(question), limit=QUESTION_LIMIT)
            yield Step(conversation or "", question[:QUESTION_LIMIT] + "…", problem=problem)
            return
        if conversation is None or not self.history.owns(user, conversation):
            conversation = self.history.start(user, question)
        elif again_from is not None:
            self.history.cut(user, conversation, again_from)
        past = [
            message
            for turn in self.history.turns(user, conversation)
            for message in (
                {"role": "user", "content": turn.question},
                {"role": "assistant", "content": turn.answer.text},
            )
        ]
        stop = self._stops[user, conversation] = threading.Event()
        try:
            yield from self._run(user, conversation, question, past, stop=stop, language=language, documents=documents)
        finally:
            stop.set()
            if self._stops.get((user, conversation)) is stop:
                del self._stops[user, conversation]

    def _run(
        self,
        user: str,
        conversation: str,
        question: str,
        past: list[dict[str, str]],
        *,
        stop: threading.Event,
        language: str,
        documents: Collection[str],
    ) -> Iterator[Step]:
        step = Step(conversation, question, status=word(language, "reading"))
        asked, silent = now(), True
        for event in self._events(question, past, stop, documents):
            # Words that had come when the reader pressed Stop are still kept.
            if stop.is_set() and not (isinstance(event, Event) and event.answer is None):
                break
            if event is None:
                if silent:
                    silent = False
                    yield step
                continue
            if isinstance(event, Exception):
                if isinstance(event, KzragError):
                    problem = str(event)
                else:
                    log.error("the question %r failed", question, exc_info=event)
                    problem = word(language, "failed")
                yield replace(step, problem=problem)
                return
            if event.answer is not None:
                turn = Turn(question, event.answer, asked)
                self.history.add(user, conversation, turn)
                yield replace(step, text=event.answer.text, turn=turn)
                return
            if event.kind == "text":
                step = replace(step, text=step.text + event.text)
            else:
                step = replace(step, status=event.text or step.status)
                if silent:
                    continue
            silent = False
            yield step
        if stop.is_set():
            turn = Turn(question, _stopped(question, step.text, language), asked, stopped=True)
            self.history.add(user, conversation, turn)
            yield replace(step, turn=turn)
        else:
            yield replace(step, problem=word(language, "failed"))

    def _events(
        self, question: str, past: list[dict[str, str]], stop: threading.Event, documents: Collection[str]
    ) -> Iterator[Event | Exception | None]:
        """The assistant's events from a thread of its own, so that Stop is heard while a model is silent.

        None now and then while nothing comes, and an exception in place of what could not be said.
        """
        events: queue.SimpleQueue[Event | Exception | _Over] = queue.SimpleQueue()

        def work() -> None:
            try:
                where = _only(documents)
                for event in self.assistant.stream(question, past, where=where, cancelled=stop.is_set):
                    events.put(event)
                    if stop.is_set():
                        break
            except Exception as error:  # whatever it is, the reader gets a sentence and the log gets the rest
                events.put(error)
            finally:
                events.put(_Over())

        threading.Thread(target=work, name="kzrag-answer", daemon=True).start()
        while True:
            try:
                arrived = [events.get(timeout=LOOK)]
            except queue.Empty:
                yield None
                continue
            while not events.empty():
                arrived.append(events.get())
            for event in _together(arrived):
                if isinstance(event, _Over):
                    return
                yield event


class _Over:
    """The assistant has nothing more to say."""


def _together(arrived: Sequence[Event | Exception | _Over]) -> Iterator[Event | Exception | _Over]:
    """What came at once, neighbouring words as one: drawing each piece alone would only hold up the last."""
    words = ""
    for event in arrived:
        if isinstance(event, Event) and event.kind == "text":
            words += event.text
            continue
        if words:
            yield Event("text", words)
            words = ""
        yield event
    if words:
        yield Event("text", words)


def _only(documents: Collection[str]) -> Filter | None:
    from kzrag.retrieval import Filter

    return Filter(documents=frozenset(documents)) if documents else None


def _stopped(question: str, text: str, language: str) -> Answer:
    """What was shown when the reader pressed Stop; its markers have no sources yet, so they go."""
    shown = re.sub(r"\s*\[\d+\]", "", text).strip()
    note = word(language, "stopped" if shown else "stopped_empty")
    return Answer(shown, choose(language), abstained=False, reason=None, question=question, notes=(note,))
