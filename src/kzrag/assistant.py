"""The one door for programs: ask a corpus, get an `Answer`. Chat, command line and evals come through here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kzrag.errors import KzragError
from kzrag.records import Answer, Document, Event, Hit
from kzrag.settings import Settings

if TYPE_CHECKING:
    from kzrag.index import Index
    from kzrag.retrieval import Filter

History = Sequence[Mapping[str, Any]]
Progress = Callable[[str, int, int], None]


class Assistant:
    """Answers questions about one corpus. Opens (and, where needed, builds) the index on first use.

    May be used from several threads. `llm` is any LlamaIndex `LLM`, and `encoder` anything with the encoder's three
    members; both default to what `settings` names.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        llm: Any = None,
        encoder: Any = None,
        progress: Progress | None = None,
        disable: frozenset[str] = frozenset(),
    ) -> None:
        self.settings = settings or Settings()
        self._llm = llm
        self._encoder = encoder
        self._progress = progress
        self._disable = disable
        self._index: Index | None = None
        self._lock = threading.Lock()

    def answer(self, question: str, history: History = (), *, where: Filter | None = None) -> Answer:
        """The answer to `question`; `history` holds the conversation's earlier turns, oldest first."""
        for event in self.stream(question, history, where=where):
            if event.answer is not None:
                return event.answer
        raise KzragError(f"The question {question!r} got no answer; please report this, with the question.")

    def stream(
        self,
        question: str,
        history: History = (),
        *,
        where: Filter | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Event]:
        """The answer as it is made: `text` events to append, and at last the event that carries the `Answer`."""
        from kzrag.answering.engine import respond

        _checked(question, history)
        yield from respond(
            question,
            history,
            self.index,
            self.settings,
            llm=self._model(),
            where=where,
            cancelled=cancelled,
            disable=self._disable,
        )

    def retrieve(self, question: str, top_k: int = 10, *, where: Filter | None = None) -> list[Hit]:
        """The passages nearest to `question`, best first."""
        from kzrag.retrieval import hybrid

        _checked(question, ())
        return hybrid(self.index, question, top_k, where)

    def documents(self) -> list[Document]:
        """The documents of the corpus, in order of their ids."""
        documents = self.index.documents
        return [documents[key] for key in sorted(documents)]

    def warm(self) -> None:
        """Read beforehand what the first question to touch a sentence would have to: its figures, dates and names."""
        from kzrag.answering.facts import familiarise

        familiarise(self.index)

    def disagreements(self) -> list[tuple[str, list[tuple[Document, str, str]]]]:
        """What the corpus disagrees on: a topic, and each side's document, voice and words."""
        from kzrag.answering.contested import contested

        index = self.index
        return [
            (topic, [(index.documents[s.document_id], s.voice, s.text) for s in (one, other)])
            for one, other, topic, _ in contested(index)
        ]

    @property
    def index(self) -> Index:
        """The index, opened on first use; the newest generation of it."""
        with self._lock:
            if self._index is None:
                from kzrag.index import open_index

                self._index = open_index(self.settings, encoder=self._encoder, progress=self._progress)
            else:
                self._index = self._index.refresh()
            return self._index

    def _model(self) -> Any:
        if self._llm is None and self.settings.llm:
            from kzrag.answering.models import open_model

            self._llm = open_model(self.settings)
        return self._llm


def _checked(question: object, history: object) -> None:
    if not isinstance(question, str):
        raise KzragError(f"A question is a text, not {type(question).__name__}; pass a string.")
    if isinstance(history, str) or not isinstance(history, Sequence):
        raise KzragError('The history is a list of {"role": …, "content": …} turns, oldest first.')
    for turn in history:
        if not isinstance(turn, Mapping) or turn.get("role") not in ("user", "assistant", "system"):
            raise KzragError(
                f'A turn of the history is {{"role": "user" or "assistant", "content": …}}, not {turn!r:.80}.'
            )


_bundled: Assistant | None = None
_bundled_lock = threading.Lock()


def answer(question: str, history: History = ()) -> Answer:
    """The answer of the bundled corpus (or of the one that the environment names), its index built on first use."""
    global _bundled  # noqa: PLW0603 - one assistant per process, so that the second question is quick
    with _bundled_lock:
        if _bundled is None:
            _bundled = Assistant()
    return _bundled.answer(question, history)
