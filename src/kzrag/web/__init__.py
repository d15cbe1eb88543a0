"""The web chat: an assistant in, a page out.

An answer's way to the reader: `desk` asks and keeps (`history`), `chat`, `evidence`, `article`, `timeline` and
`sources` make plain view values of it, `draw` turns these into HTML through the templates, `acts` says what changes on
the page for each thing a reader does, and `page` wires that to Gradio. `server` puts it behind HTTP, `guard` and
`accounts` decide who and what gets in, `uploads` and `library` add documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kzrag.web.accounts import hash_password
    from kzrag.web.server import build_app, serve

__all__ = ["build_app", "hash_password", "serve"]

_HOMES = {"build_app": "server", "serve": "server", "hash_password": "accounts"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
