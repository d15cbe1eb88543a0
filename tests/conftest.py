"""Every test has a home of its own: none reads or writes the user's."""

import os
import ssl
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("CORPUS_DIR", "INDEX_DIR", "CHROMA_URL", "ENCODER", "LLM", "LLM_BASE_URL", "LLM_API_KEY", "UPLOADS"):
        monkeypatch.delenv(f"KZRAG_{name}", raising=False)
    monkeypatch.setenv("KZRAG_HOME", str(shared_home(tmp_path_factory)))
    yield


@pytest.fixture(autouse=True, scope="session")
def certificates_read_once() -> Iterator[None]:
    """Every client of a model server reads them all, and none here speaks TLS."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


def shared_home(factory: pytest.TempPathFactory) -> Path:
    """One home for the whole run, so that the bundled corpus is indexed once, by whichever process comes first."""
    place = factory.getbasetemp()
    home = (place.parent if "PYTEST_XDIST_WORKER" in os.environ else place) / "home"
    home.mkdir(exist_ok=True)
    return home
