"""The shipped encoder, and the bundled corpus with it: read once for the whole run, by the first test that asks."""

from functools import cache

from kzrag.assistant import Assistant
from kzrag.index.encoder import Encoder, load_encoder


@cache
def shipped() -> Encoder:
    return load_encoder()


@cache
def bundled() -> Assistant:
    return Assistant(encoder=shipped())
