"""What a user may choose, as one frozen value that is passed in; the environment is read here and nowhere else.

In order of precedence: arguments, `KZRAG_…` variables, `kzrag.toml` in the working directory, the defaults below.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from kzrag.errors import SettingsError


def bundled_corpus() -> Path:
    """The folder of the five articles: inside the installed package, or `seeds/` of a checkout."""
    packaged = Path(__file__).parent / "seeds"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "seeds"


def default_home() -> Path:
    """Where kzrag keeps what it makes, by the XDG convention."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "kzrag"


_SECRET = re.compile(r"key|token|secret|password|url", re.IGNORECASE)
"""Settings, known or mistaken for one, whose values are not repeated."""


class Settings(BaseSettings):
    """All settings of one assistant. Unknown names and impossible values raise `SettingsError`."""

    model_config = SettingsConfigDict(
        env_prefix="KZRAG_", toml_file="kzrag.toml", frozen=True, extra="forbid", env_ignore_empty=True
    )

    corpus_dir: Path = Field(default_factory=bundled_corpus)
    """The folder of documents; the bundled five articles when not set."""
    home: Path = Field(default_factory=default_home)
    """Where indexes, conversations and uploads are kept."""
    index_dir: Path | None = None
    """The index of this corpus; under `home`, one per corpus folder, when not set."""
    chroma_url: str | None = None
    """`http://host:port` of a Chroma server to hold the vectors; embedded in the index directory when not set."""
    encoder: str = "default"
    """`default`, or a LlamaIndex embedding: `huggingface:NAME`, `fastembed:NAME`, `openai:NAME`, `ollama:NAME`."""
    threads: int | None = Field(default=None, ge=1)
    """Threads of the encoder; as many as it likes when not set."""
    llm: str | None = None
    """`openai-like:MODEL`, `openai:MODEL`, `anthropic:MODEL`, `ollama:MODEL`; extractive answers when not set."""
    llm_base_url: str | None = Field(default=None, repr=False)
    """Where an `openai-like` model answers; may hold a password, so it is not printed."""
    llm_api_key: SecretStr | None = None
    llm_timeout: float = Field(default=30.0, gt=0)
    """Seconds after which the extractive answer is given instead of the model's."""
    llm_context: int = Field(default=8192, ge=1024)
    """Tokens the model can read and write together."""
    uploads: bool | None = None
    """Whether the web chat may add documents; only on loopback when not set."""
    max_document_bytes: int = Field(default=20_000_000, ge=1)
    """A larger file is named and left out."""

    def __init__(self, **values: object) -> None:
        try:
            super().__init__(**values)  # type: ignore[arg-type]
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            given = "what it was given" if _SECRET.search(name) else repr(first.get("input"))
            raise SettingsError(
                f"The setting {name!r} can't be {given}: {first['msg'].lower()}; "
                f"change it in the call, in KZRAG_{name.upper()} or in kzrag.toml."
            ) from None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def index_path(self) -> Path:
        """The directory of this corpus's index."""
        if self.index_dir is not None:
            return self.index_dir
        corpus = self.corpus_dir.expanduser().resolve()
        mark = hashlib.sha256(str(corpus).encode()).hexdigest()[:10]
        return self.home / "indexes" / f"{corpus.name}-{mark}"

    @property
    def is_bundled_corpus(self) -> bool:
        return self.corpus_dir.expanduser().resolve() == bundled_corpus().resolve()
