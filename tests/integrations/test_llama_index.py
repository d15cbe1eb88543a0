from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from llama_index.core.evaluation import RetrieverEvaluator
from llama_index.core.indices.vector_store import VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.postprocessor import SimilarityPostprocessor
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from llama_index.core.schema import MetadataMode, NodeRelationship

from kzrag.assistant import Assistant
from kzrag.index import Index, open_index
from kzrag.integrations.llama_index import KzragEmbedding, KzragQueryEngine, KzragRetriever, nodes, search_with
from kzrag.records import Answer, Citation
from kzrag.retrieval import Filter, dense, hybrid
from kzrag.settings import Settings
from tests.fakes import LetterEncoder

ARTICLES = {
    "mine": "The copper mine at Falun closed in 1992. Tourists now visit its galleries.",
    "mill": "The paper mill at Falun employs 300 people. It burns bark for heat.",
    "schule": "法倫的學校有三百名學生。他們學習三種語言。",
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder: Path = tmp_path_factory.mktemp("corpus")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return Settings(corpus_dir=folder, index_dir=tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def index(settings: Settings) -> Iterator[Index]:
    opened = open_index(settings, encoder=LetterEncoder())
    yield opened
    opened.close()


def test_nodes_are_passages_with_offsets_and_provenance(index: Index) -> None:
    made = nodes(index)
    assert [node.node_id for node in made] == [chunk.id for chunk in index.chunks]
    for node in made:
        source = node.relationships[NodeRelationship.SOURCE].node_id  # type: ignore[union-attr]
        assert index.documents[source].raw[node.start_char_idx : node.end_char_idx] == node.text
        assert node.metadata["document_id"] == source
        assert node.get_content(MetadataMode.EMBED) == node.text


def test_the_retriever_gives_kzrags_hits_in_its_order(index: Index) -> None:
    found = KzragRetriever(index, top_k=2).retrieve("the copper mine")
    hits = hybrid(index, "the copper mine", 2)
    assert [(node.text, node.score) for node in found] == [(hit.text, hit.score) for hit in hits]


def test_the_retriever_takes_another_search_and_a_filter(index: Index) -> None:
    where = Filter(documents=frozenset({"mill"}))
    found = KzragRetriever(index, search=dense, where=where).retrieve("the copper mine")
    assert [node.metadata["document_id"] for node in found] == ["mill"]


def test_the_retriever_works_in_a_loop_of_events(index: Index) -> None:
    retriever = KzragRetriever(index)
    assert asyncio.run(retriever.aretrieve("bark")) == retriever.retrieve("bark")


def test_an_assistants_newest_index_is_asked(settings: Settings) -> None:
    assistant = Assistant(settings, encoder=LetterEncoder())
    assert KzragRetriever(assistant).retrieve("copper mine")[0].metadata["document_id"] == "mine"


def test_stock_engines_and_postprocessors_take_the_retriever(index: Index) -> None:
    engine = RetrieverQueryEngine(
        KzragRetriever(index, top_k=3, search=dense),
        response_synthesizer=get_response_synthesizer(llm=MockLLM(), response_mode=ResponseMode.COMPACT),
        node_postprocessors=[SimilarityPostprocessor(similarity_cutoff=0.7)],
    )
    sources = engine.query("The copper mine at Falun closed in 1992.").source_nodes
    assert [source.metadata["document_id"] for source in sources] == ["mine"]


def test_stock_evaluators_take_the_retriever(index: Index) -> None:
    evaluator = RetrieverEvaluator.from_metric_names(["mrr", "hit_rate"], retriever=KzragRetriever(index))
    gold = next(chunk.id for chunk in index.chunks if chunk.document_id == "schule")
    scores = evaluator.evaluate("法倫的學校", expected_ids=[gold]).metric_vals_dict
    assert scores == {"mrr": 1.0, "hit_rate": 1.0}


def test_the_encoder_is_an_embedding(index: Index) -> None:
    embedding = KzragEmbedding.of(index.encoder)
    texts = [sentence.text for sentence in index.sentences]
    assert np.allclose(embedding.get_text_embedding_batch(texts), index.sentence_vectors)
    assert embedding.get_query_embedding("bark") == asyncio.run(embedding.aget_query_embedding("bark"))
    assert embedding.model_name == index.encoder.id


def test_a_stock_retriever_over_our_nodes_is_one_of_our_searches(index: Index) -> None:
    stock = VectorStoreIndex(nodes(index), embed_model=KzragEmbedding.of(index.encoder))
    search = search_with(stock.as_retriever(similarity_top_k=10))
    query = "the copper mine"
    assert [hit.chunk for hit in search(index, query, 3)] == [hit.chunk for hit in dense(index, query, 3)]
    where = Filter(documents=frozenset({"mill"}))
    assert [hit.document_id for hit in search(index, query, 3, where)] == ["mill"]


class Scripted(Assistant):
    """An assistant that says what it was told to say."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(Settings())
        self.said = answer
        self.asked: list[str] = []

    def answer(self, question: str, *_: object, **__: object) -> Answer:
        self.asked.append(question)
        return self.said


def test_the_engine_gives_the_answer_with_its_citations_as_sources() -> None:
    citation = Citation(
        number=1,
        document_id="mine",
        start=0,
        end=40,
        quote="The copper mine at Falun closed in 1992.",
        title=None,
        publisher="The Falun Times",
        author=None,
        url=None,
        language="en",
        published="1992",
        published_note=None,
        voice="article",
        family="mine",
    )
    answer = Answer("It closed in 1992. [1]", "en", False, None, (citation,))
    assistant = Scripted(answer)
    engine = KzragQueryEngine(assistant)
    for response in (engine.query("When did the mine close?"), asyncio.run(engine.aquery("When did the mine close?"))):
        assert str(response) == "It closed in 1992. [1]"
        assert response.metadata == {"answer": answer.to_dict()}
        [source] = response.source_nodes
        assert (source.text, source.node.start_char_idx, source.node.end_char_idx) == (citation.quote, 0, 40)  # type: ignore[attr-defined]
        assert source.metadata["publisher"] == "The Falun Times"
    assert assistant.asked == ["When did the mine close?"] * 2


def test_an_abstention_is_a_response_without_sources() -> None:
    abstained = Answer("The articles do not say.", "en", True, "not_in_corpus")
    response = KzragQueryEngine(Scripted(abstained)).query("Who won the cup?")
    assert str(response) == "The articles do not say."
    assert response.source_nodes == []
    assert response.metadata is not None
    assert response.metadata["answer"]["abstained"] is True


def test_a_real_assistant_answers_through_the_engine(settings: Settings) -> None:
    engine = KzragQueryEngine(Assistant(settings, encoder=LetterEncoder()))
    response = engine.query("When did the copper mine at Falun close?")
    assert response.metadata is not None
    assert set(response.metadata["answer"]) >= {"text", "abstained", "citations"}
    for source in response.source_nodes:
        document = next(d for d in engine._assistant.documents() if d.id == source.metadata["document_id"])
        assert document.raw[source.node.start_char_idx : source.node.end_char_idx] == source.text  # type: ignore[attr-defined]
