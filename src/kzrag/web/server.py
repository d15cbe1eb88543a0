"""The HTTP server: the page, the plain routes for programs, and the guards in front of both."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import os
import threading
import time
import tomllib
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kzrag import offline
from kzrag.errors import KzragError, SettingsError
from kzrag.settings import Settings
from kzrag.web import lean
from kzrag.web.accounts import Accounts
from kzrag.web.acts import Acts
from kzrag.web.desk import Assistant, Desk
from kzrag.web.guard import BodyLimit, Limited, Limiter, SecurityHeaders
from kzrag.web.history import HISTORY_FILE, History
from kzrag.web.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI

    from kzrag.web.uploads import Open

log = logging.getLogger(__name__)

QUESTIONS_PER_SECOND, QUESTIONS_AT_ONCE = 2.0, 30
"""A client's steady pace, and its burst: faster than anyone reads, slower than a flood."""
LOGINS_PER_SECOND, LOGINS_AT_ONCE = 0.2, 8
"""Guesses at a password: one every five seconds after the first few."""
PAGE_LOADS = 2.0
"""Seconds that a browser takes to draw the page for the first time (measured: 1.6 to 2.2)."""
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]", "::1")


def is_loopback(host: str) -> bool:
    """Whether only programs on this machine can reach a server bound to `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def build_app(
    settings: Settings,
    assistant: Assistant | None = None,
    *,
    host: str = "127.0.0.1",
    auth: str | None = None,
    auth_file: Path | None = None,
    trusted_hosts: Sequence[str] = (),
    open_other: Open | None = None,
) -> FastAPI:
    """The whole web chat as an ASGI app, for `host` (which decides what is safe to allow).

    `auth` is `user:password`, `auth_file` a file of users (see `accounts`); one of them is required off loopback.
    `trusted_hosts` are the names under which the server may be called, besides the loopback names and `host`.
    `open_other` makes the assistant that answers once documents are added; like the first one, when not given.
    """
    offline.prepare()
    accounts = Accounts.of(auth, auth_file)
    near = is_loopback(host)
    if not near and accounts is None:
        raise SettingsError(
            f"Serving on {host} lets others in: add --auth user:password or a file of users, or stay on 127.0.0.1."
        )
    os.environ.setdefault("GRADIO_TEMP_DIR", str(settings.home / "temp"))
    lean.skip()
    import gradio as gr
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from kzrag.web import page as pages
    from kzrag.web.routes import answer_for_programs, plain_routes
    from kzrag.web.uploads import Uploads

    may_add = settings.uploads if settings.uploads is not None else near
    library = Library(settings) if may_add else None
    if assistant is None:
        from kzrag.assistant import Assistant as RealAssistant

        if library is not None:
            library.refresh()
        assistant = RealAssistant(library.settings if library is not None else settings)
    desk = Desk(assistant, History(settings.home / HISTORY_FILE))
    limiter = Limiter(per_second=QUESTIONS_PER_SECOND, burst=QUESTIONS_AT_ONCE)
    questions = first_questions(settings.corpus_dir)
    acts = Acts(desk, limiter, questions)
    uploads = None
    if library is not None:
        uploads = Uploads(desk, acts, library, open_other or open_assistant, shared=accounts is not None)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        # A model costs its owner money: it is asked nothing that no reader asks.
        rehearsed = [] if settings.llm else [text for texts in questions.values() for text in texts]
        threading.Thread(target=_warm, args=(desk, rehearsed), name="kzrag-warm", daemon=True).start()
        yield

    app = FastAPI(title="kzrag", docs_url=None, redoc_url=None, openapi_url="/openapi.json", lifespan=life)
    app.include_router(plain_routes(desk, limiter, accounts))
    with lean.unserved():
        blocks = pages.build_page(acts, answer_for_programs(desk, limiter), uploads)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        server_name=host,
        footer_links=[],
        run_history=False,
        auth=accounts.verify if accounts else None,
        show_error=False,
        max_file_size=settings.max_document_bytes if may_add else "1kb",
        enable_monitoring=False,
        ssr_mode=False,
        theme=pages.theme(),
        css=pages.style(),
        head=pages.head(),
    )
    names = [*LOOPBACK_NAMES, *trusted_hosts, *([] if host in ("0.0.0.0", "::") else [host])]  # noqa: S104 - compared, not bound
    # Each one added stands before those already there: headers go on every refusal too.
    app.add_middleware(BodyLimit, upload_limit=settings.max_document_bytes if may_add else None)
    logins = Limiter(per_second=LOGINS_PER_SECOND, burst=LOGINS_AT_ONCE)
    app.add_middleware(Limited, limiter=logins, paths=("/login",))
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=names)
    app.add_middleware(SecurityHeaders)
    return app


def address_of(host: str, port: int) -> str:
    """The address under which a browser on this machine finds a server bound to `host`."""
    bare = host.strip("[]")
    if bare in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        bare = "127.0.0.1"
    return f"http://[{bare}]:{port}/" if ":" in bare else f"http://{bare}:{port}/"


def first_questions(corpus: Path) -> Mapping[str, Sequence[str]]:
    """The questions a corpus suggests in its `questions.toml`, by language; none when it has no such file."""
    try:
        found = tomllib.loads((corpus / "questions.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {tag: [str(text) for text in texts][:6] for tag, texts in found.items() if isinstance(texts, list)}


def open_assistant(settings: Settings, progress: Callable[[str, int, int], None]) -> Assistant:
    """The assistant of a corpus, its index built."""
    from kzrag.assistant import Assistant as RealAssistant

    assistant = RealAssistant(settings, progress=progress)
    assistant.documents()
    return assistant


def _warm(desk: Desk, questions: Sequence[str]) -> None:
    """Open the index while the page loads, then ask what readers are offered and read the rest: no reader's question is
    the first."""
    try:
        desk.documents()
        # The page itself comes first: it is being fetched now.
        time.sleep(PAGE_LOADS)
        for question in questions:
            desk.assistant.answer(question)
        desk.assistant.warm()
    except Exception:  # the reader who asks will be told; the log should know already
        log.warning("the index could not be opened yet", exc_info=True)


def serve(
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    auth: str | None = None,
    auth_file: Path | None = None,
    open_browser: bool = True,
    assistant: Assistant | None = None,
    trusted_hosts: Sequence[str] = (),
) -> None:
    """Serve the web chat until Ctrl-C; opens the browser when the page is ready."""
    import socket

    import uvicorn

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
    except OSError as error:
        listening.close()
        raise KzragError(
            f"Port {port} on {host} can't be opened ({error.strerror}); choose another with --port."
        ) from None
    address = address_of(host, listening.getsockname()[1])

    async def run() -> None:
        # Built inside the loop that will serve it: Gradio makes its locks for the loop it finds running.
        with lean.uncollected():
            app = build_app(settings, assistant, host=host, auth=auth, auth_file=auth_file, trusted_hosts=trusted_hosts)
        config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=3)
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve([listening]))
        while not server.started and not running.done():
            await asyncio.sleep(0.05)
        if server.started:
            print(f"kzrag is at {address} (Ctrl-C stops it)", flush=True)  # noqa: T201 - this line is for people
            if open_browser:
                webbrowser.open(address)
        await running

    with listening:
        asyncio.run(run())
