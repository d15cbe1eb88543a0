"""Documents -> an index on disk, and the index that is asked.

open_index(settings) -> Index     builds or updates it when needed; costs next to nothing when it is current
"""

from kzrag.index.build import open_index
from kzrag.index.reader import Index

__all__ = ["Index", "open_index"]
