"""Errors that a user can cause or mend.

KzragError
├── CorpusError     a document or corpus folder that can't be read
├── IndexStateError an index that can't be built, opened or locked
├── ModelError      an encoder or language model that can't be loaded or reached
└── SettingsError   a setting with a value that means nothing

Each message is one plain sentence that names the value and the next step; the command line prints it and exits with 1.
"""

from __future__ import annotations


class KzragError(Exception):
    """Something the user can mend; the message says what and how."""


class CorpusError(KzragError):
    """A document or corpus folder that can't be read."""


class IndexStateError(KzragError):
    """An index that can't be built, opened or locked."""


class ModelError(KzragError):
    """An encoder or language model that can't be loaded or reached."""


class SettingsError(KzragError):
    """A setting with a value that means nothing."""
