"""A specification becomes a LlamaIndex model; a key is seen by nobody but the server it is meant for."""

from __future__ import annotations

import importlib.util
import logging
from typing import Any

import pytest

from kzrag.answering.models import HIDDEN_KEY, name_of, open_model, trouble, where
from kzrag.errors import KzragError, ModelError, SettingsError
from kzrag.settings import Settings
from tests.fake_llm import FakeLLM, Script, tokens

KEY = "sk-very-secret-1234"


def settings(**values: Any) -> Settings:
    return Settings(**{"llm": "openai-like:qwen3:4b", "llm_base_url": "http://127.0.0.1:1/v1", **values})


def test_nothing_set_means_no_model() -> None:
    assert open_model(Settings()) is None
    assert where(Settings()) == "no language model"


def test_any_name_works_with_a_server_that_speaks_openai() -> None:
    model = open_model(settings(llm_context=4096))
    assert model is not None
    assert name_of(model) == "qwen3:4b"
    assert model.metadata.context_window == 4096
    assert model.metadata.is_chat_model


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"llm": "qwen3"}, "openai-like:MODEL"),
        ({"llm": "openai-like:"}, "openai-like:MODEL"),
        ({"llm": "gemini:pro"}, "'gemini:pro'"),
        ({"llm_base_url": None}, "KZRAG_LLM_BASE_URL"),
        ({"llm_base_url": "localhost:11434"}, "http://127.0.0.1:11434/v1"),
    ],
)
def test_a_specification_that_means_nothing(values: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        open_model(settings(**values))


@pytest.mark.parametrize("provider", ["anthropic", "ollama"])
def test_a_missing_extra_says_how_to_get_it(provider: str) -> None:
    if importlib.util.find_spec(f"llama_index.llms.{provider}") is not None:
        pytest.skip("the extra is installed")
    with pytest.raises(ModelError, match=rf"pip install 'kzrag\[{provider}\]'"):
        open_model(settings(llm=f"{provider}:model"))


def test_openai_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match="KZRAG_LLM_API_KEY"):
        open_model(Settings(llm="openai:gpt-4o-mini"))


def test_the_key_goes_to_the_server_and_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with FakeLLM("busy-429") as server:
        chosen = settings(llm_base_url=server.base_url, llm_api_key=KEY)
        model = open_model(chosen)
        assert model is not None
        from llama_index.core.llms import ChatMessage

        with pytest.raises(Exception, match="429") as failed:
            model.chat([ChatMessage(role="user", content="Hello")])
    assert server.keys_seen == [f"Bearer {KEY}"]
    for shown in (
        repr(model),
        str(model),
        repr(model.to_dict()),
        repr(model.to_payload()),
        repr(chosen),
        str(failed.value),
    ):
        assert KEY not in shown
    assert KEY not in caplog.text


def test_a_key_for_openai_in_the_environment_is_not_sent_to_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with FakeLLM("empty") as server:
        model = open_model(settings(llm_base_url=server.base_url))
        assert model is not None
        from llama_index.core.llms import ChatMessage

        model.chat([ChatMessage(role="user", content="Hello")])
    assert server.keys_seen == [f"Bearer {HIDDEN_KEY}"]


def test_where_hides_what_an_address_may_hold() -> None:
    words = where(settings(llm_base_url=f"https://me:{KEY}@example.org:8443/v1?key={KEY}"))
    assert words == "qwen3:4b through openai-like at https://example.org:8443"


def test_errors_do_not_show_what_an_address_may_hold() -> None:
    with pytest.raises(KzragError) as failed:
        open_model(settings(llm_base_url=f"ftp://me:{KEY}@example.org"))
    assert KEY not in str(failed.value)


def test_an_address_with_a_password_is_reached_and_not_shown() -> None:
    with FakeLLM("empty") as server:
        model = open_model(settings(llm_base_url=server.base_url.replace("://", f"://me:{KEY}@")))
        assert model is not None
        from llama_index.core.llms import ChatMessage

        model.chat([ChatMessage(role="user", content="Hello")])
        assert len(server.requests) == 1
    for shown in (repr(model), str(model), repr(model.to_dict()), repr(model.to_payload())):
        assert KEY not in shown


def test_no_global_setting_is_touched() -> None:
    from llama_index.core import Settings as Everyones

    open_model(settings())
    assert Everyones._llm is None


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (Script(tokens("ready")), None),
        (Script(status=401), "KZRAG_LLM_API_KEY"),
        (Script(status=404), "/v1"),
        (Script(status=500), "500"),
        (Script(tokens("ready"), pace=60.0), "KZRAG_LLM_TIMEOUT"),
        (Script(body="<html>Welcome</html>"), "protocol"),
    ],
)
def test_what_is_wrong_with_a_model_is_said_with_the_remedy(script: Script, words: str | None) -> None:
    with FakeLLM(lambda _: script) as server:
        patience = 0.5 if script.pace else 60.0  # a busy machine is no slow model
        chosen = settings(llm_base_url=server.base_url, llm_timeout=patience, llm_api_key=KEY)
        model = open_model(chosen)
        assert model is not None
        said = trouble(model, chosen)
    assert (said is None) == (words is None)
    assert words is None or words in str(said)
    assert KEY not in str(said)


def test_nobody_at_the_address() -> None:
    model = open_model(settings())
    assert model is not None
    assert "KZRAG_LLM_BASE_URL" in str(trouble(model, settings()))
