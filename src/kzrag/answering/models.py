"""Which language model phrases the answers: a specification like `openai-like:qwen3` made into LlamaIndex's `LLM`.

The only module that knows providers. A key goes into the provider's own client and nowhere else: the fields of the
`LLM`, which LlamaIndex shows and traces, hold a placeholder.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kzrag.answering.model_request import ModelRequest, http_options
from kzrag.errors import ModelError, SettingsError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from kzrag.settings import Settings

HIDDEN_KEY = "hidden"
"""Stands where LlamaIndex would keep the key. Never empty, or the client would look for a key in the environment."""

TEMPERATURE = 0.0
"""The same question gets the same answer as far as the model can; nothing is gained from variety here."""

REPLY_SHARE = 0.25
"""Share of the model's window kept free for its reply: about 1,500 words at the default, thoughts included."""


def reply_tokens(settings: Settings) -> int:
    """Tokens that the model may write."""
    return int(settings.llm_context * REPLY_SHARE)


def open_model(settings: Settings) -> LLM | None:
    """The configured language model, not yet contacted; `None` when none is set.

    Raises `SettingsError` for a specification that means nothing, `ModelError` when its extra is not installed.
    """
    if settings.llm is None:
        return None
    provider, _, name = settings.llm.partition(":")
    build = _PROVIDERS.get(provider)
    if build is None or not name:
        raise SettingsError(
            f"The setting 'llm' can't be {settings.llm!r}: it is {', '.join(f'{each}:MODEL' for each in _PROVIDERS)}; "
            "change it in the call, in KZRAG_LLM or in kzrag.toml."
        )
    address = settings.llm_base_url
    if address is not None and (urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname):
        shown = address.rpartition("@")[2]  # what stands before it may be a password
        raise SettingsError(
            f"The setting 'llm_base_url' can't be {shown!r}: it is an address such as http://127.0.0.1:11434/v1; "
            "change it in the call, in KZRAG_LLM_BASE_URL or in kzrag.toml."
        )
    return build(name, settings)


def name_of(model: LLM) -> str:
    """The model's own name, for notes and labels."""
    try:
        return model.metadata.model_name or type(model).__name__
    except ValueError:  # a provider's table of names that doesn't know its own model
        return type(model).__name__


def where(settings: Settings) -> str:
    """The configured model in words, without any key: "qwen3 through openai-like at http://127.0.0.1:11434"."""
    if settings.llm is None:
        return "no language model"
    provider, _, name = settings.llm.partition(":")
    place = ""
    if settings.llm_base_url:
        place = f" at {_origin(settings.llm_base_url)}"
    return f"{name} through {provider}{place}"


def _origin(address: str) -> str:
    """Scheme, host and port of an address, without the user, password and query that it may hold."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")


def trouble(model: LLM, settings: Settings) -> str | None:
    """What is wrong with the configured model and what to do, in a sentence; `None` when it writes something."""
    from llama_index.core.llms import ChatMessage

    request = ModelRequest(
        model,
        [ChatMessage(role="user", content="Reply with one word: ready")],
        deadline=time.monotonic() + settings.llm_timeout,
        cancelled=lambda: False,
    )
    with contextlib.closing(iter(request)) as pieces:
        if next(pieces, None) is not None:
            return None
    named = where(settings)
    if request.status in (401, 403):
        return f"{named} refuses the key; set KZRAG_LLM_API_KEY."
    if request.status == 404:
        return f"{named} is not known to its server; an address mostly ends in /v1, and a model is one it lists there."
    if request.status is not None:
        return f"{named} answers with the HTTP status {request.status}; see what its server says about it."
    if request.failure == "slow":
        return f"{named} wrote nothing within {settings.llm_timeout:g} seconds; raise KZRAG_LLM_TIMEOUT."
    if request.failure == "unreachable":
        return f"{named} can't be reached; start its server, or set KZRAG_LLM_BASE_URL to where it is."
    return f"{named} sent nothing that can be read; see whether its server speaks OpenAI's chat protocol."


def _key(settings: Settings) -> str | None:
    return settings.llm_api_key.get_secret_value() if settings.llm_api_key else None


def _openai_like(name: str, settings: Settings) -> LLM:
    if settings.llm_base_url is None:
        raise SettingsError(
            f"The setting 'llm' is {settings.llm!r}, but where its server is isn't known; "
            "set KZRAG_LLM_BASE_URL, for example to http://127.0.0.1:11434/v1 for Ollama."
        )
    # A key that is meant for OpenAI and stands in the environment must not go to another server.
    return _speaking_openai(name, settings, _key(settings) or HIDDEN_KEY)


def _openai(name: str, settings: Settings) -> LLM:
    return _speaking_openai(name, settings, _key(settings) or _from_environment("OPENAI_API_KEY", settings))


def _speaking_openai(name: str, settings: Settings, key: str) -> LLM:
    from llama_index.core.base.llms.types import LLMMetadata
    from llama_index.llms.openai import OpenAI
    from llama_index.llms.openai.base import Tokenizer
    from openai import DefaultHttpxClient
    from openai import OpenAI as Client

    class OpenAIChat(OpenAI):
        """LlamaIndex's OpenAI for models of any name: its tables of names and windows are left alone."""

        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(
                context_window=settings.llm_context,
                num_output=self.max_tokens or -1,
                is_chat_model=True,
                is_function_calling_model=False,
                model_name=self.model,
            )

        @property
        def _tokenizer(self) -> Tokenizer | None:
            return None

    client = Client(
        api_key=key,
        base_url=settings.llm_base_url,
        timeout=settings.llm_timeout,
        max_retries=0,
        http_client=DefaultHttpxClient(timeout=settings.llm_timeout, **http_options()),
    )
    _ = client.chat.completions  # loads its modules now, not within the time that the first reader waits
    model = OpenAIChat(
        model=name,
        temperature=TEMPERATURE,
        max_tokens=reply_tokens(settings),
        max_retries=0,
        timeout=settings.llm_timeout,
        api_key=HIDDEN_KEY,
        api_base=_origin(str(client.base_url)),
        # Without it a streamed reply comes without its count of tokens.
        additional_kwargs={"stream_options": {"include_usage": True}},
    )
    model._client = client
    return model


def _anthropic(name: str, settings: Settings) -> LLM:
    provider = _optional("llama_index.llms.anthropic", "anthropic")
    maker = _optional("anthropic", "anthropic")
    key = _key(settings) or _from_environment("ANTHROPIC_API_KEY", settings)
    model: LLM = provider.Anthropic(
        model=name,
        api_key=HIDDEN_KEY,
        base_url=_origin(settings.llm_base_url) if settings.llm_base_url else None,
        temperature=TEMPERATURE,
        max_tokens=reply_tokens(settings),
        timeout=settings.llm_timeout,
        max_retries=0,
    )
    model._client = model._client.copy(  # type: ignore[attr-defined]
        api_key=key,
        base_url=settings.llm_base_url,
        http_client=maker.DefaultHttpxClient(timeout=settings.llm_timeout, **http_options()),
    )
    return model


def _ollama(name: str, settings: Settings) -> LLM:
    provider = _optional("llama_index.llms.ollama", "ollama")
    client = _optional("ollama", "ollama")
    key = _key(settings)
    options = http_options()
    if key:
        options["headers"] |= {"authorization": f"Bearer {key}"}
    address = settings.llm_base_url or "http://127.0.0.1:11434"
    model: LLM = provider.Ollama(
        model=name,
        base_url=_origin(address),
        temperature=TEMPERATURE,
        context_window=settings.llm_context,
        request_timeout=settings.llm_timeout,
        additional_kwargs={"num_predict": reply_tokens(settings)},
        client=client.Client(host=address, timeout=settings.llm_timeout, **options),
    )
    return model


_PROVIDERS: dict[str, Callable[[str, Settings], LLM]] = {
    "openai-like": _openai_like,
    "openai": _openai,
    "anthropic": _anthropic,
    "ollama": _ollama,
}


def _optional(module: str, extra: str) -> Any:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        raise ModelError(f"The provider {extra!r} is not installed; run: pip install 'kzrag[{extra}]'.") from None


def _from_environment(variable: str, settings: Settings) -> str:
    """The key under the name that the provider's own documentation uses."""
    key = os.environ.get(variable)
    if not key:
        raise ModelError(f"There is no key for {settings.llm!r}; set KZRAG_LLM_API_KEY or {variable}.")
    return key
