"""kzrag for people who build with LlamaIndex: its passages, retriever, answers and encoder as LlamaIndex's own types.

    from kzrag.integrations.llama_index import KzragRetriever
    retriever = KzragRetriever(kzrag.Assistant())       # any LlamaIndex engine, postprocessor or evaluator takes it

The one module that imports LlamaIndex as it is imported itself, because its classes descend from LlamaIndex's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode
from pydantic import PrivateAttr

from kzrag.assistant import Assistant
from kzrag.records import Answer, Citation, Hit
from kzrag.retrieval import Filter, Query, Search, hybrid

if TYPE_CHECKING:
    from kzrag.index import Index
    from kzrag.index.encoder import Encoder


def nodes(index: Index) -> list[TextNode]:
    """Every passage of an index, for stock retrievers, evaluators and pipelines; `node_id` is the passage's id.

    `start_char_idx` and `end_char_idx` are offsets into the document's raw text, and what is known of the document
    (title, publisher, date, …) is metadata, left out of what is embedded.
    """
    return [_node(index, number) for number in range(len(index.chunks))]


class KzragRetriever(BaseRetriever):
    """Passages for a query, best first, by kzrag's search."""

    def __init__(
        self,
        source: Assistant | Index,
        top_k: int = 10,
        *,
        search: Search = hybrid,
        where: Filter | None = None,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        self._source = source
        self._top_k = top_k
        self._search = search
        self._where = where
        super().__init__(callback_manager=callback_manager)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        index = self._source.index if isinstance(self._source, Assistant) else self._source
        hits = self._search(index, query_bundle.query_str, self._top_k, self._where)
        return [NodeWithScore(node=_node(index, hit.chunk), score=hit.score) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class KzragQueryEngine(BaseQueryEngine):
    """kzrag's answers: the text with its markers, each citation as a source node, all of it in the metadata.

    `response.metadata["answer"]` is `Answer.to_dict()`; an abstention is a response without source nodes.
    """

    def __init__(
        self,
        assistant: Assistant,
        *,
        where: Filter | None = None,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        self._assistant = assistant
        self._where = where
        super().__init__(callback_manager=callback_manager)

    def retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """The passages nearest to the query, as `KzragRetriever` gives them."""
        return KzragRetriever(self._assistant, where=self._where).retrieve(query_bundle)

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return _response(self._assistant.answer(query_bundle.query_str, where=self._where))

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


class KzragEmbedding(BaseEmbedding):
    """kzrag's encoder as a LlamaIndex embedding: `KzragEmbedding.of(load_encoder())`."""

    _encoder: Any = PrivateAttr()

    @classmethod
    def of(cls, encoder: Encoder) -> KzragEmbedding:
        embedding = cls(model_name=encoder.id)
        embedding._encoder = encoder
        return embedding

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._encoder.encode(texts).tolist()
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


def search_with(retriever: BaseRetriever) -> Search:
    """Any LlamaIndex retriever over `nodes(index)` as one of kzrag's searches.

    Nodes that are no passage of the index are left out; a filter is applied to what the retriever found, so that it
    should be asked for more than is wanted.
    """

    def search(index: Index, query: Query | str, k: int, where: Filter | None = None) -> list[Hit]:
        numbers = {chunk.id: chunk.number for chunk in index.chunks}
        hits = []
        for found in retriever.retrieve(query if isinstance(query, str) else query.text):
            number = numbers.get(found.node.node_id)
            if number is None or (where and not where.allows(index.documents[index.chunks[number].document_id])):
                continue
            c = index.chunks[number]
            hits.append(Hit(c.document_id, c.start, c.end, c.text, found.score or 0.0, c.language, c.voice, number))
        return hits[:k]

    return search


def _node(index: Index, number: int) -> TextNode:
    chunk = index.chunks[number]
    document = index.documents[chunk.document_id]
    metadata = {
        "document_id": chunk.document_id,
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "url": document.url,
        "published": document.published,
        "language": chunk.language,
        "voice": chunk.voice,
        "family": chunk.family,
    }
    return TextNode(
        id_=chunk.id,
        text=chunk.text,
        start_char_idx=chunk.start,
        end_char_idx=chunk.end,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=chunk.document_id)},
    )


def _response(answer: Answer) -> Response:
    return Response(
        response=answer.text,
        source_nodes=_sources(answer.citations),
        metadata={"answer": answer.to_dict()},
    )


def _sources(citations: Sequence[Citation]) -> list[NodeWithScore]:
    found = []
    for citation in citations:
        metadata = {
            name: getattr(citation, name)
            for name in (
                "number",
                "document_id",
                "title",
                "publisher",
                "author",
                "url",
                "published",
                "language",
                "voice",
            )
        }
        node = TextNode(
            id_=f"{citation.document_id}:{citation.start}:{citation.end}",
            text=citation.quote,
            start_char_idx=citation.start,
            end_char_idx=citation.end,
            metadata=metadata,
            relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=citation.document_id)},
        )
        found.append(NodeWithScore(node=node))
    return found
