"""Every way in which a provider's client fails has its word, and the reading thread never outlives its use."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from kzrag.answering.model_request import FAILURES, ModelRequest, kind_of


class ApiError(Exception):
    """As the providers' clients have it: a status code on the exception."""

    def __init__(self, status_code: int) -> None:
        super().__init__("your key sk-secret …")
        self.status_code = status_code


@pytest.mark.parametrize(
    ("error", "began", "word"),
    [
        (ApiError(429), False, "rate limited"),
        (ApiError(500), False, "unreachable"),
        (ApiError(401), False, "unreachable"),
        (httpx.ConnectError("no"), False, "unreachable"),
        (httpx.ConnectTimeout("no"), False, "slow"),
        (httpx.ReadTimeout("no"), True, "slow"),
        (httpx.RemoteProtocolError("peer closed"), True, "cut off"),
        (httpx.ReadError("reset"), True, "cut off"),
        (ConnectionResetError(), False, "unreachable"),
        (json.JSONDecodeError("no", "x", 0), True, "garbage"),
        (KeyError("choices"), True, "garbage"),
    ],
)
def test_a_word_for_every_error(error: Exception, began: bool, word: str) -> None:
    assert kind_of(error, began) == word
    assert word in FAILURES


def test_the_cause_counts_too() -> None:
    wrapped = RuntimeError("wrapped")
    wrapped.__cause__ = httpx.ConnectError("no")
    assert kind_of(wrapped) == "unreachable"


def model(pieces: Iterator[str] | list[str], **more: Any) -> Any:
    """A LlamaIndex model of the user's own, of which kzrag knows nothing but the interface."""
    from llama_index.core.llms import ChatMessage, ChatResponse, MockLLM

    class Own(MockLLM):
        def stream_chat(self, *_: Any, **__: Any) -> Any:
            said = ""
            for piece in pieces:
                said += piece
                yield ChatResponse(message=ChatMessage(role="assistant", content=said), delta=piece, **more)

    return Own(max_tokens=None)


def request(of: Any, seconds: float = 5.0, stopped: threading.Event | None = None) -> ModelRequest:
    stop = stopped or threading.Event()
    return ModelRequest(of, [], deadline=time.monotonic() + seconds, cancelled=stop.is_set)


def test_a_model_of_ones_own() -> None:
    asked = request(model(["Hel", "lo"], raw={"usage": {"prompt_tokens": 3, "completion_tokens": 2, "cost": 0.5}}))
    assert list(asked) == ["Hel", "lo"]
    assert asked.failure is None
    assert asked.usage == {"prompt_tokens": 3, "completion_tokens": 2, "cost": 0.5}


def test_a_model_that_only_tells_the_whole_so_far() -> None:
    from llama_index.core.llms import ChatMessage, ChatResponse, MockLLM

    class Cumulative(MockLLM):
        def stream_chat(self, *_: Any, **__: Any) -> Any:
            for said in ("Hel", "Hello", "Hello!"):
                yield ChatResponse(message=ChatMessage(role="assistant", content=said), delta=None)

    assert list(request(Cumulative(max_tokens=None))) == ["Hel", "lo", "!"]


def test_a_model_that_can_not_stream() -> None:
    from llama_index.core.llms import ChatMessage, ChatResponse, MockLLM

    class Whole(MockLLM):
        def stream_chat(self, *_: Any, **__: Any) -> Any:
            raise NotImplementedError

        def chat(self, *_: Any, **__: Any) -> Any:
            return ChatResponse(message=ChatMessage(role="assistant", content="Hello."))

    assert list(request(Whole(max_tokens=None))) == ["Hello."]


def test_a_deaf_model_is_left_in_time_and_its_thread_ends_with_its_next_word() -> None:
    next_word = threading.Event()

    def slow() -> Iterator[str]:
        yield "one "
        next_word.wait(60)
        yield "two "

    asked = request(model(slow()), seconds=1.0)
    started = time.monotonic()
    assert list(asked) == ["one "]
    assert asked.failure == "slow"
    assert time.monotonic() - started < 20, "far from the minute that the model would take"
    next_word.set()
    asked._thread.join(20)
    assert not asked._thread.is_alive()


def test_a_flood_is_read_no_faster_than_it_is_used() -> None:
    given = 0

    def flood() -> Iterator[str]:
        nonlocal given
        for _ in range(100_000):
            given += 1
            yield "word "

    pieces = iter(request(model(flood())))
    for _ in range(10):
        next(pieces)
    time.sleep(0.2)
    assert given < 200
    pieces.close()
