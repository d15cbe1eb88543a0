"""What kzrag does with a question, step by step, told to whoever has asked to hear it. Nobody by default.

Two listeners: LlamaIndex's instrumentation (a handler on its root dispatcher, or on the one named "kzrag", gets a
`StageEvent` and a span per step, with the language model's own calls under them) and, once `to_opentelemetry` was
called, a span per step. The steps of an answer: "answer", and under it "retrieve", "evidence", "decide", "rewrite",
"phrase" and "gate". What is told is names, times, counts and codes: no question, no text, no key. Nothing is sent
anywhere from here; where spans go is the affair of the tracer provider that the user sets up.
"""

from __future__ import annotations

import inspect
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from kzrag.errors import KzragError

if TYPE_CHECKING:
    from llama_index_instrumentation.dispatcher import Dispatcher
    from opentelemetry.trace import Span, Tracer, TracerProvider

Fact = str | int | float | bool

_DISPATCHER = "kzrag"
_NO_ARGUMENTS = inspect.Signature().bind()
"""What a span handler is told of a step's arguments: they hold questions and texts."""
_tracer: Tracer | None = None
_above: ContextVar[Stage | None] = ContextVar("kzrag_step", default=None)


@dataclass(slots=True)
class Stage:
    """A step that is under way; facts that turn up in it are added with `tell`."""

    name: str
    facts: dict[str, Fact] = field(default_factory=dict)
    seconds: float = 0.0
    """How long it took, once it is over."""
    _span: Span | None = None
    _id: str | None = None
    """Of the span at LlamaIndex's dispatcher, where a span handler listens."""

    def tell(self, **facts: Fact | None) -> None:
        self.facts |= {name: fact for name, fact in facts.items() if fact is not None}


@contextmanager
def stage(name: str, within: Stage | None = None, **facts: Fact) -> Iterator[Stage]:
    """A step of the work, from the `with` to its end, however it ends.

    It is a child of `within`, or of the step that `under` names: not of whatever happens to run, because steps of a
    streamed answer are left and entered again from other threads.
    """
    within = within or _above.get()
    step = Stage(name, dict(facts))
    if _tracer is not None:
        from opentelemetry.trace import set_span_in_context

        parent = set_span_in_context(within._span) if within is not None and within._span is not None else None
        step._span = _tracer.start_span(name, context=parent)
    dispatcher = _dispatcher()
    if dispatcher is not None and any(map(_listens, dispatcher._walk_span_handlers())):
        step._id = f"kzrag.{name}-{uuid4()}"
        parent_id = within._id if within is not None else None
        dispatcher.span_enter(id_=step._id, bound_args=_NO_ARGUMENTS, parent_id=parent_id, tags={})
    started = time.perf_counter()
    try:
        yield step
    except Exception as error:
        step.tell(error=type(error).__name__)
        raise
    finally:
        step.seconds = time.perf_counter() - started
        _report(step)


@contextmanager
def under(step: Stage | None) -> Iterator[None]:
    """Steps begun here are children of `step`. Not round a `yield`: what goes on outside is none of it."""
    before = _above.set(step)
    try:
        yield
    finally:
        _above.reset(before)


def context_of(step: Stage | None) -> Context:
    """The present context with `step` as what goes on in it: what runs there shows up under the step's span."""
    context = copy_context()
    if step is not None and step._id is not None:
        from llama_index_instrumentation.span import active_span_id

        context.run(active_span_id.set, step._id)
    if step is not None and step._span is not None:
        from opentelemetry.context import attach
        from opentelemetry.trace import set_span_in_context

        context.run(lambda span: attach(set_span_in_context(span)), step._span)
    return context


def to_opentelemetry(provider: TracerProvider | None = None) -> None:
    """From now on, make an OpenTelemetry span of every step, with `provider` or the one set up for the process.

    Raises `KzragError` when the extra is not installed.
    """
    global _tracer  # noqa: PLW0603  # one switch for the process, as OpenTelemetry's own is
    try:
        from opentelemetry.trace import get_tracer
    except ModuleNotFoundError:
        raise KzragError("OpenTelemetry is not installed; run: pip install 'kzrag[opentelemetry]'.") from None
    _tracer = get_tracer("kzrag", tracer_provider=provider)


def off() -> None:
    """No more OpenTelemetry spans."""
    global _tracer  # noqa: PLW0603
    _tracer = None


def _dispatcher() -> Dispatcher | None:
    """LlamaIndex's dispatcher for kzrag, once anything has loaded it: before that nobody can have asked to hear."""
    instrumentation = sys.modules.get("llama_index_instrumentation")
    return None if instrumentation is None else instrumentation.get_dispatcher(_DISPATCHER)


def _listens(handler: object) -> bool:
    return not type(handler).__name__.startswith("Null")


def _report(step: Stage) -> None:
    if step._span is not None:
        step._span.set_attributes({f"kzrag.{name}": fact for name, fact in step.facts.items()})
        step._span.end()
    dispatcher = _dispatcher()
    if dispatcher is None:
        return
    if any(map(_listens, [*dispatcher.event_handlers, *dispatcher.root.event_handlers])):
        event = _event_class()(name=step.name, seconds=step.seconds, facts=step.facts, span_id=step._id)
        dispatcher.event(event)
    if step._id is not None:
        # A step that failed is dropped without its error: the message may hold what nobody is to be told.
        leave = dispatcher.span_drop if "error" in step.facts else dispatcher.span_exit
        leave(id_=step._id, bound_args=_NO_ARGUMENTS)


@cache
def _event_class() -> Any:
    from llama_index.core.instrumentation.events import BaseEvent

    class StageEvent(BaseEvent):
        """A step of kzrag's that is over."""

        name: str
        seconds: float
        facts: dict[str, Fact]

        @classmethod
        def class_name(cls) -> str:
            return "KzragStageEvent"

    return StageEvent


def __getattr__(name: str) -> Any:
    """`StageEvent` is made when it is first asked for: its base class takes LlamaIndex a second to load."""
    if name == "StageEvent":
        return _event_class()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
