"""Does it know the facts, and did that get worse? Cases through an engine, scored, reported and gated.

`cases` are asked by `run`, judged by `scorers`, made into figures by `summary` and `stats`, shown by `report` and
`page`, kept by `stored` and `results`, and compared with what was by `baseline`. `ablate` takes parts away, `judge`
measures the judge, `draft` proposes cases for a new corpus. `command.main` is what `kzrag eval` calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kzrag.evaluation.command import main

__all__ = ["main"]


def __getattr__(name: str) -> Any:
    if name == "main":
        from kzrag.evaluation.command import main

        return main
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
