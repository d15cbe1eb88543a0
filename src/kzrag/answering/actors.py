"""Who does what a question asks about, and who does it in a sentence: "Did Ostania send troops?" is neither affirmed
nor denied by what another country did.

Pure: names and where they stand; where it can't tell, it doesn't.
"""

from __future__ import annotations

import re

from kzrag.text.language import fold
from kzrag.text.names import Name, is_region, names, one_power

_ACTING = ("place", "demonym", "org")
"""Countries, peoples and bodies; a person may act for one of them, and a part of the world is where it happens."""
# What stands behind one of these is where or to whom something is done.
_BEHIND = re.compile(
    r"(?:\b(?:to|in|into|on|at|from|with|for|against|through|via|over|about|towards?|between|near|across)(?: the)?"
    r"|\b(?:в|во|на|из|от|с|со|к|ко|по|о|об|для|через|против|за|у|над|между)|[对向往在从把经给由替跟与于]|通过)\s*$"
)


def of_nobody_asked(question: str, text: str, at: int) -> bool:
    """Whether what stands at a place of a sentence is done by somebody whom the question doesn't name, where it asks
    about somebody: by whom, the last name before it tells."""
    acting = [name for name in _actors(text) if name.end <= at]
    if not acting or not _actors(question):
        return False
    return not any(one_power(acting[-1].key, name.key) for name in names(question))


def _actors(text: str) -> list[Name]:
    folded = fold(text)
    acting = (name for name in names(text) if name.kind in _ACTING and not is_region(name.key))
    return [name for name in acting if not _BEHIND.search(folded[: name.start])]
