"""Settings come from arguments, the environment and kzrag.toml, in this order; wrong ones are named."""

from pathlib import Path

import pytest

from kzrag.errors import SettingsError
from kzrag.settings import Settings, bundled_corpus


def test_the_default_is_the_bundled_corpus() -> None:
    settings = Settings()
    assert settings.is_bundled_corpus
    assert len(list(bundled_corpus().glob("*.txt"))) == 5


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KZRAG_CORPUS_DIR", str(tmp_path))
    monkeypatch.setenv("KZRAG_LLM", "")
    assert Settings().corpus_dir == tmp_path
    assert Settings().llm is None


def test_an_argument_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KZRAG_ENCODER", "openai:x")
    assert Settings(encoder="default").encoder == "default"


def test_a_file_in_the_working_directory_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "kzrag.toml").write_text('encoder = "ollama:nomic"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert Settings().encoder == "ollama:nomic"


def test_each_corpus_has_its_own_index(tmp_path: Path) -> None:
    one, two = (Settings(corpus_dir=tmp_path / name, home=tmp_path) for name in ("a/x", "b/x"))
    assert one.index_path != two.index_path


@pytest.mark.parametrize(("name", "value"), [("llm_timeout", -1), ("threads", 0), ("llm_timeout", "soon")])
def test_a_wrong_value_is_named_with_its_setting(name: str, value: object) -> None:
    with pytest.raises(SettingsError, match=name) as error:
        Settings(**{name: value})
    assert str(value) in str(error.value)


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(SettingsError, match="corpus_directory"):
        Settings(corpus_directory="x")


def test_keys_are_not_shown() -> None:
    assert "secret-key" not in repr(Settings(llm_api_key="secret-key"))


def test_what_may_be_secret_is_never_repeated() -> None:
    for wrong in ({"api_key": "sk-hidden"}, {"llm_api_key": ["sk-hidden"]}, {"llm_base_url": {"sk-hidden": 1}}):
        with pytest.raises(SettingsError) as raised:
            Settings(**wrong)
        assert "sk-hidden" not in str(raised.value)
    told = Settings(llm_api_key="sk-hidden", llm_base_url="http://me:sk-hidden@127.0.0.1/v1")
    assert "sk-hidden" not in f"{told!r} {told}"
