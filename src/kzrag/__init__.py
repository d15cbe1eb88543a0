"""kzrag answers questions about a news corpus with the words, the source and the date of every claim.

Importing this costs nothing: each public name loads when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kzrag.assistant import Assistant, answer
    from kzrag.errors import KzragError
    from kzrag.records import Answer, Citation, Disagreement, Document, Event, Hit, Position
    from kzrag.settings import Settings

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Disagreement",
    "Document",
    "Event",
    "Hit",
    "KzragError",
    "Position",
    "Settings",
    "answer",
]
__version__ = "0.1.0"

_HOME = {"Assistant": "assistant", "answer": "assistant", "KzragError": "errors", "Settings": "settings"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"kzrag.{_HOME.get(name, 'records')}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
