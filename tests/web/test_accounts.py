from __future__ import annotations

from pathlib import Path

import pytest

from kzrag.errors import SettingsError
from kzrag.web.accounts import Accounts, hash_password


def test_one_login_from_the_command_line() -> None:
    accounts = Accounts.of("ann:se:cret", None)
    assert accounts is not None
    assert accounts.verify("ann", "se:cret")
    assert not accounts.verify("ann", "secret")
    assert not accounts.verify("bob", "se:cret")
    assert not accounts.verify("", "")


def test_no_accounts_means_everyone() -> None:
    assert Accounts.of(None, None) is None


@pytest.mark.parametrize("auth", ["ann", ":x", "ann:", ""])
def test_half_a_login_is_refused(auth: str) -> None:
    with pytest.raises(SettingsError, match="user:password"):
        Accounts.of(auth, None)


def test_a_file_of_users(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text(f"# people\nann:{hash_password('one')}\n\nbob:{hash_password('two')}\n")
    accounts = Accounts.of(None, file)
    assert accounts is not None
    assert accounts.verify("ann", "one") and accounts.verify("bob", "two")
    assert not accounts.verify("ann", "two")
    assert "one" not in file.read_text()


@pytest.mark.parametrize("text", ["ann:plain", "ann", "# nobody\n", ":scrypt$1$1$1$a$b", "ann:scrypt$x$8$1$a$b"])
def test_a_file_that_holds_no_hashes_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "users"
    file.write_text(text)
    with pytest.raises(SettingsError):
        Accounts.of(None, file)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't be read"):
        Accounts.of(None, tmp_path / "none")


def test_the_same_password_never_hashes_the_same() -> None:
    assert hash_password("x") != hash_password("x")
