"""What kzrag does with a question, step by step, told to whoever has asked to hear it. Nobody by default.

Two listeners: LlamaIndex's instrumentation (an event handler on its root dispatcher, or on the one named "kzrag", gets
a `StageEvent` per step, beside the events of the language model's calls) and, once `to_opentelemetry` was called, a
span per step. What is told is names, times, counts and codes: no question, no text, no key. Nothing is sent anywhere
from here; where spans go is the affair of the tracer provider that the user sets up.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from kzrag.errors import KzragError

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer, TracerProvider

Fact = str | int | float | bool

_DISPATCHER = "kzrag"
_tracer: Tracer | None = None


@dataclass(slots=True)
class Stage:
    """A step that is under way; facts that turn up in it are added with `tell`."""

    name: str
    facts: dict[str, Fact] = field(default_factory=dict)
    seconds: float = 0.0
    """How long it took, once it is over."""
    _span: Span | None = None

    def tell(self, **facts: Fact | None) -> None:
        self.facts |= {name: fact for name, fact in facts.items() if fact is not None}


@contextmanager
def stage(name: str, within: Stage | None = None, **facts: Fact) -> Iterator[Stage]:
    """A step of the work, from the `with` to its end, however it ends.

    It is a child of `within`, not of whatever happens to run: steps of a streamed answer are left and entered again
    from other threads.
    """
    step = Stage(name, dict(facts))
    if _tracer is not None:
        from opentelemetry.trace import set_span_in_context

        parent = set_span_in_context(within._span) if within is not None and within._span is not None else None
        step._span = _tracer.start_span(name, context=parent)
    started = time.perf_counter()
    try:
        yield step
    except Exception as error:
        step.tell(error=type(error).__name__)
        raise
    finally:
        step.seconds = time.perf_counter() - started
        _report(step)


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


def _report(step: Stage) -> None:
    if step._span is not None:
        step._span.set_attributes({f"kzrag.{name}": fact for name, fact in step.facts.items()})
        step._span.end()
    instrumentation = sys.modules.get("llama_index_instrumentation")
    if instrumentation is None:  # then nobody can have asked to hear of it
        return
    dispatcher = instrumentation.get_dispatcher(_DISPATCHER)
    deaf = instrumentation.NullEventHandler
    handlers = [*dispatcher.event_handlers, *instrumentation.root_dispatcher.event_handlers]
    if any(not isinstance(handler, deaf) for handler in handlers):
        dispatcher.event(_event_class()(name=step.name, seconds=step.seconds, facts=step.facts))


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
