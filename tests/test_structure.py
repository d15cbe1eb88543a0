"""Imports point one way, nothing imports the package root, and each heavy library has one home."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src" / "kzrag"
# Each room may import its own and those before it.
ORDER = [
    {"records", "errors", "settings", "offline", "tracing"},
    {"text"},
    {"corpus"},
    {"index"},
    {"retrieval"},
    # A follow-up is understood by the engine's own first step, so the two share a storey.
    {"conversation", "answering"},
    {"assistant"},
    {"web", "cli", "doctor", "evaluation", "integrations"},
]
LEVEL = {room: level for level, rooms in enumerate(ORDER) for room in rooms}
HOMES = {
    "chromadb": {"index"},
    "onnxruntime": {"index"},
    "tokenizers": {"index"},
    "bm25s": {"index"},
    "tiktoken": {"text"},
    "opencc": {"text"},
    "rjieba": {"text"},
    "gradio": {"web"},
}
# What costs more than it is worth before it is needed; imported inside functions only.
HEAVY = {*HOMES, "llama_index", "rich", "fastapi", "uvicorn"}


def modules() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@cache
def program(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> list[tuple[str, ast.stmt]]:
    found: list[tuple[str, ast.stmt]] = []
    for node in ast.walk(program(path)):
        if isinstance(node, ast.Import):
            found += [(alias.name, node) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if node.module == "kzrag":
                found += [(f"kzrag.{alias.name}" if alias.name in LEVEL else "kzrag", node) for alias in node.names]
            else:
                found.append((node.module or "", node))
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    own = room_of(path)
    for name, _ in imports(path):
        if name.split(".")[0] != "kzrag":
            continue
        assert name != "kzrag", f"{path.name} imports the package root"
        other = name.split(".")[1]
        assert other == own or LEVEL[other] <= LEVEL[own], f"{own} imports {other}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_each_library_has_one_home(path: Path) -> None:
    for name, _ in imports(path):
        library = name.split(".")[0]
        assert room_of(path) in HOMES.get(library, {room_of(path)}), f"{library} belongs to {HOMES[library]}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_heavy_at_import(path: Path) -> None:
    if room_of(path) in ("integrations", "web"):
        return  # who imports these wants LlamaIndex or the page
    top = [node for node in program(path).body if isinstance(node, ast.Import | ast.ImportFrom)]
    for node in top:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        assert not {name.split(".")[0] for name in names} & HEAVY
