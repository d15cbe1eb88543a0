"""How many tokens a text is to a language model. The only module that knows tiktoken."""

from __future__ import annotations

import importlib.util
import logging
import os
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

ENCODING = "o200k_base"
"""26 tokens for a Chinese sentence of 31 characters, where cl100k_base has 46."""

_FILE = "fb374d419588a4632f3f557e76b4b70aebbca790"
"""The name of o200k_base in a tiktoken cache: the SHA-1 of its address."""

_BYTES_PER_TOKEN = 3
"""When there is no encoding at hand: rather too many tokens than too few."""

_lock = threading.Lock()


def count_tokens(text: str) -> int:
    """Tokens of `text` in `o200k_base`; an over-estimate when the encoding can't be had without a connection."""
    return _counter()(text)


def _cache_folder() -> Path | None:
    """A folder that holds the encoding: the user's own tiktoken cache, or the copy that llama-index-core ships."""
    own = os.environ.get("TIKTOKEN_CACHE_DIR") or os.environ.get("DATA_GYM_CACHE_DIR")
    folders = [Path(own)] if own else []
    if (core := importlib.util.find_spec("llama_index")) is not None:
        folders += [
            Path(place) / "core" / "_static" / "tiktoken_cache" for place in core.submodule_search_locations or ()
        ]
    return next((folder for folder in folders if (folder / _FILE).is_file()), None)


@lru_cache(maxsize=1)
def _counter() -> Callable[[str], int]:
    folder = _cache_folder()
    if folder is None:
        logging.getLogger(__name__).warning("The %s encoding is not installed: token counts are estimates.", ENCODING)
        return lambda text: -(-len(text.encode()) // _BYTES_PER_TOKEN)
    import tiktoken

    with _lock:  # the variable is the only way to tell tiktoken where to look; it is put back at once
        before = os.environ.get("TIKTOKEN_CACHE_DIR")
        os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
        try:
            encoding = tiktoken.get_encoding(ENCODING)
        finally:
            if before is None:
                del os.environ["TIKTOKEN_CACHE_DIR"]
            else:
                os.environ["TIKTOKEN_CACHE_DIR"] = before
    # encode() refuses texts that contain a special token's spelling; an article may.
    return lambda text: len(encoding.encode_ordinary(text))
