"""The app of a test, built as `serve` builds it: inside a running event loop.

Without one, Gradio opens a loop for each of its locks and leaves it open, and an open loop is a warning at the end.
"""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from kzrag.settings import Settings
from kzrag.web import build_app


def built(settings: Settings, assistant: Any, **options: Any) -> Any:
    result: list[Any] = []

    async def build() -> None:
        try:
            result.append(build_app(settings, assistant, **options))
        except Exception as error:  # carried out of the thread, and raised below
            result.append(error)

    # A thread of its own: Playwright keeps a loop running in the main one.
    thread = threading.Thread(target=lambda: asyncio.run(build()))
    thread.start()
    thread.join()
    if isinstance(result[0], Exception):
        raise result[0]
    return result[0]
