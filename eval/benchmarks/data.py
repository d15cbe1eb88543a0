"""Where the public sets are, which are not part of the project."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]


class AbsentError(Exception):
    """A set that is not at hand; the message says so in plain words."""


def folder(*names: str) -> Path:
    """A folder of KZRAG_DATA_DIR (../shared/data when not set); `AbsentError` when it is not there."""
    base = Path(os.environ.get("KZRAG_DATA_DIR") or REPOSITORY.parent / "shared" / "data")
    found = base.joinpath(*names)
    if not found.exists():
        raise AbsentError(f"Skipped: {'/'.join(names)} is not in the data folder; set KZRAG_DATA_DIR to where it is.")
    return found


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
