"""Nobody listens by default; a listener hears names, times and counts."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from kzrag import tracing
from tests.bundled import bundled, shipped


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


@pytest.fixture
def spans() -> Iterator[list[tuple[str, str | None]]]:
    """The names of LlamaIndex's spans as they open, each with its parent's; at the end none is open."""
    from llama_index.core.instrumentation import get_dispatcher
    from llama_index.core.instrumentation.span_handlers import SimpleSpanHandler

    opened: list[tuple[str, str | None]] = []

    def name(span_id: str | None) -> str | None:
        return None if span_id is None else span_id[: -len("-00000000-0000-0000-0000-000000000000")]

    class Listener(SimpleSpanHandler):
        def span_enter(self, id_: str, bound_args: Any, *args: Any, parent_id: str | None = None, **more: Any) -> None:
            assert not id_.startswith("kzrag.") or not bound_args.arguments, "arguments hold questions and texts"
            opened.append((str(name(id_)), name(parent_id)))
            super().span_enter(id_, bound_args, *args, parent_id=parent_id, **more)

    root = get_dispatcher()
    listener = Listener()
    before = list(root.span_handlers)
    root.add_span_handler(listener)
    yield opened
    root.span_handlers = before
    assert not listener.open_spans


def test_an_answer_is_a_tree_of_spans(heard: list[Any], spans: list[tuple[str, str | None]]) -> None:
    from kzrag.assistant import Assistant
    from kzrag.settings import Settings
    from tests.fake_llm import FakeLLM

    question = "What refining capacity does Kazakhstan want by 2032?"
    with FakeLLM("good") as server:
        settings = Settings(llm="openai-like:good", llm_base_url=server.base_url, llm_api_key="sk-secret")
        answer = Assistant(settings, encoder=shipped()).answer(question)
    assert spans[0] == ("kzrag.answer", None)
    for step in ("retrieve", "evidence", "decide", "phrase", "gate"):
        assert (f"kzrag.{step}", "kzrag.answer") in spans
    assert ("OpenAIChat.stream_chat", "kzrag.phrase") in spans, "the model's call hangs under the step that made it"
    steps = {event.name: event.facts for event in heard if isinstance(event, tracing.StageEvent)}
    assert steps["answer"] == {"mode": "llm", "citations": len(answer.citations)}
    assert steps["retrieve"]["passages"] > 0
    assert steps["gate"] == {"supported": True}
    told = str([event for event in heard if isinstance(event, tracing.StageEvent)])
    assert "refining" not in told
    assert "sk-secret" not in told


def test_a_question_left_in_the_middle_closes_its_spans(spans: list[tuple[str, str | None]]) -> None:
    events = bundled().stream("What refining capacity does Kazakhstan want by 2032?")
    next(events)
    assert hasattr(events, "close")
    events.close()
    assert ("kzrag.answer", None) in spans


def test_steps_of_two_answers_told_in_turns_do_not_mix(heard: list[Any]) -> None:
    with tracing.stage("one") as one, tracing.stage("two") as two:
        with tracing.under(one), tracing.stage("within one") as inner:
            assert inner is not two
        with tracing.under(None), tracing.stage("free"):
            pass
    assert [event.name for event in heard] == ["within one", "free", "two", "one"]
