"""Gradio's import without the files it writes for editors.

For each of its eighty components Gradio parses that component's module and writes a `.pyi` beside it, whenever it is
imported: half of the import's time, spent on files that no running server reads, in a folder that two servers may be
writing to at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

MODULE, WRITES = "gradio.component_meta", "create_or_modify_pyi"
"""Where the files are written, and by what; a Gradio without these is imported as it is."""


def skip() -> None:
    """Let the coming import of Gradio write no such files; without effect when it has been imported."""
    if MODULE not in sys.modules and not any(isinstance(finder, _WithoutStubs) for finder in sys.meta_path):
        sys.meta_path.insert(0, _WithoutStubs())


class _WithoutStubs(MetaPathFinder):
    """Finds that one module, once, and takes the writing out of it as it is loaded."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != MODULE:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def loaded(module: ModuleType) -> None:
                load(module)
                if hasattr(module, WRITES):
                    setattr(module, WRITES, lambda *_: None)

            spec.loader.exec_module = loaded  # type: ignore[method-assign]
        return spec
