"""Files become documents: read, freed of furniture, attributed to voices and sources, grouped into families."""

from kzrag.corpus.load import Corpus, load_corpus, read_document

__all__ = ["Corpus", "load_corpus", "read_document"]
