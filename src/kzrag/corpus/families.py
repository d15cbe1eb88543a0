"""Which documents are one source: translations and reprints of one another."""

from __future__ import annotations

from collections.abc import Sequence

from kzrag.records import Document


def find(documents: Sequence[Document]) -> dict[str, str]:
    """The family of each document, by id: the id of its original, or its own."""
    family = {document.id: document.id for document in documents}

    def root(member: str) -> str:
        while family[member] != member:
            member = family[member]
        return member

    for document in documents:
        if document.translation_of is not None:
            ours, theirs = root(document.id), root(document.translation_of)
            if ours != theirs:
                family[ours] = theirs
    return {document.id: root(document.id) for document in documents}
