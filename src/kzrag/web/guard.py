"""What is let in and what goes out: limits on requests, headers on answers. Pure ASGI, so that streams flow through."""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_LIMIT = 1_000_000
"""Bytes of any request that is not an upload: a question and a long history are far below."""
POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "style-src 'self' 'unsafe-inline'",
        # Gradio starts from inline scripts and compiles its HTML component with `new Function`
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
TOO_FAST = "Many requests in a short time; wait a few seconds and try again."
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class SecurityHeaders:
    """Puts `HEADERS` on every answer."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [
                    (name, value) for name, value in message.get("headers", []) if name.decode().lower() not in HEADERS
                ]
                message["headers"] = kept + [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Refuses bodies over the limit, whatever their headers say, and the paths that are switched off."""

    def __init__(self, app: App, *, upload_limit: int | None) -> None:
        self.app = app
        self.upload_limit = upload_limit
        """Bytes of an upload; None where nothing may be uploaded."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = BODY_LIMIT
        if "/upload" in scope["path"]:
            if self.upload_limit is None:
                await refuse(send, 403, "Documents can't be uploaded here; the person who runs this server has it off.")
                return
            # Room for the form around the file.
            limit = self.upload_limit + 100_000
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > limit:
            await refuse(send, 413, f"This request is larger than {limit} bytes; send less at once.")
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > limit:
                return {"type": "http.disconnect"}
            return message

        await self.app(scope, counted, send)


async def refuse(send: Send, status: int, sentence: str) -> None:
    """Answer with one sentence as JSON."""
    body = json.dumps({"error": sentence}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Limiter:
    """A token bucket per client: a burst is fine, a flood is not."""

    def __init__(
        self, *, per_second: float, burst: int, clients: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._clients, self._clock = per_second, burst, clients, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, client: str) -> bool:
        """Whether this client may go on; takes one of its tokens when so."""
        now = self._clock()
        with self._lock:
            tokens, seen = self._buckets.pop(client, (float(self._burst), now))
            tokens = min(self._burst, tokens + (now - seen) * self._rate)
            allowed = tokens >= 1
            self._buckets[client] = (tokens - 1 if allowed else tokens, now)
            # The longest silent are forgotten first; their bucket would be full by now anyway.
            while len(self._buckets) > self._clients:
                self._buckets.popitem(last=False)
        return allowed


class Limited:
    """Applies a `Limiter` to some POST paths: those that cost work, or guess passwords."""

    def __init__(self, app: App, *, limiter: Limiter, paths: Collection[str]) -> None:
        self.app, self.limiter, self.paths = app, limiter, frozenset(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"].rstrip("/") in self.paths:
            client = (scope.get("client") or ("unknown",))[0]
            if not self.limiter.allows(client):
                await refuse(send, 429, TOO_FAST)
                return
        await self.app(scope, receive, send)
