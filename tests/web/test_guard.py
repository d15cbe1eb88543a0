from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kzrag.web.guard import BODY_LIMIT, HEADERS, BodyLimit, Limited, Limiter, SecurityHeaders


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Reads the whole body and answers with its length."""
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        length += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": [(b"X-Frame-Options", b"ALLOWALL")]})
    await send({"type": "http.response.body", "body": str(length).encode()})


def call(app: Any, *chunks: bytes, path: str = "/api/answer", declared: bytes | None = None) -> list[Any]:
    sent: list[Any] = []
    waiting = [
        {"type": "http.request", "body": chunk, "more_body": n < len(chunks) - 1} for n, chunk in enumerate(chunks)
    ]
    headers = [] if declared is None else [(b"content-length", declared)]
    scope = {"type": "http", "method": "POST", "path": path, "headers": headers, "client": ("1.2.3.4", 5)}

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


def test_headers_go_on_every_answer_and_cannot_be_weakened() -> None:
    headers = call(SecurityHeaders(echo), b"")[0]["headers"]
    assert {name.decode(): value.decode() for name, value in headers} == HEADERS


def test_a_body_over_the_limit_is_refused_before_it_is_read() -> None:
    app = BodyLimit(echo, upload_limit=None)
    assert call(app, b"", declared=str(BODY_LIMIT + 1).encode())[0]["status"] == 413
    assert call(app, b"", declared=b"many")[0]["status"] == 413
    assert call(app, b"x" * 100, declared=b"100")[1]["body"] == b"100"


def test_a_body_that_does_not_say_its_length_is_cut_off() -> None:
    assert call(BodyLimit(echo, upload_limit=None), *[b"x" * (BODY_LIMIT // 2)] * 4) == []


def test_uploads_have_a_limit_of_their_own_or_are_off() -> None:
    path = "/gradio_api/upload"
    assert call(BodyLimit(echo, upload_limit=None), b"x", path=path)[0]["status"] == 403
    large = str(BODY_LIMIT * 2).encode()
    assert call(BodyLimit(echo, upload_limit=BODY_LIMIT * 3), b"x", path=path, declared=large)[0]["status"] == 200
    assert call(BodyLimit(echo, upload_limit=BODY_LIMIT), b"x", path=path, declared=large)[0]["status"] == 413


def test_a_burst_is_fine_and_a_flood_is_not() -> None:
    now = 0.0
    limiter = Limiter(per_second=1, burst=3, clock=lambda: now)
    assert [limiter.allows("a") for _ in range(5)] == [True, True, True, False, False]
    assert limiter.allows("b")
    now = 2.0
    assert [limiter.allows("a") for _ in range(3)] == [True, True, False]


def test_the_limiter_forgets_the_longest_silent() -> None:
    limiter = Limiter(per_second=0, burst=1, clients=2, clock=lambda: 0.0)
    assert [limiter.allows(client) for client in ("a", "b", "a", "c", "b", "a")] == [
        True, True, False, True, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(("path", "last"), [("/login", 429), ("/login/", 429), ("/healthz", 200)])
def test_only_the_named_paths_are_limited(path: str, last: int) -> None:
    app = Limited(echo, limiter=Limiter(per_second=0, burst=2, clock=lambda: 0.0), paths=("/login",))
    assert [call(app, b"", path=path)[0]["status"] for _ in range(3)] == [200, 200, last]
