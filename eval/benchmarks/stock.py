"""LlamaIndex's first page as the baseline: its splitter, Chroma, BM25 beside it, fused by rank; passages for an answer.

    kzrag eval --engine stock:engine            (run in eval/benchmarks, or with it on PYTHONPATH)
    python eval/benchmarks/stock.py [--write]   (all known facts, kept under eval/results)

It runs without a language model as kzrag does, so that its answer is what it would give a model to read: the passages
it finds first. The encoder is kzrag's own (a stronger one than the MiniLM of that page wherever the question is not in
English), and its passages are smaller than the page's 1024 tokens, of which few would answer within the characters
that are looked at: both in its favour, so that what differs is what is made of the passages. Needs
llama-index-vector-stores-chroma and llama-index-retrievers-bm25.
"""

from __future__ import annotations

import argparse
import re
from functools import cache, partial
from typing import Any

from kzrag.answering.gate import check
from kzrag.corpus import load_corpus
from kzrag.evaluation.cases import bundled_cases, read_cases
from kzrag.evaluation.report import print_report
from kzrag.evaluation.results import bundled_results, result_of, write_result
from kzrag.evaluation.run import OtherEngine, about_run, evaluate
from kzrag.index.encoder import load_encoder
from kzrag.settings import Settings

# What the page uses: two passages go to the model.
PASSAGES = 2
TOKENS = 128
# Where Chinese ends a sentence too; given explicitly because the default tokenizer of the splitter knows only English.
_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？\n]*\s*")


class Passages(str):
    """What the pipeline found, as text, with the nodes it came from."""

    source_nodes: list[Any]


@cache
def _retriever() -> Any:
    import chromadb
    from llama_index.core import Document as Page
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.llms import MockLLM
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.retrievers.bm25 import BM25Retriever
    from llama_index.vector_stores.chroma import ChromaVectorStore

    encoder = load_encoder()

    class Embedding(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return encoder.encode([query])[0].tolist()

        def _get_text_embedding(self, text: str) -> list[float]:
            return encoder.encode([text])[0].tolist()

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    settings = Settings()
    corpus = load_corpus(settings.corpus_dir, max_bytes=settings.max_document_bytes)
    pages = [Page(text=document.raw, id_=document.id) for document in corpus.documents]
    splitter = SentenceSplitter(chunk_size=TOKENS, chunk_overlap=0, chunking_tokenizer_fn=_SENTENCE.findall)
    nodes = splitter.get_nodes_from_documents(pages)
    collection = chromadb.EphemeralClient().get_or_create_collection("stock", embedding_function=None)
    storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
    index = VectorStoreIndex(nodes, storage_context=storage, embed_model=Embedding())
    return QueryFusionRetriever(
        [
            index.as_retriever(similarity_top_k=5),
            BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=5),
        ],
        llm=MockLLM(),
        similarity_top_k=PASSAGES,
        num_queries=1,
        mode="reciprocal_rerank",
        use_async=False,
    )


def engine(question: str) -> Passages:
    """The passages found first, as an answer."""
    nodes = _retriever().retrieve(question)
    found = Passages(" ".join(f"{node.get_content()} [{number}]" for number, node in enumerate(nodes, 1)))
    found.source_nodes = nodes
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="keep the figures under eval/results")
    options = parser.parse_args()
    from rich.console import Console

    settings = Settings()
    documents = load_corpus(settings.corpus_dir, max_bytes=settings.max_document_bytes).documents
    cases = read_cases(bundled_cases())
    stock = OtherEngine(engine, documents, "LlamaIndex's first page")
    evaluation = evaluate(cases, stock, judge=partial(check, encoder=load_encoder()), about=about_run(cases, documents))
    print_report(evaluation, Console(width=120))
    if options.write:
        print(f"kept as {write_result(result_of(evaluation), bundled_results()).name}")


if __name__ == "__main__":
    main()
