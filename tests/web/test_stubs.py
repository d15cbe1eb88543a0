from __future__ import annotations

import subprocess
import sys

from kzrag.web.stubs import MODULE, WRITES

PROGRAM = f"""
import sys
from kzrag.web import stubs
stubs.skip()
stubs.skip()
finders = len(sys.meta_path)
import gradio
assert len(sys.meta_path) == finders - 1, sys.meta_path
from {MODULE} import {WRITES}
assert {WRITES}.__module__ == "kzrag.web.stubs"
assert gradio.Textbox(label="x").label == "x"
stubs.skip()
assert len(sys.meta_path) == finders - 1, sys.meta_path
"""


def test_gradio_is_imported_whole_and_writes_no_stubs() -> None:
    """A process of its own: here Gradio may have been imported before."""
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, timeout=120)
