"""Small sources for tests of answers: two articles that differ, a comment, a translation; a sentence alone."""

from __future__ import annotations

from pathlib import Path

from kzrag.answering.draft import Source
from kzrag.assistant import Assistant
from kzrag.records import ARTICLE, Block, Document, Sentence
from kzrag.settings import Settings
from tests.bundled import shipped


def source(text: str, *, name: str, language: str = "en", publisher: str | None = None, voice: str = ARTICLE) -> Source:
    document = Document(
        id=name,
        path=f"{name}.txt",
        raw=text,
        language=language,
        blocks=(Block(0, len(text), voice),),
        publisher=publisher,
        published="2022-12-02",
        family=name,
    )
    return Source(document, 0, len(text), voice, None)


PIPELINE = source(
    "The pipeline carries 80 percent of the country’s oil exports.", name="pipeline", publisher="Oilprice.com"
)
TERMINAL = source(
    "About two-thirds of its oil leaves through the terminal, officials said.", name="terminal", publisher="Tengrinews"
)
COMMENT = source(
    "“All routes” lead through Russia, so nothing will change.",
    name="comment",
    publisher="Oilprice.com",
    voice="Mamdouh",
)
REFINERY = source(
    "到2032年，煉油廠計劃把煉油量增加到2800萬噸。", name="refinery", language="zh-Hant", publisher="Newtalk"
)
OFFERED = (PIPELINE, TERMINAL, COMMENT, REFINERY)


def sentence(text: str, language: str = "en") -> Sentence:
    """The only sentence of an article."""
    return Sentence(0, "a", 0, len(text), text, language, ARTICLE, "a", 0, 0)


def opened(folder: Path, **texts: str) -> Assistant:
    """An assistant for a corpus of its own in `folder`: `texts` by the names of their files, without the ending."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    settings = Settings(corpus_dir=folder, home=folder / "home", index_dir=folder / "index")
    return Assistant(settings, encoder=shipped())
