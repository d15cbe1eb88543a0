"""Where the evaluation's own files are, and which version of the code figures belong to, as far as git knows."""

from __future__ import annotations

import subprocess
from pathlib import Path


def bundled(name: str) -> Path:
    """The folder `name` of the evaluation's files: inside the installed package, or under `eval/` of a checkout."""
    packaged = Path(__file__).parents[1] / name
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "eval" / name


def commit() -> str:
    """Short hash of the present commit, with a `+` when the package was changed since; "" without a checkout."""
    head = _git("rev-parse", "--short=7", "HEAD")
    return head + ("+" if head and _git("status", "--porcelain", "--untracked-files=no", "--", ":/src") else "")


def commit_date() -> str:
    """ISO date of the present commit."""
    return _git("show", "-s", "--format=%cs", "HEAD")


def commits() -> list[str]:
    """Short hashes of all commits, oldest first."""
    return _git("log", "--reverse", "--format=%h", "--abbrev=7").split()


def _git(*words: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  fixed words, no shell
            ["git", *words],  # noqa: S607  whichever git the person uses
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
