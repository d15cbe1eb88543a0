"""Imported by the process that others are forked from: what each of them would have to read before its first build,
most of all the table of tokens, is read once. Nothing of Chroma's: its threads would not live on in a fork.
"""

import tempfile
from pathlib import Path

from kzrag.corpus import load_corpus
from kzrag.index import tables
from kzrag.index.contents import contents_of
from tests.fakes import LetterEncoder
from tests.robustness import indexing

with tempfile.TemporaryDirectory() as folder:
    indexing.write_corpus(Path(folder) / "corpus", 0, documents=1)
    documents = load_corpus(Path(folder) / "corpus", max_bytes=10_000).documents
    contents = contents_of(documents, (), LetterEncoder(), {}, lambda stage, done, total: None)
    (Path(folder) / "index").mkdir()
    tables.write(Path(folder) / "index", contents)
