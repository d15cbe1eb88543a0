"""One request to a language model that ends in time: a deadline, a Stop, and a word for whatever went wrong.

The model is read in a thread of its own, because none of its clients can be interrupted. When nobody waits any longer,
the connection itself is shut, so that the server stops writing too. Knows nothing of prompts or answers.
"""

from __future__ import annotations

import contextlib
import contextvars
import logging
import queue
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

from kzrag.tracing import Stage, context_of

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse

Failure = Literal[
    "slow", "unreachable", "rate limited", "empty", "refused", "wrong language", "unsupported", "cut off", "garbage",
    "stopped",
]  # fmt: skip
FAILURES: tuple[str, ...] = get_args(Failure)
"""Every reason for which a model's answer is not used; "stopped" is the reader's own wish."""

_POLL = 0.05
"""Seconds between two looks at the Stop button: too short to notice, too long to cost anything."""
_AHEAD = 64
"""Pieces the reading thread may be ahead of the gate; a model in a loop is not read any faster than that."""

_END = object()
_current: contextvars.ContextVar[Line | None] = contextvars.ContextVar("kzrag_model_line", default=None)
_log = logging.getLogger(__name__)


class Line:
    """The connections of one request, so that another thread can hang up."""

    def __init__(self) -> None:
        self.closed = threading.Event()
        self.responses: list[httpx.Response] = []
        """For the reading thread to close: the providers' clients leave that to the garbage collector."""
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []

    def opened(self, connection: socket.socket) -> None:
        with self._lock:
            self._sockets.append(connection)
        if self.closed.is_set():
            self.hang_up()

    def hang_up(self) -> None:
        """Shut every connection; a thread that waits for the next byte wakes up at once."""
        self.closed.set()
        with self._lock:
            connections, self._sockets = self._sockets, []
        for connection in connections:
            # Not SSLSocket.shutdown: it takes the TLS state away from under the thread that reads.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)


def http_options() -> dict[str, Any]:
    """Arguments for an `httpx.Client` whose requests can be hung up on; every client kzrag makes is given them."""

    def watch(request: httpx.Request) -> None:
        line = _current.get()
        if line is None:
            return

        def trace(name: str, info: dict[str, Any]) -> None:
            if name.endswith(("connect_tcp.complete", "start_tls.complete")):
                connection = info["return_value"].get_extra_info("socket")
                if isinstance(connection, socket.socket):
                    line.opened(connection)

        request.extensions["trace"] = trace

    def keep(response: httpx.Response) -> None:
        line = _current.get()
        if line is not None:
            line.responses.append(response)

    # A connection is seen when it is made, so each request makes its own.
    return {"event_hooks": {"request": [watch], "response": [keep]}, "headers": {"connection": "close"}}


class ModelRequest:
    """A streamed request; iterate over it for the reply's text, then read `failure`, `finish` and `usage`."""

    def __init__(
        self,
        model: LLM,
        messages: Sequence[ChatMessage],
        *,
        deadline: float,
        cancelled: Callable[[], bool],
        within: Stage | None = None,
    ) -> None:
        """`deadline` is a time of `time.monotonic()`; `cancelled` is asked again and again."""
        self.failure: Failure | None = None
        self.status: int | None = None
        """The HTTP status of an error, where there was one."""
        self.finish: str | None = None
        """Why the model stopped, as the provider says: "stop", "length", …; `None` when it doesn't say."""
        self.usage: dict[str, float] = {}
        """Tokens, and cost where the provider tells."""
        self._deadline = deadline
        self._cancelled = cancelled
        self._line = Line()
        self._pieces: queue.Queue[object] = queue.Queue(maxsize=_AHEAD)
        self._said_anything = False
        self._has_choices = False
        context = context_of(within)  # so that traces of the request hang under those of the question
        self._thread = threading.Thread(
            target=context.run, args=(self._read, model, list(messages)), name="kzrag-model", daemon=True
        )

    def __iter__(self) -> Generator[str, None, None]:
        self._thread.start()
        try:
            yield from self._listen()
        finally:
            self._line.hang_up()

    def _listen(self) -> Iterator[str]:
        while True:
            if self._cancelled():
                self.failure = "stopped"
                return
            left = self._deadline - time.monotonic()
            if left <= 0:
                self.failure = "slow"
                return
            try:
                piece = self._pieces.get(timeout=min(left, _POLL))
            except queue.Empty:
                continue
            if piece is _END:
                if not self._said_anything:
                    self.failure = "empty"
                elif self._has_choices and self.finish is None:
                    self.failure = "cut off"  # a connection may close without an error
                return
            if isinstance(piece, Exception):
                self.failure, self.status = kind_of(piece, self._said_anything), status_of(piece)
                # The message may hold a key or a whole prompt, so only its kind is told.
                _log.info("The language model's reply ended with %s: %s.", type(piece).__name__, self.failure)
                return
            self._said_anything = True
            yield str(piece)

    def _read(self, model: LLM, messages: list[ChatMessage]) -> None:
        _current.set(self._line)
        before = ""
        try:
            with contextlib.closing(_replies(model, messages)) as replies:
                for reply in replies:
                    if self._line.closed.is_set():
                        return
                    whole = reply.message.content or ""
                    piece = reply.delta if reply.delta is not None else whole[len(before) :]
                    before = whole
                    self._note(reply)
                    if piece:
                        self._put(piece)
            self._put(_END)
        except Exception as error:  # whatever a provider's client raises is a reason to fall back, never a crash
            self._put(error)
        finally:
            for response in self._line.responses:
                with contextlib.suppress(Exception):
                    response.close()

    def _put(self, piece: object) -> None:
        while not self._line.closed.is_set():
            with contextlib.suppress(queue.Full):
                self._pieces.put(piece, timeout=_POLL)
                return

    def _note(self, reply: ChatResponse) -> None:
        counts: dict[str, Any] = dict(reply.additional_kwargs)
        raw = reply.raw
        told = raw.get("usage") if isinstance(raw, dict) else getattr(raw, "usage", None)
        for name in ("prompt_tokens", "completion_tokens", "input_tokens", "output_tokens", "cost"):
            value = counts.get(name)
            if value is None:
                value = told.get(name) if isinstance(told, dict) else getattr(told, name, None)
            if isinstance(value, int | float) and not isinstance(value, bool):
                self.usage[name.replace("input_", "prompt_").replace("output_", "completion_")] = value
        choices = raw.get("choices") if isinstance(raw, dict) else getattr(raw, "choices", None)
        if choices:
            self._has_choices = True
            finish = getattr(choices[0], "finish_reason", None)
            self.finish = finish if isinstance(finish, str) else self.finish


def _replies(model: LLM, messages: list[ChatMessage]) -> Generator[ChatResponse, None, None]:
    try:
        stream = model.stream_chat(messages)
    except NotImplementedError:
        yield model.chat(messages)
        return
    yield from stream


def kind_of(error: BaseException, began: bool = False) -> Failure:
    """One word for an error of any provider's client; `began` when part of the reply had come already.

    Providers' classes are known by name and status code, so that none of them has to be imported.
    """
    names = {kind.__name__ for each in _chain(error) for kind in type(each).__mro__}
    status = status_of(error)
    if status == 429 or "RateLimitError" in names:
        return "rate limited"
    if status is not None and status >= 400:
        return "unreachable"
    if names & {"JSONDecodeError", "UnicodeDecodeError", "ValidationError"}:
        return "garbage"
    if names & {"TimeoutException", "TimeoutError", "APITimeoutError"}:
        return "slow"
    if names & {"TransportError", "OSError", "APIConnectionError"}:
        return "cut off" if began else "unreachable"
    return "garbage"


def status_of(error: BaseException) -> int | None:
    """The HTTP status that an error of a provider's client carries."""
    return next((code for each in _chain(error) if isinstance(code := getattr(each, "status_code", None), int)), None)


def _chain(error: BaseException | None) -> list[BaseException]:
    """An error and what it came from."""
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain
