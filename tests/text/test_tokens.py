from __future__ import annotations

from pathlib import Path

import pytest

from kzrag.text import tokens


def test_counts_what_o200k_base_counts() -> None:
    assert tokens.count_tokens("") == 0
    assert tokens.count_tokens("oil") == 1
    assert 4 <= tokens.count_tokens("哈萨克斯坦总统") <= 8


def test_the_spelling_of_a_special_token_is_text_like_any_other() -> None:
    assert tokens.count_tokens("<|endoftext|>") > 1


def test_without_the_encoding_the_estimate_is_rather_too_high(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Kazakhstan exports oil. 哈萨克斯坦出口石油。"
    exact = tokens.count_tokens(text)
    monkeypatch.setattr(tokens, "_cache_folder", lambda: None)
    tokens._counter.cache_clear()
    assert tokens.count_tokens(text) >= exact
    tokens._counter.cache_clear()


def test_the_users_own_cache_folder_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    tokens._counter.cache_clear()
    assert tokens.count_tokens("oil") == 1
    assert os.environ["TIKTOKEN_CACHE_DIR"] == str(tmp_path)
