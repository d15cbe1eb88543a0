"""Gradio without what this page never needs: a fifth of the time until the server answers, half of that of an event.

- For each of its eighty components Gradio parses that component's module and writes a `.pyi` beside it, whenever it is
  imported, in a folder that two servers may be writing to at once: no running server reads these files.
- It imports pandas to ask whether a value is a table: pandas is imported when something first asks.
- After each event it makes a table of the last ten thousand for a page of statistics that is not served here.
- Every step of building a page builds the page's ASGI app anew; only the one that is mounted serves.
- The garbage collector looks through a million objects that are there to stay.

Each of these is left as Gradio has it where a release does it another way.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType
from typing import Any

STUBS, WRITES = "gradio.component_meta", "create_or_modify_pyi"
"""Where the files are written, and by what."""
LATER = ("pandas",)
"""Imported when first used."""
STATISTICS = {"GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000", "GRADIO_ANALYTICS_MAX_EVENTS": "1"}
"""How many events lie between two tables, and how many one may hold; Gradio reads these when it makes a queue."""


def skip() -> None:
    """Make the coming import of Gradio, and its queues, lean ones; what the user has set stays as it is."""
    for name, value in STATISTICS.items():
        os.environ.setdefault(name, value)
    if STUBS not in sys.modules and not any(isinstance(finder, _Lean) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Lean())


@contextmanager
def unserved() -> Iterator[None]:
    """While a page is built: no ASGI app, since none of those made here is the one that serves."""
    from gradio.routes import App

    made = App.create_app
    App.create_app = staticmethod(_no_app)  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        App.create_app = made  # type: ignore[method-assign]


@contextmanager
def uncollected() -> Iterator[None]:
    """While a program starts: what is made now stays, so nothing of it is looked through, now or later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _no_app(*_: Any, **__: Any) -> None:
    return None


class _Lean(MetaPathFinder):
    """Finds the module that writes stubs, once, and takes the writing out of it; makes the modules of `LATER` lazy."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in (STUBS, *LATER):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return spec
        if name in LATER:
            spec.loader = LazyLoader(spec.loader)
            return spec
        load = spec.loader.exec_module

        def loaded(module: ModuleType) -> None:
            load(module)
            if hasattr(module, WRITES):
                setattr(module, WRITES, lambda *_: None)

        spec.loader.exec_module = loaded  # type: ignore[method-assign]
        return spec
