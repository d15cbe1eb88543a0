"""Nobody listens by default; a listener hears names, times and counts."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from kzrag import tracing


@pytest.fixture
def heard() -> Iterator[list[Any]]:
    from llama_index.core.instrumentation import get_dispatcher
    from llama_index.core.instrumentation.event_handlers import BaseEventHandler

    events: list[Any] = []

    class Listener(BaseEventHandler):
        def handle(self, event: Any, **_: Any) -> None:
            events.append(event)

    dispatcher = get_dispatcher("kzrag")
    before = list(dispatcher.event_handlers)
    dispatcher.add_event_handler(Listener())
    yield events
    dispatcher.event_handlers = before


def test_a_listener_hears_of_each_step(heard: list[Any]) -> None:
    with tracing.stage("retrieve", passages=40) as step:
        step.tell(found=3, model=None)
    (event,) = heard
    assert isinstance(event, tracing.StageEvent)
    assert (event.name, event.facts) == ("retrieve", {"passages": 40, "found": 3})
    assert 0 < event.seconds < 1


def test_a_step_that_fails_says_so_and_no_more(heard: list[Any]) -> None:
    with pytest.raises(ValueError, match="secret"), tracing.stage("phrase"):
        raise ValueError("my secret")
    assert heard[0].facts == {"error": "ValueError"}


def test_opentelemetry_spans_hang_under_each_other(heard: list[Any]) -> None:
    sdk = pytest.importorskip("opentelemetry.sdk.trace")
    export = pytest.importorskip("opentelemetry.sdk.trace.export")
    memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    exporter = memory.InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    tracing.to_opentelemetry(provider)
    try:
        with tracing.stage("answer") as whole, tracing.stage("retrieve", within=whole, found=3):
            pass
    finally:
        tracing.off()
    with tracing.stage("untold"):
        pass
    inner, outer = exporter.get_finished_spans()
    assert (inner.name, outer.name) == ("retrieve", "answer")
    assert inner.parent.span_id == outer.context.span_id
    assert inner.attributes == {"kzrag.found": 3}


def test_without_a_listener_it_costs_nothing_and_loads_nothing() -> None:
    program = (
        "import sys\nfrom kzrag.tracing import stage\nwith stage('x'): pass\n"
        "assert not {'llama_index', 'opentelemetry', 'pydantic'} & sys.modules.keys(), 'loaded something'"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
    started = time.perf_counter()
    for _ in range(1000):
        with tracing.stage("x"):
            pass
    assert time.perf_counter() - started < 0.5
