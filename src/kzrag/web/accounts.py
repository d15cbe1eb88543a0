"""Who may come in: one `user:password` from the command line, or a file of users with hashed passwords.

A line of the file is `user:scrypt$N$r$p$salt$hash` (base64); `hash_password` makes the part after the colon.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from pathlib import Path

from kzrag.errors import SettingsError

COST, BLOCK, PARALLEL = 2**15, 8, 1
"""scrypt's parameters for an interactive login, as OWASP lists them: about 0.1 s and 32 MB."""
MEMORY = 128 * COST * BLOCK * 2


def hash_password(password: str) -> str:
    salt = secrets.token_bytes(16)
    digest = _scrypt(password, salt, COST, BLOCK, PARALLEL)
    return "$".join(("scrypt", str(COST), str(BLOCK), str(PARALLEL), _text(salt), _text(digest)))


class Accounts:
    """The users and their hashed passwords."""

    def __init__(self, hashes: Mapping[str, str]) -> None:
        self._hashes = dict(hashes)
        # Checked for unknown users too, so that time does not tell who exists.
        self._nobody = hash_password(secrets.token_hex(8))

    @classmethod
    def of(cls, auth: str | None, auth_file: Path | None) -> Accounts | None:
        """The accounts that were asked for; None when everyone may come in."""
        hashes: dict[str, str] = {}
        if auth is not None:
            user, colon, password = auth.partition(":")
            if not (user and colon and password):
                raise SettingsError("The login must be given as user:password, with neither part empty.")
            hashes[user] = hash_password(password)
        if auth_file is not None:
            hashes |= _read(auth_file)
        if auth is None and auth_file is None:
            return None
        return cls(hashes)

    def verify(self, user: str, password: str) -> bool:
        """Whether this is the user's password, in a time that does not depend on it."""
        _, cost, block, parallel, salt, digest = self._hashes.get(user, self._nobody).split("$")
        tried = _scrypt(password, base64.b64decode(salt), int(cost), int(block), int(parallel))
        return hmac.compare_digest(tried, base64.b64decode(digest)) and user in self._hashes


def _read(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The file of users {path} can't be read ({error}); check its name and rights.") from None
    hashes = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        user, _, hashed = line.strip().partition(":")
        parts = hashed.split("$")
        if not user or len(parts) != 6 or parts[0] != "scrypt" or not all(part.isdigit() for part in parts[1:4]):
            raise SettingsError(f"Line {number} of {path} is not user:scrypt$…; make one with kzrag.web.hash_password.")
        hashes[user] = hashed
    if not hashes:
        raise SettingsError(f"The file of users {path} has no user in it; add a line user:scrypt$….")
    return hashes


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=MEMORY, dklen=32)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
