from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

from kzrag.web import lean
from kzrag.web.lean import STUBS, WRITES

IMPORTED = f"""
import sys
from kzrag.web import lean
lean.skip()
lean.skip()
finders = [type(finder).__name__ for finder in sys.meta_path]
assert finders.count("_Lean") == 1, finders
import gradio
from {STUBS} import {WRITES}
assert {WRITES}.__module__ == "kzrag.web.lean"
assert gradio.Textbox(label="x").label == "x"
lean.skip()
assert len(sys.meta_path) == len(finders), sys.meta_path
import pandas
assert pandas.DataFrame({{"a": [1]}}).shape == (1, 1), "what is imported later is whole"
"""

SERVED = """
import sys
from fastapi.testclient import TestClient
from kzrag.settings import Settings
from kzrag.web.server import build_app
from tests.web.fake_assistant import FakeAssistant
with TestClient(build_app(Settings(), FakeAssistant()), base_url="http://localhost") as client:
    assert client.get("/").status_code == 200
    event = client.post("/gradio_api/call/answer", json={"data": ["Why?", None]}).json()["event_id"]
    assert "complete" in client.get(f"/gradio_api/call/answer/{event}").text
assert type(sys.modules["pandas"]).__name__ == "_LazyModule", "an event needs no tables"
"""


def run(program: str, **environment: str) -> None:
    """In a process of its own: here Gradio may have been imported before."""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120, env={**os.environ, **environment})


def test_gradio_is_imported_whole_and_writes_no_stubs() -> None:
    run(IMPORTED)


def test_an_event_is_served_without_statistics(tmp_path: Path) -> None:
    run(SERVED, KZRAG_HOME=str(tmp_path))


def test_what_a_start_makes_is_not_looked_through_later() -> None:
    try:
        with lean.uncollected():
            assert not gc.isenabled()
            made = [[] for _ in range(1000)]  # type: ignore[var-annotated]
        assert gc.isenabled()
        assert gc.get_freeze_count() > len(made)
    finally:
        gc.unfreeze()
