"""The promise that kzrag makes no outside call by itself, kept for the libraries under it.

They read these variables while they are imported, so `prepare` comes first; what the user has set stays as it is.
(tiktoken's offline copy is the business of `kzrag.text.tokens`.)
"""

from __future__ import annotations

import os

QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
}
"""What each library reads to stay silent: gradio, huggingface_hub (which gradio asks), chromadb."""


def prepare() -> None:
    """Tell the libraries to stay offline, unless the user has decided otherwise."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
