"""The shipped encoder, and the bundled corpus with it: made once for the whole run, by the first test that asks."""

from functools import cache

from kzrag.assistant import Assistant
from kzrag.evaluation.memory import RememberingEncoder
from kzrag.index.encoder import load_encoder


@cache
def shipped() -> RememberingEncoder:
    """Reads each text once, whichever tests ask for it."""
    return RememberingEncoder(load_encoder())


@cache
def bundled() -> Assistant:
    return Assistant(encoder=shipped())
